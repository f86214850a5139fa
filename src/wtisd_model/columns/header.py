"""The header of a foreign table: which column fills which field, and what is missing."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from attrs import frozen

from wtisd_model.codes import Code, Severity
from wtisd_model.columns.columns import columns_of
from wtisd_model.columns.targets import TargetField, TargetFields
from wtisd_model.findings import FindingCollector, finding, pointer
from wtisd_model.schema.constraints import Items, Nested
from wtisd_model.schema.fields import fields_of

Keys = tuple[str, ...]
"""The keys in JSON that lead to a value."""

ID: Final[Keys] = ("id",)

_MOST_COLUMNS: Final = 16_384  # as many as a sheet of Excel has


@frozen(kw_only=True)
class TableHeader:
    """The columns of a table."""

    count: int
    """The number of columns, without those at the end that have no title."""
    targets: Mapping[int, TargetField]
    """The field of each column that fills one, by its index."""
    findings: FindingCollector
    """The columns that are left out and, as errors, why no row can be read."""

    @property
    def is_readable(self) -> bool:
        """True if rows can be read."""
        return all(each.severity is not Severity.ERROR for each in self.findings.kept)


class HeaderReader:
    """A reader of headers.

    Args:
        cls: the class of the rows.
        targets: the fields that columns may fill.
        stated: the fields by the titles of their columns; None for a column to leave out.
        filled: the keys of the fields that have a value for all rows.
    """

    def __init__(
        self, cls: type, targets: TargetFields, stated: Mapping[str, TargetField | None], filled: Iterable[Keys]
    ) -> None:
        self._cls = cls
        self._targets = targets
        self._stated = stated
        self._filled = frozenset(filled)
        self._computed = {each.name for each in columns_of(cls) if targets.named(each.name) is None}

    def count_known(self, cells: list[str]) -> int:
        """Return how many cells of a header are known."""
        return sum(each in self._stated or self._targets.called(each) is not None for each in map(str.strip, cells))

    def read(self, cells: list[str], line: int) -> TableHeader:
        """Return which column fills which field."""
        titles = list(map(str.strip, cells))
        while titles and not titles[-1]:
            titles.pop()
        findings = FindingCollector()
        path = pointer("lines", line)
        if len(titles) > _MOST_COLUMNS:
            findings.add(finding(Code.TOO_MANY_ITEMS, path, maximum=_MOST_COLUMNS))
            return TableHeader(count=len(titles), targets={}, findings=findings)
        found = self._targets_of(titles, path, findings)
        filled = {each.keys for each in found.values()} | self._filled | {ID}
        missing = dict.fromkeys(each.name for title, each in self._stated.items() if each and title not in titles)
        missing |= dict.fromkeys(_missing(self._cls, filled))
        for name in missing:
            findings.add(finding(Code.COLUMN_MISSING, path, field=name))
        return TableHeader(count=len(titles), targets=found, findings=findings)

    def _targets_of(self, titles: list[str], path: str, findings: FindingCollector) -> dict[int, TargetField]:
        stated = {each.keys for title in titles if (each := self._stated.get(title)) is not None}
        found: dict[int, TargetField] = {}
        taken: set[Keys] = set()
        for index, title in enumerate(titles):
            place = path + pointer("columns", index + 1)
            is_stated = title in self._stated
            target = self._stated[title] if is_stated else self._targets.called(title)
            if target is None or (target.keys in stated and not is_stated):
                if not is_stated and title not in self._computed:
                    meant = None if findings.full else self._targets.suggestion(title)
                    suggestion = {} if meant is None else {"suggestion": meant}
                    findings.add(finding(Code.COLUMN_UNSUPPORTED, place, **suggestion))
            elif target.keys in taken:
                findings.add(finding(Code.COLUMN_REPEATED, place, field=target.name))
            else:
                found[index] = target
                taken.add(target.keys)
        return found


def _missing(
    cls: type, filled: set[Keys], keys: Keys = (), name: str = "", also: tuple[str, ...] = ()
) -> Iterator[str]:
    """Yield the names of the fields that an object of *cls* needs, *also* included, and that nothing fills."""
    specs = fields_of(cls)
    may_be_purged = any(spec.purged and (*keys, spec.key) in filled for spec in specs)
    for spec in specs:
        path = (*keys, spec.key)
        is_filled = any(each[: len(path)] == path for each in filled)
        submitted = () if spec.submitted is None or may_be_purged else spec.submitted
        is_needed = spec.required or spec.key in also or (spec.submitted is not None and not may_be_purged)
        constraint = spec.constraint.item if isinstance(spec.constraint, Items) and is_filled else spec.constraint
        parts: list[str] = []
        if isinstance(constraint, Nested) and (is_needed or is_filled):
            parts += _missing(constraint.cls, filled, path, f"{name}{spec.name}.", submitted)
        if is_needed and not is_filled:
            parts = parts or [f"{name}{spec.name}"]
        yield from parts
