"""Documents of an event or a session as ATTACH, and in words, since few calendar programs show ATTACH."""

from collections.abc import Iterable, Iterator

from wtisd_model.ical.property import Property
from wtisd_model.ical.values import encode_uri
from wtisd_model.locales.locale import Locale
from wtisd_model.types.document import Document
from wtisd_model.types.language import TaggedText


def attachments(documents: Iterable[Document], language: str | None, words: Locale) -> Iterator[Property]:
    """Yield an ATTACH for each document with a web address.

    There is no FMTTYPE: a document has no media type, and the end of an address promises none.

    Source: RFC 5545 section 3.8.1.1; RFC 7986 section 6.4 (LABEL).
    """
    for each in documents:
        if each.url is not None:
            label, tag = document_label(each, language, words)
            yield Property("ATTACH", encode_uri(each.url), {"LABEL": (label,), "LANGUAGE": (tag,)})


def documents_in_words(documents: Iterable[Document], language: str | None, words: Locale) -> Iterator[TaggedText]:
    """Yield a paragraph for each document with a web address: what it is, and where."""
    for each in documents:
        if each.url is not None:
            label, tag = document_label(each, language, words)
            copy = "" if each.language in {None, tag} else f" ({each.language})"
            yield f"{label}{copy}: {each.url}", tag


def document_label(document: Document, language: str | None, words: Locale) -> TaggedText:
    """Return the title of a document or, without one, its kind and symbol."""
    if document.title is not None:
        return document.title.in_language(language)
    kind = words.documents[document.kind]
    return kind if document.symbol is None else f"{kind} {document.symbol}", words.language
