"""`page`: the web page of an event, with the calendar files that it links to."""

from datetime import datetime
from pathlib import Path
from typing import Final

import click
from attrs import evolve

from wtisd_model.cli.io import (
    EVENT_KIND,
    FILE,
    OUT_FOLDER,
    current_time,
    escaped,
    make_folder,
    moment,
    replaced_note,
    say,
    write_file,
    write_text,
)
from wtisd_model.cli.report import load, refusals
from wtisd_model.findings import Finding
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.event import Event

PAGE: Final = "index.html"


@click.command("page", short_help="Write the web page of an event.")
@click.argument("file", metavar="EVENT", type=FILE, help="An event or a dossier in JSON; - is standard input.")
@OUT_FOLDER
@EVENT_KIND
@click.option("--language", metavar="TAG", help="The language of the page, such as fr (default: that of the title).")
@click.option("--zone", metavar="ZONE", help="The time zone of all times, such as Africa/Lagos (default: the place's).")
@click.option("--accent", metavar="COLOR", help="The colour of links and headings, such as #0b5cad.")
@click.option("--notice", metavar="TEXT", help="A text for the top of the page, such as why the event was cancelled.")
@click.option(
    "--stamped",
    type=moment,
    metavar="MOMENT",
    help="The moment of the calendar files (default: the last update of the event, or else now).",
)
def write_page(
    *,
    file: str,
    out: Path,
    kind: str | None,
    language: str | None,
    zone: str | None,
    accent: str | None,
    notice: str | None,
    stamped: datetime | None,
) -> None:
    """Write the web page of an event with its whole programme, and a calendar file for each session.

    The page is index.html. To publish it, copy the folder to a web server: nothing in it runs or is loaded from
    elsewhere. For a single file with the calendars in it, use convert --to html.

    Of a dossier, the page shows what is interpreted too. Files of the same name are replaced. Calendar files of
    sessions that no longer exist are not deleted; a warning names them.
    """
    from wtisd_model.markup.theme import Theme
    from wtisd_model.page.writer import calendar_files, to_html

    document: Event | Dossier = load(file, kind, among=(Event, Dossier))
    event = document.event if isinstance(document, Dossier) else document

    def locate(found: Finding) -> Finding:
        return found if document is event else evolve(found, path=f"/event{found.path}")

    with refusals(file, locate):
        theme = None if accent is None else Theme(accent=accent)
        page = to_html(document, language=language, zone=zone, theme=theme, notice=notice)
        calendars = calendar_files(event, language=language, stamped=stamped or event.updated or current_time())
    make_folder(out)
    files = {PAGE: page, **calendars}
    replaced = sum([write_file(out / name, content) for name, content in files.items()])
    # Where case is ignored, a file that is replaced keeps its own; no two of our names differ in case alone.
    known = {each.lower() for each in files}
    for each in sorted(path.name for path in out.glob("session-*.ics")):
        if each.lower() not in known:
            say(f"{escaped(str(out / each))}: warning: no session of the page has this calendar file; delete it.")
    write_text(f"Wrote {len(files)} files into {escaped(str(out))}{replaced_note(replaced)}.\n")
