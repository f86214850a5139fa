"""The longest sitting and the longest day of a team among sessions."""

from datetime import timedelta
from itertools import pairwise

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.samples.small import event, session, slot, stretch
from tests.samples.whole import days
from wtisd_model import TimeSlot, local_time
from wtisd_model.rules.interpretation_schedule import UNKNOWN_WORKLOAD, InterpretationSchedule, Workload, work_of


def work_in(*slots: TimeSlot) -> Workload:
    """Return the work in sessions in one room."""
    parts = tuple(evolve(session(f"s-{number}"), slot=each) for number, each in enumerate(slots))
    week = stretch("2023-05-15T00:00", "2023-05-22T00:00")
    return InterpretationSchedule.of(event(slot=week, sessions=parts)).event_work


def work(*times: str) -> tuple[float | None, float | None]:
    """Return the work in slots such as 09:00-10:30."""
    found = work_in(*(slot(*each.split("-")) for each in times))
    if found.longest_sitting is None or found.longest_day is None:
        return None, None
    return found.longest_sitting / timedelta(hours=1), found.longest_day / timedelta(hours=1)


class TestWork:
    """AIIC: "at most two sittings of 3 h a day with 90 min between"."""

    def test_one_slot_is_one_sitting(self) -> None:
        assert work("09:00-12:00") == (3, 3)

    def test_a_short_break_does_not_end_a_sitting_and_is_no_work(self) -> None:
        assert work("09:00-10:30", "11:00-12:30") == (3, 3)

    def test_a_break_of_90_minutes_ends_it(self) -> None:
        assert work("09:00-12:00", "13:30-16:30") == (3, 6)
        assert work("09:00-12:00", "13:29-16:29") == (6, 6)

    def test_slots_at_the_same_time_have_a_team_each(self) -> None:
        assert work("09:00-12:00", "09:00-11:00", "10:00-12:30") == (3, 3)
        assert work("09:00-12:00", "10:00-11:00", "11:30-12:30") == (3, 3)

    def test_days_are_those_of_the_place(self) -> None:
        late = stretch("2023-05-17T20:00", "2023-05-17T23:00", "Pacific/Auckland")
        early = stretch("2023-05-18T09:00", "2023-05-18T12:00", "Pacific/Auckland")
        # In UTC both are on 17 May.
        assert work_in(early, late).longest_day == timedelta(hours=3)

    def test_a_sitting_over_midnight_is_of_the_day_on_which_it_begins(self) -> None:
        night = stretch("2023-05-17T22:00", "2023-05-18T01:00")
        assert work_in(night, slot("09:00", "12:00")).longest_day == timedelta(hours=6)

    def test_whole_days_do_not_say_how_long_anybody_works(self) -> None:
        assert work_in(slot(), days("2023-05-17", "2023-05-18")) is UNKNOWN_WORKLOAD

    def test_without_slots_or_with_one_of_several_days_it_is_unknown(self) -> None:
        long = stretch("2023-05-17T09:00", "2023-05-18T17:00")
        assert InterpretationSchedule.of(event(slot=slot())).work(frozenset({"x"})) is UNKNOWN_WORKLOAD
        assert work_in(slot(), long) is UNKNOWN_WORKLOAD

    @given(st.sets(st.integers(0, 58), min_size=1))
    def test_a_plain_count_of_quarters_gives_the_same(self, drawn: set[int]) -> None:
        # Slots of a quarter of an hour, from 08:00 to 22:45.
        def clock(quarters: int) -> str:
            return f"{8 + quarters // 4:02}:{quarters % 4 * 15:02}"

        busy = sorted(drawn)
        sittings = [[busy[0]]]
        for before, after in pairwise(busy):
            if after - before - 1 >= 6:
                sittings.append([])
            sittings[-1].append(after)
        found = work_in(*(slot(clock(each), clock(each + 1)) for each in drawn))
        quarter = timedelta(minutes=15)
        assert found.longest_sitting == max(map(len, sittings)) * quarter
        assert found.longest_day == len(busy) * quarter


@pytest.mark.parametrize("hours", [24, 25])
def test_a_whole_day_is_the_longest_that_counts(hours: int) -> None:
    start = local_time("2023-05-17T00:00:00", "UTC")
    found = work_of(TimeSlot(start=start, end=start.add(hours=hours)))
    assert found.longest_day == (timedelta(hours=24) if hours == 24 else None)
