"""The rooms, tracks and days of a schedule that is written."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from typing import Any, Final

from attrs import evolve, field, frozen
from pendulum import DateTime

from wtisd_model.locales.locale import Locale
from wtisd_model.model.places import Places
from wtisd_model.programme.places import joined_address, room_of, virtual_name
from wtisd_model.schedule_json.vocabulary import (
    SLUG_FORM,
    TO_FOLLOW,
    derived_guid,
    distinct,
    slug,
)
from wtisd_model.types.location import Location, VirtualLocation
from wtisd_model.types.moment import moment_text
from wtisd_model.types.timeslot import TimeSlot
from wtisd_model.types.timezone import at_zone, first_moment, to_utc

Plain = dict[str, Any]
"""A JSON object."""


@frozen
class ScheduleRoom:
    """A room of a schedule."""

    guid: str
    name: str
    slug: str = ""
    description: str | None = None
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
        on_site = [*map(self._physical, places.locations)]
        if places.venue_to_follow or not (on_site or places.virtual_locations):
            on_site.append(self._added(ScheduleRoom(TO_FOLLOW, self.words.labels.venue_to_follow)))
        return [*on_site, *map(self._online, places.virtual_locations)]

    def _physical(self, place: Location) -> ScheduleRoom:
        room = room_of(place, self.language)
        where = (place.id,) if place.id is not None else (place.name.text, place.locality or "", place.country or "")
        guid = derived_guid("room", *where, place.room or "")
        description = joined_address(room.building and room.building[0], place.address, place.locality)
        return self._added(ScheduleRoom(guid, room.name[0], description=description, capacity=place.capacity))

    def _online(self, place: VirtualLocation) -> ScheduleRoom:
        name, _ = virtual_name(place, self.language, self.words)
        known = "" if place.name is None else place.name.text
        guid = derived_guid("online room", place.uri or "", known)
        return self._added(ScheduleRoom(guid, name, url=place.uri, is_online=True))

    def _added(self, room: ScheduleRoom) -> ScheduleRoom:
        """Return a room with a name and a slug of its own."""
        if room.guid not in self.by_guid:
            name = distinct(room.name, self._names, "{} ({})".format)
            self.by_guid[room.guid] = evolve(room, name=name, slug=distinct(slug(room.name) or "room", self._slugs))
        return self.by_guid[room.guid]


_NO_TRACK: Final = "none"
"""The slug of the track, without a name, of sessions that belong to none: version 2 requires a track."""


@frozen
class Tracks:
    """The tracks of one schedule: names, slugs, and the colours that an extension of the event has for them."""

    extras: Mapping[str, Mapping[str, Any]] = field(repr=False)
    by_name: dict[str, dict[str, Any]] = field(factory=dict[str, dict[str, Any]])
    _slugs: dict[str, int] = field(factory=lambda: {_NO_TRACK: 0})

    def slug(self, name: str | None) -> str:
        """Return the slug of a track."""
        if name is None:
            self.by_name.setdefault("", {"name": "", "slug": _NO_TRACK})
            return _NO_TRACK
        if name not in self.by_name:
            extra = self.extras.get(name, {})
            known = extra.get("slug")
            wanted = known if isinstance(known, str) and SLUG_FORM.fullmatch(known) else slug(name) or "track"
            self.by_name[name] = {**extra, "name": name, "slug": distinct(wanted, self._slugs)}
        return str(self.by_name[name]["slug"])


_DAY_CHANGE: Final = dt.time(4)
"""When a day begins and the one before ends, by the clocks of the place; as in pretalx."""

_DAY: Final = dt.timedelta(days=1)


@frozen
class ScheduleDay:
    """A day of a schedule."""

    date: dt.date
    start: DateTime
    end: DateTime
    """When the next day begins."""

    @property
    def starts_at(self) -> dt.datetime:
        """The start in UTC."""
        return to_utc(self.start)


def schedule_days(event: TimeSlot, sessions: Iterable[TimeSlot]) -> list[ScheduleDay]:
    """Return the days of an event, from the first to the last, also those without sessions.

    The first day begins at four, or with the first session if that is earlier.
    """
    last = _day_of(event)
    dates = [event.first_day]
    while dates[-1] < last:
        dates.append(dates[-1] + _DAY)
    starts = [first_moment(dt.datetime.combine(day, _DAY_CHANGE), event.time_zone) for day in [*dates, last + _DAY]]
    early = min([event.starts_at, *(session.starts_at for session in sessions)])
    if early < to_utc(starts[0]):
        starts[0] = at_zone(early, event.time_zone)
    days = map(ScheduleDay, dates, starts, starts[1:])
    # Apia had no 30 December 2011.
    return [day for day in days if day.starts_at < to_utc(day.end)]


def _day_of(event: TimeSlot) -> dt.date:
    """Return the day to which the last second of an event belongs."""
    if event.whole_days or (event.end - dt.timedelta(seconds=1)).time() >= _DAY_CHANGE:
        return event.last_day
    return max(event.last_day - _DAY, event.first_day)


def day_index(days: list[ScheduleDay], slot: TimeSlot) -> int:
    """Return the index of the day of a session: that on which it begins."""
    if slot.whole_days:
        return max(bisect_right(days, slot.first_day, key=lambda day: day.date) - 1, 0)
    return max(bisect_right(days, slot.starts_at, key=lambda day: day.starts_at) - 1, 0)


def day_members(number: int, day: ScheduleDay, prefix: str = "") -> Plain:
    """Return the number, the date and the bounds of a day."""
    bounds = {f"{prefix}start": moment_text(day.start), f"{prefix}end": moment_text(day.end)}
    return {"index": number, "date": str(day.date), **bounds}
