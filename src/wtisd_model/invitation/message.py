"""Calendar messages and letters, with the reasons why they are sent, their texts, and the options of messages."""

from datetime import datetime
from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING

from attrs import field, frozen
from attrs.converters import optional
from pendulum import DateTime

from wtisd_model.ical.calendar import CalendarOptions
from wtisd_model.model.registration import RegistrationState
from wtisd_model.model.reply import Method, ParticipationStatus
from wtisd_model.model.session import EventStatus
from wtisd_model.programme.chosen import ChosenSession
from wtisd_model.types.arguments import parse_enum, require_valid
from wtisd_model.types.language import TaggedText
from wtisd_model.types.people import Contact, Organization
from wtisd_model.types.text import LONG
from wtisd_model.types.timeslot import TimeSlot

if TYPE_CHECKING:
    from email.message import EmailMessage

    from wtisd_model.markup.theme import Theme


class Reason(StrEnum):
    """Why a message is sent; of several reasons of a letter the first here is the most important."""

    CANCELLED = "cancelled"
    """The event or the session is cancelled."""
    ERASED = "erased"
    """The personal data are removed, as the person asked."""
    REJECTED = "rejected"
    """The registration is rejected."""
    WITHDRAWN = "withdrawn"
    """The person no longer takes part."""
    ADDRESS_CHANGED = "address-changed"
    """The person's registration now has another address than this one."""
    PROMOTED = "promoted"
    """The person has moved from the waitlist to a seat."""
    INVITED = "invited"
    """The person is invited."""
    MOVED = "moved"
    """The time, the place or the status changed."""
    CLOCKS_CHANGED = "clocks-changed"
    """The rules for the clocks of the place, or of the person, have changed."""
    WAITLISTED = "waitlisted"
    """The person has to wait for a seat at the event."""
    PENDING = "pending"
    """The registration waits for a decision again."""
    RECEIVED = "received"
    """The registration has arrived, and waits for a decision."""
    DROPPED = "dropped"
    """The session was removed from the event, or the person no longer takes part in it."""
    PROGRAMME_CHANGED = "programme-changed"
    """A session that the person chose changed, or takes place no more."""
    SEAT_FOUND = "seat-found"
    """The person has got a seat in a session that they waited for."""
    SESSION_WAITLISTED = "session-waitlisted"
    """The person has to wait for a seat in a session."""
    CHANGED = "changed"
    """The office changed the person's registration."""
    EDITED = "edited"
    """A text changed; no new reply is needed."""
    REPEATED = "repeated"
    """Somebody registered the person, who is registered already."""
    REMINDED = "reminded"
    """The event begins soon."""
    SESSION_REMINDED = "session-reminded"
    """Sessions that the person takes part in begin soon, and the event does not."""
    ANSWERED = "answered"
    """The person replies to an invitation."""
    ASKED = "asked"
    """The person asks for the latest version."""
    COUNTER_DECLINED = "counter-declined"
    """The organizer declines a proposed time."""
    COUNTERED = "countered"
    """The person proposes another time."""
    PUBLISHED = "published"
    """The event is announced to all readers; no reply is expected."""


class Privacy(StrEnum):
    """Visibility to others in a person's calendar (RFC 8984 privacy, RFC 5545 CLASS)."""

    PRIVATE = "private"
    """Others see only the time."""
    PUBLIC = "public"
    """Others see everything."""
    SECRET = "secret"  # noqa: S105 - a value of RFC 8984 privacy, not a password
    """Others see nothing."""


def _privacy(privacy: Privacy) -> Privacy:
    return parse_enum(Privacy, privacy, "/privacy")


def comment_or_none(comment: str | None) -> str | None:
    """Return a comment after its check (``text-too-long``, ``text-control`` and others)."""
    return None if comment is None else require_valid(comment, LONG, "/comment")


@frozen(kw_only=True)
class MessageOptions(CalendarOptions):
    """The options of the messages about one version of an event, checked.

    Raises:
        InvalidValueError: as `CalendarOptions`; ``value-unknown`` for *privacy*; ``text-too-long`` and others for
            *comment*.
        TypeError: *reminders* are not iterable.
    """

    method: Method
    privacy: Privacy | None = field(default=None, converter=optional(_privacy))
    transparent: bool = False
    comment: str | None = field(default=None, converter=comment_or_none, repr=False)


@frozen(kw_only=True)
class Notice:
    """What a letter says to one person, in the reader's language."""

    name: str | None = field(default=None, repr=False)
    """The name of the person, where several share the mailbox, or somebody gets a copy."""
    reasons: tuple[Reason, ...]
    """Why the person is written to, the most important first."""
    still: RegistrationState | None = None
    """Pending or waitlisted, if the person is that as before, and is written to about something else."""
    decision: TaggedText | None = field(default=None, repr=False)
    """The reason that the office gives to the person."""
    link: str | None = field(default=None, repr=False)
    """Where the person changes or withdraws the registration, if there is such a page."""


@frozen(kw_only=True, cache_hash=True)
class Texts:
    """The facts about an event or a session for the mail around a message, in the reader's language."""

    title: TaggedText
    within: TaggedText | None = None
    """The title of the event that a session belongs to; None for an event."""
    slot: TimeSlot = field(hash=False)  # it takes as long as all others
    """The time, in the zone of the place; in a proposal, the proposed time."""
    previous: TimeSlot | None = field(default=None, hash=False)
    """The time until now, if it changed."""
    previous_where: tuple[TaggedText, ...] | None = None
    """The locations until now, if they changed; empty if there were none."""
    status: EventStatus
    where: tuple[TaggedText, ...] = ()
    """The locations, most important first."""
    links: tuple[tuple[TaggedText, str], ...] = ()
    """The virtual locations: the name and the address of each."""
    remote_first: bool = False
    """True for a reader who takes part remotely: the links come before the locations."""
    about: tuple[TaggedText, ...] = ()
    """The description, paragraph by paragraph."""
    languages: tuple[tuple[str, str], ...] = ()
    """Labels, each with a text: the languages spoken, and those interpreted into, as far as they are known."""
    organizer: TaggedText | None = None
    organizer_email: str | None = None
    """The address of the organizer (RFC 5545 ORGANIZER)."""
    url: str | None = None
    maps: tuple[tuple[TaggedText, str], ...] = ()
    """The buildings whose position is known: the name of each, and the address of a map."""
    image: str | None = None
    """The address of the picture of the event."""
    sessions: tuple[ChosenSession, ...] = ()
    """The announced sessions that the reader chose, in the order of the programme; none in a text about a session."""
    nothing_left: bool = False
    """True if the reader chose sessions, none of which takes place any more."""
    previous_sessions: tuple[ChosenSession, ...] | None = None
    """Those until now, if they changed."""
    notices: tuple[Notice, ...] = field(default=(), repr=False)
    """What a letter says to each person concerned; none in the texts of a message."""
    comment: str | None = field(default=None, repr=False)
    """The sender's comment (RFC 5545 COMMENT)."""
    answer: ParticipationStatus | None = field(default=None, repr=False)
    """The status in a reply (RFC 5545 PARTSTAT)."""
    for_interpreter: bool = False
    """True for a reader who is asked to interpret, and does not take part."""
    answer_by: DateTime | None = None
    """When an offer to an interpreter ends, in the zone of the place; None for other messages."""


@frozen(kw_only=True)
class Message:
    """A calendar message: an iCalendar object with a method, for one person.

    It is made by the functions of `wtisd_model.invitation`, which check the property counts of RFC 5546.
    """

    method: Method
    uid: str
    """The uid of the event or session (RFC 5545 UID)."""
    sequence: int
    """The revision of the event or session (RFC 5545 SEQUENCE)."""
    stamped: datetime
    """When it was made, in UTC (RFC 5545 DTSTAMP)."""
    recipient: str | None = field(repr=False)
    """The recipient's address; None in a message to all readers (PUBLISH)."""
    name: str | None = field(default=None, repr=False)
    """The recipient's name."""
    reason: Reason
    language: str
    """The language of the texts, which is the recipient's where they are translated (BCP 47)."""
    texts: Texts = field(repr=False)
    ics: bytes = field(repr=False)
    """The iCalendar object: UTF-8 with CRLF."""
    copied_to: Contact | None = field(default=None, repr=False)
    """The focal point who gets a copy of the mail; no ATTENDEE, so not asked to reply."""
    registration_ids: tuple[str, ...] = ()
    """The registrations of all who share the mailbox; none in a message to all readers."""
    delegated_from: tuple[str, ...] = field(default=(), repr=False)
    """The addresses of the people whom the recipient of a `delegation` replaces (RFC 5545 DELEGATED-FROM)."""


@frozen(kw_only=True)
class Letter:
    """What one mailbox is told about a change, with the calendar messages that belong to it."""

    recipient: str = field(repr=False)
    """The address."""
    name: str | None = field(default=None, repr=False)
    """The name of the recipient, or of the first of those who share the mailbox."""
    reasons: tuple[Reason, ...]
    """Why it is sent, the most important first; those of the reader before those of others who share the mailbox."""
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
    """The focal point who gets a copy: who filed the registrations of all of whom it speaks."""
    zone: str | None = field(default=None, repr=False)
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
        mailer = import_module("wtisd_model.mail.compose").Mailer(sender, theme=theme, logo=logo)
        mails: tuple[EmailMessage, ...] = mailer.mails(self, sent=sent)
        return mails
