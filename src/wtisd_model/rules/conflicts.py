"""Sessions that need the same room or the same person at the same time."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final, NamedTuple, Self

from wtisd_model.model.session import EventStatus
from wtisd_model.types.timeslot import TimeSlot

WITHOUT_BOOKINGS: Final = frozenset({EventStatus.CANCELLED, EventStatus.POSTPONED})
"""The states in which an event or a session needs neither rooms nor people."""


class Booking(NamedTuple):
    """A room or a person that a session needs for as long as it lasts."""

    resource: tuple[str, ...]
    """The room or the person, in a form that can be compared."""
    starts_at: datetime
    """The start, in UTC."""
    ends_at: datetime
    """The first moment, in UTC, at which another session may begin."""
    session: int
    """The index of the session."""
    path: str
    """A JSON Pointer to the room or the person."""

    @classmethod
    def of(cls, resource: tuple[str, ...], session: int, slot: TimeSlot, path: str) -> Self:
        """Return the booking of *resource* by the session with that index and slot."""
        return cls(resource=resource, starts_at=slot.starts_at, ends_at=slot.ends_at, session=session, path=path)


def conflicts(bookings: Iterable[Booking]) -> Iterator[tuple[Booking, Booking]]:
    """Yield each booking that begins before an earlier one has ended, with the earlier one that ends last.

    Bookings are sorted by their beginning, then by the index of their session. There is one pair for each booking in
    conflict, not one for every two, so that a thousand simultaneous sessions make a thousand pairs.
    """
    by_resource: defaultdict[tuple[str, ...], list[Booking]] = defaultdict(list)
    for booking in bookings:
        by_resource[booking.resource].append(booking)
    for group in by_resource.values():
        group.sort(key=lambda booking: (booking.starts_at, booking.session))
        longest = group[0]
        for booking in group[1:]:
            if booking.starts_at < longest.ends_at:
                yield booking, longest
            if booking.ends_at > longest.ends_at:
                longest = booking
