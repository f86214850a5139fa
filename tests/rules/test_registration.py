"""Rules about registrations."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given

from tests.planning.second_count import limits, taken
from tests.rules.crowds import crowds
from tests.samples.small import NOW, call, deadline, dossier, event, hours, judged, registration, session, slot, wait
from tests.samples.whole import days
from wtisd_model import (
    Code,
    Contact,
    Dossier,
    Event,
    EventStatus,
    Finding,
    Membership,
    Need,
    ParticipationMode,
    Registration,
    Session,
    Severity,
    VirtualLocation,
    check,
)
from wtisd_model.rules.registration import people_register_once, seats_go_in_turn, seats_suffice
from wtisd_model.rules.submission import ids_are_unique

LATE = hours(100_000)
ON_SITE, REMOTE = ParticipationMode.ON_SITE, ParticipationMode.REMOTE


def found_in(one: Registration, now: datetime = LATE, **changes: Any) -> list[tuple[str, str]]:
    return codes_and_paths(judged(dossier(registration("before"), one, of=event(**changes)), now))


def found_in_event(one: Registration, of: Event) -> list[tuple[str, str]]:
    return codes_and_paths(judged(dossier(one, of=of)))


def codes_and_paths(findings: Any) -> list[tuple[str, str]]:
    return [(each.code, each.path) for each in findings]


class TestWords:
    """Mails are written in the language of their reader where there are words in it."""

    def test_the_first_reader_of_a_language_without_words_has_a_warning(self) -> None:
        tags = ("it", "fr-CH", None, "it-CH", "nl")
        readers = [Contact(name="Participant 1", email="p1@example.org", language=tag) for tag in tags]
        given = [registration(f"r{index}", participant=reader) for index, reader in enumerate(readers)]
        gone = registration(
            "gone", participant=Contact(name="Participant 2", email="p2@example.org", language="da")
        ).withdraw(at=hours(1))
        found = [each for each in check(dossier(gone, *given), now=LATE) if each.code == Code.LANGUAGE_WITHOUT_WORDS]
        assert [each.path for each in found] == [f"/registrations/{index}/participant/language" for index in (1, 5)]
        assert {each.severity for each in found} == {Severity.WARNING}


class TestMode:
    """R01: "mode is stated and the event offers it"."""

    def test_a_mode_that_the_event_does_not_offer_is_refused(self) -> None:
        one = registration("a", mode=REMOTE)
        (found,) = judged(dossier(one, of=event(virtual_locations=())))
        assert (found.code, found.path, found.params) == (
            Code.MODE_NOT_OFFERED,
            "/registrations/0/mode",
            {"choices": "on-site"},
        )

    def test_at_a_mixed_event_each_mode_is_offered(self) -> None:
        assert not found_in(registration("a", mode=REMOTE))

    def test_the_sessions_that_were_chosen_offer_the_mode_whether_or_not_the_event_does(self) -> None:
        streamed = session("keynote", virtual_locations=(VirtualLocation(),))
        on_site = event(virtual_locations=(), sessions=(streamed, session("workshop"), session("seminar")))
        assert not found_in_event(registration("a", mode=REMOTE, session_ids=frozenset({"keynote"})), on_site)
        one = registration("a", mode=REMOTE, session_ids=frozenset({"keynote", "workshop", "seminar", "gone"}))
        found = [each for each in judged(dossier(one, of=on_site)) if each.code != Code.SESSION_UNKNOWN]
        assert [(each.code, each.path, each.params) for each in found] == [
            (Code.SESSION_MODE_NOT_OFFERED, "/registrations/0/mode", {"session": id_, "choices": "on-site"})
            for id_ in ("seminar", "workshop")
        ]

    def test_a_cancelled_session_offers_no_mode_and_refuses_none(self) -> None:
        streamed, off = session("keynote", virtual_locations=(VirtualLocation(),)), session("off").cancel(at=hours(1))
        on_site = event(virtual_locations=(), sessions=(streamed, off))
        one = registration("a", mode=REMOTE, session_ids=frozenset({"keynote", "off"}))
        assert found_in_event(one, on_site) == [(Code.SESSION_CANCELLED, "/registrations/0/sessionIds")]
        alone = evolve(one, session_ids=frozenset({"off"}))
        assert found_in_event(alone, on_site) == [(Code.SESSION_CANCELLED, "/registrations/0/sessionIds")]
        nowhere = evolve(on_site, sessions=(off,))
        assert (Code.MODE_NOT_OFFERED, "/registrations/0/mode") in found_in_event(alone, nowhere)

    def test_if_only_sessions_offer_a_mode_they_are_named(self) -> None:
        streamed = [session(name, virtual_locations=(VirtualLocation(),)) for name in ("keynote", "off", "draft")]
        sessions = (streamed[0], streamed[1].cancel(at=hours(1)), evolve(streamed[2], status=EventStatus.DRAFT))
        on_site = event(virtual_locations=(), sessions=(*sessions, session("workshop")))
        for chosen in (set[str](), {"gone"}):
            one = registration("a", mode=REMOTE, session_ids=frozenset(chosen))
            (found,) = [each for each in judged(dossier(one, of=on_site)) if each.code != Code.SESSION_UNKNOWN]
            assert (found.code, found.path) == (Code.MODE_ONLY_IN_SESSIONS, "/registrations/0/mode")
            assert found.params == {"ids": "keynote"}
            assert "Choose sessions that offer it: keynote." in found.fix
        none_held = evolve(on_site, sessions=sessions[1:])
        assert found_in_event(registration("a", mode=REMOTE), none_held) == [
            (Code.MODE_NOT_OFFERED, "/registrations/0/mode")
        ]

    def test_a_workshop_may_be_on_site_only_and_a_keynote_streamed(self) -> None:
        hybrid = event(sessions=(session("workshop", inherited_places=ON_SITE), session("keynote")))
        for chosen, refused in (({"workshop"}, True), ({"keynote"}, False), (set[str](), False)):
            one = registration("a", mode=REMOTE, session_ids=frozenset(chosen))
            assert bool(found_in_event(one, hybrid)) is refused
            assert not found_in_event(one.withdraw(at=hours(1)), hybrid)  # it cannot be changed any more

    def test_a_draft_without_a_place_refuses_no_mode(self) -> None:
        nowhere: dict[str, Any] = {"status": EventStatus.DRAFT, "locations": (), "virtual_locations": ()}
        assert not found_in_event(registration("a"), event(**nowhere))
        chosen = registration("a", session_ids=frozenset({"s"}))
        assert not found_in_event(chosen, event(sessions=(session("s", status=EventStatus.DRAFT),), **nowhere))

    def test_a_venue_that_follows_is_on_site(self) -> None:
        waits = event(locations=(), virtual_locations=(), venue_to_follow=True)
        assert not found_in_event(registration("a"), waits)
        assert found_in_event(registration("a", mode=REMOTE), waits) == [
            (Code.MODE_NOT_OFFERED, "/registrations/0/mode")
        ]


class TestWindow:
    """R04: "submitted inside the window; no deadline stated = until the event ends"."""

    @pytest.mark.parametrize(
        ("seconds", "expected"),
        [(-1, [(Code.CALL_NOT_OPEN, "/registrations/1/submittedAt")]), (0, [])],
    )
    def test_before_the_call_opens_is_too_early(self, seconds: int, expected: list[tuple[str, str]]) -> None:
        one = registration("a", submitted_at=hours(-5) + timedelta(seconds=seconds))
        assert found_in(one, calls=(call(opens=hours(-5)),)) == expected

    @pytest.mark.parametrize(
        ("seconds", "expected"),
        [(-1, []), (0, [(Code.CALL_CLOSED, "/registrations/1/submittedAt")])],
    )
    def test_the_whole_last_day_is_in_time(self, seconds: int, expected: list[tuple[str, str]]) -> None:
        last = deadline("2023-04-13")
        closes_at = last.closes_at + timedelta(seconds=seconds)
        assert found_in(registration("a", submitted_at=closes_at), calls=(call(deadline=last),)) == expected

    def test_without_a_deadline_the_end_of_the_event_is_too_late(self) -> None:
        held = event()
        assert held.slot is not None
        late, in_time = held.slot.ends_at, held.slot.ends_at - timedelta(seconds=1)
        assert found_in(registration("a", submitted_at=late)) == [(Code.CALL_CLOSED, "/registrations/1/submittedAt")]
        assert not found_in(registration("a", submitted_at=in_time))


class TestMembershipAndVisa:
    """R07: "membership is among the addressees"; R08: "visa letter only with on-site"."""

    def test_somebody_who_was_not_addressed_has_a_warning(self) -> None:
        one = registration("a", membership=Membership.PRESS)
        found = judged(dossier(one, of=event(audience=frozenset({Membership.ACADEMIA}))))
        assert codes_and_paths(found) == [(Code.MEMBERSHIP_NOT_ADDRESSED, "/registrations/0/membership")]
        assert found[0].severity is Severity.WARNING

    def test_an_event_for_everyone_or_a_person_without_a_category_has_no_warning(self) -> None:
        assert not found_in(registration("a", membership=Membership.PRESS))
        assert not found_in(registration("a"), audience=frozenset({Membership.ACADEMIA}))
        invited = registration("a", membership=Membership.ACADEMIA)
        assert not found_in(invited, audience=frozenset({Membership.ACADEMIA}))

    def test_a_visa_letter_is_for_on_site_participants(self) -> None:
        needs = frozenset({Need.VISA_LETTER, Need.CAPTIONS})
        assert found_in(registration("a", needs=needs, mode=REMOTE)) == [
            (Code.VISA_LETTER_REMOTE, "/registrations/1/needs")
        ]
        assert not found_in(registration("a", needs=needs))
        assert not found_in(registration("a", needs=frozenset({Need.CAPTIONS}), mode=REMOTE))


class TestCheckIn:
    """R09: checked in "not before the event's first day"."""

    @pytest.mark.parametrize(
        ("seconds", "expected"),
        [(-1, [(Code.CHECKED_IN_TOO_EARLY, "/registrations/1/checkedInAt")]), (0, [])],
    )
    def test_check_in_before_the_first_day_is_too_early(self, seconds: int, expected: list[tuple[str, str]]) -> None:
        # The 17th begins in Geneva at ten in the evening of the 16th in UTC.
        midnight = deadline("2023-05-16").closes_at + timedelta(seconds=seconds)
        came = registration("a").approve(at=hours(1)).check_in(at=midnight)
        assert found_in(came, now=midnight) == expected

    @pytest.mark.parametrize(
        ("seconds", "expected"),
        [(-1, []), (0, [(Code.CHECKED_IN_TOO_LATE, "/registrations/1/checkedInAt")])],
    )
    def test_nobody_arrives_after_the_last_day(self, seconds: int, expected: list[tuple[str, str]]) -> None:
        midnight = deadline("2023-05-17").closes_at + timedelta(seconds=seconds)
        came = registration("a").approve(at=hours(1)).check_in(at=midnight)
        assert found_in(came, now=midnight) == expected

    def test_a_check_in_at_a_postponed_event_is_not_too_late(self) -> None:
        came = registration("a").approve(at=hours(1)).check_in(at=hours(9_000))
        held = event().postpone(at=hours(2))
        assert not found_in(came, now=hours(9_000), status=held.status, history=held.history)

    def test_an_event_without_a_date_has_no_first_day(self) -> None:
        came = registration("a").approve(at=hours(1)).check_in(at=hours(2))
        assert not found_in(came, slot=None, status=EventStatus.DRAFT)


class TestNoShow:
    """Nobody is missing before it begins."""

    @pytest.mark.parametrize(
        ("seconds", "expected"),
        [(-1, [(Code.NO_SHOW_TOO_EARLY, "/registrations/1/history/1/at")]), (0, [])],
    )
    def test_a_no_show_before_the_event_is_impossible(self, seconds: int, expected: list[tuple[str, str]]) -> None:
        at = slot().starts_at + timedelta(seconds=seconds)
        assert found_in(registration("a").approve(at=hours(1)).mark_no_show(at=at), now=at) == expected

    def test_it_counts_from_the_first_session_that_was_chosen(self) -> None:
        sessions = (session("early"), session("late", "16:00", "16:30"), session("later", "16:15", "16:30"))
        chosen = registration("a", session_ids=frozenset({"late", "later", "unknown"})).approve(at=hours(1))
        at = slot().starts_at
        assert (Code.NO_SHOW_TOO_EARLY, "/registrations/1/history/1/at") in found_in(
            chosen.mark_no_show(at=at), now=at, sessions=sessions
        )
        at = sessions[1].slot.starts_at
        assert (Code.NO_SHOW_TOO_EARLY, "/registrations/1/history/1/at") not in found_in(
            chosen.mark_no_show(at=at), now=at, sessions=sessions
        )

    def test_an_event_without_a_date_has_no_start(self) -> None:
        missing = registration("a").approve(at=hours(1)).mark_no_show(at=hours(2))
        assert not found_in(missing, slot=None, status=EventStatus.DRAFT)


class TestSessions:
    """S03, S04: one person is in one room at a time, and no session that was chosen is cancelled."""

    PARALLEL = (session("a"), session("b", "14:45", "15:15"), session("c", "15:15", "15:30"))

    def found(self, one: Registration, *sessions: Session) -> list[tuple[str, str, Any]]:
        made = dossier(one, of=event(sessions=sessions or self.PARALLEL))
        return [(each.code, each.path, each.params) for each in judged(made)]

    def test_nobody_can_be_on_site_in_two_sessions_at_once(self) -> None:
        assert self.found(registration("a", session_ids=frozenset("abc"))) == [
            (Code.SESSIONS_PARALLEL, "/registrations/0/sessionIds", {"ids": "a, b"})
        ]
        assert not self.found(registration("a", session_ids=frozenset("bc")))

    def test_a_session_of_whole_days_leaves_time_for_others(self) -> None:
        exhibition = session("d", slot=days("2023-05-17", "2023-05-18"))
        made = dossier(
            registration("a", session_ids=frozenset("ad")),
            of=event(slot=exhibition.slot, sessions=(*self.PARALLEL, exhibition)),
        )
        assert not judged(made)

    def test_a_remote_participant_may_follow_both(self) -> None:
        assert not self.found(registration("a", session_ids=frozenset("ab"), mode=REMOTE))

    def test_the_whole_event_includes_parallel_sessions(self) -> None:
        assert not self.found(registration("a"))

    def test_only_sessions_that_take_place_and_people_who_come_count(self) -> None:
        first, *others = self.PARALLEL
        both = registration("a", session_ids=frozenset("ab"))
        assert not self.found(both, first.postpone(at=hours(1)), *others)
        assert not self.found(both.withdraw(at=hours(1)))

    def test_a_cancelled_session_is_named_while_there_is_something_to_do(self) -> None:
        first, *others = self.PARALLEL
        cancelled = (first.cancel(at=hours(1)), *others)
        one = registration("a", session_ids=frozenset("ac"))
        assert self.found(one, *cancelled) == [(Code.SESSION_CANCELLED, "/registrations/0/sessionIds", {"ids": "a"})]
        assert not self.found(registration("a", session_ids=frozenset("c")), *cancelled)
        assert not self.found(registration("a"), *cancelled)
        assert not self.found(one.reject(at=hours(1)), *cancelled)

    def test_a_session_that_somebody_waits_for_clashes_with_no_other(self) -> None:
        waits = registration("a", session_ids=frozenset("abc"), waits=[wait("b")])
        assert not self.found(waits)
        assert self.found(evolve(waits, waits=[wait("b", 1, 2)]))

    def test_both_are_warnings(self) -> None:
        made = [*self.PARALLEL, self.PARALLEL[0].cancel(at=hours(1))]
        one = registration("a", session_ids=frozenset("abd"))
        found = judged(dossier(one, of=event(sessions=(*self.PARALLEL, evolve(made[-1], id="d")))))
        assert [each.code for each in found] == [Code.SESSION_CANCELLED, Code.SESSIONS_PARALLEL]
        assert {each.severity for each in found} == {Severity.WARNING}


class TestReferences:
    """S04, for registrations."""

    def test_a_registration_is_for_this_event_and_for_sessions_that_it_has(self) -> None:
        one = registration("a", event_uid="e-2", session_ids=frozenset({"opening", "dinner"}))
        assert found_in(one, sessions=(session("opening"),)) == [
            (Code.EVENT_UID_DIFFERS, "/registrations/1/eventUid"),
            (Code.SESSION_UNKNOWN, "/registrations/1/sessionIds"),
        ]

    def test_ids_are_unique(self) -> None:
        made = dossier(registration("a"), registration("b"), registration("a"))
        assert codes_and_paths(ids_are_unique(made, NOW)) == [(Code.ID_REPEATED, "/registrations/2/id")]


class TestOncePerPerson:
    """R03: "one active registration per event and case-folded e-mail"."""

    @staticmethod
    def found(*registrations: Registration) -> list[tuple[str, str]]:
        return codes_and_paths(people_register_once(dossier(*registrations), NOW))

    def test_the_later_registration_has_the_finding(self) -> None:
        early = registration("a", participant=Contact(name="P 1", email="p1@example.org"))
        late = registration(
            "b", participant=Contact(name="p 1", email="P1@EXAMPLE.ORG"), submitted_at=hours(1), mode=REMOTE
        )
        assert self.found(early, late) == [(Code.REGISTRATION_REPEATED, "/registrations/1/participant")]
        assert self.found(late, early) == [(Code.REGISTRATION_REPEATED, "/registrations/0/participant")]

    def test_of_two_submitted_at_once_the_one_further_down_is_later(self) -> None:
        assert self.found(registration("a"), evolve(registration("a"), id="b")) == [
            (Code.REGISTRATION_REPEATED, "/registrations/1/participant")
        ]

    def test_one_for_another_event_is_not_the_first(self) -> None:
        elsewhere, here = registration("a", event_uid="e-2"), evolve(registration("a"), id="b", submitted_at=hours(1))
        assert self.found(elsewhere, here) == [(Code.REGISTRATION_REPEATED, "/registrations/0/participant")]

    def test_every_registration_after_the_first_has_a_finding(self) -> None:
        again = [evolve(registration("a"), id=f"r-{number}") for number in range(4)]
        assert len(self.found(*again)) == 3

    def test_a_delegation_may_share_a_mailbox(self) -> None:
        three = [
            registration(
                f"r-{number}",
                participant=Contact(name=f"Participant {number}", email="Desk1@example.org"),
                submitted_at=hours(3 - number),
            )
            for number in range(3)
        ]
        assert self.found(*three) == [
            (Code.MAILBOX_SHARED, "/registrations/0/participant/email"),
            (Code.MAILBOX_SHARED, "/registrations/1/participant/email"),
        ]
        again = evolve(three[0], id="again", submitted_at=hours(9))
        assert self.found(*three, again)[-1] == (Code.REGISTRATION_REPEATED, "/registrations/3/participant")
        assert not self.found(three[0].withdraw(at=hours(9)), three[1])
        (found, _) = people_register_once(dossier(*three), NOW)
        assert found.severity is Severity.WARNING

    def test_after_withdrawal_or_rejection_a_person_may_register_again(self) -> None:
        gone = registration("a").withdraw(at=hours(1))
        refused = registration("a").reject(at=hours(1))
        assert not self.found(gone, refused, evolve(registration("a"), id="b", submitted_at=hours(2)))

    def test_purged_registrations_are_never_the_same_person(self) -> None:
        purged = registration("a").purged(at=hours(1))
        assert not self.found(purged, purged, registration("a"))

    def test_the_finding_does_not_identify_the_person(self) -> None:
        (found,) = people_register_once(dossier(registration("a"), registration("a")), NOW)
        assert "example.org" not in str(found)


class TestSeats:
    """R05: "seats counted per mode"."""

    @staticmethod
    def found(*registrations: Registration, **changes: Any) -> list[tuple[str, str]]:
        return codes_and_paths(seats_suffice(dossier(*registrations, of=event(calls=(call(**changes),))), NOW))

    def test_the_findings_are_at_those_who_got_a_seat_last(self) -> None:
        crowd = (
            registration("a").approve(at=hours(3)),
            registration("b").approve(at=hours(1)),
            registration("c").approve(at=hours(2)),
            registration("d"),
        )
        on_decision = {"needs_approval": True}
        assert self.found(*crowd, on_site_capacity=2, **on_decision) == [(Code.SEATS_EXCEEDED, "/registrations/0/mode")]
        assert not self.found(*crowd, on_site_capacity=3, **on_decision)

    def test_registrations_for_another_event_take_no_seats(self) -> None:
        crowd = (registration("a", event_uid="e-2"), evolve(registration("b"), submitted_at=hours(1)))
        assert not self.found(*crowd, on_site_capacity=1)

    def test_each_mode_has_its_own_seats(self) -> None:
        crowd = (registration("a").approve(at=hours(1)), registration("b", mode=REMOTE).approve(at=hours(1)))
        assert self.found(*crowd, on_site_capacity=0, remote_capacity=1) == [
            (Code.SEATS_EXCEEDED, "/registrations/0/mode")
        ]
        assert self.found(*crowd, remote_capacity=0) == [(Code.SEATS_EXCEEDED, "/registrations/1/mode")]

    def test_if_pending_counts_the_first_submitted_has_the_seat(self) -> None:
        crowd = (registration("a").approve(at=hours(5)), registration("b", submitted_at=hours(1)))
        assert not self.found(*crowd, on_site_capacity=1, needs_approval=True)
        assert self.found(*crowd, on_site_capacity=1, needs_approval=True, pending_counts=True) == [
            (Code.SEATS_EXCEEDED, "/registrations/1/mode")
        ]

    def test_where_no_approval_is_needed_those_who_came_later_have_no_seat(self) -> None:
        crowd = [registration(name, submitted_at=hours(at)) for name, at in (("a", 2), ("b", 1), ("c", 3))]
        assert self.found(*crowd, on_site_capacity=1) == [
            (Code.SEATS_EXCEEDED, "/registrations/0/mode"),
            (Code.SEATS_EXCEEDED, "/registrations/2/mode"),
        ]

    def test_without_a_call_or_a_capacity_there_is_no_limit(self) -> None:
        crowd = (registration("a").approve(at=hours(1)),)
        assert not self.found(*crowd)
        assert not list(seats_suffice(dossier(*crowd, of=event(calls=())), NOW))

    def test_the_number_of_seats_is_in_the_finding(self) -> None:
        made = dossier(registration("a").approve(at=hours(1)), of=event(calls=(call(on_site_capacity=0),)))
        assert [each.params for each in seats_suffice(made, NOW)] == [{"maximum": 0}]

    @given(crowds())
    def test_there_is_one_finding_for_each_missing_seat(self, made: Dossier) -> None:
        found = list(seats_suffice(made, NOW))
        at_event = [each.path for each in found if each.code == Code.SEATS_EXCEEDED]
        in_sessions = [(each.path, each.params["session"]) for each in found if each.code != Code.SEATS_EXCEEDED]
        assert {each.code for each in found} <= {Code.SEATS_EXCEEDED, Code.SESSION_SEATS_EXCEEDED}
        missing = {pool: max(0, taken(made, pool) - limit) for pool, limit in limits(made).items()}
        assert len(set(at_event)) == len(at_event) == sum(n for (id_, _), n in missing.items() if id_ is None)
        assert len(set(in_sessions)) == len(in_sessions) == sum(n for (id_, _), n in missing.items() if id_ is not None)

    def test_a_session_has_seats_of_its_own(self) -> None:
        workshop, keynote = session("workshop", on_site_capacity=1), session("keynote")
        made = dossier(
            registration("a", session_ids=frozenset({"workshop", "keynote"})).approve(at=hours(2)),
            registration("b", session_ids=frozenset({"workshop"})).approve(at=hours(1)),
            registration("c", session_ids=frozenset({"keynote"})).approve(at=hours(3)),
            registration("d", session_ids=frozenset({"workshop"}), mode=REMOTE).approve(at=hours(3)),
            registration("e").approve(at=hours(3)),  # counts at the event only
            of=event(calls=(call(needs_approval=True),), sessions=(workshop, keynote)),
        )
        (found,) = seats_suffice(made, NOW)
        assert (found.code, found.path) == (Code.SESSION_SEATS_EXCEEDED, "/registrations/0/sessionIds")
        assert found.params == {"session": "workshop", "maximum": 1}
        assert "in the session workshop is taken" in found.message
        # Without a call nobody has a seat while pending.
        alone = evolve(made.event, calls=(), sessions=(evolve(workshop, on_site_capacity=0), keynote))
        assert [each.path for each in seats_suffice(evolve(made, event=alone), NOW)] == [
            "/registrations/0/sessionIds",
            "/registrations/1/sessionIds",
        ]
        pending = dossier(registration("f", session_ids=frozenset({"workshop"})), of=alone)
        assert not list(seats_suffice(pending, NOW))

    def test_nobody_needs_a_seat_in_a_cancelled_session(self) -> None:
        workshop = session("workshop", on_site_capacity=0)
        crowd = (registration("a", session_ids=frozenset({"workshop"})),)
        assert list(seats_suffice(dossier(*crowd, of=event(sessions=(workshop,))), NOW))
        assert not list(seats_suffice(dossier(*crowd, of=event(sessions=(workshop.cancel(at=hours(1)),))), NOW))


def due(made: Dossier) -> list[Finding]:
    """Return the findings about seats that those who wait should have by now."""
    return [found for found in seats_go_in_turn(made, NOW) if found.code is not Code.WAITLIST_PASSED_OVER]


def passed_over(made: Dossier) -> list[Finding]:
    """Return the findings about seats that somebody else got first."""
    return [found for found in seats_go_in_turn(made, NOW) if found.code is Code.WAITLIST_PASSED_OVER]


class TestWaitlist:
    """R06: "promotion by that time", then by that of submission, then by id."""

    WAITLISTING = event(calls=(call(waitlist=True, on_site_capacity=2, remote_capacity=0),))

    def test_while_a_seat_is_free_the_next_in_line_has_a_warning(self) -> None:
        made = dossier(
            registration("a").waitlist(at=hours(3)),
            registration("b").waitlist(at=hours(2)),
            registration("c").approve(at=hours(1)),
            registration("d", mode=REMOTE).waitlist(at=hours(1)),
            of=self.WAITLISTING,
        )
        found = due(made)
        assert codes_and_paths(found) == [(Code.WAITLIST_ORDER, "/registrations/1/state")]
        assert found[0].severity is Severity.WARNING

    def test_who_waits_for_a_seat_that_is_not_limited_waits_needlessly(self) -> None:
        lifted = registration("c", session_ids={"v", "w"}, waits=[wait("v"), wait("w")]).approve(at=hours(1))
        made = dossier(
            registration("a", session_ids=frozenset({"w"})).waitlist(at=hours(1)),
            lifted,
            of=event(calls=(call(),), sessions=(session("w", on_site_capacity=0), session("v"))),
        )
        found = due(made)
        assert codes_and_paths(found) == [
            (Code.WAITLIST_NEEDLESS, "/registrations/0/state"),
            (Code.WAITLIST_NEEDLESS, "/registrations/1/waits/0"),
        ]
        assert found[0].severity is Severity.WARNING

    def test_somebody_who_waited_longer_than_one_with_a_seat_is_passed_over(self) -> None:
        made = dossier(
            registration("a").waitlist(at=hours(1)),
            registration("b").waitlist(at=hours(2)),
            registration("c").waitlist(at=hours(2)).approve(at=hours(3)),
            registration("f").waitlist(at=hours(0)).approve(at=hours(3)),
            registration("d").waitlist(at=hours(4)),
            registration("e", mode=REMOTE).waitlist(at=hours(1)),
            of=self.WAITLISTING,
        )
        found = passed_over(made)
        assert codes_and_paths(found) == [
            (Code.WAITLIST_PASSED_OVER, "/registrations/0/state"),
            (Code.WAITLIST_PASSED_OVER, "/registrations/1/state"),
        ]
        assert {each.severity for each in found} == {Severity.WARNING}

    def test_somebody_who_gave_the_seat_back_or_never_waited_passes_nobody_over(self) -> None:
        waits = registration("a").waitlist(at=hours(1))
        gave_back = registration("b").waitlist(at=hours(2)).approve(at=hours(3)).withdraw(at=hours(4))
        never_waited = registration("c").approve(at=hours(3))
        assert not passed_over(dossier(waits, gave_back, never_waited, of=self.WAITLISTING))

    def test_a_registration_that_is_listed_twice_does_not_pass_itself_over(self) -> None:
        waits = registration("a").waitlist(at=hours(1))
        twice = dossier(waits, waits.approve(at=hours(2)), of=self.WAITLISTING)
        assert not passed_over(twice)

    WORKSHOPS = event(
        calls=(call(waitlist=True, on_site_capacity=3, needs_approval=True),),
        sessions=(session("w1", on_site_capacity=1), session("w2", on_site_capacity=1)),
    )

    def test_what_sessions_somebody_chose_does_not_matter_for_the_event(self) -> None:
        first = registration("a", session_ids=frozenset({"w1"})).waitlist(at=hours(1))
        for chosen in ({"w1"}, {"w1", "w2"}, {"w2"}, set[str]()):
            other = registration("b", session_ids=frozenset(chosen)).waitlist(at=hours(2)).approve(at=hours(3))
            found = codes_and_paths(passed_over(dossier(first, other, of=self.WORKSHOPS)))
            assert found == [(Code.WAITLIST_PASSED_OVER, "/registrations/0/state")]

    def test_who_waited_longer_for_a_session_is_passed_over_there(self) -> None:
        waits = registration("a", session_ids={"w2", "w1"}, waits=[wait("w2"), wait("w1", 3)]).approve(at=hours(2))
        later = registration("b", session_ids={"w1"}, waits=[wait("w1", 4, 5)]).approve(at=hours(2))
        made = dossier(waits, later, of=self.WORKSHOPS)
        over = [(Code.WAITLIST_PASSED_OVER, "/registrations/0/waits/1")]
        assert codes_and_paths(passed_over(made)) == over
        promoted = registration("b", session_ids={"w1"}).waitlist(at=hours(4)).approve(at=hours(5))
        assert codes_and_paths(passed_over(dossier(waits, promoted, of=self.WORKSHOPS))) == over
        for other in (
            registration("b", session_ids={"w1"}, waits=[wait("w1", 2, 5)]).approve(at=hours(2)),  # it waited longer
            registration("b", session_ids={"w1"}, waits=[wait("w1", 4, 5)]).approve(at=hours(6)),  # it was decided on
            registration("b", session_ids={"w2"}, waits=[wait("w1", 4, 5)]).approve(at=hours(2)),  # it gave it up
            evolve(later, mode=REMOTE),
        ):
            assert not passed_over(dossier(waits, other, of=self.WORKSHOPS))

    def test_who_had_no_seat_at_the_event_was_not_passed_over_in_a_session(self) -> None:
        later = registration("b", session_ids={"w1"}, waits=[wait("w1", 4, 5)]).approve(at=hours(2))
        came_late = registration("a", session_ids={"w1"}, waits=[wait("w1", 3)])
        for approved, passes in ((4, True), (5, False)):
            made = dossier(came_late.approve(at=hours(approved)), later, of=self.WORKSHOPS)
            assert bool(passed_over(made)) is passes

    def test_a_wait_that_begins_at_the_moment_the_seat_was_given_was_not_passed_over(self) -> None:
        # The one who got the last seat and the one who was then too late chose at the same moment.
        got = registration("b", session_ids={"w1"}, waits=[wait("w1", 4, 4)]).approve(at=hours(2))
        for since, passes in ((4, False), (3, True)):
            waits = registration("a", session_ids={"w1"}, waits=[wait("w1", since)]).approve(at=hours(2))
            assert bool(passed_over(dossier(waits, got, of=self.WORKSHOPS))) is passes

    def test_each_seat_goes_to_the_one_who_waited_longest_for_it(self) -> None:
        both = registration("a", session_ids=frozenset({"w1", "w2"})).waitlist(at=hours(1))
        waits = registration("b", session_ids={"w1"}, waits=[wait("w1", 2)]).approve(at=hours(2))
        holder = registration("d", session_ids=frozenset({"w2"})).approve(at=hours(1))
        made = dossier(both, waits, holder, of=self.WORKSHOPS)
        first = (Code.WAITLIST_ORDER, "/registrations/0/state")
        assert codes_and_paths(due(made)) == [first]
        full = dossier(both, waits, holder, registration("e").approve(at=hours(1)), of=self.WORKSHOPS)
        second = (Code.WAITLIST_ORDER, "/registrations/1/waits/0")
        assert codes_and_paths(due(full)) == [second]

    def test_once_the_event_is_cancelled_there_is_no_warning(self) -> None:
        crowd = (registration("a").waitlist(at=hours(1)), registration("b").waitlist(at=hours(2)).approve(at=hours(3)))
        assert passed_over(dossier(*crowd, of=self.WAITLISTING))
        assert not passed_over(dossier(*crowd, of=self.WAITLISTING.cancel(at=hours(4))))
