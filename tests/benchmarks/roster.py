"""Propose rosters of the size of the United Nations: six languages, ten meetings at once, two sittings a day.

    python tests/benchmarks/roster.py [--month] [--json]

Each is proposed with all objectives and the last choice, on one core; the seconds are processor time. Where a proof is
claimed, each value is its bound, within so many nodes of the search; the exit code is 1 if it is not. In a week with
all windows of the United Nations, nothing is claimed of the people who are replaced: somebody who may take five
sittings in three days cannot take both of each day that they work, and no bound counts such people.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from random import Random
from types import MappingProxyType
from typing import Any, NamedTuple

from wtisd_model.roster.problem import Limit, Meeting, Post, Problem, Worker
from wtisd_model.roster.solver import solve
from wtisd_model.roster.tally import tally

LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
BOTH_WAYS = {"ar", "zh"}
_ARABIC_CHINESE = ((("en",), ("en",)), (("en", "fr"), ("en",)), (("en", "fr"), ("en", "fr")), (("en", "es"), ("en",)))
KINDS: dict[str, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]] = {
    "ar": _ARABIC_CHINESE,
    "zh": _ARABIC_CHINESE,
    "en": ((("fr", "es"), ()), (("fr", "ru"), ()), (("fr", "es", "ru"), ()), (("fr",), ())),
    "fr": ((("en", "es"), ()), (("en", "ru"), ()), (("en", "es", "ru"), ()), (("en",), ())),
    "es": ((("en", "fr"), ()), (("en",), ()), (("en", "ru"), ()), (("en", "fr", "ru"), ())),
    "ru": ((("en", "fr"), ()), (("en",), ()), (("en", "es"), ()), (("en", "fr", "es"), ())),
}
"""For each booth, what people work from, and into by retour."""
SHARES = {"ar": 31, "zh": 31, "en": 22, "fr": 22, "es": 22, "ru": 22}
"""The people of each booth, of 150."""


def team(number: int, people: int) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Return the languages of people, by their shares; by *number* they are drawn, and all differ, unless it is 0."""
    draw = Random(number)
    languages = [language for language, share in SHARES.items() for _ in range(-(-share * people // 150))]
    Random(5).shuffle(languages)
    made: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = []
    for place, language in enumerate(languages[:people]):
        sources, retours = KINDS[language][languages[:place].count(language) % 4]
        if number:
            others = [other for other in LANGUAGES if other != language]
            sources = tuple(sorted({*draw.sample(others, draw.randint(1, 3)), "fr" if language == "en" else "en"}))
        made.append((language, sources, retours))
    return made


WEEK = {7: 8}
"""The sittings that somebody may have in so many days."""
UNITED_NATIONS = {7: 8, 4: 7, 3: 5}


def meetings(
    days: int, at_once: int, people: int, *, drawn: int = 0, windows: Mapping[int, int] = MappingProxyType({})
) -> Problem:
    """Return meetings in two sittings a day, five days a week; those of the afternoon go on with the teams."""
    count = 2 * days * at_once
    day = [meeting // (2 * at_once) for meeting in range(count)]
    calendar = [number // 5 * 7 + number % 5 for number in day]
    limits = [Limit({first + place: 1 for place in range(at_once)}, 1) for first in range(0, count, at_once)]
    limits += [Limit({first + place: 1 for place in range(2 * at_once)}, 2) for first in range(0, count, 2 * at_once)]
    for length, most in windows.items():
        for first in range(max(1, calendar[-1] + 2 - length)):
            window = {meeting: 1 for meeting in range(count) if first <= calendar[meeting] < first + length}
            limits.append(Limit(window, most))
    posts = [
        Post(meeting, language, 3 if language in BOTH_WAYS else 2, 2, language in BOTH_WAYS, feeds=True, listens=True)
        for meeting in range(count)
        for language in LANGUAGES
    ]
    costs = Random(drawn)
    workers = [
        Worker(
            f"interpreter-{number:05}",
            (frozenset({(source, language) for source in sources} | {(language, target) for target in retours}),),
            frozenset(retours),
            frozenset(index for index, post in enumerate(posts) if post.language == language),
            tuple(range(len(limits))),
            costs.randrange(500, 1500) if drawn else (800, 1000, 1200)[number % 3],
        )
        for number, (language, sources, retours) in enumerate(team(drawn, people))
    ]
    followers = [
        (6 * morning + place, 6 * (morning + at_once) + place)
        for morning in range(count)
        if morning // at_once % 2 == 0
        for place in range(6)
    ]
    none = frozenset[tuple[int, int]]()
    return Problem(
        (Meeting((frozenset(LANGUAGES),), 1),) * count,
        tuple(posts),
        tuple(workers),
        tuple(limits),
        None,
        none,
        none,
        tuple(followers),
    )


def without(problem: Problem, ill: int) -> Problem:
    """Return the problem after its solution was kept and somebody in it fell ill."""
    kept = frozenset(seat for seat in solve(problem).seats if seat[0] != ill)
    workers = list(problem.workers)
    workers[ill] = workers[ill]._replace(posts=frozenset())
    return problem._replace(workers=tuple(workers), kept=kept)


class Case(NamedTuple):
    """A roster to propose, and what is claimed of it."""

    make: Callable[[], Problem]
    heads_short: int | None = 0
    """None where nothing is claimed but honesty."""
    proven: int = 10
    """The objectives, from the first one on, whose values are their bounds."""
    nodes: int | None = None
    seconds: float | None = None


CASES = {
    "day": Case(lambda: meetings(1, 10, 150), nodes=100),
    "day, all people differ": Case(lambda: meetings(1, 10, 150, drawn=1), nodes=1000),
    "day, 30 meetings": Case(lambda: meetings(1, 15, 150), heads_short=120, nodes=1000),
    "day, one ill": Case(lambda: without(meetings(1, 10, 150), 7), nodes=100),
    "week": Case(lambda: meetings(5, 10, 190, windows=WEEK), nodes=1000),
    "week, all windows": Case(lambda: meetings(5, 10, 190, windows=UNITED_NATIONS), proven=9, nodes=1000),
    "week, all windows, too few people": Case(
        lambda: meetings(5, 10, 170, windows=UNITED_NATIONS), heads_short=40, proven=9
    ),
    "month, 10,000 people, one second": Case(lambda: meetings(20, 10, 10_000, drawn=1), heads_short=None, seconds=1),
    "10,000 people, one second": Case(lambda: meetings(1, 10, 10_000, drawn=1), heads_short=None, seconds=1),
}
MONTH = {"month": Case(lambda: meetings(20, 10, 190, windows=WEEK), nodes=10_000)}


def measure(cases: Iterable[tuple[str, Case]]) -> list[dict[str, Any]]:
    """Solve each case; what is claimed and does not hold is a fault."""
    figures: list[dict[str, Any]] = []
    for name, case in cases:
        problem = case.make()
        begin = time.process_time()
        solution = solve(problem, seconds=case.seconds, nodes=case.nodes)
        seconds = time.process_time() - begin
        values = tally(problem, solution.seats)
        is_claimed = case.heads_short is None or (
            (solution.proven or case.proven < len(values))
            and values[0] == case.heads_short
            and values[: case.proven] == solution.bounds[: case.proven]
        )
        is_honest = _is_honest(values, solution.bounds, is_proven=solution.proven)
        figures.append(
            {
                "case": name,
                "seconds": round(seconds, 2),
                "values": values,
                "proven": solution.proven,
                "fault": not (is_claimed and is_honest),
            }
        )
    return figures


def _is_honest(values: Sequence[int], bounds: Sequence[int], *, is_proven: bool) -> bool:
    pairs = zip(bounds, values, strict=True)
    return all(bound == value if is_proven else bound <= value for bound, value in pairs)


def main() -> int:
    """Print the figures; return 1 if a claim does not hold."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--month", action="store_true", help="400 meetings too")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    figures = measure([*CASES.items(), *(MONTH.items() if asked.month else ())])
    for row in figures:
        print(json.dumps(row) if asked.json else "  ".join(f"{key}: {value}" for key, value in row.items()))
    return int(any(row["fault"] for row in figures))


if __name__ == "__main__":
    sys.exit(main())
