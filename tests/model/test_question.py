"""Questions, their choices and conditions, and the values of answers."""

import sys
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.refusals import refused
from tests.samples.whole import call, text
from wtisd_model import (
    CallKind,
    Choice,
    Condition,
    InvalidValueError,
    Membership,
    ParticipationMode,
    Question,
    QuestionKind,
)
from wtisd_model.model.question import OF_CHOICES, WITH_MAXIMUM, read_answer
from wtisd_model.strategies import questions
from wtisd_model.strategies.events import answers_to

CHOICES = (Choice(id="s", label=text("Small")), Choice(id="m", label=text("Medium"), retired=True))
MODES = frozenset({ParticipationMode.REMOTE})


def asked(kind: QuestionKind = QuestionKind.TEXT, **changes: Any) -> Question:
    choices = CHOICES if kind in {QuestionKind.CHOICE, QuestionKind.CHOICES} else ()
    return Question(**{"id": "q", "label": text("Why?"), "kind": kind, "choices": choices, **changes})


class TestQuestion:
    """A question has the choices and bounds that its kind can have, and no others."""

    @pytest.mark.parametrize("kind", [QuestionKind.CHOICE, QuestionKind.CHOICES])
    def test_one_of_choices_needs_choices(self, kind: QuestionKind) -> None:
        assert refused(lambda: asked(kind, choices=())) == ("question-without-choices", "/choices")

    def test_others_have_none(self) -> None:
        assert refused(lambda: asked(QuestionKind.DATE, choices=CHOICES)) == ("choices-unfounded", "/choices")

    def test_choices_have_ids_of_their_own(self) -> None:
        assert refused(lambda: asked(QuestionKind.CHOICE, choices=(*CHOICES, CHOICES[0]))) == (
            "id-repeated",
            "/choices/2/id",
        )

    @pytest.mark.parametrize("kind", sorted(set(QuestionKind) - {"integer", "decimal", "choices"}))
    def test_only_numbers_have_a_minimum(self, kind: QuestionKind) -> None:
        assert refused(lambda: asked(kind, minimum=1)) == ("bounds-unfounded", "/minimum")

    @pytest.mark.parametrize("kind", ["date", "country", "boolean", "choice", "email"])
    def test_only_numbers_and_texts_have_a_maximum(self, kind: str) -> None:
        assert refused(lambda: asked(QuestionKind(kind), maximum=1)) == ("bounds-unfounded", "/maximum")

    @pytest.mark.parametrize(
        ("kind", "minimum", "maximum"),
        [("integer", 5, 4), ("decimal", 5, 4), ("choices", 2, 1), ("choices", None, 0), ("text", None, 0)],
    )
    def test_some_answer_keeps_both_bounds(self, kind: str, minimum: int | None, maximum: int) -> None:
        made = refused(lambda: asked(QuestionKind(kind), minimum=minimum, maximum=maximum))
        assert made == ("bounds-reversed", "/maximum")

    def test_a_minimum_is_not_above_the_choices_that_are_offered(self) -> None:
        assert refused(lambda: asked(QuestionKind.CHOICES, minimum=2)) == ("bounds-reversed", "/minimum")
        assert asked(QuestionKind.CHOICES, minimum=1).value(["m"]) == ("m",)

    @pytest.mark.parametrize("kind", [QuestionKind.CHOICE, QuestionKind.CHOICES])
    def test_one_that_is_required_offers_a_choice(self, kind: QuestionKind) -> None:
        retired = CHOICES[1:]
        assert refused(lambda: asked(kind, choices=retired, required=True)) == ("question-without-choices", "/choices")
        assert asked(kind, choices=retired).choices == asked(kind, choices=retired, retired=True).choices

    def test_choices_that_are_not_retired_are_offered(self) -> None:
        question = asked(QuestionKind.CHOICE, choices=CHOICES)
        assert [each.id for each in question.offered] == ["s"]
        assert question.value("m") == "m"

    @pytest.mark.parametrize(("minimum", "maximum"), [(5, 5), (-5, -5), (None, -5)])
    def test_bounds_may_be_equal_or_negative(self, minimum: int | None, maximum: int) -> None:
        question = asked(QuestionKind.INTEGER, minimum=minimum, maximum=maximum)
        assert question.value(maximum) == maximum
        assert refused(lambda: question.value(maximum + 1))[0] == "number-out-of-range"

    @pytest.mark.parametrize("kind", sorted(QuestionKind))
    def test_what_people_write_themselves_is_never_statistical(self, kind: QuestionKind) -> None:
        """It may name somebody, and would be kept after purging."""
        if kind in {"email", "long-text", "phone", "text", "url"}:
            assert refused(lambda: asked(kind, statistical=True)) == ("statistical-unfounded", "/statistical")
        else:
            assert asked(kind, statistical=True).statistical


class TestValue:
    """`Question.value` returns the value of an answer, or raises the code of the mistake."""

    @pytest.mark.parametrize(
        ("kind", "answer", "value"),
        [
            ("text", "Why not", "Why not"),
            ("long-text", "Why\nnot", "Why\nnot"),
            ("integer", 5, 5),
            ("integer", 5.0, 5),
            ("decimal", "-1.50", Decimal("-1.5")),
            ("boolean", False, False),
            ("agreement", True, True),
            ("date", "2027-03-04", date(2027, 3, 4)),
            ("choice", "s", "s"),
            ("choice", "m", "m"),
            ("choices", ("m", "s"), ("m", "s")),
            ("choices", (), ()),
            ("country", "CH", "CH"),
            ("language", "fr-CH", "fr-CH"),
            ("email", "p1@example.org", "p1@example.org"),
            ("phone", "+41227301111", "+41227301111"),
            ("url", "https://www.example.org/", "https://www.example.org/"),
        ],
    )
    def test_it_is_typed(self, kind: str, answer: object, value: object) -> None:
        made = asked(QuestionKind(kind)).value(answer)
        assert (made, type(made)) == (value, type(value))

    @pytest.mark.parametrize(
        ("kind", "answer", "code", "path"),
        [
            ("text", "Why\nnot", "text-control", ""),
            ("text", 5, "wrong-type", ""),
            ("long-text", "x" * 10_001, "text-too-long", ""),
            ("integer", True, "wrong-type", ""),
            ("integer", 5.5, "wrong-type", ""),
            ("decimal", 1, "wrong-type", ""),
            ("decimal", "1e3", "number-malformed", ""),
            ("boolean", 1, "wrong-type", ""),
            ("date", "2027-02-30", "date-unreadable", ""),
            ("choice", "l", "choice-unknown", ""),
            ("choices", ("s", "l"), "choice-unknown", "/1"),
            ("choices", ["s", "s"], "item-repeated", "/1"),
            ("choices", "s", "wrong-type", ""),
            ("country", "UK", "country-unknown", ""),
            ("language", "fr-ch", "language-unknown", ""),
            ("email", "p1", "email-malformed", ""),
            ("phone", "022 730 11 11", "phone-malformed", ""),
            ("url", "www.example.org", "uri-malformed", ""),
            ("date", None, "null-refused", ""),
        ],
    )
    def test_anything_else_is_refused(self, kind: str, answer: object, code: str, path: str) -> None:
        assert refused(lambda: asked(QuestionKind(kind)).value(answer)) == (code, path)

    def test_a_required_question_of_choices_needs_one(self) -> None:
        for minimum in (None, 0, 1):
            with pytest.raises(InvalidValueError, match="too-few-items"):
                asked(QuestionKind.CHOICES, required=True, minimum=minimum).value([])

    def test_the_fix_names_up_to_ten_choices(self) -> None:
        many = tuple(Choice(id=f"c{number}", label=text("One")) for number in range(12))
        with pytest.raises(InvalidValueError, match=r"Use one of: c0, c1, .*, c9, … \(\+2\)"):
            asked(QuestionKind.CHOICE, choices=many).value("x")

    def test_a_suggestion_is_the_closest_choice(self) -> None:
        question = asked(QuestionKind.CHOICE, choices=(Choice(id="vegetarian", label=text("Vegetarian")),))
        with pytest.raises(InvalidValueError, match='Did you mean "vegetarian"'):
            question.value("vegetarien")

    @given(st.data())
    def test_what_the_strategy_draws_has_a_value(self, data: st.DataObject) -> None:
        question = data.draw(questions())
        question.value(data.draw(answers_to(question)))


def unbounded() -> dict[str, int]:
    """Return the number of entries in each cache of the package that never drops one."""
    modules = [module for name, module in [*sys.modules.items()] if name.startswith("wtisd_model.")]
    caches = [each for module in modules for each in vars(module).values() if hasattr(type(each), "cache_info")]
    return {
        f"{each.__module__}.{each.__qualname__}": each.cache_info().currsize
        for each in caches
        if each.cache_info().maxsize is None
    }


class TestMemory:
    """A service meets ever new questions, and does not remember them all."""

    def test_no_cache_grows_with_every_question(self) -> None:
        sizes = []
        for number in range(1, 4):
            choices = tuple(Choice(id=f"c{number}-{each}", label=text("C")) for each in "ab")
            for question in (
                *(asked(kind) for kind in set(QuestionKind) - OF_CHOICES),
                *(asked(kind, maximum=number) for kind in WITH_MAXIMUM - OF_CHOICES),
                *(asked(kind, choices=choices) for kind in OF_CHOICES),
            ):
                for answer in ("-", "5", 5, ("c",), ("c", "c")):
                    read_answer(question.constraint, answer)
            sizes.append(unbounded())
        assert sizes[0] == sizes[1] == sizes[2]
        assert sizes[0]


class TestCondition:
    """A condition compares an earlier answer, or a field of a registration."""

    @pytest.mark.parametrize(
        ("parts", "path"),
        [({}, "/question"), ({"answers": ("s",)}, "/question"), ({"question": "size"}, "/answers")],
    )
    def test_it_compares_something(self, parts: dict[str, Any], path: str) -> None:
        assert refused(lambda: Condition(**parts)) == ("condition-incomplete", path)

    def test_its_question_comes_earlier(self) -> None:
        later = (asked(when=Condition(question="size", answers=("s",))), asked(QuestionKind.CHOICE, id="size"))
        assert refused(lambda: call(questions=later)) == ("question-unknown", "/questions/0/when/question")
        assert call(questions=tuple(reversed(later))).questions[1].when is not None

    def test_its_answers_are_answers_to_that_question(self) -> None:
        both = (asked(QuestionKind.CHOICES, id="size"), asked(when=Condition(question="size", answers=("s", "xl"))))
        assert refused(lambda: call(questions=both)) == ("choice-unknown", "/questions/1/when/answers/1")

    def test_an_agreement_is_compared_with_true(self) -> None:
        never = (asked(QuestionKind.AGREEMENT, id="terms"), asked(when=Condition(question="terms", answers=(False,))))
        assert refused(lambda: call(questions=never)) == ("condition-unfounded", "/questions/1/when/answers")

    def test_the_answers_to_that_question_are_from_a_list(self) -> None:
        both = (asked(id="name"), asked(when=Condition(question="name", answers=("s",))))
        assert refused(lambda: call(questions=both)) == ("condition-unfounded", "/questions/1/when/question")

    @pytest.mark.parametrize(
        ("kind", "condition", "path"),
        [
            (CallKind.INTERPRETATION, Condition(modes=MODES), "modes"),
            (CallKind.INTERPRETATION, Condition(memberships=frozenset({Membership.PRESS})), "memberships"),
            (CallKind.PLEDGE, Condition(session_ids=frozenset({"s-1"})), "sessionIds"),
        ],
    )
    def test_a_condition_compares_fields_of_its_call(self, kind: CallKind, condition: Condition, path: str) -> None:
        made = refused(lambda: call(kind=kind, questions=(asked(when=condition),)))
        assert made == ("condition-unfounded", f"/questions/0/when/{path}")

    def test_questions_have_ids_of_their_own(self) -> None:
        assert refused(lambda: call(questions=(asked(), asked()))) == ("id-repeated", "/questions/1/id")

    def test_an_id_stays_when_the_label_changes(self) -> None:
        assert evolve(asked(), label=text("Other")).id == asked().id
