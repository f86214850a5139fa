"""The answers to one question as groups that can be counted."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final, cast

from wtisd_model.codes import Code
from wtisd_model.findings import InvalidValueError, finding
from wtisd_model.model.call import CallKind
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.interpretation import RequestState
from wtisd_model.model.question import IN_OWN_WORDS, Question, read_answer
from wtisd_model.model.registration import RegistrationState
from wtisd_model.model.submissions import belongs_to, questions_of
from wtisd_model.planning.totals import COUNTED
from wtisd_model.schema.constraints import Items
from wtisd_model.types.identifiers import first_ids

AnswerGroup = str | bool | int | Decimal | date | None
"""The value of an answer, or True for any text; None without an answer."""

_COUNTED: Final[Mapping[CallKind, AbstractSet[StrEnum]]] = {
    CallKind.REGISTRATION: frozenset(each for each in RegistrationState if each.is_active),
    CallKind.INTERPRETATION: frozenset(each for each in RequestState if each.is_active),
    CallKind.PLEDGE: COUNTED,
}
"""The states in which an answer holds; the order of the calls is that in which they are asked for a question.

It does on the waitlist and after a no-show, although `wtisd_model.planning.audience` counts neither: meals are planned
for those who may still come, and were ordered for those who did not.
"""


def answer_groups(dossier: Dossier, question: str, call: CallKind | None) -> Iterator[Iterable[AnswerGroup]]:
    """Yield the groups of each answer to a question: one, or several if several choices were chosen.

    Raises:
        InvalidValueError: ``value-unknown``, if no call of the event asks the question.
    """
    kind, asked = _find(dossier, question, call)
    submissions: dict[CallKind, Sequence[Any]] = {
        CallKind.REGISTRATION: dossier.registrations,
        CallKind.INTERPRETATION: dossier.interpretation_requests,
        CallKind.PLEDGE: dossier.pledges,
    }
    constraint = asked.constraint
    for submission in submissions[kind]:
        if submission.state not in _COUNTED[kind] or not belongs_to(submission, dossier.event):
            continue
        value, found = read_answer(constraint, submission.answers.get(asked.id))
        if found is not None:
            yield (None,)
        elif isinstance(constraint, Items):
            yield cast("tuple[str, ...]", value) or (None,)
        else:
            yield (cast("AnswerGroup", value) if asked.kind not in IN_OWN_WORDS else True,)


def _find(dossier: Dossier, question: str, call: CallKind | None) -> tuple[CallKind, Question]:
    kinds = tuple(_COUNTED) if call is None else (call,)
    questions = [(kind, asked) for kind in kinds for asked in questions_of(dossier.event, kind)]
    for kind, asked in questions:
        if asked.id == question:
            return kind, asked
    ids = sorted({asked.id for _, asked in questions})
    raise InvalidValueError(finding(Code.VALUE_UNKNOWN, "/question", choices=first_ids(ids)))
