"""VTIMEZONE: what the clocks of a zone do, for programs that do not know its name.

Readers differ in what they understand of a time zone, so that only the plainest forms are written, each onset in a
component of its own: a yearly RRULE with one BYDAY where the zone has such a rule, else a single date. There is no
RDATE, of which a widespread parser reads the first only, and no COMMENT, which does not belong there. docs/zones.md
lists the zones.
"""

import zoneinfo
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from wtisd_model.codes import Code
from wtisd_model.export.ical.content_line import (
    FIRST_YEAR,
    LAST_YEAR,
    Value,
    component,
    date_time_local,
    line,
    text,
)
from wtisd_model.export.ical.names import ComponentName
from wtisd_model.export.ical.tzif import History, history_of
from wtisd_model.export.ical.yearly import DAY, LAST_WEEK, WeekdayRule
from wtisd_model.findings import ExportError, finding

_EPOCH = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC)
# A day more at each end, for a year begins and ends at different moments around the world.
_EARLIEST = _EPOCH - timedelta(days=1)
_LATEST = datetime(LAST_YEAR + 1, 1, 1, tzinfo=UTC) + timedelta(days=1)

_WEEKDAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")


def vtimezone(zone: str, *, first: datetime, last: datetime) -> bytes:
    """Write the VTIMEZONE of a zone for times from *first* to *last*; nothing for UTC, whose times end in Z.

    It begins with an observance at or before *first*. The yearly rule of a zone is open-ended; dated onsets reach one
    beyond *last*.

    Args:
        zone: IANA name, one of `wtisd_model.tables.zones.ZONES`.
        first: the earliest moment in the file that names the zone, aware, in the years 1970 to 2199.
        last: the latest one, likewise.

    Raises:
        ExportError: ``zone-unknown``, ``zone-rules-missing`` or ``zone-rules-unreadable`` (see `history_of`);
            ``moment-naive`` or ``year-out-of-range``.

    Source: RFC 5545 section 3.6.5.
    """
    begin, end = _seconds(first), _seconds(last)
    if zone == "UTC":
        return b""
    history = history_of(zone)
    return _written(zone, zoneinfo.TZPATH, history.index_at(begin), history.index_at(end))


def _seconds(moment: datetime) -> float:
    if moment.utcoffset() is None:
        raise ExportError(finding(Code.MOMENT_NAIVE))
    if not _EARLIEST <= moment <= _LATEST:
        raise ExportError(finding(Code.YEAR_OUT_OF_RANGE, minimum=FIRST_YEAR, maximum=LAST_YEAR))
    return moment.timestamp()


@lru_cache(maxsize=256)
def _written(zone: str, _search_path: tuple[str, ...], begin: int, end: int) -> bytes:
    # The search path is there for the cache only: another time zone database may say something else.
    history = history_of(zone)
    name = text(zone)
    return component(
        "VTIMEZONE",
        line("TZID", name),
        line("X-LIC-LOCATION", name),
        *_observances(history, begin, end),
    )


def _observances(history: History, begin: int, end: int) -> list[bytes]:
    onsets = history.onsets
    if begin == len(onsets) - 1:
        return [_observance("STANDARD", history, begin)]
    # One onset beyond the last time, so that whoever moves an event a little still finds the next change.
    stop = min(max(begin, end) + 2, len(onsets))
    pair = _yearly_pair(history) if history.yearly_from < stop else []
    dated = range(begin, history.yearly_from if pair else stop)
    return [_observance(_kind(history, index), history, index) for index in dated] + pair


def _yearly_pair(history: History) -> list[bytes]:
    """Write both onsets from where the yearly rule begins: the same bytes in every file, however late its events are.

    Returns:
        Nothing where one BYDAY cannot say the rule: "the last Thursday at 24:00" is a Friday, but not always the last.
    """
    pair: list[bytes] = []
    for index in (history.yearly_from, history.yearly_from + 1):
        day = history.yearly_day(index)
        if not isinstance(day, WeekdayRule) or not 0 <= day.time < DAY:
            return []
        week = -1 if day.week == LAST_WEEK else day.week
        rule = f"FREQ=YEARLY;BYMONTH={day.month};BYDAY={week}{_WEEKDAYS[day.weekday]}"
        pair.append(_observance(_kind(history, index), history, index, line("RRULE", Value(rule))))
    return pair


def _observance(kind: ComponentName, history: History, index: int, *rule: bytes) -> bytes:
    onset = history.onsets[index]
    before = history.onsets[max(index - 1, 0)].observance.offset
    local = onset.at + before  # "DTSTART ... in the local time of TZOFFSETFROM" (RFC 5545 section 3.6.5)
    if local < 0:
        # Before all events. Many readers cannot go further back, and offsets were odd then.
        local, before = 0, onset.observance.offset
    return component(
        kind,
        line("DTSTART", date_time_local(_EPOCH + timedelta(seconds=local))),
        *rule,
        line("TZOFFSETFROM", _offset(before)),
        line("TZOFFSETTO", _offset(onset.observance.offset)),
        line("TZNAME", text(onset.observance.name)),
    )


def _offset(seconds: int) -> Value:
    """Write an offset from UTC; its seconds only where it has some (RFC 5545 section 3.3.14)."""
    minutes, rest = divmod(abs(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return Value(f"{'-' if seconds < 0 else '+'}{hours:02}{minutes:02}{f'{rest:02}' if rest else ''}")


def _kind(history: History, index: int) -> ComponentName:
    """Choose DAYLIGHT for the observance that is ahead of the other.

    Where the law calls summer time standard and winter the exception (Ireland, Morocco), programs that know of STANDARD
    and DAYLIGHT only as "later" would be wrong by two hours. Both forms of the time zone database give the same here.
    """
    here = history.onsets[index].observance
    neighbours = [onset.observance for onset in history.onsets[max(index - 1, 0) : index + 2]]
    if here.is_dst:
        is_ahead = all(each.is_dst or each.offset <= here.offset for each in neighbours)
    else:
        is_ahead = any(each.is_dst and each.offset < here.offset for each in neighbours)
    return "DAYLIGHT" if is_ahead else "STANDARD"
