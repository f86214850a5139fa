"""The documents of a file on their way into another format, for `convert`."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from typing import Any, Final, TypeVar

import click
from attrs import evolve

from wtisd_model.cli.formats import INPUT_FORMATS, EventFormat, InputFormat, ReadObjects, RowFormat
from wtisd_model.cli.io import KINDS, InputFile, counted, current_time, is_terminal, say, shown
from wtisd_model.cli.jsonl import outcomes_of, split
from wtisd_model.cli.report import DocumentError, UntypedError, as_text, load, refusals
from wtisd_model.codes import Code
from wtisd_model.columns.csv import Delimiter, to_csv
from wtisd_model.columns.csv_format import csv_format
from wtisd_model.findings import Finding
from wtisd_model.json.encoder import to_json
from wtisd_model.json.outcome import Outcome
from wtisd_model.model.documents import DOCUMENTS, schema_name
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.event import Event
from wtisd_model.model.interpretation import InterpretationRequest
from wtisd_model.model.pledge import Pledge
from wtisd_model.model.registration import Registration
from wtisd_model.model.session import Session
from wtisd_model.programme.format import Format, losses
from wtisd_model.reading.imported import Imported, ImportedRecords
from wtisd_model.schema.fields import fields_of

T = TypeVar("T")

_ROWS: Final[dict[type, Callable[[Dossier], tuple[object, ...]]]] = {
    Session: lambda dossier: dossier.event.sessions,
    Registration: lambda dossier: dossier.registrations,
    InterpretationRequest: lambda dossier: dossier.interpretation_requests,
    Pledge: lambda dossier: dossier.pledges,
}
"""The classes of rows, and where a dossier has them."""

_ROW_KINDS: Final = tuple(schema_name(cls, submission=False) for cls in _ROWS)
_BESIDE_THE_EVENT: Final = frozenset(each.name for each in fields_of(Dossier)) - {"event"}


class Conversion:
    """The documents of a file on their way into another format."""

    def __init__(self, file: str, source: str, kind: str | None, options: Mapping[str, Any], *, lines: bool) -> None:
        self._file, self._kind, self._options = file, kind, options
        self._source = INPUT_FORMATS.get(source)
        self._is_lines = lines and self._source is None
        self.exit_code: int = 0
        """1 if a line or an object could not be read, and the others were."""
        self._lost: dict[str, list[str]] = {}
        """The names of the fields that the format does not carry, by code."""

    def to_json(self, stack: ExitStack) -> Iterator[bytes]:
        """Yield each document as a line; one that is read alone has no line feed, except on a terminal."""
        documents = self._documents(stack, DOCUMENTS, self._kind)
        if self._options["indent"]:
            return iter([indented(to_json(self._only([*documents])))])
        if self._is_lines or self._source is not None:
            return (to_json(each) + b"\n" for each in documents)
        compact = to_json(self._only([*documents]))
        return iter([compact, b"\n"] if is_terminal(sys.stdout) else [compact])

    def to_event_format(self, stack: ExitStack, target: EventFormat) -> bytes:
        """Return an event in a format of others, and report what that does not carry."""
        documents = self._documents(stack, (Event, Dossier), self._kind)
        document = self._only([each for each in documents if isinstance(each, Event | Dossier)])
        event, path = (document.event, "/event") if isinstance(document, Dossier) else (document, "")
        writer, format_ = target.load(self._options)
        shown = format_.as_text.get("Dossier", frozenset[str]())
        options = {name: self._options[name] for name in target.options}
        if "stamped" in options and options["stamped"] is None and event.updated is None:
            options["stamped"] = current_time()
        with refusals(self._file, lambda found: found.prefixed(path)):
            written = writer(document if shown else event, **options)
        not_carried = {**format_.not_carried, "Dossier": _BESIDE_THE_EVENT - shown}
        self._note_losses(losses(evolve(format_, not_carried=not_carried), document))
        return written

    def _only(self, documents: Sequence[T]) -> T:
        """Return the only one of some documents.

        Raises:
            UsageError: there are others, or none.
        """
        if not documents:
            raise click.UsageError(f"{shown(self._file)} has no such document.")
        if len(documents) > 1:
            raise click.UsageError(
                f"{shown(self._file)} has {counted(len(documents), 'document')}; name one event with --uid UID."
            )
        return documents[0]

    def to_table(self, stack: ExitStack) -> Iterator[bytes]:
        """Yield a table with a row for each object of a class."""
        cls, rows, event = self._objects(stack, KINDS.get(self._kind or ""))
        delimiters: dict[str, Delimiter] = {"comma": ",", "semicolon": ";", "tab": "\t"}
        with refusals(self._file):
            return to_csv(
                cls,
                self._noting_losses(csv_format(cls, with_answers=event is not None), rows),
                personal=self._options["personal"],
                language=self._options["language"],
                event=event,
                delimiter=delimiters[self._options["delimiter"]],
                bom=self._options["bom"],
            )

    def _noting_losses(self, format_: Format, rows: Iterable[object]) -> Iterator[object]:
        """Yield rows as they are written, and note what the format does not carry of each."""
        for each in rows:
            self._note_losses(losses(format_, each))
            yield each

    def to_row_format(self, stack: ExitStack, target: RowFormat) -> bytes:
        """Return the objects of a class in a format of others, and report what that does not carry."""
        _, rows, event = self._objects(stack, target.cls)
        objects = [*rows]
        options = {**self._options, "stamped": self._options["stamped"] or current_time()}
        with refusals(self._file):
            written, format_ = target.write(objects, event, options)
        self._note_losses(found for each in objects for found in losses(format_, each))
        return written

    def _objects(self, stack: ExitStack, cls: type | None) -> tuple[type, Iterable[object], Event | None]:
        """Return the class of the objects that are written, these, and the event whose questions they answer."""
        if self._is_lines:
            stated, parts = split(stack.enter_context(InputFile(self._file)), self._kind)
            if stated not in _ROWS or cls not in {stated, None}:
                next(parts, None)  # raises an error if the gzip is damaged at once
                raise click.UsageError(
                    f"The lines of {shown(self._file)} are not rows: {', '.join(_ROW_KINDS)}, by @type or by --as TYPE."
                )
            return stated, self._require_any(self._accepted(outcomes_of(stated, parts))), None
        if cls not in _ROWS:
            raise click.UsageError(
                f"Name the type of the rows with --as TYPE: {', '.join(_ROW_KINDS)}; for JSON Lines, use --lines."
            )
        documents = [*self._documents(stack, (Dossier, Event) if cls is Session else (Dossier,), None)]
        event = next((each.event for each in documents if isinstance(each, Dossier)), None)
        rows = (row for each in documents for row in self._rows(cls, each))
        return cls, rows, None if cls is Session else event

    def _rows(self, cls: type, document: object) -> tuple[object, ...]:
        if isinstance(document, cls):
            return (document,)
        if isinstance(document, Dossier):
            return _ROWS[cls](document)
        if isinstance(document, Event) and cls is Session:
            return document.sessions
        raise click.UsageError(f"{shown(self._file)} has no {schema_name(cls, submission=False)}.")

    def _documents(self, stack: ExitStack, among: tuple[type, ...], kind: str | None) -> Iterator[object]:
        """Yield the documents of the file, or the one with the uid; of JSON that is not JSON Lines, one of a type."""
        documents: Iterable[object]
        if self._source is not None:
            documents = self._foreign(self._source)
        elif self._is_lines:
            cls, parts = split(stack.enter_context(InputFile(self._file)), kind)
            documents = self._accepted(outcomes_of(cls, parts))
        else:
            documents = [self._load(kind, among)]
        uid = self._options["uid"]
        return (
            each
            for each in self._require_any(documents)
            if uid is None or uid == getattr(getattr(each, "event", each), "uid", None)
        )

    def _load(self, kind: str | None, among: tuple[type, ...]) -> object:
        try:
            return load(self._file, kind, among=among)
        except UntypedError as error:
            raise UntypedError(f"{error.message} If another program wrote it, name its format with --from.") from None

    def _foreign(self, source: InputFormat) -> Iterable[object]:
        """Return the objects in a file of others, and report what was left out."""
        with refusals(self._file):
            found: ReadObjects = source.read(self._file, KINDS.get(self._kind or ""), self._options)
        if not isinstance(found, Imported | ImportedRecords):
            return self._accepted(found)
        self._report(Outcome(findings=found.findings, omitted=found.omitted))
        if isinstance(found, ImportedRecords):
            return found.records
        # They have no place in an Event.
        names = [name for name in ("method", "attendees") if getattr(found, name)]
        if names:
            self._lost[Code.FIELD_NOT_CARRIED] = [f"Imported.{name}" for name in names]
        return found.events

    def _accepted(self, outcomes: Iterable[Outcome[object]]) -> Iterator[object]:
        """Yield the objects of the lines that are not refused, and report what was found in each line."""
        with refusals(self._file):
            for outcome in outcomes:
                self._report(outcome)
                if outcome.value is not None:
                    yield outcome.value

    def _require_any(self, objects: Iterable[object]) -> Iterator[object]:
        """Yield objects; if errors left none, raise, so that an empty result does not replace an older file."""
        is_empty = True
        for each in objects:
            is_empty = False
            yield each
        if is_empty and self.exit_code:
            raise DocumentError(f"{shown(self._file)}: nothing could be read, so nothing is written.")

    def _note_losses(self, findings: Iterable[Finding]) -> None:
        for each in findings:
            name = str(each.params.get("field") or each.params["status"])
            names = self._lost.setdefault(each.code, [])
            if name not in names:
                names.append(name)

    def report_losses(self) -> None:
        """Report what the format does not carry in a line for each code: every format lacks many fields."""
        for code, names in self._lost.items():
            say(f"{shown(self._file)}: [{code}] warning: {', '.join(names)}")

    def _report(self, outcome: Outcome[Any]) -> None:
        if not outcome.ok:
            self.exit_code = DocumentError.exit_code
        if outcome.findings:
            say(as_text(self._file, outcome).rstrip("\n"))


def indented(compact: bytes) -> bytes:
    """Return JSON with one member per line."""
    return f"{json.dumps(json.loads(compact), ensure_ascii=False, indent=2)}\n".encode()
