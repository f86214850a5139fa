"""Tables as CSV: safe to open in a spreadsheet, and written bit by bit."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Final, Literal

Delimiter = Literal[",", ";", "\t"]
"""What stands between cells: spreadsheets whose regional settings write 1,5 look for semicolons."""

# Rows of a chunk.
_AT_ONCE: Final = 512


def write_rows(
    header: Sequence[str], rows: Iterable[Sequence[object]], *, delimiter: Delimiter = ",", bom: bool = False
) -> Iterator[bytes]:
    """Write a table, chunk by chunk, in UTF-8 with CRLF at the ends of lines (RFC 4180).

    Args:
        header: the names of the columns.
        rows: their cells: texts, numbers, dates, moments in UTC, true and false, several of these, or None. A text is
            anybody's, and written so that a spreadsheet does not take it for a formula; the others are written plainly.
        delimiter: what stands between cells.
        bom: begin with a byte order mark, without which Excel does not take the file for UTF-8.
    """
    from wtisd_model.export.cells import cell

    texts = ([cell(each) for each in row] for row in chain([header], rows))
    return encoded(texts, delimiter=delimiter, bom=bom)


def encoded(rows: Iterator[Sequence[str]], *, delimiter: Delimiter, bom: bool) -> Iterator[bytes]:
    """Write rows of cells that are texts already, in chunks."""
    from csv import writer  # not loaded by every import
    from io import StringIO

    encoding = "utf-8-sig" if bom else "utf-8"
    while chunk := list(islice(rows, _AT_ONCE)):
        page = StringIO(newline="")
        writer(page, delimiter=delimiter, lineterminator="\r\n").writerows(chunk)
        yield page.getvalue().encode(encoding)
        encoding = "utf-8"
