"""Texts of other programs, changed as little as a model field needs."""

from functools import cache
from typing import Final

from wtisd_model.schema.characters import BIDI, BLANK, CONTROL
from wtisd_model.schema.constraints import Text, compiled

UNTITLED: Final = {"text": "Untitled", "language": "en"}
"""The title of an event or a session without one, as JSON of this package."""


def mended(value: str, constraint: Text) -> str | None:
    """Return a text that its field may hold, or None if nothing is left.

    Control characters and outer blanks are removed, and a text that is too long is cut. A text that the field may hold
    is returned unchanged.
    """
    if constraint.check(value) is None:
        return value
    between = "\n" if constraint.lines else " "
    kept = compiled(r"\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]").sub(between, value).replace("\t", " ")
    kept = compiled(f"[{CONTROL}{BIDI if constraint.name else ''}]").sub("", kept)
    # Cut in the middle, so that the blank before the cut has to go too.
    kept = kept.strip(_blanks())[: constraint.maximum].strip(_blanks())
    return kept if constraint.check(kept) is None else None


@cache
def _blanks() -> str:
    """Return the characters that no text may end with; a pattern for them at the end would try at each."""
    return "".join(compiled(f"[{BLANK}]").findall("".join(map(chr, range(0x10000)))))
