"""Time slots in words: weekday, date, time and zone."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from pendulum import DateTime

from wtisd_model.locales import joined_words
from wtisd_model.locales.locale import Dates
from wtisd_model.types.timeslot import TimeSlot
from wtisd_model.types.timezone import at_zone, zone_of

_MIDNIGHT: Final = time()
_SECOND: Final = timedelta(seconds=1)


def format_slot(slot: TimeSlot, dates: Dates, zone: str | None = None) -> str:
    """Return the start and the end of a slot in words, with their zone: `slot_and_zone` as one text."""
    return joined_words(slot_and_zone(slot, dates, zone))


def slot_and_zone(slot: TimeSlot, dates: Dates, zone: str | None = None) -> tuple[str, str]:
    """Return the start and the end of a slot in words, and the zone that follows them.

    The clocks are those of the place, or of another known *zone*. Whole days are the same dates in each zone, and have
    neither times nor a zone.
    """
    if slot.whole_days:
        first, last = dates.format_day(slot.first_day), dates.format_day(slot.last_day)
        return (first if first == last else dates.whole_days.format(first=first, last=last)), ""
    start, end = ends_of(slot, zone)
    first, last, name = dates.format_time(start), dates.format_time(end), zone_of(start)
    if start.utcoffset() != end.utcoffset():
        # On the night when the clocks go back, the end may show an earlier time than the start.
        first, last, suffix = f"{first} ({format_offset(start)})", f"{last} ({format_offset(end)})", f" ({name})"
    else:
        suffix = format_zone(start, dates)
    day, last_day = dates.format_day(start), dates.format_day(end)
    if day == last_day:
        return dates.one_day.format(day=day, start=first, end=last), suffix
    return dates.several_days.format(first=day, start=first, last=last_day, end=last), suffix


def has_same_clocks(slot: TimeSlot, zone: str) -> bool:
    """Return True if a reader in a known zone sees the same times as at the place, or the same whole days."""
    if slot.whole_days or zone == slot.time_zone:
        return True
    start, end = ends_of(slot, zone)
    return slot.start.naive() == start.naive() and slot.end.naive() == end.naive()


def ends_of(slot: TimeSlot, zone: str | None = None) -> tuple[DateTime, DateTime]:
    """Return the start of a slot and the first moment after it, by the clocks of the place or of a known *zone*."""
    # Not as another slot: in the last hours that a slot may have, clocks elsewhere show the year after.
    if zone is None or zone == slot.time_zone:
        return slot.start, slot.end
    return at_zone(slot.starts_at, zone), at_zone(slot.ends_at, zone)


def format_times(start: datetime, end: datetime, day: date, dates: Dates, *, with_offsets: bool) -> str:
    """Return when something begins and ends, on *day* unless it says how many days before or after.

    "22:00–02:00 (+1)". An end at midnight belongs to the day of the second before.

    Args:
        start: its start by the clocks to show.
        end: the first moment after it by the same clocks.
        day: the day that is known from what is around it.
        dates: the words.
        with_offsets: add the offsets from UTC, which tell apart times before and after a change of the clocks.
    """
    first, last = (
        dates.format_time(moment) + (f" ({days:+})" if (days := on.toordinal() - day.toordinal()) else "")
        for moment, on in ((start, start), (end, last_day_of(end)))
    )
    if not with_offsets:
        return f"{first}–{last}"
    before, after = format_offset(start), format_offset(end)
    return f"{first} {before}–{last} {after}" if before != after else f"{first}–{last} {after}"


def last_day_of(end: datetime) -> date:
    """Return the last local day of something that ends before *end*: at midnight, the day before that."""
    if end.time() != _MIDNIGHT:  # also where the clocks skip midnight, and a second before shows the day before
        return end.date()
    # Through UTC: in Havana, 00:00 comes twice on one day.
    return (end.astimezone(UTC) - _SECOND).astimezone(end.tzinfo).date()


def format_zone(moment: DateTime, dates: Dates) -> str:
    """Return the zone that follows a time, as " (UTC+2, Europe/Zurich)"."""
    name = zone_of(moment)
    return " (UTC)" if name == "UTC" else dates.zone.format(offset=format_offset(moment), zone=name)


def offsets_of(moments: Iterable[datetime]) -> list[str]:
    """Return the offsets from UTC of some moments, each once."""
    # One moment for each offset, since formatting takes longer than comparing.
    return sorted(map(format_offset, {moment.utcoffset(): moment for moment in moments}.values()))


def format_offset(moment: datetime) -> str:
    """Return the offset of a moment with a zone, as "UTC+5:30"."""
    offset = moment.utcoffset() or timedelta()
    minutes, seconds = divmod(abs(offset).seconds, 60)
    hours, minutes = divmod(minutes, 60)
    sign = "-" if offset < timedelta() else "+"
    # Before 1972 some places differed from UTC by seconds: Africa/Monrovia.
    rest = f":{minutes:02}:{seconds:02}" if seconds else f":{minutes:02}" if minutes else ""
    return f"UTC{sign}{hours}{rest}"
