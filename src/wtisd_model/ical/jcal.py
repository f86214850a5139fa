"""jCal: calendars as JSON arrays, with the components and properties of iCalendar (RFC 7265).

A component is an array of its name, its properties and its components; a property is one of its name, its parameters,
its value type and its values. Names are in small letters.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from itertools import chain
from typing import Any, Final, Literal, cast

from attrs import evolve, frozen
from msgspec.json import encode

from wtisd_model.codes import Code
from wtisd_model.contentlines.component import Component, EncodedValue, Property
from wtisd_model.contentlines.values import decode_text, decode_text_list, encode_text
from wtisd_model.errors import MessageError, PayloadError
from wtisd_model.findings import Finding, FindingCollector, finding, pointer
from wtisd_model.ical.parser import CalendarLimits, calendars_among, parse_line
from wtisd_model.json.json_types import JsonValue
from wtisd_model.json.limits import Limits
from wtisd_model.reading.foreign_value import read_foreign

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
        values = [write(value) for value in ([prop.value] if separator is None else prop.value.split(separator))]
    if None in values or (prop.name == "GEO" and len(values) != _PAIR):
        return _UNKNOWN, [str(prop.value)]
    return type_, [values] if prop.name in _STRUCTURED and len(values) > 1 else values


def from_json_values(name: str, type_: str, values: list[object]) -> EncodedValue | None:
    """Return the encoded value of a property from its values in jCal; None if they are malformed for their type."""
    separator = _SEPARATORS.get(name, ",")
    if name in _STRUCTURED and values and isinstance(values[0], list):
        values = cast("list[object]", values[0])
    read = _READERS.get(type_, _read_as_is)
    encoded = [read(value) for value in values]
    if not encoded or None in encoded:
        return None
    return EncodedValue(separator.join(cast("list[str]", encoded)))


def value_parameter(name: str, type_: str) -> tuple[str, ...]:
    """Return the value of VALUE; nothing for the type that the property has without it, and for ``unknown``.

    Source: RFC 7265 sections 3.5.1 and 4.
    """
    return () if type_ == _UNKNOWN or (type_ == _TYPES.get(name) and name not in _STATED) else (type_.upper(),)


def _parted(form: re.Pattern[str], between: str, value: str) -> str | None:
    match = form.fullmatch(value)
    return None if match is None else between.join(part for part in match.groups() if part is not None)


_write_date = partial(_parted, _DATE, "-")
_write_time = partial(_parted, _TIME, ":")
_write_offset = partial(_parted, _OFFSET, ":")


def _write_date_time(value: str) -> str | None:
    day, _, clock = value.partition("T")
    date, time = _write_date(day), _write_time(clock)
    return None if date is None or time is None else f"{date}T{time}"


def _write_period(value: str) -> list[JsonValue] | None:
    start, _, end = value.partition("/")
    begins = _write_date_time(start)
    ends = end if end[:1] == "P" else _write_date_time(end)
    return None if begins is None or ends is None else [begins, ends]


def _write_rule(value: str) -> dict[str, JsonValue] | None:
    """Return a RECUR as an object; a part with several values has an array (section 3.6.10)."""
    rule: dict[str, JsonValue] = {}
    for part in value.split(";"):
        match = _RULE_PART.fullmatch(part)
        if match is None:
            return None
        key = match[1].lower()
        if key == "until":
            values: list[JsonValue] = [_write_date(match[2]) or _write_date_time(match[2])]
        else:
            values = [int(item) if _INTEGER.fullmatch(item) else item for item in match[2].split(",")]
        if None in values or key in rule:
            return None
        rule[key] = values if len(values) > 1 else values[0]
    return rule


_WRITERS: Final[Mapping[str, Callable[[str], JsonValue]]] = {
    **dict.fromkeys(("text", "uri", "cal-address", "binary", "duration"), str),
    "date": _write_date,
    "time": _write_time,
    "date-time": _write_date_time,
    "period": _write_period,
    "utc-offset": _write_offset,
    "boolean": lambda value: {"TRUE": True, "FALSE": False}.get(value.upper()),
    "integer": lambda value: int(value) if _INTEGER.fullmatch(value) else None,
    "float": lambda value: float(value) if _FLOAT.fullmatch(value) else None,
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


def _read_joined(form: re.Pattern[str], value: object) -> str | None:
    match = form.fullmatch(value) if isinstance(value, str) else None
    return _read_as_is(value) if match is None else "".join(match.groups(""))


def _read_period(value: object) -> str | None:
    if isinstance(value, str):  # against section 3.6.9, but so it is in the example of appendix B.2
        value = value.split("/")
    if not isinstance(value, list) or len(cast("list[object]", value)) != _PAIR:
        return None
    start, end = map(_read_date_time, cast("list[object]", value))
    return None if start is None or end is None else f"{start}/{end}"


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
    "time": partial(_read_joined, _TIME_IN_JSON),
    "date-time": _read_date_time,
    "period": _read_period,
    "utc-offset": partial(_read_joined, _OFFSET_IN_JSON),
    "boolean": lambda value: str(value).upper() if isinstance(value, bool) else None,
    "integer": _read_number,
    "float": _read_number,
    "recur": _read_rule,
}


_NAME: Final = re.compile(r"[A-Za-z0-9-]+")
# As in a content line (RFC 5545 section 3.1), with the line breaks that RFC 6868 allows in parameters.
_CONTROL_IN_LINES: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_AT_LINE: Final = re.compile(r"/lines/([0-9]+)(?=/|\Z)")
# What a reader of JSON may meet: arrays inside of one another, and values.
_DEPTH_OF_A_COMPONENT: Final = 2
_DEPTH_OF_A_PROPERTY: Final = 3
_VALUES_OF_A_PROPERTY: Final = 16


def jcal_pieces(start: bytes, entries: Iterable[bytes]) -> Iterator[bytes]:
    """Yield a calendar as UTF-8 JSON without spaces, each entry as soon as it is written (RFC 7265 section 3.3).

    *start*, the calendar up to its entries, and the *entries* are content lines.
    """
    calendar = _component_of(start)
    yield b"".join((b"[", encode(calendar.name.lower()), b",", encode([*map(_property, calendar.properties)]), b",["))
    between = b""
    for component in chain(calendar.components, map(_component_of, entries)):
        yield between
        yield encode(to_array(component))
        between = b","
    yield b"]]"


def _component_of(octets: bytes) -> Component:
    """Return a component that was written here, whose END may be missing, as an object."""
    lines = iter(octets.replace(b"\r\n ", b"").decode().split("\r\n"))
    return _inside(next(lines), lines)


def _inside(begin: str, lines: Iterator[str]) -> Component:
    properties, components = list[Property | None](), list[Component]()
    for line in lines:
        if line.startswith("END:"):
            break
        if line.startswith("BEGIN:"):
            components.append(_inside(line, lines))
        else:
            properties.append(parse_line(line, 0))
    return Component(begin.removeprefix("BEGIN:"), [*filter(None, properties)], components)


def to_array(component: Component) -> list[JsonValue]:
    """Return a component as an array of JSON (RFC 7265 section 3.3)."""
    return [
        component.name.lower(),
        [_property(prop) for prop in component.properties],
        [to_array(inner) for inner in component.components],
    ]


def _property(prop: Property) -> list[JsonValue]:
    # The type takes the place of VALUE (RFC 7265 section 3.5.1).
    parameters: dict[str, JsonValue] = {
        name.lower(): values[0] if len(values) == 1 else [*values]
        for name, values in prop.parameters.items()
        if name != "VALUE"
    }
    type_, values = to_json_values(prop)
    return [prop.name.lower(), parameters, type_, *values]


def parse_jcal(
    data: bytes | str | list[Any], limits: CalendarLimits, findings: FindingCollector, places: list[str]
) -> Sequence[Component]:
    """Return the calendars of jCal: of one, or of an array of several.

    Args:
        data: UTF-8, a string, or the array that ``json.loads`` returns.
        limits: how much it may hold; a property and a component count as a line.
        findings: takes ``value-dropped`` for each property or component that is malformed, and ``component-dropped``
            for each component that lies outside of a calendar.
        places: takes the JSON Pointer of each component and property; their ``line`` counts them from 1.

    Raises:
        PayloadError: it is not JSON, or exceeds *limits*, with ``payload-too-deep`` or ``calendar-too-long`` too.
        MessageError: ``calendar-missing``.

    Source: RFC 7265 sections 3.2 and 4.
    """
    whole = _read(data, limits)
    outermost = whole if whole and isinstance(whole[0], list) else [whole]
    parser = _Parser(limits, findings, places)
    components = [
        component
        for index, array in enumerate(outermost)
        if (component := parser.component(array, "" if outermost is not whole else pointer(index), 1)) is not None
    ]
    return calendars_among(components, findings)


def _read(data: object, limits: CalendarLimits) -> list[Any]:
    bounds = Limits(
        bytes=limits.bytes,
        # One deeper than is allowed, so that this is found where it is; and one for a list of calendars.
        depth=min(100, 2 + _DEPTH_OF_A_COMPONENT * (limits.depth + 1) + _DEPTH_OF_A_PROPERTY),
        values=min(100_000_000, _VALUES_OF_A_PROPERTY * limits.lines),
    )
    calendars = read_foreign(cast("bytes", data), bounds)
    if not isinstance(calendars, list):
        raise MessageError(finding(Code.CALENDAR_MISSING))
    return calendars


@frozen
class _Parser:
    """A parser of jCal arrays."""

    limits: CalendarLimits
    findings: FindingCollector
    places: list[str]

    def component(self, array: object, place: str, depth: int) -> Component | None:
        """Return the component of an array; None with a finding if it is malformed."""
        if depth > self.limits.depth:
            raise PayloadError(finding(Code.PAYLOAD_TOO_DEEP, place, maximum=self.limits.depth))
        match array:
            case [str(name), list(), list()] if _NAME.fullmatch(name):
                _, properties, components = cast("list[list[object]]", array)
                line = self._line(place)
                parsed = [self._property(prop, f"{place}/1/{index}") for index, prop in enumerate(properties)]
                inside = [
                    self.component(each, f"{place}/2/{index}", depth + 1) for index, each in enumerate(components)
                ]
                return Component(name.upper(), [*filter(None, parsed)], [*filter(None, inside)], line)
            case _:
                self._drop(place)
                return None

    def _property(self, array: Any, place: str) -> Property | None:
        match array:
            case [str(name), dict(), str(type_), *_] if _NAME.fullmatch(name) and _NAME.fullmatch(type_):
                _, given, _, *values = cast("list[Any]", array)
                name, type_ = name.upper(), type_.lower()
                value, parameters = from_json_values(name, type_, values), _parameters(given)
                if value is not None and parameters is not None:
                    stated = value_parameter(name, type_)
                    if stated:
                        parameters["VALUE"] = stated
                    return Property(name, value, parameters, self._line(place))
            case _:
                pass
        self._drop(place)
        return None

    def _line(self, place: str) -> int:
        if len(self.places) == self.limits.lines:
            raise PayloadError(finding(Code.CALENDAR_TOO_LONG, maximum=self.limits.lines))
        self.places.append(place)
        return len(self.places)

    def _drop(self, place: str) -> None:
        self.findings.add(finding(Code.VALUE_DROPPED, place, reason=Code.WRONG_TYPE))


def _parameters(given: dict[str, object]) -> dict[str, tuple[str, ...]] | None:
    """Return the parameters of a property except VALUE, whose place its type takes; None if they are malformed."""
    parameters: dict[str, tuple[str, ...]] = {}
    for name, value in given.items():
        values = tuple(item for item in _listed(value) if isinstance(item, str) and not _CONTROL_IN_LINES.search(item))
        if not values or len(values) < len(_listed(value)) or not _NAME.fullmatch(name):
            return None
        # A parameter that occurs twice with different values is malformed, as in a content line.
        if parameters.setdefault(name.upper(), values) != values:
            return None
    parameters.pop("VALUE", None)
    return parameters


def _listed(value: object) -> list[object]:
    return cast("list[object]", value) if isinstance(value, list) else [value]


def at_place(found: Finding, places: Sequence[str]) -> Finding:
    """Return a finding with the JSON Pointer of the component or property whose ``line`` it points at."""
    match = _AT_LINE.match(found.path)
    if match is None:
        return found
    number = int(match[1])
    return evolve(found, path=(places[number - 1] if number else "") + found.path[match.end() :])
