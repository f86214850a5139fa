"""``participants`` as the organizer, people of the event, and attendees."""

from collections.abc import Iterable, Iterator
from typing import Final

from attrs import field, frozen

from wtisd_model.codes import Code
from wtisd_model.formats.foreign import At
from wtisd_model.formats.imported import Attendee
from wtisd_model.ical.values import decode_cal_address
from wtisd_model.jscalendar.importer.context import (
    JSCalendarEvent,
    as_object,
    as_text,
    note_member,
    object_in,
    own_fields,
)
from wtisd_model.jscalendar.names import FIELDS, Object
from wtisd_model.model.reply import ParticipationStatus
from wtisd_model.schema.fields import fields_of
from wtisd_model.types.language import language_tag
from wtisd_model.types.people import Contact, Organization, Role
from wtisd_model.types.text import NAME

_STATUSES: Final = {each.value: each for each in ParticipationStatus}
_ROLES: Final = {"chair": Role.CHAIR, "contact": Role.CONTACT}
_READ: Final = frozenset({"@type", "name", "email", "calendarAddress", "sendTo", "roles", FIELDS})
_READ_OF_ATTENDEES: Final = _READ | {"participationStatus", "delegatedFrom", "language"}
_READ_OF_PERSONS: Final = _READ | {"language"}
# In version 2.0 our description of a person is the address, which our fields have too.
_READ_OF_OWN_PERSONS: Final = _READ | {"description"}
_DEFAULTS: Final[Object] = {"kind": "individual", "expectReply": False}
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
    replies = _reply_address(source.members)
    for key, each, path in source.entries("participants"):
        if each.get("kind") in ("location", "resource"):
            source.notes.note(Code.VALUE_DROPPED, path, reason=Code.VALUE_UNKNOWN)
            continue
        fields, roles = own_fields(each), object_in(each, "roles", path, source.notes)
        address = _address(each)
        _note_other_addresses(source, each, "sendTo", path)
        is_owner = fields.get("as", "organizer" if "owner" in roles else None) == "organizer"
        if organizer is None and is_owner and replies in {None, address}:
            organizer = At(_organization(source, key, each, path, address), path)
            is_invited = "participationStatus" in each or not roles.keys().isdisjoint(_PRESENT)
            if address is None or not is_invited:
                _note_unread(source, each, path, _READ, {"owner"})
                continue
        elif fields.get("as") == "person":
            source.note_unsupported(each, path, _READ_OF_OWN_PERSONS, _DEFAULTS)
            persons.append(At(_person(source, each, path), path))
            continue
        elif address is None or "contact" in roles:
            _note_unread(source, each, path, _READ_OF_PERSONS, _ROLES.keys())
            persons.append(At(_person(source, each, path), path))
            continue
        _note_unread(source, each, path, _READ_OF_ATTENDEES, {"owner"} if is_owner else ())
        attendees.append(_attendee(source, uid, each, path, address))
    _note_other_addresses(source, source.members, "replyTo", source.path)
    if organizer is None and replies is not None:
        name = {"text": replies, "language": source.locale}
        organizer = At({"name": name, "email": replies}, source.path)
    return Participants(organizer, persons, attendees)


def _note_unread(
    source: JSCalendarEvent, participant: Object, path: str, read: frozenset[str], roles: Iterable[str]
) -> None:
    """Note what is not read of a participant, and other roles than those that are."""
    source.note_unsupported(participant, path, read, _DEFAULTS)
    if not as_object(participant.get("roles")).keys() <= _USUAL.union(roles):
        note_member(source.notes, path, "roles")


def _note_other_addresses(source: JSCalendarEvent, members: Object, name: str, path: str) -> None:
    """Note other ways to reach somebody than by e-mail: "imip" is the one for invitations."""
    if not object_in(members, name, path, source.notes).keys() <= {"imip"}:
        note_member(source.notes, path, name)


def _reply_address(members: Object) -> str | None:
    """Return the e-mail address to which participants reply."""
    addresses = (members.get("organizerCalendarAddress"), as_object(members.get("replyTo")).get("imip"))
    return next((email for each in addresses if (email := _email(each)) is not None), None)


def _address(participant: Object) -> str | None:
    """Return the e-mail address of a participant: that of invitations, or another one."""
    addresses = (
        participant.get("calendarAddress"),
        as_object(participant.get("sendTo")).get("imip"),
        participant.get("email"),
    )
    return next((email for each in addresses if (email := _email(each)) is not None), None)


def _email(value: object) -> str | None:
    return decode_cal_address(value) if isinstance(value, str) else None


def _organization(source: JSCalendarEvent, key: str, participant: Object, path: str, address: str | None) -> Object:
    fields = own_fields(participant)
    name = source.localized(
        participant.get("name"), NAME, f"{path}/name", "participants", key, "name", own=fields.get("name")
    )
    if name is None:
        name = {"text": address, "language": source.locale}
    return {**_known(Organization, fields), "name": name, "email": address}


def _person(source: JSCalendarEvent, participant: Object, path: str) -> Object:
    fields, name = own_fields(participant), participant.get("name")
    known = _known(Contact, fields)
    if fields.get("as") != "person":
        roles = [role.value for word, role in _ROLES.items() if word in as_object(participant.get("roles"))]
        known = {"roles": roles, "language": language_tag(as_text(participant.get("language")))}
    email = None if participant.get("email") is None else At(participant["email"], f"{path}/email")
    return {**known, "email": email or known.get("email"), "name": source.notes.text(name, NAME, f"{path}/name")}


def _known(cls: type, fields: Object) -> Object:
    return {spec.key: fields.get(spec.key) for spec in fields_of(cls)}


def _attendee(source: JSCalendarEvent, uid: str, participant: Object, path: str, address: str) -> Attendee:
    name = source.notes.text(participant.get("name"), NAME, f"{path}/name")
    stated = participant.get("participationStatus", "needs-action")
    status = _STATUSES.get(stated) if isinstance(stated, str) else None
    if status is None:
        source.notes.note(Code.PARTSTAT_UNKNOWN, f"{path}/participationStatus")
    return Attendee(
        uid=uid,
        email=address,
        name=None if name is None else name.value,
        language=language_tag(as_text(participant.get("language"))),
        status=status or ParticipationStatus.NEEDS_ACTION,
        delegated_from=tuple(_delegators(source, participant, path)),
    )


def _delegators(source: JSCalendarEvent, participant: Object, path: str) -> Iterator[str]:
    """Yield the addresses of those instead of whom somebody is invited; version 1.0 names participants."""
    participants = as_object(source.members.get("participants"))
    for each in object_in(participant, "delegatedFrom", path, source.notes):
        email = _address(as_object(participants.get(each))) or _email(each)
        if email is not None:
            yield email
