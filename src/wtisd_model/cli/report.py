"""Findings for people, for programs and for GitHub, and errors of the package as errors of a command."""

import json
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Mapping
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


def tell(file: str, outcome: Outcome[Any]) -> None:
    """Write an outcome to standard error."""
    console.say(as_text(file, outcome).rstrip("\n"))


def option_error(error: InvalidValueError) -> click.UsageError:
    """Return the error about an option that has a wrong value."""
    told = [str(found) for found in error.findings]
    if any(found.code == Code.GROUP_MEMBER_DOUBTFUL for found in error.findings):
        told.append("Use --as-last-known.")
    return click.UsageError(" ".join(told))


@contextmanager
def refusals(file: str, locate: Callable[[Finding], Finding] = lambda found: found) -> Generator[None, None, None]:
    """Turn our own errors into those of a command: about an option, or about the document in *file*.

    Args:
        file: the file that the document came from.
        locate: makes a path point into the document.
    """
    try:
        yield
    except InvalidValueError as error:
        raise option_error(error) from None
    except (ExportError, MessageError, PayloadError) as error:
        omitted = error.omitted if isinstance(error, PayloadError) else 0
        outcome = Outcome[None](findings=tuple(map(locate, error.findings)), omitted=omitted)
        raise DocumentError.of(file, outcome) from None


FORMATS: Final = ("text", "json", "github")
"""The formats of findings: for people, for programs, and as annotations of GitHub."""


def formatted(form: str, file: str, outcome: Outcome[Any], raw: bytes, language: str = DEFAULT_LANGUAGE) -> str:
    """Return an outcome in one of the `FORMATS`, and in one of the languages."""
    if form == "json":
        return as_json_line(in_language(outcome, language), raw, file)
    return (as_annotations if form == "github" else as_text)(file, outcome, raw, language)


def in_language(outcome: Outcome[T], language: str) -> Outcome[T]:
    """Return an outcome with its findings in a language."""
    return evolve(outcome, findings=tuple(found.in_language(language) for found in outcome.findings))


def _placed(outcome: Outcome[Any], raw: bytes) -> Iterator[tuple[Finding, Position]]:
    """Yield each finding about a document, and where it is in the file."""
    return zip(outcome.findings, positions(raw, outcome.findings, first_line=outcome.line or 1), strict=True)


def as_text(file: str, outcome: Outcome[Any], raw: bytes | None = None, language: str = DEFAULT_LANGUAGE) -> str:
    """Format an outcome for people: a line on the document, then two lines for each finding.

    Args:
        file: the name of the document.
        outcome: the findings.
        raw: the document, if each finding is to name its place: ``(line 4, column 3)``.
        language: the language of all that is written.
    """
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
    places = [""] * len(outcome.findings)
    if raw is not None:
        places = [
            f" ({words.place.format(line=position.line, column=position.column)})"
            for _, position in _placed(outcome, raw)
        ]
    for found, place in zip(in_language(outcome, language).findings, places, strict=True):
        lines += [plain(f"{found.label} {found.message}") + place, plain(f"    {found.fix}")]
    lines += [f"... {sentence}" for sentence in omitted]
    return "\n".join(lines) + "\n"


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


def as_annotations(file: str, outcome: Outcome[Any], raw: bytes, language: str = DEFAULT_LANGUAGE) -> str:
    """Format an outcome as GitHub's workflow commands, which annotate the lines of a file; nothing if it is good.

    Source: https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands; what is escaped, and how,
    is in packages/core/src/command.ts of https://github.com/actions/toolkit.
    """
    name, texts = _file_property(file), finding_texts_for(language)
    at = texts.report.at
    lines = [
        _command(
            found.severity.value,
            {**name, "line": str(place.line), "col": str(place.column), "title": found.code},
            # The line is that of the enclosing object if a member is missing, so only the path names it.
            f"{f'{at.format(path=console.escaped(found.path))}: ' if found.path else ''}{found.message}\n{found.fix}",
        )
        for found, place in _placed(in_language(outcome, language), raw)
    ]
    if outcome.omitted:
        lines.append(_command("error", name, f"... {texts.format(texts.problem.omitted, {'n': outcome.omitted})}"))
    return "".join(lines)


def annotation(file: str, message: str) -> str:
    """Format an error about a file as a whole as a workflow command of GitHub."""
    return _command("error", _file_property(file), message)


def _file_property(file: str) -> dict[str, str]:
    return {} if file == console.STANDARD else {"file": _utf8(file)}


def _command(name: str, properties: Mapping[str, str], message: str) -> str:
    listed = ",".join(
        f"{key}={_command_data(value).replace(':', '%3A').replace(',', '%2C')}" for key, value in properties.items()
    )
    return f"::{name}{' ' if listed else ''}{listed}::{_command_data(message)}\n"


def _command_data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _utf8(file: str) -> str:
    """Return the name of a file, with U+FFFD for bytes that are not UTF-8."""
    return file.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def as_json_line(outcome: Outcome[Any], raw: bytes, file: str | None = None) -> str:
    """Format an outcome for programs: a line of JSON in ASCII, with *file* (if given), line, ok, findings, omitted."""
    members: dict[str, object] = {}
    if file is not None:
        members["file"] = _utf8(file)
    if outcome.line is not None:
        members["line"] = outcome.line
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
        for found, place in _placed(outcome, raw)
    ]
    members |= {"ok": outcome.ok, "findings": findings, "omitted": outcome.omitted}
    return f"{json.dumps(members)}\n"
