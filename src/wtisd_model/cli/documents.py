"""Reading a document from a file: which type it is, and what is wrong with it."""

from datetime import datetime
from typing import Any

import click

from wtisd_model.cli.parameters import KINDS, require_submission
from wtisd_model.cli.report import FoundError, readable
from wtisd_model.cli.streams import read_at_most, shown
from wtisd_model.codes import Code
from wtisd_model.findings import Finding, finding
from wtisd_model.model.documents import DOCUMENTS, document_name
from wtisd_model.model.dossier import Dossier
from wtisd_model.payload.limits import Limits
from wtisd_model.payload.reading import read
from wtisd_model.payload.validator import Outcome, Validator


def load(
    file: str,
    kind: str | None,
    *,
    among: tuple[type, ...] = DOCUMENTS,
    submission: bool = False,
    now: datetime | None = None,
) -> Outcome[Any]:
    """Read and check a document.

    Args:
        file: its name; ``-`` is standard input.
        kind: what it is, a word of `KINDS`; None takes its ``@type``.
        among: the types that its ``@type`` may name.
        submission: it comes from a stranger, at the moment *now*.
        now: for a dossier, the moment at which the rules judge it; None leaves them out.

    Raises:
        CannotError: it cannot be read.
        UsageError: nothing says which type it is; or strangers do not send such.
    """
    cls = None if kind is None else KINDS[kind]
    # One byte too many is enough to be refused for.
    raw = read_at_most(file, Limits().bounds_for(cls or Dossier).bytes + 1)
    stated = _class_of(raw, file, among) if cls is None else cls
    if isinstance(stated, tuple):
        return Outcome(findings=stated)
    if submission:
        require_submission(stated)
    validator: Validator[Any] = Validator(stated, now=now, submission=submission)
    return validator(raw)


def load_sound(file: str, kind: str | None, *, among: tuple[type, ...] = DOCUMENTS) -> Any:
    """Read a document that is to be used.

    Raises:
        FoundError: it has errors.
        CannotError, UsageError: as `load` does.
    """
    outcome = load(file, kind, among=among)
    if outcome.value is None:
        raise FoundError(readable(file, outcome).rstrip("\n"))
    return outcome.value


def _class_of(raw: bytes, file: str, among: tuple[type, ...]) -> type | tuple[Finding, ...]:
    """Tell from its ``@type`` which class a document is of, or what keeps it from being one."""
    plain = read(raw, Limits().bounds_for(Dossier))
    if isinstance(plain, tuple):
        return plain
    if not isinstance(plain, dict):
        return (finding(Code.WRONG_TYPE, expected="an object"),)
    if "@type" not in plain:
        raise click.UsageError(f'Nothing in {shown(file)} says what it is: give it "@type", or say --as TYPE.')
    names = {document_name(cls): cls for cls in among}
    stated = plain["@type"]
    if isinstance(stated, str) and stated in names:
        return names[stated]
    return (finding(Code.VALUE_UNKNOWN, "/@type", choices=", ".join(names)),)
