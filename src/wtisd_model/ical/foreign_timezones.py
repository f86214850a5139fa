"""TZID: the time zone that a foreign calendar means by a name, according to our data or to its VTIMEZONE.

In a VTIMEZONE, dated changes and yearly rules that name one day are evaluated, each by looking at three years, so that
no foreign rule can take long to evaluate. The caller refuses everything else.
"""

import re
from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import MAXYEAR, UTC, date, datetime, timedelta
from typing import Final

from attrs import frozen
from pendulum import DateTime

from wtisd_model.codes import Code
from wtisd_model.contentlines.component import Component
from wtisd_model.contentlines.values import decode_date, decode_date_time, decode_text, decode_utc_offset
from wtisd_model.data.zone_countries import country_of_zone
from wtisd_model.findings import Finding, finding
from wtisd_model.reading.notations import zone_of_tzid
from wtisd_model.schema.patterns import FIRST_YEAR, LAST_YEAR
from wtisd_model.types.timezone import Repeated, at_zone, first_moment, resolve, to_utc
from wtisd_model.types.tzif import WEEKDAYS, weekday_of_month

MOST_OBSERVANCES: Final = 100
"""How many observances a zone may have."""

MOST_DATES: Final = 1000
"""How many dates of changes a zone may list."""

# No fifth weekday: not every month has one, and some programs mean the last by it.
_WEEKDAY: Final = re.compile(r"([+-]?[1-4])(MO|TU|WE|TH|FR|SA|SU)")
_NUMBER: Final = re.compile(r"-?[0-9]{1,2}")
_CLOCK: Final = re.compile(r"[0-9]{1,2}")
_UNDERSTOOD: Final = frozenset(
    {"FREQ", "INTERVAL", "BYMONTH", "BYDAY", "BYMONTHDAY", "BYHOUR", "BYMINUTE", "BYSECOND", "UNTIL", "WKST"}
)
_COMMON_YEAR: Final = 2023  # without 29 February
_OLDEST: Final = 1600  # Outlook begins its zones in 1601; datetime could not calculate with much older ones


class CalendarZones:
    """The time zones of one calendar; in the next calendar the same name may mean another zone."""

    def __init__(self, calendar: Component, *, zone: str | None) -> None:
        """Collect the VTIMEZONEs; *zone* is for times without one or in an unknown one, or None to refuse them."""
        default = calendar.get("X-WR-TIMEZONE")
        self.for_days: str | None = zone or (None if default is None else zone_of_tzid(default.value))
        """The zone of all-day events, which do not state one."""
        self._floating = zone
        self.repeated: list[Component] = []
        """Each further VTIMEZONE of one name, which is not read."""
        self._described: dict[str, Component] = {}
        self._known: dict[str, tuple[str | None, ForeignZone | None]] = {}
        for component in calendar.all_components("VTIMEZONE"):
            tzid = component.get("TZID")
            name = None if tzid is None else decode_text(tzid.value).strip()
            if name is not None and self._described.setdefault(name, component) is not component:
                self.repeated.append(component)

    def named(self, tzid: str | None) -> str | None:
        """Return the IANA zone of a TZID; None without one, and for a zone that only its VTIMEZONE describes."""
        return None if tzid is None else self._zones(tzid)[0]

    def is_replaced(self, tzid: str | None) -> bool:
        """Return True if the zone of the caller replaces a TZID: neither its name nor a VTIMEZONE says which it is."""
        return self._floating is not None and tzid not in {None, *self._described} and self.named(tzid) is None

    def moment(self, wall: datetime, tzid: str | None, path: str) -> tuple[DateTime | None, Finding | None]:
        """Return the moment at which the clocks of a zone show *wall*, with a finding at *path* if one is due.

        A repeated time means the first one. A time that the clocks jump over is read as before the jump. There is no
        moment with ``time-floating``, ``zone-unknown``, ``zone-rules-foreign`` and ``year-out-of-range``.

        Source: RFC 5545 section 3.3.5.
        """
        # X-WTISD-ZONE may name another zone, in which the time is in the year before or after.
        if not FIRST_YEAR - 1 <= wall.year <= LAST_YEAR + 1:
            return None, finding(Code.YEAR_OUT_OF_RANGE, path, minimum=FIRST_YEAR, maximum=LAST_YEAR)
        zone, foreign = (self._floating, None) if tzid is None else self._zones(tzid)
        if foreign is not None:
            in_utc = (wall - foreign.offset(wall)).replace(tzinfo=UTC)
            if zone is None or to_utc(first_moment(wall, zone)) != in_utc:
                here = self.for_days or "UTC"
                return at_zone(in_utc, here), finding(Code.ZONE_REPLACED, path, zone=here)
        if zone is None:
            if tzid is None:
                return None, finding(Code.TIME_FLOATING, path)
            return None, finding(Code.ZONE_RULES_FOREIGN if tzid in self._described else Code.ZONE_UNKNOWN, path)
        for which in (None, Repeated.FIRST):
            moment = resolve(wall.isoformat(), zone, which)
            if not isinstance(moment, Finding):
                return moment, None
        # "If the local time described does not occur, the DATE-TIME value is interpreted using the UTC offset before
        # the gap", so that it is as far behind the jump as it was written.
        return first_moment(wall, zone), finding(Code.TIME_JUMPED, path)

    def _zones(self, tzid: str) -> "tuple[str | None, ForeignZone | None]":
        """Return the IANA zone of a TZID, and the zone of its VTIMEZONE unless the name is that of a place.

        Of a name such as EST, the VTIMEZONE says what the sender means: it often has a summer time.
        """
        if tzid not in self._known:
            described = self._described.get(tzid)
            zone = zone_of_tzid(tzid)
            if zone is None and described is not None:
                place = described.get("X-LIC-LOCATION")
                zone = None if place is None else zone_of_tzid(place.value)
            is_certain = zone is not None and (zone == "UTC" or country_of_zone(zone) is not None)
            self._known[tzid] = zone, None if is_certain or described is None else foreign_zone(described)
        return self._known[tzid]


@frozen
class _YearlyRule:
    """A day of every year: a weekday or a day of a month; a negative number counts from the end of the month."""

    month: int
    number: int
    weekday: int | None
    until: datetime | None

    def on(self, year: int) -> date:
        if self.weekday is not None:
            return date(year, self.month, weekday_of_month(year, self.month, self.number, self.weekday))
        from_end = monthrange(year, self.month)[1] + 1 if self.number < 0 else 0
        return date(year, self.month, from_end + self.number)


_OffsetChange = tuple[datetime, timedelta]
"""The local time of a change, by the clocks before it, and the offset from UTC after it."""


@frozen
class _Observance:
    """A STANDARD or DAYLIGHT component: an offset from UTC, and the changes that begin it."""

    first: datetime
    before: timedelta
    after: timedelta
    rule: _YearlyRule | None
    dates: tuple[datetime, ...]

    def dated(self) -> Iterator[_OffsetChange]:
        """Yield the changes to this observance that are listed by date."""
        return map(self._change, (self.first, *self.dates))

    def yearly(self, year: int) -> Iterator[_OffsetChange]:
        """Yield changes by its yearly rule, including the last one in or before *year*."""
        if self.rule is None:
            return
        until = self.rule.until
        last = year if until is None else min(year, until.year)
        for in_year in (last, last - 1, last - 2):
            if in_year < self.first.year:
                return
            change = datetime.combine(self.rule.on(in_year), self.first.time())
            if self.first <= change and (until is None or change <= until):
                yield self._change(change)

    def _change(self, at: datetime) -> _OffsetChange:
        # A time that the clocks jump over is read as before the jump.
        return _later(at, max(timedelta(), self.after - self.before)), self.after


class ForeignZone:
    """The clocks of a zone as a VTIMEZONE describes them."""

    def __init__(self, observances: Sequence[_Observance]) -> None:
        self._observances = observances
        self._dated = sorted(change for observance in observances for change in observance.dated())
        self._yearly: dict[int, list[_OffsetChange]] = {}
        self._at_first = min((observance.first, observance.before) for observance in observances)[1]

    def offset(self, wall: datetime) -> timedelta:
        """Return how far the clocks that show *wall* are ahead of UTC.

        A repeated time means the first one; a time that the clocks jump over is read as before the jump.

        Source: RFC 5545 sections 3.3.5 and 3.6.5.
        """
        if wall.year not in self._yearly:
            self._yearly[wall.year] = sorted(
                change for observance in self._observances for change in observance.yearly(wall.year)
            )
        before = [
            changes[index - 1]
            for changes in (self._dated, self._yearly[wall.year])
            if (index := bisect_right(changes, wall, key=lambda change: change[0]))
        ]
        return max(before)[1] if before else self._at_first


def foreign_zone(described: Component) -> ForeignZone | None:
    """Return the zone that a VTIMEZONE describes; None if a part of it is not understood."""
    if not 0 < len(described.components) <= MOST_OBSERVANCES:
        return None
    observances = [_observance(component) for component in described.components]
    understood = [observance for observance in observances if observance is not None]
    if len(understood) < len(observances) or sum(len(observance.dates) for observance in understood) > MOST_DATES:
        return None
    return ForeignZone(understood)


def _observance(described: Component) -> _Observance | None:
    values = {source.name: source.value for source in described.properties}
    first = decode_date_time(values.get("DTSTART", ""))
    before, after = (decode_utc_offset(values.get(name, "")) for name in ("TZOFFSETFROM", "TZOFFSETTO"))
    if first is None or first[0].year < _OLDEST or before is None or after is None:
        return None
    rules = [_yearly_rule(source.value, first[0], before) for source in described.all("RRULE")]
    dates = [
        decode_date_time(written) for rdate in described.all("RDATE") for written in rdate.value.split(",", MOST_DATES)
    ]
    if len(rules) > 1 or None in rules or None in dates:
        return None
    rule = rules[0] if rules else None
    return _Observance(first[0], before, after, rule, tuple(changed[0] for changed in dates if changed is not None))


def _yearly_rule(value: str, first: datetime, before: timedelta) -> _YearlyRule | None:
    parts = [part.partition("=") for part in value.upper().rstrip(";").split(";", len(_UNDERSTOOD))]
    given = {key: value for key, _, value in parts}
    if len(given) < len(parts) or not given.keys() <= _UNDERSTOOD:
        return None
    if given.get("FREQ") != "YEARLY" or given.get("INTERVAL", "1") != "1":
        return None
    # Domino repeats the time of DTSTART.
    for key, own in (("BYHOUR", first.hour), ("BYMINUTE", first.minute), ("BYSECOND", first.second)):
        if not _CLOCK.fullmatch(given.get(key, "0")) or int(given.get(key, own)) != own:
            return None
    until = None
    if "UNTIL" in given:
        until = _until(given["UNTIL"], before)
        if until is None:
            return None
    month, in_month, weekday = (given.get(key) for key in ("BYMONTH", "BYMONTHDAY", "BYDAY"))
    named = first.month if month is None else _number(month, 12)
    if named is None or named < 1 or (month is None and (in_month or weekday)):
        return None
    if weekday is not None:
        match = _WEEKDAY.fullmatch(weekday)
        if match is None or in_month is not None:
            return None
        return _YearlyRule(named, int(match[1]), WEEKDAYS.index(match[2]), until)
    in_every_year = monthrange(_COMMON_YEAR, named)[1]
    number = _number(str(first.day) if in_month is None else in_month, in_every_year)
    return None if number is None else _YearlyRule(named, number, None, until)


def _number(value: str, largest: int) -> int | None:
    number = int(value) if _NUMBER.fullmatch(value) else 0
    return number if number and abs(number) <= largest else None


def _until(value: str, before: timedelta) -> datetime | None:
    """Return the last moment of a rule by the clocks before the change."""
    on = decode_date(value)
    if on is not None:
        return datetime.combine(on, datetime.max.time())
    last = decode_date_time(value)
    if last is None or last[0].year < _OLDEST:
        return None
    return _later(last[0], before) if last[1] else last[0]


def _later(moment: datetime, by: timedelta) -> datetime:
    """Return a moment so much later; one in the year 9999, which some programs write for "always", is late enough."""
    return moment if moment.year == MAXYEAR else moment + by
