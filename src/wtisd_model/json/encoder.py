"""Objects as JSON: compact UTF-8, keys in declared order, equal bytes for equal objects."""

from collections.abc import Callable
from functools import cache

from wtisd_model.model.documents import document_name


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
    return _writing(cls)(obj)


@cache
def _writing(cls: type) -> Callable[[object], bytes]:
    document_name(cls)
    from wtisd_model.json.writing import document_writer  # with the first document, not with every import

    return document_writer(cls)
