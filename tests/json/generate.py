"""Writes the published schema files anew: ``python -m tests.json.generate``."""

from pathlib import Path

from wtisd_model.json.json_schema import SCHEMAS, as_file, describe
from wtisd_model.model.documents import schema_name, schema_variants


def write_schemas(folder: Path) -> None:
    """Write the file of every document that has a published schema."""
    for cls, submission in schema_variants():
        path = folder / f"{schema_name(cls, submission=submission)}.json"
        path.write_text(as_file(describe(cls, submission=submission)), encoding="utf-8")


if __name__ == "__main__":
    write_schemas(SCHEMAS)
