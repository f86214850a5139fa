"""The rooms of a schedule: the places of an event and its sessions, online rooms included, each with a name of its own.

A session of a schedule is in exactly one room, and programs know rooms by their names.
"""

from typing import Final

from attrs import field, frozen

from wtisd_model.locales.locale import Locale
from wtisd_model.model.places import Places
from wtisd_model.programme.places import room_of, virtual_name
from wtisd_model.schedule_json.identity import derived_guid, distinct, slug
from wtisd_model.types.location import Location, VirtualLocation

TO_FOLLOW: Final = derived_guid("room", "to follow")
"""The guid of the room of sessions whose place is announced later."""


@frozen
class ScheduleRoom:
    """A room of a schedule."""

    guid: str
    name: str
    slug: str
    description: str | None = None
    """Where it is."""
    capacity: int | None = None
    url: str | None = None
    """The address to dial into, of an online room."""
    is_online: bool = False


@frozen
class ScheduleRooms:
    """The rooms of one schedule, in the order in which they are first needed."""

    language: str | None
    words: Locale = field(repr=False)
    by_guid: dict[str, ScheduleRoom] = field(factory=dict[str, ScheduleRoom])
    _names: dict[str, int] = field(factory=dict[str, int])
    _slugs: dict[str, int] = field(factory=dict[str, int])

    def at(self, places: Places) -> list[ScheduleRoom]:
        """Return the rooms of these places, online rooms last; without any, that of a place to be announced."""
        found = [*map(self._physical, places.locations)]
        if places.venue_to_follow or not (found or places.virtual_locations):
            found.append(self._add(TO_FOLLOW, self.words.labels.venue_to_follow))
        return [*found, *map(self._online, places.virtual_locations)]

    def _physical(self, place: Location) -> ScheduleRoom:
        room = room_of(place, self.language)
        where = (place.id,) if place.id is not None else (place.name.text, place.locality, place.country)
        guid = derived_guid("room", *where, place.room or "")
        around = (room.building and room.building[0], place.address, place.locality)
        description = ", ".join(part for part in around if part is not None)
        return self._add(guid, room.name[0], description=description, capacity=place.capacity)

    def _online(self, place: VirtualLocation) -> ScheduleRoom:
        name, _ = virtual_name(place, self.language, self.words)
        known = "" if place.name is None else place.name.text
        return self._add(derived_guid("online room", place.uri or "", known), name, url=place.uri, is_online=True)

    def _add(
        self,
        guid: str,
        name: str,
        *,
        description: str | None = None,
        capacity: int | None = None,
        url: str | None = None,
        is_online: bool = False,
    ) -> ScheduleRoom:
        if guid not in self.by_guid:
            self.by_guid[guid] = ScheduleRoom(
                guid,
                distinct(name, self._names, "{} ({})".format),
                distinct(slug(name) or "room", self._slugs),
                description,
                capacity,
                url,
                is_online,
            )
        return self.by_guid[guid]
