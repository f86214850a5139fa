"""A foreign table: its header is understood, and its rows become objects."""

from codecs import getincrementaldecoder
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import datetime
from itertools import chain
from typing import Any, Final, Generic, TypeVar, cast

from wtisd_model.codes import Code
from wtisd_model.columns.cell_values import BAR, CellFormats
from wtisd_model.columns.csv import DELIMITERS, require_delimiter
from wtisd_model.columns.csv_escape import cell
from wtisd_model.columns.csv_rows import CsvRow, head_of, lines_of, rows_of
from wtisd_model.columns.header import HeaderReader, TableHeader
from wtisd_model.columns.row_reader import RowReader, SourceColumn, cell_reader
from wtisd_model.columns.table import OBJECTS
from wtisd_model.columns.targets import TargetField, TargetFields
from wtisd_model.columns.time_formats import time_formats
from wtisd_model.findings import InvalidValueError, finding, pointer, safe_pointer_token
from wtisd_model.json.outcome import Outcome, new_outcome
from wtisd_model.json.text_values import ABSENT, phone_cleaner
from wtisd_model.model.event import Event
from wtisd_model.model.pledge import Pledge
from wtisd_model.model.session import Session
from wtisd_model.types.arguments import require_instance
from wtisd_model.types.moment import as_utc
from wtisd_model.types.scalars import INVALID, refusal, scalar_decoder

T = TypeVar("T")


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
        ids: Iterator[str],
    ) -> None:
        _require_known(cls, formats, delimiter, encoding)
        words_of: Iterable[object] = values.values() if isinstance(cast("object", values), Mapping) else ()
        for each in cast("tuple[object, ...]", (columns, defaults, values, *words_of)):
            if not isinstance(each, Mapping):
                raise TypeError("columns, defaults and values must be mappings, and values a mapping of mappings.")
        names = (each for each in columns.values() if each is not None)
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
        named = ((self._named(name, f"/defaults{safe_pointer_token(name)}"), each) for name, each in defaults.items())
        self._defaults = {target: _default(target, value) for target, value in named}

    def outcomes(self, chunks: Generator[bytes, None, None]) -> Generator[Outcome[T], None, None]:
        """Yield an empty outcome once the file is open, then those of the header and of the rows.

        Args:
            chunks: empty bytes once the file is open, then its content.
        """
        with closing(chunks):
            next(chunks)
            yield new_outcome(None, (), None, 0)
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
            if top.found is not None:
                yield new_outcome(None, (top.found.prefixed(pointer("lines", top.line)),), top.line, 0)
                return
            header = header_reader.read(top, is_first=top is first)
            if header.findings.kept:
                yield new_outcome(None, tuple(header.findings.kept), top.line, header.findings.omitted)
            if header.is_readable:
                columns = [self._column(index, target) for index, target in header.targets.items()]
                rows = map(self._joining(header), rows) if header.joined else rows
                yield from map(RowReader(self._cls, header.count, columns, self._defaults, self._ids).outcome, rows)

    def _joining(self, header: TableHeader) -> Callable[[CsvRow], CsvRow]:
        """Return a function that joins the cells of a row that fill one field together, in the first of them."""
        joins: list[tuple[Sequence[int], str]] = []
        for columns in header.joined:
            target = header.targets[columns[0]]
            is_list = target.is_list or target.list_at is not None
            joins.append((columns, self._formats.separator if is_list else " "))

        def joined(row: CsvRow) -> CsvRow:
            cells = row.cells + [""] * (header.count - len(row.cells))
            for columns, between in joins:
                cells[columns[0]] = between.join(filter(str.strip, (cells[each] for each in columns)))
            return row._replace(cells=cells)

        return joined

    def _column(self, index: int, target: TargetField) -> SourceColumn:
        return SourceColumn(index, target, cell_reader(target, self._formats, self._words.get(target.keys, {})))

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
        names = ", ".join(each.__name__ for each in OBJECTS)
        raise TypeError(f"Not a class of rows that can be read. Use one of {names}.")
    if delimiter is not None:
        require_delimiter(delimiter)
    if formats.decimal not in {None, ".", ","}:
        raise TypeError("The decimal mark must be a point or a comma.")
    if not isinstance(cast("object", formats.separator), str) or not formats.separator:
        raise TypeError("The separator must be a text.")
    try:
        "".encode(encoding or "utf-8")  # refuses what encodes no texts
        getincrementaldecoder(encoding or "utf-8")
    except (LookupError, UnicodeError):  # Python has a codec that refuses everything
        raise TypeError("The encoding is not known.") from None


def _default(target: TargetField, value: Any) -> Any:
    """Return the JSON value of a default, which is read as if `to_csv` had written it."""
    path = pointer("defaults", target.name)
    text = cell(as_utc(value) if isinstance(value, datetime) else value)
    in_cell = cell_reader(target, _OWN, {})(text)
    made = in_cell[0] if target.list_at is not None and in_cell is not ABSENT and len(in_cell) == 1 else in_cell
    if made is ABSENT:
        raise InvalidValueError(finding(Code.TEXT_EMPTY, path))
    for each in made if target.is_list else [made]:
        if scalar_decoder(target.leaf)(each) is INVALID:
            raise InvalidValueError(refusal(target.leaf, each).prefixed(path))
    return made
