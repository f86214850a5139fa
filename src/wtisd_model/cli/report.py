"""Reading and validating documents, and reporting findings as text for people or as JSON for programs."""

import json
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final, Self, TypeVar

import click
from attrs import evolve, frozen

from wtisd_model.cli import console
from wtisd_model.codes import Code, Severity
from wtisd_model.errors import ExportError, InvalidValueError, MessageError, PayloadError
from wtisd_model.findings import Finding, finding
from wtisd_model.json.gunzip import MAGIC
from wtisd_model.json.json_types import Payload
from wtisd_model.json.limits import Limits
from wtisd_model.json.outcome import Outcome
from wtisd_model.json.parser import read
from wtisd_model.json.positions import Position, positions
from wtisd_model.json.validator import Submission, Validator
from wtisd_model.locales import DEFAULT_LANGUAGE, finding_texts_for, language_for
from wtisd_model.model.documents import DOCUMENTS, SUBMISSIONS, document_name
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.event import Event

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


class UntypedError(click.UsageError):
    """Nothing says which type the documents in a file have."""


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
        return as_object(in_language(outcome, language), raw, file)
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
    counts = Counter(each.severity for each in outcome.findings)
    omitted = [texts.format(problem.omitted, {"n": outcome.omitted})] if outcome.omitted else []
    counted = ((counts[Severity.ERROR], problem.errors), (counts[Severity.WARNING], problem.warnings))
    listed = [texts.format(sentence, {"n": count}) for count, sentence in counted if count]
    summary = [*([words.good] if outcome.ok else []), *listed, *omitted]
    name = named(file, language)
    if outcome.line is not None:
        name += f"{problem.separator}{words.line.format(line=outcome.line)}"
    lines = [f"{name}: {problem.separator.join(summary)}"]
    places = [""] * len(outcome.findings)
    if raw is not None:
        found = (place for _, place in _placed(outcome, raw))
        places = [f" ({words.place.format(line=place.line, column=place.column)})" for place in found]
    for each, place in zip(in_language(outcome, language).findings, places, strict=True):
        lines += [plain(f"{each.label} {each.message}") + place, plain(f"    {each.fix}")]
    lines += [f"... {each}" for each in omitted]
    return "\n".join(lines) + "\n"


_UNPRINTABLE: Final = str.maketrans(
    {"\N{NO-BREAK SPACE}": " ", "\N{NARROW NO-BREAK SPACE}": " ", "\N{LEFT-TO-RIGHT MARK}": None}
)
"""Characters of our own sentences and numbers, in place of escapes: French has spaces before colons and in numbers."""


def plain(text: str) -> str:
    """Return a text of a language as a terminal shows it."""
    return console.escaped(text.translate(_UNPRINTABLE))


def named(file: str, language: str) -> str:
    """Return the name of a file in messages of a language."""
    return finding_texts_for(language).report.standard_input if file == console.STANDARD else console.shown(file)


def hint(file: str, text: str, language: str) -> str:
    """Return a hint about a file."""
    return f"{named(file, language)}: {plain(text)}"


def as_annotations(file: str, outcome: Outcome[Any], raw: bytes, language: str = DEFAULT_LANGUAGE) -> str:
    """Format an outcome as GitHub's workflow commands, which annotate the lines of a file; nothing if it is good.

    Source: https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands; what is escaped, and how,
    is in packages/core/src/command.ts of https://github.com/actions/toolkit.
    """
    name, texts = _named(file), finding_texts_for(language)
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
    return _command("error", _named(file), message)


def _named(file: str) -> dict[str, str]:
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


def as_object(outcome: Outcome[Any], raw: bytes, file: str | None = None) -> str:
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


def require_one_form(*, as_json: bool, as_csv: bool) -> None:
    """Raise a usage error if both forms of output are asked for."""
    if as_json and as_csv:
        raise click.UsageError("--json and --csv exclude each other.")


def read_document(file: str) -> bytes:
    """Read the bytes of a document; ``-`` is standard input. At most one byte more than a dossier may have is read."""
    return console.read_at_most(file, Limits().bounds_for(Dossier).bytes + 1)


def validate_document(
    raw: bytes, file: str, kind: str | None, *, among: tuple[type, ...] = DOCUMENTS, **options: Any
) -> Outcome[Any]:
    """Validate the bytes of a document.

    Args:
        raw: its bytes.
        file: its name, for messages.
        kind: its type, a key of `KINDS`; None takes its ``@type``.
        among: the types that its ``@type`` may name.
        options: those of `validator_for`.
    """
    cls = stated_type(raw, among) if kind is None else console.KINDS[kind]
    if cls is None:
        raise UntypedError(f'Nothing in {console.shown(file)} says what it is: give it "@type", or use --as TYPE.')
    if isinstance(cls, tuple):
        return Outcome[Any](findings=cls)
    validator: Validator[Any] = validator_for(cls, **options)
    return validator(raw)


def load(file: str, kind: str | None, *, among: tuple[type, ...] = DOCUMENTS, language: str = DEFAULT_LANGUAGE) -> Any:
    """Return a document that a command needs; one with errors is a `DocumentError`, in a language."""
    raw = read_document(file)
    outcome = validate_document(raw, file, kind, among=among)
    if outcome.value is None:
        text = as_text(file, outcome, raw, language).rstrip("\n")
        if may_be_lines(raw):
            text += f"\n{hint(file, finding_texts_for(language).report.one_line, language)}"
        raise DocumentError(text)
    return outcome.value


def may_be_lines(raw: bytes) -> bool:
    """Return True if what is not a document may be JSON Lines: gzip, or an object in the first line and more lines."""
    first, _, more = raw.partition(b"\n")
    if raw.startswith(MAGIC):
        return True
    return bool(more.strip()) and isinstance(read(first, Limits().bounds_for(Dossier)), dict)


def may_be_submission(outcome: Outcome[Any]) -> bool:
    """Return True if a document lacks what the office adds to one that is sent in: its id and when it came."""
    missing = {found.path for found in outcome.findings if found.code == Code.KEY_MISSING}
    return {"/id", "/submittedAt"} <= missing


def validator_for(
    cls: type[T], *, submission: bool = False, now: datetime | None = None, dossier: Dossier | None = None
) -> Validator[T]:
    """Return a validator for *cls*. If a document's ``@type`` names another class, that is its only finding."""
    if submission:
        require_submission(cls, "--submission")
    if dossier is not None:
        require_submission(cls, "--dossier")
    return _TypedValidator(cls, now=now, submission=submission, dossier=dossier)


def require_submission(cls: type, option: str) -> None:
    """Refuse an option that applies only to submissions."""
    if cls not in SUBMISSIONS:
        raise click.UsageError(f"{option} is only for a registration, interpretation-request or pledge.")


class _TypedValidator(Validator[T]):
    def __init__(self, cls: type[T], **options: Any) -> None:
        super().__init__(cls, **options)
        self._expected = cls

    def __call__(self, payload: Payload | Submission[T], **options: Any) -> Outcome[T]:
        outcome = super().__call__(payload, **options)
        if any(found.path == "/@type" for found in outcome.findings):
            cls = stated_type(payload.payload if isinstance(payload, Submission) else payload)
            if isinstance(cls, type):  # otherwise the name may be misspelled, and the other findings are of use
                return Outcome(findings=(_wrong_type(cls, (self._expected,)),), line=outcome.line)
        return outcome


def stated_type(raw: Payload, among: tuple[type, ...] = DOCUMENTS) -> type | tuple[Finding, ...] | None:
    """Return the class that ``@type`` names, the findings that rule one out, or None without ``@type``."""
    plain = read(raw, Limits().bounds_for(Dossier))
    if isinstance(plain, tuple):
        return plain
    if not isinstance(plain, dict):
        return (finding(Code.WRONG_TYPE, expected="object"),)
    if "@type" not in plain:
        return None
    stated = next((cls for cls in DOCUMENTS if document_name(cls) == plain["@type"]), None)
    return stated if stated in among else (_wrong_type(stated, among),)


def _wrong_type(stated: type | None, among: tuple[type, ...]) -> Finding:
    """Return the finding for a type that a command does not read."""
    code, path, choices = Code.VALUE_UNKNOWN, "/@type", ", ".join(map(document_name, among))
    if stated is None:
        return finding(code, path, choices=choices)
    found = _OtherType(
        code=code, path=path, message="", fix="", params={"choices": choices}, stated=stated, among=among
    )
    return found.in_language(DEFAULT_LANGUAGE)


@frozen(kw_only=True, repr=False)
class _OtherType(Finding):
    """A finding about a type of documents that a command does not read, with advice on how to convert them."""

    stated: type
    among: tuple[type, ...]

    def in_language(self, tag: str) -> Self:
        """Return the same finding with sentences that name both types."""
        words = finding_texts_for(tag).report
        stated, wanted = document_name(self.stated), words.or_.join(map(document_name, self.among))
        fix = words.wanted_type
        if self.stated is Event and Dossier in self.among:
            fix = words.wrap_event
        elif self.stated is Dossier and Event in self.among:
            fix = words.event_alone
        message = words.other_type.format(stated=stated, wanted=wanted)
        return evolve(self, message=message, fix=fix.format(wanted=wanted), language=language_for(tag))
