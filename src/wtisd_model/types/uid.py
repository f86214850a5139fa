"""Uids of our own making: one name gives one uid, on every machine and for ever."""

from functools import cache
from typing import TYPE_CHECKING

from wtisd_model.findings import InvalidValueError
from wtisd_model.types.text import LINE

if TYPE_CHECKING:
    from uuid import UUID


def own_uid(name: str) -> str:
    """Make the uid of something that we name ourselves, such as a letter by its symbol: ``CL-23/9``.

    The name is taken as it is written: another case or another Unicode form of it is another name.

    Raises:
        InvalidValueError: *name* is no single line of text, as a title has to be (``text-empty`` and its kin).

    Source: RFC 9562 section 5.5 (UUID version 5); RFC 7986 section 5.3 asks for a uid that tells nothing of its maker.
    """
    found = LINE.check(name)
    if found is not None:
        raise InvalidValueError(found)
    from uuid import uuid5  # with hashlib, 3 ms that few programmes need

    return str(uuid5(own_namespace(), name))


@cache
def own_namespace() -> "UUID":
    """Give the namespace of the names that we make uids of."""
    from uuid import NAMESPACE_URL, uuid5

    # It is itself named, so that nobody's host name is claimed (RFC 9562 section 6.6).
    return uuid5(NAMESPACE_URL, "urn:wtisd-model")
