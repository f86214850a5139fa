"""The waitlist, moved up."""

from datetime import datetime
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given

from tests.hypothesis_profiles import LAW
from tests.planning.second_count import in_line, limits, needs, taken
from tests.rules.crowds import crowds
from tests.samples.small import call, dossier, event, hours, registration, session
from wtisd_model import (
    Code,
    Dossier,
    InvalidValueError,
    ParticipationMode,
    Registration,
    RegistrationState,
    check,
    promote,
)
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

    def test_who_needs_no_limited_seat_any_more_is_approved(self) -> None:
        full = event(calls=(call(waitlist=True),), sessions=(session("w", on_site_capacity=0),))
        waits = registration("a", session_ids=frozenset({"w"})).waitlist(at=hours(1))
        assert states(promote(dossier(waits, of=full), now=LATER)) == {"a": WAITLISTED}
        gave_it_up = dossier(evolve(waits, session_ids=frozenset()), of=full)
        lifted = dossier(waits, of=evolve(full, sessions=(session("w"),)))
        closed = dossier(waits, of=evolve(full, calls=(call(),), sessions=(session("w"),)))
        for made in (gave_it_up, lifted, closed):
            assert states(promote(made, now=LATER)) == {"a": APPROVED}

    def test_a_cancelled_event_gives_no_seats(self) -> None:
        open_event = event(calls=(call(on_site_capacity=5, waitlist=True),))
        made = dossier(registration("a").waitlist(at=hours(1)), of=open_event.cancel(at=hours(2)))
        assert promote(made, now=LATER) == made

    def test_now_needs_an_offset(self) -> None:
        with pytest.raises(InvalidValueError) as caught:
            promote(dossier(), now=datetime(2023, 4, 20, 12))
        assert [each.code for each in caught.value.findings] == [Code.MOMENT_NAIVE]

    def test_one_that_needs_several_seats_gets_all_of_them_or_waits(self) -> None:
        workshops = (session("w1", on_site_capacity=1), session("w2", on_site_capacity=1))
        made = dossier(
            registration("a", session_ids=frozenset({"w1", "w2"})).waitlist(at=hours(1)),
            registration("b", session_ids=frozenset({"w1"})).waitlist(at=hours(2)),
            registration("c", session_ids=frozenset({"w1"})).waitlist(at=hours(3)),
            registration("d").waitlist(at=hours(4)),
            registration("e").waitlist(at=hours(5)),
            registration("f", session_ids=frozenset({"w2"})).approve(at=hours(1)),
            of=event(calls=(call(on_site_capacity=3, waitlist=True),), sessions=workshops),
        )
        after = promote(made, now=LATER)
        assert [name for name, state in states(after).items() if state is APPROVED] == ["b", "d", "f"]
        # The seat in the second workshop comes too late: the first one is full, and so is the event.
        without = evolve(after, registrations=tuple(each for each in after.registrations if each.id != "f"))
        assert [name for name, state in states(promote(without, now=LATER)).items() if state is APPROVED] == list("bde")

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
    def test_only_those_are_passed_over_for_whom_some_seat_was_taken(self, made: Dossier) -> None:
        after = promote(made, now=LATER)
        assert evolve(after, registrations=made.registrations) == made
        changed: list[Registration] = []
        for before, now in zip(made.registrations, after.registrations, strict=True):
            if before != now:
                assert (before.state, now.state) == (WAITLISTED, APPROVED)
                changed.append(before)
        for waits in in_line(after, LATER) if changed else ():
            needed = [seat for seat in limits(made) if needs(waits, seat)]
            assert not needed or min(limits(made)[seat] - taken(after, seat) for seat in needed) <= 0
        for waits in in_line(after, LATER):
            wait = waits.waitlisted_at, waits.submitted_at, waits.id
            shorter = [one for one in changed if (one.waitlisted_at, one.submitted_at, one.id) > wait]
            needed = [seat for seat in limits(made) if needs(waits, seat)]
            assert not needed or not any(all(needs(one, seat) for seat in needed) for one in shorter)

    @LAW
    @given(crowds())
    def test_it_promotes_those_whom_the_rule_names(self, made: Dossier) -> None:
        after = promote(made, now=LATER)
        codes = {Code.WAITLIST_ORDER, Code.WAITLIST_NEEDLESS}
        named = {each.path for each in check(made, now=LATER) if each.code in codes}
        changed = {
            f"/registrations/{index}/state"
            for index, each in enumerate(made.registrations)
            if each != after.registrations[index]
        }
        assert named == changed
        assert all(each.code not in codes for each in check(after, now=LATER))
        over = [
            {each.path for each in check(some, now=LATER) if each.code == Code.WAITLIST_PASSED_OVER}
            for some in (made, after)
        ]
        assert over[1] <= over[0]

    def test_an_event_is_not_a_dossier(self) -> None:
        alone: Any = event()
        with pytest.raises(TypeError, match="Not a Dossier"):
            promote(alone, now=LATER)
        with pytest.raises(TypeError, match="Not a Dossier"):
            check(alone, now=LATER)
