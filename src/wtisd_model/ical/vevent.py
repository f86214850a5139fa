"""An event and its sessions as the properties of VEVENTs, for feeds and messages alike.

`shared` makes once what all VEVENTs of an event have in common; `event_entry` and `session_entry` return the properties
of one in a fixed order. The caller adds its own: a color and reminders in a feed, attendees in a message.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from attrs import field, frozen

from wtisd_model.codes import Code
from wtisd_model.findings import ExportError, finding
from wtisd_model.ical.location import Venue, venue
from wtisd_model.ical.participation import how_to_take_part
from wtisd_model.ical.property import Property
from wtisd_model.ical.times import slot_properties, stamp_property
from wtisd_model.ical.values import (
    encode_cal_address,
    encode_date_time_utc,
    encode_integer,
    encode_keyword,
    encode_text,
    encode_text_list,
    encode_uri,
    text_property,
)
from wtisd_model.locales import locale_for
from wtisd_model.locales.locale import Locale
from wtisd_model.model.call import Call
from wtisd_model.model.event import Event, places_of
from wtisd_model.model.session import EventStatus, Session
from wtisd_model.types.language import LocalizedText, TaggedText
from wtisd_model.types.location import VirtualLocation
from wtisd_model.types.moment import moment_in_utc
from wtisd_model.types.people import Role
from wtisd_model.types.timeslot import TimeSlot

_STATUS: Final = {
    EventStatus.SCHEDULED: Property("STATUS", encode_keyword("CONFIRMED")),
    EventStatus.POSTPONED: Property("STATUS", encode_keyword("TENTATIVE")),
    EventStatus.CANCELLED: Property("STATUS", encode_keyword("CANCELLED")),
}

_TRANSPARENT: Final = Property("TRANSP", encode_keyword("TRANSPARENT"))

_BETWEEN_PARAGRAPHS: Final = "\n\n"


@frozen(kw_only=True)
class Shared:
    """The properties that all VEVENTs of an event share, and the options for the others."""

    language: str | None
    """The reader's language; None for the one that each text was written in."""
    utc: bool
    slot: TimeSlot
    words: Locale
    announces: bool
    """True if the readers have not registered yet, so that they are told how to take part."""
    is_copy: bool
    """True if the texts are those of a message from others, which have the status and the links already."""
    revision: tuple[Property, ...] = field(repr=False)
    """DTSTAMP, CREATED and LAST-MODIFIED."""
    venue: Venue = field(repr=False)
    """The places of the event, and of its sessions without places of their own."""
    labels: tuple[Property, ...] = field(repr=False)
    """URL and CATEGORIES of the event, and of its sessions without a page and a track of their own."""
    details: tuple[Property, ...] = field(repr=False)
    """ORGANIZER, CONTACT and IMAGE, the same for sessions as for their event."""
    parent: Property = field(repr=False)
    """The RELATED-TO of a session."""


def shared(
    event: Event,
    *,
    stamped: datetime | None,
    language: str | None,
    utc: bool,
    remote_first: bool = False,
    announces: bool = False,
    is_copy: bool = False,
) -> Shared:
    """Return the properties that all VEVENTs of *event* share.

    Args:
        event: not a draft, which is not announced.
        stamped: when this is written, aware (RFC 5545 section 3.8.7.2); None for when the event was updated.
        language: the language of texts, a tag in canonical form; None for the originals.
        utc: write all times in UTC.
        remote_first: name virtual locations before the others.
        announces: say how people who have not registered can take part.
        is_copy: write descriptions as they are, without the status and the links.

    Raises:
        ExportError: ``event-without-slot`` for a draft; ``stamp-missing``; what the ``encode`` functions refuse.
        InvalidValueError: ``moment-naive``, ``moment-unreadable`` or ``wrong-type`` for *stamped*.
    """
    if event.slot is None:
        raise ExportError(finding(Code.EVENT_WITHOUT_SLOT, "/slot"))
    if event.status is EventStatus.DRAFT:
        raise ExportError(finding(Code.EVENT_WITHOUT_SLOT, "/status"))
    words = locale_for(language or event.title.language)
    return Shared(
        language=language,
        utc=utc,
        slot=event.slot,
        words=words,
        announces=announces,
        is_copy=is_copy,
        revision=tuple(_revision(event, stamped)),
        venue=venue(places_of(event), language=language, words=words, remote_first=remote_first),
        labels=tuple(_labels(event.url, event.keywords)),
        details=tuple(_details(event, language)),
        # RELTYPE is PARENT where it is not said (RFC 5545 section 3.2.15).
        parent=Property("RELATED-TO", encode_text(event.uid)),
    )


@frozen(kw_only=True)
class Entry:
    """One VEVENT: its properties, and the same in words."""

    uid: str
    sequence: int
    slot: TimeSlot
    title: TaggedText
    about: tuple[TaggedText, ...]
    """What it is about, paragraph by paragraph."""
    venue: Venue
    properties: list[Property] = field(repr=False)


def event_entry(event: Event, common: Shared, *, status: EventStatus | None, transparent: bool) -> Entry:
    """Return the VEVENT of the event itself.

    Args:
        event: that of *common*.
        common: what `shared` returned.
        status: written as STATUS; None to leave it out.
        transparent: True if something else, such as its sessions, takes a person's time.
    """
    return _entry(
        common,
        uid=event.uid,
        sequence=event.entry_sequence(),
        slot=common.slot,
        title=event.title,
        about=(event.theme, event.description),
        virtual=event.virtual_locations,
        calls=event.calls,
        where=common.venue,
        status=status,
        sentences=common.words.event,
        transparent=transparent,
        parent=[],
        labels=common.labels,
    )


def session_entry(
    event: Event, session: Session, common: Shared, *, status: EventStatus | None, transparent: bool = False
) -> Entry:
    """Return the VEVENT of one session of *event*, as `event_entry` does that of the event."""
    where, places, labels = common.venue, places_of(event, session), common.labels
    if places != places_of(event):
        where = venue(places, language=common.language, words=common.words, remote_first=where.remote_first)
    if session.url is not None or session.track is not None:
        track = () if session.track is None else (session.track,)
        labels = tuple(_labels(session.url or event.url, event.keywords.union(track)))
    return _entry(
        common,
        uid=session.export_uid(event.uid),
        sequence=event.entry_sequence(session),
        slot=session.slot,
        title=session.title,
        about=(session.description,),
        virtual=places.virtual_locations,
        calls=(),  # they are for the event as a whole
        where=where,
        status=status,
        sentences=common.words.session,
        transparent=transparent,
        parent=[common.parent],
        labels=labels,
    )


def _entry(
    common: Shared,
    *,
    uid: str,
    sequence: int,
    slot: TimeSlot,
    title: LocalizedText,
    about: Iterable[LocalizedText | None],
    virtual: Sequence[VirtualLocation],
    calls: Iterable[Call],
    where: Venue,
    status: EventStatus | None,
    sentences: Mapping[str, str],
    transparent: bool,
    parent: list[Property],
    labels: tuple[Property, ...],
) -> Entry:
    called = title.in_language(common.language)
    texts = [each.in_language(common.language) for each in about if each is not None]
    if common.announces and status is EventStatus.SCHEDULED:
        texts += how_to_take_part(virtual, calls, zone=slot.time_zone, words=common.words)
    paragraphs = texts if common.is_copy else [*where.described(texts)]
    if not common.is_copy and (status is EventStatus.CANCELLED or status is EventStatus.POSTPONED):
        paragraphs.insert(0, (sentences[status], common.words.language))
    properties = [
        Property("UID", encode_text(uid)),
        *common.revision,
        Property("SEQUENCE", encode_integer(sequence)),
        *parent,
        *([] if status is None else [_STATUS[status]]),
        *([_TRANSPARENT] if transparent else []),
        *slot_properties(slot, utc=common.utc),
        *text_property("SUMMARY", [called]),
        *text_property("DESCRIPTION", paragraphs, _BETWEEN_PARAGRAPHS),
        *where.properties,
        *labels,
        *common.details,
    ]
    return Entry(
        uid=uid,
        sequence=sequence,
        slot=slot,
        title=called,
        about=tuple(texts),
        venue=where,
        properties=properties,
    )


def announced(event: Event) -> list[Session]:
    """Return the announced sessions: all but drafts."""
    return [session for session in event.sessions if session.status is not EventStatus.DRAFT]


def _revision(event: Event, stamped: datetime | None) -> Iterable[Property]:
    stamp = event.updated if stamped is None else moment_in_utc(stamped, "/stamped")
    if stamp is None:
        raise ExportError(finding(Code.STAMP_MISSING, "/stamped"))
    yield stamp_property(stamp)
    if event.created is not None:
        yield Property("CREATED", encode_date_time_utc(event.created))
    if event.updated is not None:
        yield Property("LAST-MODIFIED", encode_date_time_utc(event.updated))


def organizer_property(event: Event, language: str | None) -> list[Property]:
    """Return ORGANIZER; nothing if there is no organizer, or no e-mail address, which is its value."""
    organizer = event.organizer
    if organizer is None or organizer.email is None:
        return []
    name, tag = organizer.name.in_language(language)
    return [Property("ORGANIZER", encode_cal_address(organizer.email), {"CN": (name,), "LANGUAGE": (tag,)})]


def _labels(url: str | None, words: frozenset[str]) -> Iterable[Property]:
    if url is not None:
        yield Property("URL", encode_uri(url))
    if words:
        yield Property("CATEGORIES", encode_text_list(sorted(words)))


def _details(event: Event, language: str | None) -> Iterable[Property]:
    yield from organizer_property(event, language)
    for each in event.contacts:
        if Role.CONTACT in each.roles:
            name_and_address = ", ".join(part for part in (each.name, each.email) if part is not None)
            yield Property("CONTACT", encode_text(name_and_address))
    if event.image is not None:
        yield Property("IMAGE", encode_uri(event.image), {"VALUE": ("URI",)})
