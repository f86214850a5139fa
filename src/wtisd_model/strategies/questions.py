"""Questions of a call, and answers that fit them."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from attrs import evolve
from hypothesis import strategies as st

from wtisd_model.model.call import CallKind
from wtisd_model.model.event import Event
from wtisd_model.model.interpretation import InterpretationRequest
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
from wtisd_model.schema.constraints import Items
from wtisd_model.schema.fields import constraint_of
from wtisd_model.strategies.combinators import COIN, collections_of
from wtisd_model.strategies.fields import FEW, draw_object, objects, register, values_of
from wtisd_model.strategies.parts import localized_texts
from wtisd_model.types.attendance import ParticipationMode
from wtisd_model.types.people import Membership
from wtisd_model.types.text import LINE

_IDENTIFIERS = values_of(constraint_of(Question, "id"))
_RARELY = st.sampled_from((False,) * 4 + (True,))


@st.composite
def questions(draw: st.DrawFn, *, kind: QuestionKind | None = None) -> Question:
    """Generate questions without a condition, if desired of one *kind*."""
    drawn: QuestionKind = draw(st.sampled_from(QuestionKind)) if kind is None else kind
    fixed: dict[str, object] = {"choices": (), "minimum": None, "maximum": None}
    if drawn in OF_CHOICES:
        ids = draw(collections_of(_IDENTIFIERS, tuple, min_size=1, max_size=FEW, unique=True))
        # The first is never retired, so that there is an answer.
        labels = localized_texts(text=LINE)
        fixed["choices"] = tuple(
            Choice(id=each, label=draw(labels), retired=bool(place) and draw(_RARELY)) for place, each in enumerate(ids)
        )
        if drawn is QuestionKind.CHOICES and draw(COIN):
            fixed |= {"minimum": draw(st.integers(0, 1)), "maximum": draw(st.integers(1, FEW))}
    elif drawn in WITH_MAXIMUM and draw(COIN):
        least = draw(st.integers(-1000, 1000)) if drawn in NUMBERS else 1
        fixed["maximum"] = draw(st.integers(least, least + 300))
        fixed["minimum"] = least if drawn in NUMBERS else None
    if drawn in IN_OWN_WORDS:
        fixed["statistical"] = False
    return draw_object(draw, Question, kind=drawn, when=None, retired=draw(_RARELY), **fixed)


@st.composite
def question_lists(
    draw: st.DrawFn, *, kind: CallKind = CallKind.REGISTRATION, session_ids: Sequence[str] = ()
) -> tuple[Question, ...]:
    """Generate the questions of a call, some of them with a condition.

    Args:
        kind: the kind of the call.
        session_ids: the sessions that conditions may name.
    """
    drawn: list[Question] = []
    for each in draw(collections_of(_IDENTIFIERS, tuple, max_size=FEW, unique=True)):
        question = evolve(draw(questions()), id=each)
        drawn.append(evolve(question, when=_condition(draw, drawn, kind, session_ids)) if draw(COIN) else question)
    return tuple(drawn)


def _condition(draw: st.DrawFn, earlier: Sequence[Question], kind: CallKind, ids: Sequence[str]) -> Condition | None:
    parts: dict[str, Any] = {}
    comparable = [each for each in earlier if each.kind in COMPARABLE]
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
    return modes.map(lambda each: Condition(modes=each))


Submission = TypeVar("Submission", Registration, InterpretationRequest, Pledge)


def with_answers(draw: st.DrawFn, submission: Submission, event: Event | None, kind: CallKind) -> Submission:
    """Draw answers that fit the questions of a call of the event; without an event, answers to unknown questions."""
    if event is None:
        return evolve(submission, answers=draw(_ANY))
    call = event.call(kind)
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
