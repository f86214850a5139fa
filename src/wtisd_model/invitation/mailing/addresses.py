"""Who a mail is from and to."""

import re
from typing import Final, cast

from wtisd_model.codes import Code
from wtisd_model.findings import InvalidValueError, finding
from wtisd_model.invitation.mailing.safe_text import line
from wtisd_model.invitation.message import Message
from wtisd_model.invitation.person import Person
from wtisd_model.types.arguments import checked
from wtisd_model.types.people import Contact, Organization
from wtisd_model.types.text import EMAIL, NAME

Sender = str | Contact | Organization
"""Who sends a mail: an address, a name and an address as a header has them, or somebody of the model."""

_ESCAPED: Final = re.compile(r"\\(.)")


def sender_of(sender: Sender, language: str) -> Person:
    """Find the address and the name of whoever sends.

    Raises:
        InvalidValueError: ``sender-without-address``, ``email-malformed``, or what a name is refused for.
        TypeError: it is nobody who can send.
    """
    if isinstance(sender, str):
        return _read(sender)
    if not isinstance(cast("object", sender), Contact | Organization):
        raise TypeError("a sender is a Contact, an Organization or a text")
    if sender.email is None:
        raise InvalidValueError(finding(Code.SENDER_WITHOUT_ADDRESS, "/sender/email"))
    name = sender.name.in_language(language)[0] if isinstance(sender, Organization) else sender.name
    return Person(sender.email, None if name is None else line(name))


def recipient_of(message: Message) -> Person | None:
    """Find the address and the name of whoever a message is for (``email-malformed``, ``text-control``)."""
    if message.recipient is None:
        return None
    return Person(checked(message.recipient, EMAIL, "/recipient"), None if message.name is None else line(message.name))


def organizer_of(message: Message) -> Person | None:
    """Find the address and the name of whoever holds it (``email-malformed``, ``text-control``)."""
    texts = message.texts
    if texts.organizer_email is None:
        return None
    address = checked(texts.organizer_email, EMAIL, "/texts/organizerEmail")
    return Person(address, None if texts.organizer is None else line(texts.organizer[0]))


def _read(sender: str) -> Person:
    """Read an address, or a name and an address in angle brackets."""
    if not sender.endswith(">"):
        return Person(checked(sender, EMAIL, "/sender"))
    before, _, address = sender[:-1].rpartition("<")
    name = before.strip(" ")
    return Person(checked(address, EMAIL, "/sender"), checked(_unquoted(name), NAME, "/sender") if name else None)


def _unquoted(name: str) -> str:
    if len(name) > 1 and name.startswith('"') and name.endswith('"'):
        return _ESCAPED.sub(r"\1", name[1:-1])
    return name
