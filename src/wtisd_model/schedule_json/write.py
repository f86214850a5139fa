"""`to_schedule_json`: an event and its sessions as the schedule of a conference, in either version."""

from collections.abc import Mapping
from typing import Final, Literal

from msgspec.json import encode

from wtisd_model.model.dossier import Dossier, event_and_requests
from wtisd_model.model.event import Event
from wtisd_model.model.session import EventStatus, Recording, Session, SessionKind
from wtisd_model.programme.announced import require_announced
from wtisd_model.programme.files import require_size
from wtisd_model.programme.format import ANNOUNCED, Format, format_like, listed
from wtisd_model.programme.people import people_named
from wtisd_model.programme.times import ends_of
from wtisd_model.schedule_json.both_versions import (
    Plain,
    ScheduledSession,
    ScheduleWriter,
    WrittenSessions,
    code_of,
    day_index,
    day_members,
    extra_text,
    stated,
)
from wtisd_model.schedule_json.vocabulary import (
    BREAK_2,
    SHORT_TAG,
    STATE_BY_STATUS,
    TALK,
    TYPE_BY_KIND,
    WORD_BY_ROLE,
    clock_text,
    is_plain,
    kind_of,
    numbers,
)
from wtisd_model.types.arguments import parse_enum, require_instance
from wtisd_model.types.language import require_language
from wtisd_model.types.moment import moment_text
from wtisd_model.types.people import Contact
from wtisd_model.types.timeslot import TimeSlot


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
    written = encode(_WRITERS[version](the_event, slot, tag).document())
    require_size(len(written))
    return written


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
    SCHEMA = "https://c3voc.de/schedule/schema.json"
    ONLINE = "online"
    HAS_DAYS = True

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
    SCHEMA = "https://c3voc.de/schema/schedule2"
    ONLINE = "VIRTUAL"

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
