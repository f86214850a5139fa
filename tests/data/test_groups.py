"""The groups of countries, as lists that speak of a stretch of time."""

from datetime import date

import pytest

from wtisd_model import CountryGroup
from wtisd_model.data.countries import COUNTRIES
from wtisd_model.data.groups import GROUPS, GroupList

READ = date(2026, 11, 24)
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
        for country, stay in listed.stays.items():
            assert country in COUNTRIES
            assert stay.country == country
            assert listed.known_from <= stay.since
            assert stay.until is None or stay.since < stay.until <= READ
            assert stay.doubtful_from is None or (stay.until is None and stay.doubtful_from >= READ)

    def test_the_least_developed_of_all_time_are_those_of_2017(self) -> None:
        assert set(GROUPS["ldc"].stays) == set(LDC_IN_2017.split())

    def test_the_islands_are_those_of_m49_without_the_territories(self) -> None:
        assert set(GROUPS["sids"].stays) == set(SIDS_OF_M49.split()) - set(TERRITORIES.split())

    @pytest.mark.parametrize(
        ("day", "countries"),
        [
            ("2026-11-23", ""),
            ("2026-11-24", "BD LA NP"),
            ("2027-12-12", "BD LA NP"),
            ("2027-12-13", "BD LA NP SB"),
            ("2027-12-19", "BD DJ KI LA NP SB TV"),
            ("2029-11-23", "BD DJ KI LA NP SB TV"),
        ],
    )
    def test_those_that_may_have_left_are_those_with_a_decision_or_a_recommendation(
        self, day: str, countries: str
    ) -> None:
        """Nobody leaves less than three years after the General Assembly has decided (resolution 59/209)."""
        at, listed = date.fromisoformat(day), GROUPS["ldc"]
        assert sorted(each for each in listed.stays if listed.is_doubtful(each, at)) == countries.split()

    def test_in_the_end_only_those_with_a_later_date_are_certain(self) -> None:
        listed = GROUPS["ldc"]
        members = {each for each, stay in listed.stays.items() if stay.until is None}
        certain = {each for each in members if not listed.is_doubtful(each, date(2029, 12, 18))}
        assert certain == {"KH", "SN"}
        assert not any(listed.is_doubtful(each, date(2199, 1, 1)) for each in set(listed.stays) - members)

    @pytest.mark.parametrize("group", ["lldc", "sids"])
    def test_no_country_moves_away_from_or_to_the_sea(self, group: str) -> None:
        listed = GROUPS[group]
        assert not any(listed.is_doubtful(each, date(2199, 1, 1)) for each in listed.stays)
