"""Durations: as text (ISO 8601), in whole seconds, and as arguments."""

import re
from datetime import timedelta
from typing import Final

from pendulum import Duration

from wtisd_model.codes import Code
from wtisd_model.errors import InvalidValueError
from wtisd_model.findings import finding

# The longest duration that these digits can state is about 6,300 years, so adding it to a model date cannot overflow.
_DURATION: Final = re.compile(
    r"P(?=[0-9T])(?:([0-9]{1,5})W)?(?:([0-9]{1,6})D)?"
    r"(?:T(?=[0-9])(?:([0-9]{1,7})H)?(?:([0-9]{1,8})M)?(?:([0-9]{1,10})S)?)?"
)

_LONGEST: Final = timedelta(days=366)


def parse_duration(value: object) -> tuple[timedelta, timedelta] | None:
    """Parse a duration: its days by the calendar, and the exact time after them; None if it is malformed.

    Years and months have no length, and no model field has fractions of a second.
    """
    match = _DURATION.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        return None
    weeks, days, hours, minutes, seconds = (int(each or 0) for each in match.groups())
    return timedelta(weeks=weeks, days=days), timedelta(hours=hours, minutes=minutes, seconds=seconds)


def duration_text(days: timedelta, exactly: timedelta = timedelta()) -> str:
    """Return calendar days, and the exact time after them, as a duration: ``P1DT2H``, ``PT0S``; neither is negative.

    Seconds follow minutes, and minutes follow hours: ``PT1H0M5S`` (RFC 5545 section 3.3.6, RFC 8984 section 1.4.6).
    """
    minutes, seconds = divmod(int(exactly.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    clock = f"{hours}H" if hours else ""
    if minutes or (hours and seconds):
        clock += f"{minutes}M"
    if seconds:
        clock += f"{seconds}S"
    amount = (f"{days.days}D" if days else "") + (f"T{clock}" if clock else "")
    return f"P{amount or 'T0S'}"


def whole_seconds(length: timedelta) -> int | None:
    """Return the seconds of a length of time; None for a fraction of a second, and for months and years.

    The length of those depends on where they begin.
    """
    # The method of the base class: pendulum's own arithmetic fails with a plain timedelta.
    total = timedelta.total_seconds(length)
    has_no_length = isinstance(length, Duration) and bool(length.months or length.years)
    return None if has_no_length or total % 1 else int(total)


def require_length(length: object, path: str, *, shortest: int) -> timedelta:
    """Return a length of time of at least *shortest* seconds and at most 366 days as a plain timedelta.

    Raises:
        InvalidValueError: ``wrong-type``, ``duration-out-of-range`` or ``duration-not-whole`` (also for months and
            years), with *path*.
    """
    if not isinstance(length, timedelta):
        raise InvalidValueError(finding(Code.WRONG_TYPE, path, expected="timedelta"))
    if not shortest <= timedelta.total_seconds(length) <= _LONGEST.total_seconds():
        bounds = {"minimum": f"PT{shortest}S", "maximum": f"P{_LONGEST.days}D"}
        raise InvalidValueError(finding(Code.DURATION_OUT_OF_RANGE, path, **bounds))
    seconds = whole_seconds(length)
    if seconds is None:
        raise InvalidValueError(finding(Code.DURATION_NOT_WHOLE, path))
    return timedelta(seconds=seconds)
