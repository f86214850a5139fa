"""Registrations: one person's application to take part, its state, and the replies to invitations."""

from collections.abc import Container, Iterable
from datetime import datetime
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, Self

from attrs import evolve, field, frozen

from wtisd_model.codes import Code
from wtisd_model.findings import Finding, finding, pointer
from wtisd_model.model.call import CallKind
from wtisd_model.model.purging import purged_fields
from wtisd_model.model.question import Answers
from wtisd_model.model.reply import ParticipationStatus, ParticipationStatusWord, Reply, last_own_reply, reply_order
from wtisd_model.schema.fields import (
    OFFICE,
    PERSONAL,
    PURGED,
    STATISTICAL,
    Count,
    Either,
    FormerKey,
    Invariant,
    SetOf,
    SetOfEither,
    Submitted,
    TupleOf,
    depends_on,
    settled_by,
)
from wtisd_model.schema.json_values import JsonObject, json_object
from wtisd_model.schema.model import Model
from wtisd_model.types.attendance import ParticipationMode, ParticipationModeWord
from wtisd_model.types.country import CountryCode
from wtisd_model.types.extensions import Extensions
from wtisd_model.types.language import LanguageTag, LocalizedText
from wtisd_model.types.lifecycle import History, Move, StateTable, Transition
from wtisd_model.types.moment import as_utc, utc_or_none
from wtisd_model.types.number import Revision
from wtisd_model.types.people import Contact, Membership, MembershipWord
from wtisd_model.types.text import LINE, ExportUid, Identifier, Name, OrganizationIdentifier, Uid

if TYPE_CHECKING:  # registrations are read where no event is
    from wtisd_model.model.event import Event


class RegistrationState(StrEnum):
    """The state of a registration (schema.org reservationStatus)."""

    APPROVED = "approved"
    ATTENDED = "attended"
    NO_SHOW = "no-show"
    PENDING = "pending"
    REJECTED = "rejected"
    WAITLISTED = "waitlisted"
    WITHDRAWN = "withdrawn"

    @property
    def takes_seat(self) -> bool:
        """True if it counts against the capacity."""
        return self is _APPROVED or self is _ATTENDED or self is _NO_SHOW  # a set would hash it, in Python

    @property
    def is_active(self) -> bool:
        """True if it keeps the person from registering again."""
        return self is not _REJECTED and self is not _WITHDRAWN

    @property
    def is_open(self) -> bool:
        """True while the person is still to take part, or hopes to."""
        return self in {self.APPROVED, self.PENDING, self.WAITLISTED}


RegistrationStateWord = Literal["approved", "attended", "no-show", "pending", "rejected", "waitlisted", "withdrawn"]


_PENDING, _WAITLISTED, _APPROVED = (
    RegistrationState.PENDING,
    RegistrationState.WAITLISTED,
    RegistrationState.APPROVED,
)
_REJECTED, _WITHDRAWN, _ATTENDED, _NO_SHOW = (
    RegistrationState.REJECTED,
    RegistrationState.WITHDRAWN,
    RegistrationState.ATTENDED,
    RegistrationState.NO_SHOW,
)

REGISTRATION_STATES: StateTable[RegistrationState] = StateTable(
    initial=frozenset({_PENDING}),
    moves=(
        Move("approve", frozenset({_PENDING, _WAITLISTED}), _APPROVED),
        Move("waitlist", frozenset({_PENDING}), _WAITLISTED),
        Move("reject", frozenset({_PENDING, _WAITLISTED}), _REJECTED),
        Move("withdraw", frozenset({_PENDING, _WAITLISTED, _APPROVED}), _WITHDRAWN),
        Move("check_in", frozenset({_APPROVED, _NO_SHOW}), _ATTENDED),
        Move("mark_no_show", frozenset({_APPROVED}), _NO_SHOW),
        Move("undo_attendance", frozenset({_ATTENDED, _NO_SHOW}), _APPROVED),
        Move("reset", frozenset({_APPROVED, _REJECTED, _WITHDRAWN}), _PENDING),
    ),
)
"""The states of a registration."""

_MAY_WAIT_FOR_SESSIONS = frozenset({_PENDING, _APPROVED, _ATTENDED})
_NEEDS_ACTION = ParticipationStatus.NEEDS_ACTION

MOST_REPLIES = 1000
"""The maximum number of replies in one registration, of waits, and of entries."""


class Need(StrEnum):
    """A need of a participant, such as captions."""

    CAPTIONS = "captions"
    DIETARY = "dietary"
    HEARING_LOOP = "hearing-loop"
    SIGN_LANGUAGE = "sign-language"
    VISA_LETTER = "visa-letter"
    WHEELCHAIR_ACCESS = "wheelchair-access"


NeedWord = Literal["captions", "dietary", "hearing-loop", "sign-language", "visa-letter", "wheelchair-access"]


class ListingConsent(StrEnum):
    """Who may see the participant in a list."""

    EVERYONE = "everyone"
    """Everybody, such as readers of a public list."""
    NOBODY = "nobody"
    """Nobody but the office."""
    PARTICIPANTS = "participants"
    """The other participants."""


ListingConsentWord = Literal["everyone", "nobody", "participants"]


@depends_on("until")
def _ends_after_start(since: datetime, until: datetime | None) -> Iterable[Finding]:
    if until is None or since <= until:
        return ()
    return (finding(Code.WAIT_ENDS_BEFORE_START, "/until"),)


@frozen(kw_only=True, eq=False, repr=False)
class Wait(Model):
    """A registration's wait for a seat in a session that it chose; those that have ended stay, for the order of seats.

    Raises:
        InvalidValueError: the codes of its fields; ``wait-ends-before-start``.
    """

    INVARIANTS: ClassVar[tuple[Invariant, ...]] = (_ends_after_start,)

    session_id: Identifier
    """The session."""
    since: datetime = field(converter=as_utc)
    """When it began, in UTC; for a registration that was waitlisted before, when that began."""
    until: datetime | None = field(default=None, converter=utc_or_none)
    """When it ended, in UTC: with a seat, or without one; None while it is open."""


def ended(waits: Iterable[Wait], at: datetime, seats: Container[str | None]) -> tuple[Wait, ...]:
    """Return waits, of which those that are open for one of the *seats* have ended."""
    return tuple(evolve(wait, until=at) if wait.until is None and wait.session_id in seats else wait for wait in waits)


@frozen(kw_only=True, eq=False, repr=False)
class Entry(Model):
    """What a person's calendar has for one uid, as far as messages put it there; it names nobody."""

    uid: ExportUid
    """The uid of the event or of a session in calendars (RFC 5545 UID)."""
    sequence: Revision
    """The revision in the last message (RFC 5545 SEQUENCE)."""
    stamped: datetime = field(converter=as_utc)
    """When that message was made, in UTC (RFC 5545 DTSTAMP)."""
    start: datetime | None = field(default=None, converter=utc_or_none)
    """The start that it stated, in UTC by the rules for clocks of then; None for whole days (RFC 5545 DTSTART)."""


# These rules run for each of millions of payloads, so they return at once if nothing is wrong.


def _participant_is_whole(participant: Contact | None) -> Iterable[Finding]:
    if participant is None or (participant.name is not None and participant.email is not None):
        return ()
    missing = {"/participant/name": participant.name, "/participant/email": participant.email}
    return [finding(Code.PARTICIPANT_INCOMPLETE, path) for path, value in missing.items() if value is None]


@settled_by("participant", "purged_at")
def _only_the_purged_have_no_participant(participant: Contact | None, purged_at: datetime | None) -> Iterable[Finding]:
    if participant is not None or purged_at is not None:
        return ()
    return (finding(Code.PARTICIPANT_MISSING, "/participant"),)


def _waitlisted_since(state: RegistrationState, waitlisted_at: datetime | None) -> Iterable[Finding]:
    if (state is _WAITLISTED) == (waitlisted_at is not None):
        return ()
    code = Code.WAITLISTED_AT_MISSING if waitlisted_at is None else Code.WAITLISTED_AT_UNFOUNDED
    return (finding(code, "/waitlistedAt"),)


@depends_on("waits")
def _open_waits_have_a_reason(
    state: RegistrationState, session_ids: frozenset[str], waits: tuple[Wait, ...]
) -> Iterable[Finding]:
    if not waits:
        return ()
    found: list[Finding] = []
    awaited: set[str] = set()
    for index, wait in enumerate(waits):
        if wait.until is not None:
            continue
        if state not in _MAY_WAIT_FOR_SESSIONS:
            found.append(finding(Code.WAIT_UNFOUNDED, pointer("waits", index, "until")))
        if wait.session_id not in session_ids:
            found.append(finding(Code.WAIT_NOT_CHOSEN, pointer("waits", index, "sessionId")))
        elif wait.session_id in awaited:
            found.append(finding(Code.WAIT_REPEATED, pointer("waits", index, "sessionId")))
        awaited.add(wait.session_id)
    return found


def _checked_in_when_attended(state: RegistrationState, checked_in_at: datetime | None) -> Iterable[Finding]:
    if (state is _ATTENDED) == (checked_in_at is not None):
        return ()
    code = Code.CHECKED_IN_AT_MISSING if checked_in_at is None else Code.CHECKED_IN_AT_UNFOUNDED
    return (finding(code, "/checkedInAt"),)


def _replies_are_in_order(replies: tuple[Reply, ...]) -> Iterable[Finding]:
    if not replies[1:]:  # one has nothing before it
        return ()
    return [
        finding(Code.REPLIES_OUT_OF_ORDER, pointer("replies", index))
        for index, (before, after) in enumerate(pairwise(replies), start=1)
        if reply_order(after) < reply_order(before)
    ]


@depends_on("replies")
def _last_reply_counts(participation_status: ParticipationStatus, replies: tuple[Reply, ...]) -> Iterable[Finding]:
    # A person who is asked again, because the event was moved, has not replied yet (RFC 5546 section 3.2.2.1).
    if not replies or participation_status is _NEEDS_ACTION:
        return ()
    last = last_own_reply(replies, None)
    if last is None or last.status is participation_status:
        return ()
    return (finding(Code.PARTICIPATION_STATUS_UNFOUNDED, "/participationStatus"),)


@depends_on("entries")
def _entries_have_uids_of_their_own(entries: tuple[Entry, ...]) -> Iterable[Finding]:
    if not entries[1:]:
        return ()
    uids = [entry.uid for entry in entries]
    return [
        finding(Code.ITEM_REPEATED, pointer("entries", index)) for index, uid in enumerate(uids) if uid in uids[:index]
    ]


@frozen(kw_only=True, eq=False, repr=False)
class Registration(Model):
    """One person's registration for an event (schema.org EventReservation, RFC 5545 ATTENDEE).

    Raises:
        InvalidValueError: the first field or cross-field rule that fails, with its code.
    """

    INVARIANTS: ClassVar[tuple[Invariant, ...]] = (
        _participant_is_whole,
        _only_the_purged_have_no_participant,
        _waitlisted_since,
        _open_waits_have_a_reason,
        _checked_in_when_attended,
        REGISTRATION_STATES.invariant("state"),
        _replies_are_in_order,
        _last_reply_counts,
        _entries_have_uids_of_their_own,
    )

    id: Annotated[Identifier, OFFICE]
    """An identifier that is unique among the registrations of the event (schema.org reservationId)."""
    event_uid: Uid
    """The uid of the event (schema.org reservationFor)."""
    participant: Annotated[Contact | None, PERSONAL, Submitted(("name", "email"))] = None
    """The person who wants to take part (schema.org underName); absent only after purging."""
    organization: Annotated[Name | None, PERSONAL] = None
    """The organization of the person, in the person's own words (schema.org affiliation)."""
    organization_identifier: Annotated[OrganizationIdentifier | None, PERSONAL] = None
    """The identifier of that organization in a registry, such as ROR, as a URI (schema.org identifier)."""
    membership: Membership | None = field(default=None, converter=Either[Membership | None, MembershipWord])
    """The category of the delegation."""
    country: CountryCode | None = None
    """The country of the delegation (ISO 3166-1 alpha-2)."""
    mode: ParticipationMode = field(converter=Either[ParticipationMode, ParticipationModeWord])
    """On site or remote; required."""
    session_ids: Annotated[frozenset[Identifier], Count(maximum=100)] = field(default=frozenset(), converter=SetOf[str])
    """The sessions that the person chose; empty means the whole event."""
    listening_languages: Annotated[tuple[LanguageTag, ...], Count(unique=True)] = field(
        default=(), converter=TupleOf[str]
    )
    """The languages that the person listens in, best first (BCP 47)."""
    needs: Annotated[frozenset[Need], PERSONAL] = field(default=frozenset(), converter=SetOfEither[Need, NeedWord])
    """The needs of the person (schema.org accessibilityFeature)."""
    listing_consent: ListingConsent | None = field(
        default=None, converter=Either[ListingConsent | None, ListingConsentWord]
    )
    """Who may see the person in a list of participants; None if the person was not asked."""
    privacy_notice: Annotated[str, LINE] | None = None
    """The version of the privacy notice that the person was shown."""
    filed_by: Annotated[Contact | None, PERSONAL] = None
    """The focal point who filed it for the person, and gets a copy of their mails (schema.org bookingAgent)."""
    answers: Annotated[Answers, PERSONAL, STATISTICAL] = field(default=JsonObject(), converter=json_object)
    """The answers to the questions of the call, by the ids of the questions."""
    submitted_at: Annotated[datetime, OFFICE] = field(converter=as_utc)
    """When it was submitted, in UTC (schema.org bookingTime)."""
    submitted_by: Annotated[Name | None, PERSONAL, OFFICE] = None
    """The sender, such as a focal point, if not the person; noted by the office (schema.org bookingAgent)."""
    state: Annotated[RegistrationState, OFFICE] = field(
        default=RegistrationState.PENDING, converter=Either[RegistrationState, RegistrationStateWord]
    )
    """The current state (schema.org reservationStatus)."""
    participation_status: Annotated[ParticipationStatus, OFFICE] = field(
        default=ParticipationStatus.NEEDS_ACTION, converter=Either[ParticipationStatus, ParticipationStatusWord]
    )
    """The reply of the person to the invitation to the whole event (RFC 8984 participationStatus)."""
    waitlisted_at: Annotated[datetime | None, OFFICE] = field(default=None, converter=utc_or_none)
    """When it joined the waitlist, in UTC; present exactly while waitlisted."""
    waits: Annotated[tuple[Wait, ...], OFFICE, Count(maximum=MOST_REPLIES)] = field(default=(), converter=TupleOf[Wait])
    """The waits for seats in sessions, open and ended; open ones only for chosen sessions, and not while waitlisted."""
    checked_in_at: Annotated[datetime | None, OFFICE] = field(default=None, converter=utc_or_none)
    """When the person arrived, in UTC; present exactly when attended."""
    # Why: docs/decisions/0005
    purged_at: Annotated[datetime | None, OFFICE, PURGED] = field(default=None, converter=utc_or_none)
    """When the personal data were removed, in UTC."""
    history: Annotated[History, OFFICE] = field(default=(), converter=TupleOf[Transition])
    """The changes of its state."""
    replies: Annotated[tuple[Reply, ...], OFFICE, Count(maximum=MOST_REPLIES), FormerKey("answers")] = field(
        default=(), converter=TupleOf[Reply]
    )
    """The replies of the person and of their delegates to invitations, ordered by revision and then by time."""
    entries: Annotated[tuple[Entry, ...], OFFICE, Count(maximum=MOST_REPLIES)] = field(
        default=(), converter=TupleOf[Entry]
    )
    """What the person's calendar has, as far as it is recorded; each uid once."""
    extensions: Annotated[Extensions, PERSONAL, OFFICE] = field(default=JsonObject(), converter=json_object)
    """Data of other programs, by names that begin with the domain of their owner."""

    @property
    def attended_ids(self) -> frozenset[str]:
        """The chosen sessions but those in which it waits for a seat, or waited in vain when marked as a no-show."""
        if not self.waits:
            return self.session_ids
        if self.state is _NO_SHOW:
            return self.session_ids.difference(self._missed)
        return self.session_ids - {wait.session_id for wait in self.waits if wait.until is None}

    @property
    def _missed(self) -> dict[str, Wait]:
        """The waits that ended when it was marked as a no-show, but for sessions that were chosen again since then."""
        missed_at = self.history[-1].at
        since = {wait.session_id for wait in self.waits if wait.until is not None and wait.until > missed_at}
        return {
            wait.session_id: wait
            for wait in self.waits
            if wait.until == missed_at and wait.session_id in self.session_ids - since
        }

    def last_reply(self, *, session_id: str | None = None) -> Reply | None:
        """Return the person's last reply about the event, or about one of its sessions; None without a reply.

        It counts as long as its ``sequence`` is not lower than `Event.last_change`.
        """
        return last_own_reply(self.replies, session_id)

    def approve(self, *, at: datetime, by: str | None = None, note: str | None = None) -> Self:
        """Approve it, which gives it a seat at the event and in sessions, but for open waits (``move-not-allowed``).

        `wtisd_model.planning.approve` gives only the seats that there are.
        """
        return self._moved("approve", at, by, note)

    def waitlist(
        self, *, at: datetime, by: str | None = None, note: str | None = None, reason: LocalizedText | None = None
    ) -> Self:
        """Put it on the waitlist, which ends its waits (``move-not-allowed``); *reason* as for `reject`."""
        return self._moved("waitlist", at, by, note, reason)

    def reject(
        self, *, at: datetime, by: str | None = None, note: str | None = None, reason: LocalizedText | None = None
    ) -> Self:
        """Reject it (``move-not-allowed``); the person is given the *reason*, and never the *note*."""
        return self._moved("reject", at, by, note, reason)

    def withdraw(
        self, *, at: datetime, by: str | None = None, note: str | None = None, reason: LocalizedText | None = None
    ) -> Self:
        """Withdraw it at the person's request (``move-not-allowed``); *reason* as for `reject`."""
        return self._moved("withdraw", at, by, note, reason)

    def check_in(self, *, at: datetime, by: str | None = None, note: str | None = None) -> Self:
        """Record that the person has arrived, if only after being marked as a no-show (``move-not-allowed``)."""
        return self._moved("check_in", at, by, note)

    def mark_no_show(self, *, at: datetime, by: str | None = None, note: str | None = None) -> Self:
        """Record that the person did not come (``move-not-allowed``)."""
        return self._moved("mark_no_show", at, by, note)

    def undo_attendance(self, *, at: datetime, by: str | None = None, note: str | None = None) -> Self:
        """Take back a check-in or a no-show that was a mistake, so that it is approved again (``move-not-allowed``)."""
        return self._moved("undo_attendance", at, by, note)

    def reset(self, *, at: datetime, by: str | None = None, note: str | None = None) -> Self:
        """Take back a decision or a withdrawal, so that it is pending again (``move-not-allowed``).

        A person who returns, having withdrawn or been rejected, has not replied yet: ``participation_status`` becomes
        needs-action.
        """
        status = self.participation_status if self.state.is_active else _NEEDS_ACTION
        return evolve(self._moved("reset", at, by, note), participation_status=status)

    def purged(self, *, at: datetime, event: "Event | None" = None) -> Self:
        """Return it without personal data; state, membership, country, mode and choices are kept for statistics.

        The replies of delegates are personal data of somebody else, and are removed. A registration that is purged
        already keeps its first ``purged_at``. `check` finds an *at* before the submission
        (``purged-before-submission``).

        Args:
            at: when it is purged.
            event: its event, to keep the answers that fit statistical questions; without it all answers are removed.

        Raises:
            InvalidValueError: ``event-uid-differs``, if it belongs to another event; the codes of *at*.
            TypeError: *event* is not an Event.
        """
        own = evolve(self, replies=tuple(each for each in self.replies if each.delegate is None))
        return evolve(own, **purged_fields(own, event, CallKind.REGISTRATION, at))

    def _moved(
        self, verb: str, at: datetime, by: str | None, note: str | None, reason: LocalizedText | None = None
    ) -> Self:
        state, history = REGISTRATION_STATES.step(
            verb, self.state, self.history, path="/state", at=at, by=by, note=note, reason=reason
        )
        return evolve(
            self,
            state=state,
            history=history,
            waits=self._waits_in(state, at) if self.waits else (),
            waitlisted_at=at if state is RegistrationState.WAITLISTED else None,
            checked_in_at=at if state is RegistrationState.ATTENDED else None,
        )

    def _waits_in(self, state: RegistrationState, at: datetime) -> tuple[Wait, ...]:
        """Return the waits once it comes into *state*: a no-show who did come waits again."""
        if state not in _MAY_WAIT_FOR_SESSIONS:
            return ended(self.waits, at, self.session_ids)
        if self.state is not _NO_SHOW:
            return self.waits
        missed = self._missed
        return tuple(evolve(wait, until=None) if missed.get(wait.session_id) is wait else wait for wait in self.waits)
