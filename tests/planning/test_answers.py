"""Counts of the answers to a question, in which nobody can be recognized."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from itertools import chain
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from tests.refusals import refusal, refused
from tests.samples.whole import SIZES, asked, asking, event, pledge, registration, request, text
from wtisd_model import CallKind, Choice, Dossier, Event, Question, QuestionKind, planning
from wtisd_model.planning.results import Counts
from wtisd_model.planning.statistics import FEWEST_OTHERS
from wtisd_model.strategies import questions
from wtisd_model.strategies.events import answers_to


def answered(of: Event, *answers: Any) -> Dossier:
    one = registration(history=(), replies=(), state="pending")
    rows = (evolve(one, answers={} if each is None else {"q": each}) for each in answers)
    return Dossier(event=of, registrations=tuple(rows))


def groups(kind: str, *answers: Any, **changes: Any) -> dict[Any, int]:
    """Return all groups of the answers to a question of a kind."""
    dossier = answered(asking(asked("q", kind, **changes)), *answers)
    return dict(planning.answers(dossier, "q", smallest=1).groups)


class TestGroups:
    """Answers that many people share are counted by value; texts are counted without their words."""

    @pytest.mark.parametrize(
        ("kind", "answers", "counted"),
        [
            ("boolean", (True, True, False), {True: 2, False: 1}),
            ("agreement", (True, False, None), {True: 1, False: 1, None: 1}),
            ("integer", (2, 1, 2), {2: 2, 1: 1}),
            ("decimal", ("1.5", "1.50", "-2"), {Decimal("1.5"): 2, Decimal(-2): 1}),
            ("date", ("2027-03-04", None, None), {None: 2, date(2027, 3, 4): 1}),
            ("country", ("CH", "TD", "CH"), {"CH": 2, "TD": 1}),
            ("language", ("fr", "fr"), {"fr": 2}),
            ("text", ("Fish", "Rice", None), {True: 2, None: 1}),
            ("long-text", ("Fish",), {True: 1}),
            ("email", ("p1@example.org", "p2@example.org"), {True: 2}),
            ("phone", ("+41227305111", None), {True: 1, None: 1}),
            ("url", ("https://example.org/",), {True: 1}),
        ],
    )
    def test_each_kind(self, kind: str, answers: tuple[Any, ...], counted: dict[Any, int]) -> None:
        assert groups(kind, *answers) == counted

    def test_choices(self) -> None:
        """Each choice counts, the retired included."""
        assert groups("choice", "small", "none", "small", choices=SIZES) == {"small": 2, "none": 1}
        assert groups("choices", ["small", "medium"], ["small"], [], None, choices=SIZES) == {
            "small": 2,
            "medium": 1,
            None: 2,
        }

    def test_an_answer_that_does_not_fit_is_none(self) -> None:
        assert groups("choice", "xl", 5, ["small"], choices=SIZES) == {None: 3}


class TestWhoCounts:
    """Those who take part, may take part, or did."""

    ASKS = asking(asked("q", "integer", statistical=True))

    def test_who_does_not_come_does_not_count(self) -> None:
        dossier = answered(self.ASKS, 1, 2, 3)
        first, second, third = dossier.registrations
        at = first.submitted_at
        left = evolve(dossier, registrations=(first.withdraw(at=at), second.reject(at=at), third.approve(at=at)))
        assert planning.answers(left, "q", smallest=1) == Counts(groups={3: 1}, others=0)

    def test_the_waitlisted_and_the_no_shows_count(self) -> None:
        """Meals are planned for those who may still come, and were ordered for those who did not."""
        dossier = answered(self.ASKS, 1, 2)
        first, second = dossier.registrations
        at = first.submitted_at
        stayed = evolve(
            dossier, registrations=(first.waitlist(at=at), second.approve(at=at).mark_no_show(at=at + timedelta(1)))
        )
        assert planning.answers(stayed, "q", smallest=1).groups == {1: 1, 2: 1}

    def test_who_registered_for_another_event_does_not_count(self) -> None:
        dossier = answered(self.ASKS, 1, 2)
        first, second = dossier.registrations
        mixed = evolve(dossier, registrations=(first, evolve(second, event_uid="e-other")))
        assert planning.answers(mixed, "q", smallest=1).groups == {1: 1}

    def test_the_purged_count_with_what_was_kept(self) -> None:
        dossier = answered(self.ASKS, *[2] * 5)
        at = dossier.registrations[0].submitted_at
        purged = tuple(each.purged(at=at, event=self.ASKS) for each in dossier.registrations)
        assert planning.answers(evolve(dossier, registrations=purged), "q").groups == {2: 5}


class TestCalls:
    """A question is that of one call, and those who respond to it are counted."""

    DOSSIER = Dossier(
        event=event(
            calls=tuple(
                asking(asked("q", "boolean"), asked(f"of-{kind}", "integer"), kind=kind).calls[0] for kind in CallKind
            )
        ),
        registrations=(registration(answers={"q": True, "of-registration": 1}),),
        interpretation_requests=(request(answers={"q": False, "of-interpretation": 2}),) * 2,
        pledges=(pledge(answers={"of-pledge": 3}),),
    )

    @pytest.mark.parametrize(
        ("question", "call", "counted"),
        [
            ("q", None, {True: 1}),
            ("q", "interpretation", {False: 2}),
            ("q", CallKind.PLEDGE, {None: 1}),
            ("of-interpretation", None, {2: 2}),
            ("of-pledge", None, {3: 1}),
            (asked("of-pledge", "integer"), None, {3: 1}),
        ],
    )
    def test_the_first_that_asks_unless_one_is_named(
        self, question: str | Question, call: str | None, counted: dict[Any, int]
    ) -> None:
        assert planning.answers(self.DOSSIER, question, call=call, smallest=1).groups == counted

    def test_wrong_arguments(self) -> None:
        def error(*arguments: Any, **options: Any) -> tuple[str, str]:
            return refused(lambda: planning.answers(*arguments, **options))

        assert error(self.DOSSIER, "p") == ("value-unknown", "/question")
        assert error(self.DOSSIER, "of-pledge", call="registration") == ("value-unknown", "/question")
        assert error(self.DOSSIER, "q", call="visa") == ("value-unknown", "/call")
        assert error(self.DOSSIER, "q", smallest=0) == ("number-out-of-range", "/smallest")
        assert error(Dossier(event=event(calls=())), "q") == ("value-unknown", "/question")
        with pytest.raises(TypeError, match="Not a Dossier"):
            error(self.DOSSIER.event, "q")

    def test_a_message_does_not_name_all_questions_of_an_event(self) -> None:
        asks = asking(*(asked(f"q{number:03}") for number in range(200)))
        found = refusal(lambda: planning.answers(Dossier(event=asks), "other"))
        assert found.params == {"choices": f"{', '.join(f'q00{number}' for number in range(10))}, … (+190)"}


class TestSmallGroups:
    """One function hides small groups, whatever is counted."""

    SIX = tuple(Choice(id=each, label=text("A meal")) for each in "abcdef")

    def chosen(self, *answers: str) -> Counts[Any]:
        asks = asking(asked("q", "choices", choices=self.SIX))
        return planning.answers(answered(asks, *(list(each) for each in answers)), "q")

    def test_one_person_with_six_choices_is_still_one(self) -> None:
        assert self.chosen("abcdef") == Counts(groups={}, others=None)

    def test_one_person_beside_many_hides_the_smallest_group(self) -> None:
        for number in (1, 2):
            found = self.chosen(*["abcdef"] * number, *[""] * 20)
            assert found == Counts(groups={}, others=20 + number)

    def test_the_others_are_people_and_not_choices(self) -> None:
        """The six rare choices of one person hide the next smallest group until five people are hidden."""
        assert self.chosen(*["a"] * 7, *["b"] * 5, "abcdef") == Counts(groups={"a": 8}, others=6)

    @LAW
    @given(questions(), st.data(), st.integers(1, 6))
    def test_no_small_group_is_shown_and_the_sum_is_that_of_a_plain_count(
        self, question: Question, data: st.DataObject, smallest: int
    ) -> None:
        question = evolve(question, id="q")
        several = data.draw(st.lists(st.none() | answers_to(question), max_size=20))
        found = planning.answers(answered(asking(question), *several), question, smallest=smallest)
        people: list[set[Any]] = []
        for each in several:
            if question.kind is QuestionKind.CHOICES:
                people.append(set(each or [None]))
            else:
                value = None if each is None else question.value(each)
                people.append({value if value is None or is_counted_by_value(question) else True})
        plain = Counter(chain.from_iterable(people))
        assert all(number >= smallest for number in found.groups.values())
        assert found.groups.items() <= plain.items()
        hidden = sum(not person <= found.groups.keys() for person in people)
        is_shown = hidden == 0 or hidden >= max(smallest, FEWEST_OTHERS)
        assert found.others == (hidden if is_shown else None)
        assert is_shown or not found.groups


def is_counted_by_value(question: Question) -> bool:
    return question.kind.value not in {"text", "long-text", "email", "phone", "url"}
