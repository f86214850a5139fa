"""Components to bytes: content lines, folded, in which no value can forge a line.

Values are encoded already (`wtisd_model.contentlines.values`); parameters are encoded here. Every line is checked as a
whole: control characters, at which readers drop, replace or break text, are refused. So a reader that follows RFC 5545
gets each text back unchanged, or the text is refused: nothing is trimmed, replaced or shortened.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final

from attrs import field, frozen

from wtisd_model.codes import Code
from wtisd_model.contentlines.component import Component, EncodedValue, Property
from wtisd_model.contentlines.names import BARE_PARAMETERS, COMPONENTS, PROPERTIES, QUOTED_PARAMETERS
from wtisd_model.errors import ExportError
from wtisd_model.findings import finding

# Cc, Cs, and the two separators at which some readers break a line.
_REFUSED: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_BARE: Final = re.compile(r"[A-Za-z0-9._+/-]+")

_CONTINUATION: Final = 0b10  # the first two bits of each octet of a character but its first, in UTF-8
_LONGEST: Final = 75  # octets of a line without its break (RFC 5545 section 3.1)


@frozen
class PreparedComponent:
    """A serialized component, cut where further properties of one of its VEVENTs can be inserted.

    Many messages differ in their ATTENDEE alone: the bytes of one are *prefix*, its ATTENDEE lines, and *suffix*.
    """

    prefix: bytes = field(repr=False)
    suffix: bytes = field(repr=False)


def serialize(component: Component, more: Iterable[Component] = (), *, max_size: int | None = None) -> bytes:
    """Return a component as UTF-8 with CRLF.

    Args:
        component: a tree of components.
        more: further components at its end, which may be made while the first are being written.
        max_size: how many octets it may have.

    Raises:
        ExportError: ``feed-too-large`` beyond *max_size*; ``name-unknown`` for a name that is not in
            `wtisd_model.contentlines.names`; ``text-control`` for a control character in any part; ``text-malformed``
            for a parameter outside of quotes with other characters than letters, digits and ``._+/-``.

    Source: RFC 5545 sections 3.1, 3.2 and 3.6, RFC 6868 section 3.
    """
    size, pieces = 0, list[bytes]()
    for piece in _pieces(component, more):
        size += len(piece)
        if max_size is not None and size > max_size:
            raise ExportError(finding(Code.FEED_TOO_LARGE, maximum=max_size))
        pieces.append(piece)
    return b"".join(pieces)


def prepare(calendar: Component, vevent: Component) -> PreparedComponent:
    """Serialize *calendar*, cut after the properties of *vevent*, one of its components.

    Raises:
        ExportError: as `serialize` does.
    """
    index = next(index for index, each in enumerate(calendar.components) if each is vevent)
    *before, _ = _pieces(Component(calendar.name, calendar.properties, calendar.components[:index]))
    inside = [piece for each in vevent.components for piece in _pieces(each)]
    after = [piece for each in calendar.components[index + 1 :] for piece in _pieces(each)]
    return PreparedComponent(
        prefix=b"".join((*before, _beginning(vevent))),
        suffix=b"".join((*inside, _end(vevent), *after, _end(calendar))),
    )


def serialize_property(prop: Property) -> bytes:
    """Return one content line, folded, with its line break.

    Raises:
        ExportError: as `serialize` does.
    """
    return content_line(prop.name, encode_parameters(prop.parameters) if prop.parameters else "", prop.value)


def content_line(name: str, parameters: str, value: EncodedValue) -> bytes:
    """Return the content line of a property whose parameters `encode_parameters` has encoded already.

    Raises:
        ExportError: ``name-unknown`` or ``text-control``.

    Source: RFC 5545 section 3.1.
    """
    if name not in PROPERTIES:
        raise ExportError(finding(Code.NAME_UNKNOWN))
    line = f"{name}{parameters}:{value}"
    # str.isprintable is forty times as fast as the pattern and false for every character that is refused; the other
    # characters for which it is false (blanks, joiners, new letters) pass the pattern.
    if not line.isprintable() and _REFUSED.search(line):
        raise ExportError(finding(Code.TEXT_CONTROL))
    if len(line) <= _LONGEST and line.isascii():
        return line.encode() + b"\r\n"
    return _folded(line.encode())


def encode_parameters(parameters: Mapping[str, tuple[str, ...]]) -> str:
    """Return parameters as they are written between the name and the value of a property.

    Raises:
        ExportError: ``name-unknown``, ``text-control`` or ``text-malformed``.

    Source: RFC 5545 section 3.2, RFC 6868 section 3.
    """
    encoded = ""
    for name, values in parameters.items():
        encoded += _bare(name, values) if name in BARE_PARAMETERS else _quoted(name, values)
    return encoded


def _pieces(component: Component, more: Iterable[Component] = ()) -> Iterator[bytes]:
    """Yield BEGIN with all properties, then the pieces of the components inside, then END."""
    yield _beginning(component)
    for components in (component.components, more):
        for each in components:
            if each.name == "VTIMEZONE":
                yield _time_zone(each)
            else:
                yield from _pieces(each)
    yield _end(component)


@lru_cache(maxsize=256)
def _time_zone(component: Component) -> bytes:
    # `vtimezone` returns the same component for all files with times of the same years.
    return b"".join(_pieces(component))


def _beginning(component: Component) -> bytes:
    if component.name not in COMPONENTS:
        raise ExportError(finding(Code.NAME_UNKNOWN))
    return b"".join((b"BEGIN:", component.name.encode(), b"\r\n", *map(serialize_property, component.properties)))


def _end(component: Component) -> bytes:
    return b"END:" + component.name.encode() + b"\r\n"


@lru_cache(maxsize=1024)
def _bare(name: str, values: tuple[str, ...]) -> str:
    # Keywords, languages and zones: few, and the same in every file.
    if not all(map(_BARE.fullmatch, values)):
        raise ExportError(finding(Code.TEXT_MALFORMED, form="letters-digits-signs"))
    return f";{name}={','.join(values)}"


def _quoted(name: str, values: tuple[str, ...]) -> str:
    if name not in QUOTED_PARAMETERS:
        raise ExportError(finding(Code.NAME_UNKNOWN))
    text = _escaped(values[0]) if len(values) == 1 else '","'.join(map(_escaped, values))
    return f';{name}="{text}"'


def _escaped(value: str) -> str:
    return value.replace("^", "^^").replace('"', "^'").replace("\n", "^n")


def _folded(octets: bytes) -> bytes:
    start, end, length = 0, _LONGEST, len(octets)
    pieces: list[bytes] = []
    while end < length:
        if octets[end] >> 6 == _CONTINUATION or octets[end - 1] in b"\\^":  # in most lines neither ever holds
            end = _cut(octets, start, end)
        pieces.append(octets[start:end])
        start, end = end, end + _LONGEST - 1  # the blank of a continuation counts
    pieces.append(octets[start:])
    return b"\r\n ".join(pieces) + b"\r\n"


def _cut(octets: bytes, start: int, furthest: int) -> int:
    """Return where to fold: before a character, and not within an escape that begins with a backslash or caret."""
    beginnings = [end for end in range(furthest, start, -1) if octets[end] >> 6 != _CONTINUATION]
    for end in beginnings:
        if octets[end - 1] not in b"\\^":
            return end
    # Nothing but backslashes and carets: after an even number of equal ones no escape is open. They are counted back to
    # the last fold at most, where none was open either.
    for end in beginnings:
        piece = octets[start:end]
        if (len(piece) - len(piece.rstrip(piece[-1:]))) % 2 == 0:
            return end
    return beginnings[0]
