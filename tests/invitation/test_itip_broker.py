"""The scenarios of the tests of sabre/vobject's iTIP broker, with people, times and texts of our own.

That broker compares two versions of a calendar and makes the messages between them, as `updates` does for a dossier; it
also keeps the calendars of invited people, which we do not.
"""

import pytest
from attrs import evolve

from tests.ical.calendars import codes, refusals
from tests.invitation.refusal import invalid, refused
from tests.invitation.scenarios import (
    ACCEPTED,
    AT,
    DECLINED,
    FORUM,
    LATER,
    MOVED,
    ONE,
    THREE,
    TWO,
    WHEN,
    about,
    calendar,
    changes,
    different,
    kinds,
    line,
    same,
    withdrawn,
)
from tests.invitation.strict_message import message
from tests.samples.invited import registration
from wtisd_model import Code, Dossier, ParticipationStatus, from_ical
from wtisd_model import invitation as inv
from wtisd_model.invitation import Message, Method, Reason

SAME = evolve(FORUM, updated=LATER)
PERSON = "ATTENDEE;CN=Participant 1:mailto:p1@example.org"
DOSSIER = Dossier(event=FORUM, registrations=(ONE, TWO))

BRUSSELS = (
    *("BEGIN:VTIMEZONE", "TZID:(UTC+01:00) Brussels\\, Madrid", "BEGIN:DAYLIGHT", "DTSTART:19700329T020000"),
    *("TZOFFSETFROM:+0100", "TZOFFSETTO:+0200", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "END:DAYLIGHT"),
    *("BEGIN:STANDARD", "DTSTART:19701025T030000", "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100"),
    *("RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", "END:STANDARD", "END:VTIMEZONE", "BEGIN:VEVENT"),
)
IN_BRUSSELS = (
    'DTSTART;TZID="(UTC+01:00) Brussels, Madrid":20230517T143000',
    'DTEND;TZID="(UTC+01:00) Brussels, Madrid":20230517T163000',
    "SUMMARY:Forum",
)


def asked(*lines: str, method: str = "REQUEST") -> Message:
    """Return the invitation of the first participant in somebody else's calendar."""
    read = from_ical(calendar(*lines, method=method))
    return inv.request_for(read, "p1@example.org", stamped=AT)


def applied(*lines: str, sender: str = "p1@example.org") -> Dossier:
    reply = inv.read_reply(calendar(*lines, method="REPLY"), sender=sender)
    return inv.apply(DOSSIER, [reply])


class TestNewEvent:
    """BrokerNewEventTest."""

    @same("NewEvent: NoAttendee", "UpdateEvent: NoAttendees")
    def test_without_people_there_is_no_message(self) -> None:
        assert list(inv.invites(FORUM, [], stamped=AT)) == []
        assert changes(FORUM, MOVED, ()) == []

    @same("NewEvent: SimpleInvite")
    def test_each_person_is_invited(self) -> None:
        sent = inv.invite(FORUM, ONE, stamped=AT)
        read = message(sent.ics)
        assert (read.method, read.uid, sent.recipient, sent.name) == (
            "REQUEST",
            FORUM.uid,
            "p1@example.org",
            "Participant 1",
        )
        assert read.attendees[0].parameters["PARTSTAT"] == "NEEDS-ACTION"

    @different("NewEvent: BrokenEventUIDMisMatch")
    def test_a_calendar_with_two_uids_has_two_events(self) -> None:
        first, second = (
            ("BEGIN:VEVENT", *about(each, *WHEN, PERSON), "END:VEVENT") for each in (FORUM, evolve(FORUM, uid="x"))
        )
        assert [each.uid for each in from_ical(calendar(*first, *second, method="REQUEST")).events] == [
            FORUM.uid,
            "x",
        ]
        both = calendar(*first, *second, method="REPLY")
        assert refusals(lambda: inv.read_reply(both, sender="p1@example.org")) == [("event-count", "")]

    @different("NewEvent: NoOrganizerHasAttendee", "UpdateEvent: InviteChangeFromSchedulingToNonSchedulingObject")
    def test_without_an_organizer_nobody_is_invited(self) -> None:
        nobody = evolve(FORUM, organizer=None)
        with refused(Code.ORGANIZER_WITHOUT_ADDRESS, "/event/organizer"):
            inv.invite(nobody, ONE, stamped=AT)
        with refused(Code.ORGANIZER_WITHOUT_ADDRESS, "/event/organizer"):
            changes(FORUM, evolve(nobody, updated=LATER), (ONE,))


class TestUpdateEvent:
    """BrokerUpdateEventTest."""

    @same("UpdateEvent: InviteChange")
    def test_one_leaves_and_another_comes(self) -> None:
        sent = changes(FORUM, SAME, (ONE, TWO), (withdrawn(ONE), TWO, THREE))
        assert kinds(sent) == [
            ("p3@example.org", Method.REQUEST, Reason.INVITED),
            ("p1@example.org", Method.CANCEL, Reason.WITHDRAWN),
        ]

    @same("UpdateEvent: InviteChangeFromNonSchedulingToSchedulingObject")
    def test_the_first_people_are_invited(self) -> None:
        before = evolve(FORUM, organizer=None)
        after = before.revised(at=LATER, organizer=FORUM.organizer)
        assert kinds(changes(before, after, (), (ONE,))) == [("p1@example.org", Method.REQUEST, Reason.INVITED)]

    @same("UpdateEvent: InviteChangeSignificantChange")
    def test_a_longer_event_asks_everybody_again(self) -> None:
        sent = changes(FORUM, MOVED, (ONE, TWO), (withdrawn(ONE), TWO, THREE))
        assert {each.recipient: (each.method, each.sequence) for each in sent} == {
            "p1@example.org": (Method.CANCEL, 1),
            "p2@example.org": (Method.REQUEST, 1),
            "p3@example.org": (Method.REQUEST, 1),
        }

    @same("UpdateEvent: InviteNoChange", "SignificantChanges: NoChange")
    def test_without_a_change_nobody_is_told(self) -> None:
        assert changes(FORUM, SAME, (ONE, TWO)) == []

    @same("SignificantChanges: AttendeesOrderNoChange")
    def test_nor_if_people_are_listed_in_another_order(self) -> None:
        assert changes(FORUM, SAME, (ONE, TWO), (TWO, ONE)) == []

    @same("UpdateEvent: InviteNoChangeForceSend")
    def test_an_invitation_can_be_sent_again(self) -> None:
        first, second = (inv.invite(FORUM, ONE, stamped=each) for each in (AT, LATER))
        assert (second.uid, second.sequence, second.stamped) == (first.uid, first.sequence, LATER)

    @same("UpdateEvent: InviteRemoveAttendees")
    def test_everybody_is_removed(self) -> None:
        sent = changes(FORUM, SAME, (ONE, TWO), (withdrawn(ONE), withdrawn(TWO)))
        assert kinds(sent) == [(f"p{n}@example.org", Method.CANCEL, Reason.WITHDRAWN) for n in (1, 2)]

    @same(
        "UpdateEvent: InviteStatusCancelled",
        "DeleteEvent: OrganizerDeleteWithDtend",
        "DeleteEvent: OrganizerDeleteWithDuration",
    )
    def test_a_cancelled_event_is_cancelled_for_all(self) -> None:
        sent = changes(FORUM, FORUM.cancel(at=LATER), (ONE, TWO))
        assert [(each.recipient, each.method, each.sequence) for each in sent] == [
            (f"p{n}@example.org", Method.CANCEL, 1) for n in (1, 2)
        ]


class TestReply:
    """BrokerAttendeeReplyTest and BrokerDeleteEventTest, as an invited person."""

    @pytest.mark.parametrize("end", ["DTEND:20230517T143000Z", "DURATION:PT2H"])
    @pytest.mark.parametrize("status", [ACCEPTED, DECLINED])
    @same("AttendeeReply: Accepted", "AttendeeReply: Declined", "AttendeeReply: NewEventWithReply")
    @same("DeleteEvent: AttendeeDeleteWithDtend", "DeleteEvent: AttendeeReplyWithDuration")
    def test_a_reply_goes_to_the_organizer(self, status: ParticipationStatus, end: str) -> None:
        request = asked(*about(FORUM, WHEN[0], end, WHEN[2], PERSON, sequence=1))
        sent = inv.reply(request, status, stamped=LATER)
        read = message(sent.ics)
        assert (sent.recipient, read.method, read.uid, read.sequence) == (
            "organizer@example.org",
            "REPLY",
            FORUM.uid,
            1,
        )
        assert [(each.email, each.parameters["PARTSTAT"]) for each in read.attendees] == [
            ("p1@example.org", status.upper())
        ]
        assert line(sent, "DTEND") == "DTEND:20230517T143000Z"

    @same("AttendeeReply: AcceptedWithTz")
    def test_the_times_are_those_of_the_invitation(self) -> None:
        request = asked(*BRUSSELS, *about(FORUM, *IN_BRUSSELS, PERSON), "END:VEVENT")
        assert line(inv.reply(request, ACCEPTED, stamped=LATER), "DTSTART") == "DTSTART:20230517T123000Z"

    @same("AttendeeReply: NoRelevantAttendee")
    def test_only_those_who_are_invited_reply(self) -> None:
        with refused(Code.NOT_A_REQUEST, "/email"):
            asked(*about(FORUM, *WHEN, "ATTENDEE:mailto:p2@example.org"))

    @different("AttendeeReply: NoChangeForceSend")
    def test_to_need_action_is_no_reply(self) -> None:
        with invalid(Code.VALUE_UNKNOWN, "/status"):
            inv.reply(asked(*about(FORUM, *WHEN, PERSON)), ParticipationStatus.NEEDS_ACTION, stamped=LATER)

    @same("AttendeeReply: DeclinedCancelledEvent", "DeleteEvent: AttendeeDeleteCancelledEvent")
    def test_nobody_replies_to_a_cancellation(self) -> None:
        off = calendar(*about(FORUM, *WHEN, PERSON, "STATUS:CANCELLED", sequence=1), method="CANCEL")
        read = from_ical(off)
        assert [(each.status, each.sequence) for each in read.events] == [("cancelled", 1)]
        with refused(Code.NOT_A_REQUEST, "/imported/method"):
            inv.request_for(read, "p1@example.org", stamped=AT)
        with refused(Code.NOT_A_REQUEST, "/request/method"):
            inv.reply(inv.cancel(FORUM, ONE, stamped=AT), DECLINED, stamped=LATER)

    @different("AttendeeReply: AcceptedAllDay")
    def test_a_whole_day_needs_a_zone(self) -> None:
        lines = about(FORUM, "DTSTART;VALUE=DATE:20230517", "SUMMARY:Forum", PERSON, sequence=1)
        day = calendar(*lines, method="REQUEST")
        assert refusals(lambda: from_ical(day)) == [("time-floating", "/lines/10")]
        request = inv.request_for(from_ical(day, zone="Europe/Zurich"), "p1@example.org", stamped=AT)
        assert line(inv.reply(request, ACCEPTED, stamped=LATER), "DTSTART") == "DTSTART;VALUE=DATE:20230517"


class TestProcessMessage:
    """BrokerProcessMessageTest and EvolutionTest."""

    @same("ProcessMessage: RequestNew")
    def test_an_invitation_is_read(self) -> None:
        read = from_ical(calendar(*about(FORUM, *WHEN, PERSON, sequence=1), method="REQUEST"))
        assert (read.method, [(each.uid, each.sequence) for each in read.events]) == (Method.REQUEST, [(FORUM.uid, 1)])

    @same("ProcessMessage: RequestUpdate")
    def test_the_newer_of_two_versions_is_kept(self) -> None:
        versions = [("BEGIN:VEVENT", *about(FORUM, *WHEN, PERSON, sequence=number), "END:VEVENT") for number in (2, 1)]
        read = from_ical(calendar(*versions[0], *versions[1], method="REQUEST"))
        assert [each.sequence for each in read.events] == [2]
        assert "entry-repeated" in codes(read)

    @same("ProcessMessage: Cancel")
    def test_a_cancellation_is_read(self) -> None:
        off = calendar(*about(FORUM, *WHEN, "STATUS:CANCELLED", sequence=2), method="CANCEL")
        read = from_ical(off)
        assert (read.method, [(each.status, each.sequence) for each in read.events]) == (
            Method.CANCEL,
            [("cancelled", 2)],
        )

    @same("ProcessMessage: UnsupportedComponent")
    def test_a_task_is_refused(self) -> None:
        assert refusals(lambda: from_ical(calendar("BEGIN:VTODO", *about(), "END:VTODO"))) == [("event-missing", "")]

    @different("ProcessMessage: UnsupportedMethod")
    def test_a_published_event_is_read(self) -> None:
        assert from_ical(calendar(*about(FORUM, *WHEN), method="PUBLISH")).method is Method.PUBLISH

    @same("Evolution: NewEvolutionEvent")
    def test_evolutions_names_of_zones_are_read(self) -> None:
        zone = "TZID=/freeassociation.sourceforge.net/Tzfile/America/Toronto"
        times = (f"DTSTART;{zone}:20230517T083000", f"DTEND;{zone}:20230517T103000", "SUMMARY:Forum")
        sent_by = 'ATTENDEE;RSVP=TRUE;SENT-BY="MAILTO:assistant@example.org":MAILTO:p1@example.org'
        (event,) = from_ical(calendar(*about(FORUM, *times, sent_by), method="REQUEST")).events
        assert event.slot is not None
        assert (str(event.slot.start.timezone_name), event.slot.starts_at.hour) == ("America/Toronto", 12)


class TestProcessReply:
    """BrokerProcessReplyTest."""

    ACCEPTS = "ATTENDEE;PARTSTAT=ACCEPTED:mailto:p1@example.org"

    @same("ProcessReply: ReplyNoOriginal")
    def test_a_reply_to_an_unknown_event_changes_nothing(self) -> None:
        assert refusals(lambda: applied(*about(evolve(FORUM, uid="x"), self.ACCEPTS))) == [
            ("uid-foreign", "/replies/0/uid")
        ]

    @same("ProcessReply: ReplyAccept")
    def test_a_reply_is_recorded(self) -> None:
        first, second = applied(*about(FORUM, self.ACCEPTS)).registrations
        assert (first.participation_status, second) == (ACCEPTED, TWO)

    @same("ProcessReply: ReplyWithTz")
    def test_whatever_zone_its_times_are_in(self) -> None:
        lines = (*BRUSSELS, *about(FORUM, *IN_BRUSSELS, self.ACCEPTS), "END:VEVENT")
        assert applied(*lines).registrations[0].participation_status is ACCEPTED

    @same("ProcessReply: ReplyRequestStatus")
    def test_how_its_program_managed_is_reported(self) -> None:
        lines = about(FORUM, self.ACCEPTS, "REQUEST-STATUS:2.3;Success, invalid property ignored")
        reply = inv.read_reply(calendar(*lines, method="REPLY"), sender="p1@example.org")
        assert (reply.status, [each.params for each in reply.findings]) == (ACCEPTED, [{"property": "REQUEST-STATUS"}])

    @different("ProcessReply: ReplyPartyCrasher")
    def test_nobody_is_added(self) -> None:
        crasher = about(FORUM, "ATTENDEE;PARTSTAT=ACCEPTED:mailto:p9@example.org")
        assert refusals(lambda: applied(*crasher, sender="p9@example.org")) == [
            ("person-unknown", "/replies/0/attendee")
        ]
        invited = inv.invite(FORUM, registration(9), stamped=LATER)  # if the office wants to
        assert invited.recipient == "p9@example.org"

    @same("ProcessReply: ReplyAcceptUpdateRSVP")
    def test_who_has_replied_is_not_asked_again(self) -> None:
        accepted = applied(*about(FORUM, self.ACCEPTS)).registrations[0]
        (before,), (after,) = (
            message(inv.invite(FORUM, each, stamped=LATER).ics).attendees for each in (ONE, accepted)
        )
        assert (before.parameters.get("RSVP"), after.parameters.get("RSVP")) == ("TRUE", None)
        assert after.parameters["PARTSTAT"] == "ACCEPTED"
