"""Answers to statistical questions stay when personal data is removed, and no others."""

from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from tests.refusals import refused
from tests.samples.whole import asked, asking, event, pledge, registration, request, step
from wtisd_model import CallKind, Dossier, Question, Registration, from_json, to_json
from wtisd_model.rules.submission import answers_fit_the_questions
from wtisd_model.strategies.events import answers_to, question_lists

AT = datetime(2023, 7, 1, tzinfo=UTC)
ASKS = asking(
    asked("guests", "integer", statistical=True),
    asked("old", "boolean", statistical=True, retired=True),
    asked("passport"),
)
ANSWERS = {"guests": 2, "old": True, "passport": "X1", "unknown": "Participant 1"}


class TestPurged:
    """R11: with the event, purging keeps what the organizer marked as statistical."""

    def test_without_the_event_no_answer_is_kept(self) -> None:
        assert registration(answers=ANSWERS).purged(at=AT).answers == {}
        assert request(answers=ANSWERS).purged(at=AT).answers == {}

    def test_with_the_event_those_to_statistical_questions_are_kept(self) -> None:
        purged = registration(answers=ANSWERS).purged(at=AT, event=ASKS)
        assert purged.answers == {"guests": 2, "old": True}
        assert (purged.participant, purged.needs) == (None, frozenset())
        asks = asking(*ASKS.calls[0].questions, kind=CallKind.INTERPRETATION)
        assert request(answers=ANSWERS).purged(at=AT, event=asks).answers == {"guests": 2, "old": True}
        assert request(answers=ANSWERS).purged(at=AT, event=ASKS).answers == {}

    def test_an_answer_that_does_not_fit_may_be_one_to_an_earlier_question(self) -> None:
        assert registration(answers={"guests": "Participant 2"}).purged(at=AT, event=ASKS).answers == {}

    def test_what_was_kept_is_removed_later_with_the_first_time_of_purging(self) -> None:
        purged = registration(answers=ANSWERS).purged(at=AT, event=ASKS)
        later = AT.replace(year=2024)
        assert purged.purged(at=later, event=ASKS) == purged
        assert purged.purged(at=later) == evolve(purged, answers={})

    def test_another_event_would_keep_other_answers(self) -> None:
        other = evolve(ASKS, uid="e-other")
        wrong: Any = Dossier(event=event())
        for one in (registration(), request()):
            assert refused(partial(one.purged, at=AT, event=other)) == ("event-uid-differs", "/eventUid")
            with pytest.raises(TypeError, match=r"Not an Event: pass event=dossier\.event"):
                one.purged(at=AT, event=wrong)

    def test_a_pledge_stays_without_people(self) -> None:
        history = (step("submitted", "published", by="Officer 1", note="Ask Participant 1."),)
        left = pledge(history=history, state="published").purged()
        assert left == pledge(
            contact=None,
            filed_by=None,
            answers={},
            extensions={},
            history=(step("submitted", "published"),),
            state="published",
        )

    @LAW
    @given(question_lists(), st.data())
    def test_what_is_left_is_statistical_read_back_and_without_findings(
        self, questions: tuple[Question, ...], data: st.DataObject
    ) -> None:
        asks = asking(*questions)
        answers = {each.id: data.draw(answers_to(each)) for each in questions}
        one = registration(answers=answers)
        left = one.purged(at=AT, event=asks)
        assert left.answers == {each.id: one.answers[each.id] for each in questions if each.statistical}
        assert from_json(Registration, to_json(left)) == left
        assert list(answers_fit_the_questions(Dossier(event=asks, registrations=(left,)), AT)) == []
