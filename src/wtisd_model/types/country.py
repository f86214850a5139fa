"""Country codes, and the United Nations groups that a country was in on a given day."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Annotated, Final

from wtisd_model.codes import Code
from wtisd_model.data.countries import COUNTRIES, COUNTRY_HINTS
from wtisd_model.data.groups import GROUPS, GroupList
from wtisd_model.findings import InvalidValueError, finding
from wtisd_model.schema.constraints import CodeList, Date
from wtisd_model.types.arguments import parse_enum, require_valid

_DAY: Final = Date()
_COUNTRY: Final = CodeList("country", COUNTRIES, Code.COUNTRY_UNKNOWN, lambda: COUNTRY_HINTS)

CountryCode = Annotated[str, _COUNTRY]
"""A country or territory (ISO 3166-1 alpha-2)."""


class CountryGroup(StrEnum):
    """A group of countries that the United Nations keeps a list of."""

    LDC = "ldc"
    """Least developed countries."""
    LLDC = "lldc"
    """Landlocked developing countries."""
    SIDS = "sids"
    """Small island developing States."""


def in_group(country: str, group: CountryGroup | str, *, on: date) -> bool:
    """Return True if a country was in a group on a day.

    Countries join and leave: Bhutan was a least developed country up to 12 December 2023, and is not one since.

    Args:
        country: its code (ISO 3166-1 alpha-2).
        group: ``ldc``, ``lldc`` or ``sids``.
        on: the day.

    Raises:
        InvalidValueError: ``country-unknown``; ``value-unknown`` for an unknown group; ``wrong-type`` or
            ``date-unreadable`` for the day; ``group-unknown-on-date`` for a day that the list does not cover.

    Source: the lists of the United Nations, each named in `wtisd_model.data.groups`.
    """
    require_valid(country, _COUNTRY, "/country")
    return group_list(parse_group(group), on, "/on").includes(country, on)


def group_members(group: CountryGroup | str, *, on: date) -> frozenset[str]:
    """Return the countries that were in a group on a day, by their codes (ISO 3166-1 alpha-2).

    Args:
        group: ``ldc``, ``lldc`` or ``sids``.
        on: the day.

    Raises:
        InvalidValueError: for the group and the day as `in_group` does.
    """
    listed = group_list(parse_group(group), on, "/on")
    return frozenset(country for country in listed.stays if listed.includes(country, on))


def parse_group(group: CountryGroup | str) -> CountryGroup:
    """Return the group with that name, or raise an InvalidValueError (``value-unknown`` at ``/group``)."""
    return parse_enum(CountryGroup, group, "/group")


def group_list(group: CountryGroup, day: date, path: str) -> GroupList:
    """Return the list of a group if it covers a day; *path* is where an error about the day is reported.

    Raises:
        InvalidValueError: ``wrong-type``, ``date-unreadable`` or ``group-unknown-on-date``.
    """
    _require_covered((group,), day, path)
    return GROUPS[group]


def require_groups_on(day: date, path: str) -> None:
    """Check that the lists of all groups cover a day; *path* is where an error is reported.

    Raises:
        InvalidValueError: as `group_list` does, with the first and the last day that all lists cover.
    """
    _require_covered(tuple(CountryGroup), day, path)


def _require_covered(groups: Sequence[CountryGroup], day: date, path: str) -> None:
    first = max(GROUPS[group].known_from for group in groups)
    last = min(GROUPS[group].known_until for group in groups)
    if not first <= require_valid(day, _DAY, path) <= last:
        bounds = {"minimum": first.isoformat(), "maximum": last.isoformat()}
        raise InvalidValueError(finding(Code.GROUP_UNKNOWN_ON_DATE, path, group=", ".join(groups), **bounds))
