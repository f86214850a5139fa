"""The calls with a deadline as components of a feed: tasks, or entries of a whole day for programs without tasks."""

from collections.abc import Iterator
from datetime import timedelta
from enum import StrEnum

from wtisd_model.ical.component import Component
from wtisd_model.ical.participation import call_in_words
from wtisd_model.ical.property import Property
from wtisd_model.ical.times import day_properties
from wtisd_model.ical.values import (
    encode_date_time_utc,
    encode_integer,
    encode_keyword,
    encode_text,
    encode_uri,
    text_property,
)
from wtisd_model.ical.vevent import TRANSPARENT, EntryContext
from wtisd_model.model.call import Call
from wtisd_model.model.event import Event
from wtisd_model.model.session import EventStatus
from wtisd_model.types.deadline import Deadline
from wtisd_model.types.timezone import at_zone, to_utc
from wtisd_model.types.uid import name_based_uid


class DeadlineForm(StrEnum):
    """How a feed shows the deadlines of calls."""

    ENTRY = "entry"
    """A VEVENT of the last day, which takes nobody's time; every program shows it."""
    TASK = "task"
    """A VTODO that is due when the last day ends; many programs, such as Google Calendar, show none."""


def deadlines(event: Event, context: EntryContext, form: DeadlineForm) -> Iterator[Component]:
    """Yield a component for each call with a deadline, always with the same uid: a deadline that moves stays the same.

    It has the event's SEQUENCE, which never falls; of two versions with the same one the later DTSTAMP counts.

    Source: RFC 5545 sections 3.6.1 and 3.6.2.
    """
    for call in event.calls:
        if call.deadline is not None:
            if form is DeadlineForm.TASK:
                yield Component("VTODO", [*_properties(event, call, context), *_task(event, call, call.deadline)])
            else:
                yield Component("VEVENT", [*_properties(event, call, context), *_entry(event, call.deadline)])


def _properties(event: Event, call: Call, context: EntryContext) -> Iterator[Property]:
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
