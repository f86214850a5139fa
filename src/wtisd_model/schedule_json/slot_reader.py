"""When a session of a foreign schedule takes place."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any, Final

from pendulum import DateTime

from wtisd_model.codes import Code
from wtisd_model.data.zones import ZONES
from wtisd_model.findings import InvalidValueError
from wtisd_model.reading.foreign_value import ForeignValue
from wtisd_model.reading.make import Draft
from wtisd_model.reading.notes import At
from wtisd_model.schedule_json.context import ScheduleContext
from wtisd_model.schedule_json.times import parse_length
from wtisd_model.types.timeslot import TimeSlot
from wtisd_model.types.timezone import at_zone, end_of_day, start_of_day, to_local_time, to_utc

Span = tuple[dt.datetime, dt.datetime]
"""The start and the end of a session in UTC."""

_SECOND: Final = dt.timedelta(seconds=1)


def read_slot(
    source: ForeignValue, exact: Mapping[str, Any], context: ScheduleContext
) -> tuple[TimeSlot | Draft, Span | None]:
    """Return the slot of a session as a draft, and its time; None if its start cannot be read.

    Version 1 has the whole start in ``date`` and its time alone in ``start``; version 2 has all of it in ``start``.
    """
    date, clock = source["date"], source["start"]
    stated = clock if date.string is None else date
    start = context.moment(stated.value)
    if not isinstance(start, dt.datetime) and stated is date:
        start = context.moment(f"{date.value}T{clock.value}")
    zone = exact.get("timeZone")
    zone = zone if isinstance(zone, str) and zone in ZONES else context.zone
    if not isinstance(start, dt.datetime):
        return {"start": stated.at, "end": None, "timeZone": zone}, None
    end = _end(source, start, context)
    span = start, end
    if exact.get("wholeDays") is True:
        first, last = (str(at_zone(each, zone).date()) for each in span)
        return {"start": At(first, stated.path), "end": last, "timeZone": zone}, span
    return slot_draft(span, zone, stated.path), span


def slot_draft(span: Span, zone: str, path: str) -> TimeSlot | Draft:
    """Return the slot in the local time of *zone*, or a draft of one that has to be refused."""
    local = [at_zone(moment, zone) for moment in span]
    with suppress(InvalidValueError):
        return TimeSlot(start=local[0], end=local[1])
    draft: Draft = {"timeZone": zone}
    for key, moment in zip(("start", "end"), local, strict=True):
        wall, _, repeated = to_local_time(moment)
        draft |= {key: At(wall, path), f"{key}Repeated": None if repeated is None else repeated.value}
    return draft


def _end(source: ForeignValue, start: dt.datetime, context: ScheduleContext) -> dt.datetime:
    end = context.moment(source["end"].value)
    if isinstance(end, dt.datetime):
        return end
    if source["end"].value is not None:
        source["end"].drop(Code.TIME_UNREADABLE)
    lasts = parse_length(source["duration"].value)
    if not lasts:
        context.notes.note(Code.END_MISSING, source.path)
    return start + (lasts or _SECOND)


def read_event_slot(
    conference: ForeignValue, exact: Mapping[str, Any], sessions: Sequence[Span], context: ScheduleContext
) -> At:
    """Return the slot of the event as a draft: the days or times that the file states, and those of all sessions.

    Args:
        conference: the conference.
        exact: what this package wrote besides its members.
        sessions: the times of the sessions that take place.
        context: the context of the file.
    """
    zone, path, stated = context.zone, conference.path, {key: conference[key] for key in ("start", "end")}
    start, end = (context.moment(each.value) for each in stated.values())
    if exact.get("wholeDays") is True and isinstance(start, dt.datetime) and isinstance(end, dt.datetime):
        start, end = (at_zone(each, zone).date() for each in (start, end - _SECOND))
    begins, ends = _moment(start, start_of_day, zone), _moment(end, end_of_day, zone)
    starts = [each for each in (begins, *(first for first, _ in sessions)) if each is not None]
    finishes = [each for each in (ends, *(last for _, last in sessions)) if each is not None]
    if not starts or not finishes:
        return At({**{key: each.at for key, each in stated.items()}, "timeZone": zone}, path)
    span = min(starts), max(finishes)
    whole_days = not isinstance(start, dt.datetime), not isinstance(end, dt.datetime)
    if span != (begins, ends):
        context.notes.note(Code.EVENT_EXTENDED, path)
    elif all(whole_days):
        days = {
            key: At(str(at_zone(moment, zone).date()), each.path)
            for (key, each), moment in zip(stated.items(), span, strict=True)
        }
        return At({**days, "timeZone": zone}, path)
    elif any(whole_days):
        context.notes.note(Code.WHOLE_DAY_TIMED, path, zone=zone)
    return At(slot_draft(span, zone, path), path)


def _moment(
    stated: dt.datetime | dt.date | None, of_day: Callable[[dt.date, str], DateTime], zone: str
) -> dt.datetime | None:
    return stated if stated is None or isinstance(stated, dt.datetime) else to_utc(of_day(stated, zone))
