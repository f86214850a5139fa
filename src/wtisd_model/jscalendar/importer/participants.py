"""``participants`` as the organizer, people of the event, and attendees."""

from collections.abc import Iterable, Iterator
from typing import Final

from attrs import field, frozen

from wtisd_model.codes import Code
from wtisd_model.ical.values import decode_cal_address
from wtisd_model.jscalendar.importer.context import JSCalendarEvent, note_unread
from wtisd_model.jscalendar.names import FIELDS, Object
from wtisd_model.jscalendar.parts import ROLES
from wtisd_model.model.reply import ParticipationStatus
from wtisd_model.reading.foreign_value import ForeignValue
from wtisd_model.reading.imported import Attendee
from wtisd_model.reading.notes import At
from wtisd_model.schema.fields import fields_of
from wtisd_model.types.language import language_tag
from wtisd_model.types.people import Contact, Organization
from wtisd_model.types.text import NAME

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
