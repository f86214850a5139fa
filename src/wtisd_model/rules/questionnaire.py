"""The questions of a call, prepared to check many submissions."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, NamedTuple

from attrs import evolve

from wtisd_model.codes import Code
from wtisd_model.findings import Finding, finding, pointer, safe_pointer_token
from wtisd_model.model.question import UNREADABLE, Condition, Question, QuestionKind, read_answer
from wtisd_model.schema.constraints import Items
from wtisd_model.schema.suggestions import Spellings, close_to
from wtisd_model.types.scalars import INVALID, scalar_decoder

_TUPLE: Final[Any] = tuple  # else pyright takes its items for unknown


class _Prepared(NamedTuple):
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
            _Prepared(question.id, question, question.when, _test_of(question))
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
