"""What was sent is recorded, and updates start from it; that both fit calendars is in test_updates_law.py."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from attrs import evolve

from tests.invitation.refusal import refused
from tests.samples.small import dossier, event, registration, session, slot
from tests.samples.whole import focal_point, text
from wtisd_model import Code, Contact, Dossier, Entry, Event, Organization, Registration, TimeSlot, Wait
from wtisd_model import invitation as inv
from wtisd_model.invitation import Letter, Message, Method, Reason

AT = datetime(2023, 4, 14, 9, tzinfo=UTC)
STAMPED = AT + timedelta(minutes=1)
LATER = AT + timedelta(hours=1)
START = datetime(2023, 5, 17, 12, 30, tzinfo=UTC)

ONE = registration("p1").approve(at=AT)
TWO = registration("p2").approve(at=AT)
SESSIONS = (session("s1", "14:30", "15:00"), session("s2", "15:00", "15:30"))
MOVED = (evolve(SESSIONS[0], slot=slot("15:30", "16:00")), SESSIONS[1])


def forum(**changes: Any) -> Event:
    organizer = Organization(name=text("Office"), email="office@example.org")
    return event(**{"organizer": organizer, "sessions": SESSIONS, "sequence": 4, **changes})


def with_entries(one: Registration, *uids: str, **changes: Any) -> Registration:
    whole = {"sequence": 4, "stamped": AT, "start": START, **changes}
    return evolve(one, entries=tuple(Entry(**{"uid": uid, **whole}) for uid in uids))


def choosing(one: Registration, *ids: str, **changes: Any) -> Registration:
    return evolve(one, session_ids=frozenset(ids), **changes)


def at_the_address_of(other: Registration, one: Registration) -> Registration:
    assert one.participant is not None
    assert other.participant is not None
    return evolve(one, participant=evolve(one.participant, email=other.participant.email))


def told(before: Dossier, after: Dossier, **options: Any) -> list[tuple[str, Method, Reason]]:
    return [(each.uid, each.method, each.reason) for each in messages(before, after, **options)]


def messages(before: Dossier, after: Dossier, **options: Any) -> list[Message]:
    return [*inv.updates(before, after, stamped=LATER, **options)]


class TestRecorded:
    """A REQUEST sets an entry, a CANCEL takes it away, and nothing else changes one."""

    def test_an_invitation_is_an_entry(self) -> None:
        invited = inv.invite(forum(), ONE, stamped=STAMPED)
        (found,) = inv.recorded(dossier(ONE, of=forum()), [invited]).registrations
        assert found.entries == (Entry(uid="e-1", sequence=4, stamped=STAMPED, start=START),)

    def test_whole_days_have_no_start(self) -> None:
        days = forum(slot=TimeSlot.days("2023-05-17", "2023-05-18", "Europe/Zurich"), sessions=())
        (found,) = inv.recorded(dossier(ONE, of=days), inv.invites(days, [ONE], stamped=STAMPED)).registrations
        assert [entry.start for entry in found.entries] == [None]

    def test_a_cancellation_takes_it_away(self) -> None:
        held = dossier(with_entries(ONE, "e-1", "s1.e-1"), TWO, of=forum())
        found = inv.recorded(held, [inv.cancel(forum(), ONE, stamped=STAMPED)])
        assert [[entry.uid for entry in each.entries] for each in found.registrations] == [["s1.e-1"], []]

    def test_a_letter_is_its_messages_and_who_is_unknown_is_ignored(self) -> None:
        invited = inv.invite(forum(), ONE, stamped=STAMPED)
        letter = Letter(
            recipient="p1@example.org",
            reasons=(Reason.INVITED,),
            language="en",
            stamped=invited.stamped,
            texts=invited.texts,
            messages=(evolve(invited, registration_ids=("p9", "p1")),),
            registration_ids=("p1",),
        )
        (found,) = inv.recorded(dossier(ONE, of=forum()), [letter]).registrations
        assert [entry.uid for entry in found.entries] == ["e-1"]

    def test_an_announcement_or_a_refusal_of_a_proposal_is_none(self) -> None:
        others = [inv.publish(forum(), stamped=STAMPED), inv.decline_counter(forum(), ONE, stamped=STAMPED)]
        held = dossier(ONE, of=forum())
        assert inv.recorded(held, others) == held

    def test_what_is_neither_a_message_nor_a_letter_is_refused(self) -> None:
        with pytest.raises(TypeError, match="Not a message or a letter"):
            inv.recorded(dossier(of=forum()), ["a message"])  # type: ignore[list-item]  # what a caller may try

    def test_a_cancellation_at_the_address_before_does_not_touch_the_new_one(self) -> None:
        before = with_entries(ONE, "e-1")
        after = evolve(before, participant=Contact(name="Participant p1", email="new@example.org"))
        sent = messages(dossier(before, of=forum()), dossier(after, of=forum()))
        assert [each.method for each in sent] == [Method.REQUEST, Method.CANCEL]
        for order in (sent, sent[::-1]):
            (found,) = inv.recorded(dossier(after, of=forum()), order).registrations
            assert [entry.stamped for entry in found.entries] == [LATER]

    def test_who_leaves_an_address_that_others_have_leaves_its_entries(self) -> None:
        one, two = with_entries(ONE, "e-1"), with_entries(at_the_address_of(ONE, TWO), "e-1")
        gone = evolve(two, participant=Contact(name="Participant p2", email="new@example.org")).withdraw(at=AT)
        before, after = dossier(one, two, of=forum()), dossier(one, gone, of=forum())
        sent = messages(before, after)
        assert [(each.recipient, each.reason) for each in sent] == [("p1@example.org", Reason.EDITED)]
        found = inv.recorded(after, sent)
        assert [len(each.entries) for each in found.registrations] == [1, 0]

    def test_who_is_purged_keeps_the_entry_but_not_one_that_is_cancelled(self) -> None:
        purged = with_entries(ONE, "e-1").purged(at=AT)
        assert [entry.uid for entry in purged.entries] == ["e-1"]
        found = inv.recorded(dossier(purged, of=forum()), [inv.cancel(forum(), ONE, stamped=STAMPED)])
        assert found.registrations[0].entries == ()

    def test_all_who_share_a_mailbox_have_it(self) -> None:
        other = at_the_address_of(ONE, TWO)
        sent = [*inv.invites(forum(), [ONE, other], stamped=STAMPED)]
        assert [each.registration_ids for each in sent] == [("p1", "p2")]
        found = inv.recorded(dossier(ONE, other, of=forum()), sent)
        assert [len(each.entries) for each in found.registrations] == [1, 1]

    def test_an_older_message_changes_nothing(self) -> None:
        moved = forum().reschedule(slot("15:30", "17:30"), at=AT, sessions=())
        first, second = (inv.invite(of, ONE, stamped=AT) for of in (forum(), moved))
        new = inv.recorded(dossier(ONE, of=moved), [first, second])
        assert [entry.sequence for entry in new.registrations[0].entries] == [5]
        for older in (first, inv.cancel(forum(), ONE, stamped=AT)):
            assert inv.recorded(new, [older]) == new

    def test_an_invitation_to_another_event_is_refused(self) -> None:
        other = registration("p1", event_uid="e-2").approve(at=AT)
        sent = [inv.invite(forum(), ONE, stamped=AT), inv.invite(forum(uid="e-2"), other, stamped=AT)]
        with refused(Code.EVENT_UID_DIFFERS, "/messages/1/uid"):
            inv.recorded(dossier(ONE, of=forum()), sent)


class TestSharedMailboxes:
    """Each entry is of those who have it, whoever else is at the address."""

    def test_by_session_the_entry_of_the_event_names_nobody_who_has_others(self) -> None:
        one = choosing(evolve(ONE, filed_by=focal_point()), "s1")
        other = at_the_address_of(ONE, TWO)
        sent = [*inv.invites(forum(), [one, other], stamped=STAMPED, by_session=True)]
        assert [(each.uid, each.name, each.copied_to) for each in sent] == [
            ("s1.e-1", "Participant p1", focal_point()),
            ("e-1", "Participant p2", None),
        ]
        assert sent[1].texts.sessions == ()
        assert b"Participant p1" not in sent[1].ics

    def test_each_goes_on_by_event_or_by_session(self) -> None:
        one = with_entries(choosing(ONE, "s1"), "s1.e-1")
        other = with_entries(at_the_address_of(ONE, TWO), "e-1")
        both = dossier(choosing(one, "s1", "s2"), choosing(other, "s2"), of=forum())
        sent = messages(dossier(one, other, of=forum()), both)
        assert [(each.uid, each.reason, each.registration_ids) for each in sent] == [
            ("s2.e-1", Reason.INVITED, ("p1",)),
            ("e-1", Reason.CHANGED, ("p2",)),
        ]

    def test_who_comes_has_what_is_there_and_it_goes_out_again(self) -> None:
        for own, new, uid in (
            (with_entries(ONE, "e-1"), ONE, "e-1"),
            (with_entries(choosing(ONE, "s1"), "s1.e-1"), choosing(ONE, "s1"), "s1.e-1"),
        ):
            other = evolve(at_the_address_of(new, TWO), session_ids=new.session_ids)
            (sent,) = messages(dossier(own, of=forum()), dossier(own, other, of=forum()))
            assert (sent.uid, sent.reason) == (uid, Reason.EDITED)
            found = inv.recorded(dossier(own, other, of=forum()), [sent])
            assert [[entry.uid for entry in each.entries] for each in found.registrations] == [[uid], [uid]]

    def test_who_was_invited_to_nothing_by_session_is_not_named_in_the_entry_of_the_event(self) -> None:
        one = choosing(at_the_address_of(TWO, ONE), "s9")
        held = dossier(one, with_entries(TWO, "e-1"), of=forum())
        assert messages(held, held) == []

    def test_of_a_purge_nobody_hears_and_nobody_is_named(self) -> None:
        one = with_entries(choosing(ONE, "s1"), "e-1")
        other = with_entries(choosing(at_the_address_of(ONE, TWO), "s2"), "e-1")
        before, after = dossier(one, other, of=forum()), dossier(one, other.purged(at=AT), of=forum())
        assert messages(before, after) == []
        (moved,) = messages(before, evolve(after, event=forum().revised(at=AT, sessions=MOVED)))
        assert b"Participant p2" not in moved.ics
        assert "Participant p2" not in repr(moved.texts.previous_sessions)


class TestEntriesDecide:
    """Whatever `by_session` says, what the calendar has is updated in place."""

    def test_by_event(self) -> None:
        one = with_entries(choosing(ONE, "s1"), "e-1")
        before, after = forum(), forum().revised(at=AT, sessions=MOVED)
        expected = [("e-1", Method.REQUEST, Reason.PROGRAMME_CHANGED)]
        assert told(dossier(one, of=before), dossier(one, of=after), by_session=True) == expected

    def test_by_session(self) -> None:
        one = with_entries(choosing(ONE, "s1"), "s1.e-1")
        both = choosing(one, "s1", "s2")
        before, after = forum(), forum().revised(at=AT, sessions=MOVED)
        assert told(dossier(one, of=before), dossier(both, of=after)) == [
            ("s1.e-1", Method.REQUEST, Reason.MOVED),
            ("s2.e-1", Method.REQUEST, Reason.INVITED),
        ]

    def test_an_entry_of_the_event_keeps_those_of_sessions_and_gets_no_others(self) -> None:
        one = with_entries(choosing(ONE, "s1", "s2"), "e-1", "s1.e-1")
        before, after = forum(), forum().revised(at=AT, sessions=MOVED)
        assert told(dossier(one, of=before), dossier(one, of=after)) == [
            ("e-1", Method.REQUEST, Reason.PROGRAMME_CHANGED),
            ("s1.e-1", Method.REQUEST, Reason.MOVED),
        ]

    def test_what_is_left_over_is_cancelled(self) -> None:
        one = with_entries(ONE, "e-1", "s2.e-1", "gone")
        found = dossier(one.withdraw(at=AT), of=forum())
        assert told(found, found) == [
            ("e-1", Method.CANCEL, Reason.WITHDRAWN),
            ("s2.e-1", Method.CANCEL, Reason.WITHDRAWN),
            ("gone", Method.CANCEL, Reason.DROPPED),
        ]

    def test_what_is_left_over_of_an_event_with_a_long_uid_is_cancelled(self) -> None:
        uid = "e" * 255
        one = with_entries(registration("p1", event_uid=uid).approve(at=AT).withdraw(at=AT), f"gone.{uid}")
        found = dossier(one, of=forum(uid=uid))
        assert told(found, found) == [(f"gone.{uid}", Method.CANCEL, Reason.DROPPED)]

    def test_who_is_purged_keeps_it(self) -> None:
        one = with_entries(ONE.withdraw(at=AT), "e-1")
        assert told(dossier(one, of=forum()), dossier(one.purged(at=AT), of=forum())) == []

    def test_what_was_never_sent_is_sent(self) -> None:
        one = with_entries(ONE, "s1.e-1")
        one = choosing(one, "s1", "s2")
        assert told(dossier(one, of=forum()), dossier(one, of=forum())) == [("s2.e-1", Method.REQUEST, Reason.INVITED)]

    def test_an_entry_of_an_older_revision_has_moved(self) -> None:
        one = with_entries(ONE, "e-1", sequence=2)
        expected = [("e-1", Method.REQUEST, Reason.MOVED)]
        assert told(dossier(one, of=forum()), dossier(one, of=forum())) == expected
        back = with_entries(ONE.withdraw(at=AT).reset(at=AT), "e-1", sequence=2)
        assert told(dossier(back, of=forum()), dossier(back.approve(at=AT), of=forum())) == expected

    def test_of_two_for_one_uid_the_newer_counts(self) -> None:
        old, new = with_entries(ONE, "e-1", sequence=2), with_entries(at_the_address_of(ONE, TWO), "e-1")
        assert told(dossier(old, new, of=forum()), dossier(old, new, of=forum())) == []


class TestReasons:
    """What an invitation to the event says of sessions."""

    def test_a_seat_is_found(self) -> None:
        waiting = choosing(ONE, "s1", waits=(Wait(session_id="s1", since=AT),))
        seated = choosing(ONE, "s1", waits=(Wait(session_id="s1", since=AT, until=LATER),))
        (message,) = messages(dossier(waiting, of=forum()), dossier(seated, of=forum()))
        assert message.reason is Reason.SEAT_FOUND
        assert [each.awaited for each in message.texts.previous_sessions or ()] == [True]
        (message,) = messages(dossier(seated, of=forum()), dossier(waiting, of=forum()))
        assert message.reason is Reason.SESSION_WAITLISTED

    def test_the_office_changes_a_choice(self) -> None:
        (message,) = messages(dossier(choosing(ONE, "s1"), of=forum()), dossier(choosing(ONE, "s2"), of=forum()))
        assert message.reason is Reason.CHANGED
        assert [each.id for each in message.texts.previous_sessions or ()] == ["s1"]

    def test_another_mode_changes_the_entry_of_a_session(self) -> None:
        one = with_entries(choosing(ONE, "s1"), "s1.e-1")
        expected = [("s1.e-1", Method.REQUEST, Reason.CHANGED)]
        assert told(dossier(one, of=forum()), dossier(evolve(one, mode="remote"), of=forum())) == expected

    def test_what_was_before_is_in_the_language_that_the_person_reads_now(self) -> None:
        french = evolve(SESSIONS[0], title=text("Opening", fr="Ouverture"))
        before = forum(sessions=(french,))
        after = before.revised(at=AT, sessions=(evolve(french, slot=slot("15:30", "16:00")),))
        now = choosing(ONE, "s1", participant=Contact(name="Participant p1", email="p1@example.org", language="fr"))
        (message,) = messages(dossier(choosing(ONE, "s1"), of=before), dossier(now, of=after))
        assert [each.title for each in message.texts.previous_sessions or ()] == [("Ouverture", "fr")]

    def test_who_chose_none_hears_nothing_of_sessions(self) -> None:
        assert told(dossier(ONE, of=forum()), dossier(ONE, of=forum().revised(at=AT, sessions=MOVED))) == []


class TestCopies:
    """A focal point learns of nobody else."""

    def test_only_who_filed_all_that_share_a_mailbox_gets_one(self) -> None:
        one, other = evolve(ONE, filed_by=focal_point()), at_the_address_of(ONE, TWO)
        sent = [inv.invites(forum(), each, stamped=STAMPED) for each in ([one], [one, other])]
        assert [message.copied_to for each in sent for message in each] == [focal_point(), None]
        both = [one, evolve(other, filed_by=focal_point())]
        (message,) = inv.invites(forum(), both, stamped=STAMPED)
        assert message.copied_to == focal_point()
