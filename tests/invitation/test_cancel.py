"""Cancellations: of all, or for one."""

from datetime import timedelta
from typing import Any

import pytest
from attrs import evolve

from tests.invitation.refusal import invalid
from tests.invitation.strict_message import Sent, message
from tests.samples.invited import EVENT, LATER, registration
from wtisd_model import Code, Dossier, VirtualLocation
from wtisd_model import invitation as inv


def taken_apart(sent: inv.Message) -> Sent:
    read = message(sent.ics)
    assert read.method == "CANCEL"
    return read


class TestForAll:
    """RFC 5546 section 3.2.5: "STATUS: MUST be set to CANCELLED to cancel the entire event"."""

    def test_a_cancelled_event_is_cancelled_with_a_raised_sequence(self) -> None:
        before = inv.invite(EVENT, registration(), stamped=LATER)
        sent = inv.cancel(EVENT.cancel(at=LATER), registration(), stamped=LATER + timedelta(hours=1))
        read = taken_apart(sent)
        assert read.entry is not None
        assert (read.entry.status, sent.reason) == ("CANCELLED", inv.Reason.CANCELLED)
        assert (sent.uid, sent.sequence) == (before.uid, before.sequence + 1)
        assert sent.texts.status == "cancelled"

    def test_a_cancelled_event_cancels_its_sessions(self) -> None:
        sent = inv.cancel(EVENT.cancel(at=LATER), registration(), stamped=LATER, session="opening")
        read = taken_apart(sent)
        assert read.entry is not None
        assert (read.entry.status, sent.reason) == ("CANCELLED", inv.Reason.CANCELLED)

    def test_a_cancelled_session_is_cancelled_alone(self) -> None:
        read = taken_apart(inv.cancel(EVENT, registration(), stamped=LATER, session="side-event"))
        assert read.entry is not None
        assert (read.uid, read.entry.status) == (f"side-event.{EVENT.uid}", "CANCELLED")

    def test_a_session_that_was_dropped_is_cancelled(self) -> None:
        part = EVENT.sessions[0]
        shorter = EVENT.revised(at=LATER, sessions=EVENT.sessions[1:])
        sent = inv.cancel(shorter, registration(), stamped=LATER, session=part)
        read = taken_apart(sent)
        assert read.entry is not None
        assert (read.uid, read.entry.status) == (part.export_uid(EVENT.uid), "CANCELLED")
        assert (sent.reason, sent.sequence) == (inv.Reason.DROPPED, EVENT.sequence + 1)
        assert list(inv.cancels(shorter, [registration()], stamped=LATER, session=part)) == [sent]

    def test_it_has_no_link_to_join(self) -> None:
        event = evolve(EVENT, virtual_locations=(VirtualLocation(uri="https://meet.example.org/1"),))
        assert b"meet.example.org" in inv.invite(event, registration(), stamped=LATER).ics
        for session in (None, event.sessions[0]):
            sent = inv.cancel(event, registration(), stamped=LATER, session=session)
            assert (b"meet.example.org" in sent.ics, sent.texts.links) == (False, ())

    def test_of_a_dossier_the_event_is_asked_for(self) -> None:
        whole: Any = Dossier(event=EVENT)
        with pytest.raises(TypeError, match=r"For a dossier, pass dossier\.event\."):
            inv.cancel(whole, registration(), stamped=LATER)
        with pytest.raises(TypeError, match=r"For a dossier, pass dossier\.event\."):
            inv.cancels(whole, [], stamped=LATER)


class TestReason:
    """RFC 5546 sections 4.2.9 and 4.2.10: COMMENT says why."""

    def test_why_it_is_cancelled_may_be_said(self) -> None:
        off = EVENT.cancel(at=LATER)
        sent = inv.cancel(off, registration(), stamped=LATER, comment="The hall is flooded.\nSorry")
        assert taken_apart(sent).comment == "The hall is flooded.\nSorry"
        mail = inv.mail(sent, sender="desk@example.org")
        assert "The hall is flooded." in str(mail.get_body(("plain",)))
        assert "flooded" not in repr(sent)
        both = inv.cancels(off, [registration(), registration(2)], stamped=LATER, comment="The hall is flooded.\nSorry")
        assert next(both) == sent
        assert next(both).texts.comment == sent.texts.comment

    def test_what_a_calendar_cannot_hold_is_refused_at_once(self) -> None:
        with invalid(Code.TEXT_TOO_LONG, "/comment"):
            inv.cancels(EVENT, [], stamped=LATER, comment="x" * 10_001)


class TestForOne:
    """RFC 5546 section 3.2.5: "If uninviting specific Attendees, then MUST NOT be included"."""

    def test_who_withdrew_is_told_so_without_a_status(self) -> None:
        sent = inv.cancel(EVENT, registration().withdraw(at=LATER), stamped=LATER)
        read = taken_apart(sent)
        assert read.entry is not None
        assert (read.entry.status, sent.reason) == (None, inv.Reason.WITHDRAWN)
        assert [each.email for each in read.attendees] == ["p1@example.org"]
        assert "RSVP" not in read.attendees[0].parameters

    def test_who_has_a_seat_may_be_uninvited_and_updates_goes_by_the_state(self) -> None:
        sent = inv.cancel(EVENT, registration(), stamped=LATER)
        read = taken_apart(sent)
        assert read.entry is not None
        assert (read.entry.status, sent.reason) == (None, inv.Reason.WITHDRAWN)
        before = Dossier(event=EVENT, registrations=(registration(),))
        assert [*inv.updates(before, before, stamped=LATER)] == []
        moved = registration().reset(at=LATER).reject(at=LATER)
        (told,) = inv.updates(before, evolve(before, registrations=(moved,)), stamped=LATER)
        assert (told.reason, told.ics) == (sent.reason, sent.ics)

    def test_a_session_that_one_does_not_take_part_in_any_more(self) -> None:
        sent = inv.cancel(EVENT, registration(), stamped=LATER, session="opening")
        assert sent.reason is inv.Reason.DROPPED
        gone = inv.cancel(EVENT, registration().withdraw(at=LATER), stamped=LATER, session="opening")
        assert gone.reason is inv.Reason.WITHDRAWN
        assert gone.ics == sent.ics

    def test_whoever_is_invited_again_is(self) -> None:
        # RFC 5546 section 2.1.5: of two with one sequence the later stamp holds.
        out = inv.cancel(EVENT, registration().withdraw(at=LATER), stamped=LATER)
        again = inv.invite(EVENT, registration(2), stamped=LATER + timedelta(minutes=1))
        assert (again.sequence, again.stamped) > (out.sequence, out.stamped)
        assert again.uid == out.uid

    def test_it_has_no_reminder_and_keeps_when_it_was(self) -> None:
        sent = inv.cancel(EVENT, registration(), stamped=LATER)
        assert b"VALARM" not in sent.ics
        read = taken_apart(sent)
        assert read.entry is not None
        assert EVENT.slot is not None
        assert (read.entry.starts_at, read.entry.title.text) == (EVENT.slot.starts_at, EVENT.title.text)

    def test_it_may_be_written_in_utc_and_another_language(self) -> None:
        sent = inv.cancel(EVENT, registration(), stamped=LATER, utc=True, language="en")
        assert b"VTIMEZONE" not in sent.ics
        assert sent.language == "en"

    def test_by_session_there_is_one_for_each_that_the_person_chose(self) -> None:
        chose = registration(session_ids=frozenset({"panel", "opening", "secret"}))
        sent = inv.cancels(EVENT.cancel(at=LATER), [chose, registration(2)], stamped=LATER, by_session=True)
        assert [each.uid for each in sent] == [f"opening.{EVENT.uid}", "panel@example.org", EVENT.uid]

    def test_sessions_with_one_id_are_the_one_of_the_event(self) -> None:
        older = evolve(EVENT.sessions[0], code="old")
        now = inv.cancel(EVENT, registration(), stamped=LATER, session="opening")
        assert inv.cancel(EVENT, registration(), stamped=LATER, session=older) == now
