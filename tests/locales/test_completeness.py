"""Every language has the words that English has: the same keys, and the same placeholders in each sentence."""

import ast
import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from string import Formatter
from typing import Any

import pytest

from tests.gates.import_graph import package_folder
from wtisd_model.locales import DEFAULT_LANGUAGE, finding_texts_for, languages, locale_for
from wtisd_model.locales.locale import PluralForms, Sentence

FINDINGS = [DEFAULT_LANGUAGE]
OTHERS = sorted(languages() - {DEFAULT_LANGUAGE})
# French writes the first of a month "1er"; the others write its number.
MAY_LACK_A_PLACEHOLDER = {"dates/first_of_month"}


def sentences(language: str) -> dict[str, Any]:
    """Read the words of a language by their keys; plurals differ by nature."""
    words = tomllib.loads(files("wtisd_model.locales").joinpath(f"{language}.toml").read_text(encoding="utf-8"))
    return dict(flat({key: value for key, value in words.items() if key != "plurals"}))


def flat(table: dict[str, Any], path: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from flat(value, f"{path}{key}/")
        else:
            yield path + key, value


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def forms(sentence: Sentence) -> dict[str, str]:
    if isinstance(sentence, str):
        return {"other": sentence}
    categories = ("zero", "one", "two", "few", "many", "other")
    return {each: form for each in categories if (form := getattr(sentence, each)) is not None}


class TestWords:
    """A word that is missing fails here, not when a mail is made."""

    @pytest.mark.parametrize("language", OTHERS)
    def test_each_language_has_the_keys_of_english(self, language: str) -> None:
        assert list(sentences(language)) == list(sentences(DEFAULT_LANGUAGE))

    @pytest.mark.parametrize("language", OTHERS)
    def test_each_sentence_has_the_placeholders_of_the_english_one(self, language: str) -> None:
        english = sentences(DEFAULT_LANGUAGE)
        for key, sentence in sentences(language).items():
            if isinstance(sentence, str) and key not in MAY_LACK_A_PLACEHOLDER:
                assert placeholders(sentence) == placeholders(english[key]), key

    @pytest.mark.parametrize("language", sorted(languages()))
    def test_no_word_is_empty_or_has_a_blank_around_it(self, language: str) -> None:
        framed = {"colon", "dates/zone"}
        for key, sentence in sentences(language).items():
            for each in sentence if isinstance(sentence, list) else [sentence]:
                assert each
                assert key in framed or each == each.strip(), key

    @pytest.mark.parametrize("language", sorted(languages()))
    def test_there_are_seven_weekdays_and_twelve_months(self, language: str) -> None:
        dates = locale_for(language).dates
        assert (len(set(dates.weekdays)), len(set(dates.months))) == (7, 12)


class TestFindings:
    """What a language says about findings agrees with English."""

    @pytest.mark.parametrize("language", FINDINGS)
    def test_a_sentence_in_forms_has_one_for_each_plural_category(self, language: str) -> None:
        categories = {*locale_for(language).plurals, "other"}
        for code, text in finding_texts_for(language).codes.items():
            for sentence in (text.message, text.fix, text.fix_submission or ""):
                if isinstance(sentence, PluralForms):
                    assert set(forms(sentence)) == categories, code

    def test_each_token_that_a_finding_is_made_with_has_words(self) -> None:
        params = finding_texts_for(DEFAULT_LANGUAGE).params
        used = [*tokens("expected", "form")]
        assert len(used) > 20
        assert [(key, token) for key, token in used if re.sub("(?<=:).*", "", token) not in params[key]] == []


def tokens(*keys: str) -> Iterator[tuple[str, str]]:
    """Yield each token in the source that is written where a param is set, with the key of the param."""
    for path in package_folder().rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.keyword(arg=str(key), value=ast.Constant(value=str(token))) if key in keys:
                    yield key, token
                case ast.Call(func=ast.Name(id="_wrong_type"), args=[ast.Constant(value=str(token))]):
                    yield "expected", token
                case _:
                    pass
