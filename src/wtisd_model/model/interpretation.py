"""Requests for interpretation: languages, service, decision and team."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, Self

from attrs import evolve, field, frozen

from wtisd_model.codes import Code
from wtisd_model.findings import Finding, finding, pointer
from wtisd_model.model.call import CallKind
from wtisd_model.model.purging import purged_fields
from wtisd_model.model.question import Answers
from wtisd_model.schema.constraints import Integer
from wtisd_model.schema.fields import (
    OFFICE,
    PERSONAL,
    PURGED,
    STATISTICAL,
    Count,
    Either,
    Invariant,
    SetOf,
    Submitted,
    TupleOf,
    depends_on,
)
from wtisd_model.schema.json_values import JsonObject, json_object
from wtisd_model.schema.model import Model
from wtisd_model.types.attendance import AttendanceMode, AttendanceModeWord, ParticipationMode, ParticipationModeWord
from wtisd_model.types.extensions import Extensions
from wtisd_model.types.language import LanguageTag, is_signed
from wtisd_model.types.lifecycle import History, Move, StateTable, Transition
from wtisd_model.types.moment import as_utc, utc_or_none
from wtisd_model.types.people import Contact
from wtisd_model.types.text import Identifier, Name, Note, Uid

if TYPE_CHECKING:  # registrations are read where no event is
    from wtisd_model.model.event import Event


class InterpretationService(StrEnum):
    """A mode of interpretation (ISO 20539)."""

    CAPTIONS = "captions"
    CONSECUTIVE = "consecutive"
    SIGN = "sign"
    SIMULTANEOUS = "simultaneous"
    WHISPERED = "whispered"


InterpretationServiceWord = Literal["captions", "consecutive", "sign", "simultaneous", "whispered"]


class Norm(StrEnum):
    """The publisher of a rule for the size of a team."""

    AIIC = "aiic"
    AIIC_CANADA = "aiic-canada"
    EP = "ep"
    UN = "un"


NormWord = Literal["aiic", "aiic-canada", "ep", "un"]


class RequestState(StrEnum):
    """The state of a request."""

    APPROVED = "approved"
    ASSIGNED = "assigned"
    DECLINED = "declined"
    DELIVERED = "delivered"
    REQUESTED = "requested"
    WITHDRAWN = "withdrawn"

    @property
    def is_active(self) -> bool:
        """True unless it is declined or withdrawn."""
        return self not in {self.DECLINED, self.WITHDRAWN}

    @property
    def is_open(self) -> bool:
        """True while the interpretation is still to be decided on or delivered."""
        return self in {self.APPROVED, self.ASSIGNED, self.REQUESTED}

    @property
    def is_approved(self) -> bool:
        """True once it is approved, and counts: approved, assigned or delivered."""
        return self in {self.APPROVED, self.ASSIGNED, self.DELIVERED}


RequestStateWord = Literal["approved", "assigned", "declined", "delivered", "requested", "withdrawn"]


_REQUESTED, _APPROVED, _ASSIGNED = RequestState.REQUESTED, RequestState.APPROVED, RequestState.ASSIGNED
_DECLINED, _WITHDRAWN, _DELIVERED = RequestState.DECLINED, RequestState.WITHDRAWN, RequestState.DELIVERED

REQUEST_STATES: StateTable[RequestState] = StateTable(
    initial=frozenset({_REQUESTED}),
    moves=(
        Move("approve", frozenset({_REQUESTED}), _APPROVED),
        Move("decline", frozenset({_REQUESTED}), _DECLINED),
        Move("withdraw", frozenset({_REQUESTED, _APPROVED, _ASSIGNED}), _WITHDRAWN),
        Move("assign", frozenset({_APPROVED}), _ASSIGNED),
        Move("release", frozenset({_ASSIGNED}), _APPROVED),
        Move("deliver", frozenset({_ASSIGNED}), _DELIVERED),
        Move("undo_delivery", frozenset({_DELIVERED}), _ASSIGNED),
        Move("reset", frozenset({_APPROVED, _DECLINED, _WITHDRAWN}), _REQUESTED),
    ),
)
"""The states of a request."""

_WITH_TEAM = {_ASSIGNED, _DELIVERED}


@frozen(kw_only=True, eq=False, repr=False)
class Team(Model):
    """The team of interpreters assigned to a request."""

    booths: Annotated[int, Integer(0, 100)]
    """Booths: for simultaneous interpretation, one for each target language; otherwise none (ISO 20539)."""
    heads: Annotated[int, Integer(1, 1000)]
    """Interpreters, in persons."""
    norm: Norm = field(converter=Either[Norm, NormWord])
    """The published rule by which the team was sized."""


def _languages_are_apart(
    service: InterpretationService, source_languages: frozenset[str], target_languages: frozenset[str]
) -> Iterator[Finding]:
    # Captions in the language of the floor are what most people ask for.
    if service is not InterpretationService.CAPTIONS and source_languages & target_languages:
        yield finding(Code.LANGUAGES_OVERLAP, "/targetLanguages")


def _service_fits_the_languages(
    service: InterpretationService, source_languages: frozenset[str], target_languages: frozenset[str]
) -> Iterator[Finding]:
    if service is InterpretationService.SIGN and not any(map(is_signed, source_languages | target_languages)):
        yield finding(Code.SIGN_LANGUAGE_MISSING, "/targetLanguages")
    if service is InterpretationService.CAPTIONS:
        if len(target_languages) > 1:
            yield finding(Code.CAPTIONS_NEED_ONE_LANGUAGE, "/targetLanguages")
        if any(map(is_signed, target_languages)):
            yield finding(Code.SIGN_LANGUAGE_SPOKEN, "/targetLanguages")


def _only_the_purged_have_no_requester(requester: Contact | None, purged_at: datetime | None) -> Iterable[Finding]:
    if requester is not None or purged_at is not None:
        return ()
    return (finding(Code.REQUESTER_MISSING, "/requester"),)


@depends_on("history")
def _declined_with_a_reason(history: tuple[Transition, ...], purged_at: datetime | None) -> Iterator[Finding]:
    for index, step in enumerate(history if purged_at is None else ()):
        if step.after == RequestState.DECLINED and step.note is None:
            yield finding(Code.DECISION_WITHOUT_REASON, pointer("history", index, "note"))


def _team_when_assigned(state: RequestState, team: Team | None) -> Iterator[Finding]:
    if state in _WITH_TEAM and team is None:
        yield finding(Code.TEAM_MISSING, "/team")
    if state not in _WITH_TEAM and team is not None:
        yield finding(Code.TEAM_UNFOUNDED, "/team")


@frozen(kw_only=True, eq=False, repr=False)
class InterpretationRequest(Model):
    """A request for interpretation at an event or at some of its sessions.

    Raises:
        InvalidValueError: the first field or cross-field rule that fails, with its code.
    """

    INVARIANTS: ClassVar[tuple[Invariant, ...]] = (
        _languages_are_apart,
        _service_fits_the_languages,
        _only_the_purged_have_no_requester,
        _declined_with_a_reason,
        _team_when_assigned,
        REQUEST_STATES.invariant("state"),
    )

    id: Annotated[Identifier, OFFICE]
    """An identifier that is unique among the requests of the event."""
    event_uid: Uid
    """The uid of the event."""
    session_ids: Annotated[frozenset[Identifier], Count(maximum=100)] = field(default=frozenset(), converter=SetOf[str])
    """The sessions to be interpreted; empty means the whole event."""
    requester: Annotated[Contact | None, PERSONAL, Submitted()] = None
    """The person who asks; absent only after purging."""
    organization: Annotated[Name | None, PERSONAL] = None
    """The organization of the requester, in the requester's own words."""
    service: InterpretationService = field(converter=Either[InterpretationService, InterpretationServiceWord])
    """The mode of interpretation (ISO 20539)."""
    source_languages: frozenset[LanguageTag] = field(default=frozenset(), converter=SetOf[str])
    """The languages to interpret from; empty means all floor languages (ISO 20539 source language)."""
    target_languages: Annotated[frozenset[LanguageTag], Count(minimum=1)] = field(converter=SetOf[str])
    """The languages to interpret into (ISO 20539 target language)."""
    delivery: AttendanceMode = field(converter=Either[AttendanceMode, AttendanceModeWord])
    """Where the listeners are; mixed means that one team works for those on site and those who are remote."""
    interpreters_at: Annotated[ParticipationMode | None, OFFICE] = field(
        default=None, converter=Either[ParticipationMode | None, ParticipationModeWord]
    )
    """Where the interpreters work: on site, or remotely over a platform; None if that is not stated."""
    listeners: Annotated[int, Integer(1, 1_000_000)] | None = None
    """The number of listeners."""
    note: Annotated[Note | None, PERSONAL] = None
    """The reason for the request."""
    filed_by: Annotated[Contact | None, PERSONAL] = None
    """The focal point who filed it for the requester."""
    answers: Annotated[Answers, PERSONAL, STATISTICAL] = field(default=JsonObject(), converter=json_object)
    """The answers to the questions of the call, by the ids of the questions."""
    submitted_at: Annotated[datetime, OFFICE] = field(converter=as_utc)
    """When it was submitted, in UTC."""
    state: Annotated[RequestState, OFFICE] = field(
        default=RequestState.REQUESTED, converter=Either[RequestState, RequestStateWord]
    )
    """The current state."""
    team: Annotated[Team | None, OFFICE] = None
    """The team; present exactly while assigned or delivered."""
    purged_at: Annotated[datetime | None, OFFICE, PURGED] = field(default=None, converter=utc_or_none)
    """When the personal data were removed, in UTC."""
    history: Annotated[History, OFFICE] = field(default=(), converter=TupleOf[Transition])
    """The changes of its state."""
    extensions: Annotated[Extensions, PERSONAL, OFFICE] = field(default=JsonObject(), converter=json_object)
    """Data of other programs, by names that begin with the domain of their owner."""

    def approve(self, *, at: datetime, by: str | None = None, note: str | None = None) -> Self:
        """Approve it (``move-not-allowed``)."""
        return self._moved("approve", at, by, note)

    def decline(self, *, at: datetime, note: str, by: str | None = None) -> Self:
        """Decline it, with the reason in *note* (``move-not-allowed``)."""
        return self._moved("decline", at, by, note)

    def withdraw(self, *, at: datetime, by: str | None = None, note: str | None = None) -> Self:
        """Withdraw it at the requester's wish (``move-not-allowed``)."""
        return self._moved("withdraw", at, by, note)

    def assign(self, team: Team, *, at: datetime, by: str | None = None, note: str | None = None) -> Self:
        """Assign a team to it (``move-not-allowed``)."""
        return self._moved("assign", at, by, note, team)

    def release(self, *, at: datetime, by: str | None = None, note: str | None = None) -> Self:
        """Remove the team, which is no longer available; the request is approved again (``move-not-allowed``)."""
        return self._moved("release", at, by, note)

    def deliver(self, *, at: datetime, by: str | None = None, note: str | None = None) -> Self:
        """Record that the interpretation was delivered (``move-not-allowed``)."""
        return self._moved("deliver", at, by, note, self.team)

    def undo_delivery(self, *, at: datetime, by: str | None = None, note: str | None = None) -> Self:
        """Take back a delivery that was a mistake; the team is assigned again (``move-not-allowed``)."""
        return self._moved("undo_delivery", at, by, note, self.team)

    def reset(self, *, at: datetime, by: str | None = None, note: str | None = None) -> Self:
        """Take back a decision or a withdrawal, so that it is requested again (``move-not-allowed``)."""
        return self._moved("reset", at, by, note)

    def purged(self, *, at: datetime, event: "Event | None" = None) -> Self:
        """Return it without personal data; sessions, languages, service, state and team are kept for statistics.

        A request that is purged already keeps its first ``purged_at``. `check` finds an *at* before the submission
        (``purged-before-submission``).

        Args:
            at: when it is purged.
            event: its event, to keep the answers that fit statistical questions; without it all answers are removed.

        Raises:
            InvalidValueError: ``event-uid-differs``, if it belongs to another event; the codes of *at*.
            TypeError: *event* is not an Event.
        """
        return evolve(self, **purged_fields(self, event, CallKind.INTERPRETATION, at))

    def _moved(self, verb: str, at: datetime, by: str | None, note: str | None, team: Team | None = None) -> Self:
        state, history = REQUEST_STATES.step(verb, self.state, self.history, path="/state", at=at, by=by, note=note)
        return evolve(self, state=state, history=history, team=team)
