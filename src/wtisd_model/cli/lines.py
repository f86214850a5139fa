"""A file of JSON Lines, judged: told line by line, stopped and resumed at a line, and summed up at the end."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Final, NamedTuple

import click
from attrs import frozen

from wtisd_model.cli.interrupts import TerminatedError, terminating, undisturbed
from wtisd_model.cli.judging import Lines, Notes, Orders, Task, Told
from wtisd_model.cli.line_files import damaged_from, parted
from wtisd_model.cli.numbers import counted
from wtisd_model.cli.parameters import KINDS, require_judged, require_submission
from wtisd_model.cli.progress import Progress
from wtisd_model.cli.report import deliver
from wtisd_model.cli.streams import CannotError, Incoming, Outgoing, say, shown, write_text
from wtisd_model.cli.workers import Crew
from wtisd_model.json.jsonl import Part, Stretch, refusal
from wtisd_model.json.limits import Limits
from wtisd_model.json.outcome import Outcome

# What is told of so many lines is held until it is written.
_MOST_LINES: Final = 250
_MOST_CODES: Final = 10


class StoppedError(click.ClickException):
    """A run was interrupted; the message says how to go on."""

    exit_code = 130  # as shells tell of a process that a signal ended: 128 and the number of SIGINT


class EndedError(StoppedError):
    """A run was interrupted by SIGTERM."""

    exit_code = 143


@frozen(kw_only=True)
class Plan:
    """What is asked of a run over a file of JSON Lines."""

    kind: str | None = None
    rejects: Path | None = None
    report: Path | None = None
    resumed_at: int | None = None
    """The line to go on at; what is written before it stays."""
    most_refused: int | None = None
    """After so many refused lines it stops."""
    again: str = ""
    """Options that a run that goes on needs besides the line."""


class _Mark(NamedTuple):
    """Where a task comes from."""

    position: int
    """Bytes that were read until then."""
    next: int | None
    """The line to go on at when it is told; None in the middle of a line."""
    task: Lines | None = None
    damaged: int | None = None
    """The line from which on nothing can be read."""


def judge_lines(incoming: Incoming, plan: Plan, orders: Orders, crew: Crew) -> int:
    """Judge a file of JSON Lines, write what is found, and give the code to end with.

    Raises:
        CannotError: it cannot be read, or something cannot be written, or a process that judges ended.
        StoppedError: it was interrupted.
        UsageError: nothing says which type the lines are of; or no stranger sends such, or no dossier judges them.
    """
    kind, parts = parted(incoming, plan.kind)
    if orders.submission:
        require_submission(KINDS[kind])
    if orders.dossier is not None:
        require_judged(KINDS[kind])
    with ExitStack() as stack:
        more = plan.resumed_at is not None
        files = [
            None if path is None else stack.enter_context(Outgoing(path, more=more))
            for path in (plan.report, plan.rejects)
        ]
        run = _Run(incoming, plan, orders, kind, files)
        return run.judge(parts, crew)


class _Run:
    """One run over one file."""

    def __init__(self, incoming: Incoming, plan: Plan, orders: Orders, kind: str, files: list[Outgoing | None]) -> None:
        self._incoming = incoming
        self._plan = plan
        self._orders = orders
        self._kind = kind
        self._report, self._rejects = files
        self._next = self._first = plan.resumed_at or 1
        self._lines = 0
        self._refused = 0
        self._warnings = 0
        self._codes = Counter[str]()
        self._damaged: int | None = None

    def judge(self, parts: Iterable[Stretch], crew: Crew) -> int:
        """Judge what is to be judged, and give the code to end with."""
        end: CannotError | KeyboardInterrupt | None = None
        stopped = False
        try:
            with terminating(), Progress(self._incoming) as progress:
                stopped = self._go(parts, crew, progress)
        except (CannotError, KeyboardInterrupt) as error:
            end = error
        if end is not None:
            self._undo()
        if isinstance(end, CannotError):
            raise self._failed(end)
        self._sum_up()
        again = self._again()
        if end is not None:
            kind = EndedError if isinstance(end, TerminatedError) else StoppedError
            raise kind(f"Interrupted before line {self._next}. Go on with {again}.")
        if stopped:
            say(f"Stopped: {counted(self._refused, 'line')} refused. Go on with {again}.")
        if self._damaged is not None:
            then = f", and go on with {again}" if self._next > 1 else ""
            lost = damaged_from(self._incoming.name, self._damaged, then)
            say(f"Error: {lost.message}")
            return lost.exit_code
        if self._first > 1 and not self._lines:
            say(f"{shown(self._incoming.name)} ends before line {self._first}: there was nothing to judge.")
        return 1 if self._refused else 0

    def _again(self) -> str:
        return f"--from-line {self._next}{self._plan.again}"

    def _failed(self, failure: CannotError) -> CannotError:
        """Say how to go on after a failure, and sum up what was judged before it."""
        if self._next == self._first:
            return failure
        with suppress(CannotError):  # Standard output may be what failed.
            self._sum_up()
        return CannotError(f"{failure.message.rstrip('.')}. Go on with {self._again()}.")

    def _go(self, parts: Iterable[Stretch], crew: Crew, progress: Progress) -> bool:
        """Judge and write task by task; true where enough lines were refused."""
        for mark, result in crew.in_order(self._tasks(parts)):
            told, after = result, mark.next
            left = None if self._plan.most_refused is None else self._plan.most_refused - self._refused
            enough = left is not None and told.refused >= left
            if enough and mark.task is not None:
                told = crew.judge(mark.task, left)
                after = mark.task.first + told.lines
            if told.text:
                progress.make_way()
            with undisturbed():
                self._write(told, after)
            self._damaged = mark.damaged
            progress.show(mark.position, self._next - 1)
            if enough:
                return True
        return False

    def _tasks(self, parts: Iterable[Stretch]) -> Iterator[tuple[_Mark, Task | Told]]:
        """Make tasks of the lines that are wanted; what is no matter of judging is told already."""
        file = os.fsencode(self._incoming.name)
        for part, line, pieces in parts:
            position = self._incoming.position
            if part is Part.LINES:
                wanted = range(max(self._first - line, 0), len(pieces), _MOST_LINES)
                for at in wanted:
                    lines = pieces[at : at + _MOST_LINES]
                    task = Lines(file=file, kind=self._kind, first=line + at, lines=lines)
                    yield _Mark(position, line + at + len(lines), task), task
            elif part is Part.DAMAGED:
                # Said at the end, and nowhere else: it is no line, and after the file is fetched again it is not there.
                yield _Mark(position, None, damaged=line), Told()
            elif line >= self._first:
                told = self._too_long(line, pieces[0]) if part is Part.LAST else Told(rejects=pieces[0])
                yield _Mark(position, line + 1 if part is Part.LAST else None), told

    def _too_long(self, line: int, end: bytes) -> Told:
        """Tell of a line that is too long, when it ends; its other pieces are kept as they come."""
        notes = Notes(self._orders, self._incoming.name)
        found = refusal(Part.LAST, Limits().bounds_for(KINDS[self._kind]).bytes)
        notes.add(Outcome[object](findings=(found,), line=line), end)
        return notes.told()

    def _write(self, told: Told, after: int | None) -> None:
        if told.text:
            deliver(told.text, as_json=self._orders.as_json)
        # The report last: where the process is killed in between, no line counts as told whose reject is not there.
        for file, content in ((self._rejects, told.rejects), (self._report, told.report)):
            if file is not None:
                file.write(content)
        # Kept together: after a stop, both tell of the same lines.
        for file in () if after is None else (self._report, self._rejects):
            if file is not None:
                file.keep()
        self._lines += told.lines
        self._refused += told.refused
        self._warnings += told.warnings
        self._codes.update(told.codes)
        self._next = self._next if after is None else after

    def _undo(self) -> None:
        for file in (self._report, self._rejects):
            if file is not None:
                file.undo()

    def _sum_up(self) -> None:
        """Tell how many there were: people on standard output, and beside what programs read there."""
        good = self._lines - self._refused
        lines, warnings = counted(self._lines, "line"), counted(self._warnings, "warning")
        text = f"{shown(self._incoming.name)}: {lines}, {good} good, {self._refused} refused, {warnings}"
        frequent = sorted(self._codes.items(), key=lambda each: (-each[1], each[0]))[:_MOST_CODES]
        rows = "".join(f"\n{count:>8} {code}" for code, count in frequent)
        if self._orders.as_json:
            say(text + rows)
        else:
            write_text(f"{text}{rows}\n")
