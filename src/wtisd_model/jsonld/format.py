"""What both vocabularies carry of an event."""

from typing import Final

from wtisd_model.programme.format import Fields, Format

_MEDIA_TYPE: Final = "application/ld+json"
_EXTENSION: Final = ".jsonld"

_NEITHER: Final = {
    "Call": frozenset({"address_unknown", "needs_approval", "pending_counts", "questions", "waitlist"}),
    "Contact": frozenset({"id", "language"}),
    "Event": frozenset(
        {
            "changed_sequence",
            "color",
            "created",
            "extensions",
            "history",
            "minimum_sequence",
            "provenance",
            "retention_days",
            "sequence",
            "updated",
        }
    ),
    "Session": frozenset({"changed_sequence", "code", "extensions", "history", "recording"}),
}
"""The fields that neither vocabulary has a property for."""


def _and(others: Fields) -> Fields:
    return _NEITHER | {name: fields | _NEITHER.get(name, frozenset()) for name, fields in others.items()}


FORMAT: Final = Format(
    name="jsonld",
    media_type=_MEDIA_TYPE,
    extension=_EXTENSION,
    as_text={
        "Contact": frozenset({"roles"}),
        "Document": frozenset({"addressees"}),
        "Event": frozenset({"audience", "theme", "venue_to_follow"}),
        "Session": frozenset({"inherited_places", "kind", "track"}),
        "TimeSlot": frozenset({"time_zone"}),
    },
    not_carried=_and(
        {
            "Deadline": frozenset({"time_zone"}),
            "Document": frozenset({"signed"}),
            "LocalizedText": frozenset({"language", "translations"}),
            "Organization": frozenset({"membership"}),
            "Series": frozenset({"edition", "next", "previous"}),
            "VirtualLocation": frozenset({"features"}),
        }
    ),
)
"""What is carried in schema.org's words."""

CPEV_FORMAT: Final = Format(
    name="cpev",
    media_type=_MEDIA_TYPE,
    extension=_EXTENSION,
    as_text={
        "Event": frozenset({"theme", "venue_to_follow", "virtual_locations"}),
        "Session": frozenset({"inherited_places", "track", "virtual_locations"}),
        "TimeSlot": frozenset({"time_zone"}),
    },
    not_carried=_and(
        {
            "Call": frozenset(
                {"deadline", "email", "kind", "languages", "on_site_capacity", "opens", "remote_capacity"}
            ),
            "Contact": frozenset({"job_title", "organization"}),
            "Event": frozenset({"documents", "image", "previous_slots", "short_title"}),
            "Location": frozenset({"capacity", "id", "latitude", "longitude"}),
            "Organization": frozenset({"acronym", "unit"}),
            "Session": frozenset({"materials", "on_site_capacity", "previous_slots", "remote_capacity"}),
        }
    ),
)
"""What is carried in the words of the Core Public Event Vocabulary."""
