"""Reads calendars with three libraries for Python: icalendar, vobject and ical."""

from typing import Any

import icalendar
import vobject

from tests.ical.readers import register_zones
from tests.outside.calendars import Seen, seconds_or_date


def with_icalendar(data: bytes) -> list[Seen]:
    calendar = icalendar.Calendar.from_ical(data)
    method = calendar.get("METHOD")
    return [_icalendar_event(event, None if method is None else str(method)) for event in calendar.walk("VEVENT")]


def _icalendar_event(event: Any, method: str | None) -> Seen:
    assert event.errors == []
    attendees = event.get("ATTENDEE", [])
    return Seen(
        method=method,
        uid=str(event["UID"]),
        sequence=event.get("SEQUENCE"),
        start=seconds_or_date(event.decoded("DTSTART", None)),
        end=seconds_or_date(event.decoded("DTEND", None)),
        title=_text(event.get("SUMMARY")),
        description=_text(event.get("DESCRIPTION")),
        location=_text(event.get("LOCATION")),
        organizer=_address(event.get("ORGANIZER")),
        people=tuple(
            (_address(each) or "", each.params.get("CN"), each.params.get("PARTSTAT", "NEEDS-ACTION"))
            for each in (attendees if isinstance(attendees, list) else [attendees])
        ),
    )


def with_vobject(data: bytes) -> list[Seen]:
    content = data.decode()
    register_zones(content)
    calendar = vobject.readOne(content)
    method = calendar.contents.get("method")
    return [_vobject_event(event, None if method is None else method[0].value) for event in calendar.vevent_list]


def _vobject_event(event: Any, method: str | None) -> Seen:
    def value(name: str) -> Any:
        found = event.contents.get(name)
        return None if found is None else found[0].value

    sequence = value("sequence")
    return Seen(
        method=method,
        uid=value("uid"),
        sequence=None if sequence is None else int(sequence),
        start=seconds_or_date(value("dtstart")),
        end=seconds_or_date(value("dtend")),
        title=value("summary"),
        description=value("description"),
        location=value("location"),
        organizer=_address(value("organizer")),
        people=tuple(
            (
                _address(each.value) or "",
                next(iter(each.params.get("CN", [])), None),
                next(iter(each.params.get("PARTSTAT", [])), "NEEDS-ACTION"),
            )
            for each in event.contents.get("attendee", [])
        ),
    )


def with_ical(data: bytes) -> list[Seen]:
    from ical.calendar_stream import IcsCalendarStream  # .ci/outside installs it

    calendar = IcsCalendarStream.calendar_from_ics(data.decode())
    return [_ical_event(event, calendar.method) for event in calendar.events]


def _ical_event(event: Any, method: str | None) -> Seen:
    return Seen(
        method=method,
        uid=event.uid,
        sequence=event.sequence,
        start=seconds_or_date(event.dtstart),
        end=seconds_or_date(event.dtend),
        title=event.summary,
        description=event.description,
        location=event.location,
        organizer=None if event.organizer is None else _address(event.organizer.uri),
        people=tuple(
            (_address(each.uri) or "", each.common_name, each.status or "NEEDS-ACTION") for each in event.attendees
        ),
    )


def _address(uri: object) -> str | None:
    return None if uri is None else str(uri).partition(":")[2]


def _text(value: object) -> str | None:
    return None if value is None else str(value)
