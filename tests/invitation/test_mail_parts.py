"""The calendars in a mail: their places and encodings; no error of the email package gets out."""

import base64
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import EmailPolicy
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from tests.ical.calendars import refusals
from wtisd_model import MessageError, PayloadError
from wtisd_model.invitation import mail_parts
from wtisd_model.invitation.mail_parts import (
    MOST_BYTES,
    MOST_LINES,
    MOST_PARTS,
    calendar_parts,
    from_address,
    is_calendar,
)

ICS = "BEGIN:VCALENDAR\r\nSUMMARY:é\r\nEND:VCALENDAR\r\n"


def mail(header: str, body: bytes, *more: str) -> bytes:
    return "\r\n".join([header, *more, "", ""]).encode() + body


def found(source: Any) -> list[tuple[bytes, str | None]]:
    return [(each.data, each.method) for each in calendar_parts(source)]


def outcome(source: bytes) -> list[bytes] | str:
    """Return the calendars of a mail, or the code of its rejection; there is no third outcome."""
    try:
        made = [each.data for each in calendar_parts(source)]
    except MessageError as error:
        caught = error
    else:
        assert made
        return made
    assert caught.__context__ is None
    return caught.findings[0].code


def decoded(raw: bytes, codec: str) -> list[bytes] | str:
    """Return the expected outcome for a calendar in an encoding."""
    try:
        return [raw.decode(codec).encode()]
    except UnicodeDecodeError:
        return "mail-unreadable"


# By the name in a mail, the codec that Python knows it by.
CHARSETS = {
    "big5": "big5",
    "gb18030": "gb18030",
    "iso-2022-jp": "iso2022_jp",
    "iso-8859-1": "latin-1",
    "koi8-r": "koi8_r",
    "utf-16": "utf-16",
    "utf-16be": "utf-16-be",
    "windows-1252": "cp1252",
}

# What headers of a mail are made of, and what the package stumbles over there.
PIECES = (
    *(b"; ", b'"', b"=", b"\r\n ", b"\r\n", b"\r\n\r\n", b"\0", b"\xff", b"%C3", b"x", b"a.ics", b"--x\r\n"),
    *(b"charset=", b"charset*=", b"utf-16''", b"utf-16", b"big5", b"idna", b"method*=", b"method*0*=", b"name*="),
    *(b"Content-Type: ", b"text/calendar", b"multipart/mixed", b"message/rfc822", b"boundary=x", b"filename*0*="),
    *(b"Content-Disposition: attachment; ", b"Content-Transfer-Encoding: base64\r\n"),
)


def texts() -> st.SearchStrategy[bytes]:
    """Write texts in the encodings that mails have."""
    codecs = st.sampled_from([*CHARSETS.values()])
    return st.builds(lambda text, codec: text.encode(codec, "ignore"), st.text(max_size=20), codecs)


class TestCalendarParts:
    """RFC 6047 section 2.4, and the deviations of real programs."""

    @pytest.mark.parametrize(
        ("header", "encoding", "method"),
        [
            ("Content-Type: text/calendar; charset=utf-8; method=REPLY", "utf-8", "REPLY"),
            ('Content-Type: TEXT/Calendar;\r\n\tmethod="reply"', "utf-8", "reply"),
            ("Content-Type: text/calendar; charset=us-ascii", "utf-8", None),
            ("Content-Type: text/calendar; charset=iso-8859-1", "latin-1", None),
            ("Content-Type: text/calendar; charset=Windows-1252", "cp1252", None),
            ("Content-Type: text/calendar; charset=utf-16", "utf-16-le", None),
            ("Content-Type: text/calendar; charset=x-unknown", "utf-8", None),
            ("Content-Type: text/calendar; charset=unicode_escape", "utf-8", None),
            ("Content-Type: application/ics", "utf-8", None),
            ("Content-Type: application/octet-stream; name=INVITE.ICS", "utf-8", None),
            ("Content-Type: text/plain\r\nContent-Disposition: attachment; filename*=utf-8''a.ics", "utf-8", None),
        ],
    )
    def test_a_part_is_a_calendar(self, header: str, encoding: str, method: str | None) -> None:
        for transfer, body in (
            ("8bit", ICS.encode(encoding)),
            ("base64", base64.encodebytes(ICS.encode(encoding))),
        ):
            made = found(mail(header, body, f"Content-Transfer-Encoding: {transfer}"))
            assert [(data.rstrip().decode(), each) for data, each in made] == [(ICS.rstrip(), method)]

    def test_a_byte_order_mark_says_more_than_the_mail(self) -> None:
        raw = ICS.encode("utf-16")
        body = base64.encodebytes(raw)
        header = "Content-Type: text/calendar; charset=iso-8859-1"
        assert found(mail(header, body, "Content-Transfer-Encoding: base64")) == [(raw, None)]

    def test_parts_in_parts_are_found_in_their_order_and_forwarded_mails_are_not(self) -> None:
        whole, inner = EmailMessage(), EmailMessage()
        inner.set_content("BEGIN:VCALENDAR\n", subtype="calendar")
        whole.set_content("Hello")
        whole.add_alternative(ICS, subtype="calendar", params={"method": "REPLY"})
        whole.add_attachment(inner)
        whole.add_attachment(b"BEGIN:2", maintype="application", subtype="ics")
        for source in (whole, whole.as_bytes(), message_from_bytes(whole.as_bytes())):
            made = found(source)
            assert [(data.splitlines()[0], method) for data, method in made] == [
                (b"BEGIN:VCALENDAR", "REPLY"),
                (b"BEGIN:2", None),
            ]

    def test_a_mail_without_a_calendar_is_refused(self) -> None:
        assert refusals(lambda: found(b"Subject: x\r\n\r\nHello")) == [("reply-missing", "")]
        assert refusals(lambda: found(b"")) == [("reply-missing", "")]

    def test_what_is_too_large_is_refused_before_it_is_read(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delattr(mail_parts, "message_from_bytes")
        with pytest.raises(PayloadError, match="payload-too-large"):
            found(b"x" * (MOST_BYTES + 1))
        assert refusals(lambda: found(b"\n" * (MOST_LINES + 1))) == [("mail-unreadable", "")]
        assert refusals(lambda: found(b"Content-Type: x; Boundary=x\n" * (MOST_PARTS + 1))) == [("mail-unreadable", "")]

    @pytest.mark.parametrize(
        "data",
        [
            mail("Content-Type: text/calendar; charset=iso-2022-jp", b"\x1b$B\xff\xff"),
            mail("Content-Type: text/calendar; charset=gb18030", b"\x81"),
            mail('Content-Type: text/calendar; charset="\0"', b"x"),
        ],
    )
    def test_whatever_the_package_raises_is_an_error_of_ours(self, data: bytes) -> None:
        assert refusals(lambda: found(data)) == [("mail-unreadable", "")]

    def test_so_it_is_for_a_mail_that_fails_by_itself(self) -> None:
        class Broken(Message):
            def get_content_type(self) -> str:
                raise RuntimeError("secret")

        assert refusals(lambda: found(Broken())) == [("mail-unreadable", "")]

    @pytest.mark.parametrize("end", [b"\r", b"\n", b"\r\n"])
    def test_each_line_end_of_the_package_is_counted(self, end: bytes) -> None:
        # Each block of a delivery status is a message for the package: 1.9 MB of CR were 13 s and 550 MB.
        data = end.join([b"Content-Type: message/delivery-status", *[b""] * MOST_LINES])
        assert refusals(lambda: found(data)) == [("reply-missing", "")]
        assert refusals(lambda: found(data + end)) == [("mail-unreadable", "")]

    @pytest.mark.parametrize("end", [b"\r", b"\n", b"\r\n"])
    @pytest.mark.parametrize(
        "parameter",
        [
            *(b"boundary\0 =x", b" boundary\0\t =x", b"boundary\x1c=x", b"BOUNDARY\x0b\0 = x"),
            *(b"boundary*0\0 =x", b"boundary*=''x", b'a=";";boundary=x', b"\0 boundary\0 \0\t=\0 x"),
        ],
    )
    def test_each_boundary_is_counted_however_it_is_written(self, parameter: bytes, end: bytes) -> None:
        written = parameter.replace(b"\0", end)
        part = end.join([b"Content-Type: multipart/mixed; " + written, b"", b"--x", b""])
        assert refusals(lambda: found(part * MOST_PARTS)) == [("reply-missing", "")]
        assert refusals(lambda: found(part * (MOST_PARTS + 1))) == [("mail-unreadable", "")]

    def test_a_text_about_boundaries_has_none(self) -> None:
        assert refusals(lambda: found(mail("Content-Type: text/plain", b"boundary=x\n" * 100))) == [
            ("reply-missing", "")
        ]

    @pytest.mark.parametrize("name", ["Content-Type", "content-disposition", "Content-Transfer-Encoding"])
    @pytest.mark.parametrize("cls", [EmailMessage, Message])
    def test_a_mail_that_is_parsed_already_is_measured_before_a_header_is_parsed(
        self, name: str, cls: type[Message]
    ) -> None:
        # An EmailMessage parses a header whenever it is asked for: 50 kB of semicolons were 31 s.
        whole = cls()
        whole.set_raw(name, "text/calendar" + ";" * 50_000)
        assert refusals(lambda: calendar_parts(whole)) == [("mail-unreadable", "")]

    def test_nor_does_the_policy_of_a_mail_parse_a_short_one(self) -> None:
        class Slow(EmailPolicy):
            def header_fetch_parse(self, name: str, value: Any) -> Any:
                raise AssertionError(name, value)

        whole = message_from_bytes(mail("Content-Type: text/calendar", ICS.encode()))
        whole.policy = Slow()
        assert found(whole) == [(ICS.encode(), None)]
        assert isinstance(whole.policy, Slow)

    def test_headers_of_parts_are_counted_together(self) -> None:
        part = b"--x\nContent-Type: text/plain" + b";" * 1900 + b"\n\nx\n"
        for count, code in ((20, "reply-missing"), (21, "mail-unreadable")):
            data = b"Content-Type: multipart/mixed; boundary=x\n\n" + part * count
            assert refusals(lambda: calendar_parts(data)) == [(code, "")]  # noqa: B023 - called at once
            assert refusals(lambda: calendar_parts(message_from_bytes(data))) == [(code, "")]  # noqa: B023 - called at once

    @pytest.mark.parametrize(
        "data",
        [
            b'Content-Type: multipart/mixed; x="' + b";" * 100_000 + b'"\n\nx',
            b"Content-Type: multipart/mixed;\n x=" + b";\n\t" * 1_000 + b"\n\nx",
            b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\nContent-Type: text/plain\n\nx\n" * 201,
            b"Content-Type: multipart/mixed; boundary =b\r\n\r\n" * 21,
            b"Content-Type: multipart/mixed; boundary*0=b\r\n\r\n" * 21,
        ],
    )
    def test_what_would_take_long_to_be_taken_apart_is_refused_before(self, data: bytes) -> None:
        assert refusals(lambda: calendar_parts(data)) == [("mail-unreadable", "")]

    def test_a_part_that_only_says_that_it_has_parts_is_none(self) -> None:
        assert refusals(lambda: found(mail("Content-Type: multipart/mixed; boundary=x", b"--x--"))) == [
            ("reply-missing", "")
        ]

    @pytest.mark.parametrize(
        ("data", "address"),
        [
            (b"From: Participant 1 <p1@example.org>\r\n\r\nFrom: x", "p1@example.org"),
            (b'From: "One, 1 @ \\" home" (desk)\n <p1@example.org>\n\n', "p1@example.org"),
            ("From: D\u00e9l\u00e9gu\u00e9 =?utf-8?q?=C3=A9?= <p1@example.org>\n\n".encode(), "p1@example.org"),
            (b"From: p1@example.org (Participant 1)\n\n", "p1@example.org"),
            (b"Subject: x\n\nFrom: p1@example.org", None),
            (b"From: \n\n", None),
            (b"From: Participant 1\n\n", None),
            (b"", None),
        ],
    )
    def test_the_address_in_from_is_found(self, data: bytes, address: str | None) -> None:
        assert from_address(data) == address

    @pytest.mark.parametrize(
        "head",
        [
            b"From: p1@example.org\nFrom: p2@example.org",
            b"From: p1@example.org, p2@example.org",
            b"From: p1@example.org <p2@example.org>",
            b"From: <p1@example.org> <p2@example.org>",
            b"From: <p1@example.org> p2@example.org",
            b"From: p1@example.org]<p2@example.org>",
            b"From: p1@example.org)p2@example.org",
            b"From: (p1@example.org) p2@example.org",
            b"From: group:p1@example.org,p2@example.org;",
            b"From: p1@example.org\nSubject: " + b"x" * 50_000 + b"\nFrom: p2@example.org",
            b"Subject: x\rFrom: p1@example.org\nFrom: p2@example.org",
            b"Subject: x\rFrom: p1@example.org\r\rx\nFrom: p2@example.org",
        ],
    )
    def test_a_from_that_names_two_people_to_two_readers_names_nobody(self, head: bytes) -> None:
        # A mail server authenticates one of them; that it is the one who replies is not certain.
        assert from_address(head + b"\n\nx") is None
        assert from_address(head.replace(b"\n", b"\r\n") + b"\r\n\r\nx") is None

    @pytest.mark.parametrize(
        "piece", [b"(", b"()", b'"', b'" "', b"<", b"@", b"a@b.cd,", b"\\", b"=?utf-8?q?a?= ", b"\n a"]
    )
    def test_a_long_from_takes_no_time(self, piece: bytes) -> None:
        assert from_address(b"From: " + piece * (49_000 // len(piece))) is None

    def test_or_not_where_the_package_fails(self, monkeypatch: pytest.MonkeyPatch) -> None:
        data = b"From: p1@example.org\n\n"
        assert from_address(data) == "p1@example.org"
        monkeypatch.delattr(mail_parts, "BytesHeaderParser")
        assert from_address(data) is None

    @LAW
    @given(st.sampled_from([*CHARSETS, "x-unknown", "unicode_escape"]), st.binary(max_size=20) | texts())
    @example("iso-2022-jp", b"\x1b$B\xff\xff")
    @example("windows-1252", b"\x81")
    @example("koi8-r", b"\xff\xfe")
    def test_the_content_is_in_utf_8_or_the_mail_is_refused(self, charset: str, raw: bytes) -> None:
        header = f"Content-Type: text/calendar; charset={charset}"
        made = outcome(mail(header, base64.encodebytes(raw), "Content-Transfer-Encoding: base64"))
        # What has a byte order mark, and what names no encoding of texts, is left as it is.
        is_left = charset not in CHARSETS or raw.startswith((b"\xff\xfe", b"\xfe\xff"))
        assert made == ([raw] if is_left else decoded(raw, CHARSETS[charset]))

    @LAW
    @given(st.lists(st.sampled_from(PIECES)).map(b"".join) | st.binary(max_size=300))
    @example(b'; charset="\0"\r\n\r\nx')
    @example(b"; method*=a; method*0*=b\r\n\r\nx")
    @example(b"; charset=big5\r\n\r\n\xff")
    def test_any_bytes_are_a_mail_or_refused(self, data: bytes) -> None:
        inner = b"--x\r\nContent-Type: text/calendar" + data
        for body in (data, inner[5:], b"Content-Type: multipart/mixed; boundary=x\r\n\r\n" + inner):
            assert isinstance(outcome(body), list) or outcome(body) in {"mail-unreadable", "reply-missing"}

    @pytest.mark.parametrize(
        ("data", "calendar"),
        [
            (b"BEGIN:VCALENDAR", True),
            (b"\xef\xbb\xbf\r\n begin:vcalendar", True),
            (b"\xff\xfeB", True),
            (b"From: a", False),
            (b"", False),
        ],
    )
    def test_a_bare_calendar_is_known(self, data: bytes, calendar: bool) -> None:
        assert is_calendar(data) is calendar
