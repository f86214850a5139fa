"""Which message a change asks for, and why; that all of them together are enough is in test_updates_law.py."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from attrs import evolve

from tests.samples.small import call, dossier, event, place, registration, session, slot
from tests.samples.whole import text
from wtisd_model import (
    Code,
    Contact,
    Document,
    DocumentKind,
    Dossier,
    Event,
    EventStatus,
    InvalidValueError,
    ListingConsent,
    LocalizedText,
    MessageError,
    Organization,
    ParticipationMode,
    ParticipationStatus,
    Recording,
    Registration,
    Reply,
    Role,
    SessionKind,
    VirtualLocation,
)
from wtisd_model import invitation as inv
from wtisd_model.invitation import Message, Method, Reason
from wtisd_model.invitation.recipients import invited
from wtisd_model.invitation.updates import MailboxChange

AT = datetime(2023, 4, 14, 9, tzinfo=UTC)
STAMPED = AT + timedelta(minutes=1)

ONE = registration("p1").approve(at=AT)
TWO = registration("p2").approve(at=AT)
SESSIONS = (session("s1", "14:30", "15:00"), session("s2", "15:00", "15:30"))


def forum(**changes: Any) -> Event:
    organizer = Organization(name=text("Office"), email="office@example.org")
    return event(**{"organizer": organizer, "sessions": SESSIONS, "sequence": 4, **changes})


def told(before: Dossier, after: Dossier, **options: Any) -> list[Message]:
    return [*inv.updates(before, after, stamped=STAMPED, **options)]


def kinds(messages: list[Message]) -> list[tuple[str | None, str, Method, Reason]]:
    return [(each.recipient, each.uid, each.method, each.reason) for each in messages]


def changed(before: Event, after: Event, *people: Registration, **options: Any) -> list[Message]:
    return told(dossier(*people, of=before), dossier(*people, of=after), **options)


def lines(message: Message, name: str) -> list[str]:
    unfolded = message.ics.decode().replace("\r\n ", "")
    return [each for each in unfolded.split("\r\n") if each.startswith(name)]


class TestNothing:
    """A message that says nothing new is not sent."""

    def test_the_same_dossier_asks_for_no_message(self) -> None:
        assert told(dossier(ONE, of=forum()), dossier(ONE, of=forum())) == []

    def test_what_the_office_records_of_an_answer_asks_for_no_message(self) -> None:
        answered = evolve(ONE, participation_status=ParticipationStatus.ACCEPTED)
        assert told(dossier(ONE, of=forum()), dossier(answered, of=forum())) == []

    def test_a_revision_that_a_person_sees_nothing_of_asks_for_no_message(self) -> None:
        before = forum()
        after = before.revised(at=AT, sessions=(SESSIONS[0], evolve(SESSIONS[1], slot=slot("16:00", "16:30"))))
        chosen = evolve(ONE, session_ids=frozenset({"s1"}))
        assert after.sequence == 5
        assert changed(before, after, chosen, by_session=True) == []

    def test_who_was_purged_gets_no_message_and_keeps_the_entry(self) -> None:
        assert told(dossier(ONE, of=forum()), dossier(ONE.purged(at=AT), of=forum())) == []

    def test_nobody_is_told_of_a_draft_that_is_scheduled_before_they_are_invited(self) -> None:
        draft = forum(status=EventStatus.DRAFT)
        assert kinds(changed(draft, draft.schedule(at=AT), ONE)) == [
            ("p1@example.org", "e-1", Method.REQUEST, Reason.INVITED)
        ]

    @pytest.mark.parametrize(
        "change",
        [
            {"recording": Recording.NO_STREAMING},
            {"materials": (Document(kind=DocumentKind.PRESENTATION, url="https://example.org/slides"),)},
            {"people": (Contact(email="speaker1@example.org", roles=frozenset({Role.KEYNOTE})),)},
        ],
    )
    def test_what_no_calendar_shows_asks_for_no_message(self, change: dict[str, Any]) -> None:
        after = forum(sessions=(evolve(SESSIONS[0], **change), SESSIONS[1]))
        for by_session in (True, False):
            assert changed(forum(), after, evolve(ONE, session_ids=frozenset({"s1"})), by_session=by_session) == []

    def test_a_room_that_gets_an_id_is_the_same_place(self) -> None:
        rooms = (place("Popov"), place("A"))
        before = forum(locations=rooms[:1], sessions=(evolve(SESSIONS[0], locations=rooms[1:]),))
        named = tuple(evolve(each, id=f"room-{each.room}") for each in rooms)
        after = before.revised(at=AT, locations=named[:1], sessions=(evolve(SESSIONS[0], locations=named[1:]),))
        assert after.sequence == before.sequence
        assert changed(before, after, ONE) == []

    def test_a_cancelled_event_stays_so_in_silence(self) -> None:
        cancelled = forum().cancel(at=AT)
        assert changed(cancelled, cancelled.revised(at=AT, title=text("Other")), ONE) == []


class TestRequests:
    """RFC 5546 section 3.2.2: a REQUEST invites, reschedules and updates."""

    @pytest.mark.parametrize(
        "change",
        [
            {"url": "https://example.org/s1"},
            {"track": "Security"},
            {"kind": SessionKind.PANEL},
            {"people": (Contact(name="Speaker 1", roles=frozenset({Role.KEYNOTE})),)},
        ],
    )
    def test_another_page_category_or_speaker_of_a_session_is_an_edit(self, change: dict[str, Any]) -> None:
        after = forum(sessions=(evolve(SESSIONS[0], **change), SESSIONS[1]))
        chosen = evolve(ONE, session_ids=frozenset({"s1"}))
        (message,) = changed(forum(), after, chosen, by_session=True)
        assert (message.reason, message.sequence, message.texts.url) == (Reason.EDITED, 4, change.get("url"))

    def test_who_has_a_seat_now_is_invited(self) -> None:
        messages = told(dossier(ONE, of=forum()), dossier(ONE, TWO, of=forum()))
        assert kinds(messages) == [("p2@example.org", "e-1", Method.REQUEST, Reason.INVITED)]

    def test_whose_seat_came_from_the_waitlist_is_promoted(self) -> None:
        waiting = registration("p1").waitlist(at=AT)
        messages = told(dossier(waiting, of=forum()), dossier(waiting.approve(at=AT), of=forum()))
        assert [each.reason for each in messages] == [Reason.PROMOTED]

    def test_an_event_at_another_time_is_moved_and_asks_everybody_again(self) -> None:
        accepted = evolve(ONE, participation_status=ParticipationStatus.ACCEPTED)
        before = forum(sessions=())
        after = before.reschedule(slot("15:00", "17:00"), at=AT)
        (message,) = changed(before, after, accepted)
        assert (message.reason, message.sequence) == (Reason.MOVED, 5)
        assert "PARTSTAT=NEEDS-ACTION;RSVP=TRUE" in lines(message, "ATTENDEE")[0]
        assert message.texts.previous == before.slot
        assert message.texts.slot == after.slot

    @pytest.mark.parametrize(
        "change",
        [
            lambda it: it.revised(at=AT, locations=(place("Room 2"),)),
            lambda it: it.postpone(at=AT),
        ],
    )
    def test_another_place_or_status_moves_it_too(self, change: Any) -> None:
        before = forum(sessions=())
        (message,) = changed(before, change(before), ONE)
        assert (message.method, message.reason, message.sequence) == (Method.REQUEST, Reason.MOVED, 5)
        assert message.texts.previous is None

    def test_a_change_names_what_it_replaces(self) -> None:
        before = forum(sessions=())
        (elsewhere,) = changed(before, before.revised(at=AT, locations=(place("Room 2"),)), ONE)
        assert elsewhere.texts.where == (("Seat, Room 2, Geneva, Switzerland", "en"),)
        assert elsewhere.texts.previous_where == (("Seat, Popov, Geneva, Switzerland", "en"),)
        (later,) = changed(before, before.reschedule(slot("15:00", "17:00"), at=AT), ONE)
        assert later.texts.previous_where is None

    def test_what_it_replaces_is_in_the_language_that_the_person_reads_now(self) -> None:
        hall = evolve(place("Hall"), name=LocalizedText(text="Hall", language="en", translations={"fr": "Salle"}))
        before = forum(sessions=(), locations=(hall,))
        french = evolve(ONE, participant=Contact(name="Participant p1", email="p1@example.org", language="fr"))
        later = before.reschedule(slot("15:00", "17:00"), at=AT)
        (same,) = told(dossier(ONE, of=before), dossier(french, of=later))
        assert (same.reason, same.language, same.texts.previous_where) == (Reason.MOVED, "fr", None)
        moved = before.revised(at=AT, locations=(place("Room 2"),))
        (other,) = told(dossier(ONE, of=before), dossier(french, of=moved))
        assert other.texts.previous_where == (("Salle, Hall, Geneva, Suisse", "fr"),)

    def test_a_text_is_edited_in_the_same_revision_and_nobody_has_to_answer_again(self) -> None:
        accepted = evolve(ONE, participation_status=ParticipationStatus.ACCEPTED)
        before = forum()
        (message,) = changed(before, before.revised(at=AT, title=text("Assembly")), accepted)
        assert (message.method, message.reason, message.sequence) == (Method.REQUEST, Reason.EDITED, 4)
        assert "PARTSTAT=ACCEPTED" in lines(message, "ATTENDEE")[0]
        assert "RSVP" not in lines(message, "ATTENDEE")[0]

    def test_who_takes_part_from_afar_now_is_told_how(self) -> None:
        (message,) = told(dossier(ONE, of=forum()), dossier(evolve(ONE, mode=ParticipationMode.REMOTE), of=forum()))
        assert (message.reason, message.texts.remote_first) == (Reason.CHANGED, True)

    def test_who_follows_a_streamed_session_of_an_event_on_site_is_told_its_new_link(self) -> None:
        first, second = ((VirtualLocation(uri=f"https://example.org/{number}"),) for number in (1, 2))
        streamed = evolve(SESSIONS[0], virtual_locations=first)
        before = forum(sessions=(streamed, SESSIONS[1]), virtual_locations=())
        after = before.revised(at=AT, sessions=(evolve(streamed, virtual_locations=second), SESSIONS[1]))
        remote = evolve(ONE, mode=ParticipationMode.REMOTE, session_ids=frozenset({"s1"}))
        (message,) = changed(before, after, remote, TWO)
        assert (message.recipient, message.reason) == ("p1@example.org", Reason.PROGRAMME_CHANGED)
        assert [uri for _, uri in message.texts.links] == ["https://example.org/2"]
        off = after.revised(at=AT, sessions=(after.sessions[0].cancel(at=AT), SESSIONS[1]))
        (message,) = changed(after, off, remote, TWO)
        assert (message.recipient, message.texts.where, message.texts.links) == ("p1@example.org", (), ())

    def test_a_session_that_moves_asks_those_who_chose_it(self) -> None:
        before = forum()
        after = before.revised(at=AT, sessions=(SESSIONS[0], evolve(SESSIONS[1], slot=slot("16:00", "16:30"))))
        first, second = (evolve(each, session_ids=frozenset({name})) for each, name in ((ONE, "s1"), (TWO, "s2")))
        assert kinds(changed(before, after, first, second, by_session=True)) == [
            ("p2@example.org", "s2.e-1", Method.REQUEST, Reason.MOVED)
        ]

    def test_the_place_of_the_event_is_that_of_its_sessions(self) -> None:
        before = forum()
        after = before.revised(at=AT, locations=(place("Room 2"),))
        chosen = evolve(ONE, session_ids=frozenset({"s1"}))
        assert kinds(changed(before, after, chosen, by_session=True)) == [
            ("p1@example.org", "s1.e-1", Method.REQUEST, Reason.MOVED)
        ]

    def test_options_are_those_of_invitations(self) -> None:
        options: dict[str, Any] = {"language": "fr", "reminders": [timedelta(minutes=5)], "utc": True}
        (message,) = told(dossier(of=forum()), dossier(ONE, of=forum()), **options)
        assert message == inv.invite(forum(), ONE, stamped=STAMPED, **options)


class TestOtherPeople:
    """`others` of `updates` is that of `invites`: a change keeps the list of attendees."""

    LISTED = evolve(TWO, listing_consent=ListingConsent.PARTICIPANTS)

    def listed(self, message: Message) -> list[str]:
        return [each.rpartition(":")[2] for each in lines(message, "ATTENDEE")]

    def test_the_list_stays_with_each_change(self) -> None:
        before = forum(sessions=())
        for after in (before.revised(at=AT, title=text("Assembly")), before.postpone(at=AT)):
            first, second = changed(before, after, ONE, self.LISTED, others=[ONE, self.LISTED])
            assert self.listed(first) == ["p1@example.org", "p2@example.org"]
            assert self.listed(second) == ["p2@example.org"]
            assert "RSVP" not in lines(first, "ATTENDEE")[1]

    def test_it_lists_whoever_agrees_and_is_invited_after_the_change(self) -> None:
        edited = forum().revised(at=AT, title=text("Assembly"))
        for other in (TWO, self.LISTED.withdraw(at=AT), self.LISTED.purged(at=AT)):
            first, *_ = told(dossier(ONE, self.LISTED, of=forum()), dossier(ONE, other, of=edited), others=[other])
            assert self.listed(first) == ["p1@example.org"]

    def test_it_states_their_replies_to_the_event_as_it_is_now(self) -> None:
        accepted = evolve(self.LISTED, participation_status=ParticipationStatus.ACCEPTED)
        replied = evolve(accepted, replies=(Reply(at=AT, status=ParticipationStatus.ACCEPTED, sequence=4),))
        before = forum()
        edited, moved = before.revised(at=AT, title=text("Assembly")), before.postpone(at=AT)
        for after, status in ((edited, "ACCEPTED"), (moved, "NEEDS-ACTION")):
            first, _ = changed(before, after, ONE, replied, others=[replied])
            assert f"PARTSTAT={status}" in lines(first, "ATTENDEE")[1]

    def test_about_a_session_it_lists_those_who_chose_it(self) -> None:
        one = evolve(ONE, session_ids=frozenset({"s1", "s2"}))
        replied = evolve(
            self.LISTED,
            session_ids=frozenset({"s1"}),
            replies=(Reply(at=AT, status=ParticipationStatus.ACCEPTED, sequence=4, session_id="s1"),),
        )
        edited = tuple(evolve(each, title=text("Edited")) for each in SESSIONS)
        after = forum().revised(at=AT, sessions=edited)
        first, second, _ = changed(forum(), after, one, replied, others=[replied], by_session=True)
        assert (first.uid, self.listed(first)) == ("s1.e-1", ["p1@example.org", "p2@example.org"])
        assert "PARTSTAT=ACCEPTED" in lines(first, "ATTENDEE")[1]
        assert (second.uid, self.listed(second)) == ("s2.e-1", ["p1@example.org"])

    def test_a_change_of_the_list_alone_is_no_reason_for_a_message(self) -> None:
        of = forum()
        assert told(dossier(ONE, TWO, of=of), dossier(ONE, self.LISTED, of=of), others=[self.LISTED]) == []

    def test_too_many_are_refused_before_the_first_message(self) -> None:
        with pytest.raises(InvalidValueError) as caught:
            inv.updates(dossier(of=forum()), dossier(of=forum()), stamped=STAMPED, others=[TWO] * 201)
        assert [(each.code, each.path) for each in caught.value.findings] == [(Code.TOO_MANY_ITEMS, "/others")]


class TestCancellations:
    """RFC 5546 section 3.2.5: a CANCEL ends the event for all, or for some."""

    def test_a_cancelled_event_is_cancelled_for_all(self) -> None:
        before = forum()
        messages = changed(before, before.cancel(at=AT), ONE, TWO)
        assert [each.reason for each in messages] == [Reason.CANCELLED] * 2
        for each in messages:
            assert (each.method, each.sequence) == (Method.CANCEL, 5)
            assert lines(each, "STATUS") == ["STATUS:CANCELLED"]

    def test_who_withdrew_is_out_without_a_word_on_the_event(self) -> None:
        (message,) = told(dossier(ONE, of=forum()), dossier(ONE.withdraw(at=AT), of=forum()))
        assert (message.method, message.reason, message.sequence) == (Method.CANCEL, Reason.WITHDRAWN, 4)
        assert lines(message, "STATUS") == []

    def test_who_is_not_in_the_dossier_any_more_is_out(self) -> None:
        assert kinds(told(dossier(ONE, of=forum()), dossier(of=forum()))) == [
            ("p1@example.org", "e-1", Method.CANCEL, Reason.WITHDRAWN)
        ]

    def test_an_address_that_is_left_is_out_and_the_new_one_is_invited(self) -> None:
        elsewhere = evolve(ONE, participant=Contact(name="Participant p1", email="p1@example.com"))
        assert kinds(told(dossier(ONE, of=forum()), dossier(elsewhere, of=forum()))) == [
            ("p1@example.com", "e-1", Method.REQUEST, Reason.INVITED),
            ("p1@example.org", "e-1", Method.CANCEL, Reason.WITHDRAWN),
        ]

    def test_a_session_that_is_no_choice_any_more_is_dropped(self) -> None:
        both, one = (evolve(ONE, session_ids=frozenset(names)) for names in (("s1", "s2"), ("s1",)))
        (message,) = told(dossier(both, of=forum()), dossier(one, of=forum()), by_session=True)
        assert (message.uid, message.method, message.reason) == ("s2.e-1", Method.CANCEL, Reason.DROPPED)
        assert lines(message, "STATUS") == []

    def test_a_session_that_is_streamed_no_more_is_dropped_for_those_who_are_remote(self) -> None:
        before = forum()
        on_site = evolve(SESSIONS[0], inherited_places=ParticipationMode.ON_SITE)
        after = before.revised(at=AT, sessions=(on_site, SESSIONS[1]))
        chose = frozenset({"s1"})
        guests = (evolve(ONE, session_ids=chose), evolve(TWO, session_ids=chose, mode=ParticipationMode.REMOTE))
        assert kinds(changed(before, after, *guests, by_session=True)) == [
            ("p1@example.org", "s1.e-1", Method.REQUEST, Reason.MOVED),
            ("p2@example.org", "s1.e-1", Method.CANCEL, Reason.DROPPED),
        ]

    def test_a_session_that_is_gone_is_cancelled_for_all_in_the_revision_of_now(self) -> None:
        before = forum()
        chosen = evolve(ONE, session_ids=frozenset({"s1", "s2"}))
        (message,) = changed(before, before.revised(at=AT, sessions=SESSIONS[:1]), chosen, by_session=True)
        assert (message.uid, message.reason, message.sequence) == ("s2.e-1", Reason.DROPPED, 5)
        assert lines(message, "STATUS") == ["STATUS:CANCELLED"]

    def test_a_cancelled_session_is_cancelled_for_those_who_chose_it(self) -> None:
        before = forum()
        after = before.revised(at=AT, sessions=(SESSIONS[0], SESSIONS[1].cancel(at=AT)))
        chosen = evolve(ONE, session_ids=frozenset({"s1", "s2"}))
        (message,) = changed(before, after, chosen, by_session=True)
        assert (message.uid, message.reason, message.sequence) == ("s2.e-1", Reason.CANCELLED, 5)
        assert lines(message, "STATUS") == ["STATUS:CANCELLED"]

    def test_a_person_who_withdrew_and_returns_is_asked_again(self) -> None:
        declined = evolve(
            ONE,
            replies=(Reply(at=AT - timedelta(days=1), status=ParticipationStatus.DECLINED, sequence=4),),
            participation_status=ParticipationStatus.DECLINED,
        )
        gone = declined.withdraw(at=AT)
        back = gone.reset(at=AT + timedelta(days=1)).approve(at=AT + timedelta(days=1))
        assert back.participation_status is ParticipationStatus.NEEDS_ACTION
        (message,) = told(dossier(gone, of=forum()), dossier(back, of=forum()))
        assert (message.method, message.reason) == (Method.REQUEST, Reason.INVITED)
        (attendee,) = lines(message, "ATTENDEE")
        assert "PARTSTAT=NEEDS-ACTION" in attendee
        assert "RSVP=TRUE" in attendee

    @pytest.mark.parametrize("leave", [Registration.withdraw, Registration.reject])
    @pytest.mark.parametrize("session_id", [None, "s1"])
    def test_who_returns_between_two_calls_is_asked_again_once(
        self, leave: Callable[..., Registration], session_id: str | None
    ) -> None:
        reply = Reply(at=AT, status=ParticipationStatus.ACCEPTED, sequence=4, session_id=session_id)
        chosen = frozenset(filter(None, [session_id]))
        status = ParticipationStatus.ACCEPTED if session_id is None else ParticipationStatus.NEEDS_ACTION
        accepted = evolve(ONE, session_ids=chosen, replies=(reply,), participation_status=status)
        later = AT + timedelta(days=1)
        back = leave(accepted.reset(at=later), at=later).reset(at=later).approve(at=later)
        assert back.participation_status is ParticipationStatus.NEEDS_ACTION
        (message,) = told(dossier(accepted, of=forum()), dossier(back, of=forum()), by_session=True)
        assert (message.method, message.reason, message.sequence) == (Method.REQUEST, Reason.INVITED, 4)
        assert "PARTSTAT=NEEDS-ACTION;RSVP=TRUE" in lines(message, "ATTENDEE")[0]
        assert told(dossier(back, of=forum()), dossier(back, of=forum()), by_session=True) == []

    def test_who_chooses_sessions_now_has_them_instead_of_the_event(self) -> None:
        chosen = evolve(ONE, session_ids=frozenset({"s1"}))
        assert kinds(told(dossier(ONE, of=forum()), dossier(chosen, of=forum()), by_session=True)) == [
            ("p1@example.org", "s1.e-1", Method.REQUEST, Reason.INVITED),
            ("p1@example.org", "e-1", Method.CANCEL, Reason.DROPPED),
        ]

    def test_a_session_under_another_uid_is_another_entry(self) -> None:
        before = forum()
        after = before.revised(at=AT, sessions=(evolve(SESSIONS[0], uid="own"), SESSIONS[1]))
        chosen = evolve(ONE, session_ids=frozenset({"s1"}))
        assert kinds(changed(before, after, chosen, by_session=True)) == [
            ("p1@example.org", "own", Method.REQUEST, Reason.INVITED),
            ("p1@example.org", "s1.e-1", Method.CANCEL, Reason.DROPPED),
        ]

    def test_uids_that_pass_from_session_to_session_are_cancelled_each_by_itself(self) -> None:
        first, second = SESSIONS
        before = forum(sessions=(evolve(first, uid="u1"), evolve(second, uid="u2")))
        after = before.revised(at=AT, sessions=(evolve(first, uid="u2"), evolve(second, uid="u3")))
        chosen = evolve(ONE, session_ids=frozenset({"s1", "s2"}))
        messages = told(dossier(chosen, of=before), dossier(chosen.withdraw(at=AT), of=after), by_session=True)
        assert [(each.method, each.uid) for each in messages] == [(Method.CANCEL, "u1"), (Method.CANCEL, "u2")]

    def test_nobody_who_has_an_entry_is_shown(self) -> None:
        assert "p1@" not in repr(invited(forum(), ONE))
        assert "p1@" not in repr(MailboxChange("p1@example.org", (ONE,), (ONE,), ()))


class TestAnswers:
    """RFC 5546 section 3.2.2.1: a person is asked again after a change of time."""

    def test_an_edit_after_a_move_claims_no_acceptance_that_nobody_gave(self) -> None:
        accepted = evolve(
            ONE,
            replies=(Reply(at=AT, status=ParticipationStatus.ACCEPTED, sequence=4),),
            participation_status=ParticipationStatus.ACCEPTED,
        )
        moved = forum(sessions=()).reschedule(slot("15:00", "17:00"), at=AT)
        (message,) = changed(moved, moved.revised(at=AT, title=text("Assembly")), accepted)
        assert message.reason is Reason.EDITED
        assert "PARTSTAT=NEEDS-ACTION;RSVP=TRUE" in lines(message, "ATTENDEE")[0]

    def test_an_answer_about_a_session_is_the_status_of_its_messages_alone(self) -> None:
        chosen = evolve(
            ONE,
            session_ids=frozenset({"s1"}),
            replies=(Reply(at=AT, status=ParticipationStatus.TENTATIVE, sequence=4, session_id="s1"),),
        )
        (message,) = told(dossier(of=forum()), dossier(chosen, of=forum()), by_session=True)
        assert "PARTSTAT=TENTATIVE" in lines(message, "ATTENDEE")[0]


class TestOneAddress:
    """A calendar keeps one entry for a uid (RFC 5545 section 3.8.4.7)."""

    def test_of_several_people_with_one_address_the_first_has_the_entry(self) -> None:
        other = evolve(TWO, participant=Contact(name="Participant p2", email="P1@example.org"))
        assert kinds(told(dossier(of=forum()), dossier(ONE, other, of=forum()))) == [
            ("p1@example.org", "e-1", Method.REQUEST, Reason.INVITED)
        ]

    def test_the_entry_of_who_withdrew_becomes_that_of_the_next(self) -> None:
        other = evolve(TWO, participant=Contact(name="Participant p2", email="p1@example.org"))
        before, after = dossier(ONE, other, of=forum()), dossier(ONE.withdraw(at=AT), other, of=forum())
        (message,) = told(before, after)
        assert (message.method, message.reason, message.name) == (Method.REQUEST, Reason.EDITED, "Participant p2")


class TestRefusals:
    """Changes that cannot be announced are rejected before any message."""

    def refused(self, before: Event, after: Event, **options: Any) -> tuple[str, str]:
        with pytest.raises(MessageError) as caught:
            inv.updates(dossier(of=before), dossier(of=after), stamped=STAMPED, **options)
        (found,) = caught.value.findings
        return found.code, found.path

    def test_two_events_are_no_change(self) -> None:
        assert self.refused(forum(), forum(uid="e-2")) == (Code.EVENT_UID_DIFFERS, "/after/event/uid")

    def test_a_change_of_time_that_did_not_raise_the_sequence_would_be_ignored(self) -> None:
        moved = forum(sessions=(), slot=slot("15:00", "17:00"))
        assert self.refused(forum(), moved) == (Code.SEQUENCE_NOT_RAISED, "/after/event/sequence")

    def test_a_sequence_never_falls(self) -> None:
        assert self.refused(forum(), forum(sequence=3)) == (Code.VERSION_OLDER, "/after/event/sequence")

    def test_of_one_sequence_the_later_update_is_newer_as_far_as_both_say_it(self) -> None:
        earlier, later, never = (forum(updated=at) for at in (AT, AT + timedelta(seconds=1), None))
        assert self.refused(later, earlier) == (Code.VERSION_OLDER, "/after/event/updated")
        for before, after in ((earlier, later), (later, later), (later, never), (never, earlier)):
            assert [*inv.updates(dossier(of=before), dossier(of=after), stamped=STAMPED)] == []
        # Clocks of two machines may differ, and a raised sequence says which is newer.
        assert [*inv.updates(dossier(of=later), dossier(of=evolve(earlier, sequence=9)), stamped=STAMPED)] == []

    def test_nobody_is_told_of_a_draft(self) -> None:
        draft = forum(status=EventStatus.DRAFT)
        assert self.refused(draft, draft) == (Code.EVENT_WITHOUT_SLOT, "/event/status")

    def test_an_organizer_without_an_address_cannot_be_answered(self) -> None:
        assert self.refused(forum(), forum(organizer=None)) == (Code.ORGANIZER_WITHOUT_ADDRESS, "/event/organizer")

    def test_sessions_of_one_uid_would_be_one_entry(self) -> None:
        twins = tuple(evolve(each, uid="own") for each in SESSIONS)
        before, after = forum(), forum().revised(at=AT, sessions=twins)
        assert self.refused(before, after, by_session=True) == (Code.UID_REPEATED, "/event/sessions/1/uid")

    def test_who_was_told_of_nothing_because_of_it_is_told_when_it_is_mended(self) -> None:
        twins = forum().revised(at=AT, sessions=tuple(evolve(each, uid="own") for each in SESSIONS))
        mended = twins.revised(at=AT, sessions=SESSIONS)
        chosen = evolve(ONE, session_ids=frozenset({"s1"}))
        assert [each.reason for each in changed(twins, mended, chosen, by_session=True)] == [Reason.INVITED]

    def test_what_is_no_dossier_is_no_change(self) -> None:
        with pytest.raises(TypeError, match="Not a Dossier"):
            inv.updates(forum(), dossier(), stamped=STAMPED)  # type: ignore[arg-type]  # what a caller may try

    def test_whoever_had_no_address_before_had_invited_nobody(self) -> None:
        before = forum(organizer=None)
        assert [each.reason for each in changed(before, forum(), ONE)] == [Reason.INVITED]

    def test_a_call_that_needs_approval_leaves_pending_ones_alone(self) -> None:
        closed = forum(calls=(call(needs_approval=True),))
        assert told(dossier(of=closed), dossier(registration("p1"), of=closed)) == []
