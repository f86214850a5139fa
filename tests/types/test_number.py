"""Exact numbers, written so that equal ones look alike."""

import decimal
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from wtisd_model.schema.constraints import decimals
from wtisd_model.types.number import in_units, plain, total, units_of, with_places

NARROW = decimal.Context(prec=2, traps=[decimal.Inexact, decimal.Rounded, decimal.InvalidOperation])
NUMBERS = st.decimals(-(10**12), 10**12, allow_nan=False, places=8)


class TestPlain:
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
        assert str(plain(Decimal(value))) == held

    @pytest.mark.parametrize("value", ["NaN", "sNaN", "-Infinity", "1E+65", "1E+400", "-1E+999999", "1E-400"])
    def test_what_no_field_can_hold_is_left_as_it_is(self, value: str) -> None:
        assert str(plain(Decimal(value))) == value

    @pytest.mark.parametrize("value", [None, "46.20", 46.2, 46])
    def test_what_is_no_decimal_is_left_for_the_check(self, value: Any) -> None:
        assert plain(value) is value

    @LAW
    @given(NUMBERS, st.integers(0, 10))
    def test_equal_ones_look_alike_and_nothing_is_rounded(self, value: Decimal, zeros: int) -> None:
        with decimal.localcontext(NARROW):
            sign, digits, exponent = value.as_tuple()
            longer = Decimal((sign, digits + (0,) * zeros, int(exponent) - zeros))
            held, again = plain(value), plain(longer)
            assert held == value
            assert str(held) == str(again)
            assert "E" not in f"{held:f}"


class TestWithPlaces:
    """A number with as many decimals as its currency has."""

    @LAW
    @given(NUMBERS, st.integers(0, 4))
    def test_it_is_the_same_number_with_just_these_places(self, value: Decimal, more: int) -> None:
        places = decimals(value) + more
        with decimal.localcontext(NARROW):
            written = with_places(value, places)
        assert written == value
        assert written.as_tuple().exponent == -places


class TestTotal:
    """A sum that no decimal context rounds."""

    @given(st.lists(NUMBERS, max_size=100))
    def test_it_is_exact(self, values: list[Decimal]) -> None:
        with decimal.localcontext(NARROW):
            summed = total(values)
        assert summed.scaleb(8) == sum(int(value.scaleb(8)) for value in values)

    def test_of_nothing_it_is_zero(self) -> None:
        assert total([]) == 0


class TestUnits:
    """An amount counted in its minor units, and back."""

    @LAW
    @given(st.integers(-(10**22), 10**22), st.integers(0, 4))
    def test_there_and_back_nothing_is_lost_whatever_the_context_says(self, units: int, places: int) -> None:
        with decimal.localcontext(NARROW):
            written = in_units(units, places)
            again = units_of(written, places)
        assert again == units
        assert written.as_tuple().exponent == -places

    @pytest.mark.parametrize(("value", "places", "units"), [("12.5", 2, 1250), ("1E+3", 0, 1000), ("0", 4, 0)])
    def test_however_it_is_written(self, value: str, places: int, units: int) -> None:
        assert units_of(Decimal(value), places) == units
