"""Files of JSON Lines: recognized, split, and validated line by line."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any, Final, TypeVar

import click
from attrs import define, field, frozen

from wtisd_model.cli import console, loading, params, report
from wtisd_model.codes import Severity
from wtisd_model.json.gunzip import decompressed
from wtisd_model.json.limits import Limits
from wtisd_model.json.lines import GZIP_EXTENSION, LineBlock, Part, line_blocks, line_refusal
from wtisd_model.json.outcome import Outcome
from wtisd_model.json.validator import Validator
from wtisd_model.locales import DEFAULT_LANGUAGE, finding_texts_for
from wtisd_model.model.dossier import Dossier
from wtisd_model.rules.rule import Rule

T = TypeVar("T")

ENDINGS: Final = (".jsonl", ".ndjson", f".jsonl{GZIP_EXTENSION}", f".ndjson{GZIP_EXTENSION}")
"""How the names of files of JSON Lines end."""

READ_SIZE: Final = 262_144
"""Bytes that are read at a time."""

_MOST_LINES: Final = 250  # whose findings are held in memory
_FIRST_LINES: Final = 20  # that are searched for the type of all


@frozen(kw_only=True)
class ValidateOptions:
    """The options of `validate`."""

    submission: bool = False
    now: datetime | None = None
    dossier: Dossier | None = None
    rules: Sequence[Rule] = ()
    as_json: bool = False
    language: str = DEFAULT_LANGUAGE
    """Of all that is written about documents."""
    rejects: Path | None = None
    """The file for refused lines."""

    @property
    def of_validator(self) -> dict[str, Any]:
        """Those of `loading.validator_for`."""
        return {name: getattr(self, name) for name in ("submission", "now", "dossier", "rules")}


@define
class LineCounts:
    """How many lines were validated, and what was found in them."""

    lines: int = 0
    refused: int = 0
    warnings: int = 0
    submissions: int = 0
    """Refused lines that may be documents that were sent in."""
    codes: Counter[str] = field(factory=Counter[str])

    def add(self, outcome: Outcome[Any]) -> None:
        """Count the outcome of a line."""
        self.lines += 1
        if not outcome.ok:
            self.refused += 1
            self.submissions += loading.may_be_submission(outcome)
        self.warnings += sum(found.severity is Severity.WARNING for found in outcome.findings)
        self.codes.update(str(found.code) for found in outcome.findings)


def is_lines(file: str) -> bool:
    """Return True if the name of a file says that it holds JSON Lines."""
    return file.lower().endswith(ENDINGS)


def split(file: console.InputFile, kind: str | None) -> tuple[type, Iterator[LineBlock]]:
    """Split a file into lines, and return their type and the lines.

    Raises:
        UnreadableError: the file cannot be read, or its gzip is damaged, now or later.
        UsageError: it is one JSON document, now or later; or nothing says which type the lines have.
    """
    # Until the type is known, a line may be as long as that of any.
    maximum = Limits().bounds_for(Dossier if kind is None else params.KINDS[kind]).bytes
    packed = file.name.lower().endswith(GZIP_EXTENSION)
    parts = _checked(line_blocks(decompressed(lambda _: file.read(READ_SIZE), packed=packed), maximum), file.name)
    begin: list[LineBlock] = []
    cls = _type_of_lines(parts, file.name, begin) if kind is None else params.KINDS[kind]
    return cls, chain(begin, parts)


def _type_of_lines(parts: Iterable[LineBlock], file: str, begin: list[LineBlock]) -> type:
    """Return the type that one of the first lines states; add the blocks that were read for that to *begin*."""
    for block in parts:
        begin.append(block)
        for line in block.pieces[: _FIRST_LINES + 1 - block.line] if block.part is Part.LINES else ():
            cls = loading.stated_type(line)
            if isinstance(cls, type):
                return cls
        if block.part is not Part.LINES or block.line + len(block.pieces) > _FIRST_LINES:
            break  # Nothing is held in memory to look past an overlong line.
    if not begin:
        return next(iter(params.KINDS.values()))  # Without lines, any will do.
    raise loading.UntypedError(
        f"Nothing in the first lines of {console.name_of(file)} says what they are:"
        ' give them "@type", or use --as TYPE.'
    )


def _checked(parts: Iterable[LineBlock], file: str) -> Iterator[LineBlock]:
    """Yield the blocks of a file up to damaged gzip, unless the first lines are those of one JSON document."""
    for block in parts:
        if block.part is Part.DAMAGED:
            raise console.UnreadableError(
                f"Cannot read {console.name_of(file)} from line {block.line} on: its gzip is damaged or cut off."
                " Fetch the file again."
            )
        if block.line == 1:
            _require_lines(block, file)
        yield block


def _require_lines(begin: LineBlock, file: str) -> None:
    """Refuse an array, or one document over several lines, none of which would be valid JSON."""
    lines = (each for piece in begin.pieces if (each := piece.strip()))
    first, second = next(lines, b""), next(lines, b"")
    # A line that ends like this goes on in the next, where JSON Lines would have another object.
    goes_on = first.endswith(b"[") or (first.endswith((b"{", b",")) and second.startswith((b'"', b"}")))
    if first.startswith(b"[") and (goes_on or first.endswith(b",") or not second):
        content, way = "a JSON array", "jq -c '.[]'"
    elif first.startswith(b"{") and goes_on and second:
        content, way = "one JSON document over several lines", "jq -c ."
    else:
        return
    raise click.UsageError(
        f"{console.name_of(file)} is {content}, not JSON Lines, which have one document per line."
        f" Convert it with `{way}`."
    )


def validated(
    block: LineBlock, cls: type[T], validator: Validator[T], reject: Callable[[bytes], object]
) -> Iterator[tuple[Outcome[T], bytes]]:
    """Yield the outcome of each line, and the line; an overlong line is cut to its end, and *reject* gets the rest."""
    part, first, pieces = block
    if part is Part.LINES:
        for line, payload in enumerate(pieces, first):
            yield validator(payload, line=line), payload
    elif part is Part.LAST:
        yield Outcome(findings=(line_refusal(part, Limits().bounds_for(cls).bytes),), line=first), pieces[0]
    else:
        reject(pieces[0])


def ignore(_refused: bytes, /) -> None:
    """Write a refused line nowhere."""


def outcomes_of(cls: type[T], parts: Iterable[LineBlock]) -> Iterator[Outcome[T]]:
    """Yield the outcome of each line that `split` found."""
    validator = loading.validator_for(cls)
    for block in parts:
        for outcome, _ in validated(block, cls, validator, ignore):
            yield outcome


def validate_file(file: console.InputFile, kind: str | None, options: ValidateOptions) -> int:
    """Validate a file of JSON Lines, write what is found, and return the exit code."""
    cls, blocks = split(file, kind)
    validator: Validator[Any] = loading.validator_for(cls, **options.of_validator)
    counts = LineCounts()
    try:
        with nullcontext() if options.rejects is None else console.OutputFile(options.rejects) as rejects:
            reject = ignore if rejects is None else rejects.write
            for block in _small_blocks(blocks):
                outcomes = [*validated(block, cls, validator, reject)]
                _write_lines(outcomes, file.name, options)
                reject(b"".join(line + b"\n" for outcome, line in outcomes if not outcome.ok))
                # Only what was written is counted, should the run be interrupted.
                for outcome, _ in outcomes:
                    counts.add(outcome)
    except BaseException:
        if counts.lines:
            _sum_up(file.name, counts, options)
        raise
    _sum_up(file.name, counts, options)
    return 1 if counts.refused else 0


def _small_blocks(blocks: Iterable[LineBlock]) -> Iterator[LineBlock]:
    """Yield the blocks in parts of so few lines that all that is found in them can be held in memory."""
    for part, line, pieces in blocks:
        for index in range(0, len(pieces), _MOST_LINES):
            yield LineBlock(part, line + index, pieces[index : index + _MOST_LINES])


def _write_lines(outcomes: Iterable[tuple[Outcome[Any], bytes]], file: str, options: ValidateOptions) -> None:
    """Write the outcomes of lines: in JSON all of them, else those with findings."""
    told = [
        report.formatted(outcome, file, line, options.language, as_json=options.as_json)
        for outcome, line in outcomes
        if options.as_json or outcome.findings
    ]
    if told:
        console.write_text("".join(told))


def _sum_up(file: str, counts: LineCounts, options: ValidateOptions) -> None:
    texts = finding_texts_for(options.language)
    words, separator = texts.report, texts.problem.separator
    counted = (
        (counts.lines, words.lines),
        (counts.lines - counts.refused, words.good_lines),
        (counts.refused, words.refused_lines),
        (counts.warnings, texts.problem.warnings),
    )
    listed = separator.join(texts.format(sentence, {"n": count}) for count, sentence in counted)
    frequent = sorted(counts.codes.items(), key=lambda item: (-item[1], item[0]))[:10]
    rows = "".join(f"\n{count:>8} {code}" for code, count in frequent)
    text = f"{report.name_of(file, options.language)}: {report.plain(listed)}{rows}"
    if options.as_json:
        console.say(text)
    else:
        console.write_text(f"{text}\n")
    if counts.submissions:
        console.say(report.hint(file, words.submission, options.language))
