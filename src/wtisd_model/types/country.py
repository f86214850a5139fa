"""Country codes, and the United Nations groups that a country was in on a given day."""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Final, Literal

from wtisd_model.codes import Code
from wtisd_model.data.countries import COUNTRIES, COUNTRY_HINTS
from wtisd_model.errors import InvalidValueError
from wtisd_model.findings import finding
from wtisd_model.schema.constraints import CodeList, Date
from wtisd_model.types.arguments import parse_enum, require_valid

if TYPE_CHECKING:
    from wtisd_model.data.groups import GroupList

_DAY: Final = Date()
# ISO reserves them exceptionally.
_UNASSIGNED: Final[dict[str, Code]] = dict.fromkeys(("EU", "UN"), Code.COUNTRY_UNASSIGNED)
COUNTRY: Final = CodeList("Country", COUNTRIES, Code.COUNTRY_UNKNOWN, hints=lambda: COUNTRY_HINTS, narrower=_UNASSIGNED)

CountryCode = Annotated[str, COUNTRY]
"""A country or territory (ISO 3166-1 alpha-2, and XK for Kosovo)."""


class CountryGroup(StrEnum):
    """A group of countries that the United Nations keeps a list of."""

    LDC = "ldc"
    """Least developed countries."""
    LLDC = "lldc"
    """Landlocked developing countries."""
    SIDS = "sids"
    """Small island developing States."""


CountryGroupWord = Literal["ldc", "lldc", "sids"]


def in_group(country: str, group: CountryGroup | str, *, on: date, as_last_known: bool = False) -> bool:
    """Return True if a country was in a group on a day.

    Countries join and leave: Bhutan was a least developed country up to 12 December 2023, and is not one since. A day
    after the lists were read is answered too, except for countries that may have left by then.

    Args:
        country: its code (ISO 3166-1 alpha-2).
        group: ``ldc``, ``lldc`` or ``sids``.
        on: the day.
        as_last_known: take a country that may have left for a member.

    Raises:
        InvalidValueError: ``country-unknown``; ``value-unknown`` for an unknown group; ``wrong-type`` or
            ``date-unreadable`` for the day; ``group-unknown-on-date`` for a day before the list begins;
            ``group-member-doubtful`` for a country that may have left.

    Source: the lists of the United Nations, each named in `wtisd_model.data.groups`.
    """
    require_valid(country, COUNTRY, "/country")
    return any_in_group((country,), parse_group(group), on, "/on", as_last_known=as_last_known)


def group_members(group: CountryGroup | str, *, on: date, as_last_known: bool = False) -> frozenset[str]:
    """Return the countries that were in a group on a day, by their codes (ISO 3166-1 alpha-2).

    Args:
        group: ``ldc``, ``lldc`` or ``sids``.
        on: the day.
        as_last_known: include countries that may have left.

    Raises:
        InvalidValueError: for the group and the day as `in_group` does.
    """
    known = parse_group(group)
    _require_covered((known,), on, "/on")
    members = frozenset(country for country in _listed(known).stays if _listed(known).includes(country, on))
    if not as_last_known and any(_listed(known).is_doubtful(country, on) for country in members):
        raise _doubtful(known, on, "/on")
    return members


def any_in_group(countries: Iterable[str], group: CountryGroup, day: date, path: str, *, as_last_known: bool) -> bool:
    """Return True if one of some countries was in a group on a day; *path* is where an error about it is reported.

    Raises:
        InvalidValueError: ``wrong-type``, ``date-unreadable`` or ``group-unknown-on-date``; ``group-member-doubtful``
            if all that were in the group may have left.
    """
    _require_covered((group,), day, path)
    listed = _listed(group)
    members = [country for country in countries if listed.includes(country, day)]
    if members and not as_last_known and all(listed.is_doubtful(country, day) for country in members):
        raise _doubtful(group, day, path)
    return bool(members)


def parse_group(group: CountryGroup | str) -> CountryGroup:
    """Return the group with that name, or raise an InvalidValueError (``value-unknown`` at ``/group``)."""
    return parse_enum(CountryGroup, group, "/group")


def require_groups_on(day: date, path: str) -> None:
    """Check that the lists of all groups cover a day; *path* is where an error is reported.

    Raises:
        InvalidValueError: ``wrong-type``, ``date-unreadable``, or ``group-unknown-on-date`` with the first day that all
            lists cover.
    """
    _require_covered(tuple(CountryGroup), day, path)


def _require_covered(groups: Sequence[CountryGroup], day: date, path: str) -> None:
    first = max(_listed(group).known_from for group in groups)
    if require_valid(day, _DAY, path) < first:
        raise InvalidValueError(
            finding(Code.GROUP_UNKNOWN_ON_DATE, path, group=", ".join(groups), minimum=first.isoformat())
        )


def _doubtful(group: CountryGroup, day: date, path: str) -> InvalidValueError:
    """Return the error that names all countries that may have left a group by a day."""
    listed = _listed(group)
    countries = ", ".join(sorted(each for each in listed.stays if listed.is_doubtful(each, day)))
    return InvalidValueError(finding(Code.GROUP_MEMBER_DOUBTFUL, path, group=group.value, countries=countries))


def _listed(group: CountryGroup) -> "GroupList":
    from wtisd_model.data.groups import GROUPS  # half a millisecond that few programs need

    return GROUPS[group]
