"""Removing personal data, and what is kept of a submission for statistics."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from attrs import evolve

from wtisd_model.codes import Code
from wtisd_model.errors import InvalidValueError
from wtisd_model.findings import finding
from wtisd_model.model.call import CallKind
from wtisd_model.model.question import read_answer
from wtisd_model.schema.fields import personal_fields
from wtisd_model.schema.json_values import JsonObject
from wtisd_model.types.arguments import require_instance

if TYPE_CHECKING:
    from wtisd_model.model.event import Event


def without_personal_data(thing: object) -> dict[str, Any]:
    """Return the fields of an object that may hold personal data, with their values without it."""
    cls: type = type(thing)
    return {
        spec.name: spec.default
        if spec.personal
        else tuple(evolve(each, **without_personal_data(each)) for each in getattr(thing, spec.name))
        for spec in personal_fields(cls)
    }


def purged_fields(submission: Any, event: "Event | None", kind: CallKind, at: datetime) -> dict[str, Any]:
    """Return the fields that purging changes in a registration or a request; the first ``purged_at`` is kept.

    Raises:
        InvalidValueError: ``event-uid-differs``.
        TypeError: *event* is not an Event.
    """
    kept = _statistical_answers(submission, event, kind)
    return {**without_personal_data(submission), "answers": kept, "purged_at": submission.purged_at or at}


def _statistical_answers(submission: Any, event: "Event | None", kind: CallKind) -> JsonObject:
    """Return the answers to statistical questions of the event, without those that do not fit them.

    Questions change: an answer that does not fit may be one to a question that was not statistical.
    """
    if event is None:
        return JsonObject()
    # Who reads registrations alone does not load the events: a seventh of the import.
    from wtisd_model.model.event import Event
    from wtisd_model.model.submissions import belongs_to, questions_of

    require_instance(event, Event, "Not an Event: pass event=dossier.event.")
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
