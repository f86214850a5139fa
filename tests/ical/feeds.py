"""Feeds of any event with any options, and events with hostile texts, in each field of their own."""

import re
from collections.abc import Callable, Iterator
from copy import copy
from datetime import datetime, timedelta
from typing import Any, TypedDict, cast

import attrs
from hypothesis import strategies as st

from tests.samples.wtisd import full_event
from wtisd_model import (
    Contact,
    Document,
    Event,
    EventStatus,
    LocalizedText,
    Location,
    Organization,
    Session,
    VirtualLocation,
)
from wtisd_model.ical.calendar import MOST_REMINDERS
from wtisd_model.schema.constraints import CodeList, Constraint, Items, Nested, Pattern, Text
from wtisd_model.schema.fields import fields_of
from wtisd_model.strategies import events, languages, moments


class Options(TypedDict):
    """The options of a feed that change what a reader finds."""

    stamped: datetime | None
    language: str | None
    reminders: list[timedelta]
    refresh: timedelta | None


LENGTHS = st.integers(0, 366 * 86_400).map(lambda seconds: timedelta(seconds=seconds))
REFRESHES = st.integers(1, 366 * 86_400).map(lambda seconds: timedelta(seconds=seconds))

ANNOUNCED = st.sampled_from([each for each in EventStatus if each is not EventStatus.DRAFT]).flatmap(
    lambda status: events(status=status)
)


@st.composite
def feeds(draw: st.DrawFn) -> tuple[Event, Options]:
    """Draw an event and how to write it; its own languages are asked for as often as any."""
    event = draw(ANNOUNCED)
    texts = [event.title, *(session.title for session in event.sessions)]
    own = sorted({tag for text in texts for tag in (text.language, *text.translations)})
    return event, {
        "stamped": draw(moments() if event.updated is None else st.none() | moments()),
        "language": draw(st.none() | st.sampled_from(own) | languages()),
        "reminders": draw(st.lists(LENGTHS, max_size=MOST_REMINDERS, unique=True)),
        "refresh": draw(st.none() | REFRESHES),
    }


HOSTILE = {
    "carriage return": "a\rX-FORGED:1",
    "line feed": "a\nX-FORGED:1",
    "line break": "a\r\nX-FORGED:1\r\nb",
    "end of the event": "a\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:forged\r\nb",
    "folded line break": "a\r\n X-FORGED:1",
    "null": "a\x00b",
    "escape": "a\x1b[31mb",
    "tab": "a\tb",
    "next line": "a\x85X-FORGED:1",
    "line separator": "a\u2028X-FORGED:1",
    "paragraph separator": "a\u2029X-FORGED:1",
    "half a character": "a\ud800b",
    "quotes": '"a";X-FORGED="1":b"',
    "Windows path": "C:\\New\\;folder\\,\\n",
    "commas": "a,b,,c",
    "semicolons": "a;X-FORGED=1:b;;c",
    "carets": "^n^^^'^",
    "percent": "a%0D%0AX-FORGED:1",
    "component": "BEGIN:VEVENT",
    "right to left": "a\u202eb",
    "byte order mark": "a\ufeffb",
    "joined emoji": "\U0001f468\u200d\U0001f469\u200d\U0001f467" * 20,
    "ten million characters": "x" * 10_000_000,
    "blank line": "a\n\nb" + " " * 90 + "c",
}


# The writer has a limit for the whole file only.
BRIEF = {name: text for name, text in HOSTILE.items() if len(text) < 1000}
PARTS = (Event, Session, Location, VirtualLocation, Contact, Organization, Document, LocalizedText)


def _holds_text(node: Constraint) -> bool:
    return isinstance(node, Text | Pattern | CodeList) or (isinstance(node, Items) and _holds_text(node.item))


def _text_fields() -> Iterator[tuple[type, str]]:
    """Name each field that holds a string or strings, LocalizedText by its own."""
    for cls in PARTS:
        for spec in fields_of(cls):
            if _holds_text(spec.constraint) or (
                isinstance(spec.constraint, Nested) and spec.constraint.cls is LocalizedText
            ):
                yield cls, spec.name


FIELDS = list(_text_fields())
Put = Callable[[Any, str, Any], Any]


def by_the_front_door(part: Any, name: str, value: Any) -> Any:
    return attrs.evolve(part, **{name: value})


def past_every_check(part: Any, name: str, value: Any) -> Any:
    changed = copy(part)
    object.__setattr__(changed, name, value)
    return changed


def event_with(cls: type, name: str, text: str, put: Put) -> Event:
    """Return the full event with *text* in one field of one of its parts, the first of that class."""
    whole = full_event()
    way, part = {
        Event: (None, whole),
        Session: ("sessions", whole.sessions[0]),
        Location: ("locations", whole.locations[0]),
        VirtualLocation: ("virtual_locations", whole.virtual_locations[0]),
        Contact: ("contacts", whole.contacts[0]),
        Organization: ("organizer", whole.organizer),
        Document: ("documents", whole.documents[0]),
        LocalizedText: ("title", whole.title),
    }[cls]
    changed = put(part, name, _with(getattr(part, name), text, put))
    if way is None:
        return cast("Event", changed)
    before = getattr(whole, way)
    event: Event = put(whole, way, (changed, *before[1:]) if isinstance(before, tuple) else changed)
    return event


def _with(before: object, text: str, put: Put) -> object:
    """Return what *before* would be with *text* in it."""
    if isinstance(before, LocalizedText):
        return put(put(before, "text", text), "translations", {"es": text})
    if isinstance(before, tuple | frozenset):
        return type(before)([text])
    return text


def line_names(data: bytes) -> list[str]:
    """Name every line of a file: what any program takes for a property."""
    return re.findall(r"^[^ \t:;][^:;]*", data.decode().replace("\r\n", "\n"), re.MULTILINE)
