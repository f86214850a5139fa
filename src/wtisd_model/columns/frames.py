"""Columns for data frame libraries."""

from collections.abc import Iterable
from typing import Any, TypeVar

from wtisd_model.model.event import Event
from wtisd_model.schema.constraints import Constraint, DecimalNumber, Items
from wtisd_model.types.number import with_places

Row = TypeVar("Row")


def to_columns(
    cls: type[Row],
    rows: Iterable[Row],
    *,
    personal: bool = False,
    language: str | None = None,
    event: Event | None = None,
) -> dict[str, list[Any]]:
    """Return objects as columns, for ``pandas.DataFrame``, ``polars.DataFrame``, ``pyarrow.table`` and the like.

    Texts, codes and members of enums become str, integers int, decimal numbers Decimal, days date, and moments datetime
    in UTC. Collections become tuples, sorted if the field is a set. The name of a nested field is dotted:
    ``participant.email``. A list of objects becomes one column per field of these objects; in each row, the items of
    their tuples correspond.

    With an event, a registration, a request or a pledge has one more column for each question of its call, the retired
    included: ``answers.tshirt``, with the values of `Question.value`. Choices are ids in every language, since labels
    change. They are personal unless the question is statistical. The last column, ``other_answers``, has the answers
    that do not fit their question or have none in this event, as JSON in a text; it is personal.

    Args:
        cls: Session, Registration, InterpretationRequest, Pledge, Total, CoverageRow or SeatRow.
        rows: objects of this class; may be empty.
        personal: whether to include personal fields.
        language: the language of texts, a tag such as ``fr``; by default the original. Texts without a translation are
            in their original language.
        event: the event whose questions were answered; without it there are no columns of answers. Only for a class
            that has answers.

    Returns:
        The values of each column by its name, in the order of the rows. All columns of the class are present, in the
        order of its fields. The amounts in a Total have one column per currency in the rows, such as ``amounts.CHF``.

    Raises:
        TypeError: *cls*, *rows* or *event* is not allowed, or a row is of another class.
        InvalidValueError: ``language-unknown``.
    """
    from wtisd_model.columns.table import table  # not loaded by every import

    chosen = table(cls, rows, personal=personal, language=language, event=event)
    filled: dict[str, list[Any]] = {each.name: [] for each in chosen.columns}
    for part in chosen.parts():
        for column, values in zip(chosen.columns, part, strict=True):
            filled[column.name] += _with_equal_places(column.constraint, values)
    return filled


def _with_equal_places(constraint: Constraint, values: list[Any]) -> list[Any]:
    if isinstance(constraint, Items) and isinstance(constraint.item, DecimalNumber):
        # In lists, Polars 2.1 truncates all numbers to the decimals of the first one.
        places = constraint.item.places
        return [tuple(None if each is None else with_places(each, places) for each in several) for several in values]
    return values
