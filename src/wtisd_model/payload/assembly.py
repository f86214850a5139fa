"""What the generated builders are made with: what looks at texts and at several parts, and what is filled by hand.

Here and in the generated modules objects are made past their constructor (`wtisd_model.findings.opened`). A frozen
object's own takes five times as long as everything else together, and checks again what has just been checked. What
comes of it is an object like any other: equal, frozen, of the same type. That what is built is what the constructor
would have accepted is shown by the tests of agreement.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar, cast

from pendulum import DateTime

from wtisd_model.fields import Invariant, fields_of
from wtisd_model.findings import opened
from wtisd_model.nodes import Exact, Items, Nested, Node, OneOf, Pattern, Text, holds
from wtisd_model.payload.leaves import Known, Test, known
from wtisd_model.payload.structs import struct_of
from wtisd_model.values.language import LocalizedText, Translations
from wtisd_model.values.timeslot import TimeSlot
from wtisd_model.values.zones import Repeated, resolve, to_utc

T = TypeVar("T")

Builder = Callable[[Any], T | None]
"""Builds an object of a struct, or gives None."""


_new: Callable[[type], Any] = object.__new__


def node_of(cls: type, name: str) -> Node:
    """Give what is said about a field, or about each item of one that has several."""
    node = whole_node_of(cls, name)
    return node.item if isinstance(node, Items) else node


def whole_node_of(cls: type, name: str) -> Node:
    """Give what is said about a field."""
    return next(spec.node for spec in fields_of(cls) if spec.name == name)


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


def usual_of(cls: type, name: str) -> Test:
    """Give what matches most texts in a field, of those below `wtisd_model.nodes.SHORT`."""
    return re.compile(cast("str", cast("Pattern", node_of(cls, name)).usual)).match


def word_of(rule: Invariant, name: str) -> object:
    """Give what a rule between fields calls by a name of its module."""
    return rule.__globals__[name]


def each(build: Builder[T], structs: Iterable[Any]) -> tuple[T, ...] | None:
    """Build an object of each struct; None where one cannot be."""
    made: list[T] = []
    for struct in structs:
        one = build(struct)
        if one is None:
            return None
        made.append(one)
    return tuple(made)


_OPEN_TEXT = opened(LocalizedText)
_TAG = known_of(LocalizedText, "language")
(_no_second_original,) = LocalizedText.INVARIANTS


def narrowing_of(cls: type, name: str) -> Text:
    """Give what the texts in the LocalizedText of a field are narrowed to: titles, say, and not long ones."""
    node = node_of(cls, name)
    narrowed = node.text if isinstance(node, Nested) else None
    if narrowed is None:
        raise TypeError(f"Not narrowed: {node}")
    return narrowed


def text_builder(cls: type, name: str) -> Builder[LocalizedText]:
    """Give what builds the LocalizedText of a field, whose texts are narrowed."""
    narrowed = narrowing_of(cls, name)
    test, maximum = holds(narrowed), narrowed.maximum

    def build(struct: Any) -> LocalizedText | None:
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
        return localized_text(text, language, translations)

    def all_are_sound(translations: Mapping[str, str], language: str) -> bool:
        return (
            _TAG.learn(translations)
            and all(len(each) <= maximum and test(each) for each in translations.values())
            and not any(_no_second_original(language, translations))
        )

    return build


def localized_text(text: str, language: str, translations: Mapping[str, str] | None) -> LocalizedText:
    """Fill a LocalizedText."""
    made = _new(_OPEN_TEXT)
    made.text = text
    made.language = language
    made.translations = Translations(translations)
    made.__class__ = LocalizedText
    return cast("LocalizedText", made)


def write_text(text: LocalizedText) -> Any:
    """Write a LocalizedText as its struct."""
    return _TEXT(text.text, text.language, dict(text.translations) if text.translations else None)


_TEXT = struct_of(LocalizedText)
_OPEN_SLOT = opened(TimeSlot)
_WALL = test_of(TimeSlot, "start")
_ZONE = test_of(TimeSlot, "time_zone")


def build_time_slot(struct: Any) -> TimeSlot | None:
    """Build a TimeSlot of the struct of its written form."""
    start, end, zone = struct.start, struct.end, struct.time_zone
    if start is None or not _WALL(start) or end is None or not _WALL(end) or zone is None or not _ZONE(zone):
        return None
    return time_slot(start, end, zone, struct.start_repeated, struct.end_repeated)


def time_slot(
    start: str, end: str, zone: str, start_repeated: Repeated | None, end_repeated: Repeated | None
) -> TimeSlot | None:
    """Fill a TimeSlot, if both times come on the clocks of its zone, and in this order."""
    first, last = resolve(start, zone, start_repeated), resolve(end, zone, end_repeated)
    if not isinstance(first, DateTime) or not isinstance(last, DateTime) or to_utc(last) <= to_utc(first):
        return None
    made = _new(_OPEN_SLOT)
    made.start = first
    made.end = last
    made.__class__ = TimeSlot
    return cast("TimeSlot", made)


def write_time_slot(slot: TimeSlot) -> Any:
    """Write a TimeSlot as the struct of its written form."""
    return _SLOT(*slot.fields_written())


_SLOT = struct_of(TimeSlot)
