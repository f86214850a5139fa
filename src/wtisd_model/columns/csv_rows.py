"""The rows and cells of a table that anybody may have written: bytes become rows, and texts the JSON values of fields.

Dates and times have patterns as those of `datetime.strptime`, which is not used itself: the words that it reads depend
on the language of the machine.
"""

import re
from codecs import getincrementaldecoder, lookup
from collections.abc import Callable, Iterator, Mapping
from csv import Error, reader
from itertools import chain, dropwhile, product
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from attrs import frozen

from wtisd_model.codes import Code
from wtisd_model.columns.csv import split_items, unescape_formula
from wtisd_model.errors import InvalidValueError
from wtisd_model.findings import Finding, finding, pointer
from wtisd_model.json.lines import Part, line_blocks, line_refusal
from wtisd_model.json.text_values import ABSENT, CleanPhone, value_of_text
from wtisd_model.reading.codes_by_name import country_named, language_named
from wtisd_model.schema.constraints import Date, DecimalNumber, Integer, Leaf, Pattern, Timestamp, compiled
from wtisd_model.types.country import COUNTRY
from wtisd_model.types.language import LANGUAGE
from wtisd_model.types.scalars import INVALID, decode_timestamp, scalar_decoder
from wtisd_model.types.timezone import LOCAL_TIME, LOCAL_TIMES, require_zone, resolve, to_utc

_UTF_8: Final = "utf-8"
_BYTE_ORDER_MARKS: Final = {b"\xef\xbb\xbf": _UTF_8, b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


class Line(NamedTuple):
    """A line of a file, without its line feed."""

    number: int
    text: str
    found: Finding | None = None
    """Why it cannot be read, if so."""


class CsvRow(NamedTuple):
    """A row of a table."""

    line: int
    cells: list[str]
    found: Finding | None = None
    """Why it cannot be read, if so."""

    @property
    def is_blank(self) -> bool:
        """True if no cell has a value."""
        return self.found is None and all(not cell or cell.isspace() for cell in self.cells)


def lines_of(chunks: Iterator[bytes], encoding: str | None, maximum: int) -> Iterator[Line]:
    """Yield the lines of a file.

    Args:
        chunks: the bytes of the file.
        encoding: its encoding, unless it begins with a byte order mark; None for UTF-8.
        maximum: the length of a line in UTF-8, in bytes; a longer one is skipped, with a finding.
    """
    content = _EncodedFile(chunks, lookup(encoding or _UTF_8).name)
    for part, first, pieces in line_blocks(content.in_utf_8(), maximum):
        if part is Part.LINES:
            for number, each in enumerate(pieces, first):
                yield _line(number, each, content.encoding)
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
        number, text, found = next(self._lines)
        self.first, self.last = self.first or number, number
        self._length += len(text) + 1
        if found is None and self._length > self._maximum:
            found = finding(Code.PAYLOAD_TOO_LARGE, maximum=self._maximum)
        if found is not None:
            raise _LineRefusedError(found)
        return f"{text}\n"


class _LineRefusedError(Exception):
    """Ends a row at a line that cannot be read; never leaves this module."""

    def __init__(self, found: Finding) -> None:
        super().__init__()
        self.found = found


def rows_of(lines: Iterator[Line], delimiter: str, maximum: int) -> Iterator[CsvRow]:
    """Yield the rows of a table (RFC 4180).

    A row that cannot be read ends with the line in which that shows, and the next row begins after it. So each line is
    read once, whatever quotation marks there are.

    Args:
        lines: the lines of the table.
        delimiter: the delimiter of cells.
        maximum: the length of a row in characters.
    """
    source = _RowLines(lines, maximum)
    is_complete = False
    while not is_complete:
        found: Finding | None = None
        try:
            for cells in reader(source, delimiter=delimiter, strict=True):
                yield CsvRow(source.first, cells)
                source.begin_row()
            is_complete = True
        except _LineRefusedError as refused:
            found = refused.found
        except Error:
            found = finding(Code.ROW_MALFORMED, last=source.last)
        if found is not None:
            yield CsvRow(source.first, [], found)
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
    for line in dropwhile(_is_blank, lines):
        head.append(line)
        quotes += line.text.count('"')
        length += len(line.text) + 1
        if line.found is not None:
            break
        if quotes % 2 == 0:
            complete = len(head)
            count += 1
        if count == _HEAD_ROWS or length > _HEAD_LENGTH:
            break
    return head[:complete], chain(head, lines)


def _is_blank(line: Line) -> bool:
    return line.found is None and not line.text.strip()


_DIRECTIVES: Final = {
    "%": "%",
    "Y": r"(?P<Y>[0-9]{4})",
    "y": r"(?P<y>[0-9]{2})",
    "m": r"(?P<m>1[0-2]|0?[1-9])",
    "d": r"(?P<d>3[01]|[12][0-9]|0?[1-9])",
    "H": r"(?P<H>2[0-3]|[01]?[0-9])",
    "I": r"(?P<I>1[0-2]|0?[1-9])",
    "p": r"(?P<p>[APap])\.?[Mm]\.?",
    "M": r"(?P<M>[0-5]?[0-9])",
    "S": r"(?P<S>[0-5]?[0-9])",
}
"""The regular expression of each directive; ``%p`` is AM or PM in any language."""

_DAY: Final = "Ymd"
_CLOCK: Final = "HM"
_FULL_NAMES: Final = {"y": "Y", "I": "H"}


class TimePattern:
    """A pattern of dates, of times, or of dates with times.

    Args:
        pattern: with directives of `strptime`, such as ``%d.%m.%Y``.
        name: the name of the argument, for the error.
        needed: the directives that it has to have: those of a day, of a time, or both.

    Raises:
        InvalidValueError: ``value-unknown`` for a directive that is unknown or occurs twice, and for other parts.
    """

    def __init__(self, pattern: str, name: str, needed: str) -> None:
        parts = re.split(r"%(.)", pattern, flags=re.DOTALL)
        found = [part for part in parts[1::2] if part != "%"]
        meant = {_FULL_NAMES.get(each, each) for each in found}
        allowed = {*needed, *("Sp" if "H" in needed else "")}
        is_once = len(meant) == len(found)
        if not (meant.issuperset(needed) and meant <= allowed and is_once and ("I" in found) == ("p" in found)):
            examples = {_DAY: "%d.%m.%Y, %m/%d/%y, ...", _CLOCK: "%H:%M, %H:%M:%S, %I:%M %p, ..."}
            choices = examples.get(needed, "%d.%m.%Y %H:%M, %m/%d/%y %I:%M %p, ...")
            raise InvalidValueError(finding(Code.VALUE_UNKNOWN, pointer(name), choices=choices))
        expressions = (_DIRECTIVES[each] if index % 2 else _literal(each) for index, each in enumerate(parts))
        self._match = re.compile("".join(expressions)).fullmatch

    def local_text(self, text: str) -> str | None:
        """Return the day, the time or both as JSON has them, or None if a text has another pattern.

        The day may be one that does not exist.
        """
        found = self._match(text)
        if found is None:
            return None
        part = found.groupdict()
        day = f"{_year(part)}-{part['m']:0>2}-{part['d']:0>2}" if "d" in part else ""
        clock = f"{_hour(part):0>2}:{part['M']:0>2}:{part.get('S', '0'):0>2}" if "M" in part else ""
        return "T".join(filter(None, (day, clock)))


def _literal(text: str) -> str:
    # Spreadsheets may write a narrow no-break space before PM (Unicode CLDR 42).
    return r"\s+".join(map(re.escape, re.split(r"\s+", text)))


def _year(part: dict[str, str]) -> str:
    # POSIX strptime: "values in the range [69,99] shall refer to years 1969 to 1999".
    return part["Y"] if "Y" in part else f"{'19' if part['y'] >= '69' else '20'}{part['y']}"


def _hour(part: dict[str, str]) -> str:
    return part["H"] if "H" in part else str(int(part["I"]) % 12 + (12 if part["p"] in "Pp" else 0))


@frozen(kw_only=True)
class TimeFormats:
    """How a table writes dates and times."""

    days: tuple[TimePattern, ...]
    local_times: tuple[TimePattern, ...]
    """The patterns of days, of times, and of days with times."""
    moments: tuple[TimePattern, ...]
    zone: str | None

    def day_text(self, text: str) -> str:
        """Return a day as JSON has it; an empty text, which no field holds, for any other text."""
        return _first_match(self.days, text) or ""

    def local_text(self, text: str) -> str:
        """Return a day, a time or both as JSON has them; an empty text, which no field holds, for any other text."""
        return _first_match(self.local_times, text) or ""

    def moment_text(self, text: str) -> str:
        """Return a moment as JSON has it; an empty text, which no field holds, for any other text.

        It may have a blank instead of the ``T``, and no offset if there is a zone in which it is exactly one moment.
        """
        iso = f"{text[:10]}T{text[11:]}" if text[10:11] == " " else text
        if decode_timestamp(iso) is not INVALID:
            return iso
        if self.zone is None:
            return ""
        local = _first_match(self.moments, text)
        if local is None or LOCAL_TIME.check(local) is not None:
            return ""
        found = resolve(local, self.zone, None)
        return "" if isinstance(found, Finding) else to_utc(found).isoformat()


def _first_match(patterns: tuple[TimePattern, ...], text: str) -> str | None:
    return next((each for one in patterns if (each := one.local_text(text)) is not None), None)


def time_formats(
    *,
    date_format: str | None = None,
    time_format: str | None = None,
    datetime_format: str | None = None,
    zone: str | ZoneInfo | None = None,
) -> TimeFormats:
    """Return how a table writes dates and times: where no pattern is stated, as in ISO 8601.

    Raises:
        InvalidValueError: ``value-unknown`` for a pattern; ``zone-unknown``.
    """
    day_patterns = ("%Y-%m-%d",) if date_format is None else (date_format,)
    clock_patterns = ("%H:%M", "%H:%M:%S") if time_format is None else (time_format,)
    if datetime_format is not None:
        both_patterns: tuple[str, ...] = (datetime_format,)
    else:
        between = ("T", " ") if date_format is None else (" ",)
        both_patterns = tuple(map("".join, product(day_patterns, between, clock_patterns)))
    days = tuple(TimePattern(pattern, "date_format", _DAY) for pattern in day_patterns)
    clocks = tuple(TimePattern(pattern, "time_format", _CLOCK) for pattern in clock_patterns)
    moments = tuple(TimePattern(pattern, "datetime_format", _DAY + _CLOCK) for pattern in both_patterns)
    known = None if zone is None else require_zone(zone)
    return TimeFormats(days=days, local_times=(*moments, *days, *clocks), moments=moments, zone=known)


ReadText = Callable[[str], Any]
"""A function that returns the JSON value of a text; `ABSENT` if it is empty or blank."""

BAR: Final = "|"
"""What separates items where nothing else is stated."""


@frozen(kw_only=True)
class CellFormats:
    """How the cells of a table write their values."""

    times: TimeFormats
    decimal: str | None
    """The decimal mark of numbers whose digits may be grouped; None if numbers are as in JSON."""
    separator: str
    clean_phone: CleanPhone


def items_of(cell: str, separator: str) -> list[str]:
    """Return the texts of the items in a cell; an empty list if it is blank."""
    if cell.isspace():
        return []
    text = unescape_formula(cell)
    return split_items(text) if separator == BAR else text.split(separator)


def text_reader(constraint: Leaf, formats: CellFormats, words: Mapping[str, str]) -> ReadText:
    """Return a function that reads the text of a single value.

    Args:
        constraint: the constraint of the value.
        formats: how it is written.
        words: what some texts mean, by their casefolded form: labels, and what a caller states.
    """
    read = _reader(constraint, formats)
    if not words:
        return read
    return lambda text: read(words.get(text.strip().casefold(), text))


def _reader(constraint: Leaf, formats: CellFormats) -> ReadText:
    match constraint:
        case Date():
            return _rewritten(formats.times.day_text)
        case Timestamp():
            return _rewritten(formats.times.moment_text)
        case Pattern() if constraint in LOCAL_TIMES:
            return _rewritten(formats.times.local_text)
        case DecimalNumber() if formats.decimal is not None:
            return _rewritten(_number_text(formats.decimal))
        case Integer():
            number_text = str if formats.decimal is None else _number_text(formats.decimal)
            return _rewritten(lambda text: _whole(number_text(text)))
        case _ if constraint is COUNTRY:
            return _code_or_name(constraint, country_named)
        case _ if constraint is LANGUAGE:
            return _code_or_name(constraint, language_named)
        case _:
            decode, clean_phone = scalar_decoder(constraint), formats.clean_phone
            # Most texts are what the field accepts.
            return lambda text: text if decode(text) is not INVALID else value_of_text(constraint, text, clean_phone)


def _code_or_name(constraint: Leaf, code_named: Callable[[str], str | None]) -> ReadText:
    """Return a function that reads a code or, if the text is not one, a name."""
    decode = scalar_decoder(constraint)

    def code_of(text: str) -> str:
        return text if decode(text) is not INVALID else code_named(text) or text

    return _rewritten(code_of)


def _rewritten(rewrite: ReadText) -> ReadText:
    def read(text: str) -> Any:
        stripped = text.strip()
        return rewrite(stripped) if stripped else ABSENT

    return read


def _whole(text: str) -> int | str:
    # A column of whole numbers with an empty cell is one of floats in pandas: 12.0.
    return int(text.partition(".")[0]) if compiled(r"-?[0-9]{1,18}(?:\.0{1,18})?").fullmatch(text) else text


def _number_text(decimal: str) -> Callable[[str], str]:
    """Return a function that writes a number as JSON has it; any other text becomes one that no field accepts."""
    grouping = "[ \u00a0\u202f'\u2019" + (",]" if decimal == "." else ".]")
    match = re.compile(
        rf"(?P<sign>-?)(?P<whole>[0-9]{{1,3}}(?P<group>{grouping})[0-9]{{3}}(?:(?P=group)[0-9]{{3}})*|[0-9]+)"
        rf"(?:{re.escape(decimal)}(?P<places>[0-9]+))?"
    ).fullmatch

    def number_text(text: str) -> str:
        found = match(text)
        if found is None:
            return ""
        whole = found["whole"].replace(found["group"], "") if found["group"] else found["whole"]
        return f"{found['sign']}{whole}" + (f".{found['places']}" if found["places"] else "")

    return number_text
