"""A table: chosen columns of many objects, filled some rows at a time."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from attrs import AttrsInstance, frozen

from wtisd_model.columns.columns import Column, columns_of
from wtisd_model.columns.results import columns_of_results
from wtisd_model.model.interpretation import InterpretationRequest
from wtisd_model.model.pledge import Pledge
from wtisd_model.model.registration import Registration
from wtisd_model.model.session import Session
from wtisd_model.planning.coverage_rows import CoverageRow
from wtisd_model.planning.totals import Total
from wtisd_model.types.arguments import require_iterable
from wtisd_model.types.language import checked_language

OBJECTS: Final[tuple[type, ...]] = (Session, Registration, InterpretationRequest, Pledge)
"""The classes of objects that are rows; their columns are always the same."""

RESULTS: Final[tuple[type[AttrsInstance], ...]] = (Total, CoverageRow)
"""The classes of what planning works out, whose columns may depend on what is in the rows."""

# Rows that are laid out at once, column by column.
_AT_ONCE: Final = 512


@frozen(kw_only=True, eq=False)
class Table:
    """Columns, and the rows that they are filled from."""

    columns: tuple[Column, ...]
    rows: Iterator[object]

    def parts(self) -> Iterator[list[list[object]]]:
        """Give the values of some rows after others: those of each column."""
        while part := list(islice(self.rows, _AT_ONCE)):
            yield [list(column.values(part)) for column in self.columns]


def table(cls: type, rows: Iterable[object], *, personal: bool, language: str | None) -> Table:
    """Choose the columns of a class; rows of results are asked for at once, others when they are needed.

    Raises:
        TypeError: objects of this class are no rows, *rows* are not several, or a row is of another class.
        InvalidValueError: ``language-unknown``.
    """
    asked = checked_language(language)
    there = _of(cls, require_iterable(rows, "rows"))
    if cls in OBJECTS:
        columns = (each for each in columns_of(cls, asked) if personal or not each.personal)
        return Table(columns=tuple(columns), rows=there)
    for results in RESULTS:
        if cls is results:
            all_of_them = list(there)
            return Table(columns=tuple(columns_of_results(results, all_of_them)), rows=iter(all_of_them))
    names = ", ".join(each.__name__ for each in (*OBJECTS, *RESULTS))
    raise TypeError(f"Not the class of a row: give one of {names}.")


def _of(cls: type, rows: Iterable[object]) -> Iterator[object]:
    for number, row in enumerate(rows, 1):
        if not isinstance(row, cls):
            raise TypeError(f"Row {number} is not a {cls.__name__}.")
        yield row
