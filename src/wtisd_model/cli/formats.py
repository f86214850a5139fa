"""The formats of others that `convert` reads and writes; each is loaded when it is asked for."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any, Final, Literal, NamedTuple

import click
from attrs import evolve

from wtisd_model.cli.io import InputFile, read_at_most, say
from wtisd_model.cli.report import load, read_document
from wtisd_model.json.outcome import Outcome
from wtisd_model.model.dossier import Dossier, event_and_requests
from wtisd_model.model.event import Event
from wtisd_model.model.pledge import Pledge
from wtisd_model.model.registration import Registration
from wtisd_model.programme.format import Format
from wtisd_model.reading.imported import Imported, ImportedRecords
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

    load: Callable[[FormatOptions], tuple[Callable[..., bytes], Format]]
    """Return its writer, and what the format carries with some options."""
    options: frozenset[str]
    """The options that it takes, which are the arguments of the writer."""


class RowFormat(NamedTuple):
    """A format that the objects of one class in a dossier, or in JSON Lines, are written in."""

    cls: type
    write: Callable[[Iterable[Any], Event | None, FormatOptions], tuple[bytes, Format]]
    """Return the content, and what the format carries; the event is that of the dossier."""
    options: frozenset[str]
    """The options that it takes."""


# Readers


def _from_ical(file: str, _: type | None, options: FormatOptions) -> Imported:
    from wtisd_model.ical.parser import CalendarLimits
    from wtisd_model.ical.read import from_ical

    data = read_at_most(file, CalendarLimits().bytes + 1)
    return from_ical(
        data, zone=options["zone"], language=options["source_language"], place=_place(options), expand=options["expand"]
    )


def _from_jcal(file: str, _: type | None, options: FormatOptions) -> Imported:
    from wtisd_model.ical.parser import CalendarLimits
    from wtisd_model.ical.read import from_jcal

    data = read_at_most(file, CalendarLimits().bytes + 1)
    return from_jcal(
        data, zone=options["zone"], language=options["source_language"], place=_place(options), expand=options["expand"]
    )


def _from_jscalendar(file: str, _: type | None, options: FormatOptions) -> Imported:
    from wtisd_model.jscalendar.read import from_jscalendar

    return from_jscalendar(
        read_document(file),
        zone=options["zone"],
        language=options["source_language"],
        place=_place(options),
        expand=options["expand"],
    )


def _from_schedule_json(file: str, _: type | None, options: FormatOptions) -> Imported:
    from wtisd_model.schedule_json.reader import from_schedule_json

    return from_schedule_json(
        read_document(file), zone=options["zone"], language=options["source_language"], place=_place(options)
    )


def _from_indico(file: str, _: type | None, options: FormatOptions) -> Imported:
    from wtisd_model.importers.indico import from_indico

    timetable = options["timetable"]
    return from_indico(
        read_document(file),
        timetable=None if timetable is None else read_document(timetable),
        zone=options["zone"],
        language=options["source_language"],
        place=_place(options),
    )


def _place(options: FormatOptions) -> Location | None:
    if options["place"] is None:
        return None
    name, locality, country = options["place"]
    text = LocalizedText(text=name, language=options["source_language"])
    return Location(name=text, locality=locality, country=country)


def _from_pretix(file: str, _: type | None, options: FormatOptions) -> ImportedRecords[Registration]:
    from wtisd_model.importers.pretix import from_pretix

    if options["event_file"] is None or not options["modes"]:
        raise click.UsageError("--from pretix needs --event EVENT, and --mode PRODUCT MODE for each ticket.")
    return from_pretix(
        read_document(file),
        _event(options["event_file"]),
        modes={_product(product): mode for product, mode in options["modes"]},
        sessions={_product(product): session for product, session in options["sessions"]},
        subevent=options["subevent"],
    )


_PRODUCT: Final = re.compile(r"([0-9]{1,18})(?::([0-9]{1,18}))?")


def _product(name: str) -> int | tuple[int, int]:
    match = _PRODUCT.fullmatch(name)
    if match is None:
        raise click.UsageError("--mode and --session need the number of a product first, or ITEM:VARIATION.")
    item, variation = match.groups()
    return int(item) if variation is None else (int(item), int(variation))


def _from_indico_registrations(file: str, _: type | None, options: FormatOptions) -> ImportedRecords[Registration]:
    from wtisd_model.importers.indico_registrations import from_indico_registrations

    if options["event_file"] is None or options["attendance"] is None:
        raise click.UsageError("--from indico-registrations needs --event EVENT, and --attendance: on-site or remote.")
    return from_indico_registrations(read_document(file), _event(options["event_file"]), mode=options["attendance"])


def _from_csv(file: str, cls: type | None, options: FormatOptions) -> Iterator[Outcome[Any]]:
    from wtisd_model.columns.csv_reader import from_csv

    if cls is None:
        raise click.UsageError("Name the type of the rows with --as TYPE.")
    event = None if options["event_file"] is None else _event(options["event_file"])
    names = ("zone", "date_format", "time_format", "datetime_format", "decimal", "separator", "country", "encoding")
    given = {name: options[name] for name in names}
    columns = {header: column or None for header, column in options["columns"]}
    values: dict[str, dict[str, str]] = {}
    for column, word, ours in options["words"]:
        values.setdefault(column, {})[word] = ours
    with InputFile(file) as stream:
        try:
            outcomes: Iterator[Outcome[Any]] = from_csv(
                cls, stream, columns=columns, defaults=dict(options["defaults"]), values=values, event=event, **given
            )
        except TypeError as error:  # a format or an encoding that is not known
            raise click.UsageError(str(error)) from None
        yield from outcomes


def _event(file: str) -> Event:
    event, _ = event_and_requests(load(file, None, among=(Event, Dossier)))
    return event


_SCHEDULE: Final = frozenset({"zone", "source_language", "place"})
_CALENDAR: Final = _SCHEDULE | {"expand"}

INPUT_FORMATS: Final[Mapping[str, InputFormat]] = {
    "ical": InputFormat(_from_ical, _CALENDAR, ".ics"),
    "jcal": InputFormat(_from_jcal, _CALENDAR, ".jcal"),
    "jscalendar": InputFormat(_from_jscalendar, _CALENDAR),
    "schedule-json": InputFormat(_from_schedule_json, _SCHEDULE),
    "indico": InputFormat(_from_indico, frozenset({"zone", "source_language", "timetable", "place"})),
    "indico-registrations": InputFormat(_from_indico_registrations, frozenset({"event_file", "attendance"})),
    "pretix": InputFormat(_from_pretix, frozenset({"event_file", "modes", "sessions", "subevent"})),
    "csv": InputFormat(
        _from_csv,
        frozenset(
            {
                *("columns", "defaults", "words", "event_file", "zone", "date_format", "time_format"),
                *("datetime_format", "decimal", "separator", "country", "encoding"),
            }
        ),
        ".csv",
    ),
}
"""The formats that are read besides JSON, by their names."""


# Writers


def _ical(_: FormatOptions) -> tuple[Callable[..., bytes], Format]:
    from wtisd_model.ical.feed import to_ical
    from wtisd_model.ical.format import FORMAT

    return to_ical, FORMAT


def _jcal(_: FormatOptions) -> tuple[Callable[..., bytes], Format]:
    from wtisd_model.ical.feed import to_jcal
    from wtisd_model.ical.format import JCAL

    return to_jcal, JCAL


def _jscalendar(version: Literal["1.0", "2.0"], options: FormatOptions) -> tuple[Callable[..., bytes], Format]:
    from wtisd_model.jscalendar.exporter import to_jscalendar
    from wtisd_model.jscalendar.format import FORMAT, PERSONAL_FORMAT

    format_ = PERSONAL_FORMAT if options["personal"] else FORMAT
    if version == "1.0":
        format_ = evolve(format_, name="jscalendar-1")
    return partial(to_jscalendar, version=version), format_


def _jsonld(_: FormatOptions) -> tuple[Callable[..., bytes], Format]:
    from wtisd_model.jsonld.format import FORMAT
    from wtisd_model.jsonld.writer import to_jsonld

    return to_jsonld, FORMAT


def _cpev(_: FormatOptions) -> tuple[Callable[..., bytes], Format]:
    from wtisd_model.jsonld.format import CPEV_FORMAT
    from wtisd_model.jsonld.writer import to_jsonld

    return partial(to_jsonld, profile="cpev"), CPEV_FORMAT


def _schedule_json(version: Literal[1, 2], _: FormatOptions) -> tuple[Callable[..., bytes], Format]:
    from wtisd_model.schedule_json.format import FORMATS
    from wtisd_model.schedule_json.writer import to_schedule_json

    return partial(to_schedule_json, version=version), FORMATS[version]


def _html(_: FormatOptions) -> tuple[Callable[..., bytes], Format]:
    from wtisd_model.page.format import FORMAT
    from wtisd_model.page.writer import to_html

    # One file is written, so the calendars are in it.
    return partial(to_html, calendar="data"), FORMAT


_LANGUAGE: Final = frozenset({"language"})
_FEED: Final = frozenset({"language", "stamped", "utc", "reminders", "refresh", "html", "structured", "deadlines"})

EVENT_FORMATS: Final[Mapping[str, EventFormat]] = {
    "ical": EventFormat(_ical, _FEED),
    "jcal": EventFormat(_jcal, _FEED),
    "jscalendar": EventFormat(partial(_jscalendar, "2.0"), frozenset({"language", "stamped", "personal"})),
    "jscalendar-1": EventFormat(partial(_jscalendar, "1.0"), frozenset({"language", "stamped", "personal"})),
    "jsonld": EventFormat(_jsonld, _LANGUAGE),
    "cpev": EventFormat(_cpev, _LANGUAGE),
    "html": EventFormat(_html, frozenset({"language", "stamped"})),
    "schedule-json": EventFormat(partial(_schedule_json, 1), _LANGUAGE),
    "schedule-json-2": EventFormat(partial(_schedule_json, 2), _LANGUAGE),
}
"""The formats of events, by their names."""


def _to_vcard(rows: Iterable[Any], _: Event | None, options: FormatOptions) -> tuple[bytes, Format]:
    from wtisd_model.exports.vcard import FORMAT, to_vcard

    written = to_vcard(rows, audience=options["audience"], language=options["language"])
    if not written:
        say(f"The list is empty: nobody who takes part agreed to be shown to {options['audience']}.")
    return written, FORMAT


def _to_iati(rows: Iterable[Any], event: Event | None, options: FormatOptions) -> tuple[bytes, Format]:
    from wtisd_model.exports.iati import FORMAT, to_iati

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
    return written, FORMAT


ROW_FORMATS: Final[Mapping[str, RowFormat]] = {
    "vcard": RowFormat(Registration, _to_vcard, frozenset({"language", "audience"})),
    "iati": RowFormat(
        Pledge, _to_iati, frozenset({"reference", "organization_type", "stamped", "sector", "equal_shares", "personal"})
    ),
}
"""The formats of registrations and pledges besides CSV, by their names."""
