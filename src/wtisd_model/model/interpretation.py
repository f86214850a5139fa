"""A request for interpretation: from and into which languages, for what, and what was decided."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import StrEnum
from typing import Annotated, ClassVar, Self

from attrs import evolve, field, frozen

from wtisd_model.codes import Code
from wtisd_model.findings import Finding, finding, pointer
from wtisd_model.schema.constraints import Integer, as_utc
from wtisd_model.schema.fields import OFFICE, PERSONAL, Count, Invariant
from wtisd_model.schema.model import Model
from wtisd_model.types.attendance import ParticipationMode
from wtisd_model.types.language import LanguageTag, is_signed
from wtisd_model.types.lifecycle import History, Move, StateTable, Transition
from wtisd_model.types.people import Contact
from wtisd_model.types.text import Identifier, Name, Note, Uid


class InterpretationService(StrEnum):
    """How it is interpreted (ISO 20539)."""

    CAPTIONS = "captions"
    CONSECUTIVE = "consecutive"
    SIGN = "sign"
    SIMULTANEOUS = "simultaneous"
    WHISPERED = "whispered"


class Norm(StrEnum):
    """Who published the rule by which a team was sized."""

    AIIC = "aiic"
    AIIC_CANADA = "aiic-canada"
    EP = "ep"
    UN = "un"


class RequestState(StrEnum):
    """How far a request has come."""

    APPROVED = "approved"
    ASSIGNED = "assigned"
    DECLINED = "declined"
    DELIVERED = "delivered"
    REQUESTED = "requested"
    WITHDRAWN = "withdrawn"


_REQUESTED, _APPROVED, _ASSIGNED = RequestState.REQUESTED, RequestState.APPROVED, RequestState.ASSIGNED

REQUESTING: StateTable[RequestState] = StateTable(
    first=frozenset({_REQUESTED}),
    moves=(
        Move("approve", frozenset({_REQUESTED}), _APPROVED),
        Move("decline", frozenset({_REQUESTED}), RequestState.DECLINED),
        Move("withdraw", frozenset({_REQUESTED, _APPROVED, _ASSIGNED}), RequestState.WITHDRAWN),
        Move("assign", frozenset({_APPROVED}), _ASSIGNED),
        Move("release", frozenset({_ASSIGNED}), _APPROVED),
        Move("deliver", frozenset({_ASSIGNED}), RequestState.DELIVERED),
    ),
)
"""The states of a request."""

_WITH_TEAM = {RequestState.ASSIGNED, RequestState.DELIVERED}


@frozen(kw_only=True, eq=False, repr=False)
class Team(Model):
    """The interpreters who were assigned."""

    booths: Annotated[int, Integer(0, 100)]
    """Booths, one for each language interpreted into; none for whispered, signed or written (ISO 20539)."""
    heads: Annotated[int, Integer(1, 1000)]
    """Interpreters, in persons."""
    norm: Norm
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


def _declined_with_a_reason(history: tuple[Transition, ...]) -> Iterator[Finding]:
    for index, step in enumerate(history):
        if step.after == RequestState.DECLINED and step.note is None:
            yield finding(Code.DECISION_WITHOUT_REASON, pointer("history", index, "note"))


def _team_when_assigned(state: RequestState, team: Team | None) -> Iterator[Finding]:
    if state in _WITH_TEAM and team is None:
        yield finding(Code.TEAM_MISSING, "/team")
    if state not in _WITH_TEAM and team is not None:
        yield finding(Code.TEAM_UNFOUNDED, "/team")


def _history_ends_in_state(state: RequestState, history: tuple[Transition, ...]) -> Iterable[Finding]:
    return REQUESTING.wrong("state", state, history)


@frozen(kw_only=True, eq=False, repr=False)
class InterpretationRequest(Model):
    """A wish for interpretation at an event or at some of its sessions.

    Raises:
        InvalidValueError: the first field or rule between fields that is not kept, by its code.
    """

    INVARIANTS: ClassVar[tuple[Invariant, ...]] = (
        _languages_are_apart,
        _service_fits_the_languages,
        _declined_with_a_reason,
        _team_when_assigned,
        _history_ends_in_state,
    )

    id: Annotated[Identifier, OFFICE]
    """What tells it from the event's other requests."""
    event_uid: Uid
    """The uid of the event."""
    session_ids: Annotated[frozenset[Identifier], Count(maximum=100)] = frozenset()
    """The sessions that it is for; empty means the whole event."""
    requester: Annotated[Contact, PERSONAL]
    """Who asks."""
    organization: Annotated[Name | None, PERSONAL] = None
    """The body that the requester speaks for, as the requester writes it."""
    service: InterpretationService
    """How it is to be interpreted (ISO 20539)."""
    source_languages: frozenset[LanguageTag] = frozenset()
    """What is interpreted from; empty means whatever is spoken on the floor (ISO 20539 source language)."""
    target_languages: Annotated[frozenset[LanguageTag], Count(minimum=1)]
    """What is interpreted into (ISO 20539 target language)."""
    delivery: ParticipationMode
    """Whether the listeners are in the room or far away."""
    listeners: Annotated[int, Integer(1, 1_000_000)] | None = None
    """How many listen, in persons."""
    note: Annotated[Note | None, PERSONAL] = None
    """Why it is asked for."""
    submitted_at: Annotated[datetime, OFFICE] = field(converter=as_utc)
    """When it came in, in UTC."""
    state: Annotated[RequestState, OFFICE] = RequestState.REQUESTED
    """How far it has come."""
    team: Annotated[Team | None, OFFICE] = None
    """Who was assigned; exactly while assigned or delivered."""
    history: Annotated[History, OFFICE] = ()
    """Its moves from state to state."""

    def approve(self, *, at: datetime, by: str | None = None, note: str | None = None) -> Self:
        """Grant it (``move-not-allowed``)."""
        return self._moved("approve", at, by, note)

    def decline(self, *, at: datetime, note: str, by: str | None = None) -> Self:
        """Refuse it, with the reason (``move-not-allowed``)."""
        return self._moved("decline", at, by, note)

    def withdraw(self, *, at: datetime, by: str | None = None, note: str | None = None) -> Self:
        """Take it back, as the requester asked (``move-not-allowed``)."""
        return self._moved("withdraw", at, by, note)

    def assign(self, team: Team, *, at: datetime, by: str | None = None, note: str | None = None) -> Self:
        """Give it a team (``move-not-allowed``)."""
        return self._moved("assign", at, by, note, team)

    def release(self, *, at: datetime, by: str | None = None, note: str | None = None) -> Self:
        """Take the team away, because it was lost; the request stays approved (``move-not-allowed``)."""
        return self._moved("release", at, by, note)

    def deliver(self, *, at: datetime, by: str | None = None, note: str | None = None) -> Self:
        """Record that it was done (``move-not-allowed``)."""
        return self._moved("deliver", at, by, note, self.team)

    def _moved(self, verb: str, at: datetime, by: str | None, note: str | None, team: Team | None = None) -> Self:
        state, history = REQUESTING.step(verb, self.state, self.history, path="/state", at=at, by=by, note=note)
        return evolve(self, state=state, history=history, team=team)
