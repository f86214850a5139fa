"""The language that a request prefers."""

from itertools import product
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from wtisd_model.integrations.accept_language import accepted_language
from wtisd_model.locales import languages


class TestAcceptedLanguage:
    """RFC 9110 section 12.5.4, and the lookup of RFC 4647 section 3.4."""

    @pytest.mark.parametrize(
        ("header", "language"),
        [
            (None, "en"),
            ("", "en"),
            ("fr", "fr"),
            ("FR-ch", "fr"),
            ("zh-Hant-TW", "zh"),
            ("fr-CH, fr;q=0.9, en;q=0.8, de;q=0.7, *;q=0.5", "fr"),  # the example of MDN
            ("da, en-gb;q=0.8, en;q=0.7", "en"),  # the example of the RFC
            ("it, ru;q=0.1", "ru"),
            ("it, nl", "en"),
            ("it, pt-BR, de;q=0.9", "pt"),
            ("fr;q=0.4,ar;q=0.401", "ar"),
            ("es, fr", "es"),
            ("fr,es", "fr"),
            ("ru \t;\t q=0.5 , , zh;Q=1.000", "zh"),
            ("fr;q=0.2, fr-CH;q=0.9, es;q=0.5", "fr"),
            ("fr;q=0.1, es, fr", "es"),
            ("fr, es, fr;q=0.1", "fr"),
        ],
    )
    def test_the_best_language_that_the_package_has(self, header: str | None, language: str) -> None:
        assert accepted_language(header) == language

    @pytest.mark.parametrize(
        ("header", "language"),
        [
            ("*", "en"),
            ("it, *;q=0.5", "en"),
            ("fr;q=0.3, *;q=0.5", "en"),
            ("fr, *;q=0.5", "fr"),
            ("en;q=0, *", "ar"),
            ("en;q=0.1, *;q=0", "en"),
            ("en;q=0", "en"),
            ("en;q=0, *;q=0", "en"),
            ("fr;q=0, es;q=0.1", "es"),
        ],
    )
    def test_any_language_and_none(self, header: str, language: str) -> None:
        assert accepted_language(header) == language

    @pytest.mark.parametrize(
        "wrong",
        [
            *("fr;q=2", "fr;q=1.5", "fr;q=.5", "fr;q=0.5555", "fr;q=", "fr;", "fr;level=1", "fr;q=1;q=1", "fr q=1"),
            *("*-CH", "f_r", "français", "fr-", "-fr", "fr--CH", "fr-123456789", "\u017fr", "fr\x00"),
        ],
    )
    def test_what_is_malformed_is_skipped(self, wrong: str) -> None:
        assert accepted_language(f"{wrong}, ru;q=0.1") == "ru"

    def test_no_more_than_a_hundred_ranges_are_read(self) -> None:
        assert accepted_language("it," * 99 + "fr") == "fr"
        assert accepted_language("it," * 100 + "fr") == "en"

    @pytest.mark.parametrize("part", ["a", "a-", "*", ",", ";", " ", "a;q=0.", "\t,", "-", "zh-Hans-"])
    def test_a_long_header_is_read_in_no_time(self, part: str) -> None:
        begun = process_time()
        assert accepted_language(part * 100_000) in languages()
        assert process_time() - begun < 1  # thirty times what it takes; what is quadratic takes minutes

    @LAW
    @given(st.text(st.sampled_from("aefnr*-,;q=01. ")) | st.text())
    def test_any_text_has_a_language(self, header: str) -> None:
        assert accepted_language(header) in languages()
        assert accepted_language(f"fr, {header}") == "fr"

    @LAW
    @given(st.lists(st.sampled_from([*product(("ar", "en", "es-MX", "fr", "it"), ("0", "0.5", "1"))]), max_size=9))
    def test_a_last_choice_is_taken_only_without_others(self, ranges: list[tuple[str, str]]) -> None:
        header = ", ".join(f"{tag};q={weight}" for tag, weight in ranges)
        has_others = any(tag != "it" and weight != "0" for tag, weight in ranges)
        assert accepted_language(f"{header}, fr;q=0.001") == (accepted_language(header) if has_others else "fr")
