"""What JSCalendar carries of an event, in which words, and the parts of its objects: texts, places, links, people.

What no property can hold is in `FIELDS`, as JSON of this package.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Final, Literal, cast
from urllib.parse import quote

from attrs import evolve, field, frozen

from wtisd_model.json.builtins import to_builtins
from wtisd_model.locales import locale_for
from wtisd_model.model.event import Event, places_of, session_status
from wtisd_model.model.session import EventStatus, Session
from wtisd_model.programme.format import Format, listed
from wtisd_model.programme.languages import ProgrammeLanguages
from wtisd_model.programme.people import Readers, people_named
from wtisd_model.programme.places import address_of, joined_address
from wtisd_model.programme.texts import description_of
from wtisd_model.schema.fields import fields_of
from wtisd_model.types.document import Document
from wtisd_model.types.language import LocalizedText
from wtisd_model.types.location import Location, VirtualLocation
from wtisd_model.types.people import Contact, Organization, Role

Object = dict[str, Any]
"""A JSON object."""

Version = Literal["1.0", "2.0"]

UTC: Final = "Etc/UTC"
"""The name that JSCalendar has for UTC (draft-ietf-calext-jscalendar-icalendar-30, timezone identifiers)."""

PRODUCT_NAME: Final = "-//wtisd_model//JSCalendar//EN"
"""Without a version, so that a release does not change documents (ISO 9070 formal public identifier)."""

VENDOR: Final = "wtisd-model"
"""The prefix of the properties and values that this package adds.

It has no dot, so that none of them can be one of the model's ``extensions``, whose names begin with a domain.
"""

FIELDS: Final = f"{VENDOR}:fields"
"""The model fields that no property of JSCalendar can hold, as JSON of this package."""

LOCALIZATIONS: Final = f"{VENDOR}:localizations"
"""The ``localizations`` of version 1.0 in version 2.0, which reserves that name (appendix A.3.3)."""

STATUSES: Final = {
    EventStatus.SCHEDULED: "confirmed",
    EventStatus.POSTPONED: "tentative",
    EventStatus.CANCELLED: "cancelled",
}
"""As in iCalendar, which has no word for what is postponed either."""

IMPLIED: Final = {"confirmed": EventStatus.SCHEDULED, "cancelled": EventStatus.CANCELLED}
"""What a status means where `FIELDS` do not say more. Tentative may also mean that it is not certain yet."""

SEQUENCES: Final = ("sequence", "changedSequence", "minimumSequence")
"""The keys of the numbers of an event's revisions in `FIELDS`, where each entry has its own."""

PERSONAL_FORMAT: Final = Format(
    name="jscalendar",
    media_type="application/jscalendar+json",
    extension=".json",
    readers=Readers.OFFICE,
    not_carried=listed(Event="history provenance retention_days", Session="history"),
)
"""What is written with *personal*: all but what only the office needs."""

FORMAT: Final = evolve(
    PERSONAL_FORMAT,
    readers=Readers.PUBLIC,
    not_carried={name: fields | {"extensions"} for name, fields in PERSONAL_FORMAT.not_carried.items()},
    private=frozenset({"id", "email", "phone", "language"}),
)
"""What is written by default."""


ROLES: Final = {Role.CHAIR: "chair", Role.CONTACT: "contact"}
"""The roles that RFC 8984 has a word for (section 4.4.6)."""

_WITH_PROPERTY: Final[Mapping[type, frozenset[str]]] = {
    Event: frozenset(
        {
            *("uid", "title", "description", "slot", "status", "locations", "virtualLocations", "organizer"),
            *("contacts", "documents", "keywords", "url", "image", "color", "sessions", "sequence", "changedSequence"),
            *("minimumSequence", "created", "updated", "extensions"),
        }
    ),
    Session: frozenset(
        {
            *("id", "uid", "title", "description", "slot", "status", "locations", "virtualLocations", "people"),
            *("materials", "url", "extensions"),
        }
    ),
}
"""The JSON keys of fields that become properties, or that are written only where properties do not say the same."""


@cache
def keys_without_property(cls: type) -> Mapping[str, str]:
    """Return the JSON keys of fields that no property can hold, with the names of the fields."""
    left_out = PERSONAL_FORMAT.not_carried[cls.__name__]
    specs = [spec for spec in fields_of(cls) if spec.name not in left_out]
    return {spec.key: spec.name for spec in specs if spec.key not in _WITH_PROPERTY[cls]}


def description(event: Event, session: Session | None, languages: ProgrammeLanguages, language: str | None) -> str:
    """Return the description of an event or a session, with all that DESCRIPTION says in a calendar.

    That is what it is about, its people and languages, how to take part, the links, and whether it still takes place.
    """
    words, places = locale_for(language or event.title.language), places_of(event, session)
    said = description_of(
        event,
        session,
        languages,
        places=places,
        documents=event.documents if session is None else session.materials,
        status=session_status(event, session),
        language=language,
        words=words,
        announces=True,
    )
    return "\n\n".join(text for text, _ in said.paragraphs())


_PARTS: Final[dict[type, str]] = {Contact: "person", Organization: "organizer"}
"""What a participant is for us."""


@frozen
class TextWriter:
    """A writer of the texts of one JSCalendar object."""

    locale: str
    """The language of the object: that of its title."""
    language: str | None
    """The language of all texts; None for the originals, with their translations as patches."""
    patches: dict[str, dict[str, str]] = field(factory=dict[str, dict[str, str]])
    """A PatchObject for each language."""

    def write(self, target: Object, key: str, text: LocalizedText | None, path: str, after: str = "") -> None:
        """Set a property of *target* to a text, and add patches for its translations.

        Args:
            target: the object of JSCalendar.
            key: the name of the property.
            text: the text with its translations; None writes nothing.
            path: the JSON Pointer to *target*, without its first slash; empty for the object itself.
            after: what follows the text in each language.
        """
        if text is None:
            return
        written, tag = text.in_language(self.language)
        target[key] = written + after
        if tag != self.locale:
            target.setdefault(FIELDS, {})[key] = {"language": tag}
        if self.language is None:
            for other, translation in text.translations.items():
                self.patch(other, f"{path}/{key}" if path else key, translation + after)

    def patch(self, tag: str, path: str, text: str) -> None:
        """Add a patch for a language."""
        self.patches.setdefault(tag, {})[path] = text

    def localizations(self) -> Object:
        """Return the patches, sorted by language."""
        return dict(sorted(self.patches.items()))


def location_objects(locations: Iterable[Location], texts: TextWriter) -> Object:
    """Return the locations, by their number.

    The name is that of LOCATION in calendars: with the room, the address and the town.
    """
    made: Object = {}
    for number, each in enumerate(locations, 1):
        target = made[str(number)] = {"@type": "Location"}
        after_name = joined_address("", *address_of(each))
        texts.write(target, "name", each.name, f"locations/{number}", after_name)
        if each.latitude is not None:
            target["coordinates"] = f"geo:{each.latitude:f},{each.longitude:f}"
        _add_fields(target, each, {"name", "latitude", "longitude"})
    return made


def virtual_location_objects(locations: Sequence[VirtualLocation], texts: TextWriter) -> tuple[Object, Object]:
    """Return the virtual locations by their number, and the package's JSON of those whose address follows later.

    "uri: String (mandatory)"
    """
    objects: Object = {}
    later: Object = {}
    for number, location in enumerate(locations, 1):
        if location.uri is None:
            later[str(number)] = to_builtins(location)
            continue
        target: Object = {"@type": "VirtualLocation"}
        objects[str(number)] = target
        texts.write(target, "name", location.name, f"virtualLocations/{number}")
        target["uri"] = location.uri
        if location.features:
            target["features"] = {str(feature): True for feature in sorted(location.features)}
    return objects, later


def link_objects(
    url: str | None, image: str | None, documents: Iterable[Document], texts: TextWriter
) -> tuple[Object, Object]:
    """Return the links, and the package's JSON of the documents without an address, by their number.

    URL, IMAGE and ATTACH become a link that is "describedby", "icon" and "enclosure".
    """
    links: Object = {}
    later: Object = {}
    if url is not None:
        links["url"] = {"@type": "Link", "href": url, "rel": "describedby"}
    if image is not None:
        links["image"] = {"@type": "Link", "href": image, "rel": "icon"}
    for number, document in enumerate(documents, 1):
        if document.url is None:
            later[str(number)] = to_builtins(document)
            continue
        target = links[f"document-{number}"] = {"@type": "Link", "href": document.url, "rel": "enclosure"}
        texts.write(target, "title", document.title, f"links/document-{number}")
        _add_fields(target, document, {"title", "url"})
    return links, later


def organizer_properties(organizer: Organization | None, version: Version, texts: TextWriter) -> tuple[Object, Object]:
    """Return the properties that say where to reply, and the organizer as a participant.

    A participant of version 2.0 has neither roles nor an e-mail address without a ``calendarAddress``.
    """
    if organizer is None:
        return {}, {}
    target: Object = {"@type": "Participant"}
    texts.write(target, "name", organizer.name, "participants/organizer")
    reply: Object = {}
    if organizer.email is not None:
        # As in calendars, but for the characters that no URI has (RFC 3986 section 2).
        address = "mailto:" + quote(organizer.email, safe="@!$&'*+/=")
        if version == "1.0":
            target |= {"email": organizer.email, "sendTo": {"imip": address}}
            reply["replyTo"] = {"imip": address}
        else:
            target["calendarAddress"] = reply["organizerCalendarAddress"] = address
    if version == "1.0" or organizer.email is not None:
        target["roles"] = {"owner": True}
    _add_fields(target, organizer, {"name", "email"})
    return reply, {"organizer": target}


def person_objects(thing: Event | Session, version: Version, readers: Readers) -> Object:
    """Return the people of an event or a session as participants.

    In version 2.0 only people who are invited have an address, so that of a person to contact is in the description.
    """
    participants: Object = {}
    prefix = "contact" if isinstance(thing, Event) else "person"
    for number, person in enumerate(people_named(thing, readers), 1):
        target: Object = {"@type": "Participant"}
        is_contact = Role.CONTACT in person.roles
        has_address = is_contact or readers is Readers.OFFICE
        if person.name is not None:
            target["name"] = person.name
        if version == "2.0" and is_contact and person.email is not None:
            target["description"] = person.email
        if version == "1.0":
            if person.email is not None and has_address:
                target["email"] = person.email
            roles = [ROLES.get(role, f"{VENDOR}:{role}") for role in sorted(person.roles)]
            target["roles"] = dict.fromkeys(roles or [f"{VENDOR}:participant"], True)
        _add_fields(target, person, {"name"} if has_address else {"name", *FORMAT.private})
        participants[f"{prefix}-{number}"] = target
    return participants


def _add_fields(target: Object, thing: object, others: set[str]) -> None:
    """Add the package's JSON of an object, without the members in *others*."""
    plain = cast("dict[str, Any]", to_builtins(thing))
    fields = target.pop(FIELDS, {})  # the languages of its texts
    kind = {"as": _PARTS[type(thing)]} if type(thing) in _PARTS else {}
    target[FIELDS] = fields | kind | {key: value for key, value in plain.items() if key not in others}
