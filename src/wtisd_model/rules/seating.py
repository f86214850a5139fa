"""Who sits where by a roster, and what is heard there: the assignments that count, by sittings and needs."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from wtisd_model.findings import pointer
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.interpretation import InterpretationService
from wtisd_model.model.interpreter import Interpreter
from wtisd_model.model.roster import Assignment, Roster, Task
from wtisd_model.rules.hearing import Crewed, Hearing, hearings
from wtisd_model.rules.sittings import SessionPart, Sitting, Sittings, TeamNeed


class Place(NamedTuple):
    """A part of a sitting in which somebody works, by an assignment that counts."""

    sitting: int
    """The index of the sitting."""
    part: int
    """The index of the part in the sitting."""
    need: int
    """The index of the need in the sitting."""
    position: int
    """The index of the assignment in the roster."""
    assignment: Assignment
    interpreter: Interpreter

    @property
    def path(self) -> str:
        """The JSON Pointer to the assignment."""
        return pointer("assignments", self.position)


class Seating:
    """Where the people of a roster work, each part of it made when it is first needed.

    Args:
        roster: the roster.
        dossiers: its events, each once.
        now: the present moment, in UTC, by which offers have expired; None means that none has.
    """

    def __init__(self, roster: Roster, dossiers: Sequence[Dossier], now: datetime | None = None) -> None:
        self.roster = roster
        self.dossiers = dossiers
        self.now = now
        self._pairs: dict[tuple[str, InterpretationService], frozenset[tuple[str, str]]] = {}

    @cached_property
    def schedule(self) -> Sittings:
        """The sittings of the events; a roster without booths has as many as are needed."""
        roster = self.roster
        return Sittings(self.dossiers, roster.terms, roster.booths or None, roster.assignments, self.now)

    @cached_property
    def interpreters(self) -> Mapping[str, Interpreter]:
        """The interpreters by their ids."""
        return {interpreter.id: interpreter for interpreter in self.roster.interpreters}

    @cached_property
    def counting(self) -> Sequence[tuple[int, Assignment]]:
        """The assignments of people who are counted on, with their indexes."""
        return [
            (index, assignment)
            for index, assignment in enumerate(self.roster.assignments)
            if assignment.counts(self.now)
        ]

    @cached_property
    def places(self) -> Sequence[Place]:
        """Where people work, in the order of the sittings, their parts and the assignments."""
        return sorted(
            Place(seat.sitting, seat.part, seat.need, index, assignment, self.interpreters[assignment.interpreter_id])
            for index, assignment in self.counting
            if assignment.interpreter_id in self.interpreters
            for seat in self.schedule.seats_of(assignment)
        )

    @cached_property
    def teams(self) -> Mapping[tuple[int, int], Sequence[Place]]:
        """The places of the people who have a seat, by sitting and need."""
        teams: defaultdict[tuple[int, int], list[Place]] = defaultdict(list)
        for place in self.places:
            if place.assignment.task is not Task.STANDBY:
                teams[place.sitting, place.need].append(place)
        return teams

    def sitting(self, place: Place) -> Sitting:
        """Return the sitting in which somebody works."""
        return self.schedule.sittings[place.sitting]

    def need(self, place: Place) -> TeamNeed:
        """Return the need that somebody works for."""
        return self.sitting(place).needs[place.need]

    def part(self, place: Place) -> SessionPart:
        """Return the session in which somebody works, or the part of it."""
        return self.sitting(place).parts[place.part]

    def team(self, sitting: int, need: int, part: int) -> Sequence[Place]:
        """Return the places of the people who have a seat for a need in one part of a sitting."""
        return [place for place in self.teams.get((sitting, need), ()) if place.part == part]

    def heard(self, number: int, part: int) -> Iterator[tuple[int, str, Hearing]]:
        """Yield how each language spoken in a part of a sitting reaches each team that works in it.

        It is the index of the need, the language, and the hearing, whose ``via`` is the index of a need too.
        """
        sitting = self.schedule.sittings[number]
        here = [index for index, need in enumerate(sitting.needs) if part in need.parts]
        crewed = [self._crewed(number, index, part) for index in here]
        for index, floor, hearing in hearings(sitting.parts[part].floors, crewed, self.roster.pivot_languages):
            via = None if hearing.via is None else here[hearing.via]
            yield here[index], floor, hearing._replace(via=via)

    def _crewed(self, number: int, index: int, part: int) -> Crewed:
        need = self.schedule.sittings[number].needs[index]
        people = (place.interpreter for place in self.team(number, index, part))
        pairs = frozenset[tuple[str, str]]().union(*(self._pairs_of(one, need.service) for one in people))
        return need.crewed(pairs)

    def _pairs_of(self, interpreter: Interpreter, service: InterpretationService) -> frozenset[tuple[str, str]]:
        # Somebody may work in hundreds of sittings.
        key = interpreter.id, service
        if key not in self._pairs:
            self._pairs[key] = interpreter.pairs(service)
        return self._pairs[key]
