"""All rosters of a tiny problem, judged one by one: a second reading of what the objectives mean.

It shares nothing with the package but the form of a problem: how languages are heard and what is counted is written
again here, from the words of the issue.
"""

from collections.abc import Iterator
from itertools import product
from math import prod
from typing import NamedTuple

from wtisd_model.roster.problem import Problem, Worker

Seats = frozenset[tuple[int, int]]

OBJECTIVES = (
    "heads short",
    "booths short",
    "priority short",
    "floors unreached",
    "changes",
    "relays",
    "retours",
    "cost",
    "largest load",
    "replaced",
)


class Best(NamedTuple):
    """The best values of a problem, and who sits where in the rosters that have them."""

    values: tuple[int, ...]
    rosters: frozenset[Seats]
    decides: tuple[bool, ...]
    """For each objective, True if those before it leave rosters that differ in it."""


def best(problem: Problem) -> Best:
    """Return what the best rosters have; there must be one that is allowed."""
    left = [(values(problem, seats), seats) for seats in rosters(problem)]
    decides: list[bool] = []
    for objective in range(len(OBJECTIVES)):
        least = min(one[objective] for one, _ in left)
        remaining = [(one, seats) for one, seats in left if one[objective] == least]
        decides.append(len(remaining) < len(left))
        left = remaining
    return Best(left[0][0], frozenset(seats for _, seats in left), tuple(decides))


def rosters(problem: Problem) -> Iterator[Seats]:
    """Yield all that are allowed."""
    own = [list(_lists_of_posts(problem, number)) for number in range(len(problem.workers))]
    for lists in product(*own):
        seats = frozenset((worker, post) for worker, posts in enumerate(lists) for post in posts)
        if not _is_crowded(problem, seats):
            yield seats


def trials(problem: Problem) -> int:
    """Return how many rosters are looked at, of which some are crowded."""
    return prod(sum(1 for _ in _lists_of_posts(problem, number)) for number in range(len(problem.workers)))


def is_allowed(problem: Problem, seats: Seats) -> bool:
    """Return True if everybody may sit there, once in a sitting and within their limits, and nobody sits in excess."""
    return not _is_crowded(problem, seats) and all(
        {post for one, post in seats if one == number} <= worker.posts
        and _is_within_limits(problem, worker, [post for one, post in seats if one == number])
        for number, worker in enumerate(problem.workers)
    )


def _lists_of_posts(problem: Problem, number: int) -> Iterator[list[int]]:
    """Yield the lists of posts that one person may have: what is fixed among them, none or one in each sitting."""
    worker = problem.workers[number]
    fixed = {post for one, post in problem.fixed if one == number}
    choices = [
        [None, *(post for post in sorted(worker.posts) if problem.posts[post].sitting == sitting)]
        for sitting in range(len(problem.sittings))
    ]
    for choice in product(*choices):
        posts = [post for post in choice if post is not None]
        if fixed <= set(posts) and _is_within_limits(problem, worker, posts):
            yield posts


def _is_within_limits(problem: Problem, worker: Worker, posts: list[int]) -> bool:
    sittings = [problem.posts[post].sitting for post in posts]
    if len(set(sittings)) < len(sittings):
        return False
    for number in worker.limits:
        limit = problem.limits[number]
        if sum(limit.weights[sitting] for sitting in sittings if sitting in limit.weights) > limit.most:
            return False
    return True


def _is_crowded(problem: Problem, seats: Seats) -> bool:
    seated = [post for _, post in seats]
    return any(seated.count(number) > post.needed for number, post in enumerate(problem.posts))


def values(problem: Problem, seats: Seats) -> tuple[int, ...]:
    """Return the ten values of a roster."""
    team = [[worker for worker, post in seats if post == number] for number in range(len(problem.posts))]
    short = [post.needed - len(team[number]) for number, post in enumerate(problem.posts)]
    heard = [way for _, _, way in ways(problem, seats)]
    replaced = 0
    for before, after in problem.followers:
        if team[before]:
            replaced += sum(1 for worker in team[after] if worker not in team[before])
    return (
        sum(short),
        sum(
            1
            for number, post in enumerate(problem.posts)
            if len(team[number]) < post.minimum and len(team[number]) < post.needed
        ),
        sum(short[number] * problem.sittings[post.sitting].priority for number, post in enumerate(problem.posts)),
        heard.count("missing"),
        sum(1 for seat in problem.kept if seat not in seats),
        heard.count("relay"),
        heard.count("retour")
        + sum(1 for worker, post in seats if problem.posts[post].language in problem.workers[worker].retours),
        sum(problem.workers[worker].cost for worker, _ in seats),
        max(sum(1 for one, _ in seats if one == worker) for worker in range(len(problem.workers)))
        if problem.workers
        else 0,
        replaced,
    )


def ways(problem: Problem, seats: Seats) -> Iterator[tuple[int, str, str]]:
    """Yield how each floor language comes to each team that does not work into it: sitting, language, way."""
    team = [[worker for worker, post in seats if post == number] for number in range(len(problem.posts))]
    for sitting, meeting in enumerate(problem.sittings):
        here = [number for number, post in enumerate(problem.posts) if post.sitting == sitting]
        told: set[tuple[tuple[int, ...], str]] = set()
        for part, floors in enumerate(meeting.floors):
            there = [number for number in here if part in problem.posts[number].parts]
            # The people of a team who are there hear together, whichever of its posts they have.
            mates = {number: [other for other in there if _is_one_team(problem, number, other)] for number in there}
            together = [
                [worker for other in mates.get(number, ()) for worker in team[other]] for number in range(len(team))
            ]
            first = [number for number in there if mates[number][0] == number]
            for floor in floors:
                if (tuple(there), floor) in told:  # The same people hear the same.
                    continue
                told.add((tuple(there), floor))
                for number in first:
                    if problem.posts[number].language != floor:
                        yield sitting, floor, _way(problem, together, first, number, floor)


def _is_one_team(problem: Problem, number: int, other: int) -> bool:
    one, two = problem.posts[number], problem.posts[other]
    return one.service == two.service and all(
        getattr(one, name) == getattr(two, name) for name in ("language", "both_ways", "feeds", "listens")
    )


def _way(problem: Problem, team: list[list[int]], here: list[int], number: int, floor: str) -> str:
    language = problem.posts[number].language
    if _does(problem, team, number, floor, language):
        return "direct"
    if not problem.posts[number].listens:
        return "missing"
    # Listeners hear it themselves, but captions of it are written by somebody.
    if (problem.posts[number].feeds or _does(problem, team, number, language, language)) and any(
        _is_retour(problem, team, other, floor, language) for other in here
    ):
        return "retour"
    # Any third language in which somebody can be heard, and which somebody here works from.
    for pivot in {target for worker in problem.workers for _, target in worker.pairs[0]} - {floor, language}:
        if not _does(problem, team, number, pivot, language):
            continue
        if any(
            _is_direct(problem, team, other, floor, pivot) or _is_retour(problem, team, other, floor, pivot)
            for other in here
        ):
            return "relay"
    return "missing"


def _does(problem: Problem, team: list[list[int]], number: int, source: str, target: str) -> bool:
    service = problem.posts[number].service
    people = [problem.workers[worker] for worker in team[number]]
    return any((source, target) in one.pairs[service] for one in people)


def _is_direct(problem: Problem, team: list[list[int]], number: int, floor: str, pivot: str) -> bool:
    """Return True if a booth of the pivot works from the floor, and may be worked from."""
    post = problem.posts[number]
    return (
        post.feeds
        and post.language == pivot
        and _may_be_pivot(problem, pivot)
        and _does(problem, team, number, floor, pivot)
    )


def _is_retour(problem: Problem, team: list[list[int]], number: int, floor: str, target: str) -> bool:
    """Return True if the booth of the floor language works from it into the target, and may be worked from."""
    post = problem.posts[number]
    return (
        post.feeds
        and post.both_ways
        and post.language == floor
        and _may_be_pivot(problem, target)
        and _does(problem, team, number, floor, target)
    )


def _may_be_pivot(problem: Problem, language: str) -> bool:
    return problem.pivots is None or language in problem.pivots
