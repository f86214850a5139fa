"""Calendars with recurring events, drawn at random: rules, listed and excluded dates, changed occurrences."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from tests.ical.calendars import vcalendar, vevent

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FORMS = ("Europe/Zurich", "America/New_York", "UTC", "date")
WINDOW = (datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC))


class SeriesDrawer:
    """Draws one calendar; its exceptions name occurrences that dateutil finds."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.form = random.choice(FORMS)
        self.is_date = self.form == "date"
        clock = 0 if self.is_date else 60 * random.randint(0, 23) + random.choice((0, 15, 30, 45))
        day = datetime(2026, 1, 1) + timedelta(days=random.randint(-700, 600))
        self.first = day + timedelta(minutes=clock)
        self.rule = self.drawn_rule()
        # How long a PERIOD lasts after such a change is a matter of opinion.
        self.changes_the_rest = random.random() < 0.3

    def drawn_rule(self) -> str:
        random = self.random
        frequency = random.choice(("YEARLY", "MONTHLY", "WEEKLY", "WEEKLY", "DAILY"))
        parts = [f"FREQ={frequency}", f"INTERVAL={random.choice((1, 1, 2, 3))}"]
        if random.random() < 0.3:
            parts.append("BYMONTH=" + ",".join(map(str, random.sample(range(1, 13), 4))))
        if frequency in {"YEARLY", "MONTHLY"} and random.random() < 0.4:
            parts.append(
                "BYDAY=" + ",".join(f"{random.choice((1, 2, 5, -1))}{each}" for each in random.sample(DAYS, 2))
            )
        elif frequency in {"YEARLY", "MONTHLY"} and random.random() < 0.4:
            parts.append("BYMONTHDAY=" + ",".join(map(str, random.sample((1, 13, 28, 30, 31, -1, -3), 2))))
        elif random.random() < 0.4:
            parts.append("BYDAY=" + ",".join(random.sample(DAYS, 3)))
        if len(parts) > 2 and frequency == "MONTHLY" and random.random() < 0.3:
            parts.append(f"BYSETPOS={random.choice((1, 2, -1))}")
        end = random.random()
        if end < 0.3:
            parts.append(f"COUNT={random.randint(1, 40)}")
        elif end < 0.6:
            last = self.first + timedelta(days=random.randint(0, 900))
            parts.append(f"UNTIL={last:%Y%m%d}" if self.is_date else f"UNTIL={self.moment(last):%Y%m%dT%H%M%SZ}")
        return ";".join(parts)

    def moment(self, wall: datetime) -> datetime:
        return wall.replace(tzinfo=UTC if self.is_date else ZoneInfo(self.form)).astimezone(UTC)

    def written(self, name: str, *walls: datetime, parameters: str = "") -> str:
        """Write times as DTSTART is written."""
        if self.is_date:
            return f"{name}{parameters};VALUE=DATE:" + ",".join(f"{each:%Y%m%d}" for each in walls)
        if self.form == "UTC":
            return f"{name}{parameters}:" + ",".join(f"{each:%Y%m%dT%H%M%SZ}" for each in walls)
        return f"{name}{parameters};TZID={self.form}:" + ",".join(f"{each:%Y%m%dT%H%M%S}" for each in walls)

    def occurrences(self) -> list[datetime]:
        rule = self.rule if self.is_date or "UNTIL" not in self.rule else self.rule.partition(";UNTIL")[0]
        found = rrulestr(rule, dtstart=self.first).between(self.first, datetime(2028, 2, 1), inc=True)
        return [self.first, *found]

    def lines(self) -> Iterator[str]:
        """Yield the rule, and the excluded and added dates."""
        random, occurrences = self.random, self.occurrences()
        yield f"RRULE:{self.rule}"
        if random.random() < 0.5:
            excluded = random.sample(occurrences, min(len(occurrences), random.randint(1, 4)))
            if random.random() < 0.7 or self.is_date:
                yield self.written("EXDATE", *excluded)
            else:
                yield "EXDATE:" + ",".join(f"{self.moment(each):%Y%m%dT%H%M%SZ}" for each in excluded)
        if random.random() < 0.4:
            yield self.written("RDATE", *(self.any_time() for _ in range(random.randint(1, 3))))
        if not (self.changes_the_rest or self.is_date) and random.random() < 0.3:
            begins = self.moment(self.any_time())
            ends = random.choice((f"PT{random.randint(1, 9)}H", f"{begins + timedelta(hours=5):%Y%m%dT%H%M%SZ}"))
            yield f"RDATE;VALUE=PERIOD:{begins:%Y%m%dT%H%M%SZ}/{ends}"

    def any_time(self) -> datetime:
        minutes = 0 if self.is_date else self.random.randint(0, 24 * 60)
        return datetime(2026, 6, 1) + timedelta(days=self.random.randint(-200, 500), minutes=minutes)

    def changes(self) -> Iterator[str]:
        """Yield occurrences that were moved, one of them perhaps with all later ones."""
        occurrences = sorted(set(self.occurrences()))
        for number, each in enumerate(
            self.random.sample(occurrences, min(len(occurrences), self.random.randint(0, 3)))
        ):
            moved = each + (timedelta(days=self.random.randint(-3, 3)) if self.is_date else self.hours(-50, 50))
            parameters = ";RANGE=THISANDFUTURE" if self.changes_the_rest and not number else ""
            original = self.written("RECURRENCE-ID", each, parameters=parameters)
            yield vevent(original, "SEQUENCE:1", when=self.when(moved))

    def hours(self, least: int, most: int) -> timedelta:
        return timedelta(hours=self.random.randint(least, most))

    def when(self, first: datetime) -> tuple[str, str]:
        if self.random.random() < 0.5:
            length = timedelta(days=self.random.randint(1, 3)) if self.is_date else self.hours(1, 30)
            return self.written("DTSTART", first), self.written("DTEND", first + length)
        lasts = f"P{self.random.randint(1, 3)}D" if self.is_date else f"PT{self.random.randint(1, 30)}H"
        return self.written("DTSTART", first), f"DURATION:{lasts}"


def drawn_calendar(random: Random) -> bytes:
    """Draw a calendar with one recurring event and its exceptions."""
    drawer = SeriesDrawer(random)
    return vcalendar(vevent(*drawer.lines(), "SEQUENCE:0", when=drawer.when(drawer.first)), *drawer.changes())
