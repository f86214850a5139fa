"""The values of all objectives, counted from the seats alone."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence

from wtisd_model.roster.problem import Post, Problem, Worker, scenes
from wtisd_model.rules.hearing import Crewed, Way, hearings


def tally(problem: Problem, seats: Collection[tuple[int, int]]) -> tuple[int, ...]:
    """Return the value of each objective, in the order of the fields of `Objectives`.

    Args:
        problem: what the seats are for.
        seats: worker and post of each; nobody has two in a sitting.
    """
    teams: defaultdict[int, set[int]] = defaultdict(set)
    for worker, taken in seats:
        teams[taken].add(worker)
    heads_short = booths_short = priority_short = retours = 0
    crews: list[list[tuple[Post, list[Worker]]]] = [[] for _ in problem.sittings]
    for index, post in enumerate(problem.posts):
        team = [problem.workers[worker] for worker in teams[index]]
        missing = max(0, post.needed - len(team))
        heads_short += missing
        booths_short += len(team) < min(post.minimum, post.needed)
        priority_short += missing * problem.sittings[post.sitting].priority
        retours += sum(post.language in worker.retours for worker in team)
        crews[post.sitting].append((post, team))
    ways = Counter(
        hearing.way
        for sitting, crew in zip(problem.sittings, crews, strict=True)
        for places, floors in scenes(sitting, [post for post, _ in crew]).items()
        for _, _, hearing in hearings(
            floors, [_crewed([crew[place] for place in together]) for together in places], problem.pivots
        )
    )
    return (
        heads_short,
        booths_short,
        priority_short,
        ways[Way.MISSING],
        len(problem.kept.difference(seats)),
        ways[Way.RELAY],
        retours + ways[Way.RETOUR],
        sum(problem.workers[worker].cost for worker, _ in seats),
        max(Counter(worker for worker, _ in seats).values(), default=0),
        sum(len(teams[after] - teams[before]) for before, after in problem.followers if teams[before]),
    )


def _crewed(posts: Sequence[tuple[Post, Sequence[Worker]]]) -> Crewed:
    """Return a team with what the people at its posts can do."""
    post = posts[0][0]
    pairs = frozenset(pair for _, people in posts for worker in people for pair in worker.pairs_at(post))
    return Crewed(post.language, pairs, post.both_ways, post.feeds, post.listens)
