"""One submission that comes in for a dossier, judged by `Validator`."""

from datetime import datetime
from typing import Any

import pytest
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from tests.rules.crowds import answers, crowds
from tests.samples.small import NOW, call, deadline, dossier, event, hours, pledge, registration, request, session
from wtisd_model import (
    Code,
    Dossier,
    EventStatus,
    Finding,
    InvalidValueError,
    Membership,
    Need,
    ParticipationMode,
    Registration,
    RegistrationState,
    Severity,
    Validator,
    check,
    promote,
    to_json,
)
from wtisd_model.rules.context import AnySubmission
from wtisd_model.rules.seats import holds_seat
from wtisd_model.strategies import dossiers, interpretation_requests, moments, pledges, registrations

REMOTE = ParticipationMode.REMOTE


def judged(made: Dossier, thing: AnySubmission, now: datetime = NOW) -> tuple[Finding, ...]:
    outcome = Validator(type(thing), dossier=made, now=now)(to_json(thing))
    assert outcome.value == thing
    return outcome.findings


def codes_and_paths(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    return [(each.code, each.path) for each in findings]


def full(**changes: Any) -> Dossier:
    return dossier(registration("a").approve(at=hours(1)), of=event(calls=(call(on_site_capacity=1, **changes),)))


class TestIncoming:
    """The contract: rules are "built from functions of the objects they need, which `Validator` calls too"."""

    def test_all_findings_come_at_once_with_paths_into_the_submission(self) -> None:
        made = dossier(
            registration("a"),
            of=event(
                calls=(call(deadline=deadline("2023-04-12")),),
                audience=frozenset({Membership.ACADEMIA}),
                locations=(),
                retention_days=0,
                sessions=(session("s"),),
            ),
        )
        comes = registration(
            "a",
            event_uid="e-2",
            membership=Membership.PRESS,
            needs=frozenset({Need.VISA_LETTER}),
            mode=REMOTE,
            session_ids=frozenset({"S"}),
        )
        assert codes_and_paths(judged(made, comes, now=hours(9_000))) == [
            (Code.RETENTION_OVER, ""),
            (Code.ID_REPEATED, "/id"),
            (Code.EVENT_UID_DIFFERS, "/eventUid"),
            (Code.REGISTRATION_REPEATED, "/participant"),
            (Code.MEMBERSHIP_NOT_ADDRESSED, "/membership"),
            (Code.SESSION_UNKNOWN, "/sessionIds"),
            (Code.VISA_LETTER_REMOTE, "/needs"),
            (Code.CALL_CLOSED, "/submittedAt"),
        ]

    def test_fixes_speak_to_the_sender_of_a_submission(self) -> None:
        """An applicant cannot waitlist or purge anything."""
        made = full()
        judge = Validator(Registration, dossier=made, submission=True, now=NOW)
        person = {"name": "Pаrticipant 1", "email": "participant1@example.org"}
        outcomes = [judge({"eventUid": uid, "participant": person, "mode": "on-site"}) for uid in ("e-1", "e-2")]
        told = {each.code: each.fix for outcome in outcomes for each in outcome.findings}
        assert told == {
            Code.EVENT_UID_DIFFERS: "Use the form of the event that you mean, or correct eventUid.",
            Code.NAME_MIXES_SCRIPTS: "Type the name again, with one keyboard layout for each word.",
            Code.SEATS_EXCEEDED: "Choose another mode of attendance if the event offers one, or ask the office.",
        }
        office = [judged(made, evolve(outcome.value, id="b")) for outcome in outcomes if outcome.value is not None]
        asked = {each.code: each.fix for found in office for each in found}
        assert asked.keys() == told.keys()
        assert not set(asked.values()) & set(told.values())

    def test_a_fix_of_a_code_that_has_only_one_is_for_both(self) -> None:
        comes = {"eventUid": "e-1", "participant": {"name": "A", "email": "a@example.org"}, "mode": "remote"}
        outcome = Validator(Registration, dossier=dossier(of=event(virtual_locations=())), submission=True, now=NOW)(
            comes
        )
        assert [each.fix for each in outcome.findings] == ["Choose one of: on-site."]

    def test_a_valid_registration_has_no_findings(self) -> None:
        assert judged(dossier(registration("a")), registration("b")) == ()

    def test_a_mode_that_is_not_offered_has_a_finding(self) -> None:
        made = dossier(of=event(virtual_locations=()))
        assert codes_and_paths(judged(made, registration("a", mode=REMOTE))) == [(Code.MODE_NOT_OFFERED, "/mode")]

    def test_requests_and_pledges_are_judged_too(self) -> None:
        made = dossier(requests=(request("x"),), pledges=(pledge("x"),))
        assert codes_and_paths(judged(made, request("x", event_uid="e-2", session_ids=frozenset({"s"})))) == [
            (Code.ID_REPEATED, "/id"),
            (Code.EVENT_UID_DIFFERS, "/eventUid"),
            (Code.SESSION_UNKNOWN, "/sessionIds"),
        ]
        assert codes_and_paths(judged(made, pledge("x", event_uid="e-2"))) == [
            (Code.ID_REPEATED, "/id"),
            (Code.EVENT_UID_DIFFERS, "/eventUid"),
        ]
        for sound in (request("y"), pledge("y"), registration("x")):
            assert judged(made, sound) == ()

    def test_now_needs_an_offset(self) -> None:
        with pytest.raises(InvalidValueError) as caught:
            judged(dossier(), registration("a"), datetime(2023, 4, 20, 12))
        assert [each.code for each in caught.value.findings] == [Code.MOMENT_NAIVE]

    def test_a_validator_does_not_remember_what_it_judged(self) -> None:
        made = dossier(registration("a"), of=event(calls=(call(on_site_capacity=2),)))
        validator = Validator(Registration, dossier=made, now=NOW)
        before = validator(to_json(registration("b"))).findings
        assert validator(to_json(registration("b"))).findings == before == ()

    @given(dossiers(), moments(), registrations() | interpretation_requests() | pledges())
    def test_any_submission_can_be_judged(self, made: Dossier, now: datetime, thing: AnySubmission) -> None:
        found = judged(made, thing, now)
        assert found == judged(made, thing, now)
        # What is in the dossier already is there twice if it comes in again.
        again: list[AnySubmission] = [*made.registrations, *made.interpretation_requests, *made.pledges]
        for kept in again:
            assert (Code.ID_REPEATED, "/id") in codes_and_paths(judged(made, kept, now))


class TestSeatsForIncoming:
    """R05: "full = waitlisted if the call allows, else refused"."""

    def test_without_a_free_seat_or_a_waitlist_it_is_refused(self) -> None:
        (found,) = judged(full(), registration("b"))
        assert (found.code, found.path, found.params) == (Code.SEATS_EXCEEDED, "/mode", {"maximum": 1})

    @pytest.mark.parametrize("terms", [{}, {"pending_counts": True}, {"needs_approval": True, "pending_counts": True}])
    def test_with_a_waitlist_it_is_accepted_and_has_to_wait(self, terms: dict[str, bool]) -> None:
        (found,) = judged(full(waitlist=True, **terms), registration("b"))
        assert (found.code, found.path, found.params) == (Code.WAITLIST_NEEDED, "/mode", {"maximum": 1})
        assert found.severity is Severity.WARNING

    def test_before_a_decision_nobody_has_to_wait(self) -> None:
        assert not judged(full(waitlist=True, needs_approval=True), registration("b"))

    def test_one_that_holds_a_seat_is_refused_even_with_a_waitlist(self) -> None:
        comes = registration("b").approve(at=hours(2))
        for waitlist in (True, False):
            assert codes_and_paths(judged(full(waitlist=waitlist), comes)) == [(Code.SEATS_EXCEEDED, "/mode")]

    def test_one_that_needs_no_seat_is_accepted(self) -> None:
        for comes in (registration("b").waitlist(at=hours(2)), registration("b").withdraw(at=hours(2))):
            assert not judged(full(), comes)

    def test_the_other_mode_and_a_call_without_a_capacity_have_room(self) -> None:
        assert not judged(full(), registration("b", mode=REMOTE))
        assert not judged(dossier(registration("a").approve(at=hours(1))), registration("b"))
        assert not judged(dossier(of=event(calls=())), registration("b"))

    def test_while_a_seat_is_free_it_is_accepted(self) -> None:
        made = dossier(registration("a"), of=event(calls=(call(on_site_capacity=2, waitlist=True),)))
        assert not judged(made, registration("b"))

    def test_where_no_approval_is_needed_those_who_came_first_have_the_seats(self) -> None:
        made = dossier(registration("a"), of=event(calls=(call(on_site_capacity=1),)))
        assert codes_and_paths(judged(made, registration("b"))) == [(Code.SEATS_EXCEEDED, "/mode")]

    def test_a_registration_for_another_event_needs_no_seat_here(self) -> None:
        made = dossier(of=event(calls=(call(on_site_capacity=0, waitlist=True),)))
        assert codes_and_paths(judged(made, registration("a", event_uid="e-2"))) == [
            (Code.EVENT_UID_DIFFERS, "/eventUid")
        ]


class TestTheLastInLine:
    """R06: somebody who comes in gets a seat only if nobody in line would get it."""

    def waits(self, made: Dossier, *session_ids: str, **changes: Any) -> list[tuple[str, str]]:
        """Return the findings about somebody who comes in, and assert that `promote` agrees with them."""
        comes = registration("new", session_ids=frozenset(session_ids), **changes)
        found = codes_and_paths(judged(made, comes))
        behind = evolve(made, registrations=(*made.registrations, comes.waitlist(at=NOW)))
        is_approved = promote(behind, now=NOW).registrations[-1].state is RegistrationState.APPROVED
        assert is_approved == ((Code.WAITLIST_NEEDED, "/mode") not in found)
        return found

    def test_a_free_seat_for_which_somebody_waits_is_not_given_to_somebody_else(self) -> None:
        line = registration("a").waitlist(at=hours(1))
        terms = call(on_site_capacity=1, waitlist=True)
        assert self.waits(dossier(line, of=event(calls=(terms,)))) == [(Code.WAITLIST_NEEDED, "/mode")]
        assert not self.waits(dossier(line, of=event(calls=(evolve(terms, on_site_capacity=2),))))
        assert not self.waits(
            dossier(line, of=event(calls=(evolve(terms, remote_capacity=1),))), mode=ParticipationMode.REMOTE
        )

    def test_a_wait_from_after_the_end_by_mistake_does_not_open_the_line(self) -> None:
        line, late = registration("a").waitlist(at=hours(1)), registration("b").waitlist(at=hours(24 * 365))
        terms = event(calls=(call(on_site_capacity=1, waitlist=True),))
        assert self.waits(dossier(line, late, of=terms)) == [(Code.WAITLIST_NEEDED, "/mode")]
        assert not self.waits(dossier(late, of=terms))

    def test_a_seat_is_not_kept_for_those_who_wait_for_a_full_session(self) -> None:
        made = dossier(
            registration("a", session_ids=frozenset({"s"})),
            registration("b", session_ids=frozenset({"s"})).waitlist(at=hours(1)),
            of=event(
                calls=(call(on_site_capacity=3, waitlist=True),),
                sessions=(session("s", on_site_capacity=1), session("t", on_site_capacity=1)),
            ),
        )
        assert not self.waits(made)
        assert not self.waits(made, "t")
        assert self.waits(made, "s") == [(Code.SESSION_WAITLIST_NEEDED, "/sessionIds")]

    @LAW
    @given(crowds(), answers("new"))
    def test_it_waits_unless_promote_would_reach_it(self, made: Dossier, comes: Registration) -> None:
        modes = () if made.event.attendance_mode is None else made.event.attendance_mode.modes
        on_site, remote = (seats if mode in modes else None for mode, seats in (("on-site", 2), ("remote", 1)))
        terms = call(on_site_capacity=on_site, remote_capacity=remote, waitlist=True)
        made = evolve(made, event=evolve(made.event, calls=(terms,)))
        assume(made.event.status is not EventStatus.CANCELLED)  # then nobody is promoted, and the call is closed
        sent = registration("new", mode=comes.mode, session_ids=comes.session_ids, submitted_at=hours(40))
        found = {each.code for each in judged(made, sent, now=hours(40))}
        behind = evolve(made, registrations=(*made.registrations, sent.waitlist(at=hours(40))))
        assume(found <= {Code.WAITLIST_NEEDED, Code.SESSION_WAITLIST_NEEDED})  # or something else is wrong with it
        last = promote(behind, now=hours(40)).registrations[-1]
        assert (last.state is RegistrationState.WAITLISTED) == (Code.WAITLIST_NEEDED in found)
        awaited = last.session_ids - last.attended_ids
        assert Code.WAITLIST_NEEDED in found or bool(awaited) == (Code.SESSION_WAITLIST_NEEDED in found)


class TestOneVerdict:
    """A submission has the same findings as `check` once it is in the dossier."""

    @LAW
    @given(crowds(), st.sampled_from(["r0", "new"]).flatmap(answers))
    def test_a_submission_has_the_findings_that_check_has_once_it_is_added(
        self, made: Dossier, comes: Registration
    ) -> None:
        # It comes after all that is there, and has neither a seat nor a wait from before.
        comes = evolve(
            comes,
            submitted_at=hours(40),
            state=RegistrationState.PENDING,
            history=(),
            waitlisted_at=None,
            waits=(),
            checked_in_at=None,
        )
        with_it = evolve(made, registrations=(*made.registrations, comes))
        prefix = f"/registrations/{len(made.registrations)}"
        beside = {
            (each.code, each.path.removeprefix(prefix))
            for each in check(with_it, now=hours(40))
            if each.path.startswith(prefix)
        }
        alone = set(codes_and_paths(judged(made, comes, now=hours(40))))
        seats = {
            *((code, "/mode") for code in (Code.SEATS_EXCEEDED, Code.WAITLIST_NEEDED)),
            *((code, "/sessionIds") for code in (Code.SESSION_SEATS_EXCEEDED, Code.SESSION_WAITLIST_NEEDED)),
        }
        assert alone - seats == beside - seats
        holds = any(holds_seat(each, RegistrationState.PENDING) for each in made.event.calls)
        waitlist = any(each.waitlist for each in made.event.calls)
        if holds:
            # It is refused or has to wait, if it would have a seat too many, and also if others wait for the seat.
            others_wait = any(each.waitlisted_at is not None for each in made.registrations)
            assert bool(alone & seats) or not beside & seats
            assert bool(alone & seats) == bool(beside & seats) or others_wait
        if not waitlist:
            # Refusing it now is stricter than what the office may do with one that it has taken in.
            assert alone >= beside
