"""Registrations from the orders of pretix."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any, Final, cast

from attrs import frozen

from wtisd_model.codes import Code
from wtisd_model.errors import MessageError
from wtisd_model.findings import finding, safe_pointer_token
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
from wtisd_model.reading.make import Draft
from wtisd_model.reading.notes import At, Notes
from wtisd_model.schema.constraints import compiled
from wtisd_model.types.arguments import parse_enum, require_instance, require_valid
from wtisd_model.types.attendance import ParticipationMode
from wtisd_model.types.language import language_tag
from wtisd_model.types.text import IDENTIFIER, NAME

Product = int | tuple[int, int]
"""A product of pretix: the id of an item, or those of an item and a variation."""


def from_pretix(
    source: Payload,
    event: Event,
    *,
    modes: Mapping[Product, ParticipationMode | str],
    sessions: Mapping[Product, str] | None = None,
    subevent: int | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> ImportedRecords[Registration]:
    """Return the registrations in the orders of a pretix shop: one for each position that is a ticket.

    What has been paid, and the secrets of orders and tickets, are not read.

    Args:
        source: a page of ``/api/v1/organizers/ORGANIZER/events/EVENT/orders/``, an array of orders, one order, or the
            export "Order data (JSON)"; as bytes, a string, or what ``json.loads`` returns.
        event: the event. An answer is kept if its call for registrations asks a question whose id is the identifier of
            the question in pretix, and whose choices have the identifiers of the options.
        modes: the mode of each product that is a ticket; positions with other products are no registrations.
        sessions: the ids of the sessions that some products are for. An add-on adds its session to the registration of
            the ticket that it was bought with.
        subevent: the id of the date, if the shop sells tickets for a series of events.
        limits: how much the document may hold; by default as much as an Event.

    Raises:
        PayloadError: *source* is not JSON, or exceeds *limits*.
        MessageError: it is neither an order nor orders: ``records-missing``.
        InvalidValueError: ``value-unknown`` for a mode; ``wrong-type`` or ``id-malformed`` for a session.
        TypeError: *source* is of another type; *event* is not an Event; *modes* or *sessions* is not a mapping from
            products; *subevent* is not a whole number; *limits* are not Limits.

    Source: pretix 2026.8 (``pretix/api/serializers/order.py``, ``pretix/base/exporters/json.py``).
    """
    require_instance(event, Event, "from_pretix needs the Event that the orders are for.")
    if not isinstance(cast("object", subevent), int | None) or isinstance(subevent, bool):
        raise TypeError("subevent must be the id of a date, a whole number.")
    known_modes = {
        product: parse_enum(ParticipationMode, mode, "/modes").value for product, mode in _by_product(modes, "modes")
    }
    known_sessions = {
        product: require_valid(session, IDENTIFIER, "/sessions")
        for product, session in _by_product({} if sessions is None else sessions, "sessions")
    }
    notes = Notes()
    shop = _Shop(event, known_modes, known_sessions, subevent)
    drafts = shop.registrations(ForeignValue(read_foreign(source, limits), "", notes))
    return as_registrations(drafts, notes)


def _by_product(values: Mapping[Product, str], parameter: str) -> Iterable[tuple[Product, str]]:
    """Return the items of an argument, or raise a TypeError that names *parameter* for a key that is no product."""
    if not isinstance(cast("object", values), Mapping):
        raise TypeError(f"{parameter} must be a mapping from products.")
    for product in values:
        key = cast("object", product)
        if type(key) is not int and (not isinstance(key, tuple) or [*map(type, cast("Any", key))] != [int, int]):
            raise TypeError(f"The keys of {parameter} must be products: 1, or (1, 7) for a variation.")
    return values.items()


@frozen
class _Shop:
    """A reader of the orders of one event."""

    event: Event
    modes: Mapping[Product, str]
    sessions: Mapping[Product, str]
    subevent: int | None

    def registrations(self, document: ForeignValue) -> Iterator[At]:
        """Yield the draft of each registration.

        Raises:
            MessageError: the document is not orders.
        """
        orders, identifiers = _orders(document)
        questions, seen = questions_of(self.event), set[str]()
        for order in orders:
            order.note_others(PRETIX["Order"].known)
            if order["testmode"].value:
                order.notes.note_once(Code.ORDER_FOR_TEST, order.path)
                continue
            positions = [position for position in order["positions"].objects() if self._is_for_this_date(position)]
            addons = self._sessions(positions)
            for position in positions:
                position.note_others(PRETIX["Order position"].known)
                mode = _of_product(self.modes, position)
                if mode is not None:
                    draft: Draft = _registration(order, position) | {"eventUid": self.event.uid, "mode": mode}
                    draft |= {"sessionIds": [*addons.pop(position["id"].name, {}).values()]}
                    number = draft["id"]
                    if number.value in seen:
                        position.notes.note(Code.ENTRY_REPEATED, position.path)
                    else:
                        seen.add(number.value)
                        answers = _answers(position["answers"], questions, identifiers)
                        yield At(draft | {"answers": answers}, position.path)
                elif _of_product(self.sessions, position) is None:
                    _note_product(position["item"])
            for lost in chain.from_iterable(sessions.values() for sessions in addons.values()):
                order.notes.note(Code.TICKET_MISSING, lost.path)

    def _is_for_this_date(self, position: ForeignValue) -> bool:
        is_for_it: bool = position["subevent"].value == self.subevent
        if not is_for_it:
            position.notes.note_once(Code.DATE_NOT_CHOSEN, position.path)
        return is_for_it

    def _sessions(self, positions: Iterable[ForeignValue]) -> dict[str, dict[str, At]]:
        """Return the sessions that were bought, by the id of the position of the ticket and their own."""
        chosen: dict[str, dict[str, At]] = {}
        for position in positions:
            session = _of_product(self.sessions, position)
            if session is not None and not position["canceled"].value:
                ticket = position["id"] if position["addon_to"].is_empty else position["addon_to"]
                chosen.setdefault(ticket.name, {})[session] = At(session, position.path)
        return chosen


def _orders(document: ForeignValue) -> tuple[Iterator[ForeignValue], dict[str, str]]:
    """Return the orders of a document, and the identifiers of the questions by their ids, as far as it has them."""
    exported, identifiers = document["event"], dict[str, str]()
    if isinstance(document.value, list):
        orders = document.objects()
    elif document["results"].value is not None:
        orders = document["results"].objects()
        if not document["next"].is_empty:
            document.notes.note(Code.PAGE_INCOMPLETE, document["next"].path)
    elif not document["code"].is_empty:
        orders = iter((document,))
    elif exported["orders"].value is not None:
        orders = exported["orders"].objects()
        questions = exported["questions"].objects()
        identifiers = {question["id"].name: question["identifier"].name for question in questions}
    else:
        raise MessageError(finding(Code.RECORDS_MISSING))
    return orders, identifiers


def _of_product(values: Mapping[Product, str], position: ForeignValue) -> str | None:
    """Return the value for the product of a position: for its item and variation, or else for its item."""
    item, variation = position["item"].value, position["variation"].value
    if type(item) is not int:
        return None
    return values.get((item, variation) if type(variation) is int else item, values.get(item))


def _note_product(item: ForeignValue) -> None:
    if type(item.value) is int:
        item.notes.note_once(Code.PRODUCT_UNKNOWN, item.path, product=item.value)
    else:
        item.drop(Code.WRONG_TYPE)


PRETIX: Final = members_of("pretix")
"""The members of the orders of pretix 2026.8, and what becomes of them."""


def _registration(order: ForeignValue, position: ForeignValue) -> Draft:
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
            entries = [scan for scan in position["checkins"].objects() if scan["type"].value != "exit"]
            arrived = min(filter(None, (moment(scan["datetime"]) for scan in entries)), default=None)
            if arrived is None:
                return state_after(status, (ordered, RegistrationState.APPROVED))
            return attended(status, ordered, arrived)
        case _:
            status.drop(Code.STATE_UNKNOWN)
            return {}


def _answers(source: ForeignValue, questions: Mapping[str, Question], identifiers: Mapping[str, str]) -> dict[str, At]:
    """Return the answers of a position that are answers to *questions* of the event.

    *identifiers* are those of questions by their ids in the shop, if the answers do not have them.
    """
    answers: dict[str, At] = {}
    for answer in source.objects():
        identifier = answer["question_identifier"].name or identifiers.get(answer["question"].name, "")
        question = questions.get(identifier)
        if question is None:
            answer.unsupported(f"answers.{safe_pointer_token(identifier)[1:]}".rstrip("."))
        else:
            answers |= answer_to(question, _value(question, answer), answer)
    return answers


def _value(question: Question, answer: ForeignValue) -> Any:
    """Return an answer as the JSON of this package has it; one that cannot be converted is returned unchanged."""
    text, options = answer["answer"], [option.value for option in answer["option_identifiers"].items()]
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
