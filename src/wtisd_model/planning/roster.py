"""Proposals of rosters: who interprets what, as well as that can be done, and why somebody is missing."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from itertools import groupby
from operator import attrgetter
from typing import Final, NamedTuple, cast

from attrs import evolve, fields

from wtisd_model.codes import Code
from wtisd_model.data.currencies import MINOR_UNITS
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
    UnreachedFloor,
)
from wtisd_model.model.session import session_choices
from wtisd_model.model.terms import Terms, terms_of
from wtisd_model.roster.problem import Limit, Meeting, Post, Problem, Solution, Worker
from wtisd_model.roster.solver import solve
from wtisd_model.roster.tally import tally
from wtisd_model.rules.hearing import Way, hearings
from wtisd_model.rules.roster import FreeTime, faults
from wtisd_model.rules.sittings import SessionPart, Sitting, Sittings, TeamNeed
from wtisd_model.rules.working_hours import HourLimit, Work, exclusions, sums
from wtisd_model.schema.constraints import Integer
from wtisd_model.types.arguments import require_instance, require_iterable, require_valid
from wtisd_model.types.attendance import ParticipationMode
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
    before ``changes`` needs others. If the slot that was offered is no longer the one to be worked, or the booth is
    at another room, an accepted one is offered again.
    Somebody who has declined, was released, or let the offer expire is not asked again for the same sitting. Somebody
    who accepted one session of a sitting and declined another keeps the first, and others are asked for the second.

    Args:
        dossiers: the events with their requests, each once.
        interpreters: the people who may be asked.
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
            no limit.

    Raises:
        InvalidValueError: ``value-unknown`` for *norm*; ``item-repeated`` for dossiers; ``id-repeated``;
            ``currencies-differ``; ``language-unknown`` for *pivots*; ``session-unknown`` for *priorities*;
            ``number-out-of-range`` for costs, *priorities* and *time_limit*; the codes of moments; for *fixed*
            ``value-unknown`` for a state without a seat, ``interpreter-unknown``, ``assignment-unfounded``,
            ``language-not-held``, ``retour-not-held``, ``interpreter-unavailable``, ``interpreter-double-booked``,
            ``booth-full``, and the codes of the limits that they exceed.
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
    if time_limit is not None and not 0 <= time_limit <= _SECONDS.maximum:  # not a number is refused too
        limits = {"minimum": _SECONDS.minimum, "maximum": _SECONDS.maximum}
        raise InvalidValueError(finding(Code.NUMBER_OUT_OF_RANGE, "/time_limit", **limits))
    expiry = None if expires_at is None else moment_in_utc(expires_at, "/expires_at")
    forced = [require_instance(each, Assignment, "Not an Assignment.") for each in require_iterable(fixed, "fixed")]
    kept = () if keep is None else require_instance(keep, Roster, "keep must be a Roster.").assignments
    sittings = Sittings(events, given.terms, None if booths is None else given.booths, [*kept, *forced])
    plan = _Plan(
        given,
        sittings,
        _priorities({} if priorities is None else priorities, [dossier.event for dossier in events]),
        _Earlier(given, sittings, keep, forced, None if now is None else moment_in_utc(now, "/now")),
    )
    return _Proposal(plan, solve(plan.problem, seconds=time_limit), expiry).roster()


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


class _Claim(NamedTuple):
    """An assignment that holds a seat in a part of a sitting."""

    assignment: Assignment
    need: int
    path: str | None
    """Where the caller has fixed it; None if it is of the earlier roster."""


class _Earlier:
    """Who has a seat already, as it is fixed or in the roster that is kept, and who has refused one."""

    def __init__(
        self, given: Roster, sittings: Sittings, keep: Roster | None, fixed: Iterable[Assignment], now: datetime | None
    ) -> None:
        self.now = now
        self.sequence: int = 0 if keep is None else keep.sequence + 1
        self.rooms: dict[str, str | None] = {} if keep is None else {booth.id: booth.room for booth in keep.booths}
        """The rooms of the booths."""
        self._sittings = sittings
        self._numbers = {id_: number for number, id_ in enumerate(sorted(person.id for person in given.interpreters))}
        self.held: defaultdict[tuple[int, int], dict[int, _Claim]] = defaultdict(dict)
        """The assignments of somebody in a sitting, by part."""
        fixed_ids = self._fix(fixed)
        kept = [
            each
            for each in (() if keep is None else keep.assignments)
            if each.interpreter_id in self._numbers and each.id not in fixed_ids
        ]
        counted = {each.id for each in kept if each.counts(now)}
        for each in kept:
            worker = self._numbers[each.interpreter_id]
            for sitting, need, part in sittings.seats_of(each) if each.id in counted else ():
                self.held[worker, sitting].setdefault(part, _Claim(each, need, None))
        booths = {booth.id for booth in sittings.booths}
        self.refused: list[Assignment] = [
            each if each.booth_id in booths else evolve(each, booth_id=None)
            for each in sorted(kept, key=attrgetter("id"))
            if each.id not in counted
        ]
        """The assignments that hold no seat, and stay as they are."""
        self.refusals: defaultdict[int, set[int]] = defaultdict(set)
        """The sittings for which people are not asked again."""
        for each in self.refused:
            worker = self._numbers[each.interpreter_id]
            for sitting, part in sittings.parts_of(each):
                if part not in self.held.get((worker, sitting), ()):
                    self.refusals[worker].add(sitting)

    def _fix(self, fixed: Iterable[Assignment]) -> set[str]:
        """Note what is fixed; return its ids."""
        names: set[str] = set()
        for index, assignment in enumerate(fixed):
            path = pointer("fixed", index)
            if not assignment.state.holds_seat:
                choices = ", ".join(state for state in AssignmentState if state.holds_seat)
                raise InvalidValueError(finding(Code.VALUE_UNKNOWN, f"{path}/state", choices=choices))
            if assignment.interpreter_id not in self._numbers:
                raise InvalidValueError(finding(Code.INTERPRETER_UNKNOWN, f"{path}/interpreterId"))
            if assignment.id in names:
                raise InvalidValueError(finding(Code.ID_REPEATED, f"{path}/id"))
            names.add(assignment.id)
            seats = [*self._sittings.seats_of(assignment)]
            if not seats:
                raise InvalidValueError(finding(Code.ASSIGNMENT_UNFOUNDED, path))
            for sitting, need, part in seats:
                others = self.held[self._numbers[assignment.interpreter_id], sitting]
                if part in others or any(held.need != need for held in others.values()):
                    name = assignment.session_id or assignment.event_uid
                    raise InvalidValueError(finding(Code.INTERPRETER_DOUBLE_BOOKED, path, id=name))
                others[part] = _Claim(assignment, need, path)
        return names


class _Crew(NamedTuple):
    """The people who are wanted for a need in some parts of a sitting, mostly in all of them."""

    sitting: int
    need: int
    parts: tuple[int, ...]
    heads: int
    seats: int
    """At most *heads*: as many as have a seat."""
    meeting: int
    """The index of the sitting or, if it is for some parts only, of a meeting of its own."""


class _Posts:
    """Who is wanted: the team of each need and, apart from it, those who refused a part of its sitting."""

    def __init__(self, sittings: Sittings, earlier: _Earlier) -> None:
        self._sittings = sittings.sittings
        self._earlier = earlier
        self.times: list[Sitting] = [*sittings.sittings]
        """When the meetings are: the sittings, and then those that are parts of one."""
        self.crews: list[_Crew] = []
        """What each post is for."""
        self.whole: dict[tuple[int, int], int] = {}
        """The post of each need that is for the whole sitting."""
        self.forced: defaultdict[int, dict[int, str | None]] = defaultdict(dict)
        """The posts in which people must be, and where the caller says so."""
        self.kept: list[tuple[int, int]] = []
        """Worker and post of those who should stay."""
        self._make_crews()
        self._force_and_keep()

    def need(self, post: int) -> TeamNeed:
        """Return the need of a post."""
        return self._sittings[self.crews[post].sitting].needs[self.crews[post].need]

    def time(self, post: int) -> Sitting:
        """Return the sitting, or the parts of it, in which the crew of a post works."""
        crew = self.crews[post]
        sitting = self._sittings[crew.sitting]
        return sitting._replace(parts=tuple(sitting.parts[part] for part in crew.parts))

    def _make_crews(self) -> None:
        """Make the posts: for each need the team, and apart from it those who accepted some parts and refused others.

        Where these are missing in the other parts, somebody else is wanted.
        """
        alone: defaultdict[tuple[int, int], defaultdict[tuple[int, ...], dict[int, str | None]]]
        alone = defaultdict(lambda: defaultdict(dict))
        for (worker, index), held in sorted(self._earlier.held.items()):
            if index in self._earlier.refusals[worker]:
                first = next(iter(held.values()))
                taken = tuple(sorted(part for part in held if held[part].need == first.need))
                alone[index, first.need][taken][worker] = first.path
        for index, sitting in enumerate(self._sittings):
            for place, need in enumerate(sitting.needs):
                teams = alone[index, place]
                covered = Counter(part for parts, people in teams.items() for part in parts for _ in people)
                apart = min(max(covered.values(), default=0), need.heads)
                self.whole[index, place] = len(self.crews)
                heads, seats = need.heads - apart, max(0, need.seats - apart)
                self.crews.append(_Crew(index, place, need.parts, heads, seats, index))
                for parts, people in teams.items():
                    for worker, path in people.items():
                        self.forced[worker][len(self.crews)] = path
                    self._set_apart(index, place, parts, len(people), len(people))
                for level in range(apart):
                    lacking = [part for part in need.parts if covered[part] <= level]
                    for _, run in groupby(enumerate(lacking), lambda pair: pair[1] - pair[0]):
                        self._set_apart(index, place, tuple(part for _, part in run), 1, int(level < need.seats))

    def _set_apart(self, sitting: int, need: int, parts: tuple[int, ...], heads: int, seats: int) -> None:
        self.crews.append(_Crew(sitting, need, parts, heads, seats, len(self.times)))
        whole = self._sittings[sitting]
        self.times.append(whole._replace(parts=tuple(whole.parts[part] for part in parts)))

    def _force_and_keep(self) -> None:
        """Note who has to sit where, and who should."""
        filled = Counter[int]()
        for (worker, sitting), parts in sorted(self._earlier.held.items()):
            if sitting in self._earlier.refusals[worker]:
                continue
            for held in parts.values():
                post = self.whole[sitting, held.need]
                need = self.need(post)
                self.kept.append((worker, post))
                if held.path is not None and post not in self.forced[worker]:
                    filled[post] += 1
                    most = need.seats if need.booth is None else need.booth.seats
                    if filled[post] > most:
                        raise InvalidValueError(finding(Code.BOOTH_FULL, held.path, maximum=most))
                if held.path is not None or held.assignment.state is AssignmentState.DELIVERED:
                    self.forced[worker].setdefault(post, held.path)
                    break  # one post of a sitting


class _Plan:
    """The problem that is to be solved, and what its numbers stand for."""

    def __init__(
        self,
        given: Roster,
        sittings: Sittings,
        priorities: Mapping[tuple[str, str | None], int],
        earlier: _Earlier,
    ) -> None:
        self.posts = _Posts(sittings, earlier)
        needs = [need for sitting in sittings.sittings for need in sitting.needs]
        pivots = given.pivot_languages
        costs = _costs(given.interpreters, sum(need.heads for need in needs) + sum(map(len, earlier.held.values())))
        self.given = given
        self.sittings = sittings
        self.earlier = earlier
        self._priorities = priorities
        self.people: list[Interpreter] = sorted(given.interpreters, key=attrgetter("id"))
        self._services = {need.service for need in needs}
        # What nobody speaks or listens to makes no difference between people.
        self._languages = frozenset(need.language for need in needs).union(
            pivots or (), *(sitting.floors for sitting in sittings.sittings)
        )
        self.takers: list[frozenset[tuple[str, InterpretationService]]] = []
        """The languages and services that each person can do, at whatever time."""
        # Many meetings are at the same time.
        times = map(self.posts.time, range(len(self.posts.crews)))
        spans = [(time.starts_at, time.ends_at) for time in times]
        self._spans = {span: number for number, span in enumerate(dict.fromkeys(spans))}
        self._span_of = [self._spans[span] for span in spans]
        self._limits: list[HourLimit] = []
        self._limits_of: dict[tuple[Terms, frozenset[int]], tuple[int, ...]] = {}
        self._kinds: dict[object, tuple[frozenset[int], frozenset[InterpretationService], tuple[int, ...]]] = {}
        workers = tuple(self._worker(number, costs.get(person.id, 0)) for number, person in enumerate(self.people))
        self.lacking: list[int] = [0, 0, 0]
        """The first three values of what no seating can change: seats that are not there, and hours not known."""
        for left in sittings.unplanned:
            for need in left.needs:
                self._lack(need.heads, left.event_uid, [left.session_id], is_below=True)
        self.problem = Problem(
            sittings=tuple(
                # How languages reach a booth is counted for those who work in the whole sitting.
                Meeting(
                    time.floors if index < len(sittings.sittings) else frozenset(),
                    self._priority(time.event_uid, [part.session_id for part in time.parts]),
                )
                for index, time in enumerate(self.posts.times)
            ),
            posts=tuple(self._posts()),
            workers=workers,
            limits=tuple(Limit(limit.weights, limit.most) for limit in self._limits),
            pivots=pivots,
            kept=frozenset((worker, post) for worker, post in self.posts.kept if post in workers[worker].posts),
            fixed=frozenset((worker, post) for worker, posts in self.posts.forced.items() for post in posts),
            followers=tuple(self._followers()),
        )

    def _priority(self, event_uid: str, session_ids: Iterable[str | None]) -> int:
        """Return the highest priority of some sessions of an event."""
        return max(self._priorities.get((event_uid, id_), 1) for id_ in session_ids)

    def _worker(self, number: int, cost: int) -> Worker:
        """Return a person in numbers."""
        person = self.people[number]
        pairs = {service: person.pairs(service) for service in self._services}
        takes = frozenset((*pair, service) for service, known in pairs.items() for pair in known)
        self.takers.append(frozenset((target, service) for _, target, service in takes))
        posts, services, limits = self._kind(takes, person.works_at, person.terms or self.given.terms)
        free = FreeTime(person)
        if person.available:
            is_free = [free.has(*span) for span in self._spans]
            posts = frozenset(post for post in posts if is_free[self._span_of[post]])
        forced = self.posts.forced.get(number, {})
        for post, path in forced.items():
            time = self.posts.time(post)
            fault = next(faults(person, self.posts.need(post), free, time.starts_at, time.ends_at), None)
            if path is not None and fault is not None:
                raise InvalidValueError(finding(fault, path))
        refused = self.earlier.refusals.get(number)
        if refused:
            posts = frozenset(post for post in posts if self.posts.crews[post].sitting not in refused)
        if forced:
            posts = posts.union(forced)
            limits = tuple(self._limits_with(limits, forced))
        return Worker(
            person.id,
            # Somebody may do less in one service than in another: what they can do in each of theirs is sure.
            frozenset(
                pair
                for pair in frozenset[tuple[str, str]]().union(*(pairs[service] for service in services))
                if self._languages.issuperset(pair) and all(pair in pairs[service] for service in services)
            ),
            frozenset(target for _, target, _ in takes if person.has_retour_only(target)),
            posts,
            limits,
            cost,
        )

    def _kind(
        self, takes: frozenset[tuple[str, str, InterpretationService]], works_at: ParticipationMode | None, terms: Terms
    ) -> tuple[frozenset[int], frozenset[InterpretationService], tuple[int, ...]]:
        """Return the posts that people of a kind may take when they are available, their services, and the limits."""
        key = takes, works_at, terms
        if key not in self._kinds:
            from_any = {(target, service) for _, target, service in takes}
            posts = frozenset(
                post
                for post, need in enumerate(map(self.posts.need, range(len(self.posts.crews))))
                if (None in {need.at, works_at} or need.at is works_at)
                and (need.language, need.service) in from_any
                and (not need.sources or any((one, need.language, need.service) in takes for one in need.sources))
            )
            elsewhere = ParticipationMode.REMOTE
            on_site = {self.posts.crews[post].meeting for post in posts if self.posts.need(post).at is not elsewhere}
            meetings = frozenset(range(len(self.posts.times)))
            remote = meetings if works_at is elsewhere else meetings - on_site
            if (terms, remote) not in self._limits_of:
                works = [Work.of(time, is_remote=index in remote) for index, time in enumerate(self.posts.times)]
                found = [*exclusions(terms, works), *sums(terms, works)] if works else []
                self._limits_of[terms, remote] = tuple(range(len(self._limits), len(self._limits) + len(found)))
                self._limits += found
            services = frozenset(self.posts.need(post).service for post in posts)
            self._kinds[key] = posts, services, self._limits_of[terms, remote]
        return self._kinds[key]

    def _limits_with(self, limits: Iterable[int], forced: Mapping[int, str | None]) -> Iterator[int]:
        """Yield the limits of somebody; what was delivered beyond one is no fault, and leaves nothing more to do."""
        for index in limits:
            limit = self._limits[index]
            counted = [post for post in sorted(forced) if self.posts.crews[post].meeting in limit.weights]
            used = sum(limit.weights[self.posts.crews[post].meeting] for post in counted)
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
        for post, crew in enumerate(self.posts.crews):
            need = self.posts.need(post)
            needed = max(crew.seats, filled[post])
            fewest = max(0, need.fewest - need.heads + crew.heads)
            ids = [part.session_id for part in self.posts.time(post).parts]
            self._lack(max(0, crew.heads - needed), self.posts.time(post).event_uid, ids, is_below=needed < fewest)
            minimum = 0 if needed < fewest else fewest
            both_ways, feeds, listens = need.both_ways, need.feeds, need.listens
            yield Post(crew.meeting, need.language, needed, minimum, both_ways, feeds, listens)

    def _lack(self, heads: int, event_uid: str, session_ids: Iterable[str | None], *, is_below: bool) -> None:
        self.lacking[0] += heads
        self.lacking[1] += is_below
        self.lacking[2] += heads * self._priority(event_uid, session_ids)

    def _followers(self) -> Iterator[tuple[int, int]]:
        """Yield the posts of a team in two sittings of an event in one room, one after the other."""
        last: dict[object, tuple[int, datetime]] = {}
        for (index, place), post in self.posts.whole.items():
            sitting = self.sittings.sittings[index]
            need = sitting.needs[place]
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
        self._teams: list[list[int]] = [[] for _ in plan.posts.crews]
        """The people at each post, in the order of their ids."""
        for worker, post in sorted(solution.seats):
            self._teams[post].append(worker)
        self._relays: list[Relay] = []
        self._unreached: list[UnreachedFloor] = []
        self._pivots: set[tuple[int, int]] = set()
        """Worker and post of those from whom others work."""
        for index in range(len(plan.sittings.sittings)):
            self._hear(index)

    def roster(self) -> Roster:
        """Return the roster."""
        plan, problem = self._plan, self._plan.problem
        shortages = [*self._shortages(), *self._unplanned()]
        values = tally(problem, self._solution.seats)
        return evolve(
            plan.given,
            interpreters=tuple(plan.people),
            booths=tuple(sorted(plan.sittings.booths, key=attrgetter("id"))),
            assignments=(*self._assignments(), *plan.earlier.refused),
            shortages=tuple(sorted(shortages, key=attrgetter("starts_at", "event_uid", "session_ids", "language"))),
            relays=tuple(self._relays),
            unreached=tuple(self._unreached),
            loads=tuple(self._loads()),
            values=_objectives(values, plan.lacking),
            bounds=_objectives(self._solution.bounds, plan.lacking),
            proven=self._solution.proven,
            sequence=plan.earlier.sequence,
        )

    def _hear(self, index: int) -> None:
        """Note how the floor languages of a sitting reach its booths."""
        plan = self._plan
        sitting, workers = plan.sittings.sittings[index], plan.problem.workers
        posts = [plan.posts.whole[index, place] for place in range(len(sitting.needs))]
        crews = [
            need.crewed(frozenset[tuple[str, str]]().union(*(workers[worker].pairs for worker in self._teams[post])))
            for need, post in zip(sitting.needs, posts, strict=True)
        ]
        for place, floor, hearing in hearings(sitting.floors, crews, plan.problem.pivots):
            uid, ids, language = sitting.event_uid, sitting.session_ids, sitting.needs[place].language
            if hearing.way is Way.MISSING:
                self._unreached.append(UnreachedFloor(event_uid=uid, session_ids=ids, language=language, floor=floor))
            elif hearing.via is not None and hearing.pivot is not None:
                self._relays.append(
                    Relay(event_uid=uid, session_ids=ids, language=language, floor=floor, pivot=hearing.pivot)
                )
                via = posts[hearing.via]
                self._pivots.update(
                    (worker, via) for worker in self._teams[via] if (floor, hearing.pivot) in workers[worker].pairs
                )

    def _assignments(self) -> Iterator[Assignment]:
        """Yield the assignments, in the order of sittings, parts, booths and people."""
        plan = self._plan
        ids = {each.id for each in plan.earlier.refused}
        ids.update(held.assignment.id for parts in plan.earlier.held.values() for held in parts.values())
        again: set[str] = set()
        tasks = [self._tasks(post) for post in range(len(plan.posts.crews))]
        rows = sorted(
            (crew.sitting, part, crew.need, worker, post)
            for post, crew in enumerate(plan.posts.crews)
            for part in crew.parts
            for worker in self._teams[post]
        )
        for index, number, place, worker, post in rows:
            sitting, need = plan.sittings.sittings[index], plan.posts.need(post)
            part = sitting.parts[number]
            task, booth_id = tasks[post][worker], None if need.booth is None else need.booth.id
            held = plan.earlier.held.get((worker, index), {}).get(number)
            if held is not None and held.need == place and held.assignment.id not in again:
                again.add(held.assignment.id)
                yield self._renewed(held.assignment, part, need.booth, task)
                continue
            same = "" if part.number is None else str(part.number)
            yield Assignment(
                id=_new_id("\n".join((plan.people[worker].id, sitting.event_uid, part.session_id or "", same)), ids),
                interpreter_id=plan.people[worker].id,
                event_uid=sitting.event_uid,
                session_id=part.session_id,
                booth_id=booth_id,
                language=need.language,
                slot=part.slot,
                task=task,
                expires_at=self._expires_at,
                sequence=plan.earlier.sequence,
            )

    def _renewed(self, assignment: Assignment, part: SessionPart, booth: Booth | None, task: Task) -> Assignment:
        """Return an assignment that stays; it is offered again if it is for another time or room."""
        if assignment.state is AssignmentState.DELIVERED:
            return assignment
        earlier = self._plan.earlier
        room = None if booth is None else booth.room
        is_elsewhere = assignment.booth_id is not None and earlier.rooms.get(assignment.booth_id, room) != room
        is_same = assignment.slot == part.slot or (assignment.slot is None and part.number is None)
        stays = evolve(assignment, slot=part.slot, booth_id=None if booth is None else booth.id, task=task)
        if is_same and not is_elsewhere:
            return stays
        if assignment.state is AssignmentState.ACCEPTED:
            last = assignment.history[-1].at
            at = last if earlier.now is None else max(last, earlier.now)
            stays = stays.offer_again(at=at, expires_at=self._expires_at)
        return evolve(stays, sequence=earlier.sequence)

    def _tasks(self, post: int) -> dict[int, Task]:
        """Return what each person at a post does."""
        plan, crew, team = self._plan, self._plan.posts.crews[post], self._teams[post]
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
                for held in plan.earlier.held.get((worker, crew.sitting), {}).values()
                if held.assignment.task is Task.HEAD_OF_TEAM and held.need == crew.need
            ]
            others = [worker for worker in team if tasks[worker] is Task.TURN]
            tasks[[*before, *others, *team][0]] = Task.HEAD_OF_TEAM
        return tasks

    def _loads(self) -> Iterator[Load]:
        plan = self._plan
        minutes: defaultdict[int, list[int]] = defaultdict(list)
        for worker, post in sorted(self._solution.seats):
            minutes[worker].append(Work.of(plan.posts.time(post), is_remote=False).minutes)
        for worker, each in minutes.items():
            yield Load(interpreter_id=plan.people[worker].id, sittings=len(each), minutes=sum(each))

    def _unplanned(self) -> Iterator[Shortage]:
        for left in self._plan.sittings.unplanned:
            for need in left.needs:
                yield Shortage(
                    event_uid=left.event_uid,
                    session_ids=() if left.session_id is None else (left.session_id,),
                    language=need.language,
                    starts_at=left.slot.starts_at,
                    needed=need.heads,
                    missing=need.heads,
                    reason=ShortageReason.UNPLANNED,
                )

    def _shortages(self) -> Iterator[Shortage]:
        """Yield what the booths lack in the sittings, with the reasons."""
        plan, workers = self._plan, self._plan.problem.workers
        short = {post for post, crew in enumerate(plan.posts.crews) if len(self._teams[post]) < crew.heads}
        able: dict[int, list[int]] = {post: [] for post in short}
        for number, worker in enumerate(workers) if short else ():
            for post in worker.posts & short:
                able[post].append(number)
        knowing = Counter(taken for takes in plan.takers for taken in takes)
        busy: defaultdict[int, list[Sitting]] = defaultdict(list)
        for number, post in self._solution.seats:
            busy[number].append(plan.posts.time(post))
        spans: defaultdict[tuple[str, InterpretationService], list[tuple[datetime, datetime, int]]] = defaultdict(list)
        for sitting in plan.sittings.sittings:
            for need in sitting.needs:
                spans[need.language, need.service].append((sitting.starts_at, sitting.ends_at, need.heads))
        for post in sorted(short):
            crew, need, time = plan.posts.crews[post], plan.posts.need(post), plan.posts.time(post)
            key = need.language, need.service
            needed_then, booths_then = _most_at_once(spans[key], time)
            if len(self._teams[post]) == plan.problem.posts[post].needed:
                reason = ShortageReason.BOOTHS
            elif needed_then > knowing[key]:
                reason = ShortageReason.LANGUAGE
            else:
                reason = self._reason(post, able[post], busy, needed_then)
            yield Shortage(
                event_uid=time.event_uid,
                session_ids=time.session_ids,
                language=need.language,
                starts_at=time.starts_at,
                needed=need.heads,
                missing=crew.heads - len(self._teams[post]),
                reason=reason,
                needed_then=needed_then,
                booths_then=booths_then,
                holders=len(able[post]),
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
        if len(able) - fixed < needed <= len(able):
            return ShortageReason.FIXED
        if any(not any(_overlap(other, time) for other in busy.get(worker, ())) for worker in able):
            return ShortageReason.LIMITS
        return ShortageReason.PEOPLE


def _objectives(values: Sequence[int], lacking: Sequence[int]) -> Objectives:
    heads, booths, priority = (value + more for value, more in zip(values, lacking, strict=False))
    names = [attribute.name for attribute in fields(Objectives)]
    return Objectives(**dict(zip(names, (heads, booths, priority, *values[3:]), strict=True)))


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
