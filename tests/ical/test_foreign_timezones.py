"""What a TZID means: a zone by its name, by another name of it, or by its rules; and no rule takes long."""

from datetime import UTC, datetime, timedelta
from time import process_time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tzlocal.windows_tz import win_tz

from tests.hypothesis_profiles import LAW
from tests.ical.written import vtimezone_octets
from wtisd_model import CalendarLimits
from wtisd_model.contentlines.component import Component
from wtisd_model.data.zones import ZONES, windows_zones
from wtisd_model.findings import FindingCollector
from wtisd_model.ical.foreign_timezones import MOST_DATES, MOST_OBSERVANCES, CalendarZones, ForeignZone, foreign_zone
from wtisd_model.ical.parser import parse_calendars
from wtisd_model.reading.notations import zone_of_tzid
from wtisd_model.types.timezone import to_utc, zone_of

HOUR = timedelta(hours=1)
NAMES = sorted(ZONES - {"UTC"})
WALLS = st.datetimes(datetime(2019, 6, 1), datetime(2041, 6, 1)).map(lambda wall: wall.replace(microsecond=0))


def described(text: str) -> ForeignZone | None:
    """Read a VTIMEZONE."""
    return foreign_zone(calendar(f"BEGIN:VTIMEZONE\nTZID:X\n{text}\nEND:VTIMEZONE").components[0])


def observance(*lines: str, start: str = "19700101T020000", before: str = "+0100", after: str = "+0200") -> str:
    """Write an observance."""
    own = [f"DTSTART:{start}", f"TZOFFSETFROM:{before}", f"TZOFFSETTO:{after}"]
    return "\n".join(["BEGIN:DAYLIGHT", *own, *lines, "END:DAYLIGHT"])


OUTLOOK = "\n".join(
    [
        observance(
            "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10", start="16010101T030000", before="+0200", after="+0100"
        ),
        observance("RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3", start="16010101T020000"),
    ]
)


class TestForeignZone:
    """RFC 5545 section 3.6.5."""

    @LAW
    @given(st.sampled_from(NAMES), WALLS)
    def test_offsets_are_those_that_zoneinfo_has(self, name: str, wall: datetime) -> None:
        first, last = datetime(2019, 1, 1, tzinfo=UTC), datetime(2042, 1, 1, tzinfo=UTC)
        inside = vtimezone_octets(name, first=first, last=last).decode().replace("\r\n", "\n").split("\n", 3)[3]
        zone = described(inside.rpartition("END:VTIMEZONE")[0].rstrip("\n"))
        assert zone is not None
        # The first of two equal times, and for a time that is jumped over the offset before: fold=0 (PEP 495).
        assert zone.offset(wall) == wall.replace(tzinfo=ZoneInfo(name)).utcoffset()

    @pytest.mark.parametrize(
        ("wall", "hours"),
        [
            ("2023-01-01T00:00", 1),
            ("2023-03-26T01:59", 1),
            ("2023-03-26T02:30", 1),
            ("2023-03-26T03:00", 2),
            ("2023-10-29T02:30", 2),
            ("2023-10-29T03:00", 1),
            ("2023-12-31T23:59", 1),
        ],
    )
    def test_those_of_outlook_begin_in_1601(self, wall: str, hours: int) -> None:
        zone = described(OUTLOOK)
        assert zone is not None
        assert zone.offset(datetime.fromisoformat(wall)) == hours * HOUR

    def test_before_all_changes_the_first_offset_holds(self) -> None:
        zone = described(observance(start="20230326T020000"))
        assert zone is not None
        assert zone.offset(datetime(2023, 1, 1)) == HOUR
        assert zone.offset(datetime(2024, 1, 1)) == 2 * HOUR

    def test_dates_of_changes_are_read(self) -> None:
        back = observance(
            "RDATE:20241027T030000,20231029T030000", start="20221030T030000", before="+0200", after="+0100"
        )
        zone = described(observance("RDATE:20240331T020000", start="20230326T020000") + "\n" + back)
        assert zone is not None
        offsets = [zone.offset(datetime(2023, month, 1)) / HOUR for month in (1, 4, 11)]
        assert offsets == [1, 2, 1]

    @pytest.mark.parametrize(
        ("rule", "day"),
        [
            ("FREQ=YEARLY;BYMONTH=3;BYDAY=2SU", "2023-03-12"),
            ("FREQ=YEARLY;BYMONTH=3;BYDAY=-2SU;WKST=MO", "2023-03-19"),
            ("FREQ=YEARLY;BYMONTH=2;BYDAY=+4TU;", "2023-02-28"),
            ("FREQ=YEARLY;BYMINUTE=0;BYHOUR=2;BYDAY=1SU;BYMONTH=4", "2023-04-02"),  # Domino
            ("FREQ=YEARLY;BYHOUR=02;BYMINUTE=00;BYSECOND=00;BYMONTH=3;BYDAY=-1SU", "2023-03-26"),
            ("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=26", "2023-03-26"),
            ("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=-1", "2023-03-31"),
            ("freq=yearly", "2023-04-05"),
            ("FREQ=YEARLY;BYMONTH=3", "2023-03-05"),
        ],
    )
    def test_a_day_of_every_year_is_found(self, rule: str, day: str) -> None:
        first = observance(f"RRULE:{rule}", start="20000405T020000", before="+0000", after="+0100")
        back = observance(
            "RRULE:FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1", start="20000101T000000", before="+0100", after="+0000"
        )
        zone = described(f"{first}\n{back}")
        assert zone is not None
        change = datetime.fromisoformat(f"{day}T02:00")
        assert (zone.offset(change), zone.offset(change + HOUR)) == (timedelta(), HOUR)
        assert zone.offset(change - timedelta(days=1)) == timedelta()

    @pytest.mark.parametrize(
        "rule",
        ["BYMONTH=2;BYDAY=5SU", "BYMONTH=3;BYDAY=-5SU", "BYMONTH=2;BYMONTHDAY=29", "BYMONTHDAY=-31;BYMONTH=4", ""],
    )
    def test_a_day_that_not_every_year_has_is_refused(self, rule: str) -> None:
        # The last change may then be decades ago, and some programs mean the last Sunday by the fifth.
        assert described(observance(f"RRULE:FREQ=YEARLY;{rule}", start="20200229T020000")) is None

    @pytest.mark.parametrize("until", ["20221231T000000Z", "20221231", "20220327T010000Z", "20220327T020000"])
    def test_a_rule_ends(self, until: str) -> None:
        first = observance(f"RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU;UNTIL={until}", start="20000326T020000")
        back = observance(
            "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", start="20001029T030000", before="+0200", after="+0100"
        )
        zone = described(f"{first}\n{back}")
        assert zone is not None
        assert [zone.offset(datetime(year, 7, 1)) / HOUR for year in (2022, 2023)] == [2, 1]

    def test_a_rule_begins(self) -> None:
        zone = described(observance("RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", start="20230326T020000"))
        assert zone is not None
        assert [zone.offset(datetime(2023, month, 1)) / HOUR for month in (3, 4)] == [1, 2]

    def test_an_end_before_a_change_holds_in_its_year(self) -> None:
        first = observance("RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU;UNTIL=20220301T000000Z", start="20000326T020000")
        back = observance(
            "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", start="20001029T030000", before="+0200", after="+0100"
        )
        zone = described(f"{first}\n{back}")
        assert zone is not None
        assert zone.offset(datetime(2022, 7, 1)) == HOUR

    @pytest.mark.parametrize(
        "text",
        [
            "",
            observance(start="15991231T020000"),
            observance(start="x"),
            observance(before="+2400"),
            observance(after="1"),
            "BEGIN:STANDARD\nEND:STANDARD",
            observance("RRULE:FREQ=MINUTELY"),
            observance("RRULE:FREQ=SECONDLY;BYMONTH=3"),
            observance("RRULE:FREQ=YEARLY;INTERVAL=0"),
            observance("RRULE:FREQ=YEARLY;COUNT=5"),
            observance("RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=SU"),
            observance("RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=1SU,2SU"),
            observance("RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU;BYMONTHDAY=8"),
            observance("RRULE:FREQ=YEARLY;BYDAY=2SU"),
            observance("RRULE:FREQ=YEARLY;BYMONTH=13;BYDAY=2SU"),
            observance("RRULE:FREQ=YEARLY;BYMONTH=-1;BYDAY=2SU"),
            observance("RRULE:FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=32"),
            observance("RRULE:FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=0"),
            observance("RRULE:FREQ=YEARLY;FREQ=YEARLY"),
            observance("RRULE:FREQ=YEARLY;UNTIL=x"),
            observance("RRULE:FREQ=YEARLY;UNTIL=00010101T000000Z"),
            observance("RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU;BYHOUR=3"),
            observance("RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU;BYHOUR=2,3"),
            observance("RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU;BYMINUTE=1"),
            observance("RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU;BYSECOND="),
            observance("RRULE:" + "A=B;" * 13),
            observance("RRULE:FREQ=YEARLY", "RRULE:FREQ=YEARLY"),
            observance("RDATE:x"),
            observance("RDATE:" + ",".join(["20230101T000000"] * (MOST_DATES + 1))),
            "\n".join([observance()] * (MOST_OBSERVANCES + 1)),
        ],
    )
    def test_what_is_not_understood_whole_is_none(self, text: str) -> None:
        assert described(text) is None

    def test_the_largest_zone_takes_no_time(self) -> None:
        rule = observance("RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", start="16010101T020000")
        dates = observance("RDATE:" + ",".join(["20230101T000000"] * MOST_DATES))
        zone = described("\n".join([rule] * (MOST_OBSERVANCES - 1) + [dates]))
        assert zone is not None
        begun = process_time()
        for year in range(1970, 2200):
            zone.offset(datetime(year, 7, 1))
        assert process_time() - begun < 5


WALL = datetime(2023, 5, 17, 14, 30)
JUMPED = datetime(2023, 3, 26, 2, 30)
TWICE = datetime(2023, 10, 29, 2, 30)


def calendar(inside: str) -> Component:
    whole = f"BEGIN:VCALENDAR\n{inside}\nEND:VCALENDAR\n"
    (found,) = parse_calendars(whole.encode(), CalendarLimits(), FindingCollector())
    return found


def clocks(inside: str = "X-A:1", zone: str | None = None) -> CalendarZones:
    return CalendarZones(calendar(inside), zone=zone)


def read(own: CalendarZones, wall: datetime, tzid: str | None) -> tuple[datetime, str, str | None]:
    """Return the moment, its zone, and the code of the finding about it."""
    moment, said = own.moment(wall, tzid, "/lines/7")
    assert moment is not None, said
    return to_utc(moment), zone_of(moment), None if said is None else said.code


def refused(own: CalendarZones, wall: datetime, tzid: str | None) -> str:
    moment, found = own.moment(wall, tzid, "/lines/7")
    assert moment is None
    assert found is not None
    assert found.path == "/lines/7"
    return found.code


class TestNamed:
    """TZID: a name of ours, of Windows, or one behind a prefix that is known."""

    @pytest.mark.parametrize(
        ("name", "zone"),
        [
            ("Europe/Zurich", "Europe/Zurich"),
            ("UTC", "UTC"),
            ("Etc/UTC", "Etc/UTC"),
            ("ETC/UTC", "UTC"),
            ("Zulu", "Zulu"),
            ("Z", "UTC"),
            ("CET", "CET"),
            ("EST", "EST"),
            ("Etc/GMT+11", "Etc/GMT+11"),
            ("tzone://Microsoft/Utc", "UTC"),
            ("W. Europe Standard Time", "Europe/Berlin"),
            ("/freeassociation.sourceforge.net/Europe/Zurich", "Europe/Zurich"),
            (
                "/freeassociation.sourceforge.net/Tzfile/America/Argentina/Buenos_Aires",
                "America/Argentina/Buenos_Aires",
            ),
            ("/freeassociation.sourceforge.net/America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
            ("/citadel.org/20210210_1/America/Indiana/Knox", "America/Indiana/Knox"),
            ("/citadel.org/1/2/Europe/Zurich", None),
            ("/citadel.org/20210210_1/Europe/Zurich", "Europe/Zurich"),
            ("/mozilla.org/20070129_1/Europe/Zurich", "Europe/Zurich"),
            ("/softwarestudio.org/Olson_20011030_5/Europe/Zurich", "Europe/Zurich"),
            ("/Europe/Stockholm", "Europe/Stockholm"),
            ("//Europe/Stockholm", None),
            ("/example.org/Europe/Zurich", None),
            ("/citadel.org/1/../../Europe/Zurich", None),
            ("/x/../../Europe/Berlin", None),
            ("/citadel.org/1/Europe/Geneva", None),
            ("CEST", None),
            ("localtime", None),
            ("Customized Time Zone", None),
            ("", None),
            ("\0", None),
            ("A" * 5000, None),
        ],
    )
    def test_names(self, name: str, zone: str | None) -> None:
        assert zone_of_tzid(name) == zone

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

    @pytest.mark.parametrize("name", ["EST", "CET", "Zulu", "Etc/GMT-2"])
    def test_of_a_name_without_a_place_the_description_says_what_is_meant(self, name: str) -> None:
        inside = f"BEGIN:VTIMEZONE\nTZID:{name}\n{OUTLOOK}\nEND:VTIMEZONE"
        moment, zone, code = read(clocks(inside), WALL, name)
        assert moment == datetime(2023, 5, 17, 12, 30, tzinfo=UTC)
        # The clocks of Zurich are two hours ahead on this day, as those of CET and of Etc/GMT-2 are.
        assert (zone, code) == ((name, None) if name in {"CET", "Etc/GMT-2"} else ("UTC", "zone-replaced"))

    @pytest.mark.parametrize("name", ["UTC", "Europe/London"])
    def test_no_description_changes_what_utc_and_places_are(self, name: str) -> None:
        inside = f"BEGIN:VTIMEZONE\nTZID:{name}\n{OUTLOOK}\nEND:VTIMEZONE"
        assert read(clocks(inside), WALL, name)[1:] == (name, None)

    @pytest.mark.parametrize("name", ["EST", "Etc/GMT+5"])
    def test_one_that_cannot_be_evaluated_leaves_the_zone_of_the_name(self, name: str) -> None:
        inside = f"BEGIN:VTIMEZONE\nTZID:{name}\n{observance('RRULE:FREQ=MINUTELY')}\nEND:VTIMEZONE"
        assert read(clocks(inside), WALL, name) == (datetime(2023, 5, 17, 19, 30, tzinfo=UTC), name, None)

    def test_the_name_of_a_description_is_text(self) -> None:
        """As Outlook 12 writes it: escaped in the VTIMEZONE, quoted in a parameter."""
        inside = f"BEGIN:VTIMEZONE\nTZID:Kuala Lumpur\\, Singapore\n{observance(after='+0800')}\nEND:VTIMEZONE"
        assert read(clocks(inside), WALL, "Kuala Lumpur, Singapore")[0] == datetime(2023, 5, 17, 6, 30, tzinfo=UTC)

    def test_a_space_behind_the_name_of_a_description_does_not_count(self) -> None:
        """Beside a time the parser takes it for padding."""
        inside = f"BEGIN:VTIMEZONE\nTZID:Mitteleuropa \n{observance(after='+0800')}\nEND:VTIMEZONE"
        assert read(clocks(inside), WALL, "Mitteleuropa")[0] == datetime(2023, 5, 17, 6, 30, tzinfo=UTC)

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

    @pytest.mark.parametrize(
        "always",
        ["RDATE:99991231T235959", "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU;UNTIL=99991231T235959Z"],
    )
    def test_a_description_may_say_until_the_year_9999(self, always: str) -> None:
        inside = f"BEGIN:VTIMEZONE\nTZID:X\n{observance(always, before='-0100', after='+0900')}\nEND:VTIMEZONE"
        assert read(clocks(inside), WALL, "X")[0] == datetime(2023, 5, 17, 5, 30, tzinfo=UTC)
