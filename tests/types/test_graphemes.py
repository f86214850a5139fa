"""Texts in pieces that must not be parted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from wtisd_model.strategies import localized_texts
from wtisd_model.types.graphemes import graphemes


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
