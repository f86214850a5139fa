"""One position of an order of pretix: who comes, how far the order has come, and the answers to questions."""

from collections.abc import Mapping
from typing import Any, Final

from attrs import frozen

from wtisd_model.codes import Code
from wtisd_model.findings import safe_pointer_token
from wtisd_model.importers.members import Members
from wtisd_model.importers.states import attended, moment, state_after
from wtisd_model.model.question import Question, QuestionKind, read_answer
from wtisd_model.model.registration import Registration, RegistrationState
from wtisd_model.reading.foreign_value import ForeignValue
from wtisd_model.reading.make import Draft
from wtisd_model.reading.notes import At
from wtisd_model.schema.constraints import compiled
from wtisd_model.types.language import language_tag
from wtisd_model.types.text import NAME

PRETIX: Final[Mapping[str, Members]] = {
    "Order": Members(
        Registration,
        {
            "id": "code",
            "state": "status valid_if_pending datetime expires cancellation_date last_modified",
            "submitted_at": "datetime",
            "participant": "email phone locale",
            "filed_by": "email phone",
        },
        "secret url event testmode positions payment_date payment_provider payments refunds fees total"
        " tax_rounding_mode invoice_address downloads checkin_attention checkin_text sales_channel customer comment"
        " custom_followup_at require_approval api_meta plugin_data user",
    ),
    "Order position": Members(
        Registration,
        {
            "id": "positionid",
            "mode": "item variation",
            "session_ids": "item addon_to",
            "state": "canceled checkins",
            "participant": "attendee_name attendee_email",
            "organization": "company",
            "country": "country",
            "answers": "answers",
        },
        "id order secret price tax_rate tax_value tax_rule tax_code voucher voucher_budget_use discount subevent"
        " attendee_name_parts street zipcode city state pseudonymization_id downloads print_logs pdf_data plugin_data",
    ),
}
"""The members of the orders of pretix 2026.8, and what becomes of them."""


def registration(order: ForeignValue, position: ForeignValue) -> Draft:
    """Return the draft of the registration of a ticket."""
    code, number, company = order["code"], position["positionid"], position["company"]
    return {
        "id": At(f"{code.name}-{number.name}", number.path),
        **_people(order, position),
        "organization": company.text(NAME),
        "country": position["country"].given,
        "submittedAt": order["datetime"].at,
        **_state(order, position),
    }


def _people(order: ForeignValue, position: ForeignValue) -> Draft:
    """Return the participant, and the person who ordered if that is another one.

    A ticket without an address of its own has that of the order.
    """
    own, ordered = position["attendee_email"], order["email"]
    locale = order["locale"].name.removesuffix("-informal")
    orderer = {"email": ordered.given, "phone": order["phone"].given}
    participant = {"name": position["attendee_name"].text(NAME), "language": language_tag(locale or None)}
    if own.is_empty or own.name.casefold() == ordered.name.casefold():
        return {"participant": At(participant | orderer, position.path)}
    filed_by = None if ordered.is_empty else At(orderer, order.path)
    return {"participant": At(participant | {"email": own.at}, position.path), "filedBy": filed_by}


def _state(order: ForeignValue, position: ForeignValue) -> Draft:
    """Return the state of a ticket, with the history that leads to it.

    pretix does not say when an order was approved: a paid one counts as approved from the beginning.
    """
    status, ordered = order["status"], moment(order["datetime"])
    if ordered is None:  # then there is no registration
        return {}
    if position["canceled"].value or status.name in {"c", "r"}:
        ended = moment(order["cancellation_date"]) or moment(order["last_modified"]) or ordered
        return state_after(status, (ended, RegistrationState.WITHDRAWN))
    match status.name:
        case "e":
            return state_after(status, (moment(order["expires"]) or ordered, RegistrationState.WITHDRAWN))
        case "n" if not order["valid_if_pending"].value:
            return {}
        case "n" | "p":
            scanned = [each for each in position["checkins"].objects() if each["type"].value != "exit"]
            arrived = min(filter(None, (moment(each["datetime"]) for each in scanned)), default=None)
            if arrived is None:
                return state_after(status, (ordered, RegistrationState.APPROVED))
            return attended(status, ordered, arrived)
        case _:
            status.drop(Code.STATE_UNKNOWN)
            return {}


@frozen
class PretixAnswers:
    """A reader of the answers to the questions of an event."""

    questions: Mapping[str, Question]
    identifiers: Mapping[str, str]
    """The identifiers of questions by their ids, if the answers do not have them."""

    def read(self, source: ForeignValue) -> dict[str, At]:
        """Return the answers of a position that are answers to questions of the event."""
        answers: dict[str, At] = {}
        for each in source.objects():
            identifier = each["question_identifier"].name or self.identifiers.get(each["question"].name, "")
            question = self.questions.get(identifier)
            if question is None:
                each.unsupported(f"answers.{safe_pointer_token(identifier)[1:]}".rstrip("."))
                continue
            value = _value(question, each)
            _, found = read_answer(question.constraint, value)
            if found is None:
                answers[identifier] = At(value, each.path)
            else:
                each.drop(found.code)
        return answers


def _value(question: Question, answer: ForeignValue) -> Any:
    """Return an answer as the JSON of this package has it; one that cannot be converted is returned unchanged."""
    text, options = answer["answer"], [each.value for each in answer["option_identifiers"].items()]
    match question.kind:
        case QuestionKind.CHOICES:
            return options
        case QuestionKind.CHOICE:
            return options[0] if len(options) == 1 else None
        case QuestionKind.BOOLEAN | QuestionKind.AGREEMENT:
            return {"True": True, "False": False}.get(text.name, text.value)
        case QuestionKind.INTEGER if compiled(r"-?[0-9]{1,16}\Z").match(text.name):
            return int(text.name)
        case _:
            return text.value
