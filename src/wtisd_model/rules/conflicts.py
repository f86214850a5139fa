"""Two sessions that want the same room or the same person at the same time."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime

from attrs import frozen


@frozen(kw_only=True, eq=False, repr=False)
class Booking:
    """A session that takes up a room or a person for as long as it lasts."""

    what: tuple[str, ...]
    """The room or the person, in a form that can be compared."""
    starts_at: datetime
    """From when, in UTC."""
    ends_at: datetime
    """Until when, in UTC; another one may begin then."""
    session: int
    """The index of the session in its event."""
    path: str
    """Where the booking is made: a JSON Pointer into the event."""


def clashes(bookings: Iterable[Booking]) -> Iterator[tuple[Booking, Booking]]:
    """Give each booking that begins before an earlier one has ended, and the earlier one that ends last.

    Earlier is what begins earlier or, at the same moment, stands first in the event. There is one pair for each
    booking that clashes, not one for each two, so that a thousand sessions at once are a thousand pairs.
    """
    by_what: defaultdict[tuple[str, ...], list[Booking]] = defaultdict(list)
    for booking in bookings:
        by_what[booking.what].append(booking)
    for group in by_what.values():
        group.sort(key=lambda each: (each.starts_at, each.session))
        longest = group[0]
        for booking in group[1:]:
            if booking.starts_at < longest.ends_at:
                yield booking, longest
            if booking.ends_at > longest.ends_at:
                longest = booking
