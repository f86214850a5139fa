"""Calendar messages (iTIP, RFC 5546) for one person or a million, the mail around them, and the answers to them."""

from wtisd_model.invitation.announcement import decline_counter, publish
from wtisd_model.invitation.answer import counter, delegation, refresh, reply
from wtisd_model.invitation.cancellation import cancel, cancels
from wtisd_model.invitation.form import Privacy
from wtisd_model.invitation.message import Message, Method, Reason, Texts
from wtisd_model.invitation.request import invite, invites
from wtisd_model.invitation.standing import is_invited
from wtisd_model.invitation.updates import updates

__all__ = [
    "Message",
    "Method",
    "Privacy",
    "Reason",
    "Texts",
    "cancel",
    "cancels",
    "counter",
    "decline_counter",
    "delegation",
    "invite",
    "invites",
    "is_invited",
    "publish",
    "refresh",
    "reply",
    "updates",
]
