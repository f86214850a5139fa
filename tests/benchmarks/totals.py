"""Compare totals of a million pledges with the simple loop that everybody would write first.

    python tests/benchmarks/totals.py [--pledges 1000000] [--rounds 5] [--json]

The simple loop uses the present state of a pledge, and adds up with Python's operators in the decimal context of the
thread. It ignores the day, what is in several rows, and pledges without an amount. It rounds each part of an amount by
itself, so it loses cents; the figures say how many. Both are timed in turns in one process.
"""

import argparse
import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))  # tests are imported from the checkout: tests.benchmarks

import wtisd_model as wm
from tests.benchmarks.rounds import Run, microseconds, race, ratios

ON = date(2023, 12, 31)
DIFFERENT = 10_000
ENGLISH = wm.LocalizedText(text="Schools online", language="en")
NO_PROMISE = {wm.PledgeState.DRAFT, wm.PledgeState.REJECTED, wm.PledgeState.WITHDRAWN}
CENT = Decimal("0.01")
COUNTRIES = ("AO", "BD", "BF", "BT", "CH", "GQ", "KE", "NE", "NP", "TD", "VU", "ZM")

Sums = tuple[Counter[str], dict[tuple[str, str], Decimal]]


def different_pledges(count: int, seed: int) -> Iterator[wm.Pledge]:
    """Yield pledges of all kinds; the same seed gives the same pledges."""
    draw = random.Random(seed)
    for number in range(count):
        came_in = datetime(2022, 1, 1, tzinfo=UTC) + timedelta(hours=draw.randrange(20_000))
        pledge = wm.Pledge(
            id=f"p-{number}",
            title=ENGLISH,
            pledger=wm.Organization(name=ENGLISH, membership=draw.choice([None, *wm.Membership])),
            kind=draw.choice([kind for kind in wm.PledgeKind if kind is not wm.PledgeKind.FINANCIAL]),
            focus_areas=frozenset(draw.sample(list(wm.FocusArea), draw.choice((1, 1, 2, 3)))),
            pledged=draw.choice((None, _money(draw), _money(draw))),
            scope=wm.PledgeScope.REGIONAL,
            countries=tuple(_countries(draw)),
            goals=frozenset(str(draw.randint(1, 17)) for _ in range(draw.randrange(3))),
            submitted_at=came_in,
        )
        yield _moved(pledge, draw, came_in)


def _money(draw: random.Random) -> wm.Money:
    return wm.Money(amount=Decimal(draw.randrange(1, 10**9)).scaleb(-2), currency=draw.choice(("USD", "USD", "EUR")))


def _countries(draw: random.Random) -> Iterator[wm.CountryShare]:
    names = draw.sample(COUNTRIES, draw.randrange(4))
    if not names or draw.random() < 0.3:
        yield from (wm.CountryShare(country=name) for name in names)
        return
    cuts = sorted(draw.randrange(1_000_001) for _ in names[1:])
    for name, low, high in zip(names, [0, *cuts], [*cuts, 1_000_000], strict=True):
        yield wm.CountryShare(country=name, share=Decimal(high - low).scaleb(-4))


def _moved(pledge: wm.Pledge, draw: random.Random, at: datetime) -> wm.Pledge:
    steps = draw.randrange(4)
    for verb in ("publish", "start_work", "withdraw")[:steps]:
        at += timedelta(days=draw.randrange(200))
        pledge = getattr(pledge, verb)(at=at)
    return pledge


def plain_by(keys: Callable[[wm.Pledge], Iterable[str]]) -> Callable[[Iterable[wm.Pledge]], Sums]:
    """Return the simple loop for a dimension."""

    def loop(pledges: Iterable[wm.Pledge]) -> Sums:
        counts: Counter[str] = Counter()
        sums: defaultdict[tuple[str, str], Decimal] = defaultdict(Decimal)
        for pledge in pledges:
            if pledge.state in NO_PROMISE:
                continue
            for key in keys(pledge):
                counts[key] += 1
                if pledge.pledged is not None:
                    sums[key, pledge.pledged.currency] += pledge.pledged.amount
        return counts, sums

    return loop


def plain_by_country(pledges: Iterable[wm.Pledge]) -> Sums:
    """Split amounts over countries as one would write it first."""
    counts: Counter[str] = Counter()
    sums: defaultdict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for pledge in pledges:
        if pledge.state in NO_PROMISE:
            continue
        for each in pledge.countries:
            counts[each.country] += 1
            if pledge.pledged is not None:
                amount, currency = pledge.pledged.amount, pledge.pledged.currency
                part = amount if each.share is None else (amount * each.share / 100).quantize(CENT)
                sums[each.country, currency] += part
    return counts, sums


PLAIN: dict[str, Callable[[Iterable[wm.Pledge]], Sums]] = {
    "kind": plain_by(lambda pledge: (pledge.kind,)),
    "focus-area": plain_by(lambda pledge: pledge.focus_areas),
    "country": plain_by_country,
}


def lost(pledges: Iterable[wm.Pledge]) -> Decimal:
    """Return how many cents the simple loop loses or adds where it splits amounts over countries."""
    off = Decimal(0)
    for pledge in pledges:
        if pledge.pledged is not None and len(pledge.countries) > 1 and pledge.countries[0].share is not None:
            amount = pledge.pledged.amount
            off += abs(amount - sum((amount * (each.share or 0) / 100).quantize(CENT) for each in pledge.countries))
    return off / CENT


def measure(count: int, rounds: int) -> dict[str, Any]:
    """Return the times of both by each dimension."""
    kept = list(different_pledges(min(DIFFERENT, count), seed=5))
    pledges = [kept[number % len(kept)] for number in range(count)]
    figures: dict[str, Any] = {"pledges": count, "different": len(kept), "cents_lost_by_the_loop": str(lost(pledges))}
    for by, loop in PLAIN.items():
        runs: dict[str, Run] = {"plain": partial(loop, pledges), "ours": partial(wm.totals, pledges, by=by, on=ON)}
        times = race(runs, rounds)
        ratio = ratios(times, "ours")["plain"]
        figures[by] = {"microseconds": microseconds(times, count), "times_the_loop": ratio}
    return figures


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pledges", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    figures = measure(asked.pledges, asked.rounds)
    if asked.json:
        print(json.dumps(figures))
        return
    print(f"{figures['pledges']:,} pledges, {figures['different']:,} different ones")
    for by in PLAIN:
        each, ratio = figures[by]["microseconds"], figures[by]["times_the_loop"]
        print(f"{by:12} {each['ours']:6.2f} us a pledge, the loop {each['plain']:6.2f}: x{ratio}")
    print(f"Cents that the loop loses or adds: {figures['cents_lost_by_the_loop']}; ours: 0")


if __name__ == "__main__":
    main()
