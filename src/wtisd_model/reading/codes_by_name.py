"""What the names of countries, languages and kinds of session mean that people write instead of codes."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Final

from wtisd_model.data.countries import COUNTRIES
from wtisd_model.data.display_names import display_names
from wtisd_model.locales import languages, own_languages, shipped_languages
from wtisd_model.model.session import SessionKind
from wtisd_model.types.language import LANGUAGE


def country_named(name: str) -> str | None:
    """Return the code of the country with this name in a language that has words; None for any other text.

    Case is ignored, and a straight apostrophe counts as a typographic one.
    """
    return _countries(languages()).get(_folded(name))


def language_named(name: str) -> str | None:
    """Return the tag of the language with this name in a language that has words; None for any other text.

    Case and apostrophes are compared as in `country_named`. An ambiguous name returns None too: that of two languages,
    or one that is the tag of another language: Ga is ``gaa``, and ``ga`` is Irish.
    """
    return _languages(languages()).get(_folded(name))


_KINDS: Final = frozenset(kind.value for kind in SessionKind)


def kind_named(word: str) -> str | None:
    """Return the kind of session with this name in English, as JSON: ``Workshop``, ``Side event``; None for another."""
    kind = word.strip().casefold().replace(" ", "-")
    return kind if kind in _KINDS else None


def unambiguous(*ranks: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the meaning of each word, without words that have several; a word of an earlier rank is in no later one.

    So what a language of one's own calls something does not change what the words of the package mean.
    """
    by_word: dict[str, set[str]] = {}
    for meanings in ranks:
        earlier = frozenset(by_word)
        for word, meaning in meanings:
            if word not in earlier:
                by_word.setdefault(word, set()).add(meaning)
    return {word: min(several) for word, several in by_word.items() if len(several) == 1}


@cache
def _countries(_known: frozenset[str]) -> Mapping[str, str]:
    return _named(COUNTRIES.__contains__)


@cache
def _languages(_known: frozenset[str]) -> Mapping[str, str]:
    tags = _named(lambda tag: tag[0].islower())
    return {name: tag for name, tag in tags.items() if name == tag or LANGUAGE.check(name) is not None}


def _named(is_meant: Callable[[str], bool]) -> dict[str, str]:
    """Return the tags or codes that are meant by their names in all languages."""
    return unambiguous(*(_codes_by_name(known, is_meant) for known in (shipped_languages(), own_languages())))


def _codes_by_name(known: Iterable[str], is_meant: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    for language in known:
        yield from ((_folded(name), code) for code, name in display_names(language).names.items() if is_meant(code))


def _folded(name: str) -> str:
    return name.casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
