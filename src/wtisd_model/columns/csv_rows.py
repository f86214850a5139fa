"""The rows of a table that anybody may have written: bytes become lines, and lines rows."""

from codecs import getincrementaldecoder, lookup
from collections.abc import Iterator
from csv import Error, reader
from itertools import chain, dropwhile
from typing import Final, NamedTuple

from wtisd_model.codes import Code
from wtisd_model.findings import Finding, finding
from wtisd_model.json.lines import Part, line_blocks, line_refusal

_UTF_8: Final = "utf-8"
_BYTE_ORDER_MARKS: Final = {b"\xef\xbb\xbf": _UTF_8, b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


class Line(NamedTuple):
    """A line of a file, without its line feed."""

    number: int
    text: str
    refusal: Finding | None = None
    """Why it cannot be read, if so."""


class CsvRow(NamedTuple):
    """A row of a table."""

    line: int
    cells: list[str]
    refusal: Finding | None = None
    """Why it cannot be read, if so."""

    @property
    def is_blank(self) -> bool:
        """True if no cell has a value."""
        return self.refusal is None and all(not cell or cell.isspace() for cell in self.cells)


def lines_of(chunks: Iterator[bytes], encoding: str | None, maximum: int) -> Iterator[Line]:
    """Yield the lines of a file in *encoding* (None: UTF-8), unless it begins with a byte order mark.

    A line of more than *maximum* bytes in UTF-8 is skipped, with a finding.
    """
    content = _EncodedFile(chunks, lookup(encoding or _UTF_8).name)
    for part, first, pieces in line_blocks(content.in_utf_8(), maximum):
        if part is Part.LINES:
            for number, raw in enumerate(pieces, first):
                yield _line(number, raw, content.encoding)
        elif part in {Part.OVERLONG, Part.DAMAGED}:
            yield Line(first, "", line_refusal(part, maximum))


def _line(number: int, raw: bytes, encoding: str) -> Line:
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        return Line(number, "", finding(Code.BYTES_UNDECODABLE, encoding=encoding))
    return Line(number, text, finding(Code.TEXT_CONTROL) if "\0" in text else None)


class _EncodedFile:
    """The content of a file, whose encoding is known once its first bytes are."""

    def __init__(self, chunks: Iterator[bytes], encoding: str) -> None:
        self.encoding = encoding
        self._chunks = chunks

    def in_utf_8(self) -> Iterator[bytes]:
        """Yield the content in UTF-8; what cannot be decoded becomes bytes that are not UTF-8, in the same line."""
        head = b""
        while len(head) < max(map(len, _BYTE_ORDER_MARKS)) and (chunk := next(self._chunks, b"")):
            head += chunk
        for mark, encoding in _BYTE_ORDER_MARKS.items():
            if head.startswith(mark):
                self.encoding, head = encoding, head.removeprefix(mark)
        chunks = chain([head], self._chunks)
        yield from chunks if self.encoding == _UTF_8 else _transcoded(chunks, self.encoding)


def _transcoded(chunks: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    # Both handlers turn bytes into halves of surrogate pairs, which are not allowed in UTF-8; the first one does not
    # know the code units of UTF-16, and the second one knows nothing else.
    decoder = getincrementaldecoder(encoding)("surrogatepass" if encoding.startswith("utf-16") else "surrogateescape")
    try:
        for chunk in chunks:
            yield decoder.decode(chunk).encode(_UTF_8, "surrogatepass")
        yield decoder.decode(b"", final=True).encode(_UTF_8, "surrogatepass")
    except UnicodeError:
        yield b"\xff"  # no UTF-8 has this byte


class _RowLines:
    """The lines of one row after another, as the csv module takes them."""

    def __init__(self, lines: Iterator[Line], maximum: int) -> None:
        self._lines = lines
        self._maximum = maximum
        self.begin_row()

    def begin_row(self) -> None:
        """Begin a row with the next line."""
        self.first = self.last = self._length = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        number, text, refusal = next(self._lines)
        self.first, self.last = self.first or number, number
        self._length += len(text) + 1
        if refusal is None and self._length > self._maximum:
            refusal = finding(Code.PAYLOAD_TOO_LARGE, maximum=self._maximum)
        if refusal is not None:
            raise _LineRefusedError(refusal)
        return f"{text}\n"


class _LineRefusedError(Exception):
    """Ends a row at a line that cannot be read; never leaves this module."""

    def __init__(self, refusal: Finding) -> None:
        super().__init__()
        self.refusal = refusal


def rows_of(lines: Iterator[Line], delimiter: str, maximum: int) -> Iterator[CsvRow]:
    """Yield the rows of a table (RFC 4180), of at most *maximum* characters.

    A row that cannot be read ends with the line in which that shows, and the next row begins after it. So each line is
    read once, whatever quotation marks there are.
    """
    source = _RowLines(lines, maximum)
    is_complete = False
    while not is_complete:
        refusal: Finding | None = None
        try:
            for cells in reader(source, delimiter=delimiter, strict=True):
                yield CsvRow(source.first, cells)
                source.begin_row()
            is_complete = True
        except _LineRefusedError as refused:
            refusal = refused.refusal
        except Error:
            refusal = finding(Code.ROW_MALFORMED, last=source.last)
        if refusal is not None:
            yield CsvRow(source.first, [], refusal)
            source.begin_row()


_HEAD_ROWS: Final = 20
"""The maximum number of rows among which the header is looked for."""
_HEAD_LENGTH: Final = 100_000
"""The number of characters after which no further row is looked at."""


def head_of(lines: Iterator[Line]) -> tuple[list[Line], Iterator[Line]]:
    """Return the first rows of a table, as lines, and all its lines again.

    Rows that are incomplete, and all after a line that cannot be read, are left out of the first rows.
    """
    head: list[Line] = []
    count = complete = quotes = length = 0
    for line in dropwhile(lambda line: line.refusal is None and not line.text.strip(), lines):
        head.append(line)
        quotes += line.text.count('"')
        length += len(line.text) + 1
        if line.refusal is not None:
            break
        if quotes % 2 == 0:
            complete = len(head)
            count += 1
        if count == _HEAD_ROWS or length > _HEAD_LENGTH:
            break
    return head[:complete], chain(head, lines)
