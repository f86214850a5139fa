"""What `from wtisd_model import Registration` costs, compared with the two packages that it cannot do without.

    python tests/benchmarks/import_time.py [--json]

The bound: at most 1.8 times `import attrs, pendulum`. A ratio is the median of 40 ratios, each of the processor time of
two new processes, one after the other. It differs from one to the next by a few hundredths, as processes share caches
with others, so one ratio decides nothing: the bound holds once two ratios are within it, and is broken, which ends this
with 1, if there are not two among six.
"""

import json
import os
import resource
import statistics
import subprocess
import sys

BOUND = 1.8
PAIRS = 40
MOST_RATIOS = 6
WITHIN = 2
"""How many of the ratios have to be within the bound."""
OURS = "from wtisd_model import Registration"
THEIRS = "import attrs, pendulum"


def seconds(code: str) -> float:
    """Take the processor time of one new process that runs *code*."""
    # Without its compiled files Python would compile the package each time, which no user's second start does.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code], check=True, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def one_ratio() -> float:
    """Return the median ratio of the times of pairs of processes; who is first alternates."""
    ratios: list[float] = []
    for pair in range(PAIRS):
        codes = (OURS, THEIRS) if pair % 2 else (THEIRS, OURS)
        times = {code: seconds(code) for code in codes}
        ratios.append(times[OURS] / times[THEIRS])
    return statistics.median(ratios)


def measure() -> list[float]:
    """Return ratios until enough are within the bound; the processes before them only fill the caches."""
    seconds(OURS)
    seconds(THEIRS)
    ratios: list[float] = []
    while len(ratios) < MOST_RATIOS and not holds(ratios):
        ratios.append(round(one_ratio(), 3))
    return ratios


def holds(ratios: list[float]) -> bool:
    """Return whether enough ratios are within the bound."""
    return sum(ratio <= BOUND for ratio in ratios) >= WITHIN


def main(arguments: list[str]) -> int:
    """Print the figures; the exit code tells whether the bound holds."""
    ratios = measure()
    if "--json" in arguments:
        print(json.dumps({"ratios": ratios, "bound": BOUND, "holds": holds(ratios)}))
    else:
        print(f"{OURS}: {', '.join(f'{ratio:.3f}' for ratio in ratios)} times {THEIRS}")
        print(f"{WITHIN} of at most {MOST_RATIOS} have to be at most {BOUND}")
    return 0 if holds(ratios) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
