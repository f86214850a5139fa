"""Objects laid flat: the columns that the fields of a class make, derived from their one declaration.

A field of an object inside another goes by a dotted name, ``participant.email``. A list of objects makes a column for
each of their fields, in which each value has as many items as the list.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from operator import attrgetter, itemgetter, methodcaller
from typing import Any, NamedTuple, Self

from attrs import evolve, frozen

from wtisd_model.schema.constraints import Enumeration, Items, Leaf, Map, Nested, Timestamp
from wtisd_model.schema.fields import FieldSpec, fields_of, json_form_of
from wtisd_model.types.language import LocalizedText
from wtisd_model.types.timeslot import TimeSlot

Take = Callable[[Any], object]
"""Gives what is in an object."""


@frozen(eq=False)
class Step:
    """From an object to what is in it."""

    take: Take
    after_none: bool = False
    """Whether what it is taken from may be None, even where every object is there."""


@frozen(kw_only=True, eq=False)
class Column:
    """What every object of a class has at one place: one plain value, or several."""

    name: str
    constraint: Leaf | Items
    """What the declaration says of a value."""
    steps: tuple[Step, ...]
    """The way from an object to its value; it ends at the first None."""
    personal: bool = False
    of_each: bool = False
    """A value has an item for each object in a list, None where that has nothing."""

    def values(self, objects: Iterable[object], *, absent: bool = False) -> Iterable[object]:
        """Give the value that each object has here, None where it has none.

        A member of an enum is given as its value; several values are a tuple, sorted where the field is a set. Where an
        object may be *absent*, and stand here as None, its value is None too.
        """
        values = objects
        for step in self.steps:
            if absent or step.after_none:
                values = [None if each is None else step.take(each) for each in values]
            else:
                values = map(step.take, values)  # half the price, and most steps are such
        return values

    def inside(self, spec: FieldSpec) -> Self:
        """Give this column of an object as one of the object that holds it in a field."""
        further = (evolve(step, after_none=step.after_none or spec.optional) for step in self.steps)
        return self._inside(spec, *further)

    def inside_each(self, spec: FieldSpec) -> Self:
        """Give this column of several objects as one of the object that holds them in a field."""
        whole = self._inside(spec, Step(partial(_of_each, self)))
        return evolve(whole, constraint=Items(self.constraint, tuple), of_each=True)

    def _inside(self, spec: FieldSpec, *further: Step) -> Self:
        return evolve(
            self,
            name=f"{spec.name}.{self.name}",
            steps=(Step(attrgetter(spec.name)), *further),
            personal=self.personal or spec.personal,
        )


def _of_each(column: Column, objects: tuple[object, ...]) -> tuple[object, ...]:
    return tuple(column.values(objects)) if objects else ()


@lru_cache(maxsize=64)  # languages come from users: not each that ever came is kept
def columns_of(cls: type, language: str | None = None) -> tuple[Column, ...]:
    """Name the columns of a class, in the order of its fields.

    Left out is what no cell holds: all translations of a text, and lists in lists.

    Args:
        cls: a class whose fields are declared.
        language: whose texts to choose, as `LocalizedText.in_language` does; None for those that were written.
    """
    return tuple(_columns(cls, language))


def _columns(cls: type, language: str | None) -> Iterator[Column]:
    if cls is TimeSlot:
        # Beside what the clocks of the place show: in a data frame all moments of a column are in one zone.
        for name in ("starts_at", "ends_at"):
            yield Column(name=name, constraint=Timestamp(), steps=(Step(attrgetter(name)),))
    for place, spec in enumerate(fields_of(cls)):
        match spec.constraint:
            case Nested(cls=inner):
                yield from (each.inside(spec) for each in columns_of(inner, language))
            case Items(item=Nested(cls=inner)):
                plain = (each for each in columns_of(inner, language) if not isinstance(each.constraint, Items))
                yield from (each.inside_each(spec) for each in plain)
            case Map() | Items(item=Map() | Items()):
                pass
            case constraint:
                takes = (Step(each) for each in _takes(cls, spec.name, place, language))
                steps = (*takes, *(Step(each, spec.optional) for each in _plain(constraint)))
                yield Column(name=spec.name, constraint=constraint, steps=steps, personal=spec.personal)


def _takes(cls: type, name: str, place: int, language: str | None) -> tuple[Take, ...]:
    """Give what leads from an object to one of its fields, which stands there in that place."""
    if json_form_of(cls) is not cls:
        return methodcaller("fields_written"), itemgetter(place)  # as everywhere, those of the JSON of a slot
    if cls is LocalizedText and language is not None:
        return partial(_chosen, language), attrgetter(name)
    return (attrgetter(name),)


class _Chosen(NamedTuple):
    """The fields of a text in the language that was chosen."""

    text: str
    language: str


def _chosen(language: str, text: LocalizedText) -> _Chosen:
    return _Chosen(*text.in_language(language))


def _plain(constraint: Leaf | Items) -> Iterator[Take]:
    """Give what makes a plain value of what a field holds."""
    match constraint:
        case Enumeration():
            yield str.__str__
        case Items(container=container, item=item):
            if container is frozenset:
                yield sorted  # as in JSON: a set has no order, and equal objects give equal columns
            if isinstance(item, Enumeration):
                yield words_of
            elif container is frozenset:
                yield tuple  # the garbage collector soon leaves a tuple of texts alone, a list never
        case _:
            pass


def words_of(members: Iterable[str]) -> tuple[str, ...]:
    """Give members of enums as plain texts."""
    return tuple(map(str.__str__, members))
