"""Judging what was read: bytes and orders go in, findings come out as text, here or in another process."""

import os
from collections import Counter
from datetime import datetime
from typing import Any

import click
from msgspec import Struct, field

from wtisd_model.cli.documents import bound, judged
from wtisd_model.cli.parameters import KINDS
from wtisd_model.cli.report import as_object, readable, told
from wtisd_model.codes import Severity
from wtisd_model.json.outcome import Outcome
from wtisd_model.json.validator import Validator, from_json
from wtisd_model.model.dossier import Dossier

# Structs of msgspec, since what they hold goes between processes: never an object of the model, which would cost more
# to pack and unpack than to judge again.


class Orders(Struct, frozen=True, kw_only=True):
    """What is asked of every document of a run."""

    submission: bool = False
    now: datetime | None = None
    dossier: bytes | None = None
    """A dossier in JSON, which is sound."""
    as_json: bool = False
    """Whether it is written for programs."""
    silent: bool = False
    """Whether lines are told in the report only."""
    report: bool = False
    """Whether lines are told in the report."""
    rejects: bool = False
    """Whether the lines that are refused are to be kept."""


class Document(Struct, frozen=True, kw_only=True, tag=True):
    """A document that is to be judged."""

    file: bytes
    """The name of its file, as the operating system has it."""
    kind: str | None
    raw: bytes


class Lines(Struct, frozen=True, kw_only=True, tag=True):
    """Lines that are to be judged."""

    file: bytes
    kind: str
    first: int
    """The number of the first one."""
    lines: list[bytes]


Task = Document | Lines


class Told(Struct, kw_only=True):
    """What was found, ready to be written."""

    text: str = ""
    """For standard output."""
    report: bytes = b""
    rejects: bytes = b""
    """The lines that were refused."""
    lines: int = 0
    refused: int = 0
    warnings: int = 0
    codes: dict[str, int] = field(default_factory=dict[str, int])
    """How often each code was found."""
    mistake: str | None = None
    """What is wrong with the command."""


class Judge:
    """Judges one task after the other; what it needs for a type of document is prepared once."""

    def __init__(self, orders: Orders) -> None:
        self._orders = orders
        self._dossier = None if orders.dossier is None else from_json(Dossier, orders.dossier)
        self._validators: dict[str, Validator[Any]] = {}

    def __call__(self, task: Task, most: int | None = None) -> Told:
        """Judge a task; of lines, up to the one that is refused as the number *most*."""
        return self._lines(task, most) if isinstance(task, Lines) else self._document(task)

    def _document(self, task: Document) -> Told:
        orders, file = self._orders, os.fsdecode(task.file)
        try:
            outcome = judged(
                task.raw, file, task.kind, submission=orders.submission, now=orders.now, dossier=self._dossier
            )
        except click.UsageError as mistaken:
            return Told(mistake=mistaken.message)
        return Told(text=told(file, outcome, as_json=orders.as_json), refused=0 if outcome.ok else 1)

    def _lines(self, task: Lines, most: int | None) -> Told:
        notes = Notes(self._orders, os.fsdecode(task.file))
        validator = self._validator(task.kind)
        for line, payload in enumerate(task.lines, task.first):
            notes.add(validator(payload, line=line), payload)
            if notes.refused == most:
                break
        return notes.told()

    def _validator(self, kind: str) -> Validator[Any]:
        if kind not in self._validators:
            orders = self._orders
            self._validators[kind] = bound(
                KINDS[kind], submission=orders.submission, now=orders.now, dossier=self._dossier
            )
        return self._validators[kind]


class Notes:
    """Gathers what is found in lines."""

    def __init__(self, orders: Orders, file: str) -> None:
        self._orders = orders
        self._file = file
        self._text: list[str] = []
        self._report: list[str] = []
        self._rejects: list[bytes] = []
        self._warnings = 0
        self._codes = Counter[str]()
        self._lines = 0
        self.refused: int = 0

    def add(self, outcome: Outcome[Any], payload: bytes) -> None:
        """Note what became of a line."""
        self._lines += 1
        if not outcome.ok:
            self.refused += 1
            if self._orders.rejects:
                self._rejects += (payload, b"\n")
        if self._orders.report:
            self._report.append(as_object(outcome))
        if self._orders.as_json:
            self._text.append(as_object(outcome, self._file))
        elif outcome.findings and not self._orders.silent:
            self._text.append(readable(self._file, outcome))
        for each in outcome.findings:
            self._codes[str(each.code)] += 1
            self._warnings += each.severity is Severity.WARNING

    def told(self) -> Told:
        """Give all of it."""
        return Told(
            text="".join(self._text),
            report="".join(self._report).encode(),
            rejects=b"".join(self._rejects),
            lines=self._lines,
            refused=self.refused,
            warnings=self._warnings,
            codes=dict(self._codes),
        )
