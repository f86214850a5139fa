"""`page.form` in Chromium: axe and the Nu checker find nothing, and a keyboard is enough."""

import json
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from tests.outside.looks import FONTS, problems_in_chromium, problems_of_markup
from tests.outside.node import browse, step
from tests.outside.servers import serving
from tests.samples.conference import NOW, WRONG, conference, outcome_of
from wtisd_model import Dossier, InterpretationRequest, Pledge, Registration, Theme, Validator, clean_form, wtisd_23
from wtisd_model.page import form

pytestmark = pytest.mark.outside

LANGUAGES = ("en", "fr", "ar")


def write_forms(folder: Path) -> list[Path]:
    """Write forms in each language, empty and with mistakes, and return the files."""
    written: list[Path] = []
    found = outcome_of(WRONG).findings
    for language in LANGUAGES:
        pages = {each: f"{each}-empty.html" for each in LANGUAGES}
        contents = {
            "empty": form(conference(), language=language, alternates=pages),
            "wrong": form(conference(), language=language, values=WRONG, findings=found, theme=Theme(accent="#c8102e")),
            "request": form(wtisd_23(), cls=InterpretationRequest, language=language),
            "pledge": form(wtisd_23(), cls=Pledge, language=language),
        }
        for name, content in contents.items():
            file = folder / f"{language}-{name}.html"
            file.write_bytes(content)
            written.append(file)
    return written


class TestLooks:
    """WCAG 2.2, as far as a program can judge, at 360, 768 and 1366 pixels, in light and in dark."""

    @pytest.mark.parametrize("font", FONTS)
    def test_everything_fits_in_each_font_and_axe_core_finds_nothing(self, font: str, tmp_path: Path) -> None:
        assert problems_in_chromium(write_forms(tmp_path), font, tmp_path) == []

    def test_the_nu_html_checker_finds_nothing(self, tmp_path: Path) -> None:
        assert problems_of_markup(write_forms(tmp_path)) == []


@contextmanager
def served(language: str) -> Generator[tuple[str, list[Registration]]]:
    """Serve the form of the conference, and yield its address and what is registered."""
    registered: list[Registration] = []
    event = conference()
    judge = Validator(Registration, submission=True, dossier=Dossier(event=event), now=NOW)

    def answer(_path: str, posted: bytes | None) -> tuple[int, str, bytes]:
        status, page = 200, form(event, language=language)
        if posted is not None:
            sent = parse_qs(posted.decode(), keep_blank_values=True)
            outcome = judge(clean_form(Registration, sent, event=event))
            if outcome.value is None or not outcome.ok:
                status, page = 422, form(event, language=language, values=sent, findings=outcome.findings)
            else:
                registered.append(outcome.value)
                page = b"<!DOCTYPE html><title>Thanks</title><p>Thank you.</p>"
        return status, "text/html; charset=utf-8", page

    with serving(answer) as address:
        yield address, registered


FIRST = {
    "participant.name": "Participant 1",
    "participant.email": "p1",
    "country": "Sw",
    "mode": "on-site",
    "sessionIds": ["opening", "maps"],
    "answers.meal": "vegan",
    "answers.topics": ["health", "cities", "farms"],
    "answers.guests": "many",
}
THEN = {
    "participant.email": "participant1@example.org",
    "answers.laptop": "off",
    "answers.topics": ["farms"],
    "answers.guests": "2",
    "answers.arrival": "05102027",
    "answers.terms": ["on"],
}


class TestKeyboard:
    """A form with mistakes comes back with what was typed, with each finding beside its field, and is then accepted."""

    def test_a_keyboard_is_enough(self) -> None:
        with served("en") as (address, registered):
            first, *others, thanks = browse(
                address,
                step("labels"),
                step("keyboard", value=json.dumps(FIRST)),
                *(step("beside", each) for each in ("E-mail (required)", "Yes", "Health", "Guests", "Name (required)")),
                step("labels"),
                step("keyboard", value=json.dumps(THEN)),
                step("text"),
            )
        *beside, no_finding, asked = others
        assert {"On site", "Health"} <= set(first)
        assert not {"Vegan", "Which allergies do you have?", "Yes"} & set(first)
        assert {"Vegan", "Which allergies do you have?", "Yes"} <= set(asked)
        assert [len(each) for each in beside] == [1, 1, 1, 1]
        assert no_finding == []
        assert thanks == "Thank you."
        (person,) = registered
        assert person.session_ids == {"opening", "maps"}
        assert dict(person.answers) == {
            "meal": "vegan",
            "laptop": False,
            "topics": ("farms",),
            "guests": 2,
            "arrival": "2027-05-10",
            "terms": True,
        }

    def test_what_was_filled_in_before_it_was_hidden_does_not_matter(self) -> None:
        with served("fr") as (address, registered):
            shown, text = browse(
                address,
                step("fill", "Nom (obligatoire)", "Participant 1"),
                step("fill", "Courriel (obligatoire)", "participant1@example.org"),
                step("click", "Sur place"),
                step("click", "Végétalien"),
                step("click", "À distance"),
                step("click", "J'accepte les conditions. (obligatoire)"),
                step("labels"),
                step("press", "S'inscrire"),
                step("text"),
            )
        assert "Végétalien" not in shown
        assert text == "Thank you."
        assert dict(registered[0].answers) == {"terms": True}
