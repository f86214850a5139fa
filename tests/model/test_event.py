"""An event: what it is called, when and where it is, who calls for what, and its sessions."""

import inspect
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from typing import Any, cast, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve, fields

from tests.refusals import refusal, refused
from tests.samples.whole import (
    AT,
    NEXT_DAY,
    call,
    event,
    later,
    location,
    organization,
    session,
    slot,
    step,
    text,
    virtual_location,
)
from wtisd_model import (
    AttendanceMode,
    CallKind,
    Event,
    EventStatus,
    MoveError,
    ParticipationMode,
    Session,
    VirtualLocation,
)
from wtisd_model.model.event import places_of
from wtisd_model.model.revision import EventChanges
from wtisd_model.schema.fields import ListOrTuple, ListTupleOrSet
from wtisd_model.schema.json_values import JsonObject

DRAFT = EventStatus.DRAFT
ON_SITE, REMOTE = ParticipationMode.ON_SITE, ParticipationMode.REMOTE
EARLIER = slot("2023-05-16T14:30:00", "2023-05-16T16:30:00")
WIDE = slot("2023-05-17T08:00:00", "2023-05-19T18:00:00")


def taken_for(held: Any) -> Any:
    """Return the type of the parameter for a field of a type."""
    if isinstance(held, type) and issubclass(held, StrEnum):
        return held | getattr(inspect.getmodule(held), f"{held.__name__}Word")
    if held is JsonObject:
        return Mapping[str, Any]
    if get_origin(held) not in {frozenset, tuple}:
        return held
    item = get_args(held)[0]
    item = VirtualLocation | str if item is VirtualLocation else taken_for(item)
    several: Any = ListOrTuple if get_origin(held) is tuple else ListTupleOrSet
    return several[item]


def unnumbered(whole: Event) -> tuple[Session, ...]:
    return tuple(evolve(each, changed_sequence=None) for each in whole.sessions)


class TestEvent:
    """RFC 5545 VEVENT, RFC 8984 Event, schema.org Event."""

    def test_a_draft_needs_a_title_only(self) -> None:
        draft = Event(uid="e-1", title=text(), status=DRAFT)
        assert (draft.slot, draft.attendance_mode, draft.sequence) == (None, None, 0)

    @pytest.mark.parametrize(
        ("changes", "code", "path"),
        [
            ({"uid": "e\t1"}, "uid-malformed", "/uid"),
            ({"uid": ""}, "uid-malformed", "/uid"),
            ({"title": text("x" * 501)}, "text-too-long", "/title/text"),
            ({"title": text("x", fr="two\nlines")}, "text-control", "/title/translations/fr"),
            ({"slot": None}, "event-without-slot", "/slot"),
            ({"locations": (), "virtual_locations": ()}, "event-without-place", "/locations"),
            ({"calls": (call(), call())}, "call-repeated", "/calls/1/kind"),
            ({"locations": ()}, "capacity-without-place", "/calls/0/onSiteCapacity"),
            ({"virtual_locations": ()}, "capacity-without-place", "/calls/0/remoteCapacity"),
            ({"venue_to_follow": True}, "venue-contradicted", "/venueToFollow"),
            ({"sessions": (session(slot=EARLIER),)}, "session-outside-event", "/sessions/0/slot"),
            ({"sessions": (session(), session(slot=NEXT_DAY, id="s-2"))}, "session-outside-event", "/sessions/1/slot"),
            ({"sessions": (session(), session())}, "id-repeated", "/sessions/1/id"),
            ({"status": EventStatus.CANCELLED}, "history-ends-elsewhere", "/status"),
            ({"history": (step("scheduled", "scheduled"),)}, "previous-slot-missing", "/previousSlots"),
            ({"color": "RoyalBlue"}, "color-unknown", "/color"),
            ({"keywords": frozenset({"two\nlines"})}, "text-control", "/keywords"),
            ({"contacts": (None,)}, "wrong-type", "/contacts/0"),
            ({"contacts": event().contacts * 101}, "too-many-items", "/contacts"),
            ({"floor_languages": ("en", "EN")}, "language-unknown", "/floorLanguages/1"),
            ({"retention_days": -1}, "number-out-of-range", "/retentionDays"),
            ({"sequence": -1}, "number-out-of-range", "/sequence"),
            ({"sequence": 2**31}, "number-out-of-range", "/sequence"),
            ({"created": datetime(2023, 4, 14)}, "moment-naive", "/created"),
            ({"updated": datetime(2200, 1, 1, tzinfo=UTC)}, "moment-unreadable", "/updated"),
            ({"sessions": (session(),) * 5001}, "too-many-items", "/sessions"),
        ],
    )
    def test_invalid_objects_are_refused(self, changes: dict[str, Any], code: str, path: str) -> None:
        assert refused(lambda: event(**changes)) == (code, path)

    @pytest.mark.parametrize(("color", "meant"), [("turquois", "turquoise"), ("Dark Orange", "darkorange")])
    def test_a_misspelt_colour_is_told_its_name(self, color: str, meant: str) -> None:
        assert refusal(lambda: event(color=color)).params["suggestion"] == meant

    @pytest.mark.parametrize("goal", ["1", "9", "17", "9.1", "9.c", "17.19", "1.a", "3.d"])
    def test_a_goal_or_a_target_of_one_is_accepted(self, goal: str) -> None:
        assert event(goals=frozenset({goal})).goals == {goal}

    @pytest.mark.parametrize(
        "goal",
        [
            "",
            "0",
            "18",
            "01",
            "9.",
            "9.0",
            "9.01",
            "9.C",
            "9c",
            ".c",
            "9.100",
            "9.cc",
            "9.c\n",
            "９",
            "1.١",
            " 9",
            "SDG9",
        ],
    )
    def test_anything_else_is_none(self, goal: str) -> None:
        assert refused(lambda: event(goals=frozenset({goal}))) == ("goal-unknown", "/goals")

    @pytest.mark.parametrize(
        ("locations", "virtual_locations", "mode"),
        [
            ((location(),), (virtual_location(),), AttendanceMode.MIXED),
            ((location(),), (), AttendanceMode.ON_SITE),
            ((), (virtual_location(),), AttendanceMode.REMOTE),
            ((), (), None),
        ],
    )
    def test_its_places_say_how_it_can_be_attended(self, locations: Any, virtual_locations: Any, mode: object) -> None:
        draft = event(status=DRAFT, locations=locations, virtual_locations=virtual_locations, calls=())
        assert draft.attendance_mode is mode

    @pytest.mark.parametrize("virtual_locations", [(), (virtual_location(),)])
    def test_it_is_announced_before_its_venue_is(self, virtual_locations: Any) -> None:
        mode = AttendanceMode.MIXED if virtual_locations else AttendanceMode.ON_SITE
        calls = (call(remote_capacity=None),)
        waits = event(locations=(), virtual_locations=virtual_locations, venue_to_follow=True, calls=calls, sessions=())
        assert (waits.status, waits.attendance_mode) == (EventStatus.SCHEDULED, mode)
        known = waits.revised(at=later(1), locations=(location(),), venue_to_follow=False)
        assert (known.attendance_mode, known.sequence, known.last_change()) == (mode, 1, 1)

    def test_it_finds_the_call_of_a_kind(self) -> None:
        assert event().call(CallKind.REGISTRATION) == call()
        assert event().call(CallKind.PLEDGE) is None

    def test_slot_in_returns_the_local_time_of_the_reader(self) -> None:
        assert event().slot_in("America/New_York") == slot().in_zone("America/New_York")
        assert event().slot_in(ZoneInfo("America/New_York")) == event().slot_in("America/New_York")
        assert event(status=DRAFT, slot=None).slot_in("UTC") is None
        assert refused(lambda: event().slot_in("CEST")) == ("zone-unknown", "/zone")

    def test_the_numbers_of_a_session_are_found_by_its_id_too(self) -> None:
        first, second = session(), session(id="s-2", uid=None, changed_sequence=3)
        made = event(sessions=(first, second), sequence=4, changed_sequence=1, minimum_sequence=2)
        assert [made.last_change(each) for each in (None, first, "s-1", second, "s-2")] == [1, 4, 4, 3, 3]
        assert [made.entry_sequence(each) for each in (None, "s-1", "s-2")] == [2, 4, 3]

    @pytest.mark.parametrize("number", [Event.last_change, Event.entry_sequence, Event.mode_of])
    @pytest.mark.parametrize("unknown", ["s-9", "", 5])
    def test_a_session_that_it_does_not_have_is_refused(self, number: Any, unknown: Any) -> None:
        found = refusal(lambda: number(event(sessions=(session(),)), unknown))
        assert (found.code, found.path) == ("session-unknown", "/session")
        assert found.fix == "The event has one session: s-1."

    def test_a_session_may_fill_it_and_a_draft_without_a_slot_may_have_any(self) -> None:
        assert event(sessions=(session(slot=slot()),)).sessions[0].slot == slot()
        assert event(status=DRAFT, slot=None).sessions[0].slot == session().slot

    def test_a_session_is_compared_as_it_passes_and_not_by_clocks(self) -> None:
        there = slot().in_zone("Asia/Tokyo")
        assert event(sessions=(session(slot=there),)).sessions[0].slot == there


class TestPlacesOfSessions:
    """A session without places of its own inherits those of the event: all, those on site, or the virtual ones."""

    HALL, STREAM = {"locations": (location(),)}, {"virtual_locations": (virtual_location(),)}

    @pytest.mark.parametrize(
        ("own", "inherited", "modes"),
        [
            # in a hybrid event, in one on site, and in a remote one
            ({}, None, ("mixed", "on-site", "remote")),
            ({}, ON_SITE, ("on-site", "on-site", None)),
            ({}, REMOTE, ("remote", None, "remote")),
            (HALL, None, ("mixed", "on-site", "mixed")),
            (HALL, ON_SITE, ("on-site", "on-site", "on-site")),
            (HALL, REMOTE, ("mixed", "on-site", "mixed")),
            (STREAM, None, ("mixed", "mixed", "remote")),
            (STREAM, ON_SITE, ("mixed", "mixed", "remote")),
            (STREAM, REMOTE, ("remote", "remote", "remote")),
            (HALL | STREAM, None, ("mixed", "mixed", "mixed")),
            (HALL | STREAM, REMOTE, ("mixed", "mixed", "mixed")),
        ],
    )
    def test_they_say_how_it_can_be_attended(self, own: dict[str, Any], inherited: Any, modes: Any) -> None:
        seats: dict[str, Any] = {"on_site_capacity": None, "remote_capacity": None}
        part = session(**{"locations": (), "virtual_locations": (), "inherited_places": inherited, **seats, **own})
        wholes: list[dict[str, Any]] = [{}, {"virtual_locations": ()}, {"locations": ()}]
        for places, mode in zip(wholes, modes, strict=True):
            whole = event(status=DRAFT, calls=(), sessions=(part,), **places)
            assert whole.mode_of(part) == whole.mode_of(part.id) == mode
            if mode is None:
                announce = partial(whole.schedule, at=later(1))
                assert refused(announce) == ("session-without-place", "/sessions/0/inheritedPlaces")
            else:
                assert whole.schedule(at=later(1)).mode_of("s-1") == mode

    def test_a_draft_without_places_has_sessions_without(self) -> None:
        part = session(locations=(), virtual_locations=(), on_site_capacity=None, remote_capacity=None)
        draft = event(status=DRAFT, locations=(), virtual_locations=(), calls=(), sessions=(part,))
        assert draft.mode_of(part) is None

    def test_a_session_that_is_not_held_needs_no_place(self) -> None:
        seats: dict[str, Any] = {"on_site_capacity": None, "remote_capacity": None}
        part = session(locations=(), virtual_locations=(), inherited_places=REMOTE, **seats)
        for not_held in (part.cancel(at=later(1)), evolve(part, status=DRAFT)):
            assert event(virtual_locations=(), calls=(), sessions=(not_held,)).mode_of("s-1") is None
        for held in (part, part.postpone(at=later(1))):
            refusing = partial(event, virtual_locations=(), calls=(), sessions=(held,))
            assert refused(refusing) == ("session-without-place", "/sessions/0/inheritedPlaces")

    def test_a_session_has_seats_only_where_it_can_be_attended(self) -> None:
        path, code = "/sessions/0/remoteCapacity", "capacity-without-place"
        workshop = session(virtual_locations=())
        assert refused(lambda: event(sessions=(workshop,))) == (code, path)
        assert refused(
            lambda: event(sessions=(evolve(workshop, inherited_places=None),), virtual_locations=(), calls=())
        )
        assert event(sessions=(evolve(workshop, remote_capacity=None),)).mode_of("s-1") is AttendanceMode.ON_SITE
        assert event(sessions=(evolve(workshop, inherited_places=None),)).mode_of("s-1") is AttendanceMode.MIXED
        online = session(locations=(), inherited_places=REMOTE)
        assert refused(lambda: event(sessions=(online,))) == (code, "/sessions/0/onSiteCapacity")
        assert event(sessions=(online.cancel(at=later(1)),)).sessions

    def test_the_venue_of_the_event_may_follow_for_its_sessions_too(self) -> None:
        seats: dict[str, Any] = {"on_site_capacity": 5, "remote_capacity": None}
        waits = session(locations=(), virtual_locations=(), inherited_places=None, **seats)
        whole = event(locations=(), venue_to_follow=True, calls=(), sessions=(waits,))
        assert whole.mode_of("s-1") is AttendanceMode.MIXED
        assert places_of(whole, waits).venue_to_follow
        assert not places_of(whole, evolve(waits, locations=(location(),))).venue_to_follow
        assert not places_of(whole, evolve(waits, inherited_places=REMOTE)).venue_to_follow

    def test_what_it_inherits_is_its_place_and_changes_its_number(self) -> None:
        part = session(locations=(), virtual_locations=(), inherited_places=None)
        other = session(id="s-2", uid=None)
        whole = event(sessions=(part, other))
        limited = evolve(part, inherited_places=ON_SITE, remote_capacity=None)
        after = whole.revised(at=later(1), sessions=(limited, other))
        assert [after.sequence, *map(after.last_change, (None, "s-1", "s-2"))] == [1, 0, 1, 0]
        more_seats = whole.revised(at=later(1), sessions=(evolve(part, on_site_capacity=31), other))
        assert more_seats.sequence == 0


class TestMoves:
    """E03: postponed or moved events keep the old slot. E04: cancelled is final and keeps uid and slot."""

    ALONE = event(sessions=())

    def test_rescheduled_it_keeps_its_old_slot_and_is_a_revision(self) -> None:
        moved = self.ALONE.reschedule(NEXT_DAY, at=later(1))
        assert (moved.slot, moved.previous_slots) == (NEXT_DAY, (slot(),))
        assert (moved.sequence, moved.updated, moved.created) == (1, later(1), AT)
        again = moved.reschedule(slot(), at=later(2)).reschedule(NEXT_DAY, at=later(3))
        assert again.previous_slots == (slot(), NEXT_DAY, slot())
        assert again.sequence == 3

    def test_postponed_it_keeps_its_slot_and_rescheduled_to_the_same_one_too(self) -> None:
        postponed = self.ALONE.postpone(at=later(1))
        assert (postponed.slot, postponed.previous_slots, postponed.sequence) == (slot(), (), 1)
        back = postponed.reschedule(slot(), at=later(2))
        assert (back.slot, back.previous_slots, back.sequence) == (slot(), (slot(),), 2)

    def test_cancelled_it_keeps_its_uid_and_slot(self) -> None:
        cancelled = event().cancel(at=later(1))
        assert (cancelled.uid, cancelled.slot, unnumbered(cancelled)) == ("e-1", slot(), event().sessions)
        assert cancelled.sequence == 1
        found = refusal(lambda: cancelled.revised(at=later(2), slot=WIDE), MoveError)
        assert (found.code, found.path) == ("move-not-allowed", "/slot")
        assert cancelled.revised(at=later(2), title=text("Called off")).slot == slot()

    def test_a_draft_is_announced_at_the_slot_given_or_its_own(self) -> None:
        bare = event(status=DRAFT, slot=None, sessions=())
        assert refused(lambda: bare.schedule(at=later(1))) == ("event-without-slot", "/slot")
        announced = bare.schedule(slot(), at=later(1))
        assert (announced.slot, announced.previous_slots, announced.sequence) == (slot(), (), 1)
        assert event(status=DRAFT).schedule(at=later(1)).slot == slot()

    def test_a_draft_without_a_slot_cannot_be_rescheduled(self) -> None:
        bare = event(status=DRAFT, slot=None, sessions=())
        assert refused(lambda: bare.reschedule(slot(), at=later(1)), MoveError) == ("move-not-allowed", "/status")

    def test_sessions_that_would_lie_outside_keep_it_where_it_is(self) -> None:
        assert refused(lambda: event().reschedule(NEXT_DAY, at=later(1))) == (
            "session-outside-event",
            "/sessions/0/slot",
        )

    def test_it_moves_with_its_sessions(self) -> None:
        opening = session(slot=slot("2023-05-18T14:30:00", "2023-05-18T15:00:00"))
        moved = event().reschedule(NEXT_DAY, at=later(1), sessions=(opening,))
        assert (moved.slot, moved.sessions[0].slot) == (NEXT_DAY, opening.slot)
        assert (moved.previous_slots, moved.sessions[0].previous_slots) == ((slot(),), (session().slot,))
        assert moved.sequence == 1
        bare = event().reschedule(NEXT_DAY, at=later(1), sessions=())
        assert bare.sessions == ()

    def test_a_draft_is_announced_with_its_sessions(self) -> None:
        draft = event(status=DRAFT, slot=None)
        assert unnumbered(draft.schedule(WIDE, at=later(1))) == draft.sessions
        late = session(slot=NEXT_DAY)
        assert draft.schedule(WIDE, at=later(1), sessions=(late,)).sessions[0].slot == NEXT_DAY

    def test_a_cancelled_session_stays_where_it_was(self) -> None:
        off = session().cancel(at=later(0))
        moved = event(sessions=(off,)).reschedule(NEXT_DAY, at=later(1))
        assert unnumbered(moved) == (off,)
        assert refused(lambda: evolve(moved, sessions=(off, session(id="s-2")))) == (
            "session-outside-event",
            "/sessions/1/slot",
        )

    def test_a_postponed_event_gets_a_new_slot_only_by_a_move(self) -> None:
        postponed = event().postpone(at=later(1))
        found = refusal(lambda: postponed.revised(at=later(2), slot=WIDE), MoveError)
        assert (found.code, found.path) == ("move-not-allowed", "/slot")
        assert found.params == {"choices": "cancelled, scheduled"}
        assert postponed.revised(at=later(2), title=text("Later")).slot == slot()
        assert postponed.reschedule(WIDE, at=later(2)).slot == WIDE

    def test_it_moves_together_with_its_sessions(self) -> None:
        live, off = session(), session(id="s-2", uid=None).cancel(at=later(0))
        there = slot("2023-05-18T14:30:00", "2023-05-18T15:00:00")
        postponed = event(sessions=(live, off)).postpone(at=later(1))
        moved = postponed.reschedule(NEXT_DAY, at=later(2), sessions=(live.reschedule(there, at=later(2)), off))
        assert (moved.status, moved.slot, moved.previous_slots) == (EventStatus.SCHEDULED, NEXT_DAY, (slot(),))
        assert (moved.sessions[0].slot, moved.sessions[0].previous_slots) == (there, (live.slot,))
        assert unnumbered(moved)[1] == off
        assert moved.sequence == postponed.sequence + 1
        assert [step.after for step in moved.history] == ["postponed", "scheduled"]

    def test_a_draft_is_announced_together_with_its_sessions(self) -> None:
        there = slot("2023-05-18T14:30:00", "2023-05-18T15:00:00")
        announced = event(status=DRAFT).schedule(NEXT_DAY, at=later(1), sessions=(session(slot=there),))
        assert (announced.slot, announced.sessions[0].slot) == (NEXT_DAY, there)

    def test_postponed_it_gets_its_new_slot_by_the_verb_alone(self) -> None:
        postponed = event(sessions=()).postpone(at=later(1))
        found = refusal(lambda: postponed.revised(at=later(2), slot=NEXT_DAY), MoveError)
        assert (found.code, found.path) == ("move-not-allowed", "/slot")
        assert "scheduled" in str(found.params["choices"])

    def test_a_moment_is_needed(self) -> None:
        naive = datetime(2023, 4, 14)
        assert refused(lambda: event().postpone(at=naive)) == ("moment-naive", "/at")
        assert refused(lambda: event().revised(at=naive)) == ("moment-naive", "/updated")


class TestRevised:
    """CONTRACT: ``revised`` raises ``sequence`` when a slot, place or status of event or session changed, and keeps
    the old slot (RFC 5545 section 3.8.7.4).
    """

    START = event(sequence=4)

    def test_its_keywords_have_the_types_of_the_constructor(self) -> None:
        held, taken = get_type_hints(Event), get_type_hints(EventChanges)
        assert taken.keys() == {each.name for each in fields(Event)} - {
            *("sequence", "updated", "changed_sequence", "minimum_sequence")
        }
        assert taken == {name: taken_for(held[name]) for name in taken}

    @pytest.mark.parametrize(
        "changes",
        [
            {},
            {"title": text("Another")},
            {"theme": None, "description": text("More\nwords"), "short_title": "W"},
            {"organizer": organization(unit="BDT"), "contacts": (), "audience": frozenset()},
            {"url": None, "image": None, "color": "red", "keywords": frozenset(), "goals": frozenset()},
            {"calls": (), "documents": (), "floor_languages": (), "retention_days": 1},
            {"sessions": (session(title=text("Another"), people=(), code="2B"),)},
            {"sequence": 4},
            {"slot": slot()},
            {
                "sessions": (session(locations=(), virtual_locations=(), inherited_places=None),)
            },  # where the event is, as before
            {"organizer": organization(email="Office@example.org")},
        ],
    )
    def test_texts_do_not_raise_the_sequence(self, changes: dict[str, Any]) -> None:
        revised = self.START.revised(at=later(1), **changes)
        assert revised.sequence == 4
        assert revised.updated == later(1)
        assert revised == evolve(self.START, **changes, updated=later(1))

    @pytest.mark.parametrize(
        "changes",
        [
            {"slot": WIDE},
            {"slot": slot().in_zone("Europe/Paris")},
            {"locations": (location(room="Montbrillant"),)},
            {"locations": (location(), location(room="Montbrillant"))},
            {"virtual_locations": (virtual_location(uri="https://meet.example.org/2"),)},
            {"sessions": ()},
            {"sessions": (session(), session(id="s-2"))},
            {"sessions": (session(id="s-2"),)},
            {"sessions": (session(slot=slot()),)},
            {"sessions": (session(locations=(location(room="Montbrillant"),)),)},
            {"sessions": (session(virtual_locations=(virtual_location(uri="https://meet.example.org/2"),)),)},
            {"sessions": (session(uid="s-2@example.org"),)},
            {"organizer": organization(email="elsewhere@example.org")},
            {"organizer": organization(email=None)},
            {"organizer": None},
            {"sessions": (session().cancel(at=later(0)),)},
            {"sessions": (session().postpone(at=later(0)),)},
            {"slot": WIDE, "sessions": (), "locations": (location(room="Montbrillant"),)},
        ],
    )
    def test_time_place_and_status_raise_it_by_one(self, changes: dict[str, Any]) -> None:
        assert self.START.revised(at=later(1), **changes).sequence == 5

    def test_the_order_of_sessions_is_no_change(self) -> None:
        two = event(sessions=(session(), session(id="s-2")))
        assert two.revised(at=later(1), sessions=two.sessions[::-1]).sequence == 0

    def test_it_never_falls(self) -> None:
        assert self.START.revised(at=later(1), sequence=0).sequence == 4
        assert self.START.revised(at=later(1), sequence=0, slot=WIDE).sequence == 5
        assert self.START.revised(at=later(1), sequence=9).sequence == 9
        assert self.START.revised(at=later(1), sequence=9, slot=WIDE).sequence == 9

    def test_it_keeps_the_slot_that_was_left(self) -> None:
        moved = self.START.revised(at=later(1), slot=WIDE)
        assert moved.previous_slots == (slot(),)
        assert moved.revised(at=later(2), slot=slot()).previous_slots == (slot(), WIDE)

    def test_it_does_not_keep_twice_what_the_caller_has_kept(self) -> None:
        moved = self.START.revised(at=later(1), slot=WIDE, previous_slots=(EARLIER, slot()))
        assert moved.previous_slots == (EARLIER, slot())
        again = moved.revised(at=later(2), slot=slot(), previous_slots=())
        assert again.previous_slots == (WIDE,)

    def test_a_draft_that_had_no_slot_left_none(self) -> None:
        bare = event(status=DRAFT, slot=None)
        assert bare.revised(at=later(1), slot=slot()).previous_slots == ()

    def test_the_slots_of_a_draft_are_not_kept_since_nobody_was_told_of_them(self) -> None:
        there = slot("2023-05-18T14:30:00", "2023-05-18T15:00:00")
        moved = (session(slot=there), session(id="s-2", status=DRAFT, slot=there))
        draft = event(status=DRAFT, sessions=(session(), session(id="s-2", status=DRAFT)))
        announced = draft.schedule(NEXT_DAY, at=later(1), sessions=moved)
        revised = draft.revised(at=later(1), slot=NEXT_DAY, sessions=moved)
        for each in (announced, revised):
            assert (each.previous_slots, [one.previous_slots for one in each.sessions]) == ((), [(), ()])

    def test_the_slot_of_a_draft_session_is_not_kept_either(self) -> None:
        draft = session(status=DRAFT)
        there = evolve(draft, slot=slot())
        assert event(sessions=(draft,)).revised(at=later(1), sessions=(there,)).sessions[0].previous_slots == ()

    def test_a_draft_keeps_the_slots_that_the_caller_states(self) -> None:
        draft = event(status=DRAFT, sessions=())
        assert draft.revised(at=later(1), slot=WIDE, previous_slots=(EARLIER,)).previous_slots == (EARLIER,)

    def test_a_session_keeps_the_slot_that_it_left(self) -> None:
        first = session()
        moved = self.START.revised(at=later(1), sessions=(evolve(first, slot=slot()),))
        assert moved.sessions[0].previous_slots == (first.slot,)
        verb = self.START.revised(at=later(1), sessions=(first.reschedule(slot(), at=later(0)),))
        assert verb.sessions[0].previous_slots == (first.slot,)
        late = slot("2023-05-17T16:00:00")
        twice = first.reschedule(slot(), at=later(0)).reschedule(late, at=later(0))
        assert self.START.revised(at=later(1), sessions=(twice,)).sessions[0].previous_slots == (first.slot, slot())

    def test_a_cancelled_session_keeps_its_slot(self) -> None:
        off = self.START.revised(at=later(1), sessions=(session().cancel(at=later(0)),))
        found = refusal(lambda: off.revised(at=later(2), sessions=(evolve(off.sessions[0], slot=slot()),)), MoveError)
        assert (found.code, found.path) == ("move-not-allowed", "/sessions/0/slot")

    def test_it_checks_the_event_that_comes_out(self) -> None:
        assert refused(lambda: self.START.revised(at=later(1), slot=NEXT_DAY)) == (
            "session-outside-event",
            "/sessions/0/slot",
        )
        assert refused(lambda: self.START.revised(at=later(1), sessions=cast("Any", session()))) == (
            "wrong-type",
            "/sessions",
        )
        with pytest.raises(TypeError):
            self.START.revised(at=later(1), no_such_field=1)  # type: ignore[call-arg] # a typo

    @pytest.mark.parametrize("name", ["updated", "changed_sequence", "minimum_sequence"])
    def test_a_field_that_is_computed_is_no_change(self, name: str) -> None:
        with pytest.raises(TypeError, match=rf"revised\(\) computes these fields: {name}\Z"):
            self.START.revised(at=later(1), **{name: getattr(self.START, name)})

    def test_the_event_itself_is_unchanged(self) -> None:
        self.START.revised(at=later(1), slot=WIDE, sessions=())
        assert event(sequence=4) == self.START
