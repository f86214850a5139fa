"""Moments and durations as other programs write them."""

import datetime as dt
import re
from typing import Final

from wtisd_model.types.duration import parse_duration

_MINUTE: Final = dt.timedelta(minutes=1)

# Programs write seconds or not, Z, an offset with or without a colon, or none at all.
_MOMENT: Final = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d)?(?:\.0+)?\s*(Z|[+-]\d\d:?\d\d)?)?", re.IGNORECASE | re.ASCII
)
# HH:MM of frab, and D:HH:MM of pretalx; version 2 has ISO 8601.
_CLOCK: Final = re.compile(r"(?:(\d{1,4}):)?(\d{1,6}):(\d\d)", re.ASCII)


def clock_text(length: dt.timedelta) -> str:
    """Return a duration in hours and minutes: ``01:30``, ``49:00``."""
    hours, minutes = divmod(length // _MINUTE, 60)
    return f"{hours:02}:{minutes:02}"


def parse_length(value: object) -> dt.timedelta | None:
    """Return a duration; None if it cannot be read."""
    clock = _CLOCK.fullmatch(value) if isinstance(value, str) else None
    if clock is not None:
        days, hours, minutes = (int(each or 0) for each in clock.groups())
        return dt.timedelta(days=days, hours=hours, minutes=minutes)
    parsed = parse_duration(value)
    return None if parsed is None else sum(parsed, dt.timedelta())


def parse_moment(text: str) -> dt.datetime | dt.date | None:
    """Return a date, or a date and time in whole seconds, aware if it has an offset; None if it cannot be read."""
    found = _MOMENT.fullmatch(text)
    if found is None:
        return None
    day, time, seconds, offset = found.groups()
    try:
        if time is None:
            return dt.date.fromisoformat(day)
        return dt.datetime.fromisoformat(f"{day}T{time}{seconds or ':00'}{(offset or '').upper()}")
    except ValueError:
        return None
