"""What an invited person answered to the calendar invitation, and when."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from attrs import field, frozen

from wtisd_model.model.event import Revision
from wtisd_model.schema.constraints import as_utc
from wtisd_model.schema.fields import PERSONAL
from wtisd_model.schema.model import Model
from wtisd_model.types.text import Identifier, Note


class ParticipationStatus(StrEnum):
    """What the invited person answered (RFC 8984 participationStatus, RFC 5545 PARTSTAT)."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    DELEGATED = "delegated"
    NEEDS_ACTION = "needs-action"
    TENTATIVE = "tentative"


@frozen(kw_only=True, eq=False, repr=False)
class Reply(Model):
    """One reply of an invited person (RFC 5546 section 3.2.3, REPLY)."""

    at: datetime = field(converter=as_utc)
    """When the person's calendar made it, in UTC (RFC 5545 DTSTAMP)."""
    status: ParticipationStatus
    """What was answered (RFC 5545 PARTSTAT)."""
    sequence: Revision = 0
    """The revision of the event that was answered (RFC 5545 SEQUENCE)."""
    session_id: Identifier | None = None
    """The session that it is about; None where it is about the whole event."""
    comment: Annotated[Note | None, PERSONAL] = None
    """What the person wrote beside it (RFC 5545 COMMENT)."""


def reply_order(reply: Reply) -> tuple[int, datetime]:
    """Give what replies are ordered by: the revision first, so that a late reply to an old one comes before.

    Source: RFC 5546 section 2.1.5: SEQUENCE, and DTSTAMP where that is equal.
    """
    return reply.sequence, reply.at
