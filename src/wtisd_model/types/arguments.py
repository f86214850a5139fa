"""Arguments that anybody may have given: each is given back as it has to be, or refused at the path that names it."""

from collections.abc import Iterable
from enum import StrEnum
from typing import TypeVar, cast

from wtisd_model.codes import Code
from wtisd_model.findings import InvalidValueError, finding
from wtisd_model.schema.constraints import Leaf

Value = TypeVar("Value")
Member = TypeVar("Member", bound=StrEnum)


def checked(value: Value, leaf: Leaf, path: str) -> Value:
    """Give back what a field of the kind of *leaf* may hold; raise an InvalidValueError for anything else."""
    found = leaf.check(value)
    if found is not None:
        raise InvalidValueError(found.prefixed(path))
    return value


def parse_enum(choices: Iterable[Member], value: object, path: str) -> Member:
    """Give the choice that *value* is, or whose word it is (``value-unknown``).

    Args:
        choices: an enum, or some of its members.
        value: what was given.
        path: where: ``/norm``.
    """
    known = tuple(choices)
    for each in known:
        if each == value:
            return each
    raise InvalidValueError(finding(Code.VALUE_UNKNOWN, path, choices=", ".join(known)))


def require_iterable(things: Iterable[Value], parameter: str) -> Iterable[Value]:
    """Give back what a caller gave for *parameter*; a TypeError that names it for one thing, such as a text."""
    given = cast("object", things)
    if isinstance(given, str | bytes) or not hasattr(given, "__iter__"):
        raise TypeError(f"{parameter} takes several: give a list, or put the one into a list.")
    return things
