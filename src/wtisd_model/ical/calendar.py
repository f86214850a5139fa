"""VCALENDAR: the calendar around the VEVENTs of feeds and messages alike, and reminders."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Final

from attrs import field, frozen
from attrs.converters import optional

from wtisd_model.codes import Code
from wtisd_model.contentlines.component import Component, Property
from wtisd_model.contentlines.names import PRODUCT_NAME
from wtisd_model.contentlines.values import (
    encode_duration,
    encode_keyword,
    encode_text,
    text_property,
)
from wtisd_model.errors import InvalidValueError
from wtisd_model.findings import finding, pointer
from wtisd_model.ical.times import zone_needed
from wtisd_model.ical.vtimezone import vtimezone
from wtisd_model.types.arguments import require_iterable
from wtisd_model.types.duration import require_length
from wtisd_model.types.language import TaggedText, require_language
from wtisd_model.types.moment import moment_in_utc
from wtisd_model.types.timeslot import TimeSlot

MOST_REMINDERS: Final = 10

_PRODUCT_AND_VERSION: Final = (Property("PRODID", encode_text(PRODUCT_NAME)), Property("VERSION", encode_text("2.0")))


def vcalendar(
    properties: Iterable[Property], vevents: Sequence[Component] = (), *, slots: Iterable[TimeSlot], utc: bool
) -> Component:
    """Return a VCALENDAR with *properties*, a VTIMEZONE for each zone that its *slots* name, and *vevents*.

    Raises:
        ExportError: ``zone-rules-missing`` or ``zone-rules-unreadable``.

    Source: RFC 5545 sections 3.2.19 and 3.4.
    """
    spans: dict[str, tuple[datetime, datetime]] = {}
    for slot in slots:
        zone = zone_needed(slot, utc=utc)
        if zone is not None:
            first, last = spans.get(zone, (slot.starts_at, slot.ends_at))
            spans[zone] = min(first, slot.starts_at), max(last, slot.ends_at)
    zones = [vtimezone(zone, first=first, last=last) for zone, (first, last) in sorted(spans.items())]
    return Component("VCALENDAR", [*_PRODUCT_AND_VERSION, *properties], [*zones, *vevents])


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


def stamp_in_utc(stamped: datetime) -> datetime:
    """Return the moment of an export in UTC, or raise as `moment_in_utc` does."""
    return moment_in_utc(stamped, "/stamped")


@frozen(kw_only=True)
class CalendarOptions:
    """The options that feeds and messages share, checked.

    Raises:
        InvalidValueError: ``moment-naive``, ``moment-unreadable``, ``wrong-type``, ``language-unknown``; for reminders
            as `require_reminders`.
        TypeError: *reminders* are not iterable.
    """

    stamped: datetime | None = field(default=None, converter=optional(stamp_in_utc))
    """When it is written (DTSTAMP), in UTC; None for when the event was updated."""
    language: str | None = field(default=None, converter=require_language)
    """The language of texts; None for the originals or, in messages, for the language of each reader."""
    reminders: tuple[timedelta, ...] = field(default=(), converter=require_reminders)
    """How long before the start they show, the longest time first."""
    utc: bool = False
    """Whether all times are written in UTC."""


def alarms(reminders: Iterable[timedelta], title: TaggedText) -> list[Component]:
    """Return a VALARM that shows *title* for each of *reminders*, with its three required properties.

    Source: RFC 5545 section 3.6.6, audioprop and dispprop: ACTION, DESCRIPTION and TRIGGER.
    """
    action, description = Property("ACTION", encode_keyword("DISPLAY")), text_property("DESCRIPTION", [title])
    return [
        Component("VALARM", [action, Property("TRIGGER", encode_duration(-each)), *description]) for each in reminders
    ]
