"""Patterns of numbers."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wtisd_model.schema.patterns import decimals_between


class TestDecimalsBetween:
    """A number matches if it is between the bounds, and not otherwise."""

    @given(st.integers(-2000, 2000), st.integers(-2000, 2000), st.data())
    def test_it_matches_the_numbers_between(self, one: int, other: int, data: st.DataObject) -> None:
        least, most = sorted((one, other))
        match = re.compile(f"^(?:{decimals_between(least, most, 4, 2)})$").match
        whole = data.draw(st.sampled_from([least - 1, least, 0, most, most + 1]) | st.integers(-2100, 2100))
        text = f"{whole}{data.draw(st.sampled_from(['', '.0', '.5', '.01', '.00']))}"
        assert bool(match(text)) == (least <= Decimal(text) <= most)

    @pytest.mark.parametrize(
        ("least", "most", "good", "bad"),
        [
            (-20, -5, ["-5", "-5.00", "-19.99", "-20"], ["-4.99", "-20.01", "0", "5"]),
            (19, 20, ["19", "19.99", "20.0"], ["18.99", "20.01", "2"]),
            (0, 10**4, ["0", "9999.99"], ["10000", "-1", "-0"]),
            (-(10**4), 0, ["0", "-9999.99"], ["-10000", "1", "-0.0"]),
        ],
    )
    def test_at_the_edges(self, least: int, most: int, good: list[str], bad: list[str]) -> None:
        match = re.compile(f"^(?:{decimals_between(least, most, 4, 2)})$").match
        assert [text for text in good if not match(text)] == []
        assert [text for text in bad if match(text)] == []
