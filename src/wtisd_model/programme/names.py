"""The names of languages and countries in the language of the reader, and what such names mean."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files

from msgspec import Struct, convert

from wtisd_model.data.countries import COUNTRIES
from wtisd_model.locales import language_for, languages
from wtisd_model.types.language import LANGUAGE

_BRACKETS = str.maketrans("()", "[]")
"""Brackets within brackets: English (Hong Kong [SAR])."""


class _Names(Struct, frozen=True):
    pattern: str
    """The name of a language with a script or a country: ``{name} ({parts})``."""
    separator: str
    names: dict[str, str]
    """By the tag of a language, alone or with a script or a country, and by the code of a script or a country."""


def language_name(tag: str, language: str) -> str:
    """Return the name of a language in another one: "français suisse" for ``fr-CH`` in French.

    Names are as in the middle of a sentence. A tag without a name in Unicode CLDR is returned unchanged.

    Args:
        tag: a language, spoken or signed.
        language: the tag of the reader's language; English is used for one that the package does not know.

    Source: Unicode Technical Standard 35, part 2, section 5.4, "Locale Display Name Algorithm".
    """
    known = _names(language_for(language))
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
    return tag if name == tag else name[:1].upper() + name[1:]


def country_name(code: str, language: str) -> str:
    """Return the name of a country (ISO 3166-1 alpha-2) in a language; a code without a name is returned unchanged."""
    return _names(language_for(language)).names.get(code, code)


def country_named(name: str) -> str | None:
    """Return the code of the country with this name in one of our six languages; None for any other text.

    Case is ignored, and a straight apostrophe counts as a typographic one.
    """
    return _countries().get(_folded(name))


def language_named(name: str) -> str | None:
    """Return the tag of the language with this name in one of our six languages; None for any other text.

    Case and apostrophes are compared as in `country_named`. An ambiguous name returns None too: that of two languages,
    or one that is the tag of another language: Ga is ``gaa``, and ``ga`` is Irish.
    """
    return _languages().get(_folded(name))


def unambiguous(meanings: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the meaning of each word, without words that have several."""
    found: dict[str, set[str]] = {}
    for word, meaning in meanings:
        found.setdefault(word, set()).add(meaning)
    return {word: min(each) for word, each in found.items() if len(each) == 1}


@cache
def _countries() -> Mapping[str, str]:
    return unambiguous((name, code) for name, code in _codes_by_name() if code in COUNTRIES)


@cache
def _languages() -> Mapping[str, str]:
    found = unambiguous((name, tag) for name, tag in _codes_by_name() if tag[0].islower())
    return {name: tag for name, tag in found.items() if name == tag or LANGUAGE.check(name) is not None}


def _codes_by_name() -> Iterator[tuple[str, str]]:
    """Yield the names of languages, scripts and countries in all languages, each with its tag or code."""
    for language in sorted(languages()):
        yield from ((_folded(name), code) for code, name in _names(language).names.items())


def _folded(name: str) -> str:
    return name.casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")


@cache
def _names(language: str) -> _Names:
    text = (files("wtisd_model.data") / "names" / f"{language}.toml").read_text(encoding="utf-8")
    return convert(tomllib.loads(text), _Names)
