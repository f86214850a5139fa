"""Recurring events of others, read as their occurrences in a window."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.ical.calendars import codes, one, read, refusals, vcalendar, vevent
from tests.refusals import refused
from wtisd_model import CalendarLimits, Code, Event, LocalizedText, Series, from_json, occurrences, to_json

NINE = ("DTSTART;TZID=Europe/Zurich:20270302T090000", "DTEND;TZID=Europe/Zurich:20270302T103000")
DAY = ("DTSTART;VALUE=DATE:20270302", "DTEND;VALUE=DATE:20270303")
SPRING = (datetime(2027, 3, 1, tzinfo=UTC), datetime(2027, 6, 1, tzinfo=UTC))


def expanded(*lines: str, **changes: Any) -> list[Event]:
    return list(read(one(*lines, **{"when": NINE, **changes}), expand=SPRING, zone="Europe/Zurich").events)


def starts(events: list[Event]) -> list[str]:
    return [f"{each.slot.start:%m-%dT%H}" for each in events if each.slot]


def changed(original: str, start: str, *lines: str, parameters: str = "") -> str:
    zone = "TZID=Europe/Zurich"
    when = (f"DTSTART;{zone}:{start}", "DURATION:PT1H")
    return vevent(f"RECURRENCE-ID{parameters};{zone}:{original}", *lines, when=when)


def several(*parts: str, **options: Any) -> Any:
    return read(vcalendar(*parts), **{"expand": SPRING, "zone": "Europe/Zurich", **options})


def _up_to(number: int) -> str:
    return ",".join(map(str, range(number)))


def _minutes(number: int) -> str:
    """List minutes after the last occurrence."""
    first = datetime(2027, 3, 8, tzinfo=UTC)
    return ",".join(f"{first + timedelta(minutes=each):%Y%m%dT%H%M%SZ}" for each in range(number))


class TestRules:
    """RFC 5545 section 3.8.5: DTSTART, RRULE, RDATE and EXDATE define the recurrence set together."""

    def test_each_occurrence_in_the_window_is_an_event(self) -> None:
        found = expanded("RRULE:FREQ=WEEKLY;INTERVAL=4")
        assert starts(found) == ["03-02T09", "03-30T09", "04-27T09", "05-25T09"]
        assert {each.slot.duration for each in found if each.slot} == {timedelta(minutes=90)}

    def test_an_occurrence_that_began_before_the_window_and_lasts_into_it_is_read(self) -> None:
        long = ("DTSTART:20260101T000000Z", "DURATION:P3D")
        found = expanded("RRULE:FREQ=DAILY;INTERVAL=50;COUNT=30", when=long)
        assert starts(found) == ["03-27T00", "05-16T00"]
        found = expanded("RRULE:FREQ=WEEKLY;COUNT=70", when=("DTSTART:20260105T000000Z", "DURATION:P6D"))
        assert starts(found)[0] == "03-01T00"
        assert starts(expanded("RRULE:FREQ=WEEKLY", when=("DTSTART:20260105T000000Z", "DURATION:P8D")))[0] == "02-22T00"

    def test_an_occurrence_may_last_for_all_the_years_that_are_accepted(self) -> None:
        long = ("DTSTART:19700101T000000Z", "DTEND:21990101T000000Z")
        assert len(expanded("RRULE:FREQ=DAILY;COUNT=5", when=long)) == 5

    def test_the_start_is_an_occurrence_even_if_the_rule_does_not_describe_it(self) -> None:
        assert starts(expanded("RRULE:FREQ=WEEKLY;BYDAY=WE;COUNT=2")) == ["03-02T09", "03-03T09", "03-10T09"]
        assert starts(expanded("RRULE:FREQ=WEEKLY;UNTIL=20270301T000000Z", "RDATE:20270305T080000Z")) == ["03-05T09"]

    def test_several_rules_are_one_set(self) -> None:
        found = expanded("RRULE:FREQ=MONTHLY;COUNT=3", "RRULE:FREQ=WEEKLY;COUNT=2")
        assert starts(found) == ["03-02T09", "03-09T09", "04-02T09", "05-02T09"]

    def test_listed_dates_are_added_also_with_ends_of_their_own(self) -> None:
        found = expanded(
            "RDATE;TZID=Europe/Zurich:20270305T110000,20270306T110000",
            "RDATE;VALUE=PERIOD:20270307T080000Z/PT3H,20270308T080000Z/20270308T093000Z,20270302T080000Z/PT2H",
        )
        assert starts(found) == ["03-02T09", "03-05T11", "03-06T11", "03-07T09", "03-08T09"]
        hours = [each.slot.duration.total_seconds() / 3600 for each in found if each.slot]
        assert hours == [2, 1.5, 1.5, 3, 1.5]
        assert {each.slot.time_zone for each in found if each.slot} == {"Europe/Zurich"}

    def test_excluded_dates_are_left_out_however_they_are_written(self) -> None:
        found = expanded(
            "RRULE:FREQ=DAILY;COUNT=7",
            "EXDATE;TZID=Europe/Zurich:20270303T090000",
            "EXDATE:20270304T080000Z,20270305T090000",
            "EXDATE;VALUE=DATE:20270306",
        )
        assert starts(found) == ["03-02T09", "03-07T09", "03-08T09"]

    @pytest.mark.parametrize(
        ("when", "left"),
        [
            (NINE, ["03-02T09", "03-03T09"]),
            (("DTSTART:20270302T233000Z", "DURATION:PT1H", "X-WTISD-ZONE:Europe/Zurich"), ["03-03T00", "03-06T00"]),
        ],
    )
    def test_a_day_without_a_zone_is_one_at_the_place_of_the_series(
        self, when: tuple[str, ...], left: list[str]
    ) -> None:
        moved = vevent("RECURRENCE-ID;VALUE=DATE:20270305", when=("DTSTART;TZID=Europe/Zurich:20270320T140000",))
        imported = read(
            vcalendar(vevent("RRULE:FREQ=DAILY;COUNT=4", "EXDATE;VALUE=DATE:20270304", when=when), moved), expand=SPRING
        )
        assert starts(list(imported.events)) == [*left, "03-20T14"]

    def test_a_rule_says_what_does_not_take_place(self) -> None:
        """EXRULE, of RFC 2445 section 4.8.5.2, is still in files."""
        found = expanded("RRULE:FREQ=DAILY;COUNT=5", "EXRULE:FREQ=DAILY;INTERVAL=2;COUNT=2")
        assert starts(found) == ["03-03T09", "03-05T09", "03-06T09"]

    def test_whole_days_recur_too(self) -> None:
        found = expanded("RRULE:FREQ=MONTHLY;UNTIL=20270502T220000Z", "EXDATE;VALUE=DATE:20270402", when=DAY)
        assert starts(found) == ["03-02T00", "05-02T00"]
        assert starts(expanded("RRULE:FREQ=DAILY;COUNT=3", "EXDATE:20270303T000000", when=DAY[:1])) == [
            "03-02T00",
            "03-04T00",
        ]

    @pytest.mark.parametrize("zone", ["Europe/Zurich", "America/New_York", "Asia/Tokyo"])
    @pytest.mark.parametrize(
        "rule",
        [
            "FREQ=DAILY;UNTIL=20270304T000000Z",
            "FREQ=DAILY;UNTIL=20270304T230000Z",
            "FREQ=DAILY;UNTIL=20270304T090000",
            "FREQ=DAILY;BYHOUR=9,15;COUNT=3",
        ],
    )
    def test_whole_days_recur_as_when_they_are_planned(self, rule: str, zone: str) -> None:
        read_days = [each.slot for each in read(one(f"RRULE:{rule}", when=DAY), expand=SPRING, zone=zone).events]
        assert read_days == list(occurrences(rule, "2027-03-02", zone))

    def test_whole_days_do_not_recur_each_hour(self) -> None:
        imported = several(vevent("RRULE:FREQ=HOURLY;COUNT=30", when=DAY))
        assert (len(imported.events), codes(imported)) == (1, ["value-dropped"])

    def test_a_duration_by_clocks_and_an_exact_one_differ_through_a_change(self) -> None:
        """ "If the duration [...] is specified with the "DTEND" [...] property, the same exact duration will apply" """
        night = "DTSTART;TZID=Europe/Zurich:20270326T220000"
        by_end = expanded("RRULE:FREQ=DAILY;COUNT=2", when=(night, "DTEND;TZID=Europe/Zurich:20270327T060000"))
        by_days = expanded("RRULE:FREQ=DAILY;COUNT=2", when=(night, "DURATION:P1D"))
        assert [f"{each.slot.end:%dT%H}" for each in by_end if each.slot] == ["27T06", "28T07"]
        assert [f"{each.slot.end:%dT%H}" for each in by_days if each.slot] == ["27T22", "28T22"]

    def test_an_event_that_does_not_recur_is_read_wherever_it_is(self) -> None:
        imported = read(one(), expand=SPRING)
        assert [each.uid for each in imported.events] == ["e-1"]
        assert imported.events[0].series is None

    def test_without_a_window_the_first_one_is_read(self) -> None:
        imported = read(one("RRULE:FREQ=DAILY", when=NINE))
        assert len(imported.events) == 1
        assert codes(imported) == ["recurrence-dropped"]


class TestChanges:
    """RFC 5545 section 3.8.4.4: RECURRENCE-ID names the occurrence by its original start."""

    DAILY = vevent("RRULE:FREQ=DAILY;COUNT=4", "EXDATE:20270305T080000Z", when=NINE)

    def test_a_changed_occurrence_takes_the_place_of_the_original(self) -> None:
        imported = several(self.DAILY, changed("20270303T090000", "20270310T140000", "LOCATION:Hall 2\\, Geneva"))
        assert starts(imported.events) == ["03-02T09", "03-04T09", "03-10T14"]
        assert imported.ok

    def test_it_may_be_moved_into_the_window_or_out_of_it(self) -> None:
        imported = several(
            vevent("RRULE:FREQ=YEARLY", when=NINE),
            changed("20270302T090000", "20261202T090000"),
            changed("20280302T090000", "20270402T090000"),
        )
        assert starts(imported.events) == ["04-02T09"]

    def test_one_that_is_excluded_is_not_read(self) -> None:
        imported = several(self.DAILY, changed("20270305T090000", "20270306T140000"))
        assert starts(imported.events) == ["03-02T09", "03-03T09", "03-04T09"]

    def test_one_that_is_excluded_far_from_the_window_is_not_read(self) -> None:
        imported = several(
            vevent("RRULE:FREQ=YEARLY", "EXDATE:20300302T080000Z", when=NINE),
            changed("20300302T090000", "20270303T090000"),
        )
        assert starts(imported.events) == ["03-02T09"]

    def test_the_latest_revision_counts(self) -> None:
        imported = several(
            self.DAILY,
            changed("20270303T090000", "20270303T160000", "SEQUENCE:2"),
            changed("20270303T090000", "20270303T140000", "SEQUENCE:1"),
            vevent("RRULE:FREQ=DAILY;COUNT=2", "SEQUENCE:1", when=NINE),
        )
        assert starts(imported.events) == ["03-02T09", "03-03T16"]
        assert codes(imported) == ["entry-repeated", "entry-repeated"]

    def test_all_later_ones_may_be_changed_with_it(self) -> None:
        imported = several(
            vevent("RRULE:FREQ=DAILY;COUNT=6", when=NINE),
            changed("20270304T090000", "20270304T140000", parameters=";RANGE=THISANDFUTURE"),
            changed("20270306T090000", "20270307T080000", parameters=";RANGE=THISANDFUTURE"),
            changed("20270305T090000", "20270305T200000"),
        )
        assert starts(imported.events) == ["03-02T09", "03-03T09", "03-04T14", "03-05T20", "03-07T08", "03-08T08"]
        assert [each.slot.duration.total_seconds() / 3600 for each in imported.events] == [1.5, 1.5, 1, 1, 1, 1]
        assert codes(imported) == []

    def test_all_later_days_may_be_changed_too(self) -> None:
        imported = several(
            vevent("RRULE:FREQ=WEEKLY;COUNT=3", when=DAY),
            vevent(
                "RECURRENCE-ID;RANGE=THISANDFUTURE;VALUE=DATE:20270309",
                when=("DTSTART;VALUE=DATE:20270310", "DURATION:P2D"),
            ),
        )
        assert [(f"{each.slot.first_day:%m-%d}", f"{each.slot.last_day:%d}") for each in imported.events] == [
            ("03-02", "02"),
            ("03-10", "11"),
            ("03-17", "18"),
        ]
        assert {each.slot.whole_days for each in imported.events} == {True}

    def test_changes_without_their_series_are_occurrences(self) -> None:
        imported = several(changed("20270304T090000", "20270304T140000"))
        assert starts(imported.events) == ["03-04T14"]
        assert imported.events[0].series == Series(uid="e-1")

    def test_a_copy_of_an_older_rule_is_left_out(self) -> None:
        imported = several(
            vevent("RRULE:FREQ=DAILY;COUNT=2", "SEQUENCE:2", when=NINE),
            changed("20270310T090000", "20270310T090000", "RRULE:FREQ=DAILY", "SEQUENCE:1"),
        )
        assert starts(imported.events) == ["03-02T09", "03-03T09"]
        assert codes(imported) == ["occurrence-dropped"]

    def test_exchange_names_a_whole_day_by_its_midnight(self) -> None:
        override = vevent(
            "RECURRENCE-ID;TZID=Romance Standard Time:20270303T000000", when=("DTSTART;VALUE=DATE:20270310",)
        )
        imported = several(vevent("RRULE:FREQ=DAILY;COUNT=3", when=DAY), override)
        assert starts(imported.events) == ["03-02T00", "03-04T00", "03-10T00"]


class TestResult:
    def test_the_uid_depends_on_the_series_and_on_the_original_start_alone(self) -> None:
        whole = expanded("RRULE:FREQ=DAILY;COUNT=4")
        window = (datetime(2027, 3, 3, tzinfo=UTC), datetime(2027, 3, 4, tzinfo=UTC))
        data = vcalendar(
            vevent("RRULE:FREQ=DAILY;COUNT=4", when=NINE), changed("20270303T090000", "20270303T140000", "COMMENT:Late")
        )
        (alone,) = read(data, expand=window).events
        assert alone.uid == whole[1].uid == "4ee4803c-81a5-5a91-979a-46f065776a49"
        assert len({each.uid for each in whole}) == 4

    def test_each_names_its_series(self) -> None:
        found = expanded("RRULE:FREQ=DAILY;COUNT=2")
        series = Series(uid="e-1", title=LocalizedText(text="Forum", language="und"))
        assert [each.series for each in found] == [series, series]
        assert from_json(Event, to_json(found[0])) == found[0]

    def test_people_of_the_series_are_listed_once_and_those_of_a_change_with_it(self) -> None:
        imported = several(
            vevent("RRULE:FREQ=DAILY;COUNT=3", "ATTENDEE:mailto:p1@example.org", when=NINE),
            changed("20270303T090000", "20270303T140000", "ATTENDEE:mailto:p2@example.org"),
        )
        assert [(each.uid, each.email) for each in imported.attendees] == [
            ("e-1", "p1@example.org"),
            (imported.events[1].uid, "p2@example.org"),
        ]

    def test_the_occurrences_of_a_part_are_sessions(self) -> None:
        week = ("DTSTART;TZID=Europe/Zurich:20270301T080000", "DTEND;TZID=Europe/Zurich:20270306T180000")
        part = vevent("RELATED-TO:e-1", "RRULE:FREQ=DAILY;COUNT=3", uid="e-2", when=NINE)
        (event,) = several(vevent(when=week), part).events
        assert [f"{each.slot.start:%d}" for each in event.sessions] == ["02", "03", "04"]

    def test_a_part_of_a_series_belongs_to_the_occurrence_that_it_lies_in(self) -> None:
        when = ("DTSTART;TZID=Europe/Zurich:20270303T093000", "DURATION:PT10M")
        first, second = several(
            vevent("RRULE:FREQ=DAILY;COUNT=2", when=NINE), vevent("RELATED-TO:e-1", uid="e-2", when=when)
        ).events
        assert (len(first.sessions), len(second.sessions)) == (0, 1)

    def test_a_window_without_occurrences_gives_no_events_and_no_error(self) -> None:
        imported = read(one("RRULE:FREQ=DAILY;COUNT=3"), expand=SPRING)
        assert imported.events == ()
        assert imported.ok

    def test_a_series_with_a_uid_that_is_too_long_for_a_field_has_none(self) -> None:
        assert {each.series for each in expanded("RRULE:FREQ=DAILY;COUNT=2", uid="a" * 300)} == {None}


class TestLimits:
    """A file of others must neither take long nor become large."""

    HOSTILE = vevent(
        f"RRULE:FREQ=DAILY;BYHOUR={_up_to(24)};BYMINUTE={_up_to(60)};BYSECOND={_up_to(60)}", uid="hostile", when=NINE
    )
    WEEKS = tuple(f"{datetime(2027, 3, 1, 9) + timedelta(weeks=each):%m-%dT%H}" for each in range(14))

    @staticmethod
    def courses(number: int) -> list[str]:
        """Write weekly series that began in 2018."""
        when = ("DTSTART;TZID=Europe/Zurich:20180101T090000", "DURATION:PT1H")
        return [vevent("RRULE:FREQ=WEEKLY;COUNT=999", uid=f"course-{each}", when=when) for each in range(number)]

    def test_so_many_occurrences_are_read(self) -> None:
        data = vcalendar(
            vevent("RRULE:FREQ=DAILY", when=NINE), vevent("RRULE:FREQ=DAILY;COUNT=4", uid="e-2", when=NINE)
        )
        imported = read(data, expand=SPRING, limits=CalendarLimits(occurrences=5))
        assert [each.series.uid for each in imported.events if each.series] == ["e-1"] * 5
        assert [each.params for each in imported.findings if each.code is Code.OCCURRENCES_OMITTED] == [
            {"maximum": 5},
            {"maximum": 5},
        ]

    @pytest.mark.parametrize("rule", ["FREQ=MINUTELY", "FREQ=MINUTELY;BYSECOND=1,2", "FREQ=SECONDLY;INTERVAL=90"])
    def test_minutes_since_long_ago_are_cut_at_the_limit(self, rule: str) -> None:
        when = ("DTSTART:19700101T000000Z", "DURATION:PT1S")
        imported = read(one(f"RRULE:{rule}", when=when), expand=SPRING, limits=CalendarLimits(occurrences=50))
        assert len(imported.events) == 50
        assert imported.events[0].slot is not None
        assert imported.events[0].slot.starts_at < SPRING[0] + timedelta(minutes=1)
        assert "occurrences-omitted" in codes(imported)

    @pytest.mark.parametrize("rule", ["RRULE:FREQ=SOMETIMES", "RRULE:FREQ=DAILY;COUNT=-1", "EXRULE:FREQ=NEVER"])
    def test_rules_that_cannot_be_read_are_reported_with_the_reason_and_the_first_one_is_kept(self, rule: str) -> None:
        when = ("DTSTART:20270302T080000Z", "DTEND:20270302T090000Z")
        imported = read(one(rule, "RDATE:20270305T080000Z", when=when), expand=SPRING)
        assert starts(list(imported.events)) == ["03-02T08"]
        assert imported.events[0].series is None
        dropped = [each.params for each in imported.findings if each.code is Code.VALUE_DROPPED]
        assert dropped == [{"reason": "recurrence-malformed"}] * 2

    def test_each_series_has_steps_of_its_own(self) -> None:
        imported = several(self.HOSTILE, *self.courses(60))
        assert len(imported.events) == 60 * len(self.WEEKS) + 1
        assert [each.path for each in imported.findings if each.code is Code.OCCURRENCES_INCOMPLETE] == ["/lines/4"]

    def test_the_total_steps_grow_with_the_limits_and_old_occurrences_replace_none(self) -> None:
        imported = several(self.HOSTILE, *self.courses(60), limits=CalendarLimits(lines=7000))
        found = {each.series.uid for each in imported.events if each.series}
        assert set(starts(imported.events)) == {"03-02T09", *self.WEEKS}
        assert 30 < len(found) < 60
        assert codes(imported).count("occurrences-incomplete") >= 1 + 60 - len(found)

    def test_those_found_before_the_steps_are_spent_are_read(self) -> None:
        rule = "RRULE:FREQ=SECONDLY;COUNT=999999999;BYSETPOS=2;BYSECOND=0"
        imported = several(vevent(rule, "RDATE;TZID=Europe/Zurich:20270305T090000", when=NINE))
        assert starts(imported.events) == ["03-02T09", "03-05T09"]
        assert codes(imported) == ["occurrences-incomplete"]

    def test_every_excluded_date_is_read(self) -> None:
        excluded = f"EXDATE:{_minutes(5000)},20270304T080000Z"
        imported = several(vevent("RRULE:FREQ=DAILY;COUNT=3", excluded, when=NINE))
        assert starts(imported.events) == ["03-02T09", "03-03T09"]

    def test_no_occurrence_is_read_that_might_be_excluded(self) -> None:
        excluded = f"EXDATE:{_minutes(7000)}"
        few = CalendarLimits(occurrences=1)
        imported = several(vevent("RRULE:FREQ=DAILY;COUNT=3", excluded, when=NINE), limits=few)
        assert (imported.events, codes(imported)) == ((), ["occurrences-incomplete"])

    def test_a_long_text_is_not_checked_a_thousand_times(self) -> None:
        keywords = ",".join(f"word {number} {'x' * 400}" for number in range(90))
        data = one("RRULE:FREQ=DAILY", f"CATEGORIES:{keywords}", when=NINE)
        imported = read(data, expand=(SPRING[0], datetime(2037, 1, 1, tzinfo=UTC)))
        assert 100 < len(imported.events) < 1000
        assert codes(imported) == ["occurrences-incomplete"]

    @pytest.mark.parametrize("line", ["EXDATE:tomorrow", "RDATE:20270305T0800", "RDATE;TZID=?:2027-03-05"])
    def test_a_date_that_cannot_be_read_is_left_out(self, line: str) -> None:
        imported = several(vevent("RRULE:FREQ=DAILY;COUNT=2", line, when=NINE))
        assert starts(imported.events) == ["03-02T09", "03-03T09"]
        assert codes(imported) == ["property-dropped"]

    def test_a_change_of_an_unreadable_occurrence_is_an_error_beside_the_series(self) -> None:
        imported = several(vevent("RRULE:FREQ=DAILY;COUNT=2", when=NINE), vevent("RECURRENCE-ID:?", when=NINE))
        assert starts(imported.events) == ["03-02T09", "03-03T09"]
        assert codes(imported) == ["property-unreadable"]

    @pytest.mark.parametrize(
        ("window", "code", "path"),
        [
            ((SPRING[0],), Code.WRONG_TYPE, "/expand"),
            ([*SPRING], Code.WRONG_TYPE, "/expand"),
            (("2027-03-01", "2027-04-01"), Code.WRONG_TYPE, "/expand/0"),
            ((SPRING[0].replace(tzinfo=None), SPRING[1]), Code.MOMENT_NAIVE, "/expand/0"),
            ((SPRING[1], SPRING[0]), Code.SLOT_ENDS_BEFORE_START, "/expand/1"),
            ((SPRING[0], SPRING[0]), Code.SLOT_ENDS_BEFORE_START, "/expand/1"),
        ],
    )
    def test_the_window_is_two_moments(self, window: Any, code: Code, path: str) -> None:
        assert refused(lambda: read(one(), expand=window)) == (code, path)

    def test_an_unreadable_event_is_an_error_also_where_nothing_is_in_the_window(self) -> None:
        data = vcalendar(vevent("RRULE:FREQ=DAILY;COUNT=2"), vevent(uid="e-2", when=("DTSTART:?",)))
        assert [code for code, _ in refusals(lambda: read(data, expand=SPRING))] == ["property-unreadable"]

    def test_later_than_the_last_year_nothing_occurs(self) -> None:
        end = datetime(2199, 12, 31, tzinfo=UTC)
        when = ("DTSTART:21991228T000000Z", "DURATION:P1D")
        imported = read(one("RRULE:FREQ=DAILY", when=when), expand=(end - timedelta(days=9), end))
        assert len(imported.events) == 3
