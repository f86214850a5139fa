"""The country of each time zone.

Source: tzdata 2026.6 (the IANA time zone database, release 2026f): ``zone.tab``, and for links the zone that they
point to. ``tests/data/generate.py`` writes the list.
"""

from functools import cache

from wtisd_model.data import code_lists


def country_of_zone(zone: str) -> str | None:
    """Return the country of a zone (ISO 3166-1 alpha-2); None for UTC."""
    return _countries().get(zone)


@cache
def _countries() -> dict[str, str]:
    found: dict[str, str] = {}
    country = ""
    for word in code_lists("zone_countries")["zones"].split():
        if word.endswith(":"):
            country = word[:-1]
        else:
            found[word] = country
    return found
