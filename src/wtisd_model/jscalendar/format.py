"""What JSCalendar carries of an event, with and without personal data."""

from typing import Final

from attrs import evolve

from wtisd_model.programme.format import Format
from wtisd_model.programme.people import Readers

PERSONAL_FORMAT: Final = Format(
    name="jscalendar",
    media_type="application/jscalendar+json",
    extension=".json",
    readers=Readers.OFFICE,
    not_carried={
        "Event": frozenset({"history", "provenance", "retention_days"}),
        "Session": frozenset({"history"}),
    },
)
"""What is written with *personal*: all but what only the office needs."""

FORMAT: Final = evolve(
    PERSONAL_FORMAT,
    readers=Readers.PUBLIC,
    not_carried={name: fields | {"extensions"} for name, fields in PERSONAL_FORMAT.not_carried.items()},
    private=frozenset({"id", "email", "phone", "language"}),
)
"""What is written by default."""
