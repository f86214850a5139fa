"""The words of the two versions, moments and durations as programs write them, and ids that stay the same."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Final
from unicodedata import normalize
from uuid import UUID

from wtisd_model.model.session import EventStatus, SessionKind
from wtisd_model.types.document import DocumentKind
from wtisd_model.types.duration import parse_duration
from wtisd_model.types.identifiers import name_based_uid
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

# The default types of pretalx and frab, and common words in the types of organizers, each in singular or plural. The
# first one that occurs counts.
_KINDS: Final = (
    (SessionKind.KEYNOTE, r"keynote"),
    (SessionKind.WORKSHOP, r"workshop|tutorial|training|hands[ _-]?on"),
    (SessionKind.PANEL, r"panel|podium(?:sdiskussion)?|discussion|round[ _-]?table"),
    (SessionKind.PLENARY, r"plenar(?:y|ies)"),
    (SessionKind.CEREMONY, r"ceremon(?:y|ies)|opening|closing"),
    (SessionKind.SIDE_EVENT, r"side[ _-]?event"),
    (SessionKind.BREAK, r"break(?:fast)?|lunch|coffee"),
    (SessionKind.SOCIAL, r"social (?:event|dinner|programme)|social\Z|(?<!third[ -])part(?:y|ies)"),
    (SessionKind.SOCIAL, r"concert|performance|dj ?set|film|game|dinner|reception"),
    (SessionKind.OTHER, r"other"),
)
_EXACT: Final = frozenset({TALK, "lecture", "discussion", *SessionKind})


def kind_of(type_: str) -> SessionKind | None:
    """Return the kind of a session by its type, as far as its English words tell; None for a talk."""
    # A word also begins and ends at an underscore.
    forms = ((kind, rf"(?<![^\W_])(?:{words})(?:s|es)?(?![^\W_])") for kind, words in _KINDS)
    return next((kind for kind, form in forms if re.search(form, type_.lower())), None)


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

KEPT_TEXTS: Final = ("feedback_url", "logo", "origin_url", "recording_license", "subtitle", "type")
"""The texts about a session for which the model has no field; its extensions keep them by these names."""

CODE_FORM: Final = re.compile(r"[A-Z0-9]+")
SHORT_TAG: Final = re.compile(r"[a-z]{2}")
ZONE_FORM: Final = re.compile(r"[A-Z][a-z]+/[A-Z][a-z]+|.*UTC\Z")
SLUG_FORM: Final = re.compile(r"[a-z0-9_-]+[a-z0-9]")
"""The forms that the schemas require: of a code, a language, the name of a zone (its beginning) and a slug."""


_MINUTE: Final = dt.timedelta(minutes=1)
_HOURS_OF_DAY: Final = 24

# Programs write seconds or not, Z, an offset with or without a colon, or none at all.
_MOMENT: Final = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d)?(?:\.0+)?\s*(Z|[+-]\d\d:?\d\d)?)?", re.IGNORECASE | re.ASCII
)
# HH:MM of frab, and D:HH:MM of pretalx; version 2 has ISO 8601.
_CLOCK: Final = re.compile(r"(?:(\d{1,4}):)?(\d{1,6}):(\d\d)", re.ASCII)


def clock_text(length: dt.timedelta) -> str:
    """Return a duration in hours and minutes: ``01:30``, ``49:00``."""
    hours, minutes = divmod(length // _MINUTE, 60)
    return f"{hours:02}:{minutes:02}"


def parse_length(value: object) -> dt.timedelta | None:
    """Return a duration; None if it cannot be read."""
    clock = _CLOCK.fullmatch(value) if isinstance(value, str) else None
    if clock is not None:
        days, hours, minutes = (int(number or 0) for number in clock.groups())
        # 00:45:00 is 45 minutes in another notation, H:MM:SS, and 1:45:00 could be either.
        is_readable = clock[1] is None or hours < _HOURS_OF_DAY
        return dt.timedelta(days=days, hours=hours, minutes=minutes) if is_readable else None
    parsed = parse_duration(value)
    return None if parsed is None else sum(parsed, dt.timedelta())


def parse_moment(text: str) -> dt.datetime | dt.date | None:
    """Return a date, or a date and time in whole seconds, aware if it has an offset; None if it cannot be read."""
    match = _MOMENT.fullmatch(text)
    if match is None:
        return None
    day, time, seconds, offset = match.groups()
    try:
        if time is None:
            return dt.date.fromisoformat(day)
        return dt.datetime.fromisoformat(f"{day}T{time}{seconds or ':00'}{(offset or '').upper()}")
    except ValueError:
        return None


UUID_FORM: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")

_SHORTEST_ACRONYM: Final = 4
_LONGEST_SLUG: Final = 60
_LARGEST_NUMBER: Final = 2**31 - 1


def session_guid(uid: str) -> str:
    """Return the guid of the session that has *uid* in calendars: that uid itself if it is a UUID.

    Source: RFC 9562 section 5.5 (UUID version 5).
    """
    return uid if UUID_FORM.fullmatch(uid) else name_based_uid(uid)


def derived_guid(kind: str, *names: str) -> str:
    """Return the guid of something that has no uid, such as a room, by its kind and what distinguishes it."""
    return name_based_uid("\n".join((kind, *names)))


def slug(text: str) -> str:
    """Return a text in the letters, digits, hyphens and underscores of a slug; empty if fewer than two are left."""
    plain = normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    short = re.sub(r"[^a-z0-9_-]+", "_", plain)[:_LONGEST_SLUG].strip("_-")
    return short if len(short) > 1 else ""


def acronym(name: str, year: int) -> str:
    """Return a name as the acronym of a conference, four characters at least; with the year if it is shorter."""
    short = slug(name).replace("-", "_")
    return short if len(short) >= _SHORTEST_ACRONYM else f"{short or 'event'}_{year}"


def distinct(wanted: str, taken: dict[str, int], numbered: Callable[[str, int], str] = "{}_{}".format) -> str:
    """Return a name that is not *taken*, with a number if it has to be, and take it.

    The last number of each name is kept, so that a thousand equal names take no longer than different ones.
    """
    name, number = wanted, taken.get(wanted, 0)
    while name in taken:
        number += 1
        name = numbered(wanted, number + 1)
    taken[wanted] = number
    taken.setdefault(name, 0)
    return name


def numbers(guids: Iterable[str]) -> dict[str, int]:
    """Return a number for each guid: version 1 requires one, and some programs know sessions only by it."""
    number_of: dict[str, int] = {}
    taken: set[int] = set()
    for guid in guids:
        number = UUID(guid).int % _LARGEST_NUMBER + 1
        while number in taken:
            number = number % _LARGEST_NUMBER + 1
        taken.add(number)
        number_of[guid] = number
    return number_of


TO_FOLLOW: Final = derived_guid("room", "to follow")
"""The guid of the room of sessions whose place is announced later."""
