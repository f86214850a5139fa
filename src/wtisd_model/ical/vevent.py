"""An event and its sessions as the properties of VEVENTs, for feeds and messages alike.

`entry_context` makes once what all VEVENTs of an event have in common; `calendar_entry` returns the properties of one
in a fixed order. The caller adds its own: a color and reminders in a feed, attendees in a message.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final

from attrs import field, frozen

from wtisd_model.codes import Code
from wtisd_model.findings import ExportError, finding
from wtisd_model.ical.component import Component, Property
from wtisd_model.ical.times import slot_properties, stamp_property
from wtisd_model.ical.values import (
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
from wtisd_model.locales import locale_for
from wtisd_model.locales.locale import Locale
from wtisd_model.model.event import Event, places_of
from wtisd_model.model.places import Places
from wtisd_model.model.session import EventStatus, Session
from wtisd_model.programme.announced import slot_of_announced
from wtisd_model.programme.languages import ProgrammeLanguages
from wtisd_model.programme.people import people_named, roles_on_stage
from wtisd_model.programme.places import address_of, links_of, room_of, virtual_name
from wtisd_model.programme.texts import categories, description_of, document_label, texts_about
from wtisd_model.types.document import Document
from wtisd_model.types.language import TaggedText
from wtisd_model.types.location import Location, VirtualLocation
from wtisd_model.types.moment import moment_in_utc
from wtisd_model.types.people import Role
from wtisd_model.types.timeslot import TimeSlot
from wtisd_model.types.uid import name_based_uid

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

    language: str | None
    """The reader's language; None for the one that each text was written in."""
    utc: bool
    slot: TimeSlot
    words: Locale
    announces: bool
    """True if the readers have not registered yet, so that they are told how to take part."""
    is_copy: bool
    """True if the texts are those of a message from others, which have the status and the links already."""
    html: bool
    """Whether descriptions are written as HTML too."""
    structured: bool
    """Whether people and places are written as components too."""
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
    *,
    stamped: datetime | None,
    language: str | None,
    utc: bool,
    places: Places | None = None,
    remote_first: bool = False,
    announces: bool = False,
    is_copy: bool = False,
    html: bool = False,
    structured: bool = False,
) -> EntryContext:
    """Return the options of the VEVENTs of *event*, and the properties that they share.

    Args:
        event: not a draft, which is not announced.
        languages: what is spoken and, if that is known, interpreted.
        stamped: when this is written, aware (RFC 5545 section 3.8.7.2); None for when the event was updated.
        language: the language of texts, a tag in canonical form; None for the originals.
        utc: write all times in UTC.
        places: the places of the event for the readers; by default all of them.
        remote_first: name virtual locations before the others.
        announces: say how people who have not registered can take part.
        is_copy: write descriptions as they are, without the status, the people and the links.
        html: write descriptions as HTML too.
        structured: write people and places as components too.

    Raises:
        ExportError: ``event-without-slot`` for a draft; ``stamp-missing``; what the ``encode`` functions refuse.
        InvalidValueError: ``moment-naive``, ``moment-unreadable`` or ``wrong-type`` for *stamped*.
    """
    slot, words = slot_of_announced(event), locale_for(language or event.title.language)
    here = places_of(event) if places is None else places
    return EntryContext(
        language=language,
        utc=utc,
        slot=slot,
        words=words,
        announces=announces,
        is_copy=is_copy,
        html=html,
        structured=structured,
        revision=tuple(_revision(event, stamped)),
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
    properties: list[Property] = field(repr=False)
    components: tuple[Component, ...] = field(repr=False)
    """PARTICIPANT and VLOCATION."""


def calendar_entry(
    event: Event,
    session: Session | None,
    context: EntryContext,
    *,
    status: EventStatus | None,
    transparent: bool = False,
) -> ExportedEntry:
    """Return the VEVENT of a session, or that of the event itself.

    Args:
        event: that of *context*.
        session: the session; None for the event.
        context: what `entry_context` returned.
        status: written as STATUS; None to leave it out.
        transparent: True if something else, such as its sessions, takes a person's time.
    """
    thing, language, words = session or event, context.language, context.words
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
    description = text_property("DESCRIPTION", paragraphs, _BETWEEN_PARAGRAPHS)
    if context.html and description:
        from wtisd_model.ical.html import with_html  # few programs write it

        description = with_html(description[0], paragraphs)
    properties = [
        Property("UID", encode_text(uid)),
        *context.revision,
        Property("SEQUENCE", encode_integer(sequence)),
        *([] if session is None else [context.parent]),
        *([] if status is None else [_STATUS[status]]),
        *([TRANSPARENT] if transparent else []),
        *slot_properties(slot, utc=context.utc),
        *text_property("SUMMARY", [title]),
        *description,
        *where,
        *_labels(event, session, context),
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
        properties=properties,
        components=tuple(_components(context, uid, session, places)) if context.structured else (),
    )


def _components(context: EntryContext, uid: str, session: Session | None, places: Places) -> Iterator[Component]:
    if session is not None:
        yield from _participants(session, uid)
    yield from _vlocations(places.locations, uid, context.language)


def _participants(session: Session, uid: str) -> Iterator[Component]:
    """Yield a PARTICIPANT for each person; *uid* is that of the session in calendars.

    The type says only that a person speaks or takes part, so the roles are categories. There is no CALENDAR-ADDRESS.

    Source: RFC 9073 sections 6.2 and 7.1.
    """
    for number, person in enumerate(people_named(session)):
        name = person.name or ""
        speaks = not person.roles.isdisjoint(_SPEAKING)
        about = ", ".join(part for part in (person.job_title, person.organization) if part is not None)
        yield Component(
            "PARTICIPANT",
            [
                Property("UID", encode_text(name_based_uid(f"PARTICIPANT {number} {uid} {name}"))),
                Property("PARTICIPANT-TYPE", encode_keyword("SPEAKER" if speaks else "ACTIVE")),
                Property("SUMMARY", encode_text(name)),
                *([Property("DESCRIPTION", encode_text(about))] if about else []),
                *([Property("CATEGORIES", encode_text_list(roles_on_stage(person)))] if person.roles else []),
            ],
        )


_SPEAKING: Final = (Role.KEYNOTE, Role.SPEAKER, Role.PANELLIST)


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


def _labels(event: Event, session: Session | None, context: EntryContext) -> Iterator[Property]:
    """Yield URL and CATEGORIES and, for `from_ical`, the kind of a session and, beside a uid of its own, its id."""
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
    for contact in people_named(event):
        parts = (contact.name, contact.email, contact.phone)
        yield Property("CONTACT", encode_text(", ".join(part for part in parts if part is not None)))
    if event.image is not None:
        yield Property("IMAGE", encode_uri(event.image), {"VALUE": ("URI",)})


def _where(places: Places, language: str | None, words: Locale, *, remote_first: bool) -> Iterator[Property]:
    """Yield LOCATION, GEO and CONFERENCE.

    For remote readers, LOCATION names the first virtual location before the others, since calendar programs show it;
    and there is no GEO, from which they compute a journey.
    """
    virtual = places.virtual_locations
    conferences = [_conference(place, place.uri, language) for place in virtual if place.uri is not None]
    addresses = [_address(location, language) for location in places.locations]
    if remote_first and virtual:
        links = links_of(places, language, words)
        first = (links[0][1], links[0][0][1]) if links else virtual_name(virtual[0], language, words)
        yield from conferences
        yield from text_property("LOCATION", [first, *addresses], _BETWEEN_LOCATIONS)
        return
    yield from text_property("LOCATION", addresses, _BETWEEN_LOCATIONS)
    yield from _position(places.locations)
    yield from conferences


def _vlocations(locations: Iterable[Location], uid: str, language: str | None) -> Iterator[Component]:
    """Yield a VLOCATION for each location of an entry, named by its room if it has one; *uid* is that of the entry.

    Source: RFC 9073 section 7.2.
    """
    for number, location in enumerate(locations):
        text, tag = _address(location, language)
        name, _ = room_of(location, language).name
        yield Component(
            "VLOCATION",
            [
                Property("UID", encode_text(name_based_uid(f"VLOCATION {number} {uid} {location.name.text}"))),
                *text_property("NAME", [(name, tag)]),
                *text_property("DESCRIPTION", [(text, tag)]),
                *_position([location]),
            ],
        )


def _address(location: Location, language: str | None) -> TaggedText:
    name, tag = location.name.in_language(language)
    return ", ".join([name, *address_of(location)]), tag


def _position(locations: Sequence[Location]) -> list[Property]:
    # GEO occurs once at most (RFC 5545 section 3.6.1): that of the first location with a position.
    for each in locations:
        if each.latitude is not None and each.longitude is not None:
            return [Property("GEO", encode_geo(each.latitude, each.longitude))]
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
    for each in documents:
        if each.url is not None:
            label, tag = document_label(each, language, words)
            yield Property("ATTACH", encode_uri(each.url), {"LABEL": (label,), "LANGUAGE": (tag,)})
