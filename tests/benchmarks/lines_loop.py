"""A JSON Lines file from end to end: `validate_lines`, and what a user of a peer writes; and what memory ours takes."""

import subprocess
import sys
from pathlib import Path

from tests.benchmarks.peers.peer import Peer
from wtisd_model import Registration, validate_lines

Counts = tuple[int, int]
"""Good lines, and findings in the others."""


def ours(path: Path) -> Counts:
    """Check each line, and count."""
    good = findings = 0
    for outcome in validate_lines(Registration, path):
        if outcome.value is None:
            findings += len(outcome.findings)
        else:
            good += 1
    return good, findings


def theirs(peer: Peer, path: Path) -> Counts:
    """Do the same with a peer: the loop that everybody writes."""
    from_bytes, refusals, told = peer.from_bytes, peer.refusals, peer.told
    good = findings = 0
    with path.open("rb") as file:
        for line in file:
            try:
                from_bytes(line)
            except refusals as error:
                findings += len(told(line, error))
            else:
                good += 1
    return good, findings


_ALONE = """
import sys
from pathlib import Path
from wtisd_model import Registration, validate_lines

for outcome in validate_lines(Registration, Path(sys.argv[1])):
    pass
# Not getrusage: what the process was before it became Python counts there too.
status = Path("/proc/self/status").read_text()
print(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))
"""


def peak_megabytes(path: Path) -> float | None:
    """Return the most memory that a separate process used while it checked the file; None without /proc."""
    if not Path("/proc/self/status").exists():
        return None
    done = subprocess.run([sys.executable, "-c", _ALONE, str(path)], check=True, capture_output=True, text=True)
    return round(int(done.stdout) / 1000, 1)
