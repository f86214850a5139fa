"""Where a text may be cut: between its graphemes."""

import re
from typing import Final
from unicodedata import category, combining

ELLIPSIS: Final = "…"

_MOST_IN_ONE: Final = 4
"""The characters that are allowed for each grapheme of a text that is cut: few letters have more than three marks."""

_ZWJ: Final = "\u200d"
_CONTINUES: Final = {"Mn", "Mc", "Me"}
# Characters other than marks that belong to what is before them: joiners, vowels of Thai and Lao, skin tones, tags.
_EXTENDS: Final = re.compile("[\u0e33\u0eb3\u200c\u200d\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")
_JAMO: Final = re.compile("[\u1100-\u11ff\ua960-\ua97f\uac00-\ud7ff]")
_TRAILING_JAMO: Final = re.compile("[\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff]")
_PREPENDS: Final = re.compile("[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u0d4e\U000110bd\U000110cd]")
_REGIONAL: Final = re.compile("[\U0001f1e6-\U0001f1ff]")
_VIRAMA: Final = 9
"""The combining class of the sign that joins two consonants in the scripts of India."""


def graphemes(text: str) -> list[str]:
    """Return the pieces of a text that must not be parted: a letter with its marks, an emoji, a flag.

    No piece ends inside an extended grapheme cluster (UAX 29); a few pieces hold two.
    """
    if text.isascii():
        return list(text)
    found: list[str] = []
    regional = 0
    for each in text:
        regional = regional + 1 if _REGIONAL.match(each) else 0
        if found and _continues(found[-1][-1], each, regional=regional):
            found[-1] += each
        else:
            found.append(each)
    return found


def shortened(text: str, most: int) -> str:
    """Return a text of at most *most* graphemes: itself, or its beginning with an ellipsis."""
    if len(text) <= most:
        return text
    bound = _MOST_IN_ONE * most
    pieces = graphemes(text[:bound])
    if len(pieces) <= most and len(text) <= bound:
        return text
    # The last piece may go on after the bound.
    return "".join(pieces[:-1][: most - 1]).rstrip() + ELLIPSIS


def _continues(before: str, each: str, *, regional: int) -> bool:
    return (
        category(each) in _CONTINUES
        or _EXTENDS.match(each) is not None
        or before == _ZWJ
        or combining(before) == _VIRAMA
        or regional % 2 == 0 < regional
        or _PREPENDS.match(before) is not None
        or (_TRAILING_JAMO.match(each) is not None and _JAMO.match(before) is not None)
    )
