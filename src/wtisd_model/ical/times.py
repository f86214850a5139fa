"""DTSTART, DTEND and DTSTAMP: slots and moments as properties."""

from datetime import date, datetime
from typing import Final

from pendulum import DateTime

from wtisd_model.contentlines.component import Property
from wtisd_model.contentlines.values import (
    encode_date,
    encode_date_time_local,
    encode_date_time_utc,
    encode_text,
)
from wtisd_model.types.timeslot import TimeSlot
from wtisd_model.types.timezone import to_local_time

_AS_DATE: Final = {"VALUE": ("DATE",)}


def zone_needed(slot: TimeSlot, *, utc: bool) -> str | None:
    """Return the zone whose VTIMEZONE the times of *slot* need, or None if they are dates, or written in UTC.

    They are in UTC if *utc* is true, if the zone is UTC, and if the start or the end is a local time that occurs twice.
    That "refers to the first occurrence of the referenced time" (RFC 5545 section 3.3.5), so the second one has no
    local form; and half of the calendar programs read the first one as the second.
    """
    zone = slot.time_zone
    in_utc = utc or zone == "UTC" or _is_repeated(slot.start) or _is_repeated(slot.end)
    return None if in_utc or slot.whole_days else zone


def slot_properties(slot: TimeSlot, *, utc: bool) -> list[Property]:
    """Return DTSTART and DTEND.

    Both have the same form, as RFC 5545 section 3.6.1 asks. Dates have no zone (section 3.3.4), and times in UTC only
    that; ``X-WTISD-ZONE`` keeps the zone for programs that read the file back.
    """
    if slot.whole_days:
        return day_properties(slot.start, slot.end, slot.time_zone)
    zone = zone_needed(slot, utc=utc)
    if zone is not None:
        in_zone = {"TZID": (zone,)}
        return [
            Property("DTSTART", encode_date_time_local(slot.start), in_zone),
            Property("DTEND", encode_date_time_local(slot.end), in_zone),
        ]
    times = [
        Property("DTSTART", encode_date_time_utc(slot.start)),
        Property("DTEND", encode_date_time_utc(slot.end)),
    ]
    return times if slot.time_zone == "UTC" else [*times, zone_property(slot.time_zone)]


def day_properties(first: date, end: date, zone: str) -> list[Property]:
    """Return DTSTART and DTEND of whole days in a zone; *end* is the day after the last one."""
    # "the value type ... MUST be the same as the DTSTART property" (RFC 5545 section 3.8.2.2)
    return [
        Property("DTSTART", encode_date(first), _AS_DATE),
        Property("DTEND", encode_date(end), _AS_DATE),
        zone_property(zone),
    ]


def zone_property(zone: str) -> Property:
    """Return the property that keeps the zone of a slot."""
    return Property("X-WTISD-ZONE", encode_text(zone))


def stamp_property(stamped: datetime) -> Property:
    """Return DTSTAMP, the time at which the file or the message was made (RFC 5545 section 3.8.7.2)."""
    return Property("DTSTAMP", encode_date_time_utc(stamped))


def _is_repeated(moment: DateTime) -> bool:
    return to_local_time(moment)[2] is not None
