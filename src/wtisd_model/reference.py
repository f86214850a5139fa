"""The reference event: WTISD-23 exactly as circular letter CL-23/9 announces it."""

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType

from wtisd_model.model.call import Call, CallKind
from wtisd_model.model.event import Event
from wtisd_model.model.session import EventStatus
from wtisd_model.types.country import CountryGroup
from wtisd_model.types.deadline import Deadline
from wtisd_model.types.document import Document, DocumentKind, DocumentReference
from wtisd_model.types.identifiers import uid_from_name
from wtisd_model.types.language import LocalizedText
from wtisd_model.types.location import Location, VirtualLocation
from wtisd_model.types.people import Contact, Membership, Organization, Role
from wtisd_model.types.provenance import Provenance, ProvenanceKind
from wtisd_model.types.timeslot import TimeSlot
from wtisd_model.types.timezone import local_time

_SYMBOL = "CL-23/9"
_SECRETARIAT = "strategy@itu.int"

# The letter says "CEST", which is not a zone. The event takes place in Genève, which is in the zone Europe/Zurich.
_ZONE = "Europe/Zurich"

_TITLE = "Journée mondiale des télécommunications et de la société de l'information"
_THEME = (
    "Donner des moyens d'action aux pays les moins avancés "
    "grâce aux technologies de l'information et de la communication"
)
# The letter's words on the programme, joined.
_DESCRIPTION = (
    "Manifestation d'envergure mondiale, destinée à sensibiliser au rôle important que jouent les technologies de "
    "l'information et de la communication (TIC) pour relever les défis liés au développement des PMA. Cette "
    "manifestation sera également l'occasion de présenter les principales activités menées par le Bureau de "
    "développement de l'UIT, afin d'aider les PMA grâce aux technologies, ainsi que certains engagements pris au titre "
    "de l'initiative Partner2Connect (P2C) et visant précisément à promouvoir une connectivité efficace et universelle "
    "dans les PMA. Célébrations prévues à l'occasion de l'anniversaire de la création de l'UIT."
)
_ORGANIZER = "UIT"
_PLACE = "Siège de l'UIT"

# Not in the letter, for `outside_facts` only; looked up in November 2026.
_IN_ENGLISH: Mapping[str, str] = MappingProxyType(
    {
        # Title and theme, both: ifipnews.org, "ITU to celebrate WTISD Day in May"; abu.org.my, 17 May 2023.
        _TITLE: "World Telecommunication and Information Society Day",
        _THEME: "Empowering the least developed countries through information and communication technologies",
        # The names that ITU uses: itu.int, Partner2Connect Annual Meeting 2023.
        _ORGANIZER: "ITU",
        _PLACE: "ITU Headquarters",
    }
)
# The address of a meeting in the same room seven months later: itu.int, Partner2Connect Annual Meeting 2023.
_ADDRESS = "Place des Nations"
_IFIP = "https://www.ifipnews.org/itu-to-celebrate-wtisd-day-in-may/"
_ABU = (
    "https://www.abu.org.my/2023/05/17/world-telecommunication-and-information-society-day-2023-empowering-least-"
    "developed-countries-through-digital-transformation/"
)
_MEETING = "https://www.itu.int/itu-d/sites/partner2connect/partner2connect-annual-meeting-2023"

_IN_FRENCH = "The letter is in French; it does not say so."
# What takes a step from the letter's words to the value, and which step.
_INFERRED: Mapping[str, str] = MappingProxyType(
    {
        "/uid": "Derived from the letter's symbol; a uid at itu.int would claim a name that is not ours.",
        "/title/language": _IN_FRENCH,
        "/theme/language": _IN_FRENCH,
        "/description/language": _IN_FRENCH,
        "/slot/timeZone": '"CEST" is the summer time of several zones, not a zone; Geneva is in Europe/Zurich.',
        "/locations/0/name/language": _IN_FRENCH,
        "/locations/0/country": "Genève is in Switzerland; the letter names no country.",
        "/organizer/name/language": _IN_FRENCH,
        "/organizer/unit": '"Secrétariat général (SG)" heads the letter that invites.',
        "/organizer/email": "The letterhead's mailbox, which the letter also calls that of the secretariat.",
        "/calls/1/deadline/timeZone": "A deadline without a zone is taken to be in the zone of the secretariat.",
        "/documents/0/kind": "CL is the series of the letter before it, which is called a circular letter.",
        "/documents/0/language": "The letter is in French; it is the language of this copy.",
        "/documents/1/title/language": _IN_FRENCH,
        "/documents/2/title/language": _IN_FRENCH,
        "/documents/3/title/language": _IN_FRENCH,
        "/url": 'The letter writes "www.itu.int/wtisd", without a scheme.',
        "/sequence": "The letter mentions no change of time, place or status.",
    }
)
_OUTSIDE = (
    ("/title/translations/en", _IFIP),
    ("/title/translations/en", _ABU),
    ("/theme/translations/en", _IFIP),
    ("/theme/translations/en", _ABU),
    ("/locations/0/name/translations/en", _MEETING),
    ("/locations/0/address", _MEETING),
    ("/organizer/name/translations/en", _MEETING),
)


def wtisd_23(*, outside_facts: bool = False) -> Event:
    """Return the World Telecommunication and Information Society Day 2023, as circular letter CL-23/9 announces it.

    It is on 17 May 2023, from 14:30 to 16:30 in Geneva, which is 12:30Z to 14:30Z.

    Its ``provenance`` marks what was inferred from the letter, and what is from outside.

    Args:
        outside_facts: whether to add facts from other sources: the English title, theme, organizer and place, and the
            address of the place.

    Source: ITU, circular letter CL-23/9, 12 April 2023, in French. The page "The reference event" of the documentation
    quotes the letter for each field.
    """
    return Event(
        # Derived from the letter's symbol: a uid at itu.int would claim a name that is not ours.
        uid=uid_from_name(_SYMBOL),
        title=_text(_TITLE, translated=outside_facts),
        short_title="WTISD-23",
        theme=_text(_THEME, translated=outside_facts),
        description=LocalizedText(text=_DESCRIPTION, language="fr"),
        # "mercredi 17 mai de 14 h 30 à 16 h 30": the year is in the letter's subject.
        slot=TimeSlot(
            start=local_time("2023-05-17T14:30:00", _ZONE),
            end=local_time("2023-05-17T16:30:00", _ZONE),
        ),
        status=EventStatus.SCHEDULED,
        locations=(
            Location(
                name=_text(_PLACE, translated=outside_facts),
                room="Popov",
                address=_ADDRESS if outside_facts else None,
                locality="Genève",
                country="CH",
            ),
        ),
        # It can be attended "à distance"; the letter does not say where.
        virtual_locations=(VirtualLocation(),),
        organizer=Organization(name=_text(_ORGANIZER, translated=outside_facts), unit="SG", email=_SECRETARIAT),
        contacts=(
            Contact(name="Victoria Sukenik", email=_SECRETARIAT, phone="+41227306036", roles=frozenset({Role.CONTACT})),
            Contact(name="Doreen Bogdan-Martin", roles=frozenset({Role.SIGNATORY}), job_title="Secrétaire générale"),
        ),
        audience=_ADDRESSEES,
        calls=_calls(),
        documents=(_letter(), *map(_media, ("message vidéo", "supports promotionnels", "réseaux sociaux"))),
        groups=frozenset({CountryGroup.LDC}),
        keywords=frozenset({"Objectifs de développement durable à l'horizon 2030"}),
        url="https://www.itu.int/wtisd",
        provenance=(
            *(Provenance(path=path, kind=ProvenanceKind.INFERRED, note=note) for path, note in _INFERRED.items()),
            *(Provenance(path=path, kind=ProvenanceKind.OUTSIDE, url=url) for path, url in _OUTSIDE if outside_facts),
        ),
    )


_ADDRESSEES = frozenset({Membership.MEMBER_STATE, Membership.SECTOR_MEMBER, Membership.ASSOCIATE, Membership.ACADEMIA})


def _text(french: str, *, translated: bool) -> LocalizedText:
    return LocalizedText(text=french, language="fr", translations={"en": _IN_ENGLISH[french]} if translated else {})


def _calls() -> tuple[Call, ...]:
    return (
        # "veuillez cliquer ici": this copy of the letter has lost the address, and there is no deadline.
        Call(kind=CallKind.REGISTRATION, address_unknown=True),
        Call(
            kind=CallKind.INTERPRETATION,
            email=_SECRETARIAT,
            deadline=Deadline(date=dt.date(2023, 4, 20), time_zone=_ZONE),
        ),
        # The address of the link is lost here too, but not the e-mail address.
        Call(kind=CallKind.PLEDGE, email="partner2connect@itu.int"),
    )


def _letter() -> Document:
    return Document(
        kind=DocumentKind.CIRCULAR_LETTER,
        symbol=_SYMBOL,
        issued="2023-04-12",
        # The language of this copy; the language of the original is not stated.
        language="fr",
        signed=True,
        addressees=_ADDRESSEES,
        # "envoyée en mars 2023": no day.
        follows=DocumentReference(kind=DocumentKind.CIRCULAR_LETTER, symbol="CL-23/5", issued="2023-03"),
    )


def _media(title: str) -> Document:
    # The letter links to these; this copy of it has lost the addresses.
    return Document(kind=DocumentKind.MEDIA, title=LocalizedText(text=title, language="fr"))
