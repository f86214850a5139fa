"""Notations that iCalendar and JSCalendar share: names of time zones, addresses of people, positions, places."""

import re
from decimal import Decimal
from functools import cache
from typing import Final, NamedTuple
from urllib.parse import unquote

from wtisd_model.data.zone_countries import country_of_zone
from wtisd_model.data.zones import ZONES, windows_zones
from wtisd_model.locales import languages, locale_for
from wtisd_model.reading.notes import mended
from wtisd_model.schema.constraints import decimals
from wtisd_model.types.location import LATITUDE, LONGITUDE
from wtisd_model.types.text import EMAIL, NAME

# Names that begin with a slash are meant to be the same everywhere (RFC 5545 section 3.8.3.1). These are from libical,
# Citadel, Evolution and Mozilla; some have a version before the name of the place.
_PREFIXED: Final = re.compile(
    r"/(?:freeassociation\.sourceforge\.net|citadel\.org|softwarestudio\.org|mozilla\.org)/(.+)"
)
# In upper case, but compared in any; a name that IANA spells as a calendar does stays as it is, such as Etc/GMT.
_UTC: Final = frozenset(
    {"UTC", "ETC/UTC", "ETC/UCT", "ETC/GMT", "GMT", "Z", "COORDINATED UNIVERSAL TIME", "TZONE://MICROSOFT/UTC"}
)
_LONGEST_NAME: Final = 255
_MAILTO: Final = "mailto:"
_DEGREES: Final = re.compile(r"\s*([+-]?[0-9]{1,3}(?:\.[0-9]{1,20})?)\s*;\s*([+-]?[0-9]{1,3}(?:\.[0-9]{1,20})?)\s*")
# Programs put the name of the service where the place stands. A text that names a room too is one of a place.
_ONLINE: Final = re.compile(
    r"\b(?:Microsoft Teams|Google Meet|Skype for Business)\b"
    r"|\A\s*(?:(?:Teams|Webex|Zoom)(?:[ -]Meeting)?|online|remote|virtual)\s*\Z",
    re.IGNORECASE,
)


def zone_of_tzid(tzid: str) -> str | None:
    """Return the IANA zone of a TZID: its own name, that of Windows, or one behind a known prefix."""
    if tzid in ZONES or len(tzid) > _LONGEST_NAME:
        return tzid if tzid in ZONES else None
    if tzid.upper() in _UTC:
        return "UTC"
    if tzid.removeprefix("/") in ZONES:
        return tzid.removeprefix("/")
    match = _PREFIXED.fullmatch(tzid)
    if match is not None:
        names = match[1], match[1].partition("/")[2]
        return next((name for name in names if name in ZONES), None)
    return windows_zones().get(tzid)


def decode_cal_address(value: str) -> str | None:
    """Decode the e-mail address of a ``mailto:`` URI, or a bare address; None if the model would refuse it.

    Source: RFC 5545 section 3.3.3, RFC 6068 section 2.
    """
    bare = value[len(_MAILTO) :] if is_mailto(value) else value
    # What is not UTF-8 becomes a character that no address has.
    email = unquote(bare.partition("?")[0]).strip(" <>")
    return email if EMAIL.check(email, suggest=False) is None else None


def is_mailto(value: str) -> bool:
    """Return True for a ``mailto:`` URI, in upper or lower case."""
    return value[: len(_MAILTO)].lower() == _MAILTO


def decode_geo(value: str) -> tuple[Decimal, Decimal] | None:
    """Decode latitude and longitude, rounded to eight decimals, a millimetre; None if they are malformed.

    Source: RFC 5545 section 3.8.1.6.
    """
    match = _DEGREES.fullmatch(value)
    if match is None:
        return None
    latitude, longitude = (_degrees(degrees) for degrees in match.groups())
    is_on_earth = LATITUDE.check_range(latitude) is LONGITUDE.check_range(longitude) is None
    return (latitude, longitude) if is_on_earth else None


def _degrees(value: str) -> Decimal:
    exact = Decimal(value)
    rounded = round(exact, LATITUDE.places) if decimals(exact) > LATITUDE.places else exact
    return rounded or Decimal(0)  # without the sign of a zero


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
