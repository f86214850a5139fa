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
    return _writer(cls)(obj)


@cache
def _writer(cls: type) -> Callable[[Any], bytes]:
    document_name(cls)
    from msgspec.json import Encoder  # the readers and writers load it, not every import

    from wtisd_model.payload.building import WRITERS
    from wtisd_model.payload.structs import written_struct_of

    encode, write = Encoder().encode, WRITERS[cls]
    struct = partial(written_struct_of(cls), SCHEMA_VERSION)
    return lambda obj: encode(write(obj, struct))
