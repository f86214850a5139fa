"""When something is, in words: weekday, day, month, clock and zone, in the six languages of the United Nations."""

from datetime import timedelta

from pendulum import DateTime

from wtisd_model.locales import Dates
from wtisd_model.types.timeslot import TimeSlot
from wtisd_model.types.timezone import at_zone, zone_of


def in_words(slot: TimeSlot, dates: Dates, zone: str | None = None) -> str:
    """Say from when to when a slot is, and by which clocks: those of the place, or of another *zone* that is known."""
    start, end = _shown(slot, zone)
    first, last = _clock(start, dates), _clock(end, dates)
    if start.utcoffset() != end.utcoffset():
        # On the night when the clocks go back, the end may show an earlier time than the start.
        first, last = f"{first} ({_offset(start)})", f"{last} ({_offset(end)})"
        which = f" ({zone_of(start)})"
    else:
        which = _zone(start, dates)
    if start.date() == end.date():
        return dates.one_day.format(day=_day(start, dates), start=first, end=last) + which
    return dates.several_days.format(first=_day(start, dates), start=first, last=_day(end, dates), end=last) + which


def _shown(slot: TimeSlot, zone: str | None) -> tuple[DateTime, DateTime]:
    """Give the start and the end of a slot as the clocks of a known zone show them, or those of its place."""
    # Not as another slot: at the end of our years, other clocks may show the year after.
    return (slot.start, slot.end) if zone is None else (at_zone(slot.starts_at, zone), at_zone(slot.ends_at, zone))


def same_clocks(slot: TimeSlot, zone: str) -> bool:
    """Tell whether the clocks of a known zone show the same as those of the place."""
    start, end = _shown(slot, zone)
    return slot.start.naive() == start.naive() and slot.end.naive() == end.naive()


def _day(moment: DateTime, dates: Dates) -> str:
    number = (dates.first_of_month if moment.day == 1 else "{day}").format(day=moment.day)
    return dates.day.format(
        weekday=dates.weekdays[moment.weekday()],
        day=number,
        month=dates.months[moment.month - 1],
        year=moment.year,
    )


def _clock(moment: DateTime, dates: Dates) -> str:
    form = dates.time_with_seconds if moment.second else dates.time
    return form.format(hour=moment.hour, minute=moment.minute, second=moment.second)


def _zone(moment: DateTime, dates: Dates) -> str:
    name = zone_of(moment)
    return " (UTC)" if name == "UTC" else dates.zone.format(offset=_offset(moment), zone=name)


def _offset(moment: DateTime) -> str:
    offset = moment.utcoffset() or timedelta()
    minutes, seconds = divmod(abs(offset).seconds, 60)
    hours, minutes = divmod(minutes, 60)
    sign = "-" if offset < timedelta() else "+"
    # Before 1972 some places were apart from UTC by seconds: Africa/Monrovia.
    rest = f":{minutes:02}:{seconds:02}" if seconds else f":{minutes:02}" if minutes else ""
    return f"UTC{sign}{hours}{rest}"
