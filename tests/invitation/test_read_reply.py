"""Answers as real programs send them, and those that are rejected."""

from datetime import UTC, datetime
from email import message_from_bytes
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from tests.ical.calendars import refusals
from tests.samples.invited import EVENT, LATER, ORGANIZER, registration
from tests.samples.wtisd import STAMPED
from wtisd_model import Contact, InvalidValueError, ParticipationStatus, TimeSlot, local_time
from wtisd_model.invitation import IncomingReply, Method, counter, invite, read_reply, refresh, reply
from wtisd_model.strategies import slots
from wtisd_model.strategies.fields import values_of
from wtisd_model.types.text import LONG

REPLIES = Path(__file__).parents[1] / "data" / "replies"
UID = "0afd7437-a0a7-510e-b2b6-ac4856994a8c"
SENDER = "participant1@example.org"
AT = datetime(2023, 4, 20, 8, 15, tzinfo=UTC)
ACCEPTED = ParticipationStatus.ACCEPTED
INVITED = invite(evolve(EVENT, organizer=ORGANIZER), registration(), stamped=STAMPED)

PLAIN = IncomingReply(method=Method.REPLY, uid=UID, sequence=0, at=AT, attendee=SENDER, status=ACCEPTED)
EXCHANGE = evolve(PLAIN, sequence=1, at=AT.replace(second=2), comment="I come by train.")
NEXT_DAY = TimeSlot(
    start=local_time("2023-05-18T10:00:00", "Europe/Berlin"), end=local_time("2023-05-18T12:00:00", "Europe/Berlin")
)
SAMPLES = {
    "apple-accepted.eml": PLAIN,
    "assistant-accepted.ics": evolve(EXCHANGE, sent_by="assistant@example.org"),
    "bare-refresh.ics": evolve(PLAIN, method=Method.REFRESH, status=ParticipationStatus.NEEDS_ACTION),
    "delegate-accepted.ics": evolve(PLAIN, delegated_from=("participant2@example.org",)),
    "exchange-accepted.eml": EXCHANGE,
    "exchange-counter.eml": evolve(
        EXCHANGE,
        method=Method.COUNTER,
        status=ParticipationStatus.TENTATIVE,
        proposal=NEXT_DAY,
        proposed_location="Popov",
    ),
    "google-declined.eml": evolve(PLAIN, status=ParticipationStatus.DECLINED, comment="Je suis en mission"),
    "group-counter.ics": evolve(
        PLAIN,
        method=Method.COUNTER,
        status=ParticipationStatus.NEEDS_ACTION,
        proposal=NEXT_DAY,
        proposed_location="The blue room",
        comment="The blue room is free then",
    ),
    "outlook-tentative.eml": evolve(PLAIN, status=ParticipationStatus.TENTATIVE, attendee="Participant1@Example.ORG"),
    "thunderbird-delegated.eml": evolve(
        PLAIN, status=ParticipationStatus.DELEGATED, delegated_to=("participant2@example.org",)
    ),
    "windows-utf-16.ics": evolve(EXCHANGE, comment="Ich komme später."),
}


WHO = f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{SENDER}"


def sample(name: str) -> bytes:
    return (REPLIES / name).read_bytes()


def answer(
    *lines: str, method: str | None = "REPLY", who: str = f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{SENDER}"
) -> bytes:
    """Write an answer."""
    whole = ["BEGIN:VCALENDAR", *([] if method is None else [f"METHOD:{method}"]), "BEGIN:VEVENT", f"UID:{UID}"]
    return "\r\n".join([*whole, "DTSTAMP:20230420T081500Z", who, *lines, "END:VEVENT", "END:VCALENDAR", ""]).encode()


def mailed(*calendars: bytes, method: str | None = None) -> bytes:
    """Put calendars into a mail."""
    said = "" if method is None else f"; method={method}"
    parts = [f"--x\r\nContent-Type: text/calendar{said}\r\n\r\n".encode() + each + b"\r\n" for each in calendars]
    return b"Content-Type: multipart/mixed; boundary=x\r\n\r\n" + b"".join(parts) + b"--x--\r\n"


def found(data: bytes, sender: str = SENDER) -> list[str]:
    return [each.code for each in read_reply(data, sender=sender).findings]


class TestPrograms:
    """Outlook, Exchange, Google, Apple and Thunderbird."""

    def test_each_sample_is_here(self) -> None:
        assert {each.name for each in REPLIES.iterdir()} == SAMPLES.keys()

    @pytest.mark.parametrize("name", SAMPLES)
    def test_their_answers_are_read(self, name: str) -> None:
        sender = SAMPLES[name].sent_by or SENDER
        assert read_reply(sample(name), sender=sender) == SAMPLES[name]
        if name.endswith(".eml"):
            assert read_reply(message_from_bytes(sample(name)), sender=sender) == SAMPLES[name]

    @pytest.mark.parametrize("name", SAMPLES)
    def test_and_refused_from_anybody_else(self, name: str) -> None:
        for sender in ("participant3@example.org", "nobody@example.org"):
            assert refusals(lambda: read_reply(sample(name), sender=sender)) == [("sender-differs", "")]  # noqa: B023 - called at once

    @pytest.mark.parametrize("name", SAMPLES)
    def test_who_it_is_is_not_printed(self, name: str) -> None:
        made = read_reply(sample(name), sender=SAMPLES[name].sent_by or SENDER)
        assert "example.org" not in repr(made)
        assert "train" not in repr(made)

    def test_but_what_it_is_about_is_and_that_is_what_the_answer_says(self) -> None:
        made = read_reply(answer("COMMENT:By train").replace(UID.encode(), b"mailto:" + SENDER.encode()), sender=SENDER)
        assert (made.uid, made.attendee, made.comment) == (f"mailto:{SENDER}", SENDER, "By train")
        assert f"uid={made.uid!r}" in repr(made)
        assert SENDER not in repr(evolve(made, uid=UID))


class TestOurs:
    """The content of our own messages is read back."""

    @LAW
    @given(
        st.sampled_from([each for each in ParticipationStatus if each is not ParticipationStatus.NEEDS_ACTION]),
        st.none() | values_of(LONG),
    )
    def test_a_reply(self, status: ParticipationStatus, comment: str | None) -> None:
        delegate = Contact(name="Participant 2", email="p2@example.org") if status == "delegated" else None
        message = reply(INVITED, status, stamped=LATER, comment=comment, delegate=delegate)
        assert read_reply(message.ics, sender="P1@example.org") == IncomingReply(
            method=Method.REPLY,
            uid=EVENT.uid,
            sequence=EVENT.sequence,
            at=LATER,
            attendee="p1@example.org",
            status=status,
            comment=comment,
            delegated_to=() if delegate is None else ("p2@example.org",),
        )

    @LAW
    @given(slots())
    def test_another_time(self, slot: TimeSlot) -> None:
        made = read_reply(counter(INVITED, slot, stamped=LATER).ics, sender="p1@example.org")
        assert (made.method, made.proposal) == (Method.COUNTER, slot)

    def test_a_question(self) -> None:
        assert read_reply(refresh(INVITED, stamped=LATER).ics, sender="p1@example.org").method is Method.REFRESH

    def test_an_invitation_is_no_answer(self) -> None:
        assert refusals(lambda: read_reply(INVITED.ics, sender="p1@example.org")) == [("method-not-answer", "")]


class TestSender:
    """RFC 6047 section 2.3: the sender has to be the person who answers."""

    @pytest.mark.parametrize(
        "who",
        [
            "ATTENDEE:mailto:Participant1@EXAMPLE.org",
            "ATTENDEE:MAILTO:participant1%40example.org",
            f'ATTENDEE;EMAIL="{SENDER}":urn:uuid:1',
        ],
    )
    def test_an_address_may_be_written_in_several_ways(self, who: str) -> None:
        assert read_reply(answer(who=who), sender="participant1@Example.ORG").method is Method.REPLY

    def test_the_address_beside_another_one_does_not_count(self) -> None:
        who = f"ATTENDEE;EMAIL={SENDER}:mailto:participant2@example.org"
        assert refusals(lambda: read_reply(answer(who=who), sender=SENDER)) == [("sender-differs", "")]

    def test_somebody_who_answers_for_another_is_told_of(self) -> None:
        who = f'ATTENDEE;PARTSTAT=ACCEPTED;SENT-BY="mailto:{SENDER}":mailto:minister@example.org'
        made = read_reply(answer(who=who), sender=SENDER)
        assert (made.attendee, made.sent_by) == ("minister@example.org", SENDER)
        assert found(answer(who=who)) == ["answered-for-another"]
        assert found(answer(who=who), "minister@example.org") == []

    @pytest.mark.parametrize("sender", ["", f"Participant 1 <{SENDER}>", f"mailto:{SENDER}"])
    def test_the_sender_is_one_address(self, sender: str) -> None:
        with pytest.raises(InvalidValueError) as caught:
            read_reply(answer(), sender=sender)
        assert [(each.code, each.path) for each in caught.value.findings] == [("email-malformed", "/sender")]

    def test_a_source_is_bytes_or_a_mail(self) -> None:
        wrong: Any = "BEGIN:VCALENDAR"
        with pytest.raises(TypeError):
            read_reply(wrong, sender=SENDER)


class TestSeveralAttendees:
    """RFC 5546 names others besides the sender in section 4.2.4, and against its own table in 4.2.6 and 4.2.7."""

    CHAIR = "ATTENDEE;ROLE=CHAIR;PARTSTAT=ACCEPTED:mailto:chair@example.org"
    DELEGATOR = f'ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO="mailto:{SENDER}":mailto:participant2@example.org'

    def test_only_the_entry_of_the_sender_counts(self) -> None:
        for data in (answer(self.CHAIR, self.DELEGATOR), answer(WHO, who=self.CHAIR)):
            assert read_reply(data, sender=SENDER) == PLAIN
            assert found(data) == ["attendees-ignored"]
        (ignored,) = read_reply(answer(self.CHAIR, self.DELEGATOR), sender=SENDER).findings
        assert (ignored.params, ignored.path) == ({"count": 2}, "/lines/3")

    def test_a_delegate_states_for_whom(self) -> None:
        who = f'ATTENDEE;PARTSTAT=DECLINED;DELEGATED-FROM="mailto:participant2@example.org":mailto:{SENDER}'
        made = read_reply(answer(self.DELEGATOR, who=who), sender=SENDER)
        assert (made.status, made.delegated_from) == (ParticipationStatus.DECLINED, ("participant2@example.org",))
        assert made.delegated_to == ()

    def test_a_hundred_delegates_are_enough(self) -> None:
        many = ",".join(f'"mailto:p{number}@example.org"' for number in range(101))
        who = f"ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO={many}:mailto:{SENDER}"
        assert len(read_reply(answer(who=who), sender=SENDER).delegated_to) == 100
        assert found(answer(who=who)) == ["property-dropped"]

    def test_each_of_them_replies_only_for_themselves(self) -> None:
        made = read_reply(answer(self.DELEGATOR), sender="participant2@example.org")
        assert (made.attendee, made.status) == ("participant2@example.org", ParticipationStatus.DELEGATED)
        assert refusals(lambda: read_reply(answer(self.CHAIR), sender="p3@example.org")) == [("sender-differs", "")]

    @pytest.mark.parametrize(
        "second",
        [
            f"ATTENDEE;PARTSTAT=DECLINED:mailto:{SENDER}",
            f'ATTENDEE;PARTSTAT=DECLINED;SENT-BY="mailto:{SENDER}":mailto:participant2@example.org',
        ],
    )
    def test_whose_entry_is_meant_is_not_guessed(self, second: str) -> None:
        assert refusals(lambda: read_reply(answer(second), sender=SENDER)) == [("attendee-count", "/lines/3")]

    def test_an_assistant_may_answer_for_one_of_them(self) -> None:
        boss = f'ATTENDEE;PARTSTAT=DECLINED;SENT-BY="mailto:{SENDER}":mailto:minister@example.org'
        made = read_reply(answer(self.CHAIR, who=boss), sender=SENDER)
        assert (made.attendee, made.sent_by) == ("minister@example.org", SENDER)
        assert found(answer(self.CHAIR, who=boss)) == ["attendees-ignored", "answered-for-another"]

    def test_a_room_is_another_attendee_too(self) -> None:
        assert found(answer("ATTENDEE;CUTYPE=ROOM:urn:uuid:1")) == ["attendees-ignored"]


class TestMethods:
    """The METHOD of the calendar, and that of the mail."""

    def test_that_of_the_mail_counts_where_the_calendar_has_none(self) -> None:
        assert read_reply(mailed(answer(method=None), method="reply"), sender=SENDER).method is Method.REPLY
        assert read_reply(mailed(answer(), method="Reply"), sender=SENDER).method is Method.REPLY

    @pytest.mark.parametrize(
        ("data", "code", "path"),
        [
            (answer(method="NONSENSE"), "method-unknown", "/lines/2"),
            (mailed(answer(), method="NONSENSE"), "method-unknown", ""),
            (answer(method="CANCEL"), "method-not-answer", ""),
            (answer(method=None), "method-not-answer", ""),
            (mailed(answer(), method="COUNTER"), "calendars-disagree", ""),
        ],
    )
    def test_others_are_refused(self, data: bytes, code: str, path: str) -> None:
        assert refusals(lambda: read_reply(data, sender=SENDER)) == [(code, path)]


class TestRefusals:
    """An answer is one person's, about one event, once."""

    @pytest.mark.parametrize(
        ("data", "code", "path"),
        [
            (b"BEGIN:VCALENDAR\nMETHOD:REPLY\nEND:VCALENDAR\n", "event-count", ""),
            (answer() + answer(), "event-count", ""),
            (answer(who="X-A:1"), "attendee-count", "/lines/3"),
            (answer(who="ATTENDEE:invalid:nomail"), "attendee-count", "/lines/3"),
            (answer(who="ATTENDEE:mailto:participant2@example.org"), "sender-differs", ""),
            (answer().replace(b"UID:", b"X-UID:"), "property-missing", "/lines/3"),
            (answer().replace(b"DTSTAMP:", b"X-A:"), "property-missing", "/lines/3"),
            (answer().replace(b"081500Z", b"081500"), "property-unreadable", "/lines/5"),
            (answer().replace(b"DTSTAMP:2023", b"DTSTAMP:1923"), "property-unreadable", "/lines/5"),
            (answer("SEQUENCE:1_0"), "property-unreadable", "/lines/7"),
            (answer(method="COUNTER"), "property-missing", "/lines/3"),
            (answer("DTSTART:20230518T100000", method="COUNTER"), "time-floating", "/lines/7"),
            (answer(who=f"ATTENDEE;PARTSTAT=ACCEPTED;PARTSTAT=DECLINED:mailto:{SENDER}"), "attendee-count", "/lines/3"),
            (answer(who=f"ATTENDEE;PARTSTAT=DECLINED;partstat=ACCEPTED:mailto:{SENDER}"), "attendee-count", "/lines/3"),
            (mailed(answer(), answer("SEQUENCE:1")), "calendars-disagree", ""),
            (mailed(*[answer()] * 5), "calendars-disagree", ""),
            (mailed(answer(), b"nothing"), "calendar-missing", ""),
        ],
    )
    def test_others_are_refused(self, data: bytes, code: str, path: str) -> None:
        assert refusals(lambda: read_reply(data, sender=SENDER)) == [(code, path)]

    def test_two_calendars_that_say_the_same_are_one(self) -> None:
        assert read_reply(mailed(answer(), answer("X-A:1")), sender=SENDER) == PLAIN


class TestDetails:
    """PARTSTAT, COMMENT, RECURRENCE-ID."""

    def test_an_answer_that_is_not_known_is_none(self) -> None:
        data = answer(who=f"ATTENDEE;PARTSTAT=X-MAYBE:mailto:{SENDER}")
        assert read_reply(data, sender=SENDER).status is ParticipationStatus.NEEDS_ACTION
        assert found(data) == ["partstat-unknown"]

    def test_comments_are_put_together(self) -> None:
        made = read_reply(answer("COMMENT:a", "COMMENT: ", *["COMMENT:b"] * 20), sender=SENDER)
        assert made.comment == "\n\n".join(["a", *["b"] * 8])
        assert read_reply(answer("COMMENT: "), sender=SENDER).comment is None

    def test_google_writes_a_comment_and_guests_into_parameters(self) -> None:
        who = f"ATTENDEE;PARTSTAT=ACCEPTED;X-NUM-GUESTS={{}};X-RESPONSE-COMMENT=By train:mailto:{SENDER}"
        assert read_reply(answer(who=who.format(0)), sender=SENDER) == evolve(PLAIN, comment="By train")
        assert read_reply(answer("COMMENT:a", who=who.format(0)), sender=SENDER).comment == "a\n\nBy train"
        assert read_reply(answer("COMMENT:By train", who=who.format(0)), sender=SENDER).comment == "By train"
        assert found(answer(who=who.format(0))) == []
        assert found(answer(who=who.format(2))) == ["property-dropped"]

    def test_google_proposes_another_time_in_a_mail_that_says_reply(self) -> None:
        data = answer("DTSTART:20230518T080000Z", "DTEND:20230518T090000Z", method="COUNTER")
        assert read_reply(mailed(data, method="REPLY"), sender=SENDER).method is Method.COUNTER
        for method in ("REFRESH", "REQUEST"):
            wrong = mailed(data, method=method)
            assert refusals(lambda: read_reply(wrong, sender=SENDER)) == [("calendars-disagree", "")]  # noqa: B023 - called at once

    @pytest.mark.parametrize(
        ("stated", "status"),
        [(";PARTSTAT=TENTATIVE", "tentative"), (";PARTSTAT=DECLINED", "declined"), ("", "needs-action")],
    )
    def test_a_proposal_has_the_answer_that_google_sends_with_it(self, stated: str, status: str) -> None:
        times = ("DTSTART:20230518T080000Z", "DTEND:20230518T090000Z")
        data = answer(*times, who=f"ATTENDEE{stated}:mailto:{SENDER}", method="COUNTER")
        assert read_reply(data, sender=SENDER).status == status

    def test_a_proposal_of_whole_days_is_in_the_zone_of_the_event(self) -> None:
        """Exchange and Google write a day without a zone, and without our X-WTISD-ZONE."""
        data = answer("DTSTART;VALUE=DATE:20230518", "DTEND;VALUE=DATE:20230519", method="COUNTER")
        assert refusals(lambda: read_reply(data, sender=SENDER)) == [("time-floating", "/lines/7")]
        made = read_reply(data, sender=SENDER, zone="Africa/Lagos")
        assert made == read_reply(data, sender=SENDER, zone=ZoneInfo("Africa/Lagos"))
        assert made.proposal == TimeSlot.days("2023-05-18", "2023-05-19", "Africa/Lagos")
        with pytest.raises(InvalidValueError, match="zone-unknown"):
            read_reply(data, sender=SENDER, zone="Lagos")

    def test_a_proposal_may_be_about_another_place(self) -> None:
        times = ("DTSTART:20230518T080000Z", "DTEND:20230518T090000Z")
        for written, read in (("The blue\\, small room", "The blue, small room"), ("", None), (" ", None)):
            made = read_reply(answer(*times, f"LOCATION:{written}", method="COUNTER"), sender=SENDER)
            assert made.proposed_location == read
        assert read_reply(answer(*times, "LOCATION:Popov"), sender=SENDER).proposed_location is None

    def test_a_second_method_is_told_of(self) -> None:
        data = answer().replace(b"METHOD:REPLY", b"METHOD:REPLY\r\nMETHOD:CANCEL")
        assert read_reply(data, sender=SENDER).method is Method.REPLY
        assert found(data) == ["property-repeated"]

    def test_what_could_not_be_done_with_the_invitation_is_told_of(self) -> None:
        assert found(answer("REQUEST-STATUS:2.0;Success")) == []
        assert found(answer("REQUEST-STATUS:3.0;Invalid property name;FOO")) == ["property-unsupported"]

    def test_one_occurrence_of_a_series_is_told_of(self) -> None:
        assert found(answer("RECURRENCE-ID:20230517T123000Z")) == ["property-dropped"]
