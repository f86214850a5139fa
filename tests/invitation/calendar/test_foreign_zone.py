"""Zones that somebody else describes: the offsets that zoneinfo has, and no rule that takes long."""

from datetime import UTC, datetime, timedelta
from time import process_time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from tests.ical.written import vtimezone_octets
from wtisd_model.data.zones import ZONES
from wtisd_model.invitation.calendar.foreign_zone import MOST_DATES, MOST_OBSERVANCES, ForeignZone, foreign_zone
from wtisd_model.invitation.calendar.limits import CalendarLimits
from wtisd_model.invitation.calendar.tree import Component, calendars

HOUR = timedelta(hours=1)
NAMES = sorted(ZONES - {"UTC"})
WALLS = st.datetimes(datetime(2019, 6, 1), datetime(2041, 6, 1)).map(lambda wall: wall.replace(microsecond=0))  # noqa: DTZ001 - what clocks show


def described(text: str) -> ForeignZone | None:
    """Read a VTIMEZONE."""
    whole = f"BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:X\n{text}\nEND:VTIMEZONE\nEND:VCALENDAR\n"
    (calendar,) = calendars(whole.encode(), CalendarLimits(), lambda _: None)
    zone: Component = calendar.components[0]
    return foreign_zone(zone)


def observance(*lines: str, start: str = "19700101T020000", before: str = "+0100", after: str = "+0200") -> str:
    """Write an observance."""
    own = [f"DTSTART:{start}", f"TZOFFSETFROM:{before}", f"TZOFFSETTO:{after}"]
    return "\n".join(["BEGIN:DAYLIGHT", *own, *lines, "END:DAYLIGHT"])


OUTLOOK = "\n".join(
    [
        observance(
            "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10", start="16010101T030000", before="+0200", after="+0100"
        ),
        observance("RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3", start="16010101T020000"),
    ]
)


class TestForeignZone:
    """RFC 5545 section 3.6.5."""

    @LAW
    @given(st.sampled_from(NAMES), WALLS)
    def test_offsets_are_those_that_zoneinfo_has(self, name: str, wall: datetime) -> None:
        first, last = datetime(2019, 1, 1, tzinfo=UTC), datetime(2042, 1, 1, tzinfo=UTC)
        inside = vtimezone_octets(name, first=first, last=last).decode().replace("\r\n", "\n").split("\n", 3)[3]
        zone = described(inside.rpartition("END:VTIMEZONE")[0].rstrip("\n"))
        assert zone is not None
        # The first of two equal times, and for a time that is jumped over the offset before: fold=0 (PEP 495).
        assert zone.offset(wall) == wall.replace(tzinfo=ZoneInfo(name)).utcoffset()

    @pytest.mark.parametrize(
        ("wall", "hours"),
        [
            ("2023-01-01T00:00", 1),
            ("2023-03-26T01:59", 1),
            ("2023-03-26T02:30", 1),
            ("2023-03-26T03:00", 2),
            ("2023-10-29T02:30", 2),
            ("2023-10-29T03:00", 1),
            ("2023-12-31T23:59", 1),
        ],
    )
    def test_those_of_outlook_begin_in_1601(self, wall: str, hours: int) -> None:
        zone = described(OUTLOOK)
        assert zone is not None
        assert zone.offset(datetime.fromisoformat(wall)) == hours * HOUR

    def test_before_all_changes_the_first_offset_holds(self) -> None:
        zone = described(observance(start="20230326T020000"))
        assert zone is not None
        assert zone.offset(datetime(2023, 1, 1)) == HOUR  # noqa: DTZ001 - a wall time
        assert zone.offset(datetime(2024, 1, 1)) == 2 * HOUR  # noqa: DTZ001 - a wall time

    def test_dates_of_changes_are_read(self) -> None:
        back = observance(
            "RDATE:20241027T030000,20231029T030000", start="20221030T030000", before="+0200", after="+0100"
        )
        zone = described(observance("RDATE:20240331T020000", start="20230326T020000") + "\n" + back)
        assert zone is not None
        offsets = [zone.offset(datetime(2023, month, 1)) / HOUR for month in (1, 4, 11)]  # noqa: DTZ001 - wall times
        assert offsets == [1, 2, 1]

    @pytest.mark.parametrize(
        ("rule", "day"),
        [
            ("FREQ=YEARLY;BYMONTH=3;BYDAY=2SU", "2023-03-12"),
            ("FREQ=YEARLY;BYMONTH=3;BYDAY=-2SU;WKST=MO", "2023-03-19"),
            ("FREQ=YEARLY;BYMONTH=2;BYDAY=+4TU;", "2023-02-28"),
            ("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=26", "2023-03-26"),
            ("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=-1", "2023-03-31"),
            ("freq=yearly", "2023-04-05"),
            ("FREQ=YEARLY;BYMONTH=3", "2023-03-05"),
        ],
    )
    def test_a_day_of_every_year_is_found(self, rule: str, day: str) -> None:
        first = observance(f"RRULE:{rule}", start="20000405T020000", before="+0000", after="+0100")
        back = observance(
            "RRULE:FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1", start="20000101T000000", before="+0100", after="+0000"
        )
        zone = described(f"{first}\n{back}")
        assert zone is not None
        change = datetime.fromisoformat(f"{day}T02:00")
        assert (zone.offset(change), zone.offset(change + HOUR)) == (timedelta(), HOUR)
        assert zone.offset(change - timedelta(days=1)) == timedelta()

    def test_a_year_without_that_day_has_no_change(self) -> None:
        zone = described(observance("RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", start="20200229T020000"))
        assert zone is not None
        assert zone.offset(datetime(2022, 7, 1)) == 2 * HOUR  # noqa: DTZ001 - a wall time
        fifth = described(observance("RRULE:FREQ=YEARLY;BYMONTH=2;BYDAY=5SU", start="20200202T020000"))
        assert fifth is not None
        assert fifth.offset(datetime(2022, 7, 1)) == 2 * HOUR  # noqa: DTZ001 - a wall time

    @pytest.mark.parametrize("until", ["20221231T000000Z", "20221231", "20220327T010000Z", "20220327T020000"])
    def test_a_rule_ends(self, until: str) -> None:
        first = observance(f"RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU;UNTIL={until}", start="20000326T020000")
        back = observance(
            "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", start="20001029T030000", before="+0200", after="+0100"
        )
        zone = described(f"{first}\n{back}")
        assert zone is not None
        assert [zone.offset(datetime(year, 7, 1)) / HOUR for year in (2022, 2023)] == [2, 1]  # noqa: DTZ001 - wall times

    def test_an_end_before_a_change_holds_in_its_year(self) -> None:
        first = observance("RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU;UNTIL=20220301T000000Z", start="20000326T020000")
        back = observance(
            "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", start="20001029T030000", before="+0200", after="+0100"
        )
        zone = described(f"{first}\n{back}")
        assert zone is not None
        assert zone.offset(datetime(2022, 7, 1)) == HOUR  # noqa: DTZ001 - a wall time

    @pytest.mark.parametrize(
        "text",
        [
            "",
            observance(start="15991231T020000"),
            observance(start="x"),
            observance(before="+2400"),
            observance(after="1"),
            "BEGIN:STANDARD\nEND:STANDARD",
            observance("RRULE:FREQ=MINUTELY"),
            observance("RRULE:FREQ=SECONDLY;BYMONTH=3"),
            observance("RRULE:FREQ=YEARLY;INTERVAL=0"),
            observance("RRULE:FREQ=YEARLY;COUNT=5"),
            observance("RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=SU"),
            observance("RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=1SU,2SU"),
            observance("RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU;BYMONTHDAY=8"),
            observance("RRULE:FREQ=YEARLY;BYDAY=2SU"),
            observance("RRULE:FREQ=YEARLY;BYMONTH=13;BYDAY=2SU"),
            observance("RRULE:FREQ=YEARLY;BYMONTH=-1;BYDAY=2SU"),
            observance("RRULE:FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=32"),
            observance("RRULE:FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=0"),
            observance("RRULE:FREQ=YEARLY;FREQ=YEARLY"),
            observance("RRULE:FREQ=YEARLY;UNTIL=x"),
            observance("RRULE:FREQ=YEARLY;UNTIL=00010101T000000Z"),
            observance("RRULE:" + "A=B;" * 10),
            observance("RRULE:FREQ=YEARLY", "RRULE:FREQ=YEARLY"),
            observance("RDATE:x"),
            observance("RDATE:" + ",".join(["20230101T000000"] * (MOST_DATES + 1))),
            "\n".join([observance()] * (MOST_OBSERVANCES + 1)),
        ],
    )
    def test_what_is_not_understood_whole_is_none(self, text: str) -> None:
        assert described(text) is None

    def test_the_largest_zone_takes_no_time(self) -> None:
        rule = observance("RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", start="16010101T020000")
        dates = observance("RDATE:" + ",".join(["20230101T000000"] * MOST_DATES))
        zone = described("\n".join([rule] * (MOST_OBSERVANCES - 1) + [dates]))
        assert zone is not None
        begun = process_time()
        for year in range(1970, 2200):
            zone.offset(datetime(year, 7, 1))  # noqa: DTZ001 - a wall time
        assert process_time() - begun < 5
