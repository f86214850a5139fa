"""What an event asks of those who answer it, worked out once for all of them."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Final, Self

from attrs import frozen

from wtisd_model.model.call import CallKind
from wtisd_model.model.event import Event
from wtisd_model.model.session import EventStatus
from wtisd_model.types.attendance import ParticipationMode
from wtisd_model.types.people import Membership
from wtisd_model.types.timeslot import TimeSlot
from wtisd_model.types.timezone import at_zone, first_moment, to_utc

_MOST_NAMED: Final = 10


@frozen(kw_only=True, eq=False, repr=False)
class Terms:
    """The terms of an event. Moments are in UTC; None is no limit."""

    event_uid: str
    """The uid that answers name."""
    sessions: frozenset[str]
    """The ids of its sessions."""
    spellings: Mapping[str, str]
    """The same ids by their casefolded form."""
    choices: str
    """Those of them that can be chosen, in words."""
    modes: frozenset[ParticipationMode] | None
    """How one can take part."""
    audience: frozenset[Membership]
    """Whom it is addressed to; empty means everyone."""
    opens_at: datetime | None
    """From when one may register."""
    closes_at: datetime | None
    """The first moment that is too late to register."""
    first_day: datetime | None
    """When its first day begins by the clocks of the place."""
    purge_at: datetime | None
    """The first moment at which personal data may not be kept any more."""
    retention_days: int
    """How many days after its end that is; 0 where no term is set."""

    @classmethod
    def of(cls, event: Event) -> Self:
        """Work out the terms of an event."""
        modes = event.attendance_mode
        opens_at, closes_at = _window(event)
        return cls(
            event_uid=event.uid,
            sessions=frozenset(session.id for session in event.sessions),
            spellings={session.id.casefold(): session.id for session in event.sessions},
            choices=session_choices(event),
            modes=None if modes is None else modes.modes,
            audience=event.audience,
            opens_at=opens_at,
            closes_at=closes_at,
            first_day=None if event.slot is None else _midnight(event.slot, event.slot.starts_at),
            purge_at=_purge_at(event),
            retention_days=event.retention_days or 0,
        )


def session_choices(event: Event) -> str:
    """Name the sessions of an event in its order, the first ten of them; a draft is named to nobody."""
    ids = [session.id for session in event.sessions if session.status is not EventStatus.DRAFT]
    more = f" and {len(ids) - _MOST_NAMED} more" if len(ids) > _MOST_NAMED else ""
    return f"{', '.join(ids[:_MOST_NAMED])}{more}" if ids else "it has none"


def over_at(event: Event) -> datetime | None:
    """Say when an event is over; None where that is not known, as for a draft, or until a postponed one is moved."""
    if event.slot is None or event.status is EventStatus.POSTPONED:
        return None
    return event.slot.ends_at


def _window(event: Event) -> tuple[datetime | None, datetime | None]:
    """R04: when registration opens and closes.

    Without a deadline it closes when the event is over, and in any case when the event is cancelled.
    """
    call = event.call(CallKind.REGISTRATION)
    if call is None:
        return None, None
    closes_at = over_at(event) if call.deadline is None else to_utc(call.deadline.closes_at)
    if event.status is EventStatus.CANCELLED:
        cancelled_at = event.history[-1].at
        closes_at = cancelled_at if closes_at is None else min(closes_at, cancelled_at)
    return call.opens, closes_at


def _purge_at(event: Event) -> datetime | None:
    if event.slot is None or event.retention_days is None or over_at(event) is None:
        return None
    # Like a deadline, a term in days includes its last day. An end at midnight belongs to the day that it ends.
    return _midnight(event.slot, event.slot.ends_at - timedelta(seconds=1), days=event.retention_days + 1)


def _midnight(slot: TimeSlot, moment: datetime, *, days: int = 0) -> datetime:
    """When the day of *moment* begins by the clocks of the place, or the day that comes *days* later."""
    local = at_zone(moment, slot.time_zone).naive()
    return to_utc(first_moment(datetime.combine(local, time()) + timedelta(days=days), slot.time_zone))
