"""Time slots: from a time to a time, or of whole days; they include their start, but not their end."""

import datetime as dt
from collections.abc import Iterator
from typing import Any, ClassVar, Final, Literal, Self, cast
from zoneinfo import ZoneInfo

from attrs import Attribute, field, frozen
from pendulum import DateTime, Duration

from wtisd_model.codes import Code
from wtisd_model.errors import InvalidValueError
from wtisd_model.findings import Finding, finding
from wtisd_model.objects import HooksMixin, ReprMixin
from wtisd_model.schema.constraints import Date
from wtisd_model.schema.fields import Either, Invariant
from wtisd_model.schema.model import Model
from wtisd_model.schema.patterns import FIRST_YEAR, LAST_YEAR
from wtisd_model.types.moment import moment_in_utc, to_duration
from wtisd_model.types.timezone import (
    DateOrLocalTime,
    Repeated,
    RepeatedWord,
    TimeZone,
    at_zone,
    check_zoned,
    first_moment,
    local_time,
    require_day,
    require_zone,
    resolve,
    resolve_day,
    start_of_day,
    to_local_time,
    to_pendulum,
    to_utc,
    with_date,
    with_seconds,
    zone_of,
)


def _both_have_one_form(start: str, end: str) -> Iterator[Finding]:
    if _is_date(start) is not _is_date(end):
        yield finding(Code.SLOT_FORMS_DIFFER, "/end")


def _start_is_a_moment(start: str, time_zone: str, start_repeated: Repeated | None) -> Iterator[Finding]:
    yield from _unresolved("start", start, time_zone, start_repeated)


def _end_is_a_moment(end: str, time_zone: str, end_repeated: Repeated | None) -> Iterator[Finding]:
    yield from _unresolved("end", end, time_zone, end_repeated)


def _unresolved(key: str, written: str, zone: str, repeated: Repeated | None) -> Iterator[Finding]:
    found = _resolve(written, zone, repeated)
    if isinstance(found, Finding):
        yield found.prefixed(f"/{key}" if found.code == Code.TIME_SKIPPED else f"/{key}Repeated")


def _end_comes_after_start(
    start: str, end: str, time_zone: str, start_repeated: Repeated | None, end_repeated: Repeated | None
) -> Iterator[Finding]:
    first, last = _resolve(start, time_zone, start_repeated), _resolve(end, time_zone, end_repeated)
    if isinstance(first, DateTime) and isinstance(last, DateTime) and to_utc(last) <= to_utc(first):
        yield finding(Code.SLOT_ENDS_BEFORE_START, "/end", whole_days=int(_is_date(start)))


def _is_date(written: str) -> bool:
    return len(written) == Date.longest


def _resolve(written: str, zone: str, repeated: Repeated | None) -> DateTime | Finding:
    """Return the moment of a local time, or the beginning of a day; a finding if it is not exactly one."""
    if not _is_date(written):
        return resolve(written, zone, repeated)
    if repeated is not None:
        return finding(Code.TIME_NOT_REPEATED)
    return resolve_day(dt.date.fromisoformat(written), zone)


# Why: docs/decisions/0003
@frozen(kw_only=True, eq=False, repr=False)
class WrittenSlot(Model):
    """A TimeSlot as JSON represents it: two local times, or the dates of whole days, and their time zone."""

    INVARIANTS: ClassVar[tuple[Invariant, ...]] = (
        _both_have_one_form,
        _start_is_a_moment,
        _end_is_a_moment,
        _end_comes_after_start,
    )

    start: DateOrLocalTime
    """The first second of the slot, in local time, or its first day (RFC 8984 start; RFC 5545 DTSTART)."""
    end: DateOrLocalTime
    """The first second after the slot, in local time, or the first day after it (RFC 5545 DTEND)."""
    time_zone: TimeZone
    """The time zone of the place (RFC 8984 timeZone; RFC 5545 TZID)."""
    start_repeated: Repeated | None = field(default=None, converter=Either[Repeated | None, RepeatedWord])
    """Which start is meant when the clocks show that time twice; required then, and only then."""
    end_repeated: Repeated | None = field(default=None, converter=Either[Repeated | None, RepeatedWord])
    """Which end is meant when the clocks show that time twice; required then, and only then."""

    def value(self) -> "TimeSlot":
        """Return the TimeSlot that this describes."""
        if _is_date(self.start):
            return TimeSlot.days(self.start, self.end, self.time_zone)
        return TimeSlot(
            start=local_time(self.start, self.time_zone, repeated=self.start_repeated),
            end=local_time(self.end, self.time_zone, repeated=self.end_repeated),
        )


def _is_zoned(_instance: object, attribute: "Attribute[DateTime]", value: object) -> None:
    found = check_zoned(value)
    if found is not None:
        raise InvalidValueError(found.prefixed(f"/{attribute.name}"))


def _moment_and_zone(value: DateTime) -> tuple[dt.datetime, str]:
    # Within one zone pendulum compares local times, and 02:30 comes twice on the night the clocks go back.
    return to_utc(value), zone_of(value)


@frozen(kw_only=True)
class TimeSlot(HooksMixin, ReprMixin):
    """A period of time at a place, from a time to a time or of whole days; two slots that touch do not overlap.

    Slots are equal when they start and end at the same moments in the same zone, and both are of whole days or neither
    is. Whole days contain, overlap and last what lies between the beginning of the first day and the end of the last
    one, by the clocks of the place. But they are shown and exported as dates, which are the same for every reader.

    A datetime with a zone of `zoneinfo` becomes a pendulum.DateTime. An offset alone is refused, even that of UTC.

    Raises:
        InvalidValueError: ``wrong-type``, ``zone-missing``, ``zone-unknown``, ``time-unreadable`` (a fraction of a
            second, or a year outside 1970 to 2199), ``time-skipped``, ``zones-differ``, ``slot-ends-before-start``,
            ``day-not-whole``.
    """

    json_form: ClassVar[type] = WrittenSlot

    start: DateTime = field(converter=to_pendulum, validator=_is_zoned, eq=_moment_and_zone)
    """The first second of the slot, in the zone of the place (RFC 5545 DTSTART)."""
    end: DateTime = field(converter=to_pendulum, validator=_is_zoned, eq=_moment_and_zone)
    """The first second after the slot, in the zone of the place (RFC 5545 DTEND, "the non-inclusive end")."""
    # Why: docs/decisions/0022
    whole_days: bool = False
    """True if it is of whole days, whose times are not shown (RFC 5545 VALUE=DATE; RFC 8984 showWithoutTime)."""

    def __attrs_post_init__(self) -> None:
        if type(cast("object", self.whole_days)) is not bool:
            raise InvalidValueError(finding(Code.WRONG_TYPE, "/wholeDays", expected="boolean"))
        if zone_of(self.start) != zone_of(self.end):
            raise InvalidValueError(finding(Code.ZONES_DIFFER, "/end"))
        if self.ends_at <= self.starts_at:
            raise InvalidValueError(finding(Code.SLOT_ENDS_BEFORE_START, "/end", whole_days=int(self.whole_days)))
        if self.whole_days:
            for path, moment in (("/start", self.start), ("/end", self.end)):
                if to_utc(moment) != to_utc(start_of_day(moment.date(), self.time_zone)):
                    raise InvalidValueError(finding(Code.DAY_NOT_WHOLE, path))

    @classmethod
    def days(cls, start: dt.date | str, end: dt.date | str, zone: str | ZoneInfo) -> "TimeSlot":
        """Return a slot of whole days; *end* is the day after the last one, as in JSON and in calendars.

        Args:
            start: the first day, a date or its text: ``2027-03-04``.
            end: the first day after the slot.
            zone: the place's zone, whose clocks say when a day begins and ends: its IANA name, ``Africa/Lagos``, or a
                ZoneInfo.

        Raises:
            InvalidValueError: ``date-unreadable``, ``wrong-type``, ``zone-unknown``, ``slot-ends-before-start``, or
                ``time-skipped`` for a day that the zone never had.

        Source: RFC 5545 sections 3.3.4 and 3.6.1; RFC 8984 section 4.2.4.
        """
        known = require_zone(zone)
        first, last = (require_day(day, known, path) for day, path in ((start, "/start"), (end, "/end")))
        return cls(start=first, end=last, whole_days=True)

    @classmethod
    def at(
        cls,
        start: str,
        end: str,
        zone: str | ZoneInfo,
        *,
        start_repeated: Repeated | RepeatedWord | None = None,
        end_repeated: Repeated | RepeatedWord | None = None,
    ) -> "TimeSlot":
        """Return the slot between two local times: ``TimeSlot.at("2027-03-04T09:00", "10:30", "Africa/Lagos")``.

        Args:
            start: local date and time, with or without seconds, without an offset.
            end: the same, or the time alone if it is on the day of the start.
            zone: IANA name of the zone of the place, or a ZoneInfo.
            start_repeated: which start is meant when the clocks show that time twice; required then, and only then.
            end_repeated: which end is meant then.

        Raises:
            InvalidValueError: ``wrong-type``, ``time-unreadable``, ``zone-unknown``, ``time-skipped``,
                ``time-repeated``, ``time-not-repeated``, ``slot-ends-before-start``.
        """
        if type(start) is str and _is_date(start):
            raise InvalidValueError(finding(Code.TIME_UNREADABLE, "/start", suggestion="TimeSlot.days"))
        return WrittenSlot(
            start=with_seconds(start),
            end=with_seconds(with_date(end, start)),
            time_zone=require_zone(zone),
            start_repeated=start_repeated,
            end_repeated=end_repeated,
        ).value()

    def __add__(self, by: dt.timedelta) -> "TimeSlot":
        """Return the slot moved by a timedelta: first by its whole days, in local time, then by the rest, as elapsed.

        So 09:00 stays 09:00 a week later, even if the clocks are changed in between. A slot that would start or end at
        a skipped or repeated local time is refused, and so are whole days that would begin at another time than a day.
        A pendulum.Duration must not have months or years.

        Raises:
            InvalidValueError: ``time-skipped``, ``time-repeated``, ``day-not-whole``; ``time-unreadable`` for a
                fraction of a second; this or ``date-unreadable`` for a year outside 1970 to 2199.

        Source: RFC 5545 section 3.3.6: "the number of days MUST be added first".
        """
        plain = _plain_timedelta(by)
        return NotImplemented if plain is None else self._moved(plain, 1)

    def __sub__(self, by: dt.timedelta) -> "TimeSlot":
        """Return the slot moved back by a timedelta, in the same way."""
        plain = _plain_timedelta(by)
        return NotImplemented if plain is None else self._moved(plain, -1)

    def _moved(self, by: dt.timedelta, sign: Literal[1, -1]) -> "TimeSlot":
        if abs(by) > CENTURIES:  # as is timedelta.max, which has no negative
            code = Code.DATE_UNREADABLE if self.whole_days else Code.TIME_UNREADABLE
            raise InvalidValueError(finding(code, "/start"))
        if self.whole_days:
            return _moved_days(self, sign * by)
        return TimeSlot(start=_moved_time("start", self.start, sign * by), end=_moved_time("end", self.end, sign * by))

    def __repr__(self) -> str:
        if self.whole_days:
            start, end, zone, *_ = self.fields_written()
            return f"TimeSlot.days({start!r}, {end!r}, {zone!r})"
        return f"TimeSlot(start={self.start!r}, end={self.end!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        # A pickled or copied pendulum.DateTime loses its fold: which of two equal local times it is.
        return _unpickle, self.fields_written()

    @property
    def time_zone(self) -> str:
        """The name of the time zone."""
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
    def first_day(self) -> dt.date:
        """The local day of its first second."""
        return _plain_date(self.start)

    @property
    def last_day(self) -> dt.date:
        """The local day of its last second; an end at midnight belongs to the day before."""
        return _plain_date(at_zone(self.ends_at - _SECOND, self.time_zone))

    @property
    def duration(self) -> Duration:
        """The elapsed time: an hour more on the night when the clocks go back."""
        return to_duration(self.ends_at - self.starts_at)

    def contains(self, moment: dt.datetime) -> bool:
        """Return True if an aware *moment* is in the slot; the start is, the end is not.

        Raises:
            InvalidValueError: ``wrong-type``, ``moment-naive`` or ``moment-unreadable`` for *moment*.
        """
        return self.starts_at <= moment_in_utc(moment, "/moment") < self.ends_at

    def encloses(self, other: Self) -> bool:
        """Return True if all of *other* is in the slot; whole days of its zone are if they are days of the slot."""
        if other.whole_days and other.time_zone == self.time_zone:
            return self.first_day <= other.first_day and other.last_day <= self.last_day
        return self.starts_at <= other.starts_at and other.ends_at <= self.ends_at

    def overlaps(self, other: Self) -> bool:
        """Return True if some moment is in both slots."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at

    def in_zone(self, zone: str | ZoneInfo) -> "TimeSlot":
        """Return the same slot in the local time of another *zone*.

        Whole days are returned unchanged: everywhere they are the same dates, those of the place.

        Raises:
            InvalidValueError: ``zone-unknown``, or ``time-unreadable`` where the year there is not from 1970 to 2199.
        """
        name = require_zone(zone)
        if self.whole_days:
            return self
        return TimeSlot(start=at_zone(self.starts_at, name), end=at_zone(self.ends_at, name))

    def written(self) -> WrittenSlot:
        """Return the slot as JSON represents it."""
        return _written(*self.fields_written())

    def fields_written(self) -> tuple[str, str, str, Repeated | None, Repeated | None]:
        """Return the fields of `written`, in their order."""
        if self.whole_days:
            return self.first_day.isoformat(), _plain_date(self.end).isoformat(), self.time_zone, None, None
        start, zone, start_repeated = to_local_time(self.start)
        end, _, end_repeated = to_local_time(self.end)
        return start, end, zone, start_repeated, end_repeated


def slot_by_clock(start: dt.datetime, end: dt.datetime, zone: str, like: TimeSlot) -> TimeSlot:
    """Return the slot between two naive local times in a known *zone*.

    A time that the clocks jump over is as far after the jump as it was meant to be after its beginning, and a repeated
    time is the first one (RFC 5545 section 3.3.5). If that leaves no time in between, the slot lasts as long as *like*.

    Raises:
        InvalidValueError: ``time-unreadable`` for a year that no slot may have.
    """
    first, last = first_moment(start, zone), first_moment(end, zone)
    if to_utc(last) <= to_utc(first):
        last = at_zone(to_utc(first) + (like.ends_at - like.starts_at), zone)
    return TimeSlot(start=first, end=last)


CENTURIES: Final = dt.timedelta(days=366 * (LAST_YEAR - FIRST_YEAR + 1))
"""More than the time between any two moments that a slot may have."""


def _plain_timedelta(by: object) -> dt.timedelta | None:
    """Return the timedelta by which to move a slot; None for anything else, such as months."""
    if type(by) is Duration and not by.years and not by.months:
        return by.as_timedelta()
    return by if type(by) is dt.timedelta else None


def _moved_time(key: str, moment: DateTime, by: dt.timedelta) -> DateTime:
    if by.microseconds:
        raise InvalidValueError(finding(Code.TIME_UNREADABLE, f"/{key}"))
    days = dt.timedelta(days=abs(by).days if by.days >= 0 else -abs(by).days)
    if days:
        wall = (moment.naive() + days).strftime("%Y-%m-%dT%H:%M:%S")
        found = resolve(wall, zone_of(moment), None)
        if isinstance(found, Finding):
            raise InvalidValueError(found.prefixed(f"/{key}"))
        moment = found
    return at_zone(to_utc(moment) + (by - days), zone_of(moment))


def _moved_days(slot: TimeSlot, by: dt.timedelta) -> TimeSlot:
    if by % _DAY:
        raise InvalidValueError(finding(Code.DAY_NOT_WHOLE, "/start"))
    return TimeSlot.days(slot.first_day + by, _plain_date(slot.end) + by, slot.time_zone)


_SECOND: Final = dt.timedelta(seconds=1)
_DAY: Final = dt.timedelta(days=1)


def _plain_date(moment: DateTime) -> dt.date:
    return dt.date(moment.year, moment.month, moment.day)  # pendulum has a class of its own


def _written(
    start: str, end: str, zone: str, start_repeated: Repeated | None, end_repeated: Repeated | None
) -> WrittenSlot:
    return WrittenSlot(start=start, end=end, time_zone=zone, start_repeated=start_repeated, end_repeated=end_repeated)


def _unpickle(*fields: Any) -> TimeSlot:
    return _written(*fields).value()
