"""Whether a library wrote what it was given, according to icalendar."""

from datetime import UTC
from typing import Any

import icalendar

from tests.benchmarks.writers.given import Person
from tests.benchmarks.writers.texts import END, START, of_event


def same_event(data: bytes, person: Person) -> None:
    """Look at an invitation to the event.

    Raises:
        AssertionError: it says something else.
    """
    calendar: Any = icalendar.Calendar.from_ical(data)
    (event,) = calendar.walk("VEVENT")
    attendee = event["ATTENDEE"]
    entry = of_event()
    _same("method", calendar["METHOD"], "REQUEST")
    _same("uid", event["UID"], entry.uid)
    _same("title", event["SUMMARY"], entry.title)
    _same("description", event["DESCRIPTION"], entry.description)
    _same("location", event["LOCATION"], entry.location)
    _same("start", event["DTSTART"].dt.astimezone(UTC), START)
    _same("end", event["DTEND"].dt.astimezone(UTC), END)
    _same("attendee", str(attendee).lower(), f"mailto:{person.email}")
    _same("name", attendee.params["CN"], person.name)
    for key, value in (("PARTSTAT", "NEEDS-ACTION"), ("ROLE", "REQ-PARTICIPANT"), ("RSVP", "TRUE")):
        _same(key, attendee.params[key], value)


def same_programme(data: bytes, count: int) -> None:
    """Look at a calendar of so many entries.

    Raises:
        AssertionError: it has more or fewer, or another time in it.
    """
    calendar: Any = icalendar.Calendar.from_ical(data)
    events = calendar.walk("VEVENT")
    _same("count", len(events), count)
    for each in events:
        _same("start", each["DTSTART"].dt.astimezone(UTC), START)


def _same(what: str, found: object, expected: object) -> None:
    if found != expected:
        raise AssertionError(f"The {what} is another one.")
