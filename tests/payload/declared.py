"""What both generators ask of the declarations: which classes, by which names, what is absent, which rules."""

import ast
import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from inspect import Parameter, getsource, isgeneratorfunction, signature

from wtisd_model.fields import FieldSpec, Invariant, fields_of, invariants_of
from wtisd_model.nodes import (
    Choice,
    Day,
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
from wtisd_model.payload.leaves import COME_AGAIN
from wtisd_model.values.language import LocalizedText
from wtisd_model.values.money import Money
from wtisd_model.values.timeslot import TimeSlot

BY_HAND = {LocalizedText, TimeSlot}
"""What is built and shaped in `wtisd_model.payload.assembly`."""

HELD: Mapping[tuple[type, str], str] = {(Money, "amount"): "at_minor_unit(made_amount, currency)"}
"""What an object holds where its constructor makes it of several fields."""


def classes_of(documents: tuple[type, ...]) -> Iterator[type]:
    """Name each class that a document is made of, parts before wholes."""
    seen: list[type] = []

    def walk(cls: type) -> None:
        for spec in fields_of(cls):
            node = innermost(spec.node)
            if isinstance(node, Nested) and node.cls not in BY_HAND:
                walk(node.cls)
        if cls not in seen:
            seen.append(cls)

    for document in documents:
        walk(document)
    yield from seen


def innermost(node: Node) -> Node:
    return innermost(node.item) if isinstance(node, Items) else node


def refuse_what_nobody_heeds(cls: type) -> None:
    if "__attrs_post_init__" in vars(cls) and not any(each is cls for each, _ in HELD):
        raise TypeError(f"Its constructor does more than to check: {cls}")
    for spec in fields_of(cls):
        match spec.node:
            case Items(item=Nested(), unique=True):
                raise TypeError(f"Parts of which no two are equal, which no reader looks at: {cls}, {spec}")
            case Items(item=Nested(text=None) | Text() | Pattern() | Choice()):
                default: object = spec.default if spec.required or spec.optional else spec.node.container()
            case Flag():
                default = False
            case Choice() | Whole() if not spec.optional:
                default = spec.default
            case Nested() | Text() | Pattern() | OneOf() | Whole() | Exact() | Choice() | Day() | Moment():
                default = None
            case _:
                raise TypeError(f"A kind of field that no builder knows: {cls}, {spec}")
        if (spec.optional and isinstance(spec.node, Items | Flag)) or not (spec.required or spec.default == default):
            raise TypeError(f"What is absent would be built otherwise than by the constructor: {cls}, {spec}")


def article(cls: type) -> str:
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", cls.__name__)
    return f"{'an' if words[0] in 'AEIOU' else 'a'} {cls.__name__}"


def snake(cls: type) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", cls.__name__).lower()


def local(spec: FieldSpec) -> str:
    return f"{spec.name}_" if spec.name == "id" else spec.name


def constant(cls: type, spec: FieldSpec) -> str:
    return f"_{snake(cls)}_{spec.name}".upper()


def rule_name(cls: type, rule: Invariant) -> str:
    return f"_{snake(cls)}_{rule.__name__.strip('_')}"


def comes_again(spec: FieldSpec) -> bool:
    return spec.node in COME_AGAIN or (isinstance(spec.node, Items) and isinstance(spec.node.item, Pattern))


def absent(cls: type, spec: FieldSpec) -> str:
    """What an object holds where its JSON has nothing."""
    match spec.node:
        case Items(container=container):
            return "_none" if container is frozenset else "()"
        case Flag():
            return "False"
        case Choice() | Whole() if not spec.optional:
            return f"{constant(cls, spec)}_ABSENT" if isinstance(spec.default, StrEnum) else repr(spec.default)
        case _:
            return "None"


def held(spec: FieldSpec) -> str:
    """Name what the object holds."""
    match spec.node:
        case Nested() | Items() | Exact() | Day() | Moment() | Flag():
            return f"made_{spec.name}"
        case Choice() | Whole() if not spec.required and not spec.optional:
            return f"made_{spec.name}"
        case _:
            return local(spec)


def plainly_good(text: str) -> str:
    # Spelled in place, since a call takes as long as the test; `wtisd_model.nodes.holds` says why this suffices.
    return f'({text} and {text}[0] not in UNSEEN_FIRST and {text}[-1] != " " and {text}.isprintable())'


def broken(cls: type, rule: Invariant, names: Mapping[str, str]) -> str:
    """Ask whether a rule is broken; what it asks itself first, before it gives ``()``, is asked in place."""
    arguments = []
    for parameter in signature(rule).parameters.values():
        value = names[parameter.name]
        arguments.append(f"{parameter.name}={value}" if parameter.kind is Parameter.KEYWORD_ONLY else value)
    call = f"{rule_name(cls, rule)}({', '.join(arguments)})"
    if isgeneratorfunction(rule):
        return f"any({call})"  # a generator is true whatever it gives
    kept = _kept(rule)
    if kept is None:
        return call
    renamed = {**names} | {name: _word(cls, name) for name in _words(rule, kept)}
    return f"{_negated(_Renamed(renamed).visit(kept))} and {call}"


def _negated(condition: ast.expr) -> str:
    match condition:
        case ast.Compare(left=left, ops=[ast.Is()], comparators=[right]):
            return f"{ast.unparse(left)} is not {ast.unparse(right)}"
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return ast.unparse(operand)
        case _:
            return f"not ({ast.unparse(condition)})"


def _kept(rule: Invariant) -> ast.expr | None:
    """Find the condition of ``if ...: return ()`` or ``return () if ...`` with which a rule begins."""
    (function,) = ast.parse(getsource(rule)).body
    match function:
        case ast.FunctionDef(body=[ast.If(test=test, body=[ast.Return(value=ast.Tuple(elts=[]))]), *_]):
            return test
        case ast.FunctionDef(body=[ast.Return(value=ast.IfExp(test=test, body=ast.Tuple(elts=[])))]):
            return test
        case _:
            return None


def _words(rule: Invariant, condition: ast.expr) -> set[str]:
    """Name what a condition takes from the module of its rule."""
    names = {node.id for node in ast.walk(condition) if isinstance(node, ast.Name)}
    return names - {*signature(rule).parameters}


def _word(cls: type, name: str) -> str:
    return f"_{snake(cls)}_{name.strip('_')}".upper()


class _Renamed(ast.NodeTransformer):
    """Gives names the names that they have in a builder."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names

    def visit_Name(self, node: ast.Name) -> ast.Name:
        return ast.Name(self._names[node.id], node.ctx)


def of_rules(cls: type) -> Iterator[str]:
    """Name the rules of a class, and what they ask first."""
    rules = [rule_name(cls, rule) for rule in invariants_of(cls)]
    if rules:
        yield f"{', '.join(rules)}{',' if len(rules) == 1 else ''} = {cls.__name__}.INVARIANTS"
    words = {name: rule for rule in invariants_of(cls) if (kept := _kept(rule)) for name in sorted(_words(rule, kept))}
    for word, rule in words.items():
        yield f'{_word(cls, word)} = by.word_of({rule_name(cls, rule)}, "{word}")'


def filled(cls: type) -> Iterator[str]:
    """Fill an object, and give it."""
    yield f"    open_: Any = _new(_OPEN_{snake(cls).upper()})"
    for spec in fields_of(cls):
        yield f"    open_.{spec.name} = {HELD.get((cls, spec.name)) or held(spec)}"
    yield f"    open_.__class__ = {cls.__name__}"
    yield f"    whole: {cls.__name__} = open_"
    yield "    return whole"


def imports(classes: list[type], others: Mapping[str, set[str]]) -> Iterator[str]:
    """Import the classes, the enums of their defaults, and others."""
    names = {module: set(imported) for module, imported in others.items()}
    for cls in classes:
        names.setdefault(cls.__module__, set()).add(cls.__name__)
        for spec in fields_of(cls):
            if isinstance(spec.default, StrEnum):
                names.setdefault(type(spec.default).__module__, set()).add(type(spec.default).__name__)
    for module, imported in sorted(names.items()):
        renamed = sorted(each for each in imported if " as " in each)
        for each in (*renamed, ", ".join(sorted(imported.difference(renamed)))):
            if each:
                yield f"from {module} import {each}"
