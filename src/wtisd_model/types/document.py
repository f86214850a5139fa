"""Documents of an event, such as the letter of invitation."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from attrs import field, frozen

from wtisd_model.codes import Code
from wtisd_model.findings import Finding, finding
from wtisd_model.schema.constraints import Pattern, compiled
from wtisd_model.schema.fields import Either, Invariant, SetOfEither
from wtisd_model.schema.model import Model
from wtisd_model.schema.patterns import ISSUE_DATE
from wtisd_model.types.language import LanguageTag, LocalizedText
from wtisd_model.types.people import Membership, MembershipWord
from wtisd_model.types.text import LINE, Label, WebAddress


class DocumentKind(StrEnum):
    """The kind of document."""

    AGENDA = "agenda"
    CIRCULAR_LETTER = "circular-letter"
    INVITATION = "invitation"
    MEDIA = "media"
    OTHER = "other"
    PRESENTATION = "presentation"
    REPORT = "report"


DocumentKindWord = Literal["agenda", "circular-letter", "invitation", "media", "other", "presentation", "report"]


IssueDate = Annotated[
    str, Pattern(rf"^(?:{ISSUE_DATE}|(?:19|2[01])[0-9]{{2}}-(?:0[1-9]|1[0-2]))(?!\n)$", 10, Code.DATE_UNREADABLE)
]
"""A day, or a month if the day is not known (ISO 8601): 2023-04-12, 2023-03."""

# The format of ITU's symbols: series, year in two digits, number.
_SYMBOL = r"[A-Z]+-(?P<year>[0-9]{2})/[0-9]+"


def _year_in_symbol(symbol: str | None, issued: str | None) -> Iterator[Finding]:
    match = None if symbol is None else compiled(_SYMBOL).fullmatch(symbol)
    if match is not None and issued is not None and match["year"] != issued[2:4]:
        yield finding(Code.DOCUMENT_YEAR_DIFFERS, "/symbol")


@frozen(kw_only=True, eq=False, repr=False)
class DocumentReference(Model):
    """A reference to a document that another document follows."""

    INVARIANTS: ClassVar[tuple[Invariant, ...]] = (_year_in_symbol,)

    kind: DocumentKind = field(converter=Either[DocumentKind, DocumentKindWord])
    """The kind of document."""
    symbol: Label | None = None
    """Its symbol: series, year and number (schema.org identifier)."""
    issued: IssueDate | None = None
    """The date of issue (schema.org datePublished)."""
    title: Annotated[LocalizedText, LINE] | None = None
    """The title (schema.org name)."""
    url: WebAddress | None = None
    """Its web address (schema.org url)."""


def _follows_another(symbol: str | None, follows: DocumentReference | None) -> Iterator[Finding]:
    if follows is not None and symbol is not None and follows.symbol == symbol:
        yield finding(Code.DOCUMENT_FOLLOWS_ITSELF, "/follows/symbol")


def _follows_an_older(issued: str | None, follows: DocumentReference | None) -> Iterator[Finding]:
    if issued is None or follows is None or follows.issued is None:
        return
    known = min(len(issued), len(follows.issued))  # a month and a day are compared by month
    if follows.issued[:known] > issued[:known]:
        yield finding(Code.DOCUMENT_FOLLOWS_NEWER, "/follows/issued")


@frozen(kw_only=True, eq=False, repr=False)
class Document(Model):
    """A document of an event (schema.org subjectOf)."""

    INVARIANTS: ClassVar[tuple[Invariant, ...]] = (_year_in_symbol, _follows_another, _follows_an_older)

    kind: DocumentKind = field(converter=Either[DocumentKind, DocumentKindWord])
    """The kind of document."""
    symbol: Label | None = None
    """Its symbol: series, year and number, such as CL-23/9 (schema.org identifier)."""
    issued: IssueDate | None = None
    """The date of issue (schema.org datePublished)."""
    language: LanguageTag | None = None
    """The language of this copy (schema.org inLanguage)."""
    original_language: LanguageTag | None = None
    """The language of the original, if the document states it (schema.org translationOfWork)."""
    title: Annotated[LocalizedText, LINE] | None = None
    """The title (schema.org name)."""
    url: WebAddress | None = None
    """Its web address (schema.org url)."""
    signed: bool = False
    """True if the original is signed."""
    addressees: frozenset[Membership] = field(default=frozenset(), converter=SetOfEither[Membership, MembershipWord])
    """The membership categories that it is addressed to (schema.org audience)."""
    follows: DocumentReference | None = None
    """The document that it follows up on (schema.org isBasedOn)."""
