"""How much a dict may hold, as far as its declaration says, and how much it does hold where that is in question."""

from collections.abc import Callable
from functools import cache
from typing import cast

from wtisd_model.fields import fields_of
from wtisd_model.nodes import (
    Day,
    Entries,
    Exact,
    Items,
    Moment,
    Nested,
    Node,
    OneOf,
    Pattern,
    Text,
)
from wtisd_model.payload.plain import Bounds
from wtisd_model.payload.structs import longest

_A_VALUE = 100
"""More bytes than what is round a value takes: its key, which is known, a number, brackets."""

_A_CHARACTER = 4
"""As many bytes as one may take."""


@cache
def flat(cls: type) -> tuple[int, frozenset[str]]:
    """Give the most bytes that an object takes but for what may be long in it, and the keys of that."""
    size, long = _A_VALUE, set[str]()
    for spec in fields_of(cls):
        most = _most(spec.node)
        if most is None:
            long.add(spec.key)
        else:
            size += _A_VALUE + most
    return size, frozenset(long)


def _most(node: Node) -> int | None:
    """Give the most bytes that a value takes; None where it may be long."""
    match node:
        case Nested(cls=cls):
            size, long = flat(cls)
            return None if long else size
        case Entries() | Items(item=Nested()):
            return None
        case Items(item=item, maximum=maximum):
            return maximum * (_A_VALUE + cast("int", _most(item)))
        case Text() | Pattern() | OneOf() | Exact() | Day() | Moment():
            return _A_CHARACTER * longest(node)
        case _:
            return 0


def measure_of(cls: type, bounds: Bounds) -> Callable[[dict[str, object]], bool]:
    """Give what tells whether a dict, if it is an object of *cls*, is no more than a payload may be."""
    size, long = flat(cls)
    size += 2 * _A_VALUE  # what it is, and in which version
    is_roomy = is_within(bounds, size, [])

    def measure(payload: dict[str, object]) -> bool:
        if is_roomy:
            for key in long:
                if key in payload:
                    break
            else:
                return True
            if is_within(bounds, size, [*map(payload.get, long)]):
                return True
        return is_within(bounds, 0, [*payload.values()])

    return measure


def is_within(bounds: Bounds, beside: int, values: list[object]) -> bool:
    """Tell whether *values*, all that is in them and *beside* them so many bytes are no more than a payload may hold.

    False where that is in doubt, as it is of a list that holds itself.
    """
    most, size = bounds.values - beside // _A_VALUE, 0
    for value in values:  # those that are in others are added as it goes
        kind = type(value)
        if kind is str:
            size += len(cast("str", value))
        elif kind is dict:
            values += cast("dict[object, object]", value).values()
        elif kind is list:
            values += cast("list[object]", value)
        if len(values) > most:
            return False
    # One value is the whole.
    return _A_CHARACTER * size + _A_VALUE * len(values) + beside <= bounds.bytes and len(values) < most
