"""Letters: what each person has to hear about a change, with the calendar messages that belong to it."""

from attrs import field, frozen

from wtisd_model.invitation.message import Message, Reason, Texts
from wtisd_model.types.people import Contact


@frozen(kw_only=True)
class Letter:
    """What one mailbox is told about a change, with the calendar messages that belong to it."""

    recipient: str = field(repr=False)
    """The address."""
    name: str | None = field(default=None, repr=False)
    """The name of the recipient, or of the first of those who share the mailbox."""
    reasons: tuple[Reason, ...]
    """Why it is sent, the most important first."""
    language: str
    """The language of the texts, which is the recipient's where they are translated (BCP 47)."""
    texts: Texts = field(repr=False)
    """The facts about the event, and what it says to each person (``texts.notices``)."""
    messages: tuple[Message, ...] = field(default=(), repr=False)
    """One for each entry of the calendar that changes; often none."""
    registration_ids: tuple[str, ...]
    """The registrations of all who share the mailbox."""
    copied_to: Contact | None = field(default=None, repr=False)
    """The focal point who gets a copy: who filed the registrations of all who share the mailbox."""
