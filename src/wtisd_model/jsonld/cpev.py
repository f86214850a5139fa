"""An event and its sessions in the words of the European Union: the Core Public Event Vocabulary 1.1.1 of SEMIC.

All its properties may be absent and may be repeated. So an event that lacks some of them is still one in its words.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from wtisd_model.data.languages import LONG_TO_SHORT
from wtisd_model.jsonld.schema_org import FORMAT as SCHEMA_ORG
from wtisd_model.jsonld.schema_org import MODE, STATUS, Node, goal_iri, iri_of, node
from wtisd_model.model.call import CallKind
from wtisd_model.model.event import Event, places_of, session_status
from wtisd_model.model.session import Session
from wtisd_model.programme.format import format_like, listed
from wtisd_model.programme.people import contacts_of, people_named
from wtisd_model.programme.places import address_of, joined_address
from wtisd_model.rules.interpretation_schedule import floor_languages
from wtisd_model.types.language import LocalizedText
from wtisd_model.types.location import Location
from wtisd_model.types.moment import moment_text
from wtisd_model.types.people import Contact, Organization
from wtisd_model.types.series import Series
from wtisd_model.types.timeslot import TimeSlot

FORMAT: Final = format_like(
    SCHEMA_ORG,
    name="cpev",
    carried=listed(
        Contact="roles",
        Event="audience",
        LocalizedText="language translations",
        Organization="membership",
        Series="edition next previous",
        Session="kind",
    ),
    as_text=listed(Event="virtual_locations", Session="virtual_locations"),
    not_carried=listed(
        Call="deadline email kind languages on_site_capacity opens remote_capacity",
        Contact="job_title organization",
        Document="addressees",
        Event="documents image previous_slots short_title",
        Location="capacity id latitude longitude",
        Organization="acronym unit",
        Session="materials on_site_capacity previous_slots remote_capacity",
    ),
)
"""What is carried in these words, unlike in those of schema.org."""

_PREFIXES: Final = {
    "cv": "http://data.europa.eu/m8g/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "locn": "http://www.w3.org/ns/locn#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "time": "http://www.w3.org/2006/time#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

# The names are those of the context that SEMIC publishes; an Agent's name is a dct:title as well.
_TERMS: Final = {
    "cv": "ContactPoint Participation PublicEvent audience contactPoint eventStatus format hasNextEvent hasParticipant "
    "hasParticipation hasPreviousEvent parentEvent role subEvent",
    "dct": "LinguisticSystem identifier language type",
    "foaf": "Agent Document homepage",
    "locn": "Address address locatorDesignator",
    "skos": "notation",
    "time": "Instant TemporalEntity hasBeginning hasEnd hasTime",
}
"""The classes and properties whose names are those of their vocabulary."""

_RENAMED: Final = {
    "Code": "skos:Concept",
    "eventType": "dct:type",
    "hasEmail": "cv:email",
    "hasTelephone": "cv:telephone",
    "registration": "cv:registrationPage",
    "topic": "dct:subject",
}

_TEXTS: Final = {
    "cv": "eventNumber",
    "dct": "description title",
    "locn": "adminUnitL1 fullAddress locatorName postName thoroughfare",
    "skos": "prefLabel",
}
"""The properties that hold a text in several languages."""

_DATED: Final = {"inXSDDate": "date", "inXSDDateTimeStamp": "dateTimeStamp"}


def _iris(terms: Mapping[str, str]) -> dict[str, str]:
    return {name: f"{prefix}:{name}" for prefix, names in terms.items() for name in names.split()}


_CONTEXT: Final[Node] = {
    **_PREFIXES,
    **dict(sorted((_iris(_TERMS) | _RENAMED).items())),
    **{name: {"@id": f"time:{name}", "@type": f"xsd:{kind}"} for name, kind in _DATED.items()},
    **{name: {"@id": iri, "@container": "@language"} for name, iri in sorted(_iris(_TEXTS).items())},
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
            None,
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
        return self._entry(
            session,
            description=self._paragraphs(session.description),
            eventType=_code(session.kind),
            topic=_concept(session.track),
            hasParticipation=[*map(_person, people_named(session))],
        )

    def _entry(self, session: Session | None, **values: object) -> Node:
        """Return the PublicEvent of a session, or for None that of the event, with other values."""
        event, thing, places = self._event, session or self._event, places_of(self._event, session)
        uid, slot = (event.uid, self._slot) if session is None else (session.export_uid(event.uid), session.slot)
        inherited = places.locations == self._places.locations
        return node(
            "PublicEvent",
            iri_of(uid),
            identifier=uid,
            title=self._texts(thing.title),
            hasTime=_time(slot),
            eventStatus=node("Code", STATUS[session_status(event, session)]),
            format=node("Code", MODE[places.mode]),
            address=self._addresses if inherited else [*map(self._address, places.locations)],
            language=[*map(_language, floor_languages(event, session))],
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
        paragraphs: LanguageMap = {}
        for text in texts:
            for tag, said in self._texts(text).items():
                paragraphs[tag] = f"{paragraphs[tag]}\n\n{said}" if tag in paragraphs else said
        return paragraphs

    def _address(self, place: Location) -> Node:
        names, more = self._texts(place.name), (*address_of(place), place.country)
        return node(
            "Address",
            fullAddress={tag: joined_address(name, *more) for tag, name in names.items()},
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
