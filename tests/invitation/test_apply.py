"""Answers put into registrations: whose they are, in what order, and once."""

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from tests.ical.calendars import refusals
from tests.samples.invited import EVENT, ORGANIZER, answered, registration
from tests.samples.whole import text
from wtisd_model import Call, CallKind, Contact, Dossier, Event, ParticipationStatus, Registration, from_json, to_json
from wtisd_model.invitation import IncomingReply, Method, apply, invite, read_reply
from wtisd_model.model.registration import MOST_REPLIES

AT = datetime(2023, 4, 20, 8, 15, tzinfo=UTC)
ACCEPTED, DECLINED = ParticipationStatus.ACCEPTED, ParticipationStatus.DECLINED
MOVED = evolve(EVENT, sequence=2)
DOSSIER = Dossier(event=MOVED, registrations=(registration(1), registration(2)))
SESSION = MOVED.sessions[0]


def reply(status: ParticipationStatus = ACCEPTED, hours: int = 0, person: int = 1, **changes: Any) -> IncomingReply:
    whole = {
        "method": Method.REPLY,
        "uid": MOVED.uid,
        "sequence": 2,
        "at": AT + timedelta(hours=hours),
        "attendee": f"p{person}@example.org",
        "status": status,
    }
    return IncomingReply(**{**whole, **changes})


@st.composite
def replies(draw: st.DrawFn) -> IncomingReply:
    """Draw answers of two people, about the event and two of its sessions, many of them at the same moment."""
    return reply(
        draw(st.sampled_from(ParticipationStatus)),
        draw(st.integers(0, 2)),
        draw(st.integers(1, 2)),
        sequence=draw(st.integers(0, 2)),
        uid=draw(st.sampled_from([MOVED.uid, *(each.export_uid(MOVED.uid) for each in MOVED.sessions[:2])])),
        comment=draw(st.sampled_from([None, "a", "b"])),
        method=draw(st.sampled_from([Method.REPLY] * 3 + [Method.COUNTER, Method.REFRESH])),
    )


def first(dossier: Dossier) -> Registration:
    return dossier.registrations[0]


def order_does_not_matter(before: Dossier, answers: list[IncomingReply], choose: Any, cut: int) -> None:
    """Assert that neither the order of answers, nor their repetition, nor JSON in between changes the result."""
    applied = apply(before, answers)
    mixed = [*answers, *answers[:cut]]
    choose.shuffle(mixed)
    assert apply(before, mixed) == applied
    assert apply(apply(before, mixed[:cut]), mixed[cut:]) == applied
    assert apply(applied, answers) == applied
    assert from_json(Dossier, to_json(applied)) == applied


class TestApply:
    """RFC 5546 sections 2.1.5 and 3.2.3."""

    @given(st.lists(replies(), max_size=8))
    def test_no_reply_changes_the_state_of_a_registration(self, some: list[IncomingReply]) -> None:
        kept = [(each.state, each.history) for each in DOSSIER.registrations]
        assert [(each.state, each.history) for each in apply(DOSSIER, some).registrations] == kept

    def test_an_answer_goes_to_its_person(self) -> None:
        applied = apply(DOSSIER, [reply(attendee="P1@Example.org", comment="By train")])
        assert first(applied).participation_status is ACCEPTED
        (answer,) = first(applied).replies
        assert (answer.at, answer.sequence, answer.session_id, answer.comment) == (AT, 2, None, "By train")
        assert applied.registrations[1] == DOSSIER.registrations[1]
        assert applied.event == DOSSIER.event

    def test_an_older_answer_does_not_overwrite_a_newer(self) -> None:
        old, new = reply(DECLINED, 0), reply(ACCEPTED, 1)
        for order in ([old, new], [new, old]):
            applied = apply(DOSSIER, order)
            assert first(applied).participation_status is ACCEPTED
            assert [each.status for each in first(applied).replies] == [DECLINED, ACCEPTED]

    def test_nor_does_a_later_answer_to_an_older_revision(self) -> None:
        new, late = reply(DECLINED, 0), reply(ACCEPTED, 9, sequence=1)
        assert first(apply(DOSSIER, [new, late])).participation_status is DECLINED
        assert first(apply(DOSSIER, [late, new])).participation_status is DECLINED

    def test_who_answered_before_it_was_moved_is_asked_again(self) -> None:
        applied = apply(DOSSIER, [reply(ACCEPTED, sequence=1)])
        assert first(applied).participation_status is ParticipationStatus.NEEDS_ACTION
        last = first(applied).last_reply()
        assert last is not None
        assert (last.status, last.sequence) == (ACCEPTED, 1)

    def test_an_answer_about_a_session_says_nothing_about_the_event(self) -> None:
        applied = apply(DOSSIER, [reply(DECLINED, uid=SESSION.export_uid(MOVED.uid))])
        assert first(applied).participation_status is ParticipationStatus.NEEDS_ACTION
        answer = first(applied).last_reply(session_id=SESSION.id)
        assert answer is not None
        assert answer.status is DECLINED

    def test_proposals_and_questions_change_nothing(self) -> None:
        others = [reply(method=Method.COUNTER, proposal=SESSION.slot), reply(method=Method.REFRESH)]
        assert apply(DOSSIER, others) == DOSSIER
        assert apply(DOSSIER, []) == DOSSIER

    @LAW
    @given(st.lists(replies(), max_size=6), st.randoms(use_true_random=False), st.integers(0, 6))
    def test_neither_order_nor_repetition_matters(self, answers: list[IncomingReply], choose: Any, cut: int) -> None:
        order_does_not_matter(DOSSIER, answers, choose, cut)

    def test_no_more_answers_are_kept_than_there_is_room_for(self) -> None:
        about = reply(DECLINED, 0)
        uid = SESSION.export_uid(MOVED.uid)
        many = [reply(ACCEPTED, 1 + hours, uid=uid) for hours in range(MOST_REPLIES + 5)]
        applied = apply(DOSSIER, [about, *many])
        answers = first(applied).replies
        assert len(answers) == MOST_REPLIES
        assert first(applied).last_reply() == answers[0]
        assert answers[1].at == AT + timedelta(hours=7)
        assert first(applied).participation_status is DECLINED
        assert apply(apply(DOSSIER, many), [about]) == applied
        assert apply(applied, [about, *many]) == applied
        without = first(apply(DOSSIER, many)).replies
        assert (len(without), without[0].at) == (MOST_REPLIES, AT + timedelta(hours=6))


class TestPeople:
    """An answer belongs to the active registrations with its address, or to all of them if none is active."""

    def test_a_second_registration_takes_the_answers_of_a_withdrawn_one(self) -> None:
        again = evolve(registration(1), id="R-9")
        for gone in (registration(1).withdraw(at=AT), again):
            dossier = Dossier(event=MOVED, registrations=(gone, again, registration(2)))
            counts = [len(each.replies) for each in apply(dossier, [reply()]).registrations]
            assert counts == [int(gone is again), 1, 0]

    def test_where_none_is_active_the_others_take_it(self) -> None:
        dossier = Dossier(event=MOVED, registrations=(registration(1).withdraw(at=AT),))
        assert first(apply(dossier, [reply()])).participation_status is ACCEPTED

    def test_a_stranger_with_the_same_address_who_is_not_invited_does_not_get_in_the_way(self) -> None:
        stranger = registration(1, participant=Contact(name="Participant 9", email="P1@example.org")).reset(at=AT)
        waiting = evolve(stranger, id="R-9")
        for uninvited in (waiting, waiting.waitlist(at=AT)):
            for people in ((registration(1), uninvited), (uninvited, registration(1))):
                applied = apply(Dossier(event=MOVED, registrations=people), [reply()])
                assert {each.id: len(each.replies) for each in applied.registrations} == {"R-1": 1, "R-9": 0}

    def test_where_the_call_needs_no_approval_the_stranger_is_invited_too(self) -> None:
        stranger = registration(1, participant=Contact(name="Participant 9", email="p1@example.org")).reset(at=AT)
        open_call = Call(kind=CallKind.REGISTRATION, email="desk@example.org", needs_approval=False)
        people = (registration(1), evolve(stranger, id="R-9"))
        dossier = Dossier(event=evolve(MOVED, calls=(open_call,)), registrations=people)
        assert refusals(lambda: apply(dossier, [reply()])) == [("reply-ambiguous", "/replies/0/attendee")]

    def test_where_nobody_is_invited_an_active_one_takes_it(self) -> None:
        pending = registration(1).reset(at=AT)
        dossier = Dossier(event=MOVED, registrations=(evolve(registration(1), id="R-9").withdraw(at=AT), pending))
        assert [len(each.replies) for each in apply(dossier, [reply()]).registrations] == [0, 1]

    def test_one_that_was_purged_is_nobodys(self) -> None:
        dossier = Dossier(event=MOVED, registrations=(registration(1).purged(at=AT),))
        assert refusals(lambda: apply(dossier, [reply()])) == [("person-unknown", "/replies/0/attendee")]


def sharing(number: int) -> Registration:
    """Return the registration of one of several people with one mailbox."""
    return evolve(registration(number), participant=Contact(name=f"Participant {number}", email="desk1@example.org"))


class TestSharedMailbox:
    """People who share a mailbox get one invitation; nobody guesses which of them replied."""

    DOSSIER = Dossier(event=MOVED, registrations=tuple(map(sharing, (1, 2, 3))))
    ID = DOSSIER.registrations[1].id

    def test_a_reply_is_ambiguous_until_the_office_names_the_person(self) -> None:
        replied = reply(attendee="Desk1@example.org")
        assert refusals(lambda: apply(self.DOSSIER, [replied])) == [("reply-ambiguous", "/replies/0/attendee")]
        named = evolve(replied, registration_id=self.ID)
        counts = [len(each.replies) for each in apply(self.DOSSIER, [named]).registrations]
        assert counts == [0, 1, 0]

    def test_a_registration_of_somebody_else_is_refused(self) -> None:
        for address, id_ in (("desk1@example.org", "R-9"), ("p1@example.org", self.ID)):
            named = reply(attendee=address, registration_id=id_)
            assert refusals(lambda: apply(self.DOSSIER, [named])) == [("person-unknown", "/replies/0/registrationId")]  # noqa: B023 - called at once

    def test_a_proposal_changes_nothing_so_it_need_not_be_named(self) -> None:
        question = reply(attendee="desk1@example.org", method=Method.REFRESH)
        assert apply(self.DOSSIER, [question]) == self.DOSSIER

    def test_one_person_left_is_not_ambiguous(self) -> None:
        first, second, third = self.DOSSIER.registrations
        left = evolve(self.DOSSIER, registrations=(first.withdraw(at=AT), second, third.withdraw(at=AT)))
        counts = [len(each.replies) for each in apply(left, [reply(attendee="desk1@example.org")]).registrations]
        assert counts == [0, 1, 0]


class TestFocalPoint:
    """A focal point gets a copy of the invitation: what they send back is not the reply of the person."""

    FOCAL = "focal1@example.org"
    FILED = evolve(DOSSIER, registrations=(evolve(registration(1), filed_by=Contact(email=FOCAL)), registration(2)))

    def answered(self, who: str) -> bytes:
        lines = [b"ATTENDEE;PARTSTAT=DECLINED" + who.encode()]
        asked = invite(MOVED, self.FILED.registrations[0], stamped=AT).ics
        whole = asked.replace(b"\r\n ", b"").replace(b"METHOD:REQUEST", b"METHOD:REPLY")
        return b"\r\n".join(
            [each for each in whole.split(b"\r\n") if not each.startswith(b"ATTENDEE")][:-3] + lines
        ) + (b"\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")

    @pytest.mark.parametrize("who", [f":mailto:{FOCAL}", f';DELEGATED-FROM="mailto:p1@example.org":mailto:{FOCAL}'])
    def test_a_reply_in_their_own_name_is_that_of_a_stranger(self, who: str) -> None:
        replied = read_reply(self.answered(who), sender=self.FOCAL)
        assert replied.status is DECLINED
        ((code, _),) = refusals(lambda: apply(self.FILED, [replied]))
        assert code in {"person-unknown", "delegation-unconfirmed"}

    def test_a_reply_in_the_name_of_the_person_is_refused(self) -> None:
        taken = self.answered(":mailto:p1@example.org")
        assert refusals(lambda: read_reply(taken, sender=self.FOCAL)) == [("sender-differs", "")]

    def test_a_reply_on_behalf_of_the_person_is_told_of(self) -> None:
        behalf = self.answered(f';SENT-BY="mailto:{self.FOCAL}":mailto:p1@example.org')
        assert [each.code for each in read_reply(behalf, sender=self.FOCAL).findings] == ["answered-for-another"]

    def test_a_focal_point_who_is_invited_too_replies_for_themselves(self) -> None:
        own = evolve(registration(3), participant=Contact(name="Focal point 1", email=self.FOCAL))
        both = evolve(self.FILED, registrations=(self.FILED.registrations[0], own))
        counts = [len(each.replies) for each in apply(both, [reply(attendee=self.FOCAL)]).registrations]
        assert counts == [0, 1]


class TestIds:
    """An id of the office decides who shares a mailbox, before names do."""

    def shared(self, *people: tuple[str | None, str]) -> Dossier:
        contacts = [Contact(id=id_, name=name, email="desk1@example.org") for id_, name in people]
        guests = (evolve(registration(n), participant=each) for n, each in enumerate(contacts, start=1))
        return Dossier(event=MOVED, registrations=tuple(guests))

    def test_one_person_under_two_names_replies_once_for_both(self) -> None:
        one = self.shared(("a", "Participant 1"), ("a", "P. One"))
        counts = [len(each.replies) for each in apply(one, [reply(attendee="desk1@example.org")]).registrations]
        assert counts == [1, 1]

    def test_two_people_of_one_name_are_ambiguous(self) -> None:
        two = self.shared(("a", "Participant 1"), ("b", "Participant 1"))
        replied = reply(attendee="desk1@example.org")
        assert refusals(lambda: apply(two, [replied])) == [("reply-ambiguous", "/replies/0/attendee")]


ALSO = "p8@example.org"
DELEGATE = "p9@example.org"
DELEGATED = reply(ParticipationStatus.DELEGATED, delegated_to=(DELEGATE,))


def by_delegate(status: ParticipationStatus = ACCEPTED, hours: int = 1, **changes: Any) -> IncomingReply:
    return reply(status, hours, **{"attendee": DELEGATE, "delegated_from": ("p1@example.org",), **changes})


def by_delegate_of_both(status: ParticipationStatus, hours: int) -> IncomingReply:
    return by_delegate(status, hours, delegated_from=("p1@example.org", "p2@example.org"), sequence=0)


class TestDelegates:
    """RFC 5546 sections 4.2.5 to 4.2.7 and 5.2.2: the reply of a delegate who has no registration."""

    def test_it_is_kept_with_the_person_who_delegated(self) -> None:
        applied = apply(DOSSIER, [DELEGATED, by_delegate(attendee="P9@Example.org", comment="Gladly")])
        delegator, other = applied.registrations
        assert [(each.status, each.delegate) for each in delegator.replies] == [
            (ParticipationStatus.DELEGATED, None),
            (ACCEPTED, "P9@Example.org"),
        ]
        assert (delegator.replies[0].delegated_to, delegator.replies[1].comment) == (frozenset({DELEGATE}), "Gladly")
        assert delegator.participation_status is ParticipationStatus.DELEGATED
        assert delegator.last_reply() == delegator.replies[0]
        assert other == DOSSIER.registrations[1]
        assert from_json(Dossier, to_json(applied)) == applied

    def test_nobody_replies_for_a_person_who_has_not_named_them(self) -> None:
        unconfirmed = [("delegation-unconfirmed", "/replies/1/delegatedFrom")]
        for own in (
            reply(DECLINED),  # no delegation
            reply(DECLINED, delegated_to=(DELEGATE,)),  # nor this, whatever DELEGATED-TO says
            reply(ParticipationStatus.DELEGATED, delegated_to=(ALSO,)),
            evolve(DELEGATED, uid=SESSION.export_uid(MOVED.uid)),
            evolve(DELEGATED, attendee="p2@example.org"),
        ):
            assert refusals(lambda: apply(DOSSIER, [own, by_delegate()])) == unconfirmed  # noqa: B023 - called at once
        both = by_delegate(delegated_from=("p1@example.org", "p2@example.org"))
        assert refusals(lambda: apply(DOSSIER, [DELEGATED, both])) == unconfirmed

    def test_a_delegate_names_nobody_else(self) -> None:
        passed_on = by_delegate(ParticipationStatus.DELEGATED, delegated_to=(ALSO,))
        applied = apply(DOSSIER, [DELEGATED, passed_on])
        for delegator in (DELEGATE, "p1@example.org"):
            third = by_delegate(attendee=ALSO, delegated_from=(delegator,))
            assert refusals(lambda: apply(applied, [third])) == [("delegation-unconfirmed", "/replies/0/delegatedFrom")]  # noqa: B023 - called at once

    def test_it_is_held_until_the_delegation_is_known(self) -> None:
        assert refusals(lambda: apply(DOSSIER, [by_delegate()])) == [
            ("delegation-unconfirmed", "/replies/0/delegatedFrom")
        ]
        known = apply(DOSSIER, [DELEGATED])
        assert apply(known, [by_delegate()]) == apply(DOSSIER, [by_delegate(), DELEGATED])

    def test_for_whom_it_is_has_to_be_stated(self) -> None:
        unstated = by_delegate(delegated_from=())
        assert refusals(lambda: apply(DOSSIER, [DELEGATED, unstated])) == [("delegator-missing", "/replies/1/attendee")]
        assert refusals(lambda: apply(DOSSIER, [unstated])) == [("person-unknown", "/replies/0/attendee")]

    def test_one_delegate_may_come_for_two(self) -> None:
        second = evolve(DELEGATED, attendee="p2@example.org")
        both = by_delegate(delegated_from=("p1@example.org", "P2@Example.org"))
        for each in apply(DOSSIER, [both, DELEGATED, second]).registrations:
            assert [answer.delegate for answer in each.replies] == [None, DELEGATE]

    def test_who_has_a_registration_replies_for_it(self) -> None:
        applied = apply(
            DOSSIER,
            [evolve(DELEGATED, delegated_to=("p2@example.org",)), by_delegate(person=2, attendee="p2@example.org")],
        )
        assert [len(each.replies) for each in applied.registrations] == [1, 1]
        assert applied.registrations[1].participation_status is ACCEPTED

    def test_if_all_delegates_decline_the_person_is_asked_again(self) -> None:
        both = evolve(DELEGATED, delegated_to=(DELEGATE, ALSO))
        one = [both, by_delegate(DECLINED)]
        assert first(apply(DOSSIER, one)).participation_status is ParticipationStatus.DELEGATED
        all_ = [*one, by_delegate(DECLINED, attendee=ALSO)]
        declined = first(apply(DOSSIER, all_))
        assert declined.participation_status is ParticipationStatus.NEEDS_ACTION
        asked = invite(evolve(MOVED, organizer=ORGANIZER), declined, stamped=AT)
        assert b"RSVP=TRUE" in asked.ics.replace(b"\r\n ", b"")
        again = first(apply(DOSSIER, [*all_, by_delegate(ACCEPTED, 2)]))
        assert again.participation_status is ParticipationStatus.DELEGATED
        assert b"PARTSTAT=DELEGATED" in invite(evolve(MOVED, organizer=ORGANIZER), again, stamped=AT).ics

    def test_a_refusal_from_before_the_delegation_does_not_count(self) -> None:
        again = evolve(DELEGATED, at=AT + timedelta(hours=2))
        for earlier in (DELEGATED, evolve(DELEGATED, sequence=1)):
            applied = apply(DOSSIER, [by_delegate(DECLINED, 1), again, earlier])
            assert first(applied).participation_status is ParticipationStatus.DELEGATED

    @pytest.mark.parametrize("hours", [1, 2, 3])
    def test_the_clock_of_a_delegate_may_be_slow(self, hours: int) -> None:
        delegated = evolve(DELEGATED, at=AT + timedelta(hours=2), delegated_to=(DELEGATE, ALSO))
        declined = [by_delegate(DECLINED, hours), by_delegate(DECLINED, hours, attendee=ALSO.upper())]
        for replies in ([delegated, *declined], [*declined, delegated]):
            assert first(apply(DOSSIER, replies)).participation_status is ParticipationStatus.NEEDS_ACTION

    def test_a_delegation_to_somebody_else_voids_no_refusal(self) -> None:
        elsewhere = evolve(DELEGATED, delegated_to=(ALSO,))
        delegated = evolve(DELEGATED, at=AT + timedelta(hours=2))
        applied = apply(DOSSIER, [elsewhere, by_delegate(DECLINED), delegated])
        assert first(applied).participation_status is ParticipationStatus.NEEDS_ACTION

    def test_a_refusal_of_the_time_before_does_not_count(self) -> None:
        late = [by_delegate(DECLINED, 3, sequence=1), DELEGATED]
        assert first(apply(DOSSIER, late)).participation_status is ParticipationStatus.DELEGATED

    def test_a_person_may_come_after_all(self) -> None:
        applied = apply(DOSSIER, [DELEGATED, by_delegate(DECLINED), reply(ACCEPTED, 2)])
        assert first(applied).participation_status is ACCEPTED
        assert first(apply(applied, [by_delegate(DECLINED, 3)])).participation_status is ACCEPTED

    def test_of_a_session_it_is_the_same(self) -> None:
        uid = SESSION.export_uid(MOVED.uid)
        applied = apply(DOSSIER, [evolve(DELEGATED, uid=uid), by_delegate(DECLINED, uid=uid)])
        assert first(applied).participation_status is ParticipationStatus.NEEDS_ACTION
        assert [each.session_id for each in first(applied).replies] == [SESSION.id] * 2
        event = evolve(MOVED, organizer=ORGANIZER)
        assert b"PARTSTAT=NEEDS-ACTION" in invite(event, first(applied), stamped=AT, session=SESSION.id).ics

    def test_a_proposal_of_a_delegate_changes_nothing(self) -> None:
        proposal = by_delegate(method=Method.COUNTER, proposal=SESSION.slot)
        assert apply(DOSSIER, [DELEGATED, proposal]) == apply(DOSSIER, [DELEGATED])
        assert refusals(lambda: apply(DOSSIER, [proposal])) == [("delegation-unconfirmed", "/replies/0/delegatedFrom")]

    def test_the_persons_last_reply_is_never_crowded_out(self) -> None:
        many = [by_delegate(ACCEPTED, 1 + hours) for hours in range(MOST_REPLIES + 5)]
        delegator = first(apply(DOSSIER, [DELEGATED, *many]))
        assert (len(delegator.replies), delegator.replies[0].delegate) == (MOST_REPLIES, None)

    @LAW
    @given(
        st.lists(
            st.builds(
                by_delegate,
                st.sampled_from([ACCEPTED, DECLINED, ParticipationStatus.DELEGATED]),
                st.integers(0, 2),
                attendee=st.sampled_from([DELEGATE, ALSO]),
            )
            | st.builds(
                reply,
                st.sampled_from([ACCEPTED, ParticipationStatus.DELEGATED]),
                st.integers(0, 2),
                delegated_to=st.sampled_from([(), (DELEGATE,), (DELEGATE, ALSO)]),
            ),
            max_size=6,
        ),
        st.randoms(use_true_random=False),
        st.integers(0, 6),
    )
    def test_neither_order_nor_repetition_matters(self, answers: list[IncomingReply], choose: Any, cut: int) -> None:
        known = apply(DOSSIER, [evolve(DELEGATED, delegated_to=(DELEGATE, ALSO))])
        order_does_not_matter(known, answers, choose, cut)


class TestAnotherRevision:
    """RFC 5546 section 3.2.2.1: after a change of time or place a person has to reply again."""

    BEFORE = Dossier(event=EVENT, registrations=(registration(1), registration(2)))
    MOVES = (
        EVENT,
        EVENT.revised(at=AT, title=text("Edited")),
        EVENT.revised(at=AT, locations=EVENT.locations[:1]),
        EVENT.revised(at=AT, sessions=(EVENT.sessions[0].cancel(at=AT), *EVENT.sessions[1:])),
        EVENT.postpone(at=AT),
    )

    def test_a_reply_to_the_time_before_no_longer_counts(self) -> None:
        replied = [reply(sequence=EVENT.sequence)]
        applied = apply(self.BEFORE, replied)
        assert first(applied).participation_status is ACCEPTED
        postponed = evolve(applied, event=EVENT.postpone(at=AT))
        for again in ([], replied, [reply(person=2, sequence=EVENT.sequence)]):
            assert first(apply(postponed, again)).participation_status is ParticipationStatus.NEEDS_ACTION

    def test_a_reply_counts_again_if_the_change_is_taken_back(self) -> None:
        applied = apply(self.BEFORE, [reply(sequence=EVENT.sequence)])
        postponed = evolve(applied, event=EVENT.postpone(at=AT))
        assert apply(evolve(apply(postponed, []), event=EVENT), []) == applied

    @LAW
    @given(
        st.lists(
            st.builds(
                reply,
                st.sampled_from(ParticipationStatus),
                st.integers(0, 2),
                st.integers(1, 2),
                sequence=st.integers(EVENT.sequence, EVENT.sequence + 1),
                uid=st.sampled_from([EVENT.uid, EVENT.sessions[0].export_uid(EVENT.uid)]),
                delegated_to=st.sampled_from([(), (DELEGATE,)]),
            )
            | st.builds(by_delegate_of_both, st.sampled_from([ACCEPTED, DECLINED]), st.integers(0, 2)),
            max_size=8,
        ),
        st.lists(st.sampled_from(MOVES), max_size=3),
        st.randoms(use_true_random=False),
    )
    def test_only_the_replies_and_the_event_count_and_not_when_they_were_applied(
        self, replies: list[IncomingReply], moves: list[Event], random: Random
    ) -> None:
        known = [evolve(DELEGATED, attendee=f"p{number}@example.org", sequence=0) for number in (1, 2)]
        after = EVENT.postpone(at=AT)
        once = apply(evolve(self.BEFORE, event=after), [*known, *replies])
        applied = apply(self.BEFORE, known)
        for event in moves:
            highest = {each.export_uid(event.uid): event.entry_sequence(each) for each in event.sessions}
            highest[event.uid] = event.entry_sequence()
            some = [each for each in replies if random.choice((True, False)) and each.sequence <= highest[each.uid]]
            random.shuffle(some)
            applied = apply(evolve(applied, event=event), some)
        random.shuffle(replies)
        applied = apply(evolve(applied, event=after), replies)
        assert applied == once
        assert apply(applied, []) == once


class TestWhatTheOfficeSet:
    """A status without a reply is the office's; a person who returns has not replied yet."""

    def test_without_a_reply_about_the_event_the_status_stays(self) -> None:
        noted = evolve(DOSSIER, registrations=(answered(1, ACCEPTED), registration(2)))
        about = reply(DECLINED, uid=SESSION.export_uid(MOVED.uid))
        for some in ([], [about], [reply(person=2)]):
            assert first(apply(noted, some)).participation_status is ACCEPTED

    def test_a_person_who_returns_has_to_reply_again(self) -> None:
        applied = apply(DOSSIER, [reply(ACCEPTED, 0)])
        gone = first(applied).withdraw(at=AT + timedelta(hours=2))
        assert first(apply(with_first(gone), [reply(DECLINED, 3)])).participation_status is DECLINED
        back = with_first(gone.reset(at=AT + timedelta(hours=4)))
        for some in ([], [reply(ACCEPTED, 0)], [reply(DECLINED, 3)]):
            assert first(apply(back, some)).participation_status is ParticipationStatus.NEEDS_ACTION
        assert first(apply(back, [reply(DECLINED, 5)])).participation_status is DECLINED

    def test_a_person_who_was_rejected_has_not_replied_either(self) -> None:
        applied = first(apply(DOSSIER, [reply(ACCEPTED, 0)])).reset(at=AT + timedelta(hours=1))
        assert applied.participation_status is ACCEPTED
        back = applied.reject(at=AT + timedelta(hours=2)).reset(at=AT + timedelta(hours=3))
        for some in ([], [reply(ACCEPTED, 0)], [reply(DECLINED, 1)]):
            assert first(apply(with_first(back), some)).participation_status is ParticipationStatus.NEEDS_ACTION
        assert first(apply(with_first(back), [reply(DECLINED, 4)])).participation_status is DECLINED

    def test_a_late_reply_to_an_older_revision_does_not_count_for_a_person_who_returned(self) -> None:
        of = evolve(MOVED, changed_sequence=0, minimum_sequence=2)
        applied = apply(evolve(DOSSIER, event=of), [reply(ACCEPTED, 0, sequence=2)])
        back = first(applied).withdraw(at=AT + timedelta(hours=1)).reset(at=AT + timedelta(hours=2))
        late = apply(evolve(with_first(back), event=of), [reply(DECLINED, 3, sequence=1)])
        assert first(late).participation_status is ParticipationStatus.NEEDS_ACTION

    def test_a_registration_without_personal_data_keeps_its_status(self) -> None:
        refused = [DELEGATED, by_delegate(DECLINED)]
        purged = first(apply(DOSSIER, refused)).purged(at=AT)
        assert first(apply(with_first(purged), [])) is purged


def with_first(one: Registration) -> Dossier:
    return evolve(DOSSIER, registrations=(one, DOSSIER.registrations[1]))


class TestRefusals:
    """All or nothing, and all that is wrong at once."""

    def test_what_is_not_of_this_dossier_is_refused(self) -> None:
        wrong = [
            reply(),
            reply(uid="another@example.org"),
            reply(person=3),
            reply(sequence=3),
            reply(uid="another@example.org", method=Method.COUNTER),
        ]
        assert sorted(refusals(lambda: apply(DOSSIER, wrong)), key=lambda each: each[1]) == [
            ("uid-foreign", "/replies/1/uid"),
            ("person-unknown", "/replies/2/attendee"),
            ("sequence-ahead", "/replies/3/sequence"),
            ("uid-foreign", "/replies/4/uid"),
        ]

    def test_no_more_than_a_hundred_are_told(self) -> None:
        assert len(refusals(lambda: apply(DOSSIER, [reply(person=3)] * 150))) == 100

    def test_other_things_are_a_mistake_of_the_caller(self) -> None:
        wrong: Any = "accepted"
        with pytest.raises(TypeError):
            apply(wrong, [])
        with pytest.raises(TypeError):
            apply(DOSSIER, [wrong])
