"""What a change of structure must not change: everything that is written for drawn documents, byte for byte.

    python -m tests.gates.outputs draw DRAWN [--count 2000]
    python -m tests.gates.outputs write DRAWN WRITTEN
    python -m tests.gates.outputs compare WRITTEN WRITTEN

Draw once, write with the package of each checkout, and compare. The documents are saved as JSON, since strategies draw
others as soon as the package changes. What is refused is written too, by its findings. `compare` prints the first
differences of each format, and ends with 1 if there are any.
"""

import argparse
import difflib
import gzip
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from itertools import islice, zip_longest
from pathlib import Path
from typing import Any

import attrs
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as fixed

import wtisd_model as wm
from wtisd_model import exports, invitation, pictures, planning, strategies

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
OFFICE = "office@example.org"
SHOWN = 3
"""How many differences of a format are printed."""

Writer = Callable[[wm.Dossier], object]


def draw(folder: Path, count: int) -> None:
    """Save so many drawn dossiers."""
    folder.mkdir(parents=True, exist_ok=True)
    documents: set[bytes] = set()

    def save(dossier: wm.Dossier) -> None:
        if len(documents) < count:
            documents.add(wm.to_json(dossier))

    for seed in range(100):
        drawing = given(strategies.dossiers())(save)
        usual = settings(max_examples=count, phases=[Phase.generate], database=None, deadline=None)
        fixed(seed)(settings(usual, suppress_health_check=list(HealthCheck))(drawing))()
        if len(documents) == count:
            break
    for number, document in enumerate(sorted(documents)):
        (folder / f"{number:05}.json").write_bytes(document)


def writers() -> Mapping[str, Writer]:
    """Return what is written of a dossier, by the name of the document."""
    stamped: dict[str, Any] = {"stamped": NOW}
    calendar: dict[str, Any] = {**stamped, "reminders": [timedelta(hours=1)]}
    office = wm.Organization(name=wm.LocalizedText(text="Office", language="en"), email=OFFICE)
    key = b"0123456789abcdef0123456789abcdef"
    return {
        "check": lambda d: wm.check(d, now=NOW),
        "ical": lambda d: wm.to_ical(d, **calendar),
        "ical-fr-structured": lambda d: wm.to_ical(d, **calendar, language="fr", structured=True, html=True),
        "jcal": lambda d: wm.to_jcal(d, **stamped),
        "jscalendar": lambda d: wm.to_jscalendar(d.event, **stamped),
        "jscalendar-1-personal": lambda d: wm.to_jscalendar(d.event, **stamped, version="1.0", personal=True),
        "jsonld": lambda d: wm.to_jsonld(d.event),
        "cpev": lambda d: wm.to_jsonld(d.event, profile="cpev"),
        "schedule-1": lambda d: wm.to_schedule_json(d.event, version="1"),
        "schedule-2": lambda d: wm.to_schedule_json(d.event, version="2"),
        "schedule-xml": lambda d: wm.to_schedule_xml(d.event),
        "page": lambda d: wm.to_html(d, **stamped),
        "page-ar": lambda d: wm.to_html(d, **stamped, language="ar", zone="Asia/Dubai"),
        "csv-sessions": lambda d: wm.to_csv(wm.Session, d.event.sessions),
        "csv-registrations": lambda d: wm.to_csv(wm.Registration, d.registrations),
        "csv-personal": lambda d: wm.to_csv(wm.Registration, d.registrations, personal=True, event=d.event),
        "csv-requests": lambda d: wm.to_csv(wm.InterpretationRequest, d.interpretation_requests, personal=True),
        "csv-pledges": lambda d: wm.to_csv(wm.Pledge, d.pledges, personal=True, language="fr"),
        "vcard": lambda d: wm.to_vcard(d.registrations),
        "badges": lambda d: exports.badges_to_json(exports.badges(d.registrations, d.event, key=key)),
        "iati": lambda d: wm.to_iati(
            d.pledges, reporting_organization=office, reference="XM-DAC-1", organization_type="40", stamped=NOW
        ),
        "timetable": lambda d: _picture(pictures.timetable(d, language="fr", seats=True)),
        "coverage": lambda d: _picture(pictures.coverage(d, language="ru")),
        "registrations": lambda d: _picture(pictures.registrations(d, by="mode", language="zh")),
        "pledges": lambda d: _picture(
            pictures.pledges(wm.totals(d.pledges, on=NOW.date(), by="country", as_last_known=True))
        ),
        "planning": lambda d: [planning.seats(d), planning.coverage(d)],
        "invites": lambda d: _each(d, lambda e, r: invitation.invite(e, r, **stamped)),
        "invites-es": lambda d: _each(d, lambda e, r: invitation.invite(e, r, **calendar, language="es")),
        "cancels": lambda d: _each(d, lambda e, r: invitation.cancel(e, r, **stamped, comment="Sorry.")),
        "by-session": lambda d: _mails(_made(invitation.invites(*_invitable(d), **stamped, by_session=True))),
        "updates": lambda d: _mails(_made(invitation.updates(*_changed(d), **stamped))),
        "letters": lambda d: _letters(invitation.letters(*_changed(d), **stamped)),
        "letters-by-session": lambda d: _letters(invitation.letters(*_changed(d), **stamped, by_session=True)),
        "reminders": lambda d: _letters(invitation.reminders(d, now=NOW, before=timedelta(days=300))),
        "publish": lambda d: _mails([invitation.publish(_invitable(d)[0], **calendar)]),
        "from-ical": lambda d: _imported(wm.from_ical(wm.to_ical(d.event, **calendar))),
        "from-jcal": lambda d: _imported(wm.from_jcal(wm.to_jcal(d.event, **stamped))),
        "from-jscalendar": lambda d: _imported(wm.from_jscalendar(wm.to_jscalendar(d.event, **stamped))),
        "from-schedule-1": lambda d: _imported(wm.from_schedule_json(wm.to_schedule_json(d.event, version="1"))),
        "from-schedule-2": lambda d: _imported(wm.from_schedule_json(wm.to_schedule_json(d.event, version="2"))),
    }


def _picture(picture: Any) -> list[str]:
    return [picture.svg, picture.html]


def _invitable(dossier: wm.Dossier) -> tuple[wm.Event, list[wm.Registration]]:
    """Return the event with an organizer who can write, and the registrations of people, approved where they can be."""
    office = wm.Organization(name=wm.LocalizedText(text="Office", language="en"), email=OFFICE)
    registrations = []
    for registration in dossier.registrations:
        if registration.participant is None:
            continue
        try:
            registrations.append(registration.approve(at=NOW))
        except wm.MoveError:
            registrations.append(registration)
    return attrs.evolve(dossier.event, organizer=office), registrations


def _each(dossier: wm.Dossier, write: Callable[[wm.Event, wm.Registration], Any]) -> list[object]:
    event, registrations = _invitable(dossier)
    written: list[object] = []
    for registration in registrations:
        try:
            written += _mails([write(event, registration)])
        except wm.MessageError as error:
            written.append(error.findings)
    return written


def _made(outcomes: Any) -> Iterator[Any]:
    """Yield the messages of a function that makes many, as far as they could be made."""
    return (message for outcome in outcomes if (message := getattr(outcome, "value", outcome)) is not None)


def _mails(messages: Any) -> list[bytes]:
    return [part for message in messages for part in (message.ics, bytes(invitation.mail(message, sender=OFFICE)))]


def _letters(letters: Any) -> list[object]:
    mails = [bytes(mail) for letter in letters for mail in letter.mails(sender=OFFICE)]
    return [letters.findings, *mails]


def _changed(dossier: wm.Dossier) -> tuple[wm.Dossier, wm.Dossier]:
    """Return a dossier of people who were invited, and the same after its event got another title."""
    event, registrations = _invitable(dossier)
    before = attrs.evolve(dossier, event=event, registrations=tuple(registrations))
    title = wm.LocalizedText(text="Another title", language="en")
    return before, attrs.evolve(before, event=event.revised(at=max(NOW, event.updated or NOW), title=title))


def _imported(read: Any) -> list[object]:
    return [read.findings, *map(wm.to_json, read.events)]


def text_of(value: object) -> str:
    """Return a written document as lines of text; objects by their repr."""
    match value:
        case bytes():
            return value.decode("utf-8", "backslashreplace").replace("\r\n", "\n")
        case str():
            return value
        case _ if isinstance(value, Iterator | list | tuple):
            return "\n".join(map(text_of, value))
        case _:
            return repr(value)


def write(drawn: Path, folder: Path) -> None:
    """Write all documents of each drawn dossier, one file a format."""
    folder.mkdir(parents=True, exist_ok=True)
    formats = writers()
    with ExitStack() as open_files:
        files = {
            name: open_files.enter_context(gzip.open(folder / f"{name}.jsonl.gz", "wt", compresslevel=1))
            for name in formats
        }
        for path in sorted(drawn.glob("*.json")):
            dossier = wm.from_json(wm.Dossier, path.read_bytes())
            for name, writer in formats.items():
                try:
                    text = text_of(writer(dossier))
                except wm.ModelError as error:
                    text = "\n".join(f"{type(error).__name__} {found}" for found in error.findings)
                files[name].write(json.dumps([path.stem, text]) + "\n")


def compare(before: Path, after: Path) -> bool:
    """Print how two sets of documents differ, and return whether they do."""
    differ = False
    for path in sorted(before.glob("*.gz")):
        changed = 0
        with gzip.open(path, "rt") as old, gzip.open(after / path.name, "rt") as new:
            for one, other in zip_longest(old, new, fillvalue='["", ""]'):
                if one == other:
                    continue
                (name, was), (_, now) = json.loads(one), json.loads(other)
                changed += 1
                if changed <= SHOWN:
                    lines = difflib.unified_diff(was.splitlines(), now.splitlines(), name, name, lineterm="", n=0)
                    print(*(line[:400] for line in islice(lines, 12)), sep="\n")
        print(f"{path.name.partition('.')[0]}: {changed or 'none'} differ")
        differ = differ or bool(changed)
    return differ


def main() -> None:
    """Draw, write or compare."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("verb", choices=["draw", "write", "compare"])
    parser.add_argument("folders", type=Path, nargs="+")
    asked = parser.parse_args()
    match asked.verb, *asked.folders:
        case "draw", folder:
            draw(folder, asked.count)
        case "write", drawn, folder:
            write(drawn, folder)
        case "compare", before, after:
            sys.exit(compare(before, after))
        case _:
            parser.error("draw takes one folder, write and compare two")


if __name__ == "__main__":
    main()
