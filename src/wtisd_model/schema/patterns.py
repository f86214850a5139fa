"""Regular expressions that Python, JSON Schema and Rust share: dates, whole numbers, and sets of characters."""

from functools import cache
from typing import Final

FIRST_YEAR = 1970
LAST_YEAR = 2199
"""The years that dates and times may have, both included."""


def _calendar_dates(years: str, leap_years: str) -> str:
    month_and_day = "(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31"
    return f"(?:{years}-(?:{month_and_day})|(?:{leap_years})-02-29)"


_LEAP_YEARS = "(?:0[48]|[2468][048]|[13579][26])"
DATE = _calendar_dates("(?:19[7-9]|2[01][0-9])[0-9]", f"19(?:7[26]|8[048]|9[26])|2[01]{_LEAP_YEARS}|2000")
"""The pattern of a calendar date in the years 1970 to 2199."""
ISSUE_DATE = _calendar_dates("(?:19|2[01])[0-9]{2}", f"(?:19|2[01]){_LEAP_YEARS}|2000")
"""The pattern of a calendar date in the years 1900 to 2199."""


def decimals_between(least: int, most: int, digits: int, places: int) -> str:
    """Return the pattern of the decimal numbers from *least* to *most*, without a sign before a zero.

    They have at most *digits* digits before the point and *places* after it.
    """
    alternatives: list[str] = []
    if most >= 0:
        alternatives.append(_magnitudes(max(least, 0), most, digits, places))
    if least < 0:
        sign = r"-(?!0(?:\.0+)?$)" if most >= 0 else "-"
        alternatives.append(f"{sign}(?:{_magnitudes(max(-most, 0), -least, digits, places)})")
    return "|".join(alternatives)


def _magnitudes(least: int, most: int, digits: int, places: int) -> str:
    """Return the pattern of the decimal numbers between two bounds, both of them positive or zero."""
    anything = rf"(?:\.[0-9]{{1,{places}}})?"
    if most >= 10**digits:
        return f"(?:{_whole_between(least, 10**digits - 1)}){anything}"
    exactly = rf"{most}(?:\.0{{1,{places}}})?"
    return exactly if least == most else f"(?:{_whole_between(least, most - 1)}){anything}|{exactly}"


def _whole_between(least: int, most: int) -> str:
    """Return the pattern of the whole numbers between two bounds: first those with fewer digits."""
    low, high = str(least), str(most)
    if len(low) == len(high):
        return _same_length(low, high)
    shortest, longest = _same_length(low, "9" * len(low)), _same_length("1" + "0" * (len(high) - 1), high)
    between = f"|[1-9][0-9]{{{len(low)},{len(high) - 2}}}" if len(high) - len(low) > 1 else ""
    return f"{shortest}{between}|{longest}"


def _same_length(low: str, high: str) -> str:
    """Return the pattern of the numbers between two that have as many digits."""
    rest = len(low) - 1
    if low[0] == high[0]:
        return low[0] + (f"(?:{_same_length(low[1:], high[1:])})" if rest else "")
    alternatives: list[str] = []
    first, last = int(low[0]), int(high[0])
    if low[1:].strip("0"):
        alternatives.append(f"{first}(?:{_same_length(low[1:], '9' * rest)})")
        first += 1
    partly = bool(high[1:].strip("9"))
    if first <= last - partly:
        alternatives.append(f"[{first}-{last - partly}]" + (f"[0-9]{{{rest}}}" if rest else ""))
    if partly:
        alternatives.append(f"{last}(?:{_same_length('0' * rest, high[1:])})")
    return "|".join(alternatives)


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
