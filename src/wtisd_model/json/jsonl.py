"""JSON Lines: validating payloads of one type, one per line, while a file or stream is read."""

from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from datetime import datetime
from itertools import repeat
from typing import TypeVar

from wtisd_model.json.json_types import LinesSource
from wtisd_model.json.limits import DEFAULT_LIMITS, Limits
from wtisd_model.json.outcome import Outcome
from wtisd_model.json.validator import Validator
from wtisd_model.model.dossier import Dossier
from wtisd_model.types.attendance import TakenSeats
from wtisd_model.types.identifiers import ids_for_rows

T = TypeVar("T")


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
        cls: Event, Session, Registration, InterpretationRequest, Pledge or Dossier.
        source: the path of a file, which is closed at the end or by ``close()``; or a binary stream, which stays open.
        dossier: as for `Validator`, like *now* and *submission*.
        taken: as for `Validator`; the lines do not add to it.
        now: the current time, for all lines.
        submission: True for lines from outside.
        ids: the ids of submissions, one for each line, refused or not; by default random ones, new each time.
        limits: the limits of each line.

    Raises:
        TypeError: *source* is neither a path nor a binary stream, or *now* is missing; also what `Validator` raises;
            during iteration, *ids* are too few, or not for submissions.
        InvalidValueError: if *now* is not an aware datetime, as `Validator` does; during iteration, for one of *ids*.
        OSError: immediately if the file cannot be opened, and during iteration if it cannot be read.
    """
    validator = Validator(cls, dossier=dossier, taken=taken, now=now, submission=submission, limits=limits)
    if now is None and (submission or dossier is not None):
        raise TypeError("now is required: the current time as an aware datetime.")
    # Imported here, because few programs read files of lines.
    from wtisd_model.json.lines import chunks_of

    chunks = chunks_of(source)
    next(chunks)
    own_ids = repeat(None) if ids is None else ids_for_rows(ids)
    outcomes = _outcomes(chunks, validator, limits.bounds_for(cls).bytes, own_ids)
    next(outcomes)  # only a generator that has started can close the file
    return outcomes


def _outcomes(
    chunks: Generator[bytes, None, None], validator: Validator[T], maximum: int, ids: Iterator[str | None]
) -> Generator[Outcome[T], None, None]:
    from wtisd_model.json.lines import Part, line_blocks, line_refusal  # imported here, as in `validate_lines`

    with closing(chunks):
        yield Outcome()
        for part, first, pieces in line_blocks(chunks, maximum):
            if part is Part.LINES:
                for line, payload in enumerate(pieces, first):
                    yield validator(payload, line=line, id=next(ids))
            elif part in {Part.OVERLONG, Part.DAMAGED}:
                if part is Part.OVERLONG:
                    next(ids)
                yield Outcome(findings=(line_refusal(part, maximum),), line=first)
