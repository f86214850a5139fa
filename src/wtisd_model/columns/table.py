"""A table: columns of many objects, filled in batches of rows."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice
from operator import attrgetter, methodcaller
from typing import Final, get_origin

from attrs import AttrsInstance, fields, frozen

from wtisd_model.columns.answers import answer_columns, other_answers
from wtisd_model.columns.columns import Column, Step, columns_of, words_of
from wtisd_model.model.event import Event
from wtisd_model.model.interpretation import InterpretationRequest
from wtisd_model.model.pledge import Pledge
from wtisd_model.model.registration import Registration
from wtisd_model.model.session import Session
from wtisd_model.planning.coverage_rows import CoverageRow
from wtisd_model.planning.seat_rows import SeatRow
from wtisd_model.planning.totals import Total
from wtisd_model.schema.constraints import DecimalNumber, Integer, Items, Text
from wtisd_model.types.arguments import require_iterable
from wtisd_model.types.language import require_language

OBJECTS: Final[tuple[type, ...]] = (Session, Registration, InterpretationRequest, Pledge)
"""The classes of the model that can be rows; their columns are fixed, except those of answers."""

RESULTS: Final[tuple[type[AttrsInstance], ...]] = (Total, CoverageRow, SeatRow)
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


def table(
    cls: type, rows: Iterable[object], *, personal: bool, language: str | None, event: Event | None = None
) -> Table:
    """Return the table of objects of a class; rows are iterated lazily, except for results of planning.

    Raises:
        TypeError: *cls*, *rows* or *event* is not allowed, or a row is of another class.
        InvalidValueError: ``language-unknown``.
    """
    tag = require_language(language)
    objects = _checked_rows(cls, require_iterable(rows, "rows"))
    answers = () if event is None else (*answer_columns(cls, event), other_answers(cls, event))
    if cls in OBJECTS:
        columns = (*columns_of(cls, tag), *answers)
        return Table(columns=tuple(each for each in columns if personal or not each.personal), rows=objects)
    for results in RESULTS:
        if cls is results:
            all_of_them = list(objects)
            return Table(columns=tuple(_columns_of_results(results, all_of_them)), rows=iter(all_of_them))
    names = ", ".join(each.__name__ for each in (*OBJECTS, *RESULTS))
    raise TypeError(f"Not a class of rows. Use one of {names}.")


_WORD: Final = Text(64)
_WORDS: Final = Items(_WORD, tuple)
_COUNT: Final = Integer(0, 10**9)
_SUM: Final = DecimalNumber(0, 10**30, digits=30, places=4)


def _columns_of_results(cls: type[AttrsInstance], rows: Sequence[object]) -> Iterator[Column]:
    """Yield the columns of a class of results: one per attribute, and for amounts one per currency in *rows*."""
    for attribute in fields(cls):
        name, get = attribute.name, Step(attrgetter(attribute.name))
        if get_origin(attribute.type) is Mapping:
            amounts: Iterator[Mapping[str, Decimal]] = map(attrgetter(name), rows)
            for currency in sorted({each for row in amounts for each in row}):
                steps = (get, Step(methodcaller("get", currency)))
                yield Column(name=f"{name}.{currency}", constraint=_SUM, steps=steps)
        elif get_origin(attribute.type) is tuple:
            yield Column(name=name, constraint=_WORDS, steps=(get, Step(words_of)))
        else:
            yield Column(name=name, constraint=_COUNT if attribute.type in {int, int | None} else _WORD, steps=(get,))


def _checked_rows(cls: type, rows: Iterable[object]) -> Iterator[object]:
    for number, row in enumerate(rows, 1):
        if not isinstance(row, cls):
            raise TypeError(f"Row {number} is not a {cls.__name__}.")
        yield row
