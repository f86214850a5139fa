"""cattrs: a converter that structures and unstructures our classes.

It needs cattrs: ``pip install 'wtisd-model[cattrs]'``.
"""

from typing import Any, get_origin

try:
    from cattrs import BaseConverter
except ImportError as _missing:
    raise ImportError(
        "wtisd_model.integrations.cattrs needs cattrs: pip install 'wtisd-model[cattrs]'", name="cattrs"
    ) from _missing

from wtisd_model.json.builtins import from_builtins, to_builtins
from wtisd_model.objects import HooksMixin


def register_hooks(converter: BaseConverter) -> None:
    """Register hooks by which a converter reads our classes as `from_json` does, and writes them as `to_json` does.

    Documents, their parts such as TimeSlot, and ``Submission[Registration]`` become plain JSON values, so the converter
    serves every format. A refused payload raises a PayloadError, which cattrs puts into its ``ClassValidationError``
    if the object is part of another.
    """
    converter.register_structure_hook_func(_is_ours, lambda value, kind: from_builtins(kind, value))
    converter.register_unstructure_hook_func(_is_ours, to_builtins)


def _is_ours(kind: Any) -> bool:
    cls = get_origin(kind) or kind
    return isinstance(cls, type) and issubclass(cls, HooksMixin)
