"""What each of several processes does with the module of docs/how-to/databases.md: several people register at once."""

import json
import sys
from importlib import import_module
from multiprocessing.synchronize import Barrier
from typing import Any

from tests.docs.desk import EXAMPLES
from wtisd_model import Registration, Submission

EACH = 10
"""The number of submissions of each process in a round."""


def submission(uid: str, worker: int, number: int) -> Submission[Registration]:
    name = f"Participant {worker}-{number}"
    participant = {"name": name, "email": f"participant-{worker}-{number}@example.org"}
    body = json.dumps({"eventUid": uid, "mode": "on-site", "participant": participant}).encode()
    return Submission(Registration, body)


def run(url: str, rounds: list[str], worker: int, start: Barrier) -> None:
    """Register people for one event after another, all workers at once and each twice; withdraw one's own first."""
    sys.path.insert(0, str(EXAMPLES))
    desk: Any = import_module("conference.store")
    engine = desk.connect(url)
    for uid in rounds:
        start.wait(timeout=300)
        received = [desk.receive(engine, uid, submission(uid, worker, number // 2)) for number in range(2 * EACH)]
        desk.withdraw(engine, uid, received[0].outcome.value.id)
    engine.dispose()
