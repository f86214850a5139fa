"""The slots of something that recurs, by a rule: `occurrences`."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime, timedelta
from itertools import islice, takewhile
from typing import Final, cast
from zoneinfo import ZoneInfo

from pendulum import DateTime, Duration

from wtisd_model.codes import Code
from wtisd_model.findings import InvalidValueError, finding, pointer
from wtisd_model.schema.constraints import Date, Integer
from wtisd_model.schema.patterns import FIRST_YEAR, LAST_YEAR
from wtisd_model.types.arguments import require_iterable, require_valid
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

MOST_OCCURRENCES: Final = 1000
"""The maximum number of slots that `occurrences` returns."""

_COUNT: Final = Integer(1, MOST_OCCURRENCES)


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
    # 2 ms that only few programs need.
    from wtisd_model.types.recurrence import StepBudget, is_after
    from wtisd_model.types.rrule import parse_rule

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
    # The method of the base class: months and years of pendulum have no length.
    total = timedelta.total_seconds(duration)
    if total % 1 or (isinstance(duration, Duration) and (duration.years or duration.months)):
        raise InvalidValueError(finding(Code.DURATION_NOT_WHOLE, "/duration"))
    return timedelta(seconds=max(0, min(total, _TOO_LONG)))


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
