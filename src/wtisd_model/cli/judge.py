"""`validate` and `check`: what is wrong with documents, and what the rules say of a dossier."""

from datetime import datetime
from typing import Any

import click

from wtisd_model.cli.documents import load
from wtisd_model.cli.parameters import FILE, KIND, KINDS, MOMENT, present
from wtisd_model.cli.report import report
from wtisd_model.cli.streams import CannotError, say
from wtisd_model.model.dossier import Dossier
from wtisd_model.payload.validator import Outcome
from wtisd_model.rules.check import check

_JSON_HELP = "Write one JSON object for each document."


@click.command("validate", short_help="Say all that is wrong with documents.")
@click.argument(
    "files", metavar="FILE...", nargs=-1, required=True, type=FILE, help="JSON documents; - is standard input."
)
@click.option(
    "--as", "kind", type=KIND, metavar="TYPE", help=f"What they are, where no @type says it: {', '.join(KINDS)}."
)
@click.option("--submission", is_flag=True, help="They come from strangers, who may not set what the office sets.")
@click.option(
    "--now",
    type=MOMENT,
    metavar="MOMENT",
    help="When a submission came in (the present moment); for a dossier, judge it by the rules too.",
)
@click.option("--json", "as_json", is_flag=True, help=_JSON_HELP)
@click.pass_context
def validate_files(
    ctx: click.Context,
    /,
    *,
    files: tuple[str, ...],
    kind: str | None,
    submission: bool,
    now: datetime | None,
    as_json: bool,
) -> None:
    """Say all that is wrong with documents, and how to mend it.

    Ends with 0 where no document has an error, with 1 where one has, with 3 where one cannot be read.
    """
    moment = present() if submission and now is None else now
    worst = 0
    for file in files:
        outcome = _readable(file, kind, submission=submission, now=moment)
        if outcome is None:
            worst = CannotError.exit_code
        else:
            report(file, outcome, as_json=as_json)
            worst = max(worst, 0 if outcome.ok else 1)
    ctx.exit(worst)


def _readable(file: str, kind: str | None, *, submission: bool, now: datetime | None) -> Outcome[Any] | None:
    try:
        return load(file, kind, submission=submission, now=now)
    except CannotError as error:
        # The other documents are looked at all the same.
        say(f"Error: {error.message}")
        return None


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
