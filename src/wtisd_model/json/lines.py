"""JSON Lines: validating payloads, one per line, while a file or stream is read; memory grows with neither."""

from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from datetime import datetime
from enum import Enum, auto
from io import BytesIO, TextIOBase
from itertools import count, repeat
from os import PathLike, fsdecode
from pathlib import Path
from typing import Final, NamedTuple, TypeVar

from attrs import evolve

from wtisd_model.codes import Code
from wtisd_model.findings import Finding, finding
from wtisd_model.json.gunzip import DamagedError, ReadBytes, decompressed
from wtisd_model.json.json_types import LinesSource
from wtisd_model.json.limits import DEFAULT_LIMITS, Limits
from wtisd_model.json.outcome import Outcome
from wtisd_model.json.validator import Validator
from wtisd_model.model.dossier import Dossier
from wtisd_model.rules.rule import Rule
from wtisd_model.types.attendance import TakenSeats
from wtisd_model.types.identifiers import ids_for_rows

GZIP_EXTENSION: Final = ".gz"
"""The extension of files that have to be gzip."""

T = TypeVar("T")


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
        TypeError: it is neither content nor a path nor a binary stream.
        OSError: the file cannot be opened or read.
    """
    if isinstance(source, PathLike):
        packed = fsdecode(source).lower().endswith(GZIP_EXTENSION)
        with Path(source).open("rb", buffering=0) as file:
            yield b""
            yield from decompressed(file.read, packed=packed)
        return
    # Half a character is reported at its line, as in bytes.
    content = source.encode("utf-8", "surrogatepass") if isinstance(source, str) else source
    read = BytesIO(content).read if isinstance(content, bytes) else _reader(content)
    yield b""
    yield from decompressed(read, packed=False)


def _reader(source: object) -> ReadBytes:
    read: object = getattr(source, "read", None)
    if isinstance(source, TextIOBase) or not callable(read):
        raise TypeError("The source must be content, the Path of a file, or a stream in binary mode.")
    return read


def with_path_suggested(
    outcomes: Generator[Outcome[T], None, None], source: object
) -> Generator[Outcome[T], None, None]:
    """Return outcomes; those of a text of one line, which may be the name of a file, suggest its path if refused."""
    if not isinstance(source, str) or "\n" in source or source.lstrip().startswith("{"):
        return outcomes
    return (outcome if outcome.ok else _with_path_suggested(outcome) for outcome in outcomes)


def _with_path_suggested(outcome: Outcome[T]) -> Outcome[T]:
    suggestion = {"suggestion": "Path(...)"}
    findings = [finding(Code(found.code), found.path, **{**found.params, **suggestion}) for found in outcome.findings]
    return evolve(outcome, findings=tuple(findings))


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
        # Only a line feed ends a line: a text may contain U+2028, form feeds and the like. A file in memory finds it
        # faster than bytes.split.
        end = chunk.rfind(b"\n") + 1
        lines = [line[:-1] for line in BytesIO(chunk[:end])]
        lines.append(chunk[end:])
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


def validate_lines(
    cls: type[T],
    source: LinesSource,
    *,
    dossier: Dossier | None = None,
    taken: TakenSeats | None = None,
    now: datetime | None = None,
    submission: bool = False,
    ids: Iterable[str] | None = None,
    limits: Limits = DEFAULT_LIMITS,
    rules: Iterable[Rule] = (),
) -> Generator[Outcome[T], None, None]:
    r"""Validate a file with one JSON document per line; yield one `Outcome` per line, with its number.

    Memory does not grow with the file, nor with the length of a line: one longer than ``limits.bytes`` is skipped, with
    the finding ``payload-too-large``. A bad line does not affect others. Only a line feed ends a line; a carriage
    return before it is JSON whitespace. A last line without a line feed counts, unless it is empty. A line without a
    document is ``not-json``, like ``validate(cls, b"")``.

    A source that begins like gzip is decompressed, with all its members; a file whose name ends with ``.gz`` has to be
    gzip. If it is damaged or truncated, the last outcome is ``gzip-damaged``, at the first line that is lost.

    Each line is checked against the *dossier*, but not against other lines: two lines with the same id, or about the
    same person, are both valid. ``check`` finds them in a dossier that contains both.

    Args:
        cls: Event, Session, Registration, InterpretationRequest, Pledge, Dossier or Roster.
        source: the content as bytes or as a string; the ``Path`` of a file, which is closed at the end or by
            ``close()``; or a binary stream, which stays open.
        dossier: as for `Validator`, like *now* and *submission*.
        taken: as for `Validator`; the lines do not add to it.
        now: the current time, for all lines.
        submission: True for lines from outside.
        ids: the ids of submissions, one for each line, refused or not; by default random ones, new each time.
        limits: the limits of each line.
        rules: rules of your own, as for `Validator`.

    Raises:
        TypeError: *source* is neither content nor a path nor a binary stream, or *now* is missing; also what
            `Validator` raises; during iteration, *ids* are too few, or not for submissions.
        InvalidValueError: if *now* is not an aware datetime, as `Validator` does; during iteration, for one of *ids*.
        OSError: immediately if the file cannot be opened, and during iteration if it cannot be read.
    """
    validator = Validator(cls, dossier=dossier, taken=taken, now=now, submission=submission, limits=limits, rules=rules)
    validator(b"null")  # raises a TypeError if *now* is missing, before the first line
    chunks = chunks_of(source)
    next(chunks)
    own_ids = repeat(None) if ids is None else ids_for_rows(ids)
    outcomes = _outcomes(chunks, validator, limits.bounds_for(cls).bytes, own_ids)
    next(outcomes)  # only a generator that has started can close the file
    return with_path_suggested(outcomes, source)


def _outcomes(
    chunks: Generator[bytes, None, None], validator: Validator[T], maximum: int, ids: Iterator[str | None]
) -> Generator[Outcome[T], None, None]:
    validate_line = validator.__call__  # a call of the object itself packs its arguments twice
    with closing(chunks):
        yield Outcome()
        for part, first, pieces in line_blocks(chunks, maximum):
            if part is Part.LINES:
                for line, payload, id_ in zip(count(first), pieces, ids, strict=False):
                    yield validate_line(payload, line=line, id=id_)
            elif part in {Part.OVERLONG, Part.DAMAGED}:
                if part is Part.OVERLONG:
                    next(ids)
                yield Outcome(findings=(line_refusal(part, maximum),), line=first)
