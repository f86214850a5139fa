"""vobject: it makes the VTIMEZONE itself, from zones of dateutil."""

from collections.abc import Iterator, Sequence
from typing import Any

import vobject
from dateutil.tz import gettz, tzutc

from tests.benchmarks.writers.given import STAMPED, Person
from tests.benchmarks.writers.peer import Peer
from tests.benchmarks.writers.texts import ORGANIZER, ORGANIZER_NAME, Entry, of_event, of_session
from wtisd_model import Session

_ZURICH, _STAMPED = gettz("Europe/Zurich"), STAMPED.astimezone(tzutc())


def _add(calendar: Any, entry: Entry) -> Any:
    event = calendar.add("vevent")
    event.add("uid").value = entry.uid
    event.add("dtstamp").value = _STAMPED
    event.add("last-modified").value = _STAMPED
    event.add("sequence").value = "0"
    event.add("status").value = "CONFIRMED"
    event.add("dtstart").value = entry.start.astimezone(_ZURICH)
    event.add("dtend").value = entry.end.astimezone(_ZURICH)
    event.add("summary").value = entry.title
    event.add("description").value = entry.description
    event.add("location").value = entry.location
    organizer = event.add("organizer")
    organizer.value = f"mailto:{ORGANIZER}"
    organizer.params["CN"] = [ORGANIZER_NAME]
    return event


def invite(person: Person) -> bytes:
    """Write a REQUEST."""
    calendar = vobject.iCalendar()
    calendar.add("method").value = "REQUEST"
    attendee = _add(calendar, of_event()).add("attendee")
    attendee.value = f"mailto:{person.email}"
    given = {"CUTYPE": "INDIVIDUAL", "ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE"}
    for name, value in {**given, "CN": person.name}.items():
        attendee.params[name] = [value]
    return str(calendar.serialize()).encode()


def feed(sessions: Sequence[Session]) -> bytes:
    """Write a calendar."""
    calendar = vobject.iCalendar()
    for each in sessions:
        _add(calendar, of_session(each))
    return str(calendar.serialize()).encode()


def peers() -> Iterator[Peer]:
    """Yield the peer."""
    yield Peer(name="vobject", invite=invite, feed=feed)
