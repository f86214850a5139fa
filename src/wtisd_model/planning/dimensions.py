"""What pledges are told apart by, and which rows a pledge belongs to."""

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from functools import partial

from wtisd_model.model.pledge import Pledge
from wtisd_model.types.arguments import parse_enum
from wtisd_model.types.country import CountryGroup, require_groups_on


class Dimension(StrEnum):
    """What pledges are told apart by."""

    COUNTRY = "country"
    """The countries that it is for (ISO 3166-1 alpha-2)."""
    CURRENCY = "currency"
    """The currency that it was pledged in (ISO 4217)."""
    FOCUS_AREA = "focus-area"
    """Where it acts."""
    GOAL = "goal"
    """The Sustainable Development Goals that it serves, 1 to 17; a target of a goal counts for it."""
    GROUP = "group"
    """The groups of countries that it is for, by the lists as they were on the day of the totals."""
    GROUP_AT_SUBMISSION = "group-at-submission"
    """The same, by the lists as they were on the day on which it came in, in UTC."""
    KIND = "kind"
    """What sort of promise it is."""
    MEMBERSHIP = "membership"
    """The category of the pledger."""
    YEAR = "year"
    """The year in which it came in, in UTC."""


Keys = frozenset[str] | tuple[str, ...]
"""The rows that a pledge belongs to, by their keys, each once; none where it does not say."""


def as_dimension(by: Dimension | str) -> Dimension:
    """Give a dimension by its word.

    Raises:
        InvalidValueError: ``value-unknown`` at ``/by`` for a word that is none.
    """
    return parse_enum(Dimension, by, "/by")


def keys_by(dimension: Dimension, on: date) -> Callable[[Pledge], Keys]:
    """Make the function that tells which rows a pledge belongs to, as on a day.

    Raises:
        InvalidValueError: ``group-unknown-on-date`` where the lists of groups do not speak of that day.
    """
    match dimension:
        case Dimension.GROUP:
            require_groups_on(on, "/on")  # so that it does not depend on the pledges whether the day is refused
            return partial(_groups, on=on)
        case Dimension.GROUP_AT_SUBMISSION:
            return partial(_groups, on=None)
        case Dimension.COUNTRY:
            return lambda pledge: frozenset(each.country for each in pledge.countries)
        case Dimension.CURRENCY:
            return lambda pledge: _one(None if pledge.pledged is None else pledge.pledged.currency)
        case Dimension.FOCUS_AREA:
            return lambda pledge: pledge.focus_areas
        case Dimension.GOAL:
            return lambda pledge: frozenset(goal.partition(".")[0] for goal in pledge.goals)
        case Dimension.KIND:
            return lambda pledge: (pledge.kind,)
        case Dimension.MEMBERSHIP:
            return lambda pledge: _one(pledge.pledger.membership)
        case _:  # the year
            return lambda pledge: (str(pledge.submitted_at.year),)


def place_of(key: str | None) -> tuple[bool, int, str]:
    """Sort the keys of rows: numbers by their value, then words, and those that do not say come last."""
    if key is None:
        return True, 0, ""
    return False, int(key) if key.isdecimal() else 0, key


def _groups(pledge: Pledge, on: date | None) -> Keys:
    return frozenset(group for group in CountryGroup if pledge.targets_group(group, on))


def _one(key: str | None) -> Keys:
    return () if key is None else (key,)
