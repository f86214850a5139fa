"""Registrations of Indico, from the JSON of its check-in API."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from wtisd_model.codes import Code
from wtisd_model.errors import MessageError
from wtisd_model.findings import finding
from wtisd_model.importers.members import members_of
from wtisd_model.importers.registration_parts import (
    answer_to,
    as_registrations,
    attended,
    moment,
    questions_of,
    state_after,
)
from wtisd_model.json.json_types import Payload
from wtisd_model.json.limits import DEFAULT_LIMITS, Limits
from wtisd_model.model.event import Event
from wtisd_model.model.question import Question, QuestionKind
from wtisd_model.model.registration import Registration, RegistrationState
from wtisd_model.reading.foreign_value import ForeignValue, read_foreign
from wtisd_model.reading.imported import ImportedRecords
from wtisd_model.reading.notes import At, Notes
from wtisd_model.schema.json_values import is_object
from wtisd_model.types.arguments import parse_enum, require_instance
from wtisd_model.types.attendance import ParticipationMode
from wtisd_model.types.text import NAME

INDICO_REGISTRATIONS: Final = members_of("indico-registrations")
"""The members of the registrations of Indico 3.3, and what becomes of them."""


def from_indico_registrations(
    source: Payload, event: Event, *, mode: ParticipationMode | str, limits: Limits = DEFAULT_LIMITS
) -> ImportedRecords[Registration]:
    """Return the registrations of Indico's check-in API, as far as the model can hold them.

    What has been paid, and the secrets of tickets, are not read.

    Args:
        source: ``/api/checkin/event/ID/forms/FORM/registrations/``, or one registration, which has its answers too; as
            bytes, a string, or what ``json.loads`` returns.
        event: the event. An answer is kept if its call for registrations asks a question whose id is that of the field
            in Indico, such as ``"12"``, and whose choices have the ids of those in Indico.
        mode: how those who filled in the form take part: on-site or remote.
        limits: how much the document may hold; by default as much as an Event.

    Raises:
        PayloadError: *source* is not JSON, or exceeds *limits*.
        MessageError: it is neither a registration nor registrations: ``records-missing``.
        InvalidValueError: ``value-unknown`` for *mode*.
        TypeError: *source* is of another type, *event* is not an Event, or *limits* are not Limits.

    Source: Indico 3.3 (``CheckinRegistrationSchema`` in ``indico/modules/events/registration/schemas.py``).
    """
    require_instance(event, Event, "from_indico_registrations needs the Event that the registrations are for.")
    fixed = {"eventUid": event.uid, "mode": parse_enum(ParticipationMode, mode, "/mode").value}
    questions, notes = questions_of(event), Notes()
    drafts = (
        At(_registration(record, questions) | fixed, record.path)
        for record in _registrations(ForeignValue(read_foreign(source, limits), "", notes))
    )
    return as_registrations(drafts, notes)


def _registrations(document: ForeignValue) -> Iterator[ForeignValue]:
    if isinstance(document.value, list):
        return document.distinct_by_id()
    if document["registration_date"].is_empty:
        raise MessageError(finding(Code.RECORDS_MISSING))
    return iter((document,))


def _registration(source: ForeignValue, questions: Mapping[str, Question]) -> dict[str, Any]:
    source.note_others(INDICO_REGISTRATIONS["Registration"].known)
    number = source["id"]
    return {
        "id": At(f"r{number.name}", number.path),
        "participant": At({"name": source["full_name"].text(NAME), "email": source["email"].given}, source.path),
        "submittedAt": source["registration_date"].at,
        "answers": _answers(source["registration_data"], questions),
        **_state(source),
    }


def _state(source: ForeignValue) -> dict[str, Any]:
    """Return the state; Indico does not say since when, so it counts from the beginning."""
    state, submitted = source["state"], moment(source["registration_date"])
    if submitted is None:  # then there is no registration
        return {}
    match state.name:
        case "pending" | "unpaid":
            return {}
        case "rejected" | "withdrawn":
            return state_after(state, (submitted, RegistrationState(state.name)))
        case "complete":
            is_there = source["checked_in"]
            arrived = moment(source["checked_in_dt"]) if is_there.value else None
            if arrived is not None:
                return attended(state, submitted, arrived)
            if is_there.value:
                is_there.drop(Code.CHECKED_IN_AT_MISSING)
            return state_after(state, (submitted, RegistrationState.APPROVED))
        case _:
            state.drop(Code.STATE_UNKNOWN)
            return {}


def _answers(sections: ForeignValue, questions: Mapping[str, Question]) -> dict[str, At]:
    answers: dict[str, At] = {}
    for section in sections.objects():
        for field in section["fields"].objects():
            question, data = questions.get(field["id"].name), field["data"]
            if data.value in (None, "", [], {}):  # no answer; False and 0 are answers
                continue
            if question is None:
                number = field["id"].value
                data.unsupported(f"fields.{number}" if type(number) is int else "fields")
                continue
            answers |= answer_to(question, _value(question, data), data)
    return answers


def _value(question: Question, data: ForeignValue) -> Any:
    """Return an answer as the JSON of this package has it; one that cannot be converted is returned unchanged.

    The choices of Indico are the keys of an object, whose values are numbers of places.
    """
    value: Any = data.value
    chosen = list(data.members) if is_object(value) else None
    match question.kind:
        case QuestionKind.CHOICES if chosen is not None:
            return chosen
        case QuestionKind.CHOICE if chosen is not None and len(chosen) == 1:
            return chosen[0]
        case QuestionKind.DATE if isinstance(value, str):
            return value.removesuffix("T00:00:00")
        case QuestionKind.DECIMAL if type(value) is int:
            return str(value)
        case _:
            return value
