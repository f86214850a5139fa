"""Planted faults: each mistake that the fast way might come to have is noticed by what it is compared with."""

import sys
from collections.abc import Callable, Iterator
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import pytest

from tests.benchmarks.payloads import bad
from tests.payload import building, shaping
from tests.payload.constructed import anatomy
from tests.payload.test_agreement import WHOLE, changed, places, without
from tests.payload.test_quick import is_doubtful
from tests.payload.walk import walked
from tests.payload.ways import ROOMY, grid, slowly, twins, written
from wtisd_model import payload as package
from wtisd_model.model.pledge import Pledge
from wtisd_model.model.registration import Registration
from wtisd_model.model.session import Session
from wtisd_model.payload.gathered import Gathered
from wtisd_model.payload.limits import Limits
from wtisd_model.payload.plain import Bounds

CHAIN = ("structs", "leaves", "assembly", "building", "doubts", "shaping", "measuring", "reading", "quick", "telling")
"""The modules that make up the fast way and what tells of doubts, each before those that import it."""

GENERATED = {"building": building, "shaping": shaping}

PLAIN = (Registration, Session, Pledge)
"""Documents that hold no others, and between them most parts."""


class Loaded(NamedTuple):
    """What the modules give."""

    quick: Callable[[type, Bounds], Callable[[Any], Any]]
    shaped: Callable[[type, Any, None, Gathered], object]


class Fault(NamedTuple):
    """One change of one module."""

    what: str
    module: str
    good: str
    bad: str


FAULTS = (
    Fault("a text may be one character longer", "structs", "return node.maximum", "return node.maximum + 1"),
    Fault("a list may have one item more", "structs", "node.minimum, max_length=", "node.minimum, max_length=1 + "),
    Fault("a list may be empty", "structs", "min_length=node.minimum", "min_length=0"),
    Fault("one translation too many", "structs", "Annotated[by_key, Meta(max_length=node.maximum)]", "by_key"),
    Fault("a number may be one larger", "structs", "le=node.maximum", "le=node.maximum + 1"),
    Fault("a number may be one smaller", "structs", "ge=node.minimum", "ge=node.minimum - 1"),
    Fault("any version passes", "structs", "Literal[SCHEMA_VERSION]", "int"),
    Fault("a blank parts day and time", "leaves", "text[4:17:3] ==", 'text[4:17:3].replace(" ", "T") =='),
    Fault("a year too many", "leaves", "moment.year <= LAST_YEAR else", "moment.year <= LAST_YEAR + 1 else"),
    Fault("an offset is dropped", "leaves", "moment.astimezone(UTC)", "moment.replace(tzinfo=UTC)"),
    Fault("an exact number has no upper bound", "leaves", "number <= node.maximum else", "number else"),
    Fault("an exact number keeps its zeros", "leaves", "return shortest(number)", "return (number)"),
    Fault("any day passes", "leaves", "    if not _DAY(text):\n        return None\n", ""),
    Fault("one good text lets its neighbours pass", "leaves", "if not all(map(", "if not any(map("),
    Fault("a title may be longer in a LocalizedText", "assembly", "len(text) > maximum", "len(text) > maximum + 1"),
    Fault("a translation may be longer", "assembly", "len(each) <= maximum and ", ""),
    Fault("a text is translated into its own language", "assembly", "not any(_no_second_", "(_no_second_"),
    Fault("a slot may end when it starts", "assembly", "to_utc(last) <= to_utc(first)", "to_utc(last) < to_utc(first)"),
    Fault("which of two hours is not looked at", "assembly", "end, zone, struct.start_repeated", "end, zone, None"),
    Fault("a slot stays open", "assembly", "    made.__class__ = TimeSlot\n", ""),
    Fault("an object stays open", "building", "    open_.__class__ = Contact\n", ""),
    Fault("a pattern is dropped", "building", "and not _CONTACT_PHONE(phone):", "and False:"),
    Fault("a required key may be missing", "building", "if mode is None:", "if False:"),
    Fault("a rule between fields is dropped", "building", " and _contact_name_or_email(name, email):", " and False:"),
    Fault("a rule is asked in vain", "building", "_registration_history_ends_in_state(made", "not (made"),
    Fault(
        "a rule is asked where it is kept", "building", "made_purged_at is not None and", "made_purged_at is None and"
    ),
    Fault("items may come twice", "building", " or len(set(made_listening_languages)) != len(", " or 0 > len("),
    Fault("what is absent is something else", "building", "RegistrationState.PENDING", "RegistrationState.APPROVED"),
    Fault("two fields are exchanged", "building", "open_.latitude = made_latitude", "open_.latitude = made_longitude"),
    Fault(
        "false counts as true",
        "building",
        "made_amount_is_estimate = amount_is",
        "made_amount_is_estimate = not amount_is",
    ),
    Fault("an amount is held as it was sent", "building", "at_minor_unit(made_amount, currency)\n", "made_amount\n"),
    Fault("what was dropped is not missed", "reading", "if len(raw) == len(written)", "if len(raw) >= len(written)"),
    Fault("repeated keys pass", "reading", "return quotes == ours", "return quotes >= ours"),
    Fault("quotes hide a repeated key", "reading", ' and b"\\\\u0022" not in raw', ""),
    Fault("quotes in texts hide one", "reading", "ours - written.count(b'\\\\\"')", "ours"),
    Fault("what was dropped is not looked for", "quick", "is_all_of(raw, _encode(document))", "True"),
    Fault("one byte too many", "quick", "if len(raw) > small and", "if len(raw) > small + 1 and"),
    Fault("nesting is not measured", "quick", "bounds.depth < deepest(cls) or ", ""),
    Fault("what a dict is is not asked", "quick", "or kind != name", ""),
    Fault("a dict is of any version", "quick", "or version != SCHEMA_VERSION", ""),
    Fault("true is a version", "quick", "type(version) not in _NUMBERS or ", ""),
    Fault("keys may be more than texts", "quick", "if not TEXTS.issuperset(map(type, payload)):", "if False:"),
    Fault("a dict may hold any number of values", "measuring", "and len(values) < most", ""),
    Fault("one value too many in a dict", "measuring", "and len(values) < most", "and len(values) <= most"),
    Fault("a dict may be long", "measuring", "_A_CHARACTER * size", "0 * size"),
    Fault("what is long is taken for short", "measuring", "            long.add(spec.key)", "            pass"),
    Fault("a tuple is a list", "doubts", "type(values) is not _list or", "not isinstance(values, list | tuple) or"),
    Fault(
        "a list of parts may be longer",
        "doubts",
        "len(values) <= maximum:\n        return None\n    made",
        "len(values):\n        return None\n    made",
    ),
    Fault("items may be more than texts", "doubts", "if type(each) is not str:", "if not isinstance(each, str):"),
    Fault("items of a dict may come twice", "doubts", "made if not unique or", "made if True or"),
    Fault("an item may be longer", "doubts", "all(len(each) <= maximum for each in values) and ", ""),
    Fault(
        "an item that is unknown is taken", "doubts", "if members.keys() >= {*values}", "if members.keys() & {*values}"
    ),
    Fault(
        "tags may be more than texts",
        "doubts",
        "return type(value) is str and len(value) <= _ENTRIES.key",
        "return isinstance(value, str) and len(value) <= _ENTRIES.key",
    ),
    Fault("a text in a dict may be longer", "doubts", "len(value) <= node.maximum", "len(value) <= node.maximum + 1"),
    Fault("a text of a dict in its own language", "doubts", "any(_no_second_", "not any(_no_second_"),
    Fault("a translation too many in a dict", "doubts", "        and len(value) <= _ENTRIES.maximum\n", ""),
    Fault("which of two hours is mistaken", "doubts", "first, last = _which", "last, first = _which"),
    Fault("a key of a slot is not known", "doubts", "there == len(plain) and start", "start"),
    Fault("a kind of text is a text", "shaping", "type(privacy_notice) is str", "isinstance(privacy_notice, str)"),
    Fault("a text of a dict one character longer", "shaping", "len(organization) <= 500", "len(organization) <= 501"),
    Fault("a pattern of a dict is dropped", "shaping", " and _CONTACT_PHONE(phone)", ""),
    Fault("a key of a dict may be missing", "shaping", " or mode is None", ""),
    Fault("a rule of a dict is dropped", "shaping", " and _contact_name_or_email(name, email)", " and False"),
    Fault(
        "other keys of a dict pass",
        "shaping",
        "known != len(plain) or id_ is None or event_uid",
        "id_ is None or event_uid",
    ),
    Fault("a key is another", "shaping", 'get("submittedBy")', 'get("organization")'),
    Fault(
        "what is absent in a dict is something else",
        "shaping",
        "RegistrationState.PENDING",
        "RegistrationState.APPROVED",
    ),
    Fault(
        "false in a dict counts as true",
        "shaping",
        "made_amount_is_estimate = amount_is",
        "made_amount_is_estimate = not amount_is",
    ),
    Fault("any number is true or false", "shaping", "type(amount_is_estimate) is not bool", "False"),
    Fault(
        "an amount of a dict is held as it was sent",
        "shaping",
        "at_minor_unit(made_amount, currency)\n",
        "made_amount\n",
    ),
    Fault(
        "values of another order for the rules",
        "shaping",
        "made_state, made_participation_status, made",
        "made_participation_status, made_state, made",
    ),
    Fault(
        "a whole number has no upper bound",
        "leaves",
        "node.minimum <= whole <= node.maximum else",
        "node.minimum <= whole else",
    ),
    Fault(
        "what is told is in another order", "telling", "[key for key in plain if key in doubtful]", "sorted(doubtful)"
    ),
    Fault(
        "unknown keys are not told",
        "telling",
        "            elif key in office or key not in fields:",
        "            elif key in office:",
    ),
    Fault("null is not told", "telling", "            elif plain[key] is None:", "            elif not plain:"),
    Fault(
        "missing keys are not told",
        "telling",
        "                if key not in plain and key not in office:",
        "                if key in office:",
    ),
    Fault(
        "rules are not asked", "telling", "for names, rule in plan.rules if values else ():", "for names, rule in ():"
    ),
    Fault("rules are asked about what is unsound", "telling", "if unsound.isdisjoint(names):", "if True:"),
    Fault(
        "rules point elsewhere",
        "telling",
        "                    self.add(found, path)",
        "                    self.add(found)",
    ),
    Fault("parts point elsewhere", "telling", 'path + f"/{index}")\n\n\ndef _tell_items', "path)\n\n\ndef _tell_items"),
    Fault("repeated items are not told", "telling", "elif node.unique and item in seen:", "elif False:"),
    Fault("the number of items is not told", "telling", "node.check_count(len(values)) if", "None if"),
    Fault("entries are not counted", "telling", "if len(value) > node.maximum:", "if False:"),
    Fault("what was meant is not told", "telling", "suggestion = close_to(key, plan.spellings)", "suggestion = None"),
    Fault(
        "titles are told to be long texts",
        "telling",
        "        case Text() if text is not None:\n            return text\n",
        "",
    ),
)
"""What to replace where, and what that would mean. The builders are taken as they are written, before formatting."""


class Liar(str):
    """A key that says that it is another."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return other == "organization"

    def __hash__(self) -> int:
        return hash("organization")


class Word(StrEnum):
    MODE = "remote"
    ORGANIZATION = "Ministry 1"
    TAG = "fr"


class Case(NamedTuple):
    """A payload, its limits, and what has to become of it."""

    what: str
    cls: type
    payload: Any
    limits: Limits
    expected: object
    may_doubt: bool
    told: object = None
    """What is told of it, where that is asked."""


def case_of(what: str, cls: type, payload: Any, limits: Limits = ROOMY, *, may_doubt: bool = False) -> Case:
    value = slowly(cls, payload, limits).value
    return Case(what, cls, payload, limits, anatomy(value), may_doubt or limits is not ROOMY or is_doubtful(payload))


def both(what: str, cls: type, document: dict[str, Any]) -> Iterator[Case]:
    """Ask about a document as a dict, and as its JSON, in which the count of quotes notices some things too."""
    case = case_of(what, cls, document)
    yield case._replace(told=told(walked, cls, document))
    yield case._replace(payload=written(document), may_doubt=is_doubtful(written(document)))


def told(shaped: Callable[[type, Any, None, Gathered], object], cls: type, document: dict[str, Any]) -> object:
    """Give the findings about the fields of a document."""
    findings = Gathered()
    made = shaped(
        cls, {key: each for key, each in document.items() if key not in {"@type", "schemaVersion"}}, None, findings
    )
    return findings.kept, findings.omitted, None if findings.kept else anatomy(made)


@cache
def cases() -> tuple[Case, ...]:
    """Give what the fast way is asked about: grids, repeated keys, and a few things that have no place in a grid."""
    return (
        *special(),
        *(case for cls in PLAIN for what, each in grid(cls) for case in both(what, cls, each)),
        *(case_of(str(place), Registration, raw) for place, raw in twins(WHOLE[Registration], (None, 1))),
    )


def special() -> Iterator[Case]:
    registration = WHOLE[Registration]
    for cls in PLAIN:
        yield case_of("a dict", cls, WHOLE[cls])
        raw = written(WHOLE[cls])
        for size in (len(raw) - 1, len(raw)):
            yield case_of(f"{size} bytes", cls, raw, Limits(bytes=size))
        for depth in range(1, 8):
            yield case_of(f"{depth} levels", cls, raw, Limits(depth=depth))
    hidden = changed(registration, ("organization",), "HIDING")
    for place, raw in twins(hidden, (1,)):
        for hiding in (rb"\"\u0022\u0022", rb"\"\u0022\u0022\u0022\u0022"):
            yield case_of(f"{hiding!r} {place}", Registration, raw.replace(b"HIDING", hiding))
    yield case_of("a tuple", Registration, {**registration, "sessionIds": ("s-1",)})
    yield from special_dicts()
    yield from special_parts()


def special_dicts() -> Iterator[Case]:
    registration = WHOLE[Registration]
    yield case_of("a liar", Registration, {**without(registration, ("organization",)), Liar("x"): "Ministry 1"})
    for change in ({"@type": "Session"}, {"@type": Word.TAG}, {"schemaVersion": 2}, {"schemaVersion": True}):
        yield case_of(str(change), Registration, {**registration, **change})
    for cls in (Registration, Pledge):
        count = 1 + len(list(places(WHOLE[cls])))
        for most in (count - 1, count):
            yield case_of(f"{most} values in a dict", cls, WHOLE[cls], Limits(values=most))
        for size in (500, 1000, 2000, 3000):
            yield case_of(f"{size} bytes in a dict", cls, WHOLE[cls], Limits(bytes=size))
    step = {"at": "2023-04-14T09:00:00Z", "before": "pending", "after": "approved"}
    back = {"at": "2023-04-14T09:00:00Z", "before": "approved", "after": "pending"}
    long = [{**each, "note": "x" * 9_000} for each in (step, back)] * 100
    yield case_of("a long history", Registration, {**registration, "history": long}, Limits())
    yield from both("many moves", Registration, {**registration, "history": [step, back] * 501})
    for tag in ("en-abcdefgh-ijklmnop-qrstuvwx-yzabcdef", Word.TAG):
        yield case_of("a kind of item", Registration, {**registration, "listeningLanguages": [tag]}, may_doubt=True)
    yield case_of("items of a kind", Registration, {**registration, "needs": ["captions", "x"]})
    for key, word in (("mode", Word.MODE), ("organization", Word.ORGANIZATION), ("privacyNotice", Word.ORGANIZATION)):
        yield case_of("more than a text", Registration, {**registration, key: word}, may_doubt=True)


def special_parts() -> Iterator[Case]:
    registration, session, pledge = WHOLE[Registration], WHOLE[Session], WHOLE[Pledge]
    translated = changed(session, ("title", "translations"), {"fr": "x"})
    yield from both("a translation", Session, translated)
    tagged = changed(translated, ("title", "translations"), {Word.TAG: "x"})
    yield case_of("a tag that is more", Session, tagged, may_doubt=True)
    yield from both("a second original", Session, changed(session, ("title", "translations"), {"en": "x"}))
    yield from both("a long one", Session, changed(session, ("title", "translations"), {"fr": "x" * 501}))
    yield from both("one bad tag of two", Session, changed(session, ("title", "translations"), {"fr": "x", "!": "x"}))
    tags = [f"en-{number:08}" for number in range(101)]
    for count in (100, 101):
        many = dict.fromkeys(tags[:count], "x")
        yield from both(f"{count} tags", Session, changed(session, ("title", "translations"), many))
    night = {"start": "2026-10-25T02:30:00", "end": "2026-10-25T03:30:00", "timeZone": "Europe/Zurich"}
    for which in ("first", "second"):
        yield from both(f"the {which} 02:30", Session, {**session, "slot": {**night, "startRepeated": which}})
    yield from both("02:30", Session, {**session, "slot": night})
    yield from both("an empty slot", Session, {**session, "slot": {**session["slot"], "end": session["slot"]["start"]}})
    for moment in ("2023-04-14T09:00:00+02:00", "2023-04-14 09:00:00Z", "2200-01-01T00:00:00Z", "2023-04-14T24:00:00Z"):
        yield from both(moment, Registration, {**registration, "submittedAt": moment})
    yield from both("purged", Registration, {**registration, "purgedAt": "2023-04-14T09:00:00Z"})
    for each in bad(60, seed=5):
        if each.document is not None:
            yield from both(str(each.kinds), Registration, each.document)
    yield from both("another state", Registration, {**registration, "state": "approved"})
    for amount in ("5", "5.5", "5.500", "0.0"):
        yield from both(amount, Pledge, changed(pledge, ("pledged", "amount"), amount))
    yield from both("zeros", Pledge, changed(pledge, ("countries", 0, "share"), "40.00"))
    yield from both("no estimate", Pledge, {**pledge, "amountIsEstimate": False})


def complaints(loaded: Loaded) -> Iterator[str]:
    """Say where the fast way gives what it should not or doubts what it should take, and where something is untold."""
    for case in cases():
        try:
            taken = loaded.quick(case.cls, case.limits.bounds_for(case.cls))(case.payload)
            said = None if case.told is None else told(loaded.shaped, case.cls, case.payload)
        except Exception as raised:  # noqa: BLE001 - a fault may do anything
            yield f"{case.what}: {raised!r}"
            continue
        if taken is None:
            if case.expected != anatomy(None) and not case.may_doubt:
                yield f"{case.what}: in doubt"
        elif anatomy(taken) != case.expected:
            yield f"{case.what}: wrong"
        if said != case.told:
            yield f"{case.what}: told otherwise"


def load(monkeypatch: pytest.MonkeyPatch, fault: Fault | None) -> Loaded:
    """Load the modules once more, one of them with a fault."""
    for name in CHAIN:
        path = Path(str(package.__file__)).with_name(f"{name}.py")
        source = GENERATED[name].text_of_module() if name in GENERATED else path.read_text(encoding="utf-8")
        if fault is not None and fault.module == name:
            assert fault.good in source, "The fault has lost its place."
            source = source.replace(fault.good, fault.bad, 1)
        module = ModuleType(f"wtisd_model.payload.{name}")
        monkeypatch.setitem(sys.modules, module.__name__, module)
        monkeypatch.setattr(package, name, module, raising=False)
        exec(compile(source, f"<{name}>", "exec"), vars(module))  # noqa: S102 - our own text, with our own fault
    quick: Any = sys.modules["wtisd_model.payload.quick"]
    telling: Any = sys.modules["wtisd_model.payload.telling"]
    return Loaded(quick.quick, telling.shaped)


class TestPlantedFaults:
    """Issue 3: "at least 12 planted faults (an off-by-one length, an accepted separator, a dropped rule ...)"."""

    @pytest.mark.slow
    def test_without_a_fault_nobody_complains(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert list(complaints(load(monkeypatch, None))) == []

    @pytest.mark.slow
    @pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.what)
    def test_each_is_noticed(self, fault: Fault, monkeypatch: pytest.MonkeyPatch) -> None:
        assert next(complaints(load(monkeypatch, fault)), None) is not None
