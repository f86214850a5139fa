"""The text of CSV cells, escaped so that no spreadsheet takes a text for a formula."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from types import NoneType
from typing import Any, Final

from wtisd_model.schema.characters import BLANK, UNSEEN
from wtisd_model.schema.constraints import CodeList, Enumeration, Integer, Items, Leaf, Pattern, Text, Timestamp

# Characters that begin a formula, and their compatibility equivalents in Unicode (UAX #15, NFKC): a program that
# accepts full-width letters and digits may accept these as well.
_FORMULA: Final = r"=+\-@\u207a\u207c\u208a\u208c\u2a75\u2a76\ufb29\ufe62\ufe63\ufe66\ufe6b\uff0b\uff0d\uff1d\uff20"
_LINE_END: Final = r"\t\r\n"
# Characters at which another program may begin a new cell, even inside quotation marks: with some regional settings,
# spreadsheets split at semicolons or tabs. They may drop quotation marks (22) and blanks before such a cell.
_SEPARATOR: Final = rf",;{_LINE_END}"
# Characters that a program may strip from a cell.
_BLANK: Final = BLANK.replace(r"\n", "")
# An apostrophe is escaped as well, so that every escape can be undone.
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


def escape_texts(texts: list[str | None]) -> list[str | None]:
    """Return texts escaped by `escape_formula`, with a single search if none needs it, which is the usual case."""
    if _ANYWHERE.search("\n" + "\n".join(filter(None, texts))) is None:
        return texts
    return [each and escape_formula(each) for each in texts]


def column_texts(constraint: Leaf | Items, values: list[Any]) -> Iterable[object]:
    """Return the values of a column as `cell` does, or unchanged if the csv module writes them the same way."""
    match constraint:
        case Text() | Pattern():
            return escape_texts(values)
        case CodeList() | Enumeration() | Integer():  # never user input
            return values
        case Items(item=Text() | Pattern() | CodeList() | Enumeration() | Integer()):
            # Many rows have the same few values.
            return map({each: cell(each) for each in set(values)}.__getitem__, values)
        case Timestamp():
            return [each and _moment(each) for each in values]
        case Items(item=Timestamp()):
            return [JOINT.join([_moment(one) if one else "" for one in each]) if each else "" for each in values]
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
    if "\\" not in cell:
        return cell.split("|")
    return [_ESCAPE.sub(r"\1", each) for each in _ITEM.findall(f"{cell}|")]


_ITEM: Final = re.compile(r"((?:[^|\\]|\\[|\\](?!\Z)|\\)*+)\|")
_ESCAPE: Final = re.compile(r"\\([|\\])")


def _joined(values: Sequence[object]) -> str:
    joined = JOINT.join(each.translate(_ESCAPED) if isinstance(each, str) else cell(each) for each in values)
    # Numbers need no escaping.
    return escape_formula(joined) if any(isinstance(each, str) for each in values) else joined


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
