"""Hypothesis strategies for many people and few seats, and for many sessions and few rooms."""

from datetime import datetime, timedelta

from hypothesis import strategies as st

from tests.rules.samples import DAY, ZONE, call, dossier, event, hours, place, registration, session
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.event import Event
from wtisd_model.model.registration import REGISTERING, Registration
from wtisd_model.model.session import EventStatus, Session
from wtisd_model.values.attendance import ParticipationMode
from wtisd_model.values.people import Contact
from wtisd_model.values.timeslot import TimeSlot
from wtisd_model.values.zones import local_time


@st.composite
def answers(draw: st.DrawFn, name: str) -> Registration:
    """A registration that has gone some way through its states, one step an hour at most."""
    person = draw(st.integers(1, 30))
    at = draw(st.integers(0, 5))
    made = registration(
        name,
        participant=Contact(name=f"Participant {person}", email=f"p{person}@example.org"),
        mode=draw(st.sampled_from(ParticipationMode)),
        submitted_at=hours(at),
    )
    for _ in range(draw(st.integers(0, 4))):
        verbs = [move.verb for move in REGISTERING.moves if made.state in move.before]
        if verbs:
            at += draw(st.integers(0, 2))
            made = getattr(made, draw(st.sampled_from(verbs)))(at=hours(at))
    return made.purged(at=hours(at)) if draw(st.integers(0, 9)) == 0 else made


@st.composite
def crowds(draw: st.DrawFn) -> Dossier:
    """A dossier with few seats and more people, most of whom may wait for one."""
    seats = st.none() | st.integers(0, 4)
    registering = call(
        on_site_capacity=draw(seats),
        remote_capacity=draw(seats),
        waitlist=draw(st.sampled_from([True, True, True, False])),
        pending_counts=draw(st.booleans()),
    )
    made = event(calls=(registering,) if draw(st.integers(0, 9)) else ())
    after = draw(st.sampled_from(["nothing", "nothing", "nothing", "postpone", "cancel"]))
    if after != "nothing":
        made = getattr(made, after)(at=hours(20))
    # Ids in another order than the list, so that one is not taken for the other.
    names = draw(st.permutations([f"r{number}" for number in range(draw(st.integers(0, 12)))]))
    return dossier(*(draw(answers(name)) for name in names), of=made)


@st.composite
def programmes(draw: st.DrawFn) -> Event:
    """An event of one day with sessions in few rooms and with few people, some of them at the same time."""
    sessions = tuple(draw(_sessions(f"s{index}")) for index in range(draw(st.integers(0, 12))))
    return event(
        slot=_slot(0, 240),
        locations=tuple(place(room) for room in draw(st.lists(st.sampled_from(["A", "B"]), min_size=1, max_size=2))),
        sessions=sessions,
    )


@st.composite
def _sessions(draw: st.DrawFn, name: str) -> Session:
    start = draw(st.integers(0, 20))
    length = draw(st.integers(1, 8))
    rooms = draw(st.lists(st.sampled_from(["A", "a", "C", None]), max_size=2))
    speakers = draw(st.lists(st.sampled_from(["P@example.org", "p@example.org", "q@example.org"]), max_size=2))
    made = session(
        name,
        slot=_slot(start * 5, (start + length) * 5),
        status=draw(st.sampled_from([EventStatus.SCHEDULED, EventStatus.SCHEDULED, EventStatus.DRAFT])),
        locations=tuple(place(room) for room in rooms),
        people=tuple(Contact(email=each) for each in speakers),
    )
    if made.status is EventStatus.SCHEDULED and draw(st.integers(0, 4)) == 0:
        return made.cancel(at=hours(1)) if draw(st.booleans()) else made.postpone(at=hours(1))
    return made


def _slot(start: int, end: int) -> TimeSlot:
    """So many minutes after eight o'clock."""
    eight = datetime.fromisoformat(f"{DAY}T08:00:00")
    first, last = (eight + timedelta(minutes=minutes) for minutes in (start, end))
    return TimeSlot(start=local_time(first.isoformat(), ZONE), end=local_time(last.isoformat(), ZONE))
