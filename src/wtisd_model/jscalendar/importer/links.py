"""``links`` as the web page, the picture and the documents of an event."""

from typing import Final, NamedTuple

from wtisd_model.codes import Code
from wtisd_model.formats.foreign import At
from wtisd_model.jscalendar.importer.context import JSCalendarEvent, as_object, by_number, own_fields
from wtisd_model.jscalendar.names import FIELDS, Object
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
    for key, link, path in source.entries("links"):
        href = link.get("href")
        if WEB_ADDRESS.check(href, suggest=False) is not None:
            source.notes.note(Code.VALUE_DROPPED, f"{path}/href", reason=Code.URI_MALFORMED)
            continue
        at, rel = At(href, f"{path}/href"), link.get("rel")
        source.note_unsupported(link, path, _READ, {})
        if rel == "describedby" and url is None and FIELDS not in link:
            url = at
        elif rel == "icon" and image is None:
            image = at
        else:
            documents[key] = At(_document(source, key, link, path) | {"url": at}, path)
    later = as_object(own_fields(source.members).get("documents"))
    # The others have their number behind a hyphen.
    documents = {f"document-{key}": At(each, source.path) for key, each in later.items()} | documents
    return Links(url, image, [documents[key] for key in sorted(documents, key=by_number)])


def _document(source: JSCalendarEvent, key: str, link: Object, path: str) -> Object:
    fields = own_fields(link)
    title = source.localized(link.get("title"), LINE, f"{path}/title", "links", key, "title", own=fields.get("title"))
    return {"kind": "other", **fields, "title": title}
