"""Problems that are drawn: tiny and larger ones, in which everything occurs that a roster can have."""

from collections.abc import Sequence
from random import Random
from typing import NamedTuple

from tests.roster.brute_force import Seats, is_allowed, trials, ways
from wtisd_model.roster.problem import Limit, Meeting, Post, Problem, Worker

_LANGUAGES: tuple[str, ...] = ("ar", "en", "fr", "ru")
_TRIALS = range(20, 6_000)


class _Mood(NamedTuple):
    """What decides differs with it."""

    people: tuple[int, int] = (3, 5)
    heads: tuple[int, int] = (1, 2)
    """Of each team."""
    sittings: tuple[int, int] = (1, 3)
    are_alike: bool = False
    """True if most people have the same languages and cost."""
    are_relayed: bool = False
    """True if there are three booths, and a few people for each, who differ in what they work from."""
    parallel: int = 1
    """The sittings at a time, which are equal, and of which nobody can take two."""
    kept: float = 0.0
    """The chance of each seat that is possible."""


_MOODS = (
    _Mood((2, 3), (1, 3), (2, 3)),
    _Mood((2, 3), (1, 2), (2, 3)),
    _Mood((2, 4)),
    _Mood(kept=0.3),
    _Mood(are_alike=True),
    _Mood((3, 5), (1, 1), are_alike=True),
    _Mood((4, 5), (1, 1), (1, 2), are_relayed=True),
    _Mood((4, 5), (1, 2), (1, 2), are_relayed=True),
    _Mood((2, 4), (1, 2), (2, 4), are_alike=True, parallel=2),
)


def tiny(draw: Random) -> Problem:
    """Return a problem whose rosters can be tried one by one."""
    while True:
        problem = _problem(draw, draw.choice(_MOODS))
        if trials(problem) in _TRIALS:
            return problem


def larger(draw: Random, people: tuple[int, int] = (6, 16)) -> Problem:
    """Return a problem like the tiny ones, with too many rosters to try."""
    return _problem(draw, _Mood(people, (1, 3), (3, 6), kept=draw.choice((0.0, 0.1))))


def crowd(draw: Random) -> Problem:
    """Return a problem in which many people, and the sittings of a time, are equal."""
    return _problem(
        draw, _Mood((6, 14), (1, 3), (2, 6), are_alike=True, parallel=draw.randint(2, 3), kept=draw.choice((0.0, 0.1)))
    )


def distinct(problem: Problem) -> Problem:
    """Return the problem with a limit of its own for each person, which allows everything."""
    work, first = dict.fromkeys(range(len(problem.sittings)), 1), len(problem.limits)
    return problem._replace(
        workers=tuple(
            worker._replace(limits=(*worker.limits, first + number)) for number, worker in enumerate(problem.workers)
        ),
        limits=(*problem.limits, *(Limit(work, 1_000 + number) for number in range(len(problem.workers)))),
    )


def planted(draw: Random, people: int, sittings: int) -> tuple[Problem, Seats]:
    """Return a roster in which nothing is short, with the problem that it was made into."""
    known = [draw.sample(_LANGUAGES, draw.randint(2, len(_LANGUAGES))) for _ in range(people)]
    posts: list[Post] = []
    seats: set[tuple[int, int]] = set()
    for sitting in range(sittings):
        present = draw.sample(range(people), draw.randint(0, people))
        for language in _LANGUAGES:
            team = [worker for worker in present if known[worker][0] == language]
            if team:
                seats |= {(worker, len(posts)) for worker in team}
                posts.append(_post(draw, sitting, language, (len(team), len(team))))
    limits: list[Limit] = []
    for _ in range(draw.randint(0, 3)):
        weights = {sitting: draw.choice((1, 60, 90)) for sitting in range(sittings) if draw.random() < 0.5}
        work = (
            sum(weights.get(posts[post].sitting, 0) for one, post in seats if one == worker) for worker in range(people)
        )
        limits.append(Limit(weights, max(work, default=0)))
    workers: list[Worker] = []
    for number, languages in enumerate(known):
        worker = _worker(draw, f"i-{number:03}", languages, 1, posts, limits)
        mine = {post for one, post in seats if one == number}
        workers.append(worker._replace(posts=worker.posts | mine))
    meetings = tuple(Meeting((frozenset(draw.sample(_LANGUAGES, 2)),), draw.randint(1, 3)) for _ in range(sittings))
    problem = Problem(
        meetings, tuple(posts), tuple(workers), tuple(limits), None, frozenset(), frozenset(), _followers(draw, posts)
    )
    unreached = {(sitting, floor) for sitting, floor, way in ways(problem, frozenset(seats)) if way == "missing"}
    meetings = tuple(
        meeting._replace(floors=(meeting.floors[0] - {floor for sitting, floor in unreached if sitting == number},))
        for number, meeting in enumerate(meetings)
    )
    return problem._replace(sittings=meetings), frozenset(seats)


def _problem(draw: Random, mood: _Mood) -> Problem:
    languages = draw.sample(_LANGUAGES, 3 if mood.are_relayed else draw.randint(2, 4))
    sittings = tuple(
        Meeting((frozenset(draw.sample(languages, draw.randint(1 if mood.are_relayed else 0, 2))),), draw.randint(1, 3))
        for _ in range(draw.randint(*mood.sittings))
    )
    step = mood.parallel
    sittings = tuple(sittings[sitting - sitting % step] for sitting in range(len(sittings)))
    shown = languages if mood.are_relayed else draw.sample(languages, draw.randint(1, min(3, len(languages))))
    posts: list[Post] = []
    for sitting in range(0, len(sittings), step):
        # Mostly the same languages all day.
        is_usual = mood.are_relayed or draw.random() < 0.7
        here = shown if is_usual else draw.sample(languages, draw.randint(1, len(shown)))
        posts += [_post(draw, sitting, language, (0, 0) if draw.random() < 0.03 else mood.heads) for language in here]
        if draw.random() < 0.1:  # Captions beside a booth.
            posts.append(posts[-1]._replace(needed=1, minimum=1, both_ways=False, feeds=False, listens=True))
            posts[-2] = posts[-2]._replace(feeds=True)
        first = [post for post in posts if post.sitting == sitting]
        for other in range(sitting + 1, min(sitting + step, len(sittings))):
            posts += [post._replace(sitting=other) for post in first]
    limits = _limits(draw, len(sittings))
    workers: list[Worker] = []
    for number in range(draw.randint(*mood.people)):
        if workers and draw.random() < (0.7 if mood.are_alike else 0.2):
            workers.append(workers[-1]._replace(id=f"i-{number:02}"))
        else:
            known = draw.sample(languages, draw.randint(2, len(languages)))
            if mood.are_relayed:  # Each booth has somebody.
                known.sort(key=languages[number % 3].__ne__)
            workers.append(
                _worker(draw, f"i-{number:02}", known, 1 if mood.are_relayed else draw.choice((1, 1, 2)), posts, limits)
            )
    if step > 1:
        for sitting in range(0, len(sittings), step):
            limits += (Limit(dict.fromkeys(range(sitting, min(sitting + step, len(sittings))), 1), 1),)
            workers = [worker._replace(limits=(*worker.limits, len(limits) - 1)) for worker in workers]
    if mood.are_alike or draw.random() < 0.3:
        cost = draw.choice((0, 300))
        workers = [worker._replace(cost=cost) for worker in workers]
    pivots = (
        None
        if draw.random() < (0.9 if mood.are_relayed else 0.6)
        else frozenset(draw.sample(languages, draw.randint(0, len(languages))))
    )
    problem = Problem(
        sittings, tuple(posts), tuple(workers), limits, pivots, frozenset(), frozenset(), _followers(draw, posts, step)
    )
    seats = [(number, post) for number, worker in enumerate(workers) for post in sorted(worker.posts)]
    problem = problem._replace(kept=frozenset(seat for seat in seats if draw.random() < mood.kept))
    if draw.random() < 0.2:
        for seat in draw.sample(seats, min(2, len(seats))):
            if is_allowed(problem, problem.fixed | {seat}):
                problem = problem._replace(fixed=problem.fixed | {seat})
    return problem


def in_parts(draw: Random, problem: Problem) -> Problem:
    """Return the problem with sittings of two parts, in which not every post works, and with posts of a service.

    Some teams have a second post, for the people who are there in one part only.
    """
    languages = sorted({post.language for post in problem.posts})
    meetings = tuple(
        meeting._replace(floors=(*meeting.floors, frozenset(draw.sample(languages, draw.randint(0, len(languages))))))
        for meeting in problem.sittings
    )
    posts = tuple(
        post._replace(parts=draw.choice(((0,), (1,), (0, 1), (0, 1))), service=int(not post.feeds))
        for post in problem.posts
    )
    workers = tuple(
        worker._replace(
            pairs=(
                *worker.pairs,
                frozenset(
                    pair
                    # Captions may be in the language that is spoken.
                    for pair in sorted({*worker.pairs[0], *((target, target) for _, target in worker.pairs[0])})
                    if draw.random() < 0.5
                ),
            )
        )
        for worker in problem.workers
    )
    second = [number for number in range(len(posts)) if draw.random() < 0.2]
    also = tuple(posts[number]._replace(needed=1, minimum=0, parts=draw.choice(((0,), (1,)))) for number in second)
    workers = tuple(
        worker._replace(
            posts=worker.posts.union(
                len(posts) + place for place, number in enumerate(second) if number in worker.posts
            )
        )
        for worker in workers
    )
    posts += also
    return problem._replace(sittings=meetings, posts=posts, workers=workers)


def _followers(draw: Random, posts: list[Post], step: int = 1) -> tuple[tuple[int, int], ...]:
    return tuple(
        (before, after)
        for after, later in enumerate(posts)
        for before, earlier in enumerate(posts)
        if earlier.sitting + step == later.sitting and _kind(earlier) == _kind(later) and draw.random() < 0.8
    )


def _kind(post: Post) -> tuple[str, bool]:
    return post.language, post.feeds


def _post(draw: Random, sitting: int, language: str, heads: tuple[int, int]) -> Post:
    needed = draw.randint(*heads)
    return Post(
        sitting,
        language,
        needed,
        draw.choice((0, draw.randint(0, needed))),
        both_ways=draw.random() < 0.3,
        feeds=draw.random() < 0.9,
        listens=draw.random() < 0.9,
    )


def _limits(draw: Random, sittings: int) -> tuple[Limit, ...]:
    limits: list[Limit] = []
    for _ in range(draw.randint(0, 3)):
        concerned = draw.sample(range(sittings), draw.randint(1, sittings))
        if draw.random() < 0.5:  # So many sittings; of two that exclude each other, one.
            limits.append(Limit(dict.fromkeys(concerned, 1), draw.randint(0, len(concerned)) or 1))
        else:
            limits.append(Limit({one: draw.randint(60, 180) for one in concerned}, draw.choice((0, 120, 240, 360))))
    return tuple(limits)


def _worker(draw: Random, id_: str, known: list[str], best: int, posts: list[Post], limits: Sequence[Limit]) -> Worker:
    pairs = {(source, target) for target in known[:best] for source in known if source != target}
    retours: frozenset[str] = frozenset()
    if len(known) > best and draw.random() < 0.4:
        retours = frozenset(known[-1:])
        pairs.add((known[0], known[-1]))
    into = {target for _, target in pairs}
    absent = {post.sitting for post in posts if draw.random() < 0.05}
    return Worker(
        id_,
        (frozenset(pairs),),
        retours,
        frozenset(number for number, post in enumerate(posts) if post.language in into and post.sitting not in absent),
        tuple(number for number in range(len(limits)) if draw.random() < 0.8),
        draw.choice((100, 250, 400)),
    )
