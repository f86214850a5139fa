"""Events of Indico, from the JSON of its HTTP export API."""

from datetime import UTC, datetime
from typing import Final, cast
from zoneinfo import ZoneInfo

from attrs import frozen
from pendulum import DateTime

from wtisd_model.codes import Code
from wtisd_model.data.zones import ZONES
from wtisd_model.importers.indico_programme import INDICO, IndicoParts, IndicoProgramme, IndicoVenue, indico_uid
from wtisd_model.json.builtins import to_builtins
from wtisd_model.json.json_types import Payload
from wtisd_model.json.limits import DEFAULT_LIMITS, Limits
from wtisd_model.model.event import Event
from wtisd_model.model.session import EventStatus
from wtisd_model.reading.foreign_value import ForeignValue, read_foreign
from wtisd_model.reading.imported import Imported, require_defaults, require_events
from wtisd_model.reading.make import Draft, make
from wtisd_model.reading.notes import At, Notes
from wtisd_model.schema.constraints import compiled
from wtisd_model.schema.fields import most_items
from wtisd_model.types.language import language_tag
from wtisd_model.types.location import Location
from wtisd_model.types.people import Role
from wtisd_model.types.text import NAME
from wtisd_model.types.timezone import to_utc


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
    default_zone = require_defaults(zone, language, place)
    notes = Notes()
    whole = ForeignValue(read_foreign(source, limits), "", notes)
    days = (
        ForeignValue({}, "", notes)
        if timetable is None
        else ForeignValue(read_foreign(timetable, limits), "/timetable", notes)
    )
    known_place = None if place is None else cast("Draft", to_builtins(place))
    reader = _Reader(whole, days["results"], default_zone, known_place, language)
    drafts = map(reader.event, whole["results"].distinct_by_id())
    made = (make(Event, draft, notes) for draft in drafts if draft is not None)
    events = tuple(each for each in made if each is not None)
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
        parts = IndicoParts(self._language(source["language"]), zone, origin, self.default_zone)
        venue = IndicoVenue.of(source, self.place, parts)
        programme = IndicoProgramme(parts, venue, host).sessions(source, self.days.member(source["id"].name))
        sessions = source.first(programme, most_items(Event, "sessions"))
        created = parts.moment(source["creationDate"])
        if created is None and not source["creationDate"].is_empty:
            source["creationDate"].drop(Code.MOMENT_UNREADABLE)
        organizer, chairs = parts.line(source["organizer"], NAME), source["chairs"]
        words = source["keywords"]
        role = Role.SPEAKER if source["type"].value == "simple_event" else Role.CHAIR  # a lecture
        draft: Draft = {
            "uid": indico_uid("event", source["id"], host) or At("", source["url"].path),
            "title": parts.line(source["title"]),
            "description": parts.description(source["description"]),
            "slot": At(parts.slot(source), source.path),
            **self._status(source["label"], parts.moment(source["startDate"])),
            **venue.of_event(),
            "organizer": None if organizer is None else At({"name": organizer}, organizer.path),
            "contacts": chairs.first(parts.people(chairs, role), most_items(Event, "contacts")),
            "documents": source.first(parts.documents(source), most_items(Event, "documents")),
            "keywords": words.first((each.at for each in words.items()), most_items(Event, "keywords")),
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
        zone = next((each for each in zones if each in ZONES), self.default_zone)
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
        seconds, cancelled = self.whole["ts"].value, EventStatus.CANCELLED.value
        is_known = type(seconds) is int and 0 <= seconds < _LAST_SECOND
        at = datetime.fromtimestamp(cast("int", seconds), UTC) if is_known else start
        if at is None:  # then there is no event
            return {}
        label.notes.note_once(Code.STATUS_TIME_INFERRED, label.path, status=cancelled)
        step = {"at": at.isoformat(), "before": EventStatus.SCHEDULED.value, "after": cancelled}
        return {"status": At(cancelled, label.path), "history": [step]}


_LAST_SECOND: Final = 7_000_000_000  # in 2191
