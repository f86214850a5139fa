"""Rules about an event as a whole: its deadlines, its seats, its uids."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from wtisd_model.codes import Code
from wtisd_model.findings import Finding, finding, pointer
from wtisd_model.model.call import Call, CallKind
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.event import places_of, repeated_uids
from wtisd_model.model.interpretation import InterpretationService
from wtisd_model.model.session import EventStatus, Session
from wtisd_model.rules.seats import capacities, seats_held
from wtisd_model.schema.constraints import Constraint, Items, Nested, Pattern
from wtisd_model.schema.fields import FieldSpec, fields_of
from wtisd_model.types.attendance import AttendanceMode, ParticipationMode, SeatId
from wtisd_model.types.language import is_signed
from wtisd_model.types.location import Location
from wtisd_model.types.text import CONFERENCE_ADDRESS, WEB_ADDRESS, has_possible_host
from wtisd_model.types.timezone import at_zone, to_utc

# Days from the deadline to the event, as ITU sets them in its letters: 2/TSAG of 11 September 2017 (interpretation 42,
# captions and sign language 66) and 2/3 of 11 December 2017 (pre-registration and letters for a visa 31).
SPOKEN_DAYS = 42
SIGNED_DAYS = 66
VISA_DAYS = 31

_SIGNED = {InterpretationService.CAPTIONS, InterpretationService.SIGN}


def deadlines_leave_time(dossier: Dossier, _now: datetime) -> Iterator[Finding]:
    """T06, T07: calls close while there is time to act on the answers, and usually well before.

    Interpretation closes before the event starts, and registration before it ends (``deadline-after-event``); a call
    for pledges may outlive it. A deadline includes its day, so registration that closes on the last day of the event
    is still open when the event is over (``deadline-on-last-day``); without a deadline it closes with the event. From
    the deadline to the event there are usually (``lead-time-short``) 42 days for interpretation, 66 where it names
    a signed language or somebody asks for signs or captions, and 31 for registration where people come on site, since
    some of them need a visa.
    """
    slot = dossier.event.slot
    if slot is None:
        return
    latest = {CallKind.INTERPRETATION: slot.starts_at, CallKind.REGISTRATION: slot.ends_at}
    for index, call in enumerate(dossier.event.calls):
        if call.deadline is None:
            continue
        path = pointer("event", "calls", index, "deadline")
        days = max(0, slot.start.toordinal() - call.deadline.date.toordinal())
        usual = _usual_days(dossier, call)
        if call.kind in latest and to_utc(call.deadline.closes_at) > latest[call.kind]:
            last_day = at_zone(slot.ends_at - timedelta(seconds=1), call.deadline.time_zone).date()
            if call.kind is CallKind.REGISTRATION and call.deadline.date <= last_day:
                yield finding(Code.DEADLINE_ON_LAST_DAY, path)
            else:
                yield finding(Code.DEADLINE_AFTER_EVENT, path)
        elif days < usual:
            yield finding(Code.LEAD_TIME_SHORT, path, days=days, norm=usual)


def capacity_fits_rooms(dossier: Dossier, _now: datetime) -> Iterator[Finding]:
    """E06: no call or session offers more on-site seats than its rooms hold, if the capacity of each is known."""
    event = dossier.event
    for index, call in enumerate(event.calls):
        yield from _seats_beyond_rooms(call, event.locations, "calls", index)
    for index, session in enumerate(event.sessions):
        yield from _seats_beyond_rooms(session, places_of(event, session).locations, "sessions", index)


def people_fit_rooms(dossier: Dossier, _now: datetime) -> Iterator[Finding]:
    """E06: where no number of seats limits them, no more people come on site than the rooms hold.

    That is known if the capacity of each room is. People who named no session count at the event only.
    """
    event, limits = dossier.event, capacities(dossier.event)[ParticipationMode.ON_SITE]
    if event.status is EventStatus.CANCELLED:
        return
    paths: dict[SeatId, str] = {None: "/event/locations"}
    rooms: dict[SeatId, int | None] = {None: _room_for(event.locations)}
    for index, session in enumerate(event.sessions):
        if session.status is not EventStatus.CANCELLED:
            paths[session.id] = pointer("event", "sessions", index)
            rooms[session.id] = _room_for(places_of(event, session).locations)
    known = {id_: room for id_, room in rooms.items() if room is not None and id_ not in limits}
    coming = Counter[SeatId]()
    for registration in dossier.registrations if known else ():
        if registration.mode is ParticipationMode.ON_SITE:
            coming.update(seats_held(event, registration))
    for id_, room in known.items():
        if coming[id_] > room:
            yield finding(Code.ROOM_TOO_SMALL, paths[id_], taken=coming[id_], maximum=room)


def _room_for(locations: tuple[Location, ...]) -> int | None:
    """Return how many people some rooms hold; None unless the capacity of each is known."""
    known = [room.capacity for room in locations if room.capacity is not None]
    return sum(known) if locations and len(known) == len(locations) else None


def _seats_beyond_rooms(seats: Call | Session, locations: tuple[Location, ...], *path: str | int) -> Iterator[Finding]:
    room = _room_for(locations)
    if room is not None and seats.on_site_capacity is not None and seats.on_site_capacity > room:
        yield finding(Code.CAPACITY_EXCEEDS_ROOM, pointer("event", *path, "onSiteCapacity"), maximum=room)


def uids_are_unique(dossier: Dossier, _now: datetime) -> Iterator[Finding]:
    """E01: the event and its sessions are exported under different uids; the finding is at the later one."""
    for found in repeated_uids(dossier.event):
        yield found.prefixed("/event")


def addresses_can_exist(dossier: Dossier, _now: datetime) -> Iterator[Finding]:
    """Every web address of the event and of its parts has a host and a port that can exist.

    A field does not refuse them, because older documents may have them.
    """
    for path, address in _addresses(dossier.event, "/event"):
        if not has_possible_host(address):
            yield finding(Code.ADDRESS_IMPOSSIBLE, path)


def announced_places_can_be_found(dossier: Dossier, _now: datetime) -> Iterator[Finding]:
    """The places of what is announced have a town and a country; each place is named once.

    A field does not refuse a place without them, because calendars and schedules name such places.
    """
    event = dossier.event
    if not event.status.is_held:
        return
    announced = {"/event": event.locations}
    for index, session in enumerate(event.sessions):
        if session.status.is_held:
            announced[pointer("event", "sessions", index)] = session.locations
    seen: set[Location] = set()
    for path, locations in announced.items():
        for index, location in enumerate(locations):
            if (location.locality is None or location.country is None) and location not in seen:
                seen.add(location)
                key = "locality" if location.locality is None else "country"
                yield finding(Code.LOCATION_INCOMPLETE, path + pointer("locations", index, key))


def _addresses(thing: object, path: str) -> Iterator[tuple[str, str]]:
    """Yield the web addresses in an object, and their paths."""
    cls: type = type(thing)
    for spec in _specs_with_addresses(cls):
        value: Any = getattr(thing, spec.name)
        here = path + pointer(spec.key)
        if value is None:
            continue
        match spec.constraint:
            case Pattern():
                yield here, value
            case Items():
                for index, item in enumerate(value):
                    yield from _addresses(item, here + pointer(index))
            case _:
                yield from _addresses(value, here)


@cache
def _specs_with_addresses(cls: type) -> tuple[FieldSpec, ...]:
    """Return the fields of a class that are, or whose objects have, web addresses."""
    return tuple(spec for spec in fields_of(cls) if _has_addresses(spec.constraint))


def _has_addresses(constraint: Constraint) -> bool:
    match constraint:
        case Pattern():
            return constraint in {WEB_ADDRESS, CONFERENCE_ADDRESS}
        case Nested():
            return bool(_specs_with_addresses(constraint.cls))
        case Items():
            return isinstance(constraint.item, Nested) and _has_addresses(constraint.item)
        case _:
            return False


def _usual_days(dossier: Dossier, call: Call) -> int:
    """Return how many days there usually are from the deadline of a call to the event."""
    if call.kind is CallKind.INTERPRETATION:
        signed = any(map(is_signed, call.languages)) or any(
            request.service in _SIGNED and request.state.is_active for request in dossier.interpretation_requests
        )
        return SIGNED_DAYS if signed else SPOKEN_DAYS
    on_site = dossier.event.attendance_mode not in {None, AttendanceMode.REMOTE}
    return VISA_DAYS if call.kind is CallKind.REGISTRATION and on_site else 0
