"""Events with their calls and sessions: every status, every kind, and what each rule of theirs asks for."""

import sys
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.samples.whole import location, slot, step, text, virtual_location
from tests.strategies.drawing import classes, drawn, some
from wtisd_model import AttendanceMode, Call, CallKind, Event, EventStatus, ParticipationMode, Session, TimeSlot
from wtisd_model.schema.constraints import Enumeration
from wtisd_model.schema.fields import fields_of
from wtisd_model.strategies import calls, events, sessions, slots
from wtisd_model.types.timezone import to_utc


class TestEnums:
    """Every state, status, kind, mode, service and scope comes."""

    @pytest.mark.slow
    @pytest.mark.parametrize("cls", classes())
    def test_every_member_of_a_required_enum_comes(self, cls: type[Any]) -> None:
        for spec in fields_of(cls):
            if isinstance(spec.constraint, Enumeration) and not spec.optional:
                assert {getattr(each, spec.name) for each in some(cls)} == set(spec.constraint.members)


class TestEvents:
    """Drafts without slot or place, scheduled, postponed and cancelled ones; on-site, remote and mixed."""

    @given(events())
    def test_each_can_be_rebuilt_from_its_fields_and_its_parts_are_exported_under_other_uids(
        self, event: Event
    ) -> None:
        assert evolve(event) == event
        uids = [event.uid, *(session.export_uid(event.uid) for session in event.sessions)]
        assert len(set(uids)) == len(uids)

    @pytest.mark.slow
    def test_every_status_comes_often_and_most_are_scheduled(self) -> None:
        statuses = Counter(event.status for event in some(Event))
        assert min(statuses[status] for status in EventStatus) > 8
        assert statuses.most_common(1)[0][0] is EventStatus.SCHEDULED

    @pytest.mark.parametrize("status", EventStatus)
    def test_the_status_can_be_chosen(self, status: EventStatus) -> None:
        assert {event.status for event in drawn(events(status=status), 10)} == {status}

    def test_each_way_to_attend_comes(self) -> None:
        assert {event.attendance_mode for event in some(Event)} == {*AttendanceMode, None}

    def test_some_venues_follow(self) -> None:
        waits = [event for event in some(Event) if event.venue_to_follow]
        assert {event.attendance_mode for event in waits} == {AttendanceMode.ON_SITE, AttendanceMode.MIXED}

    def test_sessions_have_seats_and_inherit_places(self) -> None:
        parts = [(event, session) for event in some(Event) for session in event.sessions]
        seats = [session.capacity(mode) for _, session in parts for mode in ParticipationMode]
        assert None in seats
        assert len({*seats}) > 10
        assert {session.inherited_places for _, session in parts} == {None, *ParticipationMode}
        assert any(event.mode_of(session) is not event.attendance_mode for event, session in parts)

    @pytest.mark.slow
    def test_some_cancelled_sessions_have_seats_or_a_slot_that_others_may_not_have(self) -> None:
        # They are rare, and a new field of the model shifts what is drawn.
        parts = [(event, session) for event in drawn(events(), 400) for session in event.sessions]
        cancelled = [(event, session) for event, session in parts if session.status is EventStatus.CANCELLED]
        assert any(event.slot and not event.slot.encloses(session.slot) for event, session in cancelled)
        without_venue = {None, AttendanceMode.REMOTE}
        assert any(session.on_site_capacity and event.mode_of(session) in without_venue for event, session in cancelled)

    def test_some_drafts_have_no_slot(self) -> None:
        slotless = [event for event in some(Event) if event.slot is None]
        assert slotless
        assert {event.status for event in slotless} == {EventStatus.DRAFT}

    def test_rescheduled_events_have_previous_slots_and_some_others_too(self) -> None:
        assert any(event.previous_slots and event.history for event in some(Event))
        assert any(event.previous_slots and not event.history for event in some(Event))

    @pytest.mark.slow
    def test_many_have_sessions_and_some_none(self) -> None:
        assert {len(event.sessions) for event in some(Event)} == {0, 1, 2, 3}
        assert max(len(event.sessions) for event in drawn(events(most_sessions=6), 80)) == 6
        assert not any(event.sessions for event in drawn(events(most_sessions=0), 10))

    def test_no_uid_comes_twice_whatever_is_drawn(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def same(_draw: object, within: TimeSlot | None, *_: object, **fixed: Any) -> Session:
            if within is None:  # a cancelled session may lie elsewhere
                past: dict[str, Any] = {"status": EventStatus.CANCELLED, "history": (step("scheduled", "cancelled"),)}
                return Session(title=text(), slot=slot(), uid="s-0", **past, **fixed)
            return Session(title=text(), slot=within, uid="s-0", **fixed)

        # By its name in the package, a module is hidden by its function.
        monkeypatch.setattr(sys.modules["wtisd_model.strategies.events"], "_session", same)
        several = [event for event in drawn(events(status=EventStatus.SCHEDULED), 20) if len(event.sessions) > 1]
        assert several
        assert {tuple(part.uid for part in event.sessions)[:2] for event in several} == {("s-0", None)}

    def test_some_sessions_come_with_a_uid(self) -> None:
        assert any(session.uid for event in some(Event) for session in event.sessions)

    def test_records_are_made_before_they_are_changed(self) -> None:
        stamps = [(event.created, event.updated) for event in some(Event)]
        assert any(created is None for created, _ in stamps)
        assert any(updated is None for _, updated in stamps)
        assert all(created <= updated for created, updated in stamps if created and updated)

    def test_the_years_and_the_nights_that_break_programs_come(self) -> None:
        written = [event.slot.written() for event in some(Event) if event.slot]
        assert any(slot.start.startswith("1970-01-01") for slot in written)
        assert any(slot.end.startswith("2199-12-31") for slot in written)
        written += [session.slot.written() for event in some(Event) for session in event.sessions]
        assert sum(slot.start_repeated is not None for slot in written) > 8
        assert sum(slot.end_repeated is not None for slot in written) > 3


class TestSessions:
    """S01: a session lies inside its event."""

    @given(sessions())
    def test_each_can_be_rebuilt_from_its_fields(self, session: Session) -> None:
        assert evolve(session) == session

    @given(sessions(within=None), st.sampled_from(AttendanceMode))
    def test_each_is_one_of_any_event(self, session: Session, mode: AttendanceMode) -> None:
        places: dict[str, Any] = {"locations": (location(),), "virtual_locations": (virtual_location(),)}
        if mode is not AttendanceMode.MIXED:
            del places["locations" if mode is AttendanceMode.REMOTE else "virtual_locations"]
        assert Event(
            uid="e-1", title=text(), slot=session.slot, sequence=2**31 - 1, sessions=(session,), **places
        ).sessions

    @given(slots().flatmap(lambda slot: st.tuples(st.just(slot), sessions(within=slot))))
    def test_it_can_be_restricted_to_a_slot(self, both: tuple[TimeSlot, Session]) -> None:
        slot, session = both
        assert slot.encloses(session.slot)

    @pytest.mark.parametrize("status", EventStatus)
    def test_the_status_can_be_chosen(self, status: EventStatus) -> None:
        assert {session.status for session in drawn(sessions(status=status), 10)} == {status}


class TestCalls:
    """E05: each call has an address or says that it is unknown."""

    @given(calls())
    def test_each_can_be_rebuilt_from_its_fields(self, call: Call) -> None:
        assert evolve(call) == call

    @pytest.mark.slow
    def test_each_way_to_be_reached_comes(self) -> None:
        ways = {(call.url is None, call.email is None, call.address_unknown) for call in some(Call)}
        assert ways == {(True, True, True), (True, False, False), (False, True, False), (False, False, False)}

    @given(calls())
    def test_it_opens_before_it_closes(self, call: Call) -> None:
        assert call.opens is None or call.deadline is None or call.opens < to_utc(call.deadline.closes_at)

    def test_some_open_and_close_and_some_open_at_the_last_moment(self) -> None:
        both = [(call.opens, call.deadline) for call in some(Call) if call.deadline and call.opens]
        assert len(both) > 25
        assert min(to_utc(deadline.closes_at) - opens for opens, deadline in both) <= timedelta(seconds=1)

    def test_the_kind_can_be_chosen(self) -> None:
        assert {call.kind for call in drawn(calls(kind=CallKind.PLEDGE), 50)} == {CallKind.PLEDGE}

    def test_seats_are_stated_only_for_the_ways_to_take_part(self) -> None:
        remote = drawn(calls(modes={ParticipationMode.REMOTE}), 200)
        assert not any(call.on_site_capacity is not None for call in remote)
        assert any(call.remote_capacity is not None for call in remote)
        assert any(call.on_site_capacity is not None for call in some(Call))
