"""Time zones, days and moments, and slots and deadlines that are often near clock changes."""

import operator
from bisect import bisect
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from wtisd_model.data.zones import ZONES
from wtisd_model.schema.patterns import FIRST_YEAR, LAST_YEAR
from wtisd_model.strategies.combinators import among, one_in, weighted
from wtisd_model.types.deadline import Deadline
from wtisd_model.types.timeslot import TimeSlot
from wtisd_model.types.timezone import at_zone, end_of_day, first_moment, start_of_day, to_utc
from wtisd_model.types.tzif import history_of

FIRST = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC)
LAST = datetime(LAST_YEAR, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)

# Between these the local year is an accepted one in every zone.
_EARLY = FIRST + timedelta(days=2)
_LATE = LAST.replace(microsecond=0) - timedelta(days=2)

_HOUR = 3600
_DAY = 24 * _HOUR

# Zones whose clocks are changed in ways that programs get wrong: by half an hour (Lord_Howe), by two hours (Troll), by
# a day (Apia, Kwajalein), backwards in summer (Dublin), for Ramadan (Casablanca, El_Aaiun, Cairo, Gaza), at midnight
# (Santiago, Beirut, Havana), at 22:00 (Nuuk), at 02:45 (Chatham), no longer (Tehran, Sao_Paulo, Moscow, Caracas), by
# quarters of an hour (Kathmandu), by odd seconds (Monrovia); and zones far from UTC.
_ODD = (
    *("Australia/Lord_Howe", "Antarctica/Troll", "Pacific/Apia", "Pacific/Kwajalein", "Europe/Dublin"),
    *("Africa/Casablanca", "Africa/El_Aaiun", "Africa/Cairo", "Asia/Gaza", "America/Santiago", "Asia/Beirut"),
    *("America/Havana", "America/Nuuk", "Pacific/Chatham", "Asia/Tehran", "America/Sao_Paulo", "Europe/Moscow"),
    *("America/Caracas", "Asia/Kathmandu", "Africa/Monrovia", "America/St_Johns", "Pacific/Kiritimati"),
    "Pacific/Pago_Pago",
)
_CHANGED_TWICE_A_YEAR = ("Europe/Zurich", "America/New_York", "Europe/London")
_USUAL = ("UTC", *_CHANGED_TWICE_A_YEAR, "Asia/Tokyo", "Africa/Nairobi", "Asia/Kolkata")

_CHANGING = st.sampled_from((*_CHANGED_TWICE_A_YEAR * 2, *_ODD))
_ZONES = among((*_USUAL * 3, *_ODD), (25, st.sampled_from(sorted(ZONES))))


def zones() -> st.SearchStrategy[str]:
    """Generate names of time zones: common ones, those with unusual clock changes, and now and then any."""
    return _ZONES


@cache
def clock_changes(zone: str) -> tuple[datetime, ...]:
    """Return the moments from 1970 to 2199 at which the clocks of *zone* change."""
    return tuple(
        datetime.fromtimestamp(onset.at, UTC)
        for before, onset in pairwise(history_of(zone).onsets)
        if before.observance.offset != onset.observance.offset and _EARLY.timestamp() < onset.at < _LATE.timestamp()
    )


_DAYS = weighted(
    (6, st.dates(date(2020, 1, 1), date(2030, 12, 31))),
    (1, st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31))),
    (1, st.sampled_from((date(2024, 2, 29), date(2000, 2, 29), date(2100, 3, 1), FIRST.date(), LAST.date()))),
)


def days() -> st.SearchStrategy[date]:
    """Generate calendar dates in the years 1970 to 2199."""
    return _DAYS


def _moments(first: datetime, last: datetime) -> st.SearchStrategy[datetime]:
    # Hypothesis takes bounds without a zone.
    return st.datetimes(first.replace(tzinfo=None), last.replace(tzinfo=None), timezones=st.just(UTC))


_RECENT = st.integers(0, 10 * 365 * _DAY).map(
    lambda seconds: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)
_MOMENTS = weighted(
    (6, _RECENT),
    (2, _moments(FIRST, LAST)),
    (1, st.sampled_from((FIRST, LAST, LAST.replace(microsecond=0), datetime(2024, 2, 29, 12, 0, 0, 10, tzinfo=UTC)))),
)


def moments() -> st.SearchStrategy[datetime]:
    """Generate moments in UTC in the years 1970 to 2199, some with fractions of a second."""
    return _MOMENTS


def clipped(moment: datetime) -> datetime:
    """Return the moment, or the nearest accepted one."""
    return max(FIRST, min(moment, LAST))


@cache
def _near_changes(zone: str) -> st.SearchStrategy[datetime]:
    changes = clock_changes(zone) or (datetime(2024, 3, 31, 1, tzinfo=UTC),)
    # The hour before a change by one hour may be repeated by the hour after it; half an hour is well within either.
    seconds = weighted(
        (4, st.sampled_from((0, 0, 0, -1, 1, -1800, 1800, -_HOUR, 1799, 3599, 900))),
        (2, st.integers(-2 * _HOUR, 2 * _HOUR)),
        (1, st.integers(-_DAY, _DAY)),
    )
    return st.builds(operator.add, st.sampled_from(changes), seconds.map(lambda away: timedelta(seconds=away)))


_ANY_MOMENT = weighted(
    (
        4,
        st.integers(0, 10 * 365 * 96).map(
            lambda quarters: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=15 * quarters)
        ),
    ),
    (1, _moments(_EARLY, _LATE).map(lambda moment: moment.replace(microsecond=0))),
)
_LENGTHS = weighted(
    (4, st.sampled_from((7200, _HOUR, 1800, 900, 3 * _HOUR, 8 * _HOUR, _DAY))),
    (2, st.integers(1, 2 * _HOUR)),
    (1, st.sampled_from((1, 5 * _DAY, 365 * _DAY))),
)
_WHERE = st.sampled_from(("anywhere",) * 3 + ("start",) * 3 + ("end",) * 2 + ("across",) * 2 + ("first", "last"))


@st.composite
def slots(draw: st.DrawFn, *, zone: str | None = None, within: TimeSlot | None = None) -> TimeSlot:
    """Generate slots, many of which start, end or last through clock changes, in both of two repeated hours.

    Some are of whole days.

    Args:
        zone: the time zone. Ignored for a slot *within* another one near the first or the last accepted year, which
            may be out of bounds in other zones.
        within: the slot that contains the result.
    """
    slot = _anywhere(draw, zone) if within is None else _part(draw, within, zone)
    return _in_days(slot, within) if draw(_ONE_IN_FOUR) else slot


def _anywhere(draw: st.DrawFn, zone: str | None) -> TimeSlot:
    where, length = draw(_WHERE), timedelta(seconds=draw(_LENGTHS))
    if zone is None:
        zone = draw(_CHANGING if where in {"start", "end", "across"} else _ZONES)
    if where == "first":
        start = to_utc(first_moment(datetime(FIRST_YEAR, 1, 1), zone))  # noqa: DTZ001 - a wall clock
        return _slot(start, start + length, zone)
    if where == "last":
        end = to_utc(first_moment(datetime(LAST_YEAR, 12, 31, 23, 59, 59), zone))  # noqa: DTZ001 - a wall clock
        return _slot(end - length, end, zone)
    moment = draw(_ANY_MOMENT if where == "anywhere" else _near_changes(zone))
    start = moment - {"end": length, "across": length / 2}.get(where, timedelta())
    start = max(_EARLY, min(start, _LATE - timedelta(seconds=1)))
    return _slot(start, min(start + length, _LATE), zone)


def _slot(start: datetime, end: datetime, zone: str) -> TimeSlot:
    start = start.replace(microsecond=0)
    end = max(end.replace(microsecond=0), start + timedelta(seconds=1))
    return TimeSlot(start=at_zone(start, zone), end=at_zone(end, zone))


def _in_days(slot: TimeSlot, within: TimeSlot | None) -> TimeSlot:
    """Return the days of a slot, or the slot if they are not all in *within*, or in the accepted years."""
    end = end_of_day(slot.last_day, slot.time_zone)
    if end.year > LAST_YEAR:
        return slot
    days = TimeSlot(start=start_of_day(slot.first_day, slot.time_zone), end=end, whole_days=True)
    return days if within is None or within.encloses(days) else slot


def _part(draw: st.DrawFn, whole: TimeSlot, zone: str | None) -> TimeSlot:
    """Draw a slot inside *whole*: at its ends or its middle, at clock changes, or anywhere."""
    first, total = whole.starts_at, round((whole.ends_at - whole.starts_at).total_seconds())
    if first < _EARLY or whole.ends_at > _LATE:
        zone = whole.time_zone
    elif zone is None:
        zone = whole.time_zone if draw(_MOSTLY) else draw(_ZONES)
    marks = _marks(first, total, zone)
    start = draw(st.sampled_from(marks[:-1]) if draw(_MOSTLY) else st.integers(0, total - 1))
    later = [mark for mark in marks if mark > start]
    end = draw(st.sampled_from(later) if draw(_MOSTLY) else st.integers(start + 1, total))
    return _slot(first + timedelta(seconds=start), first + timedelta(seconds=end), zone)


_MOSTLY = st.sampled_from((True, True, True, False))
_ONE_IN_FOUR = one_in(4)


def _marks(first: datetime, total: int, zone: str) -> list[int]:
    """Return good starts and ends for a part, in seconds after *first*, from 0 to *total*."""
    changes = clock_changes(zone)
    near = changes[bisect(changes, first) : bisect(changes, first + timedelta(seconds=total))][:8]
    behind = [
        round((change - first).total_seconds()) + away for change in near for away in (-_HOUR, -1800, 0, 1800, _HOUR)
    ]
    return sorted({0, total, total // 2, total // 4, *(mark for mark in behind if 0 <= mark <= total)})


@st.composite
def deadlines(draw: st.DrawFn) -> Deadline:
    """Generate deadlines, some on a day whose midnight is skipped or repeated."""
    zone = draw(_ZONES)
    if draw(_MOSTLY):
        return Deadline(date=draw(_DAYS), time_zone=zone)
    change = draw(_near_changes(zone)) - timedelta(days=draw(st.integers(0, 1)))
    return Deadline(date=change.astimezone(ZoneInfo(zone)).date(), time_zone=zone)
