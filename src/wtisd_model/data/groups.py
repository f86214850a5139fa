"""Least developed countries, landlocked developing countries and small island developing States, with dates.

Sources, read on 2026-11-24:

- LDC, least developed countries. The list of the Committee for Development Policy: 48 countries when Samoa had left it
  on 2014-01-01 (Government of Samoa, August 2024). Left since: Equatorial Guinea
  on 2017-06-04 (resolution 68/18; UN-OHRLLS, 4 June 2017), Vanuatu on 2020-12-04 (UN-OHRLLS, 4 December 2020), Bhutan
  on 2023-12-13 and Sao Tome and Principe on 2024-12-13 (decided on 13 December 2018; UN DESA). Nobody has joined.
  Bangladesh, the Lao People's Democratic Republic and Nepal were due to leave on 2026-11-24 (decided on 24 November
  2021), and Bangladesh has asked to stay until 2029. The outcome is not known, so the list ends on the day before.
- LLDC, landlocked developing countries, and SIDS, small island developing States: the United Nations Statistics
  Division's M49, as copied by the data set datasets/country-codes from 2017-10-18 to 2026-05-15, with the same
  countries throughout. Of the 53 SIDS of M49 these are the 39 in the OPEC Fund Quarterly, 2024 Q1: the States, with the
  Cook Islands and Niue, and without the 14 territories (AI AS AW BQ CW GU MP MS NC PF PR SX VG VI).
"""

from collections.abc import Mapping
from datetime import date
from typing import Final, NamedTuple


class Stay(NamedTuple):
    """The days on which a country was in a group."""

    country: str
    since: date
    """Its first day in the group, or the first day that the list covers if it was a member already."""
    until: date | None
    """The first day on which it was no longer in the group; None if it still was on the last day covered."""


class GroupList(NamedTuple):
    """The members of a group, and the days for which they are known."""

    known_from: date
    """The first day that the list covers."""
    known_until: date
    """The last day that the list covers."""
    stays: Mapping[str, Stay]
    """By country code."""

    def includes(self, country: str, day: date) -> bool:
        """Return True if the country was in the group on *day*, which the list has to cover."""
        stay = self.stays.get(country)
        return stay is not None and stay.since <= day and (stay.until is None or day < stay.until)


def _list(known_from: str, known_until: str, throughout: str, left: str = "") -> GroupList:
    since = date.fromisoformat(known_from)
    stays = [Stay(country, since, None) for country in throughout.split()]
    pairs = (entry.partition(":") for entry in left.split())
    stays += (Stay(country, since, date.fromisoformat(day)) for country, _, day in pairs)
    return GroupList(since, date.fromisoformat(known_until), {stay.country: stay for stay in stays})


_LDC = """
AF AO BD BF BI BJ CD CF DJ ER ET GM GN GW HT KH KI KM LA LR LS MG ML MM MR MW MZ NE NP RW SB SD SL SN SO SS TD TG TL TV
TZ UG YE ZM
"""
_FORMER_LDC = "GQ:2017-06-04 VU:2020-12-04 BT:2023-12-13 ST:2024-12-13"
_LLDC = "AF AM AZ BF BI BO BT BW CF ET KG KZ LA LS MD MK ML MN MW NE NP PY RW SS SZ TD TJ TM UG UZ ZM ZW"
_SIDS = """
AG BB BS BZ CK CU CV DM DO FJ FM GD GW GY HT JM KI KM KN LC MH MU MV NR NU PG PW SB SC SG SR ST TL TO TT TV VC VU WS
"""

GROUPS: Final[dict[str, GroupList]] = {
    "ldc": _list("2014-01-01", "2026-11-23", _LDC, _FORMER_LDC),
    "lldc": _list("2017-10-18", "2026-05-15", _LLDC),
    "sids": _list("2017-10-18", "2026-05-15", _SIDS),
}
"""The lists by the values of `CountryGroup`."""
