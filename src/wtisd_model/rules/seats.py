"""Seats: who holds one, who waits for one, and in which order. On-site and remote seats are separate."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from wtisd_model.model.call import Call, CallKind
from wtisd_model.model.event import Event
from wtisd_model.model.registration import Registration, RegistrationState
from wtisd_model.model.session import EventStatus
from wtisd_model.rules.deadlines import over_at
from wtisd_model.types.attendance import ParticipationMode


class Seats(NamedTuple):
    """The seats that a call has in one mode."""

    call: Call
    capacity: int
    """The number of seats."""
    free: int
    """The number of free seats."""
    surplus: frozenset[int]
    """The positions of the registrations that exceed the capacity."""


def takes_seat(call: Call, state: RegistrationState) -> bool:
    """Return True if a registration in *state* counts against the capacity of *call*.

    R05: a pending one does if nobody has to approve it, since it has its seat when it arrives, or if the call says so.
    """
    if state is RegistrationState.PENDING:
        return call.pending_counts or not call.needs_approval
    return state.takes_seat


def seat_since(call: Call, registration: Registration) -> datetime:
    """Return since when a registration has held its seat without interruption.

    That is when it was approved or, if pending registrations hold seats, when it was submitted. A time in a state
    without a seat interrupts it.
    """
    since = registration.submitted_at
    for step in registration.history:
        if not takes_seat(call, RegistrationState(step.before)):
            since = step.at
    return since


def seated(call: Call, mode: ParticipationMode, registrations: Sequence[Registration]) -> list[int]:
    """Return the positions of registrations that hold a seat in *mode*, by `seat_since`, then by id."""
    holders = (
        (seat_since(call, each), each.id, position)
        for position, each in enumerate(registrations)
        if each.mode is mode and takes_seat(call, each.state)
    )
    return [position for _, _, position in sorted(holders)]


def limited_seats(event: Event, registrations: Sequence[Registration]) -> dict[ParticipationMode, Seats]:
    """Return the seats in each mode for which the call for registrations has a capacity."""
    found: dict[ParticipationMode, Seats] = {}
    call = event.call(CallKind.REGISTRATION)
    if call is None:
        return found
    for mode in ParticipationMode:
        capacity = call.capacity(mode)
        if capacity is not None:
            holders = seated(call, mode, registrations)
            found[mode] = Seats(call, capacity, max(0, capacity - len(holders)), frozenset(holders[capacity:]))
    return found


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
    """Yield the positions of waitlisted registrations for which a seat is free, mode by mode, first come first.

    There are none unless the event has a call for registrations with a waitlist and a capacity.
    """
    if gives_seats(event, now):
        for mode, seats in limited_seats(event, registrations).items():
            if seats.call.waitlist:
                yield from waiting(mode, registrations, now)[: seats.free]
