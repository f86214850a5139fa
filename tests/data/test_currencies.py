"""The codes of currencies and their digits after the point."""

from datetime import date

import pycountry
import pytest
from babel.core import get_global

from wtisd_model.data.currencies import LAST_DAYS, MINOR_UNITS

# Metals, units of account of banks, the code for tests, and the code for no currency.
WITHOUT_MINOR_UNIT = frozenset({
    "XAG", "XAU", "XBA", "XBB", "XBC", "XBD", "XPD", "XPT", "XSU", "XTS", "XXX",
})  # fmt: skip

# CLDR gives the digits that are in use, ISO 4217 those that exist in law.
NO_CENTS_IN_USE = frozenset({
    "AFN", "ALL", "IQD", "IRR", "KPW", "LAK", "LBP", "MGA", "MMK", "RSD", "SOS", "SYP", "YER",
})  # fmt: skip


class TestMinorUnits:
    """ISO 4217: "minor unit", the number of digits after the decimal separator."""

    def test_every_currency_that_has_a_minor_unit_is_there(self) -> None:
        published = {currency.alpha_3 for currency in pycountry.currencies}
        assert published >= WITHOUT_MINOR_UNIT
        assert MINOR_UNITS.keys() - LAST_DAYS.keys() == published - WITHOUT_MINOR_UNIT - LAST_DAYS.keys()

    @pytest.mark.parametrize(
        ("code", "digits"),
        [("USD", 2), ("EUR", 2), ("CHF", 2), ("JPY", 0), ("XOF", 0), ("BHD", 3), ("IQD", 3), ("CLF", 4), ("UYW", 4)],
    )
    def test_the_digits_are_those_of_the_standard(self, code: str, digits: int) -> None:
        assert MINOR_UNITS[code] == digits

    def test_the_digits_are_those_of_cldr_where_all_of_them_are_in_use(self) -> None:
        fractions = get_global("currency_fractions")
        cldr = {code: fractions.get(code, fractions["DEFAULT"])[0] for code in MINOR_UNITS}
        differing = {code for code, digits in MINOR_UNITS.items() if digits != cldr[code]}
        assert differing - LAST_DAYS.keys() == NO_CENTS_IN_USE
        # CLDR gives two digits to those that it does not know.
        assert all(MINOR_UNITS[code] == (0 if code in {"BYR", "MGF", "TRL"} else 2) for code in LAST_DAYS)

    @pytest.mark.parametrize("code", ["XAU", "XXX", "XTS", "DEM", "usd", ""])
    def test_codes_without_amounts_are_not_listed(self, code: str) -> None:
        assert code not in MINOR_UNITS


class TestLastDays:
    """Withdrawn currencies, each with its last day as legal tender."""

    @pytest.mark.parametrize(
        ("code", "day"), [("HRK", date(2023, 1, 14)), ("BGN", date(2026, 1, 31)), ("LTL", date(2014, 12, 31))]
    )
    def test_a_currency_was_tender_up_to_its_last_day(self, code: str, day: date) -> None:
        assert LAST_DAYS[code] == day

    def test_no_currency_in_use_is_among_them(self) -> None:
        for code in ("EUR", "XCG", "SLE", "ZWG", "BYN", "XDR", "XUA"):
            assert code in MINOR_UNITS
            assert code not in LAST_DAYS
