"""msgspec: our classes in its types, as `Json` and `Submission`, with two hooks.

msgspec creates and writes objects of attrs classes itself, without asking a hook: by the Python names of their fields,
and without the checks of the reader. Our classes refuse that, and msgspec calls the hooks for `Json`.
"""

from typing import Any, Generic, TypeVar, cast, get_args, get_origin

from wtisd_model.json.builtins import from_builtins, submission_type, to_builtins
from wtisd_model.json.validator import Submission
from wtisd_model.objects import HooksMixin

T = TypeVar("T")


class Json(Generic[T]):
    """A wtisd_model object inside a type that msgspec decodes and encodes.

    Args:
        value: a document, or a part of one such as a TimeSlot.
    """

    __slots__ = ("value",)

    def __init__(self, value: T) -> None:
        self.value: T = value

    def __eq__(self, other: object) -> bool:
        return self.value == cast("Json[object]", other).value if isinstance(other, Json) else NotImplemented

    def __hash__(self) -> int:
        return hash((Json, self.value))

    def __repr__(self) -> str:
        return f"Json({self.value!r})"


def dec_hook(kind: Any, value: object) -> object:
    """Return the object that plain JSON values describe.

    msgspec turns a PayloadError into a ``msgspec.ValidationError``, whose ``__cause__`` it is.

    Args:
        kind: ``Json`` or ``Submission`` of a class: ``Json[Event]``, ``Submission[Registration]``.
        value: the parsed JSON.

    Raises:
        PayloadError: with all findings at once; for a Submission, only if it is not an object.
        NotImplementedError: *kind* is another type.
        TypeError: *kind* is a Submission without a class, or of a class that nobody submits.
    """
    if submission_type(kind) is not None:
        return from_builtins(kind, value)
    match get_args(kind):
        case (type() as cls,) if get_origin(kind) is Json and issubclass(cls, HooksMixin):
            return Json(from_builtins(cls, value))
        case _:
            # msgspec asks hooks to raise this for types that they do not support. It would take a TypeError for a
            # mistake in the JSON, and turn it into a ValidationError.
            raise NotImplementedError(f"Neither Json nor Submission of a class of wtisd_model: {kind}")


def enc_hook(obj: object) -> object:
    """Return the plain JSON values of a `Json` or `Submission`.

    Raises:
        NotImplementedError: *obj* is something else, such as a part of a document that was not wrapped in `Json`.
    """
    if isinstance(obj, Json):
        return to_builtins(cast("Json[object]", obj).value)
    if type(obj) is Submission:
        return to_builtins(cast("object", obj))
    # As msgspec asks, see above.
    raise NotImplementedError(f"Wrap objects of wtisd_model in Json; this is a {type(obj).__name__}.")
