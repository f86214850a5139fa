"""ical.js, Thunderbird's reader, finds in a feed the moments that the event has."""

import json
import re
from datetime import date, datetime
from typing import Any

import pytest
from attrs import evolve
from hypothesis import Phase, given, settings

from tests.ical.expected import expected
from tests.ical.feeds import Options, feeds
from tests.ical.jcal_readers import SAME, common
from tests.outside.node import node
from tests.programme.format_laws import without_fields
from tests.samples.wtisd import STAMPED, full_event
from wtisd_model import (
    CalendarLimits,
    Event,
    Imported,
    Session,
    TimeSlot,
    from_ical,
    local_time,
    to_ical,
    to_jcal,
    wtisd_23,
)
from wtisd_model.findings import FindingCollector
from wtisd_model.ical.jcal import to_array
from wtisd_model.ical.parser import parse_calendars
from wtisd_model.json.builtins import to_builtins

pytestmark = pytest.mark.outside

LARGE = CalendarLimits(bytes=100_000_000, lines=1_000_000)


class TestCalendars:
    """RFC 5545 section 3.6.5: a VTIMEZONE "unambiguously" defines a zone's times, for a reader that knows no names."""

    Times = dict[str, tuple[float | str, float | str, str | None]]
    """Moments in seconds since 1970, and dates as text."""

    def read(self, data: bytes) -> Times:
        """Map each UID to start, end and status, as ical.js finds them."""
        return {
            each["uid"]: (each["start"], each["end"], each["status"]) for each in json.loads(node("ical_js.mjs", data))
        }

    def told(self, event: Event, options: Options) -> Times:
        """Map the same from the event."""
        return {
            each.uid: (_written(each.starts_at), _written(each.ends_at), each.status)
            for each in expected(event, **options).entries
        }

    def test_ical_js_reads_the_reference_event(self) -> None:
        options: Options = {"stamped": STAMPED, "language": None, "reminders": [], "refresh": None}
        assert self.read(to_ical(wtisd_23(), **options)) == self.told(wtisd_23(), options)

    # Each example starts node: none is spent on making a failing one smaller.
    @settings(phases=[Phase.generate])
    @given(feeds())
    def test_ical_js_reads_any_event(self, made: tuple[Event, Options]) -> None:
        event, options = made
        found, meant = self.read(to_ical(event, **options)), self.told(event, options)
        assert found.keys() == meant.keys()
        both: list[Event | Session] = [event, *event.sessions]
        for one in both:
            uid = one.export_uid(event.uid) if isinstance(one, Session) else one.uid
            if uid in found and not beyond_ical_js(one.slot):
                assert found[uid] == meant[uid]

    def test_ical_js_reads_several_events_of_several_years_in_one_calendar(self) -> None:
        """One VTIMEZONE of a zone has to do for all of them, in both halves of each year."""
        options: Options = {"stamped": STAMPED, "language": None, "reminders": [], "refresh": None}
        slots = [
            TimeSlot.at(f"{year}-{month:02}-09T13:30", "15:30", zone)
            for zone in ("Europe/Zurich", "Africa/Casablanca", "Australia/Lord_Howe", "America/Sao_Paulo", "Asia/Gaza")
            for year in (1996, 2006, 2018, 2019, 2026, 2031)
            for month in (1, 4, 7, 10)
        ]
        drawn = [evolve(wtisd_23(), uid=f"event-{number}", slot=slot, calls=()) for number, slot in enumerate(slots)]
        file = to_ical(drawn, **options, name="Ours")
        assert file.count(b"BEGIN:VTIMEZONE") == 5
        meant = {uid: times for each in drawn for uid, times in self.told(each, options).items()}
        assert self.read(file) == meant

    def test_ical_js_reads_the_first_of_two_equal_hours(self) -> None:
        """In local time it would take the second, against RFC 5545 section 3.3.5, so the hour is written in UTC."""
        zone = "Europe/Zurich"
        start = local_time("2023-10-29T02:30:00", zone, repeated="first")
        slot = TimeSlot(start=start, end=local_time("2023-10-29T04:00:00", zone))
        event = evolve(full_event(), slot=slot, sessions=(), calls=(), history=(), previous_slots=())
        ((begins, ends, _),) = self.read(to_ical(event, stamped=STAMPED)).values()
        assert (begins, ends) == (slot.starts_at.timestamp(), slot.ends_at.timestamp())


class TestJcal:
    """RFC 7265, which ical.js is built on: it makes the same jCal of a calendar, and the same calendar of jCal."""

    @settings(phases=[Phase.generate])
    @given(feeds())
    def test_ical_js_converts_any_event_as_we_do_both_ways(self, made: tuple[Event, Options]) -> None:
        event, options = made
        file, array = to_ical(event, **options), json.loads(to_jcal(event, **options))
        parsed, stringified = self.converted(file, array)
        # ical.js takes the comma after an escaped backslash for a part of the text.
        if rb"\\," not in file.replace(b"\r\n ", b""):
            assert common(parsed) == common(array)
        # JavaScript writes degrees close to zero with an exponent, which RFC 5545 has no form for.
        if re.search(r"GEO:.*e-", stringified) is None:
            assert _events(from_ical(stringified, limits=LARGE)) == _events(from_ical(file, limits=LARGE))

    def converted(self, file: bytes, array: Any) -> tuple[Any, str]:
        """Return what ical.js makes of a calendar file and of jCal."""
        task = [file.decode(), with_joined_features(array)]
        parsed, stringified = json.loads(node("ical_js_jcal.mjs", json.dumps(task).encode()))
        return parsed, stringified

    def test_ical_js_converts_what_we_do_not_write(self) -> None:
        lines = [line for line, _ in SAME.values() if not line.startswith(("REQUEST-STATUS", "GEO:0.0", "ATTENDEE"))]
        file = "\r\n".join(["BEGIN:VCALENDAR", *lines, "END:VCALENDAR", ""]).encode()
        (calendar,) = parse_calendars(file, CalendarLimits(), FindingCollector())
        parsed, stringified = self.converted(file, to_array(calendar))
        assert common(parsed) == common(to_array(calendar))
        (again,) = parse_calendars(stringified.encode(), CalendarLimits(), FindingCollector())
        assert common(to_array(again)) == common(to_array(calendar))


def with_joined_features(array: Any) -> Any:
    """Return jCal with FEATURE as ical.js 2.2.1 has it: it cannot write several values of it."""
    match array:
        case [str(name), {"feature": list(features), **others}, *rest]:
            return [name, {**others, "feature": ",".join(features)}, *rest]
        case list():
            return [with_joined_features(each) for each in array]
        case _:
            return array


def _events(imported: Imported) -> list[Any]:
    """Return events without features, since ical.js quotes the joined ones."""
    features = {"VirtualLocation": frozenset({"features"})}
    return [without_fields(Event, to_builtins(each), features) for each in imported.events]


def _written(value: datetime | date) -> float | str:
    return value.timestamp() if isinstance(value, datetime) else value.isoformat()


def beyond_ical_js(slot: TimeSlot | None) -> bool:
    """Return True if ical.js 2.2.1 reads a slot wrongly: one at an offset with seconds.

    It drops the seconds of Monrovia's -004430 of 1971, which RFC 5545 section 3.3.14 allows.
    """
    moments = () if slot is None else (slot.start, slot.end)
    return any(each.timestamp() % 60 != each.second for each in moments)
