"""What the two versions of schedule.json carry of an event."""

from collections.abc import Mapping
from typing import Final

from wtisd_model.model.session import EventStatus
from wtisd_model.programme.format import Format

_STATUS: Final = frozenset({"status"})
_TRANSLATIONS: Final = frozenset({"translations"})

# What both versions write as text, and what neither carries.
_EVENT_AS_TEXT: Final = frozenset({"locations", "sequence", "updated", "venue_to_follow", "virtual_locations"})
_SESSION_AS_TEXT: Final = frozenset({"inherited_places", "locations", "materials", "people", "virtual_locations"})
_NOT_OF_EVENT: Final = frozenset(
    {
        *{"audience", "calls", "changed_sequence", "contacts", "created", "documents", "extensions", "goals"},
        *{"groups", "history", "minimum_sequence", "organizer", "previous_slots", "provenance"},
        *{"retention_days", "series", "theme"},
    }
)
_NOT_OF_SESSION: Final = frozenset(
    {"changed_sequence", "extensions", "history", "on_site_capacity", "previous_slots", "remote_capacity"}
)

FORMATS: Final[Mapping[int, Format]] = {
    1: Format(
        name="schedule-json",
        media_type="application/json",
        extension=".json",
        as_text={"Event": _EVENT_AS_TEXT, "Session": _SESSION_AS_TEXT},
        not_carried={
            "Event": _NOT_OF_EVENT | _STATUS,
            "Session": _NOT_OF_SESSION | _STATUS,
            "LocalizedText": _TRANSLATIONS,
        },
        statuses=frozenset({EventStatus.SCHEDULED}),
    ),
    2: Format(
        name="schedule-json-2",
        media_type="application/json",
        extension=".json",
        as_text={
            "Event": _EVENT_AS_TEXT | _STATUS,
            "Session": _SESSION_AS_TEXT | _STATUS,
            "LocalizedText": _TRANSLATIONS,
        },
        not_carried={"Event": _NOT_OF_EVENT, "Session": _NOT_OF_SESSION},
    ),
}
"""The formats by version."""
