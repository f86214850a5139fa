"""The teams that a roster gives each session, and how they hear what is spoken on the floor."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from operator import attrgetter
from typing import NamedTuple

from attrs import evolve

from wtisd_model.data.norms import booth_language
from wtisd_model.model.dossier import Dossier, require_dossier, require_dossiers
from wtisd_model.model.interpretation import InterpretationRequest, InterpretationService, Norm, RequestState, Team
from wtisd_model.model.roster import Assignment, AssignmentState, Roster, Task, require_roster
from wtisd_model.model.submissions import belongs_to
from wtisd_model.model.terms import terms_of
from wtisd_model.planning.provision import ApprovedService
from wtisd_model.rules.hearing import Hearing, Way
from wtisd_model.rules.seating import Seating
from wtisd_model.rules.sittings import SessionPart, Sitting, Sittings, TeamNeed
from wtisd_model.types.arguments import parse_enum
from wtisd_model.types.attendance import ParticipationMode
from wtisd_model.types.moment import moment_in_utc


class BoothCrew(NamedTuple):
    """The people who work for a need of a session, or of a part of one."""

    need: TeamNeed
    assignments: tuple[Assignment, ...]
    """Those that count, also of people on standby, by interpreter."""
    hearings: Mapping[str, Hearing]
    """How they hear each floor language other than their own; the indexes are those of the crews they hear."""

    @property
    def place(self) -> str:
        """The id of their booth or, where they have none, their language."""
        ids = [one.booth_id for one in self.assignments if one.booth_id is not None]
        return ids[0] if ids else self.need.language if self.need.booth is None else self.need.booth.id

    @property
    def seated(self) -> Sequence[Assignment]:
        """The assignments of those who have a seat, and so work."""
        return [each for each in self.assignments if each.task is not Task.STANDBY]

    @property
    def missing(self) -> int:
        """The heads that it lacks."""
        return max(0, self.need.heads - self._heads)

    @property
    def has_accepted(self) -> bool:
        """True if nobody has still to answer, and those with a seat are enough to do it."""
        is_open = any(each.state is AssignmentState.OFFERED for each in self.assignments)
        return not is_open and self._heads >= self.need.fewest

    @property
    def _heads(self) -> int:
        # Somebody who has two assignments is one person.
        return len({each.interpreter_id for each in self.seated})


class StaffedPart(NamedTuple):
    """A session, or a part of one, with the crews of its booths."""

    number: int
    """The index of its sitting."""
    sitting: Sitting
    part: SessionPart
    crews: Mapping[int, BoothCrew]
    """One for each need of this part, by the index of the need in the sitting."""


def staffed(roster: Roster, dossiers: Iterable[Dossier], now: datetime | None = None) -> Iterator[StaffedPart]:
    """Yield each session that needs interpreters, with what a roster gives it, in the order of the sittings.

    Offers that have expired *now* give it nobody; without a moment, none has.

    Raises:
        InvalidValueError: ``item-repeated`` for two dossiers of one event; the codes of *now*, at ``/now``.
        TypeError: *roster* or one of the *dossiers* is something else.
    """
    moment = None if now is None else moment_in_utc(now, "/now")
    seating = Seating(require_roster(roster), require_dossiers(dossiers), moment)
    seated = defaultdict[tuple[int, int, int], list[Assignment]](list)
    for place in seating.places:
        seated[place.sitting, place.part, place.need].append(place.assignment)
    for index, sitting in enumerate(seating.schedule.sittings):
        for number, part in enumerate(sitting.parts):
            heard = defaultdict[int, dict[str, Hearing]](dict)
            for need, floor, hearing in seating.heard(index, number):
                heard[need][floor] = hearing
            crews = {
                at: BoothCrew(
                    team, tuple(sorted(seated[index, number, at], key=attrgetter("interpreter_id", "id"))), heard[at]
                )
                for at, team in enumerate(sitting.needs)
                if number in team.parts
            }
            yield StaffedPart(index, sitting, part, crews)


def services_delivered(
    dossier: Dossier, roster: Roster, now: datetime | None
) -> Iterator[tuple[str | None, ApprovedService]]:
    """Yield the services that the people of a roster deliver, each with its session.

    A floor language that does not reach a language in each part of a session does not reach it there.

    Raises:
        TypeError: *roster* is not a Roster.
    """
    parts = defaultdict[str | None, list[StaffedPart]](list)
    for one in staffed(roster, [dossier], now):
        parts[one.part.session_id].append(one)
    requests = {request.id: request for request in dossier.interpretation_requests}
    for id_, several in parts.items():
        for place, crew in several[0].crews.items():
            need, crews = crew.need, [one.crews[place] for one in several]
            is_written = need.service is InterpretationService.CAPTIONS
            is_everywhere = all(crew.seated for crew in crews)
            sources = {need.language} if is_written and is_everywhere else set[str]()
            relays = set[tuple[str, str]]()
            for floor in several[0].part.floors - {need.language}:
                heard = [crew.hearings[floor] for crew in crews]
                worst = max(hearing.way for hearing in heard)
                if worst < Way.RELAY:
                    sources.add(floor)
                elif worst is Way.RELAY:
                    relays |= {(floor, hearing.pivot) for hearing in heard if hearing.pivot is not None}
            if sources or relays or (is_everywhere and not several[0].part.floors):
                yield (
                    id_,
                    ApprovedService(
                        frozenset(sources),
                        frozenset(
                            tag
                            for request_id in need.request_ids
                            for tag in requests[request_id].target_languages
                            if booth_language(tag) == need.language
                        ),
                        is_written,
                        can_be_relayed=False,
                        delivery=need.delivery,
                        is_remote=need.at is ParticipationMode.REMOTE,
                        relays=frozenset(relays),
                    ),
                )


def assigned(dossier: Dossier, roster: Roster, *, at: datetime, norm: str | Norm | None = None) -> Dossier:
    """Return the dossier with a team assigned to each approved request that has one in the roster.

    It has one if everybody who is asked for it has accepted, and no session has fewer people than may do it.

    Args:
        dossier: the event with its requests.
        roster: the roster with the answers of the interpreters.
        at: the moment of the assignment, by which open offers may have expired.
        norm: the norm that the team is recorded with; None means that whose terms the roster has, unchanged.

    Raises:
        InvalidValueError: ``value-unknown`` if *norm* is no `Norm` or, without it, if the terms of the roster are those
            of none: your own or those of APIC, which is no `Norm`; the codes of *at*.
        TypeError: *dossier* is not a Dossier, or *roster* is not a Roster.
    """
    moment, event = moment_in_utc(at, "/at"), require_dossier(dossier).event
    terms = require_roster(roster).terms
    published = next((each for each in Norm if terms_of(each) == terms), None)
    known = parse_enum(Norm, published if norm is None else norm, "/norm")
    crews = defaultdict[str, list[tuple[Sitting, BoothCrew]]](list)
    for one in staffed(roster, [dossier], moment):
        for crew in one.crews.values():
            for id_ in crew.need.request_ids:
                crews[id_].append((one.sitting, crew))
    for left in Sittings([dossier], terms).unplanned:
        for need in left.needs:
            for id_ in need.request_ids:
                crews.pop(id_, None)

    def with_team(request: InterpretationRequest) -> InterpretationRequest:
        several = crews.get(request.id, [])
        is_asked = request.state is RequestState.APPROVED and belongs_to(request, event)
        if not several or not is_asked or not all(crew.has_accepted for _, crew in several):
            return request
        spans = {
            (sitting.starts_at, sitting.ends_at, sitting.room, crew.need.language)
            for sitting, crew in several
            if crew.need.service is InterpretationService.SIMULTANEOUS
        }
        team = Team(
            booths=max((sum(start <= first < end for start, end, *_ in spans) for first, *_ in spans), default=0),
            heads=len({each.interpreter_id for _, crew in several for each in crew.seated}),
            norm=known,
        )
        return request.assign(team, at=moment)

    return evolve(dossier, interpretation_requests=tuple(map(with_team, dossier.interpretation_requests)))
