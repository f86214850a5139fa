"""Untrusted text made safe: it cannot break a line or a header, or reverse the text around it (bidi, UAX 9)."""

import re
from typing import Final

from wtisd_model.codes import Code
from wtisd_model.findings import ExportError, finding
from wtisd_model.markup.direction import balanced
from wtisd_model.schema.characters import CONTROL

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
