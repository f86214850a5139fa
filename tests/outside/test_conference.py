"""The conference of docs/examples on PostgreSQL, with two workers: fifty people send three times for five seats."""

import json
import os
import shlex
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier
from urllib.parse import urlencode, urlsplit
from urllib.request import Request, urlopen
from uuid import uuid4

import pytest
from attrs import evolve
from sqlalchemy import column, create_engine, select, table

from tests.docs.desk import EXAMPLES, until, write_app
from tests.gates.code_blocks import blocks
from tests.mail.mail_server import HERE, mail_server
from tests.outside.servers import SECONDS, answers, free_port
from wtisd_model import Dossier, Registration, check, from_json, planning
from wtisd_model.integrations.sqlalchemy import JsonDocument

pytestmark = pytest.mark.outside

PEOPLE, SEATS = 50, 5
REPOSITORY = EXAMPLES.parents[1]


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


@contextmanager
def running(command: str, folder: Path, **variables: str) -> Iterator[None]:
    """Run a command of the docs as it is written, with the programs of this environment, until the end of the block."""
    with subprocess.Popen(shlex.split(command), cwd=folder, env=without_the_examples() | variables) as process:  # noqa: S603 - a command of the page
        try:
            yield
            assert process.poll() is None, f"it has ended: {command}"
        finally:
            process.terminate()
            process.wait(SECONDS)


def without_the_examples() -> dict[str, str]:
    """Return the variables of somebody whose Python does not know where the examples are."""
    variables = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return variables | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}


def test_the_commands_of_the_docs_make_a_service_and_a_worker_in_a_folder_of_their_own(tmp_path: Path) -> None:
    app, forum = write_app(tmp_path), tmp_path / "forum"
    page = (EXAMPLES.parent / "how-to" / "build-a-conference.md").read_text(encoding="utf-8")
    texts = [block.text for block in blocks(page) if block.language == "text"]
    install, *copies, create, serve, send = [line for text in texts for line in text.splitlines()]
    assert install == "pip install '.[desk]'"
    for each in copies:  # in a copy of the repository, of which write_app has linked what they need
        subprocess.run(shlex.split(each), check=True, cwd=tmp_path)  # noqa: S603 - a command of the page
    (tmp_path / "docs").unlink()
    next_year = app.read_text(encoding="utf-8").replace("2027-", f"{datetime.now(UTC).year + 1}-")
    app.rename(forum / "app.py").write_text(next_year, encoding="utf-8")
    for _ in range(2):  # the tables are created once
        subprocess.run(shlex.split(create), check=True, cwd=forum, env=without_the_examples(), timeout=SECONDS)  # noqa: S603 - a command of the page
    address, database = f"http://{HERE}:{free_port()}/register", f"sqlite:///{forum / 'conference.db'}"
    with mail_server() as received, running(f"{serve} --port {urlsplit(address).port}", forum):
        until(lambda: answers(address))
        smtp = f"{HERE}:{received.port}"
        with running(send, forum, CONFERENCE_SMTP=smtp):
            register(address, 1)
            until(lambda: len(received.contents) == 1)
        # The other command that the page about letters has for the worker.
        with running(send, REPOSITORY, CONFERENCE_SMTP=smtp, CONFERENCE_DATABASE=database, PYTHONPATH="docs/examples"):
            register(address, 2)
            until(lambda: len(received.contents) == 2)
    letters = (EXAMPLES.parent / "how-to" / "letters.md").read_text(encoding="utf-8")
    assert f"`{send}`" in letters
    assert "`PYTHONPATH=docs/examples`" in letters


def register(address: str, number: int) -> None:
    person = {"participant.name": f"Participant {number}", "participant.email": f"participant{number}@example.org"}
    form = {"eventUid": "open-data-2027@example.org", "mode": "on-site", "answers.lunch": "vegan", **person}
    with urlopen(address, urlencode(form).encode(), SECONDS) as response:  # noqa: S310 - our own server
        assert b"Thank you!" in response.read()
