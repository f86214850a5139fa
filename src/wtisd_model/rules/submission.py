"""Rules about single submissions: how they are declared, those for every class, and those about their answers."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

from attrs import evolve

from wtisd_model.codes import Code, Severity
from wtisd_model.findings import Finding, finding, pointer
from wtisd_model.model.documents import SUBMISSION_FIELDS
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.interpretation import InterpretationRequest
from wtisd_model.model.pledge import Pledge
from wtisd_model.model.pledge_parts import PledgeState
from wtisd_model.model.registration import Registration
from wtisd_model.model.session import EventStatus, session_choices
from wtisd_model.model.submissions import belongs_to
from wtisd_model.rules.context import AnySubmission, Context, PreparedDossier
from wtisd_model.schema.fields import camel_case
from wtisd_model.types.attendance import ParticipationMode
from wtisd_model.types.identifiers import first_ids

Judge = Callable[[Context, Any], Iterator[Finding]]


class SubmissionRule:
    """A rule about one submission, whether it is in a dossier or only comes in for one.

    Like every rule it can be called with a dossier and the present moment; then it judges all that the dossier holds.
    """

    def __init__(self, judge: Judge, classes: tuple[type, ...]) -> None:
        self.judge = judge
        """Yields the findings in one submission; paths begin at the submission."""
        self.classes = classes
        """The classes of submissions that it is about."""
        self.__doc__ = judge.__doc__
        self.__name__: str = judge.__name__

    def __call__(self, dossier: Dossier, now: datetime) -> Iterator[Finding]:
        """Yield the findings in the submissions of a dossier."""
        prepared = PreparedDossier(dossier)
        return self.findings(prepared, prepared.contexts(now))

    def findings(self, dossier: PreparedDossier, contexts: Sequence[Context]) -> Iterator[Finding]:
        """Yield the findings in the submissions of a prepared dossier; *contexts* has one for each position."""
        for cls in self.classes:
            for position, (context, submission) in enumerate(zip(contexts, dossier.lists[cls], strict=False)):
                for found in self.judge(context, submission):
                    yield found.prefixed(pointer(camel_case(SUBMISSION_FIELDS[cls]), position))


def rule_for(*classes: type) -> Callable[[Judge], SubmissionRule]:
    """Return a decorator that turns a function into a `SubmissionRule` about submissions of *classes*."""
    return lambda judge: SubmissionRule(judge, classes)


@rule_for(Registration, InterpretationRequest, Pledge)
def ids_are_unique(context: Context, submission: AnySubmission) -> Iterator[Finding]:
    """No two submissions in one list have the same id; the finding is at the later one."""
    first = context.dossier.ids[type(submission)].get(submission.id, context.position)
    if first != context.position:
        yield finding(Code.ID_REPEATED, "/id")


@rule_for(Registration, InterpretationRequest, Pledge)
def event_is_this_one(context: Context, submission: AnySubmission) -> Iterator[Finding]:
    """S04: if a submission names an event, it is the event of the dossier."""
    if not belongs_to(submission, context.dossier.event):
        yield finding(Code.EVENT_UID_DIFFERS, "/eventUid")


@rule_for(Registration, InterpretationRequest)
def personal_data_is_purged(context: Context, submission: Registration | InterpretationRequest) -> Iterator[Finding]:
    """R11: personal data is gone after the retention period of the event."""
    due_at = context.dossier.purge_due_at
    if due_at is not None and context.now >= due_at and submission.purged_at is None:
        yield finding(Code.RETENTION_OVER, days=context.dossier.event.retention_days or 0)


@rule_for(Registration, InterpretationRequest)
def sessions_exist(context: Context, submission: Registration | InterpretationRequest) -> Iterator[Finding]:
    """S04: the sessions that somebody chose are sessions of the event.

    There is one finding for all of them, at the whole list: a set has no order, so an index could point to another id
    in the payload.
    """
    dossier = context.dossier
    unknown = sorted(submission.session_ids - dossier.sessions.keys())
    if unknown:
        spellings = dossier.session_spellings
        meant = next((spellings[id_.casefold()] for id_ in unknown if id_.casefold() in spellings), None)
        suggestion = {} if meant is None else {"suggestion": meant}
        params = {**dossier.session_choices, **suggestion}
        yield finding(Code.SESSION_UNKNOWN, "/sessionIds", unknown=len(unknown), **params)


@rule_for(Registration, InterpretationRequest)
def sessions_take_place(context: Context, submission: Registration | InterpretationRequest) -> Iterator[Finding]:
    """No session that somebody chose is cancelled; the finding is at the whole list, while it can still be changed."""
    sessions = context.dossier.sessions
    chosen = sorted(submission.session_ids & sessions.keys()) if submission.state.is_open else ()
    cancelled = [id_ for id_ in chosen if sessions[id_].status is EventStatus.CANCELLED]
    if cancelled:
        yield finding(Code.SESSION_CANCELLED, "/sessionIds", ids=first_ids(cancelled))


@rule_for(Registration, InterpretationRequest)
def modes_are_offered(context: Context, submission: Registration | InterpretationRequest) -> Iterator[Finding]:
    """R01: the event can be attended in the mode that was chosen; a draft without a place refuses nothing yet.

    A registration that names sessions needs its mode in each of them that is not cancelled, as long as the choice can
    be changed; others need it at the event. If only sessions offer it, one has to name them. A request needs the modes
    of its listeners in some chosen session or, without sessions, at the event or in one of its sessions.
    """
    dossier = context.dossier
    is_for_all = submission.session_ids.isdisjoint(dossier.session_modes)
    if isinstance(submission, Registration):
        refusing = submission.session_ids & dossier.sessions_without[submission.mode]
        for id_ in sorted(refusing) if refusing and submission.state.is_open else ():
            choices = ", ".join(sorted(dossier.session_modes[id_]))
            yield finding(Code.SESSION_MODE_NOT_OFFERED, "/mode", session=id_, choices=choices)
        path, asked = "/mode", frozenset({submission.mode})
        if is_for_all:
            offered = dossier.modes
        else:  # if nothing was refused above, the mode is offered there, or all the sessions are cancelled
            offered = None if refusing or not submission.state.is_open else dossier.all_modes
    else:
        asked = submission.delivery.modes if submission.state.is_open else frozenset[ParticipationMode]()
        chosen = submission.session_ids & dossier.session_modes.keys()
        modes = frozenset[ParticipationMode]().union(*(dossier.session_modes[id_] for id_ in chosen))
        path, offered = "/delivery", dossier.all_modes if is_for_all else modes
    if offered is None or asked <= offered:
        return
    held = [session.id for session in dossier.event.sessions if session.status.is_held]
    if isinstance(submission, Registration) and (
        ids := [id_ for id_ in held if submission.mode in dossier.session_modes.get(id_, ())]
    ):
        yield finding(Code.MODE_ONLY_IN_SESSIONS, path, ids=first_ids(ids))
    else:
        yield finding(Code.MODE_NOT_OFFERED, path, choices=", ".join(sorted(offered)))


@rule_for(Registration, InterpretationRequest, Pledge)
def times_have_come(context: Context, submission: AnySubmission) -> Iterator[Finding]:
    """No recorded time is in the future; of a history, only the first future transition is reported."""
    times: dict[str, datetime | None] = {"/submittedAt": submission.submitted_at}
    if isinstance(submission, Registration):
        times["/waitlistedAt"] = submission.waitlisted_at
        times["/checkedInAt"] = submission.checked_in_at
        for index, wait in enumerate(submission.waits):
            times |= {pointer("waits", index, "since"): wait.since, pointer("waits", index, "until"): wait.until}
    if not isinstance(submission, Pledge):
        times["/purgedAt"] = submission.purged_at
    for path, moment in times.items():
        if moment is not None and moment > context.now:
            yield finding(Code.TIME_IN_FUTURE, path)
    for index, step in enumerate(submission.history):
        if step.at > context.now:
            yield finding(Code.TIME_IN_FUTURE, pointer("history", index, "at"))
            break


@rule_for(Registration, InterpretationRequest, Pledge)
def decisions_follow_submissions(_context: Context, submission: AnySubmission) -> Iterator[Finding]:
    """Nothing is decided or purged before it was submitted; the steps of a pledge that was a draft may be earlier."""
    history = submission.history
    if history and history[0].at < submission.submitted_at and history[0].before != PledgeState.DRAFT:
        yield finding(Code.HISTORY_BEFORE_SUBMISSION, pointer("history", 0, "at"))
    purged_at = None if isinstance(submission, Pledge) else submission.purged_at
    if purged_at is not None and purged_at < submission.submitted_at:
        yield finding(Code.PURGED_BEFORE_SUBMISSION, "/purgedAt")


def outside_window(context: Context, submission: AnySubmission) -> Iterator[Finding]:
    """Yield the finding about a submission that came before its call opened or after it closed."""
    opens_at, closes_at = context.dossier.windows[type(submission)]
    if opens_at is not None and submission.submitted_at < opens_at:
        yield finding(Code.CALL_NOT_OPEN, "/submittedAt")
    if closes_at is not None and submission.submitted_at >= closes_at:
        yield finding(Code.CALL_CLOSED, "/submittedAt")


def last_step_before_start(context: Context, submission: Registration | InterpretationRequest) -> bool:
    """Return True if the last transition is before the start of the event, or of the first session that was chosen."""
    begins_at = context.dossier.begins_at(submission.session_ids)
    return begins_at is not None and submission.history[-1].at < begins_at


@rule_for(Registration, InterpretationRequest, Pledge)
def answers_fit_the_questions(context: Context, submission: AnySubmission) -> Iterator[Finding]:
    """Each answer is one to a question of the call that is asked, and no required one is missing.

    Questions change after answers have come. So a mistake in an answer that is already in the dossier is only a
    warning. After purging, only answers to statistical questions may be left, and none is missing.
    """
    questionnaire = context.dossier.questionnaires[type(submission)]
    if isinstance(submission, Registration | InterpretationRequest) and submission.purged_at is not None:
        yield from questionnaire.findings_if_purged(submission)
        return
    stored = context.position is not None
    for found in questionnaire.findings(submission, stored=stored):
        yield evolve(found, severity=Severity.WARNING) if stored else found


def conditions_name_sessions(dossier: Dossier, _now: datetime) -> Iterator[Finding]:
    """S04: the sessions in the conditions of questions are sessions of the event."""
    sessions = dossier.event.sessions
    ids = frozenset(session.id for session in sessions)
    for number, call in enumerate(dossier.event.calls):
        for index, question in enumerate(call.questions):
            unknown = len(question.when.session_ids - ids) if question.when is not None else 0
            if unknown:
                path = pointer("event", "calls", number, "questions", index, "when", "sessionIds")
                yield finding(Code.SESSION_UNKNOWN, path, unknown=unknown, **session_choices(sessions))
