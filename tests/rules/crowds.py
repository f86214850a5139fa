"""Hypothesis strategies for many people and few seats, and for many sessions and few rooms."""

from datetime import datetime, timedelta

from attrs import evolve
from hypothesis import strategies as st

from tests.rules.samples import DAY, ZONE, call, dossier, event, hours, place, registration, session
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.event import Event
from wtisd_model.model.registration import REGISTRATION_STATES, Registration, RegistrationState
from wtisd_model.model.session import EventStatus, Session
from wtisd_model.types.attendance import ParticipationMode
from wtisd_model.types.people import Contact
from wtisd_model.types.timeslot import TimeSlot
from wtisd_model.types.timezone import local_time

# Made once: what is made while drawing takes as long as the drawing.
COIN, TEN = st.booleans(), st.integers(0, 9)
PERSONS, BEGINNINGS, STEPS, HOURS = st.integers(1, 30), st.integers(0, 5), st.integers(0, 4), st.integers(0, 2)
MODES = st.sampled_from(ParticipationMode)
VERBS = {
    state: st.sampled_from(verbs)
    for state in RegistrationState
    if (verbs := [move.verb for move in REGISTRATION_STATES.moves if state in move.before])
}
WORKSHOPS = ("w1", "w2", "w3")
CHOICES = st.just(frozenset[str]()) | st.frozensets(st.sampled_from((*WORKSHOPS, "gone")), max_size=3)
FEW = st.integers(0, len(WORKSHOPS))
SEATS = st.none() | st.integers(0, 4)
MOSTLY = st.sampled_from([True, True, True, False])
AFTERWARDS = st.sampled_from(["nothing", "nothing", "nothing", "postpone", "cancel"])
NUMBERS = st.integers(0, 12)


def _answer(draw: st.DrawFn, name: str) -> Registration:
    """Draw a registration with some transitions, at most one an hour."""
    person = draw(PERSONS)
    at = draw(BEGINNINGS)
    made = registration(
        name,
        event_uid="e-2" if draw(TEN) == 0 else "e-1",
        participant=Contact(name=f"Participant {person}", email=f"p{person}@example.org"),
        mode=draw(MODES),
        session_ids=draw(CHOICES),
        submitted_at=hours(at),
    )
    for _ in range(draw(STEPS)):
        if made.state in VERBS:
            at += draw(HOURS)
            made = getattr(made, draw(VERBS[made.state]))(at=hours(at))
    return made.purged(at=hours(at)) if draw(TEN) == 0 else made


answers = st.composite(_answer)


@st.composite
def crowds(draw: st.DrawFn) -> Dossier:
    """Draw a dossier with few seats, some of them in sessions, and more people; in most of them there is a waitlist."""
    registering = call(
        on_site_capacity=draw(SEATS),
        remote_capacity=draw(SEATS),
        waitlist=draw(MOSTLY),
        needs_approval=draw(MOSTLY),
        pending_counts=draw(COIN),
    )
    workshops = tuple(_workshop(draw, name) for name in WORKSHOPS[: draw(FEW)])
    made = event(calls=(registering,) if draw(TEN) else (), sessions=workshops)
    after = draw(AFTERWARDS)
    if after != "nothing":
        made = getattr(made, after)(at=hours(20))
    # Ids in another order than the list, so that one is not taken for the other.
    names = draw(st.permutations([f"r{number}" for number in range(draw(NUMBERS))]))
    return dossier(*(_answer(draw, name) for name in names), of=made)


def _workshop(draw: st.DrawFn, name: str) -> Session:
    """Draw a session with few seats."""
    made = session(name, on_site_capacity=draw(SEATS), remote_capacity=draw(SEATS))
    if draw(TEN) == 0:
        return made.cancel(at=hours(1))
    return evolve(made, inherited_places=ParticipationMode.ON_SITE, remote_capacity=None) if draw(FIVE) == 0 else made


@st.composite
def programmes(draw: st.DrawFn) -> Event:
    """Draw an event of one day with sessions in few rooms and with few people, some of them parallel."""
    sessions = tuple(_session(draw, f"s{index}") for index in range(draw(NUMBERS)))
    return event(
        slot=_slot(0, 240),
        locations=tuple(place(room) for room in draw(HALLS)),
        sessions=sessions,
    )


INHERITED = st.sampled_from([None, None, *ParticipationMode])
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
    return TimeSlot(start=local_time(first.isoformat(), ZONE), end=local_time(last.isoformat(), ZONE))
