"""The width of a text in a picture, and texts broken into lines or cut so that they fit.

SVG does not break lines, and the reader's font is not known. So widths are estimated, rather too wide than too narrow,
from the wider of Noto Sans and Arial (whose metrics Liberation Sans has).
"""

import re
from collections.abc import Iterator
from itertools import accumulate
from typing import Final
from unicodedata import category, east_asian_width

from wtisd_model.types.graphemes import graphemes

ELLIPSIS: Final = "…"

_BOLD: Final = 1.08
# In thousandths of the size of the font, rounded to 25.
_WIDTHS: Final = {
    **dict.fromkeys("'", 225),
    **dict.fromkeys("ijl", 250),
    **dict.fromkeys(" \n!,.:;", 275),
    **dict.fromkeys("()-[]`", 325),
    **dict.fromkeys("Ift", 350),
    **dict.fromkeys("/\\{}", 375),
    **dict.fromkeys('"r', 425),
    **dict.fromkeys("Jcsvyz", 500),
    **dict.fromkeys("kx", 525),
    **dict.fromkeys("*?L_a|", 550),
    **dict.fromkeys("$+–0123456789<=>^e~", 575),
    **dict.fromkeys("FTZo", 600),
    **dict.fromkeys("#bdghnpqu", 625),
    **dict.fromkeys("ABEKPSVXY", 675),
    **dict.fromkeys("&CDRU", 725),
    **dict.fromkeys("HN", 750),
    **dict.fromkeys("GOQw", 775),
    **dict.fromkeys("%M", 900),
    **dict.fromkeys("mW", 950),
    **dict.fromkeys("@—…←→⇄", 1025),
}
_WIDEST: Final = 1350
"""The width of an emoji."""
_WIDE: Final = {"W", "F"}
_EMOJI: Final = "\U0001f000"
# In the scripts of these blocks, from Hebrew to Thai, letters are narrow or stand above each other.
_NARROW: Final = re.compile("[\u0590-\u0b7f\u0e00-\u0eff]")

_BLANKS: Final = " \n"
# A word with the blanks after it, or a part of one that ends with a hyphen between letters.
_WORD: Final = re.compile(rf"[^{_BLANKS}]+?(?:(?<=[^\W\d_]-)(?=[^\W\d_])|[{_BLANKS}]+|\Z)")


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the estimated width of a text in pixels, in a font of *size* pixels."""
    try:
        width = sum(map(_WIDTHS.__getitem__, text))
    except KeyError:
        width = sum([_WIDTHS.get(each) or _width_of(each) for each in text])
    return width * size / (1000 / _BOLD if bold else 1000)


def _width_of(character: str) -> int:
    if category(character) in {"Mn", "Me", "Cf"}:
        return 0
    if _EMOJI <= character < "\U00020000":
        return _WIDEST
    if east_asian_width(character) in _WIDE:
        return 1000
    if _NARROW.match(character):
        return 500
    return 800 if character.isupper() else 640


def fitted(text: str, width: float, size: float, *, bold: bool = False) -> str:
    """Return a text that fits into *width* pixels: itself, or its beginning with an ellipsis."""
    if text_width(text, size, bold=bold) <= width:
        return text
    room = width - text_width(ELLIPSIS, size, bold=bold)
    pieces = graphemes(text)
    ends = accumulate(text_width(each, size, bold=bold) for each in pieces)
    kept = "".join([piece for piece, end in zip(pieces, ends, strict=True) if end <= room])
    return kept.rstrip() + ELLIPSIS


def wrapped(text: str, width: float, size: float, *, most: int, bold: bool = False) -> list[str]:
    """Return a text as lines that fit into *width* pixels, *most* of them at most; the last is cut if need be.

    Lines end after a word or, in Chinese and Japanese, after a character; a word that is too long for a line is parted.
    """
    if text_width(text, size, bold=bold) <= width:
        return [text]
    lines, line, taken = list[str](), "", 0.0
    blank = text_width(" ", size, bold=bold)
    for piece, wide in _pieces(text, width, size, bold=bold):
        if line and taken + wide > width:
            if len(lines) == most - 1:
                return [*lines, fitted(line + piece, width, size, bold=bold)]
            lines.append(line.rstrip(_BLANKS))
            line, taken = "", 0.0
        line += piece
        taken += wide
        if piece[-1] in _BLANKS:
            taken += blank * (len(piece) - len(piece.rstrip(_BLANKS)))
    return [*lines, line.rstrip(_BLANKS)]


def _pieces(text: str, width: float, size: float, *, bold: bool) -> Iterator[tuple[str, float]]:
    """Yield the pieces of a text between which a line may end, with the blanks after them, and their width without."""
    for word in _WORD.findall(text):
        wide = text_width(word.rstrip(_BLANKS), size, bold=bold)
        if wide <= width and word.isascii():
            yield word, wide
            continue
        for each in graphemes(word) if wide > width else _between_ideographs(word):
            yield each, text_width(each.rstrip(_BLANKS), size, bold=bold)


def _between_ideographs(word: str) -> Iterator[str]:
    piece = ""
    for each in graphemes(word):
        wide = east_asian_width(each[0]) in _WIDE or (piece and east_asian_width(piece[-1]) in _WIDE)
        # A line neither begins with a closing mark or a blank nor ends with an opening one.
        if (
            piece
            and wide
            and category(each[0]) not in {"Pe", "Pf", "Po", "Zs"}
            and category(piece[-1]) not in {"Ps", "Pi"}
        ):
            yield piece
            piece = ""
        piece += each
    yield piece
