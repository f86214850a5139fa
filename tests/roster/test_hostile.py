"""Problems that nobody would like to have: the answer is honest, and it comes."""

from random import Random
from typing import Any

import pytest

from tests.roster import brute_force
from wtisd_model.roster.problem import Limit, Meeting, Post, Problem, Solution, Worker
from wtisd_model.roster.solver import solve
from wtisd_model.roster.tally import tally

_LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
_BOOTH = Post(0, "fr", needed=2, minimum=2, both_ways=False, feeds=True, listens=True)


def problem(posts: list[Post], workers: list[Worker], **changes: Any) -> Problem:
    sittings = 1 + max((post.sitting for post in posts), default=-1)
    return Problem(
        sittings=(Meeting((frozenset({"en"}),), 1),) * sittings,
        posts=tuple(posts),
        workers=tuple(workers),
        limits=(),
        pivots=None,
        kept=frozenset(),
        fixed=frozenset(),
        followers=(),
    )._replace(**changes)


def person(
    number: int, *posts: int, pairs: frozenset[tuple[str, str]] = frozenset({("en", "fr")}), **changes: Any
) -> Worker:
    return Worker(f"i-{number:05}", (pairs,), frozenset(), frozenset(posts), (), 1)._replace(**changes)


def judged(problem: Problem, **limits: Any) -> tuple[tuple[int, ...], Solution]:
    """Return the values of what is proposed, and the proposal, whose claims hold."""
    solution = solve(problem, **limits)
    values = tally(problem, solution.seats)
    assert brute_force.is_allowed(problem, solution.seats)
    assert problem.fixed <= solution.seats
    assert len(solution.bounds) == len(values)
    assert not solution.proven or solution.bounds == values
    assert all(bound <= value for bound, value in zip(solution.bounds, values, strict=True))
    return values, solution


class TestSize:
    """Many people, or many posts, are not too much."""

    @pytest.mark.slow
    def test_ten_thousand_people_and_a_second(self) -> None:
        draw = Random(28)
        posts = [
            _BOOTH._replace(sitting=sitting, language=language, both_ways=language in {"ar", "zh"})
            for sitting in range(40)
            for language in _LANGUAGES
        ]
        workers: list[Worker] = []
        for number in range(10_000):
            first, *others = draw.sample(_LANGUAGES, 3)
            mine = [post for post, one in enumerate(posts) if one.language == first and draw.random() < 0.5]
            pairs = frozenset((other, first) for other in others)
            workers.append(person(number, *mine, pairs=pairs, limits=(0,), cost=draw.randint(1, 9)))
        values, _ = judged(problem(posts, workers, limits=(Limit(dict.fromkeys(range(40), 1), 8),)), seconds=1)
        assert values[0] < 480

    def test_no_time_at_all(self) -> None:
        _, solution = judged(problem([_BOOTH], [person(1, 0), person(2, 0)]), seconds=0)
        assert solution.bounds[0] == 0

    def test_two_hundred_posts_in_a_sitting(self) -> None:
        posts = [_BOOTH._replace(language=f"q{post:03}", needed=1) for post in range(200)]
        workers = [
            person(
                number, *range(number % 50, 200, 50), pairs=frozenset({("en", f"q{post:03}") for post in range(200)})
            )
            for number in range(150)
        ]
        values, _ = judged(problem(posts, workers), nodes=50)
        assert values[0] == 50

    def test_a_team_of_two_hundred(self) -> None:
        values, _ = judged(
            problem([_BOOTH._replace(needed=200)], [person(number, 0) for number in range(150)]), nodes=50
        )
        assert values[:2] == (50, 0)


class TestLargeNumbers:
    """Costs are in minor units, so that the sums of a week have eight digits; each unit counts."""

    @pytest.mark.parametrize("cost", [500_000, 3_000_000, 45_000_000])
    def test_costs(self, cost: int) -> None:
        posts = [_BOOTH._replace(sitting=sitting, needed=1) for sitting in range(2)]
        workers = [person(number, number % 2, cost=cost + unit) for number, unit in enumerate((3, 7, 1, 9))]
        values, solution = judged(problem(posts, workers))
        assert (values[7], solution.bounds[7], solution.proven) == (2 * cost + 8, 2 * cost + 8, True)

    def test_minutes(self) -> None:
        posts = [_BOOTH._replace(sitting=sitting, needed=1) for sitting in range(2)]
        limit = Limit({0: 100_000_000, 1: 1}, 100_000_000)
        values, solution = judged(problem(posts, [person(1, 0, 1, limits=(0,))], limits=(limit,)))
        assert (values[0], solution.proven) == (1, True)


class TestNothing:
    """Where nothing can be done, nothing is proposed, and that is proven."""

    def test_no_problem_at_all(self) -> None:
        values, solution = judged(problem([], []))
        assert (values, solution.proven) == ((0,) * 10, True)

    def test_sittings_in_which_nobody_works(self) -> None:
        values, solution = judged(problem([], [person(1)], sittings=(Meeting((frozenset({"en"}),), 1),)))
        assert (values, solution.proven) == ((0,) * 10, True)

    def test_nobody_is_there(self) -> None:
        values, solution = judged(problem([_BOOTH, _BOOTH._replace(sitting=1)], []))
        assert (values, solution.proven) == ((4, 2, 4, 2, 0, 0, 0, 0, 0, 0), True)

    def test_posts_that_nobody_may_take(self) -> None:
        values, solution = judged(problem([_BOOTH], [person(1), person(2)]))
        assert (values[0], solution.seats, solution.proven) == (2, frozenset(), True)

    def test_posts_that_need_nobody(self) -> None:
        values, solution = judged(problem([_BOOTH._replace(needed=0)], [person(1, 0)]))
        assert (values[:4], solution.seats, solution.proven) == ((0, 0, 0, 1), frozenset(), True)


class TestLimits:
    """Limits hold, whatever they are."""

    @pytest.mark.parametrize(
        ("limit", "short"),
        [
            pytest.param(Limit({0: 1, 1: 1}, 0), 4, id="no work"),
            pytest.param(Limit({0: 0, 1: 1}, 0), 2, id="a sitting without weight"),
            pytest.param(Limit({0: 7, 1: 5}, 6), 2, id="a sitting that is too heavy"),
            pytest.param(Limit({0: 5, 1: 5}, 9), 2, id="one of two"),
            pytest.param(Limit({}, 0), 0, id="about nothing"),
            pytest.param(Limit({0: 10**9, 1: 10**9}, 10**12), 0, id="large numbers"),
        ],
    )
    def test_of_everybody(self, limit: Limit, short: int) -> None:
        posts = [_BOOTH, _BOOTH._replace(sitting=1)]
        workers = [person(number, 0, 1, limits=(0,)) for number in range(2)]
        values, solution = judged(problem(posts, workers, limits=(limit,)))
        assert (values[0], solution.proven) == (short, True)

    def test_somebody_who_is_fixed_leaves_no_room_for_the_rest(self) -> None:
        posts = [_BOOTH, _BOOTH._replace(sitting=1)]
        workers = [person(1, 0, 1, limits=(0,))]
        values, solution = judged(
            problem(
                posts, workers, limits=(Limit({0: 1, 1: 1}, 1),), fixed=frozenset({(0, 1)}), kept=frozenset({(0, 0)})
            )
        )
        assert (values[:5], solution.seats) == ((3, 2, 3, 1, 1), frozenset({(0, 1)}))


class TestPivots:
    """Where no language may be a pivot, or none that anybody has, floor languages are not reached."""

    RUSSIAN = _BOOTH._replace(language="ru", needed=1)
    """It works from English alone, and Arabic is spoken."""

    @pytest.mark.parametrize(
        ("pivots", "unreached"),
        [
            (None, 0),
            (frozenset({"fr"}), 0),
            (frozenset({"ar", "ru"}), 1),
            (frozenset({"xx"}), 1),
            (frozenset[str](), 1),
        ],
    )
    def test_only_through_those(self, pivots: frozenset[str] | None, unreached: int) -> None:
        workers = [
            person(1, 0, pairs=frozenset({("ar", "fr")})),
            person(2, 0, pairs=frozenset({("ar", "fr")})),
            person(3, 1, pairs=frozenset({("fr", "ru")})),
        ]
        sittings = (Meeting((frozenset({"ar"}),), 1),)
        values, solution = judged(problem([_BOOTH, self.RUSSIAN], workers, pivots=pivots, sittings=sittings))
        assert (values[3], values[5], solution.proven) == (unreached, 1 - unreached, True)

    def test_two_booths_that_wait_for_each_other(self) -> None:
        workers = [
            person(1, 0, pairs=frozenset({("ru", "fr")})),
            person(2, 1, pairs=frozenset({("fr", "ru")})),
        ]
        sittings = (Meeting((frozenset({"ar"}),), 1),)
        values, solution = judged(problem([_BOOTH, self.RUSSIAN], workers, sittings=sittings))
        assert (values[3], solution.proven) == (2, True)
