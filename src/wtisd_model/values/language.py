"""Languages by their tags (BCP 47, signed languages too), and text that says which language it is in."""

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from attrs import field, frozen

from wtisd_model.codes import Code
from wtisd_model.fields import Checked, derive
from wtisd_model.findings import Finding, finding, pointer
from wtisd_model.nodes import Pattern
from wtisd_model.tables.languages import LANGUAGES, LONG_TO_SHORT, RETIRED, SIGN_LANGUAGES
from wtisd_model.values.text import LONG

# RFC 5646 section 2.1, without the forms that its section 4.5 rewrites: extended languages, grandfathered tags,
# and three letters where two are registered. Extensions say how to show a text, not what it is in.
_SHORT = "|".join(sorted(LANGUAGES))
_LONG = "|".join(sorted(LONG_TO_SHORT))
_TAG = re.compile(r"[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*")
_PATTERN = (
    rf"^(?:(?:{_SHORT})|(?!(?:{_LONG})(?:-|$))[a-z]{{3}})"
    r"(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(?!\n)$"
)


def _canonical(tag: str) -> str | None:
    """Find the canonical form of what was probably meant (RFC 5646 sections 2.1.1 and 4.5)."""
    if not _TAG.fullmatch(tag):
        return None
    first, *rest = tag.replace("_", "-").lower().split("-")
    if first == "sgn" and rest:  # a signed language is named by itself: ase, not sgn-ase
        first, *rest = rest
    first = RETIRED.get(first, first)
    shaped = "-".join([LONG_TO_SHORT.get(first, first), *map(_shaped, rest)])
    return shaped if re.match(_PATTERN, shaped) else None


def _shaped(subtag: str) -> str:
    if subtag.isalpha() and len(subtag) == 2:  # noqa: PLR2004 - a region has two letters, a script has four
        return subtag.upper()
    return subtag.capitalize() if subtag.isalpha() and len(subtag) == 4 else subtag  # noqa: PLR2004


LANGUAGE = Pattern(_PATTERN, 35, Code.LANGUAGE_UNKNOWN, hint=_canonical)
"""What a language tag may be."""

LanguageTag = Annotated[str, LANGUAGE]
"""A language (BCP 47) in canonical form: fr, fr-CH, zh-Hans, ase."""


def is_signed(tag: str) -> bool:
    """Tell whether a language tag names a signed language, International Sign among them."""
    return tag.partition("-")[0] in SIGN_LANGUAGES


class Translations(Mapping[str, str]):
    """Texts by language tag, sorted by tag; it cannot be changed."""

    __slots__ = ("_texts",)

    def __init__(self, texts: Mapping[str, str] | None = None) -> None:
        self._texts: dict[str, str] = dict(sorted((texts or {}).items(), key=lambda item: str(item[0])))

    def __getitem__(self, tag: str) -> str:
        return self._texts[tag]

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def __hash__(self) -> int:
        return hash(tuple(self._texts.items()))

    def __repr__(self) -> str:
        return f"Translations({self._texts!r})"


def _translations(value: Mapping[str, str]) -> Mapping[str, str]:
    given: Any = value
    return Translations(given) if isinstance(given, Mapping) else value  # what is none is for the check to refuse


def _no_second_original(language: str, translations: Mapping[str, str]) -> Iterator[Finding]:
    if language in translations:
        yield finding(Code.LANGUAGE_REPEATED, pointer("translations", language))


@frozen(kw_only=True, field_transformer=derive)
class LocalizedText(Checked):
    """A text in the language it was written in, and its translations."""

    INVARIANTS = (_no_second_original,)

    text: Annotated[str, LONG]
    """The text as it was written (schema.org text with inLanguage)."""
    language: LanguageTag
    """The language it was written in (RFC 5545 LANGUAGE)."""
    translations: Mapping[LanguageTag, Annotated[str, LONG]] = field(factory=Translations, converter=_translations)
    """The same in other languages (RFC 8984 localizations)."""

    def texts(self) -> Iterator[tuple[str, str]]:
        """Give the JSON Pointer to each text, and the text."""
        yield "/text", self.text
        for tag, text in self.translations.items():
            yield pointer("translations", tag), text

    def in_language(self, tag: str | None) -> tuple[str, str]:
        """Give the best text for a reader of *tag*, and the language it is in.

        The tag itself goes before its shorter forms (RFC 4647 section 3.4), and those before the original.
        """
        known = {**self.translations, self.language: self.text}
        while tag:
            if tag in known:
                return known[tag], tag
            tag = tag.rpartition("-")[0]
        return self.text, self.language
