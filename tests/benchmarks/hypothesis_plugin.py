"""What our plugin adds to `import hypothesis`, compared with that import alone.

    python tests/benchmarks/hypothesis_plugin.py

The bound: at most a two-hundredth, a third of a millisecond, each the median of 10 new processes. It ends
with 1 where the bound is broken.
"""

import os
import statistics
import subprocess
import sys

BOUND = 0.005
PROCESSES = 10
CODE = """
import importlib.metadata, time
begin = time.perf_counter()
import hypothesis
imported = time.perf_counter()
(entry,) = [each for each in importlib.metadata.entry_points(group="hypothesis") if each.name == "wtisd_model"]
found = time.perf_counter()
entry.load()()
print(imported - begin, time.perf_counter() - found)
"""
"""Hypothesis looks for plugins in any case, so only loading and calling ours counts."""


def measure() -> list[float]:
    """Return the medians of the import and of our plugin in seconds; the first run only fills the caches."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-c", CODE]
    times: list[tuple[float, ...]] = []
    for _ in range(PROCESSES + 1):
        run = subprocess.run(
            command, check=True, capture_output=True, text=True, env=environment | {"HYPOTHESIS_NO_PLUGINS": "1"}
        )
        times.append(tuple(map(float, run.stdout.split())))
    return [statistics.median(each) for each in zip(*times[1:], strict=True)]


def main() -> int:
    """Print the figures; the exit code tells whether the bound holds."""
    hypothesis, plugin = measure()
    print(f"import hypothesis: {hypothesis * 1000:.0f} ms")
    print(f"our plugin: {plugin * 1000:.2f} ms")
    print(f"ratio {plugin / hypothesis:.4f}, at most {BOUND}")
    return 0 if plugin <= BOUND * hypothesis else 1


if __name__ == "__main__":
    sys.exit(main())
