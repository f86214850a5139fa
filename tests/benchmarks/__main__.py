"""The benchmarks that fail where a bound is broken, beside `headlines`: each in a process of its own.

    python -m tests.benchmarks [NAME ...]

One that breaks a bound runs again, up to twice more: what else runs, and where a process has its objects in memory,
changes some ratios by a tenth or more, but a loss of speed those of all processes. Ends with 1 where a bound holds in
none.
"""

import subprocess
import sys

NAMES = (
    "hypothesis_plugin",
    "scaling",
    "coverage",
    "tables",
    "patterns",
    "form_schema",
    "answers",
    "fastapi_app",
    "finding_languages",
    "pictures",
    "formats",
    "roster",
)
ATTEMPTS = 3


def holds(name: str) -> bool:
    """Run one benchmark until it holds its bounds, or often enough."""
    for _ in range(ATTEMPTS):
        print(f"{name}:", flush=True)
        if subprocess.run([sys.executable, "-m", f"tests.benchmarks.{name}"], check=False).returncode == 0:
            return True
    return False


def main(names: list[str]) -> int:
    """Run them all, or those that are named, and say which break a bound."""
    broken = [name for name in names or NAMES if not holds(name)]
    print(f"bounds are broken: {', '.join(broken)}" if broken else "all bounds hold")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
