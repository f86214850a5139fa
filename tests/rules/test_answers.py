"""Answers to the questions of an event, in incoming and in stored submissions."""

from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import product
from typing import Any, ClassVar

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from tests.samples.whole import SIZES, asked, asking, registration, request, text
from wtisd_model import (
    CallKind,
    Choice,
    Code,
    Condition,
    Dossier,
    Event,
    Finding,
    Membership,
    ParticipationMode,
    Question,
    Registration,
    Severity,
    Validator,
    check,
    to_json,
    validate,
)
from wtisd_model.model.question import MOST_QUESTIONS
from wtisd_model.rules.submission import answers_fit_the_questions, conditions_name_sessions
from wtisd_model.strategies import dossiers, events

NOW = datetime(2023, 4, 15, tzinfo=UTC)


QUESTIONS = (
    asked("tshirt", "choice", required=True, choices=SIZES),
    asked("meals", "choices", choices=(*SIZES, Choice(id="other", label=text("Other"))), maximum=2),
    asked("which", required=True, when=Condition(question="meals", answers=("other",))),
    asked("why", when=Condition(question="tshirt", answers=("medium",))),
    asked("room", "boolean", when=Condition(modes=frozenset({ParticipationMode.ON_SITE}))),
    asked("member", "integer", when=Condition(memberships=frozenset({Membership.ACADEMIA})), minimum=1),
    asked("laptop", "boolean", when=Condition(session_ids=frozenset({"s-1"}))),
    asked("terms", "agreement", required=True),
    asked("old", "text", required=True, retired=True),
)
ABSENT = object()
GOOD = {"tshirt": "small", "terms": True}


def found_in(answers: dict[str, Any], **changes: Any) -> list[tuple[str, str]]:
    """Return the codes and paths of the findings about a registration that comes in."""
    whole = registration(answers=answers, membership=None, session_ids=frozenset(), **changes)
    outcome = validate(Registration, to_json(whole), dossier=Dossier(event=asking(*QUESTIONS)), now=NOW)
    return [(each.code, each.path) for each in outcome.findings if each.path.startswith("/answers")]


class TestAnswersFitTheQuestions:
    """Each answer is one to a question that is asked, and no required one is missing."""

    def test_good_ones_have_no_findings(self) -> None:
        assert found_in(GOOD) == []
        assert found_in({**GOOD, "meals": ["small", "other"], "which": "Fish"}) == []

    @pytest.mark.parametrize(
        ("changes", "code", "path"),
        [
            ({"tshirt": "smal"}, Code.CHOICE_UNKNOWN, "/answers/tshirt"),
            ({"tshirt": True}, "wrong-type", "/answers/tshirt"),
            ({"tshirt": "none"}, Code.ANSWER_RETIRED, "/answers/tshirt"),
            ({"meals": ["small", "none"]}, Code.ANSWER_RETIRED, "/answers/meals/1"),
            ({"meals": ["small", "medium", "other"], "which": "Fish"}, "too-many-items", "/answers/meals"),
            ({"meals": ["other"]}, Code.ANSWER_MISSING, "/answers/which"),
            ({"which": "Fish"}, Code.ANSWER_NOT_ASKED, "/answers/which"),
            ({"terms": False}, Code.AGREEMENT_MISSING, "/answers/terms"),
            ({"old": "x"}, Code.ANSWER_RETIRED, "/answers/old"),
            ({"tshirts": "small"}, Code.ANSWER_UNKNOWN, "/answers/tshirts"),
            ({"member": 5}, Code.ANSWER_NOT_ASKED, "/answers/member"),
            ({"laptop": True}, Code.ANSWER_NOT_ASKED, "/answers/laptop"),
        ],
    )
    def test_each_fault_is_found_at_its_place(self, changes: dict[str, Any], code: str, path: str) -> None:
        assert found_in({**GOOD, **changes}) == [(code, path)]

    def test_everything_that_is_missing_is_found(self) -> None:
        assert found_in({}) == [(Code.ANSWER_MISSING, "/answers/terms"), (Code.ANSWER_MISSING, "/answers/tshirt")]

    def test_every_fault_is_found_at_once(self) -> None:
        answers = {"tshirt": 5, "meals": "small", "terms": False, "why": "x"}
        assert sorted(code for code, _ in found_in(answers)) == [
            Code.AGREEMENT_MISSING,
            Code.ANSWER_NOT_ASKED,
            "wrong-type",
            "wrong-type",
        ]

    def test_a_suggestion_names_a_question_or_a_choice_of_the_event(self) -> None:
        whole = registration(answers={"tshirts": "small", "terms": True})
        outcome = validate(Registration, to_json(whole), dossier=Dossier(event=asking(*QUESTIONS)), now=NOW)
        unknown = next(each for each in outcome.findings if each.code == Code.ANSWER_UNKNOWN)
        assert unknown.params["suggestion"] == "tshirt"

    def test_a_suggestion_is_asked_and_offered_today(self) -> None:
        for answers in ({**GOOD, "olt": "x"}, {**GOOD, "tshirt": "nome"}):
            outcome = validate(
                Registration,
                to_json(registration(answers=answers)),
                dossier=Dossier(event=asking(*QUESTIONS)),
                now=NOW,
            )
            assert all("suggestion" not in each.params for each in outcome.findings if "/answers" in each.path)

    def test_one_is_not_true(self) -> None:
        both = (asked("b", "boolean"), asked("c", required=True, when=Condition(question="b", answers=(True,))))
        outcome = validate(
            Registration, to_json(registration(answers={"b": 1})), dossier=Dossier(event=asking(*both)), now=NOW
        )
        assert [each.path for each in outcome.findings if "/answers" in each.path] == ["/answers/b"]

    def test_an_id_that_may_be_a_name_is_not_repeated(self) -> None:
        assert found_in({**GOOD, "Participant.1": "x"}) == [(Code.ANSWER_UNKNOWN, "/answers")]

    def test_conditions_look_at_the_registration(self) -> None:
        assert found_in({**GOOD, "room": True}, mode=ParticipationMode.ON_SITE) == []
        assert found_in({**GOOD, "room": True}, mode=ParticipationMode.REMOTE) == [
            (Code.ANSWER_NOT_ASKED, "/answers/room")
        ]

    def test_an_event_without_questions_has_no_answers(self) -> None:
        whole = registration(answers={"tshirt": "small"})
        outcome = validate(Registration, to_json(whole), dossier=Dossier(event=asking()), now=NOW)
        assert (Code.ANSWER_UNKNOWN, "/answers/tshirt") in [(each.code, each.path) for each in outcome.findings]

    def test_without_an_event_answers_are_kept(self) -> None:
        outcome = validate(Registration, to_json(registration(answers={"tshirt": "xl"})), now=NOW)
        assert outcome.value is not None
        assert outcome.value.answers == {"tshirt": "xl"}

    def test_requests_answer_the_questions_of_their_own_call(self) -> None:
        dossier = Dossier(
            event=asking(asked("sign", "boolean", required=True), kind=CallKind.INTERPRETATION),
            interpretation_requests=(request(answers={}),),
        )
        (found,) = answers_fit_the_questions(dossier, NOW)
        assert (found.code, found.path) == (Code.ANSWER_MISSING, "/interpretationRequests/0/answers/sign")


ANSWERS: dict[str, tuple[object, ...]] = {
    "tshirt": (ABSENT, "small", "medium", "none"),
    "meals": (ABSENT, ["small"], ["other"], ["none"]),
    "which": (ABSENT, "Fish"),
    "why": (ABSENT, "Because"),
    "room": (ABSENT, True, 1),
    "member": (ABSENT, 5, 0),
    "laptop": (ABSENT, False),
    "terms": (ABSENT, True, False),
    "other": (ABSENT, "x"),
}
FIELDS: dict[str, tuple[object, ...]] = {
    "mode": tuple(ParticipationMode),
    "membership": (ABSENT, Membership.ACADEMIA, Membership.MEMBER_STATE),
    "sessionIds": (ABSENT, ["s-1"], ["s-9"]),
}


class TestWithOtherMistakes:
    """A person corrects a form once: mistakes in the answers are found in a payload with any other mistake."""

    WHOLE: ClassVar[dict[str, Any]] = {
        "eventUid": "e-1",
        "participant": {"name": "Participant 1", "email": "p1@example.org"},
        "mode": "remote",
        "answers": {"tshirt": "x", "terms": False},
    }
    MISTAKES: ClassVar[list[tuple[str, str]]] = [
        (Code.CHOICE_UNKNOWN, "/answers/tshirt"),
        (Code.AGREEMENT_MISSING, "/answers/terms"),
    ]
    JUDGE = Validator(Registration, submission=True, dossier=Dossier(event=asking(*QUESTIONS)), now=NOW)

    def found(self, **changes: Any) -> list[tuple[str, str]]:
        return [(each.code, each.path) for each in self.JUDGE({**self.WHOLE, **changes}).findings]

    @pytest.mark.parametrize(
        ("changes", "code", "path"),
        [
            ({"participant": {"name": "Participant 1", "email": "p1"}}, Code.EMAIL_MALFORMED, "/participant/email"),
            ({"mode": "onsite"}, Code.VALUE_UNKNOWN, "/mode"),
            ({"membership": 5}, "wrong-type", "/membership"),
            ({"sessionIds": "s-1"}, "wrong-type", "/sessionIds"),
            ({"@type": "Pledge"}, Code.VALUE_UNKNOWN, "/@type"),
            ({"state": "approved"}, Code.FIELD_NOT_YOURS, "/state"),
        ],
    )
    def test_in_a_field(self, changes: dict[str, Any], code: str, path: str) -> None:
        assert self.found(**changes) == [(code, path), *self.MISTAKES]

    def test_in_another_answer(self) -> None:
        for wrong, code, place in (
            ({}, "wrong-type", ""),
            (None, "null-refused", ""),
            ("\0", Code.TEXT_CONTROL, ""),
            (["small", 5], "wrong-type", "/1"),
        ):
            found = self.found(answers={**self.WHOLE["answers"], "meals": wrong})
            assert found == [(code, f"/answers/meals{place}"), *self.MISTAKES]

    def test_in_the_id_of_a_question(self) -> None:
        found = self.found(answers={**self.WHOLE["answers"], "a b": True})
        assert found == [(Code.ID_MALFORMED, "/answers"), *self.MISTAKES]

    def test_of_answers_as_a_whole_is_found_alone(self) -> None:
        assert self.found(answers=[]) == [("wrong-type", "/answers")]
        many = {f"q{number}": True for number in range(MOST_QUESTIONS + 1)}
        assert self.found(answers=many) == [("too-many-items", "/answers")]

    @pytest.mark.parametrize(
        "changes",
        [
            {"mode": "x"},
            {"membership": "x"},
            {"sessionIds": [1]},
            {"answers": {"before": {}}},
            {"answers": {"before": True}, "mode": "x"},
        ],
    )
    @pytest.mark.parametrize("given", [{}, {"q": "x"}])
    def test_a_condition_on_a_wrong_value_is_not_judged(self, changes: dict[str, Any], given: dict[str, str]) -> None:
        on_site = frozenset({ParticipationMode.ON_SITE})
        parts: dict[str, Any] = {
            "modes": on_site,
            "memberships": frozenset({Membership.ACADEMIA}),
            "session_ids": frozenset({"s-1"}),
            "question": "before",
            "answers": (True,),
        }
        whole = {**self.WHOLE, "mode": "on-site", "membership": "academia", "sessionIds": ["s-1"]}
        payload = {**whole, **changes, "answers": {"before": True, **changes.get("answers", {}), **given}}

        def found(**unmet: Any) -> list[tuple[str, str]]:
            questions = (
                asked("before", "boolean", when=Condition(modes=on_site)),
                asked("q", required=True, when=Condition(**{**parts, **unmet})),
            )
            outcome = validate(
                Registration, payload, submission=True, dossier=Dossier(event=asking(*questions)), now=NOW
            )
            return [(each.code, each.path) for each in outcome.findings if each.path == "/answers/q"]

        assert found() == []
        # Whatever replaces the wrong value, another part of this condition is not met.
        other = {"modes": {ParticipationMode.REMOTE}} if "mode" not in changes else {"session_ids": {"s-9"}}
        assert found(**other) == ([(Code.ANSWER_NOT_ASKED, "/answers/q")] if given else [])

    def test_a_missing_answer_is_found_in_an_empty_payload(self) -> None:
        assert {(Code.ANSWER_MISSING, f"/answers/{each}") for each in ("tshirt", "terms")} < {
            (each.code, each.path) for each in self.JUDGE({}).findings
        }

    @LAW
    @given(
        st.fixed_dictionaries({name: st.sampled_from(values) for name, values in ANSWERS.items()}),
        st.fixed_dictionaries({name: st.sampled_from(values) for name, values in FIELDS.items()}),
        st.sets(st.sampled_from([*ANSWERS, *FIELDS]), min_size=1, max_size=2),
    )
    def test_wrong_values_leave_the_findings_that_would_be_there_whatever_replaced_them(
        self, answers: dict[str, Any], fields: dict[str, Any], wrong: set[str]
    ) -> None:
        def found(changes: Mapping[str, object]) -> set[str]:
            sent = {key: value for key, value in {**fields, **changes}.items() if key in FIELDS and value is not ABSENT}
            given = {id_: each for id_, each in {**answers, **changes}.items() if id_ in ANSWERS and each is not ABSENT}
            findings = self.JUDGE({**self.WHOLE, **sent, "answers": given}).findings
            paths = {each.path.split("/")[2] for each in findings if each.path.startswith("/answers/")}
            return paths - wrong

        mended = (
            dict(zip(wrong, values, strict=True))
            for values in product(*(ANSWERS.get(each) or FIELDS[each] for each in wrong))
        )
        assert found({each: {} for each in wrong}) == set[str].intersection(*map(found, mended))


class TestStoredAnswers:
    """Questions change after answers came: stored answers stay, with warnings."""

    def about(self, *questions: Question, **changes: Any) -> list[Finding]:
        stored = registration(**{"answers": GOOD, "session_ids": frozenset(), **changes})
        return list(answers_fit_the_questions(Dossier(event=asking(*questions), registrations=(stored,)), NOW))

    @pytest.mark.parametrize(
        ("questions", "code", "path"),
        [
            ((QUESTIONS[0],), Code.ANSWER_UNKNOWN, "/registrations/0/answers/terms"),
            ((QUESTIONS[7], asked("tshirt", retired=True)), Code.ANSWER_RETIRED, "/registrations/0/answers/tshirt"),
            ((QUESTIONS[7], asked("tshirt", "integer")), "wrong-type", "/registrations/0/answers/tshirt"),
            (
                (*QUESTIONS[:1], QUESTIONS[7], asked("new", required=True)),
                Code.ANSWER_MISSING,
                "/registrations/0/answers/new",
            ),
        ],
    )
    def test_what_no_longer_fits_is_a_warning(self, questions: tuple[Question, ...], code: str, path: str) -> None:
        assert [(each.code, each.path, each.severity) for each in self.about(*questions)] == [
            (code, path, Severity.WARNING)
        ]

    def test_a_retired_answer_still_meets_the_conditions_of_others(self) -> None:
        questions = (
            asked("meals", "choices", choices=SIZES, retired=True),
            asked("which", when=Condition(question="meals", answers=("small",))),
        )
        found = self.about(*questions, answers={"meals": ["small"], "which": "Fish"})
        assert [(each.code, each.path) for each in found] == [(Code.ANSWER_RETIRED, "/registrations/0/answers/meals")]

    def test_nothing_is_asked_of_the_purged(self) -> None:
        purged = registration(answers=GOOD).purged(at=NOW)
        assert purged.answers == {}
        assert list(answers_fit_the_questions(Dossier(event=asking(*QUESTIONS), registrations=(purged,)), NOW)) == []

    def test_the_purged_have_answers_to_statistical_questions_only(self) -> None:
        asks = asking(
            asked("guests", "integer", statistical=True), asked("meals", "integer", statistical=True), asked("passport")
        )
        answers = {"guests": "Participant 1", "meals": 2, "passport": "X1", "unknown": 1}
        purged = evolve(registration().purged(at=NOW), answers=answers)
        made = Dossier(event=asks, registrations=(purged,), interpretation_requests=(request().purged(at=NOW),))
        found = [(each.code, each.severity, each.path) for each in answers_fit_the_questions(made, NOW)]
        assert found == [
            ("purged-with-personal-data", Severity.ERROR, f"/registrations/0/answers/{name}")
            for name in ("guests", "passport", "unknown")
        ]

    @given(dossiers())
    @settings(max_examples=50)
    def test_what_the_strategy_draws_fits(self, dossier: Dossier) -> None:
        assert list(answers_fit_the_questions(dossier, NOW)) == []

    @given(events(), st.data())
    @settings(max_examples=50)
    def test_answers_are_found_alike_in_check_and_validator_but_for_the_severity(
        self, drawn: Event, data: st.DataObject
    ) -> None:
        answers = data.draw(
            st.dictionaries(st.sampled_from(["a", "tshirt", "x"]), st.one_of(st.booleans(), st.integers(0, 5)))
        )
        whole = registration(event_uid=drawn.uid, answers=answers, session_ids=frozenset())
        stored = answers_fit_the_questions(Dossier(event=drawn, registrations=(whole,)), NOW)
        outcome = validate(Registration, to_json(whole), dossier=Dossier(event=drawn), now=NOW)
        incoming = [each for each in outcome.findings if each.path.startswith("/answers")]
        assert sorted((each.code, each.path) for each in incoming) == sorted(
            (each.code, each.path.removeprefix("/registrations/0")) for each in stored
        )


class TestConditionsNameSessions:
    """The sessions in the conditions of questions are sessions of the event."""

    def test_an_unknown_one_is_found(self) -> None:
        whole = asking(asked("q", when=Condition(session_ids=frozenset({"s-1", "s-99"}))))
        (found,) = conditions_name_sessions(Dossier(event=whole), NOW)
        assert (found.code, found.path) == ("session-unknown", "/event/calls/0/questions/0/when/sessionIds")
        assert found in check(Dossier(event=whole), now=NOW)

    def test_known_ones_are_not(self) -> None:
        whole = asking(asked("q", when=Condition(session_ids=frozenset({"s-1"}))), asked("r"))
        assert list(conditions_name_sessions(Dossier(event=evolve(whole)), NOW)) == []
