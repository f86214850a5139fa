"""The slots of something that recurs."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pendulum
import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from tests.refusals import refusal, refused
from tests.samples.whole import slot
from wtisd_model import Code, TimeSlot, occurrences
from wtisd_model.strategies.times import clock_changes

ZURICH = "Europe/Zurich"
HOUR = timedelta(hours=1)


def found(rule: str, start: str = "2027-03-02T09:00", zone: str = ZURICH, **arguments: Any) -> tuple[TimeSlot, ...]:
    given = arguments.keys() & {"end", "duration"}
    return occurrences(rule, start, zone, **(arguments if given else {**arguments, "end": "10:30"}))


def days(slots: tuple[TimeSlot, ...]) -> list[str]:
    return [f"{each.start:%m-%d}" for each in slots]


class TestClocks:
    """RFC 5545 section 3.3.10: a local start is "interpreted in the same manner as an explicit DATE-TIME"."""

    def test_the_clocks_show_the_same_times_through_a_change(self) -> None:
        made = found("FREQ=WEEKLY;COUNT=3", "2027-03-21T09:00:00")
        assert made == tuple(
            slot(f"2027-{day}T09:00:00", f"2027-{day}T10:30:00") for day in ("03-21", "03-28", "04-04")
        )

    def test_the_zone_may_be_one_of_zoneinfo(self) -> None:
        rule, start, lagos = "FREQ=DAILY;COUNT=2", "2027-03-02T09:00", "Africa/Lagos"
        made = occurrences(rule, start, ZoneInfo(lagos), end="10:30", exclude=["2027-03-03"])
        assert made == occurrences(rule, start, lagos, end="10:30", exclude=["2027-03-03"])

    def test_a_skipped_time_is_moved_behind_the_jump(self) -> None:
        made = found("FREQ=DAILY;COUNT=3", "2027-03-27T02:15", end="02:45")[1]
        assert (f"{made.start:%dT%H:%M}", f"{made.end:%dT%H:%M}") == ("28T03:15", "28T03:45")
        assert found("FREQ=DAILY;COUNT=2", "2027-03-27T02:00", end="03:00")[1].duration == HOUR

    def test_a_repeated_time_is_the_first_one(self) -> None:
        made = found("FREQ=DAILY;COUNT=2", "2027-10-30T02:15", end="02:45")[1]
        assert made.starts_at == datetime(2027, 10, 31, 0, 15, tzinfo=UTC)
        assert found("FREQ=DAILY;COUNT=1", "2027-10-31T02:15", end="02:45") == (made,)

    def test_two_that_begin_at_one_moment_are_one(self) -> None:
        made = found("FREQ=DAILY;BYHOUR=2,3;COUNT=4", "2027-03-27T02:00", duration=HOUR)
        assert [f"{each.start:%dT%H}" for each in made] == ["27T02", "27T03", "28T03"]

    def test_an_end_is_a_time_of_the_clocks_and_a_duration_is_elapsed(self) -> None:
        until_six = found("FREQ=DAILY;COUNT=2", "2027-03-26T22:00", end="2027-03-27T06:00")
        eight_hours = found("FREQ=DAILY;COUNT=2", "2027-03-26T22:00", duration=8 * HOUR)
        assert [f"{each.end:%dT%H}" for each in until_six] == ["27T06", "28T06"]
        assert [f"{each.end:%dT%H}" for each in eight_hours] == ["27T06", "28T07"]


class TestWholeDays:
    """RFC 5545 section 3.3.4: a DATE has no time; the slots are of whole days too."""

    def test_a_date_recurs_as_whole_days(self) -> None:
        made = occurrences("FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3", "2027-01-31", ZURICH)
        assert made == tuple(
            TimeSlot.days(first, end, ZURICH)
            for first, end in (
                ("2027-01-31", "2027-02-01"),
                ("2027-02-28", "2027-03-01"),
                ("2027-03-31", "2027-04-01"),
            )
        )

    def test_the_end_is_the_day_after_the_last_one(self) -> None:
        made = occurrences("FREQ=YEARLY;COUNT=2", "2027-03-27", ZURICH, end="2027-03-30", exclude=[date(2028, 3, 27)])
        assert made == (TimeSlot.days("2027-03-27", "2027-03-30", ZURICH),)
        until = occurrences("FREQ=DAILY", "2027-03-27", ZURICH, until="2027-03-29", exclude=["2027-03-28"])
        assert [f"{each.first_day:%d}" for each in until] == ["27", "29"]

    def test_a_day_that_begins_later_is_whole_too(self) -> None:
        made = occurrences("FREQ=DAILY;COUNT=2", "2024-09-07", "America/Santiago")  # on the 8th, 00:00 is skipped
        assert made[1] == TimeSlot.days("2024-09-08", "2024-09-09", "America/Santiago")

    def test_a_day_that_the_zone_never_had_is_left_out_and_does_not_count(self) -> None:
        apia = "Pacific/Apia"
        made = occurrences("FREQ=DAILY;COUNT=3", "2011-12-28", apia)
        assert [f"{each.first_day:%d}" for each in made] == ["28", "29", "31"]
        assert made[1] == occurrences("FREQ=DAILY;COUNT=1", "2011-12-29", apia)[0]
        assert made[1].last_day == date(2011, 12, 29)
        two_days = occurrences("FREQ=DAILY;COUNT=3", "2011-12-27", apia, end="2011-12-29")
        assert two_days[1:] == (
            TimeSlot.days("2011-12-28", "2011-12-31", apia),
            TimeSlot.days("2011-12-29", "2011-12-31", apia),
        )
        assert refused(lambda: occurrences("FREQ=DAILY;COUNT=1", "2011-12-30", apia)) == (Code.TIME_SKIPPED, "/start")
        until_then = refused(lambda: occurrences("FREQ=DAILY;COUNT=1", "2011-12-29", apia, end="2011-12-30"))
        assert until_then == (Code.TIME_SKIPPED, "/end")

    @pytest.mark.parametrize("zone", [ZURICH, "America/New_York", "Asia/Tokyo"])
    @pytest.mark.parametrize("until", ["20270304", "20270304T000000Z", "20270304T230000Z", "20270304T090000"])
    def test_a_rule_with_times_means_their_days(self, until: str, zone: str) -> None:
        made = occurrences(f"FREQ=DAILY;BYHOUR=9,15;UNTIL={until}", "2027-03-02", zone)
        assert [f"{each.first_day:%d}" for each in made] == ["02", "03", "04"]

    def test_whole_days_do_not_recur_each_hour(self) -> None:
        rule = "FREQ=HOURLY;COUNT=2"
        assert refused(lambda: occurrences(rule, "2027-03-02", ZURICH)) == (Code.RECURRENCE_MALFORMED, "/rule")

    def test_whole_days_end_with_the_years_too(self) -> None:
        assert refused(lambda: occurrences("FREQ=YEARLY;COUNT=500", "2027-03-02", ZURICH)) == (
            Code.YEAR_OUT_OF_RANGE,
            "/rule",
        )

    def test_other_lengths_are_refused(self) -> None:
        with pytest.raises(TypeError, match="of whole days only the end"):
            occurrences("FREQ=DAILY;COUNT=1", "2027-03-02", ZURICH, duration=HOUR)
        assert refused(lambda: occurrences("FREQ=DAILY;COUNT=1", "2027-03-02", ZURICH, end="10:30")) == (
            Code.DATE_UNREADABLE,
            "/end",
        )
        assert refused(lambda: occurrences("FREQ=DAILY;COUNT=1", "2027-02-30", ZURICH))[1] == "/start"


class TestBounds:
    def test_it_ends_after_the_smallest_number(self) -> None:
        assert len(found("FREQ=DAILY;COUNT=5")) == 5
        assert len(found("FREQ=DAILY;COUNT=5", count=3)) == 3
        assert len(found("FREQ=DAILY;COUNT=3", count=5)) == 3
        assert len(found("FREQ=DAILY", count=1000)) == 1000

    @pytest.mark.parametrize("until", ["2027-03-04", "2027-03-04T09:00", "2027-03-04T09:00:00", date(2027, 3, 4)])
    def test_the_last_day_and_the_last_time_are_included(self, until: Any) -> None:
        assert days(found("FREQ=DAILY", until=until)) == ["03-02", "03-03", "03-04"]
        assert days(found("FREQ=DAILY;COUNT=2", until=until)) == ["03-02", "03-03"]

    @pytest.mark.parametrize("until", ["20270304", "20270304T080000Z", "20270304T090000"])
    def test_the_rule_may_name_it_too(self, until: str) -> None:
        assert days(found(f"FREQ=DAILY;UNTIL={until}")) == ["03-02", "03-03", "03-04"]
        assert days(found(f"FREQ=DAILY;UNTIL={until}", until="2027-03-03")) == ["03-02", "03-03"]

    def test_excluded_days_and_times_do_not_take_place_but_count(self) -> None:
        excluded = ("2027-03-03", date(2027, 3, 5), "2027-03-04T09:00")
        assert days(found("FREQ=DAILY;COUNT=5", exclude=excluded)) == ["03-02", "03-06"]

    def test_all_of_them_may_be_excluded(self) -> None:
        assert found("FREQ=DAILY;COUNT=1", exclude=["2027-03-02"]) == ()


class TestRefusals:
    @pytest.mark.parametrize(
        ("rule", "changes", "code", "path"),
        [
            ("FREQ=SOMETIMES", {}, Code.RECURRENCE_MALFORMED, "/rule"),
            ("FREQ=SECONDLY", {}, Code.RECURRENCE_UNBOUNDED, "/rule"),
            ("FREQ=SECONDLY", {"until": "2027-03-03"}, Code.OCCURRENCES_TOO_MANY, "/rule"),
            ("FREQ=DAILY;COUNT=1001", {}, Code.OCCURRENCES_TOO_MANY, "/rule"),
            ("FREQ=DAILY;COUNT=999999999", {}, Code.OCCURRENCES_TOO_MANY, "/rule"),
            (
                "FREQ=SECONDLY;BYMONTHDAY=2;BYHOUR=9;BYMINUTE=0;BYSECOND=0;COUNT=1000",
                {},
                Code.RECURRENCE_TOO_COMPLEX,
                "/rule",
            ),
            ("FREQ=YEARLY;COUNT=500", {}, Code.YEAR_OUT_OF_RANGE, "/rule"),
            ("FREQ=YEARLY;INTERVAL=100;COUNT=3", {}, Code.YEAR_OUT_OF_RANGE, "/rule"),
            ("FREQ=YEARLY;INTERVAL=173;COUNT=2", {}, Code.YEAR_OUT_OF_RANGE, "/rule"),
            (None, {}, Code.WRONG_TYPE, "/rule"),
            (b"FREQ=DAILY;COUNT=1", {}, Code.WRONG_TYPE, "/rule"),
            ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31;COUNT=1", {}, Code.START_OUTSIDE_RULE, "/start"),
            ("FREQ=WEEKLY;BYDAY=WE;COUNT=2", {}, Code.START_OUTSIDE_RULE, "/start"),
            ("FREQ=DAILY;UNTIL=20270301", {}, Code.START_OUTSIDE_RULE, "/start"),
            ("FREQ=DAILY", {"until": "2027-03-01"}, Code.START_OUTSIDE_RULE, "/start"),
            ("FREQ=DAILY", {"count": 0}, Code.NUMBER_OUT_OF_RANGE, "/count"),
            ("FREQ=DAILY", {"count": 1001}, Code.NUMBER_OUT_OF_RANGE, "/count"),
            ("FREQ=DAILY", {"until": "tomorrow"}, Code.TIME_UNREADABLE, "/until"),
            ("FREQ=DAILY", {"until": date(1969, 1, 1)}, Code.DATE_UNREADABLE, "/until"),
            ("FREQ=DAILY", {"until": datetime(2027, 3, 3, tzinfo=UTC)}, Code.WRONG_TYPE, "/until"),
            ("FREQ=DAILY;COUNT=1", {"exclude": ["2027-03-02", "3 March"]}, Code.TIME_UNREADABLE, "/exclude/1"),
            ("FREQ=DAILY;COUNT=1", {"start": "2 March 2027"}, Code.TIME_UNREADABLE, "/start"),
            ("FREQ=DAILY;COUNT=1", {"start": "2027-03-28T02:30"}, Code.TIME_SKIPPED, "/start"),
            ("FREQ=DAILY;COUNT=1", {"start": None}, Code.WRONG_TYPE, "/start"),
            ("FREQ=DAILY;COUNT=1", {"end": "09:00"}, Code.SLOT_ENDS_BEFORE_START, "/end"),
            ("FREQ=DAILY;COUNT=1", {"end": "9:30"}, Code.TIME_UNREADABLE, "/end"),
            ("FREQ=DAILY;COUNT=1", {"end": "2027-03-28T02:30"}, Code.TIME_SKIPPED, "/end"),
            ("FREQ=DAILY;COUNT=1", {"duration": timedelta()}, Code.SLOT_ENDS_BEFORE_START, "/end"),
            ("FREQ=DAILY;COUNT=1", {"duration": timedelta(microseconds=1)}, Code.DURATION_NOT_WHOLE, "/duration"),
            ("FREQ=DAILY;COUNT=1", {"duration": pendulum.duration(months=1)}, Code.DURATION_NOT_WHOLE, "/duration"),
            ("FREQ=DAILY;COUNT=1", {"duration": 3600}, Code.WRONG_TYPE, "/duration"),
            ("FREQ=DAILY;COUNT=1", {"duration": -HOUR}, Code.SLOT_ENDS_BEFORE_START, "/end"),
            ("FREQ=DAILY;COUNT=1", {"duration": 200 * timedelta(days=366)}, Code.TIME_UNREADABLE, "/end"),
            ("FREQ=DAILY;COUNT=1", {"duration": timedelta.max}, Code.TIME_UNREADABLE, "/end"),
            ("FREQ=DAILY;COUNT=1", {"zone": "CEST"}, Code.ZONE_UNKNOWN, "/zone"),
        ],
    )
    def test_a_code_names_the_argument(self, rule: str, changes: dict[str, Any], code: Code, path: str) -> None:
        assert refused(lambda: found(rule, **changes)) == (code, path)

    @pytest.mark.parametrize("last", [{"count": 3}, {"until": "2027-03-16"}])
    @pytest.mark.parametrize("mistyped", ["2027-03-10", date(2027, 3, 10), "2027-03-09T10:00", "2027-03-23"])
    def test_an_excluded_day_is_an_occurrence(self, last: dict[str, Any], mistyped: Any) -> None:
        known = found("FREQ=WEEKLY", exclude=["2027-03-09"], **last)
        assert days(known) == ["03-02", "03-16"]
        excluded = ["2027-03-09", mistyped]
        assert refused(lambda: found("FREQ=WEEKLY", exclude=excluded, **last)) == (
            Code.EXCLUDED_OUTSIDE_RULE,
            "/exclude/1",
        )

    def test_the_limit_is_named(self) -> None:
        assert refusal(lambda: found("FREQ=DAILY;COUNT=1001")).params == {"maximum": 1000}

    @pytest.mark.parametrize("given", [{}, {"end": "10:00", "duration": HOUR}])
    def test_either_the_end_or_the_duration_is_given(self, given: dict[str, Any]) -> None:
        with pytest.raises(TypeError, match="either end or duration"):
            occurrences("FREQ=DAILY;COUNT=1", "2027-03-02T09:00", ZURICH, **given)

    def test_one_day_alone_is_no_list_of_what_is_excluded(self) -> None:
        with pytest.raises(TypeError, match="exclude must be an iterable"):
            found("FREQ=DAILY;COUNT=1", exclude="2027-03-02")


@st.composite
def near_changes(draw: st.DrawFn) -> tuple[str, datetime]:
    """Draw a zone, and a local time at most three days before its clocks change."""
    zone = draw(st.sampled_from((ZURICH, "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "UTC")))
    changes = [each for each in clock_changes(zone) if 2000 <= each.year <= 2030] or [datetime(2027, 3, 2, tzinfo=UTC)]
    wall = draw(st.sampled_from(changes)).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    return zone, wall - timedelta(days=draw(st.integers(0, 3)), minutes=15 * draw(st.integers(-8, 8)))


class TestLaw:
    @LAW
    @given(
        at=near_changes(),
        rule=st.sampled_from(
            ("DAILY", "DAILY;INTERVAL=2", "HOURLY", "HOURLY;INTERVAL=7", "WEEKLY", "MINUTELY;INTERVAL=45")
        ),
        number=st.integers(1, 12),
        minutes=st.integers(1, 3000),
    )
    def test_they_begin_when_the_standard_library_says_that_the_clocks_show_those_of_dateutil(
        self, at: tuple[str, datetime], rule: str, number: int, minutes: int
    ) -> None:
        zone, wall = at
        start = wall.strftime("%Y-%m-%dT%H:%M:%S")
        clock = ZoneInfo(zone)
        moments = [
            each.replace(tzinfo=clock).astimezone(UTC) for each in rrulestr(f"FREQ={rule};COUNT={number}", dtstart=wall)
        ]
        if moments[0].astimezone(clock).replace(tzinfo=None) != wall:
            assert refused(lambda: found(f"FREQ={rule}", start, zone, count=1, duration=HOUR)) == (
                "time-skipped",
                "/start",
            )
            return
        made = found(f"FREQ={rule}", start, zone, count=number, duration=timedelta(minutes=minutes))
        assert [each.starts_at for each in made] == list(dict.fromkeys(moments))
        assert {each.duration for each in made} == {timedelta(minutes=minutes)}
        assert {each.time_zone for each in made} == {zone}
