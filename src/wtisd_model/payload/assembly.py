"""What the generated builders are made with: opened classes, and what looks at texts and at several parts.

Here, and in no other place, objects are made past their constructor. A frozen object's own takes five times as long
as everything else together, and checks again what has just been checked; so an object is filled while it belongs to a
subclass that is not frozen, and then it is given its class. Both have the same slots, and what comes of it is an
object like any other: equal, frozen, of the same type. That what is built here is what the constructor would have
accepted is shown by the tests of agreement.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any, TypeVar, cast

from pendulum import DateTime

from wtisd_model.fields import fields_of
from wtisd_model.nodes import Exact, Items, Nested, Node, OneOf, Pattern, Text, holds
from wtisd_model.payload.leaves import Known, Test, known
from wtisd_model.payload.outcome import Outcome
from wtisd_model.payload.structs import struct_of
from wtisd_model.values.language import LocalizedText, Translations
from wtisd_model.values.timeslot import TimeSlot
from wtisd_model.values.zones import Repeated, resolve, to_utc

T = TypeVar("T")

Builder = Callable[[Any, list[int]], T | None]
"""Builds an object of a struct, or gives None; and adds how many quotes its JSON has, those of its keys included."""


_new: Callable[[type], Any] = object.__new__


@cache
def opened(cls: type) -> type:
    """Make the subclass in which an object of *cls* can be filled."""
    # With both of object's own, storing an attribute goes straight to its slot.
    members = {"__slots__": (), "__setattr__": object.__setattr__, "__delattr__": object.__delattr__}
    subclass: type = type(f"Open{cls.__name__}", (cls,), members)
    return subclass


_OPEN_OUTCOME = opened(Outcome)


def good(value: T, line: int | None) -> Outcome[T]:
    """Make the outcome of a payload about which there is nothing to say."""
    made = _new(_OPEN_OUTCOME)
    made.value = value
    made.findings = ()
    made.line = line
    made.omitted = 0
    made.__class__ = Outcome
    return cast("Outcome[T]", made)


def node_of(cls: type, name: str) -> Node:
    """Give what is said about a field, or about each item of one that has several."""
    node = next(spec.node for spec in fields_of(cls) if spec.name == name)
    return node.item if isinstance(node, Items) else node


def test_of(cls: type, name: str) -> Test:
    """Give what looks at a text in a field."""
    return _test(node_of(cls, name))


def _test(node: Node) -> Test:
    if isinstance(node, OneOf):
        return node.values.__contains__
    if isinstance(node, Text | Pattern):
        return holds(node)
    raise TypeError(f"Not a text: {node}")


def exact_for(cls: type, name: str) -> Exact:
    """Give what is said about a field with an exact number."""
    return cast("Exact", node_of(cls, name))


def known_of(cls: type, name: str) -> Known:
    """Give what looks at texts that come again and again, in a field of one or of several."""
    return known(cast("Pattern", node_of(cls, name)))


def each(build: Builder[T], structs: Iterable[Any], quotes: list[int]) -> tuple[T, ...] | None:
    """Build an object of each struct; None where one cannot be."""
    made: list[T] = []
    for struct in structs:
        one = build(struct, quotes)
        if one is None:
            return None
        made.append(one)
    return tuple(made)


_OPEN_TEXT = opened(LocalizedText)
_TAG = known_of(LocalizedText, "language")
(_no_second_original,) = LocalizedText.INVARIANTS


def text_builder(cls: type, name: str) -> Builder[LocalizedText]:
    """Give what builds the LocalizedText of a field, whose texts are titles, say, and not long ones."""
    node = node_of(cls, name)
    narrowed = node.text if isinstance(node, Nested) else None
    if narrowed is None:
        raise TypeError(f"Not narrowed: {node}")
    return narrowed_builder(narrowed)


@cache
def narrowed_builder(narrowed: Text) -> Builder[LocalizedText]:
    """Give what builds a LocalizedText whose texts are all of one kind."""
    test, maximum = holds(narrowed), narrowed.maximum

    def build(struct: Any, quotes: list[int]) -> LocalizedText | None:
        text, language, translations = struct.text, struct.language, struct.translations
        if (
            text is None
            or len(text) > maximum
            or not test(text)
            or language is None
            or not (language in _TAG.texts or _TAG.learn((language,)))
            or not (translations is None or all_are_sound(translations, language))
        ):
            return None
        quotes.append(8 if translations is None else 10 + 4 * len(translations))
        made = _new(_OPEN_TEXT)
        made.text = text
        made.language = language
        made.translations = Translations(translations)
        made.__class__ = LocalizedText
        return cast("LocalizedText", made)

    def all_are_sound(translations: Mapping[str, str], language: str) -> bool:
        return (
            all(type(tag) is str for tag in translations)  # a dict may have kinds of texts for keys
            and _TAG.learn(translations)
            and all(len(each) <= maximum and test(each) for each in translations.values())
            and not any(_no_second_original(language, translations))
        )

    return build


def write_text(text: LocalizedText) -> Any:
    """Write a LocalizedText as its struct."""
    return _TEXT(text.text, text.language, dict(text.translations) if text.translations else None)


_TEXT = struct_of(LocalizedText)
_OPEN_SLOT = opened(TimeSlot)
_WALL = test_of(TimeSlot, "start")
_ZONE = test_of(TimeSlot, "time_zone")


def build_time_slot(struct: Any, quotes: list[int]) -> TimeSlot | None:
    """Build a TimeSlot of its written form."""
    zone = struct.time_zone
    if zone is None or not _ZONE(zone):
        return None
    start = _moment(struct.start, zone, struct.start_repeated)
    end = _moment(struct.end, zone, struct.end_repeated)
    if start is None or end is None or to_utc(end) <= to_utc(start):
        return None
    quotes.append(12 + 4 * (struct.start_repeated is not None) + 4 * (struct.end_repeated is not None))
    made = _new(_OPEN_SLOT)
    made.start = start
    made.end = end
    made.__class__ = TimeSlot
    return cast("TimeSlot", made)


def _moment(wall: str | None, zone: str, repeated: Repeated | None) -> Any:
    if wall is None or not _WALL(wall):
        return None
    moment = resolve(wall, zone, repeated)
    return moment if isinstance(moment, DateTime) else None


def write_time_slot(slot: TimeSlot) -> Any:
    """Write a TimeSlot as the struct of its written form."""
    return _SLOT(*slot.fields_written())


_SLOT = struct_of(TimeSlot)
