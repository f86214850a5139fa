"""Timing in turns: every peer once a round, in an order that rotates, so that what disturbs one disturbs all.

The least time of the rounds counts: what else runs lengthens some of them, and never shortens one.
"""

import gc
import time
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

Run = Callable[[], object]
Times = dict[str, list[float]]


def race(runs: Mapping[str, Run], rounds: int, *, timed: Mapping[str, Callable[[], float]] | None = None) -> Times:
    """Take the processor time in seconds of each run in each round; a round before them warms up and is thrown away.

    Those that are *timed* take it themselves, such as programmes in another language.
    """
    turns = {name: partial(seconds, run) for name, run in runs.items()} | dict(timed or {})
    times: Times = {name: [] for name in turns}
    names = list(turns)
    for round_ in range(rounds + 1):
        turn = round_ % len(names)
        for name in names[turn:] + names[:turn]:
            elapsed = turns[name]()
            if round_:
                times[name].append(elapsed)
    return times


def seconds(run: Run) -> float:
    """Take the processor time of one run, which other programmes lengthen least."""
    # What was there before is not looked at again by the collector while the run makes its objects.
    gc.collect()
    gc.freeze()
    begin = time.process_time()
    run()
    elapsed = time.process_time() - begin
    gc.unfreeze()
    return elapsed


def over(call: Callable[[Any], object], items: Iterable[Any]) -> Run:
    """Make a run of one call for each item, whose results are dropped at once."""

    def run() -> None:
        for item in items:
            call(item)

    return run


def microseconds(times: Times, count: int) -> dict[str, float]:
    """Return the least time for one of *count* items."""
    return {name: round(min(taken) / count * 1e6, 2) for name, taken in times.items()}


def ratios(times: Times, base: str) -> dict[str, float]:
    """Return how many times as fast as *base* each is, by the least times of both."""
    return {name: round(min(times[base]) / min(taken), 3) for name, taken in times.items()}
