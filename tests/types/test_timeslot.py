"""Stretches of time, which include their start and not their end."""

import copy
import pickle
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pendulum
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from pendulum import DateTime

from tests.hypothesis_profiles import LAW
from tests.refusals import refusal, refused
from tests.samples.whole import ZURICH, slot
from tests.types.moments import MOMENTS, NAIVE, NOT_MOMENTS, ZONE_NAMES
from wtisd_model import InvalidValueError, Repeated, TimeSlot, local_time
from wtisd_model.types.timeslot import WrittenSlot
from wtisd_model.types.timezone import at_zone, to_utc

LENGTHS = st.one_of(st.just(3600), st.integers(1, 3 * 86400)).map(lambda seconds: timedelta(seconds=seconds))


def stretch(starts_at: datetime, length: timedelta, zone: str = ZURICH) -> TimeSlot:
    return TimeSlot(start=at_zone(starts_at, zone), end=at_zone(starts_at + length, zone))


SLOTS = st.builds(stretch, MOMENTS, LENGTHS, st.one_of(st.just(ZURICH), ZONE_NAMES))


def twice(wall: str, zone: str = ZURICH) -> tuple[DateTime, DateTime]:
    return local_time(wall, zone, repeated="first"), local_time(wall, zone, repeated="second")


FIRST, SECOND = twice("2023-10-29T02:30:00")


class TestTimeSlot:
    """CONTRACT: TimeSlot compares and hashes by UTC instants and zone name."""

    def test_it_has_a_zone_and_moments_in_utc(self) -> None:
        when = slot()
        assert when.time_zone == ZURICH
        assert when.starts_at == datetime(2023, 5, 17, 12, 30, tzinfo=UTC)
        assert when.ends_at == datetime(2023, 5, 17, 14, 30, tzinfo=UTC)
        assert type(when.starts_at) is type(when.ends_at) is datetime
        assert when.duration == pendulum.duration(minutes=120)

    @pytest.mark.parametrize("field", ["start", "end"])
    @pytest.mark.parametrize(
        ("value", "code"),
        [
            (None, "wrong-type"),
            ("2023-05-17T14:30:00", "wrong-type"),
            (date(2023, 5, 17), "wrong-type"),
            (NAIVE, "zone-missing"),
            (datetime(2023, 5, 17, 14, 30, tzinfo=UTC), "zone-missing"),
            (datetime.fromisoformat("2023-05-17T14:30:00+02:00"), "zone-missing"),
            (pendulum.naive(2023, 5, 17, 14, 30), "zone-missing"),
            (pendulum.parse("2023-05-17T14:30:00+02:00"), "zone-missing"),
            (datetime(2023, 5, 17, 14, 30, tzinfo=ZoneInfo("Factory")), "zone-unknown"),
            (datetime(2023, 5, 17, 14, 30, 0, 1, tzinfo=ZoneInfo(ZURICH)), "time-unreadable"),
            (datetime(1969, 12, 31, tzinfo=ZoneInfo(ZURICH)), "time-unreadable"),
            (datetime(2023, 3, 26, 2, 30, tzinfo=ZoneInfo(ZURICH)), "time-skipped"),
            (pendulum.datetime(2023, 5, 17, 14, 30, tz="Factory"), "zone-unknown"),
            (pendulum.datetime(2023, 5, 17, 14, 30, 0, 500_000, tz=ZURICH), "time-unreadable"),
            (pendulum.datetime(1969, 12, 31, 23, tz=ZURICH), "time-unreadable"),
            (pendulum.datetime(2200, 1, 1, tz=ZURICH), "time-unreadable"),
            (DateTime(2023, 3, 26, 2, 30, tzinfo=pendulum.timezone(ZURICH)), "time-skipped"),
        ],
    )
    def test_it_takes_times_at_a_place_in_whole_seconds_only(self, field: str, value: Any, code: str) -> None:
        assert refused(lambda: evolve(slot(), **{field: value})) == (code, f"/{field}")

    def test_a_time_in_utc_that_pendulum_read_is_such_a_time(self) -> None:
        start = pendulum.parse("2023-05-17T12:30:00Z")
        assert isinstance(start, DateTime)
        assert TimeSlot(start=start, end=start.add(hours=1)).time_zone == "UTC"

    @pytest.mark.parametrize("zone", [ZoneInfo(ZURICH), pendulum.timezone(ZURICH)])
    @pytest.mark.parametrize("kind", [datetime, DateTime])
    def test_a_datetime_in_a_named_zone_becomes_one_of_pendulum(self, kind: type[datetime], zone: ZoneInfo) -> None:
        made = TimeSlot(start=kind(2023, 5, 17, 14, 30, tzinfo=zone), end=kind(2023, 5, 17, 16, 30, tzinfo=zone))
        assert made == slot()
        assert hash(made) == hash(slot())
        assert repr(made) == repr(slot())
        assert pickle.loads(pickle.dumps(made)) == slot()
        assert evolve(slot(), start=made.start, end=kind(2023, 5, 17, 16, 30, tzinfo=zone)) == slot()

    def test_a_datetime_remembers_which_of_two_equal_times_was_meant(self) -> None:
        walls = (datetime(2023, 10, 29, 2, 30, tzinfo=ZoneInfo(ZURICH), fold=fold) for fold in (0, 1))
        assert TimeSlot(start=next(walls), end=next(walls)) == TimeSlot(start=FIRST, end=SECOND)

    @LAW
    @given(SLOTS)
    def test_a_slot_can_be_made_of_the_datetimes_of_the_standard_library(self, when: TimeSlot) -> None:
        zone = ZoneInfo(when.time_zone)
        assert TimeSlot(start=when.starts_at.astimezone(zone), end=when.ends_at.astimezone(zone)) == when

    def test_both_ends_are_in_one_zone(self) -> None:
        other = local_time("2023-05-17T16:30:00", "Europe/Paris")
        assert refused(lambda: evolve(slot(), end=other)) == ("zones-differ", "/end")

    @pytest.mark.parametrize("end", ["2023-05-17T14:30:00", "2023-05-17T14:29:59", "2022-05-17T16:30:00"])
    def test_its_end_is_after_its_start(self, end: str) -> None:
        assert refused(lambda: slot(end=end)) == ("slot-ends-before-start", "/end")

    def test_which_of_two_equal_times_decides_what_comes_first(self) -> None:
        assert TimeSlot(start=FIRST, end=SECOND).duration == pendulum.duration(hours=1)
        assert refused(lambda: TimeSlot(start=SECOND, end=FIRST)) == ("slot-ends-before-start", "/end")
        assert refused(lambda: TimeSlot(start=FIRST, end=FIRST)) == ("slot-ends-before-start", "/end")

    def test_slots_that_differ_in_that_only_are_not_equal(self) -> None:
        end = local_time("2023-10-29T03:30:00", ZURICH)
        first, second = TimeSlot(start=FIRST, end=end), TimeSlot(start=SECOND, end=end)
        assert first.start == second.start  # says pendulum, which compares the faces of clocks
        assert first != second
        assert len({first, second}) == 2

    @LAW
    @given(MOMENTS, LENGTHS, ZONE_NAMES)
    def test_equal_are_those_at_the_same_moments_in_the_same_zone(
        self, starts_at: datetime, length: timedelta, zone: str
    ) -> None:
        one, other = stretch(starts_at, length, zone), stretch(starts_at, length, zone)
        assert one == other
        assert hash(one) == hash(other)
        assert one != stretch(starts_at, length + timedelta(seconds=1), zone)
        elsewhere = stretch(starts_at, length, "UTC")
        assert (one == elsewhere) is (zone == "UTC")
        assert (one.starts_at, one.ends_at) == (elsewhere.starts_at, elsewhere.ends_at)

    @LAW
    @given(SLOTS)
    def test_copies_remember_which_of_two_equal_times_was_meant(self, when: TimeSlot) -> None:
        for again in (copy.copy(when), copy.deepcopy(when), pickle.loads(pickle.dumps(when)), evolve(when)):
            assert again == when
            assert hash(again) == hash(when)
            assert (again.starts_at, again.ends_at) == (when.starts_at, when.ends_at)
            assert again.written() == when.written()

    def test_pickled_alone_a_pendulum_datetime_forgets_it(self) -> None:
        """Why TimeSlot writes its own copies; where this fails, pendulum has mended it."""
        assert to_utc(pickle.loads(pickle.dumps(SECOND))) == to_utc(FIRST)

    @LAW
    @given(SLOTS)
    def test_the_written_form_describes_the_same_slot(self, when: TimeSlot) -> None:
        assert when.written().value() == when
        assert when.written().time_zone == when.time_zone

    def test_only_whole_days_are_told_that_their_end_is_not_included(self) -> None:
        advice = "The end of whole days is the day after the last one."
        day = "2023-05-17"
        assert refusal(lambda: days(day, day)).fix.endswith(advice)
        assert refusal(lambda: WrittenSlot(start=day, end=day, time_zone=ZURICH)).fix.endswith(advice)
        assert advice not in refusal(lambda: TimeSlot.at(f"{day}T14:30", "14:30", ZURICH)).fix
        assert advice not in refusal(lambda: TimeSlot(start=slot().start, end=slot().start)).fix

    def test_it_says_which_hour_exactly_where_it_comes_twice(self) -> None:
        assert TimeSlot(start=FIRST, end=SECOND).written() == WrittenSlot(
            start="2023-10-29T02:30:00",
            end="2023-10-29T02:30:00",
            time_zone=ZURICH,
            start_repeated=Repeated.FIRST,
            end_repeated=Repeated.SECOND,
        )
        assert slot().written() == WrittenSlot(start="2023-05-17T14:30:00", end="2023-05-17T16:30:00", time_zone=ZURICH)


class TestTimeThatPasses:
    """The start is in it, the end is not; a duration is time that passes, not a difference of clocks."""

    @pytest.mark.parametrize(
        ("start", "end", "hours"),
        [
            ("2023-03-25T12:00:00", "2023-03-26T12:00:00", 23),
            ("2023-10-28T12:00:00", "2023-10-29T12:00:00", 25),
            ("2023-05-17T12:00:00", "2023-05-18T12:00:00", 24),
        ],
    )
    def test_a_day_has_an_hour_more_or_less_where_clocks_change(self, start: str, end: str, hours: int) -> None:
        assert slot(start, end).duration == pendulum.duration(hours=hours)

    @pytest.mark.parametrize(
        ("start", "end", "zone", "minutes"),
        [
            ("2023-04-01T12:00:00", "2023-04-02T12:00:00", "Australia/Lord_Howe", 24 * 60 + 30),
            ("2023-03-25T12:00:00", "2023-03-26T12:00:00", "Antarctica/Troll", 22 * 60),
            ("2011-12-29T12:00:00", "2011-12-31T12:00:00", "Pacific/Apia", 24 * 60),
        ],
    )
    def test_clock_changes_do_not_matter(self, start: str, end: str, zone: str, minutes: int) -> None:
        assert slot(start, end, zone).duration == pendulum.duration(minutes=minutes)

    @given(SLOTS)
    def test_its_duration_is_what_lies_between_its_moments(self, when: TimeSlot) -> None:
        assert when.duration.as_timedelta() == when.ends_at - when.starts_at

    @given(SLOTS)
    def test_its_start_is_in_it_and_its_end_is_not(self, when: TimeSlot) -> None:
        second = timedelta(seconds=1)
        assert when.contains(when.starts_at)
        assert not when.contains(when.starts_at - second)
        assert when.contains(when.ends_at - second)
        assert not when.contains(when.ends_at)
        assert when.contains(when.start)
        assert not when.contains(when.end)

    @pytest.mark.parametrize(("moment", "code"), NOT_MOMENTS)
    def test_a_value_that_is_not_an_aware_datetime_is_refused(self, moment: datetime, code: str) -> None:
        assert refused(lambda: slot().contains(moment)) == (code, "/moment")

    def test_one_that_begins_before_the_end_of_another_overlaps_it(self) -> None:
        morning = TimeSlot.at("2023-05-17T09:00", "12:00", "UTC")
        assert morning.overlaps(TimeSlot.at("2023-05-17T11:59", "13:00", "UTC"))
        assert not morning.overlaps(TimeSlot.at("2023-05-17T12:00", "13:00", "UTC"))

    @given(SLOTS, LENGTHS)
    def test_slots_back_to_back_do_not_overlap(self, when: TimeSlot, length: timedelta) -> None:
        after = stretch(when.ends_at, length, when.time_zone)
        assert not when.overlaps(after)
        assert not after.overlaps(when)

    @LAW
    @given(MOMENTS, LENGTHS, st.integers(-100, 100), LENGTHS, ZONE_NAMES)
    def test_two_overlap_where_some_moment_lies_in_both(
        self, starts_at: datetime, length: timedelta, hours: int, other_length: timedelta, zone: str
    ) -> None:
        one = stretch(starts_at, length)
        other = stretch(starts_at + timedelta(hours=hours), other_length, zone)
        shared = one.contains(other.starts_at) or other.contains(one.starts_at)
        assert one.overlaps(other) is shared
        assert other.overlaps(one) is shared
        assert one.overlaps(one)

    @given(SLOTS, LENGTHS, LENGTHS, ZONE_NAMES)
    def test_it_encloses_what_is_not_longer_at_either_end(
        self, when: TimeSlot, before: timedelta, after: timedelta, zone: str
    ) -> None:
        wide = stretch(when.starts_at - before, before + (when.ends_at - when.starts_at) + after, zone)
        assert wide.encloses(when)
        assert not when.encloses(wide)
        assert when.encloses(when)
        assert not when.encloses(stretch(when.starts_at, when.ends_at - when.starts_at + after, zone))
        assert not when.encloses(stretch(when.starts_at - before, before, zone))


class TestInZone:
    """An event answers in the reader's zone."""

    def test_it_shows_what_the_clocks_of_the_reader_show(self) -> None:
        assert slot().in_zone("America/New_York") == slot(
            "2023-05-17T08:30:00", "2023-05-17T10:30:00", "America/New_York"
        )

    @LAW
    @given(SLOTS, ZONE_NAMES)
    def test_it_is_the_same_stretch_and_comes_back_equal(self, when: TimeSlot, zone: str) -> None:
        there = when.in_zone(zone)
        assert (there.starts_at, there.ends_at, there.time_zone) == (when.starts_at, when.ends_at, zone)
        assert there.in_zone(when.time_zone) == when

    def test_the_zone_may_be_one_of_zoneinfo(self) -> None:
        lagos = ZoneInfo("Africa/Lagos")
        assert slot().in_zone(lagos) == slot().in_zone("Africa/Lagos")
        days, times = ("2027-03-04", "2027-03-05"), ("2027-03-04T09:00", "10:30")
        assert TimeSlot.days(*days, lagos) == TimeSlot.days(*days, "Africa/Lagos")
        assert TimeSlot.at(*times, lagos) == TimeSlot.at(*times, "Africa/Lagos")

    @pytest.mark.parametrize("zone", ["CEST", "Factory", "+02:00", "europe/zurich", "x" * 5000])
    def test_an_unknown_zone_is_refused(self, zone: str) -> None:
        assert refused(lambda: slot().in_zone(zone)) == ("zone-unknown", "/zone")

    def test_it_cannot_leave_the_years_that_we_know(self) -> None:
        late = slot("2199-12-31T22:00:00", "2199-12-31T23:00:00", "America/New_York")
        assert refused(lambda: late.in_zone("Asia/Tokyo")) == ("time-unreadable", "/start")


def days(start: date | str, end: date | str, zone: str = ZURICH) -> TimeSlot:
    return TimeSlot.days(start, end, zone)


DAYS = st.builds(
    lambda first, length, zone: days(first, first + timedelta(days=length), zone),
    st.dates(date(1971, 1, 1), date(2199, 11, 30)).filter(lambda day: day.year not in {1993, 1994, 1995, 2011}),
    st.integers(1, 30),
    st.one_of(st.just(ZURICH), ZONE_NAMES),
)


class TestWholeDays:
    """RFC 5545 section 3.3.4: a DATE has no time, and section 3.6.1: DTEND is the day after the last one."""

    def test_they_are_made_of_dates_or_of_their_texts(self) -> None:
        two = days("2027-03-04", "2027-03-06", "Africa/Lagos")
        assert two == days(date(2027, 3, 4), date(2027, 3, 6), "Africa/Lagos")
        assert two.whole_days
        assert (two.first_day, two.last_day, two.time_zone) == (date(2027, 3, 4), date(2027, 3, 5), "Africa/Lagos")
        assert two.written() == WrittenSlot(start="2027-03-04", end="2027-03-06", time_zone="Africa/Lagos")

    def test_they_are_printed_without_times(self) -> None:
        assert repr(days("2027-03-04", "2027-03-06")) == "TimeSlot.days('2027-03-04', '2027-03-06', 'Europe/Zurich')"
        assert repr(slot()).startswith("TimeSlot(start=DateTime(2023, 5, 17, 14, 30")

    def test_they_last_from_the_beginning_of_the_first_day_to_the_end_of_the_last_one(self) -> None:
        assert days("2023-05-17", "2023-05-18").starts_at == datetime(2023, 5, 16, 22, tzinfo=UTC)
        assert days("2023-03-26", "2023-03-27").duration == pendulum.duration(hours=23)
        assert days("2023-10-29", "2023-10-30").duration == pendulum.duration(hours=25)
        assert days("2024-04-26", "2024-04-27", "Africa/Cairo").start == local_time(
            "2024-04-26T01:00:00", "Africa/Cairo"
        )
        assert days("2011-12-29", "2011-12-31", "Pacific/Apia").duration == pendulum.duration(hours=24)

    def test_they_are_not_the_times_at_which_they_begin_and_end(self) -> None:
        whole, timed = days("2023-05-17", "2023-05-18"), slot("2023-05-17T00:00:00", "2023-05-18T00:00:00")
        assert whole != timed
        assert evolve(timed, whole_days=True) == whole
        assert evolve(whole, whole_days=False) == timed
        assert hash(evolve(timed, whole_days=True)) == hash(whole)

    @pytest.mark.parametrize(
        ("start", "end", "zone", "refusal"),
        [
            ("2023-05-17", "2023-05-17", ZURICH, ("slot-ends-before-start", "/end")),
            ("2023-05-17", "2023-05-16", ZURICH, ("slot-ends-before-start", "/end")),
            ("17.5.2023", "2023-05-18", ZURICH, ("date-unreadable", "/start")),
            ("2023-05-17", "2023-05-18T00:00:00", ZURICH, ("date-unreadable", "/end")),
            ("2023-05-17", date(2200, 1, 1), ZURICH, ("date-unreadable", "/end")),
            (NAIVE, "2023-05-18", ZURICH, ("wrong-type", "/start")),
            ("2023-05-17", None, ZURICH, ("wrong-type", "/end")),
            ("2023-05-17", "2023-05-18", "CEST", ("zone-unknown", "/zone")),
            ("2011-12-30", "2011-12-31", "Pacific/Apia", ("time-skipped", "/start")),
            ("2011-12-29", "2011-12-30", "Pacific/Apia", ("time-skipped", "/end")),
        ],
    )
    def test_what_are_no_days_is_refused(self, start: Any, end: Any, zone: str, refusal: tuple[str, str]) -> None:
        assert refused(lambda: days(start, end, zone)) == refusal

    def test_both_of_their_ends_are_beginnings_of_days(self) -> None:
        begins, noon, ends = (local_time(f"2023-05-{wall}:00:00", ZURICH) for wall in ("17T00", "17T12", "18T00"))
        assert refused(lambda: TimeSlot(start=noon, end=ends, whole_days=True)) == ("day-not-whole", "/start")
        assert refused(lambda: TimeSlot(start=begins, end=noon, whole_days=True)) == ("day-not-whole", "/end")
        no_flag: Any = 1
        assert refused(lambda: TimeSlot(start=begins, end=ends, whole_days=no_flag)) == ("wrong-type", "/wholeDays")

    def test_a_day_begins_when_its_midnight_comes_for_the_second_time_if_the_day_before_comes_back(self) -> None:
        first, second = twice("2010-11-07T00:00:00", "America/St_Johns")
        ends = local_time("2010-11-08T00:00:00", "America/St_Johns")
        assert TimeSlot(start=second, end=ends, whole_days=True) == days("2010-11-07", "2010-11-08", "America/St_Johns")
        assert refused(lambda: TimeSlot(start=first, end=ends, whole_days=True)) == ("day-not-whole", "/start")

    @LAW
    @given(DAYS, ZONE_NAMES)
    def test_they_are_the_same_dates_for_every_reader(self, when: TimeSlot, zone: str) -> None:
        assert when.in_zone(zone) == when
        assert refused(lambda: when.in_zone("CEST")) == ("zone-unknown", "/zone")

    @LAW
    @given(DAYS)
    def test_they_are_written_as_dates_and_copied_as_whole_days(self, when: TimeSlot) -> None:
        written = when.written()
        assert (len(written.start), len(written.end)) == (10, 10)
        assert written.value() == when
        for again in (copy.copy(when), copy.deepcopy(when), pickle.loads(pickle.dumps(when)), evolve(when)):
            assert again == when
            assert again.written() == written

    @LAW
    @given(DAYS)
    def test_they_contain_what_is_on_their_days_by_the_clocks_of_the_place(self, when: TimeSlot) -> None:
        second = timedelta(seconds=1)
        inside = [at_zone(each, when.time_zone).date() for each in (when.starts_at, when.ends_at - second)]
        outside = [at_zone(each, when.time_zone).date() for each in (when.starts_at - second, when.ends_at)]
        assert inside == [when.first_day, when.last_day]
        assert outside[0] < when.first_day
        assert outside[1] > when.last_day

    @LAW
    @given(DAYS)
    def test_days_one_after_the_other_touch_and_do_not_overlap(self, when: TimeSlot) -> None:
        after = days(when.end.date(), when.end.date() + timedelta(days=1), when.time_zone)
        assert after.starts_at == when.ends_at
        assert not when.overlaps(after)
        assert days(when.first_day, after.end.date(), when.time_zone).encloses(after)

    def test_they_are_in_a_slot_with_times_of_these_days(self) -> None:
        congress = slot("2023-05-17T09:00:00", "2023-05-18T17:00:00")
        assert congress.encloses(days(date(2023, 5, 18), date(2023, 5, 19), congress.time_zone))
        assert not congress.encloses(days(date(2023, 5, 18), date(2023, 5, 20), congress.time_zone))
        assert not congress.encloses(days(date(2023, 5, 16), date(2023, 5, 18), congress.time_zone))

    def test_a_slot_with_times_has_first_and_last_days_too(self) -> None:
        night = slot("2023-05-17T22:00:00", "2023-05-18T00:00:00")
        assert (night.first_day, night.last_day) == (date(2023, 5, 17), date(2023, 5, 17))
        assert type(night.first_day) is date


class TestWrittenSlot:
    """CONTRACT: ``startRepeated`` and ``endRepeated`` exactly where the hour is repeated."""

    @pytest.mark.parametrize(
        ("changes", "code", "path"),
        [
            ({"start": "2023-05-17T14:30:00Z"}, "time-unreadable", "/start"),
            ({"end": "2023-05-32T14:30:00"}, "time-unreadable", "/end"),
            ({"end": "2023-02-30T14:30:00"}, "time-unreadable", "/end"),
            ({"time_zone": "CEST"}, "zone-unknown", "/timeZone"),
            ({"start": "2023-03-26T02:30:00"}, "time-skipped", "/start"),
            ({"start": "2023-03-25T02:30:00", "end": "2023-03-26T02:30:00"}, "time-skipped", "/end"),
            ({"start": "2022-10-30T02:30:00"}, "time-repeated", "/startRepeated"),
            ({"end": "2023-10-29T02:30:00"}, "time-repeated", "/endRepeated"),
            ({"start_repeated": Repeated.FIRST}, "time-not-repeated", "/startRepeated"),
            ({"end_repeated": Repeated.SECOND}, "time-not-repeated", "/endRepeated"),
            ({"start_repeated": "third"}, "value-unknown", "/startRepeated"),
            ({"end": "2023-05-17T14:30:00"}, "slot-ends-before-start", "/end"),
            ({"start": "2023-05-17"}, "slot-forms-differ", "/end"),
            ({"end": "2023-05-18"}, "slot-forms-differ", "/end"),
            ({"start": "2023-05-17", "end": "2023-05-17"}, "slot-ends-before-start", "/end"),
            ({"start": "2023-05-17", "end": "2023-02-30"}, "time-unreadable", "/end"),
            ({"start": "2023-05-17Z", "end": "2023-05-18"}, "time-unreadable", "/start"),
            (
                {"start": "2023-05-17", "end": "2023-05-18", "start_repeated": Repeated.FIRST},
                "time-not-repeated",
                "/startRepeated",
            ),
            (
                {"start": "2023-05-17", "end": "2023-05-18", "end_repeated": Repeated.SECOND},
                "time-not-repeated",
                "/endRepeated",
            ),
            ({"start": "2011-12-30", "end": "2011-12-31", "time_zone": "Pacific/Apia"}, "time-skipped", "/start"),
            ({"start": "2011-12-29", "end": "2011-12-30", "time_zone": "Pacific/Apia"}, "time-skipped", "/end"),
        ],
    )
    def test_errors_are_reported_at_their_key(self, changes: dict[str, Any], code: str, path: str) -> None:
        assert refused(lambda: evolve(slot().written(), **changes)) == (code, path)

    def test_the_fix_shows_how_a_time_and_a_day_are_written(self) -> None:
        fix = refusal(lambda: evolve(slot().written(), start="17.5.2023")).fix
        assert "2023-05-17T14:30:00 or" in fix
        assert "2023-05-17, " in fix


class TestAt:
    """A slot is written as people say it: from a date and time to a time, at a place."""

    @pytest.mark.parametrize(
        ("start", "end"),
        [
            ("2023-05-17T14:30", "16:30"),
            ("2023-05-17T14:30", "16:30:00"),
            ("2023-05-17T14:30:00", "2023-05-17T16:30"),
            ("2023-05-17T14:30", "2023-05-17T16:30:00"),
        ],
    )
    def test_the_end_is_on_the_day_of_the_start_unless_it_has_a_date(self, start: str, end: str) -> None:
        assert TimeSlot.at(start, end, ZURICH) == slot()

    @LAW
    @given(SLOTS)
    def test_it_makes_every_slot(self, when: TimeSlot) -> None:
        written = when.written()
        repeated = {"start_repeated": written.start_repeated, "end_repeated": written.end_repeated}
        assert TimeSlot.at(written.start, written.end, when.time_zone, **repeated) == when
        if written.start[:10] == written.end[:10]:
            assert TimeSlot.at(written.start, written.end[11:], when.time_zone, **repeated) == when

    def test_the_word_says_which_of_two_equal_times_is_meant(self) -> None:
        made = TimeSlot.at("2023-10-29T02:30", "02:30", ZURICH, start_repeated="first", end_repeated="second")
        assert made == TimeSlot(start=FIRST, end=SECOND)

    @pytest.mark.parametrize(
        ("arguments", "code", "path"),
        [
            (("2023-05-17T22:00", "01:00", ZURICH), "slot-ends-before-start", "/end"),  # the next day has to be named
            (("2023-05-17", "16:30", ZURICH), "time-unreadable", "/start"),
            (("14:30", "16:30", ZURICH), "time-unreadable", "/start"),
            (("2023-05-17T14:30+02:00", "16:30", ZURICH), "time-unreadable", "/start"),
            (("2023-05-17T14:30", "4:30", ZURICH), "time-unreadable", "/end"),
            (("2023-05-17T14:30", "", ZURICH), "time-unreadable", "/end"),
            (("2023-05-17T14:30", "24:00", ZURICH), "time-unreadable", "/end"),
            ((datetime(2023, 5, 17, tzinfo=UTC), "16:30", ZURICH), "wrong-type", "/start"),
            (("2023-05-17T14:30", timedelta(hours=2), ZURICH), "wrong-type", "/end"),
            (("2023-05-17T14:30", "16:30", "CEST"), "zone-unknown", "/zone"),
            (("2023-05-17T14:30", "16:30", ZoneInfo("Factory")), "zone-unknown", "/zone"),
            (("2023-03-26T02:30", "04:00", ZURICH), "time-skipped", "/start"),
            (("2023-10-29T02:30", "04:00", ZURICH), "time-repeated", "/startRepeated"),
        ],
    )
    def test_anything_else_is_refused(self, arguments: tuple[Any, Any, Any], code: str, path: str) -> None:
        assert refused(lambda: TimeSlot.at(*arguments)) == (code, path)

    @pytest.mark.parametrize(
        ("start", "meant"), [("2023-05-17", "TimeSlot.days"), ("2023-05-17 14:30", None), ("14:30", None)]
    )
    def test_only_a_day_leads_to_whole_days(self, start: str, meant: str | None) -> None:
        found = refusal(lambda: TimeSlot.at(start, "16:30", ZURICH))
        assert found.params.get("suggestion") == meant
        assert "Write it as 2023-05-17T14:30:00 or" in found.fix


LESS_THAN_A_DAY = st.integers(-86_399, 86_399).map(lambda seconds: timedelta(seconds=seconds))


class TestMoved:
    """RFC 5545 section 3.3.6: days are nominal and added first; hours, minutes and seconds are accurate."""

    NIGHT_BEFORE = TimeSlot.at("2023-03-25T22:00", "23:00", ZURICH)

    def test_a_day_later_the_clocks_show_the_same_time(self) -> None:
        assert self.NIGHT_BEFORE + timedelta(days=1) == TimeSlot.at("2023-03-26T22:00", "23:00", ZURICH)
        assert self.NIGHT_BEFORE + timedelta(hours=24) == self.NIGHT_BEFORE + timedelta(days=1)  # equal timedeltas

    def test_eight_hours_later_eight_hours_have_elapsed(self) -> None:
        assert self.NIGHT_BEFORE + timedelta(hours=8) == TimeSlot.at("2023-03-26T07:00", "08:00", ZURICH)

    def test_days_come_first(self) -> None:
        assert self.NIGHT_BEFORE + timedelta(days=1, hours=8) == TimeSlot.at("2023-03-27T06:00", "07:00", ZURICH)
        assert self.NIGHT_BEFORE - timedelta(hours=1) == TimeSlot.at("2023-03-25T21:00", "22:00", ZURICH)
        assert slot() - timedelta(days=60, hours=1) == TimeSlot.at("2023-03-18T13:30", "15:30", ZURICH)

    def test_both_ends_keep_their_time_of_day(self) -> None:
        week = TimeSlot.at("2023-03-20T09:00", "2023-03-24T17:00", ZURICH)
        assert week + timedelta(days=3) == TimeSlot.at("2023-03-23T09:00", "2023-03-27T17:00", ZURICH)

    def test_whole_days_are_moved_by_days(self) -> None:
        over_a_change = days("2023-03-25", "2023-03-27")
        assert over_a_change + timedelta(days=2) == days("2023-03-27", "2023-03-29")
        assert over_a_change - timedelta(hours=24) == days("2023-03-24", "2023-03-26")
        assert refused(lambda: over_a_change + timedelta(days=1, seconds=1)) == ("day-not-whole", "/start")
        assert refused(lambda: over_a_change + timedelta(days=10**6)) == ("date-unreadable", "/start")
        assert refused(lambda: over_a_change + timedelta(days=65_000)) == ("date-unreadable", "/start")
        skipped = days("2011-12-28", "2011-12-29", "Pacific/Apia")
        assert refused(lambda: skipped + timedelta(days=2)) == ("time-skipped", "/start")

    @pytest.mark.parametrize("by", [timedelta.min, timedelta.max])
    @pytest.mark.parametrize(
        ("when", "code"), [(slot(), "time-unreadable"), (days("2023-03-25", "2023-03-27"), "date-unreadable")]
    )
    def test_the_longest_timedelta_is_refused_both_ways(self, when: TimeSlot, code: str, by: timedelta) -> None:
        assert refused(lambda: when + by) == (code, "/start")
        assert refused(lambda: when - by) == (code, "/start")

    def test_a_duration_of_pendulum_without_months_is_a_timedelta(self) -> None:
        assert slot() + pendulum.duration(weeks=1, hours=1) == slot() + timedelta(days=7, hours=1)
        assert slot() + slot().duration == slot() + timedelta(hours=2)
        assert slot() - pendulum.duration(weeks=1) == slot() - timedelta(days=7)

    @pytest.mark.parametrize(
        "by",
        [
            pendulum.duration(months=1),
            pendulum.duration(years=1, hours=1),
            pendulum.duration(months=12, days=-365),
            FIRST.diff(SECOND),
            3600,
            None,
            "P1D",
        ],
    )
    def test_anything_else_is_a_type_error(self, by: Any) -> None:
        with pytest.raises(TypeError, match="unsupported operand"):
            slot() + by
        with pytest.raises(TypeError, match="unsupported operand"):
            slot() - by

    @pytest.mark.parametrize(
        ("start", "end", "by", "code", "path"),
        [
            ("2023-03-25T02:30", "04:00", timedelta(days=1), "time-skipped", "/start"),
            ("2023-03-27T01:00", "02:30", timedelta(days=-1), "time-skipped", "/end"),
            ("2023-10-28T02:30", "04:00", timedelta(days=1), "time-repeated", "/start"),
            ("2023-10-22T01:00", "02:00", timedelta(weeks=1), "time-repeated", "/end"),
            ("2023-10-22T01:00", "02:00", timedelta(microseconds=1), "time-unreadable", "/start"),
            ("2023-10-22T01:00", "02:00", timedelta(days=-365 * 54), "time-unreadable", "/start"),
            ("2199-12-31T01:00", "02:00", timedelta(days=1), "time-unreadable", "/start"),
            (
                "2199-12-31T01:00",
                "02:00",
                timedelta(days=999_999_999),
                "time-unreadable",
                "/start",
            ),
            ("2199-12-31T01:00", "02:00", timedelta.min, "time-unreadable", "/start"),
        ],
    )
    def test_it_is_never_moved_to_a_time_that_does_not_exist_or_comes_twice(
        self, start: str, end: str, by: timedelta, code: str, path: str
    ) -> None:
        assert refused(lambda: TimeSlot.at(start, end, ZURICH) + by) == (code, path)

    def test_it_moves_into_and_out_of_a_repeated_hour_by_elapsed_time(self) -> None:
        before = TimeSlot.at("2023-10-29T01:30", "01:45", ZURICH)
        second = TimeSlot.at("2023-10-29T02:30", "02:45", ZURICH, start_repeated="second", end_repeated="second")
        assert before + timedelta(hours=2) == second
        assert second - timedelta(hours=2) == before
        assert second + timedelta() == second

    @LAW
    @given(SLOTS, LESS_THAN_A_DAY)
    def test_less_than_a_day_is_elapsed_time_and_can_be_taken_back(self, when: TimeSlot, by: timedelta) -> None:
        moved = when + by
        assert moved.starts_at - when.starts_at == moved.ends_at - when.ends_at == by
        assert moved.duration == when.duration
        assert moved - by == when

    @LAW
    @given(SLOTS, st.integers(-400, 400))
    def test_days_keep_the_local_times(self, when: TimeSlot, days: int) -> None:
        try:
            moved = when + timedelta(days=days)
        except InvalidValueError:  # as above
            return
        for before, after in ((when.start, moved.start), (when.end, moved.end)):
            assert before.naive() + timedelta(days=days) == after.naive()
        assert moved.time_zone == when.time_zone
