"""What pictures are drawn with: texts that fit, and a pen that draws in the direction of the language.

SVG does not break lines, and the reader's font is not known. So widths are estimated, rather too wide than too narrow,
from the widest of DejaVu Sans, Noto Sans and Liberation Sans, whose metrics are those of Arial; where a font has no
letters of a script, from those of Noto Sans for it. ``tests/outside/test_looks.py`` holds them to these fonts.

Whatever begins at the left begins at the right in Arabic.
"""

import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Container, Iterable
from html import escape
from itertools import accumulate, chain
from pathlib import Path
from typing import Final, NamedTuple
from unicodedata import category, east_asian_width

from wtisd_model.locales import BorrowedWord, language_of
from wtisd_model.markup.characters import ELLIPSIS, graphemes, is_rtl
from wtisd_model.markup.element import AttributeValue, Markup, element, escaped, written_attributes

# All widths are in thousandths of the size of the font.
_BOLD: Final = 80
"""How much wider a bold letter is."""
_USUAL: Final = 640
_METRICS: Final = tomllib.loads(Path(__file__).with_name("widths.toml").read_text("utf-8"))
_WIDTHS: Final = {character: int(width) for width, text in _METRICS["widths"].items() for character in text}
_BLOCKS: Final[dict[str, int]] = _METRICS["blocks"]
"""The width of other letters, by the last character of each block; 0 for the usual one."""
_WIDER: Final = 850
"""The width of other capital letters, and of signs."""
_EMOJI_WIDTH: Final = 1350
_WIDE: Final = {"W", "F"}
_FIRST_WIDE: Final = "\u1100"
_EMOJI: Final = "\U0001f000"
_BLOCK_ENDS: Final = [*_BLOCKS]

_BLANKS: Final = " \n"
_ROUNDING: Final = 1e-6
"""More than the rounding errors of a division, in thousandths."""


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the estimated width of a text in pixels, in a font of *size* pixels."""
    return sum(_widths(text, bold=bold)) * size / 1000


def _widths(text: str, *, bold: bool) -> list[int]:
    """Return the width of each character, in thousandths of the size of the font."""
    try:
        widths = list(map(_WIDTHS.__getitem__, text))
    except KeyError:
        widths = [_WIDTHS.get(character) or _width_of(character) for character in text]
    return [width and width + _BOLD for width in widths] if bold else widths


def _width_of(character: str) -> int:
    kind = category(character)
    if kind in {"Mn", "Me", "Cf"}:
        return 0
    if _EMOJI <= character < "\U00020000":
        return _EMOJI_WIDTH
    if east_asian_width(character) in _WIDE:
        return 1005  # some kana are kerned apart
    block = bisect_left(_BLOCK_ENDS, character)
    usual = _WIDER if kind == "Lu" or kind[0] == "S" else _USUAL
    return (_BLOCKS[_BLOCK_ENDS[block]] if block < len(_BLOCKS) else 0) or usual


def fitted(text: str, width: float, size: float, *, bold: bool = False) -> str:
    """Return a text that fits into *width* pixels: itself, or its beginning with an ellipsis."""
    if text_width(text, size, bold=bold) <= width:
        return text
    room = width - text_width(ELLIPSIS, size, bold=bold)
    pieces = graphemes(text)
    ends = accumulate(text_width(piece, size, bold=bold) for piece in pieces)
    beginning = "".join([piece for piece, end in zip(pieces, ends, strict=True) if end <= room])
    return beginning.rstrip() + ELLIPSIS


def wrapped(text: str, width: float, size: float, *, most: int, bold: bool = False) -> list[str]:
    """Return a text as lines that fit into *width* pixels, *most* of them at most; the last is cut if need be.

    Lines end after a word or, in Chinese and Japanese, after a character; a word that is too long for a line is parted.
    """
    # Whole thousandths, as the widths are: a word for which the size of the font was chosen fits exactly.
    room, widths = int(width * 1000 / size + _ROUNDING), _widths(text, bold=bold)
    if sum(widths) <= room:
        return [text]
    edges = list(accumulate(widths, initial=0))
    # The ends of the graphemes; in ASCII, each character is one.
    ends = range(1, len(text) + 1) if text.isascii() else {*accumulate(map(len, graphemes(text)))}
    lines, start, end = list[str](), _after_blanks(text, 0), len(text.rstrip(_BLANKS))
    while start < end:
        if edges[end] - edges[start] <= room:
            stop = end
        elif len(lines) == most - 1:
            return [*lines, fitted(text[start:end], width, size, bold=bold)]
        else:
            stop = _line_end(text, start, bisect_right(edges, edges[start] + room) - 1, ends)
        lines.append(text[start:stop].rstrip(_BLANKS))
        start = _after_blanks(text, stop)
    return lines or [""]


def _line_end(text: str, start: int, limit: int, ends: Container[int]) -> int:
    """Return where a line ends: at most at *limit*, but after one grapheme at least."""
    stop = limit
    while stop > start and not _may_end(text, stop, ends):
        stop -= 1
    if stop > start:
        return stop
    # A long word is parted.
    return next(at for at in chain(range(limit, start, -1), range(limit + 1, len(text) + 1)) if at in ends)


def _after_blanks(text: str, start: int) -> int:
    return len(text) - len(text[start:].lstrip(_BLANKS))


def _may_end(text: str, at: int, ends: Container[int]) -> bool:
    """Return True if a line may end before a character: between words, or after a hyphen or an ideograph."""
    before, after = text[at - 1], text[at]
    if before in _BLANKS or after in _BLANKS:
        return True
    if before == "-":
        return after.isalpha() and text[at - 2 : at - 1].isalpha()
    if before < _FIRST_WIDE and after < _FIRST_WIDE:
        return False
    # A line neither begins with a closing mark or a blank nor ends with an opening one.
    return (
        (east_asian_width(before) in _WIDE or east_asian_width(after) in _WIDE)
        and at in ends
        and category(after) not in {"Pe", "Pf", "Po", "Zs"}
        and category(before) not in {"Ps", "Pi"}
    )


NARROW: Final = 328.0
"""The width of a drawing that fits on a phone of 360 pixels."""
HATCHING: Final = 5.0
"""The distance between the lines of a hatched area."""


class Pen:
    """Collects the elements of a drawing; distances are measured from the side where reading begins.

    Classes name the colours of a `Palette`: ``fill-soft``, ``stroke-line``.
    """

    __slots__ = ("_parts", "_rtl", "language", "width")

    def __init__(self, *, width: float, rtl: bool, language: str) -> None:
        """Prepare a drawing of a width in pixels, in a language that is read from the right if *rtl* is true."""
        self.width: float = width
        self._rtl = rtl
        self.language: str = language
        self._parts: list[str] = []

    def rectangle(
        self,
        start: float,
        top: float,
        width: float,
        height: float,
        class_: str,
        *,
        radius: float = 0,
        title: str | None = None,
        **attributes: AttributeValue,
    ) -> None:
        """Draw a rectangle with the colours of *class_*, or of its group if that is empty.

        Programs show its *title* when somebody points at it; further attributes are as for `element`.
        """
        left = self.width - start - width if self._rtl else start
        more = f' rx="{radius:g}"' if radius else ""
        if attributes:
            more += written_attributes(attributes)
        if class_:
            more += f' class="{class_}"'
        described = "" if title is None else _title(title)
        place = f'x="{_short(left)}" y="{_short(top)}" width="{_short(width)}" height="{_short(height)}"'
        self._parts.append(f"<rect {place}{more}>{described}</rect>")

    def line(
        self, start: float, top: float, end: float, bottom: float, class_: str, **attributes: AttributeValue
    ) -> None:
        """Draw a straight line between two points."""
        ends = {"x1": self._x(start), "y1": top, "x2": self._x(end), "y2": bottom}
        self._parts.append(element("line", class_=class_, **ends, **attributes))

    def text(
        self,
        start: float,
        baseline: float,
        text: str,
        class_: str,
        *,
        size: float | None = 12,
        bold: bool = False,
        at_end: bool = False,
        centred: bool = False,
        language: str | None = None,
        struck: bool = False,
    ) -> None:
        """Write a line of text, which is no longer than there is room: see `fitted`.

        It begins at *start*, ends there with *at_end*, or has its middle there with *centred*. Its colour and its size
        are those of its group if *class_* is empty and *size* is None. Its language is that of the picture by default.
        """
        own = is_rtl(text)
        rtl = self._rtl if own is None else own
        # The anchor follows the direction of the text, the place that of the picture.
        anchor = "middle" if centred else "end" if (rtl is self._rtl) is at_end else None
        # Most of a picture are texts: written out, they take half the time of an `element`.
        more = f' class="{class_}"' if class_ else ""
        if size is not None:
            more += f' font-size="{size:g}"'
        if bold:
            more += ' font-weight="600"'
        if anchor is not None:
            more += f' text-anchor="{anchor}"'
        if rtl:
            more += ' direction="rtl"'
        if struck:
            more += ' text-decoration="line-through"'
        language = language_of(text, language or self.language)
        if language != self.language:
            more += f' lang="{escape(language)}"'
        self._parts.append(f'<text x="{_short(self._x(start))}" y="{_short(baseline)}"{more}>{escaped(text)}</text>')

    def triangle(self, start: float, baseline: float, size: float, class_: str) -> None:
        """Draw a triangle that points upwards, such as a sign of warning."""
        corners = ((start, baseline), (start + size, baseline), (start + size / 2, baseline - size * 0.9))
        points = " ".join([f"{self._x(x):.1f},{y:.1f}" for x, y in corners])
        self._parts.append(element("polygon", class_=class_, points=points))

    def strokes(
        self, strokes: Iterable[tuple[tuple[float, float], ...]], class_: str, **attributes: AttributeValue
    ) -> None:
        """Draw lines through points, each a distance and a height."""
        path = "".join(
            f"{'L' if index else 'M'}{_short(self._x(start))} {_short(top)}"
            for points in strokes
            for index, (start, top) in enumerate(points)
        )
        self._parts.append(element("path", class_=class_, d=path, fill="none", **attributes))

    def hatching(self, start: float, top: float, width: float, height: float, class_: str) -> None:
        """Draw slanted lines across a rectangle."""
        lines = list[tuple[tuple[float, float], ...]]()
        foot = start - height + min(HATCHING, (width + height) / 2)
        while foot < start + width:
            low, high = max(foot, start), min(foot + height, start + width)
            lines.append(((low, top + height - (low - foot)), (high, top + height - (high - foot))))
            foot += HATCHING
        self.strokes(lines, class_)

    def add(self, *drawn: Markup) -> None:
        """Add elements that are drawn already."""
        self._parts.extend(drawn)

    def group(self, *, title: str | None = None, **attributes: AttributeValue) -> Markup:
        """Return what was drawn as one element and begin anew; programs show the *title* when somebody points at it."""
        described = "" if title is None else _title(title)
        group = Markup(f"<g{written_attributes(attributes)}>{described}{''.join(self._parts)}</g>")
        self._parts = []
        return group

    def drawn(self) -> Markup:
        """Return all that was drawn."""
        return Markup("".join(self._parts))

    def _x(self, start: float) -> float:
        return self.width - start if self._rtl else start


def _title(text: str) -> str:
    return element("title", text) if isinstance(text, BorrowedWord) else f"<title>{escaped(text)}</title>"


def _short(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


LINE: Final = 1.35
"""The height of a line in sizes of its font."""


def paragraph(
    pen: Pen,
    text: str,
    class_: str,
    *,
    top: float,
    width: float,
    size: float,
    start: float = 0,
    bold: bool = False,
    most: int = 4,
    language: str | None = None,
) -> float:
    """Write a text in as many lines of a width as it needs, *most* of them at most, and return where the last one ends.

    The other arguments are those of `Pen.text`.
    """
    language = language_of(text, language or pen.language)
    for line in wrapped(text, width, size, most=most, bold=bold):
        pen.text(start, top + size * 1.02, line, class_, size=size, bold=bold, language=language)
        top += size * LINE
    return top


class Sign(NamedTuple):
    """A sign of a legend, or a text alone."""

    meaning: str
    draw: Callable[[Pen, float, float], None] | None = None
    """Draws it at a start and a top."""
    width: float = 0.0
    """Its width, with the space after it."""


def draw_legend(
    pen: Pen,
    signs: Iterable[Sign],
    *,
    top: float,
    width: float,
    line: float,
    baseline: float,
    class_: str = "fill-text",
    size: float = 12,
    gap: float = 16,
) -> float:
    """Draw signs with their meanings, in as many lines of a *width* as they need, and return where the last one ends.

    A *line* is that high, with texts at its *baseline*; *gap* is the space between two signs.
    """
    start = 0.0
    for sign in signs:
        label = fitted(sign.meaning, width - sign.width, size)
        taken = sign.width + text_width(label, size)
        if start and start + taken > width:
            start, top = 0.0, top + line
        if sign.draw is not None:
            sign.draw(pen, start, top)
        pen.text(start + sign.width, top + baseline, label, class_, size=size)
        start += taken + gap
    return top + line
