"""Identifiers that have to be unique in a list, and how messages name many of them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from wtisd_model.codes import Code
from wtisd_model.findings import Finding, finding, pointer


def repeated_ids(key: str, ids: Iterable[str]) -> Iterator[Finding]:
    """Yield a finding for each id that comes earlier in the list too; *key* is that of the list."""
    seen: set[str] = set()
    for index, each in enumerate(ids):
        if each in seen:
            yield finding(Code.ID_REPEATED, pointer(key, index, "id"))
        seen.add(each)


_MOST_NAMED: Final = 10


def first_ids(ids: Sequence[str]) -> str:
    """Return the first ten ids, and how many more there are, for a message."""
    more = f", … (+{len(ids) - _MOST_NAMED})" if len(ids) > _MOST_NAMED else ""
    return ", ".join(ids[:_MOST_NAMED]) + more
