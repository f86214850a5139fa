"""The columns of a class, derived from the declarations of its fields.

The name of a nested field is dotted: ``participant.email``. A list of objects becomes one column per field of these
objects, whose values are tuples with one item per object.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from operator import attrgetter, itemgetter, methodcaller
from typing import Any, NamedTuple, Self

from attrs import evolve, frozen

from wtisd_model.schema.constraints import Enumeration, Items, Leaf, Map, Nested, Timestamp
from wtisd_model.schema.fields import FieldSpec, fields_of, json_form_of
from wtisd_model.schema.json_values import AnyJson, AnyOf
from wtisd_model.types.language import LocalizedText
from wtisd_model.types.timeslot import TimeSlot

Getter = Callable[[Any], object]
"""A function that returns a part of an object."""


@frozen(eq=False)
class Step:
    """A step from an object to a part of it."""

    get: Getter
    after_none: bool = False
    """True if the object before this step may be None, although no row is."""


@frozen(kw_only=True, eq=False)
class Column:
    """A column: a function from objects to single values or tuples of values."""

    name: str
    constraint: Leaf | Items
    """The constraint of the values."""
    steps: tuple[Step, ...]
    """The steps from an object to its value; None ends them early."""
    personal: bool = False
    of_each: bool = False
    """True if a value has one item per object in a list."""

    def values(self, objects: Iterable[object], *, absent: bool = False) -> Iterable[object]:
        """Return the value of each object in this column, or None.

        A member of an enum becomes its value; a collection becomes a tuple, which is sorted if the field is a set. With
        *absent*, *objects* may contain None, whose value is None.
        """
        values = objects
        for step in self.steps:
            if absent or step.after_none:
                values = [None if each is None else step.get(each) for each in values]
            else:
                values = map(step.get, values)  # twice as fast, and the usual case
        return values

    def inside(self, spec: FieldSpec) -> Self:
        """Return this column as a column of the class that has the object in the field *spec*."""
        further = (evolve(step, after_none=step.after_none or spec.optional) for step in self.steps)
        return self._inside(spec, *further)

    def inside_each(self, spec: FieldSpec) -> Self:
        """Return this column as a column of the class that has a list of the objects in the field *spec*."""
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


@lru_cache(maxsize=64)  # bounded, because languages come from users
def columns_of(cls: type, language: str | None = None) -> tuple[Column, ...]:
    """Return the columns of a class, in the order of its fields.

    Values that do not fit into a cell are omitted: translations, and lists in lists.

    Args:
        cls: a class with declared fields.
        language: the language of texts, chosen by `LocalizedText.in_language`; None for the originals.
    """
    return tuple(_columns(cls, language))


def _columns(cls: type, language: str | None) -> Iterator[Column]:
    if cls is TimeSlot:
        # In addition to local times, because all moments in a column of a data frame have the same zone.
        for name in ("starts_at", "ends_at"):
            yield Column(name=name, constraint=Timestamp(), steps=(Step(partial(_time, attrgetter(name))),))
    for place, spec in enumerate(fields_of(cls)):
        match spec.constraint:
            case Nested(cls=inner):
                yield from (each.inside(spec) for each in columns_of(inner, language))
            case Items(item=Nested(cls=inner)):
                plain = (each for each in columns_of(inner, language) if not isinstance(each.constraint, Items))
                yield from (each.inside_each(spec) for each in plain)
            case Map() | AnyOf() | AnyJson() | Items(item=Map() | Items() | AnyOf() | AnyJson()):
                pass
            case constraint:
                getters = (Step(each) for each in _getters(cls, spec.name, place, language))
                steps = (*getters, *(Step(each, spec.optional) for each in _converters(constraint)))
                yield Column(name=spec.name, constraint=constraint, steps=steps, personal=spec.personal)


def _time(get: Getter, slot: TimeSlot) -> object:
    return None if slot.whole_days else get(slot)  # whole days have dates, and no times


def _getters(cls: type, name: str, place: int, language: str | None) -> tuple[Getter, ...]:
    """Return the functions that lead from an object to one of its fields, which is at the index *place*."""
    if json_form_of(cls) is not cls:
        return methodcaller("fields_written"), itemgetter(place)  # the fields of a slot are those of its JSON
    if cls is LocalizedText and language is not None:
        return partial(_chosen, language), attrgetter(name)
    return (attrgetter(name),)


class _Chosen(NamedTuple):
    """A text in the chosen language."""

    text: str
    language: str


def _chosen(language: str, text: LocalizedText) -> _Chosen:
    return _Chosen(*text.in_language(language))


def _converters(constraint: Leaf | Items) -> Iterator[Getter]:
    """Yield the functions that convert the value of a field into a plain value."""
    match constraint:
        case Enumeration():
            yield str.__str__
        case Items(container=container, item=item):
            if container is frozenset:
                yield sorted  # as in JSON: a set has no order, but equal objects have to give equal columns
            if isinstance(item, Enumeration):
                yield words_of
            elif container is frozenset:
                yield tuple  # the garbage collector stops tracking a tuple of strings, but not a list
        case _:
            pass


def words_of(members: Iterable[str]) -> tuple[str, ...]:
    """Return members of enums as plain strings."""
    return tuple(map(str.__str__, members))
