"""The module of docs/how-to/databases.md on SQLite: who comes again, who sends again, and what purging leaves."""

import json
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from importlib import import_module
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import sqlalchemy as sa
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from tests.docs.desk import EXAMPLES
from tests.hypothesis_profiles import LAW_OF_FIELDS
from tests.integrations.forgotten import assert_forgotten
from tests.samples.whole import text
from wtisd_model import Call, Dossier, Event, Question, Registration, Submission, TimeSlot, VirtualLocation, to_problem
from wtisd_model import Session as Part

SLOT = TimeSlot.at("2199-03-04T09:00", "17:00", "Africa/Lagos")
EVENT = Event(
    uid="e-1",
    title=text("Forum"),
    slot=SLOT,
    virtual_locations=[VirtualLocation(uri="https://meet.example.org/1")],
    calls=[Call(kind="registration", address_unknown=True, remote_capacity=2, waitlist=True)],
    sessions=[Part(id="workshop", title=text("Workshop"), slot=SLOT, remote_capacity=1)],
)
KEY = "8e03978e-40d5-43dd-bc93-6894a57f9324"


@pytest.fixture(scope="module")
def module() -> Iterator[Any]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(EXAMPLES)
        yield import_module("conference.store")
        del sys.modules["conference.store"]


class Desk:
    """The module, with a database in a file of its own."""

    def __init__(self, module: Any, folder: Path, *events: Event) -> None:
        self.module, self.file = module, folder / "desk.db"
        self.engine = module.connect(f"sqlite:///{self.file}")
        module.DeskBase.metadata.create_all(self.engine)
        with Session(self.engine) as session, session.begin():
            session.add_all(module.EventRow(uid=each.uid, event=each) for each in events)

    def receive(self, number: int, key: str | None = None, uid: str = "e-1", **changes: Any) -> Any:
        body = {
            "eventUid": uid,
            "mode": "remote",
            "participant": {"name": f"Participant {number}", "email": f"participant{number}@example.org"},
        }
        return self.module.receive(self.engine, uid, Submission(Registration, body | changes), key)

    def stored(self) -> dict[str, Registration]:
        with Session(self.engine) as session:
            return {row.id: row.registration for row in session.scalars(sa.select(self.module.RegistrationRow))}

    def save(self, registration: Registration) -> None:
        with self.module.locked(self.engine, "e-1") as (session, event, _):
            self.module.save(session, event, registration)

    def dump(self) -> str:
        """Return all tables as SQL."""
        with closing(sqlite3.connect(self.file)) as connection:
            return "\n".join(connection.iterdump())


@contextmanager
def opened(module: Any, folder: Path, *events: Event) -> Iterator[Desk]:
    """Yield a desk, and close its connections, also if Hypothesis gives an example up."""
    desk = Desk(module, folder, *events)
    try:
        yield desk
    finally:
        desk.engine.dispose()


@pytest.fixture
def desk(module: Any, tmp_path: Path) -> Iterator[Desk]:
    with opened(module, tmp_path, EVENT, evolve(EVENT, uid="e-2")) as desk:
        yield desk


class TestPerson:
    """Somebody who is registered gets no second row, and the sender cannot tell."""

    def test_a_repeat_comes_back_and_is_not_stored(self, desk: Desk) -> None:
        first, again = (
            desk.receive(1),
            desk.receive(1, participant={"name": "PARTICIPANT  1", "email": "Participant1@Example.org"}),
        )
        value = first.outcome.value
        assert (first.repeated, again.repeated, desk.stored()) == (None, value, {value.id: value})
        assert again.outcome.value.id != value.id

    def test_it_is_answered_by_what_it_says_and_with_what_is_free_now(self, desk: Desk) -> None:
        desk.receive(1, sessionIds=["workshop"])
        assert not desk.receive(1).outcome.value.session_ids
        [wait] = desk.receive(1, sessionIds=["workshop"]).outcome.value.waits
        assert wait.session_id == "workshop"
        desk.receive(2)
        assert desk.receive(1).outcome.value.state == "waitlisted"
        assert len(desk.stored()) == 2

    @pytest.mark.parametrize("ended", [Registration.withdraw, Registration.reject, Registration.purged])
    def test_who_has_left_may_come_again(self, desk: Desk, ended: Any) -> None:
        first = desk.receive(1).outcome.value
        desk.save(ended(first, at=datetime.now(UTC)))
        assert desk.receive(1).repeated is None
        assert len(desk.stored()) == 2

    def test_somebody_with_another_name_is_another_person(self, desk: Desk) -> None:
        first = desk.receive(1).outcome.value
        desk.save(evolve(first, participant=evolve(first.participant, name="Participant 3")))
        assert desk.receive(1).repeated is None

    def test_each_event_has_its_own_people(self, desk: Desk) -> None:
        assert [desk.receive(1, uid=uid).repeated for uid in ("e-1", "e-2")] == [None, None]

    def test_no_other_program_stores_a_second_row_and_its_error_names_nobody(self, desk: Desk) -> None:
        first = desk.receive(1).outcome.value
        with pytest.raises(sa.exc.IntegrityError) as raised:
            desk.save(evolve(first, id="r-2"))
        assert "articipant" not in f"{raised.value}"


class TestIdempotencyKey:
    """draft-ietf-httpapi-idempotency-key-header: a client that heard nothing sends the same request again."""

    @pytest.mark.parametrize("before", [(), (1,), (2, 3), (1, 2)], ids=["new", "repeated", "full", "repeated and full"])
    @pytest.mark.parametrize("sessions", [[], ["workshop"]])
    def test_the_same_form_has_the_same_answer(self, desk: Desk, before: tuple[int, ...], sessions: list[str]) -> None:
        for number in before:
            desk.receive(number, sessionIds=["workshop"])
        first = desk.receive(1, KEY, sessionIds=sessions)
        stored = desk.stored()
        first_value = first.outcome.value
        if first_value.id in stored:
            desk.save(stored[first_value.id].withdraw(at=datetime.now(UTC)))
        again = desk.receive(1, KEY, sessionIds=sessions)
        assert again == desk.module.Received(evolve(first.outcome, findings=()), None)
        assert desk.stored().keys() == stored.keys()

    def test_another_form_is_refused(self, desk: Desk) -> None:
        desk.receive(1, KEY)
        [found] = desk.receive(2, KEY).outcome.findings
        problem = to_problem([found])
        assert (problem["status"], problem["errors"][0]["code"]) == (422, "key-reused")
        assert len(desk.stored()) == 1

    def test_it_belongs_to_one_event(self, desk: Desk) -> None:
        assert desk.receive(1, KEY).outcome.ok
        assert desk.receive(2, KEY, uid="e-2").outcome.ok

    def test_a_refused_form_may_be_corrected(self, desk: Desk) -> None:
        assert not desk.receive(1, KEY, mode="onsite").outcome.ok
        assert desk.receive(1, KEY).outcome.ok

    def test_without_one_nothing_is_kept(self, desk: Desk) -> None:
        for key in (None, ""):
            desk.receive(1, key)
        with Session(desk.engine) as session:
            assert session.scalars(sa.select(desk.module.AnswerRow)).all() == []

    def test_bytes_and_what_a_framework_has_parsed_are_forms(self, desk: Desk) -> None:
        person = {"name": "Participant 1", "email": "participant1@example.org"}
        body = {"eventUid": "e-1", "mode": "remote", "participant": person}
        raw = json.dumps(body).encode()
        forms: list[Any] = [body, dict(reversed(body.items())), raw, bytearray(raw), memoryview(raw)]
        sent = [Submission(Registration, form) for form in forms]
        digests = [desk.module.digests(KEY, each)[1] for each in sent]
        assert digests[0] == digests[1] != digests[2] == digests[3] == digests[4]
        assert desk.module.receive(desk.engine, "e-1", sent[2], KEY).outcome.ok
        assert desk.module.receive(desk.engine, "e-1", sent[2], KEY).outcome.ok

    def test_a_form_with_a_file_in_place_of_a_text_is_refused(self, desk: Desk) -> None:
        [found] = desk.receive(1, KEY, organization=BytesIO(b"a file")).outcome.findings
        assert (found.code, found.path) == ("wrong-type", "/organization")

    def test_it_is_kept_for_a_day(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(desk.module, "DAY", -1)
        ids = [desk.receive(number, KEY).outcome.value.id for number in (1, 1, 2)]
        assert len({*ids}) == 3


class TestChange:
    """The office changes the event and its registrations, and who has a seat is stored anew."""

    def test_it_returns_both_versions_and_stores_the_new_one(self, desk: Desk) -> None:
        first = desk.receive(1, sessionIds=["workshop"]).outcome.value
        chosen = evolve(EVENT.calls[0], needs_approval=True)  # who is pending holds no seat then

        def step(dossier: Dossier, now: datetime) -> Dossier:
            return evolve(dossier, event=dossier.event.revised(at=now, calls=(chosen,)))

        before, after = desk.module.change(desk.engine, "e-1", step)
        assert (before, after.event.calls) == (Dossier(event=EVENT, registrations=(first,)), (chosen,))
        with desk.module.locked(desk.engine, "e-1") as (session, event, _):
            assert event == after.event
            assert [*session.scalars(sa.select(desk.module.SeatRow.session_id))] == []

    def test_what_a_step_refuses_changes_nothing(self, desk: Desk) -> None:
        first = desk.receive(1).outcome.value
        with pytest.raises(KeyError):
            desk.module.withdraw(desk.engine, "e-1", "r-2")
        assert desk.stored() == {first.id: first}

    def test_who_waited_gets_the_seat_that_was_given_up(self, desk: Desk) -> None:
        first, second = (desk.receive(number, sessionIds=["workshop"]).outcome.value for number in (1, 2))
        before, after = desk.module.withdraw(desk.engine, "e-1", first.id)
        assert {each.id: each.state.value for each in after.registrations} == {
            first.id: "withdrawn",
            second.id: "pending",
        }
        assert (
            desk.stored()
            == {each.id: each for each in after.registrations}
            != {each.id: each for each in before.registrations}
        )


class TestPurge:
    """Purging leaves nobody in the tables, and no digest by which they could be guessed."""

    def test_the_document_and_the_key_of_the_person_go_in_one_statement(self, desk: Desk) -> None:
        id_ = desk.receive(1, KEY).outcome.value.id
        statements: list[str] = []
        sa.event.listen(desk.engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
        desk.module.purge(desk.engine, "e-1", id_)
        [update] = [each for each in statements if each.startswith("UPDATE")]
        assert "person=" in update
        assert "registration=" in update

    def test_it_asks_for_the_event(self, desk: Desk) -> None:
        id_ = desk.receive(1).outcome.value.id
        with pytest.raises(sa.exc.NoResultFound):
            desk.module.purge(desk.engine, "e-2", id_)

    def test_answers_for_statistics_are_kept(self, desk: Desk) -> None:
        first = Question(id="first", label=text("Your first time?"), kind="boolean", statistical=True)
        asked = evolve(EVENT, uid="e-3", calls=[evolve(EVENT.calls[0], questions=[first])])
        with Session(desk.engine) as session, session.begin():
            session.add(desk.module.EventRow(uid="e-3", event=asked))
        id_ = desk.receive(1, uid="e-3", answers={"first": True}).outcome.value.id
        desk.module.purge(desk.engine, "e-3", id_)
        kept = desk.stored()[id_]
        assert kept.participant is None
        assert kept.answers == {"first": True}

    def test_nothing_says_who_it_was(self, desk: Desk) -> None:
        registered, others = desk.receive(1, KEY), [desk.receive(number, f"{KEY}-{number}") for number in (2, 1)]
        assert [each.repeated for each in others] == [None, registered.outcome.value]
        desk.module.purge(desk.engine, "e-1", registered.outcome.value.id)
        assert_forgotten(desk.dump(), registered.outcome.value, KEY, f"{KEY}-1")
        with Session(desk.engine) as session:
            [kept] = session.scalars(sa.select(desk.module.AnswerRow.registration_id))
        assert kept == others[0].outcome.value.id

    @LAW_OF_FIELDS
    @given(st.data())
    def test_a_dump_has_no_planted_name(self, module: Any, data: st.DataObject) -> None:
        words = st.text("abcdefghijklmnopqrstuvwxyz\u00e9\u00df\u0431\u4e2d ", min_size=6, max_size=20)
        names = words.map(lambda word: f"Pl\u00e4nted{word}").map(str.strip)
        people = data.draw(st.lists(names, min_size=1, max_size=3, unique_by=str.casefold))
        with TemporaryDirectory() as folder, opened(module, Path(folder), EVENT) as desk:
            planted: list[Registration] = []
            keys = data.draw(st.lists(st.uuids(version=4).map(str), min_size=1, max_size=6))
            for key in keys:
                number = data.draw(st.integers(0, len(people) - 1))
                participant = {"name": people[number], "email": f"planted{number}.{len(people[number])}@example.org"}
                planted.append(desk.receive(0, key, participant=participant, organization=people[number]).outcome.value)
                leaving = [
                    id_ for id_, each in desk.stored().items() if each.state.is_open and data.draw(st.booleans())
                ]
                for id_ in leaving:
                    desk.module.withdraw(desk.engine, "e-1", id_)
            for id_ in desk.stored():
                desk.module.purge(desk.engine, "e-1", id_)
            dump = desk.dump()
        for registration in planted:
            assert_forgotten(dump, registration, *keys)
