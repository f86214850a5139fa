"""Rules about sessions: no two need the same room or the same person at the same time."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import chain
from typing import Final, NamedTuple

from wtisd_model.codes import Code
from wtisd_model.findings import Finding, finding, pointer
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.event import Event, places_of
from wtisd_model.model.session import EventStatus, Session
from wtisd_model.rules.identity import People, Rooms

WITHOUT_BOOKINGS: Final = frozenset({EventStatus.CANCELLED, EventStatus.POSTPONED})
"""The states in which an event or a session needs neither rooms nor people."""


class Booking(NamedTuple):
    """A room or a person that a session needs for as long as it lasts."""

    resource: tuple[str, ...]
    """The room or the person, in a form that can be compared."""
    starts_at: datetime
    ends_at: datetime
    """The first moment, in UTC, at which another session may begin."""
    session: int
    path: str
    """A JSON Pointer to the room or the person."""


def conflicts(bookings: Iterable[Booking]) -> Iterator[tuple[Booking, Booking]]:
    """Yield each booking that begins before an earlier one has ended, with the earlier one that ends last.

    Bookings are sorted by their beginning, then by the index of their session. There is one pair for each booking in
    conflict, not one for every two, so that a thousand simultaneous sessions make a thousand pairs.
    """
    by_resource: defaultdict[tuple[str, ...], list[Booking]] = defaultdict(list)
    for booking in bookings:
        by_resource[booking.resource].append(booking)
    for group in by_resource.values():
        group.sort(key=lambda booking: (booking.starts_at, booking.session))
        longest = group[0]
        for booking in group[1:]:
            if booking.starts_at < longest.ends_at:
                yield booking, longest
            if booking.ends_at > longest.ends_at:
                longest = booking


def rooms_are_free(dossier: Dossier, _now: datetime) -> Iterator[Finding]:
    """S02: no two sessions are in one room at the same time; one may begin when the other ends.

    Cancelled and postponed sessions need no room, nor do those of a cancelled or postponed event. Only rooms with a
    name count; `Rooms` decides which are the same. A session that inherits the locations of the event is in its room,
    if the event has exactly one.
    """
    reported: set[str] = set()  # a room with several names may be found by each
    for booking, other in conflicts(room_bookings(dossier.event)):
        if booking.path not in reported:
            reported.add(booking.path)
            yield _double_booked(Code.ROOM_DOUBLE_BOOKED, dossier.event, booking, other)


def people_are_free(dossier: Dossier, _now: datetime) -> Iterator[Finding]:
    """S03: nobody is in two sessions at the same time; `People` decides who is the same person.

    Sessions of whole days do not say when somebody is there.
    """
    for booking, other in conflicts(people_bookings(dossier.event)):
        yield _double_booked(Code.PERSON_DOUBLE_BOOKED, dossier.event, booking, other)


def _double_booked(code: Code, event: Event, booking: Booking, other: Booking) -> Finding:
    id_ = event.sessions[other.session].id
    return finding(code, f"/event{booking.path}", other=other.session, id=id_)  # the index is for programs


def room_bookings(event: Event) -> Iterator[Booking]:
    """Yield each room that a session needs, as `rooms_are_free` says."""
    booked = _booked_sessions(event)
    rooms = Rooms(chain(event.locations, *(session.locations for _, session in booked)))
    for index, session in booked:
        needed: dict[tuple[str, ...], str] = {}
        for position, location in enumerate(session.locations):
            for room in rooms.keys(location):
                needed.setdefault(room, pointer("sessions", index, "locations", position))
        inherited = () if session.locations else places_of(event, session).locations
        # With several rooms, nothing says which one the session is in.
        if len(inherited) == 1:
            needed = dict.fromkeys(rooms.keys(inherited[0]), pointer("sessions", index, "slot"))
        yield from _bookings(index, session, needed)


def people_bookings(event: Event) -> Iterator[Booking]:
    """Yield each person that a session needs, as `people_are_free` says."""
    booked = [(index, session) for index, session in _booked_sessions(event) if not session.slot.whole_days]
    people = People(contact for _, session in booked for contact in session.people)
    for index, session in booked:
        needed: dict[tuple[str, ...], str] = {}
        for position, contact in enumerate(session.people):
            needed.setdefault(people.identity(contact), pointer("sessions", index, "people", position))
        yield from _bookings(index, session, needed)


def _booked_sessions(event: Event) -> list[tuple[int, Session]]:
    if event.status in WITHOUT_BOOKINGS:
        return []
    return [(index, session) for index, session in enumerate(event.sessions) if session.status not in WITHOUT_BOOKINGS]


def _bookings(index: int, session: Session, needed: Mapping[tuple[str, ...], str]) -> Iterator[Booking]:
    if not needed:
        return
    starts_at, ends_at = session.slot.starts_at, session.slot.ends_at
    for resource, path in needed.items():
        yield Booking(resource, starts_at, ends_at, index, path)
