"""Countries by their codes, and the groups that a country was in on a day."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Final

from wtisd_model.codes import Code
from wtisd_model.findings import InvalidValueError, finding
from wtisd_model.nodes import Day, OneOf
from wtisd_model.tables.countries import COUNTRIES, COUNTRY_HINTS
from wtisd_model.tables.groups import GROUPS, GroupList, Stay

_DAY: Final = Day()
_COUNTRY: Final = OneOf("country", COUNTRIES, Code.COUNTRY_UNKNOWN, lambda: COUNTRY_HINTS)

CountryCode = Annotated[str, _COUNTRY]
"""A country or territory (ISO 3166-1 alpha-2)."""


class CountryGroup(StrEnum):
    """A group of countries that the United Nations keep a list of."""

    LDC = "ldc"
    """Least developed countries."""
    LLDC = "lldc"
    """Landlocked developing countries."""
    SIDS = "sids"
    """Small island developing States."""


def in_group(country: str, group: CountryGroup | str, *, on: date) -> bool:
    """Tell whether a country was in a group on a day.

    Countries join and leave: Bhutan was a least developed country up to 12 December 2023, and from the next day on was
    none.

    Args:
        country: its code (ISO 3166-1 alpha-2).
        group: ``ldc``, ``lldc`` or ``sids``.
        on: the day.

    Raises:
        InvalidValueError: ``country-unknown``; ``value-unknown`` for a group that is none; ``wrong-type`` or
            ``date-unreadable`` for what is no day; ``group-unknown-on-date`` for a day that the list does not speak of.

    Source: the lists of the United Nations, each named in `wtisd_model.tables.groups`.
    """
    found = _COUNTRY.check(country)
    if found is not None:
        raise InvalidValueError(found.below("/country"))
    return _is_in(_list_of(group, on).stays.get(country), on)


def group_members(group: CountryGroup | str, *, on: date) -> frozenset[str]:
    """Name the countries that were in a group on a day, by their codes (ISO 3166-1 alpha-2).

    Args:
        group: ``ldc``, ``lldc`` or ``sids``.
        on: the day.

    Raises:
        InvalidValueError: for the group and the day as `in_group` does.
    """
    return frozenset(country for country, stay in _list_of(group, on).stays.items() if _is_in(stay, on))


def _list_of(group: CountryGroup | str, on: date) -> GroupList:
    """Give the list of a group, which speaks of a day."""
    listed = GROUPS.get(group)
    if listed is None:
        raise InvalidValueError(finding(Code.VALUE_UNKNOWN, "/group", choices=", ".join(CountryGroup)))
    found = _DAY.check(on)
    if found is None and not listed.known_from <= on <= listed.known_until:
        first, last = listed.known_from.isoformat(), listed.known_until.isoformat()
        found = finding(Code.GROUP_UNKNOWN_ON_DATE, group=str(group), minimum=first, maximum=last)
    if found is not None:
        raise InvalidValueError(found.below("/on"))
    return listed


def _is_in(stay: Stay | None, on: date) -> bool:
    return stay is not None and stay.since <= on and (stay.until is None or on < stay.until)
