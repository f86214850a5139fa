"""Files of JSON Lines: known by their names, told from documents, parted into lines, and read up to where they end."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final, TypeVar

import click

from wtisd_model.cli.documents import bound, stated_class
from wtisd_model.cli.parameters import KINDS
from wtisd_model.cli.streams import CannotError, Incoming, shown
from wtisd_model.json.gunzip import MAGIC, flowing
from wtisd_model.json.jsonl import PACKED, Part, Stretch, outcomes_of, stretches
from wtisd_model.json.limits import Limits
from wtisd_model.json.outcome import Outcome
from wtisd_model.json.parser import read
from wtisd_model.model.documents import schema_name
from wtisd_model.model.dossier import Dossier

T = TypeVar("T")

ENDINGS: Final = (".jsonl", ".ndjson", f".jsonl{PACKED}", f".ndjson{PACKED}")
"""How the names of files of JSON Lines end."""

AT_ONCE: Final = 262_144
"""Bytes that are read at once: enough work for a process that judges."""

# Among so many lines the type of all is looked for.
_FIRST_LINES: Final = 20


def is_lines(file: str) -> bool:
    """Tell from its name whether a file holds JSON Lines."""
    return file.lower().endswith(ENDINGS)


def may_be_lines(raw: bytes) -> bool:
    """Tell whether what is no document by itself may be JSON Lines: packed, or an object in the first line and more."""
    first, _, more = raw.partition(b"\n")
    if raw.startswith(MAGIC):
        return True
    return bool(more.strip()) and isinstance(read(first, Limits().bounds_for(Dossier)), dict)


def parted(incoming: Incoming, kind: str | None) -> tuple[str, Iterator[Stretch]]:
    """Part a file into lines, and tell which type they are of, if it is not said.

    Raises:
        CannotError: it cannot be read, now or later.
        UsageError: it is one JSON document, now or later; or nothing says which type the lines are of.
    """
    # Until the type is known, a line may be as long as that of any.
    maximum = Limits().bounds_for(Dossier if kind is None else KINDS[kind]).bytes
    packed = incoming.name.lower().endswith(PACKED)
    parts = _of_lines(stretches(flowing(lambda _: incoming.read(AT_ONCE), packed=packed), maximum), incoming.name)
    begin: list[Stretch] = []
    return kind or _kind_of(parts, incoming.name, begin), chain(begin, parts)


def _kind_of(parts: Iterable[Stretch], file: str, taken: list[Stretch]) -> str:
    """Tell from the first lines which type all are of; the parts that were looked at for that are *taken*."""
    for stretch in parts:
        taken.append(stretch)
        for piece in stretch.pieces[: _FIRST_LINES + 1 - stretch.line] if stretch.part is Part.LINES else ():
            cls = stated_class(piece)
            if isinstance(cls, type):
                return schema_name(cls, submission=False)
        if stretch.part is not Part.LINES or stretch.line + len(stretch.pieces) > _FIRST_LINES:
            break  # Of a line that is too long, nothing is held to look behind it.
    if not taken or taken[0].part is Part.DAMAGED:
        return next(iter(KINDS))  # There is no line, so any will do.
    raise click.UsageError(
        f'Nothing in the first lines of {shown(file)} says what they are: give them "@type", or say --as TYPE.'
    )


def _of_lines(parts: Iterable[Stretch], file: str) -> Iterator[Stretch]:
    """Give the parts of a file, unless its first lines show that it is no JSON Lines."""
    for stretch in parts:
        if stretch.line == 1:
            _refuse_document(stretch, file)
        yield stretch


def _refuse_document(begin: Stretch, file: str) -> None:
    """Refuse a file that is one JSON document over many lines, or an array: each of its lines would be no JSON.

    Raises:
        UsageError: it begins as such a document does.
    """
    lines = (each for piece in begin.pieces if (each := piece.strip()))
    first, second = next(lines, b""), next(lines, b"")
    # A line that ends so goes on in the next, where JSON Lines would have another object.
    goes_on = first.endswith(b"[") or (first.endswith((b"{", b",")) and second.startswith((b'"', b"}")))
    if first.startswith(b"[") and (goes_on or first.endswith(b",") or not second):
        kind, way = "a JSON array", "jq -c '.[]'"
    elif first.startswith(b"{") and goes_on and second:
        kind, way = "one JSON document over several lines", "jq -c ."
    else:
        return
    raise click.UsageError(
        f"{shown(file)} is {kind}, and not JSON Lines, a document in each line. Make it such: `{way}` does."
    )


def lines_of(cls: type[T], incoming: Incoming) -> Iterator[Outcome[T]]:
    """Judge each line of a file that is of one type.

    Raises:
        CannotError: it cannot be read, or is damaged: then after the lines before that.
        UsageError: it is one JSON document.
    """
    kind, parts = parted(incoming, schema_name(cls, submission=False))
    maximum = Limits().bounds_for(KINDS[kind]).bytes
    yield from outcomes_of(_undamaged(parts, incoming.name), bound(cls), maximum)


def _undamaged(parts: Iterable[Stretch], file: str) -> Iterator[Stretch]:
    for stretch in parts:
        if stretch.part is Part.DAMAGED:
            raise damaged_from(file, stretch.line)
        yield stretch


def damaged_from(file: str, line: int, then: str = "") -> CannotError:
    """Say that nothing can be unpacked from a line on, and what to do about it; *then* is what comes after that."""
    return CannotError(
        f"Cannot read {shown(file)} from line {line} on: no gzip, damaged or cut off. Fetch the file again{then}."
    )
