"""One Event of a JSCalendar document: its texts in their languages, and its places, links and people."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Final, NamedTuple, cast

from attrs import field, frozen

from wtisd_model.codes import Code
from wtisd_model.findings import pointer
from wtisd_model.jscalendar.parts import FIELDS, LOCALIZATIONS, ROLES, Object, Version
from wtisd_model.json.builtins import to_builtins
from wtisd_model.model.reply import ParticipationStatus
from wtisd_model.programme.places import joined_address
from wtisd_model.reading.defaults import Defaults
from wtisd_model.reading.foreign_value import ForeignValue
from wtisd_model.reading.html_text import html_text
from wtisd_model.reading.imported import Attendee
from wtisd_model.reading.notations import decode_cal_address, decode_geo, named_place
from wtisd_model.reading.notes import At, Notes, mended
from wtisd_model.schema.constraints import Text
from wtisd_model.schema.fields import fields_of
from wtisd_model.types.language import language_tag
from wtisd_model.types.people import Contact, Organization
from wtisd_model.types.text import LINE, LONG, NAME, WEB_ADDRESS


@frozen(kw_only=True)
class JSCalendarContext:
    """The options of the reader."""

    version: Version
    """The version of the document."""
    defaults: Defaults
    expands: bool
    """True if recurring events are read as their occurrences."""
    derives_uids: bool
    """True if an event may lack a uid, as in a schedule, to which nobody replies."""


@frozen(kw_only=True, slots=False)
class JSCalendarEvent:
    """An Event of the document."""

    value: ForeignValue = field(repr=False)
    fields: ForeignValue = field(repr=False)
    """``wtisd-model:fields``, which no property could hold; empty in an Event of another program."""
    context: JSCalendarContext
    locale: str
    """The language of its texts."""
    translations: Mapping[str, Mapping[str, At]] = field(repr=False)
    """Values by language for each path that a PatchObject of ``localizations`` names."""
    read: set[str] = field(factory=set[str], repr=False)
    """The paths of the texts that were read."""

    @property
    def members(self) -> Object:
        """The members of the Event."""
        return self.value.members

    @property
    def path(self) -> str:
        """The place of the Event in the document."""
        return self.value.path

    @property
    def notes(self) -> Notes:
        """The findings about the document."""
        return self.value.notes

    @cached_property
    def written_description(self) -> Object | None:
        """The description as it is written, or what people read of it if it is HTML; read once for all occurrences."""
        kind = self.value["descriptionContentType"].string or "text/plain"
        plain = html_text if kind.partition(";")[0].strip().lower() == "text/html" else str
        own = None if self.has_own_description else self.fields["description"]
        return self.localized(self.value["description"], LONG, "description", own=own, plain=plain)

    @property
    def has_own_description(self) -> bool:
        """True if the description was written together with other texts."""
        own = self.fields["description"]
        return "text" in own.members or ("description" in self.fields.members and own.value is None)

    def entries(self, name: str) -> Iterator[tuple[str, ForeignValue]]:
        """Yield the key and the value of each entry of a map of objects, by its number if it has one."""
        whole = self.value[name].object()
        for key in sorted(whole.members, key=by_number):
            entry = whole.member(key)
            if isinstance(entry.value, dict):
                yield key, entry
            else:
                entry.drop(Code.WRONG_TYPE)

    def localized(
        self,
        source: ForeignValue,
        constraint: Text,
        *steps: str,
        own: ForeignValue | None = None,
        plain: Callable[[str], str] = str,
    ) -> Object | None:
        """Return a text and its translations as JSON of this package; None without a text.

        Args:
            source: the text.
            constraint: that of the field.
            steps: the steps to it from the Event, as translations name it.
            own: the ``wtisd-model:fields`` of the text, which may name its language.
            plain: returns the text of a field from that of the document, in each language.
        """
        notes, value = self.notes, source.value
        text = notes.text(plain(value) if isinstance(value, str) else value, constraint, source.path)
        language = (None if own is None else language_tag(own.members.get("language"))) or self.locale
        step = pointer(*steps)[1:]
        self.read.add(step)
        if text is None:
            return None
        translations: Object = {}
        for tag, (translated, place) in self.translations.get(step, {}).items():
            if not isinstance(translated, str):
                notes.note(Code.VALUE_DROPPED, place, reason=Code.WRONG_TYPE)
            elif tag != language:
                written = notes.text(plain(translated), constraint, place)
                translations |= {} if written is None else {tag: written}
            elif translated != value:
                notes.note(Code.VALUE_DROPPED, place, reason=Code.LANGUAGE_REPEATED)
        return {"text": text, "language": language, "translations": translations}


_NO_DEFAULTS: Final[Mapping[str, str]] = MappingProxyType({})


def note_unread(source: ForeignValue, read: frozenset[str], defaults: Mapping[str, str] = _NO_DEFAULTS) -> None:
    """Note the members of an object that no field can hold, once for each name."""
    source[FIELDS].object()
    usual = {key for key, value in defaults.items() if source.members.get(key) == value}
    source.note_others(read | usual if usual else read)


def source_of(value: ForeignValue, context: JSCalendarContext) -> JSCalendarEvent:
    """Return an Event of a document."""
    locale, fields = value["locale"], value[FIELDS]
    stated = language_tag(locale.value)
    if stated is None and locale.value is not None:
        locale.drop(Code.LANGUAGE_UNKNOWN)
    translations: dict[str, dict[str, At]] = {}
    for name in ("localizations", LOCALIZATIONS):
        patches = value[name].object()
        for key in patches.members:
            tag = language_tag(key)
            if tag is None:
                patches.drop(Code.LANGUAGE_UNKNOWN)
                continue
            patch = patches[key].object()
            for step in patch.members:
                translated = patch.member(step)
                if translations.setdefault(step, {}).setdefault(tag, translated.at).value != translated.value:
                    translated.drop(Code.LANGUAGE_REPEATED)
    language = stated or context.defaults.language
    return JSCalendarEvent(value=value, fields=fields, context=context, locale=language, translations=translations)


def by_number(key: str) -> tuple[int, str]:
    """Return a key that sorts ``contact-2`` before ``contact-10``."""
    return len(key), key


_GEO: Final = re.compile(r"geo:(-?[0-9.]{1,20}),(-?[0-9.]{1,20})(?:[,;].*)?", re.IGNORECASE)
_OF_LOCATIONS: Final = frozenset({"id", "room", "address", "locality", "country", "capacity"})


def read_locations(source: JSCalendarEvent, zone: str) -> list[At]:
    """Return the locations; first the main one.

    A name is that of a room of the place that the caller gave or, without one, that of a place; its country is that of
    *zone*, the zone of the times.
    """
    locations: list[At] = []
    main = source.members.get("mainLocationId")
    for key, location in sorted(source.entries("locations"), key=lambda entry: entry[0] != main):
        read = _own_location if FIELDS in location.members else _foreign_location
        draft = read(source, key, location, zone)
        if draft is not None:
            locations.append(At(draft | _position(location["coordinates"]), location.path))
        note_unread(location, _READ_IN_LOCATIONS)
    return locations


_READ_IN_LOCATIONS: Final = frozenset({"@type", "name", "coordinates", FIELDS})


def _own_location(source: JSCalendarEvent, key: str, location: ForeignValue, _zone: str) -> Object | None:
    fields = location[FIELDS]
    own = fields.members
    after = joined_address("", *map(own.get, ("room", "address", "locality")))
    kept, name = _OF_LOCATIONS, location["name"]
    if name.string is None or not name.string.endswith(after):  # another program has renamed it
        after, kept = "", _OF_LOCATIONS - {"room", "address"}
    text = source.localized(
        name, NAME, "locations", key, "name", own=fields["name"], plain=lambda written: written.removesuffix(after)
    )
    return None if text is None else {"name": text, **{each: own.get(each) for each in kept}}


def _foreign_location(source: JSCalendarEvent, key: str, location: ForeignValue, zone: str) -> Object | None:
    place, notes, path = source.context.defaults.place, source.notes, location.path
    name = source.localized(location["name"], NAME, "locations", key, "name")
    if name is not None and place is not None:
        return {**cast("Object", to_builtins(place)), "room": name["text"]}
    named = None if name is None else named_place(location["name"].value, zone, source.context.defaults.zone)
    if name is None or named is None:
        notes.note(Code.LOCATION_DROPPED, path)
        return None
    if named.town is None:
        return {"name": name}
    if named.country is not None:
        notes.note_once(Code.COUNTRY_INFERRED, path, country=named.country)
    if name["translations"]:  # nothing says which part of them is the name
        source.value["localizations"].unsupported("localizations")
    return {
        "name": {"text": At(mended(named.name, NAME), f"{path}/name"), "language": name["language"]},
        "locality": At(mended(named.town, NAME), f"{path}/name"),
        "country": named.country,
    }


def _position(coordinates: ForeignValue) -> Object:
    if coordinates.value is None:
        return {}
    match = _GEO.fullmatch(coordinates.string or "")
    degrees = None if match is None else decode_geo(f"{match[1]};{match[2]}")
    if degrees is None:
        coordinates.drop(Code.URI_MALFORMED)
        return {}
    latitude, longitude = degrees
    return {"latitude": f"{latitude:f}", "longitude": f"{longitude:f}"}


def read_virtual_locations(source: JSCalendarEvent) -> list[At]:
    """Return the virtual locations, with those that this package wrote without an address."""
    locations: dict[str, At] = {}
    for key, location in source.entries("virtualLocations"):
        own = location[FIELDS]["name"]
        name = source.localized(location["name"], NAME, "virtualLocations", key, "name", own=own)
        features = location["features"].object()
        draft = {
            "name": name,
            "uri": location["uri"].at,
            "features": [At(feature, features.path) for feature in sorted(features.members)],
        }
        locations[key] = At(draft, location.path)
        note_unread(location, _READ_IN_VIRTUAL_LOCATIONS)
    later = source.fields["virtualLocations"].members
    locations = {key: At(location, source.path) for key, location in later.items()} | locations
    return [locations[key] for key in sorted(locations, key=by_number)]


_READ_IN_VIRTUAL_LOCATIONS: Final = frozenset({"@type", "name", "uri", "features", FIELDS})


_READ_IN_LINKS: Final = frozenset({"@type", "href", "rel", "title", FIELDS})


class Links(NamedTuple):
    """The links of an Event."""

    url: At | None
    image: At | None
    documents: list[At]


def read_links(source: JSCalendarEvent) -> Links:
    """Return the first link that describes the event, the first icon, and all others as documents.

    With them come the documents that this package wrote without an address.
    """
    url = image = None
    documents: dict[str, At] = {}
    for key, link in source.entries("links"):
        href, rel = link["href"], link["rel"].value
        if WEB_ADDRESS.check(href.value, suggest=False) is not None:
            href.drop(Code.URI_MALFORMED)
            continue
        note_unread(link, _READ_IN_LINKS)
        if rel == "describedby" and url is None and FIELDS not in link.members:
            url = href.at
        elif rel == "icon" and image is None:
            image = href.at
        else:
            title = source.localized(link["title"], LINE, "links", key, "title", own=link[FIELDS]["title"])
            document = {"kind": "other", **link[FIELDS].members, "title": title, "url": href.at}
            documents[key] = At(document, link.path)
    later = source.fields["documents"].members
    # The others have their number behind a hyphen.
    documents = {f"document-{key}": At(document, source.path) for key, document in later.items()} | documents
    return Links(url, image, [documents[key] for key in sorted(documents, key=by_number)])


_STATUSES: Final = {status.value: status for status in ParticipationStatus}
_ROLES: Final = {word: role for role, word in ROLES.items()}
_READ: Final = frozenset({"@type", "name", "email", "calendarAddress", "sendTo", "roles", FIELDS})
_READ_OF_ATTENDEES: Final = _READ | {"participationStatus", "delegatedFrom", "language"}
_READ_OF_PERSONS: Final = _READ | {"language"}
# In version 2.0 this package writes an address as the description of a person; ``wtisd-model:fields`` has it too.
_READ_OF_OWN_PERSONS: Final = _READ | {"description"}
_DEFAULTS: Final = {"kind": "individual"}
_PRESENT: Final = frozenset({"attendee", "chair", "required", "optional", "informational"})
"""The roles of those who are invited."""
_USUAL: Final = frozenset({"attendee", "required"})
"""The roles that say no more than that somebody takes part."""


class Participants(NamedTuple):
    """The participants of an Event."""

    organizer: At | None
    persons: list[At]
    """The people to contact, or the speakers and chairs."""
    attendees: list[Attendee]


def read_participants(source: JSCalendarEvent, uid: str) -> Participants:
    """Return the participants.

    The organizer is the owner at the address to which people reply. Others with an address are invited, unless they
    are there to be contacted.
    """
    organizer: At | None = None
    persons: list[At] = []
    attendees: list[Attendee] = []
    replies = _first_email(source.value["organizerCalendarAddress"], source.value["replyTo"]["imip"])
    for key, participant in source.entries("participants"):
        if participant["kind"].value in ("location", "resource"):
            participant.drop(Code.VALUE_UNKNOWN)
            continue
        known_as, roles = participant[FIELDS]["as"].value, participant["roles"].object().members
        address = _address(participant)
        _note_other_addresses(participant["sendTo"], "sendTo")
        is_owner = known_as == "organizer" or (known_as is None and "owner" in roles)
        if organizer is None and is_owner and replies in {None, address}:
            organizer = At(_organization(source, key, participant, address), participant.path)
            is_invited = "participationStatus" in participant.members or not roles.keys().isdisjoint(_PRESENT)
            if address is None or not is_invited:
                _note_unread_of_participant(participant, _READ, {"owner"})
                continue
        elif known_as == "person":
            note_unread(participant, _READ_OF_OWN_PERSONS, _DEFAULTS)
            persons.append(At(_person(participant), participant.path))
            continue
        elif address is None or "contact" in roles:
            _note_unread_of_participant(participant, _READ_OF_PERSONS, _ROLES.keys())
            persons.append(At(_person(participant), participant.path))
            continue
        _note_unread_of_participant(participant, _READ_OF_ATTENDEES, {"owner"} if is_owner else ())
        attendees.append(_attendee(source, uid, participant, address))
    _note_other_addresses(source.value["replyTo"], "replyTo")
    if organizer is None and replies is not None:
        name = {"text": replies, "language": source.locale}
        organizer = At({"name": name, "email": replies}, source.path)
    return Participants(organizer, persons, attendees)


def _note_unread_of_participant(participant: ForeignValue, read: frozenset[str], roles: Iterable[str]) -> None:
    """Note what is not read of a participant, and other roles than those that are."""
    note_unread(participant, read, _DEFAULTS)
    if not participant["roles"].members.keys() <= _USUAL.union(roles):
        participant["roles"].unsupported("roles")


def _note_other_addresses(addresses: ForeignValue, name: str) -> None:
    """Note other ways to reach somebody than by e-mail: "imip" is the one for invitations."""
    if not addresses.object().members.keys() <= {"imip"}:
        addresses.unsupported(name)


def _address(participant: ForeignValue) -> str | None:
    """Return the e-mail address of a participant: that of invitations, or another one."""
    return _first_email(participant["calendarAddress"], participant["sendTo"]["imip"], participant["email"])


def _first_email(*values: ForeignValue) -> str | None:
    emails = (decode_cal_address(source.value) for source in values if isinstance(source.value, str))
    return next((email for email in emails if email is not None), None)


def _organization(source: JSCalendarEvent, key: str, participant: ForeignValue, address: str | None) -> Object:
    fields = participant[FIELDS]
    name = source.localized(participant["name"], NAME, "participants", key, "name", own=fields["name"])
    if name is None:
        name = {"text": address, "language": source.locale}
    return {**_known(Organization, fields), "name": name, "email": address}


def _person(participant: ForeignValue) -> Object:
    fields, email = participant[FIELDS], participant["email"]
    known = _known(Contact, fields)
    if fields["as"].value != "person":
        roles = [role.value for word, role in _ROLES.items() if word in participant["roles"].members]
        known = {"roles": roles, "language": language_tag(participant["language"].value)}
    own = known.get("email") if email.value is None else email.at
    return {**known, "email": own, "name": participant["name"].text(NAME)}


def _known(cls: type, fields: ForeignValue) -> Object:
    return {spec.key: fields.members.get(spec.key) for spec in fields_of(cls)}


def _attendee(source: JSCalendarEvent, uid: str, participant: ForeignValue, address: str) -> Attendee:
    name, stated = participant["name"].text(NAME), participant["participationStatus"]
    status = ParticipationStatus.NEEDS_ACTION if stated.value is None else _STATUSES.get(stated.name)
    if status is None:
        stated.notes.note(Code.PARTSTAT_UNKNOWN, stated.path)
    return Attendee(
        uid=uid,
        email=address,
        name=None if name is None else name.value,
        language=language_tag(participant["language"].value),
        status=status or ParticipationStatus.NEEDS_ACTION,
        delegated_from=tuple(_delegators(source.value["participants"], participant["delegatedFrom"])),
    )


def _delegators(participants: ForeignValue, delegators: ForeignValue) -> Iterator[str]:
    """Yield the addresses of the people whom a delegate replaces; version 1.0 names participants."""
    for delegator in delegators.object().members:
        email = _address(participants.member(delegator)) or decode_cal_address(delegator)
        if email is not None:
            yield email
