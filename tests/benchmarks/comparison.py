"""The comparison that `registrations.py` runs: which peers there are, what they are asked, and the report."""

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from typing import Any

from tests.benchmarks.agreement import Agreement, agreement
from tests.benchmarks.payloads import bad, documents, good
from tests.benchmarks.peers.peer import Peer
from tests.benchmarks.rounds import Times, microseconds, over, race, ratios

PEERS = ("ours", "pydantic", "msgspec")
BASE = "pydantic"
OURS = "wtisd_model"
SEED = 20230517
MEASURES = ("bytes", "mapping", "findings", "dump")


def loaded(names: list[str]) -> tuple[dict[str, Peer], list[str]]:
    """Build the peers, ours and pydantic always among them, and name those that are not installed."""
    found: dict[str, Peer] = {}
    missing: list[str] = []
    for name in PEERS:
        if name in {"ours", BASE, *names}:
            try:
                module = import_module(f"tests.benchmarks.peers.{name}")
            except ModuleNotFoundError:
                missing.append(name)
                continue
            found |= {peer.name: peer for peer in module.peers()}
    return found, missing


class Comparison:
    """All peers, all payloads, and what came out of them."""

    def __init__(self, peers: Mapping[str, Peer], *, quick: bool) -> None:
        self.peers = peers
        self.rounds = 5 if quick else 13
        count = 400 if quick else 2000
        self.good = good(count, seed=SEED)
        self.documents = list(documents(count, seed=SEED))
        self.bad = bad(count // 2, seed=SEED)

    def agreement(self) -> dict[str, Agreement]:
        """Ask every peer about every payload."""
        return {name: agreement(peer, self.good, self.bad) for name, peer in self.peers.items()}

    def measure(self, name: str) -> tuple[Times, int]:
        """Take the times of one measure, and tell for how many items."""
        measures: dict[str, Callable[[], tuple[Times, int]]] = {
            "bytes": partial(self._calls, "from_bytes", self.good),
            "mapping": partial(self._calls, "from_mapping", self.documents),
            "findings": partial(self._calls, "findings", [each.raw for each in self.bad]),
            "dump": self._dump,
        }
        return measures[name]()

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


def report(comparison: Comparison, measures: list[str]) -> dict[str, Any]:
    """Measure, and give the figures as one JSON object."""
    said = comparison.agreement()
    figures: dict[str, dict[str, Any]] = {}
    for measure in measures:
        times, count = comparison.measure(measure)
        figures[measure] = {"microseconds": microseconds(times, count), "ratios": ratios(times, BASE)}
    return {
        "ratios": {measure: figures[measure]["ratios"][OURS] for measure in figures},
        "agreement": {name: each._asdict() for name, each in said.items()},
        "figures": figures,
    }


def table(whole: Mapping[str, Any]) -> str:
    """Write the report for a person."""
    lines: list[str] = []
    for name, said in whole["agreement"].items():
        lines.append(
            f"{name:28} good refused {said['good_refused']}, bad accepted {said['bad_accepted']}, "
            f"errors found {said['errors_found']} of {said['errors']}, elsewhere {said['elsewhere']}"
            + "".join(f"\n{'':30}accepts: {kind}" for kind in said["differing"])
        )
    figures = whole["figures"]
    lines.append(f"\n{'':28}" + "".join(f"{measure:>18}" for measure in figures))
    for name in whole["agreement"]:
        cells = [
            f"{each['microseconds'][name]:8.2f} us x{each['ratios'][name]:.2f}" if name in each["microseconds"] else "-"
            for each in figures.values()
        ]
        lines.append(f"{name:28}" + "".join(f"{cell:>18}" for cell in cells))
    return "\n".join(lines)


def _arguments(arguments: list[str]) -> Namespace:
    parser = ArgumentParser()
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--peers", default=",".join(PEERS))
    parser.add_argument("--only", default=",".join(MEASURES))
    return parser.parse_args(arguments)


def main(arguments: list[str]) -> int:
    """Run the comparison and print it."""
    chosen = _arguments(arguments)
    peers, missing = loaded(chosen.peers.split(","))
    if BASE not in peers:
        print("pydantic is not here, to which all is compared: pip install -c constraints.txt -e '.[benchmark]'")
        return 1
    whole = report(Comparison(peers, quick=chosen.quick), chosen.only.split(","))
    whole["missing"] = missing
    print(json.dumps(whole) if chosen.json else table(whole))
    return 0
