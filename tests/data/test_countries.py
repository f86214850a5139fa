"""The codes of countries, and what is suggested for others."""

import pycountry
import pytest
from babel.core import get_global

from wtisd_model.data.countries import COUNTRIES, COUNTRY_HINTS

ALPHA_3 = {country.alpha_3.casefold(): country.alpha_2 for country in pycountry.countries}
SLIPS = {code: country for code, country in COUNTRY_HINTS.items() if code not in ALPHA_3}


class TestCountries:
    """ISO 3166-1 alpha-2: the codes that are officially assigned, and one that it leaves to its users."""

    def test_they_are_those_of_the_standard_and_that_of_kosovo(self) -> None:
        assert {country.alpha_2 for country in pycountry.countries} == COUNTRIES - {"XK"}
        assert len(COUNTRIES) == 250

    @pytest.mark.parametrize("code", ["UK", "EL", "EU", "UN", "XX", "AN", "ZZ", "ch", "CHE", ""])
    def test_reserved_withdrawn_and_private_codes_are_not(self, code: str) -> None:
        assert code not in COUNTRIES


class TestCountryHints:
    """A refused code gets a hint: three letters for two, and a few common slips."""

    def test_a_code_of_three_letters_leads_to_the_one_of_two(self) -> None:
        assert {code: COUNTRY_HINTS[code] for code in ALPHA_3} == ALPHA_3

    @pytest.mark.parametrize(
        ("code", "country"), [("UK", "GB"), ("EL", "GR"), ("TP", "TL"), ("SUI", "CH"), ("GER", "DE"), ("CHE", "CH")]
    )
    def test_a_slip_leads_to_what_was_meant(self, code: str, country: str) -> None:
        assert COUNTRY_HINTS[code.casefold()] == country

    @pytest.mark.parametrize("code", ["AN", "CS", "SU", "YU", "NT"])
    def test_a_country_that_became_several_has_no_hint(self, code: str) -> None:
        assert code.casefold() not in COUNTRY_HINTS

    def test_every_suggestion_is_a_country(self) -> None:
        assert set(COUNTRY_HINTS.values()) <= COUNTRIES

    def test_no_country_needs_a_hint(self) -> None:
        assert not COUNTRY_HINTS.keys() & {code.casefold() for code in COUNTRIES}

    def test_codes_are_casefolded(self) -> None:
        assert [code for code in COUNTRY_HINTS if code != code.casefold()] == []

    def test_a_hint_differs_nowhere_from_cldr(self) -> None:
        aliases = get_global("territory_aliases")
        shared = {code.upper(): [country] for code, country in SLIPS.items() if code.upper() in aliases}
        assert len(shared) >= 10
        assert {code: aliases[code] for code in shared} == shared
