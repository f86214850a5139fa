"""The desk of docs/examples: started by the command of its README, in Chromium and with a mail server."""

import os
import shlex
import shutil
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from sqlalchemy import column, create_engine, select, table

from tests.docs.desk import (
    DESK,
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
from tests.gates.code_blocks import blocks
from tests.mail.mail_server import HERE, Received, mail_server
from tests.outside.node import browse, step
from tests.outside.servers import SECONDS, answers, free_port
from wtisd_model import ParticipationStatus, Registration, RegistrationState, from_ical, invitation
from wtisd_model.integrations.sqlalchemy import JsonDocument

pytestmark = pytest.mark.outside


@contextmanager
def started(variables: dict[str, str]) -> Iterator[tuple[str, list[str]]]:
    """Start the desk with the README's command, and yield its address and, at the end, the lines of its log."""
    start = next(blocks((DESK / "README.md").read_text(encoding="utf-8"))).text
    command = [each for each in shlex.split(start.partition("&&")[2]) if "DESK_TOKEN=" not in each]
    assert command[0] == "uvicorn"
    port, log = free_port(), list[str]()
    with subprocess.Popen(  # noqa: S603 - the command of the page
        [sys.executable, "-m", *command, "--port", str(port)],
        cwd=DESK.parents[2],
        env=os.environ | variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as server:
        address = f"http://{HERE}:{port}/"
        try:
            until(lambda: answers(address))
            yield address, log
        finally:
            server.terminate()
            log.extend(server.communicate(timeout=SECONDS)[0].splitlines())


OFFICE = (step("authenticate", "office", TOKEN), step("open", path="office"))


def person(number: int) -> tuple[dict[str, str], ...]:
    return (
        step("fill", "Name (required)", f"Participant {number}"),
        step("fill", "E-mail (required)", f"p{number}@example.org"),
        step("click", "On site"),
    )


def picture(folder: Path, name: str) -> tuple[dict[str, str], ...]:
    """Return the steps that keep a picture at the width of a desktop and of a telephone."""
    return (
        step("width", value="1100"),
        step("picture", path=str(folder / f"{name}.png")),
        step("width", value="390"),
        step("picture", path=str(folder / f"{name}-phone.png")),
        step("width", value="900"),
    )


class TestDesk:
    """People register, the office decides, and calendars are invited and answer."""

    def test_from_the_form_to_the_answer_of_a_calendar(self, tmp_path: Path) -> None:
        write_event(tmp_path / "event.json", onSiteCapacity=1)
        pictures = Path(os.environ.get("DESK_PICTURES", tmp_path))
        with mail_server() as received, started(environment(tmp_path, received)) as (address, log):
            # Fill in, with mistakes; the questions for people on site are asked when they are known to come.
            first, asked, beside_email, beside_meal, beside_name, thanks = browse(
                address,
                *picture(pictures, "form"),
                step("labels"),
                *person(1),
                step("labels"),
                step("fill", "E-mail (required)", "participant 1"),
                step("press", "Register"),
                step("beside", "E-mail (required)"),
                step("beside", "Vegan"),
                step("beside", "Name (required)"),
                *picture(pictures, "findings"),
                # Mend.
                step("fill", "E-mail (required)", "p1@example.org"),
                step("click", "Vegan"),
                step("click", "I agree to the terms of the forum. (required)"),
                step("fill", "Which allergies should the kitchen know of?", "nuts & <i>shellfish</i>"),
                *picture(pictures, "more-questions"),
                step("press", "Register"),
                step("text"),
                *picture(pictures, "thanks"),
            )
            assert "Vegan" not in first
            assert "Vegan" in asked
            assert len(beside_email) == len(beside_meal) == 1
            assert beside_name == []
            assert "Thank you" in thanks
            # A second person; there is one seat.
            browse(
                address,
                *person(2),
                step("click", "None"),
                step("click", "I agree to the terms of the forum. (required)"),
                step("press", "Register"),
            )
            # Who is approved without a seat waits for one.
            (text,) = browse(
                address,
                *OFFICE,
                *picture(pictures, "office"),
                step("press", "Approve"),
                step("press", "Approve"),
                *picture(pictures, "office-decided"),
                step("text"),
            )
            assert "nuts & <i>shellfish</i>" in text
            assert "1 of 1 seats taken, 1 waiting" in text
            # Both have heard that they are registered, one is invited, and the other one waits.
            until(lambda: len(received.contents) == 4)
            invited, *others = [mail for mail in map(parsed, received.contents) if has_calendar(mail)]
            assert (invited["To"], others) == ("Participant 1 <p1@example.org>", [])
            assert b"METHOD:REQUEST" in calendar_of(invited)
            # The calendar accepts, and the mail server passes the reply on.
            request = invitation.request_for(
                from_ical(calendar_of(invited)), "p1@example.org", stamped=datetime.now(UTC)
            )
            reply = invitation.reply(request, ParticipationStatus.ACCEPTED, stamped=datetime.now(UTC))
            curl(address, bytes(invitation.mail(reply, sender="p1@example.org")), "p1@example.org")
            (text,) = browse(address, *OFFICE, *picture(pictures, "office-accepted"), step("text"))
            assert "accepted" in text
            # Who withdraws gives the seat to the next, and each learns of it.
            (text,) = browse(address, *OFFICE, step("press", "Withdraw"), step("text"))
            assert "1 of 1 seats taken, 0 waiting" in text
            until(lambda: len(received.contents) == 6)
            told = {str(mail["To"]): calendar_of(mail) for mail in map(parsed, received.contents[4:])}
            assert b"METHOD:CANCEL" in told["Participant 1 <p1@example.org>"]
            assert b"METHOD:REQUEST" in told["Participant 2 <p2@example.org>"]
            # The reason for the person and the note of the office are two fields.
            browse(
                address,
                *OFFICE,
                step("unfold", "Reason and note"),
                step("fill", "Reason, written to Participant 2 unless approved", "The forum is over."),
                step("fill", "Note, for the office only", "They know."),
                *picture(pictures, "office-reason"),
                step("press", "Withdraw"),
            )
            until(lambda: len(received.contents) == 7)
            last = parsed(received.contents[6])
            assert "The forum is over." in text_of(last)
            assert b"They know." not in bytes(last)
        assert any("GET /office" in line for line in log)
        assert not any("@example.org" in line or "Participant" in line or TOKEN in line for line in log)


class TestSeats:
    """Two servers with one database give each seat once, and the waitlist is in order."""

    @pytest.mark.parametrize("database", ["postgresql", "sqlite"])
    def test_two_servers_give_each_seat_once(
        self, database: str, tmp_path: Path, request: pytest.FixtureRequest
    ) -> None:
        seats, people = 5, 24
        write_event(tmp_path / "event.json", onSiteCapacity=seats, needsApproval=False)
        with mail_server() as received:
            url = f"sqlite:///{tmp_path}/desk.sqlite" if database == "sqlite" else request.getfixturevalue(database)
            variables = environment(tmp_path, received) | {"DESK_DATABASE": url}
            with started(variables) as (first, _), started(variables) as (second, _), ThreadPoolExecutor(8) as threads:
                ends = list(threads.map(register, [first, second] * (people // 2), range(people)))
                assert sorted(ends) == ["done/pending"] * seats + ["done/waitlisted"] * (people - seats)
                until(lambda: len(received.contents) == people)
            told = Counter(parsed(each)["Subject"].partition(":")[0] for each in received.contents)
            assert told == {"Invitation": seats, "Waitlist": people - seats}, "of the two servers, one sends each mail"
        engine = create_engine(url)
        with engine.connect() as connection:
            stored = list(connection.scalars(select(DOCUMENT).select_from(table("registration"))))
        engine.dispose()
        in_order = sorted(stored, key=lambda each: each.submitted_at)
        states = [each.state for each in in_order]
        assert states == [RegistrationState.PENDING] * seats + [RegistrationState.WAITLISTED] * (people - seats)


class TestStall:
    """A mail server that accepts connections and says nothing holds up nobody but the one thread that sends mails."""

    @pytest.mark.parametrize("database", ["postgresql", "sqlite"])
    def test_the_form_answers_while_the_mail_server_stalls(
        self, database: str, tmp_path: Path, request: pytest.FixtureRequest
    ) -> None:
        people = 60
        write_event(tmp_path / "event.json", onSiteCapacity=people, needsApproval=False)
        url = f"sqlite:///{tmp_path}/desk.sqlite" if database == "sqlite" else request.getfixturevalue(database)
        with socket.create_server((HERE, 0)) as silent, ThreadPoolExecutor(8) as threads:
            smtp = f"{HERE}:{silent.getsockname()[1]}"
            variables = environment(tmp_path, Received()) | {"DESK_DATABASE": url, "DESK_SMTP": smtp}
            with started(variables) as (address, _):
                ends = list(threads.map(partial(register, address, seconds=20), range(people)))
        assert all(each.startswith("done/") for each in ends)


DOCUMENT = column("registration", JsonDocument(Registration))


def register(address: str, number: int, seconds: int = SECONDS) -> str:
    """Send the form, and return the page that it leads to."""
    with urlopen(address, urlencode(typed(number)).encode(), seconds) as response:  # noqa: S310 - our own server
        end: str = response.url
        return end.removeprefix(address)


def curl(address: str, mail: bytes, sender: str) -> None:
    """Pass a mail on as the README says."""
    page = (DESK / "README.md").read_text(encoding="utf-8")
    (text,) = [each.text for each in blocks(page) if each.text.startswith("curl ")]
    command = text.replace("\\\n", " ").replace("$DESK_TOKEN", TOKEN.replace(" ", "\\ ")).replace("$SENDER", sender)
    program, *arguments = shlex.split(command.replace("http://127.0.0.1:8000/", address))
    found = shutil.which(program)
    assert found, "curl is missing"
    done = subprocess.run(  # noqa: S603 - the command of the page
        [found, "--fail-with-body", "--silent", *arguments], input=mail, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stdout
