"""What the registrations of other systems have in common: states with their history, and answers to questions."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from wtisd_model.model.call import CallKind
from wtisd_model.model.event import Event
from wtisd_model.model.question import Question, read_answer
from wtisd_model.model.registration import Registration, RegistrationState
from wtisd_model.reading.foreign_value import ForeignValue
from wtisd_model.reading.imported import ImportedRecords
from wtisd_model.reading.make import make
from wtisd_model.reading.notes import At, Notes
from wtisd_model.types.scalars import INVALID, decode_timestamp


def as_registrations(drafts: Iterable[At], notes: Notes) -> ImportedRecords[Registration]:
    """Return the registrations that some drafts describe, and what was noted about them."""
    made = [make(Registration, draft, notes) for draft in drafts]
    records = tuple(registration for registration in made if registration is not None)
    return ImportedRecords(records=records, findings=notes.findings, omitted=notes.omitted)


def questions_of(event: Event) -> Mapping[str, Question]:
    """Return the questions of the call for registrations, by their ids."""
    call = event.call(CallKind.REGISTRATION)
    return {} if call is None else {question.id: question for question in call.questions}


def answer_to(question: Question, value: Any, source: ForeignValue) -> dict[str, At]:
    """Return an answer by the id of its question; nothing, with a finding, for one that the question refuses."""
    _, refusal = read_answer(question.constraint, value)
    if refusal is None:
        return {question.id: At(value, source.path)}
    source.drop(refusal.code)
    return {}


def state_after(source: ForeignValue, *steps: tuple[datetime, RegistrationState]) -> dict[str, Any]:
    """Return the state that some steps lead to, with the history of them."""
    states = (RegistrationState.PENDING, *(after for _, after in steps))
    history = [
        {"at": at.isoformat(), "before": before.value, "after": after.value}
        for before, (at, after) in zip(states, steps, strict=False)
    ]
    return {"state": At(states[-1].value, source.path), "history": history}


def attended(source: ForeignValue, approved: datetime, arrived: datetime) -> dict[str, Any]:
    """Return the state of a person who has arrived; who was entered only later counts as approved since then."""
    steps = ((min(approved, arrived), RegistrationState.APPROVED), (arrived, RegistrationState.ATTENDED))
    return state_after(source, *steps) | {"checkedInAt": arrived.isoformat()}


def moment(source: ForeignValue) -> datetime | None:
    """Return a moment of RFC 3339; None if it cannot be read."""
    decoded = decode_timestamp(source.value)
    return None if decoded is INVALID else decoded
