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

from functools import cache, lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from wtisd_model.locales.finding_texts import FindingTexts
    from wtisd_model.locales.locale import Locale

T = TypeVar("T")

DEFAULT_LANGUAGE = "en"


@cache
def languages() -> frozenset[str]:
    """Return the languages with a locale: the names of the TOML files here."""
    from importlib.resources import files

    return frozenset(each.name[:-5] for each in files(__name__).iterdir() if each.name.endswith(".toml"))


@lru_cache(256)  # a reader may write any tag
def language_for(tag: str) -> str:
    """Return the language in which a reader of *tag* is addressed: its own (``fr`` for ``fr-CH``), else English.

    *tag* is any text: case is ignored, and ``fr_CH``, as POSIX names a locale, is read as ``fr-CH``.
    """
    language = _primary(tag)
    return language if language in languages() else DEFAULT_LANGUAGE


def has_words_for(tag: str) -> bool:
    """Return True if a reader of *tag* is addressed in their own language."""
    return _primary(tag) in languages()


def _primary(tag: str) -> str:
    return tag.replace("_", "-").partition("-")[0].lower()


def locale_for(tag: str) -> "Locale":
    """Return the words for a reader of *tag*."""
    return _load(language_for(tag))


def finding_texts_for(tag: str) -> "FindingTexts":
    """Return the sentences of findings for a reader of *tag*."""
    return _load_findings(language_for(tag))


def language_of_code(tag: str, code: str) -> str:
    """Return the language in which a reader of *tag* is told of a code: English if it is not translated yet."""
    language = language_for(tag)
    waits = code in finding_texts_for(DEFAULT_LANGUAGE).codes and code not in finding_texts_for(language).codes
    return DEFAULT_LANGUAGE if waits else language


@cache
def _load(language: str) -> "Locale":
    from wtisd_model.locales.locale import Locale

    return _converted({"language": language, **_words(f"{language}.toml")}, Locale)


@cache
def _load_findings(language: str) -> "FindingTexts":
    from wtisd_model.locales.finding_texts import FindingTexts

    words = _words("findings", f"{language}.toml")
    others = {key: words.pop(key) for key in FindingTexts.__struct_fields__ if key in words}
    return _converted({"language": language, **others, "codes": words}, FindingTexts)


# msgspec ends the process if several threads use a Struct for the first time, and a server writes its first sentences
# in several of them.
_ONE_AT_A_TIME = Lock()


def _converted(words: dict[str, Any], cls: type[T]) -> T:
    from msgspec import convert  # loaded, like tomllib, with the first sentence, not with every import

    with _ONE_AT_A_TIME:
        return convert(words, cls)


def _words(*path: str) -> dict[str, Any]:
    import tomllib
    from importlib.resources import files

    return tomllib.loads(files(__name__).joinpath(*path).read_text(encoding="utf-8"))
