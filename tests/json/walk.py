"""A second way to make objects of plain JSON values, or to say every place at which they cannot be made.

It walks over the declarations as it goes, value by value, and makes each object by its own constructor. What it says is
what `wtisd_model.json.telling` has to say, in the same order and words.
"""

from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from functools import cache
from typing import Any, Final, NamedTuple, cast

from attrs import evolve, frozen

from wtisd_model.codes import Code
from wtisd_model.findings import EnoughError, Finding, FindingCollector, finding, pointer
from wtisd_model.json.json_types import JsonValue, safe_pointer_token
from wtisd_model.json.scalars import LeafReader, reader
from wtisd_model.schema.constraints import Constraint, Items, Leaf, Map, Nested, Text
from wtisd_model.schema.fields import FieldSpec, Invariant, fields_of, invariants_of, json_form_of, parameters_of
from wtisd_model.schema.suggestions import LONGEST_TO_COMPARE
from wtisd_model.types.timeslot import WrittenSlot


class _Unsound:
    """Stands for a value that could not be made."""


UNSOUND: Final = _Unsound()

Rule = Callable[[Mapping[str, object]], Iterable[Finding]]
"""A rule between fields, asked with all that is sound; it says nothing where it lacks one of its fields."""


@frozen(eq=False, repr=False)
class _Plan:
    """How the object of a class is read: made once for each class, and each length of its texts."""

    form: Callable[..., object]
    """The class whose fields are those of the JSON."""
    fields: Mapping[str, tuple[str, str, LeafReader | None, Constraint]]
    """By key: the name, the step of the path, and how a single value is read, or the node of several."""
    spellings: Mapping[str, str]
    """What people write for a key, casefolded: the key, or the name of its field."""
    required: frozenset[str]
    defaults: Mapping[str, object]
    rules: tuple[Rule, ...]

    @classmethod
    def of(cls, subject: type, text: Text | None) -> "_Plan":
        specs = fields_of(subject)
        form = json_form_of(subject)
        return cls(
            form=form,
            fields={spec.key: _field(spec, text) for spec in specs},
            spellings={name.casefold(): spec.key for spec in specs for name in (spec.key, spec.name)},
            required=frozenset(spec.key for spec in specs if spec.required),
            defaults={spec.name: _default(spec) for spec in specs if not spec.required},
            rules=tuple(map(_rule, invariants_of(form))),
        )


@cache
def _plan(subject: type, text: Text | None) -> _Plan:
    return _Plan.of(subject, text)


def _field(spec: FieldSpec, text: Text | None) -> tuple[str, str, LeafReader | None, Constraint]:
    constraint = _narrowed(spec.constraint, text)
    single = None if isinstance(constraint, Nested | Items | Map) else reader(constraint)
    return spec.name, pointer(spec.key), single, constraint


def _narrowed(constraint: Constraint, text: Text | None) -> Constraint:
    """Give the node of a LocalizedText's field where the text is a title, say, and not a long one."""
    match constraint:
        case Text() if text is not None:
            return text
        case Map() if text is not None:
            return evolve(constraint, value=text)
        case _:
            return constraint


def _default(spec: FieldSpec) -> object:
    factory = getattr(spec.default, "factory", None)
    return spec.default if factory is None else factory()


def _rule(invariant: Invariant) -> Rule:
    names = parameters_of(invariant)
    needed = frozenset(names)

    def rule(sound: Mapping[str, object]) -> Iterable[Finding]:
        # None goes silent because of a field that it does not look at.
        return invariant(**{name: sound[name] for name in names}) if needed <= sound.keys() else ()

    return rule


class Asked(NamedTuple):
    """Stands for the object of a document, before the walk has tried to make it."""

    cls: type
    own: Mapping[str, JsonValue]
    """The document, in a submission with what the office sets."""


def walked(asked: Any, sent: Mapping[str, JsonValue], office: frozenset[str], head: Iterable[Finding]) -> Any:
    """Make the object of a document, or give what `wtisd_model.json.telling.told` has to tell."""
    findings = FindingCollector(head)
    given: dict[str, object] | None = None
    if office:
        specs = {spec.key: spec for spec in fields_of(asked.cls)}
        given = {
            specs[key].name: reader(cast("Leaf", specs[key].constraint))(each, findings)
            for key, each in asked.own.items()
            if key in office
        }
    made = _Walk(findings).document(asked.cls, sent, given)
    return findings if findings.kept or made is UNSOUND else made


class _Walk:
    """Looks at a document of one class, value by value, and says all that is wrong with it."""

    def __init__(self, findings: FindingCollector) -> None:
        self.findings: FindingCollector = findings

    def document(self, cls: type, value: Mapping[str, JsonValue], given: Mapping[str, object] | None) -> object:
        """Make the object of a document. *given* is what the office sets; the document may then not hold it."""
        office = frozenset[str]() if given is None else frozenset(spec.key for spec in fields_of(cls) if spec.office)
        try:
            return self._object(_plan(cls, None), value, "", office=office, given=given)
        except EnoughError:
            return UNSOUND

    def _object(
        self,
        plan: _Plan,
        value: Mapping[str, JsonValue],
        path: str,
        *,
        office: frozenset[str] = frozenset(),
        given: Mapping[str, object] | None = None,
    ) -> object:
        findings = self.findings
        before = len(findings)
        sound: dict[str, object] = {**plan.defaults}
        for key, each in value.items():
            field = plan.fields.get(key)
            if field is None or key in office:
                self._unknown(key, path, plan, office)
                continue
            name, step, single, constraint = field
            if single is None:
                made = self._several(constraint, each, path + step)
            else:
                made = single(each, findings)
                if type(made) is Finding:
                    made = self._refuse(made, path + step)
            if made is UNSOUND:
                sound.pop(name, None)
            else:
                sound[name] = made
        if not plan.required <= value.keys():
            self._missing(plan, value.keys() | office, path)
        if given:
            sound.update(given)
        for rule in plan.rules:
            for found in rule(sound):
                self._add(found.prefixed(path))
        if len(self.findings) > before:
            return UNSOUND
        whole = plan.form(**sound)
        return whole.value() if isinstance(whole, WrittenSlot) else whole

    def _missing(self, plan: _Plan, present: Iterable[str], path: str) -> None:
        there = frozenset(present)
        for key in plan.fields:
            if key in plan.required and key not in there:
                self._add(finding(Code.KEY_MISSING, path + pointer(key)))

    def _unknown(self, key: str, path: str, plan: _Plan, office: frozenset[str]) -> None:
        if self.findings.full:
            self.findings.count()
            return
        place = path + safe_pointer_token(key)
        if key in office:
            self._add(finding(Code.FIELD_NOT_YOURS, place))
            return
        suggestion = _close_to(key, plan.spellings)
        self._add(
            finding(Code.KEY_UNKNOWN, place)
            if suggestion is None
            else finding(Code.KEY_UNKNOWN, place, suggestion=suggestion)
        )

    def _several(self, constraint: Constraint, value: JsonValue, path: str) -> object:
        """Read what holds other values."""
        match constraint:
            case _ if value is None:
                return self._refuse(finding(Code.NULL_REFUSED), path)
            case Items():
                return self._items(constraint, value, path)
            case Nested() if isinstance(value, dict):
                return self._object(_plan(constraint.cls, constraint.text), value, path)
            case Map() if isinstance(value, dict):
                return self._entries(constraint, value, path)
            case _:
                return self._refuse(finding(Code.WRONG_TYPE, expected="an object"), path)

    def _items(self, constraint: Items, value: JsonValue, path: str) -> object:
        if not isinstance(value, list):
            return self._refuse(finding(Code.WRONG_TYPE, expected="an array"), path)
        found = constraint.check_count(len(value))
        if found is not None:
            return self._refuse(found, path)
        if isinstance(constraint.item, Nested | Items | Map):
            return self._parts(constraint, constraint.item, value, path)
        read, findings = reader(constraint.item), self.findings
        items = [read(each, findings) for each in value]
        if Finding in map(type, items) or (constraint.unique and len(set(items)) != len(items)):
            return self._told(constraint, items, path)
        return constraint.container(items)

    def _parts(self, constraint: Items, item: Nested | Items | Map, value: list[JsonValue], path: str) -> object:
        before = len(self.findings)
        items = [self._several(item, each, path + pointer(index)) for index, each in enumerate(value)]
        return UNSOUND if len(self.findings) > before else constraint.container(items)

    def _told(self, constraint: Items, items: list[object], path: str) -> _Unsound:
        """Say which of several values are wrong, and which come twice."""
        seen: set[object] = set()
        for index, item in enumerate(items):
            if type(item) is Finding:
                self._add(item.prefixed(path + pointer(index)))
            elif constraint.unique and item in seen:
                self._add(finding(Code.ITEM_REPEATED, path + pointer(index)))
            else:
                seen.add(item)
        return UNSOUND

    def _entries(self, constraint: Map, value: dict[str, JsonValue], path: str) -> object:
        if len(value) > constraint.maximum:
            return self._refuse(finding(Code.TOO_MANY_ITEMS, maximum=constraint.maximum), path)
        before = len(self.findings)
        read_key, read_value = reader(constraint.key), reader(constraint.value)
        for tag, each in value.items():
            place = path + safe_pointer_token(tag)
            found = read_key(tag, self.findings)
            if type(found) is not Finding:
                found = read_value(each, self.findings)
            if type(found) is Finding:
                self._add(found.prefixed(place))
        return UNSOUND if len(self.findings) > before else value

    def _refuse(self, found: Finding, path: str) -> _Unsound:
        self._add(found.prefixed(path))
        return UNSOUND

    def _add(self, found: Finding) -> None:
        if self.findings.full:
            self.findings.count()
        else:
            self.findings.add(found)


def _close_to(key: str, spellings: Mapping[str, str]) -> str | None:
    folded = key.casefold()
    near = get_close_matches(folded, spellings, n=1, cutoff=0.75) if len(key) <= LONGEST_TO_COMPARE else []
    return spellings[near[0]] if near else None
