"""`to_jsonld`: an event and its sessions as a JSON-LD document, which may be put into a web page."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Literal

from wtisd_model.model.event import Event, announced_sessions
from wtisd_model.model.session import Session
from wtisd_model.programme.announced import require_announced, require_size
from wtisd_model.types.arguments import parse_enum
from wtisd_model.types.language import require_language
from wtisd_model.types.timeslot import TimeSlot


class _Profile(StrEnum):
    CPEV = "cpev"


def to_jsonld(
    event: Event, *, language: str | None = None, profile: Literal["cpev"] | None = None, sessions: bool = True
) -> bytes:
    """Return an event as JSON-LD for its web page, safe inside ``<script type="application/ld+json">``.

    Each session that is not a draft is a ``subEvent`` with its own places, or those of the event that it inherits.
    Equal input and an equal time zone database give equal bytes.

    Speakers are named, but their addresses and telephone numbers are left out. The e-mail addresses that are written
    are those of the organizer, of its calls, and of contacts with the role ``contact``, who have their telephone
    numbers too.

    Args:
        event: not a draft.
        language: the language of texts, a tag such as ``fr``. By default each text is in the language it was written
            in or, with ``profile="cpev"``, in all its languages.
        profile: None for schema.org's words; ``cpev`` for those of the EU's Core Public Event Vocabulary 1.1.1.
        sessions: False to leave out all sessions, which take most of the space.

    Returns:
        UTF-8 without a final newline, at most 64,000,000 octets.

    Raises:
        ExportError: ``event-without-slot`` for a draft; ``uid-repeated``; ``feed-too-large``.
        InvalidValueError: ``language-unknown``, or ``value-unknown`` for *profile*.
        TypeError: *event* is not an Event.

    Source: https://schema.org/Event; https://semiceu.github.io/Core-Public-Event-Vocabulary/releases/1.1.1/.
    """
    slot = require_announced(event)
    known = None if profile is None else parse_enum(_Profile, profile, "/profile")
    tag = require_language(language)
    size, pieces = 0, list[bytes]()
    for piece in _pieces(event, slot, tag, known, announced_sessions(event) if sessions else ()):
        size += len(piece)
        require_size(size)
        pieces.append(piece)
    return b"".join(pieces)


def _pieces(
    event: Event, slot: TimeSlot, language: str | None, profile: _Profile | None, sessions: Iterable[Session]
) -> Iterator[bytes]:
    """Yield the document in pieces: a session repeats places, so the whole may be too large to be made at once."""
    from msgspec.json import Encoder

    from wtisd_model.jsonld.cpev import CpevWriter
    from wtisd_model.jsonld.schema_org import SchemaOrgWriter

    encode = Encoder(decimal_format="number").encode
    writer = (SchemaOrgWriter if profile is None else CpevWriter)(event, slot, language)
    yield _escaped(encode(writer.event())[:-1])
    before = b',"subEvent":['
    for session in sessions:
        yield before + _escaped(encode(writer.session(session)))
        before = b","
    yield b"}" if before != b"," else b"]}"


def _escaped(document: bytes) -> bytes:
    """Return JSON without the characters that end a script or begin a comment, which only its strings can hold.

    No text of an event has a line separator (U+2028 and U+2029), at which older scripts break.
    """
    return document.replace(b"<", rb"\u003c").replace(b">", rb"\u003e").replace(b"&", rb"\u0026")
