"""CSV of other programs, read as a stream of objects."""

from collections.abc import Generator, Iterable, Mapping
from os import PathLike
from typing import Any, Literal, TypeVar, cast
from zoneinfo import ZoneInfo

from wtisd_model.columns.csv import Delimiter
from wtisd_model.json.json_types import LinesSource, Stream
from wtisd_model.json.limits import DEFAULT_LIMITS, Limits
from wtisd_model.json.outcome import Outcome
from wtisd_model.model.event import Event
from wtisd_model.types.arguments import require_instance

T = TypeVar("T")


def from_csv(
    cls: type[T],
    source: bytes | str | PathLike[str] | Stream,
    *,
    columns: Mapping[str, str | None] | None = None,
    defaults: Mapping[str, Any] | None = None,
    values: Mapping[str, Mapping[str, str]] | None = None,
    event: Event | None = None,
    zone: str | ZoneInfo | None = None,
    date_format: str | None = None,
    time_format: str | None = None,
    datetime_format: str | None = None,
    decimal: Literal[".", ","] | None = None,
    separator: str = "|",
    country: str | None = None,
    delimiter: Delimiter | None = None,
    encoding: str | None = None,
    ids: Iterable[str] | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Generator[Outcome[T], None, None]:
    r"""Read a table; yield one `Outcome` per row, with the number of its line.

    Memory does not grow with the table. A row with a wrong cell does not become an object, and does not affect others.
    Each finding names the line and the column, both counted from 1: ``/lines/12/columns/3``; ``params["field"]`` is the
    name of our column. Rows without any value are skipped. If there are findings about the header, the first outcome
    has them, and no object; after an error there, it is the only one.

    The header is the first of the first 20 rows with a title for all that every row needs; rows above it are left out,
    with the warning ``rows-above-header``. Columns are those of `to_csv`, so that what it wrote is read back. A header
    means a field if it is the name of the column, with or without those of the objects around it, or the title of the
    field in a form, in any language, as long as this can mean one field only; fields of replies, reports and changes of
    state have only the names of their columns. A header means a question of the event if it is its label. Other columns
    are left out, with the warning ``column-unsupported``.

    In cells, enums, booleans and choices may be written as our words or as their labels in any language, and countries
    and languages as codes or as their names in any language of the package; outer blanks are removed. In a
    table without a column of ids, a row gets a random one (UUID version 4), another one each time.

    Args:
        cls: Session, Registration, InterpretationRequest or Pledge.
        source: the content as bytes; the path of a file, which is closed at the end or by ``close()``; or a binary
            stream, which stays open. Gzip is decompressed, as by `validate_lines`.
        columns: our column by the header of the table, None for one to leave out: ``{"Mail": "participant.email",
            "Seat": None}``. ``title.translations.fr`` is a translation, and ``slot.date`` the day of a session whose
            start and end are times. The cells of several columns for one field are joined in this order: items of a
            list, or with a space, such as a day and a time, or two names.
        defaults: values for rows that have none, by our column: ``{"mode": "on-site"}``. A value in an object that
            a row does not have, such as the currency of an amount, is not used.
        values: our words for those of the table, by our column: ``{"mode": {"vor Ort": "on-site"}}``. Case is ignored.
        event: the event whose questions are answered in columns such as ``answers.tshirt``. Registrations and
            interpretation requests without an ``event_uid`` belong to it.
        zone: the zone of slots and of moments without an offset: ``Europe/Zurich``.
        date_format: how days are written, with directives of ``strptime``: ``%d.%m.%Y``; by default ``%Y-%m-%d``. Names
            of months and days are not read.
        time_format: how times are written; by default ``%H:%M`` or ``%H:%M:%S``.
        datetime_format: how days with times are written; by default as a day, a space and a time.
        decimal: the decimal mark, if thousands may be grouped, as in ``1.250,50``; by default a point, without groups.
        separator: what separates the items of a list in a cell.
        country: as for `clean_form`, the country of telephone numbers without a country code.
        delimiter: comma, semicolon or tab; by default the one that fits the header best.
        encoding: the encoding, unless the table begins with a byte order mark: ``cp1252``; by default UTF-8.
        ids: the ids of the rows of a table that has no column of them, one for each row, refused or not.
        limits: ``bytes`` is the maximum of a row.

    Raises:
        TypeError: an argument is of a wrong type, or a format or the encoding is not known; during iteration, *ids* are
            too few.
        InvalidValueError: ``key-unknown`` for a column of this package that does not exist; ``zone-unknown``,
            ``country-unknown``, or the code of a wrong value in *defaults*; during iteration, that of a wrong id.
        ImportError: *country* is passed, and phonenumbers is not installed.
        OSError: immediately if the file cannot be opened, and during iteration if it cannot be read.

    Source: RFC 4180.
    """
    # Imported here, because few programs read tables.
    from wtisd_model.columns.cell_values import CellFormats
    from wtisd_model.columns.table_reader import TableReader
    from wtisd_model.columns.time_formats import time_formats
    from wtisd_model.json.text_values import phone_cleaner
    from wtisd_model.types.identifiers import ids_for_rows
    from wtisd_model.types.uid import random_uid

    require_instance(limits, Limits, "limits must be Limits(...).")
    times = time_formats(date_format=date_format, time_format=time_format, datetime_format=datetime_format, zone=zone)
    formats = CellFormats(times=times, decimal=decimal, separator=separator, clean_phone=phone_cleaner(country))
    reader = TableReader(
        cls,
        columns=columns or {},
        defaults=defaults or {},
        values=values or {},
        event=event,
        formats=formats,
        delimiter=delimiter,
        encoding=encoding,
        maximum=limits.bounds_for(cls).bytes,
        ids=iter(random_uid, None) if ids is None else ids_for_rows(ids),
    )
    outcomes = reader.outcomes(_opened(source))
    next(outcomes)  # only a generator that has started can close the file
    return outcomes


def _opened(source: object) -> Generator[bytes, None, None]:
    # Imported here, as in `from_csv`.
    from io import BytesIO

    from wtisd_model.json.lines import chunks_of

    if isinstance(source, bytes):
        source = BytesIO(source)
    elif isinstance(source, str) and "\n" in source:  # the name of no file, and not to be repeated by an OSError
        raise TypeError("A string is the path of a file. Pass the content as bytes: text.encode().")
    return chunks_of(cast("LinesSource", source))
