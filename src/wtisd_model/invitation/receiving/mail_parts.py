"""The calendars in a mail: the gate to the email package, whose errors do not pass it."""

import codecs
import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message as Mail
from email.utils import parseaddr
from typing import Final, cast

from attrs import field, frozen

from wtisd_model.codes import Code
from wtisd_model.findings import Finding, MessageError, finding
from wtisd_model.ical.parser import UTF_16_MARKS

MOST_BYTES: Final = 2_000_000
MOST_LINES: Final = 50_000
MOST_PARTS: Final = 20
"""How many times a mail may be parted, since each line is compared with each boundary that is open; one that answers
an invitation has two or three."""

# What the email package takes apart, in a time that grows with the square of its length, while it reads a mail.
_CONTENT_HEADER: Final = re.compile(rb"^content-[a-z-]*[ \t]*:[^\n]*(?:\n[ \t][^\n]*)*", re.IGNORECASE | re.MULTILINE)
_BOUNDARY: Final = re.compile(rb"boundary\*?[0-9]*\*?[ \t]*=", re.IGNORECASE)
_LONGEST_CONTENT_HEADER: Final = 2_000
_MOST_CONTENT_HEADERS: Final = 200

_LONGEST_HEADER: Final = 10_000
_LONGEST_HEAD: Final = 50_000
_TYPES: Final = frozenset({"text/calendar", "application/ics", "text/x-vcalendar"})
# Names of charsets are names of Python's codecs, some of which do other things than decode, or take long.
_ENCODINGS: Final = frozenset(
    {
        *("utf-8", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk", "gb2312", "big5", "shift_jis", "euc_jp"),
        *("iso2022_jp", "euc_kr", "koi8-r", "koi8-u"),
        *(f"iso8859-{number}" for number in range(1, 17)),
        *(f"cp125{number}" for number in range(9)),
    }
)


@frozen
class CalendarPart:
    """A calendar in a mail."""

    data: bytes = field(repr=False)
    """Its content in UTF-8."""
    method: str | None
    """What the mail says that its METHOD is (RFC 6047 section 2.4)."""


def is_calendar(data: bytes) -> bool:
    """Tell whether bytes are a calendar, and no mail."""
    if data.startswith(UTF_16_MARKS):
        return True
    return data.removeprefix(codecs.BOM_UTF8).lstrip()[:15].upper() == b"BEGIN:VCALENDAR"


def from_address(data: bytes) -> str | None:
    """Give the address in the From of a mail, which anybody can write; None where there is none."""
    head = data[:_LONGEST_HEAD].replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    try:
        return parseaddr(str(message_from_bytes(head).get("From", "")))[1] or None
    except Exception:  # noqa: BLE001 - the gate, as below
        return None


def calendar_parts(source: bytes | Mail) -> list[CalendarPart]:
    """Find the calendars in a mail; forwarded mails in it are none of its own.

    Raises:
        MessageError: ``payload-too-large``, ``mail-unreadable`` or ``reply-missing``.
    """
    refused: Finding | None = None
    if isinstance(source, bytes):
        if len(source) > MOST_BYTES:
            refused = finding(Code.PAYLOAD_TOO_LARGE, maximum=MOST_BYTES)
        elif _is_too_much(source):
            refused = finding(Code.MAIL_UNREADABLE)
    parts: list[CalendarPart] = []
    if refused is None:
        try:
            mail = message_from_bytes(source) if isinstance(source, bytes) else source
            parts = list(_found(mail))
        except Exception:  # noqa: BLE001 - the gate: whatever a mail of a stranger makes the package raise
            refused = finding(Code.MAIL_UNREADABLE)
    if refused is None and not parts:
        refused = finding(Code.REPLY_MISSING)
    if refused is not None:
        raise MessageError(refused)
    return parts


def _is_too_much(source: bytes) -> bool:
    """Tell whether a mail would take long to be read, as far as that shows before."""
    if source.count(b"\n") > MOST_LINES or sum(1 for _ in _BOUNDARY.finditer(source)) > MOST_PARTS:
        return True
    # A line ends with a carriage return too, for the email package.
    lengths = [len(each[0]) for each in _CONTENT_HEADER.finditer(source.replace(b"\r\n", b"\n").replace(b"\r", b"\n"))]
    return len(lengths) > _MOST_CONTENT_HEADERS or max(lengths, default=0) > _LONGEST_CONTENT_HEADER


def _found(mail: Mail) -> Iterator[CalendarPart]:
    waiting = [mail]
    while waiting:
        part = waiting.pop()
        if len(str(part.get("Content-Type", ""))) > _LONGEST_HEADER:
            continue
        kind = part.get_content_type()
        if part.is_multipart():
            inner = cast("list[Mail]", part.get_payload())
            waiting += reversed(inner) if kind.startswith("multipart/") else ()
        elif kind in _TYPES or _is_named_so(part):
            method = part.get_param("method")
            yield CalendarPart(_content(part), method if isinstance(method, str) and kind in _TYPES else None)


def _is_named_so(part: Mail) -> bool:
    if len(str(part.get("Content-Disposition", ""))) > _LONGEST_HEADER:
        return False
    return (part.get_filename() or "").lower().endswith(".ics")


def _content(part: Mail) -> bytes:
    data = part.get_payload(decode=True)
    raw = data if isinstance(data, bytes) else b""
    encoding = _encoding(part.get_content_charset())
    # What calls itself ASCII often is UTF-8, and a byte order mark says more than the mail.
    if encoding is None or encoding == "utf-8" or raw.startswith(UTF_16_MARKS):
        return raw
    return raw.decode(encoding).encode()


def _encoding(charset: str | None) -> str | None:
    try:
        name = codecs.lookup(charset or "utf-8").name
    except LookupError:
        return None
    return name if name in _ENCODINGS else None
