"""The VCALENDAR of a feed: what it says of itself, its time zones, and a VEVENT for the event and each session."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import chain
from typing import Final

from wtisd_model.codes import Code
from wtisd_model.findings import ExportError, finding
from wtisd_model.ical.alarms import alarms, checked_length, checked_reminders
from wtisd_model.ical.content_line import component, duration, line, parameter, text, uri
from wtisd_model.ical.framing import PRODUCT, VERSION, time_zones
from wtisd_model.ical.vevent import Entry, Shared, announced, event_entry, session_entry, session_status, shared
from wtisd_model.model.event import Event, repeated_uids
from wtisd_model.model.session import EventStatus, Session
from wtisd_model.types.language import checked_language

LARGEST: Final = 64_000_000
"""How many octets a feed may have. Sessions repeat what their event says, and so could make gigabytes of a megabyte."""


def write(
    event: Event,
    *,
    stamped: datetime | None,
    language: str | None,
    reminders: Iterable[timedelta],
    refresh: timedelta | None,
    utc: bool,
) -> bytes:
    """Write an event as `wtisd_model.to_ical` promises."""
    interval = None if refresh is None else checked_length(refresh, "/refresh", shortest=1)
    before = checked_reminders(reminders)
    common = shared(event, stamped=stamped, language=checked_language(language), utc=utc)
    for found in repeated_uids(event):  # of two components with one UID a calendar keeps one (RFC 5545 3.8.4.7)
        raise ExportError(found)
    sessions = announced(event)
    slots = [common.slot, *(session.slot for session in sessions)]
    parts = _bounded(
        [_header(event, common, interval), time_zones(slots, utc=utc), _vevents(event, sessions, common, before)]
    )
    return component("VCALENDAR", *parts)


def _header(event: Event, common: Shared, interval: timedelta | None) -> Iterator[bytes]:
    title, tag = event.title.in_language(common.language)
    yield PRODUCT
    yield VERSION
    # RFC 7986 section 5, and what calendar programs read instead.
    yield line("NAME", text(title), parameter("LANGUAGE", tag))
    yield line("X-WR-CALNAME", text(title))
    if event.url is not None:
        yield line("URL", uri(event.url))
    if event.color is not None:
        yield line("COLOR", text(event.color))
    if interval is not None:
        # "REFRESH-INTERVAL ... VALUE ... no default" (RFC 7986 section 5.7)
        yield line("REFRESH-INTERVAL", duration(interval), parameter("VALUE", "DURATION"))
        yield line("X-PUBLISHED-TTL", duration(interval))


def _vevents(
    event: Event, sessions: Sequence[Session], common: Shared, reminders: Sequence[timedelta]
) -> Iterator[bytes]:
    color = [] if event.color is None else [line("COLOR", text(event.color))]
    entry = event_entry(event, common, status=event.status, transparent=bool(sessions))
    yield component("VEVENT", *entry.lines, *color, *_alarms(entry, event.status, reminders))
    for session in sessions:
        status = session_status(event, session)
        entry = session_entry(event, session, common, status=status)
        yield component("VEVENT", *entry.lines, *color, *_alarms(entry, status, reminders))


def _alarms(entry: Entry, status: EventStatus, reminders: Sequence[timedelta]) -> list[bytes]:
    return alarms(reminders, entry.title) if status is EventStatus.SCHEDULED else []


def _bounded(parts: Iterable[Iterable[bytes]]) -> Iterator[bytes]:
    size = len(component("VCALENDAR"))
    for each in chain.from_iterable(parts):
        size += len(each)
        if size > LARGEST:
            raise ExportError(finding(Code.FEED_TOO_LARGE, maximum=LARGEST))
        yield each
