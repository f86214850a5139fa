"""The base class of every object: validation, conversion, equality, hash and ``repr``.

attrs could generate these methods for each class; defined once, here, they save a third of the import time.

Values as people write them in Python, such as lists and words of enums, are converted if they have only one meaning;
others are refused with a finding that says what to write. JSON does not come this way: its reader makes the values of
fields directly.
"""

from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from decimal import Decimal
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, ClassVar, Final, cast, get_type_hints

from attrs import fields

from wtisd_model.codes import Code
from wtisd_model.errors import InvalidValueError
from wtisd_model.findings import Finding, finding, pointer
from wtisd_model.objects import HooksMixin, ReprMixin
from wtisd_model.schema.constraints import Constraint, DecimalNumber, Enumeration, Items, Nested
from wtisd_model.schema.fields import (
    Invariant,
    camel_case,
    constraint_of,
    fields_of_class,
    invariants_of,
    parameters_of,
)

if TYPE_CHECKING:
    from inspect import Signature


class EqMixin(ReprMixin):
    """Equality and hash of attrs: by the attributes, among objects of the same class."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return _values(self) == _values(other)

    def __hash__(self) -> int:
        return hash((type(self), _values(self)))


class _PlainSignature:
    """The signature of a class with types only; the constraints in the annotations would hide them."""

    def __get__(self, _instance: object, cls: Any) -> "Signature":
        from inspect import signature  # when somebody looks at it: for all classes it is 1 ms of the import

        generated = cls.__init__
        # A subclass may name types that only its function or the type checker knows: they stay as they are written.
        with suppress(NameError):
            # help() looks here before it prints __init__, which then has the same types.
            generated.__annotations__ = get_type_hints(generated) | {"return": None}
        own = signature(generated)
        return own.replace(parameters=[*own.parameters.values()][1:])  # without self


class Model(HooksMixin, EqMixin):
    """The base class of objects that are validated on creation: each field, then the cross-field rules.

    A value that a field does not hold in the form it has, such as a list, is converted if it has only one meaning.

    Raises:
        TypeError: when the class is first used, if an annotation has no known constraint.
    """

    __slots__ = ()

    INVARIANTS: ClassVar[tuple[Invariant, ...]] = ()
    """The cross-field rules: functions that take fields by name and yield findings."""

    __signature__: ClassVar[_PlainSignature] = _PlainSignature()

    def __attrs_post_init__(self) -> None:
        cls: type = type(self)
        for spec in fields_of_class(cls):
            value = getattr(self, spec.name)
            found = None if value is None and spec.optional else spec.constraint.check(value)
            if found is not None:
                converted = convert(spec.constraint, value)
                if isinstance(converted, Finding):
                    raise InvalidValueError(converted.prefixed(pointer(spec.key)))
                object.__setattr__(self, spec.name, converted)
        for invariant in invariants_of(cls):
            for found in invariant(*[getattr(self, name) for name in parameters_of(invariant)]):
                raise InvalidValueError(found)

    @classmethod
    @cache
    def _repr_fields(cls) -> tuple[str, ...]:
        """Return the names of the fields to print: all that are not personal."""
        own: type = cls
        return tuple(spec.name for spec in fields_of_class(own) if not spec.personal)


def _values(checked: object) -> object:
    cls: type = type(checked)
    return _values_of(cls)(checked)


@cache
def _values_of(cls: type) -> Callable[[object], object]:
    return attrgetter(*(attribute.name for attribute in fields(cls) if attribute.eq))


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
