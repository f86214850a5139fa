"""CSV that is safe to open in a spreadsheet, written in chunks."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Final, Literal, TypeVar, get_args

from wtisd_model.model.event import Event

Delimiter = Literal[",", ";", "\t"]
"""The delimiter; spreadsheets with regional settings that write 1,5 expect semicolons."""

DELIMITERS: Final[tuple[Delimiter, ...]] = get_args(Delimiter)
"""The delimiters that are written, and recognized by readers."""

Row = TypeVar("Row")

_ROWS_PER_CHUNK: Final = 512


def to_csv(
    cls: type[Row],
    rows: Iterable[Row],
    *,
    personal: bool = False,
    language: str | None = None,
    event: Event | None = None,
    delimiter: Delimiter = ",",
    bom: bool = False,
) -> Iterator[bytes]:
    """Yield objects as CSV, in chunks, so that memory does not grow with their number.

    After a header line, the columns are those of `to_columns`. The encoding is UTF-8, and lines end with CRLF
    (RFC 4180). Spreadsheets do not take any text for a formula: a text that begins like one is preceded by an
    apostrophe, and so is each part of a text that a spreadsheet may take for a cell. Texts with an apostrophe are in
    quotation marks. None is an empty cell, a moment is in UTC in RFC 3339 format, and the items of a collection are
    separated by a space, ``|`` and a space.

    Args:
        cls: Session, Registration, InterpretationRequest, Pledge, Total, CoverageRow or SeatRow.
        rows: objects of this class, which are iterated lazily, except for results of planning.
        personal: whether to include personal fields.
        language: the language of texts, as for `to_columns`.
        event: the event whose questions were answered; without it there are no columns of answers. Only for a class
            that has answers.
        delimiter: comma, semicolon or tab. Spreadsheets with regional settings that write 1,5 expect semicolons.
        bom: whether to begin with a byte order mark, without which Excel does not recognize UTF-8.

    Raises:
        TypeError: *cls*, *rows*, *event* or *delimiter* is not allowed, immediately; a row is of another class, during
            iteration.
        InvalidValueError: ``language-unknown``, immediately.
    """
    from wtisd_model.columns.csv_escape import column_texts
    from wtisd_model.columns.table import table

    chosen = table(cls, rows, personal=personal, language=language, event=event)
    constraints = [each.constraint for each in chosen.columns]
    parts = (zip(*map(column_texts, constraints, part), strict=True) for part in chosen.parts())
    return _encoded([each.name for each in chosen.columns], chain.from_iterable(parts), delimiter, bom=bom)


def write_rows(
    header: Sequence[str], rows: Iterable[Sequence[object]], *, delimiter: Delimiter = ",", bom: bool = False
) -> Iterator[bytes]:
    """Yield any table as CSV, in the format of `to_csv`.

    Args:
        header: the names of the columns.
        rows: lists of cells: texts, numbers, dates, moments in UTC, booleans, collections of these, or None. Texts are
            escaped so that a spreadsheet does not take them for formulas.
        delimiter: comma, semicolon or tab.
        bom: whether to begin with a byte order mark.

    Raises:
        TypeError: *delimiter* is not allowed, immediately; the type of a cell is not, during iteration.
    """
    from wtisd_model.columns.csv_escape import cell

    texts = ([cell(each) for each in row] for row in rows)
    return _encoded([cell(each) for each in header], texts, delimiter, bom=bom)


def _encoded(
    header: Sequence[str], rows: Iterable[Iterable[object]], delimiter: Delimiter, *, bom: bool
) -> Iterator[bytes]:
    return _chunks(chain([header], rows), require_delimiter(delimiter), "utf-8-sig" if bom else "utf-8")


def require_delimiter(delimiter: str) -> Delimiter:
    """Return *delimiter*, or raise a TypeError if it is not one of `DELIMITERS`."""
    for each in DELIMITERS:
        if each == delimiter:
            return each
    raise TypeError("The delimiter must be a comma, a semicolon or a tab.")


class _Lines(list[str]):
    """Lines, one for each row that the csv module writes."""

    write = list[str].append


def _chunks(rows: Iterator[Iterable[object]], delimiter: Delimiter, encoding: str) -> Iterator[bytes]:
    from csv import writer  # not loaded by every import

    lines = _Lines()
    # Cells with an apostrophe are quoted as well, since Gnumeric may take one behind a delimiter for the delimiter. The
    # csv module quotes what contains a character of the line end, from which the apostrophe is then removed.
    write_all = writer(lines, delimiter=delimiter, lineterminator="'\r\n").writerows
    while chunk := list(islice(rows, _ROWS_PER_CHUNK)):
        write_all(chunk)
        yield "".join([f"{line[:-3]}\r\n" for line in lines]).encode(encoding)
        lines.clear()
        encoding = "utf-8"
