"""Identifiers that have to be unique in a list, ids that a program passes, and how messages name many of them."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Final

from wtisd_model.codes import Code
from wtisd_model.findings import Finding, finding, pointer
from wtisd_model.types.arguments import require_iterable, require_valid
from wtisd_model.types.text import IDENTIFIER, LINE

if TYPE_CHECKING:
    from uuid import UUID


def repeated_ids(key: str, ids: Iterable[str], step: str = "id", code: Code = Code.ID_REPEATED) -> Iterator[Finding]:
    """Yield a finding for each id that comes earlier in the list too; *key* is that of the list, *step* that of an id.

    What stands in the place of an id, such as the kind of a call, has a *code* of its own.
    """
    seen: set[str] = set()
    for index, each in enumerate(ids):
        if each in seen:
            yield finding(code, pointer(key, index, step))
        seen.add(each)


def ids_for_rows(ids: Iterable[str]) -> Iterator[str]:
    """Return an iterator over the argument *ids*, for rows or lines.

    Raises:
        TypeError: *ids* is not an iterable; during iteration, there are fewer than are asked for.
        InvalidValueError: during iteration, ``wrong-type`` or ``id-malformed``, at ``/ids/3``.
    """
    return _checked(require_iterable(ids, "ids"))


def _checked(ids: Iterable[str]) -> Iterator[str]:
    for index, id_ in enumerate(ids):
        yield require_valid(id_, IDENTIFIER, pointer("ids", index))
    raise TypeError("ids are too few: pass one for each row, refused or not.")


_MOST_NAMED: Final = 10


def first_ids(ids: Sequence[str]) -> str:
    """Return the first ten ids, and how many more there are, for a message."""
    more = f", … (+{len(ids) - _MOST_NAMED})" if len(ids) > _MOST_NAMED else ""
    return ", ".join(ids[:_MOST_NAMED]) + more


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


# Why: docs/decisions/0006
def random_uid() -> str:
    """Return a random UUID (RFC 9562 section 5.4, UUID version 4): the id of what people send without one.

    It stays when personal data are removed. A digest of these would give them away to anybody who guesses them.
    """
    from uuid import uuid4  # 3 ms, as above

    return str(uuid4())


@cache
def _namespace() -> "UUID":
    """Return the namespace of our names."""
    from uuid import NAMESPACE_URL, uuid5

    # Derived from a URN, so as not to claim somebody's host name (RFC 9562 section 6.6).
    return uuid5(NAMESPACE_URL, "urn:wtisd-model")
