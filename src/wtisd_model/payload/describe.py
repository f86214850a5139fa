"""Describing the classes: the JSON Schema of each document, made from the declarations of its fields.

The published files are made of it (``python -m tests.payload.generate`` in a checkout), and the package reads those.
"""

import ast
import inspect
import json
from functools import cache
from itertools import pairwise
from pathlib import Path
from textwrap import dedent
from typing import Any

from wtisd_model.fields import FieldSpec, fields_of, form_of
from wtisd_model.model.documents import SCHEMA_VERSION, document_name, schema_name
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

Schema = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"
SCHEMAS = Path(__file__).parent / "schemas"


def describe(cls: type, *, submission: bool) -> Schema:
    """Make the JSON Schema (2020-12) of a document."""
    definitions: Schema = {}
    body = _object(cls, None, definitions, submission=submission)
    outermost = {
        "@type": {"const": document_name(cls)},
        "schemaVersion": {"const": SCHEMA_VERSION, "description": "Absent means 1."},
    }
    return {
        "$schema": DIALECT,
        "$id": f"urn:wtisd-model:schema:{SCHEMA_VERSION}:{schema_name(cls, submission=submission)}",
        "title": f"{document_name(cls)}{' as a stranger sends it' if submission else ''}",
        **body,
        "properties": {**outermost, **body["properties"]},
        "$defs": dict(sorted(definitions.items())),
    }


def _object(cls: type, text: Text | None, definitions: Schema, *, submission: bool = False) -> Schema:
    specs = [spec for spec in fields_of(cls) if not (submission and spec.office)]
    meant = meanings(form_of(cls))
    return {
        "description": first_line(cls.__doc__ or ""),
        "type": "object",
        "properties": {spec.key: _property(spec, meant[spec.name], text, definitions) for spec in specs},
        "required": [spec.key for spec in specs if spec.required],
        "additionalProperties": False,
    }


def _property(spec: FieldSpec, meaning: str, text: Text | None, definitions: Schema) -> Schema:
    return {"description": meaning, **_schema(spec.node, text, definitions)}


def _schema(node: Node, text: Text | None, definitions: Schema) -> Schema:
    match node:
        case Text():
            return _text(node if text is None else text)
        case Pattern():
            return _pattern(node)
        case OneOf():
            definitions[node.title] = {"enum": sorted(node.values)}
            return {"$ref": f"#/$defs/{node.title}"}
        case Choice():
            return {"enum": [member.value for member in node.members]}
        case Whole():
            return {"type": "integer", "minimum": node.minimum, "maximum": node.maximum}
        case Exact():
            return {"type": "string", "maxLength": node.longest, "pattern": node.pattern, "format": node.format}
        case Flag():
            return {"type": "boolean"}
        case Day():
            return {"type": "string", "maxLength": Day.longest, "pattern": Day.pattern, "format": "date"}
        case Moment():
            return {"type": "string", "maxLength": Moment.longest, "pattern": Moment.pattern, "format": "date-time"}
        case Nested():
            return _reference(node, definitions)
        case Items():
            return _array(node, text, definitions)
        case _:
            return _map(node, text)


def _text(node: Text) -> Schema:
    return {"type": "string", "maxLength": node.maximum, "pattern": node.pattern}


def _pattern(node: Pattern) -> Schema:
    schema: Schema = {"type": "string", "maxLength": node.maximum, "pattern": node.pattern}
    return schema if node.format is None else {**schema, "format": node.format}


def _array(node: Items, text: Text | None, definitions: Schema) -> Schema:
    schema: Schema = {"type": "array", "items": _schema(node.item, text, definitions), "maxItems": node.maximum}
    if node.minimum:
        schema["minItems"] = node.minimum
    if node.unique:
        schema["uniqueItems"] = True
    return schema


def _map(node: Entries, text: Text | None) -> Schema:
    return {
        "type": "object",
        "propertyNames": {"maxLength": node.key.maximum, "pattern": node.key.pattern},
        "additionalProperties": _text(node.value if text is None else text),
        "maxProperties": node.maximum,
    }


def _reference(node: Nested, definitions: Schema) -> Schema:
    name = node.cls.__name__
    if node.text is not None:
        name += f"{'-name' if node.text.name else ''}-{node.text.maximum}"
    if name not in definitions:
        definitions[name] = {}  # holds the place while the fields of the class are described
        definitions[name] = _object(node.cls, node.text, definitions)
    return {"$ref": f"#/$defs/{name}"}


@cache
def meanings(cls: type) -> dict[str, str]:
    """Read what each field of a class means: the string that stands below it in the source."""
    body = ast.parse(dedent(inspect.getsource(cls))).body[0]
    statements = body.body if isinstance(body, ast.ClassDef) else []
    found: dict[str, str] = {}
    for field, below in pairwise(statements):
        match field, below:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str() as meaning)):
                found[name] = " ".join(meaning.split())
            case _:
                pass
    return found


def first_line(text: str) -> str:
    """Give the first line of a docstring, which stands alone."""
    return text.strip().split("\n", 1)[0]


def as_file(schema: Schema) -> str:
    """Write a schema as its file has it."""
    return json.dumps(schema, indent=1, ensure_ascii=True) + "\n"
