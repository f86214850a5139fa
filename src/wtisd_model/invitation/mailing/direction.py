"""Text that runs to the right beside text that runs to the left (Unicode Standard Annex 9)."""

from typing import Final
from unicodedata import bidirectional

FIRST_STRONG_ISOLATE: Final = "\u2068"
POP_ISOLATE: Final = "\u2069"
_POP: Final = "\u202c"
_EMBEDDINGS: Final = "\u202a\u202b\u202d\u202e"
_ISOLATES: Final = "\u2066\u2067\u2068"
_CONTROLS: Final = frozenset(_EMBEDDINGS + _POP + _ISOLATES + POP_ISOLATE)


def balanced(text: str) -> str:
    """Close in each line what directional characters open there, and leave out those that close nothing.

    So none of them has power over what stands behind or around the text (CVE-2021-42574).
    """
    if text.isascii() or _CONTROLS.isdisjoint(text):
        return text
    return "\n".join(map(_balanced_line, text.split("\n")))


def _balanced_line(line: str) -> str:
    kept: list[str] = []
    # What closes each that is open. "The matching PDI ... closes all embeddings inside it" (UAX 9, rule X6a).
    open_: list[str] = []
    for each in line:
        if each in _EMBEDDINGS:
            open_.append(_POP)
        elif each in _ISOLATES:
            open_.append(POP_ISOLATE)
        elif each == _POP:
            if open_[-1:] != [_POP]:
                continue
            open_.pop()
        elif each == POP_ISOLATE:
            if POP_ISOLATE not in open_:
                continue
            while open_.pop() != POP_ISOLATE:
                pass
        kept.append(each)
    return "".join(kept + open_[::-1])


def runs_to_the_left(text: str) -> bool | None:
    """Tell by its first strong character which way a text runs (UAX 9, rules P2 and P3); None where it has none."""
    if text.isascii():
        return False if any(map(str.isalpha, text)) else None
    for each in text:
        way = bidirectional(each)
        if way == "L":
            return False
        if way in {"R", "AL"}:
            return True
    return None


def beside(text: str, *, rtl: bool) -> str:
    """Set a text apart where it runs the other way than the line that it stands in."""
    way = runs_to_the_left(text)
    return text if way is None or way == rtl else f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}"
