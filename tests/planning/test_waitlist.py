"""The waitlist, moved up."""

from datetime import datetime
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given

from tests.hypothesis_profiles import LAW
from tests.rules.crowds import crowds
from tests.rules.samples import call, dossier, event, hours, registration
from wtisd_model.codes import Code
from wtisd_model.findings import InvalidValueError
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.registration import RegistrationState
from wtisd_model.planning.waitlist import promote
from wtisd_model.rules.check import check
from wtisd_model.rules.seats import takes_seat
from wtisd_model.strategies import dossiers, moments
from wtisd_model.types.attendance import ParticipationMode

APPROVED, WAITLISTED = RegistrationState.APPROVED, RegistrationState.WAITLISTED
LATER = hours(30)


def states(made: Dossier) -> dict[str, RegistrationState]:
    return {each.id: each.state for each in made.registrations}


class TestPromote:
    """R06: "promotion by that time, then id"; domain 5: "promote first fit or strictly first - strict is fair"."""

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

    def test_without_a_call_a_capacity_or_a_waitlist_nothing_changes(self) -> None:
        crowd = (registration("a").waitlist(at=hours(1)),)
        for calls in ((), (call(waitlist=True),), (call(on_site_capacity=5),)):
            made = dossier(*crowd, of=event(calls=calls))
            assert promote(made, now=LATER) == made

    def test_a_cancelled_event_gives_no_seats(self) -> None:
        open_event = event(calls=(call(on_site_capacity=5, waitlist=True),))
        made = dossier(registration("a").waitlist(at=hours(1)), of=open_event.cancel(at=hours(2)))
        assert promote(made, now=LATER) == made

    def test_now_needs_an_offset(self) -> None:
        with pytest.raises(InvalidValueError) as caught:
            promote(dossier(), now=datetime(2023, 4, 20, 12))  # noqa: DTZ001 - that is the point
        assert [each.code for each in caught.value.findings] == [Code.MOMENT_NAIVE]

    @LAW
    @given(crowds())
    def test_it_never_fills_more_seats_than_there_are(self, made: Dossier) -> None:
        after = promote(made, now=LATER)
        for mode in ParticipationMode:
            for registering in made.event.calls:
                capacity = registering.capacity(mode)
                if capacity is not None:
                    before, now = (
                        sum(each.mode is mode and takes_seat(registering, each.state) for each in some.registrations)
                        for some in (made, after)
                    )
                    assert now <= max(capacity, before)

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
    def test_nobody_is_passed_over_and_nobody_else_is_touched(self, made: Dossier) -> None:
        after = promote(made, now=LATER)
        assert evolve(after, registrations=made.registrations) == made
        for mode in ParticipationMode:
            promoted: list[tuple[datetime, str]] = []
            waits: list[tuple[datetime, str]] = []
            for before, now in zip(made.registrations, after.registrations, strict=True):
                if before != now:
                    assert (before.state, now.state) == (WAITLISTED, APPROVED)
                if before.mode is mode and before.waitlisted_at is not None and before.purged_at is None:
                    (waits if before == now else promoted).append((before.waitlisted_at, before.id))
            assert not waits or not promoted or max(promoted) < min(waits)

    @LAW
    @given(crowds())
    def test_it_promotes_those_whom_the_rule_names(self, made: Dossier) -> None:
        after = promote(made, now=LATER)
        named = {each.path for each in check(made, now=LATER) if each.code == Code.WAITLIST_ORDER}
        changed = {
            f"/registrations/{index}/state"
            for index, each in enumerate(made.registrations)
            if each != after.registrations[index]
        }
        assert named == changed
        assert all(each.code != Code.WAITLIST_ORDER for each in check(after, now=LATER))

    def test_an_event_is_not_a_dossier(self) -> None:
        alone: Any = event()
        with pytest.raises(TypeError, match="Not a Dossier"):
            promote(alone, now=LATER)
        with pytest.raises(TypeError, match="Not a Dossier"):
            check(alone, now=LATER)
