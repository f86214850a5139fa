"""What a visitor reads about a form names its sessions, modes and choices as the form does."""

from datetime import UTC, datetime
from typing import Any

import pytest
from attrs import evolve

from tests.json.drawn_forms import sessions_of_each_status
from tests.samples.whole import asked, text
from wtisd_model import (
    Call,
    Choice,
    Code,
    Dossier,
    Event,
    Finding,
    InterpretationRequest,
    Outcome,
    RefusedError,
    Registration,
    Session,
    Submission,
    to_problem,
    wtisd_23,
)
from wtisd_model.integrations.flask import respond_to_refused_error

NOW = datetime(2023, 4, 13, tzinfo=UTC)
SIZES = tuple(
    Choice(id=id_, label=text(label, fr=french))
    for id_, label, french in (("s", "Small", "Petit"), ("m", "Medium", "Moyen"), ("l", "Large, or more", "Grand"))
)
QUESTIONS = (
    asked("tshirt", "choice", choices=SIZES[:2]),
    asked("2023", "choices", choices=SIZES),
    asked("meals", label=text("Meals", fr="Repas")),
)


def form() -> Event:
    """Return an event whose sessions and questions have labels in two languages."""
    slot = wtisd_23().slot
    assert slot is not None
    remote = evolve(wtisd_23(), locations=())
    workshop, panel = (
        Session(
            id=id_, title=text(title, fr=french), slot=slot, locations=wtisd_23().locations, inherited_places="on-site"
        )
        for id_, title, french in (("w1", "Workshop on data", "Atelier"), ("p1", "Panel", "Table ronde"))
    )
    call = Call(kind="registration", address_unknown=True, questions=QUESTIONS)
    sessions = (workshop, evolve(panel, on_site_capacity=0), *sessions_of_each_status())
    return evolve(remote, calls=(call,), sessions=sessions)


def outcome(event: Event, **changes: Any) -> Outcome[Registration]:
    person = {"name": "Participant 1", "email": "participant1@example.org"}
    sent = {"eventUid": event.uid, "participant": person, "mode": "remote", **changes}
    return Submission(Registration, sent).accept(Dossier(event=event), now=NOW)


def sentences(code: str, language: str = "en", **changes: Any) -> str:
    """Return what a visitor is told of a mistake."""
    problem = to_problem(outcome(form(), **changes).findings, language=language, event=form())
    return " ".join(f"{each['detail']} {each['fix']}" for each in problem["errors"] if each["code"] == code)


class TestLabels:
    """Ids are for programs: params keep them, and the sentences have the labels, in the language of the reader."""

    @pytest.mark.parametrize(
        ("changes", "code", "shown", "french"),
        [
            ({"answers": {"tshirt": "xl"}}, Code.CHOICE_UNKNOWN, "Use one of: Small, Medium.", "Petit, Moyen"),
            ({"answers": {"2023": ["x"]}}, Code.CHOICE_UNKNOWN, "Small, Medium, Large, or more", "Petit, Moyen, Grand"),
            ({"sessionIds": ["W1"]}, Code.SESSION_UNKNOWN, 'Did you mean "Workshop on data"?', "Atelier"),
            ({"sessionIds": ["x"]}, Code.SESSION_UNKNOWN, "Workshop on data, Panel, Title of scheduled", "Table ronde"),
            ({"sessionIds": ["w1"]}, Code.SESSION_MODE_NOT_OFFERED, "The session Workshop on data", "Atelier"),
            ({"sessionIds": ["w1"]}, Code.SESSION_MODE_NOT_OFFERED, "this mode: On site", "Sur place"),
            ({"mode": "on-site"}, Code.MODE_ONLY_IN_SESSIONS, "Workshop on data, Panel", "Table ronde"),
            (
                {"mode": "on-site", "sessionIds": ["p1"]},
                Code.SESSION_SEATS_EXCEEDED,
                "the session Panel",
                "Table ronde",
            ),
        ],
    )
    def test_sentences_have_them(self, changes: dict[str, Any], code: Code, shown: str, french: str) -> None:
        assert shown in sentences(code, **changes)
        assert french in sentences(code, "fr", **changes)

    @pytest.mark.parametrize("changes", [{"mode": "onsite"}, {"answers": {"meal": "x"}}, {"needs": ["captoins"]}])
    def test_what_only_a_program_sends_keeps_the_words_of_programs(self, changes: dict[str, Any]) -> None:
        found = outcome(form(), **changes).findings
        assert to_problem(found, event=form()) == to_problem(found)

    def test_a_mode_that_is_not_offered_has_the_others_by_their_labels(self) -> None:
        plain = evolve(form(), sessions=())
        found = outcome(plain, mode="on-site").findings
        assert to_problem(found, event=plain, language="fr")["errors"][0]["fix"].endswith(": À distance.")

    def test_a_question_of_two_calls_keeps_the_ids(self) -> None:
        other = Call(kind="pledge", address_unknown=True, questions=[asked("tshirt", "choice", choices=SIZES[1:])])
        event = evolve(form(), calls=(*form().calls, other))
        [entry] = to_problem(outcome(event, answers={"tshirt": "xl"}).findings, event=event)["errors"]
        assert entry["fix"] == "Use one of: s, m."

    def test_params_keep_the_ids(self) -> None:
        found = outcome(form(), sessionIds=["w1"]).findings
        with_labels, plain = (to_problem(found, event=event)["errors"][0] for event in (form(), None))
        assert with_labels["params"] == plain["params"] == {"session": "w1", "choices": "on-site"}
        assert plain["detail"] == found[0].message

    def test_a_draft_is_not_named_nor_what_is_beside_it(self) -> None:
        found = outcome(form(), mode="on-site", sessionIds=["unannounced", "w1"]).findings
        assert {each.code: each.params for each in found}[Code.SESSIONS_PARALLEL] == {"ids": "unannounced, w1"}
        told = {each["code"]: each["detail"] for each in self.told(found)}
        assert "unannounced, w1" in told[Code.SESSIONS_PARALLEL]

    def test_a_draft_is_not_suggested_for_another_spelling(self) -> None:
        [found] = outcome(form(), sessionIds=["Unannounced"]).findings
        assert (found.code, "suggestion" in found.params) == (Code.SESSION_UNKNOWN, False)

    def told(self, found: tuple[Finding, ...]) -> Any:
        wrong = Finding(code="own", message="Wrong.", fix="None.")
        return to_problem([*found, wrong], event=form())["errors"]

    @pytest.mark.parametrize("event", [Dossier(event=form()), "event"])
    def test_another_object_in_place_of_the_event_is_refused_even_without_findings(self, event: Any) -> None:
        with pytest.raises(TypeError, match="event must be"):
            to_problem([], event=event)

    def test_more_than_ten_are_cut_as_before(self) -> None:
        slot = wtisd_23().slot
        assert slot is not None
        many = tuple(Session(id=f"s{index}", title=text(f"Title {index}"), slot=slot) for index in range(12))
        event = evolve(wtisd_23(), sessions=many, calls=())
        [entry] = to_problem(outcome(event, sessionIds=["x"]).findings, event=event)["errors"]
        assert "Title 8, Title 9, … (+2)" in entry["fix"]

    def test_a_finding_with_sentences_of_its_own_keeps_them(self) -> None:
        own = Finding(code="own", message="Mine: w1.", fix="None.", params={"ids": "w1"})
        assert to_problem([own], event=form())["errors"][0]["detail"] == "Mine: w1."

    def test_where_nothing_has_labels_the_words_stay(self) -> None:
        found = outcome(form(), country="ch").findings
        assert to_problem(found, event=form()) == to_problem(found)

    def test_the_whole_document_has_no_labels(self) -> None:
        found = Submission(InterpretationRequest, b"[]").accept(Dossier(event=form()), now=NOW).findings
        assert to_problem(found, event=form()) == to_problem(found)


class TestDoors:
    """The error that a handler raises knows the form, so frameworks answer with its labels."""

    def test_a_response_has_them(self) -> None:
        with pytest.raises(RefusedError) as refused:
            outcome(form(), sessionIds=["w1"]).value_or_raise()
        problem, _, _ = respond_to_refused_error(refused.value)
        assert "Workshop on data" in problem["errors"][0]["detail"]

    def test_an_outcome_without_a_dossier_has_no_event(self) -> None:
        judged = outcome(form(), mode="x")
        assert judged.event == form()
        assert judged == evolve(judged, event=None)
        assert "event" not in repr(judged)
