"""An event and its sessions as a schedule, in either version: `to_schedule_json`.

What no member of the schema states exactly is in ``conference.meta``, which the schema leaves to programs.
"""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from typing import Any, Final, Literal

from attrs import evolve, field, frozen
from msgspec import Raw
from msgspec.json import encode
from pendulum import DateTime

from wtisd_model.codes import Code
from wtisd_model.errors import InvalidValueError
from wtisd_model.findings import finding
from wtisd_model.locales import locale_for
from wtisd_model.locales.locale import Locale
from wtisd_model.model.dossier import Dossier, event_and_requests
from wtisd_model.model.event import Event, announced_sessions, places_of, session_status
from wtisd_model.model.places import Places
from wtisd_model.model.session import EventStatus, Recording, Session, SessionKind
from wtisd_model.programme.announced import require_announced, require_size
from wtisd_model.programme.format import Fields, Format, listed
from wtisd_model.programme.people import people_named
from wtisd_model.programme.places import joined_address, room_of, virtual_name
from wtisd_model.reading.foreign_value import objects_by
from wtisd_model.schedule_json.vocabulary import (
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
from wtisd_model.types.arguments import require_instance
from wtisd_model.types.document import Document
from wtisd_model.types.language import LocalizedText, require_language
from wtisd_model.types.location import Location, VirtualLocation
from wtisd_model.types.moment import moment_text
from wtisd_model.types.people import Contact
from wtisd_model.types.text import WEB_ADDRESS
from wtisd_model.types.timeslot import TimeSlot
from wtisd_model.types.timezone import at_zone, first_moment, to_utc

_AS_TEXT: Final = listed(
    Event="locations sequence updated venue_to_follow virtual_locations",
    Session="inherited_places locations materials people virtual_locations",
)
_NOT_CARRIED: Final = listed(
    Event="audience calls changed_sequence contacts created documents extensions goals groups history minimum_sequence "
    "organizer previous_slots provenance retention_days series theme",
    Session="changed_sequence extensions history on_site_capacity previous_slots remote_capacity",
)


def _and_status(fields: Fields) -> Fields:
    """Return fields of an event and its sessions with their status, and the translations of texts."""
    return {name: each | {"status"} for name, each in fields.items()} | listed(LocalizedText="translations")


FORMATS: Final[Mapping[str, Format]] = {
    "1": Format(
        name="schedule-json",
        media_type="application/json",
        extension=".json",
        as_text=_AS_TEXT,
        not_carried=_and_status(_NOT_CARRIED),
        statuses=frozenset({EventStatus.SCHEDULED}),
    ),
    "2": Format(
        name="schedule-json-2",
        media_type="application/json",
        extension=".json",
        as_text=_and_status(_AS_TEXT),
        not_carried=_NOT_CARRIED,
    ),
}
"""What each version carries of an event."""


_DAY_CHANGE: Final = dt.time(4)
"""When a day begins and the one before ends, by the clocks of the place; as in pretalx."""

_DAY: Final = dt.timedelta(days=1)

Plain = dict[str, Any]

_MAIN_ROLES: Final = ("SPEAKER", "MODERATOR", "HOST", "CONTRIBUTOR")
"""The roles of version 2; the first of several is the main one."""


_ADDRESSES: Final = frozenset({"feedback_url", "logo", "origin_url"})
"""The texts in extensions that have to be web addresses."""

_RECORDING: Final[dict[Recording | None, Plain]] = {
    None: {"do_not_record": None},
    Recording.ALLOWED: {"do_not_record": False},
    Recording.NO_RECORDING: {"do_not_record": True},
    Recording.NO_STREAMING: {"do_not_record": True, "do_not_stream": True},
}

_NO_TRACK: Final = "none"
"""The slug of the track, without a name, of sessions that belong to none: version 2 requires a track."""


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
    if require_instance(version, str, 'version must be a string: "1" or "2".') not in {"1", "2"}:
        raise InvalidValueError(finding(Code.VALUE_UNKNOWN, "/version", choices="1, 2"))
    tag = require_language(language)
    written = encode(_document(the_event, slot, version, tag))
    require_size(len(written))
    return written


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
        found = [*map(self._physical, places.locations)]
        if places.venue_to_follow or not (found or places.virtual_locations):
            found.append(self._added(ScheduleRoom(TO_FOLLOW, self.words.labels.venue_to_follow)))
        return [*found, *map(self._online, places.virtual_locations)]

    def _physical(self, place: Location) -> ScheduleRoom:
        room = room_of(place, self.language)
        where = (place.id,) if place.id is not None else (place.name.text, place.locality, place.country)
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
        found: str = self.by_name[name]["slug"]
        return found


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


@frozen
class ScheduledSession:
    """A session, and what it is called in a schedule."""

    session: Session
    status: EventStatus
    places: Places
    guid: str
    slug: str
    room: ScheduleRoom


@frozen
class SessionWriter:
    """A writer of the sessions of one event."""

    event: Event
    zone: str
    language: str | None
    tracks: Tracks
    numbers: dict[str, int] = field(repr=False)
    """The numbers of sessions by guid, which version 1 requires."""

    def version_1(self, entry: ScheduledSession) -> Plain:
        """Return a session in version 1, with the members of pretalx."""
        session = entry.session
        start, end = self._times(session)
        if session.track is not None:
            self.tracks.slug(session.track)
        written: Plain = {
            "guid": entry.guid,
            **_code(session),
            "id": self.numbers[entry.guid],
            "logo": kept(session, "logo"),
            "date": moment_text(start),
            "start": f"{start:%H:%M}",
            "end": moment_text(end),
            "duration": clock_text(session.slot.ends_at - session.slot.starts_at),
            "room": entry.room.name,
            "slug": entry.slug,
            "url": self._url(entry),
            "title": self.text(session.title),
            "subtitle": kept(session, "subtitle") or "",
            "track": session.track,
            "type": _type_1(session),
            "language": next(iter(session.floor_languages), None),
            "abstract": "",
            "description": None if session.description is None else self.text(session.description),
            "recording_license": kept(session, "recording_license") or "",
            **_RECORDING[session.recording],
            "persons": [self._person(person) for person in people_named(session)],
            "links": self._links(entry),
        }
        for name in ("feedback_url", "origin_url"):
            if (url := kept(session, name)) is not None:
                written[name] = url
        return {**written, "attachments": self._attachments(session)}

    def version_2(self, entry: ScheduledSession) -> Plain:
        """Return a session in version 2: a break is a MetaEvent, unless that would lose something."""
        session = entry.session
        start, end = map(moment_text, self._times(session))
        room = {"guid": entry.room.guid, "name": entry.room.name, "slug": entry.room.slug}
        logo, links, attachments = kept(session, "logo"), self._links(entry), self._attachments(session)
        for link in (*links, *attachments):
            link["type"] = link["type"].upper()
        for name, type_ in (("feedback_url", "FEEDBACK"), ("origin_url", "ORIGIN")):
            if (url := kept(session, name)) is not None:
                links.append({"type": type_, "url": url})
        people = [
            {"guid": self._guid(each), "name": each.name, "role": _main_role(each)} for each in people_named(session)
        ]
        about = None if session.description is None else self.localizable(session.description, session.title)
        if (
            session.kind is SessionKind.BREAK
            and entry.status is EventStatus.SCHEDULED
            and not any(
                (about, people, links, attachments, logo, session.track, session.url, kept(session, "subtitle"))
            )
        ):
            meta_event: Plain = {"type": BREAK_2, "title": self.text(session.title), "guid": entry.guid}
            return {**meta_event, "start": start, "end": end, "room": room}
        return {
            "guid": entry.guid,
            **_code(session),
            "logo": None if logo is None else {"url": logo},
            "start": start,
            "end": end,
            "room": room,
            "slug": entry.slug,
            "url": self._url(entry),
            "title": self.text(session.title),
            "subtitle": kept(session, "subtitle"),
            "track": {"slug": self.tracks.slug(session.track)},
            "type": TYPE_BY_KIND[session.kind],
            "language": self._language_2(session),
            "abstract": None,
            "description": about,
            "participants": people,
            "links": links,
            "attachments": attachments,
            **({"state": STATE_BY_STATUS[entry.status]} if entry.status in STATE_BY_STATUS else {}),
        }

    def meta(self, entry: ScheduledSession, written: Plain) -> Plain:
        """Return the values of a session that the format has no exact member for, by their JSON keys."""
        session, event, stated = entry.session, self.event, written.get("language")
        # Without a uid here, the guid is read as that of the id, if it is that, and as the uid otherwise.
        derived = session_guid(f"{session.id}.{event.uid}")
        exact_and_read = {
            "id": (session.id, written.get("slug")),
            "uid": (session.uid, None if entry.guid == derived else entry.guid),
            "code": (session.code, written.get("code")),
            "kind": (session.kind, kind_of(written["type"])),
            "floorLanguages": ([*session.floor_languages], [] if stated is None else [stated]),
            "recording": (session.recording, session.recording if "do_not_record" in written else None),
            "language": (self.tag(session.title), self.tag(event.title)),
            "descriptionLanguage": (self.tag(session.description or session.title), self.tag(session.title)),
            "timeZone": (session.slot.time_zone, self.zone),
            "wholeDays": (session.slot.whole_days, False),
        }
        return {key: exact for key, (exact, read) in exact_and_read.items() if exact != read}

    def tag(self, text: LocalizedText) -> str:
        """Return the language in which a text is written."""
        return text.in_language(self.language)[1]

    def text(self, text: LocalizedText) -> str:
        """Return a text in the language of the schedule."""
        return text.in_language(self.language)[0]

    def localizable(self, text: LocalizedText, title: LocalizedText) -> str | dict[str, str]:
        """Return a text by language, the original first, if it is in several, or in another one than its title.

        Only languages with a code of two letters can be stated.
        """
        texts = {text.language: text.text, **text.translations}
        texts = {tag: each for tag, each in texts.items() if SHORT_TAG.fullmatch(tag)}
        differs = len(texts) > 1 or text.language != title.language
        return texts if self.language is None and text.language in texts and differs else self.text(text)

    def _times(self, session: Session) -> tuple[DateTime, DateTime]:
        return at_zone(session.slot.starts_at, self.zone), at_zone(session.slot.ends_at, self.zone)

    def _url(self, entry: ScheduledSession) -> str:
        # Both versions require an address.
        return entry.session.url or self.event.url or f"urn:uuid:{entry.guid}"

    def _language_2(self, session: Session) -> str:
        known = (*session.floor_languages, *self.event.floor_languages, session.title.language)
        codes = (tag.partition("-")[0] for tag in known)
        return next((code for code in codes if SHORT_TAG.fullmatch(code)), "en")

    def _person(self, person: Contact) -> Plain:
        # Programs read one or the other name; with a number too, the schema would take it for two kinds of person.
        return {"guid": self._guid(person), "name": person.name, "public_name": person.name}

    def _guid(self, person: Contact) -> str:
        # Not of the e-mail address, as c3voc proposes: people could try addresses until one fits.
        return derived_guid("person", self.event.uid, person.id or "", person.name or "")

    def _attachments(self, session: Session) -> list[Plain]:
        return [
            self._reference(document, ATTACHMENTS[document.kind])
            for document in session.materials
            if document.url is not None and document.kind in ATTACHMENTS
        ]

    def _links(self, entry: ScheduledSession) -> list[Plain]:
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


def _document(event: Event, slot: TimeSlot, version: str, language: str | None) -> Plain:
    rooms, updated = ScheduleRooms(language, locale_for(language or event.title.language)), event.updated
    rooms.at(places_of(event))
    entries = _entries(event, version, rooms)
    guids = numbers(each.guid for each in entries) if version == "1" else {}
    colored = event.extensions.as_dict().get(TRACKS) if TRACKS in event.extensions else None
    writer = SessionWriter(event, slot.time_zone, language, Tracks(objects_by(colored, "name")), guids)
    write = writer.version_1 if version == "1" else writer.version_2
    written: list[tuple[ScheduledSession, Raw]] = []
    exact: list[Plain] = []
    size = 0
    for entry in entries:
        plain = write(entry)
        piece = encode(plain)  # at once: it repeats the links of its event, so that all together may be too large
        size += len(piece)
        require_size(size)
        written.append((entry, Raw(piece)))
        if meta := writer.meta(entry, plain):
            exact.append({"guid": entry.guid, **meta})
    about = event.description and (
        writer.text(event.description) if version == "1" else writer.localizable(event.description, event.title)
    )
    days = schedule_days(slot, [each.session.slot for each in entries])
    conference: Plain = {
        "acronym": acronym(event.short_title or event.title.text, slot.start.year),
        "title": writer.text(event.title),
        **_stated(description=about),
        **(_bounds_1(slot, days) if version == "1" else _bounds(slot)),
        **({"time_zone_name": slot.time_zone} if ZONE_FORM.match(slot.time_zone) else {}),
        **_appearance(event, version),
        **_languages(event, writer, version),
        "tracks": list(writer.tracks.by_name.values()),
        "rooms": [_room(room, version) for room in rooms.by_guid.values()],
        "meta": {META: _meta(event, slot, writer, version, exact)},
        "days": _days_1(days, rooms, written)
        if version == "1"
        else [_day(n, each, "") for n, each in enumerate(days, 1)],
    }
    schedule = {
        "version": str(event.sequence) + ("" if updated is None else f" ({updated:%Y-%m-%dT%H:%M:%SZ})"),
        **_stated(base_url=event.url if version == "1" else None),
        "conference": conference,
        **({} if version == "1" else {"events": [each for _, each in written]}),
    }
    # Without a version of this package, so that a release does not change files.
    return {
        "$schema": {"1": "https://c3voc.de/schedule/schema.json", "2": "https://c3voc.de/schema/schedule2"}[version],
        "generator": {"name": "wtisd-model"},
        "schedule": schedule,
    }


def _entries(event: Event, version: str, rooms: ScheduleRooms) -> list[ScheduledSession]:
    entries: list[ScheduledSession] = []
    slugs: dict[str, int] = {}
    for session in announced_sessions(event):
        status = session_status(event, session)
        if version == "1" and status is not EventStatus.SCHEDULED:
            continue
        places = places_of(event, session)
        called = distinct(slug(session.id) or "session", slugs)
        guid = session_guid(session.export_uid(event.uid))
        entries.append(ScheduledSession(session, status, places, guid, called, rooms.at(places)[0]))
    return entries


def _bounds_1(slot: TimeSlot, days: list[ScheduleDay]) -> Plain:
    bounds = {"start": str(slot.first_day), "end": str(slot.last_day)} if slot.whole_days else _bounds(slot)
    return {**bounds, "daysCount": len(days), "timeslot_duration": "00:05"}


def _bounds(slot: TimeSlot) -> Plain:
    return {"start": moment_text(slot.start), "end": moment_text(slot.end)}


def _stated(**values: object) -> Plain:
    """Return the members that say something."""
    return {name: value for name, value in values.items() if value}


def _appearance(event: Event, version: str) -> Plain:
    logo = {"url": event.image} if event.image and version != "1" else event.image
    colors = {"primary": event.color} if event.color else None
    return _stated(logo=logo, colors=colors, keywords=sorted(event.keywords), url=event.url)


def _languages(event: Event, writer: SessionWriter, version: str) -> Plain:
    if version == "1":
        return {}
    codes, title = [tag for tag in event.floor_languages if SHORT_TAG.fullmatch(tag)], writer.tag(event.title)
    return {"languages": codes, **({"defaults": {"language": title}} if SHORT_TAG.fullmatch(title) else {})}


def _room(room: ScheduleRoom, version: str) -> Plain:
    return {
        "name": room.name,
        "slug": room.slug,
        "guid": room.guid,
        **({"type": "online" if version == "1" else "VIRTUAL"} if room.is_online else {}),
        "description": room.description,
        "capacity": room.capacity,
        **({} if room.url is None else {"url": room.url}),
    }


def _meta(event: Event, slot: TimeSlot, writer: SessionWriter, version: str, sessions: list[Plain]) -> Plain:
    """Return the values that the format has no exact member for, by JSON keys; those of sessions by their guids.

    Keys are names: the tools of c3voc make XML elements of them.
    """
    title, about = writer.tag(event.title), writer.tag(event.description or event.title)
    return _stated(
        uid=event.uid,
        language=title,
        descriptionLanguage=None if about == title else about,
        shortTitle=event.short_title,
        floorLanguages=event.floor_languages,
        wholeDays=slot.whole_days and version != "1",
        timeZone=None if ZONE_FORM.match(slot.time_zone) else slot.time_zone,
        sessions=sessions,
    )


def _days_1(days: list[ScheduleDay], rooms: ScheduleRooms, written: list[tuple[ScheduledSession, Raw]]) -> list[Plain]:
    by_day: list[dict[str, list[Raw]]] = [{} for _ in days]
    order = {guid: number for number, guid in enumerate(rooms.by_guid)}
    for entry, session in sorted(written, key=lambda each: (order[each[0].room.guid], each[0].session.slot.starts_at)):
        by_day[day_index(days, entry.session.slot)].setdefault(entry.room.name, []).append(session)
    return [{**_day(number, day, "day_"), "rooms": by_day[number - 1]} for number, day in enumerate(days, 1)]


def _day(number: int, day: ScheduleDay, prefix: str) -> Plain:
    bounds = {f"{prefix}start": moment_text(day.start), f"{prefix}end": moment_text(day.end)}
    return {"index": number, "date": str(day.date), **bounds}


def kept(session: Session, name: str) -> str | None:
    """Return a text about a session that only its extensions hold; an address only if it is one."""
    value = session.extensions.get(f"{VENDOR}:{name}")
    if not isinstance(value, str) or not value:
        return None
    return None if name in _ADDRESSES and WEB_ADDRESS.check(value, suggest=False) is not None else value


def _main_role(person: Contact) -> str:
    words = [WORD_BY_ROLE.get(role, "SPEAKER") for role in person.roles]
    return min(words, key=_MAIN_ROLES.index, default="SPEAKER")


def _code(session: Session) -> Plain:
    return {"code": session.code} if session.code is not None and CODE_FORM.fullmatch(session.code) else {}


def _type_1(session: Session) -> str:
    type_ = kept(session, "type")
    if type_ is not None and not is_plain(type_) and kind_of(type_) is session.kind:
        return type_
    return TALK if session.kind is None else session.kind


def schedule_days(event: TimeSlot, sessions: Iterable[TimeSlot]) -> list[ScheduleDay]:
    """Return the days of an event, from the first to the last, also those without sessions.

    The first day begins at four, or with the first session if that is earlier.
    """
    last = _day_of(event)
    dates = [event.first_day]
    while dates[-1] < last:
        dates.append(dates[-1] + _DAY)
    starts = [first_moment(dt.datetime.combine(each, _DAY_CHANGE), event.time_zone) for each in [*dates, last + _DAY]]
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
