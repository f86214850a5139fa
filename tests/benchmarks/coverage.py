"""What covering an event costs beside a plain Python loop over the same data, and how it grows.

    python tests/benchmarks/coverage.py [--json]

5,000 sessions and 20,000 people (see `plan_of`); once one in ten comes to every session, once everybody chooses some.
The plain loop takes each person to each of their sessions and counts who is served by the floor, who straight by
interpreters, and who by nothing. It knows neither relay nor captions nor signed languages nor tags that say more or
less, and trusts that nobody registers twice; the data use nothing of all that, so that both come to the same numbers,
which is looked at first.

Both are timed in turns, the best of five of each. Ends with 1 where the numbers differ, where twice as much takes more
than 2.3 times as long, or where `coverage` takes more times as long as the loop than it may.
"""

import json
import sys
from collections import Counter
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))  # tests are imported from the checkout: tests.benchmarks

import wtisd_model as wm
from tests.benchmarks.scaling import BOUND, ROUNDS, covering, measure, plan_of, seconds
from wtisd_model import planning

SESSIONS = 5_000
MOST = {"some come to all": 0.5, "everybody chooses": 10.0}
"""How many times as long as the loop it may take, which takes each of those who come to all to each session."""

Numbers = Counter[tuple[str | None, str | None, str]]
"""People by session, language and way."""


def plain(dossier: wm.Dossier) -> Numbers:
    """Take everybody to each of their sessions, and count."""
    offered = {each.id: set[str]() for each in dossier.event.sessions}
    for request in dossier.interpretation_requests:
        for each in request.session_ids or offered:
            offered[each] |= request.target_languages
    floors = {each.id: each.floor_languages[0] for each in dossier.event.sessions}
    found: Numbers = Counter()
    for person in dossier.registrations:
        on_site = person.mode is wm.ParticipationMode.ON_SITE
        for each in person.session_ids or floors:
            for language in person.listening_languages:
                if language == floors[each]:
                    found[each, language, "floor"] += 1
                    break
                if on_site and language in offered[each]:
                    found[each, language, "direct"] += 1
                    break
            else:
                found[each, person.listening_languages[0], "missing"] += 1
    return found


def ours(dossier: wm.Dossier) -> Numbers:
    """Put the numbers of `coverage` in the same form."""
    return Numbers(
        {
            (row.session_id, row.language, way): number
            for row in planning.coverage(dossier)
            for way in ("floor", "direct", "relay", "sign", "captions", "missing", "unstated")
            if (number := getattr(row, way))
        }
    )


def compared(dossier: wm.Dossier) -> dict[str, float | bool]:
    """Look whether both come to the same numbers, and time them in turns."""
    agree = plain(dossier) == ours(dossier)
    first = second = float("inf")
    for _ in range(ROUNDS):
        first = min(first, seconds(lambda: plain(dossier)))
        second = min(second, seconds(lambda: planning.coverage(dossier)))
    return {"agree": agree, "plain": round(first, 4), "coverage": round(second, 4), "ratio": round(second / first, 2)}


def main(arguments: list[str]) -> int:
    """Measure, and say whether the bounds hold."""
    cases = {name: compared(plan_of(SESSIONS, choosy=name == "everybody chooses")) for name in MOST}
    half, whole = measure(SESSIONS // 2, covering)
    growth = round(whole / half, 2)
    good = growth <= BOUND and all(case["agree"] and case["ratio"] <= MOST[name] for name, case in cases.items())
    if "--json" in arguments:
        print(
            json.dumps(
                {"sessions": SESSIONS, "cases": cases, "most": MOST, "growth": growth, "bound": BOUND, "good": good}
            )
        )
    else:
        for name, case in cases.items():
            print(
                f"{name}: loop {case['plain'] * 1000:.0f} ms, coverage {case['coverage'] * 1000:.0f} ms, "
                f"x{case['ratio']}, at most x{MOST[name]}; the same numbers: {'yes' if case['agree'] else 'no'}"
            )
        print(f"twice as much takes x{growth}, at most x{BOUND}")
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
