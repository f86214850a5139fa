"""`csv`: registrations and the like as a table."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

import click

from wtisd_model.cli.documents import bound, load_sound
from wtisd_model.cli.line_files import damaged_from, is_lines, parted
from wtisd_model.cli.parameters import FILE, KINDS, OUTPUT
from wtisd_model.cli.report import FoundError, readable
from wtisd_model.cli.streams import STANDARD, CannotError, Incoming, Outgoing, is_same, say, shown, write
from wtisd_model.codes import Code
from wtisd_model.columns.csv import Delimiter, to_csv
from wtisd_model.findings import InvalidValueError
from wtisd_model.json.jsonl import Part, outcomes_of
from wtisd_model.json.limits import Limits
from wtisd_model.json.validator import Validator
from wtisd_model.model.documents import schema_name
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.event import Event
from wtisd_model.model.interpretation import InterpretationRequest
from wtisd_model.model.pledge import Pledge
from wtisd_model.model.registration import Registration
from wtisd_model.model.session import Session

_IN_DOSSIER: Final[dict[type, Callable[[Dossier], tuple[object, ...]]]] = {
    Session: lambda dossier: dossier.event.sessions,
    Registration: lambda dossier: dossier.registrations,
    InterpretationRequest: lambda dossier: dossier.interpretation_requests,
    Pledge: lambda dossier: dossier.pledges,
}
_ROWS: Final = tuple(schema_name(cls, submission=False) for cls in _IN_DOSSIER)
_WORDS: Final = " or ".join((", ".join(_ROWS[:-1]), _ROWS[-1]))
_DELIMITERS: Final[dict[str, Delimiter]] = {"comma": ",", "semicolon": ";", "tab": "\t"}


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
    type=click.Choice(_ROWS),
    metavar="TYPE",
    help=f"What the rows are: {_WORDS}. JSON Lines may say it themselves, by @type.",
)
@click.option("--lines", is_flag=True, help="FILE is JSON Lines, a document in each line, whatever its name.")
@click.option("--personal", is_flag=True, help="Write personal data too, which are left out otherwise.")
@click.option("--language", metavar="TAG", help="Whose texts to choose, such as fr; otherwise the original ones.")
@click.option(
    "--delimiter",
    type=click.Choice(tuple(_DELIMITERS)),
    default="comma",
    show_default=True,
    help="What stands between cells.",
)
@click.option("--bom", is_flag=True, help="Begin with a byte order mark, as Excel needs it.")
@click.option("--out", type=OUTPUT, metavar="FILE", help="The file to write, in place of what is there.")
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
    """Write registrations, interpretation requests, pledges or sessions as CSV, a row for each.

    They are the lines of FILE, or what --as names in a dossier. No text among them is taken for a formula by a
    spreadsheet. Lines that are refused are told on standard error, and left out.

    Ends with 1 where a line is refused or the dossier has errors.
    """
    if out is not None and is_same(file, out):
        raise click.UsageError("--out names the file that is read; it would be lost.")
    with ExitStack() as stack:
        rows = _Lines(stack.enter_context(Incoming(file)), kind) if lines or is_lines(file) else _Listed(file, kind)
        try:
            table = to_csv(
                rows.cls, rows, personal=personal, language=language, delimiter=_DELIMITERS[delimiter], bom=bom
            )
        except InvalidValueError as refused:
            error = click.UsageError(str(refused))
        else:
            to = write if out is None or str(out) == STANDARD else stack.enter_context(Outgoing(out, more=False)).write
            for chunk in table:
                to(chunk)
            ctx.exit(rows.code)
    raise error


class _Listed:
    """The objects of one type in a dossier, or the sessions of an event.

    Raises:
        UsageError: nobody says which type.
        CannotError, FoundError: as `load_sound` does.
    """

    code = 0

    def __init__(self, file: str, kind: str | None) -> None:
        if kind is None:
            raise click.UsageError(
                "Say with --as TYPE what the rows are to be; of JSON Lines with another name, --lines."
            )
        self.cls = KINDS[kind]
        document: Dossier | Event = load_sound(
            file, None, among=(Dossier, Event) if self.cls is Session else (Dossier,)
        )
        self._objects = _IN_DOSSIER[self.cls](document) if isinstance(document, Dossier) else document.sessions

    def __iter__(self) -> Iterator[object]:
        return iter(self._objects)


class _Lines:
    """The objects in the lines of a file; what is refused is told when it comes.

    Raises:
        CannotError: it cannot be read, now or later.
        UsageError: nothing says which type they are of, or they are of one that is no row.
    """

    def __init__(self, incoming: Incoming, kind: str | None) -> None:
        word, self._parts = parted(incoming, kind)
        self.cls = KINDS[word]
        if self.cls not in _IN_DOSSIER:
            first = next(self._parts, None)
            if first is not None and first.part is Part.DAMAGED:
                raise damaged_from(incoming.name, first.line)
            raise click.UsageError(
                f"Nothing in {shown(incoming.name)} is a row. Its lines are to be {_WORDS}, by @type or by --as TYPE."
            )
        self._file = incoming.name
        self.code = 0
        """What the run ends with, once all rows were asked for."""

    def __iter__(self) -> Iterator[object]:
        validator: Validator[Any] = bound(self.cls)
        for outcome in outcomes_of(self._parts, validator, Limits().bounds_for(self.cls).bytes):
            if outcome.value is not None:
                yield outcome.value
                continue
            damaged = any(found.code == Code.GZIP_DAMAGED for found in outcome.findings)
            self.code = CannotError.exit_code if damaged else max(self.code, FoundError.exit_code)
            say(readable(self._file, outcome).rstrip("\n"))
