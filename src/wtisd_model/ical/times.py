"""DTSTART, DTEND and DTSTAMP: slots and moments as properties, and properties as slots."""

from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Final

from pendulum import DateTime

from wtisd_model.codes import Code
from wtisd_model.data.zones import ZONES
from wtisd_model.findings import InvalidValueError
from wtisd_model.ical.component import Component, Property
from wtisd_model.ical.context import ImportContext, place_of
from wtisd_model.ical.values import (
    decode_date,
    decode_date_time,
    decode_duration,
    encode_date,
    encode_date_time_local,
    encode_date_time_utc,
    encode_text,
)
from wtisd_model.schema.patterns import FIRST_YEAR, LAST_YEAR
from wtisd_model.types.timeslot import CENTURIES, TimeSlot
from wtisd_model.types.timezone import at_zone, first_moment, start_of_day, to_local_time, to_utc, zone_of

_SHORTEST: Final = timedelta(seconds=1)
_DAY: Final = timedelta(days=1)
_AS_DATE: Final = {"VALUE": ("DATE",)}


def zone_needed(slot: TimeSlot, *, utc: bool) -> str | None:
    """Return the zone whose VTIMEZONE the times of *slot* need, or None if they are dates, or written in UTC.

    They are in UTC if *utc* is true, if the zone is UTC, and if the start or the end is a local time that occurs twice.
    That "refers to the first occurrence of the referenced time" (RFC 5545 section 3.3.5), so the second one has no
    local form; and half of the calendar programs read the first one as the second.
    """
    zone = slot.time_zone
    in_utc = utc or zone == "UTC" or _is_repeated(slot.start) or _is_repeated(slot.end)
    return None if in_utc or slot.whole_days else zone


def slot_properties(slot: TimeSlot, *, utc: bool) -> list[Property]:
    """Return DTSTART and DTEND.

    Both have the same form, as RFC 5545 section 3.6.1 asks. Dates have no zone (section 3.3.4), and times in UTC only
    that; ``X-WTISD-ZONE`` keeps the zone for programs that read the file back.
    """
    if slot.whole_days:
        return day_properties(slot.start, slot.end, slot.time_zone)
    zone = zone_needed(slot, utc=utc)
    if zone is not None:
        in_zone = {"TZID": (zone,)}
        return [
            Property("DTSTART", encode_date_time_local(slot.start), in_zone),
            Property("DTEND", encode_date_time_local(slot.end), in_zone),
        ]
    times = [
        Property("DTSTART", encode_date_time_utc(slot.start)),
        Property("DTEND", encode_date_time_utc(slot.end)),
    ]
    return times if slot.time_zone == "UTC" else [*times, zone_property(slot.time_zone)]


def day_properties(first: date, end: date, zone: str) -> list[Property]:
    """Return DTSTART and DTEND of whole days in a zone; *end* is the day after the last one."""
    # "the value type ... MUST be the same as the DTSTART property" (RFC 5545 section 3.8.2.2)
    return [
        Property("DTSTART", encode_date(first), _AS_DATE),
        Property("DTEND", encode_date(end), _AS_DATE),
        zone_property(zone),
    ]


def zone_property(zone: str) -> Property:
    """Return the property that keeps the zone of a slot."""
    return Property("X-WTISD-ZONE", encode_text(zone))


def stamp_property(stamped: datetime) -> Property:
    """Return DTSTAMP, the time at which the file or the message was made (RFC 5545 section 3.8.7.2)."""
    return Property("DTSTAMP", encode_date_time_utc(stamped))


def _is_repeated(moment: DateTime) -> bool:
    return to_local_time(moment)[2] is not None


def read_slot(vevent: Component, context: ImportContext) -> TimeSlot | None:
    """Return the slot of a VEVENT: DTSTART with DTEND or DURATION.

    Dates make a slot of whole days. Without an end, or if the end is the start, a day is one day, and a time lasts a
    second, as a slot cannot be empty. An end without a zone is in the zone of the start.

    Returns:
        None with an error among the findings if there is no slot.

    Source: RFC 5545 section 3.6.1.
    """
    begins, ends, lasts = (context.single(vevent, name) for name in ("DTSTART", "DTEND", "DURATION"))
    if begins is None:
        context.note(Code.PROPERTY_MISSING, vevent, property="DTSTART")
        return None
    length = timedelta(), timedelta()
    if ends is not None and lasts is not None:
        # "'dtend' and 'duration' MUST NOT occur in the same 'eventprop'"
        context.drop(lasts)
    elif lasts is not None:
        decoded = decode_duration(lasts.value.strip())
        if decoded is None or sum(decoded, timedelta()) < timedelta():
            context.note(Code.PROPERTY_UNREADABLE, lasts, property=lasts.name)
            return None
        length = decoded
    if _is_date(begins) and (ends is None or _is_date(ends)) and not length[1] % _DAY:
        return _read_days(vevent, begins, ends, sum(length, timedelta()), context)
    start = _moment(begins, vevent, context)
    end = None if start is None else _end(vevent, begins, ends, start, length, context)
    if start is None or end is None:
        return None
    if zone_of(end) != zone_of(start):
        context.note(Code.END_ZONE_REPLACED, begins, zone=zone_of(start))
        end = at_zone(to_utc(end), zone_of(start))
    with suppress(InvalidValueError):
        return TimeSlot(start=start, end=end)
    # The end is after the start, and both are in one zone; only the year is left to be wrong.
    _note_year(begins, context)
    return None


def _read_days(
    vevent: Component, begins: Property, ends: Property | None, length: timedelta, context: ImportContext
) -> TimeSlot | None:
    first = _day(begins, context)
    zone = None if first is None else _zone_of_day(begins, vevent, context)
    if first is None or zone is None:
        return None
    if ends is not None:
        end = _day(ends, context)
        if end is None:
            return None
        if end < first:
            context.note(Code.SLOT_ENDS_BEFORE_START, ends, whole_days=1)
            return None
        if ends.parameter("TZID") is not None and context.zones.named(ends.parameter("TZID")) != zone:
            context.drop_parameter("TZID", ends)
        length = end - first
    days = max(length, _DAY)
    if days > CENTURIES or (first + days).year > LAST_YEAR:
        _note_year(begins, context)
        return None
    with suppress(InvalidValueError):
        return TimeSlot.days(first, first + days, zone)
    context.note(Code.TIME_SKIPPED, begins)  # the zone never had one of the days
    return None


def _end(
    vevent: Component,
    begins: Property,
    ends: Property | None,
    start: DateTime,
    length: tuple[timedelta, timedelta],
    context: ImportContext,
) -> DateTime | None:
    if ends is not None:
        end = _moment(ends, vevent, context, beside=begins)
        if end is None or to_utc(end) > to_utc(start):
            return end
        if to_utc(end) < to_utc(start):
            context.note(Code.SLOT_ENDS_BEFORE_START, ends, whole_days=0)
            return None
    elif any(length):
        return _later(start, begins, *length, context)
    context.note(Code.END_MISSING, begins)
    return _later(start, begins, timedelta(), _SHORTEST, context)


def _later(
    start: DateTime, begins: Property, days: timedelta, exactly: timedelta, context: ImportContext
) -> DateTime | None:
    """Return the moment after calendar *days*, which may have 23 or 25 hours, and then *exactly* a time."""
    zone, end = zone_of(start), None
    if days + exactly < CENTURIES:
        end = at_zone(to_utc(first_moment(start.naive() + days, zone) if days else start) + exactly, zone)
    if end is None or end.year > LAST_YEAR:
        _note_year(begins, context)
        return None
    return end


def _note_year(source: Property, context: ImportContext) -> None:
    context.note(Code.YEAR_OUT_OF_RANGE, source, minimum=FIRST_YEAR, maximum=LAST_YEAR)


def _is_date(source: Property) -> bool:
    return source.keyword("VALUE") == "DATE" or decode_date(source.value.strip()) is not None


def _moment(
    source: Property, vevent: Component, context: ImportContext, *, beside: Property | None = None
) -> DateTime | None:
    """Return the moment of DTSTART, or of DTEND *beside* it; None with an error among the findings."""
    if _is_date(source):
        # The other end has a time, so this one is that of the day, at which it begins.
        day = _day(source, context)
        zone = None if day is None else _zone_of_day(source, vevent, context, beside)
        if day is None or zone is None:
            return None
        context.note_once(Code.WHOLE_DAY_TIMED, source, zone=zone)
        return start_of_day(day, zone)
    decoded = decode_date_time(source.value.strip())
    if decoded is None or source.keyword("VALUE") not in {None, "DATE-TIME"}:
        context.note(Code.PROPERTY_UNREADABLE, source, property=source.name)
        return None
    wall, in_utc = decoded
    tzid = source.parameter("TZID")
    if in_utc and tzid is not None:
        context.drop_parameter("TZID", source)
    tzid = "UTC" if in_utc else tzid
    if tzid is None and beside is not None:
        tzid = "UTC" if beside.value.strip().endswith("Z") else beside.parameter("TZID")
        if tzid is not None:
            context.note(Code.END_ZONE_INFERRED, source)
    if context.zones.is_replaced(tzid):
        context.note_once(Code.VALUE_DROPPED, source, reason=Code.ZONE_UNKNOWN)
        tzid = None
    moment, noted = context.zones.moment(wall, tzid, place_of(source))
    if noted is not None and noted.code is Code.ZONE_REPLACED:
        context.note_once(noted.code, source, **noted.params)
    elif noted is not None:
        context.notes.add(noted)
    kept = _zone_kept(vevent)
    return at_zone(to_utc(moment), kept) if moment is not None and in_utc and kept is not None else moment


def _zone_kept(vevent: Component) -> str | None:
    """Return the zone of a slot that this package wrote without it: dates, or times in UTC."""
    kept = vevent.get("X-WTISD-ZONE")
    return kept.value if kept is not None and kept.value in ZONES else None


def _day(source: Property, context: ImportContext) -> date | None:
    """Return a DATE; None with an error among the findings."""
    day = decode_date(source.value.strip())
    if day is None:
        context.note(Code.PROPERTY_UNREADABLE, source, property=source.name)
    elif not FIRST_YEAR <= day.year <= LAST_YEAR:
        _note_year(source, context)
        return None
    return day


def _zone_of_day(
    source: Property, vevent: Component, context: ImportContext, beside: Property | None = None
) -> str | None:
    """Return the zone of a DATE, which has none itself; None with an error among the findings.

    TZID "MUST NOT be applied to DATE properties" (RFC 5545 section 3.2.19); if it is, it names the zone that is meant.
    """
    tzid = source.parameter("TZID")
    named = context.zones.named(tzid)
    if tzid is not None and named is None:
        context.drop_parameter("TZID", source)
    if named is None and beside is not None:
        named = context.zones.named(beside.parameter("TZID"))
    zone = _zone_kept(vevent) or named or context.zones.for_days
    if zone is None:
        context.note(Code.TIME_FLOATING, source)
    return zone
