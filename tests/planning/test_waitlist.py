"""Seats given to those who wait, are approved, or choose."""

import re
from datetime import datetime
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given

from tests.hypothesis_profiles import LAW
from tests.planning.second_count import limits, taken
from tests.rules.crowds import crowds
from tests.samples.small import call, dossier, event, hours, registration, session, wait
from wtisd_model import Code, Dossier, InvalidValueError, ParticipationMode, RegistrationState, check, promote
from wtisd_model.planning import approve, choose, seats_held
from wtisd_model.strategies import dossiers, moments

APPROVED, WAITLISTED = RegistrationState.APPROVED, RegistrationState.WAITLISTED
LATER = hours(30)


def states(made: Dossier) -> dict[str, RegistrationState]:
    return {each.id: each.state for each in made.registrations}


class TestPromote:
    """R06: "promotion by that time"; domain 5: "promote first fit or strictly first - strict is fair"."""

    def test_the_free_seat_goes_to_the_longest_wait(self) -> None:
        made = dossier(
            registration("a", submitted_at=hours(-9)).waitlist(at=hours(3)),
            registration("c").waitlist(at=hours(2)),
            registration("b").waitlist(at=hours(2)),
            registration("d").approve(at=hours(1)),
            registration("e"),
            of=event(calls=(call(on_site_capacity=2, waitlist=True, needs_approval=True),)),
        )
        after = promote(made, now=LATER)
        changed = [each for each, before in zip(after.registrations, made.registrations, strict=True) if each != before]
        assert [(each.id, each.state, each.waitlisted_at) for each in changed] == [("b", APPROVED, None)]
        step = changed[0].history[-1]
        assert (step.at, step.before, step.after, step.by, step.note) == (LATER, "waitlisted", "approved", None, None)

    def test_registrations_for_another_event_hold_no_seat_and_get_none(self) -> None:
        made = dossier(
            registration("a", event_uid="e-2").approve(at=hours(1)),
            registration("b", event_uid="e-2").waitlist(at=hours(1)),
            registration("c").waitlist(at=hours(2)),
            of=event(calls=(call(on_site_capacity=1, waitlist=True),)),
        )
        assert states(promote(made, now=LATER)) == {"a": APPROVED, "b": WAITLISTED, "c": APPROVED}

    def test_on_site_and_remote_seats_are_separate(self) -> None:
        made = dossier(
            registration("a").waitlist(at=hours(1)),
            registration("b", mode=ParticipationMode.REMOTE).waitlist(at=hours(2)),
            of=event(calls=(call(on_site_capacity=0, remote_capacity=5, waitlist=True),)),
        )
        assert states(promote(made, now=LATER)) == {"a": WAITLISTED, "b": APPROVED}

    def test_if_pending_counts_a_pending_registration_keeps_its_seat(self) -> None:
        crowd = (registration("a"), registration("b").waitlist(at=hours(1)))
        at_once = call(on_site_capacity=1, waitlist=True)
        not_counting = event(calls=(evolve(at_once, needs_approval=True),))
        for counting in (at_once, evolve(at_once, needs_approval=True, pending_counts=True)):
            assert states(promote(dossier(*crowd, of=event(calls=(counting,))), now=LATER))["b"] is WAITLISTED
        assert states(promote(dossier(*crowd, of=not_counting), now=LATER))["b"] is APPROVED

    def test_without_a_call_nothing_changes(self) -> None:
        made = dossier(registration("a").waitlist(at=hours(1)), of=event(calls=()))
        assert promote(made, now=LATER) == made

    def test_a_full_session_keeps_nobody_from_the_event(self) -> None:
        full = event(calls=(call(waitlist=True),), sessions=(session("w", on_site_capacity=0),))
        waits = registration("a", session_ids=frozenset({"w"})).waitlist(at=hours(1))
        (approved,) = promote(dossier(waits, of=full), now=LATER).registrations
        assert (approved.state, approved.waits, approved.attended_ids) == (APPROVED, (wait("w", 1),), frozenset())
        lifted = dossier(approved, of=evolve(full, calls=(call(),), sessions=(session("w"),)))
        (seated,) = promote(lifted, now=hours(40)).registrations
        assert (seated.waits, seated.attended_ids) == ((wait("w", 1, 40),), frozenset({"w"}))

    def test_a_seat_in_a_session_goes_to_the_longest_wait_for_it(self) -> None:
        made = dossier(
            registration("a", session_ids={"w"}).waitlist(at=hours(2)),
            registration("b", session_ids={"w"}, waits=[wait("w", 3)]),
            registration("c", session_ids={"w"}, waits=[wait("w", 1)], submitted_at=hours(9)).approve(at=hours(9)),
            registration("d", session_ids={"w"}, waits=[wait("w", 0)]).purged(at=hours(9)),
            registration("e", session_ids={"w"}, waits=[wait("w", 0)], event_uid="e-2"),
            of=event(calls=(call(on_site_capacity=4, waitlist=True),), sessions=(session("w", on_site_capacity=1),)),
        )
        first = promote(made, now=LATER)
        assert [each.id for each in first.registrations if "w" in each.attended_ids] == ["c"]
        assert first.registrations[0].waits == (wait("w", 2),)
        gone = evolve(first, registrations=[each for each in first.registrations if each.id != "c"])
        second = promote(gone, now=hours(40)).registrations
        assert [each.id for each in second if "w" in each.attended_ids] == ["a"]

    def test_nobody_gets_two_seats_in_a_session(self) -> None:
        twice = [
            registration(name, session_ids={"w"}, waits=[wait("w", hour)], participant=registration("a").participant)
            for name, hour in (("a", 1), ("b", 2))
        ]
        other = registration("c", session_ids={"w"}, waits=[wait("w", 3)])
        workshop = event(calls=(call(),), sessions=(session("w", on_site_capacity=3),))
        after = promote(dossier(*twice, other, of=workshop), now=LATER)
        assert [each.id for each in after.registrations if each.attended_ids] == ["a", "c"]
        assert promote(after, now=hours(40)) == after

    def test_a_cancelled_event_gives_no_seats(self) -> None:
        open_event = event(calls=(call(on_site_capacity=5, waitlist=True),))
        made = dossier(registration("a").waitlist(at=hours(1)), of=open_event.cancel(at=hours(2)))
        assert promote(made, now=LATER) == made

    def test_now_needs_an_offset(self) -> None:
        with pytest.raises(InvalidValueError) as caught:
            promote(dossier(), now=datetime(2023, 4, 20, 12))
        assert [each.code for each in caught.value.findings] == [Code.MOMENT_NAIVE]

    @LAW
    @given(crowds())
    def test_it_never_fills_more_seats_than_there_are(self, made: Dossier) -> None:
        after = promote(made, now=LATER)
        for seat, limit in limits(made).items():
            assert taken(after, seat) <= max(limit, taken(made, seat))

    @given(dossiers(), moments())
    def test_it_accepts_any_dossier(self, made: Dossier, now: datetime) -> None:
        once = promote(made, now=now)
        assert promote(once, now=now) == once

    @LAW
    @given(crowds())
    def test_a_second_time_nothing_changes(self, made: Dossier) -> None:
        once = promote(made, now=LATER)
        assert promote(once, now=LATER) == once

    @LAW
    @given(crowds())
    def test_it_promotes_those_whom_the_rule_names(self, made: Dossier) -> None:
        after = promote(made, now=LATER)
        codes = {Code.WAITLIST_ORDER, Code.WAITLIST_NEEDLESS}
        named = {each.path for each in check(made, now=LATER) if each.code in codes}
        changed = {
            f"/registrations/{index}"
            for index, each in enumerate(made.registrations)
            if each != after.registrations[index]
        }
        assert {re.sub("/(state|waits/[0-9]+)$", "", path) for path in named} == changed
        assert all(each.code not in codes for each in check(after, now=LATER))

    def test_an_event_is_not_a_dossier(self) -> None:
        alone: Any = event()
        with pytest.raises(TypeError, match="Not a Dossier"):
            promote(alone, now=LATER)
        with pytest.raises(TypeError, match="Neither a Dossier nor a Roster"):
            check(alone, now=LATER)


class TestApprove:
    """ "In order of submission, each gets its seat at the event and in sessions as far as there are any"."""

    WORKSHOP = event(
        calls=(call(on_site_capacity=3, waitlist=True, needs_approval=True),),
        sessions=(session("w", on_site_capacity=1), session("k")),
    )
    CROWD = tuple(
        registration(name, session_ids={"w", "k"}, submitted_at=hours(number)) for number, name in enumerate("dcba")
    )

    def test_the_first_get_the_seats_and_the_others_wait(self) -> None:
        made = approve(dossier(*self.CROWD, of=self.WORKSHOP), iter("abcd"), now=LATER, by="Office", note="Welcome")
        assert states(made) == {"d": APPROVED, "c": APPROVED, "b": APPROVED, "a": WAITLISTED}
        assert [each.waits for each in made.registrations] == [(), (wait("w", 30),), (wait("w", 30),), ()]
        assert {(each.history[-1].by, each.history[-1].note) for each in made.registrations} == {("Office", "Welcome")}
        assert approve(made, [], now=LATER) == made

    def test_without_a_waitlist_who_would_have_to_wait_stays_pending(self) -> None:
        (calls,) = self.WORKSHOP.calls
        closed = evolve(self.WORKSHOP, calls=[evolve(calls, waitlist=False)])
        crowd = (*self.CROWD, registration("e", submitted_at=hours(9)), registration("f", submitted_at=hours(10)))
        waited = registration("g", session_ids={"w"}, waits=[wait("w")], submitted_at=hours(11))
        made = approve(dossier(*crowd, waited, of=closed), list("dcbaefg"), now=LATER)
        assert [each.id for each in made.registrations if each.state is APPROVED] == ["d", "e", "f"]
        free = evolve(closed, calls=[evolve(calls, waitlist=False, on_site_capacity=None)])
        (*_, waits) = approve(dossier(*crowd, waited, of=free), list("dg"), now=LATER).registrations
        assert (waits.state, waits.waits) == (APPROVED, (wait("w"),))

    def test_seats_that_are_due_to_others_are_not_free(self) -> None:
        first = registration("x").waitlist(at=hours(1))
        one = evolve(self.WORKSHOP, calls=[call(on_site_capacity=1, waitlist=True, needs_approval=True)])
        made = dossier(first, *self.CROWD, of=one)
        assert set(states(approve(made, ["d"], now=LATER)).values()) == {WAITLISTED, RegistrationState.PENDING}
        assert states(approve(made, ["x", "d"], now=LATER)) == states(made) | {"x": APPROVED, "d": WAITLISTED}

    def test_who_holds_a_seat_already_keeps_it(self) -> None:
        counting = evolve(self.WORKSHOP, calls=[call(on_site_capacity=1, needs_approval=True, pending_counts=True)])
        holds = registration("a", session_ids={"w", "k"}, waits=[wait("w")])
        (after,) = approve(dossier(holds, of=counting), ["a"], now=LATER).registrations
        assert (after.state, after.waits) == (APPROVED, (wait("w", 1, 30),))

    def test_who_could_not_come_stays_pending(self) -> None:
        seated = registration("a").approve(at=hours(1))
        crowd = (
            seated,
            registration("b", participant=seated.participant),
            registration("c", session_ids={"gone"}),
        )
        made = dossier(*crowd, of=self.WORKSHOP)
        assert approve(made, ["b", "c"], now=LATER) == made
        assert approve(dossier(registration("d"), of=self.WORKSHOP.cancel(at=hours(1))), ["d"], now=LATER) == dossier(
            registration("d"), of=self.WORKSHOP.cancel(at=hours(1))
        )

    def test_ids_that_cannot_be_approved_are_one_error(self) -> None:
        made = dossier(
            registration("a"),
            registration("b").reject(at=hours(1)),
            registration("c", event_uid="e-2"),
            registration("d").purged(at=hours(1)),
        )
        with pytest.raises(InvalidValueError) as caught:
            approve(made, ["a", "x", "b", "c", "d"], now=LATER)
        assert [(each.code, each.path) for each in caught.value.findings] == [
            (Code.REGISTRATION_UNKNOWN, "/ids/1"),
            (Code.MOVE_NOT_ALLOWED, "/ids/2"),
            (Code.EVENT_UID_DIFFERS, "/ids/3"),
            (Code.REGISTRATION_PURGED, "/ids/4"),
        ]

    def test_a_single_id_is_not_a_list(self) -> None:
        with pytest.raises(TypeError, match="ids must be an iterable"):
            approve(dossier(), "a", now=LATER)


class TestChoose:
    """ "One function of planning changes the choice: it gives seats where there are any, and waits elsewhere"."""

    PROGRAMME = event(
        calls=(call(waitlist=True),),
        sessions=(
            session("w", on_site_capacity=1),
            session("v", on_site_capacity=1),
            session("remote", inherited_places="remote"),
            session("off").cancel(at=hours(1)),
        ),
    )

    def test_it_gives_seats_where_there_are_any_and_waits_elsewhere(self) -> None:
        holder = registration("a", session_ids={"w"}).approve(at=hours(1))
        asks = registration("b").approve(at=hours(1))
        made = choose(dossier(holder, asks, of=self.PROGRAMME), "b", ["w", "v"], now=hours(2))
        assert made.registrations[1].waits == (wait("v", 2, 2), wait("w", 2))
        assert made.registrations[1].attended_ids == {"v"}
        dropped = choose(made, "b", (), now=hours(3)).registrations[1]
        assert (dropped.session_ids, dropped.waits) == (frozenset(), (wait("v", 2, 2), wait("w", 2, 3)))
        kept = choose(made, "b", ["w", "v"], now=hours(3))
        assert kept == made

    def test_a_seat_that_is_due_to_somebody_who_waits_is_not_given(self) -> None:
        waits = registration("a", session_ids={"w"}, waits=[wait("w")]).approve(at=hours(1))
        made = choose(dossier(waits, registration("b"), of=self.PROGRAMME), "b", ["w"], now=hours(2))
        assert made.registrations[1].waits == (wait("w", 2),)

    def test_who_has_no_seat_at_the_event_only_chooses(self) -> None:
        for one in (registration("a").waitlist(at=hours(1)), registration("a").withdraw(at=hours(1))):
            made = choose(dossier(one, of=self.PROGRAMME), "a", {"w"}, now=hours(2))
            assert made.registrations == (evolve(one, session_ids={"w"}),)

    def test_without_a_waitlist_a_full_session_is_refused(self) -> None:
        holder = registration("a", session_ids={"w"}).approve(at=hours(1))
        asks, missed = registration("b").approve(at=hours(1)), registration("b").approve(at=hours(1))
        closed = evolve(self.PROGRAMME, calls=[call()])
        for one, of in ((asks, closed), (missed.mark_no_show(at=hours(1)), self.PROGRAMME)):
            with pytest.raises(InvalidValueError) as caught:
                choose(dossier(holder, one, of=of), "b", ["w"], now=hours(2))
            (found,) = caught.value.findings
            assert (found.code, found.path) == (Code.SESSION_SEATS_EXCEEDED, "/sessionIds")
            assert found.params == {"session": "w", "maximum": 1}

    def test_ids_are_strings(self) -> None:
        made = dossier(registration("a"))
        several: tuple[Any, ...] = ([["a"]], [1], "a")
        for ids in several:
            with pytest.raises(TypeError, match=r"^ids must be"):
                approve(made, ids, now=hours(2))
            with pytest.raises(TypeError, match=r"^session_ids must be"):
                choose(made, "a", ids, now=hours(2))

    @pytest.mark.parametrize(
        ("chosen", "code"),
        [
            ({"gone"}, Code.SESSION_UNKNOWN),
            ({"off"}, Code.SESSION_CANCELLED),
            ({"remote"}, Code.SESSION_MODE_NOT_OFFERED),
        ],
    )
    def test_what_cannot_be_attended_is_refused(self, chosen: set[str], code: Code) -> None:
        one = registration("a").approve(at=hours(1)).check_in(at=hours(2))
        with pytest.raises(InvalidValueError) as caught:
            choose(dossier(one, of=self.PROGRAMME), "a", chosen, now=hours(2))
        assert [each.code for each in caught.value.findings] == [code]

    def test_the_registration_is_one_of_the_event(self) -> None:
        made = dossier(registration("a", event_uid="e-2"), registration("b").purged(at=hours(2)))
        refusals = {"x": Code.REGISTRATION_UNKNOWN, "a": Code.EVENT_UID_DIFFERS, "b": Code.REGISTRATION_PURGED}
        for id_, code in refusals.items():
            with pytest.raises(InvalidValueError) as caught:
                choose(made, id_, [], now=LATER)
            assert [(each.code, each.path) for each in caught.value.findings] == [(code, "/id")]


class TestWaits:
    """ "withdraw, reject, waitlist, mark_no_show and giving a session up end open waits"."""

    ONE = registration("a", session_ids={"w"}, waits=[wait("w")])

    def test_verbs_end_them(self) -> None:
        approved = self.ONE.approve(at=hours(2))
        assert approved.waits == approved.check_in(at=hours(3)).waits == approved.reset(at=hours(3)).waits
        for after in (
            self.ONE.withdraw(at=hours(3)),
            self.ONE.reject(at=hours(3)),
            self.ONE.waitlist(at=hours(3)),
            approved.mark_no_show(at=hours(3)),
        ):
            assert after.waits == (wait("w", 1, 3),)
        assert self.ONE.purged(at=hours(3)).waits == self.ONE.waits

    def test_a_no_show_had_no_seat_and_waits_again_after_all(self) -> None:
        missed = self.ONE.approve(at=hours(2)).mark_no_show(at=hours(3))
        assert missed.attended_ids == frozenset()
        assert hash(missed.attended_ids) == hash(frozenset())
        for after in (missed.check_in(at=hours(4)), missed.undo_attendance(at=hours(4))):
            assert after.waits == self.ONE.waits
        gave_up = evolve(missed, session_ids=frozenset())
        assert gave_up.undo_attendance(at=hours(4)).waits == (wait("w", 1, 3),)

    def test_a_no_show_who_chooses_the_session_again_has_the_seat_that_was_free(self) -> None:
        missed = self.ONE.approve(at=hours(2)).mark_no_show(at=hours(3))
        made = dossier(missed, of=event(sessions=(session("w", on_site_capacity=1),)))
        made = choose(choose(made, "a", [], now=hours(4)), "a", ["w"], now=hours(5))
        (again,) = made.registrations
        assert again.waits == again.check_in(at=hours(6)).waits == (wait("w", 1, 3), wait("w", 5, 5))
        assert seats_held(made.event, again) == (None, "w")

    def test_one_function_says_which_seats_are_held(self) -> None:
        open_event = event(calls=(call(),))
        for one, held in (
            (self.ONE, [None]),
            (evolve(self.ONE, waits=(wait("w", 1, 2),)), [None, "w"]),
            (self.ONE.waitlist(at=hours(2)), []),
            (self.ONE.withdraw(at=hours(2)), []),
            (evolve(self.ONE, event_uid="e-2"), []),
        ):
            assert list(seats_held(open_event, one)) == held
        assert seats_held(event(calls=()), self.ONE) == ()
