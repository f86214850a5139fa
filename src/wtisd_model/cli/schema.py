"""`schema`: the published JSON Schemas."""

from collections.abc import Iterator
from pathlib import Path

import click

from wtisd_model.cli.parameters import KIND, KINDS, OUTPUT, require_submission
from wtisd_model.cli.streams import make_folder, say, shown, write, write_file
from wtisd_model.json.json_schema import as_file
from wtisd_model.json.schema_files import json_schema
from wtisd_model.model.documents import published, schema_name


@click.command("schema", short_help="Write JSON Schemas.")
@click.argument("kind", metavar="[TYPE]", type=KIND, required=False, help=f"One of {', '.join(KINDS)}.")
@click.option("--submission", is_flag=True, help="As a stranger sends it, without what the office sets.")
@click.option("--out", type=OUTPUT, metavar="DIR", help="Write all schemas into this folder, in place of older ones.")
def write_schema(*, kind: str | None, submission: bool, out: Path | None) -> None:
    """Write the JSON Schema (2020-12) of a type, or with --out all of them."""
    if out is not None:
        if kind is not None or submission:
            raise click.UsageError("--out writes all schemas, those of submissions too; give it alone.")
        make_folder(out)
        replaced = [write_file(out / name, content) for name, content in schema_files()]
        older = f"; {sum(replaced)} of them replaced older ones" if any(replaced) else ""
        say(f"Wrote {len(replaced)} files into {shown(str(out))}{older}.")
        return
    if kind is None:
        raise click.UsageError("Give a TYPE, or --out DIR for all of them.")
    cls = KINDS[kind]
    if submission:
        require_submission(cls)
    write(_content(cls, submission=submission))


def schema_files() -> Iterator[tuple[str, bytes]]:
    """Give the name and the content of each schema file."""
    for cls, submission in published():
        yield f"{schema_name(cls, submission=submission)}.json", _content(cls, submission=submission)


def _content(cls: type, *, submission: bool) -> bytes:
    return as_file(json_schema(cls, submission=submission)).encode()
