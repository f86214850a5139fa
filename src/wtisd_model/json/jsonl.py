"""JSON Lines: payloads of one kind, one a line, checked as they flow out of a file or stream."""

from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from datetime import datetime
from enum import Enum, auto
from io import TextIOBase
from os import PathLike, fsdecode
from pathlib import Path
from typing import Final, NamedTuple, Protocol, TypeVar

from wtisd_model.codes import Code
from wtisd_model.findings import Finding, finding
from wtisd_model.json.gunzip import DamagedError, Read, flowing
from wtisd_model.json.limits import Limits
from wtisd_model.json.outcome import Outcome
from wtisd_model.json.validator import Validator
from wtisd_model.model.dossier import Dossier

T = TypeVar("T")

PACKED: Final = ".gz"
"""The extension of files that have to be gzip."""


class Stream(Protocol):
    """A binary stream: a file, a pipe, a socket's file, the body of a response."""

    def read(self, size: int, /) -> bytes | None:
        """Return so many bytes at most, and none at the end."""


Source = str | PathLike[str] | Stream


class Part(Enum):
    """The kind of a stretch."""

    LINES = auto()
    """Whole lines."""
    OVERLONG = auto()
    """The first piece of a line that is longer than allowed."""
    MORE = auto()
    """Its next piece."""
    LAST = auto()
    """Its last piece, which ends it."""
    DAMAGED = auto()
    """The place from which on nothing can be unpacked."""


class Stretch(NamedTuple):
    """A stretch of a source."""

    part: Part
    line: int
    """The line it is in, or its first one, from 1."""
    pieces: list[bytes]
    """Its lines, without their line feeds, or one piece of a line; none where it is damaged."""


def validate_lines(
    cls: type[T],
    source: Source,
    *,
    dossier: Dossier | None = None,
    now: datetime | None = None,
    submission: bool = False,
    limits: Limits = Limits(),
) -> Generator[Outcome[T], None, None]:
    r"""Check a file of many JSON documents, one a line, as it flows: one `Outcome` a line, which has its number.

    Memory does not grow with the file, nor with a line longer than ``limits.bytes``, which is ``payload-too-large`` and
    left out. A bad line spoils itself alone. Lines end with a line feed, and with nothing else: a carriage return
    before it is a blank of JSON's, and what follows the last line feed is a line if it is anything. A line without a
    document is ``not-json``, as ``validate(cls, b"")`` is.

    A source that begins as gzip does is unpacked, all its members; one whose name ends with ``.gz`` has to be gzip.
    Where that turns out damaged or cut off, the last outcome is ``gzip-damaged``, at the first line that is lost.

    Each line is judged beside the *dossier*, and not beside the other lines: of two lines with one id, or about one
    person, each is good. ``check`` finds them, in a dossier that holds both.

    Args:
        cls: Event, Session, Registration, InterpretationRequest, Pledge or Dossier.
        source: the path of a file, which is closed at the end or by ``close()``; or a binary stream, which stays open.
        dossier: as `Validator` takes it, like *now* and *submission*.
        now: the present moment, for all lines.
        submission: they come from strangers.
        limits: how much each line may hold.

    Raises:
        TypeError: *source* is no source, or *now* is missing; what `Validator` raises, at the call too.
        InvalidValueError: for a *now* that is no moment, as `Validator` does.
        OSError: as ``open()`` raises it, at the call; and as reading does, later.
    """
    validator = Validator(cls, dossier=dossier, now=now, submission=submission, limits=limits)
    if now is None and (submission or dossier is not None):
        raise TypeError("now is required: the present moment as an aware datetime.")
    chunks = _chunks(source)
    next(chunks)
    outcomes = _outcomes(chunks, validator, limits.bounds_for(cls).bytes)
    next(outcomes)  # only what has begun is closed
    return outcomes


def _chunks(source: Source) -> Generator[bytes, None, None]:
    """Yield nothing once the source is open, then its content."""
    if isinstance(source, str | PathLike):
        packed = fsdecode(source).lower().endswith(PACKED)
        with Path(source).open("rb", buffering=0) as file:
            yield b""
            yield from flowing(file.read, packed=packed)
        return
    read = _reader(source)
    yield b""
    yield from flowing(read, packed=False)


def _reader(source: object) -> Read:
    read: object = getattr(source, "read", None)
    if isinstance(source, TextIOBase) or not callable(read):
        raise TypeError("Not a source: give the path of a file, or a stream that is open in binary mode.")
    return read


def _outcomes(
    chunks: Generator[bytes, None, None], validator: Validator[T], maximum: int
) -> Generator[Outcome[T], None, None]:
    with closing(chunks):
        yield Outcome()
        yield from outcomes_of(stretches(chunks, maximum), validator, maximum)


def outcomes_of(parts: Iterable[Stretch], validator: Validator[T], maximum: int) -> Iterator[Outcome[T]]:
    """Yield the outcome of each line; none is longer than *maximum* bytes."""
    for part, first, pieces in parts:
        if part is Part.LINES:
            for line, payload in enumerate(pieces, first):
                yield validator(payload, line=line)
        elif part in REFUSING:
            yield Outcome(findings=(refusal(part, maximum),), line=first)


REFUSING: Final = (Part.OVERLONG, Part.DAMAGED)
"""The parts that are a finding by themselves."""


def refusal(part: Part, maximum: int) -> Finding:
    """Return the finding about a line that is not parsed: it is longer than *maximum* bytes, or damaged."""
    return finding(Code.GZIP_DAMAGED) if part is Part.DAMAGED else finding(Code.PAYLOAD_TOO_LARGE, maximum=maximum)


def stretches(chunks: Iterator[bytes], maximum: int) -> Iterator[Stretch]:
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
        # Only the line feed ends a line: U+2028, form feeds and the like may stand inside a text.
        lines = chunk.split(b"\n")
        if overlong:
            overlong = len(lines) == 1
            yield Stretch(Part.MORE if overlong else Part.LAST, line, [lines.pop(0)])
            if overlong:
                continue
            line += 1
        rest = lines.pop()
        if lines:
            if held:
                held += lines[0]
                lines[0] = bytes(held)
                held.clear()
            yield Stretch(Part.LINES, line, lines)
            line += len(lines)
        held += rest
        if len(held) > maximum:
            overlong = True
            yield Stretch(Part.OVERLONG, line, [bytes(held)])
            held.clear()
    if overlong:
        yield Stretch(Part.LAST, line, [b""])
        line += 1
    if damaged:
        yield Stretch(Part.DAMAGED, line, [])
    elif held:
        yield Stretch(Part.LINES, line, [bytes(held)])
