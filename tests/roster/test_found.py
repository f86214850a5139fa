"""Drawn problems that a solver got wrong, each made as small as it fails."""

import pytest

from wtisd_model.roster.problem import Meeting, Post, Problem, Worker
from wtisd_model.roster.program import Program
from wtisd_model.roster.solver import solve

_BOOTH = Post(0, "fr", needed=2, minimum=0, both_ways=False, feeds=True, listens=True)


class TestProven:
    """Where HiGHS says that it has found the best, it is proven."""

    def test_a_bound_that_is_lost_in_what_is_solved_before_the_search(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def settle(*_: object) -> None: ...

        # Each objective is searched for, as where its relaxation says too little.
        monkeypatch.setattr(Program, "settle", settle)
        # HiGHS 1.16 says "optimal", with a bound of 1 where 2 is the least, unless it begins without reducing anything.
        russian = (frozenset({("ar", "ru"), ("ru", "ar")}),)
        problem = Problem(
            sittings=(Meeting((frozenset({"ar", "fr"}),), 1),),
            posts=(_BOOTH._replace(language="ar", needed=1), _BOOTH, _BOOTH._replace(language="ru", needed=1)),
            workers=(
                Worker("i-0", russian, frozenset(), frozenset({0, 2}), (), 0),
                Worker("i-1", (frozenset({("ru", "fr")}),), frozenset(), frozenset({1}), (), 0),
                Worker("i-2", (frozenset({("ar", "fr"), ("fr", "ar")}),), frozenset(), frozenset({0, 1}), (), 0),
                Worker("i-3", russian, frozenset(), frozenset({0, 2}), (), 400),
            ),
            limits=(),
            pivots=None,
            kept=frozenset(),
            fixed=frozenset(),
            followers=(),
        )
        solution = solve(problem)
        assert (solution.bounds, solution.proven) == ((0, 0, 0, 2, 0, 0, 0, 400, 1, 0), True)
