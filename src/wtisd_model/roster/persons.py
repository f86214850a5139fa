"""Seats without a solver: a first proposal by a simple rule, and persons for the kinds that a program has seated."""

from collections import Counter, defaultdict, deque
from collections.abc import Mapping, Sequence
from itertools import cycle, groupby, islice
from typing import TypeVar

from wtisd_model.roster.formulation import Kind
from wtisd_model.roster.problem import Problem
from wtisd_model.roster.program import Budget

_T = TypeVar("_T")

_LOOKED_AT = 50
"""The people who are compared for a seat."""

TakenPosts = set[tuple[int, int]]
"""Worker and post of each."""


class _Book:
    """Who sits where, and what the limits of each still allow."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.seats: TakenPosts = set()
        self.load: Counter[int] = Counter()
        self._sitting: set[tuple[int, int]] = set()
        self._used: Counter[tuple[int, int]] = Counter()
        self._weights: dict[tuple[tuple[int, ...], int], list[tuple[int, int, int]]] = {}

    def limits(self, worker: int, sitting: int) -> list[tuple[int, int, int]]:
        """Return the limits that a sitting counts for: index, weight, and most of all weights."""
        concern = self.problem.workers[worker].limits
        if (concern, sitting) not in self._weights:
            limits = ((limit, self.problem.limits[limit]) for limit in concern)
            self._weights[concern, sitting] = [
                (limit, weight, most) for limit, (weights, most) in limits if (weight := weights.get(sitting))
            ]
        return self._weights[concern, sitting]

    def allows(self, worker: int, post: int) -> bool:
        """Return True if the person is free, and their limits allow the sitting."""
        sitting, used = self.problem.posts[post].sitting, self._used
        return (worker, sitting) not in self._sitting and all(
            used[worker, limit] + weight <= most for limit, weight, most in self.limits(worker, sitting)
        )

    def seat(self, worker: int, post: int) -> None:
        """Give the person the seat."""
        self.seats.add((worker, post))
        self._sitting.add((worker, self.problem.posts[post].sitting))
        self._count(worker, post, 1)

    def length(self, worker: int, chain: Sequence[int], most_load: int | None) -> int:
        """Return how many posts of a chain, from its first one, the person may take."""
        length = 0
        for post in chain:
            if self.load[worker] == most_load or not self.allows(worker, post):
                break
            self._count(worker, post, 1)
            length += 1
        for post in chain[:length]:
            self._count(worker, post, -1)
        return length

    def _count(self, worker: int, post: int, times: int) -> None:
        self.load[worker] += times
        for limit, weight, _ in self.limits(worker, self.problem.posts[post].sitting):
            self._used[worker, limit] += times * weight


def first_seats(problem: Problem, able: Sequence[Sequence[int]], budget: Budget) -> TakenPosts:
    """Return seats by a simple rule: what is fixed, what is kept, then sitting by sitting, the scarcest post first.

    Args:
        problem: what is needed.
        able: the people who may take each post.
        budget: once it is spent, people are no longer compared: the first one who is free takes the seat.
    """
    book = _Book(problem)
    heads: Counter[int] = Counter()
    for worker, post in (*sorted(problem.fixed), *sorted(problem.kept - problem.fixed)):
        if (worker, post) in problem.fixed or (heads[post] < problem.posts[post].needed and book.allows(worker, post)):
            book.seat(worker, post)
            heads[post] += 1
    order = sorted(
        range(len(problem.posts)),
        key=lambda post: (
            -problem.sittings[problem.posts[post].sitting].priority,
            problem.posts[post].sitting,
            len(able[post]) - problem.posts[post].needed,
            post,
        ),
    )
    teams: dict[int, list[int]] = defaultdict(list)
    for worker, post in book.seats:
        teams[post].append(worker)
    first: Counter[str] = Counter()
    for post in order:
        needed, language = problem.posts[post].needed, problem.posts[post].language
        spoken = problem.sittings[problem.posts[post].sitting].floors
        floors = {(floor, language) for part in problem.posts[post].parts for floor in spoken[part] - {language}}
        team = teams[post]
        looked_at = 1 if budget.is_spent else _LOOKED_AT
        while len(team) < needed:
            unheard = floors.difference(*(problem.workers[worker].pairs_at(problem.posts[post]) for worker in team))
            # Not everybody of thousands is looked at: the next ones in turn.
            start = first[language] % max(1, len(able[post]))
            in_turn = islice(cycle(able[post]), start, start + len(able[post]))
            free = islice((worker for worker in in_turn if book.allows(worker, post)), looked_at)
            best = min(
                (
                    (
                        language in person.retours,
                        -len(person.pairs_at(problem.posts[post]) & unheard),
                        len(person.posts),
                        book.load[worker],
                        worker,
                    )
                    for worker in free
                    for person in (problem.workers[worker],)
                ),
                default=None,
            )
            if best is None:
                break
            book.seat(best[-1], post)
            team.append(best[-1])
            first[language] += len(able[post]) > _LOOKED_AT
    return book.seats


def persons(
    problem: Problem,
    kinds: Sequence[Kind],
    teams: Mapping[int, Sequence[int]],
    most_load: int | None = None,
) -> TakenPosts:
    """Return seats for the members of kinds, in order of their ids; a seat stays empty if no member may take it.

    Args:
        problem: what is needed.
        kinds: all of its people.
        teams: for each post, the kinds of the people who sit there; a kind comes once for each person.
        most_load: the sittings that one person may have; None means any number.
    """
    posts_of: dict[int, list[int]] = defaultdict(list)
    for post in sorted(teams):
        for kind in teams[post]:
            posts_of[kind].append(post)
    seats: TakenPosts = set()
    for number, posts in posts_of.items():
        members = kinds[number].members
        chains = _chains(problem, posts)
        taken = _in_chains(problem, members, chains, most_load) if len(chains) < len(posts) else None
        seats |= _in_turn(problem, members, posts) if taken is None else taken
    return seats


def _chains(problem: Problem, posts: Sequence[int]) -> list[list[int]]:
    """Return the posts as chains, in which each follows the one before it."""
    ends: dict[int, list[list[int]]] = defaultdict(list)
    before = before_of(problem)
    chains: list[list[int]] = []
    for post in posts:
        chain = next((ends[first].pop() for first in before[post] if ends[first]), None)
        if chain is None:
            chain = list[int]()
            chains.append(chain)
        chain.append(post)
        ends[post].append(chain)
    return chains


def _in_chains(
    problem: Problem, members: Sequence[int], chains: Sequence[Sequence[int]], most_load: int | None
) -> TakenPosts | None:
    """Give each chain to somebody who may take all of it, or the rest to others; None if a seat stays empty."""
    book = _Book(problem)
    rests = deque(chains)
    turn = 0
    while rests:
        chain = rests.popleft()
        in_turn = [*members[turn:], *members[:turn]]
        lengths = [book.length(worker, chain, most_load) for worker in in_turn]
        length = max(lengths)
        if not length:
            return None
        step = lengths.index(length)
        for post in chain[:length]:
            book.seat(in_turn[step], post)
        turn = (turn + step + 1) % len(members)
        if length < len(chain):
            rests.appendleft(chain[length:])
    return book.seats


def _in_turn(problem: Problem, members: Sequence[int], posts: Sequence[int]) -> TakenPosts:
    """Give the posts to the members in turn.

    Of posts that follow each other, nobody has two more than anybody else. So if a limit is on sittings that follow
    each other and all weigh the same, everybody keeps to it as soon as all together keep to the sum of theirs.
    """
    book = _Book(problem)
    before = before_of(problem)
    seated: dict[int, list[int]] = defaultdict(list)
    turn = 0
    # Sittings that count alike, such as those at the same time.
    for _, alike in groupby(posts, lambda post: book.limits(members[0], problem.posts[post].sitting)):
        slots: list[int] = []
        chosen: list[int] = []
        for post in alike:
            for step in range(len(members)):
                worker = members[(turn + step) % len(members)]
                if book.allows(worker, post):
                    book.seat(worker, post)
                    slots.append(post)
                    chosen.append(worker)
                    turn += step + 1
                    break
        if len({*chosen}) == len(chosen):
            # Each has one of them; who has which is free, and so they stay with their teams.
            chosen = matched(chosen, [[worker for first in before[post] for worker in seated[first]] for post in slots])
        for post, worker in zip(slots, chosen, strict=True):
            seated[post].append(worker)
    return {(worker, post) for post, team in seated.items() for worker in team}


def before_of(problem: Problem) -> dict[int, list[int]]:
    """Return the posts that each post follows."""
    before: dict[int, list[int]] = defaultdict(list)
    for first, second in problem.followers:
        before[second].append(first)
    return before


def matched(items: Sequence[_T], wishes: Sequence[Sequence[_T]]) -> list[_T]:
    """Return one item for each list of wishes: the first one wished for that is left, or any."""
    left = Counter(items)
    found: dict[int, _T] = {}
    for place, wished in enumerate(wishes):
        for item in wished:
            if left[item]:
                found[place] = item
                left[item] -= 1
                break
    rest = left.elements()
    return [found[place] if place in found else next(rest) for place in range(len(items))]
