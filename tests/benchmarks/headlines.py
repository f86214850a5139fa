"""The headline ratios, each held to its bound in `headlines.toml`.

    python -m tests.benchmarks.headlines [--only bytes,feed] [--plain] [--update]

A measure that breaks a bound is taken again, up to five times more, each time in a new process: what else runs, and
where a process has its objects in memory, changes some ratios by a tenth or more, but a loss of speed those of all
processes. Ends with 1 where a bound holds in none. ``--update`` writes what was measured as the last run; nothing else
does. ``--plain`` takes the measures of a package without compiled modules, which all other measures need.
"""

import json
import subprocess
import sys
import warnings
from argparse import ArgumentParser
from collections.abc import Sequence
from functools import cache, partial
from importlib.util import find_spec
from pathlib import Path

from tests.benchmarks import comparison, formats, import_time, invitations
from tests.benchmarks.bounds import OURS, Bound, Measured, bounds, update
from tests.benchmarks.mail import KEPT, KEPT_SENT, OURS_SENT, mail_times
from tests.benchmarks.rounds import race
from tests.benchmarks.scaling import event_of

ATTEMPTS = 6
ROUNDS = 5
SESSIONS = 500
PLAIN = "plain-"
JSON = "to_json"


def measure(name: str) -> Measured:
    """Measure once."""
    match name.removeprefix(PLAIN):
        case "import":
            return {
                OURS: import_time.instructions(import_time.OURS),
                import_time.THEIRS: import_time.instructions(import_time.THEIRS),
            }
        case "mail" | "mail kept":
            least = {of: min(taken) for of, taken in mail_times(ROUNDS).items()}
            return least if name == "mail" else least | {OURS: least[KEPT], OURS_SENT: least[KEPT_SENT]}
        case "to_jscalendar" | "to_html":
            write, to_json, event = (
                formats.WRITERS[name],
                formats.WRITERS["to_json"],
                event_of(SESSIONS, together=False),
            )
            times = race({OURS: partial(write, event), "to_json": partial(to_json, event)}, ROUNDS)
            return {of: min(taken) for of, taken in times.items()}
        case calendars if calendars in invitations.MEASURES:
            return {**_invitations().measure(name)["microseconds"]}
        case of_registrations:
            beside = ("jsonschema",) if of_registrations == "findings" else ()
            return {**(_registrations(beside).measure(of_registrations) or {})["microseconds"]}


@cache
def _registrations(beside: tuple[str, ...]) -> comparison.Comparison:
    peers, _ = comparison.loaded([comparison.BASE, *beside])
    return comparison.Comparison(peers, quick=True)


@cache
def _invitations() -> invitations.Comparison:
    calendars = invitations.Comparison(quick=False, folder=Path())
    calendars.rounds = ROUNDS
    calendars.peers = {name: calendars.peers[name] for name in ("ics", "icalendar")}
    return calendars


def judged(bounds_of_one: Sequence[Bound]) -> Measured:
    """Measure until all bounds hold, or often enough."""
    name = bounds_of_one[0].measure
    taken = measure(name)
    for _ in range(ATTEMPTS - 1):
        if all(bound.holds(taken) for bound in bounds_of_one):
            break
        taken = json.loads(subprocess.check_output([sys.executable, "-m", __spec__.name, "--times", name]))
    return taken


def main(arguments: list[str]) -> int:
    """Measure, and print each ratio with its bound."""
    warnings.simplefilter("ignore")  # ics uses what others are about to drop
    of_all = bounds()
    parser = ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--only", type=lambda text: text.split(","), help="some measures")
    parser.add_argument("--plain", action="store_true", help="the measures of plain Python")
    parser.add_argument("--times", help="print the times of one measure, as JSON")
    parser.add_argument("--update", action="store_true", help="write the ratios as the last run")
    asked = parser.parse_args(arguments)
    if not asked.times and asked.plain != (find_spec("wtisd_model.json._speedups") is None):
        parser.error("the package must be compiled, but for --plain, where it must not be")
    if asked.times:
        print(json.dumps(measure(asked.times)))
        return 0
    ratios: dict[Bound, float] = {}
    broken = 0
    for name in asked.only or [name for name in of_all if name.startswith(PLAIN) == asked.plain]:
        measured = judged(of_all[name])
        for bound in of_all[name]:
            ratios[bound] = bound.ratio(measured)
            holds = bound.holds(measured)
            broken += not holds
            limit = f"{'at least' if bound.is_least else 'at most'} {bound.limit}"
            print(f"{name} / {bound.other}: {ratios[bound]:.2f}, {limit}{'' if holds else ': BROKEN'}", flush=True)
    if asked.update:
        update(ratios)
    return int(broken > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
