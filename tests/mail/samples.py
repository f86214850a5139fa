"""Messages made by hand, and mails as a reader of nothing but the standard library's parsers finds them."""

from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.message import Message as Legacy
from email.policy import compat32, default
from email.utils import getaddresses
from html.parser import HTMLParser
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from wtisd_model import EventStatus, ParticipationStatus, TimeSlot, local_time
from wtisd_model.invitation import Message, Method, Reason, Texts
from wtisd_model.strategies import contacts, moments, slots, zones
from wtisd_model.strategies.fields import values_of
from wtisd_model.strategies.patterns import language_tags
from wtisd_model.types.text import EMAIL, LINE, LONG, NAME

LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
STAMPED = datetime(2026, 5, 2, 8, 30, tzinfo=UTC)
ICS = b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"

HOSTILE = (
    '"><script>alert(1)</script>',
    "</title></head><h1>&amp;&lt;",
    "' onmouseover='x",
    "=?utf-8?q?a=0D=0ABcc:_b=40example.org?=",
    "=?utf-8?B?DQpCY2M6IGI=?=",
    'Quote " and \\ and <desk2@example.org>, ',
    "a@b.example, c@d.example;",
    "(comment) [x]: group: y;",
    "--=_mixed",
    "Title \u202e to the left",
    "Title \u2067 to the left",
    "Title \u2069\u202c\u2069 ends nothing",
    "👩‍👩‍👧‍👦 " * 40,
    "é" * 500,
    "ж " * 250,
    "a" * 500,
    "long words and short ones " * 19,
    "a  b   c",
    "{title} {who} {0} %s",
    "From ",
    ".",
)


def slot(start: str, end: str, zone: str = "Europe/Zurich") -> TimeSlot:
    return TimeSlot(start=local_time(start, zone), end=local_time(end, zone))


AFTERNOON = slot("2026-05-17T14:30:00", "2026-05-17T16:30:00")


def texts(**changes: Any) -> Texts:
    return Texts(**{"title": ("Opening", "en"), "slot": AFTERNOON, "status": EventStatus.SCHEDULED, **changes})


def message(*, method: Method = Method.REQUEST, reason: Reason = Reason.INVITED, **changes: Any) -> Message:
    usual = {
        "uid": "1@example.org",
        "sequence": 0,
        "stamped": STAMPED,
        "recipient": "participant1@example.org",
        "name": "Participant 1",
        "language": "en",
        "texts": texts(),
        "ics": ICS,
    }
    return Message(method=method, reason=reason, **{**usual, **changes})


OCCASIONS: tuple[tuple[Method, Reason], ...] = (
    (Method.REQUEST, Reason.INVITED),
    (Method.REQUEST, Reason.MOVED),
    (Method.REQUEST, Reason.EDITED),
    (Method.REQUEST, Reason.PROMOTED),
    (Method.CANCEL, Reason.CANCELLED),
    (Method.CANCEL, Reason.DROPPED),
    (Method.CANCEL, Reason.WITHDRAWN),
    (Method.PUBLISH, Reason.PUBLISHED),
    (Method.REPLY, Reason.ANSWERED),
    (Method.REFRESH, Reason.ASKED),
    (Method.COUNTER, Reason.COUNTERED),
    (Method.DECLINECOUNTER, Reason.COUNTER_DECLINED),
)


def _said(node: Any) -> SearchStrategy[tuple[str, str]]:
    text = values_of(node)
    hostile = st.sampled_from(HOSTILE).map(str.strip)
    return st.tuples(st.one_of(text, hostile), language_tags())


@st.composite
def messages(draw: st.DrawFn) -> Message:
    """Draw a message of any kind with any texts that the model allows, and some that it does not."""
    method, reason = draw(st.sampled_from(OCCASIONS))
    line, name, long = _said(LINE), _said(NAME), _said(LONG)
    uris = st.sampled_from(("https://example.org/?a=1&b=%22#x", "tel:+41227305111,,123#", "javascript:alert(1)"))
    drawn = Texts(
        title=draw(line),
        within=draw(st.none() | line),
        slot=draw(slots()),
        previous=draw(st.none() | slots()),
        previous_where=draw(st.none() | st.lists(name, max_size=2).map(tuple)),
        status=draw(st.sampled_from(EventStatus)),
        where=tuple(draw(st.lists(name, max_size=3))),
        links=tuple(draw(st.lists(st.tuples(name, uris), max_size=3))),
        remote_first=draw(st.booleans()),
        about=tuple(draw(st.lists(long, max_size=3))),
        organizer=draw(st.none() | name),
        organizer_email=draw(st.none() | values_of(EMAIL)),
        url=draw(st.none() | uris),
        comment=draw(st.none() | values_of(LONG)),
        answer=draw(st.sampled_from((None, *ParticipationStatus))),
    )
    return message(
        method=method,
        reason=reason,
        texts=drawn,
        stamped=draw(moments()),
        recipient=None if method is Method.PUBLISH else draw(values_of(EMAIL)),
        name=draw(st.none() | values_of(NAME) | st.sampled_from(HOSTILE).map(str.strip)),
        language=draw(st.sampled_from((*LANGUAGES, "de", "fr-CH", "zh-Hant", "fa"))),
        copied_to=draw(st.none() | contacts()),
    )


@st.composite
def senders(draw: st.DrawFn) -> str:
    """Draw a name and an address as a header has them."""
    address: str = draw(values_of(EMAIL))
    name: str | None = draw(st.none() | values_of(NAME))
    if name is None:
        return address
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}" <{address}>'


def reader_zones() -> SearchStrategy[str | None]:
    return st.none() | zones()


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

    VOID = frozenset({"br", "meta"})

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
