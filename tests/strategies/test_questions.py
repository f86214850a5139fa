"""Questions of each kind, and the answers that fit them."""

from datetime import date
from decimal import Decimal

import pytest

from tests.strategies.drawing import drawn
from wtisd_model import QuestionKind
from wtisd_model.strategies import questions
from wtisd_model.strategies.events import answers_to

_TYPES = {
    QuestionKind.AGREEMENT: (bool, bool),
    QuestionKind.BOOLEAN: (bool, bool),
    QuestionKind.CHOICES: (tuple, tuple),
    QuestionKind.DATE: (str, date),
    QuestionKind.DECIMAL: (str, Decimal),
    QuestionKind.INTEGER: (int, int),
}


class TestAnswers:
    """Answers are drawn as JSON holds them."""

    @pytest.mark.parametrize("kind", QuestionKind)
    def test_those_to_a_question_of_each_kind_fit_it(self, kind: QuestionKind) -> None:
        pairs = drawn(questions(kind=kind).flatmap(lambda asked: answers_to(asked).map(lambda each: (asked, each))), 20)
        assert {asked.kind for asked, _ in pairs} == {kind}
        types = {(type(answer), type(asked.value(answer))) for asked, answer in pairs}
        assert types == {_TYPES.get(kind, (str, str))}
