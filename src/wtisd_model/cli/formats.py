"""The formats of others that `convert` reads and writes, and their options."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any, Final, NamedTuple

import click
from attrs import evolve

from wtisd_model.cli import console, loading, params
from wtisd_model.columns.csv_reader import from_csv
from wtisd_model.exports.iati import to_iati
from wtisd_model.exports.vcard import to_vcard
from wtisd_model.formats import FORMATS
from wtisd_model.ical.feed import to_ical, to_jcal
from wtisd_model.ical.read import from_ical, from_jcal
from wtisd_model.importers.indico import from_indico
from wtisd_model.importers.indico_registrations import from_indico_registrations
from wtisd_model.importers.pretix import from_pretix
from wtisd_model.jscalendar.read import from_jscalendar
from wtisd_model.jscalendar.write import to_jscalendar
from wtisd_model.json.outcome import Outcome
from wtisd_model.jsonld.write import to_jsonld
from wtisd_model.locales import DEFAULT_LANGUAGE
from wtisd_model.model.dossier import Dossier, event_and_requests
from wtisd_model.model.event import Event
from wtisd_model.model.pledge import Pledge
from wtisd_model.model.registration import ListingConsent, Registration
from wtisd_model.page.write import to_html
from wtisd_model.programme.format import Format
from wtisd_model.reading.imported import Imported, ImportedRecords
from wtisd_model.schedule_json.read import from_schedule_json
from wtisd_model.schedule_json.write import to_schedule_json
from wtisd_model.types.language import LocalizedText
from wtisd_model.types.location import Location

ReadObjects = Imported | ImportedRecords[Any] | Iterable[Outcome[Any]]
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

    def carries(self, options: FormatOptions) -> Format:
        """Return what it carries with some options."""
        return self.personal_format if self.personal_format is not None and options["personal"] else self.format


class RowFormat(NamedTuple):
    """A format that the objects of one class in a dossier, or in JSON Lines, are written in."""

    cls: type
    write: Callable[[Iterable[Any], Event | None, FormatOptions], tuple[bytes, Format]]
    """Return the content, and what the format carries; the event is that of the dossier."""
    options: frozenset[str]
    """The options that it takes."""


# Readers


def _from_calendar(from_format: Callable[..., Imported], file: str, _: type | None, options: FormatOptions) -> Imported:
    given = _about_events(options)
    return from_format(loading.read_document(file), **given, expand=options["expand"])


def _from_schedule_json(file: str, _: type | None, options: FormatOptions) -> Imported:
    given = _about_events(options)
    return from_schedule_json(loading.read_document(file), **given)


def _from_indico(file: str, _: type | None, options: FormatOptions) -> Imported:
    given = _about_events(options)
    timetable = None if options["timetable"] is None else loading.read_document(options["timetable"])
    return from_indico(loading.read_document(file), **given, timetable=timetable)


def _about_events(options: FormatOptions) -> dict[str, Any]:
    """Return what a file may not state of its events, as the arguments of its reader."""
    language, place = options["source_language"], None
    if options["place"] is not None:
        name, locality, country = options["place"]
        place = Location(name=LocalizedText(text=name, language=language), locality=locality, country=country)
    return {"zone": options["zone"], "language": language, "place": place}


def _from_pretix(file: str, _: type | None, options: FormatOptions) -> ImportedRecords[Registration]:
    if options["event_file"] is None or not options["modes"]:
        raise click.UsageError("--from pretix needs --event EVENT, and --mode PRODUCT MODE for each ticket.")
    return from_pretix(
        loading.read_document(file),
        _event(options["event_file"]),
        modes={_product(product): mode for product, mode in options["modes"]},
        sessions={_product(product): session for product, session in options["sessions"]},
        subevent=options["subevent"],
    )


def _product(name: str) -> int | tuple[int, int]:
    match = re.fullmatch(r"([0-9]{1,18})(?::([0-9]{1,18}))?", name)
    if match is None:
        raise click.UsageError("--mode and --session need the number of a product first, or ITEM:VARIATION.")
    item, variation = match.groups()
    return int(item) if variation is None else (int(item), int(variation))


def _from_indico_registrations(file: str, _: type | None, options: FormatOptions) -> ImportedRecords[Registration]:
    if options["event_file"] is None or options["attendance"] is None:
        raise click.UsageError("--from indico-registrations needs --event EVENT, and --attendance: on-site or remote.")
    return from_indico_registrations(
        loading.read_document(file), _event(options["event_file"]), mode=options["attendance"]
    )


def _from_csv(file: str, cls: type | None, options: FormatOptions) -> Iterator[Outcome[Any]]:
    if cls is None:
        raise click.UsageError("Name the type of the rows with --as TYPE.")
    event = None if options["event_file"] is None else _event(options["event_file"])
    given = {name: options[name] for name in _CSV_ARGUMENTS}
    columns = {header: column or None for header, column in options["columns"]}
    values: dict[str, dict[str, str]] = {}
    for column, word, ours in options["words"]:
        values.setdefault(column, {})[word] = ours
    with console.InputFile(file) as stream:
        yield from from_csv(
            cls, stream, columns=columns, defaults=dict(options["defaults"]), values=values, event=event, **given
        )


_CSV_ARGUMENTS: Final = (
    *("zone", "date_format", "time_format", "datetime_format", "decimal", "separator", "country", "encoding"),
)
"""The options of `from_csv` that are passed as they are."""


def _event(file: str) -> Event:
    event, _ = event_and_requests(loading.load(file, None, among=(Event, Dossier)))
    return event


_ABOUT_EVENTS: Final = frozenset({"zone", "source_language", "place"})
_CALENDAR: Final = _ABOUT_EVENTS | {"expand"}

INPUT_FORMATS: Final[Mapping[str, InputFormat]] = {
    "ical": InputFormat(partial(_from_calendar, from_ical), _CALENDAR, ".ics"),
    "jcal": InputFormat(partial(_from_calendar, from_jcal), _CALENDAR, ".jcal"),
    "jscalendar": InputFormat(partial(_from_calendar, from_jscalendar), _CALENDAR),
    "schedule-json": InputFormat(_from_schedule_json, _ABOUT_EVENTS),
    "indico": InputFormat(_from_indico, _ABOUT_EVENTS | {"timetable"}),
    "indico-registrations": InputFormat(_from_indico_registrations, frozenset({"event_file", "attendance"})),
    "pretix": InputFormat(_from_pretix, frozenset({"event_file", "modes", "sessions", "subevent"})),
    "csv": InputFormat(_from_csv, frozenset({"columns", "defaults", "words", "event_file", *_CSV_ARGUMENTS}), ".csv"),
}
"""The formats that are read besides JSON, by their names."""


# Writers


_LANGUAGE: Final = frozenset({"language"})
_FEED: Final = frozenset({"language", "stamped", "utc", "reminders", "refresh", "html", "structured", "deadlines"})

_JSCALENDAR: Final = frozenset({"language", "stamped", "personal"})

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
}
"""The formats of events, by their names."""


def _to_vcard(rows: Iterable[Any], _: Event | None, options: FormatOptions) -> tuple[bytes, Format]:
    written = to_vcard(rows, audience=options["audience"], language=options["language"] or DEFAULT_LANGUAGE)
    if not written:
        console.say(f"The list is empty: nobody whom it may name agreed to be shown to {options['audience']}.")
    return written, FORMATS["vcard"]


def _to_iati(rows: Iterable[Any], event: Event | None, options: FormatOptions) -> tuple[bytes, Format]:
    if event is None or event.organizer is None:
        raise click.UsageError("--to iati needs a dossier whose event has an organizer, who publishes the pledges.")
    if options["reference"] is None or options["organization_type"] is None:
        raise click.UsageError("--to iati needs --reference and --organization-type: the organizer in IATI's lists.")
    written = to_iati(
        rows,
        reporting_organization=event.organizer,
        reference=options["reference"],
        organization_type=options["organization_type"],
        stamped=options["stamped"],
        sector=options["sector"],
        equal_shares=options["equal_shares"],
        personal=options["personal"],
    )
    return written, FORMATS["iati"]


ROW_FORMATS: Final[Mapping[str, RowFormat]] = {
    "vcard": RowFormat(Registration, _to_vcard, frozenset({"language", "audience"})),
    "iati": RowFormat(
        Pledge, _to_iati, frozenset({"reference", "organization_type", "stamped", "sector", "equal_shares", "personal"})
    ),
}
"""The formats of registrations and pledges besides CSV, by their names."""


# Options


CALENDAR_OPTIONS: Final = params.with_options(
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

ROW_OPTIONS: Final = params.with_options(
    click.option(
        "--personal", is_flag=True, help="csv, jscalendar, iati: include personal data, which are left out otherwise."
    ),
    click.option(
        "--delimiter",
        type=click.Choice(("comma", "semicolon", "tab")),
        default="comma",
        show_default=True,
        help="csv: the delimiter of cells that are written.",
    ),
    click.option("--bom", is_flag=True, help="csv: begin with a byte order mark, which Excel needs."),
    click.option("--reference", metavar="ID", help="iati: the identifier of the organization that publishes."),
    click.option("--organization-type", metavar="CODE", help="iati: its code in IATI's list of types, such as 40."),
    click.option(
        "--sector",
        metavar="CODE",
        default="22040",
        show_default=True,
        help="iati: the purpose code of OECD DAC; the default is information and communication technology.",
    ),
    click.option("--equal-shares", is_flag=True, help="iati: countries without shares have equal ones."),
    click.option(
        "--audience",
        type=click.Choice((ListingConsent.EVERYONE.value, ListingConsent.PARTICIPANTS.value)),
        default=ListingConsent.EVERYONE.value,
        show_default=True,
        help="vcard: who may read the list.",
    ),
)
"""The options of tables, activities and cards that are written."""

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
    click.option(
        "--timetable", type=params.FILE, metavar="FILE", help="From indico: the timetable of the same events."
    ),
)
"""The options of events that are read."""

REGISTRATION_READING_OPTIONS: Final = params.with_options(
    click.option(
        "--event", "event_file", type=params.FILE, metavar="FILE", help="Registrations and rows of others: their event."
    ),
    click.option("--attendance", metavar="MODE", help="From indico-registrations: how all take part, such as on-site."),
    params.repeated(
        "--mode",
        "modes",
        "PRODUCT MODE",
        "From pretix: a ticket, as ITEM or ITEM:VARIATION, and its mode, such as on-site; for each ticket.",
    ),
    params.repeated(
        "--session", "sessions", "PRODUCT ID", "From pretix: a product and the id of the session that it is for."
    ),
    click.option("--subevent", type=int, metavar="NUMBER", help="From pretix: the date of a series of events."),
)
"""The options of registrations in formats of others that are read."""

TABLE_READING_OPTIONS: Final = params.with_options(
    params.repeated(
        "--column",
        "columns",
        "HEADER COLUMN",
        "From csv: the column of this package that a header means; several are joined, and '' leaves it out.",
    ),
    params.repeated("--default", "defaults", "COLUMN VALUE", "From csv: the value of rows that have none."),
    params.repeated(
        "--word", "words", "COLUMN WORD OURS", "From csv: what a word of the table means in a column of this package."
    ),
    click.option("--date-format", metavar="FORMAT", help="From csv: how days are written, such as %d.%m.%Y."),
    click.option("--time-format", metavar="FORMAT", help="From csv: how times are written, such as %H.%M."),
    click.option("--datetime-format", metavar="FORMAT", help="From csv: how days with times are written."),
    click.option("--decimal", type=click.Choice((".", ",")), help="From csv: the decimal mark."),
    click.option(
        "--separator", metavar="TEXT", default="|", show_default=True, help="From csv: between items of a list."
    ),
    click.option(
        "--country", metavar="CODE", help="From csv: the country of telephone numbers without a country code."
    ),
    click.option("--encoding", metavar="NAME", help="From csv: the encoding, such as cp1252 (default: UTF-8)."),
)
"""The options of tables that are read."""
