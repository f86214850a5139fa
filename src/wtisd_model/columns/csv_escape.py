"""Cells of a table as text: how each kind of value is written, and text that no spreadsheet takes for a formula."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from types import NoneType
from typing import Any, Final

from wtisd_model.schema.characters import BLANK, UNSEEN
from wtisd_model.schema.constraints import CodeList, Enumeration, Integer, Items, Leaf, Pattern, Text, Timestamp

# What a formula begins with, and what Unicode says is the same in another width or place (UAX #15, NFKC): a program
# that takes full-width letters and digits for plain ones may take these too.
_FORMULA: Final = r"=+\-@\u207a\u207c\u208a\u208c\u2a75\u2a76\ufb29\ufe62\ufe63\ufe66\ufe6b\uff0b\uff0d\uff1d\uff20"
_LINE_END: Final = r"\t\r\n"
# What another program may begin a new cell at, whatever quotation marks stand round it: where the regional settings say
# so, spreadsheets part cells at semicolons or tabs. Quotation marks (22) before it may be dropped.
_SEPARATOR: Final = rf",;{_LINE_END}"
# What a program may drop before it looks at a cell.
_BLANK: Final = BLANK.replace(r"\n", "")
# Before an apostrophe one is put too: so what stands in its place was put there, and can be taken away again.
_FIRST: Final = re.compile(rf"(?=[{_BLANK}{UNSEEN}]*[{_FORMULA}{_LINE_END}]|')")
_LATER: Final = re.compile(rf"([{_SEPARATOR}])(?=\x22*[{_BLANK}{UNSEEN}]*[{_FORMULA}]|')")
_ANYWHERE: Final = re.compile(rf"[{_SEPARATOR}](?:\x22*[{_BLANK}{UNSEEN}]*[{_FORMULA}{_LINE_END}]|')")


def harmless(text: str) -> str:
    r"""Write a text so that a spreadsheet shows it, and does not work it out (CWE-1236).

    An apostrophe comes before what begins as a formula does, or with an apostrophe: at the start, and wherever another
    program may begin a new cell, behind commas, semicolons, tabs and ends of lines. Other texts stay as they are, and
    ``re.sub(r"(^|[,;\t\r\n])'", r"\1", cell)`` gives every text as it was.

    Source: OWASP, CSV Injection.
    """
    guarded = _LATER.sub(r"\1'", text)
    return f"'{guarded}" if _FIRST.match(text) else guarded


def harmless_texts(texts: list[str | None]) -> list[str | None]:
    """Write many texts as `harmless` does each, in one look where all are harmless, which most are."""
    if _ANYWHERE.search("\n" + "\n".join(filter(None, texts))) is None:
        return texts
    return [each and harmless(each) for each in texts]


def column_texts(constraint: Leaf | Items, values: list[Any]) -> Iterable[object]:
    """Write the values of a column, as `cell` does each; what the csv module writes alike stays as it is."""
    match constraint:
        case Text() | Pattern():
            return harmless_texts(values)
        case CodeList() | Enumeration() | Integer():  # words and numbers of ours
            return values
        case Items(item=Text() | Pattern() | CodeList() | Enumeration()):
            # Many rows have the same few words.
            return map({each: cell(each) for each in set(values)}.__getitem__, values)
        case Timestamp():
            return [each and _moment(each) for each in values]
        case _:
            return map(cell, values)


def cell(value: object) -> str:
    """Write one value as the text of a cell: None as an empty one, several values with `JOINT` between them.

    Raises:
        TypeError: a value of another kind than our objects hold, for the author of the rows.
    """
    write = _WRITERS.get(str if isinstance(value, str) else type(value))  # a member of an enum is a text
    if write is None:
        raise TypeError(f"No cell is written for a {type(value).__name__}.")
    return write(value)


JOINT: Final = " | "
"""What stands between several values in one cell. A bar or a backslash in one of them gets a backslash before it, so no
joint can be in a value."""

_ESCAPED: Final = {ord("|"): r"\|", ord("\\"): r"\\"}


def _joined(values: Sequence[object]) -> str:
    joined = JOINT.join(each.translate(_ESCAPED) if isinstance(each, str) else cell(each) for each in values)
    return harmless(joined) if any(isinstance(each, str) for each in values) else joined  # numbers are no text


def _moment(value: datetime) -> str:
    text = value.isoformat()
    if not text.endswith(_UTC):
        raise TypeError("No cell is written for a moment that is not in UTC.")
    return f"{text.removesuffix(_UTC)}Z"


_UTC: Final = "+00:00"

_WRITERS: Final[Mapping[type, Callable[[Any], str]]] = {
    NoneType: lambda _: "",
    str: harmless,
    bool: lambda value: "true" if value else "false",  # as in JSON
    int: str,
    Decimal: "{:f}".format,  # without an exponent
    date: date.isoformat,
    datetime: _moment,
    list: _joined,
    tuple: _joined,
}
"""How each kind of value is written; a moment is in UTC, as our objects hold it (RFC 3339)."""
