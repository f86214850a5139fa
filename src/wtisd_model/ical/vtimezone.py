"""VTIMEZONE: a time zone in a calendar, written from the database on this machine.

Readers differ in what they understand of a time zone, so only the simplest forms are written, each onset in a component
of its own: a yearly RRULE with one BYDAY if the zone has such a rule, else a single date. There is no RDATE, because a
widespread parser reads only the first one, and no COMMENT, which is not allowed there. docs/zones.md lists the zones.
"""

import zoneinfo
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from wtisd_model.codes import Code
from wtisd_model.contentlines.component import Component, EncodedValue, Property
from wtisd_model.contentlines.values import (
    encode_date_time_local,
    encode_text,
    encode_utc_offset,
)
from wtisd_model.errors import ExportError
from wtisd_model.findings import finding
from wtisd_model.ical.tzif import DAY, WEEKDAYS, Observance, WeekdayRule, ZoneHistory, history_of
from wtisd_model.schema.patterns import FIRST_YEAR, LAST_YEAR

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
