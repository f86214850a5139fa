"""Texts in pieces that must not be parted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from wtisd_model.markup.characters import ELLIPSIS, graphemes, shortened
from wtisd_model.strategies import localized_texts


class TestGraphemes:
    """UAX 29: where a text may be cut."""

    @LAW
    @given(localized_texts().map(str) | st.text())
    def test_they_are_the_text(self, text: str) -> None:
        assert "".join(graphemes(text)) == text

    @pytest.mark.parametrize(
        "whole",
        # From GraphemeBreakTest.txt of Unicode, and what people write.
        [
            "e\u0301",
            "👍🏽",
            "👨‍👩‍👧",
            "🇨🇭",
            "ᄒ\u1161\u11ab",
            "가\u11a8",
            "कि",
            "क\u094dष",
            "ก\u0e33",
            "\u0600١",
            "x\ufe0f",
        ],
    )
    def test_they_are_not_parted(self, whole: str) -> None:
        assert graphemes(f"a{whole}b") == ["a", whole, "b"]

    def test_a_joiner_keeps_whatever_follows(self) -> None:
        assert graphemes("a\u200db") == ["a\u200db"]

    def test_two_flags_are_two(self) -> None:
        assert graphemes("🇨🇭🇫🇷🇩") == ["🇨🇭", "🇫🇷", "🇩"]


class TestShortened:
    """A text is cut between its graphemes, and its length is limited whatever it holds."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("abc", "abc"),
            ("abcd", "ab…"),
            ("a bcd", "a…"),
            ("e\u0301" * 3, "e\u0301" * 3),
            ("e\u0301" * 4, "e\u0301" * 2 + "…"),
            ("🇨🇭🇫🇷🇪🇸", "🇨🇭🇫🇷🇪🇸"),
            ("🇨🇭🇫🇷🇪🇸🇨🇳", "🇨🇭🇫🇷…"),
        ],
    )
    def test_it_has_so_many_graphemes_at_most(self, text: str, expected: str) -> None:
        assert shortened(text, 3) == expected

    def test_a_letter_with_thousands_of_marks_is_no_way_around(self) -> None:
        assert shortened("abe" + "\u0301" * 10_000, 3) == "ab…"
        assert shortened("e" + "\u0301" * 10_000, 3) == "…"

    @LAW
    @given(localized_texts().map(str) | st.text(st.sampled_from("a \u0301🇨🏽")), st.integers(2, 9))
    def test_it_is_the_text_or_its_beginning(self, text: str, most: int) -> None:
        found = shortened(text, most)
        assert len(graphemes(found)) <= most
        assert found == text or (found.endswith(ELLIPSIS) and text.startswith(found.removesuffix(ELLIPSIS)))
