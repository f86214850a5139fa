"""`convert`: documents in other formats, out and in."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
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
from wtisd_model.model.session import Session
from wtisd_model.programme.format import Format, losses
from wtisd_model.reading.imported import Imported, ImportedRecords
from wtisd_model.schema.fields import fields_of

T = TypeVar("T")

_ROWS: Final = (Session, *SUBMISSIONS)
"""The classes of rows."""
_ROW_KINDS: Final = ", ".join(schema_name(cls, submission=False) for cls in _ROWS)


class Conversion:
    """The documents of a file on their way into another format; the file is open as long as *stack*."""

    def __init__(
        self, file: str, source: str, kind: str | None, options: Mapping[str, Any], stack: ExitStack, *, lines: bool
    ) -> None:
        self._file, self._kind, self._options, self._stack = file, kind, options, stack
        self._name = console.name_of(file)
        self._source = formats.INPUT_FORMATS.get(source)
        self._is_lines = lines and self._source is None
        self.exit_code: int = 0
        """1 if a line or an object could not be read, and the others were."""
        self._lost: dict[str, list[str]] = {}
        """The names of the fields that the format does not carry, by code."""

    def to_json(self) -> Iterable[bytes]:
        """Return each document as a line; one that is read alone has no line feed, except on a terminal."""
        documents = self._documents(DOCUMENTS, self._kind)
        if self._options["indent"]:
            return [indented(to_json(self._only([*documents])))]
        if self._is_lines or self._source is not None:
            return (to_json(document) + b"\n" for document in documents)
        return [to_json(self._only([*documents])), *([b"\n"] if sys.stdout is not None and sys.stdout.isatty() else [])]

    def to_event_format(self, target: formats.EventFormat) -> Iterable[bytes]:
        """Return an event in a format of others, and note what that does not carry."""
        documents = self._documents((Event, Dossier), self._kind)
        document = self._only([document for document in documents if isinstance(document, Event | Dossier)])
        event, path = (document.event, "/event") if isinstance(document, Dossier) else (document, "")
        format_ = target.carries(self._options)
        listed = format_.as_text.get("Dossier", frozenset[str]())
        options = {name: self._options[name] for name in target.options}
        if "stamped" in options and options["stamped"] is None and event.updated is None:
            options["stamped"] = params.current_time()
        with report.refusals(self._file, lambda found: found.prefixed(path)):
            written = target.write(document, **options)
        beside_the_event = frozenset(spec.name for spec in fields_of(Dossier)) - {"event"}
        not_carried = {**format_.not_carried, "Dossier": beside_the_event - listed}
        self._note_losses(evolve(format_, not_carried=not_carried), document)
        return [written]

    def _only(self, documents: Sequence[T]) -> T:
        """Return the only one of some documents, or raise a UsageError if there are others, or none."""
        if not documents:
            raise click.UsageError(f"{self._name} has no such document.")
        if len(documents) > 1:
            number = console.counted(len(documents), "document")
            raise click.UsageError(f"{self._name} has {number}; name one event with --uid UID.")
        return documents[0]

    def to_table(self) -> Iterable[bytes]:
        """Return a table with a row for each object of a class."""
        cls, rows, event = self._objects(params.KINDS.get(self._kind or ""))
        delimiters: dict[str, Delimiter] = {"comma": ",", "semicolon": ";", "tab": "\t"}
        format_ = csv_format(cls, with_answers=event is not None)
        given = {name: self._options[name] for name in ("personal", "language", "bom")}
        with report.refusals(self._file):
            noted = (self._note_losses(format_, row) for row in rows)
            return to_csv(cls, noted, event=event, delimiter=delimiters[self._options["delimiter"]], **given)

    def to_row_format(self, target: formats.RowFormat) -> Iterable[bytes]:
        """Return the objects of a class in a format of others, and note what that does not carry."""
        _, rows, event = self._objects(target.cls)
        objects = [*rows]
        options = {**self._options, "stamped": self._options["stamped"] or params.current_time()}
        with report.refusals(self._file):
            written, format_ = target.write(objects, event, options)
        for thing in objects:
            self._note_losses(format_, thing)
        return [written]

    def _objects(self, cls: type | None) -> tuple[type, Iterable[object], Event | None]:
        """Return the class of the objects that are written, these, and the event whose questions they answer."""
        if self._is_lines:
            stated, parts = self._split(self._kind)
            if stated not in _ROWS or cls not in {stated, None}:
                next(parts, None)  # raises an error if the gzip is damaged at once
                raise click.UsageError(
                    f"The lines of {self._name} are not rows: {_ROW_KINDS}, by @type or by --as TYPE."
                )
            return stated, self._require_any(self._accepted(jsonl.outcomes_of(stated, parts))), None
        if cls not in _ROWS:
            raise click.UsageError(
                f"Name the type of the rows with --as TYPE: {_ROW_KINDS}; for JSON Lines, use --lines."
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
        raise click.UsageError(f"{self._name} has no {schema_name(cls, submission=False)}.")

    def _split(self, kind: str | None) -> tuple[type, Iterator[LineBlock]]:
        return jsonl.split(self._stack.enter_context(console.InputFile(self._file)), kind)

    def _documents(self, among: tuple[type, ...], kind: str | None) -> Iterator[Any]:
        """Yield the documents of the file, or the one with the uid; of JSON that is not JSON Lines, one of a type."""
        documents: Iterable[Any]
        if self._source is not None:
            documents = self._foreign(self._source)
        elif self._is_lines:
            documents = self._accepted(jsonl.outcomes_of(*self._split(kind)))
        else:
            try:
                documents = [loading.load(self._file, kind, among=among)]
            except loading.UntypedError as error:
                advice = "If another program wrote it, name its format with --from."
                raise loading.UntypedError(f"{error.message} {advice}") from None
        uid = self._options["uid"]
        for document in self._require_any(documents):
            if uid is None or uid == getattr(getattr(document, "event", document), "uid", None):
                yield document

    def _foreign(self, source: formats.InputFormat) -> Iterable[object]:
        """Return the objects in a file of others, and report what was left out."""
        with report.refusals(self._file):
            imported: formats.ReadObjects = source.read(self._file, params.KINDS.get(self._kind or ""), self._options)
        if not isinstance(imported, Imported | ImportedRecords):
            return self._accepted(imported)
        self._report(Outcome(findings=imported.findings, omitted=imported.omitted))
        if isinstance(imported, ImportedRecords):
            return imported.records
        # They have no place in an Event.
        names = [name for name in ("method", "attendees") if getattr(imported, name)]
        if names:
            self._lost[Code.FIELD_NOT_CARRIED] = [f"Imported.{name}" for name in names]
        return imported.events

    def _accepted(self, outcomes: Iterable[Outcome[object]]) -> Iterator[object]:
        """Yield the objects of the lines that are not refused, and report what was found in each line."""
        with report.refusals(self._file):
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
            raise report.DocumentError(f"{self._name}: nothing could be read, so nothing is written.")

    def _note_losses(self, format_: Format, thing: T) -> T:
        """Note what a format does not carry of a thing that is written, and return the thing."""
        for found in losses(format_, thing):
            name = str(found.params.get("field") or found.params["status"])
            names = self._lost.setdefault(found.code, [])
            if name not in names:
                names.append(name)
        return thing

    def report_losses(self) -> None:
        """Report what the format does not carry in a line for each code: every format lacks many fields."""
        for code, names in self._lost.items():
            console.say(f"{self._name}: [{code}] warning: {', '.join(names)}")

    def _report(self, outcome: Outcome[Any]) -> None:
        if not outcome.ok:
            self.exit_code = report.DocumentError.exit_code
        if outcome.findings:
            report.tell(self._file, outcome)


def indented(compact: bytes) -> bytes:
    """Return JSON with one member per line."""
    return f"{json.dumps(json.loads(compact), ensure_ascii=False, indent=2)}\n".encode()


_OWN: Final = "json"
_TABLE: Final = "csv"

_READ: Final = (_OWN, *formats.INPUT_FORMATS)
_WRITTEN: Final = (_OWN, *formats.EVENT_FORMATS, _TABLE, *formats.ROW_FORMATS)


@click.command("convert")
@click.argument(
    "file", metavar="FILE", type=params.FILE, help="A document, JSON Lines or a file of others; - is standard input."
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
@params.KIND_OPTION
@params.LINES
@params.OUT_FILE
@click.option("--uid", metavar="UID", help="The event to write, if FILE has several.")
@click.option("--language", metavar="TAG", help="The language of texts, such as fr (default: the original texts).")
@click.option("--indent", is_flag=True, help="json: one member per line, for people.")
@formats.CALENDAR_OPTIONS
@formats.ROW_OPTIONS
@formats.EVENT_READING_OPTIONS
@formats.REGISTRATION_READING_OPTIONS
@formats.TABLE_READING_OPTIONS
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
    params.require_apart([file], out=out)
    ours = (
        name
        for name, read_format in formats.INPUT_FORMATS.items()
        if read_format.ending and file.lower().endswith(read_format.ending)
    )
    source = source or next(ours, _OWN)
    _require_applicable(ctx, source, target)
    with ExitStack() as stack:
        work = Conversion(file, source, kind, options, stack, lines=lines or jsonl.is_lines(file))
        if target == _OWN:
            pieces = work.to_json()
        elif target == _TABLE:
            pieces = work.to_table()
        elif target in formats.ROW_FORMATS:
            pieces = work.to_row_format(formats.ROW_FORMATS[target])
        else:
            if kind not in {None, "event", "dossier"}:
                raise click.UsageError(f"--to {target} writes an event, or that of a dossier.")
            pieces = work.to_event_format(formats.EVENT_FORMATS[target])
        console.deliver(pieces, out)
    work.report_losses()
    ctx.exit(work.exit_code)


def _require_applicable(ctx: click.Context, source: str, target: str) -> None:
    """Refuse an option that neither the format that is read nor the one that is written takes."""
    written = {name: written_format.options | {"uid"} for name, written_format in formats.EVENT_FORMATS.items()}
    written |= {name: written_format.options for name, written_format in formats.ROW_FORMATS.items()}
    written |= {_OWN: frozenset({"uid", "indent"}), _TABLE: frozenset({"language", "personal", "delimiter", "bom"})}
    read = {name: read_format.options for name, read_format in formats.INPUT_FORMATS.items()} | {_OWN: frozenset[str]()}
    others = frozenset[str]().union(*written.values(), *read.values()) - written[target] - read[source]
    params.refuse_given(ctx, others, f"--from {source} --to {target}")
