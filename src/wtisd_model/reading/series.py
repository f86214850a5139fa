"""The occurrences of a recurring event in a foreign calendar, in a window of time."""

from datetime import date, datetime, timedelta
from typing import Final, NamedTuple, cast

from wtisd_model.codes import Code
from wtisd_model.findings import InvalidValueError, finding
from wtisd_model.types.moment import moment_in_utc
from wtisd_model.types.timeslot import TimeSlot
from wtisd_model.types.uid import name_based_uid

MARGIN: Final = timedelta(days=2)
"""More than local times and UTC ever differ."""
SLOT_COST: Final = 15
"""The cost of reading a slot, in steps."""


def occurrence_uid(uid: str, start: date) -> str:
    """Return the uid of one occurrence, the same in all formats: it depends only on the series and the start.

    Args:
        uid: that of the series.
        start: its start by the rules: a moment in UTC, or a day.
    """
    written = f"{start:%Y%m%dT%H%M%SZ}" if isinstance(start, datetime) else f"{start:%Y%m%d}"
    return name_based_uid(f"RECURRENCE-ID {written} {uid}")


class Window(NamedTuple):
    """The time between two moments in UTC."""

    starts_at: datetime
    ends_at: datetime

    def overlaps(self, slot: TimeSlot) -> bool:
        """Return True if some moment of the slot is in the window."""
        return slot.starts_at < self.ends_at and self.starts_at < slot.ends_at


def require_window(expand: tuple[datetime, datetime]) -> Window:
    """Return the window that a caller asks for.

    Raises:
        InvalidValueError: ``wrong-type``, ``moment-naive``, ``moment-unreadable`` or ``slot-ends-before-start``.
    """
    match cast("tuple[datetime, ...]", expand):
        case tuple((since, until)):
            window = Window(moment_in_utc(since, "/expand/0"), moment_in_utc(until, "/expand/1"))
        case _:
            raise InvalidValueError(finding(Code.WRONG_TYPE, "/expand", expected="two-moments"))
    if window.ends_at <= window.starts_at:
        raise InvalidValueError(finding(Code.SLOT_ENDS_BEFORE_START, "/expand/1", whole_days=0))
    return window
