"""The values of all objectives, counted from the seats."""

from random import Random

from tests.roster import brute_force, drawn
from wtisd_model.roster.problem import Meeting, Post, Problem, Worker
from wtisd_model.roster.tally import tally

FRENCH = Post(0, "fr", needed=2, minimum=2, both_ways=False, feeds=True, listens=True)
ENGLISH = FRENCH._replace(language="en", needed=1, minimum=1)
DAY = Problem(
    sittings=(Meeting((frozenset({"en", "ru"}),), 3), Meeting((frozenset({"en"}),), 1)),
    posts=(FRENCH, ENGLISH, FRENCH._replace(sitting=1)),
    workers=(
        Worker("i-1", (frozenset({("en", "fr")}),), frozenset(), frozenset({0, 2}), (), 100),
        Worker("i-2", (frozenset({("ru", "en")}),), frozenset({"en"}), frozenset({1}), (), 250),
        Worker("i-3", (frozenset({("en", "fr")}),), frozenset(), frozenset({0, 2}), (), 0),
    ),
    limits=(),
    pivots=None,
    kept=frozenset({(0, 0), (2, 0)}),
    fixed=frozenset(),
    followers=((0, 2),),
)


class TestTally:
    """The values come from the seats alone, with no regard to what proposed them."""

    def test_nobody_sits_anywhere(self) -> None:
        assert tally(DAY, ()) == (5, 3, 11, 4, 2, 0, 0, 0, 0, 0)

    def test_each_objective_is_counted(self) -> None:
        # In the first sitting two heads of three, of which one is by retour; Russian by relay; a kept seat is lost.
        # In the second sitting one head of two, who was not there before.
        assert tally(DAY, {(0, 0), (1, 1), (2, 2)}) == (2, 2, 4, 0, 1, 1, 1, 350, 1, 1)

    def test_a_team_that_stays_is_not_replaced(self) -> None:
        assert tally(DAY, {(0, 0), (0, 2)})[-2:] == (2, 0)

    def test_a_team_that_nobody_was_in_is_not_replaced(self) -> None:
        assert tally(DAY, {(0, 2)})[-1] == 0

    def test_fewer_heads_than_the_minimum_are_no_fault_where_fewer_are_needed(self) -> None:
        assert tally(DAY._replace(posts=(FRENCH._replace(needed=0),), followers=()), ())[:3] == (0, 0, 0)

    def test_an_empty_problem_has_nothing_to_count(self) -> None:
        empty = Problem((), (), (), (), None, frozenset(), frozenset(), ())
        assert tally(empty, ()) == (0,) * len(brute_force.OBJECTIVES)

    def test_a_second_count_agrees_on_every_roster(self) -> None:
        draw = Random(28)
        for number in range(700):
            problem = drawn.tiny(draw)
            # Teams of one language are rare, and hear each other in ways of their own.
            teams = {(post.sitting, post.language) for post in problem.posts}
            if number < 30 or len(teams) < len(problem.posts):
                for seats in list(brute_force.rosters(problem))[::11]:
                    assert tally(problem, seats) == brute_force.values(problem, seats)
