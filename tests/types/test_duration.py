"""Durations: as text, in whole seconds, and as arguments."""

from datetime import timedelta

import pendulum
import pytest

from wtisd_model import Code, InvalidValueError
from wtisd_model.types.duration import duration_text, parse_duration, require_length, whole_seconds


class TestDuration:
    """RFC 8984 section 1.4.6: ``dur-cal [dur-time] / dur-time``, in which seconds follow minutes, and minutes hours."""

    @pytest.mark.parametrize(
        ("written", "days", "exactly"),
        [
            ("PT1H", timedelta(), timedelta(hours=1)),
            ("P2D", timedelta(days=2), timedelta()),
            ("P1DT12H30M", timedelta(days=1), timedelta(hours=12, minutes=30)),
            ("PT1H0M5S", timedelta(), timedelta(hours=1, seconds=5)),
            ("PT90M", timedelta(), timedelta(minutes=90)),
            ("P1W2D", timedelta(days=9), timedelta()),
            ("PT0S", timedelta(), timedelta()),
        ],
    )
    def test_it_is_read(self, written: str, days: timedelta, exactly: timedelta) -> None:
        assert parse_duration(written) == (days, exactly)

    @pytest.mark.parametrize("written", ["", "P", "PT", "P1DT", "-P1D", "P1Y", "PT1.5S", "p1d", "P1D\n", 5, None])
    def test_anything_else_is_malformed(self, written: object) -> None:
        assert parse_duration(written) is None

    @pytest.mark.parametrize(
        ("days", "exactly", "written"),
        [
            (0, {"hours": 1, "seconds": 5}, "PT1H0M5S"),
            (0, {"seconds": 5}, "PT5S"),
            (0, {"minutes": 5}, "PT5M"),
            (3, {}, "P3D"),
            (3, {"hours": 25}, "P3DT25H"),
            (0, {}, "PT0S"),
        ],
    )
    def test_it_is_written(self, days: int, exactly: dict[str, int], written: str) -> None:
        assert duration_text(timedelta(days=days), timedelta(**exactly)) == written


class TestWholeSeconds:
    """RFC 5545 section 3.3.6 has neither fractions of a second nor months and years."""

    @pytest.mark.parametrize(
        ("length", "seconds"),
        [
            (timedelta(), 0),
            (timedelta(days=2, seconds=1), 172_801),
            (-timedelta(minutes=15), -900),
            (pendulum.duration(weeks=1), 604_800),
            (timedelta(microseconds=1), None),
            (-timedelta(seconds=1, microseconds=1), None),
            (pendulum.duration(months=1), None),
            (pendulum.duration(years=1, days=-5), None),
        ],
    )
    def test_a_length_without_them_is_a_number(self, length: timedelta, seconds: int | None) -> None:
        assert whole_seconds(length) == seconds

    @pytest.mark.parametrize("calendar", [pendulum.duration(months=1), pendulum.duration(years=1, days=-5)])
    def test_months_and_years_have_no_length(self, calendar: timedelta) -> None:
        with pytest.raises(InvalidValueError) as caught:
            require_length(calendar, "/refresh", shortest=1)
        assert [each.code for each in caught.value.findings] == [Code.DURATION_NOT_WHOLE]

    def test_the_bounds_stand_in_the_message(self) -> None:
        with pytest.raises(InvalidValueError, match="not between 1 second and 366 days"):
            require_length(timedelta(), "/refresh", shortest=1)
