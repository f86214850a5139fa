"""The accepted names of time zones, and hints for names that are not accepted.

Source: tzdata 2026.6 (the IANA time zone database, release 2026f): its list ``zones`` without ``Factory``. In
``lists/zones.txt``, *places* is ``zone.tab``, *links* the rest of the form Area/City, and *without_area* everything
else. Windows names: CLDR as in Babel 2.18.0. Other names for zones were collected by hand, last on 2026-11-24.
``tests/data/generate.py`` writes all but these.
"""

from collections.abc import Mapping
from functools import cache
from typing import Final

from wtisd_model.data import code_lists

_LISTS: Final = code_lists("zones")

AREA_ZONES: Final[frozenset[str]] = frozenset(_LISTS["places"].split()) | frozenset(_LISTS["links"].split())
"""The accepted names of the form Area/City, without the offsets of Etc/."""

ZONES: Final[frozenset[str]] = AREA_ZONES | frozenset(_LISTS["without_area"].split())
"""Every accepted name: those of the tzdata package. A system may have others, which name no zone for other systems."""


@cache
def windows_zones() -> Mapping[str, str]:
    """Return the zone of the best-known place by Windows zone name (CLDR windowsZones)."""
    return {name: zone for name, _, zone in (entry.strip().partition(" = ") for entry in _LISTS["windows"].split(";"))}


@cache
def zone_hints() -> Mapping[str, str]:
    """Return the member of ZONES to suggest for each casefolded wrong name: that of a place, if there is one.

    A wrong name may be a city without a zone of its own, with or without an area (``geneva``, ``europe/geneva``), a
    city without its area, an abbreviation, a bare name of the database, a Windows name, or an accepted name in the
    wrong case; with spaces or underscores.
    """
    # Nobody who writes "Petersburg" means America/Indiana/Petersburg.
    hints = {zone.casefold(): zone for zone in _LISTS["without_area"].split()}
    hints.update(
        (zone.rpartition("/")[2].casefold(), zone) for zone in _LISTS["places"].split() if zone.count("/") == 1
    )
    hints.update((name.casefold().replace(" ", "_"), zone) for name, zone in windows_zones().items())
    for line in filter(None, _LISTS["other_names"].splitlines()):
        zone, _, names = line.partition(": ")
        area = zone.partition("/")[0].casefold()
        for name in names.replace(", ", ",").replace(" ", "_").split(","):
            hints[name] = zone
            hints[f"{area}/{name}"] = zone
    hints.update((zone.casefold(), zone) for zone in AREA_ZONES)
    return hints | {name.replace("_", " "): zone for name, zone in hints.items() if "_" in name}
