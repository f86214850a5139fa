"""Values of properties in jCal: JSON for each value type, and back (RFC 7265 section 3.6).

A function that writes returns None if the value is malformed; one that reads returns None, too. Values are encoded as
`wtisd_model.ical.values` does it, so that nothing in a JSON string can become a property or a parameter of its own.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Final, Literal, cast

from wtisd_model.ical.property import EncodedValue, Property
from wtisd_model.ical.values import decode_text, decode_text_list, encode_text
from wtisd_model.json.json_types import JsonValue

_UNKNOWN: Final = "unknown"

_TYPES: Final[Mapping[str, str]] = {
    name: type_
    for type_, names in {
        # RFC 5545 sections 3.7 and 3.8, RFC 7986, RFC 9073 and RFC 9074.
        "text": "ACTION CALSCALE CATEGORIES CLASS COLOR COMMENT CONTACT DESCRIPTION LOCATION LOCATION-TYPE METHOD NAME "
        "PARTICIPANT-TYPE PRODID PROXIMITY RELATED-TO REQUEST-STATUS RESOURCE-TYPE RESOURCES STATUS STYLED-DESCRIPTION "
        "SUMMARY TRANSP TZID TZNAME UID VERSION",
        "uri": "ATTACH CONFERENCE IMAGE SOURCE STRUCTURED-DATA TZURL URL",
        "cal-address": "ATTENDEE CALENDAR-ADDRESS ORGANIZER",
        "date-time": "ACKNOWLEDGED COMPLETED CREATED DTEND DTSTAMP DTSTART DUE EXDATE LAST-MODIFIED RDATE "
        "RECURRENCE-ID",
        "duration": "DURATION REFRESH-INTERVAL TRIGGER",
        "integer": "PERCENT-COMPLETE PRIORITY REPEAT SEQUENCE",
        "float": "GEO",
        "period": "FREEBUSY",
        "recur": "EXRULE RRULE",
        "utc-offset": "TZOFFSETFROM TZOFFSETTO",
    }.items()
    for name in names.split()
}
"""The value type of each property without VALUE."""

_STATED: Final = frozenset(
    {"CONFERENCE", "IMAGE", "REFRESH-INTERVAL", "SOURCE", "STRUCTURED-DATA", "STYLED-DESCRIPTION"}
)
"""The properties of RFC 7986 and RFC 9073 that have "no default" type, and so always VALUE; many programs omit it."""

_STRUCTURED: Final = ("GEO", "REQUEST-STATUS")

_PAIR: Final = 2
"""The parts of GEO, latitude and longitude, and of a PERIOD, its start and its end."""

_SEPARATORS: Final[Mapping[str, Literal[",", ";"]]] = {
    **dict.fromkeys(("CATEGORIES", "EXDATE", "FREEBUSY", "RDATE", "RESOURCES"), ","),
    **dict.fromkeys(_STRUCTURED, ";"),
}
"""What separates several values (RFC 5545 section 3.1.2), or the parts of one (RFC 7265 section 3.4.1)."""

_DATE: Final = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_DATE_IN_JSON: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_TIME: Final = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{2}Z?)")
_TIME_IN_JSON: Final = re.compile(r"([0-9]{2}):([0-9]{2}):([0-9]{2}Z?)")
_OFFSET: Final = re.compile(r"([+-][0-9]{2})([0-9]{2})([0-9]{2})?")
_OFFSET_IN_JSON: Final = re.compile(r"([+-][0-9]{2}):([0-9]{2})(?::([0-9]{2}))?")
_INTEGER: Final = re.compile(r"[+-]?[0-9]{1,15}")
_FLOAT: Final = re.compile(r"[+-]?[0-9]{1,15}(?:\.[0-9]{1,20})?")
_RULE_PART: Final = re.compile(r"([A-Za-z-]{1,20})=([A-Za-z0-9,+-]*)")
_RULE_VALUE: Final = re.compile(r"[A-Za-z0-9+-]+")
# As in a content line (RFC 5545 section 3.1): a value of any other type than TEXT has no control characters.
_CONTROL: Final = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")


def to_json_values(prop: Property) -> tuple[str, list[JsonValue]]:
    """Return the value type of a property and its values, as they follow the parameters in jCal.

    A value that is malformed for its type is written unchanged, with the type ``unknown``, as is that of a property
    whose type is not known.

    Source: RFC 7265 sections 3.4, 3.5.1, 3.6 and 5.1.
    """
    type_ = (prop.parameter("VALUE") or _TYPES.get(prop.name, _UNKNOWN)).lower()
    write = _WRITERS.get(type_)
    if write is None:
        return type_, [str(prop.value)]
    separator = _SEPARATORS.get(prop.name)
    if type_ == "text":
        values: list[JsonValue] = (
            [decode_text(prop.value)] if separator is None else [*decode_text_list(prop.value, separator)]
        )
    else:
        values = [write(each) for each in ([prop.value] if separator is None else prop.value.split(separator))]
    if None in values or (prop.name == "GEO" and len(values) != _PAIR):
        return _UNKNOWN, [str(prop.value)]
    return type_, [values] if prop.name in _STRUCTURED and len(values) > 1 else values


def from_json_values(name: str, type_: str, values: list[object]) -> EncodedValue | None:
    """Return the encoded value of a property from its values in jCal; None if they are malformed for their type.

    Args:
        name: of the property, in capital letters.
        type_: of its values, in small letters.
        values: as they follow the type.
    """
    separator = _SEPARATORS.get(name, ",")
    if name in _STRUCTURED and values and isinstance(values[0], list):
        values = cast("list[object]", values[0])
    read = _READERS.get(type_, _read_as_is)
    encoded = [read(each) for each in values]
    if not encoded or None in encoded:
        return None
    return EncodedValue(separator.join(cast("list[str]", encoded)))


def value_parameter(name: str, type_: str) -> tuple[str, ...]:
    """Return the value of VALUE; nothing for the type that the property has without it, and for ``unknown``.

    Source: RFC 7265 sections 3.5.1 and 4.
    """
    return () if type_ == _UNKNOWN or (type_ == _TYPES.get(name) and name not in _STATED) else (type_.upper(),)


def _write_date(value: str) -> str | None:
    match = _DATE.fullmatch(value)
    return None if match is None else "-".join(match.groups())


def _write_time(value: str) -> str | None:
    match = _TIME.fullmatch(value)
    return None if match is None else ":".join(match.groups())


def _write_date_time(value: str) -> str | None:
    day, _, clock = value.partition("T")
    date, time = _write_date(day), _write_time(clock)
    return None if date is None or time is None else f"{date}T{time}"


def _write_period(value: str) -> list[JsonValue] | None:
    start, _, end = value.partition("/")
    begins = _write_date_time(start)
    ends = end if end[:1] == "P" else _write_date_time(end)
    return None if begins is None or ends is None else [begins, ends]


def _write_offset(value: str) -> str | None:
    match = _OFFSET.fullmatch(value)
    return None if match is None else ":".join(each for each in match.groups() if each is not None)


def _write_boolean(value: str) -> bool | None:
    return {"TRUE": True, "FALSE": False}.get(value.upper())


def _write_integer(value: str) -> int | None:
    return int(value) if _INTEGER.fullmatch(value) else None


def _write_float(value: str) -> float | None:
    return float(value) if _FLOAT.fullmatch(value) else None


def _write_rule(value: str) -> dict[str, JsonValue] | None:
    """Return a RECUR as an object; a part with several values has an array (section 3.6.10)."""
    made: dict[str, JsonValue] = {}
    for part in value.split(";"):
        match = _RULE_PART.fullmatch(part)
        if match is None:
            return None
        key = match[1].lower()
        if key == "until":
            values: list[JsonValue] = [_write_date(match[2]) or _write_date_time(match[2])]
        else:
            values = [int(each) if _INTEGER.fullmatch(each) else each for each in match[2].split(",")]
        if None in values or key in made:
            return None
        made[key] = values if len(values) > 1 else values[0]
    return made


_WRITERS: Final[Mapping[str, Callable[[str], JsonValue]]] = {
    **dict.fromkeys(("text", "uri", "cal-address", "binary", "duration"), str),
    "date": _write_date,
    "time": _write_time,
    "date-time": _write_date_time,
    "period": _write_period,
    "utc-offset": _write_offset,
    "boolean": _write_boolean,
    "integer": _write_integer,
    "float": _write_float,
    "recur": _write_rule,
}


def _read_as_is(value: object) -> str | None:
    return value if isinstance(value, str) and not _CONTROL.search(value) else None


def _read_text(value: object) -> str | None:
    return encode_text(value.replace("\r\n", "\n")) if isinstance(value, str) else None


def _read_date_time(value: object) -> str | None:
    if not isinstance(value, str):
        return None
    day, between, clock = value.partition("T")
    date, time = _DATE_IN_JSON.fullmatch(day), _TIME_IN_JSON.fullmatch(clock)
    # What is malformed stays so: the reader of the property reports it.
    if date is None or (between and time is None):
        return _read_as_is(value)
    return "".join(date.groups()) + between + ("" if time is None else "".join(time.groups()))


def _read_time(value: object) -> str | None:
    match = _TIME_IN_JSON.fullmatch(value) if isinstance(value, str) else None
    return _read_as_is(value) if match is None else "".join(match.groups())


def _read_period(value: object) -> str | None:
    if isinstance(value, str):  # against section 3.6.9, but so it is in the example of appendix B.2
        value = value.split("/")
    if not isinstance(value, list) or len(cast("list[object]", value)) != _PAIR:
        return None
    start, end = map(_read_date_time, cast("list[object]", value))
    return None if start is None or end is None else f"{start}/{end}"


def _read_offset(value: object) -> str | None:
    match = _OFFSET_IN_JSON.fullmatch(value) if isinstance(value, str) else None
    return _read_as_is(value) if match is None else "".join(each for each in match.groups() if each is not None)


def _read_boolean(value: object) -> str | None:
    return str(value).upper() if isinstance(value, bool) else None


def _read_number(value: object) -> str | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return f"{Decimal(repr(value)):f}".removesuffix(".0")


def _read_rule(value: object) -> str | None:
    if not isinstance(value, dict):
        return None
    parts: list[str] = []
    for key, each in cast("dict[str, object]", value).items():
        listed = cast("list[object]", each) if isinstance(each, list) else [each]
        texts = [_rule_value(key, one) for one in listed]
        if not texts or None in texts or not _RULE_VALUE.fullmatch(key):
            return None
        parts.append(f"{key.upper()}={','.join(cast('list[str]', texts))}")
    return ";".join(parts) if parts else None


def _rule_value(key: str, value: object) -> str | None:
    text = (
        _read_date_time(value) if key.lower() == "until" else value if isinstance(value, str) else _read_number(value)
    )
    return text if text is not None and _RULE_VALUE.fullmatch(text) else None


_READERS: Final[Mapping[str, Callable[[object], str | None]]] = {
    "text": _read_text,
    "date": _read_date_time,
    "time": _read_time,
    "date-time": _read_date_time,
    "period": _read_period,
    "utc-offset": _read_offset,
    "boolean": _read_boolean,
    "integer": _read_number,
    "float": _read_number,
    "recur": _read_rule,
}
