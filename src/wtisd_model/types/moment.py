"""Moments as arguments, such as the present, moments as text, and the time between two of them."""

import datetime as dt
from typing import Final

import pendulum
from pendulum import DateTime, Duration

from wtisd_model.schema.constraints import Timestamp
from wtisd_model.types.arguments import require_valid
from wtisd_model.types.timezone import to_utc

_MOMENT: Final = Timestamp()


def as_utc(value: dt.datetime) -> dt.datetime:
    """Return a moment as a plain datetime in UTC; return unchanged what the check will refuse."""
    if _MOMENT.check(value) is not None:
        return value
    moment = value.astimezone(dt.UTC)
    return dt.datetime.combine(moment.date(), moment.time(), dt.UTC)


def utc_or_none(value: dt.datetime | None) -> dt.datetime | None:
    """Return a moment that may be absent as `as_utc` does."""
    return None if value is None else as_utc(value)


def moment_in_utc(value: dt.datetime, path: str) -> dt.datetime:
    """Return an aware moment in UTC, or raise (``wrong-type``, ``moment-naive``, ``moment-unreadable``).

    *path* names the argument: ``/now``.
    """
    return require_valid(as_utc(value), _MOMENT, path)


def moment_text(moment: DateTime) -> str:
    """Return a moment with its offset from UTC; in UTC if that offset has seconds, for which RFC 3339 has no form."""
    is_whole = not (moment.utcoffset() or dt.timedelta()) % dt.timedelta(minutes=1)
    return (moment if is_whole else to_utc(moment)).isoformat()


def to_duration(elapsed: dt.timedelta) -> Duration:
    """Return elapsed time as a duration of pendulum, which can be shown in words."""
    return pendulum.duration(days=elapsed.days, seconds=elapsed.seconds, microseconds=elapsed.microseconds)
