"""The check of the writers of events: that the events may be announced, in one document."""

from collections.abc import Iterable
from typing import Any

from wtisd_model.codes import Code
from wtisd_model.errors import ExportError, InvalidValueError, ModelError
from wtisd_model.findings import finding, pointer
from wtisd_model.model.dossier import Dossier, event_and_requests
from wtisd_model.model.event import Event, repeated_uids
from wtisd_model.model.interpretation import InterpretationRequest
from wtisd_model.model.session import EventStatus
from wtisd_model.types.timeslot import TimeSlot

Events = Event | Dossier | Iterable[Event | Dossier]
"""An event or its dossier, or several of them for one calendar."""


def announced_events(given: Events) -> list[tuple[Event, tuple[InterpretationRequest, ...]]]:
    """Return the events of a calendar, each with the requests for interpretation that are known.

    Raises:
        ExportError: as `require_announced`, at the index of one of several: ``/1/slot``; also for two with one uid.
        InvalidValueError: ``too-few-items`` without any: a calendar has "at least one component" (RFC 5545 section
            3.6).
        TypeError: *given* is neither an Event or a Dossier nor an iterable of them.
    """
    if isinstance(given, Event | Dossier):
        event, requests = event_and_requests(given)
        require_announced(event)
        return [(event, requests)]
    things: Iterable[Any] = given if hasattr(given, "__iter__") else [given]  # which is refused below
    events, uids = [*map(event_and_requests, things)], set[str]()
    for index, (event, _) in enumerate(events):
        require_announced(event, pointer(index), uids)
    if not events:
        raise InvalidValueError(finding(Code.TOO_FEW_ITEMS, minimum=1))
    return events


def require_announced(event: Event, path: str = "", others: set[str] | None = None) -> TimeSlot:
    """Return the slot of an event that can be written for others.

    *path* is where it is in what was given, and *others* are the uids of the events before it, to which its own are
    added: of two components with one UID a calendar keeps one (RFC 5545 section 3.8.4.7).

    Raises:
        ExportError: ``event-without-slot`` for a draft; ``uid-repeated``, since readers take what has the same uid for
            the same thing.
    """
    slot = slot_of_announced(event, path=path)
    for found in repeated_uids(event, others):
        raise ExportError(found.prefixed(path))
    return slot


def slot_of_announced(event: Event, error: type[ModelError] = ExportError, path: str = "") -> TimeSlot:
    """Return the slot of an event that is not a draft; raise *error* with ``event-without-slot`` for a draft."""
    if event.slot is None:
        raise error(finding(Code.EVENT_WITHOUT_SLOT, f"{path}/slot"))
    if event.status is EventStatus.DRAFT:
        raise error(finding(Code.EVENT_WITHOUT_SLOT, f"{path}/status"))
    return event.slot
