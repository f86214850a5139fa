"""Seats at an event and in its sessions, on site and remote: who holds one, who waits for one, and in which order.

Registrations that name another event neither hold seats here nor wait for them.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from operator import itemgetter
from typing import NamedTuple, cast

from wtisd_model.errors import InvalidValueError
from wtisd_model.model.call import Call, CallKind
from wtisd_model.model.event import Event
from wtisd_model.model.registration import Registration, RegistrationState
from wtisd_model.model.session import EventStatus, Session, session_unknown
from wtisd_model.model.submissions import belongs_to
from wtisd_model.rules.identity import Identity, People
from wtisd_model.schema.constraints import Integer
from wtisd_model.types.arguments import parse_enum, require_valid
from wtisd_model.types.attendance import AttendanceMode, ParticipationMode, SeatId

_Wait = tuple[datetime, datetime, str]
"""Since when a registration waits, when it was submitted, and its id: the order of the waitlist."""


class Waiting(NamedTuple):
    """A registration that waits."""

    wait: _Wait
    position: int
    person: Identity


class LimitedSeats(NamedTuple):
    """The seats in one mode, at the event or in a session."""

    capacity: int
    free: int
    surplus: frozenset[int] = frozenset()
    """The positions of the registrations that exceed the capacity."""


def holds_seat(call: Call | None, state: RegistrationState) -> bool:
    """Return True if a registration in *state* holds a seat, where *call* is the call for registrations.

    R05: a pending one does if nobody has to approve it, since it has its seat when it arrives, or if the call says so.
    Without a call it does not.
    """
    if state is RegistrationState.PENDING:
        return call is not None and (call.pending_counts or not call.needs_approval)
    return state.takes_seat


def seat_since(call: Call | None, registration: Registration) -> datetime:
    """Return since when a registration has held its seat without interruption.

    That is when it was approved or, if pending registrations hold seats, when it was submitted. A time in a state
    without a seat interrupts it.
    """
    since = registration.submitted_at
    for step in registration.history:
        if not holds_seat(call, RegistrationState(step.before)):
            since = step.at
    return since


def capacities(event: Event) -> dict[ParticipationMode, dict[SeatId, int]]:
    """Return the number of seats in each mode, wherever the call for registrations or a session limits them.

    A cancelled session has no limit, since nobody needs a seat there.
    """
    call = event.call(CallKind.REGISTRATION)
    offers: list[tuple[SeatId, Call | Session]] = [] if call is None else [(None, call)]
    offers += [(session.id, session) for session in event.sessions if session.status is not EventStatus.CANCELLED]
    limits: dict[ParticipationMode, dict[SeatId, int]] = {mode: {} for mode in ParticipationMode}
    for id_, offer in offers:
        for mode, found in limits.items():
            limit = offer.capacity(mode)
            if limit is not None:
                found[id_] = limit
    return limits


def seats_needed(registration: Registration, limited: Container[SeatId]) -> list[SeatId]:
    """Return where a registration needs a seat, as far as the seats in its mode are *limited* there.

    That is at the event, and in each session that it names.
    """
    needed: list[SeatId] = [None] if None in limited else []
    needed += [id_ for id_ in registration.session_ids if id_ in limited]
    return needed


def limited_seats(
    event: Event, registrations: Sequence[Registration]
) -> dict[ParticipationMode, dict[SeatId, LimitedSeats]]:
    """Return the seats in each mode, wherever they are limited.

    Those in surplus got their seat last (see `seat_since`); at the same moment, they were submitted last, or have the
    greater ids.
    """
    call, limits = event.call(CallKind.REGISTRATION), capacities(event)
    holders: dict[ParticipationMode, dict[SeatId, list[tuple[_Wait, int]]]] = {
        mode: {id_: [] for id_ in limited} for mode, limited in limits.items()
    }
    for position, registration in enumerate(registrations):
        limited = holders[registration.mode]
        if limited and holds_seat(call, registration.state) and belongs_to(registration, event):
            holder = (seat_since(call, registration), registration.submitted_at, registration.id), position
            for id_ in seats_needed(registration, limited):
                limited[id_].append(holder)
    return {
        mode: {id_: _seats(limit, holders[mode][id_]) for id_, limit in limited.items()}
        for mode, limited in limits.items()
    }


def _seats(capacity: int, holders: Sequence[tuple[_Wait, int]]) -> LimitedSeats:
    surplus = sorted(holders)[capacity:] if len(holders) > capacity else ()
    return LimitedSeats(capacity, max(0, capacity - len(holders)), frozenset([position for _, position in surplus]))


def seats_left(
    event: Event, taken: Mapping[tuple[SeatId, ParticipationMode], int]
) -> dict[ParticipationMode, dict[SeatId, LimitedSeats]]:
    """Return the seats in each mode, wherever they are limited, if so many are *taken*; none where it is not named."""
    return {
        mode: {id_: LimitedSeats(limit, max(0, limit - taken.get((id_, mode), 0))) for id_, limit in limited.items()}
        for mode, limited in capacities(event).items()
    }


def require_counts(event: Event, taken: object) -> dict[tuple[SeatId, ParticipationMode], int]:
    """Return the numbers of seats taken at an event and in its sessions.

    Raises:
        TypeError: *taken* is not a mapping, or a key is not a pair.
        InvalidValueError: ``session-unknown``, ``value-unknown`` for a mode; ``wrong-type`` or ``number-out-of-range``.
    """
    if not isinstance(taken, Mapping):
        raise TypeError("taken must be a mapping of a session id, or None for the event, and a mode to a number.")
    known = {None, *(session.id for session in event.sessions)}
    found: dict[tuple[SeatId, ParticipationMode], int] = {}
    for pair, number in cast("Mapping[object, int]", taken).items():
        match pair:
            case (None | str() as id_, str() as mode):
                pass
            case _:
                raise TypeError('A key of taken must be a pair: ("session-1", "on-site") or (None, "remote").')
        if id_ not in known:
            raise InvalidValueError(session_unknown(event.sessions).prefixed("/taken"))
        found[id_, parse_enum(ParticipationMode, mode, "/taken/mode")] = require_valid(
            number, Integer(0, 1_000_000_000), "/taken"
        )
    return found


def waiting(event: Event, registrations: Sequence[Registration], now: datetime) -> list[Waiting]:
    """Return the registrations that wait at *now*: the longest first, then by the time of submission, then by id.

    Purged registrations do not wait, nor do those whose history goes beyond *now*. Nor do those that cannot get a
    seat: their person holds one already, their mode is not offered, or their sessions are not in the event or all
    cancelled. A cancelled session among others needs no seat.
    """
    line = [
        (position, registration, registration.waitlisted_at, registration.participant)
        for position, registration in enumerate(registrations)
        if registration.waitlisted_at is not None
        and registration.participant is not None
        and registration.waitlisted_at <= now
        and registration.history[-1].at <= now
        and belongs_to(registration, event)
    ]
    if not line:
        return []
    call = event.call(CallKind.REGISTRATION)
    active = [
        registration
        for registration in registrations
        if registration.state.is_active and belongs_to(registration, event)
    ]
    people = People(registration.participant for registration in active if registration.participant is not None)
    seated = {
        people.identity(registration.participant)
        for registration in active
        if registration.participant is not None and holds_seat(call, registration.state)
    }
    cancelled = {session.id for session in event.sessions if session.status is EventStatus.CANCELLED}
    attendance: dict[SeatId, AttendanceMode | None] = {None: event.attendance_mode}
    attendance |= {session.id: event.mode_of(session) for session in event.sessions}
    # A draft without a place refuses no mode.
    offered = {id_: frozenset(ParticipationMode if mode is None else mode.modes) for id_, mode in attendance.items()}
    found: list[Waiting] = []
    for position, registration, since, participant in line:
        chosen = registration.session_ids - cancelled if registration.session_ids else frozenset[SeatId]({None})
        person = people.identity(participant)
        if chosen and all(registration.mode in offered.get(id_, ()) for id_ in chosen) and person not in seated:
            found.append(Waiting((since, registration.submitted_at, registration.id), position, person))
    return sorted(found)


def promoted_from(registration: Registration) -> datetime | None:
    """Return when a registration that got its seat from the waitlist had joined it; None for other registrations."""
    waited = since = None
    for step in registration.history:
        if step.after == RegistrationState.WAITLISTED:
            since = step.at
        elif step.after == RegistrationState.APPROVED and not RegistrationState(step.before).takes_seat:
            waited = since if step.before == RegistrationState.WAITLISTED else None
    return waited


def over_at(event: Event) -> datetime | None:
    """Return when an event is over, in UTC; None for a draft without a date and while the event is postponed."""
    return None if event.slot is None or event.status is EventStatus.POSTPONED else event.slot.ends_at


def gives_seats(event: Event, now: datetime) -> bool:
    """Return True while seats can be given: the event is neither cancelled nor over."""
    over = over_at(event)
    return event.status is not EventStatus.CANCELLED and (over is None or now < over)


def next_in_line(event: Event, registrations: Sequence[Registration], now: datetime) -> Iterator[int]:
    """Yield the positions of waitlisted registrations whose seats are all free, first come first.

    One that needs several seats, at the event and in its sessions, gets all of them or keeps waiting. It then holds up
    only those who need the same seats: the next one whose seats are free comes first. One that needs no seat that is
    limited waits for nothing. There are none without a call for registrations; its ``waitlist`` only says whether more
    people may wait.
    """
    line = waiting(event, registrations, now)
    if not line or event.call(CallKind.REGISTRATION) is None or not gives_seats(event, now):
        return
    free = {
        mode: {id_: seats.free for id_, seats in limited.items()}
        for mode, limited in limited_seats(event, registrations).items()
    }
    seated: set[Identity] = set()  # somebody may wait twice
    for waits in line:
        left = free[registrations[waits.position].mode]
        needed = seats_needed(registrations[waits.position], left)
        if waits.person not in seated and all(left[id_] for id_ in needed):
            for id_ in needed:
                left[id_] -= 1
            seated.add(waits.person)
            yield waits.position


def seats_unclaimed(
    event: Event,
    registrations: Sequence[Registration],
    seats: Mapping[ParticipationMode, Mapping[SeatId, LimitedSeats]],
) -> dict[ParticipationMode, dict[SeatId, int]]:
    """Return how many of the *seats* are left for a newcomer: the free ones that are due to nobody in line.

    A newcomer is the last in line, so these are the seats that are free once everybody is promoted who can be.
    """
    left = {mode: {id_: offer.free for id_, offer in limited.items()} for mode, limited in seats.items()}
    waits = [registration for registration in registrations if registration.waitlisted_at is not None]
    if waits:
        # The line as it stands since the last step in it, so that nothing here depends on the present moment.
        for position in next_in_line(event, registrations, max(registration.history[-1].at for registration in waits)):
            limited = left[registrations[position].mode]
            for id_ in seats_needed(registrations[position], limited):
                limited[id_] -= 1
    return left


def passed_over(event: Event, registrations: Sequence[Registration], now: datetime) -> Iterator[int]:
    """Yield the positions of registrations that wait, although somebody got a seat who had waited less long.

    That is fair if the one who waits needs a seat that the other did not need: it may have been taken. So somebody is
    passed over only by those who needed the same seats, and perhaps more.
    """
    line = waiting(event, registrations, now)
    if not line or not gives_seats(event, now):
        return
    for mode, limits in capacities(event).items():
        limited = {None, *limits}  # everybody needs to be at the event
        # The promoted who needed a seat there, the shortest wait first.
        promoted: dict[SeatId, list[tuple[_Wait, frozenset[SeatId]]]] = {id_: [] for id_ in limited}
        for registration in registrations:
            if (
                registration.mode is not mode
                or not registration.state.takes_seat
                or not belongs_to(registration, event)
            ):
                continue
            since = promoted_from(registration)
            if since is not None:
                needed = frozenset(seats_needed(registration, limited))
                for id_ in needed:
                    promoted[id_].append(((since, registration.submitted_at, registration.id), needed))
        for several in promoted.values():
            several.sort(key=itemgetter(0), reverse=True)
        for wait, position, _ in line:
            waits = registrations[position]
            if waits.mode is not mode or (limits and not seats_needed(waits, limits)):
                continue  # it does not wait for a seat, as in `next_in_line`
            needed = frozenset(seats_needed(waits, limited))
            fewest = min((promoted[id_] for id_ in needed), key=len)
            if _is_passed_over(wait, needed, fewest):
                yield position


def _is_passed_over(
    wait: _Wait, needed: frozenset[SeatId], promoted: Iterable[tuple[_Wait, frozenset[SeatId]]]
) -> bool:
    for shorter, others in promoted:
        if shorter <= wait:
            return False
        if needed <= others:
            return True
    return False
