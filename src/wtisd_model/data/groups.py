"""Least developed countries, landlocked developing countries and small island developing States, with dates.

Sources, read on 2026-11-24:

- LDC, least developed countries. The list of the Committee for Development Policy: 48 countries when Samoa had left
  it on 2014-01-01 (Government of Samoa, August 2024). Left since: Equatorial Guinea on 2017-06-04 (resolution 68/18;
  UN-OHRLLS, 4 June 2017), Vanuatu on 2020-12-04 (UN-OHRLLS, 4 December 2020), Bhutan on 2023-12-13 and Sao Tome and
  Principe on 2024-12-13 (decided on 13 December 2018; UN DESA). Nobody has joined. To leave later: Bangladesh, the
  Lao People's Democratic Republic and Nepal on 2026-11-24 (decided on 24 November 2021), but Bangladesh has asked to
  stay until 2029, and the outcome is not known; the Solomon Islands on 2027-12-13 (extended on 25 August 2023;
  Islands Business); Cambodia and Senegal on 2029-12-19 (decided on 19 December 2024). The Committee has found
  Djibouti, Kiribati and Tuvalu ready, and no decision had been taken on 19 December 2024 (UN-OHRLLS). The others come
  up for review in 2027. From a decision to the day of leaving at least three years pass (General Assembly resolution
  59/209).
- LLDC, landlocked developing countries, and SIDS, small island developing States: the United Nations Statistics
  Division's M49, as copied by the data set datasets/country-codes from 2017-10-18 to 2026-05-15, with the same
  countries throughout. Nobody is about to leave: both groups are about where a country lies. Of the 53 SIDS of M49
  these are the 39 in the OPEC Fund Quarterly, 2024 Q1: the States, with the Cook Islands and Niue, and without the 14
  territories (AI AS AW BQ CW GU MP MS NC PF PR SX VG VI).
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final, NamedTuple


class Stay(NamedTuple):
    """The days on which a country was in a group."""

    country: str
    since: date
    """Its first day in the group, or the first day that the list covers if it was a member already."""
    until: date | None
    """The first day on which it was no longer in the group; None if it was when the list was read."""
    doubtful_from: date | None
    """The first day on which it may have left; None if none is foreseen."""


class GroupList(NamedTuple):
    """The members of a group."""

    known_from: date
    """The first day that the list covers."""
    stays: Mapping[str, Stay]
    """By country code."""

    def includes(self, country: str, day: date) -> bool:
        """Return True if the country was in the group on *day*, which the list has to cover, as far as is known."""
        stay = self.stays.get(country)
        return stay is not None and stay.since <= day and (stay.until is None or day < stay.until)

    def is_doubtful(self, country: str, day: date) -> bool:
        """Return True if the country may have left the group by *day*."""
        stay = self.stays.get(country)
        return stay is not None and stay.doubtful_from is not None and stay.doubtful_from <= day


def _list(
    known_from: str, members: str, *, left: str = "", leaving: str = "", doubtful_from: str | None = None
) -> GroupList:
    """Return a list; *left* and *leaving* have a country, a colon and a day, and the other members are in *members*."""
    since = date.fromisoformat(known_from)
    doubtful = None if doubtful_from is None else date.fromisoformat(doubtful_from)
    stays = [Stay(country, since, None, doubtful) for country in members.split()]
    stays += (Stay(country, since, day, None) for country, day in _dated(left))
    stays += (Stay(country, since, None, day) for country, day in _dated(leaving))
    return GroupList(since, {stay.country: stay for stay in stays})


def _dated(entries: str) -> Iterator[tuple[str, date]]:
    for entry in entries.split():
        country, _, day = entry.partition(":")
        yield country, date.fromisoformat(day)


_LDC = """
AF AO BF BI BJ CD CF ER ET GM GN GW HT KM LR LS MG ML MM MR MW MZ NE RW SD SL SO SS TD TG TL TZ UG YE ZM
"""
_FORMER_LDC = "GQ:2017-06-04 VU:2020-12-04 BT:2023-12-13 ST:2024-12-13"
_LEAVING_LDC = """
BD:2026-11-24 LA:2026-11-24 NP:2026-11-24 SB:2027-12-13 DJ:2027-12-19 KI:2027-12-19 TV:2027-12-19
KH:2029-12-19 SN:2029-12-19
"""
_LLDC = "AF AM AZ BF BI BO BT BW CF ET KG KZ LA LS MD MK ML MN MW NE NP PY RW SS SZ TD TJ TM UG UZ ZM ZW"
_SIDS = """
AG BB BS BZ CK CU CV DM DO FJ FM GD GW GY HT JM KI KM KN LC MH MU MV NR NU PG PW SB SC SG SR ST TL TO TT TV VC VU WS
"""

GROUPS: Final[dict[str, GroupList]] = {
    "ldc": _list("2014-01-01", _LDC, left=_FORMER_LDC, leaving=_LEAVING_LDC, doubtful_from="2029-11-24"),
    "lldc": _list("2017-10-18", _LLDC),
    "sids": _list("2017-10-18", _SIDS),
}
"""The lists by the values of `CountryGroup`."""
