"""Moments in UTC, and as arguments."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pendulum
import pytest
from hypothesis import given

from tests.refusals import refused
from tests.types.moments import MOMENTS, NOT_MOMENTS, ZONE_NAMES
from wtisd_model.types.moment import as_utc, moment_in_utc, utc_or_none

_NAIVE = datetime(2023, 4, 13, 8, 15, tzinfo=UTC).replace(tzinfo=None)


class TestAsUtc:
    """A moment is held as a plain datetime in UTC."""

    @pytest.mark.parametrize(
        "value",
        [
            datetime(2023, 4, 13, 10, 15, 0, 5, tzinfo=ZoneInfo("Europe/Zurich")),
            datetime(2023, 4, 13, 10, 15, 0, 5, tzinfo=timezone(timedelta(hours=2))),
            datetime(2023, 4, 13, 8, 15, 0, 5, tzinfo=UTC),
            pendulum.datetime(2023, 4, 13, 10, 15, 0, 5, tz="Europe/Zurich"),
        ],
    )
    def test_it_is_the_same_moment_and_nothing_but_a_datetime(self, value: datetime) -> None:
        held = as_utc(value)
        assert held == value
        assert type(held) is datetime
        assert held.tzinfo is UTC

    def test_the_second_of_two_equal_hours_is_an_hour_later(self) -> None:
        first, second = (datetime(2023, 10, 29, 2, 30, tzinfo=ZoneInfo("Europe/Zurich"), fold=fold) for fold in (0, 1))
        assert as_utc(second) - as_utc(first) == timedelta(hours=1)

    @pytest.mark.parametrize(
        "value",
        [None, "2023-04-13T08:15:00Z", _NAIVE, date(2023, 1, 1), datetime(1, 1, 1, tzinfo=UTC)],
    )
    def test_what_is_no_moment_is_left_for_the_check(self, value: Any) -> None:
        assert as_utc(value) is value

    def test_a_moment_may_be_absent(self) -> None:
        zurich = datetime(2023, 4, 13, 10, 15, tzinfo=ZoneInfo("Europe/Zurich"))
        assert utc_or_none(None) is None
        assert utc_or_none(zurich) == as_utc(zurich)


class TestMomentInUtc:
    """The clock is an argument: an aware moment in any zone."""

    @given(MOMENTS, ZONE_NAMES)
    def test_it_is_the_same_moment(self, moment: datetime, zone: str) -> None:
        assert moment_in_utc(moment.astimezone(ZoneInfo(zone)), "/now") == moment

    @pytest.mark.parametrize(
        ("moment", "code"), [*NOT_MOMENTS, (datetime(1, 1, 1, tzinfo=UTC), "moment-unreadable"), (None, "wrong-type")]
    )
    def test_anything_else_is_refused(self, moment: datetime, code: str) -> None:
        assert refused(lambda: moment_in_utc(moment, "/now")) == (code, "/now")
