"""Requests for the latest version (REFRESH, RFC 5546 section 3.2.6)."""

from datetime import datetime

from wtisd_model.ical.times import stamp_property
from wtisd_model.invitation.message import Message, Reason
from wtisd_model.invitation.reply import invitation_of, to_organizer
from wtisd_model.invitation.template import comment_property
from wtisd_model.types.method import Method
from wtisd_model.types.moment import moment_in_utc


def refresh(request: Message, *, stamped: datetime, comment: str | None = None) -> Message:
    """Return a message that asks the organizer for the latest version of an invitation.

    Args:
        request: an invitation, made by `invite` or `request_for`.
        stamped: the time of the request, aware (DTSTAMP).
        comment: at most 10,000 characters.

    Raises:
        MessageError: ``not-a-request``.
        InvalidValueError: ``moment-naive``, ``moment-unreadable``, ``text-too-long`` and others.
        TypeError: *request* is not a Message.

    Source: RFC 5546 section 3.2.6.
    """
    invitation = invitation_of(request)
    at = moment_in_utc(stamped, "/stamped")
    properties = [
        *invitation.vevent.all("UID"),
        stamp_property(at),
        *invitation.vevent.all("ORGANIZER"),
        invitation.attendee({}),
        *comment_property(comment),
    ]
    return to_organizer(request, Method.REFRESH, Reason.ASKED, properties, stamped=at, comment=comment)
