"""Untrusted text made safe: it cannot break a line or a header, or reverse the text around it (bidi, UAX 9)."""

import re
from typing import Final

from wtisd_model.codes import Code
from wtisd_model.findings import ExportError, finding
from wtisd_model.markup.direction import is_rtl
from wtisd_model.schema.characters import CONTROL

FIRST_STRONG_ISOLATE: Final = "\u2068"
POP_ISOLATE: Final = "\u2069"
_POP: Final = "\u202c"
_EMBEDDINGS: Final = "\u202a\u202b\u202d\u202e"
_ISOLATES: Final = "\u2066\u2067\u2068"
_DIRECTIONS: Final = frozenset(_EMBEDDINGS + _POP + _ISOLATES + POP_ISOLATE)

_REFUSED: Final = re.compile(f"[{CONTROL}]")


def sanitize(text: str, *, multiline: bool = False) -> str:
    """Return *text* with its directional characters balanced.

    The model refuses most of this already, by stricter rules; a message made by hand has only this check.

    Raises:
        ExportError: ``text-control`` for a control character, and for a line feed unless *multiline*.
    """
    if not text.isprintable() and (_REFUSED.search(text) or ("\n" in text and not multiline)):
        raise ExportError(finding(Code.TEXT_CONTROL))
    return balanced(text)


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


def isolate(text: str, *, rtl: bool) -> str:
    """Return *text* between isolating characters if its direction differs from that of its line."""
    return text if is_rtl(text) in {None, rtl} else f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}"
