"""`to_jsonld`: an event and its sessions as JSON-LD, in schema.org's words or in those of the European Union.

The latter are the Core Public Event Vocabulary 1.1.1 of SEMIC. All its properties may be absent and may be repeated. So
an event that lacks some of them is still one in its words.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Final, Literal
from urllib.parse import quote
from uuid import UUID

from attrs import evolve
from msgspec.json import Encoder

from wtisd_model.data.languages import LONG_TO_SHORT
from wtisd_model.locales import locale_for
from wtisd_model.model.call import Call, CallKind
from wtisd_model.model.dossier import Dossier, event_and_requests
from wtisd_model.model.event import Event, announced_sessions, places_of, session_status
from wtisd_model.model.places import Places
from wtisd_model.model.session import EventStatus, Session
from wtisd_model.programme.announced import joined_pieces, require_announced
from wtisd_model.programme.format import Fields, Format, listed
from wtisd_model.programme.people import contacts_of, people_named, roles_in_words
from wtisd_model.programme.places import address_of
from wtisd_model.rules.schedule import floor_languages
from wtisd_model.types.arguments import parse_enum
from wtisd_model.types.attendance import AttendanceMode, SeatLimits
from wtisd_model.types.document import Document, DocumentReference
from wtisd_model.types.language import LocalizedText, require_language
from wtisd_model.types.location import Location, VirtualLocation
from wtisd_model.types.moment import moment_text
from wtisd_model.types.people import Contact, Membership, Organization, Role
from wtisd_model.types.series import Series
from wtisd_model.types.timeslot import TimeSlot

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
    known = None if profile is None else parse_enum(_Profile, profile, "/profile")
    tag = require_language(language)
    writer = (SchemaOrgWriter if known is None else CpevWriter)(the_event, slot, tag)
    return joined_pieces(_pieces(writer, announced_sessions(the_event) if sessions else ()))


def _pieces(writer: "SchemaOrgWriter | CpevWriter", sessions: Iterable[Session]) -> Iterator[bytes]:
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


# What both vocabularies write in the same way


Node = dict[str, object]
"""A node object: its members by name."""

# A URN (RFC 8141). A web address is rather that of a page about the event.
_URN: Final = re.compile(r"urn:(?:[A-Za-z0-9._~:/?#@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+")
_UUID: Final = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def node(kind: str, iri: str | None = None, /, **values: object) -> Node:
    """Return a node of a type, with those of its *values* that say something: not None, and not empty."""
    head = {"@type": kind} if iri is None else {"@type": kind, "@id": iri}
    return head | {name: value for name, value in values.items() if not _is_empty(value)}


def _is_empty(value: object) -> bool:
    return value in (None, "", [], {}) or (isinstance(value, dict) and value.keys() == {"@type"})


def one_or_list(values: list[object]) -> object:
    """Return a single value itself, which every reader expects, and several as a list."""
    return values[0] if len(values) == 1 else values


def iri_of(uid: str) -> str | None:
    """Return the URN that a uid is, or that of a UUID (RFC 9562 section 4); None for any other uid."""
    if _UUID.fullmatch(uid):
        return UUID(uid).urn
    return uid if _URN.fullmatch(uid) else None


def goal_iri(goal: str) -> str:
    """Return the IRI that the United Nations gave to a Sustainable Development Goal or one of its targets."""
    return f"http://metadata.un.org/sdg/{goal}"


STATUS: Final = {
    EventStatus.CANCELLED: "https://schema.org/EventCancelled",
    EventStatus.POSTPONED: "https://schema.org/EventPostponed",
    EventStatus.SCHEDULED: "https://schema.org/EventScheduled",
}
"""The EventStatusType of an event that was not rescheduled."""

RESCHEDULED: Final = "https://schema.org/EventRescheduled"

MODE: Final[Mapping[AttendanceMode | None, str | None]] = {
    None: None,
    AttendanceMode.ON_SITE: "https://schema.org/OfflineEventAttendanceMode",
    AttendanceMode.REMOTE: "https://schema.org/OnlineEventAttendanceMode",
    AttendanceMode.MIXED: "https://schema.org/MixedEventAttendanceMode",
}
"""The EventAttendanceModeEnumeration; None without a place, as a cancelled session may be."""

# What people are asked to do, and its object: an Offer or a Demand has a time of availability, an Action has none.
_ACTIONS: Final = {
    CallKind.INTERPRETATION: ("AskAction", "Offer"),
    CallKind.PLEDGE: ("DonateAction", "Demand"),
    CallKind.REGISTRATION: ("RegisterAction", "Offer"),
}


class SchemaOrgWriter:
    """A writer of one event for readers of one language."""

    def __init__(self, event: Event, slot: TimeSlot, language: str | None) -> None:
        """Prepare what the event and its sessions share, for texts in a language; None stands for the originals."""
        self._event = event
        self._slot = slot
        self._language = language
        self._words = locale_for(language or event.title.language)
        self._places = places_of(event)
        self._location = self._located(self._places)

    def event(self) -> Node:
        """Return the Event, without its sessions."""
        event = self._event
        seats = event.call(CallKind.REGISTRATION)
        return {"@context": "https://schema.org"} | self._entry(
            event,
            event.uid,
            self._slot,
            event.status,
            self._places,
            alternateName=event.short_title,
            description=self._paragraphs(event.theme, event.description, follows=event.venue_to_follow),
            keywords=sorted(event.keywords),
            about=[*self._about()],
            audience=self._audience(event.audience),
            image=event.image,
            organizer=self._organizer(),
            subjectOf=[*map(self._document, event.documents)],
            potentialAction=[*map(_action, event.calls)],
            superEvent=None if event.series is None else self._series(event.series),
            **({} if seats is None else _capacities(seats)),
        )

    def session(self, session: Session) -> Node:
        """Return the Event of an announced session."""
        event = self._event
        places = places_of(event, session)
        kind = None if session.kind is None else self._words.sessions[session.kind]
        return self._entry(
            session,
            session.export_uid(event.uid),
            session.slot,
            session_status(event, session),
            places,
            description=self._paragraphs(session.description, follows=places.venue_to_follow),
            keywords=[word for word in (session.track, kind) if word is not None],
            subjectOf=[*map(self._document, session.materials)],
            **self._people(session),
            **_capacities(session),
        )

    def _entry(
        self, thing: Event | Session, uid: str, slot: TimeSlot, status: EventStatus, places: Places, **values: object
    ) -> Node:
        # Google reads previousStartDate only if the event was rescheduled, and not if it was cancelled afterwards.
        before = thing.previous_slots if status is EventStatus.SCHEDULED else ()
        return node(
            "Event",
            iri_of(uid),
            identifier=uid,
            name=self._text(thing.title),
            startDate=slot.first_day.isoformat() if slot.whole_days else moment_text(slot.start),
            endDate=slot.last_day.isoformat() if slot.whole_days else moment_text(slot.end),
            eventStatus=RESCHEDULED if before else STATUS[status],
            # Its range is Date alone, without a time.
            previousStartDate=one_or_list([each.first_day.isoformat() for each in before]),
            eventAttendanceMode=MODE[places.mode],
            location=self._location if places == self._places else self._located(places),
            inLanguage=one_or_list([*floor_languages(self._event, thing if isinstance(thing, Session) else None)]),
            url=thing.url,
            **values,
        )

    def _text(self, text: LocalizedText | None) -> str | None:
        return None if text is None else text.in_language(self._language)[0]

    def _paragraphs(self, *texts: LocalizedText | None, follows: bool) -> str:
        found = [*map(self._text, texts), self._words.labels.venue_to_follow if follows else None]
        return "\n\n".join(text for text in found if text is not None)

    def _located(self, places: Places) -> object:
        return one_or_list(
            [*map(self._place, places.locations), *map(self._virtual_location, places.virtual_locations)]
        )

    def _place(self, place: Location) -> Node:
        seats = {"maximumAttendeeCapacity": place.capacity}
        return node(
            "Place",
            identifier=place.id,
            name=self._text(place.name),
            address=node(
                "PostalAddress",
                streetAddress=place.address,
                addressLocality=place.locality,
                addressCountry=place.country,
            ),
            geo=node("GeoCoordinates", latitude=place.latitude, longitude=place.longitude),
            # The capacity is that of the room.
            **(seats if place.room is None else {"containsPlace": node("Place", name=place.room, **seats)}),
        )

    def _virtual_location(self, place: VirtualLocation) -> Node:
        # Without a name and an address it would be empty.
        nameless = self._words.labels.remote_participation if place.uri is None else None
        return node("VirtualLocation", name=self._text(place.name) or nameless, url=place.uri)

    def _about(self) -> Iterator[Node]:
        for goal in sorted(self._event.goals):
            in_set = {"inDefinedTermSet": "http://metadata.un.org/sdg"}
            yield node("DefinedTerm", goal_iri(goal), name=f"SDG {goal}", termCode=goal, **in_set)
        for group in sorted(self._event.groups):
            yield node("DefinedTerm", name=self._words.choices["groups"][group], termCode=group.upper())

    def _audience(self, categories: Iterable[Membership]) -> list[Node]:
        return [node("Audience", audienceType=self._words.choices["membership"][each]) for each in sorted(categories)]

    def _organizer(self) -> Node:
        """Return the organizer with the people to contact, as calendars name them in CONTACT.

        Without a known organizer it has only these: a ContactPoint belongs to an organization, and not to an event.
        """
        organizer = self._event.organizer
        contacts = [
            node("ContactPoint", name=contact.name, email=contact.email, telephone=contact.phone)
            for contact in contacts_of(self._event)
        ]
        known = {} if organizer is None else self._organization(organizer)
        return known | node("Organization", contactPoint=contacts)

    def _organization(self, organization: Organization) -> Node:
        return node(
            "Organization",
            identifier=organization.identifier,
            name=self._text(organization.name),
            alternateName=organization.acronym,
            department=node("Organization", name=organization.unit),
            email=organization.email,
            address=node("PostalAddress", addressCountry=organization.country),
        )

    def _people(self, session: Session) -> dict[str, list[Node]]:
        """Return the people of a session by their part in it: a programme has their names, but not their addresses."""
        parts: dict[str, list[Node]] = {"performer": [], "contributor": []}
        for contact in people_named(session):
            # Hosts and rapporteurs are no performers. People without a role are taken for speakers.
            performs = not contact.roles or contact.roles - {Role.HOST, Role.RAPPORTEUR}
            parts["performer" if performs else "contributor"].append(self._person(contact))
        return parts

    def _person(self, contact: Contact) -> Node:
        return node(
            "Person",
            name=contact.name,
            description=roles_in_words(contact, self._words),
            jobTitle=contact.job_title,
            affiliation=node("Organization", name=contact.organization),
        )

    def _series(self, series: Series) -> Node:
        # Without an @id: a series has the uid of its first event, which is another thing.
        return node("EventSeries", identifier=series.uid, name=self._text(series.title))

    def _document(self, document: Document | DocumentReference) -> Node:
        return node(
            "DigitalDocument",
            identifier=document.symbol,
            name=self._text(document.title),
            genre=self._words.documents[document.kind],
            datePublished=document.issued,
            url=document.url,
            **(self._copy(document) if isinstance(document, Document) else {}),
        )

    def _copy(self, document: Document) -> Node:
        original = None if document.original_language == document.language else document.original_language
        return {
            "inLanguage": document.language,
            "translationOfWork": node("CreativeWork", inLanguage=original),
            "audience": self._audience(document.addressees),
            "isBasedOn": None if document.follows is None else self._document(document.follows),
        }


def _capacities(seats: SeatLimits) -> Node:
    return {
        "maximumPhysicalAttendeeCapacity": seats.on_site_capacity,
        "maximumVirtualAttendeeCapacity": seats.remote_capacity,
    }


def _action(call: Call) -> Node:
    action, terms = _ACTIONS[call.kind]
    # A mailto URI has other characters escaped than an address (RFC 6068 section 2), and a template no braces.
    addresses = (call.url, None if call.email is None else f"mailto:{quote(call.email, safe='@')}")
    channel = node("ServiceChannel", availableLanguage=[*call.languages])
    offered = node(
        terms,
        availabilityStarts=None if call.opens is None else call.opens.isoformat(),
        availabilityEnds=None if call.deadline is None else call.deadline.date.isoformat(),
        itemOffered=node("Service", availableChannel=channel),
    )
    return node(
        action,
        target=[node("EntryPoint", urlTemplate=address) for address in addresses if address is not None],
        object=offered,
    )


# The words of the European Union


_PREFIXES: Final = {
    "cv": "http://data.europa.eu/m8g/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "locn": "http://www.w3.org/ns/locn#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "time": "http://www.w3.org/2006/time#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

_CLASSES: Final = {
    "Address": "locn:Address",
    "Agent": "foaf:Agent",
    "Code": "skos:Concept",
    "ContactPoint": "cv:ContactPoint",
    "Document": "foaf:Document",
    "Instant": "time:Instant",
    "LinguisticSystem": "dct:LinguisticSystem",
    "Participation": "cv:Participation",
    "PublicEvent": "cv:PublicEvent",
    "TemporalEntity": "time:TemporalEntity",
}

# The names are those of the context that SEMIC publishes; an Agent's name is a dct:title as well.
_PROPERTIES: Final = {
    "address": "locn:address",
    "audience": "cv:audience",
    "contactPoint": "cv:contactPoint",
    "eventStatus": "cv:eventStatus",
    "eventType": "dct:type",
    "format": "cv:format",
    "hasBeginning": "time:hasBeginning",
    "hasEmail": "cv:email",
    "hasEnd": "time:hasEnd",
    "hasNextEvent": "cv:hasNextEvent",
    "hasParticipant": "cv:hasParticipant",
    "hasParticipation": "cv:hasParticipation",
    "hasPreviousEvent": "cv:hasPreviousEvent",
    "hasTelephone": "cv:telephone",
    "hasTime": "time:hasTime",
    "homepage": "foaf:homepage",
    "identifier": "dct:identifier",
    "language": "dct:language",
    "locatorDesignator": "locn:locatorDesignator",
    "notation": "skos:notation",
    "parentEvent": "cv:parentEvent",
    "registration": "cv:registrationPage",
    "role": "cv:role",
    "subEvent": "cv:subEvent",
    "topic": "dct:subject",
    "type": "dct:type",
}

_DATED: Final = {"inXSDDate": "date", "inXSDDateTimeStamp": "dateTimeStamp"}

_TEXTS: Final = {
    "adminUnitL1": "locn:adminUnitL1",
    "description": "dct:description",
    "eventNumber": "cv:eventNumber",
    "fullAddress": "locn:fullAddress",
    "locatorName": "locn:locatorName",
    "postName": "locn:postName",
    "prefLabel": "skos:prefLabel",
    "thoroughfare": "locn:thoroughfare",
    "title": "dct:title",
}

_CONTEXT: Final[Node] = {
    **_PREFIXES,
    **_CLASSES,
    **_PROPERTIES,
    **{name: {"@id": f"time:{name}", "@type": f"xsd:{kind}"} for name, kind in _DATED.items()},
    **{name: {"@id": iri, "@container": "@language"} for name, iri in _TEXTS.items()},
}

_LANGUAGES: Final = "http://publications.europa.eu/resource/authority/language/"
# The table of the Publications Office has the terminological code of each language (FRA), not the bibliographic one.
_BIBLIOGRAPHIC: Final = "alb arm baq bur chi cze dut fre geo ger gre ice mac mao may per rum slo tib wel"
_THREE_BY_TWO: Final = {two: three for three, two in LONG_TO_SHORT.items() if three not in _BIBLIOGRAPHIC.split()}

LanguageMap = dict[str, str]
"""A text in several languages, by their tags."""


class CpevWriter:
    """A writer of one event for readers of one language, or in all languages that it has."""

    def __init__(self, event: Event, slot: TimeSlot, language: str | None) -> None:
        """Prepare what the event and its sessions share, for texts in a language; None stands for all."""
        self._event = event
        self._slot = slot
        self._language = language
        self._places = places_of(event)
        self._addresses = [*map(self._address, event.locations)]

    def event(self) -> Node:
        """Return the PublicEvent, without its sessions."""
        event, series = self._event, self._event.series
        registration = event.call(CallKind.REGISTRATION)
        return {"@context": _CONTEXT} | self._entry(
            event,
            event.uid,
            self._slot,
            event.status,
            self._places,
            description=self._paragraphs(event.theme, event.description),
            audience=[_code(category) for category in sorted(event.audience)],
            topic=[*self._topics()],
            contactPoint=[*self._contact_points()],
            registration=_page(None if registration is None else registration.url),
            hasParticipation=None if event.organizer is None else self._organization(event.organizer),
            **({} if series is None else self._series(series)),
        )

    def session(self, session: Session) -> Node:
        """Return the PublicEvent of an announced session."""
        event = self._event
        return self._entry(
            session,
            session.export_uid(event.uid),
            session.slot,
            session_status(event, session),
            places_of(event, session),
            description=self._paragraphs(session.description),
            eventType=_code(session.kind),
            topic=_concept(session.track),
            hasParticipation=[*map(_person, people_named(session))],
        )

    def _entry(
        self, thing: Event | Session, uid: str, slot: TimeSlot, status: EventStatus, places: Places, **values: object
    ) -> Node:
        inherited = places.locations == self._places.locations
        return node(
            "PublicEvent",
            iri_of(uid),
            identifier=uid,
            title=self._texts(thing.title),
            hasTime=_time(slot),
            eventStatus=node("Code", STATUS[status]),
            format=node("Code", MODE[places.mode]),
            address=self._addresses if inherited else [*map(self._address, places.locations)],
            language=[*map(_language, floor_languages(self._event, thing if isinstance(thing, Session) else None))],
            homepage=_page(thing.url),
            **values,
        )

    def _texts(self, text: LocalizedText | None) -> LanguageMap:
        if text is None:
            return {}
        if self._language is None:
            return {text.language: text.text, **text.translations}
        words, tag = text.in_language(self._language)
        return {tag: words}

    def _paragraphs(self, *texts: LocalizedText | None) -> LanguageMap:
        """Return texts one after the other, each in the languages that it has."""
        found: LanguageMap = {}
        for each in map(self._texts, texts):
            found |= {tag: f"{found[tag]}\n\n{text}" if tag in found else text for tag, text in each.items()}
        return found

    def _address(self, place: Location) -> Node:
        names = self._texts(place.name)
        more = [*address_of(place), place.country]
        return node(
            "Address",
            fullAddress={tag: ", ".join([name, *more]) for tag, name in names.items()},
            locatorName=names,
            locatorDesignator=place.room,
            thoroughfare=_no_language(place.address),
            postName=_no_language(place.locality),
            adminUnitL1=_no_language(place.country),
        )

    def _topics(self) -> Iterator[Node]:
        event = self._event
        yield from (_code(goal, goal_iri(goal)) for goal in sorted(event.goals))
        yield from map(_code, sorted(event.groups))
        yield from map(_concept, sorted(event.keywords))

    def _contact_points(self) -> Iterator[Node]:
        organizer = self._event.organizer
        points = [(contact.email, contact.phone) for contact in contacts_of(self._event)]
        if organizer is not None and all(organizer.email != email for email, _ in points):
            points.insert(0, (organizer.email, None))
        for email, phone in dict.fromkeys(points):
            if email is not None or phone is not None:
                yield node("ContactPoint", hasEmail=email, hasTelephone=phone)

    def _organization(self, organization: Organization) -> Node:
        agent = node(
            "Agent",
            organization.identifier,
            title=self._texts(organization.name),
            type=_code(organization.membership),
            address=node("Address", adminUnitL1=_no_language(organization.country)),
        )
        return node("Participation", role=_code("organizer"), hasParticipant=agent)

    def _series(self, series: Series) -> Node:
        # Without an @id: a series has the uid of its first event, which is another thing.
        parent = node("PublicEvent", identifier=series.uid, title=self._texts(series.title))
        return {
            "eventNumber": _no_language(None if series.edition is None else str(series.edition)),
            "parentEvent": parent,
            "hasPreviousEvent": _other_event(series.previous),
            "hasNextEvent": _other_event(series.next),
        }


def _no_language(text: str | None) -> LanguageMap:
    # SEMIC's shapes want a language for each text; "und" is that of a text whose language is not known.
    return {} if text is None else {"und": text}


def _code(value: str | None, iri: str | None = None) -> Node:
    return node("Code", iri, notation=value)


def _concept(label: str | None) -> Node:
    return node("Code", prefLabel=_no_language(label))


def _page(url: str | None) -> Node:
    return node("Document", url)


def _language(tag: str) -> Node:
    code = tag.partition("-")[0]
    return node("LinguisticSystem", f"{_LANGUAGES}{_THREE_BY_TWO.get(code, code).upper()}", identifier=tag)


def _other_event(uid: str | None) -> Node:
    return node("PublicEvent", None if uid is None else iri_of(uid), identifier=uid)


def _person(contact: Contact) -> Node:
    agent = node("Agent", title=_no_language(contact.name))
    return node("Participation", role=[*map(_code, sorted(contact.roles))], hasParticipant=agent)


def _time(slot: TimeSlot) -> Node:
    if slot.whole_days:
        first, last = ({"inXSDDate": day.isoformat()} for day in (slot.first_day, slot.last_day))
    else:
        first, last = ({"inXSDDateTimeStamp": moment_text(moment)} for moment in (slot.start, slot.end))
    return node("TemporalEntity", hasBeginning=node("Instant", **first), hasEnd=node("Instant", **last))
