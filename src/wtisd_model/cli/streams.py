"""In and out: files and standard streams, read up to a bound and written whole, or one clear line that says why not."""

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TextIO

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
