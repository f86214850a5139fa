"""What an import leaves out is named, counted by the parser of the icalendar package."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC
from decimal import Decimal
from typing import Any

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from tests.ical.calendars import codes, one, read, vcalendar, vevent
from wtisd_model import Event, Imported, from_ical

# RFC 5545, 7986, 9073 and 9253, and what programs of others write: what is kept, in part or not at all.
IN_EVENTS = """
ATTACH:https://example.org/a.pdf
ATTACH;FILENAME=a.pdf;FMTTYPE=application/pdf:https://example.org/a.pdf
ATTACH:cid:part1
ATTACH;FMTTYPE=image/png;ENCODING=BASE64;VALUE=BINARY:AAAA
ATTENDEE;CN=Participant 1;PARTSTAT=ACCEPTED;ROLE=CHAIR;RSVP=TRUE:mailto:p1@example.org
ATTENDEE;CUTYPE=GROUP;MEMBER="mailto:all@example.org";X-NUM-GUESTS=2:mailto:p2@example.org
ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;RSVP=FALSE;X-NUM-GUESTS=0:mailto:p3@example.org
ATTENDEE;CUTYPE=ROOM:mailto:room@example.org
ATTENDEE;EMAIL=p5@example.org:urn:uuid:5
ATTENDEE;EMAIL=other@example.org:mailto:p6@example.org
ATTENDEE:urn:uuid:1
CATEGORIES;LANGUAGE=en:a,b
CATEGORIES:c
CLASS:PRIVATE
CLASS:PUBLIC
COLOR:navy
COLOR:#ff0000
COMMENT;LANGUAGE=en:A comment
CONCEPT:https://example.org/c
CONFERENCE;VALUE=URI;FEATURE=VIDEO;LABEL=Main:https://example.org/v
CONFERENCE;VALUE=URI;FEATURE=X-HOLOGRAM:https://example.org/h
CONFERENCE;VALUE=URI:xmpp:room@example.org
CONTACT;ALTREP="https://example.org/desk":Desk
CREATED:20230413T081500Z
CREATED:20230413
DESCRIPTION;ALTREP="cid:1";LANGUAGE=fr:Tout
DESCRIPTION;LANGUAGE=klingon;X-FORMAT=a:Tout
EXDATE;TZID=Europe/Zurich:20230518T143000
GEO:46.2;6.1
GEO:x
IMAGE;VALUE=URI;DISPLAY=BADGE;FMTTYPE=image/png:https://example.org/i.png
IMAGE;VALUE=BINARY;ENCODING=BASE64:AAAA
LAST-MODIFIED:20230420T081500Z
LINK;LINKREL=SOURCE;VALUE=URI:https://example.org/l
LOCATION:Popov
LOCATION;ALTREP="https://example.org/p";LANGUAGE=en:Seat\\, Geneva
ORGANIZER;CN=Office;SENT-BY="mailto:p4@example.org";DIR="https://example.org/d":mailto:office@example.org
ORGANIZER:invalid
PRIORITY:1
PRIORITY:5
RDATE:20230519T143000Z
RECURRENCE-ID;RANGE=THISANDFUTURE:20230517T123000Z
REFID:itinerary-1
RELATED-TO;RELTYPE=SIBLING:e-2
RELATED-TO;GAP=PT5M;RELTYPE=FINISHTOSTART:e-3
REQUEST-STATUS:2.0;Success
RESOURCES:Projector
RRULE:FREQ=DAILY;COUNT=2
SEQUENCE:3
SEQUENCE:x
STATUS:CANCELLED
STATUS:TENTATIVE
STRUCTURED-DATA;VALUE=URI:https://example.org/s
STYLED-DESCRIPTION;VALUE=TEXT;FMTTYPE=text/html:<p>
SUMMARY;X-A=1:Another title
TRANSP:TRANSPARENT
TRANSP:OPAQUE
URL:https://example.org/
URL:ftp://example.org/
X-ALT-DESC;FMTTYPE=text/html:<p>
X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-TITLE=Seat:geo:46.2,6.1
X-GOOGLE-CONFERENCE:https://example.org/g
X-GOOGLE-CONFERENCE:none
X-MICROSOFT-CDO-ALLDAYEVENT:FALSE
X-MICROSOFT-CDO-APPT-SEQUENCE:0
X-MICROSOFT-CDO-BUSYSTATUS:BUSY
X-MICROSOFT-CDO-BUSYSTATUS:OOF
X-MICROSOFT-CDO-INSTTYPE:0
X-MICROSOFT-SKYPETEAMSMEETINGURL:https://example.org/t
X-WTISD-ZONE:Asia/Tokyo
X-WTISD-KIND:panel
X-WTISD-KIND:x
X-WTISD-ID:s-1
X-WTISD-ID:x y
NEW-PROPERTY:1
""".strip().splitlines()
IN_CALENDARS = """
CALSCALE:GREGORIAN
CATEGORIES:a
DESCRIPTION:All days
IMAGE;VALUE=URI:https://example.org/c.png
LAST-MODIFIED:20230420T081500Z
METHOD:PUBLISH
NAME:Days
REFRESH-INTERVAL;VALUE=DURATION:PT12H
SOURCE;VALUE=URI:https://example.org/f.ics
UID:c-1
URL:https://example.org/c
X-PUBLISHED-TTL:PT12H
X-WR-CALDESC:All days
X-WR-CALNAME:Days
X-WR-TIMEZONE:Europe/Zurich
X-WR-TIMEZONE:here
""".strip().splitlines()
PARTS = ["VALARM", "VLOCATION", "PARTICIPANT", "VRESOURCE", "X-PART"]
OTHERS = ["VTODO", "VJOURNAL", "VFREEBUSY", "VAVAILABILITY", "X-OTHER"]

# docs/how-to/import.md: what says nothing about an event.
SILENT = {"PRODID", "REFRESH-INTERVAL", "X-PUBLISHED-TTL", "SOURCE", "DTSTAMP", "CALSCALE"}
SILENT |= {f"X-MICROSOFT-CDO-{each}" for each in ("ALLDAYEVENT", "APPT-SEQUENCE", "INSTTYPE")}
DEFAULTS = {
    *{("VERSION", "2.0"), ("CLASS", "PUBLIC"), ("PRIORITY", "5"), ("TRANSP", "OPAQUE")},
    *{("X-MICROSOFT-CDO-BUSYSTATUS", "BUSY"), ("ROLE", "REQ-PARTICIPANT"), ("CUTYPE", "INDIVIDUAL")},
    *{("RSVP", "FALSE"), ("X-NUM-GUESTS", "0")},
}


def links(event: Event) -> set[str | None]:
    return {each.uri for each in event.virtual_locations}


# The values of the properties that an event keeps, in the words of the icalendar package.
KEPT: dict[str, Callable[[Event, Imported], Iterable[Any]]] = {
    "UID": lambda event, _: [event.uid],
    "DTSTART": lambda event, _: [event.slot and event.slot.starts_at],
    "DTEND": lambda event, _: [event.slot and event.slot.ends_at],
    "SUMMARY": lambda event, _: [event.title.text],
    "DESCRIPTION": lambda event, _: [event.description and event.description.text],
    "LOCATION": lambda event, _: [", ".join(filter(None, (each.name.text, each.locality))) for each in event.locations],
    "GEO": lambda event, _: [(each.latitude, each.longitude) for each in event.locations],
    "STATUS": lambda event, _: [event.status.upper()],
    "SEQUENCE": lambda event, _: [event.sequence],
    "CREATED": lambda event, _: [event.created],
    "LAST-MODIFIED": lambda event, _: [event.updated],
    "URL": lambda event, _: [event.url],
    "IMAGE": lambda event, _: [event.image],
    "ATTACH": lambda event, _: [each.url for each in event.documents],
    "LINK": lambda event, _: [each.url for each in event.documents],
    "COLOR": lambda event, _: [event.color],
    "CATEGORIES": lambda event, _: event.keywords,
    "CONTACT": lambda event, _: [each.name for each in event.contacts],
    "ORGANIZER": lambda event, _: [event.organizer and f"mailto:{event.organizer.email}"],
    "ATTENDEE": lambda _, imported: ["urn:uuid:5", *(f"mailto:{each.email}" for each in imported.attendees)],
    "CONFERENCE": lambda event, _: links(event),
    "X-GOOGLE-CONFERENCE": lambda event, _: links(event),
    "X-MICROSOFT-SKYPETEAMSMEETINGURL": lambda event, _: links(event),
    "X-WR-TIMEZONE": lambda event, _: [event.slot and event.slot.time_zone],
    "METHOD": lambda _, imported: [imported.method],
}
PARAMETERS = {("LANGUAGE", "fr"), ("LANGUAGE", "en"), ("CN", "Office"), ("CN", "Participant 1"), ("FEATURE", "VIDEO")}
PARAMETERS |= {
    ("LABEL", "Main"),
    ("FILENAME", "a.pdf"),
    ("PARTSTAT", "ACCEPTED"),
    ("TZID", "Europe/Zurich"),
    ("EMAIL", "p5@example.org"),
}


def values(value: Any) -> Iterator[Any]:
    """Yield the values of a property of the icalendar package."""
    if isinstance(value, icalendar.prop.vCategory):
        yield from map(str, value.cats)
    elif hasattr(value, "dt"):
        yield value.dt.astimezone(UTC) if hasattr(value.dt, "astimezone") else value.dt
    elif isinstance(value, icalendar.prop.vGeo):
        yield Decimal(str(value.latitude)), Decimal(str(value.longitude))
    else:
        yield value


@st.composite
def calendars(draw: st.DrawFn) -> bytes:
    """Draw a calendar with one event that says all sorts of things, each property once, so that nothing is repeated."""
    lines = draw(st.lists(st.sampled_from(IN_EVENTS), unique_by=name_of))
    about = draw(st.lists(st.sampled_from(IN_CALENDARS), unique_by=name_of))
    parts, others = (draw(st.lists(st.sampled_from(each), max_size=3)) for each in (PARTS, OTHERS))
    event = vevent(*lines, *map(component, parts), place=None)
    if any(each.startswith("SUMMARY") for each in lines):
        event = event.replace("SUMMARY:Forum\r\n", "")
    return vcalendar(*about, *map(component, others), event)


def name_of(line: str) -> str:
    return line.partition(":")[0].partition(";")[0]


def component(name: str) -> str:
    return f"BEGIN:{name}\r\nUID:1\r\nEND:{name}"


def params(imported: Imported) -> list[Mapping[str, str | int]]:
    return [each.params for each in imported.findings]


def items(component: icalendar.cal.Component) -> list[tuple[str, Any]]:
    return component.property_items(recursive=False)[1:-1]  # without BEGIN and END


class TestOmissions:
    """Whatever is left out is named."""

    @LAW
    @given(calendars())
    def test_what_is_in_a_calendar_is_in_the_result_or_named(self, data: bytes) -> None:
        imported = from_ical(data)
        (event,) = imported.events
        assert imported.omitted == 0
        parameters = {(each.get("property"), each["parameter"]) for each in params(imported) if "parameter" in each}
        dropped = {each.get("property") for each in params(imported) if "parameter" not in each}
        if "location-dropped" in codes(imported):
            dropped.add("LOCATION")
        calendar = icalendar.Calendar.from_ical(data)
        (whole,) = calendar.walk("VEVENT")
        for name, value in [*items(calendar), *items(whole)]:
            if name in SILENT or (name, str(value)) in DEFAULTS or name in dropped:
                continue
            assert set(values(value)) <= set(KEPT[name](event, imported)), name
            for parameter in value.params:
                said = (parameter, value.params[parameter])
                assert said in DEFAULTS | PARAMETERS or parameter == "VALUE" or (name, parameter) in parameters
        below = {each.name for each in whole.subcomponents}
        beside = {each.name for each in calendar.subcomponents} - {"VEVENT"}
        assert {each["component"] for each in params(imported) if "component" in each} == below | beside

    def test_what_an_attendee_says_about_a_delegation_is_read(self) -> None:
        imported = read(
            vcalendar(vevent('ATTENDEE;DELEGATED-FROM="mailto:p1@example.org":mailto:p2@example.org')),
        )
        (attendee,) = imported.attendees
        assert attendee.delegated_from == ("p1@example.org",)
        assert "parameter-dropped" not in codes(imported)

    def test_another_address_of_an_attendee_is_left_out(self) -> None:
        assert codes(read(one("ATTENDEE;EMAIL=p6@example.org:mailto:p6@example.org"))) == []
        assert codes(read(one("ATTENDEE;EMAIL=other@example.org:mailto:p6@example.org"))) == ["parameter-dropped"]

    def test_each_name_is_reported_once_for_all_events(self) -> None:
        lines = ("TRANSP:TRANSPARENT", "DESCRIPTION;ALTREP=x:Tout")
        imported = read(vcalendar(vevent(*lines), vevent(*lines, uid="e-2")))
        found = [each for each in imported.findings if each.code != "country-inferred"]
        assert [(each.code, each.path, dict(each.params)) for each in found] == [
            ("property-unsupported", "/lines/11", {"property": "TRANSP"}),
            ("parameter-dropped", "/lines/12", {"parameter": "ALTREP", "property": "DESCRIPTION"}),
        ]

    def test_nor_is_it_repeated_for_another_calendar_of_the_file(self) -> None:
        lines = ("TRANSP:TRANSPARENT", "DESCRIPTION;ALTREP=x:Tout")
        imported = read(vcalendar(vevent(*lines)) + vcalendar(vevent(*lines, uid="e-2")))
        assert len(imported.events) == 2
        assert sorted(codes(imported)) == ["parameter-dropped", "property-unsupported"]

    @pytest.mark.parametrize(
        "name", ["DESCRIPTION", "URL", "COLOR", "STATUS", "SEQUENCE", "LAST-MODIFIED", "CATEGORIES", "CONTACT", "GEO"]
    )
    def test_an_empty_value_says_nothing(self, name: str) -> None:
        """Google and Outlook write some properties of every event, whether they say something or not."""
        for line in (f"{name}:", f"{name}: "):
            assert codes(read(one(line))) == []

    @pytest.mark.parametrize("line", ["COMMENT:", "X-A: ", "X-GOOGLE-CONFERENCE:", 'DESCRIPTION;ALTREP="":Tout'])
    def test_what_no_field_holds_is_told_only_if_it_says_something(self, line: str) -> None:
        assert codes(read(one(line))) == []
        assert codes(read(one("ORGANIZER;CN=:mailto:office@example.org"))) == []

    def test_what_is_no_name_is_not_repeated(self) -> None:
        imported = read(vcalendar("BEGIN:Participant 1", "END:Participant 1", vevent("X-" + "A" * 63 + ":1")))
        assert [*imported.findings[0].params.values(), *imported.findings[1].params.values()] == ["?", "?"]
        assert codes(read(one() + b"BEGIN:Participant 1\r\nEND:Participant 1\r\n")) == ["component-dropped"]
