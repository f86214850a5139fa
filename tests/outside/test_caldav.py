"""Radicale, a CalDAV server, keeps an invitation, its update and its cancellation as they are."""

import socket
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path

import pytest
from attrs import evolve

from tests.outside.calendars import Seen
from tests.outside.in_python import with_icalendar
from wtisd_model import Contact, Event, ParticipationMode, Registration, TimeSlot, wtisd_23
from wtisd_model import invitation as inv
from wtisd_model.invitation import Message

pytestmark = pytest.mark.outside

NOW = datetime(2023, 4, 13, 8, 15, tzinfo=UTC)
FOLDER = "/participant1/calendar/"

_NOBODY = b64encode(b"participant1:").decode()
"""A name without a password, which the server does not ask for."""


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Start the server for this machine only; fail if it is not installed, so that the tests are not skipped."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number: int = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("radicale")
    options = {
        "server-hosts": f"127.0.0.1:{number}",
        "auth-type": "none",
        "rights-type": "authenticated",
        "storage-filesystem-folder": str(folder / "collections"),
        "logging-level": "warning",
    }
    command = [
        sys.executable,
        "-m",
        "radicale",
        "--config",
        "",
        *(f"--{key}={value}" for key, value in options.items()),
    ]
    with (folder / "log").open("wb") as log, subprocess.Popen(command, stdout=log, stderr=log) as server:  # noqa: S603 - the server
        try:
            _wait(number, server, folder / "log")
            assert _ask(number, "MKCALENDAR", FOLDER)[0] == 201
            yield number
        finally:
            server.terminate()


def _wait(port: int, server: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(300):
        assert server.poll() is None, log.read_text(encoding="utf-8")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("Radicale does not answer")


def _ask(port: int, verb: str, path: str, body: bytes = b"") -> tuple[int, bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request(
            verb, path, body, {"Authorization": "Basic cGFydGljaXBhbnQxOg==", "Content-Type": "text/calendar"}
        )
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def kept(message: Message) -> bytes:
    """What a calendar program keeps of a message: "MUST NOT specify the iCalendar METHOD" (RFC 4791 section 4.1)."""
    return message.ics.replace(f"METHOD:{message.method.value}\r\n".encode(), b"")


def seen(data: bytes) -> list[Seen]:
    """What icalendar finds."""
    return with_icalendar(data)


def person(event: Event) -> Registration:
    return Registration(
        id="r-1",
        event_uid=event.uid,
        participant=Contact(name="Participant 1, à Genève", email="participant1@example.org", language="fr"),
        mode=ParticipationMode.ON_SITE,
        submitted_at=NOW,
    ).approve(at=NOW)


class TestCalDav:
    """RFC 4791 section 5.3.2: a calendar object is put under its name, and got from there."""

    def test_an_invitation_its_update_and_its_cancellation_come_back_equal(self, port: int) -> None:
        event = wtisd_23()
        assert event.slot is not None
        later = TimeSlot(start=event.slot.start.add(hours=1), end=event.slot.end.add(hours=1))
        moved = event.reschedule(later, at=NOW + timedelta(days=1))
        cancelled = moved.cancel(at=NOW + timedelta(days=2))
        messages = [
            inv.invite(event, person(event), stamped=NOW, reminders=[timedelta(minutes=15)]),
            inv.invite(moved, person(event), stamped=NOW + timedelta(days=1)),
            inv.cancel(cancelled, person(event), stamped=NOW + timedelta(days=2)),
        ]
        path = f"{FOLDER}{event.uid}.ics"
        for message, put in zip(messages, (201, 204, 204), strict=True):  # created, and then changed
            assert _ask(port, "PUT", path, kept(message))[0] == put
            status, body = _ask(port, "GET", path)
            assert status == 200
            assert seen(body) == [evolve(each, method=None) for each in seen(message.ics)]
        assert [b"STATUS:CANCELLED" in each for each in (messages[0].ics, body)] == [False, True]
