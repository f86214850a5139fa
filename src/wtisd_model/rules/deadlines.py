"""Times derived from an event: when its calls are open, its first and last day, and the time to purge personal data."""

from datetime import datetime, timedelta

from wtisd_model.model.call import CallKind
from wtisd_model.model.event import Event
from wtisd_model.model.session import EventStatus
from wtisd_model.types.timezone import end_of_day, start_of_day, to_utc

CallWindow = tuple[datetime | None, datetime | None]
"""When a call opens, and the first moment that is too late for it, in UTC; None means no limit."""


def over_at(event: Event) -> datetime | None:
    """Return when an event is over, in UTC; None for a draft without a date and while the event is postponed."""
    if event.slot is None or event.status is EventStatus.POSTPONED:
        return None
    return event.slot.ends_at


def call_window(event: Event, kind: CallKind) -> CallWindow:
    """Return when the call of a kind opens, and the first moment that is too late for it.

    R04: without a deadline, registration closes when the event is over. Cancelling the event closes it too. A call for
    interpretation or for pledges without a deadline stays open.
    """
    call = event.call(kind)
    if call is None:
        return None, None
    closes_at = None if call.deadline is None else to_utc(call.deadline.closes_at)
    if kind is not CallKind.REGISTRATION:
        return call.opens, closes_at
    closes_at = closes_at or over_at(event)
    if event.status is EventStatus.CANCELLED:
        cancelled_at = event.history[-1].at
        closes_at = cancelled_at if closes_at is None else min(closes_at, cancelled_at)
    return call.opens, closes_at


def first_day_begins_at(event: Event) -> datetime | None:
    """Return when the first day of an event begins, local time, in UTC; None for a draft without a date."""
    if event.slot is None:
        return None
    # Where the clocks go back just after midnight, an event may begin before its day does so for good.
    return min(event.slot.starts_at, to_utc(start_of_day(event.slot.first_day, event.slot.time_zone)))


def last_day_ends_at(event: Event) -> datetime | None:
    """Return when the last day of an event ends, local time, in UTC; None as for `over_at`.

    An end at midnight belongs to the day that it ends.
    """
    if event.slot is None or over_at(event) is None:
        return None
    return to_utc(end_of_day(event.slot.last_day, event.slot.time_zone))


def purge_due_at(event: Event) -> datetime | None:
    """Return the first moment, in UTC, at which personal data may no longer be kept; None means no limit."""
    if event.slot is None or event.retention_days is None or over_at(event) is None:
        return None
    # Like a deadline, a term in days includes its last day.
    return to_utc(end_of_day(event.slot.last_day + timedelta(days=event.retention_days), event.slot.time_zone))
