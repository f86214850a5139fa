"""What the writers of events check: that it may be announced, and that what is written is not too large."""

from collections.abc import Iterable
from typing import Final

from wtisd_model.codes import Code
from wtisd_model.findings import ExportError, ModelError, finding
from wtisd_model.model.event import Event, repeated_uids
from wtisd_model.model.session import EventStatus
from wtisd_model.types.arguments import require_instance
from wtisd_model.types.timeslot import TimeSlot

MOST_OCTETS: Final = 64_000_000
"""The maximum size of a file. Sessions repeat the texts of their event, so a megabyte could become gigabytes."""


def require_announced(event: Event) -> TimeSlot:
    """Return the slot of an event that can be written for others.

    Raises:
        ExportError: ``event-without-slot`` for a draft; ``uid-repeated``, since readers take what has the same uid for
            the same thing.
        TypeError: *event* is not an Event.
    """
    require_instance(event, Event, "Not an Event.")
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


def require_size(octets: int) -> None:
    """Refuse a file that is too large (``feed-too-large``)."""
    if octets > MOST_OCTETS:
        raise ExportError(finding(Code.FEED_TOO_LARGE, maximum=MOST_OCTETS))


def joined_pieces(pieces: Iterable[bytes], between: bytes = b"") -> bytes:
    """Return the pieces of a file as one; one that is too large is refused before all of it is made."""
    size, kept = 0, list[bytes]()
    for piece in pieces:
        size += len(piece) + len(between)
        require_size(size)
        kept.append(piece)
    return between.join(kept)
