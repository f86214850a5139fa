"""The columns of the answers to the questions of an event."""

from collections.abc import Iterator, Mapping
from functools import partial
from operator import methodcaller
from typing import Any, Final

from wtisd_model.columns.columns import Column, Step
from wtisd_model.model.documents import questions_for
from wtisd_model.model.event import Event
from wtisd_model.model.question import read_answer
from wtisd_model.model.submissions import belongs_to
from wtisd_model.schema.constraints import Constraint, Text
from wtisd_model.schema.json_values import JsonObject

OTHER_ANSWERS: Final = "other_answers"
"""The name of the column of answers that fit no question."""

ANY_TEXT: Final = Text(2**31)
"""The constraint of a text of any length."""

_NONE: Final = JsonObject()


def answer_columns(cls: type, event: Event) -> Iterator[Column]:
    """Yield a column for each question in the call for objects of *cls*, including retired ones.

    Its name has the id of the question, as in ``answers.tshirt``, and its values are those of `Question.value`; None if
    there is no answer, or one that does not fit the question or is one to a question of another event.
    """
    own = Step(partial(_own_answers, event))
    for question in questions_for(cls, event):
        constraint = question.constraint
        steps = (own, Step(methodcaller("get", question.id)), Step(partial(_value, constraint), after_none=True))
        yield Column(
            name=f"answers.{question.id}", constraint=constraint, steps=steps, personal=not question.statistical
        )


def other_answers(cls: type, event: Event) -> Column:
    """Return the column of all answers of an object that have no value in `answer_columns`, as JSON."""
    constraints = {question.id: question.constraint for question in questions_for(cls, event)}
    steps = (Step(partial(_others, event, constraints)),)
    return Column(name=OTHER_ANSWERS, constraint=ANY_TEXT, steps=steps, personal=True)


def _own_answers(event: Event, submission: Any) -> JsonObject:
    answers: JsonObject = submission.answers if belongs_to(submission, event) else _NONE
    return answers


def _value(constraint: Constraint, answer: object) -> object:
    value, found = read_answer(constraint, answer)
    return value if found is None else None


def _others(event: Event, constraints: Mapping[str, Constraint], submission: Any) -> str | None:
    own = _own_answers(event, submission)
    answers: Mapping[str, object] = submission.answers
    others = {
        id_: answer
        for id_, answer in answers.items()
        if id_ not in own or id_ not in constraints or read_answer(constraints[id_], answer)[1] is not None
    }
    return JsonObject(others).canonical().decode() if others else None
