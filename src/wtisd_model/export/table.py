"""A table: chosen columns of many objects, filled some rows at a time."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from attrs import frozen

from wtisd_model.export.flat import Column, columns_of
from wtisd_model.findings import InvalidValueError
from wtisd_model.model.interpretation import InterpretationRequest
from wtisd_model.model.pledge import Pledge
from wtisd_model.model.registration import Registration
from wtisd_model.model.session import Session
from wtisd_model.values.language import LANGUAGE

ROWS: Final[tuple[type, ...]] = (Session, Registration, InterpretationRequest, Pledge)
"""The classes whose objects are rows."""

# Rows that are laid out at once, column by column.
_AT_ONCE: Final = 512


@frozen(kw_only=True, eq=False)
class Table:
    """The columns of a class, and how they are filled."""

    cls: type
    columns: tuple[Column, ...]

    def parts(self, rows: Iterable[object]) -> Iterator[list[list[object]]]:
        """Give the values of some rows after others: those of each column.

        Raises:
            TypeError: a row is of another class.
        """
        there, before = iter(rows), 0
        while part := list(islice(there, _AT_ONCE)):
            for number, each in enumerate(part, before + 1):
                if not isinstance(each, self.cls):
                    raise TypeError(f"Row {number} is not a {self.cls.__name__}.")
            yield [list(column.values(part)) for column in self.columns]
            before += len(part)


def table(cls: type, *, personal: bool, language: str | None) -> Table:
    """Choose the columns of a class.

    Raises:
        TypeError: objects of this class are no rows.
        InvalidValueError: ``language-unknown``.
    """
    if cls not in ROWS:
        raise TypeError(f"Not the class of a row: give one of {', '.join(each.__name__ for each in ROWS)}.")
    found = None if language is None else LANGUAGE.check(language)
    if found is not None:
        raise InvalidValueError(found.below("/language"))
    columns = columns_of(cls, language)
    return Table(cls=cls, columns=tuple(each for each in columns if personal or not each.personal))
