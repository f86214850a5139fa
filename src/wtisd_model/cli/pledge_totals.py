"""`pledges`: how many there are, and how much they promise."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Final

import click

from wtisd_model.cli import console, jsonl, loading, params, report
from wtisd_model.codes import Code
from wtisd_model.columns.csv import to_csv
from wtisd_model.errors import InvalidValueError
from wtisd_model.json.outcome import Outcome
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.pledge import Pledge
from wtisd_model.planning.totals import Dimension, Total, Totals, totals

_DIMENSIONS: Final = tuple(dimension.value for dimension in Dimension)


@params.command("pledges")
@params.argument(
    "file",
    metavar="FILE",
    type=params.FILE,
    meaning=f"Pledges as JSON Lines, if the name ends with {', '.join(jsonl.ENDINGS)}, or a dossier;"
    " - is standard input.",
)
@click.option(
    "--by",
    type=click.Choice(_DIMENSIONS),
    metavar="WORD",
    required=True,
    help=f"What pledges in one row have in common: {', '.join(_DIMENSIONS)}.",
)
@click.option("--on", type=params.day, metavar="DATE", help="The day that counts, in UTC (default: today).")
@click.option("--as-last-known", is_flag=True, help="By group, count countries that may have left as members.")
@params.LINES
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object.")
@click.option("--csv", "as_csv", is_flag=True, help="Write CSV, with a column for each currency.")
def total_pledges(
    *, file: str, by: str, on: date | None, as_last_known: bool, lines: bool, as_json: bool, as_csv: bool
) -> None:
    """Count pledges, and add up their amounts, by what they have in common.

    A pledge counts once in each row that it belongs to, and once in the total. Pledges count if they were submitted,
    published, in progress, suspended or completed at the end of the day. Currencies are not added together.

    Exit code 1 means that a pledge has errors; then there are no totals.
    """
    params.require_one_form(as_json=as_json, as_csv=as_csv)
    on = params.current_time().date() if on is None else on
    try:
        if lines or jsonl.is_lines(file):
            with console.InputFile(file) as opened:
                sums = totals(_pledges(opened), by=by, on=on, as_last_known=as_last_known)
        else:
            document: Dossier | Pledge = loading.load(file, None, among=(Dossier, Pledge))
            pledges = document.pledges if isinstance(document, Dossier) else (document,)
            sums = totals(pledges, by=by, on=on, as_last_known=as_last_known)
    except InvalidValueError as error:
        (refusal,) = error.findings
        if refusal.code == Code.GROUP_MEMBER_DOUBTFUL:
            raise report.option_error(error) from None
        if refusal.path != "/on":
            raise report.DocumentError.of(file, Outcome[None](findings=error.findings)) from None
        raise click.UsageError(f"{error} Use --on {refusal.params['minimum']}, for example.") from None
    if as_json:
        console.write(f"{json.dumps(totals_object(sums))}\n".encode())
    elif as_csv:
        for chunk in to_csv(Total, sums.rows):
            console.write(chunk)
    else:
        console.write_text(totals_text(sums))


def _pledges(file: console.InputFile) -> Iterator[Pledge]:
    """Yield the pledges in a file of JSON Lines, up to the first refused one: a total without it would be wrong."""
    for outcome in jsonl.outcomes_of(Pledge, jsonl.split(file, "pledge")[1]):
        if outcome.value is None:
            text = "No totals; wtisd-model validate reports all errors in the file."
            raise report.DocumentError(report.as_text(file.name, outcome) + text)
        yield outcome.value


def totals_text(sums: Totals) -> str:
    """Format totals for people: a line for each row, and one more for each further currency in it."""
    by = sums.by.replace("-", " ")
    head = (by, "pledges", "without amount", "amount", "")
    rows = [line for total in sums.rows for line in _total_lines(total, total.key or "not stated")]
    rows += _total_lines(sums.whole, "all")
    if sums.by is Dimension.CURRENCY:
        rows = [(name, *cells, "" if currency == name else currency) for name, *cells, currency in rows]
    lines = console.aligned(head[:-1], [row[:-1] for row in rows], left=1).splitlines()
    table = (f"{line} {currency}".rstrip() for line, (*_, currency) in zip(lines, (head, *rows), strict=True))
    parts = [f"Pledges by {by} on {sums.on.isoformat()}:", "\n".join(table)]
    for words, amounts in (
        ("In several rows at once, undivided", sums.whole.undivided),
        ("Estimates, included above", sums.whole.estimated),
    ):
        if amounts:
            listed = ", ".join(f"{amount:,f} {currency}" for currency, amount in amounts.items())
            parts.append(f"{words}: {listed}.")
    return "\n\n".join(parts) + "\n"


def _total_lines(total: Total, name: str) -> list[tuple[str, ...]]:
    """Return the cells of a row, in one line for each currency."""
    first, *more = [(f"{amount:,f}", currency) for currency, amount in total.amounts.items()] or [("-", "")]
    return [
        (name, f"{total.pledges:,}", f"{total.without_amount:,}", *first),
        *(("", "", "", *further) for further in more),
    ]


def totals_object(sums: Totals) -> dict[str, object]:
    """Return totals for JSON, with amounts as strings and without members for what is not stated or zero."""
    return {
        "by": sums.by.value,
        "on": sums.on.isoformat(),
        "rows": [_total_object(total) for total in sums.rows],
        "whole": _total_object(sums.whole),
    }


def _total_object(total: Total) -> dict[str, object]:
    amounts, undivided, estimated = (
        {currency: f"{amount:f}" for currency, amount in sums.items()}
        for sums in (total.amounts, total.undivided, total.estimated)
    )
    return {
        **({} if total.key is None else {"key": total.key}),
        "pledges": total.pledges,
        "withoutAmount": total.without_amount,
        "amounts": amounts,
        **({"undivided": undivided} if undivided else {}),
        **({"estimated": estimated} if estimated else {}),
    }
