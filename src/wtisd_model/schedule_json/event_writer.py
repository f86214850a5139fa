"""An event as the plain values of a schedule, in either version.

What no member of the schema states exactly is in ``conference.meta``, which the schema leaves to programs.
"""

from collections.abc import Callable
from typing import Final

from msgspec import Raw

from wtisd_model.locales import locale_for
from wtisd_model.model.event import Event, announced_sessions, places_of, session_status
from wtisd_model.model.session import EventStatus
from wtisd_model.schedule_json.days import ScheduleDay, day_index, schedule_days
from wtisd_model.schedule_json.identity import acronym, distinct, numbers, session_guid, slug
from wtisd_model.schedule_json.rooms import ScheduleRoom, ScheduleRooms
from wtisd_model.schedule_json.session_writer import Plain, ScheduledSession, SessionWriter
from wtisd_model.schedule_json.tracks import tracks_of
from wtisd_model.schedule_json.vocabulary import META, SHORT_TAG, ZONE_FORM
from wtisd_model.types.moment import moment_text
from wtisd_model.types.timeslot import TimeSlot

_SCHEMAS: Final = {1: "https://c3voc.de/schedule/schema.json", 2: "https://c3voc.de/schema/schedule2"}
_GRID: Final = "00:05"
"""The unit of a timetable; as in pretalx."""


def document(event: Event, slot: TimeSlot, version: int, language: str | None, encode: Callable[[Plain], Raw]) -> Plain:
    """Return the schedule of an event that takes place in *slot*.

    Each session is encoded at once: it repeats the links of its event, so that all together may be too large.
    """
    rooms = ScheduleRooms(language, locale_for(language or event.title.language))
    rooms.at(places_of(event))
    entries = _entries(event, version, rooms)
    guids = numbers(each.guid for each in entries) if version == 1 else {}
    writer = SessionWriter(event, slot.time_zone, language, tracks_of(event), guids)
    write = writer.version_1 if version == 1 else writer.version_2
    written: list[tuple[ScheduledSession, Raw]] = []
    exact: list[Plain] = []
    for each in entries:
        plain = write(each)
        written.append((each, encode(plain)))
        if meta := writer.meta(each, plain):
            exact.append({"guid": each.guid, **meta})
    days = schedule_days(slot, [each.session.slot for each in entries])
    conference: Plain = {
        "acronym": acronym(event.short_title or event.title.text, slot.start.year),
        "title": writer.text(event.title),
        **_description(event, writer, version),
        **(_bounds_1(slot, days) if version == 1 else _bounds(slot)),
        **({"time_zone_name": slot.time_zone} if ZONE_FORM.match(slot.time_zone) else {}),
        **_appearance(event, version),
        **_languages(event, writer, version),
        "tracks": list(writer.tracks.by_name.values()),
        "rooms": [_room(each, version) for each in rooms.by_guid.values()],
        "meta": {META: _meta(event, slot, writer, version, exact)},
        "days": _days_1(days, rooms, written)
        if version == 1
        else [_day(n, each, "") for n, each in enumerate(days, 1)],
    }
    schedule: Plain = {"version": _revision(event), "conference": conference}
    if version == 1 and event.url is not None:
        schedule = {"version": schedule["version"], "base_url": event.url, "conference": conference}
    if version != 1:
        schedule["events"] = [each for _, each in written]
    # Without a version of this package, so that a release does not change files.
    return {"$schema": _SCHEMAS[version], "generator": {"name": "wtisd-model"}, "schedule": schedule}


def _entries(event: Event, version: int, rooms: ScheduleRooms) -> list[ScheduledSession]:
    entries: list[ScheduledSession] = []
    slugs: dict[str, int] = {}
    for session in announced_sessions(event):
        status = session_status(event, session)
        if version == 1 and status is not EventStatus.SCHEDULED:
            continue
        places = places_of(event, session)
        called = distinct(slug(session.id) or "session", slugs)
        guid = session_guid(session.export_uid(event.uid))
        entries.append(ScheduledSession(session, status, places, guid, called, rooms.at(places)[0]))
    return entries


def _description(event: Event, writer: SessionWriter, version: int) -> Plain:
    if event.description is None:
        return {}
    return {
        "description": writer.text(event.description)
        if version == 1
        else writer.localizable(event.description, event.title)
    }


def _bounds_1(slot: TimeSlot, days: list[ScheduleDay]) -> Plain:
    bounds = {"start": str(slot.first_day), "end": str(slot.last_day)} if slot.whole_days else _bounds(slot)
    return {**bounds, "daysCount": len(days), "timeslot_duration": _GRID}


def _bounds(slot: TimeSlot) -> Plain:
    return {"start": moment_text(slot.start), "end": moment_text(slot.end)}


def _appearance(event: Event, version: int) -> Plain:
    shown: Plain = {}
    if event.image is not None:
        shown["logo"] = event.image if version == 1 else {"url": event.image}
    if event.color is not None:
        shown["colors"] = {"primary": event.color}
    if event.keywords:
        shown["keywords"] = sorted(event.keywords)
    if event.url is not None:
        shown["url"] = event.url
    return shown


def _languages(event: Event, writer: SessionWriter, version: int) -> Plain:
    if version == 1:
        return {}
    codes = [each for each in event.floor_languages if SHORT_TAG.fullmatch(each)]
    title = event.title.in_language(writer.language)[1]
    return {"languages": codes, **({"defaults": {"language": title}} if SHORT_TAG.fullmatch(title) else {})}


def _room(room: ScheduleRoom, version: int) -> Plain:
    return {
        "name": room.name,
        "slug": room.slug,
        "guid": room.guid,
        **({"type": "online" if version == 1 else "VIRTUAL"} if room.is_online else {}),
        "description": room.description,
        "capacity": room.capacity,
        **({} if room.url is None else {"url": room.url}),
    }


def _meta(event: Event, slot: TimeSlot, writer: SessionWriter, version: int, sessions: list[Plain]) -> Plain:
    """Return the values that the format has no exact member for, by JSON keys; those of sessions by their guids.

    Keys are names: the tools of c3voc make XML elements of them.
    """
    exact: Plain = {"uid": event.uid, "language": event.title.in_language(writer.language)[1]}
    exact |= writer.description_language(event)
    if event.short_title is not None:
        exact["shortTitle"] = event.short_title
    if event.floor_languages:
        exact["floorLanguages"] = list(event.floor_languages)
    if slot.whole_days and version != 1:
        exact["wholeDays"] = True
    if not ZONE_FORM.match(slot.time_zone):
        exact["timeZone"] = slot.time_zone
    return {**exact, **({"sessions": sessions} if sessions else {})}


def _days_1(days: list[ScheduleDay], rooms: ScheduleRooms, written: list[tuple[ScheduledSession, Raw]]) -> list[Plain]:
    by_day: list[dict[str, list[Raw]]] = [{} for _ in days]
    order = {guid: number for number, guid in enumerate(rooms.by_guid)}
    for entry, session in sorted(written, key=lambda each: (order[each[0].room.guid], each[0].session.slot.starts_at)):
        by_day[day_index(days, entry.session.slot)].setdefault(entry.room.name, []).append(session)
    return [{**_day(number, day, "day_"), "rooms": by_day[number - 1]} for number, day in enumerate(days, 1)]


def _day(number: int, day: ScheduleDay, prefix: str) -> Plain:
    bounds = {f"{prefix}start": moment_text(day.start), f"{prefix}end": moment_text(day.end)}
    return {"index": number, "date": str(day.date), **bounds}


def _revision(event: Event) -> str:
    return str(event.sequence) if event.updated is None else f"{event.sequence} ({event.updated:%Y-%m-%dT%H:%M:%SZ})"
