"""Paragraphs in a drawing: a text in several lines."""

from typing import Final

from wtisd_model.pictures.pen import Pen
from wtisd_model.pictures.text import wrapped

LINE: Final = 1.35
"""The height of a line in sizes of its font."""
_BASELINE: Final = 1.02
"""Where in it the letters are."""


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
    """Write a text in as many lines as it needs, and return where the last one ends.

    Args:
        pen: draws it.
        text: the text; what does not fit into *most* lines is cut.
        class_: its colour.
        top: where it begins.
        width: the room for each line.
        size: the size of the font.
        start: the distance from where reading begins.
        bold: True for a bold font.
        most: the maximum number of lines.
        language: its language; that of the picture by default.
    """
    for line in wrapped(text, width, size, most=most, bold=bold):
        pen.text(start, top + size * _BASELINE, line, class_, size=size, bold=bold, language=language)
        top += size * LINE
    return top
