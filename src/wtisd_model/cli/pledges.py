"""`pledges`: how many there are, and how much they promise, as a table, as JSON or as CSV."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Final

import click

from wtisd_model.cli.documents import load_sound
from wtisd_model.cli.line_files import ENDINGS, is_lines, lines_of
from wtisd_model.cli.parameters import DAY, FILE, present
from wtisd_model.cli.progress import Progress
from wtisd_model.cli.report import FoundError, readable
from wtisd_model.cli.streams import Incoming, write, write_text
from wtisd_model.columns.csv import to_csv
from wtisd_model.findings import InvalidValueError
from wtisd_model.json.outcome import Outcome
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.pledge import Pledge
from wtisd_model.planning.dimensions import Dimension
from wtisd_model.planning.totals import Total, Totals, totals

_WORDS: Final = tuple(each.value for each in Dimension)
# So often the progress is told; more often would take time.
_LINES_AT_ONCE: Final = 1000


@click.command("pledges", short_help="Count pledges and add up what they promise.")
@click.argument(
    "file",
    metavar="FILE",
    type=FILE,
    help=f"Pledges as JSON Lines, where the name ends with {', '.join(ENDINGS)}, or a dossier; - is standard input.",
)
@click.option(
    "--by",
    type=click.Choice(_WORDS),
    metavar="WORD",
    required=True,
    help=f"What the rows are told apart by: {', '.join(_WORDS)}.",
)
@click.option("--on", type=DAY, metavar="DATE", help="The day that they are to hold for, in UTC; otherwise today.")
@click.option("--lines", is_flag=True, help="FILE is JSON Lines, a pledge in each line, whatever its name.")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object.")
@click.option("--csv", "as_csv", is_flag=True, help="Write CSV, a column for each currency.")
def total_pledges(*, file: str, by: str, on: date | None, lines: bool, as_json: bool, as_csv: bool) -> None:
    """Count pledges, and add up what they promise, by what they have in common.

    A pledge counts once in each row that it belongs to, and once in all. What counts are pledges that were submitted,
    published, in progress, suspended or completed at the end of the day. Currencies are not added together.

    Ends with 1, and without totals, where a pledge has errors.
    """
    if as_json and as_csv:
        raise click.UsageError("--json and --csv are two forms; ask for one.")
    day = present().date() if on is None else on
    try:
        if lines or is_lines(file):
            with Incoming(file) as incoming, Progress(incoming) as progress:
                found = totals(_lines(incoming, progress), by=by, on=day)
        else:
            found = totals(_document(file), by=by, on=day)
    except InvalidValueError as refused:
        error = _told(file, refused, day)
    else:
        _deliver(found, as_json=as_json, as_csv=as_csv)
        return
    raise error


def _deliver(found: Totals, *, as_json: bool, as_csv: bool) -> None:
    if as_json:
        write(f"{json.dumps(as_object(found))}\n".encode())
    elif as_csv:
        for chunk in to_csv(Total, found.rows):
            write(chunk)
    else:
        write_text(as_table(found))


def _lines(incoming: Incoming, progress: Progress) -> Iterator[Pledge]:
    """Give the pledges of a file of JSON Lines.

    Raises:
        FoundError: at the first line that is refused: a total that leaves lines out would be wrong.
        CannotError, UsageError: as `lines_of` does.
    """
    for outcome in lines_of(Pledge, incoming):
        if outcome.value is None:
            told = readable(incoming.name, outcome)
            raise FoundError(f"{told}No totals: there may be more. Ask wtisd-model validate.")
        if outcome.line is not None and outcome.line % _LINES_AT_ONCE == 0:
            progress.show(incoming.position, outcome.line)
        yield outcome.value


def _document(file: str) -> tuple[Pledge, ...]:
    document = load_sound(file, None, among=(Dossier, Pledge))
    return document.pledges if isinstance(document, Dossier) else (document,)


def _told(file: str, refused: InvalidValueError, day: date) -> click.ClickException:
    if all(found.path == "/on" for found in refused.findings):
        # The lists of groups, which end where nobody has looked yet: today is such a day sooner or later.
        first, last = (str(refused.findings[0].params[bound]) for bound in ("minimum", "maximum"))
        return click.UsageError(f"{refused} Such a day is --on {first if day.isoformat() < first else last}.")
    return FoundError(readable(file, Outcome(findings=refused.findings)).rstrip("\n"))


def as_table(found: Totals) -> str:
    """Write totals for people: a line for each row, and one more for each further currency in it."""
    rows = [line for total in found.rows for line in _cells(total, total.key or "not stated")]
    rows += _cells(found.whole, "all")
    head = (found.by.replace("-", " "), "pledges", "without amount", "amount", "")
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    lines = [f"Pledges by {head[0]} on {found.on.isoformat()}:", "", *(_aligned(row, widths) for row in (head, *rows))]
    undivided = ", ".join(f"{amount:,f} {currency}" for currency, amount in found.whole.undivided.items())
    if undivided:
        lines += ["", f"In several rows at once, undivided: {undivided}."]
    return "".join(f"{line}\n" for line in lines)


def _cells(total: Total, name: str) -> list[tuple[str, ...]]:
    """Give the cells of a row; a currency that is not the first one has a line of its own."""
    first, *more = [(f"{amount:,f}", currency) for currency, amount in total.amounts.items()] or [("-", "")]
    return [(name, f"{total.pledges:,}", f"{total.without_amount:,}", *first), *(("", "", "", *each) for each in more)]


def _aligned(cells: tuple[str, ...], widths: list[int]) -> str:
    """Put names to the left and numbers to the right."""
    name, *numbers, currency = cells
    aligned = [f"{number:>{width}}" for number, width in zip(numbers, widths[1:-1], strict=True)]
    return "  ".join([f"{name:{widths[0]}}", *aligned]) + f" {currency}".rstrip()


def as_object(found: Totals) -> dict[str, object]:
    """Give totals as JSON has them: amounts as strings; what is not stated, or is nothing, has no member."""
    return {
        "by": found.by.value,
        "on": found.on.isoformat(),
        "rows": [_members(total) for total in found.rows],
        "whole": _members(found.whole),
    }


def _members(total: Total) -> dict[str, object]:
    return {
        **({} if total.key is None else {"key": total.key}),
        "pledges": total.pledges,
        "withoutAmount": total.without_amount,
        "amounts": _written(total.amounts),
        **({"undivided": _written(total.undivided)} if total.undivided else {}),
    }


def _written(amounts: Mapping[str, Decimal]) -> dict[str, str]:
    return {currency: f"{amount:f}" for currency, amount in amounts.items()}
