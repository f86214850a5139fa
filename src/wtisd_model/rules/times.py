"""Rules about the times in submissions: none is in the future, and nothing is decided before it is submitted."""

from collections.abc import Iterator
from datetime import datetime

from wtisd_model.codes import Code
from wtisd_model.findings import Finding, finding, pointer
from wtisd_model.model.interpretation import InterpretationRequest
from wtisd_model.model.pledge import Pledge
from wtisd_model.model.pledge_parts import PledgeState
from wtisd_model.model.registration import Registration
from wtisd_model.rules.context import AnySubmission, Context
from wtisd_model.rules.submission import rule_for


@rule_for(Registration, InterpretationRequest, Pledge)
def times_have_come(context: Context, submission: AnySubmission) -> Iterator[Finding]:
    """No recorded time is in the future; of a history, only the first future transition is reported."""
    times: dict[str, datetime | None] = {"/submittedAt": submission.submitted_at}
    if isinstance(submission, Registration):
        times["/waitlistedAt"] = submission.waitlisted_at
        times["/checkedInAt"] = submission.checked_in_at
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
