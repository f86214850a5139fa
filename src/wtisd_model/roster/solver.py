"""The solution of a problem: objectives one after another, each proven, and one choice among equal solutions."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from operator import itemgetter
from typing import NamedTuple

from wtisd_model.roster.formulation import Formulation, Kind, KindsOfPost, paired
from wtisd_model.roster.persons import TakenPosts, before_of, first_seats, matched, persons
from wtisd_model.roster.problem import Problem, Solution
from wtisd_model.roster.program import Budget, value_of
from wtisd_model.roster.tally import tally

OBJECTIVES = 10

_WAYS = {3, 5, 6}
"""The objectives that depend on who hears whom."""

_MOST_BY_PERSONS = 5000
"""The seats that all people together could have, up to which a program by persons is tried after one by kinds."""

_SECONDS_FOR_A_SEAT = 4e-5
"""The time that a program needs for each seat that somebody could have, before it is solved, roughly."""


def solve(problem: Problem, *, seconds: float | None = None, nodes: int | None = None) -> Solution:
    """Return the best seats, or the best ones that are found within a budget.

    Args:
        problem: what is needed; in another order of its workers, posts or limits, another solution that is as good
            may be chosen.
        seconds: the time that the search may take; None means as long as it needs.
        nodes: the nodes that the search may visit; None means as many as it needs.

    Raises:
        ImportError: highspy is not installed: ``pip install 'wtisd-model[roster]'``.
    """
    budget = Budget(seconds, nodes)
    able: list[list[int]] = [[] for _ in problem.posts]
    for index, worker in enumerate(problem.workers):
        for post in worker.posts:
            able[post].append(index)
    least_short = sum(max(0, post.needed - len(people)) for post, people in zip(problem.posts, able, strict=True))
    found = _Best(first_seats(problem, able, budget), (least_short, *[0] * (OBJECTIVES - 1)), is_proven=False)
    seats = sum(map(len, able))
    # A program that takes all the time to write down leaves none to solve it.
    if budget.seconds > seats * _SECONDS_FOR_A_SEAT:
        # Kinds of people and groups of sittings first: by persons, very many solutions are all the same.
        kinds = _kinds(problem)
        groups = _groups(problem, kinds)
        found = _found(problem, kinds, groups, found, budget)
        is_by_persons = len(kinds) == len(problem.workers) and len(groups) == len(problem.sittings)
        if not (is_by_persons or seats > _MOST_BY_PERSONS):
            kinds = [Kind((index,), worker) for index, worker in enumerate(problem.workers)]
            groups = [[sitting] for sitting in range(len(problem.sittings))]
            found = _found(problem, kinds, groups, found, budget)
    return Solution(frozenset(found.seats), found.bounds, found.is_proven)


class _Best(NamedTuple):
    seats: TakenPosts
    bounds: tuple[int, ...]
    """Those that hold whatever is found later."""
    is_proven: bool
    is_solved: bool = False
    """True if the program is solved, and only the people and teams that it means could be better."""


def _found(
    problem: Problem, kinds: Sequence[Kind], groups: Sequence[Sequence[int]], found: _Best, budget: Budget
) -> _Best:
    """Return the best seats of a program: those of its relaxation, if it has a solution as good."""
    for is_relaxed in (True, False):
        if not (found.is_proven or found.is_solved or budget.is_spent):
            found = _search(problem, kinds, groups, found, budget, is_relaxed=is_relaxed)
    return found._replace(is_solved=False)


def _search(
    problem: Problem,
    kinds: Sequence[Kind],
    groups: Sequence[Sequence[int]],
    found: _Best,
    budget: Budget,
    *,
    is_relaxed: bool,
) -> _Best:
    """Minimize one objective after another; each one found is held for the next.

    Relaxed, only the last choice is: each objective before it is held at what it cannot be below, which is often
    possible, and far less to search.
    """
    formulation = Formulation(problem, kinds, groups, budget)
    if budget.seconds <= 0:
        return found
    seats, counted = found.seats, tally(problem, found.seats)
    best = counted, seats
    bounds, values = list[int](), list[int]()
    columns: Sequence[int] | None = None
    is_chosen = False
    for number, objective in enumerate(formulation.sums(values)):
        value = bound = max(objective.least, *found.bounds[number : number + 1], 0)
        # Which of its teams sit together does not change what else a solution of the program is worth.
        agreeing = number if columns is None or number in _WAYS else min(number, 1)
        if counted[:agreeing] != tuple(values[:agreeing]) or counted[number : number + 1] != (bound,):
            if is_relaxed and number < OBJECTIVES:
                least = formulation.program.settle(objective.terms, budget)
                if least is None:
                    break
                values.append(least + objective.constant)
                bounds.append(max(bound, values[-1]) if objective.is_exact else bound)
                continue
            search = formulation.program.complete if is_relaxed else formulation.program.minimize
            # A sum that may be more than the value proves nothing, however long it is searched for.
            spending = budget if objective.is_exact else Budget(budget.seconds, 1)
            outcome = search(objective.terms, formulation.columns_of(seats), spending)
            if outcome.columns is None:
                break
            columns = outcome.columns
            value = value_of(objective.terms, columns) + objective.constant
            if objective.is_exact:
                bound = int(max(bound, outcome.bound + objective.constant))
            seats = _decoded(problem, formulation, columns, None, found.seats)
            counted = tally(problem, seats)
            best = min((counted, seats), best, key=itemgetter(0))
            is_chosen = number == OBJECTIVES and value == bound
        if number < OBJECTIVES:
            values.append(value)
            bounds.append(bound)
            formulation.program.row(objective.terms, most=value - objective.constant)
        if budget.is_spent or (columns is not None and not objective.is_exact and counted[number] > bound):
            break
    if columns is not None and counted[: len(values)] != tuple(values):
        seats = _decoded(problem, formulation, columns, budget, found.seats)
        counted = tally(problem, seats)
        best = min((counted, seats), best, key=itemgetter(0))
    is_solved, is_chosen = is_chosen, is_chosen and counted == tuple(bounds)
    counted = best[0]
    # A bound holds for what is as good in all objectives before.
    holding = next((number for number, bound in enumerate(bounds) if counted[number] != bound), len(bounds))
    bounds = [*bounds[: holding + 1], *[0] * OBJECTIVES][:OBJECTIVES]
    return _Best(best[1], tuple(bounds), is_chosen, is_solved)


def _decoded(
    problem: Problem, formulation: Formulation, columns: Sequence[int], budget: Budget | None, first: TakenPosts
) -> TakenPosts:
    teams = _seated(problem, formulation, columns, budget)
    seats = persons(problem, formulation.kinds, teams, formulation.load_of(columns))
    # A solution in fractions, once rounded, can be beyond a limit of large weights, by less than the solver knows of:
    # then somebody has lost a seat, and nothing is proven; it must not be a fixed one.
    return seats if problem.fixed <= seats else first


def _kinds(problem: Problem) -> list[Kind]:
    """Return the people who are equal in everything but their ids."""
    bound: dict[int, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for number, seats in enumerate((problem.kept, problem.fixed)):
        for worker, post in sorted(seats):
            bound[worker][number].append(post)
    members: dict[object, list[int]] = defaultdict(list)
    for index, person in enumerate(problem.workers):
        members[person._replace(id=""), *map(tuple, bound[index])].append(index)
    return [Kind(tuple(indexes), problem.workers[indexes[0]]) for indexes in members.values()]


def _groups(problem: Problem, kinds: Sequence[Kind]) -> list[list[int]]:
    """Return the sittings in groups of equal ones, of which nobody can take two."""
    held = {post for _, post in problem.kept | problem.fixed}
    able: dict[int, list[int]] = defaultdict(list)
    for number, kind in enumerate(kinds):
        for able_post in kind.worker.posts:
            able[able_post].append(number)
    posts: list[list[tuple[object, ...]]] = [[] for _ in problem.sittings]
    people: list[set[int]] = [set() for _ in problem.sittings]
    teams = Counter((post.sitting, post.team) for post in problem.posts)
    for index, post in enumerate(problem.posts):
        # A group does not know which of the people meet who have several posts of a team.
        own = index if index in held or teams[post.sitting, post.team] > 1 else -1
        posts[post.sitting].append((post._replace(sitting=0), tuple(able[index]), own))
        people[post.sitting].update(able[index])
    weights = [
        tuple(
            (number, limit.weights[sitting]) for number, limit in enumerate(problem.limits) if sitting in limit.weights
        )
        for sitting in range(len(problem.sittings))
    ]
    groups: dict[object, list[int]] = defaultdict(list)
    for sitting, meeting in enumerate(problem.sittings):
        excluding = {limit for limit, weight in weights[sitting] if 2 * weight > problem.limits[limit].most}
        is_alone = any(excluding.isdisjoint(kinds[kind].worker.limits) for kind in people[sitting])
        groups[meeting, *posts[sitting], weights[sitting], sitting if is_alone else -1].append(sitting)
    return list(groups.values())


def _seated(
    problem: Problem, formulation: Formulation, columns: Sequence[int], budget: Budget | None = None
) -> dict[int, KindsOfPost]:
    """Return the kinds in each post: those of the post that it follows, as far as possible.

    Args:
        problem: what is needed.
        formulation: its program.
        columns: the values of the columns of the program.
        budget: what may be spent to find which teams sit together; None means that it does not matter.
    """
    before = before_of(problem)
    teams: dict[int, KindsOfPost] = {}
    seated: dict[int, list[int]] = {}
    pairings: dict[object, list[list[KindsOfPost]]] = {}
    for cells in formulation.groups:
        together = [
            matched(
                formulation.teams_of(cell, columns),
                [[teams[first] for first in before[post] if first in teams] for post in cell.posts],
            )
            for cell in cells
        ]
        if budget is not None and cells and len(cells[0].posts) > 1:
            floors = problem.sittings[cells[0].post.sitting].floors
            posts = tuple(cell.post._replace(sitting=0) for cell in cells)
            key = floors, posts, tuple(tuple(sorted(own)) for own in together)
            if key not in pairings:
                pairings[key] = paired(problem, formulation.kinds, cells, together, budget)
            if Counter(zip(*together, strict=True)) != Counter(zip(*pairings[key], strict=True)):
                together = pairings[key]
        for cell, own in zip(cells, together, strict=True):
            teams |= zip(cell.posts, own, strict=True)
    for cell in (cell for cells in formulation.groups for cell in cells):
        # A team says only who are alike; who of them it is is counted for all posts together.
        counted = {} if cell.teams is None else cell.own
        seated |= {post: [kind for kind in teams[post] if kind not in counted] for post in cell.posts}
        for alike in sorted({cell.alike[kind] for kind in counted}):
            slots = [(post, place) for post in cell.posts for place in range(teams[post].count(alike))]
            kinds = [
                kind for kind, column in counted.items() if cell.alike[kind] == alike for _ in range(columns[column])
            ]
            wishes: list[list[int]] = []
            for post, place in slots:
                earlier = [kind for first in before[post] for kind in seated.get(first, ())]
                wishes.append([*earlier[place:], *earlier[:place]])
            for (post, _), kind in zip(slots, matched(kinds, wishes), strict=True):
                seated[post].append(kind)
    return {post: tuple(team) for post, team in seated.items()}
