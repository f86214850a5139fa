"""Builds objects of what msgspec has read, and structs of objects; a builder gives None for a doubt.

Generated from the declarations of the fields: ``python -m tests.payload.generate``.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from wtisd_model.characters import UNSEEN_FIRST
from wtisd_model.findings import opened
from wtisd_model.model.answer import Answer, ParticipationStatus
from wtisd_model.model.call import Call
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.event import Event
from wtisd_model.model.interpretation import InterpretationRequest, RequestState, Team
from wtisd_model.model.pledge import CountryShare, Pledge, PledgeState, Report, Target
from wtisd_model.model.registration import Registration, RegistrationState
from wtisd_model.model.session import EventStatus, Session
from wtisd_model.nodes import SHORT
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


_OPEN_LOCATION = opened(Location)
_LOCATION = struct_of(Location)
_LOCATION_NAME = by.text_builder(Location, "name")
_LOCATION_ROOM = by.test_of(Location, "room")
_LOCATION_ADDRESS = by.test_of(Location, "address")
_LOCATION_LOCALITY = by.test_of(Location, "locality")
_LOCATION_COUNTRY = by.test_of(Location, "country")
_LOCATION_LATITUDE = by.exact_for(Location, "latitude")
_LOCATION_LONGITUDE = by.exact_for(Location, "longitude")
(_location_latitude_and_longitude,) = Location.INVARIANTS


def build_location(struct: Any) -> Location | None:
    """Build a Location of its struct."""
    name = struct.name
    if name is None:
        return None
    made_name = _LOCATION_NAME(name)
    if made_name is None:
        return None
    room = struct.room
    if room is not None and not (
        (room and room[0] not in UNSEEN_FIRST and room[-1] != " " and room.isprintable()) or _LOCATION_ROOM(room)
    ):
        return None
    address = struct.address
    if address is not None and not (
        (address and address[0] not in UNSEEN_FIRST and address[-1] != " " and address.isprintable())
        or _LOCATION_ADDRESS(address)
    ):
        return None
    locality = struct.locality
    if locality is None:
        return None
    if not (
        (locality and locality[0] not in UNSEEN_FIRST and locality[-1] != " " and locality.isprintable())
        or _LOCATION_LOCALITY(locality)
    ):
        return None
    country = struct.country
    if country is None:
        return None
    if not _LOCATION_COUNTRY(country):
        return None
    latitude = struct.latitude
    made_latitude: Any = None
    if latitude is not None:
        made_latitude = exact_of(_LOCATION_LATITUDE, latitude)
        if made_latitude is None:
            return None
    longitude = struct.longitude
    made_longitude: Any = None
    if longitude is not None:
        made_longitude = exact_of(_LOCATION_LONGITUDE, longitude)
        if made_longitude is None:
            return None
    capacity = struct.capacity
    if any(_location_latitude_and_longitude(made_latitude, made_longitude)):
        return None
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


_OPEN_VIRTUAL_LOCATION = opened(VirtualLocation)
_VIRTUAL_LOCATION = struct_of(VirtualLocation)
_VIRTUAL_LOCATION_NAME = by.text_builder(VirtualLocation, "name")
_VIRTUAL_LOCATION_URI = by.test_of(VirtualLocation, "uri")


def build_virtual_location(struct: Any) -> VirtualLocation | None:
    """Build a VirtualLocation of its struct."""
    name = struct.name
    made_name: Any = None
    if name is not None:
        made_name = _VIRTUAL_LOCATION_NAME(name)
        if made_name is None:
            return None
    uri = struct.uri
    if uri is not None and not _VIRTUAL_LOCATION_URI(uri):
        return None
    features = struct.features
    made_features: Any = _none
    if features is not None:
        made_features = features
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


_OPEN_ORGANIZATION = opened(Organization)
_ORGANIZATION = struct_of(Organization)
_ORGANIZATION_NAME = by.text_builder(Organization, "name")
_ORGANIZATION_ACRONYM = by.test_of(Organization, "acronym")
_ORGANIZATION_UNIT = by.test_of(Organization, "unit")
_ORGANIZATION_EMAIL = by.test_of(Organization, "email")
_ORGANIZATION_EMAIL_USUAL = by.usual_of(Organization, "email")
_ORGANIZATION_COUNTRY = by.test_of(Organization, "country")


def build_organization(struct: Any) -> Organization | None:
    """Build an Organization of its struct."""
    name = struct.name
    if name is None:
        return None
    made_name = _ORGANIZATION_NAME(name)
    if made_name is None:
        return None
    acronym = struct.acronym
    if acronym is not None and not (
        (acronym and acronym[0] not in UNSEEN_FIRST and acronym[-1] != " " and acronym.isprintable())
        or _ORGANIZATION_ACRONYM(acronym)
    ):
        return None
    unit = struct.unit
    if unit is not None and not (
        (unit and unit[0] not in UNSEEN_FIRST and unit[-1] != " " and unit.isprintable()) or _ORGANIZATION_UNIT(unit)
    ):
        return None
    email = struct.email
    if email is not None and not (
        (len(email) < SHORT and _ORGANIZATION_EMAIL_USUAL(email)) or _ORGANIZATION_EMAIL(email)
    ):
        return None
    membership = struct.membership
    country = struct.country
    if country is not None and not _ORGANIZATION_COUNTRY(country):
        return None
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


_OPEN_CONTACT = opened(Contact)
_CONTACT = struct_of(Contact)
_CONTACT_NAME = by.test_of(Contact, "name")
_CONTACT_EMAIL = by.test_of(Contact, "email")
_CONTACT_EMAIL_USUAL = by.usual_of(Contact, "email")
_CONTACT_PHONE = by.test_of(Contact, "phone")
_CONTACT_LANGUAGE = by.known_of(Contact, "language")
_CONTACT_ORGANIZATION = by.test_of(Contact, "organization")
(_contact_name_or_email,) = Contact.INVARIANTS


def build_contact(struct: Any) -> Contact | None:
    """Build a Contact of its struct."""
    name = struct.name
    if name is not None and not (
        (name and name[0] not in UNSEEN_FIRST and name[-1] != " " and name.isprintable()) or _CONTACT_NAME(name)
    ):
        return None
    email = struct.email
    if email is not None and not ((len(email) < SHORT and _CONTACT_EMAIL_USUAL(email)) or _CONTACT_EMAIL(email)):
        return None
    phone = struct.phone
    if phone is not None and not _CONTACT_PHONE(phone):
        return None
    language = struct.language
    if language is not None and not (language in _CONTACT_LANGUAGE.texts or _CONTACT_LANGUAGE.learn((language,))):
        return None
    roles = struct.roles
    made_roles: Any = _none
    if roles is not None:
        made_roles = roles
    organization = struct.organization
    if organization is not None and not (
        (
            organization
            and organization[0] not in UNSEEN_FIRST
            and organization[-1] != " "
            and organization.isprintable()
        )
        or _CONTACT_ORGANIZATION(organization)
    ):
        return None
    if not (name is not None or email is not None) and _contact_name_or_email(name, email):
        return None
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


_OPEN_DEADLINE = opened(Deadline)
_DEADLINE = struct_of(Deadline)
_DEADLINE_TIME_ZONE = by.test_of(Deadline, "time_zone")


def build_deadline(struct: Any) -> Deadline | None:
    """Build a Deadline of its struct."""
    date = struct.date
    if date is None:
        return None
    made_date = day_of(date)
    if made_date is None:
        return None
    time_zone = struct.time_zone
    if time_zone is None:
        return None
    if not _DEADLINE_TIME_ZONE(time_zone):
        return None
    open_: Any = _new(_OPEN_DEADLINE)
    open_.date = made_date
    open_.time_zone = time_zone
    open_.__class__ = Deadline
    whole: Deadline = open_
    return whole


def write_deadline(value: Deadline, struct: Any = _DEADLINE) -> Any:
    """Make the struct of a Deadline."""
    return struct(date.isoformat(value.date), value.time_zone)


_OPEN_CALL = opened(Call)
_CALL = struct_of(Call)
_CALL_URL = by.test_of(Call, "url")
_CALL_EMAIL = by.test_of(Call, "email")
_CALL_EMAIL_USUAL = by.usual_of(Call, "email")
_CALL_LANGUAGES = by.known_of(Call, "languages")
_call_has_address, _call_opens_before_it_closes = Call.INVARIANTS


def build_call(struct: Any) -> Call | None:
    """Build a Call of its struct."""
    kind = struct.kind
    if kind is None:
        return None
    url = struct.url
    if url is not None and not _CALL_URL(url):
        return None
    email = struct.email
    if email is not None and not ((len(email) < SHORT and _CALL_EMAIL_USUAL(email)) or _CALL_EMAIL(email)):
        return None
    address_unknown = struct.address_unknown
    made_address_unknown: Any = False
    if address_unknown is not None:
        made_address_unknown = address_unknown
    opens = struct.opens
    made_opens: Any = None
    if opens is not None:
        made_opens = moment_of(opens)
        if made_opens is None:
            return None
    deadline = struct.deadline
    made_deadline: Any = None
    if deadline is not None:
        made_deadline = build_deadline(deadline)
        if made_deadline is None:
            return None
    on_site_capacity = struct.on_site_capacity
    remote_capacity = struct.remote_capacity
    needs_approval = struct.needs_approval
    made_needs_approval: Any = False
    if needs_approval is not None:
        made_needs_approval = needs_approval
    waitlist = struct.waitlist
    made_waitlist: Any = False
    if waitlist is not None:
        made_waitlist = waitlist
    pending_counts = struct.pending_counts
    made_pending_counts: Any = False
    if pending_counts is not None:
        made_pending_counts = pending_counts
    languages = struct.languages
    made_languages: Any = ()
    if languages is not None:
        made_languages = languages
        if not (_CALL_LANGUAGES.texts.issuperset(made_languages) or _CALL_LANGUAGES.learn(made_languages)) or len(
            set(made_languages)
        ) != len(made_languages):
            return None
    if any(_call_has_address(url, email, address_unknown=made_address_unknown)):
        return None
    if any(_call_opens_before_it_closes(made_opens, made_deadline)):
        return None
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


_OPEN_DOCUMENT_REFERENCE = opened(DocumentReference)
_DOCUMENT_REFERENCE = struct_of(DocumentReference)
_DOCUMENT_REFERENCE_SYMBOL = by.test_of(DocumentReference, "symbol")
_DOCUMENT_REFERENCE_ISSUED = by.test_of(DocumentReference, "issued")
_DOCUMENT_REFERENCE_TITLE = by.text_builder(DocumentReference, "title")
_DOCUMENT_REFERENCE_URL = by.test_of(DocumentReference, "url")
(_document_reference_year_in_symbol,) = DocumentReference.INVARIANTS


def build_document_reference(struct: Any) -> DocumentReference | None:
    """Build a DocumentReference of its struct."""
    kind = struct.kind
    if kind is None:
        return None
    symbol = struct.symbol
    if symbol is not None and not (
        (symbol and symbol[0] not in UNSEEN_FIRST and symbol[-1] != " " and symbol.isprintable())
        or _DOCUMENT_REFERENCE_SYMBOL(symbol)
    ):
        return None
    issued = struct.issued
    if issued is not None and not _DOCUMENT_REFERENCE_ISSUED(issued):
        return None
    title = struct.title
    made_title: Any = None
    if title is not None:
        made_title = _DOCUMENT_REFERENCE_TITLE(title)
        if made_title is None:
            return None
    url = struct.url
    if url is not None and not _DOCUMENT_REFERENCE_URL(url):
        return None
    if any(_document_reference_year_in_symbol(symbol, issued)):
        return None
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


_OPEN_DOCUMENT = opened(Document)
_DOCUMENT = struct_of(Document)
_DOCUMENT_SYMBOL = by.test_of(Document, "symbol")
_DOCUMENT_ISSUED = by.test_of(Document, "issued")
_DOCUMENT_LANGUAGE = by.known_of(Document, "language")
_DOCUMENT_ORIGINAL_LANGUAGE = by.known_of(Document, "original_language")
_DOCUMENT_TITLE = by.text_builder(Document, "title")
_DOCUMENT_URL = by.test_of(Document, "url")
_document_year_in_symbol, _document_follows_another, _document_follows_an_older = Document.INVARIANTS


def build_document(struct: Any) -> Document | None:
    """Build a Document of its struct."""
    kind = struct.kind
    if kind is None:
        return None
    symbol = struct.symbol
    if symbol is not None and not (
        (symbol and symbol[0] not in UNSEEN_FIRST and symbol[-1] != " " and symbol.isprintable())
        or _DOCUMENT_SYMBOL(symbol)
    ):
        return None
    issued = struct.issued
    if issued is not None and not _DOCUMENT_ISSUED(issued):
        return None
    language = struct.language
    if language is not None and not (language in _DOCUMENT_LANGUAGE.texts or _DOCUMENT_LANGUAGE.learn((language,))):
        return None
    original_language = struct.original_language
    if original_language is not None and not (
        original_language in _DOCUMENT_ORIGINAL_LANGUAGE.texts
        or _DOCUMENT_ORIGINAL_LANGUAGE.learn((original_language,))
    ):
        return None
    title = struct.title
    made_title: Any = None
    if title is not None:
        made_title = _DOCUMENT_TITLE(title)
        if made_title is None:
            return None
    url = struct.url
    if url is not None and not _DOCUMENT_URL(url):
        return None
    signed = struct.signed
    made_signed: Any = False
    if signed is not None:
        made_signed = signed
    addressees = struct.addressees
    made_addressees: Any = _none
    if addressees is not None:
        made_addressees = addressees
    follows = struct.follows
    made_follows: Any = None
    if follows is not None:
        made_follows = build_document_reference(follows)
        if made_follows is None:
            return None
    if any(_document_year_in_symbol(symbol, issued)):
        return None
    if any(_document_follows_another(symbol, made_follows)):
        return None
    if any(_document_follows_an_older(issued, made_follows)):
        return None
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


_OPEN_TRANSITION = opened(Transition)
_TRANSITION = struct_of(Transition)
_TRANSITION_BEFORE = by.known_of(Transition, "before")
_TRANSITION_AFTER = by.known_of(Transition, "after")
_TRANSITION_BY = by.test_of(Transition, "by")
_TRANSITION_NOTE = by.test_of(Transition, "note")


def build_transition(struct: Any) -> Transition | None:
    """Build a Transition of its struct."""
    at = struct.at
    if at is None:
        return None
    made_at = moment_of(at)
    if made_at is None:
        return None
    before = struct.before
    if before is None:
        return None
    if not (before in _TRANSITION_BEFORE.texts or _TRANSITION_BEFORE.learn((before,))):
        return None
    after = struct.after
    if after is None:
        return None
    if not (after in _TRANSITION_AFTER.texts or _TRANSITION_AFTER.learn((after,))):
        return None
    by = struct.by
    if by is not None and not (
        (by and by[0] not in UNSEEN_FIRST and by[-1] != " " and by.isprintable()) or _TRANSITION_BY(by)
    ):
        return None
    note = struct.note
    if note is not None and not (
        (note and note[0] not in UNSEEN_FIRST and note[-1] != " " and note.isprintable()) or _TRANSITION_NOTE(note)
    ):
        return None
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


_OPEN_SESSION = opened(Session)
_SESSION = struct_of(Session)
_SESSION_ID = by.test_of(Session, "id")
_SESSION_UID = by.known_of(Session, "uid")
_SESSION_TITLE = by.text_builder(Session, "title")
_SESSION_DESCRIPTION = by.text_builder(Session, "description")
_SESSION_STATUS_ABSENT = EventStatus.SCHEDULED
_SESSION_CODE = by.test_of(Session, "code")
_SESSION_FLOOR_LANGUAGES = by.known_of(Session, "floor_languages")
_session_history_ends_in_status, _session_old_slot_is_kept = Session.INVARIANTS


def build_session(struct: Any) -> Session | None:
    """Build a Session of its struct."""
    id_ = struct.id
    if id_ is None:
        return None
    if not _SESSION_ID(id_):
        return None
    uid = struct.uid
    if uid is not None and not (uid in _SESSION_UID.texts or _SESSION_UID.learn((uid,))):
        return None
    title = struct.title
    if title is None:
        return None
    made_title = _SESSION_TITLE(title)
    if made_title is None:
        return None
    description = struct.description
    made_description: Any = None
    if description is not None:
        made_description = _SESSION_DESCRIPTION(description)
        if made_description is None:
            return None
    slot = struct.slot
    if slot is None:
        return None
    made_slot = by.build_time_slot(slot)
    if made_slot is None:
        return None
    status = struct.status
    made_status: Any = _SESSION_STATUS_ABSENT
    if status is not None:
        made_status = status
    previous_slots = struct.previous_slots
    made_previous_slots: Any = ()
    if previous_slots is not None:
        made_previous_slots = by.each(by.build_time_slot, previous_slots)
        if made_previous_slots is None:
            return None
    locations = struct.locations
    made_locations: Any = ()
    if locations is not None:
        made_locations = by.each(build_location, locations)
        if made_locations is None:
            return None
    virtual_locations = struct.virtual_locations
    made_virtual_locations: Any = ()
    if virtual_locations is not None:
        made_virtual_locations = by.each(build_virtual_location, virtual_locations)
        if made_virtual_locations is None:
            return None
    kind = struct.kind
    code = struct.code
    if code is not None and not (
        (code and code[0] not in UNSEEN_FIRST and code[-1] != " " and code.isprintable()) or _SESSION_CODE(code)
    ):
        return None
    people = struct.people
    made_people: Any = ()
    if people is not None:
        made_people = by.each(build_contact, people)
        if made_people is None:
            return None
    floor_languages = struct.floor_languages
    made_floor_languages: Any = ()
    if floor_languages is not None:
        made_floor_languages = floor_languages
        if not (
            _SESSION_FLOOR_LANGUAGES.texts.issuperset(made_floor_languages)
            or _SESSION_FLOOR_LANGUAGES.learn(made_floor_languages)
        ) or len(set(made_floor_languages)) != len(made_floor_languages):
            return None
    history = struct.history
    made_history: Any = ()
    if history is not None:
        made_history = by.each(build_transition, history)
        if made_history is None:
            return None
    if _session_history_ends_in_status(made_status, made_history):
        return None
    if any(_session_old_slot_is_kept(made_history, made_previous_slots)):
        return None
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


_OPEN_EVENT = opened(Event)
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


def build_event(struct: Any) -> Event | None:
    """Build an Event of its struct."""
    uid = struct.uid
    if uid is None:
        return None
    if not (uid in _EVENT_UID.texts or _EVENT_UID.learn((uid,))):
        return None
    title = struct.title
    if title is None:
        return None
    made_title = _EVENT_TITLE(title)
    if made_title is None:
        return None
    short_title = struct.short_title
    if short_title is not None and not (
        (short_title and short_title[0] not in UNSEEN_FIRST and short_title[-1] != " " and short_title.isprintable())
        or _EVENT_SHORT_TITLE(short_title)
    ):
        return None
    theme = struct.theme
    made_theme: Any = None
    if theme is not None:
        made_theme = _EVENT_THEME(theme)
        if made_theme is None:
            return None
    description = struct.description
    made_description: Any = None
    if description is not None:
        made_description = _EVENT_DESCRIPTION(description)
        if made_description is None:
            return None
    slot = struct.slot
    made_slot: Any = None
    if slot is not None:
        made_slot = by.build_time_slot(slot)
        if made_slot is None:
            return None
    status = struct.status
    made_status: Any = _EVENT_STATUS_ABSENT
    if status is not None:
        made_status = status
    previous_slots = struct.previous_slots
    made_previous_slots: Any = ()
    if previous_slots is not None:
        made_previous_slots = by.each(by.build_time_slot, previous_slots)
        if made_previous_slots is None:
            return None
    locations = struct.locations
    made_locations: Any = ()
    if locations is not None:
        made_locations = by.each(build_location, locations)
        if made_locations is None:
            return None
    virtual_locations = struct.virtual_locations
    made_virtual_locations: Any = ()
    if virtual_locations is not None:
        made_virtual_locations = by.each(build_virtual_location, virtual_locations)
        if made_virtual_locations is None:
            return None
    organizer = struct.organizer
    made_organizer: Any = None
    if organizer is not None:
        made_organizer = build_organization(organizer)
        if made_organizer is None:
            return None
    contacts = struct.contacts
    made_contacts: Any = ()
    if contacts is not None:
        made_contacts = by.each(build_contact, contacts)
        if made_contacts is None:
            return None
    audience = struct.audience
    made_audience: Any = _none
    if audience is not None:
        made_audience = audience
    floor_languages = struct.floor_languages
    made_floor_languages: Any = ()
    if floor_languages is not None:
        made_floor_languages = floor_languages
        if not (
            _EVENT_FLOOR_LANGUAGES.texts.issuperset(made_floor_languages)
            or _EVENT_FLOOR_LANGUAGES.learn(made_floor_languages)
        ) or len(set(made_floor_languages)) != len(made_floor_languages):
            return None
    calls = struct.calls
    made_calls: Any = ()
    if calls is not None:
        made_calls = by.each(build_call, calls)
        if made_calls is None:
            return None
    documents = struct.documents
    made_documents: Any = ()
    if documents is not None:
        made_documents = by.each(build_document, documents)
        if made_documents is None:
            return None
    goals = struct.goals
    made_goals: Any = _none
    if goals is not None:
        made_goals = goals
        if not (_EVENT_GOALS.texts.issuperset(made_goals) or _EVENT_GOALS.learn(made_goals)):
            return None
    keywords = struct.keywords
    made_keywords: Any = _none
    if keywords is not None:
        made_keywords = keywords
        if not all(map(_EVENT_KEYWORDS, made_keywords)):
            return None
    url = struct.url
    if url is not None and not _EVENT_URL(url):
        return None
    image = struct.image
    if image is not None and not _EVENT_IMAGE(image):
        return None
    color = struct.color
    if color is not None and not _EVENT_COLOR(color):
        return None
    sessions = struct.sessions
    made_sessions: Any = ()
    if sessions is not None:
        made_sessions = by.each(build_session, sessions)
        if made_sessions is None:
            return None
    retention_days = struct.retention_days
    sequence = struct.sequence
    made_sequence: Any = 0
    if sequence is not None:
        made_sequence = sequence
    created = struct.created
    made_created: Any = None
    if created is not None:
        made_created = moment_of(created)
        if made_created is None:
            return None
    updated = struct.updated
    made_updated: Any = None
    if updated is not None:
        made_updated = moment_of(updated)
        if made_updated is None:
            return None
    history = struct.history
    made_history: Any = ()
    if history is not None:
        made_history = by.each(build_transition, history)
        if made_history is None:
            return None
    if any(_event_only_a_draft_has_no_slot(made_slot, made_status)):
        return None
    if any(_event_only_a_draft_has_no_place(made_status, made_locations, made_virtual_locations)):
        return None
    if any(_event_one_call_of_a_kind(made_calls)):
        return None
    if any(_event_capacity_for_places_it_has(made_calls, made_locations, made_virtual_locations)):
        return None
    if any(_event_sessions_lie_inside(made_slot, made_sessions)):
        return None
    if any(_event_session_ids_are_unique(made_sessions)):
        return None
    if _event_history_ends_in_status(made_status, made_history):
        return None
    if any(_event_old_slot_is_kept(made_history, made_previous_slots)):
        return None
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


_OPEN_ANSWER = opened(Answer)
_ANSWER = struct_of(Answer)
_ANSWER_SESSION_ID = by.test_of(Answer, "session_id")
_ANSWER_COMMENT = by.test_of(Answer, "comment")


def build_answer(struct: Any) -> Answer | None:
    """Build an Answer of its struct."""
    at = struct.at
    if at is None:
        return None
    made_at = moment_of(at)
    if made_at is None:
        return None
    status = struct.status
    if status is None:
        return None
    sequence = struct.sequence
    made_sequence: Any = 0
    if sequence is not None:
        made_sequence = sequence
    session_id = struct.session_id
    if session_id is not None and not _ANSWER_SESSION_ID(session_id):
        return None
    comment = struct.comment
    if comment is not None and not (
        (comment and comment[0] not in UNSEEN_FIRST and comment[-1] != " " and comment.isprintable())
        or _ANSWER_COMMENT(comment)
    ):
        return None
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


_OPEN_REGISTRATION = opened(Registration)
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
_REGISTRATION_WAITLISTED = by.word_of(_registration_waitlisted_since, "_WAITLISTED")
_REGISTRATION_ATTENDED = by.word_of(_registration_checked_in_when_attended, "_ATTENDED")
_REGISTRATION_NEEDS_ACTION = by.word_of(_registration_last_answer_counts, "_NEEDS_ACTION")


def build_registration(struct: Any) -> Registration | None:
    """Build a Registration of its struct."""
    id_ = struct.id
    if id_ is None:
        return None
    if not _REGISTRATION_ID(id_):
        return None
    event_uid = struct.event_uid
    if event_uid is None:
        return None
    if not (event_uid in _REGISTRATION_EVENT_UID.texts or _REGISTRATION_EVENT_UID.learn((event_uid,))):
        return None
    participant = struct.participant
    made_participant: Any = None
    if participant is not None:
        made_participant = build_contact(participant)
        if made_participant is None:
            return None
    organization = struct.organization
    if organization is not None and not (
        (
            organization
            and organization[0] not in UNSEEN_FIRST
            and organization[-1] != " "
            and organization.isprintable()
        )
        or _REGISTRATION_ORGANIZATION(organization)
    ):
        return None
    membership = struct.membership
    country = struct.country
    if country is not None and not _REGISTRATION_COUNTRY(country):
        return None
    mode = struct.mode
    if mode is None:
        return None
    session_ids = struct.session_ids
    made_session_ids: Any = _none
    if session_ids is not None:
        made_session_ids = session_ids
        if not (
            _REGISTRATION_SESSION_IDS.texts.issuperset(made_session_ids)
            or _REGISTRATION_SESSION_IDS.learn(made_session_ids)
        ):
            return None
    listening_languages = struct.listening_languages
    made_listening_languages: Any = ()
    if listening_languages is not None:
        made_listening_languages = listening_languages
        if not (
            _REGISTRATION_LISTENING_LANGUAGES.texts.issuperset(made_listening_languages)
            or _REGISTRATION_LISTENING_LANGUAGES.learn(made_listening_languages)
        ) or len(set(made_listening_languages)) != len(made_listening_languages):
            return None
    needs = struct.needs
    made_needs: Any = _none
    if needs is not None:
        made_needs = needs
    listing_consent = struct.listing_consent
    privacy_notice = struct.privacy_notice
    if privacy_notice is not None and not (
        (
            privacy_notice
            and privacy_notice[0] not in UNSEEN_FIRST
            and privacy_notice[-1] != " "
            and privacy_notice.isprintable()
        )
        or _REGISTRATION_PRIVACY_NOTICE(privacy_notice)
    ):
        return None
    submitted_at = struct.submitted_at
    if submitted_at is None:
        return None
    made_submitted_at = moment_of(submitted_at)
    if made_submitted_at is None:
        return None
    submitted_by = struct.submitted_by
    if submitted_by is not None and not (
        (
            submitted_by
            and submitted_by[0] not in UNSEEN_FIRST
            and submitted_by[-1] != " "
            and submitted_by.isprintable()
        )
        or _REGISTRATION_SUBMITTED_BY(submitted_by)
    ):
        return None
    state = struct.state
    made_state: Any = _REGISTRATION_STATE_ABSENT
    if state is not None:
        made_state = state
    participation_status = struct.participation_status
    made_participation_status: Any = _REGISTRATION_PARTICIPATION_STATUS_ABSENT
    if participation_status is not None:
        made_participation_status = participation_status
    waitlisted_at = struct.waitlisted_at
    made_waitlisted_at: Any = None
    if waitlisted_at is not None:
        made_waitlisted_at = moment_of(waitlisted_at)
        if made_waitlisted_at is None:
            return None
    checked_in_at = struct.checked_in_at
    made_checked_in_at: Any = None
    if checked_in_at is not None:
        made_checked_in_at = moment_of(checked_in_at)
        if made_checked_in_at is None:
            return None
    purged_at = struct.purged_at
    made_purged_at: Any = None
    if purged_at is not None:
        made_purged_at = moment_of(purged_at)
        if made_purged_at is None:
            return None
    history = struct.history
    made_history: Any = ()
    if history is not None:
        made_history = by.each(build_transition, history)
        if made_history is None:
            return None
    answers = struct.answers
    made_answers: Any = ()
    if answers is not None:
        made_answers = by.each(build_answer, answers)
        if made_answers is None:
            return None
    if not (
        made_participant is None or (made_participant.name is not None and made_participant.email is not None)
    ) and _registration_participant_is_whole(made_participant):
        return None
    if not (
        made_participant is not None or made_purged_at is not None
    ) and _registration_only_the_purged_have_no_participant(made_participant, made_purged_at):
        return None
    if made_purged_at is not None and _registration_the_purged_have_no_personal_data(
        made_purged_at, made_participant, organization, made_needs, submitted_by, made_history, made_answers
    ):
        return None
    if not (
        (made_state is _REGISTRATION_WAITLISTED) == (made_waitlisted_at is not None)
    ) and _registration_waitlisted_since(made_state, made_waitlisted_at):
        return None
    if not (
        (made_state is _REGISTRATION_ATTENDED) == (made_checked_in_at is not None)
    ) and _registration_checked_in_when_attended(made_state, made_checked_in_at):
        return None
    if _registration_history_ends_in_state(made_state, made_history):
        return None
    if made_answers and _registration_answers_are_in_order(made_answers):
        return None
    if not (
        not made_answers or made_participation_status is _REGISTRATION_NEEDS_ACTION
    ) and _registration_last_answer_counts(made_participation_status, made_answers):
        return None
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


_OPEN_TEAM = opened(Team)
_TEAM = struct_of(Team)


def build_team(struct: Any) -> Team | None:
    """Build a Team of its struct."""
    booths = struct.booths
    if booths is None:
        return None
    heads = struct.heads
    if heads is None:
        return None
    norm = struct.norm
    if norm is None:
        return None
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


_OPEN_INTERPRETATION_REQUEST = opened(InterpretationRequest)
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


def build_interpretation_request(struct: Any) -> InterpretationRequest | None:
    """Build an InterpretationRequest of its struct."""
    id_ = struct.id
    if id_ is None:
        return None
    if not _INTERPRETATION_REQUEST_ID(id_):
        return None
    event_uid = struct.event_uid
    if event_uid is None:
        return None
    if not (
        event_uid in _INTERPRETATION_REQUEST_EVENT_UID.texts or _INTERPRETATION_REQUEST_EVENT_UID.learn((event_uid,))
    ):
        return None
    session_ids = struct.session_ids
    made_session_ids: Any = _none
    if session_ids is not None:
        made_session_ids = session_ids
        if not (
            _INTERPRETATION_REQUEST_SESSION_IDS.texts.issuperset(made_session_ids)
            or _INTERPRETATION_REQUEST_SESSION_IDS.learn(made_session_ids)
        ):
            return None
    requester = struct.requester
    if requester is None:
        return None
    made_requester = build_contact(requester)
    if made_requester is None:
        return None
    organization = struct.organization
    if organization is not None and not (
        (
            organization
            and organization[0] not in UNSEEN_FIRST
            and organization[-1] != " "
            and organization.isprintable()
        )
        or _INTERPRETATION_REQUEST_ORGANIZATION(organization)
    ):
        return None
    service = struct.service
    if service is None:
        return None
    source_languages = struct.source_languages
    made_source_languages: Any = _none
    if source_languages is not None:
        made_source_languages = source_languages
        if not (
            _INTERPRETATION_REQUEST_SOURCE_LANGUAGES.texts.issuperset(made_source_languages)
            or _INTERPRETATION_REQUEST_SOURCE_LANGUAGES.learn(made_source_languages)
        ):
            return None
    target_languages = struct.target_languages
    if target_languages is None:
        return None
    made_target_languages = target_languages
    if not (
        _INTERPRETATION_REQUEST_TARGET_LANGUAGES.texts.issuperset(made_target_languages)
        or _INTERPRETATION_REQUEST_TARGET_LANGUAGES.learn(made_target_languages)
    ):
        return None
    delivery = struct.delivery
    if delivery is None:
        return None
    listeners = struct.listeners
    note = struct.note
    if note is not None and not (
        (note and note[0] not in UNSEEN_FIRST and note[-1] != " " and note.isprintable())
        or _INTERPRETATION_REQUEST_NOTE(note)
    ):
        return None
    submitted_at = struct.submitted_at
    if submitted_at is None:
        return None
    made_submitted_at = moment_of(submitted_at)
    if made_submitted_at is None:
        return None
    state = struct.state
    made_state: Any = _INTERPRETATION_REQUEST_STATE_ABSENT
    if state is not None:
        made_state = state
    team = struct.team
    made_team: Any = None
    if team is not None:
        made_team = build_team(team)
        if made_team is None:
            return None
    history = struct.history
    made_history: Any = ()
    if history is not None:
        made_history = by.each(build_transition, history)
        if made_history is None:
            return None
    if any(_interpretation_request_languages_are_apart(service, made_source_languages, made_target_languages)):
        return None
    if any(_interpretation_request_service_fits_the_languages(service, made_source_languages, made_target_languages)):
        return None
    if any(_interpretation_request_declined_with_a_reason(made_history)):
        return None
    if any(_interpretation_request_team_when_assigned(made_state, made_team)):
        return None
    if _interpretation_request_history_ends_in_state(made_state, made_history):
        return None
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


_OPEN_MONEY = opened(Money)
_MONEY = struct_of(Money)
_MONEY_AMOUNT = by.exact_for(Money, "amount")
_MONEY_CURRENCY = by.test_of(Money, "currency")
(_money_within_minor_unit,) = Money.INVARIANTS


def build_money(struct: Any) -> Money | None:
    """Build a Money of its struct."""
    amount = struct.amount
    if amount is None:
        return None
    made_amount = exact_of(_MONEY_AMOUNT, amount)
    if made_amount is None:
        return None
    currency = struct.currency
    if currency is None:
        return None
    if not _MONEY_CURRENCY(currency):
        return None
    if any(_money_within_minor_unit(made_amount, currency)):
        return None
    open_: Any = _new(_OPEN_MONEY)
    open_.amount = at_minor_unit(made_amount, currency)
    open_.currency = currency
    open_.__class__ = Money
    whole: Money = open_
    return whole


def write_money(value: Money, struct: Any = _MONEY) -> Any:
    """Make the struct of a Money."""
    return struct(f"{value.amount:f}", value.currency)


_OPEN_COUNTRY_SHARE = opened(CountryShare)
_COUNTRY_SHARE = struct_of(CountryShare)
_COUNTRY_SHARE_COUNTRY = by.test_of(CountryShare, "country")
_COUNTRY_SHARE_SHARE = by.exact_for(CountryShare, "share")


def build_country_share(struct: Any) -> CountryShare | None:
    """Build a CountryShare of its struct."""
    country = struct.country
    if country is None:
        return None
    if not _COUNTRY_SHARE_COUNTRY(country):
        return None
    share = struct.share
    made_share: Any = None
    if share is not None:
        made_share = exact_of(_COUNTRY_SHARE_SHARE, share)
        if made_share is None:
            return None
    open_: Any = _new(_OPEN_COUNTRY_SHARE)
    open_.country = country
    open_.share = made_share
    open_.__class__ = CountryShare
    whole: CountryShare = open_
    return whole


def write_country_share(value: CountryShare, struct: Any = _COUNTRY_SHARE) -> Any:
    """Make the struct of a CountryShare."""
    return struct(value.country, None if value.share is None else f"{value.share:f}")


_OPEN_TARGET = opened(Target)
_TARGET = struct_of(Target)
_TARGET_TEXT = by.text_builder(Target, "text")
_TARGET_NUMBER = by.exact_for(Target, "number")
_TARGET_UNIT = by.test_of(Target, "unit")


def build_target(struct: Any) -> Target | None:
    """Build a Target of its struct."""
    text = struct.text
    if text is None:
        return None
    made_text = _TARGET_TEXT(text)
    if made_text is None:
        return None
    number = struct.number
    made_number: Any = None
    if number is not None:
        made_number = exact_of(_TARGET_NUMBER, number)
        if made_number is None:
            return None
    unit = struct.unit
    if unit is not None and not (
        (unit and unit[0] not in UNSEEN_FIRST and unit[-1] != " " and unit.isprintable()) or _TARGET_UNIT(unit)
    ):
        return None
    due = struct.due
    made_due: Any = None
    if due is not None:
        made_due = day_of(due)
        if made_due is None:
            return None
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


_OPEN_REPORT = opened(Report)
_REPORT = struct_of(Report)
_REPORT_NOTE = by.test_of(Report, "note")


def build_report(struct: Any) -> Report | None:
    """Build a Report of its struct."""
    on = struct.on
    if on is None:
        return None
    made_on = day_of(on)
    if made_on is None:
        return None
    percent = struct.percent
    disbursed = struct.disbursed
    made_disbursed: Any = None
    if disbursed is not None:
        made_disbursed = build_money(disbursed)
        if made_disbursed is None:
            return None
    note = struct.note
    if note is not None and not (
        (note and note[0] not in UNSEEN_FIRST and note[-1] != " " and note.isprintable()) or _REPORT_NOTE(note)
    ):
        return None
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


_OPEN_PLEDGE = opened(Pledge)
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


def build_pledge(struct: Any) -> Pledge | None:
    """Build a Pledge of its struct."""
    id_ = struct.id
    if id_ is None:
        return None
    if not _PLEDGE_ID(id_):
        return None
    event_uid = struct.event_uid
    if event_uid is not None and not (event_uid in _PLEDGE_EVENT_UID.texts or _PLEDGE_EVENT_UID.learn((event_uid,))):
        return None
    title = struct.title
    if title is None:
        return None
    made_title = _PLEDGE_TITLE(title)
    if made_title is None:
        return None
    description = struct.description
    made_description: Any = None
    if description is not None:
        made_description = _PLEDGE_DESCRIPTION(description)
        if made_description is None:
            return None
    pledger = struct.pledger
    if pledger is None:
        return None
    made_pledger = build_organization(pledger)
    if made_pledger is None:
        return None
    partners = struct.partners
    made_partners: Any = ()
    if partners is not None:
        made_partners = by.each(build_organization, partners)
        if made_partners is None:
            return None
    contact = struct.contact
    made_contact: Any = None
    if contact is not None:
        made_contact = build_contact(contact)
        if made_contact is None:
            return None
    kind = struct.kind
    if kind is None:
        return None
    focus_areas = struct.focus_areas
    if focus_areas is None:
        return None
    made_focus_areas = focus_areas
    pledged = struct.pledged
    made_pledged: Any = None
    if pledged is not None:
        made_pledged = build_money(pledged)
        if made_pledged is None:
            return None
    amount_is_estimate = struct.amount_is_estimate
    made_amount_is_estimate: Any = False
    if amount_is_estimate is not None:
        made_amount_is_estimate = amount_is_estimate
    start = struct.start
    made_start: Any = None
    if start is not None:
        made_start = day_of(start)
        if made_start is None:
            return None
    end = struct.end
    made_end: Any = None
    if end is not None:
        made_end = day_of(end)
        if made_end is None:
            return None
    scope = struct.scope
    if scope is None:
        return None
    countries = struct.countries
    made_countries: Any = ()
    if countries is not None:
        made_countries = by.each(build_country_share, countries)
        if made_countries is None:
            return None
    groups = struct.groups
    made_groups: Any = _none
    if groups is not None:
        made_groups = groups
    goals = struct.goals
    made_goals: Any = _none
    if goals is not None:
        made_goals = goals
        if not (_PLEDGE_GOALS.texts.issuperset(made_goals) or _PLEDGE_GOALS.learn(made_goals)):
            return None
    targets = struct.targets
    made_targets: Any = ()
    if targets is not None:
        made_targets = by.each(build_target, targets)
        if made_targets is None:
            return None
    submitted_at = struct.submitted_at
    if submitted_at is None:
        return None
    made_submitted_at = moment_of(submitted_at)
    if made_submitted_at is None:
        return None
    state = struct.state
    made_state: Any = _PLEDGE_STATE_ABSENT
    if state is not None:
        made_state = state
    public = struct.public
    made_public: Any = False
    if public is not None:
        made_public = public
    history = struct.history
    made_history: Any = ()
    if history is not None:
        made_history = by.each(build_transition, history)
        if made_history is None:
            return None
    reports = struct.reports
    made_reports: Any = ()
    if reports is not None:
        made_reports = by.each(build_report, reports)
        if made_reports is None:
            return None
    if any(_pledge_financial_has_an_amount(kind, made_pledged)):
        return None
    if any(_pledge_period_has_an_order(made_start, made_end)):
        return None
    if any(_pledge_reports_after_the_start(made_start, made_reports)):
        return None
    if any(_pledge_targets_inside_the_period(made_start, made_end, made_targets)):
        return None
    if any(_pledge_scope_names_a_country(scope, made_countries)):
        return None
    if any(_pledge_countries_come_once(made_countries)):
        return None
    if any(_pledge_shares_make_a_whole(made_countries)):
        return None
    if any(_pledge_pledger_is_no_partner(made_pledger, made_partners)):
        return None
    if any(_pledge_completed_has_a_report(made_state, made_reports)):
        return None
    if _pledge_history_ends_in_state(made_state, made_history):
        return None
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


_OPEN_DOSSIER = opened(Dossier)
_DOSSIER = struct_of(Dossier)


def build_dossier(struct: Any) -> Dossier | None:
    """Build a Dossier of its struct."""
    event = struct.event
    if event is None:
        return None
    made_event = build_event(event)
    if made_event is None:
        return None
    registrations = struct.registrations
    made_registrations: Any = ()
    if registrations is not None:
        made_registrations = by.each(build_registration, registrations)
        if made_registrations is None:
            return None
    interpretation_requests = struct.interpretation_requests
    made_interpretation_requests: Any = ()
    if interpretation_requests is not None:
        made_interpretation_requests = by.each(build_interpretation_request, interpretation_requests)
        if made_interpretation_requests is None:
            return None
    pledges = struct.pledges
    made_pledges: Any = ()
    if pledges is not None:
        made_pledges = by.each(build_pledge, pledges)
        if made_pledges is None:
            return None
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
