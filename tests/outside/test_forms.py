"""The schema of a form in other programs: ajv, jsonschema-rs, and the pages of the docs in Chromium."""

import json
import os
import subprocess
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from tests.gates.code_blocks import blocks
from tests.json.drawn_forms import (
    DOCUMENTS_EACH,
    EVENTS,
    Document,
    errors_of,
    forms,
    judged,
    sessions_of_each_status,
    validator_of,
)
from tests.outside.node import browse, node, step
from tests.outside.schema_readers import rust_verdicts
from tests.outside.servers import serving
from tests.samples.whole import text
from wtisd_model import (
    CallKind,
    Choice,
    Condition,
    Dossier,
    Event,
    ParticipationMode,
    Question,
    QuestionKind,
    Registration,
    Validator,
    form_layout,
    json_schema,
    to_problem,
    wtisd_23,
)

pytestmark = pytest.mark.outside

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "draw-a-form.md"
_BLOCKS = tuple(blocks(PAGE.read_text(encoding="utf-8")))
COUNTRIES, *SCRIPTS = (block.text for block in _BLOCKS if block.language == "javascript")
[STYLE] = (block.text for block in _BLOCKS if block.language == "css")
NOW = datetime(2023, 4, 13, 8, 15, tzinfo=UTC)


@cache
def all_forms() -> list[tuple[type, Event, list[Document]]]:
    return list(forms())


class TestVerdicts:
    """The schema of a form accepts what the reader and the rules accept, whatever program validates with it."""

    def test_ajv_in_strict_mode_and_jsonschema_rs_judge_as_the_reader_does(self) -> None:
        tried = all_forms()
        assert len(tried) == EVENTS
        schemas = [json_schema(cls, submission=True, event=event, language="fr") for cls, event, _ in tried]
        tasks = [{"schema": schema, "documents": each[2]} for schema, each in zip(schemas, tried, strict=True)]
        lines = node("ajv_each.cjs", json.dumps(tasks).encode()).split()
        compared, differing = 0, []
        for (cls, event, documents), schema, line in zip(tried, schemas, lines, strict=True):
            validator = validator_of(cls, event)
            for document, js, rust in zip(documents, line, rust_verdicts(schema, documents), strict=True):
                ours = judged(errors_of(validator, document), event, document)
                compared += ours is not None
                if ours is not None and {js == "1", rust} != {ours}:
                    differing.append(document)
        assert differing == []
        assert compared > EVENTS * DOCUMENTS_EACH * 0.95


MEALS = (
    Choice(id="meat", label=text("With meat", fr="Avec viande")),
    Choice(id="vegan", label=text("Vegan", fr="Végétalien")),
)
ON_SITE = Condition(modes=frozenset({ParticipationMode.ON_SITE}))
QUESTIONS = (
    Question(
        id="meal", label=text("Meal", fr="Repas"), kind=QuestionKind.CHOICE, required=True, choices=MEALS, when=ON_SITE
    ),
    Question(
        id="allergies",
        label=text("Allergies", fr="Allergies"),
        kind=QuestionKind.LONG_TEXT,
        when=Condition(question="meal", answers=("vegan",)),
    ),
    Question(id="visa", label=text("Visa?", fr="Visa\u00a0?"), kind=QuestionKind.BOOLEAN),
    Question(id="arrival", label=text("Arrival", fr="Arrivée"), kind=QuestionKind.DATE),
    Question(id="guests", label=text("Guests", fr="Invités"), kind=QuestionKind.INTEGER, maximum=3),
    Question(id="terms", label=text("I agree.", fr="J'accepte."), kind=QuestionKind.AGREEMENT, required=True),
)


def event_with(questions: tuple[Question, ...], **terms: Any) -> Event:
    """Return the reference event with other terms of registration."""
    event = wtisd_23()
    calls = [
        evolve(call, questions=questions, **terms) if call.kind is CallKind.REGISTRATION else call
        for call in event.calls
    ]
    return evolve(event, calls=tuple(calls))


class Site:
    """A page that draws a form, and a server that keeps the good registrations."""

    def __init__(self, script: str, folder: Path) -> None:
        self.folder = folder
        self.program: Any = "json-forms" if "jsonforms" in script else "react-jsonschema-form"
        source = folder / "page.js"
        source.write_text(script, encoding="utf-8")
        (folder / "countries.js").write_text(COUNTRIES, encoding="utf-8")
        modules = Path(os.environ["NODE_PATH"])
        command = [
            str(modules / ".bin" / "esbuild"),
            str(source),
            "--bundle",
            "--format=esm",
            f"--outfile={folder / 'bundle.js'}",
        ]
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own page
        self.drawn_for = event_with(QUESTIONS)
        self.now_valid = self.drawn_for
        """The event as the server knows it, which may have changed since the form was drawn."""
        self.received: list[Registration] = []

    def get(self, path: str) -> tuple[str, bytes]:
        match path:
            case "/":
                html = '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><div id="form"></div>'
                return (
                    "text/html",
                    f'{html}<style>{STYLE}</style><script type="module" src="bundle.js"></script>'.encode(),
                )
            case "/schema.json":
                schema = json_schema(Registration, submission=True, event=self.drawn_for, language="fr")
                return "application/json", json.dumps(schema).encode()
            case "/layout.json":
                layout = form_layout(self.drawn_for, self.program, language="fr")
                return "application/json", json.dumps(layout).encode()
            case _:
                return "text/javascript", (self.folder / "bundle.js").read_bytes()

    def answer(self, path: str, posted: bytes | None) -> tuple[int, str, bytes]:
        if posted is None:
            return 200, *self.get(path)
        status, content = self.post(posted)
        return status, "application/problem+json", content

    def post(self, body: bytes) -> tuple[int, bytes]:
        judge = Validator(Registration, submission=True, dossier=Dossier(event=self.now_valid), now=NOW)
        outcome = judge(body)
        problem = to_problem(outcome.findings, omitted=outcome.omitted)
        if problem:
            return problem["status"], json.dumps(problem).encode()
        assert outcome.value is not None
        self.received.append(outcome.value)
        return 201, b"{}"

    def visit(self, *steps: dict[str, str]) -> list[Any]:
        """Do some steps in a browser, and return the results of those that look at something."""
        with serving(self.answer) as address:
            return browse(address, *steps)


def site(number: int, folder: Path) -> Site:
    """Return a site with one of the scripts of the docs."""
    return Site(SCRIPTS[number], folder)


START = "mercredi 17 mai 2023, 14\u00a0h\u00a030"
PERSON = (step("type", "Nom", "Participant 1"), step("type", "Courriel", "participant1@example.org"))


class TestReactJsonSchemaForm:
    """The page of the docs draws the form, sends the filled-in form, and shows our findings next to the fields."""

    def test_a_question_is_drawn_while_it_is_asked(self, tmp_path: Path) -> None:
        shown = site(0, tmp_path).visit(
            step("labels"),
            step("choose", "Participation", "Sur place"),
            step("labels"),
            step("choose", "Repas", "Végétalien"),
            step("type", "Allergies", "nuts"),
            step("labels"),
            step("choose", "Participation", "À distance"),
            step("labels"),
            step("choose", "Participation", "Sur place"),
            step("labels"),
        )
        first, on_site, vegan, remote, again = map(set, shown)
        assert {"Nom", "Courriel", "Pays", "Participation", "Visa\u00a0?", "J'accepte."} <= first
        assert on_site - first == {"Repas"}
        assert vegan - on_site == {"Allergies"}
        assert remote == first
        assert again == on_site, "the answer went with the question"

    def test_nothing_is_agreed_to_before_a_person_does_it(self, tmp_path: Path) -> None:
        shown = site(0, tmp_path).visit(
            step("checked", "J'accepte."),
            step("choose", "Participation", "Sur place"),
            step("checked", "J'accepte."),
            step("click", "J'accepte."),
            step("click", "J'accepte."),
            step("choose", "Participation", "À distance"),
            step("checked", "J'accepte."),
        )
        assert shown == [False, False, False]

    def test_what_is_filled_in_is_a_good_registration(self, tmp_path: Path) -> None:
        page = site(0, tmp_path)
        [text_shown] = page.visit(
            *PERSON,
            step("choose", "Pays", "Suisse"),
            step("choose", "Participation", "Sur place"),
            step("choose", "Repas", "Végétalien"),
            step("type", "Allergies", "nuts"),
            step("click", "Oui"),
            step("type", "Invités", "2"),
            step("click", "J'accepte."),
            step("picture", path=str(tmp_path / "filled.png")),
            step("send"),
            step("text"),
        )
        assert text_shown == "Thank you."
        (received,) = page.received
        assert received.country == "CH"
        assert received.mode is ParticipationMode.ON_SITE
        assert dict(received.answers) == {
            "meal": "vegan",
            "allergies": "nuts",
            "visa": True,
            "guests": 2,
            "terms": True,
        }

    def test_only_sessions_that_are_held_are_drawn(self, tmp_path: Path) -> None:
        page = site(0, tmp_path)
        page.drawn_for = page.now_valid = evolve(event_with(()), sessions=sessions_of_each_status())
        before, text_shown = page.visit(
            step("text"),
            *PERSON,
            step("choose", "Participation", "Sur place"),
            step("click", f"{START} - Title of scheduled"),
            step("send"),
            step("text"),
        )
        held = {f"{START} - Title of {each}" for each in ("scheduled", "postponed")}
        assert {each for each in before.split("\n") if "Title" in each} == held
        assert text_shown == "Thank you."
        assert page.received[0].session_ids == {"scheduled"}

    def test_the_privacy_notice_that_the_page_sets_is_sent_and_not_drawn(self, tmp_path: Path) -> None:
        page = Site(SCRIPTS[0].replace("useState({})", 'useState({ privacyNotice: "2023-01" })', 1), tmp_path)
        shown, _ = page.visit(
            step("labels"),
            *PERSON,
            step("choose", "Participation", "À distance"),
            step("click", "J'accepte."),
            step("send"),
            step("text"),
        )
        assert "Version de l'avis de confidentialité" not in shown
        assert page.received[0].privacy_notice == "2023-01"

    def test_an_undrawn_question_may_have_a_name_that_all_objects_inherit(self, tmp_path: Path) -> None:
        page = site(0, tmp_path)
        names = ("constructor", "toString")
        asked = [
            Question(id=each, label=text("Why?", fr="Pourquoi ?"), kind=QuestionKind.TEXT, when=ON_SITE)
            for each in names
        ]
        page.drawn_for = page.now_valid = event_with((*asked, QUESTIONS[-1]))
        [text_shown] = page.visit(
            *PERSON,
            step("choose", "Participation", "À distance"),
            step("click", "J'accepte."),
            step("send"),
            step("text"),
        )
        assert text_shown == "Thank you."

    def test_findings_are_shown_next_to_their_fields_until_they_are_corrected(self, tmp_path: Path) -> None:
        page = site(0, tmp_path)
        # While the form is open, one choice is withdrawn, and no seats are left on site.
        meal = evolve(QUESTIONS[0], choices=(MEALS[0], evolve(MEALS[1], retired=True)))
        page.now_valid = event_with((meal, *QUESTIONS[1:]), on_site_capacity=0)
        beside_meal, beside_mode, beside_country, text_shown = page.visit(
            *PERSON,
            step("choose", "Participation", "Sur place"),
            step("choose", "Repas", "Végétalien"),
            step("click", "J'accepte."),
            step("send"),
            step("beside", "Repas"),
            step("beside", "Participation"),
            step("beside", "Pays"),
            step("picture", path=str(tmp_path / "findings.png")),
            step("choose", "Participation", "À distance"),
            step("send"),
            step("text"),
        )
        assert len(beside_meal) == len(beside_mode) == 1
        assert beside_country == []
        assert text_shown == "Thank you."
        assert (tmp_path / "findings.png").stat().st_size


class TestJsonForms:
    """JSON Forms takes the conditions as rules, and our findings as additional errors."""

    def test_it_asks_what_the_organizer_asks_and_offers_sessions(self, tmp_path: Path) -> None:
        page = site(1, tmp_path)
        call = event_with((), fields=("organization", "country", "sessionIds"), required=("sessionIds",))
        page.drawn_for = page.now_valid = evolve(call, sessions=sessions_of_each_status())
        labels, beside, text_shown = page.visit(
            step("labels"),
            *PERSON,
            step("choose", "Pays", "Suisse"),
            step("choose", "Participation", "Sur place"),
            step("send"),
            step("beside", f"{START} - Title of postponed"),
            step("click", f"{START} - Title of postponed"),
            step("click", f"{START} - Title of scheduled"),
            step("picture", path=str(tmp_path / "sessions.png")),
            step("send"),
            step("text"),
        )
        held = [f"{START} - Title of {each}" for each in ("scheduled", "postponed")]
        assert labels == ["Nom", "Courriel", "Organisation", "Pays", "Participation", *held]
        assert beside
        assert text_shown == "Thank you."
        assert page.received[0].session_ids == {"scheduled", "postponed"}
        assert page.received[0].country == "CH"

    def test_a_question_is_drawn_while_it_is_asked_and_findings_are_shown(self, tmp_path: Path) -> None:
        page = site(1, tmp_path)
        page.now_valid = event_with(QUESTIONS, on_site_capacity=0)
        first, asked, beside, text_shown = page.visit(
            step("labels"),
            *PERSON,
            step("choose", "Participation", "Sur place"),
            step("choose", "Repas", "Avec viande"),
            step("click", "J'accepte."),
            step("labels"),
            step("send"),
            step("beside", "Participation"),
            step("picture", path=str(tmp_path / "json-forms.png")),
            step("choose", "Repas", "None"),
            step("choose", "Participation", "À distance"),
            step("send"),
            step("text"),
        )
        assert set(asked) - set(first) == {"Repas"}
        assert len(beside) == 1
        assert text_shown == "Thank you."
