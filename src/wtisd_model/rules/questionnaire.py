"""The questions of a call, prepared to check many submissions."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, cast

from wtisd_model.codes import Code
from wtisd_model.findings import Finding, finding, pointer, safe_pointer_token
from wtisd_model.model.question import Condition, Question, QuestionKind, read_answer
from wtisd_model.schema.constraints import Items, Leaf
from wtisd_model.schema.suggestions import Spellings, close_to


class _Prepared(NamedTuple):
    """A question with what is computed from it."""

    id: str
    path: str
    when: Condition | None
    retired: bool
    required: bool
    constraint: Leaf | Items
    must_be_true: bool
    retired_choices: frozenset[str]


class Questionnaire:
    """The questions of a call; the time to check a submission does not depend on how many came before."""

    def __init__(self, questions: Sequence[Question]) -> None:
        self._questions = [_prepared(each) for each in questions]
        self._ids = frozenset(each.id for each in questions)
        self._spellings = Spellings({each.casefold(): each for each in self._ids})

    def findings(self, submission: Any) -> Iterator[Finding]:
        """Yield the findings about the answers in a registration, a request or a pledge."""
        answers = submission.answers
        if not answers and not self._questions:
            return
        asked: set[str] = set()
        for question in self._questions:
            is_asked = not question.retired and (question.when is None or question.when.is_met(submission, asked))
            if is_asked:
                asked.add(question.id)
            if question.id in answers:
                found = _about_answer(question, answers[question.id], is_asked=is_asked)
                if found is not None:
                    yield found.prefixed(question.path)
            elif is_asked and question.required:
                yield finding(Code.ANSWER_MISSING, question.path)
        for id_ in sorted(answers.keys() - self._ids):
            meant = close_to(id_, self._spellings)
            suggestion = {} if meant is None else {"suggestion": meant}
            yield finding(Code.ANSWER_UNKNOWN, "/answers" + safe_pointer_token(id_), **suggestion)


def _prepared(question: Question) -> _Prepared:
    return _Prepared(
        id=question.id,
        path=pointer("answers", question.id),
        when=question.when,
        retired=question.retired,
        required=question.required,
        constraint=question.constraint,
        must_be_true=question.kind is QuestionKind.AGREEMENT,
        retired_choices=frozenset(choice.id for choice in question.choices if choice.retired),
    )


def _about_answer(question: _Prepared, answer: object, *, is_asked: bool) -> Finding | None:
    if question.retired:
        return finding(Code.ANSWER_RETIRED)
    if not is_asked:
        return finding(Code.ANSWER_NOT_ASKED)
    value, found = read_answer(question.constraint, answer)
    if found is not None:
        return found
    if question.must_be_true and value is not True:
        return finding(Code.AGREEMENT_MISSING)
    if question.retired_choices:
        several = cast("tuple[str, ...]", value) if isinstance(value, tuple) else ()
        if value in question.retired_choices:
            return finding(Code.ANSWER_RETIRED)
        for index, each in enumerate(several):
            if each in question.retired_choices:
                return finding(Code.ANSWER_RETIRED, pointer(index))
    return None
