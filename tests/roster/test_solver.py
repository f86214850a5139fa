"""The solution of small problems, made by hand."""

import sys
from collections.abc import Callable, Iterable, Mapping
from itertools import count
from math import inf
from typing import Any

import pytest

from wtisd_model.roster.problem import Limit, Meeting, Post, Problem, Solution, Worker
from wtisd_model.roster.program import Budget, Factors, Program, SearchOutcome
from wtisd_model.roster.solver import solve
from wtisd_model.roster.tally import tally

EN = Post(0, "en", needed=2, minimum=2, both_ways=False, feeds=True, listens=True)
FR = EN._replace(language="fr")
AR = EN._replace(language="ar", both_ways=True)
DEAF = EN._replace(language="ru", needed=1, minimum=0, feeds=False, listens=False)
QUIET = Meeting((frozenset(),), 1)


def people(first: int, count: int, pairs: Iterable[str], posts: Iterable[int], **fields: Any) -> list[Worker]:
    worked = frozenset((pair[:2], pair[2:]) for pair in pairs)
    person = Worker("", (worked,), frozenset(), frozenset(posts), (), 0)._replace(**fields)
    return [person._replace(id=f"interpreter-{number:03}") for number in range(first, first + count)]


def problem(sittings: Iterable[Meeting], posts: Iterable[Post], workers: Iterable[Worker], **fields: Any) -> Problem:
    none = frozenset[tuple[int, int]]()
    made = Problem(tuple(sittings), tuple(posts), tuple(workers), (), None, none, none, ())
    return made._replace(**fields)


def solved(asked: Problem) -> tuple[tuple[int, ...], Solution]:
    """Return the values, which are proven, and the solution."""
    solution = solve(asked)
    values = tally(asked, solution.seats)
    assert (solution.bounds, solution.proven) == (values, True)
    return values, solution


class TestValues:
    """Each objective is the least that it can be, after those before it."""

    def test_nothing_is_needed(self) -> None:
        assert solved(problem((), (), ()))[0] == (0,) * 10
        assert solved(problem([QUIET], (), people(1, 1, (), ())))[0] == (0,) * 10

    def test_nobody_may_take_a_post(self) -> None:
        assert solved(problem([Meeting((frozenset({"ar"}),), 3)], [EN], ()))[0] == (2, 1, 6, 1, 0, 0, 0, 0, 0, 0)

    def test_heads_go_to_few_booths_and_to_what_matters(self) -> None:
        sittings = [QUIET, QUIET, Meeting((frozenset(),), 5)]
        posts = [EN._replace(sitting=sitting) for sitting in range(3)]
        limits = (Limit({0: 60, 1: 60, 2: 60}, 119),)
        asked = problem(sittings, posts, people(1, 3, (), range(3), limits=(0,)), limits=limits)
        values, solution = solved(asked)
        assert values[:3] == (3, 2, 3)
        assert sum(post == 2 for _, post in solution.seats) == 2

    def test_floors_are_heard_directly_by_retour_or_by_relay(self) -> None:
        floor = Meeting((frozenset({"ar", "fr"}),), 1)
        arabic = people(1, 2, ("frar", "aren"), (1,))
        english = people(3, 2, ("fren",), (0,))
        french = people(5, 2, ("enfr",), (2,))
        asked = problem([floor], [EN, AR, FR, DEAF], [*arabic, *english, *french])
        # English hears Arabic by retour, French by relay from English; nobody hears for the deaf booth.
        assert solved(asked)[0][3:7] == (2, 0, 1, 1)
        assert solved(asked._replace(pivots=frozenset()))[0][3:7] == (4, 0, 0, 0)

    def test_a_relay_from_two_pivots_is_one(self) -> None:
        floor = Meeting((frozenset({"es"}),), 1)
        teams = [*people(1, 2, ("esen",), (0,)), *people(3, 2, ("esfr",), (1,)), *people(5, 2, ("enar", "frar"), (2,))]
        assert solved(problem([floor], [EN, FR, AR], teams))[0][3:7] == (0, 0, 1, 0)

    def test_captions_of_a_retour_are_written_by_somebody(self) -> None:
        floor = Meeting((frozenset({"ar"}),), 1)
        captions = EN._replace(needed=1, minimum=1, feeds=False)
        arabic = people(1, 2, ("aren",), (0,))
        for pair, ways in (("enen", (0, 0, 0, 1)), ("fren", (1, 0, 0, 0))):
            writer = people(3, 1, (pair,), (1,))
            assert solved(problem([floor], [AR, captions], [*arabic, *writer]))[0][3:7] == ways

    def test_seats_by_retour_and_cost_are_few(self) -> None:
        retour = people(1, 2, ("fren",), (0,), retours=frozenset({"en"}))
        native = [*people(3, 2, ("fren",), (0,), cost=300), *people(5, 2, ("fren",), (0,), cost=200)]
        values, solution = solved(problem([Meeting((frozenset({"fr"}),), 1)], [EN], [*retour, *native]))
        assert (values[6], values[7], {worker for worker, _ in solution.seats}) == (0, 400, {4, 5})

    def test_work_is_shared_and_teams_stay(self) -> None:
        posts = [EN._replace(sitting=sitting, needed=1, minimum=1) for sitting in range(4)]
        asked = problem([QUIET] * 4, posts, people(1, 2, (), range(4)), followers=((0, 1), (2, 3)))
        assert solved(asked)[0][8:] == (2, 0)

    def test_nobody_follows_an_empty_post(self) -> None:
        posts = [EN, EN._replace(sitting=1), EN._replace(sitting=2)]
        workers = [*people(1, 2, (), (1, 2)), *people(3, 2, (), (2,), cost=1)]
        assert solved(problem([QUIET] * 3, posts, workers, followers=((0, 1), (1, 2), (0, 2))))[0][9] == 0


class TestKeptAndFixed:
    """What is fixed holds; what is kept is lost only for something better."""

    def test_what_is_kept_stays(self) -> None:
        asked = problem([QUIET], [EN._replace(needed=1)], people(1, 9, (), (0,)), kept=frozenset({(7, 0)}))
        assert solved(asked)[1].seats == {(7, 0)}

    def test_what_is_kept_gives_way(self) -> None:
        posts = [EN._replace(needed=1), FR._replace(needed=1)]
        workers = [*people(1, 1, (), (0, 1)), *people(2, 1, (), (0,))]
        values, solution = solved(problem([QUIET], posts, workers, kept=frozenset({(0, 0)})))
        assert (values[0], values[4], set(solution.seats)) == (0, 1, {(0, 1), (1, 0)})

    def test_what_is_fixed_holds(self) -> None:
        workers = [*people(1, 2, ("fren",), (0,), cost=900), *people(3, 4, ("fren",), (0,))]
        asked = problem([QUIET], [EN], workers, fixed=frozenset({(0, 0), (1, 0)}), kept=frozenset({(5, 0), (0, 0)}))
        values, solution = solved(asked)
        assert (values[4], values[7], set(solution.seats)) == (1, 1800, {(0, 0), (1, 0)})


def _found(outcome: SearchOutcome | None) -> Callable[..., SearchOutcome | None]:
    def find(*_: object) -> SearchOutcome | None:
        return outcome

    return find


def same_time(meetings: int, posts: Iterable[Post], slots: int = 1) -> tuple[list[Meeting], list[Post], list[Limit]]:
    """Return equal meetings, so many at each time, with their posts, and a limit for each time."""
    floor = Meeting((frozenset({"ar", "en", "fr"}),), 1)
    every = [post._replace(sitting=sitting) for sitting in range(meetings * slots) for post in posts]
    limits = [Limit({slot * meetings + meeting: 1 for meeting in range(meetings)}, 1) for slot in range(slots)]
    return [floor] * (meetings * slots), every, limits


class TestGroups:
    """Sittings that are equal are solved together, and so are people."""

    @pytest.fixture(autouse=True, params=["relaxed", "searched"])
    def _searched(self, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
        # What the relaxations do not find, a search for each objective does.
        if request.param == "searched":
            monkeypatch.setattr(Program, "settle", _found(None))

    def test_those_sit_together_who_hear_each_other(self) -> None:
        sittings, posts, limits = same_time(3, [EN._replace(needed=1), AR._replace(needed=1), FR._replace(needed=1)])
        fields = {"limits": (0,)}
        workers = [
            *people(1, 2, ("fren", "aren"), (0, 3, 6), **fields),
            *people(3, 1, ("fren",), (0, 3, 6), **fields),
            *people(4, 1, ("enar", "aren"), (1, 4, 7), **fields),
            *people(5, 2, ("enar", "frar"), (1, 4, 7), **fields),
            *people(7, 3, ("enfr",), (2, 5, 8), **fields),
        ]
        # The Arabic booth that works both ways sits with the English one that has no Arabic.
        assert solved(problem(sittings, posts, workers, limits=tuple(limits)))[0][3:7] == (0, 0, 4, 1)

    def test_teams_and_people_stay_from_morning_to_afternoon(self) -> None:
        sittings, posts, limits = same_time(3, [EN], 2)
        workers = [
            *people(1, 4, ("fren", "aren"), range(6), limits=(0, 1)),
            *people(5, 5, ("fren",), range(6), limits=(0, 1), cost=1),
            *people(10, 2, ("fren",), range(6), limits=(0, 1), cost=2),
        ]
        followers = tuple((post, post + 3) for post in range(3))
        values, solution = solved(problem(sittings, posts, workers, limits=tuple(limits), followers=followers))
        assert (values[0], values[7], values[8:]) == (0, 4, (2, 0))
        mornings = {(worker, post) for worker, post in solution.seats if post < 3}
        assert solution.seats - mornings == {(worker, post + 3) for worker, post in mornings}

    def test_too_many_teams_are_solved_by_person(self) -> None:
        sittings, posts, limits = same_time(3, [EN._replace(needed=5, minimum=0)])
        posts[0] = posts[0]._replace(minimum=5)
        sources = ("ar", "es", "fr", "pt", "ru", "zh", "de", "it", "pl", "cs", "el", "fi", "sv", "da", "nl")
        workers = [
            person
            for number, source in enumerate(sources, 10)
            for person in people(number, 1, (f"{source}en",), (0, 1, 2), limits=(0,))
        ]
        for followers, replaced in ((((0, 1), (0, 1), (0, 2)), 15), (((1, 2),), 5)):
            asked = problem(sittings, posts, workers, limits=tuple(limits), followers=followers)
            values, _ = solved(asked)
            assert (values[:4], values[9]) == ((0, 0, 0, 4), replaced)

    def test_teams_stay_if_others_could_come(self) -> None:
        sittings, posts, limits = same_time(3, [EN], 2)
        workers = [
            *people(1, 4, ("fren", "aren"), range(6), limits=(0, 1)),
            *people(5, 4, ("fren", "aren", "ruen"), range(6), limits=(0, 1)),
        ]
        followers = tuple((post, post + 3) for post in range(3))
        asked = problem(sittings, posts, workers, limits=tuple(limits), followers=followers)
        assert solved(asked)[0][8:] == (2, 0)

    def test_those_who_sit_together_stay_together(self) -> None:
        sittings, posts, limits = same_time(3, [EN._replace(needed=1), AR._replace(needed=1), FR._replace(needed=1)], 2)
        workers = [
            *people(1, 2, ("fren", "aren"), range(0, 18, 3), limits=(0, 1)),
            *people(3, 1, ("fren",), range(0, 18, 3), limits=(0, 1)),
            *people(4, 1, ("enar", "aren"), range(1, 18, 3), limits=(0, 1)),
            *people(5, 2, ("enar", "frar"), range(1, 18, 3), limits=(0, 1)),
            *people(7, 3, ("enfr",), range(2, 18, 3), limits=(0, 1)),
        ]
        followers = tuple((post, post + 9) for post in range(9))
        values, _ = solved(problem(sittings, posts, workers, limits=tuple(limits), followers=followers))
        assert (values[3:7], values[9]) == ((0, 0, 8, 2), 0)
        assert solved(problem(sittings, posts, workers, limits=tuple(limits)))[0][3:7] == (0, 0, 8, 2)

    def test_limits_of_different_weights_hold_for_each_person(self) -> None:
        posts = [EN._replace(sitting=sitting, needed=1, minimum=1) for sitting in range(3)]
        for weights, short in (({0: 90, 1: 10, 2: 60}, 0), ({0: 50, 1: 60, 2: 60}, 1), ({0: 70, 1: 70, 2: 70}, 1)):
            asked = problem([QUIET] * 3, posts, people(1, 2, (), range(3), limits=(0,)), limits=(Limit(weights, 100),))
            for followers in ((), ((0, 1), (1, 2))):
                assert solved(asked._replace(followers=followers))[0][0] == short

    def test_chains_are_broken_where_limits_leave_no_other_way(self) -> None:
        posts = [EN._replace(sitting=sitting, needed=1, minimum=1) for sitting in range(6)]
        followers = ((0, 1), (1, 2), (2, 3), (3, 4), (4, 5))
        limits = (Limit(dict.fromkeys(range(6), 1), 3),)
        asked = problem([QUIET] * 6, posts, people(1, 2, (), range(6), limits=(0,)), limits=limits, followers=followers)
        assert solved(asked)[0][8:] == (3, 1)


class TestLargeWeights:
    """What floats cannot tell apart is decided in whole numbers, and nothing false is said to be proven."""

    def test_a_limit_that_is_passed_by_one(self) -> None:
        posts = [EN._replace(sitting=sitting, needed=1, minimum=1) for sitting in range(3)]
        limits = (Limit({0: 10**9, 1: 10**9, 2: 10**9 + 1}, 3 * 10**9),)
        workers = people(1, 1, (), (0, 1, 2), limits=(0,))
        for fixed, seats in (({(0, 2)}, {(0, 0), (0, 2)}), (set[tuple[int, int]](), {(0, 0), (0, 1)})):
            solution = solve(problem([QUIET] * 3, posts, workers, limits=limits, fixed=frozenset(fixed)))
            assert (set(solution.seats), solution.bounds[0], solution.proven) == (seats, 0, False)

    def test_weights_that_differ_by_one_of_very_many(self) -> None:
        floor = Meeting((frozenset({"ar", "en"}),), 2)
        posts = [EN._replace(sitting=sitting, needed=1, minimum=minimum) for sitting, minimum in enumerate((0, 1, 1))]
        posts[1] = posts[1]._replace(both_ways=True)
        weights = Limit({0: 170 * 10**12 + 1, 2: 106 * 10**12 + 1}, 240 * 10**12 + 1)
        workers = [
            *people(1, 1, ("enar", "aren"), range(3), limits=(0, 1), retours=frozenset({"ar"})),
            *people(2, 3, ("enar", "aren"), range(3), limits=(0, 1), retours=frozenset({"en"})),
        ]
        asked = problem(
            [floor._replace(floors=(frozenset(),)), floor, Meeting((frozenset({"ar"}),), 1)],
            posts,
            workers,
            limits=(weights, Limit({0: 10**12 + 2}, 10**12 + 2)),
            followers=((0, 1), (1, 2)),
        )
        assert solve(asked).bounds <= (0, 0, 0, 0, 0, 0, 1, 0, 2, 1)


class TestBudget:
    """With less than it needs, the best that was found, and nothing that was not proven."""

    ASKED = problem(
        *same_time(3, [EN, FR])[:2],
        [*people(1, 5, ("fren", "aren"), (0, 2, 4)), *people(6, 5, ("enfr",), (1, 3, 5), cost=1)],
    )

    def test_no_time_at_all(self) -> None:
        solution = solve(self.ASKED, seconds=0)
        assert (solution.bounds[0], solution.proven, len(solution.seats)) == (0, False, 12)

    @pytest.mark.parametrize("nodes", [0, 1])
    def test_few_nodes(self, nodes: int) -> None:
        solution = solve(self.ASKED, nodes=nodes)
        values = tally(self.ASKED, solution.seats)
        assert all(bound <= value for bound, value in zip(solution.bounds, values, strict=True))
        assert nodes or not solution.proven

    def test_time_that_is_over_anywhere(self, monkeypatch: pytest.MonkeyPatch) -> None:
        best = solved(self.ASKED)[0]
        for seconds in range(1, 100):
            clock = count()
            monkeypatch.setattr("wtisd_model.roster.program.time.monotonic", lambda clock=clock: next(clock))
            solution = solve(self.ASKED, seconds=seconds)
            assert len(solution.seats) == 12
            assert solution.bounds <= best
            assert not solution.proven or tally(self.ASKED, solution.seats) == best

    @pytest.mark.parametrize("unsettled", ["settle", "complete"])
    @pytest.mark.parametrize("searches", range(8))
    def test_a_search_that_finds_nothing_after_others(
        self, searches: int, unsettled: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        sittings, posts, limits = same_time(3, [EN._replace(needed=1), AR._replace(needed=1), FR._replace(needed=1)])
        workers = [
            *people(1, 1, ("fren",), (0, 3, 6), limits=(0,)),
            *people(2, 2, ("fren", "aren"), (0, 3, 6), limits=(0,)),
            *people(4, 2, ("enar", "frar"), (1, 4, 7), limits=(0,)),
            *people(6, 1, ("enar", "aren"), (1, 4, 7), limits=(0,)),
            *people(7, 3, ("enfr",), (2, 5, 8), limits=(0,)),
        ]
        asked = problem(sittings, posts, workers, limits=tuple(limits))
        left = count(searches, -1)
        minimize = Program.minimize

        def limited(program: Program, terms: Factors, start: Mapping[int, int], budget: Budget) -> SearchOutcome:
            return minimize(program, terms, start, budget) if next(left) > 0 else SearchOutcome(None, -inf)

        monkeypatch.setattr(Program, "minimize", limited)
        outcome = {"settle": None, "complete": SearchOutcome(None, -inf)}[unsettled]
        monkeypatch.setattr(Program, unsettled, _found(outcome))
        solution = solve(asked)
        values = tally(asked, solution.seats)
        assert len(solution.seats) == 9
        assert all(bound <= value for bound, value in zip(solution.bounds, values, strict=True))
        assert searches > 1 or not solution.proven

    def test_enough(self) -> None:
        assert solve(self.ASKED, seconds=600, nodes=1000) == solved(self.ASKED)[1]

    def test_not_installed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "highspy", None)
        with pytest.raises(ImportError, match=r"pip install 'wtisd-model\[roster\]'"):
            solve(self.ASKED)


class TestProgram:
    """The solver of integer programs, beside what a roster needs of it."""

    def test_what_contradicts_itself_has_no_solution(self) -> None:
        program = Program()
        column = program.column(1)
        program.row({column: 1}, least=2)
        nothing = Budget(None, None)
        assert program.minimize({column: 1}, {}, nothing).columns is None
        assert program.settle({column: 1}, nothing) is None
        assert program.complete({column: 1}, {}, nothing).columns is None

    @pytest.mark.parametrize(("triangles", "least"), [(1, 2), (2, 4)])
    def test_what_is_least_in_whole_numbers_is_found(self, triangles: int, least: int) -> None:
        # Two corners of each: in fractions, half of all three.
        program = Program()
        corners = [[program.column(1) for _ in range(3)] for _ in range(triangles)]
        for first, second, third in corners:
            for pair in ((first, second), (second, third), (first, third)):
                program.row(dict.fromkeys(pair, 1), least=1)
        total = {column: 1 for triangle in corners for column in triangle}
        found = program.complete(total, {}, Budget(None, None))
        assert (found.bound, sum(found.columns or ())) == (least, least)
