"""``links`` as the web page, the picture and the documents of an event."""

from typing import Final, NamedTuple

from wtisd_model.codes import Code
from wtisd_model.jscalendar.importer.context import JSCalendarEvent, by_number, note_unread
from wtisd_model.jscalendar.names import FIELDS, Object
from wtisd_model.reading.foreign_value import ForeignValue
from wtisd_model.reading.notes import At
from wtisd_model.types.text import LINE, WEB_ADDRESS

_READ: Final = frozenset({"@type", "href", "rel", "title", FIELDS})


class Links(NamedTuple):
    """The links of an Event."""

    url: At | None
    image: At | None
    documents: list[At]


def read_links(source: JSCalendarEvent) -> Links:
    """Return the first link that describes the event, the first icon, and all others as documents.

    With them come the documents that this package wrote without an address.
    """
    url = image = None
    documents: dict[str, At] = {}
    for key, link in source.entries("links"):
        href, rel = link["href"], link["rel"].value
        if WEB_ADDRESS.check(href.value, suggest=False) is not None:
            href.drop(Code.URI_MALFORMED)
            continue
        note_unread(link, _READ)
        if rel == "describedby" and url is None and FIELDS not in link.members:
            url = href.at
        elif rel == "icon" and image is None:
            image = href.at
        else:
            documents[key] = At(_document(source, key, link) | {"url": href.at}, link.path)
    later = source.fields["documents"].members
    # The others have their number behind a hyphen.
    documents = {f"document-{key}": At(each, source.path) for key, each in later.items()} | documents
    return Links(url, image, [documents[key] for key in sorted(documents, key=by_number)])


def _document(source: JSCalendarEvent, key: str, link: ForeignValue) -> Object:
    fields = link[FIELDS]
    title = source.localized(link["title"], LINE, "links", key, "title", own=fields["title"])
    return {"kind": "other", **fields.members, "title": title}
