r"""Values of properties: text, numbers, times, addresses and answers, decoded by the letter of RFC 5545."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Final
from urllib.parse import unquote

from wtisd_model.invitation.calendar.content_line import Property
from wtisd_model.model.reply import ParticipationStatus
from wtisd_model.schema.characters import BIDI, BLANK, CONTROL
from wtisd_model.schema.constraints import FIRST_YEAR, LAST_YEAR, Constraint, Pattern, Text, compiled
from wtisd_model.types.language import LANGUAGE
from wtisd_model.types.text import EMAIL

_ESCAPE: Final = re.compile(r"\\([\\;,nN])")
_ITEM: Final = re.compile(r"\\.|,|[^\\,]+|\\", re.DOTALL)
_INTEGER: Final = re.compile(r"[0-9]{1,10}")
_DATE: Final = re.compile(r"[0-9]{8}")
_DATE_TIME: Final = re.compile(r"([0-9]{8})T([0-9]{6})(Z?)")
_DURATION: Final = re.compile(
    r"([+-]?)P(?=[0-9T])(?:([0-9]{1,5})W|(?:([0-9]{1,6})D)?(?:T(?=[0-9])(?:([0-9]{1,7})H)?(?:([0-9]{1,8})M)?"
    r"(?:([0-9]{1,9})S)?)?)"
)
_DEGREES: Final = re.compile(r"\s*([+-]?[0-9]{1,3}(?:\.[0-9]{1,20})?)\s*;\s*([+-]?[0-9]{1,3}(?:\.[0-9]{1,20})?)\s*")
_PLACES: Final = Decimal("1e-8")
_MAILTO: Final = "mailto:"
_STATUSES: Final = {each.value.upper(): each for each in ParticipationStatus}


def text(value: str) -> str:
    r"""Decode TEXT: ``\\``, ``\;``, ``\,``, ``\n`` and ``\N``; another backslash stands for itself.

    Source: RFC 5545 section 3.3.11.
    """
    if "\\" not in value:
        return value
    return _ESCAPE.sub(lambda match: "\n" if match[1] in "nN" else match[1], value)


def texts(value: str) -> Iterator[str]:
    """Decode a list of TEXT, which commas part that no backslash stands before (RFC 5545 section 3.1.1)."""
    item: list[str] = []
    for piece in _ITEM.findall(value):
        if piece == ",":
            yield text("".join(item))
            item = []
        else:
            item.append(piece)
    yield text("".join(item))


def cleaned(value: str, constraint: Text) -> str | None:
    """Make of a text what *node* may hold: without controls and outer blanks, cut to length; None if nothing is left.

    What it may hold as it is comes back as it is.
    """
    if constraint.check(value) is None:
        return value
    between = "\n" if constraint.lines else " "
    bare = compiled(r"\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]").sub(between, value).replace("\t", " ")
    bare = compiled(f"[{CONTROL}{BIDI if constraint.name else ''}]").sub("", bare)
    # Cut in the middle, so that the blank before the cut has to go too.
    bare = bare.strip(_blanks())[: constraint.maximum].strip(_blanks())
    return bare if constraint.check(bare) is None else None


@cache
def _blanks() -> str:
    """List the characters that no text may end with; a pattern that looks for them at the end would try at each."""
    return "".join(compiled(f"[{BLANK}]").findall("".join(map(chr, range(0x10000)))))


def language(value: str | None) -> str | None:
    """Give a language tag in canonical form, where it is one or can be written so."""
    if value is None or LANGUAGE.check(value, suggest=False) is None:
        return value
    found = LANGUAGE.check(value)
    meant = None if found is None else found.params.get("suggestion")
    return meant if isinstance(meant, str) else None


def allowed(value: str, constraint: Constraint) -> bool:
    """Tell whether a field may hold a text as it is, an address say."""
    return isinstance(constraint, Pattern) and constraint.check(value, suggest=False) is None


def integer(value: str) -> int | None:
    """Read a whole number that is not negative, in ASCII digits (RFC 5545 section 3.3.8)."""
    return int(value) if _INTEGER.fullmatch(value) else None


def day(value: str) -> date | None:
    """Read a DATE (RFC 5545 section 3.3.4)."""
    if not _DATE.fullmatch(value):
        return None
    try:
        return date(int(value[:4]), int(value[4:6]), int(value[6:]))
    except ValueError:
        return None


def wall_time(value: str) -> tuple[datetime, bool] | None:
    """Read a DATE-TIME: what the clocks show, and whether they are those of UTC.

    The 60th second, which a minute may have, is read as the 59th.

    Source: RFC 5545 section 3.3.5.
    """
    match = _DATE_TIME.fullmatch(value)
    on = None if match is None else day(match[1])
    if match is None or on is None:
        return None
    hour, minute, second = int(match[2][:2]), int(match[2][2:4]), int(match[2][4:])
    if hour > 23 or minute > 59 or second > 60:  # noqa: PLR2004 - what a clock shows
        return None
    return datetime(on.year, on.month, on.day, hour, minute, min(second, 59)), bool(match[3])  # noqa: DTZ001 - a wall time


def moment(value: str) -> datetime | None:
    """Read a DATE-TIME that has to be in UTC, and in the years that our objects know."""
    read = wall_time(value)
    if read is None or not read[1] or not FIRST_YEAR <= read[0].year <= LAST_YEAR:
        return None
    return read[0].replace(tzinfo=UTC)


def duration(value: str) -> tuple[timedelta, timedelta] | None:
    """Read a DURATION: its days by the calendar, and its exact rest (RFC 5545 section 3.3.6)."""
    match = _DURATION.fullmatch(value)
    if match is None:
        return None
    weeks, days, hours, minutes, seconds = (int(each or 0) for each in match.groups()[1:])
    sign = -1 if match[1] == "-" else 1
    return sign * timedelta(weeks=weeks, days=days), sign * timedelta(hours=hours, minutes=minutes, seconds=seconds)


def position(value: str) -> tuple[Decimal, Decimal] | None:
    """Read GEO, to eight decimals, a millimetre (RFC 5545 section 3.8.1.6)."""
    match = _DEGREES.fullmatch(value)
    if match is None:
        return None
    latitude, longitude = (_degrees(each) for each in match.groups())
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None  # noqa: PLR2004 - the globe


def _degrees(value: str) -> Decimal:
    exact = Decimal(value)
    rounded = exact if -int(exact.as_tuple().exponent) <= 8 else exact.quantize(_PLACES)  # noqa: PLR2004 - decimals
    return rounded or Decimal(0)  # without the sign of a zero


def address(found: Property) -> str | None:
    """Give the e-mail address of a CAL-ADDRESS, or that beside it; None where there is none.

    Source: RFC 5545 section 3.3.3; RFC 6068 section 2; for ``EMAIL``, RFC 7986 section 6.2.
    """
    if found.value[: len(_MAILTO)].lower() == _MAILTO:
        return mail_address(found.value)
    beside = found.parameter("EMAIL")
    return None if beside is None else mail_address(beside)


def mail_address(value: str) -> str | None:
    """Give the address of a ``mailto:`` URI, or one that stands bare; None where it is none of the kind we keep."""
    bare = value[len(_MAILTO) :] if value[: len(_MAILTO)].lower() == _MAILTO else value
    # What is not UTF-8 becomes a character that no address has.
    decoded = unquote(bare.partition("?")[0]).strip(" <>")
    return decoded if EMAIL.check(decoded, suggest=False) is None else None


def participation_status(found: Property) -> ParticipationStatus | None:
    """Read PARTSTAT; None for a status that is not one of RFC 5545's for events.

    "Applications MUST treat x-name and iana-token values they don't recognize the same way as they would the
    NEEDS-ACTION value" (section 3.2.12), which is for the caller to do and to tell.
    """
    return _STATUSES.get(found.keyword("PARTSTAT") or "NEEDS-ACTION")
