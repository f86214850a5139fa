"""A schedule in version 1, with the members of pretalx."""

from typing import Final

from wtisd_model.model.event import Event
from wtisd_model.model.session import EventStatus, Recording, Session
from wtisd_model.programme.format import Format, listed
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
from wtisd_model.schedule_json.vocabulary import TALK, clock_text, is_plain, kind_of, numbers
from wtisd_model.types.moment import moment_text
from wtisd_model.types.people import Contact
from wtisd_model.types.timeslot import TimeSlot

_RECORDING: Final[dict[Recording | None, Plain]] = {
    None: {"do_not_record": None},
    Recording.ALLOWED: {"do_not_record": False},
    Recording.NO_RECORDING: {"do_not_record": True},
    Recording.NO_STREAMING: {"do_not_record": True, "do_not_stream": True},
}


class Version1Writer(ScheduleWriter):
    """A writer of one event in version 1: sessions are in the rooms of days, and take place."""

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
