"""What is said once about a field, on its annotation, and what derives from it.

A class of the model is a `Model`, spells ``@frozen(kw_only=True, eq=False, repr=False)``, and each of its fields says
in its annotation what it may hold: ``title: Annotated[LocalizedText, Text(500)]``. `fields_of` reads the annotations
once, when the class is first used: the class checks its objects with them, and everything that reads, writes or
describes it walks the same. A rule that takes several fields is a plain function whose parameters are field names,
listed in ``INVARIANTS``. Equality, hash and ``repr`` are those of `Model`, with the meaning that attrs gives them:
made by attrs for each class, with the validators, they were a third of what an import of the package costs.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum, StrEnum
from functools import cache
from inspect import signature
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from attrs import NOTHING, Attribute, fields, frozen, has

from wtisd_model.findings import Finding, ReprMixin
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

Invariant = Callable[..., Iterable[Finding]]


class Mark(Enum):
    """What else is said about a field."""

    PERSONAL = "personal"
    """It says something about a person: never shown by ``repr``, removed by purging."""

    OFFICE = "office"
    """The office sets it; a submission that has it is refused."""


PERSONAL = Mark.PERSONAL
OFFICE = Mark.OFFICE


@frozen(eq=False, repr=False)
class Count:
    """How many items a tuple or frozenset may hold; *unique* refuses equal items in a tuple."""

    minimum: int = 0
    maximum: int = 100
    unique: bool = False


@frozen(kw_only=True, eq=False, repr=False)
class FieldSpec(ReprMixin):
    """One field of a class, as all who derive something from it see it."""

    name: str
    key: str
    constraint: Constraint
    optional: bool
    """None is allowed, and is left out of JSON."""
    required: bool
    default: object
    office: bool
    personal: bool


def invariants_of(cls: type) -> tuple[Invariant, ...]:
    """Name the cross-field rules of a class."""
    invariants: tuple[Invariant, ...] = getattr(cls, "INVARIANTS", ())
    return invariants


@cache
def parameters_of(invariant: Invariant) -> tuple[str, ...]:
    """Name the fields that an invariant looks at."""
    return tuple(signature(invariant).parameters)


def depends_on(*names: str) -> Callable[[Invariant], Invariant]:
    """Mark an invariant that has nothing to say where the fields *names* are all absent, whatever else there is.

    Whoever reads millions of objects need not ask it then.
    """

    def mark(invariant: Invariant) -> Invariant:
        setattr(invariant, _DEPENDS_ON, names)
        return invariant

    return mark


_DEPENDS_ON = "depends_on"


def dependencies_of(invariant: Invariant) -> tuple[str, ...]:
    """Name the fields that an invariant is about; it may look at others too."""
    names: tuple[str, ...] = getattr(invariant, _DEPENDS_ON, parameters_of(invariant))
    return names


def fields_of(cls: type) -> tuple[FieldSpec, ...]:
    """Describe the fields of a class, in declared order.

    A class whose JSON is not its attributes, such as TimeSlot, names the class that is written for it as ``json_form``.
    """
    return fields_of_class(json_form_of(cls))


def constraint_of(cls: type, name: str) -> Constraint:
    """Find what a field of a class may hold."""
    return next(spec.constraint for spec in fields_of(cls) if spec.name == name)


def most_items(cls: type, name: str) -> int:
    """Say how many items a field of a class may hold: 5,000 for the sessions of an event."""
    constraint = constraint_of(cls, name)
    if not isinstance(constraint, Items):
        raise TypeError(f"A field that does not hold items: {name}")
    return constraint.maximum


@cache
def fields_of_class(cls: type) -> tuple[FieldSpec, ...]:
    """Return the fields that a class itself declares, whatever its JSON is."""
    return tuple(map(_spec, fields(cls)))


def _spec(attribute: "Attribute[Any]") -> FieldSpec:
    if attribute.validator is not None:
        raise TypeError(f"A validator that would not run: say it in the annotation of {attribute.name}")
    hint, optional, said = _unwrapped(attribute.type)
    marks = {each for each in said if isinstance(each, Mark)}
    return FieldSpec(
        name=attribute.name,
        key=camel_case(attribute.name),
        constraint=_node(hint, tuple(each for each in said if not isinstance(each, Mark))),
        optional=optional,
        required=attribute.default is NOTHING,
        default=attribute.default,
        office=OFFICE in marks,
        personal=PERSONAL in marks,
    )


def json_form_of(cls: type) -> type:
    """Name the class whose fields are the JSON of *cls*: itself, or its ``json_form``."""
    form: type = getattr(cls, "json_form", cls)
    return form


def camel_case(name: str) -> str:
    """Write a field's name as its JSON key: ``time_zone`` as ``timeZone``."""
    return re.sub(r"_([a-z])", lambda match: match[1].upper(), name)


def _unwrapped(hint: object) -> tuple[object, bool, tuple[object, ...]]:
    """Take ``Annotated`` and ``| None`` off: what is left, whether None is allowed, and what was said beside it."""
    said: tuple[object, ...] = ()
    optional = False
    while True:
        if get_origin(hint) is Annotated:
            hint, *beside = get_args(hint)
            said += tuple(beside)
        elif get_origin(hint) in {Union, UnionType}:
            optional = True
            hint = _without_none(hint)
        else:
            return hint, optional, said


def _without_none(hint: object) -> object:
    rest = [each for each in get_args(hint) if each is not NoneType]
    if len(rest) != 1:
        raise TypeError(f"A field of several types: {hint}")
    return rest[0]


def _node(hint: object, said: tuple[object, ...]) -> Constraint:
    """Read what is left of an annotation; raise on what is not in the vocabulary, or says what nobody would heed."""
    origin, arguments = get_origin(hint), get_args(hint)
    match said:
        case () if origin in {tuple, frozenset}:
            return _items(hint, Count())
        case (Count() as count,) if origin in {tuple, frozenset}:
            return _items(hint, count)
        case () if origin is Mapping:
            key, value = map(_inner, arguments)
            if isinstance(key, Pattern) and isinstance(value, Text):
                return Map(key, value)
        case () if hint in _PLAIN:
            return _PLAIN[hint]
        case () if isinstance(hint, type) and issubclass(hint, StrEnum):
            return Enumeration(hint)
        case () if isinstance(hint, type) and has(hint):
            return Nested(hint)
        case (Text() as text,) if isinstance(hint, type) and hasattr(hint, "texts"):
            return Nested(hint, text)
        case ((Text() | Pattern() | CodeList()) as leaf,) if hint is str:
            return leaf
        case (Integer() as leaf,) if hint is int:
            return leaf
        case (DecimalNumber() as leaf,) if hint is Decimal:
            return leaf
        case _:
            pass
    raise TypeError(f"An annotation that is not in the vocabulary of fields: {hint}, with {said}")


def _items(hint: object, count: Count) -> Items:
    container, arguments = get_origin(hint), get_args(hint)
    if container is tuple and arguments[1:] == (...,):
        return Items(_inner(arguments[0]), tuple, count.minimum, count.maximum, count.unique)
    if container is frozenset and len(arguments) == 1:
        return Items(_inner(arguments[0]), frozenset, count.minimum, count.maximum, unique=True)
    raise TypeError(f"A tuple of a fixed length: {hint}")


def _inner(hint: object) -> Constraint:
    """Read the annotation of an item: a mark or ``| None`` there would mean nothing."""
    rest, optional, said = _unwrapped(hint)
    if optional:
        raise TypeError(f"An item that may be None: {hint}")
    return _node(rest, said)


_PLAIN: Mapping[object, Constraint] = {bool: Boolean(), date: Date(), datetime: Timestamp()}
