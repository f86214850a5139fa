"""`picture`: an event, or what is known about it, as SVG or HTML."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import click
from click.core import ParameterSource

from wtisd_model.cli.io import FILE, OUTPUT, current_time, day, deliver, require_apart
from wtisd_model.cli.report import load, refusals
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.event import Event
from wtisd_model.planning.totals import totals

if TYPE_CHECKING:
    from wtisd_model.pictures.picture import Picture


def _timetable(document: Event | Dossier, **options: Any) -> "Picture":
    from wtisd_model.pictures.timetable import timetable

    return timetable(document, **options)


def _coverage(document: Dossier, **options: Any) -> "Picture":
    from wtisd_model.pictures.coverage_picture import coverage

    return coverage(document, **options)


def _registrations(document: Dossier, *, by: str, **options: Any) -> "Picture":
    from wtisd_model.pictures.bars import registrations

    return registrations(document, by=by, **options)


def _pledges(document: Dossier, *, by: str, on: date | None, as_last_known: bool, **options: Any) -> "Picture":
    from wtisd_model.pictures.bars import pledges

    found = totals(document.pledges, by=by, on=on or current_time().date(), as_last_known=as_last_known)
    return pledges(found, **options)


class _Kind(NamedTuple):
    """A kind of picture."""

    draw: Callable[..., "Picture"]
    """Returns the picture of a document; it takes the language, the theme, and the options of this kind."""
    options: frozenset[str] = frozenset()
    """The options that apply to this kind, but not to all."""
    among: tuple[type, ...] = (Dossier,)
    """The types of document that it takes."""


_KINDS: Final[Mapping[str, _Kind]] = {
    "timetable": _Kind(_timetable, frozenset({"zone", "day", "seats"}), (Event, Dossier)),
    "coverage": _Kind(_coverage),
    "registrations": _Kind(_registrations, frozenset({"by", "smallest"})),
    "pledges": _Kind(_pledges, frozenset({"by", "on", "as_last_known"})),
}


@click.command("picture", short_help="Draw a timetable, coverage, registrations or pledges.")
@click.argument("kind", metavar="KIND", type=click.Choice(tuple(_KINDS)), help=f"One of {', '.join(_KINDS)}.")
@click.argument(
    "file", metavar="FILE", type=FILE, help="A dossier or, for a timetable, an event, in JSON; - is standard input."
)
@click.option(
    "--out", type=OUTPUT, metavar="FILE", required=True, help="Write to this file, which ends with .svg or .html."
)
@click.option("--language", metavar="TAG", default="en", show_default=True, help="The language of its words.")
@click.option("--accent", metavar="COLOR", help="The colour from which all others follow, such as #0b5cad.")
@click.option("--zone", metavar="ZONE", help="timetable: the zone of its times (default: that of the event).")
@click.option("--day", metavar="DATE", help="timetable: a single day, such as 2027-03-04.")
@click.option("--seats", is_flag=True, help="timetable: say how many seats are taken; small numbers are not hidden.")
@click.option(
    "--by",
    metavar="WORD",
    help="What those in a group share. registrations: country, language, membership, mode, session or state. pledges: "
    "country, currency, focus-area, goal, group, group-at-submission, kind, membership or year.",
)
@click.option("--smallest", type=int, default=5, show_default=True, help="registrations: the smallest number shown.")
@click.option("--on", type=day, metavar="DATE", help="pledges: the day that counts, in UTC (default: today).")
@click.option("--as-last-known", is_flag=True, help="pledges by group: count countries that may have left as members.")
@click.pass_context
def draw_picture(
    ctx: click.Context, /, *, kind: str, file: str, out: Path, language: str, accent: str | None, **options: Any
) -> None:
    """Draw a picture of an event, as SVG or as an HTML page that has the same data as a table.

    timetable shows rooms by time; coverage, who is served in which language; registrations, how many people have
    registered, without small groups; pledges, how much is promised.

    Exit code 1 means that the document has errors, or that there is nothing to draw.
    """
    from wtisd_model.markup.theme import Theme

    chosen = _KINDS[kind]
    for each in ctx.command.params:
        given = ctx.get_parameter_source(str(each.name)) is ParameterSource.COMMANDLINE
        if each.name in options.keys() - chosen.options and given:
            raise click.UsageError(f"{each.opts[0]} does not apply to {kind}.")
    if out.suffix not in {".svg", ".html"}:
        raise click.UsageError("--out needs the name of a file that ends with .svg or .html.")
    if "by" in chosen.options and options["by"] is None:
        raise click.UsageError(f"{kind} needs --by, such as --by country.")
    require_apart([file], out=out)
    document = load(file, None, among=chosen.among)
    if options["seats"] and not isinstance(document, Dossier):
        raise click.UsageError("--seats needs a dossier.")
    own = {name: options[name] for name in chosen.options}
    with refusals(file):
        theme = None if accent is None else Theme(accent=accent)
        picture = chosen.draw(document, language=language, theme=theme, **own)
    deliver((picture.svg if out.suffix == ".svg" else picture.html).encode(), out)
