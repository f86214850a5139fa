"""Name-based uids: the same name gives the same uid, on every machine and for ever."""

from functools import cache
from typing import TYPE_CHECKING

from wtisd_model.types.arguments import require_valid
from wtisd_model.types.text import LINE

if TYPE_CHECKING:
    from uuid import UUID


def uid_from_name(name: str) -> str:
    """Return the uid of an object that has a name but no uid, such as a letter with the symbol ``CL-23/9``.

    The name is not normalized: with another case or another Unicode form it is another name.

    Raises:
        InvalidValueError: *name* is not a single line of text, as a title has to be (``text-empty`` and others).

    Source: RFC 9562 section 5.5 (UUID version 5); RFC 7986 section 5.3 asks for uids that reveal nothing about the
    computer or the person that made them.
    """
    require_valid(name, LINE, "")
    return name_based_uid(name)


def name_based_uid(name: str) -> str:
    """Return a UUID of version 5 for a name, which may be any text: lines, other uids and JSON.

    It depends on nothing else, so it must be different for things of another kind, even if they have the same names.
    """
    from uuid import uuid5  # 3 ms, with hashlib, that few programs need

    return str(uuid5(_namespace(), name))


def uid_from_content(name: str, content: object) -> str:
    """Return the uid of something whose *content*, a JSON value, identifies it among what has the same *name*."""
    import json  # 4 ms, with hashlib, that few programs need
    from hashlib import sha256

    return uid_from_name(f"{name} {sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()}")


@cache
def _namespace() -> "UUID":
    """Return the namespace of our names."""
    from uuid import NAMESPACE_URL, uuid5

    # Derived from a URN, so as not to claim somebody's host name (RFC 9562 section 6.6).
    return uuid5(NAMESPACE_URL, "urn:wtisd-model")
