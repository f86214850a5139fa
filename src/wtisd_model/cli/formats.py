"""The formats of others that `convert` reads and writes, and their options."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any, Final, NamedTuple

import click
from attrs import evolve

from wtisd_model.cli import console, loading, params
from wtisd_model.columns.csv_reader import from_csv
from wtisd_model.formats import FORMATS
from wtisd_model.ical.feed import to_ical, to_jcal
from wtisd_model.ical.read import from_ical, from_jcal
from wtisd_model.importers.indico import from_indico
from wtisd_model.jscalendar.read import from_jscalendar
from wtisd_model.jscalendar.write import to_jscalendar
from wtisd_model.json.outcome import Outcome
from wtisd_model.jsonld.write import to_jsonld
from wtisd_model.model.dossier import Dossier, event_and_requests
from wtisd_model.model.event import Event
from wtisd_model.page.write import to_html
from wtisd_model.programme.format import Format
from wtisd_model.reading.imported import Imported
from wtisd_model.schedule.read import from_schedule_json
from wtisd_model.schedule.write import to_schedule_json
from wtisd_model.schedule.write_xml import to_schedule_xml
from wtisd_model.types.language import LocalizedText
from wtisd_model.types.location import Location

ReadObjects = Imported | Iterable[Outcome[Any]]
"""What a reader of another format returns."""

FormatOptions = Mapping[str, Any]
"""The options of `convert`, by the names of its parameters."""


class InputFormat(NamedTuple):
    """A format that is read."""

    read: Callable[[str, type | None, FormatOptions], ReadObjects]
    """Read a file; the class is what ``--as`` names."""
    options: frozenset[str]
    """The options that it takes."""
    ending: str | None = None
    """How the names of its files end, if that says which format it is."""


class EventFormat(NamedTuple):
    """A format that an event is written in."""

    write: Callable[..., bytes]
    format: Format
    """What it carries."""
    options: frozenset[str]
    """The options that it takes, which are the arguments of the writer."""
    personal_format: Format | None = None
    """What it carries with ``--personal``, if that is more."""

    @property
    def takes_several(self) -> bool:
        """True for a calendar, which may have several events."""
        return "name" in self.options

    def carries(self, options: FormatOptions) -> Format:
        """Return what it carries with some options."""
        return self.personal_format if self.personal_format is not None and options["personal"] else self.format


# Readers


def _read_events(
    from_format: Callable[..., Imported], more: tuple[str, ...], file: str, _: type | None, options: FormatOptions
) -> Imported:
    """Read events; what a file may not state of them is in options, and so are *more* arguments of its reader."""
    language, place = options["source_language"], None
    if options["place"] is not None:
        name, locality, country = options["place"]
        place = Location(name=LocalizedText(text=name, language=language), locality=locality, country=country)
    given = {name: options[name] for name in more}
    return from_format(loading.read_document(file), zone=options["zone"], language=language, place=place, **given)


def _from_csv(file: str, cls: type | None, options: FormatOptions) -> Iterator[Outcome[Any]]:
    if cls is None:
        raise click.UsageError("Name the type of the rows with --as TYPE.")
    event = None
    if options["event_file"] is not None:
        event, _ = event_and_requests(loading.load(options["event_file"], None, among=(Event, Dossier)))
    with console.InputFile(file) as stream:
        yield from from_csv(
            cls, stream, defaults=dict(options["defaults"]), event=event, zone=options["zone"], **table_forms(options)
        )


TABLE_FORMS: Final = ("columns", "encoding", "date_format", "time_format", "datetime_format")
"""The options that say how any table is written."""


def table_forms(options: FormatOptions) -> dict[str, Any]:
    """Return what the options say about how a table is written, as arguments of `from_csv`."""
    columns = {header: column or None for header, column in options["columns"]}
    return {name: options[name] for name in TABLE_FORMS} | {"columns": columns}


_ABOUT_EVENTS: Final = frozenset({"zone", "source_language", "place"})
_CALENDAR: Final = _ABOUT_EVENTS | {"expand"}

INPUT_FORMATS: Final[Mapping[str, InputFormat]] = {
    "ical": InputFormat(partial(_read_events, from_ical, ("expand",)), _CALENDAR, ".ics"),
    "jcal": InputFormat(partial(_read_events, from_jcal, ("expand",)), _CALENDAR, ".jcal"),
    "jscalendar": InputFormat(partial(_read_events, from_jscalendar, ("expand",)), _CALENDAR),
    "schedule-json": InputFormat(partial(_read_events, from_schedule_json, ()), _ABOUT_EVENTS),
    "indico": InputFormat(partial(_read_events, from_indico, ()), _ABOUT_EVENTS),
    "csv": InputFormat(_from_csv, frozenset({*TABLE_FORMS, "defaults", "event_file", "zone"}), ".csv"),
}
"""The formats that are read besides JSON, by their names."""


# Writers


_LANGUAGE: Final = frozenset({"language"})
_FEED: Final = frozenset(
    {"name", "language", "stamped", "utc", "reminders", "refresh", "html", "structured", "deadlines"}
)

_JSCALENDAR: Final = frozenset({"name", "language", "stamped", "personal"})

EVENT_FORMATS: Final[Mapping[str, EventFormat]] = {
    "ical": EventFormat(to_ical, FORMATS["ical"], _FEED),
    "jcal": EventFormat(to_jcal, FORMATS["jcal"], _FEED),
    "jscalendar": EventFormat(to_jscalendar, FORMATS["jscalendar"], _JSCALENDAR, FORMATS["jscalendar-personal"]),
    "jscalendar-1": EventFormat(
        partial(to_jscalendar, version="1.0"),
        evolve(FORMATS["jscalendar"], name="jscalendar-1"),
        _JSCALENDAR,
        evolve(FORMATS["jscalendar-personal"], name="jscalendar-1"),
    ),
    "jsonld": EventFormat(to_jsonld, FORMATS["jsonld"], _LANGUAGE),
    "cpev": EventFormat(partial(to_jsonld, profile="cpev"), FORMATS["cpev"], _LANGUAGE),
    # One file is written, so the calendars are in it.
    "html": EventFormat(partial(to_html, calendar="data"), FORMATS["html"], frozenset({"language", "stamped"})),
    "schedule-json": EventFormat(partial(to_schedule_json, version="1"), FORMATS["schedule-json"], _LANGUAGE),
    "schedule-json-2": EventFormat(partial(to_schedule_json, version="2"), FORMATS["schedule-json-2"], _LANGUAGE),
    "schedule-xml": EventFormat(to_schedule_xml, FORMATS["schedule-xml"], _LANGUAGE),
}
"""The formats of events, by their names."""


# Options


CALENDAR_OPTIONS: Final = params.with_options(
    click.option(
        "--name",
        metavar="TEXT",
        help="ical, jcal, jscalendar: the name of the calendar (default: the title of its only event).",
    ),
    click.option(
        "--stamped",
        type=params.moment,
        metavar="MOMENT",
        help="The moment of this export, if the format has one"
        " (default: now, or for an event its last update, if stated).",
    ),
    params.UTC_TIMES,
    params.REMINDER,
    click.option(
        "--refresh",
        type=params.duration,
        metavar="DURATION",
        help="ical, jcal: how often calendars look for changes: P1D.",
    ),
    click.option("--html", is_flag=True, help="ical, jcal: descriptions in HTML too."),
    click.option("--structured", is_flag=True, help="ical, jcal: people and places in components of RFC 9073 too."),
    click.option(
        "--deadlines", type=click.Choice(("entry", "task")), help="ical, jcal: deadlines of calls as entries or tasks."
    ),
)
"""The options of calendars that are written."""

TABLE_OPTIONS: Final = params.with_options(
    click.option(
        "--personal", is_flag=True, help="csv, jscalendar: include personal data, which are left out otherwise."
    ),
    click.option(
        "--delimiter",
        type=click.Choice(("comma", "semicolon", "tab")),
        default="comma",
        show_default=True,
        help="csv: the delimiter of cells that are written.",
    ),
    click.option("--bom", is_flag=True, help="csv: begin with a byte order mark, which Excel needs."),
)
"""The options of tables that are written."""

EVENT_READING_OPTIONS: Final = params.with_options(
    click.option("--zone", metavar="ZONE", help="The zone of times without a known one, such as Europe/Zurich."),
    click.option(
        "--source-language",
        metavar="TAG",
        default="und",
        show_default=True,
        help="The language of texts that are read without one.",
    ),
    click.option(
        "--expand",
        type=(params.moment, params.moment),
        metavar="FROM UNTIL",
        help="Read the occurrences of recurring events between two moments, not only their first one.",
    ),
    click.option(
        "--place",
        type=(str, str, str),
        metavar="NAME TOWN COUNTRY",
        help="Where the rooms are that are read, such as Palexpo Geneva CH; a calendar does not state it.",
    ),
)
"""The options of events that are read."""

TABLE_FORM_OPTIONS: Final = params.with_options(
    params.repeated(
        "--column",
        "columns",
        "HEADER COLUMN",
        "From csv: the column of this package that a header means; several are joined, and '' leaves it out.",
    ),
    click.option("--encoding", metavar="NAME", help="From csv: such as cp1252 (default: utf-8)."),
    click.option("--date-format", metavar="PATTERN", help="From csv: how days are written, such as %d.%m.%Y."),
    click.option("--time-format", metavar="PATTERN", help="From csv: how times are written, such as '%I:%M %p'."),
    click.option("--datetime-format", metavar="PATTERN", help="From csv: how days with times are written."),
)
"""The options of any table that is read."""

TABLE_READING_OPTIONS: Final = params.with_options(
    click.option("--event", "event_file", type=params.FILE, metavar="FILE", help="From csv: the event of the rows."),
    TABLE_FORM_OPTIONS,
    params.repeated("--default", "defaults", "COLUMN VALUE", "From csv: the value of rows that have none."),
)
"""The options of tables that are read."""
