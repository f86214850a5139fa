"""The context of a rule about one submission: a dossier prepared for look-ups, the present moment, a position."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, Final, NamedTuple, TypeVar

from attrs import evolve

from wtisd_model.codes import Code
from wtisd_model.findings import Finding, finding, pointer, safe_pointer_token
from wtisd_model.model.call import Call, CallKind
from wtisd_model.model.documents import CALL_KINDS, SUBMISSIONS, questions_for, submissions_in
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.event import Event, announced_sessions
from wtisd_model.model.interpretation import InterpretationRequest
from wtisd_model.model.pledge import Pledge
from wtisd_model.model.question import UNREADABLE, Condition, Question, QuestionKind, read_answer
from wtisd_model.model.registration import Registration
from wtisd_model.model.session import EventStatus, Session, session_choices
from wtisd_model.model.submissions import all_modes, belongs_to
from wtisd_model.rules.identity import Identity, People, active_participant, mailbox_of
from wtisd_model.rules.interpretation_schedule import InterpretationSchedule
from wtisd_model.rules.seats import LimitedSeats, limited_seats, over_at, seats_left, seats_unclaimed
from wtisd_model.rules.teams import Crew, SharedBooth, crews
from wtisd_model.schema.constraints import Items
from wtisd_model.schema.suggestions import Spellings, close_to
from wtisd_model.types.attendance import ParticipationMode, SeatId
from wtisd_model.types.people import Contact
from wtisd_model.types.scalars import INVALID, scalar_decoder
from wtisd_model.types.timezone import end_of_day, start_of_day, to_utc

Key = TypeVar("Key")

CallWindow = tuple[datetime | None, datetime | None]
"""When a call opens, and the first moment that is too late for it, in UTC; None means no limit."""

AnySubmission = Registration | InterpretationRequest | Pledge
"""A submission of any class."""


class Context(NamedTuple):
    """The context in which a rule judges a submission."""

    dossier: "PreparedDossier"
    """The dossier that holds the submission, or that it comes in for."""
    now: datetime
    """The present moment, in UTC."""
    position: int | None
    """The position of the submission in its list; None if it comes in and is not listed yet."""


class PreparedDossier:
    """A dossier with the look-ups that rules need, each computed on first use and cached.

    So the time to judge one submission does not grow with the dossier.
    """

    def __init__(self, dossier: Dossier, taken: Mapping[tuple[SeatId, ParticipationMode], int] | None = None) -> None:
        """Prepare a dossier; *taken* has the numbers of taken seats if it has no registrations."""
        self.event: Event = dossier.event
        self.lists: Mapping[type, Sequence[AnySubmission]] = submissions_in(dossier)
        self._registrations = dossier.registrations
        self._taken = taken
        self._requests = dossier.interpretation_requests

    @cached_property
    def ids(self) -> Mapping[type, Mapping[str, int]]:
        """The first position of each id in each list."""
        return {
            cls: _first_positions((submission.id, position) for position, submission in enumerate(submissions))
            for cls, submissions in self.lists.items()
        }

    @cached_property
    def people(self) -> People:
        """The people who cannot register again."""
        return People(contact for contact, _ in self._active)

    @cached_property
    def first_registrations(self) -> Mapping[Identity, int]:
        """The position of the first active registration of each person, in the order of submission."""
        return _first_positions((self.people.identity(contact), position) for contact, position in self._active)

    @cached_property
    def mailboxes(self) -> Mapping[str, int]:
        """The position of the first active registration of each e-mail address, in the order of submission."""
        return _first_positions((mailbox_of(contact), position) for contact, position in self._active)

    @cached_property
    def _active(self) -> Sequence[tuple[Contact, int]]:
        """The participants of active registrations for the event, with their positions, in the order of submission."""
        by_time = sorted(enumerate(self._registrations), key=lambda numbered: numbered[1].submitted_at)
        active = (
            (active_participant(registration), position)
            for position, registration in by_time
            if belongs_to(registration, self.event)
        )
        return [(contact, position) for contact, position in active if contact is not None]

    @cached_property
    def seats(self) -> Mapping[ParticipationMode, Mapping[SeatId, LimitedSeats]]:
        """The seats in each mode, at the event and in its sessions, where their number is limited."""
        if self._taken is not None:
            return seats_left(self.event, self._taken)
        return limited_seats(self.event, self._registrations)

    @cached_property
    def unclaimed_seats(self) -> Mapping[ParticipationMode, Mapping[SeatId, int]]:
        """The number of seats that are left for a newcomer, where the number of seats is limited."""
        return seats_unclaimed(self.event, self._registrations, self.seats)

    @cached_property
    def modes(self) -> frozenset[ParticipationMode] | None:
        """How one can take part in the event; None for a draft without a place."""
        mode = self.event.attendance_mode
        return None if mode is None else mode.modes

    @cached_property
    def session_modes(self) -> Mapping[str, frozenset[ParticipationMode]]:
        """How one can take part in each session, by its id; those without a place, such as in a draft, are left out."""
        modes = {session.id: self.event.mode_of(session) for session in self.event.sessions}
        return {id_: mode.modes for id_, mode in modes.items() if mode is not None}

    @cached_property
    def sessions_without(self) -> Mapping[ParticipationMode, frozenset[str]]:
        """The ids of the sessions in which one cannot take part in a mode, without cancelled ones."""
        return {
            mode: frozenset(
                id_
                for id_, offered in self.session_modes.items()
                if mode not in offered and self.sessions[id_].status is not EventStatus.CANCELLED
            )
            for mode in ParticipationMode
        }

    @cached_property
    def all_modes(self) -> frozenset[ParticipationMode] | None:
        """How one can take part in the event or in one of its sessions; None for a draft without a place."""
        return all_modes(self.event)

    @cached_property
    def registration_call(self) -> Call | None:
        """The call for registrations."""
        return self.event.call(CallKind.REGISTRATION)

    @cached_property
    def sessions(self) -> Mapping[str, Session]:
        """The sessions by their ids."""
        return {session.id: session for session in self.event.sessions}

    @cached_property
    def session_spellings(self) -> Mapping[str, str]:
        """The ids of the announced sessions by their casefolded form."""
        return {session.id.casefold(): session.id for session in announced_sessions(self.event)}

    @cached_property
    def session_choices(self) -> Mapping[str, str | int]:
        """The sessions that can be chosen, for a message."""
        return session_choices(self.event.sessions)

    @cached_property
    def questionnaires(self) -> Mapping[type, "Questionnaire"]:
        """The questions of the call for each class of submission."""
        return {cls: Questionnaire(questions_for(cls, self.event)) for cls in SUBMISSIONS}

    @cached_property
    def windows(self) -> Mapping[type, CallWindow]:
        """When the call for each class of submission is open."""
        return {cls: _call_window(self.event, kind) for cls, kind in CALL_KINDS.items()}

    @cached_property
    def first_day_begins_at(self) -> datetime | None:
        """When the first day of the event begins, local time, in UTC; None for a draft without a date."""
        slot = self.event.slot
        # Where the clocks go back just after midnight, an event may begin before its day does so for good.
        return None if slot is None else min(slot.starts_at, to_utc(start_of_day(slot.first_day, slot.time_zone)))

    @cached_property
    def last_day_ends_at(self) -> datetime | None:
        """When the last day of the event ends, local time, in UTC; None as for `over_at`."""
        return self._day_ends_at(0)

    @cached_property
    def purge_due_at(self) -> datetime | None:
        """The first moment, in UTC, at which personal data may no longer be kept; None means no limit."""
        # Like a deadline, a term in days includes its last day.
        return None if self.event.retention_days is None else self._day_ends_at(self.event.retention_days)

    def _day_ends_at(self, later: int) -> datetime | None:
        """Return when a day ends that is so much later than the last one; an end at midnight belongs to its day."""
        slot = self.event.slot
        if slot is None or over_at(self.event) is None:
            return None
        return to_utc(end_of_day(slot.last_day + timedelta(days=later), slot.time_zone))

    @cached_property
    def schedule(self) -> InterpretationSchedule:
        """The sessions as interpreters see them."""
        return InterpretationSchedule.of(self.event)

    @cached_property
    def crews(self) -> Mapping[SharedBooth, Crew]:
        """The interpreters in each booth for two languages."""
        return crews(self._requests, self.schedule)

    def begins_at(self, session_ids: frozenset[str]) -> datetime | None:
        """Return when the first of these sessions begins or, without sessions, the event; None for a draft."""
        chosen = [self.sessions[id_].slot.starts_at for id_ in session_ids if id_ in self.sessions]
        event = self.event.slot
        return min(chosen, default=None if event is None else event.starts_at)

    def contexts(self, now: datetime) -> list[Context]:
        """Return a context for each position in the longest of the lists."""
        longest = max(map(len, self.lists.values()))
        return [Context(self, now, position) for position in range(longest)]


def _first_positions(pairs: Iterable[tuple[Key, int]]) -> dict[Key, int]:
    positions: dict[Key, int] = {}
    for key, position in pairs:
        positions.setdefault(key, position)
    return positions


def _call_window(event: Event, kind: CallKind) -> CallWindow:
    """Return when the call of a kind opens, and the first moment that is too late for it.

    R04: without a deadline, registration closes when the event is over. Cancelling the event closes it too. A call for
    interpretation or for pledges without a deadline stays open.
    """
    call = event.call(kind)
    if call is None:
        return None, None
    closes_at = None if call.deadline is None else to_utc(call.deadline.closes_at)
    if kind is not CallKind.REGISTRATION:
        return call.opens, closes_at
    closes_at = closes_at or over_at(event)
    if event.status is EventStatus.CANCELLED:
        cancelled_at = event.history[-1].at
        closes_at = cancelled_at if closes_at is None else min(closes_at, cancelled_at)
    return call.opens, closes_at


_TUPLE: Final[Any] = tuple  # else pyright takes its items for unknown


class _AskedQuestion(NamedTuple):
    """A question with values computed from it."""

    id: str
    question: Question
    when: Condition | None
    is_good: Callable[[object], object]
    """Returns something true for an answer without findings, in a fraction of the time that the findings take."""


class Questionnaire:
    """The questions of a call; the time to check a submission does not depend on how many came before."""

    def __init__(self, questions: Sequence[Question]) -> None:
        self._current = [
            _AskedQuestion(question.id, question, question.when, _test_of(question))
            for question in questions
            if not question.retired
        ]
        self._retired = frozenset(question.id for question in questions if question.retired)
        self._compared = frozenset(question.when.question for question in questions if question.when is not None)
        self._spellings = Spellings(
            {question.id.casefold(): question.id for question in questions if not question.retired}
        )
        self._statistical = {question.id: question.constraint for question in questions if question.statistical}

    def findings(self, submission: Any, *, stored: bool) -> Iterator[Finding]:
        """Yield the findings about the answers in a registration, a request or a pledge.

        In a *stored* one, an answer to a retired question still meets the conditions of others. If a field or an answer
        is `UNREADABLE`, findings that depend on its value are omitted.
        """
        if submission.answers is UNREADABLE:
            return
        answers: dict[str, object] = dict(submission.answers.items())
        asked, unsure = set(self._retired) if stored else set[str](), set[str]()
        for id_, question, when, is_good in self._current:
            answer = answers.pop(id_, None)  # no answer is None
            is_asked = when is None or when.verdict(submission, asked, unsure)
            if is_asked is False:
                if answer is not None:
                    yield finding(Code.ANSWER_NOT_ASKED, pointer("answers", id_))
                continue
            if id_ in self._compared:
                (asked if is_asked else unsure).add(id_)
            if answer is None:
                if question.required and is_asked:
                    yield finding(Code.ANSWER_MISSING, pointer("answers", id_))
            elif answer is not UNREADABLE and not is_good(answer):
                yield _about_answer(question, answer).prefixed(pointer("answers", id_))
        for id_ in sorted(answers):
            yield self._about_other(id_)

    def findings_if_purged(self, submission: Any) -> Iterator[Finding]:
        """Yield a finding for each answer that a registration or a request may not have after purging."""
        for id_, answer in sorted(submission.answers.items()):
            constraint = self._statistical.get(id_)
            if constraint is None or read_answer(constraint, answer)[1] is not None:
                yield finding(Code.PURGED_WITH_PERSONAL_DATA, "/answers" + safe_pointer_token(id_))

    def _about_other(self, id_: str) -> Finding:
        """Return the finding about an answer to a question that is no longer asked, or never was."""
        if id_ in self._retired:
            return finding(Code.ANSWER_RETIRED, pointer("answers", id_))
        meant = close_to(id_, self._spellings)
        suggestion = {} if meant is None else {"suggestion": meant}
        return finding(Code.ANSWER_UNKNOWN, "/answers" + safe_pointer_token(id_), **suggestion)


def _test_of(question: Question) -> Callable[[object], object]:
    """Return a test for the answers to a question as it is now, without retired choices."""
    constraint = question.constraint
    offered = frozenset(choice.id for choice in question.offered)
    if isinstance(constraint, Items):
        least, most = constraint.minimum, constraint.maximum

        def are_good(answer: Any) -> bool:
            # Each is offered, and none comes twice.
            return type(answer) is _TUPLE and least <= len(answer) <= most and len(offered & {*answer}) == len(answer)

        return are_good
    if question.kind is QuestionKind.CHOICE:
        return offered.__contains__
    if question.kind is QuestionKind.AGREEMENT:
        return lambda answer: answer is True
    decode = scalar_decoder(constraint)
    return lambda answer: decode(answer) is not INVALID


def _about_answer(question: Question, answer: Any) -> Finding:
    """Return the finding about an answer that the test of its question refuses."""
    retired = frozenset(choice.id for choice in question.choices if choice.retired)
    for index, choice in enumerate(answer if type(answer) is _TUPLE else ()):
        if choice in retired:
            return finding(Code.ANSWER_RETIRED, pointer(index))
    if answer in retired:
        return finding(Code.ANSWER_RETIRED)
    # Only offered choices are suggested.
    current = evolve(question, choices=question.offered) if retired and question.offered else question
    _, found = read_answer(current.constraint, answer)
    return finding(Code.AGREEMENT_MISSING) if found is None else found
