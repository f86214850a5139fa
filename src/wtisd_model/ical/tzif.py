"""TZif files: the past and future clock changes of a zone, looked up in the same places and order as zoneinfo does."""

import re
import struct
import zoneinfo
from bisect import bisect_right
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple, Self

from attrs import frozen

from wtisd_model.codes import Code
from wtisd_model.data.zones import ZONES
from wtisd_model.findings import ExportError, finding
from wtisd_model.ical.posix_tz import DayRule, Observance, Onset, WeekdayRule, YearlyRule, read_footer
from wtisd_model.schema.patterns import FIRST_YEAR, LAST_YEAR

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


def history_of(zone: str, *, search_path: Sequence[str] | None = None) -> ZoneHistory:
    """Return the clock changes of a zone.

    Files are looked up as zoneinfo does: in each directory of ``zoneinfo.TZPATH``, then in the tzdata package.

    Args:
        zone: a name of `wtisd_model.data.zones.ZONES`.
        search_path: directories instead of ``zoneinfo.TZPATH``; if empty, only the tzdata package is used.

    Raises:
        ExportError: ``zone-unknown``, ``zone-rules-missing`` or ``zone-rules-unreadable``.

    Source: RFC 8536; PEP 615.
    """
    if zone not in ZONES:
        raise ExportError(finding(Code.ZONE_UNKNOWN))
    return _history(zone, _search_path(search_path))


def source_and_version(zone: str = "Europe/Zurich", *, search_path: Sequence[str] | None = None) -> RulesSource:
    """Return the source of the rules of a zone, and the release of that time zone database.

    Raises:
        ExportError: ``zone-unknown`` or ``zone-rules-missing``.
    """
    if zone not in ZONES:
        raise ExportError(finding(Code.ZONE_UNKNOWN))
    root = _root(zone, _search_path(search_path))
    if root is None:
        raise ExportError(finding(Code.ZONE_RULES_MISSING))
    return RulesSource(place="tzdata" if root == _package() else str(root), version=_version(root))


def _search_path(given: Sequence[str] | None) -> tuple[str, ...]:
    return zoneinfo.TZPATH if given is None else tuple(given)


@lru_cache(maxsize=64)
def _history(zone: str, search_path: tuple[str, ...]) -> ZoneHistory:
    root = _root(zone, search_path)
    if root is None:
        raise ExportError(finding(Code.ZONE_RULES_MISSING))
    try:
        return read_tzif(root.joinpath(*zone.split("/")).read_bytes())
    except (OSError, ValueError, IndexError, struct.error):
        pass
    # Outside the block, so that the error has no context.
    raise ExportError(finding(Code.ZONE_RULES_UNREADABLE))


def _root(zone: str, search_path: tuple[str, ...]) -> Traversable | None:
    """Return the directory that contains a zone, as zoneinfo finds it (PEP 615, "Sources for time zone data")."""
    parts = zone.split("/")
    roots: list[Traversable | None] = [*map(Path, search_path), _package()]
    return next((root for root in roots if root is not None and root.joinpath(*parts).is_file()), None)


def _package() -> Traversable | None:
    try:
        return resources.files("tzdata").joinpath("zoneinfo")
    except ModuleNotFoundError:
        return None


def _version(root: Traversable) -> str | None:
    """Return the release of a time zone database: BSD and macOS state it in one file, most others in another."""
    for name in ("+VERSION", "tzdata.zi"):
        file = root.joinpath(name)
        if file.is_file():
            with file.open("rb") as start:
                match = re.search(rb"\b[12][0-9]{3}[a-z]{1,2}\b", start.read(64))
            if match is not None:
                return match[0].decode()
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
    onsets = [Onset(_BEGINNING, observances[0])]  # before the first change (RFC 8536 section 3.2)
    onsets += [Onset(at, observances[index]) for at, index in zip(moments, indices, strict=True)]
    footer = data[start + header.length(width) :] if is_wide else b"\n\n"
    rule = re.fullmatch(rb"\n(.*)\n", footer)
    if rule is None:
        raise ValueError("a time zone file without its end")
    return onsets, rule[1].decode("ascii")


def _observance(data: bytes, at: int, names: bytes) -> Observance:
    offset, is_dst, name_at = struct.unpack_from(">lBB", data, at)
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
