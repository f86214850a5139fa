"""`validate`, `check` and `schema`: the errors in documents, the findings of rules in a dossier, and JSON Schemas."""

from collections.abc import Iterator
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import click
from attrs import evolve

from wtisd_model.cli import console, jsonl, loading, params, report
from wtisd_model.json.json_schema import as_file
from wtisd_model.json.outcome import Outcome
from wtisd_model.json.schema_files import json_schema
from wtisd_model.locales import finding_texts_for
from wtisd_model.model.documents import schema_name, schema_variants
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.event import Event
from wtisd_model.model.roster import Roster
from wtisd_model.rules.check import check, default_rules

_REPORT_OPTIONS: Final = params.with_options(
    click.option("--json", "as_json", is_flag=True, help="Write a JSON object for each document or line."),
    params.FINDINGS_LANGUAGE,
    params.LANGUAGE_FOLDERS,
)
"""The options of how findings are written."""


@params.command("validate")
@params.files(
    metavar="FILE...",
    meaning=f"JSON documents, or JSON Lines if the name ends with {', '.join(jsonl.ENDINGS)}; - is standard input.",
)
@params.KIND_OPTION
@click.option("--submission", is_flag=True, help="They come from outside, and must not set the fields of the office.")
@click.option(
    "--dossier", "dossier_file", type=params.FILE, metavar="FILE", help="Validate them against this dossier too."
)
@click.option(
    "--now",
    type=params.moment,
    metavar="MOMENT",
    help="When a submission came in, or when it is validated against a dossier (default: the present moment); a"
    " dossier is checked by the rules if this is given, or --rules.",
)
@params.RULES
@_REPORT_OPTIONS
@params.LINES
@click.option("--rejects", type=params.OUTPUT, metavar="FILE", help="Write the refused lines to this file, unchanged.")
@click.pass_context
def validate_files(
    ctx: click.Context,
    /,
    *,
    files: tuple[str, ...],
    kind: str | None,
    dossier_file: str | None,
    lines: bool,
    now: datetime | None,
    rules: tuple[str, ...],
    **given: Any,
) -> None:
    """Report all errors in documents, and how to correct them.

    For JSON Lines, the lines with findings are reported, then a summary.

    Exit codes: 0 no errors, 1 errors, 2 usage error, a document without a type or a rule of your own that fails, 3 a
    document cannot be read.
    """
    if given["rejects"] is not None and (len(files) != 1 or not (lines or jsonl.is_lines(files[0]))):
        raise click.UsageError("--rejects needs exactly one file of JSON Lines: a .jsonl file, or use --lines.")
    params.require_apart([*files, *filter(None, [dossier_file])], rejects=given["rejects"])
    needs_now = given["submission"] or dossier_file is not None or rules
    options = jsonl.ValidateOptions(
        now=params.current_time() if now is None and needs_now else now,
        dossier=None if dossier_file is None else loading.load(dossier_file, "dossier", language=given["language"]),
        rules=[*map(loading.own_rule, rules)],
        **given,
    )
    words = finding_texts_for(options.language).report
    worst = 0
    for file in files:
        try:
            if lines or jsonl.is_lines(file):
                with console.InputFile(file) as opened:
                    code = jsonl.validate_file(opened, kind, options)
            else:
                raw = loading.read_document(file)
                outcome = loading.validate_document(raw, file, kind, **options.of_validator)
                code = _write_outcome(outcome, file, raw, options.language, as_json=options.as_json)
                if loading.may_be_submission(outcome):
                    console.say(report.hint(file, words.submission, options.language))
                if loading.may_be_lines(raw):
                    console.say(report.hint(file, words.json_lines, options.language))
        except (console.UnreadableError, loading.UntypedError) as error:
            # The other files are still validated.
            console.say(f"Error: {error.message}")
            code = error.exit_code
        worst = max(worst, code)
    ctx.exit(worst)


def _write_outcome(outcome: Outcome[Any], file: str, raw: bytes, language: str, *, as_json: bool) -> int:
    console.write_text(report.formatted(outcome, file, raw, language, as_json=as_json))
    return 0 if outcome.ok else 1


@params.command("check")
@params.EVENT
@click.option(
    "--now", type=params.moment, metavar="MOMENT", help="The moment of the check (default: the present moment)."
)
@params.RULES
@_REPORT_OPTIONS
@click.pass_context
def check_dossier(
    ctx: click.Context, /, *, file: str, now: datetime | None, rules: tuple[str, ...], as_json: bool, language: str
) -> None:
    """Check an event or a dossier by the rules: conflicts, seats, deadlines, waitlists.

    Exit codes: 0 no errors, warnings or not; 1 errors; 2 usage error or a rule of your own that fails.
    """
    own = [*map(loading.own_rule, rules)]
    raw = loading.read_document(file)
    try:
        outcome = loading.validate_document(raw, file, None, among=(Event, Dossier))
    except loading.UntypedError:
        outcome = loading.validate_document(raw, file, "dossier")
    if outcome.value is None and loading.stated_type(raw) is Roster:
        raise click.UsageError(
            f"A roster is checked with its dossiers: roster DOSSIER --check {console.name_of(file)}."
        )
    if outcome.value is not None:
        is_event = isinstance(outcome.value, Event)
        dossier = Dossier(event=outcome.value) if is_event else outcome.value
        found = check(dossier, now=now or params.current_time(), rules=(*default_rules(), *own))
        if is_event:
            found = tuple(evolve(each, path=each.path.removeprefix("/event")) for each in found)
        outcome = Outcome(value=outcome.value, findings=found)
    ctx.exit(_write_outcome(outcome, file, raw, language, as_json=as_json))


@params.command("schema")
@params.argument(
    "kind", metavar="[TYPE]", type=params.KIND, required=False, meaning=f"One of {', '.join(params.KINDS)}."
)
@click.option("--submission", is_flag=True, help="The schema for submissions, without what the office sets.")
@click.option(
    "--out", type=params.OUTPUT, metavar="DIR", help="Write all schemas to this folder, and replace older ones."
)
def write_schema(*, kind: str | None, submission: bool, out: Path | None) -> None:
    """Write the JSON Schema (2020-12) of a type, or with --out all of them and their types in TypeScript."""
    if out is not None:
        if kind is not None or submission:
            raise click.UsageError("--out writes all schemas, also those for submissions; use it alone.")
        console.make_folder(out)
        replaced = [console.write_file(out / name, content) for name, content in schema_files()]
        console.say(
            f"Wrote {len(replaced)} files into {console.name_of(str(out))}{console.replaced_note(sum(replaced))}."
        )
    elif kind is None:
        raise click.UsageError("Name a TYPE, or use --out DIR for all of them.")
    else:
        if submission:
            loading.require_submission(params.KINDS[kind], "--submission")
        console.write(as_file(json_schema(params.KINDS[kind], submission=submission)).encode())


def schema_files() -> Iterator[tuple[str, bytes]]:
    """Yield the name and the content of each schema file, and of their types in TypeScript."""
    for cls, submission in schema_variants():
        name = schema_name(cls, submission=submission)
        yield f"{name}.json", as_file(json_schema(cls, submission=submission)).encode()
    types = files("wtisd_model.json").joinpath("schemas", "wtisd-model.d.ts")
    yield types.name, types.read_bytes()
