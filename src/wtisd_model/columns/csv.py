"""CSV that is safe to open in a spreadsheet, written in chunks."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice
from types import NoneType
from typing import Any, Final, Literal, TypeVar, get_args

from wtisd_model.codes import Code
from wtisd_model.columns.table import table
from wtisd_model.errors import InvalidValueError
from wtisd_model.findings import finding
from wtisd_model.model.event import Event
from wtisd_model.schema.constraints import CodeList, Enumeration, Integer, Items, Leaf, Pattern, Text, Timestamp
from wtisd_model.schema.patterns import BLANK, UNSEEN

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
        cls: Session, Registration, InterpretationRequest, Pledge, Interpreter, Booth, Assignment, or one of results:
            Total, CoverageRow, SeatRow, BoothNeed, ChannelRow, WorkHours or AssignmentRow.
        rows: objects of this class, which are iterated lazily, except for results of planning.
        personal: whether to include personal fields.
        language: the language of texts, as for `to_columns`.
        event: the event whose questions were answered; without it there are no columns of answers. Only for a class
            that has answers.
        delimiter: comma, semicolon or tab. Spreadsheets with regional settings that write 1,5 expect semicolons.
        bom: whether to begin with a byte order mark, without which Excel does not recognize UTF-8.

    Raises:
        TypeError: *cls*, *rows* or *event* is not allowed, immediately; a row is of another class, during iteration.
        InvalidValueError: ``language-unknown``, or ``value-unknown`` for *delimiter*, immediately.
    """
    columns, parts = table(cls, rows, personal=personal, language=language, event=event)
    constraints = [column.constraint for column in columns]
    quoted = _quoting(delimiter)
    # Quotation marks and escapes are looked for in whole columns: nearly all have none.
    texts = (map(quoted, map(column_texts, constraints, part)) for part in parts)
    lines = chain.from_iterable(zip(*part, strict=True) for part in texts)
    return _encoded([column.name for column in columns], lines, delimiter, bom=bom)


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
        InvalidValueError: ``value-unknown`` for *delimiter*, immediately.
        TypeError: the type of a cell is not allowed, during iteration.
    """
    quoted = _quoting(delimiter)
    return _encoded(quoted(map(cell, header)), (quoted(map(cell, row)) for row in rows), delimiter, bom=bom)


def _encoded(
    header: Iterable[str], rows: Iterable[Iterable[str]], delimiter: Delimiter, *, bom: bool
) -> Iterator[bytes]:
    lines = map(delimiter.join, chain([header], rows))
    encoding = "utf-8-sig" if bom else "utf-8"
    while chunk := list(islice(lines, _ROWS_PER_CHUNK)):
        # A line without characters would be no row, so a single empty cell is quoted.
        yield "".join([(line or '""') + "\r\n" for line in chunk]).encode(encoding)
        encoding = "utf-8"


def _quoting(delimiter: str) -> Callable[[Iterable[str]], Sequence[str]]:
    """Return a function that puts texts of cells into quotation marks where they need them.

    Cells with an apostrophe are quoted as well, since Gnumeric may take one behind a delimiter for the delimiter.
    """
    needs_quotes = re.compile(f"[\"'\r\n{require_delimiter(delimiter)}]").search

    def quoted(cells: Iterable[str]) -> Sequence[str]:
        texts = [*cells]
        if needs_quotes("".join(texts)) is None:
            return texts
        return ['"{}"'.format(text.replace('"', '""')) if needs_quotes(text) else text for text in texts]

    return quoted


def require_delimiter(delimiter: str) -> Delimiter:
    """Return *delimiter*, or raise an InvalidValueError if it is not one of `DELIMITERS` (``value-unknown``)."""
    for known in DELIMITERS:
        if known == delimiter:
            return known
    choices = " ".join(map(repr, DELIMITERS))
    raise InvalidValueError(finding(Code.VALUE_UNKNOWN, "/delimiter", choices=choices))


# Characters that begin a formula, and their compatibility equivalents in Unicode (UAX #15, NFKC): a program that
# accepts full-width letters and digits may accept these as well.
_FORMULA: Final = r"=+\-@\u207a\u207c\u208a\u208c\u2a75\u2a76\ufb29\ufe62\ufe63\ufe66\ufe6b\uff0b\uff0d\uff1d\uff20"
_LINE_END: Final = r"\t\r\n"
# Characters at which another program may begin a new cell, even inside quotation marks: with some regional settings,
# spreadsheets split at semicolons or tabs. They may drop quotation marks (22) and blanks before such a cell.
_SEPARATOR: Final = rf",;{_LINE_END}"
# Characters that a program may strip from a cell.
_BLANK: Final = BLANK.replace(r"\n", "")
# An apostrophe is escaped as well, so that every escape can be undone. The three patterns are one rule: what has to be
# escaped at the start of a text, what after a separator within it, and whether either is anywhere in a column.
#     =1+1     becomes  '=1+1       a formula
#     'tis     becomes  ''tis       an apostrophe, which would otherwise pass for ours
#     a,=1     becomes  a,'=1       a formula, where the text is split at commas
#     a;"=1    becomes  a;'"=1      a formula, where the text is split at semicolons and loses quotation marks
#     a, b     becomes  a, b        none
_FIRST: Final = re.compile(rf"(?=[{_BLANK}{UNSEEN}]*[{_FORMULA}{_LINE_END}]|')")
_LATER: Final = re.compile(rf"([{_SEPARATOR}])(?=[\x22{_BLANK}{UNSEEN}]*[{_FORMULA}]|')")
_ANYWHERE: Final = re.compile(rf"[{_SEPARATOR}](?:[\x22{_BLANK}{UNSEEN}]*[{_FORMULA}{_LINE_END}]|')")


def escape_formula(text: str) -> str:
    r"""Return a text escaped so that a spreadsheet displays it instead of evaluating it (CWE-1236).

    An apostrophe is inserted before text that begins like a formula or with an apostrophe: at the start, and wherever
    another program may begin a new cell, after commas, semicolons, tabs and line ends. Other texts are unchanged, and
    ``re.sub(r"(^|[,;\t\r\n])'", r"\1", cell)`` undoes the escaping.

    Source: OWASP, CSV Injection.
    """
    guarded = _LATER.sub(r"\1'", text)
    return f"'{guarded}" if _FIRST.match(text) else guarded


def unescape_formula(cell: str) -> str:
    """Return the text that `escape_formula` made a cell of; return any other cell unchanged."""
    if "'" not in cell:
        return cell
    text = _APOSTROPHE.sub(r"\1", cell)
    return text if escape_formula(text) == cell else cell


_APOSTROPHE: Final = re.compile(rf"(^|[{_SEPARATOR}])'")


def escape_texts(texts: list[str | None]) -> list[str]:
    """Return texts escaped by `escape_formula`, with a single search if none needs it, which is the usual case."""
    if _ANYWHERE.search("\n" + "\n".join(filter(None, texts))) is None:
        return [text or "" for text in texts]
    return [escape_formula(text) if text else "" for text in texts]


def column_texts(constraint: Leaf | Items, values: list[Any]) -> Iterable[str]:
    """Return the text of each value of a column, as `cell` does one by one."""
    match constraint:
        case Text() | Pattern():
            return escape_texts(values)
        case CodeList() | Enumeration():  # never user input
            return [value or "" for value in values]
        case Integer():
            return ["" if value is None else str(value) for value in values]
        case Items(item=Text() | Pattern() | CodeList() | Enumeration() | Integer()):
            # Many rows have the same few values.
            return map({value: cell(value) for value in set(values)}.__getitem__, values)
        case Timestamp():
            return [_moment(value) if value else "" for value in values]
        case Items(item=Timestamp()):
            return [JOINT.join([_moment(one) if one else "" for one in value]) if value else "" for value in values]
        case _:
            return map(cell, values)


def cell(value: object) -> str:
    """Return the text of a cell: empty for None, and items of a collection joined by `JOINT`.

    Raises:
        TypeError: the value is of a type that does not occur in objects of this package.
    """
    write = _WRITERS.get(str if isinstance(value, str) else type(value))  # a member of an enum is a string
    if write is None:
        raise TypeError(f"A cell cannot hold a {type(value).__name__}.")
    return write(value)


JOINT: Final = " | "
"""The separator of items in a cell. A bar or a backslash in an item is escaped by a backslash, so that no item contains
the separator."""

_ESCAPED: Final = {ord("|"): r"\|", ord("\\"): r"\\"}


def split_items(cell: str) -> list[str]:
    """Return the items in a cell that are joined by `JOINT`, or by a bar alone."""
    cell = cell.replace(JOINT, "|")  # and no other spaces: a uid may begin or end with some
    if "\\" not in cell:
        return cell.split("|")
    return [_ESCAPE.sub(r"\1", item) for item in _ITEM.findall(f"{cell}|")]


_ITEM: Final = re.compile(r"((?:[^|\\]|\\[|\\](?!\Z)|\\)*+)\|")
_ESCAPE: Final = re.compile(r"\\([|\\])")


def _joined(values: Sequence[object]) -> str:
    joined = JOINT.join(value.translate(_ESCAPED) if isinstance(value, str) else cell(value) for value in values)
    # Numbers need no escaping.
    return escape_formula(joined) if any(isinstance(value, str) for value in values) else joined


def _moment(value: datetime) -> str:
    text = value.isoformat()
    if not text.endswith(_UTC):
        raise TypeError("A cell cannot hold a moment that is not in UTC.")
    return f"{text.removesuffix(_UTC)}Z"


_UTC: Final = "+00:00"

_WRITERS: Final[Mapping[type, Callable[[Any], str]]] = {
    NoneType: lambda _: "",
    str: escape_formula,
    bool: lambda value: "true" if value else "false",  # as in JSON
    int: str,
    Decimal: "{:f}".format,  # without an exponent
    date: date.isoformat,
    datetime: _moment,
    list: _joined,
    tuple: _joined,
}
"""The function that formats each type of value; moments are in UTC, in RFC 3339 format."""
