"""Identifiers that have to be unique in a list."""

from collections.abc import Iterable, Iterator

from wtisd_model.codes import Code
from wtisd_model.findings import Finding, finding, pointer


def repeated_ids(key: str, ids: Iterable[str]) -> Iterator[Finding]:
    """Yield a finding for each id that comes earlier in the list too; *key* is that of the list."""
    seen: set[str] = set()
    for index, each in enumerate(ids):
        if each in seen:
            yield finding(Code.ID_REPEATED, pointer(key, index, "id"))
        seen.add(each)
