"""The sessions of a foreign schedule."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, Final

from attrs import field, frozen

from wtisd_model.codes import Code
from wtisd_model.formats.foreign import At
from wtisd_model.formats.texts import UNTITLED
from wtisd_model.model.event import Event
from wtisd_model.model.session import EventStatus, Recording, Session
from wtisd_model.schedule_json.context import Draft, ScheduleContext, as_object, is_object
from wtisd_model.schedule_json.identity import distinct, session_guid
from wtisd_model.schedule_json.reference_reader import References, read_references
from wtisd_model.schedule_json.room_reader import ForeignRoom, RoomReader
from wtisd_model.schedule_json.slot_reader import Span, read_slot
from wtisd_model.schedule_json.vocabulary import KEPT, OTHER_ROLES, ROLES, STATES, VENDOR, is_plain, kind_of
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
MOST_SESSIONS: Final = most_items(Event, "sessions")
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
    """Reads the sessions of one schedule, one after the other."""

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

    def read(self, value: object, path: str, room: ForeignRoom | None = None) -> None:
        """Read a session.

        Args:
            value: the session.
            path: its place.
            room: its room in version 1, where rooms hold sessions.
        """
        if len(self.sessions) == MOST_SESSIONS:
            self.context.notes.note_once(Code.VALUE_DROPPED, path, reason=Code.TOO_MANY_ITEMS)
            return
        members = self.context.members(value, path)
        self.context.note_others(members, _READ, path, "event")
        guid = members.get("guid")
        if isinstance(guid, str) and guid:
            if guid in self._guids:
                self.context.notes.note(Code.ENTRY_REPEATED, path)
                return
            self._guids.add(guid)
        exact = self._exact(guid)
        where = self.rooms.referred(members.get("room"), f"{path}/room") if room is None else room
        if room is not None:
            self.rooms.note_contradiction(members.get("room"), room, f"{path}/room")
        stated = self._language(members, path)
        language = _tag(exact.get("language") if self.context.meta is not None else stated, self.context.language)
        status = self._status(members, path)
        slot, span = read_slot(members, exact, path, self.context)
        references = read_references(members, path, language, self.context)
        draft: Draft = {
            **self._identity(members, exact, path),
            "title": self._title(members, path, language),
            "description": self._description(members, path, _tag(exact.get("descriptionLanguage"), language)),
            "slot": slot,
            "status": status.value,
            "history": self._history(status, span, f"{path}/state"),
            "track": self._track(members.get("track"), f"{path}/track"),
            "people": [*self._people(members, path)],
            "floorLanguages": exact.get("floorLanguages", [] if stated is None else [At(stated, f"{path}/language")]),
            "recording": exact.get("recording", self._recording(members, path)),
            "url": self._url(members, path),
            **self._places(where, references),
            "kind": _kind(members, exact),
            "extensions": self._extensions(members, where, references, path),
        }
        self.sessions.append(ForeignSession(At(draft, path), span, status is not EventStatus.CANCELLED))

    @property
    def spans(self) -> list[Span]:
        """The times of the sessions that take place."""
        return [each.span for each in self.sessions if each.span is not None and each.takes_place]

    def sort(self) -> None:
        """Sort the sessions by their start; those without one come last, and are refused."""
        self.sessions.sort(key=lambda each: _LAST if each.span is None else each.span[0])

    def _exact(self, guid: object) -> Mapping[str, Any]:
        """Return what this package wrote about a session besides its members."""
        meta = self.context.meta
        return meta.get(guid, {}) if meta is not None and isinstance(guid, str) else {}

    def _language(self, members: Mapping[str, Any], path: str) -> str | None:
        stated = members.get("language")
        tag = language_tag(stated.strip()) if isinstance(stated, str) and stated.strip() else None
        if stated and tag is None:
            self.context.notes.note(Code.VALUE_DROPPED, f"{path}/language", reason=Code.LANGUAGE_UNKNOWN)
        return tag

    def _status(self, members: Mapping[str, Any], path: str) -> EventStatus:
        state = members.get("state", "CONFIRMED")
        status = STATES.get(state) if isinstance(state, str) else None
        if status is None:
            self.context.notes.note(Code.VALUE_DROPPED, f"{path}/state", reason=Code.VALUE_UNKNOWN)
        return status or EventStatus.SCHEDULED

    def _identity(self, members: Mapping[str, Any], exact: Mapping[str, Any], path: str) -> Draft:
        """Return id, uid and code: those that this package wrote or, in other files, the first that can be an id."""
        guid, slug, code = (members.get(name) for name in ("guid", "slug", "code"))
        of_uid = At(guid, f"{path}/guid") if guid else None
        if self.context.meta is not None:
            id_ = exact.get("id", slug)
            derived = session_guid(f"{id_}.{self.event_uid}")
            own = exact.get("uid", None if guid == derived else of_uid)
            return {"id": id_, "uid": own, "code": exact.get("code", code)}
        candidates = (code, str(members.get("id") or ""), slug, guid)
        base = next((each for each in candidates if each and IDENTIFIER.check(each) is None), "session")
        id_ = distinct(base, self._ids, "{}-{}".format) if len(base) <= _LONGEST_BASE else base
        return {"id": id_, "uid": of_uid, "code": At(code, f"{path}/code") if code else None}

    def _title(self, members: Mapping[str, Any], path: str, language: str) -> Draft:
        texts = self.context.texts(members.get("title"), f"{path}/title", language)
        title = self.context.localized(texts, LINE, f"{path}/title")
        if title is None:
            self.context.notes.note(Code.TITLE_MISSING, path)
        return title or UNTITLED

    def _description(self, members: Mapping[str, Any], path: str, language: str) -> Draft | None:
        """Return abstract and description as one text, one below the other."""
        description, abstract = (
            self.context.texts(members.get(name), f"{path}/{name}", language) for name in ("description", "abstract")
        )
        joined: dict[str, str] = {}
        for tag in dict.fromkeys((*description, *abstract)):
            parts = (each.get(tag, "").strip() for each in (abstract, description))
            joined[tag] = "\n\n".join(dict.fromkeys(filter(None, parts)))
        return self.context.localized(joined, LONG, f"{path}/description")

    def _track(self, track: object, path: str) -> At | None:
        if is_object(track):
            slug, name = (as_object(track).get(key) for key in ("slug", "name"))
            known = self.tracks.get(slug, name or slug) if isinstance(slug, str) else name
            if known is not None or not any(as_object(track).values()):
                track = known
        return self.context.notes.text(track, NAME, path)

    def _people(self, members: Mapping[str, Any], path: str) -> Iterator[At]:
        for key in ("persons", "participants"):
            for each, place in self.context.items(members.get(key), f"{path}/{key}", _MOST_PEOPLE):
                person = self.context.members(each, place)
                self.context.note_others(person, _READ_OF_PEOPLE, place, "person")
                name = next((key for key in ("public_name", "name") if person.get(key)), "name")
                ids = (str(person.get(known) or "") for known in ("code", "guid", "id"))
                yield At(
                    {
                        "id": next((each for each in ids if IDENTIFIER.check(each) is None), None),
                        "name": self.context.notes.text(person.get(name), NAME, f"{place}/{name}"),
                        "roles": self._roles(person.get("role"), f"{place}/role"),
                    },
                    place,
                )

    def _roles(self, role: object, path: str) -> list[str]:
        """Return the role of a person, who is a speaker if it is not stated."""
        if role is None or role == "":
            return [Role.SPEAKER.value]
        word = role.upper() if isinstance(role, str) else ""
        if word in ROLES:
            return [ROLES[word].value]
        if word in OTHER_ROLES:
            self.context.notes.note_once(Code.MEMBER_UNSUPPORTED, path, member=word)
        else:
            reason = Code.VALUE_UNKNOWN if word else Code.WRONG_TYPE
            self.context.notes.note(Code.VALUE_DROPPED, path, reason=reason)
        return []

    def _recording(self, members: Mapping[str, Any], path: str) -> str | None:
        no_stream, no_record = (self._flag(members, name, path) for name in ("do_not_stream", "do_not_record"))
        if no_stream:
            return Recording.NO_STREAMING.value
        if no_record is None:
            return None
        return (Recording.NO_RECORDING if no_record else Recording.ALLOWED).value

    def _flag(self, members: Mapping[str, Any], name: str, path: str) -> bool | None:
        value = members.get(name)
        if isinstance(value, str):
            value = _FLAGS.get(value.lower(), value or None)
        if value is None or isinstance(value, bool):
            return value
        self.context.notes.note(Code.VALUE_DROPPED, f"{path}/{name}", reason=Code.WRONG_TYPE)
        return None

    def _history(self, status: EventStatus, span: Span | None, path: str) -> list[Draft]:
        """Return the transition to cancelled or postponed, without which no session has such a status.

        The file does not say when that was; the start of the session stands in for it.
        """
        if span is None or status not in {EventStatus.CANCELLED, EventStatus.POSTPONED}:
            return []
        self.context.notes.note_once(Code.STATUS_TIME_INFERRED, path, status=status.value)
        return [{"at": span[0].isoformat(), "before": EventStatus.SCHEDULED.value, "after": status.value}]

    def _url(self, members: Mapping[str, Any], path: str) -> At | None:
        """Return the page of a session, unless it is that of the event, or the name that stands for none."""
        url = self.context.address(members.get("url"), f"{path}/url")
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

    def _extensions(
        self, members: Mapping[str, Any], room: ForeignRoom | None, references: References, path: str
    ) -> Draft:
        """Return the texts for which the model has no field; a room only if its place is not known."""
        logo, type_ = members.get("logo"), members.get("type")
        image = self.context.address(as_object(logo).get("url") if is_object(logo) else logo, f"{path}/logo")
        is_unknown = self.context.place is None and room is not None and not room.is_online
        name = room.name if room is not None and is_unknown else None
        texts: dict[str, object] = {
            **members,
            **references.urls,
            "logo": None if image is None else image.value,
            "room": None if name is None else name.value,
            "type": None if isinstance(type_, str) and is_plain(type_) else type_,
        }
        return {f"{VENDOR}:{name}": text for name in KEPT if isinstance(text := texts.get(name), str) and text.strip()}


def _tag(stated: object, default: str) -> str:
    return stated if isinstance(stated, str) else default


def _kind(members: Mapping[str, Any], exact: Mapping[str, Any]) -> object:
    type_ = members.get("type")
    kind = kind_of(type_) if isinstance(type_, str) else None
    return exact.get("kind", None if kind is None else kind.value)
