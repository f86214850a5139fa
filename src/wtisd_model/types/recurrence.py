"""Recurrence rules, and the local times at which something recurs by them (RFC 5545 section 3.3.10).

dateutil has no bound for the work that a rule may cause: it looks for the next 31 February second by second. Here each
day, each time and each empty period counts against a budget.
"""

from calendar import isleap, monthrange
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from enum import IntEnum
from typing import Any, Final

from attrs import evolve, frozen

from wtisd_model.codes import Code
from wtisd_model.findings import InvalidValueError, finding
from wtisd_model.schema.patterns import LAST_YEAR


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
