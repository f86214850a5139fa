"""Every name of a time zone in IANA's database is taken, written and read as it is."""

import zoneinfo
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from attrs import evolve

import wtisd_model as wm
from tests.data import generate
from tests.hypothesis_profiles import sampled
from tests.types.zone_files import reading_from
from wtisd_model import from_csv, to_csv
from wtisd_model.data.zones import AREA_ZONES, ZONES

STAMPED = datetime(2027, 1, 1, tzinfo=UTC)
NAMES = sorted(generate.accepted_zones())


def text(words: str) -> wm.LocalizedText:
    return wm.LocalizedText(text=words, language="en")


def event(zone: str, *zones: str) -> wm.Event:
    """Return an event in a zone, with a session in each of the others."""
    return wm.Event(
        uid="fe1c5f3a-5f43-5c86-9f3e-4f6f0c1f7a11",
        title=text("Forum"),
        slot=wm.TimeSlot.at("2027-06-01T09:00", "2027-06-05T18:00", zone),
        locations=(wm.Location(name=text("Seat"), locality="Geneva", country="CH"),),
        sessions=tuple(
            wm.Session(id=f"s{number}", title=text(each), slot=wm.TimeSlot.at("2027-06-03T09:00", "10:30", each))
            for number, each in enumerate(zones)
        ),
        updated=STAMPED,
    )


def by_csv(whole: wm.Event) -> wm.Event:
    read = [each.value_or_raise() for each in from_csv(wm.Session, b"".join(to_csv(wm.Session, whole.sessions)))]
    return evolve(whole, sessions=tuple(read))


WAYS: dict[str, Callable[[wm.Event], wm.Event]] = {
    "json": lambda whole: wm.from_json(wm.Event, wm.to_json(whole)),
    "ical": lambda whole: wm.from_ical(wm.to_ical(whole)).events[0],
    "ical in UTC": lambda whole: wm.from_ical(wm.to_ical(whole, utc=True)).events[0],
    "jcal": lambda whole: wm.from_jcal(wm.to_jcal(whole)).events[0],
    "jscalendar 1": lambda whole: wm.from_jscalendar(wm.to_jscalendar(whole, version="1.0")).events[0],
    "jscalendar 2": lambda whole: wm.from_jscalendar(wm.to_jscalendar(whole)).events[0],
    "schedule 1": lambda whole: wm.from_schedule_json(wm.to_schedule_json(whole, version="1")).events[0],
    "schedule 2": lambda whole: wm.from_schedule_json(wm.to_schedule_json(whole, version="2")).events[0],
    "csv": by_csv,
}


class TestNames:
    """RFC 8984 section 1.4.8: a TimeZoneId is "either a time zone identifier from the IANA Time Zone Database"."""

    def test_all_are_taken_but_those_of_the_machine(self) -> None:
        with reading_from():
            assert zoneinfo.available_timezones() - {"Factory"} == ZONES
        # Another system may have a newer database, so only what every system has is certain.
        assert zoneinfo.available_timezones() >= ZONES
        assert ZONES.isdisjoint({"Factory", "localtime", "posixrules"})

    @pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
    def test_of_a_session(self, way: Callable[[wm.Event], wm.Event]) -> None:
        whole = event("Europe/Zurich", *sorted(ZONES - AREA_ZONES))
        read = way(whole)
        assert {each.title.text: each.slot for each in read.sessions} == {
            each.title.text: each.slot for each in whole.sessions
        }

    @pytest.mark.slow
    @pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
    def test_of_an_event_with_a_session(self, way: Callable[[wm.Event], wm.Event]) -> None:
        for zone in sampled(NAMES):
            whole = event(zone, zone)
            read = way(whole)
            assert (read.slot, read.sessions[0].slot) == (whole.slot, whole.sessions[0].slot), zone
