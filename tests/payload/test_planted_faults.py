"""Planted faults: each mistake that the engines, their plans or the telling might come to have is noticed by what they
are compared with."""

import sys
from collections.abc import Iterator
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import pytest

from tests.benchmarks.payloads import bad
from tests.laws import sampled
from tests.payload.constructed import anatomy
from tests.payload.test_agreement import WHOLE, changed, places, without
from tests.payload.test_telling import ALONE, NOW
from tests.payload.ways import ROOMY, Way, grid, is_doubtful, slow_validator, twins, ways_of, written
from wtisd_model import payload as package
from wtisd_model.model.event import Event
from wtisd_model.model.pledge import Pledge
from wtisd_model.model.registration import Registration
from wtisd_model.model.session import Session
from wtisd_model.payload.limits import Limits
from wtisd_model.payload.outcome import Outcome

CHAIN = ("native", "plain", "limits", "leaves", "doubts", "shaping", "reading", "plans", "telling", "validator")
"""The modules that read documents, each before those that import it."""

PLAIN = (Registration, Session, Pledge)
"""Documents that hold no others, and between them most parts."""


class Fault(NamedTuple):
    """One change of one module."""

    what: str
    module: str
    good: str
    bad: str


FAULTS = (
    Fault("a blank parts day and time", "leaves", "if not _MOMENT(text):", 'if not _MOMENT(text.replace(" ", "T")):'),
    Fault("a year too many", "leaves", "moment.year <= LAST_YEAR else", "moment.year <= LAST_YEAR + 1 else"),
    Fault("an offset is dropped", "leaves", "moment.astimezone(UTC)", "moment.replace(tzinfo=UTC)"),
    Fault("an exact number has no upper bound", "leaves", "number <= node.maximum else", "number else"),
    Fault("an exact number has no lower bound", "leaves", "and node.minimum <= number <=", "and number <="),
    Fault("an exact number keeps its zeros", "leaves", "return shortest(number)", "return (number)"),
    Fault("an exact number of any form", "leaves", "and compiled(node.pattern).match(text) is not None", ""),
    Fault("any day passes", "leaves", "    if not _DAY(text):\n        return None\n", ""),
    Fault("texts are known before they are seen", "leaves", "if not self._test(text):", "if False:"),
    Fault(
        "a whole number has no upper bound",
        "leaves",
        "node.minimum <= whole <= node.maximum else",
        "node.minimum <= whole else",
    ),
    Fault(
        "a whole number has no lower bound",
        "leaves",
        "node.minimum <= whole <= node.maximum else",
        "whole <= node.maximum else",
    ),
    Fault("half a number is a whole one", "leaves", "is float and value.is_integer()", "is float"),
    Fault(
        "true is a number",
        "leaves",
        "return value if type(value) is int else",
        "return value if value is True or type(value) is int else",
    ),
    Fault("what was meant by a word is not told", "leaves", "None if found.full else meant(value, folded)", "None"),
    Fault("null is told as another kind", "leaves", "finding(Code.NULL_REFUSED) if value is None else None", "None"),
    Fault(
        "a text may be one character longer",
        "shaping",
        "len(value) <= self._maximum\n",
        "len(value) <= self._maximum + 1\n",
    ),
    Fault("a text of any characters", "shaping", "or self._match(value)", "or True"),
    Fault("a text may end in a blank", "shaping", 'value[-1] != " " and ', ""),
    Fault("a text may begin with what is not seen", "shaping", "value[0] not in UNSEEN_FIRST and ", ""),
    Fault("a pattern is dropped", "shaping", " and self._test(value) else UNSOUND", " else UNSOUND"),
    Fault(
        "a pattern takes any kind",
        "shaping",
        "return value if type(value) is str and len(value) <= self._maximum and",
        "return value if",
    ),
    Fault(
        "a familiar text may be longer", "shaping", "len(value) <= self._maximum and self._familiar", "self._familiar"
    ),
    Fault("a familiar text is not looked at", "shaping", "self._familiar.learn(value)", "True"),
    Fault("what is in no list is taken", "shaping", "and value in self._values", ""),
    Fault(
        "a choice is asked about lists",
        "shaping",
        "self._members.get(value, UNSOUND) if type(value) is str else UNSOUND",
        "self._members.get(value, UNSOUND)",
    ),
    Fault("a choice is held as its word", "shaping", "return self._members.get(value, UNSOUND)", "return value"),
    Fault("nought is false", "shaping", "type(value) is bool", "value in (0, 1)"),
    Fault(
        "nought is no number",
        "shaping",
        "whole_of(self._node, value)\n        return UNSOUND if made is None",
        "whole_of(self._node, value)\n        return UNSOUND if not made",
    ),
    Fault(
        "a moment is asked of numbers",
        "shaping",
        "moment_of(value) if type(value) is str else None",
        "moment_of(value)",
    ),
    Fault(
        "a day is asked of numbers", "shaping", "self._make(value) if type(value) is str else None", "self._make(value)"
    ),
    Fault(
        "a list may have one item more",
        "shaping",
        "self._minimum <= len(value) <= self._maximum:",
        "self._minimum <= len(value) <= self._maximum + 1:",
    ),
    Fault(
        "a list may be empty",
        "shaping",
        "self._minimum <= len(value) <= self._maximum:",
        "len(value) <= self._maximum:",
    ),
    Fault("items may come twice", "shaping", "if self._unique and len(set(made)) != len(made):", "if False:"),
    Fault(
        "an unsound item is kept",
        "shaping",
        "            if one is UNSOUND:\n"
        "                return UNSOUND\n"
        "            made.append(one)\n        if self._unique",
        "            made.append(one)\n        if self._unique",
    ),
    Fault("a set is a tuple", "shaping", "frozenset(made) if self._is_set else tuple(made)", "tuple(made)"),
    Fault(
        "a list of parts may be longer",
        "shaping",
        "self._minimum <= len(value) <= self._maximum:\n"
        "            return UNSOUND\n        made: list[Any] = []\n        doubts",
        "self._minimum <= len(value):\n            return UNSOUND\n        made: list[Any] = []\n        doubts",
    ),
    Fault(
        "doubtful parts are kept",
        "shaping",
        "return PartsDoubt(made, value) if doubts else tuple(made)",
        "return tuple(made)",
    ),
    Fault("entries of a list", "shaping", "type(value) is not _dict or len(value) >", "len(value) >"),
    Fault(
        "one translation too many",
        "shaping",
        "type(value) is not _dict or len(value) > self._maximum:",
        "type(value) is not _dict:",
    ),
    Fault("tags of any form", "shaping", "self._key.held(key) is UNSOUND or ", ""),
    Fault("translations of any form", "shaping", " or self._value.held(each) is UNSOUND", ""),
    Fault(
        "a part may be anything",
        "shaping",
        "        if type(value) is not _dict:\n            return UNSOUND\n        plain",
        "        plain",
    ),
    Fault("null is a value", "shaping", "if place is None or each is None:", "if place is None:"),
    Fault("other keys pass", "shaping", "not doubtful and known == len(plain) and", "not doubtful and"),
    Fault("a required key may be missing", "shaping", "if not lacking and not doubtful", "if not doubtful"),
    Fault("what is in doubt is filled in", "shaping", "if not lacking and not doubtful", "if not lacking"),
    Fault("rules between fields are dropped", "shaping", " and not self._is_broken(values, there):", ":"),
    Fault(
        "a rule is asked where it has nothing to say", "shaping", "if rule.about & there)", "if not rule.about & there)"
    ),
    Fault("any head passes", "shaping", "each == self._head.get(key) and", "key in self._head and"),
    Fault(
        "true is a version",
        "shaping",
        " and type(each) is not bool\n",
        "\n",
    ),
    Fault("every key counts as required", "shaping", "lacking -= place.required", "lacking -= 1"),
    Fault("another field is said to be there", "shaping", "there |= 1 << place.number", "there |= 2 << place.number"),
    Fault("documents share what they hold", "shaping", "values = self._absent[:]", "values = self._absent"),
    Fault("an object stays open", "shaping", "        made.__class__ = self._cls\n", ""),
    Fault(
        "fields are exchanged",
        "shaping",
        "zip(self._names, values, strict=True)",
        "zip(self._names[::-1], values, strict=True)",
    ),
    Fault(
        "a rule gets the fields in another order",
        "shaping",
        "for number in self._fields])",
        "for number in reversed(self._fields)])",
    ),
    Fault(
        "a dict may hold any number of values",
        "shaping",
        "size += A_VALUE * len(inner)",
        "size += len(inner)",
    ),
    Fault("a dict may be long", "shaping", "size += A_CHARACTER * len(value)", "size += len(value)"),
    Fault("keys may be long", "shaping", "size += A_CHARACTER * sum(map(len, copy))", "size += len(copy)"),
    Fault("numbers may be long", "shaping", "kind is int and -MOST_EXACT <= value <= MOST_EXACT", "kind is int"),
    Fault("a snapshot holds anything", "shaping", "kind is int and -MOST_EXACT <= value <= MOST_EXACT", "True"),
    Fault("what was dropped is not missed", "shaping", "if len(raw) == len(written)", "if len(raw) >= len(written)"),
    Fault("repeated keys pass", "shaping", "return quotes == ours -", "return quotes >= ours -"),
    Fault("quotes hide a repeated key", "shaping", ' and b"\\\\u0022" not in raw', ""),
    Fault("quotes in texts hide one", "shaping", "ours - written.count(b'\\\\\"')", "ours"),
    Fault("a document may not say what it is", "plans", '"@type": document_name(cls), ', ""),
    Fault(
        "a document is of another version",
        "plans",
        '"schemaVersion": SCHEMA_VERSION}',
        '"schemaVersion": SCHEMA_VERSION + 1}',
    ),
    Fault("a class has no rules", "plans", "() if cls is TimeSlot else rules_of(cls, engine)", "()"),
    Fault(
        "rules get what they do not ask for",
        "plans",
        "asked = [numbers[name] for name in names]",
        "asked = sorted((numbers[name] for name in names), reverse=True)",
    ),
    Fault("a rule about what is absent is not asked", "plans", "if not needs and any(", "if needs and any("),
    Fault(
        "a rule is about one field alone",
        "plans",
        "for name in subjects_of(rule))",
        "for name in subjects_of(rule)[:1])",
    ),
    Fault("what is absent is something else", "plans", "return None if spec.required else spec.default", "return None"),
    Fault("a translation may be longer", "plans", "_reader(text or value,", "_reader(value,"),
    Fault("a title may be longer", "plans", "text if isinstance(node, Text) and text is not None else node", "node"),
    Fault("a part is not narrowed", "plans", "plan_of(cls, narrowed, engine)", "plan_of(cls, None, engine)"),
    Fault(
        "lists are never unique",
        "plans",
        "minimum, maximum, unique, container is",
        "minimum, maximum, False, container is",
    ),
    Fault("sets are not known", "plans", "container is frozenset)", "False)"),
    Fault("a list has no least", "plans", "engine.ItemsReader(inner, minimum,", "engine.ItemsReader(inner, 0,"),
    Fault("a choice goes by its name", "plans", "{member.value: member", "{member.name: member"),
    Fault(
        "an exact number is any",
        "plans",
        "engine.WrittenReader(partial(exact_of, node))",
        "engine.WrittenReader(Decimal)",
    ),
    Fault(
        "an amount is held as it was sent",
        "plans",
        "    return Money(amount=amount, currency=currency)",
        "    made = Money(amount=amount, currency=currency)\n"
        "    object.__setattr__(made, 'amount', amount)\n"
        "    return made",
    ),
    Fault("a slot may end when it starts", "plans", "to_utc(last) <= to_utc(first)", "to_utc(last) < to_utc(first)"),
    Fault(
        "which of two hours is not looked at",
        "plans",
        "resolve(start, zone, start_repeated)",
        "resolve(start, zone, None)",
    ),
    Fault(
        "which of two hours is mistaken",
        "plans",
        "resolve(end, zone, end_repeated)",
        "resolve(end, zone, start_repeated)",
    ),
    Fault("a slot is turned round", "plans", "fill(first, last)", "fill(last, first)"),
    Fault("a slot that is none is filled in", "plans", "not isinstance(first, DateTime) or ", ""),
    Fault("translations can be changed", "plans", "language, Translations(translations))", "language, translations)"),
    Fault("text and language are exchanged", "plans", "fill(text, language,", "fill(language, text,"),
    Fault("what is no address passes", "plans", "(maximum, holds(node))", "(maximum, len)"),
    Fault("one byte too many", "reading", "if len(raw) > bounds.bytes:", "if len(raw) > bounds.bytes + 1:"),
    Fault("values are not counted", "reading", "is_small = len(raw) <= small", "is_small = True"),
    Fault(
        "what was dropped is not looked for",
        "reading",
        "return whole if holds_all(raw, whole) else None",
        "return whole",
    ),
    Fault("limits are passed by", "reading", "return parse if bounds.are_usual else lambda _raw: None", "return parse"),
    Fault(
        "nesting is not measured", "reading", "if containers > bounds.depth and _is_deeper", "if False and _is_deeper"
    ),
    Fault("a repeated key is not told", "reading", "    if not parser.repeated:\n", "    if True:\n"),
    Fault("numbers are not measured", "reading", "if len(digits) > self._number_length:", "if False:"),
    Fault("numbers have no end", "reading", "isinstance(value, float) and not math.isfinite(value)", "False"),
    Fault(
        "a mark of the order of bytes passes",
        "reading",
        "if raw.startswith(_BYTE_ORDER_MARK):",
        "raw = raw.removeprefix(_BYTE_ORDER_MARK)\n    if False:",
    ),
    Fault("any depth is usual", "plain", "return self.depth >= 2 * DEEPEST and ", "return "),
    Fault("any length of numbers is usual", "plain", " and self.number_length >= LONGEST_NUMBER", ""),
    Fault(
        "a dict has no bound of bytes",
        "plain",
        "return min(self.bytes, A_VALUE * self.values)",
        "return A_VALUE * self.values",
    ),
    Fault(
        "a dict has no bound of values", "plain", "return min(self.bytes, A_VALUE * self.values)", "return self.bytes"
    ),
    Fault(
        "small ones have no bound of values", "plain", "return min(self.bytes, 2 * self.values)", "return self.bytes"
    ),
    Fault(
        "what is told is in another order",
        "telling",
        "keys: Collection[str] = doubt.doubtful if",
        "keys: Collection[str] = sorted(doubt.doubtful) if",
    ),
    Fault(
        "only what is in doubt is told",
        "telling",
        "doubt.doubtful if doubt.all_known else doubt.plain",
        "doubt.doubtful",
    ),
    Fault(
        "unknown keys are not told",
        "telling",
        "                    self.add(unknown(key), path + shown(key))",
        "                    pass",
    ),
    Fault("null is not told", "telling", "            elif plain[key] is None:", "            elif not plain:"),
    Fault(
        "missing keys are not told",
        "telling",
        "                if key not in plain and key not in office:",
        "                if key in office:",
    ),
    Fault("missing keys are not looked for", "telling", "for key, bit in required:", "for key, bit in ():"),
    Fault("rules are not asked", "telling", "for rule in rules:", "for rule in ():"),
    Fault("rules are asked about what is unsound", "telling", " and not rule.asked & unsound:", ":"),
    Fault(
        "rules are asked about what is missing",
        "telling",
        "            if not doubt.there & bit:\n                unsound |= bit\n",
        "            if not doubt.there & bit:\n",
    ),
    Fault(
        "rules are asked about null",
        "telling",
        "                bit, step, _ = fields[key]\n                unsound |= bit\n",
        "                bit, step, _ = fields[key]\n",
    ),
    Fault(
        "rules point elsewhere",
        "telling",
        "                    self.add(found, path)",
        "                    self.add(found)",
    ),
    Fault("parts point elsewhere", "telling", 'path + f"/{index}")\n\n\ndef _tell_items', "path)\n\n\ndef _tell_items"),
    Fault("items point elsewhere", "telling", 'telling.add(item, path + f"/{index}")', "telling.add(item, path)"),
    Fault("entries point elsewhere", "telling", "telling.add(found, path + shown(tag))", "telling.add(found, path)"),
    Fault("repeated items are not told", "telling", "elif node.unique and item in seen:", "elif False:"),
    Fault("the number of items is not told", "telling", "node.check_count(len(values))", "None"),
    Fault("entries are not counted", "telling", "if len(value) > node.maximum:", "if False:"),
    Fault(
        "parts that are null are told as others",
        "telling",
        "        if value is None:\n            telling.add",
        "        if False:\n            telling.add",
    ),
    Fault("what comes behind a hundred doubts is not told", "telling", "else held(value)", "else value"),
    Fault("what was meant is not told", "telling", "meant = find(key, spellings)", "meant = None"),
    Fault(
        "titles are told to be long texts",
        "telling",
        "        case Text() if text is not None:\n            return text\n",
        "",
    ),
    Fault("translations are told to be long texts", "telling", "return evolve(node, value=text)", "return node"),
    Fault("what is found is told before the head", "telling", "Gathered = Gathered(head)", "Gathered = Gathered()"),
    Fault(
        "what the office sets is not told",
        "telling",
        "            elif key in office:\n                self.add(NOT_YOURS, path + shown(key))\n",
        "",
    ),
    Fault("any version passes", "validator", "if version != SCHEMA_VERSION or type(version) is bool:", "if False:"),
    Fault(
        "true is the version",
        "validator",
        "if version != SCHEMA_VERSION or type(version) is bool:",
        "if version != SCHEMA_VERSION:",
    ),
    Fault("any type passes", "validator", "return found if name == self._name else", "return found if True else"),
    Fault(
        "a newer format is told as ours",
        "validator",
        "bool(head) and head[0].code is Code.SCHEMA_VERSION_NEWER",
        "False",
    ),
    Fault(
        "a dict is not measured",
        "reading",
        "plain_size = bounds.plain_size if bounds.are_usual else -1",
        "plain_size = 10**9",
    ),
    Fault("a stranger may set what the office sets", "validator", "and self._office.isdisjoint(plain)", ""),
    Fault("a stranger's document may have any head", "validator", "and not head and", "and"),
    Fault("what the office sets is not filled in", "validator", 'return own | {"id"', 'return own or {"id"'),
)
"""What to replace where, and what that would mean."""


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
    COUNTRY = "TD"


class Case(NamedTuple):
    """A payload, its limits, whether a stranger sends it, and what has to become of it."""

    what: str
    cls: type
    payload: Any
    limits: Limits
    submission: bool
    expected: Outcome[Any]
    may_doubt: bool


def case_of(
    what: str, cls: type, payload: Any, limits: Limits = ROOMY, *, submission: bool = False, may_doubt: bool = False
) -> Case:
    outcome = slow_validator(cls, limits, submission=submission)(payload, now=NOW if submission else None)
    return Case(what, cls, payload, limits, submission, outcome, may_doubt or limits is not ROOMY)


def both(what: str, cls: type, document: dict[str, Any], limits: Limits = ROOMY) -> Iterator[Case]:
    """Ask about a document as a dict and as its JSON."""
    case = case_of(what, cls, document, limits)
    yield case
    # Where limits are passed a dict is told where, and JSON is not.
    yield case._replace(payload=written(document)) if limits is ROOMY else case_of(what, cls, written(document), limits)


@cache
def cases() -> tuple[Case, ...]:
    """Give what is asked: grids, repeated keys, and a few things that have no place in a grid."""
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
    yield from special_bytes()
    yield from special_submissions()
    for other, change in ALONE:
        yield from both(f"{change} alone", other, {**WHOLE[other], **change})


def special_bytes() -> Iterator[Case]:
    session, raw = WHOLE[Session], written(WHOLE[Session])
    for number in ("1" * 65, "1e400", "NaN", "-Infinity", "1.5", "230.0", "-1", "0", "1000001", "true"):
        spelled = raw.replace(b'"capacity": 230', f'"capacity": {number}'.encode())
        yield case_of(number, Session, spelled, may_doubt=True)
        yield case_of(f"{number} beside it", Session, raw[:-1] + f', "zzz": {number}'.encode() + b"}", may_doubt=True)
    yield case_of("a mark", Session, b"\xef\xbb\xbf" + raw)
    deep = changed(session, ("zzz",), [[[[[[[[[[[[]]]]]]]]]]]])
    for depth in (9, 12, 13, 14, 32):
        yield from both(f"{depth} levels of something unknown", Session, deep, Limits(depth=depth))
    count = 1 + len(list(places(session)))
    for most in (count - 1, count):
        yield case_of(f"{most} values", Session, raw, Limits(values=most))
    for length in (2, 3, 16, 17):
        yield from both(f"numbers of {length} digits", Session, session, Limits(number_length=length))
    yield case_of("numbers of 2 digits", Session, session, Limits(number_length=2))


def special_submissions() -> Iterator[Case]:
    whole = WHOLE[Registration]
    office = {"id", "submittedAt", "submittedBy", "state", "participationStatus", "answers"}
    stranger = {key: each for key, each in whole.items() if key not in office}
    good = case_of("a submission", Registration, stranger, submission=True)
    assert good.expected.ok
    yield good
    for key in sorted(office):
        yield case_of(f"a submission with {key}", Registration, {**stranger, key: whole[key]}, submission=True)
    for change in ({"schemaVersion": 0}, {"schemaVersion": 2}, {"@type": "Pledge"}, {"mode": "x"}, {"zzz": 1}):
        yield case_of(f"a submission with {change}", Registration, {**stranger, **change}, submission=True)
    for change in ({"mode": "x"}, {"zzz": 1}):
        yield case_of(
            f"one with an id and {change}", Registration, {**stranger, "id": "r-1", **change}, submission=True
        )


def special_dicts() -> Iterator[Case]:
    registration = WHOLE[Registration]
    yield case_of("a liar", Registration, {**without(registration, ("organization",)), Liar("x"): "Ministry 1"})
    for change in ({"@type": "Session"}, {"@type": Word.TAG}, {"schemaVersion": 2}, {"schemaVersion": True}):
        for more in ({}, {"mode": "x"}):
            yield case_of(str(change), Registration, {**registration, **change, **more})
    for cls in (Registration, Pledge):
        count = 1 + len(list(places(WHOLE[cls])))
        for most in (count - 1, count):
            yield case_of(f"{most} values in a dict", cls, WHOLE[cls], Limits(values=most))
        for size in (500, 1000, 2000, 3000):
            yield case_of(f"{size} bytes in a dict", cls, WHOLE[cls], Limits(bytes=size))
    wide = "\u570b" * 4000
    for unknown in ({"zzz": wide}, {wide: 1}):
        yield case_of("12 kB in few characters", Registration, {**registration, **unknown}, Limits(bytes=11_000))
    for number in (2**53 + 1, 10**64, -(10**63), 10**4301, 1.5, float("inf"), 1j):
        yield case_of("another number", Registration, {**registration, "zzz": number}, Limits())
    step = {"at": "2023-04-14T09:00:00Z", "before": "pending", "after": "approved"}
    back = {"at": "2023-04-14T09:00:00Z", "before": "approved", "after": "pending"}
    long = [{**each, "note": "x" * 9_000} for each in (step, back)] * 100
    yield case_of("a long history", Registration, {**registration, "history": long}, Limits())
    yield from both("many moves", Registration, {**registration, "history": [step, back] * 501})
    worse = [{**step, "after": "x"}] * 101
    yield from both(
        "many bad moves", Registration, {**registration, "history": [*worse, step, {**step, "at": 1}, None]}
    )
    yield from both("no move", Registration, {**registration, "history": [None, 5]})
    for text in ("x ", " x", " ", "\u3164", "\ufe0f", "\u2800", "x\n", "x\u00a0"):
        yield from both(f"{text!r}", Registration, {**registration, "organization": text})
    event, session = WHOLE[Event], WHOLE[Event]["sessions"][0]
    worse = [{**session, "id": " "}] * 101
    yield from both("many bad sessions", Event, {**event, "sessions": [*worse, session, {**session, "zzz": 1}, 5]})
    yield from both("a misspelt key", Registration, {**registration, "organisation": "x"})
    yield from both("a misspelt word", Registration, {**registration, "mode": "onsite"})
    yield from both("nobody", Session, {**WHOLE[Session], "people": [{"phone": "+41227305111"}]})
    document = changed(WHOLE[Session], ("slot", "timeZone"), "Europe/Nowhere")
    yield from both("a slot of no zone", Session, document)
    yield from both("a slot in a night", Session, changed(WHOLE[Session], ("slot", "start"), "2023-03-26T02:30:00"))
    yield from both("a bare event", Event, {key: WHOLE[Event][key] for key in ("uid", "title", "slot")})
    for tag in ("en-abcdefgh-ijklmnop-qrstuvwx-yzabcdef", Word.TAG):
        yield case_of("a kind of item", Registration, {**registration, "listeningLanguages": [tag]}, may_doubt=True)
    yield case_of("items of a kind", Registration, {**registration, "needs": ["captions", "x"]})
    for key, word in (
        ("country", Word.COUNTRY),
        ("mode", Word.MODE),
        ("organization", Word.ORGANIZATION),
        ("privacyNotice", Word.ORGANIZATION),
    ):
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
    for moment in ("2023-04-14T09:00:00.1234567Z", "2023-04-14T09:00:00+05:30", "2023-04-14T09:00:00+05:30"):
        yield from both(moment, Registration, {**registration, "submittedAt": moment})
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


def complaints(load_validator: Any) -> Iterator[str]:
    """Say where a payload is not taken that should be, and where something else comes of it or is told."""
    judges = lru_cache(load_validator)
    for case in cases():
        try:
            judge = judges(case.cls, case.limits, case.submission)
            taken = () if case.submission else tuple(ways_of(judge, "plain", case.cls, case.payload))
            outcome = judge(case.payload, now=NOW if case.submission else None)
            same = outcome == case.expected and anatomy(outcome.value) == anatomy(case.expected.value)
        except Exception as raised:  # noqa: BLE001 - a fault may do anything
            yield f"{case.what}: {raised!r}"
            continue
        for way, made in taken:
            yield from wrong(case, way, made)
        if not same:
            yield f"{case.what}: told otherwise"


def wrong(case: Case, way: Way, made: object) -> Iterator[str]:
    """Say what is wrong with what comes of a payload on one way."""
    expected = case.expected.value
    if made is None:
        if expected is not None and not case.may_doubt and not is_doubtful(way, case.payload):
            yield f"{case.what}: in doubt, {way.name}"
    elif anatomy(made) != anatomy(expected):
        yield f"{case.what}: wrong, {way.name}"


def load(monkeypatch: pytest.MonkeyPatch, fault: Fault | None) -> Any:
    """Load the modules once more, with the plain engine and one of them with a fault; give what makes validators."""
    cases()
    for name in CHAIN:
        path = Path(str(package.__file__)).with_name(f"{name}.py")
        source = "NATIVE = None" if name == "native" else path.read_text(encoding="utf-8")
        if fault is not None and fault.module == name:
            assert fault.good in source, "The fault has lost its place."
            source = source.replace(fault.good, fault.bad, 1)
        module = ModuleType(f"wtisd_model.payload.{name}")
        monkeypatch.setitem(sys.modules, module.__name__, module)
        monkeypatch.setattr(package, name, module, raising=False)
        exec(compile(source, f"<{name}>", "exec"), vars(module))  # noqa: S102 - our own text, with our own fault
    loaded: Any = sys.modules["wtisd_model.payload.validator"]
    limits: Any = sys.modules["wtisd_model.payload.limits"]

    def judge(cls: type, asked: Limits, submission: bool) -> Any:  # noqa: FBT001 - as the cache asks it
        own = limits.Limits(
            bytes=asked.bytes, depth=asked.depth, values=asked.values, number_length=asked.number_length
        )
        return loaded.Validator(cls, limits=own, submission=submission)

    return judge


class TestPlantedFaults:
    """A length that is off by one, a separator that is accepted, a rule that is dropped: each is noticed."""

    @pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.what)
    def test_each_has_its_place(self, fault: Fault) -> None:
        source = Path(str(package.__file__)).with_name(f"{fault.module}.py").read_text(encoding="utf-8")
        assert fault.good in source
        assert fault.good != fault.bad

    @pytest.mark.slow
    def test_without_a_fault_nobody_complains(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert list(complaints(load(monkeypatch, None))) == []

    @pytest.mark.slow
    @pytest.mark.parametrize("fault", [*sampled(FAULTS, desk=4, gates=2)], ids=lambda fault: fault.what)
    def test_each_is_noticed(self, fault: Fault, monkeypatch: pytest.MonkeyPatch) -> None:
        assert next(complaints(load(monkeypatch, fault)), None) is not None
