"""Rules about rosters: who may work where and when, for how long, and which languages are heard."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from itertools import accumulate, chain, groupby
from operator import attrgetter, itemgetter
from typing import NamedTuple, Self

from wtisd_model.codes import Code
from wtisd_model.data.norms import booth_language
from wtisd_model.findings import Finding, finding, pointer
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.interpretation import InterpretationService
from wtisd_model.model.interpreter import Interpreter, LanguageLevel
from wtisd_model.model.purging import without_personal_data
from wtisd_model.model.roster import Assignment, AssignmentState, Booth, Roster
from wtisd_model.model.terms import Terms
from wtisd_model.rules.context import PreparedDossier
from wtisd_model.rules.hearing import Way
from wtisd_model.rules.interpretation_schedule import sitting_room
from wtisd_model.rules.rule import own_findings
from wtisd_model.rules.rule_list import in_document_order
from wtisd_model.rules.seating import Place, Seating
from wtisd_model.rules.sittings import Sitting, TeamNeed, are_at_once, are_same_time
from wtisd_model.rules.working_hours import Exclusion, Work, clash, mode_of_work, sums, works_remotely

RosterRule = Callable[[Roster, Sequence[Dossier], datetime], Iterable[Finding]]
"""A function of a roster, the dossiers of its events and the present moment in UTC; the paths of findings are JSON
Pointers into the roster."""


class PreparedRoster(Seating):
    """A roster with what its rules look up, each made when it is first needed."""

    @cached_property
    def booths(self) -> Mapping[str, Booth]:
        """The booths by their ids."""
        return {booth.id: booth for booth in self.roster.booths}

    @cached_property
    def people(self) -> Mapping[str, Sequence[Place]]:
        """The places of each person, by the id of the interpreter."""
        people: defaultdict[str, list[Place]] = defaultdict(list)
        for place in self.places:
            people[place.interpreter.id].append(place)
        return people

    @cached_property
    def crews(self) -> Sequence[Sequence[tuple[Place, Booth]]]:
        """Who sits in a booth, and in which, for each team and each part of a sitting.

        Who has none sits where the others of the team do, as on their sheet. Who is in a booth of another language is
        left out: they are to be in another one.
        """
        crews: list[list[tuple[Place, Booth]]] = []
        for team in self.teams.values():
            language = self.need(team[0]).language
            for _, together in groupby(team, attrgetter("part")):
                places = [*together]
                named = [(place, self.booths.get(place.assignment.booth_id or "")) for place in places]
                crew = [
                    (place, booth)
                    for place, booth in named
                    if booth is not None and booth_language(booth.language) == language
                ]
                if crew:
                    crew += [(place, crew[0][1]) for place in places if self.lacks_booth(place)]
                    crews.append(crew)
        return crews

    def lacks_booth(self, place: Place) -> bool:
        """Return True if somebody is still to work in a booth, on site, and has none."""
        assignment, need = place.assignment, self.need(place)
        is_open = assignment.booth_id is None and assignment.state is not AssignmentState.DELIVERED
        return is_open and need.has_booth and not works_remotely(place.interpreter, need)


class PreparedRosterRule:
    """A rule about a prepared roster, which can be called like any `RosterRule`."""

    def __init__(self, judge: Callable[[PreparedRoster], Iterator[Finding]]) -> None:
        self.judge = judge
        """Yields the findings in a prepared roster."""
        self.__doc__ = judge.__doc__
        self.__name__: str = judge.__name__

    def __call__(self, roster: Roster, dossiers: Sequence[Dossier], now: datetime) -> Iterator[Finding]:
        """Yield the findings in a roster."""
        return self.judge(PreparedRoster(roster, dossiers, now))


@PreparedRosterRule
def interpreters_exist(roster: PreparedRoster) -> Iterator[Finding]:
    """Each assignment that is still to be done is one of an interpreter of the roster."""
    for index, assignment in roster.counting:
        if assignment.state is not AssignmentState.DELIVERED and assignment.interpreter_id not in roster.interpreters:
            yield finding(Code.INTERPRETER_UNKNOWN, pointer("assignments", index, "interpreterId"))


@PreparedRosterRule
def assignments_are_founded(roster: PreparedRoster) -> Iterator[Finding]:
    """Each assignment that is still to be done is for a session that is held and needs interpreters into its language.

    Sessions whose hours are not known count too, and nothing else about them is judged.
    """
    unplanned = {(unplanned.event_uid, unplanned.session_id) for unplanned in roster.schedule.unplanned}
    for index, assignment in roster.counting:
        is_past = assignment.state is AssignmentState.DELIVERED
        is_unplanned = (assignment.event_uid, assignment.session_id) in unplanned
        if not is_past and not is_unplanned and next(roster.schedule.seats_of(assignment), None) is None:
            yield finding(Code.ASSIGNMENT_UNFOUNDED, pointer("assignments", index))


@PreparedRosterRule
def assignments_are_of_now(roster: PreparedRoster) -> Iterator[Finding]:
    """Each assignment that is still to be done is for the time of its session, or its part, and as remote as it is.

    The rooms of booths are judged by another rule.
    """
    for index, assignment in roster.counting:
        places = roster.schedule.parts_of(assignment)
        if assignment.slot is None or assignment.state is AssignmentState.DELIVERED or not places:
            continue
        if not are_same_time(assignment.slot, roster.schedule.span(places)):
            yield finding(Code.ASSIGNMENT_OUTDATED, pointer("assignments", index, "slot"))
    moved = {
        place.position
        for place in roster.places
        if place.assignment.state is not AssignmentState.DELIVERED
        and place.assignment.works_at not in {None, mode_of_work(place.interpreter, roster.need(place))}
    }
    for index in moved:
        yield finding(Code.ASSIGNMENT_OUTDATED, pointer("assignments", index, "worksAt"))


@PreparedRosterRule
def offers_are_open(roster: PreparedRoster) -> Iterator[Finding]:
    """No offer waits for an answer after it has expired."""
    for index, assignment in enumerate(roster.roster.assignments):
        if assignment.state.holds_seat and not assignment.counts(roster.now):
            yield finding(Code.OFFER_EXPIRED, pointer("assignments", index, "expiresAt"))


@PreparedRosterRule
def booths_fit(roster: PreparedRoster) -> Iterator[Finding]:
    """Each booth still to be worked in is one of the roster, of the language of the assignment, and of its room."""
    wrong = {
        index
        for index, assignment in enumerate(roster.roster.assignments)
        if assignment.booth_id is not None
        and assignment.state is not AssignmentState.DELIVERED
        and (
            assignment.booth_id not in roster.booths
            or booth_language(roster.booths[assignment.booth_id].language) != booth_language(assignment.language)
        )
    }
    outdated: set[int] = set()
    for place in roster.places:
        booth = roster.booths.get(place.assignment.booth_id or "")
        is_past = place.assignment.state is AssignmentState.DELIVERED
        if not is_past and booth is not None and booth.room not in {None, roster.sitting(place).room.name}:
            outdated.add(place.position)
    for index in wrong | outdated:
        code = Code.BOOTH_UNKNOWN if index in wrong else Code.ASSIGNMENT_OUTDATED
        yield finding(code, pointer("assignments", index, "boothId"))


@PreparedRosterRule
def booths_and_pivots_serve(roster: PreparedRoster) -> Iterator[Finding]:
    """Each booth is in a hub or in the room of a session, and somebody works into each pivot.

    The booths of assignments for events that are not given are not judged.
    """
    events = {dossier.event.uid: dossier.event for dossier in roster.dossiers}
    rooms = {sitting_room(event, each).name for event in events.values() for each in (None, *event.sessions)}
    others = {each.booth_id for each in roster.roster.assignments if each.event_uid not in events}
    for index, booth in enumerate(roster.roster.booths):
        if booth.room is not None and booth.room not in rooms and booth.id not in others:
            yield finding(Code.BOOTH_ROOM_UNKNOWN, pointer("booths", index, "room"))
    pairs = (person.pairs(InterpretationService.SIMULTANEOUS) for person in roster.roster.interpreters)
    spoken = {target for _, target in chain.from_iterable(pairs)}
    for pivot in sorted(roster.roster.pivots):
        if booth_language(pivot) not in spoken:
            yield finding(Code.PIVOT_NOT_HELD, "/pivots", language=pivot)


@PreparedRosterRule
def people_can_do_it(roster: PreparedRoster) -> Iterator[Finding]:
    """Who is still to work does so into their language, where they can be and when they are available."""
    for places in roster.people.values():
        free = FreeTime(places[0].interpreter)
        found: set[tuple[int, Code]] = set()
        for place in places:
            if place.assignment.state is AssignmentState.DELIVERED:
                continue
            slot = roster.part(place).slot
            need, booth = roster.need(place), roster.booths.get(place.assignment.booth_id or "")
            codes = [*faults(place.interpreter, need, free, slot.starts_at, slot.ends_at)]
            # Where nobody has said how they work, who works remotely has no seat in a room.
            if (
                booth is not None
                and booth.room is not None
                and need.at is None
                and works_remotely(place.interpreter, need)
            ):
                codes.append(Code.INTERPRETER_REMOTE)
            for code in codes:
                if (place.position, code) not in found:
                    found.add((place.position, code))
                    yield finding(code, place.path)


class FreeTime:
    """When an interpreter is available."""

    def __init__(self, interpreter: Interpreter) -> None:
        self._starts: list[datetime] = []
        self._ends: list[datetime] = []
        for slot in sorted(interpreter.available, key=attrgetter("starts_at")):
            if self._ends and slot.starts_at <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], slot.ends_at)
            else:
                self._starts.append(slot.starts_at)
                self._ends.append(slot.ends_at)

    def has(self, starts_at: datetime, ends_at: datetime) -> bool:
        """Return True if the interpreter is available from a moment to another."""
        before = bisect_right(self._starts, starts_at)
        return not self._starts or (before > 0 and ends_at <= self._ends[before - 1])


def faults(
    interpreter: Interpreter, need: TeamNeed, free: FreeTime, starts_at: datetime, ends_at: datetime
) -> Iterator[Code]:
    """Yield why an interpreter, whose free time is given, may not work for a need from a moment to another."""
    if not interpreter.takes(need.language, need.service, need.sources):
        levels = {skill.level for skill in interpreter.languages if booth_language(skill.language) == need.language}
        is_retour = levels and LanguageLevel.A not in levels
        yield Code.RETOUR_NOT_HELD if is_retour else Code.LANGUAGE_NOT_HELD
    is_elsewhere = None not in {interpreter.works_at, need.at} and interpreter.works_at is not need.at
    if is_elsewhere or not free.has(starts_at, ends_at):
        yield Code.INTERPRETER_UNAVAILABLE


@PreparedRosterRule
def hours_are_kept(roster: PreparedRoster) -> Iterator[Finding]:
    """Nobody works in two places at once, and the terms of each person are kept.

    What is double-booked is not counted among the hours.
    """
    for places in roster.people.values():
        terms = places[0].interpreter.terms or roster.roster.terms
        stretches: list[Stretch] = []
        found: dict[tuple[str, Code], Finding] = {}
        for _, in_sitting in groupby(places, attrgetter("sitting")):
            taken: dict[int, Place] = {}
            for place in in_sitting:
                first = taken.setdefault(place.part, place)
                if first is not place and are_at_once(first.assignment, place.assignment):
                    found[place.path, Code.INTERPRETER_DOUBLE_BOOKED] = _clash_with(
                        first, place, Exclusion(Code.INTERPRETER_DOUBLE_BOOKED, {})
                    )
            stretches.append(Stretch.of(roster, [*taken.values()]))
        doubled: set[int] = set()
        for earlier, later, why in _clashes(terms, stretches):
            place = later.places[0]
            found.setdefault((place.path, why.code), _clash_with(earlier.places[0], place, why))
            if why.code is Code.INTERPRETER_DOUBLE_BOOKED:
                doubled.add(place.sitting)
        worked = [stretch for stretch in stretches if stretch.places[0].sitting not in doubled]
        for limit in sums(terms, [stretch.work for stretch in worked]):
            totals = zip(limit.weights, accumulate(limit.weights.values()), strict=True)
            path = next(worked[index].places[0].path for index, total in totals if total > limit.most)
            found.setdefault((path, limit.code), finding(limit.code, path, **limit.params))
        yield from found.values()


class Stretch(NamedTuple):
    """What somebody works in one sitting."""

    places: Sequence[Place]
    """In the order of time."""
    work: Work

    @classmethod
    def of(cls, roster: PreparedRoster, places: Sequence[Place]) -> Self:
        """Return the stretch in these places of a sitting."""
        sitting = roster.sitting(places[0])
        worked = sitting.only(sorted({place.part for place in places}))
        is_remote = works_remotely(places[0].interpreter, roster.need(places[0]))
        return cls(places, Work.of(worked, is_remote=is_remote))


def _clash_with(earlier: Place, later: Place, why: Exclusion) -> Finding:
    # The index is for programs.
    return finding(why.code, later.path, **why.params, other=earlier.position, id=_name(earlier.assignment))


def _clashes(terms: Terms, stretches: Iterable[Stretch]) -> Iterator[tuple[Stretch, Stretch, Exclusion]]:
    """Yield each stretch that clashes with an earlier one, after that one, with the reason."""
    lasts: list[Stretch | None] = [None] * 3  # the last one, and the last ones whose room and whose town are known
    for stretch in stretches:
        found = next(
            ((other, why) for other in lasts if other is not None and (why := clash(terms, other.work, stretch.work))),
            None,
        )
        if found is not None:
            other, why = found
            if why.code is Code.REST_TOO_SHORT and other.places[-1].position == stretch.places[0].position:
                why = Exclusion(Code.SITTING_TOO_LONG, {"maximum": terms.sitting})
            yield other, stretch, why
        if lasts[0] is None or stretch.work.ends_at > lasts[0].work.ends_at:
            known = True, *(each is not None for each in stretch.work.room)
            lasts = [stretch if is_known else last for is_known, last in zip(known, lasts, strict=True)]


def _name(assignment: Assignment) -> str:
    """Return what people call the work of an assignment: the id of its session or, without one, of its event."""
    return assignment.session_id or assignment.event_uid


@PreparedRosterRule
def teams_are_complete(roster: PreparedRoster) -> Iterator[Finding]:
    """Each team has as many interpreters as its terms ask for, in each session of the sitting.

    The finding is at the first assignment to the team, or at all if there is none.
    """
    for number, sitting in enumerate(roster.schedule.sittings):
        for index, need in enumerate(sitting.needs):
            team = roster.teams.get((number, index), ())
            heads = _heads(sitting, team)
            smallest = min(need.parts, key=lambda part: len(heads[part]))
            if len(heads[smallest]) < need.heads:
                yield finding(
                    Code.BOOTH_UNDERSTAFFED,
                    team[0].path if team else "/assignments",
                    id=sitting.parts[smallest].session_id or sitting.event_uid,
                    language=need.language,
                    heads=len(heads[smallest]),
                    needed=need.heads,
                )


def _heads(sitting: Sitting, team: Iterable[Place]) -> Sequence[set[str]]:
    """Return the ids of the people in each part of a sitting."""
    heads: list[set[str]] = [set() for _ in sitting.parts]
    for place in team:
        heads[place.part].add(place.interpreter.id)
    return heads


@PreparedRosterRule
def nobody_is_alone_too_long(roster: PreparedRoster) -> Iterator[Finding]:
    """Nobody works alone, where there should be more, for longer than their terms allow."""
    for (number, index), team in roster.teams.items():
        sitting = roster.schedule.sittings[number]
        heads = _heads(sitting, team)
        alone: dict[str, list[Place]] = {}
        for place in team:
            if len(heads[place.part]) == 1 < sitting.needs[index].heads:
                alone.setdefault(place.interpreter.id, []).append(place)
        for places in alone.values():
            most = (places[0].interpreter.terms or roster.roster.terms).alone
            if most is not None and Stretch.of(roster, places).work.minutes > most:
                yield finding(Code.ALONE_TOO_LONG, places[0].path, maximum=most)


@PreparedRosterRule
def booths_have_seats(roster: PreparedRoster) -> Iterator[Finding]:
    """A booth is in one sitting at a time, and nobody in it is without a seat."""
    crews: defaultdict[str, dict[tuple[int, int], dict[str, Place]]] = defaultdict(dict)
    for place, booth in chain.from_iterable(roster.crews):
        crew = crews[booth.id].setdefault((place.sitting, place.part), {})
        crew.setdefault(place.interpreter.id, place)
    found: set[int] = set()
    for id_, crewed in crews.items():
        seats = roster.booths[id_].seats
        used: Place | None = None  # of those so far, the one that ends last
        for key in sorted(crewed):
            places = sorted(crewed[key].values(), key=attrgetter("position"))
            slot = roster.part(places[0]).slot
            is_taken = (
                used is not None
                and used.sitting != places[0].sitting
                and slot.starts_at < roster.part(used).slot.ends_at
            )
            found.update(place.position for place in (places if is_taken else places[seats:]))
            if used is None or slot.ends_at > roster.part(used).slot.ends_at:
                used = places[0]
        for index in sorted(found):
            yield finding(Code.BOOTH_FULL, pointer("assignments", index), maximum=seats)
        found.clear()


@PreparedRosterRule
def teams_are_together(roster: PreparedRoster) -> Iterator[Finding]:
    """The people of a team are in one booth, which its sheet is for; who works remotely may be in another."""
    found: set[int] = set()
    for crew in roster.crews:
        there = [
            (place, booth)
            for place, booth in crew
            if place.assignment.state is not AssignmentState.DELIVERED
            and not works_remotely(place.interpreter, roster.need(place))
        ]
        for place, booth in there:
            if booth is not there[0][1] and place.position not in found:
                found.add(place.position)
                yield finding(Code.TEAM_DIVIDED, f"{place.path}/boothId", id=_name(place.assignment))


@PreparedRosterRule
def rooms_have_booths(roster: PreparedRoster) -> Iterator[Finding]:
    """Who works in a booth has one: there are as many in the room, or in a hub, as work at once."""
    for team in roster.teams.values():
        first = next(filter(roster.lacks_booth, team), None)
        if first is not None and roster.need(first).booth is None:
            language = roster.need(first).language
            yield finding(Code.ROOM_BOOTHS_MISSING, first.path, id=_name(first.assignment), language=language)


@PreparedRosterRule
def floors_reach_booths(roster: PreparedRoster) -> Iterator[Finding]:
    """Each language on the floor reaches each team directly, by retour or by one relay, in each part of a sitting."""
    for number in sorted({number for number, _ in roster.teams}):
        sitting = roster.schedule.sittings[number]
        reported: set[tuple[int, str]] = set()
        for part in range(len(sitting.parts)):
            for floor, heard in groupby(roster.heard(number, part), itemgetter(1)):
                ways = {index: hearing.way for index, _, hearing in heard}
                relayed = [
                    sitting.needs[index].language
                    for index, way in ways.items()
                    if way is Way.RELAY and sitting.needs[index].feeds
                ]
                for index, way in ways.items():
                    team = roster.team(number, index, part)
                    if way is Way.MISSING and team and (index, floor) not in reported:
                        reported.add((index, floor))
                        need = sitting.needs[index]
                        is_relayed = need.listens and any(
                            place.interpreter.works(pivot, need.language, need.service)
                            for place in team
                            for pivot in relayed
                        )
                        code = Code.RELAY_OF_RELAY if is_relayed else Code.PIVOT_MISSING
                        name = _name(team[0].assignment)
                        yield finding(code, team[0].path, id=name, language=need.language, floor=floor)


@PreparedRosterRule
def personal_data_is_purged(roster: PreparedRoster) -> Iterator[Finding]:
    """Personal data of interpreters is gone after the retention period of the event, the last of several.

    Histories and replies name people too, and may be all that is left of somebody who is no longer in the roster.
    """
    limits = [
        (due_at, dossier.event.retention_days or 0)
        for dossier in roster.dossiers
        if (due_at := PreparedDossier(dossier).purge_due_at) is not None
    ]
    if not limits or len(limits) < len(roster.dossiers):  # one without a limit may need them for ever
        return
    due_at, days = max(limits)
    if roster.now is None or roster.now < due_at:
        return
    for index, interpreter in enumerate(roster.roster.interpreters):
        if interpreter.purged_at is None:
            yield finding(Code.RETENTION_OVER, pointer("interpreters", index), days=days)
    for index, assignment in enumerate(roster.roster.assignments):
        if any(getattr(assignment, name) != value for name, value in without_personal_data(assignment).items()):
            yield finding(Code.RETENTION_OVER, pointer("assignments", index), days=days)


ROSTER_RULES: tuple[PreparedRosterRule, ...] = (
    personal_data_is_purged,
    interpreters_exist,
    booths_fit,
    booths_and_pivots_serve,
    assignments_are_founded,
    assignments_are_of_now,
    offers_are_open,
    people_can_do_it,
    hours_are_kept,
    nobody_is_alone_too_long,
    booths_have_seats,
    teams_are_together,
    rooms_have_booths,
    teams_are_complete,
    floors_reach_booths,
)
"""The rules of this package about rosters, in the order of findings at the same path."""


def roster_findings(
    roster: Roster, dossiers: Sequence[Dossier], now: datetime, rules: Iterable[RosterRule]
) -> tuple[Finding, ...]:
    """Return the findings of rules in a roster, in document order; *now* is in UTC."""
    prepared = PreparedRoster(roster, dossiers, now)
    findings = (
        rule.judge(prepared) if isinstance(rule, PreparedRosterRule) else own_findings(rule, roster, dossiers, now)
        for rule in rules
    )
    return in_document_order(Roster, chain.from_iterable(findings))
