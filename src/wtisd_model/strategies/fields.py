"""Strategies derived from the declarations of fields: objects, and the JSON documents of other programs.

A new field needs no new strategy. A class with cross-field rules has a strategy of its own, which fixes the fields
concerned, and passes it to `register`.
"""

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar

from attrs import frozen
from hypothesis import strategies as st

from wtisd_model.data.countries import COUNTRIES
from wtisd_model.data.languages import LANGUAGES
from wtisd_model.data.zones import ZONES
from wtisd_model.json.encoder import to_json
from wtisd_model.model.documents import SCHEMA_VERSION, document_name
from wtisd_model.schema.constraints import (
    Boolean,
    CodeList,
    Constraint,
    Date,
    DecimalNumber,
    Enumeration,
    Integer,
    Items,
    Map,
    Nested,
    Pattern,
    Text,
    Timestamp,
)
from wtisd_model.schema.fields import fields_of
from wtisd_model.schema.json_values import AnyJson, AnyOf, frozen_json
from wtisd_model.schema.patterns import FIRST_YEAR, LAST_YEAR
from wtisd_model.strategies.combinators import collections_of, weighted
from wtisd_model.strategies.strings import strings_of, texts_of
from wtisd_model.strategies.times import days, moments, zones

T = TypeVar("T")

FEW = 3
"""The default maximum size of a collection."""

_strategies: dict[type, Callable[..., st.SearchStrategy[Any]]] = {}


def register(cls: type, strategy: Callable[..., st.SearchStrategy[Any]]) -> None:
    """Register the strategy function that generates the objects of a class wherever a field holds one."""
    _strategies[cls] = strategy


@cache
def values_of(constraint: Constraint) -> st.SearchStrategy[Any]:
    """Generate the values that a constraint allows.

    Raises:
        TypeError: there is no strategy for this kind of constraint.
    """
    strategy = _BY_KIND.get(type(constraint))
    if strategy is None:
        raise TypeError(f"No strategy for this kind of constraint: {constraint!r}")
    return strategy(constraint)


def _integers(constraint: Integer) -> st.SearchStrategy[int]:
    edges = {constraint.minimum, constraint.minimum + 1, constraint.maximum - 1, constraint.maximum, 0, 1}
    within = sorted(edge for edge in edges if constraint.minimum <= edge <= constraint.maximum)
    small = st.integers(constraint.minimum, min(constraint.minimum + 300, constraint.maximum))
    return weighted((4, small), (1, st.integers(constraint.minimum, constraint.maximum)), (1, st.sampled_from(within)))


@cache
def decimals_of(constraint: DecimalNumber, places: int, *, above: bool = False) -> st.SearchStrategy[Decimal]:
    """Generate the numbers with *places* decimals that a constraint allows, or only those *above* its minimum."""
    longest = 10 ** (constraint.digits + places) - 1
    least, most = constraint.minimum * 10**places + above, constraint.maximum * 10**places
    return _integers(Integer(max(least, -longest), min(most, longest))).map(
        lambda number: Decimal(number).scaleb(-places)
    )


def objects_of(cls: type[Any], **settings: object) -> st.SearchStrategy[Any]:
    """Generate objects of a class with its registered strategy, if any, or else field by field."""
    drawn = _strategies.get(cls)
    return objects(cls) if drawn is None else drawn(**settings)


def _items(constraint: Items) -> st.SearchStrategy[Any]:
    most = max(min(FEW, constraint.maximum), constraint.minimum)
    many = _pool(constraint.item)[: constraint.maximum]
    return collections_of(
        values_of(constraint.item),
        constraint.container,
        min_size=constraint.minimum,
        max_size=most,
        unique=constraint.unique,
        many=many if len(many) > most else (),
    )


def _pool(constraint: Constraint) -> list[Any]:
    """Return many different values of a constraint, for collections at their maximum size; none for objects."""
    if isinstance(constraint, Enumeration):
        return list(constraint.members)
    strings = (
        *sorted(COUNTRIES),
        *sorted(LANGUAGES),
        *(f"{goal}.{target}" for goal in range(1, 18) for target in range(1, 20)),
    )
    return [string for string in strings if constraint.check(string) is None]


def _entries(constraint: Map) -> st.SearchStrategy[Any]:
    return st.dictionaries(
        values_of(constraint.key), values_of(constraint.value), max_size=min(FEW, constraint.maximum)
    )


_JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=8), inside, max_size=3),
    max_leaves=8,
).map(frozen_json)

_BY_KIND: Mapping[type, Callable[[Any], st.SearchStrategy[Any]]] = {
    Text: texts_of,
    Pattern: strings_of,
    CodeList: lambda of: zones() if of.values == ZONES else st.sampled_from(sorted(of.values)),
    Integer: _integers,
    DecimalNumber: lambda of: st.integers(0, of.places).flatmap(lambda places: decimals_of(of, places)),
    Boolean: lambda _: st.booleans(),
    Date: lambda _: days(),
    Timestamp: lambda _: moments(),
    Enumeration: lambda of: st.sampled_from(of.members),
    Nested: lambda of: objects_of(of.cls, **({} if of.text is None else {"text": of.text})),
    Items: _items,
    Map: _entries,
    AnyOf: lambda of: st.one_of([values_of(kind) for kind in of.kinds.values()]),
    AnyJson: lambda _: _JSON,
}


@cache
def _fields_to_draw(
    cls: type, fixed: frozenset[str]
) -> tuple[tuple[tuple[str, int, st.SearchStrategy[Any]], ...], int]:
    """Return each field to draw, with a bit if it may be None and 0 otherwise, and the sum of all bits."""
    to_draw: list[tuple[str, int, st.SearchStrategy[Any]]] = []
    bits = 0
    for spec in fields_of(cls):
        if spec.name not in fixed:
            bit = bits + 1 if spec.optional else 0
            bits |= bit
            to_draw.append((spec.name, bit, values_of(spec.constraint)))
    return tuple(to_draw), bits


def draw_object(draw: st.DrawFn, cls: Callable[..., T], **fixed: object) -> T:
    """Return an object of *cls* with the *fixed* values, and draw its other fields.

    An optional field is None half of the time. One draw decides that for all fields, because draws are slow.
    """
    to_draw, bits = _fields_to_draw(cls, frozenset(fixed))
    given = draw(st.integers(0, bits)) if bits else 0
    return cls(**fixed, **{name: None if bit and not bit & given else draw(drawn) for name, bit, drawn in to_draw})


@st.composite
def objects(draw: st.DrawFn, cls: type[T]) -> T:
    """Generate objects of a class without cross-field rules."""
    return draw_object(draw, cls)


JsonDict = dict[str, Any]
Key = TypeVar("Key")


@frozen(kw_only=True)
class _Style:
    """The style of a program that writes JSON."""

    rotation: int
    """By how many places the keys of objects and the items of sets are rotated."""
    offset: timezone
    """The UTC offset of moments."""
    lower: bool
    """Write "T" and "Z" in lower case, as RFC 3339 section 5.6 allows."""
    floats: bool
    """Write integers with a decimal point, as programs without integers do."""
    zeros: bool
    """Pad decimal numbers with zeros."""
    empty: bool
    """Write empty lists and false, which we omit."""
    tagged: bool
    """Write ``@type``, ``schemaVersion`` and ``$schema``."""
    ascii: bool
    """Escape characters that are not ASCII."""
    indent: str | None
    """The indent of lines; None writes a single line."""


_STYLES = st.builds(
    _Style,
    rotation=st.integers(0, 6),
    offset=st.sampled_from((0, 60, 345, -210, 825, -720)).map(lambda minutes: timezone(timedelta(minutes=minutes))),
    indent=st.sampled_from((None, " ", "\t", "")),
)


@st.composite
def payloads(draw: st.DrawFn, cls: type, *, of: object = None) -> bytes:
    """Generate JSON documents that `wtisd_model.from_json` accepts.

    Keys and sets are in any order, moments have any offset, numbers may have a decimal point or more zeros, and texts
    may be escaped.

    Args:
        cls: Event, Session, Registration, InterpretationRequest, Pledge, Dossier or Roster.
        of: the object that all documents represent.

    Raises:
        TypeError: the class is not a document.
    """
    document_name(cls)  # raises the TypeError
    obj = draw(objects_of(cls)) if of is None else of
    style = draw(_STYLES)
    canonical = json.loads(to_json(obj))
    document = _members(cls, canonical, style)
    if style.tagged:
        document |= {"@type": cls.__name__, "schemaVersion": SCHEMA_VERSION, "$schema": "schema.json"}
    return json.dumps(document, ensure_ascii=style.ascii, indent=style.indent).encode()


def _members(cls: type, members: JsonDict, style: _Style) -> JsonDict:
    written: list[tuple[str, object]] = []
    for spec in fields_of(cls):
        if spec.key in members:
            written.append((spec.key, _value(spec.constraint, members[spec.key], style)))
        elif style.empty and isinstance(spec.constraint, Items | Boolean) and not spec.optional:
            written.append((spec.key, [] if isinstance(spec.constraint, Items) else False))
    return dict(_rotated(written, style))


def _rotated(items: list[Key], style: _Style) -> list[Key]:
    return items[style.rotation :] + items[: style.rotation]


def _value(constraint: Constraint, value: Any, style: _Style) -> object:
    match constraint:
        case Nested():
            return _members(constraint.cls, value, style)
        case Items():
            items = [_value(constraint.item, item, style) for item in value]
            return _rotated(items, style) if constraint.container is frozenset else items
        case Timestamp():
            return _moment(value, style)
        case Integer() if style.floats:
            return float(value)
        case DecimalNumber() if style.zeros:
            whole, _, decimals = value.partition(".")
            return f"{whole}.{decimals.ljust(constraint.places, '0')}"
        case _:
            return value


def _moment(value: str, style: _Style) -> str:
    moment = datetime.fromisoformat(value).astimezone(style.offset)
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        return value
    written = moment.isoformat().replace("+00:00", "Z")
    return written.lower() if style.lower else written
