"""The times that an event sets."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.samples.small import call, deadline, event, hours, slot
from wtisd_model import (
    CallKind,
    Dossier,
    Event,
    EventStatus,
    InterpretationRequest,
    Pledge,
    Registration,
    TimeSlot,
    local_time,
)
from wtisd_model.rules.context import PreparedDossier
from wtisd_model.rules.seats import over_at

CLASSES: dict[CallKind, type] = {
    CallKind.REGISTRATION: Registration,
    CallKind.INTERPRETATION: InterpretationRequest,
    CallKind.PLEDGE: Pledge,
}


def window(kind: CallKind = CallKind.REGISTRATION, **changes: Any) -> tuple[datetime | None, datetime | None]:
    return PreparedDossier(Dossier(event=event(**changes))).windows[CLASSES[kind]]


def closes_at(changed: Event) -> datetime | None:
    return PreparedDossier(Dossier(event=changed)).windows[Registration][1]


def first_day_begins_at(of: Event) -> datetime | None:
    return PreparedDossier(Dossier(event=of)).first_day_begins_at


def last_day_ends_at(of: Event) -> datetime | None:
    return PreparedDossier(Dossier(event=of)).last_day_ends_at


def purge_due_at(of: Event) -> datetime | None:
    return PreparedDossier(Dossier(event=of)).purge_due_at


def utc(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=UTC)


class TestWindow:
    """R04: "submitted inside the window; no deadline stated = until the event ends"."""

    def test_registration_closes_at_the_end_of_the_deadline(self) -> None:
        found = window(calls=(call(opens=hours(-1), deadline=deadline("2023-04-20")),))
        assert found == (hours(-1), utc("2023-04-20T22:00"))

    def test_without_a_deadline_registration_is_open_until_the_event_ends(self) -> None:
        assert window() == (None, utc("2023-05-17T14:30"))

    def test_without_a_call_for_registrations_there_is_no_window(self) -> None:
        calls = (call(CallKind.PLEDGE, opens=hours(1), deadline=deadline("2023-04-20")),)
        assert window(calls=calls) == (None, None)

    def test_the_end_of_a_postponed_event_is_unknown(self) -> None:
        assert closes_at(event().postpone(at=hours(1))) is None

    def test_a_cancelled_event_takes_no_registrations_from_then_on(self) -> None:
        assert closes_at(event().cancel(at=hours(1))) == hours(1)
        assert closes_at(event().cancel(at=hours(2000))) == utc("2023-05-17T14:30")
        assert closes_at(event().postpone(at=hours(1)).cancel(at=hours(2))) == hours(2)

    def test_registration_for_a_draft_without_a_date_does_not_close(self) -> None:
        assert window(slot=None, status=EventStatus.DRAFT) == (None, None)

    @pytest.mark.parametrize("kind", [CallKind.INTERPRETATION, CallKind.PLEDGE])
    def test_the_other_calls_stay_open_without_a_deadline(self, kind: CallKind) -> None:
        assert window(kind, calls=(call(kind),)) == (None, None)
        found = window(kind, calls=(call(kind, opens=hours(-1), deadline=deadline("2023-04-20")),))
        assert found == (hours(-1), utc("2023-04-20T22:00"))


class TestFirstDay:
    """R09: "not before the event's first day"."""

    def test_it_begins_at_midnight_by_the_clocks_of_the_place(self) -> None:
        assert first_day_begins_at(event()) == utc("2023-05-16T22:00")

    def test_it_is_the_first_of_several_days(self) -> None:
        week = TimeSlot(start=slot().start, end=slot(day="2023-05-20").end)
        assert first_day_begins_at(event(slot=week)) == utc("2023-05-16T22:00")

    def test_if_the_clocks_skip_midnight_it_begins_after_the_gap(self) -> None:
        # In Beirut summer time begins at midnight, so the first time of that day is 01:00.
        jump = event(slot=slot("09:00", "10:00", day="2022-03-27", zone="Asia/Beirut"))
        assert first_day_begins_at(jump) == utc("2022-03-26T22:00")

    def test_if_midnight_comes_twice_it_begins_at_the_second_but_never_after_the_event(self) -> None:
        # In St. John's, the clocks went back from 00:01 to 23:01.
        second = event(slot=slot("09:00", "10:00", day="2010-11-07", zone="America/St_Johns"))
        assert first_day_begins_at(second) == utc("2010-11-07T03:30")
        start = local_time("2010-11-07T00:00:30", "America/St_Johns", repeated="first")
        early = TimeSlot(start=start, end=slot("09:00", "10:00", day="2010-11-07", zone="America/St_Johns").end)
        assert first_day_begins_at(event(slot=early)) == early.starts_at == utc("2010-11-07T02:30:30")

    def test_a_draft_without_a_date_has_none(self) -> None:
        assert first_day_begins_at(event(slot=None, status=EventStatus.DRAFT)) is None


class TestLastDay:
    """R09: nobody arrives when the last day of the event is over."""

    def test_it_ends_at_midnight_by_the_clocks_of_the_place(self) -> None:
        week = TimeSlot(start=slot().start, end=slot(day="2023-05-20").end)
        assert last_day_ends_at(event(slot=week)) == utc("2023-05-20T22:00")

    def test_an_event_that_ends_at_midnight_ends_on_the_day_before(self) -> None:
        until_midnight = TimeSlot(start=slot().start, end=local_time("2023-05-18T00:00:00", "Europe/Zurich"))
        assert last_day_ends_at(event(slot=until_midnight)) == utc("2023-05-17T22:00")

    def test_if_midnight_comes_twice_it_ends_at_the_second_as_deadlines_and_whole_days_do(self) -> None:
        zone = "America/St_Johns"
        days = TimeSlot.days(date(2010, 11, 6), date(2010, 11, 7), zone)
        assert last_day_ends_at(event(slot=days)) == days.ends_at == utc("2010-11-07T03:30")
        assert last_day_ends_at(event(slot=days)) == deadline("2010-11-06", zone).closes_at.in_timezone("UTC")

    def test_without_a_known_end_there_is_none(self) -> None:
        assert last_day_ends_at(event(slot=None, status=EventStatus.DRAFT)) is None
        assert last_day_ends_at(event().postpone(at=hours(1))) is None


class TestRetention:
    """R11: "personal fields are gone after retention, counted from event end"."""

    @pytest.mark.parametrize(
        ("days", "purge_at"), [(0, "2023-05-17T22:00"), (1, "2023-05-18T22:00"), (200, "2023-12-03T23:00")]
    )
    def test_days_are_counted_by_the_clocks_of_the_place_and_the_last_is_included(
        self, days: int, purge_at: str
    ) -> None:
        assert purge_due_at(event(retention_days=days)) == utc(purge_at)

    def test_an_event_that_ends_at_midnight_ends_on_the_day_before(self) -> None:
        until_midnight = TimeSlot(start=slot().start, end=local_time("2023-05-18T00:00:00", "Europe/Zurich"))
        assert purge_due_at(event(slot=until_midnight, retention_days=0)) == utc("2023-05-17T22:00")

    def test_if_midnight_comes_twice_the_last_day_ends_at_the_second(self) -> None:
        forum = event(slot=slot("09:00", "10:00", day="2010-11-05", zone="America/St_Johns"), retention_days=1)
        assert purge_due_at(forum) == utc("2010-11-07T03:30")

    def test_the_longest_period_after_the_latest_event_can_be_computed(self) -> None:
        last = slot("10:00", "11:00", day="2199-12-31", zone="UTC")
        assert purge_due_at(event(slot=last, retention_days=36_500)) == utc("2299-12-08T00:00")

    def test_without_a_retention_period_or_a_known_end_nothing_is_due(self) -> None:
        assert purge_due_at(event()) is None
        assert purge_due_at(event(slot=None, status=EventStatus.DRAFT, retention_days=1)) is None
        assert purge_due_at(event(retention_days=1).postpone(at=hours(1))) is None


class TestOver:
    """A postponed event is not over before it takes place."""

    def test_an_event_is_over_when_its_slot_has_ended(self) -> None:
        assert over_at(event()) == utc("2023-05-17T14:30")
        assert over_at(event(slot=None, status=EventStatus.DRAFT)) is None
        assert over_at(event().postpone(at=hours(1))) is None
