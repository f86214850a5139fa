"""Decoders of single JSON values: strings, numbers and booleans become what the objects of the model hold."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache, lru_cache, partial
from typing import Any, Final, cast

from wtisd_model.codes import Code
from wtisd_model.findings import Finding, finding
from wtisd_model.schema.constraints import (
    MOST_CACHED,
    Boolean,
    CodeList,
    Date,
    DecimalNumber,
    Enumeration,
    Integer,
    Leaf,
    Pattern,
    Text,
    Timestamp,
    compiled,
    matcher_of,
)
from wtisd_model.schema.patterns import FIRST_YEAR, LAST_YEAR, UNSEEN_FIRST
from wtisd_model.types.language import LANGUAGE
from wtisd_model.types.lifecycle import STATE_NAME
from wtisd_model.types.text import UID

INVALID: Final[Any] = object()
"""What a decoder returns in place of a value that it refuses."""

RECURRING: Final = (LANGUAGE, STATE_NAME, UID)
"""Patterns that the same few strings match in many payloads; the results are cached."""

Decode = Callable[[Any], Any]
"""Returns what the object holds for a JSON value, or `INVALID`; it never raises."""

_DATE = compiled(Date.pattern).match
_TIMESTAMP = compiled(Timestamp.pattern).match


@lru_cache(MOST_CACHED)
def scalar_decoder(constraint: Leaf) -> Decode:
    """Return the decoder of a constraint's values."""
    match constraint:
        case Text():
            return _text_decoder(constraint)
        case Pattern():
            return string_decoder(constraint, recurring=constraint in RECURRING)
        case CodeList(values=values):
            return lambda value: value if type(value) is str and value in values else INVALID
        case Enumeration(members=members):
            by_value: dict[str, StrEnum] = {member.value: member for member in members}
            return lambda value: by_value.get(value, INVALID) if type(value) is str else INVALID
        case Boolean():
            return lambda value: value if type(value) is bool else INVALID
        case Integer():
            return partial(decode_integer, constraint)
        case DecimalNumber():
            return _decimal_decoder(constraint)
        case Date():
            return decode_date
        case _:
            return decode_timestamp


@cache
def string_decoder(constraint: Pattern, *, recurring: bool) -> Decode:
    """Return the decoder of a pattern's strings, with a cache of results if they are *recurring*."""
    maximum = constraint.maximum
    test = lru_cache(8192)(matcher_of(constraint)) if recurring else matcher_of(constraint)
    return lambda value: value if type(value) is str and len(value) <= maximum and test(value) else INVALID


def _text_decoder(constraint: Text) -> Decode:
    match, maximum = matcher_of(constraint), constraint.maximum

    # Printable text has no control, bidi or format characters, and no blank but the space. So most texts need not be
    # matched with the pattern; a test checks each character, so that this is never laxer than the pattern.
    def decode(value: Any) -> Any:
        if type(value) is str and len(value) <= maximum:
            is_plain = value and value[0] not in UNSEEN_FIRST and value[-1] != " " and value.isprintable()
            return value if is_plain or match(value) else INVALID
        return INVALID

    return decode


def decode_integer(constraint: Integer, value: object) -> Any:
    """Return a whole number in range, or `INVALID`."""
    number = _whole(value)
    return number if type(number) is int and constraint.minimum <= number <= constraint.maximum else INVALID


def _whole(value: object) -> object:
    # In JSON, 1.0 is an integer (JSON Schema 2020-12 core, section 6.3).
    return int(value) if type(value) is float and value.is_integer() else value


def _decimal_decoder(constraint: DecimalNumber) -> Decode:
    match, longest = compiled(constraint.pattern).match, constraint.longest

    def decode(value: Any) -> Any:
        if type(value) is not str or len(value) > longest or not match(value):
            return INVALID
        return Decimal(value.rstrip("0").rstrip(".") if "." in value else value)

    return decode


def decode_date(value: object) -> Any:
    """Return a calendar date, or `INVALID`."""
    return date.fromisoformat(value) if type(value) is str and _DATE(value) else INVALID


def decode_timestamp(value: object) -> Any:
    """Return a moment (RFC 3339) in UTC, of the years 1970 to 2199; or `INVALID`."""
    # fromisoformat alone accepts more, and what it accepts depends on the version of Python.
    if type(value) is not str or not _TIMESTAMP(value):
        return INVALID
    moment = datetime.fromisoformat(value.upper())
    if moment.tzinfo is UTC:  # of a year that the pattern allows
        return moment
    moment = moment.astimezone(UTC)
    return moment if FIRST_YEAR <= moment.year <= LAST_YEAR else INVALID


def refusal(constraint: Leaf, value: Any) -> Finding:
    """Return the finding about a JSON value that the decoder of *constraint* refuses."""
    if value is None:
        return finding(Code.NULL_REFUSED)
    found: Finding | None
    match constraint:
        case Text() if type(value) is str and len(value) <= constraint.maximum:
            found = constraint.refusal(value)
        case Pattern() if type(value) is str:
            found = constraint.refusal(value, suggest=True)
        case Text() | Pattern() | CodeList() | Boolean():
            found = constraint.check(value)
        case Integer():
            found = constraint.check(_whole(value))
        case DecimalNumber() if type(value) is str:
            is_number = len(value) <= constraint.longest and compiled(constraint.syntax).match(value)
            malformed = finding(Code.NUMBER_MALFORMED, places=constraint.places)
            found = constraint.check_range(Decimal(value)) if is_number else malformed
        case DecimalNumber():
            found = finding(Code.WRONG_TYPE, expected="number-string")
        case _ if type(value) is not str:
            found = finding(Code.WRONG_TYPE, expected="string")
        case Enumeration():
            found = constraint.refusal(value)
        case Date():
            found = finding(Code.DATE_UNREADABLE)
        case _:
            found = finding(Code.MOMENT_UNREADABLE)
    return cast("Finding", found)
