"""ics: it writes all times in UTC, and folds nothing."""

from collections.abc import Iterator, Sequence

from ics import Attendee, Calendar, Event, Organizer
from ics.grammar.parse import ContentLine

from tests.benchmarks.writers.given import Person
from tests.benchmarks.writers.peer import Peer
from tests.benchmarks.writers.texts import ORGANIZER, ORGANIZER_NAME, Entry, of_event, of_session
from wtisd_model import Session


def _event(entry: Entry) -> Event:
    event = Event(
        name=entry.title,
        begin=entry.start,
        end=entry.end,
        uid=entry.uid,
        description=entry.description,
        location=entry.location,
        status="CONFIRMED",
        organizer=Organizer(ORGANIZER, ORGANIZER_NAME),
    )
    event.extra.append(ContentLine(name="SEQUENCE", value="0"))
    return event


def invite(person: Person) -> bytes:
    """Write a REQUEST."""
    event = _event(of_event())
    event.add_attendee(
        Attendee(
            person.email,
            person.name,
            rsvp="TRUE",
            cutype="INDIVIDUAL",
            role="REQ-PARTICIPANT",
            partstat="NEEDS-ACTION",
        )
    )
    calendar = Calendar(events=[event])
    calendar.method = "REQUEST"
    return calendar.serialize().encode()


def feed(sessions: Sequence[Session]) -> bytes:
    """Write a calendar."""
    return Calendar(events=[_event(of_session(each)) for each in sessions]).serialize().encode()


def peers() -> Iterator[Peer]:
    """Yield the peer."""
    yield Peer(name="ics", invite=invite, feed=feed)
