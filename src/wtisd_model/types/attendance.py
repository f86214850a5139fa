"""How people take part: on site, remotely, or either."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Literal

from wtisd_model.schema.constraints import Integer
from wtisd_model.types.arguments import parse_enum

Seats = Annotated[int, Integer(0, 1_000_000)]
"""A number of seats, in persons."""


class ParticipationMode(StrEnum):
    """How one person takes part, or where a team of interpreters works."""

    ON_SITE = "on-site"
    REMOTE = "remote"


ParticipationModeWord = Literal["on-site", "remote"]


SeatId = str | None
"""Where seats are: the id of a session, or None for the event as a whole."""

TakenSeats = (
    Mapping[tuple[SeatId, str], int]
    | Mapping[tuple[SeatId, ParticipationMode], int]
    | Mapping[tuple[None, str], int]
    | Mapping[tuple[None, ParticipationMode], int]
)
"""Numbers of seats taken: by the id of a session, or None for the event, and the mode.

The keys of a mapping have exactly the type that a type checker infers, such as that of an event without sessions.
"""


class AttendanceMode(StrEnum):
    """How an event can be attended, or where the listeners of a service are (schema.org eventAttendanceMode)."""

    ON_SITE = "on-site"
    REMOTE = "remote"
    MIXED = "mixed"

    @property
    def modes(self) -> frozenset[ParticipationMode]:
        """The modes that one person can choose from."""
        if self is AttendanceMode.MIXED:
            return frozenset(ParticipationMode)
        return frozenset({ParticipationMode(self.value)})


AttendanceModeWord = Literal["on-site", "remote", "mixed"]


class SeatLimits:
    """A call or a session, whose seats are limited on site and remotely, each by a field of its own."""

    __slots__ = ()

    on_site_capacity: int | None
    remote_capacity: int | None

    def capacity(self, mode: ParticipationMode | str) -> int | None:
        """Return the number of seats in *mode* (``value-unknown``); None if it is unlimited."""
        on_site = parse_enum(ParticipationMode, mode, "/mode") is ParticipationMode.ON_SITE
        return self.on_site_capacity if on_site else self.remote_capacity
