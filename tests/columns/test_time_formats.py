"""Dates and times in patterns: they mean what they mean to `datetime.strptime`."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from wtisd_model.columns.time_patterns import TimePattern, time_formats

DAYS = ("%d.%m.%Y", "%m/%d/%y", "%Y-%m-%d", "%d %m %Y", "%Y年%m月%d日", "100%% %d.%m.%Y")
CLOCKS = ("%H:%M", "%H.%M.%S", "%I:%M %p", "%I:%M:%S%p", "%H h %M")


class TestTimePattern:
    """The directives that depend on no language, as in strptime."""

    @LAW
    @given(st.datetimes(datetime(1970, 1, 1), datetime(2068, 12, 31)), st.sampled_from(DAYS), st.sampled_from(CLOCKS))
    def test_what_strftime_writes_is_what_strptime_reads(self, moment: datetime, day: str, clock: str) -> None:
        pattern = f"{day}, {clock}"
        text = moment.strftime(pattern)
        meant = datetime.strptime(text, pattern)
        assert TimePattern(pattern, "datetime_format", "YmdHM").local_text(text) == f"{meant:%Y-%m-%dT%H:%M:%S}"
        assert TimePattern(day, "date_format", "Ymd").local_text(moment.strftime(day)) == f"{meant:%Y-%m-%d}"
        assert TimePattern(clock, "time_format", "HM").local_text(moment.strftime(clock)) == f"{meant:%H:%M:%S}"

    @pytest.mark.parametrize(
        "text", ["", "17.05", "17.05.2027 ", "17.13.2027", "32.05.2027", "17-05-2027", "١٧.05.2027"]
    )
    def test_anything_else_is_no_date(self, text: str) -> None:
        assert TimePattern("%d.%m.%Y", "date_format", "Ymd").local_text(text) is None

    def test_leading_zeros_may_be_left_out_and_noon_has_its_name(self) -> None:
        assert TimePattern("%d.%m.%Y", "date_format", "Ymd").local_text("7.5.2027") == "2027-05-07"
        clock = TimePattern("%I:%M %p", "time_format", "HM")
        texts = ("12:00 AM", "12:30 pm", "1:05\u202fp.m.")
        assert [clock.local_text(each) for each in texts] == ["00:00:00", "12:30:00", "13:05:00"]

    def test_years_of_two_digits(self) -> None:
        pattern = TimePattern("%y-%m-%d", "date_format", "Ymd")
        assert [pattern.local_text(f"{year}-01-01") for year in ("68", "69")] == ["2068-01-01", "1969-01-01"]


class TestTimeFormats:
    """Without patterns, as in ISO 8601."""

    def test_a_day_that_does_not_exist_is_left_to_its_field(self) -> None:
        assert time_formats().day_text("2027-02-31") == "2027-02-31"
        assert time_formats(zone="UTC").moment_text("2027-02-31 10:00") == ""
