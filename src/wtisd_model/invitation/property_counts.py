"""The calendar of a message, in which each property occurs as often as the tables of RFC 5546 section 3.2 say."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from attrs import frozen

from wtisd_model.codes import Code
from wtisd_model.contentlines.serializer import content_line
from wtisd_model.contentlines.values import encode_keyword
from wtisd_model.errors import MessageError
from wtisd_model.findings import Finding, finding
from wtisd_model.ical.calendar import CALENDAR_END, calendar_start
from wtisd_model.model.reply import Method
from wtisd_model.types.timeslot import TimeSlot


@frozen
class _Counts:
    """A column of such a table; a property in none of the sets is not allowed."""

    once: frozenset[str]
    once_or_more: frozenset[str] = frozenset()
    once_at_most: frozenset[str] = frozenset()
    any_number: frozenset[str] = frozenset()


# "DTSTAMP 1, ORGANIZER 1, UID 1" for every method (sections 3.2.1 to 3.2.8).
_ALWAYS: Final = frozenset({"DTSTAMP", "ORGANIZER", "UID"})
_WHEN_AND_WHAT: Final = frozenset({"DTSTART", "SUMMARY"})
_DETAILS: Final = frozenset(
    {
        *{"CLASS", "CREATED", "DESCRIPTION", "DTEND", "DURATION", "GEO", "LAST-MODIFIED", "LOCATION", "PRIORITY"},
        *{"RECURRENCE-ID", "STATUS", "TRANSP", "URL"},
        *{"X-WTISD-ZONE", "X-WTISD-KIND", "X-WTISD-ID"},
    }
)
# RFC 7986 section 4 adds the last two.
_LISTS: Final = frozenset({"ATTACH", "CATEGORIES", "COMMENT", "CONTACT", "RELATED-TO", "CONFERENCE", "IMAGE"})

_SEQUENCE, _ATTENDEE, _ALARM = frozenset({"SEQUENCE"}), frozenset({"ATTENDEE"}), frozenset({"VALARM"})
_REFRESHED: Final = frozenset({"RECURRENCE-ID"})
_REMARKS: Final = frozenset({"COMMENT", "REQUEST-STATUS"})

_COUNTS: Final[Mapping[Method, _Counts]] = {
    Method.PUBLISH: _Counts(_ALWAYS | _WHEN_AND_WHAT, frozenset(), _DETAILS | _SEQUENCE, _LISTS | _ALARM),
    Method.REQUEST: _Counts(_ALWAYS | _WHEN_AND_WHAT, _ATTENDEE, _DETAILS | _SEQUENCE, _LISTS | _ALARM),
    # "SEQUENCE 0 or 1", "DTSTART 0 or 1", "SUMMARY 0 or 1", "VALARM 0" (section 3.2.3)
    Method.REPLY: _Counts(_ALWAYS | _ATTENDEE, frozenset(), _DETAILS | _SEQUENCE | _WHEN_AND_WHAT, _LISTS | _REMARKS),
    # "SEQUENCE 1", "VALARM 0" (section 3.2.5)
    Method.CANCEL: _Counts(_ALWAYS | _SEQUENCE, frozenset(), _DETAILS | _WHEN_AND_WHAT, _LISTS | _ATTENDEE),
    # Neither SEQUENCE nor anything that describes (section 3.2.6)
    Method.REFRESH: _Counts(_ALWAYS | _ATTENDEE, frozenset(), _REFRESHED, frozenset({"COMMENT"})),
    # "SEQUENCE 1: Echo the original SEQUENCE number" (section 3.2.7)
    Method.COUNTER: _Counts(
        _ALWAYS | _WHEN_AND_WHAT | _SEQUENCE, frozenset(), _DETAILS, _LISTS | _ATTENDEE | _REMARKS | _ALARM
    ),
    # "ATTENDEE 1+", "SEQUENCE 1: MUST echo the original SEQUENCE number", "VALARM 0" (section 3.2.8)
    Method.DECLINECOUNTER: _Counts(_ALWAYS | _SEQUENCE, _ATTENDEE, _DETAILS | _WHEN_AND_WHAT, _LISTS | _REMARKS),
}


def calendar_around(
    method: Method, lines: bytes, alarms: bytes = b"", *, slots: Iterable[TimeSlot] = (), utc: bool
) -> tuple[bytes, bytes]:
    """Return the calendar of a message up to the lines of its VEVENT, and what follows them; *alarms* come last in it.

    It has none of the properties of a feed: X-WR-CALNAME makes it a new calendar in Outlook (MS-OXCICAL).

    Args:
        method: the method of the message.
        lines: all lines of its VEVENT, or one of each name, to be counted.
        alarms: the VALARMs in it.
        slots: the times in it, whose zones are written.
        utc: whether all times are written in UTC.

    Raises:
        MessageError: ``property-count`` for the first property that occurs too often or not often enough.

    Source: RFC 5546 section 3.2.
    """
    miscounted = _miscounted(method, (*_NAMES.findall(b"\n" + lines), *_ALARMS.findall(b"\n" + alarms)))
    if miscounted is not None:
        raise MessageError(miscounted)
    start = calendar_start(content_line("METHOD", encode_keyword(method)), slots, utc=utc)
    return start + b"BEGIN:VEVENT\r\n", alarms + b"END:VEVENT\r\n" + CALENDAR_END


def message_calendar(method: Method, lines: bytes, *, slots: Iterable[TimeSlot] = (), utc: bool) -> bytes:
    """Return the calendar of a message with the lines of its VEVENT (arguments and errors as `calendar_around`)."""
    beginning, ending = calendar_around(method, lines, slots=slots, utc=utc)
    return beginning + lines + ending


_NAMES: Final = re.compile(rb"\n([A-Z-]+)")  # continuations begin with a blank
_ALARMS: Final = re.compile(rb"\nBEGIN:(VALARM)")


@lru_cache(maxsize=1024)
def _miscounted(method: Method, names: tuple[bytes, ...]) -> Finding | None:
    counts, occurring = _COUNTS[method], Counter([name.decode() for name in names])
    for name in sorted(counts.once | counts.once_or_more | occurring.keys()):
        count = occurring[name]
        if name in counts.once:
            right, allowed = count == 1, "exactly-one"
        elif name in counts.once_or_more:
            right, allowed = count >= 1, "at-least-one"
        elif name in counts.once_at_most:
            right, allowed = count <= 1, "at-most-one"
        else:
            right, allowed = name in counts.any_number, "none"
        if not right:
            where = {"property": name, "method": method.value}
            return finding(Code.PROPERTY_COUNT, count=count, allowed=allowed, **where)
    return None
