"""The dimensions of totals of pledges, and which rows a pledge belongs to."""

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from functools import partial

from wtisd_model.model.pledge import Pledge
from wtisd_model.types.country import CountryGroup, require_groups_on


class Dimension(StrEnum):
    """The property by which totals of pledges are grouped."""

    COUNTRY = "country"
    """The countries that a pledge is for (ISO 3166-1 alpha-2)."""
    CURRENCY = "currency"
    """The currency of the amount (ISO 4217)."""
    FOCUS_AREA = "focus-area"
    """The focus areas."""
    GOAL = "goal"
    """The Sustainable Development Goals, 1 to 17; a target counts for its goal."""
    GROUP = "group"
    """The groups of countries, by the lists on the day of the totals."""
    GROUP_AT_SUBMISSION = "group-at-submission"
    """The groups of countries, by the lists on the day of submission, in UTC."""
    KIND = "kind"
    """The kind of promise."""
    MEMBERSHIP = "membership"
    """The category of the pledger."""
    YEAR = "year"
    """The year of submission, in UTC."""


GroupKeys = frozenset[str] | tuple[str | None]
"""The keys of the rows that a pledge belongs to, each once; empty, or with None, if it states none."""


def keys_by(dimension: Dimension, on: date, *, as_last_known: bool) -> Callable[[Pledge], GroupKeys]:
    """Return the function that returns the keys of a pledge, as of a day.

    Raises:
        InvalidValueError: ``group-unknown-on-date`` if the lists of groups do not cover that day.
    """
    match dimension:
        case Dimension.GROUP:
            require_groups_on(on, "/on")  # refused whether there are pledges or not
            return partial(_groups, on=on, as_last_known=as_last_known)
        case Dimension.GROUP_AT_SUBMISSION:
            return partial(_groups, on=None, as_last_known=as_last_known)
        case Dimension.COUNTRY:
            return lambda pledge: frozenset(each.country for each in pledge.countries)
        case Dimension.CURRENCY:
            return lambda pledge: (None if pledge.pledged is None else pledge.pledged.currency,)
        case Dimension.FOCUS_AREA:
            return lambda pledge: pledge.focus_areas
        case Dimension.GOAL:
            return lambda pledge: frozenset(goal.partition(".")[0] for goal in pledge.goals)
        case Dimension.KIND:
            return lambda pledge: (pledge.kind,)
        case Dimension.MEMBERSHIP:
            return lambda pledge: (pledge.pledger.membership,)
        case _:  # the year
            return lambda pledge: (str(pledge.submitted_at.year),)


def sort_key(key: str | None) -> tuple[bool, int, str]:
    """Return the sort key of the key of a row: numbers by value, then words, then None."""
    if key is None:
        return True, 0, ""
    return False, int(key) if key.isdecimal() else 0, key


def _groups(pledge: Pledge, on: date | None, *, as_last_known: bool) -> GroupKeys:
    return frozenset(group for group in CountryGroup if pledge.targets_group(group, on, as_last_known=as_last_known))
