"""`convert`: documents in other formats, out and in."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeVar

import click
from attrs import evolve
from click.core import ParameterSource

from wtisd_model.cli.io import (
    FILE,
    KIND_OPTION,
    KINDS,
    LINES,
    OUT_FILE,
    REMINDER,
    UTC_TIMES,
    InputFile,
    counted,
    current_time,
    deliver,
    duration,
    is_terminal,
    moment,
    read_at_most,
    require_apart,
    say,
    shown,
)
from wtisd_model.cli.jsonl import is_lines, outcomes_of, split
from wtisd_model.cli.report import DocumentError, as_text, load, refusals
from wtisd_model.columns.csv import Delimiter, to_csv
from wtisd_model.findings import Finding
from wtisd_model.formats.format import Format, losses
from wtisd_model.formats.imported import Imported, ImportedRecords
from wtisd_model.json.encoder import to_json
from wtisd_model.json.outcome import Outcome
from wtisd_model.model.documents import DOCUMENTS, schema_name
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.event import Event
from wtisd_model.model.interpretation import InterpretationRequest
from wtisd_model.model.pledge import Pledge
from wtisd_model.model.registration import Registration
from wtisd_model.model.session import Session
from wtisd_model.schema.fields import fields_of

T = TypeVar("T")


class Source(NamedTuple):
    """A format that is read."""

    load: Callable[[], tuple[Callable[..., "Imported | ImportedRecords[Any]"], int]]
    """Return its reader, and how many bytes that takes."""
    options: Mapping[str, str]
    """The options of `convert` that it takes, and the arguments of the reader that they are."""
    ending: str
    """How the names of its files end, if that says it."""


class Target(NamedTuple):
    """A format that an event is written in."""

    load: Callable[[], tuple[Callable[..., bytes], Format]]
    """Return its writer, and what the format carries."""
    options: frozenset[str] = frozenset({"language"})
    """The options of `convert` that it takes, which are arguments of the writer."""


def _ical_reader() -> tuple[Callable[..., Imported], int]:
    from wtisd_model.ical.importer.importer import from_ical
    from wtisd_model.ical.parser import CalendarLimits

    return from_ical, CalendarLimits().octets


def _ical_writer() -> tuple[Callable[..., bytes], Format]:
    from wtisd_model.ical.feed import to_ical
    from wtisd_model.ical.format import FORMAT

    return to_ical, FORMAT


def _jcal_reader() -> tuple[Callable[..., Imported], int]:
    from wtisd_model.ical.importer.importer import from_jcal
    from wtisd_model.ical.parser import CalendarLimits

    return from_jcal, CalendarLimits().octets


def _jcal_writer() -> tuple[Callable[..., bytes], Format]:
    from wtisd_model.ical.feed import to_jcal
    from wtisd_model.ical.format import JCAL

    return to_jcal, JCAL


def _jsonld_writer() -> tuple[Callable[..., bytes], Format]:
    from wtisd_model.jsonld.format import FORMAT
    from wtisd_model.jsonld.writer import to_jsonld

    return to_jsonld, FORMAT


def _cpev_writer() -> tuple[Callable[..., bytes], Format]:
    from wtisd_model.jsonld.format import CPEV_FORMAT
    from wtisd_model.jsonld.writer import to_jsonld

    return partial(to_jsonld, profile="cpev"), CPEV_FORMAT


_OF_CALENDARS: Final = {"zone": "zone", "source_language": "language", "expand": "expand"}
_FOR_CALENDARS: Final = frozenset({"language", "stamped", "utc", "reminders", "refresh"})

SOURCES: Final = {
    "ical": Source(_ical_reader, _OF_CALENDARS, ending=".ics"),
    "jcal": Source(_jcal_reader, _OF_CALENDARS, ending=".jcal"),
}
TARGETS: Final = {
    "ical": Target(_ical_writer, _FOR_CALENDARS),
    "jcal": Target(_jcal_writer, _FOR_CALENDARS),
    "jsonld": Target(_jsonld_writer),
    "cpev": Target(_cpev_writer),
}
_OWN: Final = "json"
_TABLE: Final = "csv"

_FOR_EVENTS: Final = frozenset({"uid"})
_FOR_OWN: Final = _FOR_EVENTS | {"indent"}
_FOR_TABLES: Final = frozenset({"language", "personal", "delimiter", "bom"})

_ROWS: Final[dict[type, Callable[[Dossier], tuple[object, ...]]]] = {
    Session: lambda dossier: dossier.event.sessions,
    Registration: lambda dossier: dossier.registrations,
    InterpretationRequest: lambda dossier: dossier.interpretation_requests,
    Pledge: lambda dossier: dossier.pledges,
}
"""The classes of rows, and where a dossier has them."""
_BESIDE_THE_EVENT: Final = frozenset(each.name for each in fields_of(Dossier)) - {"event"}

_ROW_KINDS: Final = tuple(schema_name(cls, submission=False) for cls in _ROWS)


@click.command("convert", short_help="Convert documents to and from other formats.")
@click.argument(
    "file", metavar="FILE", type=FILE, help="A document, JSON Lines or a file of others; - is standard input."
)
@click.option(
    "--to",
    "target",
    type=click.Choice((_OWN, *TARGETS, _TABLE)),
    default=_OWN,
    show_default=True,
    help="The format to write.",
)
@click.option(
    "--from",
    "source",
    type=click.Choice((_OWN, *SOURCES)),
    help="The format to read (default: what the name of the file says, or else json).",
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
    help="ical, jcal: the moment of this export (default: the last update of the event, or else the present moment).",
)
@UTC_TIMES
@REMINDER
@click.option(
    "--refresh", type=duration, metavar="DURATION", help="ical, jcal: how often calendars look for changes: P1D."
)
@click.option("--personal", is_flag=True, help="csv: include personal data, which are left out otherwise.")
@click.option(
    "--delimiter",
    type=click.Choice(("comma", "semicolon", "tab")),
    default="comma",
    show_default=True,
    help="csv: the delimiter of cells.",
)
@click.option("--bom", is_flag=True, help="csv: begin with a byte order mark, which Excel needs.")
@click.option("--zone", metavar="ZONE", help="From ical, jcal: the zone of times without one, such as Europe/Zurich.")
@click.option(
    "--source-language",
    metavar="TAG",
    default="und",
    show_default=True,
    help="From ical, jcal: the language of texts that do not state theirs.",
)
@click.option(
    "--expand",
    type=(moment, moment),
    metavar="FROM UNTIL",
    help="From ical, jcal: read the occurrences of recurring events between two moments, not only their first one.",
)
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

    json is our own format: the result is canonical, so that equal documents give equal bytes, and each document of
    several is a line. ical is an .ics file of an event and its sessions, to subscribe to; jcal is the same in JSON.
    jsonld describes them on a web page, in the words of schema.org, and cpev in those of the European Union. csv
    has a row for each registration, interpretation request, pledge or session: the lines of FILE, or what --as
    names in a dossier, which also has columns of the answers to the questions of its event; a spreadsheet takes no
    text in it for a formula.

    What the format cannot carry, and what was left out of a foreign file, is reported on standard error. Exit code 1
    means that a document has errors, or that a line or an event could not be read.
    """
    require_apart([file], out=out)
    source = source or next((name for name, each in SOURCES.items() if file.lower().endswith(each.ending)), _OWN)
    _require_applicable(ctx, source, target)
    work = _Conversion(file, source, kind, options, lines=lines or is_lines(file))
    with ExitStack() as stack:
        if target == _OWN:
            pieces = work.to_json(stack)
        elif target == _TABLE:
            pieces = work.to_table(stack)
        else:
            if kind not in {None, "event", "dossier"}:
                raise click.UsageError(f"--to {target} writes an event, or that of a dossier.")
            pieces = iter([work.to_event_format(stack, TARGETS[target])])
        deliver(pieces, out)
    ctx.exit(work.exit_code)


def _require_applicable(ctx: click.Context, source: str, target: str) -> None:
    """Refuse an option that neither the format that is read nor the one that is written takes."""
    written = {_OWN: _FOR_OWN, _TABLE: _FOR_TABLES} | {
        name: each.options | _FOR_EVENTS for name, each in TARGETS.items()
    }
    read = {_OWN: frozenset[str]()} | {name: frozenset(each.options) for name, each in SOURCES.items()}
    others = frozenset[str]().union(*written.values(), *read.values()) - written[target] - read[source]
    for option in ctx.command.params:
        if option.name in others and ctx.get_parameter_source(str(option.name)) is ParameterSource.COMMANDLINE:
            raise click.UsageError(f"{option.opts[0]} does not apply to --from {source} --to {target}.")


class _Conversion:
    """The documents of a file on their way into another format."""

    def __init__(self, file: str, source: str, kind: str | None, options: Mapping[str, Any], *, lines: bool) -> None:
        self._file, self._kind, self._options = file, kind, options
        self._source = SOURCES.get(source)
        self._is_lines = lines and self._source is None
        self.exit_code: int = 0
        """1 if a line or an object could not be read, and the others were."""

    def to_json(self, stack: ExitStack) -> Iterator[bytes]:
        """Yield each document as a line; one that is read alone has no line feed, except on a terminal."""
        if self._is_lines or self._source is not None:
            if self._options["indent"]:
                raise click.UsageError("--indent is for one document.")
            return (to_json(each) + b"\n" for each in self._documents(stack, DOCUMENTS, self._kind))
        compact = to_json(self._only([*self._documents(stack, DOCUMENTS, self._kind)]))
        if self._options["indent"]:
            return iter([indented(compact)])
        return iter([compact, b"\n"] if is_terminal(sys.stdout) else [compact])

    def to_event_format(self, stack: ExitStack, target: Target) -> bytes:
        """Return an event in a format of others, and report what that does not carry."""
        documents = self._documents(stack, (Event, Dossier), self._kind)
        document = self._only([each for each in documents if isinstance(each, Event | Dossier)])
        event, path = (document.event, "/event") if isinstance(document, Dossier) else (document, "")
        writer, format_ = target.load()
        options = {name: self._options[name] for name in target.options}
        if "stamped" in options and options["stamped"] is None and event.updated is None:
            options["stamped"] = current_time()
        with refusals(self._file, lambda found: found.prefixed(path)):
            written = writer(event, **options)
        not_carried = {**format_.not_carried, "Dossier": _BESIDE_THE_EVENT}
        self._report_losses(losses(evolve(format_, not_carried=not_carried), document))
        return written

    def _only(self, documents: Sequence[T]) -> T:
        """Return the only one of some documents.

        Raises:
            UsageError: there are others, or none.
        """
        if len(documents) != 1:
            raise click.UsageError(
                f"{shown(self._file)} has {counted(len(documents), 'such document')}; name one event with --uid UID."
            )
        return documents[0]

    def to_table(self, stack: ExitStack) -> Iterator[bytes]:
        """Yield a table with a row for each object of a class."""
        cls, event = KINDS.get(self._kind or ""), None
        if self._is_lines:
            cls, parts = split(stack.enter_context(InputFile(self._file)), self._kind)
            if cls not in _ROWS:
                next(parts, None)  # raises an error if the gzip is damaged at once
                raise click.UsageError(
                    f"The lines of {shown(self._file)} are not rows: {', '.join(_ROW_KINDS)}, by @type or by --as TYPE."
                )
            rows: Iterable[object] = self._accepted(outcomes_of(cls, parts))
        elif cls not in _ROWS:
            raise click.UsageError(
                f"Name the type of the rows with --as TYPE: {', '.join(_ROW_KINDS)}; for JSON Lines, use --lines."
            )
        else:
            documents = [*self._documents(stack, (Dossier, Event) if cls is Session else (Dossier,), None)]
            rows = [row for each in documents for row in self._rows(cls, each)]
            if cls is not Session and isinstance(documents[0], Dossier):
                event = documents[0].event
        delimiters: dict[str, Delimiter] = {"comma": ",", "semicolon": ";", "tab": "\t"}
        with refusals(self._file):
            return to_csv(
                cls,
                rows,
                personal=self._options["personal"],
                language=self._options["language"],
                event=event,
                delimiter=delimiters[self._options["delimiter"]],
                bom=self._options["bom"],
            )

    def _rows(self, cls: type, document: object) -> tuple[object, ...]:
        if isinstance(document, cls):
            return (document,)
        if isinstance(document, Dossier):
            return _ROWS[cls](document)
        if isinstance(document, Event) and cls is Session:
            return document.sessions
        raise click.UsageError(f"{shown(self._file)} has no rows of the type {self._kind}.")

    def _documents(self, stack: ExitStack, among: tuple[type, ...], kind: str | None) -> Iterator[object]:
        """Yield the documents of the file, or the one with the uid; of JSON that is not JSON Lines, one of a type."""
        documents: Iterable[object]
        if self._source is not None:
            documents = self._foreign(self._source)
        elif self._is_lines:
            cls, parts = split(stack.enter_context(InputFile(self._file)), kind)
            documents = self._accepted(outcomes_of(cls, parts))
        else:
            documents = [load(self._file, kind, among=among)]
        uid = self._options["uid"]
        return (each for each in documents if uid is None or uid == getattr(getattr(each, "event", each), "uid", None))

    def _foreign(self, source: Source) -> Iterable[object]:
        """Return the objects in a file of others, and report what was left out."""
        reader, most_bytes = source.load()
        options = {argument: self._options[option] for option, argument in source.options.items()}
        with refusals(self._file):
            found = reader(read_at_most(self._file, most_bytes + 1), **options)
        self._report(found.findings, found.omitted)
        return found.events if isinstance(found, Imported) else found.records

    def _accepted(self, outcomes: Iterable[Outcome[object]]) -> Iterator[object]:
        """Yield the objects of the lines that are not refused, and report the others."""
        for outcome in outcomes:
            if outcome.value is None:
                self.exit_code = DocumentError.exit_code
                say(as_text(self._file, outcome).rstrip("\n"))
            else:
                yield outcome.value

    def _report_losses(self, findings: Iterable[Finding]) -> None:
        """Report what a format does not carry in a line for each code: every format lacks many fields."""
        fields: dict[str, list[str]] = {}
        for each in findings:
            fields.setdefault(each.code, []).append(str(each.params["field"]))
        for code, names in fields.items():
            say(f"{shown(self._file)}: [{code}] warning: {', '.join(names)}")

    def _report(self, findings: Iterable[Finding], omitted: int = 0) -> None:
        outcome = Outcome[None](findings=tuple(findings), omitted=omitted)
        if not outcome.ok:
            self.exit_code = DocumentError.exit_code
        if outcome.findings:
            say(as_text(self._file, outcome).rstrip("\n"))


def indented(compact: bytes) -> bytes:
    """Return JSON with one member per line."""
    return f"{json.dumps(json.loads(compact), ensure_ascii=False, indent=2)}\n".encode()
