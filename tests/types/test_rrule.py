"""The text of a recurrence rule."""

from datetime import date, datetime

import pytest

from tests.refusals import refusal
from wtisd_model import Code
from wtisd_model.types.recurrence import Frequency, RecurrenceRule, parse_rule


class TestParsing:
    """RFC 5545 section 3.3.10: a semicolon separated list of NAME=VALUE pairs."""

    def test_every_part_is_read(self) -> None:
        assert parse_rule(
            "FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,12;BYWEEKNO=-1,20;BYYEARDAY=-1,200;BYMONTHDAY=-31,1;BYDAY=MO,SU;"
            "BYHOUR=9,8;BYMINUTE=30;BYSECOND=0;BYSETPOS=-1;WKST=SU"
        ) == RecurrenceRule(
            frequency=Frequency.YEARLY,
            interval=2,
            count=10,
            months=frozenset({1, 12}),
            weeks=frozenset({-1, 20}),
            year_days=frozenset({-1, 200}),
            month_days=frozenset({-31, 1}),
            weekdays=frozenset({(0, 0), (0, 6)}),
            hours=(8, 9),
            minutes=(30,),
            seconds=(0,),
            positions=frozenset({-1}),
            week_start=6,
        )

    def test_a_weekday_may_have_a_number(self) -> None:
        assert parse_rule("FREQ=MONTHLY;BYDAY=1MO,+2TU,-1WE,TH").weekdays == {(1, 0), (2, 1), (-1, 2), (0, 3)}

    @pytest.mark.parametrize(
        ("text", "until", "in_utc"),
        [
            ("20271231", date(2027, 12, 31), False),
            ("20271231T093000", datetime(2027, 12, 31, 9, 30), False),
            ("20271231T093000Z", datetime(2027, 12, 31, 9, 30), True),
        ],
    )
    def test_it_ends_on_a_day_or_at_a_time(self, text: str, until: date, in_utc: bool) -> None:
        rule = parse_rule(f"FREQ=DAILY;UNTIL={text}")
        assert (rule.until, rule.until_in_utc, type(rule.until)) == (until, in_utc, type(until))

    def test_upper_and_lower_case_are_the_same_and_the_name_of_the_property_may_precede_it(self) -> None:
        assert parse_rule("rrule:freq=weekly;byday=mo") == parse_rule("FREQ=WEEKLY;BYDAY=MO")


class TestWholeDays:
    """RFC 5545 section 3.3.10: BYSECOND, BYMINUTE and BYHOUR "MUST be ignored" if DTSTART is a DATE."""

    def test_times_are_ignored(self) -> None:
        rule = "FREQ=DAILY;COUNT=3;BYHOUR=9,15;BYMINUTE=30;BYSECOND=99"
        assert parse_rule(rule, whole_days=True) == parse_rule("FREQ=DAILY;COUNT=3")

    @pytest.mark.parametrize("until", ["20271231", "20271231T000000", "20271231T230000Z"])
    def test_the_last_day_is_the_one_that_is_written(self, until: str) -> None:
        rule = parse_rule(f"FREQ=DAILY;UNTIL={until}", whole_days=True)
        assert (rule.until, type(rule.until), rule.until_in_utc) == (date(2027, 12, 31), date, False)

    @pytest.mark.parametrize(
        ("text", "part"),
        [
            ("FREQ=HOURLY;COUNT=2", "FREQ"),
            ("FREQ=SECONDLY;BYHOUR=9;COUNT=2", "FREQ"),
            ("FREQ=DAILY;BYHOUR=9,15;BYSETPOS=1", "BYSETPOS"),
            ("FREQ=DAILY;UNTIL=20271231T250000Z", "UNTIL"),
        ],
    )
    def test_a_rule_that_needs_times_is_malformed(self, text: str, part: str) -> None:
        assert refusal(lambda: parse_rule(text, whole_days=True)).params == {"part": part}


class TestRefusals:
    """RFC 5545 section 3.3.10 says what each part may hold, and which parts rule each other out."""

    @pytest.mark.parametrize(
        ("text", "part"),
        [
            ("", "unknown"),
            ("weekly", "unknown"),
            ("FREQ=WEEKLY;", "unknown"),
            ("FREQ=WEEKLY;BYEASTER=0", "unknown"),
            ("FREQ=WEEKLY; COUNT=2", "unknown"),
            ("FREQ=WEEKLY;COUNT=2\n", "unknown"),
            ("FREQ=WEEKLY;COUNT=٢", "unknown"),
            ("FREQ=WEEKLY;FREQ=DAILY", "FREQ"),
            ("COUNT=2", "FREQ"),
            ("FREQ=FORTNIGHTLY", "FREQ"),
            ("FREQ=1", "FREQ"),
            ("FREQ=DAILY;INTERVAL=0", "INTERVAL"),
            ("FREQ=DAILY;INTERVAL=-1", "INTERVAL"),
            ("FREQ=DAILY;INTERVAL=1000000000", "INTERVAL"),
            ("FREQ=DAILY;INTERVAL=1,2", "INTERVAL"),
            ("FREQ=DAILY;COUNT=0", "COUNT"),
            ("FREQ=DAILY;UNTIL=2027", "UNTIL"),
            ("FREQ=DAILY;UNTIL=20270230", "UNTIL"),
            ("FREQ=DAILY;UNTIL=20270228T240000", "UNTIL"),
            ("FREQ=DAILY;UNTIL=20270228T250000", "UNTIL"),
            ("FREQ=DAILY;UNTIL=20270228T235960", "UNTIL"),
            ("FREQ=DAILY;UNTIL=20270228Z", "UNTIL"),
            ("FREQ=DAILY;COUNT=2;UNTIL=20270228", "UNTIL"),
            ("FREQ=DAILY;BYMONTH=13", "BYMONTH"),
            ("FREQ=DAILY;BYMONTH=-1", "BYMONTH"),
            ("FREQ=DAILY;BYMONTHDAY=0", "BYMONTHDAY"),
            ("FREQ=DAILY;BYMONTHDAY=32", "BYMONTHDAY"),
            ("FREQ=DAILY;BYMONTHDAY=1,,2", "BYMONTHDAY"),
            ("FREQ=WEEKLY;BYMONTHDAY=1", "BYMONTHDAY"),
            ("FREQ=YEARLY;BYWEEKNO=54", "BYWEEKNO"),
            ("FREQ=MONTHLY;BYWEEKNO=1", "BYWEEKNO"),
            ("FREQ=YEARLY;BYYEARDAY=367", "BYYEARDAY"),
            ("FREQ=DAILY;BYYEARDAY=1", "BYYEARDAY"),
            ("FREQ=DAILY;BYHOUR=24", "BYHOUR"),
            ("FREQ=DAILY;BYMINUTE=60", "BYMINUTE"),
            ("FREQ=DAILY;BYSECOND=60", "BYSECOND"),
            ("FREQ=MONTHLY;BYDAY=MONDAY", "BYDAY"),
            ("FREQ=MONTHLY;BYDAY=0MO", "BYDAY"),
            ("FREQ=MONTHLY;BYDAY=54MO", "BYDAY"),
            ("FREQ=WEEKLY;BYDAY=1MO", "BYDAY"),
            ("FREQ=YEARLY;BYWEEKNO=1;BYDAY=1MO", "BYDAY"),
            ("FREQ=DAILY;WKST=XX", "WKST"),
            ("FREQ=MONTHLY;BYSETPOS=1", "BYSETPOS"),
            ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=367", "BYSETPOS"),
        ],
    )
    def test_the_part_is_named(self, text: str, part: str) -> None:
        found = refusal(lambda: parse_rule(text))
        assert (found.code, found.path, found.params) == (Code.RECURRENCE_MALFORMED, "/rule", {"part": part})

    def test_a_rule_that_is_too_long_is_not_read(self) -> None:
        found = refusal(lambda: parse_rule("FREQ=YEARLY;BYMONTH=" + "1," * 3000 + "1"))
        assert (found.code, found.path, found.params) == (Code.RECURRENCE_MALFORMED, "/rule", {"part": "unknown"})
