"""Calendar messages (iTIP, RFC 5546) for one person or a million, the mail around them, and the replies to them.

Each method has a module: ``request``, ``cancel`` and ``publish`` for the organizer, ``reply`` and ``refresh`` for the
invited person, ``counter`` for both. ``updates`` makes the messages that a change requires. Replies are read by
``receive`` and recorded in registrations by ``apply``.
"""

from wtisd_model.ical.parser import CalendarLimits
from wtisd_model.ical.read import from_ical
from wtisd_model.invitation.apply import apply
from wtisd_model.invitation.cancel import cancel, cancels
from wtisd_model.invitation.counter import counter, decline_counter
from wtisd_model.invitation.message import Message, Privacy, Reason, Texts
from wtisd_model.invitation.publish import publish
from wtisd_model.invitation.receive import IncomingReply, read_reply
from wtisd_model.invitation.recipients import is_invited, participation_status
from wtisd_model.invitation.refresh import refresh
from wtisd_model.invitation.reply import delegation, reply
from wtisd_model.invitation.request import invite, invites, request_for
from wtisd_model.invitation.updates import updates
from wtisd_model.mail import mail
from wtisd_model.reading.imported import Attendee, Imported, Mention
from wtisd_model.types.method import Method

__all__ = [
    "Attendee",
    "CalendarLimits",
    "Imported",
    "IncomingReply",
    "Mention",
    "Message",
    "Method",
    "Privacy",
    "Reason",
    "Texts",
    "apply",
    "cancel",
    "cancels",
    "counter",
    "decline_counter",
    "delegation",
    "from_ical",
    "invite",
    "invites",
    "is_invited",
    "mail",
    "participation_status",
    "publish",
    "read_reply",
    "refresh",
    "reply",
    "request_for",
    "updates",
]
