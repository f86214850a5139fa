"""Exchange rates of a day."""

import decimal
import pickle
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from tests.refusals import refusal, refused
from wtisd_model import Rates
from wtisd_model.data.currencies import MINOR_UNITS

NARROW = decimal.Context(prec=2, traps=[decimal.Inexact, decimal.Rounded, decimal.InvalidOperation])


def rates(**changes: Any) -> Rates:
    return Rates(**{"into": "USD", "on": date(2023, 5, 17), "per": {"EUR": Decimal("1.0838")}, **changes})


class TestRates:
    """What one unit of each currency is worth in another, on a day."""

    @pytest.mark.parametrize(
        ("changes", "code", "path"),
        [
            ({"into": "XAU"}, "currency-unknown", "/into"),
            ({"into": None}, "wrong-type", "/into"),
            ({"on": "2023-05-17"}, "wrong-type", "/on"),
            ({"on": datetime(2023, 5, 17, tzinfo=UTC)}, "wrong-type", "/on"),
            ({"on": date(2200, 1, 1)}, "date-unreadable", "/on"),
            ({"per": [("EUR", Decimal(1))]}, "wrong-type", "/per"),
            ({"per": {"eur": Decimal(1)}}, "currency-unknown", "/per"),
            ({"per": {5: Decimal(1)}}, "wrong-type", "/per"),
            ({"per": {"EUR": 1.0838}}, "wrong-type", "/per/EUR"),
            ({"per": {"EUR": Decimal(0)}}, "number-out-of-range", "/per/EUR"),
            ({"per": {"EUR": Decimal(-1)}}, "number-out-of-range", "/per/EUR"),
            ({"per": {"EUR": Decimal("NaN")}}, "number-malformed", "/per/EUR"),
            ({"per": {"EUR": Decimal("1E-16")}}, "number-malformed", "/per/EUR"),
            ({"per": {"EUR": Decimal(10**10)}}, "number-malformed", "/per/EUR"),
            ({"per": {"USD": Decimal("1.01")}}, "number-out-of-range", "/per/USD"),
        ],
    )
    def test_invalid_rates_are_refused(self, changes: dict[str, Any], code: str, path: str) -> None:
        assert refused(lambda: rates(**changes)) == (code, path)

    @pytest.mark.parametrize(
        ("per", "bounds"),
        [
            ({"EUR": Decimal(0)}, {"minimum": "0.000000000000001", "maximum": 1_000_000_000}),
            ({"USD": Decimal("1.01")}, {"minimum": 1, "maximum": 1}),
        ],
    )
    def test_the_bounds_of_a_rate_are_named(self, per: dict[str, Decimal], bounds: dict[str, object]) -> None:
        assert refusal(lambda: rates(per=per)).params == bounds

    def test_a_currency_is_worth_one_of_itself(self) -> None:
        assert rates(per={"USD": Decimal("1.00")}).converted(Decimal("0.05"), "USD") == Decimal("0.05")

    def test_they_know_their_currencies(self) -> None:
        assert [rates().know(currency) for currency in ("USD", "EUR", "CHF")] == [True, True, False]

    def test_they_do_not_change_with_the_mapping_passed_and_can_be_pickled(self) -> None:
        given_ = {"EUR": Decimal("1.0838"), "CHF": Decimal("1.11")}
        made = rates(per=given_)
        given_["EUR"] = Decimal(2)
        assert made.per["EUR"] == Decimal("1.0838")
        again = pickle.loads(pickle.dumps(made))
        assert again == made
        assert hash(again) == hash(made)

    @pytest.mark.parametrize(
        ("amount", "rate", "into", "converted"),
        [
            ("100.00", "1.0838", "USD", "108.38"),
            ("0.01", "0.5", "USD", "0.00"),
            ("0.03", "0.5", "USD", "0.02"),
            ("0.05", "0.5", "USD", "0.02"),
            ("0.07", "0.5", "USD", "0.04"),
            ("12.34", "1.5", "JPY", "19"),
            ("1.00", "0.000000000000001", "BHD", "0.000"),
            ("999999999999999999.99", "9999999999.999999999999999", "CLF", None),
        ],
    )
    def test_an_amount_is_rounded_half_to_even_at_the_minor_unit(
        self, amount: str, rate: str, into: str, converted: str | None
    ) -> None:
        if converted is None:
            assert refused(lambda: rates(into=into, per={"EUR": Decimal(rate)})) == (
                "number-out-of-range",
                "/per/EUR",
            )
        else:
            assert str(rates(into=into, per={"EUR": Decimal(rate)}).converted(Decimal(amount), "EUR")) == converted

    @LAW
    @given(
        st.integers(0, 10**20),
        st.decimals(Decimal("1E-15"), 10**9, places=15),
        st.sampled_from(("USD", "JPY", "BHD", "CLF")),
    )
    def test_the_decimal_context_does_not_change_the_rounding(self, cents: int, rate: Decimal, into: str) -> None:
        amount, places = Decimal(cents).scaleb(-2), MINOR_UNITS[into]
        with decimal.localcontext(NARROW):
            converted = rates(into=into, per={"EUR": rate}).converted(amount, "EUR")
        assert converted.as_tuple().exponent == -places
        # Python's round() rounds fractions half to even.
        assert Fraction(converted) * 10**places == round(Fraction(cents, 100) * Fraction(rate) * 10**places)
