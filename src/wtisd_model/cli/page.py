"""`page`: the web page of an event, with the calendar files that it links to."""

from datetime import datetime
from os.path import relpath
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
    require_apart,
    say,
    write_file,
    write_text,
)
from wtisd_model.cli.report import load, refusals
from wtisd_model.findings import Finding
from wtisd_model.model.dossier import Dossier, event_and_requests
from wtisd_model.model.event import Event

PAGE: Final = "index.html"


@click.command("page", short_help="Write the web page of an event.")
@click.argument("file", metavar="EVENT", type=FILE, help="An event or a dossier in JSON; - is standard input.")
@OUT_FOLDER
@EVENT_KIND
@click.option(
    "--language",
    "languages",
    multiple=True,
    metavar="TAG",
    help="The language of the page, such as fr (default: that of the title). Repeat it for a page in each language.",
)
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
    languages: tuple[str, ...],
    zone: str | None,
    accent: str | None,
    notice: str | None,
    stamped: datetime | None,
) -> None:
    """Write the web page of an event with its whole programme, and a calendar file for each session.

    The page is index.html. To publish it, copy the folder to a web server: nothing in it runs or is loaded from
    elsewhere. For a single file with the calendars in it, use convert --to html. With several languages, the first is
    in the folder itself, and each other one in a folder of its name below it; the pages link to each other.

    For a dossier, the page also shows the languages of interpretation. Files of the same name are replaced. Calendar
    files of sessions that no longer exist are not deleted; a warning names them.
    """
    from wtisd_model.ical.feed import calendar_files
    from wtisd_model.markup.theme import Theme
    from wtisd_model.page.writer import to_html
    from wtisd_model.types.language import LocalizedText, require_language

    document: Event | Dossier = load(file, kind, among=(Event, Dossier))
    event, _ = event_and_requests(document)

    def locate(found: Finding) -> Finding:
        return found if document is event else evolve(found, path=f"/event{found.path}")

    with refusals(file, locate):
        theme = None if accent is None else Theme(accent=accent)
        for each in languages:
            require_language(each)
        first, *others = dict.fromkeys(languages) or [event.title.language]
        folders = {first: out, **{tag: out / tag for tag in others}}
        stamped = stamped or event.updated or current_time()
        files: dict[Path, bytes] = {}
        pages: dict[Path, bytes] = {}
        for tag, folder in folders.items():
            pages[folder / PAGE] = to_html(
                document,
                language=tag,
                zone=zone,
                theme=theme,
                notice=notice if notice is None or tag == first else LocalizedText(notice, first),
                alternates={each: _address(folders[each], folder) for each in folders} if others else None,
            )
            calendars = calendar_files(document, language=tag, stamped=stamped)
            files |= {folder / name: content for name, content in calendars.items()}
        # After the calendars that they link to, in case one of these cannot be written.
        files |= pages
    for path in files:
        require_apart([file], out=path)
    for folder in folders.values():
        make_folder(folder)
    replaced = sum([write_file(path, content) for path, content in files.items()])
    # Where case is ignored, a file that is replaced keeps its own; no two of our names differ in case alone.
    known = {str(path).lower() for path in files}
    for folder in folders.values():
        for path in sorted(folder.glob("session-*.ics")):
            if str(path).lower() not in known:
                say(f"{escaped(str(path))}: warning: no session of the page has this calendar file; delete it.")
    write_text(f"Wrote {len(files)} files into {escaped(str(out))}{replaced_note(replaced)}.\n")


def _address(folder: Path, seen_from: Path) -> str:
    """Return the address of the page in a folder, from a page in the same or another one."""
    return Path(relpath(folder / PAGE, seen_from)).as_posix()
