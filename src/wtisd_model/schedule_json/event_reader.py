"""A foreign schedule as an event with its sessions."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final, cast

from wtisd_model.codes import Code, Severity
from wtisd_model.data.colors import COLORS
from wtisd_model.data.zones import ZONES
from wtisd_model.findings import InvalidValueError, MessageError, finding, safe_pointer_token
from wtisd_model.formats.foreign import At, Notes, make, read_foreign
from wtisd_model.formats.imported import Imported
from wtisd_model.formats.texts import UNTITLED
from wtisd_model.json.json_types import Payload
from wtisd_model.json.limits import Limits
from wtisd_model.model.event import Event
from wtisd_model.schedule_json.context import Draft, ScheduleContext, as_list, as_object, is_object
from wtisd_model.schedule_json.identity import derived_guid
from wtisd_model.schedule_json.room_reader import RoomReader
from wtisd_model.schedule_json.session_reader import SessionReader
from wtisd_model.schedule_json.slot_reader import read_event_slot
from wtisd_model.schedule_json.vocabulary import META, TRACKS
from wtisd_model.schema.constraints import Text
from wtisd_model.schema.fields import constraint_of, most_items
from wtisd_model.types.arguments import require_valid
from wtisd_model.types.language import LANGUAGE, language_tag
from wtisd_model.types.location import Location
from wtisd_model.types.text import LINE, LONG, WEB_ADDRESS
from wtisd_model.types.timezone import require_zone

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_SCHEDULE: Final = "/schedule"
_CONFERENCE: Final = "/schedule/conference"
_READ_OF_SCHEDULE: Final = frozenset({"base_url", "conference", "events", "generator", "url", "version"})
_READ_OF_CONFERENCE: Final = frozenset(
    {
        *{"acronym", "colors", "days", "daysCount", "defaults", "description", "end", "keywords", "languages", "logo"},
        *{"meta", "rooms", "start", "time_zone_name", "timeslot_duration", "title", "tracks", "url"},
    }
)
_READ_OF_DAYS: Final = frozenset({"date", "day_end", "day_start", "end", "index", "rooms", "start"})
_READ_OF_TRACKS: Final = frozenset({"name", "slug"})
_MOST_KEYWORDS: Final = most_items(Event, "keywords")
_SHORT_TITLE: Final = cast("Text", constraint_of(Event, "short_title"))


def read_schedule(
    data: Payload,
    *,
    zone: "str | ZoneInfo | None",
    language: str,
    place: Location | None,
    limits: Limits | None,
) -> Imported:
    """Return the event of a schedule, as `from_schedule_json` does."""
    known_zone = None if zone is None else require_zone(zone)
    require_valid(language, LANGUAGE, "/language")
    if not isinstance(cast("object", place), Location | None):
        raise InvalidValueError(finding(Code.WRONG_TYPE, "/place", expected="instance:Location"))
    schedule = _required(read_foreign(data, limits), "schedule", "")
    conference = _required(schedule, "conference", _SCHEDULE)
    notes = Notes()
    exact = _exact(conference)
    context = ScheduleContext(
        notes,
        _zone(conference, exact, known_zone, notes),
        _default_language(conference, exact) or language,
        _base_url(schedule),
        place,
        None if exact is None else _exact_sessions(exact),
    )
    event = make(Event, _event(schedule, conference, exact, context), notes)
    if event is None:
        raise MessageError(*(each for each in notes.findings if each.severity is Severity.ERROR))
    return Imported(events=(event,), findings=notes.findings, omitted=notes.omitted)


def _required(value: object, key: str, path: str) -> Mapping[str, Any]:
    """Return the member of an object that has to be an object, or raise."""
    if not is_object(value):
        raise MessageError(finding(Code.WRONG_TYPE, path, expected="object"))
    members = as_object(value)
    if key not in members:
        raise MessageError(finding(Code.KEY_MISSING, f"{path}/{key}"))
    if not is_object(members[key]):
        raise MessageError(finding(Code.WRONG_TYPE, f"{path}/{key}", expected="object"))
    return as_object(members[key])


def _exact(conference: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return what `to_schedule_json` wrote besides the members of the format; None in the files of others."""
    exact = as_object(as_object(conference.get("meta")).get(META))
    return exact if isinstance(exact.get("uid"), str) else None


def _exact_sessions(exact: Mapping[str, Any]) -> Mapping[str, Mapping[str, Any]]:
    sessions = map(as_object, as_list(exact.get("sessions")))
    return {each["guid"]: each for each in sessions if isinstance(each.get("guid"), str)}


def _zone(conference: Mapping[str, Any], exact: Mapping[str, Any] | None, given: str | None, notes: Notes) -> str:
    path = f"{_CONFERENCE}/time_zone_name"
    stated = conference.get("time_zone_name")
    for name in ((exact or {}).get("timeZone"), stated):
        if isinstance(name, str) and name in ZONES:
            return name
    if given is None:
        raise MessageError(finding(Code.TIME_FLOATING if not stated else Code.ZONE_UNKNOWN, path))
    if stated:
        notes.note(Code.VALUE_DROPPED, path, reason=Code.ZONE_UNKNOWN)
    return given


def _default_language(conference: Mapping[str, Any], exact: Mapping[str, Any] | None) -> str | None:
    defaults, languages = as_object(conference.get("defaults")), as_list(conference.get("languages"))
    first = languages[0] if len(languages) == 1 else None
    stated = (exact or {}).get("language", defaults.get("language", first))
    return language_tag(stated) if isinstance(stated, str) else None


def _base_url(schedule: Mapping[str, Any]) -> str:
    base = schedule.get("base_url")
    return base if isinstance(base, str) and WEB_ADDRESS.check(base, suggest=False) is None else ""


def _event(
    schedule: Mapping[str, Any],
    conference: Mapping[str, Any],
    exact: Mapping[str, Any] | None,
    context: ScheduleContext,
) -> Draft:
    """Return the event as a draft of ours."""
    context.note_others(schedule, _READ_OF_SCHEDULE, _SCHEDULE, "schedule")
    context.note_others(conference, _READ_OF_CONFERENCE, _CONFERENCE, "conference")
    context.note_others(as_object(conference.get("meta")), frozenset({META}), f"{_CONFERENCE}/meta", "meta")
    pages = ((conference, f"{_CONFERENCE}/url"), (schedule, f"{_SCHEDULE}/url"), (schedule, f"{_SCHEDULE}/base_url"))
    urls = (context.address(of.get(path.rpartition("/")[2]), path) for of, path in pages)
    url = next((each for each in urls if each is not None), None)
    uid = exact["uid"] if exact is not None else _derived_uid(schedule, conference)
    rooms = RoomReader(context)
    rooms.read(conference.get("rooms"), f"{_CONFERENCE}/rooms")
    tracks, colored = _tracks(conference, context)
    sessions = SessionReader(context, rooms, tracks, uid, None if url is None else url.value)
    _read_sessions(schedule, conference, sessions, context)
    title = context.localized(
        context.texts(conference.get("title"), f"{_CONFERENCE}/title", context.language), LINE, f"{_CONFERENCE}/title"
    )
    if title is None:
        context.notes.note(Code.TITLE_MISSING, _CONFERENCE)
    tag = (exact or {}).get("descriptionLanguage")
    tag = tag if isinstance(tag, str) else context.language
    description = context.texts(conference.get("description"), f"{_CONFERENCE}/description", tag)
    return {
        "uid": uid,
        "title": title or UNTITLED,
        "shortTitle": _short_title(conference, exact, context),
        "description": context.localized(description, LONG, f"{_CONFERENCE}/description"),
        "slot": read_event_slot(conference, exact or {}, sessions.spans if exact is None else (), _CONFERENCE, context),
        **rooms.of_event(),
        "floorLanguages": _floor_languages(conference, exact, context),
        "keywords": [*_keywords(conference, context)],
        "url": url,
        "image": _image(conference, context),
        "color": _color(conference, context),
        "sessions": [each.draft for each in sessions.sessions],
        "extensions": {TRACKS: colored} if colored else {},
    }


def _derived_uid(schedule: Mapping[str, Any], conference: Mapping[str, Any]) -> str:
    """Return the uid of an event of others, by what stays the same when its schedule changes, and its year."""
    names = (schedule.get("base_url"), conference.get("acronym"), str(conference.get("start"))[:4])
    return derived_guid("conference", *(each for each in names if isinstance(each, str)))


def _short_title(conference: Mapping[str, Any], exact: Mapping[str, Any] | None, context: ScheduleContext) -> object:
    if exact is not None:
        return exact.get("shortTitle")
    return context.notes.text(conference.get("acronym"), _SHORT_TITLE, f"{_CONFERENCE}/acronym")


def _floor_languages(
    conference: Mapping[str, Any], exact: Mapping[str, Any] | None, context: ScheduleContext
) -> list[Any]:
    if exact is not None:
        stated: list[Any] = exact.get("floorLanguages", [])
        return stated
    return [At(each, path) for each, path in context.items(conference.get("languages"), f"{_CONFERENCE}/languages")]


def _keywords(conference: Mapping[str, Any], context: ScheduleContext) -> Iterator[At | None]:
    for each, path in context.items(conference.get("keywords"), f"{_CONFERENCE}/keywords", _MOST_KEYWORDS):
        yield context.notes.text(each, LINE, path)


def _image(conference: Mapping[str, Any], context: ScheduleContext) -> At | None:
    logo, path = conference.get("logo"), f"{_CONFERENCE}/logo"
    if is_object(logo):
        return context.address(as_object(logo).get("url"), f"{path}/url")
    return context.address(logo, path)


def _color(conference: Mapping[str, Any], context: ScheduleContext) -> At | None:
    """Return the main colour if it is named; most files have its number, for which there is no field."""
    colors, path = conference.get("colors"), f"{_CONFERENCE}/colors"
    primary = context.members(colors, path).get("primary")
    if isinstance(primary, str) and primary.lower() in COLORS:
        return At(primary.lower(), f"{path}/primary")
    if colors:
        context.notes.note(Code.MEMBER_UNSUPPORTED, path, member="conference.colors")
    return None


def _tracks(conference: Mapping[str, Any], context: ScheduleContext) -> tuple[dict[str, str], list[Mapping[str, Any]]]:
    """Return the names of tracks by slug, and all tracks if any has more than these."""
    names: dict[str, str] = {}
    tracks: list[Mapping[str, Any]] = []
    for each, path in context.items(conference.get("tracks"), f"{_CONFERENCE}/tracks"):
        track = context.members(each, path)
        name, slug = track.get("name"), track.get("slug")
        if isinstance(name, str):
            tracks.append(track)
            if isinstance(slug, str):
                names.setdefault(slug, name)
        elif name is not None:
            context.notes.note(Code.VALUE_DROPPED, f"{path}/name", reason=Code.WRONG_TYPE)
    return names, tracks if any(each.keys() - _READ_OF_TRACKS for each in tracks) else []


def _read_sessions(
    schedule: Mapping[str, Any], conference: Mapping[str, Any], sessions: SessionReader, context: ScheduleContext
) -> None:
    """Read the sessions of either version: those in the rooms of days, and the list of events."""
    for value, path in context.items(conference.get("days"), f"{_CONFERENCE}/days"):
        day = context.members(value, path)
        context.note_others(day, _READ_OF_DAYS, path, "day")
        if day.get("rooms") == []:  # of a day without sessions, in voctosched and PHP
            continue
        for name, events in context.members(day.get("rooms"), f"{path}/rooms").items():
            here = f"{path}/rooms{safe_pointer_token(name)}"
            for each, place in context.items(events, here):
                sessions.read(each, place, sessions.rooms.named(name, here))
    sessions.sort()  # by day and room until now
    for each, place in context.items(schedule.get("events"), f"{_SCHEDULE}/events"):
        sessions.read(each, place)
