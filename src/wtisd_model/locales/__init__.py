"""The words for people, one TOML file a language: calendars, mails, dates, findings.

A file is read when its language is first needed. To add a language, add a file with the keys of ``en.toml``;
``tests/locales/test_completeness.py`` names each key or placeholder that is missing.

Findings are in English so far, a table for each code. A sentence with a number in it may have plural forms, one for
each category that ``[plurals]`` of its language names, and ``other``:

.. code-block:: toml

    [findings.seats-taken]
    message = { count = "capacity", one = "The one seat is taken.", other = "All {capacity} seats are taken." }
    fix = "Raise the capacity, or move the registration to the waitlist."
"""

from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wtisd_model.locales.locale import Locale

DEFAULT_LANGUAGE = "en"


@cache
def languages() -> frozenset[str]:
    """Return the languages with a locale: the names of the TOML files here."""
    from importlib.resources import files

    return frozenset(each.name[:-5] for each in files(__name__).iterdir() if each.name.endswith(".toml"))


@lru_cache(256)
def locale_for(tag: str) -> "Locale":
    """Return the words for a reader of *tag*: those of its language (``fr`` for ``fr-CH``), else the English ones."""
    language = tag.partition("-")[0]
    return _load(language if language in languages() else DEFAULT_LANGUAGE)


@cache
def _load(language: str) -> "Locale":
    import tomllib  # loaded, like msgspec, with the first sentence, not with every import
    from importlib.resources import files

    from msgspec import convert

    from wtisd_model.locales.locale import Locale

    words = tomllib.loads((files(__name__) / f"{language}.toml").read_text(encoding="utf-8"))
    return convert({"language": language, **words}, Locale)
