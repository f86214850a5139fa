"""Validating payloads: `from_json` returns an object or raises, `validate` returns all findings."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache, partial
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar, cast

from wtisd_model.codes import Code
from wtisd_model.errors import PayloadError
from wtisd_model.findings import MOST_COUNTED, EnoughError, Finding, FindingCollector, finding, for_sender
from wtisd_model.json.accelerator import SPEEDUPS
from wtisd_model.json.decoder import object_decoder, readable_part
from wtisd_model.json.json_types import JsonValue, Payload
from wtisd_model.json.limits import DEFAULT_LIMITS, Limits
from wtisd_model.json.outcome import Outcome, new_outcome
from wtisd_model.json.parser import read
from wtisd_model.model.documents import CALL_KINDS, SCHEMA_VERSION, SUBMISSIONS, document_name, require_submission_class
from wtisd_model.model.dossier import Dossier, require_dossier
from wtisd_model.model.event import Event
from wtisd_model.model.registration import Registration
from wtisd_model.model.submissions import FormFields, form_fields
from wtisd_model.objects import HooksMixin
from wtisd_model.rules.check import check, default_rules, own_rules
from wtisd_model.rules.rule import Rule
from wtisd_model.schema.fields import fields_of
from wtisd_model.types.arguments import require_instance, require_valid
from wtisd_model.types.attendance import TakenSeats
from wtisd_model.types.identifiers import random_uid
from wtisd_model.types.moment import moment_in_utc
from wtisd_model.types.text import IDENTIFIER

if TYPE_CHECKING:
    from wtisd_model.rules.context import PreparedDossier

T = TypeVar("T")

# A variable, because pyright takes the items of a tuple for unknown if it is tested with the class itself.
_tuple: Any = tuple


class Submission(HooksMixin, Generic[T]):
    """A document in JSON from a sender outside the office, which is not checked before `accept`.

    Frameworks that read the body of a request by its annotation take ``Submission[Registration]``. A body annotated
    as Registration may set the fields of the office, such as its state.

    Args:
        cls: Registration, InterpretationRequest or Pledge.
        payload: UTF-8 bytes, a string, or a mapping such as ``json.loads`` returns.

    Raises:
        TypeError: *cls* cannot be a submission.
    """

    __slots__ = ("cls", "payload")
    cls: type[T]
    """Registration, InterpretationRequest or Pledge."""
    payload: Payload
    """The payload as it was passed, neither read nor copied."""

    def __init__(self, cls: type[T], payload: Payload) -> None:
        self.cls = require_submission_class(cls)
        self.payload = payload

    def __eq__(self, other: object) -> bool:
        if type(other) is not Submission:
            return NotImplemented
        sent = cast("Submission[object]", other)
        return sent.cls is self.cls and sent.payload == self.payload

    # A payload may be a dict, which has no hash either.
    __hash__: ClassVar[None] = None  # type: ignore[assignment]  # mypy knows only methods here

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.cls.__name__}, ...)"

    def accept(
        self,
        dossier: Dossier,
        *,
        now: datetime,
        id: str | None = None,
        taken: TakenSeats | None = None,
        rules: Iterable[Rule] = (),
    ) -> Outcome[T]:
        """Return the findings about the document itself or, if it is valid, against a dossier; and the object, if any.

        A registration that has to wait for a seat does so from *now* on, with a warning: it is waitlisted for one at
        the event (``waitlist-needed``), and has `Registration.waits` for others (``session-waitlist-needed``).
        It has to if the call has a waitlist, and a seat that it would hold at once is taken, or due to somebody in
        line. If a decision comes first, it is pending. Store it as it is, unless its person has a row already, as
        `person_key` says: then answer with it, and leave it out.

        For many submissions prepare a Validator, which takes them too: ``Validator(Registration, dossier=dossier,
        submission=True)``. It judges each against that dossier, not against each other: once one is stored, prepare
        it anew with the new dossier, or several get the last seat.

        Args:
            dossier: as for `Validator`.
            now: as for `Validator`.
            id: the id of the object, such as the id of the message in your queue; by default a random one.
            taken: as for `Validator`.
            rules: as for `Validator`.

        Raises:
            TypeError: as `Validator` does, but never for a wrong payload.
            InvalidValueError: as `Validator` does.
        """
        judge = Validator(self.cls, dossier=dossier, taken=taken, now=now, submission=True, rules=rules)
        return judge(self, id=id)


class Validator(Generic[T]):
    """A callable that validates payloads, like `validate` with all other arguments bound.

    Args:
        cls: Event, Session, Registration, InterpretationRequest, Pledge, Dossier or Roster.
        dossier: the dossier to check a registration, request or pledge against; a Dossier is checked by itself.
        taken: the numbers of seats that registrations outside the *dossier* hold, for a registration that comes in for
            an event with very many: ``{(None, "on-site"): 812, ("workshop", "on-site"): 30}``, by the id of the
            session, or None for the event, and the mode; 0 if not named. The dossier then has no registrations, and
            what other rules compare with those is not checked, nor whether somebody waits for a free seat.
        now: the current time, aware; required with *dossier* and *submission*, here or with each payload.
        submission: True for payloads from outside, which must not set the fields of the office (``field-not-yours``);
            fixes then speak to the sender, not to the office, and a registration that has to wait for a seat waits, as
            by `Submission.accept`. Other documents are stored ones, whose state the office decides on:
            they are returned as they are, with the same warnings.
        limits: the limits of a payload.
        rules: rules of your own, called after those of this package. One gets the *dossier* with the registration,
            request or pledge as the last of its list; what it finds there counts, with paths that begin there. It is
            not called for a payload of which no object can be made.

    Raises:
        TypeError: *cls* is not a document; *dossier*, *submission* or *rules* does not apply to it or lacks *now*;
            *taken* does not apply, or is not a mapping of pairs; *limits* is not a Limits; *rules* are no callables.
        InvalidValueError: ``wrong-type``, ``moment-naive`` or ``moment-unreadable`` for *now*; ``session-unknown``,
            ``value-unknown``, ``wrong-type`` or ``number-out-of-range`` in *taken*.
    """

    def __init__(
        self,
        cls: type[T],
        *,
        dossier: Dossier | None = None,
        taken: TakenSeats | None = None,
        now: datetime | None = None,
        submission: bool = False,
        limits: Limits = DEFAULT_LIMITS,
        rules: Iterable[Rule] = (),
    ) -> None:
        self._name = document_name(cls)
        own = own_rules(rules)
        if submission:
            require_submission_class(cls)
        if dossier is not None and cls not in SUBMISSIONS:
            raise TypeError(f"{self._name} is not checked against a dossier.")
        require_instance(limits, Limits, "limits must be Limits(...).")
        self._bounds = limits.bounds_for(cls)
        self._cls = cls
        self._now = None if now is None else moment_in_utc(now, "/now")
        self._submission = submission
        self._judge: Callable[..., tuple[Finding, ...]] | None = None
        if cls is Dossier:
            self._judge = partial(check, rules=(*default_rules(), *own)) if own else check
        elif own and dossier is None:
            raise TypeError("rules need the dossier that they judge: dossier=Dossier(event=event).")
        self._prepared: PreparedDossier | None = None
        self._waitlist: Callable[..., Any] | None = None
        self._asking: Event | None = None
        self._form: FormFields | None = None
        if dossier is not None:
            from wtisd_model.rules.registration import wait_if_full
            from wtisd_model.rules.rule_list import judge_submission  # loaded with the first dossier

            self._prepared = prepared(cls, require_dossier(dossier), taken)
            self._judge = partial(judge_submission, self._prepared)
            if own:
                self._judge = partial(self._judge, rules=own)
            if submission:
                self._asking = dossier.event
                self._form = form_fields(dossier.event, CALL_KINDS[cls])
            if submission and cls is Registration:
                self._waitlist = partial(wait_if_full, self._prepared)
        elif taken is not None:
            raise TypeError("taken needs the dossier with the event: dossier=Dossier(event=event).")
        self._needs_now = submission or dossier is not None or bool(own)
        # It returns the object of a payload without errors; of another one what is good, and the rest, or None.
        self._accelerated = SPEEDUPS.Accelerator(cls, self._bounds).make if SPEEDUPS and not submission else None
        document: type = cls
        self._decode = object_decoder(document, submission=submission).decode

    def __call__(
        self,
        payload: Payload | Submission[T],
        *,
        now: datetime | None = None,
        line: int | None = None,
        id: str | None = None,
    ) -> Outcome[T]:
        """Validate one payload; *now* overrides the bound time, and *id* is that of a submission.

        Without *id*, a submission gets a random one (UUID version 4), which says nothing about the sender.

        Raises:
            TypeError: *payload* is a `Submission`, and this is not a Validator for submissions of its class; *id* is
                passed, and this is not one for submissions.
            InvalidValueError: ``id-malformed`` or ``wrong-type`` for *id*.
            Exception: what a rule of yours raises; as from `check`, a TypeError or ValueError for what it yields.
        """
        if id is not None:
            if not self._submission:
                raise TypeError("id and ids are for submission=True: other documents have their own.")
            require_valid(id, IDENTIFIER, "/id")
        if type(payload) is Submission:  # not by isinstance, which runs code of a foreign object
            if not self._submission:
                raise TypeError("A submission needs Validator(..., submission=True).")
            if payload.cls is not self._cls:
                raise TypeError(f"A submission of {payload.cls.__name__}, not of {self._name}.")
            payload = payload.payload
        moment = self._now if now is None else moment_in_utc(now, "/now")
        if moment is None and self._needs_now:
            raise TypeError("now is required: the current time as an aware datetime.")
        unasked: list[Finding] = []
        made = self._made(payload, moment, id, unasked)
        if type(made) is not self._cls:
            return new_outcome(None, self._reported(made), line, made.omitted, self._asking)
        if moment is None or self._judge is None:
            return new_outcome(made, (), line, 0, self._asking)
        judge = partial(self._judge, noticed=unasked) if unasked else self._judge
        findings = FindingCollector(judge(made, now=moment))
        value = made if self._waitlist is None else self._waitlist(made, moment)
        return new_outcome(value, self._reported(findings), line, findings.omitted, self._asking)

    def _reported(self, findings: FindingCollector) -> tuple[Finding, ...]:
        """Return the findings, with the fixes for the sender if this is a submission."""
        return tuple(map(for_sender, findings.kept) if self._submission else findings.kept)

    def _made(self, payload: Any, now: datetime | None, own_id: str | None, unasked: list[Finding]) -> Any:
        """Return the object of a payload, or the collector of the findings about it.

        Findings about fields for which the form of an event does not ask are added to *unasked*.
        """
        made: Any = None if self._accelerated is None else self._accelerated(payload)
        if type(made) is self._cls:
            return made
        if type(made) is _tuple and self._prepared is None:
            given, filled, rest = made
            return self._decoded(rest, FindingCollector(), given, filled)
        return self._read(payload, now, own_id, unasked)

    def _read(self, payload: Any, now: datetime | None, own_id: str | None, unasked: list[Finding]) -> Any:
        plain = read(payload, self._bounds)
        if isinstance(plain, tuple):
            return FindingCollector(plain)
        if type(plain) is not dict:
            return FindingCollector([finding(Code.WRONG_TYPE, expected="object")])
        envelope: tuple[Finding, ...] = ()
        version, name = plain.pop("schemaVersion", SCHEMA_VERSION), plain.pop("@type", self._name)
        schema = plain.pop("$schema", "")
        # "is not", because True == 1 and 1.0 == 1.
        if version is not SCHEMA_VERSION or name != self._name or type(schema) is not str:
            envelope = tuple(self._envelope(version, name, schema))
            if envelope and envelope[0].code is Code.SCHEMA_VERSION_NEWER:  # nothing else can be checked
                return FindingCollector(envelope)
        given = self._given(now, own_id) if self._submission and now is not None else ()
        made = self._decoded(plain, FindingCollector(envelope), given)
        if self._form is not None:
            missing, beside = self._form.findings(plain)
            unasked += beside
            if missing and type(made) is not FindingCollector:
                made = FindingCollector()
            for found in (*missing, *beside) if type(made) is FindingCollector else ():
                made.add(found)
        if self._prepared is not None and type(made) is FindingCollector and made.omitted < MOST_COUNTED:
            part = readable_part(self._cls, plain)
            for found in self._prepared.questionnaires[self._cls].findings(part, stored=False):
                made.add(found)
        return made

    def _decoded(self, plain: object, findings: FindingCollector, given: Sequence[object], filled: int = 0) -> Any:
        """Return the object of a JSON value, or *findings*, to which those about it are added."""
        try:
            made = self._decode(plain, findings, "", given, filled)
        except EnoughError:
            return findings
        return findings if findings.kept else made

    def _envelope(self, version: JsonValue, name: JsonValue, schema: JsonValue) -> Iterator[Finding]:
        """Yield the findings about ``schemaVersion``, ``@type`` and ``$schema``, which is for editors and ignored."""
        if isinstance(version, float) and version.is_integer():
            version = int(version)
        if type(version) is not int:
            yield finding(Code.WRONG_TYPE, "/schemaVersion", expected="integer")
        elif version > SCHEMA_VERSION:
            yield finding(Code.SCHEMA_VERSION_NEWER, "/schemaVersion", maximum=SCHEMA_VERSION)
            return
        elif version != SCHEMA_VERSION:
            bounds = {"minimum": SCHEMA_VERSION, "maximum": SCHEMA_VERSION}
            yield finding(Code.NUMBER_OUT_OF_RANGE, "/schemaVersion", **bounds)
        if name != self._name:
            yield finding(Code.VALUE_UNKNOWN, "/@type", choices=self._name)
        if type(schema) is not str:
            yield finding(Code.WRONG_TYPE, "/$schema", expected="string")

    def _given(self, now: datetime, own_id: str | None) -> list[object]:
        """Return the default value of each field of a submission, including an id and the time of submission."""
        own = {"id": own_id or random_uid(), "submitted_at": now}
        return [own.get(spec.name, spec.default) for spec in fields_of(self._cls)]


def prepared(cls: type, dossier: Dossier, taken: TakenSeats | None) -> "PreparedDossier":
    """Return a dossier, prepared for its rules; *taken* is for a registration and a dossier without registrations."""
    from wtisd_model.rules.context import PreparedDossier
    from wtisd_model.rules.seats import require_counts

    if taken is None:
        return PreparedDossier(dossier)
    if cls is not Registration:
        raise TypeError("taken is for a Registration: nothing else takes a seat.")
    if dossier.registrations:
        raise TypeError("The registrations of the dossier hold the seats: leave them out, or taken.")
    return PreparedDossier(dossier, require_counts(dossier.event, taken))


def from_json(cls: type[T], payload: Payload, *, limits: Limits = DEFAULT_LIMITS) -> T:
    """Return the object that a JSON document describes.

    Args:
        cls: Event, Session, Registration, InterpretationRequest, Pledge, Dossier or Roster.
        payload: UTF-8 bytes, a string, or a mapping such as ``json.loads`` returns.
        limits: the limits of the payload.

    Raises:
        PayloadError: with all findings at once.
        TypeError: *cls* is not a document.
    """
    document: Any = cls
    is_usual = limits is DEFAULT_LIMITS and isinstance(document, type)
    validator: Validator[T] = _usual(document) if is_usual else Validator(cls, limits=limits)
    made = validator._made(payload, None, None, [])  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]  # of this module
    if type(made) is not cls:
        raise PayloadError(*made.kept, omitted=made.omitted)
    return made


@cache
def _usual(cls: type, *, submission: bool = False) -> Validator[Any]:
    return Validator[Any](cls, submission=submission)


def validate(
    cls: type[T],
    payload: Payload,
    *,
    dossier: Dossier | None = None,
    taken: TakenSeats | None = None,
    now: datetime | None = None,
    submission: bool = False,
    id: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
    rules: Iterable[Rule] = (),
) -> Outcome[T]:
    """Return all findings about a JSON document, and the object if it could be created.

    See `Validator` for the arguments, and its call for *id*; it is faster for many payloads.

    Raises:
        TypeError: for wrong arguments, as `Validator` does, but never for a wrong payload.
        InvalidValueError: if *now* is not an aware datetime or *id* not an identifier, as `Validator` does.
    """
    document: Any = cls
    if dossier is None and taken is None and limits is DEFAULT_LIMITS and not rules and isinstance(document, type):
        return _usual(document, submission=submission)(payload, now=now, id=id)
    judge = Validator(cls, dossier=dossier, taken=taken, now=now, submission=submission, limits=limits, rules=rules)
    return judge(payload, id=id)
