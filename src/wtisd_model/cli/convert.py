"""`json`, `csv`, `ical`, `import`, `reply` and `schema`: documents in other formats, and their schemas."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
from attrs import evolve

from wtisd_model.cli.io import (
    EVENT_KIND,
    FILE,
    KIND,
    KIND_OPTION,
    KINDS,
    LINES,
    OUT_FILE,
    OUTPUT,
    REMINDER,
    STANDARD,
    UTC_TIMES,
    InputFile,
    OutputFile,
    UnreadableError,
    current_time,
    deliver,
    duration,
    make_folder,
    moment,
    read_at_most,
    replaced_note,
    require_apart,
    say,
    shown,
    write,
    write_file,
)
from wtisd_model.cli.jsonl import is_lines, outcomes_of, split
from wtisd_model.cli.report import DocumentError, as_text, load, refusals, require_submission, slot_object
from wtisd_model.codes import Code
from wtisd_model.findings import Finding, InvalidValueError, MessageError, finding
from wtisd_model.ical.feed import to_ical
from wtisd_model.json.encoder import to_json
from wtisd_model.json.outcome import Outcome
from wtisd_model.model.documents import schema_name
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.event import Event
from wtisd_model.model.interpretation import InterpretationRequest
from wtisd_model.model.pledge import Pledge
from wtisd_model.model.registration import Registration
from wtisd_model.model.session import Session

if TYPE_CHECKING:
    from wtisd_model.invitation.receive import IncomingReply


@click.command("json", short_help="Write a document as canonical JSON.")
@click.argument("file", metavar="FILE", type=FILE, help="A document in JSON; - is standard input.")
@KIND_OPTION
@click.option("--indent", is_flag=True, help="One member per line, for people.")
def write_json(*, file: str, kind: str | None, indent: bool) -> None:
    """Read a document and write it in canonical form: compact, with the keys in order.

    Equal documents give equal bytes, without a line feed at the end; a terminal gets one.
    """
    compact = to_json(load(file, kind))
    write(indented(compact) if indent else compact)
    if not indent and sys.stdout.isatty():
        write(b"\n")


def indented(compact: bytes) -> bytes:
    """Return JSON with one member per line."""
    return f"{json.dumps(json.loads(compact), ensure_ascii=False, indent=2)}\n".encode()


_ROWS: Final[dict[type, Callable[[Dossier], tuple[object, ...]]]] = {
    Session: lambda dossier: dossier.event.sessions,
    Registration: lambda dossier: dossier.registrations,
    InterpretationRequest: lambda dossier: dossier.interpretation_requests,
    Pledge: lambda dossier: dossier.pledges,
}
"""The classes of rows, and where a dossier has them."""

_ROW_KINDS: Final = tuple(schema_name(cls, submission=False) for cls in _ROWS)


@click.command("csv", short_help="Write registrations, requests, pledges or sessions as CSV.")
@click.argument(
    "file",
    metavar="FILE",
    type=FILE,
    help="JSON Lines, or a dossier in JSON, or an event for its sessions; - is standard input.",
)
@click.option(
    "--as",
    "kind",
    type=click.Choice(_ROW_KINDS),
    metavar="TYPE",
    help=f"The type of the rows: {', '.join(_ROW_KINDS)}. Not needed for JSON Lines with @type.",
)
@LINES
@click.option("--personal", is_flag=True, help="Include personal data, which are left out otherwise.")
@click.option("--language", metavar="TAG", help="The language of texts, such as fr (default: the original texts).")
@click.option(
    "--delimiter",
    type=click.Choice(("comma", "semicolon", "tab")),
    default="comma",
    show_default=True,
    help="The delimiter of cells.",
)
@click.option("--bom", is_flag=True, help="Begin with a byte order mark, which Excel needs.")
@OUT_FILE
@click.pass_context
def write_csv(
    ctx: click.Context,
    /,
    *,
    file: str,
    kind: str | None,
    lines: bool,
    personal: bool,
    language: str | None,
    delimiter: str,
    bom: bool,
    out: Path | None,
) -> None:
    """Write registrations, interpretation requests, pledges or sessions as CSV, one row for each.

    They are the lines of FILE, or what --as names in a dossier, which also has columns of the answers to the questions
    of its event. A spreadsheet takes no text in the table for a formula.
    Refused lines are reported on standard error and left out.

    Exit code 1 means that lines were refused or that the dossier has errors.
    """
    from wtisd_model.columns.csv import Delimiter, to_csv

    delimiters: dict[str, Delimiter] = {"comma": ",", "semicolon": ";", "tab": "\t"}
    exit_code = 0

    def rows_of(outcomes: Iterable[Outcome[object]]) -> Iterator[object]:
        nonlocal exit_code
        for outcome in outcomes:
            if outcome.value is None:
                exit_code = 1
                say(as_text(file, outcome).rstrip("\n"))
            else:
                yield outcome.value

    require_apart([file], out=out)
    with ExitStack() as stack:
        rows: Iterable[object]
        event: Event | None = None
        if lines or is_lines(file):
            cls, parts = split(stack.enter_context(InputFile(file)), kind)
            if cls not in _ROWS:
                next(parts, None)  # raises an error if the gzip is damaged at once
                raise click.UsageError(
                    f"The lines of {shown(file)} are not rows: {', '.join(_ROW_KINDS)}, by @type or by --as TYPE."
                )
            rows = rows_of(outcomes_of(cls, parts))
        elif kind is None:
            raise click.UsageError("Name the type of the rows with --as TYPE; for JSON Lines, use --lines.")
        else:
            cls = KINDS[kind]
            document: Dossier | Event = load(file, None, among=(Dossier, Event) if cls is Session else (Dossier,))
            event = document.event if isinstance(document, Dossier) and cls is not Session else None
            rows = _ROWS[cls](document) if isinstance(document, Dossier) else document.sessions
        with refusals(file):
            table = to_csv(
                cls,
                rows,
                personal=personal,
                language=language,
                event=event,
                delimiter=delimiters[delimiter],
                bom=bom,
            )
        to = write if out is None or str(out) == STANDARD else stack.enter_context(OutputFile(out)).write
        for chunk in table:
            to(chunk)
    ctx.exit(exit_code)


@click.command("ical", short_help="Write an event for calendar programs.")
@click.argument("file", metavar="EVENT", type=FILE, help="An event or a dossier in JSON; - is standard input.")
@EVENT_KIND
@OUT_FILE
@click.option("--language", metavar="TAG", help="The language of texts, such as fr (default: the original texts).")
@click.option(
    "--stamped",
    type=moment,
    metavar="MOMENT",
    help="The moment of this export (default: the last update of the event, or else the present moment).",
)
@UTC_TIMES
@REMINDER
@click.option("--refresh", type=duration, metavar="DURATION", help="How often calendars look for changes, such as P1D.")
def write_calendar(*, file: str, kind: str | None, out: Path | None, stamped: datetime | None, **options: Any) -> None:
    """Write an event and its sessions as iCalendar, an .ics file to subscribe to.

    The result goes to standard output, or to the file of --out. With the same --stamped, equal events give equal bytes
    wherever the time zone database is the same.
    """
    require_apart([file], out=out)
    document: Event | Dossier = load(file, kind, among=(Event, Dossier))
    event, path = (document.event, "/event") if isinstance(document, Dossier) else (document, "")
    if stamped is None and event.updated is None:
        stamped = current_time()
    with refusals(file, lambda found: found.prefixed(path)):
        calendar = to_ical(event, stamped=stamped, **options)
    deliver(calendar, out)


@click.command("import", short_help="Read a calendar file of others.")
@click.argument("file", metavar="FILE", type=FILE, help="An .ics file; - is standard input.")
@click.option("--zone", metavar="ZONE", help="The zone of times without one, such as Europe/Zurich.")
@click.option(
    "--language", metavar="TAG", default="und", help="The language of texts that do not state theirs (default: und)."
)
@click.option(
    "--expand",
    type=(moment, moment),
    metavar="FROM UNTIL",
    help="Read the occurrences of recurring events between two moments, not only their first one.",
)
@OUT_FILE
def import_calendar(
    *, file: str, zone: str | None, language: str, expand: tuple[datetime, datetime] | None, out: Path | None
) -> None:
    """Read the events of an iCalendar file, and write each as a line of JSON.

    What was left out or changed is reported on standard error. Exit code 1 means that an event could not be read.
    """
    from wtisd_model.ical.importer.importer import from_ical
    from wtisd_model.ical.parser import CalendarLimits

    require_apart([file], out=out)
    with refusals(file):
        content = read_at_most(file, CalendarLimits().octets + 1)
        imported = from_ical(content, zone=zone, language=language, expand=expand)
    deliver(b"".join(to_json(each) + b"\n" for each in imported.events), out)
    outcome = Outcome[None](findings=imported.findings, omitted=imported.omitted)
    if not imported.ok:
        raise DocumentError.of(file, outcome)
    say(as_text(file, outcome).rstrip("\n"))


@click.command("reply", short_help="Read replies to invitations.")
@click.argument(
    "files", metavar="FILE...", type=FILE, nargs=-1, required=True, help="Mails or .ics files; - is standard input."
)
@click.option(
    "--sender",
    metavar="ADDRESS",
    help="The address that the mail server has authenticated (default: that of From, which anybody can write).",
)
@click.option(
    "--dossier", "dossier_file", type=FILE, metavar="FILE", help="Add the replies to the registrations of this dossier."
)
@click.option("--registration", metavar="ID", help="Whose replies these are, if several people share the address.")
@click.option("--assistants", is_flag=True, help="Add replies that somebody else sent for the person (SENT-BY) too.")
@OUT_FILE
@click.pass_context
def read_replies(
    ctx: click.Context,
    /,
    *,
    files: tuple[str, ...],
    sender: str | None,
    dossier_file: str | None,
    registration: str | None,
    assistants: bool,
    out: Path | None,
) -> None:
    """Read replies to invitations: accepted, declined, another time.

    Each reply becomes a line of JSON; files without a reply are reported, and the others are read. With --dossier, the
    dossier is written with all replies in it, or nothing if one file has none that belongs to it. Nothing is sent.

    Exit codes: 0 all files have replies, 1 a file has none or one that is refused, 3 a file cannot be read.
    """
    from wtisd_model.invitation.apply import apply

    # A dossier may be written over by itself with its replies.
    require_apart([*files, *([dossier_file] if dossier_file and dossier_file != str(out) else [])], out=out)
    dossier: Dossier | None = None if dossier_file is None else load(dossier_file, None, among=(Dossier,))
    slot = None if dossier is None else dossier.event.slot
    zone = None if slot is None else slot.time_zone
    replies: dict[str, IncomingReply] = {}
    refused: dict[str, tuple[Finding, ...]] = {}
    worst = 0
    for file in files:
        try:
            reply = replies[file] = evolve(_read_reply(file, sender, zone), registration_id=registration)
        except MessageError as error:
            refused[file] = error.findings
            continue
        except UnreadableError as error:
            say(f"Error: {error.message}")
            worst = error.exit_code
            continue
        if reply.findings:
            say(as_text(file, Outcome[None](findings=reply.findings)).rstrip("\n"))
        if dossier is not None and reply.sent_by and not assistants:
            refused[file] = (finding(Code.ANSWERED_FOR_ANOTHER),)  # which anybody can claim
    if dossier is None:
        deliver(b"".join(map(_reply_line, replies.values())), out)
    elif not refused and not worst:
        try:
            dossier = apply(dossier, tuple(replies.values()))
        except MessageError as error:
            for found in error.findings:
                _, _, index, *path = found.path.split("/")
                file = [*replies][int(index)]
                refused[file] = (*refused.get(file, ()), evolve(found, path="/" + "/".join(path)))
        else:
            deliver(to_json(dossier), out)
    for file, findings in refused.items():
        say(as_text(file, Outcome[None](findings=findings)).rstrip("\n"))
        worst = max(worst, DocumentError.exit_code)
    ctx.exit(worst)


def _read_reply(file: str, sender: str | None, zone: str | None) -> "IncomingReply":
    """Read the reply in a file, about an event in a zone if that is known."""
    from wtisd_model.invitation.mail_parts import MOST_BYTES, from_address
    from wtisd_model.invitation.receive import read_reply

    data = read_at_most(file, MOST_BYTES + 1)
    address = from_address(data) if sender is None else sender
    if address is None:
        raise MessageError(finding(Code.SENDER_MISSING))
    try:
        return read_reply(data, sender=address, zone=zone)
    except InvalidValueError as error:
        raise click.UsageError(" ".join(map(str, error.findings))) from None


def _reply_line(reply: "IncomingReply") -> bytes:
    """Return a reply as a line of JSON, with the names that our documents use."""
    members: dict[str, object] = {
        "method": reply.method.lower(),
        "uid": reply.uid,
        "sequence": reply.sequence,
        "at": reply.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "attendee": reply.attendee,
        "status": reply.status.value,
        "sentBy": reply.sent_by,
        "delegatedTo": list(reply.delegated_to),
        "delegatedFrom": list(reply.delegated_from),
        "comment": reply.comment,
        "proposal": None if reply.proposal is None else slot_object(reply.proposal),
        "proposedLocation": reply.proposed_location,
    }
    kept = {key: value for key, value in members.items() if value not in (None, [])}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


@click.command("schema", short_help="Write JSON Schemas.")
@click.argument("kind", metavar="[TYPE]", type=KIND, required=False, help=f"One of {', '.join(KINDS)}.")
@click.option("--submission", is_flag=True, help="The schema for submissions, without what the office sets.")
@click.option("--out", type=OUTPUT, metavar="DIR", help="Write all schemas to this folder, and replace older ones.")
def write_schema(*, kind: str | None, submission: bool, out: Path | None) -> None:
    """Write the JSON Schema (2020-12) of a type, or with --out all of them and their types in TypeScript."""
    if out is not None:
        if kind is not None or submission:
            raise click.UsageError("--out writes all schemas, also those for submissions; use it alone.")
        make_folder(out)
        replaced = [write_file(out / name, content) for name, content in schema_files()]
        say(f"Wrote {len(replaced)} files into {shown(str(out))}{replaced_note(sum(replaced))}.")
    elif kind is None:
        raise click.UsageError("Name a TYPE, or use --out DIR for all of them.")
    else:
        if submission:
            require_submission(KINDS[kind], "--submission")
        write(_schema(KINDS[kind], submission=submission))


def schema_files() -> Iterator[tuple[str, bytes]]:
    """Yield the name and the content of each schema file, and of their types in TypeScript."""
    for each in sorted(files("wtisd_model.json").joinpath("schemas").iterdir(), key=lambda each: each.name):
        yield each.name, each.read_bytes()


def _schema(cls: type, *, submission: bool) -> bytes:
    from wtisd_model.json.json_schema import as_file
    from wtisd_model.json.schema_files import json_schema

    return as_file(json_schema(cls, submission=submission)).encode()
