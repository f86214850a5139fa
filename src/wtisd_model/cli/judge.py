"""`validate` and `check`: what is wrong with documents, and what the rules say of a dossier."""

import os
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Final, NamedTuple

import click

from wtisd_model.cli.documents import fetch, load, load_sound
from wtisd_model.cli.judging import Document, Orders, Task, Told
from wtisd_model.cli.line_files import ENDINGS, is_lines, may_be_lines
from wtisd_model.cli.lines import Plan, judge_lines
from wtisd_model.cli.parameters import FILE, KIND, KINDS, MOMENT, OUTPUT, present, require_apart
from wtisd_model.cli.report import deliver, report
from wtisd_model.cli.streams import CannotError, Incoming, say, shown
from wtisd_model.cli.workers import Crew
from wtisd_model.json.encoder import to_json
from wtisd_model.json.outcome import Outcome
from wtisd_model.model.dossier import Dossier
from wtisd_model.rules.check import check

_MOST_JOBS: Final = 64
_JSON_HELP = "Write one JSON object for each document."


@click.command("validate", short_help="Say all that is wrong with documents.")
@click.argument(
    "files",
    metavar="FILE...",
    nargs=-1,
    required=True,
    type=FILE,
    help=f"JSON documents, or JSON Lines where the name ends with {', '.join(ENDINGS)}; - is standard input.",
)
@click.option(
    "--as", "kind", type=KIND, metavar="TYPE", help=f"What they are, where no @type says it: {', '.join(KINDS)}."
)
@click.option("--submission", is_flag=True, help="They come from strangers, who may not set what the office sets.")
@click.option("--dossier", type=FILE, metavar="FILE", help="Judge them beside this dossier.")
@click.option(
    "--now",
    type=MOMENT,
    metavar="MOMENT",
    help="When a submission came in, or when a dossier's rules judge (the present moment); for a dossier as a"
    " document, judge it by the rules too.",
)
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object for each document or line.")
@click.option(
    "--jobs",
    type=click.IntRange(1, _MOST_JOBS),
    default=1,
    show_default=True,
    metavar="N",
    help="Judge with so many processes.",
)
@click.option("--lines", is_flag=True, help="Each FILE is JSON Lines, a document in each line, whatever its name.")
@click.option(
    "--rejects", type=OUTPUT, metavar="FILE", help="Write the lines that are refused into this file, as they came."
)
@click.option(
    "--report",
    "told",
    type=OUTPUT,
    metavar="FILE",
    help="Write what is found into this file, one JSON object for each line.",
)
@click.option("--max-errors", type=click.IntRange(min=1), metavar="N", help="Stop after so many refused lines.")
@click.option(
    "--from-line",
    type=click.IntRange(min=1),
    metavar="N",
    help="Go on at this line; --rejects and --report then write behind what is there.",
)
@click.pass_context
def validate_files(
    ctx: click.Context,
    /,
    *,
    files: tuple[str, ...],
    kind: str | None,
    submission: bool,
    dossier: str | None,
    now: datetime | None,
    as_json: bool,
    jobs: int,
    lines: bool,
    rejects: Path | None,
    told: Path | None,
    max_errors: int | None,
    from_line: int | None,
) -> None:
    """Say all that is wrong with documents, and how to mend it.

    Of JSON Lines, the lines in which something is found are told, and a summary.

    Ends with 0 where no document has an error, with 1 where one has, with 3 where one cannot be read.
    """
    _require_one_file_of_lines(
        files,
        {"--rejects": rejects, "--report": told, "--max-errors": max_errors, "--from-line": from_line},
        lines=lines,
    )
    require_apart([*files, *([] if dossier is None else [dossier])], {"--rejects": rejects, "--report": told})
    clock = now is None and (submission or dossier is not None)
    moment = present() if clock else now
    orders = Orders(
        submission=submission,
        now=moment,
        dossier=None if dossier is None else to_json(load_sound(dossier, "dossier")),
        as_json=as_json,
        silent=told is not None,
        report=told is not None,
        rejects=rejects is not None,
    )
    plan = Plan(
        kind=kind,
        rejects=rejects,
        report=told,
        resumed_at=from_line,
        most_refused=max_errors,
        again=f" --now {moment.isoformat().replace('+00:00', 'Z')}" if clock and moment is not None else "",
    )
    worst = 0
    with Crew(orders, jobs) as crew:
        for of_lines, group in groupby(files, key=lambda file: lines or is_lines(file)):
            names = tuple(group)
            ends = _lines(names, plan, orders, crew) if of_lines else _documents(names, kind, orders, crew)
            worst = max(worst, *ends)
    ctx.exit(worst)


def _require_one_file_of_lines(files: tuple[str, ...], given: dict[str, object], *, lines: bool) -> None:
    """Refuse what is meant for one file of JSON Lines where there is none, or another one."""
    for option, value in given.items():
        if value is not None and (len(files) != 1 or not (lines or is_lines(files[0]))):
            raise click.UsageError(f"{option} goes with one file of JSON Lines: name a .jsonl file, or say --lines.")


def _lines(files: Iterable[str], plan: Plan, orders: Orders, crew: Crew) -> Iterator[int]:
    """Judge files of JSON Lines, and give the code of each."""
    for file in files:
        try:
            incoming = Incoming(file)
        except CannotError as error:
            # The other files are looked at all the same.
            say(f"Error: {error.message}")
            yield error.exit_code
            continue
        with incoming:
            yield judge_lines(incoming, plan, orders, crew)


def _documents(files: Iterable[str], kind: str | None, orders: Orders, crew: Crew) -> Iterator[int]:
    """Judge documents, and give the code of each."""
    for (error, advice), told in crew.in_order(_tasks(files, kind)):
        if told.mistake is not None:
            raise click.UsageError(told.mistake)
        if error is not None:
            say(f"Error: {error.message}")
            yield error.exit_code
            continue
        deliver(told.text, as_json=orders.as_json)
        if advice is not None:
            say(advice)
        yield min(told.refused, 1)


class _Beside(NamedTuple):
    """What is said of a file beside what is told of the document in it."""

    error: CannotError | None = None
    advice: str | None = None


def _tasks(files: Iterable[str], kind: str | None) -> Iterator[tuple[_Beside, Task | Told]]:
    for file in files:
        try:
            raw = fetch(file, kind)
        except CannotError as error:
            # Said when its turn comes; the other documents are looked at all the same.
            failure = error
        else:
            advice = f"{shown(file)}: if it is JSON Lines, say --lines." if may_be_lines(raw) else None
            yield _Beside(advice=advice), Document(file=os.fsencode(file), kind=kind, raw=raw)
            continue
        yield _Beside(error=failure), Told()


@click.command("check", short_help="Say what the rules find in a dossier.")
@click.argument("file", metavar="DOSSIER", type=FILE, help="A dossier in JSON; - is standard input.")
@click.option("--now", type=MOMENT, metavar="MOMENT", help="When the rules are to judge; otherwise the present moment.")
@click.option("--json", "as_json", is_flag=True, help=_JSON_HELP)
@click.pass_context
def check_dossier(ctx: click.Context, /, *, file: str, now: datetime | None, as_json: bool) -> None:
    """Say what the rules find in a dossier: clashes, seats, deadlines, waitlists.

    Ends with 0 where no error is found, warnings or not, and with 1 where one is.
    """
    outcome = load(file, "dossier")
    if isinstance(outcome.value, Dossier):
        outcome = Outcome(value=outcome.value, findings=check(outcome.value, now=now or present()))
    report(file, outcome, as_json=as_json)
    ctx.exit(0 if outcome.ok else 1)
