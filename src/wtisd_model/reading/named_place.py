"""A place that a calendar names in one text: its name, its town, and its country."""

import re
from functools import cache
from typing import Final, NamedTuple

from wtisd_model.data.zone_countries import country_of_zone
from wtisd_model.locales import languages, locale_for
from wtisd_model.reading.notes import mended
from wtisd_model.types.text import NAME

# Programs put the name of the service where the place stands. A text that names a room too is one of a place.
_ONLINE: Final = re.compile(
    r"\b(?:Microsoft Teams|Google Meet|Skype for Business)\b"
    r"|\A\s*(?:(?:Teams|Webex|Zoom)(?:[ -]Meeting)?|online|remote|virtual)\s*\Z",
    re.IGNORECASE,
)


class NamedPlace(NamedTuple):
    """What one text says about a place."""

    name: str
    town: str | None
    country: str | None
    """The country of the time zone, since the text does not name one; None without a town."""


def named_place(text: str, *zones: str | None) -> NamedPlace | None:
    """Return the place that a text names; None if that is an online meeting.

    The town is what follows the last comma, and its country that of the first of *zones* that has one.
    """
    if text.strip() in _remote_participation(languages()) or (";" not in text and _ONLINE.search(text)):
        return None
    before, _, town = text.replace("\t", " ").rpartition(", ")
    if mended(before, NAME) is None or mended(town, NAME) is None:
        return NamedPlace(text, None, None)
    countries = (country_of_zone(zone) for zone in zones if zone is not None)
    return NamedPlace(before, town, next(filter(None, countries), None))


@cache
def _remote_participation(known: frozenset[str]) -> frozenset[str]:
    """Return what our own calendars call a link without a name."""
    return frozenset(locale_for(language).labels.remote_participation for language in known)
