"""A call: the invitation to register, to ask for interpretation, or to pledge."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Annotated, ClassVar, Final, Literal

from attrs import field, frozen

from wtisd_model.codes import Code
from wtisd_model.findings import Finding, finding, pointer
from wtisd_model.model.question import COMPARED_FIELDS, MOST_QUESTIONS, Question, conditions_can_be_met
from wtisd_model.schema.constraints import CodeList
from wtisd_model.schema.fields import Count, Either, Invariant, ListOrTuple, TupleOf, depends_on
from wtisd_model.schema.model import Model
from wtisd_model.types.attendance import SeatLimits, Seats
from wtisd_model.types.deadline import Deadline
from wtisd_model.types.identifiers import repeated_ids
from wtisd_model.types.language import LanguageTag
from wtisd_model.types.moment import utc_or_none
from wtisd_model.types.text import Email, WebAddress
from wtisd_model.types.timezone import to_utc


class CallKind(StrEnum):
    """What people are asked to do."""

    INTERPRETATION = "interpretation"
    PLEDGE = "pledge"
    REGISTRATION = "registration"


CallKindWord = Literal["interpretation", "pledge", "registration"]


OPTIONAL_FIELDS: Final[Mapping[CallKind, tuple[str, ...]]] = {
    CallKind.INTERPRETATION: (
        *("sessionIds", "requester.phone", "requester.language", "requester.organization", "requester.jobTitle"),
        *("organization", "sourceLanguages", "listeners", "note", "filedBy"),
    ),
    CallKind.PLEDGE: (
        *("description", "pledger.acronym", "pledger.identifier", "pledger.unit", "pledger.membership"),
        *("pledger.country", "partners", "contact", "pledged", "amountIsEstimate", "start", "end", "countries"),
        *("groups", "goals", "targets", "filedBy", "public"),
    ),
    CallKind.REGISTRATION: (
        *("participant.phone", "participant.language", "participant.organization", "participant.jobTitle"),
        *("organization", "organizationIdentifier", "membership", "country", "sessionIds", "listeningLanguages"),
        *("needs", "listingConsent", "privacyNotice", "filedBy"),
    ),
}
"""The fields for which a call of each kind may ask or not: JSON keys of fields that people may leave out, and of those
in an object that every submission has. The event, the answers, names and e-mail addresses are always asked for.

The classes that respond to a call import it, so it cannot ask them; a test compares.
"""

ALWAYS_ASKED: Final = (
    *("eventUid", "answers", "mode", "participant", "participant.name", "participant.email"),
    *("requester", "requester.name", "requester.email", "service", "targetLanguages", "delivery"),
    *("title", "pledger", "pledger.name", "pledger.email", "kind", "focusAreas", "scope"),
)
"""What a form has in any case, so that a call does not name it."""

_NAMES: Final = frozenset(name for names in OPTIONAL_FIELDS.values() for name in names)

FormField = Annotated[
    str,
    CodeList(
        "FormField",
        _NAMES,
        Code.VALUE_UNKNOWN,
        narrower=dict.fromkeys(ALWAYS_ASKED, Code.FORM_FIELD_ALWAYS_ASKED),
        near=_NAMES,
        params={"choices": "; ".join(f"{kind}: {', '.join(names)}" for kind, names in OPTIONAL_FIELDS.items())},
    ),
]
"""The JSON key of a field of a submission, or of one in it: ``participant.phone``."""


def _has_address(url: str | None, email: str | None, address_unknown: bool) -> Iterator[Finding]:
    known = url is not None or email is not None
    if not known and not address_unknown:
        yield finding(Code.CALL_WITHOUT_ADDRESS)
    if known and address_unknown:
        yield finding(Code.CALL_ADDRESS_CONTRADICTED, "/addressUnknown")


def _opens_before_it_closes(opens: datetime | None, deadline: Deadline | None) -> Iterator[Finding]:
    if opens is not None and deadline is not None and opens >= to_utc(deadline.closes_at):
        yield finding(Code.CALL_CLOSES_BEFORE_OPENING, "/deadline")


def _questions_have_their_own_ids(questions: tuple[Question, ...]) -> Iterator[Finding]:
    return repeated_ids("questions", (each.id for each in questions))


_CONDITION_PARTS = {
    CallKind.INTERPRETATION: frozenset({"session_ids"}),
    CallKind.PLEDGE: frozenset[str](),
    CallKind.REGISTRATION: frozenset(COMPARED_FIELDS),
}
_OPTIONAL_PARTS: Final = {"memberships": "membership", "session_ids": "sessionIds"}
"""The parts of a condition that compare an optional field, with its JSON key."""


@depends_on("questions")
def _conditions_can_be_met(
    kind: CallKind, questions: tuple[Question, ...], fields: tuple[str, ...] | None
) -> Iterator[Finding]:
    unasked = {part for part, key in _OPTIONAL_PARTS.items() if fields is not None and key not in fields}
    return conditions_can_be_met(questions, _CONDITION_PARTS[kind] - unasked)


@depends_on("fields", "required")
def _fields_are_optional_ones(
    kind: CallKind, fields: tuple[str, ...] | None, required: tuple[str, ...]
) -> Iterator[Finding]:
    optional = OPTIONAL_FIELDS[kind]
    shown = optional if fields is None else fields
    for key, names, known in (("fields", fields or (), optional), ("required", required, shown)):
        for index, name in enumerate(names):
            if name not in known:
                yield finding(Code.FORM_FIELD_UNKNOWN, pointer(key, index), choices=", ".join(optional))


@frozen(kw_only=True, eq=False, repr=False)
class Call(SeatLimits, Model):
    """An invitation to act, and its terms (schema.org potentialAction)."""

    INVARIANTS: ClassVar[tuple[Invariant, ...]] = (
        _has_address,
        _opens_before_it_closes,
        _questions_have_their_own_ids,
        _conditions_can_be_met,
        _fields_are_optional_ones,
    )

    kind: CallKind = field(converter=Either[CallKind, CallKindWord])
    """What people are asked to do."""
    url: WebAddress | None = None
    """The web page where people respond (schema.org urlTemplate)."""
    email: Email | None = None
    """The address to which people respond (schema.org urlTemplate, as a mailto URI)."""
    address_unknown: bool = False
    """True if there is an address, but it was not published."""
    opens: datetime | None = field(default=None, converter=utc_or_none)
    """When it opens, in UTC; None if it is open already (schema.org availabilityStarts)."""
    deadline: Deadline | None = None
    """The last day, included; None if the call stays open (schema.org availabilityEnds)."""
    on_site_capacity: Seats | None = None
    """Seats on site, in persons (schema.org maximumPhysicalAttendeeCapacity)."""
    remote_capacity: Seats | None = None
    """Remote seats, in persons (schema.org maximumVirtualAttendeeCapacity)."""
    needs_approval: bool = False
    """True if the office decides on each registration, request or pledge."""
    waitlist: bool = False
    """True if people may wait for a seat when all seats are taken."""
    pending_counts: bool = False
    """True if a pending registration takes a seat although it needs approval; where none is needed it always does."""
    languages: Annotated[tuple[LanguageTag, ...], Count(unique=True)] = field(default=(), converter=TupleOf[str])
    """The languages that people may request, or respond in (schema.org availableLanguage)."""
    fields: Annotated[tuple[FormField, ...], Count(unique=True)] | None = field(
        default=None, converter=Either[tuple[str, ...] | None, ListOrTuple[str]]
    )
    """The optional fields that its form shows, such as ``organization`` and ``participant.phone``; None means all."""
    required: Annotated[tuple[FormField, ...], Count(unique=True)] = field(default=(), converter=TupleOf[str])
    """Those of them that have to be filled in."""
    questions: Annotated[tuple[Question, ...], Count(maximum=MOST_QUESTIONS)] = field(
        default=(), converter=TupleOf[Question]
    )
    """The questions of the organizer, in the order in which they are asked."""
