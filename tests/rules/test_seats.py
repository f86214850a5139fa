"""Which registrations hold a seat or wait for one, and in what order."""

from collections.abc import Sequence
from datetime import datetime

import pytest
from attrs import evolve
from hypothesis import given

from tests.planning.second_count import limits, needs, taken
from tests.rules.crowds import crowds
from tests.samples.small import call, event, hours, registration, session, wait
from wtisd_model import (
    Contact,
    Dossier,
    Event,
    EventStatus,
    ParticipationMode,
    Registration,
    RegistrationState,
    VirtualLocation,
)
from wtisd_model.rules.seats import (
    LimitedSeats,
    gives_seats,
    holds_seat,
    limited_seats,
    promoted_from,
    seat_since,
    seats_due,
    waiting,
)

ON_SITE, REMOTE = ParticipationMode.ON_SITE, ParticipationMode.REMOTE
PLAIN, COUNTING = call(needs_approval=True), call(needs_approval=True, pending_counts=True)
OPEN = call()
LATER = hours(30)


class TestSeats:
    """ "Capacity counts approved, attended and no_show; pending counts only if the call says so"."""

    def test_approved_attended_and_no_show_take_a_seat(self) -> None:
        taking = {state for state in RegistrationState if holds_seat(PLAIN, state)}
        assert taking == {RegistrationState.APPROVED, RegistrationState.ATTENDED, RegistrationState.NO_SHOW}

    def test_pending_registrations_take_one_only_if_the_call_says_so(self) -> None:
        assert {state for state in RegistrationState if holds_seat(COUNTING, state)} == {
            state for state in RegistrationState if holds_seat(PLAIN, state)
        } | {RegistrationState.PENDING}

    @pytest.mark.parametrize("pending_counts", [False, True])
    def test_where_no_approval_is_needed_a_pending_registration_has_its_seat(self, *, pending_counts: bool) -> None:
        at_once = call(pending_counts=pending_counts)
        assert all(holds_seat(at_once, state) == holds_seat(COUNTING, state) for state in RegistrationState)
        assert seat_since(at_once, registration("a").approve(at=hours(2))) == hours(0)

    def test_a_seat_is_held_since_the_approval(self) -> None:
        approved = registration("a").approve(at=hours(2))
        assert seat_since(PLAIN, approved) == hours(2)
        assert seat_since(PLAIN, approved.check_in(at=hours(900))) == hours(2)
        assert seat_since(PLAIN, registration("a").waitlist(at=hours(1)).approve(at=hours(3))) == hours(3)

    def test_a_reset_interrupts_it_unless_pending_counts(self) -> None:
        again = registration("a").approve(at=hours(2)).reset(at=hours(3)).approve(at=hours(4))
        assert seat_since(PLAIN, again) == hours(4)
        assert seat_since(COUNTING, again) == hours(0)

    def test_if_pending_counts_it_is_held_since_submission(self) -> None:
        assert seat_since(COUNTING, registration("a")) == hours(0)
        assert seat_since(COUNTING, registration("a").approve(at=hours(2))) == hours(0)
        assert seat_since(COUNTING, registration("a").waitlist(at=hours(1)).approve(at=hours(3))) == hours(3)

    def test_of_two_who_were_approved_together_the_first_to_register_keeps_the_seat(self) -> None:
        crowd = [registration(f"r-{n}", submitted_at=hours(n)).approve(at=hours(20)) for n in (10, 9)]
        assert limited_seats(event(calls=(call(on_site_capacity=1),)), crowd)[ON_SITE][None].surplus == {0}

    def test_they_are_sorted_by_time_and_then_by_id(self) -> None:
        crowd = (
            registration("c").approve(at=hours(1)),
            registration("b").approve(at=hours(1)),
            registration("a").approve(at=hours(2)),
            registration("d", mode=REMOTE).approve(at=hours(1)),
            registration("e"),
        )
        for seats, pending in ((0, PLAIN), (1, PLAIN), (0, COUNTING), (1, OPEN)):
            whole = event(calls=(evolve(pending, on_site_capacity=seats, remote_capacity=0),))
            found = limited_seats(whole, crowd)
            holders = [1, 0, 2] if pending is PLAIN else [2, 1, 0, 4]
            assert found[ON_SITE][None] == LimitedSeats(seats, 0, frozenset(holders[seats:]))
            assert found[REMOTE][None].surplus == {3}

    def test_a_seat_in_a_session_is_held_since_the_wait_for_it_ended(self) -> None:
        crowd = (
            registration("a", session_ids={"w"}, waits=[wait("w", 1, 3), wait("w", 4, 9)]).approve(at=hours(2)),
            registration("b", session_ids={"w"}).approve(at=hours(5)),
            registration("c", session_ids={"w"}, waits=[wait("w", 1, 3)]).approve(at=hours(6)),
            registration("d", session_ids={"w"}, waits=[wait("w")]).approve(at=hours(1)),
        )
        for seats, surplus in ((0, {0, 1, 2}), (1, {0, 2}), (2, {0}), (3, set[int]())):
            whole = event(calls=(PLAIN,), sessions=(session("w", on_site_capacity=seats),))
            assert limited_seats(whole, crowd)[ON_SITE]["w"] == LimitedSeats(seats, 0, frozenset(surplus))

    @given(crowds())
    def test_they_are_counted_for_the_event_and_for_each_session(self, made: Dossier) -> None:
        found = limited_seats(made.event, made.registrations)
        seats = {(id_, mode.value): each for mode, limited in found.items() for id_, each in limited.items()}
        assert {pool: each.capacity for pool, each in seats.items()} == limits(made)
        for pool, each in seats.items():
            number = taken(made, pool)
            assert (each.free, len(each.surplus)) == (max(0, each.capacity - number), max(0, number - each.capacity))
            assert all(needs(made.registrations[position], pool) for position in each.surplus)


class TestWaiting:
    """ "Order by the time it was entered"; those who were entered together, by the time of submission, then by id."""

    @staticmethod
    def positions(crowd: Sequence[Registration], at: datetime = LATER, of: Event | None = None) -> list[int]:
        return [each.position for each in waiting(of or event(), crowd, at)]

    def test_the_longest_wait_comes_first_whatever_the_time_of_submission(self) -> None:
        crowd = (
            registration("a", submitted_at=hours(-9)).waitlist(at=hours(3)),
            registration("c").waitlist(at=hours(2)),
            registration("b").waitlist(at=hours(2)),
            registration("d", mode=REMOTE).waitlist(at=hours(1)),
            registration("e"),
        )
        assert self.positions(crowd) == [3, 2, 1, 0]

    def test_of_those_who_were_waitlisted_together_the_first_to_register_comes_first(self) -> None:
        at_once = [
            registration(name, submitted_at=hours(hour)).waitlist(at=hours(5))
            for name, hour in (("r-10", 2), ("r-9", 1), ("r-8", 2))
        ]
        assert self.positions(at_once) == [1, 0, 2]

    def test_purged_registrations_do_not_wait(self) -> None:
        assert not self.positions((registration("a").waitlist(at=hours(1)).purged(at=hours(2)),))

    def test_one_waitlisted_after_now_does_not_wait_yet(self) -> None:
        crowd = (registration("a").waitlist(at=hours(5)),)
        assert self.positions(crowd, hours(5)) == [0]
        assert not self.positions(crowd, hours(4))

    def test_one_with_a_history_beyond_now_does_not_wait_yet(self) -> None:
        moved = registration("a").waitlist(at=hours(5))
        ahead = evolve(moved, waitlisted_at=hours(1))
        assert not self.positions((ahead,), hours(4))

        not_yet = evolve(registration("a").waitlist(at=hours(1)), waitlisted_at=hours(5))
        assert not self.positions((not_yet,), hours(4))

    def test_nobody_waits_for_what_is_not_offered(self) -> None:
        programme = event(
            virtual_locations=(),
            sessions=(
                session("w"),
                session("streamed", virtual_locations=(VirtualLocation(),)),
                session("off").cancel(at=hours(1)),
                session("gone-too").cancel(at=hours(1)),
            ),
        )
        for mode, chosen, waits in (
            (ON_SITE, set[str](), True),
            (ON_SITE, {"w"}, True),
            (ON_SITE, {"w", "dropped"}, False),
            (ON_SITE, {"w", "off"}, True),
            (ON_SITE, {"off", "gone-too"}, False),
            (REMOTE, set[str](), False),
            (REMOTE, {"w"}, False),
            (REMOTE, {"w", "streamed"}, False),
            (REMOTE, {"streamed"}, True),
            (REMOTE, {"streamed", "off"}, True),
        ):
            one = registration("a", mode=mode, session_ids=frozenset(chosen)).waitlist(at=hours(2))
            assert bool(self.positions((one,), of=programme)) is waits

    def test_a_draft_without_a_place_refuses_nobody(self) -> None:
        draft = event(status=EventStatus.DRAFT, locations=(), virtual_locations=(), sessions=(session("w"),))
        crowd = [
            registration(str(mode), mode=mode, session_ids=frozenset({"w"})).waitlist(at=hours(1))
            for mode in ParticipationMode
        ]
        assert self.positions(crowd, of=draft) == [0, 1]

    def test_who_holds_a_seat_already_does_not_wait_for_another(self) -> None:
        seated = registration("a").approve(at=hours(1))
        again = registration("b", participant=seated.participant, mode=REMOTE).waitlist(at=hours(2))
        namesake = registration("c", participant=Contact(name="Participant c", email="a@example.org")).waitlist(
            at=hours(3)
        )
        assert self.positions((seated, again, namesake)) == [2]
        assert self.positions((seated.purged(at=hours(4)), again, namesake)) == [1, 2]
        assert self.positions((seated.withdraw(at=hours(4)), again, namesake)) == [1, 2]
        assert self.positions((seated, again), of=event(uid="e-2")) == []

    def test_the_history_shows_since_when_somebody_had_waited(self) -> None:
        assert promoted_from(registration("a").waitlist(at=hours(1)).approve(at=hours(2))) == hours(1)
        assert promoted_from(registration("a").approve(at=hours(2))) is None
        assert promoted_from(registration("a").waitlist(at=hours(1))) is None
        again = registration("a").waitlist(at=hours(1)).approve(at=hours(2)).reset(at=hours(3)).approve(at=hours(4))
        assert promoted_from(again) is None

    def test_a_mistaken_check_in_does_not_hide_it(self) -> None:
        waited = registration("a").waitlist(at=hours(1)).approve(at=hours(2))
        assert promoted_from(waited.check_in(at=hours(3)).undo_attendance(at=hours(4))) == hours(1)


class TestNextInLine:
    """First come, first served, for each seat by itself; on-site and remote seats are separate."""

    def test_nobody_is_next_without_a_call(self) -> None:
        crowd = (registration("a").waitlist(at=hours(1)),)
        assert not list(seats_due(event(calls=()), crowd, hours(2)))

    def test_those_who_wait_are_next_even_if_nobody_else_may_wait(self) -> None:
        crowd = [registration(name).waitlist(at=hours(1)) for name in "ab"]
        for calls in (call(on_site_capacity=1, waitlist=True), call(on_site_capacity=1)):
            assert list(seats_due(event(calls=(calls,)), crowd, hours(2))) == [0]

    def test_no_seats_are_given_once_the_event_is_cancelled_or_over(self) -> None:
        running = event(calls=(call(on_site_capacity=5, waitlist=True),))
        crowd = (registration("a").waitlist(at=hours(1)),)
        over = running.slot.ends_at if running.slot is not None else hours(0)
        assert list(seats_due(running.postpone(at=hours(1)), crowd, over))
        assert not list(seats_due(running.cancel(at=hours(1)), crowd, hours(2)))
        assert not list(seats_due(running, crowd, over))
        assert gives_seats(running, hours(2))

    def test_a_full_session_keeps_nobody_from_the_event(self) -> None:
        whole = event(calls=(call(waitlist=True),), sessions=(session("w", on_site_capacity=0), session("k")))
        for chosen, sessions in (({"w"}, set[str]()), ({"k", "w"}, {"k"}), (set[str](), set[str]())):
            crowd = (registration("a", session_ids=frozenset(chosen)).waitlist(at=hours(1)),)
            assert seats_due(whole, crowd, hours(2)) == {0: frozenset({None, *sessions})}

    def test_who_waits_twice_gets_one_seat_in_the_order_of_the_waits(self) -> None:
        remote = registration("a", mode=REMOTE).waitlist(at=hours(1))
        on_site = registration("b", participant=remote.participant).waitlist(at=hours(2))
        seats = event(calls=(call(on_site_capacity=5, remote_capacity=5, waitlist=True),))
        assert list(seats_due(seats, (on_site, remote), hours(3))) == [1]
