"""recurring-ical-events finds the same occurrences: in the calendars of its own tests, and in drawn ones."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import icalendar
import pytest

from tests.ical.series import WINDOW, drawn_calendar
from wtisd_model import CalendarLimits, MessageError, from_ical

pytestmark = pytest.mark.outside

SHORTEST = timedelta(seconds=1)
LIMITS = CalendarLimits(bytes=10_000_000, lines=1_000_000, occurrences=100_000)
DRAWN = 2000

DIFFERENT = {
    "Germany_Holidays.ics": "a day that ends when it begins lasts one day here",
    "bad_rrule_missing_until_event.ics": "the rule is malformed: the package raises, we keep the first occurrence",
    "end_before_start_event.ics": "the end is before the start, which we refuse",
    "issue_128_only_first_event.ics": "COUNT=-1, which the package takes for no COUNT",
    "issue_132_swapped_start_and_end.ics": "the end is before the start, which we refuse",
    "issue_201_test_matrix.ics": "an END does not match its BEGIN, which we refuse",
    "issue_75_range_parameter.ics": "UNTIL is a day, which we include and the package does not",
    "issue_86_x_wr_timezone_without_time_zone_in_dt.ics": "the zone that is given comes before X-WR-TIMEZONE here",
}
"""Calendars of its tests that mean something else to us, and why."""

Found = Counter[tuple[str, datetime, datetime | None]]


def in_utc(value: Any) -> datetime:
    moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day, tzinfo=UTC)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


def crosses_a_change(start: date, end: date) -> bool:
    """Return True if the clocks are changed in between: RFC 5545 keeps the exact duration, and the package another."""
    if not isinstance(start, datetime) or not isinstance(end, datetime):
        return False
    return start.utcoffset() != end.utcoffset()


def end_of(vevent: Any) -> date:
    start: date = vevent["DTSTART"].dt
    if "DTEND" in vevent:
        end: date = vevent["DTEND"].dt
        return end
    lasts: timedelta = vevent["DURATION"].dt if "DURATION" in vevent else timedelta()
    return start + lasts


def theirs(data: bytes, window: tuple[datetime, datetime]) -> Found:
    """Return the occurrences that the package finds, without the end where the exact duration is another one."""
    import recurring_ical_events

    calendar: Any = icalendar.Calendar.from_ical(data)
    # If the first occurrence lasts through a change of the clocks, the exact duration of all is another one.
    inexact = any(crosses_a_change(each["DTSTART"].dt, end_of(each)) for each in calendar.walk("VEVENT"))
    found: Found = Counter()
    events: Any = recurring_ical_events.of(calendar).between(*window)
    for each in events:
        start, end = each["DTSTART"].dt, each["DTEND"].dt
        ends = max(in_utc(end), in_utc(start) + SHORTEST)
        found[str(each.get("UID", "")), in_utc(start), None if inexact or crosses_a_change(start, end) else ends] += 1
    return found


def ours(data: bytes, window: tuple[datetime, datetime], expected: Found) -> Found:
    """Return our occurrences, without the end where the expected occurrence has none."""
    found: Found = Counter()
    for event in from_ical(data, zone="UTC", expand=window, limits=LIMITS).events:
        named = event.uid if event.series is None else event.series.uid
        for uid, slot in ((named, event.slot), *((each.uid, each.slot) for each in event.sessions)):
            # Single events are read wherever they are.
            if slot is not None and slot.starts_at < window[1] and slot.ends_at > window[0]:
                known = uid if b"\nUID:" in data and uid else ""
                without = (known, slot.starts_at, None)
                found[without if without in expected else (known, slot.starts_at, slot.ends_at)] += 1
    return found


def own_calendars() -> Iterator[Path]:
    import recurring_ical_events

    yield from (Path(recurring_ical_events.__file__).parent / "test" / "calendars").rglob("*.ics")


class TestOwnCalendars:
    """The package brings some ninety calendars, many of them sent in by people for whom one was read wrong."""

    @staticmethod
    def window(data: bytes) -> tuple[datetime, datetime] | None:
        calendar: Any = icalendar.Calendar.from_ical(data)
        starts = [in_utc(each["DTSTART"].dt) for each in calendar.walk("VEVENT")]
        if not starts:
            return None
        first, last = min(starts).year, max(starts).year
        return datetime(first, 1, 1, tzinfo=UTC), datetime(min(last, first + 3) + 2, 6, 1, tzinfo=UTC)

    def test_the_same_occurrences_are_found(self) -> None:
        compared: set[str] = set()
        different: set[str] = set()
        for path in own_calendars():
            data = path.read_bytes()
            window = self.window(data)
            if window is None:
                continue
            compared.add(path.name)
            try:
                expected = theirs(data, window)
                if ours(data, window, expected) != expected:
                    different.add(path.name)
            except (MessageError, ValueError):
                different.add(path.name)
        assert len(compared) > 85
        assert different == DIFFERENT.keys()


class TestDrawnCalendars:
    @pytest.mark.parametrize("part", range(10))
    def test_the_same_occurrences_are_found(self, part: int) -> None:
        found = 0
        for seed in range(part * DRAWN // 10, (part + 1) * DRAWN // 10):
            data = drawn_calendar(Random(seed))
            expected = theirs(data, WINDOW)
            assert ours(data, WINDOW, expected) == expected, seed
            found += expected.total()
        assert found > 20 * DRAWN // 10
