"""Typed columns: the Arrow type of a field by its dotted name, and its values."""

from collections.abc import Iterable

import pyarrow as pa
from attrs import frozen

from wtisd_model.columns.answers import answer_columns
from wtisd_model.columns.columns import Column, columns_of
from wtisd_model.model.documents import CALL_KINDS
from wtisd_model.model.event import Event
from wtisd_model.schema.constraints import Boolean, Constraint, Date, DecimalNumber, Integer, Items, Nested, Timestamp
from wtisd_model.schema.fields import FieldSpec, fields_of
from wtisd_model.schema.suggestions import Spellings, close_to

_MOMENT = pa.timestamp("us", tz="UTC")  # moments have a precision of microseconds


@frozen(kw_only=True, eq=False)
class TypedColumn:
    """A column with its Arrow type."""

    type: pa.DataType
    column: Column

    @property
    def name(self) -> str:
        """The dotted name of the field."""
        return self.column.name

    def values(self, objects: Iterable[object], *, absent: bool) -> Iterable[object]:
        """Return the values, as `Column.values` does."""
        return self.column.values(objects, absent=absent)


def typed_column(cls: type, name: str, event: Event | None = None) -> TypedColumn:
    """Return the column of *cls* with a dotted name such as ``mode``, ``participant.email`` or ``answers.tshirt``.

    Raises:
        TypeError: there is no such field, or it holds neither a plain value nor a list of plain values; or *event* does
            not ask that question.
    """
    answers = () if event is None or cls not in CALL_KINDS else tuple(answer_columns(cls, event))
    for column in (*columns_of(cls), *answers):
        # The fields of objects in lists may have more values than fit into the arrays of a batch.
        if column.name == name and not column.of_each:
            return TypedColumn(type=_arrow_type(column.constraint), column=column)
    if cls in CALL_KINDS and name.startswith("answers."):
        raise TypeError(f"No column {name!r}: {_no_question(name, answers, event)}")
    raise TypeError(f"No column {name!r}: {_reason(cls, name)}")


def _no_question(name: str, answers: Iterable[Column], event: Event | None) -> str:
    if event is None:
        return "pass the dossier whose event asks the question."
    meant = close_to(name, Spellings({each.name.casefold(): each.name for each in answers}))
    return f"the event does not ask this question.{'' if meant is None else f' Did you mean {meant!r}?'}"


def _reason(cls: type, name: str) -> str:
    """Return the reason why there is no column with that name."""
    *outer, last = name.split(".")
    inside = cls
    for part in outer:
        spec = _field(inside, part)
        if spec is None:
            return _unknown(cls, inside, part, name)
        if not isinstance(spec.constraint, Nested):
            return f"{part!r} has no fields of its own."
        inside = spec.constraint.cls
    spec = _field(inside, last)
    if spec is None:
        return _unknown(cls, inside, last, name)
    if isinstance(spec.constraint, Nested):
        one = f"{name}.{fields_of(spec.constraint.cls)[0].name}"
        return f"it has fields of its own. Use one of them, such as {one!r}."
    return "it holds more than plain values."


def _field(cls: type, name: str) -> FieldSpec | None:
    return next((spec for spec in fields_of(cls) if spec.name == name), None)


def _unknown(cls: type, inside: type, part: str, name: str) -> str:
    known = _spellings(cls)
    known |= {each.name: each.name for each in columns_of(cls) if not each.of_each}
    meant = close_to(name, known)
    if meant is None:
        # By the last part alone, if it is unambiguous: "email", or "mail".
        ends: dict[str, set[str]] = {}
        for spelling, each in known.items():
            ends.setdefault(spelling.rpartition(".")[2], set()).add(each)
        meant = close_to(part, Spellings({end: min(names) for end, names in ends.items() if len(names) == 1}))
    hint = "" if meant is None else f" Did you mean {meant!r}?"
    return f"{inside.__name__} has no field {part!r}.{hint}"


def _spellings(cls: type, key: str = "", name: str = "") -> Spellings:
    """Return the dotted names of all fields, nested ones included, by their casefolded Python and JSON names."""
    known = Spellings()
    for spec in fields_of(cls):
        one = f"{name}{spec.name}"
        known |= {f"{key}{spec.key}".casefold(): one, one.casefold(): one}
        if isinstance(spec.constraint, Nested):
            known |= _spellings(spec.constraint.cls, f"{key}{spec.key}.", f"{one}.")
    return known


def _arrow_type(constraint: Constraint) -> pa.DataType:
    """Return the Arrow type of the values of a column; texts, codes and members of enums are strings."""
    match constraint:
        case Items(item=item):
            return pa.list_(_arrow_type(item))
        case Timestamp():
            return _MOMENT
        case Date():
            return pa.date32()
        case Integer():
            return pa.int64()
        case DecimalNumber():
            return pa.decimal128(constraint.digits + constraint.places, constraint.places)
        case Boolean():
            return pa.bool_()
        case _:
            return pa.string()
