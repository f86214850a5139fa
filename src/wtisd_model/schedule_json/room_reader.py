"""The rooms of a foreign schedule, and the places that they are."""

from typing import Final, cast

from attrs import field, frozen

from wtisd_model.codes import Code
from wtisd_model.json.builtins import to_builtins
from wtisd_model.model.event import Event
from wtisd_model.reading.foreign_value import ForeignValue
from wtisd_model.reading.make import Draft
from wtisd_model.reading.notes import At
from wtisd_model.schedule_json.context import ScheduleContext
from wtisd_model.schedule_json.rooms import TO_FOLLOW
from wtisd_model.schema.fields import most_items
from wtisd_model.types.text import NAME

_ONLINE: Final = frozenset({"bbb", "online", "virtual"})
_READ: Final = frozenset({"capacity", "guid", "name", "slug", "type", "url"})
"""The members of a room that are read, or say the same as another."""
_MOST_ONLINE: Final = most_items(Event, "virtual_locations")


@frozen
class ForeignRoom:
    """A room of a schedule."""

    path: str
    name: At | None
    guid: object = None
    capacity: At | None = None
    url: At | None = None
    is_online: bool = False

    @property
    def follows(self) -> bool:
        """True if it stands for a place that is announced later."""
        return self.guid == TO_FOLLOW or (self.name is None and not self.is_online)


@frozen
class RoomReader:
    """The rooms of one schedule: those that it lists, and those that only its sessions name."""

    context: ScheduleContext
    rooms: list[ForeignRoom] = field(factory=list[ForeignRoom])
    online: dict[str, ForeignRoom] = field(factory=dict[str, ForeignRoom])
    """The online rooms by their address."""
    _by_name: dict[str | None, ForeignRoom] = field(factory=dict[str | None, ForeignRoom])
    _by_guid: dict[str | None, ForeignRoom] = field(factory=dict[str | None, ForeignRoom])

    def read(self, source: ForeignValue) -> None:
        """Read the list of rooms."""
        for each in source.objects():
            each.note_others(_READ, "room")
            self._add(each)

    def named(self, name: str, path: str) -> ForeignRoom:
        """Return the room of sessions in version 1, by its name."""
        return self._by_name.get(name) or self._add(ForeignValue({"name": name}, path, self.context.notes))

    def note_contradiction(self, stated: ForeignValue, room: ForeignRoom) -> None:
        """Note the room that a session states, if it is not the one in whose list the session is."""
        if stated.value is None or stated.value == "":
            return
        if stated.string is None:
            stated.drop(Code.WRONG_TYPE)
        elif self._by_name.get(stated.string) != room:
            stated.drop(Code.VALUE_UNKNOWN)

    def referred(self, reference: ForeignValue) -> ForeignRoom | None:
        """Return the room of a session in version 2; None if it has none, as a break may."""
        if not reference.object().members:
            return None
        known = self._by_guid.get(reference["guid"].string) or self._by_name.get(reference["name"].string)
        return known or self._add(reference)

    def _add(self, source: ForeignValue) -> ForeignRoom:
        name, guid = source["name"], source["guid"]
        room = ForeignRoom(
            source.path,
            name.text(NAME),
            guid.value,
            source["capacity"].given,
            self.context.address(source["url"]),
            (source["type"].string or "").lower() in _ONLINE,
        )
        self.rooms.append(room)
        if room.is_online and room.url is not None:
            self.online.setdefault(room.url.value, room)
        if name.string is not None:
            self._by_name.setdefault(name.string, room)
        if guid.string is not None:
            self._by_guid.setdefault(guid.string, room)
        return room

    def of_event(self) -> Draft:
        """Return the places of the event: the one of all rooms, and the online rooms."""
        on_site = [each for each in self.rooms if not each.is_online]
        online = [self.virtual(each) for each in self.rooms if each.is_online]
        place = self.context.place
        if not online and not on_site and place is None:
            self.context.notes.note(Code.PLACE_MISSING, "/schedule/conference/rooms")
            online.append({})
        if place is None:
            unknown = [each for each in on_site if not each.follows]
            if unknown:
                self.context.notes.note(Code.LOCATION_DROPPED, unknown[0].path)
            return {"venueToFollow": bool(on_site), "virtualLocations": online[:_MOST_ONLINE]}
        is_here = bool(on_site) or not online
        return {"locations": [to_builtins(place)] if is_here else [], "virtualLocations": online[:_MOST_ONLINE]}

    def of_session(self, room: ForeignRoom | None) -> Draft:
        """Return the places of a session; those of the event if it has no room."""
        if room is None:
            return {}
        if room.is_online:
            return {"virtualLocations": [self.virtual(room)], "inheritedPlaces": "remote"}
        has_online = any(each.is_online for each in self.rooms)
        inherited = "on-site" if has_online else None
        if room.follows or self.context.place is None or room.name is None:
            return {"inheritedPlaces": inherited}
        place = cast("Draft", to_builtins(self.context.place))
        place |= {"id": None, "room": room.name, "capacity": room.capacity}
        return {"locations": [place], "inheritedPlaces": inherited}

    def virtual(self, room: ForeignRoom) -> Draft:
        """Return an online room as the draft of a VirtualLocation."""
        name = None if room.name is None else {"text": room.name, "language": self.context.language}
        return {"name": name, "uri": room.url}
