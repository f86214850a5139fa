"""Files of JSON Lines: recognized, split, and validated line by line, by one process or several."""

import os
import signal
import sys
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import ExitStack, closing
from datetime import datetime
from itertools import chain, repeat
from pathlib import Path
from threading import Thread
from typing import Any, Final, Self, TypeVar

import click
from attrs import define, field, frozen

from wtisd_model.cli import console, report
from wtisd_model.codes import Severity
from wtisd_model.json.gunzip import decompressed
from wtisd_model.json.limits import Limits
from wtisd_model.json.lines import GZIP_EXTENSION, LineBlock, Part, line_blocks, line_refusal
from wtisd_model.json.outcome import Outcome
from wtisd_model.json.validator import Validator
from wtisd_model.locales import DEFAULT_LANGUAGE, finding_texts_for
from wtisd_model.model.dossier import Dossier

T = TypeVar("T")

ENDINGS: Final = (".jsonl", ".ndjson", f".jsonl{GZIP_EXTENSION}", f".ndjson{GZIP_EXTENSION}")
"""How the names of files of JSON Lines end."""

READ_SIZE: Final = 262_144
"""Bytes that are read at a time."""

_MOST_LINES: Final = 250  # of a task: what is found in them is held in memory
_FIRST_LINES: Final = 20  # that are searched for the type of all


@frozen(kw_only=True)
class ValidateOptions:
    """The options of `validate`."""

    submission: bool = False
    now: datetime | None = None
    dossier: Dossier | None = None
    form: str = report.FORMATS[0]
    """One of the `FORMATS`."""
    language: str = DEFAULT_LANGUAGE
    """Of all that is written about documents."""
    rejects: Path | None = None
    """The file for refused lines."""
    report: Path | None = None
    """The file for findings, which are then not written to standard output as well."""
    max_errors: int | None = None
    jobs: int = 1


@define
class LineReport:
    """The outcomes of lines, ready to be written, and their counts."""

    text: list[str] = field(factory=list[str])
    """For standard output."""
    report: list[str] = field(factory=list[str])
    """For the file of ``--report``."""
    rejects: list[bytes] = field(factory=list[bytes])
    """For the file of ``--rejects``."""
    lines: int = 0
    refused: int = 0
    warnings: int = 0
    submissions: int = 0
    """Refused lines that may be documents that were sent in."""
    codes: Counter[str] = field(factory=Counter[str])

    def add(self, outcome: Outcome[Any], line: bytes, file: str, options: ValidateOptions) -> None:
        """Add the outcome of a line."""
        self.lines += 1
        if not outcome.ok:
            self.refused += 1
            self.rejects += (line, b"\n")
            self.submissions += report.may_be_submission(outcome)
        if options.report is not None:
            self.report.append(report.as_object(report.in_language(outcome, options.language), line))
        if options.form == "json" or (outcome.findings and not (options.form == "text" and options.report)):
            self.text.append(report.formatted(options.form, file, outcome, line, options.language))
        self.warnings += sum(found.severity is Severity.WARNING for found in outcome.findings)
        self.codes.update(str(found.code) for found in outcome.findings)

    def count(self, other: Self) -> None:
        """Add the counts of another report."""
        self.lines += other.lines
        self.refused += other.refused
        self.warnings += other.warnings
        self.submissions += other.submissions
        self.codes += other.codes


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
    maximum = Limits().bounds_for(Dossier if kind is None else console.KINDS[kind]).bytes
    packed = file.name.lower().endswith(GZIP_EXTENSION)
    parts = _checked(line_blocks(decompressed(lambda _: file.read(READ_SIZE), packed=packed), maximum), file.name)
    begin: list[LineBlock] = []
    cls = _type_of_lines(parts, file.name, begin) if kind is None else console.KINDS[kind]
    return cls, chain(begin, parts)


def _type_of_lines(parts: Iterable[LineBlock], file: str, begin: list[LineBlock]) -> type:
    """Return the type that one of the first lines states; add the blocks that were read for that to *begin*."""
    for block in parts:
        begin.append(block)
        for line in block.pieces[: _FIRST_LINES + 1 - block.line] if block.part is Part.LINES else ():
            cls = report.stated_type(line)
            if isinstance(cls, type):
                return cls
        if block.part is not Part.LINES or block.line + len(block.pieces) > _FIRST_LINES:
            break  # Nothing is held in memory to look past an overlong line.
    if not begin:
        return next(iter(console.KINDS.values()))  # Without lines, any will do.
    raise report.UntypedError(
        f'Nothing in the first lines of {console.shown(file)} says what they are: give them "@type", or use --as TYPE.'
    )


def _checked(parts: Iterable[LineBlock], file: str) -> Iterator[LineBlock]:
    """Yield the blocks of a file up to damaged gzip, unless the first lines are those of one JSON document."""
    for block in parts:
        if block.part is Part.DAMAGED:
            raise console.UnreadableError(
                f"Cannot read {console.shown(file)} from line {block.line} on: its gzip is damaged or cut off."
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
        found, way = "a JSON array", "jq -c '.[]'"
    elif first.startswith(b"{") and goes_on and second:
        found, way = "one JSON document over several lines", "jq -c ."
    else:
        return
    raise click.UsageError(
        f"{console.shown(file)} is {found}, not JSON Lines, which have one document per line. Convert it with `{way}`."
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
    validator = report.validator_for(cls)
    for block in parts:
        for outcome, _ in validated(block, cls, validator, ignore):
            yield outcome


def validate_file(file: console.InputFile, kind: str | None, options: ValidateOptions) -> int:
    """Validate a file of JSON Lines, write what is found, and return the exit code."""
    cls, parts = split(file, kind)
    check = LineChecker(file.name, cls, options)
    total, is_stopped = LineReport(), False
    try:
        with ExitStack() as stack:
            progress = stack.enter_context(Progress(file, options.language))
            rejects, listed = (
                None if path is None else stack.enter_context(console.OutputFile(path))
                for path in (options.rejects, options.report)
            )
            tasks = (
                LineBlock(part, line + at, pieces[at : at + _MOST_LINES])
                for part, line, pieces in parts
                for at in range(0, len(pieces), _MOST_LINES)
            )
            for task, result in stack.enter_context(closing(_results(tasks, check, options.jobs))):
                left = None if options.max_errors is None else options.max_errors - total.refused
                is_stopped = left is not None and result.refused >= left
                found = check(task, left) if is_stopped else result
                if found.text:
                    progress.make_way()
                    console.write_text("".join(found.text))
                if rejects is not None:
                    rejects.write(b"".join(found.rejects))
                if listed is not None:
                    listed.write("".join(found.report).encode())
                total.count(found)
                progress.show(file.position, total.lines)
                if is_stopped:
                    break
    except BaseException:
        if total.lines:
            _sum_up(file.name, total, options)
        raise
    _sum_up(file.name, total, options)
    if is_stopped:
        texts = finding_texts_for(options.language)
        console.say(report.plain(texts.format(texts.report.stopped, {"n": total.refused})))
    return 1 if total.refused else 0


def _sum_up(file: str, total: LineReport, options: ValidateOptions) -> None:
    texts = finding_texts_for(options.language)
    words, separator = texts.report, texts.problem.separator
    counted = (
        (total.lines, words.lines),
        (total.lines - total.refused, words.good_lines),
        (total.refused, words.refused_lines),
        (total.warnings, texts.problem.warnings),
    )
    listed = separator.join(texts.format(sentence, {"n": count}) for count, sentence in counted)
    frequent = sorted(total.codes.items(), key=lambda each: (-each[1], each[0]))[:10]
    rows = "".join(f"\n{count:>8} {code}" for code, count in frequent)
    text = f"{report.named(file, options.language)}: {report.plain(listed)}{rows}"
    if options.form == "text":
        console.write_text(f"{text}\n")
    else:
        console.say(text)
    if total.submissions:
        console.say(report.hint(file, words.submission, options.language))


class LineChecker:
    """Validates the lines of a file."""

    def __init__(self, file: str, cls: type, options: ValidateOptions) -> None:
        self.arguments: tuple[str, type, ValidateOptions] = (file, cls, options)
        self._validator: Validator[Any] = report.validator_for(
            cls, submission=options.submission, now=options.now, dossier=options.dossier
        )

    def __call__(self, block: LineBlock, most: int | None = None) -> LineReport:
        """Return the report on some lines, which ends after *most* refused lines."""
        file, cls, options = self.arguments
        found = LineReport()
        for outcome, line in validated(block, cls, self._validator, found.rejects.append):
            found.add(outcome, line, file, options)
            if found.refused == most:
                break
        return found


def _results(
    tasks: Iterable[LineBlock], check: LineChecker, jobs: int
) -> Generator[tuple[LineBlock, LineReport], None, None]:
    """Yield each task with its report, in order."""
    if jobs == 1:
        for task in tasks:
            yield task, check(task)
        return
    from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor  # slow to load; only for --jobs

    pending = deque[tuple[LineBlock, Any]]()
    try:
        with ProcessPoolExecutor(jobs, initializer=_start_worker, initargs=check.arguments) as pool:
            for task in tasks:
                with console.failing_as("start a worker process"):
                    pending.append((task, pool.submit(_work, task)))
                # Few are in memory at a time; and a result is not held back until more lines come, maybe late.
                while pending and (len(pending) > jobs + 1 or pending[0][1].done()):
                    first, future = pending.popleft()
                    yield first, future.result()
            for first, future in pending:
                yield first, future.result()
    except BrokenProcessPool:
        raise console.CannotError("A worker process ended unexpectedly; it may have run out of memory.") from None


_checkers: Final[list[LineChecker]] = []
"""In a worker process, the single checker that it was started with."""


def _start_worker(file: str, cls: type, options: ValidateOptions) -> None:
    # The main process answers signals for all. If it is killed, workers end by themselves.
    for each in (signal.SIGINT, *console.TERMINATION):
        signal.signal(each, signal.SIG_IGN)
    Thread(target=_exit_with_parent, daemon=True).start()
    _checkers.append(LineChecker(file, cls, options))


def _exit_with_parent() -> None:
    from multiprocessing import parent_process  # as above, in a worker

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(task: LineBlock) -> LineReport:
    return _checkers[-1](task)


class Progress:
    """A progress bar for reading a file, if standard error is a terminal; for a pipe, without percentages."""

    def __init__(self, file: console.InputFile, language: str = DEFAULT_LANGUAGE) -> None:
        words = finding_texts_for(language).report
        self._hidden = not console.is_terminal(sys.stderr)
        self._bar = click.progressbar(
            repeat(0),  # never looked at: `show` moves the bar
            length=file.size,
            label=report.named(Path(file.name).name, language)[:24],
            file=sys.stderr,
            hidden=self._hidden,
            item_show_func=lambda line: None if line is None else report.plain(words.line.format(line=line)),
            width=16,  # with label, percentage, time and line less than 80 columns
            update_min_steps=0,  # lines go on where bytes do not
        )

    def __enter__(self) -> Self:
        self._bar.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.render_finish()

    def show(self, position: int, line: int) -> None:
        """Show how many bytes were read, and up to which line all is validated."""
        self._bar.update(position - self._bar.pos, line)

    def make_way(self) -> None:
        """Clear the line of the bar before something else is written to the same terminal."""
        if not self._hidden and console.is_terminal(sys.stdout):
            click.echo(f"\r{' ' * (self._bar.max_width or 0)}\r", file=sys.stderr, nl=False)
