"""What `from wtisd_model import Registration` costs, compared with the two packages that it cannot do without.

    python tests/benchmarks/import_time.py [--json]

The bound: at most 1.8 times `import attrs, pendulum`, each the least processor time of 20 new processes, taken in
turns: what else the machine does only makes a process slower. It ends with 1 where the bound is broken.
"""

import json
import os
import resource
import subprocess
import sys

BOUND = 1.8
PROCESSES = 20
OURS = "from wtisd_model import Registration"
THEIRS = "import attrs, pendulum"


def seconds(code: str) -> float:
    """Take the processor time of one new process that runs *code*."""
    # Without its compiled files Python would compile the package each time, which no user's second start does.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code], check=True, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def measure() -> dict[str, float]:
    """Take the shortest time of both in seconds, and their ratio; the first run of each only fills the caches."""
    taken: dict[str, list[float]] = {OURS: [], THEIRS: []}
    for run in range(PROCESSES + 1):
        for code, times in taken.items():
            elapsed = seconds(code)
            if run:
                times.append(elapsed)
    ours, theirs = map(min, taken.values())
    return {"ours": round(ours, 4), "theirs": round(theirs, 4), "ratio": round(ours / theirs, 2), "bound": BOUND}


def main(arguments: list[str]) -> int:
    """Print the figures; the exit code tells whether the bound holds."""
    figures = measure()
    if "--json" in arguments:
        print(json.dumps(figures))
    else:
        print(f"{OURS}: {figures['ours'] * 1000:.0f} ms")
        print(f"{THEIRS}: {figures['theirs'] * 1000:.0f} ms")
        print(f"ratio {figures['ratio']:.2f}, at most {BOUND}")
    return 0 if figures["ratio"] <= BOUND else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
