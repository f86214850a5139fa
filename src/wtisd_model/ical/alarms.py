"""Reminders: VALARMs that show the title some time before the start."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import islice
from typing import Final

from wtisd_model.codes import Code
from wtisd_model.findings import InvalidValueError, finding, pointer
from wtisd_model.ical.component import Component
from wtisd_model.ical.property import Property
from wtisd_model.ical.values import encode_duration, encode_keyword, text_property
from wtisd_model.types.arguments import require_iterable
from wtisd_model.types.duration import require_length
from wtisd_model.types.language import TaggedText

MOST_REMINDERS: Final = 10


def require_reminders(reminders: Iterable[timedelta]) -> tuple[timedelta, ...]:
    """Return reminders in the order in which they show: the longest time before the start first.

    Raises:
        InvalidValueError: ``too-many-items`` for more than ten; ``item-repeated``; what `require_length` refuses.
        TypeError: *reminders* are not iterable.
    """
    given = list(islice(require_iterable(reminders, "reminders"), MOST_REMINDERS + 1))
    if len(given) > MOST_REMINDERS:
        raise InvalidValueError(finding(Code.TOO_MANY_ITEMS, "/reminders", maximum=MOST_REMINDERS))
    lengths: list[timedelta] = []
    for index, each in enumerate(given):
        path = pointer("reminders", index)
        length = require_length(each, path, shortest=0)
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
