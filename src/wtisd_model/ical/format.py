"""What iCalendar and jCal carry of an event, as `to_ical` writes it without options and `from_ical` reads it."""

from typing import Final

from attrs import evolve

from wtisd_model.programme.format import Format

FORMAT: Final = Format(
    name="ical",
    media_type="text/calendar",
    extension=".ics",
    as_text={
        "Dossier": frozenset({"interpretation_requests"}),
        "Event": frozenset(
            {
                *{"theme", "description", "locations", "virtual_locations", "venue_to_follow", "contacts", "calls"},
                *{"documents", "floor_languages", "changed_sequence", "minimum_sequence"},
            }
        ),
        "Session": frozenset(
            {
                *{"description", "locations", "virtual_locations", "inherited_places", "people", "materials"},
                *{"floor_languages", "changed_sequence"},
            }
        ),
    },
    not_carried={
        "Event": frozenset(
            {
                *{"short_title", "series", "previous_slots", "audience", "groups", "goals"},
                *{"provenance", "retention_days", "history", "extensions"},
            }
        ),
        "Session": frozenset(
            {
                *{"previous_slots", "on_site_capacity", "remote_capacity", "code", "recording"},
                *{"history", "extensions"},
            }
        ),
        "Organization": frozenset({"acronym", "identifier", "unit", "membership", "country"}),
        "LocalizedText": frozenset({"translations"}),
    },
)
"""An organizer without an e-mail address is left out: ORGANIZER needs one. So are drafts among the sessions."""

JCAL: Final = evolve(FORMAT, name="jcal", media_type="application/calendar+json", extension=".jcal")
"""The same calendar in JSON. RFC 7265 section 7 has no extension of files."""
