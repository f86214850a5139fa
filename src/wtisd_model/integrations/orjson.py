"""orjson: ``orjson.dumps`` writes our classes; `from_json` reads them from the result of ``orjson.loads``."""

from wtisd_model.json.builtins import to_builtins
from wtisd_model.json.json_types import JsonValue
from wtisd_model.objects import HooksMixin


def default(obj: object) -> JsonValue:
    """Return the plain JSON values of a wtisd_model object, for ``orjson.dumps(..., default=default)``.

    The ``default`` of ``json.dumps`` is called in the same way.

    Raises:
        TypeError: *obj* is not a wtisd_model object.
    """
    if isinstance(obj, HooksMixin):
        return to_builtins(obj)
    raise TypeError(f"Not an object of wtisd_model: {type(obj).__name__}")
