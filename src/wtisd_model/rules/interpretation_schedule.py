"""The schedule of interpreters: the sessions that are held, their rooms and floor languages, and the working hours."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from heapq import heappop, heappush
from typing import NamedTuple, Self

from attrs import frozen

from wtisd_model.data.norms import REST
from wtisd_model.model.event import Event, places_of
from wtisd_model.model.interpretation import InterpretationRequest
from wtisd_model.model.session import PAUSES, EventStatus, Session
from wtisd_model.objects import ReprMixin
from wtisd_model.types.location import Location
from wtisd_model.types.timeslot import TimeSlot

_DAY = timedelta(hours=24)
_MINUTE = timedelta(minutes=1)


def full_minutes(work: timedelta) -> int:
    """Return the minutes of some work; one that has begun counts."""
    return -(-work // _MINUTE)


def has_hours(slot: TimeSlot) -> bool:
    """Return False if a slot is of whole days, or longer than 24 hours, which does not say how long anybody works."""
    return not slot.whole_days and slot.ends_at - slot.starts_at <= _DAY


@frozen(kw_only=True, eq=False, repr=False)
class Workload(ReprMixin):
    """The work in some time slots, without the breaks; None if it is not known."""

    longest_sitting: timedelta | None
    """The longest stretch without a break of 90 minutes."""
    longest_day: timedelta | None
    """The longest day; a sitting counts for the local day on which it begins."""


UNKNOWN_WORKLOAD = Workload(longest_sitting=None, longest_day=None)
"""The work in slots that do not say how long anybody works."""


def work_of(slot: TimeSlot) -> Workload:
    """Return the work in a slot; it is `UNKNOWN_WORKLOAD` if that does not say how long anybody works."""
    return _workload([_span(slot)]) if has_hours(slot) else UNKNOWN_WORKLOAD


class SittingRoom(NamedTuple):
    """Where a sitting is; each is None if it is not known, or nowhere on site."""

    name: str | None
    """The id of its location or, without one, its room or its name."""
    town: str | None


def room_key(location: Location) -> str:
    """Return what names the room of a location in sittings and booths: its id or, without one, its room or its name."""
    return location.id or location.room or location.name.text


def sitting_room(event: Event, session: Session | None) -> SittingRoom:
    """Return the room of a session, or of an event without sessions."""
    locations = places_of(event, session).locations
    if not locations:
        return SittingRoom(None, None)
    return SittingRoom(room_key(locations[0]), locations[0].locality)


def sessions_with_floor(event: Event) -> tuple[Session, ...]:
    """Return the scheduled and postponed sessions, without breaks and social events, where nobody has the floor.

    There are none if the event itself is a draft or cancelled.
    """
    return tuple(session for session in event.sessions if has_floor(event, session))


def has_floor(event: Event, session: Session | None) -> bool:
    """Return True if somebody has the floor at a session or, for None, at the event itself."""
    is_held = session is None or (session.status.is_held and session.kind not in PAUSES)
    return is_held and event.status.is_held


def floor_languages(event: Event, session: Session | None) -> tuple[str, ...]:
    """Return the floor languages of a session, or for None those of the event.

    A session that states none has those of its event, unless it is a break or a social event.
    """
    if session is None or (not session.floor_languages and session.kind not in PAUSES):
        return event.floor_languages
    return session.floor_languages


@frozen(kw_only=True, eq=False, repr=False)
class InterpretationSchedule(ReprMixin):
    """The sessions of an event as interpreters see them."""

    floors: Mapping[str, tuple[str, ...]]
    """The floor languages of the sessions that are held and have a floor, by session id."""
    slots: Mapping[str, TimeSlot]
    """The slots of those that are scheduled, by session id."""
    event_floor: frozenset[str]
    """The floor languages of the whole event; empty if those of some part of it are not stated."""
    rooms: Mapping[str, SittingRoom]
    """Their rooms, by session id."""
    event_work: Workload
    event_parallel: tuple[str, ...]
    """The ids of the sessions at the moment when most of them are held."""

    @classmethod
    def of(cls, event: Event) -> Self:
        """Return the schedule of an event."""
        held = sessions_with_floor(event)
        floors = {session.id: floor_languages(event, session) for session in held}
        is_scheduled = event.status is EventStatus.SCHEDULED
        slots = {
            session.id: session.slot for session in held if is_scheduled and session.status is EventStatus.SCHEDULED
        }
        rooms = {session.id: sitting_room(event, session) for session in held}
        work = _most_work(slots, rooms)
        if is_scheduled and not held and event.slot is not None:
            work = work_of(event.slot)
        return cls(
            floors=floors,
            slots=slots,
            rooms=rooms,
            event_floor=_union(floors.values() if held else (event.floor_languages,)),
            event_work=work,
            event_parallel=_parallel(slots),
        )

    def floor(self, session_ids: frozenset[str]) -> frozenset[str]:
        """Return all floor languages of these sessions; of the whole event if there are no ids. Empty means unknown."""
        if not session_ids:
            return self.event_floor
        return _union(self.floors[id_] for id_ in session_ids if id_ in self.floors)

    def sources(self, request: InterpretationRequest) -> frozenset[str]:
        """Return the source languages of a request or, if it names none, the floor languages of its sessions."""
        return request.source_languages or self.floor(request.session_ids)

    def work(self, session_ids: frozenset[str]) -> Workload:
        """Return the hours of a team in these sessions, as `_most_work` has it; of the whole event without ids."""
        if not session_ids:
            return self.event_work
        return _most_work({id_: self.slots[id_] for id_ in session_ids if id_ in self.slots}, self.rooms)

    def parallel(self, session_ids: frozenset[str]) -> tuple[str, ...]:
        """Return those of these sessions that are held when most of them are; of the whole event without ids."""
        if not session_ids:
            return self.event_parallel
        return _parallel({id_: self.slots[id_] for id_ in session_ids if id_ in self.slots})


class _Span(NamedTuple):
    """A time slot of known hours."""

    starts_at: datetime
    ends_at: datetime
    day: date
    """The local day on which it begins."""


def _span(slot: TimeSlot) -> _Span:
    return _Span(slot.starts_at, slot.ends_at, slot.first_day)


def _most_work(slots: Mapping[str, TimeSlot], rooms: Mapping[str, SittingRoom]) -> Workload:
    """Return the most that one of the teams works in some sessions; there are as many as sessions at the same time.

    A session has the team that was in its room before or, if that has other work, the one that has rested longest. The
    work is `UNKNOWN_WORKLOAD` if one of the slots does not say how long anybody works, or if there are none.
    """
    if not slots or not all(map(has_hours, slots.values())):
        return UNKNOWN_WORKLOAD
    teams: list[list[_Span]] = [[] for _ in _parallel(slots)]
    resting = dict.fromkeys(range(len(teams)))  # who has rested longest comes first
    working: list[tuple[datetime, int]] = []
    last_in: dict[SittingRoom, int] = {}
    for span, id_ in sorted((_span(slot), id_) for id_, slot in slots.items()):
        while working and working[0][0] <= span.starts_at:
            resting[heappop(working)[1]] = None
        number = last_in.get(rooms[id_])
        if number is None or number not in resting:
            number = next(iter(resting))
        del resting[number]
        teams[number].append(span)
        heappush(working, (span.ends_at, number))
        last_in[rooms[id_]] = number
    return _workload(*teams)


def _workload(*teams: Iterable[_Span]) -> Workload:
    """Return the longest work of any of some teams, each with its spans in the order of time."""
    sittings: list[timedelta] = []
    longest_day = timedelta()
    for team in teams:
        days: dict[date, timedelta] = {}
        until, day = None, date.min
        for span in team:
            if until is None or span.starts_at - until >= REST:
                sittings.append(timedelta())
                day = span.day
            work, until = span.ends_at - span.starts_at, span.ends_at
            sittings[-1] += work
            days[day] = days.get(day, timedelta()) + work
        longest_day = max(longest_day, *days.values())
    return Workload(longest_sitting=max(sittings), longest_day=longest_day)


def _parallel(slots: Mapping[str, TimeSlot]) -> tuple[str, ...]:
    # Whole days do not say at which hours anybody works.
    spans = {key: (slot.starts_at, slot.ends_at) for key, slot in slots.items() if not slot.whole_days}
    # At one moment an end comes before a start: sessions back to back need one team.
    bounds = sorted((moment, step) for span in spans.values() for moment, step in zip(span, (1, -1), strict=True))
    held = most = 0
    busiest = None
    for moment, step in bounds:
        held += step
        if held > most:
            most, busiest = held, moment
    return tuple(sorted(key for key, (start, end) in spans.items() if busiest and start <= busiest < end))


def _union(floors: Iterable[tuple[str, ...]]) -> frozenset[str]:
    """Return all the languages of several floors; nothing if one of the floors is not stated."""
    stated = tuple(floors)
    return frozenset(tag for floor in stated for tag in floor) if all(stated) else frozenset()
