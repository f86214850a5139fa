"""`convert`: documents in other formats, out and in."""

from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final, TypeVar

import click
from click.core import ParameterSource

from wtisd_model.cli.conversion import Conversion
from wtisd_model.cli.formats import EVENT_FORMATS, INPUT_FORMATS, ROW_FORMATS
from wtisd_model.cli.io import (
    FILE,
    KIND_OPTION,
    LINES,
    OUT_FILE,
    REMINDER,
    UTC_TIMES,
    deliver,
    duration,
    moment,
    require_apart,
)
from wtisd_model.cli.jsonl import is_lines
from wtisd_model.model.registration import ListingConsent

T = TypeVar("T")


_OWN: Final = "json"
_TABLE: Final = "csv"

_READ: Final = (_OWN, *INPUT_FORMATS)
_WRITTEN: Final = (_OWN, *EVENT_FORMATS, _TABLE, *ROW_FORMATS)

_FOR_OWN: Final = frozenset({"uid", "indent"})
_FOR_TABLES: Final = frozenset({"language", "personal", "delimiter", "bom"})


@click.command("convert", short_help="Convert documents to and from other formats.")
@click.argument(
    "file", metavar="FILE", type=FILE, help="A document, JSON Lines or a file of others; - is standard input."
)
@click.option(
    "--to",
    "target",
    type=click.Choice(_WRITTEN),
    metavar="FORMAT",
    default=_OWN,
    help=f"The format to write: {', '.join(_WRITTEN)} (default: {_OWN}).",
)
@click.option(
    "--from",
    "source",
    type=click.Choice(_READ),
    metavar="FORMAT",
    help=f"The format to read: {', '.join(_READ)} (default: what the name of the file says, or else {_OWN}).",
)
@KIND_OPTION
@LINES
@OUT_FILE
@click.option("--uid", metavar="UID", help="The event to write, if FILE has several.")
@click.option("--language", metavar="TAG", help="The language of texts, such as fr (default: the original texts).")
@click.option("--indent", is_flag=True, help="json: one member per line, for people.")
@click.option(
    "--stamped",
    type=moment,
    metavar="MOMENT",
    help="The moment of this export, if the format has one (default: now, or for an event its last update, if stated).",
)
@UTC_TIMES
@REMINDER
@click.option(
    "--refresh", type=duration, metavar="DURATION", help="ical, jcal: how often calendars look for changes: P1D."
)
@click.option("--html", is_flag=True, help="ical, jcal: descriptions in HTML too.")
@click.option("--structured", is_flag=True, help="ical, jcal: people and places in components of RFC 9073 too.")
@click.option(
    "--deadlines", type=click.Choice(("entry", "task")), help="ical, jcal: deadlines of calls as entries or tasks."
)
@click.option(
    "--personal", is_flag=True, help="csv, jscalendar, iati: include personal data, which are left out otherwise."
)
@click.option(
    "--delimiter",
    type=click.Choice(("comma", "semicolon", "tab")),
    default="comma",
    show_default=True,
    help="csv: the delimiter of cells that are written.",
)
@click.option("--bom", is_flag=True, help="csv: begin with a byte order mark, which Excel needs.")
@click.option("--reference", metavar="ID", help="iati: the identifier of the organization that publishes.")
@click.option("--organization-type", metavar="CODE", help="iati: its code in IATI's list of types, such as 40.")
@click.option(
    "--sector",
    metavar="CODE",
    default="22040",
    show_default=True,
    help="iati: the purpose code of OECD DAC; the default is information and communication technology.",
)
@click.option("--equal-shares", is_flag=True, help="iati: countries without shares have equal ones.")
@click.option(
    "--audience",
    type=click.Choice((ListingConsent.EVERYONE.value, ListingConsent.PARTICIPANTS.value)),
    default=ListingConsent.EVERYONE.value,
    show_default=True,
    help="vcard: who may read the list.",
)
@click.option("--zone", metavar="ZONE", help="The zone of times without a known one, such as Europe/Zurich.")
@click.option(
    "--source-language",
    metavar="TAG",
    default="und",
    show_default=True,
    help="The language of texts that are read without one.",
)
@click.option(
    "--expand",
    type=(moment, moment),
    metavar="FROM UNTIL",
    help="Read the occurrences of recurring events between two moments, not only their first one.",
)
@click.option(
    "--place",
    type=(str, str, str),
    metavar="NAME TOWN COUNTRY",
    help="Where the rooms are that are read, such as Palexpo Geneva CH; a calendar does not state it.",
)
@click.option("--timetable", type=FILE, metavar="FILE", help="From indico: the timetable of the same events.")
@click.option("--event", "event_file", type=FILE, metavar="FILE", help="Registrations and rows of others: their event.")
@click.option("--attendance", metavar="MODE", help="From indico-registrations: how all take part, such as on-site.")
@click.option(
    "--mode",
    "modes",
    type=(str, str),
    metavar="PRODUCT MODE",
    multiple=True,
    help="From pretix: a ticket, as ITEM or ITEM:VARIATION, and its mode, such as on-site; for each ticket.",
)
@click.option(
    "--session",
    "sessions",
    type=(str, str),
    metavar="PRODUCT ID",
    multiple=True,
    help="From pretix: a product and the id of the session that it is for.",
)
@click.option("--subevent", type=int, metavar="NUMBER", help="From pretix: the date of a series of events.")
@click.option(
    "--column",
    "columns",
    type=(str, str),
    metavar="HEADER COLUMN",
    multiple=True,
    help="From csv: the column of this package that a header means; several are joined, and '' leaves it out.",
)
@click.option(
    "--default",
    "defaults",
    type=(str, str),
    metavar="COLUMN VALUE",
    multiple=True,
    help="From csv: the value of rows that have none.",
)
@click.option(
    "--word",
    "words",
    type=(str, str, str),
    metavar="COLUMN WORD OURS",
    multiple=True,
    help="From csv: what a word of the table means in a column of this package.",
)
@click.option("--date-format", metavar="FORMAT", help="From csv: how days are written, such as %d.%m.%Y.")
@click.option("--time-format", metavar="FORMAT", help="From csv: how times are written, such as %H.%M.")
@click.option("--datetime-format", metavar="FORMAT", help="From csv: how days with times are written.")
@click.option("--decimal", type=click.Choice((".", ",")), help="From csv: the decimal mark.")
@click.option("--separator", metavar="TEXT", default="|", show_default=True, help="From csv: between items of a list.")
@click.option("--country", metavar="CODE", help="From csv: the country of telephone numbers without a country code.")
@click.option("--encoding", metavar="NAME", help="From csv: the encoding, such as cp1252 (default: UTF-8).")
@click.pass_context
def convert(
    ctx: click.Context,
    /,
    *,
    file: str,
    target: str,
    source: str | None,
    kind: str | None,
    lines: bool,
    out: Path | None,
    **options: Any,
) -> None:
    """Read documents in one format and write them in another.

    json is our own format: equal documents give equal bytes, and each of several documents is a line. A csv, vcard or
    iati file has a row, card or activity for each object: for each line of FILE, or for each object of the type in a
    dossier. --as names the type for csv. All other formats are of an event and its sessions.

    What the format cannot carry, and what was left out of a foreign file, is reported on standard error. Exit code 1
    means that a document has errors, or that a line or an object could not be read.
    """
    require_apart([file], out=out)
    ours = (name for name, each in INPUT_FORMATS.items() if each.ending and file.lower().endswith(each.ending))
    source = source or next(ours, _OWN)
    _require_applicable(ctx, source, target)
    work = Conversion(file, source, kind, options, lines=lines or is_lines(file))
    with ExitStack() as stack:
        if target == _OWN:
            pieces = work.to_json(stack)
        elif target == _TABLE:
            pieces = work.to_table(stack)
        elif target in ROW_FORMATS:
            pieces = iter([work.to_row_format(stack, ROW_FORMATS[target])])
        else:
            if kind not in {None, "event", "dossier"}:
                raise click.UsageError(f"--to {target} writes an event, or that of a dossier.")
            pieces = iter([work.to_event_format(stack, EVENT_FORMATS[target])])
        deliver(pieces, out)
    work.report_losses()
    ctx.exit(work.exit_code)


def _require_applicable(ctx: click.Context, source: str, target: str) -> None:
    """Refuse an option that neither the format that is read nor the one that is written takes."""
    written = {name: each.options | {"uid"} for name, each in EVENT_FORMATS.items()}
    written |= {name: each.options for name, each in ROW_FORMATS.items()}
    written |= {_OWN: _FOR_OWN, _TABLE: _FOR_TABLES}
    read = {name: each.options for name, each in INPUT_FORMATS.items()} | {_OWN: frozenset[str]()}
    others = frozenset[str]().union(*written.values(), *read.values()) - written[target] - read[source]
    for option in ctx.command.params:
        if option.name in others and ctx.get_parameter_source(str(option.name)) is ParameterSource.COMMANDLINE:
            raise click.UsageError(f"{option.opts[0]} does not apply to --from {source} --to {target}.")
