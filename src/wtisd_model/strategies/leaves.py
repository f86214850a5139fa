"""One strategy for each kind of value that a field may hold, derived from what its annotation says.

A new field of a class needs no new strategy; a class with rules between its fields settles those fields itself and
is registered with `drawn_by`.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from wtisd_model.fields import fields_of
from wtisd_model.nodes import (
    Choice,
    Day,
    Entries,
    Exact,
    Flag,
    Items,
    Moment,
    Nested,
    Node,
    OneOf,
    Pattern,
    Text,
    Whole,
)
from wtisd_model.strategies.choosing import several, weighted
from wtisd_model.strategies.clocks import days, moments, zones
from wtisd_model.strategies.forms import strings_of
from wtisd_model.strategies.texts import texts_of
from wtisd_model.tables.countries import COUNTRIES
from wtisd_model.tables.languages import LANGUAGES
from wtisd_model.tables.zones import ZONES

T = TypeVar("T")

FEW = 3
"""How many items a collection has at most, unless the test asks for more."""

_strategies: dict[type, Callable[..., SearchStrategy[Any]]] = {}


def drawn_by(cls: type, strategy: Callable[..., SearchStrategy[Any]]) -> None:
    """Say which function draws the objects of a class wherever a field holds one."""
    _strategies[cls] = strategy


@cache
def values_of(node: Node) -> SearchStrategy[Any]:
    """Draw what a node allows.

    Raises:
        TypeError: a kind of node that nobody has written a strategy for.
    """
    strategy = _BY_KIND.get(type(node))
    if strategy is None:
        raise TypeError(f"No strategy for this kind of node: {node!r}")
    return strategy(node)


def _whole(node: Whole) -> SearchStrategy[int]:
    edges = {node.minimum, node.minimum + 1, node.maximum - 1, node.maximum, 0, 1}
    within = sorted(edge for edge in edges if node.minimum <= edge <= node.maximum)
    small = st.integers(node.minimum, min(node.minimum + 300, node.maximum))
    return weighted((4, small), (1, st.integers(node.minimum, node.maximum)), (1, st.sampled_from(within)))


def _exact(node: Exact) -> SearchStrategy[Decimal]:
    return st.integers(0, node.places).flatmap(lambda places: decimals_of(node, places))


@cache
def decimals_of(node: Exact, places: int, *, above: bool = False) -> SearchStrategy[Decimal]:
    """Draw the decimal numbers of a node that have so many *places*; all *above* the least, if that is wanted."""
    longest = 10 ** (node.digits + places) - 1
    least, most = node.minimum * 10**places + above, node.maximum * 10**places
    return _whole(Whole(max(least, -longest), min(most, longest))).map(lambda number: Decimal(number).scaleb(-places))


def _nested(node: Nested) -> SearchStrategy[Any]:
    return objects_of(node.cls) if node.text is None else objects_of(node.cls, text=node.text)


def objects_of(cls: type[Any], **settings: object) -> SearchStrategy[Any]:
    """Draw objects of a class by its own strategy or, where it has none, field by field."""
    drawn = _strategies.get(cls)
    return objects(cls) if drawn is None else drawn(**settings)


def _items(node: Items) -> SearchStrategy[Any]:
    most = max(min(FEW, node.maximum), node.minimum)
    many = _pool(node.item)[: node.maximum]
    return several(
        values_of(node.item),
        node.container,
        least=node.minimum,
        most=most,
        unique=node.unique,
        many=many if len(many) > most else (),
    )


def _pool(node: Node) -> list[Any]:
    """List many different values of a node, for collections up to their bound; none where a value is an object."""
    if isinstance(node, Choice):
        return list(node.members)
    strings = (
        *sorted(COUNTRIES),
        *sorted(LANGUAGES),
        *(f"{goal}.{target}" for goal in range(1, 18) for target in range(1, 20)),
    )
    return [each for each in strings if node.check(each) is None]


def _entries(node: Entries) -> SearchStrategy[Any]:
    return st.dictionaries(values_of(node.key), values_of(node.value), max_size=min(FEW, node.maximum))


def _one_of(node: OneOf) -> SearchStrategy[str]:
    return zones() if node.values == ZONES else st.sampled_from(sorted(node.values))


_BY_KIND: Mapping[type, Callable[[Any], SearchStrategy[Any]]] = {
    Text: texts_of,
    Pattern: strings_of,
    OneOf: _one_of,
    Whole: _whole,
    Exact: _exact,
    Flag: lambda _: st.booleans(),
    Day: lambda _: days(),
    Moment: lambda _: moments(),
    Choice: lambda node: st.sampled_from(node.members),
    Nested: _nested,
    Items: _items,
    Entries: _entries,
}


@cache
def _plan(cls: type, settled: frozenset[str]) -> tuple[tuple[tuple[str, int, SearchStrategy[Any]], ...], int]:
    """Give each field that is left to draw a bit, or 0 where it may not be None; and the sum of all bits."""
    plan: list[tuple[str, int, SearchStrategy[Any]]] = []
    bits = 0
    for spec in fields_of(cls):
        if spec.name not in settled:
            bit = bits + 1 if spec.optional else 0
            bits |= bit
            plan.append((spec.name, bit, values_of(spec.node)))
    return tuple(plan), bits


def made(draw: st.DrawFn, cls: Callable[..., T], **settled: object) -> T:
    """Make an object of *cls* out of what is *settled*, and draw its other fields.

    What may be None is None in half of all cases: one draw decides for all fields, as draws are what takes time.
    """
    plan, bits = _plan(cls, frozenset(settled))
    given = draw(st.integers(0, bits)) if bits else 0
    return cls(**settled, **{name: None if bit and not bit & given else draw(drawn) for name, bit, drawn in plan})


@st.composite
def objects(draw: st.DrawFn, cls: type[T]) -> T:
    """Draw objects of a class that has no rules between its fields."""
    return made(draw, cls)
