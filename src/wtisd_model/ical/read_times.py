"""When a VEVENT takes place: DTSTART, DTEND and DURATION; and again: RRULE, RDATE, EXRULE, EXDATE and RECURRENCE-ID."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import ClassVar, Final, cast

from attrs import evolve
from pendulum import DateTime

from wtisd_model.codes import Code
from wtisd_model.contentlines.component import Component, EncodedValue, Property
from wtisd_model.contentlines.values import decode_date, decode_date_time, decode_duration, encode_text
from wtisd_model.data.zones import ZONES
from wtisd_model.errors import InvalidValueError
from wtisd_model.findings import finding
from wtisd_model.ical.omissions import RECURRENCE
from wtisd_model.ical.property_reader import PropertyReader, place_of
from wtisd_model.reading.calendar_entry import Change, Recurrence, Start
from wtisd_model.reading.expansion import start_in_range
from wtisd_model.reading.notes import At, Notes
from wtisd_model.reading.slots import DAY, SHORTEST, end_after, note_year, slot_between, slot_of_days
from wtisd_model.schema.patterns import FIRST_YEAR, LAST_YEAR
from wtisd_model.types.recurrence import RecurrenceRule, parse_rule
from wtisd_model.types.timeslot import TimeSlot
from wtisd_model.types.timezone import at_zone, start_of_day, to_utc, zone_of

_LENGTH_OF_DAY: Final = len("20260517")


def read_slot(vevent: Component, reader: PropertyReader) -> TimeSlot | None:
    """Return the slot of a VEVENT: DTSTART with DTEND or DURATION.

    Dates make a slot of whole days. Without an end, or if the end is the start, a day is one day, and a time lasts a
    second, as a slot cannot be empty. An end without a zone is in the zone of the start.

    Returns:
        None with an error among the findings if there is no slot.

    Source: RFC 5545 section 3.6.1.
    """
    begins, ends, lasts = (reader.single(vevent, name) for name in ("DTSTART", "DTEND", "DURATION"))
    if begins is None:
        reader.note(Code.PROPERTY_MISSING, vevent, property="DTSTART")
        return None
    length = timedelta(), timedelta()
    if ends is not None and lasts is not None:
        # "'dtend' and 'duration' MUST NOT occur in the same 'eventprop'"
        reader.drop(lasts)
    elif lasts is not None:
        decoded = decode_duration(lasts.value.strip())
        if decoded is None or sum(decoded, timedelta()) < timedelta():
            reader.note(Code.PROPERTY_UNREADABLE, lasts, property=lasts.name)
            return None
        length = decoded
    if _is_date(begins) and (ends is None or _is_date(ends)) and not length[1] % DAY:
        return _read_days(vevent, begins, ends, sum(length, timedelta()), reader)
    start = _moment(begins, vevent, reader)
    end = None if start is None else _end(vevent, begins, ends, start, length, reader)
    if start is None or end is None:
        return None
    if zone_of(end) != zone_of(start):
        reader.note(Code.END_ZONE_REPLACED, begins, zone=zone_of(start))
        end = at_zone(to_utc(end), zone_of(start))
    return slot_between(start, end, reader.notes, place_of(begins))


def _read_days(
    vevent: Component, begins: Property, ends: Property | None, length: timedelta, reader: PropertyReader
) -> TimeSlot | None:
    first = _day(begins, reader)
    zone = None if first is None else _zone_of_day(begins, vevent, reader)
    if first is None or zone is None:
        return None
    if ends is not None:
        end = _day(ends, reader)
        if end is None:
            return None
        if end < first:
            reader.note(Code.SLOT_ENDS_BEFORE_START, ends, whole_days=1)
            return None
        if ends.parameter("TZID") is not None and reader.zones.named(ends.parameter("TZID")) != zone:
            reader.drop_parameter("TZID", ends)
        length = end - first
    return slot_of_days(first, length, zone, reader.notes, place_of(begins))


def _end(
    vevent: Component,
    begins: Property,
    ends: Property | None,
    start: DateTime,
    length: tuple[timedelta, timedelta],
    reader: PropertyReader,
) -> DateTime | None:
    if ends is not None:
        end = _moment(ends, vevent, reader, beside=begins)
        if end is None or to_utc(end) > to_utc(start):
            return end
        if to_utc(end) < to_utc(start):
            reader.note(Code.SLOT_ENDS_BEFORE_START, ends, whole_days=0)
            return None
    if ends is not None or not any(length):
        reader.note(Code.END_MISSING, begins)
        length = timedelta(), SHORTEST
    return end_after(start, start.naive(), length, reader.notes, place_of(begins))


def _is_date(source: Property) -> bool:
    return source.keyword("VALUE") == "DATE" or decode_date(source.value.strip()) is not None


def _moment(
    source: Property, vevent: Component, reader: PropertyReader, *, beside: Property | None = None
) -> DateTime | None:
    """Return the moment of DTSTART, or of DTEND *beside* it; None with an error among the findings."""
    if _is_date(source):
        # The other end has a time, so this one is that of the day, at which it begins.
        day = _day(source, reader)
        zone = None if day is None else _zone_of_day(source, vevent, reader, beside)
        if day is None or zone is None:
            return None
        reader.note_once(Code.WHOLE_DAY_TIMED, source, zone=zone)
        return start_of_day(day, zone)
    decoded = decode_date_time(source.value.strip())
    if decoded is None or source.keyword("VALUE") not in {None, "DATE-TIME"}:
        reader.note(Code.PROPERTY_UNREADABLE, source, property=source.name)
        return None
    wall, in_utc = decoded
    tzid = source.parameter("TZID")
    if in_utc and tzid is not None:
        reader.drop_parameter("TZID", source)
    tzid = "UTC" if in_utc else tzid
    if tzid is None and beside is not None:
        tzid = "UTC" if beside.value.strip().endswith("Z") else beside.parameter("TZID")
        if tzid is not None:
            reader.note(Code.END_ZONE_INFERRED, source)
    if reader.zones.is_replaced(tzid):
        reader.note_once(Code.VALUE_DROPPED, source, reason=Code.ZONE_UNKNOWN)
        tzid = None
    moment, noted = reader.zones.moment(wall, tzid, place_of(source))
    if noted is not None and noted.code is Code.ZONE_REPLACED:
        reader.note_once(noted.code, source, **noted.params)
    elif noted is not None:
        reader.notes.add(noted)
    own_zone = _zone_kept(vevent)
    return at_zone(to_utc(moment), own_zone) if moment is not None and in_utc and own_zone is not None else moment


def _zone_kept(vevent: Component) -> str | None:
    """Return the zone of a slot that this package wrote without it: dates, or times in UTC."""
    stated = vevent.get("X-WTISD-ZONE")
    return stated.value if stated is not None and stated.value in ZONES else None


def _day(source: Property, reader: PropertyReader) -> date | None:
    """Return a DATE; None with an error among the findings."""
    day = decode_date(source.value.strip())
    if day is None:
        reader.note(Code.PROPERTY_UNREADABLE, source, property=source.name)
    elif not FIRST_YEAR <= day.year <= LAST_YEAR:
        note_year(reader.notes, place_of(source))
        return None
    return day


def _zone_of_day(
    source: Property, vevent: Component, reader: PropertyReader, beside: Property | None = None
) -> str | None:
    """Return the zone of a DATE, which has none itself; None with an error among the findings.

    TZID "MUST NOT be applied to DATE properties" (RFC 5545 section 3.2.19); if it is, it names the zone that is meant.
    """
    tzid = source.parameter("TZID")
    named = reader.zones.named(tzid)
    if tzid is not None and named is None:
        reader.drop_parameter("TZID", source)
    if named is None and beside is not None:
        named = reader.zones.named(beside.parameter("TZID"))
    zone = _zone_kept(vevent) or named or reader.zones.for_days
    if zone is None:
        reader.note(Code.TIME_FLOATING, source)
    return zone


def moved_into_range(vevent: Component) -> Component:
    """Return a VEVENT whose series begins before all years of an event from its first occurrence in them on."""
    begins = vevent.get("DTSTART")
    first = None if begins is None else _wall(begins)
    if begins is None or first is None or vevent.get("RRULE") is None:
        return vevent
    is_day = decode_date(begins.value.strip()) is not None
    later = start_in_range(first, lambda: _rules(vevent, "RRULE", whole_days=is_day)) - first
    if not later:
        return vevent
    properties = [_moved_by(later, source) if source.name in _MOVED else source for source in vevent.properties]
    return evolve(vevent, properties=properties)


_MOVED: Final = frozenset({"DTSTART", "DTEND"})


def _wall(source: Property) -> datetime | None:
    written = source.value.strip()
    decoded = decode_date_time(written) or decode_date_time(f"{written}T000000")
    return None if decoded is None else decoded[0]


_LAST: Final = datetime.combine(date.max, time.min)


def _moved_by(later: timedelta, source: Property) -> Property:
    wall = _wall(source)
    if wall is None:
        return source
    is_day = decode_date(source.value.strip()) is not None
    # An end so late that nothing is later belongs to no occurrence: it is refused where it stands.
    moved = wall + min(later, _LAST - wall)
    return evolve(source, value=_written(moved, is_day=is_day, like=source))


def _written(wall: datetime, *, is_day: bool, like: Property) -> EncodedValue:
    """Return a local time as the value of a property, or its day; in UTC if another one is."""
    return EncodedValue(f"{wall:%Y%m%d}" if is_day else f"{wall:%Y%m%dT%H%M%S}{_utc_mark(like)}")


def _utc_mark(source: Property) -> str:
    return "Z" if source.value.strip().endswith("Z") else ""


def _rules(vevent: Component, name: str, *, whole_days: bool) -> list[RecurrenceRule]:
    return [parse_rule(source.value.strip().rstrip(";"), whole_days=whole_days) for source in vevent.all(name)]


class VeventRecurrence(Recurrence):
    """When a VEVENT of a series takes place; an occurrence that was changed is a VEVENT of its own."""

    first_counts: ClassVar[bool] = False

    def __init__(self, vevent: Component, slot: TimeSlot, reader: PropertyReader) -> None:
        """Begin with what was read of a VEVENT."""
        sources = (source for name in (*RECURRENCE, "RECURRENCE-ID") for source in vevent.all(name))
        self.stated: Sequence[At] = [At(source.name, place_of(source)) for source in sources]
        changed = vevent.get("RECURRENCE-ID")
        self.changes_the_rest: bool = changed is not None and changed.keyword("RANGE") == "THISANDFUTURE"
        self._vevent = vevent
        self._slot = slot
        self._reader = reader
        # The findings about its times were collected when the event was read.
        self._silent = evolve(reader, notes=Notes())
        self._begins = vevent.all("DTSTART")[0]
        self._day = decode_date(self._begins.value.strip())
        # A date, and a time in UTC, have no zone of their own.
        self._zone = Property("X-WTISD-ZONE", encode_text(slot.time_zone))

    def original(self) -> Start | None:
        """Return the occurrence that RECURRENCE-ID names."""
        source = self._vevent.get("RECURRENCE-ID")
        if source is None:
            return None
        start = self._start(source, source.value.strip(), ())
        if start is None:
            raise InvalidValueError(finding(Code.PROPERTY_UNREADABLE, property=source.name))
        return start

    def rules(self) -> tuple[list[RecurrenceRule], list[RecurrenceRule]]:
        """Return RRULE and EXRULE; the latter is deprecated, but some programs write it still (RFC 2445)."""
        whole_days = self._day is not None
        return (
            _rules(self._vevent, "RRULE", whole_days=whole_days),
            _rules(self._vevent, "EXRULE", whole_days=whole_days),
        )

    def first(self) -> tuple[Start, datetime]:
        """Return the occurrence that begins at DTSTART."""
        return Start(self._slot, self._day), cast("datetime", _wall(self._begins))  # it was read before

    def start_at(self, wall: datetime) -> Start | None:
        """Return the occurrence that begins at a local time, and lasts as long as the first one."""
        value = _written(wall, is_day=self._day is not None, like=self._begins)
        return self._start(self._begins, value, self._length)

    def dates(self) -> Iterator[Start | None]:
        """Yield each value of RDATE."""
        return self._listed("RDATE")

    def excluded(self) -> Iterator[Start | None]:
        """Yield each value of EXDATE."""
        return self._listed("EXDATE")

    def changes(self) -> Iterable[Change]:
        """Return nothing: each change is a VEVENT."""
        return ()

    def _listed(self, name: str) -> Iterator[Start | None]:
        for source in self._vevent.all(name):
            for value in source.value.split(","):
                begins, _, ends = value.strip().partition("/")
                start = self._start(source, begins, (self._end_of_period(source, ends),) if ends else self._length)
                if start is None:
                    self._reader.drop(source)
                yield start

    def _start(self, source: Property, value: str, length: tuple[Property, ...]) -> Start | None:
        """Return the occurrence that begins at a value as DTSTART would; None if it cannot be read.

        Midnight is a day where DTSTART is one, as Exchange writes it.
        """
        if self._day is not None and value[_LENGTH_OF_DAY:].startswith("T000000"):
            value = value[:_LENGTH_OF_DAY]
        begins = self._as_property(source, value, "DTSTART")
        slot = read_slot(Component("VEVENT", [begins, *length, self._zone]), self._silent)
        return None if slot is None else Start(slot, decode_date(value))

    def _as_property(self, source: Property, value: str, name: str) -> Property:
        """Return a value as the property *name*; a time without a zone is in that of DTSTART."""
        tzid = source.parameter("TZID")
        if tzid is None and "T" in value and not value.endswith("Z"):
            tzid, value = self._begins.parameter("TZID"), f"{value}{_utc_mark(self._begins)}"
        return Property(name, EncodedValue(value), {} if tzid is None else {"TZID": (tzid,)}, source.line)

    def _end_of_period(self, source: Property, value: str) -> Property:
        if value.startswith("P"):
            return Property("DURATION", EncodedValue(value))
        return self._as_property(source, value, "DTEND")

    @cached_property
    def _length(self) -> tuple[Property, ...]:
        """Return DURATION, or DTEND as one, since "the same exact duration will apply to all the members"."""
        lasts, ends, slot = self._vevent.get("DURATION"), self._vevent.get("DTEND"), self._slot
        if ends is None:
            return () if lasts is None else (lasts,)
        if self._day is not None and decode_date(ends.value.strip()) is not None:
            return (Property("DURATION", EncodedValue(f"P{(slot.end.date() - slot.start.date()).days}D")),)
        return (Property("DURATION", EncodedValue(f"PT{int((slot.ends_at - slot.starts_at).total_seconds())}S")),)
