"""The headline ratios, each held to its bound in `headlines.toml`.

    python -m tests.benchmarks.headlines [--only bytes,feed] [--plain] [--update]

A measure that breaks a bound is taken again, up to four times more, and as often once all others are taken; the least
times of all rounds count: what else runs lengthens some rounds, and a loss of speed lengthens all. Ends with 1 where a
bound stays broken. ``--update`` writes what was measured as the last run; nothing else does. ``--plain`` takes the
measures of a package without compiled modules, which all other measures need.
"""

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

ATTEMPTS = 5
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


def judged(bounds_of_one: Sequence[Bound], least: Measured) -> Measured:
    """Measure until all bounds hold, or often enough; the *least* times so far count too."""
    for _ in range(ATTEMPTS):
        taken = measure(bounds_of_one[0].measure)
        least = {name: min(time, least.get(name, time)) for name, time in taken.items()}
        if all(bound.holds(least) for bound in bounds_of_one):
            break
    return least


def main(arguments: list[str]) -> int:
    """Measure, and print each ratio with its bound."""
    warnings.simplefilter("ignore")  # ics uses what others are about to drop
    of_all = bounds()
    parser = ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--only", type=lambda text: text.split(","), help="some measures")
    parser.add_argument("--plain", action="store_true", help="the measures of plain Python")
    parser.add_argument("--update", action="store_true", help="write the ratios as the last run")
    asked = parser.parse_args(arguments)
    if asked.plain != (find_spec("wtisd_model.json._speedups") is None):
        parser.error("the package must be compiled, but for --plain, where it must not be")
    names: list[str] = asked.only or [name for name in of_all if name.startswith(PLAIN) == asked.plain]
    least: dict[str, Measured] = {}
    for _ in range(2):
        for name in names:
            least[name] = judged(of_all[name], least.get(name, {}))
            for bound in of_all[name]:
                limit = f"{'at least' if bound.is_least else 'at most'} {bound.limit}"
                broken = "" if bound.holds(least[name]) else ": BROKEN"
                print(f"{name} / {bound.other}: {bound.ratio(least[name]):.2f}, {limit}{broken}", flush=True)
        names = [name for name in names if not all(bound.holds(least[name]) for bound in of_all[name])]
    if asked.update:
        update({bound: bound.ratio(taken) for name, taken in least.items() for bound in of_all[name]})
    return int(bool(names))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
