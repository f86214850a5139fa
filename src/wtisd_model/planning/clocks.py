"""What begins or ends at another moment since the rules for the clocks of its place have changed."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from attrs import frozen
from pendulum import DateTime

from wtisd_model.codes import Code
from wtisd_model.errors import InvalidValueError, MessageError
from wtisd_model.findings import finding, pointer
from wtisd_model.model.call import CallKind
from wtisd_model.model.dossier import Dossier, event_and_requests
from wtisd_model.model.event import Event
from wtisd_model.objects import ReprMixin
from wtisd_model.types.deadline import Deadline
from wtisd_model.types.language import LocalizedText
from wtisd_model.types.timeslot import TimeSlot
from wtisd_model.types.timezone import Repeated, day_by_clock, moment_by_clock, to_local_time, to_utc, wall_of, zone_of
from wtisd_model.types.zones import Zones

_DAY = timedelta(days=1)


@frozen(kw_only=True, repr=False)
class ClockChange(ReprMixin):
    """An event, a session or a deadline whose moment is another one by new rules; its local time stays."""

    path: str
    """JSON Pointer to its slot or deadline, from the object that was passed."""
    uid: str
    """The uid of the event or the session in calendars; for a deadline that of the event."""
    title: LocalizedText
    """The title of the event or the session; for a deadline that of the event."""
    session_id: str | None = None
    """The session; None for the event and its deadlines."""
    call: CallKind | None = None
    """The kind of call whose deadline it is."""
    when: TimeSlot | Deadline
    """The local time, which holds, and its zone."""
    starts_at: datetime
    """When it starts by the new rules, in UTC; a deadline starts and ends when it closes."""
    ends_at: datetime
    """When it ends by the new rules, in UTC."""
    start_shift: timedelta
    """How much later it starts than by the old rules, in elapsed time; negative if earlier."""
    end_shift: timedelta
    """How much later it ends."""

    @property
    def in_calendars(self) -> bool:
        """True for times, which calendars show at another moment; False for whole days, which they show as dates."""
        return isinstance(self.when, TimeSlot) and not self.when.whole_days


@frozen(kw_only=True, repr=False)
class ClockChanges(ReprMixin):
    """What two releases of the time zone database say differently of an event."""

    before: Zones
    """The old rules."""
    after: Zones
    """The new rules."""
    changes: tuple[ClockChange, ...]
    """What begins or ends at another moment: the event, then its sessions, then the deadlines of its calls."""

    @property
    def uids(self) -> frozenset[str]:
        """The uids of the events and sessions whose entries in calendars are at another moment."""
        return frozenset(change.uid for change in self.changes if change.in_calendars)

    def shown(self, zone: str | ZoneInfo, moment: DateTime) -> tuple[datetime, datetime]:
        """Return what the clocks of a reader's *zone* show at a time of the event: by the old rules, and by the new.

        Both are naive. They differ if the rules of either zone have changed, unless both did so alike.

        Raises:
            InvalidValueError: ``zone-unknown``, ``zone-rules-missing``.
        """
        rules = self.before, self.after
        old, new = (_moment(moment, zones).astimezone(zones.zone(zone)).replace(tzinfo=None) for zones in rules)
        return old, new

    def require_new_rules(self) -> None:
        """Raise a MessageError (``zone-rules-differ``) if this process has other rules than the new ones.

        Calendars have the rules of the process. What is compared are the moments of `changes`.
        """
        for change in self.changes:
            when = change.when
            span = (when.starts_at, when.ends_at) if isinstance(when, TimeSlot) else (to_utc(when.closes_at),) * 2
            if span != (change.starts_at, change.ends_at):
                raise MessageError(finding(Code.ZONE_RULES_DIFFER, "/clocks/after"))


def clock_changes(dossier: Event | Dossier, *, before: Zones, after: Zones) -> ClockChanges:
    """Return what of an event begins or ends at another moment by new rules: the event, its sessions, its deadlines.

    People meet at a local time, so that is what holds, whatever their status. A call opens at a moment in UTC, which no
    rules move. A local time that the clocks show twice is the one that its slot names, else the first; one that they
    skip is as long after the jump as it is after its beginning (RFC 5545 section 3.3.5), although no object can be made
    with it under such rules. Whole days and deadlines begin and end with the days of the place.

    Args:
        dossier: the event, alone or with its registrations.
        before: the database by which the times were announced, such as ``Zones("tzdata-2025.3-py2.py3-none-any.whl")``.
        after: the new one.

    Raises:
        InvalidValueError: ``zone-rules-missing`` if one of both does not have the zone of a time.
        TypeError: *dossier* is neither an Event nor a Dossier.
    """
    event, _ = event_and_requests(dossier)
    root = ("event",) if isinstance(dossier, Dossier) else ()
    return ClockChanges(before=before, after=after, changes=tuple(_changes(event, root, before, after)))


def _changes(event: Event, root: tuple[str, ...], before: Zones, after: Zones) -> Iterator[ClockChange]:
    for keys, when, whose in _times(event):
        path = pointer(*root, *keys)
        if when.time_zone not in before or when.time_zone not in after:
            raise InvalidValueError(finding(Code.ZONE_RULES_MISSING, f"{path}/timeZone"))
        (old_start, old_end), (start, end) = _span(when, before), _span(when, after)
        start_shift, end_shift = start - old_start, end - old_end
        if start_shift or end_shift:
            yield ClockChange(
                path=path,
                when=when,
                starts_at=start,
                ends_at=end,
                start_shift=start_shift,
                end_shift=end_shift,
                **whose,
            )


def _times(event: Event) -> Iterator[tuple[tuple[str | int, ...], TimeSlot | Deadline, dict[str, Any]]]:
    """Yield each local time with the keys that lead to it, and the fields of what it belongs to."""
    of_event = {"uid": event.uid, "title": event.title}
    if event.slot is not None:
        yield ("slot",), event.slot, of_event
    for index, session in enumerate(event.sessions):
        whose = {"uid": session.export_uid(event.uid), "title": session.title, "session_id": session.id}
        yield ("sessions", index, "slot"), session.slot, whose
    for index, call in enumerate(event.calls):
        if call.deadline is not None:
            yield ("calls", index, "deadline"), call.deadline, {**of_event, "call": call.kind}


def _span(when: TimeSlot | Deadline, zones: Zones) -> tuple[datetime, datetime]:
    """Return in UTC when something starts and ends by the rules of *zones*."""
    if isinstance(when, TimeSlot) and not when.whole_days:
        return _moment(when.start, zones), _moment(when.end, zones)
    ends = when.date + _DAY if isinstance(when, Deadline) else wall_of(when.end).date()
    starts = ends if isinstance(when, Deadline) else when.first_day
    rules = zones.zone(when.time_zone)
    return day_by_clock(starts, rules), day_by_clock(ends, rules)


def _moment(moment: DateTime, zones: Zones) -> datetime:
    """Return in UTC what the clocks of its zone show as the same local time by the rules of *zones*."""
    which = to_local_time(moment)[2]
    return moment_by_clock(moment, zones.zone(zone_of(moment)), second=which is Repeated.SECOND)
