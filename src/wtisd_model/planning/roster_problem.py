"""The problem of a roster in numbers, and what these stand for."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from operator import attrgetter
from typing import NamedTuple

from wtisd_model.codes import Code
from wtisd_model.data.currencies import MINOR_UNITS
from wtisd_model.errors import InvalidValueError
from wtisd_model.findings import finding, pointer
from wtisd_model.model.interpretation import InterpretationService
from wtisd_model.model.interpreter import Interpreter
from wtisd_model.model.roster import AMOUNT, Roster
from wtisd_model.model.terms import Terms
from wtisd_model.planning.roster_posts import Earlier, Posts
from wtisd_model.roster.problem import Limit, Meeting, Post, Problem, Worker
from wtisd_model.rules.roster import FreeTime, faults
from wtisd_model.rules.sittings import Sittings
from wtisd_model.rules.working_hours import HourLimit, Work, limits_of
from wtisd_model.types.attendance import ParticipationMode


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


class Plan:
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
        self.posts: Posts = Posts(given, sittings, earlier, may_part=may_part)
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
        self.is_exact: bool = sittings.is_best_dealt and not self.posts.are_parting
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
        self.problem: Problem = Problem(
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
