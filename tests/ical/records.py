"""What any program that reads a feed should have kept of it, as plain records."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from attrs import frozen


@frozen(kw_only=True)
class Said:
    """A text, and the language that it is said to be in."""

    text: str
    language: str | None = None


@frozen(kw_only=True)
class Conference:
    """A place to dial in."""

    uri: str
    features: frozenset[str] = frozenset()
    label: Said | None = None


@frozen(kw_only=True)
class Attachment:
    """A document: where it is, and what it is called."""

    uri: str
    label: Said


@frozen(kw_only=True)
class Alarm:
    """A reminder: how long before the start, and what it shows."""

    before: timedelta
    text: Said


@frozen(kw_only=True)
class Entry:
    """A VEVENT, as a program that shows it would keep it."""

    uid: str
    parent: str | None = None
    stamped: datetime
    created: datetime | None = None
    updated: datetime | None = None
    sequence: int
    status: str | None
    transparent: bool = False
    starts_at: datetime | date
    """A moment in UTC, or the first of whole days."""
    ends_at: datetime | date
    zone: str
    title: Said
    description: Said | None = None
    location: Said | None = None
    position: tuple[Decimal, Decimal] | None = None
    url: str | None = None
    keywords: frozenset[str] = frozenset()
    organizer: tuple[Said, str] | None = None
    """Name and e-mail address."""
    contacts: tuple[str, ...] = ()
    conferences: tuple[Conference, ...] = ()
    image: str | None = None
    attachments: tuple[Attachment, ...] = ()
    kind: str | None = None
    """The kind of session, for programs."""
    id: str | None = None
    """The id of a session with a uid of its own."""
    color: str | None = None
    alarms: tuple[Alarm, ...] = ()


@frozen(kw_only=True)
class Feed:
    """A VCALENDAR without METHOD."""

    name: Said
    url: str | None = None
    color: str | None = None
    refresh: timedelta | None = None
    entries: tuple[Entry, ...]
