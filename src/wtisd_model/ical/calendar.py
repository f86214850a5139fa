"""VCALENDAR: the calendar around the VEVENTs of feeds and messages alike, and reminders."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import islice
from typing import Final

from attrs import field, frozen

from wtisd_model.codes import Code
from wtisd_model.contentlines.names import PRODUCT_NAME
from wtisd_model.contentlines.serializer import content_line, enclosed, text_line
from wtisd_model.contentlines.values import encode_duration, encode_keyword, encode_text
from wtisd_model.errors import InvalidValueError
from wtisd_model.findings import finding, pointer
from wtisd_model.ical.times import vtimezones
from wtisd_model.types.arguments import require_iterable
from wtisd_model.types.duration import require_length
from wtisd_model.types.language import TaggedText, require_language
from wtisd_model.types.moment import moment_in_utc
from wtisd_model.types.timeslot import TimeSlot

MOST_REMINDERS: Final = 10

CALENDAR_END: Final = b"END:VCALENDAR\r\n"

_START: Final = b"".join(
    (
        b"BEGIN:VCALENDAR\r\n",
        content_line("PRODID", encode_text(PRODUCT_NAME)),
        content_line("VERSION", encode_text("2.0")),
    )
)


def calendar_start(lines: bytes, slots: Iterable[TimeSlot] = (), *, utc: bool) -> bytes:
    """Return a VCALENDAR with *lines* and the time zones of *slots*, up to its entries; `CALENDAR_END` follows them.

    Raises:
        ExportError: ``zone-rules-missing`` or ``zone-rules-unreadable``.

    Source: RFC 5545 section 3.4.
    """
    return _START + lines + vtimezones(slots, utc=utc)


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
    for index, reminder in enumerate(given):
        path = pointer("reminders", index)
        length = require_length(reminder, path, shortest=0)
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
        InvalidValueError: ``language-unknown``; for reminders as `require_reminders`.
        TypeError: *reminders* are not iterable.
    """

    language: str | None = field(default=None, converter=require_language)
    """The language of texts; None for the originals or, in messages, for the language of each reader."""
    reminders: tuple[timedelta, ...] = field(default=(), converter=require_reminders)
    """How long before the start they show, the longest time first."""
    utc: bool = False
    """Whether all times are written in UTC."""


def alarms(reminders: Iterable[timedelta], title: TaggedText) -> bytes:
    """Return a VALARM that shows *title* for each of *reminders*, with its three required properties.

    Source: RFC 5545 section 3.6.6, audioprop and dispprop: ACTION, DESCRIPTION and TRIGGER.
    """
    if not reminders:
        return b""
    action, description = content_line("ACTION", encode_keyword("DISPLAY")), text_line("DESCRIPTION", [title])
    triggers = [content_line("TRIGGER", encode_duration(-reminder)) for reminder in reminders]
    return b"".join([enclosed("VALARM", action, trigger, description) for trigger in triggers])
