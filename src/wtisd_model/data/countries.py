"""Country codes, and hints for common mistakes.

Source: ISO 3166-1: the codes of two letters as in ``iso3166.tab`` of tzdata 2026.6, those of three as in CLDR (Babel
2.18.0). XK: Unicode UTS 35. Withdrawn codes: ISO 3166-3, if a single country succeeded. The other mistakes were
collected by hand, last on 2026-11-24. ``tests/data/generate.py`` writes the pairs.
"""

from typing import Final

from wtisd_model.data import code_lists, pairs

_LISTS: Final = code_lists("countries")

_SHORT_BY_LONG = pairs(_LISTS["alpha_3"])

COUNTRIES: Final[frozenset[str]] = frozenset(_SHORT_BY_LONG.values()) | {"XK"}
"""The 249 two-letter codes (alpha-2) that are officially assigned, in upper case, and XK for Kosovo.

ISO 3166-1 leaves XA to XZ to its users. The European Commission, the IMF, SWIFT and Unicode CLDR use XK, and without it
nobody could say where an event in Pristina is. No code says anything about the status of a territory.
"""

COUNTRY_HINTS: Final[dict[str, str]] = {
    code.casefold(): known for code, known in (_SHORT_BY_LONG | pairs(_LISTS["mistakes"])).items()
}
"""Invalid codes, casefolded (``che``, ``uk``), with the member of COUNTRIES to suggest instead."""
