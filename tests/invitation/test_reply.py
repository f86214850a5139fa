"""What the invited person sends back."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any, cast

import pytest
from attrs import evolve

from tests.invitation.refusal import invalid, refused
from tests.invitation.strict_message import message
from tests.samples.invited import EVENT, LATER, person, registration
from tests.samples.whole import slot
from wtisd_model import Code, Contact, ParticipationStatus, from_ical
from wtisd_model import invitation as inv
from wtisd_model.ical import times

REQUEST = inv.invite(EVENT, registration(), stamped=LATER, session="panel", reminders=[timedelta(minutes=5)])
THEN = LATER + timedelta(hours=2)
DELEGATE = person(2, language="en")
TOKYO = slot("2023-05-18T13:45:00", "2023-05-18T14:30:00", "Asia/Tokyo")


class TestReply:
    """RFC 5546 section 3.2.3: REPLY."""

    @pytest.mark.parametrize("status", ["accepted", "declined", "tentative"])
    def test_it_answers_what_was_asked(self, status: str) -> None:
        sent = inv.reply(REQUEST, ParticipationStatus(status), stamped=THEN, comment="Gladly;\nwith pleasure")
        read = message(sent.ics)
        (attendee,) = read.attendees
        assert (attendee.email, attendee.parameters["PARTSTAT"]) == ("p1@example.org", status.upper())
        assert (read.uid, read.sequence, read.stamped) == (REQUEST.uid, REQUEST.sequence, THEN)
        assert read.organizer == message(REQUEST.ics).organizer
        assert read.comment == "Gladly;\nwith pleasure"
        assert read.entry is not None
        assert read.entry.starts_at == REQUEST.texts.slot.starts_at
        assert (sent.recipient, sent.name) == ("organizer@example.org", "UIT")
        assert (sent.reason, sent.texts.answer, sent.texts.comment) == (inv.Reason.ANSWERED, status, read.comment)

    def test_the_word_for_an_answer_will_do(self) -> None:
        accepted = inv.reply(REQUEST, ParticipationStatus.ACCEPTED, stamped=THEN)
        assert inv.reply(REQUEST, cast("Any", "accepted"), stamped=THEN) == accepted
        assert accepted.texts.answer is ParticipationStatus.ACCEPTED

    def test_to_need_action_is_no_answer(self) -> None:
        with invalid(Code.VALUE_UNKNOWN, "/status"):
            inv.reply(REQUEST, ParticipationStatus.NEEDS_ACTION, stamped=THEN)

    def test_only_a_request_is_answered(self) -> None:
        for other in (inv.cancel(EVENT, registration(), stamped=LATER), inv.publish(EVENT, stamped=LATER)):
            for make in (inv.refresh, lambda asked, stamped: inv.counter(asked, TOKYO, stamped=stamped)):
                with refused(Code.NOT_A_REQUEST, "/request/method"):
                    make(other, stamped=THEN)
        with pytest.raises(TypeError, match="Message"):
            inv.reply(cast("Any", REQUEST.ics), ParticipationStatus.ACCEPTED, stamped=THEN)

    def test_what_cannot_be_is_refused(self) -> None:
        with invalid(Code.TEXT_TOO_LONG, "/comment"):
            inv.reply(REQUEST, ParticipationStatus.ACCEPTED, stamped=THEN, comment="x" * 10_001)
        with invalid(Code.TEXT_CONTROL, "/comment"):
            inv.refresh(REQUEST, stamped=THEN, comment="a\r\nATTENDEE:mailto:b@example.org")

    @pytest.mark.parametrize(
        "make",
        [
            partial(inv.reply, REQUEST, ParticipationStatus.ACCEPTED),
            partial(inv.delegation, REQUEST, DELEGATE),
            partial(inv.counter, REQUEST, TOKYO),
            partial(inv.refresh, REQUEST),
            partial(inv.decline_counter, EVENT, registration()),
        ],
        ids=lambda make: str(make.func.__name__),
    )
    def test_the_time_of_a_message_is_the_one_passed_and_has_an_offset(self, make: Callable[..., inv.Message]) -> None:
        sent = make(stamped=THEN)
        assert sent.stamped == message(sent.ics).stamped == THEN
        with invalid(Code.MOMENT_NAIVE, "/stamped"):
            make(stamped=datetime(2023, 5, 1))


class TestDelegation:
    """RFC 5546 section 3.2.2.3: delegating an event to another."""

    def test_the_organizer_is_told_who_comes(self) -> None:
        sent = inv.reply(REQUEST, ParticipationStatus.DELEGATED, stamped=THEN, delegate=DELEGATE)
        (attendee,) = message(sent.ics).attendees
        assert attendee.parameters["PARTSTAT"] == "DELEGATED"
        assert attendee.parameters["DELEGATED-TO"] == "mailto:p2@example.org"

    def test_who_comes_gets_the_invitation(self) -> None:
        sent = inv.delegation(REQUEST, DELEGATE, stamped=THEN)
        read, asked = message(sent.ics), message(REQUEST.ics)
        gone, comes = read.attendees
        assert (read.method, read.uid, read.sequence, read.stamped) == ("REQUEST", asked.uid, asked.sequence, THEN)
        assert (gone.email, gone.parameters["DELEGATED-TO"]) == ("p1@example.org", "mailto:p2@example.org")
        assert gone.parameters["PARTSTAT"] == "DELEGATED"
        assert (comes.email, comes.parameters["DELEGATED-FROM"]) == ("p2@example.org", "mailto:p1@example.org")
        assert (comes.parameters["PARTSTAT"], comes.parameters["RSVP"]) == ("NEEDS-ACTION", "TRUE")
        assert (sent.recipient, sent.name, sent.language) == ("p2@example.org", "Participant 2", "en")
        assert asked.entry is not None
        assert read.entry == evolve(asked.entry, stamped=THEN, alarms=())

    def test_whoever_comes_can_answer_it(self) -> None:
        passed_on = inv.delegation(REQUEST, Contact(email="p2@example.org"), stamped=THEN)
        (attendee,) = message(inv.reply(passed_on, ParticipationStatus.ACCEPTED, stamped=THEN).ics).attendees
        assert attendee.email == "p2@example.org"
        assert "CN" not in attendee.parameters

    @pytest.mark.parametrize(
        "make",
        [
            lambda passed_on: inv.reply(passed_on, ParticipationStatus.ACCEPTED, stamped=THEN),
            lambda passed_on: inv.counter(passed_on, TOKYO, stamped=THEN),
            lambda passed_on: inv.refresh(passed_on, stamped=THEN),
        ],
    )
    def test_a_delegate_states_for_whom(self, make: Callable[[inv.Message], inv.Message]) -> None:
        passed_on = inv.delegation(REQUEST, DELEGATE, stamped=THEN)
        (asked,) = [each for each in from_ical(passed_on.ics).attendees if each.email == "p2@example.org"]
        assert asked.delegated_from == ("p1@example.org",)
        received = inv.request_for(from_ical(passed_on.ics), "p2@example.org", stamped=THEN)
        for request in (passed_on, received):
            sent = make(request)
            (attendee,) = message(sent.ics).attendees
            assert (attendee.email, attendee.parameters["DELEGATED-FROM"]) == (
                "p2@example.org",
                "mailto:p1@example.org",
            )
            assert inv.read_reply(sent.ics, sender="p2@example.org").delegated_from == ("p1@example.org",)
            assert sent.delegated_from == ()

    def test_a_delegate_may_delegate_on(self) -> None:
        passed_on = inv.delegation(REQUEST, DELEGATE, stamped=THEN)
        second, third = message(inv.delegation(passed_on, person(3), stamped=THEN).ics).attendees
        assert (second.email, second.parameters["DELEGATED-FROM"]) == ("p2@example.org", "mailto:p1@example.org")
        assert second.parameters["DELEGATED-TO"] == "mailto:p3@example.org"
        assert (third.email, third.parameters["DELEGATED-FROM"]) == ("p3@example.org", "mailto:p2@example.org")

    def test_somebody_is_named_exactly_where_it_is_delegated(self) -> None:
        for delegate in (None, Contact(name="Participant 2")):
            with invalid(Code.DELEGATE_MISSING, "/delegate"):
                inv.reply(REQUEST, ParticipationStatus.DELEGATED, stamped=THEN, delegate=delegate)
        with invalid(Code.DELEGATE_MISSING, "/delegate"):
            inv.delegation(REQUEST, Contact(name="Participant 2"), stamped=THEN)
        with invalid(Code.DELEGATE_UNFOUNDED, "/delegate"):
            inv.reply(REQUEST, ParticipationStatus.ACCEPTED, stamped=THEN, delegate=DELEGATE)


class TestCounter:
    """RFC 5546 section 3.2.7: COUNTER."""

    @pytest.mark.parametrize("utc", [False, True])
    def test_it_is_the_event_at_another_time(self, *, utc: bool) -> None:
        request = inv.invite(EVENT, registration(), stamped=LATER, utc=utc)
        sent = inv.counter(request, TOKYO, stamped=THEN, comment="Rather then")
        read, asked = message(sent.ics), message(request.ics)
        assert asked.entry is not None
        assert read.entry == evolve(
            asked.entry, stamped=THEN, starts_at=TOKYO.starts_at, ends_at=TOKYO.ends_at, zone="Asia/Tokyo"
        )
        assert (b"TZID" in sent.ics) is not utc
        assert (read.method, read.comment) == ("COUNTER", "Rather then")
        assert (sent.texts.slot, sent.texts.previous) == (TOKYO, request.texts.slot)
        assert (sent.reason, sent.recipient) == (inv.Reason.COUNTERED, "organizer@example.org")
        assert read.attendees[0].parameters["PARTSTAT"] == "TENTATIVE"

    def test_it_proposes_a_slot(self) -> None:
        with pytest.raises(TypeError, match="TimeSlot"):
            inv.counter(REQUEST, cast("Any", THEN), stamped=THEN)

    def test_the_person_is_told_that_it_stays_as_it_was(self) -> None:
        sent = inv.decline_counter(EVENT, registration(), stamped=THEN, session="panel", comment="No room")
        read = message(sent.ics)
        assert (read.method, read.uid, read.sequence) == ("DECLINECOUNTER", REQUEST.uid, REQUEST.sequence)
        assert (read.comment, [each.email for each in read.attendees]) == ("No room", ["p1@example.org"])
        assert (sent.recipient, sent.reason) == ("p1@example.org", inv.Reason.COUNTER_DECLINED)
        assert sent.texts == evolve(REQUEST.texts, comment="No room")
        assert sent.language == REQUEST.language

    def test_a_request_made_by_hand_without_a_calendar_has_nothing_to_reply_to(self) -> None:
        with refused(Code.PROPERTY_COUNT, ""):
            inv.reply(evolve(REQUEST, ics=b""), ParticipationStatus.ACCEPTED, stamped=THEN)

    def test_no_calendar_is_written_but_its_own(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delattr(times, "vtimezone")
        assert b"VTIMEZONE" not in inv.decline_counter(EVENT, registration(), stamped=THEN, session="panel").ics
        with pytest.raises(NameError):
            inv.publish(EVENT, stamped=THEN, session="panel")

    def test_the_first_revision_is_stated_too(self) -> None:
        first = inv.decline_counter(evolve(EVENT, sequence=0), registration(), stamped=THEN, language="en")
        assert message(first.ics).sequence == 0
        assert first.language == "en"


class TestRefresh:
    """RFC 5546 section 3.2.6: REFRESH."""

    def test_it_asks_and_says_nothing_else(self) -> None:
        sent = inv.refresh(REQUEST, stamped=THEN, comment="Please")
        read = message(sent.ics)
        assert (read.method, read.uid, read.comment) == ("REFRESH", REQUEST.uid, "Please")
        assert [each.email for each in read.attendees] == ["p1@example.org"]
        assert sent.reason is inv.Reason.ASKED


class TestPublish:
    """RFC 5546 section 3.2.1: PUBLISH."""

    @pytest.mark.parametrize("about", [None, "panel"])
    def test_nobody_is_asked(self, about: str | None) -> None:
        sent = inv.publish(EVENT, stamped=LATER, session=about, reminders=[timedelta(hours=1)], transparent=True)
        read = message(sent.ics)
        assert (read.method, read.attendees) == ("PUBLISH", ())
        assert (sent.recipient, sent.name, sent.reason) == (None, None, inv.Reason.PUBLISHED)
        assert read.entry is not None
        assert (read.entry.transparent, len(read.entry.alarms)) == (True, 1)

    def test_it_may_be_private_and_in_another_language_and_in_utc(self) -> None:
        sent = inv.publish(EVENT, stamped=LATER, privacy=inv.Privacy.PRIVATE, language="en", utc=True)
        assert message(sent.ics).privacy == "PRIVATE"
        assert (sent.language, b"VTIMEZONE" in sent.ics) == ("en", False)

    def test_what_is_cancelled_is_published_too(self) -> None:
        entry = message(inv.publish(EVENT.cancel(at=LATER), stamped=LATER).ics).entry
        assert entry is not None
        assert entry.status == "CANCELLED"

    def test_somebody_holds_it(self) -> None:
        with refused(Code.ORGANIZER_WITHOUT_ADDRESS, "/event/organizer"):
            inv.publish(evolve(EVENT, organizer=None), stamped=LATER)
