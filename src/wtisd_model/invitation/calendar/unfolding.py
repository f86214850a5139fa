"""From bytes to content lines: what was folded is put together again."""

import codecs
from collections.abc import Sequence
from typing import Final, NamedTuple

from wtisd_model.codes import Code
from wtisd_model.findings import MessageError, finding, pointer
from wtisd_model.invitation.calendar.limits import CalendarLimits

UTF_16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
"""What text in UTF-16 begins with: a byte order mark."""


class Line(NamedTuple):
    """A content line, unfolded."""

    number: int
    """Where it begins in the file, from 1."""
    text: str

    def __repr__(self) -> str:
        return f"Line({self.number})"  # what others wrote is shown to nobody


def line_path(number: int) -> str:
    """Point at a line of a file."""
    return pointer("lines", number)


def unfolded(data: bytes, limits: CalendarLimits) -> Sequence[Line]:
    """Split a calendar into its content lines, in time that is linear in its length.

    Lines may end in LF alone, and be folded with tabs, inside a character or before an empty line, as some programs do.
    A carriage return elsewhere is a character of its line and never ends one.

    Raises:
        MessageError: ``payload-too-large``, ``calendar-too-long`` or ``not-utf8``.

    Source: RFC 5545 section 3.1.
    """
    if len(data) > limits.octets:
        raise MessageError(finding(Code.PAYLOAD_TOO_LARGE, maximum=limits.octets))
    octets = _in_utf8(data)
    if octets.count(b"\n") >= limits.lines:
        raise MessageError(finding(Code.CALENDAR_TOO_LONG, maximum=limits.lines))
    lines: list[Line] = []
    for number, parts in _joined(octets):
        text = _decoded(b"".join(parts))
        if text is None:
            raise MessageError(finding(Code.NOT_UTF8, line_path(number)))
        lines.append(Line(number, text))
    return lines


def _joined(octets: bytes) -> Sequence[tuple[int, list[bytes]]]:
    joined: list[tuple[int, list[bytes]]] = []
    for number, raw in enumerate(octets.split(b"\n"), 1):
        part = raw.rstrip(b"\r")
        # "a CRLF immediately followed by a single linear white-space character"; that one is not part of the line.
        if joined and part[:1] in {b" ", b"\t"}:
            joined[-1][1].append(part[1:])
        elif part:
            joined.append((number, [part]))
    return joined


def _in_utf8(data: bytes) -> bytes:
    """Take a byte order mark off, which some programs write; it also tells UTF-16."""
    if data.startswith(UTF_16):
        text = _decoded(data, "utf-16")
        if text is None:
            raise MessageError(finding(Code.NOT_UTF8))
        return text.encode()
    return data.removeprefix(codecs.BOM_UTF8)


def _decoded(octets: bytes, encoding: str = "utf-8") -> str | None:
    try:
        return octets.decode(encoding)
    except UnicodeDecodeError:
        return None
