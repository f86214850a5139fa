"""What a calendar message is: what it does, whom it is for and why, its bytes, and what the mail around it says."""

from datetime import datetime
from enum import StrEnum

from attrs import field, frozen

from wtisd_model.ical.component import Component
from wtisd_model.ical.method import Method
from wtisd_model.model.reply import ParticipationStatus
from wtisd_model.model.session import EventStatus
from wtisd_model.types.language import Said
from wtisd_model.types.timeslot import TimeSlot


class Reason(StrEnum):
    """Why a message is sent."""

    ANSWERED = "answered"
    """Somebody says whether they come."""
    ASKED = "asked"
    """Somebody asks for the latest version."""
    CANCELLED = "cancelled"
    """The event or the session is called off."""
    COUNTER_DECLINED = "counter-declined"
    """Another time that somebody proposed is not taken."""
    COUNTERED = "countered"
    """Somebody proposes another time."""
    DROPPED = "dropped"
    """The session is none of the person's any more, or none of the event's."""
    EDITED = "edited"
    """A text changed; nobody has to answer again."""
    INVITED = "invited"
    """The person is asked to come."""
    MOVED = "moved"
    """The time, the place or the status changed."""
    PROMOTED = "promoted"
    """The person has waited for a seat and has one now."""
    PUBLISHED = "published"
    """Whoever reads it is told; nobody in particular is asked."""
    WITHDRAWN = "withdrawn"
    """The person does not take part any more."""


@frozen(kw_only=True)
class Texts:
    """What a message says of an event or a session, for the mail around it; the same for all who read it alike."""

    title: Said
    within: Said | None = None
    """The title of the event that it is a session of; None for an event."""
    slot: TimeSlot
    """When, in the zone of the place; for another time that somebody proposes, that time."""
    previous: TimeSlot | None = None
    """When it was until now, where the time is another one."""
    status: EventStatus
    where: tuple[Said, ...] = ()
    """The places to go to, the first to name first."""
    links: tuple[tuple[Said, str], ...] = ()
    """The places to dial in: what each is called, and its address."""
    remote_first: bool = False
    """Whether the reader takes part from afar, and so is told of the links before the places."""
    about: tuple[Said, ...] = ()
    """What it is about, paragraph by paragraph."""
    organizer: Said | None = None
    """Who holds it."""
    organizer_email: str | None = None
    """Where that body can be written to (RFC 5545 ORGANIZER)."""
    url: str | None = None
    """Its page."""
    comment: str | None = field(default=None, repr=False)
    """What the sender adds (RFC 5545 COMMENT)."""
    answer: ParticipationStatus | None = field(default=None, repr=False)
    """What a reply answers (RFC 5545 PARTSTAT of the one who answers)."""


@frozen(kw_only=True)
class Message:
    """A calendar message: an iCalendar object with a method, for one person.

    It is made by the functions of `wtisd_model.invitation`, which keep the counts of RFC 5546.
    """

    method: Method
    """What it does."""
    uid: str
    """The uid of the event or session that it is about (RFC 5545 UID)."""
    sequence: int
    """The revision that it is about (RFC 5545 SEQUENCE)."""
    stamped: datetime
    """When it was made, in UTC (RFC 5545 DTSTAMP)."""
    recipient: str | None = field(repr=False)
    """The address that it is for; None where it is for whoever reads it (PUBLISH)."""
    name: str | None = field(default=None, repr=False)
    """What the recipient is called."""
    reason: Reason
    """Why it is sent."""
    language: str
    """The language that the recipient reads, which chose the texts (BCP 47)."""
    texts: Texts = field(repr=False)
    """What the mail around it says."""
    ics: bytes = field(repr=False)
    """The iCalendar object: UTF-8 with CRLF."""
    calendar: Component | None = field(default=None, repr=False, eq=False)
    """What a REQUEST says, without its ATTENDEEs, for the answers to it; None for other messages."""
