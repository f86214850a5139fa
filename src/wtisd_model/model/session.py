"""A session: a part of an event with its own time, place and people."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Final, Literal, Self

from attrs import evolve, field, frozen

from wtisd_model.codes import Code
from wtisd_model.findings import Finding, finding
from wtisd_model.schema.fields import PERSONAL, Count, Either, Invariant, ListOrTuple, TupleOf
from wtisd_model.schema.json_values import JsonObject, json_object
from wtisd_model.schema.model import Model
from wtisd_model.types.attendance import ParticipationMode, ParticipationModeWord, SeatLimits, Seats
from wtisd_model.types.document import Document
from wtisd_model.types.extensions import Extensions
from wtisd_model.types.identifiers import first_ids
from wtisd_model.types.language import LanguageTag, LocalizedText
from wtisd_model.types.lifecycle import History, Move, StateTable, Transition
from wtisd_model.types.location import Location, VirtualLocation
from wtisd_model.types.number import Revision
from wtisd_model.types.people import Contact
from wtisd_model.types.text import IDENTIFIER, LINE, LONG, UID, Identifier, Label, Name, Uid, WebAddress
from wtisd_model.types.timeslot import TimeSlot


class EventStatus(StrEnum):
    """Whether an event or a session takes place (RFC 5545 STATUS, schema.org eventStatus)."""

    CANCELLED = "cancelled"
    DRAFT = "draft"
    POSTPONED = "postponed"
    SCHEDULED = "scheduled"

    @property
    def is_held(self) -> bool:
        """True if it is scheduled or postponed."""
        return self in {self.SCHEDULED, self.POSTPONED}


EventStatusWord = Literal["cancelled", "draft", "postponed", "scheduled"]


_DRAFT, _SCHEDULED = EventStatus.DRAFT, EventStatus.SCHEDULED
_POSTPONED, _CANCELLED = EventStatus.POSTPONED, EventStatus.CANCELLED

EVENT_STATES: StateTable[EventStatus] = StateTable(
    initial=frozenset({_DRAFT, _SCHEDULED}),
    moves=(
        Move("schedule", frozenset({_DRAFT}), _SCHEDULED),
        Move("reschedule", frozenset({_SCHEDULED, _POSTPONED}), _SCHEDULED),
        Move("postpone", frozenset({_SCHEDULED}), _POSTPONED),
        Move("cancel", frozenset({_SCHEDULED, _POSTPONED}), _CANCELLED),
    ),
)
"""The states of an event and of a session."""


class Recording(StrEnum):
    """The streaming and recording that a session allows."""

    ALLOWED = "allowed"
    """It may be streamed and recorded."""
    NO_RECORDING = "no-recording"
    """It may be streamed, but not recorded."""
    NO_STREAMING = "no-streaming"
    """It may be neither streamed nor recorded."""


RecordingWord = Literal["allowed", "no-recording", "no-streaming"]


class SessionKind(StrEnum):
    """The kind of session."""

    BREAK = "break"
    CEREMONY = "ceremony"
    KEYNOTE = "keynote"
    OTHER = "other"
    PANEL = "panel"
    PLENARY = "plenary"
    SIDE_EVENT = "side-event"
    SOCIAL = "social"
    WORKSHOP = "workshop"


SessionKindWord = Literal[
    "break", "ceremony", "keynote", "other", "panel", "plenary", "side-event", "social", "workshop"
]


PAUSES: Final = frozenset({SessionKind.BREAK, SessionKind.SOCIAL})
"""The kinds of sessions in which nobody has the floor: breaks and social events."""


def old_slot_is_kept(history: tuple[Transition, ...], previous_slots: tuple[TimeSlot, ...]) -> Iterator[Finding]:
    """E03: an event or session that was rescheduled keeps its earlier slots (schema.org previousStartDate)."""
    if not previous_slots and any(EVENT_STATES.is_move("reschedule", step) for step in history):
        yield finding(Code.PREVIOUS_SLOT_MISSING, "/previousSlots")


@frozen(kw_only=True, eq=False, repr=False)
class Session(SeatLimits, Model):
    """A part of an event (schema.org subEvent)."""

    INVARIANTS: ClassVar[tuple[Invariant, ...]] = (EVENT_STATES.invariant("status"), old_slot_is_kept)

    id: Identifier
    """An identifier that is unique among the sessions of the event."""
    uid: Uid | None = None
    """Its own uid, if it came with one (RFC 5545 UID)."""
    title: Annotated[LocalizedText, LINE]
    """The title (RFC 8984 title; RFC 5545 SUMMARY)."""
    description: Annotated[LocalizedText, LONG] | None = None
    """What it is about (RFC 8984 description; RFC 5545 DESCRIPTION)."""
    slot: TimeSlot
    """When it takes place (RFC 8984 start, timeZone; RFC 5545 DTSTART, DTEND); if postponed, the old time."""
    status: EventStatus = field(default=EventStatus.SCHEDULED, converter=Either[EventStatus, EventStatusWord])
    """Whether it takes place (RFC 5545 STATUS; schema.org eventStatus)."""
    previous_slots: tuple[TimeSlot, ...] = field(default=(), converter=TupleOf[TimeSlot])
    """The slots that it had before it was rescheduled, oldest first (schema.org previousStartDate)."""
    locations: tuple[Location, ...] = field(default=(), converter=TupleOf[Location])
    """The places; empty means those of the event (RFC 5545 LOCATION; schema.org location)."""
    virtual_locations: tuple[VirtualLocation, ...] = field(
        default=(), converter=Either[tuple[VirtualLocation, ...], ListOrTuple[VirtualLocation | str]]
    )
    """The virtual places; empty means those of the event (RFC 7986 CONFERENCE)."""
    inherited_places: ParticipationMode | None = field(
        default=None, converter=Either[ParticipationMode | None, ParticipationModeWord]
    )
    """The places that it inherits from the event unless it has its own: on site or virtual; None means both."""
    on_site_capacity: Seats | None = None
    """Seats on site, in persons (schema.org maximumPhysicalAttendeeCapacity)."""
    remote_capacity: Seats | None = None
    """Remote seats, in persons (schema.org maximumVirtualAttendeeCapacity)."""
    kind: SessionKind | None = field(default=None, converter=Either[SessionKind | None, SessionKindWord])
    """The kind of session (schema.org keywords; CPEV eventType)."""
    code: Label | None = None
    """A short code for the programme."""
    track: Name | None = None
    """The track of the programme that it belongs to, by its name (RFC 5545 CATEGORIES)."""
    people: Annotated[tuple[Contact, ...], Count(maximum=200)] = field(default=(), converter=TupleOf[Contact])
    """The speakers, chairs and moderators (RFC 8984 participants; schema.org performer)."""
    floor_languages: Annotated[tuple[LanguageTag, ...], Count(unique=True)] = field(default=(), converter=TupleOf[str])
    """The languages spoken there; empty means not stated (schema.org inLanguage)."""
    recording: Recording | None = field(default=None, converter=Either[Recording | None, RecordingWord])
    """Whether it may be recorded or streamed; None if that is not stated."""
    materials: tuple[Document, ...] = field(default=(), converter=TupleOf[Document])
    """The documents about it, such as presentations (schema.org subjectOf)."""
    url: WebAddress | None = None
    """Its own web page; None means that of the event (RFC 5545 URL)."""
    changed_sequence: Revision | None = None
    """The event's sequence when the session's time, place or status last changed; if absent, the current one."""
    history: History = field(default=(), converter=TupleOf[Transition])
    """The changes of its status."""
    extensions: Annotated[Extensions, PERSONAL] = field(default=JsonObject(), converter=json_object)
    """Data of other programs, by names that begin with the domain of their owner."""

    def export_uid(self, event_uid: str) -> str:
        """Return its uid in a calendar file of the event: its own or, if it has none, its id and the event's uid."""
        return f"{self.id}.{event_uid}" if self.uid is None else self.uid

    def schedule(self, *, at: datetime, by: str | None = None, note: str | None = None) -> Self:
        """Announce a draft (``move-not-allowed``)."""
        return self._moved("schedule", at, by, note)

    def reschedule(self, slot: TimeSlot, *, at: datetime, by: str | None = None, note: str | None = None) -> Self:
        """Move it to another slot, and record the old one (``move-not-allowed``)."""
        return self._moved("reschedule", at, by, note, slot=slot, previous_slots=(*self.previous_slots, self.slot))

    def postpone(self, *, at: datetime, by: str | None = None, note: str | None = None) -> Self:
        """Postpone it; it keeps its slot as the original time (``move-not-allowed``)."""
        return self._moved("postpone", at, by, note)

    def cancel(self, *, at: datetime, by: str | None = None, note: str | None = None) -> Self:
        """Cancel it for good (``move-not-allowed``)."""
        return self._moved("cancel", at, by, note)

    def _moved(self, verb: str, at: datetime, by: str | None, note: str | None, **changes: Any) -> Self:
        status, history = EVENT_STATES.step(verb, self.status, self.history, path="/status", at=at, by=by, note=note)
        return evolve(self, status=status, history=history, **changes)


def session_id_from_uid(uid: str, event_uid: str) -> str | None:
    """Return the id that `Session.export_uid` made *uid* of; None if *uid* is a session's own."""
    end = f".{event_uid}"
    return uid.removesuffix(end) if uid.endswith(end) else None


def is_exported_uid(uid: str) -> bool:
    """Return True for a uid that a format may have: of an event, or one that `Session.export_uid` may have made."""
    return len(uid) <= _LONGEST_UID and UID.check(uid[: UID.maximum]) is None


# An id, a dot, and the uid of the event.
_LONGEST_UID: Final = IDENTIFIER.maximum + 1 + UID.maximum


def session_choices(sessions: Iterable[Session]) -> dict[str, str | int]:
    """Return the number of sessions and the ids of the first ten, for a message; drafts are not mentioned."""
    ids = [session.id for session in sessions if session.status is not EventStatus.DRAFT]
    return {"sessions": len(ids), "choices": first_ids(ids)}


def session_unknown(sessions: Iterable[Session]) -> Finding:
    """Return the finding about an id that none of *sessions* has."""
    return finding(Code.SESSION_UNKNOWN, "/session", unknown=1, **session_choices(sessions))
