"""ATTACH as documents."""

from collections.abc import Iterator
from typing import Final

from wtisd_model.ical.component import Component
from wtisd_model.ical.context import ImportContext
from wtisd_model.model.event import Event
from wtisd_model.schema.fields import most_items
from wtisd_model.types.document import Document, DocumentKind
from wtisd_model.types.language import LocalizedText
from wtisd_model.types.text import LINE, WEB_ADDRESS

MOST_DOCUMENTS: Final = most_items(Event, "documents")


def read_documents(vevent: Component, context: ImportContext) -> Iterator[Document]:
    """Yield each ATTACH that is a web address; its title is LABEL or, as Google and Thunderbird write it, FILENAME."""
    for count, each in enumerate(vevent.all("ATTACH")):
        url = each.value.strip()
        if count >= MOST_DOCUMENTS or WEB_ADDRESS.check(url, suggest=False) is not None:
            context.drop(each)
            continue
        title = context.parameter(each, "LABEL", LINE) or context.parameter(each, "FILENAME", LINE)
        yield Document(
            kind=DocumentKind.OTHER,
            title=None if title is None else LocalizedText(text=title, language=context.language_of(each)),
            url=url,
        )
