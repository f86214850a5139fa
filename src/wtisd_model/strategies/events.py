"""Events, their calls with questions, and sessions."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, TypeVar, cast

from attrs import evolve
from hypothesis import strategies as st

from wtisd_model.errors import InvalidValueError
from wtisd_model.model.call import OPTIONAL_FIELDS, Call, CallKind
from wtisd_model.model.event import Event
from wtisd_model.model.interpretation import InterpretationRequest
from wtisd_model.model.places import Places
from wtisd_model.model.pledge import Pledge
from wtisd_model.model.question import (
    COMPARABLE,
    IN_OWN_WORDS,
    NUMBERS,
    OF_CHOICES,
    WITH_MAXIMUM,
    Choice,
    Condition,
    Question,
    QuestionKind,
)
from wtisd_model.model.registration import Registration
from wtisd_model.model.session import EVENT_STATES, EventStatus, Session
from wtisd_model.model.submissions import FormFields
from wtisd_model.schema.constraints import Items
from wtisd_model.schema.fields import constraint_of, fields_of
from wtisd_model.strategies.combinators import COIN, collections_of, draw_optional, one_in
from wtisd_model.strategies.fields import FEW, draw_object, objects, register, values_of
from wtisd_model.strategies.parts import IDS, histories, localized_texts, locations, series, virtual_locations
from wtisd_model.strategies.times import clipped, deadlines, moments, slots
from wtisd_model.types.attendance import AttendanceMode, ParticipationMode
from wtisd_model.types.lifecycle import Transition
from wtisd_model.types.people import Membership
from wtisd_model.types.text import LINE
from wtisd_model.types.timeslot import TimeSlot
from wtisd_model.types.timezone import to_utc

_ONE_IN_FIVE = one_in(5)


@st.composite
def questions(draw: st.DrawFn, *, kind: QuestionKind | None = None) -> Question:
    """Generate questions without a condition, if desired of one *kind*."""
    drawn: QuestionKind = draw(st.sampled_from(QuestionKind)) if kind is None else kind
    fixed: dict[str, object] = {"choices": (), "minimum": None, "maximum": None}
    if drawn in OF_CHOICES:
        ids = draw(collections_of(IDS, tuple, min_size=1, max_size=FEW, unique=True))
        # The first is never retired, so that there is an answer.
        labels = localized_texts(text=LINE)
        fixed["choices"] = tuple(
            Choice(id=id_, label=draw(labels), retired=bool(place) and draw(_ONE_IN_FIVE))
            for place, id_ in enumerate(ids)
        )
        if drawn is QuestionKind.CHOICES and draw(COIN):
            fixed |= {"minimum": draw(st.integers(0, 1)), "maximum": draw(st.integers(1, FEW))}
    elif drawn in WITH_MAXIMUM and draw(COIN):
        least = draw(st.integers(-1000, 1000)) if drawn in NUMBERS else 1
        fixed["maximum"] = draw(st.integers(least, least + 300))
        fixed["minimum"] = least if drawn in NUMBERS else None
    if drawn in IN_OWN_WORDS:
        fixed["statistical"] = False
    return draw_object(draw, Question, kind=drawn, when=None, retired=draw(_ONE_IN_FIVE), **fixed)


@st.composite
def question_lists(
    draw: st.DrawFn, *, kind: CallKind = CallKind.REGISTRATION, session_ids: Sequence[str] = ()
) -> tuple[Question, ...]:
    """Generate the questions of a call, some of them with a condition, which may name one of *session_ids*."""
    drawn: list[Question] = []
    for id_ in draw(collections_of(IDS, tuple, max_size=FEW, unique=True)):
        question = evolve(draw(questions()), id=id_)
        drawn.append(evolve(question, when=_condition(draw, drawn, kind, session_ids)) if draw(COIN) else question)
    return tuple(drawn)


def _condition(draw: st.DrawFn, earlier: Sequence[Question], kind: CallKind, ids: Sequence[str]) -> Condition | None:
    parts: dict[str, Any] = {}
    comparable = [question for question in earlier if question.kind in COMPARABLE]
    if draw(COIN) and comparable:
        question = draw(st.sampled_from(comparable))
        constraint = question.constraint
        single = values_of(constraint.item if isinstance(constraint, Items) else constraint)
        agreed = question.kind is QuestionKind.AGREEMENT
        answers = (True,) if agreed else draw(collections_of(single, tuple, min_size=1, max_size=2, unique=True))
        parts |= {"question": question.id, "answers": answers}
    if kind is CallKind.REGISTRATION and draw(COIN):
        name, members = draw(st.sampled_from((("modes", ParticipationMode), ("memberships", Membership))))
        parts[name] = draw(collections_of(st.sampled_from(members), frozenset, min_size=1, max_size=2, unique=True))
    if draw(COIN) and kind is not CallKind.PLEDGE and ids:
        parts["session_ids"] = draw(
            collections_of(st.sampled_from(ids), frozenset, min_size=1, max_size=2, unique=True)
        )
    return Condition(**parts) if parts else None


def choices() -> st.SearchStrategy[Choice]:
    """Generate choices of a question, one at a time; in `questions` their ids differ."""
    return objects(Choice)


def conditions() -> st.SearchStrategy[Condition]:
    """Generate conditions that compare the mode of a registration; those of `calls` compare answers too."""
    modes = st.frozensets(st.sampled_from(ParticipationMode), min_size=1)
    return modes.map(lambda some: Condition(modes=some))


Submission = TypeVar("Submission", Registration, InterpretationRequest, Pledge)


def with_answers(draw: st.DrawFn, submission: Submission, event: Event | None, kind: CallKind) -> Submission:
    """Draw the fields and answers for which a call of the event asks; without an event, answers to any questions."""
    if event is None:
        return evolve(submission, answers=draw(_ANY))
    call = event.call(kind)
    submission = submission if call is None else _with_fields(draw, submission, FormFields(call))
    answers: dict[str, object] = {}
    asked: set[str] = set()
    for question in () if call is None else call.questions:
        if question.retired or (question.when is not None and not question.when.verdict(submission, asked)):
            continue
        asked.add(question.id)
        if question.required or draw(COIN):
            answers[question.id] = draw(answers_to(question))
            submission = evolve(submission, answers=answers)
    return submission


_ANY = values_of(constraint_of(Registration, "answers"))


def _with_fields(draw: st.DrawFn, submission: Submission, form: FormFields) -> Submission:
    """Leave out the fields for which a form does not ask, and draw what it requires, as far as other fields permit."""
    for names, is_required in ((form.unasked, False), (form.required, True)):
        for *outer, key in names:
            holder: Any = getattr(submission, outer[0]) if outer else submission
            spec = next(spec for spec in fields_of(cast("type[object]", type(holder))) if spec.key == key)
            is_empty = getattr(holder, spec.name) in {None, (), frozenset()}
            if is_empty is not is_required or (spec.name == "session_ids" and is_required):  # those of the event
                continue
            values = values_of(spec.constraint).filter(lambda value: value not in {(), frozenset()})
            changed = {spec.name: draw(values) if is_required else spec.default}
            with suppress(InvalidValueError):
                submission = evolve(submission, **({outer[0]: evolve(holder, **changed)} if outer else changed))
    return submission


def answers_to(question: Question) -> st.SearchStrategy[Any]:
    """Generate answers to a question, as in JSON, without retired choices."""
    if question.kind is QuestionKind.AGREEMENT:
        return st.just(value=True)
    constraint = question.constraint
    offered = [choice.id for choice in question.offered]
    if isinstance(constraint, Items):
        most = min(len(offered), constraint.maximum)
        return collections_of(st.sampled_from(offered), tuple, min_size=constraint.minimum, max_size=most, unique=True)
    return st.sampled_from(offered) if offered else values_of(constraint).map(_in_json)


def _in_json(value: object) -> object:
    match value:
        case Decimal():
            return f"{value:f}"
        case date():
            return value.isoformat()
        case _:
            return value


register(Condition, conditions)
register(Question, questions)


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
    asked = draw(question_lists(kind=drawn, session_ids=session_ids))
    shown = draw(_fields(drawn, asked)) if draw(_ONE_IN_FOUR) else None
    may_be_required = OPTIONAL_FIELDS[drawn] if shown is None else shown
    fixed: dict[str, object] = {
        "kind": drawn,
        "questions": asked,
        "fields": shown,
        "required": draw(collections_of(st.sampled_from(may_be_required), tuple, max_size=2, unique=True))
        if may_be_required
        else (),
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


def _fields(kind: CallKind, asked: Sequence[Question]) -> st.SearchStrategy[tuple[str, ...]]:
    """Generate the names of some optional fields, with those that the conditions of questions may compare."""
    names, compared = OPTIONAL_FIELDS[kind], frozenset({"membership", "sessionIds"})
    always = compared & {*names} if any(question.when for question in asked) else frozenset[str]()
    some = st.frozensets(st.sampled_from(names), max_size=6)
    return some.map(lambda drawn: tuple(sorted(drawn | always)))


_ADDRESSES = st.sampled_from(("email", "url", "both", "neither"))
_KIND = st.sampled_from(CallKind)
_CAPACITIES = {ParticipationMode.ON_SITE: "on_site_capacity", ParticipationMode.REMOTE: "remote_capacity"}


def _previous(draw: st.DrawFn, history: Sequence[Transition]) -> tuple[TimeSlot, ...]:
    """Draw the previous slots of an event or a session, at least one if it was rescheduled."""
    moved = any(EVENT_STATES.is_move("reschedule", step) for step in history)
    return tuple(draw(_SLOTS) for _ in range(draw(_ONE_OR_TWO if moved else _ONCE_IN_FOUR)))


_ONE_OR_TWO = st.sampled_from((1, 1, 2))
_ONCE_IN_FOUR = st.sampled_from((0, 0, 0, 1))
_ONE_IN_FOUR = one_in(4)
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
        name: None for seated, name in _CAPACITIES.items() if mode is None or seated not in mode.modes
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
    follows = ParticipationMode.ON_SITE in modes and draw(_ONE_IN_FOUR)
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
    session_ids = tuple(sorted(session.id for session in drawn_sessions))
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


def _sessions(
    draw: st.DrawFn,
    uid: str,
    slot: TimeSlot | None,
    places: Places,
    sequences: st.SearchStrategy[int | None],
    number: int,
) -> tuple[Session, ...]:
    ids = draw(st.lists(IDS, min_size=number, max_size=number, unique=True))
    drawn: list[Session] = []
    for id_ in ids:
        status = draw(_STATUSES)
        # A cancelled session keeps its slot when its event moves.
        within = None if status is EventStatus.CANCELLED and draw(_ONE_IN_FOUR) else slot
        drawn.append(_session(draw, within, status, places, id=id_, changed_sequence=draw(sequences)))
    taken = {uid, *(f"{id_}.{uid}" for id_ in ids)}  # what Session.export_uid returns without a uid
    for index, session in enumerate(drawn):
        if session.uid in taken:
            drawn[index] = evolve(session, uid=None)
        elif session.uid is not None:
            taken.add(session.uid)
    return tuple(drawn)


register(Call, calls)
register(Session, sessions)
register(Event, events)
