"""The shapes that msgspec checks in C: one struct for each class, made of the declarations of its fields.

A struct says of each field its type, its longest text, its members and its bounds, and that no other key is known. It
holds what JSON holds: enums aside, texts stay texts. Every field may be absent, as None, so that a struct has the
declared order and can be written; what is required, what a pattern says and what takes several fields is for
`wtisd_model.payload.building`.
"""

from functools import cache
from types import GenericAlias
from typing import Annotated, Any, Literal

from msgspec import Meta, defstruct

from wtisd_model.fields import FieldSpec, fields_of
from wtisd_model.model.documents import SCHEMA_VERSION, document_name
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


@cache
def struct_of(cls: type) -> Any:
    """Make the struct of a class, whose fields are those of the class in declared order."""
    return defstruct(
        f"{cls.__name__}Struct",
        [_field(spec) for spec in fields_of(cls)],
        forbid_unknown_fields=True,
        omit_defaults=True,
        gc=False,  # texts, tuples and other structs: there are no cycles for the collector to find
        rename={spec.name: spec.key for spec in fields_of(cls)},
    )


@cache
def document_struct_of(cls: type) -> Any:
    """Make the struct of a document, which may say what it is and in which version of the format."""
    version: Any = Literal[SCHEMA_VERSION]
    name: Any = Literal[document_name(cls)]
    return defstruct(
        f"{cls.__name__}Document",
        [("type_", name, None), ("schema_version", version, None)],
        bases=(struct_of(cls),),
        gc=False,
        rename={"type_": "@type", "schema_version": "schemaVersion"},
    )


@cache
def written_struct_of(cls: type) -> Any:
    """Make the struct that a document is written as: what it is, the version of the format, then its fields."""
    return defstruct(
        f"{cls.__name__}Written",
        [("schema_version", int), *map(_field, fields_of(cls))],
        omit_defaults=True,
        gc=False,
        tag_field="@type",
        tag=document_name(cls),
        rename={"schema_version": "schemaVersion", **{spec.name: spec.key for spec in fields_of(cls)}},
    )


@cache
def deepest(cls: type) -> int:
    """Count how deep objects and arrays stand in one another in a document of a class, itself included."""
    return 1 + max((_deepest(spec.node) for spec in fields_of(cls)), default=0)


def _deepest(node: Node) -> int:
    match node:
        case Nested():
            return deepest(node.cls)
        case Items():
            return 1 + _deepest(node.item)
        case Entries():
            return 1
        case _:
            return 0


def _field(spec: FieldSpec) -> tuple[str, Any, None]:
    return spec.name, _type(spec.node), None


def _type(node: Node) -> Any:
    match node:
        case Nested():
            return struct_of(node.cls)
        case Items():
            inner = (_type(node.item), ...) if node.container is tuple else _type(node.item)
            several: Any = GenericAlias(node.container, inner)
            return Annotated[several, Meta(min_length=node.minimum, max_length=node.maximum)]
        case Entries():
            by_key: Any = GenericAlias(dict, (_type(node.key), _type(node.value)))
            return Annotated[by_key, Meta(max_length=node.maximum)]
        case Choice():
            return node.members
        case Flag():
            return bool
        case Whole():
            return Annotated[int, Meta(ge=node.minimum, le=node.maximum)]
        case _:
            return Annotated[str, Meta(max_length=longest(node))]


def longest(node: Text | Pattern | OneOf | Exact | Day | Moment) -> int:
    """Count the characters that the longest text of a node has in JSON."""
    match node:
        case Text() | Pattern():
            return node.maximum
        case OneOf():
            return max(map(len, node.values))
        case _:
            return node.longest
