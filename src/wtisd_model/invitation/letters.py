"""Letters: what each person has to hear about a change, with the calendar messages that belong to it."""

from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING

from attrs import field, frozen

from wtisd_model.invitation.message import Message, Reason, Texts
from wtisd_model.types.people import Contact, Organization

if TYPE_CHECKING:
    from email.message import EmailMessage

    from wtisd_model.mail.compose import Mailer
    from wtisd_model.markup.theme import Theme


@frozen(kw_only=True)
class Letter:
    """What one mailbox is told about a change, with the calendar messages that belong to it."""

    recipient: str = field(repr=False)
    """The address."""
    name: str | None = field(default=None, repr=False)
    """The name of the recipient, or of the first of those who share the mailbox."""
    reasons: tuple[Reason, ...]
    """Why it is sent, the most important first; those of what *texts* are about."""
    language: str
    """The language of the texts, which is the recipient's where they are translated (BCP 47)."""
    stamped: datetime
    """When it was made, in UTC."""
    texts: Texts = field(repr=False)
    """The facts about the event, and what it says to each person (``texts.notices``)."""
    messages: tuple[Message, ...] = field(default=(), repr=False)
    """One for each entry of the calendar that changes; often none."""
    registration_ids: tuple[str, ...]
    """The registrations of all who share the mailbox."""
    copied_to: Contact | None = field(default=None, repr=False)
    """The focal point who gets a copy: who filed the registrations of all who share the mailbox."""
    zone: str | None = None
    """The reader's time zone, if it is known (IANA)."""

    def mails(
        self,
        *,
        sender: str | Contact | Organization,
        theme: "Theme | None" = None,
        sent: datetime | None = None,
        logo: bool = True,
    ) -> "tuple[EmailMessage, ...]":
        """Return the mails of the letter, one for each of its messages, and one if it has none.

        The first says everything, and carries the first message. The others carry one message each, whose title and
        time they name; all calendar programs read only one in a mail. The arguments and errors are those of `mail`.
        """
        # The email package, which few programs need, is loaded when it is first asked for.
        mailer: Mailer = import_module("wtisd_model.mail.compose").Mailer(sender, theme=theme, logo=logo)
        return mailer.mails(self, sent=sent)
