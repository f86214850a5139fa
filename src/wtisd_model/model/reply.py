"""Replies of invited people to calendar invitations."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

from attrs import field, frozen

from wtisd_model.schema.fields import PERSONAL, Either, SetOf
from wtisd_model.schema.model import Model
from wtisd_model.types.moment import as_utc
from wtisd_model.types.number import Revision
from wtisd_model.types.text import Email, Identifier, Note


class ParticipationStatus(StrEnum):
    """How an invited person replied (RFC 8984 participationStatus, RFC 5545 PARTSTAT)."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    DELEGATED = "delegated"
    NEEDS_ACTION = "needs-action"
    TENTATIVE = "tentative"


ParticipationStatusWord = Literal["accepted", "declined", "delegated", "needs-action", "tentative"]


@frozen(kw_only=True, eq=False, repr=False)
class Reply(Model):
    """One reply of an invited person, or of their delegate, to an invitation (RFC 5546 section 3.2.3, REPLY)."""

    at: datetime = field(converter=as_utc)
    """When the person's calendar program created it, in UTC (RFC 5545 DTSTAMP)."""
    status: ParticipationStatus = field(converter=Either[ParticipationStatus, ParticipationStatusWord])
    """The status that the person replied with (RFC 5545 PARTSTAT)."""
    sequence: Revision = 0
    """The revision of the event or the session that the reply is about (RFC 5545 SEQUENCE)."""
    session_id: Identifier | None = None
    """The session that the reply is about; None for the whole event."""
    comment: Annotated[Note | None, PERSONAL] = None
    """The comment that the person added (RFC 5545 COMMENT)."""
    delegated_to: Annotated[frozenset[Email], PERSONAL] = field(default=frozenset(), converter=SetOf[str])
    """The addresses of those who come instead of the person, if the status is delegated (RFC 5545 DELEGATED-TO)."""
    delegate: Annotated[Email | None, PERSONAL] = None
    """The address of the delegate who sent it instead of the person (RFC 5545 DELEGATED-FROM)."""


def last_own_reply(replies: Sequence[Reply], session_id: str | None) -> Reply | None:
    """Return the last of ordered replies about the event or a session that the person and no delegate sent."""
    own = (each for each in reversed(replies) if each.session_id == session_id and each.delegate is None)
    return next(own, None)


def reply_order(reply: Reply) -> tuple[int, datetime]:
    """Return the sort key of replies: the revision first, so that a late reply to an old revision does not count.

    Source: RFC 5546 section 2.1.5: SEQUENCE, then DTSTAMP.
    """
    return reply.sequence, reply.at


class Method(StrEnum):
    """The method of a calendar message (RFC 5546 section 1.4)."""

    ADD = "ADD"
    CANCEL = "CANCEL"
    COUNTER = "COUNTER"
    DECLINECOUNTER = "DECLINECOUNTER"
    PUBLISH = "PUBLISH"
    REFRESH = "REFRESH"
    REPLY = "REPLY"
    REQUEST = "REQUEST"
