"""Calendar messages as mails, in the reader's language: plain text, HTML, the invitation itself, and a file of it."""

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from wtisd_model.types.people import Contact, Organization

if TYPE_CHECKING:
    from email.message import EmailMessage

    from wtisd_model.invitation.message import Message
    from wtisd_model.markup.theme import Theme


def mail(
    message: "Message",
    *,
    sender: str | Contact | Organization,
    zone: str | ZoneInfo | None = None,
    sent: datetime | None = None,
    theme: "Theme | None" = None,
) -> "EmailMessage":
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
        theme: the colours of the HTML, a `wtisd_model.pictures.Theme`; by default blue.

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
    from wtisd_model.mail.compose import compose  # loads the standard library's email package

    return compose(message, sender=sender, zone=zone, sent=sent, theme=theme)
