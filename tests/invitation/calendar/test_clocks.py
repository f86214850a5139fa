"""Which zone is meant: by its name, by other names of it, or by its rules."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from tzlocal.windows_tz import win_tz

from tests.invitation.calendar.test_foreign_zone import OUTLOOK, observance
from wtisd_model.data.zones import ZONES, windows_zones
from wtisd_model.findings import Finding
from wtisd_model.invitation.calendar.clocks import Clocks, named
from wtisd_model.invitation.calendar.limits import CalendarLimits
from wtisd_model.invitation.calendar.tree import Component, calendars
from wtisd_model.types.timezone import to_utc, zone_of

WALL = datetime(2023, 5, 17, 14, 30)  # noqa: DTZ001 - a wall time
JUMPED = datetime(2023, 3, 26, 2, 30)  # noqa: DTZ001 - a wall time
TWICE = datetime(2023, 10, 29, 2, 30)  # noqa: DTZ001 - a wall time


def calendar(inside: str) -> Component:
    whole = f"BEGIN:VCALENDAR\n{inside}\nEND:VCALENDAR\n"
    (found,) = calendars(whole.encode(), CalendarLimits(), lambda _: None)
    return found


def clocks(inside: str = "X-A:1", zone: str | None = None) -> Clocks:
    return Clocks(calendar(inside), zone=zone)


def read(own: Clocks, wall: datetime, tzid: str | None) -> tuple[datetime, str, str | None]:
    """Give the moment, its zone, and the code of what is said about it."""
    found = own.read(wall, tzid, 7)
    assert not isinstance(found, Finding), found
    moment, said = found
    return to_utc(moment), zone_of(moment), None if said is None else said.code


def refused(own: Clocks, wall: datetime, tzid: str | None) -> str:
    found = own.read(wall, tzid, 7)
    assert isinstance(found, Finding)
    assert found.path == "/lines/7"
    return found.code


class TestNamed:
    """TZID: a name of ours, of Windows, or one behind a prefix that is known."""

    @pytest.mark.parametrize(
        ("name", "zone"),
        [
            ("Europe/Zurich", "Europe/Zurich"),
            ("UTC", "UTC"),
            ("Etc/UTC", "UTC"),
            ("GMT", "UTC"),
            ("tzone://Microsoft/Utc", "UTC"),
            ("W. Europe Standard Time", "Europe/Berlin"),
            ("/freeassociation.sourceforge.net/Europe/Zurich", "Europe/Zurich"),
            (
                "/freeassociation.sourceforge.net/Tzfile/America/Argentina/Buenos_Aires",
                "America/Argentina/Buenos_Aires",
            ),
            ("/citadel.org/20210210_1/Europe/Zurich", "Europe/Zurich"),
            ("/mozilla.org/20070129_1/Europe/Zurich", "Europe/Zurich"),
            ("/softwarestudio.org/Olson_20011030_5/Europe/Zurich", "Europe/Zurich"),
            ("/example.org/Europe/Zurich", None),
            ("/citadel.org/1/../../Europe/Zurich", None),
            ("/x/../../Europe/Berlin", None),
            ("/citadel.org/1/Europe/Geneva", None),
            ("CET", None),
            ("Customized Time Zone", None),
            ("", None),
            ("\0", None),
            ("A" * 5000, None),
        ],
    )
    def test_names(self, name: str, zone: str | None) -> None:
        assert named(name) == zone

    def test_windows_names_mean_the_clocks_that_tzlocal_has_for_them(self) -> None:
        """Its table was made of CLDR too, by other people and another program."""
        days = [datetime(2024, month, 15, 12, tzinfo=UTC) for month in range(1, 13)]
        compared = [name for name in windows_zones() if name in win_tz]
        assert len(compared) > 120
        for name in compared:
            theirs, ours = ZoneInfo(win_tz[name]), ZoneInfo(windows_zones()[name])
            assert [day.astimezone(theirs).utcoffset() for day in days] == [
                day.astimezone(ours).utcoffset() for day in days
            ], name
        assert set(windows_zones().values()) <= ZONES


class TestClocks:
    """RFC 5545 section 3.3.5."""

    def test_a_zone_of_ours_is_kept(self) -> None:
        assert read(clocks(), WALL, "Europe/Zurich") == (
            datetime(2023, 5, 17, 12, 30, tzinfo=UTC),
            "Europe/Zurich",
            None,
        )

    def test_of_two_equal_times_the_first_is_meant(self) -> None:
        assert read(clocks(), TWICE, "Europe/Zurich")[0] == datetime(2023, 10, 29, 0, 30, tzinfo=UTC)

    def test_a_time_that_is_jumped_over_is_as_long_after_the_jump(self) -> None:
        moment = datetime(2023, 3, 26, 1, 30, tzinfo=UTC)
        assert read(clocks(), JUMPED, "Europe/Zurich") == (moment, "Europe/Zurich", "time-jumped")

    def test_a_time_without_a_zone_takes_the_one_that_is_given(self) -> None:
        assert read(clocks(zone="Europe/Zurich"), WALL, None)[1] == "Europe/Zurich"
        assert refused(clocks(), WALL, None) == "time-floating"
        assert refused(clocks("X-WR-TIMEZONE:Europe/Zurich"), WALL, None) == "time-floating"

    def test_days_take_that_of_the_calendar_too(self) -> None:
        inside = "X-WR-TIMEZONE:W. Europe Standard Time"
        assert clocks(inside).for_days == "Europe/Berlin"
        assert clocks(inside, zone="Asia/Tokyo").for_days == "Asia/Tokyo"
        assert clocks("X-WR-TIMEZONE:x").for_days is None

    def test_a_described_zone_says_where_it_is(self) -> None:
        inside = f"BEGIN:VTIMEZONE\nTZID:X\nX-LIC-LOCATION:Europe/Zurich\n{OUTLOOK}\nEND:VTIMEZONE"
        assert read(clocks(inside), WALL, "X")[1:] == ("Europe/Zurich", None)

    def test_or_what_its_clocks_show(self) -> None:
        inside = f"BEGIN:VTIMEZONE\nTZID:X\nX-LIC-LOCATION:nowhere\n{OUTLOOK}\nEND:VTIMEZONE"
        moment = datetime(2023, 5, 17, 12, 30, tzinfo=UTC)
        assert read(clocks(inside), WALL, "X") == (moment, "UTC", "zone-replaced")
        assert read(clocks(inside, zone="Asia/Tokyo"), WALL, "X") == (moment, "Asia/Tokyo", "zone-replaced")

    def test_the_first_of_two_descriptions_holds(self) -> None:
        zones = [f"BEGIN:VTIMEZONE\nTZID:X\n{observance(after=after)}\nEND:VTIMEZONE" for after in ("+0300", "+0400")]
        assert read(clocks("\n".join(zones)), WALL, "X")[0] == datetime(2023, 5, 17, 11, 30, tzinfo=UTC)

    def test_nothing_is_remembered_for_the_next_calendar(self) -> None:
        """A second calendar with a zone X of its own does not get the offsets of the first."""
        first = f"BEGIN:VTIMEZONE\nTZID:X\n{observance(after='+0900')}\nEND:VTIMEZONE"
        second = f"BEGIN:VTIMEZONE\nTZID:X\n{observance(after='-0400')}\nEND:VTIMEZONE"
        assert read(clocks(first), WALL, "X")[0].hour == 5
        assert read(clocks(second), WALL, "X")[0].hour == 18
        assert refused(clocks(), WALL, "X") == "zone-unknown"

    @pytest.mark.parametrize("rule", ["FREQ=MINUTELY", "FREQ=SECONDLY", "FREQ=HOURLY", "FREQ=YEARLY;INTERVAL=0"])
    def test_rules_that_are_not_plain_are_not_evaluated(self, rule: str) -> None:
        inside = f"BEGIN:VTIMEZONE\nTZID:X\n{observance(f'RRULE:{rule}')}\nEND:VTIMEZONE"
        assert refused(clocks(inside), WALL, "X") == "zone-rules-foreign"

    def test_a_description_without_a_name_is_none(self) -> None:
        assert refused(clocks(f"BEGIN:VTIMEZONE\n{observance()}\nEND:VTIMEZONE"), WALL, "X") == "zone-unknown"

    @pytest.mark.parametrize("year", [1900, 1968, 2201, 9999])
    def test_years_beyond_ours_are_refused(self, year: Any) -> None:
        assert refused(clocks(), WALL.replace(year=year), "UTC") == "year-out-of-range"
