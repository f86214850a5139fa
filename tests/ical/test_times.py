"""DTSTART and DTEND: local time and zone, but in UTC where local time would say another moment."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.hypothesis_profiles import sampled
from tests.ical.expected import expected
from tests.ical.readers import READERS, Reader
from tests.samples.whole import slot
from tests.samples.wtisd import event
from wtisd_model import Repeated, TimeSlot, to_ical
from wtisd_model.data.zones import ZONES as ZONES_OF_MODEL
from wtisd_model.ical.times import slot_lines, zone_needed
from wtisd_model.types.timezone import at_zone, to_local_time

FIRST, SECOND = Repeated.FIRST, Repeated.SECOND

# The clocks of Zurich showed 02:00 to 03:00 twice on 29 October 2023.
BEFORE, IN, AFTER = "2023-10-29T01:30:00", "2023-10-29T02:30:00", "2023-10-29T03:30:00"


HOUR = timedelta(hours=1)
ZONES = [
    "Africa/Cairo",
    "Africa/Casablanca",
    "America/Nuuk",
    "America/Santiago",
    "America/St_Johns",
    "Antarctica/Troll",
    "Asia/Gaza",
    "Australia/Lord_Howe",
    "Europe/Dublin",
    "Europe/Zurich",
]


def _nights(zone: str) -> Iterator[datetime]:
    """Yield the half hours from three hours before to three hours after each change of 2023."""
    hours = [datetime(2023, 1, 1, tzinfo=UTC) + each * HOUR for each in range(365 * 24)]
    offsets = [each.astimezone(ZoneInfo(zone)).utcoffset() for each in hours]
    for at, hour in enumerate(hours[1:]):
        if offsets[at] != offsets[at + 1]:
            yield from (hour + each * HOUR / 2 for each in range(-6, 7))


def octets(each: TimeSlot, *, utc: bool) -> list[bytes]:
    return slot_lines(each, utc=utc).splitlines(keepends=True)


class TestForms:
    """RFC 5545 section 3.3.5: a local time that comes twice "refers to the first occurrence", which many misread."""

    def test_an_ordinary_time_is_local_with_its_zone(self) -> None:
        assert octets(slot("2023-05-17T14:30:00", "2023-05-17T16:30:00"), utc=False) == [
            b"DTSTART;TZID=Europe/Zurich:20230517T143000\r\n",
            b"DTEND;TZID=Europe/Zurich:20230517T163000\r\n",
        ]

    def test_utc_is_not_a_zone(self) -> None:
        assert octets(slot("2023-05-17T14:30:00", "2023-05-17T16:30:00", "UTC"), utc=False) == [
            b"DTSTART:20230517T143000Z\r\n",
            b"DTEND:20230517T163000Z\r\n",
        ]

    def test_on_request_all_is_in_utc_with_the_zone_beside(self) -> None:
        assert octets(slot("2023-05-17T14:30:00", "2023-05-17T16:30:00"), utc=True) == [
            b"DTSTART:20230517T123000Z\r\n",
            b"DTEND:20230517T143000Z\r\n",
            b"X-WTISD-ZONE:Europe/Zurich\r\n",
        ]

    @pytest.mark.parametrize(
        "repeated",
        [
            slot(IN, AFTER, start_repeated=FIRST),
            slot(BEFORE, IN, end_repeated=FIRST),
            slot(IN, AFTER, start_repeated=SECOND),
            slot(BEFORE, IN, end_repeated=SECOND),
            slot(IN, IN, start_repeated=FIRST, end_repeated=SECOND),
        ],
    )
    def test_a_time_that_comes_twice_makes_both_utc(self, repeated: TimeSlot) -> None:
        assert zone_needed(repeated, utc=False) is None
        start, end, zone = octets(repeated, utc=False)
        assert start.endswith(b"Z\r\n")
        assert end.endswith(b"Z\r\n")
        assert zone == b"X-WTISD-ZONE:Europe/Zurich\r\n"

    @pytest.mark.parametrize("utc", [False, True])
    @pytest.mark.parametrize("zone", ["Africa/Lagos", "UTC", "America/St_Johns"])
    def test_whole_days_are_dates_with_a_separate_zone(self, zone: str, utc: bool) -> None:
        two = TimeSlot.days("2010-11-07", "2010-11-09", zone)
        assert zone_needed(two, utc=utc) is None
        assert octets(two, utc=utc) == [
            b"DTSTART;VALUE=DATE:20101107\r\n",
            b"DTEND;VALUE=DATE:20101109\r\n",
            f"X-WTISD-ZONE:{zone}\r\n".encode(),
        ]

    def test_an_ordinary_time_with_a_fold_stays_local(self) -> None:
        # pendulum sets the fold of ordinary times as well.
        ordinary = slot("2023-05-17T14:30:00", "2023-05-17T16:30:00")
        folded = TimeSlot(start=ordinary.start.replace(fold=1), end=ordinary.end.replace(fold=1))
        assert folded.start.fold == 1
        assert slot_lines(folded, utc=False) == slot_lines(ordinary, utc=False)


class TestRepetition:
    """`zone_needed` looks at a time only on days near a change; `to_local_time` decides, as it would anywhere."""

    @pytest.mark.slow
    def test_no_time_that_comes_twice_is_overlooked(self) -> None:
        days = [datetime(1970, 1, 2, tzinfo=UTC) + number * 24 * HOUR for number in range(70 * 365)]
        for zone in sampled(sorted(ZONES_OF_MODEL), gates=3):
            offsets = [day.astimezone(ZoneInfo(zone)).utcoffset() or HOUR for day in days]
            backwards = [day for day, one, other in zip(days, offsets, offsets[1:], strict=False) if other < one]
            for moment in (day + each * HOUR / 2 for day in backwards for each in range(-4, 52)):
                start = at_zone(moment, zone)
                if to_local_time(start)[2] is not None:
                    assert zone_needed(TimeSlot(start=start, end=at_zone(moment + 100 * HOUR, zone)), utc=False) is None


class TestReaders:
    """Issue: "same UTC instants, zone names"."""

    @pytest.mark.slow
    @pytest.mark.parametrize("read", READERS.values(), ids=list(READERS))
    @pytest.mark.parametrize("utc", [False, True])
    @pytest.mark.parametrize("zone", ZONES)
    def test_a_night_of_change_is_read_as_it_is_meant(
        self,
        read: Reader,
        utc: bool,
        zone: str,
    ) -> None:
        nights = list(_nights(zone))
        assert nights
        for start in nights:
            moved = event(slot=TimeSlot(start=at_zone(start, zone), end=at_zone(start + HOUR, zone)))
            assert read(to_ical(moved, utc=utc)) == expected(moved)
