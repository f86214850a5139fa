"""jCal: calendars as JSON arrays, with the components and properties of iCalendar (RFC 7265).

A component is an array of its name, its properties and its components; a property is one of its name, its parameters,
its value type and its values. Names are in small letters.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, cast

from attrs import evolve, frozen
from msgspec.json import encode

from wtisd_model.codes import Code
from wtisd_model.findings import ExportError, Finding, FindingCollector, MessageError, PayloadError, finding, pointer
from wtisd_model.ical.component import Component
from wtisd_model.ical.jcal_values import from_json_values, to_json_values, value_parameter
from wtisd_model.ical.names import shown_name
from wtisd_model.ical.parser import CalendarLimits
from wtisd_model.ical.property import Property
from wtisd_model.json.json_types import JsonValue
from wtisd_model.json.limits import Limits
from wtisd_model.reading.foreign_value import read_foreign

_NAME: Final = re.compile(r"[A-Za-z0-9-]+")
# As in a content line (RFC 5545 section 3.1), with the line breaks that RFC 6868 allows in parameters.
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_AT_LINE: Final = re.compile(r"/lines/([0-9]+)(?=/|\Z)")
# What a reader of JSON may meet: arrays inside of one another, and values.
_DEPTH_OF_A_COMPONENT: Final = 2
_DEPTH_OF_A_PROPERTY: Final = 3
_VALUES_OF_A_PROPERTY: Final = 16


def encode_jcal(component: Component, more: Iterable[Component], *, max_size: int) -> bytes:
    """Return a component as UTF-8 JSON without spaces.

    Args:
        component: a tree of components.
        more: further components at its end, which may be made while the first are being written.
        max_size: how many octets it may have.

    Raises:
        ExportError: ``feed-too-large`` beyond *max_size*.

    Source: RFC 7265 section 3.3.
    """
    size, pieces = 0, list[bytes]()
    for piece in _pieces(component, more):
        size += len(piece)
        if size > max_size:
            raise ExportError(finding(Code.FEED_TOO_LARGE, maximum=max_size))
        pieces.append(piece)
    return b"".join(pieces)


def _pieces(component: Component, more: Iterable[Component]) -> Iterator[bytes]:
    properties = encode([_property(each) for each in component.properties])
    yield b"".join((b"[", encode(component.name.lower()), b",", properties, b",["))
    between = b""
    for components in (component.components, more):
        for each in components:
            yield between
            yield encode(to_array(each))
            between = b","
    yield b"]]"


def to_array(component: Component) -> list[JsonValue]:
    """Return a component as an array of JSON (RFC 7265 section 3.3)."""
    return [
        component.name.lower(),
        [_property(each) for each in component.properties],
        [to_array(each) for each in component.components],
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
    found = [
        each
        for index, array in enumerate(outermost)
        if (each := parser.component(array, "" if outermost is not whole else pointer(index), 1)) is not None
    ]
    calendars = [each for each in found if each.name == "VCALENDAR"]
    if not calendars:
        raise MessageError(finding(Code.CALENDAR_MISSING))
    for each in found:
        if each.name != "VCALENDAR":
            findings.add(finding(Code.COMPONENT_DROPPED, places[each.line - 1], component=shown_name(each.name)))
    return calendars


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
                made = [self._property(each, f"{place}/1/{index}") for index, each in enumerate(properties)]
                inside = [
                    self.component(each, f"{place}/2/{index}", depth + 1) for index, each in enumerate(components)
                ]
                return Component(name.upper(), [*filter(None, made)], [*filter(None, inside)], line)
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
    made: dict[str, tuple[str, ...]] = {}
    for name, value in given.items():
        values = tuple(each for each in _listed(value) if isinstance(each, str) and not _CONTROL.search(each))
        if not values or len(values) < len(_listed(value)) or not _NAME.fullmatch(name):
            return None
        # A parameter that occurs twice with different values is malformed, as in a content line.
        if made.setdefault(name.upper(), values) != values:
            return None
    made.pop("VALUE", None)
    return made


def _listed(value: object) -> list[object]:
    return cast("list[object]", value) if isinstance(value, list) else [value]


def at_place(found: Finding, places: Sequence[str]) -> Finding:
    """Return a finding with the JSON Pointer of the component or property whose ``line`` it points at."""
    match = _AT_LINE.match(found.path)
    if match is None:
        return found
    number = int(match[1])
    return evolve(found, path=(places[number - 1] if number else "") + found.path[match.end() :])
