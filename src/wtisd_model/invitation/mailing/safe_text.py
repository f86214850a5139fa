"""Text from outside, fit to stand in a mail: nothing in it breaks a line, a header or the direction of what is around.

The model has refused most of what is refused here, by closer rules of its own. These hold alone, for whoever makes a
message by hand.
"""

import re

from wtisd_model.codes import Code
from wtisd_model.findings import ExportError, finding
from wtisd_model.invitation.mailing.direction import balanced
from wtisd_model.schema.characters import CONTROL
from wtisd_model.types.language import Said

_REFUSED = re.compile(f"[{CONTROL}]")


def line(text: str) -> str:
    """Give a text of one line (``text-control``)."""
    if not text.isprintable() and ("\n" in text or _REFUSED.search(text)):
        raise ExportError(finding(Code.TEXT_CONTROL))
    return balanced(text)


def lines(text: str) -> str:
    """Give a text in which lines may end (``text-control``)."""
    if not text.isprintable() and _REFUSED.search(text):
        raise ExportError(finding(Code.TEXT_CONTROL))
    return balanced(text)


def said_in_a_line(said: Said) -> Said:
    """Give a text of one line, and its language (``text-control``)."""
    return line(said[0]), said[1]


def said_in_lines(said: Said) -> Said:
    """Give a text in which lines may end, and its language (``text-control``)."""
    return lines(said[0]), said[1]
