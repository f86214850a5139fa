"""The languages of a session in words, and that every output says them alike."""

from collections.abc import Iterable
from datetime import UTC, datetime

import pytest
from attrs import evolve
from hypothesis import assume, given
from icalendar import Calendar

from tests.hypothesis_profiles import LAW
from tests.markup.reading import read_html, read_xml, text_of
from tests.planning.listeners import approved, plan
from tests.planning.plans import plans
from tests.samples.whole import organization
from wtisd_model import Dossier, EventStatus, InterpretationRequest, Session, pictures, to_html, to_ical
from wtisd_model.invitation import publish
from wtisd_model.locales import locale_for
from wtisd_model.programme.languages import ProgrammeLanguages, language_texts

AT = datetime(2023, 4, 14, 9, 5, tzinfo=UTC)
LABELS = ("Languages:", "Interpretation:", "Sign language interpretation:", "Captions:")


def lines(made: Dossier, session: Session | None, language: str = "en") -> list[str]:
    words = locale_for(language)
    languages = ProgrammeLanguages(made.event, made.interpretation_requests).at(session)
    return [f"{label}{words.colon}{text}" for label, text in language_texts(languages, words).labelled(words)]


def said(floor: str, *requests: InterpretationRequest, language: str = "en") -> list[str]:
    made = plan(floor=floor, requests=requests)
    return lines(made, made.event.sessions[0], language)


def labelled(texts: Iterable[str]) -> list[str]:
    """Return the texts about languages."""
    return [each for each in texts if each.startswith(LABELS)]


class TestWords:
    """Names of languages are not declined, so they come in lists, and after words that leave them unchanged."""

    def test_what_is_mutual_is_said_before_what_is_from_all(self) -> None:
        both = approved("i", "", "ar en fr")
        assert said("en fr", both) == [
            "Languages: English, French",
            "Interpretation: English, French (in both directions); into Arabic",
        ]
        assert said("en fr es", approved("i", "", "en es fr"))[1] == (
            "Interpretation: English, French, Spanish (each into the others)"
        )

    def test_sources_are_named_unless_all_that_is_spoken_is_interpreted(self) -> None:
        assert said("en", approved("i", "en", "ar fr"))[1] == "Interpretation: into Arabic, French"
        assert said("en fr", approved("i", "en", "ar"))[1] == "Interpretation: from English into Arabic"

    def test_signing_and_captions_have_labels_of_their_own(self) -> None:
        requests = approved("i-1", "", "ase", "sign"), approved("i-2", "en", "fr", "captions")
        assert said("en", *requests)[1:] == ["Sign language interpretation: American Sign Language", "Captions: French"]
        assert said("en fr", *requests)[-1] == "Captions: from English into French"

    @pytest.mark.parametrize(
        ("language", "expected"),
        [
            ("ar", "الترجمة الشفوية: الإنجليزية، الفرنسية (في الاتجاهين)؛ إلى العربية"),
            ("de", "Dolmetschung: Englisch, Französisch (in beide Richtungen); in Arabisch"),
            ("es", "Interpretación: inglés, francés (en ambos sentidos); en árabe"),
            ("fr", "Interprétation\u00a0: anglais, français (dans les deux sens)\u00a0; en arabe"),
            ("pt", "Interpretação: inglês, francês (nos dois sentidos); para árabe"),
            ("ru", "Устный перевод: английский, французский (в обе стороны); на арабский"),
            ("zh", "口译：英语、法语互译；译成阿拉伯语"),
        ],
    )
    def test_it_is_said_in_each_language(self, language: str, expected: str) -> None:
        assert said("en fr", approved("i", "", "ar en fr"), language=language)[1] == expected

    def test_nothing_is_said_if_nothing_is_known(self) -> None:
        assert said("") == []


class TestOutputs:
    """A timetable, a page, a calendar and a mail say the same about each session."""

    @LAW
    @given(plans(most_people=2))
    def test_all_outputs_name_the_same_languages(self, drawn: Dossier) -> None:
        whole = evolve(drawn.event, organizer=organization())
        assume(whole.status is not EventStatus.DRAFT)
        made = evolve(drawn, event=whole)
        shown = [each for each in whole.sessions if each.status is not EventStatus.DRAFT]
        entries = {str(each["UID"]): each for each in Calendar.from_ical(to_ical(made, stamped=AT)).walk("VEVENT")}
        items = {each.get("id"): each for each in read_html(to_html(made).decode()).iter("li")}
        boxes = [
            (each.findtext("title") or "").split("\n")
            for drawing in pictures.timetable(made).drawings
            for each in read_xml(drawing.svg("wm")).iter("g")
        ]
        for each in shown:
            expected = lines(made, each)
            description = str(entries[each.export_uid(whole.uid)].get("DESCRIPTION", "")).split("\n")
            assert labelled(description) == expected
            assert labelled(map(text_of, items[f"session-{each.id}"].iter("span"))) == expected
            (box,) = [lines_ for lines_ in boxes if lines_[0] == each.title.text]
            assert labelled(box) == expected
            texts = publish(made, session=each, stamped=AT).texts
            assert [f"{label}: {text}" for label, text in texts.languages] == expected

    def test_invitations_know_what_is_interpreted_if_they_are_made_of_a_dossier(self) -> None:
        made = plan(requests=(approved("i", "en", "fr"),))
        made = evolve(made, event=evolve(made.event, organizer=organization()))
        for subject, expected in ((made, 1), (made.event, 0)):
            written = publish(subject, session="s", stamped=AT).ics.decode()
            assert written.count("Interpretation: into French") == expected
            assert "Languages: English" in written
