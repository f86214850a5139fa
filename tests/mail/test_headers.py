"""Headers that nothing in a name or a title can forge."""

import copy
import pickle
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from tests.mail.reading import decoded, legacy, mailbox_of, modern
from tests.samples.mails import HOSTILE
from wtisd_model.mail.headers import mailbox, plain, unstructured
from wtisd_model.strategies.fields import values_of
from wtisd_model.types.text import LINE

ADDRESS = "participant1@example.org"
MARKS = st.text(st.sampled_from('"\\,;:<>@()[]=?utf-8Bbq é漢😀'), max_size=99).map(str.strip).filter(bool)
LINES = values_of(LINE) | MARKS


def written(*headers: object) -> bytes:
    mail = EmailMessage(policy=policy.SMTP)
    for each in headers:
        mail[each.name] = each  # type: ignore[attr-defined] # both kinds have a name
    return bytes(mail)


def squeezed(text: str) -> str:
    return " ".join(text.split())


class TestUnstructured:
    """RFC 5322 section 3.6.5; RFC 2047 section 5: encoded words are used for text beyond ASCII."""

    @LAW
    @given(LINES)
    @example("=?utf-8?B?DQpCY2M6IGI=?=")
    @example("a  b")
    @example("x " * 249 + "x")
    def test_every_reader_gets_the_same_text(self, text: str) -> None:
        raw = written(unstructured("Subject", text))
        assert decoded(legacy(raw)["Subject"]) == text
        assert modern(raw)["Subject"] == text

    @given(LINES)
    def test_there_is_one_header_in_short_lines(self, text: str) -> None:
        raw = written(unstructured("Subject", text))
        assert legacy(raw).keys() == ["Subject"]
        assert max(map(len, raw.split(b"\r\n"))) <= 78
        assert raw.isascii()

    def test_what_is_ascii_can_be_read_as_it_is_written(self) -> None:
        assert written(unstructured("Subject", "Invitation: Opening")) == b"Subject: Invitation: Opening\r\n\r\n"

    def test_it_is_folded_before_a_blank(self) -> None:
        raw = written(unstructured("Subject", "Invitation: " + "World Telecommunication " * 4 + "Day"))
        assert raw == (
            b"Subject: Invitation: World Telecommunication World Telecommunication World\r\n"
            b" Telecommunication World Telecommunication Day\r\n\r\n"
        )

    def test_no_encoded_word_is_too_long_or_ends_inside_a_character(self) -> None:
        raw = written(unstructured("Subject", "é漢😀" * 60))
        for word in raw.removeprefix(b"Subject:").split():
            assert len(word) <= 75
            assert decoded(word.decode()).isprintable()


class TestMailbox:
    """RFC 5322 section 3.4: a name and an address in angle brackets."""

    @LAW
    @given(LINES)
    @example('Desk "1", <desk2@example.org>')
    @example("=?utf-8?q?a=0D=0ABcc:_b?=")
    @example("é" * 500)
    def test_every_reader_gets_the_one_address_and_its_name(self, name: str) -> None:
        raw = written(mailbox("To", ADDRESS, name))
        assert mailbox_of(legacy(raw)["To"]) == (name, ADDRESS)
        assert [each.addr_spec for each in modern(raw)["To"].addresses] == [ADDRESS]

    @given(LINES)
    def test_there_is_one_header_in_short_lines(self, name: str) -> None:
        raw = written(mailbox("Reply-To", ADDRESS, name))
        assert legacy(raw).keys() == ["Reply-To"]
        assert max(map(len, raw.split(b"\r\n"))) <= 78
        assert raw.isascii()

    def test_the_newer_parser_reads_names_whose_words_are_no_longer_than_a_line(self) -> None:
        # It shows a blank between two encoded words, so that they end at one.
        name = "Участник первый, заседание второе, Женева"
        (address,) = modern(written(mailbox("To", ADDRESS, name)))["To"].addresses
        assert squeezed(address.display_name) == name

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            (None, b"participant1@example.org"),
            ("Participant 1", b"Participant 1 <participant1@example.org>"),
            ("Participant, 1", b'"Participant, 1" <participant1@example.org>'),
            ('"P" \\ 1', b'"\\"P\\" \\\\ 1" <participant1@example.org>'),
            ("Ünal", b"=?utf-8?B?w5xuYWw=?= <participant1@example.org>"),
            ("=?x?=", b"=?utf-8?B?PT94Pz0=?= <participant1@example.org>"),
            ("Participant " * 4 + "1", b"Participant " * 4 + b"1\r\n <participant1@example.org>"),
        ],
    )
    def test_it_is_written_as_plainly_as_can_be(self, name: str | None, value: bytes) -> None:
        assert written(mailbox("To", ADDRESS, name)) == b"To: " + value + b"\r\n\r\n"

    def test_the_longest_address_stays_whole(self) -> None:
        address = f"{'a' * 64}@{'b' * 63}.{'c' * 63}.{'d' * 58}.org"
        for name in (None, "Participant 1", "é" * 40):
            assert mailbox_of(legacy(written(mailbox("To", address, name)))["To"]) == (name or "", address)


class TestHeader:
    """The standard library takes a value that has a name as it is; programs treat it as one of its own."""

    def test_it_reads_as_text(self) -> None:
        mail = EmailMessage(policy=policy.SMTP)
        mail["Subject"] = unstructured("Subject", "Été")
        mail["To"] = mailbox("To", ADDRESS, "Été 1")
        mail["Date"] = plain("Date", "Sat, 02 May 2026 08:30:00 +0000")
        assert mail["Subject"] == "Été"
        assert mail["To"] == f'"Été 1" <{ADDRESS}>'
        assert [(each.display_name, each.addr_spec) for each in mail["To"].addresses] == [("Été 1", ADDRESS)]
        assert mailbox("To", ADDRESS, None).addresses[0].display_name == ""

    @pytest.mark.parametrize("text", HOSTILE)
    def test_copies_are_written_alike(self, text: str) -> None:
        raw = written(unstructured("Subject", text), mailbox("To", ADDRESS, text))
        mail = EmailMessage(policy=policy.SMTP)
        mail["Subject"], mail["To"] = unstructured("Subject", text), mailbox("To", ADDRESS, text)
        for made in (copy.copy(mail), copy.deepcopy(mail), pickle.loads(pickle.dumps(mail))):
            assert bytes(made) == raw

    def test_it_has_what_the_standard_library_reads_in_it(self) -> None:
        date: Any = plain("Date", "Thu, 13 Apr 2023 08:15:00 +0000")
        assert date.datetime == datetime(2023, 4, 13, 8, 15, tzinfo=UTC)
        subject: Any = unstructured("Subject", "Séance")
        assert (subject.defects, subject.max_count) == ((), 1)
        with pytest.raises(AttributeError):
            subject.datetime  # noqa: B018 - the access is the test

    def test_another_policy_ends_lines_as_it_does(self) -> None:
        mail = EmailMessage(policy=policy.SMTP)
        mail["Subject"] = unstructured("Subject", "é" * 40)
        assert mail.as_bytes(policy=policy.default).count(b"\r\n") == 0
        assert mail.as_bytes(policy=policy.SMTPUTF8) == bytes(mail)
