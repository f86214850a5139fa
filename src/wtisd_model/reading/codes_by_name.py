"""What the names of countries, languages and kinds of session mean that people write instead of codes."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Final

from wtisd_model.data.countries import COUNTRIES
from wtisd_model.data.display_names import display_names
from wtisd_model.locales import languages
from wtisd_model.model.session import SessionKind
from wtisd_model.types.language import LANGUAGE


def country_named(name: str) -> str | None:
    """Return the code of the country with this name in one of our eight languages; None for any other text.

    Case is ignored, and a straight apostrophe counts as a typographic one.
    """
    return _countries().get(_folded(name))


def language_named(name: str) -> str | None:
    """Return the tag of the language with this name in one of our eight languages; None for any other text.

    Case and apostrophes are compared as in `country_named`. An ambiguous name returns None too: that of two languages,
    or one that is the tag of another language: Ga is ``gaa``, and ``ga`` is Irish.
    """
    return _languages().get(_folded(name))


_KINDS: Final = frozenset(kind.value for kind in SessionKind)


def kind_named(word: str) -> str | None:
    """Return the kind of session with this name in English, as JSON: ``Workshop``, ``Side event``; None for another."""
    kind = word.strip().casefold().replace(" ", "-")
    return kind if kind in _KINDS else None


def unambiguous(meanings: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the meaning of each word, without words that have several."""
    by_word: dict[str, set[str]] = {}
    for word, meaning in meanings:
        by_word.setdefault(word, set()).add(meaning)
    return {word: min(several) for word, several in by_word.items() if len(several) == 1}


@cache
def _countries() -> Mapping[str, str]:
    return unambiguous((name, code) for name, code in _codes_by_name() if code in COUNTRIES)


@cache
def _languages() -> Mapping[str, str]:
    tags = unambiguous((name, tag) for name, tag in _codes_by_name() if tag[0].islower())
    return {name: tag for name, tag in tags.items() if name == tag or LANGUAGE.check(name) is not None}


def _codes_by_name() -> Iterator[tuple[str, str]]:
    """Yield the names of languages, scripts and countries in all languages, each with its tag or code."""
    for language in sorted(languages()):
        yield from ((_folded(name), code) for code, name in display_names(language).names.items())


def _folded(name: str) -> str:
    return name.casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
