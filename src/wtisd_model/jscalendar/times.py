"""Slots as ``start``, ``timeZone`` and ``duration``, and back."""

import re
from datetime import datetime, timedelta
from typing import Final

from wtisd_model.jscalendar.names import Object
from wtisd_model.types.duration import duration_text
from wtisd_model.types.timeslot import TimeSlot
from wtisd_model.types.timezone import first_moment, to_local_time, to_utc, wall_of

UTC: Final = "Etc/UTC"
"""The name that JSCalendar has for UTC (draft-ietf-calext-jscalendar-icalendar-30, timezone identifiers)."""

_DAY: Final = timedelta(days=1)
_LOCAL: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}")


def encode_slot(slot: TimeSlot) -> tuple[Object, str | None]:
    """Return the properties of a slot, and its zone; None for the zone if they name it.

    Whole days have no zone, as in calendars: they are the same dates everywhere. A start that occurs twice is written
    in UTC, since a local time means the first of the two.

    Source: JSCalendar 2.0, LocalDateTime and Duration; RFC 8984 sections 1.4.4 to 1.4.6.
    """
    if slot.whole_days:
        days = duration_text(timedelta(days=(slot.end.date() - slot.start.date()).days))
        return {"start": f"{slot.first_day}T00:00:00", "duration": days, "showWithoutTime": True}, slot.time_zone
    start, zone, repeated = to_local_time(slot.start)
    if repeated is not None or zone in {"UTC", UTC}:
        elapsed = duration_text(timedelta(), slot.ends_at - slot.starts_at)
        times = {"start": f"{slot.starts_at:%Y-%m-%dT%H:%M:%S}", "timeZone": UTC, "duration": elapsed}
        return times, None if zone == "UTC" else zone
    wall = wall_of(slot.start)
    nominal = max(wall_of(slot.end) - wall, timedelta()) // _DAY * _DAY
    while nominal and to_utc(first_moment(wall + nominal, zone)) > slot.ends_at:
        nominal -= _DAY
    rest = slot.ends_at - (to_utc(first_moment(wall + nominal, zone)) if nominal else slot.starts_at)
    return {"start": start, "timeZone": zone, "duration": duration_text(nominal, rest)}, None


def decode_local_time(value: object) -> datetime | None:
    """Return a LocalDateTime as a naive datetime; None if it is malformed, or has a fraction of a second."""
    if not isinstance(value, str) or not _LOCAL.fullmatch(value):
        return None
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return None
