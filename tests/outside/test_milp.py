"""The first three objectives of a roster, judged by SciPy, with a program by persons that shares nothing with ours."""

from collections.abc import Iterator
from math import inf
from random import Random
from typing import Any

import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from tests.roster import drawn
from wtisd_model.roster.problem import Problem
from wtisd_model.roster.solver import solve
from wtisd_model.roster.tally import tally

pytestmark = pytest.mark.outside

Row = tuple[dict[int, float], float, float]
"""The coefficients of some columns, and the least and the most of their sum."""


class ByPersons:
    """A column for each person in each post that they may take, then for each post its short heads, and if too few."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        pairs = [(worker, post) for worker, one in enumerate(problem.workers) for post in sorted(one.posts)]
        self.seat = {pair: column for column, pair in enumerate(pairs)}
        self.posts = len(problem.posts)
        self.rows = list(self._rows())

    def values(self) -> tuple[int, ...]:
        """Return the best heads short, booths short, and heads short by priority, one after another."""
        first = len(self.seat)
        short = range(first, first + self.posts)
        weights = [self.problem.sittings[post.sitting].priority for post in self.problem.posts]
        return tuple(
            self._least(objective)
            for objective in (
                dict.fromkeys(short, 1.0),
                dict.fromkeys(range(short.stop, short.stop + self.posts), 1.0),
                {column: float(weight) for column, weight in zip(short, weights, strict=True)},
            )
        )

    def _rows(self) -> Iterator[Row]:
        problem, first = self.problem, len(self.seat)
        for number, post in enumerate(problem.posts):
            team = {self.seat[pair]: 1.0 for pair in self.seat if pair[1] == number}
            yield {**team, first + number: 1.0}, post.needed, post.needed
            fewest = min(post.minimum, post.needed)
            yield {**team, first + self.posts + number: float(fewest)}, fewest, inf
        for worker, one in enumerate(problem.workers):
            mine = {post: column for (person, post), column in self.seat.items() if person == worker}
            for sitting in range(len(problem.sittings)):
                here = [column for post, column in mine.items() if problem.posts[post].sitting == sitting]
                yield dict.fromkeys(here, 1.0), 0, 1
            for number in one.limits:
                limit = problem.limits[number]
                work = {
                    column: float(limit.weights.get(problem.posts[post].sitting, 0)) for post, column in mine.items()
                }
                yield work, 0, limit.most
        for pair in problem.fixed:
            yield {self.seat[pair]: 1.0}, 1, 1

    def _least(self, objective: dict[int, float]) -> int:
        """Return the least value of an objective, which holds from now on."""
        columns = len(self.seat) + 2 * self.posts
        result: Any = milp(
            [objective.get(column, 0) for column in range(columns)],
            integrality=[1] * columns,
            bounds=Bounds(0, [1] * len(self.seat) + [inf] * 2 * self.posts),
            constraints=LinearConstraint(
                [[terms.get(column, 0) for column in range(columns)] for terms, _, _ in self.rows],
                [least for _, least, _ in self.rows],
                [most for _, _, most in self.rows],
            ),
        )
        assert result.success, result.message
        value: int = round(result.fun)
        self.rows.append((objective, value, value))
        return value


class TestSecondJudge:
    """A second program finds the same heads short, booths short, and priority."""

    def test_sixty_drawn_problems(self) -> None:
        draw = Random(28)
        values: list[tuple[int, ...]] = []
        for number in range(60):
            problem = drawn.larger(draw, (3, 9))
            values.append(ByPersons(problem).values())
            solution = solve(problem, nodes=200)
            assert (number, tally(problem, solution.seats)[:3]) == (number, values[-1])
            assert (number, solution.bounds[:3]) == (number, values[-1])
        # The draw is worth its while: in most cases something is short, and each objective takes several values.
        assert all(len(set(one)) > 5 for one in zip(*values, strict=True))
