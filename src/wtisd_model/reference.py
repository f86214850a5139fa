"""The reference event: WTISD-23 exactly as circular letter CL-23/9 announces it."""

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType

from wtisd_model.model.call import Call, CallKind
from wtisd_model.model.event import Event
from wtisd_model.model.session import EventStatus
from wtisd_model.types.document import Document, DocumentKind, DocumentReference
from wtisd_model.types.language import LocalizedText
from wtisd_model.types.location import Location, VirtualLocation
from wtisd_model.types.people import Contact, Membership, Organization, Role
from wtisd_model.types.timeslot import Deadline, TimeSlot
from wtisd_model.types.timezone import local_time
from wtisd_model.types.uid import uid_from_name

_SYMBOL = "CL-23/9"
_SECRETARIAT = "strategy@itu.int"

# The letter says "CEST", which is not a zone. The event takes place in Genève, which is in the zone Europe/Zurich.
_ZONE = "Europe/Zurich"

_TITLE = "Journée mondiale des télécommunications et de la société de l'information"
_THEME = (
    "Donner des moyens d'action aux pays les moins avancés "
    "grâce aux technologies de l'information et de la communication"
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


def wtisd_23(*, outside_facts: bool = False) -> Event:
    """Return the World Telecommunication and Information Society Day 2023, as circular letter CL-23/9 announces it.

    It is on 17 May 2023, from 14:30 to 16:30 in Geneva, which is 12:30Z to 14:30Z.

    Args:
        outside_facts: whether to add facts from other sources: the English title, theme, organizer and place, and the
            address of the place.

    Source: ITU, circular letter CL-23/9, 12 April 2023, in French. The page "The reference event" of the documentation
    quotes the letter for each field, says what was inferred, and names the other sources.
    """
    return Event(
        # Derived from the letter's symbol: a uid at itu.int would claim a name that is not ours.
        uid=uid_from_name(_SYMBOL),
        title=_text(_TITLE, translated=outside_facts),
        short_title="WTISD-23",
        theme=_text(_THEME, translated=outside_facts),
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
            Contact(name="Doreen Bogdan-Martin", roles=frozenset({Role.SIGNATORY})),
        ),
        audience=frozenset(
            {Membership.MEMBER_STATE, Membership.SECTOR_MEMBER, Membership.ASSOCIATE, Membership.ACADEMIA}
        ),
        calls=_calls(),
        documents=(_letter(),),
        url="https://www.itu.int/wtisd",
    )


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
        # "envoyée en mars 2023": no day.
        follows=DocumentReference(kind=DocumentKind.CIRCULAR_LETTER, symbol="CL-23/5", issued="2023-03"),
    )
