"""The times of one VEVENT of a series: of the whole series, or of an occurrence that was changed."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Self, cast

from attrs import frozen

from wtisd_model.ical.component import Component
from wtisd_model.ical.context import ImportContext
from wtisd_model.ical.importer.entry import ImportedEntry
from wtisd_model.ical.property import EncodedValue, Property
from wtisd_model.ical.times import read_slot, zone_property
from wtisd_model.ical.values import decode_date, decode_date_time
from wtisd_model.types.timeslot import TimeSlot


@frozen
class Start:
    """The slot of an occurrence by the rules, and its identifiers."""

    slot: TimeSlot
    day: date | None
    """Its day, if it is a whole one."""

    @property
    def names(self) -> tuple[date, date]:
        """The moment and the day; EXDATE and RECURRENCE-ID may name it by either."""
        start = self.slot.start
        return self.slot.starts_at, date(start.year, start.month, start.day)

    @property
    def name(self) -> date:
        """The moment or, for a whole day, the day."""
        return self.slot.starts_at if self.day is None else self.day


@frozen
class _SeriesStart:
    """DTSTART, by which the other times of its VEVENT are read."""

    source: Property
    day: date | None
    """Its day, if it has no time."""
    zone: Property
    """The zone in which it was read; a date, and a time in UTC, have none of their own."""

    def occurrence(
        self, source: Property, value: str, length: tuple[Property, ...], context: ImportContext
    ) -> Start | None:
        """Return the occurrence that begins at a value as DTSTART would; None if it cannot be read.

        Midnight is a day where DTSTART is one, as Exchange writes it.
        """
        if self.day is not None and value[8:15] == "T000000":
            value = value[:8]
        slot = read_slot(Component("VEVENT", [self.as_property(source, value, "DTSTART"), *length, self.zone]), context)
        return None if slot is None else Start(slot, decode_date(value))

    def as_property(self, source: Property, value: str, name: str) -> Property:
        """Return a value as the property *name*; a time without a zone is in that of DTSTART."""
        tzid = source.parameter("TZID")
        if tzid is None and "T" in value and not value.endswith("Z"):
            tzid, value = self.source.parameter("TZID"), f"{value}{self.source.value.strip()[15:]}"
        return Property(name, EncodedValue(value), {} if tzid is None else {"TZID": (tzid,)}, source.line)


@frozen(kw_only=True)
class SeriesMember:
    """A VEVENT of a series, with the form of its times."""

    vevent: Component
    entry: ImportedEntry
    start: _SeriesStart
    wall: datetime
    """DTSTART in local time."""
    original: Start | None
    """The occurrence that it changes (RECURRENCE-ID)."""
    length: tuple[Property, ...]
    """DURATION, or DTEND as one, since "the same exact duration will apply to all the members"."""

    @classmethod
    def of(cls, vevent: Component, entry: ImportedEntry, context: ImportContext) -> Self | None:
        """Return the member of an entry that was read; None if its RECURRENCE-ID cannot be read."""
        source, changed = vevent.all("DTSTART")[0], vevent.get("RECURRENCE-ID")
        day = decode_date(source.value.strip())
        start = _SeriesStart(source, day, zone_property(entry.slot.time_zone))
        original = None if changed is None else start.occurrence(changed, changed.value.strip(), (), context)
        if original is None and changed is not None:
            return None
        return cls(
            vevent=vevent,
            entry=entry,
            start=start,
            wall=_wall(source),
            original=original,
            length=_length(vevent, entry.slot, is_date=day is not None),
        )

    @property
    def is_date(self) -> bool:
        """True if DTSTART is a day."""
        return self.start.day is not None

    @property
    def is_of_the_rest(self) -> bool:
        """True if it changes all later occurrences too (RANGE=THISANDFUTURE)."""
        changed = self.vevent.get("RECURRENCE-ID")
        return changed is not None and changed.keyword("RANGE") == "THISANDFUTURE"

    @property
    def first(self) -> Start:
        """The occurrence that begins at DTSTART."""
        return Start(self.entry.slot, self.start.day)

    def start_at(self, wall: datetime, context: ImportContext) -> Start | None:
        """Return the occurrence that begins at the local time *wall*; None beyond the accepted years."""
        source = self.start.source
        value = f"{wall:%Y%m%d}" if self.is_date else f"{wall:%Y%m%dT%H%M%S}{source.value.strip()[15:]}"
        return self.start.occurrence(source, value, self.length, context)

    def dates(self, name: str, context: ImportContext) -> Iterator[tuple[Property, Start | None]]:
        """Yield each value of RDATE or EXDATE; None for one that cannot be read."""
        for source in self.vevent.all(name):
            for value in source.value.split(","):
                begins, _, ends = value.strip().partition("/")
                length = (self._end_of_period(source, ends),) if ends else self.length
                yield source, self.start.occurrence(source, begins, length, context)

    def _end_of_period(self, source: Property, value: str) -> Property:
        if value.startswith("P"):
            return Property("DURATION", EncodedValue(value))
        return self.start.as_property(source, value, "DTEND")


def _length(vevent: Component, slot: TimeSlot, *, is_date: bool) -> tuple[Property, ...]:
    lasts, ends = vevent.get("DURATION"), vevent.get("DTEND")
    if ends is None:
        return () if lasts is None else (lasts,)
    if is_date and decode_date(ends.value.strip()) is not None:
        return (Property("DURATION", EncodedValue(f"P{(slot.end.date() - slot.start.date()).days}D")),)
    return (Property("DURATION", EncodedValue(f"PT{int((slot.ends_at - slot.starts_at).total_seconds())}S")),)


def _wall(start: Property) -> datetime:
    written = start.value.strip()
    decoded = decode_date_time(written) or decode_date_time(f"{written}T000000")
    return cast("tuple[datetime, bool]", decoded)[0]  # it was read before
