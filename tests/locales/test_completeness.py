"""Every language has the words that English has: the same keys, and the same placeholders in each sentence."""

import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from string import Formatter
from typing import Any

import pytest

from tests.gates.translations import waiting
from wtisd_model import Code
from wtisd_model.locales import DEFAULT_LANGUAGE, finding_texts_for, languages, locale_for

LANGUAGES = sorted(languages())
OTHERS = sorted(languages() - {DEFAULT_LANGUAGE})
FOLDERS = ("", "findings/")
# French writes the first of a month "1er"; the others write its number.
MAY_LACK_A_PLACEHOLDER = {"dates/first_of_month"}
# They separate, so they have blanks around them; Chinese has no blank between the parts of a duration.
SEPARATORS = {
    *{
        "colon",
        "comma",
        "dates/zone",
        "durations/separator",
        "languages/separator",
        "numbers/group",
        "problem/separator",
    },
    "report/or",
}
LETTERS = {"ar": r"[\u0620-\u064a]", "ru": r"[\u0400-\u04ff]", "zh": r"[\u4e00-\u9fff]"}
"""The letters of languages that are not written in Latin ones."""
ENGLISH = re.compile(r"\b(the|is|are|was|were|of|not|this|that|with|for|and|or|cannot|it|to)\b")
"""Words that English is full of, and that hardly any other language here has."""
THEIR_OWN = {"de": "was", "pt": "for"}
"""Words of other languages that look like these."""


def sentences(language: str, folder: str) -> dict[str, Any]:
    """Read the words of a file by their keys; plurals differ by nature."""
    text = files("wtisd_model.locales").joinpath(f"{folder}{language}.toml").read_text(encoding="utf-8")
    return dict(flat({key: value for key, value in tomllib.loads(text).items() if key != "plurals"}))


def flat(table: dict[str, Any], path: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in table.items():
        if isinstance(value, dict) and "count" not in value:
            yield from flat(value, f"{path}{key}/")
        else:
            yield path + key, str(value) if isinstance(value, int) else value


def forms(sentence: Any) -> dict[str, str]:
    """Return the forms of a sentence by their categories."""
    if isinstance(sentence, dict):
        return {category: form for category, form in sentence.items() if category != "count"}
    items = sentence if isinstance(sentence, list) else [sentence]
    return {str(index): each for index, each in enumerate(items)}


def placeholders(*texts: str) -> set[str]:
    return {name for text in texts for _, name, _, _ in Formatter().parse(text) if name is not None}


def prose(text: str) -> str:
    """Return a text without placeholders, names of files and values of the format."""
    return re.sub(r"\{.*?\}|`.*?`|[\w.-]*[./@_][\w./@-]*", " ", text.lower())


def texts_of(language: str, folder: str) -> Iterator[str]:
    for sentence in sentences(language, folder).values():
        yield from forms(sentence).values()


@pytest.mark.parametrize("folder", FOLDERS)
class TestWords:
    """A word that is missing fails here, not when a mail is made."""

    @pytest.mark.parametrize("language", OTHERS)
    def test_each_language_has_the_keys_of_english(self, language: str, folder: str) -> None:
        """But for codes that wait for a translation, and are in English meanwhile."""
        english = [key for key in sentences(DEFAULT_LANGUAGE, folder) if key.partition("/")[0] not in waiting(language)]
        assert list(sentences(language, folder)) == english

    @pytest.mark.parametrize("language", OTHERS)
    def test_each_sentence_has_the_placeholders_of_the_english_one(self, language: str, folder: str) -> None:
        english = sentences(DEFAULT_LANGUAGE, folder)
        for key, sentence in sentences(language, folder).items():
            if key not in MAY_LACK_A_PLACEHOLDER:
                said, wanted = forms(sentence), forms(english[key])
                # A form for one number need not repeat it: "The one seat is taken."
                assert placeholders(*said.values()) <= placeholders(*wanted.values()), key
                assert placeholders(list(said.values())[-1]) == placeholders(list(wanted.values())[-1]), key

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_a_sentence_in_forms_has_one_for_each_plural_category(self, language: str, folder: str) -> None:
        categories = {*locale_for(language).plurals, "other"}
        for key, sentence in sentences(language, folder).items():
            if isinstance(sentence, dict):
                assert forms(sentence).keys() - {"none"} == categories, key
                assert list(forms(sentence))[-1] == "other", key

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_no_word_is_empty_or_has_a_blank_around_it(self, language: str, folder: str) -> None:
        for key, sentence in sentences(language, folder).items():
            if key not in SEPARATORS:
                assert [each for each in forms(sentence).values() if not each or each != each.strip()] == [], key

    @pytest.mark.parametrize("language", OTHERS)
    def test_no_english_is_left_over(self, language: str, folder: str) -> None:
        letters = re.compile(LETTERS.get(language, r"\w"))
        english = [*texts_of(DEFAULT_LANGUAGE, folder)]
        assert sum(ENGLISH.search(prose(each)) is not None for each in english) > len(english) / 5
        for text in texts_of(language, folder):
            assert not [each for each in ENGLISH.findall(prose(text)) if each != THEIR_OWN.get(language)], text
            assert letters.search(text) or not re.search(r"[a-z]{2} [a-z]", text), text


def test_there_are_seven_weekdays_and_twelve_months() -> None:
    for language in LANGUAGES:
        dates = locale_for(language).dates
        assert (len(set(dates.weekdays)), len(set(dates.months))) == (7, 12)


class TestFindings:
    """The sentences of findings; `test_params` has their params."""

    def test_each_code_has_english_sentences(self) -> None:
        assert {*Code} <= finding_texts_for(DEFAULT_LANGUAGE).codes.keys()
