"""VCALENDAR: the calendar around VEVENTs, of feeds and messages alike, and that of a feed with all its VEVENTs."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import chain
from typing import Final

from wtisd_model.findings import ExportError
from wtisd_model.ical.alarms import alarms
from wtisd_model.ical.component import Component
from wtisd_model.ical.deadlines import DeadlineForm, deadlines
from wtisd_model.ical.names import PRODUCT_NAME
from wtisd_model.ical.property import Property
from wtisd_model.ical.times import zone_needed
from wtisd_model.ical.timezones import vtimezone
from wtisd_model.ical.values import encode_duration, encode_text, encode_uri
from wtisd_model.ical.vevent import EntryContext, ExportedEntry, calendar_entry
from wtisd_model.model.event import Event, announced_sessions, repeated_uids, session_status
from wtisd_model.model.session import EventStatus
from wtisd_model.types.timeslot import TimeSlot

_PRODUCT_AND_VERSION: Final = (Property("PRODID", encode_text(PRODUCT_NAME)), Property("VERSION", encode_text("2.0")))


def vcalendar(
    properties: Iterable[Property], vevents: Sequence[Component] = (), *, slots: Iterable[TimeSlot], utc: bool
) -> Component:
    """Return a VCALENDAR with *properties*, a VTIMEZONE for each zone that the times in it name, and *vevents*.

    Args:
        properties: those that follow PRODID and VERSION.
        vevents: its events.
        slots: all times in it.
        utc: whether they are written in UTC.

    Raises:
        ExportError: ``zone-rules-missing`` or ``zone-rules-unreadable``.

    Source: RFC 5545 sections 3.2.19 and 3.4.
    """
    named: dict[str, list[TimeSlot]] = {}
    for slot in slots:
        zone = zone_needed(slot, utc=utc)
        if zone is not None:
            named.setdefault(zone, []).append(slot)
    zones = [
        vtimezone(
            zone, first=min(slot.starts_at for slot in named[zone]), last=max(slot.ends_at for slot in named[zone])
        )
        for zone in sorted(named)
    ]
    return Component("VCALENDAR", [*_PRODUCT_AND_VERSION, *properties], [*zones, *vevents])


def feed(
    event: Event,
    context: EntryContext,
    reminders: Sequence[timedelta],
    refresh: timedelta | None,
    form: DeadlineForm | None,
) -> tuple[Component, Iterator[Component]]:
    """Return the VCALENDAR of a feed without its entries, and an iterator that makes these one by one.

    Raises:
        ExportError: ``uid-repeated``; ``zone-rules-missing`` or ``zone-rules-unreadable``.
    """
    for found in repeated_uids(event):  # of two components with one UID a calendar keeps one (RFC 5545 3.8.4.7)
        raise ExportError(found)
    slots = [context.slot, *(session.slot for session in announced_sessions(event))]
    whole = vcalendar(_header(event, context, refresh), slots=slots, utc=context.utc)
    tasks = () if form is None else deadlines(event, context, form)
    return whole, chain(_vevents(event, context, reminders), tasks)


def _header(event: Event, context: EntryContext, refresh: timedelta | None) -> Iterator[Property]:
    title, tag = event.title.in_language(context.language)
    # RFC 7986 section 5, and what calendar programs read instead.
    yield Property("NAME", encode_text(title), {"LANGUAGE": (tag,)})
    yield Property("X-WR-CALNAME", encode_text(title))
    if event.url is not None:
        yield Property("URL", encode_uri(event.url))
    yield from _color(event)
    if refresh is not None:
        # "REFRESH-INTERVAL ... VALUE ... no default" (RFC 7986 section 5.7)
        yield Property("REFRESH-INTERVAL", encode_duration(refresh), {"VALUE": ("DURATION",)})
        yield Property("X-PUBLISHED-TTL", encode_duration(refresh))


def _vevents(event: Event, context: EntryContext, reminders: Sequence[timedelta]) -> Iterator[Component]:
    def vevent(entry: ExportedEntry, status: EventStatus) -> Component:
        reminding = alarms(reminders, entry.title) if status is EventStatus.SCHEDULED else ()
        return Component("VEVENT", [*entry.properties, *color], [*reminding, *entry.components])

    color, sessions = _color(event), announced_sessions(event)
    yield vevent(calendar_entry(event, None, context, status=event.status, transparent=bool(sessions)), event.status)
    for session in sessions:
        status = session_status(event, session)
        yield vevent(calendar_entry(event, session, context, status=status), status)


def _color(event: Event) -> list[Property]:
    return [] if event.color is None else [Property("COLOR", encode_text(event.color))]
