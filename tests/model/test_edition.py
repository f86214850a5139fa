"""The next edition of an event."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve, fields
from hypothesis import given

from tests.hypothesis_profiles import LAW
from tests.refusals import refused
from tests.samples.whole import AT, asked, call, days, deadline, event, later, series, session, slot, step, text
from wtisd_model import (
    Code,
    Condition,
    Event,
    EventStatus,
    InvalidValueError,
    ParticipationMode,
    Series,
    Session,
    TimeSlot,
    from_json,
    local_time,
    strategies,
    to_json,
)
from wtisd_model.types.timezone import start_of_day, to_utc

START = local_time("2024-05-15T14:30:00", "Europe/Zurich")


def following(before: Event | None = None, start: Any = START, **arguments: Any) -> Event:
    return (before or event()).next_edition(**{"uid": "e-2", "start": start, **arguments})


def written(moved: TimeSlot | None) -> tuple[str, str, str]:
    assert moved is not None
    return moved.fields_written()[:3]


class TestSeries:
    """schema.org: an EventSeries is the superEvent of its events; CPEV: hasPreviousEvent and hasNextEvent."""

    def test_the_next_edition_names_the_one_before_it(self) -> None:
        assert following().series == series(edition=18, previous="e-1", next=None)

    def test_an_event_without_a_series_begins_one(self) -> None:
        assert following(event(series=None)).series == Series(uid="e-1", edition=2, previous="e-1")

    def test_an_edition_that_is_not_numbered_is_followed_by_one_that_is_not(self) -> None:
        following_series = following(event(series=series(edition=None))).series
        assert following_series is not None
        assert following_series.edition is None

    def test_editions_are_numbered_to_ten_thousand(self) -> None:
        last = series(edition=10_000, previous="e-1", next=None)
        assert following(event(series=series(edition=9_999))).series == last
        assert refused(lambda: following(event(series=series(edition=10_000)))) == (
            Code.NUMBER_OUT_OF_RANGE,
            "/series/edition",
        )

    @pytest.mark.parametrize(
        ("changes", "path"),
        [
            ({"previous": "e-1"}, "/series/previous"),
            ({"next": "e-1"}, "/series/next"),
            ({"previous": "e-2"}, "/series/next"),
        ],
    )
    def test_its_neighbours_are_two_other_events(self, changes: dict[str, Any], path: str) -> None:
        assert refused(lambda: event(series=series(**changes))) == (Code.SERIES_CIRCULAR, path)

    def test_neither_neighbour_has_to_be_known(self) -> None:
        assert event(series=Series(uid="forum")).series == Series(uid="forum")

    def test_the_next_edition_is_another_event(self) -> None:
        assert refused(lambda: following(uid="e-1")) == (Code.SERIES_CIRCULAR, "/series/previous")


class TestWhatMoves:
    """The clocks of the place show the same times, also in the other half of the year or in another zone."""

    def test_slots_keep_the_time_of_the_day_through_a_clock_change(self) -> None:
        moved = following(start=local_time("2024-11-20T14:30:00", "Europe/Zurich"))
        assert written(moved.slot) == ("2024-11-20T14:30:00", "2024-11-20T16:30:00", "Europe/Zurich")
        assert written(moved.sessions[0].slot) == ("2024-11-20T14:30:00", "2024-11-20T15:00:00", "Europe/Zurich")

    def test_in_another_zone_the_clocks_of_that_place_count(self) -> None:
        moved = following(start=local_time("2024-05-15T09:00:00", "Africa/Lagos"))
        assert written(moved.slot) == ("2024-05-15T09:00:00", "2024-05-15T11:00:00", "Africa/Lagos")
        assert written(moved.sessions[0].slot) == ("2024-05-15T09:00:00", "2024-05-15T09:30:00", "Africa/Lagos")

    def test_a_session_in_a_zone_of_its_own_stays_in_it(self) -> None:
        abroad = session(slot=slot(end="2023-05-17T15:00:00").in_zone("America/New_York"))
        moved = following(event(sessions=(abroad,)), start=local_time("2024-11-20T14:30:00", "Europe/Zurich"))
        assert written(moved.sessions[0].slot) == ("2024-11-20T08:30:00", "2024-11-20T09:00:00", "America/New_York")

    def test_whole_days_stay_whole(self) -> None:
        two, first = days("2023-05-17", "2023-05-19"), days("2023-05-17", "2023-05-18")
        before = event(slot=two, sessions=(session(slot=first),))
        moved = following(before, start=local_time("2024-05-15T00:00:00", "Africa/Lagos"))
        assert written(moved.slot) == ("2024-05-15", "2024-05-17", "Africa/Lagos")
        assert written(moved.sessions[0].slot) == ("2024-05-15", "2024-05-16", "Africa/Lagos")
        abroad = event(
            slot=two,
            sessions=(
                session(slot=slot(), id="opening"),
                session(slot=days("2023-05-17", "2023-05-18", "Europe/Berlin")),
            ),
        )
        moved = following(abroad, start=local_time("2024-05-15T00:00:00", "Europe/Zurich"))
        assert written(moved.sessions[1].slot) == ("2024-05-15", "2024-05-16", "Europe/Berlin")
        assert refused(lambda: following(before, start=slot().start)) == (Code.DAY_NOT_WHOLE, "/start")

    def test_for_whole_days_a_date_is_enough(self) -> None:
        before = event(slot=days("2023-05-17", "2023-05-19", "Asia/Tokyo"), sessions=())
        assert written(following(before, start=date(2024, 5, 15)).slot) == ("2024-05-15", "2024-05-17", "Asia/Tokyo")

    def test_a_slot_between_two_times_that_are_skipped_keeps_its_length(self) -> None:
        early = slot("2023-05-17T02:00:00", "2023-05-17T03:00:00")
        moved = following(event(slot=early, sessions=()), start=local_time("2024-03-31T01:00:00", "Europe/Zurich"))
        assert written(moved.slot) == ("2024-03-31T01:00:00", "2024-03-31T03:00:00", "Europe/Zurich")
        part = session(slot=slot("2023-05-17T03:00:00", "2023-05-17T04:00:00"))
        whole = event(slot=slot("2023-05-17T02:00:00", "2023-05-17T08:00:00"), sessions=(part,))
        moved = following(whole, start=local_time("2024-03-31T01:00:00", "Europe/Zurich"))
        assert written(moved.sessions[0].slot) == ("2024-03-31T03:00:00", "2024-03-31T04:00:00", "Europe/Zurich")

    def test_a_call_keeps_its_days_before_the_event(self) -> None:
        before = call(opens=datetime(2023, 3, 1, 8, tzinfo=UTC))
        moved = following(event(calls=(before,))).calls[0]
        assert moved.deadline == deadline(date=date(2024, 4, 18))
        assert moved.opens == datetime(2024, 2, 28, 8, tzinfo=UTC)
        assert evolve(moved, opens=before.opens, deadline=before.deadline) == before

    def test_a_call_opens_at_the_same_time_of_the_day(self) -> None:
        before = call(opens=datetime(2023, 4, 3, 7, 0, 0, 5, tzinfo=UTC), deadline=None)
        moved = following(event(calls=(before,)), start=local_time("2024-01-17T14:30:00", "Europe/Zurich"))
        assert moved.calls[0].opens == datetime(2023, 12, 4, 8, 0, 0, 5, tzinfo=UTC)

    def test_no_question_waits_for_a_session_that_is_left_out(self) -> None:
        sessions = tuple(session(id=f"s-{number}", uid=None) for number in range(3))
        questions = (
            asked("both", when=Condition(session_ids=frozenset({"s-0", "s-1"}))),
            asked("gone", kind="boolean", when=Condition(session_ids=frozenset({"s-1", "s-2"}))),
            asked("gone-too", kind="boolean", when=Condition(question="gone", answers=(True,))),
            asked(
                "last",
                when=Condition(question="gone-too", answers=(True,), modes=frozenset({ParticipationMode.REMOTE})),
            ),
            asked("other", when=Condition(modes=frozenset({ParticipationMode.REMOTE}))),
            asked("always"),
        )
        before = event(sessions=sessions, calls=(call(questions=questions),))
        moved = following(evolve(before, sessions=(sessions[0], *(each.cancel(at=AT) for each in sessions[1:]))))
        both, _, _, _, *others = questions
        assert moved.calls[0].questions == (evolve(both, when=Condition(session_ids=frozenset({"s-0"}))), *others)
        assert following(before).calls[0].questions == questions

    def test_a_call_without_dates_has_none(self) -> None:
        before = call(opens=None, deadline=None)
        assert following(event(calls=(before,))).calls == (before,)


class TestWhatIsKept:
    """Each field is kept, moved, or left out because it belongs to the past edition."""

    CHANGED = ("uid", "series", "slot", "status", "calls", "sessions", "created", "updated")
    LEFT_OUT = (
        *("theme", "previous_slots", "documents", "url", "image", "provenance", "extensions"),
        *("sequence", "changed_sequence", "minimum_sequence", "history"),
    )
    KEPT = (
        *("title", "short_title", "description", "locations", "virtual_locations", "venue_to_follow"),
        *("organizer", "contacts"),
        *("audience", "floor_languages", "groups", "goals", "keywords", "color", "retention_days"),
    )
    OF_SESSIONS_CHANGED = ("slot", "status")
    OF_SESSIONS_LEFT_OUT = (
        *("uid", "previous_slots", "people", "recording", "materials", "url"),
        *("extensions", "changed_sequence", "history"),
    )
    OF_SESSIONS_KEPT = (
        *("id", "title", "description", "locations", "virtual_locations", "inherited_places"),
        *("on_site_capacity", "remote_capacity", "kind", "code", "track", "floor_languages"),
    )

    def whole(self) -> Event:
        moved = {"previous_slots": (slot(),), "history": (step("scheduled", "scheduled"),), "changed_sequence": 1}
        return event(sequence=3, minimum_sequence=2, updated=AT, sessions=(session(**moved),), **moved)

    def test_each_field_of_an_event_is_decided(self) -> None:
        before, after = self.whole(), following(self.whole(), at=later(1))
        assert {each.name for each in fields(Event)} == {*self.CHANGED, *self.LEFT_OUT, *self.KEPT}
        self.compare(before, after, kept=self.KEPT, left_out=self.LEFT_OUT)
        assert (after.uid, after.status, after.created, after.updated) == ("e-2", EventStatus.DRAFT, later(1), later(1))

    def test_each_field_of_a_session_is_decided(self) -> None:
        (before,), (after,) = self.whole().sessions, following(self.whole()).sessions
        decided = {*self.OF_SESSIONS_CHANGED, *self.OF_SESSIONS_LEFT_OUT, *self.OF_SESSIONS_KEPT}
        assert {each.name for each in fields(Session)} == decided
        self.compare(before, after, kept=self.OF_SESSIONS_KEPT, left_out=self.OF_SESSIONS_LEFT_OUT)

    def compare(
        self, before: Event | Session, after: Event | Session, *, kept: Sequence[str], left_out: Sequence[str]
    ) -> None:
        for name in kept:
            assert getattr(after, name) == getattr(before, name) is not None, name
        for name in left_out:
            assert getattr(before, name)
            assert getattr(after, name) == getattr(fields(type(before)), name).default, name

    def test_a_cancelled_session_is_left_out_and_a_draft_of_one_stays_a_draft(self) -> None:
        sessions = (
            session(id="cancelled", uid=None).cancel(at=AT),
            session(id="draft", uid=None, status=EventStatus.DRAFT),
            session(id="postponed", uid=None).postpone(at=AT),
            session(id="scheduled", uid=None),
        )
        after = following(event(sessions=sessions)).sessions
        assert [(each.id, each.status) for each in after] == [
            ("draft", EventStatus.DRAFT),
            ("postponed", EventStatus.SCHEDULED),
            ("scheduled", EventStatus.SCHEDULED),
        ]

    @pytest.mark.parametrize(
        "before", [event().cancel(at=AT), event().postpone(at=AT), event(status=EventStatus.DRAFT)]
    )
    def test_an_event_that_did_not_take_place_may_have_a_next_edition(self, before: Event) -> None:
        assert following(before).schedule(at=AT).status is EventStatus.SCHEDULED


class TestRefusals:
    def test_without_a_slot_there_is_nothing_to_move(self) -> None:
        draft = Event(uid="e-1", title=text(), status=EventStatus.DRAFT)
        assert refused(lambda: following(draft)) == (Code.EVENT_WITHOUT_SLOT, "/slot")

    def test_the_start_may_be_a_datetime_of_the_standard_library(self) -> None:
        start: Any = datetime(2024, 5, 15, 14, 30, tzinfo=ZoneInfo("Europe/Zurich"))
        assert following(start=start) == following(start=START)

    @pytest.mark.parametrize(
        ("start", "code", "path"),
        [
            ("2024-05-15T14:30:00", Code.WRONG_TYPE, "/start"),
            (date(2024, 5, 15), Code.WRONG_TYPE, "/start"),
            (datetime(2024, 5, 15, tzinfo=UTC), Code.ZONE_MISSING, "/start"),
            (START.add(microseconds=1), Code.TIME_UNREADABLE, "/start"),
            (START.set(year=2200), Code.TIME_UNREADABLE, "/start"),
            (local_time("2199-12-31T23:30:00", "Europe/Zurich"), Code.TIME_UNREADABLE, "/slot/end"),
        ],
    )
    def test_the_start_is_one_that_a_slot_may_have(self, start: Any, code: Code, path: str) -> None:
        assert refused(lambda: following(start=start)) == (code, path)

    def test_a_part_that_cannot_be_moved_is_named(self) -> None:
        off, abroad = session(id="off", uid=None).cancel(at=AT), session(slot=session().slot.in_zone("Asia/Tokyo"))
        start = local_time("2199-12-31T20:00:00", "Europe/Zurich")
        far = event(sessions=(off, abroad))
        assert refused(lambda: following(far, start=start)) == (Code.TIME_UNREADABLE, "/sessions/1/slot/start")
        closing = call(kind="pledge", opens=None, deadline=deadline(), questions=())
        early = event(calls=(call(opens=None, deadline=None, questions=()), closing))
        first = local_time("1970-01-01T09:00:00", "Europe/Zurich")
        assert refused(lambda: following(early, start=first)) == (Code.DATE_UNREADABLE, "/calls/1/deadline/date")

    @pytest.mark.parametrize(
        ("day", "code"),
        [
            (date(2011, 12, 30), Code.TIME_SKIPPED),
            (date(2200, 1, 1), Code.DATE_UNREADABLE),
            ("2024-05-15", Code.WRONG_TYPE),
        ],
    )
    def test_the_first_day_is_one_that_a_slot_may_have(self, day: Any, code: Code) -> None:
        before = event(slot=days("2023-05-17", "2023-05-19", "Pacific/Apia"), sessions=())
        assert refused(lambda: following(before, start=day)) == (code, "/start")


class TestLaw:
    CLOCKS = (
        *(Code.SESSION_OUTSIDE_EVENT, Code.CALL_CLOSES_BEFORE_OPENING, Code.SLOT_ENDS_BEFORE_START),
        Code.TIME_SKIPPED,
        *(Code.TIME_UNREADABLE, Code.DATE_UNREADABLE, Code.MOMENT_UNREADABLE),
    )

    @LAW
    @given(before=strategies.events(), at=strategies.slots())
    def test_what_the_clocks_of_the_old_place_showed_those_of_the_new_place_show(
        self, before: Event, at: TimeSlot
    ) -> None:
        whole = before.slot is not None and before.slot.whole_days
        start = start_of_day(at.first_day, at.time_zone) if whole else at.start
        try:
            after = before.next_edition(uid="the-next-one", start=start)
        except InvalidValueError as error:
            (found,) = error.findings
            assert found.code in self.refusals(before)
            return
        assert before.slot is not None
        assert after.slot is not None
        assert after.slot.starts_at == to_utc(start)
        assert after.slot.whole_days is whole
        kept = [each for each in before.sessions if each.status is not EventStatus.CANCELLED]
        conditions = [each.when for one in after.calls for each in one.questions if each.when is not None]
        assert {id_ for each in conditions for id_ in each.session_ids} <= {each.id for each in kept}
        by = (start.naive() - before.slot.start.naive()).as_timedelta()  # pendulum would add months and days
        by_days = at.first_day - before.slot.first_day
        for old, new in zip(kept, after.sessions, strict=True):
            assert new.slot.whole_days is old.slot.whole_days
            if old.slot.whole_days:
                assert (new.slot.first_day, new.slot.last_day) == (
                    old.slot.first_day + by_days,
                    old.slot.last_day + by_days,
                )
                continue
            shown = old.slot.in_zone(before.slot.time_zone).start.naive() + by
            moment = datetime.combine(shown.date(), shown.time(), ZoneInfo(at.time_zone))
            assert (new.id, new.slot.starts_at) == (old.id, moment.astimezone(UTC))
        assert from_json(Event, to_json(after)) == after

    def refusals(self, before: Event) -> tuple[Code, ...]:
        if before.slot is None:
            return (Code.EVENT_WITHOUT_SLOT,)
        is_last = before.series is not None and before.series.edition == 10_000
        return (Code.NUMBER_OUT_OF_RANGE,) if is_last else self.CLOCKS
