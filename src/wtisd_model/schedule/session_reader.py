"""The sessions of a foreign schedule: when and where each takes place, its people, links and attachments."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import chain
from typing import Any, Final, cast
from urllib.parse import urljoin

from attrs import field, frozen
from pendulum import DateTime

from wtisd_model.codes import Code
from wtisd_model.data.zones import ZONES
from wtisd_model.json.builtins import to_builtins
from wtisd_model.model.event import Event
from wtisd_model.model.session import EventStatus, Recording
from wtisd_model.reading.build_events import MOST_MATERIALS, MOST_PEOPLE, MOST_SESSIONS
from wtisd_model.reading.foreign_value import ForeignValue
from wtisd_model.reading.make import Draft, guessed_history
from wtisd_model.reading.notes import UNTITLED, At, Notes
from wtisd_model.reading.slots import SHORTEST, slot_draft
from wtisd_model.schedule.vocabulary import (
    DOCUMENT_KINDS,
    KEPT_TEXTS,
    OTHER_ROLES,
    ROLE_BY_WORD,
    STATUS_BY_STATE,
    TO_FOLLOW,
    VENDOR,
    distinct,
    is_plain,
    kind_of,
    parse_length,
    parse_moment,
    session_guid,
)
from wtisd_model.schema.constraints import Text
from wtisd_model.schema.fields import most_items
from wtisd_model.schema.patterns import FIRST_YEAR, LAST_YEAR
from wtisd_model.types.document import DocumentKind
from wtisd_model.types.language import language_tag
from wtisd_model.types.location import Location
from wtisd_model.types.people import Role
from wtisd_model.types.text import IDENTIFIER, LINE, LONG, NAME, WEB_ADDRESS
from wtisd_model.types.timeslot import TimeSlot
from wtisd_model.types.timezone import at_zone, end_of_day, first_moment, start_of_day, to_utc

_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")  # urljoin would change even a whole address


@frozen
class ScheduleContext:
    """One file."""

    notes: Notes
    zone: str
    language: str
    base_url: str
    """What relative addresses are relative to; empty if that is not stated."""
    place: Location | None = field(repr=False)
    meta: Mapping[str, Mapping[str, Any]] | None = field(repr=False)
    """What this package wrote about sessions, by guid; None in the files of others."""

    def texts(self, source: ForeignValue, language: str) -> dict[str, str]:
        """Return the texts of a string or of an object of translations, by language; the original comes first."""
        if source.string is not None:
            return {language: source.string}
        texts: dict[str, str] = {}
        for key, text in source.object().members.items():
            tag = language_tag(key)
            if tag is not None and isinstance(text, str):
                texts[tag] = text
            elif text is not None:
                source.drop(Code.LANGUAGE_UNKNOWN if tag is None else Code.WRONG_TYPE)
        if self.meta is None and language in texts:
            texts = {language: texts[language], **texts}
        return texts

    def localized(self, texts: Mapping[str, str], constraint: Text, path: str) -> Draft | None:
        """Return texts by language as the draft of a LocalizedText; None if none has anything to say."""
        read = {tag: self.notes.text(text.replace("\r\n", "\n"), constraint, path) for tag, text in texts.items()}
        said = {tag: text for tag, text in read.items() if text is not None}
        if not said:
            return None
        original = next(iter(said))
        return {"text": said.pop(original), "language": original, "translations": said}

    def text(self, source: ForeignValue, constraint: Text, language: str) -> Draft | None:
        """Return a text in one language, or in several, as the draft of a LocalizedText; None without one."""
        return self.localized(self.texts(source, language), constraint, source.path)

    def address(self, source: ForeignValue) -> At | None:
        """Return a web address, a relative one after the base of the file; None without an address."""
        address = (source.string or "").strip()
        if not address:
            if source.string is None and source.value is not None:
                source.drop(Code.WRONG_TYPE)
            return None
        if not _SCHEME.match(address):
            with suppress(ValueError):  # the field refuses an address that cannot be split
                address = urljoin(self.base_url, address)
        return At(address, source.path)

    def image(self, source: ForeignValue) -> At | None:
        """Return the address of a picture: of version 1, which states it, or of version 2, which has an object."""
        return self.address(source["url"] if source.members else source)

    def moment(self, value: object) -> dt.datetime | dt.date | None:
        """Return a date, or the moment of a date and time, which are local if they have no offset; None without one."""
        read = parse_moment(value.strip()) if isinstance(value, str) else None
        if read is None or not FIRST_YEAR <= read.year <= LAST_YEAR:
            return None
        if not isinstance(read, dt.datetime):
            return read
        return to_utc(first_moment(read, self.zone)) if read.tzinfo is None else read


Span = tuple[dt.datetime, dt.datetime]
"""The start and the end of a session in UTC."""


def read_slot(
    source: ForeignValue, exact: Mapping[str, Any], context: ScheduleContext
) -> tuple[TimeSlot | Draft, Span | None]:
    """Return the slot of a session as a draft, and its time; None if its start cannot be read.

    Version 1 has the whole start in ``date`` and its time alone in ``start``; version 2 has all of it in ``start``.
    """
    date, clock = source["date"], source["start"]
    stated = clock if date.string is None else date
    start = context.moment(stated.value)
    if not isinstance(start, dt.datetime) and stated is date:
        start = context.moment(f"{date.value}T{clock.value}")
    zone = exact.get("timeZone")
    zone = zone if isinstance(zone, str) and zone in ZONES else context.zone
    if not isinstance(start, dt.datetime):
        return {"start": stated.at, "end": None, "timeZone": zone}, None
    end = _end(source, start, context)
    span = start, end
    if exact.get("wholeDays") is True:
        first, last = (str(at_zone(moment, zone).date()) for moment in span)
        return {"start": At(first, stated.path), "end": last, "timeZone": zone}, span
    return slot_draft(*_local(span, zone), stated.path, stated.path), span


def _local(span: Span, zone: str) -> tuple[DateTime, DateTime]:
    return at_zone(span[0], zone), at_zone(span[1], zone)


def _end(source: ForeignValue, start: dt.datetime, context: ScheduleContext) -> dt.datetime:
    end = context.moment(source["end"].value)
    if isinstance(end, dt.datetime):
        return end
    if source["end"].value is not None:
        source["end"].drop(Code.TIME_UNREADABLE)
    lasts = parse_length(source["duration"].value)
    if not lasts:
        context.notes.note(Code.END_MISSING, source.path)
    return start + (lasts or SHORTEST)


def read_event_slot(
    conference: ForeignValue, exact: Mapping[str, Any], sessions: Sequence[Span], context: ScheduleContext
) -> At:
    """Return the slot of the event as a draft: the days or times that the file states, and those of *sessions*.

    What this package wrote besides the members of the format is in *exact*.
    """
    zone, path, stated = context.zone, conference.path, {key: conference[key] for key in ("start", "end")}
    start, end = (context.moment(bound.value) for bound in stated.values())
    if exact.get("wholeDays") is True and isinstance(start, dt.datetime) and isinstance(end, dt.datetime):
        start, end = (at_zone(moment, zone).date() for moment in (start, end - SHORTEST))
    begins, ends = _moment(start, start_of_day, zone), _moment(end, end_of_day, zone)
    starts = [moment for moment in (begins, *(first for first, _ in sessions)) if moment is not None]
    finishes = [moment for moment in (ends, *(last for _, last in sessions)) if moment is not None]
    if not starts or not finishes:
        return At({**{key: bound.at for key, bound in stated.items()}, "timeZone": zone}, path)
    span = min(starts), max(finishes)
    whole_days = not isinstance(start, dt.datetime), not isinstance(end, dt.datetime)
    if span != (begins, ends):
        context.notes.note(Code.EVENT_EXTENDED, path)
    elif all(whole_days):
        days = {
            key: At(str(at_zone(moment, zone).date()), each.path)
            for (key, each), moment in zip(stated.items(), span, strict=True)
        }
        return At({**days, "timeZone": zone}, path)
    elif any(whole_days):
        context.notes.note(Code.WHOLE_DAY_TIMED, path, zone=zone)
    return At(slot_draft(*_local(span, zone), path, path), path)


def _moment(
    stated: dt.datetime | dt.date | None, of_day: Callable[[dt.date, str], DateTime], zone: str
) -> dt.datetime | None:
    return stated if stated is None or isinstance(stated, dt.datetime) else to_utc(of_day(stated, zone))


_MOST_ONLINE: Final = most_items(Event, "virtual_locations")
_MOST_ROOMS: Final = most_items(Event, "locations")


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
        for room in source.objects():
            room.note_others({"capacity", "guid", "name", "slug", "type", "url"}, "room")
            self._add(room)

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
            (source["type"].string or "").lower() in {"bbb", "online", "virtual"},
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
        """Return the places of the event: the one of all rooms or, if it is not known, the rooms; and online rooms."""
        on_site = [room for room in self.rooms if not room.is_online]
        rooms_online = (At(self.virtual(room), room.path) for room in self.rooms if room.is_online)
        online = self.context.notes.first(rooms_online, _MOST_ONLINE)
        place = self.context.place
        if not online and not on_site and place is None:
            self.context.notes.note(Code.PLACE_MISSING, "/schedule/conference/rooms")
            online.append(At({}, "/schedule/conference/rooms"))
        if place is None:
            follows = any(room.follows for room in on_site)
            rooms = (At(self._named(room), room.path) for room in on_site if not follows)
            locations = self.context.notes.first(rooms, _MOST_ROOMS)
            return {"locations": locations, "venueToFollow": follows, "virtualLocations": online}
        is_here = bool(on_site) or not online
        return {"locations": [to_builtins(place)] if is_here else [], "virtualLocations": online}

    def of_session(self, room: ForeignRoom | None) -> Draft:
        """Return the places of a session; those of the event if it has no room."""
        if room is None:
            return {}
        if room.is_online:
            return {"virtualLocations": [self.virtual(room)], "inheritedPlaces": "remote"}
        inherited = "on-site" if any(other.is_online for other in self.rooms) else None
        if room.follows or room.name is None:
            return {"inheritedPlaces": inherited}
        if self.context.place is None:
            return {"locations": [self._named(room)], "inheritedPlaces": inherited}
        place = cast("Draft", to_builtins(self.context.place))
        place |= {"id": None, "room": room.name, "capacity": room.capacity}
        return {"locations": [place], "inheritedPlaces": inherited}

    def _named(self, room: ForeignRoom) -> Draft:
        """Return a room as the draft of a Location: a schedule says no more about it than its name."""
        return {"name": {"text": room.name, "language": self.context.language}, "capacity": room.capacity}

    def virtual(self, room: ForeignRoom) -> Draft:
        """Return an online room as the draft of a VirtualLocation."""
        name = None if room.name is None else {"text": room.name, "language": self.context.language}
        return {"name": name, "uri": room.url}


_URLS: Final = {"feedback": "feedback_url", "origin": "origin_url"}
"""The types of links in version 2 that are members of their own in version 1."""


def read_references(source: ForeignValue, language: str, context: ScheduleContext) -> tuple[list[At], dict[str, str]]:
    """Return drafts of documents, and the addresses for which version 1 has a member, by its name."""
    materials, urls = list[At](), dict[str, str]()
    for key in ("links", "attachments"):
        for item in source[key].items():
            if len(materials) == MOST_MATERIALS:
                item.drop(Code.TOO_MANY_ITEMS)
                break
            # "fix wrong formatted links" (voc.event): some programs list addresses.
            link = item.object() if item.string is None else ForeignValue({"url": item.value}, item.path, item.notes)
            link.note_others({"title", "type", "url"}, "link")
            word = (link["type"].string or "").lower()
            url = context.address(link["url"])
            if url is None:
                continue
            if word in _URLS:
                urls[_URLS[word]] = url.value
                continue
            refused = WEB_ADDRESS.check(url.value, suggest=False)
            if refused is not None:
                link["url"].drop(refused.code)
                continue
            kind = DOCUMENT_KINDS.get(word, DocumentKind.OTHER).value
            title = context.text(link["title"], LINE, language)
            materials.append(At({"kind": kind, "title": title, "url": url}, link.path))
    return materials, urls


_READ: Final = frozenset(
    {
        *{"abstract", "attachments", "code", "date", "description", "do_not_record", "do_not_stream", "duration"},
        *{"end", "feedback_url", "guid", "id", "language", "links", "logo", "origin_url", "participants", "persons"},
        *{"recording_license", "room", "slug", "start", "state", "subtitle", "title", "track", "type", "url"},
    }
)
_LAST: Final = dt.datetime.max.replace(tzinfo=dt.UTC)
_LONGEST_BASE: Final = IDENTIFIER.maximum - len("-5000")


@frozen
class ForeignSession:
    """A session of a schedule."""

    draft: At
    span: Span | None
    """Its time; None if that cannot be read."""
    takes_place: bool


@frozen
class SessionReader:
    """A reader of the sessions of one schedule, one after the other."""

    context: ScheduleContext
    rooms: RoomReader
    tracks: Mapping[str, str] = field(repr=False)
    """The names of tracks by slug."""
    event_uid: str
    event_url: str | None
    sessions: list[ForeignSession] = field(factory=list[ForeignSession], repr=False)
    _ids: dict[str, int] = field(factory=dict[str, int])
    _guids: set[str] = field(factory=set[str])

    def read(self, source: ForeignValue, room: ForeignRoom | None = None) -> None:
        """Read a session; *room* is its room in version 1, where rooms hold sessions."""
        path = source.path
        if len(self.sessions) == MOST_SESSIONS:
            self.context.notes.note_once(Code.VALUE_DROPPED, path, reason=Code.TOO_MANY_ITEMS)
            return
        source.object().note_others(_READ, "event")
        guid = source["guid"].string
        if guid:
            if guid in self._guids:
                self.context.notes.note(Code.ENTRY_REPEATED, path)
                return
            self._guids.add(guid)
        # What this package wrote about a session besides its members.
        exact = (self.context.meta or {}).get(guid or "", {})
        where = self.rooms.referred(source["room"]) if room is None else room
        if room is not None:
            self.rooms.note_contradiction(source["room"], room)
        stated = self._language(source["language"])
        language = _tag(exact.get("language") if self.context.meta is not None else stated, self.context.language)
        status, kind = self._status(source["state"]), kind_of(source["type"].string or "")
        slot, span = read_slot(source, exact, self.context)
        materials, urls = read_references(source, language, self.context)
        draft: Draft = {
            **self._identity(source, exact),
            "title": self._title(source, language),
            "description": self._description(source, _tag(exact.get("descriptionLanguage"), language)),
            "slot": slot,
            "status": status.value,
            "history": [] if span is None else guessed_history(status, span[0], source.notes, f"{path}/state"),
            "track": self._track(source["track"]),
            "people": self.context.notes.first(self._people(source), MOST_PEOPLE),
            "floorLanguages": exact.get("floorLanguages", [] if stated is None else [At(stated, f"{path}/language")]),
            "recording": exact.get("recording", self._recording(source)),
            "url": self._url(source["url"]),
            **self._places(where, materials),
            "kind": exact.get("kind", kind and kind.value),
            "extensions": self._extensions(source, urls),
        }
        self.sessions.append(ForeignSession(At(draft, path), span, status is not EventStatus.CANCELLED))

    @property
    def spans(self) -> list[Span]:
        """The times of the sessions that take place."""
        return [session.span for session in self.sessions if session.span is not None and session.takes_place]

    def sort(self) -> None:
        """Sort the sessions by their start; those without one come last, and are refused."""
        self.sessions.sort(key=lambda session: _LAST if session.span is None else session.span[0])

    def _language(self, stated: ForeignValue) -> str | None:
        tag = language_tag((stated.string or "").strip())
        if not stated.is_empty and tag is None:
            stated.drop(Code.LANGUAGE_UNKNOWN)
        return tag

    def _status(self, state: ForeignValue) -> EventStatus:
        status = EventStatus.SCHEDULED if state.value is None else STATUS_BY_STATE.get(state.name)
        if status is None:
            state.drop(Code.VALUE_UNKNOWN)
        return status or EventStatus.SCHEDULED

    def _identity(self, source: ForeignValue, exact: Mapping[str, Any]) -> Draft:
        """Return id, uid and code: those that this package wrote or, in other files, the first that can be an id."""
        guid, slug, code = (source[name].value for name in ("guid", "slug", "code"))
        of_uid = source["guid"].given
        if self.context.meta is not None:
            id_ = exact.get("id", slug)
            derived = session_guid(f"{id_}.{self.event_uid}")
            own = exact.get("uid", None if guid == derived else of_uid)
            return {"id": id_, "uid": own, "code": exact.get("code", code)}
        candidates = (code, str(source["id"].value or ""), slug, guid)
        base = next((name for name in candidates if name and IDENTIFIER.check(name) is None), "session")
        id_ = distinct(base, self._ids, "{}-{}".format) if len(base) <= _LONGEST_BASE else base
        return {"id": id_, "uid": of_uid, "code": source["code"].given}

    def _title(self, source: ForeignValue, language: str) -> Draft:
        title = self.context.text(source["title"], LINE, language)
        if title is None:
            self.context.notes.note(Code.TITLE_MISSING, source.path)
        return title or UNTITLED

    def _description(self, source: ForeignValue, language: str) -> Draft | None:
        """Return abstract and description as one text, one below the other."""
        description, abstract = (self.context.texts(source[name], language) for name in ("description", "abstract"))
        joined: dict[str, str] = {}
        for tag in dict.fromkeys((*description, *abstract)):
            parts = (texts.get(tag, "").strip() for texts in (abstract, description))
            joined[tag] = "\n\n".join(dict.fromkeys(filter(None, parts)))
        return self.context.localized(joined, LONG, source["description"].path)

    def _track(self, track: ForeignValue) -> At | None:
        if isinstance(track.value, dict):
            slug, name = track["slug"].value, track["name"].value
            known = self.tracks.get(slug, name or slug) if isinstance(slug, str) else name
            if known is not None or not any(track.members.values()):
                track = ForeignValue(known, track.path, track.notes)
        return track.text(NAME)

    def _people(self, source: ForeignValue) -> Iterator[At]:
        for given in chain(source["persons"].items(), source["participants"].items()):
            given.object().note_others({"code", "guid", "id", "name", "public_name", "role"}, "person")
            name = given["name"] if given["public_name"].is_empty else given["public_name"]
            ids = (str(given[key].value or "") for key in ("code", "guid", "id"))
            person = {
                "id": next((id_ for id_ in ids if IDENTIFIER.check(id_) is None), None),
                "name": name.text(NAME),
                "roles": self._roles(given["role"]),
            }
            yield At(person, given.path)

    def _roles(self, role: ForeignValue) -> list[str]:
        """Return the role of a person, who is a speaker if it is not stated."""
        if role.value is None or role.value == "":
            return [Role.SPEAKER.value]
        word = (role.string or "").upper()
        if word in ROLE_BY_WORD:
            return [ROLE_BY_WORD[word].value]
        if word in OTHER_ROLES:
            role.unsupported(word)
        else:
            role.drop(Code.VALUE_UNKNOWN if word else Code.WRONG_TYPE)
        return []

    def _recording(self, source: ForeignValue) -> str | None:
        no_stream, no_record = (self._flag(source[name]) for name in ("do_not_stream", "do_not_record"))
        if no_stream:
            return Recording.NO_STREAMING.value
        if no_record is None:
            return None
        return (Recording.NO_RECORDING if no_record else Recording.ALLOWED).value

    def _flag(self, source: ForeignValue) -> bool | None:
        value = source.value
        if isinstance(value, str):
            value = {"true": True, "false": False}.get(value.lower(), value or None)  # as some programs write it
        if value is None or isinstance(value, bool):
            return value
        source.drop(Code.WRONG_TYPE)
        return None

    def _url(self, source: ForeignValue) -> At | None:
        """Return the page of a session, unless it is that of the event, or the name that stands for none."""
        url = self.context.address(source)
        return None if url is None or url.value == self.event_url or url.value.startswith("urn:uuid:") else url

    def _places(self, room: ForeignRoom | None, documents: Iterable[At]) -> Draft:
        """Return the places of a session, and its documents: a link to an online room is a place too."""
        places: Draft = {"virtualLocations": [], **self.rooms.of_session(room)}
        materials: list[At] = []
        for document in documents:
            online = self.rooms.online.get(document.value["url"].value)
            if online is None:
                materials.append(document)
            else:
                places["virtualLocations"].append(self.rooms.virtual(online))
        return {**places, "materials": materials}

    def _extensions(self, source: ForeignValue, urls: Mapping[str, str]) -> Draft:
        """Return the texts for which the model has no field."""
        image = self.context.image(source["logo"])
        type_ = source["type"].string
        texts: dict[str, object] = {
            **source.members,
            **urls,
            "logo": None if image is None else image.value,
            "type": None if type_ is None or is_plain(type_) else type_,
        }
        return {
            f"{VENDOR}:{name}": ForeignValue(text, f"{source.path}/{name}", source.notes).json()
            for name in KEPT_TEXTS
            if isinstance(text := texts.get(name), str) and text.strip()
        }


def _tag(stated: object, default: str) -> str:
    return stated if isinstance(stated, str) else default
