"""How time grows with the length of a text: no pattern goes back and forth, and what is too long is not matched at all.

    python -m tests.benchmarks.patterns

Every pattern of every published schema is given texts on which a careless one takes the square of their length, at a
length and at four times that. Every kind of text that a field may hold is asked about one that is too long, and about
one twenty times as long. Each is timed in turns; where a ratio looks too large, more rounds are taken and the best of
all is kept: what disturbs a run makes it longer and never shorter. A pattern that is known to be careless has to be
found first. Ends with 1 where something grows too fast.
"""

import re
from collections.abc import Callable, Iterator
from itertools import count
from time import process_time

from tests.json.spots import SPOTS
from wtisd_model import Finding
from wtisd_model.json.json_schema import reached_classes
from wtisd_model.model.documents import DOCUMENTS
from wtisd_model.schema.constraints import (
    Constraint,
    Date,
    DecimalNumber,
    Items,
    Leaf,
    Map,
    Pattern,
    Text,
    Timestamp,
    compiled,
)
from wtisd_model.schema.fields import fields_of
from wtisd_model.types.scalars import INVALID, scalar_decoder

LONG = 100_000
LONGER = 4
MATCHING = 7.3
"""How much longer a match may take for a text four times as long; where time is quadratic it takes 16 times as long."""
REFUSING = 5.0
"""The same of a refusal, for a text twenty times as long."""
ROUNDS = 20
TOO_SHORT = 1e-4
"""Seconds that are too few for a ratio."""

Run = Callable[[str], object]


def shapes(good: str) -> dict[str, Callable[[int], str]]:
    """Long texts that make a careless pattern go back and forth."""
    first, last = good[:1], good[-1:]
    return {
        "one letter": lambda n: first * n,
        "good ones": lambda n: (good * (n // len(good) + 1))[:n],
        "good ones, then bad": lambda n: (good * (n // len(good) + 1))[:n] + "\x00",
        "labels": lambda n: "a." * (n // 2),
        "labels after a good start": lambda n: good + ".a" * (n // 2) + "!",
        "hyphens": lambda n: "a-" * (n // 2),
        "at signs": lambda n: "a@" * (n // 2),
        "percents": lambda n: "https://a/" + "%41" * (n // 3) + "%",
        "digits": lambda n: "1" * n + "x",
        "blanks inside": lambda n: first + " " * n + last,
        "blanks at the end": lambda n: good + " " * n,
        "unseen": lambda n: "\u200b" * n,
        "unseen, then control": lambda n: "\u200b" * n + "\x00",
        "combining marks": lambda n: "a" + "\u0301\u0323" * (n // 2),
        "line feeds": lambda n: "a\n" * (n // 2),
    }


def seconds(run: Run, text: str) -> float:
    """Take the processor time of one run."""
    begin = process_time()
    run(text)
    return process_time() - begin


def ratio(run: Run, short: str, long: str, bound: float) -> float:
    """Return how many times as long as *short* *long* takes, by the best rounds; stop early within *bound*."""
    first = second = float("inf")
    for rounds in count(1):
        first, second = min(first, seconds(run, short)), min(second, seconds(run, long))
        if second <= bound * first or second < TOO_SHORT or rounds == ROUNDS:
            break
    return 1.0 if second < TOO_SHORT else second / first


def careless() -> float:
    """Measure a pattern that is known to take the square of the length."""
    return ratio(re.compile("a*a*b").match, "a" * 1_000, "a" * 1_000 * LONGER, MATCHING)


def matching() -> Iterator[tuple[str, float]]:
    """Measure every pattern of every schema with every shape of text."""
    for spot in SPOTS:
        if "pattern" in spot.said:
            for name, make in shapes(spot.good).items():
                match = compiled(spot.said["pattern"]).match
                yield f"{spot}: {name}", ratio(match, make(LONG // LONGER), make(LONG), MATCHING)


def leaf_nodes() -> dict[str, Leaf]:
    """Gather every kind of text that a field may hold, the keys of translations included."""
    found: dict[str, Leaf] = {}

    def gather(node: Constraint) -> None:
        match node:
            case Items():
                gather(node.item)
            case Map():
                gather(node.key)
                gather(node.value)
            case Text() | Pattern() | DecimalNumber() | Date() | Timestamp():
                found.setdefault(f"{type(node).__name__} {node.pattern}"[:60], node)
            case _:
                pass

    # Always in one order, so that two runs print the same.
    for cls in sorted(reached_classes(DOCUMENTS), key=lambda cls: cls.__name__):
        for spec in fields_of(cls):
            gather(spec.constraint)
    return found


def checked(node: Leaf, value: str) -> object:
    """Ask a node about a text, as the reader does."""
    return scalar_decoder(node)(value) if isinstance(node, DecimalNumber | Date | Timestamp) else node.check(value)


def refusing() -> Iterator[tuple[str, float]]:
    """Measure how long every kind of text takes to refuse what is too long for it."""
    for name, node in leaf_nodes().items():

        def fifty_times(text: str, node: Leaf = node) -> None:
            for _ in range(50):
                checked(node, text)

        for shape, make in shapes("1a").items():
            once, twenty_times = make(20_000), make(400_000)
            grown = ratio(fifty_times, once, twenty_times, REFUSING)
            is_refused = checked(node, once) is INVALID or isinstance(checked(node, once), Finding)
            yield f"{name}: {shape}", grown if is_refused else float("inf")


def main() -> int:
    """Measure all and say which grow too fast."""
    known = careless()
    print(f"a careless pattern: x{known:.1f} for {LONGER} times as much")
    bad = [] if known > MATCHING else ["what is careless is not found"]
    for what, bound, measured in (("matches", MATCHING, matching()), ("refusals", REFUSING, refusing())):
        found = dict(measured)
        print(f"{len(found)} {what}: x{max(found.values()):.1f} at most, and the bound is x{bound}")
        bad += [f"{name}: x{grown:.1f}" for name, grown in found.items() if grown > bound]
    print("\n".join(["grow too fast:", *bad] if bad else ["none grows too fast"]))
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main())
