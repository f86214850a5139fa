"""What the readers of foreign formats return: objects, and findings about what was left out or changed."""

from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

from attrs import field, frozen

from wtisd_model.codes import Code
from wtisd_model.errors import MessageError
from wtisd_model.findings import Finding, errors_in, finding
from wtisd_model.model.event import Event
from wtisd_model.model.reply import Method, ParticipationStatus

T = TypeVar("T")


@frozen(kw_only=True)
class Attendee:
    """A person who is invited (RFC 5545 ATTENDEE)."""

    uid: str
    """The uid of the event or session, or of the series whose occurrences were read (RFC 5545 UID)."""
    email: str = field(repr=False)
    """The address (RFC 5545 CAL-ADDRESS)."""
    name: str | None = field(default=None, repr=False)
    """The person's name (RFC 5545 CN)."""
    language: str | None = None
    """The language to write in (RFC 5545 LANGUAGE)."""
    status: ParticipationStatus = ParticipationStatus.NEEDS_ACTION
    """The reply (RFC 5545 PARTSTAT)."""
    delegated_from: tuple[str, ...] = field(default=(), repr=False)
    """The addresses of the people who sent this delegate (RFC 5545 DELEGATED-FROM)."""


@frozen(kw_only=True)
class Mention:
    """An entry that a CANCEL or DECLINECOUNTER names without its time (RFC 5546 sections 3.2.5 and 3.2.8)."""

    uid: str
    """The uid of the event or session (RFC 5545 UID)."""
    sequence: int = 0
    """The revision (RFC 5545 SEQUENCE)."""
    attendees: tuple[Attendee, ...] = field(default=(), repr=False)
    """The people whom it is about (RFC 5545 ATTENDEE)."""


@frozen(kw_only=True)
class _Read:
    """The findings of a reader."""

    findings: tuple[Finding, ...] = ()
    """What was changed, inferred or left out, 100 at most; an error for each object that could not be read. Paths name
    places in the document: lines of a calendar, ``/lines/12``; JSON Pointers in JSON."""
    omitted: int = 0
    """The number of further findings."""

    @property
    def ok(self) -> bool:
        """True if every object could be read, perhaps with losses."""
        return not errors_in(self.findings)


@frozen(kw_only=True)
class Imported(_Read):
    """The events of a foreign document, and the findings about what was left out or changed."""

    events: tuple[Event, ...] = field(repr=False)  # an organizer may be a person
    """The events with their sessions, in the order of the document."""
    method: Method | None = None
    """What a calendar asks for (RFC 5546); None for a plain schedule."""
    attendees: tuple[Attendee, ...] = field(default=(), repr=False)
    """The people who are invited to them."""
    mentions: tuple[Mention, ...] = ()
    """What a message calls off without saying when it would have taken place."""


@frozen(kw_only=True)
class ImportedRecords(_Read, Generic[T]):
    """The registrations, pledges or sessions of a foreign document, and the findings about what was left out."""

    records: tuple[T, ...] = field(repr=False)
    """The objects, in the order of the document."""


def require_events(
    events: Sequence[Event], findings: Iterable[Finding], path: str = "", *, may_be_empty: bool = False
) -> None:
    """Raise a MessageError if a document has no event that can be read: its errors, or else ``event-missing``.

    *may_be_empty* is True if its occurrences are all outside the window.
    """
    if events:
        return
    errors = errors_in(findings)
    if errors or not may_be_empty:
        raise MessageError(*(errors or [finding(Code.EVENT_MISSING, path)]))
