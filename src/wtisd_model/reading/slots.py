"""When something in a foreign document takes place: its days, or its start with its end or how long it lasts."""

from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Final

from pendulum import DateTime

from wtisd_model.codes import Code
from wtisd_model.errors import InvalidValueError
from wtisd_model.reading.make import Draft
from wtisd_model.reading.notes import At, Notes
from wtisd_model.schema.patterns import FIRST_YEAR, LAST_YEAR
from wtisd_model.types.timeslot import CENTURIES, TimeSlot
from wtisd_model.types.timezone import at_zone, first_moment, to_local_time, to_utc, zone_of

DAY: Final = timedelta(days=1)
SHORTEST: Final = timedelta(seconds=1)
"""How long what has no end lasts, as a slot cannot be empty."""


def slot_of_days(first: date, length: timedelta, zone: str, notes: Notes, path: str) -> TimeSlot | None:
    """Return the slot of whole days, one at least; None with an error among the findings."""
    days = max(length, DAY)
    if days > CENTURIES or (first + days).year > LAST_YEAR:
        note_year(notes, path)
        return None
    with suppress(InvalidValueError):
        return TimeSlot.days(first, first + days, zone)
    notes.note(Code.TIME_SKIPPED, path)  # the zone never had one of the days
    return None


def slot_between(start: DateTime, end: DateTime, notes: Notes, path: str) -> TimeSlot | None:
    """Return the slot between a moment and a later one in its zone; None with an error about the year."""
    with suppress(InvalidValueError):
        return TimeSlot(start=start, end=end)
    note_year(notes, path)
    return None


def end_after(
    start: DateTime, wall: datetime, length: tuple[timedelta, timedelta], notes: Notes, path: str
) -> DateTime | None:
    """Return the end of what lasts some calendar days, which may have 23 or 25 hours, and then exactly a time.

    The days are counted from *wall*, the local time of *start*. None with an error about the year.
    """
    (days, exactly), zone = length, zone_of(start)
    if days + exactly >= CENTURIES:
        note_year(notes, path)
        return None
    return at_zone(to_utc(first_moment(wall + days, zone) if days else start) + exactly, zone)


def note_year(notes: Notes, path: str) -> None:
    """Note that a year is not one of those in which events take place."""
    notes.note(Code.YEAR_OUT_OF_RANGE, path, minimum=FIRST_YEAR, maximum=LAST_YEAR)


def slot_draft(start: DateTime, end: DateTime, *places: str) -> TimeSlot | Draft:
    """Return the slot between two moments in one zone or, of one that is refused, a draft with the places of both."""
    with suppress(InvalidValueError):
        return TimeSlot(start=start, end=end)
    draft: Draft = {"timeZone": zone_of(start)}
    for key, moment, place in zip(("start", "end"), (start, end), places, strict=True):
        wall, _, repeated = to_local_time(moment)
        draft |= {key: At(wall, place), f"{key}Repeated": None if repeated is None else repeated.value}
    return draft
