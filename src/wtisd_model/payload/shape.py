"""Shape: plain JSON values become objects, or every place at which they cannot."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final

from attrs import evolve

from wtisd_model.codes import Code, Severity
from wtisd_model.fields import FieldSpec, fields_of, form_of, invariants_of, parameters_of
from wtisd_model.findings import Finding, finding, pointer
from wtisd_model.nodes import (
    Choice,
    Day,
    Entries,
    Exact,
    Flag,
    Items,
    Leaf,
    Moment,
    Nested,
    Node,
    OneOf,
    Pattern,
    Text,
    Whole,
    as_utc,
    compiled,
)
from wtisd_model.payload.reading import JsonValue, shown
from wtisd_model.suggestions import close_to
from wtisd_model.values.timeslot import WrittenSlot

MOST_FINDINGS = 100
MOST_TEXT = 20_000
MOST_COUNTED = 10_000


class _EnoughError(Exception):
    """Ends a walk in which so much was found that the rest would tell nobody anything; never leaves this module."""


class _Unsound:
    """Stands for a value that could not be made."""


UNSOUND: Final = _Unsound()


class Findings:
    """Gathers what is found, as much as a reader can use: 100 findings and 20,000 characters of text."""

    def __init__(self) -> None:
        self.kept: list[Finding] = []
        self.omitted: int = 0
        self._text = 0
        self._warnings = 0

    def __len__(self) -> int:
        return len(self.kept) + self.omitted

    @property
    def full(self) -> bool:
        """Whether further findings are only counted."""
        return self.omitted > 0 or len(self.kept) == MOST_FINDINGS

    def add(self, found: Finding) -> None:
        """Keep a finding, or count it; where there is no room, warnings give way to errors."""
        while not self._fits(found):
            self.omitted += 1
            if found.severity is Severity.WARNING or not self._warnings:
                return
            last = next(each for each in reversed(self.kept) if each.severity is Severity.WARNING)
            self.kept.remove(last)
            self._keep(last, -1)
        self._keep(found, 1)
        self.kept.append(found)

    def _keep(self, found: Finding, sign: int) -> None:
        self._text += sign * len(str(found))
        self._warnings += sign * (found.severity is Severity.WARNING)

    def _fits(self, found: Finding) -> bool:
        return len(self.kept) < MOST_FINDINGS and self._text + len(str(found)) <= MOST_TEXT


class Shape:
    """Looks at a document of one class, value by value, and says all that is wrong with it."""

    def __init__(self, findings: Findings) -> None:
        self.findings: Findings = findings

    def document(self, cls: type, value: dict[str, JsonValue], given: Mapping[str, object] | None) -> object:
        """Make the object of a document. *given* is what the office sets; the document may then not hold it."""
        office = frozenset[str]() if given is None else frozenset(spec.key for spec in fields_of(cls) if spec.office)
        try:
            return self._object(cls, value, "", office=office, given=given or {})
        except _EnoughError:
            return UNSOUND

    def _object(
        self,
        cls: type,
        value: dict[str, JsonValue],
        path: str,
        *,
        text: Text | None = None,
        office: frozenset[str] = frozenset(),
        given: Mapping[str, object] | None = None,
    ) -> object:
        before = len(self.findings)
        specs = {spec.key: spec for spec in fields_of(cls)}
        sound: dict[str, object] = {}
        for key, each in value.items():
            spec = specs.get(key)
            if spec is None or key in office:
                self._unknown(key, path, specs, office)
            else:
                self._field(spec, each, path, text, sound)
        for key, spec in specs.items():
            if key in value or key in office:
                continue
            if spec.required:
                self._add(finding(Code.KEY_MISSING, path + pointer(key)))
            else:
                sound[spec.name] = _default(spec)
        sound.update(given or {})
        for found in _between(form_of(cls), sound):
            self._add(found.below(path))
        if len(self.findings) > before:
            return UNSOUND
        made: object = form_of(cls)(**sound)
        return made.value() if isinstance(made, WrittenSlot) else made

    def _field(self, spec: FieldSpec, value: JsonValue, path: str, text: Text | None, sound: dict[str, object]) -> None:
        read = self._value(_narrowed(spec.node, text), value, path + pointer(spec.key))
        if read is not UNSOUND:
            sound[spec.name] = read

    def _unknown(self, key: str, path: str, specs: Mapping[str, FieldSpec], office: frozenset[str]) -> None:
        if self.findings.full:
            self._count()
            return
        place = path + shown(key)
        if key in office:
            self._add(finding(Code.FIELD_NOT_YOURS, place))
            return
        known = {spelling.casefold(): spec.key for spec in specs.values() for spelling in (spec.key, spec.name)}
        suggestion = close_to(key, known)
        self._add(
            finding(Code.KEY_UNKNOWN, place)
            if suggestion is None
            else finding(Code.KEY_UNKNOWN, place, suggestion=suggestion)
        )

    def _value(self, node: Node, value: JsonValue, path: str) -> object:
        if value is None:
            return self._refuse(finding(Code.NULL_REFUSED), path)
        match node:
            case Nested():
                return self._nested(node, value, path)
            case Items():
                return self._items(node, value, path)
            case Entries():
                return self._entries(node, value, path)
            case _:
                read = _leaf(node, value, suggest=not self.findings.full)
        return self._refuse(read, path) if isinstance(read, Finding) else read

    def _nested(self, node: Nested, value: JsonValue, path: str) -> object:
        if not isinstance(value, dict):
            return self._refuse(finding(Code.WRONG_TYPE, expected="an object"), path)
        return self._object(node.cls, value, path, text=node.text)

    def _items(self, node: Items, value: JsonValue, path: str) -> object:
        if not isinstance(value, list):
            return self._refuse(finding(Code.WRONG_TYPE, expected="an array"), path)
        found = node.check_count(len(value))
        if found is not None:
            return self._refuse(found, path)
        before = len(self.findings)
        items: list[object] = []
        seen: set[object] = set()
        for index, each in enumerate(value):
            item = self._value(node.item, each, path + pointer(index))
            if node.unique and item is not UNSOUND:
                if item in seen:
                    self._add(finding(Code.ITEM_REPEATED, path + pointer(index)))
                seen.add(item)
            items.append(item)
        return UNSOUND if len(self.findings) > before else node.container(items)

    def _entries(self, node: Entries, value: JsonValue, path: str) -> object:
        if not isinstance(value, dict):
            return self._refuse(finding(Code.WRONG_TYPE, expected="an object"), path)
        if len(value) > node.maximum:
            return self._refuse(finding(Code.TOO_MANY_ITEMS, maximum=node.maximum), path)
        before = len(self.findings)
        for tag, each in value.items():
            place = path + shown(tag)
            found = node.key.check(tag, suggest=not self.findings.full)
            if found is not None:
                self._add(found.below(place))
            else:
                self._value(node.value, each, place)
        return UNSOUND if len(self.findings) > before else value

    def _refuse(self, found: Finding, path: str) -> _Unsound:
        self._add(found.below(path))
        return UNSOUND

    def _add(self, found: Finding) -> None:
        if self.findings.full:
            self._count()
        else:
            self.findings.add(found)

    def _count(self) -> None:
        self.findings.omitted += 1
        if self.findings.omitted == MOST_COUNTED:
            raise _EnoughError


def _default(spec: FieldSpec) -> object:
    factory = getattr(spec.default, "factory", None)
    return spec.default if factory is None else factory()


def _narrowed(node: Node, text: Text | None) -> Node:
    """Give the node of a LocalizedText's field where the text is a title, say, and not a long one."""
    match node:
        case Text() if text is not None:
            return text
        case Entries() if text is not None:
            return evolve(node, value=text)
        case _:
            return node


def _between(cls: type, sound: Mapping[str, object]) -> Iterator[Finding]:
    """Run each rule between fields whose fields are sound, so that none goes silent because of another field."""
    for invariant in invariants_of(cls):
        names = parameters_of(invariant)
        if all(name in sound for name in names):
            yield from invariant(**{name: sound[name] for name in names})


def _leaf(node: Leaf, value: JsonValue, *, suggest: bool) -> object:
    match node:
        case Pattern() | OneOf():
            return node.check(value, suggest=suggest) or value
        case Text():
            return node.check(value) or value
        case Choice():
            return _choice(node, value, suggest=suggest)
        case _:
            return plain_value(node, value)


def _choice(node: Choice, value: JsonValue, *, suggest: bool) -> StrEnum | Finding:
    values = {member.value: member for member in node.members}
    if not isinstance(value, str):
        return finding(Code.WRONG_TYPE, expected="a string")
    if value in values:
        return values[value]
    choices = ", ".join(values)
    suggestion = close_to(value, {each.casefold(): each for each in values}) if suggest else None
    if suggestion is None:
        return finding(Code.VALUE_UNKNOWN, choices=choices)
    return finding(Code.VALUE_UNKNOWN, choices=choices, suggestion=suggestion)


def plain_value(
    node: Whole | Flag | Exact | Day | Moment, value: JsonValue
) -> int | bool | Decimal | date | datetime | Finding:
    """Read a value whose JSON is not what Python holds, or say what is wrong with it."""
    match node:
        case Flag():
            return value if isinstance(value, bool) else finding(Code.WRONG_TYPE, expected="true or false")
        case Whole():
            return _whole(node, value)
        case Exact():
            return _exact(node, value)
        case Day():
            return _day(node, value)
        case _:
            return _moment(node, value)


def _whole(node: Whole, value: JsonValue) -> int | Finding:
    # JSON has numbers only: 1.0 is a whole one (JSON Schema 2020-12 core, section 6.3).
    whole = int(value) if isinstance(value, float) and value.is_integer() else value
    if not isinstance(whole, int):
        return finding(Code.WRONG_TYPE, expected="a whole number")
    return node.check(whole) or whole


def _exact(node: Exact, value: JsonValue) -> Decimal | Finding:
    if not isinstance(value, str):
        return finding(Code.WRONG_TYPE, expected="a number written as a string")
    if len(value) > node.longest or not compiled(node.pattern).match(value):
        return finding(Code.NUMBER_MALFORMED, places=node.places)
    exact = Decimal(value)
    return node.check_range(exact) or exact


def _day(node: Day, value: JsonValue) -> date | Finding:
    if not isinstance(value, str):
        return finding(Code.WRONG_TYPE, expected="a string")
    if len(value) <= Day.longest and compiled(node.pattern).match(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    return finding(Code.DATE_UNREADABLE)


def _moment(node: Moment, value: JsonValue) -> datetime | Finding:
    if not isinstance(value, str):
        return finding(Code.WRONG_TYPE, expected="a string")
    if len(value) <= Moment.longest and compiled(node.pattern).match(value):
        try:
            moment = as_utc(datetime.fromisoformat(value.upper()))
        except ValueError:
            pass
        else:
            return node.check(moment) or moment
    return finding(Code.MOMENT_UNREADABLE)
