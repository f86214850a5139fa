"""The reader: decodes plain JSON values into objects, or collects every finding about them.

It walks over the declarations of the fields. Its accelerator, `_speedups`, makes the same objects of what is good,
and hands over the rest.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from operator import itemgetter
from types import SimpleNamespace
from typing import Any, Final, NamedTuple, cast

from wtisd_model.codes import Code
from wtisd_model.findings import Finding, FindingCollector, finding, pointer, safe_pointer_token
from wtisd_model.json.accelerator import SPEEDUPS
from wtisd_model.model.question import ANSWER, COMPARED_FIELDS, MOST_QUESTIONS, UNREADABLE
from wtisd_model.schema.constraints import Constraint, Items, Leaf, Map, Nested, Pattern, Text, narrowed
from wtisd_model.schema.fields import NO_FIELD, FieldSpec, checks_of, constructor_of, converter_of, fields_of
from wtisd_model.schema.json_values import AnyJson, AnyOf, frozen_json, is_array, is_object
from wtisd_model.schema.suggestions import KEYS_ELSEWHERE, Spellings, close_to
from wtisd_model.types.scalars import INVALID, Decode, refusal, scalar_decoder, string_decoder
from wtisd_model.types.text import IDENTIFIER

Walk = Callable[[Any, FindingCollector, str], Any]
"""A function of a JSON value, a collector and a JSON Pointer that returns the decoded value, or `INVALID`."""


_MOST_KEYS_NAMED: Final = 3
"""The most required keys that a refusal of something other than an object names."""


class Field(NamedTuple):
    """A field of a class, prepared for decoding: `decode` is fast and silent, and `walk` adds the findings."""

    number: int
    """Its position among the values of the object."""
    bit: int
    """Its bit in a mask of fields."""
    step: str
    """Its key as a step of a JSON Pointer."""
    decode: Decode | None
    """Decodes a single value; None for objects and arrays."""
    walk: Walk
    """Decodes an object or array, or refuses a single value that `decode` has not accepted."""


class ObjectDecoder:
    """A decoder of the objects of a class, whose free texts may be narrowed to *text*.

    In a *submission*, fields of the office are refused, at any depth.
    """

    def __init__(self, cls: type, text: Text | None = None, *, submission: bool = False) -> None:
        specs = fields_of(cls)
        self._cls = cls
        self._office = frozenset(spec.key for spec in specs if submission and spec.office)
        self._fields = {
            spec.key: _field(number, spec, cls, text, submission=submission)
            for number, spec in enumerate(specs)
            if spec.key not in self._office
        }
        self._former = {
            spec.former_key: spec.key for spec in specs if spec.former_key is not None and spec.key in self._fields
        }
        self._older_fields = self._fields | {
            former: self._fields[key]._replace(step=pointer(former)) for former, key in self._former.items()
        }
        self._required = tuple(self._fields[spec.key] for spec in specs if spec.required and spec.key in self._fields)
        self._required_bits = sum(field.bit for field in self._required)
        # The required fields of the office, whose values a submission gets from *given*.
        self._present = NO_FIELD | sum(
            2 << n for n, spec in enumerate(specs) if spec.required and spec.key in self._office
        )
        self._defaults = [spec.default for spec in specs]
        self._checks = [(ask, _getter(numbers), asked, about) for ask, numbers, asked, about, _ in checks_of(cls)]
        # It fills the values of an object, and returns the bits of their fields and the members that are not good.
        self._fill = (
            SPEEDUPS.parser_of(Nested(cls, text), None, recurring=False, submission=submission).fill
            if SPEEDUPS
            else None
        )
        self._construct = constructor_of(cls)
        required = [spec.key for spec in specs if spec.required]
        self._expected = f"object:{', '.join(required)}" if 0 < len(required) <= _MOST_KEYS_NAMED else "object"
        own = {name.casefold(): spec.key for spec in specs for name in (spec.key, spec.name)}
        # A key that would be refused is never suggested.
        self._spellings = Spellings({word: key for word, key in (KEYS_ELSEWHERE | own).items() if key in self._fields})

    def decode(
        self, value: Any, findings: FindingCollector, path: str = "", given: Sequence[object] = (), filled: int = 0
    ) -> Any:
        """Return the object of a JSON value, or `INVALID` after adding every finding about it.

        *given* are the values of all fields by position, instead of the defaults. If the accelerator has *filled* some
        of them, by their bits, *value* has the other members.
        """
        if not is_object(value):
            # The reader of a foreign format may have made a part already; no payload has objects of the model.
            return value if type(value) is self._cls else _refuse_type(value, self._expected, findings, path)
        values = [*given] if given else self._defaults.copy()
        filled, value = (filled, value) if filled or self._fill is None else self._fill(value, values)
        present, unsound = self._present | filled, 0
        fields = self._fields
        if not self._former.keys().isdisjoint(value) and self._is_older(value, present):
            fields = self._older_fields
        for key, each in value.items():
            field = fields.get(key)
            if field is None:
                unsound |= NO_FIELD
                self._refuse_key(key, findings, path)
                continue
            number, bit, step, decode, walk = field
            if decode is None or (made := decode(each)) is INVALID:
                made = walk(each, findings, path + step)
                if made is INVALID:
                    unsound |= bit
                    continue
            values[number] = made
            present |= bit
        missing = self._required_bits & ~(present | unsound)
        if missing:
            unsound |= missing
            for field in self._required:
                if field.bit & missing:
                    findings.refuse(finding(Code.KEY_MISSING, path + field.step))
        for ask, taken, asked, about in self._checks:
            if about & present and not asked & unsound:
                for broken in ask(*taken(values)):
                    unsound |= NO_FIELD
                    findings.refuse(broken, path)
        return INVALID if unsound else self._construct(*values)

    def _is_older(self, value: dict[str, Any], present: int) -> bool:
        return any(
            is_array(value.get(former)) and key not in value and not self._fields[key].bit & present
            for former, key in self._former.items()
        )

    def _refuse_key(self, key: str, findings: FindingCollector, path: str) -> None:
        if findings.full:
            return findings.count()
        place = path + safe_pointer_token(key)
        if key in self._office:
            return findings.refuse(finding(Code.FIELD_NOT_YOURS, place))
        meant = close_to(key, self._spellings)
        suggestion = {} if meant is None else {"suggestion": meant}
        return findings.refuse(finding(Code.KEY_UNKNOWN, place, **suggestion))


@cache
def object_decoder(cls: type, text: Text | None = None, *, submission: bool = False) -> ObjectDecoder:
    """Return the decoder of a class."""
    return ObjectDecoder(cls, text, submission=submission)


def _getter(numbers: Sequence[int]) -> Callable[[list[Any]], Sequence[Any]]:
    """Return a function that takes some of the values of a list."""
    places = numbers if len(numbers) > 1 else [slice(number, number + 1) for number in numbers]
    return itemgetter(*places)


def _field(number: int, spec: FieldSpec, cls: type, text: Text | None, *, submission: bool) -> Field:
    decode, walk = _plain_decoders(narrowed(spec.constraint, text), converter_of(spec, cls), submission=submission)
    return Field(number, 2 << number, pointer(spec.key), decode, walk)


def _decoders(constraint: Constraint, convert: Decode = dict, *, submission: bool) -> tuple[Decode | None, Walk]:
    decode, walk = _plain_decoders(constraint, convert, submission=submission)
    parser = SPEEDUPS and SPEEDUPS.parser_of(constraint, convert, recurring=False, submission=submission)
    return parser.decode_value if parser else decode, walk


def _plain_decoders(constraint: Constraint, convert: Decode, *, submission: bool) -> tuple[Decode | None, Walk]:
    match constraint:
        case Nested(cls=cls, text=text):
            return None, object_decoder(cls, text, submission=submission).decode
        case Items():
            item = constraint.item
            decode, walk = _decoders(item, submission=submission)
            recurring = string_decoder(item, recurring=True) if isinstance(item, Pattern) else decode
            return None, partial(_walk_array, constraint, recurring, walk)
        case Map(key=key, value=value):
            return None, partial(
                _walk_map,
                constraint,
                string_decoder(key, recurring=True),
                *_decoders(value, submission=submission),
                convert,
            )
        case AnyOf(kinds=kinds):
            return None, partial(
                _walk_any, constraint, {kind: _decoders(each, submission=submission) for kind, each in kinds.items()}
            )
        case AnyJson():
            return None, partial(_walk_json, constraint)
        case _:
            return scalar_decoder(constraint), partial(_refuse, constraint)


def readable_part(cls: type, value: Mapping[str, Any]) -> SimpleNamespace:
    """Return the values of a submission that a questionnaire needs; `UNREADABLE` in place of a wrong one."""
    part = SimpleNamespace(answers=UNREADABLE)
    answers = value.get("answers", {})
    if is_object(answers) and len(answers) <= MOST_QUESTIONS:
        read = _reader(ANSWER)
        part.answers = {id_: read(each) for id_, each in answers.items() if IDENTIFIER.check(id_) is None}
    for spec in fields_of(cls):
        if spec.name in COMPARED_FIELDS.values():
            absent = UNREADABLE if spec.required else spec.default
            setattr(part, spec.name, _reader(spec.constraint)(value[spec.key]) if spec.key in value else absent)
    return part


def _reader(constraint: Constraint) -> Callable[[Any], Any]:
    """Return a decoder of values whose findings are known already."""
    decode, walk = _decoders(constraint, submission=False)

    def read(value: Any) -> Any:
        made = INVALID if decode is None else decode(value)
        if made is INVALID:
            made = walk(value, FindingCollector(), "")
        return UNREADABLE if made is INVALID else made

    return read


def _walk_array(
    constraint: Items, decode: Decode | None, walk: Walk, value: Any, findings: FindingCollector, path: str
) -> Any:
    if not is_array(value):
        return _refuse_type(value, "array", findings, path)
    if not constraint.minimum <= len(value) <= constraint.maximum:
        return report(findings, cast("Finding", constraint.check_count(len(value))), path)
    items: list[Any] = [INVALID] if decode is None else [*map(decode, value)]
    if INVALID not in items and (not constraint.unique or len({*items}) == len(items)):
        return constraint.container(items)
    items, seen = [], set[Any]()
    unique, is_sound = constraint.unique, True
    for index, each in enumerate(value):
        if decode is None or (made := decode(each)) is INVALID:
            made = walk(each, findings, f"{path}/{index}")
            if made is INVALID:
                is_sound = False
                continue
        if unique:
            if made in seen:
                is_sound = False
                report(findings, finding(Code.ITEM_REPEATED, f"{path}/{index}"))
            seen.add(made)
        items.append(made)
    return constraint.container(items) if is_sound else INVALID


def _walk_map(
    constraint: Map,
    decode_key: Decode,
    decode: Decode | None,
    walk: Walk,
    convert: Decode,
    value: Any,
    findings: FindingCollector,
    path: str,
) -> Any:
    if not is_object(value):
        return _refuse_type(value, "object", findings, path)
    if len(value) > constraint.maximum:
        return report(findings, finding(Code.TOO_MANY_ITEMS, path, maximum=constraint.maximum))
    token = pointer if constraint.by_office else safe_pointer_token
    members: dict[str, Any] = {}
    is_sound = True
    for key, each in value.items():
        if decode_key(key) is INVALID:
            _refuse(constraint.key, key, findings, path + safe_pointer_token(key))
            is_sound = False
            continue
        if decode is None or (made := decode(each)) is INVALID:
            made = walk(each, findings, path + token(key))
            if made is INVALID:
                is_sound = False
                continue
        members[key] = made
    return convert(members) if is_sound else INVALID


def _walk_any(
    constraint: AnyOf,
    kinds: Mapping[type, tuple[Decode | None, Walk]],
    value: Any,
    findings: FindingCollector,
    path: str,
) -> Any:
    kind: Any = cast("object", type(value))
    if kind is list:
        kind = tuple
    elif kind is float and value.is_integer():
        kind = int
    decode, walk = kinds.get(kind, (None, None))
    if walk is None:
        return _refuse_type(value, constraint.expected, findings, path)
    made = INVALID if decode is None else decode(value)
    return walk(value, findings, path) if made is INVALID else made


def _walk_json(constraint: AnyJson, value: Any, findings: FindingCollector, path: str) -> Any:
    made = frozen_json(value)
    refused = constraint.check(made)
    return made if refused is None else report(findings, refused, path)


def _refuse_type(value: object, expected: str, findings: FindingCollector, path: str) -> Any:
    null = value is None
    return report(
        findings, finding(Code.NULL_REFUSED, path) if null else finding(Code.WRONG_TYPE, path, expected=expected)
    )


def _refuse(constraint: Leaf, value: Any, findings: FindingCollector, path: str) -> Any:
    if findings.full:  # suggestions take time
        findings.count()
    else:
        findings.refuse(refusal(constraint, value), path)
    return INVALID


def report(findings: FindingCollector, new: Finding, path: str = "") -> Any:
    """Add an error that `finding` has made to the collector, and return `INVALID`."""
    findings.refuse(new, path)
    return INVALID
