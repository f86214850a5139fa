"""Places, links and participants of JSCalendar as JSON of this package."""

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple, cast

from attrs import field, frozen

from wtisd_model.codes import Code
from wtisd_model.data.zone_countries import country_of_zone
from wtisd_model.ical.values import decode_cal_address, decode_geo
from wtisd_model.jscalendar.names import FIELDS, Object
from wtisd_model.jscalendar.parts import ROLES, after_name
from wtisd_model.jscalendar.source import JSCalendarEvent, by_number, note_unread
from wtisd_model.json.builtins import to_builtins
from wtisd_model.model.reply import ParticipationStatus
from wtisd_model.reading.foreign_value import ForeignValue
from wtisd_model.reading.imported import Attendee
from wtisd_model.reading.notes import At
from wtisd_model.schema.fields import fields_of
from wtisd_model.types.language import language_tag
from wtisd_model.types.people import Contact, Organization
from wtisd_model.types.text import LINE, NAME, WEB_ADDRESS

_GEO: Final = re.compile(r"geo:(-?[0-9.]{1,20}),(-?[0-9.]{1,20})(?:[,;].*)?", re.IGNORECASE)
_OF_LOCATIONS: Final = frozenset({"id", "room", "address", "locality", "country", "capacity"})


def read_locations(source: JSCalendarEvent, zone: str) -> list[At]:
    """Return the locations; first the main one.

    A name is that of a room of the place that the caller gave. Without one, the town is what follows the last comma,
    and the country that of *zone*, the zone of the times.
    """
    made: list[At] = []
    main = source.members.get("mainLocationId")
    for key, location in sorted(source.entries("locations"), key=lambda each: each[0] != main):
        read = _own_location if "locality" in location[FIELDS].members else _foreign_location
        draft = read(source, key, location, zone)
        if draft is not None:
            made.append(At(draft | _position(location["coordinates"]), location.path))
        note_unread(location, _READ_IN_LOCATIONS)
    return made


_READ_IN_LOCATIONS: Final = frozenset({"@type", "name", "coordinates", FIELDS})


def _own_location(source: JSCalendarEvent, key: str, location: ForeignValue, _zone: str) -> Object | None:
    fields = location[FIELDS]
    own = fields.members
    after = after_name(*map(own.get, ("room", "address", "locality")))
    kept, name = _OF_LOCATIONS, location["name"]
    if name.string is None or not name.string.endswith(after):  # another program has renamed it
        after, kept = "", _OF_LOCATIONS - {"room", "address"}
    text = source.localized(
        name, NAME, "locations", key, "name", own=fields["name"], plain=lambda each: each.removesuffix(after)
    )
    return None if text is None else {"name": text, **{each: own.get(each) for each in kept}}


def _foreign_location(source: JSCalendarEvent, key: str, location: ForeignValue, zone: str) -> Object | None:
    place, notes, path = source.context.place, source.notes, location.path
    name = source.localized(location["name"], NAME, "locations", key, "name")
    if name is None:
        notes.note(Code.LOCATION_DROPPED, path)
        return None
    if place is not None:
        return {**cast("Object", to_builtins(place)), "room": name["text"]}
    before, comma, town = name["text"].value.rpartition(", ")
    country = country_of_zone(zone) or country_of_zone(source.context.zone or zone)
    if not comma or not before or not town or country is None:
        notes.note(Code.LOCATION_DROPPED, path)
        return None
    notes.note_once(Code.COUNTRY_INFERRED, path, country=country)
    if name["translations"]:  # nothing says which part of them is the name
        source.value["localizations"].unsupported("localizations")
    return {
        "name": {"text": At(before, f"{path}/name"), "language": name["language"]},
        "locality": At(town, f"{path}/name"),
        "country": country,
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
    made: dict[str, At] = {}
    for key, location in source.entries("virtualLocations"):
        own = location[FIELDS]["name"]
        name = source.localized(location["name"], NAME, "virtualLocations", key, "name", own=own)
        features = location["features"].object()
        draft = {
            "name": name,
            "uri": location["uri"].at,
            "features": [At(feature, features.path) for feature in sorted(features.members)],
        }
        made[key] = At(draft, location.path)
        note_unread(location, _READ_IN_VIRTUAL_LOCATIONS)
    later = source.fields["virtualLocations"].members
    made = {key: At(each, source.path) for key, each in later.items()} | made
    return [made[key] for key in sorted(made, key=by_number)]


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
            documents[key] = At(_document(source, key, link) | {"url": href.at}, link.path)
    later = source.fields["documents"].members
    # The others have their number behind a hyphen.
    documents = {f"document-{key}": At(each, source.path) for key, each in later.items()} | documents
    return Links(url, image, [documents[key] for key in sorted(documents, key=by_number)])


def _document(source: JSCalendarEvent, key: str, link: ForeignValue) -> Object:
    fields = link[FIELDS]
    title = source.localized(link["title"], LINE, "links", key, "title", own=fields["title"])
    return {"kind": "other", **fields.members, "title": title}


_STATUSES: Final = {each.value: each for each in ParticipationStatus}
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


@frozen
class Participants:
    """The participants of an Event."""

    organizer: At | None
    persons: list[At] = field(repr=False)
    """The people to contact, or the speakers and chairs."""
    attendees: list[Attendee] = field(repr=False)


def read_participants(source: JSCalendarEvent, uid: str) -> Participants:
    """Return the participants.

    The organizer is the owner at the address to which people reply. Others with an address are invited, unless they
    are there to be contacted.
    """
    organizer: At | None = None
    persons: list[At] = []
    attendees: list[Attendee] = []
    replies = _reply_address(source.value)
    for key, each in source.entries("participants"):
        if each["kind"].value in ("location", "resource"):
            each.drop(Code.VALUE_UNKNOWN)
            continue
        known_as, roles = each[FIELDS]["as"].value, each["roles"].object().members
        address = _address(each)
        _note_other_addresses(each["sendTo"], "sendTo")
        is_owner = known_as == "organizer" or (known_as is None and "owner" in roles)
        if organizer is None and is_owner and replies in {None, address}:
            organizer = At(_organization(source, key, each, address), each.path)
            is_invited = "participationStatus" in each.members or not roles.keys().isdisjoint(_PRESENT)
            if address is None or not is_invited:
                _note_unread(each, _READ, {"owner"})
                continue
        elif known_as == "person":
            note_unread(each, _READ_OF_OWN_PERSONS, _DEFAULTS)
            persons.append(At(_person(each), each.path))
            continue
        elif address is None or "contact" in roles:
            _note_unread(each, _READ_OF_PERSONS, _ROLES.keys())
            persons.append(At(_person(each), each.path))
            continue
        _note_unread(each, _READ_OF_ATTENDEES, {"owner"} if is_owner else ())
        attendees.append(_attendee(source, uid, each, address))
    _note_other_addresses(source.value["replyTo"], "replyTo")
    if organizer is None and replies is not None:
        name = {"text": replies, "language": source.locale}
        organizer = At({"name": name, "email": replies}, source.path)
    return Participants(organizer, persons, attendees)


def _note_unread(participant: ForeignValue, read: frozenset[str], roles: Iterable[str]) -> None:
    """Note what is not read of a participant, and other roles than those that are."""
    note_unread(participant, read, _DEFAULTS)
    if not participant["roles"].members.keys() <= _USUAL.union(roles):
        participant["roles"].unsupported("roles")


def _note_other_addresses(addresses: ForeignValue, name: str) -> None:
    """Note other ways to reach somebody than by e-mail: "imip" is the one for invitations."""
    if not addresses.object().members.keys() <= {"imip"}:
        addresses.unsupported(name)


def _reply_address(event: ForeignValue) -> str | None:
    """Return the e-mail address to which participants reply."""
    return _first_email(event["organizerCalendarAddress"], event["replyTo"]["imip"])


def _address(participant: ForeignValue) -> str | None:
    """Return the e-mail address of a participant: that of invitations, or another one."""
    return _first_email(participant["calendarAddress"], participant["sendTo"]["imip"], participant["email"])


def _first_email(*values: ForeignValue) -> str | None:
    found = (decode_cal_address(each.value) for each in values if isinstance(each.value, str))
    return next((email for email in found if email is not None), None)


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
    for each in delegators.object().members:
        email = _address(participants.member(each)) or decode_cal_address(each)
        if email is not None:
            yield email
