"""CSV of other programs, read as a stream of objects: the payload that a row describes, and its findings by column."""

from codecs import getincrementaldecoder
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import datetime
from itertools import chain
from typing import Any, Final, Generic, Literal, NamedTuple, TypeVar, cast
from zoneinfo import ZoneInfo

from attrs import evolve

from wtisd_model.codes import Code
from wtisd_model.columns.csv import DELIMITERS, Delimiter, cell, require_delimiter
from wtisd_model.columns.csv_cells import BAR, CellFormats, ReadText, cell_reader
from wtisd_model.columns.csv_rows import CsvRow, head_of, lines_of, rows_of
from wtisd_model.columns.header import (
    ID,
    SLOT_DATE,
    HeaderReader,
    Keys,
    TableHeader,
    TargetField,
    TargetFields,
    at_header,
)
from wtisd_model.columns.item_texts import in_text
from wtisd_model.columns.table import OBJECTS, OTHER_ANSWERS
from wtisd_model.columns.time_patterns import time_formats
from wtisd_model.errors import InvalidValueError
from wtisd_model.findings import EnoughError, Finding, FindingCollector, finding, pointer, safe_pointer_token
from wtisd_model.json.decoder import object_decoder
from wtisd_model.json.json_types import LinesSource
from wtisd_model.json.limits import DEFAULT_LIMITS, Limits
from wtisd_model.json.lines import chunks_of, with_path_suggested
from wtisd_model.json.outcome import Outcome, new_outcome
from wtisd_model.json.text_values import ABSENT, phone_cleaner
from wtisd_model.model.event import Event
from wtisd_model.model.interpreter import Interpreter
from wtisd_model.model.pledge import Pledge
from wtisd_model.model.question import read_answer
from wtisd_model.model.roster import Booth
from wtisd_model.model.session import Session
from wtisd_model.schema.constraints import Constraint, Items, Nested
from wtisd_model.schema.fields import FieldSpec, fields_of
from wtisd_model.schema.json_values import is_object
from wtisd_model.types.arguments import require_instance
from wtisd_model.types.identifiers import ids_for_rows, name_based_uid, random_uid
from wtisd_model.types.moment import as_utc
from wtisd_model.types.scalars import INVALID, refusal, scalar_decoder
from wtisd_model.types.timeslot import TimeSlot

T = TypeVar("T")


# Why: docs/decisions/0030
def from_csv(
    cls: type[T],
    source: LinesSource,
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

    Memory does not grow with the table, but for the ids of interpreters and booths. A row with a wrong cell does not
    become an object, and does not affect others. Each finding names the line and the column, both counted from 1:
    ``/lines/12/columns/3``; ``params["field"]`` is the name of our column, and ``params["header"]`` that of the table
    for a column that fills a field: an unknown one may be a value. Rows without any value are skipped. If there are
    findings about the header, the first outcome has them, and no object; after an error there, it is the only one.

    The header is the first of the first 20 rows with a title for all that every row needs; rows above it are left out,
    with the warning ``rows-above-header``. Columns are those of `to_csv`, so that what it wrote is read back. A header
    means a field if it is the name of the column, with or without those of the objects around it, or the title of the
    field in a form, in any language, as long as this can mean one field only; fields of replies, reports and changes of
    state have only the names of their columns. A header means a question of the event if it is its label. Other columns
    are left out, with the warning ``column-unsupported``.

    In cells, enums, booleans and choices may be written as our words or as their labels in any language, and countries
    and languages as codes or as their names in any language of the package; outer blanks are removed.

    In a table without a column of ids, a row gets a random one (UUID version 4), another one each time. An interpreter
    gets the same one each time, made of their e-mail address or, without one, of their name: with these, anybody can
    make it again. A column "No", "Nr" or "Number" has the ids of interpreters if no other one has. In a table of
    interpreters or booths, a row with the id of an earlier one is refused (``id-repeated``).

    Args:
        cls: Session, Registration, InterpretationRequest, Pledge, Interpreter, Booth or Assignment.
        source: the content as bytes or as a string; the ``Path`` of a file, which is closed at the end or by
            ``close()``; or a binary stream, which stays open. Gzip is decompressed, as by `validate_lines`.
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
        encoding: the encoding of bytes, unless the table begins with a byte order mark: ``cp1252``; by default UTF-8.
        ids: the ids of the rows of a table that has no column of them, one for each row, refused or not.
        limits: ``bytes`` is the maximum of a row.

    Raises:
        TypeError: an argument is of a wrong type; during iteration, *ids* are too few.
        InvalidValueError: ``key-unknown`` for a column of this package that does not exist; ``zone-unknown``;
            ``country-unknown``; ``value-unknown`` for a format, *decimal*, *delimiter* or *encoding*; ``text-empty``
            for *separator*; or the code of a wrong value in *defaults*; during iteration, that of a wrong id.
        ImportError: *country* is passed, and phonenumbers is not installed.
        OSError: immediately if the file cannot be opened, and during iteration if it cannot be read.

    Source: RFC 4180.
    """
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
        encoding=None if isinstance(source, str) else encoding,
        maximum=limits.bounds_for(cls).bytes,
        ids=_ids_of(cls) if ids is None else ids_for_rows(ids),
    )
    outcomes = reader.outcomes(chunks_of(source))
    next(outcomes)  # only a generator that has started can close the file
    return with_path_suggested(outcomes, source)


def _ids_of(cls: type) -> Iterator[str] | None:
    return None if cls is Interpreter else iter(random_uid, None)


class SourceColumn(NamedTuple):
    """A column that fills a field."""

    position: int
    """Its index among the cells of a row."""
    title: str
    target: TargetField
    read: ReadText


class _Default(NamedTuple):
    """A value for all rows."""

    target: TargetField
    value: Any
    within: Keys
    """The keys of the innermost optional object around it that has columns; no row without that object gets it."""


class RowReader(Generic[T]):
    """A reader of rows as objects.

    Args:
        cls: the class of the objects.
        count: the number of cells of a row.
        columns: the columns that fill a field.
        defaults: the JSON values of fields for which a row, or the whole table, has none.
        ids: the ids of rows, for a table without a column of ids; None if they are made of e-mail addresses or names.
    """

    def __init__(
        self,
        cls: type[T],
        count: int,
        columns: Sequence[SourceColumn],
        defaults: Mapping[TargetField, Any],
        ids: Iterator[str] | None,
    ) -> None:
        self._cls = cast("type", cls)
        self._count = count
        # Other answers are added to those that have columns.
        self._columns = sorted(columns, key=lambda column: column.target.name == OTHER_ANSWERS)
        self._texts = {pointer("columns", each.position + 1) for each in columns if each.target.item_text is not None}
        self._by_keys = {column.target.keys: column for column in columns}
        self._defaults = [_Default(target, value, self._within(target)) for target, value in defaults.items()]
        targets = {*defaults, *(column.target for column in columns)}
        has_ids = any(target.keys == ID for target in targets)
        self._ids = None if has_ids else ids
        self._names_people = ids is None and not has_ids
        self._taken: set[str] | None = set[str]() if cls in _LISTED else None
        self._slots = {
            keys for target in targets for keys, _, inner in _objects_at(self._cls, target.keys) if inner is TimeSlot
        }
        self._decode = object_decoder(self._cls).decode

    def outcome(self, row: CsvRow) -> Outcome[T]:
        """Return the object of a row, or the findings about it."""
        findings = FindingCollector()
        here = pointer("lines", row.line)
        own = {} if self._ids is None else {"id": next(self._ids)}
        thing: Any = None
        if row.refusal is not None:
            findings.add(row.refusal.prefixed(here))
        elif any(cell.strip() for cell in row.cells[self._count :]):
            findings.add(finding(Code.CELLS_TOO_MANY, here, maximum=self._count))
        else:
            thing = self._made(row.cells, here, findings, own)
        return new_outcome(None if findings.kept else thing, tuple(findings.kept), row.line, findings.omitted, None)

    def _made(self, cells: list[str], here: str, findings: FindingCollector, own: dict[str, str]) -> Any:
        draft: dict[str, Any] = self._draft(cells, here, findings) | own
        if self._names_people:
            draft |= _own_id(draft.get("contact", {}))
        refused = FindingCollector()
        try:
            thing = self._decode(draft, refused)
        except EnoughError:
            thing = INVALID
        told: set[str] = set()
        for found in refused.kept:
            placed = self._placed(found, here)
            if placed.path not in told:
                findings.add(placed)
            if placed.path.removeprefix(here) in self._texts:  # of a cell with one text, more than one says the same
                told.add(placed.path)
        findings.omitted += refused.omitted
        if thing is not INVALID and self._taken is not None:
            if thing.id in self._taken:
                findings.add(self._placed(finding(Code.ID_REPEATED, pointer(*ID)), here))
            self._taken.add(thing.id)
        return thing

    def _draft(self, cells: list[str], here: str, findings: FindingCollector) -> dict[str, Any]:
        """Return the payload that a row describes."""
        draft: dict[str, Any] = {}
        lists: dict[Keys, list[tuple[SourceColumn, list[Any]]]] = {}
        count = len(cells)
        for column in self._columns:
            position, _, target, read_cell = column
            # Most cells are empty in most tables.
            if position >= count or not cells[position] or (value := read_cell(cells[position])) is ABSENT:
                continue
            if target.list_at is not None:
                lists.setdefault(target.keys[: target.list_at], []).append((column, value))
                continue
            found = None if target.question is None else read_answer(target.question.constraint, value)[1]
            if found is None:
                _put(draft, target.keys, value)
            else:
                findings.add(_at_column(found, here, column))
        for keys, parts in lists.items():
            differing = next((column for column, values in parts if len(values) != len(parts[0][1])), None)
            if differing is None:
                _put(draft, keys, _items(parts))
            else:
                found = finding(Code.CELL_ITEMS_DIFFER, field=differing.target.name)
                findings.add(_at_column(found, here, differing))
        for target, value, within in self._defaults:
            _fill_target(draft, target, value, len(within))
        for keys in self._slots:
            _complete_slots(draft, keys)
        return draft

    def _within(self, target: TargetField) -> Keys:
        """Return the keys of the innermost object around a field that a row may lack and that has columns, if any."""
        return max(
            (
                keys
                for keys, spec, _ in _objects_at(self._cls, target.keys)
                if (spec.optional or isinstance(spec.constraint, Items))
                and any(column_keys[: len(keys)] == keys for column_keys in self._by_keys)
            ),
            key=len,
            default=(),
        )

    def _placed(self, found: Finding, here: str) -> Finding:
        """Return a finding about a payload as one about the column, or the row, that it comes from."""
        keys: Keys = ()
        constraint: Constraint = Nested(self._cls)
        names: list[str] = []
        for step in found.path.split("/")[1:]:
            if isinstance(constraint, Items):  # the step is an index
                constraint = constraint.item
                continue
            keys = (*keys, step)
            if keys in self._by_keys:
                column = self._by_keys[keys]
                return _at_column(found if column.target.item_text is None else in_text(found), here, column)
            spec = _spec(constraint.cls, step) if isinstance(constraint, Nested) else None
            if spec is None:  # a key that people chose, which may be personal data
                break
            names.append(spec.name)
            constraint = spec.constraint
        return _at(found, here, ".".join(names))


_LISTED: Final = frozenset({Interpreter, Booth})
"""The classes of rows that a roster lists once each."""


def _own_id(contact: Mapping[str, Any]) -> dict[str, str]:
    """Return the id of a person that each reading gives, which e-mail address or name make; none without either."""
    for key in ("email", "name"):
        words = str(contact.get(key, "")).casefold().split()
        if words:
            return {"id": name_based_uid(f"interpreter {key} {' '.join(words)}")}
    return {}


def _at_column(found: Finding, here: str, column: SourceColumn) -> Finding:
    place = here + pointer("columns", column.position + 1)
    return at_header(_at(found, place, column.target.name), column.title)


def _at(found: Finding, path: str, name: str) -> Finding:
    return evolve(found, path=path, params={**found.params, "field": name})


def _spec(cls: type, key: str) -> FieldSpec | None:
    return next((spec for spec in fields_of(cls) if spec.key == key), None)


def _objects_at(cls: type, keys: Keys) -> Iterator[tuple[Keys, FieldSpec, type]]:
    """Yield the keys, the field and the class of each object around a field, the outermost first."""
    for length, key in enumerate(keys[:-1], 1):
        spec = _spec(cls, key)
        constraint = None if spec is None else spec.constraint
        if isinstance(constraint, Items):
            constraint = constraint.item
        if spec is None or not isinstance(constraint, Nested):
            return
        cls = constraint.cls
        yield keys[:length], spec, cls


def _put(node: dict[str, Any], keys: Keys, value: Any) -> None:
    """Put a value into an object, and create the objects that lead to it."""
    for key in keys[:-1]:
        node = node.setdefault(key, {})
    last = keys[-1]
    node[last] = value | node[last] if last in node and is_object(value) else value  # other answers


def _items(parts: Sequence[tuple[SourceColumn, list[Any]]]) -> list[dict[str, Any]]:
    """Return the objects of a list, whose fields are in several columns."""
    items: list[dict[str, Any]] = [{} for _ in parts[0][1]]
    for (_, _, target, _), values in parts:
        keys = target.keys[target.list_at :]
        for item, value in zip(items, values, strict=True):
            if value is not ABSENT:
                _put(item, keys, value)
    return items


def _fill_target(node: dict[str, Any], target: TargetField, value: Any, needed: int) -> None:
    """Put a value into a row that has none there, if the first *needed* objects on the way to it exist."""
    if target.list_at is None:
        _fill(node, target.keys, value, needed)
        return
    outer, inner = target.keys[: target.list_at], target.keys[target.list_at :]
    for item in _fill(node, outer, [{}], needed) or ():
        _fill(item, inner, value, needed - len(outer))


def _fill(node: Any, keys: Keys, value: Any, needed: int) -> Any:
    """Put a value at *keys* unless there is one, and return the one there; None if a needed object does not exist."""
    for number, key in enumerate(keys):
        if not is_object(node) or (key not in node and number < needed):
            return None
        node = node.setdefault(key, value if number == len(keys) - 1 else {})
    return node


def _complete_slots(node: Any, keys: Keys) -> None:
    """Put the day of a slot, if it has one of its own, before its times, and that of the start before a bare end."""
    for key in keys:
        node = node.get(key, ()) if is_object(node) else ()
    for slot in [node] if is_object(node) else cast("Sequence[dict[str, Any]]", node):
        start, end = slot.get("start", ""), slot.get("end", "")
        if _is_clock(start) or not start:
            day = slot.pop(SLOT_DATE, "")
            start = f"{day}T{start}" if day and start else start
        if _is_clock(end) and start:
            end = f"{start[:10]}T{end}"
        slot |= {key: text for key, text in (("start", start), ("end", end)) if text}


def _is_clock(text: str) -> bool:
    return text[2:3] == ":"


class TableReader(Generic[T]):
    """A reader of tables, with the arguments of `from_csv`; *maximum* is the length of a row."""

    def __init__(
        self,
        cls: type[T],
        *,
        columns: Mapping[str, str | None],
        defaults: Mapping[str, Any],
        values: Mapping[str, Mapping[str, str]],
        event: Event | None,
        formats: CellFormats,
        delimiter: str | None,
        encoding: str | None,
        maximum: int,
        ids: Iterator[str] | None,
    ) -> None:
        _require_known(cls, formats, delimiter, encoding)
        words_of: Iterable[object] = values.values() if isinstance(cast("object", values), Mapping) else ()
        for argument in cast("tuple[object, ...]", (columns, defaults, values, *words_of)):
            if not isinstance(argument, Mapping):
                raise TypeError("columns, defaults and values must be mappings, and values a mapping of mappings.")
        names = (name for name in columns.values() if name is not None)
        texts = chain(columns, names, defaults, values, *(chain(words, words.values()) for words in values.values()))
        for text in texts:
            require_instance(text, str, "The names of columns, and the words in values, must be texts.")
        self._cls = cls
        self._targets = TargetFields(cls, event)
        self._formats = formats
        self._delimiter = delimiter
        self._encoding = encoding
        self._maximum = maximum
        self._ids = ids
        self._stated = {
            header.strip(): None if name is None else self._named(name, f"/columns{safe_pointer_token(header)}")
            for header, name in columns.items()
        }
        self._words = {
            self._named(name, f"/values{safe_pointer_token(name)}").keys: {
                text.strip().casefold(): word for text, word in words.items()
            }
            for name, words in values.items()
        }
        if cls is Session and formats.times.zone is not None:
            defaults = {_SLOT_ZONE: formats.times.zone, **defaults}
        if event is not None and cls is not Pledge:  # a pledge need not be made for an event
            defaults = {"event_uid": event.uid, **defaults}
        named = ((self._named(name, f"/defaults{safe_pointer_token(name)}"), value) for name, value in defaults.items())
        self._defaults = {target: _read_default(target, value) for target, value in named}

    def outcomes(self, chunks: Generator[bytes, None, None]) -> Generator[Outcome[T], None, None]:
        """Yield an empty outcome once the file is open, then those of the header and of the rows.

        Args:
            chunks: empty bytes once the file is open, then its content.
        """
        with closing(chunks):
            next(chunks)
            yield new_outcome(None, (), None, 0, None)
            header_reader = HeaderReader(
                self._cls, self._targets, self._stated, [target.keys for target in self._defaults]
            )
            head, lines = head_of(lines_of(chunks, self._encoding, self._maximum))
            delimiters = DELIMITERS if self._delimiter is None else (self._delimiter,)
            delimiter, line = header_reader.find(head, delimiters, self._maximum)
            rows: Iterator[CsvRow] = (row for row in rows_of(lines, delimiter, self._maximum) if not row.is_blank)
            first = top = next(rows, CsvRow(1, []))
            while top.line < line:
                top = next(rows)
            if top.refusal is not None:
                yield new_outcome(None, (top.refusal.prefixed(pointer("lines", top.line)),), top.line, 0, None)
                return
            header = header_reader.read(top, is_first=top is first)
            if header.findings.kept:
                yield new_outcome(None, tuple(header.findings.kept), top.line, header.findings.omitted, None)
            if header.is_readable:
                columns = [
                    SourceColumn(index, header.titles[index], target, cell_reader(target, self._formats, words))
                    for index, target in header.targets.items()
                    for words in (self._words.get(target.keys, {}),)
                ]
                rows = map(self._joining(header), rows) if header.joined else rows
                yield from map(
                    RowReader(self._cls, len(header.titles), columns, self._defaults, self._ids).outcome, rows
                )

    def _joining(self, header: TableHeader) -> Callable[[CsvRow], CsvRow]:
        """Return a function that joins the cells of a row that fill one field together, in the first of them."""
        joins: list[tuple[Sequence[int], str]] = []
        for columns in header.joined:
            target = header.targets[columns[0]]
            is_list = target.is_list or target.list_at is not None
            joins.append((columns, self._formats.separator if is_list else " "))

        def joined(row: CsvRow) -> CsvRow:
            cells = row.cells + [""] * (len(header.titles) - len(row.cells))
            for columns, between in joins:
                cells[columns[0]] = between.join(filter(str.strip, (cells[column] for column in columns)))
            return row._replace(cells=cells)

        return joined

    def _named(self, name: str, path: str) -> TargetField:
        """Return the field that a column of this package fills, or raise (``key-unknown``)."""
        target = self._targets.named(name)
        if target is None:
            meant = self._targets.suggestion(name)
            suggestion = {} if meant is None else {"suggestion": meant}
            raise InvalidValueError(finding(Code.KEY_UNKNOWN, path, **suggestion))
        return target


_SLOT_ZONE: Final = "slot.time_zone"

_OWN: Final = CellFormats(times=time_formats(), decimal=None, separator=BAR, clean_phone=phone_cleaner(None))
"""How `to_csv` writes cells."""


def _require_known(cls: type, formats: CellFormats, delimiter: str | None, encoding: str | None) -> None:
    if cls not in OBJECTS:
        names = ", ".join(known.__name__ for known in OBJECTS)
        raise TypeError(f"Not a class of rows that can be read. Use one of {names}.")
    if delimiter is not None:
        require_delimiter(delimiter)
    if formats.decimal not in {None, ".", ","}:
        raise InvalidValueError(finding(Code.VALUE_UNKNOWN, "/decimal", choices="'.' ','"))
    if not require_instance(formats.separator, str, "separator must be a string."):
        raise InvalidValueError(finding(Code.TEXT_EMPTY, "/separator"))
    try:
        "".encode(encoding or "utf-8")  # refuses what encodes no texts
        getincrementaldecoder(encoding or "utf-8")
    except (LookupError, UnicodeError):  # Python has a codec that refuses everything
        choices = "utf-8, utf-16, cp1252, iso-8859-1, ..."
        raise InvalidValueError(finding(Code.VALUE_UNKNOWN, "/encoding", choices=choices)) from None


def _read_default(target: TargetField, value: Any) -> Any:
    """Return the JSON value of a default, which is read as if `to_csv` had written it."""
    path = pointer("defaults", target.name)
    text = cell(as_utc(value) if isinstance(value, datetime) else value)
    in_cell = cell_reader(target, _OWN, {})(text)
    default = in_cell[0] if target.list_at is not None and in_cell is not ABSENT and len(in_cell) == 1 else in_cell
    if default is ABSENT:
        raise InvalidValueError(finding(Code.TEXT_EMPTY, path))
    for single in () if target.item_text is not None else default if target.is_list else [default]:
        if scalar_decoder(target.leaf)(single) is INVALID:
            raise InvalidValueError(refusal(target.leaf, single).prefixed(path))
    return default
