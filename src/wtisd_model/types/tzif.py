"""TZif files: the past and future clock changes of a zone, looked up in the same places and order as zoneinfo does."""

import re
import struct
import zoneinfo
from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple, Self
from zoneinfo import ZoneInfo

from attrs import frozen

from wtisd_model.codes import Code
from wtisd_model.data.zones import ZONES
from wtisd_model.errors import ExportError
from wtisd_model.findings import finding
from wtisd_model.schema.patterns import FIRST_YEAR, LAST_YEAR

DAY = 86_400  # seconds
WEEKDAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")
"""The weekdays as RFC 5545 writes them, in the order of POSIX."""

_LAST_WEEK = "5"

_EPOCH = date(1970, 1, 1).toordinal()


class Observance(NamedTuple):
    """A setting of the clocks: a local time type of RFC 8536, an observance of RFC 5545."""

    offset: int
    """Seconds ahead of UTC."""

    is_dst: bool
    """Whether the source calls it daylight saving time."""

    name: str
    """Its abbreviation: ``CEST``, ``+03``."""


class Onset(NamedTuple):
    """A moment at which the clocks are set to an observance."""

    at: int
    """Seconds since 1970-01-01T00:00:00Z."""

    observance: Observance


def weekday_of_month(year: int, month: int, week: int, weekday: int) -> int:
    """Return the day on which a month has a weekday (0 is Sunday) for the first time, or the second, and so on.

    *week* is 1 to 4; or -1 to -4, counted from the end of the month.
    """
    first = 1 + (weekday - date(year, month, 1).isoweekday()) % 7
    occurrences = (monthrange(year, month)[1] - first) // 7 + 1
    return first + 7 * (week - 1 if week > 0 else occurrences + week)


class WeekdayRule(NamedTuple):
    """A weekday of a month, such as the last Sunday of March."""

    month: int
    week: int
    """1 to 4 for the first to the fourth; -1 for the last."""

    weekday: int
    """0 is Sunday."""

    time: int
    """Seconds from that day's local midnight; may be negative, or more than a day."""

    def seconds(self, year: int) -> int:
        """Return the local time in seconds since 1970-01-01T00:00:00 local time."""
        day = weekday_of_month(year, self.month, self.week, self.weekday)
        return (date(year, self.month, day).toordinal() - _EPOCH) * DAY + self.time


class DayRule(NamedTuple):
    """A day of the year, counted from 0 on 1 January."""

    day: int
    skips_leap_day: bool
    """Whether 29 February is left out in counting."""

    time: int
    """Seconds from that day's local midnight; may be negative, or more than a day."""

    def seconds(self, year: int) -> int:
        """Return the local time in seconds since 1970-01-01T00:00:00 local time."""
        first = date(year, 1, 1).toordinal()
        is_leap_year = date(year, 12, 31).toordinal() - first == _LEAP_DAYS
        leap_day = int(self.skips_leap_day and is_leap_year and self.day >= _FIRST_OF_MARCH)
        return (first + self.day + leap_day - _EPOCH) * DAY + self.time


class YearlyRule(NamedTuple):
    """Two observances that alternate every year."""

    standard: Observance
    daylight: Observance
    start: WeekdayRule | DayRule
    """When daylight begins, in standard time."""

    end: WeekdayRule | DayRule
    """When daylight ends, in daylight time."""

    def onsets(self, year: int) -> list[Onset]:
        """Return both changes of a year, in chronological order."""
        start = Onset(self.start.seconds(year) - self.standard.offset, self.daylight)
        end = Onset(self.end.seconds(year) - self.daylight.offset, self.standard)
        return [start, end] if start.at < end.at else [end, start]

    def day_of(self, observance: Observance) -> WeekdayRule | DayRule:
        """Return the day rule for the onset of an observance."""
        return self.start if observance == self.daylight else self.end

    def before(self, observance: Observance) -> Observance:
        """Return the other observance, which ends at the onset of this one."""
        return self.standard if observance == self.daylight else self.daylight


_LEAP_DAYS = 365
_FIRST_OF_MARCH = 59  # days before it in a common year

# Compiled when first used: most programs that import this package never write a calendar.
_NAME = r"([A-Za-z]{3,}|<[A-Za-z0-9+-]{3,}>)"
_TIME = r"([+-]?[0-9]{1,3}(?::[0-9]{2}(?::[0-9]{2})?)?)"
_RULE = rf",([0-9MJ.]+)(?:/{_TIME})?"
_FOOTER = rf"{_NAME}{_TIME}(?:{_NAME}{_TIME}?{_RULE}{_RULE})?"
_WEEKDAY = r"M([1-9]|1[0-2])\.([1-5])\.([0-6])"
_COUNTED = r"(J?)([0-9]{1,3})"
_TWO_O_CLOCK = 2 * 3600  # where a rule names no time


def read_footer(footer: str) -> YearlyRule | None:
    """Read the TZ string of a time zone file.

    Returns:
        The yearly rule, or None where the clocks no longer change.

    Raises:
        ValueError: the string is of another form. Only `wtisd_model.types.tzif` sees it.

    Source: RFC 8536 section 3.3, POSIX.1-2017 section 8.3.
    """
    match = re.fullmatch(_FOOTER, footer)
    if match is None:
        raise ValueError("not a TZ string")
    name, behind, dst_name, dst_behind, start, start_time, end, end_time = match.groups()
    if dst_name is None:
        return None
    # POSIX counts hours behind UTC, so the sign is reversed.
    offset = -_seconds(behind)
    dst_offset = -_seconds(dst_behind) if dst_behind else offset + 3600
    return YearlyRule(
        Observance(offset, is_dst=False, name=name.strip("<>")),
        Observance(dst_offset, is_dst=True, name=dst_name.strip("<>")),
        _day_rule(start, start_time),
        _day_rule(end, end_time),
    )


def _day_rule(day: str, time: str | None) -> WeekdayRule | DayRule:
    seconds = _seconds(time) if time else _TWO_O_CLOCK
    if match := re.fullmatch(_WEEKDAY, day):
        month, week, weekday = match.groups()
        return WeekdayRule(int(month), -1 if week == _LAST_WEEK else int(week), int(weekday), seconds)
    if match := re.fullmatch(_COUNTED, day):
        julian, number = match.groups()
        return DayRule(int(number) - len(julian), skips_leap_day=bool(julian), time=seconds)
    raise ValueError("not a day of a TZ string")


def _seconds(time: str) -> int:
    hours, minutes, seconds = (*map(int, time.lstrip("+-").split(":")), 0, 0)[:3]
    total = hours * 3600 + minutes * 60 + seconds
    return -total if time.startswith("-") else total


VERSION_FILES = ("+VERSION", "tzdata.zi")
"""The files that state the release of a time zone database: the first one does in BSD and macOS."""

_BEGINNING = -(2**62)
_HEADER_SIZE = 44
# The years of the model and one more at each end: for what is in force at the start, and whether the last onset lasts.
_YEARS = range(FIRST_YEAR - 1, LAST_YEAR + 2)
_END = int(datetime(LAST_YEAR + 1, 1, 1, tzinfo=UTC).timestamp())


@frozen(eq=False)
class ZoneHistory:
    """All clock changes of a zone until 2199."""

    onsets: tuple[Onset, ...]
    """In chronological order; the first has no beginning."""

    yearly: YearlyRule | None
    """The rule for the future; None if the clocks no longer change."""

    yearly_from: int
    """The index of the onset from which on all onsets follow the yearly rule; their number if none do."""

    def index_at(self, moment: float) -> int:
        """Return the index of the onset in force at *moment*, in seconds since 1970 in UTC."""
        return bisect_right(self.onsets, moment, key=lambda onset: onset.at) - 1

    def yearly_day(self, index: int) -> WeekdayRule | DayRule | None:
        """Return the day of an onset according to the yearly rule."""
        return None if self.yearly is None else self.yearly.day_of(self.onsets[index].observance)


@frozen(kw_only=True)
class RulesSource:
    """The source of the rules of a zone."""

    place: str
    """A directory of zoneinfo.TZPATH, or the name of the package, ``tzdata``."""

    version: str | None
    """The release of the database, such as ``2026f``, if it is stated there."""


def history_of(zone: str) -> ZoneHistory:
    """Return the clock changes of a zone of `wtisd_model.data.zones.ZONES`.

    Files are looked up as zoneinfo does: in each directory of ``zoneinfo.TZPATH``, then in the tzdata package.

    Raises:
        ExportError: ``zone-unknown``, ``zone-rules-missing`` or ``zone-rules-unreadable``.

    Source: RFC 8536; PEP 615.
    """
    return _history(zone, zoneinfo.TZPATH)


def source_and_version(zone: str = "Europe/Zurich", *, search_path: Sequence[str] | None = None) -> RulesSource:
    """Return the source of the rules of a zone, and the release of that time zone database.

    Raises:
        ExportError: ``zone-unknown`` or ``zone-rules-missing``.
    """
    root = _root(zone, zoneinfo.TZPATH if search_path is None else tuple(search_path))
    return RulesSource(place="tzdata" if root == _package() else str(root), version=_version(root))


@lru_cache(maxsize=64)
def _history(zone: str, search_path: tuple[str, ...]) -> ZoneHistory:
    root = _root(zone, search_path)
    try:
        return read_tzif(root.joinpath(*zone.split("/")).read_bytes())
    except (OSError, ValueError, IndexError, struct.error):
        pass
    # Outside the block, so that the error has no context.
    raise ExportError(finding(Code.ZONE_RULES_UNREADABLE))


def _root(zone: str, search_path: tuple[str, ...]) -> Traversable:
    """Return the directory that contains a zone, as zoneinfo finds it (PEP 615, "Sources for time zone data").

    Raises:
        ExportError: ``zone-unknown`` or ``zone-rules-missing``.
    """
    if zone not in ZONES:
        raise ExportError(finding(Code.ZONE_UNKNOWN))
    roots: list[Traversable | None] = [*map(Path, search_path), _package()]
    for root in roots:
        if root is not None and root.joinpath(*zone.split("/")).is_file():
            return root
    raise ExportError(finding(Code.ZONE_RULES_MISSING))


def _package() -> Traversable | None:
    try:
        return resources.files("tzdata").joinpath("zoneinfo")
    except ModuleNotFoundError:
        return None


def _version(root: Traversable) -> str | None:
    files = (root.joinpath(name) for name in VERSION_FILES)
    return stated_version(file.read_bytes() for file in files if file.is_file())


def stated_version(starts: Iterable[bytes]) -> str | None:
    """Return the release that the first of some files of a time zone database states in its first line."""
    matches = (re.search(rb"\b[12][0-9]{3}[a-z]{1,2}\b", start[:64]) for start in starts)
    return next((match[0].decode() for match in matches if match is not None), None)


@lru_cache(2 * len(ZONES))  # the zones of two releases
def zone_info(data: bytes, zone: str) -> ZoneInfo | None:
    """Return a zone of zoneinfo from the bytes of a TZif file; None if it is malformed."""
    # On some malformed files zoneinfo crashes the process or never returns: it only gets what `read_tzif` would take.
    try:
        _, footer = _explicit(data)
        if footer:
            read_footer(footer)
        return ZoneInfo.from_file(BytesIO(data), key=zone)
    except (ValueError, IndexError, struct.error):
        return None


def read_tzif(data: bytes) -> ZoneHistory:
    """Parse a TZif file of any version.

    Raises:
        ValueError, IndexError, struct.error: it is malformed. `history_of` converts these to an error of this package.

    Source: RFC 8536 section 3.
    """
    explicit, footer = _explicit(data)
    yearly = read_footer(footer) if footer else None
    last = explicit[-1].at
    generated = [] if yearly is None else [onset for year in _YEARS for onset in yearly.onsets(year)]
    onsets = _without_idle([*explicit, *(onset for onset in generated if onset.at > last)])
    return ZoneHistory(tuple(onsets), yearly, _where_yearly_begins(yearly, onsets, _without_idle(generated)))


def _explicit(data: bytes) -> tuple[list[Onset], str]:
    """Return the changes that a file lists, and the TZ string at its end."""
    header = _Header.at(data, 0)
    start, is_wide = _HEADER_SIZE, header.version >= b"2"
    if is_wide:
        # The first block, with 32-bit times, ends in 2037; the second is complete (RFC 8536 section 3.1).
        start += header.length(4)
        header = _Header.at(data, start)
        start += _HEADER_SIZE
    width = 8 if is_wide else 4
    types_at = start + header.times * (width + 1)
    names_at = types_at + header.types * 6
    moments = struct.unpack_from(f">{header.times}{'q' if is_wide else 'l'}", data, start)
    indices = data[types_at - header.times : types_at]
    names = data[names_at : names_at + header.characters]
    observances = [_observance(data, at, names) for at in range(types_at, names_at, 6)]
    if [*moments] != sorted(moments):
        raise ValueError("moments out of order")
    onsets = [Onset(_BEGINNING, observances[0])]  # before the first change (RFC 8536 section 3.2)
    onsets += [Onset(at, observances[index]) for at, index in zip(moments, indices, strict=True)]
    footer = data[start + header.length(width) :] if is_wide else b"\n\n"
    rule = re.fullmatch(rb"\n(.*)\n", footer)
    if rule is None:
        raise ValueError("a time zone file without its end")
    return onsets, rule[1].decode("ascii")


def _observance(data: bytes, at: int, names: bytes) -> Observance:
    offset, is_dst, name_at = struct.unpack_from(">lBB", data, at)
    if abs(offset) >= DAY or is_dst > 1:
        raise ValueError("clocks that are off by a day, or neither in daylight saving time nor out of it")
    return Observance(offset, is_dst=bool(is_dst), name=names[name_at : names.index(b"\0", name_at)].decode("ascii"))


class _Header(NamedTuple):
    version: bytes
    in_utc: int
    in_standard: int
    leaps: int
    times: int
    types: int
    characters: int

    @classmethod
    def at(cls, data: bytes, start: int) -> Self:
        if not data.startswith(b"TZif", start):
            raise ValueError("not a time zone file")
        return cls(data[start + 4 : start + 5], *struct.unpack_from(">6L", data, start + 20))

    def length(self, width: int) -> int:
        """Return the size of a block in octets, if a time has *width* octets (RFC 8536 section 3.2)."""
        moments, leaps = self.times * (width + 1), self.leaps * (width + 4)
        return moments + self.types * 6 + self.characters + leaps + self.in_standard + self.in_utc


def _without_idle(onsets: list[Onset]) -> list[Onset]:
    """Return the onsets without those of zero length, those that change nothing, and those after the last year."""
    lasting = [onset for onset, after in pairwise(onsets) if onset.at < after.at] + onsets[-1:]
    changing = lasting[:1] + [onset for before, onset in pairwise(lasting) if onset.observance != before.observance]
    return [onset for onset in changing if onset.at < _END]


def _where_yearly_begins(yearly: YearlyRule | None, onsets: list[Onset], generated: list[Onset]) -> int:
    """Return the first index since 1970 from which on all onsets follow the rule and end its other observance."""
    start = len(onsets)
    if yearly is not None:
        for onset, expected, before in zip(reversed(onsets), reversed(generated), reversed(onsets[:-1]), strict=False):
            ends_the_other = before.observance.offset == yearly.before(onset.observance).offset
            if onset.at < 0 or onset != expected or not ends_the_other:
                break
            start -= 1
    return start
