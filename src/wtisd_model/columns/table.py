"""A table: columns of many objects, filled in batches of rows."""

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
from wtisd_model.types.language import require_language

OBJECTS: Final[tuple[type, ...]] = (Session, Registration, InterpretationRequest, Pledge)
"""The classes of the model that can be rows; their columns are fixed."""

RESULTS: Final[tuple[type[AttrsInstance], ...]] = (Total, CoverageRow)
"""The classes of results of planning that can be rows; their columns may depend on the rows."""

_ROWS_PER_BATCH: Final = 512


@frozen(kw_only=True, eq=False)
class Table:
    """The columns of a table, and its rows as objects."""

    columns: tuple[Column, ...]
    rows: Iterator[object]

    def parts(self) -> Iterator[list[list[object]]]:
        """Yield batches of rows, as a list of values for each column."""
        while part := list(islice(self.rows, _ROWS_PER_BATCH)):
            yield [list(column.values(part)) for column in self.columns]


def table(cls: type, rows: Iterable[object], *, personal: bool, language: str | None) -> Table:
    """Return the table of objects of a class; rows are iterated lazily, except for results of planning.

    Raises:
        TypeError: *cls* or *rows* is not allowed, or a row is of another class.
        InvalidValueError: ``language-unknown``.
    """
    tag = require_language(language)
    objects = _checked_rows(cls, require_iterable(rows, "rows"))
    if cls in OBJECTS:
        columns = (each for each in columns_of(cls, tag) if personal or not each.personal)
        return Table(columns=tuple(columns), rows=objects)
    for results in RESULTS:
        if cls is results:
            all_of_them = list(objects)
            return Table(columns=tuple(columns_of_results(results, all_of_them)), rows=iter(all_of_them))
    names = ", ".join(each.__name__ for each in (*OBJECTS, *RESULTS))
    raise TypeError(f"Not a class of rows. Use one of {names}.")


def _checked_rows(cls: type, rows: Iterable[object]) -> Iterator[object]:
    for number, row in enumerate(rows, 1):
        if not isinstance(row, cls):
            raise TypeError(f"Row {number} is not a {cls.__name__}.")
        yield row
