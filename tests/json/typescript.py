"""Writes the types of the JSON documents in TypeScript, from the schemas that `openapi_components` returns."""

import json
from textwrap import indent, wrap

from wtisd_model.json.json_schema import Schema
from wtisd_model.model.documents import SCHEMA_VERSION

WIDTH = 120
HEAD = f"""\
/**
 * The JSON documents of wtisd_model, version {SCHEMA_VERSION} of the format, and problem details about them.
 *
 * A document has the type of its class, such as Registration; the document of a sender is a RegistrationSubmission.
 * These types know neither lengths nor patterns: the JSON Schemas next to this file do.
 */
"""


def declarations(components: dict[str, Schema]) -> str:
    """Return a module of TypeScript that exports a type for each schema."""
    written = (_declaration(name, schema, components.get(f"Embedded{name}")) for name, schema in components.items())
    return "\n".join([HEAD, *written])


def _declaration(name: str, schema: Schema, embedded: Schema | None) -> str:
    """Return the type of a component; that of a document extends the *embedded* one by the members of the envelope."""
    match schema:
        case {"enum": list(values)}:
            line = f"export type {name} = {' | '.join(map(json.dumps, values))};"
            body = "\n".join(wrap(line, WIDTH, subsequent_indent="  ", break_on_hyphens=False)) + "\n"
        case {"properties": dict(fields), "required": list(required)}:
            base = ""
            if embedded and embedded["properties"].items() <= fields.items() and embedded["required"] == required:
                base = f" extends Embedded{name}"
                fields = {key: fields[key] for key in fields if key not in embedded["properties"]}
            members = "".join(_field(*each, required) for each in fields.items())
            body = f"export interface {name}{base} {{\n{members}}}\n"
        case _:
            raise ValueError(f"neither an enum nor an object: {name}")
    return _comment(schema) + body


def _field(key: str, schema: Schema, required: list[str]) -> str:
    name = key if key.isidentifier() else json.dumps(key)
    line = f"{name}{'' if key in required else '?'}: {_type(schema)};\n"
    return indent(_comment(schema) + line, "  ")


def _comment(schema: Schema) -> str:
    """Return the description of a schema as a comment that ends where it should."""
    text = schema.get("description", "").replace("*/", "*\\/")
    if not text:
        return ""
    if len(text) <= WIDTH - len("  /**  */"):
        return f"/** {text} */\n"
    lines = wrap(text, WIDTH - len("   * "))
    return "/**\n" + indent("\n".join(lines), " * ") + "\n */\n"


def _type(schema: Schema) -> str:
    match schema:
        case {"$ref": str() as reference}:
            return reference.rpartition("/")[2]
        case {"allOf": [inner], "required": list(required)}:
            keys = " | ".join(map(json.dumps, required))
            return f"{_type(inner)} & Required<Pick<{_type(inner)}, {keys}>>"
        case {"allOf": [inner]}:
            return _type(inner)
        case {"anyOf": list(choices)}:
            return " | ".join(map(_type, choices))
        case {"enum": list(values)}:
            return " | ".join(map(json.dumps, values))
        case {"const": value}:
            return json.dumps(value)
        case {"type": "array", "items": item}:
            inner = _type(item)
            return f"({inner})[]" if " " in inner else f"{inner}[]"
        case {"type": "object", "additionalProperties": dict(values)}:
            return f"Record<string, {_type(values)}>"
        case {"type": "string"}:
            return "string"
        case {"type": "boolean"}:
            return "boolean"
        case {"type": "integer"}:
            return "number"
        case _ if not schema.keys() - {"description"}:
            return "unknown"
        case _:
            raise ValueError(f"no type for {schema}")
