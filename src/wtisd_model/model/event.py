"""An event: what it is called, when and where it is, who calls for what, and its sessions."""

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any, ClassVar, Self

from attrs import evolve, field, frozen
from attrs.converters import optional

from wtisd_model.codes import Code
from wtisd_model.data.colors import COLORS
from wtisd_model.findings import Finding, MoveError, finding, pointer
from wtisd_model.model.call import Call, CallKind
from wtisd_model.model.session import HAPPENING, EventStatus, Session, history_ends_in_status, old_slot_is_kept
from wtisd_model.schema.constraints import CodeList, Integer, as_utc
from wtisd_model.schema.fields import Count, Invariant
from wtisd_model.schema.model import Model
from wtisd_model.types.attendance import AttendanceMode
from wtisd_model.types.document import Document
from wtisd_model.types.goal import Goal
from wtisd_model.types.language import LanguageTag, LocalizedText
from wtisd_model.types.lifecycle import History
from wtisd_model.types.location import Location, VirtualLocation
from wtisd_model.types.people import Contact, Membership, Organization
from wtisd_model.types.text import LINE, LONG, Label, Uid, WebAddress
from wtisd_model.types.timeslot import TimeSlot

Color = Annotated[str, CodeList("color", COLORS, Code.COLOR_UNKNOWN, near=True)]
"""A colour by its CSS3 name (RFC 7986 section 5.9)."""

Keyword = Annotated[str, LINE]
"""A word to find it by (RFC 5545 CATEGORIES)."""

Revision = Annotated[int, Integer(0, 2_147_483_647)]
"""How often the time, the place or the status of an event changed before (RFC 5545 SEQUENCE)."""


def _only_a_draft_has_no_slot(slot: TimeSlot | None, status: EventStatus) -> Iterator[Finding]:
    if slot is None and status is not EventStatus.DRAFT:
        yield finding(Code.EVENT_WITHOUT_SLOT, "/slot")


def _only_a_draft_has_no_place(
    status: EventStatus, locations: tuple[Location, ...], virtual_locations: tuple[VirtualLocation, ...]
) -> Iterator[Finding]:
    if status is not EventStatus.DRAFT and not locations and not virtual_locations:
        yield finding(Code.EVENT_WITHOUT_PLACE, "/locations")


def _one_call_of_a_kind(calls: tuple[Call, ...]) -> Iterator[Finding]:
    seen: set[CallKind] = set()
    for index, call in enumerate(calls):
        if call.kind in seen:
            yield finding(Code.CALL_REPEATED, pointer("calls", index, "kind"))
        seen.add(call.kind)


def _capacity_for_places_it_has(
    calls: tuple[Call, ...], locations: tuple[Location, ...], virtual_locations: tuple[VirtualLocation, ...]
) -> Iterator[Finding]:
    for index, call in enumerate(calls):
        if call.on_site_capacity is not None and not locations:
            yield finding(Code.CAPACITY_WITHOUT_PLACE, pointer("calls", index, "onSiteCapacity"))
        if call.remote_capacity is not None and not virtual_locations:
            yield finding(Code.CAPACITY_WITHOUT_PLACE, pointer("calls", index, "remoteCapacity"))


def _sessions_lie_inside(slot: TimeSlot | None, sessions: tuple[Session, ...]) -> Iterator[Finding]:
    if slot is None:
        return
    starts_at, ends_at = slot.starts_at, slot.ends_at
    for index, session in enumerate(sessions):
        # What was cancelled happens nowhere, and keeps its slot (E04) wherever the event goes.
        happens = session.status is not EventStatus.CANCELLED
        if happens and (session.slot.starts_at < starts_at or session.slot.ends_at > ends_at):
            yield finding(Code.SESSION_OUTSIDE_EVENT, pointer("sessions", index, "slot"))


def _session_ids_are_unique(sessions: tuple[Session, ...]) -> Iterator[Finding]:
    seen: set[str] = set()
    for index, session in enumerate(sessions):
        if session.id in seen:
            yield finding(Code.ID_REPEATED, pointer("sessions", index, "id"))
        seen.add(session.id)


@frozen(kw_only=True, eq=False, repr=False)
class Event(Model):
    """A public event (RFC 5545 VEVENT, RFC 8984 Event, schema.org Event).

    Raises:
        InvalidValueError: the first field or rule between fields that is not kept, by its code.
    """

    INVARIANTS: ClassVar[tuple[Invariant, ...]] = (
        _only_a_draft_has_no_slot,
        _only_a_draft_has_no_place,
        _one_call_of_a_kind,
        _capacity_for_places_it_has,
        _sessions_lie_inside,
        _session_ids_are_unique,
        history_ends_in_status,
        old_slot_is_kept,
    )

    uid: Uid
    """What tells it from all other events, and stays after an edit (RFC 5545 UID)."""
    title: Annotated[LocalizedText, LINE]
    """What people call it (RFC 8984 title; RFC 5545 SUMMARY)."""
    short_title: Label | None = None
    """What people call it in a hurry (schema.org alternateName)."""
    theme: Annotated[LocalizedText, LINE] | None = None
    """The motto of this edition, apart from the title."""
    description: Annotated[LocalizedText, LONG] | None = None
    """What it is about (RFC 8984 description; RFC 5545 DESCRIPTION)."""
    slot: TimeSlot | None = None
    """When; absent only in a draft. While it is postponed, when it was to be (RFC 5545 DTSTART, DTEND)."""
    status: EventStatus = EventStatus.SCHEDULED
    """Whether it takes place (RFC 5545 STATUS; schema.org eventStatus)."""
    previous_slots: tuple[TimeSlot, ...] = ()
    """When it was to be before it was moved, oldest first (schema.org previousStartDate)."""
    locations: tuple[Location, ...] = ()
    """Where one goes (RFC 5545 LOCATION; schema.org location)."""
    virtual_locations: tuple[VirtualLocation, ...] = ()
    """Where one dials in (RFC 7986 CONFERENCE; schema.org VirtualLocation)."""
    organizer: Organization | None = None
    """Who holds it (RFC 5545 ORGANIZER; schema.org organizer)."""
    contacts: tuple[Contact, ...] = ()
    """Whom to ask, and who signed (RFC 5545 CONTACT)."""
    audience: frozenset[Membership] = frozenset()
    """The categories that it is addressed to (schema.org audience)."""
    floor_languages: Annotated[tuple[LanguageTag, ...], Count(unique=True)] = ()
    """The languages spoken there; empty means not stated (schema.org inLanguage)."""
    calls: tuple[Call, ...] = ()
    """What people are asked to do, one call of a kind (schema.org potentialAction)."""
    documents: tuple[Document, ...] = ()
    """The papers that it rests on (schema.org subjectOf)."""
    goals: frozenset[Goal] = frozenset()
    """The Sustainable Development Goals that it serves."""
    keywords: frozenset[Keyword] = frozenset()
    """Words to find it by (RFC 8984 keywords; RFC 5545 CATEGORIES)."""
    url: WebAddress | None = None
    """Its page (RFC 5545 URL)."""
    image: WebAddress | None = None
    """Its picture (RFC 7986 IMAGE)."""
    color: Color | None = None
    """Its colour in a calendar (RFC 7986 COLOR)."""
    sessions: Annotated[tuple[Session, ...], Count(maximum=5000)] = ()
    """Its parts (schema.org subEvent)."""
    retention_days: Annotated[int, Integer(0, 36_500)] | None = None
    """How many days after its end personal data may be kept; None where no term is set."""
    sequence: Revision = 0
    """How often its time, place or status changed (RFC 5545 SEQUENCE)."""
    created: datetime | None = field(default=None, converter=optional(as_utc))
    """When its record was made, in UTC (RFC 5545 CREATED)."""
    updated: datetime | None = field(default=None, converter=optional(as_utc))
    """When its record last changed, in UTC (RFC 5545 LAST-MODIFIED)."""
    history: History = ()
    """Its moves from status to status."""

    @property
    def attendance_mode(self) -> AttendanceMode | None:
        """How it can be attended, from its places (schema.org eventAttendanceMode); None for a draft without."""
        if self.locations and self.virtual_locations:
            return AttendanceMode.MIXED
        if self.locations:
            return AttendanceMode.ON_SITE
        return AttendanceMode.REMOTE if self.virtual_locations else None

    def call(self, kind: CallKind) -> Call | None:
        """Find the call of a kind."""
        return next((call for call in self.calls if call.kind is kind), None)

    def slot_in(self, zone: str) -> TimeSlot | None:
        """Say when it is by the clocks of a reader's *zone* (``zone-unknown``)."""
        return None if self.slot is None else self.slot.in_zone(zone)

    def schedule(
        self,
        slot: TimeSlot | None = None,
        *,
        at: datetime,
        sessions: tuple[Session, ...] | None = None,
        by: str | None = None,
        note: str | None = None,
    ) -> Self:
        """Announce a draft, at *slot* or at the one it has, with its *sessions* where they change too.

        Raises:
            MoveError: ``move-not-allowed``.
            InvalidValueError: ``event-without-slot``, ``event-without-place``, ``session-outside-event``.
        """
        return self._moved("schedule", at, by, note, slot=slot or self.slot, sessions=self._with(sessions))

    def reschedule(
        self,
        slot: TimeSlot,
        *,
        at: datetime,
        sessions: tuple[Session, ...] | None = None,
        by: str | None = None,
        note: str | None = None,
    ) -> Self:
        """Move it to another slot, with its *sessions* where they move too; the old slots are kept.

        Raises:
            MoveError: ``move-not-allowed``.
            InvalidValueError: ``session-outside-event`` where a session stays behind that is not cancelled.
        """
        previous = () if self.slot is None else (self.slot,)  # a draft has none, and is refused
        kept = (*self.previous_slots, *previous)
        return self._moved("reschedule", at, by, note, slot=slot, sessions=self._with(sessions), previous_slots=kept)

    def postpone(self, *, at: datetime, by: str | None = None, note: str | None = None) -> Self:
        """Put it off; its slot stays as the one it was to have (``move-not-allowed``)."""
        return self._moved("postpone", at, by, note)

    def cancel(self, *, at: datetime, by: str | None = None, note: str | None = None) -> Self:
        """Call it off for good; it keeps its uid and slot (``move-not-allowed``)."""
        return self._moved("cancel", at, by, note)

    def revised(self, *, at: datetime, **changes: Any) -> Self:
        """Give the event with other fields, as its next revision.

        ``updated`` becomes *at*. Where a slot, a place or a status of the event or of a session changed, or a
        session came or went, ``sequence`` is one more; a slot that the event or a session had is kept in
        ``previous_slots``.

        Raises:
            InvalidValueError: as the class does.
            MoveError: ``move-not-allowed`` where a cancelled event or session is given another slot; or a postponed
                event, which `reschedule` brings back.

        Source: RFC 5545 section 3.8.7.4.
        """
        changed = evolve(self, **{**changes, "updated": at})
        if changed.slot != self.slot:
            if changed.status is EventStatus.POSTPONED:
                raise MoveError(finding(Code.MOVE_NOT_ALLOWED, "/slot", choices=HAPPENING.choices(self.status)))
            changed = evolve(changed, previous_slots=_with_old_slot(self, changed, "/slot"))
        before = {session.id: session for session in self.sessions}
        sessions = list(changed.sessions)
        for index, each in enumerate(changed.sessions):
            old = before.get(each.id, each)
            if each.slot != old.slot:
                previous = _with_old_slot(old, each, pointer("sessions", index, "slot"))
                sessions[index] = evolve(each, previous_slots=previous)
        moved = whereabouts(changed) != whereabouts(self)
        return evolve(changed, sessions=tuple(sessions), sequence=max(self.sequence + moved, changed.sequence))

    def _with(self, sessions: tuple[Session, ...] | None) -> tuple[Session, ...]:
        return self.sessions if sessions is None else sessions

    def _moved(self, verb: str, at: datetime, by: str | None, note: str | None, **changes: Any) -> Self:
        status, history = HAPPENING.step(verb, self.status, self.history, path="/status", at=at, by=by, note=note)
        return self.revised(at=at, status=status, history=history, **changes)


def repeated_uids(event: Event) -> Iterator[Finding]:
    """Find the announced sessions that would be exported under the uid of their event or of an earlier session.

    Such a session is to be changed: its uid or, where it has none of its own, its id.
    """
    seen = {event.uid}
    for index, session in enumerate(event.sessions):
        if session.status is EventStatus.DRAFT:
            continue
        uid = session.export_uid(event.uid)
        if uid in seen:
            yield finding(Code.UID_REPEATED, pointer("sessions", index, "id" if session.uid is None else "uid"))
        seen.add(uid)


def _with_old_slot(before: Event | Session, after: Event | Session, path: str) -> tuple[TimeSlot, ...]:
    """Keep the slot that was left, unless the caller has done so; what is cancelled keeps its slot for good."""
    if before.status is EventStatus.CANCELLED:
        raise MoveError(finding(Code.MOVE_NOT_ALLOWED, path, choices=HAPPENING.choices(before.status)))
    added = after.previous_slots[len(before.previous_slots) :]
    return after.previous_slots if before.slot is None or before.slot in added else (*after.previous_slots, before.slot)


def whereabouts(event: Event) -> object:
    """Give what raises SEQUENCE when it changes: time, place and status, of the event and of each session."""
    sessions = {each.id: (each.slot, each.status, each.locations, each.virtual_locations) for each in event.sessions}
    return event.slot, event.status, event.locations, event.virtual_locations, sessions
