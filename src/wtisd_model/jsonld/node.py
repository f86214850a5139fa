"""The nodes of JSON-LD, and what they are called: the IRIs of events, goals, statuses and modes."""

import re
from collections.abc import Mapping
from typing import Final
from uuid import UUID

from wtisd_model.model.session import EventStatus
from wtisd_model.types.attendance import AttendanceMode

Node = dict[str, object]
"""A node object: its members by name."""

# A URN (RFC 8141). A web address is rather that of a page about the event.
_URN: Final = re.compile(r"urn:(?:[A-Za-z0-9._~:/?#@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+")
_UUID: Final = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def node(kind: str, iri: str | None = None, /, **values: object) -> Node:
    """Return a node of a type, with those of its *values* that say something: not None, and not empty."""
    head = {"@type": kind} if iri is None else {"@type": kind, "@id": iri}
    return head | {name: value for name, value in values.items() if not _is_empty(value)}


def _is_empty(value: object) -> bool:
    return value in (None, "", [], {}) or (isinstance(value, dict) and value.keys() == {"@type"})


def iri_of(uid: str) -> str | None:
    """Return the URN that a uid is, or that of a UUID (RFC 9562 section 4); None for any other uid."""
    if _UUID.fullmatch(uid):
        return UUID(uid).urn
    return uid if _URN.fullmatch(uid) else None


def goal_iri(goal: str) -> str:
    """Return the IRI that the United Nations gave to a Sustainable Development Goal or one of its targets."""
    return f"http://metadata.un.org/sdg/{goal}"


STATUS: Final = {
    EventStatus.CANCELLED: "https://schema.org/EventCancelled",
    EventStatus.POSTPONED: "https://schema.org/EventPostponed",
    EventStatus.SCHEDULED: "https://schema.org/EventScheduled",
}
"""The EventStatusType of an event that was not rescheduled."""

MODE: Final[Mapping[AttendanceMode | None, str | None]] = {
    None: None,
    AttendanceMode.ON_SITE: "https://schema.org/OfflineEventAttendanceMode",
    AttendanceMode.REMOTE: "https://schema.org/OnlineEventAttendanceMode",
    AttendanceMode.MIXED: "https://schema.org/MixedEventAttendanceMode",
}
"""The EventAttendanceModeEnumeration; None without a place, as a cancelled session may be."""
