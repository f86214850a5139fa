"""The desk of docs/examples, through a client that speaks HTTP; tests/outside/test_desk.py has the browser."""

import html
import importlib
import logging
import re
import socket
import sqlite3
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from attrs import evolve
from fastapi.testclient import TestClient

from tests.docs.desk import (
    DESK,
    EXAMPLES,
    TOKEN,
    calendar_of,
    environment,
    has_calendar,
    parsed,
    text_of,
    typed,
    until,
    write_event,
)
from tests.mail.mail_server import HERE, Received, mail_server
from wtisd_model import Event, ParticipationStatus, TimeSlot, from_ical, from_json, invitation, to_json


@contextmanager
def loaded(folder: Path, received: Received, **changes: str) -> Iterator[ModuleType]:
    """Load the desk anew, as a server does when it starts."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (environment(folder, received) | changes).items():
            patch.setenv(name, value)
        patch.syspath_prepend(EXAMPLES)
        others = {*threading.enumerate()}
        try:
            importlib.import_module("conference.store").__dict__.update(LEASE=1)
            importlib.import_module("desk.store").__dict__.update(PAUSE=0.2, WAIT=2)  # before its thread begins
            desk = importlib.import_module("desk.app")
            try:
                yield desk
            finally:
                desk.STORE.closed = True
                desk.STORE._news.release()
                for thread in {*threading.enumerate()} - others:
                    thread.join(30)
                desk.STORE._engine.dispose()
        finally:
            for name in [each for each in sys.modules if each.partition(".")[0] in {"conference", "desk"}]:
                del sys.modules[name]


class Desk:
    """A desk, as people and the office use it."""

    def __init__(self, desk: ModuleType, received: Received, folder: Path) -> None:
        self.module, self.received, self.folder = desk, received, folder
        self.client = TestClient(desk.app, follow_redirects=False)
        self.office = TestClient(desk.app, follow_redirects=False)
        self.office.auth = ("office", TOKEN)

    def register(self, number: int, **changes: str) -> Any:
        return self.client.post("/", data=typed(number) | changes)

    def move(self, number: int, verb: str, **typed: Any) -> Any:
        dossier, _ = self.module.STORE.read()
        return self.office.post(f"/office/{dossier.registrations[number - 1].id}/{verb}", data=typed)

    def states(self) -> list[str]:
        return [each.state.value for each in self.module.STORE.read()[0].registrations]

    def contents(self) -> list[bytes]:
        """Return the mails that were received, once all are sent."""
        until(lambda: self.module.STORE.read()[1] == 0)
        return self.received.contents

    def mails(self) -> list[EmailMessage]:
        return [parsed(each) for each in self.contents()]

    def calendars(self) -> list[bytes]:
        return [calendar_of(each) for each in self.mails() if has_calendar(each)]

    def subjects(self) -> list[tuple[str, str]]:
        return [(each["To"].addresses[0].addr_spec, each["Subject"].partition(":")[0]) for each in self.mails()]


@pytest.fixture
def received() -> Iterator[Received]:
    with mail_server() as server:
        yield server


@pytest.fixture
def desk(tmp_path: Path, received: Received) -> Iterator[Desk]:
    write_event(tmp_path / "event.json", onSiteCapacity=1)
    with loaded(tmp_path, received) as module:
        yield Desk(module, received, tmp_path)


def beside(page: str, name: str) -> str:
    """Return the findings of a page next to an input."""
    found = re.search(rf'<div class="error" id="error~{re.escape(name)}">(.*?)</div>', page, re.DOTALL)
    return " ".join(html.unescape(re.sub("<[^>]*>", " ", found[1])).split()) if found else ""


class TestForm:
    """The form is drawn from the schema of the event, and shows the typed values and their findings."""

    def test_titles_are_in_the_language_asked_for(self, desk: Desk) -> None:
        page = desk.client.get("/?language=fr").text
        assert '<html lang="fr"' in page
        assert "<h1><bdi>Forum sur l'inclusion numérique</bdi></h1>" in page
        assert '<html lang="en"' in desk.client.get("/").text

    def test_all_mistakes_are_next_to_their_inputs_and_the_typed_values_stay(self, desk: Desk) -> None:
        page = desk.register(1, **{"participant.name": '"><script>', "participant.email": "p1", "answers.terms": ""})
        assert page.status_code == 422
        assert beside(page.text, "participant.email").startswith("Not an e-mail address.")
        assert beside(page.text, "answers.terms")
        assert beside(page.text, "participant.name") == ""
        assert 'value="&quot;&gt;&lt;script&gt;"' in page.text
        assert "<script" not in page.text
        assert re.search('value="on-site" id="[^"]*" checked', page.text)

    def test_findings_are_in_the_language_of_the_form(self, desk: Desk) -> None:
        page = desk.client.post("/?language=fr", data=typed(1) | {"participant.email": "p1"})
        assert page.status_code == 422
        assert beside(page.text, "participant.email").startswith("Ce n'est pas une adresse électronique.")

    def test_a_question_with_a_condition_is_in_the_order_of_the_call(self, desk: Desk) -> None:
        page = desk.client.get("/").text
        assert "[name='mode'][value='on-site']:checked" in page
        assert page.index("answers.meal") < page.index("answers.allergies") < page.index("answers.terms")

    def test_an_answer_goes_with_its_question(self, desk: Desk) -> None:
        assert desk.register(1, mode="remote").headers["Location"] == "/done/pending"
        registration = desk.module.STORE.read()[0].registrations[0]
        assert dict(registration.answers) == {"terms": True}

    def test_the_fields_of_the_office_cannot_be_sent(self, desk: Desk) -> None:
        assert desk.register(1, state="approved").status_code == 422
        assert desk.states() == []

    def test_somebody_who_is_registered_gets_the_same_response_and_no_second_seat(self, desk: Desk) -> None:
        first, second = desk.register(1), desk.register(1)
        assert (first.status_code, first.headers["Location"]) == (second.status_code, second.headers["Location"])
        assert len(desk.module.STORE.read()[0].registrations) == 1

    @pytest.mark.parametrize("body", [b"\xff", b"a=%FF", b"&".join([b"a=1"] * 1001)])
    def test_a_body_that_no_form_sends_is_refused(self, desk: Desk, body: bytes) -> None:
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        assert desk.client.post("/", content=body, headers=headers).status_code == 400

    def test_a_body_that_is_too_large_is_refused(self, desk: Desk) -> None:
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        assert desk.client.post("/", content=b"a=" + b"1" * 1_000_000, headers=headers).status_code == 413

    @pytest.mark.slow
    def test_nothing_is_lost_while_the_database_is_locked(self, desk: Desk) -> None:
        with closing(sqlite3.connect(desk.folder / "desk.sqlite")) as other:
            other.execute("BEGIN IMMEDIATE")
            page = desk.register(1)
        assert page.status_code == 503
        assert 'value="p1@example.org"' in page.text
        assert desk.register(1).status_code == 303


class TestOffice:
    """Only the office decides; its decisions are mailed."""

    def test_a_free_seat_goes_to_the_next_on_the_waitlist(self, desk: Desk) -> None:
        desk.register(1)
        assert desk.move(1, "approve").status_code == 303
        desk.register(2)
        assert desk.move(2, "waitlist").status_code == 303
        assert desk.states() == ["approved", "waitlisted"]
        assert desk.move(1, "withdraw").status_code == 303
        assert desk.states() == ["withdrawn", "approved"]
        assert desk.subjects() == [
            ("p1@example.org", "Registration received"),
            ("p1@example.org", "Invitation"),
            ("p2@example.org", "Registration received"),
            ("p2@example.org", "Waitlist"),
            ("p2@example.org", "You have a seat"),
            ("p1@example.org", "Participation ended"),
        ]

    def test_without_approval_seats_are_given_at_once(self, tmp_path: Path, received: Received) -> None:
        write_event(tmp_path / "event.json", onSiteCapacity=1, needsApproval=False)
        with loaded(tmp_path, received) as module:
            desk = Desk(module, received, tmp_path)
            ends = [desk.register(number).headers["Location"] for number in (1, 2)]
            assert ends == ["/done/pending", "/done/waitlisted"]
            desk.move(1, "withdraw")
            assert desk.states() == ["withdrawn", "approved"]
            assert desk.subjects() == [
                ("p1@example.org", "Invitation"),
                ("p2@example.org", "Waitlist"),
                ("p2@example.org", "You have a seat"),
                ("p1@example.org", "Participation ended"),
            ]

    def test_who_is_put_on_the_waitlist_stays_there_until_a_seat_becomes_free_or_the_office_approves(
        self, tmp_path: Path, received: Received
    ) -> None:
        write_event(tmp_path / "event.json", onSiteCapacity=2)
        with loaded(tmp_path, received) as module:
            desk = Desk(module, received, tmp_path)
            for number in (1, 2, 3, 4):
                desk.register(number)
            for number, verb in enumerate(("approve", "waitlist", "reject", "withdraw"), 1):
                assert desk.move(number, verb).status_code == 303
            assert desk.states() == ["approved", "waitlisted", "rejected", "withdrawn"]
        with loaded(tmp_path, received) as module:
            desk = Desk(module, received, tmp_path)
            assert desk.states()[1] == "waitlisted", "the desk has started again with the same event"
            desk.register(5)
            desk.move(5, "waitlist")
            refused = desk.move(5, "approve")
            assert (refused.status_code, "others have waited longer" in refused.text) == (409, True)
            assert desk.move(2, "approve").status_code == 303
            assert desk.states() == ["approved", "approved", "rejected", "withdrawn", "waitlisted"]
            desk.move(1, "withdraw")
            assert desk.states() == ["withdrawn", "approved", "rejected", "withdrawn", "approved"]

    def test_a_seat_that_the_office_takes_back_goes_to_another(self, tmp_path: Path, received: Received) -> None:
        write_event(tmp_path / "event.json", onSiteCapacity=1, needsApproval=False)
        with loaded(tmp_path, received) as module:
            desk = Desk(module, received, tmp_path)
            desk.register(1)
            desk.move(1, "waitlist")
            assert desk.states() == ["waitlisted"]
            desk.register(2)
            desk.register(3)
            assert desk.states() == ["waitlisted", "pending", "waitlisted"]
            desk.move(2, "reject")
            assert desk.states() == ["approved", "rejected", "waitlisted"]

    def test_a_seat_in_a_session_that_is_given_up_goes_to_who_waits_for_it(
        self, tmp_path: Path, received: Received
    ) -> None:
        write_event(tmp_path / "event.json", needsApproval=False)
        event = from_json(Event, (tmp_path / "event.json").read_bytes())
        keynote, workshop = event.sessions
        (tmp_path / "event.json").write_bytes(
            to_json(evolve(event, sessions=(keynote, evolve(workshop, on_site_capacity=1))))
        )
        with loaded(tmp_path, received) as module:
            desk = Desk(module, received, tmp_path)
            ends = [desk.register(number, sessionIds="workshop").headers["Location"] for number in (1, 2)]
            assert ends == ["/done/pending", "/done/waiting"]
            assert desk.move(1, "choose", session="keynote").status_code == 303
            first, second = module.STORE.read()[0].registrations
            assert (first.attended_ids, second.attended_ids) == ({"keynote"}, {"workshop"})

    def test_two_messages_in_one_second_have_different_stamps(self, desk: Desk) -> None:
        desk.register(1)
        desk.move(1, "approve")
        desk.move(1, "withdraw")
        first, second = (re.findall(rb"DTSTAMP:(\w+)", each) for each in desk.calendars())
        assert first < second

    def test_no_more_people_are_approved_than_there_are_seats(self, desk: Desk) -> None:
        desk.register(1)
        desk.register(2)
        assert desk.move(1, "approve").status_code == 303
        assert desk.move(2, "approve").status_code == 303
        assert desk.states() == ["approved", "waitlisted"]
        refused = desk.move(2, "approve")
        assert (refused.status_code, "No seat is free, or others have waited" in refused.text) == (409, True)

    def test_a_move_that_is_not_allowed_is_refused(self, desk: Desk) -> None:
        desk.register(1)
        desk.move(1, "reject")
        assert desk.move(1, "approve").status_code == 409
        assert desk.office.post("/office/unknown/approve").status_code == 404
        assert desk.office.post("/office/unknown/purge").status_code == 422

    def test_typed_text_is_escaped(self, desk: Desk) -> None:
        desk.register(1, **{"participant.name": "<b>Participant</b> 1"})
        assert "<td>&lt;b&gt;Participant&lt;/b&gt; 1<br>" in desk.office.get("/office").text

    def test_nobody_enters_without_the_token(self, desk: Desk) -> None:
        assert desk.client.get("/office").status_code == 401
        response = desk.client.get("/office", auth=("office", "guess"))
        assert (response.status_code, response.headers["WWW-Authenticate"]) == (401, "Basic")

    @pytest.mark.parametrize("token", ["", " "])
    def test_it_does_not_start_with_an_empty_token(self, tmp_path: Path, received: Received, token: str) -> None:
        write_event(tmp_path / "event.json")
        with pytest.raises(SystemExit, match="Set DESK_TOKEN"), loaded(tmp_path, received, DESK_TOKEN=token):
            pass

    @pytest.mark.parametrize(
        ("name", "foreign", "own"),
        [
            ("Sec-Fetch-Site", "cross-site", "same-origin"),
            ("Sec-Fetch-Site", "same-site", "none"),
            ("Origin", "null", "http://testserver"),
            ("Origin", "http://example.org", "http://testserver"),
        ],
    )
    def test_another_site_cannot_send_for_the_office(self, desk: Desk, name: str, foreign: str, own: str) -> None:
        assert desk.office.post("/office/unknown/approve", headers={name: foreign}).status_code == 403
        assert desk.office.post("/office/unknown/approve", headers={name: own}).status_code == 404

    def test_pages_run_no_scripts_and_are_not_stored(self, desk: Desk) -> None:
        for response in (desk.client.get("/"), desk.client.get("/office"), desk.client.get("/nothing")):
            assert "default-src 'none'" in response.headers["Content-Security-Policy"]
            assert response.headers["Cache-Control"] == "no-store"


class TestMail:
    """No mail is lost, and no log has an address or a name."""

    def test_mails_wait_until_the_server_is_there_and_logs_have_no_personal_data(
        self, tmp_path: Path, received: Received, caplog: pytest.LogCaptureFixture
    ) -> None:
        write_event(tmp_path / "event.json")
        with loaded(tmp_path, received, DESK_SMTP="127.0.0.1:1") as module, caplog.at_level(logging.DEBUG):
            desk = Desk(module, received, tmp_path)
            desk.register(1)
            desk.move(1, "approve")
            assert "Mails that wait: 2." in desk.office.get("/office").text
            until(lambda: "mails wait" in caplog.text)
        assert "mails wait: ConnectionRefusedError" in caplog.text
        assert "p1@example.org" not in caplog.text
        assert "Participant 1" not in caplog.text
        with loaded(tmp_path, received) as module:
            desk = Desk(module, received, tmp_path)
            assert [subject for _, subject in desk.subjects()] == ["Registration received", "Invitation"]
            assert "Mails that wait" not in desk.office.get("/office").text

    def test_a_mail_server_that_keeps_a_mail_in_hand_holds_up_nobody(self, tmp_path: Path, received: Received) -> None:
        write_event(tmp_path / "event.json", needsApproval=False)
        with loaded(tmp_path, received) as module:
            desk = Desk(module, received, tmp_path)
            received.stalls = True
            assert [desk.register(number).status_code for number in (1, 2, 3)] == [303] * 3
            assert desk.client.get("/").status_code == 200
            until(lambda: received.in_hand == 1)
            assert desk.register(4).status_code == 303, "no transaction is open meanwhile"
            assert (received.in_hand, received.contents) == (1, [])
            received.stalls = False
            assert [address for address, _ in desk.subjects()] == [f"p{number}@example.org" for number in (1, 2, 3, 4)]

    def test_a_mail_server_that_says_nothing_is_asked_by_one_sender(self, tmp_path: Path, received: Received) -> None:
        write_event(tmp_path / "event.json", needsApproval=False)
        with socket.create_server((HERE, 0)) as silent:
            port = silent.getsockname()[1]
            with loaded(tmp_path, received, DESK_SMTP=f"{HERE}:{port}") as module:
                desk = Desk(module, received, tmp_path)
                assert [desk.register(number).status_code for number in (1, 2, 3)] == [303] * 3
                waiting, _ = silent.accept()
                silent.settimeout(0)
                with pytest.raises(BlockingIOError):
                    silent.accept()
                silent.close()
                waiting.close()
                with mail_server(port) as back:
                    desk.received = back
                    assert sorted(address for address, _ in desk.subjects()) == [
                        f"p{number}@example.org" for number in (1, 2, 3)
                    ]

    def test_an_address_that_the_mail_server_refuses_holds_up_nobody(self, tmp_path: Path, received: Received) -> None:
        write_event(tmp_path / "event.json", needsApproval=False)
        received.refused = "p1@example.org"
        with loaded(tmp_path, received) as module:
            desk = Desk(module, received, tmp_path)
            assert [desk.register(number).status_code for number in (1, 2, 3)] == [303] * 3
            until(lambda: len(received.contents) == 2 and module.STORE.read()[1] == 1)  # it is tried again

    def test_a_reply_is_recorded_if_its_sender_is_the_person(self, desk: Desk) -> None:
        desk.register(1)
        desk.move(1, "approve")
        request = invitation.request_for(
            from_ical(desk.calendars()[0]),
            "p1@example.org",
            stamped=datetime.now(UTC),
        )
        reply = invitation.reply(request, ParticipationStatus.ACCEPTED, stamped=datetime.now(UTC))
        mail = bytes(invitation.mail(reply, sender="p1@example.org"))

        def receive(sender: str) -> Any:
            headers = {"X-Sender": sender, "Content-Type": "message/rfc822"}
            return desk.office.post("/office/replies", content=mail, headers=headers)

        refused = receive("p2@example.org")
        assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "sender-differs")
        assert receive("p1@example.org").status_code == 204
        assert "<td>accepted" in desk.office.get("/office").text
        assert len(desk.contents()) == 2, "nobody gets a mail because of a reply"

    def test_people_are_told_of_a_new_version_of_the_event(self, tmp_path: Path, received: Received) -> None:
        write_event(tmp_path / "event.json")
        with loaded(tmp_path, received) as module:
            desk = Desk(module, received, tmp_path)
            desk.register(1)
            desk.move(1, "approve")
        event = (tmp_path / "event.json").read_text(encoding="utf-8")
        moved = event.replace("T17:00:00", "T18:00:00").replace('"sequence": 0', '"sequence": 1')
        (tmp_path / "event.json").write_text(moved, encoding="utf-8")
        for _ in range(2):
            with loaded(tmp_path, received) as module:
                desk = Desk(module, received, tmp_path)
                assert [subject for _, subject in desk.subjects()] == ["Registration received", "Invitation", "Changed"]

    def test_seats_of_a_new_version_go_to_those_who_wait(self, tmp_path: Path, received: Received) -> None:
        write_event(tmp_path / "event.json", onSiteCapacity=1, needsApproval=False)
        with loaded(tmp_path, received) as module:
            desk = Desk(module, received, tmp_path)
            for number in (1, 2, 3):
                desk.register(number)
            desk.contents()
        received.envelopes.clear()
        event = from_json(Event, (tmp_path / "event.json").read_bytes())
        calls = [evolve(event.calls[0], on_site_capacity=2)]
        (tmp_path / "event.json").write_bytes(to_json(event.revised(at=datetime.now(UTC), calls=calls)))
        with loaded(tmp_path, received) as module:
            desk = Desk(module, received, tmp_path)
            assert desk.states() == ["pending", "approved", "waitlisted"]
            assert desk.register(4).headers["Location"] == "/done/waitlisted"
            assert desk.subjects() == [("p2@example.org", "You have a seat"), ("p4@example.org", "Waitlist")]


class TestLetters:
    """Everybody hears what became of their registration, and nobody hears of others."""

    def test_a_rejected_person_reads_the_reason_and_not_the_note(self, desk: Desk) -> None:
        desk.register(1, **{"participant.language": "fr"})
        texts = {"reason": "Ce forum est réservé aux\r\nÉtats membres.", "note": "Asked twice by telephone."}
        assert desk.move(1, "reject", language="fr", **texts).status_code == 303
        _, mail = desk.mails()
        assert "Ce forum est réservé aux\nÉtats membres." in text_of(mail)
        assert b"telephone" not in bytes(mail)
        page = desk.office.get("/office").text
        assert "Reason: Ce forum est réservé" in page
        assert "Note: Asked twice by telephone." in page

    def test_a_text_that_cannot_be_written_is_refused(self, desk: Desk) -> None:
        desk.register(1)
        assert desk.move(1, "reject", reason="\x07", language="en").status_code == 409
        assert desk.move(1, "reject", reason="Full.", language="?").status_code == 409
        assert desk.states() == ["pending"]

    def test_an_invited_person_hears_of_other_sessions(self, desk: Desk) -> None:
        desk.register(1, sessionIds="keynote")
        desk.move(1, "approve")
        assert desk.move(1, "choose", session=["keynote", "workshop"]).status_code == 303
        assert desk.move(1, "choose", session="unknown").status_code == 409
        *_, mail = desk.mails()
        assert mail["Subject"].startswith("Registration changed:")
        assert b"METHOD:REQUEST" in calendar_of(mail)
        assert desk.move(1, "choose").status_code == 303, "none is the whole event"

    def test_who_is_registered_again_hears_of_it_once_a_day(self, desk: Desk) -> None:
        for name in ("Participant 1", "PARTICIPANT  1", "Participant 1"):
            desk.register(1, **{"participant.name": name})
        assert [subject for _, subject in desk.subjects()] == [
            "Registration received",
            "We already have your registration",
        ]

    def test_only_who_chose_a_session_hears_that_it_moves(self, tmp_path: Path, received: Received) -> None:
        write_event(tmp_path / "event.json", needsApproval=False)
        with loaded(tmp_path, received) as module:
            desk = Desk(module, received, tmp_path)
            desk.register(1, sessionIds="workshop")
            desk.register(2)
            desk.contents()
        received.envelopes.clear()
        event = from_json(Event, (tmp_path / "event.json").read_bytes())
        keynote, workshop = event.sessions
        moved = evolve(workshop, slot=TimeSlot(start=workshop.slot.start, end=workshop.slot.end.add(minutes=15)))
        event = event.revised(at=datetime.now(UTC), sessions=(keynote, moved))
        (tmp_path / "event.json").write_bytes(to_json(event))
        with loaded(tmp_path, received) as module:
            assert Desk(module, received, tmp_path).subjects() == [("p1@example.org", "Your programme has changed")]

    def test_reminders_are_sent_once(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        desk.register(1)
        desk.register(2)
        desk.move(1, "approve")
        desk.contents()
        start = desk.module.EVENT.slot.starts_at
        clock = type("Clock", (datetime,), {"now": classmethod(lambda *_: start - timedelta(hours=20))})
        monkeypatch.setattr(sys.modules["conference.store"], "datetime", clock)
        assert [desk.office.post("/office/reminders").status_code for _ in range(2)] == [303] * 2
        assert desk.subjects()[3:] == [("p1@example.org", "Reminder")]


class TestSize:
    """It can be read in one sitting."""

    def test_it_has_at_most_300_lines(self) -> None:
        files = [each for each in DESK.rglob("*") if each.suffix in {".css", ".html", ".py"}]
        assert sum(len(each.read_text(encoding="utf-8").splitlines()) for each in files) <= 300
