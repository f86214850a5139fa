"""When something is, as DTSTART and DTEND: by the clocks of its place, or in UTC."""

from datetime import datetime

from pendulum import DateTime

from wtisd_model.ical.content_line import date_time_local, date_time_utc, line, parameter, text
from wtisd_model.types.timeslot import TimeSlot
from wtisd_model.types.timezone import Repeated, written


def zone_needed(slot: TimeSlot, *, utc: bool) -> str | None:
    """Name the zone whose VTIMEZONE the lines of *slot* need; None where they are in UTC.

    They are where *utc* asks for it, where the zone is UTC, and where the start or the end is the second of two equal
    clock times: "the DATE-TIME value refers to the first occurrence of the referenced time" (RFC 5545 section 3.3.5).
    """
    zone = slot.time_zone
    in_utc = utc or zone == "UTC" or _is_second(slot.start) or _is_second(slot.end)
    return None if in_utc else zone


def slot_lines(slot: TimeSlot, *, utc: bool) -> list[bytes]:
    """Write DTSTART and DTEND.

    Both have the same form, as RFC 5545 section 3.6.1 asks. In UTC, ``X-WTISD-ZONE`` keeps the zone for whoever reads
    the file back.
    """
    zone = zone_needed(slot, utc=utc)
    if zone is not None:
        in_zone = parameter("TZID", zone)
        return [
            line("DTSTART", date_time_local(slot.start), in_zone),
            line("DTEND", date_time_local(slot.end), in_zone),
        ]
    lines = [line("DTSTART", date_time_utc(slot.start)), line("DTEND", date_time_utc(slot.end))]
    if slot.time_zone != "UTC":
        lines.append(line("X-WTISD-ZONE", text(slot.time_zone)))
    return lines


def stamp_line(stamped: datetime) -> bytes:
    """Write DTSTAMP, when the file or the message was made (RFC 5545 section 3.8.7.2)."""
    return line("DTSTAMP", date_time_utc(stamped))


def _is_second(moment: DateTime) -> bool:
    # A fold of 1 alone says nothing: pendulum sets it on ordinary times too.
    return moment.fold == 1 and written(moment)[2] is Repeated.SECOND
