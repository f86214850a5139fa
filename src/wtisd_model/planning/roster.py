"""Proposals of rosters: who interprets what, as well as that can be done, and why somebody is missing."""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from operator import attrgetter
from typing import Any, Final, NamedTuple, cast

from attrs import astuple, evolve, fields

from wtisd_model.codes import Code
from wtisd_model.data.currencies import MINOR_UNITS
from wtisd_model.data.norms import booth_language
from wtisd_model.errors import InvalidValueError
from wtisd_model.findings import finding, pointer, safe_pointer_token
from wtisd_model.model.dossier import Dossier, require_dossiers
from wtisd_model.model.event import Event
from wtisd_model.model.interpretation import InterpretationService, Norm
from wtisd_model.model.interpreter import Interpreter
from wtisd_model.model.roster import (
    AMOUNT,
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
from wtisd_model.planning.roster_posts import Earlier, Posts
from wtisd_model.roster.problem import Limit, Meeting, Post, Problem, Solution, Worker
from wtisd_model.roster.program import Budget
from wtisd_model.roster.solver import solve
from wtisd_model.roster.tally import tally
from wtisd_model.rules.hearing import Way, hearings
from wtisd_model.rules.roster import FreeTime, faults
from wtisd_model.rules.sittings import SessionPart, Sitting, Sittings
from wtisd_model.rules.working_hours import HourLimit, Work, full_minutes, limits_of, works_remotely
from wtisd_model.schema.constraints import Integer
from wtisd_model.types.arguments import require_instance, require_iterable, require_valid
from wtisd_model.types.attendance import ParticipationMode
from wtisd_model.types.moment import moment_in_utc
from wtisd_model.types.timeslot import TimeSlot

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
    before ``changes`` needs others. If the slot that was offered is no longer the one to be worked, or the booth is
    at another room, an accepted one is offered again, also of somebody on standby.
    Somebody who has declined, was released, or let the offer expire is not asked again for that sitting, nor for
    another at that time. Who accepted one session of a sitting, and has declined another or cannot work in it, keeps
    the first as long as they may work in it and no head is missing for it, and others are asked for the second. What
    was delivered or refused stays in the roster, whatever the arguments are. Who is on standby stays so if their terms
    allow it beside what they work.

    What is for events that are not among *dossiers* stays as it is, with its booths: people are not asked for anything
    else at that time, and it counts neither in the values nor by the terms. Give all events at once if it should.

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
    kept = () if keep is None else require_instance(keep, Roster, "keep must be a Roster.").assignments
    sittings = Sittings(events, given.terms, None if booths is None else given.booths, [*kept, *forced])
    weighed = _priorities({} if priorities is None else priorities, [dossier.event for dossier in events])
    earlier = Earlier(given, sittings, keep, forced, None if now is None else moment_in_utc(now, "/now"))
    plan = _Plan(given, sittings, weighed, earlier)
    found = _Proposal(plan, solve(plan.problem, seconds=budget.seconds), expiry)
    if plan.posts.are_parting and found.values.heads_short:
        # Perhaps those who keep a part of a sitting are needed elsewhere.
        plan = _Plan(given, sittings, weighed, earlier, may_part=False)
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


def _costs(interpreters: Sequence[Interpreter], seats: int) -> dict[str, int]:
    """Return what people cost for a sitting by their ids, in minor units of the currency that all have.

    Raises:
        InvalidValueError: ``currencies-differ``; ``number-out-of-range`` if so many *seats* could cost more than
            `Objectives.cost` holds.
    """
    costs: dict[str, int] = {}
    currency = None
    for index, person in enumerate(interpreters):
        if person.cost is None:
            continue
        path = pointer("interpreters", index, "cost")
        if currency not in {None, person.cost.currency}:
            raise InvalidValueError(finding(Code.CURRENCIES_DIFFER, f"{path}/currency"))
        currency = person.cost.currency
        most = AMOUNT.maximum // max(1, seats) // 10 ** MINOR_UNITS[currency]
        if person.cost.amount > most:
            raise InvalidValueError(finding(Code.NUMBER_OUT_OF_RANGE, f"{path}/amount", minimum=0, maximum=most))
        costs[person.id] = int(person.cost.amount.scaleb(MINOR_UNITS[currency]))
    return costs


class _Ability(NamedTuple):
    """What people have in common who can do the same in the same place."""

    pairs: tuple[frozenset[tuple[str, str]], ...]
    """For each service, the languages that they work from, each with those that they work into from it."""
    languages: frozenset[str]
    """The languages of the posts that they may take."""
    takers: frozenset[int]
    """The posts that they could take if they were there."""
    posts: frozenset[int]
    """Those that they may take where they work."""


class _Stint(NamedTuple):
    """The work of somebody in a sitting."""

    sitting: int
    parts: tuple[int, ...]
    is_remote: bool


class _Plan:
    """The problem that is to be solved, and what its numbers stand for."""

    def __init__(
        self,
        given: Roster,
        sittings: Sittings,
        priorities: Mapping[tuple[str, str | None], int],
        earlier: Earlier,
        *,
        may_part: bool = True,
    ) -> None:
        self.posts = Posts(given, sittings, earlier, may_part=may_part)
        needs = [need for sitting in sittings.sittings for need in sitting.needs]
        pivots = given.pivot_languages
        costs = _costs(given.interpreters, sum(need.heads for need in needs) + sum(map(len, earlier.held.values())))
        self.given = given
        self.sittings = sittings
        self.earlier = earlier
        self._priorities = priorities
        self.people: list[Interpreter] = sorted(given.interpreters, key=attrgetter("id"))
        others = {need.service for need in needs} - {InterpretationService.SIMULTANEOUS}
        self._services = (InterpretationService.SIMULTANEOUS, *sorted(others))
        # What nobody speaks or listens to makes no difference between people. A booth that works both ways may speak a
        # language that has no booth of its own.
        both_ways = {need.language for need in needs if need.both_ways}
        self._languages = frozenset(need.language for need in needs).union(
            pivots or (),
            *(sitting.floors for sitting in sittings.sittings),
            {
                target
                for person in self.people
                for source, target in person.pairs(InterpretationService.SIMULTANEOUS)
                if source in both_ways
            },
        )
        self.takers: list[frozenset[int]] = []
        """The posts that each person could take, if they were there."""
        # Many meetings are at the same time.
        times = map(self.posts.time, range(len(self.posts.wanted)))
        spans = [(time.starts_at, time.ends_at) for time in times]
        self._spans = {span: number for number, span in enumerate(dict.fromkeys(spans))}
        self._span_of = [self._spans[span] for span in spans]
        self._limits: list[HourLimit] = []
        self._limits_of: dict[object, tuple[frozenset[_Stint], tuple[int, ...]]] = {}
        stints: defaultdict[int, set[_Stint]] = defaultdict(set)
        for post, wanted in enumerate(self.posts.wanted):
            stints[wanted.sitting].add(self._stint(post))
        self._uneven = frozenset(
            post for post, wanted in enumerate(self.posts.wanted) if len(stints[wanted.sitting]) > 1
        )
        """The posts of the sittings in which not all posts are at the same time and place."""
        self._even = [stint for several in stints.values() if len(several) == 1 for stint in several]
        self.is_exact = sittings.is_best_dealt and not self.posts.are_parting
        """False if a better roster may be one that this problem does not allow."""
        self._kinds: dict[object, _Ability] = {}
        workers = tuple(self._worker(number, costs.get(person.id, 0)) for number, person in enumerate(self.people))
        self.lacking: Counter[str] = Counter()
        """What no seating can change, by the objective: seats that are not there, and hours not known."""
        for left in sittings.unplanned:
            for need in left.needs:
                self._lack(need.heads, left.event_uid, [left.session_id], is_below=True)
        kept = frozenset((worker, post) for worker, post in self.posts.kept if post in workers[worker].posts)
        self.lacking["changes"] = self.posts.lost + len(self.posts.kept) - len(kept)
        self.problem = Problem(
            sittings=tuple(
                Meeting(
                    tuple(part.floors for part in sitting.parts),
                    self._priority(sitting.event_uid, [part.session_id for part in sitting.parts]),
                )
                for sitting in sittings.sittings
            ),
            posts=tuple(self._posts()),
            workers=workers,
            limits=tuple(Limit(limit.weights, limit.most) for limit in self._limits),
            pivots=pivots,
            kept=kept,
            fixed=frozenset((worker, post) for worker, posts in self.posts.forced.items() for post in posts),
            followers=tuple(self._followers()),
        )

    def _priority(self, event_uid: str, session_ids: Iterable[str | None]) -> int:
        """Return the highest priority of some sessions of an event."""
        return max(self._priorities.get((event_uid, id_), 1) for id_ in session_ids)

    def _worker(self, number: int, cost: int) -> Worker:
        """Return a person in numbers."""
        person, wanted = self.people[number], self.posts.wanted
        kind = self._kind(tuple(person.pairs(service) for service in self._services), person.works_at)
        # Nobody can ask those of whom nothing personal is left.
        takers, posts = (kind.takers, kind.posts) if person.purged_at is None else (frozenset[int](), frozenset[int]())
        self.takers.append(takers)
        free = FreeTime(person)
        if person.available:
            is_free = [free.has(*span) for span in self._spans]
            posts = frozenset(post for post in posts if is_free[self._span_of[post]])
        if number in self.earlier.refused:
            refuses = self.earlier.refuses
            posts = frozenset(post for post in posts if not refuses(number, *wanted[post][:3]))
        forced = self.posts.forced.get(number, {})
        for post, path in forced.items():
            time = self.posts.time(post)
            fault = next(faults(person, self.posts.need(post), free, time.starts_at, time.ends_at), None)
            if path is not None and fault is not None:
                raise InvalidValueError(finding(fault, path))
        there = {wanted[post].sitting for post in forced}
        possible = {post for post in posts & self._uneven if wanted[post].sitting not in there}
        barred, limits = self._limits_for(person, frozenset(map(self._stint, possible | forced.keys() & self._uneven)))
        posts -= {post for post in possible if self._stint(post) in barred}
        return Worker(
            person.id,
            kind.pairs,
            frozenset(language for language in kind.languages if person.has_retour_only(language)),
            posts.union(forced),
            tuple(self._limits_with(limits, forced)) if forced else limits,
            cost,
        )

    def _kind(self, pairs: tuple[frozenset[tuple[str, str]], ...], works_at: ParticipationMode | None) -> _Ability:
        """Return what people have in common who do the same, each service with its languages, in the same place."""
        if (pairs, works_at) not in self._kinds:
            known = dict(zip(self._services, pairs, strict=True))
            needs = dict(enumerate(map(self.posts.need, range(len(self.posts.wanted)))))
            takers = frozenset(
                post
                for post, need in needs.items()
                if any(
                    target == need.language and (not need.sources or source in need.sources)
                    for source, target in known[need.service]
                )
            )
            posts = frozenset(
                post
                for post in takers - self.posts.reserved
                if None in {needs[post].at, works_at} or needs[post].at is works_at
            )
            # By hand, somebody who works remotely could do so where no booth is free.
            self.is_exact &= works_at is not ParticipationMode.REMOTE or all(
                self.posts.wanted[post].heads == self.posts.wanted[post].seats for post in posts
            )
            self._kinds[pairs, works_at] = _Ability(
                tuple(frozenset(filter(self._languages.issuperset, each)) for each in pairs),
                frozenset(needs[post].language for post in posts),
                takers,
                posts,
            )
        return self._kinds[pairs, works_at]

    def _stint(self, post: int) -> _Stint:
        """Return what those do at a post who may work anywhere."""
        wanted = self.posts.wanted[post]
        return _Stint(wanted.sitting, wanted.parts, self.posts.need(post).at is ParticipationMode.REMOTE)

    def _limits_for(self, person: Interpreter, uneven: frozenset[_Stint]) -> tuple[frozenset[_Stint], tuple[int, ...]]:
        """Return the stints that somebody may not do at all, and their limits.

        Limits are by sitting. One in which they may do several stints counts, in each limit, as that which weighs most.

        Args:
            person: the person.
            uneven: how they may work in the sittings in which not everybody works alike.
        """
        terms, is_remote = person.terms or self.given.terms, person.works_at is ParticipationMode.REMOTE
        key = terms, is_remote, uneven
        if key not in self._limits_of:
            times = Counter(stint.sitting for stint in uneven)
            barred = frozenset(
                stint
                for stint in uneven
                if times[stint.sitting] > 1 and any(limits_of(terms, [self._work(stint, is_remote=is_remote)]))
            )
            stints = sorted((*self._even, *(uneven - barred)))
            found = [*self._by_sitting(terms, stints, is_remote=is_remote)]
            self._limits_of[key] = barred, tuple(range(len(self._limits), len(self._limits) + len(found)))
            self._limits += found
        return self._limits_of[key]

    def _work(self, stint: _Stint, *, is_remote: bool) -> Work:
        return Work.of(self.sittings.sittings[stint.sitting].only(stint.parts), is_remote=is_remote or stint.is_remote)

    def _by_sitting(self, terms: Terms, stints: Sequence[_Stint], *, is_remote: bool) -> Iterator[HourLimit]:
        """Yield the limits of somebody who may do some stints, with the weights of the sittings instead."""
        times = Counter(stint.sitting for stint in stints)
        for limit in limits_of(terms, [self._work(stint, is_remote=is_remote) for stint in stints]):
            weights: defaultdict[int, list[int]] = defaultdict(list)
            for index, weight in limit.weights.items():
                weights[stints[index].sitting].append(weight)
            most = {sitting: max(each) for sitting, each in weights.items()}
            if sum(most.values()) > limit.most:
                yield limit._replace(weights=most)
                # Another stint might weigh less, and leave more to do.
                self.is_exact &= all(each == times[sitting] * [most[sitting]] for sitting, each in weights.items())

    def _limits_with(self, limits: Iterable[int], forced: Mapping[int, str | None]) -> Iterator[int]:
        """Yield the limits of somebody; what was delivered beyond one is no fault, and leaves nothing more to do."""
        for index in limits:
            limit = self._limits[index]
            counted = [post for post in sorted(forced) if self.posts.wanted[post].sitting in limit.weights]
            used = sum(limit.weights[self.posts.wanted[post].sitting] for post in counted)
            if used <= limit.most:
                yield index
                continue
            fixed = [post for post in counted if forced[post] is not None]
            if fixed:
                other = self.posts.time(next((post for post in counted if post != fixed[-1]), fixed[-1]))
                name = other.parts[0].session_id or other.event_uid
                params = {"id": name, **limit.params}
                raise InvalidValueError(finding(limit.code, forced[fixed[-1]] or "", **params))
            yield len(self._limits)
            self._limits.append(limit._replace(most=used))

    def _posts(self) -> Iterator[Post]:
        filled = Counter(post for posts in self.posts.forced.values() for post in posts)
        for post, wanted in enumerate(self.posts.wanted):
            need = self.posts.need(post)
            needed = max(wanted.seats, filled[post])
            fewest = max(0, need.fewest - need.heads + wanted.heads)
            sitting = self.sittings.sittings[wanted.sitting]
            ids = [part.session_id for part in sitting.parts]
            self._lack(max(0, wanted.heads - needed), sitting.event_uid, ids, is_below=needed < fewest)
            minimum = 0 if needed < fewest else fewest
            yield Post(
                wanted.sitting,
                need.language,
                needed,
                minimum,
                need.both_ways,
                need.feeds,
                need.listens,
                self._services.index(need.service),
                wanted.parts,
            )

    def _lack(self, heads: int, event_uid: str, session_ids: Iterable[str | None], *, is_below: bool) -> None:
        self.lacking["heads_short"] += heads
        self.lacking["booths_short"] += is_below
        self.lacking["priority_short"] += heads * self._priority(event_uid, session_ids)

    def _followers(self) -> Iterator[tuple[int, int]]:
        """Yield the posts of a team in two sittings of an event in one room, one after the other."""
        last: dict[object, tuple[int, datetime]] = {}
        for post, wanted in enumerate(self.posts.wanted):
            sitting, need = self.sittings.sittings[wanted.sitting], self.posts.need(post)
            if wanted.parts != need.parts:
                continue
            key = sitting.event_uid, sitting.room, need.language, need.service
            if key in last and last[key][1] <= sitting.starts_at:
                yield last[key][0], post
            last[key] = post, sitting.ends_at


class _Proposal:
    """The roster that a solution is."""

    def __init__(self, plan: _Plan, solution: Solution, expires_at: datetime | None) -> None:
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
                    yield self._renewed(held.assignment, part.slot, need.booth, task)
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
                task=task,
                expires_at=self._expires_at,
                sequence=plan.earlier.sequence,
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
                booth = sittings[seats[0].sitting].needs[seats[0].need].booth
                yield self._renewed(each, plan.sittings.span(plan.sittings.parts_of(each)), booth, Task.STANDBY)

    def _renewed(self, assignment: Assignment, slot: TimeSlot, booth: Booth | None, task: Task) -> Assignment:
        """Return an assignment that stays; it is offered again if it is for another time or room."""
        if assignment.state is AssignmentState.DELIVERED:
            return assignment
        earlier = self._plan.earlier
        room = None if booth is None else booth.room
        is_elsewhere = assignment.booth_id is not None and earlier.rooms.get(assignment.booth_id, room) != room
        sittings = self._plan.sittings
        is_same = slot == (assignment.slot or sittings.span(sittings.parts_of(assignment)))
        stays = evolve(assignment, slot=slot, booth_id=None if booth is None else booth.id, task=task)
        if is_same and not is_elsewhere:
            return stays
        if assignment.state is AssignmentState.ACCEPTED:
            last = assignment.history[-1].at
            at = last if earlier.now is None else max(last, earlier.now)
            stays = stays.offer_again(at=at, expires_at=self._expires_at)
        return evolve(stays, sequence=earlier.sequence)

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
