"""`page` and `picture`: events for people, as web pages with their calendar files, or an event as a picture."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from operator import methodcaller
from os.path import relpath
from pathlib import Path
from typing import Any, Final, NamedTuple
from unicodedata import normalize
from urllib.parse import quote

import click

from wtisd_model.cli import console, loading, params, report
from wtisd_model.ical.feed import calendar_files, to_ical
from wtisd_model.markup.theme import Theme
from wtisd_model.model.dossier import Dossier, event_and_requests
from wtisd_model.model.event import Event
from wtisd_model.page.write import overview, to_html
from wtisd_model.pictures.bars import pledges, registrations
from wtisd_model.pictures.coverage_picture import coverage
from wtisd_model.pictures.picture import Picture
from wtisd_model.pictures.timetable import timetable
from wtisd_model.planning.totals import totals
from wtisd_model.types.language import LocalizedText, require_language

PAGE: Final = "index.html"
CALENDAR: Final = "events.ics"
# Hidden or above the site; names and characters that Windows keeps for itself; ends that it drops.
_UNSAFE: Final = re.compile(
    r'^[. ]|[\\/:*?"<>|]|[. ]$|^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³]) *(\.|$)', re.IGNORECASE
)


@params.command("page")
@params.files(metavar="EVENT...", meaning="An event or a dossier in JSON; - is standard input.")
@params.OUT_FOLDER
@params.EVENT_KIND
@click.option(
    "--language",
    "languages",
    multiple=True,
    metavar="TAG",
    help="The language of the page, such as fr (default: that of the title). Repeat it for a page in each language.",
)
@params.LANGUAGE_FOLDERS
@click.option("--zone", metavar="ZONE", help="The time zone of all times, such as Africa/Lagos (default: the place's).")
@click.option("--accent", metavar="COLOR", help="The colour of links and headings, such as #0b5cad.")
@click.option("--notice", metavar="TEXT", help="A text for the top of the page, such as why the event was cancelled.")
@click.option(
    "--name", metavar="TEXT", help="What several events are called: write a page that lists them, and one calendar too."
)
@click.option(
    "--stamped",
    type=params.moment,
    metavar="MOMENT",
    help="The moment of the calendar files (default: the last update of the event, or else now).",
)
def write_page(
    *,
    files: tuple[str, ...],
    out: Path,
    kind: str | None,
    languages: tuple[str, ...],
    zone: str | None,
    accent: str | None,
    notice: str | None,
    name: str | None,
    stamped: datetime | None,
) -> None:
    """Write the web page of an event with its whole programme, and a calendar file for each session.

    The page is index.html. To publish it, copy the folder to a web server: nothing in it runs or is loaded from
    elsewhere. For a single file with the calendars in it, use convert --to html. With several languages, the first is
    in the folder itself, and each other one in a folder of its name below it; the pages link to each other.

    With --name, the page of each event is in a folder named like its file, such as forum for forum.json; index.html
    lists the events, and events.ics has them all.

    For a dossier, the page also shows the languages of interpretation. Files of the same name are replaced. Calendar
    files of sessions that no longer exist are not deleted; a warning names them.
    """
    folders_of = _folders_of(files, languages, name)
    documents: list[Event | Dossier] = [loading.load(file, kind, among=(Event, Dossier)) for file in files]
    events = [event_and_requests(document)[0] for document in documents]
    with report.refusals(files[0]):
        theme = None if accent is None else Theme(accent=accent)
        for tag in languages:
            require_language(tag)
    first, *others = dict.fromkeys(languages) or [events[0].title.language]
    roots = {first: out, **{tag: out / tag for tag in others}}
    written: dict[Path, bytes] = {}
    pages: dict[Path, bytes] = {}
    look: dict[str, Any] = {"zone": zone, "theme": theme}
    for file, document, event, own in zip(files, documents, events, folders_of, strict=True):
        with report.refusals(file, methodcaller("prefixed", "" if document is event else "/event")):
            for tag, root in roots.items():
                folder = root / own
                said = notice if notice is None or tag == first else LocalizedText(notice, first)
                addresses = _alternates(roots, own, folder)
                pages[folder / PAGE] = to_html(document, language=tag, notice=said, alternates=addresses, **look)
                moment = stamped or event.updated or params.current_time()
                calendars = calendar_files(document, language=tag, stamped=moment)
                written |= {folder / each: content for each, content in calendars.items()}
    if name is not None:
        look |= {"name": LocalizedText(name, first), "calendar": CALENDAR}
        look["pages"] = {event.uid: f"./{quote(own)}/{PAGE}" for event, own in zip(events, folders_of, strict=True)}
        if stamped is None and any(event.updated is None for event in events):
            stamped = params.current_time()
        with report.refusals(", ".join(files)):
            for tag, root in roots.items():
                written[root / CALENDAR] = to_ical(documents, name=look["name"], language=tag, stamped=stamped)
                addresses = _alternates(roots, "", root)
                pages[root / PAGE] = overview(documents, language=tag, alternates=addresses, **look)
    # After the calendars that they link to, in case one of these cannot be written.
    written |= pages
    for path in written:
        params.require_apart(list(files), out=path)
    folders = dict.fromkeys(path.parent for path in written)
    for folder in folders:
        console.make_folder(folder)
    replaced = sum([console.write_file(path, content) for path, content in written.items()])
    # Where case is ignored, a file that is replaced keeps its own; no two of our names differ in case alone.
    known = {str(path).lower() for path in written}
    for folder in folders:
        for path in sorted(folder.glob("session-*.ics")):
            if str(path).lower() not in known:
                console.say(
                    f"{console.escaped(str(path))}: warning: no session of the page has this calendar file; delete it."
                )
    into = f"{console.escaped(str(out))}{console.replaced_note(replaced)}"
    console.write_text(f"Wrote {len(written)} files into {into}.\n")


def _folders_of(files: Sequence[str], languages: Sequence[str], name: str | None) -> list[str]:
    """Return the folder of each event below that of the whole site, which is that of a single event itself."""
    folders = [""] if name is None else [Path(file).stem for file in files]
    if len(folders) < len(files):
        raise click.UsageError("Several events need --name TEXT, the title of the page that lists them.")
    # Some systems take names for one that differ in case, or in how an accent is encoded.
    taken = {each.lower() for each in (PAGE, CALENDAR, *languages[1:])}
    for file, folder in zip(files, folders, strict=True) if name is not None else ():
        if file == console.STANDARD or (folded := normalize("NFC", folder).casefold()) in taken:
            raise click.UsageError(
                "With --name, each event needs a file with a name of its own: its pages get that name."
            )
        if _UNSAFE.search(folder) or not folder.isprintable():
            raise click.UsageError(
                f"With --name, the pages of an event get the name of its file: rename {console.name_of(file)}, "
                "which not every system takes for a folder."
            )
        taken.add(folded)
    return folders


def _alternates(roots: Mapping[str, Path], own: str, seen_from: Path) -> dict[str, str] | None:
    """Return the addresses of a page in all languages, seen from the folder of one; None if there is only that."""
    addresses = {tag: quote(Path(relpath(root / own / PAGE, seen_from)).as_posix()) for tag, root in roots.items()}
    return addresses if len(addresses) > 1 else None


def _pledges(document: Dossier, *, by: str, on: date | None, as_last_known: bool, **options: Any) -> Picture:
    sums = totals(document.pledges, by=by, on=on or params.current_time().date(), as_last_known=as_last_known)
    return pledges(sums, **options)


class _Kind(NamedTuple):
    """A kind of picture."""

    draw: Callable[..., Picture]
    """Returns the picture of a document; it takes the language, the theme, and the options of this kind."""
    options: frozenset[str] = frozenset()
    """The options that apply to this kind, but not to all."""
    among: tuple[type, ...] = (Dossier,)
    """The types of document that it takes."""


_KINDS: Final[Mapping[str, _Kind]] = {
    "timetable": _Kind(timetable, frozenset({"zone", "day", "seats"}), (Event, Dossier)),
    "coverage": _Kind(coverage),
    "registrations": _Kind(registrations, frozenset({"by", "smallest"})),
    "pledges": _Kind(_pledges, frozenset({"by", "on", "as_last_known"})),
}


@params.command("picture")
@params.argument("kind", metavar="KIND", type=click.Choice(tuple(_KINDS)), meaning=f"One of {', '.join(_KINDS)}.")
@params.argument(
    "file",
    metavar="FILE",
    type=params.FILE,
    meaning="A dossier or, for a timetable, an event, in JSON; - is standard input.",
)
@click.option(
    "--out",
    type=params.OUTPUT,
    metavar="FILE",
    required=True,
    help="Write to this file, which ends with .svg or .html.",
)
@click.option("--language", metavar="TAG", default="en", show_default=True, help="The language of its words.")
@params.LANGUAGE_FOLDERS
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
@click.option("--on", type=params.day, metavar="DATE", help="pledges: the day that counts, in UTC (default: today).")
@click.option("--as-last-known", is_flag=True, help="pledges by group: count countries that may have left as members.")
@click.pass_context
def draw_picture(
    ctx: click.Context, /, *, kind: str, file: str, out: Path, language: str, accent: str | None, **options: Any
) -> None:
    """Draw a picture of an event, as SVG or as an HTML page that has the same data as a table.

    timetable shows rooms by time; coverage, who is served in which language; registrations, how many people have
    registered, without small groups; pledges, how much is promised.

    Exit code 1 means that the document has errors, or that a timetable cannot be drawn, such as that of an event
    without a time. The other kinds are drawn empty if there is nothing in them.
    """
    chosen = _KINDS[kind]
    params.refuse_given(ctx, options.keys() - chosen.options, kind)
    if out.suffix not in {".svg", ".html"}:
        raise click.UsageError("--out needs the name of a file that ends with .svg or .html.")
    if "by" in chosen.options and options["by"] is None:
        raise click.UsageError(f"{kind} needs --by, such as --by country.")
    params.require_apart([file], out=out)
    document = loading.load(file, None, among=chosen.among)
    if options["seats"] and not isinstance(document, Dossier):
        raise click.UsageError("--seats needs a dossier.")
    own = {name: options[name] for name in chosen.options}
    with report.refusals(file):
        theme = None if accent is None else Theme(accent=accent)
        picture = chosen.draw(document, language=language, theme=theme, **own)
    console.deliver((picture.svg if out.suffix == ".svg" else picture.html).encode(), out)
