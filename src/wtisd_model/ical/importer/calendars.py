"""Importing all calendars of a file."""

from collections.abc import Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from attrs import evolve

from wtisd_model.codes import Code
from wtisd_model.findings import FindingCollector
from wtisd_model.ical.component import Component
from wtisd_model.ical.context import ImportContext
from wtisd_model.ical.foreign_timezones import CalendarZones, zone_of_tzid
from wtisd_model.ical.importer.entry import ImportedEntry, read_color, read_entry
from wtisd_model.ical.importer.events import build_events, latest_by_uid
from wtisd_model.ical.importer.expansion import ExpansionBudget, expand_series
from wtisd_model.ical.importer.omissions import is_deadline, note_omissions
from wtisd_model.ical.method import common_method
from wtisd_model.ical.names import PRODUCT_NAME
from wtisd_model.ical.parser import CalendarLimits
from wtisd_model.ical.values import decode_text
from wtisd_model.model.event import Event
from wtisd_model.reading.imported import Attendee, Imported
from wtisd_model.reading.notes import Notes
from wtisd_model.reading.reader_checks import require_defaults, require_events
from wtisd_model.reading.series import require_window
from wtisd_model.types.location import Location
from wtisd_model.types.method import Method


def import_calendars(
    parse: Callable[[FindingCollector], Sequence[Component]],
    *,
    zone: str | ZoneInfo | None,
    language: str,
    place: Location | None,
    expand: tuple[datetime, datetime] | None,
    limits: CalendarLimits,
) -> Imported:
    """Return the events of the calendars that *parse* returns; see `from_ical`.

    They are parsed after the other arguments are checked, and what is wrong with them is added to the findings.
    """
    name = require_defaults(zone, language, place)
    expansion = None if expand is None else ExpansionBudget(require_window(expand), limits)
    findings = Notes()
    calendars = [each.without_empty() for each in parse(findings)]
    method = common_method(calendars)
    entries: list[ImportedEntry] = []
    for calendar in calendars:
        product = calendar.get("PRODID")
        context = ImportContext(
            zones=CalendarZones(calendar, zone=name),
            findings=findings,
            language=language,
            place=place,
            expands=expansion is not None,
            derives_uids=method in {None, Method.PUBLISH},
            is_ours=product is not None and decode_text(product.value) == PRODUCT_NAME,
        )
        color, stated, default = [context.single(calendar, name) for name in ("COLOR", "METHOD", "X-WR-TIMEZONE")]
        if color is not None:
            context = evolve(context, color=read_color(color, context))
        if default is not None and zone_of_tzid(default.value) is None:
            context.drop(default)
        if stated is not None and method is Method.ADD:
            # "Add one or more new instances to an existing recurring VEVENT" (RFC 5546 section 3.2.4)
            context.note(Code.RECURRENCE_DROPPED, stated, property=stated.name)
        note_omissions(calendar, context)
        for each in context.zones.repeated:
            context.note(Code.COMPONENT_DROPPED, each, component=each.name)
        vevents = [each.without_empty() for each in calendar.all_components("VEVENT") if not is_deadline(each, context)]
        read = [(vevent, entry) for vevent in vevents if (entry := read_entry(vevent, context)) is not None]
        entries += [entry for _, entry in read] if expansion is None else expand_series(read, expansion, context)
    kept = latest_by_uid(entries)
    invited = {each.uid: each.attendees for each in kept}
    events: list[Event] = []
    attendees: list[Attendee] = []
    for event in build_events(kept):
        events.append(event)
        for uid in (event.uid, *[each.export_uid(event.uid) for each in event.sessions]):
            attendees += invited[uid]
    require_events(events, findings.kept, may_be_empty=expansion is not None and expansion.is_used)
    return Imported(
        method=method,
        events=tuple(events),
        attendees=tuple(attendees),
        findings=tuple(findings.kept),
        omitted=findings.omitted,
    )
