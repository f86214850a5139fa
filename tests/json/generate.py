"""Writes the published schemas and their types in TypeScript anew: ``python -m tests.json.generate``."""

from pathlib import Path

from tests.json.typescript import declarations
from wtisd_model import openapi_components
from wtisd_model.json.json_schema import SCHEMAS, as_file, describe
from wtisd_model.model.documents import schema_name, schema_variants

TYPES = "wtisd-model.d.ts"


def write_schemas(folder: Path) -> None:
    """Write the file of every document that has a published schema, and the types in TypeScript."""
    for cls, submission in schema_variants():
        path = folder / f"{schema_name(cls, submission=submission)}.json"
        path.write_text(as_file(describe(cls, submission=submission)), encoding="utf-8")
    (folder / TYPES).write_text(declarations(openapi_components()), encoding="utf-8")


if __name__ == "__main__":
    write_schemas(SCHEMAS)
