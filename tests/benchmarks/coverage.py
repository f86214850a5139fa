"""Compare `coverage` with a plain Python loop over the same data, and measure how its time grows.

    python tests/benchmarks/coverage.py [--json]

There are 5,000 sessions and 20,000 people (see `plan_of`): in one case one in ten comes to every session, in the other
everybody chooses some. The plain loop counts for each person and each of their sessions whether the floor, interpreters
or nothing serves them. It does not know relay, captions, signed languages, or shorter and longer tags, and trusts that
nobody registers twice. The data need none of that, so both must get the same numbers, which is checked first.

Both are timed in turns, the best of five each. The exit code is 1 if the numbers differ, if twice the data takes more
than 2.3 times as long, or if the ratio of `coverage` to the loop exceeds its limit.
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
"""The limits of the ratio to the loop, which visits every session for each person who comes to all of them."""

Numbers = Counter[tuple[str | None, str | None, str]]
"""People by session, language and channel."""


def plain(dossier: wm.Dossier) -> Numbers:
    """Count how everybody is served at each of their sessions."""
    offered = {each.id: set[str]() for each in dossier.event.sessions}
    for request in dossier.interpretation_requests:
        for each in request.session_ids or offered:
            offered[each] |= request.target_languages
    floors = {each.id: each.floor_languages[0] for each in dossier.event.sessions}
    found: Numbers = Counter()
    for person in dossier.registrations:
        if person.mode is not wm.ParticipationMode.ON_SITE:  # the event is on site only
            continue
        for each in person.session_ids or floors:
            for language in person.listening_languages:
                if language == floors[each]:
                    found[each, language, "floor"] += 1
                    break
                if language in offered[each]:
                    found[each, language, "direct"] += 1
                    break
            else:
                found[each, person.listening_languages[0], "missing"] += 1
    return found


def ours(dossier: wm.Dossier) -> Numbers:
    """Return the numbers of `coverage` in the same form."""
    return Numbers(
        {
            (row.session_id, row.language, channel): number
            for row in planning.coverage(dossier)
            for channel in ("floor", "direct", "relay", "sign", "captions", "missing", "unstated")
            if (number := getattr(row, channel))
        }
    )


def compared(dossier: wm.Dossier) -> dict[str, float | bool]:
    """Compare the numbers of both, and time them in turns."""
    agree = plain(dossier) == ours(dossier)
    first = second = float("inf")
    for _ in range(ROUNDS):
        first = min(first, seconds(lambda: plain(dossier)))
        second = min(second, seconds(lambda: planning.coverage(dossier)))
    return {"agree": agree, "plain": round(first, 4), "coverage": round(second, 4), "ratio": round(second / first, 2)}


def main(arguments: list[str]) -> int:
    """Measure; return 1 if a limit is exceeded."""
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
