"""VCALENDAR: the calendar around VEVENTs, of feeds and messages alike, and what else a feed has.

That is a VEVENT for the event and for each session, with reminders, and the deadlines of calls as tasks or as
entries of a whole day for programs without tasks.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import chain, islice
from typing import Final

from wtisd_model.codes import Code
from wtisd_model.findings import InvalidValueError, finding, pointer
from wtisd_model.ical.component import Component, Property
from wtisd_model.ical.names import PRODUCT_NAME
from wtisd_model.ical.serializer import serialize
from wtisd_model.ical.times import day_properties, zone_needed
from wtisd_model.ical.timezones import vtimezone
from wtisd_model.ical.values import (
    encode_date_time_utc,
    encode_duration,
    encode_integer,
    encode_keyword,
    encode_text,
    encode_uri,
    text_property,
)
from wtisd_model.ical.vevent import TRANSPARENT, EntryContext, ExportedEntry, calendar_entry, entry_context
from wtisd_model.model.call import Call
from wtisd_model.model.event import Event, announced_sessions, session_status
from wtisd_model.model.session import EventStatus, Session
from wtisd_model.programme.announced import require_size
from wtisd_model.programme.languages import ProgrammeLanguages
from wtisd_model.programme.texts import call_in_words
from wtisd_model.types.arguments import require_iterable
from wtisd_model.types.deadline import Deadline
from wtisd_model.types.duration import require_length
from wtisd_model.types.language import TaggedText
from wtisd_model.types.timeslot import TimeSlot
from wtisd_model.types.timezone import at_zone, to_utc
from wtisd_model.types.uid import name_based_uid

MOST_REMINDERS: Final = 10

_PRODUCT_AND_VERSION: Final = (Property("PRODID", encode_text(PRODUCT_NAME)), Property("VERSION", encode_text("2.0")))


class DeadlineForm(StrEnum):
    """How a feed shows the deadlines of calls."""

    ENTRY = "entry"
    """A VEVENT of the last day, which takes nobody's time; every program shows it."""
    TASK = "task"
    """A VTODO that is due when the last day ends; many programs, such as Google Calendar, show none."""


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
        ExportError: ``zone-rules-missing`` or ``zone-rules-unreadable``.
    """
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


class SingleEntries:
    """A writer of calendars with a single entry, which is equal to that of `to_ical`."""

    def __init__(
        self,
        event: Event,
        languages: ProgrammeLanguages,
        *,
        stamped: datetime | None,
        language: str,
        utc: bool,
    ) -> None:
        """Prepare what the entries share.

        Args:
            event: not a draft.
            languages: what is spoken and, if that is known, interpreted.
            stamped: the moment of the export.
            language: the language of texts, a tag in canonical form.
            utc: write all times in UTC.
        """
        self._event = event
        self._context = entry_context(event, languages, stamped=stamped, language=language, utc=utc, announces=True)
        self._octets = 0

    def calendar(self, session: Session | None) -> bytes:
        """Return the calendar of an announced session; None for the event alone."""
        event, context = self._event, self._context
        status = session_status(event, session)
        has_sessions = session is None and bool(announced_sessions(event))
        entry = calendar_entry(event, session, context, status=status, transparent=has_sessions)
        vevent = Component("VEVENT", entry.properties)
        written = serialize(vcalendar((), [vevent], slots=[entry.slot], utc=context.utc))
        self._octets += len(written)
        require_size(self._octets)
        return written


def require_reminders(reminders: Iterable[timedelta]) -> tuple[timedelta, ...]:
    """Return reminders in the order in which they show: the longest time before the start first.

    Raises:
        InvalidValueError: ``too-many-items`` for more than ten; ``item-repeated``; what `require_length` refuses.
        TypeError: *reminders* are not iterable.
    """
    given = list(islice(require_iterable(reminders, "reminders"), MOST_REMINDERS + 1))
    if len(given) > MOST_REMINDERS:
        raise InvalidValueError(finding(Code.TOO_MANY_ITEMS, "/reminders", maximum=MOST_REMINDERS))
    lengths: list[timedelta] = []
    for index, each in enumerate(given):
        path = pointer("reminders", index)
        length = require_length(each, path, shortest=0)
        if length in lengths:
            raise InvalidValueError(finding(Code.ITEM_REPEATED, path))
        lengths.append(length)
    return tuple(sorted(lengths, reverse=True))


def alarms(reminders: Iterable[timedelta], title: TaggedText) -> list[Component]:
    """Return a VALARM that shows *title* for each of *reminders*, with its three required properties.

    Source: RFC 5545 section 3.6.6, audioprop and dispprop: ACTION, DESCRIPTION and TRIGGER.
    """
    action, description = Property("ACTION", encode_keyword("DISPLAY")), text_property("DESCRIPTION", [title])
    return [
        Component("VALARM", [action, Property("TRIGGER", encode_duration(-each)), *description]) for each in reminders
    ]


def deadlines(event: Event, context: EntryContext, form: DeadlineForm) -> Iterator[Component]:
    """Yield a component for each call with a deadline, always with the same uid: a deadline that moves stays the same.

    It has the event's SEQUENCE, which never falls; of two versions with the same one the later DTSTAMP counts.

    Source: RFC 5545 sections 3.6.1 and 3.6.2.
    """
    for call in event.calls:
        if call.deadline is not None:
            if form is DeadlineForm.TASK:
                yield Component("VTODO", [*_call_properties(event, call, context), *_task(event, call, call.deadline)])
            else:
                yield Component("VEVENT", [*_call_properties(event, call, context), *_entry(event, call.deadline)])


def _call_properties(event: Event, call: Call, context: EntryContext) -> Iterator[Property]:
    words, (title, tag) = context.words, event.title.in_language(context.language)
    named = words.participation["deadline"].format_map({"call": words.participation[call.kind], "title": title})
    yield Property("UID", encode_text(name_based_uid(f"DEADLINE {call.kind} {event.uid}")))
    yield from context.revision
    yield Property("SEQUENCE", encode_integer(event.sequence))
    yield context.parent
    yield Property("X-WTISD-CALL", encode_keyword(call.kind))
    yield from text_property("SUMMARY", [(named, tag)])
    yield from text_property("DESCRIPTION", [(call_in_words(call, context.slot.time_zone, words), words.language)])
    url = call.url or event.url
    if url is not None:
        yield Property("URL", encode_uri(url))


def _entry(event: Event, deadline: Deadline) -> Iterator[Property]:
    cancelled = event.status is EventStatus.CANCELLED
    yield Property("STATUS", encode_keyword("CANCELLED" if cancelled else "CONFIRMED"))
    yield TRANSPARENT
    # Not those of a TimeSlot, which ends in an accepted year, and on days that the zone had.
    yield from day_properties(deadline.date, deadline.date + timedelta(days=1), deadline.time_zone)


def _task(event: Event, call: Call, deadline: Deadline) -> Iterator[Property]:
    cancelled = event.status is EventStatus.CANCELLED
    yield Property("STATUS", encode_keyword("CANCELLED" if cancelled else "NEEDS-ACTION"))
    # The last second of the day, so that its date is that of the deadline.
    due = to_utc(deadline.closes_at) - timedelta(seconds=1)
    if call.opens is not None and call.opens < due:  # "MUST be later in time" (RFC 5545 section 3.8.2.3)
        yield Property("DTSTART", encode_date_time_utc(call.opens))
    # The year of the place is an accepted one; in UTC it may be the next.
    yield Property("DUE", encode_date_time_utc(at_zone(due, deadline.time_zone)))
