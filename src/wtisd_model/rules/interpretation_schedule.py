"""The schedule of interpreters: the sessions that are held, their floor languages, and the working hours."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Self

from attrs import frozen

from wtisd_model.data.norms import REST
from wtisd_model.model.event import Event
from wtisd_model.model.interpretation import InterpretationRequest
from wtisd_model.model.session import PAUSES, EventStatus, Session
from wtisd_model.objects import ReprMixin
from wtisd_model.types.timeslot import TimeSlot
from wtisd_model.types.timezone import at_zone

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


def work_of(slots: Iterable[TimeSlot]) -> Workload:
    """Return the work in *slots*, counting parallel ones once; `UNKNOWN_WORKLOAD` unless each of them `has_hours`."""
    worked = tuple(slots)
    if not worked or not all(map(has_hours, worked)):
        return UNKNOWN_WORKLOAD
    # By zone too, so that the order of parallel slots never decides on which local day the work is.
    ordered = sorted((slot.starts_at, slot.ends_at, slot.time_zone) for slot in worked)
    sittings: list[timedelta] = []
    days: dict[date, timedelta] = {}
    until = None
    day = date.min
    for starts_at, ends_at, zone in ordered:
        if until is None or starts_at - until >= REST:
            sittings.append(timedelta())
            day = at_zone(starts_at, zone).date()
        begins = starts_at if until is None else max(starts_at, until)
        work = max(timedelta(), ends_at - begins)
        until = ends_at if until is None else max(until, ends_at)
        sittings[-1] += work
        days[day] = days.get(day, timedelta()) + work
    return Workload(longest_sitting=max(sittings), longest_day=max(days.values()))


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
        event_slot = (event.slot,) if is_scheduled and not held and event.slot is not None else ()
        return cls(
            floors=floors,
            slots=slots,
            event_floor=_union(floors.values() if held else (event.floor_languages,)),
            event_work=work_of((*event_slot, *slots.values())),
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
        """Return the hours of these sessions; of the whole event if there are no ids."""
        if not session_ids:
            return self.event_work
        return work_of(self.slots[id_] for id_ in session_ids if id_ in self.slots)

    def parallel(self, session_ids: frozenset[str]) -> tuple[str, ...]:
        """Return those of these sessions that are held when most of them are; of the whole event without ids."""
        if not session_ids:
            return self.event_parallel
        return _parallel({id_: self.slots[id_] for id_ in session_ids if id_ in self.slots})


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
