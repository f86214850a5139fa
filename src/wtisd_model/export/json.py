"""Objects as JSON: compact UTF-8, keys in declared order, equal bytes for equal objects."""

from collections.abc import Callable
from functools import cache, partial
from typing import Any

from wtisd_model.model.documents import SCHEMA_VERSION, document_name


def to_json(obj: object) -> bytes:
    """Write a document as JSON; `from_json` reads it back without loss.

    Args:
        obj: an Event, Session, Registration, InterpretationRequest, Pledge or Dossier.

    Returns:
        UTF-8 without a final newline. What is None, empty or false is left out, but for the three lists of a
        Dossier; sets are sorted, decimals are strings, moments are in UTC.

    Raises:
        TypeError: *obj* is none of these.
    """
    cls: type = type(obj)
    encode, write, struct = _writing(cls)
    return encode(write(obj, struct))


@cache
def _writing(cls: type) -> tuple[Callable[[object], bytes], Callable[[Any, Any], Any], Any]:
    """Give msgspec's writer, what makes the struct of an object, and that struct with the version in it."""
    document_name(cls)
    from msgspec.json import Encoder  # the readers and writers load it, not every import

    from wtisd_model.payload.building import WRITERS
    from wtisd_model.payload.structs import written_struct_of

    return Encoder().encode, WRITERS[cls], partial(written_struct_of(cls), SCHEMA_VERSION)
