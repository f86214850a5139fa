"""When a VEVENT takes place again: RRULE, RDATE, EXRULE, EXDATE and RECURRENCE-ID."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import cached_property
from typing import ClassVar, Final, cast

from attrs import evolve

from wtisd_model.codes import Code
from wtisd_model.findings import InvalidValueError, finding
from wtisd_model.ical.component import Component, EncodedValue, Property
from wtisd_model.ical.context import RECURRENCE, ImportContext, place_of
from wtisd_model.ical.times import read_slot, zone_property
from wtisd_model.ical.values import decode_date, decode_date_time
from wtisd_model.reading.calendar_entry import Change, Recurrence, Start
from wtisd_model.reading.notes import At, Notes
from wtisd_model.reading.series import start_in_range
from wtisd_model.types.recurrence import RecurrenceRule, parse_rule
from wtisd_model.types.timeslot import TimeSlot


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
    properties = [_later(source, later) if source.name in _MOVED else source for source in vevent.properties]
    return evolve(vevent, properties=properties)


_MOVED: Final = frozenset({"DTSTART", "DTEND"})


def _wall(source: Property) -> datetime | None:
    written = source.value.strip()
    decoded = decode_date_time(written) or decode_date_time(f"{written}T000000")
    return None if decoded is None else decoded[0]


def _later(source: Property, by: timedelta) -> Property:
    wall, written = _wall(source), source.value.strip()
    if wall is None:
        return source
    return evolve(source, value=EncodedValue(f"{wall + by:%Y%m%dT%H%M%S}"[: len(written)] + written[15:]))


def _rules(vevent: Component, name: str, *, whole_days: bool) -> list[RecurrenceRule]:
    return [parse_rule(each.value.strip().rstrip(";"), whole_days=whole_days) for each in vevent.all(name)]


class VeventRecurrence(Recurrence):
    """When a VEVENT of a series takes place; an occurrence that was changed is a VEVENT of its own."""

    first_counts: ClassVar[bool] = False

    def __init__(self, vevent: Component, slot: TimeSlot, context: ImportContext) -> None:
        """Begin with what was read of a VEVENT."""
        sources = (each for name in (*RECURRENCE, "RECURRENCE-ID") for each in vevent.all(name))
        self.stated: Sequence[At] = [At(each.name, place_of(each)) for each in sources]
        changed = vevent.get("RECURRENCE-ID")
        self.changes_the_rest = changed is not None and changed.keyword("RANGE") == "THISANDFUTURE"
        self._vevent = vevent
        self._slot = slot
        self._context = context
        # The findings about its times were collected when the event was read.
        self._silent = evolve(context, notes=Notes())
        self._begins = vevent.all("DTSTART")[0]
        self._day = decode_date(self._begins.value.strip())
        # A date, and a time in UTC, have no zone of their own.
        self._zone = zone_property(slot.time_zone)

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
        is_date = self._day is not None
        value = f"{wall:%Y%m%d}" if is_date else f"{wall:%Y%m%dT%H%M%S}{self._begins.value.strip()[15:]}"
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
                    self._context.drop(source)
                yield start

    def _start(self, source: Property, value: str, length: tuple[Property, ...]) -> Start | None:
        """Return the occurrence that begins at a value as DTSTART would; None if it cannot be read.

        Midnight is a day where DTSTART is one, as Exchange writes it.
        """
        if self._day is not None and value[8:15] == "T000000":
            value = value[:8]
        begins = self._as_property(source, value, "DTSTART")
        slot = read_slot(Component("VEVENT", [begins, *length, self._zone]), self._silent)
        return None if slot is None else Start(slot, decode_date(value))

    def _as_property(self, source: Property, value: str, name: str) -> Property:
        """Return a value as the property *name*; a time without a zone is in that of DTSTART."""
        tzid = source.parameter("TZID")
        if tzid is None and "T" in value and not value.endswith("Z"):
            tzid, value = self._begins.parameter("TZID"), f"{value}{self._begins.value.strip()[15:]}"
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
