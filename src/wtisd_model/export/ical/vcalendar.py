"""The VCALENDAR of a feed: what it says of itself, its time zones, and a VEVENT for the event and each session."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import chain
from typing import Final

from wtisd_model.codes import Code
from wtisd_model.export.ical.alarms import alarms, checked_length, checked_reminders
from wtisd_model.export.ical.content_line import component, duration, line, parameter, text, uri
from wtisd_model.export.ical.times import zone_needed
from wtisd_model.export.ical.vevent import Shared, announced, event_lines, session_lines, session_status, shared
from wtisd_model.export.ical.vtimezone import vtimezone
from wtisd_model.findings import ExportError, InvalidValueError, finding
from wtisd_model.model.event import Event, repeated_uids
from wtisd_model.model.session import EventStatus, Session
from wtisd_model.values.language import LANGUAGE, LocalizedText
from wtisd_model.values.timeslot import TimeSlot

# Without a version, so that a release of ours changes no file (ISO 9070 formal public identifier, RFC 5545 3.7.3).
PRODUCT: Final = line("PRODID", text("-//wtisd_model//iCalendar//EN"))
VERSION: Final = line("VERSION", text("2.0"))

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
    common = shared(event, stamped=stamped, language=_checked_language(language), utc=utc)
    for found in repeated_uids(event):  # of two components with one UID a calendar keeps one (RFC 5545 3.8.4.7)
        raise ExportError(found)
    sessions = announced(event)
    slots = [common.slot, *(session.slot for session in sessions)]
    parts = _bounded(
        [_header(event, common, interval), _zones(slots, utc=utc), _vevents(event, sessions, common, before)]
    )
    return component("VCALENDAR", *parts)


def _checked_language(language: str | None) -> str | None:
    found = None if language is None else LANGUAGE.check(language)
    if found is not None:
        raise InvalidValueError(found.below("/language"))
    return language


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


def _zones(slots: Iterable[TimeSlot], *, utc: bool) -> Iterator[bytes]:
    """Write a VTIMEZONE for each zone that a TZID names (RFC 5545 section 3.2.19)."""
    named: dict[str, list[TimeSlot]] = {}
    for slot in slots:
        zone = zone_needed(slot, utc=utc)
        if zone is not None:
            named.setdefault(zone, []).append(slot)
    for zone in sorted(named):
        first = min(slot.starts_at for slot in named[zone])
        last = max(slot.ends_at for slot in named[zone])
        yield vtimezone(zone, first=first, last=last)


def _vevents(
    event: Event, sessions: Sequence[Session], common: Shared, reminders: Sequence[timedelta]
) -> Iterator[bytes]:
    lines = event_lines(event, common, transparent=bool(sessions))
    yield component("VEVENT", *lines, *_alarms(event.title, event.status, common, reminders))
    for session in sessions:
        lines = session_lines(event, session, common)
        status = session_status(event, session)
        yield component("VEVENT", *lines, *_alarms(session.title, status, common, reminders))


def _alarms(title: LocalizedText, status: EventStatus, common: Shared, reminders: Sequence[timedelta]) -> list[bytes]:
    if not reminders or status is not EventStatus.SCHEDULED:
        return []
    words, tag = title.in_language(common.language)
    return alarms(reminders, words, parameter("LANGUAGE", tag))


def _bounded(parts: Iterable[Iterable[bytes]]) -> Iterator[bytes]:
    size = len(component("VCALENDAR"))
    for each in chain.from_iterable(parts):
        size += len(each)
        if size > LARGEST:
            raise ExportError(finding(Code.FEED_TOO_LARGE, maximum=LARGEST))
        yield each
