"""Seats, the waitlist and tables of people counted a second time, registration by registration, to compare with.

It is as plain as the rules in ``docs/how-to/seats.md``, slow on purpose, and imports nothing but public names. Nothing
of it asks the package who holds a seat.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from attrs import evolve

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


def awaited(one: wm.Registration) -> dict[str, datetime]:
    """Return the sessions that a registration waits for, with the moment since which it does."""
    return {wait.session_id: wait.since for wait in one.waits if wait.until is None}


def lacks(one: wm.Registration) -> set[str]:
    """Return the sessions without a seat: those waited for, and those waited for until the person did not come."""
    if one.state != "no-show":
        return {*awaited(one)}
    missed_at = one.history[-1].at
    again = {wait.session_id for wait in one.waits if wait.until is not None and wait.until > missed_at}
    return {wait.session_id for wait in one.waits if wait.until == missed_at} - again


def needs(one: wm.Registration, seat: Seat) -> bool:
    id_, mode = seat
    return one.mode == mode and (id_ is None or id_ in one.session_ids)


def has(made: wm.Dossier, one: wm.Registration, seat: Seat) -> bool:
    """Return True if a registration holds a seat."""
    return holds(made, one) and needs(one, seat) and seat[0] not in lacks(one)


def taken(made: wm.Dossier, seat: Seat) -> int:
    """Return how many seats are taken."""
    return sum(has(made, one, seat) for one in own(made))


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


Given = dict[str, set[str | None]]
"""Seats by the ids of registrations: None for the event, or a session."""


def promoted(made: wm.Dossier, now: datetime) -> Given:
    """Return the seats that go to those who wait."""
    if not is_giving(made, now) or not any(call.kind == "registration" for call in made.event.calls):
        return {}
    found: Given = {}
    by_id = {one.id: one for one in own(made)}

    def free(seat: Seat) -> float:
        given = sum(seat[0] in seats and by_id[id_].mode == seat[1] for id_, seats in found.items())
        return limits(made).get(seat, float("inf")) - taken(made, seat) - given

    people: set[str] = set()
    for one in in_line(made, now):
        if free((None, one.mode)) >= 1 and person(made, one) not in people:
            people.add(person(made, one))
            found[one.id] = {None}
    waitlisted = {*found}
    for id_ in {id_ for one in own(made) for id_ in one.session_ids}:
        line = [(by_id[one].waitlisted_at, by_id[one]) for one in waitlisted if id_ in by_id[one].session_ids]
        line += [(awaited(one)[id_], one) for one in waiting_in(made, id_, now)]
        for _, one in sorted(line, key=lambda pair: (pair[0] or now, pair[1].submitted_at, pair[1].id)):
            theirs = {other.id for other in own(made) if person(made, other) == person(made, one)}
            if free((id_, one.mode)) >= 1 and not any(id_ in found.get(other, ()) for other in theirs):
                found.setdefault(one.id, set()).add(id_)
    return found


def waiting_in(made: wm.Dossier, id_: str, now: datetime) -> list[wm.Registration]:
    """Return those with a seat at the event who wait for one in a session that they could come to."""
    held = {session.id for session in made.event.sessions if session.status != "cancelled"}
    return [
        one
        for one in own(made)
        if holds(made, one)
        and one.purged_at is None
        and id_ in held
        and one.mode in offered(made, id_)
        and awaited(one).get(id_, now.max.replace(tzinfo=now.tzinfo)) <= now
        and (not one.history or one.history[-1].at <= now)
        and not any(
            person(made, other) == person(made, one) and has(made, other, (id_, mode))
            for other in own(made)
            for mode in MODES
        )
    ]


def approved(made: wm.Dossier, ids: set[str], now: datetime) -> wm.Dossier:
    """Return the dossier with registrations approved, as far as there are seats."""
    waitlist = any(call.waitlist for call in made.event.calls if call.kind == "registration")
    due = promoted(made, now)
    results = {one.id: one for one in made.registrations}
    seated = {person(made, one) for one in own(made) if holds(made, one) or None in due.get(one.id, ())}
    newly: Given = {}

    def left(seat: Seat) -> float:
        given = [*due.items(), *newly.items()]
        number = sum(seat[0] in seats and results[id_].mode == seat[1] for id_, seats in given)
        return limits(made).get(seat, float("inf")) - taken(made, seat) - number

    for one in sorted(own(made), key=lambda one: (one.submitted_at, one.id)):
        if one.id not in ids:
            continue
        if holds(made, one) or one.state == "waitlisted":
            if holds(made, one) or one.id in due:
                held: set[str | None] = {id_ for id_ in one.session_ids if has(made, one, (id_, one.mode))}
                results[one.id] = seated_with(one.approve(at=now), due.get(one.id, set()) | held, one, now)
            continue
        full = {id_ for id_ in (None, *one.session_ids) if left((id_, one.mode)) < 1}
        if not is_giving(made, now) or not can_come(made, one) or person(made, one) in seated or one.submitted_at > now:
            continue
        if one.history and one.history[-1].at > now:
            continue
        if full - {*awaited(one)} and not waitlist:
            continue
        if None in full:
            results[one.id] = one.waitlist(at=now)
            continue
        newly[one.id] = {None, *one.session_ids} - full
        seated.add(person(made, one))
        results[one.id] = seated_with(one.approve(at=now), newly[one.id], one, now)
    return evolve(made, registrations=[results[one.id] for one in made.registrations])


def received(made: wm.Dossier, one: wm.Registration, now: datetime) -> wm.Registration | None:
    """Return a pending registration that comes in as it is to be stored; None if it is refused for want of seats."""
    if one.event_uid != made.event.uid:
        return one
    full = _full(made, one, {None, *one.session_ids}, now)
    if not any(call.waitlist for call in made.event.calls if call.kind == "registration"):
        return None if full else one
    if not _holds_in(made, "pending"):
        return one
    if None in full:
        return one.waitlist(at=now)
    return evolve(one, waits=[wm.Wait(session_id=id_ or "", since=now) for id_ in sorted(full, key=str)])


def chosen(made: wm.Dossier, one: wm.Registration, ids: set[str], now: datetime) -> wm.Registration | None:
    """Return a registration that chooses other sessions; None if it is refused for want of seats."""
    waits = [
        evolve(wait, until=now) if wait.until is None and wait.session_id not in ids else wait for wait in one.waits
    ]
    added = ids - one.session_ids
    if holds(made, one):
        full = _full(made, one, {*added}, now)
        waitlist = any(call.waitlist for call in made.event.calls if call.kind == "registration")
        if full and (not waitlist or one.state == "no-show"):
            return None
        waits += [wm.Wait(session_id=id_, since=now, until=None if id_ in full else now) for id_ in sorted(added)]
    return evolve(one, session_ids=ids, waits=waits)


def _full(made: wm.Dossier, one: wm.Registration, ids: set[str | None], now: datetime) -> set[str | None]:
    """Return where no seat is left for a newcomer."""
    due = promoted(made, now)
    modes = {each.id: each.mode for each in made.registrations}
    full = set[str | None]()
    for id_ in ids:
        given = sum(id_ in seats and modes[other] == one.mode for other, seats in due.items())
        if limits(made).get((id_, one.mode), float("inf")) - taken(made, (id_, one.mode)) - given < 1:
            full.add(id_)
    return full


def after_promotion(made: wm.Dossier, now: datetime) -> wm.Dossier:
    """Return the dossier with the seats given to those who wait."""
    due = promoted(made, now)
    return evolve(
        made,
        registrations=[
            seated_with(one.approve(at=now) if None in due.get(one.id, ()) else one, due.get(one.id, set()), one, now)
            for one in made.registrations
        ],
    )


def seated_with(
    after: wm.Registration, seats: set[str | None], before: wm.Registration, now: datetime
) -> wm.Registration:
    """Return a registration that waits for the sessions that it has no seat in."""
    waits = [evolve(wait, until=now) if not wait.until and wait.session_id in seats else wait for wait in before.waits]
    if after.state != before.state:
        since = before.waitlisted_at or now
        missing = sorted(id_ for id_ in after.session_ids if id_ not in seats and id_ not in awaited(before))
        waits += [wm.Wait(session_id=id_, since=since) for id_ in missing]
    return evolve(after, waits=waits)


def passed_over(made: wm.Dossier, now: datetime) -> Iterator[tuple[str, str | None]]:
    """Yield the ids of those who wait although somebody got the same seat after a shorter wait, and which seat."""
    if not is_giving(made, now):
        return
    line: list[tuple[wm.Registration, str | None, datetime]] = [
        (one, None, one.waitlisted_at or now) for one in in_line(made, now)
    ]
    ids = {id_ for one in own(made) for id_ in one.session_ids}
    line += [(one, id_, awaited(one)[id_]) for id_ in ids for one in waiting_in(made, id_, now)]
    for one, id_, since in line:
        for other in own(made):
            if other.mode is one.mode and has(made, other, (id_, other.mode)):
                got_at, waited = _seat_of(made, other, id_)
                if (
                    waited is not None
                    and (waited, other.submitted_at, other.id) > (since, one.submitted_at, one.id)
                    and (id_ is None or got_at > max(since, _seated_since(made, one)))
                ):
                    yield one.id, id_
                    break


def _seat_of(made: wm.Dossier, one: wm.Registration, id_: str | None) -> tuple[datetime, datetime | None]:
    """Return since when somebody has had a seat, and since when they had waited for it."""
    at_event = _seated_since(made, one)
    ended = [(wait.until, wait.since) for wait in one.waits if wait.until is not None and wait.session_id == id_]
    later = [pair for pair in ended if pair[0] >= at_event]
    return max(later) if later else (at_event, _waited_since(one))


def _waited_since(one: wm.Registration) -> datetime | None:
    """Return since when a registration with a seat had waited for it, if it had."""
    decisions = [step for step in one.history if step.after == "approved" and step.before in {"pending", "waitlisted"}]
    if not decisions or decisions[-1].before != "waitlisted":
        return None
    return [step.at for step in one.history[: one.history.index(decisions[-1])] if step.after == "waitlisted"][-1]


def without_seat(made: wm.Dossier, seat: Seat) -> list[wm.Registration]:
    """Return those who hold a seat that there is not, the last who got one."""
    holders = [
        (_seat_of(made, one, seat[0])[0], one.submitted_at, one.id, position)
        for position, one in enumerate(made.registrations)
        if one in own(made) and has(made, one, seat)
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
            waits = sum(
                one.purged_at is None
                and needs(one, seat)
                and (one.state == "waitlisted" or (id_ is not None and id_ in awaited(one)))
                for one in own(made)
            )
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

    def path(id_: str, seat: str | None) -> str:
        waits = made.registrations[index[id_]].waits
        where = [f"waits/{at}" for at, wait in enumerate(waits) if wait.until is None and wait.session_id == seat]
        return f"/registrations/{index[id_]}/{'state' if seat is None else where[0]}"

    for id_, seats in promoted(made, now).items():
        for place in [None] if None in seats else seats:
            limited = (place, made.registrations[index[id_]].mode) in limits(made)
            found["waitlist-order" if limited else "waitlist-needless", path(id_, place)] += 1
    for id_, place in passed_over(made, now):
        found["waitlist-passed-over", path(id_, place)] += 1
    places: dict[str, tuple[str | None, tuple[wm.Location, ...]]] = {"/event/locations": (None, made.event.locations)}
    for number, session in enumerate(made.event.sessions):
        if session.status != "cancelled":
            inherits = session.inherited_places != "remote"
            rooms = session.locations or (made.event.locations if inherits else ())
            places[f"/event/sessions/{number}"] = session.id, rooms
    for where, (place, locations) in places.items():
        room = [each.capacity for each in locations]
        if (
            locations
            and None not in room
            and (place, "on-site") not in limits(made)
            and made.event.status != "cancelled"
        ):
            found["room-too-small", where] += taken(made, (place, "on-site")) > sum(each or 0 for each in room)
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
            "session": {
                id_ for one in theirs for id_ in (one.waitlisted_at is None and one.session_ids - lacks(one)) or (None,)
            },
            "state": {theirs[0].state},
        }
        found.update(groups[by])
    return found
