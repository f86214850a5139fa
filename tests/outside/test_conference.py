"""The conference of docs/examples on PostgreSQL, with two workers: fifty people send three times for five seats."""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier
from urllib.request import Request, urlopen
from uuid import uuid4

import pytest
from attrs import evolve
from sqlalchemy import column, create_engine, select, table

from tests.docs.desk import EXAMPLES, until, write_app
from tests.mail.mail_server import HERE
from tests.outside.servers import SECONDS, answers, free_port
from wtisd_model import Dossier, Registration, check, from_json, planning
from wtisd_model.integrations.sqlalchemy import JsonDocument

pytestmark = pytest.mark.outside

PEOPLE, SEATS = 50, 5


@contextmanager
def started(module: str, folder: Path, url: str = "") -> Iterator[str]:
    """Create the tables, which does nothing the second time, start two workers, and yield the address."""
    variables = os.environ | {"CONFERENCE_DATABASE": url, "PYTHONPATH": str(EXAMPLES)}
    python, port = (sys.executable, "-m"), free_port()
    for _ in range(2):
        subprocess.run([*python, module], check=True, cwd=folder, env=variables, timeout=SECONDS)  # noqa: S603 - ours
    command = [*python, "uvicorn", f"{module}:app", "--workers", "2", "--port", str(port)]
    with (
        (folder / "log").open("w") as log,
        subprocess.Popen(command, cwd=folder, env=variables, stdout=log, stderr=log) as server,  # noqa: S603 - ours
    ):
        try:
            until(lambda: answers(f"http://{HERE}:{port}/docs"))
            yield f"http://{HERE}:{port}"
        finally:
            server.terminate()
            server.wait(SECONDS)


def form(uid: str, number: int) -> bytes:
    body = {
        "eventUid": uid,
        "mode": "on-site",
        "participant": {"name": f"Participant {number}", "email": f"participant{number}@example.org"},
        "sessionIds": ["opening", "routing"],
        "answers": {"role": "Engineer", "terms": True},
    }
    return json.dumps(body).encode()


def lines_of_its_own() -> int:
    """Return how many lines of code a user writes around the module of the page."""
    written = [(EXAMPLES / "conference" / name).read_text(encoding="utf-8") for name in ("app.py", "programme.py")]
    lines = [line.strip() for text in written for line in text.splitlines()]
    return sum(bool(line) and not line.startswith('"""') for line in lines)


def test_fifty_people_get_five_seats_and_each_one_row(
    postgresql: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert lines_of_its_own() <= 60
    monkeypatch.syspath_prepend(EXAMPLES)
    from conference.programme import EVENT

    start = Barrier(3 * PEOPLE)
    with started("conference.app", tmp_path, postgresql) as address, ThreadPoolExecutor(3 * PEOPLE) as clients:

        def send(number: int, key: str | None) -> Registration:
            headers = {"Content-Type": "application/json", **({"Idempotency-Key": key} if key else {})}
            request = Request(f"{address}/registrations", form(EVENT.uid, number), headers)  # noqa: S310 - our own server
            start.wait(SECONDS)
            with urlopen(request, timeout=2 * SECONDS) as response:  # noqa: S310 - our own server
                assert response.status == 201
                return from_json(Registration, response.read())

        keys = [f"{uuid4()}" for _ in range(PEOPLE)]
        others = [f"{uuid4()}" if number % 2 else None for number in range(PEOPLE)]
        sent = [*enumerate(keys), *enumerate(keys), *enumerate(others)]
        received = list(clients.map(lambda each: send(*each), sent))
    engine = create_engine(postgresql)
    with engine.connect() as connection:
        document = column("registration", JsonDocument(Registration))
        stored = tuple(connection.scalars(select(document).select_from(table("registration"))))
        repeats: list[str | None] = list(connection.scalars(select(column("repeated")).select_from(table("outbox"))))
    engine.dispose()

    assert len(stored) == PEOPLE
    seats = Counter(seat for each in stored for seat in planning.seats_held(EVENT, each))
    assert seats == {None: PEOPLE, "opening": PEOPLE, "routing": SEATS}
    assert Counter(wait.session_id for each in stored for wait in each.waits) == {"routing": PEOPLE - SEATS}
    assert list(check(Dossier(event=EVENT, registrations=stored), now=datetime.now(UTC))) == []
    # Who sent the same form with the same key again has the same answer, and that of the row is among the three.
    first, same, another = received[:PEOPLE], received[PEOPLE : 2 * PEOPLE], received[2 * PEOPLE :]
    assert first == same
    assert {evolve(each, entries=()) for each in stored} <= {*first, *another}
    # Each person was registered, and then once more with another key: one letter about each.
    assert Counter(each in {one.id for one in stored} for each in repeats) == {True: PEOPLE, False: PEOPLE}
    assert len({*repeats}) == PEOPLE + 1
    assert "articipant" not in (tmp_path / "log").read_text(encoding="utf-8")


def test_the_service_of_the_docs_starts_twice_and_with_two_workers(tmp_path: Path) -> None:
    write_app(tmp_path)
    for _ in range(2):
        with started("app", tmp_path) as address, urlopen(f"{address}/register") as response:  # noqa: S310 - our own server
            assert b"Open Data Conference" in response.read()
