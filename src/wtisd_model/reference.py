"""WTISD-23 as circular letter CL-23/9 announces it: what the letter says, and nothing that it does not."""

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

# The letter writes "CEST", which is a clock's reading and no zone. It is written in Genève, where the event is
# held; the zone that IANA has for that place is Zurich's.
_ZONE = "Europe/Zurich"

_TITLE = "Journée mondiale des télécommunications et de la société de l'information"
_THEME = (
    "Donner des moyens d'action aux pays les moins avancés "
    "grâce aux technologies de l'information et de la communication"
)
_ORGANIZER = "UIT"
_PLACE = "Siège de l'UIT"

# From outside the letter, for `outside_facts` only; each was looked up in November 2026.
_IN_ENGLISH: Mapping[str, str] = MappingProxyType(
    {
        # Title and theme, both: ifipnews.org, "ITU to celebrate WTISD Day in May"; abu.org.my, 17 May 2023.
        _TITLE: "World Telecommunication and Information Society Day",
        _THEME: "Empowering the least developed countries through information and communication technologies",
        # ITU calls itself and its seat so: itu.int, Partner2Connect Annual Meeting 2023.
        _ORGANIZER: "ITU",
        _PLACE: "ITU Headquarters",
    }
)
# Of the same room seven months later: itu.int, Partner2Connect Annual Meeting 2023.
_ADDRESS = "Place des Nations"


def wtisd_23(*, outside_facts: bool = False) -> Event:
    """Build the World Telecommunication and Information Society Day 2023, as circular letter CL-23/9 announces it.

    It is on 17 May 2023, from 14:30 to 16:30 by the clocks of Geneva, which is 12:30Z to 14:30Z.

    Args:
        outside_facts: add what the letter does not say and other sources do: the English of the title, the theme,
            the organizer and the place, and the address of the place.

    Source: ITU, circular letter CL-23/9, 12 April 2023, in French. The page "The reference event" of the documentation
    sets the letter's words beside each field, says what was inferred, and names the outside sources.
    """
    return Event(
        # Named after the letter: a uid at itu.int would claim a name that is not ours to give.
        uid=uid_from_name(_SYMBOL),
        title=_text(_TITLE, translated=outside_facts),
        short_title="WTISD-23",
        theme=_text(_THEME, translated=outside_facts),
        # "mercredi 17 mai de 14 h 30 à 16 h 30": the year stands in the letter's subject.
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
        # "veuillez cliquer ici": this copy of the letter does not show the address, and no last day is stated.
        Call(kind=CallKind.REGISTRATION, address_unknown=True),
        Call(
            kind=CallKind.INTERPRETATION,
            email=_SECRETARIAT,
            deadline=Deadline(date=dt.date(2023, 4, 20), time_zone=_ZONE),
        ),
        # Here too one may click on a link whose address is lost; the mailbox is not.
        Call(kind=CallKind.PLEDGE, email="partner2connect@itu.int"),
    )


def _letter() -> Document:
    return Document(
        kind=DocumentKind.CIRCULAR_LETTER,
        symbol=_SYMBOL,
        issued="2023-04-12",
        # The language of this copy; which language the original is in, it does not say.
        language="fr",
        signed=True,
        # "envoyée en mars 2023": no day.
        follows=DocumentReference(kind=DocumentKind.CIRCULAR_LETTER, symbol="CL-23/5", issued="2023-03"),
    )
