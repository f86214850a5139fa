"""The width of a text in a picture, and texts broken into lines or cut so that they fit.

SVG does not break lines, and the reader's font is not known. So widths are estimated, rather too wide than too narrow,
from the wider of Noto Sans and Arial (whose metrics Liberation Sans has).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Container
from itertools import accumulate, chain
from typing import Final
from unicodedata import category, east_asian_width

from wtisd_model.types.graphemes import ELLIPSIS, graphemes

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
    **dict.fromkeys("%MЖ\u041cФ", 900),
    **dict.fromkeys("mW", 950),
    **dict.fromkeys("@—…←→⇄ŒÆ", 1025),
    **dict.fromkeys("ШЩЫЮЊЉ№", 1075),
    **dict.fromkeys("‰ǅǲ", 1225),
    **dict.fromkeys("ǄǱѠ", 1350),
    "⸺": 1925,
    "⸻": 2850,
}
_WIDEST: Final = 1350
"""The width of an emoji."""
_WIDE: Final = {"W", "F"}
_FIRST_WIDE: Final = "\u1100"
_EMOJI: Final = "\U0001f000"
# The last character of each block, or of several, up to which letters have the same width; none for the usual one. In
# Hebrew, Arabic and the scripts of northern India, letters are narrow or stand above each other.
_BLOCKS: Final = (
    ("\u058f", None),
    ("\u0b7f", 500),  # Hebrew to Oriya
    ("\u0bff", 1250),  # Tamil
    ("\u0cff", 825),  # Telugu, Kannada
    ("\u0d7f", 1250),  # Malayalam
    ("\u0dff", 1050),  # Sinhala
    ("\u0eff", 650),  # Thai, Lao
    ("\ufb4f", None),
    ("\ufdfc", 2325),  # words and pairs of Arabic letters
    ("\ufdfd", 11_000),  # a sentence
)
_BLOCK_ENDS: Final = [end for end, _ in _BLOCKS]

_BLANKS: Final = " \n"
_ROUNDING: Final = 1e-6
"""More than the rounding errors of a division, in thousandths."""


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the estimated width of a text in pixels, in a font of *size* pixels."""
    return sum(_widths(text)) * _scale(size, bold=bold)


def _scale(size: float, *, bold: bool) -> float:
    """Return how many pixels a thousandth of the size of a font is."""
    return size / (1000 / _BOLD if bold else 1000)


def _widths(text: str) -> list[int]:
    """Return the width of each character, in thousandths of the size of the font."""
    try:
        return list(map(_WIDTHS.__getitem__, text))
    except KeyError:
        return [_WIDTHS.get(each) or _width_of(each) for each in text]


def _width_of(character: str) -> int:
    if category(character) in {"Mn", "Me", "Cf"}:
        return 0
    if _EMOJI <= character < "\U00020000":
        return _WIDEST
    if east_asian_width(character) in _WIDE:
        return 1000
    block = bisect_left(_BLOCK_ENDS, character)
    return (_BLOCKS[block][1] if block < len(_BLOCKS) else None) or (800 if character.isupper() else 640)


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
    # Whole thousandths, as the widths are: a word for which the size of the font was chosen fits exactly.
    room, widths = int(width / _scale(size, bold=bold) + _ROUNDING), _widths(text)
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
