"""The sittings that interpreters work in: who is needed where and when, and where an assignment sits.

Sessions of one event that follow each other in one room without a rest are one sitting of one team, as far as the terms
allow; a longer session is split into equal parts, each of them a sitting.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, datetime, timedelta
from itertools import accumulate
from operator import attrgetter
from typing import Final, NamedTuple, Self

from wtisd_model.data.norms import CONSECUTIVE, SIGNED, booth_language, booth_languages
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.interpretation import InterpretationRequest, InterpretationService
from wtisd_model.model.roster import Assignment, Booth, Task
from wtisd_model.model.session import EventStatus
from wtisd_model.model.submissions import belongs_to
from wtisd_model.model.terms import BoothTeam, Terms
from wtisd_model.rules.hearing import Crewed
from wtisd_model.rules.interpretation_schedule import (
    SittingRoom,
    floor_languages,
    has_hours,
    sessions_with_floor,
    sitting_room,
)
from wtisd_model.rules.teams import signed_pairs
from wtisd_model.types.attendance import AttendanceMode, ParticipationMode
from wtisd_model.types.language import is_signed
from wtisd_model.types.timeslot import TimeSlot
from wtisd_model.types.timezone import at_zone

_TEAMS_WITHOUT_BOOTH: Final = {
    InterpretationService.CAPTIONS: 1,
    InterpretationService.CONSECUTIVE: 2,
    InterpretationService.WHISPERED: 2,
}
"""Interpreters for each target language of these services, which need no booth; of captions no norm says it."""


class SessionPart(NamedTuple):
    """A session of a sitting, or the part of one."""

    session_id: str | None
    """None for an event without sessions."""
    slot: TimeSlot
    """When they work."""
    sequence: int
    """That of the session in calendars (`Event.entry_sequence`)."""
    floors: frozenset[str] = frozenset()
    """The languages to work from, as `booth_language` writes them; empty if they are not known."""
    number: int | None = None
    """Its number among the parts of the session, from 0; None if it is the whole session."""


class TeamNeed(NamedTuple):
    """The interpreters that one language needs in a sitting."""

    language: str
    """The language that they work into, as `booth_language` writes it."""
    service: InterpretationService
    heads: int
    """How many there should be."""
    fewest: int
    """The fewest with whom it can be done by the terms."""
    seats: int
    """How many have a seat: 0 if no booth is free for them."""
    booth: Booth | None
    """The booth; None where none is free, or none is needed."""
    both_ways: bool
    """True if they also work from their language into others."""
    delivery: AttendanceMode
    """Where their listeners are."""
    at: ParticipationMode | None
    """Where they have to work; None means anywhere."""
    request_ids: frozenset[str]
    """The requests that it is for."""
    parts: tuple[int, ...] = (0,)
    """The indexes of the parts of the sitting in which they work; between these they stay."""
    sources: frozenset[str] = frozenset()
    """The languages that they can work from there: of the floor, and of booths that they hear; empty means any."""

    def crewed(self, pairs: AbstractSet[tuple[str, str]]) -> Crewed:
        """Return the team with what its people can do: each language that one works from, with each into."""
        return Crewed(self.language, pairs, self.both_ways, self.feeds, self.listens)

    @property
    def has_booth(self) -> bool:
        """True if they work in a booth, which those who work remotely do not need."""
        return self.feeds and self.at is not ParticipationMode.REMOTE

    @property
    def feeds(self) -> bool:
        """True if others can hear them, and work from what they say."""
        return self.service is InterpretationService.SIMULTANEOUS

    @property
    def listens(self) -> bool:
        """True if they can hear others, and work from what those say."""
        return self.service not in {InterpretationService.CONSECUTIVE, InterpretationService.WHISPERED}


class Sitting(NamedTuple):
    """A stretch of work of one team in each language."""

    event_uid: str
    room: SittingRoom
    parts: tuple[SessionPart, ...]
    """The sessions, in the order of time."""
    needs: tuple[TeamNeed, ...]
    """Each language and service once."""

    def only(self, parts: Iterable[int]) -> Self:
        """Return what is left of it with some parts only."""
        return self._replace(parts=tuple(self.parts[part] for part in parts))

    @property
    def floors(self) -> frozenset[str]:
        """The languages to work from in some part."""
        return frozenset[str]().union(*(part.floors for part in self.parts))

    @property
    def starts_at(self) -> datetime:
        """The start, in UTC."""
        return self.parts[0].slot.starts_at

    @property
    def ends_at(self) -> datetime:
        """The end, in UTC."""
        return self.parts[-1].slot.ends_at

    @property
    def work(self) -> timedelta:
        """The work in it, without the breaks."""
        return sum((part.slot.ends_at - part.slot.starts_at for part in self.parts), timedelta())

    @property
    def day(self) -> date:
        """The local day on which it begins."""
        return self.parts[0].slot.first_day

    @property
    def session_ids(self) -> tuple[str, ...]:
        """The ids of its sessions; none for an event without sessions."""
        return tuple(part.session_id for part in self.parts if part.session_id is not None)


class Seat(NamedTuple):
    """Where an assignment sits."""

    sitting: int
    """The index of the sitting."""
    need: int
    """The index of the need in the sitting."""
    part: int
    """The index of the part in the sitting."""


class Unplanned(NamedTuple):
    """Work whose hours are not known: a session of whole days, or of more than 24 hours."""

    event_uid: str
    session_id: str | None
    slot: TimeSlot
    needs: tuple[TeamNeed, ...]


class Sittings:
    """The sittings of some events, by the terms of the interpreters and the booths that there are.

    Only approved, assigned and delivered requests count, for what is scheduled.

    Args:
        dossiers: the events with their requests, each once.
        terms: those by which sessions are joined and split, and teams are sized.
        booths: the booths that there are; None means as many as are needed.
        assignments: those whose slots say which part of a session it was that has moved since, and when those for other
            events use their booths.
        now: the present moment, in UTC, by which offers have expired; None means that none has.
        kept: the booths of an earlier roster, which stay if assignments for other events use them.
    """

    def __init__(
        self,
        dossiers: Iterable[Dossier],
        terms: Terms,
        booths: Iterable[Booth] | None = None,
        assignments: Sequence[Assignment] = (),
        now: datetime | None = None,
        kept: Iterable[Booth] = (),
    ) -> None:
        self._terms = terms
        self._teams = {booth_language(team.language): team for team in terms.booths}
        drafts: list[Sitting] = []
        unplanned: list[Unplanned] = []
        self.event_uids: set[str] = set()
        """The events, whether anything is needed there or not."""
        for dossier in dossiers:
            self.event_uids.add(dossier.event.uid)
            known: list[Sitting] = []
            for sitting in self._of_event(dossier):
                slot = sitting.parts[0].slot
                if has_hours(slot):
                    known.append(sitting)
                else:
                    unplanned.append(Unplanned(sitting.event_uid, sitting.parts[0].session_id, slot, sitting.needs))
            drafts += self._split(self._joined(known))
        ordered = sorted(drafts, key=_order)
        given = None if booths is None else tuple(booths)
        elsewhere = [each for each in assignments if each.event_uid not in self.event_uids and each.counts(now)]
        others = _OtherUses(elsewhere, kept)
        self._boothed = _DerivedBooths(others) if given is None else _GivenBooths(given, others)
        self.sittings: tuple[Sitting, ...] = tuple(map(self._complete, ordered))
        """The sittings, in the order of their start."""
        self.booths: tuple[Booth, ...] = self._boothed.booths
        """The booths that were given, or those that are needed."""
        self.is_best_dealt: bool = self._boothed.is_best_dealt
        """True if no team would have more seats, or work both ways, if the booths were dealt out in another way."""
        self.unplanned: tuple[Unplanned, ...] = tuple(unplanned)
        """What cannot be planned, since its hours are not known."""
        self._parts: defaultdict[tuple[str, str | None], list[tuple[int, int]]] = defaultdict(list)
        for index, sitting in enumerate(self.sittings):
            for number, part in enumerate(sitting.parts):
                self._parts[sitting.event_uid, part.session_id].append((index, number))
        self._starts: defaultdict[tuple[str, str | None], dict[datetime, datetime]] = defaultdict(dict)
        """When the assignments of each session start, by their ends."""
        for each in assignments:
            if each.slot is not None:
                self._starts[each.event_uid, each.session_id][each.slot.ends_at] = each.slot.starts_at

    def parts_of(self, assignment: Assignment) -> Sequence[tuple[int, int]]:
        """Return the parts of its session that an assignment is for, each by the indexes of its sitting and in it.

        These are the parts within its slot, or around it. If there are none, the session has moved: then it is that of
        the same number, as far as other assignments show that, or the last one. The language makes no difference.
        """
        key, slot = (assignment.event_uid, assignment.session_id), assignment.slot
        parts = self._parts.get(key, [])
        if slot is None:
            return parts
        slots = [self.sittings[index].parts[part].slot for index, part in parts]
        there = [place for place, now in zip(parts, slots, strict=True) if now.encloses(slot) or slot.encloses(now)]
        if there or not parts:
            return there
        # The parts of a session follow each other: as many as were before it are before it now.
        number, starts_at = 0, slot.starts_at
        while starts_at in self._starts[key]:
            number, starts_at = number + 1, self._starts[key][starts_at]
        return [parts[min(number, len(parts) - 1)]]

    def span(self, parts: Sequence[tuple[int, int]]) -> TimeSlot:
        """Return the time from the first to the last of some parts of a session, each by its indexes."""
        first, last = (self.sittings[index].parts[part].slot for index, part in (parts[0], parts[-1]))
        return TimeSlot(start=first.start, end=last.end)

    def seats_of(self, assignment: Assignment) -> Iterator[Seat]:
        """Yield where an assignment sits: once for each part of its session that it is for, if any needs it."""
        language = booth_language(assignment.language)
        for index, number in self.parts_of(assignment):
            sitting = self.sittings[index]
            for place, need in enumerate(sitting.needs):
                if (need.language, need.service) == (language, assignment.service) and number in need.parts:
                    yield Seat(index, place, number)

    def _of_event(self, dossier: Dossier) -> Iterator[Sitting]:
        """Yield each session that is scheduled and needs interpreters, as a sitting of its own, without booths."""
        event = dossier.event
        if event.status is not EventStatus.SCHEDULED or event.slot is None:
            return
        requests = [
            request
            for request in dossier.interpretation_requests
            if request.state.is_approved and belongs_to(request, event)
        ]
        if not requests:
            return
        for session in sessions_with_floor(event) if event.sessions else (None,):
            if session is not None and session.status is not EventStatus.SCHEDULED:
                continue
            own = [
                request
                for request in requests
                if not request.session_ids or (session is not None and session.id in request.session_ids)
            ]
            floor = frozenset(map(booth_language, floor_languages(event, session)))
            needs = self._needs(own, floor)
            if needs:
                named = [request.source_languages for request in own]
                # Who names no languages needs all that are spoken.
                floors = frozenset(booth_language(tag) for tags in named for tag in tags) if all(named) else floor
                slot = event.slot if session is None else session.slot
                part = SessionPart(None if session is None else session.id, slot, event.entry_sequence(session), floors)
                yield Sitting(event.uid, sitting_room(event, session), (part,), needs)

    def _needs(self, requests: Sequence[InterpretationRequest], floor: frozenset[str]) -> tuple[TeamNeed, ...]:
        asking: defaultdict[tuple[str, InterpretationService], list[InterpretationRequest]] = defaultdict(list)
        for request in requests:
            sources = booth_languages(request.source_languages) or floor
            for language in booth_languages(request.target_languages):
                if request.service is InterpretationService.SIGN:
                    is_needed = _signers(request, language, floor) > 0
                else:
                    is_heard = sources == frozenset({language})
                    is_needed = not is_heard or request.service is InterpretationService.CAPTIONS
                if is_needed:
                    asking[language, request.service].append(request)
        return tuple(self._need(*key, asking[key], floor) for key in sorted(asking))

    def _need(
        self,
        language: str,
        service: InterpretationService,
        requests: Sequence[InterpretationRequest],
        floor: frozenset[str],
    ) -> TeamNeed:
        terms = self._terms
        team = self._teams.get(language, BoothTeam(language=language, heads=terms.heads))
        is_booth = service is InterpretationService.SIMULTANEOUS
        heads = team.heads if is_booth else max(_heads_without_booth(request, language, floor) for request in requests)
        # Each pair of a signed and another language has a team.
        pairs = -(-heads // SIGNED[0]) if service is InterpretationService.SIGN else 1
        modes = {request.delivery for request in requests}
        return TeamNeed(
            language=language,
            service=service,
            heads=heads,
            fewest=min(heads, terms.fewest * pairs),
            seats=heads,
            booth=None,
            both_ways=is_booth and team.both_ways,
            delivery=modes.pop() if len(modes) == 1 else AttendanceMode.MIXED,
            at=_where({request.interpreters_at for request in requests}),
            request_ids=frozenset(request.id for request in requests),
        )

    def _joined(self, sittings: Iterable[Sitting]) -> Iterator[Sitting]:
        """Yield the sittings of an event, of which those without a rest between them are one."""
        rest, most = timedelta(minutes=self._terms.rest), timedelta(minutes=self._terms.sitting)
        open_in: dict[SittingRoom, Sitting] = {}
        for sitting in sorted(sittings, key=_order):
            before = open_in.get(sitting.room)
            if (
                before is not None
                and timedelta() <= sitting.starts_at - before.ends_at < rest
                and before.work + sitting.work <= most
            ):
                open_in[sitting.room] = _together(before, sitting)
                continue
            if before is not None:
                yield before
            open_in[sitting.room] = sitting
        yield from open_in.values()

    def _split(self, sittings: Iterable[Sitting]) -> Iterator[Sitting]:
        """Yield sittings that are not too long, with the fewest who may do it."""
        most = timedelta(minutes=self._terms.sitting)
        for sitting in sittings:
            number = -(-sitting.work // most)
            for part in _parts(sitting.parts[0], number) if number > 1 else (sitting.parts,):
                shorter = sitting._replace(parts=part)
                alone = self._terms.alone
                is_short = alone is not None and shorter.work <= timedelta(minutes=alone)
                yield shorter._replace(
                    needs=tuple(need._replace(fewest=1) if is_short else need for need in shorter.needs)
                )

    def _complete(self, sitting: Sitting) -> Sitting:
        """Return a sitting with the booths of its needs, and with what each team can work from."""
        fed = frozenset(need.language for need in sitting.needs if need.feeds)
        return sitting._replace(
            needs=tuple(
                self._boothed.give(sitting, need)._replace(
                    sources=sitting.floors | (fed if need.listens else frozenset()) if sitting.floors else frozenset()
                )
                for need in sitting.needs
            )
        )


def are_at_once(one: Assignment, other: Assignment) -> bool:
    """Return True if some moment is in both of two assignments for one session."""
    return one.slot is None or other.slot is None or one.slot.overlaps(other.slot)


def are_same_time(one: TimeSlot, other: TimeSlot) -> bool:
    """Return True if two slots start and end at the same moments, in whatever zones."""
    return (one.starts_at, one.ends_at) == (other.starts_at, other.ends_at)


class _OtherUses:
    """When booths are used by assignments for events that are not given; one without a slot does not say when."""

    def __init__(self, assignments: Sequence[Assignment], booths: Iterable[Booth]) -> None:
        ids = {each.booth_id for each in assignments}
        self.booths: dict[str, Booth] = {booth.id: booth for booth in booths if booth.id in ids}
        """Those of some booths that they use, by their ids."""
        slots: defaultdict[str, list[TimeSlot]] = defaultdict(list)
        for each in assignments:
            if each.booth_id is not None and each.slot is not None and each.task is not Task.STANDBY:
                slots[each.booth_id].append(each.slot)
        self._starts: dict[str, list[datetime]] = {}
        self._ends: dict[str, list[datetime]] = {}
        """Until when a booth is used by those that have started."""
        for id_, several in slots.items():
            ordered = sorted(several, key=attrgetter("starts_at"))
            self._starts[id_] = [slot.starts_at for slot in ordered]
            self._ends[id_] = [*accumulate((slot.ends_at for slot in ordered), max)]

    def leave(self, booth_id: str, sitting: Sitting) -> bool:
        """Return True if a booth is free for a sitting."""
        started = bisect_left(self._starts.get(booth_id, ()), sitting.ends_at)
        return not started or self._ends[booth_id][started - 1] <= sitting.starts_at


class _DerivedBooths:
    """As many booths as are needed: one for each room and language, more if there are several sittings at once."""

    is_best_dealt = True

    def __init__(self, others: _OtherUses) -> None:
        self._others = others
        self._busy_until: dict[str, datetime] = {}
        self._booths = others.booths.copy()

    @property
    def booths(self) -> tuple[Booth, ...]:
        return tuple(booth for _, booth in sorted(self._booths.items()))

    def give(self, sitting: Sitting, need: TeamNeed) -> TeamNeed:
        """Return the need with its booth, which is made if there is none."""
        if not need.has_booth:
            return need
        room, number = sitting.room.name, 1
        # Letters and digits that an id may have; a room whose name has none gets a number.
        base = "hub" if room is None else re.sub("[^A-Za-z0-9]+", "-", room).strip("-") or "room"
        while True:
            id_ = f"{base[:40]}{'' if number == 1 else f'-{number}'}.{need.language}"
            known = self._booths.get(id_)
            is_free = self._busy_until.get(id_, sitting.starts_at) <= sitting.starts_at
            if is_free and (known is None or known.room == room) and self._others.leave(id_, sitting):
                break
            number += 1
        booth = Booth(
            id=id_,
            room=room,
            language=need.language,
            seats=max(need.heads, 0 if known is None else known.seats),
            both_ways=need.both_ways,
            plays_to=AttendanceMode.MIXED,
        )
        self._busy_until[id_], self._booths[id_] = sitting.ends_at, booth
        return need._replace(booth=booth)


class _GivenBooths:
    """The booths that there are: those of the room first, then those in a hub, each for one sitting at a time."""

    def __init__(self, booths: Sequence[Booth], others: _OtherUses) -> None:
        self._others = others
        self.booths: tuple[Booth, ...] = tuple(booths)
        self.is_best_dealt = True
        self._busy_until: dict[str, datetime] = {}
        self._by_language: defaultdict[str, list[Booth]] = defaultdict(list)
        for booth in booths:
            self._by_language[booth_language(booth.language)].append(booth)

    def give(self, sitting: Sitting, need: TeamNeed) -> TeamNeed:
        """Return the need with a free booth, if there is one; who works remotely needs none."""
        if not need.has_booth:
            return need
        fitting = [
            booth
            for booth in self._by_language[need.language]
            if (booth.room is None or booth.room == sitting.room.name)
            and need.delivery.modes <= booth.plays_to.modes
            and self._others.leave(booth.id, sitting)
        ]
        free = [
            booth
            for booth in fitting
            if booth.id not in self._busy_until or self._busy_until[booth.id] <= sitting.starts_at
        ]
        # One with enough seats, in the room, from which most can be heard, and that does no more than it has to.
        booth = min(
            free,
            key=lambda one: (
                max(0, need.heads - one.seats),
                one.room is None,
                not one.both_ways,
                len(one.plays_to.modes),
                one.seats,
                one.id,
            ),
            default=None,
        )
        seats = 0 if booth is None else min(need.heads, booth.seats)
        both_ways = booth is not None and booth.both_ways
        self.is_best_dealt &= all(min(need.heads, one.seats) <= seats and one.both_ways <= both_ways for one in fitting)
        if booth is None:
            return need._replace(seats=0)
        self._busy_until[booth.id] = sitting.ends_at
        return need._replace(booth=booth, seats=seats, both_ways=both_ways)


def _heads_without_booth(request: InterpretationRequest, language: str, floor: frozenset[str]) -> int:
    """Return the interpreters into a target language of a request whose service needs no booth."""
    if request.service is InterpretationService.SIGN:
        return _signers(request, language, floor)
    sources = booth_languages(request.source_languages) or floor
    # Of two or three languages, all into all, consecutive interpretation takes as many people as languages.
    is_all_into_all = sources == booth_languages(request.target_languages) and len(sources) in CONSECUTIVE
    if request.service is InterpretationService.CONSECUTIVE and is_all_into_all:
        return CONSECUTIVE[len(sources)] // len(sources)
    return _TEAMS_WITHOUT_BOOTH[request.service]


def _signers(request: InterpretationRequest, language: str, floor: frozenset[str]) -> int:
    """Return the sign interpreters into a target language of a request: the fewest for each pair of languages.

    Of a pair of a signed and a spoken language, the same people work both ways, and count for the signed one; those of
    two signed languages count for both in equal parts.
    """
    sources, targets = booth_languages(request.source_languages) or floor, booth_languages(request.target_languages)
    if not sources:  # each signed language is in one pair at least
        return SIGNED[0] if is_signed(language) else 0
    heads = 0
    for pair in signed_pairs(sources, targets):
        into = [each for each in pair & targets if pair - {each} <= sources]
        counted = [each for each in into if is_signed(each)] or into
        if language in counted:
            heads += SIGNED[0] // len(counted)
    return heads


def _together(before: Sitting, sitting: Sitting) -> Sitting:
    """Return two sittings as one: each language has one team, which has work where it is needed."""
    needs = {(need.language, need.service): need for need in before.needs}
    for need in sitting.needs:
        here = need._replace(parts=(len(before.parts),))
        known = needs.get((need.language, need.service))
        needs[need.language, need.service] = here if known is None else _joined_needs(known, here)
    ordered = tuple(needs[key] for key in sorted(needs))
    return before._replace(parts=before.parts + sitting.parts, needs=ordered)


def _joined_needs(one: TeamNeed, other: TeamNeed) -> TeamNeed:
    most = max(one, other, key=lambda need: need.heads)
    return one._replace(
        heads=most.heads,
        fewest=most.fewest,
        seats=most.seats,
        delivery=one.delivery if one.delivery is other.delivery else AttendanceMode.MIXED,
        at=_where({one.at, other.at}),
        request_ids=one.request_ids | other.request_ids,
        parts=one.parts + other.parts,
    )


def _where(asked: set[ParticipationMode | None]) -> ParticipationMode | None:
    """Return where a team works that was asked to work in several ways: on site, if that is among them."""
    if ParticipationMode.ON_SITE in asked:
        return ParticipationMode.ON_SITE
    return asked.pop() if len(asked) == 1 else None


def _order(sitting: Sitting) -> tuple[object, ...]:
    first = sitting.parts[0]
    return sitting.starts_at, sitting.ends_at, sitting.event_uid, first.session_id or ""


def _parts(part: SessionPart, number: int) -> Iterator[tuple[SessionPart, ...]]:
    """Yield equal parts of a session, in whole seconds, each as those of a sitting."""
    slot = part.slot
    seconds = (slot.ends_at - slot.starts_at) // timedelta(seconds=1)
    cuts = [slot.starts_at + timedelta(seconds=seconds * each // number) for each in range(number)]
    for index, (start, end) in enumerate(zip(cuts, (*cuts[1:], slot.ends_at), strict=True)):
        shorter = TimeSlot(start=at_zone(start, slot.time_zone), end=at_zone(end, slot.time_zone))
        yield (part._replace(slot=shorter, number=index),)
