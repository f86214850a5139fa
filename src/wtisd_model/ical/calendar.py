"""VCALENDAR: the calendar around the VEVENTs of feeds and messages alike, its time zones, and reminders.

Readers differ in what they understand of a time zone, so only the simplest forms are written, each onset in a component
of its own: a yearly RRULE with one BYDAY if the zone has such a rule, else a single date. There is no RDATE, because a
widespread parser reads only the first one, and no COMMENT, which is not allowed there. docs/zones.md lists the zones.
"""

import zoneinfo
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import islice
from typing import Final

from attrs import field, frozen
from attrs.converters import optional

from wtisd_model.codes import Code
from wtisd_model.contentlines.component import Component, EncodedValue, Property
from wtisd_model.contentlines.names import PRODUCT_NAME
from wtisd_model.contentlines.values import (
    encode_date_time_local,
    encode_duration,
    encode_keyword,
    encode_text,
    encode_utc_offset,
    text_property,
)
from wtisd_model.findings import ExportError, InvalidValueError, finding, pointer
from wtisd_model.ical.times import zone_needed
from wtisd_model.ical.tzif import DAY, WEEKDAYS, Observance, WeekdayRule, ZoneHistory, history_of
from wtisd_model.schema.patterns import FIRST_YEAR, LAST_YEAR
from wtisd_model.types.arguments import require_iterable
from wtisd_model.types.duration import require_length
from wtisd_model.types.language import TaggedText, require_language
from wtisd_model.types.moment import moment_in_utc
from wtisd_model.types.timeslot import TimeSlot

_EPOCH = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC)
_TOO_LATE = (datetime(LAST_YEAR + 1, 1, 1, tzinfo=UTC) - _EPOCH).total_seconds()


def vtimezone(zone: str, *, first: datetime, last: datetime) -> Component:
    """Return the VTIMEZONE of a known zone for aware moments from *first* to *last*, in the years 1970 to 2199.

    It begins with an observance at or before *first*. The yearly rule of a zone is open-ended; dated onsets reach one
    beyond *last*.

    Raises:
        ExportError: ``zone-unknown``, ``zone-rules-missing`` or ``zone-rules-unreadable`` (see `history_of`);
            ``moment-naive`` or ``year-out-of-range``.

    Source: RFC 5545 section 3.6.5.
    """
    if first.utcoffset() is None or last.utcoffset() is None:
        raise ExportError(finding(Code.MOMENT_NAIVE))
    return _for_times(zone, zoneinfo.TZPATH, first, last)


@lru_cache(maxsize=256)
def _for_times(zone: str, search_path: tuple[str, ...], first: datetime, last: datetime) -> Component:
    # The search path is only part of the cache key: another time zone database may differ.
    history = history_of(zone)
    return _timezone(zone, search_path, _index(history, first), _index(history, last))


def _index(history: ZoneHistory, moment: datetime) -> int:
    seconds = moment.timestamp()
    index = history.index_at(seconds)
    # The local year matters: a year does not begin everywhere at once.
    if not 0 <= seconds + history.onsets[index].observance.offset < _TOO_LATE:
        raise ExportError(finding(Code.YEAR_OUT_OF_RANGE, minimum=FIRST_YEAR, maximum=LAST_YEAR))
    return index


@lru_cache(maxsize=256)
def _timezone(zone: str, _search_path: tuple[str, ...], begin: int, end: int) -> Component:
    name = encode_text(zone)
    names = [Property("TZID", name), Property("X-LIC-LOCATION", name)]
    history = history_of(zone)
    # One onset beyond the last time, in case somebody moves the event a little.
    stop = min(max(begin, end) + 2, len(history.onsets))
    pair = _yearly_pair(history) if history.yearly_from < stop else ()
    dated = range(begin, history.yearly_from if pair else stop)
    base = [_base(history, begin)] if dated else []
    return Component("VTIMEZONE", names, [*base, *(_observance(history, index) for index in dated[1:]), *pair])


@lru_cache(maxsize=64)
def _yearly_pair(history: ZoneHistory) -> tuple[Component, ...]:
    """Return both onsets at the beginning of the yearly rule, which are the same in every file.

    Returns:
        Nothing if a single BYDAY cannot express the rule: "the last Thursday at 24:00" is not always the last Friday.
    """
    pair: list[Component] = []
    for index in (history.yearly_from, history.yearly_from + 1):
        day = history.yearly_day(index)
        if not isinstance(day, WeekdayRule) or not 0 <= day.time < DAY:
            return ()
        rule = f"FREQ=YEARLY;BYMONTH={day.month};BYDAY={day.week}{WEEKDAYS[day.weekday]}"
        pair.append(_observance(history, index, Property("RRULE", EncodedValue(rule))))
    return tuple(pair)


def _base(history: ZoneHistory, index: int) -> Component:
    """Return the observance of the first times, as if it had been in force since 1970.

    RFC 5545 does not define times before the first onset: some readers take them for UTC, dateutil fails. The file has
    no such times, but readers ask for others as well.
    """
    observance = history.onsets[index].observance
    kind = "STANDARD" if index == len(history.onsets) - 1 else _kind(history, index)
    return Component(kind, _onset_properties(0, observance.offset, observance))


def _observance(history: ZoneHistory, index: int, *rule: Property) -> Component:
    onset = history.onsets[index]
    before = history.onsets[index - 1].observance.offset
    # The local time of an onset is that of TZOFFSETFROM (RFC 5545 section 3.6.5).
    return Component(_kind(history, index), [*_onset_properties(onset.at + before, before, onset.observance), *rule])


def _onset_properties(local: int, before: int, observance: Observance) -> list[Property]:
    return [
        Property("DTSTART", encode_date_time_local(_EPOCH + timedelta(seconds=local))),
        Property("TZOFFSETFROM", encode_utc_offset(before)),
        Property("TZOFFSETTO", encode_utc_offset(observance.offset)),
        Property("TZNAME", encode_text(observance.name)),
    ]


def _kind(history: ZoneHistory, index: int) -> str:
    """Return DAYLIGHT for the observance that is ahead of the other, else STANDARD.

    If the law calls summer time standard and winter time the exception (Ireland, Morocco), the time zone database comes
    in two forms, one of them for programs that expect daylight saving time to be ahead. Both give the same result.
    """
    here = history.onsets[index].observance
    neighbours = [onset.observance for onset in history.onsets[max(index - 1, 0) : index + 2]]
    if here.is_dst:
        is_ahead = all(each.is_dst or each.offset <= here.offset for each in neighbours)
    else:
        is_ahead = any(each.is_dst and each.offset < here.offset for each in neighbours)
    return "DAYLIGHT" if is_ahead else "STANDARD"


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


def _moment(stamped: datetime) -> datetime:
    return moment_in_utc(stamped, "/stamped")


@frozen(kw_only=True)
class CalendarOptions:
    """The options that feeds and messages share, checked.

    Raises:
        InvalidValueError: ``moment-naive``, ``moment-unreadable``, ``wrong-type``, ``language-unknown``; for reminders
            as `require_reminders`.
        TypeError: *reminders* are not iterable.
    """

    stamped: datetime | None = field(default=None, converter=optional(_moment))
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
