"""Answers of others to our invitations."""

from typing import TYPE_CHECKING

from wtisd_model.invitation.receiving.reply import IncomingReply

if TYPE_CHECKING:
    from email.message import Message as Mail


def read_reply(source: "bytes | Mail", *, sender: str) -> IncomingReply:
    """Read an answer to an invitation, as Outlook, Exchange, Google, Apple and Thunderbird send it.

    Args:
        source: a mail, as bytes or as the `email` package has it, or the calendar in it.
        sender: the address that the mail comes from, and that the mail server has authenticated (DMARC). It has to be
            that of the person who answers, or of whoever the answer says has sent it for the person. Nothing in a
            calendar proves who wrote it, so never take the address from there.

    Raises:
        MessageError: it is no answer, or not one of this sender: ``payload-too-large``, ``mail-unreadable``,
            ``reply-missing``, ``calendars-disagree``, ``method-unknown``, ``method-not-answer``, ``event-count``,
            ``attendee-count``, ``sender-differs``; ``property-missing`` or ``property-unreadable`` for what an answer
            must have; for a proposal what `from_ical` refuses of times; what `from_ical` refuses of a calendar.
        InvalidValueError: ``email-malformed`` for *sender*.
        TypeError: *source* is neither bytes nor a mail.

    Source: RFC 5546 sections 3.2.3, 3.2.6 and 3.2.7; RFC 6047 section 2.
    """
    from wtisd_model.invitation.receiving.mailed_answer import read  # for those who read answers alone

    return read(source, sender)
