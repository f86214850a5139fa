"""How findings are shown: to people in lines, to programs as one JSON object for each document."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import click

from wtisd_model.cli.numbers import counted
from wtisd_model.cli.streams import escaped, shown, write, write_text
from wtisd_model.codes import Severity
from wtisd_model.findings import Finding
from wtisd_model.json.outcome import Outcome


class FoundError(click.ClickException):
    """A document that was to be used has errors; the message lists them."""

    exit_code = 1


def report(file: str, outcome: Outcome[Any], *, as_json: bool) -> None:
    """Write what was found in a document to standard output.

    Raises:
        CannotError: it cannot be written.
    """
    deliver(told(file, outcome, as_json=as_json), as_json=as_json)


def told(file: str, outcome: Outcome[Any], *, as_json: bool) -> str:
    """Write what was found in a document, in lines for people or in one line for programs."""
    return as_object(outcome, file) if as_json else readable(file, outcome)


def deliver(result: str, *, as_json: bool) -> None:
    """Write to standard output what `told` made.

    Raises:
        CannotError: it cannot be written.
    """
    if as_json:
        write(result.encode())
    else:
        write_text(result)


def readable(file: str, outcome: Outcome[Any]) -> str:
    """Show an outcome in lines: what became of the document, then each finding with its code first."""
    return "".join(f"{line}\n" for line in _lines(file, outcome))


def _lines(file: str, outcome: Outcome[Any]) -> Iterator[str]:
    line = "" if outcome.line is None else f", line {outcome.line}"
    yield f"{shown(file)}{line}: {_summary(outcome)}"
    for each in outcome.findings:
        warning = "warning " if each.severity is Severity.WARNING else ""
        place = f"{warning}at {each.path}: " if each.path else f"{warning}"
        yield escaped(f"[{each.code}] {place}{each.message}")
        yield escaped(f"    {each.fix}")
    if outcome.omitted:
        yield f"... and {outcome.omitted} more, not shown."


def _summary(outcome: Outcome[Any]) -> str:
    counts = Counter(each.severity for each in outcome.findings)
    numbers = [counted(count, name) for name in Severity if (count := counts[name])]
    if outcome.omitted:
        numbers.append("and more")
    return ", ".join((["good"] if outcome.ok else []) + numbers)


def as_object(outcome: Outcome[Any], file: str | None = None) -> str:
    """Write an outcome as one JSON object in a line: file, line, ok, findings, omitted, as far as they are known.

    It is ASCII, so that it can be written and read anywhere; the bytes of a file name that are no text are replaced.
    """
    found = ", ".join(json.dumps(_members(each)) for each in outcome.findings)
    name = "" if file is None else f'"file": {_quoted(file)}, '
    line = "" if outcome.line is None else f'"line": {outcome.line}, '
    ok = "true" if outcome.ok else "false"
    return f'{{{name}{line}"ok": {ok}, "findings": [{found}], "omitted": {outcome.omitted}}}\n'


def _quoted(file: str) -> str:
    return json.dumps(file.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))


def _members(found: Finding) -> dict[str, object]:
    return {
        "code": str(found.code),
        "severity": found.severity.value,
        "path": found.path,
        "message": found.message,
        "fix": found.fix,
        "params": dict(found.params),
    }
