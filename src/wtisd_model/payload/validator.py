"""The doors for payloads: `from_json` makes or raises, `validate` tells all and never raises."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any, Final, Generic, TypeVar, cast

from wtisd_model.codes import Code
from wtisd_model.findings import Finding, PayloadError, finding
from wtisd_model.model.documents import SCHEMA_VERSION, SUBMISSIONS, document_name
from wtisd_model.model.dossier import Dossier, as_dossier
from wtisd_model.payload.gathered import Gathered
from wtisd_model.payload.limits import Limits
from wtisd_model.payload.outcome import Outcome, outcome
from wtisd_model.payload.plain import JsonValue, Payload
from wtisd_model.payload.reading import read
from wtisd_model.rules.arrivals import Arrivals
from wtisd_model.rules.check import check
from wtisd_model.values.timeslot import moment_in_utc
from wtisd_model.values.uid import own_uid

T = TypeVar("T")

_USUAL_LIMITS: Final = Limits()


class Validator(Generic[T]):
    """`validate`, with all but the payload bound once. Call it with a payload.

    Args:
        cls: Event, Session, Registration, InterpretationRequest, Pledge or Dossier.
        dossier: what a registration, request or pledge is to be judged against; a Dossier judges itself.
        now: the present moment, aware; asked for with *dossier* and *submission*, here or with each payload.
        submission: it comes from a stranger, who may not set what the office sets (``field-not-yours``).
        limits: how much a payload may hold.

    Raises:
        TypeError: *cls* is no document; *dossier* or *submission* has no meaning for it or lacks *now*; *limits* are
            none.
        InvalidValueError: ``wrong-type``, ``moment-naive`` or ``moment-unreadable`` for *now*.
    """

    def __init__(
        self,
        cls: type[T],
        *,
        dossier: Dossier | None = None,
        now: datetime | None = None,
        submission: bool = False,
        limits: Limits = _USUAL_LIMITS,
    ) -> None:
        self._name = document_name(cls)
        if submission and cls not in SUBMISSIONS:
            raise TypeError(f"{self._name} is not sent by strangers.")
        if dossier is not None and cls not in SUBMISSIONS:
            raise TypeError(f"{self._name} is not judged against a dossier.")
        if not _are_limits(limits):
            raise TypeError("limits are none: give Limits(...).")
        self._cls = cls
        self._now = None if now is None else moment_in_utc(now, "/now")
        self._submission = submission
        self._arrivals = None if dossier is None else Arrivals(as_dossier(dossier))
        self._bounds = limits.bounds_for(cls)
        self._needs_now = submission or dossier is not None
        self._judges = dossier is not None or cls is Dossier
        # msgspec is loaded with the first payload, not with every import.
        from wtisd_model.payload.quick import quick

        document: type = cls
        self._quick = quick(document, self._bounds)

    def __call__(self, payload: Payload, *, now: datetime | None = None, line: int | None = None) -> Outcome[T]:
        """Check one payload, at the moment *now* or at the one that was bound."""
        moment = self._now if now is None else moment_in_utc(now, "/now")
        if moment is None and self._needs_now:
            raise TypeError("now is required: the present moment as an aware datetime.")
        value: T | None = None if self._submission else self._quick(payload)
        if value is not None and not self._judges:
            return outcome(value, (), line, 0)
        return self._told(payload, value, moment, line)

    def _made(self, payload: Payload) -> T:
        """Make the object of a payload, without a judgement of it, or raise what is wrong."""
        value: T | None = self._quick(payload)
        if value is None:
            told = self._told(payload, None, None, None)
            value = told.value
            if value is None:
                raise PayloadError(*told.findings)
        return value

    def _told(self, payload: Payload, value: T | None, moment: datetime | None, line: int | None) -> Outcome[T]:
        """Tell all about a payload that is in doubt, or whose object is to be judged."""
        findings = Gathered()
        if value is None:
            value = self._value(payload, moment, findings)
        if value is not None and moment is not None:
            for found in self._judged(value, moment):
                findings.add(found)
        return outcome(value, tuple(findings.kept), line, findings.omitted)

    def _value(self, payload: Payload, now: datetime | None, findings: Gathered) -> T | None:
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
        from wtisd_model.payload.telling import shaped  # with the first payload that is in doubt, not with every import

        made = shaped(self._cls, plain, self._given(plain, now), findings)
        return None if len(findings) else cast("T", made)

    def _outermost(self, plain: dict[str, JsonValue], findings: Gathered) -> bool:
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

    def _given(self, plain: Mapping[str, JsonValue], now: datetime | None) -> dict[str, JsonValue] | None:
        """What the office sets in a submission, as JSON would have it; None where it is none."""
        if not self._submission or now is None:
            return None
        import json  # with hashlib 4 ms of every import, for submissions alone
        from hashlib import sha256

        # One submission sent twice at one moment is one object; nothing random is in its id.
        text = sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()
        return {"id": own_uid(f"{self._name} {now.isoformat()} {text}"), "submittedAt": now.isoformat()}

    def _judged(self, value: T, now: datetime) -> tuple[Finding, ...]:
        if isinstance(value, Dossier):
            return check(value, now=now)
        if self._arrivals is None or not isinstance(value, SUBMISSIONS):
            return ()
        return self._arrivals.findings(value, now=now)


def _are_limits(value: object) -> bool:
    return isinstance(value, Limits)


def from_json(cls: type[T], payload: Payload, *, limits: Limits = _USUAL_LIMITS) -> T:
    """Make an object of a JSON document.

    Args:
        cls: Event, Session, Registration, InterpretationRequest, Pledge or Dossier.
        payload: UTF-8 bytes, text, or a mapping as ``json.loads`` gives it.
        limits: how much it may hold.

    Raises:
        PayloadError: with every finding at once.
        TypeError: *cls* is none of these classes.
    """
    document: type = cls
    validator: Validator[T] = _usual(document) if limits is _USUAL_LIMITS else Validator(cls, limits=limits)
    return validator._made(payload)  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]  # of this module


@cache
def _usual(cls: type, submission: bool = False) -> Validator[Any]:  # noqa: FBT001, FBT002 - a cache is quicker without names
    return Validator[Any](cls, submission=submission)


def validate(
    cls: type[T],
    payload: Payload,
    *,
    dossier: Dossier | None = None,
    now: datetime | None = None,
    submission: bool = False,
    limits: Limits = _USUAL_LIMITS,
) -> Outcome[T]:
    """Tell all that is wrong with a JSON document, and give the object where one could be made.

    For what the arguments mean see `Validator`, which checks many payloads without preparing anything again.

    Raises:
        TypeError: for a mistake in the call, never for one in the payload; so does `Validator`.
        InvalidValueError: for a *now* that is no moment, as `Validator` does.
    """
    if dossier is None and limits is _USUAL_LIMITS:
        document: type = cls
        return _usual(document, submission)(payload, now=now)
    return Validator(cls, dossier=dossier, now=now, submission=submission, limits=limits)(payload)
