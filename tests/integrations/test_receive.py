"""The module of docs/how-to/databases.md on SQLite: who comes or sends again, letters, and what purging leaves."""

import json
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from importlib import import_module
from io import BytesIO
from pathlib import Path
from smtplib import SMTPRecipientsRefused
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
from wtisd_model import (
    Call,
    Dossier,
    Event,
    EventStatus,
    LocalizedText,
    MessageError,
    Organization,
    Question,
    Registration,
    Submission,
    TimeSlot,
    VirtualLocation,
    to_problem,
)
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
WRITES = evolve(EVENT, uid="e-9", organizer=Organization(name=text("Desk"), email="desk@example.org"))
"""An event whose organizer has an address, so that there are letters."""
NAMELESS = Organization(name=text("Desk"))
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
        """Return all tables as SQL, with mails that can be read."""
        with closing(sqlite3.connect(self.file)) as connection:
            mails = connection.execute("SELECT mail FROM outbox WHERE mail IS NOT NULL")
            return "\n".join([*connection.iterdump(), *(mail.decode() for (mail,) in mails)])

    def sent(self) -> list[tuple[str, str]]:
        """Send what is due, and return the number of each reader and what the subject says."""
        mails: list[EmailMessage] = []
        while self.module.send(self.engine, mails.append):
            pass
        return [(each["To"].addresses[0].addr_spec[11:-12], each["Subject"].partition(":")[0]) for each in mails]

    def waiting(self) -> int:
        """Return the number of mails in the outbox."""
        with Session(self.engine) as session:
            return session.scalars(sa.select(sa.func.count(self.module.OutboxRow.mail))).one()

    def change(self, step: Any) -> Any:
        return self.module.change(self.engine, WRITES.uid, step)

    @contextmanager
    def at(self, moment: datetime) -> Iterator[None]:
        """Set the clock of the module."""
        with pytest.MonkeyPatch.context() as patch:
            clock = type("Clock", (datetime,), {"now": classmethod(lambda _, zone: moment.astimezone(zone))})
            patch.setattr(self.module, "datetime", clock)
            yield


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
    with opened(module, tmp_path, EVENT, evolve(EVENT, uid="e-2"), WRITES) as desk:
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

        before, after, findings = desk.module.change(desk.engine, "e-1", step)
        assert (before, after.event.calls) == (Dossier(event=EVENT, registrations=(first,)), (chosen,))
        assert findings == ()
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
        before, after, _ = desk.module.withdraw(desk.engine, "e-1", first.id)
        assert {each.id: each.state.value for each in after.registrations} == {
            first.id: "withdrawn",
            second.id: "pending",
        }
        assert (
            desk.stored()
            == {each.id: each for each in after.registrations}
            != {each.id: each for each in before.registrations}
        )


class TestOutbox:
    """Letters are stored with the change that they are about, and each is sent once."""

    def test_a_registration_and_its_letter_are_stored_together(self, desk: Desk) -> None:
        registration = desk.receive(1, uid="e-9", sessionIds=["workshop"]).outcome.value
        [entry] = desk.stored()[registration.id].entries
        assert (entry.uid, entry.start) == ("e-9", WRITES.slot and WRITES.slot.starts_at)
        assert registration.entries == (), "it is not for the sender"
        assert desk.sent() == [("1", "Invitation")]
        assert desk.sent() == []

    def test_who_finds_it_full_hears_of_the_waitlist_and_then_of_the_seat(self, desk: Desk) -> None:
        first, *_ = [desk.receive(number, uid="e-9").outcome.value for number in (1, 2, 3)]
        assert desk.sent() == [("1", "Invitation"), ("2", "Invitation"), ("3", "Waitlist")]
        desk.module.withdraw(desk.engine, "e-9", first.id)
        assert desk.sent() == [("3", "You have a seat"), ("1", "Participation ended")]

    def test_what_is_refused_writes_to_nobody(self, desk: Desk) -> None:
        assert not desk.receive(1, uid="e-9", mode="onsite").outcome.ok
        desk.receive(1, uid="e-9")
        with pytest.raises(KeyError):
            desk.module.withdraw(desk.engine, "e-9", "r-2")
        assert desk.sent() == [("1", "Invitation")]

    def test_a_change_that_calendars_would_ignore_changes_nothing(self, desk: Desk) -> None:
        longer = evolve(WRITES, slot=TimeSlot.at("2199-03-04T09:00", "18:00", "Africa/Lagos"))
        with pytest.raises(MessageError, match="sequence-not-raised"):
            desk.change(lambda dossier, _: evolve(dossier, event=longer))
        assert desk.receive(1, uid="e-9").outcome.ok

    def test_the_office_gives_a_reason(self, desk: Desk) -> None:
        desk.receive(1, uid="e-9")
        desk.sent()

        def reject(dossier: Dossier, now: datetime) -> Dossier:
            [one] = dossier.registrations
            return evolve(dossier, registrations=[one.reject(at=now, reason=LocalizedText("Full.", "en"), note="Why?")])

        desk.change(reject)
        assert "Full." in desk.dump()
        mails: list[EmailMessage] = []
        desk.module.send(desk.engine, mails.append)
        assert (b"Full." in bytes(mails[0]), b"Why?" in bytes(mails[0])) == (True, False)

    def test_who_comes_again_hears_of_it_once_a_day(self, desk: Desk) -> None:
        start = datetime.now(UTC)
        for hours in (0, 1, 2, 26):
            with desk.at(start + timedelta(hours=hours)):
                assert desk.sent() == []  # the worker looks often
                repeated = desk.receive(1, uid="e-9", participant=PERSON | {"language": "fr"} if hours else PERSON)
                expected = {0: [("1", "Invitation")], 2: []}.get(hours, [("1", "We already have your registration")])
                assert desk.sent() == expected
                assert (repeated.repeated is None) == (hours == 0)
        with Session(desk.engine) as session:
            [row] = session.scalars(sa.select(desk.module.OutboxRow))
        assert (row.mail, row.purged_with) == (None, row.repeated), "its content is gone once it is sent"

    def test_a_mail_on_its_way_holds_no_lock_and_no_other_worker_takes_it(self, desk: Desk) -> None:
        desk.receive(1, uid="e-9")
        inside: list[Any] = []

        def deliver(_: EmailMessage) -> None:
            inside.append(desk.module.send(desk.engine, inside.append))
            inside.append(desk.receive(2, uid="e-9").outcome.ok)

        assert desk.module.send(desk.engine, deliver)
        assert inside == [False, True]
        assert desk.sent() == [("2", "Invitation")]

    @pytest.mark.parametrize("is_delivered", [False, True])
    def test_a_worker_that_ends_leaves_the_mail_which_keeps_its_id(self, desk: Desk, is_delivered: bool) -> None:
        start, ids = datetime.now(UTC), list[str]()
        with desk.at(start):
            desk.receive(1, uid="e-9")

            def crash(mail: EmailMessage) -> None:
                if is_delivered:
                    ids.append(mail["Message-ID"])
                raise KeyboardInterrupt

            with pytest.raises(KeyboardInterrupt):
                desk.module.send(desk.engine, crash)
            assert desk.sent() == []
        with desk.at(start + timedelta(seconds=desk.module.LEASE)):
            assert desk.module.send(desk.engine, lambda mail: ids.append(mail["Message-ID"]))
            assert desk.sent() == []
        assert (len(ids), len({*ids})) == (1 + is_delivered, 1)

    def test_a_mail_that_is_refused_holds_up_nobody_and_is_given_up_after_a_week(self, desk: Desk) -> None:
        start, asked = datetime.now(UTC), list[str]()

        def deliver(mail: EmailMessage) -> None:
            asked.append(mail["To"].addresses[0].addr_spec[11:-12])
            if asked[-1] == "1":
                raise SMTPRecipientsRefused({})

        with desk.at(start):
            for number in (1, 2):
                desk.receive(number, uid="e-9")
            with pytest.raises(SMTPRecipientsRefused):
                desk.module.send(desk.engine, deliver)
            assert desk.module.send(desk.engine, deliver)
        with desk.at(start + timedelta(days=6)), pytest.raises(SMTPRecipientsRefused):
            desk.module.send(desk.engine, deliver)
        assert (asked, desk.waiting()) == (["1", "2", "1"], 1)
        with desk.at(start + timedelta(days=8)):
            assert not desk.module.send(desk.engine, deliver)
        assert desk.waiting() == 0

    def test_two_changes_in_one_second_have_different_stamps(self, desk: Desk) -> None:
        with desk.at(datetime(2198, 12, 1, 8, tzinfo=UTC)):
            id_ = desk.receive(1, uid="e-9").outcome.value.id
            first = desk.stored()[id_].entries[0].stamped
            for title in ("Forum 2", "Forum 3"):
                desk.change(lambda dossier, now, title=title: renamed(dossier, title, now))
        assert desk.stored()[id_].entries[0].stamped == first + timedelta(seconds=2)

    def test_who_shares_a_mailbox_shares_one_entry(self, desk: Desk) -> None:
        for name in ("Delegate 1", "Delegate 2"):
            desk.receive(1, uid="e-9", participant=PERSON | {"name": name})
        mails: list[EmailMessage] = []
        while desk.module.send(desk.engine, mails.append):
            pass
        assert len(mails) == 2
        assert "Delegate 2" in str(mails[1].get_body(("plain",)))

    def test_people_are_reminded_once(self, desk: Desk) -> None:
        desk.receive(1, uid="e-9")
        desk.sent()
        start = SLOT.starts_at
        told = []
        for hours in (48, 20, 19):
            with desk.at(start - timedelta(hours=hours)):
                desk.module.remind(desk.engine, "e-9", timedelta(days=1))
                told.append(desk.sent())
        assert told == [[], [("1", "Reminder")], []]

    def test_letters_and_reminders_have_the_link_of_the_application(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(desk.module, "link_of", lambda each: f"https://desk.example.org/my/{each.id}")
        id_ = desk.receive(1, uid="e-9").outcome.value.id
        mails: list[EmailMessage] = []
        desk.module.send(desk.engine, mails.append)
        with desk.at(SLOT.starts_at - timedelta(hours=20)):
            desk.module.remind(desk.engine, "e-9", timedelta(days=1))
            desk.module.send(desk.engine, mails.append)
        texts = [each.get_body(("plain",)) for each in mails]
        assert [f"https://desk.example.org/my/{id_}" in each.get_content() for each in texts if each] == [True, True]

    def test_who_has_a_seat_only_after_others_were_reminded_is_reminded_then(self, desk: Desk) -> None:
        first, second, *_ = [desk.receive(number, uid="e-9").outcome.value for number in (1, 2, 3)]
        desk.sent()

        def reminded(hours: int) -> list[tuple[str, str]]:
            with desk.at(SLOT.starts_at - timedelta(hours=hours)):
                desk.module.remind(desk.engine, "e-9", timedelta(days=1))
                return desk.sent()

        assert reminded(20) == [("1", "Reminder"), ("2", "Reminder")]
        with desk.at(SLOT.starts_at - timedelta(hours=19)):
            desk.module.withdraw(desk.engine, "e-9", first.id)  # the third person has waited
            desk.receive(4, uid="e-9", participant=PERSON | {"name": "Delegate 1"})
            desk.module.withdraw(desk.engine, "e-9", second.id)
            desk.sent()
        assert {*reminded(18)} == {("3", "Reminder"), ("1", "Reminder")}
        desk.change(lambda dossier, now: renamed(dossier, "Forum 2", now))
        desk.sent()
        assert reminded(17) == []

    @pytest.mark.parametrize("lacks", [{"status": EventStatus.DRAFT}, {"organizer": None}, {"organizer": NAMELESS}])
    def test_before_there_can_be_letters_nobody_hears_and_then_everybody(self, desk: Desk, lacks: Any) -> None:
        with Session(desk.engine) as session, session.begin():
            session.get_one(desk.module.EventRow, "e-9").event = evolve(WRITES, **lacks)
        registration = desk.receive(1, uid="e-9").outcome.value
        desk.receive(2, uid="e-9")
        desk.module.withdraw(desk.engine, "e-9", registration.id)
        day = timedelta(days=1)
        with desk.at(SLOT.starts_at - timedelta(hours=20)):
            desk.module.remind(desk.engine, "e-9", day)
        assert desk.sent() == []
        desk.change(lambda dossier, now: evolve(dossier, event=WRITES.revised(at=now)))
        assert desk.sent() == [("2", "Invitation"), ("1", "Participation ended")]
        with desk.at(SLOT.starts_at - timedelta(hours=19)):
            desk.module.remind(desk.engine, "e-9", day)
            assert desk.sent() == [("2", "Reminder")]


PERSON = {"name": "Participant 1", "email": "participant1@example.org"}


def renamed(dossier: Dossier, title: str, now: datetime) -> Dossier:
    return evolve(dossier, event=dossier.event.revised(at=now, title=text(title)))


class TestErasure:
    """Who asks for it has one last letter, and nothing of it stays."""

    def test_the_person_is_told_and_the_seat_is_given_on(self, desk: Desk) -> None:
        first, *_ = [desk.receive(number, f"{KEY}-{number}", uid="e-9").outcome.value for number in (1, 2, 3)]
        desk.sent()
        after = desk.module.erase(desk.engine, "e-9", first.id).after
        assert [each.state.value for each in after.registrations] == ["withdrawn", "pending", "approved"]
        assert desk.sent() == [("3", "You have a seat"), ("1", "Personal data removed")]
        assert_forgotten(desk.dump(), first, f"{KEY}-1")
        assert desk.stored()[first.id].entries == ()

    def test_what_they_alone_were_to_be_sent_is_not_sent_any_more(self, desk: Desk) -> None:
        first = desk.receive(1, uid="e-9").outcome.value
        desk.module.erase(desk.engine, "e-9", first.id)
        assert desk.sent() == [("1", "Personal data removed")]
        assert_forgotten(desk.dump(), first)

    def test_a_cancellation_goes_out_before(self, desk: Desk) -> None:
        first = desk.receive(1, uid="e-9").outcome.value
        desk.sent()
        desk.module.withdraw(desk.engine, "e-9", first.id)
        desk.module.erase(desk.engine, "e-9", first.id)
        assert desk.sent() == [("1", "Participation ended"), ("1", "Personal data removed")]
        assert_forgotten(desk.dump(), first)

    def test_a_later_change_keeps_the_confirmation(self, desk: Desk) -> None:
        first = desk.receive(1, uid="e-9").outcome.value
        desk.module.erase(desk.engine, "e-9", first.id)
        desk.change(lambda dossier, now: renamed(dossier, "Forum 2", now))
        assert desk.sent() == [("1", "Personal data removed")]

    def test_the_others_of_the_mailbox_keep_their_letters(self, desk: Desk) -> None:
        desk.receive(1, uid="e-9")
        second = desk.receive(1, uid="e-9", participant=PERSON | {"name": "Delegate 2"}).outcome.value
        desk.module.purge(desk.engine, "e-9", second.id)
        assert [reader for reader, _ in desk.sent()] == ["1", "1"]
        assert "Delegate 2" not in desk.dump()

    def test_an_unknown_one_is_refused(self, desk: Desk) -> None:
        with pytest.raises(KeyError):
            desk.module.erase(desk.engine, "e-9", "r-1")


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
        with TemporaryDirectory() as folder, opened(module, Path(folder), evolve(WRITES, uid="e-1")) as desk:
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
                if data.draw(st.booleans()):
                    desk.sent()
            for id_ in desk.stored():
                data.draw(st.sampled_from([desk.module.purge, desk.module.erase]))(desk.engine, "e-1", id_)
            desk.sent()
            dump = desk.dump()
        for registration in planted:
            assert_forgotten(dump, registration, *keys)
