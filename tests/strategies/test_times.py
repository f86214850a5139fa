"""Time: clock changes are drawn often, and every slot and deadline is one that the class accepts."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve
from hypothesis import find, given
from hypothesis import strategies as st

from tests.strategies.drawing import drawn
from wtisd_model import Deadline, Repeated, TimeSlot, local_time
from wtisd_model.data.zones import ZONES
from wtisd_model.strategies import days, deadlines, moments, slots, zones
from wtisd_model.strategies.times import FIRST, LAST, clipped, clock_changes

SLOTS = slots()


def some_slots() -> list[TimeSlot]:
    return drawn(SLOTS, 2400)


class TestClockChanges:
    """The moments at which the clocks of a zone are changed."""

    def test_zurich_changes_its_clocks_twice_a_year(self) -> None:
        changes = [each for each in clock_changes("Europe/Zurich") if each.year == 2023]
        assert changes == [datetime(2023, 3, 26, 1, tzinfo=UTC), datetime(2023, 10, 29, 1, tzinfo=UTC)]

    def test_utc_never_does(self) -> None:
        assert clock_changes("UTC") == ()

    def test_apia_left_out_a_day(self) -> None:
        change = next(each for each in clock_changes("Pacific/Apia") if each.year == 2011 and each.month == 12)
        clock = ZoneInfo("Pacific/Apia")
        before, after = ((change - timedelta(seconds=away)).astimezone(clock).date() for away in (1, 0))
        assert (before, after) == (date(2011, 12, 29), date(2011, 12, 31))

    @given(zones())
    def test_the_offset_changes_with_the_second(self, zone: str) -> None:
        clock = ZoneInfo(zone)
        for change in clock_changes(zone):
            before = (change - timedelta(seconds=1)).astimezone(clock).utcoffset()
            assert before != change.astimezone(clock).utcoffset()


class TestZones:
    """Usual zones, those with odd clocks, and now and then any."""

    def test_every_zone_is_one_that_we_accept(self) -> None:
        assert set(drawn(zones(), 2000)) <= ZONES

    @pytest.mark.parametrize(
        "zone",
        [
            "UTC",
            "Europe/Zurich",
            "Australia/Lord_Howe",
            "Africa/Casablanca",
            "Asia/Kathmandu",
            "America/St_Johns",
            "Pacific/Chatham",
            "Antarctica/Troll",
            "Africa/Cairo",
            "Asia/Tehran",
            "Pacific/Apia",
        ],
    )
    def test_odd_ones_come_often(self, zone: str) -> None:
        assert drawn(zones(), 2000).count(zone) > 6

    def test_all_can_come(self) -> None:
        assert len(set(drawn(zones(), 2000))) > 80


class TestDaysAndMoments:
    """The years 1970 to 2199."""

    @pytest.mark.slow
    def test_both_ends_and_leap_days_are_drawn(self) -> None:
        assert {date(1970, 1, 1), date(2199, 12, 31), date(2024, 2, 29)} <= set(drawn(days(), 1000))
        assert {FIRST, LAST} <= set(drawn(moments(), 1000))

    @given(moments())
    def test_moments_are_in_utc(self, moment: datetime) -> None:
        assert moment.tzinfo is UTC
        assert clipped(moment) == moment

    def test_some_have_fractions_of_a_second_and_most_have_none(self) -> None:
        fractions = sum(moment.microsecond > 0 for moment in drawn(moments(), 1000))
        assert 50 < fractions < 500

    def test_moments_out_of_range_are_clipped(self) -> None:
        assert clipped(FIRST - timedelta(days=1)) == FIRST
        assert clipped(LAST + timedelta(days=1)) == LAST


def repeats(slot: TimeSlot) -> tuple[Repeated | None, Repeated | None]:
    written = slot.written()
    return written.start_repeated, written.end_repeated


class TestSlots:
    """Clock-change nights are drawn often."""

    @given(slots())
    def test_each_can_be_rebuilt_from_its_fields(self, slot: TimeSlot) -> None:
        assert evolve(slot) == slot == slot.written().value()

    @pytest.mark.slow
    @pytest.mark.parametrize("which", Repeated)
    def test_starts_and_ends_come_in_the_first_and_in_the_second_of_two_equal_hours(self, which: Repeated) -> None:
        both = [repeats(slot) for slot in some_slots()]
        assert sum(start is which for start, _ in both) > 48
        assert sum(end is which for _, end in both) > 20

    def test_some_run_from_the_first_into_the_second(self) -> None:
        assert sum(repeats(slot) == (Repeated.FIRST, Repeated.SECOND) for slot in some_slots()) > 20

    @pytest.mark.slow
    def test_some_start_at_the_very_second_of_a_change(self) -> None:
        at_change = [slot for slot in some_slots() if slot.starts_at in clock_changes(slot.time_zone)]
        assert len(at_change) > 40

    def test_many_last_over_a_change(self) -> None:
        moved = [slot.end.utcoffset() != slot.start.utcoffset() for slot in some_slots()]
        assert sum(moved) > 200

    def test_half_an_hour_is_repeated_on_lord_howe_island(self) -> None:
        slot = find(slots(zone="Australia/Lord_Howe"), lambda slot: repeats(slot)[0] is Repeated.SECOND)
        assert slot.start.utcoffset() == timedelta(hours=10, minutes=30)

    def test_some_lie_at_the_ends_of_the_years_that_are_accepted(self) -> None:
        many = some_slots()
        assert sum(f"{slot.start:%F %T}" == "1970-01-01 00:00:00" for slot in many) > 12
        assert sum(f"{slot.end:%F %T}" == "2199-12-31 23:59:59" for slot in many) > 12

    def test_none_is_too_short_and_some_are_a_second(self) -> None:
        lengths = {(slot.ends_at - slot.starts_at).total_seconds() for slot in some_slots()}
        assert min(lengths) == 1
        assert max(lengths) >= 86_400

    def test_some_are_of_whole_days_some_of_them_of_23_or_25_hours(self) -> None:
        whole = [slot for slot in some_slots() if slot.whole_days]
        assert len(whole) > 240
        assert sum((slot.ends_at - slot.starts_at) % timedelta(days=1) != timedelta() for slot in whole) > 40
        assert any(slot.last_day > slot.first_day for slot in whole)

    @given(zones().flatmap(lambda zone: st.tuples(st.just(zone), slots(zone=zone))))
    def test_the_zone_can_be_chosen(self, drawn_in: tuple[str, TimeSlot]) -> None:
        zone, slot = drawn_in
        assert slot.time_zone == zone


class TestSlotsWithin:
    """A slot may be asked to lie within another."""

    def test_whole_days_have_whole_days_within_them(self) -> None:
        two = TimeSlot.days("2023-05-17", "2023-05-19", "Africa/Lagos")
        assert any(part.whole_days for part in drawn(slots(within=two), 100))

    @given(slots().flatmap(lambda whole: st.tuples(st.just(whole), slots(within=whole))))
    def test_it_does(self, both: tuple[TimeSlot, TimeSlot]) -> None:
        whole, part = both
        assert whole.encloses(part)

    @pytest.mark.slow
    def test_it_touches_both_ends_fills_it_and_lies_in_its_middle(self) -> None:
        whole = TimeSlot(
            start=local_time("2023-10-29T00:00:00", "Europe/Zurich"),
            end=local_time("2023-10-29T12:00:00", "Europe/Zurich"),
        )
        parts = drawn(slots(within=whole), 1500)
        assert (whole.starts_at, whole.ends_at) in {(part.starts_at, part.ends_at) for part in parts}
        starts, ends = ([part.starts_at for part in parts], [part.ends_at for part in parts])
        assert starts.count(whole.starts_at) > 75
        assert ends.count(whole.ends_at) > 75
        assert any(start > whole.starts_at and end < whole.ends_at for start, end in zip(starts, ends, strict=True))
        assert any(part.time_zone != "Europe/Zurich" for part in parts)
        assert any(repeats(part)[0] is Repeated.SECOND for part in parts)

    def test_a_second_has_one_part(self) -> None:
        whole = TimeSlot(start=local_time("2023-05-17T00:00:00", "UTC"), end=local_time("2023-05-17T00:00:01", "UTC"))
        day = TimeSlot.days("2023-05-17", "2023-05-18", "UTC")
        assert {part.in_zone("UTC") for part in drawn(slots(within=whole))} <= {whole, day}

    def test_another_zone_can_be_chosen_where_its_clocks_show_a_year_that_is_accepted(self) -> None:
        usual = TimeSlot(start=local_time("2023-05-17T00:00:00", "UTC"), end=local_time("2023-05-18T00:00:00", "UTC"))
        last = TimeSlot(start=local_time("2199-12-31T00:00:00", "UTC"), end=local_time("2199-12-31T23:59:59", "UTC"))
        zone = "Pacific/Apia"
        assert {part.time_zone for part in drawn(slots(zone=zone, within=usual))} == {zone}
        assert {part.time_zone for part in drawn(slots(zone=zone, within=last))} == {"UTC"}


class TestDeadlines:
    """The last calendar day, by the clocks of a place."""

    @given(deadlines())
    def test_each_can_be_rebuilt_from_its_fields(self, deadline: Deadline) -> None:
        assert evolve(deadline) == deadline

    @pytest.mark.slow
    def test_some_close_on_a_day_of_another_length(self) -> None:
        lengths = [each.closes_at - evolve(each, date=each.date - timedelta(days=1)).closes_at for each in _later()]
        assert sum(length != timedelta(days=1) for length in lengths) > 10


def _later() -> list[Deadline]:
    return [each for each in drawn(deadlines(), 500) if each.date > date(1970, 1, 1)]
