"""The groups of countries, as lists that speak of a stretch of time."""

from datetime import date

import pytest

from wtisd_model.data.countries import COUNTRIES
from wtisd_model.data.groups import GROUPS, GroupList
from wtisd_model.types.country import CountryGroup

# United Nations M49, the column "Small Island Developing States (SIDS)", as in datasets/country-codes of 2026-05-15.
SIDS_OF_M49 = """
AG AI AS AW BB BQ BS BZ CK CU CV CW DM DO FJ FM GD GU GW GY HT JM KI KM KN LC MH MP MS MU MV NC NR NU PF PG PR PW SB SC
SG SR ST SX TL TO TT TV VC VG VI VU WS
"""
TERRITORIES = "AI AS AW BQ CW GU MP MS NC PF PR SX VG VI"
# The column "Least Developed Countries (LDC)" of the revision of 2017-10-18, which still had Equatorial Guinea.
LDC_IN_2017 = """
AF AO BD BF BI BJ BT CD CF DJ ER ET GM GN GQ GW HT KH KI KM LA LR LS MG ML MM MR MW MZ NE NP RW SB SD SL SN SO SS ST TD
TG TL TV TZ UG VU YE ZM
"""


class TestGroups:
    """The United Nations' lists: the Committee for Development Policy's of LDC, and M49's of LLDC and SIDS."""

    def test_there_is_a_list_for_each_group_and_no_other(self) -> None:
        assert set(GROUPS) == set(CountryGroup)

    @pytest.mark.parametrize("listed", GROUPS.values(), ids=GROUPS)
    def test_each_is_of_countries_within_its_time(self, listed: GroupList) -> None:
        assert listed.known_from < listed.known_until
        for country, stay in listed.stays.items():
            assert country in COUNTRIES
            assert stay.country == country
            assert listed.known_from <= stay.since
            assert stay.until is None or stay.since < stay.until <= listed.known_until

    def test_the_least_developed_of_all_time_are_those_of_2017(self) -> None:
        assert set(GROUPS["ldc"].stays) == set(LDC_IN_2017.split())

    def test_the_islands_are_those_of_m49_without_the_territories(self) -> None:
        assert set(GROUPS["sids"].stays) == set(SIDS_OF_M49.split()) - set(TERRITORIES.split())

    def test_the_list_of_ldcs_ends_before_the_first_unknown_day(self) -> None:
        """Bangladesh, the Lao People's Democratic Republic and Nepal were to leave on 24 November 2026."""
        assert GROUPS["ldc"].known_until == date(2026, 11, 23)
