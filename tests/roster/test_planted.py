"""Rosters that were drawn first, with the demand made from them: they are found, or better ones."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from tests.roster import brute_force, drawn
from wtisd_model.roster.solver import solve
from wtisd_model.roster.tally import tally

DRAWS = st.integers(0, 2**32).map(Random)


class TestPlanted:
    """Where a roster with nothing short exists, one is found."""

    @LAW
    @given(draw=DRAWS, people=st.integers(0, 40), sittings=st.integers(0, 8))
    def test_nothing_is_short(self, draw: Random, people: int, sittings: int) -> None:
        problem, seats = drawn.planted(draw, people, sittings)
        solution = solve(problem, nodes=200)
        assert tally(problem, solution.seats)[:4] == (0, 0, 0, 0)
        assert brute_force.is_allowed(problem, solution.seats)
        assert solution.bounds <= tally(problem, solution.seats) <= tally(problem, seats)

    def test_nor_in_a_large_one(self) -> None:
        problem, _ = drawn.planted(Random(1), 120, 12)
        solution = solve(problem, nodes=1)
        assert tally(problem, solution.seats)[:4] == solution.bounds[:4] == (0, 0, 0, 0)


class TestEqual:
    """Whether equal people are taken together or one by one changes no value."""

    @LAW
    @given(draw=DRAWS)
    def test_the_values_are_the_same(self, draw: Random) -> None:
        problem = drawn.crowd(draw)
        apart = drawn.distinct(problem)
        one, two = solve(problem, nodes=200), solve(apart, nodes=200)
        values = tally(problem, one.seats), tally(problem, two.seats)
        assert brute_force.is_allowed(problem, one.seats)
        assert one.bounds <= values[1]
        assert two.bounds <= values[0]
        if one.proven and two.proven:
            assert values[0] == values[1]
