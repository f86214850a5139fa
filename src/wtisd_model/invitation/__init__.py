"""Calendar messages (iTIP, RFC 5546) for one person or a million, the mail around them, and the answers to them."""

from wtisd_model.invitation.message import Message, Method, Reason, Texts
from wtisd_model.invitation.sending import mail

__all__ = ["Message", "Method", "Reason", "Texts", "mail"]
