"""ical: with a VTIMEZONE that is made once; CN and the like it has as fields."""

from collections.abc import Iterator, Sequence

from ical.calendar import Calendar
from ical.calendar_stream import IcsCalendarStream
from ical.event import Event, EventStatus
from ical.timezone import Timezone
from ical.types import CalAddress, Uri
from ical.types.cal_address import CalendarUserType, ParticipationStatus, Role

from tests.benchmarks.writers.given import STAMPED, Person
from tests.benchmarks.writers.peer import Peer
from tests.benchmarks.writers.texts import (
    LOCAL_END,
    LOCAL_START,
    ORGANIZER,
    ORGANIZER_NAME,
    Entry,
    of_event,
    of_session,
)
from wtisd_model import Session

_ZONE = Timezone.from_tzif("Europe/Zurich")


def _event(entry: Entry, *attendees: CalAddress) -> Event:
    return Event(
        uid=entry.uid,
        dtstamp=STAMPED,
        last_modified=STAMPED,
        sequence=0,
        status=EventStatus.CONFIRMED,
        start=LOCAL_START,
        end=LOCAL_END,
        summary=entry.title,
        description=entry.description,
        location=entry.location,
        organizer=CalAddress(uri=Uri(f"mailto:{ORGANIZER}"), common_name=ORGANIZER_NAME),
        attendees=list(attendees),
    )


def invite(person: Person) -> bytes:
    """Write a REQUEST."""
    attendee = CalAddress(
        uri=Uri(f"mailto:{person.email}"),
        common_name=person.name,
        user_type=CalendarUserType.INDIVIDUAL,
        role=Role.REQUIRED,
        status=ParticipationStatus.NEEDS_ACTION,
        rsvp=True,
    )
    calendar = Calendar(prodid="-//benchmark//", events=[_event(of_event(), attendee)], timezones=[_ZONE])
    calendar.method = "REQUEST"
    return IcsCalendarStream.calendar_to_ics(calendar).encode()


def feed(sessions: Sequence[Session]) -> bytes:
    """Write a calendar."""
    events = [_event(of_session(each)) for each in sessions]
    calendar = Calendar(prodid="-//benchmark//", events=events, timezones=[_ZONE])
    return IcsCalendarStream.calendar_to_ics(calendar).encode()


def peers() -> Iterator[Peer]:
    """Yield the peer."""
    yield Peer(name="ical", invite=invite, feed=feed)
