"""Identifiers that have to be unique in a list, ids that a program passes, and how messages name many of them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from wtisd_model.codes import Code
from wtisd_model.findings import Finding, finding, pointer
from wtisd_model.types.arguments import require_iterable, require_valid
from wtisd_model.types.text import IDENTIFIER


def repeated_ids(key: str, ids: Iterable[str]) -> Iterator[Finding]:
    """Yield a finding for each id that comes earlier in the list too; *key* is that of the list."""
    seen: set[str] = set()
    for index, each in enumerate(ids):
        if each in seen:
            yield finding(Code.ID_REPEATED, pointer(key, index, "id"))
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
