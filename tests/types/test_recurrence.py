"""The local times at which something recurs."""

from datetime import datetime, timedelta
from itertools import islice
from typing import Any
from unittest.mock import patch

import pytest
from dateutil.rrule import rrule, rrulestr
from hypothesis import given, reject
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from tests.refusals import refused
from wtisd_model import InvalidValueError
from wtisd_model.types.recurrence import StepBudget, is_after, parse_rule

BELOW_24, BELOW_60 = (",".join(map(str, range(most))) for most in (24, 60))
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def local(text: str) -> datetime:
    return datetime.strptime(text, "%Y%m%dT%H%M%S")


def starts(rule: str, first: str, number: int = 8, **arguments: Any) -> list[str]:
    found = parse_rule(rule).starts(local(first), StepBudget(), **arguments)
    return [f"{each:%Y%m%dT%H%M%S}" for each in islice(found, number)]


class TestExamples:
    """RFC 5545 section 3.8.5.3: its examples, each from 09:00 in New York."""

    @pytest.mark.parametrize(
        ("rule", "first", "days"),
        [
            ("FREQ=DAILY;INTERVAL=10;COUNT=5", "19970902", "0902 0912 0922 1002 1012"),
            ("FREQ=WEEKLY;INTERVAL=2;WKST=SU", "19970902", "0902 0916 0930 1014 1028"),
            ("FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=MO,WE,FR", "19970901", "0901 0903 0905 0915 0917 0919 0929"),
            ("FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH", "19970902", "0902 0904 0916 0918 0930 1002"),
            ("FREQ=MONTHLY;COUNT=10;BYDAY=1FR", "19970905", "0905 1003 1107 1205"),
            ("FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU", "19970907", "0907 0928 1102 1130"),
            ("FREQ=MONTHLY;COUNT=6;BYDAY=-2MO", "19970922", "0922 1020 1117 1222"),
            ("FREQ=MONTHLY;BYMONTHDAY=-3", "19970928", "0928 1029 1128 1229"),
            ("FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1", "19970930", "0930 1001 1031 1101 1130 1201 1231"),
            ("FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12", "19970910", "0910 0911 0912"),
            ("FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3", "19970310", "0310"),
            ("FREQ=YEARLY;BYDAY=20MO", "19970519", "0519"),
            ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "19970512", "0512"),
            ("FREQ=YEARLY;BYMONTH=3;BYDAY=TH", "19970313", "0313 0320 0327"),
            ("FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13", "19970913", "0913 1011 1108 1213"),
            ("FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", "19970904", "0904 1007 1106"),
            ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2", "19970929", "0929 1030 1127 1230"),
        ],
    )
    def test_days(self, rule: str, first: str, days: str) -> None:
        expected = [f"1997{day}T090000" for day in days.split()]
        assert starts(rule, f"{first}T090000", len(expected)) == expected

    def test_friday_the_thirteenth(self) -> None:
        days = starts("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "19970902T090000", 5)
        assert [each[:8] for each in days] == ["19980213", "19980313", "19981113", "19990813", "20001013"]

    @pytest.mark.parametrize(
        ("rule", "times"),
        [
            ("FREQ=HOURLY;INTERVAL=3", "090000 120000 150000 180000 210000"),
            ("FREQ=MINUTELY;INTERVAL=15", "090000 091500 093000 094500 100000"),
            ("FREQ=MINUTELY;INTERVAL=90", "090000 103000 120000 133000"),
            ("FREQ=DAILY;BYHOUR=9,10;BYMINUTE=0,20,40", "090000 092000 094000 100000 102000 104000"),
            ("FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10", "090000 092000 094000 100000 102000 104000"),
            ("FREQ=SECONDLY;INTERVAL=1800;BYMINUTE=0", "090000 100000 110000"),
            ("FREQ=SECONDLY;BYSECOND=0,30", "090000 090030 090100"),
            ("FREQ=HOURLY;BYMINUTE=0,10,20;BYSETPOS=-1", "092000 102000"),
        ],
    )
    def test_times(self, rule: str, times: str) -> None:
        expected = [f"19970902T{each}" for each in times.split()]
        assert starts(rule, "19970902T090000", len(expected)) == expected

    def test_the_week_begins_where_it_is_said_to(self) -> None:
        rule = "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST="
        first = "19970805T090000"
        assert [each[:8] for each in starts(rule + "MO", first, 4)] == ["19970805", "19970810", "19970819", "19970824"]
        assert [each[:8] for each in starts(rule + "SU", first, 4)] == ["19970805", "19970817", "19970819", "19970831"]

    def test_a_day_that_does_not_exist_is_ignored(self) -> None:
        """ "where an invalid date (i.e., February 30) is ignored" """
        days = starts("FREQ=MONTHLY;BYMONTHDAY=15,30", "20070115T090000", 5)
        assert [each[:8] for each in days] == ["20070115", "20070130", "20070215", "20070315", "20070330"]
        assert [each[:4] for each in starts("FREQ=YEARLY", "20960229T090000", 3)] == ["2096", "2104", "2108"]

    def test_a_week_without_a_day_of_the_week_has_that_of_the_start(self) -> None:
        """ "Information, not contained in the rule, [...] is derived from the DTSTART"; dateutil takes all seven."""
        days = starts("FREQ=YEARLY;BYWEEKNO=20", "19970514T090000", 3)
        assert [each[:8] for each in days] == ["19970514", "19980513", "19990519"]

    def test_weekdays_with_and_without_a_number_may_be_mixed(self) -> None:
        """dateutil takes only those that are both."""
        days = starts("FREQ=MONTHLY;BYDAY=1MO,TU", "20270302T090000", 6)
        assert [each[4:8] for each in days] == ["0302", "0309", "0316", "0323", "0330", "0405"]

    def test_a_week_is_whole_for_a_position_in_it_even_the_first_one(self) -> None:
        """dateutil counts the days from the start on."""
        days = starts("FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=3", "20270303T090000", 2)
        assert [each[:8] for each in days] == ["20270305", "20270312"]


FIRST = "19970902T090000"


class TestSkipping:
    """Periods before a window need not be looked at."""

    @pytest.mark.parametrize("frequency", ["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY"])
    @pytest.mark.parametrize("interval", [1, 7])
    def test_the_same_times_are_left(self, frequency: str, interval: int) -> None:
        rule, since = f"FREQ={frequency};INTERVAL={interval}", "19970903T120000"
        late = [each for each in starts(rule, FIRST, 5, not_before=local(since)) if each >= since][:3]
        assert late == [each for each in starts(rule, FIRST, 2000) if each >= since][:3]

    def test_a_rule_of_seconds_from_long_ago_costs_nothing(self) -> None:
        assert starts("FREQ=SECONDLY", "19700101T000000", 1, not_before=local("21990101T000000"))[0][:4] >= "2198"


class TestHostile:
    """No rule of others takes long."""

    @pytest.mark.parametrize(
        "rule",
        [
            "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=31",
            "FREQ=SECONDLY;BYSETPOS=2;BYSECOND=0",
            "FREQ=SECONDLY;BYHOUR=5;BYMINUTE=5;BYSECOND=5;BYSETPOS=9",
            "FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30;BYHOUR=5;BYMINUTE=3",
            "FREQ=HOURLY;BYSETPOS=300;BYMINUTE=0",
            "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31",
            "FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6;BYDAY=MO",
            "FREQ=YEARLY;BYYEARDAY=1;BYMONTHDAY=2",
            "FREQ=DAILY;INTERVAL=999999999;BYMONTH=2",
            "FREQ=WEEKLY;INTERVAL=999999999;BYDAY=MO",
            "FREQ=MONTHLY;INTERVAL=999999999;BYDAY=MO",
            "FREQ=YEARLY;INTERVAL=999999999;BYDAY=MO",
            "FREQ=SECONDLY;INTERVAL=999999999;BYMONTH=1",
            "FREQ=HOURLY;INTERVAL=999999999;BYMONTH=1",
            f"FREQ=YEARLY;BYDAY=MO,TU;BYSETPOS=-366;BYHOUR={BELOW_24};BYMINUTE={BELOW_60};BYSECOND={BELOW_60}",
        ],
    )
    def test_it_ends_or_is_refused_after_so_many_steps(self, rule: str) -> None:
        steps = parse_rule(rule).starts(local("20270102T030405"), StepBudget(20_000))
        try:
            ends = len(list(steps)) < 60
        except InvalidValueError as error:
            ends = [each.code for each in error.findings] == ["recurrence-too-complex"]
        assert ends

    def test_what_was_spent_is_spent_for_the_next_rule_too(self) -> None:
        budget, daily = StepBudget(20), parse_rule("FREQ=DAILY")
        assert len(list(islice(daily.starts(local("20270102T030405"), budget), 5))) == 5
        assert refused(lambda: list(daily.starts(local("20270102T030405"), budget))) == (
            "recurrence-too-complex",
            "/rule",
        )


class TestUntil:
    """RFC 5545: UNTIL "bounds the recurrence rule in an inclusive manner"."""

    def test_a_day_is_included_and_so_is_a_time(self) -> None:
        noon = local("20270302T120000")
        assert not is_after(noon, noon.date())
        assert not is_after(noon, noon)
        assert is_after(noon, noon - timedelta(seconds=1))
        assert is_after(noon, noon.date() - timedelta(days=1))
        assert not is_after(noon, None)

    def test_a_time_in_utc_is_compared_in_utc(self) -> None:
        wall, moment = local("20270302T120000"), local("20270302T110000")
        assert not parse_rule("FREQ=DAILY;UNTIL=20270302T110000Z").is_over(wall, moment)
        assert parse_rule("FREQ=DAILY;UNTIL=20270302T105959Z").is_over(wall, moment)
        assert parse_rule("FREQ=DAILY;UNTIL=20270302T110000").is_over(wall, moment)


def numbers(least: int, most: int, *, signed: bool = False, size: int = 3) -> st.SearchStrategy[str]:
    number = st.integers(least, most)
    either = number | number.map(lambda each: -each) if signed else number
    return st.lists(either, min_size=1, max_size=size).map(lambda several: ",".join(map(str, several)))


@st.composite
def rules(draw: st.DrawFn) -> str:
    """Draw rules that dateutil reads as RFC 5545 says."""
    frequency = draw(st.sampled_from(("YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY")))
    parts = {"INTERVAL": str(draw(st.integers(1, 5)))}
    seldom = st.sampled_from((True, False, False, False))
    in_weeks = frequency == "YEARLY" and draw(seldom)
    if draw(seldom):
        parts["BYMONTH"] = draw(numbers(1, 12))
    if in_weeks:
        parts["BYWEEKNO"] = draw(numbers(1, 53, signed=True))
    elif frequency in {"YEARLY", "HOURLY", "MINUTELY"} and draw(seldom):
        parts["BYYEARDAY"] = draw(numbers(1, 366, signed=True, size=6))
    elif frequency != "WEEKLY" and draw(seldom):
        parts["BYMONTHDAY"] = draw(numbers(1, 31, signed=True))
    if in_weeks or draw(st.booleans()):
        days = draw(st.lists(st.sampled_from(DAYS), min_size=1, max_size=3))
        numbered = frequency in {"YEARLY", "MONTHLY"} and not in_weeks and draw(st.booleans())
        parts["BYDAY"] = ",".join(
            f"{draw(st.sampled_from((1, 2, 4, 5, -1, -5))) if numbered else ''}{day}" for day in days
        )
    for name, most in (("BYHOUR", 23), ("BYMINUTE", 59), ("BYSECOND", 59)):
        if draw(seldom):
            parts[name] = draw(numbers(0, most))
    if any(name.startswith("BY") for name in parts) and frequency != "WEEKLY" and draw(seldom):
        parts["BYSETPOS"] = draw(numbers(1, 4, signed=True))
    if draw(seldom):
        parts["WKST"] = draw(st.sampled_from(DAYS))
    return ";".join((f"FREQ={frequency}", *(f"{name}={value}" for name, value in parts.items())))


class TestLaw:
    @staticmethod
    def theirs(text: str, first: datetime) -> list[datetime]:
        last = first + timedelta(days=2000)
        # dateutil looks for the next occurrence until this year, which takes minutes where there are no more.
        with patch("datetime.MAXYEAR", last.year):
            try:
                parsed = rrulestr(text, dtstart=first)
                assert isinstance(parsed, rrule)
                return list(islice(parsed.replace(until=last), 30))
            except ValueError:  # an interval that never meets BYHOUR or BYMINUTE
                return []

    def test_a_rule_without_occurrences_ends(self) -> None:
        """The 303rd day from the end of a year is never in these months."""
        assert self.theirs("FREQ=MINUTELY;BYMONTH=1,4,10;BYYEARDAY=-303;BYHOUR=14", datetime(2000, 1, 1)) == []

    @LAW
    @given(rule=rules(), first=st.datetimes(datetime(2000, 1, 1), datetime(2030, 12, 31)))
    def test_dateutil_finds_the_same(self, rule: str, first: datetime) -> None:
        first = first.replace(microsecond=0)
        last = first + timedelta(days=2000)
        found = parse_rule(rule).starts(first, StepBudget(400_000))
        try:
            ours = [each for each in islice(found, 30) if each <= last]
        except InvalidValueError:
            reject()
        assert ours == self.theirs(rule, first)
