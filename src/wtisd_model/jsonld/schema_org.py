"""An event and its sessions in the words of schema.org, and the nodes that JSON-LD is made of."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final
from urllib.parse import quote
from uuid import UUID

from wtisd_model.locales import locale_for
from wtisd_model.model.call import Call, CallKind
from wtisd_model.model.event import Event, places_of, session_status
from wtisd_model.model.places import Places
from wtisd_model.model.session import EventStatus, Session
from wtisd_model.programme.format import Format, listed
from wtisd_model.programme.people import contacts_of, people_named, roles_in_words
from wtisd_model.rules.interpretation_schedule import floor_languages
from wtisd_model.types.attendance import AttendanceMode, SeatLimits
from wtisd_model.types.document import Document, DocumentReference
from wtisd_model.types.language import LocalizedText
from wtisd_model.types.location import Location, VirtualLocation
from wtisd_model.types.moment import moment_text
from wtisd_model.types.people import Contact, Membership, Organization, Role
from wtisd_model.types.series import Series
from wtisd_model.types.timeslot import TimeSlot

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
    not_carried=listed(
        Call="address_unknown fields needs_approval pending_counts questions required waitlist",
        Contact="id language",
        Deadline="time_zone",
        Document="signed",
        Event="changed_sequence color created extensions history minimum_sequence provenance retention_days sequence "
        "updated",
        LocalizedText="language translations",
        Organization="membership",
        Series="edition next previous",
        Session="changed_sequence code extensions history recording",
        VirtualLocation="features",
    ),
)
"""What is carried in schema.org's words."""

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
            None,
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
        places = places_of(self._event, session)
        kind = None if session.kind is None else self._words.sessions[session.kind]
        return self._entry(
            session,
            places,
            description=self._paragraphs(session.description, follows=places.venue_to_follow),
            keywords=[word for word in (session.track, kind) if word is not None],
            subjectOf=[*map(self._document, session.materials)],
            **self._people(session),
            **_capacities(session),
        )

    def _entry(self, session: Session | None, places: Places, **values: object) -> Node:
        """Return the Event of a session, or for None that of the event, with its places and with other values."""
        event, thing = self._event, session or self._event
        uid, slot = (event.uid, self._slot) if session is None else (session.export_uid(event.uid), session.slot)
        status = session_status(event, session)
        # Google reads previousStartDate only if the event was rescheduled, and not if it was cancelled afterwards.
        before = thing.previous_slots if status is EventStatus.SCHEDULED else ()
        return node(
            "Event",
            iri_of(uid),
            identifier=uid,
            name=self._text(thing.title),
            startDate=slot.first_day.isoformat() if slot.whole_days else moment_text(slot.start),
            endDate=slot.last_day.isoformat() if slot.whole_days else moment_text(slot.end),
            eventStatus="https://schema.org/EventRescheduled" if before else STATUS[status],
            # Its range is Date alone, without a time.
            previousStartDate=_one_or_list([slot.first_day.isoformat() for slot in before]),
            eventAttendanceMode=MODE[places.mode],
            location=self._location if places == self._places else self._located(places),
            inLanguage=_one_or_list([*floor_languages(event, session)]),
            url=thing.url,
            **values,
        )

    def _text(self, text: LocalizedText | None) -> str | None:
        return None if text is None else text.in_language(self._language)[0]

    def _paragraphs(self, *texts: LocalizedText | None, follows: bool) -> str:
        paragraphs = [*map(self._text, texts), self._words.labels.venue_to_follow if follows else None]
        return "\n\n".join(text for text in paragraphs if text is not None)

    def _located(self, places: Places) -> object:
        return _one_or_list(
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
        return [
            node("Audience", audienceType=self._words.choices["membership"][category])
            for category in sorted(categories)
        ]

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


def _one_or_list(values: list[object]) -> object:
    """Return a single value itself, which every reader expects, and several as a list."""
    return values[0] if len(values) == 1 else values


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
