"""`ical` and `json`: a document written for calendar programs, or as its canonical JSON."""

import json
import sys
from datetime import datetime, timedelta
from pathlib import Path

import click

from wtisd_model.cli.documents import load_sound
from wtisd_model.cli.parameters import FILE, KIND, KINDS, LENGTH, MOMENT, OUTPUT, present
from wtisd_model.cli.report import FoundError, readable
from wtisd_model.cli.streams import deliver, is_same, write
from wtisd_model.findings import ExportError, InvalidValueError
from wtisd_model.ical.feed import to_ical
from wtisd_model.json.encoder import to_json
from wtisd_model.json.outcome import Outcome
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.event import Event


@click.command("ical", short_help="Write an event for calendar programs.")
@click.argument("file", metavar="FILE", type=FILE, help="An event or a dossier in JSON; - is standard input.")
@click.option("--as", "kind", type=click.Choice(("event", "dossier")), help="What it is, where no @type says it.")
@click.option("--out", type=OUTPUT, metavar="FILE", help="The file to write, in place of what is there.")
@click.option("--language", metavar="TAG", help="Whose texts to choose, such as fr; otherwise the original ones.")
@click.option(
    "--stamped",
    type=MOMENT,
    metavar="MOMENT",
    help="The moment of this export; otherwise when the event was last updated, or else the present moment.",
)
@click.option("--utc", is_flag=True, help="Write all times in UTC, without time zones.")
@click.option(
    "--reminder",
    "reminders",
    type=LENGTH,
    metavar="DURATION",
    multiple=True,
    help="Remind so long before the start, such as PT15M; may be given several times.",
)
@click.option("--refresh", type=LENGTH, metavar="DURATION", help="How often calendars are to look for changes: P1D.")
def write_calendar(
    *,
    file: str,
    kind: str | None,
    out: Path | None,
    language: str | None,
    stamped: datetime | None,
    utc: bool,
    reminders: tuple[timedelta, ...],
    refresh: timedelta | None,
) -> None:
    """Write an event and its sessions as iCalendar, an .ics file to subscribe to.

    It goes to standard output, or with --out into a file. With one moment as --stamped, an equal event gives equal
    bytes wherever the time zone database is the same.
    """
    document = load_sound(file, kind, among=(Event, Dossier))
    event, place = (document.event, "/event") if isinstance(document, Dossier) else (document, "")
    if out is not None and is_same(file, out):
        raise click.UsageError("--out names the document that is read; it would be lost.")
    if stamped is None and event.updated is None:
        stamped = present()
    try:
        calendar = to_ical(event, stamped=stamped, language=language, reminders=reminders, refresh=refresh, utc=utc)
    except InvalidValueError as refused:
        error: click.ClickException = click.UsageError(str(refused))
    except ExportError as refused:
        findings = tuple(each.prefixed(place) for each in refused.findings)
        error = FoundError(readable(file, Outcome(findings=findings)).rstrip("\n"))
    else:
        deliver(calendar, out)
        return
    raise error


@click.command("json", short_help="Write a document as canonical JSON.")
@click.argument("file", metavar="FILE", type=FILE, help="A document in JSON; - is standard input.")
@click.option(
    "--as", "kind", type=KIND, metavar="TYPE", help=f"What it is, where no @type says it: {', '.join(KINDS)}."
)
@click.option("--indent", is_flag=True, help="One member a line, for people.")
def write_json(*, file: str, kind: str | None, indent: bool) -> None:
    """Read a document and write it back in canonical form: compact, keys in order.

    Equal documents give equal bytes, without a line feed at the end; a terminal gets one.
    """
    compact = to_json(load_sound(file, kind))
    if indent:
        write(indented(compact))
        return
    write(compact)
    if sys.stdout.isatty():
        write(b"\n")


def indented(compact: bytes) -> bytes:
    """Write canonical JSON with one member a line."""
    return f"{json.dumps(json.loads(compact), ensure_ascii=False, indent=2)}\n".encode()
