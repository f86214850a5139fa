"""Reading what people answer to invitations, and what was read of it."""

from datetime import datetime
from typing import TYPE_CHECKING

from attrs import field, frozen

from wtisd_model.findings import Finding
from wtisd_model.invitation.message import Method
from wtisd_model.model.answer import ParticipationStatus
from wtisd_model.values.timeslot import TimeSlot

if TYPE_CHECKING:
    from email.message import Message as Mail


@frozen(kw_only=True)
class Reply:
    """An answer (REPLY), another time that is proposed (COUNTER), or a question for the latest version (REFRESH).

    It is made by `read_reply`, which sees that the sender is who answers.
    """

    method: Method
    """Which of the three."""
    uid: str
    """The uid of the event or session that it is about (RFC 5545 UID)."""
    sequence: int
    """The revision that was answered (RFC 5545 SEQUENCE)."""
    at: datetime
    """When it was made, in UTC (RFC 5545 DTSTAMP)."""
    attendee: str = field(repr=False)
    """The address of the person who was invited (RFC 5545 ATTENDEE)."""
    status: ParticipationStatus = ParticipationStatus.NEEDS_ACTION
    """What was answered (RFC 5545 PARTSTAT)."""
    sent_by: str | None = field(default=None, repr=False)
    """The address of somebody else who sent it for the person (RFC 5545 SENT-BY)."""
    delegated_to: tuple[str, ...] = field(default=(), repr=False)
    """The addresses of those who come instead (RFC 5545 DELEGATED-TO)."""
    comment: str | None = field(default=None, repr=False)
    """What the person wrote beside it (RFC 5545 COMMENT)."""
    proposal: TimeSlot | None = None
    """The other time, where one is proposed."""
    findings: tuple[Finding, ...] = field(default=(), eq=False)
    """What was changed or left out; warnings only."""


def read_reply(source: "bytes | Mail", *, sender: str) -> Reply:
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
    from wtisd_model.invitation.receiving.reading import read  # loads the icalendar package

    return read(source, sender)
