"""Codes of spoken and signed languages, and the canonical form of codes that are not used in a language tag.

Sources: ISO 639-2, whose pairs of codes are closed; the IANA Language Subtag Registry of 2026-09-17 for signed
languages and for retired codes.
"""

from typing import Final

from wtisd_model.data import code_lists, pairs

_LISTS: Final = code_lists("languages")

LONG_TO_SHORT: Final[dict[str, str]] = pairs(_LISTS["two_by_three"])
"""The two-letter code that a tag uses (RFC 5646 2.2.1), by the three-letter codes of ISO 639-2 and 639-3."""

LANGUAGES: Final[frozenset[str]] = frozenset(LONG_TO_SHORT.values())
"""Two-letter codes of ISO 639-1. It includes ``sh``, which is withdrawn there, but valid in language tags."""

REPLACED: Final[dict[str, str]] = pairs(_LISTS["replaced_tags"])
"""The language of each tag that the registry replaces by it alone (RFC 5646 sections 2.2.8 and 4.5)."""

RETIRED: Final[dict[str, str]] = pairs(_LISTS["replaced"])
"""The replacement of each retired code of two or three letters (RFC 5646 section 4.5)."""

SIGN_LANGUAGES: Final[frozenset[str]] = frozenset(_LISTS["signed"].split())
"""ISO 639-3 codes of sign languages, with ``ils``, International Sign, but without the collective code ``sgn``."""

UNSPECIFIC: Final[frozenset[str]] = frozenset({"mul", "sgn", "und", "zxx"})
"""Codes for several, undetermined or no languages (ISO 639-2), and for all sign languages together (ISO 639-5).

``mis`` is not among them: it is for a language that has no code, and interpreters may know it.
"""
