"""Content lines of iCalendar: from text and times to bytes, so that nothing in a value can forge a line.

Each kind of value has a function that checks and encodes it and gives a `Value`; `parameter` does so for what stands
between name and value; `line` puts them together and folds. The types keep raw text from being passed where encoded
text belongs, and `line` looks once more at the whole. Text is written so that a reader of RFC 5545 gets it back equal,
or it is refused; nothing is trimmed, replaced or shortened.
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import NewType

from pendulum import Duration

from wtisd_model.codes import Code
from wtisd_model.findings import ExportError, finding
from wtisd_model.ical.names import (
    COMPONENTS,
    PARAMETERS,
    PROPERTIES,
    QUOTED,
    ComponentName,
    ParameterName,
    PropertyName,
)
from wtisd_model.schema.constraints import FIRST_YEAR, LAST_YEAR
from wtisd_model.types.language import Said

Value = NewType("Value", str)
"""A property value, encoded as its type asks."""

Parameter = NewType("Parameter", str)
"""A parameter with its leading semicolon, encoded."""

# Cc but the line feed, Cs, and the two separators at which some readers break a line. All of them are unprintable to
# str.isprintable, which looks forty times as fast; what else is (blanks, joiners, new letters) passes the pattern.
_REFUSED_IN_TEXT = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_REFUSED_IN_LINE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")

_WORD = re.compile(r"[A-Za-z0-9-]+")
_BARE = re.compile(r"[A-Za-z0-9._+/-]+")
# The model has refused all this before, by closer rules of its own. These hold alone, for whoever writes a line.
# RFC 3986: a scheme, then what may stand in a URI; other characters come percent-encoded.
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+")
# One addr-spec in ASCII, without comments and quoted strings (RFC 5322 section 3.4.1).
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+")

_CRLF = b"\r\n"
_CONTINUATION = 0b10  # the first two bits of each octet of a character but its first, in UTF-8
_LONGEST = 75  # octets of a line without its break (RFC 5545 section 3.1)


def line(name: PropertyName, value: Value, *parameters: Parameter) -> bytes:
    """Write one content line, folded, with its line break.

    Raises:
        ExportError: ``name-unknown``, or ``text-control`` where a control character got into a part.

    Source: RFC 5545 section 3.1.
    """
    if name not in PROPERTIES:
        raise ExportError(finding(Code.NAME_UNKNOWN))
    whole = f"{name}{''.join(parameters)}:{value}"
    if not whole.isprintable() and _REFUSED_IN_LINE.search(whole):
        raise ExportError(finding(Code.TEXT_CONTROL))
    if len(whole) <= _LONGEST and whole.isascii():
        return whole.encode() + _CRLF
    return _folded(whole.encode())


def component(name: ComponentName, *content: bytes) -> bytes:
    """Put lines between BEGIN and END.

    Raises:
        ExportError: ``name-unknown``.

    Source: RFC 5545 section 3.6.
    """
    if name not in COMPONENTS:
        raise ExportError(finding(Code.NAME_UNKNOWN))
    tag = name.encode()
    return b"".join((b"BEGIN:", tag, _CRLF, *content, b"END:", tag, _CRLF))


def parameter(name: ParameterName, *values: str) -> Parameter:
    """Encode a parameter; several values make a list (``FEATURE=AUDIO,VIDEO``).

    Free text and addresses stand in quotes, with RFC 6868 carets for quotes, carets and line feeds. The rest is written
    bare, and must be made of letters, digits and ``._+/-``.

    Raises:
        ExportError: ``name-unknown``, ``text-control`` or, for a value to be written bare, ``text-malformed``.

    Source: RFC 5545 section 3.2, RFC 6868 section 3.
    """
    if name not in PARAMETERS:
        raise ExportError(finding(Code.NAME_UNKNOWN))
    encode = _quoted if name in QUOTED else _bare
    return Parameter(f";{name}={encode(values[0]) if len(values) == 1 else ','.join(map(encode, values))}")


def text(value: str) -> Value:
    r"""Encode TEXT: backslash, semicolon, comma and line feed become ``\\``, ``\;``, ``\,`` and ``\n``.

    Raises:
        ExportError: ``text-control`` for control characters other than the line feed, U+2028, U+2029 and lone
            surrogates: readers drop, replace or break lines at them.

    Source: RFC 5545 section 3.3.11.
    """
    _refuse_controls(value)
    # Four replacements take a fifth of the time of one str.translate, and a twentieth of it on long text.
    escaped = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
    return Value(escaped)


def texts(*values: str) -> Value:
    """Encode a list of TEXT, such as CATEGORIES.

    Raises:
        ExportError: ``text-control``, as `text` does.

    Source: RFC 5545 sections 3.1.1 and 3.8.1.2.
    """
    return Value(",".join(map(text, values)))


def said(name: PropertyName, parts: Sequence[Said], separator: str = "") -> list[bytes]:
    """Write texts as one property, with LANGUAGE where all of them are in one; nothing where there are none.

    Raises:
        ExportError: as `line`, `text` and `parameter` do.
    """
    if not parts:
        return []
    whole, language = parts[0]
    if len(parts) == 1:
        return [line(name, text(whole), parameter("LANGUAGE", language))]
    whole = text(separator.join([each for each, _ in parts]))
    alike = all(tag == language for _, tag in parts)
    return [line(name, whole, parameter("LANGUAGE", language)) if alike else line(name, whole)]


def word(value: str) -> Value:
    """Give a keyword such as ``CONFIRMED``: letters, digits and hyphens.

    Raises:
        ExportError: ``text-malformed``.

    Source: RFC 5545 section 3.1, iana-token.
    """
    if not _WORD.fullmatch(value):
        raise ExportError(finding(Code.TEXT_MALFORMED, form="letters, digits and hyphens"))
    return Value(value)


def integer(value: int) -> Value:
    """Write a whole number, such as SEQUENCE (RFC 5545 section 3.3.8)."""
    return Value(f"{value:d}")


def uri(value: str) -> Value:
    """Give a URI as it is.

    Raises:
        ExportError: ``uri-malformed`` where it has no scheme, or holds what a URI never holds: blanks, quotes, control
            characters, backslashes, letters beyond ASCII.

    Source: RFC 5545 section 3.3.13, RFC 3986.
    """
    if not _URI.fullmatch(value):
        raise ExportError(finding(Code.URI_MALFORMED))
    return Value(value)


def address(email: str) -> Value:
    """Write an e-mail address as a calendar address, ``mailto:name@example.org``.

    A percent sign, a question mark and a number sign in it are percent-encoded, since they mean something else in a
    ``mailto`` URI; everything else stays as it is, since calendar programs compare these addresses letter by letter.

    Raises:
        ExportError: ``email-malformed`` for blanks, quotes, control characters, letters beyond ASCII, and for more than
            one address or none.

    Source: RFC 5545 section 3.3.3, RFC 6068 section 2.
    """
    if not _ADDRESS.fullmatch(email):
        raise ExportError(finding(Code.EMAIL_MALFORMED))
    return Value("mailto:" + email.replace("%", "%25").replace("?", "%3F").replace("#", "%23"))


def date_time_utc(moment: datetime) -> Value:
    """Write a moment in UTC, in whole seconds; a fraction of a second is left out.

    Args:
        moment: aware, years 1970 to 2199.

    Raises:
        ExportError: ``moment-naive`` or ``year-out-of-range``.

    Source: RFC 5545 section 3.3.5, form 2.
    """
    _refuse_unplaced(moment)
    return Value(_clock(moment if moment.tzinfo is UTC else moment.astimezone(UTC)) + "Z")


def date_time_local(moment: datetime) -> Value:
    """Write what the clocks show at *moment* in its own zone, for a property with TZID; a fraction is left out.

    Args:
        moment: aware, years 1970 to 2199.

    Raises:
        ExportError: ``moment-naive`` or ``year-out-of-range``. A floating time is another moment to each
            reader.

    Source: RFC 5545 section 3.3.5, form 3.
    """
    _refuse_unplaced(moment)
    return Value(_clock(moment))


def duration(length: timedelta) -> Value:
    """Write a length of time in days, hours, minutes and seconds; a negative one begins with a minus sign.

    Raises:
        ExportError: ``duration-not-whole`` for a fraction of a second, and for months and years, which have no length.

    Source: RFC 5545 section 3.3.6.
    """
    # pendulum's arithmetic takes durations of its own only, so that of the class beneath is called.
    total = timedelta.total_seconds(length)
    seconds = int(total)
    if total != seconds or (isinstance(length, Duration) and (length.years or length.months)):
        raise ExportError(finding(Code.DURATION_NOT_WHOLE))
    minutes, seconds_left = divmod(abs(seconds), 60)
    hours, minutes_left = divmod(minutes, 60)
    days, hours_left = divmod(hours, 24)
    date = f"{days}D" if days else ""
    clock = "".join(f"{n}{unit}" for n, unit in ((hours_left, "H"), (minutes_left, "M"), (seconds_left, "S")) if n)
    amount = f"{date}T{clock}" if clock else date or "T0S"
    return Value(f"{'-' if seconds < 0 else ''}P{amount}")


def geo(latitude: Decimal, longitude: Decimal) -> Value:
    """Write a position in degrees, with the decimals that it has (RFC 5545 section 3.8.1.6)."""
    return Value(f"{latitude:f};{longitude:f}")


def _refuse_controls(value: str) -> None:
    if not value.isprintable() and _REFUSED_IN_TEXT.search(value):
        raise ExportError(finding(Code.TEXT_CONTROL))


def _refuse_unplaced(moment: datetime) -> None:
    if moment.utcoffset() is None:
        raise ExportError(finding(Code.MOMENT_NAIVE))
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ExportError(finding(Code.YEAR_OUT_OF_RANGE, minimum=FIRST_YEAR, maximum=LAST_YEAR))


def _clock(moment: datetime) -> str:
    # Three times as fast as formatting each number; and pendulum's own isoformat is slower than that of its base.
    return datetime.isoformat(moment)[:19].replace("-", "").replace(":", "")


def _quoted(value: str) -> str:
    _refuse_controls(value)
    return '"' + value.replace("^", "^^").replace('"', "^'").replace("\n", "^n") + '"'


def _bare(value: str) -> str:
    if not _BARE.fullmatch(value):
        raise ExportError(finding(Code.TEXT_MALFORMED, form="letters, digits and ._+/-"))
    return value


def _folded(octets: bytes) -> bytes:
    start, end, length = 0, _LONGEST, len(octets)
    pieces: list[bytes] = []
    while end < length:
        if octets[end] >> 6 == _CONTINUATION or octets[end - 1] in b"\\^":  # in most lines neither ever holds
            end = _cut(octets, start, end)
        pieces.append(octets[start:end])
        start, end = end, end + _LONGEST - 1  # the blank of a continuation counts
    pieces.append(octets[start:])
    return b"\r\n ".join(pieces) + _CRLF


def _cut(octets: bytes, start: int, furthest: int) -> int:
    """Where to fold: before a character, and not behind a backslash or caret, to which the next octet may belong."""
    for end in range(furthest, start, -1):
        if _begins_character(octets[end]) and octets[end - 1] not in b"\\^":
            return end
    # Nothing but backslashes and carets: behind an even run of one of them no escape is open. A run is counted from
    # the last fold at most, where none was open either.
    ends = [end for end in range(furthest, start, -1) if _begins_character(octets[end])]
    return next((end for end in ends if _run(octets[start:end]) % 2 == 0), ends[0])


def _begins_character(octet: int) -> bool:
    return octet >> 6 != _CONTINUATION


def _run(piece: bytes) -> int:
    return len(piece) - len(piece.rstrip(piece[-1:]))
