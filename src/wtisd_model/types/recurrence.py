"""Recurrence rules, their text, and the local times at which something recurs by them (RFC 5545 section 3.3.10).

dateutil has no bound for the work that a rule may cause: it looks for the next 31 February second by second. Here each
day, each time and each empty period counts against a budget.
"""

import re
from calendar import isleap, monthrange
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from enum import IntEnum
from itertools import islice, takewhile
from typing import Any, Final, cast
from zoneinfo import ZoneInfo

from attrs import evolve, frozen
from pendulum import DateTime

from wtisd_model.codes import Code
from wtisd_model.errors import InvalidValueError
from wtisd_model.findings import finding, pointer
from wtisd_model.schema.constraints import Date, Integer
from wtisd_model.schema.patterns import FIRST_YEAR, LAST_YEAR
from wtisd_model.types.arguments import require_iterable, require_valid
from wtisd_model.types.duration import whole_seconds
from wtisd_model.types.timeslot import TimeSlot, slot_by_clock
from wtisd_model.types.timezone import (
    DATE_OR_LOCAL_TIME,
    LOCAL_TIME,
    at_zone,
    end_of_day,
    first_moment,
    require_zone,
    resolve_day,
    to_utc,
    wall_of,
    with_date,
    with_seconds,
)


class Frequency(IntEnum):
    """The period that a rule counts in, from the longest."""

    YEARLY = 0
    MONTHLY = 1
    WEEKLY = 2
    DAILY = 3
    HOURLY = 4
    MINUTELY = 5
    SECONDLY = 6


_SECONDS: Final = {Frequency.HOURLY: 3600, Frequency.MINUTELY: 60, Frequency.SECONDLY: 1}
_DAY: Final = timedelta(days=1)
_LAST_DAY: Final = date(LAST_YEAR + 1, 12, 31)  # by the clocks of some zone a day later than in UTC

MOST_STEPS: Final = 100_000
"""The number of days, times and empty periods that may be looked at: less than a second."""


class StepBudget:
    """The work that may still be done for recurrence rules."""

    def __init__(self, steps: int = MOST_STEPS, *, total: "StepBudget | None" = None) -> None:
        """Begin with a number of steps, which are taken from a *total* too."""
        self._left = steps
        self._total = total

    def spend(self, steps: int) -> None:
        """Take *steps* from the rest, or raise (``recurrence-too-complex``)."""
        if steps > self._left:
            raise InvalidValueError(finding(Code.RECURRENCE_TOO_COMPLEX, "/rule"))
        if self._total is not None:
            self._total.spend(steps)
        self._left -= steps


@frozen(kw_only=True)
class RecurrenceRule:
    """An RRULE; numbers below zero count from the end, and an empty set does not limit anything."""

    frequency: Frequency
    interval: int = 1
    count: int | None = None
    until: date | None = None
    """The last day, or the last moment as a naive datetime."""
    until_in_utc: bool = False
    """True if *until* is a time in UTC, False if it is a local time."""
    months: frozenset[int] = frozenset()
    weeks: frozenset[int] = frozenset()
    year_days: frozenset[int] = frozenset()
    month_days: frozenset[int] = frozenset()
    weekdays: frozenset[tuple[int, int]] = frozenset()
    """Which one in the month or the year, 0 for each, and the day of the week, Monday being 0."""
    hours: tuple[int, ...] = ()
    minutes: tuple[int, ...] = ()
    seconds: tuple[int, ...] = ()
    positions: frozenset[int] = frozenset()
    week_start: int = 0

    def starts(self, first: datetime, budget: StepBudget, *, not_before: datetime | None = None) -> Iterator[datetime]:
        """Yield the local times from *first* on that the rule describes, in order, to the end of the year 2200.

        COUNT and UNTIL are left to the caller. *first* is yielded only if the rule describes it.

        Args:
            first: DTSTART in local time, which completes the rule.
            budget: the steps that may be spent.
            not_before: earlier times may be left out.

        Raises:
            InvalidValueError: ``recurrence-too-complex``.
        """
        since = first if not_before is None else max(first, not_before)
        for times in self._completed(first).periods(first, since, budget):
            yield from (each for each in times if each >= first)

    def periods(self, first: datetime, since: datetime, budget: StepBudget) -> Iterator[list[datetime]]:
        """Yield the times in each period from *first* on; those of periods before *since* may be left out."""
        if self.frequency in _SECONDS:
            return self._times_of_clock(first, since, budget)
        return self._times_of_days(first, since, budget)

    def is_over(self, wall: datetime, moment: datetime) -> bool:
        """Return True if a local time, which is *moment* in UTC, is after UNTIL."""
        return is_after(moment.replace(tzinfo=None) if self.until_in_utc else wall, self.until)

    def _completed(self, first: datetime) -> "RecurrenceRule":
        """Return the rule with its missing parts "derived from the DTSTART property"."""
        frequency, changes = self.frequency, dict[str, Any]()
        if not (self.weeks or self.year_days or self.month_days or self.weekdays):
            if frequency is Frequency.YEARLY and not self.months:
                changes["months"] = frozenset({first.month})
            if frequency in {Frequency.YEARLY, Frequency.MONTHLY}:
                changes["month_days"] = frozenset({first.day})
            if frequency is Frequency.WEEKLY:
                changes["weekdays"] = frozenset({(0, first.weekday())})
        elif self.weeks and not (self.month_days or self.weekdays):
            changes["weekdays"] = frozenset({(0, first.weekday())})
        for unit, name in ((Frequency.HOURLY, "hour"), (Frequency.MINUTELY, "minute"), (Frequency.SECONDLY, "second")):
            if frequency < unit and not getattr(self, f"{name}s"):
                changes[f"{name}s"] = (getattr(first, name),)
        return evolve(self, **changes)

    def _times_of_days(self, first: datetime, since: datetime, budget: StepBudget) -> Iterator[list[datetime]]:
        """Yield the times in each year, month, week or day."""
        budget.spend(len(self.hours) * len(self.minutes) * len(self.seconds))
        clock = [
            time(hour, minute, second) for hour in self.hours for minute in self.minutes for second in self.seconds
        ]
        number = self._periods_before(first.date(), since.date())
        while (days := self._days(first.date(), number * self.interval)) is not None:
            number += 1
            budget.spend(1 + len(days))
            matching = [day for day in days if self._has(day)]
            budget.spend(len(matching) * len(clock))
            yield self._at_positions([datetime.combine(day, at) for day in matching for at in clock])

    def _periods_before(self, first: date, since: date) -> int:
        """Return a number of periods that are over before the day *since*."""
        match self.frequency:
            case Frequency.YEARLY:
                passed = since.year - first.year
            case Frequency.MONTHLY:
                passed = 12 * (since.year - first.year) + since.month - first.month
            case Frequency.WEEKLY:
                passed = (since - first).days // 7
            case _:
                passed = (since - first).days
        return max(0, passed // self.interval)

    def _days(self, first: date, passed: int) -> list[date] | None:
        """Return the days of a period: *passed* years, months, weeks or days after that of *first*; None at the end."""
        match self.frequency:
            case Frequency.YEARLY:
                year = first.year + passed
                if year > _LAST_DAY.year:
                    return None
                if self.weeks or self.year_days:
                    return _days_from(date(year, 1, 1), _days_in(year))
                months = sorted(self.months) or range(1, 13)
                return [day for month in months for day in self._days_of_month(year, month)]
            case Frequency.MONTHLY:
                year, month = divmod(12 * first.year + first.month - 1 + passed, 12)
                return None if year > _LAST_DAY.year else self._days_of_month(year, month + 1)
            case Frequency.WEEKLY:
                begins = first.toordinal() - (first.weekday() - self.week_start) % 7 + 7 * passed
                numbers = sorted((weekday - self.week_start) % 7 for _, weekday in self.weekdays)
                return None if begins > _LAST_DAY.toordinal() else [date.fromordinal(begins + each) for each in numbers]
            case _:
                day = first.toordinal() + passed
                return None if day > _LAST_DAY.toordinal() else [date.fromordinal(day)]

    def _days_of_month(self, year: int, month: int) -> list[date]:
        """Return the days of a month that BYMONTHDAY may mean."""
        length = monthrange(year, month)[1]
        if not self.month_days:
            return _days_from(date(year, month, 1), length)
        days = {day if day > 0 else length + 1 + day for day in self.month_days}
        # "Recurrence rules may generate recurrence instances with an invalid date (e.g., February 30)", which "MUST be
        # ignored".
        return [date(year, month, day) for day in sorted(days) if 1 <= day <= length]

    def _times_of_clock(self, first: datetime, since: datetime, budget: StepBudget) -> Iterator[list[datetime]]:
        """Yield the times in each hour, minute or second; days and hours that no rule describes are passed over."""
        unit = _SECONDS[self.frequency]
        begins = first.replace(second=0) if unit > 1 else first
        begins = begins.replace(minute=0) if unit == _SECONDS[Frequency.HOURLY] else begins
        step = unit * self.interval
        number = max(0, int((since - begins).total_seconds()) // step)
        while (begins.toordinal() * 86_400 + number * step) // 86_400 <= _LAST_DAY.toordinal():
            budget.spend(1)
            at = begins + timedelta(seconds=number * step)
            beyond = self._first_beyond(at)
            if beyond is not None:
                number = -(-int((beyond - begins).total_seconds()) // step)
                continue
            minutes = self.minutes if self.frequency is Frequency.HOURLY else (at.minute,)
            seconds = self.seconds if self.frequency is not Frequency.SECONDLY else (at.second,)
            budget.spend(len(minutes) * len(seconds))
            yield self._at_positions([at.replace(minute=m, second=s) for m in minutes for s in seconds])
            number += 1

    def _first_beyond(self, at: datetime) -> datetime | None:
        """Return the end of the day, hour, minute or second that the rule leaves out, or None if it describes *at*."""
        if not self._has(at.date()):
            return datetime.combine(at.date(), time()) + _DAY
        if self.hours and at.hour not in self.hours:
            return at.replace(minute=0, second=0) + timedelta(hours=1)
        if self.frequency > Frequency.HOURLY and self.minutes and at.minute not in self.minutes:
            return at.replace(second=0) + timedelta(minutes=1)
        if self.frequency is Frequency.SECONDLY and self.seconds and at.second not in self.seconds:
            return at + timedelta(seconds=1)
        return None

    def _has(self, day: date) -> bool:
        """Return True if the rule allows the day."""
        if self.months and day.month not in self.months:
            return False
        if self.weeks and not self._has_week(day):
            return False
        if self.year_days:
            length, number = _days_in(day.year), day.timetuple().tm_yday
            if not {number, number - length - 1} & self.year_days:
                return False
        if self.month_days and not {day.day, day.day - monthrange(day.year, day.month)[1] - 1} & self.month_days:
            return False
        return not self.weekdays or self._has_weekday(day)

    def _has_week(self, day: date) -> bool:
        """Return True for a day in one of the weeks by their numbers in the year."""
        year, number = self._week(day)
        _, weeks = self._week(date(year, 12, 28))  # which is in the last week of every year
        return bool({number, number - weeks - 1} & self.weeks)

    def _week(self, day: date) -> tuple[int, int]:
        # "Week number one of the calendar year is the first week that contains at least four (4) days in that calendar
        # year."
        middle = day + timedelta(days=3 - (day.weekday() - self.week_start) % 7)
        return middle.year, (middle.timetuple().tm_yday - 1) // 7 + 1

    def _has_weekday(self, day: date) -> bool:
        weekday = day.weekday()
        if (0, weekday) in self.weekdays:
            return True
        in_month = self.frequency is Frequency.MONTHLY or self.months
        length = monthrange(day.year, day.month)[1] if in_month else _days_in(day.year)
        number = day.day if in_month else day.timetuple().tm_yday
        from_start, from_end = (number - 1) // 7 + 1, -((length - number) // 7 + 1)
        return bool({(from_start, weekday), (from_end, weekday)} & self.weekdays)

    def _at_positions(self, times: list[datetime]) -> list[datetime]:
        """Return the times of one period that BYSETPOS chooses."""
        if not self.positions:
            return times
        size = len(times)
        return [each for index, each in enumerate(times) if {index + 1, index - size} & self.positions]


def is_after(wall: datetime, last: date | None) -> bool:
    """Return True if a naive time is after the last day or the last time, if there is one."""
    return last is not None and (wall > last if isinstance(last, datetime) else wall.date() > last)


def _days_from(first: date, number: int) -> list[date]:
    begins = first.toordinal()
    return [date.fromordinal(each) for each in range(begins, begins + number)]


def _days_in(year: int) -> int:
    return 366 if isleap(year) else 365


_WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_PART: Final = re.compile(r"([A-Z]+)=([A-Z0-9+,-]+)")
_WEEKDAY: Final = re.compile(r"([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,9}")
_UNTIL: Final = re.compile(r"[0-9]{8}(T(?:[01][0-9]|2[0-3])[0-9]{4}(Z?))?")
_LONGEST: Final = 5000

# The numbers that each part may list; those that may be negative count from the end then.
_LISTS: Final = {
    "BYMONTH": ("months", 1, 12, False),
    "BYWEEKNO": ("weeks", 1, 53, True),
    "BYYEARDAY": ("year_days", 1, 366, True),
    "BYMONTHDAY": ("month_days", 1, 31, True),
    "BYSETPOS": ("positions", 1, 366, True),
    "BYHOUR": ("hours", 0, 23, False),
    "BYMINUTE": ("minutes", 0, 59, False),
    "BYSECOND": ("seconds", 0, 59, False),
}
_OF_TIMES: Final = frozenset({"BYHOUR", "BYMINUTE", "BYSECOND"})
_KNOWN: Final = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", *_LISTS}


def parse_rule(text: str, *, whole_days: bool = False) -> RecurrenceRule:
    """Return the rule that a text such as ``FREQ=WEEKLY;BYDAY=MO,WE;COUNT=10`` describes.

    Args:
        text: the rule.
        whole_days: True if it is for whole days, which have no times: then UNTIL means the day that is written there,
            BYHOUR, BYMINUTE and BYSECOND are ignored, and a FREQ shorter than a day is malformed.

    Raises:
        InvalidValueError: ``wrong-type``; ``recurrence-malformed``, which names the part that cannot be read, or that
            RFC 5545 does not allow together with another.
    """
    parts = _parts(text)
    if whole_days:
        # They "MUST NOT be specified when the associated "DTSTART" property has a DATE value type. These rule parts
        # MUST be ignored in RECUR value that violate the above requirement".
        parts = {name: value for name, value in parts.items() if name not in _OF_TIMES}
    frequency = Frequency.__members__.get(parts.get("FREQ", ""))
    if frequency is None or (whole_days and frequency > Frequency.DAILY):
        raise _malformed("FREQ")
    values: dict[str, Any] = {}
    for part, (name, least, most, signed) in _LISTS.items():
        if part in parts:
            numbers = {_number(part, each, least, most, signed=signed) for each in parts[part].split(",")}
            values[name] = tuple(sorted(numbers)) if name in {"hours", "minutes", "seconds"} else frozenset(numbers)
    if "UNTIL" in parts:
        until, in_utc = _until(parts["UNTIL"])
        if whole_days and isinstance(until, datetime):
            # It "MUST have the same value type as the "DTSTART" property". We take its day, as libical does.
            until, in_utc = until.date(), False
        values["until"], values["until_in_utc"] = until, in_utc
    if "BYDAY" in parts:
        values["weekdays"] = frozenset(map(_weekday, parts["BYDAY"].split(",")))
    if "COUNT" in parts:
        values["count"] = _number("COUNT", parts["COUNT"], 1, 999_999_999)
    if "WKST" in parts:
        if parts["WKST"] not in _WEEKDAYS:
            raise _malformed("WKST")
        values["week_start"] = _WEEKDAYS.index(parts["WKST"])
    interval = _number("INTERVAL", parts.get("INTERVAL", "1"), 1, 999_999_999)
    rule = RecurrenceRule(frequency=frequency, interval=interval, **values)
    for part, refused in _refused_together(rule):
        if refused:
            raise _malformed(part)
    return rule


def _parts(text: str) -> dict[str, str]:
    if not isinstance(cast("object", text), str):
        raise InvalidValueError(finding(Code.WRONG_TYPE, "/rule", expected="string"))
    if len(text) > _LONGEST:
        raise _malformed("unknown")
    parts: dict[str, str] = {}
    for each in text.upper().removeprefix("RRULE:").split(";"):
        match = _PART.fullmatch(each)
        if match is None or match[1] not in _KNOWN or match[1] in parts:
            raise _malformed("unknown" if match is None or match[1] not in _KNOWN else match[1])
        parts[match[1]] = match[2]
    return parts


def _refused_together(rule: RecurrenceRule) -> Iterator[tuple[str, bool]]:
    """Yield the parts that others rule out, and whether they are there, by RFC 5545 section 3.3.10."""
    frequency, numbered = rule.frequency, any(number for number, _ in rule.weekdays)
    # "UNTIL or COUNT are OPTIONAL, but they MUST NOT occur in the same 'recur'"
    yield "UNTIL", rule.until is not None and rule.count is not None
    yield "BYWEEKNO", bool(rule.weeks) and frequency is not Frequency.YEARLY
    yield "BYYEARDAY", bool(rule.year_days) and frequency in {Frequency.MONTHLY, Frequency.WEEKLY, Frequency.DAILY}
    yield "BYMONTHDAY", bool(rule.month_days) and frequency is Frequency.WEEKLY
    yield "BYDAY", numbered and (bool(rule.weeks) or frequency not in {Frequency.YEARLY, Frequency.MONTHLY})
    others = (rule.months, rule.weeks, rule.year_days, rule.month_days, rule.weekdays)
    clock = (rule.hours, rule.minutes, rule.seconds)
    # "It MUST only be used in conjunction with another BYxxx rule part."
    yield "BYSETPOS", bool(rule.positions) and not any((*others, *clock))


def _until(text: str) -> tuple[date, bool]:
    match = _UNTIL.fullmatch(text)
    if match is not None:
        with suppress(ValueError):
            last = datetime.fromisoformat(text.removesuffix("Z"))
            return last.date() if match[1] is None else last, bool(match[2])
    raise _malformed("UNTIL")


def _weekday(text: str) -> tuple[int, int]:
    match = _WEEKDAY.fullmatch(text)
    if match is None:
        raise _malformed("BYDAY")
    number = 0 if match[1] is None else _number("BYDAY", match[1], 1, 53, signed=True)
    return number, _WEEKDAYS.index(match[2])


def _number(part: str, text: str, least: int, most: int, *, signed: bool = False) -> int:
    number = int(text) if _NUMBER.fullmatch(text) else least - 1
    if not least <= (abs(number) if signed else number) <= most:
        raise _malformed(part)
    return number


def _malformed(part: str) -> InvalidValueError:
    return InvalidValueError(finding(Code.RECURRENCE_MALFORMED, "/rule", part=part))


MOST_OCCURRENCES: Final = 1000
"""The maximum number of slots that `occurrences` returns."""

_COUNT: Final = Integer(1, MOST_OCCURRENCES)


# Why: docs/decisions/0026
def occurrences(
    rule: str,
    start: str,
    zone: str | ZoneInfo,
    *,
    end: str | None = None,
    duration: timedelta | None = None,
    count: int | None = None,
    until: str | date | None = None,
    exclude: Iterable[str | date] = (),
) -> tuple[TimeSlot, ...]:
    """Return the slots of something that recurs, in order, such as the weeks of a course.

    Each begins at the time that the clocks of the place show at *start*, also after a change of the clocks. A time that
    they jump over is moved behind the jump, and a repeated time is the first one. A whole day that the zone never had
    is left out and does not count; COUNT and *count* include excluded ones.

    Args:
        rule: an RRULE: ``FREQ=MONTHLY;BYDAY=1TU;COUNT=10``. For whole days, UNTIL means the day that is written there,
            and BYHOUR, BYMINUTE and BYSECOND are ignored.
        start: the local date and time of the first occurrence, which has to be one by the rule: ``2027-03-02T09:00``.
            For whole days, the date alone: ``2027-03-02``.
        zone: the zone of the place: its IANA name, ``Africa/Lagos``, or a ZoneInfo.
        end: the local time at which the first one ends, or its clock alone: ``10:30``. All end at that time. For whole
            days, the day after the last one of the first occurrence; by default they last one day.
        duration: how long each lasts, instead of *end*.
        count: the maximum number of occurrences.
        until: the last local day or time at which one may begin.
        exclude: the local days or times of those that do not take place; each has to be that of an occurrence.

    Raises:
        InvalidValueError: ``recurrence-malformed``; ``recurrence-unbounded`` if neither the rule nor *count* nor
            *until* ends it; ``start-outside-rule``; ``excluded-outside-rule``;
            ``occurrences-too-many`` if there are more than 1,000; ``recurrence-too-complex`` if finding them takes too
            many steps; ``year-out-of-range`` if one is after 2199; ``duration-not-whole``; for the other arguments, as
            `TimeSlot`.
        TypeError: neither *end* nor *duration* is given, or both; or *duration* for whole days.

    Source: RFC 5545 sections 3.3.5 and 3.3.10.
    """
    name = require_zone(zone)
    first = _first_slot(start, end, duration, name)
    parsed = parse_rule(rule, whole_days=first.whole_days)
    begins = wall_of(first.start)
    most = parsed.count if count is None else min(require_valid(count, _COUNT, "/count"), parsed.count or count)
    last = None if until is None else _day_or_time(until, "/until")
    ends = last is not None or parsed.until is not None
    if most is None and not ends:
        raise InvalidValueError(finding(Code.RECURRENCE_UNBOUNDED, "/rule"))
    given = ((pointer("exclude", index), each) for index, each in enumerate(require_iterable(exclude, "exclude")))
    excluded = {_day_or_time(each, path): path for path, each in given}
    by_rule = parsed.starts(begins, StepBudget())
    if first.whole_days:
        by_rule = (wall for wall in by_rule if isinstance(resolve_day(wall.date(), name), DateTime))
    in_time = takewhile(
        lambda wall: not is_after(wall, last) and not parsed.is_over(wall, to_utc(first_moment(wall, name))), by_rule
    )
    walls = list(islice(in_time, min(most or MOST_OCCURRENCES + 1, MOST_OCCURRENCES + 1)))
    if walls[:1] != [begins]:
        raise InvalidValueError(finding(Code.START_OUTSIDE_RULE, "/start"))
    if len(walls) > MOST_OCCURRENCES:
        raise InvalidValueError(finding(Code.OCCURRENCES_TOO_MANY, "/rule", maximum=MOST_OCCURRENCES))
    if most is not None and len(walls) < most and not ends:
        raise _beyond_the_years()
    known = {*walls, *(wall.date() for wall in walls)}
    for each, path in excluded.items():
        if each not in known:
            raise InvalidValueError(finding(Code.EXCLUDED_OUTSIDE_RULE, path))
    slots: dict[datetime, TimeSlot] = {}
    for wall in walls:
        if not {wall, wall.date()} & excluded.keys():
            slot = None
            with suppress(InvalidValueError):
                slot = _slot_at(wall, first, lasts_exactly=duration is not None)
            if slot is None:
                raise _beyond_the_years()
            slots.setdefault(slot.starts_at, slot)  # one moved behind a jump may begin when another does
    return tuple(slots.values())


def _first_slot(start: str, end: str | None, duration: timedelta | None, zone: str) -> TimeSlot:
    is_days = isinstance(cast("object", start), str) and len(start) == Date.longest
    if (duration is not None) if is_days else (end is None) is (duration is None):
        raise TypeError("occurrences() takes either end or duration; of whole days only the end.")
    if is_days:
        first = date.fromisoformat(require_valid(start, DATE_OR_LOCAL_TIME, "/start"))
        return TimeSlot.days(first, end_of_day(first, zone).date() if end is None else end, zone)
    begins = _moment(start, zone, "/start")
    if duration is not None:
        return TimeSlot(start=begins, end=at_zone(to_utc(begins) + _whole_seconds(duration), zone))
    return TimeSlot(start=begins, end=_moment(with_date(cast("str", end), start), zone, "/end"))


def _whole_seconds(duration: timedelta) -> timedelta:
    if not isinstance(cast("object", duration), timedelta):
        raise InvalidValueError(finding(Code.WRONG_TYPE, "/duration", expected="timedelta"))
    seconds = whole_seconds(duration)
    if seconds is None:
        raise InvalidValueError(finding(Code.DURATION_NOT_WHOLE, "/duration"))
    return timedelta(seconds=max(0, min(seconds, _TOO_LONG)))


_TOO_LONG: Final = 366 * 86_400 * (LAST_YEAR - FIRST_YEAR + 1)


def _slot_at(wall: datetime, first: TimeSlot, *, lasts_exactly: bool) -> TimeSlot:
    zone = first.time_zone
    if first.whole_days:
        last = wall.date() + (first.last_day - first.first_day)
        return TimeSlot.days(wall.date(), end_of_day(last, zone).date(), zone)
    if lasts_exactly:
        begins = first_moment(wall, zone)
        return TimeSlot(start=begins, end=at_zone(to_utc(begins) + (first.ends_at - first.starts_at), zone))
    return slot_by_clock(wall, wall + (wall_of(first.end) - wall_of(first.start)), zone, first)


def _beyond_the_years() -> InvalidValueError:
    return InvalidValueError(finding(Code.YEAR_OUT_OF_RANGE, "/rule", minimum=FIRST_YEAR, maximum=LAST_YEAR))


def _moment(text: str, zone: str, path: str) -> DateTime:
    """Return the first moment at which the clocks show a time, or raise if they jump over it."""
    wall = datetime.fromisoformat(require_valid(with_seconds(text), LOCAL_TIME, path))
    moment = first_moment(wall, zone)
    if wall_of(moment) != wall:
        raise InvalidValueError(finding(Code.TIME_SKIPPED, path))
    return moment


def _day_or_time(value: str | date, path: str) -> date:
    if not isinstance(value, str):
        return require_valid(value, Date(), path)
    text = require_valid(with_seconds(value), DATE_OR_LOCAL_TIME, path)
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
