"""Content lines and components as bytes: folded, and such that no value can forge a line.

Values are encoded already (`wtisd_model.contentlines.values`); parameters are encoded here. Every line is checked as a
whole: control characters, at which readers drop, replace or break text, are refused. So a reader that follows RFC 5545
gets each text back unchanged, or the text is refused: nothing is trimmed, replaced or shortened.

What is written is bytes from the first line on, so what many entries share is made once and joined.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from wtisd_model.codes import Code
from wtisd_model.contentlines.component import Component, EncodedValue, Property
from wtisd_model.contentlines.names import BARE_PARAMETERS, COMPONENTS, PROPERTIES, QUOTED_PARAMETERS
from wtisd_model.contentlines.values import encode_text
from wtisd_model.errors import ExportError
from wtisd_model.findings import finding
from wtisd_model.locales import language_of
from wtisd_model.types.language import TaggedText

# Cc, Cs, and the two separators at which some readers break a line.
_REFUSED: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_ESCAPED: Final = re.compile(r'[\^"\n]')
_BARE: Final = re.compile(r"[A-Za-z0-9._+/-]+")

_CONTINUATION: Final = 0b10  # the first two bits of each octet of a character but its first, in UTF-8
_LONGEST: Final = 75  # octets of a line without its break (RFC 5545 section 3.1)


def content_line(name: str, value: EncodedValue, parameters: str = "") -> bytes:
    """Return a content line, folded, with its line break; *parameters* are from `encode_parameters`.

    Raises:
        ExportError: ``name-unknown`` for a name that is not in `wtisd_model.contentlines.names`; ``text-control``.

    Source: RFC 5545 section 3.1.
    """
    if name not in PROPERTIES:
        raise ExportError(finding(Code.NAME_UNKNOWN))
    line = f"{name}{parameters}:{value}"
    octets = _octets_of(line)
    return octets + b"\r\n" if len(octets) <= _LONGEST else _folded(octets)


def further_text(text: str) -> bytes:
    """Return text that goes on in a line of its own: it is put before the last line break of a content line.

    What is repeated in many values is folded only once, since a line may be folded anywhere (errors as `content_line`).
    """
    return b"\r\n" + _folded(_octets_of(f" {encode_text(text)}")).removesuffix(b"\r\n")


def text_line(name: str, parts: Sequence[TaggedText], separator: str = "", parameters: str = "") -> bytes:
    """Return texts as one line, with LANGUAGE before *parameters* if all are in one; nothing without texts.

    Raises:
        ExportError: as `content_line` does.
    """
    if not parts:
        return b""
    text, language = parts[0] if type(parts[0][0]) is str else (parts[0][0], language_of(*parts[0]))
    in_one = True
    for further, other in parts[1:]:
        text += separator + further
        in_one = in_one and (other if type(further) is str else language_of(further, other)) == language
    stated = _bare("LANGUAGE", (language,)) if in_one else ""
    return content_line(name, encode_text(text), stated + parameters)


def enclosed(name: str, *content: bytes) -> bytes:
    """Return a component: its lines, and the components in it, between BEGIN and END (RFC 5545 section 3.6).

    Raises:
        ExportError: ``name-unknown``.
    """
    if name not in COMPONENTS:
        raise ExportError(finding(Code.NAME_UNKNOWN))
    label = name.encode() + b"\r\n"
    return b"".join((b"BEGIN:", label, *content, b"END:", label))


def serialize(component: Component) -> bytes:
    """Return an object with everything in it, as UTF-8 with CRLF (errors as `content_line` and `encode_parameters`)."""
    lines = map(serialize_property, component.properties)
    return enclosed(component.name, *lines, *map(serialize, component.components))


def serialize_property(prop: Property) -> bytes:
    """Return the content line of an object (errors as `content_line` and `encode_parameters`)."""
    return content_line(prop.name, prop.value, encode_parameters(prop.parameters))


def encode_parameters(parameters: Mapping[str, tuple[str, ...]]) -> str:
    """Return parameters as they are written between the name and the value of a property.

    Raises:
        ExportError: ``name-unknown``, ``text-control`` or ``text-malformed``.

    Source: RFC 5545 section 3.2, RFC 6868 section 3.
    """
    encoded = ""
    for name, values in parameters.items():
        encoded += _bare(name, values) if name in BARE_PARAMETERS else quoted_parameter(name, *values)
    return encoded


@lru_cache(maxsize=1024)
def _bare(name: str, values: tuple[str, ...]) -> str:
    # Keywords, languages and zones: few, and the same in every file.
    if not all(map(_BARE.fullmatch, values)):
        raise ExportError(finding(Code.TEXT_MALFORMED, form="letters-digits-signs"))
    return f";{name}={','.join(values)}"


def quoted_parameter(name: str, *values: str) -> str:
    """Return a parameter with free text or addresses, as `encode_parameters` does."""
    if name not in QUOTED_PARAMETERS:
        raise ExportError(finding(Code.NAME_UNKNOWN))
    text = values[0]
    if len(values) > 1 or _ESCAPED.search(text):
        text = '","'.join([value.replace("^", "^^").replace('"', "^'").replace("\n", "^n") for value in values])
    return f';{name}="{text}"'


def _octets_of(line: str) -> bytes:
    """Return a line as UTF-8, or raise ``text-control``."""
    # str.isprintable is forty times as fast as the pattern and false for every character that is refused; the other
    # characters for which it is false (blanks, joiners, new letters) pass the pattern.
    if not line.isprintable() and _REFUSED.search(line):
        raise ExportError(finding(Code.TEXT_CONTROL))
    return line.encode()


def _folded(octets: bytes) -> bytes:
    start, end, length = 0, _LONGEST, len(octets)
    if end < length < 2 * _LONGEST and octets[end] >> 6 != _CONTINUATION and octets[end - 1] not in b"\\^":
        return b"".join((octets[:end], b"\r\n ", octets[end:], b"\r\n"))  # as most lines that are too long
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
