"""A mail put together: its sender, its headers, and the tree of parts that calendar programs look for.

The tree is that of CalConnect's guide to iMIP, and text/calendar the last of the alternatives (MS-OXCMAIL 2.1.3.3.8.2).
"""

import re
from base64 import encodebytes
from binascii import b2a_qp
from collections.abc import Iterator
from datetime import datetime
from email.message import EmailMessage, MIMEPart
from email.policy import SMTP
from email.utils import format_datetime
from functools import cache
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo

from wtisd_model.codes import Code
from wtisd_model.findings import InvalidValueError, finding
from wtisd_model.invitation.message import Message
from wtisd_model.invitation.recipients import Person
from wtisd_model.locales import locale_for
from wtisd_model.mail.content import Content, content_of, organizer_email, sanitize
from wtisd_model.mail.headers import Header, mailbox, plain, unstructured
from wtisd_model.mail.render import as_html, as_text
from wtisd_model.markup.theme import require_theme
from wtisd_model.types.arguments import require_valid
from wtisd_model.types.method import Method
from wtisd_model.types.moment import moment_in_utc
from wtisd_model.types.people import Contact, Organization
from wtisd_model.types.text import EMAIL, NAME
from wtisd_model.types.timezone import require_zone
from wtisd_model.types.uid import name_based_uid

Sender = str | Contact | Organization

_FROM_ORGANIZER: Final = frozenset({Method.CANCEL, Method.DECLINECOUNTER, Method.PUBLISH, Method.REQUEST})
_IN_REPLY: Final = frozenset({Method.COUNTER, Method.DECLINECOUNTER, Method.REPLY})

_ESCAPED: Final = re.compile(r"\\(.)")

_Part = TypeVar("_Part", bound=MIMEPart)

# If more than one octet in so many is beyond ASCII, base64 is shorter than quoted-printable.
_ONE_IN: Final = 6


def compose(
    message: object, *, sender: Sender, zone: str | ZoneInfo | None, sent: datetime | None, theme: object
) -> EmailMessage:
    """Return the mail of a message; see `wtisd_model.invitation.mail`."""
    if not isinstance(message, Message):
        raise TypeError("Not a Message. Pass the result of invite, cancel or the like.")
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
    for each in _headers(message, author, content, id_, sent):
        whole[each.name] = each
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
    yield plain("Auto-Submitted", "auto-replied" if message.method in _IN_REPLY else "auto-generated")
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
