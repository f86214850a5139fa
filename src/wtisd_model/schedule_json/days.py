"""The days of a schedule, which change at four in the morning: a session after midnight belongs to the day before."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable
from typing import Final

from attrs import frozen
from pendulum import DateTime

from wtisd_model.types.timeslot import TimeSlot
from wtisd_model.types.timezone import at_zone, first_moment, to_utc

DAY_CHANGE: Final = dt.time(4)
"""When a day begins and the one before ends, by the clocks of the place; as in pretalx."""

_DAY: Final = dt.timedelta(days=1)


@frozen
class ScheduleDay:
    """A day of a schedule."""

    date: dt.date
    start: DateTime
    end: DateTime
    """When the next day begins."""

    @property
    def starts_at(self) -> dt.datetime:
        """The start in UTC."""
        return to_utc(self.start)


def schedule_days(event: TimeSlot, sessions: Iterable[TimeSlot]) -> list[ScheduleDay]:
    """Return the days of an event, from the first to the last, also those without sessions.

    The first day begins at four, or with the first session if that is earlier.
    """
    last = _day_of(event)
    dates = [event.first_day]
    while dates[-1] < last:
        dates.append(dates[-1] + _DAY)
    starts = [first_moment(dt.datetime.combine(each, DAY_CHANGE), event.time_zone) for each in [*dates, last + _DAY]]
    early = min([event.starts_at, *(each.starts_at for each in sessions)])
    if early < to_utc(starts[0]):
        starts[0] = at_zone(early, event.time_zone)
    days = map(ScheduleDay, dates, starts, starts[1:])
    # Apia had no 30 December 2011.
    return [each for each in days if each.starts_at < to_utc(each.end)]


def _day_of(event: TimeSlot) -> dt.date:
    """Return the day to which the last second of an event belongs."""
    if event.whole_days or (event.end - dt.timedelta(seconds=1)).time() >= DAY_CHANGE:
        return event.last_day
    return max(event.last_day - _DAY, event.first_day)


def day_index(days: list[ScheduleDay], slot: TimeSlot) -> int:
    """Return the index of the day of a session: that on which it begins."""
    if slot.whole_days:
        return max(bisect_right(days, slot.first_day, key=lambda day: day.date) - 1, 0)
    return max(bisect_right(days, slot.starts_at, key=lambda day: day.starts_at) - 1, 0)
