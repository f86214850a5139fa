"""The proof for VTIMEZONE: every zone that is accepted, every change of its clocks from 1995 to 2045."""

import zoneinfo
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from tests.hypothesis_profiles import sampled
from tests.ical.evaluator import Evaluator
from tests.ical.written import vtimezone_octets
from wtisd_model.data.zones import ZONES

SECOND = timedelta(seconds=1)
BEGIN, END = datetime(1995, 1, 1, tzinfo=UTC), datetime(2045, 12, 31, 23, 59, 59, tzinfo=UTC)
HALF_YEARS = [datetime(year, month, 1, tzinfo=UTC) for year in range(BEGIN.year, END.year + 1) for month in (1, 7)]
# Noons, as the clocks of each zone show them.
DAYS = [datetime(1994, 12, 30, 12) + timedelta(days=day) for day in range(52 * 366)]


@pytest.fixture(params=sampled(["the database in use", "the tzdata package"], desk=2), scope="module")
def _database(request: pytest.FixtureRequest) -> Iterator[None]:
    """Read the one in use, and in the gates both: one lists every change until 2037, the other may end with a rule."""
    before = zoneinfo.TZPATH
    if request.param == "the tzdata package":
        zoneinfo.reset_tzpath(to=())
    yield
    zoneinfo.reset_tzpath(to=before)


def changes(zone: ZoneInfo) -> list[datetime]:
    """Find all moments at which zoneinfo's offset becomes another one: day by day, then by halving."""
    # Days are enough: no zone has changed twice within one.
    offsets = list(map(zone.utcoffset, DAYS))
    found: list[datetime] = []
    for index, (before, after) in enumerate(pairwise(offsets)):
        if before != after:
            earlier, later = (day.replace(tzinfo=zone).astimezone(UTC) for day in DAYS[index : index + 2])
            while later - earlier > SECOND:
                middle = (earlier + (later - earlier) // 2).replace(microsecond=0)
                if middle.astimezone(zone).utcoffset() == before:
                    earlier = middle
                else:
                    later = middle
            found.append(later)
    return [change for change in found if BEGIN <= change <= END]


class Zone:
    """What zoneinfo says about a zone at each moment that matters."""

    def __init__(self, name: str) -> None:
        self.name = name
        zone = ZoneInfo.no_cache(name)
        self.changes = changes(zone)
        self.moments = sorted(
            {
                moment
                for change in (*HALF_YEARS, *self.changes, END)
                for moment in (change - SECOND, change, change + SECOND)
                if BEGIN <= moment <= END
            }
        )
        there = [moment.astimezone(zone) for moment in self.moments]
        self.local = [each.replace(tzinfo=None, fold=0) for each in there]
        self.is_repeated = [each.fold == 1 for each in there]
        self.offsets = [each.utcoffset() for each in there]
        self.utc = [moment.replace(tzinfo=None) for moment in self.moments]

    def differences(self, written: bytes, first: datetime, last: datetime) -> list[tuple[str, datetime]]:
        """Evaluate a VTIMEZONE for times from *first* to *last* wherever something could be wrong."""
        read = Evaluator(written)
        assert (read.tzid, read.location) == (self.name, self.name)
        within = range(bisect_left(self.moments, first), bisect_right(self.moments, last))
        assert within
        return [
            (self.name, self.moments[index])
            for index in within
            if read.offset_at(self.utc[index]) != self.offsets[index]
            # Both of two equal hours are written in UTC; the second cannot be expressed in local time.
            or (not self.is_repeated[index] and read.offset_for(self.local[index]) != self.offsets[index])
        ]

    def files(self) -> Iterator[tuple[datetime, datetime]]:
        """The whole range; two years from each New Year on; a day from each change on, and from a second before it."""
        yield BEGIN, END
        for year in range(BEGIN.year, END.year):
            first = datetime(year, 1, 1, tzinfo=UTC)
            yield first, first + timedelta(days=730)
        for change in self.changes:
            yield change, change + timedelta(days=1)
            yield change - SECOND, change + timedelta(days=1)


@pytest.mark.usefixtures("_database")
class TestEveryZone:
    """A reader that evaluates VTIMEZONE gets the offsets of zoneinfo, from the same database: "zero differences"."""

    @pytest.mark.slow
    @pytest.mark.parametrize("part", range(4))
    def test_offsets_equal_those_of_zoneinfo_at_every_change_and_a_second_either_side(self, part: int) -> None:
        names = sorted(ZONES - {"UTC"})[part::4]
        assert len(names) > 100
        for name in sampled(names, desk=4):
            zone = Zone(name)
            # Files with the same VTIMEZONE are evaluated at once, from the first time in any to the last.
            spans: dict[bytes, tuple[datetime, datetime]] = {}
            for first, last in zone.files():
                written = vtimezone_octets(name, first=first, last=last)
                earliest, latest = spans.get(written, (first, last))
                spans[written] = min(first, earliest), max(last, latest)
            for written, (first, last) in spans.items():
                assert zone.differences(written, first, last) == []
