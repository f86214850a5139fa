"""The doors for payloads: `from_json` makes or raises, `validate` tells all and never raises."""

from collections.abc import Mapping
from datetime import datetime
from typing import Generic, TypeVar, cast

from attrs import frozen

from wtisd_model.codes import Code, Severity
from wtisd_model.findings import Finding, PayloadError, finding
from wtisd_model.model.documents import SCHEMA_VERSION, SUBMISSIONS, document_name
from wtisd_model.model.dossier import Dossier, as_dossier
from wtisd_model.payload.limits import Limits
from wtisd_model.payload.reading import JsonValue, Payload, read
from wtisd_model.payload.shape import Findings, Shape
from wtisd_model.rules.arrivals import Arrivals
from wtisd_model.rules.check import check
from wtisd_model.values.timeslot import moment_in_utc
from wtisd_model.values.uid import own_uid

T = TypeVar("T")


@frozen(kw_only=True)
class Outcome(Generic[T]):
    """What became of one payload."""

    value: T | None = None
    """The object, whenever it could be built, even where rules about it object."""
    findings: tuple[Finding, ...] = ()
    """All that is wrong or doubtful, 100 at most: object by object its keys as sent, what is missing, what does not fit
    together; then what the rules say."""
    line: int | None = None
    """The line of a JSON Lines file that it stood in, from 1."""
    omitted: int = 0
    """How many further findings there were; about the shape no more than 10,000 are counted. Warnings give way to
    errors."""

    @property
    def ok(self) -> bool:
        """Whether no error is among the findings. While there is a warning among them, no error was left out."""
        return all(each.severity is not Severity.ERROR for each in self.findings)


class Validator(Generic[T]):
    """`validate`, with all but the payload bound once. Call it with a payload.

    Args:
        cls: Event, Session, Registration, InterpretationRequest, Pledge or Dossier.
        dossier: what a registration, request or pledge is to be judged against; a Dossier judges itself.
        now: the present moment, aware; asked for with *dossier* and *submission*, here or with each payload.
        submission: it comes from a stranger, who may not set what the office sets (``field-not-yours``).
        limits: how much a payload may hold.

    Raises:
        TypeError: *cls* is no document; or *dossier* or *submission* has no meaning for it or lacks *now*.
        InvalidValueError: ``wrong-type``, ``moment-naive`` or ``moment-unreadable`` for *now*.
    """

    def __init__(
        self,
        cls: type[T],
        *,
        dossier: Dossier | None = None,
        now: datetime | None = None,
        submission: bool = False,
        limits: Limits = Limits(),
    ) -> None:
        self._name = document_name(cls)
        if submission and cls not in SUBMISSIONS:
            raise TypeError(f"{self._name} is not sent by strangers.")
        if dossier is not None and cls not in SUBMISSIONS:
            raise TypeError(f"{self._name} is not judged against a dossier.")
        self._cls = cls
        self._now = None if now is None else moment_in_utc(now, "/now")
        self._submission = submission
        self._arrivals = None if dossier is None else Arrivals(as_dossier(dossier))
        self._bounds = limits.bounds_for(cls)

    def __call__(self, payload: Payload, *, now: datetime | None = None, line: int | None = None) -> Outcome[T]:
        """Check one payload, at the moment *now* or at the one that was bound."""
        moment = self._now if now is None else moment_in_utc(now, "/now")
        if moment is None and (self._submission or self._arrivals is not None):
            raise TypeError("now is required: the present moment as an aware datetime.")
        findings = Findings()
        value = self._value(payload, moment, findings)
        if value is not None and moment is not None:
            for found in self._judged(value, moment):
                findings.add(found)
        return Outcome(value=value, findings=tuple(findings.kept), line=line, omitted=findings.omitted)

    def _value(self, payload: Payload, now: datetime | None, findings: Findings) -> T | None:
        plain = read(payload, self._bounds)
        if isinstance(plain, tuple):
            for found in plain:
                findings.add(found)
            return None
        if not isinstance(plain, dict):
            findings.add(finding(Code.WRONG_TYPE, expected="an object"))
            return None
        newer = self._outermost(plain, findings)
        if newer:
            return None
        made = Shape(findings).document(self._cls, plain, self._given(plain, now))
        return None if len(findings) else cast("T", made)

    def _outermost(self, plain: dict[str, JsonValue], findings: Findings) -> bool:
        """Take ``@type`` and ``schemaVersion`` off; true where the version is newer, which leaves nothing to say."""
        version = plain.pop("schemaVersion", SCHEMA_VERSION)
        if isinstance(version, float) and version.is_integer():
            version = int(version)
        if isinstance(version, bool) or not isinstance(version, int):
            findings.add(finding(Code.WRONG_TYPE, "/schemaVersion", expected="a whole number"))
        elif version > SCHEMA_VERSION:
            findings.add(finding(Code.SCHEMA_VERSION_NEWER, "/schemaVersion", maximum=SCHEMA_VERSION))
            return True
        elif version < SCHEMA_VERSION:
            findings.add(
                finding(Code.NUMBER_OUT_OF_RANGE, "/schemaVersion", minimum=SCHEMA_VERSION, maximum=SCHEMA_VERSION)
            )
        if plain.pop("@type", self._name) != self._name:
            findings.add(finding(Code.VALUE_UNKNOWN, "/@type", choices=self._name))
        return False

    def _given(self, plain: Mapping[str, JsonValue], now: datetime | None) -> Mapping[str, object] | None:
        if not self._submission or now is None:
            return None
        import json  # with hashlib 4 ms of every import, for submissions alone
        from hashlib import sha256

        # One submission sent twice at one moment is one object; nothing random is in its id.
        text = sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()
        return {"id": own_uid(f"{self._name} {now.isoformat()} {text}"), "submitted_at": now}

    def _judged(self, value: T, now: datetime) -> tuple[Finding, ...]:
        if isinstance(value, Dossier):
            return check(value, now=now)
        if self._arrivals is None or not isinstance(value, SUBMISSIONS):
            return ()
        return self._arrivals.findings(value, now=now)


def from_json(cls: type[T], payload: Payload, *, limits: Limits = Limits()) -> T:
    """Make an object of a JSON document.

    Args:
        cls: Event, Session, Registration, InterpretationRequest, Pledge or Dossier.
        payload: UTF-8 bytes, text, or a mapping as ``json.loads`` gives it.
        limits: how much it may hold.

    Raises:
        PayloadError: with every finding at once.
        TypeError: *cls* is none of these classes.
    """
    outcome = Validator(cls, limits=limits)(payload)
    if outcome.value is None:
        raise PayloadError(*outcome.findings)
    return outcome.value


def validate(
    cls: type[T],
    payload: Payload,
    *,
    dossier: Dossier | None = None,
    now: datetime | None = None,
    submission: bool = False,
    limits: Limits = Limits(),
) -> Outcome[T]:
    """Tell all that is wrong with a JSON document, and give the object where one could be made.

    For what the arguments mean see `Validator`, which checks many payloads without preparing anything again.

    Raises:
        TypeError: for a mistake in the call, never for one in the payload; so does `Validator`.
        InvalidValueError: for a *now* that is no moment, as `Validator` does.
    """
    return Validator(cls, dossier=dossier, now=now, submission=submission, limits=limits)(payload)
