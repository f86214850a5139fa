"""Proposals of rosters: who interprets what, as well as that can be done, and why somebody is missing."""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from operator import attrgetter
from typing import Any, Final, cast

from attrs import astuple, evolve, fields

from wtisd_model.codes import Code
from wtisd_model.data.norms import booth_language
from wtisd_model.errors import InvalidValueError
from wtisd_model.findings import finding, safe_pointer_token
from wtisd_model.model.dossier import Dossier, require_dossiers
from wtisd_model.model.event import Event
from wtisd_model.model.interpretation import InterpretationService, Norm
from wtisd_model.model.interpreter import Interpreter
from wtisd_model.model.roster import (
    Assignment,
    AssignmentState,
    Booth,
    Load,
    Objectives,
    Relay,
    Roster,
    Shortage,
    ShortageReason,
    Task,
)
from wtisd_model.model.session import session_choices
from wtisd_model.model.terms import Terms, terms_of
from wtisd_model.planning.roster_posts import Earlier
from wtisd_model.planning.roster_problem import Plan
from wtisd_model.roster.problem import Solution
from wtisd_model.roster.program import Budget
from wtisd_model.roster.solver import solve
from wtisd_model.roster.tally import tally
from wtisd_model.rules.hearing import Way, hearings
from wtisd_model.rules.interpretation_schedule import full_minutes
from wtisd_model.rules.roster import FreeTime, faults
from wtisd_model.rules.sittings import SessionPart, Sitting, Sittings, TeamNeed, are_same_time
from wtisd_model.rules.working_hours import Work, limits_of, mode_of_work, works_remotely
from wtisd_model.schema.constraints import Integer
from wtisd_model.types.arguments import require_instance, require_iterable, require_valid
from wtisd_model.types.moment import moment_in_utc

_PRIORITY: Final = Integer(1, 1000)
_SECONDS: Final = Integer(0, 1_000_000)
_TASKS: Final = {InterpretationService.CAPTIONS: Task.CAPTIONS, InterpretationService.SIGN: Task.SIGN}
"""The tasks of everybody in teams of these services."""


# Why: docs/decisions/0047
def roster(
    dossiers: Iterable[Dossier],
    interpreters: Iterable[Interpreter],
    *,
    norm: str | Norm | Terms,
    booths: Iterable[Booth] | None = None,
    pivots: Iterable[str] = (),
    priorities: Mapping[str | tuple[str, str | None], int] | None = None,
    keep: Roster | None = None,
    fixed: Iterable[Assignment] = (),
    expires_at: datetime | None = None,
    now: datetime | None = None,
    time_limit: float | None = None,
) -> Roster:
    """Return the best roster for the approved, assigned and delivered requests of some events.

    The fields of `Objectives` say in which order it is best: the fewest heads are short first. Of equally good rosters
    it is always the same one. It needs highspy: ``pip install 'wtisd-model[roster]'``.

    Assignments of an earlier roster that are offered, accepted or delivered stay, with their ids, unless a better value
    before ``changes`` needs others. If it was offered for another time than that to be worked, for another room, or for
    remote work that is on site now or the reverse, an accepted one is offered again, also of somebody on standby.
    Somebody who has declined, was released, or let the offer expire is not asked again for that sitting, nor for
    another at that time. Who accepted one session of a sitting, and has declined another or cannot work in it, keeps
    the first as long as they may work in it and no head is missing for it, and others are asked for the second. What
    was delivered or refused stays in the roster, whatever the arguments are. Who is on standby stays so if their terms
    allow it beside what they work; once that was delivered, they are asked for nothing else at that time.

    What is for events that are not among *dossiers* stays as it is, with its booths: neither these nor the people are
    used for anything else at that time, and it counts neither in the values nor by the terms. Give all events at once
    if it should.

    Args:
        dossiers: the events with their requests, each once.
        interpreters: the people who may be asked; those who are purged are not.
        norm: the terms of work: your own, or a word such as ``"un"`` (`terms_of`).
        booths: the booths that there are; None means as many as are needed.
        pivots: the languages that others may work from; none means any.
        priorities: numbers from 1, which all others have, to 1000, by the id of a session, or by the uid of an event
            and the id, which is None for an event without sessions. A sitting has the highest of its sessions.
        keep: the earlier roster.
        fixed: assignments that must be in it, each for its whole sitting, in the booth of the sitting.
        expires_at: when new offers expire.
        now: the present moment, by which offers of *keep* may have expired; None means that none has.
        time_limit: seconds after which the best roster so far is returned, which is not always the same one; None means
            no limit. What is written down before the search counts, and is not cut short: for 10,000 people, about half
            a second.

    Raises:
        InvalidValueError: ``value-unknown`` for *norm*; ``item-repeated`` for dossiers; ``id-repeated``;
            ``currencies-differ``; ``language-unknown`` for *pivots*; ``session-unknown`` for *priorities*;
            ``number-out-of-range`` for costs, *priorities* and *time_limit*; the codes of moments;
            ``too-many-items`` for more booths, assignments or shortages than a roster holds; for *fixed*
            ``value-unknown`` for a state without a seat, ``interpreter-unknown``, ``assignment-unfounded``,
            ``language-not-held``, ``retour-not-held``, ``interpreter-unavailable``, ``interpreter-double-booked``,
            ``booth-full``, ``booth-unknown``, and the codes of the limits that they exceed.
        ImportError: highspy is not installed.
        TypeError: an argument is something else, such as one dossier instead of a list.
    """
    events = require_dossiers(dossiers)
    given = Roster(
        terms=terms_of(norm),
        interpreters=tuple(require_iterable(interpreters, "interpreters")),
        booths=() if booths is None else tuple(require_iterable(booths, "booths")),
        pivots=[*require_iterable(pivots, "pivots")],
    )
    if time_limit is not None and (
        isinstance(time_limit, bool) or not isinstance(cast("object", time_limit), (int, float))
    ):
        raise TypeError("time_limit must be a number of seconds.")
    if time_limit is not None and not 0 <= time_limit <= _SECONDS.maximum:  # nan is refused too
        limits = {"minimum": _SECONDS.minimum, "maximum": _SECONDS.maximum}
        raise InvalidValueError(finding(Code.NUMBER_OUT_OF_RANGE, "/time_limit", **limits))
    budget = Budget(time_limit, None)
    expiry = None if expires_at is None else moment_in_utc(expires_at, "/expires_at")
    forced = [require_instance(each, Assignment, "Not an Assignment.") for each in require_iterable(fixed, "fixed")]
    kept = Roster(terms=given.terms) if keep is None else require_instance(keep, Roster, "keep must be a Roster.")
    moment = None if now is None else moment_in_utc(now, "/now")
    sittings = Sittings(
        events,
        given.terms,
        None if booths is None else given.booths,
        (*kept.assignments, *forced),
        moment,
        kept.booths,
    )
    weighed = _priorities({} if priorities is None else priorities, [dossier.event for dossier in events])
    earlier = Earlier(given, sittings, keep, forced, moment)
    plan = Plan(given, sittings, weighed, earlier)
    found = _Proposal(plan, solve(plan.problem, seconds=budget.seconds), expiry)
    if plan.posts.are_parting and found.values.heads_short:
        # Perhaps those who keep a part of a sitting are needed elsewhere.
        plan = Plan(given, sittings, weighed, earlier, may_part=False)
        other = _Proposal(plan, solve(plan.problem, seconds=budget.seconds), expiry)
        found = min(found, other, key=lambda proposal: astuple(proposal.values))
    return found.roster()


def _priorities(
    given: Mapping[str | tuple[str, str | None], int], events: Sequence[Event]
) -> dict[tuple[str, str | None], int]:
    """Return the priorities by event and session; the highest if a session has several."""
    sessions = [session for event in events for session in event.sessions]
    by_key: defaultdict[object, list[tuple[str, str | None]]] = defaultdict(list)
    for event in events:
        for id_ in (None, *(session.id for session in event.sessions)):
            key = event.uid, id_
            by_key[key].append(key)
            if id_ is not None:
                by_key[id_].append(key)
    found: dict[tuple[str, str | None], int] = {}
    if not isinstance(cast("object", given), Mapping):
        raise TypeError("priorities must be a mapping: ids of sessions with numbers.")
    for wanted, number in given.items():
        if not isinstance(cast("object", wanted), str) and (
            not isinstance(cast("object", wanted), tuple) or len(wanted) != len(("uid", "id"))
        ):
            raise TypeError("A key of priorities must be the id of a session, or the uid of an event and that id.")
        path = "/priorities" + safe_pointer_token(wanted if isinstance(wanted, str) else wanted[-1])
        require_valid(number, _PRIORITY, path)
        if wanted not in by_key:
            raise InvalidValueError(finding(Code.SESSION_UNKNOWN, path, unknown=1, **session_choices(sessions)))
        for each in by_key[wanted]:
            found[each] = max(number, found.get(each, number))
    return found


class _Proposal:
    """The roster that a solution is."""

    def __init__(self, plan: Plan, solution: Solution, expires_at: datetime | None) -> None:
        self._plan = plan
        self._solution = solution
        self._expires_at = expires_at
        self.values = self._objectives(tally(plan.problem, solution.seats))
        self._teams: list[list[int]] = [[] for _ in plan.posts.wanted]
        """The people at each post, in the order of their ids."""
        for worker, post in sorted(solution.seats):
            self._teams[post].append(worker)
        self._relays: list[Relay] = []
        self._unreached: list[Relay] = []
        self._pivots: set[tuple[int, int]] = set()
        """Worker and post of those from whom others work."""
        for index in range(len(plan.sittings.sittings)):
            self._hear(index)

    def roster(self) -> Roster:
        """Return the roster."""
        plan, values = self._plan, self.values
        bounds = self._objectives(self._solution.bounds) if plan.is_exact else Objectives()
        shortages = [*self._shortages(), *self._unplanned()]
        return evolve(
            plan.given,
            interpreters=tuple(plan.people),
            booths=tuple(sorted((*plan.sittings.booths, *plan.earlier.booths), key=attrgetter("id"))),
            assignments=tuple(self._assignments()),
            shortages=tuple(sorted(shortages, key=attrgetter("starts_at", "event_uid", "session_ids", "language"))),
            relays=tuple(self._relays),
            unreached=tuple(self._unreached),
            loads=tuple(self._loads()),
            values=values,
            bounds=bounds,
            proven=self._solution.proven and values == bounds,
            sequence=plan.earlier.sequence,
        )

    def _objectives(self, counted: Sequence[int]) -> Objectives:
        """Return values of the objectives, with what no seating can change."""
        names = [attribute.name for attribute in fields(Objectives)]
        lacking = self._plan.lacking
        return Objectives(**{name: value + lacking[name] for name, value in zip(names, counted, strict=True)})

    def _hear(self, index: int) -> None:
        """Note how the floor languages of a sitting reach its teams, wherever other people work together."""
        plan = self._plan
        sitting, workers = plan.sittings.sittings[index], plan.problem.workers
        scenes: defaultdict[tuple[tuple[int, ...], ...], list[SessionPart]] = defaultdict(list)
        for number, part in enumerate(sitting.parts):
            of_needs = (plan.posts.of_need[index, place] for place in range(len(sitting.needs)))
            here = (tuple(post for post in posts if number in plan.posts.wanted[post].parts) for posts in of_needs)
            scenes[tuple(here)].append(part)
        for posts, parts in scenes.items():
            places = [place for place, here in enumerate(posts) if here]
            needs = [sitting.needs[place] for place in places]
            teams = [[(worker, post) for post in posts[place] for worker in self._teams[post]] for place in places]
            crews = [
                need.crewed(
                    {pair for worker, post in team for pair in workers[worker].pairs_at(plan.problem.posts[post])}
                )
                for need, team in zip(needs, teams, strict=True)
            ]
            floors = frozenset[str]().union(*(part.floors for part in parts))
            for place, floor, hearing in hearings(floors, crews, plan.problem.pivots):
                ids = [part.session_id for part in parts if part.session_id is not None and floor in part.floors]
                row: dict[str, Any] = {
                    "event_uid": sitting.event_uid,
                    "session_ids": ids,
                    "language": needs[place].language,
                    "service": needs[place].service,
                    "floor": floor,
                }
                if hearing.way is Way.MISSING:
                    self._unreached.append(Relay(**row))
                elif hearing.via is not None and hearing.pivot is not None:
                    self._relays.append(Relay(**row, pivot=hearing.pivot))
                    self._pivots.update(
                        (worker, post)
                        for worker, post in teams[hearing.via]
                        if (floor, hearing.pivot) in workers[worker].pairs[0]
                    )

    def _assignments(self) -> Iterator[Assignment]:
        """Yield the assignments, in the order of sittings, parts, booths and people; then those without a seat."""
        plan = self._plan
        ids = {each.id for each in plan.earlier.past}
        ids.update(held.assignment.id for parts in plan.earlier.held.values() for held in parts.values())
        again: set[str] = set()
        tasks = [self._tasks(post) for post in range(len(plan.posts.wanted))]
        rows = sorted(
            (wanted.sitting, part, wanted.need, worker, post)
            for post, wanted in enumerate(plan.posts.wanted)
            for part in wanted.parts
            for worker in self._teams[post]
        )
        for index, number, place, worker, post in rows:
            sitting, need = plan.sittings.sittings[index], plan.posts.need(post)
            part = sitting.parts[number]
            task, booth_id = tasks[post][worker], None if need.booth is None else need.booth.id
            held = plan.earlier.held.get((worker, index), {}).get(number)
            if held is not None and held.need == place:
                if held.assignment.id not in again:
                    again.add(held.assignment.id)
                    yield self._renewed(held.assignment, part, plan.people[worker], need, task)
                    continue
                if held.assignment.state is AssignmentState.DELIVERED:
                    continue
            same = "" if part.number is None else str(part.number)
            yield Assignment(
                id=_new_id("\n".join((plan.people[worker].id, sitting.event_uid, part.session_id or "", same)), ids),
                interpreter_id=plan.people[worker].id,
                event_uid=sitting.event_uid,
                session_id=part.session_id,
                booth_id=booth_id,
                language=need.language,
                service=need.service,
                slot=part.slot,
                works_at=mode_of_work(plan.people[worker], need),
                task=task,
                expires_at=self._expires_at,
                sequence=plan.earlier.sequence,
                session_sequence=part.sequence,
            )
        yield from sorted((*self._past(again), *self._standby()), key=attrgetter("id"))

    def _past(self, seated: Container[str]) -> Iterator[Assignment]:
        """Yield what has no seat here: what was refused is without a booth that is no longer so."""
        plan = self._plan
        booths = (*plan.sittings.booths, *plan.earlier.booths)
        languages = {booth.id: booth_language(booth.language) for booth in booths}
        for each in plan.earlier.past:
            if each.id not in seated:
                is_so = languages.get(each.booth_id or "") == booth_language(each.language)
                yield each if is_so or each.counts(plan.earlier.now) else evolve(each, booth_id=None)

    def _standby(self) -> Iterator[Assignment]:
        """Yield those who are only ready, as far as their terms allow it beside what they work."""
        plan, sittings = self._plan, self._plan.sittings.sittings
        stretches: defaultdict[int, dict[int, tuple[frozenset[int], bool]]] = defaultdict(dict)
        for worker, post in self._solution.seats:
            wanted, is_remote = plan.posts.wanted[post], works_remotely(plan.people[worker], plan.posts.need(post))
            stretches[worker][wanted.sitting] = frozenset(wanted.parts), is_remote
        for worker, each in plan.earlier.standby:
            person, together, is_busy = plan.people[worker], dict(stretches[worker]), False
            free = FreeTime(person)
            seats = [*plan.sittings.seats_of(each)]
            for index, place, part in seats:
                need, slot = sittings[index].needs[place], sittings[index].parts[part].slot
                is_busy |= any(faults(person, need, free, slot.starts_at, slot.ends_at))
                is_remote = works_remotely(person, need)
                parts, is_remote = together.get(index, (frozenset[int](), is_remote))
                is_busy |= part in parts
                together[index] = parts | {part}, is_remote
            works = [
                Work.of(sittings[index].only(sorted(parts)), is_remote=is_remote)
                for index, (parts, is_remote) in together.items()
            ]
            if not is_busy and not any(limits_of(person.terms or plan.given.terms, works)):
                stretches[worker] = together
                index, place, number = seats[0]
                whole = sittings[index].parts[number]._replace(slot=plan.sittings.span(plan.sittings.parts_of(each)))
                yield self._renewed(each, whole, person, sittings[index].needs[place], Task.STANDBY)

    def _renewed(
        self, assignment: Assignment, part: SessionPart, person: Interpreter, need: TeamNeed, task: Task
    ) -> Assignment:
        """Return an assignment that stays; it is offered again if it is for another time or place."""
        if assignment.state is AssignmentState.DELIVERED:
            return assignment
        earlier, sittings, booth = self._plan.earlier, self._plan.sittings, need.booth
        room, works_at = None if booth is None else booth.room, mode_of_work(person, need)
        is_elsewhere = assignment.works_at not in {None, works_at} or (
            assignment.booth_id is not None and earlier.rooms.get(assignment.booth_id, room) != room
        )
        offered = assignment.slot or sittings.span(sittings.parts_of(assignment))
        is_same = are_same_time(offered, part.slot)
        stays = evolve(
            assignment,
            slot=offered if is_same else part.slot,
            works_at=works_at,
            booth_id=None if booth is None else booth.id,
            task=task,
            session_sequence=part.sequence if assignment.slot is None else assignment.session_sequence,
        )
        if is_same and not is_elsewhere:
            return stays
        if assignment.state is AssignmentState.ACCEPTED:
            last = assignment.history[-1].at
            at = last if earlier.now is None else max(last, earlier.now)
            stays = stays.offer_again(at=at, expires_at=self._expires_at)
        return evolve(stays, sequence=earlier.sequence, session_sequence=part.sequence)

    def _tasks(self, post: int) -> dict[int, Task]:
        """Return what each person at a post does."""
        plan, wanted, team = self._plan, self._plan.posts.wanted[post], self._teams[post]
        need = plan.posts.need(post)
        if need.service in _TASKS:
            return dict.fromkeys(team, _TASKS[need.service])
        tasks = {
            worker: Task.PIVOT
            if (worker, post) in self._pivots
            else Task.RETOUR
            if need.language in plan.problem.workers[worker].retours
            else Task.TURN
            for worker in team
        }
        if len(team) > 1:
            before = [
                worker
                for worker in team
                for held in plan.earlier.held.get((worker, wanted.sitting), {}).values()
                if held.assignment.task is Task.HEAD_OF_TEAM and held.need == wanted.need
            ]
            others = [worker for worker in team if tasks[worker] is Task.TURN]
            tasks[[*before, *others, *team][0]] = Task.HEAD_OF_TEAM
        return tasks

    def _loads(self) -> Iterator[Load]:
        plan = self._plan
        work: defaultdict[int, list[timedelta]] = defaultdict(list)
        for worker, post in sorted(self._solution.seats):
            work[worker].append(plan.posts.time(post).work)
        for worker, each in work.items():
            minutes = full_minutes(sum(each, timedelta()))
            yield Load(interpreter_id=plan.people[worker].id, sittings=len(each), minutes=minutes)

    def _unplanned(self) -> Iterator[Shortage]:
        for left in self._plan.sittings.unplanned:
            for need in left.needs:
                yield Shortage(
                    event_uid=left.event_uid,
                    session_ids=() if left.session_id is None else (left.session_id,),
                    language=need.language,
                    service=need.service,
                    starts_at=left.slot.starts_at,
                    needed=need.heads,
                    missing=need.heads,
                    reason=ShortageReason.UNPLANNED,
                    fewest=need.fewest,
                )

    def _shortages(self) -> Iterator[Shortage]:
        """Yield what the booths lack in the sittings, with the reasons."""
        plan, workers = self._plan, self._plan.problem.workers
        short = {post for post, wanted in enumerate(plan.posts.wanted) if len(self._teams[post]) < wanted.heads}
        able: dict[int, list[int]] = {post: [] for post in short}
        for number, worker in enumerate(workers) if short else ():
            for post in worker.posts & short:
                able[post].append(number)
        knowing = Counter(post for takers in plan.takers for post in takers & short)
        busy: defaultdict[int, list[Sitting]] = defaultdict(list)
        for number, post in self._solution.seats:
            busy[number].append(plan.posts.time(post))
        spans: defaultdict[tuple[str, InterpretationService], list[tuple[datetime, datetime, int]]] = defaultdict(list)
        for sitting in plan.sittings.sittings:
            for need in sitting.needs:
                there = sitting.only(need.parts)
                spans[need.language, need.service].append((there.starts_at, there.ends_at, need.heads))
        for post in sorted(short):
            wanted, need, time = plan.posts.wanted[post], plan.posts.need(post), plan.posts.time(post)
            key = need.language, need.service
            needed_then, booths_then = _most_at_once(spans[key], time)
            if len(self._teams[post]) == plan.problem.posts[post].needed:
                reason = ShortageReason.BOOTHS
            elif needed_then > knowing[post]:
                reason = ShortageReason.LANGUAGE
            elif needed_then > len(able[post]):
                reason = ShortageReason.UNAVAILABLE
            else:
                reason = self._reason(post, able[post], busy, needed_then)
            yield Shortage(
                event_uid=time.event_uid,
                session_ids=time.session_ids,
                language=need.language,
                service=need.service,
                starts_at=time.starts_at,
                needed=need.heads,
                missing=wanted.heads - len(self._teams[post]),
                reason=reason,
                needed_then=needed_then,
                booths_then=booths_then,
                holders=knowing[post],
                available=len(able[post]),
                room=time.room.name,
                fewest=need.fewest,
            )

    def _reason(
        self, post: int, able: Sequence[int], busy: Mapping[int, Sequence[Sitting]], needed: int
    ) -> ShortageReason:
        """Return why a post lacks people although enough have its language."""
        plan = self._plan
        time, language = plan.posts.time(post), plan.posts.need(post).language
        fixed = sum(
            any(
                plan.posts.need(other).language != language and _overlap(plan.posts.time(other), time)
                for other in plan.posts.forced.get(worker, ())
            )
            for worker in able
        )
        if len(able) - fixed < needed:
            return ShortageReason.FIXED
        if any(not any(_overlap(other, time) for other in busy.get(worker, ())) for worker in able):
            return ShortageReason.LIMITS
        return ShortageReason.PEOPLE


def _new_id(text: str, ids: set[str]) -> str:
    """Return an id made of a text, and add it to those that are taken."""
    id_ = text
    while id_ is text or id_ in ids:
        id_ = sha256(id_.encode()).hexdigest()[:20]
    ids.add(id_)
    return id_


def _overlap(one: Sitting, other: Sitting) -> bool:
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at


def _most_at_once(spans: Iterable[tuple[datetime, datetime, int]], time: Sitting) -> tuple[int, int]:
    """Return the most heads that teams of a language need at a moment of a sitting, and the number of teams then."""
    near = [span for span in spans if span[0] < time.ends_at and time.starts_at < span[1]]
    return max(
        (
            sum(heads for start, end, heads in near if start <= moment < end),
            sum(start <= moment < end for start, end, _ in near),
        )
        for moment in {max(time.starts_at, start) for start, _, _ in near}
    )
