"""A mail put together: its sender, its headers, and the tree of parts that calendar programs look for.

The tree is that of CalConnect's guide to iMIP, and text/calendar the last of the alternatives (MS-OXCMAIL 2.1.3.3.8.2).

The standard library parses the value of a header and writes it again. It then decodes everything that looks like an
encoded word, even in a name: Python 3.11.7 turns the name ``=?utf-8?q?a=0D=0ABcc:_b?=`` into another header
(CVE-2024-6923), and drops the quotes of a long name, so that its commas separate addresses. So headers are encoded
here, once, and keep their lines: no name and no title can forge one.
"""

import re
from base64 import encodebytes
from binascii import b2a_base64, b2a_qp
from collections.abc import Iterator
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage, MIMEPart
from email.policy import SMTP, Policy
from email.utils import format_datetime
from functools import cache
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo

from wtisd_model.codes import Code
from wtisd_model.errors import InvalidValueError
from wtisd_model.findings import finding
from wtisd_model.invitation.message import Message
from wtisd_model.invitation.recipients import Person
from wtisd_model.locales import locale_for
from wtisd_model.mail.content import Content, as_html, as_text, content_of, organizer_email, sanitize
from wtisd_model.markup.theme import Theme, require_theme
from wtisd_model.model.reply import Method
from wtisd_model.types.arguments import require_instance, require_valid
from wtisd_model.types.identifiers import name_based_uid
from wtisd_model.types.moment import moment_in_utc
from wtisd_model.types.people import Contact, Organization
from wtisd_model.types.text import EMAIL, NAME
from wtisd_model.types.timezone import require_zone

_LONGEST = 78  # characters of a line, without its break (RFC 5322 section 2.1.1)
_LONGEST_ENCODED = 76  # of a line with an encoded word in it (RFC 2047 section 2)
_LONGEST_WORD = 60
_OCTETS = 39  # in an encoded word: with its frame, and "Reply-To: " before it, as many as fit in a line
_CONTINUATION = 0b10  # the first two bits of each octet of a character but its first, in UTF-8

# RFC 5322 section 3.2.3, and blanks between: a name that needs no quotes.
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?: [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")

_FROM_ORGANIZER: Final = frozenset({Method.CANCEL, Method.DECLINECOUNTER, Method.PUBLISH, Method.REQUEST})

_ESCAPED: Final = re.compile(r"\\(.)")

_Part = TypeVar("_Part", bound=MIMEPart)

# If more than one octet in so many is beyond ASCII, base64 is shorter than quoted-printable.
_ONE_IN: Final = 6


def mail(
    message: Message,
    *,
    sender: str | Contact | Organization,
    zone: str | ZoneInfo | None = None,
    sent: datetime | None = None,
    theme: Theme | None = None,
) -> EmailMessage:
    """Return the mail of a message, ready for `smtplib.SMTP.send_message`; ``bytes(mail)`` is an ``.eml`` file.

    It has the same content as plain text, as HTML, as ``text/calendar`` with the method, and as a file ``invite.ics``.
    The texts are in the language of the message (``invite(..., language="fr")``) if that is Arabic, Chinese, English,
    French, Russian or Spanish, and otherwise in English. It depends on neither the clock nor chance: equal input gives
    equal bytes. A focal point (``message.copied_to``) is in ``Cc``. The mail of a message without a recipient (PUBLISH)
    has no ``To``; set it yourself.

    Args:
        message: made by the functions of `wtisd_model.invitation`.
        sender: an address, a name and an address (``"Desk 1 <desk1@example.org>"``), or a Contact or Organization with
            an e-mail address. If the organizer has another address, that becomes ``Reply-To``.
        zone: the reader's time zone, ``Africa/Ndjamena``, or a ZoneInfo; if its clocks differ from those of the place,
            the texts contain both times.
        sent: when it is sent, aware (``Date``); by default when the message was made.
        theme: the colours of the HTML, a `wtisd_model.Theme`; by default blue.

    Returns:
        All ASCII, in lines of at most 998 octets. ``Message-ID`` is derived from the sender, the recipients and the
        calendar object (UUID version 5), so a mail that is made twice is recognised as the same one.

    Raises:
        InvalidValueError: ``sender-without-address``; ``email-malformed``, or a code for a malformed name, at
            ``/sender``; for a message made by hand, ``email-malformed`` at ``/recipient`` or
            ``/texts/organizerEmail``; ``zone-unknown``; ``moment-naive`` or ``moment-unreadable``.
        ExportError: ``text-control`` if a message made by hand has a text that the model would refuse.
        TypeError: *message* is not a Message, or *sender* or *theme* is of another type.

    Source: RFC 6047 section 2.4; CalConnect's guide for developers, "iMIP Best Practices"; RFC 3834 section 5.
    """
    require_instance(message, Message, "Not a Message. Pass the result of invite, cancel or the like.")
    colours = require_theme(theme)
    author = parse_sender(sender, message.language)
    reader_zone = None if zone is None else require_zone(zone)
    recipient = "" if message.recipient is None else require_valid(message.recipient, EMAIL, "/recipient")
    content = content_of(message, locale_for(message.language), sender=author.name or author.email, zone=reader_zone)
    copy = _copied_to(message)
    readers = (recipient,) if copy is None else (recipient, copy.email)
    # Derived from the writer, the readers and the calendar, so that a mail that is sent twice is seen once.
    identity = "\n".join((author.email, *readers, message.ics.decode("latin-1")))
    id_ = name_based_uid(identity)
    whole = EmailMessage(policy=SMTP)
    for header in _headers(message, author, content, id_, sent):
        whole[header.name] = header
    calendar = encodebytes(message.ics)
    alternatives = [
        _text("plain", as_text(content)),
        _text("html", as_html(content, colours)),
        _part(f"text/calendar; charset=utf-8; method={message.method}", "base64", calendar),
    ]
    # Another type than text/calendar, so that the file is not taken for a second invitation.
    attached = _part('application/ics; name="invite.ics"', "base64", calendar)
    attached["Content-Disposition"] = _standard("Content-Disposition", 'attachment; filename="invite.ics"')
    whole["MIME-Version"] = _standard("MIME-Version", "1.0")
    body = _multipart(MIMEPart(policy=SMTP), "alternative", id_, alternatives)
    return _multipart(whole, "mixed", id_, [body, attached])


def parse_sender(sender: object, language: str) -> Person:
    """Return the address of a sender, and the name in a language.

    Raises:
        InvalidValueError: ``sender-without-address``, ``email-malformed``, or a code for a malformed name.
        TypeError: *sender* is neither text nor a Contact nor an Organization.
    """
    if isinstance(sender, str):
        if not sender.endswith(">"):
            return Person(require_valid(sender, EMAIL, "/sender"))
        start, _, address = sender[:-1].rpartition("<")
        name, email = start.strip(" "), require_valid(address, EMAIL, "/sender")
        if not name:
            return Person(email)
        quoted = len(name) > 1 and name.startswith('"') and name.endswith('"')
        return Person(email, require_valid(_ESCAPED.sub(r"\1", name[1:-1]) if quoted else name, NAME, "/sender"))
    if not isinstance(sender, Contact | Organization):
        raise TypeError("The sender must be a string, a Contact or an Organization.")
    if sender.email is None:
        raise InvalidValueError(finding(Code.SENDER_WITHOUT_ADDRESS, "/sender/email"))
    own = sender.name.in_language(language)[0] if isinstance(sender, Organization) else sender.name
    return Person(sender.email, None if own is None else sanitize(own))


class Header(str):  # noqa: SLOT000 - pickle's protocols 0 and 1 need a dict
    """The value of a header as people read it, with the lines in which it is written."""

    name: str
    """The name of the header. The standard library keeps a value that has one as it is."""
    lines: tuple[str, ...]
    """ASCII, each line but the first with the blank that it begins with."""

    def fold(self, *, policy: "Policy[Any]") -> str:
        """Return the header with its line breaks; the standard library calls this method when it writes a mail."""
        return f"{self.name}: {policy.linesep.join(self.lines)}{policy.linesep}"


class MailboxHeader(Header):
    """A header that holds one address."""

    address: str
    display_name: str | None

    @property
    def addresses(self) -> tuple[Address, ...]:
        """The address, in the form that headers of the standard library have."""
        return (Address(display_name=self.display_name or "", addr_spec=self.address),)


def plain(name: str, value: str) -> Header:
    """Return a header whose value is ASCII and never folded, such as a date."""
    header = Header(value)
    header.name, header.lines = name, (value,)
    return header


def unstructured(name: str, text: str) -> Header:
    """Return a header with free text of one line, encoded where necessary.

    Source: RFC 5322 section 3.6.5, RFC 2047 section 5, rule 1.
    """
    header = plain(name, text)
    words = text.split(" ")
    if not text.isascii() or "=?" in text or any(not 0 < len(word) <= _LONGEST_WORD for word in words):
        header.lines = _encoded_lines(text)
        return header
    lines = [words[0]]
    room = _LONGEST - len(name) - 2
    for word in words[1:]:
        if len(lines[-1]) + 1 + len(word) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(f" {word}")
            room = _LONGEST
    header.lines = tuple(lines)
    return header


def mailbox(name: str, address: str, display_name: str | None) -> MailboxHeader:
    """Return a header with one address, which is checked, and a name of one line (RFC 5322 section 3.4)."""
    phrase = None if display_name is None else _phrase(display_name)
    header = MailboxHeader(address if phrase is None else f"{phrase} <{address}>")
    header.name, header.address, header.display_name, header.lines = name, address, display_name, (str(header),)
    if display_name is None or phrase is None:
        return header
    # Some readers decode inside quotes too, so a name that looks encoded has to be encoded.
    encoded = not display_name.isascii() or "=?" in display_name or len(phrase) > _LONGEST_WORD
    *most, last = _encoded_lines(display_name) if encoded else (phrase,)
    start = "" if most else f"{name}: "
    if len(f"{start}{last} <{address}>") <= _LONGEST_ENCODED:
        header.lines = (*most, f"{last} <{address}>")
    else:
        header.lines = (*most, last, f" <{address}>")
    return header


def _phrase(display_name: str) -> str:
    if _ATOMS.fullmatch(display_name):
        return display_name
    escaped = display_name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _encoded_lines(text: str) -> tuple[str, ...]:
    return tuple([f" {word}" if index else word for index, word in enumerate(_encoded_words(text))])


def _encoded_words(text: str) -> Iterator[str]:
    """Yield encoded words of base64, none of which ends inside a character (RFC 2047 section 5).

    They end after spaces if possible, because some readers show a space between two of them in a name.
    """
    octets = text.encode()
    start = 0
    while start < len(octets):
        end = start + _OCTETS
        if end < len(octets):
            end = octets.rfind(b" ", start, end) + 1 or end
            while octets[end] >> 6 == _CONTINUATION:
                end -= 1
        yield f"=?utf-8?B?{b2a_base64(octets[start:end], newline=False).decode()}?="
        start = end


def _headers(message: Message, author: Person, content: Content, id_: str, sent: datetime | None) -> Iterator[Header]:
    stamped, texts = moment_in_utc(message.stamped, "/stamped"), message.texts
    date = stamped if sent is None else moment_in_utc(sent, "/sent")
    yield mailbox("From", author.email, author.name)
    if message.recipient is not None:
        yield mailbox("To", message.recipient, None if message.name is None else sanitize(message.name))
    copy = _copied_to(message)
    if copy is not None:
        yield mailbox("Cc", copy.email, copy.name)
    organizer = organizer_email(message) if message.method in _FROM_ORGANIZER else None
    if organizer is not None and organizer.casefold() != author.email.casefold():
        # Programs reply to ORGANIZER, and people to this.
        yield mailbox("Reply-To", organizer, None if texts.organizer is None else sanitize(texts.organizer[0]))
    yield unstructured("Subject", content.subject)
    yield plain("Date", format_datetime(date))
    yield plain("Message-ID", f"<{id_}@{author.email.rpartition('@')[2]}>")
    # RFC 3834 section 5: so that no machine sends a notice of absence.
    yield plain(
        "Auto-Submitted",
        "auto-replied" if message.method in {Method.COUNTER, Method.DECLINECOUNTER, Method.REPLY} else "auto-generated",
    )
    yield unstructured("Content-Language", sanitize(", ".join(content.languages)))


def _copied_to(message: Message) -> Person | None:
    focal_point = message.copied_to
    if focal_point is None or focal_point.email is None:
        return None
    return Person(focal_point.email, None if focal_point.name is None else sanitize(focal_point.name))


def _multipart(whole: _Part, subtype: str, id_: str, parts: list[MIMEPart]) -> _Part:
    # "=_" never occurs in quoted-printable or base64 (RFC 2045 section 6.7), in which all parts are written.
    boundary = f"=_{id_.replace('-', '')}_{subtype}"
    whole["Content-Type"] = SMTP.header_factory("Content-Type", f'multipart/{subtype}; boundary="{boundary}"')
    whole.set_payload([*parts])
    return whole


def _text(subtype: str, text: str) -> MIMEPart:
    octets = text.encode()
    content_type = f"text/{subtype}; charset=utf-8"
    beyond_ascii = len(octets) - len(text.encode("ascii", "ignore"))
    if beyond_ascii * _ONE_IN <= len(octets):
        quoted = b2a_qp(octets)
        # Mailbox files and smtplib write such a line as ">From ".
        if b"\nFrom " not in b"\n" + quoted:
            return _part(content_type, "quoted-printable", quoted)
    # In base64 lines end with CRLF (RFC 2046 section 4.1.1); in quoted-printable the policy sees to that.
    return _part(content_type, "base64", encodebytes(octets.replace(b"\n", b"\r\n")))


def _part(content_type: str, encoding: str, encoded: bytes) -> MIMEPart:
    part = MIMEPart(policy=SMTP)
    part["Content-Type"] = _standard("Content-Type", content_type)
    part["Content-Transfer-Encoding"] = _standard("Content-Transfer-Encoding", encoding)
    part.set_payload(encoded.decode())
    return part


@cache
def _standard(name: str, value: str) -> Any:
    """Return a header of the standard library, which is slow to make; few different ones are needed."""
    return SMTP.header_factory(name, value)
