"""The documents that commands read: their bytes, their types, and the validators for these."""

import sys
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import wraps
from importlib import import_module
from traceback import walk_tb
from typing import Any, TypeVar

import click

from wtisd_model.cli import console, params, report
from wtisd_model.codes import Code
from wtisd_model.findings import Finding, finding
from wtisd_model.json.gunzip import MAGIC
from wtisd_model.json.json_types import Payload
from wtisd_model.json.limits import Limits
from wtisd_model.json.outcome import Outcome
from wtisd_model.json.parser import read
from wtisd_model.json.validator import Submission, Validator
from wtisd_model.locales import DEFAULT_LANGUAGE, finding_texts_for
from wtisd_model.model.documents import DOCUMENTS, SUBMISSIONS, document_name
from wtisd_model.model.dossier import Dossier
from wtisd_model.rules.rule import Rule, own_findings

T = TypeVar("T")


class UntypedError(click.UsageError):
    """Nothing says which type the documents in a file have."""


def read_document(file: str) -> bytes:
    """Read the bytes of a document; ``-`` is standard input. At most one byte more than a dossier may have is read."""
    return console.read_at_most(file, Limits().bounds_for(Dossier).bytes + 1)


def validate_document(
    raw: bytes, file: str, kind: str | None, *, among: tuple[type, ...] = DOCUMENTS, **options: Any
) -> Outcome[Any]:
    """Validate the bytes of a document.

    *kind* is a key of `KINDS`, or None for its ``@type``, which may name one of *among*; *options* are those of
    `validator_for`.
    """
    cls = stated_type(raw, among) if kind is None else params.KINDS[kind]
    if cls is None:
        # Not every command has --as, whose value is *kind*; and where it is given, it is about something else.
        may_name = click.get_current_context().params.get("kind", "") is None
        option = ", or use --as TYPE" if may_name else ""
        raise UntypedError(f'Nothing in {console.name_of(file)} says what it is: give it "@type"{option}.')
    if isinstance(cls, tuple):
        return Outcome[Any](findings=cls)
    validator: Validator[Any] = validator_for(cls, **options)
    return validator(raw)


def load(file: str, kind: str | None, *, among: tuple[type, ...] = DOCUMENTS, language: str = DEFAULT_LANGUAGE) -> Any:
    """Return a document that a command needs; one with errors is a `report.DocumentError`, in a language."""
    raw = read_document(file)
    outcome = validate_document(raw, file, kind, among=among)
    if outcome.value is None:
        text = report.as_text(file, outcome, raw, language).rstrip("\n")
        if may_be_lines(raw):
            text += f"\n{report.hint(file, finding_texts_for(language).report.one_line, language)}"
        raise report.DocumentError(text)
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


class RuleError(click.ClickException):
    """A rule of the caller's, or its module, raises an exception, or yields something else than findings."""

    exit_code = 2


@contextmanager
def _failures_of(name: str, module: str) -> Generator[None, None, None]:
    """Turn what a rule raises into one line, with the line of its module; it does not end the program either."""
    try:
        yield
    except console.TerminatedError:
        raise
    except (Exception, SystemExit) as error:  # noqa: BLE001 - a rule may raise anything
        lines = [line for frame, line in walk_tb(error.__traceback__) if frame.f_globals.get("__name__") == module]
        place = f" (line {lines[-1]} of {module})" if lines else ""
        raise RuleError(f"--rules {name}: {type(error).__name__}: {error}{place}") from None


def own_rule(name: str) -> Rule:
    """Load a rule by its name, ``module:function``; a module is looked for in the current folder first.

    What it raises, also while its module is loaded, or does otherwise wrong, is a RuleError.
    """
    module, colon, function = name.partition(":")
    if not colon or not all(part.isidentifier() for part in [*module.split("."), function]):
        raise click.BadParameter("Name a rule as module:function.", param_hint="--rules")
    if "" not in sys.path:  # as ``python -m`` does
        sys.path.insert(0, "")
    with _failures_of(name, module):
        rule: Rule | None = getattr(import_module(module), function, None)
    if not callable(rule):
        raise click.BadParameter(f"The module {module} has no function {function}.", param_hint="--rules")

    @wraps(rule)
    def called(dossier: Dossier, now: datetime) -> Iterator[Finding]:
        with _failures_of(name, module):
            yield from own_findings(rule, dossier, now)

    return called


def validator_for(
    cls: type[T],
    *,
    submission: bool = False,
    now: datetime | None = None,
    dossier: Dossier | None = None,
    rules: Sequence[Rule] = (),
) -> Validator[T]:
    """Return a validator for *cls*. If a document's ``@type`` names another class, that is its only finding."""
    if submission:
        require_submission(cls, "--submission")
    if dossier is not None:
        require_submission(cls, "--dossier")
    if rules and dossier is None and cls is not Dossier:
        raise click.UsageError("--rules needs --dossier, or a dossier.")
    return _TypedValidator(cls, now=now, submission=submission, dossier=dossier, rules=rules)


def require_submission(cls: type, option: str) -> None:
    """Refuse an option that applies only to submissions."""
    if cls not in SUBMISSIONS:
        raise click.UsageError(f"{option} is only for a registration, interpretation-request or pledge.")


class _TypedValidator(Validator[T]):
    def __call__(self, payload: Payload | Submission[T], **options: Any) -> Outcome[T]:
        outcome = super().__call__(payload, **options)
        if any(found.path == "/@type" for found in outcome.findings):
            cls = stated_type(payload.payload if isinstance(payload, Submission) else payload)
            if isinstance(cls, type):  # otherwise the name may be misspelled, and the other findings are of use
                return Outcome(findings=(_unread_type((self._cls,)),), line=outcome.line)
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
    return stated if stated in among else (_unread_type(among),)


def _unread_type(among: tuple[type, ...]) -> Finding:
    """Return the finding for a type that a command does not read."""
    return finding(Code.VALUE_UNKNOWN, "/@type", choices=", ".join(map(document_name, among)))
