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
from functools import lru_cache, partial
from typing import Final, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from wtisd_model.codes import Code
from wtisd_model.errors import InvalidValueError
from wtisd_model.findings import finding
from wtisd_model.invitation.message import Letter, Message
from wtisd_model.invitation.recipients import Person
from wtisd_model.mail.content import Matter, content_of, organizer_email, sanitize
from wtisd_model.mail.headers import Header, mailbox, plain, standard, unstructured
from wtisd_model.mail.layout import as_html, as_text
from wtisd_model.markup.theme import Theme, require_theme
from wtisd_model.model.reply import Method
from wtisd_model.types.arguments import require_instance, require_valid
from wtisd_model.types.identifiers import name_based_uid
from wtisd_model.types.moment import moment_in_utc
from wtisd_model.types.people import Contact, Organization
from wtisd_model.types.text import EMAIL, NAME
from wtisd_model.types.timezone import require_zone

_ESCAPED: Final = re.compile(r"\\(.)")

_Part = TypeVar("_Part", bound=MIMEPart)

# If more than one octet in so many is beyond ASCII, base64 is shorter than quoted-printable.
_ONE_IN: Final = 6


class Mailer:
    """The mails of one sender; keep it to make many, since what people who are sent the same read is written once.

    It remembers the texts and the HTML of at most 512 mails, and never those with a comment, an answer, a decision, a
    name or a link of one person. Several threads may use it. The arguments and errors are those of `mail`, the function
    for a single one.
    """

    def __init__(self, sender: str | Contact | Organization, *, theme: Theme | None = None, logo: bool = True) -> None:
        self._sender = sender
        self._page = partial(_page, theme=require_theme(theme), logo=logo)
        self._shared_page = lru_cache(512)(self._page)

    def mail(
        self, message: Message, *, zone: str | ZoneInfo | None = None, sent: datetime | None = None
    ) -> EmailMessage:
        """Return the mail of a message, as the function `mail` does."""
        require_instance(message, Message, "Not a Message. Pass the result of invite, cancel or the like.")
        return self._mail(message, Matter.of(message), message, zone, sent)

    def mails(self, letter: Letter, *, sent: datetime | None = None) -> tuple[EmailMessage, ...]:
        """Return the mails of a letter, as its method `mails` does."""
        require_instance(letter, Letter, "Not a Letter. Pass one of those that letters returns.")
        first = letter.messages[0] if letter.messages else None
        others = letter.messages[1:]
        return (
            self._mail(letter, Matter.of_letter(letter), first, letter.zone, sent),
            *[self._mail(letter, Matter.of(other, is_brief=True), other, letter.zone, sent) for other in others],
        )

    def _mail(
        self,
        told: Message | Letter,
        matter: Matter,
        message: Message | None,
        zone: str | ZoneInfo | None,
        sent: datetime | None,
    ) -> EmailMessage:
        """Return the mail with what is told, and with the calendar object of a message if there is one."""
        author = parse_sender(self._sender, matter.language)
        reader_zone = None if zone is None else require_zone(zone)
        recipient = "" if told.recipient is None else require_valid(told.recipient, EMAIL, "/recipient")
        # What is for one reader only, and what people write to each other, is never remembered.
        is_own = matter.is_personal or matter.is_to_organizer or (message is not None and message.delegated_from)
        page = (self._page if is_own else self._shared_page)(matter, author, reader_zone)
        copy = _copied_to(told)
        readers = (recipient,) if copy is None else (recipient, copy.email)
        # Derived from the writer, the readers and the calendar, so that a mail that is sent twice is seen once.
        content = f"{told.stamped.isoformat()}\n{page.text[2]}" if message is None else message.ics.decode("latin-1")
        id_ = name_based_uid("\n".join((author.email, *readers, content)))
        alternatives = [_part(*page.text), _part(*page.html)]
        whole = EmailMessage(policy=SMTP)
        for header in _headers(told, matter, author, copy, page, id_, sent):
            _put(whole, header)
        if message is None:
            return _multipart(whole, "alternative", id_, alternatives)
        calendar = encodebytes(message.ics).decode()
        alternatives.append(_part(f"text/calendar; charset=utf-8; method={message.method}", "base64", calendar))
        # Another type than text/calendar, so that the file is not taken for a second invitation.
        attached = _part('application/ics; name="invite.ics"', "base64", calendar)
        _put(attached, standard("Content-Disposition", 'attachment; filename="invite.ics"'))
        body = _multipart(MIMEPart(policy=SMTP), "alternative", id_, alternatives)
        return _multipart(whole, "mixed", id_, [body, attached])


def mail(
    message: Message,
    *,
    sender: str | Contact | Organization,
    zone: str | ZoneInfo | None = None,
    sent: datetime | None = None,
    theme: Theme | None = None,
    logo: bool = True,
) -> EmailMessage:
    """Return the mail of a message, ready for `smtplib.SMTP.send_message`; ``bytes(mail)`` is an ``.eml`` file.

    It has the same content as plain text, as HTML, as ``text/calendar`` with the method, and as a file ``invite.ics``.
    The texts are in the language of the message (``invite(..., language="fr")``) if that is Arabic, Chinese, English,
    French, German, Portuguese, Russian or Spanish, and otherwise in English. It depends on neither the clock nor
    chance: equal input gives equal bytes. A focal point (``message.copied_to``) is in ``Cc``. The mail of a message
    without a recipient (PUBLISH) has no ``To``; set it yourself. A `Mailer` that is kept makes many of them faster.

    Args:
        message: made by the functions of `wtisd_model.invitation`.
        sender: an address, a name and an address (``"Desk 1 <desk1@example.org>"``), or a Contact or Organization with
            an e-mail address. If the organizer has another address, that becomes ``Reply-To``.
        zone: the reader's time zone, ``Africa/Ndjamena``, or a ZoneInfo; if its clocks differ from those of the place,
            the texts contain both times.
        sent: when it is sent, aware (``Date``); by default when the message was made.
        theme: the colours of the HTML, a `wtisd_model.Theme`; by default blue.
        logo: show the image of the event (``Event.image``, at an https address) as the organizer's logo. It is the
            only thing that the HTML loads; with False it loads nothing.

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
    return Mailer(sender, theme=theme, logo=logo).mail(message, zone=zone, sent=sent)


class _Page(NamedTuple):
    """The parts of a mail that all its readers share, ready to be sent."""

    subject: Header
    languages: Header
    text: tuple[str, str, str]
    """The type, the encoding and the encoded text."""
    html: tuple[str, str, str]


def _page(matter: Matter, sender: Person, zone: str | None, *, theme: Theme, logo: bool) -> _Page:
    content = content_of(matter, sender, zone=zone, logo=logo)
    return _Page(
        unstructured("Subject", content.subject),
        unstructured("Content-Language", sanitize(", ".join(content.languages))),
        _encoded("plain", as_text(content)),
        _encoded("html", as_html(content, theme)),
    )


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


def _headers(
    told: Message | Letter,
    matter: Matter,
    author: Person,
    copy: Person | None,
    page: _Page,
    id_: str,
    sent: datetime | None,
) -> Iterator[Header]:
    stamped, texts = moment_in_utc(told.stamped, "/stamped"), matter.texts
    date = stamped if sent is None else moment_in_utc(sent, "/sent")
    yield mailbox("From", author.email, author.name)
    if told.recipient is not None:
        yield mailbox("To", told.recipient, None if told.name is None else sanitize(told.name))
    if copy is not None:
        yield mailbox("Cc", copy.email, copy.name)
    organizer = None if matter.is_to_organizer else organizer_email(texts)
    if organizer is not None and organizer.casefold() != author.email.casefold():
        # Programs reply to ORGANIZER, and people to this.
        yield mailbox("Reply-To", organizer, None if texts.organizer is None else sanitize(texts.organizer[0]))
    yield page.subject
    yield plain("Date", format_datetime(date))
    yield plain("Message-ID", f"<{id_}@{author.email.rpartition('@')[2]}>")
    # RFC 3834 section 5: so that no machine sends a notice of absence.
    yield plain(
        "Auto-Submitted",
        "auto-replied" if matter.method in {Method.COUNTER, Method.DECLINECOUNTER, Method.REPLY} else "auto-generated",
    )
    yield page.languages
    yield standard("MIME-Version", "1.0")


def _copied_to(told: Message | Letter) -> Person | None:
    focal_point = told.copied_to
    if focal_point is None or focal_point.email is None:
        return None
    return Person(focal_point.email, None if focal_point.name is None else sanitize(focal_point.name))


def _multipart(whole: _Part, subtype: str, id_: str, parts: list[MIMEPart]) -> _Part:
    # "=_" never occurs in quoted-printable or base64 (RFC 2045 section 6.7), in which all parts are written.
    boundary = f"=_{id_.replace('-', '')}_{subtype}"
    _put(whole, plain("Content-Type", f"multipart/{subtype};", f' boundary="{boundary}"'))
    whole.set_payload([*parts])
    return whole


def _encoded(subtype: str, text: str) -> tuple[str, str, str]:
    """Return the content type of a text, its encoding, and the encoded text."""
    octets = text.encode()
    content_type = f"text/{subtype}; charset=utf-8"
    beyond_ascii = len(octets) - len(text.encode("ascii", "ignore"))
    if beyond_ascii * _ONE_IN <= len(octets):
        quoted = b2a_qp(octets)
        # Mailbox files and smtplib write such a line as ">From ".
        if b"\nFrom " not in b"\n" + quoted:
            return content_type, "quoted-printable", quoted.decode()
    # In base64 lines end with CRLF (RFC 2046 section 4.1.1); in quoted-printable the policy sees to that.
    return content_type, "base64", encodebytes(octets.replace(b"\n", b"\r\n")).decode()


def _part(content_type: str, encoding: str, encoded: str) -> MIMEPart:
    part = MIMEPart(policy=SMTP)
    _put(part, standard("Content-Type", content_type))
    _put(part, standard("Content-Transfer-Encoding", encoding))
    part.set_payload(encoded)
    return part


def _put(part: MIMEPart, header: Header) -> None:
    # Setting an item would make a class for each header, to see how often it may occur.
    part.set_raw(header.name, header)
