"""How fast invitations and schedule feeds are written, compared with other libraries that write calendars.

    pip install -c constraints.txt -e '.[benchmark]'
    python tests/benchmarks/invitations.py [--json | --markdown] [--quick] [--only invites,feed] [--node FOLDER]

5,000 invitations to one event, one calendar of 5,000 sessions, and mails beside those that the standard library puts
together. First each library writes one of both, and icalendar reads it: who says something else is not compared. Then
all take turns, in rotating order; what is given is the least processor time of all rounds, and how many times as fast
as each other we are by these. FOLDER is where ``npm install ical-generator`` has been run; without it that library is
left out.
"""

import json
import platform
import sys
import warnings
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))  # tests are imported from the checkout: tests.benchmarks

from attrs import evolve

from tests.benchmarks.bounds import OURS, least
from tests.benchmarks.mail import BY_HAND, BY_HAND_SENT, OURS_SENT, mail_times
from tests.benchmarks.rounds import Run, Times, microseconds, over, race, ratios, seconds
from tests.benchmarks.writers import outside, peer_ours
from tests.benchmarks.writers.given import Given, choosing, given
from tests.benchmarks.writers.peer import Peer
from tests.benchmarks.writers.referee import same_event, same_programme

LEAST = "prefix and line joined"
LIBRARIES = ("ics", "icalendar", "ical", "vobject")
COUNT, ROUNDS, TENTH = 5_000, 7, 10
MAILS = 200
CHOSEN = (0, 1, 5)
"""How many of 40 sessions people chose who are invited to an event."""
LETTERS_CHOSE = f"letters chose {max(CHOSEN)}"

Timed = Callable[[], float]
"""Runs, and takes its time in seconds."""

PROMISES: Mapping[str, tuple[str, str]] = {
    "invites_vs_ics": ("invites", "ics"),
    "invites_vs_icalendar": ("invites", "icalendar"),
    "invites_vs_joined": ("invites", LEAST),
    "letters_vs_joined": ("letters", LEAST),
    "letters_chose_vs_joined": (LETTERS_CHOSE, LEAST),
    "invite_vs_ics": ("invite", "ics"),
    "held_vs_ics": ("held", "ics"),
    **{f"chose_{chosen}_vs_ics": (f"chose {chosen}", "ics") for chosen in CHOSEN},
    "feed_vs_ics": ("feed", "ics"),
    "feed_vs_icalendar": ("feed", "icalendar"),
    "mail": ("mail", BY_HAND),
    "mail_as_bytes": ("mail", BY_HAND_SENT),
}
"""What is measured, and compared with which library; the lowest ratios that we accept are in `headlines.toml`."""


class Comparison:
    """All libraries, and what they write."""

    def __init__(self, *, quick: bool, folder: Path) -> None:
        self.rounds = 3 if quick else ROUNDS
        self.count = COUNT // 10 if quick else COUNT
        self.folder = folder
        self.given: Given = given(self.count)
        self.peers: dict[str, Peer] = {}
        self.missing: list[str] = []
        for name in LIBRARIES:
            self._load(name)

    def _load(self, name: str) -> None:
        try:
            module = import_module(f"tests.benchmarks.writers.peer_{name}")
        except ModuleNotFoundError as absent:
            if (absent.name or "").startswith(("tests", "wtisd_model")):
                raise
            self.missing.append(name)
            return
        for peer in module.peers():
            same_event(peer.invite(self.given.people[0]), self.given.people[0])
            same_programme(peer.feed(self.given.programme.sessions[:3]), 3)
            self.peers[peer.name] = peer

    def measure(self, name: str) -> dict[str, Any]:
        """Take the times of one measure."""
        measures: dict[str, Callable[[], Times]] = {
            "invites": self._invites,
            "letters": partial(self._letters, 0),
            LETTERS_CHOSE: partial(self._letters, max(CHOSEN)),
            "invite": self._invite,
            "feed": self._feed,
            "held": self._held,
            **{f"chose {chosen}": partial(self._choosing, chosen) for chosen in CHOSEN},
            "mail": lambda: mail_times(self.rounds, MAILS),
        }
        times = measures[name]()
        return {
            "microseconds": microseconds(times, MAILS if name == "mail" else self.count),
            "ratios": {other: ratios(times, other)[OURS_SENT if other == BY_HAND_SENT else OURS] for other in times},
        }

    def _invites(self) -> Times:
        same_event(peer_ours.one(self.given.registrations[0]), self.given.people[0])
        runs: dict[str, Run] = {
            OURS: partial(peer_ours.many, self.given),
            LEAST: partial(peer_ours.joined, self.given),
        }
        return self._race(runs, self._others(), "invite")

    def _letters(self, chosen: int) -> Times:
        runs: dict[str, Run] = {
            OURS: partial(peer_ours.letters, *choosing(self.given, chosen)),
            LEAST: partial(peer_ours.joined, self.given),
        }
        return race(runs, self.rounds)

    def _invite(self) -> Times:
        return self._race({OURS: over(peer_ours.one, self.given.registrations)}, self._others(), "invite")

    def _held(self) -> Times:
        return self._race({OURS: partial(peer_ours.held, self.given)}, self._others("ics"), None)

    def _choosing(self, chosen: int) -> Times:
        programme, registrations = choosing(self.given, chosen)
        return self._race({OURS: partial(peer_ours.choosing, programme, registrations)}, self._others("ics"), None)

    def _feed(self) -> Times:
        programme = self.given.programme
        sessions = programme.sessions
        same_programme(peer_ours.feed(evolve(programme, sessions=sessions[:3])), 4)  # the event itself is one of them
        theirs = {name: partial(seconds, partial(peer.feed, sessions)) for name, peer in self.peers.items()}
        return self._race({OURS: partial(peer_ours.feed, programme)}, theirs, "feed")

    def _others(self, *names: str) -> dict[str, Timed]:
        """Let the others invite every tenth: each of theirs takes the same time, and all of them would take an hour."""
        tenth = self.given.people[::TENTH]
        return {
            name: partial(_times, TENTH, over(peer.invite, tenth))
            for name, peer in self.peers.items()
            if not names or name in names
        }

    def _race(self, ours: Mapping[str, Run], theirs: Mapping[str, Timed], job: str | None) -> Times:
        timed = dict(theirs)
        if job is None:
            return race(ours, self.rounds, timed=timed)
        node = outside.job(job, self.folder, self.given)
        if node is not None:
            timed[outside.NAME] = node
        elif outside.NAME not in self.missing:
            self.missing.append(outside.NAME)
        return race(ours, self.rounds, timed=timed)


def _times(factor: int, run: Run) -> float:
    return factor * seconds(run)


MEASURES = (
    "invites",
    "letters",
    LETTERS_CHOSE,
    "invite",
    "held",
    *(f"chose {chosen}" for chosen in CHOSEN),
    "feed",
    "mail",
)


def report(comparison: Comparison, only: list[str]) -> dict[str, Any]:
    """Measure, and give all figures."""
    figures = {name: comparison.measure(name) for name in only}
    return {
        "ratios": {
            key: figures[measure]["ratios"].get(other)
            for key, (measure, other) in PROMISES.items()
            if measure in figures
        },
        "promises": {key: least(*promise) for key, promise in PROMISES.items()},
        "figures": figures,
        "count": comparison.count,
        "python": platform.python_version(),
        "versions": dict(_versions()),
        "missing": comparison.missing,
    }


def _versions() -> Iterator[tuple[str, str]]:
    for name in LIBRARIES:
        try:
            yield name, version(name)
        except PackageNotFoundError:
            continue


def as_table(whole: dict[str, Any]) -> str:
    """Write the figures as a table of docs/performance.md."""
    figures = whole["figures"]
    names = list(dict.fromkeys(name for each in figures.values() for name in each["microseconds"]))
    lines = [
        f"| microseconds each, and how many times ours | {' | '.join(figures)} |",
        f"| --- |{' ---: |' * len(figures)}",
        *(f"| {name} | {' | '.join(_cell(each, name) for each in figures.values())} |" for name in names),
    ]
    return "\n".join(lines)


def _cell(measured: dict[str, Any], name: str) -> str:
    if name not in measured["microseconds"]:
        return "-"
    return f"{measured['microseconds'][name]:.1f} x{measured['ratios'][name]:.1f}"


def _arguments(arguments: list[str]) -> Namespace:
    parser = ArgumentParser(description="Compare with other libraries that write calendars.")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print one JSON object")
    form.add_argument("--markdown", action="store_true", help="print the table of docs/performance.md alone")
    parser.add_argument("--quick", action="store_true", help="a tenth of it, and fewer rounds")
    parser.add_argument("--only", default=",".join(MEASURES), help="what to measure: invites,feed")
    parser.add_argument("--node", type=Path, default=Path(), help="where npm has installed ical-generator")
    chosen = parser.parse_args(arguments)
    chosen.only = chosen.only.split(",")
    if not {*chosen.only} <= {*MEASURES}:
        parser.error(f"--only takes some of {','.join(MEASURES)}")
    return chosen


def main(arguments: list[str]) -> int:
    """Run the comparison and print it."""
    chosen = _arguments(arguments)
    warnings.simplefilter("ignore")  # ics uses what others are about to drop
    whole = report(Comparison(quick=chosen.quick, folder=chosen.node), chosen.only)
    if chosen.json:
        print(json.dumps(whole))
        return 0
    print(as_table(whole))
    if not chosen.markdown:
        for key, ratio in whole["ratios"].items():
            print(f"{key}: {ratio}, at least {whole['promises'][key]}")
        print(f"not installed: {', '.join(whole['missing']) or 'nothing'}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
