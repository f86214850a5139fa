"""What follows from a roster: sheets of booths, channels of the platform, hours and cost, tables, offers still open."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Annotated, Final

from attrs import field, frozen

from wtisd_model.model.dossier import Dossier, require_dossiers
from wtisd_model.model.event import Event
from wtisd_model.model.interpretation import InterpretationService, Norm
from wtisd_model.model.interpreter import Interpreter
from wtisd_model.model.roster import Assignment, AssignmentState, Booth, Roster, Task, require_roster
from wtisd_model.model.session import Session
from wtisd_model.model.terms import Terms, terms_of
from wtisd_model.objects import ReprMixin
from wtisd_model.planning.provision import Channel
from wtisd_model.planning.staffing import BoothCrew, StaffedPart, staffed
from wtisd_model.rules.hearing import Way
from wtisd_model.rules.interpretation_schedule import full_minutes, sitting_room
from wtisd_model.rules.sittings import Sittings
from wtisd_model.schema.fields import PERSONAL
from wtisd_model.types.arguments import require_records
from wtisd_model.types.moment import moment_in_utc
from wtisd_model.types.timeslot import TimeSlot
from wtisd_model.types.timezone import at_zone


@frozen(kw_only=True, repr=False)
class BoothNeed(ReprMixin):
    """The interpreters that one language needs in a sitting."""

    event_uid: str
    session_ids: tuple[str, ...]
    """The sessions of the sitting in which they are needed; empty for an event without sessions."""
    starts_at: datetime
    """The start of the first of these, in UTC."""
    ends_at: datetime
    """The end of the last of these, in UTC."""
    room: str | None
    """The room, by the id of its location or, without one, its room or its name."""
    language: str
    """The language that they work into."""
    service: InterpretationService
    heads: int
    """How many there should be."""
    fewest: int
    """The minimum by the terms."""
    booth_id: str | None
    """The booth; None where none is free, or none is needed."""


def booth_needs(
    dossiers: Iterable[Dossier], *, norm: str | Norm | Terms, booths: Iterable[Booth] | None = None
) -> tuple[BoothNeed, ...]:
    """Return how many interpreters each language needs in each sitting, in the order of time.

    A sitting is one session, or several that follow each other in one room without a rest; a session that is too long
    for one team has several. Requests count once they are approved.

    Args:
        dossiers: the events with their requests for interpretation.
        norm: the norm, such as ``un``, or the terms of an agreement.
        booths: the booths that there are; by default as many as are needed.

    Raises:
        InvalidValueError: ``value-unknown`` for the norm; ``item-repeated`` for two dossiers of one event.
        TypeError: one of the *dossiers* or of the *booths* is something else.
    """
    given = None if booths is None else [*require_records(booths, Booth, "booths")]
    sittings = Sittings(require_dossiers(dossiers), terms_of(norm), given)
    needs = [
        BoothNeed(
            event_uid=there.event_uid,
            session_ids=there.session_ids,
            starts_at=there.starts_at,
            ends_at=there.ends_at,
            room=there.room.name,
            language=need.language,
            service=need.service,
            heads=need.heads,
            fewest=need.fewest,
            booth_id=None if need.booth is None else need.booth.id,
        )
        for sitting in sittings.sittings
        for need in sitting.needs
        for there in (sitting.only(need.parts),)
    ]
    return tuple(sorted(needs, key=attrgetter("starts_at")))


@frozen(kw_only=True, repr=False)
class TeamMember(ReprMixin):
    """An interpreter on the sheet of a booth."""

    interpreter_id: str
    name: str | None = field(repr=False)
    """The name; None once it was purged."""
    task: Task
    state: AssignmentState


@frozen(kw_only=True, repr=False)
class FloorHeard(ReprMixin):
    """How a booth hears a floor language."""

    floor: str
    """The language spoken on the floor."""
    way: Way
    """Directly, by retour, by relay or not."""
    via: str | None
    """The booth that it comes through or, where that has none, its language."""
    pivot: str | None
    """The language in which a relay is heard."""


@frozen(kw_only=True, repr=False)
class BoothSitting(ReprMixin):
    """The work of one team in a booth without a change of people."""

    event_uid: str
    number: int
    """The index of its sitting in the order of time; a sitting whose people or answers change is shown in pieces."""
    session_ids: tuple[str, ...]
    """Its sessions; empty for an event without sessions."""
    slot: TimeSlot
    """From the start of the first to the end of the last, by the clocks of the place."""
    room: str | None
    """The room that they work for."""
    team: tuple[TeamMember, ...]
    missing: int
    """The heads that it lacks."""
    floors: tuple[FloorHeard, ...]
    """How each language spoken on the floor is heard, other than their own; by language."""


@frozen(kw_only=True, repr=False)
class BoothSheet(ReprMixin):
    """The work in a booth on one day."""

    place: str
    """The id of the booth or, for teams without one, their language."""
    language: str
    """The language that it works into."""
    service: InterpretationService
    day: date
    """The local day."""
    sittings: tuple[BoothSitting, ...]
    """In the order of time."""


def booth_sheets(roster: Roster, dossiers: Iterable[Dossier], *, now: datetime | None = None) -> tuple[BoothSheet, ...]:
    """Return for each booth and day who works there when, and how each floor language is heard; by day and booth.

    Assignments that are offered, accepted or delivered count, but not offers that have expired *now*.

    Raises:
        InvalidValueError: ``item-repeated`` for two dossiers of one event; the codes of *now*, at ``/now``.
        TypeError: *roster* or one of the *dossiers* is something else.
    """
    parts = staffed(roster, dossiers, now)
    names = _names(roster)
    sheets = defaultdict[tuple[date, str, str, InterpretationService], list[BoothSitting]](list)
    for crew, several in _without_a_change(parts):
        first, start = several[0], several[0].part.slot.start
        sheets[first.part.slot.first_day, crew.place, crew.need.language, crew.need.service].append(
            BoothSitting(
                event_uid=first.sitting.event_uid,
                number=first.number,
                session_ids=tuple(one.part.session_id for one in several if one.part.session_id is not None),
                slot=TimeSlot(start=start, end=at_zone(several[-1].part.slot.ends_at, first.part.slot.time_zone)),
                room=first.sitting.room.name,
                team=tuple(
                    TeamMember(
                        interpreter_id=one.interpreter_id,
                        name=names[one.interpreter_id],
                        task=one.task,
                        state=one.state,
                    )
                    for one in crew.assignments
                ),
                missing=crew.missing,
                floors=tuple(
                    FloorHeard(
                        floor=floor,
                        way=heard.way,
                        via=None if heard.via is None else first.crews[heard.via].place,
                        pivot=heard.pivot,
                    )
                    for floor, heard in sorted(crew.hearings.items())
                ),
            )
        )
    return tuple(
        BoothSheet(place=place, language=language, service=service, day=day, sittings=tuple(sittings))
        for (day, place, language, service), sittings in sorted(sheets.items(), key=itemgetter(0))
    )


def _without_a_change(parts: Iterable[StaffedPart]) -> Iterator[tuple[BoothCrew, Sequence[StaffedPart]]]:
    """Yield each crew with the parts of a sitting in which it is the same and hears the same."""

    def what_is_shown(pair: tuple[BoothCrew, StaffedPart]) -> tuple[object, ...]:
        crew, _ = pair
        return [(one.interpreter_id, one.task, one.state) for one in crew.assignments], crew.hearings

    teams = defaultdict[tuple[int, int], list[tuple[BoothCrew, StaffedPart]]](list)
    for part in parts:
        for need, crew in part.crews.items():
            teams[part.number, need].append((crew, part))
    for pairs in teams.values():
        for _, several in groupby(pairs, key=what_is_shown):
            crews, those = zip(*several, strict=True)
            yield crews[0], those


@frozen(kw_only=True, repr=False)
class ChannelRow(ReprMixin):
    """A channel of the platform in a session, or in a part of one."""

    event_uid: str
    session_id: str | None
    """The session; None for an event without sessions."""
    starts_at: datetime
    """The start, in UTC."""
    ends_at: datetime
    """The end, in UTC."""
    language: str
    """The language that listeners hear, see or read."""
    service: InterpretationService
    place: str
    """The id of the booth or, for a team without one, its language."""
    way: Channel
    """Direct, by relay if any floor language comes by relay, or missing if any does not come at all."""
    relayed_from: tuple[str, ...]
    """The languages in which the team hears others instead of the floor."""
    retour_from: tuple[str, ...]
    """The booths that speak on this channel while their own language is spoken on the floor."""


_CHANNELS: Final = {Way.DIRECT: Channel.DIRECT, Way.RETOUR: Channel.DIRECT, Way.RELAY: Channel.RELAY}


def channels(roster: Roster, dossiers: Iterable[Dossier], *, now: datetime | None = None) -> tuple[ChannelRow, ...]:
    """Return the channels that the platform has to offer in each session, and what each carries.

    Interpretation that needs no channel, consecutive or whispered, is not in the list. Offers that have expired *now*
    give nothing.

    Raises:
        InvalidValueError: ``item-repeated`` for two dossiers of one event; the codes of *now*, at ``/now``.
        TypeError: *roster* or one of the *dossiers* is something else.
    """
    return tuple(
        ChannelRow(
            event_uid=one.sitting.event_uid,
            session_id=one.part.session_id,
            starts_at=one.part.slot.starts_at,
            ends_at=one.part.slot.ends_at,
            language=crew.need.language,
            service=crew.need.service,
            place=crew.place,
            way=_CHANNELS.get(_worst(crew), Channel.MISSING),
            relayed_from=tuple(sorted({heard.pivot for heard in crew.hearings.values() if heard.pivot is not None})),
            retour_from=tuple(
                sorted(
                    one.crews[heard.via].place
                    for heard in crew.hearings.values()
                    if heard.via is not None and heard.way is Way.RETOUR
                )
            ),
        )
        for one in staffed(roster, dossiers, now)
        for crew in one.crews.values()
        if crew.need.listens
    )


def _worst(crew: BoothCrew) -> Way:
    """Return the worst way of a floor language; a crew that needs none of them works from what is spoken."""
    if not crew.hearings:
        return Way.DIRECT if crew.seated else Way.MISSING
    return max(heard.way for heard in crew.hearings.values())


@frozen(kw_only=True, repr=False)
class WorkHours(ReprMixin):
    """The work of one interpreter, and its cost."""

    interpreter_id: str
    name: Annotated[str | None, PERSONAL] = field(repr=False)
    """The name; None once it was purged."""
    sittings: int
    minutes: int
    days: int
    """The local days on which they work."""
    cost: Decimal | None
    """The fees for all sittings; None if the interpreter has no fee."""
    currency: str | None
    """The currency of the cost."""


def work_hours(roster: Roster, dossiers: Iterable[Dossier], *, now: datetime | None = None) -> tuple[WorkHours, ...]:
    """Return how much each interpreter works by a roster, in its order; those without work have zeros.

    Assignments that are offered, accepted or delivered count, but not offers that have expired *now*, nor those of
    people on standby.

    Raises:
        InvalidValueError: ``item-repeated`` for two dossiers of one event; the codes of *now*, at ``/now``.
        TypeError: *roster* or one of the *dossiers* is something else.
    """
    work = defaultdict[str, dict[tuple[int, datetime], TimeSlot]](dict)
    for one in staffed(roster, dossiers, now):
        for assignment in (assignment for crew in one.crews.values() for assignment in crew.seated):
            work[assignment.interpreter_id][one.number, one.part.slot.starts_at] = one.part.slot
    names = _names(roster)
    return tuple(_hours(one, names[one.id], work[one.id]) for one in roster.interpreters)


def _hours(interpreter: Interpreter, name: str | None, work: Mapping[tuple[int, datetime], TimeSlot]) -> WorkHours:
    sittings, fee = len({number for number, _ in work}), interpreter.cost
    length = sum((slot.ends_at - slot.starts_at for slot in work.values()), timedelta())
    return WorkHours(
        interpreter_id=interpreter.id,
        name=name,
        sittings=sittings,
        minutes=full_minutes(length),
        days=len({slot.first_day for slot in work.values()}),
        cost=None if fee is None else fee.amount * sittings,
        currency=None if fee is None else fee.currency,
    )


def _names(roster: Roster) -> dict[str, str | None]:
    return {one.id: None if one.contact is None else one.contact.name for one in require_roster(roster).interpreters}


@frozen(kw_only=True, repr=False)
class AssignmentRow(ReprMixin):
    """An assignment, with what people call its interpreter, session and room; None for what is not known."""

    id: str
    interpreter_id: str
    name: Annotated[str | None, PERSONAL] = field(repr=False)
    """The name of the interpreter."""
    event_uid: str
    session_id: str | None
    title: str | None
    """The title of the session, or of an event without sessions."""
    start: str | None
    """The start by the clocks of the place: ``2027-03-04T09:00:00``, or a date if it has whole days."""
    end: str | None
    """The end, in the same form; the first moment or day after it."""
    time_zone: str | None
    """The IANA name of the zone of the place."""
    room: str | None
    """The room, by the id of its location or, without one, its room or its name."""
    booth_id: str | None
    language: str
    """The language that the person works into."""
    task: Task
    state: AssignmentState
    expires_at: datetime | None
    """When the offer ends, in UTC."""


def assignment_rows(roster: Roster, dossiers: Iterable[Dossier]) -> tuple[AssignmentRow, ...]:
    """Return the assignments of a roster for people to read, in its order and in all states.

    Raises:
        InvalidValueError: ``item-repeated`` for two dossiers of one event.
        TypeError: *roster* or one of the *dossiers* is something else.
    """
    names = _names(roster)
    events = {dossier.event.uid: dossier.event for dossier in require_dossiers(dossiers)}
    sessions = {(uid, session.id): session for uid, event in events.items() for session in event.sessions}
    return tuple(
        _assignment_row(
            assignment,
            names.get(assignment.interpreter_id),
            events.get(assignment.event_uid),
            sessions.get((assignment.event_uid, assignment.session_id or "")),
        )
        for assignment in roster.assignments
    )


def _assignment_row(
    assignment: Assignment, name: str | None, event: Event | None, session: Session | None
) -> AssignmentRow:
    subject = event if assignment.session_id is None else session
    slot = assignment.slot or (None if subject is None else subject.slot)
    start, end, zone = (None, None, None) if slot is None else slot.fields_written()[:3]
    return AssignmentRow(
        id=assignment.id,
        interpreter_id=assignment.interpreter_id,
        name=name,
        event_uid=assignment.event_uid,
        session_id=assignment.session_id,
        title=None if subject is None else subject.title.text,
        start=start,
        end=end,
        time_zone=zone,
        room=None if event is None or subject is None else sitting_room(event, session).name,
        booth_id=assignment.booth_id,
        language=assignment.language,
        task=assignment.task,
        state=assignment.state,
        expires_at=assignment.expires_at,
    )


def open_offers(roster: Roster, *, now: datetime) -> tuple[Assignment, ...]:
    """Return the offers that nobody has answered and that have not expired; those that expire first come first.

    Raises:
        InvalidValueError: the codes of *now*, at ``/now``.
        TypeError: *roster* is not a Roster.
    """
    moment = moment_in_utc(now, "/now")
    offers = [
        one for one in require_roster(roster).assignments if one.state is AssignmentState.OFFERED and one.counts(moment)
    ]
    return tuple(sorted(offers, key=lambda one: (one.expires_at is None, one.expires_at or moment, one.id)))
