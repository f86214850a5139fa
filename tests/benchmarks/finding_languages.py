"""The cost of sentences in another language: refused registrations with five mistakes each, in English and in French.

    python -m tests.benchmarks.finding_languages

The bound: at most 1.15 times the time, which is the median of the ratios of all rounds: what disturbs a round disturbs
both. It ends with 1 where the bound is broken.
"""

import json
import sys
from datetime import UTC, datetime
from operator import truediv
from statistics import median

from tests.benchmarks.rounds import over, race
from wtisd_model import Registration, Validator

MOST_TIMES = 1.15
ROUNDS, PAYLOADS = 15, 2000
NOW = datetime(2023, 4, 13, tzinfo=UTC)
MISTAKES = {"mode": "onsite", "country": "ch", "listeningLanguages": ["fra"], "state": "approved"}


def main() -> int:
    """Print the times; the exit code tells whether the bound holds."""
    person = {"name": "Participant 1", "email": "participant-1"}
    payload = json.dumps({"eventUid": "e-1", "participant": person, **MISTAKES}).encode()
    validator = Validator(Registration, submission=True, now=NOW)
    count = len(validator(payload).findings)

    # The sentences are written when they are read.
    def english(sent: bytes) -> list[str]:
        return [found.message + found.fix for found in validator(sent).findings]

    def french(sent: bytes) -> list[str]:
        return [said.message + said.fix for found in validator(sent).findings for said in (found.in_language("fr"),)]

    payloads = [payload] * PAYLOADS
    times = race({"english": over(english, payloads), "french": over(french, payloads)}, ROUNDS)
    ours, theirs = (median(times[name]) / PAYLOADS * 1e6 for name in ("english", "french"))
    ratio = median(map(truediv, times["french"], times["english"]))
    print(f"{count} findings: {ours:.1f} us in English, {theirs:.1f} us in French")
    print(f"{ratio:.2f} times, at most {MOST_TIMES}")
    return 0 if ratio <= MOST_TIMES else 1


if __name__ == "__main__":
    sys.exit(main())
