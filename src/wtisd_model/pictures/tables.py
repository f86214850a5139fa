"""HTML tables with the data of a picture."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from wtisd_model.markup.element import Markup, element, tagged
from wtisd_model.types.language import TaggedText


class Cell(NamedTuple):
    """A cell of a table."""

    text: str
    is_number: bool = False
    is_short: bool = False
    """True if it is not broken into lines, such as a date."""
    heads_row: bool = False
    """True if it is the heading of its row, below that of several rows."""


class TableWriter:
    """A collector of the rows of a table."""

    def __init__(self, caption: str, columns: Iterable[str], language: str) -> None:
        """Begin a table.

        Args:
            caption: what it shows.
            columns: the headings of its columns.
            language: the language of its words.
        """
        self._language = language
        heads = element("tr", *[element("th", each, scope="col") for each in columns])
        self._parts = [element("caption", caption, dir="auto"), element("thead", heads)]

    def rows(self, heading: TaggedText, rows: Sequence[Sequence[Cell]], beside: Sequence[Cell] = ()) -> None:
        """Add rows that belong together, or a single one.

        Args:
            heading: of all of them.
            rows: the cells of each.
            beside: cells between the heading and these, which hold for all of them too.
        """
        several = len(rows) if len(rows) > 1 else None
        scope = "rowgroup" if several else "row"
        name = element("th", tagged("bdi", heading, within=self._language), scope=scope, rowspan=several)
        first = [name, *[_cell(each, several) for each in beside]]
        written = [element("tr", *(() if index else first), *map(_cell, cells)) for index, cells in enumerate(rows)]
        self._parts.append(element("tbody", *written))

    def table(self) -> Markup:
        """Return the table."""
        return element("table", *self._parts, class_="wm-numbers")


def _cell(cell: Cell, rowspan: int | None = None) -> Markup:
    if cell.heads_row:
        return element("th", cell.text, scope="row", rowspan=rowspan)
    class_ = None if cell.is_number else "wm-short" if cell.is_short else "wm-text"
    return element("td", cell.text, class_=class_, rowspan=rowspan)
