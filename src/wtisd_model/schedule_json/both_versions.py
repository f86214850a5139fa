"""What both versions of a schedule have: its rooms, tracks and days, the texts of its sessions, and what it adds.

What no member of the schemas states exactly is in ``conference.meta``, which they leave to programs.
"""

import datetime as dt
from abc import ABC, abstractmethod
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar, Final

from attrs import evolve, field, frozen
from msgspec import Raw
from msgspec.json import encode
from pendulum import DateTime

from wtisd_model.locales import locale_for
from wtisd_model.locales.locale import Locale
from wtisd_model.model.event import Event, announced_sessions, places_of, session_status
from wtisd_model.model.places import Places
from wtisd_model.model.session import EventStatus, Session
from wtisd_model.programme.announced import require_size
from wtisd_model.programme.format import Format
from wtisd_model.programme.places import joined_address, room_of, virtual_name
from wtisd_model.reading.foreign_value import objects_by
from wtisd_model.schedule_json.vocabulary import (
    ATTACHMENTS,
    CODE_FORM,
    LINKS,
    META,
    SLUG_FORM,
    TO_FOLLOW,
    TRACKS,
    VENDOR,
    ZONE_FORM,
    acronym,
    derived_guid,
    distinct,
    kind_of,
    session_guid,
    slug,
)
from wtisd_model.types.document import Document
from wtisd_model.types.language import LocalizedText
from wtisd_model.types.location import Location, VirtualLocation
from wtisd_model.types.moment import moment_text
from wtisd_model.types.people import Contact
from wtisd_model.types.text import WEB_ADDRESS
from wtisd_model.types.timeslot import TimeSlot
from wtisd_model.types.timezone import at_zone, first_moment, to_utc

Plain = dict[str, Any]
"""A JSON object."""


@frozen
class ScheduledSession:
    """A session, and what it is called in a schedule."""

    session: Session
    status: EventStatus
    places: Places
    guid: str
    slug: str
    room: "ScheduleRoom"


WrittenSessions = Sequence[tuple[ScheduledSession, Raw]]
"""The sessions of a schedule, each with its JSON."""


class ScheduleWriter(ABC):
    """A writer of one event; a version says what is its own."""

    FORMAT: ClassVar[Format]
    SCHEMA: ClassVar[str]
    """The address of its JSON Schema."""
    ONLINE: ClassVar[str]
    """The type of an online room."""
    HAS_DAYS: ClassVar[bool] = False
    """True if the bounds of an event of whole days are days."""

    def __init__(self, event: Event, slot: TimeSlot, language: str | None) -> None:
        """List the sessions of an announced event with their rooms; texts are in a language, or the originals."""
        self.event = event
        self.slot = slot
        self.language = language
        self.rooms = ScheduleRooms(language, locale_for(language or event.title.language))
        self.rooms.at(places_of(event))
        self.entries: list[ScheduledSession] = []
        slugs: dict[str, int] = {}
        for session in announced_sessions(event):
            status, places = session_status(event, session), places_of(event, session)
            if status in self.FORMAT.statuses:
                guid = session_guid(session.export_uid(event.uid))
                called = distinct(slug(session.id) or "session", slugs)
                self.entries.append(ScheduledSession(session, status, places, guid, called, self.rooms.at(places)[0]))
        colored = event.extensions.as_dict().get(TRACKS) if TRACKS in event.extensions else None
        self.tracks = Tracks(objects_by(colored, "name"))
        self.days = schedule_days(slot, [entry.session.slot for entry in self.entries])

    @abstractmethod
    def session(self, entry: ScheduledSession) -> Plain:
        """Return a session."""

    @abstractmethod
    def schedule(self, conference: Plain, sessions: WrittenSessions) -> Plain:
        """Return the members of the schedule beside its version: the conference with its days, and the sessions."""

    def description(self, thing: Event | Session) -> str | dict[str, str] | None:
        """Return the description of the event or of a session, in the language of the schedule."""
        return None if thing.description is None else self.text(thing.description)

    def image(self, address: str) -> str | Plain:
        """Return a picture by its address."""
        return address

    def bounds(self) -> Plain:
        """Return when the conference begins and ends."""
        return {"start": moment_text(self.slot.start), "end": moment_text(self.slot.end)}

    def languages(self) -> Plain:
        """Return the languages of the conference."""
        return {}

    def document(self) -> Plain:
        """Return the whole file."""
        event, zone, updated = self.event, self.slot.time_zone, self.event.updated
        sessions, exact = list[tuple[ScheduledSession, Raw]](), list[Plain]()
        size = 0
        for entry in self.entries:
            session = self.session(entry)
            written = encode(session)  # at once: it repeats the links of its event, so that all may be too large
            size += len(written)
            require_size(size)
            sessions.append((entry, Raw(written)))
            if unsaid := self._exact(entry, session):
                exact.append({"guid": entry.guid, **unsaid})
        conference = {
            "acronym": acronym(event.short_title or event.title.text, self.slot.start.year),
            "title": self.text(event.title),
            **stated(description=self.description(event)),
            **self.bounds(),
            **({"time_zone_name": zone} if ZONE_FORM.match(zone) else {}),
            **stated(
                logo=event.image and self.image(event.image),
                colors={"primary": event.color} if event.color else None,
                keywords=sorted(event.keywords),
                url=event.url,
            ),
            **self.languages(),
            "tracks": list(self.tracks.by_name.values()),
            "rooms": [*map(self._room, self.rooms.by_guid.values())],
            "meta": {META: self._exact_of_event(exact)},
        }
        version = str(event.sequence) + ("" if updated is None else f" ({updated:%Y-%m-%dT%H:%M:%SZ})")
        return {
            "$schema": self.SCHEMA,
            "generator": {"name": "wtisd-model"},  # without its version, so that a release does not change files
            "schedule": {"version": version, **self.schedule(conference, sessions)},
        }

    def _room(self, room: "ScheduleRoom") -> Plain:
        return {
            "name": room.name,
            "slug": room.slug,
            "guid": room.guid,
            **({"type": self.ONLINE} if room.is_online else {}),
            "description": room.description,
            "capacity": room.capacity,
            **({} if room.url is None else {"url": room.url}),
        }

    def _exact_of_event(self, sessions: list[Plain]) -> Plain:
        """Return the values that the format has no exact member for, by JSON keys; those of sessions by their guids.

        Keys are names: the tools of c3voc make XML elements of them.
        """
        event, slot = self.event, self.slot
        title, about = self.tag(event.title), self.tag(event.description or event.title)
        return stated(
            uid=event.uid,
            language=title,
            descriptionLanguage=None if about == title else about,
            shortTitle=event.short_title,
            floorLanguages=event.floor_languages,
            wholeDays=slot.whole_days and not self.HAS_DAYS,
            timeZone=None if ZONE_FORM.match(slot.time_zone) else slot.time_zone,
            sessions=sessions,
        )

    def _exact(self, entry: ScheduledSession, written: Plain) -> Plain:
        """Return the values of a session that the format has no exact member for, by their JSON keys."""
        session, event, spoken = entry.session, self.event, written.get("language")
        # Without a uid here, the guid is read as that of the id, if it is that, and as the uid otherwise.
        derived = session_guid(f"{session.id}.{event.uid}")
        exact_and_read = {
            "id": (session.id, written.get("slug")),
            "uid": (session.uid, None if entry.guid == derived else entry.guid),
            "code": (session.code, written.get("code")),
            "kind": (session.kind, kind_of(written["type"])),
            "floorLanguages": ([*session.floor_languages], [] if spoken is None else [spoken]),
            "recording": (session.recording, session.recording if "do_not_record" in written else None),
            "language": (self.tag(session.title), self.tag(event.title)),
            "descriptionLanguage": (self.tag(session.description or session.title), self.tag(session.title)),
            "timeZone": (session.slot.time_zone, self.slot.time_zone),
            "wholeDays": (session.slot.whole_days, False),
        }
        return {key: exact for key, (exact, read) in exact_and_read.items() if exact != read}

    def tag(self, text: LocalizedText) -> str:
        """Return the language in which a text is written."""
        return text.in_language(self.language)[1]

    def text(self, text: LocalizedText) -> str:
        """Return a text in the language of the schedule."""
        return text.in_language(self.language)[0]

    def url(self, entry: ScheduledSession) -> str:
        """Return the address of a session, which both versions require."""
        return entry.session.url or self.event.url or f"urn:uuid:{entry.guid}"

    def guid(self, person: Contact) -> str:
        """Return the guid of a person."""
        # Not of the e-mail address, as c3voc proposes: people could try addresses until one fits.
        return derived_guid("person", self.event.uid, person.id or "", person.name or "")

    def attachments(self, session: Session) -> list[Plain]:
        """Return the documents of a session that are attachments."""
        return [
            self._reference(document, ATTACHMENTS[document.kind])
            for document in session.materials
            if document.url is not None and document.kind in ATTACHMENTS
        ]

    def links(self, entry: ScheduledSession) -> list[Plain]:
        """Return its other documents, and where it takes place remotely."""
        documents = [
            self._reference(document, LINKS.get(document.kind, "related"))
            for document in entry.session.materials
            if document.url is not None and document.kind not in ATTACHMENTS
        ]
        virtual = () if entry.room.is_online else entry.places.virtual_locations
        return documents + [
            {"type": "related", "url": place.uri, **({} if place.name is None else {"title": self.text(place.name)})}
            for place in virtual
            if place.uri is not None
        ]

    def _reference(self, about: Document, type_: str) -> Plain:
        title = about.symbol if about.title is None else self.text(about.title)
        return {"type": type_, "url": about.url, **({} if title is None else {"title": title})}


def stated(**values: object) -> Plain:
    """Return the members that say something."""
    return {name: value for name, value in values.items() if value}


def code_of(session: Session) -> Plain:
    """Return the code of a session, if it has the form that the schemas require."""
    return {"code": session.code} if session.code is not None and CODE_FORM.fullmatch(session.code) else {}


_ADDRESSES: Final = frozenset({"feedback_url", "logo", "origin_url"})
"""The texts in extensions that have to be web addresses."""


def extra_text(session: Session, name: str) -> str | None:
    """Return a text about a session that only its extensions hold; an address only if it is one."""
    value = session.extensions.get(f"{VENDOR}:{name}")
    if not isinstance(value, str) or not value:
        return None
    return None if name in _ADDRESSES and WEB_ADDRESS.check(value, suggest=False) is not None else value


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
