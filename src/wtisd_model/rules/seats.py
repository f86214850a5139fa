"""Seats at an event and in its sessions, on site and remote: who holds one, who waits for one, and in which order."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from operator import itemgetter
from typing import Final, NamedTuple, cast

from wtisd_model.findings import InvalidValueError
from wtisd_model.model.call import Call, CallKind
from wtisd_model.model.event import Event
from wtisd_model.model.registration import Registration, RegistrationState
from wtisd_model.model.session import EventStatus, Session, session_unknown
from wtisd_model.rules.deadlines import over_at
from wtisd_model.schema.constraints import Integer
from wtisd_model.types.arguments import parse_enum, require_valid
from wtisd_model.types.attendance import ParticipationMode

Pool = tuple[str | None, ParticipationMode]
"""Seats that are counted together: those in a mode of one session, by its id, or of the event as a whole."""


TakenSeats = Mapping[tuple[str | None, str], int] | Mapping[Pool, int]
"""Numbers of seats taken: by the id of a session, or None for the event, and the mode."""

_Wait = tuple[datetime, str]
"""Since when a registration waits, and its id: the order of the waitlist."""


class Seats(NamedTuple):
    """The seats of a pool."""

    capacity: int
    """The number of seats."""
    free: int
    """The number of free seats."""
    surplus: frozenset[int] = frozenset()
    """The positions of the registrations that exceed the capacity."""


def takes_seat(call: Call | None, state: RegistrationState) -> bool:
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
        if not takes_seat(call, RegistrationState(step.before)):
            since = step.at
    return since


def capacities(event: Event) -> dict[Pool, int]:
    """Return the number of seats of each pool that has a limit: by the call for registrations, or by a session.

    A cancelled session has no limit, since nobody needs a seat there.
    """
    call = event.call(CallKind.REGISTRATION)
    offers: list[tuple[str | None, Call | Session]] = [] if call is None else [(None, call)]
    offers += [(each.id, each) for each in event.sessions if each.status is not EventStatus.CANCELLED]
    limits = {(id_, mode): offer.capacity(mode) for id_, offer in offers for mode in ParticipationMode}
    return {pool: limit for pool, limit in limits.items() if limit is not None}


def pools_of(registration: Registration, limited: Container[Pool]) -> list[Pool]:
    """Return the pools, among those that are *limited*, in which a registration needs a seat.

    It needs one at the event, and one in each session that it names. The order is that of the ids.
    """
    ids = (None, *sorted(registration.session_ids)) if registration.session_ids else (None,)
    return [pool for id_ in ids if (pool := (id_, registration.mode)) in limited]


def limited_seats(event: Event, registrations: Sequence[Registration]) -> dict[Pool, Seats]:
    """Return the seats of each pool that has a limit.

    Those in surplus got their seat last (see `seat_since`); at the same moment, they have the greater ids.
    """
    call, limits = event.call(CallKind.REGISTRATION), capacities(event)
    holders: dict[Pool, list[tuple[datetime, str, int]]] = {pool: [] for pool in limits}
    for position, each in enumerate(registrations):
        if limits and takes_seat(call, each.state):
            holder = (seat_since(call, each), each.id, position)
            for pool in pools_of(each, limits):
                holders[pool].append(holder)
    return {
        pool: Seats(
            capacity=limit,
            free=max(0, limit - len(holders[pool])),
            surplus=frozenset([position for _, _, position in sorted(holders[pool])[limit:]]),
        )
        for pool, limit in limits.items()
    }


def seats_left(event: Event, taken: Mapping[Pool, int]) -> dict[Pool, Seats]:
    """Return the seats of each pool that has a limit if so many are *taken*; none, where the pool is not named."""
    return {pool: Seats(limit, max(0, limit - taken.get(pool, 0))) for pool, limit in capacities(event).items()}


def require_counts(event: Event, taken: object) -> dict[Pool, int]:
    """Return the numbers of seats taken in each pool of an event.

    Raises:
        TypeError: *taken* is not a mapping, or a key is not a pair.
        InvalidValueError: ``session-unknown``, ``value-unknown`` for a mode; ``wrong-type`` or ``number-out-of-range``.
    """
    if not isinstance(taken, Mapping):
        raise TypeError("taken must be a mapping of a session id, or None for the event, and a mode to a number.")
    known = {None, *(each.id for each in event.sessions)}
    found: dict[Pool, int] = {}
    for pool, number in cast("Mapping[object, int]", taken).items():
        match pool:
            case (None | str() as id_, str() as mode):
                pass
            case _:
                raise TypeError('A key of taken must be a pair: ("session-1", "on-site") or (None, "remote").')
        if id_ not in known:
            raise InvalidValueError(session_unknown(event.sessions).prefixed("/taken"))
        found[id_, parse_enum(ParticipationMode, mode, "/taken/mode")] = require_valid(number, _TAKEN, "/taken")
    return found


_TAKEN: Final = Integer(0, 1_000_000_000)


def waiting(mode: ParticipationMode, registrations: Sequence[Registration], now: datetime) -> list[int]:
    """Return the positions of registrations that wait for a seat in *mode* at *now*, the longest first, then by id.

    Purged registrations do not wait, nor do those whose history goes beyond *now*.
    """
    line = (
        (each.waitlisted_at, each.id, position)
        for position, each in enumerate(registrations)
        if each.mode is mode
        and each.waitlisted_at is not None
        and each.purged_at is None
        and each.waitlisted_at <= now
        and each.history[-1].at <= now
    )
    return [position for _, _, position in sorted(line)]


def promoted_from(registration: Registration) -> datetime | None:
    """Return when a registration that got its seat from the waitlist had joined it; None for other registrations."""
    waited = since = None
    for step in registration.history:
        if step.after == RegistrationState.WAITLISTED:
            since = step.at
        elif step.after == RegistrationState.APPROVED and not RegistrationState(step.before).takes_seat:
            waited = since if step.before == RegistrationState.WAITLISTED else None
    return waited


def gives_seats(event: Event, now: datetime) -> bool:
    """Return True while seats can be given: the event is neither cancelled nor over."""
    over = over_at(event)
    return event.status is not EventStatus.CANCELLED and (over is None or now < over)


def next_in_line(event: Event, registrations: Sequence[Registration], now: datetime) -> Iterator[int]:
    """Yield the positions of waitlisted registrations whose seats are all free, mode by mode, first come first.

    One that needs several seats, at the event and in its sessions, gets all of them or keeps waiting. It then holds up
    only those who need the same seats: the next one whose seats are free comes first. There are none unless the call
    for registrations has a waitlist, and a registration waits only for seats that are limited.
    """
    call = event.call(CallKind.REGISTRATION)
    if call is None or not call.waitlist or not gives_seats(event, now):
        return
    free = {pool: seats.free for pool, seats in limited_seats(event, registrations).items()}
    for mode in ParticipationMode:
        for position in waiting(mode, registrations, now):
            needed = pools_of(registrations[position], free)
            if needed and all(free[pool] for pool in needed):
                for pool in needed:
                    free[pool] -= 1
                yield position


def passed_over(event: Event, registrations: Sequence[Registration], now: datetime) -> Iterator[int]:
    """Yield the positions of registrations that wait, although somebody got a seat who had waited less long.

    That is fair if the one who waits needs a seat that the other did not need: it may have been taken. So somebody is
    passed over only by those who needed the same seats, and perhaps more.
    """
    if not gives_seats(event, now):
        return
    limits = capacities(event)

    def needs(registration: Registration) -> frozenset[Pool]:
        return frozenset([(None, registration.mode), *pools_of(registration, limits)])

    # The promoted who needed a seat of a pool, the shortest wait first.
    promoted: dict[Pool, list[tuple[_Wait, frozenset[Pool]]]] = {}
    for each in registrations:
        since = promoted_from(each) if each.state.takes_seat else None
        if since is not None:
            needed = needs(each)
            for pool in needed:
                promoted.setdefault(pool, []).append(((since, each.id), needed))
    for several in promoted.values():
        several.sort(key=itemgetter(0), reverse=True)
    for mode in ParticipationMode:
        for position in waiting(mode, registrations, now):
            waits, needed = registrations[position], needs(registrations[position])
            fewest = min((promoted.get(pool, []) for pool in needed), key=len)
            if waits.waitlisted_at is not None and _is_passed_over((waits.waitlisted_at, waits.id), needed, fewest):
                yield position


def _is_passed_over(wait: _Wait, needed: frozenset[Pool], promoted: Iterable[tuple[_Wait, frozenset[Pool]]]) -> bool:
    for shorter, others in promoted:
        if shorter <= wait:
            return False
        if needed <= others:
            return True
    return False
