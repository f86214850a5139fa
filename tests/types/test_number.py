"""Exact arithmetic with decimal numbers."""

import decimal
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from wtisd_model.schema.constraints import decimals
from wtisd_model.types.number import (
    exact_sum,
    from_units,
    normalize_decimal,
    rounded_product,
    split_by_shares,
    to_units,
    with_places,
)

NARROW = decimal.Context(prec=2, traps=[decimal.Inexact, decimal.Rounded, decimal.InvalidOperation])
SHARES = st.lists(st.integers(0, 1_000_000), min_size=1, max_size=100).filter(any)
NUMBERS = st.decimals(-(10**12), 10**12, allow_nan=False, places=8)


class TestNormalizeDecimal:
    """CONTRACT: coordinates as Decimal, so equal objects give equal bytes."""

    @pytest.mark.parametrize(
        ("value", "held"),
        [
            ("46.20", "46.2"),
            ("46.0", "46"),
            ("4.6E1", "46"),
            ("4E1", "40"),
            ("0.00", "0"),
            ("0E+9", "0"),
            ("0E-9", "0"),
            ("-6.10", "-6.1"),
        ],
    )
    def test_it_has_no_trailing_zeros_and_no_positive_exponent(self, value: str, held: str) -> None:
        assert str(normalize_decimal(Decimal(value))) == held

    @pytest.mark.parametrize("value", ["NaN", "sNaN", "-Infinity", "1E+65", "1E+400", "-1E+999999", "1E-400"])
    def test_numbers_that_no_field_can_hold_are_unchanged(self, value: str) -> None:
        assert str(normalize_decimal(Decimal(value))) == value

    @pytest.mark.parametrize("value", [None, "46.20", 46.2, 46])
    def test_other_types_are_left_for_the_check(self, value: Any) -> None:
        assert normalize_decimal(value) is value

    @LAW
    @given(NUMBERS, st.integers(0, 10))
    def test_equal_numbers_look_alike_and_none_is_rounded(self, value: Decimal, zeros: int) -> None:
        with decimal.localcontext(NARROW):
            sign, digits, exponent = value.as_tuple()
            longer = Decimal((sign, digits + (0,) * zeros, int(exponent) - zeros))
            held, again = normalize_decimal(value), normalize_decimal(longer)
            assert held == value
            assert str(held) == str(again)
            assert "E" not in f"{held:f}"


class TestWithPlaces:
    """A number with as many decimals as its currency has."""

    @LAW
    @given(NUMBERS, st.integers(0, 4))
    def test_the_number_is_equal_and_has_exactly_these_places(self, value: Decimal, more: int) -> None:
        places = decimals(value) + more
        with decimal.localcontext(NARROW):
            written = with_places(value, places)
        assert written == value
        assert written.as_tuple().exponent == -places


class TestExactSum:
    """A sum that no decimal context rounds."""

    @given(st.lists(NUMBERS, max_size=100))
    def test_it_is_exact(self, values: list[Decimal]) -> None:
        with decimal.localcontext(NARROW):
            summed = exact_sum(values)
        assert summed.scaleb(8) == sum(int(value.scaleb(8)) for value in values)

    def test_the_empty_sum_is_zero(self) -> None:
        assert exact_sum([]) == 0


class TestRoundedProduct:
    """A product is rounded once, half to even."""

    @pytest.mark.parametrize(("rate", "rounded"), [("0.5", "0.12"), ("1.5", "0.38"), ("0.50000000001", "0.13")])
    def test_it_has_these_places_in_any_decimal_context(self, rate: str, rounded: str) -> None:
        with decimal.localcontext(NARROW):
            assert str(rounded_product(Decimal("0.25"), Decimal(rate), 2)) == rounded

    def test_the_largest_amount_at_the_longest_rate_keeps_its_digits(self) -> None:
        amount, rate = Decimal("9" * 18 + ".9999"), Decimal("999999999." + "9" * 15)
        assert rounded_product(amount, rate, 4) == round(Fraction(amount) * Fraction(rate), 4)  # a fraction is exact


class TestUnits:
    """An amount counted in its minor units, and back."""

    @LAW
    @given(st.integers(-(10**22), 10**22), st.integers(0, 4))
    def test_a_round_trip_loses_nothing_in_any_decimal_context(self, units: int, places: int) -> None:
        with decimal.localcontext(NARROW):
            written = from_units(units, places)
            again = to_units(written, places)
        assert again == units
        assert written.as_tuple().exponent == -places

    @pytest.mark.parametrize(("value", "places", "units"), [("12.5", 2, 1250), ("1E+3", 0, 1000), ("0", 4, 0)])
    def test_the_notation_does_not_matter(self, value: str, places: int, units: int) -> None:
        assert to_units(Decimal(value), places) == units


class TestSplitByShares:
    """The largest remainder method."""

    @pytest.mark.parametrize(
        ("units", "shares", "parts"),
        [
            (100, (1, 1, 1), (34, 33, 33)),
            (101, (1, 1, 1), (34, 34, 33)),
            (1, (1, 1), (1, 0)),
            (10, (0, 1), (0, 10)),
            (1, (1, 2), (0, 1)),
            (5, (40, 60), (2, 3)),
            (0, (1, 2), (0, 0)),
            (43, (27_744, 25_178, 19_951, 14_610, 9_225, 3_292), (12, 11, 9, 6, 4, 1)),
        ],
    )
    def test_units_left_over_go_to_the_largest_remainders_and_then_to_the_earlier_parts(
        self, units: int, shares: tuple[int, ...], parts: tuple[int, ...]
    ) -> None:
        assert split_by_shares(units, shares) == parts

    @LAW
    @given(st.integers(0, 10**22), SHARES)
    def test_the_parts_add_up_and_each_is_less_than_a_unit_from_its_share(self, units: int, shares: list[int]) -> None:
        parts = split_by_shares(units, shares)
        assert sum(parts) == units
        for part, share in zip(parts, shares, strict=True):
            assert abs(part - Fraction(units * share, sum(shares))) < 1
            assert share or not part

    @LAW
    @given(st.integers(0, 10**22), SHARES, st.integers(1, 1000))
    def test_only_the_ratio_of_the_shares_matters(self, units: int, shares: list[int], times: int) -> None:
        assert split_by_shares(units, shares) == split_by_shares(units, [share * times for share in shares])

    @LAW
    @given(st.integers(0, 10**22), SHARES)
    def test_a_greater_share_never_gets_less(self, units: int, shares: list[int]) -> None:
        by_share = sorted(zip(shares, split_by_shares(units, shares), strict=True))
        assert all(part <= more for (_, part), (_, more) in pairwise(by_share))
