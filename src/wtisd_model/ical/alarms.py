"""Reminders: a VALARM that shows the title some time before the start, and the lengths of time that callers give."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import islice
from typing import Final

from pendulum import Duration

from wtisd_model.codes import Code
from wtisd_model.findings import InvalidValueError, finding, pointer
from wtisd_model.ical.component import Component
from wtisd_model.ical.property import Property
from wtisd_model.ical.values import encode_duration, encode_keyword, text_property
from wtisd_model.types.arguments import require_iterable
from wtisd_model.types.language import TaggedText

MOST_REMINDERS: Final = 10

_LONGEST: Final = timedelta(days=366)


def checked_length(length: object, path: str, *, shortest: int) -> timedelta:
    """Return a length of time of at least *shortest* seconds and at most 366 days as a plain timedelta.

    Raises:
        InvalidValueError: ``wrong-type``, ``duration-not-whole`` (also for months and years, whose length depends on
            where they begin) or ``duration-out-of-range``, with *path*.
    """
    if not isinstance(length, timedelta):
        raise InvalidValueError(finding(Code.WRONG_TYPE, path, expected="timedelta"))
    # The method of the base class: pendulum's own arithmetic fails with a plain timedelta.
    seconds = timedelta.total_seconds(length)
    if not shortest <= seconds <= _LONGEST.total_seconds():
        bounds = {"minimum": f"PT{shortest}S", "maximum": f"P{_LONGEST.days}D"}
        raise InvalidValueError(finding(Code.DURATION_OUT_OF_RANGE, path, **bounds))
    if seconds % 1 or (isinstance(length, Duration) and (length.months or length.years)):
        raise InvalidValueError(finding(Code.DURATION_NOT_WHOLE, path))
    return timedelta(seconds=seconds)


def checked_reminders(reminders: Iterable[timedelta]) -> tuple[timedelta, ...]:
    """Return reminders in the order in which they show: the longest time before the start first.

    Raises:
        InvalidValueError: ``too-many-items`` for more than ten; ``item-repeated``; what `checked_length` refuses.
        TypeError: *reminders* are not iterable.
    """
    given = list(islice(require_iterable(reminders, "reminders"), MOST_REMINDERS + 1))
    if len(given) > MOST_REMINDERS:
        raise InvalidValueError(finding(Code.TOO_MANY_ITEMS, "/reminders", maximum=MOST_REMINDERS))
    lengths: list[timedelta] = []
    for index, each in enumerate(given):
        path = pointer("reminders", index)
        length = checked_length(each, path, shortest=0)
        if length in lengths:
            raise InvalidValueError(finding(Code.ITEM_REPEATED, path))
        lengths.append(length)
    return tuple(sorted(lengths, reverse=True))


def alarms(reminders: Iterable[timedelta], title: TaggedText) -> list[Component]:
    """Return a VALARM that shows *title* for each of *reminders*, with its three required properties.

    Source: RFC 5545 section 3.6.6, audioprop and dispprop: ACTION, DESCRIPTION and TRIGGER.
    """
    action, description = Property("ACTION", encode_keyword("DISPLAY")), text_property("DESCRIPTION", [title])
    return [
        Component("VALARM", [action, Property("TRIGGER", encode_duration(-each)), *description]) for each in reminders
    ]
