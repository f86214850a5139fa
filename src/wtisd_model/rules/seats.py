"""Seats at an event and in its sessions, on site and remote: who holds one, who waits for one, and in which order.

Registrations that name another event neither hold seats here nor wait for them.
"""

from bisect import bisect_right
from collections import defaultdict
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

_Turn = tuple[datetime, datetime, str]
"""Since when a registration waits, when it was submitted, and its id: the order of those who wait."""


class Waiting(NamedTuple):
    """A registration that waits for a seat."""

    turn: _Turn
    position: int
    person: Identity
    session_id: SeatId
    """The session that it waits for; None if it is waitlisted, and waits for the event."""


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


def seats_held(event: Event, registration: Registration) -> tuple[SeatId, ...]:
    """Return which seats a registration holds: None for that at the event, then the ids of sessions; () for none.

    It holds one in a session exactly if it chose the session, holds one at the event, and does not wait for the session
    (`Registration.attended_ids`). One that names another event holds none.
    """
    state = registration.state
    call = event.call(CallKind.REGISTRATION) if state is RegistrationState.PENDING else None
    if not holds_seat(call, state) or not belongs_to(registration, event):
        return ()
    ids = registration.attended_ids if registration.waits else registration.session_ids
    return (None, *(sorted(ids) if len(ids) > 1 else ids))


def seat_since(call: Call | None, registration: Registration) -> datetime:
    """Return since when a registration has held its seat at the event without interruption.

    That is when it was approved or, if pending registrations hold seats, when it was submitted. A time in a state
    without a seat interrupts it.
    """
    since = registration.submitted_at
    for step in registration.history:
        if not holds_seat(call, RegistrationState(step.before)):
            since = step.at
    return since


def _seat_since_in(registration: Registration, session_id: SeatId, since: datetime) -> tuple[datetime, datetime | None]:
    """Return since when a registration has held a seat somewhere, and since when it had waited for it, if it had.

    It has held the one at the event *since*, so waits for a session that ended before gave it no seat.
    """
    ended = [(wait.until, wait.since) for wait in registration.waits if wait.until and wait.session_id == session_id]
    last = max(ended, default=None)
    return (since, promoted_from(registration)) if last is None or last[0] < since else last


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


def limited_seats(
    event: Event, registrations: Sequence[Registration]
) -> dict[ParticipationMode, dict[SeatId, LimitedSeats]]:
    """Return the seats in each mode, wherever they are limited.

    Those in surplus got their seat last (see `seat_since`); at the same moment, they were submitted last, or have the
    greater ids.
    """
    limits = capacities(event)
    holders: dict[ParticipationMode, dict[SeatId, list[int]]] = {
        mode: {id_: [] for id_ in limited} for mode, limited in limits.items()
    }
    for position, registration in enumerate(registrations):
        limited = holders[registration.mode]
        for id_ in seats_held(event, registration) if limited else ():
            if id_ in limited:
                limited[id_].append(position)
    call = event.call(CallKind.REGISTRATION)

    def seats(session_id: SeatId, capacity: int, positions: Sequence[int]) -> LimitedSeats:
        free = capacity - len(positions)
        if free >= 0:
            return LimitedSeats(capacity, free)
        turns: list[tuple[_Turn, int]] = []
        for position in positions:
            registration = registrations[position]
            got_at = _seat_since_in(registration, session_id, seat_since(call, registration))[0]
            turns.append(((got_at, registration.submitted_at, registration.id), position))
        return LimitedSeats(capacity, 0, frozenset([position for _, position in sorted(turns)[capacity:]]))

    return {
        mode: {id_: seats(id_, limit, holders[mode][id_]) for id_, limit in limited.items()}
        for mode, limited in limits.items()
    }


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


def waiting(
    event: Event, registrations: Sequence[Registration], now: datetime, joining: Container[int] = ()
) -> list[Waiting]:
    """Return who waits at *now*, for the event or in it for a session: the longest first, then by submission and id.

    The pending ones at the positions *joining* wait for the event from *now* on. Purged registrations do not wait, nor
    do those whose history goes beyond *now*. Nor do those that cannot get the seat: their person holds one already, or
    their mode is not offered. For the event, no session that was chosen may be missing or lack the mode, nor all be
    cancelled; a cancelled session needs no seat.
    """
    line: list[tuple[datetime, int, SeatId]] = []
    for position, registration in enumerate(registrations):
        since = now if position in joining else registration.waitlisted_at
        if since is not None:
            line.append((since, position, None))
        elif registration.waits and seats_held(event, registration):
            line += [(wait.since, position, wait.session_id) for wait in registration.waits if wait.until is None]
    if not line:
        return []
    active = [
        registration
        for registration in registrations
        if registration.state.is_active and belongs_to(registration, event)
    ]
    people = People(registration.participant for registration in active if registration.participant is not None)
    seated: dict[SeatId, set[Identity]] = {session_id: set() for _, _, session_id in line}
    for registration in active:
        held = seats_held(event, registration)
        if held and registration.participant is not None:
            seated_person = people.identity(registration.participant)
            for id_ in held:
                if id_ in seated:
                    seated[id_].add(seated_person)
    cancelled = {session.id for session in event.sessions if session.status is EventStatus.CANCELLED}
    attendance: dict[SeatId, AttendanceMode | None] = {None: event.attendance_mode}
    attendance |= {session.id: event.mode_of(session) for session in event.sessions if session.id not in cancelled}
    # A draft without a place refuses no mode.
    offered = {id_: frozenset(ParticipationMode if mode is None else mode.modes) for id_, mode in attendance.items()}
    found: list[Waiting] = []
    for since, position, session_id in line:
        registration = registrations[position]
        history, participant = registration.history, registration.participant
        if participant is None or not belongs_to(registration, event):
            continue
        chosen: Iterable[SeatId] = (session_id,)
        if session_id is None and registration.session_ids:
            chosen = registration.session_ids - cancelled
        person = people.identity(participant)
        if (
            since <= now
            and (not history or history[-1].at <= now)
            and chosen
            and all(registration.mode in offered.get(id_, ()) for id_ in chosen)
            and person not in seated[session_id]
        ):
            turn = since, registration.submitted_at, registration.id
            found.append(Waiting(turn, position, person, session_id))
    # One registration waits for the event or for sessions, so those are never compared.
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


def seats_due(
    event: Event,
    registrations: Sequence[Registration],
    now: datetime,
    joining: Container[int] = (),
    *,
    line: Sequence[Waiting] | None = None,
) -> dict[int, frozenset[SeatId]]:
    """Return the free seats that are due to those who wait, by their positions; *line* is that of `waiting`, if known.

    Seats at the event go to the waitlisted in their turn; those in a session, in the turn of all who wait for it and
    have a seat at the event, the ones just given among them. A seat that is not limited is always free. There are none
    without a call for registrations; its ``waitlist`` only says whether more people may wait.

    Those *joining* come last. Each gets a seat at the event and those that are free in the chosen sessions. If there is
    none at the event, the set is empty: they wait. Without a waitlist, only those are in the result who need not wait.
    """
    if line is None:
        line = waiting(event, registrations, now, joining)
    if not line or not gives_seats(event, now):
        return {}
    call, free = event.call(CallKind.REGISTRATION), _FreeSeats(event, registrations)
    in_line = [waits for waits in line if waits.position not in joining and call is not None]
    admitted = {waits.position for waits in in_line if waits.session_id is None and free.give(waits, (None,))}
    due: dict[int, frozenset[SeatId]] = {}
    for waits in in_line:
        position, got = waits.position, list[SeatId]()
        if waits.session_id is not None:
            got = free.give(waits, (waits.session_id,))
        elif position in admitted:
            got = [None, *free.give(waits, registrations[position].session_ids)]
        if got:
            due[position] = due.get(position, frozenset()).union(got)
    for waits in line:
        if waits.position in joining:
            got_at_once = free.give_at_once(waits, may_wait=call is not None and call.waitlist)
            if got_at_once is not None:
                due[waits.position] = frozenset(got_at_once)
    return due


class _FreeSeats:
    """The free seats of an event and its sessions while they are given away."""

    def __init__(self, event: Event, registrations: Sequence[Registration]) -> None:
        self._registrations = registrations
        self._free = {
            mode: {id_: seats.free for id_, seats in limited.items()}
            for mode, limited in limited_seats(event, registrations).items()
        }
        self._seated = defaultdict[SeatId, set[Identity]](set)  # somebody may wait twice

    def give(self, waits: Waiting, session_ids: Iterable[SeatId]) -> list[SeatId]:
        """Give a person the free ones of these seats, and return them."""
        left, person, got = self._free[self._registrations[waits.position].mode], waits.person, list[SeatId]()
        for id_ in session_ids:
            if left.get(id_, 1) > 0 and person not in self._seated[id_]:
                self._seated[id_].add(person)
                got.append(id_)
                if id_ in left:
                    left[id_] -= 1
        return got

    def give_at_once(self, waits: Waiting, *, may_wait: bool) -> list[SeatId] | None:
        """Give a newcomer the free seats, and return them; None for one who would have to wait, and may not."""
        registration = self._registrations[waits.position]
        left, needed = self._free[registration.mode], (None, *registration.session_ids)
        lacking = {id_ for id_ in needed if left.get(id_, 1) < 1}
        may_join = may_wait or lacking <= registration.session_ids - registration.attended_ids
        if waits.person in self._seated[None] or not may_join:
            return None
        return [] if None in lacking else self.give(waits, needed)


def seats_unclaimed(
    event: Event,
    registrations: Sequence[Registration],
    seats: Mapping[ParticipationMode, Mapping[SeatId, LimitedSeats]],
    now: datetime | None = None,
) -> dict[ParticipationMode, dict[SeatId, int]]:
    """Return how many of the *seats* are left for a newcomer: the free ones that are due to nobody who waits at *now*.

    A newcomer is the last in line, so these are the seats that are free after everybody got those that are due.
    """
    left = {mode: {id_: offer.free for id_, offer in limited.items()} for mode, limited in seats.items()}
    if now is None:
        # As it stands since the last step of those who wait, so that nothing here depends on the present moment.
        steps: list[datetime] = []
        for registration in registrations:
            awaited = [wait.since for wait in registration.waits if wait.until is None] if registration.waits else []
            if awaited or registration.waitlisted_at is not None:
                steps += [*awaited, *(step.at for step in registration.history[-1:])]
        now = max(steps, default=None)
        if now is not None and not gives_seats(event, now):  # a moment by mistake takes from nobody what is due to them
            now = max((step for step in steps if gives_seats(event, step)), default=None)
    for position, due in () if now is None else seats_due(event, registrations, now).items():
        limited = left[registrations[position].mode]
        for id_ in due & limited.keys():
            limited[id_] -= 1
    return left


def passed_over(
    event: Event, registrations: Sequence[Registration], now: datetime, line: Sequence[Waiting]
) -> Iterator[Waiting]:
    """Yield those in *line* although somebody got the same seat, at the event or in a session, after a shorter wait.

    That is certain if the one who waits for a session did so by then, with a seat at the event.
    """
    if not line or not gives_seats(event, now):
        return
    call = event.call(CallKind.REGISTRATION)
    # Those who had waited for a seat, with the moment at which they got it.
    promoted: dict[tuple[ParticipationMode, SeatId], list[tuple[_Turn, datetime]]] = {}
    awaited = {turn.session_id for turn in line}
    for registration in registrations:
        if not registration.waits and promoted_from(registration) is None:
            continue
        held = awaited.intersection(seats_held(event, registration))
        since = seat_since(call, registration) if held else now
        for id_ in held:
            got_at, waited = _seat_since_in(registration, id_, since)
            if waited is not None:
                turn = waited, registration.submitted_at, registration.id
                promoted.setdefault((registration.mode, id_), []).append((turn, got_at))
    for several in promoted.values():
        several.sort(reverse=True)
        latest = several[0][1]
        for index, (turn, got_at) in enumerate(several):  # the latest moment of all whose turn is not before
            latest = max(latest, got_at)
            several[index] = turn, latest
        several.reverse()
    for waits in line:
        registration = registrations[waits.position]
        later = promoted.get((registration.mode, waits.session_id), [])
        index = bisect_right(later, waits.turn, key=itemgetter(0))
        if index < len(later) and (
            waits.session_id is None or max(waits.turn[0], seat_since(call, registration)) < later[index][1]
        ):
            yield waits
