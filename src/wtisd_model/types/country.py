"""Countries by their codes, and the groups that a country was in on a day."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Annotated, Final

from wtisd_model.codes import Code
from wtisd_model.data.countries import COUNTRIES, COUNTRY_HINTS
from wtisd_model.data.groups import GROUPS, GroupList
from wtisd_model.findings import InvalidValueError, finding
from wtisd_model.schema.constraints import CodeList, Date
from wtisd_model.types.arguments import checked, parse_enum

_DAY: Final = Date()
_COUNTRY: Final = CodeList("country", COUNTRIES, Code.COUNTRY_UNKNOWN, lambda: COUNTRY_HINTS)

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

    Source: the lists of the United Nations, each named in `wtisd_model.data.groups`.
    """
    checked(country, _COUNTRY, "/country")
    return was_in(list_on(as_group(group), on, "/on"), country, on)


def group_members(group: CountryGroup | str, *, on: date) -> frozenset[str]:
    """Name the countries that were in a group on a day, by their codes (ISO 3166-1 alpha-2).

    Args:
        group: ``ldc``, ``lldc`` or ``sids``.
        on: the day.

    Raises:
        InvalidValueError: for the group and the day as `in_group` does.
    """
    listed = list_on(as_group(group), on, "/on")
    return frozenset(country for country in listed.stays if was_in(listed, country, on))


def as_group(group: CountryGroup | str) -> CountryGroup:
    """Give a group by its word.

    Raises:
        InvalidValueError: ``value-unknown`` at ``/group`` for a word that is none.
    """
    return parse_enum(CountryGroup, group, "/group")


def list_on(group: CountryGroup, day: date, path: str) -> GroupList:
    """Give the list of a group, which speaks of a day; *path* is where the day stands.

    Raises:
        InvalidValueError: ``wrong-type``, ``date-unreadable`` or ``group-unknown-on-date``.
    """
    _require_known((group,), day, path)
    return GROUPS[group]


def require_groups_on(day: date, path: str) -> None:
    """See that the lists of all groups speak of a day; *path* is where it stands.

    Raises:
        InvalidValueError: as `list_on` does; it names the days of which all of them speak.
    """
    _require_known(tuple(CountryGroup), day, path)


def _require_known(groups: Sequence[CountryGroup], day: date, path: str) -> None:
    first = max(GROUPS[group].known_from for group in groups)
    last = min(GROUPS[group].known_until for group in groups)
    if not first <= checked(day, _DAY, path) <= last:
        bounds = {"minimum": first.isoformat(), "maximum": last.isoformat()}
        raise InvalidValueError(finding(Code.GROUP_UNKNOWN_ON_DATE, path, group=", ".join(groups), **bounds))


def was_in(listed: GroupList, country: str, day: date) -> bool:
    """Tell whether a list has a country on a day that it speaks of."""
    stay = listed.stays.get(country)
    return stay is not None and stay.since <= day and (stay.until is None or day < stay.until)
