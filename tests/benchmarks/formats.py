"""How long each format takes for an event of 5,000 sessions, compared with JSON, and whether time grows with size.

    python tests/benchmarks/formats.py

A row is what writes an event, or what reads its bytes. Five times as many sessions may take eight times as long, the
least of five rounds in turns. Ends with 1 where a row takes longer.
"""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import wtisd_model as wm

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))  # tests are imported from the checkout: tests.benchmarks

from tests.benchmarks.rounds import race, ratios
from tests.benchmarks.scaling import event_of

BOUND = 8.0
ROUNDS = 5
FEW, MANY = 1000, 5000

WRITERS: dict[str, Callable[[wm.Event], bytes]] = {
    "to_json": wm.to_json,
    "to_jsonld": wm.to_jsonld,
    "to_jsonld, CPEV": partial(wm.to_jsonld, profile="cpev"),
}

READERS: dict[str, tuple[Callable[[wm.Event], bytes], Callable[[bytes], object]]] = {
    "from_json": (wm.to_json, partial(wm.from_json, wm.Event)),
}
"""What makes the bytes, and what reads them."""


def rows(sessions: int) -> dict[str, Callable[[], object]]:
    """Return what each row does with an event of some *sessions*."""
    event = event_of(sessions, together=False)
    written = {name: partial(write, event) for name, write in WRITERS.items()}
    return written | {name: partial(read, write(event)) for name, (write, read) in READERS.items()}


def main() -> int:
    """Print for each row how many times as long it takes as `to_json`, and how it grows."""
    few, many = (race(rows(sessions), ROUNDS) for sessions in (FEW, MANY))
    faster = ratios(many, "to_json")
    growth = {name: min(taken) / min(few[name]) for name, taken in many.items()}
    for name in many:
        print(f"{name:24} {1 / faster[name]:6.1f} times to_json, {growth[name]:6.1f} times for 5 times the sessions")
    return int(max(growth.values()) > BOUND)


if __name__ == "__main__":
    sys.exit(main())
