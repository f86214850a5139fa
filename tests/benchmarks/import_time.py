"""What `from wtisd_model import Registration` costs, compared with the two packages that it cannot do without.

    python tests/benchmarks/import_time.py

Valgrind counts instructions, so nothing else that runs decides: two counts differ by less than one in a hundred. The
ratio of processor times varies by seven in a hundred with what else runs.
"""

import os
import re
import subprocess
import sys

OURS = "from wtisd_model import Registration"
THEIRS = "import attrs, pendulum"


def instructions(code: str) -> int:
    """Return how many instructions a new process takes to run *code*."""
    # Without its compiled files Python would compile the package each time, which no user's second start does.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONHASHSEED"] = "0"
    python = [sys.executable, "-c", code]
    subprocess.run(python, check=True, env=environment)
    counter = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={os.devnull}"]
    done = subprocess.run([*counter, *python], check=True, env=environment, capture_output=True, text=True)
    (count,) = re.findall(r"Collected : (\d+)", done.stderr)
    return int(count)


if __name__ == "__main__":
    print(f"{OURS}: {instructions(OURS) / instructions(THEIRS):.3f} times {THEIRS}")
