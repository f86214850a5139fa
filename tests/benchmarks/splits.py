"""Split very many amounts by shares: no minor unit is lost, and no part is a unit or more from its exact share.

    python tests/benchmarks/splits.py [--splits 1000000] [--seed 1] [--json]

Amounts are up to the largest that Money holds, in a currency with 0 to 4 decimals, for 1 to 100 countries. Shares are
percentages with up to four decimals that add up to 100. Each part is compared with the exact fraction. The exit code is
1 if anything is lost.
"""

import argparse
import json
import random
import sys
import time
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from wtisd_model.types.number import split_by_shares

GREATEST = 10**18
"""The largest amount that Money holds."""
WHOLE = 1_000_000
"""100 percent, in units of the fourth decimal."""


def splits(count: int, seed: int) -> Iterator[tuple[int, list[int]]]:
    """Yield amounts in minor units, with shares; the same seed gives the same ones."""
    draw = random.Random(seed)
    for _ in range(count):
        digits = draw.choice((0, 2, 2, 2, 3, 4))
        units = draw.randrange(10 ** draw.randint(1, 19 + digits))
        parts = draw.choice((1, 2, 3, 4, 5, 7, 12, 100))
        cuts = [0, *sorted(draw.randrange(WHOLE + 1) for _ in range(parts - 1)), WHOLE]
        if draw.random() < 0.2:
            cuts = [part * WHOLE // parts for part in range(parts + 1)]  # as nearly equal as shares can be
        yield min(units, GREATEST * 10**digits), [high - low for low, high in pairwise(cuts)]


def measure(count: int, seed: int) -> dict[str, Any]:
    """Split all amounts and check each part."""
    lost = away = something_for_nothing = parts = 0
    seconds = 0.0
    for units, shares in splits(count, seed):
        begin = time.process_time()
        made = split_by_shares(units, shares)
        seconds += time.process_time() - begin
        parts += len(made)
        lost += sum(made) != units
        # In units of a millionth of a minor unit, so that nothing is rounded here either.
        away += any(abs(part * WHOLE - units * share) >= WHOLE for part, share in zip(made, shares, strict=True))
        something_for_nothing += any(part and not share for part, share in zip(made, shares, strict=True))
    return {
        "splits": count,
        "seed": seed,
        "parts": parts,
        "with_a_minor_unit_lost": lost,
        "with_a_part_one_unit_or_more_from_its_share": away,
        "with_something_for_a_share_of_nothing": something_for_nothing,
        "microseconds_a_split": round(seconds / count * 1e6, 2),
    }


def main() -> int:
    """Print the figures; return 1 if anything is lost."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--splits", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    figures = measure(asked.splits, asked.seed)
    print(json.dumps(figures) if asked.json else "\n".join(f"{value:>12,}  {name}" for name, value in figures.items()))
    return int(any(value for name, value in figures.items() if name.startswith("with_")))


if __name__ == "__main__":
    sys.exit(main())
