"""Every document is the same in a program that runs another time: the order of sets depends on the hash seed."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

import wtisd_model as wm
from tests.samples.whole import dossier, event, organization, registration
from wtisd_model import invitation, pictures, planning

AT = datetime(2026, 11, 30, tzinfo=UTC)
WHOLE = dossier(event=event(updated=AT))
GUEST = registration(replies=()).approve(at=AT)
WRITERS: dict[str, Callable[[], Any]] = {
    "json": lambda: wm.to_json(WHOLE),
    "ical": lambda: wm.to_ical(WHOLE, structured=True, html=True, deadlines="task"),
    "jcal": lambda: wm.to_jcal(WHOLE, language="fr"),
    "jscalendar": lambda: wm.to_jscalendar(WHOLE.event, personal=True),
    "jscalendar 1.0": lambda: wm.to_jscalendar(WHOLE.event, version="1.0"),
    "schema.org": lambda: wm.to_jsonld(WHOLE.event),
    "cpev": lambda: wm.to_jsonld(WHOLE.event, profile="cpev"),
    "schedule 1": lambda: wm.to_schedule_json(WHOLE.event, version="1"),
    "schedule 2": lambda: wm.to_schedule_json(WHOLE.event, version="2"),
    "schedule in XML": lambda: wm.to_schedule_xml(WHOLE.event),
    "page": lambda: wm.to_html(WHOLE, calendar="data"),
    "sessions": lambda: b"".join(wm.to_csv(wm.Session, WHOLE.event.sessions)),
    "registrations": lambda: b"".join(wm.to_csv(wm.Registration, WHOLE.registrations, personal=True)),
    "requests": lambda: b"".join(wm.to_csv(wm.InterpretationRequest, WHOLE.interpretation_requests, personal=True)),
    "pledges": lambda: b"".join(wm.to_csv(wm.Pledge, WHOLE.pledges, personal=True)),
    "vcard": lambda: wm.to_vcard(WHOLE.registrations),
    "timetable": lambda: pictures.timetable(WHOLE, seats=True).svg,
    "coverage": lambda: pictures.coverage(WHOLE).html,
    "findings": lambda: wm.check(WHOLE, now=AT),
    "plan": lambda: [planning.seats(WHOLE), planning.coverage(WHOLE)],
    "message": lambda: _invited().ics,
    "mail": lambda: bytes(invitation.mail(_invited(), sender="desk@example.org")),
}


def _invited() -> Any:
    return invitation.invite(event(organizer=organization()), GUEST, stamped=AT)


def digests() -> dict[str, str]:
    """Return the digest of each document, as this process writes it."""
    written = {name: write() for name, write in WRITERS.items()}
    return {
        name: hashlib.sha256(value if isinstance(value, bytes) else str(value).encode()).hexdigest()
        for name, value in written.items()
    }


@pytest.mark.slow
def test_no_document_depends_on_the_hash_seed() -> None:
    code = "from tests.programme.test_determinism import digests; print(*digests().items(), sep='\\n')"
    lines = [
        subprocess.run(  # noqa: S603 - our own code, in this very interpreter
            [sys.executable, "-c", code],
            check=True,
            capture_output=True,
            text=True,
            timeout=300,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout.splitlines()
        for seed in ("1", "2")
    ]
    assert lines[0] == lines[1]
    assert len(lines[0]) == len(WRITERS)
