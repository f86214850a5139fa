"""Objects as tables: the columns of a class, derived from the declarations of its fields, and their values.

The name of a nested field is dotted: ``participant.email``. A list of objects becomes one column per field of these
objects, whose values are tuples with one item per object.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from functools import lru_cache, partial
from itertools import islice
from operator import attrgetter, itemgetter, methodcaller
from typing import Any, Final, Self, TypeVar, get_origin

from attrs import AttrsInstance, evolve, fields, frozen

from wtisd_model.columns.item_texts import ITEM_TEXTS
from wtisd_model.model.documents import questions_for
from wtisd_model.model.event import Event
from wtisd_model.model.interpretation import InterpretationRequest
from wtisd_model.model.interpreter import Interpreter
from wtisd_model.model.pledge import Pledge
from wtisd_model.model.question import read_answer
from wtisd_model.model.registration import Registration
from wtisd_model.model.roster import Assignment, Booth
from wtisd_model.model.session import Session
from wtisd_model.model.submissions import belongs_to
from wtisd_model.planning.booth_sheets import AssignmentRow, BoothNeed, ChannelRow, WorkHours
from wtisd_model.planning.demand import CoverageRow
from wtisd_model.planning.seat_rows import SeatRow
from wtisd_model.planning.totals import Total
from wtisd_model.schema.constraints import (
    Constraint,
    DecimalNumber,
    Enumeration,
    Integer,
    Items,
    Leaf,
    Map,
    Nested,
    Text,
    Timestamp,
)
from wtisd_model.schema.fields import PERSONAL, FieldSpec, fields_of, json_form_of
from wtisd_model.schema.json_values import AnyJson, AnyOf, JsonObject
from wtisd_model.types.arguments import require_iterable
from wtisd_model.types.language import LocalizedText, require_language
from wtisd_model.types.number import with_places
from wtisd_model.types.timeslot import TimeSlot

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
        cls: Session, Registration, InterpretationRequest, Pledge, Interpreter, Booth, Assignment, or one of results:
            Total, CoverageRow, SeatRow, BoothNeed, ChannelRow, WorkHours or AssignmentRow.
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
    columns, parts = table(cls, rows, personal=personal, language=language, event=event)
    filled: dict[str, list[Any]] = {column.name: [] for column in columns}
    for part in parts:
        for column, values in zip(columns, part, strict=True):
            filled[column.name] += _with_equal_places(column.constraint, values)
    return filled


def _with_equal_places(constraint: Constraint, values: list[Any]) -> list[Any]:
    if isinstance(constraint, Items) and isinstance(constraint.item, DecimalNumber):
        # In lists, Polars 2.1 truncates all numbers to the decimals of the first one.
        places = constraint.item.places
        return [
            tuple(None if number is None else with_places(number, places) for number in several) for several in values
        ]
    return values


Getter = Callable[[Any], object]
"""A function that returns a part of an object."""


@frozen(eq=False)
class Step:
    """A step from an object to a part of it."""

    get: Getter
    after_none: bool = False
    """True if the object before this step may be None, although no row is."""


@frozen(kw_only=True, eq=False)
class Column:
    """A column: a function from objects to single values or tuples of values."""

    name: str
    constraint: Leaf | Items
    """The constraint of the values."""
    steps: tuple[Step, ...]
    """The steps from an object to its value; None ends them early."""
    personal: bool = False
    of_each: bool = False
    """True if a value has one item per object in a list."""

    def values(self, objects: Iterable[object]) -> Iterable[object]:
        """Return the value of each object in this column, or None.

        A member of an enum becomes its value; a collection becomes a tuple, which is sorted if the field is a set.
        """
        values = objects
        for step in self.steps:
            if step.after_none:
                values = [None if value is None else step.get(value) for value in values]
            else:
                values = map(step.get, values)  # twice as fast, and the usual case
        return values

    def inside(self, spec: FieldSpec) -> Self:
        """Return this column as a column of the class that has the object in the field *spec*."""
        further = (evolve(step, after_none=step.after_none or spec.optional) for step in self.steps)
        return self._inside(spec, *further)

    def inside_each(self, spec: FieldSpec) -> Self:
        """Return this column as a column of the class that has a list of the objects in the field *spec*."""
        whole = self._inside(spec, Step(partial(_of_each, self)))
        return evolve(whole, constraint=Items(self.constraint, tuple), of_each=True)

    def _inside(self, spec: FieldSpec, *further: Step) -> Self:
        return evolve(
            self,
            name=f"{spec.name}.{self.name}",
            steps=(Step(attrgetter(spec.name)), *further),
            personal=self.personal or spec.personal,
        )


def _of_each(column: Column, objects: tuple[object, ...]) -> tuple[object, ...]:
    return tuple(column.values(objects)) if objects else ()


@lru_cache(maxsize=64)  # bounded, because languages come from users
def columns_of(cls: type, language: str | None = None) -> tuple[Column, ...]:
    """Return the columns of a class, in the order of its fields.

    Values that do not fit into a cell are omitted: translations, and lists in lists.

    Args:
        cls: a class with declared fields.
        language: the language of texts, chosen by `LocalizedText.in_language`; None for the originals.
    """
    return tuple(_columns(cls, language))


def _columns(cls: type, language: str | None) -> Iterator[Column]:
    if cls is TimeSlot:
        # In addition to local times, because all moments in a column of a data frame have the same zone.
        for name in ("starts_at", "ends_at"):
            yield Column(name=name, constraint=Timestamp(), steps=(Step(partial(_time, attrgetter(name))),))
    for place, spec in enumerate(fields_of(cls)):
        match spec.constraint:
            case Nested(cls=inner):
                yield from (column.inside(spec) for column in columns_of(inner, language))
            case Items() if (cls, spec.name) in ITEM_TEXTS:
                texts = partial(map, ITEM_TEXTS[cls, spec.name].write)
                of_texts = (Step(attrgetter(spec.name)), Step(texts), Step(tuple))
                yield Column(name=spec.name, constraint=Items(ANY_TEXT, tuple), steps=of_texts, personal=spec.personal)
            case Items(item=Nested(cls=inner)):
                plain = (column for column in columns_of(inner, language) if not isinstance(column.constraint, Items))
                yield from (column.inside_each(spec) for column in plain)
            case Map() | AnyOf() | AnyJson() | Items(item=Map() | Items() | AnyOf() | AnyJson()):
                pass
            case constraint:
                getters = (Step(getter) for getter in _getters(cls, spec.name, place, language))
                steps = (*getters, *(Step(converter, spec.optional) for converter in _converters(constraint)))
                yield Column(name=spec.name, constraint=constraint, steps=steps, personal=spec.personal)


def _time(get: Getter, slot: TimeSlot) -> object:
    return None if slot.whole_days else get(slot)  # whole days have dates, and no times


def _getters(cls: type, name: str, place: int, language: str | None) -> tuple[Getter, ...]:
    """Return the functions that lead from an object to one of its fields, which is at the index *place*."""
    if json_form_of(cls) is not cls:
        return methodcaller("fields_written"), itemgetter(place)  # the fields of a slot are those of its JSON
    if cls is LocalizedText and language is not None:
        return methodcaller("in_language", language), itemgetter(("text", "language").index(name))
    return (attrgetter(name),)


def _converters(constraint: Leaf | Items) -> Iterator[Getter]:
    """Yield the functions that convert the value of a field into a plain value."""
    match constraint:
        case Enumeration():
            yield str.__str__
        case Items(container=container, item=item):
            if container is frozenset:
                yield sorted  # as in JSON: a set has no order, but equal objects have to give equal columns
            if isinstance(item, Enumeration):
                yield words_of
            elif container is frozenset:
                yield tuple  # the garbage collector stops tracking a tuple of strings, but not a list
        case _:
            pass


def words_of(members: Iterable[str]) -> tuple[str, ...]:
    """Return members of enums as plain strings."""
    return tuple(map(str.__str__, members))


OBJECTS: Final[tuple[type, ...]] = (
    Session,
    Registration,
    InterpretationRequest,
    Pledge,
    Interpreter,
    Booth,
    Assignment,
)
"""The classes of the model that can be rows; their columns are fixed, except those of answers."""

RESULTS: Final[tuple[type[AttrsInstance], ...]] = (
    Total,
    CoverageRow,
    SeatRow,
    BoothNeed,
    ChannelRow,
    WorkHours,
    AssignmentRow,
)
"""The classes of results of planning that can be rows; their columns may depend on the rows."""

_ROWS_PER_BATCH: Final = 512


def table(
    cls: type, rows: Iterable[object], *, personal: bool, language: str | None, event: Event | None = None
) -> tuple[Sequence[Column], Iterator[list[list[object]]]]:
    """Return the columns of a table of objects of a class, and its rows in batches of a list of values for each column.

    Rows are iterated lazily, except for results of planning.

    Raises:
        TypeError: *cls*, *rows* or *event* is not allowed, or a row is of another class.
        InvalidValueError: ``language-unknown``.
    """
    tag = require_language(language)
    objects = _checked_rows(cls, require_iterable(rows, "rows"))
    answers = () if event is None else (*answer_columns(cls, event), other_answers(cls, event))
    if cls in OBJECTS:
        columns = [column for column in (*columns_of(cls, tag), *answers) if personal or not column.personal]
        return columns, _batches(columns, objects)
    for results in RESULTS:
        if cls is results:
            all_of_them = list(objects)
            columns = [
                column for column in _columns_of_results(results, all_of_them) if personal or not column.personal
            ]
            return columns, _batches(columns, iter(all_of_them))
    names = ", ".join(known.__name__ for known in (*OBJECTS, *RESULTS))
    raise TypeError(f"Not a class of rows. Use one of {names}.")


def _batches(columns: Sequence[Column], rows: Iterator[object]) -> Iterator[list[list[object]]]:
    while part := list(islice(rows, _ROWS_PER_BATCH)):
        yield [list(column.values(part)) for column in columns]


_WORD: Final = Text(64)
_WORDS: Final = Items(_WORD, tuple)
_COUNT: Final = Integer(0, 10**9)
_SUM: Final = DecimalNumber(0, 10**30, digits=30, places=4)
_SINGLE: Final[Mapping[object, Leaf]] = {
    int: _COUNT,
    int | None: _COUNT,
    Decimal | None: _SUM,
    datetime: Timestamp(),
    datetime | None: Timestamp(),
}
"""The constraints of values that are no words, by their type."""


def _columns_of_results(cls: type[AttrsInstance], rows: Sequence[object]) -> Iterator[Column]:
    """Yield the columns of a class of results: one per attribute, and for amounts one per currency in *rows*."""
    for attribute in fields(cls):
        name, get = attribute.name, Step(attrgetter(attribute.name))
        if get_origin(attribute.type) is Mapping:
            amounts: Iterator[Mapping[str, Decimal]] = map(attrgetter(name), rows)
            for currency in sorted({currency for row in amounts for currency in row}):
                steps = (get, Step(methodcaller("get", currency)))
                yield Column(name=f"{name}.{currency}", constraint=_SUM, steps=steps)
        elif get_origin(attribute.type) is tuple:
            yield Column(name=name, constraint=_WORDS, steps=(get, Step(words_of)))
        else:
            constraint = _SINGLE.get(attribute.type, _WORD)
            is_personal = PERSONAL in getattr(attribute.type, "__metadata__", ())
            yield Column(name=name, constraint=constraint, steps=(get,), personal=is_personal)


def _checked_rows(cls: type, rows: Iterable[object]) -> Iterator[object]:
    for number, row in enumerate(rows, 1):
        if not isinstance(row, cls):
            raise TypeError(f"Row {number} is not a {cls.__name__}.")
        yield row


OTHER_ANSWERS: Final = "other_answers"
"""The name of the column of answers that fit no question."""

ANY_TEXT: Final = Text(2**31)
"""The constraint of a text of any length."""


def answer_columns(cls: type, event: Event) -> Iterator[Column]:
    """Yield a column for each question in the call for objects of *cls*, including retired ones.

    Its name has the id of the question, as in ``answers.tshirt``, and its values are those of `Question.value`; None if
    there is no answer, or one that does not fit the question or is one to a question of another event.
    """
    own = Step(partial(_own_answers, event))
    for question in questions_for(cls, event):
        constraint = question.constraint
        steps = (own, Step(methodcaller("get", question.id)), Step(partial(_value, constraint), after_none=True))
        yield Column(
            name=f"answers.{question.id}", constraint=constraint, steps=steps, personal=not question.statistical
        )


def other_answers(cls: type, event: Event) -> Column:
    """Return the column of all answers of an object that have no value in `answer_columns`, as JSON."""
    constraints = {question.id: question.constraint for question in questions_for(cls, event)}
    steps = (Step(partial(_others, event, constraints)),)
    return Column(name=OTHER_ANSWERS, constraint=ANY_TEXT, steps=steps, personal=True)


def _own_answers(event: Event, submission: Any) -> JsonObject:
    answers: JsonObject = submission.answers if belongs_to(submission, event) else JsonObject()
    return answers


def _value(constraint: Constraint, answer: object) -> object:
    value, found = read_answer(constraint, answer)
    return value if found is None else None


def _others(event: Event, constraints: Mapping[str, Constraint], submission: Any) -> str | None:
    own = _own_answers(event, submission)
    answers: Mapping[str, object] = submission.answers
    others = {
        id_: answer
        for id_, answer in answers.items()
        if id_ not in own or id_ not in constraints or read_answer(constraints[id_], answer)[1] is not None
    }
    return JsonObject(others).canonical().decode() if others else None
