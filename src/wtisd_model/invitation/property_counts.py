"""How often each property may occur in a message: the tables of RFC 5546 section 3.2 for a VEVENT."""

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from attrs import frozen

from wtisd_model.codes import Code
from wtisd_model.contentlines.component import Component
from wtisd_model.errors import MessageError
from wtisd_model.findings import Finding, finding
from wtisd_model.model.reply import Method


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


def check_counts(method: Method, vevent: Component, *further: str) -> None:
    """Check that a VEVENT has the properties and components that its method allows.

    Args:
        method: the method of the message.
        vevent: the VEVENT in it.
        further: the names of properties that will be added later.

    Raises:
        MessageError: ``property-count`` for the first property that occurs too often or not often enough.

    Source: RFC 5546 section 3.2.
    """
    names = (*(each.name for each in vevent.properties), *(each.name for each in vevent.components), *further)
    found = _miscounted(method, names)
    if found is not None:
        raise MessageError(found)


@lru_cache(maxsize=1024)
def _miscounted(method: Method, names: tuple[str, ...]) -> Finding | None:
    counts, found = _COUNTS[method], Counter(names)
    for name in sorted(counts.once | counts.once_or_more | found.keys()):
        count = found[name]
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
