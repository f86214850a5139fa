"""The JSON Schema of each document, derived from the declarations of its fields.

``python -m tests.json.generate`` writes the published files in a checkout; the package itself only reads these files.
"""

import ast
import inspect
import json
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from textwrap import dedent
from typing import Any

from wtisd_model.model.documents import DOCUMENTS, SCHEMA_VERSION, document_name, schema_name
from wtisd_model.schema.constraints import (
    Boolean,
    CodeList,
    Constraint,
    Date,
    DecimalNumber,
    Enumeration,
    Integer,
    Items,
    Leaf,
    Map,
    Nested,
    Pattern,
    Text,
    Timestamp,
)
from wtisd_model.schema.fields import FieldSpec, fields_of, json_form_of
from wtisd_model.schema.json_values import AnyJson, AnyOf

Schema = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"
SCHEMAS = Path(__file__).parent / "schemas"


def describe(cls: type, *, submission: bool) -> Schema:
    """Return the JSON Schema (2020-12) of a document.

    A definition of a name is the same in every schema that has it, so that all of them fit into one description of a
    web service. The title of a schema is such a name too.
    """
    definitions: Schema = {}
    name = f"{document_name(cls)}Submission" if submission else document_name(cls)
    body = _object(name, cls, None, definitions, submission=submission)
    outermost = {
        "@type": {"const": document_name(cls)},
        "schemaVersion": {"const": SCHEMA_VERSION, "description": "Absent means 1."},
        "$schema": {"type": "string", "description": "The address of this schema, for editors; it is ignored."},
    }
    return {
        "$schema": DIALECT,
        "$id": f"urn:wtisd-model:schema:{SCHEMA_VERSION}:{schema_name(cls, submission=submission)}",
        **body,
        "properties": {**outermost, **body["properties"]},
        "$defs": dict(sorted(definitions.items())),
    }


def _object(name: str, cls: type, text: Text | None, definitions: Schema, *, submission: bool) -> Schema:
    specs = [spec for spec in fields_of(cls) if not (submission and spec.office)]
    meant = meanings(json_form_of(cls))
    return {
        "title": name,
        "description": first_line(cls.__doc__ or ""),
        "type": "object",
        "properties": {
            spec.key: {
                "description": meant[spec.name].replace("None", "absent"),  # null is never allowed
                **_property(spec, text, definitions, submission=submission),
            }
            for spec in specs
        },
        "required": [spec.key for spec in specs if spec.required or (submission and spec.submitted is not None)],
        "additionalProperties": False,
    }


def _property(spec: FieldSpec, text: Text | None, definitions: Schema, *, submission: bool) -> Schema:
    schema = value_schema(spec.constraint, text, definitions, submission=submission)
    required = (submission and spec.submitted) or ()
    if "$ref" in schema:
        # Generators of code take a reference with a description beside it for another type, and name it TimeSlot1.
        schema = {"allOf": [schema]}
    return {**schema, "type": "object", "required": list(required)} if required else schema


def value_schema(constraint: Constraint, text: Text | None, definitions: Schema, *, submission: bool) -> Schema:
    """Return the schema of the values of a constraint, whose free texts may be narrowed to *text*."""
    match constraint:
        case Nested():
            return _reference(constraint, definitions, submission=submission)
        case Items():
            return _array(constraint, text, definitions, submission=submission)
        case Map():
            return _map(constraint, text, definitions, submission=submission)
        case AnyOf(kinds=kinds):
            return {"anyOf": [value_schema(each, None, definitions, submission=submission) for each in kinds.values()]}
        case AnyJson():
            return {}
        case _:
            return _leaf(constraint, text, definitions)


def _leaf(constraint: Leaf, text: Text | None, definitions: Schema) -> Schema:
    match constraint:
        case Text():
            allowed = constraint if text is None else text
            return _string(allowed.maximum, allowed.pattern)
        case Pattern():
            return _string(constraint.maximum, constraint.pattern, constraint.format)
        case CodeList():
            words = {"title": constraint.title, "type": "string", "enum": sorted(constraint.values)}
            return _definition(constraint.title, words, definitions)
        case Enumeration(members=members):
            words = {
                "title": members.__name__,
                "description": first_line(members.__doc__ or ""),
                "type": "string",
                "enum": [member.value for member in members],
            }
            return _definition(members.__name__, words, definitions)
        case Integer():
            return {"type": "integer", "minimum": constraint.minimum, "maximum": constraint.maximum}
        case DecimalNumber():
            return _string(constraint.longest, constraint.pattern)
        case Boolean():
            return {"type": "boolean"}
        case Date():
            return _string(Date.longest, Date.pattern, "date")
        case _:
            return _string(Timestamp.longest, Timestamp.pattern, "date-time")


def _string(longest: int, pattern: str, format_: str | None = None) -> Schema:
    schema: Schema = {"type": "string", "maxLength": longest, "pattern": pattern}
    return schema if format_ is None else {**schema, "format": format_}


def _definition(name: str, schema: Schema, definitions: Schema) -> Schema:
    definitions[name] = schema
    return {"$ref": f"#/$defs/{name}"}


def _array(constraint: Items, text: Text | None, definitions: Schema, *, submission: bool) -> Schema:
    schema: Schema = {
        "type": "array",
        "items": value_schema(constraint.item, text, definitions, submission=submission),
        "maxItems": constraint.maximum,
    }
    if constraint.minimum:
        schema["minItems"] = constraint.minimum
    if constraint.unique:
        schema["uniqueItems"] = True
    return schema


def _map(constraint: Map, text: Text | None, definitions: Schema, *, submission: bool) -> Schema:
    return {
        "type": "object",
        "propertyNames": {"maxLength": constraint.key.maximum, "pattern": constraint.key.pattern},
        "additionalProperties": value_schema(constraint.value, text, definitions, submission=submission),
        "maxProperties": constraint.maximum,
    }


def _reference(constraint: Nested, definitions: Schema, *, submission: bool) -> Schema:
    name = _name(constraint, submission=submission)
    if name not in definitions:
        definitions[name] = {}  # a placeholder, in case the class refers to itself
        definitions[name] = _object(name, constraint.cls, constraint.text, definitions, submission=submission)
    return {"$ref": f"#/$defs/{name}"}


def _name(constraint: Nested, *, submission: bool) -> str:
    """Return the name of the definition of an object inside a document."""
    cls, text = constraint.cls, constraint.text
    if text is not None and not text.lines:
        return cls.__name__.replace("Text", "Name" if text.name else "Line")
    if cls in DOCUMENTS:  # without the members that only a whole document has
        return f"Embedded{cls.__name__}"
    differs = submission and any(spec.office for each in reached_classes([cls]) for spec in fields_of(each))
    return f"{cls.__name__}Submission" if differs else cls.__name__


def reached_classes(classes: Iterable[type]) -> set[type]:
    """Return *classes* and all classes that their fields contain, directly or indirectly."""
    found: set[type] = set()
    ahead = list(classes)
    while ahead:
        cls = ahead.pop()
        if cls not in found:
            found.add(cls)
            ahead += [
                constraint.cls
                for spec in fields_of(cls)
                for constraint in _within(spec.constraint)
                if isinstance(constraint, Nested)
            ]
    return found


def _within(constraint: Constraint) -> Iterator[Constraint]:
    yield constraint
    if isinstance(constraint, Items):
        yield from _within(constraint.item)


@cache
def meanings(cls: type) -> dict[str, str]:
    """Return the meaning of each field of a class: the string below it in the source."""
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
    """Return the first line of a docstring."""
    return text.strip().split("\n", 1)[0]


def as_file(schema: Schema) -> str:
    """Return a schema as text, in the format of its file."""
    return json.dumps(schema, indent=1, ensure_ascii=True) + "\n"
