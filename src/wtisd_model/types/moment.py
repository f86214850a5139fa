"""Moments as arguments, such as the present, and the time between two of them."""

import datetime as dt

import pendulum
from pendulum import Duration

from wtisd_model.schema.constraints import Timestamp, as_utc
from wtisd_model.types.arguments import require_valid


def moment_in_utc(value: dt.datetime, path: str) -> dt.datetime:
    """Return an aware moment in UTC, or raise (``wrong-type``, ``moment-naive``, ``moment-unreadable``).

    *path* names the argument: ``/now``.
    """
    return require_valid(as_utc(value), Timestamp(), path)


def to_duration(elapsed: dt.timedelta) -> Duration:
    """Return elapsed time as a duration of pendulum, which can be shown in words."""
    return pendulum.duration(days=elapsed.days, seconds=elapsed.seconds, microseconds=elapsed.microseconds)
