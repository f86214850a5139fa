"""`to_jsonld`: an event and its sessions as JSON-LD, in schema.org's words or in those of the European Union."""

from collections.abc import Iterator, Sequence
from typing import Final, Literal

from wtisd_model.jsonld.cpev import CpevWriter
from wtisd_model.jsonld.schema_org import FORMAT as SCHEMA_ORG
from wtisd_model.jsonld.schema_org import SchemaOrgWriter
from wtisd_model.model.dossier import Dossier, event_and_requests
from wtisd_model.model.event import Event, announced_sessions
from wtisd_model.model.session import Session
from wtisd_model.programme.announced import require_announced
from wtisd_model.programme.files import encode_json, joined_pieces
from wtisd_model.types.arguments import parse_enum
from wtisd_model.types.language import require_language

FORMAT: Final = SCHEMA_ORG
"""What is carried without a profile; `wtisd_model.jsonld.cpev` has that of the other."""


def to_jsonld(
    event: Event | Dossier,
    *,
    language: str | None = None,
    profile: Literal["cpev"] | None = None,
    sessions: bool = True,
) -> bytes:
    """Return an event as JSON-LD for its web page, safe inside ``<script type="application/ld+json">``.

    Each session that is not a draft is a ``subEvent`` with its own places, or those of the event that it inherits.
    Equal input and an equal time zone database give equal bytes.

    Speakers are named, but their addresses and telephone numbers are left out. The e-mail addresses that are written
    are those of the organizer, of its calls, and of contacts with the role ``contact``, who have their telephone
    numbers too.

    Args:
        event: not a draft; or the dossier of such an event.
        language: the language of texts, a tag such as ``fr``. By default each text is in the language it was written
            in or, with ``profile="cpev"``, in all its languages.
        profile: None for schema.org's words; ``cpev`` for those of the EU's Core Public Event Vocabulary 1.1.1.
        sessions: False to leave out all sessions, which take most of the space.

    Returns:
        UTF-8 without a final newline, at most 64,000,000 octets.

    Raises:
        ExportError: ``event-without-slot`` for a draft; ``uid-repeated``; ``feed-too-large``.
        InvalidValueError: ``language-unknown``, or ``value-unknown`` for *profile*.
        TypeError: *event* is not an Event or a Dossier.

    Source: https://schema.org/Event; https://semiceu.github.io/Core-Public-Event-Vocabulary/releases/1.1.1/.
    """
    the_event, _ = event_and_requests(event)
    slot = require_announced(the_event)
    if profile is not None:
        parse_enum(("cpev",), profile, "/profile")
    tag = require_language(language)
    writer = (SchemaOrgWriter if profile is None else CpevWriter)(the_event, slot, tag)
    return joined_pieces(_pieces(writer, announced_sessions(the_event) if sessions else ()))


def _pieces(writer: SchemaOrgWriter | CpevWriter, sessions: Sequence[Session]) -> Iterator[bytes]:
    """Yield the document in pieces: a session repeats places, so the whole may be too large to be made at once."""
    yield _escaped(encode_json(writer.event())[:-1])
    for place, session in enumerate(sessions):
        yield (b"," if place else b',"subEvent":[') + _escaped(encode_json(writer.session(session)))
    yield b"]}" if sessions else b"}"


def _escaped(document: bytes) -> bytes:
    """Return JSON without the characters that end a script or begin a comment, which only its strings can hold.

    No text of an event has a line separator (U+2028 and U+2029), at which older scripts break.
    """
    return document.replace(b"<", rb"\u003c").replace(b">", rb"\u003e").replace(b"&", rb"\u0026")
