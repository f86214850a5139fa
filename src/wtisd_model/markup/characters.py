"""What writers need to know of characters: which way a text runs, and where it may be cut."""

import re
from typing import Final
from unicodedata import bidirectional, category, combining

_FIRST_STRONG_ISOLATE: Final = "\u2068"
_POP_ISOLATE: Final = "\u2069"
_POP_EMBEDDING: Final = "\u202c"
_EMBEDDINGS: Final = "\u202a\u202b\u202d\u202e"
_ISOLATES: Final = "\u2066\u2067\u2068"
_DIRECTIONS: Final = frozenset(_EMBEDDINGS + _POP_EMBEDDING + _ISOLATES + _POP_ISOLATE)

_OPENS: Final = frozenset({"LRI", "RLI", "FSI"})
_CLOSES: Final = "PDI"
_DIRECTED: Final = _OPENS | {_CLOSES, "L", "R", "AL"}
"""The classes of characters (UAX 9, table 4) that matter to the direction of a text."""


def is_rtl(text: str) -> bool | None:
    """Return True if the first strong character of *text* is right-to-left; None if it has none.

    What is isolated does not count (UAX 9, P2 and P3).
    """
    if text.isascii():
        return False if any(map(str.isalpha, text)) else None
    depth = 0
    for kind in filter(_DIRECTED.__contains__, map(bidirectional, text)):
        if kind in _OPENS:
            depth += 1
        elif kind == _CLOSES:
            depth = max(depth - 1, 0)
        elif not depth:
            return kind != "L"
    return None


def balanced(text: str) -> str:
    """Return *text* with every directional character closed in its line, and without those that close nothing.

    So none of them affects the text around it (CVE-2021-42574).
    """
    if text.isascii() or _DIRECTIONS.isdisjoint(text):
        return text
    return "\n".join(map(_balanced_line, text.split("\n")))


def _balanced_line(line: str) -> str:
    characters: list[str] = []
    # What closes each that is open. "The matching PDI ... closes all embeddings inside it" (UAX 9, rule X6a).
    open_: list[str] = []
    for character in line:
        if character in _EMBEDDINGS:
            open_.append(_POP_EMBEDDING)
        elif character in _ISOLATES:
            open_.append(_POP_ISOLATE)
        elif character == _POP_EMBEDDING:
            if open_[-1:] != [_POP_EMBEDDING]:
                continue
            open_.pop()
        elif character == _POP_ISOLATE:
            if _POP_ISOLATE not in open_:
                continue
            while open_.pop() != _POP_ISOLATE:
                pass
        characters.append(character)
    return "".join(characters + open_[::-1])


def isolate(text: str, *, rtl: bool) -> str:
    """Return *text* balanced and, if its direction differs from that of its line, between isolating characters."""
    text = balanced(text)
    return text if is_rtl(text) in {None, rtl} else f"{_FIRST_STRONG_ISOLATE}{text}{_POP_ISOLATE}"


ELLIPSIS: Final = "…"

_MOST_IN_ONE: Final = 4
"""The characters that are allowed for each grapheme of a text that is cut: few letters have more than three marks."""

_ZWJ: Final = "\u200d"
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
    pieces: list[str] = []
    regional = 0
    for character in text:
        regional = regional + 1 if _REGIONAL.match(character) else 0
        if pieces and _continues(pieces[-1][-1], character, regional=regional):
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


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
        category(each) in {"Mn", "Mc", "Me"}
        or _EXTENDS.match(each) is not None
        or before == _ZWJ
        or combining(before) == _VIRAMA
        or regional % 2 == 0 < regional
        or _PREPENDS.match(before) is not None
        or (_TRAILING_JAMO.match(each) is not None and _JAMO.match(before) is not None)
    )
