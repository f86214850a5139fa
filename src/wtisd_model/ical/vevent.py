"""An event and its sessions as the properties of VEVENTs, for feeds and messages alike.

`entry_context` makes once what all VEVENTs of an event have in common; `calendar_entry` returns the properties of one
in a fixed order. The caller adds its own: a color and reminders in a feed, attendees in a message.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final

from attrs import field, frozen

from wtisd_model.codes import Code
from wtisd_model.contentlines.component import Property
from wtisd_model.contentlines.values import (
    encode_cal_address,
    encode_date_time_utc,
    encode_geo,
    encode_integer,
    encode_keyword,
    encode_text,
    encode_text_list,
    encode_uri,
    text_property,
)
from wtisd_model.errors import ExportError
from wtisd_model.findings import finding
from wtisd_model.ical.calendar import CalendarOptions
from wtisd_model.ical.times import slot_properties, stamp_property
from wtisd_model.locales import locale_for
from wtisd_model.locales.locale import Locale
from wtisd_model.model.event import Event, places_of
from wtisd_model.model.places import Places
from wtisd_model.model.session import EventStatus, Session
from wtisd_model.programme.announced import slot_of_announced
from wtisd_model.programme.languages import ProgrammeLanguages
from wtisd_model.programme.people import contacts_of
from wtisd_model.programme.places import address_of, joined_address, links_of, virtual_name
from wtisd_model.programme.texts import categories, description_of, document_label, texts_about
from wtisd_model.types.document import Document
from wtisd_model.types.language import TaggedText
from wtisd_model.types.location import Location, VirtualLocation
from wtisd_model.types.timeslot import TimeSlot

_STATUS: Final = {
    EventStatus.SCHEDULED: Property("STATUS", encode_keyword("CONFIRMED")),
    EventStatus.POSTPONED: Property("STATUS", encode_keyword("TENTATIVE")),
    EventStatus.CANCELLED: Property("STATUS", encode_keyword("CANCELLED")),
}

TRANSPARENT: Final = Property("TRANSP", encode_keyword("TRANSPARENT"))

_BETWEEN_PARAGRAPHS: Final = "\n\n"
_BETWEEN_LOCATIONS: Final = "; "  # Outlook splits locations at semicolons


@frozen(kw_only=True)
class EntryContext:
    """The options of an event's VEVENTs, and the properties that they share."""

    event: Event = field(repr=False)
    """Not a draft."""
    options: CalendarOptions
    language: str | None
    """The reader's language; None for the one that each text was written in."""
    slot: TimeSlot
    words: Locale
    announces: bool
    """True if the readers have not registered yet, so that they are told how to take part."""
    is_copy: bool
    """True if the texts are those of a message from others, which have the status and the links already."""
    stamped: datetime
    """When this is written."""
    revision: tuple[Property, ...] = field(repr=False)
    """DTSTAMP, CREATED and LAST-MODIFIED."""
    remote_first: bool
    """Whether the reader takes part remotely."""
    places: Places = field(repr=False)
    """The places of the event, as far as its readers take part in it."""
    where: tuple[Property, ...] = field(repr=False)
    """The same as properties, also for sessions without places of their own."""
    details: tuple[Property, ...] = field(repr=False)
    """ORGANIZER, CONTACT and IMAGE, the same for sessions as for their event."""
    languages: ProgrammeLanguages = field(repr=False)
    """The languages spoken at the event and its sessions, and those interpreted into."""
    parent: Property = field(repr=False)
    """The RELATED-TO of a session."""


def entry_context(
    event: Event,
    languages: ProgrammeLanguages,
    options: CalendarOptions,
    language: str | None,
    *,
    places: Places | None = None,
    remote_first: bool = False,
    announces: bool = False,
    is_copy: bool = False,
) -> EntryContext:
    """Return what the VEVENTs of *event* share; by default its readers take part in all of its places.

    Raises:
        ExportError: ``event-without-slot`` for a draft; ``stamp-missing``; what the ``encode`` functions refuse.
    """
    slot, words = slot_of_announced(event), locale_for(language or event.title.language)
    stamped = options.stamped or event.updated
    if stamped is None:
        raise ExportError(finding(Code.STAMP_MISSING, "/stamped"))
    here = places_of(event) if places is None else places
    changes = list[Property]()
    if event.created is not None:
        changes.append(Property("CREATED", encode_date_time_utc(event.created)))
    if event.updated is not None:
        changes.append(Property("LAST-MODIFIED", encode_date_time_utc(event.updated)))
    return EntryContext(
        event=event,
        options=options,
        language=language,
        slot=slot,
        words=words,
        announces=announces,
        is_copy=is_copy,
        stamped=stamped,
        revision=(stamp_property(stamped), *changes),
        remote_first=remote_first,
        places=here,
        where=tuple(_where(here, language, words, remote_first=remote_first)),
        details=tuple(_details(event, language)),
        languages=languages,
        # RELTYPE is PARENT where it is not said (RFC 5545 section 3.2.15).
        parent=Property("RELATED-TO", encode_text(event.uid)),
    )


@frozen(kw_only=True)
class ExportedEntry:
    """One VEVENT: its properties, and the same in words."""

    uid: str
    sequence: int
    slot: TimeSlot
    title: TaggedText
    about: tuple[TaggedText, ...]
    """What it is about, paragraph by paragraph."""
    languages: tuple[tuple[str, str], ...]
    """Labels, each with a text: the languages spoken, and those interpreted into."""
    places: Places
    paragraphs: list[TaggedText]
    """All of its description."""
    properties: list[Property] = field(repr=False)


# Why: docs/decisions/0032
def calendar_entry(
    session: Session | None, context: EntryContext, *, status: EventStatus | None, transparent: bool = False
) -> ExportedEntry:
    """Return the VEVENT of a session, or that of the event itself, with a STATUS unless that is None.

    It is transparent if something else, such as its sessions, takes a person's time.
    """
    event, language, words = context.event, context.language, context.words
    thing = session or event
    uid = event.uid if session is None else session.export_uid(event.uid)
    sequence = event.entry_sequence(session)
    slot = context.slot if session is None else session.slot
    title = thing.title.in_language(language)
    places, where = context.places if session is None else places_of(event, session), context.where
    if places != context.places:
        where = tuple(_where(places, language, words, remote_first=context.remote_first))
    if session is None:
        documents = event.documents
    else:
        # Everybody would get a mail for each file that is added, so they are only where programs fetch them.
        documents = session.materials if context.announces or context.is_copy else ()
    languages: tuple[tuple[str, str], ...] = ()
    if context.is_copy:
        paragraphs = [*texts_about(event, session, language)]
        about = tuple(paragraphs)
    else:
        said = description_of(
            event,
            session,
            context.languages,
            places=places,
            documents=documents,
            status=status,
            language=language,
            words=words,
            announces=context.announces,
        )
        about, languages = (*said.about, *said.terms), said.languages
        paragraphs = [*said.paragraphs(remote_first=context.remote_first)]
    properties = [
        Property("UID", encode_text(uid)),
        *context.revision,
        Property("SEQUENCE", encode_integer(sequence)),
        *([] if session is None else [context.parent]),
        *([] if status is None else [_STATUS[status]]),
        *([TRANSPARENT] if transparent else []),
        *slot_properties(slot, utc=context.options.utc),
        *text_property("SUMMARY", [title]),
        *text_property("DESCRIPTION", paragraphs, _BETWEEN_PARAGRAPHS),
        *where,
        *_labels(session, context),
        *context.details,
        *(_attachments(documents, language, words) if documents else ()),
    ]
    return ExportedEntry(
        uid=uid,
        sequence=sequence,
        slot=slot,
        title=title,
        about=about,
        languages=languages,
        places=places,
        paragraphs=paragraphs,
        properties=properties,
    )


def organizer_property(event: Event, language: str | None) -> list[Property]:
    """Return ORGANIZER; nothing if there is no organizer, or no e-mail address, which is its value."""
    organizer = event.organizer
    if organizer is None or organizer.email is None:
        return []
    name, tag = organizer.name.in_language(language)
    return [Property("ORGANIZER", encode_cal_address(organizer.email), {"CN": (name,), "LANGUAGE": (tag,)})]


def _labels(session: Session | None, context: EntryContext) -> Iterator[Property]:
    """Yield URL and CATEGORIES and, for `from_ical`, the kind of a session and, beside a uid of its own, its id."""
    event = context.event
    url = event.url if session is None else session.url or event.url
    if url is not None:
        yield Property("URL", encode_uri(url))
    named = categories(event, session, context.words)
    if named:
        yield Property("CATEGORIES", encode_text_list(named))
    if session is not None and session.kind is not None:
        yield Property("X-WTISD-KIND", encode_keyword(session.kind))
    if session is not None and session.uid is not None and context.announces:
        yield Property("X-WTISD-ID", encode_text(session.id))


def _details(event: Event, language: str | None) -> Iterable[Property]:
    yield from organizer_property(event, language)
    for contact in contacts_of(event):
        said = ", ".join(filter(None, (contact.name, contact.email, contact.phone)))
        yield Property("CONTACT", encode_text(said))
    if event.image is not None:
        yield Property("IMAGE", encode_uri(event.image), {"VALUE": ("URI",)})


def _where(places: Places, language: str | None, words: Locale, *, remote_first: bool) -> Iterator[Property]:
    """Yield LOCATION, GEO and CONFERENCE.

    For remote readers, LOCATION names the first virtual location before the others, since calendar programs show it;
    and there is no GEO, from which they compute a journey.
    """
    virtual = places.virtual_locations
    conferences = [_conference(place, place.uri, language) for place in virtual if place.uri is not None]
    addresses = [address_text(location, language) for location in places.locations]
    if remote_first and virtual:
        links = links_of(places, language, words)
        first = (links[0][1], links[0][0][1]) if links else virtual_name(virtual[0], language, words)
        yield from conferences
        yield from text_property("LOCATION", [first, *addresses], _BETWEEN_LOCATIONS)
        return
    yield from text_property("LOCATION", addresses, _BETWEEN_LOCATIONS)
    yield from position_property(places.locations)
    yield from conferences


def address_text(location: Location, language: str | None) -> TaggedText:
    """Return a location as LOCATION names it: with its room, address and town."""
    name, tag = location.name.in_language(language)
    return joined_address(name, *address_of(location)), tag


def position_property(locations: Sequence[Location]) -> list[Property]:
    """Return GEO of the first location with a position, if there is one: it occurs once at most (section 3.6.1)."""
    for location in locations:
        if location.latitude is not None and location.longitude is not None:
            return [Property("GEO", encode_geo(location.latitude, location.longitude))]
    return []


def _conference(virtual: VirtualLocation, address: str, language: str | None) -> Property:
    # "VALUE" has no default here (RFC 7986 section 5.11), and it takes FEATURE, LABEL and LANGUAGE.
    parameters: dict[str, tuple[str, ...]] = {"VALUE": ("URI",)}
    if virtual.features:
        parameters["FEATURE"] = tuple(sorted(each.upper() for each in virtual.features))
    if virtual.name is not None:
        label, tag = virtual.name.in_language(language)
        parameters |= {"LABEL": (label,), "LANGUAGE": (tag,)}
    return Property("CONFERENCE", encode_uri(address), parameters)


def _attachments(documents: Iterable[Document], language: str | None, words: Locale) -> Iterator[Property]:
    """Yield an ATTACH for each document with a web address.

    There is no FMTTYPE: a document has no media type, and the end of an address promises none.

    Source: RFC 5545 section 3.8.1.1; RFC 7986 section 6.4 (LABEL).
    """
    for document in documents:
        if document.url is not None:
            label, tag = document_label(document, language, words)
            yield Property("ATTACH", encode_uri(document.url), {"LABEL": (label,), "LANGUAGE": (tag,)})
