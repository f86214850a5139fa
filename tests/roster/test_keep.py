"""What changes when something has moved: no more than somebody would change who only fills the gaps."""

from collections import Counter
from random import Random

import pytest

from tests.roster import drawn
from tests.roster.brute_force import Seats, is_allowed
from wtisd_model.roster.problem import Limit, Problem
from wtisd_model.roster.solver import solve
from wtisd_model.roster.tally import tally


def moved(draw: Random, problem: Problem, seats: Seats) -> tuple[str, Problem]:
    """Return a problem in which something has happened, and in which the seats that still can be are kept."""
    move = draw.choice(("ill", "declined", "moved", "more heads"))
    worker, post = draw.choice(sorted(seats))
    person, sitting = problem.workers[worker], problem.posts[post].sitting
    workers, posts = list(problem.workers), list(problem.posts)
    if move == "ill":
        workers[worker] = person._replace(posts=frozenset())
    elif move == "declined":
        workers[worker] = person._replace(
            posts=frozenset(one for one in person.posts if problem.posts[one].sitting != sitting)
        )
    elif move == "moved":
        # It is now at the time of another sitting.
        exclusion = Limit({sitting: 1, draw.randrange(len(problem.sittings)): 1}, 1)
        problem = problem._replace(limits=(*problem.limits, exclusion))
        workers = [one._replace(limits=(*one.limits, len(problem.limits) - 1)) for one in workers]
    else:
        posts[post] = posts[post]._replace(needed=posts[post].needed + 1)
    problem = problem._replace(workers=tuple(workers), posts=tuple(posts))
    return move, problem._replace(kept=frozenset(seat for seat in seats if seat[1] in workers[seat[0]].posts))


def repaired(problem: Problem) -> Seats:
    """Return the kept seats as far as they go together, with the gaps filled by those who come first."""
    seats: Seats = frozenset()
    free = ((worker, post) for post in range(len(problem.posts)) for worker in range(len(problem.workers)))
    for seat in (*sorted(problem.kept), *free):
        if is_allowed(problem, seats | {seat}):
            seats |= {seat}
    return seats


class TestKeep:
    """After a move no more seats are lost than by a greedy repair that leaves as little short."""

    def judge(self, moves: int) -> Counter[str]:
        draw = Random(28)
        counted: Counter[str] = Counter()
        while counted["moves"] < moves:
            problem = drawn.larger(draw, (4, 10))._replace(kept=frozenset(), fixed=frozenset())
            seats = solve(problem, nodes=200).seats
            if not seats:
                continue
            move, after = moved(draw, problem, seats)
            greedy = tally(after, repaired(after))
            solution = solve(after, nodes=200)
            best = tally(after, solution.seats)
            assert (counted["moves"], move, best[:4] <= greedy[:4]) == (counted["moves"], move, True)
            counted.update({"moves": 1, move: 1, "compared": best[:4] == greedy[:4], "lost": best[4] > 0})
            if best[:4] == greedy[:4]:
                assert (counted["moves"], move, best[4] <= greedy[4]) == (counted["moves"], move, True)
        return counted

    def test_quick_moves(self) -> None:
        self.judge(8)

    @pytest.mark.slow
    def test_five_hundred_moves(self) -> None:
        counted = self.judge(500)
        assert min(counted.values()) >= 50, counted
