"""Money: an exact amount in a currency, never a float."""

import decimal
import pickle
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from tests.refusals import refusal, refused
from tests.samples.whole import money
from wtisd_model import Money
from wtisd_model.data.currencies import MINOR_UNITS


class TestMoney:
    """CONTRACT: money is held at its currency's minor unit, so equal objects give equal bytes."""

    @pytest.mark.parametrize(
        ("amount", "currency", "held"),
        [
            ("3E5", "USD", "300000.00"),
            ("3E5", "JPY", "300000"),
            ("5", "USD", "5.00"),
            ("5.000000", "CHF", "5.00"),
            ("1.5", "BHD", "1.500"),
            ("1.2345", "CLF", "1.2345"),
            ("0", "EUR", "0.00"),
            ("0E+9", "JPY", "0"),
            ("999999999999999999.99", "USD", "999999999999999999.99"),
        ],
    )
    def test_it_is_held_at_the_minor_unit(self, amount: str, currency: str, held: str) -> None:
        assert str(money(amount, currency).amount) == held

    @pytest.mark.parametrize(
        ("amount", "currency", "places"),
        [("1.001", "USD", 2), ("0.1", "JPY", 0), ("1.0001", "BHD", 3), ("1.5", "XOF", 0)],
    )
    def test_it_has_no_smaller_parts(self, amount: str, currency: str, places: int) -> None:
        found = refusal(lambda: money(amount, currency))
        assert (found.code, found.path, found.params) == ("money-minor-unit", "/amount", {"places": places})

    @pytest.mark.parametrize(
        ("amount", "code"),
        [
            ("-0.01", "number-out-of-range"),
            ("-0", "number-malformed"),
            ("NaN", "number-malformed"),
            ("sNaN", "number-malformed"),
            ("Infinity", "number-malformed"),
            ("1E18", "number-malformed"),
            ("1E999999", "number-malformed"),
            ("1E-999999", "number-malformed"),
            ("1.00000000000000000000000000000000000000001", "number-malformed"),
        ],
    )
    def test_it_is_a_plain_number_of_at_least_zero(self, amount: str, code: str) -> None:
        assert refused(lambda: money(amount)) == (code, "/amount")

    def test_a_whole_number_is_exact(self) -> None:
        amount: Any = 5  # type checkers want a Decimal
        assert Money(amount=amount, currency="USD") == money("5")
        assert refused(lambda: Money(amount=-amount, currency="USD")) == ("number-out-of-range", "/amount")

    @pytest.mark.parametrize("amount", [5.0, "5.00", None, True, float("inf")])
    def test_it_is_never_a_float_nor_a_text(self, amount: Any) -> None:
        assert refused(lambda: Money(amount=amount, currency="USD")) == ("wrong-type", "/amount")

    @pytest.mark.parametrize(
        ("currency", "suggestion"),
        [
            ("usd", "USD"),
            ("Chf", "CHF"),
            ("US$", None),
            ("$", None),
            ("EURO", None),
            ("XXX", None),
            ("XAU", None),
            ("DEM", None),
            ("", None),
            ("USD\n", None),
            ("ＵＳＤ", None),
            ("U" * 5000, None),
        ],
    )
    def test_its_currency_is_one_of_the_standard(self, currency: str, suggestion: str | None) -> None:
        found = refusal(lambda: money("5", currency))
        assert (found.code, found.path) == ("currency-unknown", "/currency")
        assert found.params.get("suggestion") == suggestion

    @LAW
    @given(st.sampled_from(sorted(MINOR_UNITS)), st.integers(0, 10**18 - 1), st.integers(0, 6))
    def test_equal_amounts_are_equal_however_they_are_written(self, currency: str, units: int, zeros: int) -> None:
        places = MINOR_UNITS[currency]
        exact = Decimal((0, tuple(map(int, str(units))), -places))
        longer = Decimal((0, (*map(int, str(units)), *(0,) * zeros), -places - zeros))
        with decimal.localcontext(decimal.Context(prec=1, traps=[decimal.Inexact, decimal.Rounded])):
            one, other = Money(amount=exact, currency=currency), Money(amount=longer, currency=currency)
        assert one == other
        assert hash(one) == hash(other)
        assert repr(one) == repr(other)
        assert one.amount == exact
        assert pickle.loads(pickle.dumps(one)) == one

    def test_amounts_in_two_currencies_are_not_equal(self) -> None:
        assert money("5", "USD") != money("5", "EUR")
