"""Conversion of values as people write them in Python, such as lists and words of enums, to the values of fields.

Only values with one meaning are converted; others are refused with a finding that says what to write. JSON does not
come this way: its reader makes the values of fields directly.
"""

from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import Final, cast

from wtisd_model.codes import Code
from wtisd_model.findings import Finding, finding, pointer
from wtisd_model.schema.constraints import Constraint, DecimalNumber, Enumeration, Items, Nested
from wtisd_model.schema.fields import camel_case, constraint_of


# Why: docs/decisions/0021
def convert(constraint: Constraint, value: object) -> object | Finding:
    """Convert a value that the constraint of a field refuses, or return the finding if that is not possible.

    A list becomes a tuple; a list, tuple or set becomes a frozenset; their items are converted as well. The word of an
    enum becomes its member, an int becomes a Decimal, and an address becomes a VirtualLocation.
    """
    match constraint:
        case Items():
            value = _converted_items(constraint, value)
        case Enumeration(members=members) if type(value) is str:
            value = next((each for each in members if each.value == value), None) or constraint.refusal(value)
        case DecimalNumber() if type(value) is int:
            value = Decimal(value)
        case Nested(cls=cls) if type(value) is str:
            value = _object_of_text(cls, value)
        case _:
            pass
    return value if isinstance(value, Finding) else constraint.check(value) or value


_ORDERED: Final[tuple[type, ...]] = (list, tuple)
_UNORDERED: Final[tuple[type, ...]] = (set, frozenset)


def _converted_items(constraint: Items, value: object) -> object | Finding:
    # Subclasses are refused, as everywhere: one may hold one thing and return another.
    kind = type(value)
    if kind is str:
        return finding(Code.LIST_MISSING)
    if kind in _UNORDERED and constraint.container is tuple:
        return finding(Code.ORDER_UNKNOWN)
    if kind not in _ORDERED and kind not in _UNORDERED:
        expected = "tuple-list" if constraint.container is tuple else "set-list-tuple"
        return finding(Code.WRONG_TYPE, expected=expected)
    given = cast("Collection[object]", value)
    found = constraint.check_count(len(given))
    if found is not None:
        return found
    items = [each if constraint.item.check(each) is None else convert(constraint.item, each) for each in given]
    if kind in _UNORDERED:
        # Equal input has to give equal findings, and a set has no order.
        found = min((each for each in items if isinstance(each, Finding)), key=str, default=None)
    else:
        found = _first_refused(items, unique=constraint.unique)
    return constraint.container(items) if found is None else found


def _first_refused(items: Iterable[object], *, unique: bool) -> Finding | None:
    seen: set[object] = set()
    for index, item in enumerate(items):
        if isinstance(item, Finding):
            return item.prefixed(pointer(index))
        if unique and item in seen:
            return finding(Code.ITEM_REPEATED, pointer(index))
        if unique:
            seen.add(item)
    return None


def _object_of_text(cls: type, text: str) -> object | Finding:
    if hasattr(cls, "texts"):
        return finding(Code.TEXT_WITHOUT_LANGUAGE)
    name: str | None = getattr(cls, "TEXT_FIELD", None)
    if name is None:
        return text
    found = constraint_of(cls, name).check(text)
    return cls(**{name: text}) if found is None else found.prefixed(pointer(camel_case(name)))
