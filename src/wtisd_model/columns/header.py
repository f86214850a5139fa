"""The header of a foreign table: which column fills which field, and what is missing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import takewhile
from typing import Final, NamedTuple

from attrs import frozen

from wtisd_model.codes import Code
from wtisd_model.columns.columns import columns_of
from wtisd_model.columns.csv_rows import CsvRow, Line, rows_of
from wtisd_model.columns.targets import TargetField, TargetFields
from wtisd_model.findings import FindingCollector, errors_in, finding, pointer
from wtisd_model.schema.constraints import Items, Nested
from wtisd_model.schema.fields import fields_of

Keys = tuple[str, ...]
"""The keys in JSON that lead to a value."""

ID: Final[Keys] = ("id",)

_MOST_COLUMNS: Final = 16_384  # as many as a sheet of Excel has


class _Fit(NamedTuple):
    """How well a row fits as the header."""

    is_whole: bool
    """True if it has a title for all that rows need."""
    known: int
    """The number of titles that are known."""
    cells: int


@frozen(kw_only=True)
class TableHeader:
    """The columns of a table."""

    count: int
    """The number of columns, without those at the end that have no title."""
    targets: Mapping[int, TargetField]
    """The field of each column that fills one, by its index."""
    joined: Sequence[Sequence[int]]
    """The indices of columns that fill one field together; only the first of them is among *targets*."""
    findings: FindingCollector
    """The columns that are left out and, as errors, why no row can be read."""

    @property
    def is_readable(self) -> bool:
        """True if rows can be read."""
        return not errors_in(self.findings.kept)


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

    def find(self, head: Sequence[Line], delimiters: Iterable[str], maximum: int) -> tuple[str, int]:
        """Return the delimiter of a table and the line of its header; the line is 0 if no row of the head can be read.

        The header is the first row with a title for everything that rows need; without such a row, it is the one with
        the most titles that are known. With the right delimiter, the header fits best and has the most cells.

        Args:
            head: the lines of the first rows.
            delimiters: those that are possible.
            maximum: the length of a row in characters.
        """
        found = [(*self._best(head, delimiter, maximum), delimiter) for delimiter in delimiters]
        _, line, delimiter = max(found, key=lambda each: each[0])
        return delimiter, line

    def _best(self, head: Sequence[Line], delimiter: str, maximum: int) -> tuple[_Fit, int]:
        best, line = _Fit(is_whole=False, known=-1, cells=0), 0
        for row in takewhile(lambda row: row.found is None, rows_of(iter(head), delimiter, maximum)):
            if not row.is_blank:
                fit = self._fit(row)
                if fit[:2] > best[:2]:
                    best, line = fit, row.line
                if fit.is_whole:
                    break
        return best, line

    def _fit(self, row: CsvRow) -> _Fit:
        titles = _titles(row)
        if len(titles) > _MOST_COLUMNS:  # `read` refuses such a row
            return _Fit(is_whole=False, known=0, cells=len(row.cells))
        targets = [target for title in titles if (target := self._target(title)) is not None]
        known = len(targets) + sum(title in self._stated and self._stated[title] is None for title in titles)
        is_whole = known > 0 and not any(self._missing(titles, {each.keys for each in targets}))
        return _Fit(is_whole, known, len(row.cells))

    def read(self, row: CsvRow, *, is_first: bool) -> TableHeader:
        """Return which column fills which field; *is_first* is True if no row is above the header."""
        titles = _titles(row)
        findings = FindingCollector()
        path = pointer("lines", row.line)
        if len(titles) > _MOST_COLUMNS:
            findings.add(finding(Code.TOO_MANY_ITEMS, path, maximum=_MOST_COLUMNS))
            return TableHeader(count=len(titles), targets={}, joined=(), findings=findings)
        if not is_first:
            findings.add(finding(Code.ROWS_ABOVE_HEADER, path))
        filling = self._filling(titles, path, findings)
        for name in self._missing(titles, set(filling)):
            findings.add(finding(Code.COLUMN_MISSING, path, field=name))
        return TableHeader(
            count=len(titles),
            targets={columns[0]: target for target, columns in filling.values()},
            joined=[columns for _, columns in filling.values() if len(columns) > 1],
            findings=findings,
        )

    def _target(self, title: str) -> TargetField | None:
        return self._stated[title] if title in self._stated else self._targets.called(title)

    def _filling(
        self, titles: list[str], path: str, findings: FindingCollector
    ) -> dict[Keys, tuple[TargetField, list[int]]]:
        """Return the fields that have columns, each with the indices of its columns in the order of the caller."""
        stated = {each.keys for title in titles if (each := self._stated.get(title)) is not None}
        order = {title: number for number, title in enumerate(self._stated)}
        found: dict[Keys, tuple[TargetField, list[int]]] = {}
        for index, title in enumerate(titles):
            place = path + pointer("columns", index + 1)
            is_stated = title in self._stated
            target = self._target(title)
            if target is None or (target.keys in stated and not is_stated):
                if not is_stated and title not in self._computed:
                    meant = None if findings.full else self._targets.suggestion(title)
                    suggestion = {} if meant is None else {"suggestion": meant}
                    findings.add(finding(Code.COLUMN_UNSUPPORTED, place, **suggestion))
            elif target.keys not in found:
                found[target.keys] = target, [index]
            elif is_stated and all(titles[each] != title for each in found[target.keys][1]):
                found[target.keys][1].append(index)
            else:
                findings.add(finding(Code.COLUMN_REPEATED, place, field=target.name))
        for _, columns in found.values():
            columns.sort(key=lambda index: order.get(titles[index], 0))
        return found

    def _missing(self, titles: Sequence[str], filled: set[Keys]) -> Iterator[str]:
        """Yield the names of the fields without a column or a default that rows need or the caller named."""
        missing = dict.fromkeys(each.name for title, each in self._stated.items() if each and title not in titles)
        yield from dict.fromkeys((*missing, *_unfilled(self._cls, filled | self._filled | {ID})))


def _titles(row: CsvRow) -> list[str]:
    """Return the titles of columns in a row, without empty ones at its end."""
    titles = list(map(str.strip, row.cells))
    while titles and not titles[-1]:
        titles.pop()
    return titles


def _unfilled(
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
            parts += _unfilled(constraint.cls, filled, path, f"{name}{spec.name}.", submitted)
        if is_needed and not is_filled:
            parts = parts or [f"{name}{spec.name}"]
        yield from parts
