"""The lines of a file or stream, which is decompressed if it is gzip; memory grows with neither."""

from collections.abc import Generator, Iterator
from enum import Enum, auto
from io import TextIOBase
from os import PathLike, fsdecode
from pathlib import Path
from typing import Final, NamedTuple

from wtisd_model.codes import Code
from wtisd_model.findings import Finding, finding
from wtisd_model.json.gunzip import DamagedError, ReadBytes, decompressed
from wtisd_model.json.json_types import LinesSource

GZIP_EXTENSION: Final = ".gz"
"""The extension of files that have to be gzip."""


class Part(Enum):
    """The kind of a block of lines."""

    LINES = auto()
    """Whole lines."""
    OVERLONG = auto()
    """The first piece of a line that is too long."""
    MORE = auto()
    """A further piece of that line."""
    LAST = auto()
    """The last piece of that line."""
    DAMAGED = auto()
    """The point from which on nothing can be decompressed."""


class LineBlock(NamedTuple):
    """Lines of a source that are next to one another, or a piece of a line that is too long."""

    part: Part
    line: int
    """The number of its first line, from 1."""
    pieces: list[bytes]
    """Its lines without line feeds, or one piece of a line; empty if it is damaged."""


def chunks_of(source: LinesSource) -> Generator[bytes, None, None]:
    """Yield empty bytes once a source is open, then its content, decompressed if it is gzip.

    Raises:
        TypeError: it is neither a path nor a binary stream.
        OSError: the file cannot be opened or read.
    """
    if isinstance(source, str | PathLike):
        packed = fsdecode(source).lower().endswith(GZIP_EXTENSION)
        with Path(source).open("rb", buffering=0) as file:
            yield b""
            yield from decompressed(file.read, packed=packed)
        return
    read = _reader(source)
    yield b""
    yield from decompressed(read, packed=False)


def _reader(source: object) -> ReadBytes:
    read: object = getattr(source, "read", None)
    if isinstance(source, TextIOBase) or not callable(read):
        raise TypeError("The source must be the path of a file, or a stream in binary mode.")
    return read


def line_blocks(chunks: Iterator[bytes], maximum: int) -> Iterator[LineBlock]:
    """Yield the content of a stream as lines; one longer than *maximum* bytes in pieces, as soon as that is known."""
    line, overlong, damaged = 1, False, False
    held = bytearray()
    while True:
        try:
            chunk = next(chunks, None)
        except DamagedError:
            chunk, damaged = None, True
        if chunk is None:
            break
        # Only a line feed ends a line: a text may contain U+2028, form feeds and the like.
        lines = chunk.split(b"\n")
        if overlong:
            overlong = len(lines) == 1
            yield LineBlock(Part.MORE if overlong else Part.LAST, line, [lines.pop(0)])
            if overlong:
                continue
            line += 1
        rest = lines.pop()
        if lines:
            if held:
                held += lines[0]
                lines[0] = bytes(held)
                held.clear()
            yield LineBlock(Part.LINES, line, lines)
            line += len(lines)
        held += rest
        if len(held) > maximum:
            overlong = True
            yield LineBlock(Part.OVERLONG, line, [bytes(held)])
            held.clear()
    if overlong:
        yield LineBlock(Part.LAST, line, [b""])
        line += 1
    if damaged:
        yield LineBlock(Part.DAMAGED, line, [])
    elif held:
        yield LineBlock(Part.LINES, line, [bytes(held)])


def line_refusal(part: Part, maximum: int) -> Finding:
    """Return the finding about a line that is not parsed: it is longer than *maximum* bytes, or damaged."""
    return finding(Code.GZIP_DAMAGED) if part is Part.DAMAGED else finding(Code.PAYLOAD_TOO_LARGE, maximum=maximum)
