"""`to_jsonld`: an event and its sessions as a JSON-LD document, which may be put into a web page."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Final, Literal

from attrs import evolve
from msgspec.json import Encoder

from wtisd_model.jsonld.cpev import CpevWriter
from wtisd_model.jsonld.schema_org import SchemaOrgWriter
from wtisd_model.model.event import Event, announced_sessions
from wtisd_model.model.session import Session
from wtisd_model.programme.announced import joined_pieces, require_announced
from wtisd_model.programme.format import Fields, Format, listed
from wtisd_model.types.arguments import parse_enum
from wtisd_model.types.language import require_language

_NEITHER: Final = listed(
    Call="address_unknown needs_approval pending_counts questions waitlist",
    Contact="id language",
    Event="changed_sequence color created extensions history minimum_sequence provenance retention_days sequence "
    "updated",
    Session="changed_sequence code extensions history recording",
)
"""The fields that neither vocabulary has a property for."""


def _nor(**names: str) -> Fields:
    return _NEITHER | {cls: fields | _NEITHER.get(cls, frozenset()) for cls, fields in listed(**names).items()}


FORMAT: Final = Format(
    name="jsonld",
    media_type="application/ld+json",
    extension=".jsonld",
    as_text=listed(
        Contact="roles",
        Document="addressees",
        Event="audience theme venue_to_follow",
        Session="inherited_places kind track",
        TimeSlot="time_zone",
    ),
    not_carried=_nor(
        Deadline="time_zone",
        Document="signed",
        LocalizedText="language translations",
        Organization="membership",
        Series="edition next previous",
        VirtualLocation="features",
    ),
)
"""What is carried in schema.org's words."""

CPEV_FORMAT: Final = evolve(
    FORMAT,
    name="cpev",
    as_text=listed(
        Event="theme venue_to_follow virtual_locations",
        Session="inherited_places track virtual_locations",
        TimeSlot="time_zone",
    ),
    not_carried=_nor(
        Call="deadline email kind languages on_site_capacity opens remote_capacity",
        Contact="job_title organization",
        Event="documents image previous_slots short_title",
        Location="capacity id latitude longitude",
        Organization="acronym unit",
        Session="materials on_site_capacity previous_slots remote_capacity",
    ),
)
"""What is carried in the words of the Core Public Event Vocabulary."""


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
    writer = (SchemaOrgWriter if known is None else CpevWriter)(event, slot, tag)
    return joined_pieces(_pieces(writer, announced_sessions(event) if sessions else ()))


def _pieces(writer: SchemaOrgWriter | CpevWriter, sessions: Iterable[Session]) -> Iterator[bytes]:
    """Yield the document in pieces: a session repeats places, so the whole may be too large to be made at once."""
    encode = Encoder(decimal_format="number").encode
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
