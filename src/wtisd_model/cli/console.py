"""Files and standard streams, and texts for people; each failure is one clear line."""

import errno
import io
import os
import shutil
import sys
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, Final, Self, TextIO, cast

import click

STANDARD: Final = "-"
"""The file name that means standard input or output."""


class CannotError(click.ClickException):
    """Something cannot be read or written."""

    exit_code = 3


class UnreadableError(CannotError):
    """A file cannot be read."""


class ReaderGoneError(CannotError):
    """The program that reads standard output has ended, as `head` does, so nothing is left to do or to report."""

    exit_code = 141  # 128 and the number of SIGPIPE, as in shells


class TerminatedError(SystemExit):
    """A signal ends the program."""


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
