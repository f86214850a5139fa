"""What iCalendar and jCal carry of an event."""

from typing import Final

from attrs import evolve

from wtisd_model.formats.format import Format

FORMAT: Final = Format(
    name="ical",
    media_type="text/calendar",
    extension=".ics",
    as_text={
        "Event": frozenset({"theme", "description", "contacts", "locations", "virtual_locations", "calls"}),
        "Session": frozenset({"description", "locations", "virtual_locations", "track"}),
    },
    not_carried={
        "Event": frozenset(
            {
                "audience",
                "changed_sequence",
                "documents",
                "extensions",
                "floor_languages",
                "goals",
                "groups",
                "history",
                "minimum_sequence",
                "previous_slots",
                "provenance",
                "retention_days",
                "series",
                "short_title",
                "venue_to_follow",
            }
        ),
        "Session": frozenset(
            {
                "changed_sequence",
                "code",
                "extensions",
                "floor_languages",
                "history",
                "inherited_places",
                "kind",
                "materials",
                "on_site_capacity",
                "people",
                "previous_slots",
                "recording",
                "remote_capacity",
            }
        ),
        "LocalizedText": frozenset({"translations"}),
        "Organization": frozenset({"acronym", "country", "identifier", "membership", "unit"}),
    },
)

JCAL: Final = evolve(FORMAT, name="jcal", media_type="application/calendar+json", extension=".jcal")
"""The same calendar in JSON. RFC 7265 section 7 has no extension of files."""
