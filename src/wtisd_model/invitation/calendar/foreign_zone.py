"""A time zone that somebody else describes: what its clocks show, where the description is a plain one.

Only dated changes and yearly rules of one day are evaluated, each by looking at three years, so that no rule of a
stranger can make us count for long. Everything else is for the caller to refuse.
"""

import re
from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from attrs import frozen

from wtisd_model.invitation.calendar.tree import Component
from wtisd_model.invitation.calendar.values import day, wall_time

MOST_OBSERVANCES: Final = 100
"""How many ways of setting the clocks a zone may have."""

MOST_DATES: Final = 1000
"""How many dates of changes a zone may list."""

_OFFSET: Final = re.compile(r"([+-])([01][0-9]|2[0-3])([0-5][0-9])([0-5][0-9])?")
_WEEKDAY: Final = re.compile(r"([+-]?[1-5])(MO|TU|WE|TH|FR|SA|SU)")
_WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_NUMBER: Final = re.compile(r"-?[0-9]{1,2}")
_UNDERSTOOD: Final = frozenset({"FREQ", "INTERVAL", "BYMONTH", "BYDAY", "BYMONTHDAY", "UNTIL", "WKST"})


@frozen
class _Rule:
    """A day of every year: a weekday of a month, or a day of it; counted from its end where the number is negative."""

    month: int
    number: int
    weekday: int | None
    until: datetime | None

    def on(self, year: int) -> date | None:
        length = monthrange(year, self.month)[1]
        if self.weekday is None:
            number = self.number if self.number > 0 else length + 1 + self.number
        else:
            first = (self.weekday - date(year, self.month, 1).weekday()) % 7 + 1
            last = first + 7 * ((length - first) // 7)
            number = first + 7 * (self.number - 1) if self.number > 0 else last + 7 * (self.number + 1)
        return date(year, self.month, number) if 0 < number <= length else None


_Change = tuple[datetime, timedelta]
"""When clocks begin to be set, by the clocks before, and how far they are ahead of UTC then."""


@frozen
class _Observance:
    """How the clocks are set from some changes on."""

    first: datetime
    before: timedelta
    after: timedelta
    rule: _Rule | None
    dates: tuple[datetime, ...]

    def dated(self) -> Iterator[_Change]:
        """Give the changes to it that have dates of their own."""
        return map(self._change, (self.first, *self.dates))

    def yearly(self, year: int) -> Iterator[_Change]:
        """Give changes by its rule: the last in or before *year* among them."""
        if self.rule is None:
            return
        until = self.rule.until
        last = year if until is None else min(year, until.year)
        for each in (last, last - 1, last - 2):
            on = self.rule.on(each) if each >= self.first.year else None
            if on is not None:
                change = datetime.combine(on, self.first.time())
                if self.first <= change and (until is None or change <= until):
                    yield self._change(change)

    def _change(self, at: datetime) -> _Change:
        # A time that the clocks jump over is read as before the jump.
        return at + max(timedelta(), self.after - self.before), self.after


class ForeignZone:
    """The clocks of a zone as a VTIMEZONE describes them."""

    def __init__(self, observances: Sequence[_Observance]) -> None:
        self._observances = observances
        self._dated = sorted(change for each in observances for change in each.dated())
        self._yearly: dict[int, list[_Change]] = {}
        self._at_first = min((each.first, each.before) for each in observances)[1]

    def offset(self, wall: datetime) -> timedelta:
        """Say how far the clocks that show *wall* are ahead of UTC.

        Of two equal times the first is meant; a time that the clocks jump over is read as before the jump.

        Source: RFC 5545 sections 3.3.5 and 3.6.5.
        """
        if wall.year not in self._yearly:
            self._yearly[wall.year] = sorted(change for each in self._observances for change in each.yearly(wall.year))
        before = [
            changes[index - 1]
            for changes in (self._dated, self._yearly[wall.year])
            if (index := bisect_right(changes, wall, key=_when))
        ]
        return max(before)[1] if before else self._at_first


def _when(change: _Change) -> datetime:
    return change[0]


def foreign_zone(described: Component) -> ForeignZone | None:
    """Read a VTIMEZONE; None where it is not understood whole."""
    if not 0 < len(described.components) <= MOST_OBSERVANCES:
        return None
    observances = [_observance(each) for each in described.components]
    read = [each for each in observances if each is not None]
    if len(read) < len(observances) or sum(len(each.dates) for each in read) > MOST_DATES:
        return None
    return ForeignZone(read)


def _observance(described: Component) -> _Observance | None:
    said = {each.name: each.value for each in described.properties}
    first = wall_time(said.get("DTSTART", ""))
    before, after = _offset(said.get("TZOFFSETFROM", "")), _offset(said.get("TZOFFSETTO", ""))
    # Outlook begins its zones in 1601; what is older could not be reckoned with at all.
    if first is None or first[0].year < _OLDEST or before is None or after is None:
        return None
    rules = [_rule(each.value, first[0], before) for each in described.all("RRULE")]
    dates = [wall_time(each) for found in described.all("RDATE") for each in found.value.split(",", MOST_DATES)]
    if len(rules) > 1 or None in rules or None in dates:
        return None
    rule = rules[0] if rules else None
    return _Observance(first[0], before, after, rule, tuple(each[0] for each in dates if each is not None))


_OLDEST: Final = 1600


def _offset(value: str) -> timedelta | None:
    match = _OFFSET.fullmatch(value)
    if match is None:
        return None
    sign, hours, minutes, seconds = match.groups()
    length = timedelta(hours=int(hours), minutes=int(minutes), seconds=int(seconds or 0))
    return -length if sign == "-" else length


def _rule(value: str, first: datetime, before: timedelta) -> _Rule | None:
    parts = [part.partition("=") for part in value.upper().rstrip(";").split(";", len(_UNDERSTOOD))]
    said = {key: given for key, _, given in parts}
    if len(said) < len(parts) or not said.keys() <= _UNDERSTOOD:
        return None
    if said.get("FREQ") != "YEARLY" or said.get("INTERVAL", "1") != "1":
        return None
    until = None
    if "UNTIL" in said:
        until = _until(said["UNTIL"], before)
        if until is None:
            return None
    month, in_month, weekday = (said.get(key) for key in ("BYMONTH", "BYMONTHDAY", "BYDAY"))
    named = first.month if month is None else _number(month, 12)
    if named is None or named < 1 or (month is None and (in_month or weekday)):
        return None
    if weekday is not None:
        match = _WEEKDAY.fullmatch(weekday)
        if match is None or in_month is not None:
            return None
        return _Rule(named, int(match[1]), _WEEKDAYS.index(match[2]), until)
    number = first.day if in_month is None else _number(in_month, 31)
    return None if number is None else _Rule(named, number, None, until)


def _number(value: str, largest: int) -> int | None:
    number = int(value) if _NUMBER.fullmatch(value) else 0
    return number if number and abs(number) <= largest else None


def _until(value: str, before: timedelta) -> datetime | None:
    """Give the last moment of a rule by the clocks before the change."""
    on = day(value)
    if on is not None:
        return datetime.combine(on, datetime.max.time())
    read = wall_time(value)
    if read is None or read[0].year < _OLDEST:
        return None
    return read[0] + before if read[1] else read[0]
