"""``start``, ``timeZone``, ``duration`` and ``showWithoutTime`` as a slot."""

from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Final

from wtisd_model.codes import Code
from wtisd_model.data.zones import ZONES
from wtisd_model.findings import InvalidValueError
from wtisd_model.ical.foreign_timezones import zone_of_tzid
from wtisd_model.jscalendar.importer.context import JSCalendarEvent
from wtisd_model.jscalendar.times import UTC, decode_local_time
from wtisd_model.schema.patterns import FIRST_YEAR, LAST_YEAR
from wtisd_model.types.duration import parse_duration
from wtisd_model.types.timeslot import CENTURIES, TimeSlot
from wtisd_model.types.timezone import at_zone, first_moment, to_utc, wall_of

_DAY: Final = timedelta(days=1)
_SECOND: Final = timedelta(seconds=1)


def read_slot(source: JSCalendarEvent) -> TimeSlot | None:
    """Return the slot of an Event; None with an error among the findings.

    A day without a duration is one day, and a time lasts a second, as a slot cannot be empty.
    """
    value, notes, members, path = source.value, source.notes, source.members, source.path
    wall = decode_local_time(members.get("start"))
    if wall is None:
        notes.note(Code.TIME_UNREADABLE if "start" in members else Code.KEY_MISSING, f"{path}/start")
        return None
    length = parse_duration(members.get("duration") or "PT0S")
    if length is None:
        notes.note(Code.PROPERTY_UNREADABLE, value["duration"].path, property="duration")
        return None
    days, exactly = length
    is_days = members.get("showWithoutTime") is True and f"{wall:%H%M%S}" == "000000" and not exactly % _DAY
    own = source.fields["timeZone"].string
    kept = own if own in ZONES else None
    zone = _zone(source, kept)
    if zone is None:
        return None
    if not FIRST_YEAR <= wall.year <= LAST_YEAR or days + exactly >= CENTURIES:
        _note_year(source)
        return None
    if is_days:
        return _whole_days(source, wall.date(), max(days + exactly, _DAY), kept or zone)
    return _timed(source, wall, length, zone, kept)


def _note_year(source: JSCalendarEvent) -> None:
    source.notes.note(Code.YEAR_OUT_OF_RANGE, f"{source.path}/start", minimum=FIRST_YEAR, maximum=LAST_YEAR)


def _whole_days(source: JSCalendarEvent, first: date, length: timedelta, zone: str) -> TimeSlot | None:
    end = first + length
    if end.year > LAST_YEAR:
        _note_year(source)
        return None
    with suppress(InvalidValueError):
        return TimeSlot.days(first, end, zone)
    source.notes.note(Code.TIME_SKIPPED, f"{source.path}/start")  # the zone never had one of the days
    return None


def _timed(
    source: JSCalendarEvent, wall: datetime, length: tuple[timedelta, timedelta], zone: str, kept: str | None
) -> TimeSlot | None:
    notes, path, (days, exactly) = source.notes, source.path, length
    start = first_moment(wall, zone)
    if wall_of(start) != wall:
        notes.note(Code.TIME_JUMPED, f"{path}/start")
    if not days + exactly:
        notes.note(Code.END_MISSING, f"{path}/start")
        exactly = _SECOND
    # "Add any week or day components of the duration to the date", then the others "in absolute time".
    ends_at = to_utc(first_moment(wall + days, zone) if days else start) + exactly
    ends_in = source.value["endTimeZone"]
    if ends_in.string is not None and _named(ends_in.string) != zone:
        notes.note(Code.END_ZONE_REPLACED, ends_in.path, zone=zone)
    shown = kept if zone == "UTC" and kept is not None else zone
    with suppress(InvalidValueError):
        return TimeSlot(start=at_zone(to_utc(start), shown), end=at_zone(ends_at, shown))
    _note_year(source)
    return None


def _zone(source: JSCalendarEvent, kept: str | None) -> str | None:
    """Return the zone of the start; None with an error among the findings.

    Whole days that this package wrote keep theirs in ``wtisd-model:fields``.
    """
    stated, notes = source.value["timeZone"], source.notes
    if stated.value is None:
        zone = (kept if "showWithoutTime" in source.members else None) or source.context.zone
        if zone is None:
            notes.note(Code.TIME_FLOATING, f"{source.path}/start")
        return zone
    if stated.string is None:
        notes.note(Code.WRONG_TYPE, stated.path, expected="string")
        return None
    # Version 1.0: a zone of the document's own may say which one of IANA it is.
    alias = source.value["timeZones"].object().member(stated.string)["tzId"].string
    zone = _named(stated.string) or (None if alias is None else _named(alias))
    if zone is not None:
        return zone
    if source.context.zone is None:
        notes.note(Code.ZONE_UNKNOWN, stated.path)
    else:
        stated.drop(Code.ZONE_UNKNOWN)
    return source.context.zone


def _named(tzid: str) -> str | None:
    return "UTC" if tzid == UTC else zone_of_tzid(tzid)
