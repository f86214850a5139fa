"""The desk of docs/examples, with an event of next year, and a database and a mail server of its own."""

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from tests.gates.code_blocks import blocks
from tests.mail.mail_server import HERE, Received

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
DESK = EXAMPLES / "desk"
TOKEN = "the token of the office"  # noqa: S105 - of a desk that only the tests reach


def until(condition: Callable[[], bool]) -> None:
    """Wait until something is true."""
    end = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def write_app(folder: Path) -> Path:
    """Write the event and the service of the page about a conference into a file, and return its path."""
    page = (EXAMPLES.parent / "how-to" / "build-a-conference.md").read_text(encoding="utf-8")
    first, *others = [block.text for block in blocks(page) if block.language == "python"]
    (service,) = [text for text in others if "app = FastAPI(" in text]
    (folder / "docs").symlink_to(EXAMPLES.parent)
    app = folder / "app.py"
    app.write_text(f"{first}\n{service}", encoding="utf-8")
    return app


def write_event(file: Path, **changes: object) -> None:
    """Write the event of the desk, moved to next year, with other terms of the call."""
    year = datetime.now(UTC).year + 1
    event = json.loads((DESK / "event.json").read_text(encoding="utf-8").replace("2030-", f"{year}-"))
    event["calls"][0] |= changes
    file.write_text(json.dumps(event), encoding="utf-8")


def typed(number: int) -> dict[str, str]:
    """Return the fields of the form as a person fills them in."""
    return {
        "eventUid": "forum-2030@example.org",
        "participant.name": f"Participant {number}",
        "participant.email": f"p{number}@example.org",
        "mode": "on-site",
        "answers.meal": "none",
        "answers.terms": "on",
    }


def environment(folder: Path, received: Received) -> dict[str, str]:
    """Return the variables that set up a desk in a folder."""
    return {
        "DESK_TOKEN": TOKEN,
        "DESK_DATABASE": f"sqlite:///{folder / 'desk.sqlite'}",
        "DESK_EVENT": str(folder / "event.json"),
        "DESK_SMTP": f"{HERE}:{received.port}",
    }


def parsed(content: bytes) -> EmailMessage:
    """Return a mail as mail programs see it."""
    return message_from_bytes(content, policy=default)


def has_calendar(mail: EmailMessage) -> bool:
    """Return True for an invitation, a change of it or a cancellation."""
    return any(each.get_content_type() == "text/calendar" for each in mail.walk())


def text_of(mail: EmailMessage) -> str:
    """Return what a mail says."""
    part = mail.get_body(("plain",))
    assert part
    return str(part.get_content()).replace("\r\n", "\n")


def calendar_of(mail: EmailMessage) -> bytes:
    """Return the calendar in an invitation."""
    (part,) = [each for each in mail.walk() if each.get_content_type() == "text/calendar"]
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content
