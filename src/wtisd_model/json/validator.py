"""The doors for payloads: `from_json` makes or raises, `validate` tells all and never raises."""

from collections.abc import Callable
from datetime import datetime
from functools import cache, partial
from typing import Any, Final, Generic, TypeVar

from attrs import fields_dict

from wtisd_model.codes import Code
from wtisd_model.findings import Finding, FindingCollector, PayloadError, finding
from wtisd_model.json.json_types import JsonValue, Payload
from wtisd_model.json.limits import Limits
from wtisd_model.json.outcome import Outcome
from wtisd_model.model.documents import SCHEMA_VERSION, SUBMISSIONS, document_name
from wtisd_model.model.dossier import Dossier, as_dossier
from wtisd_model.rules.check import check, judge_submission
from wtisd_model.rules.context import PreparedDossier
from wtisd_model.schema.fields import fields_of
from wtisd_model.types.timeslot import moment_in_utc
from wtisd_model.types.uid import own_uid

T = TypeVar("T")

_USUAL_LIMITS: Final = Limits()
_NO_KEYS: Final = frozenset[str]()


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
        self._judge: Callable[..., tuple[Finding, ...]] | None = check if cls is Dossier else None
        if dossier is not None:
            self._judge = partial(judge_submission, PreparedDossier(as_dossier(dossier)))
        self._bounds = limits.bounds_for(cls)
        self._needs_now = submission or dossier is not None
        self._office = frozenset(spec.key for spec in fields_of(cls) if spec.office) if submission else _NO_KEYS
        # What reads is loaded with the first payload, not with every import.
        from wtisd_model.json import plans
        from wtisd_model.json.parser import read_within
        from wtisd_model.json.telling import teller

        document: type = cls
        engine = plans.ENGINE
        plan = plans.document_plan(document, engine)
        self._held: Callable[[dict[str, JsonValue]], Any] = plan.held
        self._parse: Callable[[bytes], Any] | None = None if submission or not self._bounds.are_usual else plan.parse
        self._small = self._bounds.small  # so many bytes need not be counted before they are parsed
        self._read = read_within(self._bounds, engine)
        self._tell = teller(engine)
        self._outcome: Callable[..., Outcome[T]] = engine.Filler(Outcome, tuple(fields_dict(Outcome)))

    def __call__(self, payload: Payload, *, now: datetime | None = None, line: int | None = None) -> Outcome[T]:
        """Check one payload, at the moment *now* or at the one that was bound."""
        moment = self._now if now is None else moment_in_utc(now, "/now")
        if moment is None and self._needs_now:
            raise TypeError("now is required: the present moment as an aware datetime.")
        made = self._made(payload, moment)
        if type(made) is not self._cls:
            return self._outcome(None, tuple(made.kept), line, made.omitted)
        if moment is None or self._judge is None:
            return self._outcome(made, (), line, 0)
        findings = FindingCollector(self._judge(made, now=moment))
        return self._outcome(made, tuple(findings.kept), line, findings.omitted)

    def _made(self, payload: Any, now: datetime | None) -> Any:
        """Make the object of a payload, without a judgement of it; or give what was gathered against it."""
        if type(payload) is bytes and self._parse is not None and len(payload) <= self._small:
            made = self._parse(payload)
            if type(made) is self._cls:
                return made
            if made is not None:
                sent = made.plain
                # Where all keys are of fields, nothing is to be said about what stands at the head.
                return self._told(made, sent, () if made.all_known else self._head(sent))
        plain = self._read(payload)
        if type(plain) is not dict:
            return FindingCollector(
                plain if isinstance(plain, tuple) else (finding(Code.WRONG_TYPE, expected="an object"),)
            )
        if now is not None and self._submission:
            return self._submitted(plain, now)
        made = self._held(plain)
        return made if type(made) is self._cls else self._told(made, plain, self._head(plain))

    def _submitted(self, plain: dict[str, JsonValue], now: datetime) -> Any:
        """Make the object of what a stranger sent, with what the office sets in place of what was sent of that kind."""
        head = self._head(plain)
        made = self._held(self._own(plain, now))
        is_sound = type(made) is self._cls and not head and self._office.isdisjoint(plain)
        return made if is_sound else self._told(made, plain, head)

    def _told(self, made: Any, sent: dict[str, JsonValue], head: tuple[Finding, ...]) -> Any:
        is_newer = bool(head) and head[0].code is Code.SCHEMA_VERSION_NEWER  # which leaves nothing else to say
        return FindingCollector(head[:1]) if is_newer else self._tell(made, sent, self._office, head)

    def _head(self, plain: dict[str, JsonValue]) -> tuple[Finding, ...]:
        """Take ``@type`` and ``schemaVersion`` off, and say what is wrong with them."""
        version, name = plain.pop("schemaVersion", SCHEMA_VERSION), plain.pop("@type", self._name)
        found: tuple[Finding, ...] = ()
        if version != SCHEMA_VERSION or type(version) is bool:
            found = _about_version(version)
        return found if name == self._name else (*found, finding(Code.VALUE_UNKNOWN, "/@type", choices=self._name))

    def _own(self, plain: dict[str, JsonValue], now: datetime) -> dict[str, JsonValue]:
        """Put what the office sets into a submission, in place of what a stranger may have sent of that kind."""
        import json  # with hashlib 4 ms of every import, for submissions alone
        from hashlib import sha256

        # One submission sent twice at one moment is one object; nothing random is in its id.
        text = sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()
        own = {key: each for key, each in plain.items() if key not in self._office}
        return own | {"id": own_uid(f"{self._name} {now.isoformat()} {text}"), "submittedAt": now.isoformat()}


def _about_version(version: JsonValue) -> tuple[Finding, ...]:
    """Say what is wrong with a version of the format that is not ours."""
    if isinstance(version, float) and version.is_integer():
        version = int(version)
    if isinstance(version, bool) or not isinstance(version, int):
        return (finding(Code.WRONG_TYPE, "/schemaVersion", expected="a whole number"),)
    if version > SCHEMA_VERSION:
        return (finding(Code.SCHEMA_VERSION_NEWER, "/schemaVersion", maximum=SCHEMA_VERSION),)
    bounds = {"minimum": SCHEMA_VERSION, "maximum": SCHEMA_VERSION}
    return (finding(Code.NUMBER_OUT_OF_RANGE, "/schemaVersion", **bounds),)


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
    document = _class(cls)
    validator: Validator[T] = _usual(document) if limits is _USUAL_LIMITS else Validator(cls, limits=limits)
    made = validator._made(payload, None)  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]  # of this module
    if type(made) is not cls:
        raise PayloadError(*made.kept)
    return made


def _class(cls: object) -> type:
    """Give a class that may be a document; where it is none at all, one that is none."""
    return cls if isinstance(cls, type) else object


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
        return _usual(_class(cls), submission)(payload, now=now)
    return Validator(cls, dossier=dossier, now=now, submission=submission, limits=limits)(payload)
