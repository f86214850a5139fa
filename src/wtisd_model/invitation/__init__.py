"""Calendar messages (iTIP, RFC 5546) for one person or a million, the mail around them, and the replies to them.

The organizer's messages are in ``request`` and ``cancel``, and those of the invited person in ``reply_writer``.
``updates`` finds out which messages a change requires. Replies are read in ``reply_reader`` and recorded in
registrations in ``apply``.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from wtisd_model.invitation.apply import apply
from wtisd_model.invitation.cancel import cancel, cancels, decline_counter
from wtisd_model.invitation.entries import recorded
from wtisd_model.invitation.itinerary import Offers, answer, itinerary, offers
from wtisd_model.invitation.letters import Letters, letters, reminders
from wtisd_model.invitation.message import Letter, Message, Notice, Privacy, Reason, Texts
from wtisd_model.invitation.recipients import is_invited, participation_status
from wtisd_model.invitation.reply_reader import IncomingReply, read_reply
from wtisd_model.invitation.reply_writer import counter, delegation, refresh, reply
from wtisd_model.invitation.request import Invitations, invite, invites, publish, request_for, updates
from wtisd_model.model.reply import Method
from wtisd_model.programme.chosen import ChosenSession
from wtisd_model.reading.imported import Mention

__all__ = [
    "ChosenSession",
    "IncomingReply",
    "Invitations",
    "Letter",
    "Letters",
    "Mailer",
    "Mention",
    "Message",
    "Method",
    "Notice",
    "Offers",
    "Privacy",
    "Reason",
    "Texts",
    "answer",
    "apply",
    "cancel",
    "cancels",
    "counter",
    "decline_counter",
    "delegation",
    "invite",
    "invites",
    "is_invited",
    "itinerary",
    "letters",
    "mail",
    "offers",
    "participation_status",
    "publish",
    "read_reply",
    "recorded",
    "refresh",
    "reminders",
    "reply",
    "request_for",
    "updates",
]

if TYPE_CHECKING:
    from wtisd_model.mail.compose import Mailer, mail
else:  # a type checker would take a module with such a function to have every name

    def __getattr__(name: str) -> object:
        """Return `mail` or `Mailer`, and load the standard library's email package, which few programs need."""
        if name not in {"Mailer", "mail"}:
            message = f"module {__name__!r} has no attribute {name!r}"
            raise AttributeError(message)
        found = globals()[name] = getattr(import_module("wtisd_model.mail.compose"), name)
        return found
