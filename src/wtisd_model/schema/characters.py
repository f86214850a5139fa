"""Character classes of free text: forbidden anywhere, forbidden at the ends, and invisible."""

from functools import cache
from typing import Final

# Each constant but UNSEEN_FIRST is the body of a character class, to be put between brackets.

# Control characters but the line feed, line and paragraph separators, and surrogates.
CONTROL = r"\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\ud800-\udfff"
# Characters that change the direction of the text around them (Unicode Standard Annex 9).
BIDI = r"\u202a-\u202e\u2066-\u2069"
# All but CONTROL, and in names all but BIDI: published patterns say what is allowed, since Rust and RE2 do not compile
# a range of surrogates.
_ALLOWED = " -~\\u00a0-\\u2027\\u202a-\\ud7ff\\ue000-\U0010ffff"
_ALLOWED_IN_NAMES = " -~\\u00a0-\\u2027\\u202f-\\u2065\\u206a-\\ud7ff\\ue000-\U0010ffff"
# U+FEFF counts as a space: many programs take it for a byte order mark and drop it.
BLANK = r" \n\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\ufeff"
# Default_Ignorable_Code_Point, which fonts need not show, and the blank pattern of Braille. Characters beyond U+FFFF
# are not escaped, because Python and ECMA-262 escape them differently.
UNSEEN = (
    r"\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    r"\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\uffa0\ufff0-\ufff8"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)

# Texts that begin with one of these are left to the pattern: it looks for what can be seen further on.
UNSEEN_FIRST: Final = frozenset({"", " "}).union(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0", map(chr, range(0xFE00, 0xFE10)),
    map(chr, range(0xE0100, 0xE01F0)),
)  # fmt: skip


@cache
def text_pattern(*, lines: bool, name: bool) -> str:
    """Return the regular expression of a text; *lines* allows line feeds, and *name* forbids bidirectional controls."""
    allowed = ("\\n" if lines else "") + (_ALLOWED_IN_NAMES if name else _ALLOWED)
    # The first part looks at every character. So the others need not repeat what is allowed: no text has a tab here.
    is_allowed, is_visible = rf"(?=[{allowed}]*(?!\n)$)", rf"(?![{BLANK}{UNSEEN}]*(?!\n)$)"
    return rf"^{is_allowed}{is_visible}[^{BLANK}](?:[^\t]*[^{BLANK}])?(?!\n)$"
