"""Headers of mails: text, addresses, and the form of parts.

The standard library parses the value of a header and writes it again. It then decodes everything that looks like an
encoded word, even in a name: Python 3.11.7 turns the name ``=?utf-8?q?a=0D=0ABcc:_b?=`` into another header
(CVE-2024-6923), and drops the quotes of a long name, so that its commas separate addresses. So headers are encoded
here, once, and keep their lines: no name and no title can forge one.
"""

import re
from binascii import b2a_base64
from collections.abc import Iterator
from email.headerregistry import Address
from email.policy import SMTP, Policy
from functools import cache
from typing import Any

_LONGEST = 78  # characters of a line, without its break (RFC 5322 section 2.1.1)
_LONGEST_ENCODED = 76  # of a line with an encoded word in it (RFC 2047 section 2)
_LONGEST_WORD = 60
_OCTETS = 39  # in an encoded word: with its frame, and "Reply-To: " before it, as many as fit in a line
_CONTINUATION = 0b10  # the first two bits of each octet of a character but its first, in UTF-8

# RFC 5322 section 3.2.3, and blanks between: a name that needs no quotes.
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?: [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")


class Header(str):  # noqa: SLOT000 - pickle's protocols 0 and 1 need a dict
    """The value of a header as people read it, with the lines in which it is written."""

    name: str
    """The name of the header. The standard library keeps a value that has one as it is."""
    lines: tuple[str, ...]
    """ASCII, each line but the first with the blank that it begins with."""

    def fold(self, *, policy: "Policy[Any]") -> str:
        """Return the header with its line breaks; the standard library calls this method when it writes a mail."""
        return f"{self.name}: {policy.linesep.join(self.lines)}{policy.linesep}"

    def __getattr__(self, attribute: str) -> Any:
        """Return what the standard library reads in it, such as ``datetime``, ``params`` and ``defects``."""
        if attribute.startswith("_") or attribute in Header.__annotations__:  # while it is made or copied
            raise AttributeError(attribute)
        return getattr(SMTP.header_factory(self.name, str(self)), attribute)


class MailboxHeader(Header):
    """A header that holds one address."""

    address: str
    display_name: str | None

    @property
    def addresses(self) -> tuple[Address, ...]:
        """The address, in the form that headers of the standard library have."""
        return (Address(display_name=self.display_name or "", addr_spec=self.address),)


def plain(name: str, *lines: str) -> Header:
    """Return a header whose lines are ASCII and stay as they are, such as a date or the form of a part."""
    header = Header("".join(lines))
    header.name, header.lines = name, lines
    return header


def unstructured(name: str, text: str) -> Header:
    """Return a header with free text of one line, encoded where necessary.

    Source: RFC 5322 section 3.6.5, RFC 2047 section 5, rule 1.
    """
    header = plain(name, text)
    words = text.split(" ")
    if not text.isascii() or "=?" in text or any(not 0 < len(word) <= _LONGEST_WORD for word in words):
        header.lines = _encoded_lines(text)
        return header
    lines = [words[0]]
    room = _LONGEST - len(name) - 2
    for word in words[1:]:
        if len(lines[-1]) + 1 + len(word) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(f" {word}")
            room = _LONGEST
    header.lines = tuple(lines)
    return header


def mailbox(name: str, address: str, display_name: str | None) -> MailboxHeader:
    """Return a header with one address, which is checked, and a name of one line (RFC 5322 section 3.4)."""
    phrase = None if display_name is None else _phrase(display_name)
    header = MailboxHeader(address if phrase is None else f"{phrase} <{address}>")
    header.name, header.address, header.display_name, header.lines = name, address, display_name, (str(header),)
    if display_name is None or phrase is None:
        return header
    # Some readers decode inside quotes too, so a name that looks encoded has to be encoded.
    encoded = not display_name.isascii() or "=?" in display_name or len(phrase) > _LONGEST_WORD
    *most, last = _encoded_lines(display_name) if encoded else (phrase,)
    start = "" if most else f"{name}: "
    if len(f"{start}{last} <{address}>") <= _LONGEST_ENCODED:
        header.lines = (*most, f"{last} <{address}>")
    else:
        header.lines = (*most, last, f" <{address}>")
    return header


def _phrase(display_name: str) -> str:
    if _ATOMS.fullmatch(display_name):
        return display_name
    escaped = display_name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _encoded_lines(text: str) -> tuple[str, ...]:
    return tuple([f" {word}" if index else word for index, word in enumerate(_encoded_words(text))])


def _encoded_words(text: str) -> Iterator[str]:
    """Yield encoded words of base64, none of which ends inside a character (RFC 2047 section 5).

    They end after spaces if possible, because some readers show a space between two of them in a name.
    """
    octets = text.encode()
    start = 0
    while start < len(octets):
        end = start + _OCTETS
        if end < len(octets):
            end = octets.rfind(b" ", start, end) + 1 or end
            while octets[end] >> 6 == _CONTINUATION:
                end -= 1
        yield f"=?utf-8?B?{b2a_base64(octets[start:end], newline=False).decode()}?="
        start = end


@cache
def standard(name: str, value: str) -> Header:
    """Return a header of MIME as the standard library writes it; few different ones are needed."""
    folded = SMTP.header_factory(name, value).fold(policy=SMTP)
    return plain(name, *folded.removeprefix(f"{name}: ").rstrip("\r\n").split("\r\n"))
