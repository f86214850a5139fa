"""`convert`: documents in other formats, out and in."""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from operator import methodcaller
from pathlib import Path
from typing import Any, Final, TypeVar

import click
from attrs import evolve

from wtisd_model.cli import console, formats, jsonl, loading, params, report
from wtisd_model.codes import Code
from wtisd_model.columns.csv import Delimiter, to_csv
from wtisd_model.columns.header import csv_format
from wtisd_model.json.encoder import to_json
from wtisd_model.json.lines import LineBlock
from wtisd_model.json.outcome import Outcome
from wtisd_model.model.documents import DOCUMENTS, SUBMISSIONS, schema_name, submissions_in
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.event import Event
from wtisd_model.model.interpreter import Interpreter
from wtisd_model.model.roster import Assignment, Booth, Roster
from wtisd_model.model.session import Session
from wtisd_model.programme.format import Format, losses
from wtisd_model.reading.imported import Imported
from wtisd_model.schema.fields import fields_of

T = TypeVar("T")

_ROWS: Final = (Session, *SUBMISSIONS)
"""The classes of rows."""
_ROW_KINDS: Final = ", ".join(schema_name(cls, submission=False) for cls in _ROWS)

_OF_ROSTER: Final[dict[str, tuple[type, str]]] = {
    "interpreter": (Interpreter, "interpreters"),
    "booth": (Booth, "booths"),
    "assignment": (Assignment, "assignments"),
}
"""The classes of rows that only a roster has, and the fields with them, by their names on the command line."""


class LossReport:
    """What the format that is written does not carry, by code: every format lacks many fields."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._lost: dict[str, list[str]] = {}

    def add(self, code: str, name: str) -> None:
        """Note the name of a field or of a status that is not carried."""
        names = self._lost.setdefault(code, [])
        if name not in names:
            names.append(name)

    def note(self, format_: Format, thing: T) -> T:
        """Note what a format does not carry of a thing that is written, and return the thing."""
        for loss in losses(format_, thing):
            self.add(loss.code, str(loss.params.get("field") or loss.params["status"]))
        return thing

    def report(self) -> None:
        """Report what was noted, in a line for each code."""
        for code, names in self._lost.items():
            console.say(f"{self._name}: [{code}] warning: {', '.join(names)}")


class SourceFile:
    """The documents of a file, in JSON, JSON Lines or a format of others; the file is open as long as *stack*."""

    def __init__(
        self, file: str, source: str, kind: str | None, options: formats.FormatOptions, stack: ExitStack, *, lines: bool
    ) -> None:
        self.file: str = file
        self.name: str = console.name_of(file)
        self._kind, self._options, self._stack = kind, options, stack
        self._format = formats.INPUT_FORMATS.get(source)
        self._is_lines = lines and self._format is None
        self.has_several: bool = self._is_lines or self._format is not None
        """False if it is a single document."""
        self.exit_code: int = 0
        """1 if a line or an object could not be read, and the others were."""
        self.losses: LossReport = LossReport(self.name)

    def documents(self, among: tuple[type, ...]) -> Iterator[Any]:
        """Yield the documents, or the one with the uid; one that is read alone has one of these types."""
        return self._documents(among, self._kind)

    def only(self, among: tuple[type, ...]) -> Any:
        """Return the only document of one of these types, or raise a UsageError if there are others, or none."""
        documents = self.several(among)
        if len(documents) > 1:
            number = console.counted(len(documents), "document")
            raise click.UsageError(f"{self.name} has {number}; name one event with --uid UID.")
        return documents[0]

    def several(self, among: tuple[type, ...], *, or_none: bool = False) -> list[Any]:
        """Return the documents of one of these types, or raise a UsageError if there are none, unless *or_none*."""
        documents = [document for document in self.documents(among) if isinstance(document, among)]
        if not (documents or or_none):
            raise click.UsageError(f"{self.name} has no such document.")
        return documents

    def objects(self) -> tuple[type, Iterable[object], Event | None]:
        """Return the class of the objects that are rows, these, and the event whose questions they answer."""
        if self._kind in _OF_ROSTER:
            row, name = _OF_ROSTER[self._kind]
            return row, getattr(loading.load(self.file, None, among=(Roster,)), name), None
        cls = params.KINDS.get(self._kind or "")
        if self._is_lines:
            stated, parts = self._split(self._kind)
            if stated not in _ROWS or cls not in {stated, None}:
                next(parts, None)  # raises an error if the gzip is damaged at once
                raise click.UsageError(
                    f"The lines of {self.name} are not rows: {_ROW_KINDS}, by @type or by --as TYPE."
                )
            return stated, self._require_any(self._accepted(jsonl.outcomes_of(stated, parts))), None
        if cls not in _ROWS:
            raise click.UsageError(
                f"Name the type of the rows with --as TYPE: {_ROW_KINDS}, or of a roster {', '.join(_OF_ROSTER)};"
                " for JSON Lines, use --lines."
            )
        documents = [*self._documents((Dossier, Event) if cls is Session else (Dossier,), None)]
        event = next((document.event for document in documents if isinstance(document, Dossier)), None)
        rows = (row for document in documents for row in self._rows(cls, document))
        return cls, rows, None if cls is Session else event

    def _rows(self, cls: type, document: object) -> tuple[object, ...]:
        if isinstance(document, cls):
            return (document,)
        if isinstance(document, Dossier):
            return document.event.sessions if cls is Session else submissions_in(document)[cls]
        if isinstance(document, Event) and cls is Session:
            return document.sessions
        raise click.UsageError(f"{self.name} has no {schema_name(cls, submission=False)}.")

    def _split(self, kind: str | None) -> tuple[type, Iterator[LineBlock]]:
        return jsonl.split(self._stack.enter_context(console.InputFile(self.file)), kind)

    def _documents(self, among: tuple[type, ...], kind: str | None) -> Iterator[Any]:
        documents: Iterable[Any]
        if self._format is not None:
            documents = self._foreign(self._format)
        elif self._is_lines:
            documents = self._accepted(jsonl.outcomes_of(*self._split(kind)))
        else:
            try:
                documents = [loading.load(self.file, kind, among=among)]
            except loading.UntypedError as error:
                advice = "If another program wrote it, name its format with --from."
                raise loading.UntypedError(f"{error.message} {advice}") from None
        uid = self._options["uid"]
        for document in self._require_any(documents):
            if uid is None or uid == getattr(getattr(document, "event", document), "uid", None):
                yield document

    def _foreign(self, source: formats.InputFormat) -> Iterable[object]:
        """Return the objects in a file of others, and report what was left out."""
        with report.refusals(self.file):
            imported: formats.ReadObjects = source.read(self.file, params.KINDS.get(self._kind or ""), self._options)
        if not isinstance(imported, Imported):
            return self._accepted(imported)
        self._report(Outcome(findings=imported.findings, omitted=imported.omitted))
        for name in ("method", "attendees"):  # they have no place in an Event
            if getattr(imported, name):
                self.losses.add(Code.FIELD_NOT_CARRIED, f"Imported.{name}")
        return imported.events

    def _accepted(self, outcomes: Iterable[Outcome[object]]) -> Iterator[object]:
        """Yield the objects of the lines that are not refused, and report what was found in each line."""
        with report.refusals(self.file):
            for outcome in outcomes:
                self._report(outcome)
                if outcome.value is not None:
                    yield outcome.value

    def _require_any(self, objects: Iterable[object]) -> Iterator[object]:
        """Yield objects; if errors left none, raise, so that an empty result does not replace an older file."""
        is_empty = True
        for thing in objects:
            is_empty = False
            yield thing
        if is_empty and self.exit_code:
            raise report.DocumentError(f"{self.name}: nothing could be read, so nothing is written.")

    def _report(self, outcome: Outcome[Any]) -> None:
        if not outcome.ok:
            self.exit_code = report.DocumentError.exit_code
        if outcome.findings:
            report.tell(self.file, outcome)


def _to_json(source: SourceFile, options: formats.FormatOptions) -> Iterable[bytes]:
    """Return each document as a line; one that is read alone has no line feed, except on a terminal."""
    if options["indent"]:
        return [indented(to_json(source.only(DOCUMENTS)))]
    if source.has_several:
        return (to_json(document) + b"\n" for document in source.documents(DOCUMENTS))
    return [to_json(source.only(DOCUMENTS)), *([b"\n"] if sys.stdout is not None and sys.stdout.isatty() else [])]


def _to_event_format(
    sources: Sequence[SourceFile], target: formats.EventFormat, options: formats.FormatOptions
) -> Iterable[bytes]:
    """Return an event, or several in one calendar, in a format of others, and note what that does not carry."""
    among = (Event, Dossier)
    chooses = len(sources) > 1 and options["uid"] is not None  # one of all files
    documents: list[tuple[SourceFile, Event | Dossier]] = [
        (source, document)
        for source in sources
        for document in (source.several(among, or_none=chooses) if target.takes_several else [source.only(among)])
    ]
    if not documents:
        raise click.UsageError("No file has such a document.")
    events = [document.event if isinstance(document, Dossier) else document for _, document in documents]
    format_ = target.carries(options)
    listed = format_.as_text.get("Dossier", frozenset[str]())
    given = {name: options[name] for name in target.options}
    if "stamped" in given and given["stamped"] is None and any(event.updated is None for event in events):
        given["stamped"] = params.current_time()
    several = [document for _, document in documents]
    # Of several, a path begins with the index of one.
    is_dossier = len(several) == 1 and several[0] is not events[0]
    files = dict.fromkeys(source.file for source, _ in documents)
    with report.refusals(", ".join(files), methodcaller("prefixed", "/event" * is_dossier)):
        written = target.write(several if len(several) > 1 else several[0], **given)
    beside_the_event = frozenset(spec.name for spec in fields_of(Dossier)) - {"event"}
    noted = evolve(format_, not_carried={**format_.not_carried, "Dossier": beside_the_event - listed})
    for source, document in documents:
        source.losses.note(noted, document)
    return [written]


def _to_table(source: SourceFile, options: formats.FormatOptions) -> Iterable[bytes]:
    """Return a table with a row for each object of a class."""
    cls, rows, event = source.objects()
    delimiters: dict[str, Delimiter] = {"comma": ",", "semicolon": ";", "tab": "\t"}
    format_ = csv_format(cls, with_answers=event is not None)
    given = {name: options[name] for name in ("personal", "language", "bom")}
    with report.refusals(source.file):
        noted = (source.losses.note(format_, row) for row in rows)
        return to_csv(cls, noted, event=event, delimiter=delimiters[options["delimiter"]], **given)


def indented(compact: bytes) -> bytes:
    """Return JSON with one member per line."""
    return f"{json.dumps(json.loads(compact), ensure_ascii=False, indent=2)}\n".encode()


_OWN: Final = "json"
_TABLE: Final = "csv"

_READ: Final = (_OWN, *formats.INPUT_FORMATS)
_WRITTEN: Final = (_OWN, *formats.EVENT_FORMATS, _TABLE)


@params.command("convert")
@params.files(
    metavar="FILE...",
    meaning="A document, JSON Lines or a file of others; - is standard input. Several become one calendar.",
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
@click.option(
    "--as",
    "kind",
    type=click.Choice((*params.KINDS, *_OF_ROSTER)),
    metavar="TYPE",
    help=f"The type of documents without @type, or of rows: {', '.join((*params.KINDS, *_OF_ROSTER))}.",
)
@params.LINES
@params.OUT_FILE
@click.option("--uid", metavar="UID", help="The event to write, if there are several.")
@click.option("--language", metavar="TAG", help="The language of texts, such as fr (default: the original texts).")
@params.LANGUAGE_FOLDERS
@click.option("--indent", is_flag=True, help="json: one member per line, for people.")
@formats.CALENDAR_OPTIONS
@formats.TABLE_OPTIONS
@formats.EVENT_READING_OPTIONS
@formats.TABLE_READING_OPTIONS
@click.pass_context
def convert(
    ctx: click.Context,
    /,
    *,
    files: tuple[str, ...],
    target: str,
    source: str | None,
    kind: str | None,
    lines: bool,
    out: Path | None,
    **options: Any,
) -> None:
    """Read documents in one format and write them in another.

    json is our own format: equal documents give equal bytes, and each of several documents is a line. csv has a row for
    each line of FILE, or for each object in a dossier of the type that --as names. All other formats are of an event
    and its sessions; ical, jcal and jscalendar also have several events, of one FILE or more, in one calendar.

    What the format cannot carry, and what was left out of a foreign file, is reported on standard error. Exit code 1
    means that a document has errors, or that a line or an object could not be read.
    """
    params.require_apart(list(files), out=out)
    if len(files) > 1 and not (target in formats.EVENT_FORMATS and formats.EVENT_FORMATS[target].takes_several):
        raise click.UsageError(f"--to {target} takes a single FILE.")
    read_formats = [source or _format_of(file) for file in files]
    _require_applicable(ctx, read_formats, target)
    with ExitStack() as stack:
        sources = [
            SourceFile(file, read_format, kind, options, stack, lines=lines or jsonl.is_lines(file))
            for file, read_format in zip(files, read_formats, strict=True)
        ]
        read = sources[0]
        if kind in _OF_ROSTER and (target != _TABLE or read.has_several):
            raise click.UsageError(
                f"--as {kind} is for --to {_TABLE} of a roster in JSON."
                " A table of interpreters or booths is read by roster, with --interpreters or --booths."
            )
        if target == _OWN:
            pieces = _to_json(read, options)
        elif target == _TABLE:
            pieces = _to_table(read, options)
        else:
            if kind not in {None, "event", "dossier"}:
                raise click.UsageError(f"--to {target} writes an event, or that of a dossier.")
            pieces = _to_event_format(sources, formats.EVENT_FORMATS[target], options)
        console.deliver(pieces, out)
    for each in sources:
        each.losses.report()
    ctx.exit(max(each.exit_code for each in sources))


def _format_of(file: str) -> str:
    """Return the format that the name of a file says."""
    ours = (
        name
        for name, read_format in formats.INPUT_FORMATS.items()
        if read_format.ending and file.lower().endswith(read_format.ending)
    )
    return next(ours, _OWN)


def _require_applicable(ctx: click.Context, sources: Sequence[str], target: str) -> None:
    """Refuse an option that neither a format that is read nor the one that is written takes."""
    written = {name: written_format.options | {"uid"} for name, written_format in formats.EVENT_FORMATS.items()}
    written |= {_OWN: frozenset({"uid", "indent"}), _TABLE: frozenset({"language", "personal", "delimiter", "bom"})}
    read = {name: read_format.options for name, read_format in formats.INPUT_FORMATS.items()} | {_OWN: frozenset[str]()}
    others = frozenset[str]().union(*written.values(), *read.values()) - written[target]
    others = others.difference(*(read[source] for source in sources))
    params.refuse_given(ctx, others, f"--from {sources[0]} --to {target}")
