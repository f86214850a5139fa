"""Who may be told of an event, and who is invited to it."""

from datetime import timedelta
from typing import Any

import pytest
from attrs import evolve

from tests.invitation.refusal import refused
from tests.samples.invited import EVENT, LATER, ORGANIZER, person, registration
from tests.samples.wtisd import STAMPED, event, session
from wtisd_model import (
    Call,
    CallKind,
    Code,
    Contact,
    Dossier,
    Event,
    EventStatus,
    ListingConsent,
    MessageError,
    ParticipationMode,
    ParticipationStatus,
    Registration,
    RegistrationState,
    Reply,
    VirtualLocation,
    Wait,
)
from wtisd_model import invitation as inv
from wtisd_model.invitation.recipients import reader_language

PENDING = Registration(
    id="R-1", event_uid=EVENT.uid, participant=person(), mode=ParticipationMode.ON_SITE, submitted_at=STAMPED
)
IN_STATE = {
    RegistrationState.PENDING: PENDING,
    RegistrationState.WAITLISTED: PENDING.waitlist(at=STAMPED),
    RegistrationState.APPROVED: PENDING.approve(at=STAMPED),
    RegistrationState.REJECTED: PENDING.reject(at=STAMPED),
    RegistrationState.WITHDRAWN: PENDING.withdraw(at=STAMPED),
    RegistrationState.ATTENDED: PENDING.approve(at=STAMPED).check_in(at=STAMPED),
    RegistrationState.NO_SHOW: PENDING.approve(at=STAMPED).mark_no_show(at=STAMPED),
}
SEATED = {RegistrationState.APPROVED, RegistrationState.ATTENDED, RegistrationState.NO_SHOW}


def calling(*, needs_approval: bool) -> Event:
    call = Call(kind=CallKind.REGISTRATION, email="desk@example.org", needs_approval=needs_approval)
    return evolve(EVENT, calls=(call,))


class TestWhoIsInvited:
    """A person is invited who has a seat, or gets one without approval."""

    @pytest.mark.parametrize("state", RegistrationState)
    def test_who_has_a_seat_is_invited(self, state: RegistrationState) -> None:
        guest = IN_STATE[state]
        assert inv.is_invited(EVENT, guest) is (state in SEATED)
        if state in SEATED:
            assert inv.invite(EVENT, guest, stamped=LATER).recipient == "p1@example.org"
        else:
            with refused(Code.REGISTRATION_NOT_INVITED, "/registration/state"):
                inv.invite(EVENT, guest, stamped=LATER)

    @pytest.mark.parametrize("state", RegistrationState)
    @pytest.mark.parametrize("needs_approval", [False, True])
    def test_who_waits_for_no_decision_is_invited_too(self, state: RegistrationState, *, needs_approval: bool) -> None:
        open_to_all = state is RegistrationState.PENDING and not needs_approval
        assert inv.is_invited(calling(needs_approval=needs_approval), IN_STATE[state]) is (
            state in SEATED or open_to_all
        )

    def test_a_registration_for_another_event_is_refused(self) -> None:
        other = registration(event_uid="another@example.org")
        assert not inv.is_invited(EVENT, other)
        with refused(Code.EVENT_UID_DIFFERS, "/registration/eventUid"):
            inv.invite(EVENT, other, stamped=LATER)
        with refused(Code.EVENT_UID_DIFFERS, "/registration/eventUid"):
            inv.cancel(EVENT, other, stamped=LATER)

    def test_whoever_was_purged_cannot_be_reached(self) -> None:
        gone = registration().purged(at=LATER)
        assert not inv.is_invited(EVENT, gone)
        with refused(Code.REGISTRATION_PURGED, "/registration/participant"):
            inv.invite(EVENT, gone, stamped=LATER)
        with refused(Code.REGISTRATION_PURGED, "/registration/participant"):
            inv.cancel(EVENT, gone, stamped=LATER)
        with refused(Code.REGISTRATION_PURGED, "/registration/participant"):
            inv.decline_counter(EVENT, gone, stamped=LATER)

    @pytest.mark.parametrize("by_session", [False, True])
    def test_a_stream_skips_them_and_tells_of_all_after_the_last_message(
        self,
        by_session: bool,
    ) -> None:
        everything = frozenset(each.id for each in EVENT.sessions)
        withdrawn = registration(2, session_ids=everything).withdraw(at=LATER)
        people = [registration(1), withdrawn, registration(3), IN_STATE[RegistrationState.REJECTED]]
        stream = inv.invites(EVENT, people, stamped=LATER, by_session=by_session)
        assert [next(stream).recipient, next(stream).recipient] == ["p1@example.org", "p3@example.org"]
        with pytest.raises(MessageError) as caught:
            next(stream)
        assert [(each.code, each.path) for each in caught.value.findings] == [
            (Code.REGISTRATION_NOT_INVITED, "/registrations/1/state"),
            (Code.REGISTRATION_NOT_INVITED, "/registrations/3/state"),
        ]

    def test_a_stream_of_cancellations_skips_whoever_cannot_be_reached(self) -> None:
        stream = inv.cancels(EVENT, [registration(1).purged(at=LATER), registration(2)], stamped=LATER)
        assert next(stream).recipient == "p2@example.org"
        with refused(Code.REGISTRATION_PURGED, "/registrations/0/participant"):
            next(stream)

    def test_a_participant_without_an_address_cannot_be_reached(self) -> None:
        # The class refuses one; this is for objects made without it.
        nameless = registration()
        object.__setattr__(nameless, "participant", evolve(person(), email=None))
        with refused(Code.REGISTRATION_PURGED, "/registration/participant"):
            inv.invite(EVENT, nameless, stamped=LATER)


class TestWhatTheyAreInvitedTo:
    """A draft is nobody's business, and nobody is invited to what does not take place."""

    DRAFT = evolve(event(organizer=ORGANIZER), status=EventStatus.DRAFT)

    def test_not_to_a_draft(self) -> None:
        for make in (inv.invite, inv.cancel, inv.decline_counter):
            with refused(Code.EVENT_WITHOUT_SLOT, "/event/status"):
                make(self.DRAFT, registration(), stamped=LATER)
        with refused(Code.EVENT_WITHOUT_SLOT, "/event/status"):
            inv.publish(self.DRAFT, stamped=LATER)

    def test_not_to_a_session_that_is_a_draft(self) -> None:
        for make in (inv.invite, inv.cancel, inv.decline_counter):
            with refused(Code.SESSION_NOT_ANNOUNCED, "/session/status"):
                make(EVENT, registration(), stamped=LATER, session="secret")
        with refused(Code.SESSION_NOT_ANNOUNCED, "/session/status"):
            inv.publish(EVENT, stamped=LATER, session="secret")

    def test_not_to_what_is_cancelled(self) -> None:
        with refused(Code.EVENT_CANCELLED, "/session/status"):
            inv.invite(EVENT, registration(), stamped=LATER, session="side-event")
        with refused(Code.EVENT_CANCELLED, "/event/status"):
            inv.invite(EVENT.cancel(at=LATER), registration(), stamped=LATER)
        with refused(Code.EVENT_CANCELLED, "/event/status"):
            inv.invites(EVENT.cancel(at=LATER), [], stamped=LATER)

    def test_not_to_a_session_that_it_does_not_have(self) -> None:
        for unknown in ("closing", session("closing")):
            with refused(Code.SESSION_UNKNOWN, "/session"):
                inv.invite(EVENT, registration(), stamped=LATER, session=unknown)
        with refused(Code.SESSION_UNKNOWN, "/session"):
            inv.cancel(EVENT, registration(), stamped=LATER, session="closing")

    def test_whoever_names_one_is_told_which_it_has(self) -> None:
        with pytest.raises(MessageError) as raised:
            inv.invite(EVENT, registration(), stamped=LATER, session="closing")
        (found,) = raised.value.findings
        assert "closing" not in str(found)
        assert "secret" not in str(found)
        assert found.params["choices"] == ", ".join(each.id for each in EVENT.sessions if each.id != "secret")

    def test_not_to_a_session_that_the_person_did_not_choose(self) -> None:
        chose = registration(session_ids=frozenset({"panel"}))
        assert inv.invite(EVENT, chose, stamped=LATER, session="panel").uid == "panel@example.org"
        with refused(Code.SESSION_NOT_CHOSEN, "/registration/sessionIds"):
            inv.invite(EVENT, chose, stamped=LATER, session="opening")
        with refused(Code.SESSION_NOT_CHOSEN, "/registrations/0/sessionIds"):
            next(inv.invites(EVENT, [chose], stamped=LATER, session="opening"))

    def test_not_to_a_session_that_the_person_waits_for(self) -> None:
        waits = registration(session_ids={"panel", "opening"}, waits=[Wait(session_id="panel", since=STAMPED)])
        with refused(Code.SESSION_AWAITED, "/registration/waits"):
            inv.invite(EVENT, waits, stamped=LATER, session="panel")
        (only,) = inv.invites(EVENT, [waits], stamped=LATER, by_session=True)
        assert only.uid.startswith("opening.")
        (cancelled,) = inv.cancels(EVENT, [waits], stamped=LATER, by_session=True)
        assert cancelled.uid == only.uid
        # Who waits for all of them is at the event all the same.
        (whole,) = inv.invites(EVENT, [evolve(waits, session_ids={"panel"})], stamped=LATER, by_session=True)
        assert whole.uid == EVENT.uid

    def test_a_seat_in_a_session_is_told_as_one_from_the_waitlist(self) -> None:
        waits = registration(session_ids={"panel"}, waits=[Wait(session_id="panel", since=STAMPED)])
        seated = evolve(waits, waits=[Wait(session_id="panel", since=STAMPED, until=LATER)])
        before, after = (Dossier(event=EVENT, registrations=[each]) for each in (waits, seated))
        told = inv.updates(before, after, stamped=LATER, by_session=True)
        assert [(each.uid, each.reason) for each in told] == [
            ("panel@example.org", inv.Reason.PROMOTED),
            (EVENT.uid, inv.Reason.DROPPED),
        ]

    def test_a_remote_guest_has_no_link_of_a_session_that_they_wait_for(self) -> None:
        link = VirtualLocation(uri="https://meet.example.org/workshop")
        hybrid = event(organizer=ORGANIZER, sessions=(session("workshop", virtual_locations=(link,)),))
        guest = registration(mode=ParticipationMode.REMOTE, session_ids={"workshop"})
        waits = evolve(guest, waits=[Wait(session_id="workshop", since=STAMPED)])
        assert b"meet.example.org/workshop" in inv.invite(hybrid, guest, stamped=LATER).ics
        assert b"meet.example.org/workshop" not in inv.invite(hybrid, waits, stamped=LATER).ics

    def test_not_to_a_session_that_cannot_be_attended_in_their_way(self) -> None:
        workshop, keynote = session("workshop", inherited_places=ParticipationMode.ON_SITE), session("keynote")
        hybrid = event(organizer=ORGANIZER, virtual_locations=(VirtualLocation(),), sessions=(workshop, keynote))
        chose = frozenset({"workshop", "keynote"})
        remote = registration(mode=ParticipationMode.REMOTE, session_ids=chose)
        on_site = registration(2, session_ids=chose)
        with refused(Code.SESSION_MODE_NOT_OFFERED, "/registration/mode"):
            inv.invite(hybrid, remote, stamped=LATER, session="workshop")
        with pytest.raises(MessageError) as raised:
            inv.invite(hybrid, evolve(remote, session_ids=frozenset()), stamped=LATER, session="workshop")
        assert [each.params for each in raised.value.findings] == [{"session": "workshop", "choices": "on-site"}]
        parts = [
            (each.recipient, each.uid.split(".")[0])
            for each in inv.invites(hybrid, [remote, on_site], stamped=LATER, by_session=True)
        ]
        assert parts == [
            ("p1@example.org", "keynote"),
            ("p2@example.org", "workshop"),
            ("p2@example.org", "keynote"),
        ]
        # They may have been invited while it was streamed.
        cancelled = [each.uid.split(".")[0] for each in inv.cancels(hybrid, [remote], stamped=LATER, by_session=True)]
        assert cancelled == ["workshop", "keynote"]
        consenting = evolve(remote, listing_consent=ListingConsent.PARTICIPANTS)
        both = {
            id_: inv.invite(hybrid, on_site, stamped=LATER, session=id_, others=[consenting]).ics.count(b"ATTENDEE")
            for id_ in sorted(chose)
        }
        assert both == {"keynote": 2, "workshop": 1}

    def test_a_session_is_named_by_itself_or_by_its_id(self) -> None:
        part = EVENT.sessions[0]
        by_id = inv.invite(EVENT, registration(), stamped=LATER, session="opening")
        assert by_id == inv.invite(EVENT, registration(), stamped=LATER, session=part)
        # One that was changed since then is found as it is now.
        assert by_id == inv.invite(EVENT, registration(), stamped=LATER, session=evolve(part, code="old"))

    def test_not_to_sessions_that_calendars_would_take_for_each_other(self) -> None:
        twins = evolve(EVENT, sessions=(session("a", uid="x@example.org"), session("b", uid="x@example.org")))
        for make in (inv.invite, inv.cancel, inv.decline_counter):
            with refused(Code.UID_REPEATED, "/event/sessions/1/uid"):
                make(twins, registration(), stamped=LATER, session="a")
        for stream in (inv.invites, inv.cancels):
            with refused(Code.UID_REPEATED, "/event/sessions/1/uid"):
                stream(twins, [registration()], stamped=LATER, by_session=True)
        assert inv.invite(twins, registration(), stamped=LATER).uid == EVENT.uid


class TestLanguage:
    """The language to write in, else the first that is listened in and can be written."""

    def test_it_is_the_one_to_write_in(self) -> None:
        guest = registration(participant=person(language="es"), listening_languages=("fr",))
        assert reader_language(guest) == "es"

    def test_it_is_the_first_written_one_that_the_person_listens_in(self) -> None:
        assert reader_language(registration(listening_languages=("ase", "fr", "en"))) == "fr"

    def test_it_may_not_be_known(self) -> None:
        assert reader_language(registration(listening_languages=("ase",))) is None
        assert reader_language(registration().purged(at=LATER + timedelta(days=1))) is None
        assert inv.invite(EVENT, registration(), stamped=LATER).language == "fr"  # that of the title


class TestWhoseReplyCounts:
    """RFC 5546 section 3.2.2.1: a reply counts until the time, place or status of its entry changes."""

    OPENING = session("opening")
    FORUM = event(sessions=(OPENING, session("closing")))
    ONE = registration(
        replies=(
            Reply(at=STAMPED, status=ParticipationStatus.ACCEPTED),
            Reply(at=STAMPED, status=ParticipationStatus.TENTATIVE, session_id="opening"),
        ),
        participation_status=ParticipationStatus.ACCEPTED,
    )

    def statuses(self, of: Event, guest: Registration) -> list[str]:
        sessions = (None, "opening", self.OPENING, "closing")
        return [inv.participation_status(of, guest, session=each) for each in sessions]

    def test_it_is_asked_for_the_event_or_a_session(self) -> None:
        assert self.statuses(self.FORUM, self.ONE) == ["accepted", "tentative", "tentative", "needs-action"]

    def test_each_entry_has_its_own(self) -> None:
        other_time = evolve(self.OPENING, slot=self.FORUM.sessions[1].slot.in_zone("Africa/Cairo"))
        moved = self.FORUM.revised(at=LATER, sessions=(other_time, *self.FORUM.sessions[1:]))
        # The session as it was before the change is the same session.
        assert self.statuses(moved, self.ONE) == ["accepted", "needs-action", "needs-action", "needs-action"]
        assert self.statuses(self.FORUM.postpone(at=LATER), self.ONE) == ["needs-action"] * 4

    def test_without_a_reply_it_is_what_the_office_noted_of_the_event(self) -> None:
        noted = registration(participation_status=ParticipationStatus.DECLINED)
        assert self.statuses(self.FORUM.postpone(at=LATER), noted) == ["declined", *["needs-action"] * 3]

    def test_what_does_not_belong_together_is_refused(self) -> None:
        with refused(Code.SESSION_UNKNOWN, "/session"):
            inv.participation_status(self.FORUM, self.ONE, session="banquet")
        with refused(Code.EVENT_UID_DIFFERS, "/registration/eventUid"):
            inv.participation_status(self.FORUM, evolve(self.ONE, event_uid="e-9"))
        wrong: Any = "r-1"
        with pytest.raises(TypeError, match="Registration"):
            inv.participation_status(self.FORUM, wrong)
        with pytest.raises(TypeError, match=r"For a dossier, pass dossier\.event\."):
            inv.participation_status(wrong, self.ONE)


FOCAL_POINT = Contact(name="Focal point 1", email="focal1@example.org")
FILED = evolve(registration(), filed_by=FOCAL_POINT)


class TestTheFocalPoint:
    """A person who filed a registration for somebody gets a copy of the organizer's mails, and is not invited."""

    def test_every_message_of_the_organizer_is_copied(self) -> None:
        invitation = inv.invite(EVENT, FILED, stamped=LATER)
        messages = [
            invitation,
            *inv.invites(EVENT, [FILED], stamped=LATER),
            inv.cancel(EVENT, FILED, stamped=LATER),
            *inv.cancels(EVENT, [FILED], stamped=LATER),
            inv.decline_counter(EVENT, FILED, stamped=LATER),
            *inv.updates(Dossier(event=EVENT), Dossier(event=EVENT, registrations=(FILED,)), stamped=LATER),
            *inv.updates(
                Dossier(event=EVENT, registrations=(FILED,)),
                Dossier(event=EVENT, registrations=(FILED.withdraw(at=LATER),)),
                stamped=LATER,
            ),
        ]
        assert [each.copied_to for each in messages] == [FOCAL_POINT] * 7
        assert [each.recipient for each in messages] == ["p1@example.org"] * 7
        assert all(b"focal" not in each.ics.replace(b"\r\n ", b"") for each in messages)
        assert "ocal" not in repr(invitation)

    def test_the_calendar_is_that_of_a_registration_that_the_person_filed(self) -> None:
        for make in (inv.invite, inv.cancel):
            assert make(EVENT, FILED, stamped=LATER).ics == make(EVENT, registration(), stamped=LATER).ics

    @pytest.mark.parametrize(
        "nobody", [None, Contact(name="Focal point 1"), Contact(name="Focal point 1", email="P1@Example.org")]
    )
    def test_without_an_address_of_their_own_nobody_gets_a_copy(self, nobody: Contact | None) -> None:
        assert inv.invite(EVENT, evolve(FILED, filed_by=nobody), stamped=LATER).copied_to is None

    def test_what_the_person_sends_is_not_copied(self) -> None:
        invitation = inv.invite(EVENT, FILED, stamped=LATER)
        delegate = person(2)
        sent = [
            inv.reply(invitation, ParticipationStatus.ACCEPTED, stamped=LATER),
            inv.delegation(invitation, delegate, stamped=LATER),
            inv.counter(invitation, invitation.texts.slot, stamped=LATER),
            inv.refresh(invitation, stamped=LATER),
            inv.publish(EVENT, stamped=LATER),
        ]
        assert [each.copied_to for each in sent] == [None] * 5

    def test_another_focal_point_alone_is_no_reason_for_a_message(self) -> None:
        before, after = (
            Dossier(event=EVENT, registrations=(evolve(FILED, filed_by=each),)) for each in (FOCAL_POINT, person(9))
        )
        assert [*inv.updates(before, after, stamped=LATER)] == []

    def test_who_was_told_before_is_told_of_the_cancellation(self) -> None:
        withdrawn = evolve(FILED, filed_by=None).withdraw(at=LATER)
        before, after = (Dossier(event=EVENT, registrations=(each,)) for each in (FILED, withdrawn))
        (cancellation,) = inv.updates(before, after, stamped=LATER)
        assert cancellation.copied_to == FOCAL_POINT
