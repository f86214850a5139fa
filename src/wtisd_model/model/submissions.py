"""The relation of a submission to its event: the uid, the questions of the call, and the modes of attendance."""

from datetime import datetime
from typing import Any, cast

from wtisd_model.codes import Code
from wtisd_model.findings import InvalidValueError, finding
from wtisd_model.model.call import CallKind
from wtisd_model.model.event import Event
from wtisd_model.model.question import Question, read_answer
from wtisd_model.schema.fields import without_personal_data
from wtisd_model.schema.json_values import JsonObject
from wtisd_model.types.attendance import ParticipationMode


def belongs_to(submission: Any, event: Event) -> bool:
    """Return True unless a submission names another event; a pledge does not have to name one."""
    return submission.event_uid is None or submission.event_uid == event.uid


def questions_of(event: Event, kind: CallKind) -> tuple[Question, ...]:
    """Return the questions of a call of an event, including retired ones; an empty tuple without the call."""
    call = event.call(kind)
    return () if call is None else call.questions


def all_modes(event: Event) -> frozenset[ParticipationMode] | None:
    """Return how one can take part in an event or in one of its sessions; None for a draft without a place."""
    if event.attendance_mode is None:
        return None
    found = (event.attendance_mode, *map(event.mode_of, event.sessions))
    return frozenset(mode for each in found if each is not None for mode in each.modes)


def purged_fields(submission: Any, event: Event | None, kind: CallKind, at: datetime) -> dict[str, Any]:
    """Return the fields that purging changes in a registration or a request; the first ``purged_at`` is kept.

    Raises:
        InvalidValueError: ``event-uid-differs``.
        TypeError: *event* is not an Event.
    """
    kept = _statistical_answers(submission, event, kind)
    return {**without_personal_data(submission), "answers": kept, "purged_at": submission.purged_at or at}


def _statistical_answers(submission: Any, event: Event | None, kind: CallKind) -> JsonObject:
    """Return the answers to statistical questions of the event, without those that do not fit them.

    Questions change: an answer that does not fit may be one to a question that was not statistical.
    """
    if event is None:
        return JsonObject()
    if not isinstance(cast("object", event), Event):
        raise TypeError("Not an Event: pass event=dossier.event.")
    if not belongs_to(submission, event):
        raise InvalidValueError(finding(Code.EVENT_UID_DIFFERS, "/eventUid"))
    answers: JsonObject = submission.answers
    return JsonObject(
        {
            question.id: answers[question.id]
            for question in questions_of(event, kind)
            if question.statistical
            and question.id in answers
            and read_answer(question.constraint, answers[question.id])[1] is None
        }
    )
