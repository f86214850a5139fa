"""Makes objects of plain JSON values, or says what in them is in doubt.

Generated from the declarations of the fields: ``python -m tests.payload.generate``.
"""

from collections.abc import Callable
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
from wtisd_model.payload import doubts
from wtisd_model.payload.doubts import Doubt, Shaper, is_object
from wtisd_model.payload.leaves import day_of, exact_of, moment_of, whole_of
from wtisd_model.values.document import Document, DocumentReference
from wtisd_model.values.language import LocalizedText
from wtisd_model.values.lifecycle import Transition
from wtisd_model.values.location import Location, VirtualLocation
from wtisd_model.values.money import Money, at_minor_unit
from wtisd_model.values.people import Contact, Organization
from wtisd_model.values.timeslot import Deadline, TimeSlot

_new: Callable[[type], Any] = object.__new__
_none: frozenset[Any] = frozenset()
_tuple: Any = tuple


_OPEN_LOCATION = opened(Location)
_LOCATION_NAME = doubts.narrowed(Location, "name")
_LOCATION_ROOM = by.test_of(Location, "room")
_LOCATION_ADDRESS = by.test_of(Location, "address")
_LOCATION_LOCALITY = by.test_of(Location, "locality")
_LOCATION_COUNTRY = by.test_of(Location, "country")
_LOCATION_LATITUDE = by.exact_for(Location, "latitude")
_LOCATION_LONGITUDE = by.exact_for(Location, "longitude")
_LOCATION_CAPACITY = doubts.whole_for(Location, "capacity")
(_location_latitude_and_longitude,) = Location.INVARIANTS


def shape_location(plain: dict[str, Any], known: int = 0) -> Location | Doubt:
    """Make a Location of a dict, of whose keys *known* are no fields of it."""
    get: Callable[[str], Any] = plain.get
    doubtful: dict[str, Any] = {}
    name = get("name")
    made_name: Any = None
    if name is not None:
        known += 1
        made_name = _LOCATION_NAME(name) if is_object(name) else None
        if type(made_name) is not LocalizedText:
            doubtful["name"] = made_name
    room = get("room")
    if room is not None:
        known += 1
        if not (
            type(room) is str
            and len(room) <= 500
            and (
                (room and room[0] not in UNSEEN_FIRST and room[-1] != " " and room.isprintable())
                or _LOCATION_ROOM(room)
            )
        ):
            doubtful["room"] = None
    address = get("address")
    if address is not None:
        known += 1
        if not (
            type(address) is str
            and len(address) <= 500
            and (
                (address and address[0] not in UNSEEN_FIRST and address[-1] != " " and address.isprintable())
                or _LOCATION_ADDRESS(address)
            )
        ):
            doubtful["address"] = None
    locality = get("locality")
    if locality is not None:
        known += 1
        if not (
            type(locality) is str
            and len(locality) <= 500
            and (
                (locality and locality[0] not in UNSEEN_FIRST and locality[-1] != " " and locality.isprintable())
                or _LOCATION_LOCALITY(locality)
            )
        ):
            doubtful["locality"] = None
    country = get("country")
    if country is not None:
        known += 1
        if not (type(country) is str and _LOCATION_COUNTRY(country)):
            doubtful["country"] = None
    latitude = get("latitude")
    made_latitude: Any = None
    if latitude is not None:
        known += 1
        made_latitude = exact_of(_LOCATION_LATITUDE, latitude) if type(latitude) is str else None
        if made_latitude is None:
            doubtful["latitude"] = None
    longitude = get("longitude")
    made_longitude: Any = None
    if longitude is not None:
        known += 1
        made_longitude = exact_of(_LOCATION_LONGITUDE, longitude) if type(longitude) is str else None
        if made_longitude is None:
            doubtful["longitude"] = None
    capacity = get("capacity")
    if capacity is not None:
        known += 1
        capacity = whole_of(_LOCATION_CAPACITY, capacity)
        if capacity is None:
            doubtful["capacity"] = None
    if (
        doubtful
        or known != len(plain)
        or name is None
        or locality is None
        or country is None
        or (any(_location_latitude_and_longitude(made_latitude, made_longitude)))
    ):
        everything: tuple[Any, ...] = (
            made_name,
            room,
            address,
            locality,
            country,
            made_latitude,
            made_longitude,
            capacity,
        )
        return Location, None, plain, known, doubtful, everything
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


_OPEN_VIRTUAL_LOCATION = opened(VirtualLocation)
_VIRTUAL_LOCATION_NAME = doubts.narrowed(VirtualLocation, "name")
_VIRTUAL_LOCATION_URI = by.test_of(VirtualLocation, "uri")
_VIRTUAL_LOCATION_FEATURES = doubts.list_of(VirtualLocation, "features")


def shape_virtual_location(plain: dict[str, Any], known: int = 0) -> VirtualLocation | Doubt:
    """Make a VirtualLocation of a dict, of whose keys *known* are no fields of it."""
    get: Callable[[str], Any] = plain.get
    doubtful: dict[str, Any] = {}
    name = get("name")
    made_name: Any = None
    if name is not None:
        known += 1
        made_name = _VIRTUAL_LOCATION_NAME(name) if is_object(name) else None
        if type(made_name) is not LocalizedText:
            doubtful["name"] = made_name
    uri = get("uri")
    if uri is not None:
        known += 1
        if not (type(uri) is str and len(uri) <= 2048 and _VIRTUAL_LOCATION_URI(uri)):
            doubtful["uri"] = None
    features = get("features")
    made_features: Any = _none
    if features is not None:
        known += 1
        made_features = _VIRTUAL_LOCATION_FEATURES(features)
        if made_features is None:
            doubtful["features"] = None
    if doubtful or known != len(plain):
        everything: tuple[Any, ...] = (made_name, uri, made_features)
        return VirtualLocation, None, plain, known, doubtful, everything
    open_: Any = _new(_OPEN_VIRTUAL_LOCATION)
    open_.name = made_name
    open_.uri = uri
    open_.features = made_features
    open_.__class__ = VirtualLocation
    whole: VirtualLocation = open_
    return whole


_OPEN_ORGANIZATION = opened(Organization)
_ORGANIZATION_NAME = doubts.narrowed(Organization, "name")
_ORGANIZATION_ACRONYM = by.test_of(Organization, "acronym")
_ORGANIZATION_UNIT = by.test_of(Organization, "unit")
_ORGANIZATION_EMAIL = by.test_of(Organization, "email")
_ORGANIZATION_EMAIL_USUAL = by.usual_of(Organization, "email")
_ORGANIZATION_MEMBERSHIP = doubts.members_of(Organization, "membership")
_ORGANIZATION_COUNTRY = by.test_of(Organization, "country")


def shape_organization(plain: dict[str, Any], known: int = 0) -> Organization | Doubt:
    """Make an Organization of a dict, of whose keys *known* are no fields of it."""
    get: Callable[[str], Any] = plain.get
    doubtful: dict[str, Any] = {}
    name = get("name")
    made_name: Any = None
    if name is not None:
        known += 1
        made_name = _ORGANIZATION_NAME(name) if is_object(name) else None
        if type(made_name) is not LocalizedText:
            doubtful["name"] = made_name
    acronym = get("acronym")
    if acronym is not None:
        known += 1
        if not (
            type(acronym) is str
            and len(acronym) <= 64
            and (
                (acronym and acronym[0] not in UNSEEN_FIRST and acronym[-1] != " " and acronym.isprintable())
                or _ORGANIZATION_ACRONYM(acronym)
            )
        ):
            doubtful["acronym"] = None
    unit = get("unit")
    if unit is not None:
        known += 1
        if not (
            type(unit) is str
            and len(unit) <= 500
            and (
                (unit and unit[0] not in UNSEEN_FIRST and unit[-1] != " " and unit.isprintable())
                or _ORGANIZATION_UNIT(unit)
            )
        ):
            doubtful["unit"] = None
    email = get("email")
    if email is not None:
        known += 1
        if not (
            type(email) is str
            and len(email) <= 254
            and ((len(email) < SHORT and _ORGANIZATION_EMAIL_USUAL(email)) or _ORGANIZATION_EMAIL(email))
        ):
            doubtful["email"] = None
    membership = get("membership")
    if membership is not None:
        known += 1
        membership = _ORGANIZATION_MEMBERSHIP.get(membership) if type(membership) is str else None
        if membership is None:
            doubtful["membership"] = None
    country = get("country")
    if country is not None:
        known += 1
        if not (type(country) is str and _ORGANIZATION_COUNTRY(country)):
            doubtful["country"] = None
    if doubtful or known != len(plain) or name is None:
        everything: tuple[Any, ...] = (made_name, acronym, unit, email, membership, country)
        return Organization, None, plain, known, doubtful, everything
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


_OPEN_CONTACT = opened(Contact)
_CONTACT_NAME = by.test_of(Contact, "name")
_CONTACT_EMAIL = by.test_of(Contact, "email")
_CONTACT_EMAIL_USUAL = by.usual_of(Contact, "email")
_CONTACT_PHONE = by.test_of(Contact, "phone")
_CONTACT_LANGUAGE = by.known_of(Contact, "language")
_CONTACT_ROLES = doubts.list_of(Contact, "roles")
_CONTACT_ORGANIZATION = by.test_of(Contact, "organization")
(_contact_name_or_email,) = Contact.INVARIANTS


def shape_contact(plain: dict[str, Any], known: int = 0) -> Contact | Doubt:
    """Make a Contact of a dict, of whose keys *known* are no fields of it."""
    get: Callable[[str], Any] = plain.get
    doubtful: dict[str, Any] = {}
    name = get("name")
    if name is not None:
        known += 1
        if not (
            type(name) is str
            and len(name) <= 500
            and (
                (name and name[0] not in UNSEEN_FIRST and name[-1] != " " and name.isprintable()) or _CONTACT_NAME(name)
            )
        ):
            doubtful["name"] = None
    email = get("email")
    if email is not None:
        known += 1
        if not (
            type(email) is str
            and len(email) <= 254
            and ((len(email) < SHORT and _CONTACT_EMAIL_USUAL(email)) or _CONTACT_EMAIL(email))
        ):
            doubtful["email"] = None
    phone = get("phone")
    if phone is not None:
        known += 1
        if not (type(phone) is str and len(phone) <= 16 and _CONTACT_PHONE(phone)):
            doubtful["phone"] = None
    language = get("language")
    if language is not None:
        known += 1
        if not (
            type(language) is str
            and len(language) <= 35
            and (language in _CONTACT_LANGUAGE.texts or _CONTACT_LANGUAGE.learn((language,)))
        ):
            doubtful["language"] = None
    roles = get("roles")
    made_roles: Any = _none
    if roles is not None:
        known += 1
        made_roles = _CONTACT_ROLES(roles)
        if made_roles is None:
            doubtful["roles"] = None
    organization = get("organization")
    if organization is not None:
        known += 1
        if not (
            type(organization) is str
            and len(organization) <= 500
            and (
                (
                    organization
                    and organization[0] not in UNSEEN_FIRST
                    and organization[-1] != " "
                    and organization.isprintable()
                )
                or _CONTACT_ORGANIZATION(organization)
            )
        ):
            doubtful["organization"] = None
    if (
        doubtful
        or known != len(plain)
        or (not (name is not None or email is not None) and _contact_name_or_email(name, email))
    ):
        everything: tuple[Any, ...] = (name, email, phone, language, made_roles, organization)
        return Contact, None, plain, known, doubtful, everything
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


_OPEN_DEADLINE = opened(Deadline)
_DEADLINE_TIME_ZONE = by.test_of(Deadline, "time_zone")


def shape_deadline(plain: dict[str, Any], known: int = 0) -> Deadline | Doubt:
    """Make a Deadline of a dict, of whose keys *known* are no fields of it."""
    get: Callable[[str], Any] = plain.get
    doubtful: dict[str, Any] = {}
    date = get("date")
    made_date: Any = None
    if date is not None:
        known += 1
        made_date = day_of(date) if type(date) is str else None
        if made_date is None:
            doubtful["date"] = None
    time_zone = get("timeZone")
    if time_zone is not None:
        known += 1
        if not (type(time_zone) is str and _DEADLINE_TIME_ZONE(time_zone)):
            doubtful["timeZone"] = None
    if doubtful or known != len(plain) or date is None or time_zone is None:
        everything: tuple[Any, ...] = (made_date, time_zone)
        return Deadline, None, plain, known, doubtful, everything
    open_: Any = _new(_OPEN_DEADLINE)
    open_.date = made_date
    open_.time_zone = time_zone
    open_.__class__ = Deadline
    whole: Deadline = open_
    return whole


_OPEN_CALL = opened(Call)
_CALL_KIND = doubts.members_of(Call, "kind")
_CALL_URL = by.test_of(Call, "url")
_CALL_EMAIL = by.test_of(Call, "email")
_CALL_EMAIL_USUAL = by.usual_of(Call, "email")
_CALL_ON_SITE_CAPACITY = doubts.whole_for(Call, "on_site_capacity")
_CALL_REMOTE_CAPACITY = doubts.whole_for(Call, "remote_capacity")
_CALL_LANGUAGES = doubts.list_of(Call, "languages")
_call_has_address, _call_opens_before_it_closes = Call.INVARIANTS


def shape_call(plain: dict[str, Any], known: int = 0) -> Call | Doubt:
    """Make a Call of a dict, of whose keys *known* are no fields of it."""
    get: Callable[[str], Any] = plain.get
    doubtful: dict[str, Any] = {}
    kind = get("kind")
    if kind is not None:
        known += 1
        kind = _CALL_KIND.get(kind) if type(kind) is str else None
        if kind is None:
            doubtful["kind"] = None
    url = get("url")
    if url is not None:
        known += 1
        if not (type(url) is str and len(url) <= 2048 and _CALL_URL(url)):
            doubtful["url"] = None
    email = get("email")
    if email is not None:
        known += 1
        if not (
            type(email) is str
            and len(email) <= 254
            and ((len(email) < SHORT and _CALL_EMAIL_USUAL(email)) or _CALL_EMAIL(email))
        ):
            doubtful["email"] = None
    address_unknown = get("addressUnknown")
    made_address_unknown: Any = False
    if address_unknown is not None:
        known += 1
        made_address_unknown = address_unknown
        if type(address_unknown) is not bool:
            doubtful["addressUnknown"] = None
    opens = get("opens")
    made_opens: Any = None
    if opens is not None:
        known += 1
        made_opens = moment_of(opens) if type(opens) is str else None
        if made_opens is None:
            doubtful["opens"] = None
    deadline = get("deadline")
    made_deadline: Any = None
    if deadline is not None:
        known += 1
        made_deadline = shape_deadline(deadline) if is_object(deadline) else None
        if type(made_deadline) is not Deadline:
            doubtful["deadline"] = made_deadline
    on_site_capacity = get("onSiteCapacity")
    if on_site_capacity is not None:
        known += 1
        on_site_capacity = whole_of(_CALL_ON_SITE_CAPACITY, on_site_capacity)
        if on_site_capacity is None:
            doubtful["onSiteCapacity"] = None
    remote_capacity = get("remoteCapacity")
    if remote_capacity is not None:
        known += 1
        remote_capacity = whole_of(_CALL_REMOTE_CAPACITY, remote_capacity)
        if remote_capacity is None:
            doubtful["remoteCapacity"] = None
    needs_approval = get("needsApproval")
    made_needs_approval: Any = False
    if needs_approval is not None:
        known += 1
        made_needs_approval = needs_approval
        if type(needs_approval) is not bool:
            doubtful["needsApproval"] = None
    waitlist = get("waitlist")
    made_waitlist: Any = False
    if waitlist is not None:
        known += 1
        made_waitlist = waitlist
        if type(waitlist) is not bool:
            doubtful["waitlist"] = None
    pending_counts = get("pendingCounts")
    made_pending_counts: Any = False
    if pending_counts is not None:
        known += 1
        made_pending_counts = pending_counts
        if type(pending_counts) is not bool:
            doubtful["pendingCounts"] = None
    languages = get("languages")
    made_languages: Any = ()
    if languages is not None:
        known += 1
        made_languages = _CALL_LANGUAGES(languages)
        if made_languages is None:
            doubtful["languages"] = None
    if (
        doubtful
        or known != len(plain)
        or kind is None
        or (any(_call_has_address(url, email, address_unknown=made_address_unknown)))
        or (any(_call_opens_before_it_closes(made_opens, made_deadline)))
    ):
        everything: tuple[Any, ...] = (
            kind,
            url,
            email,
            made_address_unknown,
            made_opens,
            made_deadline,
            on_site_capacity,
            remote_capacity,
            made_needs_approval,
            made_waitlist,
            made_pending_counts,
            made_languages,
        )
        return Call, None, plain, known, doubtful, everything
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


_OPEN_DOCUMENT_REFERENCE = opened(DocumentReference)
_DOCUMENT_REFERENCE_KIND = doubts.members_of(DocumentReference, "kind")
_DOCUMENT_REFERENCE_SYMBOL = by.test_of(DocumentReference, "symbol")
_DOCUMENT_REFERENCE_ISSUED = by.test_of(DocumentReference, "issued")
_DOCUMENT_REFERENCE_TITLE = doubts.narrowed(DocumentReference, "title")
_DOCUMENT_REFERENCE_URL = by.test_of(DocumentReference, "url")
(_document_reference_year_in_symbol,) = DocumentReference.INVARIANTS


def shape_document_reference(plain: dict[str, Any], known: int = 0) -> DocumentReference | Doubt:
    """Make a DocumentReference of a dict, of whose keys *known* are no fields of it."""
    get: Callable[[str], Any] = plain.get
    doubtful: dict[str, Any] = {}
    kind = get("kind")
    if kind is not None:
        known += 1
        kind = _DOCUMENT_REFERENCE_KIND.get(kind) if type(kind) is str else None
        if kind is None:
            doubtful["kind"] = None
    symbol = get("symbol")
    if symbol is not None:
        known += 1
        if not (
            type(symbol) is str
            and len(symbol) <= 64
            and (
                (symbol and symbol[0] not in UNSEEN_FIRST and symbol[-1] != " " and symbol.isprintable())
                or _DOCUMENT_REFERENCE_SYMBOL(symbol)
            )
        ):
            doubtful["symbol"] = None
    issued = get("issued")
    if issued is not None:
        known += 1
        if not (type(issued) is str and len(issued) <= 10 and _DOCUMENT_REFERENCE_ISSUED(issued)):
            doubtful["issued"] = None
    title = get("title")
    made_title: Any = None
    if title is not None:
        known += 1
        made_title = _DOCUMENT_REFERENCE_TITLE(title) if is_object(title) else None
        if type(made_title) is not LocalizedText:
            doubtful["title"] = made_title
    url = get("url")
    if url is not None:
        known += 1
        if not (type(url) is str and len(url) <= 2048 and _DOCUMENT_REFERENCE_URL(url)):
            doubtful["url"] = None
    if doubtful or known != len(plain) or kind is None or (any(_document_reference_year_in_symbol(symbol, issued))):
        everything: tuple[Any, ...] = (kind, symbol, issued, made_title, url)
        return DocumentReference, None, plain, known, doubtful, everything
    open_: Any = _new(_OPEN_DOCUMENT_REFERENCE)
    open_.kind = kind
    open_.symbol = symbol
    open_.issued = issued
    open_.title = made_title
    open_.url = url
    open_.__class__ = DocumentReference
    whole: DocumentReference = open_
    return whole


_OPEN_DOCUMENT = opened(Document)
_DOCUMENT_KIND = doubts.members_of(Document, "kind")
_DOCUMENT_SYMBOL = by.test_of(Document, "symbol")
_DOCUMENT_ISSUED = by.test_of(Document, "issued")
_DOCUMENT_LANGUAGE = by.known_of(Document, "language")
_DOCUMENT_ORIGINAL_LANGUAGE = by.known_of(Document, "original_language")
_DOCUMENT_TITLE = doubts.narrowed(Document, "title")
_DOCUMENT_URL = by.test_of(Document, "url")
_DOCUMENT_ADDRESSEES = doubts.list_of(Document, "addressees")
_document_year_in_symbol, _document_follows_another, _document_follows_an_older = Document.INVARIANTS


def shape_document(plain: dict[str, Any], known: int = 0) -> Document | Doubt:
    """Make a Document of a dict, of whose keys *known* are no fields of it."""
    get: Callable[[str], Any] = plain.get
    doubtful: dict[str, Any] = {}
    kind = get("kind")
    if kind is not None:
        known += 1
        kind = _DOCUMENT_KIND.get(kind) if type(kind) is str else None
        if kind is None:
            doubtful["kind"] = None
    symbol = get("symbol")
    if symbol is not None:
        known += 1
        if not (
            type(symbol) is str
            and len(symbol) <= 64
            and (
                (symbol and symbol[0] not in UNSEEN_FIRST and symbol[-1] != " " and symbol.isprintable())
                or _DOCUMENT_SYMBOL(symbol)
            )
        ):
            doubtful["symbol"] = None
    issued = get("issued")
    if issued is not None:
        known += 1
        if not (type(issued) is str and len(issued) <= 10 and _DOCUMENT_ISSUED(issued)):
            doubtful["issued"] = None
    language = get("language")
    if language is not None:
        known += 1
        if not (
            type(language) is str
            and len(language) <= 35
            and (language in _DOCUMENT_LANGUAGE.texts or _DOCUMENT_LANGUAGE.learn((language,)))
        ):
            doubtful["language"] = None
    original_language = get("originalLanguage")
    if original_language is not None:
        known += 1
        if not (
            type(original_language) is str
            and len(original_language) <= 35
            and (
                original_language in _DOCUMENT_ORIGINAL_LANGUAGE.texts
                or _DOCUMENT_ORIGINAL_LANGUAGE.learn((original_language,))
            )
        ):
            doubtful["originalLanguage"] = None
    title = get("title")
    made_title: Any = None
    if title is not None:
        known += 1
        made_title = _DOCUMENT_TITLE(title) if is_object(title) else None
        if type(made_title) is not LocalizedText:
            doubtful["title"] = made_title
    url = get("url")
    if url is not None:
        known += 1
        if not (type(url) is str and len(url) <= 2048 and _DOCUMENT_URL(url)):
            doubtful["url"] = None
    signed = get("signed")
    made_signed: Any = False
    if signed is not None:
        known += 1
        made_signed = signed
        if type(signed) is not bool:
            doubtful["signed"] = None
    addressees = get("addressees")
    made_addressees: Any = _none
    if addressees is not None:
        known += 1
        made_addressees = _DOCUMENT_ADDRESSEES(addressees)
        if made_addressees is None:
            doubtful["addressees"] = None
    follows = get("follows")
    made_follows: Any = None
    if follows is not None:
        known += 1
        made_follows = shape_document_reference(follows) if is_object(follows) else None
        if type(made_follows) is not DocumentReference:
            doubtful["follows"] = made_follows
    if (
        doubtful
        or known != len(plain)
        or kind is None
        or (any(_document_year_in_symbol(symbol, issued)))
        or (any(_document_follows_another(symbol, made_follows)))
        or (any(_document_follows_an_older(issued, made_follows)))
    ):
        everything: tuple[Any, ...] = (
            kind,
            symbol,
            issued,
            language,
            original_language,
            made_title,
            url,
            made_signed,
            made_addressees,
            made_follows,
        )
        return Document, None, plain, known, doubtful, everything
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


_OPEN_TRANSITION = opened(Transition)
_TRANSITION_BEFORE = by.known_of(Transition, "before")
_TRANSITION_AFTER = by.known_of(Transition, "after")
_TRANSITION_BY = by.test_of(Transition, "by")
_TRANSITION_NOTE = by.test_of(Transition, "note")


def shape_transition(plain: dict[str, Any], known: int = 0) -> Transition | Doubt:
    """Make a Transition of a dict, of whose keys *known* are no fields of it."""
    get: Callable[[str], Any] = plain.get
    doubtful: dict[str, Any] = {}
    at = get("at")
    made_at: Any = None
    if at is not None:
        known += 1
        made_at = moment_of(at) if type(at) is str else None
        if made_at is None:
            doubtful["at"] = None
    before = get("before")
    if before is not None:
        known += 1
        if not (
            type(before) is str
            and len(before) <= 32
            and (before in _TRANSITION_BEFORE.texts or _TRANSITION_BEFORE.learn((before,)))
        ):
            doubtful["before"] = None
    after = get("after")
    if after is not None:
        known += 1
        if not (
            type(after) is str
            and len(after) <= 32
            and (after in _TRANSITION_AFTER.texts or _TRANSITION_AFTER.learn((after,)))
        ):
            doubtful["after"] = None
    by = get("by")
    if by is not None:
        known += 1
        if not (
            type(by) is str
            and len(by) <= 500
            and ((by and by[0] not in UNSEEN_FIRST and by[-1] != " " and by.isprintable()) or _TRANSITION_BY(by))
        ):
            doubtful["by"] = None
    note = get("note")
    if note is not None:
        known += 1
        if not (
            type(note) is str
            and len(note) <= 10000
            and (
                (note and note[0] not in UNSEEN_FIRST and note[-1] != " " and note.isprintable())
                or _TRANSITION_NOTE(note)
            )
        ):
            doubtful["note"] = None
    if doubtful or known != len(plain) or at is None or before is None or after is None:
        everything: tuple[Any, ...] = (made_at, before, after, by, note)
        return Transition, None, plain, known, doubtful, everything
    open_: Any = _new(_OPEN_TRANSITION)
    open_.at = made_at
    open_.before = before
    open_.after = after
    open_.by = by
    open_.note = note
    open_.__class__ = Transition
    whole: Transition = open_
    return whole


_OPEN_SESSION = opened(Session)
_SESSION_ID = by.test_of(Session, "id")
_SESSION_UID = by.known_of(Session, "uid")
_SESSION_TITLE = doubts.narrowed(Session, "title")
_SESSION_DESCRIPTION = doubts.narrowed(Session, "description")
_SESSION_STATUS_ABSENT = EventStatus.SCHEDULED
_SESSION_STATUS = doubts.members_of(Session, "status")
_SESSION_KIND = doubts.members_of(Session, "kind")
_SESSION_CODE = by.test_of(Session, "code")
_SESSION_FLOOR_LANGUAGES = doubts.list_of(Session, "floor_languages")
_session_history_ends_in_status, _session_old_slot_is_kept = Session.INVARIANTS


def shape_session(plain: dict[str, Any], known: int = 0) -> Session | Doubt:
    """Make a Session of a dict, of whose keys *known* are no fields of it."""
    get: Callable[[str], Any] = plain.get
    doubtful: dict[str, Any] = {}
    id_ = get("id")
    if id_ is not None:
        known += 1
        if not (type(id_) is str and len(id_) <= 64 and _SESSION_ID(id_)):
            doubtful["id"] = None
    uid = get("uid")
    if uid is not None:
        known += 1
        if not (type(uid) is str and len(uid) <= 255 and (uid in _SESSION_UID.texts or _SESSION_UID.learn((uid,)))):
            doubtful["uid"] = None
    title = get("title")
    made_title: Any = None
    if title is not None:
        known += 1
        made_title = _SESSION_TITLE(title) if is_object(title) else None
        if type(made_title) is not LocalizedText:
            doubtful["title"] = made_title
    description = get("description")
    made_description: Any = None
    if description is not None:
        known += 1
        made_description = _SESSION_DESCRIPTION(description) if is_object(description) else None
        if type(made_description) is not LocalizedText:
            doubtful["description"] = made_description
    slot = get("slot")
    made_slot: Any = None
    if slot is not None:
        known += 1
        made_slot = doubts.shape_time_slot(slot) if is_object(slot) else None
        if type(made_slot) is not TimeSlot:
            doubtful["slot"] = made_slot
    status = get("status")
    made_status: Any = _SESSION_STATUS_ABSENT
    if status is not None:
        known += 1
        made_status = _SESSION_STATUS.get(status) if type(status) is str else None
        if made_status is None:
            doubtful["status"] = None
    previous_slots = get("previousSlots")
    made_previous_slots: Any = ()
    if previous_slots is not None:
        known += 1
        made_previous_slots = doubts.parts(doubts.shape_time_slot, TimeSlot, previous_slots, 0, 100)
        if type(made_previous_slots) is not _tuple:
            doubtful["previousSlots"] = made_previous_slots
    locations = get("locations")
    made_locations: Any = ()
    if locations is not None:
        known += 1
        made_locations = doubts.parts(shape_location, Location, locations, 0, 100)
        if type(made_locations) is not _tuple:
            doubtful["locations"] = made_locations
    virtual_locations = get("virtualLocations")
    made_virtual_locations: Any = ()
    if virtual_locations is not None:
        known += 1
        made_virtual_locations = doubts.parts(shape_virtual_location, VirtualLocation, virtual_locations, 0, 100)
        if type(made_virtual_locations) is not _tuple:
            doubtful["virtualLocations"] = made_virtual_locations
    kind = get("kind")
    if kind is not None:
        known += 1
        kind = _SESSION_KIND.get(kind) if type(kind) is str else None
        if kind is None:
            doubtful["kind"] = None
    code = get("code")
    if code is not None:
        known += 1
        if not (
            type(code) is str
            and len(code) <= 64
            and (
                (code and code[0] not in UNSEEN_FIRST and code[-1] != " " and code.isprintable()) or _SESSION_CODE(code)
            )
        ):
            doubtful["code"] = None
    people = get("people")
    made_people: Any = ()
    if people is not None:
        known += 1
        made_people = doubts.parts(shape_contact, Contact, people, 0, 200)
        if type(made_people) is not _tuple:
            doubtful["people"] = made_people
    floor_languages = get("floorLanguages")
    made_floor_languages: Any = ()
    if floor_languages is not None:
        known += 1
        made_floor_languages = _SESSION_FLOOR_LANGUAGES(floor_languages)
        if made_floor_languages is None:
            doubtful["floorLanguages"] = None
    history = get("history")
    made_history: Any = ()
    if history is not None:
        known += 1
        made_history = doubts.parts(shape_transition, Transition, history, 0, 1000)
        if type(made_history) is not _tuple:
            doubtful["history"] = made_history
    if (
        doubtful
        or known != len(plain)
        or id_ is None
        or title is None
        or slot is None
        or (_session_history_ends_in_status(made_status, made_history))
        or (any(_session_old_slot_is_kept(made_history, made_previous_slots)))
    ):
        everything: tuple[Any, ...] = (
            id_,
            uid,
            made_title,
            made_description,
            made_slot,
            made_status,
            made_previous_slots,
            made_locations,
            made_virtual_locations,
            kind,
            code,
            made_people,
            made_floor_languages,
            made_history,
        )
        return Session, None, plain, known, doubtful, everything
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


_OPEN_EVENT = opened(Event)
_EVENT_UID = by.known_of(Event, "uid")
_EVENT_TITLE = doubts.narrowed(Event, "title")
_EVENT_SHORT_TITLE = by.test_of(Event, "short_title")
_EVENT_THEME = doubts.narrowed(Event, "theme")
_EVENT_DESCRIPTION = doubts.narrowed(Event, "description")
_EVENT_STATUS_ABSENT = EventStatus.SCHEDULED
_EVENT_STATUS = doubts.members_of(Event, "status")
_EVENT_AUDIENCE = doubts.list_of(Event, "audience")
_EVENT_FLOOR_LANGUAGES = doubts.list_of(Event, "floor_languages")
_EVENT_GOALS = doubts.list_of(Event, "goals")
_EVENT_KEYWORDS = doubts.list_of(Event, "keywords")
_EVENT_URL = by.test_of(Event, "url")
_EVENT_IMAGE = by.test_of(Event, "image")
_EVENT_COLOR = by.test_of(Event, "color")
_EVENT_RETENTION_DAYS = doubts.whole_for(Event, "retention_days")
_EVENT_SEQUENCE = doubts.whole_for(Event, "sequence")
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


def shape_event(plain: dict[str, Any], known: int = 0) -> Event | Doubt:
    """Make an Event of a dict, of whose keys *known* are no fields of it."""
    get: Callable[[str], Any] = plain.get
    doubtful: dict[str, Any] = {}
    uid = get("uid")
    if uid is not None:
        known += 1
        if not (type(uid) is str and len(uid) <= 255 and (uid in _EVENT_UID.texts or _EVENT_UID.learn((uid,)))):
            doubtful["uid"] = None
    title = get("title")
    made_title: Any = None
    if title is not None:
        known += 1
        made_title = _EVENT_TITLE(title) if is_object(title) else None
        if type(made_title) is not LocalizedText:
            doubtful["title"] = made_title
    short_title = get("shortTitle")
    if short_title is not None:
        known += 1
        if not (
            type(short_title) is str
            and len(short_title) <= 64
            and (
                (
                    short_title
                    and short_title[0] not in UNSEEN_FIRST
                    and short_title[-1] != " "
                    and short_title.isprintable()
                )
                or _EVENT_SHORT_TITLE(short_title)
            )
        ):
            doubtful["shortTitle"] = None
    theme = get("theme")
    made_theme: Any = None
    if theme is not None:
        known += 1
        made_theme = _EVENT_THEME(theme) if is_object(theme) else None
        if type(made_theme) is not LocalizedText:
            doubtful["theme"] = made_theme
    description = get("description")
    made_description: Any = None
    if description is not None:
        known += 1
        made_description = _EVENT_DESCRIPTION(description) if is_object(description) else None
        if type(made_description) is not LocalizedText:
            doubtful["description"] = made_description
    slot = get("slot")
    made_slot: Any = None
    if slot is not None:
        known += 1
        made_slot = doubts.shape_time_slot(slot) if is_object(slot) else None
        if type(made_slot) is not TimeSlot:
            doubtful["slot"] = made_slot
    status = get("status")
    made_status: Any = _EVENT_STATUS_ABSENT
    if status is not None:
        known += 1
        made_status = _EVENT_STATUS.get(status) if type(status) is str else None
        if made_status is None:
            doubtful["status"] = None
    previous_slots = get("previousSlots")
    made_previous_slots: Any = ()
    if previous_slots is not None:
        known += 1
        made_previous_slots = doubts.parts(doubts.shape_time_slot, TimeSlot, previous_slots, 0, 100)
        if type(made_previous_slots) is not _tuple:
            doubtful["previousSlots"] = made_previous_slots
    locations = get("locations")
    made_locations: Any = ()
    if locations is not None:
        known += 1
        made_locations = doubts.parts(shape_location, Location, locations, 0, 100)
        if type(made_locations) is not _tuple:
            doubtful["locations"] = made_locations
    virtual_locations = get("virtualLocations")
    made_virtual_locations: Any = ()
    if virtual_locations is not None:
        known += 1
        made_virtual_locations = doubts.parts(shape_virtual_location, VirtualLocation, virtual_locations, 0, 100)
        if type(made_virtual_locations) is not _tuple:
            doubtful["virtualLocations"] = made_virtual_locations
    organizer = get("organizer")
    made_organizer: Any = None
    if organizer is not None:
        known += 1
        made_organizer = shape_organization(organizer) if is_object(organizer) else None
        if type(made_organizer) is not Organization:
            doubtful["organizer"] = made_organizer
    contacts = get("contacts")
    made_contacts: Any = ()
    if contacts is not None:
        known += 1
        made_contacts = doubts.parts(shape_contact, Contact, contacts, 0, 100)
        if type(made_contacts) is not _tuple:
            doubtful["contacts"] = made_contacts
    audience = get("audience")
    made_audience: Any = _none
    if audience is not None:
        known += 1
        made_audience = _EVENT_AUDIENCE(audience)
        if made_audience is None:
            doubtful["audience"] = None
    floor_languages = get("floorLanguages")
    made_floor_languages: Any = ()
    if floor_languages is not None:
        known += 1
        made_floor_languages = _EVENT_FLOOR_LANGUAGES(floor_languages)
        if made_floor_languages is None:
            doubtful["floorLanguages"] = None
    calls = get("calls")
    made_calls: Any = ()
    if calls is not None:
        known += 1
        made_calls = doubts.parts(shape_call, Call, calls, 0, 100)
        if type(made_calls) is not _tuple:
            doubtful["calls"] = made_calls
    documents = get("documents")
    made_documents: Any = ()
    if documents is not None:
        known += 1
        made_documents = doubts.parts(shape_document, Document, documents, 0, 100)
        if type(made_documents) is not _tuple:
            doubtful["documents"] = made_documents
    goals = get("goals")
    made_goals: Any = _none
    if goals is not None:
        known += 1
        made_goals = _EVENT_GOALS(goals)
        if made_goals is None:
            doubtful["goals"] = None
    keywords = get("keywords")
    made_keywords: Any = _none
    if keywords is not None:
        known += 1
        made_keywords = _EVENT_KEYWORDS(keywords)
        if made_keywords is None:
            doubtful["keywords"] = None
    url = get("url")
    if url is not None:
        known += 1
        if not (type(url) is str and len(url) <= 2048 and _EVENT_URL(url)):
            doubtful["url"] = None
    image = get("image")
    if image is not None:
        known += 1
        if not (type(image) is str and len(image) <= 2048 and _EVENT_IMAGE(image)):
            doubtful["image"] = None
    color = get("color")
    if color is not None:
        known += 1
        if not (type(color) is str and _EVENT_COLOR(color)):
            doubtful["color"] = None
    sessions = get("sessions")
    made_sessions: Any = ()
    if sessions is not None:
        known += 1
        made_sessions = doubts.parts(shape_session, Session, sessions, 0, 5000)
        if type(made_sessions) is not _tuple:
            doubtful["sessions"] = made_sessions
    retention_days = get("retentionDays")
    if retention_days is not None:
        known += 1
        retention_days = whole_of(_EVENT_RETENTION_DAYS, retention_days)
        if retention_days is None:
            doubtful["retentionDays"] = None
    sequence = get("sequence")
    made_sequence: Any = 0
    if sequence is not None:
        known += 1
        made_sequence = whole_of(_EVENT_SEQUENCE, sequence)
        if made_sequence is None:
            doubtful["sequence"] = None
    created = get("created")
    made_created: Any = None
    if created is not None:
        known += 1
        made_created = moment_of(created) if type(created) is str else None
        if made_created is None:
            doubtful["created"] = None
    updated = get("updated")
    made_updated: Any = None
    if updated is not None:
        known += 1
        made_updated = moment_of(updated) if type(updated) is str else None
        if made_updated is None:
            doubtful["updated"] = None
    history = get("history")
    made_history: Any = ()
    if history is not None:
        known += 1
        made_history = doubts.parts(shape_transition, Transition, history, 0, 1000)
        if type(made_history) is not _tuple:
            doubtful["history"] = made_history
    if (
        doubtful
        or known != len(plain)
        or uid is None
        or title is None
        or (any(_event_only_a_draft_has_no_slot(made_slot, made_status)))
        or (any(_event_only_a_draft_has_no_place(made_status, made_locations, made_virtual_locations)))
        or (any(_event_one_call_of_a_kind(made_calls)))
        or (any(_event_capacity_for_places_it_has(made_calls, made_locations, made_virtual_locations)))
        or (any(_event_sessions_lie_inside(made_slot, made_sessions)))
        or (any(_event_session_ids_are_unique(made_sessions)))
        or (_event_history_ends_in_status(made_status, made_history))
        or (any(_event_old_slot_is_kept(made_history, made_previous_slots)))
    ):
        everything: tuple[Any, ...] = (
            uid,
            made_title,
            short_title,
            made_theme,
            made_description,
            made_slot,
            made_status,
            made_previous_slots,
            made_locations,
            made_virtual_locations,
            made_organizer,
            made_contacts,
            made_audience,
            made_floor_languages,
            made_calls,
            made_documents,
            made_goals,
            made_keywords,
            url,
            image,
            color,
            made_sessions,
            retention_days,
            made_sequence,
            made_created,
            made_updated,
            made_history,
        )
        return Event, None, plain, known, doubtful, everything
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


_OPEN_ANSWER = opened(Answer)
_ANSWER_STATUS = doubts.members_of(Answer, "status")
_ANSWER_SEQUENCE = doubts.whole_for(Answer, "sequence")
_ANSWER_SESSION_ID = by.test_of(Answer, "session_id")
_ANSWER_COMMENT = by.test_of(Answer, "comment")


def shape_answer(plain: dict[str, Any], known: int = 0) -> Answer | Doubt:
    """Make an Answer of a dict, of whose keys *known* are no fields of it."""
    get: Callable[[str], Any] = plain.get
    doubtful: dict[str, Any] = {}
    at = get("at")
    made_at: Any = None
    if at is not None:
        known += 1
        made_at = moment_of(at) if type(at) is str else None
        if made_at is None:
            doubtful["at"] = None
    status = get("status")
    if status is not None:
        known += 1
        status = _ANSWER_STATUS.get(status) if type(status) is str else None
        if status is None:
            doubtful["status"] = None
    sequence = get("sequence")
    made_sequence: Any = 0
    if sequence is not None:
        known += 1
        made_sequence = whole_of(_ANSWER_SEQUENCE, sequence)
        if made_sequence is None:
            doubtful["sequence"] = None
    session_id = get("sessionId")
    if session_id is not None:
        known += 1
        if not (type(session_id) is str and len(session_id) <= 64 and _ANSWER_SESSION_ID(session_id)):
            doubtful["sessionId"] = None
    comment = get("comment")
    if comment is not None:
        known += 1
        if not (
            type(comment) is str
            and len(comment) <= 10000
            and (
                (comment and comment[0] not in UNSEEN_FIRST and comment[-1] != " " and comment.isprintable())
                or _ANSWER_COMMENT(comment)
            )
        ):
            doubtful["comment"] = None
    if doubtful or known != len(plain) or at is None or status is None:
        everything: tuple[Any, ...] = (made_at, status, made_sequence, session_id, comment)
        return Answer, None, plain, known, doubtful, everything
    open_: Any = _new(_OPEN_ANSWER)
    open_.at = made_at
    open_.status = status
    open_.sequence = made_sequence
    open_.session_id = session_id
    open_.comment = comment
    open_.__class__ = Answer
    whole: Answer = open_
    return whole


_OPEN_REGISTRATION = opened(Registration)
_REGISTRATION_ID = by.test_of(Registration, "id")
_REGISTRATION_EVENT_UID = by.known_of(Registration, "event_uid")
_REGISTRATION_ORGANIZATION = by.test_of(Registration, "organization")
_REGISTRATION_MEMBERSHIP = doubts.members_of(Registration, "membership")
_REGISTRATION_COUNTRY = by.test_of(Registration, "country")
_REGISTRATION_MODE = doubts.members_of(Registration, "mode")
_REGISTRATION_SESSION_IDS = doubts.list_of(Registration, "session_ids")
_REGISTRATION_LISTENING_LANGUAGES = doubts.list_of(Registration, "listening_languages")
_REGISTRATION_NEEDS = doubts.list_of(Registration, "needs")
_REGISTRATION_LISTING_CONSENT = doubts.members_of(Registration, "listing_consent")
_REGISTRATION_PRIVACY_NOTICE = by.test_of(Registration, "privacy_notice")
_REGISTRATION_SUBMITTED_BY = by.test_of(Registration, "submitted_by")
_REGISTRATION_STATE_ABSENT = RegistrationState.PENDING
_REGISTRATION_STATE = doubts.members_of(Registration, "state")
_REGISTRATION_PARTICIPATION_STATUS_ABSENT = ParticipationStatus.NEEDS_ACTION
_REGISTRATION_PARTICIPATION_STATUS = doubts.members_of(Registration, "participation_status")
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


def shape_registration(plain: dict[str, Any], known: int = 0) -> Registration | Doubt:
    """Make a Registration of a dict, of whose keys *known* are no fields of it."""
    get: Callable[[str], Any] = plain.get
    doubtful: dict[str, Any] = {}
    id_ = get("id")
    if id_ is not None:
        known += 1
        if not (type(id_) is str and len(id_) <= 64 and _REGISTRATION_ID(id_)):
            doubtful["id"] = None
    event_uid = get("eventUid")
    if event_uid is not None:
        known += 1
        if not (
            type(event_uid) is str
            and len(event_uid) <= 255
            and (event_uid in _REGISTRATION_EVENT_UID.texts or _REGISTRATION_EVENT_UID.learn((event_uid,)))
        ):
            doubtful["eventUid"] = None
    participant = get("participant")
    made_participant: Any = None
    if participant is not None:
        known += 1
        made_participant = shape_contact(participant) if is_object(participant) else None
        if type(made_participant) is not Contact:
            doubtful["participant"] = made_participant
    organization = get("organization")
    if organization is not None:
        known += 1
        if not (
            type(organization) is str
            and len(organization) <= 500
            and (
                (
                    organization
                    and organization[0] not in UNSEEN_FIRST
                    and organization[-1] != " "
                    and organization.isprintable()
                )
                or _REGISTRATION_ORGANIZATION(organization)
            )
        ):
            doubtful["organization"] = None
    membership = get("membership")
    if membership is not None:
        known += 1
        membership = _REGISTRATION_MEMBERSHIP.get(membership) if type(membership) is str else None
        if membership is None:
            doubtful["membership"] = None
    country = get("country")
    if country is not None:
        known += 1
        if not (type(country) is str and _REGISTRATION_COUNTRY(country)):
            doubtful["country"] = None
    mode = get("mode")
    if mode is not None:
        known += 1
        mode = _REGISTRATION_MODE.get(mode) if type(mode) is str else None
        if mode is None:
            doubtful["mode"] = None
    session_ids = get("sessionIds")
    made_session_ids: Any = _none
    if session_ids is not None:
        known += 1
        made_session_ids = _REGISTRATION_SESSION_IDS(session_ids)
        if made_session_ids is None:
            doubtful["sessionIds"] = None
    listening_languages = get("listeningLanguages")
    made_listening_languages: Any = ()
    if listening_languages is not None:
        known += 1
        made_listening_languages = _REGISTRATION_LISTENING_LANGUAGES(listening_languages)
        if made_listening_languages is None:
            doubtful["listeningLanguages"] = None
    needs = get("needs")
    made_needs: Any = _none
    if needs is not None:
        known += 1
        made_needs = _REGISTRATION_NEEDS(needs)
        if made_needs is None:
            doubtful["needs"] = None
    listing_consent = get("listingConsent")
    if listing_consent is not None:
        known += 1
        listing_consent = _REGISTRATION_LISTING_CONSENT.get(listing_consent) if type(listing_consent) is str else None
        if listing_consent is None:
            doubtful["listingConsent"] = None
    privacy_notice = get("privacyNotice")
    if privacy_notice is not None:
        known += 1
        if not (
            type(privacy_notice) is str
            and len(privacy_notice) <= 500
            and (
                (
                    privacy_notice
                    and privacy_notice[0] not in UNSEEN_FIRST
                    and privacy_notice[-1] != " "
                    and privacy_notice.isprintable()
                )
                or _REGISTRATION_PRIVACY_NOTICE(privacy_notice)
            )
        ):
            doubtful["privacyNotice"] = None
    submitted_at = get("submittedAt")
    made_submitted_at: Any = None
    if submitted_at is not None:
        known += 1
        made_submitted_at = moment_of(submitted_at) if type(submitted_at) is str else None
        if made_submitted_at is None:
            doubtful["submittedAt"] = None
    submitted_by = get("submittedBy")
    if submitted_by is not None:
        known += 1
        if not (
            type(submitted_by) is str
            and len(submitted_by) <= 500
            and (
                (
                    submitted_by
                    and submitted_by[0] not in UNSEEN_FIRST
                    and submitted_by[-1] != " "
                    and submitted_by.isprintable()
                )
                or _REGISTRATION_SUBMITTED_BY(submitted_by)
            )
        ):
            doubtful["submittedBy"] = None
    state = get("state")
    made_state: Any = _REGISTRATION_STATE_ABSENT
    if state is not None:
        known += 1
        made_state = _REGISTRATION_STATE.get(state) if type(state) is str else None
        if made_state is None:
            doubtful["state"] = None
    participation_status = get("participationStatus")
    made_participation_status: Any = _REGISTRATION_PARTICIPATION_STATUS_ABSENT
    if participation_status is not None:
        known += 1
        made_participation_status = (
            _REGISTRATION_PARTICIPATION_STATUS.get(participation_status) if type(participation_status) is str else None
        )
        if made_participation_status is None:
            doubtful["participationStatus"] = None
    waitlisted_at = get("waitlistedAt")
    made_waitlisted_at: Any = None
    if waitlisted_at is not None:
        known += 1
        made_waitlisted_at = moment_of(waitlisted_at) if type(waitlisted_at) is str else None
        if made_waitlisted_at is None:
            doubtful["waitlistedAt"] = None
    checked_in_at = get("checkedInAt")
    made_checked_in_at: Any = None
    if checked_in_at is not None:
        known += 1
        made_checked_in_at = moment_of(checked_in_at) if type(checked_in_at) is str else None
        if made_checked_in_at is None:
            doubtful["checkedInAt"] = None
    purged_at = get("purgedAt")
    made_purged_at: Any = None
    if purged_at is not None:
        known += 1
        made_purged_at = moment_of(purged_at) if type(purged_at) is str else None
        if made_purged_at is None:
            doubtful["purgedAt"] = None
    history = get("history")
    made_history: Any = ()
    if history is not None:
        known += 1
        made_history = doubts.parts(shape_transition, Transition, history, 0, 1000)
        if type(made_history) is not _tuple:
            doubtful["history"] = made_history
    answers = get("answers")
    made_answers: Any = ()
    if answers is not None:
        known += 1
        made_answers = doubts.parts(shape_answer, Answer, answers, 0, 1000)
        if type(made_answers) is not _tuple:
            doubtful["answers"] = made_answers
    if (
        doubtful
        or known != len(plain)
        or id_ is None
        or event_uid is None
        or mode is None
        or submitted_at is None
        or (
            not (made_participant is None or (made_participant.name is not None and made_participant.email is not None))
            and _registration_participant_is_whole(made_participant)
        )
        or (
            not (made_participant is not None or made_purged_at is not None)
            and _registration_only_the_purged_have_no_participant(made_participant, made_purged_at)
        )
        or (
            made_purged_at is not None
            and _registration_the_purged_have_no_personal_data(
                made_purged_at, made_participant, organization, made_needs, submitted_by, made_history, made_answers
            )
        )
        or (
            not ((made_state is _REGISTRATION_WAITLISTED) == (made_waitlisted_at is not None))
            and _registration_waitlisted_since(made_state, made_waitlisted_at)
        )
        or (
            not ((made_state is _REGISTRATION_ATTENDED) == (made_checked_in_at is not None))
            and _registration_checked_in_when_attended(made_state, made_checked_in_at)
        )
        or (_registration_history_ends_in_state(made_state, made_history))
        or (made_answers and _registration_answers_are_in_order(made_answers))
        or (
            not (not made_answers or made_participation_status is _REGISTRATION_NEEDS_ACTION)
            and _registration_last_answer_counts(made_participation_status, made_answers)
        )
    ):
        everything: tuple[Any, ...] = (
            id_,
            event_uid,
            made_participant,
            organization,
            membership,
            country,
            mode,
            made_session_ids,
            made_listening_languages,
            made_needs,
            listing_consent,
            privacy_notice,
            made_submitted_at,
            submitted_by,
            made_state,
            made_participation_status,
            made_waitlisted_at,
            made_checked_in_at,
            made_purged_at,
            made_history,
            made_answers,
        )
        return Registration, None, plain, known, doubtful, everything
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


_OPEN_TEAM = opened(Team)
_TEAM_BOOTHS = doubts.whole_for(Team, "booths")
_TEAM_HEADS = doubts.whole_for(Team, "heads")
_TEAM_NORM = doubts.members_of(Team, "norm")


def shape_team(plain: dict[str, Any], known: int = 0) -> Team | Doubt:
    """Make a Team of a dict, of whose keys *known* are no fields of it."""
    get: Callable[[str], Any] = plain.get
    doubtful: dict[str, Any] = {}
    booths = get("booths")
    if booths is not None:
        known += 1
        booths = whole_of(_TEAM_BOOTHS, booths)
        if booths is None:
            doubtful["booths"] = None
    heads = get("heads")
    if heads is not None:
        known += 1
        heads = whole_of(_TEAM_HEADS, heads)
        if heads is None:
            doubtful["heads"] = None
    norm = get("norm")
    if norm is not None:
        known += 1
        norm = _TEAM_NORM.get(norm) if type(norm) is str else None
        if norm is None:
            doubtful["norm"] = None
    if doubtful or known != len(plain) or booths is None or heads is None or norm is None:
        everything: tuple[Any, ...] = (booths, heads, norm)
        return Team, None, plain, known, doubtful, everything
    open_: Any = _new(_OPEN_TEAM)
    open_.booths = booths
    open_.heads = heads
    open_.norm = norm
    open_.__class__ = Team
    whole: Team = open_
    return whole


_OPEN_INTERPRETATION_REQUEST = opened(InterpretationRequest)
_INTERPRETATION_REQUEST_ID = by.test_of(InterpretationRequest, "id")
_INTERPRETATION_REQUEST_EVENT_UID = by.known_of(InterpretationRequest, "event_uid")
_INTERPRETATION_REQUEST_SESSION_IDS = doubts.list_of(InterpretationRequest, "session_ids")
_INTERPRETATION_REQUEST_ORGANIZATION = by.test_of(InterpretationRequest, "organization")
_INTERPRETATION_REQUEST_SERVICE = doubts.members_of(InterpretationRequest, "service")
_INTERPRETATION_REQUEST_SOURCE_LANGUAGES = doubts.list_of(InterpretationRequest, "source_languages")
_INTERPRETATION_REQUEST_TARGET_LANGUAGES = doubts.list_of(InterpretationRequest, "target_languages")
_INTERPRETATION_REQUEST_DELIVERY = doubts.members_of(InterpretationRequest, "delivery")
_INTERPRETATION_REQUEST_LISTENERS = doubts.whole_for(InterpretationRequest, "listeners")
_INTERPRETATION_REQUEST_NOTE = by.test_of(InterpretationRequest, "note")
_INTERPRETATION_REQUEST_STATE_ABSENT = RequestState.REQUESTED
_INTERPRETATION_REQUEST_STATE = doubts.members_of(InterpretationRequest, "state")
(
    _interpretation_request_languages_are_apart,
    _interpretation_request_service_fits_the_languages,
    _interpretation_request_declined_with_a_reason,
    _interpretation_request_team_when_assigned,
    _interpretation_request_history_ends_in_state,
) = InterpretationRequest.INVARIANTS


def shape_interpretation_request(plain: dict[str, Any], known: int = 0) -> InterpretationRequest | Doubt:
    """Make an InterpretationRequest of a dict, of whose keys *known* are no fields of it."""
    get: Callable[[str], Any] = plain.get
    doubtful: dict[str, Any] = {}
    id_ = get("id")
    if id_ is not None:
        known += 1
        if not (type(id_) is str and len(id_) <= 64 and _INTERPRETATION_REQUEST_ID(id_)):
            doubtful["id"] = None
    event_uid = get("eventUid")
    if event_uid is not None:
        known += 1
        if not (
            type(event_uid) is str
            and len(event_uid) <= 255
            and (
                event_uid in _INTERPRETATION_REQUEST_EVENT_UID.texts
                or _INTERPRETATION_REQUEST_EVENT_UID.learn((event_uid,))
            )
        ):
            doubtful["eventUid"] = None
    session_ids = get("sessionIds")
    made_session_ids: Any = _none
    if session_ids is not None:
        known += 1
        made_session_ids = _INTERPRETATION_REQUEST_SESSION_IDS(session_ids)
        if made_session_ids is None:
            doubtful["sessionIds"] = None
    requester = get("requester")
    made_requester: Any = None
    if requester is not None:
        known += 1
        made_requester = shape_contact(requester) if is_object(requester) else None
        if type(made_requester) is not Contact:
            doubtful["requester"] = made_requester
    organization = get("organization")
    if organization is not None:
        known += 1
        if not (
            type(organization) is str
            and len(organization) <= 500
            and (
                (
                    organization
                    and organization[0] not in UNSEEN_FIRST
                    and organization[-1] != " "
                    and organization.isprintable()
                )
                or _INTERPRETATION_REQUEST_ORGANIZATION(organization)
            )
        ):
            doubtful["organization"] = None
    service = get("service")
    if service is not None:
        known += 1
        service = _INTERPRETATION_REQUEST_SERVICE.get(service) if type(service) is str else None
        if service is None:
            doubtful["service"] = None
    source_languages = get("sourceLanguages")
    made_source_languages: Any = _none
    if source_languages is not None:
        known += 1
        made_source_languages = _INTERPRETATION_REQUEST_SOURCE_LANGUAGES(source_languages)
        if made_source_languages is None:
            doubtful["sourceLanguages"] = None
    target_languages = get("targetLanguages")
    made_target_languages: Any = _none
    if target_languages is not None:
        known += 1
        made_target_languages = _INTERPRETATION_REQUEST_TARGET_LANGUAGES(target_languages)
        if made_target_languages is None:
            doubtful["targetLanguages"] = None
    delivery = get("delivery")
    if delivery is not None:
        known += 1
        delivery = _INTERPRETATION_REQUEST_DELIVERY.get(delivery) if type(delivery) is str else None
        if delivery is None:
            doubtful["delivery"] = None
    listeners = get("listeners")
    if listeners is not None:
        known += 1
        listeners = whole_of(_INTERPRETATION_REQUEST_LISTENERS, listeners)
        if listeners is None:
            doubtful["listeners"] = None
    note = get("note")
    if note is not None:
        known += 1
        if not (
            type(note) is str
            and len(note) <= 10000
            and (
                (note and note[0] not in UNSEEN_FIRST and note[-1] != " " and note.isprintable())
                or _INTERPRETATION_REQUEST_NOTE(note)
            )
        ):
            doubtful["note"] = None
    submitted_at = get("submittedAt")
    made_submitted_at: Any = None
    if submitted_at is not None:
        known += 1
        made_submitted_at = moment_of(submitted_at) if type(submitted_at) is str else None
        if made_submitted_at is None:
            doubtful["submittedAt"] = None
    state = get("state")
    made_state: Any = _INTERPRETATION_REQUEST_STATE_ABSENT
    if state is not None:
        known += 1
        made_state = _INTERPRETATION_REQUEST_STATE.get(state) if type(state) is str else None
        if made_state is None:
            doubtful["state"] = None
    team = get("team")
    made_team: Any = None
    if team is not None:
        known += 1
        made_team = shape_team(team) if is_object(team) else None
        if type(made_team) is not Team:
            doubtful["team"] = made_team
    history = get("history")
    made_history: Any = ()
    if history is not None:
        known += 1
        made_history = doubts.parts(shape_transition, Transition, history, 0, 1000)
        if type(made_history) is not _tuple:
            doubtful["history"] = made_history
    if (
        doubtful
        or known != len(plain)
        or id_ is None
        or event_uid is None
        or requester is None
        or service is None
        or target_languages is None
        or delivery is None
        or submitted_at is None
        or (any(_interpretation_request_languages_are_apart(service, made_source_languages, made_target_languages)))
        or (
            any(
                _interpretation_request_service_fits_the_languages(
                    service, made_source_languages, made_target_languages
                )
            )
        )
        or (any(_interpretation_request_declined_with_a_reason(made_history)))
        or (any(_interpretation_request_team_when_assigned(made_state, made_team)))
        or (_interpretation_request_history_ends_in_state(made_state, made_history))
    ):
        everything: tuple[Any, ...] = (
            id_,
            event_uid,
            made_session_ids,
            made_requester,
            organization,
            service,
            made_source_languages,
            made_target_languages,
            delivery,
            listeners,
            note,
            made_submitted_at,
            made_state,
            made_team,
            made_history,
        )
        return InterpretationRequest, None, plain, known, doubtful, everything
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


_OPEN_MONEY = opened(Money)
_MONEY_AMOUNT = by.exact_for(Money, "amount")
_MONEY_CURRENCY = by.test_of(Money, "currency")
(_money_within_minor_unit,) = Money.INVARIANTS


def shape_money(plain: dict[str, Any], known: int = 0) -> Money | Doubt:
    """Make a Money of a dict, of whose keys *known* are no fields of it."""
    get: Callable[[str], Any] = plain.get
    doubtful: dict[str, Any] = {}
    amount = get("amount")
    made_amount: Any = None
    if amount is not None:
        known += 1
        made_amount = exact_of(_MONEY_AMOUNT, amount) if type(amount) is str else None
        if made_amount is None:
            doubtful["amount"] = None
    currency = get("currency")
    if currency is not None:
        known += 1
        if not (type(currency) is str and _MONEY_CURRENCY(currency)):
            doubtful["currency"] = None
    if (
        doubtful
        or known != len(plain)
        or made_amount is None
        or currency is None
        or (any(_money_within_minor_unit(made_amount, currency)))
    ):
        everything: tuple[Any, ...] = (made_amount, currency)
        return Money, None, plain, known, doubtful, everything
    open_: Any = _new(_OPEN_MONEY)
    open_.amount = at_minor_unit(made_amount, currency)
    open_.currency = currency
    open_.__class__ = Money
    whole: Money = open_
    return whole


_OPEN_COUNTRY_SHARE = opened(CountryShare)
_COUNTRY_SHARE_COUNTRY = by.test_of(CountryShare, "country")
_COUNTRY_SHARE_SHARE = by.exact_for(CountryShare, "share")


def shape_country_share(plain: dict[str, Any], known: int = 0) -> CountryShare | Doubt:
    """Make a CountryShare of a dict, of whose keys *known* are no fields of it."""
    get: Callable[[str], Any] = plain.get
    doubtful: dict[str, Any] = {}
    country = get("country")
    if country is not None:
        known += 1
        if not (type(country) is str and _COUNTRY_SHARE_COUNTRY(country)):
            doubtful["country"] = None
    share = get("share")
    made_share: Any = None
    if share is not None:
        known += 1
        made_share = exact_of(_COUNTRY_SHARE_SHARE, share) if type(share) is str else None
        if made_share is None:
            doubtful["share"] = None
    if doubtful or known != len(plain) or country is None:
        everything: tuple[Any, ...] = (country, made_share)
        return CountryShare, None, plain, known, doubtful, everything
    open_: Any = _new(_OPEN_COUNTRY_SHARE)
    open_.country = country
    open_.share = made_share
    open_.__class__ = CountryShare
    whole: CountryShare = open_
    return whole


_OPEN_TARGET = opened(Target)
_TARGET_TEXT = doubts.narrowed(Target, "text")
_TARGET_NUMBER = by.exact_for(Target, "number")
_TARGET_UNIT = by.test_of(Target, "unit")


def shape_target(plain: dict[str, Any], known: int = 0) -> Target | Doubt:
    """Make a Target of a dict, of whose keys *known* are no fields of it."""
    get: Callable[[str], Any] = plain.get
    doubtful: dict[str, Any] = {}
    text = get("text")
    made_text: Any = None
    if text is not None:
        known += 1
        made_text = _TARGET_TEXT(text) if is_object(text) else None
        if type(made_text) is not LocalizedText:
            doubtful["text"] = made_text
    number = get("number")
    made_number: Any = None
    if number is not None:
        known += 1
        made_number = exact_of(_TARGET_NUMBER, number) if type(number) is str else None
        if made_number is None:
            doubtful["number"] = None
    unit = get("unit")
    if unit is not None:
        known += 1
        if not (
            type(unit) is str
            and len(unit) <= 500
            and (
                (unit and unit[0] not in UNSEEN_FIRST and unit[-1] != " " and unit.isprintable()) or _TARGET_UNIT(unit)
            )
        ):
            doubtful["unit"] = None
    due = get("due")
    made_due: Any = None
    if due is not None:
        known += 1
        made_due = day_of(due) if type(due) is str else None
        if made_due is None:
            doubtful["due"] = None
    if doubtful or known != len(plain) or text is None:
        everything: tuple[Any, ...] = (made_text, made_number, unit, made_due)
        return Target, None, plain, known, doubtful, everything
    open_: Any = _new(_OPEN_TARGET)
    open_.text = made_text
    open_.number = made_number
    open_.unit = unit
    open_.due = made_due
    open_.__class__ = Target
    whole: Target = open_
    return whole


_OPEN_REPORT = opened(Report)
_REPORT_PERCENT = doubts.whole_for(Report, "percent")
_REPORT_NOTE = by.test_of(Report, "note")


def shape_report(plain: dict[str, Any], known: int = 0) -> Report | Doubt:
    """Make a Report of a dict, of whose keys *known* are no fields of it."""
    get: Callable[[str], Any] = plain.get
    doubtful: dict[str, Any] = {}
    on = get("on")
    made_on: Any = None
    if on is not None:
        known += 1
        made_on = day_of(on) if type(on) is str else None
        if made_on is None:
            doubtful["on"] = None
    percent = get("percent")
    if percent is not None:
        known += 1
        percent = whole_of(_REPORT_PERCENT, percent)
        if percent is None:
            doubtful["percent"] = None
    disbursed = get("disbursed")
    made_disbursed: Any = None
    if disbursed is not None:
        known += 1
        made_disbursed = shape_money(disbursed) if is_object(disbursed) else None
        if type(made_disbursed) is not Money:
            doubtful["disbursed"] = made_disbursed
    note = get("note")
    if note is not None:
        known += 1
        if not (
            type(note) is str
            and len(note) <= 10000
            and (
                (note and note[0] not in UNSEEN_FIRST and note[-1] != " " and note.isprintable()) or _REPORT_NOTE(note)
            )
        ):
            doubtful["note"] = None
    if doubtful or known != len(plain) or on is None:
        everything: tuple[Any, ...] = (made_on, percent, made_disbursed, note)
        return Report, None, plain, known, doubtful, everything
    open_: Any = _new(_OPEN_REPORT)
    open_.on = made_on
    open_.percent = percent
    open_.disbursed = made_disbursed
    open_.note = note
    open_.__class__ = Report
    whole: Report = open_
    return whole


_OPEN_PLEDGE = opened(Pledge)
_PLEDGE_ID = by.test_of(Pledge, "id")
_PLEDGE_EVENT_UID = by.known_of(Pledge, "event_uid")
_PLEDGE_TITLE = doubts.narrowed(Pledge, "title")
_PLEDGE_DESCRIPTION = doubts.narrowed(Pledge, "description")
_PLEDGE_KIND = doubts.members_of(Pledge, "kind")
_PLEDGE_FOCUS_AREAS = doubts.list_of(Pledge, "focus_areas")
_PLEDGE_SCOPE = doubts.members_of(Pledge, "scope")
_PLEDGE_GROUPS = doubts.list_of(Pledge, "groups")
_PLEDGE_GOALS = doubts.list_of(Pledge, "goals")
_PLEDGE_STATE_ABSENT = PledgeState.SUBMITTED
_PLEDGE_STATE = doubts.members_of(Pledge, "state")
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


def shape_pledge(plain: dict[str, Any], known: int = 0) -> Pledge | Doubt:
    """Make a Pledge of a dict, of whose keys *known* are no fields of it."""
    get: Callable[[str], Any] = plain.get
    doubtful: dict[str, Any] = {}
    id_ = get("id")
    if id_ is not None:
        known += 1
        if not (type(id_) is str and len(id_) <= 64 and _PLEDGE_ID(id_)):
            doubtful["id"] = None
    event_uid = get("eventUid")
    if event_uid is not None:
        known += 1
        if not (
            type(event_uid) is str
            and len(event_uid) <= 255
            and (event_uid in _PLEDGE_EVENT_UID.texts or _PLEDGE_EVENT_UID.learn((event_uid,)))
        ):
            doubtful["eventUid"] = None
    title = get("title")
    made_title: Any = None
    if title is not None:
        known += 1
        made_title = _PLEDGE_TITLE(title) if is_object(title) else None
        if type(made_title) is not LocalizedText:
            doubtful["title"] = made_title
    description = get("description")
    made_description: Any = None
    if description is not None:
        known += 1
        made_description = _PLEDGE_DESCRIPTION(description) if is_object(description) else None
        if type(made_description) is not LocalizedText:
            doubtful["description"] = made_description
    pledger = get("pledger")
    made_pledger: Any = None
    if pledger is not None:
        known += 1
        made_pledger = shape_organization(pledger) if is_object(pledger) else None
        if type(made_pledger) is not Organization:
            doubtful["pledger"] = made_pledger
    partners = get("partners")
    made_partners: Any = ()
    if partners is not None:
        known += 1
        made_partners = doubts.parts(shape_organization, Organization, partners, 0, 100)
        if type(made_partners) is not _tuple:
            doubtful["partners"] = made_partners
    contact = get("contact")
    made_contact: Any = None
    if contact is not None:
        known += 1
        made_contact = shape_contact(contact) if is_object(contact) else None
        if type(made_contact) is not Contact:
            doubtful["contact"] = made_contact
    kind = get("kind")
    if kind is not None:
        known += 1
        kind = _PLEDGE_KIND.get(kind) if type(kind) is str else None
        if kind is None:
            doubtful["kind"] = None
    focus_areas = get("focusAreas")
    made_focus_areas: Any = _none
    if focus_areas is not None:
        known += 1
        made_focus_areas = _PLEDGE_FOCUS_AREAS(focus_areas)
        if made_focus_areas is None:
            doubtful["focusAreas"] = None
    pledged = get("pledged")
    made_pledged: Any = None
    if pledged is not None:
        known += 1
        made_pledged = shape_money(pledged) if is_object(pledged) else None
        if type(made_pledged) is not Money:
            doubtful["pledged"] = made_pledged
    amount_is_estimate = get("amountIsEstimate")
    made_amount_is_estimate: Any = False
    if amount_is_estimate is not None:
        known += 1
        made_amount_is_estimate = amount_is_estimate
        if type(amount_is_estimate) is not bool:
            doubtful["amountIsEstimate"] = None
    start = get("start")
    made_start: Any = None
    if start is not None:
        known += 1
        made_start = day_of(start) if type(start) is str else None
        if made_start is None:
            doubtful["start"] = None
    end = get("end")
    made_end: Any = None
    if end is not None:
        known += 1
        made_end = day_of(end) if type(end) is str else None
        if made_end is None:
            doubtful["end"] = None
    scope = get("scope")
    if scope is not None:
        known += 1
        scope = _PLEDGE_SCOPE.get(scope) if type(scope) is str else None
        if scope is None:
            doubtful["scope"] = None
    countries = get("countries")
    made_countries: Any = ()
    if countries is not None:
        known += 1
        made_countries = doubts.parts(shape_country_share, CountryShare, countries, 0, 100)
        if type(made_countries) is not _tuple:
            doubtful["countries"] = made_countries
    groups = get("groups")
    made_groups: Any = _none
    if groups is not None:
        known += 1
        made_groups = _PLEDGE_GROUPS(groups)
        if made_groups is None:
            doubtful["groups"] = None
    goals = get("goals")
    made_goals: Any = _none
    if goals is not None:
        known += 1
        made_goals = _PLEDGE_GOALS(goals)
        if made_goals is None:
            doubtful["goals"] = None
    targets = get("targets")
    made_targets: Any = ()
    if targets is not None:
        known += 1
        made_targets = doubts.parts(shape_target, Target, targets, 0, 100)
        if type(made_targets) is not _tuple:
            doubtful["targets"] = made_targets
    submitted_at = get("submittedAt")
    made_submitted_at: Any = None
    if submitted_at is not None:
        known += 1
        made_submitted_at = moment_of(submitted_at) if type(submitted_at) is str else None
        if made_submitted_at is None:
            doubtful["submittedAt"] = None
    state = get("state")
    made_state: Any = _PLEDGE_STATE_ABSENT
    if state is not None:
        known += 1
        made_state = _PLEDGE_STATE.get(state) if type(state) is str else None
        if made_state is None:
            doubtful["state"] = None
    public = get("public")
    made_public: Any = False
    if public is not None:
        known += 1
        made_public = public
        if type(public) is not bool:
            doubtful["public"] = None
    history = get("history")
    made_history: Any = ()
    if history is not None:
        known += 1
        made_history = doubts.parts(shape_transition, Transition, history, 0, 1000)
        if type(made_history) is not _tuple:
            doubtful["history"] = made_history
    reports = get("reports")
    made_reports: Any = ()
    if reports is not None:
        known += 1
        made_reports = doubts.parts(shape_report, Report, reports, 0, 100)
        if type(made_reports) is not _tuple:
            doubtful["reports"] = made_reports
    if (
        doubtful
        or known != len(plain)
        or id_ is None
        or title is None
        or pledger is None
        or kind is None
        or focus_areas is None
        or scope is None
        or submitted_at is None
        or (any(_pledge_financial_has_an_amount(kind, made_pledged)))
        or (any(_pledge_period_has_an_order(made_start, made_end)))
        or (any(_pledge_reports_after_the_start(made_start, made_reports)))
        or (any(_pledge_targets_inside_the_period(made_start, made_end, made_targets)))
        or (any(_pledge_scope_names_a_country(scope, made_countries)))
        or (any(_pledge_countries_come_once(made_countries)))
        or (any(_pledge_shares_make_a_whole(made_countries)))
        or (any(_pledge_pledger_is_no_partner(made_pledger, made_partners)))
        or (any(_pledge_completed_has_a_report(made_state, made_reports)))
        or (_pledge_history_ends_in_state(made_state, made_history))
    ):
        everything: tuple[Any, ...] = (
            id_,
            event_uid,
            made_title,
            made_description,
            made_pledger,
            made_partners,
            made_contact,
            kind,
            made_focus_areas,
            made_pledged,
            made_amount_is_estimate,
            made_start,
            made_end,
            scope,
            made_countries,
            made_groups,
            made_goals,
            made_targets,
            made_submitted_at,
            made_state,
            made_public,
            made_history,
            made_reports,
        )
        return Pledge, None, plain, known, doubtful, everything
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


_OPEN_DOSSIER = opened(Dossier)


def shape_dossier(plain: dict[str, Any], known: int = 0) -> Dossier | Doubt:
    """Make a Dossier of a dict, of whose keys *known* are no fields of it."""
    get: Callable[[str], Any] = plain.get
    doubtful: dict[str, Any] = {}
    event = get("event")
    made_event: Any = None
    if event is not None:
        known += 1
        made_event = shape_event(event) if is_object(event) else None
        if type(made_event) is not Event:
            doubtful["event"] = made_event
    registrations = get("registrations")
    made_registrations: Any = ()
    if registrations is not None:
        known += 1
        made_registrations = doubts.parts(shape_registration, Registration, registrations, 0, 100000)
        if type(made_registrations) is not _tuple:
            doubtful["registrations"] = made_registrations
    interpretation_requests = get("interpretationRequests")
    made_interpretation_requests: Any = ()
    if interpretation_requests is not None:
        known += 1
        made_interpretation_requests = doubts.parts(
            shape_interpretation_request, InterpretationRequest, interpretation_requests, 0, 100000
        )
        if type(made_interpretation_requests) is not _tuple:
            doubtful["interpretationRequests"] = made_interpretation_requests
    pledges = get("pledges")
    made_pledges: Any = ()
    if pledges is not None:
        known += 1
        made_pledges = doubts.parts(shape_pledge, Pledge, pledges, 0, 100000)
        if type(made_pledges) is not _tuple:
            doubtful["pledges"] = made_pledges
    if doubtful or known != len(plain) or event is None:
        everything: tuple[Any, ...] = (made_event, made_registrations, made_interpretation_requests, made_pledges)
        return Dossier, None, plain, known, doubtful, everything
    open_: Any = _new(_OPEN_DOSSIER)
    open_.event = made_event
    open_.registrations = made_registrations
    open_.interpretation_requests = made_interpretation_requests
    open_.pledges = made_pledges
    open_.__class__ = Dossier
    whole: Dossier = open_
    return whole


SHAPERS: dict[type, Shaper[Any]] = {
    LocalizedText: doubts.shape_localized_text,
    TimeSlot: doubts.shape_time_slot,
    Location: shape_location,
    VirtualLocation: shape_virtual_location,
    Organization: shape_organization,
    Contact: shape_contact,
    Deadline: shape_deadline,
    Call: shape_call,
    DocumentReference: shape_document_reference,
    Document: shape_document,
    Transition: shape_transition,
    Session: shape_session,
    Event: shape_event,
    Answer: shape_answer,
    Registration: shape_registration,
    Team: shape_team,
    InterpretationRequest: shape_interpretation_request,
    Money: shape_money,
    CountryShare: shape_country_share,
    Target: shape_target,
    Report: shape_report,
    Pledge: shape_pledge,
    Dossier: shape_dossier,
}
"""What shapes the objects of each class."""
