"""Laws of feeds: every reader finds what the event says."""

import re
from collections.abc import Callable, Iterator
from copy import copy
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypedDict, cast

import attrs
import pytest
from hypothesis import event as count
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from tests.ical.expected import expected
from tests.ical.readers import READERS
from tests.ical.sample import STAMPED, full_event
from tests.ical.strict_reader import strictly
from wtisd_model.codes import Code
from wtisd_model.findings import ExportError, InvalidValueError, ModelError
from wtisd_model.ical.calendar import MOST_REMINDERS
from wtisd_model.ical.feed import to_ical
from wtisd_model.model.event import Event
from wtisd_model.model.session import EventStatus, Session
from wtisd_model.schema.constraints import CodeList, Constraint, Items, Nested, Pattern, Text
from wtisd_model.schema.fields import fields_of
from wtisd_model.strategies import events, languages, moments
from wtisd_model.types.document import Document
from wtisd_model.types.language import LocalizedText
from wtisd_model.types.location import Location, VirtualLocation
from wtisd_model.types.people import Contact, Organization


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


class TestRoundTrip:
    """Issue: "same UTC instants, zone names, texts, people, states"."""

    @LAW
    @given(feeds(), st.booleans())
    def test_what_is_read_back_equals_what_was_written(
        self,
        feed: tuple[Event, Options],
        utc: bool,
    ) -> None:
        event, options = feed
        count(f"sessions: {len(event.sessions)}")
        written = to_ical(event, **options, utc=utc)
        for name, read in READERS.items():
            assert read(written) == expected(event, **options), name

    @given(feeds(), st.booleans())
    def test_equal_input_gives_equal_bytes(
        self,
        feed: tuple[Event, Options],
        utc: bool,
    ) -> None:
        event, options = feed
        again = attrs.evolve(event, keywords=frozenset(sorted(event.keywords, reverse=True)))
        assert to_ical(event, **options, utc=utc) == to_ical(again, **options, utc=utc)

    @given(events(status=EventStatus.DRAFT), moments())
    def test_no_draft_is_written(self, draft: Event, stamped: datetime) -> None:
        with pytest.raises(ExportError) as caught:
            to_ical(draft, stamped=stamped)
        assert [each.code for each in caught.value.findings] == [Code.EVENT_WITHOUT_SLOT]


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


class TestInjection:
    """Issue: no text in any field "forges a line, breaks a parameter, or is changed silently"."""

    UNCHANGED = tuple(each for each in line_names(to_ical(full_event(), stamped=STAMPED)) if each != "X-WTISD-ID")

    @pytest.mark.slow
    @pytest.mark.parametrize(("cls", "name"), FIELDS, ids=[f"{cls.__name__}.{name}" for cls, name in FIELDS])
    def test_it_comes_back_equal_or_is_refused_by_code(self, cls: type, name: str) -> None:
        for kind, text in HOSTILE.items():
            self.try_out(kind, partial(event_with, cls, name, text, by_the_front_door), InvalidValueError)

    @pytest.mark.slow
    @pytest.mark.parametrize(("cls", "name"), FIELDS, ids=[f"{cls.__name__}.{name}" for cls, name in FIELDS])
    def test_the_writer_stands_where_the_model_has_been_passed_by(self, cls: type, name: str) -> None:
        for kind, text in BRIEF.items():
            self.try_out(kind, partial(event_with, cls, name, text, past_every_check), ExportError)

    def try_out(self, kind: str, make: Callable[[], Event], refusal: type[ModelError]) -> None:
        try:
            event = make()
            written = to_ical(event, stamped=STAMPED, language="es")
        except refusal as refused:
            self.is_ours(kind, refused)
            return
        names = line_names(written)
        assert names.count("X-WTISD-ID") == sum(each.uid is not None for each in event.sessions), kind
        assert [each for each in names if each != "X-WTISD-ID"] == list(self.UNCHANGED), kind
        assert strictly(written) == expected(event, stamped=STAMPED, language="es"), kind

    def is_ours(self, kind: str, refused: ModelError) -> None:
        (finding,) = refused.findings
        assert isinstance(finding.code, Code), kind
        # As long as any refusal: nothing of the input is in it.
        assert len(str(finding)) < 400, kind
        assert refused.__context__ is None, kind

    def test_every_text_of_an_event_is_tried(self) -> None:
        assert len(FIELDS) > 30
        assert {(Event, "title"), (Session, "title"), (Location, "room"), (Contact, "name")} <= set(FIELDS)
        assert {(VirtualLocation, "name"), (Organization, "name"), (LocalizedText, "language")} <= set(FIELDS)

    def test_a_hostile_text_comes_through_both_ways(self) -> None:
        # Else the two laws above would hold because everything is refused.
        assert b"FORGED" in to_ical(event_with(Event, "title", HOSTILE["quotes"], by_the_front_door), language="es")
        with pytest.raises(InvalidValueError):
            event_with(Event, "title", HOSTILE["line break"], by_the_front_door)
        with pytest.raises(ExportError):
            to_ical(event_with(Event, "title", HOSTILE["line break"], past_every_check))
