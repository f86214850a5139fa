"""The comparison that `registrations.py` runs: which peers there are, and what they are asked."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from importlib import import_module
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.benchmarks import lines_loop
from tests.benchmarks.agreement import Agreement, agreement
from tests.benchmarks.payloads import bad, documents, good, rows, write_lines
from tests.benchmarks.peers.peer import Peer
from tests.benchmarks.referee import places
from tests.benchmarks.rounds import Times, microseconds, over, race, ratios
from wtisd_model import Registration, schema_validator

PEERS = ("ours", "pydantic", "msgspec", "jsonschema_rs", "cattrs", "fastjsonschema", "marshmallow", "jsonschema")
"""Modules in `tests.benchmarks.peers`, one a library."""
OURS, BASE = "wtisd_model", "pydantic"
MEASURES = ("bytes", "mapping", "findings", "lines", "dump", "arrow")
SEED = 20230517


def loaded(names: Iterable[str]) -> tuple[dict[str, Peer], list[str]]:
    """Build the peers, ours and pydantic always among them, and name those that are not installed."""
    found: dict[str, Peer] = {}
    missing: list[str] = []
    for name in PEERS:
        if name in {"ours", BASE, *names}:
            try:
                module = import_module(f"tests.benchmarks.peers.{name}")
            except ModuleNotFoundError as absent:
                if (absent.name or "").startswith(("tests", "wtisd_model")):
                    raise
                missing.append(name)
            else:
                found |= {peer.name: peer for peer in module.peers()}
    return found, missing


class Comparison:
    """All peers, all payloads, and what came out of them."""

    def __init__(self, peers: Mapping[str, Peer], *, quick: bool) -> None:
        self.peers = peers
        self.rounds = 5 if quick else 13
        self.lines = 4_000 if quick else 40_000
        count = 400 if quick else 2_000
        self.good = good(count, seed=SEED)
        self.documents = list(documents(count, seed=SEED))
        self.bad = bad(count // 2, seed=SEED)
        self.megabytes: tuple[float | None, ...] = ()

    def agreement(self) -> dict[str, Agreement]:
        """Ask every peer about every payload."""
        return {name: agreement(peer, self.good, self.bad) for name, peer in self.peers.items()}

    def refereed(self) -> int:
        """Count the bad payloads in which the published schema sees exactly what was broken, through jsonschema."""
        referee = schema_validator(Registration)
        return sum(
            each.shape == ({""} if each.document is None else places(referee.iter_errors(each.document)))
            for each in self.bad
        )

    def measure(self, name: str) -> dict[str, Any] | None:
        """Take the times of one measure: for one item, and how many times as fast as pydantic and as each other."""
        measures: dict[str, Callable[[], tuple[Times, int] | None]] = {
            "bytes": partial(self._calls, "from_bytes", self.good),
            "mapping": partial(self._calls, "from_mapping", self.documents),
            "findings": partial(self._calls, "findings", [each.raw for each in self.bad]),
            "lines": self._lines,
            "dump": self._dump,
            "arrow": self._arrow,
        }
        taken = measures[name]()
        if taken is None:
            return None
        times, count = taken
        return {
            "microseconds": microseconds(times, count),
            "ratios": ratios(times, BASE),
            "ours": {other: ratios(times, other)[OURS] for other in times},
        }

    def _calls(self, attribute: str, items: list[Any]) -> tuple[Times, int]:
        runs = {name: over(getattr(peer, attribute), items) for name, peer in self.peers.items()}
        return race(runs, self.rounds), len(items)

    def _dump(self) -> tuple[Times, int]:
        runs = {
            name: over(peer.dump, [peer.from_bytes(raw) for raw in self.good])
            for name, peer in self.peers.items()
            if peer.dump is not None
        }
        return race(runs, self.rounds), len(self.good)

    def _lines(self) -> tuple[Times, int]:
        with TemporaryDirectory() as folder:
            path, longer = Path(folder, "registrations.jsonl"), Path(folder, "longer.jsonl")
            write_lines(path, self.lines, seed=SEED)
            runs: dict[str, Callable[[], object]] = {
                name: partial(lines_loop.theirs, peer, path)
                for name, peer in self.peers.items()
                if not name.startswith(OURS)
            }
            runs[OURS] = partial(lines_loop.ours, path)
            times = race(runs, 5)
            write_lines(longer, 4 * self.lines, seed=SEED)
            self.megabytes = tuple(map(lines_loop.peak_megabytes, (path, longer)))
        return times, self.lines

    def _arrow(self) -> tuple[Times, int] | None:
        try:
            from tests.benchmarks import arrow_loop
        except ImportError as absent:
            if absent.name != "pyarrow":
                raise
            return None
        payloads = list(islice(rows(seed=SEED), self.lines))
        given = arrow_loop.batches(payloads)
        theirs = partial(arrow_loop.theirs, self.peers[BASE], given)
        ours = partial(arrow_loop.ours, given)
        if not arrow_loop.same(ours(), theirs()):
            raise AssertionError("The two loops do not make the same columns.")
        return race({OURS: ours, BASE: theirs}, 5), len(payloads)
