"""What the two versions of schedule.json carry of an event."""

from collections.abc import Mapping
from typing import Final

from wtisd_model.formats.format import Fields, Format

_AS_TEXT: Final[Fields] = {
    "Event": frozenset({"locations", "sequence", "status", "updated", "venue_to_follow", "virtual_locations"}),
    "Session": frozenset({"inherited_places", "locations", "materials", "people", "status", "virtual_locations"}),
}
_NOT_CARRIED: Final[Fields] = {
    "Event": frozenset(
        {
            *{"audience", "calls", "changed_sequence", "contacts", "created", "documents", "extensions", "goals"},
            *{"groups", "history", "minimum_sequence", "organizer", "previous_slots", "provenance"},
            *{"retention_days", "series", "theme"},
        }
    ),
    "Session": frozenset(
        {"changed_sequence", "extensions", "history", "on_site_capacity", "previous_slots", "remote_capacity"}
    ),
}


def _format(name: str, *, as_text: Fields, not_carried: Fields) -> Format:
    return Format(name=name, media_type="application/json", extension=".json", as_text=as_text, not_carried=not_carried)


FORMATS: Final[Mapping[int, Format]] = {
    1: _format(
        "schedule-json",
        as_text=_AS_TEXT,
        not_carried={**_NOT_CARRIED, "LocalizedText": frozenset({"translations"})},
    ),
    2: _format(
        "schedule-json-2",
        as_text={**_AS_TEXT, "LocalizedText": frozenset({"translations"})},
        not_carried=_NOT_CARRIED,
    ),
}
"""The formats by version."""
