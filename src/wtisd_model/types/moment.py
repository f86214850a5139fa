"""Moments as arguments, such as the present, moments as text, and the time between two of them."""

import datetime as dt

import pendulum
from pendulum import DateTime, Duration

from wtisd_model.schema.constraints import Timestamp, as_utc
from wtisd_model.types.arguments import require_valid
from wtisd_model.types.timezone import to_utc


def moment_in_utc(value: dt.datetime, path: str) -> dt.datetime:
    """Return an aware moment in UTC, or raise (``wrong-type``, ``moment-naive``, ``moment-unreadable``).

    *path* names the argument: ``/now``.
    """
    return require_valid(as_utc(value), Timestamp(), path)


def moment_text(moment: DateTime) -> str:
    """Return a moment with its offset from UTC; in UTC if that offset has seconds, for which RFC 3339 has no form."""
    is_whole = not (moment.utcoffset() or dt.timedelta()) % dt.timedelta(minutes=1)
    return (moment if is_whole else to_utc(moment)).isoformat()


def to_duration(elapsed: dt.timedelta) -> Duration:
    """Return elapsed time as a duration of pendulum, which can be shown in words."""
    return pendulum.duration(days=elapsed.days, seconds=elapsed.seconds, microseconds=elapsed.microseconds)
