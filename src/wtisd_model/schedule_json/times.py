"""Moments and durations as text: RFC 3339, hours and minutes, ISO 8601."""

import datetime as dt
import re
from typing import Final

from pendulum import DateTime

from wtisd_model.types.timezone import to_utc

_MINUTE: Final = dt.timedelta(minutes=1)

# Programs write seconds or not, Z, an offset with or without a colon, or none at all.
_MOMENT: Final = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d)?(?:\.0+)?\s*(Z|[+-]\d\d:?\d\d)?)?", re.IGNORECASE | re.ASCII
)
# HH:MM of frab, D:HH:MM of pretalx, and ISO 8601 of version 2.
_CLOCK: Final = re.compile(r"(?:(\d{1,4}):)?(\d{1,6}):(\d\d)", re.ASCII)
_ISO: Final = re.compile(
    r"P(?:(\d{1,4})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,9})S)?)?", re.ASCII
)


def moment_text(moment: DateTime) -> str:
    """Return a moment as RFC 3339 has it; in UTC if its offset has seconds, which RFC 3339 does not allow."""
    offset = moment.utcoffset() or dt.timedelta()
    return to_utc(moment).isoformat() if offset % _MINUTE else moment.isoformat()


def duration_text(length: dt.timedelta) -> str:
    """Return a duration in hours and minutes: ``01:30``, ``49:00``."""
    hours, minutes = divmod(length // _MINUTE, 60)
    return f"{hours:02}:{minutes:02}"


def parse_duration(text: str) -> dt.timedelta | None:
    """Return a duration; None if it cannot be read."""
    clock = _CLOCK.fullmatch(text)
    if clock is not None:
        days, hours, minutes = (int(each or 0) for each in clock.groups())
        return dt.timedelta(days=days, hours=hours, minutes=minutes)
    iso = _ISO.fullmatch(text)
    if iso is None or not any(iso.groups()):
        return None
    weeks, days, hours, minutes, seconds = (int(each or 0) for each in iso.groups())
    return dt.timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)


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
