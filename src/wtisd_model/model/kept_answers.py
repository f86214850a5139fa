"""The answers that may be kept for statistics when personal data is removed."""

from typing import Any, cast

from wtisd_model.codes import Code
from wtisd_model.findings import InvalidValueError, finding
from wtisd_model.model.call import CallKind
from wtisd_model.model.event import Event
from wtisd_model.model.question import read_answer
from wtisd_model.schema.json_values import JsonObject


def statistical_answers(submission: Any, event: Event | None, kind: CallKind) -> JsonObject:
    """Return the answers to statistical questions of the event, without those that do not fit them.

    Questions change: an answer that does not fit may be one to a question that was not statistical.

    Raises:
        InvalidValueError: ``event-uid-differs``.
        TypeError: *event* is not an Event.
    """
    if event is None:
        return JsonObject()
    if not isinstance(cast("object", event), Event):
        raise TypeError("Not an Event: pass event=dossier.event.")
    if submission.event_uid not in {None, event.uid}:
        raise InvalidValueError(finding(Code.EVENT_UID_DIFFERS, "/eventUid"))
    call = event.call(kind)
    answers: JsonObject = submission.answers
    return JsonObject(
        {
            question.id: answers[question.id]
            for question in (() if call is None else call.questions)
            if question.statistical
            and question.id in answers
            and read_answer(question.constraint, answers[question.id])[1] is None
        }
    )
