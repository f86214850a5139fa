"""A foreign schedule as an event with its sessions: `from_schedule_json`."""

from collections.abc import Mapping
from typing import Any, Final, cast
from zoneinfo import ZoneInfo

from wtisd_model.codes import Code
from wtisd_model.data.colors import COLORS
from wtisd_model.data.zones import ZONES
from wtisd_model.errors import MessageError
from wtisd_model.findings import finding
from wtisd_model.json.json_types import Payload
from wtisd_model.json.limits import DEFAULT_LIMITS, Limits
from wtisd_model.model.event import Event
from wtisd_model.reading.defaults import Defaults
from wtisd_model.reading.foreign_value import ForeignValue, objects_by, read_foreign
from wtisd_model.reading.imported import Imported, require_events
from wtisd_model.reading.make import Draft, make
from wtisd_model.reading.notes import UNTITLED, At, Notes
from wtisd_model.schedule.session_reader import RoomReader, ScheduleContext, SessionReader, read_event_slot
from wtisd_model.schedule.vocabulary import META, TRACKS, derived_guid
from wtisd_model.schema.constraints import Text
from wtisd_model.schema.fields import constraint_of, most_items
from wtisd_model.types.language import language_tag
from wtisd_model.types.location import Location
from wtisd_model.types.text import LINE, LONG, WEB_ADDRESS

_READ_OF_CONFERENCE: Final = frozenset(
    {
        *{"acronym", "colors", "days", "daysCount", "defaults", "description", "end", "keywords", "languages", "logo"},
        *{"meta", "rooms", "start", "time_zone_name", "timeslot_duration", "title", "tracks", "url"},
    }
)
_SHORT_TITLE: Final = cast("Text", constraint_of(Event, "short_title"))


def from_schedule_json(
    source: Payload,
    *,
    zone: str | ZoneInfo | None = None,
    language: str = "und",
    place: Location | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Imported:
    """Return the event of a schedule.json in version 1 or 2, as far as the model can hold it.

    The files of pretalx, frab, voctosched and the hub of the CCC are read, each as its program writes it. What no field
    can hold is reported once for each member; a few texts about sessions are kept in their extensions. Of a file that
    `to_schedule_json` wrote, the same uid, ids, times, titles and descriptions are read back.

    Args:
        source: UTF-8 bytes, a string, or a mapping such as ``json.loads`` returns.
        zone: the zone of the place if the file does not name it: its IANA name, ``Europe/Zurich``, or a ZoneInfo.
        language: the language of texts whose language the file does not state; by default ``und``, undetermined.
        place: where the rooms are: a schedule states neither town nor country of a room. Without it, each
            room is a place of the event that is known by its name.
        limits: how much the file may hold; by default as much as an Event.

    Returns:
        One event, and findings whose paths are JSON Pointers into the file.

    Raises:
        PayloadError: *source* is not JSON, or exceeds *limits*.
        MessageError: no event can be read: ``key-missing`` or ``wrong-type`` where it is no schedule; ``time-floating``
            or ``zone-unknown`` without a zone; or all that is wrong with the event itself.
        InvalidValueError: an argument is not allowed: ``zone-unknown``, ``language-unknown``, ``wrong-type``.
        TypeError: *source* is of another type, or *limits* are not Limits.
    """
    default_zone = Defaults(zone, language, place).zone
    notes = Notes()
    schedule = _required(ForeignValue(read_foreign(source, limits), "", notes), "schedule")
    conference = _required(schedule, "conference")
    exact = _exact(conference)
    context = ScheduleContext(
        notes,
        _zone(conference, exact, default_zone),
        _default_language(conference, exact) or language,
        _base_url(schedule),
        place,
        None if exact is None else objects_by(exact["sessions"].value, "guid"),
    )
    event = make(Event, _event(schedule, conference, exact, context), notes)
    events = () if event is None else (event,)
    require_events(events, notes.findings)
    return Imported(events=events, findings=notes.findings, omitted=notes.omitted)


def _required(source: ForeignValue, key: str) -> ForeignValue:
    """Return the member of an object that has to be an object, or raise."""
    if not isinstance(source.value, dict):
        raise MessageError(finding(Code.WRONG_TYPE, source.path, expected="object"))
    member = source[key]
    if key not in source.members:
        raise MessageError(finding(Code.KEY_MISSING, member.path))
    if not isinstance(member.value, dict):
        raise MessageError(finding(Code.WRONG_TYPE, member.path, expected="object"))
    return member


def _exact(conference: ForeignValue) -> ForeignValue | None:
    """Return the values that `to_schedule_json` wrote besides the members of the format; None without any."""
    exact = conference["meta"][META]
    return None if exact["uid"].string is None else exact


def _zone(conference: ForeignValue, exact: ForeignValue | None, given: str | None) -> str:
    stated = conference["time_zone_name"]
    for name in (None if exact is None else exact["timeZone"].string, stated.string):
        if name in ZONES:
            return name
    if given is None:
        raise MessageError(finding(Code.TIME_FLOATING if stated.is_empty else Code.ZONE_UNKNOWN, stated.path))
    if not stated.is_empty:
        stated.drop(Code.ZONE_UNKNOWN)
    return given


def _default_language(conference: ForeignValue, exact: ForeignValue | None) -> str | None:
    languages = conference["languages"].array
    first = languages[0] if len(languages) == 1 else None
    stated = conference["defaults"].members.get("language", first)
    return language_tag(stated if exact is None else exact.members.get("language", stated))


def _base_url(schedule: ForeignValue) -> str:
    base = schedule["base_url"].string
    return "" if base is None or WEB_ADDRESS.check(base, suggest=False) is not None else base


def _event(
    schedule: ForeignValue, conference: ForeignValue, exact: ForeignValue | None, context: ScheduleContext
) -> Draft:
    """Return the event as a payload of this package."""
    schedule.note_others({"base_url", "conference", "events", "generator", "url", "version"}, "schedule")
    conference.note_others(_READ_OF_CONFERENCE, "conference")
    conference["meta"].note_others({META}, "meta")
    urls = map(context.address, (conference["url"], schedule["url"], schedule["base_url"]))
    url = next((address for address in urls if address is not None), None)
    own: Mapping[str, Any] = {} if exact is None else exact.members
    uid = own["uid"] if exact is not None else _derived_uid(schedule, conference)
    rooms = RoomReader(context)
    rooms.read(conference["rooms"])
    tracks, colored = _tracks(conference["tracks"])
    all_tracks = ForeignValue(colored, conference["tracks"].path, conference.notes)
    sessions = SessionReader(context, rooms, tracks, uid, None if url is None else url.value)
    _read_sessions(schedule, conference, sessions)
    title = context.text(conference["title"], LINE, context.language)
    if title is None:
        context.notes.note(Code.TITLE_MISSING, conference.path)
    tag = own.get("descriptionLanguage")
    languages, acronym = conference["languages"], conference["acronym"]
    words = (word.text(LINE) for word in conference["keywords"].items())
    return {
        "uid": uid,
        "title": title or UNTITLED,
        "shortTitle": acronym.text(_SHORT_TITLE) if exact is None else own.get("shortTitle"),
        "description": context.text(conference["description"], LONG, tag if isinstance(tag, str) else context.language),
        "slot": read_event_slot(conference, own, sessions.spans if exact is None else (), context),
        **rooms.of_event(),
        "floorLanguages": [tag.at for tag in languages.items()] if exact is None else own.get("floorLanguages", []),
        "keywords": context.notes.first(filter(None, words), most_items(Event, "keywords")),
        "url": url,
        "image": context.image(conference["logo"]),
        "color": _color(conference["colors"]),
        "sessions": [session.draft for session in sessions.sessions],
        "extensions": {TRACKS: all_tracks.json()} if colored else {},
    }


def _derived_uid(schedule: ForeignValue, conference: ForeignValue) -> str:
    """Return the uid of an event of others, by what stays the same when its schedule changes, and its year."""
    year = str(conference["start"].value)[:4]
    names = (schedule["base_url"].string, conference["acronym"].string, year)
    return derived_guid("conference", *(name for name in names if name is not None))


def _color(colors: ForeignValue) -> At | None:
    """Return the main colour if it is named; most files have its number, for which there is no field."""
    primary = colors.object()["primary"]
    if (primary.string or "").lower() in COLORS:
        return At(primary.value.lower(), primary.path)
    if not colors.is_empty:
        colors.notes.note(Code.MEMBER_UNSUPPORTED, colors.path, member="conference.colors")
    return None


def _tracks(source: ForeignValue) -> tuple[dict[str, str], list[Mapping[str, Any]]]:
    """Return the names of tracks by slug, and all tracks if any has more than these."""
    names: dict[str, str] = {}
    tracks: list[Mapping[str, Any]] = []
    for track in source.objects():
        name, slug = track["name"], track["slug"].string
        if name.string is not None:
            tracks.append(track.members)
            if slug is not None:
                names.setdefault(slug, name.string)
        elif name.value is not None:
            name.drop(Code.WRONG_TYPE)
    return names, tracks if any(track.keys() - {"name", "slug"} for track in tracks) else []


def _read_sessions(schedule: ForeignValue, conference: ForeignValue, sessions: SessionReader) -> None:
    """Read the sessions of either version: those in the rooms of days, and the list of events."""
    for day in conference["days"].objects():
        day.note_others({"date", "day_end", "day_start", "end", "index", "rooms", "start"}, "day")
        rooms = day["rooms"]
        if rooms.value == []:  # of a day without sessions, in voctosched and PHP
            continue
        for name in rooms.object().members:
            events = rooms.member(name)
            for event in events.items():
                sessions.read(event, sessions.rooms.named(name, events.path))
    sessions.sort()  # by day and room until now
    for event in schedule["events"].items():
        sessions.read(event)
