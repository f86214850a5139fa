"""A language that a program adds: its words everywhere, English where it has none, and what is refused."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path
from shutil import copy

import msgspec
import pytest
from attrs import evolve

import wtisd_model as wm
from tests.locales.own import FINDINGS, NAMES, WORDS, changed, esperanto, folder, forgotten
from tests.refusals import refused
from tests.samples.invited import EVENT, LATER, registration
from wtisd_model import Code, invitation, page, pictures
from wtisd_model.findings import finding, for_sender
from wtisd_model.integrations import accept_language
from wtisd_model.locales import borrowed, language_of, languages, locale_for, plain_word, shipped_languages, words_of
from wtisd_model.programme import names as programme_names

NOW = datetime(2023, 4, 14, tzinfo=UTC)
HEBREW = changed('"eo"\ndirection = "ltr"', '"he"\ndirection = "rtl"')

__all__ = ["forgotten"]

pytestmark = pytest.mark.usefixtures("forgotten")


@pytest.fixture
def _eo(tmp_path: Path, forgotten: None) -> None:  # noqa: ARG001 - it forgets after this one
    """Add Esperanto, or what there is of it."""
    wm.add_language(esperanto(tmp_path / "eo"))


class TestAdding:
    """A folder is added once, and whole."""

    def test_it_returns_what_is_missing(self, tmp_path: Path) -> None:
        missing = wm.add_language(esperanto(tmp_path / "eo"))
        assert {"/words.toml/colon", "/words.toml/page/track", "/findings.toml/value-unknown/fix"} <= {*missing}
        assert not {"/words.toml/page/skip", "/findings.toml/key-missing/fix"} & {*missing}

    def test_a_str_is_a_path(self, tmp_path: Path) -> None:
        wm.add_language(str(esperanto(tmp_path / "eo")))
        assert "eo" in languages()

    def test_anything_else_is_a_mistake_of_the_program(self) -> None:
        with pytest.raises(TypeError, match="Not a path"):
            wm.add_language(b"eo")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]

    def test_the_same_folder_again_is_no_mistake(self, tmp_path: Path) -> None:
        first = esperanto(tmp_path / "eo")
        (tmp_path / "link").symlink_to(first)
        assert wm.add_language(first) == wm.add_language(str(first / ".." / "eo")) != ()
        assert wm.add_language(tmp_path / "link") == wm.add_language(first)

    def test_other_words_for_the_tag_are_refused(self, tmp_path: Path) -> None:
        wm.add_language(esperanto(tmp_path / "eo"))
        other = folder(tmp_path / "other", words=changed("Loko", "Ejo"))
        assert refused(lambda: wm.add_language(other)) == (Code.LANGUAGE_TAKEN, "/words.toml/language")

    def test_a_language_of_the_package_is_refused(self, tmp_path: Path) -> None:
        french = folder(tmp_path / "fr", words=changed('"eo"', '"fr"'))
        assert refused(lambda: wm.add_language(french)) == (Code.LANGUAGE_TAKEN, "/words.toml/language")

    def test_a_refused_folder_adds_nothing(self, tmp_path: Path) -> None:
        before = languages()
        broken = folder(tmp_path / "eo", findings="[key-missing]\nmesage = 'x'\n")
        with pytest.raises(wm.InvalidValueError):
            wm.add_language(broken)
        assert languages() == before
        esperanto(tmp_path / "eo")
        wm.add_language(broken)
        assert languages() == before | {"eo"}

    def test_words_alone_are_enough(self, tmp_path: Path) -> None:
        missing = wm.add_language(folder(tmp_path / "eo"))
        assert [path for path in missing if not path.startswith("/words")] == ["/findings.toml", "/names.toml"]

    @pytest.mark.parametrize("tag", sorted(shipped_languages()))
    def test_what_is_shipped_is_a_whole_language(self, tag: str, tmp_path: Path) -> None:
        root = Path(wm.__file__).parent
        words = (root / "locales" / f"{tag}.toml").read_text(encoding="utf-8")
        whole = folder(tmp_path / "eo", words=f'language = "eo"\n{words}')
        copy(root / "locales" / "findings" / f"{tag}.toml", whole / "findings.toml")
        copy(root / "data" / "names" / f"{tag}.toml", whole / "names.toml")
        assert wm.add_language(whole) == ()
        found = finding(Code.TEXT_TOO_LONG, "/title", maximum=2_000)
        assert evolve(found.in_language("eo"), language=tag) == found.in_language(tag)
        assert msgspec.structs.replace(locale_for("eo"), language=tag) == locale_for(tag)
        assert len({programme_names.country_name("CH", each) for each in (tag, "eo")}) == 1

    def test_several_threads_add_it_once(self, tmp_path: Path) -> None:
        path = esperanto(tmp_path / "eo")
        with ThreadPoolExecutor(8) as threads:
            missing = {*threads.map(wm.add_language, [path] * 8)}
        assert len(missing) == 1


class TestTags:
    """RFC 4647 section 3.4: the longest tag that there are words for."""

    def test_what_was_looked_up_before_is_looked_up_again(self, tmp_path: Path) -> None:
        found = finding(Code.KEY_MISSING, "/name")
        before = (
            found.in_language("eo"),
            accept_language.accepted_language("eo, fr;q=0.5"),
            pictures.timetable(EVENT, language="eo"),
        )
        assert (before[0].language, before[1]) == ("en", "fr")
        wm.add_language(esperanto(tmp_path / "eo"))
        assert found.in_language("eo").message == "Ĉi tio estas deviga."
        assert accept_language.accepted_language("eo, fr;q=0.5") == "eo"
        assert pictures.timetable(EVENT, language="eo").title.startswith("Horaro: ")

    def test_a_variant_borrows_from_the_shipped_language_that_it_is_one_of(self, tmp_path: Path) -> None:
        words = 'language = "fr-CA"\ndirection = "ltr"\n[labels]\nwhen = "Quand"\n'
        wm.add_language(folder(tmp_path / "fr-CA", words=words))
        found = finding(Code.KEY_MISSING)
        assert {found.in_language(tag).language for tag in ("fr", "fr-CA", "fr-CH", "fr_ca")} == {"fr"}
        html = wm.to_html(EVENT, language="fr-CA").decode()
        assert '<html lang="fr-CA" dir="ltr">' in html
        assert "<dt>Quand</dt>" in html
        assert '<dt lang="fr" dir="ltr">Lieu</dt>' in html
        assert "<dt>Lieu</dt>" in wm.to_html(EVENT, language="fr-CH").decode()

    def test_a_request_gets_a_variant(self, tmp_path: Path) -> None:
        words = 'language = "fr-CA"\ndirection = "ltr"\n'
        wm.add_language(folder(tmp_path / "fr-CA", words=words))
        assert [
            accept_language.accepted_language(each) for each in ("fr-ca", "fr-CA-x-a, fr", "fr, fr-CA;q=0.9", "fr_CA")
        ] == [
            "fr-CA",
            "fr-CA",
            "fr",
            "fr-CA",
        ]

    def test_nobody_is_warned_of_a_reader_who_has_words(self, tmp_path: Path) -> None:
        person = wm.Contact(name="Participant 1", email="p1@example.org", language="eo")
        dossier = wm.Dossier(event=EVENT, registrations=(evolve(registration(), participant=person),))
        before = [found.code for found in wm.check(dossier, now=LATER)]
        wm.add_language(esperanto(tmp_path / "eo"))
        after = [found.code for found in wm.check(dossier, now=LATER)]
        assert [*before].count("language-without-words") == 1
        assert "language-without-words" not in after


@pytest.mark.usefixtures("_eo")
class TestFindings:
    """A finding is in one language, and says which."""

    def test_it_is_in_the_language(self) -> None:
        found = finding(Code.KEY_UNKNOWN, "/nmae", suggestion="name").in_language("eo")
        assert (found.language, found.message) == ("eo", "Nekonata ŝlosilo.")
        assert found.fix == 'Ĉu vi celis "name"? Korektu ĝian nomon, aŭ forigu ĝin.'
        assert found.in_language("fr").in_language("eo") == found

    def test_a_number_chooses_the_form(self) -> None:
        said = [finding(Code.TEXT_TOO_LONG, maximum=n).in_language("eo").message for n in (1, 2)]
        assert said == ["Pli longa ol 1 signo.", "Pli longa ol 2 signoj."]

    def test_a_code_without_one_of_its_sentences_is_english(self) -> None:
        found = finding(Code.VALUE_UNKNOWN, choices="a, b")
        assert found.in_language("eo") == found

    @pytest.mark.parametrize(("expected", "language"), [("string", "eo"), ("array", "en"), ("object:text", "en")])
    def test_a_word_in_it_is_of_the_same_language(self, expected: str, language: str) -> None:
        assert finding(Code.WRONG_TYPE, expected=expected).in_language("eo").language == language

    def test_without_its_sentence_a_suggestion_makes_it_english(self, tmp_path: Path) -> None:
        findings = changed('"eo"', '"ia"'), FINDINGS.partition("[value-unknown]")[0].partition("\n\n")[2]
        wm.add_language(folder(tmp_path / "ia", words=findings[0], findings=findings[1]))
        assert finding(Code.KEY_UNKNOWN).in_language("ia").language == "ia"
        assert finding(Code.KEY_UNKNOWN, suggestion="name").in_language("ia").language == "en"

    def test_a_sender_reads_what_is_there(self) -> None:
        found = for_sender(finding(Code.EVENT_UID_DIFFERS, "/eventUid")).in_language("eo")
        assert found.language == "en"

    def test_problem_details_mark_what_is_english(self) -> None:
        body = {"mode": 5, "participant": {"name": "Participant 1", "email": "p1@example.org"}}
        problem = wm.to_problem(wm.validate(wm.Registration, body, submission=True, now=NOW).findings, language="eo")
        assert problem["title"] == "La dokumento ne validas."
        assert "language" not in problem
        languages_ = {entry["code"]: entry.get("language") for entry in problem["errors"]}
        assert languages_ == {"wrong-type": None, "key-missing": None}
        unreadable = wm.to_problem(wm.validate(wm.Registration, b"{", submission=True, now=NOW).findings, language="eo")
        assert (unreadable["title"], unreadable["language"]) == ("The document cannot be read.", "en")
        assert [entry["language"] for entry in unreadable["errors"]] == ["en"]
        assert json.loads(msgspec.json.encode(unreadable)) == unreadable

    def test_a_value_that_another_library_refuses_is_english(self) -> None:
        english = wm.Finding(code="too_short", message="Not a valid value.", fix="See the description of this service.")
        assert english.in_language("eo").language == "en"
        assert english.in_language("fr").language == "fr"


@pytest.mark.usefixtures("_eo")
class TestWritten:
    """All that takes a language has its words, and says which are English."""

    def test_a_page_marks_what_is_english(self) -> None:
        html = wm.to_html(EVENT, language="eo").decode()
        assert '<html lang="eo" dir="ltr">' in html
        assert "<dt>Dato kaj horo</dt>" in html
        assert "la 17-a de majo 2023, de 14:30" in html
        assert "Svislando" in html
        assert '<h2 lang="en" dir="ltr">Documents</h2>' in html
        assert '<p lang="en" dir="ltr" class="notice">This session has been cancelled.</p>' in html
        assert '(<bdi lang="en" dir="ltr">Spanish</bdi>)' in html

    def test_english_in_a_language_that_is_read_from_the_right_runs_its_own_way(self, tmp_path: Path) -> None:
        wm.add_language(folder(tmp_path / "he", words=HEBREW))
        html = wm.to_html(EVENT, language="he").decode()
        assert '<html lang="he" dir="rtl">' in html
        assert re.search('<h2 lang="en" dir="ltr">|<dt lang="en" dir="ltr">', html)

    def test_a_form_marks_what_is_english(self) -> None:
        html = page.form(EVENT, language="eo", values={"participant": {"name": ""}}).decode()
        assert "Partoprenanto" in html
        assert '<bdi lang="en">Membership</bdi>' in html
        assert '<option value="academia" lang="en">Academia</option>' in html
        assert "<button>Aliĝi</button>" in html
        assert '<option value="CH">Svislando</option>' in html
        assert '<option lang="en" dir="ltr" value="af">Afrikaans</option>' in html
        assert '<option lang="en" dir="ltr" value="FR">France</option>' in html

    def test_the_findings_of_a_form_are_marked(self) -> None:
        outcome = wm.validate(wm.Registration, {"mode": "x"}, submission=True, now=NOW)
        html = page.form(EVENT, language="eo", values={"mode": "x"}, findings=outcome.findings).decode()
        assert "Trovita: " in html
        assert "Ĉi tio estas deviga." in html
        assert re.search('<bdi lang="en">Not one of the allowed values.', html)

    def test_a_schema_of_a_form_is_plain_json(self) -> None:
        schema = wm.json_schema(wm.Registration, submission=True, event=EVENT, language="eo")
        assert schema["properties"]["participant"]["title"] == "Partoprenanto"
        assert json.loads(msgspec.json.encode(schema)) == schema

    @pytest.mark.parametrize("write", [wm.to_jsonld, wm.to_jscalendar, wm.to_schedule_json, wm.to_jcal])
    def test_documents_for_programs_are_plain_json(self, write: Callable[..., bytes]) -> None:
        more = {} if write in {wm.to_jsonld, wm.to_schedule_json} else {"stamped": LATER}
        written = write(EVENT, language="eo", **more)
        assert json.loads(written)

    def test_a_calendar_says_in_which_language_a_text_is(self) -> None:
        lines = wm.to_ical(EVENT, language="eo", stamped=LATER).replace(b"\r\n ", b"").decode().splitlines()
        assert 'ATTACH;LABEL="Circular letter CL-23/9";LANGUAGE=en:https://example.org/cl-23-9' in lines
        assert "DESCRIPTION;LANGUAGE=eo:Malproksima partopreno: https://example.org/b" in lines
        off = EVENT.cancel(at=LATER)
        said = wm.to_ical(off, language="eo", stamped=LATER).replace(b"\r\n ", b"").decode()
        assert "Ĉi tiu evento estas nuligita." in said

    def test_a_mail_says_in_which_languages_it_is(self) -> None:
        (message,) = [invitation.invite(EVENT, registration(), stamped=LATER, language="eo")]
        mail = message_from_bytes(
            invitation.mail(message, sender="Office <office@example.org>").as_bytes(), policy=policy.default
        )
        assert mail["Subject"].startswith("Invito: ")
        assert "en" in mail["Content-Language"].split(", ")
        html = mail.get_body(("html",))
        assert html is not None
        assert 'lang="en"' in html.get_content()
        assert "Vi estas invitita al ĉi tiu evento." in html.get_content()

    def test_a_person_who_reads_it_gets_mails_in_it(self) -> None:
        person = wm.Contact(name="Participant 1", email="p1@example.org", language="eo")
        message = invitation.invite(EVENT, evolve(registration(), participant=person), stamped=LATER)
        assert invitation.mail(message, sender="office@example.org")["Subject"].startswith("Invito: ")

    def test_pictures_mark_what_is_english(self) -> None:
        picture = pictures.timetable(EVENT, language="eo")
        assert 'lang="eo"' in picture.svg
        assert re.search('lang="en"[^>]*>', picture.html)
        coverage = pictures.coverage(wm.Dossier(event=EVENT, registrations=(registration(),)), language="eo")
        assert '<title lang="en">Interpretation' in coverage.svg
        assert msgspec.json.encode(str(coverage.title))

    def test_names_that_are_missing_are_english(self) -> None:
        people = [evolve(registration(), country=country) for country in ("CH", "FR")]
        picture = pictures.registrations(
            wm.Dossier(event=EVENT, registrations=tuple(people)), by="country", language="eo"
        )
        assert picture.table

    def test_the_town_of_a_zone_has_its_name(self) -> None:
        deadline = wm.Deadline(date=datetime(2023, 5, 10, tzinfo=UTC).date(), time_zone="Europe/Zurich")
        call = wm.Call(kind="registration", email="office@example.org", deadline=deadline)
        event = evolve(EVENT, calls=(call,), locations=(), venue_to_follow=True)
        assert "Zuriko" in wm.to_html(event, language="eo").decode()
        assert "Zurich" in wm.to_html(event, language="fr").decode()

    def test_tables_and_calendars_of_others_are_read_in_it(self) -> None:
        csv = "Nomo,E-mail,Lando,Participation\nParticipant 1,p1@example.org,Svislando,On site\n"
        (outcome,) = wm.from_csv(wm.Registration, csv.encode(), event=EVENT, defaults={"submitted_at": LATER})
        assert isinstance(outcome.value, wm.Registration), outcome
        assert outcome.value.country == "CH"


class TestRefusals:
    """Each mistake is found at its file and key, and nothing is added."""

    @pytest.mark.parametrize(
        ("old", "new", "code", "path"),
        [
            ('language = "eo"\n', "", Code.KEY_MISSING, "/language"),
            ('"eo"', '"EO"', Code.LANGUAGE_UNKNOWN, "/language"),
            ('"eo"', "7", Code.WRONG_TYPE, "/language"),
            ('direction = "ltr"\n', "", Code.KEY_MISSING, "/direction"),
            ('"ltr"', '"up"', Code.VALUE_UNKNOWN, "/direction"),
            ("skip =", "skp =", Code.KEY_UNKNOWN, "/page/skp"),
            ("[page]", "[pages]", Code.KEY_UNKNOWN, "/pages"),
            ("[page]", "[labels.page]", Code.NOT_TOML, ""),
            ('"Salti al la enhavo"', "3", Code.WRONG_TYPE, "/page/skip"),
            ('"Salti al la enhavo"', "1979-05-27", Code.WRONG_TYPE, "/page/skip"),
            ('"Salti al la enhavo"', '""', Code.TEXT_EMPTY, "/page/skip"),
            ('"Salti al la enhavo"', '" a"', Code.TEXT_OUTER_BLANK, "/page/skip"),
            ('"Salti al la enhavo"', '"a\\u0000b"', Code.TEXT_CONTROL, "/page/skip"),
            ('"Salti al la enhavo"', '"a\\u202eb"', Code.TEXT_BIDI, "/page/skip"),
            ('"Salti al la enhavo"', f'"{"a" * 1001}"', Code.TEXT_TOO_LONG, "/page/skip"),
            ('"Salti al la enhavo"', '"{title}"', Code.PLACEHOLDERS_DIFFER, "/page/skip"),
            ("Invito: {title}", "Invito", Code.PLACEHOLDERS_DIFFER, "/subjects/invited"),
            ("Invito: {title}", "Invito: {0}", Code.PLACEHOLDERS_DIFFER, "/subjects/invited"),
            ("Invito: {title}", "{title.__class__}", Code.PLACEHOLDERS_DIFFER, "/subjects/invited"),
            ("Invito: {title}", "{title[0]}", Code.PLACEHOLDERS_DIFFER, "/subjects/invited"),
            ("Invito: {title}", "{title!r}", Code.PLACEHOLDERS_DIFFER, "/subjects/invited"),
            ("Invito: {title}", "{title:>9999999999}", Code.PLACEHOLDERS_DIFFER, "/subjects/invited"),
            ("Invito: {title}", "{title:{title}}", Code.PLACEHOLDERS_DIFFER, "/subjects/invited"),
            ("Invito: {title}", "Invito: {title", Code.PLACEHOLDERS_DIFFER, "/subjects/invited"),
            ("Invito: {title}", "Invito: }{title}", Code.PLACEHOLDERS_DIFFER, "/subjects/invited"),
            ("[plurals]", "[dates2]", Code.KEY_UNKNOWN, "/dates2"),
            ('"n = 1"', '"n % 0 = 1"', Code.PLURAL_RULE_MALFORMED, "/plurals/one"),
            ('"n = 1"', "1", Code.WRONG_TYPE, "/plurals/one"),
            ("one =", "ones =", Code.KEY_UNKNOWN, "/plurals/ones"),
            ('[plurals]\none = "n = 1"', "plurals = 3", Code.WRONG_TYPE, "/plurals"),
            ('"lundo", ', "", Code.TOO_FEW_ITEMS, "/dates/weekdays"),
            ('"lundo", ', '"lundo", "lundo", ', Code.TOO_MANY_ITEMS, "/dates/weekdays"),
            ('"lundo", ', "1, ", Code.WRONG_TYPE, "/dates/weekdays/0"),
            ('day = "{weekday}, la {day}-a de {month} {year}"', "months2 = 1", Code.KEY_UNKNOWN, "/dates/months2"),
            (
                "[labels]",
                "[numbers]\nminimum_grouping_digits = 9\n[labels]",
                Code.NUMBER_OUT_OF_RANGE,
                "/numbers/minimum_grouping_digits",
            ),
            (
                "[labels]",
                "[durations]\nday = { count = 'n', one = '1' }\n[labels]",
                Code.KEY_MISSING,
                "/durations/day/other",
            ),
            (
                "[labels]",
                "[durations]\nday = { count = 'n', few = '{n}', other = '{n}' }\n[labels]",
                Code.KEY_UNKNOWN,
                "/durations/day/few",
            ),
            (
                "[labels]",
                "[durations]\nday = { count = 'x', other = '{n}' }\n[labels]",
                Code.VALUE_UNKNOWN,
                "/durations/day/count",
            ),
            (
                "[labels]",
                "[durations]\nday = { count = 'n', other = 'x' }\n[labels]",
                Code.PLACEHOLDERS_DIFFER,
                "/durations/day/other",
            ),
        ],
    )
    def test_words(self, old: str, new: str, code: Code, path: str, tmp_path: Path) -> None:
        wrong = folder(tmp_path / "eo", words=changed(old, new))
        with pytest.raises(wm.InvalidValueError) as caught:
            wm.add_language(wrong)
        found = caught.value.findings[0]
        assert (found.code, found.path) == (code, f"/words.toml{path}")
        assert "eo" not in languages()

    def test_a_table_that_is_none(self, tmp_path: Path) -> None:
        wrong = folder(tmp_path / "eo", words='language = "eo"\ndirection = "ltr"\npage = 1\n[dates]\nmonths = 1\n')
        with pytest.raises(wm.InvalidValueError) as caught:
            wm.add_language(wrong)
        assert {(found.code, found.path) for found in caught.value.findings} == {
            (Code.WRONG_TYPE, "/words.toml/dates/months"),
            (Code.WRONG_TYPE, "/words.toml/page"),
        }

    def test_a_key_is_suggested_and_placeholders_are_listed(self, tmp_path: Path) -> None:
        words = changed("Invito: {title}", "Invito", changed("programme =", "program ="))
        with pytest.raises(wm.InvalidValueError) as caught:
            wm.add_language(folder(tmp_path / "eo", words=words))
        params = {found.path: dict(found.params) for found in caught.value.findings}
        assert params["/words.toml/page/program"] == {"suggestion": "programme"}
        assert params["/words.toml/subjects/invited"] == {"choices": "{title}"}

    @pytest.mark.parametrize(
        ("findings", "code", "path"),
        [
            ("[key-mising]\nmessage = 'x'\n", Code.KEY_UNKNOWN, "/key-mising"),
            ("[key-missing]\nmessage = 'x'\nfix_submission = 'y'\n", Code.KEY_UNKNOWN, "/key-missing/fix_submission"),
            ("[key-missing]\nmessage = { other = 'x' }\n", Code.KEY_MISSING, "/key-missing/message/count"),
            ("[text-too-deep]\nmessage = 'x'\n", Code.KEY_UNKNOWN, "/text-too-deep"),
            (
                "[extension-too-deep]\nmessage = { count = 'n', other = '{maximum}' }\n",
                Code.VALUE_UNKNOWN,
                "/extension-too-deep/message/count",
            ),
            ("suggestion = { count = 'x' }\n", Code.WRONG_TYPE, "/suggestion"),
            ("[params.expected]\n'object:' = 'x'\n", Code.PLACEHOLDERS_DIFFER, "/params/expected/object:"),
            ("key-missing = 1\n", Code.WRONG_TYPE, "/key-missing"),
        ],
    )
    def test_findings(self, findings: str, code: Code, path: str, tmp_path: Path) -> None:
        wrong = folder(tmp_path / "eo", findings=findings)
        assert refused(lambda: wm.add_language(wrong)) == (code, f"/findings.toml{path}")

    def test_plural_forms_that_english_has_not(self, tmp_path: Path) -> None:
        assert isinstance(words_of("findings", "en.toml")["extension-too-deep"]["message"], str)
        forms = "{ count = 'maximum', one = '1 nivelo.', other = '{maximum} niveloj.' }"
        text = f"[extension-too-deep]\nmessage = {forms}\nfix = 'x'\n"
        wm.add_language(folder(tmp_path / "eo", findings=text))
        found = [finding(Code.EXTENSION_TOO_DEEP, maximum=value).in_language("eo") for value in (1, 3, "many")]
        assert [each.message for each in found] == ["1 nivelo.", "3 niveloj.", "many niveloj."]

    @pytest.mark.parametrize(
        ("names", "code", "path"),
        [
            ("[name]\n", Code.KEY_UNKNOWN, "/name"),
            ("names = 1\n", Code.WRONG_TYPE, "/names"),
            ("[names]\n'../x' = 'y'\n", Code.KEY_UNKNOWN, "/names"),
            ("[names]\nCH = 1\n", Code.WRONG_TYPE, "/names/CH"),
            ("[towns]\n'Europe/Nowhere' = 'y'\n", Code.KEY_UNKNOWN, "/towns"),
            ("[towns]\n'Europe/Paris' = ''\n", Code.TEXT_EMPTY, "/towns/Europe~1Paris"),
            ("pattern = '{name}'\n", Code.PLACEHOLDERS_DIFFER, "/pattern"),
            ("separator = 1\n", Code.WRONG_TYPE, "/separator"),
        ],
    )
    def test_names(self, names: str, code: Code, path: str, tmp_path: Path) -> None:
        wrong = folder(tmp_path / "eo", names=names)
        assert refused(lambda: wm.add_language(wrong)) == (code, f"/names.toml{path}")


class TestFiles:
    """A file that cannot be read, is too large, or is no TOML."""

    def test_no_folder_and_no_words(self, tmp_path: Path) -> None:
        for path in (tmp_path / "none", tmp_path, "a\0b"):
            code, _ = refused(lambda path=path: wm.add_language(path))  # type: ignore[misc]  # of the default
            assert code == Code.WORDS_UNREADABLE

    def test_a_pipe_is_not_opened(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "words.toml")
        assert refused(lambda: wm.add_language(tmp_path)) == (Code.WORDS_UNREADABLE, "/words.toml")

    def test_a_file_that_fails(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = folder(tmp_path / "eo")

        def fail(*_: object) -> None:
            raise PermissionError

        monkeypatch.setattr(Path, "open", fail)
        assert refused(lambda: wm.add_language(path)) == (Code.WORDS_UNREADABLE, "/words.toml")

    @pytest.mark.parametrize(
        ("octets", "code"),
        [
            (b"# " * 200_001, Code.PAYLOAD_TOO_LARGE),
            (b"a." * 900 + b"a = 1", Code.PAYLOAD_TOO_DEEP),
            (b"a = " + b"9" * 5000, Code.NOT_TOML),
            (b'language = "\xff"', Code.NOT_UTF8),
            (b"a = " + b"[\n" * 100_000, Code.PAYLOAD_TOO_DEEP),
            (b"a = 1979-13-99", Code.NOT_TOML),
        ],
    )
    def test_hostile(self, octets: bytes, code: Code, tmp_path: Path) -> None:
        (tmp_path / "words.toml").write_bytes(octets)
        assert refused(lambda: wm.add_language(tmp_path)) == (code, "/words.toml")

    @pytest.mark.parametrize(("words", "line"), [("a = 1\nb = \n", 2), ("a = 1\nb = '''\n", 3)])
    def test_the_line_is_named(self, words: str, line: int, tmp_path: Path) -> None:
        with pytest.raises(wm.InvalidValueError) as caught:
            wm.add_language(folder(tmp_path / "eo", words=words))
        assert [(found.code, dict(found.params)) for found in caught.value.findings] == [
            (Code.NOT_TOML, {"line": line})
        ]

    def test_a_thousand_mistakes_are_a_hundred_findings(self, tmp_path: Path) -> None:
        words = "".join(f"key{number} = 1\n" for number in range(1000))
        with pytest.raises(wm.InvalidValueError) as caught:
            wm.add_language(folder(tmp_path / "eo", words=words + WORDS))
        assert len(caught.value.findings) == 100


class TestBorrowed:
    """A borrowed word is a text that knows its language."""

    def test_it_stays_one_when_it_is_filled(self) -> None:
        word = borrowed("To {who}", "en")
        said = (word, word.format(who="you"), word.format_map({"who": "you"}), word + ":")
        assert [language_of(each, "eo") for each in (*said, str(word), word.lower())] == ["en"] * 4 + ["eo"] * 2

    def test_nothing_else_is_written_as_plain_text(self) -> None:
        assert type(plain_word(borrowed("a", "en"))) is str
        with pytest.raises(NotImplementedError):
            plain_word(1)


class TestImport:
    """Who adds no language pays nothing."""

    def test_nothing_of_it_is_loaded(self) -> None:
        code = (
            "import sys; from wtisd_model import Registration, validate; import wtisd_model;"
            "assert 'wtisd_model.types.own_language' not in sys.modules; wtisd_model.add_language"
        )
        subprocess.run([sys.executable, "-c", code], check=True, timeout=60)  # noqa: S603 - our own code
        assert NAMES
