"""A mail put together: its headers, and the tree of parts that calendar programs look for.

The tree is that of CalConnect's guide to iMIP, and text/calendar the last of the alternatives (MS-OXCMAIL 2.1.3.3.8.2).
"""

from base64 import encodebytes
from binascii import b2a_qp
from collections.abc import Iterator, Sequence
from datetime import datetime
from email.message import EmailMessage, MIMEPart
from email.policy import SMTP
from email.utils import format_datetime
from functools import cache
from typing import Any, Final, TypeVar
from uuid import UUID, uuid5

from wtisd_model.ical.method import Method
from wtisd_model.invitation.mailing.addresses import Sender, organizer_of, recipient_of, sender_of
from wtisd_model.invitation.mailing.headers import Header, mailbox, plain, unstructured
from wtisd_model.invitation.mailing.letter import Letter, letter
from wtisd_model.invitation.mailing.rendering import as_html, as_text
from wtisd_model.invitation.mailing.safe_text import line
from wtisd_model.invitation.message import Message
from wtisd_model.invitation.person import Person
from wtisd_model.locales import locale_for
from wtisd_model.types.timeslot import moment_in_utc
from wtisd_model.types.timezone import named_zone
from wtisd_model.types.uid import own_namespace

_FROM_THE_ORGANIZER: Final = frozenset({Method.CANCEL, Method.DECLINECOUNTER, Method.PUBLISH, Method.REQUEST})
_IN_REPLY: Final = frozenset({Method.COUNTER, Method.DECLINECOUNTER, Method.REPLY})

_Part = TypeVar("_Part", bound=MIMEPart)

# Where more octets than this are beyond ASCII, one in so many, base64 is shorter than quoted-printable.
_ONE_IN: Final = 6


def compose(message: Message, *, sender: Sender, zone: str | None, sent: datetime | None) -> EmailMessage:
    """Put a mail together as `wtisd_model.invitation.mail` promises."""
    author = sender_of(sender, message.language)
    reader_zone = None if zone is None else named_zone(zone)
    content = letter(message, locale_for(message.language), who=author.name or author.email, zone=reader_zone)
    mark = _mark(message, author)
    whole = EmailMessage(policy=SMTP)
    for each in _headers(message, author, content, mark, sent):
        whole[each.name] = each
    calendar = encodebytes(message.ics)
    alternatives = [
        _text("plain", as_text(content)),
        _text("html", as_html(content)),
        _part(f"text/calendar; charset=utf-8; method={message.method}", "base64", calendar),
    ]
    # Another type than text/calendar, so that the file is not taken for a second invitation.
    attached = _part('application/ics; name="invite.ics"', "base64", calendar)
    attached["Content-Disposition"] = _standard("Content-Disposition", 'attachment; filename="invite.ics"')
    whole["MIME-Version"] = _standard("MIME-Version", "1.0")
    return _filled(whole, "mixed", mark, [_filled(MIMEPart(policy=SMTP), "alternative", mark, alternatives), attached])


def _mark(message: Message, author: Person) -> UUID:
    """Make what tells a mail from every other: of who writes it, who is to read it, and all that the calendar is told.

    Made again from the same, a mail has the same mark, so that one that is sent twice is seen once.
    """
    parts = (author.email, message.recipient or "", message.ics.decode("latin-1"))
    return uuid5(own_namespace(), "\n".join(parts))


def _headers(message: Message, author: Person, content: Letter, mark: UUID, sent: datetime | None) -> Iterator[Header]:
    stamped = moment_in_utc(message.stamped, "/stamped")
    date = stamped if sent is None else moment_in_utc(sent, "/sent")
    yield mailbox("From", author.email, author.name)
    reader = recipient_of(message)
    if reader is not None:
        yield mailbox("To", reader.email, reader.name)
    organizer = organizer_of(message) if message.method in _FROM_THE_ORGANIZER else None
    if organizer is not None and organizer.email.casefold() != author.email.casefold():
        # Programs answer to ORGANIZER, and people to this.
        yield mailbox("Reply-To", organizer.email, organizer.name)
    yield unstructured("Subject", content.subject)
    yield plain("Date", format_datetime(date))
    yield plain("Message-ID", f"<{mark}@{author.email.rpartition('@')[2]}>")
    # RFC 3834 section 5: so that no machine answers that somebody is away.
    yield plain("Auto-Submitted", "auto-replied" if message.method in _IN_REPLY else "auto-generated")
    yield unstructured("Content-Language", line(", ".join(content.languages)))


def _filled(whole: _Part, subtype: str, mark: UUID, parts: Sequence[MIMEPart]) -> _Part:
    # "=_" never comes about in quoted-printable or base64 (RFC 2045 section 6.7), and all parts are in one of them.
    whole["Content-Type"] = SMTP.header_factory(
        "Content-Type", f'multipart/{subtype}; boundary="=_{mark.hex}_{subtype}"'
    )
    whole.set_payload(list(parts))
    return whole


def _text(subtype: str, text: str) -> MIMEPart:
    octets = text.encode()
    kind = f"text/{subtype}; charset=utf-8"
    beyond_ascii = len(octets) - len(text.encode("ascii", "ignore"))
    if beyond_ascii * _ONE_IN <= len(octets):
        quoted = b2a_qp(octets)
        # What keeps mails in one file, and smtplib too, writes such a line as ">From ".
        if b"\nFrom " not in b"\n" + quoted:
            return _part(kind, "quoted-printable", quoted)
    # In base64 lines end with CRLF (RFC 2046 section 4.1.1); in quoted-printable the policy sees to that.
    return _part(kind, "base64", encodebytes(octets.replace(b"\n", b"\r\n")))


def _part(kind: str, encoding: str, encoded: bytes) -> MIMEPart:
    part = MIMEPart(policy=SMTP)
    part["Content-Type"] = _standard("Content-Type", kind)
    part["Content-Transfer-Encoding"] = _standard("Content-Transfer-Encoding", encoding)
    part.set_payload(encoded.decode())
    return part


@cache
def _standard(name: str, value: str) -> Any:
    """Give a header of the standard library; the few that are asked for are made once."""
    return SMTP.header_factory(name, value)
