"""Moments as arguments."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given

from tests.model.samples import refused
from tests.types.moments import MOMENTS, NOT_MOMENTS, ZONE_NAMES
from wtisd_model.types.moment import moment_in_utc


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
