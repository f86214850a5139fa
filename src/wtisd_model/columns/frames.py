"""Tables as columns, which libraries of data frames take as they are."""

from collections.abc import Iterable
from typing import Any, TypeVar

from wtisd_model.schema.constraints import Constraint, DecimalNumber, Items
from wtisd_model.types.number import with_places

Row = TypeVar("Row")


def to_columns(
    cls: type[Row], rows: Iterable[Row], *, personal: bool = False, language: str | None = None
) -> dict[str, list[Any]]:
    """Lay objects out as columns, for ``pandas.DataFrame``, ``polars.DataFrame``, ``pyarrow.table`` and the like.

    Texts, codes and members of enums are str, whole numbers int, others Decimal, days date, and moments datetime in
    UTC. Several values are a tuple, sorted where the field is a set. A field of an object inside another goes by a name
    such as ``participant.email``; a list of objects has a column for each of their fields, and in one row the tuples
    of these belong together, item by item.

    Args:
        cls: Session, Registration, InterpretationRequest, Pledge, Total or CoverageRow.
        rows: objects of this class; there may be none.
        personal: whether to give the personal fields too.
        language: whose texts to choose, a tag such as ``fr``; by default each text is in the language it was written
            in. What is not translated stays as it is.

    Returns:
        The values of each column, in the order of the rows; None where there is none. All columns of the class are
        there, in the order of its fields, whatever is in the rows; those of amounts in a Total are one for each
        currency in the rows, such as ``amounts.CHF``.

    Raises:
        TypeError: *cls* is none of these, *rows* are not several, or a row is of another class.
        InvalidValueError: ``language-unknown``.
    """
    from wtisd_model.columns.table import table  # not loaded by every import

    chosen = table(cls, rows, personal=personal, language=language)
    filled: dict[str, list[Any]] = {each.name: [] for each in chosen.columns}
    for part in chosen.parts():
        for column, values in zip(chosen.columns, part, strict=True):
            filled[column.name] += _alike(column.constraint, values)
    return filled


def _alike(constraint: Constraint, values: list[Any]) -> list[Any]:
    if isinstance(constraint, Items) and isinstance(constraint.item, DecimalNumber):
        # Of lists, Polars 2.1 reads all numbers with as many decimals as the first one has, and drops the others.
        places = constraint.item.places
        return [tuple(None if each is None else with_places(each, places) for each in several) for several in values]
    return values
