"""Rules about the questions of a call and the answers to them."""

from collections.abc import Iterator
from datetime import datetime

from attrs import evolve

from wtisd_model.codes import Code, Severity
from wtisd_model.findings import Finding, finding, pointer
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.interpretation import InterpretationRequest
from wtisd_model.model.pledge import Pledge
from wtisd_model.model.registration import Registration
from wtisd_model.model.session import session_choices
from wtisd_model.rules.context import AnySubmission, Context
from wtisd_model.rules.submission import rule_for


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
