"""An invitation that others wrote is answered like our own."""

from datetime import UTC, datetime

import pytest
from attrs import evolve

from tests.invitation.refusal import refused
from tests.invitation.strict_message import message
from tests.samples.invited import EVENT, LATER, registration
from wtisd_model import Code, Contact, ParticipationStatus, Severity, VirtualLocation, from_ical
from wtisd_model import invitation as inv

# As Exchange writes it: a Windows zone name, no LANGUAGE, a uid of its own kind.
FOREIGN = b"""BEGIN:VCALENDAR\r
METHOD:REQUEST\r
PRODID:Microsoft Exchange Server 2010\r
VERSION:2.0\r
BEGIN:VTIMEZONE\r
TZID:W. Europe Standard Time\r
BEGIN:STANDARD\r
DTSTART:16010101T030000\r
TZOFFSETFROM:+0200\r
TZOFFSETTO:+0100\r
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10\r
END:STANDARD\r
BEGIN:DAYLIGHT\r
DTSTART:16010101T020000\r
TZOFFSETFROM:+0100\r
TZOFFSETTO:+0200\r
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3\r
END:DAYLIGHT\r
END:VTIMEZONE\r
BEGIN:VEVENT\r
ORGANIZER;CN="Desk, the":mailto:desk@example.org\r
ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN=Participant 2:mailto:P2@example.org\r
ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;CN=Participant 3:mailto:p3@example.org\r
SUMMARY:Planning\r
DTSTART;TZID=W. Europe Standard Time:20230518T090000\r
DTEND;TZID=W. Europe Standard Time:20230518T100000\r
UID:040000008200E00074C5B7101A82E00800000000\r
DTSTAMP:20230414T080000Z\r
SEQUENCE:3\r
LOCATION:Room 5\r
END:VEVENT\r
END:VCALENDAR\r
"""


class TestForeignInvitations:
    """RFC 5546 section 3.2.3: a REPLY has the UID, the SEQUENCE and the ORGANIZER of the REQUEST."""

    def test_it_is_answered_with_what_it_said(self) -> None:
        request = inv.request_for(from_ical(FOREIGN), "p2@example.org", stamped=LATER)
        sent = inv.reply(request, ParticipationStatus.ACCEPTED, stamped=LATER)
        read = message(sent.ics)
        assert (read.uid, read.sequence) == ("040000008200E00074C5B7101A82E00800000000", 3)
        assert (read.organizer[0].text, read.organizer[1]) == ("Desk, the", "desk@example.org")
        assert [(each.email, each.parameters["PARTSTAT"]) for each in read.attendees] == [
            ("P2@example.org", "ACCEPTED")
        ]
        assert sent.recipient == "desk@example.org"
        assert sent.texts.slot.time_zone in {"Europe/Berlin", "Europe/Zurich"}
        assert sent.texts.title[0] == "Planning"

    def test_one_to_a_series_that_was_expanded_is_none_to_an_occurrence(self) -> None:
        """The uid of the person's invitation is that of the series; each occurrence has one of its own."""
        series = FOREIGN.replace(b"SEQUENCE:3\r\n", b"SEQUENCE:3\r\nRRULE:FREQ=DAILY;COUNT=3\r\n")
        read = from_ical(series, expand=(datetime(2023, 5, 1, tzinfo=UTC), datetime(2023, 6, 1, tzinfo=UTC)))
        assert len(read.events) == 3
        with refused(Code.NOT_A_REQUEST, "/imported/attendees"):
            inv.request_for(read, "p2@example.org", stamped=LATER)

    @pytest.mark.parametrize(("email", "status"), [("p2@example.org", "NEEDS-ACTION"), ("p3@example.org", "ACCEPTED")])
    def test_it_keeps_what_the_person_had_answered(self, email: str, status: str) -> None:
        request = inv.request_for(from_ical(FOREIGN), email, stamped=LATER)
        assert [each.parameters["PARTSTAT"] for each in message(request.ics).attendees] == [status]

    def test_our_own_is_answered_the_same(self) -> None:
        for about in (None, "opening"):
            ours = inv.invite(EVENT, registration(), stamped=LATER, session=about)
            read = inv.request_for(from_ical(ours.ics), "p1@example.org", stamped=LATER)
            answers = [inv.reply(each, ParticipationStatus.DECLINED, stamped=LATER) for each in (ours, read)]
            first, second = (message(each.ics) for each in answers)
            assert first == second

    @pytest.mark.parametrize("about", [None, "opening"])
    def test_its_description_is_passed_on_as_it_is(self, about: str | None) -> None:
        online = evolve(EVENT, virtual_locations=(VirtualLocation(uri="https://example.org/live"),))
        ours = inv.invite(online.postpone(at=LATER), registration(), stamped=LATER, session=about)
        read = inv.request_for(from_ical(ours.ics), "p1@example.org", stamped=LATER)
        deputy = Contact(name="Participant 5", email="p5@example.org")
        sent = message(ours.ics).entry
        assert sent is not None
        assert sent.description is not None
        assert sent.description.text.count("n'est plus valable") == sent.description.text.count("/live") == 1
        for each in (
            read,
            inv.counter(read, read.texts.slot, stamped=LATER),
            inv.delegation(read, deputy, stamped=LATER),
        ):
            entry = message(each.ics).entry
            assert entry is not None
            assert entry.description is not None
            assert entry.description.text == sent.description.text

    def test_a_session_that_stands_beside_its_event_is_answered_for_itself(self) -> None:
        imported = from_ical(FOREIGN)
        (event,) = imported.events
        assert event.slot is not None
        session = evolve(EVENT.sessions[0], uid="s@example.org", slot=event.slot)
        guest = evolve(imported.attendees[0], uid="s@example.org")
        beside = evolve(imported, events=(evolve(event, sessions=(session,)),), attendees=(guest,))
        assert inv.request_for(beside, "p2@example.org", stamped=LATER).uid == "s@example.org"
        about_event = evolve(beside, attendees=(evolve(guest, uid=event.uid),))
        assert inv.request_for(about_event, "p2@example.org", stamped=LATER).uid == event.uid

    def test_an_event_that_could_not_be_read_is_passed_over(self) -> None:
        begins, ends = FOREIGN.index(b"BEGIN:VEVENT"), FOREIGN.index(b"END:VCALENDAR")
        unreadable = FOREIGN[begins:ends].replace(b"UID:", b"UID:" + b"x" * 256)
        both = from_ical(FOREIGN[:begins] + unreadable + FOREIGN[begins:])
        assert [each.code for each in both.findings if each.severity is Severity.ERROR] == [Code.UID_MALFORMED]
        assert both.attendees == from_ical(FOREIGN).attendees
        assert inv.request_for(both, "p2@example.org", stamped=LATER).uid == both.events[0].uid

    def test_nobody_answers_for_whoever_is_not_invited(self) -> None:
        with refused(Code.NOT_A_REQUEST, "/email"):
            inv.request_for(from_ical(FOREIGN), "p4@example.org", stamped=LATER)
        published = from_ical(FOREIGN.replace(b"METHOD:REQUEST", b"METHOD:CANCEL"))
        with refused(Code.NOT_A_REQUEST, "/imported/method"):
            inv.request_for(published, "p2@example.org", stamped=LATER)
