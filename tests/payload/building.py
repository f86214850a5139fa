"""Writes `wtisd_model.payload.building`: for each class a function that builds an object of a struct, and one back.

What msgspec has checked (types, lengths, members, bounds, unknown keys) is not looked at again; the rest of what the
declarations say becomes one condition: what is required, what a pattern says, that nothing comes twice, and the rules
between fields.
"""

import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from inspect import Parameter, isgeneratorfunction, signature
from pathlib import Path

from wtisd_model.fields import FieldSpec, Invariant, fields_of, invariants_of
from wtisd_model.model.documents import DOCUMENTS
from wtisd_model.model.dossier import Dossier
from wtisd_model.nodes import (
    Choice,
    Day,
    Entries,
    Exact,
    Flag,
    Items,
    Moment,
    Nested,
    Node,
    OneOf,
    Pattern,
    Text,
    Whole,
)
from wtisd_model.payload import structs
from wtisd_model.payload.leaves import COME_AGAIN
from wtisd_model.values.language import LocalizedText
from wtisd_model.values.money import Money
from wtisd_model.values.timeslot import TimeSlot

BUILDING = Path(structs.__file__).with_name("building.py")

BY_HAND = {LocalizedText, TimeSlot}
"""Whose builders stand in `wtisd_model.payload.assembly`."""

_HELD: Mapping[tuple[type, str], str] = {(Money, "amount"): "at_minor_unit(made_amount, currency)"}
"""What an object holds where its constructor makes it of several fields."""


def write_building(path: Path) -> None:
    """Write the module."""
    path.write_text(text_of_module(), encoding="utf-8")
    subprocess.run([sys.executable, "-m", "ruff", "format", "-q", path], check=True)  # noqa: S603 - of this environment


def text_of_module(documents: tuple[type, ...] = DOCUMENTS) -> str:
    """Give the text of the module, before it is formatted.

    Raises:
        TypeError: a class whose declaration says what no builder would heed.
    """
    classes = list(_classes(documents))
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
        *_imports(classes),
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
    return ", ".join(f"{cls.__name__}: {verb}_{_snake(cls)}" for cls in classes)


def _imports(classes: list[type]) -> Iterator[str]:
    names = {
        "wtisd_model.payload": {"assembly as by"},
        "wtisd_model.payload.leaves": {"day_of", "exact_of", "moment_of"},
        "wtisd_model.payload.structs": {"struct_of"},
        "wtisd_model.values.money": {"at_minor_unit"},
    }
    for cls in classes:
        names.setdefault(cls.__module__, set()).add(cls.__name__)
        for spec in fields_of(cls):
            if isinstance(spec.default, StrEnum):
                names.setdefault(type(spec.default).__module__, set()).add(type(spec.default).__name__)
    for module, imported in sorted(names.items()):
        yield f"from {module} import {', '.join(sorted(imported))}"


def _classes(documents: tuple[type, ...]) -> Iterator[type]:
    """Name each class that a document is made of, parts before wholes."""
    seen: list[type] = []

    def walk(cls: type) -> None:
        for spec in fields_of(cls):
            node = _innermost(spec.node)
            if isinstance(node, Nested) and node.cls not in BY_HAND:
                walk(node.cls)
        if cls not in seen:
            seen.append(cls)

    for document in documents:
        walk(document)
    yield from seen


def _innermost(node: Node) -> Node:
    return _innermost(node.item) if isinstance(node, Items) else node


def _refuse_what_no_builder_heeds(cls: type) -> None:
    if "__attrs_post_init__" in vars(cls) and not any(held is cls for held, _ in _HELD):
        raise TypeError(f"Its constructor does more than to check: {cls}")
    for spec in fields_of(cls):
        match spec.node:
            case Items(item=Nested(), unique=True):
                raise TypeError(f"Parts of which no two are equal, which no reader looks at: {cls}, {spec}")
            case Items(item=Nested() | Text() | Pattern() | Choice()):
                absent: object = spec.default if spec.required or spec.optional else spec.node.container()
            case Flag():
                absent = False
            case Choice() | Whole() if not spec.optional:
                absent = spec.default
            case Nested() | Text() | Pattern() | OneOf() | Whole() | Exact() | Choice() | Day() | Moment():
                absent = None
            case _:
                raise TypeError(f"A kind of field that no builder knows: {cls}, {spec}")
        if (spec.optional and isinstance(spec.node, Items | Flag)) or not (spec.required or spec.default == absent):
            raise TypeError(f"What is absent would be built otherwise than by the constructor: {cls}, {spec}")


def _class(cls: type) -> Iterator[str]:
    _refuse_what_no_builder_heeds(cls)
    name = _snake(cls)
    specs = fields_of(cls)
    prefix = name.upper()
    yield f"_OPEN_{prefix} = by.opened({cls.__name__})"
    yield f"_{prefix} = struct_of({cls.__name__})"
    for spec in specs:
        yield from _constant(cls, spec)
    rules = [_rule(cls, rule) for rule in invariants_of(cls)]
    if rules:
        yield f"{', '.join(rules)}{',' if len(rules) == 1 else ''} = {cls.__name__}.INVARIANTS"
    yield ""
    yield ""
    yield f"def build_{name}(struct: Any, quotes: list[int]) -> {cls.__name__} | None:"
    yield f'    """Build {_article(cls)}, and add to *quotes* how many its JSON has."""'
    for spec in specs:
        yield f"    {_local(spec)} = struct.{spec.name}"
    made = {spec.name: _made(cls, spec) for spec in specs}
    for spec in specs:
        if made[spec.name] is not None:
            yield f"    made_{spec.name} = {made[spec.name]}"
    conditions = [each for spec in specs for each in _doubts(cls, spec)]
    conditions += [_call(cls, rule, made) for rule in invariants_of(cls)]
    yield "    if (" + " or ".join(conditions) + "):"
    yield "        return None"
    yield f"    quotes.append({_quotes(specs)})"
    yield f"    open_: Any = _new(_OPEN_{prefix})"
    for spec in specs:
        yield f"    open_.{spec.name} = {_HELD.get((cls, spec.name)) or _result(spec, made)}"
    yield f"    open_.__class__ = {cls.__name__}"
    yield f"    whole: {cls.__name__} = open_"
    yield "    return whole"
    yield from _writers(cls)


def _writers(cls: type) -> Iterator[str]:
    name = _snake(cls)
    always = cls is Dossier  # whose lists are written also where they are empty
    values = ", ".join(_written(spec, always=always) for spec in fields_of(cls))
    yield ""
    yield ""
    yield f"def write_{name}(value: {cls.__name__}, struct: Any = _{name.upper()}) -> Any:"
    yield f'    """Make the struct of {_article(cls)}."""'
    yield f"    return struct({values})"


def _article(cls: type) -> str:
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", cls.__name__)
    return f"{'an' if words[0] in 'AEIOU' else 'a'} {cls.__name__}"


def _snake(cls: type) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", cls.__name__).lower()


def _local(spec: FieldSpec) -> str:
    return f"{spec.name}_" if spec.name == "id" else spec.name


def _quotes(specs: tuple[FieldSpec, ...]) -> str:
    """How many quotes an object has in JSON: two a key, and two a text; its parts count their own."""
    pairs = 0
    present: list[str] = []
    for spec in specs:
        local = _local(spec)
        match spec.node:
            case Nested() | Whole() | Flag():
                each = 1
            case Items(item=Nested()) | Entries():
                each = 1
            case Items():
                each = 1
                present.append(
                    f"(0 if {local} is None else 2 * len({local}))" if not spec.required else f"2 * len({local})"
                )
            case _:
                each = 2
        if spec.required:
            pairs += each
        else:
            present.append(f"{2 * each} * ({local} is not None)")
    return " + ".join([str(2 * pairs), *present])


def _of(cls: type, spec: FieldSpec) -> str:
    return f"_{_snake(cls)}_{spec.name}".upper()


def _rule(cls: type, rule: Invariant) -> str:
    return f"_{_snake(cls)}_{rule.__name__.strip('_')}"


def _comes_again(spec: FieldSpec) -> bool:
    return spec.node in COME_AGAIN or (isinstance(spec.node, Items) and isinstance(spec.node.item, Pattern))


def _constant(cls: type, spec: FieldSpec) -> Iterator[str]:
    """What is looked up once: the test of a text, the builder of a narrowed text, the node of a number."""
    of = f'({cls.__name__}, "{spec.name}")'
    node = _innermost(spec.node)
    if isinstance(spec.default, StrEnum):
        # A member is looked up once: in Python 3.11 each lookup takes as long as a call.
        yield f"{_of(cls, spec)}_ABSENT = {type(spec.default).__name__}.{spec.default.name}"
    if _comes_again(spec):
        yield f"{_of(cls, spec)} = by.known_of{of}"
    elif isinstance(node, Text | Pattern | OneOf):
        yield f"{_of(cls, spec)} = by.test_of{of}"
    elif isinstance(node, Exact):
        yield f"{_of(cls, spec)} = by.exact_for{of}"
    elif isinstance(node, Nested) and node.text is not None:
        yield f"{_of(cls, spec)} = by.text_builder{of}"


def _made(cls: type, spec: FieldSpec) -> str | None:
    """What is made of a value that a struct holds as something else; None where it holds what the object does."""
    local = _local(spec)
    match spec.node:
        case Nested() as node:
            expression = f"{_builder(cls, spec, node)}({local}, quotes)"
        case Items(item=Nested() as node):
            return f"by.each({_builder(cls, spec, node)}, {local}, quotes) if {local} else ()"
        case Items(container=container) if container is frozenset:
            return f"frozenset({local}) if {local} else _none"
        case Items():
            return f"{local} or ()"
        case Exact():
            expression = f"exact_of({_of(cls, spec)}, {local})"
        case Day():
            expression = f"day_of({local})"
        case Moment():
            expression = f"moment_of({local})"
        case Flag():
            return f"{local} is True"
        case Choice() | Whole() if not spec.required and not spec.optional:
            default = f"{_of(cls, spec)}_ABSENT" if isinstance(spec.default, StrEnum) else repr(spec.default)
            return f"{default} if {local} is None else {local}"
        case _:
            return None
    return f"None if {local} is None else {expression}"


def _builder(cls: type, spec: FieldSpec, node: Nested) -> str:
    if node.text is not None:
        return _of(cls, spec)
    return "by.build_time_slot" if node.cls is TimeSlot else f"build_{_snake(node.cls)}"


def _doubts(cls: type, spec: FieldSpec) -> Iterator[str]:
    """What of a field sends a payload the slow way."""
    local, made, of = _local(spec), f"made_{spec.name}", _of(cls, spec)
    if spec.required:
        yield f"{local} is None"
    match spec.node:
        case Items() as node:
            yield from _list_doubts(spec, node, made, of)
        case (Text() | Pattern() | OneOf()) as node:
            doubt = f"not {of}({local})"
            if _comes_again(spec):
                doubt = f"not ({local} in {of}.texts or {of}.learn(({local},)))"
            yield doubt if spec.required else f"({local} is not None and {doubt})"
        case Nested() | Exact() | Day() | Moment():
            yield f"{made} is None" if spec.required else f"({made} is None and {local} is not None)"
        case _:
            return


def _list_doubts(spec: FieldSpec, node: Items, made: str, of: str) -> Iterator[str]:
    local = _local(spec)
    if isinstance(node.item, Nested):
        yield f"{made} is None"
    elif isinstance(node.item, Pattern):
        yield f"not ({of}.texts.issuperset({made}) or {of}.learn({made}))"
    elif isinstance(node.item, Text):
        yield f"not all(map({of}, {made}))"
    if node.unique:
        distinct = made if node.container is frozenset else f"set({made})"
        doubt = f"len({distinct}) != len({local})"
        yield doubt if spec.required else f"({local} is not None and {doubt})"


def _result(spec: FieldSpec, made: Mapping[str, str | None]) -> str:
    """What the object holds."""
    return _local(spec) if made[spec.name] is None else f"made_{spec.name}"


def _call(cls: type, rule: Invariant, made: Mapping[str, str | None]) -> str:
    specs = {spec.name: spec for spec in fields_of(cls)}
    arguments = []
    for parameter in signature(rule).parameters.values():
        value = _result(specs[parameter.name], made)
        arguments.append(f"{parameter.name}={value}" if parameter.kind is Parameter.KEYWORD_ONLY else value)
    call = f"{_rule(cls, rule)}({', '.join(arguments)})"
    # A generator is true whatever it gives.
    return f"any({call})" if isgeneratorfunction(rule) else call


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
    return "by.write_time_slot" if node.cls is TimeSlot else f"write_{_snake(node.cls)}"
