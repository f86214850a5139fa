"""What stands round the VEVENTs of a VCALENDAR, of feeds and messages alike: who wrote it, and its time zones."""

from collections.abc import Iterable, Iterator
from typing import Final

from wtisd_model.ical.content_line import line, text
from wtisd_model.ical.times import zone_needed
from wtisd_model.ical.vtimezone import vtimezone
from wtisd_model.types.timeslot import TimeSlot

PRODUCT_NAME: Final = "-//wtisd_model//iCalendar//EN"
"""Without a version, so that a release of ours changes no file (ISO 9070 formal public identifier, RFC 5545 3.7.3)."""

PRODUCT: Final = line("PRODID", text(PRODUCT_NAME))

VERSION: Final = line("VERSION", text("2.0"))


def time_zones(slots: Iterable[TimeSlot], *, utc: bool) -> Iterator[bytes]:
    """Write a VTIMEZONE for each zone that a TZID names (RFC 5545 section 3.2.19)."""
    named: dict[str, list[TimeSlot]] = {}
    for slot in slots:
        zone = zone_needed(slot, utc=utc)
        if zone is not None:
            named.setdefault(zone, []).append(slot)
    for zone in sorted(named):
        first = min(slot.starts_at for slot in named[zone])
        last = max(slot.ends_at for slot in named[zone])
        yield vtimezone(zone, first=first, last=last)
