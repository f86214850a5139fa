"""The words of the two versions for kinds of sessions, roles of people and kinds of documents."""

import re
from collections.abc import Mapping
from typing import Final

from wtisd_model.model.session import EventStatus, SessionKind
from wtisd_model.types.document import DocumentKind
from wtisd_model.types.people import Role

TALK: Final = "talk"
"""The type of a session whose kind is not stated."""

TYPE_BY_KIND: Final[Mapping[SessionKind | None, str]] = {
    None: "TALK",
    SessionKind.BREAK: "OTHER",  # a break that has more than a MetaEvent can hold
    SessionKind.CEREMONY: "OTHER",
    SessionKind.KEYNOTE: "TALK",
    SessionKind.OTHER: "OTHER",
    SessionKind.PANEL: "DISCUSSION",
    SessionKind.PLENARY: "MEETING",
    SessionKind.SIDE_EVENT: "OTHER",
    SessionKind.SOCIAL: "OTHER",
    SessionKind.WORKSHOP: "WORKSHOP",
}
"""The types of version 2, by kind."""

BREAK_2: Final = "BREAK"
"""The type of a break without anything that a MetaEvent cannot hold."""

# The default types of pretalx and frab, and common words in the types of organizers. The first one that occurs counts.
_KINDS: Final = (
    (SessionKind.KEYNOTE, r"keynote"),
    (SessionKind.WORKSHOP, r"workshop|tutorial|training|hands[ _-]?on"),
    (SessionKind.PANEL, r"panel|podium|discussion|round[ _-]?table"),
    (SessionKind.PLENARY, r"plenary"),
    (SessionKind.CEREMONY, r"ceremony|opening|closing"),
    (SessionKind.SIDE_EVENT, r"side[ _-]?event"),
    (SessionKind.BREAK, r"break|lunch|coffee"),
    (SessionKind.SOCIAL, r"social|party|concert|performance|dj ?set|film|game|dinner|reception"),
    (SessionKind.OTHER, r"other"),
)
_EXACT: Final = frozenset({TALK, "lecture", "discussion", *SessionKind})


def kind_of(type_: str) -> SessionKind | None:
    """Return the kind of a session by its type, as far as its English words tell; None for a talk."""
    return next((kind for kind, words in _KINDS if re.search(rf"\b(?:{words})", type_.lower())), None)


def is_plain(type_: str) -> bool:
    """Return True if a type says no more than its kind."""
    return type_.lower() in _EXACT


WORD_BY_ROLE: Final[Mapping[Role, str]] = {
    Role.CHAIR: "MODERATOR",
    Role.VICE_CHAIR: "MODERATOR",
    Role.MODERATOR: "MODERATOR",
    Role.HOST: "HOST",
    Role.RAPPORTEUR: "CONTRIBUTOR",
}
"""The words that version 2 is written with; all other roles are SPEAKER."""

ROLE_BY_WORD: Final[Mapping[str, Role]] = {"SPEAKER": Role.SPEAKER, "MODERATOR": Role.MODERATOR, "HOST": Role.HOST}
"""The roles that are read."""

OTHER_ROLES: Final = frozenset({"CONTRIBUTOR", "GUEST"})
"""The roles that have no equivalent."""

ATTACHMENTS: Final[Mapping[DocumentKind, str]] = {DocumentKind.PRESENTATION: "slides", DocumentKind.REPORT: "paper"}
"""The documents that are attachments, with their type."""

LINKS: Final[Mapping[DocumentKind, str]] = {DocumentKind.MEDIA: "media"}
"""The types of other documents, which are links: all others are ``related``."""

DOCUMENT_KINDS: Final[Mapping[str, DocumentKind]] = {
    "slides": DocumentKind.PRESENTATION,
    "paper": DocumentKind.REPORT,
    "article": DocumentKind.REPORT,
    "media": DocumentKind.MEDIA,
}
"""The kinds of documents, by type; all others are OTHER."""

STATUS_BY_STATE: Final[Mapping[str, EventStatus]] = {
    "DRAFT": EventStatus.DRAFT,
    "SUBMITTED": EventStatus.DRAFT,
    "ACCEPTED": EventStatus.DRAFT,
    "CONFIRMED": EventStatus.SCHEDULED,
    "DELAYED": EventStatus.POSTPONED,
    "CANCELED": EventStatus.CANCELLED,
    "REJECTED": EventStatus.CANCELLED,
    "WITHDRAWN": EventStatus.CANCELLED,
    "DELETED": EventStatus.CANCELLED,
}
"""The states of version 2, as they are read; an event is CONFIRMED unless it says otherwise."""

STATE_BY_STATUS: Final[Mapping[EventStatus, str]] = {
    EventStatus.POSTPONED: "DELAYED",
    EventStatus.CANCELLED: "CANCELED",
}
"""The states of version 2 that are written; all other statuses have none."""

META: Final = "wtisd-model"
"""The member of ``conference.meta`` that this package writes."""

VENDOR: Final = "c3voc.de"
"""The owner of the names in ``extensions`` of what the model has no field for."""

TRACKS: Final = f"{VENDOR}:tracks"
"""The extension of an event that keeps the tracks, with their colours."""

KEPT_TEXTS: Final = ("feedback_url", "logo", "origin_url", "recording_license", "room", "subtitle", "type")
"""The texts about a session for which the model has no field; its extensions keep them by these names."""

CODE_FORM: Final = re.compile(r"[A-Z0-9]+")
SHORT_TAG: Final = re.compile(r"[a-z]{2}")
ZONE_FORM: Final = re.compile(r"[A-Z][a-z]+/[A-Z][a-z]+|.*UTC\Z")
SLUG_FORM: Final = re.compile(r"[a-z0-9_-]+[a-z0-9]")
"""The forms that the schemas require: of a code, a language, the name of a zone (its beginning) and a slug."""
