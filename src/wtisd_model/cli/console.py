"""Arguments, files and standard streams; each failure is one clear line."""

import errno
import io
import os
import re
import shutil
import sys
from collections.abc import Collection, Generator, Iterable, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import IO, Any, Final, Self, TextIO, cast

import click
from click.core import ParameterSource

from wtisd_model.contentlines.values import decode_duration
from wtisd_model.model.documents import DOCUMENTS, schema_name
from wtisd_model.schema.constraints import Date, Timestamp
from wtisd_model.types.scalars import INVALID, Decode, decode_date, decode_timestamp, refusal

STANDARD: Final = "-"
"""The file name that means standard input or output."""

KINDS: Final[dict[str, type]] = {schema_name(cls, submission=False): cls for cls in DOCUMENTS}
"""The types of document by their names on the command line: ``interpretation-request``."""

# Without checks of click's, which would end as usage errors: a file that cannot be opened is a `CannotError`.
FILE: Final = click.Path(allow_dash=True, readable=False)
OUTPUT: Final = click.Path(path_type=Path, readable=False)
KIND: Final = click.Choice(tuple(KINDS))


class CannotError(click.ClickException):
    """Something cannot be read or written."""

    exit_code = 3


class UnreadableError(CannotError):
    """A file cannot be read."""


class ReaderGoneError(CannotError):
    """The program that reads standard output has ended, as `head` does, so nothing is left to do or to report."""

    exit_code = 141  # 128 and the number of SIGPIPE, as in shells


@contextmanager
def failing_as(action: str, kind: type[CannotError] = CannotError) -> Generator[None, None, None]:
    """Turn an OSError of the block into an error of the program: "Cannot read a.json: No such file or directory"."""
    try:
        yield
    except OSError as error:
        raise kind(f"Cannot {action}: {error.strerror or type(error).__name__}") from None


def counted(count: int, noun: str) -> str:
    """Return a number and its noun: 1 line, 2 lines, 3 addresses."""
    plural = "es" if noun.endswith("s") else "s"
    return f"{count} {noun}{'' if count == 1 else plural}"


def name_of(name: str) -> str:
    """Return the name of a file for messages."""
    return "standard input" if name == STANDARD else escaped(name)


def escaped(text: str) -> str:
    r"""Escape control, bidi and other invisible characters, and bytes that are not text: ``\x1b``, ``\u202e``."""
    if text.isprintable():
        return text
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode() for character in text
    )


# Arguments


def moment(value: str) -> datetime:
    """Parse a moment as our documents write it."""
    return cast("datetime", _scalar(Timestamp(), decode_timestamp, value))


def day(value: str) -> date:
    """Parse a calendar date as our documents write it."""
    return cast("date", _scalar(Date(), decode_date, value))


def _scalar(constraint: Timestamp | Date, decode: Decode, value: str) -> object:
    parsed = decode(value)
    if parsed is INVALID:
        found = refusal(constraint, value)
        raise click.BadParameter(f"{found.message} {found.fix}")
    return parsed


def duration(value: str) -> timedelta:
    """Parse a duration as iCalendar writes it (RFC 5545 section 3.3.6), without a sign."""
    parsed = decode_duration(value) if value.startswith("P") else None
    if parsed is None:
        raise click.BadParameter("Not a duration. Write it as PT15M, PT1H30M, P1D or P1W.")
    return sum(parsed, timedelta())


def current_time() -> datetime:
    """Return the present moment in whole seconds; the environment variable ``SOURCE_DATE_EPOCH`` can set it.

    Raises:
        UsageError: ``SOURCE_DATE_EPOCH`` is not a moment of the years 1970 to 2199.

    Source: reproducible-builds.org, SOURCE_DATE_EPOCH 1.1.
    """
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not given:
        return datetime.now(UTC).replace(microsecond=0)
    if re.fullmatch("[0-9]{1,10}", given):
        chosen = datetime.fromtimestamp(int(given), UTC)
        if Timestamp().check(chosen) is None:
            return chosen
    raise click.UsageError("SOURCE_DATE_EPOCH is not a number of seconds since 1970, up to the year 2199.")


def require_apart(read: list[str], **written: Path | None) -> None:
    """Refuse to read standard input twice, to write over what is read, and to write two things into one file.

    Args:
        read: the files that are read.
        written: the file of each option; ``--out -`` is standard output.
    """
    if read.count(STANDARD) > 1:
        raise click.UsageError("Standard input can be given only once.")
    files = {f"--{name}": path for name, path in written.items() if path is not None}
    if str(files.get("--out")) == STANDARD:
        del files["--out"]
    for option, path in files.items():
        if str(path) == STANDARD:
            raise click.UsageError(f"{option} needs the name of a file.")
        if any(_is_same(file, path) for file in read):
            raise click.UsageError(f"{option} names a file that is read; it would be lost.")
    for (one, first), (other, second) in combinations(files.items(), 2):
        if _is_same(str(first), second):
            raise click.UsageError(f"{one} and {other} name the same file.")


def _is_same(file: str, out: Path) -> bool:
    """Return True if *out* is the file that is read, also if the shell has opened it as standard input."""
    try:
        if file == STANDARD:
            return sys.stdin is not None and os.path.samestat(os.fstat(sys.stdin.fileno()), out.stat())
        # A file that does not exist yet can be compared by its name only.
        return os.path.realpath(out) == os.path.realpath(file) or out.samefile(file)
    except OSError:
        return False


EVENT: Final = click.argument(
    "file", metavar="EVENT", type=FILE, help="An event or a dossier in JSON; - is standard input."
)


def refuse_given(ctx: click.Context, others: Collection[str], chosen: str) -> None:
    """Refuse an option among *others* on the command line: it does not apply to what was *chosen*."""
    for option in ctx.command.params:
        if option.name in others and ctx.get_parameter_source(option.name) is ParameterSource.COMMANDLINE:
            raise click.UsageError(f"{option.opts[0]} does not apply to {chosen}.")


KIND_OPTION: Final = click.option(
    "--as", "kind", type=KIND, metavar="TYPE", help=f"The type of documents without @type: {', '.join(KINDS)}."
)
EVENT_KIND: Final = click.option(
    "--as", "kind", type=click.Choice(("event", "dossier")), help="The type of an EVENT without @type."
)
LINES: Final = click.option("--lines", is_flag=True, help="FILE is JSON Lines (one document per line).")
OUT_FILE: Final = click.option(
    "--out", type=OUTPUT, metavar="FILE", help="Write to this file, and replace it if it exists."
)
OUT_FOLDER: Final = click.option(
    "--out", type=OUTPUT, metavar="DIR", required=True, help="The folder, which is made unless it exists."
)
UTC_TIMES: Final = click.option("--utc", is_flag=True, help="Write all times in UTC, without time zones.")
REMINDER: Final = click.option(
    "--reminder",
    "reminders",
    type=duration,
    metavar="DURATION",
    multiple=True,
    help="Remind this long before the start, such as PT15M; can be given several times.",
)


# Reading


class InputFile:
    """A file, or standard input for ``-``, that is read piece by piece."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._file: IO[bytes] | None = None
        if name != STANDARD:
            with self._failing():
                self._file = io.FileIO(name)
        elif sys.stdin is None:  # Python's sign that file descriptor 0 is closed
            raise UnreadableError(f"Cannot read {name_of(name)}: it is closed")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()

    def read(self, count: int) -> bytes:
        """Read at most *count* bytes, fewer from a pipe that has fewer; none at the end."""
        with self._failing():
            if self._file is not None:
                return self._file.read(count)
            # read1 does not wait for more: a line that was sent is validated before the next one comes.
            return cast("io.BufferedReader", sys.stdin.buffer).read1(count)

    def _failing(self) -> Any:
        return failing_as(f"read {name_of(self.name)}", UnreadableError)


def read_at_most(name: str, count: int) -> bytes:
    """Read a file, or standard input for ``-``, but not more than *count* bytes of it."""
    pieces = bytearray()
    with InputFile(name) as file:
        while len(pieces) < count and (piece := file.read(count - len(pieces))):
            pieces += piece
    return bytes(pieces)


# Writing


def write(result: bytes) -> None:
    """Write a result to standard output."""
    if sys.stdout is None:
        raise CannotError("Cannot write to standard output: it is closed")
    try:
        _write_all(sys.stdout.buffer, result)
        sys.stdout.buffer.flush()
    except OSError as error:
        raise cannot_write(error) from None


def _write_all(stream: IO[bytes], content: bytes) -> None:
    # Without a buffer, as under `python -u`, a stream may take fewer bytes than it is given.
    rest = memoryview(content)
    while rest:
        rest = rest[stream.write(rest) :]


def write_text(result: str) -> None:
    r"""Write a result for people to standard output; characters that its encoding lacks are escaped: ``\u00e9``."""
    encoding = "utf-8" if sys.stdout is None else sys.stdout.encoding
    write(result.encode(encoding, "backslashreplace"))


def cannot_write(error: OSError) -> CannotError:
    """Return the error for a standard output that failed."""
    _redirect_to_null(sys.stdout)
    kind = ReaderGoneError if isinstance(error, BrokenPipeError) else CannotError
    return kind(f"Cannot write to standard output: {error.strerror or type(error).__name__}")


def say(message: str) -> None:
    """Write a message to standard error, if there is one."""
    if sys.stderr is None:
        return
    try:
        sys.stderr.write(f"{message}\n")
        sys.stderr.flush()
    except OSError:
        _redirect_to_null(sys.stderr)


def _redirect_to_null(stream: TextIO) -> None:
    # The buffer still holds what could not be written. At exit Python would try once more, complain and end with 120.
    with suppress(OSError):
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, stream.fileno())
        os.close(null)


class OutputFile:
    """A file that appears, or takes the place of an older one, at the end of a block that succeeds.

    Until then it has another, hidden name in the same folder, so that a full disk or the end of the process leaves the
    older file as it was. Devices and pipes are written directly.
    """

    def __init__(self, path: Path) -> None:
        self._action = f"write {name_of(str(path))}"
        self._path = Path(os.path.realpath(path))  # Path.resolve raises a RuntimeError for a loop before Python 3.13
        with failing_as(self._action):
            if self._path.is_symlink():
                raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
            self.replaces: bool = self._path.exists()
            """True if there is an older file."""
            self._is_direct = self.replaces and not self._path.is_file()
            if self._is_direct:
                self._part = self._path
                self._file = self._path.open("wb", buffering=0)
                return
            if self.replaces and not os.access(self._path, os.W_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
            self._part = self._path.with_name(f".{os.urandom(8).hex()}.part")
            # Nobody may read the new file who cannot read the older one.
            self._part.touch(0o600 if self.replaces else 0o666, exist_ok=False)
            self._file = self._part.open("wb", buffering=0)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        with failing_as(self._action):
            if self._is_direct:
                self._file.close()
                return
            try:
                with self._file:
                    if kind is None and self.replaces:
                        # Without this, a crash of the machine may leave neither the older file nor the new one.
                        os.fsync(self._file.fileno())
                        shutil.copymode(self._path, self._part)
                if kind is None:
                    self._part.replace(self._path)
            finally:
                self._part.unlink(missing_ok=True)

    def write(self, content: bytes) -> None:
        """Write all of *content*."""
        with failing_as(self._action):
            _write_all(self._file, content)


def write_file(path: Path, content: bytes) -> bool:
    """Write a file, and return whether there was an older one."""
    with OutputFile(path) as file:
        file.write(content)
    return file.replaces


def deliver(pieces: bytes | Iterable[bytes], out: Path | None) -> None:
    """Write to a file and say so, or to standard output if *out* is None or ``-``."""
    pieces = [pieces] if isinstance(pieces, bytes) else pieces
    if out is None or str(out) == STANDARD:
        for piece in pieces:
            write(piece)
        return
    with OutputFile(out) as file:
        for piece in pieces:
            file.write(piece)
    say(f"{'Replaced' if file.replaces else 'Wrote'} {name_of(str(out))}.")


def make_folder(path: Path) -> None:
    """Make a folder and those above it, unless it exists."""
    with failing_as(f"make the folder {name_of(str(path))}"):
        path.mkdir(parents=True, exist_ok=True)


def replaced_note(count: int) -> str:
    """Return the end of a sentence on written files that says how many replaced older ones."""
    return f"; {count} of them replaced older ones" if count else ""


def aligned(head: Sequence[str], rows: Sequence[Sequence[str]], *, left: int) -> str:
    """Return a table for people: the first columns aligned on the left, the others, which are numbers, on the right."""
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if index < left else cell.rjust(width)
            for index, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in (head, *rows)
    )
