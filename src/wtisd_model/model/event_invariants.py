"""The cross-field rules of an event."""

from collections.abc import Iterator
from typing import Final

from wtisd_model.codes import Code
from wtisd_model.findings import Finding, finding, pointer
from wtisd_model.model.call import Call, CallKind
from wtisd_model.model.places import Places
from wtisd_model.model.session import EVENT_STATES, EventStatus, Session, old_slot_is_kept
from wtisd_model.schema.fields import Invariant
from wtisd_model.types.attendance import AttendanceMode, ParticipationMode
from wtisd_model.types.identifiers import repeated_ids
from wtisd_model.types.location import Location, VirtualLocation
from wtisd_model.types.series import Series
from wtisd_model.types.timeslot import TimeSlot


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
    seen: set[CallKind] = set()
    for index, call in enumerate(calls):
        if call.kind in seen:
            yield finding(Code.CALL_REPEATED, pointer("calls", index, "kind"))
        seen.add(call.kind)


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
    return repeated_ids("sessions", (each.id for each in sessions))


def _sequence_is_the_highest(
    sequence: int, changed_sequence: int | None, minimum_sequence: int | None, sessions: tuple[Session, ...]
) -> Iterator[Finding]:
    numbers = {"/changedSequence": changed_sequence, "/minimumSequence": minimum_sequence}
    for index, each in enumerate(sessions):
        numbers[pointer("sessions", index, "changedSequence")] = each.changed_sequence
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
