"""Draws a picture in the direction of its language: whatever begins at the left begins at the right in Arabic."""

from collections.abc import Iterable
from html import escape
from typing import Final

from wtisd_model.markup.direction import is_rtl
from wtisd_model.markup.element import AttributeValue, Markup, element, escaped, written_attributes

NARROW: Final = 328.0
"""The width of a drawing that fits on a phone of 360 pixels."""
HATCHING: Final = 5.0
"""The distance between the lines of a hatched area."""


class Pen:
    """Collects the elements of a drawing; distances are measured from the side where reading begins.

    Classes name the colours of a `Palette`: ``fill-soft``, ``stroke-line``.
    """

    __slots__ = ("_language", "_parts", "_rtl", "width")

    def __init__(self, *, width: float, rtl: bool, language: str) -> None:
        """Prepare a drawing.

        Args:
            width: its width in pixels.
            rtl: True if reading begins at the right.
            language: the language of the picture.
        """
        self.width: float = width
        self._rtl = rtl
        self._language = language
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
        """Draw a rectangle.

        Args:
            start: where it begins.
            top: its upper edge.
            width: its width.
            height: its height.
            class_: its colours; empty for those of its group.
            radius: that of its corners.
            title: what programs show when somebody points at it.
            attributes: further attributes, as for `element`.
        """
        left = self.width - start - width if self._rtl else start
        more = f' rx="{radius:g}"' if radius else ""
        if attributes:
            more += written_attributes(attributes)
        if class_:
            more += f' class="{class_}"'
        shown = "" if title is None else _title(title)
        place = f'x="{_short(left)}" y="{_short(top)}" width="{_short(width)}" height="{_short(height)}"'
        self._parts.append(f"<rect {place}{more}>{shown}</rect>")

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
        """Write a line of text.

        Args:
            start: where it begins; where it ends with *at_end*, and its middle with *centred*.
            baseline: the line on which its letters are.
            text: no longer than there is room: see `fitted`.
            class_: its colour, such as ``fill-text``; empty for that of its group.
            size: the size of the font; None for that of its group.
            bold: True for a bold font.
            at_end: True to let it end at *start*.
            centred: True to centre it at *start*.
            language: its language; that of the picture by default.
            struck: True to strike it through.
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
        if language is not None and language != self._language:
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
        shown = "" if title is None else _title(title)
        made = Markup(f"<g{written_attributes(attributes)}>{shown}{''.join(self._parts)}</g>")
        self._parts = []
        return made

    def drawn(self) -> Markup:
        """Return all that was drawn."""
        return Markup("".join(self._parts))

    def _x(self, start: float) -> float:
        return self.width - start if self._rtl else start


def _title(text: str) -> str:
    return f"<title>{escaped(text)}</title>"


def _short(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
