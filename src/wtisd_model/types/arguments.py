"""Checks of the arguments of public functions: each returns the argument, or raises an error that names it."""

from collections.abc import Iterable, Iterator
from typing import TypeVar, cast

from wtisd_model.codes import Code
from wtisd_model.errors import InvalidValueError
from wtisd_model.findings import finding
from wtisd_model.schema.constraints import Leaf

Value = TypeVar("Value")
Member = TypeVar("Member", bound=str)


def require_valid(value: Value, leaf: Leaf, path: str) -> Value:
    """Return *value* if *leaf* allows it; otherwise raise an InvalidValueError whose finding is at *path*."""
    found = leaf.check(value)
    if found is not None:
        raise InvalidValueError(found.prefixed(path))
    return value


def require_instance(value: object, cls: type[Value], advice: str) -> Value:
    """Return *value* if it is an instance of *cls*; otherwise raise a TypeError with *advice*."""
    if not isinstance(value, cls):
        raise TypeError(advice)
    return value


def parse_enum(choices: Iterable[Member], value: object, path: str) -> Member:
    """Return the choice that equals *value*, a member or its string (``value-unknown`` at *path*)."""
    known = tuple(choices)
    for choice in known:
        if choice == value:
            return choice
    raise InvalidValueError(finding(Code.VALUE_UNKNOWN, path, choices=", ".join(known)))


def require_iterable(things: Iterable[Value], parameter: str) -> Iterable[Value]:
    """Return *things*, or raise a TypeError that names *parameter* if it is a string or not iterable."""
    given = cast("object", things)
    if isinstance(given, str | bytes) or not hasattr(given, "__iter__"):
        raise TypeError(f"{parameter} must be an iterable: pass a list, even for a single item.")
    return things


def require_records(records: Iterable[Value], cls: type[Value], parameter: str) -> Iterator[Value]:
    """Yield the records of a dossier, or raise a TypeError for an object of another class.

    *parameter* is the name of the argument and of the field of a dossier: ``registrations``.
    """
    for record in require_iterable(records, parameter):
        yield require_instance(record, cls, f"Not a {cls.__name__}: pass {parameter}, such as dossier.{parameter}.")
