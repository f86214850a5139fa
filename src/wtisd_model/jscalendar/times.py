"""Slots as ``start``, ``timeZone`` and ``duration``, and back."""

import re
from datetime import datetime, timedelta
from typing import Final

from wtisd_model.jscalendar.names import Object
from wtisd_model.types.timeslot import TimeSlot
from wtisd_model.types.timezone import first_moment, to_local_time, to_utc, wall_of

UTC: Final = "Etc/UTC"
"""The name that JSCalendar has for UTC (draft-ietf-calext-jscalendar-icalendar-30, timezone identifiers)."""

_DAY: Final = timedelta(days=1)
_LOCAL: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}")
_DURATION: Final = re.compile(
    r"P(?=[0-9T])(?:([0-9]{1,6})W)?(?:([0-9]{1,6})D)?"
    r"(?:T(?=[0-9])(?:([0-9]{1,9})H)?(?:([0-9]{1,9})M)?(?:([0-9]{1,9})S)?)?"
)


def encode_slot(slot: TimeSlot) -> tuple[Object, str | None]:
    """Return the properties of a slot, and its zone if they do not name it.

    Whole days have no zone, as in calendars: they are the same dates everywhere. A start that occurs twice is written
    in UTC, since a local time means the first of the two.

    Source: draft-ietf-calext-jscalendarbis-17, LocalDateTime and Duration; RFC 8984 sections 1.4.4 to 1.4.6.
    """
    if slot.whole_days:
        days = encode_duration(timedelta(days=(slot.end.date() - slot.start.date()).days))
        return {"start": f"{slot.first_day}T00:00:00", "duration": days, "showWithoutTime": True}, slot.time_zone
    start, zone, repeated = to_local_time(slot.start)
    if repeated is not None or zone == "UTC":
        elapsed = encode_duration(timedelta(), slot.ends_at - slot.starts_at)
        times = {"start": f"{slot.starts_at:%Y-%m-%dT%H:%M:%S}", "timeZone": UTC, "duration": elapsed}
        return times, None if zone == "UTC" else zone
    wall = wall_of(slot.start)
    nominal = max(wall_of(slot.end) - wall, timedelta()) // _DAY * _DAY
    while nominal and to_utc(first_moment(wall + nominal, zone)) > slot.ends_at:
        nominal -= _DAY
    rest = slot.ends_at - (to_utc(first_moment(wall + nominal, zone)) if nominal else slot.starts_at)
    return {"start": start, "timeZone": zone, "duration": encode_duration(nominal, rest)}, None


def encode_duration(days: timedelta, exactly: timedelta = timedelta()) -> str:
    """Return calendar days, and the exact time after them, as a Duration.

    Seconds follow minutes, and minutes follow hours: ``PT1H0M5S``.
    """
    minutes, seconds = divmod(int(exactly.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    clock = f"{hours}H" if hours else ""
    if minutes or (hours and seconds):
        clock += f"{minutes}M"
    if seconds:
        clock += f"{seconds}S"
    return "P" + (f"{days.days}D" if days else "") + (f"T{clock}" if clock else "")


def decode_duration(value: object) -> tuple[timedelta, timedelta] | None:
    """Return the calendar days of a Duration and the exact time after them; None if it is malformed.

    Version 1.0 allows fractions of a second, which no slot has.
    """
    match = _DURATION.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        return None
    weeks, days, hours, minutes, seconds = (int(each or 0) for each in match.groups())
    return timedelta(weeks=weeks, days=days), timedelta(hours=hours, minutes=minutes, seconds=seconds)


def decode_local_time(value: object) -> datetime | None:
    """Return a LocalDateTime as a naive datetime; None if it is malformed, or has a fraction of a second."""
    if not isinstance(value, str) or not _LOCAL.fullmatch(value):
        return None
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return None
