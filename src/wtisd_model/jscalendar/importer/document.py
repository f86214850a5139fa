"""A JSCalendar document: an Event, or a Group of them."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from wtisd_model.codes import Code
from wtisd_model.findings import MessageError, finding
from wtisd_model.jscalendar.importer.context import JSCalendarContext, source_of
from wtisd_model.jscalendar.importer.entry import JSCalendarEntry, read_entry
from wtisd_model.jscalendar.importer.events import build_events
from wtisd_model.jscalendar.importer.expansion import SeriesExpander, first_occurrence, latest_by_uid
from wtisd_model.jscalendar.names import FIELDS, Version
from wtisd_model.json.json_types import Payload
from wtisd_model.json.limits import Limits
from wtisd_model.model.event import Event
from wtisd_model.reading.foreign_value import ForeignValue, read_foreign
from wtisd_model.reading.imported import Attendee, Imported
from wtisd_model.reading.notes import Notes
from wtisd_model.reading.reader_checks import require_defaults, require_events
from wtisd_model.reading.series import require_window
from wtisd_model.types.location import Location
from wtisd_model.types.method import Method

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
    name = require_defaults(zone, language, place)
    expansion = None if expand is None else SeriesExpander(require_window(expand))
    document = ForeignValue(read_foreign(data, limits), "", Notes())
    if not isinstance(document.value, dict):
        raise MessageError(finding(Code.WRONG_TYPE, expected="object"))
    context = JSCalendarContext(version=_version(document["version"]), zone=name, language=language, place=place)
    objects = list(_objects(document))
    if expansion is None:
        found = (first_occurrence(source_of(each, context)) for each in latest_by_uid(objects))
        entries = [entry for each in found if (entry := read_entry(each)) is not None]
    else:
        entries = expansion.entries(objects, context)
    events = tuple(build_events(entries))
    findings = document.notes.findings
    require_events(events, findings, may_be_empty=expansion is not None and expansion.is_used)
    return Imported(
        method=_method(document["method"]),
        events=events,
        attendees=tuple(_attendees(events, entries)),
        findings=findings,
        omitted=document.notes.omitted,
    )


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
    for each in entries.items():
        match each["@type"].value:
            case "Event":
                each.value = each.members if color is None else {"color": color, **each.members}
                yield each
            case "Task":
                each.notes.note_once(Code.COMPONENT_DROPPED, each.path, component="Task")
            case _:
                each.drop(Code.VALUE_UNKNOWN)


def _method(stated: ForeignValue) -> Method | None:
    """Return the method of a message, in lower case here (RFC 5546)."""
    if stated.value is None:
        return None
    method = next((each for each in Method if each == (stated.string or "").upper()), None)
    if method is None:
        raise MessageError(finding(Code.METHOD_UNKNOWN, stated.path, choices=", ".join(Method)))
    return method


def _attendees(events: Sequence[Event], entries: Sequence[JSCalendarEntry]) -> Iterator[Attendee]:
    """Yield the people who are invited to the events and their sessions."""
    invited = {each.uid: each.attendees for each in entries}
    for event in events:
        for uid in (event.uid, *(each.export_uid(event.uid) for each in event.sessions)):
            yield from invited[uid]
