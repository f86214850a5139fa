"""The times of one VEVENT of a series: of the whole series, or of an occurrence that was changed."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final, Self, cast

from attrs import evolve, frozen

from wtisd_model.ical.component import Component
from wtisd_model.ical.context import ImportContext
from wtisd_model.ical.importer.entry import ImportedEntry
from wtisd_model.ical.property import EncodedValue, Property
from wtisd_model.ical.times import read_slot
from wtisd_model.ical.values import decode_date, decode_date_time
from wtisd_model.types.timeslot import TimeSlot

_MOST_READ: Final = 5000
"""The maximum number of items of an RDATE or EXDATE that are read."""


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


@frozen(kw_only=True)
class SeriesMember:
    """A VEVENT of a series, with the form of its times."""

    vevent: Component
    entry: ImportedEntry
    start: Property
    """DTSTART."""
    wall: datetime
    """DTSTART in local time."""
    original: Start | None
    """The occurrence that it changes (RECURRENCE-ID)."""
    length: tuple[Property, ...]
    """DURATION, or DTEND as one, since "the same exact duration will apply to all the members"."""

    @classmethod
    def of(cls, vevent: Component, entry: ImportedEntry, context: ImportContext) -> Self | None:
        """Return the member of an entry that was read; None if its RECURRENCE-ID cannot be read."""
        start, changed = vevent.all("DTSTART")[0], vevent.get("RECURRENCE-ID")
        original = None if changed is None else _start(changed, changed.value.strip(), start, (), context)
        if original is None and changed is not None:
            return None
        is_date = decode_date(start.value.strip()) is not None
        return cls(
            vevent=vevent,
            entry=entry,
            start=start,
            wall=_wall(start),
            original=original,
            length=_length(vevent, entry.slot, is_date=is_date),
        )

    @property
    def is_date(self) -> bool:
        """True if DTSTART is a day."""
        return decode_date(self.start.value.strip()) is not None

    @property
    def is_of_the_rest(self) -> bool:
        """True if it changes all later occurrences too (RANGE=THISANDFUTURE)."""
        changed = self.vevent.get("RECURRENCE-ID")
        return changed is not None and changed.keyword("RANGE") == "THISANDFUTURE"

    @property
    def first(self) -> Start:
        """The occurrence that begins at DTSTART."""
        return Start(self.entry.slot, decode_date(self.start.value.strip()))

    def start_at(self, wall: datetime, context: ImportContext) -> Start | None:
        """Return the occurrence that begins at the local time *wall*; None beyond the accepted years."""
        written = self.start.value.strip()
        value = f"{wall:%Y%m%d}" if self.is_date else f"{wall:%Y%m%dT%H%M%S}{written[15:]}"
        return _start(self.start, value, self.start, self.length, context)

    def dates(self, name: str, context: ImportContext) -> Iterator[tuple[Property, Start | None]]:
        """Yield each value of RDATE or EXDATE; None for one that cannot be read."""
        for source in self.vevent.all(name):
            for value in source.value.split(",", _MOST_READ)[:_MOST_READ]:
                begins, _, ends = value.strip().partition("/")
                length = (_end_of_period(source, ends, self.start),) if ends else self.length
                yield source, _start(source, begins, self.start, length, context)


def _start(
    source: Property, value: str, beside: Property, length: tuple[Property, ...], context: ImportContext
) -> Start | None:
    """Return the occurrence that begins at a value as DTSTART would.

    A time without a zone is in that of *beside*, and midnight is a day where that is one, as Exchange writes it.
    """
    if decode_date(beside.value.strip()) is not None and value[8:15] == "T000000":
        value = value[:8]
    slot = read_slot(Component("VEVENT", [_as_dtstart(source, value, beside), *length]), context)
    return None if slot is None else Start(slot, decode_date(value))


def _as_dtstart(source: Property, value: str, beside: Property) -> Property:
    tzid, is_floating = source.parameter("TZID"), decode_date(value) is None and not value.endswith("Z")
    if tzid is None and is_floating:
        tzid, value = beside.parameter("TZID"), f"{value}{beside.value.strip()[15:]}"
    return Property("DTSTART", EncodedValue(value), {} if tzid is None else {"TZID": (tzid,)}, source.line)


def _end_of_period(source: Property, value: str, beside: Property) -> Property:
    if value.startswith("P"):
        return Property("DURATION", EncodedValue(value))
    return evolve(_as_dtstart(source, value, beside), name="DTEND")


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
