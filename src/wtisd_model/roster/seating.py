"""Seats without a solver: a first proposal by a simple rule, and persons for the kinds that a program has seated."""

from collections import Counter, defaultdict

from wtisd_model.roster.problem import Problem

Seats = set[tuple[int, int]]
"""Worker and post of each."""


class _Book:
    """Who sits where, and what the limits of each still allow."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.seats: Seats = set()
        self.load: Counter[int] = Counter()
        self._sitting: set[tuple[int, int]] = set()
        self._used: Counter[tuple[int, int]] = Counter()
        self._weights: dict[tuple[tuple[int, ...], int], list[tuple[int, int, int]]] = {}

    def _limits(self, worker: int, sitting: int) -> list[tuple[int, int, int]]:
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
            used[worker, limit] + weight <= most for limit, weight, most in self._limits(worker, sitting)
        )

    def seat(self, worker: int, post: int) -> None:
        """Give the person the seat."""
        sitting = self.problem.posts[post].sitting
        self.seats.add((worker, post))
        self.load[worker] += 1
        self._sitting.add((worker, sitting))
        for limit, weight, _ in self._limits(worker, sitting):
            self._used[worker, limit] += weight


def first_seats(problem: Problem) -> Seats:
    """Return seats by a simple rule: what is fixed, what is kept, then sitting by sitting, the scarcest post first."""
    book = _Book(problem)
    heads: Counter[int] = Counter()
    for worker, post in (*sorted(problem.fixed), *sorted(problem.kept - problem.fixed)):
        if (worker, post) in problem.fixed or (heads[post] < problem.posts[post].needed and book.allows(worker, post)):
            book.seat(worker, post)
            heads[post] += 1
    able: dict[int, list[int]] = defaultdict(list)
    for index, person in enumerate(problem.workers):
        for post in person.posts:
            able[post].append(index)
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
    for post in order:
        needed, language = problem.posts[post].needed, problem.posts[post].language
        floors = problem.sittings[problem.posts[post].sitting].floors - {language}
        team = teams[post]
        while len(team) < needed:
            pairs = {pair for worker in team for pair in problem.workers[worker].pairs}
            best = min(
                (
                    (
                        language in person.retours,
                        -sum((floor, language) in person.pairs - pairs for floor in floors),
                        len(person.posts),
                        book.load[worker],
                        worker,
                    )
                    for worker in able[post]
                    if book.allows(worker, post)
                    for person in (problem.workers[worker],)
                ),
                default=None,
            )
            if best is None:
                break
            book.seat(best[-1], post)
            team.append(best[-1])
    return book.seats
