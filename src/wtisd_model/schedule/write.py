"""`to_schedule_json`: an event and its sessions as the schedule of a conference, in either version.

What no member of the schemas states exactly is in ``conference.meta``, which they leave to programs.
"""

import datetime as dt
from abc import ABC, abstractmethod
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar, Final, Literal

from attrs import evolve, field, frozen
from msgspec import Raw
from pendulum import DateTime

from wtisd_model.locales import locale_for
from wtisd_model.locales.locale import Locale
from wtisd_model.model.dossier import Dossier, event_and_requests
from wtisd_model.model.event import Event, announced_sessions, places_of, session_status
from wtisd_model.model.places import Places
from wtisd_model.model.session import EventStatus, Recording, Session, SessionKind
from wtisd_model.programme.announced import require_announced
from wtisd_model.programme.files import encode_json, require_size
from wtisd_model.programme.format import ANNOUNCED, Format, format_like, listed
from wtisd_model.programme.people import people_named
from wtisd_model.programme.places import joined_address, room_of, virtual_name
from wtisd_model.programme.times import ends_of
from wtisd_model.reading.foreign_value import objects_by
from wtisd_model.schedule.vocabulary import (
    ATTACHMENTS,
    BREAK_2,
    CODE_FORM,
    LINKS,
    META,
    SHORT_TAG,
    SLUG_FORM,
    STATE_BY_STATUS,
    TALK,
    TO_FOLLOW,
    TRACKS,
    TYPE_BY_KIND,
    VENDOR,
    WORD_BY_ROLE,
    ZONE_FORM,
    acronym,
    clock_text,
    derived_guid,
    distinct,
    is_plain,
    kind_of,
    numbers,
    session_guid,
    slug,
)
from wtisd_model.types.arguments import parse_enum, require_instance
from wtisd_model.types.document import Document
from wtisd_model.types.language import LocalizedText, require_language
from wtisd_model.types.location import Location, VirtualLocation
from wtisd_model.types.moment import moment_text
from wtisd_model.types.people import Contact
from wtisd_model.types.text import WEB_ADDRESS
from wtisd_model.types.timeslot import TimeSlot
from wtisd_model.types.timezone import at_zone, first_moment, to_utc


def to_schedule_json(event: Event | Dossier, *, version: Literal["1", "2"] = "1", language: str | None = None) -> bytes:
    """Return an event as the schedule of a conference, a file that apps and signs at the doors of rooms read.

    Version 1 is what pretalx, frab and EventFahrplan write and read, and has no status: sessions that are cancelled or
    postponed are left out, as are drafts. Version 2 has them with their status. People are named, without addresses.
    Equal events give equal bytes.

    Args:
        event: not a draft; or the dossier of such an event.
        version: the version of the format.
        language: the language of texts, a tag such as ``fr``; by default, and without a translation, each text is in
            the language it was written in, and descriptions in version 2 have their translations.

    Returns:
        UTF-8, valid by the JSON Schema of the version, at most 64,000,000 octets.

    Raises:
        ExportError: ``event-without-slot`` for a draft; ``uid-repeated``; ``feed-too-large``.
        InvalidValueError: ``language-unknown``, ``wrong-type``; ``value-unknown`` for another *version*.
        TypeError: *event* is not an Event or a Dossier, or *version* is not a string.

    Source: https://c3voc.de/wiki/schedule
    """
    the_event, _ = event_and_requests(event)
    slot = require_announced(the_event)
    parse_enum(_WRITERS, require_instance(version, str, 'version must be a string: "1" or "2".'), "/version")
    tag = require_language(language)
    written = encode_json(_WRITERS[version](the_event, slot, tag).document())
    require_size(len(written))
    return written


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
            on_site.append(self._added(ScheduleRoom(TO_FOLLOW, str(self.words.labels.venue_to_follow))))
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


@frozen
class ScheduledSession:
    """A session, and what it is called in a schedule."""

    session: Session
    status: EventStatus
    places: Places
    guid: str
    slug: str
    room: ScheduleRoom


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
        self.rooms: ScheduleRooms = ScheduleRooms(language, locale_for(language or event.title.language))
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
        self.tracks: Tracks = Tracks(objects_by(colored, "name"))
        self.days: list[ScheduleDay] = schedule_days(slot, [entry.session.slot for entry in self.entries])

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
            written = encode_json(session)  # at once: it repeats the links of its event, so that all may be too large
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

    def _room(self, room: ScheduleRoom) -> Plain:
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


_RECORDING: Final[dict[Recording | None, Plain]] = {
    None: {"do_not_record": None},
    Recording.ALLOWED: {"do_not_record": False},
    Recording.NO_RECORDING: {"do_not_record": True},
    Recording.NO_STREAMING: {"do_not_record": True, "do_not_stream": True},
}


class Version1Writer(ScheduleWriter):
    """A writer of version 1, as pretalx has it: sessions are in the rooms of days, and take place."""

    FORMAT = Format(
        name="schedule-json",
        media_type="application/json",
        extension=".json",
        as_text=listed(
            Event="locations sequence updated venue_to_follow virtual_locations",
            Session="inherited_places locations materials people virtual_locations",
        ),
        not_carried=listed(
            Event="audience calls changed_sequence contacts created documents extensions goals groups history "
            "minimum_sequence organizer previous_slots provenance retention_days series status theme",
            LocalizedText="translations",
            Session="changed_sequence extensions history on_site_capacity previous_slots remote_capacity status",
        ),
        statuses=frozenset({EventStatus.SCHEDULED}),
    )
    SCHEMA: ClassVar[str] = "https://c3voc.de/schedule/schema.json"
    ONLINE: ClassVar[str] = "online"
    HAS_DAYS: ClassVar[bool] = True

    def __init__(self, event: Event, slot: TimeSlot, language: str | None) -> None:
        """Number the sessions, as version 1 requires."""
        super().__init__(event, slot, language)
        self._numbers = numbers(entry.guid for entry in self.entries)

    def schedule(self, conference: Plain, sessions: WrittenSessions) -> Plain:
        """Return the conference, with the sessions of each day by their room and in the order of time."""
        days: list[Plain] = [
            {**day_members(number, day, "day_"), "rooms": {}} for number, day in enumerate(self.days, 1)
        ]
        order = {guid: number for number, guid in enumerate(self.rooms.by_guid)}
        by_room = sorted(sessions, key=lambda pair: (order[pair[0].room.guid], pair[0].session.slot.starts_at))
        for entry, session in by_room:
            rooms = days[day_index(self.days, entry.session.slot)]["rooms"]
            rooms.setdefault(entry.room.name, []).append(session)
        return {**stated(base_url=self.event.url), "conference": {**conference, "days": days}}

    def bounds(self) -> Plain:
        """Return when the conference begins and ends, by days if it is of whole days, and how many days it has."""
        slot = self.slot
        bounds = {"start": str(slot.first_day), "end": str(slot.last_day)} if slot.whole_days else super().bounds()
        return {**bounds, "daysCount": len(self.days), "timeslot_duration": "00:05"}

    def session(self, entry: ScheduledSession) -> Plain:
        """Return a session."""
        session = entry.session
        start, end = ends_of(session.slot, self.slot.time_zone)
        if session.track is not None:
            self.tracks.slug(session.track)
        written: Plain = {
            "guid": entry.guid,
            **code_of(session),
            "id": self._numbers[entry.guid],
            "logo": extra_text(session, "logo"),
            "date": moment_text(start),
            "start": f"{start:%H:%M}",
            "end": moment_text(end),
            "duration": clock_text(session.slot.ends_at - session.slot.starts_at),
            "room": entry.room.name,
            "slug": entry.slug,
            "url": self.url(entry),
            "title": self.text(session.title),
            "subtitle": extra_text(session, "subtitle") or "",
            "track": session.track,
            "type": _type_1(session),
            "language": next(iter(session.floor_languages), None),
            "abstract": "",
            "description": self.description(session),
            "recording_license": extra_text(session, "recording_license") or "",
            **_RECORDING[session.recording],
            "persons": [*map(self._person, people_named(session))],
            "links": self.links(entry),
        }
        for name in ("feedback_url", "origin_url"):
            if (url := extra_text(session, name)) is not None:
                written[name] = url
        return {**written, "attachments": self.attachments(session)}

    def _person(self, person: Contact) -> Plain:
        # Programs read one or the other name; with a number too, the schema would take it for two kinds of person.
        return {"guid": self.guid(person), "name": person.name, "public_name": person.name}


def _type_1(session: Session) -> str:
    type_ = extra_text(session, "type")
    if type_ is not None and not is_plain(type_) and kind_of(type_) is session.kind:
        return type_
    return TALK if session.kind is None else session.kind


_MAIN_ROLES: Final = ("SPEAKER", "MODERATOR", "HOST", "CONTRIBUTOR")
"""The roles; the first of several is the main one."""


class Version2Writer(ScheduleWriter):
    """A writer of version 2, in which sessions are a list and have a status."""

    FORMAT = format_like(
        Version1Writer.FORMAT,
        name="schedule-json-2",
        as_text=listed(Event="status", LocalizedText="translations", Session="status"),
        statuses=ANNOUNCED,
    )
    SCHEMA: ClassVar[str] = "https://c3voc.de/schema/schedule2"
    ONLINE: ClassVar[str] = "VIRTUAL"

    def schedule(self, conference: Plain, sessions: WrittenSessions) -> Plain:
        """Return the conference, and the sessions beside it."""
        days = [day_members(number, day) for number, day in enumerate(self.days, 1)]
        return {"conference": {**conference, "days": days}, "events": [session for _, session in sessions]}

    def description(self, thing: Event | Session) -> str | dict[str, str] | None:
        """Return the texts by language, the original first, if there are several, or one unlike that of the title.

        Only languages with a code of two letters can be stated.
        """
        text = thing.description
        if text is None:
            return None
        texts = {text.language: text.text, **text.translations}
        texts = {tag: said for tag, said in texts.items() if SHORT_TAG.fullmatch(tag)}
        differs = len(texts) > 1 or text.language != thing.title.language
        return texts if self.language is None and text.language in texts and differs else self.text(text)

    def image(self, address: str) -> Plain:
        """Return a picture by its address."""
        return {"url": address}

    def languages(self) -> Plain:
        """Return the languages that have a code of two letters."""
        codes = [tag for tag in self.event.floor_languages if SHORT_TAG.fullmatch(tag)]
        title = self.tag(self.event.title)
        return {"languages": codes, **({"defaults": {"language": title}} if SHORT_TAG.fullmatch(title) else {})}

    def session(self, entry: ScheduledSession) -> Plain:
        """Return a session: a break is a MetaEvent, unless that would lose something."""
        session = entry.session
        start, end = map(moment_text, ends_of(session.slot, self.slot.time_zone))
        room = {"guid": entry.room.guid, "name": entry.room.name, "slug": entry.room.slug}
        logo, links, attachments = extra_text(session, "logo"), self.links(entry), self.attachments(session)
        for link in (*links, *attachments):
            link["type"] = link["type"].upper()
        for name, type_ in (("feedback_url", "FEEDBACK"), ("origin_url", "ORIGIN")):
            if (url := extra_text(session, name)) is not None:
                links.append({"type": type_, "url": url})
        people = [
            {"guid": self.guid(person), "name": person.name, "role": _main_role(person)}
            for person in people_named(session)
        ]
        about = self.description(session)
        if (
            session.kind is SessionKind.BREAK
            and entry.status is EventStatus.SCHEDULED
            and not any(
                (about, people, links, attachments, logo, session.track, session.url, extra_text(session, "subtitle"))
            )
        ):
            meta_event: Plain = {"type": BREAK_2, "title": self.text(session.title), "guid": entry.guid}
            return {**meta_event, "start": start, "end": end, "room": room}
        return {
            "guid": entry.guid,
            **code_of(session),
            "logo": None if logo is None else {"url": logo},
            "start": start,
            "end": end,
            "room": room,
            "slug": entry.slug,
            "url": self.url(entry),
            "title": self.text(session.title),
            "subtitle": extra_text(session, "subtitle"),
            "track": {"slug": self.tracks.slug(session.track)},
            "type": TYPE_BY_KIND[session.kind],
            "language": self._language(session),
            "abstract": None,
            "description": about,
            "participants": people,
            "links": links,
            "attachments": attachments,
            **({"state": STATE_BY_STATUS[entry.status]} if entry.status in STATE_BY_STATUS else {}),
        }

    def _language(self, session: Session) -> str:
        known = (*session.floor_languages, *self.event.floor_languages, session.title.language)
        codes = (tag.partition("-")[0] for tag in known)
        return next((code for code in codes if SHORT_TAG.fullmatch(code)), "en")


def _main_role(person: Contact) -> str:
    words = [WORD_BY_ROLE.get(role, "SPEAKER") for role in person.roles]
    return min(words, key=_MAIN_ROLES.index, default="SPEAKER")


_WRITERS: Final[Mapping[str, type[ScheduleWriter]]] = {"1": Version1Writer, "2": Version2Writer}

FORMATS: Final[Mapping[str, Format]] = {version: writer.FORMAT for version, writer in _WRITERS.items()}
"""What each version carries of an event."""
