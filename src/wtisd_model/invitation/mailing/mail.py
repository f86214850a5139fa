"""A calendar message as a mail that any calendar program takes for an invitation."""

from datetime import datetime
from typing import TYPE_CHECKING, cast

from wtisd_model.invitation.message import Message
from wtisd_model.types.people import Contact, Organization

if TYPE_CHECKING:
    from email.message import EmailMessage


def mail(
    message: Message,
    *,
    sender: str | Contact | Organization,
    zone: str | None = None,
    sent: datetime | None = None,
) -> "EmailMessage":
    """Put a message into a mail, ready for `smtplib.SMTP.send_message` and, with ``bytes(mail)``, for a file ``.eml``.

    It holds the same in plain text, in HTML and as ``text/calendar`` with the method, and the file ``invite.ics``; the
    texts are in the reader's language where that is Arabic, Chinese, English, French, Russian or Spanish, and
    otherwise in English. There is no clock and no randomness in it: equal input gives equal bytes. A message without
    a recipient (PUBLISH) gives a mail without ``To``, for you to set.

    Args:
        message: what the functions of `wtisd_model.invitation` make.
        sender: who sends it: an address, a name and an address (``"Desk 1 <desk1@example.org>"``), or a Contact or
            Organization with an e-mail address. Where the organizer has another address, it becomes ``Reply-To``.
        zone: the reader's time zone, ``Africa/Ndjamena``; where its clocks show another time than those of the place,
            the texts say both.
        sent: when it is sent, aware (``Date``); by default when the message was made.

    Returns:
        All ASCII, in lines of at most 998 octets. ``Message-ID`` is made of the sender, the recipient and the calendar
        object (UUID version 5), so that a mail that is made again from the same is known again.

    Raises:
        InvalidValueError: ``sender-without-address``; ``email-malformed``, or what a name is refused for, at
            ``/sender``; ``zone-unknown``; ``moment-naive`` or ``moment-unreadable``.
        ExportError: ``text-control`` where a message made by hand holds what no text of the model does.
        TypeError: *message* is no Message, or *sender* nobody who can send.

    Source: RFC 6047 section 2.4; CalConnect's guide for developers, "iMIP Best Practices"; RFC 3834 section 5.
    """
    from wtisd_model.invitation.mailing.compose import compose  # the standard library's mail is heavy

    if not isinstance(cast("object", message), Message):
        raise TypeError("mail takes a Message")
    return compose(message, sender=sender, zone=zone, sent=sent)
