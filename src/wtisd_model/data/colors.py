"""Colour names.

Source: CSS Color Module Level 3, recommendation of 2011-06-07, section 4.3, to which RFC 7986 section 5.9 (COLOR)
points. ``rebeccapurple`` was added later and is not included.
"""

from typing import Final

from wtisd_model.data import code_lists

COLORS: Final[frozenset[str]] = frozenset(code_lists("colors")["names"].split())
"""The 147 names, in lower case; the standard ignores case."""
