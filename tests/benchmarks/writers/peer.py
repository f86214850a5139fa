"""What is asked of a library that writes calendars: an invitation, and a programme."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.benchmarks.writers.given import Person
from wtisd_model import Session


@dataclass(frozen=True, kw_only=True)
class Peer:
    """A library as its documentation uses it, with everything built beforehand that is the same each time."""

    name: str
    invite: Callable[[Person], bytes]
    """Writes a REQUEST to the event for one person."""
    feed: Callable[[Sequence[Session]], bytes]
    """Writes one calendar of all sessions."""
