"""Language tags (BCP 47), signed languages included, and texts with their language."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Annotated, ClassVar, Final, cast

from attrs import field, frozen

from wtisd_model.codes import Code
from wtisd_model.data.languages import LANGUAGES, LONG_TO_SHORT, REPLACED, RETIRED, SIGN_LANGUAGES, UNSPECIFIC
from wtisd_model.findings import Finding, finding, pointer
from wtisd_model.schema.constraints import Pattern, compiled
from wtisd_model.schema.fields import Invariant
from wtisd_model.schema.mapping import FrozenMapping
from wtisd_model.schema.model import Model
from wtisd_model.types.arguments import require_instance, require_valid
from wtisd_model.types.text import LONG

_MAX_LENGTH = 35


def _with_canonical_case(tag: str) -> str:
    """Return a tag in the conventional case of its parts (RFC 5646 section 2.1.1): zh-Hans-CN."""
    first, *rest = tag.lower().split("-")
    return "-".join([first, *map(_part_with_canonical_case, rest)])


_CASE_BY_LENGTH: Final[Mapping[int, Callable[[str], str]]] = {2: str.upper, 4: str.capitalize}
"""The case of the letters of a region, and of a script."""


def _part_with_canonical_case(part: str) -> str:
    return _CASE_BY_LENGTH.get(len(part), str)(part) if part.isalpha() else part


# RFC 5646 section 2.1, without the forms that its section 4.5 rewrites: extended languages, replaced tags and codes,
# and three letters where two are registered. Extensions say how to display a text, not which language it is in.
_SHORT = "|".join(sorted(LANGUAGES))
_NOT_CANONICAL = "|".join(sorted({*LONG_TO_SHORT, *RETIRED, *map(_with_canonical_case, REPLACED)}))
_TAG = r"[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*"
_WHOLE = rf"(?:{'|'.join(REPLACED)})(?![^-])"
_PATTERN = (
    rf"^(?!(?:{_NOT_CANONICAL})(?:-|$))(?:(?:{_SHORT})|[a-z]{{3}})"
    r"(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(?!\n)$"
)
# A part of four characters or more may be somebody's name or number, and is not repeated in a suggestion, unless it
# is a common script or the year of a spelling reform.
_SCRIPTS = (
    "Arab|Armn|Beng|Cyrl|Deva|Ethi|Geor|Grek|Gujr|Guru|Hans|Hant|Hebr|Jpan|Khmr|Knda|Kore|Laoo|Latn|Mlym|Mong|Mymr"
    "|Orya|Sinh|Taml|Telu|Thaa|Thai|Tibt"
)
_NOT_REPEATED = rf"-(?!(?:{_SCRIPTS}|19[0-9]{{2}})(?:-|$))[A-Za-z0-9]{{4}}"


def _canonical(tag: str) -> str | None:
    """Return the canonical form of the tag that was probably meant (RFC 5646 sections 2.1.1 and 4.5), or None."""
    if not compiled(_TAG).fullmatch(tag):
        return None
    lowered = tag.replace("_", "-").lower()
    whole = compiled(_WHOLE).match(lowered)
    if whole is not None:
        lowered = REPLACED[whole[0]] + lowered[whole.end() :]
    first, *rest = lowered.split("-")
    if first == "sgn" and rest and rest[0] in SIGN_LANGUAGES:  # ase, not sgn-ase
        first, *rest = rest
    first = RETIRED.get(first, first)
    meant = _with_canonical_case("-".join([LONG_TO_SHORT.get(first, first), *rest]))
    safe = len(meant) <= _MAX_LENGTH and compiled(_PATTERN).match(meant) and not compiled(_NOT_REPEATED).search(meant)
    return meant if safe else None


LANGUAGE = Pattern(_PATTERN, _MAX_LENGTH, Code.LANGUAGE_UNKNOWN, hint=_canonical)
"""The constraint of a language tag."""

LanguageTag = Annotated[str, LANGUAGE]
"""A language (BCP 47) in canonical form: fr, fr-CH, zh-Hans, ase."""

TaggedText = tuple[str, str]
"""A text, and the tag of its language."""


def require_language(tag: str | None) -> str | None:
    """Return *tag* if it is a language tag or None; otherwise raise (``language-unknown`` or ``wrong-type``)."""
    return None if tag is None else require_valid(tag, LANGUAGE, "/language")


def localized(text: "str | LocalizedText", language: str, parameter: str) -> "LocalizedText":
    """Return a text that is in *language* if it is a string; *parameter* names the argument that it is.

    Raises:
        InvalidValueError: a code of texts.
        TypeError: it is neither.
    """
    if isinstance(text, str):
        return LocalizedText(require_valid(text, LONG, pointer(parameter)), language)
    return require_instance(text, LocalizedText, f"{parameter} must be a string or a LocalizedText.")


def language_tag(value: object) -> str | None:
    """Return the tag of a language that another program names, in canonical form; None if it has none."""
    if not isinstance(value, str):
        return None
    found = LANGUAGE.check(value)
    if found is None:
        return value
    meant = found.params.get("suggestion")
    return meant if isinstance(meant, str) else None


def is_signed(tag: str) -> bool:
    """Return True if the tag names a signed language, such as International Sign."""
    return tag.partition("-")[0] in SIGN_LANGUAGES


def is_unspecific(tag: str) -> bool:
    """Return True if the tag names no particular language: ``und``, ``mul``, ``zxx``, ``sgn``."""
    return tag.partition("-")[0] in UNSPECIFIC


def language_fallbacks(tag: str) -> Iterator[str]:
    """Yield the tag, then the tag with ever more parts cut off at its end (RFC 4647 section 3.4): fr-CH, fr."""
    while tag:
        yield tag
        tag = tag.rpartition("-")[0]


class TagSet:
    """Language tags; a tag is in it if an equal, a shorter or a longer one is."""

    __slots__ = ("_exact", "_longer")

    def __init__(self, tags: Iterable[str]) -> None:
        self._exact = frozenset(tags)
        self._longer = frozenset(each for tag in self._exact for each in language_fallbacks(tag))

    def __contains__(self, tag: str) -> bool:
        return tag in self._longer or any(each in self._exact for each in language_fallbacks(tag))


class Translations(FrozenMapping[str]):
    """Texts by language tag, sorted by tag; immutable."""

    __slots__ = ()


def _translations(value: Mapping[str, str]) -> Mapping[str, str]:
    # Anything else is left for the check to refuse.
    return Translations(value) if isinstance(cast("object", value), Mapping) else value


def _no_second_original(language: str, translations: Mapping[str, str]) -> Iterable[Finding]:
    if language not in translations:
        return ()
    return (finding(Code.LANGUAGE_REPEATED, pointer("translations", language)),)


@frozen(eq=False, repr=False)
class LocalizedText(Model):
    """A text in its original language, and its translations.

    Text and language may be given by position: ``LocalizedText("Forum", "en")``.
    """

    INVARIANTS: ClassVar[tuple[Invariant, ...]] = (_no_second_original,)

    text: Annotated[str, LONG]
    """The original text (schema.org text with inLanguage)."""
    language: LanguageTag
    """The language of the original text (RFC 5545 LANGUAGE)."""
    translations: Mapping[LanguageTag, Annotated[str, LONG]] = field(
        default=Translations(), converter=_translations, kw_only=True
    )
    """Translations by language tag (RFC 8984 localizations)."""

    def __str__(self) -> str:
        return self.text

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield each text with the JSON Pointer to it."""
        yield "/text", self.text
        for tag, text in self.translations.items():
            yield pointer("translations", tag), text

    def in_language(self, tag: str | None) -> TaggedText:
        """Return the best text for a reader of *tag*, and the language of that text.

        A text in *tag* itself is preferred to one in a shorter form of it, and that to the original. *tag* is any text:
        case is ignored (RFC 4647 sections 2 and 3.4), and ``fr_CH`` is read as ``fr-CH``.
        """
        if tag is None or tag == self.language or not self.translations:  # the common cases need no search
            return self.text, self.language
        if (translation := self.translations.get(tag)) is not None:
            return translation, tag
        known = {each.lower(): (text, each) for each, text in self.translations.items()}
        known[self.language.lower()] = self.text, self.language
        tags = language_fallbacks(tag.lower().replace("_", "-"))
        return next((known[each] for each in tags if each in known), (self.text, self.language))
