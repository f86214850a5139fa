"""Text direction: detected, balanced and isolated, so that no text reorders what is around it (UAX 9)."""

from typing import Final
from unicodedata import bidirectional

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
    for each in filter(_DIRECTED.__contains__, map(bidirectional, text)):
        if each in _OPENS:
            depth += 1
        elif each == _CLOSES:
            depth = max(depth - 1, 0)
        elif not depth:
            return each != "L"
    return None


def balanced(text: str) -> str:
    """Return *text* with every directional character closed in its line, and without those that close nothing.

    So none of them affects the text around it (CVE-2021-42574).
    """
    if text.isascii() or _DIRECTIONS.isdisjoint(text):
        return text
    return "\n".join(map(_balanced_line, text.split("\n")))


def _balanced_line(line: str) -> str:
    kept: list[str] = []
    # What closes each that is open. "The matching PDI ... closes all embeddings inside it" (UAX 9, rule X6a).
    open_: list[str] = []
    for each in line:
        if each in _EMBEDDINGS:
            open_.append(_POP_EMBEDDING)
        elif each in _ISOLATES:
            open_.append(_POP_ISOLATE)
        elif each == _POP_EMBEDDING:
            if open_[-1:] != [_POP_EMBEDDING]:
                continue
            open_.pop()
        elif each == _POP_ISOLATE:
            if _POP_ISOLATE not in open_:
                continue
            while open_.pop() != _POP_ISOLATE:
                pass
        kept.append(each)
    return "".join(kept + open_[::-1])


def isolate(text: str, *, rtl: bool) -> str:
    """Return *text* balanced and, if its direction differs from that of its line, between isolating characters."""
    text = balanced(text)
    return text if is_rtl(text) in {None, rtl} else f"{_FIRST_STRONG_ISOLATE}{text}{_POP_ISOLATE}"
