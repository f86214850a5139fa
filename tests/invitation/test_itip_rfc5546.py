"""The examples of RFC 5546 section 4 that concern events, with people, times and texts of our own."""

from datetime import timedelta

import pytest
from attrs import evolve

from tests.ical.calendars import codes, refusals
from tests.invitation.refusal import refused
from tests.invitation.scenarios import (
    ACCEPTED,
    AT,
    FORUM,
    LATER,
    MOVED,
    NEXT_DAY,
    ONE,
    SLOT,
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
from tests.samples.invited import ORGANIZER
from wtisd_model import Code, Contact, Dossier, ListingConsent, ParticipationStatus, from_ical
from wtisd_model import invitation as inv
from wtisd_model.invitation import Method, Reason

NEXT_HOUR = LATER + timedelta(hours=1)
DOSSIER = Dossier(event=FORUM, registrations=(ONE, TWO, THREE))
CHAIR = "ATTENDEE;ROLE=CHAIR;PARTSTAT=ACCEPTED;CN=Chair:mailto:chair@example.org"
OTHERS = tuple(f"ATTENDEE;RSVP=TRUE;CUTYPE=INDIVIDUAL:mailto:p{number}@example.org" for number in (1, 2, 3))


class TestPublished:
    """Section 4.1: events that are announced to all readers."""

    @same("4.1.1")
    def test_a_minimal_event_is_published_and_read(self) -> None:
        sent = message(inv.publish(FORUM, stamped=AT).ics)
        assert (sent.method, sent.attendees, sent.sequence) == ("PUBLISH", (), 0)
        minimal = ("UID:game@example.org", "DTSTAMP:20230420T081500Z", "ORGANIZER:mailto:a@example.org")
        read = from_ical(calendar(*minimal, "DTSTART:20230517T123000Z", "SUMMARY:Game", method="PUBLISH"))
        assert (read.method, codes(read)) == (Method.PUBLISH, ["end-missing", "place-missing"])

    @same("4.1.2")
    def test_a_change_has_the_same_uid_and_a_higher_sequence(self) -> None:
        first, second = (message(inv.publish(each, stamped=LATER).ics) for each in (FORUM, MOVED))
        assert (second.uid, second.sequence) == (first.uid, 1)
        versions = (calendar(*about(FORUM, *WHEN, sequence=number), method="PUBLISH") for number in (5, 2))
        (event,) = from_ical(b"".join(versions)).events
        assert event.sequence == 5

    @different("4.1.3")
    def test_a_cancelled_event_is_published_as_cancelled(self) -> None:
        sent = inv.publish(FORUM.cancel(at=LATER), stamped=LATER)
        assert (sent.method, sent.sequence, line(sent, "STATUS")) == (Method.PUBLISH, 1, "STATUS:CANCELLED")
        bare = calendar(*about(FORUM, "COMMENT:Not this year", sequence=2), method="CANCEL")
        read = from_ical(bare)
        assert (read.events, read.mentions) == ((), (inv.Mention(uid=FORUM.uid, sequence=2),))
        assert [each.code for each in read.findings] == ["property-unsupported"]
        assert refusals(lambda: from_ical(bare.replace(b"CANCEL", b"REQUEST"))) == [("property-missing", "/lines/5")]
        assert refusals(lambda: from_ical(bare.replace(b"UID:", b"UIDS:"))) == [("property-missing", "/lines/5")]

    @different("4.1.4")
    def test_a_rich_event_is_read_with_a_list_of_what_no_field_holds(self) -> None:
        rich = (
            *("ATTACH:https://example.org/plan.pdf", "CATEGORIES:Sports,Games", "CLASS:PRIVATE", "PRIORITY:2"),
            *("RESOURCES:Board", "RELATED-TO:season@example.org", "STATUS:CONFIRMED", "DESCRIPTION:Come early"),
            *("BEGIN:VALARM", "TRIGGER:-PT2H", "ACTION:DISPLAY", "DESCRIPTION:Go", "END:VALARM"),
        )
        read = from_ical(calendar(*about(FORUM, *WHEN, *rich, sequence=3), method="PUBLISH"))
        (event,) = read.events
        assert (event.sequence, event.keywords) == (3, frozenset({"Sports", "Games"}))
        assert {each.params.get("property") for each in read.findings if each.code == "property-unsupported"} == {
            *("CLASS", "PRIORITY", "RESOURCES"),
        }
        assert {"component-dropped", "relation-dropped"} <= set(codes(read))
        reminders = [timedelta(hours=2)]
        sent = message(inv.publish(FORUM, stamped=AT, reminders=reminders, privacy=inv.Privacy.PRIVATE).ics)
        assert sent.entry is not None
        assert (sent.privacy, len(sent.entry.alarms)) == ("PRIVATE", 1)


class TestGroup:
    """Section 4.2: invitations and replies."""

    @different("4.2.1")
    def test_each_person_gets_an_invitation_that_names_nobody_else(self) -> None:
        first, second = (message(each.ics) for each in inv.invites(FORUM, [ONE, TWO], stamped=AT))
        assert [each.email for each in first.attendees] == ["p1@example.org"]
        assert first.attendees[0].parameters["RSVP"] == "TRUE"
        assert (first.uid, first.entry) == (second.uid, second.entry)
        open_ = evolve(TWO, listing_consent=ListingConsent.PARTICIPANTS)
        listed = message(inv.invite(FORUM, ONE, stamped=AT, others=[open_, THREE]).ics)
        assert [each.email for each in listed.attendees] == ["p1@example.org", "p2@example.org"]

    def test_an_invitation_to_a_group_can_be_replied_to(self) -> None:
        room = "ATTENDEE;RSVP=FALSE;CUTYPE=ROOM:mailto:hall@example.org"
        read = from_ical(calendar(*about(FORUM, *WHEN, CHAIR, *OTHERS, room), method="REQUEST"))
        assert [each.email for each in read.attendees] == [
            "chair@example.org",
            *(f"p{n}@example.org" for n in (1, 2, 3)),
        ]
        request = inv.request_for(read, "P2@example.org", stamped=AT)
        sent = inv.reply(request, ACCEPTED, stamped=LATER)
        assert (sent.recipient, line(sent, "ATTENDEE").rpartition(":")[2]) == (
            "organizer@example.org",
            "p2@example.org",
        )

    @pytest.mark.parametrize("status", ["accepted", "declined", "tentative"])
    @same("4.2.2")
    def test_a_reply_is_recorded(self, status: str) -> None:
        lines = about(FORUM, f"ATTENDEE;PARTSTAT={status.upper()}:mailto:p1@example.org", "REQUEST-STATUS:2.0;Success")
        reply = inv.read_reply(calendar(*lines, method="REPLY"), sender="p1@example.org")
        assert (inv.apply(DOSSIER, [reply]).registrations[0].participation_status, reply.findings) == (status, ())

    @same("4.2.3")
    def test_after_a_move_everybody_is_asked_again(self) -> None:
        reply = inv.read_reply(
            calendar(*about(FORUM, "ATTENDEE;PARTSTAT=ACCEPTED:mailto:p1@example.org"), method="REPLY"),
            sender="p1@example.org",
        )
        accepted = inv.apply(DOSSIER, [reply]).registrations[0]
        sent = changes(FORUM, MOVED, (accepted, TWO))
        assert kinds(sent) == [(f"p{n}@example.org", Method.REQUEST, Reason.MOVED) for n in (1, 2)]
        for each in map(message, (each.ics for each in sent)):
            assert (each.uid, each.sequence) == (FORUM.uid, 1)
            assert (each.attendees[0].parameters["PARTSTAT"], each.attendees[0].parameters["RSVP"]) == (
                "NEEDS-ACTION",
                "TRUE",
            )

    @same("4.2.4")
    def test_another_time_and_place_may_be_proposed(self) -> None:
        times = ("DTSTART:20230518T123000Z", "DTEND:20230518T143000Z", "SUMMARY:Forum", "LOCATION:The blue room")
        lines = about(FORUM, *times, CHAIR, *OTHERS, "COMMENT:The blue room is free then")
        proposal = inv.read_reply(calendar(*lines, method="COUNTER"), sender="p2@example.org")
        assert proposal.proposal is not None
        assert proposal.proposal.starts_at == NEXT_DAY.starts_at
        assert (proposal.attendee, proposal.proposed_location) == ("p2@example.org", "The blue room")
        assert proposal.comment == "The blue room is free then"
        assert inv.apply(DOSSIER, [proposal]) == DOSSIER

        moved = FORUM.reschedule(proposal.proposal, at=LATER)
        assert [(each.sequence, each.reason) for each in changes(FORUM, moved, (ONE, TWO))] == [(1, Reason.MOVED)] * 2

        refused = inv.decline_counter(FORUM, TWO, stamped=LATER, comment="Not possible")
        declined = message(refused.ics)
        assert (declined.method, declined.uid, declined.sequence) == ("DECLINECOUNTER", FORUM.uid, 0)
        (mention,) = from_ical(refused.ics).mentions
        assert (mention.uid, [each.email for each in mention.attendees]) == (FORUM.uid, ["p2@example.org"])
        assert ([each.email for each in declined.attendees], declined.comment) == (["p2@example.org"], "Not possible")

    def test_our_own_proposal_keeps_the_sequence(self) -> None:
        request = inv.invite(MOVED, TWO, stamped=LATER)
        sent = message(inv.counter(request, SLOT, stamped=LATER, comment="Rather as before").ics)
        assert (sent.method, sent.sequence, sent.comment) == ("COUNTER", 1, "Rather as before")


class TestDelegation:
    """Sections 4.2.5 to 4.2.8."""

    REQUEST = inv.invite(FORUM, THREE, stamped=AT)
    DELEGATE = Contact(name="Participant 5", email="p5@example.org")

    def delegated(self) -> Dossier:
        sent = inv.reply(self.REQUEST, ParticipationStatus.DELEGATED, stamped=LATER, delegate=self.DELEGATE)
        return inv.apply(DOSSIER, [inv.read_reply(sent.ics, sender="p3@example.org")])

    def reply_of_delegate(self, status: str, *lines: str) -> inv.IncomingReply:
        """Read the reply of a delegate, with the ATTENDEE of the person who delegated after it or before it."""
        people = (
            f'ATTENDEE;PARTSTAT={status};DELEGATED-FROM="mailto:p3@example.org":mailto:p5@example.org',
            'ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO="mailto:p5@example.org":mailto:p3@example.org',
        )
        both = people if status == "ACCEPTED" else people[::-1]
        data = calendar(*about(FORUM, *both, *lines, "REQUEST-STATUS:2.0;Success", day=27), method="REPLY")
        return inv.read_reply(data, sender="p5@example.org")

    @same("4.2.5")
    def test_the_organizer_learns_of_it_and_the_delegate_is_invited(self) -> None:
        third = self.delegated().registrations[2]
        assert (third.participation_status, third.replies[0].delegated_to) == (
            "delegated",
            frozenset({"p5@example.org"}),
        )
        sent = message(inv.delegation(self.REQUEST, self.DELEGATE, stamped=LATER).ics)
        assert (sent.method, sent.uid, sent.sequence) == ("REQUEST", FORUM.uid, 0)
        parameters = {each.email: each.parameters for each in sent.attendees}
        assert parameters["p3@example.org"]["DELEGATED-TO"] == "mailto:p5@example.org"
        assert parameters["p5@example.org"]["DELEGATED-FROM"] == "mailto:p3@example.org"
        assert parameters["p5@example.org"]["RSVP"] == "TRUE"

    @same("4.2.6")
    def test_a_delegate_accepts(self) -> None:
        passed_on = inv.delegation(self.REQUEST, self.DELEGATE, stamped=LATER)
        ours = inv.read_reply(inv.reply(passed_on, ACCEPTED, stamped=NEXT_HOUR).ics, sender="p5@example.org")
        for reply in (self.reply_of_delegate("ACCEPTED"), ours):
            third = inv.apply(self.delegated(), [reply]).registrations[2]
            assert (third.participation_status, third.replies[-1].status) == ("delegated", "accepted")
            assert third.replies[-1].delegate == "p5@example.org"

    @different("4.2.7")
    def test_if_a_delegate_declines_the_person_is_asked_again(self) -> None:
        reply = self.reply_of_delegate("DECLINED", "COMMENT:Out of town")
        before = self.delegated()
        after = inv.apply(before, [reply])
        third = after.registrations[2]
        assert (third.participation_status, third.replies[-1].comment) == ("needs-action", "Out of town")
        (sent,) = inv.updates(before, after, stamped=NEXT_HOUR)
        assert (sent.method, sent.sequence, sent.reason) == (Method.REQUEST, 0, Reason.INVITED)
        (asked,) = message(sent.ics).attendees
        assert (asked.email, asked.parameters["RSVP"]) == ("p3@example.org", "TRUE")

    @same("4.2.8")
    def test_a_person_to_whom_it_was_forwarded_is_not_added(self) -> None:
        crasher = calendar(*about(FORUM, "ATTENDEE;PARTSTAT=ACCEPTED:mailto:p9@example.org"), method="REPLY")
        reply = inv.read_reply(crasher, sender="p9@example.org")
        assert refusals(lambda: inv.apply(DOSSIER, [reply])) == [("person-unknown", "/replies/0/attendee")]


class TestCancelled:
    """Sections 4.2.9 to 4.2.11."""

    @same("4.2.9")
    def test_a_cancelled_event_is_cancelled_for_everybody(self) -> None:
        off = FORUM.cancel(at=LATER)
        sent = changes(FORUM, off, (ONE, TWO))
        assert kinds(sent) == [(f"p{n}@example.org", Method.CANCEL, Reason.CANCELLED) for n in (1, 2)]
        assert [(each.sequence, line(each, "STATUS")) for each in sent] == [(1, "STATUS:CANCELLED")] * 2
        assert message(inv.cancel(off, ONE, stamped=LATER, comment="Rain").ics).comment == "Rain"

    @different("4.2.10")
    def test_one_person_is_removed(self) -> None:
        (sent,) = changes(FORUM, evolve(FORUM, updated=LATER), (ONE, TWO), (withdrawn(ONE), TWO))
        assert (sent.recipient, sent.method, sent.reason) == ("p1@example.org", Method.CANCEL, Reason.WITHDRAWN)
        assert (sent.sequence, sent.stamped) == (FORUM.sequence, LATER)
        assert b"STATUS" not in sent.ics

    @same("4.2.11")
    def test_another_organizer_raises_the_sequence(self) -> None:
        replaced = FORUM.revised(at=LATER, organizer=evolve(ORGANIZER, email="p2@example.org"))
        assert replaced.sequence == 1
        (sent,) = changes(FORUM, replaced, (ONE,))
        assert (sent.sequence, message(sent.ics).organizer[1]) == (1, "p2@example.org")


class TestRecurring:
    """Section 4.4: an event here has one slot, so only its first occurrence is read."""

    @different("4.4.1")
    def test_the_first_occurrence_is_read(self) -> None:
        rule = ("RRULE:FREQ=WEEKLY;COUNT=20", "EXDATE:20230524T123000Z", *OTHERS)
        read = from_ical(calendar(*about(FORUM, *WHEN, *rule), method="REQUEST"))
        (event,) = read.events
        assert event.slot is not None
        assert event.slot.starts_at == SLOT.starts_at
        assert codes(read).count("recurrence-dropped") == 2

    @different("4.4.9")
    def test_a_proposal_for_one_occurrence_is_one_for_the_event(self) -> None:
        lines = about(FORUM, *WHEN, "RECURRENCE-ID:20230517T123000Z", *OTHERS)
        reply = inv.read_reply(calendar(*lines, method="COUNTER"), sender="p1@example.org")
        assert reply.proposal is not None
        assert [each.code for each in reply.findings] == ["attendees-ignored", "property-dropped"]

    @same("4.4.10")
    def test_what_a_program_could_not_do_with_the_invitation_is_reported(self) -> None:
        lines = about(FORUM, "ATTENDEE:mailto:p1@example.org", "REQUEST-STATUS:3.0;Invalid Property Name;X-A")
        reply = inv.read_reply(calendar(*lines, method="REPLY"), sender="p1@example.org")
        assert (reply.status, reply.comment) == (ParticipationStatus.NEEDS_ACTION, None)
        assert [(each.code, each.params) for each in reply.findings] == [
            ("property-unsupported", {"property": "REQUEST-STATUS"})
        ]


class TestOthers:
    """Sections 4.3, 4.5, 4.6 and 4.7."""

    @pytest.mark.parametrize("kind", ["VFREEBUSY", "VTODO", "VJOURNAL"])
    def test_what_is_no_event_is_refused(self, kind: str) -> None:
        other = calendar(
            f"BEGIN:{kind}", *about(FORUM, "ATTENDEE:mailto:p1@example.org"), f"END:{kind}", method="REPLY"
        )
        assert refusals(lambda: from_ical(other)) == [("event-missing", "")]
        assert refusals(lambda: inv.read_reply(other, sender="p1@example.org")) == [("event-count", "")]

    @same("4.7.1")
    def test_the_latest_version_may_be_asked_for(self) -> None:
        asked = calendar(*about(FORUM, CHAIR, *OTHERS), method="REFRESH")
        reply = inv.read_reply(asked, sender="p2@example.org")
        assert (reply.method, reply.attendee) == (Method.REFRESH, "p2@example.org")
        sent = message(inv.refresh(inv.invite(FORUM, TWO, stamped=AT), stamped=LATER).ics)
        assert (sent.method, sent.sequence, [each.email for each in sent.attendees]) == (
            "REFRESH",
            None,
            ["p2@example.org"],
        )

    def test_its_time_has_to_be_in_utc(self) -> None:
        local = calendar(*about(FORUM, *OTHERS), method="REFRESH").replace(b"081500Z", b"081500")
        assert refusals(lambda: inv.read_reply(local, sender="p2@example.org")) == [("property-unreadable", "/lines/7")]

    def test_nobody_replies_to_what_is_no_invitation(self) -> None:
        with refused(Code.NOT_A_REQUEST, "/request/method"):
            inv.reply(inv.publish(FORUM, stamped=AT), ACCEPTED, stamped=LATER)
