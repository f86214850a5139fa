"""POSIX TZ strings, as extended by RFC 8536: the yearly rule at the end of a time zone file."""

import re
from calendar import monthrange
from datetime import date
from typing import NamedTuple

DAY = 86_400  # seconds
WEEKDAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")
"""The weekdays as RFC 5545 writes them, in the order of POSIX."""

_LAST_WEEK = "5"

_EPOCH = date(1970, 1, 1).toordinal()


class Observance(NamedTuple):
    """A setting of the clocks: a local time type of RFC 8536, an observance of RFC 5545."""

    offset: int
    """Seconds ahead of UTC."""

    is_dst: bool
    """Whether the source calls it daylight saving time."""

    name: str
    """Its abbreviation: ``CEST``, ``+03``."""


class Onset(NamedTuple):
    """A moment at which the clocks are set to an observance."""

    at: int
    """Seconds since 1970-01-01T00:00:00Z."""

    observance: Observance


def weekday_of_month(year: int, month: int, week: int, weekday: int) -> int:
    """Return the day on which a month has a weekday for the first time, or the second, and so on.

    Args:
        year: the year.
        month: the month.
        week: 1 to 4; or -1 to -4, counted from the end of the month.
        weekday: 0 is Sunday.
    """
    first = 1 + (weekday - date(year, month, 1).isoweekday()) % 7
    occurrences = (monthrange(year, month)[1] - first) // 7 + 1
    return first + 7 * (week - 1 if week > 0 else occurrences + week)


class WeekdayRule(NamedTuple):
    """A weekday of a month, such as the last Sunday of March."""

    month: int
    week: int
    """1 to 4 for the first to the fourth; -1 for the last."""

    weekday: int
    """0 is Sunday."""

    time: int
    """Seconds from that day's local midnight; may be negative, or more than a day."""

    def seconds(self, year: int) -> int:
        """Return the local time in seconds since 1970-01-01T00:00:00 local time."""
        day = weekday_of_month(year, self.month, self.week, self.weekday)
        return (date(year, self.month, day).toordinal() - _EPOCH) * DAY + self.time


class DayRule(NamedTuple):
    """A day of the year, counted from 0 on 1 January."""

    day: int
    skips_leap_day: bool
    """Whether 29 February is left out in counting."""

    time: int
    """Seconds from that day's local midnight; may be negative, or more than a day."""

    def seconds(self, year: int) -> int:
        """Return the local time in seconds since 1970-01-01T00:00:00 local time."""
        first = date(year, 1, 1).toordinal()
        is_leap_year = date(year, 12, 31).toordinal() - first == _LEAP_DAYS
        leap_day = int(self.skips_leap_day and is_leap_year and self.day >= _FIRST_OF_MARCH)
        return (first + self.day + leap_day - _EPOCH) * DAY + self.time


class YearlyRule(NamedTuple):
    """Two observances that alternate every year."""

    standard: Observance
    daylight: Observance
    start: WeekdayRule | DayRule
    """When daylight begins, in standard time."""

    end: WeekdayRule | DayRule
    """When daylight ends, in daylight time."""

    def onsets(self, year: int) -> list[Onset]:
        """Return both changes of a year, in chronological order."""
        start = Onset(self.start.seconds(year) - self.standard.offset, self.daylight)
        end = Onset(self.end.seconds(year) - self.daylight.offset, self.standard)
        return [start, end] if start.at < end.at else [end, start]

    def day_of(self, observance: Observance) -> WeekdayRule | DayRule:
        """Return the day rule for the onset of an observance."""
        return self.start if observance == self.daylight else self.end

    def before(self, observance: Observance) -> Observance:
        """Return the other observance, which ends at the onset of this one."""
        return self.standard if observance == self.daylight else self.daylight


_LEAP_DAYS = 365
_FIRST_OF_MARCH = 59  # days before it in a common year

# Compiled when first used: most programs that import this package never write a calendar.
_NAME = r"([A-Za-z]{3,}|<[A-Za-z0-9+-]{3,}>)"
_TIME = r"([+-]?[0-9]{1,3}(?::[0-9]{2}(?::[0-9]{2})?)?)"
_RULE = rf",([0-9MJ.]+)(?:/{_TIME})?"
_FOOTER = rf"{_NAME}{_TIME}(?:{_NAME}{_TIME}?{_RULE}{_RULE})?"
_WEEKDAY = r"M([1-9]|1[0-2])\.([1-5])\.([0-6])"
_COUNTED = r"(J?)([0-9]{1,3})"
_TWO_O_CLOCK = 2 * 3600  # where a rule names no time


def read_footer(footer: str) -> YearlyRule | None:
    """Read the TZ string of a time zone file.

    Returns:
        The yearly rule, or None where the clocks no longer change.

    Raises:
        ValueError: the string is of another form. Only `wtisd_model.ical.tzif` sees it.

    Source: RFC 8536 section 3.3, POSIX.1-2017 section 8.3.
    """
    match = re.fullmatch(_FOOTER, footer)
    if match is None:
        raise ValueError("not a TZ string")
    name, behind, dst_name, dst_behind, start, start_time, end, end_time = match.groups()
    if dst_name is None:
        return None
    # POSIX counts hours behind UTC, so the sign is reversed.
    offset = -_seconds(behind)
    dst_offset = -_seconds(dst_behind) if dst_behind else offset + 3600
    return YearlyRule(
        Observance(offset, is_dst=False, name=name.strip("<>")),
        Observance(dst_offset, is_dst=True, name=dst_name.strip("<>")),
        _day_rule(start, start_time),
        _day_rule(end, end_time),
    )


def _day_rule(day: str, time: str | None) -> WeekdayRule | DayRule:
    seconds = _seconds(time) if time else _TWO_O_CLOCK
    if match := re.fullmatch(_WEEKDAY, day):
        month, week, weekday = match.groups()
        return WeekdayRule(int(month), -1 if week == _LAST_WEEK else int(week), int(weekday), seconds)
    if match := re.fullmatch(_COUNTED, day):
        julian, number = match.groups()
        return DayRule(int(number) - len(julian), skips_leap_day=bool(julian), time=seconds)
    raise ValueError("not a day of a TZ string")


def _seconds(time: str) -> int:
    hours, minutes, seconds = (*map(int, time.lstrip("+-").split(":")), 0, 0)[:3]
    total = hours * 3600 + minutes * 60 + seconds
    return -total if time.startswith("-") else total
