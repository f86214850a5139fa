"""The yearly rule of a time zone file."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.types.zone_files import LocalType, time_zone_file
from wtisd_model.types.tzif import DAY, DayRule, Observance, WeekdayRule, YearlyRule, read_footer

HOUR = 3600
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

CET, CEST = Observance(HOUR, is_dst=False, name="CET"), Observance(2 * HOUR, is_dst=True, name="CEST")

# Far enough from New Year that no change crosses it: zoneinfo looks at one year at a time.
WEEKDAYS = st.builds("M{}.{}.{}".format, st.integers(2, 11), st.integers(1, 5), st.integers(0, 6))
# Python 3.11 to 3.13 take days counted from 0 a day early, and J59 of a leap year for its 29th. No zone has either.
COUNTED = st.builds("J{}".format, st.integers(20, 345).filter(lambda day: day != 59))
TIMES = st.sampled_from(["", "/0", "/2", "/23:59:59", "/24", "/-1", "/26", "/50", "/-25:30"])
RULES = st.builds("{}{}".format, WEEKDAYS | COUNTED, TIMES)
OFFSETS = st.sampled_from([("3", 3), ("-3", -3), ("0", 0), ("-10:30", -10.5), ("4:56:02", 4 + 56 / 60 + 2 / 3600)])


class TestReadFooter:
    """RFC 8536 section 3.3.1: hours from -167 to 167, and names in angle brackets."""

    def test_reads_names_offsets_days_and_times(self) -> None:
        assert read_footer("CET-1CEST,M3.5.0,M10.5.0/3") == YearlyRule(
            CET, CEST, WeekdayRule(3, -1, 0, 2 * HOUR), WeekdayRule(10, -1, 0, 3 * HOUR)
        )

    def test_a_name_may_stand_in_angle_brackets(self) -> None:
        rule = read_footer("<-02>2<-01>,M3.5.0/-1,M10.5.0/0")
        assert rule is not None
        assert (rule.standard.name, rule.standard.offset) == ("-02", -2 * HOUR)
        assert (rule.daylight.name, rule.daylight.offset) == ("-01", -HOUR)
        assert rule.start == WeekdayRule(3, -1, 0, -HOUR)

    def test_daylight_may_be_behind(self) -> None:
        rule = read_footer("IST-1GMT0,M10.5.0,M3.5.0/1")
        assert rule is not None
        assert rule.daylight == Observance(0, is_dst=True, name="GMT")

    def test_minutes_and_seconds_count(self) -> None:
        rule = read_footer("<+1030>-10:30:15<+11>-11,M10.1.0/2:30:05,M4.1.0/-1:30")
        assert rule is not None
        assert rule.standard.offset == 10 * HOUR + 1815
        assert (rule.start.time, rule.end.time) == (2 * HOUR + 1805, -HOUR - 1800)

    def test_a_day_may_be_counted_with_or_without_leap_day(self) -> None:
        rule = read_footer("AAA3BBB,J60/2,59/2")
        assert rule is not None
        assert rule.start == DayRule(59, skips_leap_day=True, time=2 * HOUR)
        assert rule.end == DayRule(59, skips_leap_day=False, time=2 * HOUR)

    @pytest.mark.parametrize("footer", ["CET-1", "<+03>-3", "UTC0"])
    def test_without_daylight_the_clocks_no_longer_change(self, footer: str) -> None:
        assert read_footer(footer) is None

    @pytest.mark.parametrize(
        "footer",
        [
            "CET",
            "CE-1",
            "CET-1CEST",
            "CET-1CEST,M3.5.0",
            "CET-1CEST,M13.5.0,M10.5.0",
            "CET-1CEST,M3.6.0,M10.5.0",
            "CET-1CEST,M3.5.7,M10.5.0",
            "CET-1CEST,M3.5.0/x,M10.5.0",
            "CET-1CEST,M3.5.0,M10.5.0\n",
            "CET-1CEST,JM,M10.5.0",
            ":Europe/Zurich",
            "\u0661\u0661\u0661-1",
        ],
    )
    def test_anything_else_is_refused(self, footer: str) -> None:
        with pytest.raises(ValueError, match="TZ string"):
            read_footer(footer)


class TestOnsets:
    """POSIX.1-2017 section 8.3: "The time has the same format as offset", from the midnight of the day named."""

    def test_the_last_sunday_is_found_in_a_month_of_four_and_of_five(self) -> None:
        rule = read_footer("CET-1CEST,M3.5.0,M10.5.0/3")
        assert rule is not None
        assert [each.at for each in rule.onsets(2023)] == [
            int(datetime(2023, 3, 26, 1, tzinfo=UTC).timestamp()),
            int(datetime(2023, 10, 29, 1, tzinfo=UTC).timestamp()),
        ]
        assert [each.observance for each in rule.onsets(2023)] == [CEST, CET]

    def test_they_come_in_the_order_of_time_in_the_south_too(self) -> None:
        rule = read_footer("AEST-10AEDT,M10.1.0,M4.1.0/3")
        assert rule is not None
        assert [each.observance.name for each in rule.onsets(2024)] == ["AEST", "AEDT"]

    def test_29_february_counts_only_where_it_is_said_to(self) -> None:
        rule = read_footer("AAA0BBB,J60/0,60/0")
        assert rule is not None
        first_of_march = {2023: datetime(2023, 3, 1, tzinfo=UTC), 2024: datetime(2024, 3, 1, tzinfo=UTC)}
        for year, day in first_of_march.items():
            assert EPOCH + timedelta(seconds=rule.start.seconds(year)) == day
        # Counted from 0, day 60 is 1 March in a leap year and 2 March in another.
        assert EPOCH + timedelta(seconds=rule.end.seconds(2024)) == first_of_march[2024]
        assert EPOCH + timedelta(seconds=rule.end.seconds(2023) - DAY) == first_of_march[2023]

    def test_1_january_is_the_same_in_every_year(self) -> None:
        rule = DayRule(0, skips_leap_day=True, time=0)
        assert EPOCH + timedelta(seconds=rule.seconds(2024)) == datetime(2024, 1, 1, tzinfo=UTC)

    @given(OFFSETS, st.sampled_from(["", "-2"]), RULES, RULES, st.integers(1971, 2199))
    def test_are_those_of_zoneinfo(
        self, offset: tuple[str, float], dst_offset: str, first: str, second: str, year: int
    ) -> None:
        written, hours = offset
        footer = f"AAA{written}<+BB>{dst_offset},{first},{second}"
        rule = read_footer(footer)
        assert rule is not None
        assert rule.standard.offset == round(-hours * HOUR)
        one, other = rule.onsets(year)
        # Two changes within days of each other are no rule that anybody follows, and zoneinfo's reading is its own.
        if other.at - one.at > 10 * DAY:
            zone = ZoneInfo.from_file(
                BytesIO(time_zone_file(footer, [LocalType(rule.standard.offset, is_dst=False, name="AAA")]))
            )
            for onset, before in ((one, rule.before(one.observance)), (other, one.observance)):
                moment = EPOCH + timedelta(seconds=onset.at)
                there = (moment - timedelta(seconds=1)).astimezone(zone)
                assert (there.utcoffset(), there.tzname()) == (timedelta(seconds=before.offset), before.name)
                there = moment.astimezone(zone)
                assert (there.utcoffset(), there.tzname()) == (
                    timedelta(seconds=onset.observance.offset),
                    onset.observance.name,
                )
