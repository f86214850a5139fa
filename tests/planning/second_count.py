"""Seats, the waitlist and tables of people counted a second time, registration by registration, to compare with.

It is as plain as the rules in ``docs/how-to/seats.md``, slow on purpose, and imports nothing but public names. A new
kind of place to wait for needs a new key in `limits` and a line in `needs`.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

import wtisd_model as wm

Seat = tuple[str | None, str]
"""The id of a session, or None for the event, and the mode."""

MODES = ("on-site", "remote")


def offered(made: wm.Dossier, id_: str | None) -> set[str]:
    """Return the modes that the event, or one of its sessions, offers."""
    event = made.event
    found = set[str]()
    if id_ is None:
        if event.locations or event.venue_to_follow:
            found.add("on-site")
        if event.virtual_locations:
            found.add("remote")
        return found
    (session,) = [session for session in event.sessions if session.id == id_]
    if session.locations or (session.inherited_places != "remote" and "on-site" in offered(made, None)):
        found.add("on-site")
    if session.virtual_locations or (session.inherited_places != "on-site" and "remote" in offered(made, None)):
        found.add("remote")
    return found


def limits(made: wm.Dossier) -> dict[Seat, int]:
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
    return {(id_, mode): seats for mode, seats in zip(MODES, (on_site, remote), strict=True) if seats is not None}


def own(made: wm.Dossier) -> list[wm.Registration]:
    """Return the registrations for the event of the dossier."""
    return [one for one in made.registrations if one.event_uid == made.event.uid]


def holds(made: wm.Dossier, one: wm.Registration) -> bool:
    """Return True if a registration holds the seats that it needs."""
    return _holds_in(made, one.state)


def _holds_in(made: wm.Dossier, state: str) -> bool:
    if state == "pending":
        calls = [call for call in made.event.calls if call.kind == "registration"]
        return any(call.pending_counts or not call.needs_approval for call in calls)
    return state in {"approved", "attended", "no-show"}


def needs(one: wm.Registration, seat: Seat) -> bool:
    id_, mode = seat
    return one.mode == mode and (id_ is None or id_ in one.session_ids)


def taken(made: wm.Dossier, seat: Seat) -> int:
    """Return how many seats are taken."""
    return sum(holds(made, one) and needs(one, seat) for one in own(made))


def person(made: wm.Dossier, one: wm.Registration) -> str:
    """Return who has registered: the id, or the address and the name, which may be known under one id elsewhere."""
    if one.participant is None:
        return f"purged {one.id}"
    if one.participant.id is not None:
        return one.participant.id
    called = f"{one.participant.email} {one.participant.name}".casefold()
    ids = {
        other.participant.id
        for other in own(made)
        if other.participant is not None
        and other.participant.id is not None
        and other.state not in {"rejected", "withdrawn"}
        and f"{other.participant.email} {other.participant.name}".casefold() == called
    }
    return str(ids.pop()) if len(ids) == 1 else called


def can_come(made: wm.Dossier, one: wm.Registration) -> bool:
    """Return True if a registration could get a seat: what it is for exists, takes place and offers its mode."""
    if not one.session_ids:
        return one.mode in offered(made, None)
    cancelled = {session.id for session in made.event.sessions if session.status == "cancelled"}
    held = {session.id for session in made.event.sessions} - cancelled
    left = one.session_ids - cancelled
    return len(left) > 0 and left <= held and all(one.mode in offered(made, id_) for id_ in left)


def in_line(made: wm.Dossier, now: datetime) -> list[wm.Registration]:
    """Return those who wait and can come, the longest wait first."""
    seated = {person(made, one) for one in own(made) if holds(made, one)}
    line = [
        (one.waitlisted_at, one.submitted_at, one.id, position)
        for position, one in enumerate(made.registrations)
        if one.event_uid == made.event.uid
        and one.waitlisted_at is not None
        and one.purged_at is None
        and max(one.waitlisted_at, one.history[-1].at) <= now
        and can_come(made, one)
        and person(made, one) not in seated
    ]
    return [made.registrations[position] for *_, position in sorted(line)]


def is_giving(made: wm.Dossier, now: datetime) -> bool:
    """Return True while the event is ahead or runs, and takes place."""
    return made.event.status != "cancelled" and (made.event.slot is None or now < made.event.slot.end)


def promoted(made: wm.Dossier, now: datetime) -> dict[str, bool]:
    """Return the ids of those whose seats are all free, after those before them; True if any of these is limited."""
    given: list[wm.Registration] = []
    found: dict[str, bool] = {}
    asks = any(call.kind == "registration" for call in made.event.calls)
    for one in in_line(made, now) if asks and is_giving(made, now) else ():
        needed = [seat for seat in limits(made) if needs(one, seat)]
        free = [limits(made)[seat] - taken(made, seat) - sum(needs(each, seat) for each in given) for seat in needed]
        if min(free, default=1) > 0 and all(person(made, each) != person(made, one) for each in given):
            given.append(one)
            found[one.id] = bool(needed)
    return found


def passed_over(made: wm.Dossier, now: datetime) -> Iterator[str]:
    """Yield the ids of those who wait although somebody got the same seats, and perhaps more, after a shorter wait."""
    waited = [(one, since) for one in own(made) if (since := _waited_since(one)) is not None]
    for one in in_line(made, now) if is_giving(made, now) else ():
        limited = {seat for seat in limits(made) if seat[1] == one.mode}
        needed = {seat for seat in limited if needs(one, seat)}
        if limited and not needed:
            continue
        if any(
            other.mode is one.mode
            and (since, other.submitted_at, other.id) > (one.waitlisted_at, one.submitted_at, one.id)
            and all(needs(other, seat) for seat in needed)
            for other, since in waited
        ):
            yield one.id


def _waited_since(one: wm.Registration) -> datetime | None:
    """Return since when a registration with a seat had waited for it, if it had."""
    if one.state not in {"approved", "attended", "no-show"}:
        return None
    decisions = [step for step in one.history if step.after == "approved" and step.before in {"pending", "waitlisted"}]
    if decisions[-1].before != "waitlisted":
        return None
    return next(step.at for step in reversed(one.history) if step.after == "waitlisted")


def without_seat(made: wm.Dossier, seat: Seat) -> list[wm.Registration]:
    """Return those who hold a seat that there is not, the last who got one."""
    holders = [
        (_seated_since(made, one), one.submitted_at, one.id, position)
        for position, one in enumerate(made.registrations)
        if one in own(made) and holds(made, one) and needs(one, seat)
    ]
    return [made.registrations[position] for *_, position in sorted(holders)[limits(made)[seat] :]]


def _seated_since(made: wm.Dossier, one: wm.Registration) -> datetime:
    return max([one.submitted_at, *(step.at for step in one.history if not _holds_in(made, step.before))])


def rows(made: wm.Dossier) -> list[tuple[str | None, str, int | None, int, int, int | None]]:
    """Return what `planning.seats` shows."""
    found: list[tuple[str | None, str, int | None, int, int, int | None]] = []
    held = [session.id for session in made.event.sessions if session.status in {"scheduled", "postponed"}]
    for id_ in (None, *held):
        for mode in MODES:
            seat = id_, mode
            here = taken(made, seat)
            waits = sum(one.state == "waitlisted" and one.purged_at is None and needs(one, seat) for one in own(made))
            seats = limits(made).get(seat)
            if mode not in offered(made, id_):
                if not here + waits:
                    continue
                seats = None if id_ is None and any(mode in offered(made, each) for each in held) else 0
            found.append((id_, mode, seats, here, waits, None if seats is None else max(0, seats - here)))
    return found


def findings(made: wm.Dossier, now: datetime) -> Counter[tuple[str, str]]:
    """Return the codes and paths of what `check` says about seats and rooms."""
    found = Counter[tuple[str, str]]()
    index = {one.id: number for number, one in enumerate(made.registrations)}
    for seat in limits(made):
        code, field = ("seats-exceeded", "mode") if seat[0] is None else ("session-seats-exceeded", "sessionIds")
        for one in without_seat(made, seat):
            found[code, f"/registrations/{index[one.id]}/{field}"] += 1
    for id_, is_limited in promoted(made, now).items():
        code = "waitlist-order" if is_limited else "waitlist-needless"
        found[code, f"/registrations/{index[id_]}/state"] += 1
    for id_ in passed_over(made, now):
        found["waitlist-passed-over", f"/registrations/{index[id_]}/state"] += 1
    places: dict[str, tuple[str | None, tuple[wm.Location, ...]]] = {"/event/locations": (None, made.event.locations)}
    for number, session in enumerate(made.event.sessions):
        if session.status != "cancelled":
            inherits = session.inherited_places != "remote"
            rooms = session.locations or (made.event.locations if inherits else ())
            places[f"/event/sessions/{number}"] = session.id, rooms
    for path, (place, locations) in places.items():
        room = [each.capacity for each in locations]
        if (
            locations
            and None not in room
            and (place, "on-site") not in limits(made)
            and made.event.status != "cancelled"
        ):
            found["room-too-small", path] += taken(made, (place, "on-site")) > sum(each or 0 for each in room)
    return +found


def table(made: wm.Dossier, by: str) -> Counter[str | None]:
    """Return how many people are in each group, before any is hidden."""
    found = Counter[str | None]()
    counted = [one for one in own(made) if one.state not in {"rejected", "withdrawn"}]
    for who in {person(made, one) for one in counted}:
        theirs = sorted((one for one in counted if person(made, one) == who), key=lambda one: one.submitted_at)
        groups: dict[str, set[str | None]] = {
            "country": {theirs[0].country},
            "language": {*theirs[0].listening_languages} or {None},
            "membership": {theirs[0].membership},
            "mode": {theirs[0].mode},
            "session": {id_ for one in theirs for id_ in one.session_ids or (None,)},
            "state": {theirs[0].state},
        }
        found.update(groups[by])
    return found
