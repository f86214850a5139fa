"""Releases of the time zone database: exactly what they move is found, and readers see the new moments.

The referees are two databases of plain `zoneinfo`, and readers that evaluate VTIMEZONE.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, NamedTuple
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import icalendar
import pytest

import wtisd_model as wm
from tests.outside.in_python import with_vobject
from tests.outside.node import node
from tests.types.zone_files import reading_from
from wtisd_model import planning

pytestmark = pytest.mark.outside

SCRIPT = Path(__file__).parent / "on_release.py"

DRAWN = 4_000
"""Events for each pair of releases."""
SHOWN = 150
"""Affected events for each pair that readers get."""
PAIRS = {("2021.5", "2023.3"): 2022, ("2024.1", "2025.3"): 2024, ("2025.3", "2026.6"): 2026}
"""Releases of tzdata, and the first of three years in which the events are."""
MOVED = frozenset(
    {
        *("Africa/Casablanca", "Africa/El_Aaiun", "America/Edmonton", "America/Havana", "America/Inuvik"),
        *("America/Rainy_River", "America/Vancouver", "America/Winnipeg", "America/Yellowknife"),
        *("Canada/Central", "Canada/Mountain", "Canada/Pacific", "Cuba"),
    }
)
"""The zones that moved days of 2026 to 2028 between the last two."""
Rules = Mapping[str, ZoneInfo]
Found = dict[str, tuple[timedelta, timedelta]]
"""How much later it starts and ends, by the path of what moved."""


class Release(NamedTuple):
    """A wheel of tzdata, the folder in which the test unpacked it, and its zones as zoneinfo reads them there."""

    wheel: Path
    folder: Path
    rules: Rules


class Pair(NamedTuple):
    before: Release
    after: Release
    events: list[wm.Event]
    moved: list[str]


def release(number: str, folder: Path) -> Release:
    wheels = os.environ.get("TZDATA_WHEELS")
    assert wheels, "TZDATA_WHEELS names no folder with releases of tzdata; nox -s outside makes one"
    (wheel,) = Path(wheels).glob(f"tzdata-{number}-*.whl")
    with ZipFile(wheel) as archive:
        archive.extractall(folder)
    zoneinfo = folder / "tzdata/zoneinfo"
    with reading_from(zoneinfo):
        names = {*(folder / "tzdata/zones").read_text().split()} - {"Factory"}  # which has no clocks
        rules = {name: ZoneInfo.no_cache(name) for name in sorted(names)}
    return Release(wheel, zoneinfo, rules)


@pytest.fixture(scope="module", params=PAIRS, ids="-".join)
def pair(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Pair:
    """Two releases, and drawn events of which many are in zones that the second one changed."""
    numbers: tuple[str, str] = request.param
    before, after = (release(number, tmp_path_factory.mktemp(number)) for number in numbers)
    first = datetime(PAIRS[numbers], 1, 1, 12)
    noons = [first + timedelta(days=day) for day in range(3 * 365)]
    common = [*before.rules.keys() & after.rules.keys()]
    moved = sorted(
        name
        for name in common
        if any(before.rules[name].utcoffset(noon) != after.rules[name].utcoffset(noon) for noon in noons)
    )
    random = Random("-".join(numbers))
    events = [drawn(random, number, sorted(common), moved, first.date()) for number in range(DRAWN)]
    return Pair(before, after, events, moved)


def text(words: str) -> wm.LocalizedText:
    return wm.LocalizedText(text=words, language="en")


def drawn(random: Random, number: int, zones: list[str], moved: list[str], first: date) -> wm.Event:
    """Draw an event of a week, with sessions on its middle days and calls that close before it."""

    def zone() -> str:
        return random.choice(moved if random.random() < 0.5 else zones)

    def slot(day: date, length: int, name: str) -> wm.TimeSlot:
        if random.random() < 0.2:
            return wm.TimeSlot.days(day, day + timedelta(days=length + 1), name)
        start = moment(random, day, name)
        return wm.TimeSlot(start=start, end=moment(random, day + timedelta(days=length + 1), name))

    day = first + timedelta(days=random.randrange(10, 3 * 365 - 10))
    place = zone()
    sessions = [
        wm.Session(
            id=f"s{index}",
            title=text("Session"),
            slot=slot(day + timedelta(days=random.randrange(2, 4)), 0, place if random.random() < 0.7 else zone()),
        )
        for index in range(random.randrange(4))
    ]
    kinds = random.sample([*wm.CallKind], random.randrange(3))
    return wm.Event(
        uid=f"e{number}@example.org",
        title=text("Forum"),
        slot=slot(day, 6, place),
        venue_to_follow=True,
        organizer=wm.Organization(name=text("Office"), email="office@example.org"),
        sessions=sessions,
        calls=[
            wm.Call(
                kind=kind,
                email="office@example.org",
                deadline=wm.Deadline(date=day - timedelta(days=random.randrange(9)), time_zone=zone()),
            )
            for kind in kinds
        ],
    )


def moment(random: Random, day: date, zone: str) -> datetime:
    """Draw a time of a day, one in three in the hours in which clocks change."""
    while True:
        hour = random.randrange(4) if random.random() < 0.3 else random.randrange(24)
        wall = f"{day}T{hour:02}:{random.choice((0, 15, 30, 45)):02}"
        for repeated in random.sample([None, *wm.Repeated], 3):
            try:
                return wm.local_time(wall, zone, repeated=repeated)
            except wm.InvalidValueError:
                continue


def in_utc(local: datetime, rules: Rules) -> datetime:
    """Return the moment of a local time by these rules: in a gap with the offset before it."""
    zone = rules[local.tzinfo.key]  # type: ignore[union-attr]  # it has a zone
    naive = datetime.combine(local.date(), local.time())
    repeated = local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset()
    found = naive.replace(tzinfo=zone, fold=local.fold if repeated else 0).astimezone(UTC)
    exists = found.astimezone(zone).replace(tzinfo=None) == naive
    return found if exists else naive.replace(tzinfo=zone).astimezone(UTC)


@cache
def day_begins(day: date, zone: ZoneInfo) -> datetime:
    """Return the moment after the last one of an earlier day; clocks change at quarters of an hour."""
    quarter = timedelta(minutes=15)
    begins = datetime.combine(day, time(), UTC) + timedelta(hours=30)
    while (begins - quarter).astimezone(zone).date() >= day:
        begins -= quarter
    return begins


def span(when: wm.TimeSlot | wm.Deadline, rules: Rules) -> tuple[datetime, datetime]:
    zone = rules[when.time_zone]
    if isinstance(when, wm.Deadline):
        closes = day_begins(when.date + timedelta(days=1), zone)
        return closes, closes
    if when.whole_days:
        return day_begins(when.first_day, zone), day_begins(when.last_day + timedelta(days=1), zone)
    return in_utc(when.start, rules), in_utc(when.end, rules)


def parts(event: wm.Event) -> Iterator[tuple[str, str, wm.TimeSlot | wm.Deadline]]:
    """Yield path and uid of each time."""
    assert event.slot is not None
    yield "/slot", event.uid, event.slot
    for index, session in enumerate(event.sessions):
        yield f"/sessions/{index}/slot", f"{session.id}.{event.uid}", session.slot
    for index, call in enumerate(event.calls):
        assert call.deadline is not None
        yield f"/calls/{index}/deadline", event.uid, call.deadline


def expected(event: wm.Event, pair: Pair) -> Found:
    found: Found = {}
    for path, _, when in parts(event):
        (old_start, old_end), (start, end) = (span(when, each.rules) for each in (pair.before, pair.after))
        if (old_start, old_end) != (start, end):
            found[path] = (start - old_start, end - old_end)
    return found


class TestReleases:
    """PEP 615: "Both the system's time zone data and the tzdata package change": what is local stays, moments move."""

    def test_all_and_only_what_moved_is_found(self, pair: Pair) -> None:
        before, after = (wm.Zones(each.wheel) for each in (pair.before, pair.after))
        affected = 0
        for event in pair.events:
            changes = planning.clock_changes(event, before=before, after=after).changes
            found = {each.path: (each.start_shift, each.end_shift) for each in changes}
            assert found == expected(event, pair), event
            affected += bool(found)
        assert DRAWN / 10 < affected < DRAWN * 9 / 10

    def test_folder_and_wheel_are_one_database(self, pair: Pair) -> None:
        wheel, folder = wm.Zones(pair.after.wheel), wm.Zones(pair.after.folder)
        assert wheel.version == folder.version
        for event in pair.events[:100]:
            assert planning.clock_changes(event, before=wheel, after=folder).changes == ()

    @pytest.mark.parametrize("pair", [("2025.3", "2026.6")], indirect=True)
    def test_thirteen_zones_moved_days_of_2026_to_2028(self, pair: Pair) -> None:
        assert {*pair.moved} == MOVED


Times = dict[str, tuple[object, object]]
"""Start and end by uid: seconds since 1970, or dates."""


def with_icalendar(data: str) -> Times:
    """Read a calendar with icalendar, with the rules of its VTIMEZONE alone."""
    calendar: Any = icalendar.Calendar.from_ical(data)
    zones = {str(each["TZID"]): each.to_tz(lookup_tzid=False) for each in calendar.walk("VTIMEZONE")}

    def seconds(property_: Any) -> object:
        zone = property_.params.get("TZID")
        value = property_.dt
        return (value.replace(tzinfo=zones[zone]) if zone else value).timestamp() if hasattr(value, "hour") else None

    return {str(each["UID"]): (seconds(each["DTSTART"]), seconds(each["DTEND"])) for each in calendar.walk("VEVENT")}


def with_dateutil(data: str) -> Times:
    """Read a calendar with vobject, to which dateutil gives the rules of VTIMEZONE."""
    return {each.uid: (each.start, each.end) for each in with_vobject(data.encode())}


def with_ical_js(files: list[str]) -> list[Times]:
    read = json.loads(node("ical_js_messages.mjs", json.dumps(files).encode()))
    return [{each["uid"]: (each["start"], each["end"]) for each in calendar} for calendar in read]


def on_release(used: Release, pair: Pair, events: list[wm.Event]) -> subprocess.CompletedProcess[bytes]:
    """Let a process with the rules of a release write the calendars of events that the second one moved."""
    return subprocess.run(  # noqa: S603 - our own script
        [sys.executable, str(SCRIPT), str(pair.before.wheel), str(pair.after.folder)],
        input=json.dumps([json.loads(wm.to_json(event)) for event in events]).encode(),
        capture_output=True,
        timeout=300,
        check=False,
        env={**os.environ, "PYTHONTZPATH": str(used.folder)},
    )


class TestReaders:
    """RFC 5545 section 3.6.5: a VTIMEZONE of a process on the new release tells readers the new moments."""

    def test_they_see_the_new_moments(self, pair: Pair) -> None:
        affected = [event for event in pair.events if expected(event, pair)][:SHOWN]
        result = on_release(pair.after, pair, affected)
        assert result.returncode == 0, result.stderr.decode()
        written = zip(affected, json.loads(result.stdout), strict=True)
        calendars = [(event, data) for event, files in written for data in files]
        assert len(calendars) > SHOWN * 1.8
        by_js = with_ical_js([data for _, data in calendars])
        for (event, data), js in zip(calendars, by_js, strict=True):
            told = {
                uid: tuple(each.timestamp() for each in span(when, pair.after.rules))
                for _, uid, when in parts(event)
                if isinstance(when, wm.TimeSlot) and not when.whole_days
            }
            for read in (with_icalendar(data), with_dateutil(data), js):
                seen = {uid: times for uid, times in read.items() if uid in told}
                assert seen == {uid: times for uid, times in told.items() if uid in read}, event

    def test_a_process_with_the_old_rules_writes_nothing(self, pair: Pair) -> None:
        event = next(event for event in pair.events if "/slot" in expected(event, pair))
        result = on_release(pair.before, pair, [event])
        assert result.returncode == 1
        assert b"zone-rules-differ" in result.stderr
