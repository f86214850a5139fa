"""The names of languages and countries in the language of the reader, and the order of names in a list."""

import re
from typing import Final
from unicodedata import combining, normalize

from wtisd_model.data.display_names import display_names
from wtisd_model.locales import capitalized, language_for

_BRACKETS: Final = str.maketrans("()", "[]")
"""Brackets within brackets: English (Hong Kong [SAR])."""
_NUMBER: Final = re.compile("([0-9]+)")


def language_name(tag: str, language: str) -> str:
    """Return the name of a language in another one: "français suisse" for ``fr-CH`` in French.

    Names are as in the middle of a sentence. A tag without a name in Unicode CLDR is returned unchanged; English takes
    the place of a *language* that the package does not know.

    Source: Unicode Technical Standard 35, part 2, section 5.4, "Locale Display Name Algorithm".
    """
    known = display_names(language_for(language))
    base, parts = tag, list[str]()
    while base not in known.names:
        base, hyphen, part = base.rpartition("-")
        if not hyphen:
            return tag
        parts.insert(0, known.names.get(part, part).translate(_BRACKETS))
    name = known.names[base]
    return known.pattern.format(name=name, parts=known.separator.join(parts)) if parts else name


def language_heading(tag: str, language: str) -> str:
    """Return the name of a language as it begins a line, with a capital letter; a tag without a name unchanged."""
    name = language_name(tag, language)
    return tag if name == tag else capitalized(name)


def country_name(code: str, language: str) -> str:
    """Return the name of a country (ISO 3166-1 alpha-2) in a language; a code without a name is returned unchanged."""
    return display_names(language_for(language)).names.get(code, code)


def town_of_zone(zone: str, language: str) -> str:
    """Return what the town is called after which a time zone is named; in English if the language does not say."""
    name = zone.rpartition("/")[2].replace("_", " ")
    return display_names(language_for(language)).towns.get(zone, name)


def name_order(name: str) -> list[tuple[int, str]]:
    """Return a key that sorts names as in a list for people: whatever their accents and case, and 2 before 10."""
    plain = "".join(c for c in normalize("NFKD", name) if not combining(c)).casefold()
    return [(int(part or 0) if index % 2 else 0, part) for index, part in enumerate(_NUMBER.split(plain))]
