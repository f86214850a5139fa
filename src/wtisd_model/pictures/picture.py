"""A picture: its drawings as SVG, the same data as a table, and both as an HTML document."""

import re
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from attrs import asdict, field, frozen

from wtisd_model.locales import joined_words, language_of, locale_for
from wtisd_model.locales.locale import Locale
from wtisd_model.locales.picture_words import Pictures
from wtisd_model.markup.characters import isolate
from wtisd_model.markup.element import Markup, element, html_document, joined, tagged
from wtisd_model.markup.theme import FONTS, Palette, Theme, style_rules
from wtisd_model.model.event import Event
from wtisd_model.pictures.pen import Pen, wrapped
from wtisd_model.programme.times import format_slot, format_times
from wtisd_model.types.language import TaggedText
from wtisd_model.types.timeslot import TimeSlot


class Cell(NamedTuple):
    """A cell of a table."""

    text: str
    is_number: bool = False
    is_short: bool = False
    """True if it is not broken into lines, such as a date."""
    heads_row: bool = False
    """True if it is the heading of its row, below that of several rows."""


class Rows(NamedTuple):
    """The rows of a table that belong together."""

    heading: TaggedText
    rows: Sequence[Sequence[Cell]]
    beside: Sequence[Cell] = ()
    """What is said beside the heading holds for all of them too."""


def table_of(caption: str, columns: Iterable[str], groups: Iterable[Rows], language: str) -> Markup:
    """Return a table by what it shows, the headings of its columns, its rows, and the language of its words."""
    heads = [element("th", column, scope="col") for column in columns]
    bodies = [_body(group, language) for group in groups]
    head = element("thead", element("tr", *heads))
    return element("table", element("caption", caption, dir="auto"), head, *bodies, class_="wm-numbers")


def _body(group: Rows, language: str) -> Markup:
    several = len(group.rows) if len(group.rows) > 1 else None
    scope = "rowgroup" if several else "row"
    name = element("th", tagged("bdi", group.heading, within=language), scope=scope, rowspan=several)
    first = [name, *[_cell(cell, several) for cell in group.beside]]
    rows = [element("tr", *(() if index else first), *map(_cell, cells)) for index, cells in enumerate(group.rows)]
    return element("tbody", *rows)


def _cell(cell: Cell, rowspan: int | None = None) -> Markup:
    if cell.heads_row:
        return element("th", cell.text, scope="row", rowspan=rowspan)
    class_ = None if cell.is_number else "wm-short" if cell.is_short else "wm-text"
    return element("td", cell.text, class_=class_, rowspan=rowspan)


MARGIN: Final = 16
"""The space around the drawings of an SVG file, and between them, in pixels."""
_PORTRAIT: Final = 760.0
"""The width up to which a drawing is printed upright."""


@frozen(kw_only=True)
class Drawing:
    """A drawing; a picture has one, or one for each of its days or groups."""

    title: str = field(repr=False)
    """What it shows, as a heading; if it equals the title of the picture, there is no second heading."""
    description: str = field(repr=False)
    """How to read it, in a sentence for people who do not see it."""
    width: float
    height: float
    content: Markup = field(repr=False)
    """Elements of SVG, whose classes name the colours: ``fill-text``, ``stroke-line``."""

    def svg(self, scope: str) -> Markup:
        """Return it as an element for an HTML page that has the style sheet of its picture in that scope."""
        return element(
            "svg",
            element("title", self.title),
            element("desc", self.description),
            self.content,
            class_=scope,
            direction="ltr",  # as in a file; texts that run the other way say so
            role="img",
            aria_label=self.title,
            width=self.width,
            height=self.height,
            viewBox=f"0 0 {self.width:.0f} {self.height:.0f}",
        )


@frozen(kw_only=True)
class Picture:
    """A picture, with the data that it shows as a table.

    Nothing in it runs or is loaded. Its colours follow the light or dark mode of the reader, and paper is light.
    """

    language: str
    theme: Theme
    title: str = field(repr=False)
    drawings: tuple[Drawing, ...] = field(repr=False)
    make_table: Callable[[], Markup] = field(repr=False, eq=False)

    @property
    def table(self) -> Markup:
        """The data as one HTML table, or several."""
        return self.make_table()

    @property
    def svg(self) -> str:
        """The title and the drawings, one below the other, as one SVG file."""
        width = max(drawing.width for drawing in self.drawings) + 2 * MARGIN
        pen = Pen(width=width, rtl=self._direction == "rtl", language=self.language)
        top = self._heading(pen, self.title, 20, MARGIN)
        for drawing in self.drawings:
            if drawing.title != self.title:
                top = self._heading(pen, drawing.title, 15, top + MARGIN / 2)
            left = width - MARGIN - drawing.width if self._direction == "rtl" else MARGIN
            pen.add(element("g", drawing.content, transform=f"translate({left:.0f} {top:.0f})"))
            top += drawing.height + MARGIN
        content = element("rect", class_="fill-page", width=width, height=top), pen.drawn()
        root = element(
            "svg",
            element("title", self.title),
            element("desc", joined_words(dict.fromkeys(drawing.description for drawing in self.drawings), " ")),
            element("style", self._drawing_style(content)),
            *content,
            xmlns="http://www.w3.org/2000/svg",
            class_=self.theme.scope,
            role="img",
            lang=self.language,
            width=width,
            height=top,
            viewBox=f"0 0 {width:.0f} {top:.0f}",
        )
        return f"{root}\n"

    @staticmethod
    def _heading(pen: Pen, text: str, size: float, top: float) -> float:
        """Write a heading, and return where it ends."""
        language = language_of(text, pen.language)
        for line in wrapped(text, pen.width - 2 * MARGIN, size, most=6, bold=True):
            pen.text(MARGIN, top + size, line, "fill-text", size=size, bold=True, language=language)
            top += size * 1.3
        return top + MARGIN / 2

    @property
    def html(self) -> str:
        """The drawings and the table, as an HTML document."""
        is_wide = max(drawing.width for drawing in self.drawings) > _PORTRAIT
        landscape = "@page{size:landscape;margin:12mm}" if is_wide else ""
        head = joined(
            element("meta", name="viewport", content="width=device-width, initial-scale=1"),
            element("title", self.title),
            element("style", self._style_sheet() + _DOCUMENT + landscape),
        )
        body = element(
            "body",
            element("main", element("h1", self.title, dir="auto"), *self._regions("h2"), self._scrolling(self.table)),
            class_=self.theme.scope,
        )
        return html_document(head, body, language=self.language, direction=self._direction)

    def _repr_html_(self) -> str:
        return self.fragment

    @property
    def fragment(self) -> str:
        """The drawings and the table as a part of an HTML page, such as a notebook, with their own style."""
        return element(
            "div",
            element("style", self._style_sheet()),
            *self._regions("p"),
            element("details", element("summary", self._words.as_table), self._scrolling(self.table)),
            class_=self.theme.scope,
            lang=self.language,
            dir=self._direction,
        )

    def _regions(self, heading: str) -> Iterator[Markup]:
        for drawing in self.drawings:
            title = None if drawing.title == self.title else element(heading, drawing.title, dir="auto")
            yield element("div", title, self._scrolling(drawing.svg(self.theme.scope), label=drawing.title))

    def _scrolling(self, content: Markup, label: str | None = None) -> Markup:
        """Return *content*, which may be wide, in a region that can be scrolled, also with the keyboard."""
        label = self._words.as_table if label is None else label
        return element("div", content, class_="wm-scroll", role="region", tabindex=0, aria_label=label)

    def _style_sheet(self) -> str:
        """Return the CSS of the drawings and the table in an HTML page."""
        rules = "".join(f".{self.theme.scope} {rule}" for rule in _PARTS)
        return self.theme.style_sheet() + self._drawing_style(drawing.content for drawing in self.drawings) + rules

    def _drawing_style(self, drawn: Iterable[Markup]) -> str:
        """Return the CSS of what is drawn, with plain colours, since some programs know no custom properties."""
        svg = f"svg.{self.theme.scope}"
        # A notebook may have many pictures, and each brings its style: only the classes that are there.
        classes = {names for content in drawn for names in _CLASSES.findall(content)}
        used = {name for names in classes for name in names.split()}
        light, dark = (_colors(svg, palette, used) for palette in (self.theme.light, self.theme.dark))
        return (
            f"{svg}{{display:block;font-family:{FONTS}}}{light}@media screen and (prefers-color-scheme:dark){{{dark}}}"
        )

    @property
    def _direction(self) -> str:
        return locale_for(self.language).direction

    @property
    def _words(self) -> Pictures:
        return locale_for(self.language).pictures


def name_in_title(event: Event, language: str, locale: Locale) -> str:
    """Return the title of an event as a part of the title of a picture."""
    return isolate(event.title.in_language(language)[0], rtl=locale.direction == "rtl")


def clock(slot: TimeSlot, locale: Locale, *, with_zone: bool) -> str:
    """Return the time of a slot, without the day on which it begins: "22:00–02:00 (+1)"."""
    if slot.whole_days:
        is_one_day = slot.first_day == slot.last_day
        return locale.pictures.timetable.whole_day if is_one_day else format_slot(slot, locale.dates)
    clocks_change = slot.start.utcoffset() != slot.end.utcoffset()
    said = format_times(slot.start, slot.end, slot.first_day, locale.dates, with_offsets=clocks_change)
    return f"{said} {slot.time_zone}" if with_zone else said


def only_zone(slots: Iterable[TimeSlot]) -> str | None:
    """Return the zone of all slots; None if they have several, or there are none."""
    zones = {slot.time_zone for slot in slots}
    return zones.pop() if len(zones) == 1 else None


def _colors(svg: str, palette: Palette, used: Container[str]) -> str:
    rules = "".join(
        f"{svg} .{property_}-{name}{{{property_}:{color}}}"
        for name, color in (
            *((name.replace("_", "-"), color) for name, color in asdict(palette).items()),
            *palette.hues.items(),
        )
        for property_ in ("fill", "stroke")
        if f"{property_}-{name}" in used
    )
    return f"{svg}{{background:{palette.page}}}{rules}"


_CLASSES: Final = re.compile('class="([^"]+)"')
_FOLDER: Final = Path(__file__).parent
_PARTS: Final = style_rules(_FOLDER / "parts.css", "\n").splitlines()
_DOCUMENT: Final = style_rules(_FOLDER / "document.css")
