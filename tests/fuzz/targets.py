"""What is fuzzed: a function from bytes for each reader, which raises where the reader breaks a promise.

`tests/fuzz/run.py` calls them with what atheris makes up, and `tests/fuzz/test_corpus.py` with what is kept of that.
"""

import json
import random
from collections import UserDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

from attrs import evolve, frozen
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.protocols import Validator as SchemaValidator

from tests.columns.answered import EVENT as ASKING
from tests.fuzz.importers import indico, pretix, schedules
from tests.json.constructed import anatomy
from tests.json.plain_reader import plain_validator
from tests.programme.format_laws import without_fields
from tests.samples.invited import EVENT, person, registration
from wtisd_model import (
    CalendarLimits,
    Code,
    Dossier,
    Event,
    ExportError,
    Imported,
    Interpreter,
    InvalidValueError,
    LocalizedText,
    Location,
    MessageError,
    ModelError,
    Nature,
    Outcome,
    ParticipationStatus,
    PayloadError,
    Registration,
    Reply,
    Roster,
    Session,
    Severity,
    Validator,
    from_csv,
    from_ical,
    from_jcal,
    from_jscalendar,
    from_json,
    local_time,
    schema_validator,
    to_csv,
    to_ical,
    to_jcal,
    to_jscalendar,
    to_json,
    to_problem,
    validate_lines,
)
from wtisd_model.columns.table import OBJECTS
from wtisd_model.findings import FindingCollector
from wtisd_model.formats import FORMATS
from wtisd_model.ical.jcal import to_array
from wtisd_model.ical.parser import parse_calendars
from wtisd_model.invitation import IncomingReply, Method, apply, read_reply
from wtisd_model.json.builtins import to_builtins
from wtisd_model.json.json_schema import describe, reached_classes
from wtisd_model.json.parser import _parse, _parse_usual
from wtisd_model.model.documents import DOCUMENTS, SUBMISSIONS
from wtisd_model.model.event import session_status
from wtisd_model.schema.constraints import CodeList, Constraint, Date, DecimalNumber, Pattern, Text, Timestamp
from wtisd_model.schema.fields import fields_of, json_form_of
from wtisd_model.schema.model import Model
from wtisd_model.types.scalars import INVALID, scalar_decoder
from wtisd_model.types.timezone import to_local_time, with_seconds

EXAMPLES = Path(__file__).parents[1] / "data" / "examples"
CALENDARS = tuple(sorted((Path(__file__).parents[1] / "data" / "calendars").iterdir()))
FEED = Path(__file__).parents[1] / "data" / "feed.ics"
REPLIES = tuple(sorted((Path(__file__).parents[1] / "data" / "replies").iterdir()))
NOW = datetime(2023, 4, 13, 8, 15, tzinfo=UTC)


@frozen
class Door:
    """The validator that users have, and one that leaves everything to the reader."""

    cls: type
    judge: Validator[Any]
    reader: Validator[Any]


@cache
def doors() -> tuple[Door, ...]:
    """Return a door for each document, and two for each submission: alone and with a dossier."""
    dossier = from_json(Dossier, (EXAMPLES / "dossier.json").read_bytes())
    return (
        *(_door(cls, now=NOW if cls is Dossier else None) for cls in DOCUMENTS if cls is not Roster),
        *(_door(cls, now=NOW, submission=True, dossier=dossier) for cls in SUBMISSIONS),
        *(_door(cls, now=NOW, dossier=dossier) for cls in SUBMISSIONS),
        _door(Roster),  # last: the corpus has numbers of doors
    )


def _door(cls: type, **bound: Any) -> Door:
    return Door(cls, Validator[Any](cls, **bound), plain_validator(cls, **bound))


def split(data: bytes) -> tuple[Door, bytes]:
    """Take the first byte as the choice of a door."""
    return doors()[(data[0] if data else 0) % len(doors())], data[1:]


def documents(data: bytes) -> None:
    """`validate` with bytes: an outcome that keeps its promises, with and without the accelerator the same."""
    door, payload = split(data)
    outcome = judged(door, payload)
    if outcome.value is not None:
        sound(outcome.value)
        again = to_json(outcome.value)
        assert from_json(door.cls, again) == outcome.value, "what is written is read as something else"
        assert to_json(from_json(door.cls, again)) == again, "what is written twice differs"


def judged(door: Door, payload: Any) -> Outcome[Any]:
    """Validate a payload with and without the accelerator."""
    read = door.reader(payload)
    keeps_promises(read)
    outcome = door.judge(payload)
    assert outcome == read, "the accelerator and the reader differ"
    assert anatomy(outcome.value) == anatomy(read.value), "the accelerator makes another object"
    return read


def raw(data: bytes) -> None:
    """Parse bytes that are nearly JSON: the two parsers agree, and so do the accelerator and the reader."""
    payload = data[1:]
    usual = _parse_usual(payload)
    # What the first leaves to the second may be too deep for it, until `read` has measured that.
    assert usual is None or repr(usual) == repr(_parse(payload, 64)), "the two parsers differ"
    judged(doors()[(data[0] if data else 0) % len(DOCUMENTS)], payload)


def keeps_promises(outcome: Outcome[Any]) -> None:
    """See that an outcome is as it is promised, whatever came in."""
    findings = outcome.findings
    assert len(findings) <= 100
    assert sum(map(len, map(str, findings))) <= 20_000
    # Rules report one code whose home is elsewhere.
    by_rules = {
        each.code for each in findings if Code(each.code).nature is Nature.RULE or each.code == Code.ID_REPEATED
    }
    assert outcome.value is None or by_rules == {each.code for each in findings}
    assert outcome.value is not None or not outcome.ok
    assert outcome.ok is not any(each.severity is Severity.ERROR for each in findings)
    json.dumps(to_problem(findings, omitted=outcome.omitted), allow_nan=False).encode("ascii")
    assert to_problem(findings) or outcome.value is not None or outcome.omitted
    assert str(PayloadError(*findings)).encode() is not None, "a message that cannot be written"


def sound(value: object) -> None:
    """See that the constructors, which check everything, make the same object."""
    if isinstance(value, Model):
        assert evolve(cast("Any", value)) == value, "the class makes another object"
        for spec in fields_of(type(value)) if json_form_of(type(value)) is type(value) else ():
            inner = getattr(value, spec.name)
            for each in inner if isinstance(inner, tuple | frozenset) else (inner,):
                sound(each)


class Pairs(Mapping[str, object]):
    """A mapping of somebody's own."""

    def __init__(self, pairs: list[tuple[Any, Any]]) -> None:
        self.pairs = pairs

    def __getitem__(self, key: str) -> object:
        raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        raise ValueError

    def __len__(self) -> int:
        raise ValueError

    def items(self) -> Any:
        for pair in self.pairs:
            if pair == ("mode", "fail"):
                raise LookupError(pair)
            yield pair


class Words(str):
    """A text of somebody's own."""

    __slots__ = ()

    def __str__(self) -> str:
        raise ValueError

    def __len__(self) -> int:
        return 0


class Many(list[Any]):
    """A list of somebody's own."""

    def __len__(self) -> int:
        return 0


class Number(int):
    """A number of somebody's own."""

    def __le__(self, _other: object) -> bool:
        return True


def dressed(value: Any, choose: random.Random) -> Any:
    """Put what JSON holds into objects that a program might pass instead."""
    plain = choose.random() < 0.8
    match value:
        case dict():
            members = [(key, dressed(each, choose)) for key, each in value.items()]
            if plain:
                return dict(members)
            return choose.choice(
                [
                    Pairs(members),
                    Pairs(members * 2),
                    UserDict(members),
                    MappingProxyType({Words(key): each for key, each in members}),
                    {key if choose.random() < 0.9 else (key,): each for key, each in members},
                    tuple(members),
                ]
            )
        case list():
            items = [dressed(each, choose) for each in value]
            return items if plain else choose.choice([Many(items), tuple(items), [items], Pairs([("a", 1), *items])])
        case str():
            return value if plain else choose.choice([Words(value), value.encode("utf-8", "surrogatepass"), object()])
        case int() if not isinstance(value, bool):
            return value if plain else choose.choice([Number(value), float(value % 2**53), complex(value % 9)])
        case _:
            return value


def mappings(data: bytes) -> None:
    """`validate` with a mapping: the same promises, and for a plain one the same outcome as for its bytes."""
    door, payload = split(data)
    try:
        plain = json.loads(payload[1:])
    except (ValueError, RecursionError):
        return
    if not isinstance(plain, dict):
        return
    outer = dressed(plain, random.Random(payload[0]))
    outer = outer if isinstance(outer, Mapping) else {"mode": outer}
    judged(door, outer)
    mapped = judged(door, plain)
    sent = judged(door, payload[1:])
    if all(Code(each.code).nature is not Nature.READING for each in (*sent.findings, *mapped.findings)):
        assert sent == mapped, "a mapping and its bytes differ"


def lines(data: bytes) -> None:
    """`validate_lines`: each line by itself, as `validate` has it; memory and order are its own affair."""
    outcomes = list(validate_lines(Registration, BytesIO(data)))
    for outcome in outcomes:
        keeps_promises(outcome)
    if not data.startswith(b"\x1f\x8b"):
        payloads = data.removesuffix(b"\n").split(b"\n") if data else []
        reader = doors()[DOCUMENTS.index(Registration)].reader
        assert outcomes == [reader(payload, line=index) for index, payload in enumerate(payloads, 1)]


def tables(data: bytes) -> None:
    """`from_csv`: sound objects, which are the same when they are written and read again, or findings."""
    choice = data[0] if data else 0
    cls = OBJECTS[choice % 4] if choice < 128 else Interpreter
    event = ASKING if choice // 4 % 2 and cls not in {Session, Interpreter} else None
    stated: dict[str, Any] = {"decimal": ",", "separator": ",", "date_format": "%d.%m.%Y", "zone": "Europe/Zurich"}
    options: dict[str, Any] = {"event": event, **(stated if choice // 8 % 2 else {})}
    outcomes: Iterator[Outcome[Any]] = from_csv(cls, data[1:], **options)
    for outcome in outcomes:
        assert len(outcome.findings) <= 100
        assert outcome.value is None or not outcome.findings
        str(outcome.findings).encode()
        if outcome.value is not None:
            sound(outcome.value)
            once = b"".join(to_csv(cls, [outcome.value], personal=True, event=event))
            read_again: Iterator[Outcome[Any]] = from_csv(cls, once, event=event)
            again = [each.value for each in read_again]
            assert b"".join(to_csv(cls, again, personal=True, event=event)) == once, "what is written is read otherwise"


@cache
def leaf_forms() -> tuple[tuple[Constraint, SchemaValidator], ...]:
    """Return each kind of text that a field may hold, with the referee of its published schema."""
    found: dict[str, tuple[Constraint, SchemaValidator]] = {}
    for document in DOCUMENTS:
        checker: FormatChecker = schema_validator(document).format_checker  # type: ignore[attr-defined]  # the protocol leaves it out
        for cls in sorted(reached_classes([document]), key=lambda each: each.__name__):
            for key, constraint in _texts(cls):
                said = _said(document, cls, key)
                if said is not None:
                    found.setdefault(
                        json.dumps(said, sort_keys=True),
                        (constraint, Draft202012Validator(said, format_checker=checker)),
                    )
    return tuple(found.values())


def _texts(cls: type) -> Iterator[tuple[str, Constraint]]:
    for spec in fields_of(cls):
        if isinstance(spec.constraint, Text | Pattern | CodeList | DecimalNumber | Date | Timestamp):
            yield spec.key, spec.constraint


def _said(document: type, cls: type, key: str) -> dict[str, Any] | None:
    """Find what the schema of a document says of a text in a class of its own."""
    schema = describe(document, submission=False)
    properties: Any = schema if cls is document else schema["$defs"].get(cls.__name__, {})
    said = properties.get("properties", {}).get(key, {})
    # A list of words, such as the zones, is a definition of its own.
    said = schema["$defs"][said["allOf"][0]["$ref"].removeprefix("#/$defs/")] if "allOf" in said else said
    return {each: said[each] for each in said if each != "description"} or None


def leaves(data: bytes) -> None:
    """The readers of single texts: dates, moments, numbers, addresses, tags; each agrees with its schema."""
    forms = leaf_forms()
    constraint, referee = forms[(data[0] if data else 0) % len(forms)]
    text = data[1:].decode("utf-8", "surrogateescape")
    match constraint:
        case DecimalNumber() | Date() | Timestamp():
            refused = scalar_decoder(constraint)(text) is INVALID
        case _:
            refused = constraint.check(text) is not None
    assert refused is not referee.is_valid(text), f"{constraint!r}: reader and schema differ"


def clocks(data: bytes) -> None:
    """`local_time`: a moment that is written as it was read, or an error of ours."""
    wall, zone, repeated, *_ = [*data.decode("utf-8", "surrogateescape").split("|"), "", "", ""]
    refused: InvalidValueError | None = None
    try:
        moment = local_time(wall, zone, repeated=repeated or None)  # type: ignore[arg-type]  # anything may come
    except InvalidValueError as error:
        refused = error
    else:
        assert to_local_time(moment) == (with_seconds(wall), zone, repeated or None)
    assert refused is None or (refused.__context__ is None and len(refused.findings) == 1)


SENDER = "participant1@example.org"
HALL = Location(
    name=LocalizedText(text="Seat", language="en"), locality="Genève", country="CH", latitude=None, longitude=None
)


def calendars(data: bytes) -> None:
    """`from_ical`: events that are sound and come back from what is written of them, or an error of ours."""
    _calendar(data, from_ical, to_ical, b"\n")


def jcal(data: bytes) -> None:
    """`from_jcal`: the same of the calendars in JSON."""
    _calendar(data, from_jcal, to_jcal, b',{"')


def in_jcal(data: bytes) -> bytes:
    """Return the calendars of a file as jCal."""
    found = parse_calendars(data, CalendarLimits(), FindingCollector())
    return json.dumps([to_array(each) for each in found], ensure_ascii=False).encode()


def _calendar(
    data: bytes, read: Callable[..., Imported], write: Callable[..., bytes], between_properties: bytes
) -> None:
    choice = data[0] if data else 0
    zone, place = (None, "Europe/Zurich", "America/St_Johns", "UTC")[choice % 4], (None, HALL)[choice // 4 % 2]
    refused: ModelError | None = None
    try:
        imported = read(data[1:], zone=zone, place=place)
    except (MessageError, PayloadError) as error:
        refused = error
    else:
        assert len(imported.findings) <= 100
        assert imported.events
        for event in imported.events[:5]:
            sound(event)
            try:
                once = write(event, stamped=NOW)
            except ExportError:
                continue
            if len(once) < 900_000 and once.count(between_properties) < 20_000:
                (again,) = read(once).events
                assert said(again) == said(event), "what is written of an event is read as another one"
    told(refused)


def jscalendar(data: bytes) -> None:
    """`from_jscalendar`: events that are sound and come back from what is written of them, or an error of ours."""
    choice = data[0] if data else 0
    # In ten years a daily event has as many occurrences as there may be, and then a second is enough for few inputs.
    expand = (NOW, datetime(2023, 6, 13, tzinfo=UTC)) if choice & 1 else None
    zone, place = (None, "Europe/Zurich")[choice // 2 % 2], (None, HALL)[choice // 4 % 2]
    refused: ModelError | None = None
    try:
        imported = from_jscalendar(data[1:], zone=zone, place=place, expand=expand)
    except (MessageError, PayloadError) as error:
        refused = error
    else:
        assert len(imported.findings) <= 100
        for event in imported.events[:5]:
            sound(event)
            with suppress(ExportError):
                once = to_jscalendar(event, stamped=NOW, personal=True, version="2.0" if choice & 8 else "1.0")
                (again,) = from_jscalendar(once).events
                assert evolve(again, updated=event.updated) == event, (
                    "what is written of an event is read as another one"
                )
    told(refused)


def carried(event: Event) -> object:
    """What of an event JSCalendar keeps, if it does not say when it was last changed."""
    left_out = FORMATS["jscalendar-personal"].not_carried
    lost = {**left_out, "Event": left_out["Event"] | {"updated"}}
    return without_fields(Event, to_builtins(event), lost)


def said(event: Event) -> tuple[object, ...]:
    """What of an event a calendar keeps, without its sessions' ids: those of others are numbered."""
    parts = [
        (each.export_uid(event.uid), event.entry_sequence(each), each.slot, session_status(event, each))
        for each in event.sessions
    ]
    return event.uid, event.entry_sequence(), event.status, event.slot, event.title, event.url, event.keywords, parts


def _invited(number: int, *answers: Reply) -> Registration:
    return registration(number, participant=person(number, email=f"participant{number}@example.org"), replies=answers)


_TO_SENDER = Reply(at=NOW, status=ParticipationStatus.DELEGATED, delegated_to=frozenset({SENDER}))
SENDERS_OWN = Dossier(event=EVENT, registrations=(_invited(1), _invited(3)))
AS_DELEGATE = Dossier(event=EVENT, registrations=(_invited(2, _TO_SENDER), _invited(3)))


def applied(reply: IncomingReply) -> None:
    """See that a reply of the sender is recorded only where it may be, once, and can be written."""
    for dossier in (SENDERS_OWN, AS_DELEGATE):
        refused: MessageError | None = None
        try:
            after = apply(dossier, [reply])
        except MessageError as error:
            refused = error
        else:
            assert after.registrations[1] == dossier.registrations[1], "somebody else replied for participant 3"
            assert apply(after, [reply, reply]) == after
            assert from_json(Dossier, to_json(after)) == after
        told(refused)


def replies(data: bytes) -> None:
    """`read_reply`: an answer of the sender, or an error of ours; `apply`: an answer for nobody else."""
    refused: MessageError | PayloadError | None = None
    try:
        reply = read_reply(data, sender=SENDER)
    except (MessageError, PayloadError) as error:
        refused = error
    else:
        assert SENDER in {reply.attendee.casefold(), (reply.sent_by or "").casefold()}
        assert all(each.severity is Severity.WARNING for each in reply.findings)
        assert reply.method is Method.COUNTER or reply.proposal is None
        if reply.sent_by is None:
            applied(reply)
        # The uid is of an event and no personal value: it is printed, whatever the stranger put into it.
        assert "participant1" not in repr(evolve(reply, uid=""))
    told(refused)


def told(refused: ModelError | None) -> None:
    """See that an error is ours alone: it carries nothing of the input, and has something to say."""
    if refused is not None:
        assert refused.__context__ is None
        assert refused.__cause__ is None
        assert 0 < len(refused.findings) <= 100
        str(refused).encode()


TARGETS: dict[str, Callable[[bytes], None]] = {
    each.__name__: each
    for each in (
        *(documents, raw, mappings, lines, tables, leaves, clocks, calendars, jcal, jscalendar, replies),
        *(indico, pretix, schedules),
    )
}
"""The functions by the names of their folders in ``corpus``."""
