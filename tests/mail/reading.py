"""What mails say: their content, and what a reader of nothing but the standard library's parsers finds in them."""

from collections.abc import Iterator
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.message import Message as Legacy
from email.policy import compat32, default
from email.utils import getaddresses
from html.parser import HTMLParser
from typing import Any

from wtisd_model.invitation import Letter, Message
from wtisd_model.invitation.recipients import Person
from wtisd_model.mail.content import Content, Matter, content_of


def said(made: Message | Letter, *, who: str = "Desk 1", zone: str | None = None) -> Content:
    """Return the content of the mail of a message, or of the first one of a letter."""
    matter = Matter.of_letter(made) if isinstance(made, Letter) else Matter.of(made)
    return content_of(matter, Person("desk1@example.org", who), zone=zone)


def legacy(raw: bytes) -> "Legacy[Any, Any]":
    """Parse a mail with the parser that Python has had since its second version."""
    return message_from_bytes(raw, policy=compat32)


def modern(raw: bytes) -> EmailMessage:
    """Parse a mail with the newer parser, which shares no code with ours either."""
    parsed = message_from_bytes(raw, policy=default)
    assert isinstance(parsed, EmailMessage)
    return parsed


def decoded(value: object) -> str:
    """Unfold and decode a header (RFC 5322 section 2.2.3, RFC 2047)."""
    unfolded = str(value).replace("\r\n", "").replace("\n", "")
    return str(make_header(decode_header(unfolded)))


def mailbox_of(value: object) -> tuple[str, str]:
    """Read the only name and address of a header."""
    ((name, address),) = getaddresses([str(value).replace("\r\n", "").replace("\n", "")])
    return decoded(name), address


class Page(HTMLParser):
    """The elements of a mail in HTML, with their attributes and texts, checked for nesting."""

    VOID = frozenset({"br", "img", "meta"})

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self._open: list[str] = []
        self.feed(source)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag == "br":
            self.texts.append((self._open[-1], "\n"))
        if tag not in self.VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open:
            self.texts.append((self._open[-1], data))

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def all(self, tag: str) -> Iterator[dict[str, str | None]]:
        return (attributes for name, attributes in self.elements if name == tag)

    def within(self, tag: str) -> list[str]:
        """Return the texts directly in elements of one name."""
        return [text for name, text in self.texts if name == tag and text.strip()]
