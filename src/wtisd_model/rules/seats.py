"""Who has a seat, who waits for one, and in which order. On-site and remote seats are counted apart."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from wtisd_model.model.call import Call, CallKind
from wtisd_model.model.event import Event
from wtisd_model.model.registration import Registration, RegistrationState
from wtisd_model.model.session import EventStatus
from wtisd_model.rules.deadlines import over_at
from wtisd_model.types.attendance import ParticipationMode


def takes_seat(call: Call, state: RegistrationState) -> bool:
    """Tell whether a registration in *state* counts against the capacity of *call*."""
    return state.takes_seat or (call.pending_counts and state is RegistrationState.PENDING)


def seat_since(call: Call, registration: Registration) -> datetime:
    """Say since when a registration that has a seat has had it without a break.

    That is when it was approved; where pending ones have a seat, when it came in. After a reset or a time on the
    waitlist it starts anew.
    """
    since = registration.submitted_at
    for step in registration.history:
        if not takes_seat(call, RegistrationState(step.before)):
            since = step.at
    return since


def seated(call: Call, mode: ParticipationMode, registrations: Sequence[Registration]) -> list[int]:
    """Give the indices of those that have a seat in *mode*, the first to have it first, and equal ones by id."""
    holders = (
        (seat_since(call, each), each.id, index)
        for index, each in enumerate(registrations)
        if each.mode is mode and takes_seat(call, each.state)
    )
    return [index for _, _, index in sorted(holders)]


def waiting(mode: ParticipationMode, registrations: Sequence[Registration], now: datetime) -> list[int]:
    """Give the indices of those that wait for a seat in *mode* at *now*, the longest first, and equal ones by id.

    Who has been purged waits no more; whose record reaches beyond *now* does not wait yet.
    """
    line = (
        (each.waitlisted_at, each.id, index)
        for index, each in enumerate(registrations)
        if each.mode is mode
        and each.waitlisted_at is not None
        and each.purged_at is None
        and each.waitlisted_at <= now
        and each.history[-1].at <= now
    )
    return [index for _, _, index in sorted(line)]


def promoted_from(registration: Registration) -> datetime | None:
    """Say since when a registration had waited that got its seat from the waitlist; None where it did not."""
    waited = since = None
    for step in registration.history:
        if step.after == RegistrationState.WAITLISTED:
            since = step.at
        elif step.after == RegistrationState.APPROVED:
            waited = since if step.before == RegistrationState.WAITLISTED else None
    return waited


def gives_seats(event: Event, now: datetime) -> bool:
    """Tell whether it still makes sense to give somebody a seat: it is not cancelled, and not over."""
    over = over_at(event)
    return event.status is not EventStatus.CANCELLED and (over is None or now < over)


def next_in_line(event: Event, registrations: Sequence[Registration], now: datetime) -> Iterator[int]:
    """Give the indices of those on the waitlist for whom a seat is free, mode by mode and first come first.

    Nobody, where the event has no call for registrations, or that has no waitlist or no limit to its seats.
    """
    call = event.call(CallKind.REGISTRATION)
    if call is None or not call.waitlist or not gives_seats(event, now):
        return
    for mode in ParticipationMode:
        capacity = call.capacity(mode)
        if capacity is not None:
            free = max(0, capacity - len(seated(call, mode, registrations)))
            yield from waiting(mode, registrations, now)[:free]
