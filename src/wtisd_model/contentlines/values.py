"""Values of properties: an encoder and a decoder for each type (RFC 5545 section 3.3).

Encoders raise if a value could not be read back unchanged; decoders return None if it is malformed.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Final, Literal

from wtisd_model.codes import Code
from wtisd_model.contentlines.component import EncodedValue
from wtisd_model.errors import ExportError
from wtisd_model.findings import finding
from wtisd_model.schema.patterns import FIRST_YEAR, LAST_YEAR
from wtisd_model.types.duration import duration_text, parse_duration, whole_seconds

_KEYWORD: Final = re.compile(r"[A-Za-z0-9-]+")
# The model has stricter rules; these are for properties that are made without it.
# RFC 3986: a scheme, then the characters of a URI; other characters are percent-encoded.
_URI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+")
# One addr-spec in ASCII, without comments and quoted strings (RFC 5322 section 3.4.1).
_ADDRESS: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+")
_DAY: Final = timedelta(days=1)

_ESCAPE: Final = re.compile(r"\\([\\;,nN])")
_ITEM: Final = {sign: re.compile(rf"\\.|{sign}|[^\\{sign}]+|\\", re.DOTALL) for sign in ",;"}
_INTEGER: Final = re.compile(r"[0-9]{1,10}")
_TWO_DIGITS: Final = tuple(f"{number:02}" for number in range(60))
_DATE: Final = re.compile(r"[0-9]{8}")
_DATE_TIME: Final = re.compile(r"([0-9]{8})T([01][0-9]|2[0-3])([0-5][0-9])([0-5][0-9]|60)(Z?)")
_UTC_OFFSET: Final = re.compile(r"([+-])([01][0-9]|2[0-3])([0-5][0-9])([0-5][0-9])?")


def encode_text(text: str) -> EncodedValue:
    r"""Encode TEXT: backslash, semicolon, comma and line feed become ``\\``, ``\;``, ``\,`` and ``\n``.

    The serializer refuses other control characters.

    Source: RFC 5545 section 3.3.11.
    """
    # Four replacements take a fifth of the time of one str.translate, and a twentieth of it on long text.
    return EncodedValue(text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n"))


def decode_text(value: str) -> str:
    r"""Decode TEXT: ``\\``, ``\;``, ``\,``, ``\n`` and ``\N``; another backslash is kept.

    Source: RFC 5545 section 3.3.11.
    """
    if "\\" not in value:
        return value
    return _ESCAPE.sub(lambda match: "\n" if match[1] in "nN" else match[1], value)


def encode_text_list(texts: Iterable[str]) -> EncodedValue:
    """Encode a list of TEXT, such as CATEGORIES (RFC 5545 sections 3.1.1 and 3.8.1.2)."""
    return EncodedValue(",".join(map(encode_text, texts)))


def decode_text_list(value: str, separator: Literal[",", ";"] = ",") -> Iterator[str]:
    """Yield the items of a list of TEXT, split at commas without a backslash (RFC 5545 section 3.1.1).

    With a semicolon as *separator*, yield the parts of a structured value, such as REQUEST-STATUS (section 3.8.8.3).
    """
    item: list[str] = []
    for piece in _ITEM[separator].findall(value):
        if piece == separator:
            yield decode_text("".join(item))
            item = []
        else:
            item.append(piece)
    yield decode_text("".join(item))


def encode_keyword(keyword: str) -> EncodedValue:
    """Encode a keyword such as ``CONFIRMED``: letters, digits and hyphens.

    Raises:
        ExportError: ``text-malformed``.

    Source: RFC 5545 section 3.1, iana-token.
    """
    if not _KEYWORD.fullmatch(keyword):
        raise ExportError(finding(Code.TEXT_MALFORMED, form="letters-digits-hyphens"))
    return EncodedValue(keyword)


def encode_integer(number: int) -> EncodedValue:
    """Encode a whole number, such as SEQUENCE (RFC 5545 section 3.3.8)."""
    return EncodedValue(f"{number:d}")


def decode_integer(value: str) -> int | None:
    """Decode a whole number that is not negative; None if it is malformed (RFC 5545 section 3.3.8)."""
    return int(value) if _INTEGER.fullmatch(value) else None


def encode_uri(uri: str) -> EncodedValue:
    """Encode a URI, unchanged.

    Raises:
        ExportError: ``uri-malformed`` if it has no scheme, or has blanks, quotes, control characters, backslashes or
            letters beyond ASCII.

    Source: RFC 5545 section 3.3.13, RFC 3986.
    """
    if not _URI.fullmatch(uri):
        raise ExportError(finding(Code.URI_MALFORMED))
    return EncodedValue(uri)


def encode_cal_address(email: str) -> EncodedValue:
    """Encode an e-mail address as a calendar address, ``mailto:name@example.org``.

    A percent sign, a question mark and a number sign in it are percent-encoded, since they mean something else in a
    ``mailto`` URI; everything else is kept, since calendar programs compare these addresses letter by letter.

    Raises:
        ExportError: ``email-malformed`` for blanks, quotes, control characters, letters beyond ASCII, and for more than
            one address or none.

    Source: RFC 5545 section 3.3.3, RFC 6068 section 2.
    """
    if not _ADDRESS.fullmatch(email):
        raise ExportError(finding(Code.EMAIL_MALFORMED))
    if "%" in email or "?" in email or "#" in email:
        email = email.replace("%", "%25").replace("?", "%3F").replace("#", "%23")
    return EncodedValue("mailto:" + email)


def encode_date_time_utc(moment: datetime) -> EncodedValue:
    """Encode an aware moment of the years 1970 to 2199 in UTC, in whole seconds; a fraction of a second is left out.

    Raises:
        ExportError: ``moment-naive`` or ``year-out-of-range``.

    Source: RFC 5545 section 3.3.5, form 2.
    """
    _check_moment(moment)
    return EncodedValue(_clock(moment if moment.tzinfo is UTC else moment.astimezone(UTC)) + "Z")


def encode_date_time_local(moment: datetime) -> EncodedValue:
    """Encode what the clocks of its own zone show at *moment*, for a property with TZID; a fraction is left out.

    Raises:
        ExportError: ``moment-naive``, since a floating time is another moment to each reader, or ``year-out-of-range``
            before 1970 or after 2199.

    Source: RFC 5545 section 3.3.5, form 3.
    """
    _check_moment(moment)
    return EncodedValue(_clock(moment))


def _check_moment(moment: datetime) -> None:
    if moment.utcoffset() is None:
        raise ExportError(finding(Code.MOMENT_NAIVE))
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ExportError(finding(Code.YEAR_OUT_OF_RANGE, minimum=FIRST_YEAR, maximum=LAST_YEAR))


def _clock(moment: datetime) -> str:
    return f"{encode_date(moment)}T{_TWO_DIGITS[moment.hour]}{_TWO_DIGITS[moment.minute]}{_TWO_DIGITS[moment.second]}"


def encode_date(day: date) -> EncodedValue:
    """Encode a DATE of the years 1970 to 2199, for a property with VALUE=DATE (RFC 5545 section 3.3.4)."""
    # A tenth of the time of strftime, and a quarter of that with the format :02.
    return EncodedValue(f"{day.year}{_TWO_DIGITS[day.month]}{_TWO_DIGITS[day.day]}")


def decode_date(value: str) -> date | None:
    """Decode a DATE; None if it is malformed (RFC 5545 section 3.3.4)."""
    if not _DATE.fullmatch(value):
        return None
    try:
        return date(int(value[:4]), int(value[4:6]), int(value[6:]))
    except ValueError:
        return None


def decode_date_time(value: str) -> tuple[datetime, bool] | None:
    """Decode a DATE-TIME: the local time, and whether it is in UTC; None if it is malformed.

    A leap second (``:60``) is read as second 59.

    Source: RFC 5545 section 3.3.5.
    """
    match = _DATE_TIME.fullmatch(value)
    on = None if match is None else decode_date(match[1])
    if match is None or on is None:
        return None
    clock = time(int(match[2]), int(match[3]), min(int(match[4]), 59))
    return datetime.combine(on, clock), bool(match[5])


def decode_date_time_utc(value: str) -> datetime | None:
    """Decode a DATE-TIME in UTC, years 1970 to 2199; None if it is another one."""
    decoded = decode_date_time(value)
    if decoded is None or not decoded[1] or not FIRST_YEAR <= decoded[0].year <= LAST_YEAR:
        return None
    return decoded[0].replace(tzinfo=UTC)


def encode_duration(length: timedelta) -> EncodedValue:
    """Encode a length of time in days, hours, minutes and seconds; a negative one begins with a minus sign.

    Raises:
        ExportError: ``duration-not-whole`` for a fraction of a second, and for months and years, which have no length.

    Source: RFC 5545 section 3.3.6.
    """
    seconds = whole_seconds(length)
    if seconds is None:
        raise ExportError(finding(Code.DURATION_NOT_WHOLE))
    rest = timedelta(seconds=abs(seconds))
    days = rest // _DAY * _DAY
    return EncodedValue(f"{'-' if seconds < 0 else ''}{duration_text(days, rest - days)}")


def decode_duration(value: str) -> tuple[timedelta, timedelta] | None:
    """Decode a DURATION: its days by the calendar, and its exact rest; None if it is malformed.

    Source: RFC 5545 section 3.3.6.
    """
    is_mixed = "W" in value and not value.endswith("W")  # weeks are written alone
    parsed = None if is_mixed else parse_duration(value[1:] if value[:1] in {"+", "-"} else value)
    if parsed is None:
        return None
    days, rest = parsed
    return (-days, -rest) if value[0] == "-" else (days, rest)


def encode_utc_offset(seconds: int) -> EncodedValue:
    """Encode an offset from UTC; its seconds only where it has some (RFC 5545 section 3.3.14)."""
    minutes, rest = divmod(abs(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return EncodedValue(f"{'-' if seconds < 0 else '+'}{hours:02}{minutes:02}{f'{rest:02}' if rest else ''}")


def decode_utc_offset(value: str) -> timedelta | None:
    """Decode an offset from UTC; None if it is malformed (RFC 5545 section 3.3.14)."""
    match = _UTC_OFFSET.fullmatch(value)
    if match is None:
        return None
    sign, hours, minutes, seconds = match.groups()
    offset = timedelta(hours=int(hours), minutes=int(minutes), seconds=int(seconds or 0))
    return -offset if sign == "-" else offset


def encode_geo(latitude: Decimal, longitude: Decimal) -> EncodedValue:
    """Encode a position in degrees, with the decimals that it has (RFC 5545 section 3.8.1.6)."""
    return EncodedValue(f"{latitude:f};{longitude:f}")
