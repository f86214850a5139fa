"""Times on a page: when an event takes place, and the hours of a session under the heading of its day."""

from datetime import UTC, date, datetime
from typing import Final

from pendulum import DateTime

from wtisd_model.markup.element import Markup, element, joined
from wtisd_model.model.event import Event
from wtisd_model.model.session import Session
from wtisd_model.page.context import PageContext
from wtisd_model.programme.times import (
    ends_of,
    format_offset,
    format_slot,
    format_times,
    format_zone,
    has_same_clocks,
    last_day_of,
    slot_and_zone,
)
from wtisd_model.types.timeslot import TimeSlot
from wtisd_model.types.timezone import at_zone

_UNTIL: Final = "–"


def machine_date(slot: TimeSlot) -> str:
    """Return the start of a slot for an attribute ``datetime``, or the first of its whole days."""
    return slot.first_day.isoformat() if slot.whole_days else machine_time(slot.starts_at)


def machine_time(moment: datetime) -> str:
    """Return a moment for an attribute ``datetime``, in UTC."""
    return moment.astimezone(UTC).isoformat(timespec="minutes" if moment.second == 0 else "seconds")[:-6] + "Z"


def when(slot: TimeSlot, context: PageContext) -> list[Markup]:
    """Return a slot in words by the clocks that the page shows and, if they differ, by those of the place."""
    zones = [context.zone] if has_same_clocks(slot, context.zone) else [context.zone, slot.time_zone]
    return [_period(slot, zone, context) for zone in zones]


def dated(sentence: str, moment: datetime, context: PageContext, class_: str | None = None) -> Markup:
    """Return a sentence with a moment by the clocks that the page shows, and after it their zone.

    Args:
        sentence: has the placeholder ``{moment}``.
        moment: the moment.
        context: that of the page.
        class_: the class of the element.
    """
    dates, shown = context.words.dates, at_zone(moment, context.zone)
    said = sentence.format(moment=dates.format_moment(shown))
    return element("time", said, _zone(format_zone(shown, dates)), class_=class_, datetime=machine_time(moment))


def previous(thing: Event | Session, context: PageContext) -> Markup:
    """Return the time that an event or a session had before it was last rescheduled."""
    return element("s", format_slot(thing.previous_slots[-1], context.words.dates, context.zone))


def hours(slot: TimeSlot, context: PageContext, *, with_offsets: bool) -> Markup:
    """Return the times of a slot that begins on a known day and, if they differ, those that clocks at the place show.

    Args:
        slot: that of a session.
        context: that of the page.
        with_offsets: add the offsets from UTC.
    """
    if slot.whole_days:
        shown = element("time", context.words.pictures.timetable.whole_day, datetime=machine_date(slot))
        return joined(shown, _days_later((slot.last_day - slot.first_day).days, slot.last_day, context))
    start, end = ends_of(slot, context.zone)
    before, after = (f" {format_offset(each)}" if with_offsets else "" for each in (start, end))
    last_day = last_day_of(end)
    shown = joined(
        _time(start, context),
        before if before != after else None,
        _UNTIL,
        _time(end, context),
        after,
        _days_later((last_day - start.date()).days, last_day, context),
    )
    if has_same_clocks(slot, context.zone):
        return shown
    dates, first_day = context.words.dates, slot.start.date()
    there = format_times(slot.start, slot.end, first_day, dates, with_offsets=with_offsets)
    day = None if first_day == start.date() else joined(dates.format_day(slot.start), element("br"))
    return joined(shown, element("small", day, f"{there} ", context.town(slot.time_zone)))


def _period(slot: TimeSlot, zone: str, context: PageContext) -> Markup:
    """Return a slot in words: a ``time`` element, or one for each end if they are on two days, and then the zone."""
    dates = context.words.dates
    said, suffix = slot_and_zone(slot, dates, zone)
    starts_at = machine_date(slot)
    if slot.whole_days:
        first, last = (dates.format_day(each) for each in (slot.first_day, slot.last_day))
        ends_at, is_one_day = slot.last_day.isoformat(), slot.first_day == slot.last_day
    else:
        start, end = ends_of(slot, zone)
        has_offsets = start.utcoffset() != end.utcoffset()
        first, last = (
            dates.format_moment(each) + (f" ({format_offset(each)})" if has_offsets else "") for each in (start, end)
        )
        ends_at, is_one_day = machine_time(slot.ends_at), start.date() == end.date()
    if is_one_day:
        shown = element("time", said, datetime=starts_at)
    else:
        shown = joined(
            element("time", f"{first} {_UNTIL}", datetime=starts_at), " ", element("time", last, datetime=ends_at)
        )
    return joined(shown, _zone(suffix)) if suffix else shown


def _zone(suffix: str) -> Markup:
    # The names of zones are in Latin letters: without a direction of its own, the bracket is torn apart in Arabic.
    return joined(" " if suffix[:1] == " " else None, element("bdi", suffix.strip(), dir="ltr"))


def _days_later(days: int, last_day: date, context: PageContext) -> Markup | None:
    """Return the number of days after which something ends and, for people who hear the page, the day; None for 0."""
    if days == 0:
        return None
    day = context.words.dates.format_day(last_day)
    return joined(
        element("span", f"{context.words.comma}{day}", class_="heard"),
        element("span", f" (+{days})", aria_hidden="true"),
    )


def _time(moment: DateTime, context: PageContext) -> Markup:
    return element("time", context.words.dates.format_time(moment), datetime=machine_time(moment))
