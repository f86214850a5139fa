"""The links and attachments of a session of a foreign schedule."""

from collections.abc import Mapping
from typing import Any, Final

from attrs import field, frozen

from wtisd_model.codes import Code
from wtisd_model.formats.foreign import At
from wtisd_model.model.session import Session
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


def read_references(members: Mapping[str, Any], path: str, language: str, context: ScheduleContext) -> References:
    """Return the links and attachments of a session."""
    found = References()
    for key in ("links", "attachments"):
        for each, place in context.items(members.get(key), f"{path}/{key}"):
            if len(found.materials) == _MOST:
                context.notes.note(Code.VALUE_DROPPED, place, reason=Code.TOO_MANY_ITEMS)
                break
            # "fix wrong formatted links" (voc.event): some programs list addresses.
            link = {"url": each} if isinstance(each, str) else context.members(each, place)
            context.note_others(link, _READ, place, "link")
            type_ = link.get("type")
            word = type_.lower() if isinstance(type_, str) else ""
            url = context.address(link.get("url"), f"{place}/url")
            if url is None:
                continue
            if word in _URLS:
                found.urls[_URLS[word]] = url.value
                continue
            refused = WEB_ADDRESS.check(url.value, suggest=False)
            if refused is not None:
                context.notes.note(Code.VALUE_DROPPED, url.path, reason=refused.code)
                continue
            title = context.localized(
                context.texts(link.get("title"), f"{place}/title", language), LINE, f"{place}/title"
            )
            kind = DOCUMENT_KINDS.get(word, DocumentKind.OTHER).value
            found.materials.append(At({"kind": kind, "title": title, "url": url}, place))
    return found
