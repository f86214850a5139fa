"""The playground's Python, which runs here as in a browser; tests/outside/test_playground.py has the page."""

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

import wtisd_model as wm
from docs.playground.playground import DOCUMENTS, Question, answer, languages

FOLDER = Path(__file__).parents[2] / "docs" / "playground"
NOW = {"conference": "2027-08-01T09:00", "mistakes": "2027-02-01T12:00", "wtisd-23": "2023-04-13T08:15"}
"""The samples, each with its time."""
FORM = {
    "eventUid": ["maps-2027@example.org"],
    "participant.name": [" Participant 1"],
    "participant.email": ["participant1@example.org"],
    "mode": ["on-site"],
    "sessionIds": ["opening", "survey"],
    "answers.meal": ["vegan"],
    "answers.laptop": ["on"],
    "answers.guests": ["2"],
    "answers.terms": ["on"],
}
HOSTILE = "</script><img src=x onerror=alert(1)>\u202e\x00"
LONG = HOSTILE * 200_000


def text_of(name: str) -> str:
    """Return the text of a file of a sample."""
    return (FOLDER / "samples" / f"{name}.json").read_text(encoding="utf-8")


def question(sample: str = "conference", *, wanted: Iterable[str] = DOCUMENTS, **changes: Any) -> Question:
    """Return what the page asks when it shows a sample."""
    first: Question = {
        "event": text_of(sample),
        "payload": text_of(f"{sample}-registration"),
        "form": None,
        "isSent": False,
        "language": "en",
        "now": f"{NOW[sample]}:00Z",
        "wanted": [*wanted],
    }
    return first | changes  # type: ignore[return-value] # the tests change what there is


class TestSamples:
    """What people see first."""

    def test_the_page_offers_them(self) -> None:
        script = (FOLDER / "samples.js").read_text(encoding="utf-8")
        assert dict(re.findall(r'id: "([^"]+)", .* now: "([^"]+)"', script)) == NOW
        assert {each.name for each in (FOLDER / "samples").iterdir()} == {
            f"{name}{kind}.json" for name in NOW for kind in ("", "-registration")
        }

    def test_one_is_the_reference_event_and_its_registration_is_accepted(self) -> None:
        assert wm.from_json(wm.Event, text_of("wtisd-23")) == wm.wtisd_23()
        shown = answer(question("wtisd-23", language="fr"))
        assert shown["state"] == wm.RegistrationState.PENDING
        assert [found["severity"] for found in shown["findings"]] == ["warning"]
        assert "DTSTAMP:20230413T081500Z" in shown["invitation"]["text"]
        assert {name for name in DOCUMENTS if "text" not in shown[name]} == set()

    def test_the_registration_of_another_has_mistakes_whose_lines_are_known(self) -> None:
        shown = answer(question())
        found = {each["code"]: each["line"] for each in shown["findings"]}
        lines = text_of("conference-registration").splitlines()
        keys = {code: json.loads(f"{{{lines[line - 1].strip(' ,{')}}}") for code, line in found.items() if line != 13}
        assert keys == {
            "email-malformed": {"email": "participant1@example"},
            "value-unknown": {"mode": "onsite"},
            "country-unknown": {"country": "KEN"},
            "choice-unknown": {"meal": "fish"},
            "number-out-of-range": {"guests": 3},
        }
        assert lines[found["answer-missing"] - 1] == '  "answers": {'
        assert shown["state"] is None
        assert shown["invitation"] == {}

    def test_an_event_with_mistakes_has_them_in_the_order_of_its_lines(self) -> None:
        shown = answer(question("mistakes"))
        lines = [found["line"] for found in shown["findings"]]
        assert len(lines) == 9
        assert lines == sorted(lines)
        assert {found["document"] for found in shown["findings"]} == {"event"}
        assert [shown[name] for name in DOCUMENTS] == [{}] * len(DOCUMENTS)


class TestAnswer:
    """Equal questions have equal answers, of values that JSON has."""

    def test_each_finding_is_in_the_language_of_the_reader(self) -> None:
        assert {"ar", "en", "es", "fr", "ru", "zh"} <= {*languages()}
        for language in languages():
            shown = answer(question(language=language))
            assert {found["language"] for found in shown["findings"]} == {language}
            assert f'lang="{language}"' in shown["page"]["text"]

    def test_a_form_becomes_the_payload(self) -> None:
        shown = answer(question(form=FORM))
        payload = json.loads(shown["payload"])
        assert payload["participant"]["name"] == "Participant 1"
        assert payload["answers"] == {"meal": "vegan", "laptop": True, "guests": 2, "terms": True}
        assert (shown["findings"], shown["omitted"], shown["state"]) == ([], 0, "pending")
        assert shown == answer(question(form=FORM)) == json.loads(json.dumps(shown))

    def test_a_form_says_what_is_wrong_once_it_is_sent(self) -> None:
        before, after = (answer(question(isSent=is_sent))["form"]["text"] for is_sent in (False, True))
        assert "participant1@example" in before
        assert 'class="summary"' not in before
        assert after.count('class="error"') > 4

    def test_rules_about_the_event_have_a_place_in_it_too(self) -> None:
        (found,) = answer(question("wtisd-23", wanted=()))["findings"]
        assert (found["document"], found["path"]) == ("event", "/calls/1/deadline")
        assert '"deadline"' in text_of("wtisd-23").splitlines()[found["line"] - 1]

    def test_an_event_that_cannot_be_shown_says_why(self) -> None:
        draft = {"uid": "draft@example.org", "title": {"text": "Draft", "language": "en"}, "status": "draft"}
        shown = answer(question(event=json.dumps(draft)))
        for name in ("form", "page", "timetable", "calendar"):
            assert [found["code"] for found in shown[name]["findings"]] == ["event-without-slot"]

    def test_a_person_who_cannot_be_invited_is_told_why(self) -> None:
        event = json.loads(text_of("conference"))
        del event["organizer"]
        shown = answer(question(event=json.dumps(event), form=FORM))
        assert [found["code"] for found in shown["invitation"]["findings"]] == ["organizer-without-address"]

    def test_a_time_that_no_calendar_has_is_a_finding(self) -> None:
        shown = answer(question(now="9999-12-31T00:00:00Z"))
        assert [(each["document"], each["code"]) for each in shown["findings"]] == [("now", "moment-unreadable")]
        assert shown["page"] == {}


class TestWrongInput:
    """Whatever is typed, the answer is findings; they never repeat it, and in HTML it is text."""

    @pytest.mark.parametrize(
        "typed", ["", "null", "[", "[" * 1000, "1" * 5000, "1e400", '{"a": 1, "a": 2}', f'{{"{HOSTILE}": 1}}', "\ud800"]
    )
    @pytest.mark.parametrize("document", ["event", "payload"])
    def test_a_document_that_cannot_be_read_has_findings(self, document: str, typed: str) -> None:
        shown = answer(question(isSent=True, **{document: typed}))
        assert [found["line"] for found in shown["findings"] if found["document"] == document]
        assert "onerror" not in json.dumps(shown)
        assert shown["invitation"] == {}

    @pytest.mark.parametrize("document", ["event", "payload"])
    def test_so_has_one_that_is_too_large(self, document: str) -> None:
        shown = answer(question(**{document: LONG}))
        codes = [found["code"] for found in shown["findings"] if found["document"] == document]
        assert codes == ["payload-too-large"]

    def test_what_is_sent_with_a_form_is_a_text_in_it(self) -> None:
        form: dict[str, list[str]] = {name: [HOSTILE] for name in ("participant.name", "mode", "answers.hope", HOSTILE)}
        shown = answer(question(isSent=True, form=form))
        assert "<img" not in shown["form"]["text"]
        assert "&lt;img" in shown["form"]["text"]
        assert json.loads(shown["payload"])["participant"]["name"] == HOSTILE

    def test_a_title_is_a_text_in_every_document(self) -> None:
        event = text_of("conference").replace("Open Maps Day", "</script><img src=x>")
        shown = answer(question(event=event, form=FORM))
        for name in ("page", "timetable"):
            assert "<img" not in shown[name]["text"]
            assert "&lt;img" in shown[name]["text"]
