"""The sessions of a foreign schedule."""

import datetime as dt
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any, Final

from attrs import field, frozen

from wtisd_model.codes import Code
from wtisd_model.model.session import EventStatus, Recording, Session
from wtisd_model.reading.build_events import MOST_SESSIONS
from wtisd_model.reading.foreign_value import ForeignValue
from wtisd_model.reading.make import Draft
from wtisd_model.reading.notes import UNTITLED, At
from wtisd_model.schedule_json.context import ScheduleContext
from wtisd_model.schedule_json.identity import distinct, session_guid
from wtisd_model.schedule_json.reference_reader import References, read_references
from wtisd_model.schedule_json.room_reader import ForeignRoom, RoomReader
from wtisd_model.schedule_json.slot_reader import Span, read_slot
from wtisd_model.schedule_json.vocabulary import (
    KEPT_TEXTS,
    OTHER_ROLES,
    ROLE_BY_WORD,
    STATUS_BY_STATE,
    VENDOR,
    is_plain,
    kind_of,
)
from wtisd_model.schema.fields import most_items
from wtisd_model.types.language import language_tag
from wtisd_model.types.people import Role
from wtisd_model.types.text import IDENTIFIER, LINE, LONG, NAME

_READ: Final = frozenset(
    {
        *{"abstract", "attachments", "code", "date", "description", "do_not_record", "do_not_stream", "duration"},
        *{"end", "feedback_url", "guid", "id", "language", "links", "logo", "origin_url", "participants", "persons"},
        *{"recording_license", "room", "slug", "start", "state", "subtitle", "title", "track", "type", "url"},
    }
)
_READ_OF_PEOPLE: Final = frozenset({"code", "guid", "id", "name", "public_name", "role"})
_LAST: Final = dt.datetime.max.replace(tzinfo=dt.UTC)
_MOST_PEOPLE: Final = most_items(Session, "people")
_LONGEST_BASE: Final = IDENTIFIER.maximum - len("-5000")
_FLAGS: Final = {"true": True, "false": False}
"""The flags that some programs write as words."""


@frozen
class ForeignSession:
    """A session of a schedule."""

    draft: At
    """The draft of a Session."""
    span: Span | None
    """Its time; None if that cannot be read."""
    takes_place: bool
    """False if it is cancelled."""


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
    """The sessions that have been read."""
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
        exact = self._exact(guid)
        where = self.rooms.referred(source["room"]) if room is None else room
        if room is not None:
            self.rooms.note_contradiction(source["room"], room)
        stated = self._language(source["language"])
        language = _tag(exact.get("language") if self.context.meta is not None else stated, self.context.language)
        status = self._status(source["state"])
        slot, span = read_slot(source, exact, self.context)
        references = read_references(source, language, self.context)
        draft: Draft = {
            **self._identity(source, exact),
            "title": self._title(source, language),
            "description": self._description(source, _tag(exact.get("descriptionLanguage"), language)),
            "slot": slot,
            "status": status.value,
            "history": self._history(status, span, f"{path}/state"),
            "track": self._track(source["track"]),
            "people": [*self._people(source)],
            "floorLanguages": exact.get("floorLanguages", [] if stated is None else [At(stated, f"{path}/language")]),
            "recording": exact.get("recording", self._recording(source)),
            "url": self._url(source["url"]),
            **self._places(where, references),
            "kind": _kind(source["type"], exact),
            "extensions": self._extensions(source, where, references),
        }
        self.sessions.append(ForeignSession(At(draft, path), span, status is not EventStatus.CANCELLED))

    @property
    def spans(self) -> list[Span]:
        """The times of the sessions that take place."""
        return [each.span for each in self.sessions if each.span is not None and each.takes_place]

    def sort(self) -> None:
        """Sort the sessions by their start; those without one come last, and are refused."""
        self.sessions.sort(key=lambda each: _LAST if each.span is None else each.span[0])

    def _exact(self, guid: str | None) -> Mapping[str, Any]:
        """Return the values that this package wrote about a session besides its members."""
        return (self.context.meta or {}).get(guid or "", {})

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
        base = next((each for each in candidates if each and IDENTIFIER.check(each) is None), "session")
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
            parts = (each.get(tag, "").strip() for each in (abstract, description))
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
        for each in chain.from_iterable(source[key].items(_MOST_PEOPLE) for key in ("persons", "participants")):
            each.object().note_others(_READ_OF_PEOPLE, "person")
            name = each["name"] if each["public_name"].is_empty else each["public_name"]
            ids = (str(each[key].value or "") for key in ("code", "guid", "id"))
            person = {
                "id": next((each for each in ids if IDENTIFIER.check(each) is None), None),
                "name": name.text(NAME),
                "roles": self._roles(each["role"]),
            }
            yield At(person, each.path)

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
            value = _FLAGS.get(value.lower(), value or None)
        if value is None or isinstance(value, bool):
            return value
        source.drop(Code.WRONG_TYPE)
        return None

    def _history(self, status: EventStatus, span: Span | None, path: str) -> list[Draft]:
        """Return the transition to cancelled or postponed, without which no session has such a status.

        The file does not say when that was; the start of the session stands in for it.
        """
        if span is None or status not in {EventStatus.CANCELLED, EventStatus.POSTPONED}:
            return []
        self.context.notes.note_once(Code.STATUS_TIME_INFERRED, path, status=status.value)
        return [{"at": span[0].isoformat(), "before": EventStatus.SCHEDULED.value, "after": status.value}]

    def _url(self, source: ForeignValue) -> At | None:
        """Return the page of a session, unless it is that of the event, or the name that stands for none."""
        url = self.context.address(source)
        return None if url is None or url.value == self.event_url or url.value.startswith("urn:uuid:") else url

    def _places(self, room: ForeignRoom | None, references: References) -> Draft:
        """Return the places of a session, and its documents: a link to an online room is a place too."""
        places: Draft = {"virtualLocations": [], **self.rooms.of_session(room)}
        materials: list[At] = []
        for each in references.materials:
            online = self.rooms.online.get(each.value["url"].value)
            if online is None:
                materials.append(each)
            else:
                places["virtualLocations"].append(self.rooms.virtual(online))
        return {**places, "materials": materials}

    def _extensions(self, source: ForeignValue, room: ForeignRoom | None, references: References) -> Draft:
        """Return the texts for which the model has no field; a room only if its place is not known."""
        image = self.context.image(source["logo"])
        type_ = source["type"].string
        is_unknown = self.context.place is None and room is not None and not room.is_online
        name = room.name if room is not None and is_unknown else None
        texts: dict[str, object] = {
            **source.members,
            **references.urls,
            "logo": None if image is None else image.value,
            "room": None if name is None else name.value,
            "type": None if type_ is None or is_plain(type_) else type_,
        }
        return {
            f"{VENDOR}:{name}": ForeignValue(text, f"{source.path}/{name}", source.notes).json()
            for name in KEPT_TEXTS
            if isinstance(text := texts.get(name), str) and text.strip()
        }


def _tag(stated: object, default: str) -> str:
    return stated if isinstance(stated, str) else default


def _kind(type_: ForeignValue, exact: Mapping[str, Any]) -> object:
    kind = kind_of(type_.string or "")
    return exact.get("kind", None if kind is None else kind.value)
