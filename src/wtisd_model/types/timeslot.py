"""Stretches of time: a slot that includes its start and not its end, and a deadline that includes its day."""

import datetime as dt
from collections.abc import Iterator
from typing import Any, ClassVar, Self

import pendulum
from attrs import Attribute, field, frozen
from pendulum import DateTime, Duration

from wtisd_model.codes import Code
from wtisd_model.findings import Finding, InvalidValueError, finding
from wtisd_model.schema.constraints import Timestamp, as_utc
from wtisd_model.schema.fields import Invariant
from wtisd_model.schema.model import Model
from wtisd_model.types.arguments import checked
from wtisd_model.types.language import LANGUAGE, shortened
from wtisd_model.types.timezone import (
    LocalTime,
    Repeated,
    TimeZone,
    at_zone,
    check_zoned,
    end_of_day,
    local_time,
    named_zone,
    resolve,
    to_utc,
    written,
    zone_of,
)


def _start_is_a_moment(start: str, time_zone: str, start_repeated: Repeated | None) -> Iterator[Finding]:
    yield from _unresolved("start", start, time_zone, start_repeated)


def _end_is_a_moment(end: str, time_zone: str, end_repeated: Repeated | None) -> Iterator[Finding]:
    yield from _unresolved("end", end, time_zone, end_repeated)


def _unresolved(key: str, wall: str, zone: str, repeated: Repeated | None) -> Iterator[Finding]:
    found = resolve(wall, zone, repeated)
    if isinstance(found, Finding):
        yield found.prefixed(f"/{key}" if found.code == Code.TIME_SKIPPED else f"/{key}Repeated")


def _end_comes_after_start(
    start: str, end: str, time_zone: str, start_repeated: Repeated | None, end_repeated: Repeated | None
) -> Iterator[Finding]:
    first, last = resolve(start, time_zone, start_repeated), resolve(end, time_zone, end_repeated)
    if isinstance(first, DateTime) and isinstance(last, DateTime) and to_utc(last) <= to_utc(first):
        yield finding(Code.SLOT_ENDS_BEFORE_START, "/end")


@frozen(kw_only=True, eq=False, repr=False)
class WrittenSlot(Model):
    """A TimeSlot as JSON has it: two local times and the zone that gives them meaning."""

    INVARIANTS: ClassVar[tuple[Invariant, ...]] = (_start_is_a_moment, _end_is_a_moment, _end_comes_after_start)

    start: LocalTime
    """First second inside it, by the clocks of the place (RFC 8984 start; RFC 5545 DTSTART)."""
    end: LocalTime
    """First second after it, by the clocks of the place (RFC 5545 DTEND)."""
    time_zone: TimeZone
    """The zone of the place (RFC 8984 timeZone; RFC 5545 TZID)."""
    start_repeated: Repeated | None = None
    """Which start is meant where the clocks show it twice; given exactly then."""
    end_repeated: Repeated | None = None
    """Which end is meant where the clocks show it twice; given exactly then."""

    def value(self) -> "TimeSlot":
        """Make the slot that this describes."""
        return TimeSlot(
            start=local_time(self.start, self.time_zone, repeated=self.start_repeated),
            end=local_time(self.end, self.time_zone, repeated=self.end_repeated),
        )


def _is_zoned(_instance: object, attribute: "Attribute[DateTime]", value: object) -> None:
    found = check_zoned(value)
    if found is not None:
        raise InvalidValueError(found.prefixed(f"/{attribute.name}"))


def _moment_and_zone(value: DateTime) -> tuple[dt.datetime, str]:
    # Within one zone pendulum compares clock faces, and 02:30 comes twice on the night the clocks go back.
    return to_utc(value), zone_of(value)


@frozen(kw_only=True)
class TimeSlot:
    """A stretch of time at a place; two that touch do not overlap.

    Slots are equal when they start and end at the same moments in the same zone.

    Raises:
        InvalidValueError: ``wrong-type``, ``zone-unknown``, ``time-unreadable`` (a fraction of a second, or a year
            outside 1970 to 2199), ``time-skipped``, ``zones-differ``, ``slot-ends-before-start``.
    """

    json_form: ClassVar[type] = WrittenSlot

    start: DateTime = field(validator=_is_zoned, eq=_moment_and_zone)
    """First second inside it, in the zone of the place (RFC 5545 DTSTART)."""
    end: DateTime = field(validator=_is_zoned, eq=_moment_and_zone)
    """First second after it, in the zone of the place (RFC 5545 DTEND, "the non-inclusive end")."""

    def __attrs_post_init__(self) -> None:
        if zone_of(self.start) != zone_of(self.end):
            raise InvalidValueError(finding(Code.ZONES_DIFFER, "/end"))
        if self.ends_at <= self.starts_at:
            raise InvalidValueError(finding(Code.SLOT_ENDS_BEFORE_START, "/end"))

    def __reduce__(self) -> tuple[Any, ...]:
        # A pickled or copied pendulum.DateTime forgets which of two equal times it was.
        return _read_back, (written(self.start), written(self.end))

    @property
    def time_zone(self) -> str:
        """The name of the zone."""
        return zone_of(self.start)

    @property
    def starts_at(self) -> dt.datetime:
        """The start as a plain datetime in UTC."""
        return to_utc(self.start)

    @property
    def ends_at(self) -> dt.datetime:
        """The end as a plain datetime in UTC."""
        return to_utc(self.end)

    @property
    def duration(self) -> Duration:
        """How long it is, in time that passes: an hour more on the night when the clocks go back."""
        return _passed(self.ends_at - self.starts_at)

    def contains(self, moment: dt.datetime) -> bool:
        """Tell whether an aware *moment* lies in it; the start does, the end does not."""
        return self.starts_at <= moment_in_utc(moment, "/moment") < self.ends_at

    def encloses(self, other: Self) -> bool:
        """Tell whether all of *other* lies in it."""
        return self.starts_at <= other.starts_at and other.ends_at <= self.ends_at

    def overlaps(self, other: Self) -> bool:
        """Tell whether some moment lies in both."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at

    def in_zone(self, zone: str) -> "TimeSlot":
        """Give the same stretch of time as the clocks of another *zone* show it (``zone-unknown``)."""
        zone = named_zone(zone)
        return TimeSlot(start=at_zone(self.starts_at, zone), end=at_zone(self.ends_at, zone))

    def written(self) -> WrittenSlot:
        """Give what JSON has for it."""
        start, end, zone, start_repeated, end_repeated = self.fields_written()
        return WrittenSlot(
            start=start, end=end, time_zone=zone, start_repeated=start_repeated, end_repeated=end_repeated
        )

    def fields_written(self) -> tuple[str, str, str, Repeated | None, Repeated | None]:
        """Give the fields of what JSON has for it, in their order."""
        start, zone, start_repeated = written(self.start)
        end, _, end_repeated = written(self.end)
        return start, end, zone, start_repeated, end_repeated


def _read_back(start: tuple[str, str, Repeated | None], end: tuple[str, str, Repeated | None]) -> TimeSlot:
    return WrittenSlot(
        start=start[0], end=end[0], time_zone=start[1], start_repeated=start[2], end_repeated=end[2]
    ).value()


@frozen(kw_only=True, eq=False, repr=False)
class Deadline(Model):
    """The last calendar day on which something may be done, by the clocks of a place."""

    date: dt.date
    """The last day; all of it is still in time."""
    time_zone: TimeZone
    """The zone whose clocks end the day."""

    @property
    def closes_at(self) -> DateTime:
        """The first moment that is too late: when the last of the day has passed in the zone."""
        return end_of_day(self.date, self.time_zone)

    def is_open(self, at: dt.datetime) -> bool:
        """Tell whether an aware moment is in time (``wrong-type``, ``moment-naive``, ``moment-unreadable``)."""
        return moment_in_utc(at, "/at") < to_utc(self.closes_at)

    def remaining(self, at: dt.datetime) -> Duration:
        """Say how long it is from an aware moment until it is too late; negative afterwards (errors as `is_open`)."""
        return _passed(to_utc(self.closes_at) - moment_in_utc(at, "/at"))

    def remaining_in_words(self, at: dt.datetime, language: str = "en") -> str:
        """Say the same in words: ``7 days 14 hours``; fr-CH is said in fr.

        Raises:
            InvalidValueError: as `is_open`, and ``language-unknown`` for a *language* that pendulum does not have.
        """
        checked(language, LANGUAGE, "/language")
        remaining = self.remaining(at)
        for tag in shortened(language):
            try:
                return remaining.in_words(locale=tag)
            except ValueError:
                continue
        raise InvalidValueError(finding(Code.LANGUAGE_UNKNOWN, "/language"))


def _passed(time: dt.timedelta) -> Duration:
    return pendulum.duration(days=time.days, seconds=time.seconds, microseconds=time.microseconds)


def moment_in_utc(value: dt.datetime, path: str) -> dt.datetime:
    """Give an aware moment in UTC, or refuse it (``wrong-type``, ``moment-naive``, ``moment-unreadable``).

    The path names the argument that it came as: ``/now``.
    """
    return checked(as_utc(value), Timestamp(), path)
