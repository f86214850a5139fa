"""Which sessions want the same room, or the same person, at the same time."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from wtisd_model.codes import Code
from wtisd_model.findings import Finding, finding, pointer
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.event import Event
from wtisd_model.model.session import EventStatus, Session
from wtisd_model.rules.conflicts import Booking, clashes
from wtisd_model.rules.identity import caseless, same_person
from wtisd_model.types.location import Location

_PUT_OFF = {EventStatus.CANCELLED, EventStatus.POSTPONED}


def rooms_are_free(dossier: Dossier, _now: datetime) -> Iterator[Finding]:
    """S02: no two sessions are in one room at the same time; one may begin when the other ends.

    Sessions that are cancelled or postponed need no room, nor do those of an event that is. Only rooms with a name
    count. A session without a place is in the event's room, if the event has just one.
    """
    for booking, other in clashes(_rooms(dossier.event)):
        yield finding(Code.ROOM_DOUBLE_BOOKED, f"/event{booking.path}", other=other.session)


def people_are_free(dossier: Dossier, _now: datetime) -> Iterator[Finding]:
    """S03: nobody is in two sessions at the same time; for who is the same person see `same_person`."""
    for booking, other in clashes(_people(dossier.event)):
        yield finding(Code.PERSON_DOUBLE_BOOKED, f"/event{booking.path}", other=other.session)


def _rooms(event: Event) -> Iterator[Booking]:
    shared = [room for location in event.locations if (room := _room(location)) is not None]
    for index, session in _held(event):
        wanted: dict[tuple[str, ...], str] = {}
        for place, location in enumerate(session.locations):
            room = _room(location)
            if room is not None:
                wanted.setdefault(room, pointer("sessions", index, "locations", place))
        # Which of several rooms of the event it is in, nobody has said.
        if not session.locations and len(event.locations) == 1:
            wanted = dict.fromkeys(shared, pointer("sessions", index, "slot"))
        yield from _bookings(index, session, wanted)


def _people(event: Event) -> Iterator[Booking]:
    for index, session in _held(event):
        wanted: dict[tuple[str, ...], str] = {}
        for place, contact in enumerate(session.people):
            wanted.setdefault(same_person(contact), pointer("sessions", index, "people", place))
        yield from _bookings(index, session, wanted)


def _held(event: Event) -> Iterator[tuple[int, Session]]:
    if event.status not in _PUT_OFF:
        yield from ((index, each) for index, each in enumerate(event.sessions) if each.status not in _PUT_OFF)


def _bookings(index: int, session: Session, wanted: Mapping[tuple[str, ...], str]) -> Iterator[Booking]:
    starts_at, ends_at = session.slot.starts_at, session.slot.ends_at
    for what, path in wanted.items():
        yield Booking(what=what, starts_at=starts_at, ends_at=ends_at, session=index, path=path)


def _room(location: Location) -> tuple[str, ...] | None:
    if location.room is None:
        return None
    return (*map(caseless, (location.name.text, location.room, location.locality)), location.country)
