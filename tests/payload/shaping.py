"""Writes `wtisd_model.payload.shaping`: for each class a function that makes an object of plain JSON values.

Each field is looked at once, in the order of the declarations. What is not as declared is noted as a doubt, and the
rest is read all the same, so that whoever tells what is wrong has the values for the rules between fields.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path

from tests.payload.building import write
from tests.payload.declared import (
    HELD,
    absent,
    article,
    broken,
    classes_of,
    comes_again,
    constant,
    filled,
    held,
    imports,
    innermost,
    local,
    of_rules,
    plainly_good,
    refuse_what_nobody_heeds,
    snake,
)
from wtisd_model.fields import FieldSpec, fields_of, invariants_of
from wtisd_model.model.documents import DOCUMENTS
from wtisd_model.nodes import Choice, Day, Exact, Flag, Items, Moment, Nested, Node, OneOf, Pattern, Text, Whole
from wtisd_model.payload import structs
from wtisd_model.values.language import LocalizedText
from wtisd_model.values.timeslot import TimeSlot

_BY_HAND = {LocalizedText: "doubts.shape_localized_text", TimeSlot: "doubts.shape_time_slot"}

SHAPING = Path(structs.__file__).with_name("shaping.py")

_USED: Mapping[str, set[str]] = {
    "wtisd_model.characters": {"UNSEEN_FIRST"},
    "wtisd_model.findings": {"opened"},
    "wtisd_model.nodes": {"SHORT"},
    "wtisd_model.payload.doubts": {"Doubt", "Shaper", "is_object"},
    "wtisd_model.payload.leaves": {"day_of", "exact_of", "moment_of", "whole_of"},
    "wtisd_model.payload": {"assembly as by", "doubts"},
    "wtisd_model.values.money": {"at_minor_unit"},
}


def write_shaping(path: Path) -> None:
    """Write the module."""
    write(path, text_of_module())


def text_of_module(documents: tuple[type, ...] = DOCUMENTS) -> str:
    """Give the text of the module, before it is formatted.

    Raises:
        TypeError: a class whose declaration says what nobody would heed.
    """
    classes = list(classes_of(documents))
    head = [
        '"""Makes objects of plain JSON values, or says what in them is in doubt.',
        "",
        "Generated from the declarations of the fields: ``python -m tests.payload.generate``.",
        '"""',
        "",
        "from collections.abc import Callable",
        "from typing import Any",
        "",
        *imports([*_BY_HAND, *classes], _USED),
        "",
        "_new: Callable[[type], Any] = object.__new__",
        "_none: frozenset[Any] = frozenset()",
        "_tuple: Any = tuple",
    ]
    bodies = [line for cls in classes for line in ("", "", *_class(cls))]
    table = ", ".join(f"{cls.__name__}: {_BY_HAND.get(cls, f'shape_{snake(cls)}')}" for cls in (*_BY_HAND, *classes))
    tail = ["", "", f"SHAPERS: dict[type, Shaper[Any]] = {{{table}}}", '"""What shapes the objects of each class."""']
    return "\n".join([*head, *bodies, *tail, ""])


def _class(cls: type) -> Iterator[str]:
    refuse_what_nobody_heeds(cls)
    specs = fields_of(cls)
    yield f"_OPEN_{snake(cls).upper()} = opened({cls.__name__})"
    for spec in specs:
        yield from _constants(cls, spec)
    yield from of_rules(cls)
    yield ""
    yield ""
    yield f"def shape_{snake(cls)}(plain: dict[str, Any], known: int = 0) -> {cls.__name__} | Doubt:"
    yield f'    """Make {article(cls)} of a dict, of whose keys *known* are no fields of it."""'
    yield "    get: Callable[[str], Any] = plain.get"
    yield "    doubtful: dict[str, Any] = {}"
    for spec in specs:
        yield from _shaped(cls, spec)
    names = {spec.name: held(spec) for spec in specs}
    conditions = ["doubtful", "known != len(plain)"]
    # What is made of it is None too where it is missing, and may have to be more than that.
    needed = [held(spec) if (cls, spec.name) in HELD else local(spec) for spec in specs if spec.required]
    conditions += [f"{each} is None" for each in needed]
    conditions += [f"({broken(cls, rule, names)})" for rule in invariants_of(cls)]
    yield f"    if {' or '.join(conditions)}:"
    yield f"        everything: tuple[Any, ...] = ({', '.join(names.values())}{',' * (len(names) == 1)})"
    yield f"        return {cls.__name__}, None, plain, known, doubtful, everything"
    yield from filled(cls)


def _constants(cls: type, spec: FieldSpec) -> Iterator[str]:
    """What is looked up once."""
    of = f'({cls.__name__}, "{spec.name}")'
    name = constant(cls, spec)
    if isinstance(spec.default, StrEnum):
        yield f"{name}_ABSENT = {type(spec.default).__name__}.{spec.default.name}"
    match spec.node:
        case Nested() if _narrowed(spec):
            yield f"{name} = doubts.narrowed{of}"
        case Nested() | Items(item=Nested()):
            return
        case Items():
            yield f"{name} = doubts.list_of{of}"
        case Pattern() if comes_again(spec):
            yield f"{name} = by.known_of{of}"
        case Text() | Pattern() | OneOf() as node:
            yield f"{name} = by.test_of{of}"
            if isinstance(node, Pattern) and node.usual is not None:
                yield f"{name}_USUAL = by.usual_of{of}"
        case Choice():
            yield f"{name} = doubts.members_of{of}"
        case Exact():
            yield f"{name} = by.exact_for{of}"
        case Whole():
            yield f"{name} = doubts.whole_for{of}"
        case _:
            return


def _narrowed(spec: FieldSpec) -> bool:
    node = innermost(spec.node)
    return isinstance(node, Nested) and node.text is not None


def _shaped(cls: type, spec: FieldSpec) -> Iterator[str]:
    """Look at a value, and make what the object holds of it."""
    value, made = local(spec), held(spec)
    yield f'    {value} = get("{spec.key}")'
    if made != value:
        yield f"    {made}: Any = {absent(cls, spec)}"
    yield f"    if {value} is not None:"
    yield "        known += 1"
    for line in _present(cls, spec):
        yield f"        {line}"


def _present(cls: type, spec: FieldSpec) -> Iterator[str]:
    value, made, of = local(spec), held(spec), constant(cls, spec)
    doubt, inner = f"{made} is None", "None"
    is_text = f"type({value}) is str"
    match spec.node:
        case Nested() as node:
            yield f"{made} = {_shaper(cls, spec, node)}({value}) if is_object({value}) else None"
            doubt, inner = f"type({made}) is not {node.cls.__name__}", made
        case Items(item=Nested() as node) as items:
            bounds = f"{items.minimum}, {items.maximum}"
            yield f"{made} = doubts.parts({_shaper(cls, spec, node)}, {node.cls.__name__}, {value}, {bounds})"
            doubt, inner = f"type({made}) is not _tuple", made
        case Items():
            yield f"{made} = {of}({value})"
        case Whole():
            yield f"{made} = whole_of({of}, {value})"
        case Flag():
            yield f"{made} = {value}"
            doubt = f"type({value}) is not bool"
        case Text(maximum=most) | Pattern(maximum=most):
            doubt = f"not ({is_text} and len({value}) <= {most} and {_good(cls, spec)})"
        case OneOf():
            doubt = f"not ({is_text} and {of}({value}))"
        case node:
            yield f"{made} = {_read(node, of, value)} if {is_text} else None"
    yield f"if {doubt}:"
    yield f'    doubtful["{spec.key}"] = {inner}'


def _read(node: Node, of: str, value: str) -> str:
    """What is made of a text that objects hold as something else."""
    match node:
        case Exact():
            return f"exact_of({of}, {value})"
        case Day():
            return f"day_of({value})"
        case Moment():
            return f"moment_of({value})"
        case _:
            return f"{of}.get({value})"


def _good(cls: type, spec: FieldSpec) -> str:
    """What tells whether a text of allowed length is good."""
    value, of = local(spec), constant(cls, spec)
    if isinstance(spec.node, Text):
        return f"({plainly_good(value)} or {of}({value}))"
    if comes_again(spec):
        return f"({value} in {of}.texts or {of}.learn(({value},)))"
    if isinstance(spec.node, Pattern) and spec.node.usual is not None:
        return f"((len({value}) < SHORT and {of}_USUAL({value})) or {of}({value}))"
    return f"{of}({value})"


def _shaper(cls: type, spec: FieldSpec, node: Nested) -> str:
    if _narrowed(spec):
        return constant(cls, spec)
    return _BY_HAND.get(node.cls, f"shape_{snake(node.cls)}")
