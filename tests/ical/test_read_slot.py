"""Slots out of DTSTART, DTEND and DURATION."""

import pytest

from tests.ical.calendars import codes, one, read, refusals, vcalendar, vevent
from wtisd_model import TimeSlot, local_time

ZONE = ("DTSTART;TZID=Europe/Zurich:20230517T143000",)


def slot(*when: str, zone: str | None = None) -> TimeSlot:
    made = read(one(when=when), zone=zone).events[0].slot
    assert made is not None
    return made


def between(start: str, end: str, zone: str = "Europe/Zurich") -> TimeSlot:
    return TimeSlot(start=local_time(start, zone), end=local_time(end, zone))


class TestSlots:
    """RFC 5545 section 3.6.1."""

    @pytest.mark.parametrize(
        ("when", "expected"),
        [
            (
                (*ZONE, "DTEND;TZID=Europe/Zurich:20230517T163000"),
                between("2023-05-17T14:30:00", "2023-05-17T16:30:00"),
            ),
            ((*ZONE, "DURATION:PT2H"), between("2023-05-17T14:30:00", "2023-05-17T16:30:00")),
            ((*ZONE, "DURATION:P1W"), between("2023-05-17T14:30:00", "2023-05-24T14:30:00")),
            (
                ("DTSTART:20230517T123000Z", "DTEND:20230517T143000Z"),
                between("2023-05-17T12:30:00", "2023-05-17T14:30:00", "UTC"),
            ),
            (
                ("DTSTART:20230517T123000Z", "DTEND:20230517T143000Z", "X-WTISD-ZONE:Asia/Tokyo"),
                between("2023-05-17T21:30:00", "2023-05-17T23:30:00", "Asia/Tokyo"),
            ),
            (
                ("DTSTART;TZID=America/New_York:21991231T190000", "DURATION:PT4H"),  # in UTC it ends in 2200
                between("2199-12-31T19:00:00", "2199-12-31T23:00:00", "America/New_York"),
            ),
            (
                ("DTSTART:20230517T123000Z", "DTEND:20230517T143000Z", "X-WTISD-ZONE:nowhere"),
                between("2023-05-17T12:30:00", "2023-05-17T14:30:00", "UTC"),
            ),
        ],
    )
    def test_a_slot_has_an_end(self, when: tuple[str, ...], expected: TimeSlot) -> None:
        assert slot(*when) == expected

    def test_days_of_a_duration_are_those_of_the_calendar(self) -> None:
        night = "DTSTART;TZID=Europe/Zurich:20230325T143000"
        assert slot(night, "DURATION:P1D") == between("2023-03-25T14:30:00", "2023-03-26T14:30:00")
        assert slot(night, "DURATION:PT24H") == between("2023-03-25T14:30:00", "2023-03-26T15:30:00")

    @pytest.mark.parametrize("zone", [None, "Asia/Tokyo"])
    @pytest.mark.parametrize(
        ("start", "expected"),
        [
            (ZONE[0], between("2023-05-17T14:30:00", "2023-05-17T16:30:00")),
            ("DTSTART:20230517T143000Z", between("2023-05-17T14:30:00", "2023-05-17T16:30:00", "UTC")),
        ],
    )
    def test_an_end_without_a_zone_is_in_that_of_the_start(
        self, start: str, expected: TimeSlot, zone: str | None
    ) -> None:
        """49 of 51 ends before their start, in a public collection, were such ends that were read in another zone."""
        made = read(one(when=(start, "DTEND:20230517T163000"), place=None), zone=zone)
        assert made.events[0].slot == expected
        assert codes(made) == ["end-zone-inferred", "place-missing"]

    def test_an_end_without_a_zone_takes_none_from_a_whole_day(self) -> None:
        when = ("DTSTART;VALUE=DATE:20230517", "DTEND:20230517T163000")
        data = vcalendar("X-WR-TIMEZONE:Europe/Zurich", vevent(when=when))
        assert refusals(lambda: read(data)) == [("time-floating", "/lines/9")]
        made = read(data, zone="Europe/Zurich")
        assert made.events[0].slot == between("2023-05-17T00:00:00", "2023-05-17T16:30:00")
        (found,) = (each for each in made.findings if each.code == "whole-day-timed")
        assert (found.path, found.params) == ("/lines/8", {"zone": "Europe/Zurich"})

    def test_a_zone_beside_a_time_in_utc_is_left_out(self) -> None:
        made = read(one(when=("DTSTART;TZID=Europe/Zurich:20230517T123000Z", "DURATION:PT1H")))
        assert made.events[0].slot == between("2023-05-17T12:30:00", "2023-05-17T13:30:00", "UTC")
        (found,) = (each for each in made.findings if each.code == "parameter-dropped")
        assert found.params == {"parameter": "TZID", "property": "DTSTART"}

    def test_blanks_around_a_time_mean_nothing(self) -> None:
        when = ("DTSTART: 20230517T123000Z", "DTEND:20230517T133000Z ")
        assert slot(*when) == between("2023-05-17T12:30:00", "2023-05-17T13:30:00", "UTC")
        assert slot("DTSTART: 20230517T123000Z", "DURATION: PT1H ") == slot(*when)

    @pytest.mark.parametrize(
        ("when", "end"),
        [
            (("DTSTART;VALUE=DATE:20240426", "DTEND;TZID=Africa/Cairo:20240426T163000"), "2024-04-26T16:30:00"),
            (("DTSTART;VALUE=DATE:20240426", "DTEND:20240426T133000Z"), "2024-04-26T16:30:00"),
            (("DTSTART;VALUE=DATE:20240426", "DURATION:PT30M"), "2024-04-26T01:30:00"),
            (("DTSTART;TZID=Africa/Cairo:20240426T010000", "DTEND;VALUE=DATE:20240427"), "2024-04-27T00:00:00"),
        ],
    )
    def test_a_day_whose_other_end_has_a_time_is_the_time_at_which_it_begins(
        self, when: tuple[str, ...], end: str
    ) -> None:
        made = read(one(when=when), zone="Africa/Cairo")
        assert made.events[0].slot == between("2024-04-26T01:00:00", end, "Africa/Cairo")
        assert "whole-day-timed" in codes(made)

    def test_without_an_end_a_time_lasts_a_second(self) -> None:
        for when in (ZONE, (*ZONE, "DTEND;TZID=Europe/Zurich:20230517T143000"), (*ZONE, "DURATION:PT0S")):
            made = read(one(when=when))
            assert made.events[0].slot == between("2023-05-17T14:30:00", "2023-05-17T14:30:01")
            assert codes(made) == ["end-missing"]

    def test_an_end_in_another_zone_is_shown_in_that_of_the_start(self) -> None:
        made = read(one(when=(*ZONE, "DTEND;TZID=Asia/Tokyo:20230517T233000")))
        assert made.events[0].slot == between("2023-05-17T14:30:00", "2023-05-17T16:30:00")
        assert codes(made) == ["end-zone-replaced"]

    def test_a_duration_beside_an_end_is_told(self) -> None:
        end = "DTEND;TZID=Europe/Zurich:20230517T153000"
        made = read(one(when=(*ZONE, end, "DURATION:PT5H")))
        assert made.events[0].slot == between("2023-05-17T14:30:00", "2023-05-17T15:30:00")
        assert codes(made) == ["property-dropped"]

    def test_a_period_is_no_start(self) -> None:
        data = one(when=("DTSTART;VALUE=PERIOD:20230517T143000Z", "DURATION:PT1H"))
        assert refusals(lambda: read(data)) == [("property-unreadable", "/lines/7")]

    def test_of_two_starts_the_first_counts(self) -> None:
        made = read(one(when=(*ZONE, "DURATION:PT1H", "DTSTART:20240101T000000Z")))
        assert made.events[0].slot == between("2023-05-17T14:30:00", "2023-05-17T15:30:00")
        assert codes(made) == ["property-repeated"]

    @pytest.mark.parametrize(
        ("when", "code", "line"),
        [
            (("DTEND:20230517T163000Z",), "property-missing", 4),
            (("DTSTART:20230230T163000Z",), "property-unreadable", 7),
            (("DTSTART;VALUE=DATE:2023-05-17",), "property-unreadable", 7),
            (("DTSTART:20230517T143000",), "time-floating", 7),
            (("DTSTART;VALUE=DATE:20230517",), "time-floating", 7),
            (("DTSTART;TZID=nowhere:20230517T143000",), "zone-unknown", 7),
            ((*ZONE, "DTEND;TZID=Europe/Zurich:20230517T142959"), "slot-ends-before-start", 8),
            ((*ZONE, "DTEND:x"), "property-unreadable", 8),
            ((*ZONE, "DURATION:P"), "property-unreadable", 8),
            ((*ZONE, "DURATION:-PT1H"), "property-unreadable", 8),
            (("DTSTART;VALUE=DATE:20230517", "DTEND:20230517T143000"), "time-floating", 7),
            (("DTSTART;VALUE=DATE:2023-05-17", "DTEND:20230517T143000Z"), "property-unreadable", 7),
            ((*ZONE, "DURATION:P999999D"), "year-out-of-range", 7),
            ((*ZONE, "DURATION:P65000D"), "year-out-of-range", 7),
            (("DTSTART:19000101T000000Z",), "year-out-of-range", 7),
            (("DTSTART:22000101T000000Z", "DURATION:PT1H"), "year-out-of-range", 7),
            (("DTSTART:21991231T233000Z", "DTEND:22000101T003000Z"), "year-out-of-range", 7),
            (("DTSTART;TZID=Asia/Tokyo:21991231T190000", "DURATION:PT6H"), "year-out-of-range", 7),
        ],
    )
    def test_what_is_no_slot_is_refused_by_its_line(self, when: tuple[str, ...], code: str, line: int) -> None:
        assert refusals(lambda: read(one(when=when))) == [(code, f"/lines/{line}")]


def days(start: str, end: str, zone: str = "Europe/Zurich") -> TimeSlot:
    return TimeSlot.days(start, end, zone)


class TestWholeDays:
    """RFC 5545 section 3.6.1: with a DATE, "the event's duration is taken to be one day" if nothing else is said."""

    @pytest.mark.parametrize(
        ("when", "end"),
        [
            (("DTSTART;VALUE=DATE:20230517", "DTEND;VALUE=DATE:20230519"), "2023-05-19"),
            (("DTSTART;VALUE=DATE:20230517",), "2023-05-18"),
            (("DTSTART:20230517",), "2023-05-18"),
            (("DTSTART;VALUE=DATE:20230517", "DURATION:P3D"), "2023-05-20"),
            (("DTSTART;VALUE=DATE:20230517", "DURATION:P1W"), "2023-05-24"),
            (("DTSTART;VALUE=DATE:20230517", "DURATION:PT48H"), "2023-05-19"),
            (("DTSTART;VALUE=DATE:20230517", "DTEND;VALUE=DATE:20230517"), "2023-05-18"),  # calendarlabs.com
            (("DTSTART:20230517", "DTEND:20230517"), "2023-05-18"),
            (("DTSTART;VALUE=DATE:20230517", "DURATION:P0D"), "2023-05-18"),
        ],
    )
    def test_dates_are_whole_days(self, when: tuple[str, ...], end: str) -> None:
        made = read(one(when=when), zone="Europe/Zurich")
        assert made.events[0].slot == days("2023-05-17", end)
        assert codes(made) == []

    def test_they_are_in_the_zone_of_the_calendar_or_of_the_argument(self) -> None:
        data = vcalendar("X-WR-TIMEZONE:Asia/Tokyo", vevent(when=("DTSTART;VALUE=DATE:20230517",)))
        assert read(data).events[0].slot == days("2023-05-17", "2023-05-18", "Asia/Tokyo")
        assert read(data, zone="Africa/Lagos").events[0].slot == days("2023-05-17", "2023-05-18", "Africa/Lagos")

    def test_they_are_in_the_zone_that_this_package_has_written_beside_them(self) -> None:
        for kept in ("Africa/Lagos", "UTC"):
            made = read(one(when=("DTSTART;VALUE=DATE:20230517", f"X-WTISD-ZONE:{kept}")), zone="Asia/Tokyo")
            assert made.events[0].slot == days("2023-05-17", "2023-05-18", kept)
            assert codes(made) == []

    def test_they_take_the_zone_that_a_day_names(self) -> None:
        """RFC 5545 forbids TZID with a DATE; KOrganizer and Radicale have written it."""
        day = "DTSTART;TZID=Europe/Zurich;VALUE=DATE:20230517"
        for end in ((), ("DTEND;VALUE=DATE:20230518",), ("DTEND;TZID=Europe/Zurich:20230518",)):
            for zone in (None, "Asia/Tokyo"):
                made = read(one(when=(day, *end)), zone=zone)
                assert made.events[0].slot == days("2023-05-17", "2023-05-18")
                assert codes(made) == []

    def test_another_zone_of_the_last_day_is_left_out(self) -> None:
        made = read(one(when=("DTSTART;TZID=Europe/Zurich:20230517", "DTEND;TZID=Asia/Tokyo:20230518")))
        assert made.events[0].slot == days("2023-05-17", "2023-05-18")
        assert codes(made) == ["parameter-dropped"]

    def test_a_day_with_an_unknown_zone_is_a_day_without_one(self) -> None:
        when = ("DTSTART;TZID=nowhere;VALUE=DATE:20230517",)
        assert refusals(lambda: read(one(when=when))) == [("time-floating", "/lines/7")]
        made = read(one(when=when), zone="Europe/Zurich")
        assert made.events[0].slot == days("2023-05-17", "2023-05-18")
        assert codes(made) == ["parameter-dropped"]

    def test_a_day_without_a_midnight_begins_after_it(self) -> None:
        day = slot("DTSTART;VALUE=DATE:20240426", zone="Africa/Cairo")
        assert day == days("2024-04-26", "2024-04-27", "Africa/Cairo")
        assert day.start == local_time("2024-04-26T01:00:00", "Africa/Cairo")

    @pytest.mark.parametrize(
        ("when", "code", "line"),
        [
            (("DTSTART;VALUE=DATE:19690517",), "year-out-of-range", 7),
            (("DTSTART;VALUE=DATE:22000101",), "year-out-of-range", 7),
            (("DTSTART;VALUE=DATE:21991231",), "year-out-of-range", 7),  # it ends in 2200
            (("DTSTART;VALUE=DATE:20230517", "DURATION:P999999D"), "year-out-of-range", 7),
            (("DTSTART;VALUE=DATE:20230517", "DTEND;VALUE=DATE:22000101"), "year-out-of-range", 8),
            (("DTSTART;VALUE=DATE:20230517", "DTEND;VALUE=DATE:20230516"), "slot-ends-before-start", 8),
            (("DTSTART;VALUE=DATE:20230517", "DTEND;VALUE=DATE:20230532"), "property-unreadable", 8),
            (("DTSTART;VALUE=DATE:20111230",), "time-skipped", 7),  # Samoa went from 29 to 31 December
        ],
    )
    def test_what_are_no_days_is_refused_by_its_line(self, when: tuple[str, ...], code: str, line: int) -> None:
        assert refusals(lambda: read(one(when=when), zone="Pacific/Apia")) == [(code, f"/lines/{line}")]
