"""Wall-clock time at a place, and the moment that it means; skipped and repeated hours live only here."""

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from typing import Annotated, Literal

from pendulum import DateTime
from pendulum.tz.timezone import Timezone

from wtisd_model.codes import Code
from wtisd_model.data.zones import ZONES, zone_hints
from wtisd_model.findings import Finding, InvalidValueError, finding
from wtisd_model.schema.constraints import DATE, FIRST_YEAR, LAST_YEAR, CodeList, Pattern
from wtisd_model.types.arguments import checked, parse_enum

_ZONE = CodeList("timeZone", ZONES, Code.ZONE_UNKNOWN, zone_hints, near=True)

TimeZone = Annotated[str, _ZONE]
"""The name of a time zone: area and city as IANA has them, or UTC."""


class Repeated(StrEnum):
    """Which of two equal clock times is meant, on the night when the clocks go back."""

    FIRST = "first"
    SECOND = "second"


def _is_calendar_time(wall: str) -> bool:
    try:
        datetime.fromisoformat(wall)
    except ValueError:
        return False
    return True


_WALL = Pattern(
    rf"^{DATE}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?!\n)$",
    19,
    Code.TIME_UNREADABLE,
    format="local-date-time",
    accepts=_is_calendar_time,
)

LocalTime = Annotated[str, _WALL]
"""A local date and time in whole seconds, without an offset (RFC 8984 LocalDateTime)."""


def named_zone(name: str) -> str:
    """Give back the name of a zone that we accept, or refuse it (``zone-unknown``)."""
    return checked(name, _ZONE, "/zone")


def local_time(wall: str, zone: str, *, repeated: Literal["first", "second"] | Repeated | None = None) -> DateTime:
    """Read a wall-clock time at a place.

    Args:
        wall: local date and time in whole seconds, without an offset: ``2026-05-17T09:30:00``.
        zone: IANA name of the place's zone, which the result keeps: ``Europe/Zurich``.
        repeated: which of the two is meant on the night the clocks go back; asked for only then.

    Raises:
        InvalidValueError: ``time-unreadable``, ``zone-unknown``, ``time-repeated``, ``time-not-repeated``, or
            ``time-skipped`` where the clocks jump over *wall*.

    Source: RFC 5545 section 3.3.5, form 3; but a skipped time is refused here, not moved.
    """
    written, place = checked(wall, _WALL, "/wall"), named_zone(zone)
    found = resolve(written, place, None if repeated is None else parse_enum(Repeated, repeated, "/repeated"))
    if isinstance(found, Finding):
        raise InvalidValueError(found.prefixed("/wall" if found.code == Code.TIME_SKIPPED else "/repeated"))
    return found


def resolve(wall: str, zone: str, repeated: Repeated | None) -> DateTime | Finding:
    """Find the moment that a well-formed *wall* means in a known *zone*, or what keeps it from meaning one."""
    naive = datetime.fromisoformat(wall)
    earlier, later = _offsets(naive, zone)
    # PEP 495: the two readings of a wall time differ only in a gap, where the first has the smaller offset, and
    # in a fold, where it has the larger.
    if earlier < later:
        return finding(Code.TIME_SKIPPED)
    if earlier > later and repeated is None:
        return finding(Code.TIME_REPEATED)
    if earlier == later and repeated is not None:
        return finding(Code.TIME_NOT_REPEATED)
    return _in_zone(naive, zone, fold=int(repeated is Repeated.SECOND))


def first_moment(naive: datetime, zone: str) -> DateTime:
    """Find the first moment at which the clocks of *zone* show *naive* or, having jumped over it, a later time."""
    earlier, later = _offsets(naive, zone)
    moment = _in_zone(naive, zone, fold=0)
    # In a gap the first reading keeps the old offset and so lies as far behind the jump as *naive* does.
    return at_zone(to_utc(moment), zone) if earlier < later else moment


def end_of_day(day: date, zone: str) -> DateTime:
    """Find the moment at which the last of *day* has passed on the clocks of *zone*."""
    midnight = datetime.combine(day, time()) + timedelta(days=1)
    first, second = first_moment(midnight, zone), _in_zone(midnight, zone, fold=1)
    # Where clocks go back over midnight, as at 00:01 in St. John's, an hour of the day comes once more after it.
    last_before = at_zone(to_utc(second) - timedelta(seconds=1), zone)
    return second if to_utc(second) > to_utc(first) and last_before.date() == day else first


def written(moment: DateTime) -> tuple[str, str, Repeated | None]:
    """Write a moment as its local time, its zone and, in a repeated hour, which of the two it is."""
    naive = moment.naive()
    zone = zone_of(moment)
    earlier, later = _offsets(naive, zone)
    which = Repeated.FIRST if moment.utcoffset() == earlier else Repeated.SECOND
    repeated = None if earlier == later else which
    return naive.strftime("%Y-%m-%dT%H:%M:%S"), zone, repeated


def check_zoned(value: object) -> Finding | None:
    """Say what keeps *value* from being a time in whole seconds at a place, if anything does."""
    if not isinstance(value, DateTime):
        return finding(Code.WRONG_TYPE, expected="a pendulum.DateTime; make it with local_time")
    if not isinstance(value.tzinfo, Timezone):
        return finding(Code.ZONE_UNKNOWN)
    found = _ZONE.check(zone_of(value))
    if found is not None:
        return found
    if value.microsecond or not FIRST_YEAR <= value.year <= LAST_YEAR:
        return finding(Code.TIME_UNREADABLE)
    earlier, later = _offsets(value.naive(), zone_of(value))
    return finding(Code.TIME_SKIPPED) if earlier < later else None


def zone_of(moment: DateTime) -> str:
    """Name the zone of a moment; empty where it has none."""
    return moment.timezone_name or ""


def to_utc(moment: DateTime) -> datetime:
    """Give the moment as a plain datetime in UTC, where every moment comes once."""
    offset = moment.utcoffset() or timedelta()
    return datetime.combine(moment.date(), moment.time(), UTC) - offset


def at_zone(moment: datetime, zone: str) -> DateTime:
    """Show a moment as the clocks of a known *zone* show it."""
    shown = moment.astimezone(_clocks(zone))
    return _in_zone(shown.replace(tzinfo=None), zone, fold=shown.fold)


def _in_zone(naive: datetime, zone: str, *, fold: int) -> DateTime:
    return DateTime(
        naive.year,
        naive.month,
        naive.day,
        naive.hour,
        naive.minute,
        naive.second,
        tzinfo=_clocks(zone),
        fold=fold,
    )


def _offsets(naive: datetime, zone: str) -> tuple[timedelta, timedelta]:
    tz = _clocks(zone)
    first, second = (
        datetime.combine(naive.date(), naive.time(), tz).replace(fold=fold).utcoffset() or timedelta()
        for fold in (0, 1)
    )
    return first, second


@cache
def _clocks(zone: str) -> Timezone:
    # pendulum and zoneinfo keep only a few zones; a programme in ten of them would read files for each session.
    # At most as many are kept here as we accept.
    return Timezone(zone)
