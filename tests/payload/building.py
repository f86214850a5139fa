"""Writes `wtisd_model.payload.building`: for each class a function that builds an object of a struct, and one back.

What msgspec has checked (types, lengths, members, bounds, unknown keys) is not looked at again; the rest of what the
declarations say becomes one condition: what is required, what a pattern says, that nothing comes twice, and the rules
between fields.
"""

import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path

from tests.payload.declared import (
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
from wtisd_model.model.dossier import Dossier
from wtisd_model.nodes import (
    Day,
    Exact,
    Flag,
    Items,
    Moment,
    Nested,
    OneOf,
    Pattern,
    Text,
)
from wtisd_model.payload import structs
from wtisd_model.values.language import LocalizedText
from wtisd_model.values.timeslot import TimeSlot

BUILDING = Path(structs.__file__).with_name("building.py")

_USED: Mapping[str, set[str]] = {
    "wtisd_model.characters": {"UNSEEN_FIRST"},
    "wtisd_model.findings": {"opened"},
    "wtisd_model.nodes": {"SHORT"},
    "wtisd_model.payload": {"assembly as by"},
    "wtisd_model.payload.leaves": {"day_of", "exact_of", "moment_of"},
    "wtisd_model.payload.structs": {"struct_of"},
    "wtisd_model.values.money": {"at_minor_unit"},
}


def write_building(path: Path) -> None:
    """Write the module."""
    write(path, text_of_module())


def write(path: Path, text: str) -> None:
    """Write a module as ruff formats it."""
    path.write_text(text, encoding="utf-8")
    subprocess.run([sys.executable, "-m", "ruff", "format", "-q", path], check=True)  # noqa: S603 - of this environment


def text_of_module(documents: tuple[type, ...] = DOCUMENTS) -> str:
    """Give the text of the module, before it is formatted.

    Raises:
        TypeError: a class whose declaration says what no builder would heed.
    """
    classes = list(classes_of(documents))
    head = [
        '"""Builds objects of what msgspec has read, and structs of objects; a builder gives None for a doubt.',
        "",
        "Generated from the declarations of the fields: ``python -m tests.payload.generate``.",
        '"""',
        "",
        "from collections.abc import Callable",
        "from datetime import date",
        "from typing import Any",
        "",
        *imports(classes, _USED),
        "",
        "_new: Callable[[type], Any] = object.__new__",
        "_none: frozenset[Any] = frozenset()",
    ]
    bodies = [line for cls in classes for line in ("", "", *_class(cls))]
    tables = [
        "",
        "",
        f"BUILDERS: dict[type, by.Builder[Any]] = {{{_table('build', classes)}}}",
        '"""What builds an object of each class of its struct."""',
        "",
        f"WRITERS: dict[type, Callable[[Any, Any], Any]] = {{{_table('write', documents)}}}",
        '"""What makes the struct of each document, or another with the same fields."""',
        "",
    ]
    return "\n".join([*head, *bodies, *tables])


def _table(verb: str, classes: Iterable[type]) -> str:
    return ", ".join(f"{cls.__name__}: {verb}_{snake(cls)}" for cls in classes)


def _class(cls: type) -> Iterator[str]:
    refuse_what_nobody_heeds(cls)
    name = snake(cls)
    specs = fields_of(cls)
    prefix = name.upper()
    yield f"_OPEN_{prefix} = opened({cls.__name__})"
    yield f"_{prefix} = struct_of({cls.__name__})"
    for spec in specs:
        yield from _constant(cls, spec)
    yield from of_rules(cls)
    yield ""
    yield ""
    yield f"def build_{name}(struct: Any) -> {cls.__name__} | None:"
    yield f'    """Build {article(cls)} of its struct."""'
    for spec in specs:
        yield from _built(cls, spec)
    names = {spec.name: held(spec) for spec in specs}
    for rule in invariants_of(cls):
        yield f"    if {broken(cls, rule, names)}:"
        yield "        return None"
    yield from filled(cls)
    yield from _writers(cls)


def _writers(cls: type) -> Iterator[str]:
    name = snake(cls)
    always = cls is Dossier  # whose lists are written also where they are empty
    values = ", ".join(_written(spec, always=always) for spec in fields_of(cls))
    yield ""
    yield ""
    yield f"def write_{name}(value: {cls.__name__}, struct: Any = _{name.upper()}) -> Any:"
    yield f'    """Make the struct of {article(cls)}."""'
    yield f"    return struct({values})"


def _constant(cls: type, spec: FieldSpec) -> Iterator[str]:
    """What is looked up once: the test of a text, the builder of a narrowed text, the node of a number."""
    of = f'({cls.__name__}, "{spec.name}")'
    node = innermost(spec.node)
    if isinstance(spec.default, StrEnum):
        # A member is looked up once: in Python 3.11 each lookup takes as long as a call.
        yield f"{constant(cls, spec)}_ABSENT = {type(spec.default).__name__}.{spec.default.name}"
    if comes_again(spec):
        yield f"{constant(cls, spec)} = by.known_of{of}"
    elif isinstance(node, Text | Pattern | OneOf):
        yield f"{constant(cls, spec)} = by.test_of{of}"
        if isinstance(node, Pattern) and node.usual is not None:
            yield f"{constant(cls, spec)}_USUAL = by.usual_of{of}"
    elif isinstance(node, Exact):
        yield f"{constant(cls, spec)} = by.exact_for{of}"
    elif isinstance(node, Nested) and node.text is not None:
        yield f"{constant(cls, spec)} = by.text_builder{of}"


def _built(cls: type, spec: FieldSpec) -> Iterator[str]:
    """Look at a field of a struct, and make what the object holds of it."""
    value = local(spec)
    yield f"    {value} = struct.{spec.name}"
    if spec.required:
        yield f"    if {value} is None:"
        yield "        return None"
        for line in _present(cls, spec):
            yield f"    {line}"
        return
    made = held(spec)
    if made != value:
        yield f"    {made}: Any = {absent(cls, spec)}"
    present = list(_present(cls, spec))
    match present:
        case [condition, "    return None"]:
            yield f"    if {value} is not None and {condition.removeprefix('if ')}"
            yield "        return None"
        case []:
            pass
        case _:
            yield f"    if {value} is not None:"
            for line in present:
                yield f"        {line}"


def _present(cls: type, spec: FieldSpec) -> Iterator[str]:
    """Make what the object holds of a field that is there, or give up."""
    value, made, of = local(spec), held(spec), constant(cls, spec)
    doubt: str | None = None
    match spec.node:
        case Nested() as node:
            yield f"{made} = {_builder(cls, spec, node)}({value})"
            doubt = f"{made} is None"
        case Items() as node:
            yield from _items(cls, spec, node)
        case Exact():
            yield f"{made} = exact_of({of}, {value})"
            doubt = f"{made} is None"
        case Day():
            yield f"{made} = day_of({value})"
            doubt = f"{made} is None"
        case Moment():
            yield f"{made} = moment_of({value})"
            doubt = f"{made} is None"
        case Flag():
            yield f"{made} = {value}"
        case Text():
            doubt = f"not ({plainly_good(value)} or {of}({value}))"
        case Pattern() | OneOf() if comes_again(spec):
            doubt = f"not ({value} in {of}.texts or {of}.learn(({value},)))"
        case Pattern() as node if node.usual is not None:
            doubt = f"not ((len({value}) < SHORT and {of}_USUAL({value})) or {of}({value}))"
        case Pattern() | OneOf():
            doubt = f"not {of}({value})"
        case _ if made != value:
            yield f"{made} = {value}"
        case _:
            pass
    if doubt is not None:
        yield f"if {doubt}:"
        yield "    return None"


def _items(cls: type, spec: FieldSpec, node: Items) -> Iterator[str]:
    value, made, of = local(spec), held(spec), constant(cls, spec)
    doubts: list[str] = []
    match node.item:
        case Nested() as part:
            yield f"{made} = by.each({_builder(cls, spec, part)}, {value})"
            yield f"if {made} is None:"
            yield "    return None"
            return
        case Pattern():
            doubts.append(f"not ({of}.texts.issuperset({made}) or {of}.learn({made}))")
        case Text():
            doubts.append(f"not all(map({of}, {made}))")
        case _:
            pass
    yield f"{made} = {value}"
    # What a set does not hold twice is missed by whoever compares with the payload.
    if node.unique and node.container is tuple:
        doubts.append(f"len(set({made})) != len({made})")
    if doubts:
        yield f"if {' or '.join(doubts)}:"
        yield "    return None"


def _builder(cls: type, spec: FieldSpec, node: Nested) -> str:
    if node.text is not None:
        return constant(cls, spec)
    return "by.build_time_slot" if node.cls is TimeSlot else f"build_{snake(node.cls)}"


def _written(spec: FieldSpec, *, always: bool) -> str:
    """What the struct holds of a field: what JSON leaves out is None."""
    value = f"value.{spec.name}"
    match spec.node:
        case Nested() as node:
            return (
                f"None if {value} is None else {_writer(node)}({value})"
                if spec.optional
                else f"{_writer(node)}({value})"
            )
        case Items(item=Nested() as node):
            return f"[*map({_writer(node)}, {value})]{'' if always else f' if {value} else None'}"
        case Items(container=container) if container is frozenset:
            return f"sorted({value}) if {value} else None"
        case Items():
            return f"{value} or None"
        case Flag():
            return f"{value} or None"
        case Day():
            written = f"date.isoformat({value})"  # not by a method of its own, as a kind of date may have
            return f"None if {value} is None else {written}" if spec.optional else written
        case Exact():
            return f'None if {value} is None else f"{{{value}:f}}"' if spec.optional else f'f"{{{value}:f}}"'
        case _:
            return value


def _writer(node: Nested) -> str:
    if node.cls is LocalizedText:
        return "by.write_text"
    return "by.write_time_slot" if node.cls is TimeSlot else f"write_{snake(node.cls)}"
