"""Events, calls and sessions."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import timedelta
from typing import Any

from attrs import evolve
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from wtisd_model.model.call import Call, CallKind
from wtisd_model.model.event import Event
from wtisd_model.model.places import Places
from wtisd_model.model.session import EVENT_STATES, EventStatus, Session
from wtisd_model.schema.fields import constraint_of
from wtisd_model.strategies.combinators import COIN, collections_of, draw_optional
from wtisd_model.strategies.fields import FEW, draw_object, register, values_of
from wtisd_model.strategies.histories import histories
from wtisd_model.strategies.parts import locations, series, virtual_locations
from wtisd_model.strategies.questions import question_lists
from wtisd_model.strategies.times import clipped, deadlines, moments, slots
from wtisd_model.types.attendance import AttendanceMode, ParticipationMode
from wtisd_model.types.lifecycle import Transition
from wtisd_model.types.timeslot import TimeSlot
from wtisd_model.types.timezone import to_utc

_STATUSES = st.sampled_from(
    (EventStatus.SCHEDULED, EventStatus.SCHEDULED, EventStatus.POSTPONED, EventStatus.CANCELLED, EventStatus.DRAFT)
)
_AHEAD = st.sampled_from((timedelta(days=30), timedelta(seconds=1), timedelta(microseconds=1), timedelta(days=4000)))


@st.composite
def calls(
    draw: st.DrawFn,
    *,
    kind: CallKind | None = None,
    modes: AbstractSet[ParticipationMode] | None = None,
    session_ids: Sequence[str] = (),
) -> Call:
    """Generate calls, with a known or an unknown address.

    Args:
        kind: the kind of all calls.
        modes: the only modes in which calls may have seats.
        session_ids: the sessions that conditions of questions may name.
    """
    drawn: CallKind = draw(_KIND) if kind is None else kind
    addresses = draw(_ADDRESSES)
    deadline = draw_optional(draw, deadlines())
    opens = draw_optional(draw, moments())
    if opens is not None and deadline is not None:
        opens = clipped(to_utc(deadline.closes_at) - draw(_AHEAD))
    fixed: dict[str, object] = {
        "kind": drawn,
        "questions": draw(question_lists(kind=drawn, session_ids=session_ids)),
        "address_unknown": addresses == "neither",
        "opens": opens,
        "deadline": deadline,
    }
    for name in ("url", "email"):
        fixed[name] = draw(values_of(constraint_of(Call, name))) if addresses in {name, "both"} else None
    for mode, capacity in _CAPACITIES.items():
        if modes is not None and mode not in modes:
            fixed[capacity] = None
    return draw_object(draw, Call, **fixed)


_ADDRESSES = st.sampled_from(("email", "url", "both", "neither"))
_KIND = st.sampled_from(CallKind)
_CAPACITIES = {ParticipationMode.ON_SITE: "on_site_capacity", ParticipationMode.REMOTE: "remote_capacity"}


def _previous(draw: st.DrawFn, history: Sequence[Transition]) -> tuple[TimeSlot, ...]:
    """Draw the previous slots of an event or a session, at least one if it was rescheduled."""
    moved = any(EVENT_STATES.is_move("reschedule", step) for step in history)
    return tuple(draw(_SLOTS) for _ in range(draw(_ONE_OR_TWO if moved else _SELDOM_ONE)))


_ONE_OR_TWO = st.sampled_from((1, 1, 2))
_SELDOM_ONE = st.sampled_from((0, 0, 0, 1))
_SELDOM = st.sampled_from((False, False, False, True))
_SLOTS = slots()


@st.composite
def sessions(draw: st.DrawFn, *, within: TimeSlot | None = None, status: EventStatus | None = None) -> Session:
    """Generate sessions for any event, if desired *within* its slot and with one *status*.

    They have seats only at places of their own, unless they are cancelled; those of `events` also have seats at places
    of their event.
    """
    return _session(draw, within, status, Places((), (), venue_to_follow=False))


def _session(
    draw: st.DrawFn, within: TimeSlot | None, status: EventStatus | None, places: Places, **fixed: object
) -> Session:
    """Draw a session of an event that has these *places*."""
    status = draw(_STATUSES) if status is None else status
    history = draw(histories(state=status))
    drawn = draw_object(
        draw,
        Session,
        slot=draw(slots(within=within)),
        status=status,
        previous_slots=_previous(draw, history),
        history=history,
        **fixed,
    )
    if status is EventStatus.CANCELLED:
        return drawn  # it may keep its seats without a place
    if places.of_session(drawn).mode is None:
        drawn = evolve(drawn, inherited_places=None)
    mode = places.of_session(drawn).mode
    without: dict[str, Any] = {
        name: None for each, name in _CAPACITIES.items() if mode is None or each not in mode.modes
    }
    return evolve(drawn, **without)


@st.composite
def events(draw: st.DrawFn, *, status: EventStatus | None = None, most_sessions: int = FEW) -> Event:
    """Generate events in every status and attendance mode, drafts without slot or place included.

    The venue of some is still to be announced.

    The uids of an event and its sessions in a calendar file are unique.

    Args:
        status: the status of all events.
        most_sessions: the maximum number of sessions.
    """
    status = draw(_STATUSES) if status is None else status
    is_draft = status is EventStatus.DRAFT
    slot = None if is_draft and draw(COIN) else draw(_SLOTS)
    modes = frozenset[ParticipationMode]() if is_draft and draw(COIN) else draw(_ATTENDANCE).modes
    follows = ParticipationMode.ON_SITE in modes and draw(_SELDOM)
    places = Places(
        draw(_LOCATIONS) if ParticipationMode.ON_SITE in modes and not follows else (),
        draw(_VIRTUAL_LOCATIONS) if ParticipationMode.REMOTE in modes else (),
        follows,
    )
    history = draw(histories(state=status))
    kinds = draw(_KINDS)
    created, updated = sorted((draw(moments()), draw(moments())))
    uid = draw(values_of(constraint_of(Event, "uid")))
    sequence = draw(values_of(constraint_of(Event, "sequence")))
    numbers = st.none() | st.integers(0, sequence)
    drawn_sessions = _sessions(draw, uid, slot, places, numbers, draw(st.integers(0, most_sessions)))
    session_ids = tuple(sorted(each.id for each in drawn_sessions))
    return draw_object(
        draw,
        Event,
        uid=uid,
        series=draw_optional(draw, series(event_uid=uid)),
        slot=slot,
        status=status,
        previous_slots=_previous(draw, history),
        **places._asdict(),
        calls=tuple(draw(calls(kind=kind, modes=modes, session_ids=session_ids)) for kind in kinds),
        sessions=drawn_sessions,
        sequence=sequence,
        changed_sequence=draw(numbers),
        minimum_sequence=draw(numbers),
        created=created if draw(COIN) else None,
        updated=max(updated, history[-1].at) if history else updated if draw(COIN) else None,
        history=history,
    )


_ATTENDANCE = st.sampled_from(AttendanceMode)
_KINDS = collections_of(_KIND, tuple, max_size=len(CallKind), unique=True)
_LOCATIONS = collections_of(locations(), tuple, min_size=1, max_size=2)
_VIRTUAL_LOCATIONS = collections_of(virtual_locations(), tuple, min_size=1, max_size=2)
_IDENTIFIERS = values_of(constraint_of(Session, "id"))


def _sessions(
    draw: st.DrawFn,
    uid: str,
    slot: TimeSlot | None,
    places: Places,
    sequences: SearchStrategy[int | None],
    number: int,
) -> tuple[Session, ...]:
    ids = draw(st.lists(_IDENTIFIERS, min_size=number, max_size=number, unique=True))
    drawn: list[Session] = []
    for each in ids:
        status = draw(_STATUSES)
        # A cancelled session keeps its slot when its event moves.
        within = None if status is EventStatus.CANCELLED and draw(_SELDOM) else slot
        drawn.append(_session(draw, within, status, places, id=each, changed_sequence=draw(sequences)))
    taken = {uid, *(f"{each}.{uid}" for each in ids)}  # what Session.export_uid returns without a uid
    for index, session in enumerate(drawn):
        if session.uid in taken:
            drawn[index] = evolve(session, uid=None)
        elif session.uid is not None:
            taken.add(session.uid)
    return tuple(drawn)


register(Call, calls)
register(Session, sessions)
register(Event, events)
