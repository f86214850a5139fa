"""Local times and the moments they denote."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from functools import cache, lru_cache
from typing import Annotated, Final, Literal, cast
from zoneinfo import ZoneInfo

from pendulum import DateTime
from pendulum.tz.timezone import Timezone

from wtisd_model.codes import Code
from wtisd_model.data.zones import AREA_ZONES, ZONES, zone_hints
from wtisd_model.errors import InvalidValueError
from wtisd_model.findings import Finding, finding
from wtisd_model.schema.constraints import CodeList, Date, Pattern
from wtisd_model.schema.patterns import DATE, FIRST_YEAR, LAST_YEAR
from wtisd_model.types.arguments import parse_enum, require_valid

_ZONE = CodeList("TimeZone", ZONES, Code.ZONE_UNKNOWN, zone_hints, near=AREA_ZONES)

TimeZone = Annotated[str, _ZONE]
"""The name of a time zone in IANA's database, such as area and city, or UTC."""


class Repeated(StrEnum):
    """Which of two repeated local times is meant, on the night when the clocks go back."""

    FIRST = "first"
    SECOND = "second"


RepeatedWord = Literal["first", "second"]


_CLOCK = "T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
LOCAL_TIME = Pattern(rf"^{DATE}{_CLOCK}(?!\n)$", 19, Code.TIME_UNREADABLE)
DATE_OR_LOCAL_TIME = Pattern(rf"^{DATE}(?:{_CLOCK})?(?!\n)$", 19, Code.TIME_UNREADABLE)
LOCAL_TIMES: Final = frozenset({LOCAL_TIME, DATE_OR_LOCAL_TIME})
"""The constraints of local times, with seconds."""
_DATE = Pattern(Date.pattern, Date.longest, Code.DATE_UNREADABLE)

DateOrLocalTime = Annotated[str, DATE_OR_LOCAL_TIME]
"""A date, or a local date and time in whole seconds, without an offset (RFC 8984 LocalDateTime)."""


def require_zone(zone: str | ZoneInfo) -> str:
    """Return the name of an accepted zone, or raise (``zone-unknown``)."""
    return require_valid(zone.key if isinstance(zone, ZoneInfo) else zone, _ZONE, "/zone")


def local_time(wall: str, zone: str | ZoneInfo, *, repeated: Repeated | RepeatedWord | None = None) -> DateTime:
    """Return the moment that the clocks of a place show as *wall*.

    Args:
        wall: local date and time without an offset: ``2026-05-17T09:30:00`` or ``2026-05-17T09:30``.
        zone: the place's zone, which the result keeps: its IANA name, ``Europe/Zurich``, or a ZoneInfo.
        repeated: which of the two is meant on the night the clocks go back; required then, and only then.

    Raises:
        InvalidValueError: ``time-unreadable``, ``zone-unknown``, ``time-repeated``, ``time-not-repeated``, or
            ``time-skipped`` if the clocks jump over *wall*.

    Source: RFC 5545 section 3.3.5, form 3; but a skipped time is refused here, not moved.
    """
    wall = require_valid(with_seconds(wall), LOCAL_TIME, "/wall")
    found = resolve(wall, require_zone(zone), None if repeated is None else parse_enum(Repeated, repeated, "/repeated"))
    if isinstance(found, Finding):
        raise InvalidValueError(found.prefixed("/wall" if found.code == Code.TIME_SKIPPED else "/repeated"))
    return found


def require_day(day: date | str, zone: str, path: str) -> DateTime:
    """Return when a day begins in a *zone*, or raise (``wrong-type``, ``date-unreadable``, ``time-skipped``)."""
    if isinstance(day, str):
        day = date.fromisoformat(require_valid(day, _DATE, path))
    found = resolve_day(require_valid(day, Date(), path), zone)
    if isinstance(found, Finding):
        raise InvalidValueError(found.prefixed(path))
    return found


def with_seconds(wall: str) -> str:
    """Return a local time with its seconds, which people may leave out; return anything else unchanged."""
    return f"{wall}:00" if type(wall) is str and len(wall) == len("2026-05-17T09:30") else wall


def with_date(wall: str, start: str) -> str:
    """Return the local time of an end, with the date of *start* if it has none; return anything else unchanged."""
    return f"{start[:10]}T{wall}" if type(start) is type(wall) is str and "T" not in wall else wall


@lru_cache(64)  # the rules of a slot ask three times for each of its ends
def resolve(wall: str, zone: str, repeated: Repeated | None) -> DateTime | Finding:
    """Return the moment that a well-formed *wall* denotes in a known *zone*, or a finding if it is not exactly one."""
    naive = datetime.fromisoformat(wall)
    earlier, later = _offsets(naive, _timezone(zone))
    # PEP 495: the two readings of a wall time differ only in a gap, where the first has the smaller offset, and
    # in a fold, where it has the larger.
    if earlier < later:
        return finding(Code.TIME_SKIPPED)
    if earlier > later and repeated is None:
        return finding(Code.TIME_REPEATED)
    if earlier == later and repeated is not None:
        return finding(Code.TIME_NOT_REPEATED)
    return _datetime(naive, zone, fold=int(repeated is Repeated.SECOND))


def first_moment(naive: datetime, zone: str) -> DateTime:
    """Return the first moment at which the clocks of *zone* show *naive* or, if they skip it, a later time."""
    return at_zone(moment_by_clock(naive, _timezone(zone)), zone)


def moment_by_clock(naive: datetime, rules: tzinfo, *, second: bool = False) -> datetime:
    """Return in UTC the moment at which clocks that follow *rules* show *naive*; of two, the first unless *second*.

    If they skip it, it is as long after the jump as *naive* is (RFC 5545 section 3.3.5).
    """
    earlier, later = _offsets(naive, rules)
    # In a gap the first reading keeps the old offset, and so is after the jump.
    return wall_of(naive).replace(tzinfo=UTC) - (later if second and earlier > later else earlier)


def start_of_day(day: date, zone: str) -> DateTime:
    """Return the moment at which *day* begins in *zone*: when the day before has ended for good.

    Where the clocks skip midnight it is the first time after the gap, and that of the next day if they skip all of it.
    """
    return at_zone(day_by_clock(day, _timezone(zone)), zone)


def day_by_clock(day: date, rules: tzinfo) -> datetime:
    """Return in UTC the moment at which *day* begins by clocks that follow *rules*, as `start_of_day` does."""
    midnight = datetime.combine(day, time())
    earlier, later = _offsets(midnight, rules)
    if earlier > later:
        # The clocks go back over midnight. As at 00:01 in St. John's, the last hour before it may come once more.
        second = moment_by_clock(midnight, rules, second=True)
        if (second - timedelta(seconds=1)).astimezone(rules).date() < day:
            return second
    return moment_by_clock(midnight, rules)


def resolve_day(day: date, zone: str) -> DateTime | Finding:
    """Return the moment at which *day* begins in *zone*; a finding if the zone never had it.

    Apia had no 30 December 2011.
    """
    begins = start_of_day(day, zone)
    return begins if begins.date() == day else finding(Code.TIME_SKIPPED)


def end_of_day(day: date, zone: str) -> DateTime:
    """Return the moment at which *day* ends in *zone*, for good."""
    return start_of_day(day + timedelta(days=1), zone)


def to_local_time(moment: DateTime) -> tuple[str, str, Repeated | None]:
    """Return the arguments of `local_time` for a moment: local time, zone and, in a repeated hour, which one."""
    zone = zone_of(moment)
    earlier, later = _offsets(moment, _timezone(zone))
    which = Repeated.FIRST if moment.utcoffset() == earlier else Repeated.SECOND
    repeated = None if earlier == later else which
    return wall_of(moment).isoformat(timespec="seconds"), zone, repeated


def check_zoned(value: object) -> Finding | None:
    """Return a finding unless *value* is a datetime in whole seconds in an accepted zone of zoneinfo or pendulum."""
    if not isinstance(value, datetime):
        return finding(Code.WRONG_TYPE, expected="local-time")
    zone = _zone_name(value)
    if zone is None:
        return finding(Code.ZONE_MISSING)
    found = _ZONE.check(zone)
    if found is not None:
        return found
    if value.microsecond or not FIRST_YEAR <= value.year <= LAST_YEAR:
        return finding(Code.TIME_UNREADABLE)
    earlier, later = _offsets(value, _timezone(zone))
    return finding(Code.TIME_SKIPPED) if earlier < later else None


def to_pendulum(value: datetime) -> DateTime:
    """Return a datetime as pendulum's, in a zone of pendulum; return any other value unchanged."""
    if (isinstance(value, DateTime) and isinstance(value.tzinfo, Timezone)) or check_zoned(value) is not None:
        return cast("DateTime", value)
    return _datetime(value, cast("str", _zone_name(value)), fold=value.fold)


def _zone_name(moment: datetime) -> str | None:
    # A fixed offset has no known place, not even zero: London has it in winter. The zones of pendulum are
    # of the class ZoneInfo too.
    return moment.tzinfo.key if isinstance(moment.tzinfo, ZoneInfo) else None


def zone_of(moment: DateTime) -> str:
    """Return the name of the zone of a moment; empty if it has none."""
    return moment.timezone_name or ""


def wall_of(moment: datetime) -> datetime:
    """Return the local time of a moment in its zone, as a plain naive datetime."""
    # The methods of pendulum's datetime would take three times as long.
    return datetime(  # noqa: DTZ001 - the zone is what is left out
        moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second, moment.microsecond
    )


def to_utc(moment: DateTime) -> datetime:
    """Return the moment as a plain datetime in UTC, where no local time is repeated."""
    # In one step, since the parts of a long programme are compared again and again.
    shown = datetime(
        moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second, moment.microsecond, UTC
    )
    return shown - (moment.utcoffset() or timedelta())


def at_zone(moment: datetime, zone: str) -> DateTime:
    """Return a moment in the local time of a known *zone*."""
    shown = moment.astimezone(_timezone(zone))
    return _datetime(shown.replace(tzinfo=None), zone, fold=shown.fold)


def _datetime(naive: datetime, zone: str, *, fold: int) -> DateTime:
    return DateTime(
        naive.year,
        naive.month,
        naive.day,
        naive.hour,
        naive.minute,
        naive.second,
        tzinfo=_timezone(zone),
        fold=fold,
    )


def _offsets(naive: datetime, rules: tzinfo) -> tuple[timedelta, timedelta]:
    wall = wall_of(naive)
    return rules.utcoffset(wall) or timedelta(), rules.utcoffset(wall.replace(fold=1)) or timedelta()


@cache
def _timezone(zone: str) -> Timezone:
    # pendulum and zoneinfo cache only a few zones; a programme in ten of them would read files for each session.
    # The accepted zones bound the size of this cache.
    return Timezone(zone)
