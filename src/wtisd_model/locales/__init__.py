"""The words for people, two TOML files a language: calendars, mails and dates; and, in ``findings``, those of findings.

A file is read when it is first needed. To add a language, add files with the keys of ``en.toml``;
``tests/locales/test_completeness.py`` names each key or placeholder that is missing.

The sentences of findings are in a table for each code. One with a number in it may have plural forms: one for each
category that ``[plurals]`` of its language names, and ``other``. A number is written as the language writes numbers;
with ``{last:d}`` without separators, such as a year or the number of a line. Any other param is shown as it is, unless
it is a token of a table such as ``[params.expected]``:

.. code-block:: toml

    [params.expected]
    string = "a string"

    [wrong-type]
    message = "Expected {expected}."
    fix = "Use a value of this type."

    [seats-taken]
    message = { count = "capacity", one = "The one seat is taken.", other = "All {capacity} seats are taken." }
    fix = "Raise the capacity, or move the registration to the waitlist."
"""

from collections.abc import Mapping
from functools import cache, lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

if TYPE_CHECKING:
    from wtisd_model.locales.finding_texts import FindingTexts
    from wtisd_model.locales.locale import Locale

T = TypeVar("T")

DEFAULT_LANGUAGE = "en"


class BorrowedWord(str):
    """A word of a shipped language, in the place of one that a language of one's own lacks; what shows it says so."""

    __slots__ = ("language",)
    language: str

    def format(self, *args: object, **values: object) -> "BorrowedWord":
        """Return the word with its placeholders filled, which is a borrowed one too."""
        return borrowed(super().format(*args, **values), self.language)

    def format_map(self, values: Any, /) -> "BorrowedWord":
        """Return the same as `format`."""
        return borrowed(super().format_map(values), self.language)

    def __add__(self, other: str) -> "BorrowedWord":
        """Return the word with a separator behind it, which is a borrowed one too."""
        return borrowed(super().__add__(other), self.language)


def borrowed(word: str, language: str) -> BorrowedWord:
    """Return a word that is borrowed from a language."""
    made = BorrowedWord(word)
    made.language = language
    return made


def plain_word(value: object) -> str:
    """Return a borrowed word as plain text, for msgspec, which writes no other strings.

    Raises:
        NotImplementedError: it is something else.
    """
    if not isinstance(value, BorrowedWord):
        raise NotImplementedError
    return str(value)


def language_of(word: str, language: str) -> str:
    """Return the language of one of the words of *language*: that which it is borrowed from, if it is."""
    return word.language if isinstance(word, BorrowedWord) else language


class OwnLanguage(NamedTuple):
    """A language that a program has added, whole: what its folder lacks is borrowed."""

    base: str
    """The shipped language that it borrows from."""
    locale: "Locale"
    findings: "FindingTexts"
    names: Mapping[str, Any]
    """What ``names.toml`` has, if there is one."""
    missing: tuple[str, ...]
    """JSON Pointers to what is borrowed; the first step is the name of a file."""


# Why: docs/decisions/0044
class _Added:
    """The languages that were added since the program started: the only global state of the package."""

    # Both are replaced as a whole, so that a thread that reads them sees the old or the new one. What is computed from
    # the languages is cached by the set of them, or by the tag of a single one, whose words never change.
    by_tag: Mapping[str, OwnLanguage] = {}
    tags: frozenset[str] = frozenset()


def put_language(tag: str, language: OwnLanguage) -> OwnLanguage:
    """Add a language if it is not there yet, and return the one that is there then."""
    with _ONE_AT_A_TIME:
        _Added.by_tag = {tag: language, **_Added.by_tag}
        _Added.tags = frozenset(_Added.by_tag)
        return _Added.by_tag[tag]


def own_languages() -> Mapping[str, OwnLanguage]:
    """Return the languages that were added, by their tags."""
    return _Added.by_tag


@cache
def shipped_languages() -> frozenset[str]:
    """Return the languages of the package: the names of the TOML files here."""
    from importlib.resources import files

    return frozenset(each.name[:-5] for each in files(__name__).iterdir() if each.name.endswith(".toml"))


def languages() -> frozenset[str]:
    """Return the languages with a locale: those of the package, and those that were added."""
    return _with_own(_Added.tags)


@cache
def _with_own(own: frozenset[str]) -> frozenset[str]:
    return shipped_languages() | own


def language_for(tag: str) -> str:
    """Return the language in which a reader of *tag* is addressed: its own (``fr`` for ``fr-CH``), else English.

    *tag* is any text: case is ignored, and ``fr_CH``, as POSIX names a locale, is read as ``fr-CH``. If ``pt-BR`` was
    added, its readers get that, and all other readers of ``pt`` what is shipped.
    """
    return _closest(tag, _Added.tags) or DEFAULT_LANGUAGE


def language_with_words(tag: str) -> str | None:
    """Return the same as `language_for`, but None if the reader is not addressed in their own language."""
    return _closest(tag, _Added.tags)


@lru_cache(256)  # a reader may write any tag
def _closest(tag: str, own: frozenset[str]) -> str | None:
    """Return the longest tag with words that is equal to a tag, or the beginning of it (RFC 4647 section 3.4)."""
    asked = f"{tag.replace('_', '-').lower()}-"
    return max((each for each in _with_own(own) if asked.startswith(f"{each.lower()}-")), key=len, default=None)


def locale_for(tag: str) -> "Locale":
    """Return the words for a reader of *tag*."""
    own = _Added.by_tag.get(language := language_for(tag))
    return _load(language) if own is None else own.locale


def finding_texts_for(tag: str) -> "FindingTexts":
    """Return the sentences of findings for a reader of *tag*."""
    own = _Added.by_tag.get(language := language_for(tag))
    return _load_findings(language) if own is None else own.findings


def language_of_code(tag: str, code: str, params: Mapping[str, str | int]) -> str:
    """Return the language in which a reader of *tag* is told of a code: English if it is not translated yet.

    A finding is in one language: nor may any word in it be borrowed.
    """
    language = language_for(tag)
    waits = code in finding_texts_for(DEFAULT_LANGUAGE).codes and code not in finding_texts_for(language).codes
    if not waits and not finding_texts_for(language).borrows(code, params):
        return language
    own = _Added.by_tag.get(language)
    return DEFAULT_LANGUAGE if own is None else language_of_code(own.base, code, params)


@cache
def _load(language: str) -> "Locale":
    return made_locale(language, words_of(f"{language}.toml"))


@cache
def _load_findings(language: str) -> "FindingTexts":
    return made_finding_texts(language, words_of("findings", f"{language}.toml"))


def made_locale(language: str, words: Mapping[str, Any]) -> "Locale":
    """Return the words of a language as an object."""
    from wtisd_model.locales.locale import Locale

    return _converted({**words, "language": language}, Locale)


def made_finding_texts(language: str, words: dict[str, Any]) -> "FindingTexts":
    """Return the sentences of findings as an object."""
    from wtisd_model.locales.finding_texts import FindingTexts

    others = {key: words.pop(key) for key in FindingTexts.__struct_fields__ if key in words}
    return _converted({"language": language, **others, "codes": words}, FindingTexts)


# Held while a language is added, and here: msgspec ends the process if several threads use a Struct for the first time,
# and a server writes its first sentences in several of them.
_ONE_AT_A_TIME = Lock()


def _converted(words: dict[str, Any], cls: type[T]) -> T:
    from msgspec import convert  # loaded, like tomllib, with the first sentence, not with every import

    with _ONE_AT_A_TIME:
        return convert(words, cls)


def words_of(*path: str) -> dict[str, Any]:
    """Return the words in a file of the package: ``fr.toml``, or in ``findings`` the sentences of findings."""
    import tomllib
    from importlib.resources import files

    return tomllib.loads(files(__name__).joinpath(*path).read_text(encoding="utf-8"))
