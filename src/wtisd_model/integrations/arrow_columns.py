"""Typed columns: from the dotted name of a field to an Arrow type, and from objects to the values of a column."""

from collections.abc import Callable, Iterable
from operator import attrgetter, methodcaller
from typing import Any

import pyarrow as pa
from attrs import frozen

from wtisd_model.fields import FieldSpec, fields_of, form_of
from wtisd_model.nodes import Day, Entries, Exact, Flag, Items, Moment, Nested, Node, Whole
from wtisd_model.suggestions import Spellings, close_to

_MOMENT = pa.timestamp("us", tz="UTC")  # a microsecond is as fine as a moment is read


@frozen(kw_only=True, eq=False)
class TypedColumn:
    """One field of the objects as a column."""

    name: str
    type: pa.DataType
    steps: tuple["_Step", ...]
    """The way from an object to its value; it ends at the first None."""

    def values(self, objects: Iterable[object], *, absent: bool) -> Iterable[object]:
        """Give the value that each object has here, None where it has none.

        Where an object may be *absent*, and stand here as None, its value is None too.
        """
        values = objects
        for step in self.steps:
            if absent or step.after_none:
                values = [None if each is None else step.take(each) for each in values]
            else:
                values = map(step.take, values)  # half the price, and most steps are such
        return values


@frozen(eq=False)
class _Step:
    """From an object to what is in it."""

    take: Callable[[Any], object]
    after_none: bool
    """Whether what it is taken from may be None, even where every object is there."""


def typed_column(cls: type, name: str) -> TypedColumn:
    """Find the field of *cls* that a dotted name leads to: ``mode``, ``participant.email``.

    Raises:
        TypeError: there is no such field, or it holds neither one plain value nor a list of them.
    """
    *outer, last = name.split(".")
    inside = cls
    steps: list[_Step] = []
    optional = False
    for part in outer:
        spec = _field(cls, inside, part, name)
        if not isinstance(spec.node, Nested):
            raise TypeError(f"No column {name!r}: {part!r} has no fields of its own.")
        steps += _steps(inside, part, after_none=optional)
        inside, optional = spec.node.cls, optional or spec.optional
    spec = _field(cls, inside, last, name)
    steps += _steps(inside, last, after_none=optional)
    if isinstance(spec.node, Items) and spec.node.container is frozenset:
        # As in JSON: a set has no order, and equal objects give equal columns. The garbage collector soon leaves a
        # tuple of texts alone, a list never.
        steps += (_Step(each, optional or spec.optional) for each in (sorted, tuple))
    return TypedColumn(name=name, type=_arrow_type(spec.node, name), steps=tuple(steps))


def _field(cls: type, inside: type, part: str, name: str) -> FieldSpec:
    specs = {spec.name: spec for spec in fields_of(inside)}
    if part in specs:
        return specs[part]
    known = _spellings(cls)
    meant = close_to(name, known)
    if meant is None:
        # By its last part alone, where that leads to one field only: "email", and "mail" too.
        ends: dict[str, set[str]] = {}
        for spelling, each in known.items():
            ends.setdefault(spelling.rpartition(".")[2], set()).add(each)
        meant = close_to(part, Spellings({end: min(names) for end, names in ends.items() if len(names) == 1}))
    hint = "" if meant is None else f" Did you mean {meant!r}?"
    raise TypeError(f"No column {name!r}: {inside.__name__} has no field {part!r}.{hint}")


def _spellings(cls: type, key: str = "", name: str = "") -> Spellings:
    """Give the dotted names of all fields, and those inside of them, by what they may be called, casefolded."""
    known = Spellings()
    for spec in fields_of(cls):
        one = f"{name}{spec.name}"
        known |= {f"{key}{spec.key}".casefold(): one, one.casefold(): one}
        if isinstance(spec.node, Nested):
            known |= _spellings(spec.node.cls, f"{key}{spec.key}.", f"{one}.")
    return known


def _steps(inside: type, part: str, *, after_none: bool) -> tuple[_Step, ...]:
    get = _Step(attrgetter(part), after_none)
    # The fields of a slot are those of its JSON, as everywhere: the time that the clocks show, and the zone.
    return (get,) if form_of(inside) is inside else (_Step(methodcaller("written"), after_none), get)


def _arrow_type(node: Node, name: str) -> pa.DataType:
    """Give the Arrow type of what a field holds; a text, a code and a member of an enum are strings."""
    match node:
        case Nested():
            one = f"{name}.{fields_of(node.cls)[0].name}"
            raise TypeError(f"No column {name!r}: it has fields of its own. Name one of them, such as {one!r}.")
        case Entries() | Items(item=Nested() | Entries() | Items()):
            raise TypeError(f"No column {name!r}: it holds more than plain values.")
        case Items():
            return pa.list_(_arrow_type(node.item, name))
        case Moment():
            return _MOMENT
        case Day():
            return pa.date32()
        case Whole():
            return pa.int64()
        case Exact():
            return pa.decimal128(node.digits + node.places, node.places)
        case Flag():
            return pa.bool_()
        case _:
            return pa.string()
