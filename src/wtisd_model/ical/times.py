"""DTSTART, DTEND and DTSTAMP: by the clocks of the place, or in UTC."""

from datetime import datetime

from pendulum import DateTime

from wtisd_model.ical.property import Property
from wtisd_model.ical.values import encode_date_time_local, encode_date_time_utc, encode_text
from wtisd_model.types.timeslot import TimeSlot
from wtisd_model.types.timezone import Repeated, written


def zone_needed(slot: TimeSlot, *, utc: bool) -> str | None:
    """Return the zone whose VTIMEZONE the times of *slot* need, or None if they are written in UTC.

    They are where *utc* asks for it, where the zone is UTC, and where the start or the end is the second of two equal
    clock times: "the DATE-TIME value refers to the first occurrence of the referenced time" (RFC 5545 section 3.3.5).
    """
    zone = slot.time_zone
    in_utc = utc or zone == "UTC" or _is_second(slot.start) or _is_second(slot.end)
    return None if in_utc else zone


def slot_properties(slot: TimeSlot, *, utc: bool) -> list[Property]:
    """Return DTSTART and DTEND.

    Both have the same form, as RFC 5545 section 3.6.1 asks. In UTC, ``X-WTISD-ZONE`` keeps the zone for programs that
    read the file back.
    """
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
    return times if slot.time_zone == "UTC" else [*times, Property("X-WTISD-ZONE", encode_text(slot.time_zone))]


def stamp_property(stamped: datetime) -> Property:
    """Return DTSTAMP, when the file or the message was made (RFC 5545 section 3.8.7.2)."""
    return Property("DTSTAMP", encode_date_time_utc(stamped))


def _is_second(moment: DateTime) -> bool:
    # A fold of 1 alone says nothing: pendulum sets it on ordinary times too.
    return moment.fold == 1 and written(moment)[2] is Repeated.SECOND
