"""Events of Indico, from the JSON of its HTTP export API: contributions, blocks of sessions and breaks are sessions."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import chain, islice
from typing import Any, Final, Self, cast
from zoneinfo import ZoneInfo

from attrs import define, field, frozen
from pendulum import DateTime

from wtisd_model.codes import Code
from wtisd_model.data.zone_countries import country_of_zone
from wtisd_model.data.zones import ZONES
from wtisd_model.importers.members import Members, members_of
from wtisd_model.json.builtins import to_builtins
from wtisd_model.json.json_types import Payload
from wtisd_model.json.limits import DEFAULT_LIMITS, Limits
from wtisd_model.model.event import Event
from wtisd_model.model.session import EventStatus, SessionKind
from wtisd_model.reading.build_events import MOST_MATERIALS, MOST_PEOPLE
from wtisd_model.reading.codes_by_name import kind_named
from wtisd_model.reading.defaults import Defaults
from wtisd_model.reading.foreign_value import ForeignValue, read_foreign
from wtisd_model.reading.html_text import html_text
from wtisd_model.reading.imported import Imported, require_events
from wtisd_model.reading.make import Draft, guessed_history, make
from wtisd_model.reading.notes import At, Notes
from wtisd_model.reading.slots import slot_draft
from wtisd_model.schema.constraints import Text, compiled
from wtisd_model.schema.fields import most_items
from wtisd_model.types.document import DocumentKind
from wtisd_model.types.language import language_tag
from wtisd_model.types.location import Location
from wtisd_model.types.people import Role
from wtisd_model.types.text import LINE, LONG, NAME
from wtisd_model.types.timeslot import TimeSlot
from wtisd_model.types.timezone import LOCAL_TIME, at_zone, first_moment, to_utc, zone_of


def from_indico(
    source: Payload,
    *,
    timetable: Payload | None = None,
    zone: str | ZoneInfo | None = None,
    place: Location | None = None,
    language: str = "und",
    limits: Limits = DEFAULT_LIMITS,
) -> Imported:
    """Return the events of Indico's HTTP export API, as far as the model can hold them.

    Each contribution becomes a session, and so does each block of a session that has no contributions; the others
    become the tracks of their contributions. Without *timetable* there are no breaks. The uids are those of Indico's
    calendars, so that an entry in somebody's calendar is found again.

    Args:
        source: ``/export/event/ID.json`` with ``detail=sessions``, as bytes, a string, or what ``json.loads`` returns;
            with ``detail=contributions`` there are only contributions, and without it no sessions at all.
        timetable: ``/export/timetable/ID.json`` of the same events: for breaks, and for entries that *source* lacks.
        zone: the zone for an event and for times that state none, or an unknown one: its IANA name, ``Europe/Zurich``,
            or a ZoneInfo.
        place: where the events take place: Indico states no country.
        language: the language of the texts of an event that states none; by default ``und``, undetermined.
        limits: how much each of the documents may hold; by default as much as an Event.

    Returns:
        The events, and what was changed or left out. Paths are those of *source*; in *timetable* they begin with
        ``/timetable``.

    Raises:
        PayloadError: a document is not JSON, or exceeds *limits*.
        MessageError: no event can be read: ``event-missing``, or all errors of its events.
        InvalidValueError: ``zone-unknown``, ``language-unknown`` or ``wrong-type`` for an argument.
        TypeError: *source* or *timetable* is of another type, or *limits* are not Limits.

    Source: Indico 3.3 (``indico/modules/events/api.py``, ``indico/modules/events/timetable/legacy.py``).
    """
    defaults, notes = Defaults(zone, language, place), Notes()
    whole = ForeignValue(read_foreign(source, limits), "", notes)
    days = (
        ForeignValue({}, "", notes)
        if timetable is None
        else ForeignValue(read_foreign(timetable, limits), "/timetable", notes)
    )
    known_place = None if place is None else cast("Draft", to_builtins(place))
    reader = _Reader(whole, days["results"], defaults.zone, known_place, language)
    drafts = map(reader.event, whole["results"].distinct_by_id())
    made = (make(Event, draft, notes) for draft in drafts if draft is not None)
    events = tuple(event for event in made if event is not None)
    require_events(events, notes.findings, "/results")
    return Imported(events=events, findings=notes.findings, omitted=notes.omitted)


@frozen
class _Reader:
    """A reader of the events of a document."""

    whole: ForeignValue
    """The document."""
    days: ForeignValue
    """The days of the timetables, by the ids of their events."""
    default_zone: str | None
    place: Draft | None
    language: str

    def event(self, source: ForeignValue) -> At | None:
        """Return the draft of an event; None, with an error, if no zone is known for it."""
        zone = self._zone(source)
        if zone is None:
            return None
        source.note_others(INDICO["Conference"].known)
        address = compiled(r"https?://([^/?#:@]*+)[^/?#]*+").match(source["url"].name)
        origin, host = ("", "") if address is None else (address[0], address[1])
        parts = _Parts(self._language(source["language"]), zone, origin, self.default_zone)
        venue = _Venue.of(source, self.place, parts)
        programme = _SessionsReader(parts, venue, host).sessions(source, self.days.member(source["id"].name))
        sessions = source.notes.first(programme, most_items(Event, "sessions"))
        created = parts.moment(source["creationDate"])
        if created is None and not source["creationDate"].is_empty:
            source["creationDate"].drop(Code.MOMENT_UNREADABLE)
        organizer, chairs = parts.line(source["organizer"], NAME), source["chairs"]
        words = source["keywords"]
        role = Role.SPEAKER if source["type"].value == "simple_event" else Role.CHAIR  # a lecture
        draft: Draft = {
            "uid": _uid("event", source["id"], host) or At("", source["url"].path),
            "title": parts.line(source["title"]),
            "description": parts.description(source["description"]),
            "slot": At(parts.slot(source), source.path),
            **self._status(source["label"], parts.moment(source["startDate"])),
            **venue.of_event(),
            "organizer": None if organizer is None else At({"name": organizer}, organizer.path),
            "contacts": chairs.notes.first(parts.people(chairs, role), most_items(Event, "contacts")),
            "documents": source.notes.first(parts.documents(source), most_items(Event, "documents")),
            "keywords": words.notes.first((word.at for word in words.items()), most_items(Event, "keywords")),
            "url": parts.address(source["url"]),
            "sessions": sessions,
            "created": None if created is None else to_utc(created).isoformat(),
        }
        return At(draft, source.path)

    def _zone(self, source: ForeignValue) -> str | None:
        stated = source["timezone"]
        if not stated.is_empty and stated.name not in ZONES:
            stated.drop(Code.ZONE_UNKNOWN)
        zones = (stated.name, source["startDate"]["tz"].name)
        zone = next((zone for zone in zones if zone in ZONES), self.default_zone)
        if zone is None:
            source.notes.note(Code.TIME_FLOATING, source.path)
        return zone

    def _language(self, source: ForeignValue) -> str:
        tag = language_tag(source.name or None)
        if tag is None and not source.is_empty:
            source.drop(Code.LANGUAGE_UNKNOWN)
        return tag or self.language

    def _status(self, label: ForeignValue, start: DateTime | None) -> Draft:
        """Return the status by the label of an event.

        It does not say since when the event is cancelled: at the latest since the export, whose time stands in for it,
        or else the start of the event.
        """
        if not label["is_event_not_happening"].value:
            if not label.is_empty:
                label.unsupported("label")
            return {}
        seconds, cancelled = self.whole["ts"].value, EventStatus.CANCELLED
        is_known = type(seconds) is int and 0 <= seconds < _LAST_SECOND
        at = datetime.fromtimestamp(cast("int", seconds), UTC) if is_known else start
        if at is None:  # then there is no event
            return {}
        history = guessed_history(cancelled, at, label.notes, label.path)
        return {"status": At(cancelled.value, label.path), "history": history}


_LAST_SECOND: Final = 7_000_000_000  # in 2191


def _wall(source: ForeignValue) -> Any:
    day, time = source["date"].value, source["time"].value
    return f"{day}T{time[:8]}" if isinstance(day, str) and isinstance(time, str) else source.value


@frozen
class _Parts:
    """A reader of the parts of one event."""

    language: str
    """The language of the event."""
    zone: str
    """The zone of the event."""
    origin: str
    """Scheme and host of the server: where an address without a host leads."""
    default_zone: str | None
    """The zone of times whose own is missing or unknown."""

    def localized(self, text: At | None) -> At | None:
        """Return a text in the language of the event."""
        return None if text is None else At({"text": text, "language": self.language}, text.path)

    def line(self, source: ForeignValue, constraint: Text = LINE) -> At | None:
        """Return a text without HTML."""
        return self.localized(source.text(constraint))

    def description(self, source: ForeignValue) -> At | None:
        """Return a text that may be HTML; Markdown stays Markdown."""
        value = source.value
        plain = html_text(value) if isinstance(value, str) else value
        return self.localized(source.notes.text(plain, LONG, source.path))

    def moment(self, source: ForeignValue) -> DateTime | None:
        """Return the moment of a date, a time and a zone; None if it cannot be read."""
        wall, zone = _wall(source), source["tz"].name
        if zone not in ZONES and self.default_zone is not None:
            if zone:
                source.notes.note_once(Code.VALUE_DROPPED, source["tz"].path, reason=Code.ZONE_UNKNOWN)
            zone = self.default_zone
        if not isinstance(wall, str) or LOCAL_TIME.check(wall) is not None or zone not in ZONES:
            return None
        # Indico has no sign for the second of two equal times, on the night when the clocks go back.
        return first_moment(datetime.fromisoformat(wall), zone)

    def slot(self, source: ForeignValue) -> TimeSlot | Draft | None:
        """Return the slot in the zone of the event; None if it has no times."""
        start, end = source["startDate"], source["endDate"]
        if start.is_empty and end.is_empty:
            return None
        begins, ends = self.moment(start), self.moment(end)
        if begins is None or ends is None:
            # The reader of payloads finds what is wrong.
            zone = (start if begins is None else end)["tz"]
            return {"start": At(_wall(start), start.path), "end": At(_wall(end), end.path), "timeZone": zone.at}
        here = [
            moment if zone_of(moment) == self.zone else at_zone(to_utc(moment), self.zone) for moment in (begins, ends)
        ]
        return slot_draft(here[0], here[1], start.path, end.path)

    def people(self, source: ForeignValue, role: Role) -> Iterator[At]:
        """Yield the people in a list. They have an e-mail address if a manager of the event exported them."""
        for person in source.objects():
            pairs = ("first_name", "last_name"), ("firstName", "familyName")
            names = [" ".join(filter(None, (person[given].name, person[family].name))) for given, family in pairs]
            full = next(filter(str.strip, (*names, person["fullName"].name, person["name"].name)), None)
            name, email = person.notes.text(full, NAME, person.path), person["email"]
            if name is not None or not email.is_empty:
                organization = person["affiliation"].text(NAME)
                draft = {"name": name, "email": email.given, "organization": organization, "roles": [role.value]}
                yield At(draft, person.path)

    def address(self, source: ForeignValue) -> At | None:
        """Return a web address, which may lack the host."""
        value = source.value
        if isinstance(value, str) and value.startswith("/"):
            return At(f"{self.origin}{value}", source.path)
        return source.given

    def documents(self, source: ForeignValue) -> Iterator[At]:
        """Yield the files, the links and the minutes of an entry, without protected ones."""
        attached, minutes = source["attachments"], source["note"]["url"]
        yield from self._files(attached["files"])
        for folder in (*source["folders"].objects(), *attached["folders"].objects()):
            if folder["is_protected"].value:
                folder.unsupported("is_protected")
            else:
                yield from self._files(folder["attachments"])
        if source["folders"].value is None:  # before Indico 1.9.7
            for material in source["material"].objects():
                for resource in material["resources"].objects():
                    yield self._document(resource, resource["name"], resource["url"])
        if not minutes.is_empty:
            yield At({"kind": DocumentKind.REPORT.value, "url": self.address(minutes)}, minutes.path)

    def _files(self, source: ForeignValue) -> Iterator[At]:
        for file in source.objects():
            link = file["link_url"]
            if file["is_protected"].value:
                file.unsupported("is_protected")
            else:
                yield self._document(file, file["title"], file["download_url"] if link.is_empty else link)

    def _document(self, source: ForeignValue, title: ForeignValue, address: ForeignValue) -> At:
        return At(
            {"kind": DocumentKind.OTHER.value, "title": self.line(title), "url": self.address(address)}, source.path
        )


INDICO: Final = members_of("indico")
"""The members of the objects of Indico 3.3, and what becomes of them."""

_ENTRY_MEMBERS: Final = INDICO["Entry of a timetable"]


def _uid(kind: str, number: ForeignValue, host: str) -> At | None:
    """Return the uid in the calendars of Indico."""
    return At(f"indico-{kind}-{number.name}@{host}", number.path) if number.name and host else None


@define
class _Venue:
    """Where an event takes place, and its rooms, while its sessions are read."""

    source: ForeignValue
    """The event."""
    parts: "_Parts"
    locations: list[At]
    """The locations of the event, at most one."""
    names: tuple[str, str]
    """The venue and the room of the event, as Indico names them."""
    is_named: bool
    """True if the event or a session names a place."""

    @classmethod
    def of(cls, source: ForeignValue, place: Draft | None, parts: _Parts) -> Self:
        """Return the venue of an event, whose town is what follows the last comma or line break of the address."""
        names = _names(source)
        if place is not None:
            location: Draft | None = _in_room(place, source)
        elif any(names):
            location = _location(source, parts)
        else:
            location = None
        return cls(source, parts, [] if location is None else [At(location, source.path)], names, any(names))

    def of_event(self) -> Draft:
        """Return the places of the event, once its sessions are read."""
        if self.locations:
            return {"locations": self.locations}
        if self.is_named:
            return {"venueToFollow": True}
        self.source.notes.note(Code.PLACE_MISSING, self.source.path)
        return {"virtualLocations": [{}]}

    def of_session(self, source: ForeignValue) -> list[At]:
        """Return the location of a session; empty if it is that of the event."""
        names = _names(source)
        if not any(names) or names == self.names:
            return []
        self.is_named = True
        is_here = not names[0] or names[0] == self.names[0] or not self.names[0]
        is_room = is_here and self.locations
        draft = _in_room(self.locations[0].value, source) if is_room else _location(source, self.parts)
        return [] if draft is None else [At(draft, source.path)]


def _names(source: ForeignValue) -> tuple[str, str]:
    return source["location"].name.strip(), _room(source).name.strip()


def _room(source: ForeignValue) -> ForeignValue:
    full = source["roomFullname"]
    return source["room"] if full.is_empty else full


def _in_room(place: Draft, source: ForeignValue) -> Draft:
    room = _room(source).text(NAME)
    return place if room is None else place | {"room": room}


def _location(source: ForeignValue, parts: _Parts) -> Draft | None:
    address = source["address"]
    *street, town = [part.strip() for part in compiled(r"[\n,]").split(address.name.strip("\n, "))]
    venue, room = source["location"].text(NAME), _room(source).text(NAME)
    name, locality = parts.localized(venue or room), source.notes.text(town, NAME, address.path)
    if name is None:
        source.notes.note_once(Code.LOCATION_DROPPED, source.path)
        return None
    country = None if locality is None else country_of_zone(parts.zone)
    if country is not None:
        source.notes.note_once(Code.COUNTRY_INFERRED, source.path, country=country)
    return {
        "name": name,
        "room": None if venue is None else room,
        "address": source.notes.text(", ".join(filter(None, street)), NAME, address.path),
        "locality": locality,
        "country": country,
    }


@frozen
class _SessionsReader:
    """A reader of the sessions of one event."""

    parts: _Parts
    venue: _Venue
    host: str
    seen: dict[str, tuple[str, DateTime | None]] = field(factory=dict[str, tuple[str, DateTime | None]], init=False)
    """The titles and the starts of the sessions so far, by id."""

    def sessions(self, source: ForeignValue, days: ForeignValue) -> Iterator[At]:
        """Yield the drafts of the sessions; an entry of the timetable only if the event has no entry with its id."""
        for contribution in source["contributions"].objects():
            yield from self._contribution(contribution, contribution["session"], [])
        for block in source["sessions"].objects():
            yield from self._block(block)
        for day in days.objects():
            for entry in day.objects():
                yield from self._entry(entry, None, [])

    def _block(self, source: ForeignValue) -> Iterator[At]:
        # Older exports list the sessions themselves (Session), and not their blocks (SessionSlot).
        is_block = not source["session"].is_empty
        session = source["session"] if is_block else source
        chairs = self._chairs(source["conveners" if is_block else "sessionConveners"])
        is_track = False
        for contribution in source["contributions"].objects():
            is_track = is_track or not contribution["startDate"].is_empty
            yield from self._contribution(contribution, session["title"], chairs)
        if is_track:
            self._note_lost(session)
            return
        yield from self._session(
            INDICO["SessionSlot"],
            source,
            _id("s", source["id"]),
            uid=_uid("session-block", source["id"], self.host) if is_block else None,
            people=chairs,
            description=self.parts.description(session["description"]),
            kind=_kind(session["type"]),
            materials=_materials(self.parts, session),
        )

    def _contribution(self, source: ForeignValue, session: ForeignValue, chairs: list[At]) -> Iterator[At]:
        number, track = source["db_id"], source["track"]
        if track.is_empty:
            track = session
        elif not session.is_empty:
            session.unsupported("session")
        yield from self._session(
            INDICO["Contribution"],
            source,
            _id("c", source["id"] if number.value is None else number),
            uid=_uid("contribution", number, self.host),
            people=chain(self.parts.people(source["speakers"], Role.SPEAKER), chairs),
            kind=_kind(source["type"]),
            track=track.text(NAME),
        )

    def _entry(self, source: ForeignValue, block: ForeignValue | None, chairs: list[At]) -> Iterator[At]:
        """Yield the sessions of an entry of the timetable, which may be in a block."""
        match source["entryType"].value:
            case "Session":
                yield from self._block_entry(source)
            case "Contribution":
                number = source["contributionId"]
                yield from self._session(
                    _ENTRY_MEMBERS,
                    source,
                    _id("c", number),
                    # Before Indico 1.9 the number was a text, and counted from 0 in each event.
                    uid=_uid("contribution", number, self.host) if type(number.value) is int else None,
                    people=chain(self.parts.people(source["presenters"], Role.SPEAKER), chairs),
                    track=None if block is None else block["title"].text(NAME),
                )
            case "Break":
                kind = SessionKind.BREAK.value
                yield from self._session(_ENTRY_MEMBERS, source, _id("", source["id"]), kind=kind)
            case _:
                source["entryType"].drop(Code.VALUE_UNKNOWN)

    def _block_entry(self, source: ForeignValue) -> Iterator[At]:
        number, is_track = source["sessionSlotId"], False
        chairs = self._chairs(source["conveners"])
        for entry in source["entries"].objects():
            is_track = is_track or entry["entryType"].value == "Contribution"
            yield from self._entry(entry, source, chairs)
        if is_track:
            self._note_lost(source)
        else:
            uid = _uid("session-block", number, self.host)
            yield from self._session(_ENTRY_MEMBERS, source, _id("s", number), uid=uid, people=chairs)

    def _chairs(self, conveners: ForeignValue) -> list[At]:
        return conveners.notes.first(self.parts.people(conveners, Role.CHAIR), MOST_PEOPLE)

    def _note_lost(self, block: ForeignValue) -> None:
        """Note what is lost of a block that becomes the track of its contributions."""
        if not block["description"].is_empty:
            block["description"].unsupported("description")
        for document in islice(self.parts.documents(block), 1):
            block.notes.note_once(Code.MEMBER_UNSUPPORTED, document.path, member="attachments")

    def _session(
        self, members: Members, source: ForeignValue, id_: At, people: Iterable[At] = (), **fields: Any
    ) -> Iterator[At]:
        """Yield the draft of a session, unless one with its id was read before; another one with its id is noted."""
        parts = self.parts
        if id_.value is not None:
            # The timetable has a block under the title of its session, without its own.
            title = "" if id_.value.startswith("s") else source["title"].name.strip()
            stated = (title, parts.moment(source["startDate"]))
            if id_.value in self.seen:
                if self.seen[id_.value] != stated:
                    source.notes.note(Code.ENTRY_REPEATED, source.path)
                return
            self.seen[id_.value] = stated
        source.note_others(members.known)
        draft: Draft = {
            "id": id_,
            "title": parts.line(source["title"]),
            "description": parts.description(source["description"]),
            "slot": At(parts.slot(source), source.path),
            "locations": self.venue.of_session(source),
            "code": source["code"].given,
            "people": source.notes.first(people, MOST_PEOPLE),
            "materials": _materials(parts, source),
            "url": parts.address(source["url"]),
        }
        yield At(draft | fields, source.path)


def _materials(parts: _Parts, source: ForeignValue) -> list[At]:
    return source.notes.first(parts.documents(source), MOST_MATERIALS)


def _id(letter: str, number: ForeignValue) -> At:
    return At(f"{letter}{number.name}" if number.name else None, number.path)


def _kind(source: ForeignValue) -> At | None:
    kind = kind_named(source.name)
    if kind is not None:
        return At(kind, source.path)
    if not source.is_empty:
        source.unsupported("type")
    return None
