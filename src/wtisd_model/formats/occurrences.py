"""The occurrences of a recurring event in a foreign calendar: their uids, and the cost of finding them."""

from datetime import date, datetime, timedelta
from typing import Final

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
