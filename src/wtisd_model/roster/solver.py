"""The solution of a problem: objectives one after another, each proven, and one choice among equal solutions."""

from collections.abc import Iterable
from typing import NamedTuple

from wtisd_model.roster.formulation import Formulation, Kind
from wtisd_model.roster.problem import Limit, Problem, Solution
from wtisd_model.roster.program import Budget, value_of
from wtisd_model.roster.seating import Seats, first_seats
from wtisd_model.roster.tally import tally

OBJECTIVES = 10


def solve(problem: Problem, *, seconds: float | None = None, nodes: int | None = None) -> Solution:
    """Return the best seats, or the best ones that are found within a budget.

    Args:
        problem: what is needed; its workers are in order of their ids.
        seconds: the time that the search may take; None means as long as it needs.
        nodes: the nodes that the search may visit; None means as many as it needs.

    Raises:
        ImportError: highspy is not installed: ``pip install 'wtisd-model[roster]'``.
    """
    canonical, workers, posts = _in_order(problem)
    budget = Budget(seconds, nodes)
    found = _by_persons(canonical, first_seats(canonical), budget)
    seats = frozenset((workers[worker], posts[post]) for worker, post in found.seats)
    return Solution(seats, found.bounds, found.proven)


class _Found(NamedTuple):
    seats: Seats
    bounds: tuple[int, ...]
    proven: bool


def _by_persons(problem: Problem, seats: Seats, budget: Budget) -> _Found:
    kinds = [Kind((index,), worker) for index, worker in enumerate(problem.workers)]
    groups = [[sitting] for sitting in range(len(problem.sittings))]
    formulation = Formulation(problem, kinds, groups, {True: 3000, False: 100})
    values: list[int] = []
    bounds: list[int] = []
    proven = True
    counted = tally(problem, seats)
    for objective in formulation.sums(values):
        number = len(values)
        is_choice = number == OBJECTIVES
        value = None if is_choice else counted[number]
        bound = objective.least
        if value != bound and not budget.is_spent:
            outcome = formulation.program.minimize(objective.terms, formulation.columns_of(seats), budget)
            if outcome.columns is not None:
                seats = {
                    (kinds[kind].members[0], cell.posts[0])
                    for cells, teams in zip(formulation.groups, formulation.teams_of(outcome.columns), strict=True)
                    for cell, (team,) in zip(cells, teams, strict=True)
                    for kind in team
                }
                counted = tally(problem, seats)
                value = (
                    objective.constant + value_of(objective.terms, outcome.columns) if is_choice else counted[number]
                )
            bound = int(max(bound, outcome.bound + objective.constant))
        is_proven = value == bound
        if not is_choice:
            bounds.append(bound if proven else 0)
            values.append(counted[number])
            formulation.program.row(objective.terms, most=counted[number] - objective.constant)
        proven = proven and is_proven
    return _Found(seats, tuple(bounds), proven)


def _in_order(problem: Problem) -> tuple[Problem, list[int], list[int]]:
    """Return the problem with its people, posts and limits in an order that is that of no list, and their indexes."""
    workers = sorted(range(len(problem.workers)), key=lambda worker: problem.workers[worker].id)
    rank = {worker: new for new, worker in enumerate(workers)}
    able: dict[int, list[int]] = {post: [] for post in range(len(problem.posts))}
    for worker in workers:
        for post in problem.workers[worker].posts:
            able[post].append(rank[worker])
    marked: dict[int, tuple[list[int], list[int]]] = {post: ([], []) for post in able}
    for number, pairs in enumerate((problem.kept, problem.fixed)):
        for worker, post in pairs:
            marked[post][number].append(rank[worker])
    posts = sorted(able, key=lambda post: (problem.posts[post], able[post], *map(sorted, marked[post]), post))
    place = {post: new for new, post in enumerate(posts)}
    limits = sorted({(tuple(sorted(limit.weights.items())), limit.most) for limit in problem.limits})
    number_of = {limit: new for new, limit in enumerate(limits)}
    renumbered = [number_of[tuple(sorted(limit.weights.items())), limit.most] for limit in problem.limits]

    def seats(pairs: Iterable[tuple[int, int]]) -> frozenset[tuple[int, int]]:
        return frozenset((rank[worker], place[post]) for worker, post in pairs)

    return (
        problem._replace(
            posts=tuple(problem.posts[post] for post in posts),
            workers=tuple(
                problem.workers[worker]._replace(
                    posts=frozenset(place[post] for post in problem.workers[worker].posts),
                    limits=tuple(sorted({renumbered[limit] for limit in problem.workers[worker].limits})),
                )
                for worker in workers
            ),
            limits=tuple(Limit(dict(weights), most) for weights, most in limits),
            kept=seats(problem.kept),
            fixed=seats(problem.fixed),
            followers=tuple(sorted((place[a], place[b]) for a, b in problem.followers)),
        ),
        workers,
        posts,
    )
