"""Reading a document from a file: which type it is, and what is wrong with it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, TypeVar

import click
from attrs import evolve

from wtisd_model.cli.parameters import KINDS, require_judged, require_submission
from wtisd_model.cli.report import FoundError, readable
from wtisd_model.cli.streams import read_at_most, shown
from wtisd_model.codes import Code
from wtisd_model.findings import Finding, finding
from wtisd_model.json.json_types import Payload
from wtisd_model.json.limits import Limits
from wtisd_model.json.outcome import Outcome
from wtisd_model.json.parser import read
from wtisd_model.json.validator import Validator
from wtisd_model.model.documents import DOCUMENTS, document_name
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.event import Event

T = TypeVar("T")


def fetch(file: str, kind: str | None) -> bytes:
    """Read the bytes of a document, up to the bound of its type and one more, which is enough to be refused for.

    Args:
        file: its name; ``-`` is standard input.
        kind: what it is, a word of `KINDS`; None where it will say so itself.

    Raises:
        CannotError: it cannot be read.
    """
    return read_at_most(file, Limits().bounds_for(KINDS[kind] if kind else Dossier).bytes + 1)


def judged(
    raw: bytes,
    file: str,
    kind: str | None,
    *,
    among: tuple[type, ...] = DOCUMENTS,
    submission: bool = False,
    now: datetime | None = None,
    dossier: Dossier | None = None,
) -> Outcome[Any]:
    """Check the bytes of a document.

    Args:
        raw: what was read.
        file: its name, for messages.
        kind: what it is, a word of `KINDS`; None takes its ``@type``.
        among: the types that its ``@type`` may name.
        submission: it comes from a stranger, at the moment *now*.
        now: for a dossier, the moment at which the rules judge it; None leaves them out.
        dossier: what it is to be judged beside, at the moment *now*.

    Raises:
        UsageError: nothing says which type it is; or it is no submission, or not judged beside a dossier.
    """
    stated = class_of(raw, shown(file), among) if kind is None else KINDS[kind]
    if isinstance(stated, tuple):
        return Outcome(findings=stated)
    validator: Validator[Any] = bound(stated, submission=submission, now=now, dossier=dossier)
    return validator(raw)


def bound(
    cls: type[T], *, submission: bool = False, now: datetime | None = None, dossier: Dossier | None = None
) -> Validator[T]:
    """Make the validator for documents of a type; of one that says that it is of another type, that is all it tells.

    Raises:
        UsageError: strangers do not send such, or they are not judged beside a dossier.
    """
    if submission:
        require_submission(cls)
    if dossier is not None:
        require_judged(cls)
    return _OfType(cls, now=now, submission=submission, dossier=dossier)


class _OfType(Validator[T]):
    """Judges documents of one type: what the fields of another one are not, nobody wants to know."""

    def __init__(self, cls: type[T], *, submission: bool, now: datetime | None, dossier: Dossier | None) -> None:
        super().__init__(cls, now=now, submission=submission, dossier=dossier)
        self._cls = cls

    def __call__(self, payload: Payload, *, now: datetime | None = None, line: int | None = None) -> Outcome[T]:
        outcome = super().__call__(payload, now=now, line=line)
        if outcome.value is not None or all(found.path != "/@type" for found in outcome.findings):
            return outcome
        stated = stated_class(payload)
        if not isinstance(stated, type):
            return outcome  # it may be of this type, and its name a slip
        return Outcome(findings=(_of_another_type(stated, (self._cls,)),), line=line)


def load(file: str, kind: str | None, *, among: tuple[type, ...] = DOCUMENTS) -> Outcome[Any]:
    """Read and check a document.

    Raises:
        CannotError: it cannot be read.
        UsageError: nothing says which type it is.
    """
    return judged(fetch(file, kind), file, kind, among=among)


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


def class_of(raw: bytes, place: str, among: tuple[type, ...] = DOCUMENTS) -> type | tuple[Finding, ...]:
    """Tell from its ``@type`` which class a document is of, or what keeps it from being one.

    Raises:
        UsageError: nothing in it, which stands at *place*, says what it is.
    """
    stated = stated_class(raw, among)
    if stated is None:
        raise click.UsageError(f'Nothing in {place} says what it is: give it "@type", or say --as TYPE.')
    return stated


def stated_class(raw: Payload, among: tuple[type, ...] = DOCUMENTS) -> type | tuple[Finding, ...] | None:
    """Tell what `class_of` tells; None where nothing in it says what it is."""
    plain = read(raw, Limits().bounds_for(Dossier))
    if isinstance(plain, tuple):
        return plain
    if not isinstance(plain, dict):
        return (finding(Code.WRONG_TYPE, expected="an object"),)
    if "@type" not in plain:
        return None
    names = {document_name(cls): cls for cls in DOCUMENTS}
    stated = names.get(plain["@type"]) if isinstance(plain["@type"], str) else None
    if stated in among:
        return stated
    return (_of_another_type(stated, among),)


def _of_another_type(stated: type | None, among: tuple[type, ...]) -> Finding:
    """Say what a document is, if it is one of ours, what is read here instead, and how to get there."""
    found = finding(Code.VALUE_UNKNOWN, "/@type", choices=", ".join(map(document_name, among)))
    if stated is None:
        return found
    wanted = " or ".join(map(document_name, among))
    return evolve(
        found,
        message=f"The type of this document is {document_name(stated)}; here it has to be {wanted}.",
        fix=next((way for cls in among if (way := _WAYS.get((stated, cls)))), f"Give a document of the type {wanted}."),
    )


_WAYS: Final[Mapping[tuple[type, type], str]] = {
    (Event, Dossier): 'Give a Dossier: {"@type": "Dossier", "event": ...}, with this event in it.',
    (Dossier, Event): 'Give its event alone, which stands under "event".',
}
"""What leads from one type to another."""
