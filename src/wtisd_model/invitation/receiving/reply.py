"""What was read of an answer to an invitation."""

from datetime import datetime

from attrs import field, frozen

from wtisd_model.findings import Finding
from wtisd_model.ical.method import Method
from wtisd_model.model.reply import ParticipationStatus
from wtisd_model.types.timeslot import TimeSlot


@frozen(kw_only=True)
class IncomingReply:
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
