"""Durations: calendar days, and the exact time after them."""

import pytest
from hypothesis import given

from tests.hypothesis_profiles import LAW
from tests.samples.whole import slot
from wtisd_model import TimeSlot
from wtisd_model.jscalendar.read_times import decode_local_time
from wtisd_model.jscalendar.write import encode_slot
from wtisd_model.strategies import slots
from wtisd_model.types.duration import parse_duration
from wtisd_model.types.timezone import first_moment, to_utc


class TestSlot:
    """ "Add any week or day components of the duration to the date", then the others "in absolute time"."""

    @pytest.mark.parametrize(
        ("when", "start", "zone", "duration", "kept"),
        [
            # The clocks go forward on 26 March 2023: a day has 23 hours.
            (slot("2023-03-25T09:00:00", "2023-03-26T09:00:00"), "2023-03-25T09:00:00", "Europe/Zurich", "P1D", None),
            (slot("2023-03-25T09:00:00", "2023-03-26T08:00:00"), "2023-03-25T09:00:00", "Europe/Zurich", "PT22H", None),
            # They go back on 29 October: 02:30 comes twice.
            (
                TimeSlot.at("2023-10-28T09:00", "2023-10-29T02:30", "Europe/Zurich", end_repeated="second"),
                "2023-10-28T09:00:00",
                "Europe/Zurich",
                "PT18H30M",
                None,
            ),
            (
                TimeSlot.at("2023-10-28T02:45", "2023-10-29T02:30", "Europe/Zurich", end_repeated="first"),
                "2023-10-28T02:45:00",
                "Europe/Zurich",
                "PT23H45M",
                None,
            ),
            (
                TimeSlot.at("2023-10-29T02:30", "04:00", "Europe/Zurich", start_repeated="second"),
                "2023-10-29T01:30:00",
                "Etc/UTC",
                "PT1H30M",
                "Europe/Zurich",
            ),
            # A day later the clocks jump over 02:30, and so it ends at 03:30.
            (
                slot("2023-03-25T02:30:00", "2023-03-26T03:10:00"),
                "2023-03-25T02:30:00",
                "Europe/Zurich",
                "PT23H40M",
                None,
            ),
            (
                TimeSlot.at("2023-10-28T02:15", "2023-10-29T02:15", "Europe/Zurich", end_repeated="first"),
                "2023-10-28T02:15:00",
                "Europe/Zurich",
                "P1D",
                None,
            ),
        ],
    )
    def test_around_a_change_of_the_clocks(
        self, when: TimeSlot, start: str, zone: str, duration: str, kept: str | None
    ) -> None:
        assert encode_slot(when) == ({"start": start, "timeZone": zone, "duration": duration}, kept)

    @LAW
    @given(slots())
    def test_adding_the_duration_gives_the_end(self, when: TimeSlot) -> None:
        times, kept = encode_slot(when)
        wall, length = decode_local_time(times["start"]), parse_duration(times["duration"])
        assert wall is not None
        assert length is not None
        if when.whole_days:
            assert (wall.date(), wall.date() + length[0], kept) == (when.first_day, when.end.date(), when.time_zone)
            return
        zone = times["timeZone"]
        assert to_utc(first_moment(wall, zone)) == when.starts_at
        assert to_utc(first_moment(wall + length[0], zone)) + length[1] == when.ends_at
        assert (kept or zone) == ("Etc/UTC" if when.time_zone == "UTC" else when.time_zone)


@pytest.mark.parametrize("value", ["2023-02-30T00:00:00", "2023-03-25", "2023-03-25T09:00:00.5", "x", None, 5])
def test_what_is_no_local_time(value: object) -> None:
    assert decode_local_time(value) is None
