"""`demo`: the reference event and examples of every output, written into a folder. All people are invented."""

import shlex
import shutil
import sys
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, TypeVar

from attrs import evolve

from wtisd_model.cli import console, convert, interpretation_plan, params, pledge_totals, report, validate
from wtisd_model.ical.feed import to_ical
from wtisd_model.invitation.cancel import cancel
from wtisd_model.invitation.message import Reason
from wtisd_model.invitation.request import invite
from wtisd_model.json.encoder import to_json
from wtisd_model.json.validator import Validator, from_json
from wtisd_model.mail.compose import mail
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.event import Event
from wtisd_model.model.interpretation import InterpretationRequest
from wtisd_model.model.pledge import Pledge
from wtisd_model.model.registration import Need, Registration
from wtisd_model.planning.totals import Dimension, totals
from wtisd_model.reference import wtisd_23
from wtisd_model.types.attendance import ParticipationMode
from wtisd_model.types.people import Contact
from wtisd_model.types.timeslot import TimeSlot
from wtisd_model.types.timezone import local_time

T = TypeVar("T")

LETTER: Final = datetime(2023, 4, 12, tzinfo=UTC)
"""The day of the circular letter: the present moment of the demo, so that every demo has the same bytes."""


@params.command("demo")
@params.OUT_FOLDER
def write_demo(*, out: Path) -> None:
    """Write the reference event, schemas, registrations, an invitation, pledges and a plan for interpretation.

    In a folder that exists, files with the names of the demo are replaced; the others stay as they are.
    """
    content_of = demo_files()
    console.make_folder(out / "schemas")
    replaced = sum([console.write_file(out / name, content) for name, content in content_of.items()])
    # The README's first command has a path; what can be typed here is shown.
    typed = sys.argv[0]
    name = "wtisd-model" if shutil.which("wtisd-model") or Path(typed).stem != "wtisd-model" else typed
    program, folder = (console.escaped(shlex.quote(typed_word)) for typed_word in (name, str(out)))
    told = _sample("demo.txt").decode().format(program=program, folder=folder)
    console.write_text(f"Wrote {len(content_of)} files into {folder}{console.replaced_note(replaced)}.\n\n{told}")


def demo_files() -> dict[str, bytes]:
    """Return the content of each file of the demo, by its name in the folder."""
    event = wtisd_23()
    submissions = {name: _sample(name) for name in ("registration-good.json", "registration-bad.json")}
    validator = Validator(Registration, submission=True, now=LETTER)
    # Valid, and with a warning: a visa letter for somebody who is not coming.
    remote = _registration(event, 1, mode=ParticipationMode.REMOTE, needs=frozenset({Need.VISA_LETTER}))
    pledges = _samples(Pledge, "pledges.jsonl")
    dimensions = (Dimension.FOCUS_AREA, Dimension.COUNTRY, Dimension.GROUP, Dimension.MEMBERSHIP)
    # The letter names no floor language; here there are two.
    planned = Dossier(
        event=evolve(event, floor_languages=("fr", "en")),
        registrations=_samples(Registration, "registrations.jsonl"),
        interpretation_requests=_samples(InterpretationRequest, "interpretation-requests.jsonl"),
    )
    return {
        "wtisd-23.json": convert.indented(to_json(event)),
        "wtisd-23.ics": to_ical(event, stamped=LETTER),
        **submissions,
        "findings.txt": "".join(
            report.as_text(name, validator(raw), raw) for name, raw in submissions.items()
        ).encode(),
        "dossier.json": convert.indented(to_json(Dossier(event=event, registrations=(remote,)))),
        **_invitations(event),
        "pledges.jsonl": _sample("pledges.jsonl"),
        "totals.txt": "\n".join(
            pledge_totals.totals_text(totals(pledges, by=by, on=date(2023, 5, 17))) for by in dimensions
        ).encode(),
        "interpretation.json": convert.indented(to_json(planned)),
        "interpreters.csv": _sample("interpreters.csv"),
        "coverage.txt": interpretation_plan.plan_text(planned).encode(),
        **{f"schemas/{name}": content for name, content in validate.schema_files()},
    }


def _sample(name: str) -> bytes:
    return files("wtisd_model.cli").joinpath("samples", name).read_bytes()


def _samples(cls: type[T], name: str) -> tuple[T, ...]:
    return tuple(from_json(cls, line) for line in _sample(name).splitlines())


def _registration(event: Event, number: int, *, language: str | None = None, **more: Any) -> Registration:
    person = Contact(name=f"Participant {number}", email=f"participant{number}@example.org", language=language)
    return Registration(id=f"r-{number}", event_uid=event.uid, participant=person, submitted_at=LETTER, **more)


def _invitations(event: Event) -> dict[str, bytes]:
    """Return an invitation, its mail, its update three weeks later, and its cancellation on the day after."""
    person = _registration(event, 1, language="fr", mode=ParticipationMode.ON_SITE).approve(at=LETTER)
    # An answer to a demo is not to reach anybody real.
    organizer = None if event.organizer is None else evolve(event.organizer, email="desk1@example.org")
    event = evolve(event, organizer=organizer)
    update, end = LETTER + timedelta(weeks=3), LETTER + timedelta(weeks=3, days=1)
    hour_later = TimeSlot(
        start=local_time("2023-05-17T15:30:00", "Europe/Zurich"), end=local_time("2023-05-17T17:30:00", "Europe/Zurich")
    )
    location, *others = event.locations
    moved = event.revised(at=update, slot=hour_later, locations=(evolve(location, room="Room 2"), *others))
    invitation = invite(event, person, stamped=LETTER)
    return {
        "invitation.ics": invitation.ics,
        "invitation-moved.ics": invite(moved, person, stamped=update, reason=Reason.MOVED).ics,
        "invitation-cancel.ics": cancel(moved.cancel(at=end), person, stamped=end).ics,
        "invitation.eml": bytes(mail(invitation, sender="Desk 1 <desk1@example.org>")),
    }
