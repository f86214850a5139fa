"""Times in a calendar: DTSTART, DTEND and DTSTAMP, and the VTIMEZONE of a zone that local times are in."""

import zoneinfo
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Final

from pendulum import DateTime

from wtisd_model.codes import Code
from wtisd_model.contentlines.component import EncodedValue
from wtisd_model.contentlines.serializer import content_line, enclosed, encode_parameters
from wtisd_model.contentlines.values import (
    encode_date,
    encode_date_time_local,
    encode_date_time_utc,
    encode_text,
    encode_utc_offset,
)
from wtisd_model.errors import ExportError
from wtisd_model.findings import finding
from wtisd_model.schema.patterns import FIRST_YEAR, LAST_YEAR
from wtisd_model.types.timeslot import TimeSlot
from wtisd_model.types.timezone import to_local_time, to_utc
from wtisd_model.types.tzif import DAY, WEEKDAYS, Observance, WeekdayRule, ZoneHistory, history_of

_EPOCH: Final = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC)
_FIRST_DAY: Final = _EPOCH.toordinal()
_TOO_LATE: Final = (datetime(LAST_YEAR + 1, 1, 1, tzinfo=UTC) - _EPOCH).total_seconds()
_AS_DATE: Final = encode_parameters({"VALUE": ("DATE",)})


def zone_needed(slot: TimeSlot, *, utc: bool) -> str | None:
    """Return the zone whose VTIMEZONE the times of *slot* need, or None if they are dates, or written in UTC.

    They are in UTC if *utc* is true, if the zone is UTC, and if the start or the end is a local time that occurs twice.
    That "refers to the first occurrence of the referenced time" (RFC 5545 section 3.3.5), so the second one has no
    local form; and half of the calendar programs read the first one as the second.

    Raises:
        ExportError: ``zone-rules-missing`` or ``zone-rules-unreadable`` (see `history_of`).
    """
    zone = slot.time_zone
    if utc or zone == "UTC" or slot.whole_days:
        return None
    days = _days_of_repetition(zone, zoneinfo.TZPATH)
    for moment in (slot.start, slot.end):
        if moment.toordinal() in days and to_local_time(moment)[2] is not None:
            return None
    return zone


@lru_cache(maxsize=64)
def _days_of_repetition(zone: str, _search_path: tuple[str, ...]) -> frozenset[int]:
    """Return the ordinals of the days on which clocks go back, and of those around: no other day has a time twice."""
    return frozenset(
        _FIRST_DAY + (onset.at + onset.observance.offset) // DAY + near
        for before, onset in pairwise(history_of(zone).onsets)
        if onset.observance.offset < before.observance.offset
        for near in (-1, 0, 1)
    )


def slot_lines(slot: TimeSlot, *, utc: bool) -> bytes:
    """Return DTSTART and DTEND.

    Both have the same form, as RFC 5545 section 3.6.1 asks. Dates have no zone (section 3.3.4), and times in UTC only
    that; ``X-WTISD-ZONE`` keeps the zone for programs that read the file back.
    """
    if slot.whole_days:
        return day_lines(slot.start, slot.end, slot.time_zone)
    zone = zone_needed(slot, utc=utc)
    encode, in_zone = encode_date_time_utc, ""
    if zone is not None:
        encode, in_zone = encode_date_time_local, encode_parameters({"TZID": (zone,)})
    times = content_line("DTSTART", encode(slot.start), in_zone) + content_line("DTEND", encode(slot.end), in_zone)
    return times if zone is not None or slot.time_zone == "UTC" else times + _zone_line(slot.time_zone)


def day_lines(first: date, end: date, zone: str) -> bytes:
    """Return DTSTART and DTEND of whole days in a zone; *end* is the day after the last one."""
    # "the value type ... MUST be the same as the DTSTART property" (RFC 5545 section 3.8.2.2)
    days = content_line("DTSTART", encode_date(first), _AS_DATE) + content_line("DTEND", encode_date(end), _AS_DATE)
    return days + _zone_line(zone)


def _zone_line(zone: str) -> bytes:
    return content_line("X-WTISD-ZONE", encode_text(zone))


def stamp_line(stamped: datetime) -> bytes:
    """Return DTSTAMP, the time at which the file or the message was made (RFC 5545 section 3.8.7.2)."""
    return content_line("DTSTAMP", encode_date_time_utc(stamped))


def vtimezones(slots: Iterable[TimeSlot], *, utc: bool) -> bytes:
    """Return a VTIMEZONE for each zone that slots need, in the order of their names (RFC 5545 section 3.2.19).

    Raises:
        ExportError: as `vtimezone` does.
    """
    spans: dict[str, tuple[DateTime, DateTime]] = {}
    for slot in slots:
        zone = zone_needed(slot, utc=utc)
        if zone is not None:
            # In local time, which is in the order of moments, since none of these times comes twice.
            first, last = spans.get(zone, (slot.start, slot.end))
            spans[zone] = min(first, slot.start), max(last, slot.end)
    return b"".join(
        [vtimezone(zone, first=to_utc(first), last=to_utc(last)) for zone, (first, last) in sorted(spans.items())]
    )


def vtimezone(zone: str, *, first: datetime, last: datetime) -> bytes:
    """Return the VTIMEZONE of a known zone for aware moments from *first* to *last*, in the years 1970 to 2199.

    It is written from the database on this machine. Readers differ in what they understand of a time zone, so only the
    simplest forms are written, each onset in a component of its own: a yearly RRULE with one BYDAY if the zone has such
    a rule, else a single date. There is no RDATE, because a widespread parser reads only the first one, and no COMMENT,
    which is not allowed there. docs/zones.md lists the zones.

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
def _for_times(zone: str, search_path: tuple[str, ...], first: datetime, last: datetime) -> bytes:
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
def _timezone(zone: str, _search_path: tuple[str, ...], begin: int, end: int) -> bytes:
    names = [content_line(name, encode_text(zone)) for name in ("TZID", "X-LIC-LOCATION")]
    history = history_of(zone)
    # One onset beyond the last time, in case somebody moves the event a little.
    stop = min(max(begin, end) + 2, len(history.onsets))
    pair = _yearly_pair(history) if history.yearly_from < stop else ()
    dated = range(begin, history.yearly_from if pair else stop)
    base = [_base(history, begin)] if dated else []
    return enclosed("VTIMEZONE", *names, *base, *(_observance(history, index) for index in dated[1:]), *pair)


@lru_cache(maxsize=64)
def _yearly_pair(history: ZoneHistory) -> tuple[bytes, ...]:
    """Return both onsets at the beginning of the yearly rule, which are the same in every file.

    Returns:
        Nothing if a single BYDAY cannot express the rule: "the last Thursday at 24:00" is not always the last Friday.
    """
    pair: list[bytes] = []
    for index in (history.yearly_from, history.yearly_from + 1):
        day = history.yearly_day(index)
        if not isinstance(day, WeekdayRule) or not 0 <= day.time < DAY:
            return ()
        rule = f"FREQ=YEARLY;BYMONTH={day.month};BYDAY={day.week}{WEEKDAYS[day.weekday]}"
        pair.append(_observance(history, index, content_line("RRULE", EncodedValue(rule))))
    return tuple(pair)


def _base(history: ZoneHistory, index: int) -> bytes:
    """Return the observance of the first times, as if it had been in force since 1970.

    RFC 5545 does not define times before the first onset: some readers take them for UTC, dateutil fails. The file has
    no such times, but readers ask for others as well.
    """
    observance = history.onsets[index].observance
    kind = "STANDARD" if index == len(history.onsets) - 1 else _kind(history, index)
    return enclosed(kind, *_onset_lines(0, observance.offset, observance))


def _observance(history: ZoneHistory, index: int, *rule: bytes) -> bytes:
    onset = history.onsets[index]
    before = history.onsets[index - 1].observance.offset
    # The local time of an onset is that of TZOFFSETFROM (RFC 5545 section 3.6.5).
    return enclosed(_kind(history, index), *_onset_lines(onset.at + before, before, onset.observance), *rule)


def _onset_lines(local: int, before: int, observance: Observance) -> list[bytes]:
    return [
        content_line("DTSTART", encode_date_time_local(_EPOCH + timedelta(seconds=local))),
        content_line("TZOFFSETFROM", encode_utc_offset(before)),
        content_line("TZOFFSETTO", encode_utc_offset(observance.offset)),
        content_line("TZNAME", encode_text(observance.name)),
    ]


def _kind(history: ZoneHistory, index: int) -> str:
    """Return DAYLIGHT for the observance that is ahead of the other, else STANDARD.

    If the law calls summer time standard and winter time the exception (Ireland, Morocco), the time zone database comes
    in two forms, one of them for programs that expect daylight saving time to be ahead. Both give the same result.
    """
    here = history.onsets[index].observance
    neighbours = [onset.observance for onset in history.onsets[max(index - 1, 0) : index + 2]]
    if here.is_dst:
        is_ahead = all(other.is_dst or other.offset <= here.offset for other in neighbours)
    else:
        is_ahead = any(other.is_dst and other.offset < here.offset for other in neighbours)
    return "DAYLIGHT" if is_ahead else "STANDARD"
