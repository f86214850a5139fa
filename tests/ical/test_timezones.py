"""VTIMEZONE: its form, zone by zone, and what other programs read from it. Another file tests all zones."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject

from tests.ical.evaluator import Evaluator, unfolded
from tests.ical.refusal import refused
from tests.ical.written import vtimezone_octets
from tests.types.zone_files import LocalType, put, reading_from, time_zone_file
from wtisd_model import Code

HOUR = 3600
DAY = timedelta(days=1)


def file_of(zone: str, first: str, last: str | None = None) -> bytes:
    """The VTIMEZONE of a file with times from *first* to *last*, both as the clocks of the zone show them."""
    begin, end = (datetime.fromisoformat(each).replace(tzinfo=ZoneInfo(zone)) for each in (first, last or first))
    return vtimezone_octets(zone, first=begin, last=end)


def text_of(zone: str, first: str, last: str | None = None) -> list[str]:
    return unfolded(file_of(zone, first, last))


def observances(zone: str, first: str, last: str | None = None) -> list[tuple[str, str, str, str]]:
    """Kind, DTSTART, TZOFFSETTO and TZNAME of each component."""
    lines = text_of(zone, first, last)
    found: list[tuple[str, str, str, str]] = []
    for index, each in enumerate(lines):
        if each in {"BEGIN:STANDARD", "BEGIN:DAYLIGHT"}:
            end = lines.index(each.replace("BEGIN", "END"), index)
            values = dict(line.split(":", 1) for line in lines[index + 1 : end])
            found.append((each[6:], values["DTSTART"], values["TZOFFSETTO"], values["TZNAME"]))
    return found


class TestYearlyPair:
    """RFC 5545 section 3.6.5, first example: one DAYLIGHT and one STANDARD that recur each year."""

    def test_zurich_since_1996(self) -> None:
        assert text_of("Europe/Zurich", "2023-05-17T14:30:00") == [
            "BEGIN:VTIMEZONE",
            "TZID:Europe/Zurich",
            "X-LIC-LOCATION:Europe/Zurich",
            "BEGIN:DAYLIGHT",
            "DTSTART:19960331T020000",
            "TZOFFSETFROM:+0100",
            "TZOFFSETTO:+0200",
            "TZNAME:CEST",
            "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
            "END:DAYLIGHT",
            "BEGIN:STANDARD",
            "DTSTART:19961027T030000",
            "TZOFFSETFROM:+0200",
            "TZOFFSETTO:+0100",
            "TZNAME:CET",
            "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
            "END:STANDARD",
            "END:VTIMEZONE",
        ]

    def test_new_york_as_the_standard_prints_it(self) -> None:
        lines = text_of("America/New_York", "2008-01-01T00:00:00")
        assert "DTSTART:20070311T020000" in lines
        assert "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU" in lines
        assert "DTSTART:20071104T020000" in lines
        assert "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU" in lines

    def test_the_bytes_are_the_same_for_every_file_from_there_on(self) -> None:
        files = {file_of("Europe/Zurich", f"{year}-07-01T00:00:00") for year in (1996, 2023, 2037, 2038, 2199)}
        assert len(files) == 1

    def test_half_an_hour_in_lord_howe(self) -> None:
        assert observances("Australia/Lord_Howe", "2023-05-17T14:30:00") == [
            ("STANDARD", "20080406T020000", "+1030", "+1030"),
            ("DAYLIGHT", "20081005T020000", "+1100", "+11"),
        ]

    def test_two_hours_in_troll(self) -> None:
        assert observances("Antarctica/Troll", "2023-05-17T14:30:00") == [
            ("DAYLIGHT", "20050327T010000", "+0200", "+02"),
            ("STANDARD", "20051030T030000", "+0000", "+00"),
        ]

    def test_irish_summer_is_daylight_though_irish_law_calls_it_standard(self) -> None:
        assert observances("Europe/Dublin", "2023-05-17T14:30:00") == [
            ("DAYLIGHT", "19960331T010000", "+0100", "IST"),
            ("STANDARD", "19961027T020000", "+0000", "GMT"),
        ]

    def test_both_forms_of_the_database_give_the_same_bytes_for_ireland(self, tmp_path: Path) -> None:
        written: set[bytes] = set()
        for form, footer, is_summer_dst in (
            ("main", "IST-1GMT0,M10.5.0,M3.5.0/1", False),
            ("rearguard", "GMT0IST,M3.5.0/1,M10.5.0", True),
        ):
            types = [LocalType(0, not is_summer_dst, "GMT"), LocalType(HOUR, is_summer_dst, "IST")]
            put(tmp_path / form, "Europe/Dublin", time_zone_file(footer, types))
            with reading_from(tmp_path / form):
                written.add(file_of("Europe/Dublin", "2023-05-17T14:30:00"))
        assert len(written) == 1


class TestDatedOnsets:
    """Where a year is not like the others, or one BYDAY cannot say it: one component for each onset."""

    def test_they_go_from_what_the_first_time_is_in_to_the_onset_after_the_last(self) -> None:
        assert observances("Africa/Cairo", "2023-10-01T00:00:00", "2024-04-01T00:00:00") == [
            ("DAYLIGHT", "19700101T000000", "+0300", "EEST"),
            ("STANDARD", "20231027T000000", "+0200", "EET"),
            ("DAYLIGHT", "20240426T000000", "+0300", "EEST"),
        ]

    def test_the_first_is_written_as_if_it_had_always_been(self) -> None:
        assert text_of("Africa/Cairo", "2023-10-01T00:00:00")[3:9] == [
            "BEGIN:DAYLIGHT",
            "DTSTART:19700101T000000",
            "TZOFFSETFROM:+0300",
            "TZOFFSETTO:+0300",
            "TZNAME:EEST",
            "END:DAYLIGHT",
        ]

    def test_a_time_at_an_onset_is_in_it_and_a_second_earlier_is_not(self) -> None:
        onset = datetime(2023, 4, 27, 22, tzinfo=UTC)
        for moment, hours in ((onset, 3), (onset - timedelta(seconds=1), 2)):
            read = Evaluator(vtimezone_octets("Africa/Cairo", first=moment, last=moment))
            assert read.offset_at(read.first_onset) == timedelta(hours=hours)

    def test_last_before_first_still_covers_first(self) -> None:
        moment = datetime(2023, 10, 1, tzinfo=UTC)
        written = vtimezone_octets("Africa/Cairo", first=moment, last=moment - 3000 * DAY)
        assert written == vtimezone_octets("Africa/Cairo", first=moment, last=moment)

    @pytest.mark.parametrize(
        ("zone", "first", "last", "starts"),
        [
            # The last Sunday of March at -1:00 is a Saturday.
            ("America/Nuuk", "2024-01-10T00:00:00", "2024-06-01T00:00:00", ["20240330T230000", "20241027T000000"]),
            # The first Saturday at 24:00 is a Sunday from the 2nd to the 8th.
            ("America/Santiago", "2023-10-01T00:00:00", "2024-05-01T00:00:00", ["20240407T000000", "20240908T000000"]),
        ],
    )
    def test_rules_of_the_day_after_are_dated(self, zone: str, first: str, last: str, starts: list[str]) -> None:
        assert [each[1] for each in observances(zone, first, last)][1:] == starts
        assert not any(each.startswith("RRULE") for each in text_of(zone, first, last))

    def test_ramadan_in_casablanca_is_standard_and_the_rest_of_the_year_daylight(self) -> None:
        assert observances("Africa/Casablanca", "2024-01-01T00:00:00", "2024-03-20T00:00:00") == [
            ("DAYLIGHT", "19700101T000000", "+0100", "+01"),
            ("STANDARD", "20240310T030000", "+0000", "+00"),
            ("DAYLIGHT", "20240414T020000", "+0100", "+01"),
        ]

    def test_a_summer_that_became_the_standard_is_daylight_until_then(self) -> None:
        assert observances("Africa/Casablanca", "2018-07-01T00:00:00", "2018-11-01T00:00:00") == [
            ("DAYLIGHT", "19700101T000000", "+0100", "+01"),
            ("DAYLIGHT", "20181028T030000", "+0100", "+01"),
            ("STANDARD", "20190505T030000", "+0000", "+00"),
        ]
        assert observances("Europe/Istanbul", "2016-08-01T00:00:00", "2016-10-01T00:00:00") == [
            ("DAYLIGHT", "19700101T000000", "+0300", "EEST"),
            ("STANDARD", "20160907T000000", "+0300", "+03"),
        ]

    def test_apia_left_out_a_day(self) -> None:
        lines = text_of("Pacific/Apia", "2011-12-01T00:00:00", "2012-01-05T00:00:00")
        begin = lines.index("DTSTART:20111230T000000")
        assert lines[begin + 1 : begin + 3] == ["TZOFFSETFROM:-1000", "TZOFFSETTO:+1400"]

    def test_an_offset_with_seconds_keeps_them(self) -> None:
        assert observances("Africa/Monrovia", "1971-12-31T00:00:00", "1972-02-01T00:00:00") == [
            ("STANDARD", "19700101T000000", "-004430", "MMT"),
            ("STANDARD", "19720107T000000", "+0000", "GMT"),
        ]

    def test_they_end_where_the_yearly_rule_takes_over(self) -> None:
        assert [each[1] for each in observances("America/New_York", "2006-07-01T00:00:00", "2010-01-01T00:00:00")] == [
            "19700101T000000",
            "20061029T020000",
            "20070311T020000",
            "20071104T020000",
        ]

    def test_a_file_that_ends_before_the_yearly_rule_begins_does_not_reach_out_for_it(self) -> None:
        lines = text_of("America/New_York", "2006-07-01T00:00:00", "2006-08-01T00:00:00")
        assert [each for each in lines if each.startswith("DTSTART")] == [
            "DTSTART:19700101T000000",
            "DTSTART:20061029T020000",
        ]
        assert not any(each.startswith("RRULE") for each in lines)

    def test_a_rule_by_days_of_the_year_is_dated(self, tmp_path: Path) -> None:
        data = time_zone_file("AAA-1BBB,J60/2,J300/2", [LocalType(HOUR, is_dst=False, name="AAA")])
        put(tmp_path, "Europe/Zurich", data)
        with reading_from(tmp_path):
            first = datetime(2024, 1, 1, tzinfo=UTC)
            lines = unfolded(vtimezone_octets("Europe/Zurich", first=first, last=first))
        assert [each for each in lines if each.startswith(("DTSTART", "RRULE"))] == [
            "DTSTART:19700101T000000",
            "DTSTART:20240301T020000",
        ]


class TestFixed:
    """Where the clocks no longer change: a single STANDARD."""

    def test_tokyo_since_before_1970(self) -> None:
        assert text_of("Asia/Tokyo", "1970-01-01T00:00:00") == [
            "BEGIN:VTIMEZONE",
            "TZID:Asia/Tokyo",
            "X-LIC-LOCATION:Asia/Tokyo",
            "BEGIN:STANDARD",
            "DTSTART:19700101T000000",
            "TZOFFSETFROM:+0900",
            "TZOFFSETTO:+0900",
            "TZNAME:JST",
            "END:STANDARD",
            "END:VTIMEZONE",
        ]

    def test_moscow_since_2014(self) -> None:
        lines = text_of("Europe/Moscow", "2023-05-17T14:30:00")
        assert lines[3:7] == ["BEGIN:STANDARD", "DTSTART:19700101T000000", "TZOFFSETFROM:+0300", "TZOFFSETTO:+0300"]
        assert len(lines) == 10

    @pytest.mark.parametrize("zone", ["Europe/Istanbul", "Africa/Windhoek"])
    def test_a_zone_that_kept_summer_time_for_good_is_standard(self, zone: str) -> None:
        assert [each[0] for each in observances(zone, "2023-05-17T14:30:00")] == ["STANDARD"]


class TestRefusals:
    """What cannot be written is refused by code, before a file is opened."""

    @pytest.mark.parametrize("zone", ["CEST", "Factory", "Europe/Zurich\r\nX-FORGED:1", "../Europe/Zurich", ""])
    def test_a_name_that_is_not_in_the_list(self, zone: str) -> None:
        with refused(Code.ZONE_UNKNOWN):
            vtimezone_octets(zone, first=datetime(2023, 5, 17, tzinfo=UTC), last=datetime(2023, 5, 17, tzinfo=UTC))

    @pytest.mark.parametrize("zone", ["Europe/Zurich", "UTC"])
    def test_a_floating_time(self, zone: str) -> None:
        aware, naive = datetime(2023, 5, 17, tzinfo=UTC), datetime(2023, 5, 17)
        for first, last in ((naive, aware), (aware, naive)):
            with refused(Code.MOMENT_NAIVE):
                vtimezone_octets(zone, first=first, last=last)

    @pytest.mark.parametrize("zone", ["Europe/Zurich", "Pacific/Honolulu", "Pacific/Kiritimati", "Africa/Cairo"])
    def test_a_year_outside_of_1970_to_2199_where_the_clocks_are(self, zone: str) -> None:
        there = ZoneInfo(zone)
        begin, end = datetime(1970, 1, 1, tzinfo=there), datetime(2199, 12, 31, 23, 59, 59, tzinfo=there)
        assert vtimezone_octets(zone, first=begin, last=end)
        # In UTC, for across 1969 and 1970 the clocks of a place may have been changed.
        for moment in (begin.astimezone(UTC) - timedelta(seconds=1), end.astimezone(UTC) + timedelta(seconds=1)):
            with refused(Code.YEAR_OUT_OF_RANGE):
                vtimezone_octets(zone, first=moment, last=end)
            with refused(Code.YEAR_OUT_OF_RANGE):
                vtimezone_octets(zone, first=begin, last=moment)


# One of each kind, and those that other programs have got wrong.
READ = [
    ("Europe/Zurich", "2023-05-17T14:30:00"),
    ("Europe/Zurich", "2023-03-26T03:15:00"),
    ("Europe/Zurich", "2023-10-29T03:00:00"),
    ("Europe/Zurich", "2050-07-01T12:00:00"),
    ("Europe/Dublin", "2023-07-01T12:00:00"),
    ("Europe/Dublin", "2023-12-01T12:00:00"),
    ("Africa/Cairo", "2023-07-01T12:00:00"),
    ("Africa/Cairo", "2023-10-26T23:59:59"),
    ("Africa/Casablanca", "2024-05-20T12:00:00"),
    ("America/Nuuk", "2024-03-30T22:59:59"),
    ("America/Nuuk", "2024-03-31T00:00:00"),
    ("America/Santiago", "2023-12-01T12:00:00"),
    ("America/Santiago", "2023-09-03T01:00:00"),
    ("America/New_York", "2006-03-12T03:00:00"),
    ("America/New_York", "2024-03-10T03:00:00"),
    ("Asia/Gaza", "2023-07-01T12:00:00"),
    ("Asia/Kolkata", "2023-07-01T12:00:00"),
    ("Australia/Lord_Howe", "2024-01-01T12:00:00"),
    ("Australia/Lord_Howe", "2024-07-01T12:00:00"),
    ("Antarctica/Troll", "2024-07-01T12:00:00"),
    ("Pacific/Apia", "2011-12-29T23:59:59"),
    ("Pacific/Apia", "2011-12-31T00:00:00"),
    ("Pacific/Kiritimati", "1970-01-01T00:00:00"),
]


def unnamed(zone: str, moment: datetime, name: str) -> str:
    """A file whose zone no reader can know by its name, with one event in it."""
    written = vtimezone_octets(zone, first=moment, last=moment).decode().replace(zone, name)
    return (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//example.org//tests\r\n"
        f"{written}BEGIN:VEVENT\r\nUID:1@example.org\r\nDTSTAMP:20230101T000000Z\r\n"
        f"DTSTART;TZID={name}:{moment:%Y%m%dT%H%M%S}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )


@pytest.mark.parametrize(("zone", "wall"), READ)
class TestOtherReaders:
    """A reader that knows the zone from its VTIMEZONE only finds the moment that is meant."""

    def test_icalendar(self, zone: str, wall: str) -> None:
        moment = datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(zone))
        # It remembers zones by name (collective/icalendar), so that each file has its own.
        name = f"Here-{zone}-{wall}".replace("/", "-").replace(":", "-")
        start = icalendar.Calendar.from_ical(unnamed(zone, moment, name)).walk("VEVENT")[0]["DTSTART"]
        assert isinstance(start, icalendar.vDDDTypes)
        assert isinstance(start.dt, datetime)
        assert start.dt.tzinfo is not None
        assert start.dt.astimezone(UTC) == moment.astimezone(UTC)

    def test_vobject(self, zone: str, wall: str) -> None:
        moment = datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(zone))
        name = f"Here-{zone}-{wall}".replace("/", "-").replace(":", "-")
        start = vobject.readOne(unnamed(zone, moment, name)).vevent.dtstart.value
        assert start.tzinfo is not None
        assert start.astimezone(UTC) == moment.astimezone(UTC)
