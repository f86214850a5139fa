"""The check of the writers of events: that the event may be announced."""

from wtisd_model.codes import Code
from wtisd_model.errors import ExportError, ModelError
from wtisd_model.findings import finding
from wtisd_model.model.event import Event, repeated_uids
from wtisd_model.model.session import EventStatus
from wtisd_model.types.timeslot import TimeSlot


def require_announced(event: Event) -> TimeSlot:
    """Return the slot of an event that can be written for others.

    Raises:
        ExportError: ``event-without-slot`` for a draft; ``uid-repeated``, since readers take what has the same uid for
            the same thing.
    """
    slot = slot_of_announced(event)
    for found in repeated_uids(event):
        raise ExportError(found)
    return slot


def slot_of_announced(event: Event, error: type[ModelError] = ExportError, path: str = "") -> TimeSlot:
    """Return the slot of an event that is not a draft; raise *error* with ``event-without-slot`` for a draft."""
    if event.slot is None:
        raise error(finding(Code.EVENT_WITHOUT_SLOT, f"{path}/slot"))
    if event.status is EventStatus.DRAFT:
        raise error(finding(Code.EVENT_WITHOUT_SLOT, f"{path}/status"))
    return event.slot
