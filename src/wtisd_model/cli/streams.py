"""In and out: files and standard streams, read up to a bound and written whole, or one clear line that says why not."""

import io
import os
import stat
import sys
from contextlib import suppress
from pathlib import Path
from typing import Self, TextIO, cast

import click

STANDARD = "-"
"""The name that stands for standard input."""


class CannotError(click.ClickException):
    """Something could not be read or written."""

    exit_code = 3


def read_at_most(name: str, count: int) -> bytes:
    """Read a file, or standard input for ``-``, but no more than *count* bytes of it.

    Raises:
        CannotError: it cannot be read.
    """
    try:
        if name == STANDARD:
            return _standard_input(count)
        with Path(name).open("rb") as file:
            return file.read(count)
    except OSError as error:
        reason = _reason(error)
    raise CannotError(f"Cannot read {shown(name)}: {reason}")


def _standard_input(count: int) -> bytes:
    if sys.stdin is None:  # how Python starts where file descriptor 0 is closed
        raise CannotError(f"Cannot read {shown(STANDARD)}: it is closed")
    return sys.stdin.buffer.read(count)


class Incoming:
    """A file, or standard input for ``-``, that is read bit by bit; it tells how far it has come.

    Raises:
        CannotError: it cannot be opened; and `read` raises it where it cannot be read.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.position: int = 0
        """Bytes that were read."""
        try:
            self._file = None if name == STANDARD else Path(name).open("rb", buffering=0)  # noqa: SIM115 - it has a close()
            self.size: int | None = self._whole()
            """Bytes that there are; None where nobody knows, as of a pipe."""
        except OSError as error:
            reason = _reason(error)
        else:
            return
        raise CannotError(f"Cannot read {shown(name)}: {reason}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()

    def read(self, count: int) -> bytes:
        """Read so many bytes at most, fewer where they come slowly, and none at the end."""
        try:
            piece = _some_input(count) if self._file is None else self._file.read(count)
        except OSError as error:
            reason = _reason(error)
        else:
            self.position += len(piece)
            return piece
        raise CannotError(f"Cannot read {shown(self.name)}: {reason}")

    def _whole(self) -> int | None:
        if self._file is None:
            return None
        state = os.fstat(self._file.fileno())
        return state.st_size if stat.S_ISREG(state.st_mode) else None


def _some_input(count: int) -> bytes:
    if sys.stdin is None:
        raise CannotError(f"Cannot read {shown(STANDARD)}: it is closed")
    # Only what is there: a line that was sent is judged before the next one comes.
    return cast("io.BufferedReader", sys.stdin.buffer).read1(count)


class Outgoing:
    """A file that is written bit by bit, in place of what is there or, with *more*, behind it.

    Raises:
        CannotError: it cannot be opened; and `write` raises it where it cannot be written.
    """

    def __init__(self, path: Path, *, more: bool) -> None:
        self._path = path
        self._kept = 0
        try:
            self.replaces: bool = path.exists() and not more
            """Whether something of this name was there, and is lost."""
            self._file = path.open("ab" if more else "wb", buffering=0)
        except OSError as error:
            reason = _reason(error)
        else:
            self.keep()
            return
        raise self._cannot(reason)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def write(self, content: bytes) -> None:
        """Write all of it."""
        try:
            rest = memoryview(content)
            while rest:
                rest = rest[self._file.write(rest) :]
        except OSError as error:
            reason = _reason(error)
        else:
            return
        raise self._cannot(reason)

    def keep(self) -> None:
        """Keep what was written until now."""
        with suppress(OSError):  # A pipe has no place to go back to.
            self._kept = self._file.tell()

    def undo(self) -> None:
        """Take back what was written since."""
        with suppress(OSError):
            self._file.truncate(self._kept)

    def _cannot(self, reason: str) -> CannotError:
        return CannotError(f"Cannot write {shown(str(self._path))}: {reason}")


def is_same(file: str, out: Path) -> bool:
    """Tell whether what is to be written is what is read, also where the shell has opened it as standard input."""
    try:
        if file == STANDARD:
            return sys.stdin is not None and os.path.samestat(os.fstat(sys.stdin.fileno()), out.stat())
        # What is not there yet has a name all the same.
        return out.resolve() == Path(file).resolve() or out.samefile(file)
    except OSError:
        return False


def write(result: bytes) -> None:
    """Write a result to standard output.

    Raises:
        CannotError: it cannot be written; a broken pipe and a full device too.
    """
    if sys.stdout is None:
        raise CannotError("Cannot write to standard output: it is closed")
    try:
        # Under `python -u` the stream has no buffer, and may take less than all at once.
        rest = memoryview(result)
        while rest:
            rest = rest[sys.stdout.buffer.write(rest) :]
        sys.stdout.buffer.flush()
    except OSError as error:
        reason = _reason(error)
    else:
        return
    _let_go(sys.stdout)
    raise CannotError(f"Cannot write to standard output: {reason}")


def write_text(result: str) -> None:
    r"""Write a result for people to standard output; what its encoding lacks is written as ``\u00e9``.

    Raises:
        CannotError: as `write` does.
    """
    encoding = "utf-8" if sys.stdout is None else sys.stdout.encoding
    write(result.encode(encoding, "backslashreplace"))


def cannot_write(error: OSError) -> CannotError:
    """Say that standard output failed somebody else who wrote to it."""
    _let_go(sys.stdout)
    return CannotError(f"Cannot write to standard output: {_reason(error)}")


def say(message: str) -> None:
    """Write a message to standard error. Where that fails, nobody is there to be told."""
    if sys.stderr is None:
        return
    try:
        sys.stderr.write(f"{message}\n")
        sys.stderr.flush()
    except OSError:
        _let_go(sys.stderr)


def write_file(path: Path, content: bytes) -> bool:
    """Write a file whole, and tell whether one of this name was there before.

    Raises:
        CannotError: it cannot be written.
    """
    try:
        replaced = path.exists()
        path.write_bytes(content)
    except OSError as error:
        reason = _reason(error)
    else:
        return replaced
    raise CannotError(f"Cannot write {shown(str(path))}: {reason}")


def deliver(content: bytes, out: Path | None) -> None:
    """Write to a file, and say so; to standard output where there is none, or where it is ``-``."""
    if out is None or str(out) == STANDARD:
        write(content)
        return
    replaced = write_file(out, content)
    say(f"{'Replaced' if replaced else 'Wrote'} {shown(str(out))}.")


def names_in(folder: Path) -> list[str]:
    """Name what is in a folder; nothing where there is none, which `make_folder` tells of.

    Raises:
        CannotError: nobody may look.
    """
    try:
        return [each.name for each in folder.iterdir()]
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        reason = _reason(error)
    raise CannotError(f"Cannot read the folder {shown(str(folder))}: {reason}")


def make_folder(path: Path) -> None:
    """Make a folder and those above it, where they are not there yet.

    Raises:
        CannotError: it cannot be made.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = _reason(error)
    else:
        return
    raise CannotError(f"Cannot make the folder {shown(str(path))}: {reason}")


def shown(name: str) -> str:
    """Give the name of a file as it may stand in a message."""
    return "standard input" if name == STANDARD else escaped(name)


def escaped(text: str) -> str:
    r"""Write control, bidi and other unseen characters, and bytes that are no text, as ``\x1b`` or ``\u202e``."""
    if text.isprintable():
        return text
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in text)


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__


def _let_go(stream: TextIO) -> None:
    # What could not be written is still in the buffer. Python would try once more when it ends, complain, and end
    # with 120; so the stream is made to lead nowhere.
    with suppress(OSError):
        here = stream.fileno()
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, here)
        os.close(nowhere)
