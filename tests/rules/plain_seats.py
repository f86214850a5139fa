"""Seats counted the plain way, registration by registration and seat by seat, to compare with."""

from collections.abc import Iterator
from datetime import datetime

from wtisd_model.model.dossier import Dossier
from wtisd_model.model.registration import Registration

Seat = tuple[str | None, str]
"""The id of a session, or None for the event, and the mode."""


def limits(made: Dossier) -> dict[Seat, int]:
    """Return the number of seats wherever it is limited."""
    found: dict[Seat, int] = {}
    for call in made.event.calls:
        if call.kind == "registration":
            found |= _stated(None, call.on_site_capacity, call.remote_capacity)
    for session in made.event.sessions:
        if session.status != "cancelled":
            found |= _stated(session.id, session.on_site_capacity, session.remote_capacity)
    return found


def _stated(id_: str | None, on_site: int | None, remote: int | None) -> dict[Seat, int]:
    return {(id_, mode): seats for mode, seats in (("on-site", on_site), ("remote", remote)) if seats is not None}


def own(made: Dossier) -> list[Registration]:
    """Return the registrations for the event of the dossier."""
    return [one for one in made.registrations if one.event_uid == made.event.uid]


def holds(made: Dossier, one: Registration) -> bool:
    """Return True if a registration holds the seats that it needs."""
    if one.state == "pending":
        calls = [call for call in made.event.calls if call.kind == "registration"]
        return any(call.pending_counts or not call.needs_approval for call in calls)
    return one.state in {"approved", "attended", "no-show"}


def needs(one: Registration, seat: Seat) -> bool:
    id_, mode = seat
    return one.mode == mode and (id_ is None or id_ in one.session_ids)


def taken(made: Dossier, seat: Seat) -> int:
    """Return how many seats are taken."""
    return sum(holds(made, one) and needs(one, seat) for one in own(made))


def in_line(made: Dossier, now: datetime) -> list[Registration]:
    """Return those who wait, the longest wait first."""
    line = [
        (one.waitlisted_at, one.id, position)
        for position, one in enumerate(made.registrations)
        if one.event_uid == made.event.uid
        and one.waitlisted_at is not None
        and one.purged_at is None
        and max(one.waitlisted_at, one.history[-1].at) <= now
    ]
    return [made.registrations[position] for _, _, position in sorted(line)]


def promoted(made: Dossier, now: datetime) -> Iterator[str]:
    """Yield the ids of those for whom all seats are free, after those before them have taken theirs."""
    given: list[Registration] = []
    for one in in_line(made, now):
        needed = [seat for seat in limits(made) if needs(one, seat)]
        free = [limits(made)[seat] - taken(made, seat) - sum(needs(each, seat) for each in given) for seat in needed]
        if needed and min(free) > 0:
            given.append(one)
            yield one.id


def passed_over(made: Dossier, now: datetime) -> Iterator[str]:
    """Yield the ids of those who wait although somebody got the same seats, and perhaps more, after a shorter wait."""
    waited = [(one, since) for one in own(made) if (since := _waited_since(one)) is not None]
    for one in in_line(made, now):
        limited = {seat for seat in limits(made) if seat[1] == one.mode}
        needed = {seat for seat in limited if needs(one, seat)}
        if limited and not needed:
            continue
        if any(
            other.mode is one.mode
            and (since, other.id) > (one.waitlisted_at, one.id)
            and all(needs(other, seat) for seat in needed)
            for other, since in waited
        ):
            yield one.id


def _waited_since(one: Registration) -> datetime | None:
    """Return since when a registration with a seat had waited for it, if it had."""
    if one.state not in {"approved", "attended", "no-show"}:
        return None
    decisions = [step for step in one.history if step.after == "approved" and step.before in {"pending", "waitlisted"}]
    if decisions[-1].before != "waitlisted":
        return None
    return next(step.at for step in reversed(one.history) if step.after == "waitlisted")
