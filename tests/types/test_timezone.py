"""Wall-clock time at a place, and the moment that it means."""

from datetime import UTC, date, datetime, timedelta
from importlib import resources
from typing import Any
from zoneinfo import ZoneInfo

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pendulum import DateTime

from tests.hypothesis_profiles import LAW
from tests.refusals import refusal, refused
from tests.samples.whole import ZURICH
from wtisd_model import Repeated, local_time
from wtisd_model.data.zones import ZONES
from wtisd_model.types.timezone import (
    at_zone,
    check_zoned,
    end_of_day,
    first_moment,
    require_zone,
    to_local_time,
    to_utc,
    zone_of,
)

ZONE_NAMES = st.sampled_from(sorted(ZONES))
MOMENTS = st.datetimes(datetime(1970, 1, 3), datetime(2199, 12, 29)).map(
    lambda moment: moment.replace(microsecond=0, tzinfo=UTC)
)


class TestLocalTime:
    """RFC 5545 section 3.3.5, form 3: local time with a time zone; but a skipped time is refused, not moved."""

    def test_it_keeps_the_clock_and_the_zone(self) -> None:
        start = local_time("2023-05-17T14:30:00", ZURICH)
        assert isinstance(start, DateTime)
        assert (start.naive(), start.timezone_name) == (pendulum.naive(2023, 5, 17, 14, 30), ZURICH)
        assert to_utc(start) == datetime(2023, 5, 17, 12, 30, tzinfo=UTC)

    @pytest.mark.parametrize(
        "wall",
        [
            "",
            "now",
            "2023-05-17",
            "2023-05-17 14:30",
            "2023-05-17T14:3",
            "2023-05-17T24:00",
            "2023-05-17T1430",
            "2023-05-17T14:30Z",
            "2023-05-17T14:30:00Z",
            "2023-05-17T14:30:00+02:00",
            "2023-05-17T14:30:00.5",
            "2023-05-17T14:30:00\n",
            "2023-05-17 14:30:00",
            "2023-05-17t14:30:00",
            "20230517T143000",
            "2023-W20-3T14:30:00",
            "2023-02-29T14:30:00",
            "2023-04-31T00:00:00",
            "2023-05-17T24:00:00",
            "2023-05-17T14:30:60",
            "1969-12-31T23:59:59",
            "2200-01-01T00:00:00",
            "２０２３-05-17T14:30:00",
            "٢٠٢٣-05-17T14:30:00",
            "2023-05-17T14:30:00" * 1000,
        ],
    )
    def test_anything_but_a_calendar_time_in_whole_seconds_cannot_be_read(self, wall: str) -> None:
        assert refused(lambda: local_time(wall, ZURICH)) == ("time-unreadable", "/wall")

    def test_seconds_may_be_left_out(self) -> None:
        assert local_time("2023-05-17T14:30", ZURICH) == local_time("2023-05-17T14:30:00", ZURICH)

    @pytest.mark.parametrize(
        "wall", [None, 5, b"2023-05-17T14:30", b"2023-05-17T14:30:00", datetime(2023, 5, 17, tzinfo=UTC)]
    )
    def test_a_value_that_is_not_a_string_has_the_wrong_type(self, wall: str) -> None:
        assert refused(lambda: local_time(wall, ZURICH)) == ("wrong-type", "/wall")

    @pytest.mark.parametrize("wall", ["1970-01-01T00:00:00", "2199-12-31T23:59:59", "2024-02-29T12:00:00"])
    def test_the_years_1970_to_2199_are_known(self, wall: str) -> None:
        for zone in (ZURICH, "Asia/Tokyo", "America/New_York", "UTC"):
            assert to_local_time(local_time(wall, zone)) == (wall, zone, None)

    @pytest.mark.parametrize(
        ("wall", "zone"),
        [
            ("2023-03-26T02:00:00", ZURICH),
            ("2023-03-26T02:30:00", ZURICH),
            ("2023-03-26T02:59:59", ZURICH),
            ("2023-10-01T02:15:00", "Australia/Lord_Howe"),  # half an hour
            ("2011-12-30T12:00:00", "Pacific/Apia"),  # a whole day
            ("2024-04-26T00:30:00", "Africa/Cairo"),
            ("2023-03-12T02:30:00", "America/New_York"),
            ("1986-01-01T00:07:00", "Asia/Kathmandu"),  # a quarter of an hour, for good
        ],
    )
    def test_a_time_that_the_clocks_jump_over_is_refused(self, wall: str, zone: str) -> None:
        assert refused(lambda: local_time(wall, zone)) == ("time-skipped", "/wall")
        assert refused(lambda: local_time(wall, zone, repeated="second")) == ("time-skipped", "/wall")

    @pytest.mark.parametrize("wall", ["2023-03-26T01:59:59", "2023-03-26T03:00:00"])
    def test_the_times_at_either_side_of_a_jump_are_good(self, wall: str) -> None:
        assert to_local_time(local_time(wall, ZURICH))[0] == wall

    @pytest.mark.parametrize(
        ("wall", "zone", "between"),
        [
            ("2023-10-29T02:00:00", ZURICH, 3600),
            ("2023-10-29T02:59:59", ZURICH, 3600),
            ("2023-04-02T01:45:00", "Australia/Lord_Howe", 1800),
            ("2010-11-07T00:00:30", "America/St_Johns", 3600),
            ("2023-10-26T23:30:00", "Africa/Cairo", 3600),
            ("2024-03-10T02:30:00", "Africa/Casablanca", 3600),
        ],
    )
    def test_a_time_that_comes_twice_needs_to_say_which(self, wall: str, zone: str, between: int) -> None:
        assert refused(lambda: local_time(wall, zone)) == ("time-repeated", "/repeated")
        first, second = (local_time(wall, zone, repeated=each) for each in Repeated)
        assert to_utc(second) - to_utc(first) == timedelta(seconds=between)
        assert first.naive() == second.naive()
        assert local_time(wall, zone, repeated="second") == second

    @pytest.mark.parametrize("wall", ["2023-10-29T01:59:59", "2023-10-29T03:00:00", "2023-05-17T14:30:00"])
    @pytest.mark.parametrize("zone", [ZURICH, "UTC"])
    def test_a_time_that_comes_once_must_not(self, wall: str, zone: str) -> None:
        assert refused(lambda: local_time(wall, zone, repeated="first")) == ("time-not-repeated", "/repeated")

    @pytest.mark.parametrize("repeated", ["third", "First", "", 1, True, b"first", ["first"], {}, object()])
    def test_repeated_is_first_or_second(self, repeated: Repeated) -> None:
        found = refusal(lambda: local_time("2023-10-29T02:30:00", ZURICH, repeated=repeated))
        assert found.code == "value-unknown"
        assert found.params == {"choices": "first, second"}

    @LAW
    @given(ZONE_NAMES, MOMENTS)
    def test_the_local_time_of_a_moment_denotes_that_moment(self, zone: str, moment: datetime) -> None:
        wall, name, repeated = to_local_time(at_zone(moment, zone))
        read = local_time(wall, name, repeated=repeated)
        assert to_utc(read) == moment
        assert name == zone
        assert read.utcoffset() == moment.astimezone(ZoneInfo(zone)).utcoffset()

    @given(ZONE_NAMES, st.datetimes(datetime(1970, 1, 1), datetime(2199, 12, 31)))
    def test_a_time_is_skipped_repeated_or_plain_just_as_zoneinfo_has_it(self, zone: str, naive: datetime) -> None:
        naive = naive.replace(microsecond=0)
        first, second = (naive.replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC) for fold in (0, 1))
        if first == second:
            assert to_utc(local_time(naive.isoformat(), zone)) == first
        else:
            where = ("time-repeated", "/repeated") if first < second else ("time-skipped", "/wall")
            assert refused(lambda: local_time(naive.isoformat(), zone)) == where


class TestZones:
    """CONTRACT: the names of the frozen list."""

    @pytest.mark.parametrize(
        ("zone", "suggestion"),
        [
            ("Geneva", ZURICH),
            ("Europe/Geneva", ZURICH),
            ("CEST", ZURICH),
            ("cet", ZURICH),
            ("est", "America/New_York"),
            ("EDT", "America/New_York"),
            ("Etc/utc", "UTC"),
            ("etc/gmt+5", "Etc/GMT+5"),
            ("Etc/GMT-15", None),
            ("Z", "UTC"),
            ("europe/zurich", ZURICH),
            ("EUROPE/ZURICH", ZURICH),
            ("Europe/Zürich", ZURICH),
            ("Europe/Zurick", ZURICH),
            ("Europe/Zurich\n", ZURICH),
            ("utc", "UTC"),
            ("+02:00", None),
            ("GMT+2", None),
            ("", None),
            ("Factory", None),
            ("localtime", None),
            ("posixrules", None),
            ("../../etc/passwd", None),
            ("/usr/share/zoneinfo/Europe/Zurich", None),
            ("\0", None),
            ("x" * 5000, None),
        ],
    )
    def test_any_other_name_is_refused_with_a_hint_where_there_is_one(self, zone: str, suggestion: str | None) -> None:
        found = refusal(lambda: local_time("2023-05-17T14:30:00", zone))
        assert (found.code, found.params.get("suggestion")) == ("zone-unknown", suggestion)

    @pytest.mark.parametrize("zone", [ZoneInfo(ZURICH), pendulum.timezone(ZURICH)])
    def test_a_zone_of_zoneinfo_or_pendulum_has_the_name(self, zone: ZoneInfo) -> None:
        assert require_zone(zone) == ZURICH
        assert local_time("2023-05-17T14:30", zone) == local_time("2023-05-17T14:30", ZURICH)

    def test_one_without_a_name_or_with_another_name_is_refused(self) -> None:
        with resources.files("tzdata").joinpath("zoneinfo", *ZURICH.split("/")).open("rb") as file:
            nameless = ZoneInfo.from_file(file)
        assert refused(lambda: require_zone(nameless)) == ("wrong-type", "/zone")
        assert refused(lambda: require_zone(ZoneInfo("Factory"))) == ("zone-unknown", "/zone")

    @pytest.mark.parametrize("zone", [None, 2, b"Europe/Zurich", UTC])
    def test_nothing_else_is_a_zone(self, zone: Any) -> None:
        assert refused(lambda: require_zone(zone)) == ("wrong-type", "/zone")

    def test_every_name_that_is_accepted_has_rules(self) -> None:
        for zone in ZONES:
            assert require_zone(zone) == zone
            assert zone_of(local_time("2023-06-15T12:00:00", zone)) == zone


class TestCheckZoned:
    """A time that somebody made without `local_time`: only a time in whole seconds in a named zone will do."""

    def test_a_time_in_a_named_zone_is_good(self) -> None:
        assert check_zoned(pendulum.datetime(2023, 5, 17, 14, 30, tz=ZURICH)) is None
        assert check_zoned(pendulum.datetime(2023, 5, 17, 12, 30)) is None
        assert check_zoned(datetime(2023, 5, 17, 14, 30, tzinfo=ZoneInfo(ZURICH))) is None
        assert check_zoned(DateTime(2023, 5, 17, 14, 30, tzinfo=ZoneInfo(ZURICH))) is None

    @pytest.mark.parametrize(
        ("value", "code"),
        [
            (None, "wrong-type"),
            ("2023-05-17T14:30:00", "wrong-type"),
            (date(2023, 5, 17), "wrong-type"),
            (datetime(2023, 5, 17, 14, 30, tzinfo=UTC), "zone-missing"),
            (pendulum.naive(2023, 5, 17, 14, 30), "zone-missing"),
            (pendulum.parse("2023-05-17T14:30:00+02:00"), "zone-missing"),
            (pendulum.datetime(2023, 5, 17, 14, 30, tz=2), "zone-missing"),
            (pendulum.datetime(2023, 5, 17, 14, 30, tz="Factory"), "zone-unknown"),
            (pendulum.datetime(2023, 5, 17, 14, 30, 0, 1, tz=ZURICH), "time-unreadable"),
            (pendulum.datetime(1969, 12, 31, tz=ZURICH), "time-unreadable"),
            (pendulum.datetime(2200, 1, 1, tz=ZURICH), "time-unreadable"),
            (DateTime(2023, 3, 26, 2, 30, tzinfo=pendulum.timezone(ZURICH)), "time-skipped"),
        ],
    )
    def test_anything_else_is_refused(self, value: object, code: str) -> None:
        found = check_zoned(value)
        assert found is not None
        assert found.code == code


class TestFirstMoment:
    """The first moment at which the clocks show a time or, having jumped over it, a later one."""

    @pytest.mark.parametrize(
        ("naive", "zone", "moment"),
        [
            ("2023-04-21T00:00", ZURICH, "2023-04-20T22:00"),
            ("2023-10-29T02:30", ZURICH, "2023-10-29T00:30"),  # the first of two
            ("2024-04-26T00:00", "Africa/Cairo", "2024-04-25T22:00"),  # the day begins at 01:00
            ("2011-12-30T00:00", "Pacific/Apia", "2011-12-30T10:00"),  # there was no such day
        ],
    )
    def test_it_is_found(self, naive: str, zone: str, moment: str) -> None:
        found = to_utc(first_moment(datetime.fromisoformat(naive), zone))
        assert found == datetime.fromisoformat(f"{moment}Z")


class TestEndOfDay:
    """T05: a deadline day is inclusive and ends at midnight in its own zone."""

    @pytest.mark.parametrize(
        ("day", "zone", "shown"),
        [
            (date(2023, 4, 20), ZURICH, "2023-04-21T00:00:00+02:00"),
            (date(2024, 4, 25), "Africa/Cairo", "2024-04-26T01:00:00+03:00"),  # clocks jump from 00:00 to 01:00
            (date(2023, 10, 26), "Africa/Cairo", "2023-10-27T00:00:00+02:00"),  # 23:00 to 00:00 came twice
            (date(2010, 11, 6), "America/St_Johns", "2010-11-07T00:00:00-03:30"),  # back from 00:01 to 23:01
            (date(1996, 10, 26), "Atlantic/Azores", "1996-10-27T00:00:00+00:00"),  # back from 01:00 to 00:00
            (date(2011, 12, 29), "Pacific/Apia", "2011-12-31T00:00:00+14:00"),
            (date(2011, 12, 30), "Pacific/Apia", "2011-12-31T00:00:00+14:00"),
            (date(2199, 12, 31), "Asia/Tokyo", "2200-01-01T00:00:00+09:00"),
            (date(1970, 1, 1), "UTC", "1970-01-02T00:00:00+00:00"),
        ],
    )
    def test_all_of_the_day_is_before_it(self, day: date, zone: str, shown: str) -> None:
        end = end_of_day(day, zone)
        assert end.isoformat() == shown
        assert zone_of(end) == zone
