"""What a strategy draws, so many times and the same each time; and every class and node that the model has."""

from collections.abc import Callable, Iterator
from functools import cache
from random import Random
from typing import Any, TypeVar, cast

from hypothesis import given, settings
from hypothesis.strategies import SearchStrategy

from wtisd_model import Dossier
from wtisd_model.model.documents import DOCUMENTS
from wtisd_model.schema.constraints import Constraint, Items, Map, Nested
from wtisd_model.schema.fields import fields_of
from wtisd_model.strategies.fields import objects_of

T = TypeVar("T")


# As much as Hypothesis lets one example consist of.
_BUFFER = 8 * 1024


@cache
def drawn(strategy: SearchStrategy[T], number: int = 200) -> list[T]:
    """Draw so many values, each by itself, and the same every time.

    What Hypothesis does for a test, where it leaves out what it has tried and changes what it has found, would make
    it hard to count how often something comes.
    """
    values: list[T] = []

    @settings(database=None)
    @given(strategy)
    def collect(value: T) -> None:
        values.append(value)

    fuzz: Callable[[bytes], bytes | None] = cast("Any", collect).hypothesis.fuzz_one_input
    source = Random(number)
    for _ in range(number):
        fuzz(source.randbytes(_BUFFER))
    if len(values) != number:
        raise AssertionError("An object was too large for one example, or was filtered away.")
    return values


def classes() -> list[type[Any]]:
    """List the classes of the model, as the documents hold them."""
    found: list[type[Any]] = list(DOCUMENTS)
    for cls in found:
        for spec in fields_of(cls):
            found.extend(
                constraint.cls
                for constraint in _inside(spec.constraint)
                if isinstance(constraint, Nested) and constraint.cls not in found
            )
    return found


def constraints() -> list[Constraint]:
    """List the different nodes of all their fields."""
    return list(
        dict.fromkeys(
            constraint for cls in classes() for spec in fields_of(cls) for constraint in _inside(spec.constraint)
        )
    )


def _inside(constraint: Constraint) -> Iterator[Constraint]:
    yield constraint
    if isinstance(constraint, Items):
        yield from _inside(constraint.item)
    if isinstance(constraint, Map):
        yield from (constraint.key, constraint.value)


_STRATEGIES = {cls: objects_of(cls) for cls in classes()}


def some(cls: type[T]) -> list[T]:
    """Draw objects of a class of the model."""
    return drawn(_STRATEGIES[cls], 40 if cls is Dossier else 100 if cls in DOCUMENTS else 200)
