"""The calendars in a mail; none of the errors of the email package gets out of this module."""

import codecs
import re
from collections.abc import Iterator
from contextlib import suppress
from copy import copy
from email import message_from_bytes
from email.message import Message as Mail
from email.parser import BytesHeaderParser
from email.policy import compat32
from typing import Final, cast

from attrs import field, frozen

from wtisd_model.codes import Code
from wtisd_model.errors import MessageError, PayloadError
from wtisd_model.findings import finding
from wtisd_model.ical.parser import UTF_16_MARKS
from wtisd_model.types.text import EMAIL

MOST_BYTES: Final = 2_000_000
MOST_LINES: Final = 50_000
MOST_PARTS: Final = 20
"""How many content headers may have a boundary, since each line is compared with each open one; a reply has three."""

# The package parses these headers in a time that grows with the square of their length, some of them while it reads.
_CONTENT_HEADER: Final = re.compile(rb"^content-[a-z-]*[ \t]*:[^\n]*(?:\n[ \t][^\n]*)*", re.IGNORECASE | re.MULTILINE)
_LONGEST_CONTENT_HEADER: Final = 2_000
_LONGEST_CONTENT_HEADERS: Final = 40_000
_MOST_CONTENT_HEADERS: Final = 200
_LONGEST_HEAD: Final = 50_000

# RFC 5322 section 3.4: one address, alone or after a name. A name with an @ has to be quoted: of
# "one@example.org <other@example.org>", email.utils.parseaddr of Python 3.11.7 returns the first.
_COMMENT: Final = r"\([^()<>@\\]*+\)"
_MAILBOX: Final = re.compile(
    rf'(?:"(?:[^"\\]|\\.)*+"|{_COMMENT}|[^"()<>@,:;\\])*+<([^<>\s]++)>\s*+|\s*+([^"()<>,:;\\\s]++)\s*+(?:{_COMMENT}\s*+)?',
    re.DOTALL,
)

_TYPES: Final = frozenset({"text/calendar", "application/ics", "text/x-vcalendar"})
# A charset names one of Python's codecs, and some of these do other things than decode, or are slow.
_ENCODINGS: Final = frozenset(
    {
        *("utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk", "gb2312", "big5", "shift_jis", "euc_jp"),
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
    """The METHOD according to the mail (RFC 6047 section 2.4)."""


def calendar_parts(source: object) -> list[CalendarPart]:
    """Return the calendars in a mail, without those of mails attached to it; a calendar alone is returned as it is.

    Args:
        source: a mail or a calendar as bytes, or a mail as an `email.message.Message`.

    Raises:
        PayloadError: ``payload-too-large``.
        MessageError: ``mail-unreadable`` or ``reply-missing``.
        TypeError: *source* is of another type.
    """
    if not isinstance(source, bytes | Mail):
        raise TypeError("read_reply reads bytes or an email.message.Message.")
    if isinstance(source, bytes):
        if is_calendar(source):
            return [CalendarPart(source, None)]
        if len(source) > MOST_BYTES:
            raise PayloadError(finding(Code.PAYLOAD_TOO_LARGE, maximum=MOST_BYTES))
        if _is_too_much(source):
            raise MessageError(finding(Code.MAIL_UNREADABLE))
    parts: list[CalendarPart] | None = None
    with suppress(Exception):  # the package raises many kinds of errors for malformed mails
        parts = list(_find(message_from_bytes(source) if isinstance(source, bytes) else cast("Mail", source)))
    if not parts:
        raise MessageError(finding(Code.MAIL_UNREADABLE if parts is None else Code.REPLY_MISSING))
    return parts


def is_calendar(data: bytes) -> bool:
    """Return True for a calendar, False for a mail."""
    if data.startswith(UTF_16_MARKS):
        return True
    return data.removeprefix(codecs.BOM_UTF8).lstrip()[:15].upper() == b"BEGIN:VCALENDAR"


def from_address(data: bytes) -> str | None:
    """Return the address in the From of a mail, which is not authenticated; None unless every reader finds the same."""
    head, end, _ = data[:_LONGEST_HEAD].replace(b"\r\n", b"\n").partition(b"\n\n")
    # For the package a lone CR ends a line, and two of them the headers; for mail servers they do not.
    if b"\r" in head or (len(data) > _LONGEST_HEAD and not end):
        return None
    fields: list[object] = []
    with suppress(Exception):
        fields += BytesHeaderParser().parsebytes(head).get_all("From", [])
    mailbox = _MAILBOX.fullmatch(str(fields[0])) if len(fields) == 1 else None
    address = "" if mailbox is None else mailbox[1] or mailbox[2]
    return address if EMAIL.check(address, suggest=False) is None else None


def _is_too_much(source: bytes) -> bool:
    """Return True if the email package would take long to read a mail."""
    # For the package, a line ends with CR, LF or both; blanks of any kind may come before the = of a parameter.
    lines = source.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if lines.count(b"\n") > MOST_LINES:
        return True
    headers = [each[0].lower() for each in _CONTENT_HEADER.finditer(lines)]
    return _are_too_long(list(map(len, headers))) or sum(b"boundary" in each for each in headers) > MOST_PARTS


def _are_too_long(content_headers: list[int]) -> bool:
    """Return True for more or longer content headers, given by their lengths, than a mail with a reply has."""
    return (
        len(content_headers) > _MOST_CONTENT_HEADERS
        or sum(content_headers) > _LONGEST_CONTENT_HEADERS
        or max(content_headers, default=0) > _LONGEST_CONTENT_HEADER
    )


def _find(mail: Mail) -> Iterator[CalendarPart]:
    waiting, lengths = [mail], list[int]()
    while waiting:
        part = copy(waiting.pop())
        lengths += [len(str(value)) for name, value in part.raw_items() if name.lower().startswith("content-")]
        if _are_too_long(lengths):
            raise MessageError(finding(Code.MAIL_UNREADABLE))
        # The policy of an EmailMessage parses a header whenever it is asked for; this one never does.
        part.policy = compat32
        content_type = part.get_content_type()
        if part.is_multipart():
            inner = cast("list[Mail]", part.get_payload())
            waiting += reversed(inner) if content_type.startswith("multipart/") else ()
        elif content_type in _TYPES or (part.get_filename() or "").lower().endswith(".ics"):
            method = part.get_param("method")
            is_stated = isinstance(method, str) and content_type in _TYPES
            yield CalendarPart(_content(part), str(method) if is_stated else None)


def _content(part: Mail) -> bytes:
    data = part.get_payload(decode=True)
    raw = data if isinstance(data, bytes) else b""
    try:
        encoding = codecs.lookup(part.get_content_charset() or "utf-8").name
    except LookupError:
        return raw
    # UTF-8 is kept. Text that calls itself ASCII is often UTF-8, and a byte order mark outweighs the mail.
    if encoding not in _ENCODINGS or raw.startswith(UTF_16_MARKS):
        return raw
    return raw.decode(encoding).encode()
