"""What `from wtisd_model import Registration` costs, compared with the two packages that it cannot do without.

    python tests/benchmarks/import_time.py [--json]

The bound: at most 1.8 times `import attrs, pendulum`, the median of 60 ratios, each of the processor time of two new
processes, one after the other, so that a busy machine slows both. It ends with 1 where the bound is broken.
"""

import json
import os
import resource
import statistics
import subprocess
import sys

BOUND = 1.8
PAIRS = 60
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


def measure() -> dict[str, float]:
    """Take both medians in seconds, and the median of the ratios; the first run of each only fills the caches."""
    taken: dict[str, list[float]] = {OURS: [], THEIRS: []}
    for run in range(PAIRS + 1):
        for code, times in taken.items():
            elapsed = seconds(code)
            if run:
                times.append(elapsed)
    ours, theirs = (statistics.median(times) for times in taken.values())
    ratio = statistics.median(our / their for our, their in zip(*taken.values(), strict=True))
    return {"ours": round(ours, 4), "theirs": round(theirs, 4), "ratio": round(ratio, 3), "bound": BOUND}


def main(arguments: list[str]) -> int:
    """Print the figures; the exit code tells whether the bound holds."""
    figures = measure()
    if "--json" in arguments:
        print(json.dumps(figures))
    else:
        print(f"{OURS}: {figures['ours'] * 1000:.0f} ms")
        print(f"{THEIRS}: {figures['theirs'] * 1000:.0f} ms")
        print(f"ratio {figures['ratio']:.3f}, at most {BOUND}")
    return 0 if figures["ratio"] <= BOUND else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
