"""What the generated shapers are made with: what looks at lists and at several parts, and what a doubt is.

A shaper makes an object of plain JSON values. Where it cannot, it gives a doubt: what it has seen of the dict, for
`wtisd_model.payload.telling` to say what is wrong with it.
"""

from collections.abc import Callable
from functools import cache, partial
from typing import Any, Final, TypeVar, cast

from wtisd_model.nodes import Choice, Entries, Items, Node, Pattern, Text, Whole, holds
from wtisd_model.payload import assembly as by
from wtisd_model.payload.gathered import MOST_FINDINGS
from wtisd_model.payload.leaves import known
from wtisd_model.values.language import LocalizedText
from wtisd_model.values.timeslot import TimeSlot

T = TypeVar("T")

Doubt = tuple[type, Text | None, dict[str, Any], int, dict[str, Any], tuple[Any, ...]]
"""The class, what its texts are narrowed to, the dict, how many of its keys are known and not null, what of them is in
doubt, and the values of all fields, or none where the rules have nothing to say. What is in doubt stands by its key:
the doubt of a part, a list in which doubts of parts are, or None."""

Shaper = Callable[..., T | Doubt]
"""Makes an object of a dict, or says what in it is in doubt; what it is given is not kept, nor is it changed."""

TEXTS: Final = frozenset({str})
"""The type that keys have. A key of another kind would be asked whether it is the one that is looked for."""


# As values, so that type checkers do not take what is in a list or a dict for unknown.
_dict: Any = dict
_list: Any = list


def is_doubt(made: object) -> bool:
    """Tell whether what a shaper gave is a doubt."""
    return type(made) is tuple


def is_object(value: Any) -> bool:
    """Tell whether a value is a dict, and nothing but texts its keys."""
    return type(value) is _dict and TEXTS.issuperset(map(type, value))


def whole_for(cls: type, name: str) -> Whole:
    """Give what is said about a field with a whole number."""
    return cast("Whole", by.node_of(cls, name))


def members_of(cls: type, name: str) -> dict[str, Any]:
    """Give the members of the enum of a field, by their values."""
    return _members(cast("Choice", by.node_of(cls, name)))


@cache
def _members(node: Choice) -> dict[str, Any]:
    return {member.value: member for member in node.members}


def list_of(cls: type, name: str) -> Callable[[Any], Any]:
    """Give what makes a tuple or a frozenset of the list of single values in a field; None is a doubt."""
    node = cast("Items", by.whole_node_of(cls, name))
    minimum, maximum, container, unique = node.minimum, node.maximum, node.container, node.unique
    read = _items_reader(node.item)

    def make(values: Any) -> Any:
        if type(values) is not _list or not minimum <= len(values) <= maximum:
            return None
        for each in values:
            if type(each) is not str:  # nor can it be looked up then
                return None
        items = read(values)
        if items is None:
            return None
        made = container(items)
        return made if not unique or len(made if container is frozenset else set(made)) == len(values) else None

    return make


def _items_reader(node: Node) -> Callable[[list[str]], Any]:
    """Give what makes of texts what an object holds; None is a doubt."""
    match node:
        case Pattern(maximum=maximum):
            texts = known(node)

            def familiar(values: list[str]) -> list[str] | None:
                if texts.texts.issuperset(values):
                    return values
                return values if all(len(each) <= maximum for each in values) and texts.learn(values) else None

            return familiar
        case Text(maximum=maximum):
            test = holds(node)
            return lambda values: values if all(len(each) <= maximum and test(each) for each in values) else None
        case _:
            members = _members(cast("Choice", node))
            return lambda values: [*map(members.get, values)] if members.keys() >= {*values} else None


def parts(shape: Shaper[Any], cls: type, values: Any, minimum: int, maximum: int) -> Any:
    """Make a tuple of objects; a list where some of them are in doubt, and None where it is no list, or too long."""
    if type(values) is not _list or not minimum <= len(values) <= maximum:
        return None
    made: list[Any] = []
    doubts = 0
    for each in values:
        one = shape(each) if is_object(each) else None
        made.append(one)
        if type(one) is not cls:
            doubts += 1
            if doubts == MOST_FINDINGS:  # more are not told; the rest is looked at when it is counted
                break
    return made if doubts else tuple(made)


def narrowed(cls: type, name: str) -> Shaper[LocalizedText]:
    """Give what shapes the LocalizedText of a field, whose texts are titles, say, and not long ones."""
    return partial(shape_localized_text, text=by.narrowing_of(cls, name))


_LONG = cast("Text", by.node_of(LocalizedText, "text"))
_ENTRIES = cast("Entries", by.node_of(LocalizedText, "translations"))
_TAGS = known(_ENTRIES.key)
(_no_second_original,) = LocalizedText.INVARIANTS


def shape_localized_text(plain: dict[str, Any], text: Text = _LONG) -> LocalizedText | Doubt:
    """Make a LocalizedText of a dict, whose texts are of the kind *text*."""
    original, language, translations = plain.get("text"), plain.get("language"), plain.get("translations")
    doubtful: dict[str, Any] = {}
    if original is not None and not _is_text(text, original):
        doubtful["text"] = None
    if language is not None and not _is_tag(language):
        doubtful["language"] = None
    if translations is not None and not _are_translations(text, translations):
        doubtful["translations"] = None
    there = (original is not None) + (language is not None) + (translations is not None)
    if (
        doubtful
        or there != len(plain)
        or original is None
        or language is None
        or (translations is not None and any(_no_second_original(language, translations)))
    ):
        return LocalizedText, text, plain, there, doubtful, (original, language, translations or {})
    return by.localized_text(original, language, translations)


def _is_text(node: Text, value: Any) -> bool:
    return type(value) is str and len(value) <= node.maximum and bool(holds(node)(value))


def _is_tag(value: Any) -> bool:
    return type(value) is str and len(value) <= _ENTRIES.key.maximum and (value in _TAGS.texts or _TAGS.learn((value,)))


def _are_translations(node: Text, value: Any) -> bool:
    return (
        type(value) is _dict
        and len(value) <= _ENTRIES.maximum
        and all(map(_is_tag, value))
        and all(_is_text(node, each) for each in value.values())
    )


_is_wall = by.test_of(TimeSlot, "start")
_is_zone = by.test_of(TimeSlot, "time_zone")
_WHICH = members_of(TimeSlot, "start_repeated")
_LONGEST_WALL: Final = cast("Pattern", by.node_of(TimeSlot, "start")).maximum
_SLOT_KEYS: Final = ("start", "end", "timeZone", "startRepeated", "endRepeated")


def shape_time_slot(plain: dict[str, Any]) -> TimeSlot | Doubt:
    """Make a TimeSlot of the dict of its written form."""
    start, end, zone, start_repeated, end_repeated = map(plain.get, _SLOT_KEYS)
    doubtful: dict[str, Any] = {}
    for key, wall in (("start", start), ("end", end)):
        if wall is not None and not (type(wall) is str and len(wall) <= _LONGEST_WALL and _is_wall(wall)):
            doubtful[key] = None
    if zone is not None and not (type(zone) is str and _is_zone(zone)):
        doubtful["timeZone"] = None
    first, last = _which(start_repeated), _which(end_repeated)
    if first is None and start_repeated is not None:
        doubtful["startRepeated"] = None
    if last is None and end_repeated is not None:
        doubtful["endRepeated"] = None
    there = len(_SLOT_KEYS) - (start, end, zone, start_repeated, end_repeated).count(None)
    if not doubtful and there == len(plain) and start is not None and end is not None and zone is not None:
        made = by.time_slot(start, end, zone, first, last)
        if made is not None:
            return made
    return TimeSlot, None, plain, there, doubtful, (start, end, zone, first, last)


def _which(value: Any) -> Any:
    return _WHICH.get(value) if type(value) is str else None
