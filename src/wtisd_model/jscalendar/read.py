"""Reading JSCalendar documents: `from_jscalendar`.

Each Event becomes a `CalendarEntry`: how a member says a value is answered here, and what becomes of it in
`wtisd_model.reading`.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache, partial
from operator import is_
from typing import Final
from zoneinfo import ZoneInfo

from attrs import evolve

from wtisd_model.codes import Code
from wtisd_model.errors import MessageError
from wtisd_model.findings import finding, pointer
from wtisd_model.jscalendar.event_source import (
    JSCalendarContext,
    JSCalendarEvent,
    note_unread,
    read_links,
    read_locations,
    read_participants,
    read_virtual_locations,
    source_of,
)
from wtisd_model.jscalendar.parts import (
    FIELDS,
    IMPLIED,
    LOCALIZATIONS,
    SEQUENCES,
    STATUSES,
    Version,
    description,
    keys_without_property,
)
from wtisd_model.jscalendar.read_times import RULES, EventRecurrence, first_occurrence, moved_into_range, read_slot
from wtisd_model.json.json_types import Payload
from wtisd_model.json.limits import Limits
from wtisd_model.model.event import Event
from wtisd_model.model.reply import Method
from wtisd_model.model.session import EventStatus, Session, is_exported_uid
from wtisd_model.programme.languages import ProgrammeLanguages
from wtisd_model.reading.build_events import Built, as_imported, build_events, latest_by_uid
from wtisd_model.reading.calendar_entry import MOST_WORDS, CalendarEntry, derived_uid
from wtisd_model.reading.defaults import Defaults
from wtisd_model.reading.expansion import MOST_OCCURRENCES, OCCURRENCES, SeriesExpander
from wtisd_model.reading.foreign_value import ForeignValue, read_foreign
from wtisd_model.reading.imported import Imported
from wtisd_model.reading.make import make
from wtisd_model.reading.notes import UNTITLED, At, Notes
from wtisd_model.types.arguments import require_valid
from wtisd_model.types.extensions import EXTENSION_KEY
from wtisd_model.types.language import LocalizedText, language_tag
from wtisd_model.types.location import Location
from wtisd_model.types.number import SEQUENCE
from wtisd_model.types.recurrence import MOST_STEPS
from wtisd_model.types.text import IDENTIFIER, LINE

_USUAL_LIMITS: Final = Limits(bytes=16_000_000, values=800_000)
"""Twice those of an Event: each session repeats what a calendar program shows of its event."""

_READ_IN_GROUPS: Final = frozenset(
    {
        *("@type", "version", "uid", "prodId", "created", "updated", "title", "locale", "color", "entries", "source"),
        FIELDS,
    }
)
"""What is read, and what says nothing about the events: the name of the calendar, and where it came from."""

_READ: Final = frozenset(
    {
        *("@type", "version", "uid", "prodId", "created", "updated", "sequence", "relatedTo", "title", "description"),
        *("locale", "localizations", LOCALIZATIONS, "start", "timeZone", "endTimeZone", "duration", "timeZones"),
        *("showWithoutTime", "status", "locations", "mainLocationId", "virtualLocations", "links", "keywords", "color"),
        *("participants", "organizerCalendarAddress", "replyTo", "recurrenceId", "recurrenceIdTimeZone", "method"),
        *(*RULES, "freeBusyStatus", FIELDS),
    }
)
_DEFAULTS: Final = {"descriptionContentType": "text/plain", "privacy": "public"}


def from_jscalendar(
    source: Payload,
    *,
    zone: str | ZoneInfo | None = None,
    language: str = "und",
    place: Location | None = None,
    expand: tuple[datetime, datetime] | None = None,
    limits: Limits = _USUAL_LIMITS,
    occurrences: int = MOST_OCCURRENCES,
) -> Imported:
    """Return the events of a JSCalendar document, as far as the model can hold them.

    The document is an Event, or a Group of Events and Tasks; Tasks are left out. An Event of a Group that names another
    one as its parent (``relatedTo``) becomes a session of it. Properties of versions 1.0 and 2.0 are read alike. Data
    of other programs whose names begin with a domain are kept in ``extensions``; the findings name all else that was
    left out, changed or inferred, by JSON Pointers into the document. What `to_jscalendar` wrote is read back, but for
    history, provenance and ``retention_days``.

    Args:
        source: UTF-8 bytes, a string, or a mapping.
        zone: the zone of times that have none ("floating") or one that is not known, and of whole days: its IANA name,
            ``Europe/Zurich``, or a ZoneInfo.
        language: the language of texts without ``locale``; by default ``und``, undetermined.
        place: where the rooms are that locations name: JSCalendar has neither a town nor a country.
        expand: the window in which the occurrences of recurring events are read, each as an event or a session of its
            own: two aware moments, the second not included. Without it, only the first occurrence is read.
        limits: how much the document may hold; by default twice as much as an Event, 16,000,000 bytes.
        occurrences: how many occurrences all recurring events together may have: 1 to 100,000.

    Raises:
        PayloadError: *source* is not JSON, or exceeds the limits.
        MessageError: no event can be read: ``wrong-type`` or ``value-unknown`` for another document or version,
            ``method-unknown``, ``event-missing``; or all errors of its events.
        InvalidValueError: ``zone-unknown``, ``language-unknown`` or ``wrong-type`` for an argument; ``moment-naive``,
            ``moment-unreadable`` or ``slot-ends-before-start`` for *expand*; ``number-out-of-range`` for *occurrences*.
        TypeError: *source* is of another type, or *limits* are not Limits.

    Source: draft-ietf-calext-jscalendarbis-18; RFC 8984.
    """
    defaults = Defaults(zone, language, place)
    require_valid(occurrences, OCCURRENCES, "/occurrences")
    expander = None
    if expand is not None:
        expander = SeriesExpander(expand, occurrences=occurrences, more_steps=2 * MOST_STEPS)
    notes = Notes()
    document = ForeignValue(read_foreign(source, limits), "", notes)
    if not isinstance(document.value, dict):
        raise MessageError(finding(Code.WRONG_TYPE, expected="object"))
    version, method = _version(document["version"]), _method(document["method"])
    context = JSCalendarContext(
        version=version,
        defaults=defaults,
        expands=expander is not None,
        derives_uids=method in {None, Method.PUBLISH},
    )
    read = [entry for value in _objects(document) if (entry := _entry(source_of(value, context))) is not None]
    entries = latest_by_uid(read if expander is None else expander.expand(read))
    events = [_completed(built) for built in build_events(entries)]
    return as_imported(events, notes, method, may_be_empty=expander is not None and expander.is_used)


def _version(stated: ForeignValue) -> Version:
    """Return the version of a document; in version 1.0 it need not say so.

    "A new minor version MUST NOT require implementations to change their processing of JSCalendar data."
    """
    match = re.fullmatch(r"([12])\.[0-9]+", "1.0" if stated.value is None else stated.string or "")
    if match is None:
        raise MessageError(finding(Code.VALUE_UNKNOWN, stated.path, choices="1.0, 2.0"))
    return "1.0" if match[1] == "1" else "2.0"


def _objects(document: ForeignValue) -> Iterator[ForeignValue]:
    """Yield the Events of a document."""
    kind, entries, color = document["@type"], document["entries"], document["color"].value
    if kind.value == "Event":
        yield document
        return
    if kind.value != "Group":
        raise MessageError(finding(Code.VALUE_UNKNOWN, kind.path, choices="Event, Group"))
    document.note_others(_READ_IN_GROUPS)
    if not isinstance(entries.value, list):
        raise MessageError(finding(Code.WRONG_TYPE, entries.path, expected="list"))
    for index, entry in enumerate(entries.items()):
        entries.array[index] = None  # so that an Event goes once it is read, unless its entry keeps it
        match entry["@type"].value:
            case "Event":
                entry.value = entry.members if color is None else {"color": color, **entry.members}
                yield entry
            case "Task":
                entry.notes.note_once(Code.COMPONENT_DROPPED, entry.path, component="Task")
            case _:
                entry.drop(Code.VALUE_UNKNOWN)


def _method(stated: ForeignValue) -> Method | None:
    """Return the method of a message, in lower case here (RFC 5546)."""
    if stated.value is None:
        return None
    method = next((known for known in Method if known == (stated.string or "").upper()), None)
    if method is None:
        raise MessageError(finding(Code.METHOD_UNKNOWN, stated.path, choices=", ".join(Method)))
    return method


def _entry(source: JSCalendarEvent) -> CalendarEntry | None:
    """Return an Event, or its first occurrence, as an entry; None with an error among the findings."""
    source = moved_into_range(source) if source.context.expands else first_occurrence(source)
    value, members, fields, notes, path = source.value, source.members, source.fields, source.notes, source.path
    uid, slot = _uid(source), read_slot(source)
    if uid is None or slot is None:
        return None
    others = {key: member for key, member in members.items() if key not in _READ}
    extensions = {key: member for key, member in others.items() if EXTENSION_KEY.check(key, suggest=False) is None}
    note_unread(value, _READ | extensions.keys(), _DEFAULTS)
    title = source.localized(value["title"], LINE, "title")
    if title is None:
        notes.note(Code.TITLE_MISSING, path)
    own = next((status for status in STATUSES if status == fields.members.get("status")), None)
    stated = _status(source)
    updated, created = _moment(source, "updated"), _moment(source, "created")
    links, people = read_links(source), read_participants(source, uid)
    occurrence = members.get("recurrenceId")
    entry = CalendarEntry(
        notes=notes,
        path=path,
        source=source if "freeBusyStatus" in members or source.has_own_description else None,
        uid=uid,
        parent=_parent(source),
        occurrence=None if occurrence is None else At(str(occurrence), f"{path}/recurrenceId"),
        occurrence_property="recurrenceId",
        begins=str(members.get("start")),
        recurrence=EventRecurrence(source, slot, _entry) if source.context.expands else None,
        sequence=_sequence(source),
        revised=value["updated"].string or "",
        slot=slot,
        slot_path=f"{path}/start",
        status=own if own is not None and stated == STATUSES[own] else IMPLIED.get(stated, EventStatus.SCHEDULED),
        status_path=f"{path}/status",
        written_status=next(status for status, word in STATUSES.items() if word == stated),
        own_status=own,
        moments=tuple(filter(None, (updated, created))),
        created=created,
        updated=updated,
        title=title or UNTITLED,
        description=fields["description"].value if source.has_own_description else source.written_description,
        locations=tuple(read_locations(source, slot.time_zone)),
        virtual_locations=tuple(read_virtual_locations(source)),
        names_place=bool(members.get("locations")),
        url=links.url,
        image=links.image,
        documents=tuple(links.documents),
        keywords=_keywords(source),
        color=_color(value["color"]),
        organizer=people.organizer,
        people=tuple(people.persons),
        attendees=tuple(people.attendees),
        extensions={key: ForeignValue(member, path + pointer(key), notes).json() for key, member in extensions.items()},
        fields=_fields(source),
        own=frozenset(key for key in fields["own"].array if isinstance(key, str)),
        guesses=FIELDS not in members,
    )
    if not source.read.union({"description"}).issuperset(source.translations):  # of what is not read
        value["localizations"].unsupported("localizations")
    return entry


def _fields(source: JSCalendarEvent) -> dict[str, At]:
    """Return the members of ``wtisd-model:fields`` that no property could hold."""
    own = source.fields.members
    id_ = own.get("id")
    keys = _known_fields() if isinstance(id_, str) and IDENTIFIER.check(id_) is None else _known_fields() - {"id"}
    return {key: At(value, source.path + pointer(FIELDS, key)) for key, value in own.items() if key in keys}


@cache
def _known_fields() -> frozenset[str]:
    return frozenset({*keys_without_property(Event), *keys_without_property(Session), *SEQUENCES, "id"})


def _uid(source: JSCalendarEvent) -> str | None:
    """Return the uid or, in a schedule without it, a derived one; None with an error among the findings."""
    uid, notes = source.value["uid"].string, source.notes
    if uid is None and "uid" not in source.members:
        if source.context.derives_uids:
            identity = ("start", "timeZone", "duration", "title", "locations")
            content = {key: source.members.get(key) for key in identity}
            return derived_uid("Event", content, notes, source.path)
        notes.note(Code.KEY_MISSING, f"{source.path}/uid")
    elif uid is not None and is_exported_uid(uid):
        return uid
    else:
        notes.note(Code.UID_MALFORMED, f"{source.path}/uid")
    return None


def _moment(source: JSCalendarEvent, key: str) -> At | None:
    """Return ``created`` or ``updated``, with a fraction of a second if this package wrote it."""
    stated, exact = source.value[key], source.fields.members.get(key)
    if stated.string and isinstance(exact, str) and exact.startswith(stated.string.removesuffix("Z")):
        return At(exact, stated.path)
    return None if stated.value is None else stated.at


def _parent(source: JSCalendarEvent) -> At | None:
    """Return the first event that this is a part of; other relations are left out.

    Version 2.0: "The empty Object value represents a "parent" relation".
    """
    parent: At | None = None
    relations = source.value["relatedTo"].object()
    for uid in relations.members:
        kinds = relations.member(uid)["relation"].members
        if parent is None and ("parent" in kinds or (not kinds and source.context.version == "2.0")):
            parent = At(uid, relations.path)
        else:
            relations.unsupported("relatedTo")
    return parent


def _status(source: JSCalendarEvent) -> str:
    stated = source.value["status"]
    if stated.name in STATUSES.values() and (stated.name in IMPLIED or "status" in source.fields.members):
        return stated.name
    if stated.value is not None:
        stated.drop(Code.VALUE_UNKNOWN)
    return "confirmed"


def _sequence(source: JSCalendarEvent) -> int:
    stated = source.value["sequence"]
    if stated.value is None or SEQUENCE.check(stated.value) is None:
        return stated.value or 0
    stated.drop(Code.NUMBER_OUT_OF_RANGE)
    return 0


def _color(source: ForeignValue) -> At | None:
    if source.value is None:
        return None
    return source.at if source.string is None else At(source.string.lower(), source.path)


def _keywords(source: JSCalendarEvent) -> tuple[At, ...]:
    """Return the keywords: as many as an event and a track can hold, and one more if there are more."""
    keywords: dict[str, At] = {}
    words = source.value["keywords"].object()
    for word in words.members:
        text = words.notes.text(word, LINE, words.path)
        if text is not None:
            keywords[text.value] = text
        if len(keywords) == MOST_WORDS:
            break
    return tuple(keywords.values())


def _completed(built: Built) -> Built:
    """Return an event with the descriptions that another program has written since, in place of its own ones."""
    event, whole, parts = built
    sources: list[JSCalendarEvent] = [entry.source for entry in (whole, *parts) if entry.source is not None]
    for source in sources:
        stated = source.value["freeBusyStatus"]
        implied = "free" if parts and source is whole.source else "busy"  # as follows from the sessions
        if stated.value not in (None, "busy", implied):
            stated.unsupported("freeBusyStatus")
    if not any(source.has_own_description for source in sources):
        return built
    languages = ProgrammeLanguages(event)
    described = partial(_description, event, languages)
    written = [(session, described(session, part)) for session, part in zip(event.sessions, parts, strict=False)]
    sessions = tuple(
        session if own is session.description else evolve(session, description=own) for session, own in written
    )
    own = described(None, whole)
    is_same = own is event.description and all(map(is_, sessions, event.sessions))
    return built if is_same else built._replace(event=evolve(event, sessions=sessions, description=own))


def _description(
    event: Event, languages: ProgrammeLanguages, session: Session | None, entry: CalendarEntry
) -> LocalizedText | None:
    source: JSCalendarEvent | None = entry.source
    own = (session or event).description
    if source is None or not source.has_own_description:
        return own
    words = language_tag(source.fields.members.get("words"))
    if source.members.get("description", "") == description(event, session, languages, words):
        return own
    draft = source.written_description
    return None if draft is None else make(LocalizedText, draft, source.notes)
