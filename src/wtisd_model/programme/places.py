"""The places of an event and its sessions as people read them: rooms, buildings, towns and links."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from wtisd_model.locales import language_of
from wtisd_model.locales.locale import Locale
from wtisd_model.markup.characters import is_rtl, isolate
from wtisd_model.model.event import Event, places_of
from wtisd_model.model.places import Places
from wtisd_model.model.session import Session
from wtisd_model.programme.names import country_name
from wtisd_model.types.attendance import AttendanceMode
from wtisd_model.types.language import TaggedText
from wtisd_model.types.location import Location, VirtualLocation

Link = tuple[TaggedText, str]
"""The name of a virtual location, and its address."""

Building = tuple[str, str | None, str | None, str | None]
"""What tells the building of a location from others: its name, and its address, town and country if they are known."""


class Room(NamedTuple):
    """A room, or a building if no room in it is named."""

    name: TaggedText
    building: TaggedText | None
    """The building; None if the name is that of the building."""


def room_of(location: Location, language: str | None) -> Room:
    """Return the room of a location."""
    building = location.name.in_language(language)
    return Room(building, None) if location.room is None else Room((location.room, ""), building)


def building_of(location: Location) -> Building:
    """Return the building of a location."""
    return location.name.text, location.address, location.locality, location.country


def maps_of(locations: Iterable[Location], language: str | None) -> Iterator[Link]:
    """Yield the name of each building whose position is known, and the address of a map that shows it."""
    shown = set[Building]()
    for location in locations:
        building = building_of(location)
        if building not in shown and location.latitude is not None and location.longitude is not None:
            shown.add(building)
            north, east = f"{location.latitude:f}", f"{location.longitude:f}"
            address = f"https://www.openstreetmap.org/?mlat={north}&mlon={east}#map=17/{north}/{east}"
            yield location.name.in_language(language), address


def address_of(location: Location) -> list[str]:
    """Return what follows the name of a building: the room, the address and the town, as far as they are known."""
    return [part for part in (location.room, location.address, location.locality) if part is not None]


def joined_address(*parts: object) -> str:
    """Return those parts of an address that are known as the one text that programs take: "A, Rue de Lausanne 1"."""
    return ", ".join([f"{part}" for part in parts if part is not None])


def where_in_words(places: Places, language: str | None, words: Locale) -> tuple[TaggedText, ...]:
    """Return the locations with the commas of the reader's language, or a sentence that says that they will follow."""
    if places.venue_to_follow:
        return ((words.labels.venue_to_follow, words.language),)
    return tuple([location_in_words(location, language, words) for location in places.locations])


def location_in_words(location: Location, language: str | None, words: Locale) -> TaggedText:
    """Return a location with its room, address, town and country, as far as they are known."""
    name, tag = location.name.in_language(language)
    parts = [name, *address_of(location)]
    if location.country is not None:
        parts.append(country_name(location.country, words.language))
    rtl = bool(is_rtl("".join(parts)))
    return words.comma.join([isolate(part, rtl=rtl) for part in parts]), tag


def links_of(places: Places, language: str | None, words: Locale) -> list[Link]:
    """Return the virtual locations whose address is known."""
    virtual = places.virtual_locations
    return [(virtual_name(place, language, words), place.uri) for place in virtual if place.uri is not None]


def virtual_name(virtual: VirtualLocation, language: str | None, words: Locale) -> TaggedText:
    """Return the name of a virtual location; without one, the words for remote participation."""
    if virtual.name is None:
        name = words.labels.remote_participation
        return name, language_of(name, words.language)
    return virtual.name.in_language(language)


def locations_of(event: Event, session: Session | None) -> tuple[Location, ...]:
    """Return where a session is, or the event itself for None.

    A session without locations is in that of its event; if there are several, none of them is known to be its own.
    """
    locations = places_of(event, session).locations
    return locations if session is None or session.locations or len(locations) == 1 else ()


class EventRooms:
    """The rooms of an event, and those of each session: pictures and pages show the same."""

    def __init__(self, event: Event, language: str) -> None:
        """List the rooms, in *language* as far as their names are translated."""
        located = (event.locations, *(session.locations for session in event.sessions))
        self._event = event
        self._language = language
        self.in_order: list[Room] = list(
            dict.fromkeys(room_of(location, language) for several in located for location in several)
        )
        """All rooms: first those of the event, then those of its sessions in their order."""
        self._are_named = any(room.building is not None for room in self.in_order)

    def of(self, session: Session | None) -> tuple[Room | None, ...]:
        """Return the rooms of a session, or of the event itself for None.

        None among them means that people only take part remotely. Without any, it has no room of its own.
        """
        locations = locations_of(self._event, session)
        if not locations and places_of(self._event, session).mode is AttendanceMode.REMOTE:
            return (None,)
        if self._are_named and session is not None and not session.locations:
            # The building of the event, in which others have rooms, says too little.
            locations = tuple([location for location in locations if location.room is not None])
        return tuple([room_of(location, self._language) for location in locations])
