"""Rules for clocks change, and local times stay: what then begins or ends at another moment."""

import pickle
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.planning.releases import ABROAD, CITY, NEW, OLD, release
from tests.refusals import refused
from tests.samples.whole import AT, event, session, slot, text
from wtisd_model import Call, Deadline, Dossier, Event, MessageError, Session, TimeSlot, Zones, planning
from wtisd_model.planning.results import ClockChange, ClockChanges

NOW, HOUR = timedelta(), timedelta(hours=1)
FAR = "America/Havana"


@pytest.fixture
def old(tmp_path: Path) -> Zones:
    return release(tmp_path / "old", OLD)


@pytest.fixture
def new(tmp_path: Path) -> Zones:
    return release(tmp_path / "new", NEW)


def at(start: str, end: str, zone: str = CITY) -> TimeSlot:
    return TimeSlot.at(start, end, zone)


NOVEMBER = at("2026-11-10T09:00", "17:00")


def forum(when: TimeSlot | None = NOVEMBER, *sessions: Session, calls: tuple[Call, ...] = (), **changes: Any) -> Event:
    """Return an event in November, when Zurich will have another offset."""
    return event(slot=when, sessions=sessions, calls=calls, **changes)


def part(id_: str, when: TimeSlot, **changes: Any) -> Session:
    return session(**{"id": id_, "uid": None, "slot": when, **changes})


def closing(kind: str, day: date | None, zone: str = CITY) -> Call:
    last_day = None if day is None else Deadline(date=day, time_zone=zone)
    return Call(kind=kind, email="office@example.org", deadline=last_day)  # type: ignore[arg-type]  # it may be a str


def changes(subject: Event | Dossier, before: Zones, after: Zones) -> tuple[ClockChange, ...]:
    return planning.clock_changes(subject, before=before, after=after).changes


class TestClockChanges:
    """People meet at a local time, so that is what stays when the rules for the clocks of a place change."""

    def test_an_event_begins_and_ends_at_other_moments(self, old: Zones, new: Zones) -> None:
        assert changes(forum(), old, new) == (
            ClockChange(
                path="/slot",
                uid="e-1",
                title=text(),
                when=NOVEMBER,
                starts_at=datetime(2026, 11, 10, 7, tzinfo=UTC),
                ends_at=datetime(2026, 11, 10, 15, tzinfo=UTC),
                start_shift=-HOUR,
                end_shift=-HOUR,
            ),
        )
        (back,) = changes(forum(), new, old)
        assert (back.starts_at, back.start_shift, back.end_shift) == (NOVEMBER.starts_at, HOUR, HOUR)

    def test_what_keeps_its_moments_is_not_named(self, old: Zones, new: Zones) -> None:
        assert changes(forum(), old, old) == ()
        assert changes(forum(at("2026-07-06T09:00", "17:00")), old, new) == ()
        assert changes(forum(at("2026-11-10T09:00", "17:00", ABROAD)), old, new) == ()
        assert changes(forum(None, status="draft"), old, new) == ()

    def test_one_that_begins_or_ends_on_the_other_side_of_the_change_is_another_length(
        self, old: Zones, new: Zones
    ) -> None:
        (change,) = changes(forum(at("2026-10-24T09:00", "2026-10-25T17:00")), old, new)
        assert (change.start_shift, change.end_shift) == (NOW, -HOUR)

    def test_sessions_and_deadlines_are_named_by_their_places(self, old: Zones, new: Zones) -> None:
        subject = forum(
            TimeSlot.days("2026-10-20", "2026-11-12", CITY),
            part("early", at("2026-10-20T09:00", "10:00")),
            part("late", NOVEMBER),
            part("own", NOVEMBER, uid="own@example.org").cancel(at=AT),
            part("abroad", at("2026-11-11T09:00", "10:00", ABROAD)),
            calls=(
                closing("registration", date(2026, 10, 19)),
                closing("interpretation", date(2026, 11, 2)),
                closing("pledge", None),
            ),
        )
        found = changes(Dossier(event=subject), old, new)
        assert [(each.path, each.uid, each.session_id, each.call, each.in_calendars) for each in found] == [
            ("/event/slot", "e-1", None, None, False),
            ("/event/sessions/1/slot", "late.e-1", "late", None, True),
            ("/event/sessions/2/slot", "own@example.org", "own", None, True),
            ("/event/calls/1/deadline", "e-1", None, "interpretation", False),
        ]
        assert [each.path for each in changes(subject, old, new)] == [each.path[len("/event") :] for each in found]
        whole, late, _, last = found
        assert (whole.start_shift, whole.end_shift, late.start_shift, late.title) == (
            NOW,
            -HOUR,
            -HOUR,
            text("Opening"),
        )
        assert last.starts_at == last.ends_at == datetime(2026, 11, 2, 22, tzinfo=UTC)
        assert last.start_shift == last.end_shift == -HOUR
        assert planning.clock_changes(subject, before=old, after=new).uids == {"late.e-1", "own@example.org"}

    def test_a_time_that_was_repeated_is_the_one_that_was_meant(self, old: Zones, new: Zones) -> None:
        shifts = {
            which: [each.start_shift for each in changes(forum(when), old, new)]
            for which in ("first", "second")
            for when in [slot("2026-10-25T02:30:00", "2026-10-25T09:00:00", start_repeated=which)]  # type: ignore[arg-type]  # words
        }
        assert shifts == {"first": [NOW], "second": [-HOUR]}

    def test_a_time_that_comes_twice_from_now_on_is_the_first(self, old: Zones, new: Zones) -> None:
        (change,) = changes(forum(at("2026-11-01T01:30", "03:00", ABROAD)), old, new)
        assert (change.starts_at, change.start_shift) == (datetime(2026, 10, 31, 15, 30, tzinfo=UTC), -HOUR)
        assert change.end_shift == NOW

    def test_a_time_that_is_skipped_from_now_on_is_as_long_after_the_jump(self, old: Zones, new: Zones) -> None:
        (change,) = changes(forum(at("2027-03-14T02:30", "05:00", ABROAD)), old, new)
        # 03:30 by the new clocks.
        assert (change.starts_at, change.start_shift) == (datetime(2027, 3, 13, 17, 30, tzinfo=UTC), NOW)
        assert change.end_shift == -HOUR

    def test_a_zone_that_a_release_does_not_have_is_named(self, old: Zones, new: Zones) -> None:
        of_session = forum(NOVEMBER, part("s", at("2026-11-10T09:00", "10:00", FAR)))
        of_deadline = Dossier(event=forum(calls=(closing("pledge", date(2026, 11, 2), FAR),)))
        assert refused(lambda: changes(of_session, old, new)) == ("zone-rules-missing", "/sessions/0/slot/timeZone")
        found = refused(lambda: changes(of_deadline, old, new))
        assert found == ("zone-rules-missing", "/event/calls/0/deadline/timeZone")

    def test_one_release_may_have_a_zone_that_the_other_does_not(self, old: Zones, new: Zones, tmp_path: Path) -> None:
        more = release(tmp_path / "more", {**NEW, FAR: OLD[ABROAD]})
        subject = forum(at("2026-11-10T09:00", "10:00", FAR))
        for pair in ((old, more), (more, new)):
            assert refused(lambda pair=pair: changes(subject, *pair))[0] == "zone-rules-missing"  # type: ignore[misc]  # once

    def test_only_an_event_or_a_dossier_is_compared(self, old: Zones, new: Zones) -> None:
        with pytest.raises(TypeError, match="Not an Event or a Dossier"):
            changes(NOVEMBER, old, new)  # type: ignore[arg-type]  # refused


class TestResult:
    """Letters ask it what a reader sees, and whether calendars would have the new rules."""

    @staticmethod
    def both(old: Zones, new: Zones) -> ClockChanges:
        return planning.clock_changes(forum(), before=old, after=new)

    def test_a_reader_sees_another_time_if_only_one_zone_changed(self, old: Zones, new: Zones) -> None:
        both = self.both(old, new)
        nine, midday = datetime(2026, 11, 10, 9), datetime(2026, 7, 6, 12)
        assert both.shown(CITY, NOVEMBER.start) == (nine, nine)
        assert both.shown(ABROAD, NOVEMBER.start) == (nine + 8 * HOUR, nine + 7 * HOUR)
        july = at("2026-07-06T12:00", "13:00")
        assert both.shown(ABROAD, july.start) == (midday + 7 * HOUR, midday + 8 * HOUR)
        assert refused(lambda: both.shown("Factory", july.start)) == ("zone-unknown", "/zone")

    def test_calendars_have_the_new_rules_only_if_the_process_does(self, old: Zones, new: Zones) -> None:
        both = self.both(old, new)
        assert refused(both.require_new_rules, MessageError) == ("zone-rules-differ", "/clocks/after")
        self.both(new, old).require_new_rules()
        deadlines = forum(None, status="draft", calls=(closing("pledge", date(2026, 11, 2)),))
        planning.clock_changes(deadlines, before=new, after=old).require_new_rules()
        found = planning.clock_changes(deadlines, before=old, after=new)
        assert refused(found.require_new_rules, MessageError)[0] == "zone-rules-differ"

    def test_it_survives_pickling(self, old: Zones, new: Zones) -> None:
        both = self.both(old, new)
        again = pickle.loads(pickle.dumps(both))
        assert again.changes == both.changes
        assert again.shown(ABROAD, NOVEMBER.start) == both.shown(ABROAD, NOVEMBER.start)
