"""Builds objects of what msgspec has read, and structs of objects; a builder gives None for a doubt.

Generated from the declarations of the fields: ``python -m tests.payload.generate``.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from wtisd_model.model.answer import Answer, ParticipationStatus
from wtisd_model.model.call import Call
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.event import Event
from wtisd_model.model.interpretation import InterpretationRequest, RequestState, Team
from wtisd_model.model.pledge import CountryShare, Pledge, PledgeState, Report, Target
from wtisd_model.model.registration import Registration, RegistrationState
from wtisd_model.model.session import EventStatus, Session
from wtisd_model.payload import assembly as by
from wtisd_model.payload.leaves import day_of, exact_of, moment_of
from wtisd_model.payload.structs import struct_of
from wtisd_model.values.document import Document, DocumentReference
from wtisd_model.values.lifecycle import Transition
from wtisd_model.values.location import Location, VirtualLocation
from wtisd_model.values.money import Money, at_minor_unit
from wtisd_model.values.people import Contact, Organization
from wtisd_model.values.timeslot import Deadline

_new: Callable[[type], Any] = object.__new__
_none: frozenset[Any] = frozenset()


_OPEN_LOCATION = by.opened(Location)
_LOCATION = struct_of(Location)
_LOCATION_NAME = by.text_builder(Location, "name")
_LOCATION_ROOM = by.test_of(Location, "room")
_LOCATION_ADDRESS = by.test_of(Location, "address")
_LOCATION_LOCALITY = by.test_of(Location, "locality")
_LOCATION_COUNTRY = by.test_of(Location, "country")
_LOCATION_LATITUDE = by.exact_for(Location, "latitude")
_LOCATION_LONGITUDE = by.exact_for(Location, "longitude")
(_location_latitude_and_longitude,) = Location.INVARIANTS


def build_location(struct: Any, quotes: list[int]) -> Location | None:
    """Build a Location, and add to *quotes* how many its JSON has."""
    name = struct.name
    room = struct.room
    address = struct.address
    locality = struct.locality
    country = struct.country
    latitude = struct.latitude
    longitude = struct.longitude
    capacity = struct.capacity
    made_name = None if name is None else _LOCATION_NAME(name, quotes)
    made_latitude = None if latitude is None else exact_of(_LOCATION_LATITUDE, latitude)
    made_longitude = None if longitude is None else exact_of(_LOCATION_LONGITUDE, longitude)
    if (
        name is None
        or made_name is None
        or (room is not None and not _LOCATION_ROOM(room))
        or (address is not None and not _LOCATION_ADDRESS(address))
        or locality is None
        or not _LOCATION_LOCALITY(locality)
        or country is None
        or not _LOCATION_COUNTRY(country)
        or (made_latitude is None and latitude is not None)
        or (made_longitude is None and longitude is not None)
        or any(_location_latitude_and_longitude(made_latitude, made_longitude))
    ):
        return None
    quotes.append(
        10
        + 4 * (room is not None)
        + 4 * (address is not None)
        + 4 * (latitude is not None)
        + 4 * (longitude is not None)
        + 2 * (capacity is not None)
    )
    open_: Any = _new(_OPEN_LOCATION)
    open_.name = made_name
    open_.room = room
    open_.address = address
    open_.locality = locality
    open_.country = country
    open_.latitude = made_latitude
    open_.longitude = made_longitude
    open_.capacity = capacity
    open_.__class__ = Location
    whole: Location = open_
    return whole


def write_location(value: Location, struct: Any = _LOCATION) -> Any:
    """Make the struct of a Location."""
    return struct(
        by.write_text(value.name),
        value.room,
        value.address,
        value.locality,
        value.country,
        None if value.latitude is None else f"{value.latitude:f}",
        None if value.longitude is None else f"{value.longitude:f}",
        value.capacity,
    )


_OPEN_VIRTUAL_LOCATION = by.opened(VirtualLocation)
_VIRTUAL_LOCATION = struct_of(VirtualLocation)
_VIRTUAL_LOCATION_NAME = by.text_builder(VirtualLocation, "name")
_VIRTUAL_LOCATION_URI = by.test_of(VirtualLocation, "uri")


def build_virtual_location(struct: Any, quotes: list[int]) -> VirtualLocation | None:
    """Build a VirtualLocation, and add to *quotes* how many its JSON has."""
    name = struct.name
    uri = struct.uri
    features = struct.features
    made_name = None if name is None else _VIRTUAL_LOCATION_NAME(name, quotes)
    made_features = frozenset(features) if features else _none
    if (
        (made_name is None and name is not None)
        or (uri is not None and not _VIRTUAL_LOCATION_URI(uri))
        or (features is not None and len(made_features) != len(features))
    ):
        return None
    quotes.append(
        0
        + 2 * (name is not None)
        + 4 * (uri is not None)
        + (0 if features is None else 2 * len(features))
        + 2 * (features is not None)
    )
    open_: Any = _new(_OPEN_VIRTUAL_LOCATION)
    open_.name = made_name
    open_.uri = uri
    open_.features = made_features
    open_.__class__ = VirtualLocation
    whole: VirtualLocation = open_
    return whole


def write_virtual_location(value: VirtualLocation, struct: Any = _VIRTUAL_LOCATION) -> Any:
    """Make the struct of a VirtualLocation."""
    return struct(
        None if value.name is None else by.write_text(value.name),
        value.uri,
        sorted(value.features) if value.features else None,
    )


_OPEN_ORGANIZATION = by.opened(Organization)
_ORGANIZATION = struct_of(Organization)
_ORGANIZATION_NAME = by.text_builder(Organization, "name")
_ORGANIZATION_ACRONYM = by.test_of(Organization, "acronym")
_ORGANIZATION_UNIT = by.test_of(Organization, "unit")
_ORGANIZATION_EMAIL = by.test_of(Organization, "email")
_ORGANIZATION_COUNTRY = by.test_of(Organization, "country")


def build_organization(struct: Any, quotes: list[int]) -> Organization | None:
    """Build an Organization, and add to *quotes* how many its JSON has."""
    name = struct.name
    acronym = struct.acronym
    unit = struct.unit
    email = struct.email
    membership = struct.membership
    country = struct.country
    made_name = None if name is None else _ORGANIZATION_NAME(name, quotes)
    if (
        name is None
        or made_name is None
        or (acronym is not None and not _ORGANIZATION_ACRONYM(acronym))
        or (unit is not None and not _ORGANIZATION_UNIT(unit))
        or (email is not None and not _ORGANIZATION_EMAIL(email))
        or (country is not None and not _ORGANIZATION_COUNTRY(country))
    ):
        return None
    quotes.append(
        2
        + 4 * (acronym is not None)
        + 4 * (unit is not None)
        + 4 * (email is not None)
        + 4 * (membership is not None)
        + 4 * (country is not None)
    )
    open_: Any = _new(_OPEN_ORGANIZATION)
    open_.name = made_name
    open_.acronym = acronym
    open_.unit = unit
    open_.email = email
    open_.membership = membership
    open_.country = country
    open_.__class__ = Organization
    whole: Organization = open_
    return whole


def write_organization(value: Organization, struct: Any = _ORGANIZATION) -> Any:
    """Make the struct of an Organization."""
    return struct(by.write_text(value.name), value.acronym, value.unit, value.email, value.membership, value.country)


_OPEN_CONTACT = by.opened(Contact)
_CONTACT = struct_of(Contact)
_CONTACT_NAME = by.test_of(Contact, "name")
_CONTACT_EMAIL = by.test_of(Contact, "email")
_CONTACT_PHONE = by.test_of(Contact, "phone")
_CONTACT_LANGUAGE = by.known_of(Contact, "language")
_CONTACT_ORGANIZATION = by.test_of(Contact, "organization")
(_contact_name_or_email,) = Contact.INVARIANTS


def build_contact(struct: Any, quotes: list[int]) -> Contact | None:
    """Build a Contact, and add to *quotes* how many its JSON has."""
    name = struct.name
    email = struct.email
    phone = struct.phone
    language = struct.language
    roles = struct.roles
    organization = struct.organization
    made_roles = frozenset(roles) if roles else _none
    if (
        (name is not None and not _CONTACT_NAME(name))
        or (email is not None and not _CONTACT_EMAIL(email))
        or (phone is not None and not _CONTACT_PHONE(phone))
        or (language is not None and not (language in _CONTACT_LANGUAGE.texts or _CONTACT_LANGUAGE.learn((language,))))
        or (roles is not None and len(made_roles) != len(roles))
        or (organization is not None and not _CONTACT_ORGANIZATION(organization))
        or _contact_name_or_email(name, email)
    ):
        return None
    quotes.append(
        0
        + 4 * (name is not None)
        + 4 * (email is not None)
        + 4 * (phone is not None)
        + 4 * (language is not None)
        + (0 if roles is None else 2 * len(roles))
        + 2 * (roles is not None)
        + 4 * (organization is not None)
    )
    open_: Any = _new(_OPEN_CONTACT)
    open_.name = name
    open_.email = email
    open_.phone = phone
    open_.language = language
    open_.roles = made_roles
    open_.organization = organization
    open_.__class__ = Contact
    whole: Contact = open_
    return whole


def write_contact(value: Contact, struct: Any = _CONTACT) -> Any:
    """Make the struct of a Contact."""
    return struct(
        value.name,
        value.email,
        value.phone,
        value.language,
        sorted(value.roles) if value.roles else None,
        value.organization,
    )


_OPEN_DEADLINE = by.opened(Deadline)
_DEADLINE = struct_of(Deadline)
_DEADLINE_TIME_ZONE = by.test_of(Deadline, "time_zone")


def build_deadline(struct: Any, quotes: list[int]) -> Deadline | None:
    """Build a Deadline, and add to *quotes* how many its JSON has."""
    date = struct.date
    time_zone = struct.time_zone
    made_date = None if date is None else day_of(date)
    if date is None or made_date is None or time_zone is None or not _DEADLINE_TIME_ZONE(time_zone):
        return None
    quotes.append(8)
    open_: Any = _new(_OPEN_DEADLINE)
    open_.date = made_date
    open_.time_zone = time_zone
    open_.__class__ = Deadline
    whole: Deadline = open_
    return whole


def write_deadline(value: Deadline, struct: Any = _DEADLINE) -> Any:
    """Make the struct of a Deadline."""
    return struct(date.isoformat(value.date), value.time_zone)


_OPEN_CALL = by.opened(Call)
_CALL = struct_of(Call)
_CALL_URL = by.test_of(Call, "url")
_CALL_EMAIL = by.test_of(Call, "email")
_CALL_LANGUAGES = by.known_of(Call, "languages")
_call_has_address, _call_opens_before_it_closes = Call.INVARIANTS


def build_call(struct: Any, quotes: list[int]) -> Call | None:
    """Build a Call, and add to *quotes* how many its JSON has."""
    kind = struct.kind
    url = struct.url
    email = struct.email
    address_unknown = struct.address_unknown
    opens = struct.opens
    deadline = struct.deadline
    on_site_capacity = struct.on_site_capacity
    remote_capacity = struct.remote_capacity
    needs_approval = struct.needs_approval
    waitlist = struct.waitlist
    pending_counts = struct.pending_counts
    languages = struct.languages
    made_address_unknown = address_unknown is True
    made_opens = None if opens is None else moment_of(opens)
    made_deadline = None if deadline is None else build_deadline(deadline, quotes)
    made_needs_approval = needs_approval is True
    made_waitlist = waitlist is True
    made_pending_counts = pending_counts is True
    made_languages = languages or ()
    if (
        kind is None
        or (url is not None and not _CALL_URL(url))
        or (email is not None and not _CALL_EMAIL(email))
        or (made_opens is None and opens is not None)
        or (made_deadline is None and deadline is not None)
        or not (_CALL_LANGUAGES.texts.issuperset(made_languages) or _CALL_LANGUAGES.learn(made_languages))
        or (languages is not None and len(set(made_languages)) != len(languages))
        or any(_call_has_address(url, email, address_unknown=made_address_unknown))
        or any(_call_opens_before_it_closes(made_opens, made_deadline))
    ):
        return None
    quotes.append(
        4
        + 4 * (url is not None)
        + 4 * (email is not None)
        + 2 * (address_unknown is not None)
        + 4 * (opens is not None)
        + 2 * (deadline is not None)
        + 2 * (on_site_capacity is not None)
        + 2 * (remote_capacity is not None)
        + 2 * (needs_approval is not None)
        + 2 * (waitlist is not None)
        + 2 * (pending_counts is not None)
        + (0 if languages is None else 2 * len(languages))
        + 2 * (languages is not None)
    )
    open_: Any = _new(_OPEN_CALL)
    open_.kind = kind
    open_.url = url
    open_.email = email
    open_.address_unknown = made_address_unknown
    open_.opens = made_opens
    open_.deadline = made_deadline
    open_.on_site_capacity = on_site_capacity
    open_.remote_capacity = remote_capacity
    open_.needs_approval = made_needs_approval
    open_.waitlist = made_waitlist
    open_.pending_counts = made_pending_counts
    open_.languages = made_languages
    open_.__class__ = Call
    whole: Call = open_
    return whole


def write_call(value: Call, struct: Any = _CALL) -> Any:
    """Make the struct of a Call."""
    return struct(
        value.kind,
        value.url,
        value.email,
        value.address_unknown or None,
        value.opens,
        None if value.deadline is None else write_deadline(value.deadline),
        value.on_site_capacity,
        value.remote_capacity,
        value.needs_approval or None,
        value.waitlist or None,
        value.pending_counts or None,
        value.languages or None,
    )


_OPEN_DOCUMENT_REFERENCE = by.opened(DocumentReference)
_DOCUMENT_REFERENCE = struct_of(DocumentReference)
_DOCUMENT_REFERENCE_SYMBOL = by.test_of(DocumentReference, "symbol")
_DOCUMENT_REFERENCE_ISSUED = by.test_of(DocumentReference, "issued")
_DOCUMENT_REFERENCE_TITLE = by.text_builder(DocumentReference, "title")
_DOCUMENT_REFERENCE_URL = by.test_of(DocumentReference, "url")
(_document_reference_year_in_symbol,) = DocumentReference.INVARIANTS


def build_document_reference(struct: Any, quotes: list[int]) -> DocumentReference | None:
    """Build a DocumentReference, and add to *quotes* how many its JSON has."""
    kind = struct.kind
    symbol = struct.symbol
    issued = struct.issued
    title = struct.title
    url = struct.url
    made_title = None if title is None else _DOCUMENT_REFERENCE_TITLE(title, quotes)
    if (
        kind is None
        or (symbol is not None and not _DOCUMENT_REFERENCE_SYMBOL(symbol))
        or (issued is not None and not _DOCUMENT_REFERENCE_ISSUED(issued))
        or (made_title is None and title is not None)
        or (url is not None and not _DOCUMENT_REFERENCE_URL(url))
        or any(_document_reference_year_in_symbol(symbol, issued))
    ):
        return None
    quotes.append(
        4 + 4 * (symbol is not None) + 4 * (issued is not None) + 2 * (title is not None) + 4 * (url is not None)
    )
    open_: Any = _new(_OPEN_DOCUMENT_REFERENCE)
    open_.kind = kind
    open_.symbol = symbol
    open_.issued = issued
    open_.title = made_title
    open_.url = url
    open_.__class__ = DocumentReference
    whole: DocumentReference = open_
    return whole


def write_document_reference(value: DocumentReference, struct: Any = _DOCUMENT_REFERENCE) -> Any:
    """Make the struct of a DocumentReference."""
    return struct(
        value.kind, value.symbol, value.issued, None if value.title is None else by.write_text(value.title), value.url
    )


_OPEN_DOCUMENT = by.opened(Document)
_DOCUMENT = struct_of(Document)
_DOCUMENT_SYMBOL = by.test_of(Document, "symbol")
_DOCUMENT_ISSUED = by.test_of(Document, "issued")
_DOCUMENT_LANGUAGE = by.known_of(Document, "language")
_DOCUMENT_ORIGINAL_LANGUAGE = by.known_of(Document, "original_language")
_DOCUMENT_TITLE = by.text_builder(Document, "title")
_DOCUMENT_URL = by.test_of(Document, "url")
_document_year_in_symbol, _document_follows_another, _document_follows_an_older = Document.INVARIANTS


def build_document(struct: Any, quotes: list[int]) -> Document | None:
    """Build a Document, and add to *quotes* how many its JSON has."""
    kind = struct.kind
    symbol = struct.symbol
    issued = struct.issued
    language = struct.language
    original_language = struct.original_language
    title = struct.title
    url = struct.url
    signed = struct.signed
    addressees = struct.addressees
    follows = struct.follows
    made_title = None if title is None else _DOCUMENT_TITLE(title, quotes)
    made_signed = signed is True
    made_addressees = frozenset(addressees) if addressees else _none
    made_follows = None if follows is None else build_document_reference(follows, quotes)
    if (
        kind is None
        or (symbol is not None and not _DOCUMENT_SYMBOL(symbol))
        or (issued is not None and not _DOCUMENT_ISSUED(issued))
        or (
            language is not None and not (language in _DOCUMENT_LANGUAGE.texts or _DOCUMENT_LANGUAGE.learn((language,)))
        )
        or (
            original_language is not None
            and not (
                original_language in _DOCUMENT_ORIGINAL_LANGUAGE.texts
                or _DOCUMENT_ORIGINAL_LANGUAGE.learn((original_language,))
            )
        )
        or (made_title is None and title is not None)
        or (url is not None and not _DOCUMENT_URL(url))
        or (addressees is not None and len(made_addressees) != len(addressees))
        or (made_follows is None and follows is not None)
        or any(_document_year_in_symbol(symbol, issued))
        or any(_document_follows_another(symbol, made_follows))
        or any(_document_follows_an_older(issued, made_follows))
    ):
        return None
    quotes.append(
        4
        + 4 * (symbol is not None)
        + 4 * (issued is not None)
        + 4 * (language is not None)
        + 4 * (original_language is not None)
        + 2 * (title is not None)
        + 4 * (url is not None)
        + 2 * (signed is not None)
        + (0 if addressees is None else 2 * len(addressees))
        + 2 * (addressees is not None)
        + 2 * (follows is not None)
    )
    open_: Any = _new(_OPEN_DOCUMENT)
    open_.kind = kind
    open_.symbol = symbol
    open_.issued = issued
    open_.language = language
    open_.original_language = original_language
    open_.title = made_title
    open_.url = url
    open_.signed = made_signed
    open_.addressees = made_addressees
    open_.follows = made_follows
    open_.__class__ = Document
    whole: Document = open_
    return whole


def write_document(value: Document, struct: Any = _DOCUMENT) -> Any:
    """Make the struct of a Document."""
    return struct(
        value.kind,
        value.symbol,
        value.issued,
        value.language,
        value.original_language,
        None if value.title is None else by.write_text(value.title),
        value.url,
        value.signed or None,
        sorted(value.addressees) if value.addressees else None,
        None if value.follows is None else write_document_reference(value.follows),
    )


_OPEN_TRANSITION = by.opened(Transition)
_TRANSITION = struct_of(Transition)
_TRANSITION_BEFORE = by.known_of(Transition, "before")
_TRANSITION_AFTER = by.known_of(Transition, "after")
_TRANSITION_BY = by.test_of(Transition, "by")
_TRANSITION_NOTE = by.test_of(Transition, "note")


def build_transition(struct: Any, quotes: list[int]) -> Transition | None:
    """Build a Transition, and add to *quotes* how many its JSON has."""
    at = struct.at
    before = struct.before
    after = struct.after
    by = struct.by
    note = struct.note
    made_at = None if at is None else moment_of(at)
    if (
        at is None
        or made_at is None
        or before is None
        or not (before in _TRANSITION_BEFORE.texts or _TRANSITION_BEFORE.learn((before,)))
        or after is None
        or not (after in _TRANSITION_AFTER.texts or _TRANSITION_AFTER.learn((after,)))
        or (by is not None and not _TRANSITION_BY(by))
        or (note is not None and not _TRANSITION_NOTE(note))
    ):
        return None
    quotes.append(12 + 4 * (by is not None) + 4 * (note is not None))
    open_: Any = _new(_OPEN_TRANSITION)
    open_.at = made_at
    open_.before = before
    open_.after = after
    open_.by = by
    open_.note = note
    open_.__class__ = Transition
    whole: Transition = open_
    return whole


def write_transition(value: Transition, struct: Any = _TRANSITION) -> Any:
    """Make the struct of a Transition."""
    return struct(value.at, value.before, value.after, value.by, value.note)


_OPEN_SESSION = by.opened(Session)
_SESSION = struct_of(Session)
_SESSION_ID = by.test_of(Session, "id")
_SESSION_UID = by.known_of(Session, "uid")
_SESSION_TITLE = by.text_builder(Session, "title")
_SESSION_DESCRIPTION = by.text_builder(Session, "description")
_SESSION_STATUS_ABSENT = EventStatus.SCHEDULED
_SESSION_CODE = by.test_of(Session, "code")
_SESSION_FLOOR_LANGUAGES = by.known_of(Session, "floor_languages")
_session_history_ends_in_status, _session_old_slot_is_kept = Session.INVARIANTS


def build_session(struct: Any, quotes: list[int]) -> Session | None:
    """Build a Session, and add to *quotes* how many its JSON has."""
    id_ = struct.id
    uid = struct.uid
    title = struct.title
    description = struct.description
    slot = struct.slot
    status = struct.status
    previous_slots = struct.previous_slots
    locations = struct.locations
    virtual_locations = struct.virtual_locations
    kind = struct.kind
    code = struct.code
    people = struct.people
    floor_languages = struct.floor_languages
    history = struct.history
    made_title = None if title is None else _SESSION_TITLE(title, quotes)
    made_description = None if description is None else _SESSION_DESCRIPTION(description, quotes)
    made_slot = None if slot is None else by.build_time_slot(slot, quotes)
    made_status = _SESSION_STATUS_ABSENT if status is None else status
    made_previous_slots = by.each(by.build_time_slot, previous_slots, quotes) if previous_slots else ()
    made_locations = by.each(build_location, locations, quotes) if locations else ()
    made_virtual_locations = by.each(build_virtual_location, virtual_locations, quotes) if virtual_locations else ()
    made_people = by.each(build_contact, people, quotes) if people else ()
    made_floor_languages = floor_languages or ()
    made_history = by.each(build_transition, history, quotes) if history else ()
    if (
        id_ is None
        or not _SESSION_ID(id_)
        or (uid is not None and not (uid in _SESSION_UID.texts or _SESSION_UID.learn((uid,))))
        or title is None
        or made_title is None
        or (made_description is None and description is not None)
        or slot is None
        or made_slot is None
        or made_previous_slots is None
        or made_locations is None
        or made_virtual_locations is None
        or (code is not None and not _SESSION_CODE(code))
        or made_people is None
        or not (
            _SESSION_FLOOR_LANGUAGES.texts.issuperset(made_floor_languages)
            or _SESSION_FLOOR_LANGUAGES.learn(made_floor_languages)
        )
        or (floor_languages is not None and len(set(made_floor_languages)) != len(floor_languages))
        or made_history is None
        or _session_history_ends_in_status(made_status, made_history)
        or any(_session_old_slot_is_kept(made_history, made_previous_slots))
    ):
        return None
    quotes.append(
        8
        + 4 * (uid is not None)
        + 2 * (description is not None)
        + 4 * (status is not None)
        + 2 * (previous_slots is not None)
        + 2 * (locations is not None)
        + 2 * (virtual_locations is not None)
        + 4 * (kind is not None)
        + 4 * (code is not None)
        + 2 * (people is not None)
        + (0 if floor_languages is None else 2 * len(floor_languages))
        + 2 * (floor_languages is not None)
        + 2 * (history is not None)
    )
    open_: Any = _new(_OPEN_SESSION)
    open_.id = id_
    open_.uid = uid
    open_.title = made_title
    open_.description = made_description
    open_.slot = made_slot
    open_.status = made_status
    open_.previous_slots = made_previous_slots
    open_.locations = made_locations
    open_.virtual_locations = made_virtual_locations
    open_.kind = kind
    open_.code = code
    open_.people = made_people
    open_.floor_languages = made_floor_languages
    open_.history = made_history
    open_.__class__ = Session
    whole: Session = open_
    return whole


def write_session(value: Session, struct: Any = _SESSION) -> Any:
    """Make the struct of a Session."""
    return struct(
        value.id,
        value.uid,
        by.write_text(value.title),
        None if value.description is None else by.write_text(value.description),
        by.write_time_slot(value.slot),
        value.status,
        [*map(by.write_time_slot, value.previous_slots)] if value.previous_slots else None,
        [*map(write_location, value.locations)] if value.locations else None,
        [*map(write_virtual_location, value.virtual_locations)] if value.virtual_locations else None,
        value.kind,
        value.code,
        [*map(write_contact, value.people)] if value.people else None,
        value.floor_languages or None,
        [*map(write_transition, value.history)] if value.history else None,
    )


_OPEN_EVENT = by.opened(Event)
_EVENT = struct_of(Event)
_EVENT_UID = by.known_of(Event, "uid")
_EVENT_TITLE = by.text_builder(Event, "title")
_EVENT_SHORT_TITLE = by.test_of(Event, "short_title")
_EVENT_THEME = by.text_builder(Event, "theme")
_EVENT_DESCRIPTION = by.text_builder(Event, "description")
_EVENT_STATUS_ABSENT = EventStatus.SCHEDULED
_EVENT_FLOOR_LANGUAGES = by.known_of(Event, "floor_languages")
_EVENT_GOALS = by.known_of(Event, "goals")
_EVENT_KEYWORDS = by.test_of(Event, "keywords")
_EVENT_URL = by.test_of(Event, "url")
_EVENT_IMAGE = by.test_of(Event, "image")
_EVENT_COLOR = by.test_of(Event, "color")
(
    _event_only_a_draft_has_no_slot,
    _event_only_a_draft_has_no_place,
    _event_one_call_of_a_kind,
    _event_capacity_for_places_it_has,
    _event_sessions_lie_inside,
    _event_session_ids_are_unique,
    _event_history_ends_in_status,
    _event_old_slot_is_kept,
) = Event.INVARIANTS


def build_event(struct: Any, quotes: list[int]) -> Event | None:
    """Build an Event, and add to *quotes* how many its JSON has."""
    uid = struct.uid
    title = struct.title
    short_title = struct.short_title
    theme = struct.theme
    description = struct.description
    slot = struct.slot
    status = struct.status
    previous_slots = struct.previous_slots
    locations = struct.locations
    virtual_locations = struct.virtual_locations
    organizer = struct.organizer
    contacts = struct.contacts
    audience = struct.audience
    floor_languages = struct.floor_languages
    calls = struct.calls
    documents = struct.documents
    goals = struct.goals
    keywords = struct.keywords
    url = struct.url
    image = struct.image
    color = struct.color
    sessions = struct.sessions
    retention_days = struct.retention_days
    sequence = struct.sequence
    created = struct.created
    updated = struct.updated
    history = struct.history
    made_title = None if title is None else _EVENT_TITLE(title, quotes)
    made_theme = None if theme is None else _EVENT_THEME(theme, quotes)
    made_description = None if description is None else _EVENT_DESCRIPTION(description, quotes)
    made_slot = None if slot is None else by.build_time_slot(slot, quotes)
    made_status = _EVENT_STATUS_ABSENT if status is None else status
    made_previous_slots = by.each(by.build_time_slot, previous_slots, quotes) if previous_slots else ()
    made_locations = by.each(build_location, locations, quotes) if locations else ()
    made_virtual_locations = by.each(build_virtual_location, virtual_locations, quotes) if virtual_locations else ()
    made_organizer = None if organizer is None else build_organization(organizer, quotes)
    made_contacts = by.each(build_contact, contacts, quotes) if contacts else ()
    made_audience = frozenset(audience) if audience else _none
    made_floor_languages = floor_languages or ()
    made_calls = by.each(build_call, calls, quotes) if calls else ()
    made_documents = by.each(build_document, documents, quotes) if documents else ()
    made_goals = frozenset(goals) if goals else _none
    made_keywords = frozenset(keywords) if keywords else _none
    made_sessions = by.each(build_session, sessions, quotes) if sessions else ()
    made_sequence = 0 if sequence is None else sequence
    made_created = None if created is None else moment_of(created)
    made_updated = None if updated is None else moment_of(updated)
    made_history = by.each(build_transition, history, quotes) if history else ()
    if (
        uid is None
        or not (uid in _EVENT_UID.texts or _EVENT_UID.learn((uid,)))
        or title is None
        or made_title is None
        or (short_title is not None and not _EVENT_SHORT_TITLE(short_title))
        or (made_theme is None and theme is not None)
        or (made_description is None and description is not None)
        or (made_slot is None and slot is not None)
        or made_previous_slots is None
        or made_locations is None
        or made_virtual_locations is None
        or (made_organizer is None and organizer is not None)
        or made_contacts is None
        or (audience is not None and len(made_audience) != len(audience))
        or not (
            _EVENT_FLOOR_LANGUAGES.texts.issuperset(made_floor_languages)
            or _EVENT_FLOOR_LANGUAGES.learn(made_floor_languages)
        )
        or (floor_languages is not None and len(set(made_floor_languages)) != len(floor_languages))
        or made_calls is None
        or made_documents is None
        or not (_EVENT_GOALS.texts.issuperset(made_goals) or _EVENT_GOALS.learn(made_goals))
        or (goals is not None and len(made_goals) != len(goals))
        or not all(map(_EVENT_KEYWORDS, made_keywords))
        or (keywords is not None and len(made_keywords) != len(keywords))
        or (url is not None and not _EVENT_URL(url))
        or (image is not None and not _EVENT_IMAGE(image))
        or (color is not None and not _EVENT_COLOR(color))
        or made_sessions is None
        or (made_created is None and created is not None)
        or (made_updated is None and updated is not None)
        or made_history is None
        or any(_event_only_a_draft_has_no_slot(made_slot, made_status))
        or any(_event_only_a_draft_has_no_place(made_status, made_locations, made_virtual_locations))
        or any(_event_one_call_of_a_kind(made_calls))
        or any(_event_capacity_for_places_it_has(made_calls, made_locations, made_virtual_locations))
        or any(_event_sessions_lie_inside(made_slot, made_sessions))
        or any(_event_session_ids_are_unique(made_sessions))
        or _event_history_ends_in_status(made_status, made_history)
        or any(_event_old_slot_is_kept(made_history, made_previous_slots))
    ):
        return None
    quotes.append(
        6
        + 4 * (short_title is not None)
        + 2 * (theme is not None)
        + 2 * (description is not None)
        + 2 * (slot is not None)
        + 4 * (status is not None)
        + 2 * (previous_slots is not None)
        + 2 * (locations is not None)
        + 2 * (virtual_locations is not None)
        + 2 * (organizer is not None)
        + 2 * (contacts is not None)
        + (0 if audience is None else 2 * len(audience))
        + 2 * (audience is not None)
        + (0 if floor_languages is None else 2 * len(floor_languages))
        + 2 * (floor_languages is not None)
        + 2 * (calls is not None)
        + 2 * (documents is not None)
        + (0 if goals is None else 2 * len(goals))
        + 2 * (goals is not None)
        + (0 if keywords is None else 2 * len(keywords))
        + 2 * (keywords is not None)
        + 4 * (url is not None)
        + 4 * (image is not None)
        + 4 * (color is not None)
        + 2 * (sessions is not None)
        + 2 * (retention_days is not None)
        + 2 * (sequence is not None)
        + 4 * (created is not None)
        + 4 * (updated is not None)
        + 2 * (history is not None)
    )
    open_: Any = _new(_OPEN_EVENT)
    open_.uid = uid
    open_.title = made_title
    open_.short_title = short_title
    open_.theme = made_theme
    open_.description = made_description
    open_.slot = made_slot
    open_.status = made_status
    open_.previous_slots = made_previous_slots
    open_.locations = made_locations
    open_.virtual_locations = made_virtual_locations
    open_.organizer = made_organizer
    open_.contacts = made_contacts
    open_.audience = made_audience
    open_.floor_languages = made_floor_languages
    open_.calls = made_calls
    open_.documents = made_documents
    open_.goals = made_goals
    open_.keywords = made_keywords
    open_.url = url
    open_.image = image
    open_.color = color
    open_.sessions = made_sessions
    open_.retention_days = retention_days
    open_.sequence = made_sequence
    open_.created = made_created
    open_.updated = made_updated
    open_.history = made_history
    open_.__class__ = Event
    whole: Event = open_
    return whole


def write_event(value: Event, struct: Any = _EVENT) -> Any:
    """Make the struct of an Event."""
    return struct(
        value.uid,
        by.write_text(value.title),
        value.short_title,
        None if value.theme is None else by.write_text(value.theme),
        None if value.description is None else by.write_text(value.description),
        None if value.slot is None else by.write_time_slot(value.slot),
        value.status,
        [*map(by.write_time_slot, value.previous_slots)] if value.previous_slots else None,
        [*map(write_location, value.locations)] if value.locations else None,
        [*map(write_virtual_location, value.virtual_locations)] if value.virtual_locations else None,
        None if value.organizer is None else write_organization(value.organizer),
        [*map(write_contact, value.contacts)] if value.contacts else None,
        sorted(value.audience) if value.audience else None,
        value.floor_languages or None,
        [*map(write_call, value.calls)] if value.calls else None,
        [*map(write_document, value.documents)] if value.documents else None,
        sorted(value.goals) if value.goals else None,
        sorted(value.keywords) if value.keywords else None,
        value.url,
        value.image,
        value.color,
        [*map(write_session, value.sessions)] if value.sessions else None,
        value.retention_days,
        value.sequence,
        value.created,
        value.updated,
        [*map(write_transition, value.history)] if value.history else None,
    )


_OPEN_ANSWER = by.opened(Answer)
_ANSWER = struct_of(Answer)
_ANSWER_SESSION_ID = by.test_of(Answer, "session_id")
_ANSWER_COMMENT = by.test_of(Answer, "comment")


def build_answer(struct: Any, quotes: list[int]) -> Answer | None:
    """Build an Answer, and add to *quotes* how many its JSON has."""
    at = struct.at
    status = struct.status
    sequence = struct.sequence
    session_id = struct.session_id
    comment = struct.comment
    made_at = None if at is None else moment_of(at)
    made_sequence = 0 if sequence is None else sequence
    if (
        at is None
        or made_at is None
        or status is None
        or (session_id is not None and not _ANSWER_SESSION_ID(session_id))
        or (comment is not None and not _ANSWER_COMMENT(comment))
    ):
        return None
    quotes.append(8 + 2 * (sequence is not None) + 4 * (session_id is not None) + 4 * (comment is not None))
    open_: Any = _new(_OPEN_ANSWER)
    open_.at = made_at
    open_.status = status
    open_.sequence = made_sequence
    open_.session_id = session_id
    open_.comment = comment
    open_.__class__ = Answer
    whole: Answer = open_
    return whole


def write_answer(value: Answer, struct: Any = _ANSWER) -> Any:
    """Make the struct of an Answer."""
    return struct(value.at, value.status, value.sequence, value.session_id, value.comment)


_OPEN_REGISTRATION = by.opened(Registration)
_REGISTRATION = struct_of(Registration)
_REGISTRATION_ID = by.test_of(Registration, "id")
_REGISTRATION_EVENT_UID = by.known_of(Registration, "event_uid")
_REGISTRATION_ORGANIZATION = by.test_of(Registration, "organization")
_REGISTRATION_COUNTRY = by.test_of(Registration, "country")
_REGISTRATION_SESSION_IDS = by.known_of(Registration, "session_ids")
_REGISTRATION_LISTENING_LANGUAGES = by.known_of(Registration, "listening_languages")
_REGISTRATION_PRIVACY_NOTICE = by.test_of(Registration, "privacy_notice")
_REGISTRATION_SUBMITTED_BY = by.test_of(Registration, "submitted_by")
_REGISTRATION_STATE_ABSENT = RegistrationState.PENDING
_REGISTRATION_PARTICIPATION_STATUS_ABSENT = ParticipationStatus.NEEDS_ACTION
(
    _registration_participant_is_whole,
    _registration_only_the_purged_have_no_participant,
    _registration_the_purged_have_no_personal_data,
    _registration_waitlisted_since,
    _registration_checked_in_when_attended,
    _registration_history_ends_in_state,
    _registration_answers_are_in_order,
    _registration_last_answer_counts,
) = Registration.INVARIANTS


def build_registration(struct: Any, quotes: list[int]) -> Registration | None:
    """Build a Registration, and add to *quotes* how many its JSON has."""
    id_ = struct.id
    event_uid = struct.event_uid
    participant = struct.participant
    organization = struct.organization
    membership = struct.membership
    country = struct.country
    mode = struct.mode
    session_ids = struct.session_ids
    listening_languages = struct.listening_languages
    needs = struct.needs
    listing_consent = struct.listing_consent
    privacy_notice = struct.privacy_notice
    submitted_at = struct.submitted_at
    submitted_by = struct.submitted_by
    state = struct.state
    participation_status = struct.participation_status
    waitlisted_at = struct.waitlisted_at
    checked_in_at = struct.checked_in_at
    purged_at = struct.purged_at
    history = struct.history
    answers = struct.answers
    made_participant = None if participant is None else build_contact(participant, quotes)
    made_session_ids = frozenset(session_ids) if session_ids else _none
    made_listening_languages = listening_languages or ()
    made_needs = frozenset(needs) if needs else _none
    made_submitted_at = None if submitted_at is None else moment_of(submitted_at)
    made_state = _REGISTRATION_STATE_ABSENT if state is None else state
    made_participation_status = (
        _REGISTRATION_PARTICIPATION_STATUS_ABSENT if participation_status is None else participation_status
    )
    made_waitlisted_at = None if waitlisted_at is None else moment_of(waitlisted_at)
    made_checked_in_at = None if checked_in_at is None else moment_of(checked_in_at)
    made_purged_at = None if purged_at is None else moment_of(purged_at)
    made_history = by.each(build_transition, history, quotes) if history else ()
    made_answers = by.each(build_answer, answers, quotes) if answers else ()
    if (
        id_ is None
        or not _REGISTRATION_ID(id_)
        or event_uid is None
        or not (event_uid in _REGISTRATION_EVENT_UID.texts or _REGISTRATION_EVENT_UID.learn((event_uid,)))
        or (made_participant is None and participant is not None)
        or (organization is not None and not _REGISTRATION_ORGANIZATION(organization))
        or (country is not None and not _REGISTRATION_COUNTRY(country))
        or mode is None
        or not (
            _REGISTRATION_SESSION_IDS.texts.issuperset(made_session_ids)
            or _REGISTRATION_SESSION_IDS.learn(made_session_ids)
        )
        or (session_ids is not None and len(made_session_ids) != len(session_ids))
        or not (
            _REGISTRATION_LISTENING_LANGUAGES.texts.issuperset(made_listening_languages)
            or _REGISTRATION_LISTENING_LANGUAGES.learn(made_listening_languages)
        )
        or (listening_languages is not None and len(set(made_listening_languages)) != len(listening_languages))
        or (needs is not None and len(made_needs) != len(needs))
        or (privacy_notice is not None and not _REGISTRATION_PRIVACY_NOTICE(privacy_notice))
        or submitted_at is None
        or made_submitted_at is None
        or (submitted_by is not None and not _REGISTRATION_SUBMITTED_BY(submitted_by))
        or (made_waitlisted_at is None and waitlisted_at is not None)
        or (made_checked_in_at is None and checked_in_at is not None)
        or (made_purged_at is None and purged_at is not None)
        or made_history is None
        or made_answers is None
        or _registration_participant_is_whole(made_participant)
        or _registration_only_the_purged_have_no_participant(made_participant, made_purged_at)
        or _registration_the_purged_have_no_personal_data(
            made_purged_at, made_participant, organization, made_needs, submitted_by, made_history, made_answers
        )
        or _registration_waitlisted_since(made_state, made_waitlisted_at)
        or _registration_checked_in_when_attended(made_state, made_checked_in_at)
        or _registration_history_ends_in_state(made_state, made_history)
        or _registration_answers_are_in_order(made_answers)
        or _registration_last_answer_counts(made_participation_status, made_answers)
    ):
        return None
    quotes.append(
        16
        + 2 * (participant is not None)
        + 4 * (organization is not None)
        + 4 * (membership is not None)
        + 4 * (country is not None)
        + (0 if session_ids is None else 2 * len(session_ids))
        + 2 * (session_ids is not None)
        + (0 if listening_languages is None else 2 * len(listening_languages))
        + 2 * (listening_languages is not None)
        + (0 if needs is None else 2 * len(needs))
        + 2 * (needs is not None)
        + 4 * (listing_consent is not None)
        + 4 * (privacy_notice is not None)
        + 4 * (submitted_by is not None)
        + 4 * (state is not None)
        + 4 * (participation_status is not None)
        + 4 * (waitlisted_at is not None)
        + 4 * (checked_in_at is not None)
        + 4 * (purged_at is not None)
        + 2 * (history is not None)
        + 2 * (answers is not None)
    )
    open_: Any = _new(_OPEN_REGISTRATION)
    open_.id = id_
    open_.event_uid = event_uid
    open_.participant = made_participant
    open_.organization = organization
    open_.membership = membership
    open_.country = country
    open_.mode = mode
    open_.session_ids = made_session_ids
    open_.listening_languages = made_listening_languages
    open_.needs = made_needs
    open_.listing_consent = listing_consent
    open_.privacy_notice = privacy_notice
    open_.submitted_at = made_submitted_at
    open_.submitted_by = submitted_by
    open_.state = made_state
    open_.participation_status = made_participation_status
    open_.waitlisted_at = made_waitlisted_at
    open_.checked_in_at = made_checked_in_at
    open_.purged_at = made_purged_at
    open_.history = made_history
    open_.answers = made_answers
    open_.__class__ = Registration
    whole: Registration = open_
    return whole


def write_registration(value: Registration, struct: Any = _REGISTRATION) -> Any:
    """Make the struct of a Registration."""
    return struct(
        value.id,
        value.event_uid,
        None if value.participant is None else write_contact(value.participant),
        value.organization,
        value.membership,
        value.country,
        value.mode,
        sorted(value.session_ids) if value.session_ids else None,
        value.listening_languages or None,
        sorted(value.needs) if value.needs else None,
        value.listing_consent,
        value.privacy_notice,
        value.submitted_at,
        value.submitted_by,
        value.state,
        value.participation_status,
        value.waitlisted_at,
        value.checked_in_at,
        value.purged_at,
        [*map(write_transition, value.history)] if value.history else None,
        [*map(write_answer, value.answers)] if value.answers else None,
    )


_OPEN_TEAM = by.opened(Team)
_TEAM = struct_of(Team)


def build_team(struct: Any, quotes: list[int]) -> Team | None:
    """Build a Team, and add to *quotes* how many its JSON has."""
    booths = struct.booths
    heads = struct.heads
    norm = struct.norm
    if booths is None or heads is None or norm is None:
        return None
    quotes.append(8)
    open_: Any = _new(_OPEN_TEAM)
    open_.booths = booths
    open_.heads = heads
    open_.norm = norm
    open_.__class__ = Team
    whole: Team = open_
    return whole


def write_team(value: Team, struct: Any = _TEAM) -> Any:
    """Make the struct of a Team."""
    return struct(value.booths, value.heads, value.norm)


_OPEN_INTERPRETATION_REQUEST = by.opened(InterpretationRequest)
_INTERPRETATION_REQUEST = struct_of(InterpretationRequest)
_INTERPRETATION_REQUEST_ID = by.test_of(InterpretationRequest, "id")
_INTERPRETATION_REQUEST_EVENT_UID = by.known_of(InterpretationRequest, "event_uid")
_INTERPRETATION_REQUEST_SESSION_IDS = by.known_of(InterpretationRequest, "session_ids")
_INTERPRETATION_REQUEST_ORGANIZATION = by.test_of(InterpretationRequest, "organization")
_INTERPRETATION_REQUEST_SOURCE_LANGUAGES = by.known_of(InterpretationRequest, "source_languages")
_INTERPRETATION_REQUEST_TARGET_LANGUAGES = by.known_of(InterpretationRequest, "target_languages")
_INTERPRETATION_REQUEST_NOTE = by.test_of(InterpretationRequest, "note")
_INTERPRETATION_REQUEST_STATE_ABSENT = RequestState.REQUESTED
(
    _interpretation_request_languages_are_apart,
    _interpretation_request_service_fits_the_languages,
    _interpretation_request_declined_with_a_reason,
    _interpretation_request_team_when_assigned,
    _interpretation_request_history_ends_in_state,
) = InterpretationRequest.INVARIANTS


def build_interpretation_request(struct: Any, quotes: list[int]) -> InterpretationRequest | None:
    """Build an InterpretationRequest, and add to *quotes* how many its JSON has."""
    id_ = struct.id
    event_uid = struct.event_uid
    session_ids = struct.session_ids
    requester = struct.requester
    organization = struct.organization
    service = struct.service
    source_languages = struct.source_languages
    target_languages = struct.target_languages
    delivery = struct.delivery
    listeners = struct.listeners
    note = struct.note
    submitted_at = struct.submitted_at
    state = struct.state
    team = struct.team
    history = struct.history
    made_session_ids = frozenset(session_ids) if session_ids else _none
    made_requester = None if requester is None else build_contact(requester, quotes)
    made_source_languages = frozenset(source_languages) if source_languages else _none
    made_target_languages = frozenset(target_languages) if target_languages else _none
    made_submitted_at = None if submitted_at is None else moment_of(submitted_at)
    made_state = _INTERPRETATION_REQUEST_STATE_ABSENT if state is None else state
    made_team = None if team is None else build_team(team, quotes)
    made_history = by.each(build_transition, history, quotes) if history else ()
    if (
        id_ is None
        or not _INTERPRETATION_REQUEST_ID(id_)
        or event_uid is None
        or not (
            event_uid in _INTERPRETATION_REQUEST_EVENT_UID.texts
            or _INTERPRETATION_REQUEST_EVENT_UID.learn((event_uid,))
        )
        or not (
            _INTERPRETATION_REQUEST_SESSION_IDS.texts.issuperset(made_session_ids)
            or _INTERPRETATION_REQUEST_SESSION_IDS.learn(made_session_ids)
        )
        or (session_ids is not None and len(made_session_ids) != len(session_ids))
        or requester is None
        or made_requester is None
        or (organization is not None and not _INTERPRETATION_REQUEST_ORGANIZATION(organization))
        or service is None
        or not (
            _INTERPRETATION_REQUEST_SOURCE_LANGUAGES.texts.issuperset(made_source_languages)
            or _INTERPRETATION_REQUEST_SOURCE_LANGUAGES.learn(made_source_languages)
        )
        or (source_languages is not None and len(made_source_languages) != len(source_languages))
        or target_languages is None
        or not (
            _INTERPRETATION_REQUEST_TARGET_LANGUAGES.texts.issuperset(made_target_languages)
            or _INTERPRETATION_REQUEST_TARGET_LANGUAGES.learn(made_target_languages)
        )
        or len(made_target_languages) != len(target_languages)
        or delivery is None
        or (note is not None and not _INTERPRETATION_REQUEST_NOTE(note))
        or submitted_at is None
        or made_submitted_at is None
        or (made_team is None and team is not None)
        or made_history is None
        or any(_interpretation_request_languages_are_apart(service, made_source_languages, made_target_languages))
        or any(
            _interpretation_request_service_fits_the_languages(service, made_source_languages, made_target_languages)
        )
        or any(_interpretation_request_declined_with_a_reason(made_history))
        or any(_interpretation_request_team_when_assigned(made_state, made_team))
        or _interpretation_request_history_ends_in_state(made_state, made_history)
    ):
        return None
    quotes.append(
        24
        + (0 if session_ids is None else 2 * len(session_ids))
        + 2 * (session_ids is not None)
        + 4 * (organization is not None)
        + (0 if source_languages is None else 2 * len(source_languages))
        + 2 * (source_languages is not None)
        + 2 * len(target_languages)
        + 2 * (listeners is not None)
        + 4 * (note is not None)
        + 4 * (state is not None)
        + 2 * (team is not None)
        + 2 * (history is not None)
    )
    open_: Any = _new(_OPEN_INTERPRETATION_REQUEST)
    open_.id = id_
    open_.event_uid = event_uid
    open_.session_ids = made_session_ids
    open_.requester = made_requester
    open_.organization = organization
    open_.service = service
    open_.source_languages = made_source_languages
    open_.target_languages = made_target_languages
    open_.delivery = delivery
    open_.listeners = listeners
    open_.note = note
    open_.submitted_at = made_submitted_at
    open_.state = made_state
    open_.team = made_team
    open_.history = made_history
    open_.__class__ = InterpretationRequest
    whole: InterpretationRequest = open_
    return whole


def write_interpretation_request(value: InterpretationRequest, struct: Any = _INTERPRETATION_REQUEST) -> Any:
    """Make the struct of an InterpretationRequest."""
    return struct(
        value.id,
        value.event_uid,
        sorted(value.session_ids) if value.session_ids else None,
        write_contact(value.requester),
        value.organization,
        value.service,
        sorted(value.source_languages) if value.source_languages else None,
        sorted(value.target_languages) if value.target_languages else None,
        value.delivery,
        value.listeners,
        value.note,
        value.submitted_at,
        value.state,
        None if value.team is None else write_team(value.team),
        [*map(write_transition, value.history)] if value.history else None,
    )


_OPEN_MONEY = by.opened(Money)
_MONEY = struct_of(Money)
_MONEY_AMOUNT = by.exact_for(Money, "amount")
_MONEY_CURRENCY = by.test_of(Money, "currency")
(_money_within_minor_unit,) = Money.INVARIANTS


def build_money(struct: Any, quotes: list[int]) -> Money | None:
    """Build a Money, and add to *quotes* how many its JSON has."""
    amount = struct.amount
    currency = struct.currency
    made_amount = None if amount is None else exact_of(_MONEY_AMOUNT, amount)
    if (
        amount is None
        or made_amount is None
        or currency is None
        or not _MONEY_CURRENCY(currency)
        or any(_money_within_minor_unit(made_amount, currency))
    ):
        return None
    quotes.append(8)
    open_: Any = _new(_OPEN_MONEY)
    open_.amount = at_minor_unit(made_amount, currency)
    open_.currency = currency
    open_.__class__ = Money
    whole: Money = open_
    return whole


def write_money(value: Money, struct: Any = _MONEY) -> Any:
    """Make the struct of a Money."""
    return struct(f"{value.amount:f}", value.currency)


_OPEN_COUNTRY_SHARE = by.opened(CountryShare)
_COUNTRY_SHARE = struct_of(CountryShare)
_COUNTRY_SHARE_COUNTRY = by.test_of(CountryShare, "country")
_COUNTRY_SHARE_SHARE = by.exact_for(CountryShare, "share")


def build_country_share(struct: Any, quotes: list[int]) -> CountryShare | None:
    """Build a CountryShare, and add to *quotes* how many its JSON has."""
    country = struct.country
    share = struct.share
    made_share = None if share is None else exact_of(_COUNTRY_SHARE_SHARE, share)
    if country is None or not _COUNTRY_SHARE_COUNTRY(country) or (made_share is None and share is not None):
        return None
    quotes.append(4 + 4 * (share is not None))
    open_: Any = _new(_OPEN_COUNTRY_SHARE)
    open_.country = country
    open_.share = made_share
    open_.__class__ = CountryShare
    whole: CountryShare = open_
    return whole


def write_country_share(value: CountryShare, struct: Any = _COUNTRY_SHARE) -> Any:
    """Make the struct of a CountryShare."""
    return struct(value.country, None if value.share is None else f"{value.share:f}")


_OPEN_TARGET = by.opened(Target)
_TARGET = struct_of(Target)
_TARGET_TEXT = by.text_builder(Target, "text")
_TARGET_NUMBER = by.exact_for(Target, "number")
_TARGET_UNIT = by.test_of(Target, "unit")


def build_target(struct: Any, quotes: list[int]) -> Target | None:
    """Build a Target, and add to *quotes* how many its JSON has."""
    text = struct.text
    number = struct.number
    unit = struct.unit
    due = struct.due
    made_text = None if text is None else _TARGET_TEXT(text, quotes)
    made_number = None if number is None else exact_of(_TARGET_NUMBER, number)
    made_due = None if due is None else day_of(due)
    if (
        text is None
        or made_text is None
        or (made_number is None and number is not None)
        or (unit is not None and not _TARGET_UNIT(unit))
        or (made_due is None and due is not None)
    ):
        return None
    quotes.append(2 + 4 * (number is not None) + 4 * (unit is not None) + 4 * (due is not None))
    open_: Any = _new(_OPEN_TARGET)
    open_.text = made_text
    open_.number = made_number
    open_.unit = unit
    open_.due = made_due
    open_.__class__ = Target
    whole: Target = open_
    return whole


def write_target(value: Target, struct: Any = _TARGET) -> Any:
    """Make the struct of a Target."""
    return struct(
        by.write_text(value.text),
        None if value.number is None else f"{value.number:f}",
        value.unit,
        None if value.due is None else date.isoformat(value.due),
    )


_OPEN_REPORT = by.opened(Report)
_REPORT = struct_of(Report)
_REPORT_NOTE = by.test_of(Report, "note")


def build_report(struct: Any, quotes: list[int]) -> Report | None:
    """Build a Report, and add to *quotes* how many its JSON has."""
    on = struct.on
    percent = struct.percent
    disbursed = struct.disbursed
    note = struct.note
    made_on = None if on is None else day_of(on)
    made_disbursed = None if disbursed is None else build_money(disbursed, quotes)
    if (
        on is None
        or made_on is None
        or (made_disbursed is None and disbursed is not None)
        or (note is not None and not _REPORT_NOTE(note))
    ):
        return None
    quotes.append(4 + 2 * (percent is not None) + 2 * (disbursed is not None) + 4 * (note is not None))
    open_: Any = _new(_OPEN_REPORT)
    open_.on = made_on
    open_.percent = percent
    open_.disbursed = made_disbursed
    open_.note = note
    open_.__class__ = Report
    whole: Report = open_
    return whole


def write_report(value: Report, struct: Any = _REPORT) -> Any:
    """Make the struct of a Report."""
    return struct(
        date.isoformat(value.on),
        value.percent,
        None if value.disbursed is None else write_money(value.disbursed),
        value.note,
    )


_OPEN_PLEDGE = by.opened(Pledge)
_PLEDGE = struct_of(Pledge)
_PLEDGE_ID = by.test_of(Pledge, "id")
_PLEDGE_EVENT_UID = by.known_of(Pledge, "event_uid")
_PLEDGE_TITLE = by.text_builder(Pledge, "title")
_PLEDGE_DESCRIPTION = by.text_builder(Pledge, "description")
_PLEDGE_GOALS = by.known_of(Pledge, "goals")
_PLEDGE_STATE_ABSENT = PledgeState.SUBMITTED
(
    _pledge_financial_has_an_amount,
    _pledge_period_has_an_order,
    _pledge_reports_after_the_start,
    _pledge_targets_inside_the_period,
    _pledge_scope_names_a_country,
    _pledge_countries_come_once,
    _pledge_shares_make_a_whole,
    _pledge_pledger_is_no_partner,
    _pledge_completed_has_a_report,
    _pledge_history_ends_in_state,
) = Pledge.INVARIANTS


def build_pledge(struct: Any, quotes: list[int]) -> Pledge | None:
    """Build a Pledge, and add to *quotes* how many its JSON has."""
    id_ = struct.id
    event_uid = struct.event_uid
    title = struct.title
    description = struct.description
    pledger = struct.pledger
    partners = struct.partners
    contact = struct.contact
    kind = struct.kind
    focus_areas = struct.focus_areas
    pledged = struct.pledged
    amount_is_estimate = struct.amount_is_estimate
    start = struct.start
    end = struct.end
    scope = struct.scope
    countries = struct.countries
    groups = struct.groups
    goals = struct.goals
    targets = struct.targets
    submitted_at = struct.submitted_at
    state = struct.state
    public = struct.public
    history = struct.history
    reports = struct.reports
    made_title = None if title is None else _PLEDGE_TITLE(title, quotes)
    made_description = None if description is None else _PLEDGE_DESCRIPTION(description, quotes)
    made_pledger = None if pledger is None else build_organization(pledger, quotes)
    made_partners = by.each(build_organization, partners, quotes) if partners else ()
    made_contact = None if contact is None else build_contact(contact, quotes)
    made_focus_areas = frozenset(focus_areas) if focus_areas else _none
    made_pledged = None if pledged is None else build_money(pledged, quotes)
    made_amount_is_estimate = amount_is_estimate is True
    made_start = None if start is None else day_of(start)
    made_end = None if end is None else day_of(end)
    made_countries = by.each(build_country_share, countries, quotes) if countries else ()
    made_groups = frozenset(groups) if groups else _none
    made_goals = frozenset(goals) if goals else _none
    made_targets = by.each(build_target, targets, quotes) if targets else ()
    made_submitted_at = None if submitted_at is None else moment_of(submitted_at)
    made_state = _PLEDGE_STATE_ABSENT if state is None else state
    made_public = public is True
    made_history = by.each(build_transition, history, quotes) if history else ()
    made_reports = by.each(build_report, reports, quotes) if reports else ()
    if (
        id_ is None
        or not _PLEDGE_ID(id_)
        or (
            event_uid is not None
            and not (event_uid in _PLEDGE_EVENT_UID.texts or _PLEDGE_EVENT_UID.learn((event_uid,)))
        )
        or title is None
        or made_title is None
        or (made_description is None and description is not None)
        or pledger is None
        or made_pledger is None
        or made_partners is None
        or (made_contact is None and contact is not None)
        or kind is None
        or focus_areas is None
        or len(made_focus_areas) != len(focus_areas)
        or (made_pledged is None and pledged is not None)
        or (made_start is None and start is not None)
        or (made_end is None and end is not None)
        or scope is None
        or made_countries is None
        or (groups is not None and len(made_groups) != len(groups))
        or not (_PLEDGE_GOALS.texts.issuperset(made_goals) or _PLEDGE_GOALS.learn(made_goals))
        or (goals is not None and len(made_goals) != len(goals))
        or made_targets is None
        or submitted_at is None
        or made_submitted_at is None
        or made_history is None
        or made_reports is None
        or any(_pledge_financial_has_an_amount(kind, made_pledged))
        or any(_pledge_period_has_an_order(made_start, made_end))
        or any(_pledge_reports_after_the_start(made_start, made_reports))
        or any(_pledge_targets_inside_the_period(made_start, made_end, made_targets))
        or any(_pledge_scope_names_a_country(scope, made_countries))
        or any(_pledge_countries_come_once(made_countries))
        or any(_pledge_shares_make_a_whole(made_countries))
        or any(_pledge_pledger_is_no_partner(made_pledger, made_partners))
        or any(_pledge_completed_has_a_report(made_state, made_reports))
        or _pledge_history_ends_in_state(made_state, made_history)
    ):
        return None
    quotes.append(
        22
        + 4 * (event_uid is not None)
        + 2 * (description is not None)
        + 2 * (partners is not None)
        + 2 * (contact is not None)
        + 2 * len(focus_areas)
        + 2 * (pledged is not None)
        + 2 * (amount_is_estimate is not None)
        + 4 * (start is not None)
        + 4 * (end is not None)
        + 2 * (countries is not None)
        + (0 if groups is None else 2 * len(groups))
        + 2 * (groups is not None)
        + (0 if goals is None else 2 * len(goals))
        + 2 * (goals is not None)
        + 2 * (targets is not None)
        + 4 * (state is not None)
        + 2 * (public is not None)
        + 2 * (history is not None)
        + 2 * (reports is not None)
    )
    open_: Any = _new(_OPEN_PLEDGE)
    open_.id = id_
    open_.event_uid = event_uid
    open_.title = made_title
    open_.description = made_description
    open_.pledger = made_pledger
    open_.partners = made_partners
    open_.contact = made_contact
    open_.kind = kind
    open_.focus_areas = made_focus_areas
    open_.pledged = made_pledged
    open_.amount_is_estimate = made_amount_is_estimate
    open_.start = made_start
    open_.end = made_end
    open_.scope = scope
    open_.countries = made_countries
    open_.groups = made_groups
    open_.goals = made_goals
    open_.targets = made_targets
    open_.submitted_at = made_submitted_at
    open_.state = made_state
    open_.public = made_public
    open_.history = made_history
    open_.reports = made_reports
    open_.__class__ = Pledge
    whole: Pledge = open_
    return whole


def write_pledge(value: Pledge, struct: Any = _PLEDGE) -> Any:
    """Make the struct of a Pledge."""
    return struct(
        value.id,
        value.event_uid,
        by.write_text(value.title),
        None if value.description is None else by.write_text(value.description),
        write_organization(value.pledger),
        [*map(write_organization, value.partners)] if value.partners else None,
        None if value.contact is None else write_contact(value.contact),
        value.kind,
        sorted(value.focus_areas) if value.focus_areas else None,
        None if value.pledged is None else write_money(value.pledged),
        value.amount_is_estimate or None,
        None if value.start is None else date.isoformat(value.start),
        None if value.end is None else date.isoformat(value.end),
        value.scope,
        [*map(write_country_share, value.countries)] if value.countries else None,
        sorted(value.groups) if value.groups else None,
        sorted(value.goals) if value.goals else None,
        [*map(write_target, value.targets)] if value.targets else None,
        value.submitted_at,
        value.state,
        value.public or None,
        [*map(write_transition, value.history)] if value.history else None,
        [*map(write_report, value.reports)] if value.reports else None,
    )


_OPEN_DOSSIER = by.opened(Dossier)
_DOSSIER = struct_of(Dossier)


def build_dossier(struct: Any, quotes: list[int]) -> Dossier | None:
    """Build a Dossier, and add to *quotes* how many its JSON has."""
    event = struct.event
    registrations = struct.registrations
    interpretation_requests = struct.interpretation_requests
    pledges = struct.pledges
    made_event = None if event is None else build_event(event, quotes)
    made_registrations = by.each(build_registration, registrations, quotes) if registrations else ()
    made_interpretation_requests = (
        by.each(build_interpretation_request, interpretation_requests, quotes) if interpretation_requests else ()
    )
    made_pledges = by.each(build_pledge, pledges, quotes) if pledges else ()
    if (
        event is None
        or made_event is None
        or made_registrations is None
        or made_interpretation_requests is None
        or made_pledges is None
    ):
        return None
    quotes.append(
        2 + 2 * (registrations is not None) + 2 * (interpretation_requests is not None) + 2 * (pledges is not None)
    )
    open_: Any = _new(_OPEN_DOSSIER)
    open_.event = made_event
    open_.registrations = made_registrations
    open_.interpretation_requests = made_interpretation_requests
    open_.pledges = made_pledges
    open_.__class__ = Dossier
    whole: Dossier = open_
    return whole


def write_dossier(value: Dossier, struct: Any = _DOSSIER) -> Any:
    """Make the struct of a Dossier."""
    return struct(
        write_event(value.event),
        [*map(write_registration, value.registrations)],
        [*map(write_interpretation_request, value.interpretation_requests)],
        [*map(write_pledge, value.pledges)],
    )


BUILDERS: dict[type, by.Builder[Any]] = {
    Location: build_location,
    VirtualLocation: build_virtual_location,
    Organization: build_organization,
    Contact: build_contact,
    Deadline: build_deadline,
    Call: build_call,
    DocumentReference: build_document_reference,
    Document: build_document,
    Transition: build_transition,
    Session: build_session,
    Event: build_event,
    Answer: build_answer,
    Registration: build_registration,
    Team: build_team,
    InterpretationRequest: build_interpretation_request,
    Money: build_money,
    CountryShare: build_country_share,
    Target: build_target,
    Report: build_report,
    Pledge: build_pledge,
    Dossier: build_dossier,
}
"""What builds an object of each class of its struct."""

WRITERS: dict[type, Callable[[Any, Any], Any]] = {
    Event: write_event,
    Session: write_session,
    Registration: write_registration,
    InterpretationRequest: write_interpretation_request,
    Pledge: write_pledge,
    Dossier: write_dossier,
}
"""What makes the struct of each document, or another with the same fields."""
