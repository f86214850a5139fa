"""Radicale, a CalDAV server for this machine only, with a calendar for each person."""

import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.mail.mail_server import HERE
from tests.outside.servers import free_port


class CalDav:
    """A server, as programs for calendars ask it."""

    def __init__(self, port: int) -> None:
        self._port = port

    def ask(self, verb: str, path: str, body: bytes = b"", *, user: str = "participant1") -> tuple[int, bytes]:
        """Return the status and the body of an answer."""
        nobody = b64encode(f"{user}:".encode()).decode()  # a name without a password, which it does not ask for
        headers = {"Authorization": f"Basic {nobody}", "Content-Type": "text/calendar"}
        connection = HTTPConnection(HERE, self._port, timeout=30)
        try:
            connection.request(verb, path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()


@contextmanager
def caldav(folder: Path) -> Iterator[CalDav]:
    """Start the server, and end it after the block; fail if it is not installed, so that no test is skipped."""
    port = free_port()
    options = {
        "server-hosts": f"{HERE}:{port}",
        "auth-type": "none",
        "rights-type": "authenticated",
        "storage-filesystem-folder": str(folder / "collections"),
        "logging-level": "warning",
    }
    command = [sys.executable, "-m", "radicale", "--config", ""]
    command += [f"--{key}={value}" for key, value in options.items()]
    with (folder / "log").open("wb") as log, subprocess.Popen(command, stdout=log, stderr=log) as server:  # noqa: S603 - the server
        try:
            _wait(port, server, folder / "log")
            yield CalDav(port)
        finally:
            server.terminate()


def _wait(port: int, server: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(300):
        assert server.poll() is None, log.read_text(encoding="utf-8")
        try:
            connection = HTTPConnection(HERE, port, timeout=1)
            connection.connect()
            connection.close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("Radicale does not answer")


def kept(calendar: bytes) -> bytes:
    """What a program for calendars keeps: "MUST NOT specify the iCalendar METHOD" (RFC 4791 section 4.1)."""
    return b"".join(line for line in calendar.splitlines(keepends=True) if not line.startswith(b"METHOD:"))
