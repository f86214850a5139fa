"""The headers of a mail, written so that no name and no title can forge one.

The standard library takes apart what a header is given and puts it together anew. On that way it decodes what looks
like an encoded word, though it came as a name: Python 3.11.7 makes a header of its own of the name
``=?utf-8?q?a=0D=0ABcc:_b?=`` (CVE-2024-6923), and takes the quotes from a long name, so that the commas in it part
addresses. So these headers are encoded here, once, and bring their lines along.
"""

import re
from binascii import b2a_base64
from collections.abc import Iterator
from email.headerregistry import Address
from email.policy import Policy
from typing import Any

_LONGEST = 78  # characters of a line, without its break (RFC 5322 section 2.1.1)
_LONGEST_ENCODED = 76  # of a line with an encoded word in it (RFC 2047 section 2)
_LONGEST_WORD = 60
_OCTETS = 39  # of an encoded word: with its frame, and "Reply-To: " before it, as many as may be in a line
_CONTINUATION = 0b10  # the first two bits of each octet of a character but its first, in UTF-8

# RFC 5322 section 3.2.3, and blanks between: a name that needs no quotes.
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?: [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")


class Header(str):  # noqa: SLOT000 - pickle and copy find in its dict what it was given after it was made
    """A header's value as people read it, which knows how it is written."""

    name: str
    """Its name. Where a value has one, the standard library takes the value as it is."""
    lines: tuple[str, ...]
    """How it is written: ASCII, each line but the first with the blank that it begins with."""

    def fold(self, *, policy: "Policy[Any]") -> str:
        """Write it, as the standard library asks its own headers to."""
        return f"{self.name}: {policy.linesep.join(self.lines)}{policy.linesep}"


class MailboxHeader(Header):
    """A header that holds one address."""

    address: str
    called: str | None

    @property
    def addresses(self) -> tuple[Address, ...]:
        """The address, as a header of the standard library gives it."""
        return (Address(display_name=self.called or "", addr_spec=self.address),)


def plain(name: str, value: str) -> Header:
    """Write what is ASCII and has nothing to fold or to encode, such as a date."""
    return _header(name, value, value)


def unstructured(name: str, text: str) -> Header:
    """Write free text of one line (RFC 5322 section 3.6.5), encoded where it has to be (RFC 2047 section 5, rule 1)."""
    words = text.split(" ")
    if not text.isascii() or "=?" in text or any(not 0 < len(word) <= _LONGEST_WORD for word in words):
        return _header(name, text, *_folded(_encoded_words(text)))
    lines = [words[0]]
    room = _LONGEST - len(name) - 2
    for word in words[1:]:
        if len(lines[-1]) + 1 + len(word) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(f" {word}")
            room = _LONGEST
    return _header(name, text, *lines)


def mailbox(name: str, address: str, called: str | None) -> MailboxHeader:
    """Write one address with the name of whoever it belongs to (RFC 5322 section 3.4).

    Args:
        name: that of the header.
        address: one addr-spec, checked.
        called: the name, a line of text; None for none.
    """
    made = MailboxHeader(address if called is None else f"{_phrase(called)} <{address}>")
    made.name, made.address, made.called = name, address, called
    made.lines = (str(made),) if called is None else tuple(_mailbox_lines(name, address, called))
    return made


def _mailbox_lines(name: str, address: str, called: str) -> Iterator[str]:
    phrase = _phrase(called)
    # Some readers decode in quotes too, so that what looks encoded has to be encoded.
    encoded = not called.isascii() or "=?" in called or len(phrase) > _LONGEST_WORD
    *most, last = _folded(_encoded_words(called)) if encoded else (phrase,)
    yield from most
    before = "" if most else f"{name}: "
    if len(f"{before}{last} <{address}>") <= _LONGEST_ENCODED:
        yield f"{last} <{address}>"
    else:
        yield last
        yield f" <{address}>"


def _header(name: str, value: str, *lines: str) -> Header:
    made = Header(value)
    made.name, made.lines = name, lines
    return made


def _phrase(called: str) -> str:
    return called if _ATOMS.fullmatch(called) else _quoted(called)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _folded(words: Iterator[str]) -> tuple[str, ...]:
    first, *rest = words
    return (first, *(f" {each}" for each in rest))


def _encoded_words(text: str) -> Iterator[str]:
    """Encode text as words of base64, none of which ends inside a character (RFC 2047 section 5).

    They end behind blanks where they can: some readers show a blank between two of them in a name.
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
