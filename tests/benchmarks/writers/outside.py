"""ical-generator, in a process of its own for each turn; it takes its own time, without what Node takes to start."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from shutil import which

from tests.benchmarks.writers.given import Given
from tests.benchmarks.writers.texts import ORGANIZER, ORGANIZER_NAME, Entry, of_event, of_session

NAME = "ical-generator"
SCRIPT = Path(__file__).with_name("ical_generator.mjs")


def job(name: str, folder: Path, given: Given) -> Callable[[], float] | None:
    """Return a function that times a job, ``invite`` or ``feed``; None if Node or the library is missing."""
    node = which("node")
    if node is None or not (folder / "node_modules" / NAME).is_dir():
        return None
    document = json.dumps(
        {
            "people": [{"name": each.name, "email": each.email} for each in given.people],
            "organizer": {"name": ORGANIZER_NAME, "email": ORGANIZER},
            "event": _plain(of_event()),
            "sessions": [_plain(of_session(each)) for each in given.programme.sessions],
        }
    )

    def run() -> float:
        command = [node, str(SCRIPT), str(folder), name]
        done = subprocess.run(command, input=document, capture_output=True, text=True, check=True)
        return float(done.stdout)

    return run


def _plain(entry: Entry) -> dict[str, str]:
    return {key: value if isinstance(value, str) else value.isoformat() for key, value in entry._asdict().items()}
