"""Hypothesis strategies for many people and few seats, and for many sessions and few rooms."""

from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta
from typing import Any

from attrs import evolve
from hypothesis import strategies as st

from tests.samples.small import DAY, call, dossier, event, hours, place, registration, session
from tests.samples.whole import ZURICH
from wtisd_model import (
    AttendanceMode,
    Contact,
    Dossier,
    Event,
    EventStatus,
    ParticipationMode,
    Registration,
    RegistrationState,
    Session,
    TimeSlot,
    VirtualLocation,
    Wait,
    local_time,
)
from wtisd_model.model.registration import REGISTRATION_STATES

# Made once: what is made while drawing takes as long as the drawing.
COIN, TEN = st.booleans(), st.integers(0, 9)
PERSONS, BEGINNINGS, STEPS, HOURS = st.integers(1, 15), st.integers(0, 2), st.integers(0, 4), st.integers(0, 2)
MODES = st.sampled_from(ParticipationMode)
COUNTRIES = st.sampled_from([None, "CH", "TD"])
# Of those who are pending, half have to wait.
VERBS = {
    state: st.sampled_from([verb for verb in verbs for _ in range(3 if verb == "waitlist" else 1)])
    for state in RegistrationState
    if (verbs := [move.verb for move in REGISTRATION_STATES.moves if state in move.before])
}
WORKSHOPS = ("w1", "w2", "w3")
CHOICES = st.one_of(
    st.just(frozenset[str]()),
    *[st.frozensets(st.sampled_from(WORKSHOPS), max_size=2)] * 3,
    st.frozensets(st.sampled_from((*WORKSHOPS, "gone")), max_size=3),
)
FEW = st.sampled_from([0, 1, 2, 3, 3, 3])
SEATS = st.none() | st.integers(0, 4)
MOSTLY = st.sampled_from([True, True, True, False])
INHERITED = st.sampled_from([None, None, *ParticipationMode])
ATTENDANCE = st.sampled_from([AttendanceMode.MIXED, *AttendanceMode])
ROOM = st.none() | st.integers(1, 4)
AFTERWARDS = st.sampled_from(["nothing", "nothing", "nothing", "postpone", "cancel"])
NUMBERS = st.integers(0, 12)


def _answer(draw: st.DrawFn, name: str) -> Registration:
    """Draw a registration with some transitions, at most one an hour."""
    # Ten names and four addresses are those of fifteen people, some of whom the office knows by an id.
    number = draw(PERSONS)
    person = Contact(
        id=f"id-{number}" if number % 5 == 0 and draw(COIN) else None,
        name=f"Participant {number % 10}",
        email=f"p{number % 4}@example.org",
    )
    at = draw(BEGINNINGS)
    made = registration(
        name,
        event_uid="e-2" if draw(TEN) == 0 else "e-1",
        participant=person,
        country=draw(COUNTRIES),
        mode=draw(MODES),
        session_ids=draw(CHOICES),
        submitted_at=hours(at),
    )
    for _ in range(draw(STEPS)):
        if made.state in VERBS:
            at += draw(HOURS)
            made = getattr(made, draw(VERBS[made.state]))(at=hours(at))
    made = evolve(made, waits=_waits(draw, made, at))
    return made.purged(at=hours(at)) if draw(TEN) == 0 else made


def _waits(draw: st.DrawFn, made: Registration, at: int) -> tuple[Wait, ...]:
    """Draw waits for seats in sessions that the person chose, or gave up: open, or ended by a seat or without one."""
    found: list[Wait] = []
    may_wait = made.state in {RegistrationState.PENDING, RegistrationState.APPROVED, RegistrationState.ATTENDED}
    for id_ in sorted(made.session_ids | {"w1"}) if draw(COIN) else ():
        if draw(COIN):
            begun = draw(HOURS)
            found.append(Wait(session_id=id_, since=hours(begun), until=hours(begun + draw(HOURS))))
        if may_wait and id_ in made.session_ids and draw(COIN):
            found.append(Wait(session_id=id_, since=hours(max(0, at - draw(HOURS)))))
    return tuple(found)


answers = st.composite(_answer)


@st.composite
def crowds(draw: st.DrawFn) -> Dossier:
    """Draw a dossier with few seats, some of them in sessions, and more people; in most of them there is a waitlist."""
    attendance = draw(ATTENDANCE)
    registering = call(
        **_limits(draw, attendance.modes),
        waitlist=draw(MOSTLY),
        needs_approval=draw(MOSTLY),
        pending_counts=draw(COIN),
    )
    workshops = tuple(_workshop(draw, name, attendance) for name in WORKSHOPS[: draw(FEW)])
    made = event(
        calls=(registering,) if draw(TEN) else (),
        sessions=workshops,
        locations=() if attendance is AttendanceMode.REMOTE else (place(capacity=draw(ROOM)),),
        virtual_locations=() if attendance is AttendanceMode.ON_SITE else (VirtualLocation(),),
    )
    after = draw(AFTERWARDS)
    if after != "nothing":
        made = getattr(made, after)(at=hours(20))
    # Ids in another order than the list, so that one is not taken for the other.
    names = draw(st.permutations([f"r{number}" for number in range(draw(NUMBERS))]))
    return dossier(*(_answer(draw, name) for name in names), of=made)


def _limits(draw: st.DrawFn, modes: AbstractSet[ParticipationMode]) -> dict[str, Any]:
    """Draw the numbers of seats in the modes that are offered."""
    return {f"{mode.name.lower()}_capacity": draw(SEATS) for mode in sorted(modes)}


def _workshop(draw: st.DrawFn, name: str, attendance: AttendanceMode) -> Session:
    """Draw a session with few seats, in some of the places of the event or in its own."""
    room = (place("Annex", capacity=draw(ROOM)),) if draw(FIVE) == 0 else ()
    stream = (VirtualLocation(),) if draw(FIVE) == 0 else ()
    inherited = draw(INHERITED)
    modes = attendance.modes if inherited is None else attendance.modes & {inherited}
    modes |= {ParticipationMode.ON_SITE} if room else frozenset()
    modes |= {ParticipationMode.REMOTE} if stream else frozenset()
    if not modes:  # every session has a place
        inherited, modes = None, attendance.modes
    made = session(name, locations=room, virtual_locations=stream, inherited_places=inherited, **_limits(draw, modes))
    return getattr(made, after)(at=hours(1)) if (after := draw(AFTERWARDS)) != "nothing" and draw(COIN) else made


@st.composite
def programmes(draw: st.DrawFn) -> Event:
    """Draw an event of one day with sessions in few rooms and with few people, some of them parallel."""
    sessions = tuple(_session(draw, f"s{index}") for index in range(draw(NUMBERS)))
    return event(
        slot=_slot(0, 240),
        locations=tuple(place(room) for room in draw(HALLS)),
        sessions=sessions,
    )


STARTS, LENGTHS, FIVE = st.integers(0, 20), st.integers(1, 8), st.integers(0, 4)
HALLS = st.lists(st.sampled_from(["A", "B"]), min_size=1, max_size=2)
ROOMS = st.lists(st.sampled_from(["A", "a", "C", None]), max_size=2)
SPEAKERS = st.lists(st.sampled_from(["P@example.org", "p@example.org", "q@example.org"]), max_size=2)
STATUSES = st.sampled_from([EventStatus.SCHEDULED, EventStatus.SCHEDULED, EventStatus.DRAFT])


def _session(draw: st.DrawFn, name: str) -> Session:
    start = draw(STARTS)
    length = draw(LENGTHS)
    rooms = draw(ROOMS)
    speakers = draw(SPEAKERS)
    made = session(
        name,
        slot=_slot(start * 5, (start + length) * 5),
        status=draw(STATUSES),
        locations=tuple(place(room) for room in rooms),
        inherited_places=draw(INHERITED),
        people=tuple(Contact(email=each) for each in speakers),
    )
    if made.status is EventStatus.SCHEDULED and draw(FIVE) == 0:
        return made.cancel(at=hours(1)) if draw(COIN) else made.postpone(at=hours(1))
    return made


def _slot(start: int, end: int) -> TimeSlot:
    """Return the slot between two numbers of minutes after eight o'clock."""
    eight = datetime.fromisoformat(f"{DAY}T08:00:00")
    first, last = (eight + timedelta(minutes=minutes) for minutes in (start, end))
    return TimeSlot(start=local_time(first.isoformat(), ZURICH), end=local_time(last.isoformat(), ZURICH))
