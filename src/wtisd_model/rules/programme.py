"""What interpreters work at: the sessions that take place, their floor languages, and the hours that they make."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Self

from attrs import frozen

from wtisd_model.findings import ReprMixin
from wtisd_model.model.call import CallKind
from wtisd_model.model.event import Event
from wtisd_model.model.session import EventStatus, Session
from wtisd_model.rules.workload import Workload, work_of
from wtisd_model.types.timeslot import TimeSlot
from wtisd_model.types.timezone import to_utc


def sessions_held(event: Event) -> tuple[Session, ...]:
    """Give the sessions that are announced and not called off; none where the event is not."""
    return tuple(each for each in event.sessions if each.status.is_held) if event.status.is_held else ()


def floor_of(event: Event, session: Session | None) -> tuple[str, ...]:
    """Give the languages spoken at a session: its own or, where it states none, its event's."""
    return event.floor_languages if session is None else session.floor_languages or event.floor_languages


@frozen(kw_only=True, eq=False, repr=False)
class Programme(ReprMixin):
    """The programme of an event, worked out once for all requests."""

    closes_at: datetime | None
    """The first moment that is too late to ask for interpretation, in UTC; None is no limit."""
    floors: Mapping[str, tuple[str, ...]]
    """The floor languages of the sessions that take place, by their ids."""
    slots: Mapping[str, TimeSlot]
    """When those are whose time is sure, by their ids."""
    whole_floor: frozenset[str]
    """The floor languages of the whole event; empty where those of some part of it are not stated."""
    whole_work: Workload
    """The hours of the whole event."""

    @classmethod
    def of(cls, event: Event) -> Self:
        """Work out the programme of an event."""
        held = sessions_held(event)
        call = event.call(CallKind.INTERPRETATION)
        floors = {each.id: floor_of(event, each) for each in held}
        sure = event.status is EventStatus.SCHEDULED
        slots = {each.id: each.slot for each in held if sure and each.status is EventStatus.SCHEDULED}
        alone = (event.slot,) if sure and not held and event.slot is not None else ()
        return cls(
            closes_at=None if call is None or call.deadline is None else to_utc(call.deadline.closes_at),
            floors=floors,
            slots=slots,
            whole_floor=_together(floors.values() if held else (event.floor_languages,)),
            whole_work=work_of((*alone, *slots.values())),
        )

    def floor(self, session_ids: frozenset[str]) -> frozenset[str]:
        """Give all that is spoken at these sessions, or at the whole event; empty where that is not known."""
        if not session_ids:
            return self.whole_floor
        return _together(self.floors[each] for each in session_ids if each in self.floors)

    def work(self, session_ids: frozenset[str]) -> Workload:
        """Give the hours that these sessions make, or the whole event."""
        if not session_ids:
            return self.whole_work
        return work_of(self.slots[each] for each in session_ids if each in self.slots)


def _together(floors: Iterable[tuple[str, ...]]) -> frozenset[str]:
    given = tuple(floors)
    return frozenset(tag for floor in given for tag in floor) if all(given) else frozenset()
