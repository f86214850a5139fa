"""Findings for people and for programs, and errors of the package as errors of a command."""

import json
import re
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from typing import Any, Final, Self, TypeVar

import click
from attrs import evolve

from wtisd_model.cli import console
from wtisd_model.codes import Code, Severity
from wtisd_model.errors import ExportError, InvalidValueError, MessageError, PayloadError
from wtisd_model.findings import Finding
from wtisd_model.json.outcome import Outcome
from wtisd_model.json.positions import Position, positions
from wtisd_model.locales import DEFAULT_LANGUAGE, finding_texts_for

T = TypeVar("T")


class DocumentError(click.ClickException):
    """A document that a command needs has errors; the message lists them."""

    exit_code = 1

    @classmethod
    def of(cls, file: str, outcome: Outcome[Any]) -> Self:
        """Return the error for a document with findings."""
        return cls(as_text(file, outcome).rstrip("\n"))


def tell(file: str, outcome: Outcome[Any], language: str = DEFAULT_LANGUAGE) -> None:
    """Write an outcome to standard error, in a language."""
    console.say(as_text(file, outcome, language=language).rstrip("\n"))


def option_error(error: InvalidValueError) -> click.UsageError:
    """Return the error about an option that has a wrong value."""
    told = [str(found) for found in error.findings]
    if any(found.code == Code.GROUP_MEMBER_DOUBTFUL for found in error.findings):
        told.append("Use --as-last-known.")
    return click.UsageError(" ".join(told))


@contextmanager
def refusals(file: str, locate: Callable[[Finding], Finding] = lambda found: found) -> Generator[None, None, None]:
    """Turn our own errors into those of a command: about an option, or about the document in *file*.

    *locate* makes a path point into the document.
    """
    try:
        yield
    except InvalidValueError as error:
        raise option_error(error) from None
    except (ExportError, MessageError, PayloadError) as error:
        omitted = error.omitted if isinstance(error, PayloadError) else 0
        outcome = Outcome[None](findings=tuple(map(locate, error.findings)), omitted=omitted)
        raise DocumentError.of(file, outcome) from None


@contextmanager
def refusals_of_folder(folder: str) -> Generator[None, None, None]:
    """Turn the errors in a folder with the words of a language into those of a command."""
    try:
        yield
    except InvalidValueError as error:
        raise DocumentError.of(folder, Outcome[None](findings=error.findings)) from None


def formatted(outcome: Outcome[Any], file: str, raw: bytes, language: str, *, as_json: bool) -> str:
    """Return an outcome in a language: for people, or as a line of JSON."""
    return as_json_line(file, outcome, raw, language) if as_json else as_text(file, outcome, raw, language)


def in_language(outcome: Outcome[T], language: str) -> Outcome[T]:
    """Return an outcome with its findings in a language."""
    return evolve(outcome, findings=tuple(found.in_language(language) for found in outcome.findings))


def _placed(outcome: Outcome[Any], raw: bytes) -> Iterator[tuple[Finding, Position]]:
    """Yield each finding about a document, and where it is in the file."""
    return zip(outcome.findings, positions(raw, outcome.findings, first_line=outcome.line or 1), strict=True)


def as_text(file: str, outcome: Outcome[Any], raw: bytes | None = None, language: str = DEFAULT_LANGUAGE) -> str:
    """Format an outcome for people: a line on the document, then two for each finding, with its place in *raw*."""
    texts = finding_texts_for(language)
    words, problem = texts.report, texts.problem
    counts = Counter(found.severity for found in outcome.findings)
    omitted = [texts.format(problem.omitted, {"n": outcome.omitted})] if outcome.omitted else []
    counted = ((counts[Severity.ERROR], problem.errors), (counts[Severity.WARNING], problem.warnings))
    listed = [texts.format(sentence, {"n": count}) for count, sentence in counted if count]
    summary = [*([words.good] if outcome.ok else []), *listed, *omitted]
    name = name_of(file, language)
    if outcome.line is not None:
        name += f"{problem.separator}{words.line.format(line=outcome.line)}"
    lines = [f"{name}: {problem.separator.join(summary)}"]
    if raw is None:
        cells = ((found, _CELL.fullmatch(found.path)) for found in outcome.findings)
        placed = [
            None if cell is None else (cell[1], found.params.get("header", found.params.get("field", cell[2])))
            for found, cell in cells
        ]
    else:
        placed = [(position.line, position.column) for _, position in _placed(outcome, raw)]
    places = ["" if place is None else f" ({words.place.format(line=place[0], column=place[1])})" for place in placed]
    for found, place in zip(in_language(outcome, language).findings, places, strict=True):
        lines += [plain(f"{found.label} {found.message}") + place, plain(f"    {found.fix}")]
    lines += [f"... {sentence}" for sentence in omitted]
    return "\n".join(lines) + "\n"


_CELL: Final = re.compile("/lines/([0-9]+)/columns/([0-9]+)")

_UNPRINTABLE: Final = str.maketrans(
    {"\N{NO-BREAK SPACE}": " ", "\N{NARROW NO-BREAK SPACE}": " ", "\N{LEFT-TO-RIGHT MARK}": None}
)
"""Characters of our own sentences and numbers, in place of escapes: French has spaces before colons and in numbers."""


def plain(text: str) -> str:
    """Return a text of a language as a terminal shows it."""
    return console.escaped(text.translate(_UNPRINTABLE))


def name_of(file: str, language: str) -> str:
    """Return the name of a file in messages of a language."""
    return finding_texts_for(language).report.standard_input if file == console.STANDARD else console.name_of(file)


def hint(file: str, text: str, language: str) -> str:
    """Return a hint about a file."""
    return f"{name_of(file, language)}: {plain(text)}"


def as_json_line(file: str, outcome: Outcome[Any], raw: bytes, language: str) -> str:
    """Format an outcome for programs: a line of JSON in ASCII, with file, line (if any), ok, findings and omitted."""
    findings = [
        {
            "code": str(found.code),
            "severity": found.severity.value,
            "path": found.path,
            "message": found.message,
            "fix": found.fix,
            "params": dict(found.params),
            "line": place.line,
            "column": place.column,
        }
        for found, place in _placed(in_language(outcome, language), raw)
    ]
    # The name of a file may have bytes that are not UTF-8.
    name = file.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    line = {} if outcome.line is None else {"line": outcome.line}
    members = {"file": name, **line, "ok": outcome.ok, "findings": findings, "omitted": outcome.omitted}
    return f"{json.dumps(members)}\n"
