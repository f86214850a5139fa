"""icalendar: by `Event.add`, its quickest way; in UTC, and with a VTIMEZONE that is made once."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date
from zoneinfo import ZoneInfo

import icalendar

from tests.benchmarks.writers.given import STAMPED, Person
from tests.benchmarks.writers.peer import Peer
from tests.benchmarks.writers.texts import ORGANIZER, ORGANIZER_NAME, Entry, of_event, of_session
from wtisd_model import Session

_ZONE = icalendar.Timezone.from_tzinfo(
    ZoneInfo("Europe/Zurich"),
    first_date=date(2023, 1, 1),
    last_date=date(2024, 1, 1),
)


def _calendar(*, method: bool, zone: bool) -> icalendar.Calendar:
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//benchmark//")
    calendar.add("version", "2.0")
    if method:
        calendar.add("method", "REQUEST")
    if zone:
        calendar.add_component(_ZONE)
    return calendar


def _event(entry: Entry, *, zone: bool) -> icalendar.Event:
    clocks = ZoneInfo("Europe/Zurich") if zone else UTC
    event = icalendar.Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", STAMPED)
    event.add("last-modified", STAMPED)
    event.add("sequence", 0)
    event.add("status", "CONFIRMED")
    event.add("dtstart", entry.start.astimezone(clocks))
    event.add("dtend", entry.end.astimezone(clocks))
    event.add("summary", entry.title, parameters={"LANGUAGE": "fr"})
    event.add("description", entry.description, parameters={"LANGUAGE": "fr"})
    event.add("location", entry.location, parameters={"LANGUAGE": "fr"})
    event.add("organizer", f"mailto:{ORGANIZER}", parameters={"CN": ORGANIZER_NAME})
    return event


def peers() -> Iterator[Peer]:
    """Yield the peer twice: as fast as it can be, and writing the same as we do."""
    for name, zone in (("icalendar", False), ("icalendar, zone kept", True)):

        def invite(person: Person, zone: bool = zone) -> bytes:
            calendar, event = _calendar(method=True, zone=zone), _event(of_event(), zone=zone)
            attendee = {"CUTYPE": "INDIVIDUAL", "ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE"}
            event.add("attendee", f"mailto:{person.email}", parameters={**attendee, "CN": person.name})
            calendar.add_component(event)
            return calendar.to_ical()

        def feed(sessions: Sequence[Session], zone: bool = zone) -> bytes:
            calendar = _calendar(method=False, zone=zone)
            for each in sessions:
                calendar.add_component(_event(of_session(each), zone=zone))
            return calendar.to_ical()

        yield Peer(name=name, invite=invite, feed=feed)
