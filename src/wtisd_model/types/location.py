"""Physical and virtual places."""

from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, ClassVar, Final, Literal

from attrs import field, frozen

from wtisd_model.codes import Code
from wtisd_model.findings import Finding, finding
from wtisd_model.schema.constraints import DecimalNumber
from wtisd_model.schema.fields import Invariant, SetOfEither
from wtisd_model.schema.model import Model
from wtisd_model.types.attendance import Seats
from wtisd_model.types.country import CountryCode
from wtisd_model.types.language import LocalizedText
from wtisd_model.types.number import decimal_of_number
from wtisd_model.types.text import NAME, ConferenceAddress, Identifier, Name

LATITUDE: Final = DecimalNumber(-90, 90, digits=2, places=8)
LONGITUDE: Final = DecimalNumber(-180, 180, digits=3, places=8)


class VirtualFeature(StrEnum):
    """A feature of a virtual location (RFC 8984 section 4.2.6)."""

    AUDIO = "audio"
    CHAT = "chat"
    FEED = "feed"
    MODERATOR = "moderator"
    PHONE = "phone"
    SCREEN = "screen"
    VIDEO = "video"


VirtualFeatureWord = Literal["audio", "chat", "feed", "moderator", "phone", "screen", "video"]


def _latitude_and_longitude(latitude: Decimal | None, longitude: Decimal | None) -> Iterator[Finding]:
    if (latitude is None) != (longitude is None):
        yield finding(Code.POSITION_INCOMPLETE, "/latitude" if latitude is None else "/longitude")


@frozen(kw_only=True, eq=False, repr=False)
class Location(Model):
    """A place that people go to (schema.org Place, RFC 8984 Location).

    Calendars and schedules often name a place without its town or country; `check` asks for them once it is announced.
    """

    INVARIANTS: ClassVar[tuple[Invariant, ...]] = (_latitude_and_longitude,)

    id: Identifier | None = None
    """An identifier of the place, the same wherever the event names it (RFC 8984 locations)."""
    name: Annotated[LocalizedText, NAME]
    """The name of the building or site (RFC 5545 LOCATION; schema.org name)."""
    room: Name | None = None
    """The room in that building."""
    address: Name | None = None
    """Street and number, in one line (schema.org streetAddress)."""
    locality: Name | None = None
    """The town (schema.org addressLocality)."""
    country: CountryCode | None = None
    """The country (ISO 3166-1 alpha-2; schema.org addressCountry)."""
    latitude: Annotated[Decimal, LATITUDE] | None = field(default=None, converter=decimal_of_number)
    """Degrees north (WGS 84; RFC 5545 GEO)."""
    longitude: Annotated[Decimal, LONGITUDE] | None = field(default=None, converter=decimal_of_number)
    """Degrees east (WGS 84; RFC 5545 GEO)."""
    capacity: Seats | None = None
    """The capacity of the room, in persons (schema.org maximumAttendeeCapacity)."""


@frozen(kw_only=True, eq=False, repr=False)
class VirtualLocation(Model):
    """A virtual place that people dial into (schema.org VirtualLocation); its address may follow later."""

    # A text alone is its address: virtual_locations=["https://example.org/live"].
    TEXT_FIELD: ClassVar[str] = "uri"

    name: Annotated[LocalizedText, NAME] | None = None
    """The name (RFC 7986 CONFERENCE LABEL; RFC 8984 name)."""
    uri: ConferenceAddress | None = None
    """The address to dial into (RFC 7986 CONFERENCE; RFC 8984 uri)."""
    features: frozenset[VirtualFeature] = field(
        default=frozenset(), converter=SetOfEither[VirtualFeature, VirtualFeatureWord]
    )
    """The features it offers (RFC 7986 FEATURE; RFC 8984 features)."""
