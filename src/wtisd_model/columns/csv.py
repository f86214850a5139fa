"""Tables as CSV: safe to open in a spreadsheet, and written bit by bit."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Final, Literal, TypeVar

Delimiter = Literal[",", ";", "\t"]
"""What stands between cells: spreadsheets whose regional settings write 1,5 look for semicolons."""

Row = TypeVar("Row")

# Rows of a chunk.
_AT_ONCE: Final = 512


def to_csv(
    cls: type[Row],
    rows: Iterable[Row],
    *,
    personal: bool = False,
    language: str | None = None,
    delimiter: Delimiter = ",",
    bom: bool = False,
) -> Iterator[bytes]:
    """Write objects as CSV, chunk by chunk, so that memory does not grow with their number.

    The columns are those of `to_columns`, after a line that names them. The encoding is UTF-8, and lines end with CRLF
    (RFC 4180). No text in it is taken for a formula: one that begins like a formula gets an apostrophe before it, and
    so has each part of a text that a spreadsheet may take for a cell. None is an empty cell, a moment is in UTC as
    RFC 3339 writes it, and several values have `` | `` between them.

    Args:
        cls: Session, Registration, InterpretationRequest, Pledge, Total or CoverageRow.
        rows: objects of this class, which are asked for as they are written; results of planning all at once.
        personal: whether to give the personal fields too.
        language: whose texts to choose, as for `to_columns`.
        delimiter: what stands between cells. Spreadsheets whose regional settings write 1,5 look for semicolons.
        bom: whether to begin with a byte order mark, without which Excel does not take the file for UTF-8.

    Raises:
        TypeError: *cls* is none of these, *rows* are not several, or *delimiter* is none, at the call; a row is of
            another class, later.
        InvalidValueError: ``language-unknown``, at the call.
    """
    from wtisd_model.columns.csv_escape import column_texts
    from wtisd_model.columns.table import table

    chosen = table(cls, rows, personal=personal, language=language)
    constraints = [each.constraint for each in chosen.columns]
    parts = (zip(*map(column_texts, constraints, part), strict=True) for part in chosen.parts())
    return _encoded([each.name for each in chosen.columns], chain.from_iterable(parts), delimiter, bom=bom)


def write_rows(
    header: Sequence[str], rows: Iterable[Sequence[object]], *, delimiter: Delimiter = ",", bom: bool = False
) -> Iterator[bytes]:
    """Write any table as `to_csv` writes those of objects.

    Args:
        header: the names of the columns.
        rows: their cells: texts, numbers, dates, moments in UTC, true and false, several of these, or None. A text is
            anybody's, and written so that a spreadsheet does not take it for a formula; the others are written plainly.
        delimiter: what stands between cells.
        bom: whether to begin with a byte order mark.

    Raises:
        TypeError: *delimiter* is none, at the call; a cell holds something else, later.
    """
    from wtisd_model.columns.csv_escape import cell

    texts = ([cell(each) for each in row] for row in rows)
    return _encoded([cell(each) for each in header], texts, delimiter, bom=bom)


def _encoded(
    header: Sequence[str], rows: Iterable[Iterable[object]], delimiter: Delimiter, *, bom: bool
) -> Iterator[bytes]:
    if delimiter not in {",", ";", "\t"}:
        raise TypeError("Not a delimiter: give a comma, a semicolon or a tab.")
    return _chunks(chain([header], rows), delimiter, "utf-8-sig" if bom else "utf-8")


def _chunks(rows: Iterator[Iterable[object]], delimiter: Delimiter, encoding: str) -> Iterator[bytes]:
    from csv import writer  # not loaded by every import
    from io import StringIO

    while chunk := list(islice(rows, _AT_ONCE)):
        page = StringIO(newline="")
        writer(page, delimiter=delimiter, lineterminator="\r\n").writerows(chunk)
        yield page.getvalue().encode(encoding)
        encoding = "utf-8"
