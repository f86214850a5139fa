"""A JSCalendar document: an Event, or a Group of them."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final, cast
from zoneinfo import ZoneInfo

from wtisd_model.codes import Code, Severity
from wtisd_model.findings import InvalidValueError, MessageError, finding, pointer
from wtisd_model.formats.foreign import Notes, read_foreign
from wtisd_model.formats.imported import Attendee, Imported
from wtisd_model.formats.method import Method
from wtisd_model.formats.window import require_window
from wtisd_model.jscalendar.importer.context import JSCalendarContext, as_object, note_member, source_of
from wtisd_model.jscalendar.importer.entry import JSCalendarEntry, read_entry
from wtisd_model.jscalendar.importer.events import build_events
from wtisd_model.jscalendar.importer.expansion import SeriesExpander, first_occurrence, one_of_each
from wtisd_model.jscalendar.names import FIELDS, Object, Version
from wtisd_model.json.json_types import Payload
from wtisd_model.json.limits import Limits
from wtisd_model.model.event import Event
from wtisd_model.types.arguments import require_valid
from wtisd_model.types.language import LANGUAGE
from wtisd_model.types.location import Location
from wtisd_model.types.timezone import require_zone

_READ_IN_GROUPS: Final = frozenset(
    {
        *("@type", "version", "uid", "prodId", "created", "updated", "title", "locale", "color", "entries", "source"),
        FIELDS,
    }
)
"""What is read, and what says nothing about the events: the name of the calendar, and where it came from."""


def import_document(
    data: Payload,
    *,
    zone: str | ZoneInfo | None,
    language: str,
    place: Location | None,
    expand: tuple[datetime, datetime] | None,
    limits: Limits | None,
) -> Imported:
    """Return the events of a document; see `from_jscalendar`."""
    name = None if zone is None else require_zone(zone)
    require_valid(language, LANGUAGE, "/language")
    if not isinstance(cast("object", place), Location | None):
        raise InvalidValueError(finding(Code.WRONG_TYPE, "/place", expected="instance:Location"))
    expansion = None if expand is None else SeriesExpander(require_window(expand))
    document = _document(read_foreign(data, limits))
    context = JSCalendarContext(notes=Notes(), version=_version(document), zone=name, language=language, place=place)
    objects = list(_objects(document, context))
    if expansion is None:
        found = (first_occurrence(source_of(each, path, context)) for each, path in one_of_each(objects, context))
        entries = [entry for each in found if (entry := read_entry(each)) is not None]
    else:
        entries = expansion.entries(objects, context)
    events = tuple(build_events(entries))
    notes = context.notes
    errors = [each for each in notes.findings if each.severity is Severity.ERROR]
    if not events and (errors or expansion is None or not expansion.is_used):
        raise MessageError(*(errors or [finding(Code.EVENT_MISSING)]))
    return Imported(
        method=_method(document),
        events=events,
        attendees=tuple(_attendees(events, entries)),
        findings=notes.findings,
        omitted=notes.omitted,
    )


def _document(plain: object) -> Object:
    if not isinstance(plain, dict):
        raise MessageError(finding(Code.WRONG_TYPE, expected="object"))
    return cast("Object", plain)


def _version(document: Object) -> Version:
    """Return the version of a document; in version 1.0 it need not say so.

    "A new minor version MUST NOT require implementations to change their processing of JSCalendar data."
    """
    stated = document.get("version", "1.0")
    match = re.fullmatch(r"([12])\.[0-9]+", stated) if isinstance(stated, str) else None
    if match is None:
        raise MessageError(finding(Code.VALUE_UNKNOWN, "/version", choices="1.0, 2.0"))
    return "1.0" if match[1] == "1" else "2.0"


def _objects(document: Object, context: JSCalendarContext) -> Iterator[tuple[Object, str]]:
    """Yield the Events of a document, each with its path."""
    if document.get("@type") == "Event":
        yield document, ""
        return
    if document.get("@type") != "Group":
        raise MessageError(finding(Code.VALUE_UNKNOWN, "/@type", choices="Event, Group"))
    notes, entries = context.notes, document.get("entries")
    for key in sorted(document.keys() - _READ_IN_GROUPS):
        note_member(notes, "", key)
    if not isinstance(entries, list):
        raise MessageError(finding(Code.WRONG_TYPE, "/entries", expected="list"))
    for index, each in enumerate(cast("list[object]", entries)):
        path = pointer("entries", index)
        entry = as_object(each)
        if entry.get("@type") == "Event":
            yield ({"color": document["color"], **entry} if "color" in document else entry), path
        elif entry.get("@type") == "Task":
            notes.note_once(Code.COMPONENT_DROPPED, path, component="Task")
        else:
            notes.note(Code.VALUE_DROPPED, path, reason=Code.VALUE_UNKNOWN)


def _method(document: Object) -> Method | None:
    """Return the method of a message, in lower case here (RFC 5546)."""
    stated = document.get("method")
    if stated is None:
        return None
    method = next((each for each in Method if isinstance(stated, str) and each == stated.upper()), None)
    if method is None:
        raise MessageError(finding(Code.METHOD_UNKNOWN, "/method", choices=", ".join(Method)))
    return method


def _attendees(events: Sequence[Event], entries: Sequence[JSCalendarEntry]) -> Iterator[Attendee]:
    """Yield the people who are invited to the events and their sessions."""
    invited = {each.uid: each.attendees for each in entries}
    for event in events:
        for uid in (event.uid, *(each.export_uid(event.uid) for each in event.sessions)):
            yield from invited[uid]
