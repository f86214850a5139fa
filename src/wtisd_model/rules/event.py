"""What is wrong or doubtful with an event as a whole: its deadlines, its seats, its uids."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from wtisd_model.codes import Code
from wtisd_model.findings import Finding, finding, pointer
from wtisd_model.model.call import Call, CallKind
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.event import Event, repeated_uids
from wtisd_model.model.interpretation import InterpretationRequest, InterpretationService, RequestState
from wtisd_model.types.language import is_signed
from wtisd_model.types.timeslot import Deadline, TimeSlot
from wtisd_model.types.timezone import to_utc

# Days from the deadline to the event, as ITU sets them in its letters: 2/TSAG of 11 September 2017 (interpretation 42,
# captions and sign language 66) and 2/3 of 11 December 2017 (pre-registration and letters for a visa 31).
SPOKEN_DAYS = 42
SIGNED_DAYS = 66
VISA_DAYS = 31

_SIGNED = {InterpretationService.CAPTIONS, InterpretationService.SIGN}
_ENDED = {RequestState.DECLINED, RequestState.WITHDRAWN}


def deadlines_leave_time(dossier: Dossier, _now: datetime) -> Iterator[Finding]:
    """T06, T07: calls close while there is time to act on the answers, and usually well before (see `judge_calls`)."""
    for found in judge_calls(dossier.event, dossier.interpretation_requests):
        yield found.prefixed("/event")


def capacity_fits_rooms(dossier: Dossier, _now: datetime) -> Iterator[Finding]:
    """E06: no call offers more seats on site than the rooms of the event hold; unless that of some room is unknown."""
    event = dossier.event
    held = [location.capacity for location in event.locations if location.capacity is not None]
    if len(held) != len(event.locations):
        return
    for index, call in enumerate(event.calls):
        if call.on_site_capacity is not None and call.on_site_capacity > sum(held):
            path = pointer("event", "calls", index, "onSiteCapacity")
            yield finding(Code.CAPACITY_EXCEEDS_ROOM, path, maximum=sum(held))


def uids_are_apart(dossier: Dossier, _now: datetime) -> Iterator[Finding]:
    """E01: the event and its sessions are exported under uids that all differ; the later one is to be changed."""
    for found in repeated_uids(dossier.event):
        yield found.prefixed("/event")


def judge_calls(event: Event, requests: Sequence[InterpretationRequest] = ()) -> Iterator[Finding]:
    """Judge the deadlines of an event's calls.

    Interpretation closes before the event starts, and registration before it ends (``deadline-after-event``); a call
    for pledges may outlive it. A deadline includes its day, so one on the last day itself passes too late: without a
    deadline, registration closes with the event. From the deadline to the event there are usually (``lead-time-short``)
    42 days for interpretation, 66 where the call names a signed language or somebody asks for signs or captions, and
    31 for registration where people come on site, of whom some need a visa.
    """
    slot = event.slot
    if slot is None:
        return
    for index, call in enumerate(event.calls):
        if call.deadline is not None:
            found = _judge_deadline(call, call.deadline, slot, _norm(event, call, requests))
            if found is not None:
                yield found.prefixed(pointer("calls", index, "deadline"))


def _judge_deadline(call: Call, deadline: Deadline, slot: TimeSlot, norm: int) -> Finding | None:
    latest = {CallKind.INTERPRETATION: slot.starts_at, CallKind.REGISTRATION: slot.ends_at}.get(call.kind)
    if latest is not None and to_utc(deadline.closes_at) > latest:
        return finding(Code.DEADLINE_AFTER_EVENT)
    days = max(0, slot.start.toordinal() - deadline.date.toordinal())
    return finding(Code.LEAD_TIME_SHORT, days=days, norm=norm) if days < norm else None


def _norm(event: Event, call: Call, requests: Sequence[InterpretationRequest]) -> int:
    if call.kind is CallKind.INTERPRETATION:
        signed = any(map(is_signed, call.languages)) or any(
            each.service in _SIGNED and each.state not in _ENDED for each in requests
        )
        return SIGNED_DAYS if signed else SPOKEN_DAYS
    return VISA_DAYS if call.kind is CallKind.REGISTRATION and event.locations else 0
