"""Two databases, and eight processes that want the last seat: with the code of docs/how-to/databases.md itself."""

import os
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from attrs import evolve
from sqlalchemy.orm import Session

from tests.docs.desk import EXAMPLES, parsed, until
from tests.hypothesis_profiles import chosen
from tests.integrations.forgotten import assert_forgotten
from tests.integrations.payloads import STORED
from tests.integrations.registration_rows import MADE, Base, Row
from tests.mail.mail_server import HERE, mail_server
from tests.outside.race import EACH, run, submission
from wtisd_model import (
    Call,
    CallKind,
    Dossier,
    Event,
    LocalizedText,
    Location,
    Organization,
    Registration,
    RegistrationState,
    TimeSlot,
    Wait,
    check,
)
from wtisd_model import Session as Part
from wtisd_model.integrations.sqlalchemy import StoredDocumentError

pytestmark = pytest.mark.outside

WORKERS = 8
ROUNDS = 20 if chosen(os.environ) == "soak" else 5
"""Each is a race of its own; PostgreSQL without its lock gives too many seats in the first two."""
SEATS = 50


@pytest.fixture(params=["postgresql", "sqlite"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/desk.db"
    started: str = request.getfixturevalue("postgresql")
    return started


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Import the module of the page, as every worker does."""
    monkeypatch.syspath_prepend(EXAMPLES)
    yield import_module("conference.store")
    del sys.modules["conference.store"]


def event(uid: str) -> Event:
    call = Call(kind=CallKind.REGISTRATION, address_unknown=True, on_site_capacity=SEATS, waitlist=True)
    return Event(
        uid=uid,
        title=LocalizedText("Forum", "en"),
        slot=TimeSlot.at("2199-03-04T09:00", "17:00", "Africa/Lagos"),
        locations=(Location(name=LocalizedText("Landmark Centre", "en"), locality="Lagos", country="NG"),),
        organizer=Organization(name=LocalizedText("Desk", "en"), email="desk@example.org"),
        calls=(call,),
    )


class TestDocument:
    """In PostgreSQL a document is JSONB, and comes back equal."""

    def test_it_comes_back_is_compared_and_searched(self, postgresql: str) -> None:
        engine = sa.create_engine(postgresql)
        Base.metadata.create_all(engine)
        with Session(engine) as session:
            session.add(Row(registration=MADE))
            row = session.scalars(
                sa.select(Row).where(
                    Row.registration == MADE,
                    Row.registration["mode"].as_string() == "on-site",
                    Row.registration["participant", "name"].as_string() == STORED["participant"]["name"],
                    Row.replaced.is_(None),
                    sa.func.jsonb_typeof(Row.registration) == "object",
                )
            ).one()
            session.refresh(row)
            assert row.registration == MADE
            session.execute(sa.text("""UPDATE "row" SET registration = '{"mode": "onsite"}'"""))
            with pytest.raises(StoredDocumentError):
                session.refresh(row)
        engine.dispose()


class TestSeats:
    """The counts of SQL are those of the registrations that are stored."""

    def test_other_sessions_are_other_seats(self, desk: Any, url: str) -> None:
        engine = desk.connect(url)
        desk.DeskBase.metadata.drop_all(engine)
        desk.DeskBase.metadata.create_all(engine)
        slot = TimeSlot.at("2199-03-04T10:00", "11:00", "Africa/Lagos")
        sessions = tuple(Part(id=id_, title=LocalizedText(id_, "en"), slot=slot) for id_ in ("a", "b", "c", "d"))
        held = evolve(event("seats"), sessions=sessions)
        with Session(engine) as session, session.begin():
            session.add(desk.EventRow(uid=held.uid, event=held))
        registration = desk.receive(engine, held.uid, submission(held.uid, 1, 1)).outcome.value
        with desk.locked(engine, held.uid) as (session, _, _):
            desk.save(session, held, evolve(registration, session_ids={"a", "b"}))
        with desk.locked(engine, held.uid) as (session, found, _):
            waits = [Wait(session_id="d", since=registration.submitted_at)]
            desk.save(session, found, evolve(registration, session_ids={"b", "c", "d"}, waits=waits))
            assert desk.taken(session, found) == {(where, "on-site"): 1 for where in (None, "b", "c")}
        engine.dispose()


class TestPurge:
    """After purging, what `pg_dump` writes has neither a name nor what could be made of it."""

    def test_a_dump_says_nothing_of_who_has_left(self, desk: Any, postgresql: str) -> None:
        engine = desk.connect(postgresql)
        desk.DeskBase.metadata.drop_all(engine)
        desk.DeskBase.metadata.create_all(engine)
        with Session(engine) as session, session.begin():
            session.add(desk.EventRow(uid="purged", event=event("purged")))
        sent = submission("purged", 1, 1)
        received = [desk.receive(engine, "purged", sent, key).outcome.value for key in ("8e03978e", "40d5-43dd")]
        desk.withdraw(engine, "purged", received[0].id)
        desk.erase(engine, "purged", received[0].id)
        while desk.send(engine, lambda _: None):
            pass
        engine.dispose()
        folder = sa.make_url(postgresql).query["host"]
        command = ["pg_dump", "-h", str(folder), "-U", "postgres", "postgres"]
        dump = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout  # noqa: S603 - ours
        assert received[0].id in dump
        for each in received:
            assert_forgotten(dump, each, "8e03978e", "40d5-43dd")


class TestWorkers:
    """Workers that are killed lose no mail, and write twice only what they had in hand."""

    def test_each_mail_arrives_though_workers_are_killed(self, desk: Any, url: str) -> None:
        engine, people, killed = desk.connect(url), 30, 5
        desk.DeskBase.metadata.drop_all(engine)
        desk.DeskBase.metadata.create_all(engine)
        with Session(engine) as session, session.begin():
            session.add(desk.EventRow(uid="told", event=event("told")))
        for number in range(people):
            desk.receive(engine, "told", submission("told", 1, number))

        def count() -> int:
            with Session(engine) as session:
                return session.scalars(sa.select(sa.func.count(desk.OutboxRow.mail))).one()

        assert count() == people
        with mail_server() as received:

            def arrived(least: int) -> bool:
                return len(received.contents) >= least

            for round_ in range(1, killed + 1):
                received.stalls = False
                with started_worker(url, received.port) as worker:
                    until(partial(arrived, 3 * round_))
                    received.stalls = True
                    until(lambda: received.in_hand > 0)
                    worker.kill()
            received.stalls = False
            with started_worker(url, received.port), started_worker(url, received.port):
                until(lambda: count() == 0)
            times = Counter(parsed(each)["Message-ID"] for each in received.contents)
        engine.dispose()
        assert len(times) == people
        assert times.total() <= people + killed


@contextmanager
def started_worker(url: str, port: int) -> Iterator["subprocess.Popen[bytes]"]:
    """Start a worker that looks at the outbox all the time, and takes a mail for a second."""
    program = (
        "from conference import store, worker; from time import sleep; import sys; store.LEASE = 1; "
        "worker.work(store.connect(sys.argv[1]), sys.argv[2], lambda: sleep(0.1) is None)"
    )
    command = [sys.executable, "-c", program, url, f"{HERE}:{port}"]
    with subprocess.Popen(command, env=os.environ | {"PYTHONPATH": str(EXAMPLES)}) as process:  # noqa: S603 - ours
        try:
            yield process
        finally:
            process.kill()


class TestRace:
    """Nobody gets a seat that is taken, nobody is lost, and seats that become free go to those who waited longest."""

    def test_eight_processes_share_fifty_seats(self, desk: Any, url: str) -> None:
        uids = [f"round-{number}" for number in range(ROUNDS)]
        engine = desk.connect(url)
        desk.DeskBase.metadata.drop_all(engine)
        desk.DeskBase.metadata.create_all(engine)
        with Session(engine) as session, session.begin():
            session.add_all(desk.EventRow(uid=uid, event=event(uid)) for uid in uids)
        engine.dispose()

        context = get_context("spawn")
        start = context.Barrier(WORKERS)
        workers = [context.Process(target=run, args=(url, uids, number, start)) for number in range(WORKERS)]
        for each in workers:
            each.start()
        for each in workers:
            each.join()
        assert [each.exitcode for each in workers] == [0] * WORKERS

        with Session(engine) as session:
            for uid in uids:
                rows = sa.select(desk.RegistrationRow).where(desk.RegistrationRow.event_uid == uid)
                _judge(uid, [each.registration for each in session.scalars(rows)])
        engine.dispose()


def _judge(uid: str, registrations: list[Registration]) -> None:
    """Assert the invariants after a round, from the histories and by the rules of the package."""
    people = {each.participant.email for each in registrations if each.participant}
    assert len(registrations) == len(people) == WORKERS * EACH
    states = Counter(each.state for each in registrations)
    assert states[RegistrationState.WITHDRAWN] == WORKERS
    assert states[RegistrationState.PENDING] + states[RegistrationState.APPROVED] == SEATS
    assert states[RegistrationState.WAITLISTED] == WORKERS * (EACH - 1) - SEATS
    _replay(registrations)
    now = max(each.history[-1].at for each in registrations if each.history)
    assert list(check(Dossier(event=event(uid), registrations=tuple(registrations)), now=now)) == []


def _replay(registrations: list[Registration]) -> None:
    """Assert that there were never too many, and that nobody waited next to a free seat or overtook another."""
    moments: dict[datetime, list[tuple[str, str]]] = defaultdict(list)
    for each in registrations:
        moments[each.submitted_at].append((each.id, "pending"))
        for step in each.history:
            moments[step.at].append((each.id, step.after))
    state: dict[str, str] = {}
    line: list[str] = []
    for _, changes in sorted(moments.items()):
        promoted = [id_ for id_, after in changes if after == "approved"]
        assert promoted == line[: len(promoted)]
        state.update(changes)
        line = [id_ for id_ in (*line, *dict(changes)) if state[id_] == "waitlisted"]
        holding = sum(each in {"pending", "approved"} for each in state.values())
        assert holding <= SEATS
        assert holding == SEATS or not line
