"""Writes the published schemas and their types in TypeScript anew: ``python -m tests.json.generate``."""

import json
from pathlib import Path
from typing import Any

from tests.json.typescript import declarations
from wtisd_model import openapi_components
from wtisd_model.json.json_schema import SCHEMAS, describe
from wtisd_model.model.documents import schema_name, schema_variants

TYPES = "wtisd-model.d.ts"


def write_schemas(folder: Path) -> None:
    """Write the file of all schemas, which has each definition once and in a line of its own, and the types."""
    documents: dict[str, Any] = {}
    definitions: dict[str, Any] = {}
    for cls, submission in schema_variants():
        schema = describe(cls, submission=submission)
        definitions |= schema.pop("$defs")
        documents[schema_name(cls, submission=submission)] = schema
    parts = {"documents": documents, "definitions": dict(sorted(definitions.items()))}
    texts = [f'"{name}": {{\n{_lines(schemas)}\n}}' for name, schemas in parts.items()]
    (folder / "schemas.json").write_text("{" + ",\n".join(texts) + "}\n", encoding="utf-8")
    (folder / TYPES).write_text(declarations(openapi_components()), encoding="utf-8")


def _lines(schemas: dict[str, Any]) -> str:
    return ",\n".join(f'"{name}": {json.dumps(schema, separators=(",", ":"))}' for name, schema in schemas.items())


if __name__ == "__main__":
    write_schemas(SCHEMAS)
