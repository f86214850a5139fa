"""When something is: DTSTART with DTEND or DURATION as a slot."""

from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple

from pendulum import DateTime

from wtisd_model.codes import Code
from wtisd_model.data.zones import ZONES
from wtisd_model.findings import Finding, InvalidValueError, finding
from wtisd_model.invitation.calendar.clocks import Clocks
from wtisd_model.invitation.calendar.content_line import Property
from wtisd_model.invitation.calendar.tree import Component, Note, single, unreadable
from wtisd_model.invitation.calendar.unfolding import line_path
from wtisd_model.invitation.calendar.values import day, duration, wall_time
from wtisd_model.schema.constraints import FIRST_YEAR, LAST_YEAR
from wtisd_model.types.timeslot import TimeSlot
from wtisd_model.types.timezone import at_zone, first_moment, to_utc, zone_of

_SHORTEST: Final = timedelta(seconds=1)
_DAY: Final = timedelta(days=1)
_CENTURIES: Final = timedelta(days=366 * (LAST_YEAR - FIRST_YEAR + 1))


def slot_of(component: Component, clocks: Clocks, note: Note) -> TimeSlot | None:
    """Read the slot of a component.

    Whole days go from midnight to midnight. Without an end, a day is one day, and a time lasts a second, as a slot
    cannot be empty.

    Args:
        component: a VEVENT.
        clocks: the zones of its calendar.
        note: is given what is wrong. Where there is no slot, an error is among it.

    Source: RFC 5545 section 3.6.1.
    """
    begins = single(component, "DTSTART", note)
    if begins is None:
        note(finding(Code.PROPERTY_MISSING, line_path(component.line), property="DTSTART"))
        return None
    start = _moment(begins, component, clocks, note)
    end = None if start is None else _end(component, begins, start, clocks, note)
    if start is None or end is None:
        return None
    if zone_of(end) != zone_of(start):
        note(finding(Code.ZONE_REPLACED, line_path(begins.line), zone=zone_of(start)))
        end = at_zone(to_utc(end), zone_of(start))
    with suppress(InvalidValueError):
        return TimeSlot(start=start, end=end)
    # That the end is not before the start, and the zones are one, was seen to.
    note(finding(Code.YEAR_OUT_OF_RANGE, line_path(begins.line), minimum=FIRST_YEAR, maximum=LAST_YEAR))
    return None


def _end(component: Component, begins: Property, start: DateTime, clocks: Clocks, note: Note) -> DateTime | None:
    ends = single(component, "DTEND", note)
    lasts = single(component, "DURATION", note)
    if ends is not None:
        end = _moment(ends, component, clocks, note)
        if end is None or to_utc(end) > to_utc(start):
            return end
        if to_utc(end) < to_utc(start):
            note(finding(Code.SLOT_ENDS_BEFORE_START, line_path(ends.line)))
            return None
    elif lasts is not None:
        return _after(lasts, _Start(start, begins), note)
    elif _is_day(begins):
        return _later(_Start(start, begins), _DAY, timedelta(), note)
    note(finding(Code.END_MISSING, line_path(begins.line)))
    return _later(_Start(start, begins), timedelta(), _SHORTEST, note)


class _Start(NamedTuple):
    """When it begins, and as it was written."""

    moment: DateTime
    written: Property

    def wall(self) -> datetime:
        """Say what the clocks show then; on a day without a midnight, midnight all the same."""
        on = day(self.written.value)
        return datetime.combine(self.moment.date(), self.moment.time() if on is None else time())


def _after(lasts: Property, start: _Start, note: Note) -> DateTime | None:
    length = duration(lasts.value)
    if length is None or sum(length, timedelta()) <= timedelta():
        note(unreadable(lasts))
        return None
    return _later(start, *length, note)


def _later(start: _Start, days: timedelta, exactly: timedelta, note: Note) -> DateTime | None:
    """Go on by days of the calendar, which may have 23 hours or 25, and then by time that passes."""
    zone = zone_of(start.moment)
    end: datetime | None = None
    if days + exactly < _CENTURIES:
        end = to_utc(first_moment(start.wall() + days, zone) if days else start.moment) + exactly
    if end is None or not FIRST_YEAR <= end.year <= LAST_YEAR:
        line = line_path(start.written.line)
        note(finding(Code.YEAR_OUT_OF_RANGE, line, minimum=FIRST_YEAR, maximum=LAST_YEAR))
        return None
    return at_zone(end, zone)


def _is_day(found: Property) -> bool:
    return found.keyword("VALUE") == "DATE" or day(found.value) is not None


def _moment(found: Property, component: Component, clocks: Clocks, note: Note) -> DateTime | None:
    if _is_day(found):
        on = day(found.value)
        return _midnight(on, found, clocks, note) if on is not None else _noted(unreadable(found), note)
    read = wall_time(found.value)
    if read is None:
        return _noted(unreadable(found), note)
    wall, in_utc = read
    result = clocks.read(wall, "UTC" if in_utc else found.parameter("TZID"), found.line)
    if isinstance(result, Finding):
        return _noted(result, note)
    moment, said = result
    if said is not None:
        note(said)
    kept = component.first("X-WTISD-ZONE")
    if in_utc and kept is not None and kept.value in ZONES:
        return at_zone(to_utc(moment), kept.value)
    return moment


def _midnight(on: date, found: Property, clocks: Clocks, note: Note) -> DateTime | None:
    if clocks.for_days is None:
        return _noted(finding(Code.TIME_FLOATING, line_path(found.line)), note)
    if not FIRST_YEAR <= on.year <= LAST_YEAR:
        refused = finding(Code.YEAR_OUT_OF_RANGE, line_path(found.line), minimum=FIRST_YEAR, maximum=LAST_YEAR)
        return _noted(refused, note)
    return first_moment(datetime.combine(on, time()), clocks.for_days)


def _noted(found: Finding, note: Note) -> DateTime | None:
    note(found)
    return None
