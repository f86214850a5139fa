"""`demo`: the reference event, and what can be done with it, written into a folder."""

import json
import shlex
import shutil
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import click

from wtisd_model.cli.convert import indented
from wtisd_model.cli.demo_interpretation import interpretation_files
from wtisd_model.cli.demo_invitation import invitation_files
from wtisd_model.cli.demo_pledges import pledge_files
from wtisd_model.cli.parameters import OUTPUT
from wtisd_model.cli.report import readable
from wtisd_model.cli.schema import schema_files
from wtisd_model.cli.streams import escaped, make_folder, write_file, write_text
from wtisd_model.ical.feed import to_ical
from wtisd_model.json.encoder import to_json
from wtisd_model.json.validator import Validator
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.event import Event
from wtisd_model.model.registration import Need, Registration
from wtisd_model.reference import wtisd_23
from wtisd_model.types.attendance import ParticipationMode
from wtisd_model.types.people import Contact

LETTER: Final = datetime(2023, 4, 12, tzinfo=UTC)
"""The day of the circular letter. Here it is the present moment, so that every demo has the same bytes."""

_GOOD: Final = "registration-good.json"
_BAD: Final = "registration-bad.json"


@click.command("demo", short_help="Write the reference event and samples.")
@click.option("--out", type=OUTPUT, metavar="DIR", required=True, help="The folder; it is made where it is not there.")
def write_demo(*, out: Path) -> None:
    """Write the reference event, schemas, two registrations, some pledges and a plan for interpretation into a folder.

    In a folder that is there, files of the demo's own names are replaced; the others stay as they are.
    """
    files = demo_files()
    make_folder(out / "schemas")
    replaced = sum([write_file(out / name, content) for name, content in files.items()])
    write_text(_screen(out, len(files), replaced))


def demo_files() -> dict[str, bytes]:
    """Make each file of the demo, by its name in the folder."""
    event = wtisd_23()
    submissions = {_GOOD: _good(event), _BAD: _bad(event)}
    received = Validator(Registration, submission=True, now=LETTER)
    return {
        "wtisd-23.json": indented(to_json(event)),
        "wtisd-23.ics": to_ical(event, stamped=LETTER),
        **submissions,
        "findings.txt": "".join(readable(name, received(raw)) for name, raw in submissions.items()).encode(),
        "dossier.json": indented(to_json(_dossier(event))),
        **invitation_files(event, LETTER),
        **pledge_files(event, LETTER),
        **interpretation_files(event, LETTER),
        **{f"schemas/{name}": content for name, content in schema_files()},
    }


def _good(event: Event) -> bytes:
    return _as_file(
        {
            "@type": "Registration",
            "eventUid": event.uid,
            "participant": {"name": "Participant 1", "email": "participant1@example.org", "language": "fr"},
            "organization": "Ministry 1",
            "membership": "member-state",
            "country": "TD",
            "mode": "on-site",
            "listeningLanguages": ["fr", "en"],
            "needs": ["visa-letter"],
        }
    )


def _bad(event: Event) -> bytes:
    # A sign that is no @, a key and a country nearly right, a tag that is not canonical, a state that is not theirs.
    return _as_file(
        {
            "@type": "Registration",
            "eventUid": event.uid,
            "participant": {"name": "Participant 2", "email": "participant2(at)example.org"},
            "country": "UK",
            "mod": "remote",
            "listeningLanguages": ["fr-ch"],
            "state": "approved",
        }
    )


def _dossier(event: Event) -> Dossier:
    # Somebody who takes part from afar and asks for a visa letter: it may stand, and somebody should look.
    registration = Registration(
        id="r-1",
        event_uid=event.uid,
        participant=Contact(name="Participant 1", email="participant1@example.org"),
        mode=ParticipationMode.REMOTE,
        needs=frozenset({Need.VISA_LETTER}),
        submitted_at=LETTER,
    )
    return Dossier(event=event, registrations=(registration,))


def _as_file(payload: Mapping[str, object]) -> bytes:
    return f"{json.dumps(payload, ensure_ascii=False, indent=2)}\n".encode()


def _screen(out: Path, count: int, replaced: int) -> str:
    program, folder = (escaped(shlex.quote(each)) for each in (_typed_name(), str(out)))
    older = f"; {replaced} of them replaced older ones" if replaced else ""
    return f"""\
Wrote {count} files into {folder}{older}.

  wtisd-23.json  wtisd-23.ics          WTISD-23, as its circular letter has it
  registration-good.json               what a person might send (nobody real)
  registration-bad.json  findings.txt  the same with mistakes, and what is said
  dossier.json                         the event with one registration
  invitation.ics  invitation.eml       an invitation, and the mail around it
  invitation-moved.ics                 what follows it: another room and time
  invitation-cancel.ics                and where the event is called off
  pledges.jsonl  totals.txt            pledges for it, and what they promise
  interpretation.json  coverage.txt    who listens in what, and who is served
  schemas/                             a JSON Schema (2020-12) for each type

WTISD-23 is on 17 May 2023 from 14:30 to 16:30 in Geneva, 12:30 to 14:30 UTC.

Try next:

{program} validate --submission {folder}/{_BAD}
{program} check {folder}/dossier.json --now 2023-05-16T09:00:00Z
{program} pledges {folder}/pledges.jsonl --by kind --on 2023-05-17
{program} interpretation {folder}/interpretation.json
{program} ical {folder}/wtisd-23.json --reminder PT15M
{program} -h
"""


def _typed_name() -> str:
    """Give the program's name as it can be typed where the reader stands; the README's first command has a path."""
    typed = sys.argv[0]
    return "wtisd-model" if shutil.which("wtisd-model") or Path(typed).stem != "wtisd-model" else typed
