"""A calendar message as a mail: the tree, the headers, the bytes, and what smtplib and a mail server make of it."""

import copy
import pickle
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from email.message import EmailMessage, MIMEPart
from email.message import Message as Legacy
from email.utils import parsedate_to_datetime
from mailbox import Maildir
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from attrs import asdict, evolve, fields
from hypothesis import given

import wtisd_model as wm
from tests.hypothesis_profiles import LAW
from tests.mail.mail_server import Received, mail_server
from tests.mail.reading import Page, decoded, legacy, mailbox_of, modern
from tests.samples.mails import HOSTILE, OCCASIONS, STAMPED, message, messages, reader_zones, senders, texts
from wtisd_model import Theme
from wtisd_model import invitation as inv
from wtisd_model.types.text import NAME

DESK = "Desk 1 <desk1@example.org>"
TREE = ["multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar", "application/ics"]
HEADERS = [
    "From",
    "Subject",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "Content-Language",
    "MIME-Version",
    "Content-Type",
]


def payload(part: "Legacy[Any, Any]") -> bytes:
    octets = part.get_payload(decode=True)
    assert isinstance(octets, bytes)
    return octets


def found(mail: EmailMessage, kind: str = "plain") -> MIMEPart:
    """Find a text of a mail as the standard library does."""
    part = mail.get_body((kind,))
    assert part is not None
    return part


def registered(event: wm.Event, mode: wm.ParticipationMode, **of_person: Any) -> wm.Registration:
    person = {"name": "Participant 1", "email": "participant1@example.org", **of_person}
    registration = wm.Registration(
        id="r-1", event_uid=event.uid, participant=wm.Contact(**person), mode=mode, submitted_at=STAMPED
    )
    return registration.approve(at=STAMPED)


class TestTree:
    """CalConnect's guide, "iMIP Best Practices"; RFC 6047 section 2.4: the content type contains the method too."""

    @LAW
    @given(messages(), senders(), reader_zones())
    def test_every_reader_finds_the_same_parts(self, made: inv.Message, sender: str, zone: str | None) -> None:
        raw = bytes(inv.mail(made, sender=sender, zone=zone))
        for parsed in (legacy(raw), modern(raw)):
            assert [each.get_content_type() for each in parsed.walk()] == TREE
            assert [each.defects for each in parsed.walk()] == [[]] * len(TREE)
            _, _, text, page, calendar, file = parsed.walk()
            assert payload(calendar) == payload(file) == made.ics
            assert calendar.get_param("method") == made.method
            assert {each.get_content_charset() for each in (text, page, calendar)} == {"utf-8"}
            assert {each.get("Content-Transfer-Encoding") for each in (calendar, file)} == {"base64"}
            assert (file.get_content_disposition(), file.get_filename()) == ("attachment", "invite.ics")
            assert [each.get_content_disposition() for each in (text, page, calendar)] == [None] * 3
            assert payload(text).decode().strip()
            assert Page(payload(page).decode()).elements

    @LAW
    @given(messages(), senders(), reader_zones())
    def test_it_can_be_sent_anywhere(self, made: inv.Message, sender: str, zone: str | None) -> None:
        raw = bytes(inv.mail(made, sender=sender, zone=zone))
        assert raw.isascii()
        assert b"\r" not in raw.replace(b"\r\n", b"")
        assert b"\n" not in raw.replace(b"\r\n", b"")
        head, _, body = raw.partition(b"\r\n\r\n")
        # A long address or domain cannot be folded; RFC 5322 section 2.1.1 allows 998.
        assert max(map(len, head.split(b"\r\n"))) <= 998
        assert max(map(len, body.split(b"\r\n"))) <= 78

    @LAW
    @given(messages(), senders())
    def test_it_has_our_headers_and_no_others(self, made: inv.Message, sender: str) -> None:
        parsed = legacy(bytes(inv.mail(made, sender=sender)))
        assert [each for each in parsed if each not in {"To", "Cc", "Reply-To"}] == HEADERS
        assert parsed.keys().count("To") == (made.recipient is not None)
        assert parsed.keys().count("Cc") == (made.copied_to is not None and made.copied_to.email is not None)
        _, alternatives, text, page, calendar, file = parsed.walk()
        assert alternatives.keys() == ["Content-Type"]
        written = ["Content-Type", "Content-Transfer-Encoding"]
        assert [each.keys() for each in (text, page, calendar)] == [written] * 3
        assert file.keys() == [*written, "Content-Disposition"]

    @pytest.mark.parametrize("text", [each.strip() for each in HOSTILE if NAME.check(each.strip()) is None])
    def test_the_hostile_name_of_a_focal_point_is_a_name(self, text: str) -> None:
        raw = bytes(inv.mail(message(copied_to=wm.Contact(name=text, email="focal1@example.org")), sender=DESK))
        parsed = legacy(raw)
        assert parsed.keys() == ["From", "To", "Cc", *HEADERS[1:]]
        assert mailbox_of(parsed["Cc"]) == (text, "focal1@example.org")
        assert [each.addr_spec for each in modern(raw)["Cc"].addresses] == ["focal1@example.org"]

    @pytest.mark.parametrize("text", HOSTILE)
    def test_hostile_text_is_text(self, text: str) -> None:
        pair = (text.strip(), "en")
        hostile = message(name=text.strip(), texts=texts(title=pair, organizer=pair, organizer_email="o@example.org"))
        raw = bytes(inv.mail(hostile, sender=DESK))
        parsed = legacy(raw)
        assert parsed.keys() == ["From", "To", "Reply-To", *HEADERS[1:]]
        assert mailbox_of(parsed["To"])[1] == "participant1@example.org"
        assert mailbox_of(parsed["Reply-To"])[1] == "o@example.org"
        if not set("\u202e\u2067\u2069").intersection(text):
            assert decoded(parsed["Subject"]) == f"Invitation: {text.strip()}"
            assert mailbox_of(parsed["To"])[0] == text.strip()
        assert [each.get_content_type() for each in parsed.walk()] == TREE

    def test_a_boundary_cannot_come_about_in_a_part(self) -> None:
        made = message()
        boundary = str(legacy(bytes(inv.mail(made, sender=DESK))).get_boundary())
        again = evolve(made, texts=texts(about=((f"--{boundary}\n--{boundary}--", "en"),)))
        parsed = legacy(bytes(inv.mail(again, sender=DESK)))
        assert parsed.get_boundary() == boundary  # derived from the message
        assert [each.get_content_type() for each in parsed.walk()] == TREE
        assert f"--{boundary}" in payload(list(parsed.walk())[2]).decode()

    def test_text_that_is_mostly_ascii_can_be_read_as_it_is_written(self) -> None:
        encodings = {
            language: str(found(inv.mail(message(language=language), sender=DESK))["Content-Transfer-Encoding"])
            for language in ("en", "fr", "de", "pt", "ru", "zh", "ar")
        }
        assert encodings == {
            **dict.fromkeys(("en", "fr", "de", "pt"), "quoted-printable"),
            **dict.fromkeys(("ru", "zh", "ar"), "base64"),
        }


class TestHeaders:
    """Sender, recipient, subject and date, and headers for machines."""

    def test_people_and_subject(self) -> None:
        mail = inv.mail(message(), sender=DESK)
        assert mail["From"] == "Desk 1 <desk1@example.org>"
        assert mail["To"] == "Participant 1 <participant1@example.org>"
        assert mail["Subject"] == "Invitation: Opening"

    def test_the_focal_point_gets_a_copy(self) -> None:
        mail = inv.mail(message(copied_to=wm.Contact(name="Mission 1", email="focal1@example.org")), sender=DESK)
        assert (mail["To"], mail["Cc"]) == (
            "Participant 1 <participant1@example.org>",
            "Mission 1 <focal1@example.org>",
        )
        unnamed = inv.mail(message(copied_to=wm.Contact(email="focal1@example.org")), sender=DESK)
        assert unnamed["Cc"] == "focal1@example.org"

    @pytest.mark.parametrize("nobody", [None, wm.Contact(name="Mission 1")])
    def test_without_an_address_nobody_gets_a_copy(self, nobody: wm.Contact | None) -> None:
        assert inv.mail(message(copied_to=nobody), sender=DESK)["Cc"] is None

    def test_people_answer_to_the_organizer_where_somebody_else_sends(self) -> None:
        held = texts(organizer=("ITU", "en"), organizer_email="itu@example.org")
        assert inv.mail(message(texts=held), sender=DESK)["Reply-To"] == "ITU <itu@example.org>"
        assert inv.mail(message(texts=held), sender="ITU@example.org")["Reply-To"] is None
        assert inv.mail(message(), sender=DESK)["Reply-To"] is None

    @pytest.mark.parametrize(("method", "reason"), OCCASIONS)
    def test_what_the_organizer_sends_is_answered_to_the_organizer(
        self, method: inv.Method, reason: inv.Reason
    ) -> None:
        held = message(method=method, reason=reason, texts=texts(organizer_email="itu@example.org"))
        expected = "itu@example.org" if method not in {"REPLY", "REFRESH", "COUNTER"} else None
        assert inv.mail(held, sender=DESK)["Reply-To"] == expected

    @pytest.mark.parametrize(("method", "reason"), OCCASIONS)
    def test_no_machine_is_to_answer(self, method: inv.Method, reason: inv.Reason) -> None:
        """RFC 3834 section 5: auto-replied is a direct response to another message."""
        mail = inv.mail(message(method=method, reason=reason), sender=DESK)
        replied = method in {"REPLY", "COUNTER", "DECLINECOUNTER"}
        assert mail["Auto-Submitted"] == ("auto-replied" if replied else "auto-generated")

    def test_it_bears_the_time_of_the_message_or_that_of_its_sending(self) -> None:
        sent = datetime(2026, 5, 2, 12, 0, tzinfo=timezone(timedelta(hours=2)))
        assert parsedate_to_datetime(inv.mail(message(), sender=DESK)["Date"]) == STAMPED
        assert inv.mail(message(), sender=DESK, sent=sent)["Date"] == "Sat, 02 May 2026 10:00:00 +0000"

    def test_a_message_to_whoever_reads_it_is_for_the_caller_to_address(self) -> None:
        mail = inv.mail(message(method=inv.Method.PUBLISH, reason=inv.Reason.PUBLISHED, recipient=None), sender=DESK)
        assert mail["To"] is None
        mail["To"] = "list@example.org"
        assert legacy(bytes(mail))["To"] == "list@example.org"

    def test_the_languages_are_named(self) -> None:
        mail = inv.mail(message(language="ru", texts=texts(title=("Opening", "en"))), sender=DESK)
        assert mail["Content-Language"] == "ru, en"

    def test_very_many_languages_are_folded(self) -> None:
        many = texts(about=tuple(("x", f"en-{chr(65 + each // 26)}{chr(65 + each % 26)}") for each in range(600)))
        raw = bytes(inv.mail(message(texts=many), sender=DESK))
        assert max(map(len, raw.split(b"\r\n"))) <= 78

    @pytest.mark.parametrize(
        "changed",
        [
            {"ics": b"BEGIN:VCALENDAR\r\nX:1\r\nEND:VCALENDAR\r\n"},
            {"recipient": "participant2@example.org"},
            {"copied_to": wm.Contact(email="focal1@example.org")},
        ],
    )
    def test_every_message_has_an_id_of_its_own(self, changed: dict[str, Any]) -> None:
        one, other = (inv.mail(each, sender=DESK)["Message-ID"] for each in (message(), message(**changed)))
        assert one != other
        assert inv.mail(message(), sender="desk2@example.org")["Message-ID"] != one

    def test_the_id_is_in_the_senders_domain_and_the_same_each_time(self) -> None:
        identifier = inv.mail(message(), sender=DESK)["Message-ID"]
        assert identifier == inv.mail(message(), sender=DESK, sent=STAMPED + timedelta(days=1))["Message-ID"]
        assert identifier.startswith("<")
        assert identifier.endswith("@example.org>")

    @given(messages(), senders(), reader_zones())
    def test_equal_input_gives_equal_bytes(self, made: inv.Message, sender: str, zone: str | None) -> None:
        once, again = (bytes(inv.mail(made, sender=sender, zone=each)) for each in (zone, zone and ZoneInfo(zone)))
        assert once == again


class TestArguments:
    """Invalid values are rejected with a code; wrong types are a TypeError."""

    @pytest.mark.parametrize(
        ("options", "code", "path"),
        [
            ({"sender": "Desk 1"}, "email-malformed", "/sender"),
            ({"sender": wm.Contact(name="Desk 1")}, "sender-without-address", "/sender/email"),
            ({"sender": DESK, "zone": "CEST"}, "zone-unknown", "/zone"),
            ({"sender": DESK, "zone": 1}, "wrong-type", "/zone"),
            ({"sender": DESK, "sent": datetime(2026, 5, 2, tzinfo=None)}, "moment-naive", "/sent"),
            ({"sender": DESK, "sent": "2026-05-02"}, "wrong-type", "/sent"),
        ],
    )
    def test_what_cannot_be(self, options: dict[str, Any], code: str, path: str) -> None:
        with pytest.raises(wm.InvalidValueError) as caught:
            inv.mail(message(), **options)
        assert [(each.code, each.path) for each in caught.value.findings] == [(code, path)]

    def test_a_naive_stamp_of_a_message_made_by_hand(self) -> None:
        with pytest.raises(wm.InvalidValueError) as caught:
            inv.mail(message(stamped=STAMPED.replace(tzinfo=None)), sender=DESK)
        assert [(each.code, each.path) for each in caught.value.findings] == [("moment-naive", "/stamped")]

    def test_a_language_of_a_message_made_by_hand(self) -> None:
        forged = message(texts=texts(title=("Opening", "en\r\nBcc: desk2@example.org")))
        with pytest.raises(wm.ExportError) as caught:
            inv.mail(forged, sender=DESK)
        assert [each.code for each in caught.value.findings] == ["text-control"]

    @pytest.mark.parametrize("wrong", [None, b"BEGIN:VCALENDAR", wm.wtisd_23()])
    def test_what_is_no_message(self, wrong: Any) -> None:
        with pytest.raises(TypeError, match="Not a Message"):
            inv.mail(wrong, sender=DESK)

    @pytest.mark.parametrize("wrong", ["#c8102e", 1])
    def test_what_is_no_theme(self, wrong: Any) -> None:
        with pytest.raises(TypeError, match="Not a Theme"):
            inv.mail(message(), sender=DESK, theme=wrong)

    def test_what_cannot_send(self) -> None:
        sender: Any = 1
        with pytest.raises(TypeError, match="The sender must be"):
            inv.mail(message(), sender=sender)


class TestTheme:
    """A theme is the colours of the HTML, and of nothing else."""

    def test_all_other_parts_are_the_same(self) -> None:
        red = inv.mail(message(), sender=DESK, theme=Theme(accent="#c8102e"))
        usual = inv.mail(message(), sender=DESK)
        assert "#c8102e" in found(red, "html").get_content()
        assert found(red, "html").get_content() != found(usual, "html").get_content()
        assert red.items() == usual.items()
        for one, other in zip(red.walk(), usual.walk(), strict=True):
            if one.get_content_type() != "text/html" and not one.is_multipart():
                assert one.as_bytes() == other.as_bytes()


class TestStandardLibrary:
    """It is an ordinary EmailMessage: to be looked into, changed, copied, filed."""

    def test_its_parts_are_found_by_the_ways_of_the_standard_library(self) -> None:
        mail = inv.mail(message(), sender=DESK)
        assert found(mail).get_content().startswith("You are invited to this event.")
        assert found(mail, "html").get_content().startswith("<!DOCTYPE html>")
        assert [each.get_filename() for each in mail.iter_attachments()] == ["invite.ics"]
        assert [each.get_content() for each in mail.iter_attachments()] == [message().ics]

    def test_copies_are_equal(self) -> None:
        mail = inv.mail(message(name="Ünal"), sender=DESK)
        for each in (copy.deepcopy(mail), pickle.loads(pickle.dumps(mail))):
            assert bytes(each) == bytes(mail)

    def test_as_a_file_it_reads_back_with_the_same_parts(self, tmp_path: Path) -> None:
        mail = inv.mail(message(name="Ünal"), sender=DESK)
        (tmp_path / "invitation.eml").write_bytes(bytes(mail))
        back = modern((tmp_path / "invitation.eml").read_bytes())
        assert [payload(each) for each in back.walk() if not each.is_multipart()] == [
            payload(each).replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
            for each in mail.walk()
            if not each.is_multipart()
        ]

    def test_it_can_be_filed_in_a_mailbox(self, tmp_path: Path) -> None:
        box = Maildir(tmp_path / "box")
        key = box.add(inv.mail(message(), sender=DESK))
        assert [each.get_content_type() for each in legacy(box.get_bytes(key)).walk()] == TREE

    def test_nothing_of_it_is_loaded_before_it_is_needed(self) -> None:
        # Before 3.2, pendulum loads tools for tests, and these much of the standard library.
        needed = "import sys, pendulum; old = {*sys.modules}"
        code = f"{needed}; from wtisd_model import invitation; print(*{{*sys.modules}} - old)"
        optimised = ["-O"] * sys.flags.optimize
        loaded = subprocess.run(  # noqa: S603 - our own code, in this very interpreter
            [sys.executable, *optimised, "-c", code], check=True, capture_output=True, text=True, timeout=120
        ).stdout.split()
        heavy = ("email", "html", "wtisd_model.mail.")
        assert [each for each in loaded if each.startswith(heavy)] == []

    def test_headers_of_mime_are_read_by_it(self) -> None:
        made = inv.mail(message(), sender=DESK)
        kind, attached = made["Content-Type"], [*made.iter_attachments()]
        assert (kind.content_type, kind.params["boundary"]) == ("multipart/mixed", made.get_boundary())
        assert [part.get_filename() for part in attached] == ["invite.ics"]
        assert not hasattr(kind, "datetime")

    def test_an_unknown_name_is_an_attribute_error(self) -> None:
        with pytest.raises(AttributeError, match="has no attribute 'post'"):
            inv.post  # type: ignore[attr-defined] # noqa: B018 - the access is the test, and mypy sees it


class TestMailer:
    """A kept `Mailer` makes a page once for all who read the same, and the same mails as `mail`."""

    def test_a_message_is_a_dict_after_its_mail_as_before_it(self) -> None:
        made = message()
        before = asdict(made)
        inv.mail(made, sender=DESK)
        assert asdict(made) == before
        assert not [one.name for one in fields(inv.Texts) if one.name.startswith("_")]

    def test_equal_texts_share_a_page(self) -> None:
        mailer = inv.Mailer(DESK)
        made = [message(texts=texts(title=("Shared", "en")), name=f"Participant {number}") for number in range(3)]
        assert [bytes(mailer.mail(each)) for each in made] == [bytes(inv.mail(each, sender=DESK)) for each in made]
        assert mailer._shared_page.cache_info()[:3] == (2, 1, 512)  # hits, misses, and how many are remembered

    @pytest.mark.parametrize(
        "personal",
        [
            message(texts=texts(comment="Only for you.")),
            message(texts=texts(answer=wm.ParticipationStatus.ACCEPTED)),
            message(delegated_from=("participant2@example.org",)),
            message(method=inv.Method.REFRESH, reason=inv.Reason.ASKED),
        ],
        ids=["comment", "answer", "delegation", "to-the-organizer"],
    )
    def test_what_people_write_to_each_other_is_not_remembered(self, personal: inv.Message) -> None:
        mailer = inv.Mailer(DESK)
        assert bytes(mailer.mail(personal)) == bytes(inv.mail(personal, sender=DESK))
        assert mailer._shared_page.cache_info().currsize == 0

    def test_another_sender_zone_or_theme_has_a_page_of_its_own(self) -> None:
        replied: dict[str, Any] = {"method": inv.Method.REPLY, "reason": inv.Reason.ANSWERED}
        one = message(**replied, texts=texts(answer=wm.ParticipationStatus.ACCEPTED))
        usual, senders = bytes(inv.mail(one, sender=DESK)), [f"P. {number} <p@example.org>" for number in range(60)]
        pages = [page_of(one, sender=sender) for sender in senders]
        pages.append(page_of(one, sender=DESK, zone="Asia/Tokyo"))
        pages.append(page_of(one, sender=DESK, theme=Theme(accent="#a00000")))
        assert len({*pages}) == len(pages)
        assert bytes(inv.mail(one, sender=DESK)) == usual


def page_of(made: inv.Message, **options: Any) -> str:
    page = inv.mail(made, **options).get_body(("html",))
    assert page is not None
    return str(page.get_content())


class TestAnswers:
    """An answer sent as a mail is read back, from its bytes or from the object."""

    @pytest.mark.parametrize("status", ["accepted", "tentative", "declined"])
    @pytest.mark.parametrize("language", ["en", "ar"])
    def test_a_reply(self, status: str, language: str) -> None:
        event = wm.wtisd_23()
        asked = inv.invite(event, registered(event, wm.ParticipationMode.ON_SITE, language=language), stamped=STAMPED)
        answer = inv.reply(asked, wm.ParticipationStatus(status), stamped=STAMPED, comment="Jusqu'à 15 h.")
        sent = inv.mail(answer, sender="Participant 1 <participant1@example.org>")
        assert sent["To"].addresses[0].addr_spec == "strategy@itu.int"
        for source in (bytes(sent), sent):
            read = inv.read_reply(source, sender="participant1@example.org")
            assert (read.method, read.uid, read.at) == (inv.Method.REPLY, event.uid, STAMPED)
            assert (read.status, read.comment) == (status, "Jusqu'à 15 h.")

    def test_another_time_and_a_question(self) -> None:
        event = wm.wtisd_23()
        asked = inv.invite(event, registered(event, wm.ParticipationMode.ON_SITE), stamped=STAMPED)
        other = texts().slot
        for made in (inv.counter(asked, other, stamped=STAMPED), inv.refresh(asked, stamped=STAMPED)):
            sent = bytes(inv.mail(made, sender="participant1@example.org"))
            read = inv.read_reply(sent, sender="participant1@example.org")
            assert (read.method, read.uid) == (made.method, event.uid)
            assert read.proposal == (other if made.method is inv.Method.COUNTER else None)


class TestExchange:
    """RFC 5321: what smtplib sends to a mail server arrives as it was made."""

    @pytest.fixture
    def server(self) -> Iterator[Received]:
        with mail_server() as received:
            yield received

    def test_an_invitation_arrives_whole(self, server: Received) -> None:
        event = wm.wtisd_23(outside_facts=True)
        event = evolve(event, virtual_locations=(wm.VirtualLocation(uri="https://example.org/join?x=1&y=2"),))
        assert event.organizer is not None
        registration = registered(event, wm.ParticipationMode.REMOTE, name="Участник 1", language="ru")
        invited = inv.invite(event, registration, stamped=STAMPED)
        mail = inv.mail(invited, sender=event.organizer, zone="Africa/Ndjamena")
        server.send(mail)

        (envelope,) = server.envelopes
        assert (envelope.mail_from, envelope.rcpt_tos) == ("strategy@itu.int", ["participant1@example.org"])
        assert server.contents == [bytes(mail)]
        parsed = legacy(server.contents[0])
        assert [each.get_content_type() for each in parsed.walk()] == TREE
        assert mailbox_of(parsed["To"]) == ("Участник 1", "participant1@example.org")
        calendar = list(parsed.walk())[4]
        assert calendar.get_param("method") == "REQUEST"
        read: Any = icalendar.Calendar.from_ical(payload(calendar))
        (entry,) = read.walk("VEVENT")
        assert (read["METHOD"], entry["UID"], entry["SEQUENCE"]) == ("REQUEST", event.uid, 0)
        assert entry["ATTENDEE"] == "mailto:participant1@example.org"
        assert entry["ATTENDEE"].params["CN"] == "Участник 1"
        assert entry["DTSTART"].dt.astimezone(UTC) == datetime(2023, 5, 17, 12, 30, tzinfo=UTC)
        text = payload(list(parsed.walk())[2]).decode()
        assert text.index("https://example.org/join?x=1&y=2") < text.index("Siège de l'UIT, Popov")
        assert "с 13:30 до 15:30 (UTC+1, Africa/Ndjamena)" in text

    def test_a_sentence_that_begins_with_from_arrives_as_it_was(self, server: Received) -> None:
        asked = message(method=inv.Method.REFRESH, reason=inv.Reason.ASKED)
        server.send(inv.mail(asked, sender="From Nowhere <desk1@example.org>"))
        text = payload(list(legacy(server.contents[0]).walk())[2]).decode()
        assert text.startswith("From Nowhere asks for the latest version of this invitation.\r\n")

    def test_lines_that_begin_with_a_dot_or_from_arrive_as_they_were(self, server: Received) -> None:
        dotted = message(texts=texts(about=((".\n..\nFrom nobody\n.", "en"),)))
        server.send(inv.mail(dotted, sender=DESK))
        text = payload(list(legacy(server.contents[0]).walk())[2]).decode()
        assert "\r\n.\r\n..\r\nFrom nobody\r\n.\r\n" in text

    @pytest.mark.parametrize(("method", "reason"), OCCASIONS)
    def test_every_kind_of_message_arrives(self, server: Received, method: inv.Method, reason: inv.Reason) -> None:
        mail = inv.mail(message(method=method, reason=reason, language="ar"), sender=DESK)
        server.send(mail)
        assert server.contents == [bytes(mail)]

    def test_the_focal_point_is_sent_the_same_mail(self, server: Received) -> None:
        server.send(inv.mail(message(copied_to=wm.Contact(email="focal1@example.org")), sender=DESK))
        assert server.envelopes[0].rcpt_tos == ["participant1@example.org", "focal1@example.org"]

    def test_hostile_names_reach_the_one_recipient(self, server: Received) -> None:
        for each in HOSTILE:
            server.send(inv.mail(message(name=each.strip()), sender=DESK))
        assert {(each.mail_from, *each.rcpt_tos) for each in server.envelopes} == {
            ("desk1@example.org", "participant1@example.org")
        }
        assert len(server.envelopes) == len(HOSTILE)
