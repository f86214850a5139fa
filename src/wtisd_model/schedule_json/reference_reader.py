"""The links and attachments of a session of a foreign schedule."""

from typing import Final

from attrs import field, frozen

from wtisd_model.codes import Code
from wtisd_model.model.session import Session
from wtisd_model.reading.foreign_value import ForeignValue
from wtisd_model.reading.notes import At
from wtisd_model.schedule_json.context import ScheduleContext
from wtisd_model.schedule_json.vocabulary import DOCUMENT_KINDS
from wtisd_model.schema.fields import most_items
from wtisd_model.types.document import DocumentKind
from wtisd_model.types.text import LINE, WEB_ADDRESS

_READ: Final = frozenset({"title", "type", "url"})
_MOST: Final = most_items(Session, "materials")
_URLS: Final = {"feedback": "feedback_url", "origin": "origin_url"}
"""The types of links in version 2 that are members of their own in version 1."""


@frozen
class References:
    """The links and attachments of a session."""

    materials: list[At] = field(factory=list[At])
    """Those that are documents, as drafts of Document."""
    urls: dict[str, str] = field(factory=dict[str, str])
    """Those for which version 1 has a member, by its name."""


def read_references(source: ForeignValue, language: str, context: ScheduleContext) -> References:
    """Return the links and attachments of a session."""
    found = References()
    for key in ("links", "attachments"):
        for each in source[key].items():
            if len(found.materials) == _MOST:
                each.drop(Code.TOO_MANY_ITEMS)
                break
            # "fix wrong formatted links" (voc.event): some programs list addresses.
            link = each.object() if each.string is None else ForeignValue({"url": each.value}, each.path, each.notes)
            link.note_others(_READ, "link")
            word = (link["type"].string or "").lower()
            url = context.address(link["url"])
            if url is None:
                continue
            if word in _URLS:
                found.urls[_URLS[word]] = url.value
                continue
            refused = WEB_ADDRESS.check(url.value, suggest=False)
            if refused is not None:
                link["url"].drop(refused.code)
                continue
            kind = DOCUMENT_KINDS.get(word, DocumentKind.OTHER).value
            title = context.text(link["title"], LINE, language)
            found.materials.append(At({"kind": kind, "title": title, "url": url}, link.path))
    return found
