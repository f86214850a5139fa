"""Events: title, time, place, organizer, calls, documents and sessions."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, ClassVar, Final, Self, Unpack
from zoneinfo import ZoneInfo

from attrs import evolve, field, frozen

from wtisd_model.codes import Code
from wtisd_model.data.colors import COLORS
from wtisd_model.errors import InvalidValueError, MoveError
from wtisd_model.findings import Finding, finding, pointer
from wtisd_model.model.call import Call, CallKind
from wtisd_model.model.places import Places
from wtisd_model.model.session import (
    EVENT_STATES,
    EventStatus,
    EventStatusWord,
    Session,
    old_slot_is_kept,
    session_unknown,
)
from wtisd_model.schema.constraints import CodeList, Integer
from wtisd_model.schema.fields import PERSONAL, Count, Either, Invariant, ListOrTuple, SetOf, SetOfEither, TupleOf
from wtisd_model.schema.json_values import JsonObject, json_object
from wtisd_model.schema.model import Model
from wtisd_model.types.arguments import parse_enum, require_valid
from wtisd_model.types.attendance import AttendanceMode, ParticipationMode
from wtisd_model.types.country import CountryGroup, CountryGroupWord
from wtisd_model.types.document import Document
from wtisd_model.types.extensions import Extensions
from wtisd_model.types.identifiers import repeated_ids
from wtisd_model.types.language import LanguageTag, LocalizedText
from wtisd_model.types.lifecycle import History, Transition
from wtisd_model.types.location import Location, VirtualLocation
from wtisd_model.types.moment import utc_or_none
from wtisd_model.types.number import SEQUENCE, Revision
from wtisd_model.types.people import Contact, Membership, MembershipWord, Organization
from wtisd_model.types.provenance import Provenance
from wtisd_model.types.series import Series
from wtisd_model.types.text import LINE, LONG, Goal, Label, Uid, WebAddress
from wtisd_model.types.timeslot import TimeSlot

if TYPE_CHECKING:
    from wtisd_model.model.revision import EventChanges


def _only_a_draft_has_no_slot(slot: TimeSlot | None, status: EventStatus) -> Iterator[Finding]:
    if slot is None and status is not EventStatus.DRAFT:
        yield finding(Code.EVENT_WITHOUT_SLOT, "/slot")


def _only_a_draft_has_no_place(
    status: EventStatus,
    locations: tuple[Location, ...],
    virtual_locations: tuple[VirtualLocation, ...],
    venue_to_follow: bool,
) -> Iterator[Finding]:
    if status is not EventStatus.DRAFT and not locations and not virtual_locations and not venue_to_follow:
        yield finding(Code.EVENT_WITHOUT_PLACE, "/locations")


def _venue_that_follows_is_not_known(locations: tuple[Location, ...], venue_to_follow: bool) -> Iterator[Finding]:
    if locations and venue_to_follow:
        yield finding(Code.VENUE_CONTRADICTED, "/venueToFollow")


def _one_call_of_a_kind(calls: tuple[Call, ...]) -> Iterator[Finding]:
    return repeated_ids("calls", (call.kind for call in calls), "kind", Code.CALL_REPEATED)


def _seats_of_calls_are_at_places(
    calls: tuple[Call, ...],
    locations: tuple[Location, ...],
    virtual_locations: tuple[VirtualLocation, ...],
    venue_to_follow: bool,
) -> Iterator[Finding]:
    mode = Places(locations, virtual_locations, venue_to_follow).mode
    for index, call in enumerate(calls):
        yield from _seats_without_place(call, mode, "calls", index)


def _sessions_and_their_seats_have_places(
    status: EventStatus,
    locations: tuple[Location, ...],
    virtual_locations: tuple[VirtualLocation, ...],
    venue_to_follow: bool,
    sessions: tuple[Session, ...],
) -> Iterator[Finding]:
    places = Places(locations, virtual_locations, venue_to_follow)
    for index, session in enumerate(sessions):
        if session.status is EventStatus.CANCELLED:
            continue
        mode = places.of_session(session).mode
        is_announced = status is not EventStatus.DRAFT and session.status.is_held
        if is_announced and session.inherited_places is not None and mode is None:
            yield finding(Code.SESSION_WITHOUT_PLACE, pointer("sessions", index, "inheritedPlaces"))
        yield from _seats_without_place(session, mode, "sessions", index)


def _seats_without_place(seats: Call | Session, mode: AttendanceMode | None, *path: str | int) -> Iterator[Finding]:
    modes = frozenset[ParticipationMode]() if mode is None else mode.modes
    if seats.on_site_capacity is not None and ParticipationMode.ON_SITE not in modes:
        yield finding(Code.CAPACITY_WITHOUT_PLACE, pointer(*path, "onSiteCapacity"))
    if seats.remote_capacity is not None and ParticipationMode.REMOTE not in modes:
        yield finding(Code.CAPACITY_WITHOUT_PLACE, pointer(*path, "remoteCapacity"))


def _sessions_lie_inside(slot: TimeSlot | None, sessions: tuple[Session, ...]) -> Iterator[Finding]:
    if slot is None:
        return
    starts_at, ends_at = slot.starts_at, slot.ends_at
    for index, session in enumerate(sessions):
        # A cancelled session does not take place, and keeps its slot (E04) when the event moves.
        takes_place = session.status is not EventStatus.CANCELLED
        extends = session.slot.starts_at < starts_at or session.slot.ends_at > ends_at
        if takes_place and extends and not slot.encloses(session.slot):
            yield finding(Code.SESSION_OUTSIDE_EVENT, pointer("sessions", index, "slot"))


def _session_ids_are_unique(sessions: tuple[Session, ...]) -> Iterator[Finding]:
    return repeated_ids("sessions", (session.id for session in sessions))


def _sequence_is_the_highest(
    sequence: int, changed_sequence: int | None, minimum_sequence: int | None, sessions: tuple[Session, ...]
) -> Iterator[Finding]:
    numbers = {"/changedSequence": changed_sequence, "/minimumSequence": minimum_sequence}
    for index, session in enumerate(sessions):
        numbers[pointer("sessions", index, "changedSequence")] = session.changed_sequence
    for path, number in numbers.items():
        if number is not None and number > sequence:
            yield finding(Code.SEQUENCE_EXCEEDED, path, maximum=sequence)


def _series_names_other_events(uid: str, series: Series | None) -> Iterator[Finding]:
    if series is None:
        return
    if series.previous == uid:
        yield finding(Code.SERIES_CIRCULAR, "/series/previous")
    if series.next is not None and series.next in {uid, series.previous}:
        yield finding(Code.SERIES_CIRCULAR, "/series/next")


EVENT_INVARIANTS: Final[tuple[Invariant, ...]] = (
    _only_a_draft_has_no_slot,
    _only_a_draft_has_no_place,
    _venue_that_follows_is_not_known,
    _one_call_of_a_kind,
    _seats_of_calls_are_at_places,
    _sessions_and_their_seats_have_places,
    _sessions_lie_inside,
    _session_ids_are_unique,
    EVENT_STATES.invariant("status"),
    old_slot_is_kept,
    _sequence_is_the_highest,
    _series_names_other_events,
)
"""The cross-field rules, in the order in which their findings are reported."""


Color = Annotated[str, CodeList("Color", COLORS, Code.COLOR_UNKNOWN, near=COLORS)]
"""A colour by its CSS3 name (RFC 7986 section 5.9)."""

Keyword = Annotated[str, LINE]
"""A keyword for searching (RFC 5545 CATEGORIES)."""


@frozen(kw_only=True, eq=False, repr=False)
class Event(Model):
    """A public event (RFC 5545 VEVENT, RFC 8984 Event, schema.org Event).

    Raises:
        InvalidValueError: the first field or cross-field rule that fails, with its code.
    """

    INVARIANTS: ClassVar[tuple[Invariant, ...]] = EVENT_INVARIANTS

    uid: Uid
    """A globally unique identifier, which an edit never changes (RFC 5545 UID)."""
    title: Annotated[LocalizedText, LINE]
    """The title (RFC 8984 title; RFC 5545 SUMMARY)."""
    short_title: Label | None = None
    """A short title or acronym (schema.org alternateName)."""
    theme: Annotated[LocalizedText, LINE] | None = None
    """The theme of this edition, such as a motto."""
    series: Series | None = None
    """The series that it belongs to, as an edition or an occurrence (schema.org superEvent)."""
    description: Annotated[LocalizedText, LONG] | None = None
    """What it is about (RFC 8984 description; RFC 5545 DESCRIPTION)."""
    slot: TimeSlot | None = None
    """When it takes place; if postponed, the old time. Only a draft may have none (RFC 5545 DTSTART, DTEND)."""
    status: EventStatus = field(default=EventStatus.SCHEDULED, converter=Either[EventStatus, EventStatusWord])
    """Whether it takes place (RFC 5545 STATUS; schema.org eventStatus)."""
    previous_slots: tuple[TimeSlot, ...] = field(default=(), converter=TupleOf[TimeSlot])
    """The slots that it had before it was rescheduled, oldest first (schema.org previousStartDate)."""
    locations: tuple[Location, ...] = field(default=(), converter=TupleOf[Location])
    """The places where people meet (RFC 5545 LOCATION; schema.org location)."""
    virtual_locations: tuple[VirtualLocation, ...] = field(
        default=(), converter=Either[tuple[VirtualLocation, ...], ListOrTuple[VirtualLocation | str]]
    )
    """The virtual places to dial into (RFC 7986 CONFERENCE; schema.org VirtualLocation)."""
    venue_to_follow: bool = False
    """True if people will meet at a place that is announced later."""
    organizer: Organization | None = None
    """The organizer (RFC 5545 ORGANIZER; schema.org organizer)."""
    contacts: tuple[Contact, ...] = field(default=(), converter=TupleOf[Contact])
    """The people to contact, and who signed the invitation (RFC 5545 CONTACT)."""
    audience: frozenset[Membership] = field(default=frozenset(), converter=SetOfEither[Membership, MembershipWord])
    """The membership categories that it is addressed to (schema.org audience)."""
    floor_languages: Annotated[tuple[LanguageTag, ...], Count(unique=True)] = field(default=(), converter=TupleOf[str])
    """The languages spoken there; empty means not stated (schema.org inLanguage)."""
    calls: tuple[Call, ...] = field(default=(), converter=TupleOf[Call])
    """The calls for registrations, requests and pledges, at most one of each kind (schema.org potentialAction)."""
    documents: tuple[Document, ...] = field(default=(), converter=TupleOf[Document])
    """The documents about it, such as the invitation (schema.org subjectOf)."""
    groups: frozenset[CountryGroup] = field(default=frozenset(), converter=SetOfEither[CountryGroup, CountryGroupWord])
    """The groups of countries that it is about (schema.org about)."""
    goals: frozenset[Goal] = field(default=frozenset(), converter=SetOf[str])
    """The Sustainable Development Goals that it serves (schema.org about)."""
    keywords: frozenset[Keyword] = field(default=frozenset(), converter=SetOf[str])
    """Keywords for searching (RFC 8984 keywords; RFC 5545 CATEGORIES)."""
    url: WebAddress | None = None
    """Its web page (RFC 5545 URL)."""
    image: WebAddress | None = None
    """Its picture (RFC 7986 IMAGE)."""
    color: Color | None = None
    """Its colour in a calendar (RFC 7986 COLOR)."""
    sessions: Annotated[tuple[Session, ...], Count(maximum=5000)] = field(default=(), converter=TupleOf[Session])
    """Its sessions (schema.org subEvent)."""
    provenance: tuple[Provenance, ...] = field(default=(), converter=TupleOf[Provenance])
    """The values that its documents do not state, and where those come from."""
    retention_days: Annotated[int, Integer(0, 36_500)] | None = None
    """For how many days after its end personal data may be kept; None if there is no limit."""
    sequence: Revision = 0
    """The revision: how often it or a session has changed in time, place or status (RFC 5545 SEQUENCE)."""
    changed_sequence: Revision | None = None
    """The sequence when its own time, place or status last changed; if absent, the current one."""
    minimum_sequence: Revision | None = None
    """The lowest SEQUENCE in calendars and messages, from which a new organizer begins."""
    created: datetime | None = field(default=None, converter=utc_or_none)
    """When the record was created, in UTC (RFC 5545 CREATED)."""
    updated: datetime | None = field(default=None, converter=utc_or_none)
    """When the record last changed, in UTC (RFC 5545 LAST-MODIFIED)."""
    history: History = field(default=(), converter=TupleOf[Transition])
    """The changes of its status."""
    extensions: Annotated[Extensions, PERSONAL] = field(default=JsonObject(), converter=json_object)
    """Data of other programs, by names that begin with the domain of their owner."""

    @property
    def attendance_mode(self) -> AttendanceMode | None:
        """How it can be attended (schema.org eventAttendanceMode); None for a draft without places."""
        return places_of(self).mode

    def mode_of(self, session: Session | str) -> AttendanceMode | None:
        """Return how a session can be attended: at its own places, or at those of the event that it inherits.

        The session is one of this version of the event, or its id (``session-unknown``). None for a draft without
        places.
        """
        return places_of(self, self._session(session)).mode

    def call(self, kind: CallKind | str) -> Call | None:
        """Return the call of a kind, or None (``value-unknown``)."""
        known = parse_enum(CallKind, kind, "/kind")
        return next((call for call in self.calls if call.kind is known), None)

    def last_change(self, session: Session | str | None = None) -> int:
        """Return the sequence at which the time, place or status of the event or of a session last changed.

        Replies to an older revision no longer count. The session is one of this version of the event, or its id
        (``session-unknown``).
        """
        number = (self if session is None else self._session(session)).changed_sequence
        return self.sequence if number is None else number

    # Why: docs/decisions/0012
    def entry_sequence(self, session: Session | str | None = None) -> int:
        """Return the SEQUENCE of the event itself or of a session in calendars (RFC 5545 section 3.8.7.4).

        The session is as for `last_change`.
        """
        return max(self.last_change(session), self.minimum_sequence or 0)

    def slot_in(self, zone: str | ZoneInfo) -> TimeSlot | None:
        """Return its slot in the local time of *zone* (errors as `TimeSlot.in_zone`)."""
        return None if self.slot is None else self.slot.in_zone(zone)

    def schedule(
        self,
        slot: TimeSlot | None = None,
        *,
        at: datetime,
        sessions: ListOrTuple[Session] | None = None,
        by: str | None = None,
        note: str | None = None,
    ) -> Self:
        """Announce a draft, in *slot* or in the slot it has, with its *sessions* if they change too.

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
        sessions: ListOrTuple[Session] | None = None,
        by: str | None = None,
        note: str | None = None,
    ) -> Self:
        """Move it to another slot, with its *sessions* if they move too; the old slots are recorded.

        Raises:
            MoveError: ``move-not-allowed``.
            InvalidValueError: ``session-outside-event`` if a session that is not cancelled is left behind.
        """
        previous = () if self.slot is None else (self.slot,)  # a draft may have none; the move is refused below
        slots = (*self.previous_slots, *previous)
        return self._moved("reschedule", at, by, note, slot=slot, sessions=self._with(sessions), previous_slots=slots)

    # Why: docs/decisions/0004
    def postpone(self, *, at: datetime, by: str | None = None, note: str | None = None) -> Self:
        """Postpone it; it keeps its slot as the original time (``move-not-allowed``)."""
        return self._moved("postpone", at, by, note)

    def cancel(self, *, at: datetime, by: str | None = None, note: str | None = None) -> Self:
        """Cancel it for good; it keeps its uid and slot (``move-not-allowed``)."""
        return self._moved("cancel", at, by, note)

    def next_edition(self, *, uid: str, start: date, at: datetime | None = None) -> Self:
        """Return a draft of the next event in its series, moved to another day, time or zone.

        The clocks at the place show the same times as before, also if they are changed in between. Sessions keep their
        ids, calls the days and times that lie between them and the event. Everything about the past edition is left
        out: theme, documents, web pages, picture, provenance, data of other programs, speakers, materials and rules
        about recording of sessions, cancelled sessions and questions asked only about omitted sessions, history and
        earlier slots. An event without a series becomes edition 1 of a new one, whose uid is its own.

        Args:
            uid: the uid of the new event.
            start: its first second, in the zone of its place; for whole days, a date is enough, in the same zone.
            at: when the record is created.

        Raises:
            InvalidValueError: ``event-without-slot`` if there is nothing to move, ``series-circular`` for the uid of
                this event, ``number-out-of-range`` after edition 10,000; as `TimeSlot` for *start*; as the class does
                where a change of the clocks shortens the event or the time for a call, or where one of the dates would
                be in a year outside 1970 to 2199.
        """
        if self.slot is None:
            raise InvalidValueError(finding(Code.EVENT_WITHOUT_SLOT, "/slot"))
        # Once a year, not with every import.
        from wtisd_model.model.edition import NO_LONGER_TRUE, EditionMove, read_start, series_after

        left_out = frozenset(session.id for session in self.sessions if session.status is EventStatus.CANCELLED)
        move = EditionMove(self.slot.start, read_start(start, self.slot), left_out)
        return evolve(
            self,
            uid=uid,
            series=series_after(self.uid, self.series),
            slot=move.event_slot(self.slot),
            status=EventStatus.DRAFT,
            calls=tuple(move.calls(self.calls)),
            sessions=tuple(move.sessions(self.sessions)),
            created=at,
            updated=at,
            **NO_LONGER_TRUE,
        )

    def revised(self, *, at: datetime, sequence: int | None = None, **changes: Unpack["EventChanges"]) -> Self:
        """Return the next revision of the event, with *changes* to its fields.

        ``updated`` becomes *at*. ``sequence`` rises by one if the time, the place or the status of the event or of a
        session changes, if a session is added or removed, or if the organizer has another address. It becomes the
        ``changed_sequence`` of those that changed; the others keep theirs, so that replies to them still count. Slots
        that are replaced are recorded in ``previous_slots``, except those of a draft and of its sessions, which nobody
        was told of.

        Args:
            at: the moment of the change.
            sequence: the lowest SEQUENCE from now on, even of what has not changed.
            changes: the new values of fields, other than those that are computed.

        Raises:
            InvalidValueError: as the class does.
            MoveError: ``move-not-allowed`` if the new slot is for a cancelled event or session, or for a postponed
                event, which only `reschedule` may move.
            TypeError: *changes* has ``updated``, ``changed_sequence`` or ``minimum_sequence``, or an unknown field.

        Source: RFC 5545 section 3.8.7.4, RFC 5546 section 2.1.4.
        """
        from wtisd_model.model.revision import with_old_slot  # most programs change no event

        computed = sorted(changes.keys() & {"updated", "changed_sequence", "minimum_sequence"})
        if computed:
            raise TypeError(f"revised() computes these fields: {', '.join(computed)}")
        least = self.sequence if sequence is None else require_valid(sequence, SEQUENCE, "/sequence")
        is_draft = self.status is EventStatus.DRAFT
        changed = evolve(self, **changes, updated=at)
        if changed.slot != self.slot:
            if changed.status is EventStatus.POSTPONED:
                raise MoveError(finding(Code.MOVE_NOT_ALLOWED, "/slot", choices=EVENT_STATES.choices(self.status)))
            previous = with_old_slot(
                self.status,
                self.slot,
                self.previous_slots,
                changed.previous_slots,
                "/slot",
                event_is_draft=is_draft,
            )
            changed = evolve(changed, previous_slots=previous)
        before = {session.id: session for session in self.sessions}
        sessions = list(changed.sessions)
        for index, session in enumerate(changed.sessions):
            old = before.get(session.id, session)
            if session.slot != old.slot:
                path = pointer("sessions", index, "slot")
                previous = with_old_slot(
                    old.status, old.slot, old.previous_slots, session.previous_slots, path, event_is_draft=is_draft
                )
                sessions[index] = evolve(session, previous_slots=previous)
        return self._numbered(evolve(changed, sessions=tuple(sessions)), least)

    def _numbered(self, after: Self, least: int) -> Self:
        """Return the next revision with its sequence, and that of each entry that changed."""
        from wtisd_model.model.revision import RevisionNumbers, has_other_organizer

        changed: dict[str | None, int | None] = {session.id: session.changed_sequence for session in self.sessions}
        changed[None] = self.changed_sequence
        numbers = RevisionNumbers(self.sequence, changed, self.minimum_sequence).next(
            scheduling_fields(self),
            scheduling_fields(after),
            least=least,
            replaced=has_other_organizer(self.organizer, after.organizer),
        )
        return evolve(
            after,
            sessions=tuple(
                session
                if session.changed_sequence == numbers.changed[session.id]
                else evolve(session, changed_sequence=numbers.changed[session.id])
                for session in after.sessions
            ),
            sequence=numbers.sequence,
            changed_sequence=numbers.changed[None],
            minimum_sequence=numbers.minimum,
        )

    def _session(self, session: Session | str) -> Session:
        if isinstance(session, Session):
            return session
        for own in self.sessions:
            if own.id == session:
                return own
        raise InvalidValueError(session_unknown(self.sessions))

    def _with(self, sessions: ListOrTuple[Session] | None) -> ListOrTuple[Session]:
        return self.sessions if sessions is None else sessions

    def _moved(
        self, verb: str, at: datetime, by: str | None, note: str | None, **changes: Unpack["EventChanges"]
    ) -> Self:
        changes["status"], changes["history"] = EVENT_STATES.step(
            verb, self.status, self.history, path="/status", at=at, by=by, note=note
        )
        return self.revised(at=at, **changes)


def entry_sequences(event: Event) -> dict[str, int]:
    """Return the SEQUENCE of the event and of each session in calendars, by its uid."""
    sessions = {session.export_uid(event.uid): event.entry_sequence(session) for session in event.sessions}
    return {event.uid: event.entry_sequence(), **sessions}


def repeated_uids(event: Event, others: set[str] | None = None) -> Iterator[Finding]:
    """Yield a finding for each announced session that would be exported with the uid of its event or another session.

    The finding points to the session's uid or, if it has none, to its id. *others* are the uids of other events in the
    same calendar, which the event may not have either; its own ones are added.
    """
    seen = set[str]() if others is None else others
    if event.uid in seen:
        yield finding(Code.UID_REPEATED, "/uid")
    seen.add(event.uid)
    for index, session in enumerate(event.sessions):
        if session.status is EventStatus.DRAFT:
            continue
        uid = session.export_uid(event.uid)
        if uid in seen:
            yield finding(Code.UID_REPEATED, pointer("sessions", index, "id" if session.uid is None else "uid"))
        seen.add(uid)


def announced_sessions(event: Event) -> list[Session]:
    """Return the announced sessions: all but drafts."""
    return [session for session in event.sessions if session.status is not EventStatus.DRAFT]


def session_status(event: Event, session: Session | None) -> EventStatus:
    """Return the status of a session; one of a cancelled or postponed event is cancelled or postponed too.

    For None, it is that of the event itself.
    """
    if session is None:
        return event.status
    both = {event.status, session.status}
    if EventStatus.CANCELLED in both:
        return EventStatus.CANCELLED
    return EventStatus.POSTPONED if EventStatus.POSTPONED in both else session.status


def places_of(event: Event, session: Session | None = None) -> Places:
    """Return the places of an event or of one of its sessions, including inherited ones."""
    places = Places(event.locations, event.virtual_locations, event.venue_to_follow)
    return places if session is None else places.of_session(session)


def scheduling_fields(event: Event) -> dict[str | None, object]:
    """Return the fields that raise the SEQUENCE of an entry in calendars: its uid, time, status and places.

    The keys are the ids of the sessions, whose places and status may be those of the event, and None for the event.
    """
    fields: dict[str | None, object] = {
        session.id: (
            session.export_uid(event.uid),
            session.slot,
            session_status(event, session),
            places_of(event, session).shown,
        )
        for session in event.sessions
    }
    fields[None] = event.uid, event.slot, event.status, places_of(event).shown
    return fields
