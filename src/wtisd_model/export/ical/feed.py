"""A schedule feed: an event and its sessions in one iCalendar object, to which calendar programs subscribe."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import chain
from typing import Final, cast

from wtisd_model.codes import Code
from wtisd_model.export.ical.alarms import alarms, checked_length, checked_reminders
from wtisd_model.export.ical.content_line import component, duration, line, parameter, text, uri
from wtisd_model.export.ical.times import zone_needed
from wtisd_model.export.ical.vevent import Shared, announced, event_lines, session_lines, session_status, shared
from wtisd_model.findings import ExportError, InvalidValueError, finding, pointer
from wtisd_model.model.event import Event
from wtisd_model.model.session import EventStatus, Session
from wtisd_model.values.language import LANGUAGE, LocalizedText
from wtisd_model.values.timeslot import TimeSlot

# Without a version, so that a release of ours changes no file (ISO 9070 formal public identifier, RFC 5545 3.7.3).
PRODUCT: Final = line("PRODID", text("-//wtisd_model//iCalendar//EN"))
VERSION: Final = line("VERSION", text("2.0"))

LARGEST: Final = 64_000_000
"""How many octets a feed may have. Sessions repeat what their event says, and so could make gigabytes of a megabyte."""


def to_ical(
    event: Event,
    *,
    stamped: datetime | None = None,
    language: str | None = None,
    reminders: Iterable[timedelta] = (),
    refresh: timedelta | None = None,
    utc: bool = False,
) -> bytes:
    """Write an event as a schedule feed, the content of an ``.ics`` file.

    The event and each of its sessions become a VEVENT; drafts among the sessions are left out. There is no METHOD: it
    is a snapshot, not a message (RFC 5545 section 3.7.2). Equal input and an equal time zone database give equal bytes.

    Args:
        event: not a draft.
        stamped: the moment of this export, aware (DTSTAMP); by default when the event was last updated.
        language: whose texts to choose, a tag such as ``fr``; by default each text is in the language it was written
            in. What is not translated stays as it is.
        reminders: how long before the start a reminder shows, for what is neither cancelled nor postponed: whole
            seconds, 366 days at most, ten at most.
        refresh: how often to look for a newer version: whole seconds, from 1 second to 366 days.
        utc: write all times in UTC and no VTIMEZONE; ``X-WTISD-ZONE`` keeps the zones.

    Returns:
        UTF-8 with CRLF, at most 64,000,000 octets.

    Raises:
        ExportError: ``event-without-slot`` for a draft; ``stamp-missing`` where there is neither *stamped* nor
            ``event.updated``; ``uid-repeated``; ``feed-too-large``; ``zone-rules-missing`` or ``zone-rules-unreadable``
            for a time zone database that lacks a zone.
        InvalidValueError: an option that cannot be: ``moment-naive``, ``moment-unreadable``, ``language-unknown``,
            ``wrong-type``, ``duration-not-whole``, ``duration-out-of-range``, ``too-many-items``, ``item-repeated``.
        TypeError: *event* is no Event.

    Source: RFC 5545 section 3.6.1, RFC 7986.
    """
    if not isinstance(cast("object", event), Event):
        raise TypeError("to_ical writes an Event")
    interval = None if refresh is None else checked_length(refresh, "/refresh", shortest=1)
    before = checked_reminders(reminders)
    common = shared(event, stamped=stamped, language=_checked_language(language), utc=utc)
    _refuse_equal_uids(event)
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


def _refuse_equal_uids(event: Event) -> None:
    # Of two components with one UID a calendar keeps one (RFC 5545 section 3.8.4.7).
    seen = {event.uid}
    for index, session in enumerate(event.sessions):
        if session.status is EventStatus.DRAFT:
            continue
        uid = session.export_uid(event.uid)
        if uid in seen:
            key = "id" if session.uid is None else "uid"
            raise ExportError(finding(Code.UID_REPEATED, pointer("sessions", index, key)))
        seen.add(uid)


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
    from wtisd_model.export.ical.vtimezone import vtimezone  # 5 ms of every import, for feeds alone

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
