"""`language`, and `--language-dir`: the files of a language of one's own are written, checked and used."""

import json
import sys
from pathlib import Path

import pytest
from babel import Locale, localedata
from msgspec.structs import replace

from tests.cli.running import EXAMPLES, here
from tests.locales.own import changed, esperanto, folder, forgotten
from wtisd_model.cli import own_language
from wtisd_model.locales import locale_for

__all__ = ["forgotten"]

pytestmark = pytest.mark.usefixtures("forgotten")


class TestBegin:
    """`language DIR --new TAG` writes what there is to translate, and what Unicode CLDR knows."""

    @pytest.mark.parametrize(("tag", "direction"), [("nl", "ltr"), ("he", "rtl"), ("pt-AO", "ltr")])
    def test_the_files_are_a_language(self, tag: str, direction: str, tmp_path: Path) -> None:
        ended = here("language", tmp_path / tag, "--new", tag)
        assert (ended.code, ended.out) == (0, b"")
        assert [line.split()[0] for line in ended.err.splitlines()[:3]] == ["Wrote"] * 3
        assert f": {tag}, " in ended.err
        words = (tmp_path / tag / "words.toml").read_text(encoding="utf-8")
        assert f'direction = "{direction}"' in words
        assert '# skip = "Skip to content"' in words
        listed = here("language", tmp_path / tag)
        assert "/words.toml/page/skip" in listed.text.splitlines()
        assert not {"/words.toml/dates/months", "/names.toml"} & {*listed.text.splitlines()}

    def test_what_is_translated_is_not_written_again(self, tmp_path: Path) -> None:
        path = esperanto(tmp_path / "eo")
        before = [each.read_bytes() for each in sorted(path.iterdir())]
        assert here("language", path, "--new", "eo").err.startswith(f"{path}: eo, ")
        assert [each.read_bytes() for each in sorted(path.iterdir())] == before

    def test_a_folder_with_another_language_is_refused(self, tmp_path: Path) -> None:
        path = folder(tmp_path / "eo")
        ended = here("language", path, "--new", "da")
        assert (ended.code, ended.err.splitlines()[-1]) == (2, f"Error: {path} has the words of another language: eo.")
        assert [each.name for each in path.iterdir()] == ["words.toml"]

    def test_without_babel_it_says_what_to_install(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "babel", None)
        ended = here("language", tmp_path / "nl", "--new", "nl")
        assert "pip install babel" in ended.err
        assert "/words.toml/direction" in ended.err  # which is to be filled in
        assert [each.name for each in sorted((tmp_path / "nl").iterdir())] == ["findings.toml", "words.toml"]

    def test_a_language_may_have_no_names(self, tmp_path: Path) -> None:
        assert "has no names in this language" in here("language", tmp_path / "tlh", "--new", "tlh").err
        assert '# direction = "ltr"' in (tmp_path / "tlh" / "words.toml").read_text("utf-8")

    def test_a_language_of_the_package_is_refused(self, tmp_path: Path) -> None:
        ended = here("language", tmp_path / "fr", "--new", "fr")
        assert (ended.code, "[language-taken] at /language" in ended.err, (tmp_path / "fr").exists()) == (
            2,
            True,
            False,
        )

    def test_a_tag_is_checked(self, tmp_path: Path) -> None:
        ended = here("language", tmp_path / "x", "--new", "NL")
        assert (ended.code, 'Did you mean "nl"?' in ended.err) == (2, True)
        assert here("language", tmp_path / "x", "--new", "und").code == 2

    def test_the_plural_rules_are_those_of_cldr(self) -> None:
        english = locale_for("en")
        for tag in localedata.locale_identifiers():
            rules = Locale.parse(tag).plural_form
            words = replace(english, plurals=dict(own_language.plural_rules(rules.rules)))
            assert [words.plural_category(n) for n in (*range(25), 100, 101, 111, 1_000_000)] == [
                rules(n) for n in (*range(25), 100, 101, 111, 1_000_000)
            ], tag


class TestCheck:
    """`language DIR` lists what is missing, and says what is wrong."""

    def test_a_whole_language_is_complete(self, tmp_path: Path) -> None:
        root = Path(sys.modules["wtisd_model"].__file__ or "").parent
        french = (root / "locales" / "fr.toml").read_text("utf-8")
        names = (root / "data" / "names" / "fr.toml").read_text("utf-8")
        findings = (root / "locales" / "findings" / "fr.toml").read_text("utf-8")
        path = folder(tmp_path / "oc", words=f'language = "oc"\n{french}', findings=findings, names=names)
        ended = here("language", path)
        assert (ended.code, ended.text, ended.err) == (0, "", f"{path}: oc, complete.\n")

    def test_mistakes_have_their_places(self, tmp_path: Path) -> None:
        path = folder(tmp_path / "eo", words=changed("skip =", "skipp ="))
        ended = here("language", path)
        assert (ended.code, ended.text) == (1, "")
        assert "[key-unknown] at /words.toml/page/skipp: " in ended.err
        assert 'Did you mean "skip"?' in ended.err


class TestUse:
    """`--language-dir` is taken wherever `--language` is."""

    def test_findings_are_said_in_it(self, tmp_path: Path) -> None:
        path = esperanto(tmp_path / "eo")
        (tmp_path / "bad.json").write_text('{"@type": "Event"}', encoding="utf-8")
        ended = here(
            "validate", "--language", "eo", "--language-dir", path, "--language-dir", path, tmp_path / "bad.json"
        )
        assert "Ĉi tio estas deviga." in ended.text

    def test_without_the_folder_it_is_unknown(self) -> None:
        ended = here("check", "--language", "eo", EXAMPLES / "dossier.json")
        assert (ended.code, "Not one of ar, de, " in ended.err) == (2, True)
        assert "--language-dir" in ended.err

    def test_a_wrong_folder_ends_the_command(self, tmp_path: Path) -> None:
        ended = here("check", "--language-dir", tmp_path, EXAMPLES / "dossier.json")
        assert (ended.code, ended.text) == (1, "")
        assert "[words-unreadable] at /words.toml" in ended.err

    def test_documents_are_written_in_it(self, tmp_path: Path) -> None:
        path, event = esperanto(tmp_path / "eo"), EXAMPLES / "event.json"
        more = ("--language", "eo", "--language-dir", path)
        html = here("convert", "--to", "html", *more, event)
        assert (html.code, '<html lang="eo"' in html.text) == (0, True), html.err
        assert here("page", event, "--out", tmp_path / "page", *more).code == 0
        assert here("picture", "timetable", event, "--out", tmp_path / "a.svg", *more).code == 0
        assert "Horaro" in (tmp_path / "a.svg").read_text("utf-8")
        people = tmp_path / "people.jsonl"
        people.write_text(json.dumps(json.loads((EXAMPLES / "registration.json").read_bytes())), encoding="utf-8")
        ended = here("invite", event, people, "--out", tmp_path / "mails", "--format", "eml", *more)
        assert (ended.code, len([*(tmp_path / "mails").iterdir()])) == (0, 1), ended.err

    def test_a_shell_completes_it(self) -> None:
        env = {
            "_WTISD_MODEL_COMPLETE": "bash_complete",
            "COMP_WORDS": "wtisd-model check --language f",
            "COMP_CWORD": "3",
        }
        ended = here(env=env)
        assert ended.text.split(",")[-1].strip() == "fr"
