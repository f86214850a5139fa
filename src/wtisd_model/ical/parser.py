"""Bytes to components: unfolding, content lines and nesting, in time that is linear in the size of the file.

A line that is not a content line is reported and left out, since many programs write one. A file whose structure is
broken, or that is larger than the limits allow, is refused.
"""

import codecs
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Final

from attrs import frozen

from wtisd_model.codes import Code
from wtisd_model.contentlines.component import Component, EncodedValue, Property
from wtisd_model.contentlines.names import shown_name
from wtisd_model.errors import MessageError, PayloadError
from wtisd_model.findings import FindingCollector, finding, pointer
from wtisd_model.model.reply import Method
from wtisd_model.reading.expansion import MOST_OCCURRENCES, OCCURRENCES
from wtisd_model.schema.constraints import Integer
from wtisd_model.schema.model import Model

UTF_16_MARKS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
"""The byte order marks that text in UTF-16 begins with."""

LONGEST_HEADER: Final = 10_000
"""The maximum number of characters before the value of a line; parameters that describe a person are far shorter."""

_MOST_HEADERS: Final = 1000
"""How many headers of a file are remembered, so that lines with the same one share its name and parameters."""

# Control characters but the tab; RFC 5545 section 3.1, QSAFE-CHAR and SAFE-CHAR. Nothing here tries a character twice.
_CONTROL: Final = r"\x00-\x08\x0a-\x1f\x7f"
_NAME: Final = re.compile(r"([A-Za-z0-9-]++)(?=[;:])")
_PARAMETER: Final = re.compile(r"; *+([A-Za-z0-9-]++) *+=")
_PARAMETER_VALUE: Final = re.compile(rf' *+(?:"([^"{_CONTROL}]*+)" *+|([^";:,{_CONTROL}]*+))(?=[,;:])')
_CARET: Final = re.compile(r"\^[n'^]")
_DECODED: Final = {"^n": "\n", "^'": '"', "^^": "^"}


@frozen(kw_only=True, eq=False, repr=False)
class CalendarLimits(Model):
    """The limits of an iCalendar file."""

    bytes: Annotated[int, Integer(1, 1_000_000_000)] = 8_000_000
    """Bytes of the file; 8,000,000."""
    lines: Annotated[int, Integer(1, 100_000_000)] = 400_000
    """Lines of the file, before unfolding; 400,000."""
    depth: Annotated[int, Integer(1, 100)] = 8
    """Components inside one another, the outermost included; 8."""
    occurrences: Annotated[int, OCCURRENCES] = MOST_OCCURRENCES
    """Occurrences of all recurring events together; 1,000."""


DEFAULT_CALENDAR_LIMITS: Final = CalendarLimits()
"""The limits of a calendar if a caller states none."""


def parse_calendars(data: bytes, limits: CalendarLimits, findings: FindingCollector) -> Sequence[Component]:
    """Return the calendars of a file, usually one.

    Args:
        data: UTF-8, or UTF-16 with a byte order mark.
        limits: how much it may hold.
        findings: takes ``line-unreadable`` for each line, and ``component-dropped`` for each component, that is left
            out because it is malformed or lies outside of a calendar.

    Raises:
        PayloadError: it exceeds *limits*: ``payload-too-large``, ``calendar-too-long`` or ``payload-too-deep``.
        MessageError: ``not-utf8``, ``component-unbalanced`` or ``calendar-missing``.

    Source: RFC 5545 sections 3.1 and 3.4.
    """
    return calendars_among(_outermost(data, limits, findings), findings)


def calendars_among(outermost: Sequence[Component], findings: FindingCollector) -> Sequence[Component]:
    """Return the calendars among the components that lie in no other one, and note the others; raise without any."""
    calendars = [component for component in outermost if component.name == "VCALENDAR"]
    if not calendars:
        raise MessageError(finding(Code.CALENDAR_MISSING))
    for outside in outermost:
        if outside.name != "VCALENDAR":
            findings.add(
                finding(Code.COMPONENT_DROPPED, pointer("lines", outside.line), component=shown_name(outside.name))
            )
    return calendars


def _outermost(data: bytes, limits: CalendarLimits, findings: FindingCollector) -> list[Component]:
    """Return the components of a file that lie in no other one."""
    outermost: list[Component] = []
    # What BEGIN has opened: the component, and the lists in it that are still growing.
    open_ones: list[tuple[Component, list[Property], list[Component]]] = []
    properties, components = list[Property](), outermost
    headers: dict[str, Property] = {}
    for number, line in unfold(data, limits):
        header, colon, value = line.partition(":")
        if colon and open_ones and header in headers:  # as most lines of a calendar: its name and parameters are known
            known = headers[header]
            properties.append(Property(known.name, EncodedValue(value), known.parameters, number))
            continue
        name = _NAME.match(line)
        label = "" if name is None else name[1].upper()
        if label == "BEGIN":
            if len(open_ones) == limits.depth:
                raise PayloadError(finding(Code.PAYLOAD_TOO_DEEP, pointer("lines", number), maximum=limits.depth))
            properties, inside = list[Property](), list[Component]()
            begun = Component(value.strip().upper(), properties, inside, number)
            components.append(begun)
            components = inside
            open_ones.append((begun, properties, components))
        elif label == "END":
            if not open_ones or value.strip().upper() != open_ones[-1][0].name:
                raise MessageError(finding(Code.COMPONENT_UNBALANCED, pointer("lines", number)))
            open_ones.pop()
            _, properties, components = open_ones[-1] if open_ones else (None, list[Property](), outermost)
        else:
            prop = parse_line(line, number)
            if prop is None or not open_ones:
                findings.add(finding(Code.LINE_UNREADABLE, pointer("lines", number)))
            else:
                properties.append(prop)
                if len(headers) < _MOST_HEADERS and prop.value == value:  # no colon in the header
                    headers[header] = prop
    if open_ones:
        raise MessageError(finding(Code.COMPONENT_UNBALANCED, pointer("lines", open_ones[-1][0].line)))
    return outermost


def parse_line(line: str, number: int) -> Property | None:
    """Parse an unfolded content line; None if it is malformed.

    A parameter that occurs twice with different values makes a line malformed, since programs read either of them.
    Blanks around the names and values of parameters, which some programs write, are removed.

    Source: RFC 5545 section 3.1, RFC 6868 section 3.2.
    """
    name = _NAME.match(line)
    if name is None:
        return None
    at = name.end()
    parameters: dict[str, tuple[str, ...]] = {}
    while line[at] == ";":
        parameter = _PARAMETER.match(line, at, LONGEST_HEADER)
        if parameter is None:
            return None
        at, values = parameter.end() - 1, list[str]()
        while not values or line[at] == ",":
            value = _PARAMETER_VALUE.match(line, at + 1, LONGEST_HEADER)
            if value is None:
                return None
            at, (quoted, bare) = value.end(), value.groups()
            values.append(_CARET.sub(lambda caret: _DECODED[caret[0]], bare.rstrip(" ") if quoted is None else quoted))
        if parameters.setdefault(parameter[1].upper(), tuple(values)) != tuple(values):
            return None
    return Property(name[1].upper(), EncodedValue(line[at + 1 :]), parameters, number)


def unfold(data: bytes, limits: CalendarLimits) -> Iterator[tuple[int, str]]:
    """Yield the content lines, each with the number of the line at which it begins.

    Lines may end in LF alone, and be folded with tabs, inside a character or before an empty line, as some programs do.
    A carriage return elsewhere is a character of its line and never ends one.
    """
    if len(data) > limits.bytes:
        raise PayloadError(finding(Code.PAYLOAD_TOO_LARGE, maximum=limits.bytes))
    # A byte order mark, which some programs write, also tells UTF-16.
    octets = _decoded(data, 0, "utf-16").encode() if data.startswith(UTF_16_MARKS) else data
    octets = octets.removeprefix(codecs.BOM_UTF8)
    if octets.count(b"\n") >= limits.lines:
        raise PayloadError(finding(Code.CALENDAR_TOO_LONG, maximum=limits.lines))
    begins, parts = 0, list[bytes]()
    for number, raw in enumerate(octets.split(b"\n"), 1):
        part = raw.rstrip(b"\r")
        # "a CRLF immediately followed by a single linear white-space character"; that one is not part of the line.
        if parts and part[:1] in {b" ", b"\t"}:
            parts.append(part[1:])
        elif part:
            if parts:
                yield begins, _decoded(b"".join(parts), begins)
            begins, parts = number, [part]
    if parts:
        yield begins, _decoded(b"".join(parts), begins)


def _decoded(octets: bytes, number: int, encoding: str = "utf-8") -> str:
    try:
        return octets.decode(encoding)
    except UnicodeDecodeError:
        pass
    # Outside of the block, so that the error carries no context.
    raise MessageError(finding(Code.NOT_UTF8, pointer("lines", number) if number else ""))


def common_method(calendars: Iterable[Component]) -> Method | None:
    """Return the METHOD of the calendars of one file; None if they have none.

    Raises:
        MessageError: ``method-unknown``; ``calendars-disagree`` for several; ``calendar-scale-unknown`` for another
            calendar than the Gregorian.
    """
    methods: set[Method | None] = set()
    for calendar in calendars:
        scale = calendar.get("CALSCALE")
        if scale is not None and scale.value.strip().upper() != "GREGORIAN":
            raise MessageError(finding(Code.CALENDAR_SCALE_UNKNOWN, pointer("lines", scale.line)))
        stated = calendar.get("METHOD")
        method = None if stated is None else decode_method(stated.value)
        if stated is not None and method is None:
            raise MessageError(finding(Code.METHOD_UNKNOWN, pointer("lines", stated.line), choices=", ".join(Method)))
        methods.add(method)
    if len(methods) > 1:
        raise MessageError(finding(Code.CALENDARS_DISAGREE))
    return methods.pop()


def decode_method(value: str) -> Method | None:
    """Return the method of a name in upper or lower case; None if it is unknown (RFC 5545 section 3.7.2)."""
    return next((method for method in Method if method == value.strip().upper()), None)
