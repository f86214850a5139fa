"""The answers to one question as groups that can be counted."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final, cast

from wtisd_model.codes import Code
from wtisd_model.findings import InvalidValueError, finding
from wtisd_model.model.call import CallKind
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.question import Question, QuestionKind, read_answer
from wtisd_model.schema.constraints import Items

AnswerGroup = str | bool | int | Decimal | date | None
"""The value of an answer, or True for any text; None without an answer."""

_COUNTED_BY_VALUE: Final = frozenset(
    {
        *(QuestionKind.AGREEMENT, QuestionKind.BOOLEAN, QuestionKind.CHOICE, QuestionKind.CHOICES),
        *(QuestionKind.COUNTRY, QuestionKind.DATE, QuestionKind.DECIMAL, QuestionKind.INTEGER, QuestionKind.LANGUAGE),
    }
)
"""The kinds of questions that many people answer alike; of the others, texts, each answer may be its own group."""

_NOT_COUNTED: Final = frozenset({"declined", "draft", "rejected", "withdrawn"})
"""The states of registrations, requests and pledges that do not count."""


def answer_groups(dossier: Dossier, question: str, call: CallKind | None) -> Iterator[tuple[AnswerGroup, ...]]:
    """Yield the group of each answer to a question; several if several choices were chosen.

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
        if submission.state in _NOT_COUNTED or submission.event_uid not in {None, dossier.event.uid}:
            continue
        value, found = read_answer(constraint, submission.answers.get(asked.id))
        if found is not None:
            yield (None,)
        elif isinstance(constraint, Items):
            yield cast("tuple[str, ...]", value) or (None,)
        else:
            yield (cast("AnswerGroup", value) if asked.kind in _COUNTED_BY_VALUE else True,)


def _find(dossier: Dossier, question: str, call: CallKind | None) -> tuple[CallKind, Question]:
    kinds = (CallKind.REGISTRATION, CallKind.INTERPRETATION, CallKind.PLEDGE) if call is None else (call,)
    calls = [found for found in map(dossier.event.call, kinds) if found is not None]
    for each in calls:
        for asked in each.questions:
            if asked.id == question:
                return each.kind, asked
    ids = sorted({asked.id for each in calls for asked in each.questions})
    raise InvalidValueError(finding(Code.VALUE_UNKNOWN, "/question", choices=", ".join(ids) or "none"))
