"""`demo`: the reference event and examples of every output, written into a folder. All people are invented."""

import json
import shlex
import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import click
from attrs import evolve

from wtisd_model.cli.convert import indented, schema_files
from wtisd_model.cli.io import OUT_FOLDER, escaped, make_folder, replaced_note, write_file, write_text
from wtisd_model.cli.planning import plan_text, totals_text
from wtisd_model.cli.report import as_text
from wtisd_model.ical.feed import to_ical
from wtisd_model.json.encoder import to_json
from wtisd_model.json.validator import Validator
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.event import Event
from wtisd_model.model.interpretation import InterpretationRequest, InterpretationService, Norm, Team
from wtisd_model.model.pledge import CountryShare, FocusArea, Pledge, PledgeKind, PledgeScope, Target
from wtisd_model.model.registration import Need, Registration
from wtisd_model.planning.dimensions import Dimension
from wtisd_model.planning.totals import totals
from wtisd_model.reference import wtisd_23
from wtisd_model.types.attendance import ParticipationMode
from wtisd_model.types.language import LocalizedText
from wtisd_model.types.money import Money
from wtisd_model.types.people import Contact, Membership, Organization
from wtisd_model.types.timeslot import TimeSlot
from wtisd_model.types.timezone import local_time

LETTER: Final = datetime(2023, 4, 12, tzinfo=UTC)
"""The day of the circular letter: the present moment of the demo, so that every demo has the same bytes."""

_ON_SITE, _REMOTE = ParticipationMode.ON_SITE, ParticipationMode.REMOTE


@click.command("demo", short_help="Write the reference event and samples.")
@OUT_FOLDER
def write_demo(*, out: Path) -> None:
    """Write the reference event, schemas, registrations, an invitation, pledges and a plan for interpretation.

    In a folder that exists, files with the names of the demo are replaced; the others stay as they are.
    """
    files = demo_files()
    make_folder(out / "schemas")
    replaced = sum([write_file(out / name, content) for name, content in files.items()])
    write_text(_screen(out, len(files), replaced))


def _screen(out: Path, count: int, replaced: int) -> str:
    # The README's first command has a path; what can be typed here is shown.
    typed = sys.argv[0]
    name = "wtisd-model" if shutil.which("wtisd-model") or Path(typed).stem != "wtisd-model" else typed
    program, folder = (escaped(shlex.quote(each)) for each in (name, str(out)))
    return f"""\
Wrote {count} files into {folder}{replaced_note(replaced)}.

  wtisd-23.json  wtisd-23.ics          WTISD-23, as in its circular letter
  registration-good.json               what a person might send (nobody real)
  registration-bad.json  findings.txt  the same with errors, and its findings
  dossier.json                         the event with one registration
  invitation.ics  invitation.eml       an invitation, and the mail around it
  invitation-moved.ics                 its update: another room and time
  invitation-cancel.ics                its end: the event is cancelled
  pledges.jsonl  totals.txt            pledges for it, and their totals
  interpretation.json  coverage.txt    who listens in what, and who is served
  schemas/                             a JSON Schema (2020-12) for each type

WTISD-23 is on 17 May 2023 from 14:30 to 16:30 in Geneva, 12:30 to 14:30 UTC.

Try next:

{program} validate --submission {folder}/registration-bad.json
{program} check {folder}/dossier.json --now 2023-05-16T09:00:00Z
{program} pledges {folder}/pledges.jsonl --by kind --on 2023-05-17
{program} interpretation {folder}/interpretation.json
{program} ical {folder}/wtisd-23.json --reminder PT15M
{program} -h
"""


def demo_files() -> dict[str, bytes]:
    """Return the content of each file of the demo, by its name in the folder."""
    event = wtisd_23()
    head = {"@type": "Registration", "eventUid": event.uid}
    submissions = {
        f"registration-{name}.json": indented(json.dumps(head | more).encode()) for name, more in _SUBMISSIONS.items()
    }
    validator = Validator(Registration, submission=True, now=LETTER)
    pledges = tuple(_pledges(event))
    planned = _interpretation(event)
    # Valid, and with a warning: a visa letter for somebody who is not coming.
    remote = _registration(event, 1, mode=_REMOTE, needs=frozenset({Need.VISA_LETTER}))
    return {
        "wtisd-23.json": indented(to_json(event)),
        "wtisd-23.ics": to_ical(event, stamped=LETTER),
        **submissions,
        "findings.txt": "".join(as_text(name, validator(raw)) for name, raw in submissions.items()).encode(),
        "dossier.json": indented(to_json(Dossier(event=event, registrations=(remote,)))),
        **_invitations(event),
        "pledges.jsonl": b"".join(to_json(pledge) + b"\n" for pledge in pledges),
        "totals.txt": "\n".join(totals_text(totals(pledges, by=by, on=_EVENT_DAY)) for by in _DIMENSIONS).encode(),
        "interpretation.json": indented(to_json(planned)),
        "coverage.txt": plan_text(planned).encode(),
        **{f"schemas/{name}": content for name, content in schema_files()},
    }


# The errors: a malformed address, a misspelled key and country, a tag that is not canonical, a state set by the sender.
_SUBMISSIONS: Final[dict[str, dict[str, object]]] = {
    "good": {
        "participant": {"name": "Participant 1", "email": "participant1@example.org", "language": "fr"},
        "organization": "Ministry 1",
        "membership": "member-state",
        "country": "TD",
        "mode": "on-site",
        "listeningLanguages": ["fr", "en"],
        "needs": ["visa-letter"],
    },
    "bad": {
        "participant": {"name": "Participant 2", "email": "participant2(at)example.org"},
        "country": "UK",
        "mod": "remote",
        "listeningLanguages": ["fr-ch"],
        "state": "approved",
    },
}


def _registration(event: Event, number: int, *, language: str | None = None, **more: Any) -> Registration:
    person = Contact(name=f"Participant {number}", email=f"participant{number}@example.org", language=language)
    return Registration(id=f"r-{number}", event_uid=event.uid, participant=person, submitted_at=LETTER, **more)


def _invitations(event: Event) -> dict[str, bytes]:
    """Return an invitation, its mail, its update three weeks later, and its cancellation on the day after."""
    # Every other command would take longer to start.
    from wtisd_model.invitation.cancel import cancel
    from wtisd_model.invitation.message import Reason
    from wtisd_model.invitation.request import invite
    from wtisd_model.mail import mail

    person = _registration(event, 1, language="fr", mode=_ON_SITE).approve(at=LETTER)
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


_EVENT_DAY: Final = date(2023, 5, 17)
_DIMENSIONS: Final = (Dimension.FOCUS_AREA, Dimension.COUNTRY, Dimension.GROUP, Dimension.MEMBERSHIP)

# The first is for three countries with shares; the second for two focus areas and two countries, without saying how
# much for which; the third states no amount; the last is withdrawn.
_PLEDGES: Final[tuple[dict[str, Any], ...]] = (
    {
        "membership": Membership.MEMBER_STATE,
        "focus_areas": frozenset({FocusArea.ACCESS}),
        "pledged": Money(amount=Decimal("250000.01"), currency="USD"),
        "countries": (
            CountryShare(country="BT", share=Decimal("33.3333")),
            CountryShare(country="NE", share=Decimal("33.3333")),
            CountryShare(country="TD", share=Decimal("33.3334")),
        ),
    },
    {
        "membership": Membership.SECTOR_MEMBER,
        "focus_areas": frozenset({FocusArea.ACCESS, FocusArea.ADOPTION}),
        "pledged": Money(amount=Decimal(90_000), currency="USD"),
        "countries": (CountryShare(country="KE"), CountryShare(country="TD")),
    },
    {"membership": Membership.ACADEMIA, "focus_areas": frozenset({FocusArea.VALUE_CREATION})},
    {
        "membership": Membership.MEMBER_STATE,
        "focus_areas": frozenset({FocusArea.ADOPTION}),
        "pledged": Money(amount=Decimal(5_000_000), currency="JPY"),
        "countries": (CountryShare(country="WS"),),
    },
    {
        "membership": Membership.ASSOCIATE,
        "focus_areas": frozenset({FocusArea.ACCELERATE}),
        "pledged": Money(amount=Decimal(1_000_000), currency="USD"),
    },
)


def _pledges(event: Event) -> Iterator[Pledge]:
    def english(text: str) -> LocalizedText:
        return LocalizedText(text=text, language="en")

    for number, fields in enumerate(_PLEDGES, 1):
        membership, *_ = fields.values()
        received = LETTER + timedelta(days=number)
        pledge = Pledge(
            id=f"p-{number}",
            event_uid=event.uid,
            title=english(f"Pledge {number}"),
            pledger=Organization(
                name=english(f"Pledger {number}"), email=f"pledger{number}@example.org", membership=membership
            ),
            kind=PledgeKind.FINANCIAL if "pledged" in fields else PledgeKind.POLICY,
            scope=PledgeScope.COUNTRIES if "countries" in fields else PledgeScope.GLOBAL,
            targets=(
                Target(text=english("Schools online"), number=Decimal(10), unit="schools", due=date(2025, 12, 31)),
            ),
            submitted_at=received,
            **{name: value for name, value in fields.items() if name != "membership"},
        ).publish(at=received + timedelta(days=7))
        yield pledge.withdraw(at=received + timedelta(days=14)) if number == len(_PLEDGES) else pledge


# Languages, the preferred one first; how they take part; what they need.
_LISTENERS: Final[tuple[tuple[str, ParticipationMode, frozenset[Need]], ...]] = (
    ("fr", _ON_SITE, frozenset()),
    ("fr en", _REMOTE, frozenset()),
    ("en", _ON_SITE, frozenset()),
    ("en", _REMOTE, frozenset()),
    ("ar en", _ON_SITE, frozenset()),
    ("ar", _ON_SITE, frozenset()),
    ("es", _ON_SITE, frozenset()),
    ("es", _REMOTE, frozenset()),
    ("zh", _ON_SITE, frozenset()),
    ("ils", _ON_SITE, frozenset({Need.SIGN_LANGUAGE})),
    ("fr", _ON_SITE, frozenset({Need.CAPTIONS})),
    ("", _REMOTE, frozenset()),
)


def _interpretation(event: Event) -> Dossier:
    """Return the event with listeners and requests. The letter names no floor language; here there are two."""

    def request(number: int, source: str, target: str, service: InterpretationService) -> InterpretationRequest:
        return InterpretationRequest(
            id=f"i-{number}",
            event_uid=event.uid,
            requester=Contact(name="Office 1", email="office1@example.org"),
            service=service,
            source_languages=frozenset(source.split()),
            target_languages=frozenset(target.split()),
            delivery=_ON_SITE,
            submitted_at=LETTER,
        )

    simultaneous = InterpretationService.SIMULTANEOUS
    team = Team(booths=1, heads=2, norm=Norm.AIIC)
    return Dossier(
        event=evolve(event, floor_languages=("fr", "en")),
        registrations=tuple(
            _registration(event, number, mode=mode, listening_languages=tuple(languages.split()), needs=needs)
            for number, (languages, mode, needs) in enumerate(_LISTENERS, 1)
        ),
        interpretation_requests=(
            request(1, "fr", "en", simultaneous).approve(at=LETTER),
            request(2, "en", "fr", simultaneous).approve(at=LETTER),
            request(3, "en", "es", simultaneous).approve(at=LETTER).assign(team, at=LETTER),
            request(4, "", "zh", simultaneous),
            request(5, "", "ils", InterpretationService.SIGN).approve(at=LETTER),
            request(6, "", "fr", InterpretationService.CAPTIONS).approve(at=LETTER),
        ),
    )
