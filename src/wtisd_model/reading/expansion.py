"""Recurring entries of a foreign calendar as their occurrences in a window of time."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from datetime import date, datetime, timedelta
from functools import partial
from itertools import chain, islice
from typing import Final, NamedTuple, TypeVar, cast

from attrs import evolve

from wtisd_model.codes import Code
from wtisd_model.errors import InvalidValueError
from wtisd_model.findings import finding
from wtisd_model.reading.build_events import occurrence_around
from wtisd_model.reading.calendar_entry import CalendarEntry, Change, Recurrence, Start, revision_of
from wtisd_model.reading.notes import At
from wtisd_model.schema.constraints import Integer
from wtisd_model.schema.patterns import FIRST_YEAR
from wtisd_model.types.identifiers import name_based_uid
from wtisd_model.types.moment import moment_in_utc
from wtisd_model.types.recurrence import MOST_STEPS, Frequency, RecurrenceRule, StepBudget, is_after
from wtisd_model.types.text import UID
from wtisd_model.types.timeslot import TimeSlot, slot_by_clock
from wtisd_model.types.timezone import wall_of

Item = TypeVar("Item")

MOST_OCCURRENCES: Final = 1000
"""Occurrences of all recurring events of a document together, unless a caller allows another number."""
OCCURRENCES: Final = Integer(1, 100_000)
"""The numbers that may be allowed."""

SLOT_COST: Final = 15
"""The cost of reading a slot, in steps."""
_STEPS_FOR_OCCURRENCE: Final = 50
"""The steps that a series may take more for each occurrence that is allowed."""
_STEPS_TO_FIRST: Final = 500
"""The steps that may be taken to the first occurrence in the years of an event: the days of a year, and some more."""
_DAY: Final = timedelta(days=1)
_FIRST_DAY: Final = datetime(FIRST_YEAR, 1, 2)  # noqa: DTZ001 - a local time, in whatever zone
_MARGIN: Final = timedelta(days=2)
"""More than local times and UTC ever differ."""


class ExpansionWindow(NamedTuple):
    """The time between two moments in UTC."""

    starts_at: datetime
    ends_at: datetime

    def overlaps(self, slot: TimeSlot) -> bool:
        """Return True if some moment of the slot is in the window."""
        return slot.starts_at < self.ends_at and self.starts_at < slot.ends_at


def require_window(expand: tuple[datetime, datetime]) -> ExpansionWindow:
    """Return the window that a caller asks for.

    Raises:
        InvalidValueError: ``wrong-type``, ``moment-naive``, ``moment-unreadable`` or ``slot-ends-before-start``.
    """
    match cast("tuple[datetime, ...]", expand):
        case tuple((since, until)):
            window = ExpansionWindow(moment_in_utc(since, "/expand/0"), moment_in_utc(until, "/expand/1"))
        case _:
            raise InvalidValueError(finding(Code.WRONG_TYPE, "/expand", expected="two-moments"))
    if window.ends_at <= window.starts_at:
        raise InvalidValueError(finding(Code.SLOT_ENDS_BEFORE_START, "/expand/1", whole_days=0))
    return window


def start_in_range(wall: datetime, rules: Callable[[], Sequence[RecurrenceRule]]) -> datetime:
    """Return the start of a series or, where it is before all years of an event, that of its first occurrence in them.

    It stays as it is where occurrences are counted from it, are hours apart or less, or have several rules, or where a
    rule cannot be read.
    """
    if wall.year < FIRST_YEAR:
        with suppress(InvalidValueError):
            rule, *others = rules()
            if others or rule.count is not None or rule.frequency > Frequency.DAILY:
                return wall
            start = next(rule.starts(wall, StepBudget(_STEPS_TO_FIRST), not_before=_FIRST_DAY), None)
            if start is not None and not is_after(start, rule.until):
                return start
    return wall


def occurrence_uid(uid: str, start: date) -> str:
    """Return the uid of one occurrence, the same in all formats.

    It depends only on the uid of the series and on its start by the rules, a moment in UTC or a day.
    """
    written = f"{start:%Y%m%dT%H%M%SZ}" if isinstance(start, datetime) else f"{start:%Y%m%d}"
    return name_based_uid(f"RECURRENCE-ID {written} {uid}")


class SeriesExpander:
    """A reader of series, with a bound for the work that a document may cause."""

    def __init__(self, expand: tuple[datetime, datetime], *, occurrences: int, more_steps: int) -> None:
        """Allow so many occurrences in a window; *more_steps* are those of all series beyond the steps of one."""
        self.window: ExpansionWindow = require_window(expand)
        self.most: int = occurrences
        self.left: int = occurrences
        self.steps_of_one: int = MOST_STEPS + _STEPS_FOR_OCCURRENCE * occurrences
        self.steps: StepBudget = StepBudget(self.steps_of_one + more_steps)
        self.is_used: bool = False
        """True once occurrences were found, even if none is in the window."""

    def expand(self, entries: Iterable[CalendarEntry]) -> list[CalendarEntry]:
        """Return the entries of one calendar, with the occurrences in the window in place of recurring ones.

        A recurring entry is kept if its rules cannot be read, and the reason is noted. If they take too many steps,
        the occurrences found until then take its place, and that is noted. An entry that is a part of a series becomes
        a part of the occurrence in which it takes place.
        """
        by_uid: dict[str, list[CalendarEntry]] = {}
        for entry in entries:
            by_uid.setdefault(entry.uid, []).append(entry)
        single: list[CalendarEntry] = []
        expanded: dict[str, Sequence[CalendarEntry]] = {}
        for uid, several in by_uid.items():
            if not any(recurrence_of(entry).stated for entry in several):
                single += several
                continue
            try:
                occurrences = _SeriesReader(uid, self).occurrences(several)
            except InvalidValueError as error:
                single += several
                for entry in several:
                    for _, path in recurrence_of(entry).stated:
                        entry.notes.note(Code.VALUE_DROPPED, path, reason=error.findings[0].code)
            else:
                single += occurrences
                expanded[uid] = occurrences
                self.is_used = True
        return [
            entry
            if (whole := occurrence_around(entry, expanded)) is None
            else evolve(entry, parent=cast("At", entry.parent)._replace(value=whole.uid))
            for entry in single
        ]


def recurrence_of(entry: CalendarEntry) -> Recurrence:
    """Return when an entry takes place again; every entry says it that is read for a window."""
    return cast("Recurrence", entry.recurrence)


_Changed = tuple[Start, CalendarEntry]
"""An occurrence that has an entry of its own: when it takes place by the rules, and the entry."""

_Occurrence = tuple[Start, CalendarEntry, TimeSlot]
"""An occurrence by the rules, the entry that describes it, and its slot."""


class _SeriesReader:
    """The occurrences of the entries with one uid."""

    def __init__(self, uid: str, expander: SeriesExpander) -> None:
        self._uid = uid
        self._expander = expander
        self._window = expander.window
        self._steps = StepBudget(expander.steps_of_one, total=expander.steps)
        self._is_cut = False

    def occurrences(self, entries: Sequence[CalendarEntry]) -> list[CalendarEntry]:
        """Return the occurrences in the window, in order.

        Raises:
            InvalidValueError: the rules cannot be read.
        """
        latest: dict[date | None, tuple[Start | None, CalendarEntry]] = {}
        for entry in entries:
            try:
                original = recurrence_of(entry).original()
            except InvalidValueError as error:  # it is not known which occurrence it is
                entry.notes.note(
                    Code(error.findings[0].code), cast("At", entry.occurrence).path, property=entry.occurrence_property
                )
                continue
            name = None if original is None else original.name
            _, before = latest.setdefault(name, (original, entry))
            if before is not entry:
                older, newer = sorted((before, entry), key=revision_of)
                latest[name] = original, newer
                entry.notes.note(Code.ENTRY_REPEATED, older.path)
        _, master = latest.pop(None, (None, None))
        changes = [(start, entry) for start, entry in latest.values() if start is not None]
        series = None
        if UID.check(self._uid) is None:
            series = {"uid": self._uid, "title": None if master is None else master.title}
        occurrences: list[CalendarEntry] = []
        for start, entry, slot in self._while_steps_last(self._slots(master, changes)):
            if self._window.overlaps(slot):
                own = occurrence_uid(self._uid, start.name)
                invited = () if entry is master or slot is not entry.slot else entry.attendees
                attendees = tuple(evolve(attendee, uid=own) for attendee in invited)
                occurrences.append(
                    evolve(entry, uid=own, occurrence=None, slot=slot, attendees=attendees, series=series)
                )
        occurrences.sort(key=lambda entry: entry.slot.starts_at)
        first, omitted = entries[0] if master is None else master, occurrences[self._expander.left :]
        del occurrences[self._expander.left :]
        self._expander.left -= len(occurrences)
        if omitted:
            first.notes.note(Code.OCCURRENCES_OMITTED, first.path, maximum=self._expander.most)
        if self._is_cut:
            first.notes.note(Code.OCCURRENCES_INCOMPLETE, first.path)
        if occurrences and master is not None:
            occurrences[0] = evolve(occurrences[0], attendees=(*master.attendees, *occurrences[0].attendees))
        return occurrences

    def _while_steps_last(self, items: Iterator[Item]) -> Iterator[Item]:
        """Yield the items until the steps are spent."""
        try:
            yield from items
        except InvalidValueError as error:
            if error.findings[0].code != Code.RECURRENCE_TOO_COMPLEX:
                raise
            self._is_cut = True

    def _slots(self, master: CalendarEntry | None, changed: Sequence[_Changed]) -> Iterator[_Occurrence]:
        """Yield each occurrence by the rules, the entry that describes it, and its slot.

        Raises:
            InvalidValueError: ``recurrence-too-complex`` before the first one if not all of those that do not take
                place were read, since these could not be recognized.
        """
        entries = {start.name: entry for start, entry in changed}
        changes = {start.name: Change(start, partial(_unchanged, entry)) for start, entry in changed}
        excluded = set[date]()
        if master is not None:
            rules, excluding = recurrence_of(master).rules()
            excluded |= {start.name for start in self._excluded(master, excluding)}
            changes = {change.start.name: change for change in self._paid(recurrence_of(master).changes())} | changes
            yield from self._regular(master, rules, changed, excluded, changes)
        for change in changes.values():
            entry = entries.get(change.start.name)
            if master is not None and entry is not None and _is_of_an_old_rule(entry, master):
                master.notes.note(Code.OCCURRENCE_DROPPED, entry.path)
            elif excluded.isdisjoint(change.start.names):
                yield from self._changed(change)

    def _regular(
        self,
        master: CalendarEntry,
        rules: Sequence[RecurrenceRule],
        changed: Sequence[_Changed],
        excluded: AbstractSet[date],
        changes: dict[date, Change],
    ) -> Iterator[_Occurrence]:
        """Yield the occurrences that the rules describe, each in its changed form, which is taken from *changes*."""
        rest = sorted(
            ((start, entry) for start, entry in changed if recurrence_of(entry).changes_the_rest),
            key=lambda change: change[0].slot.starts_at,
        )
        since = [start.slot.starts_at for start, _ in rest]
        starts = self._starts(master, rules, rest, most=self._expander.left + len(excluded) + 1)
        by_moment: dict[datetime, Start] = {}
        for start in self._while_steps_last(starts):
            by_moment.setdefault(start.slot.starts_at, start)
        for _, start in sorted(by_moment.items()):
            own = next((changes.pop(name) for name in start.names if name in changes), None)
            if not excluded.isdisjoint(start.names):
                continue
            before = bisect_left(since, start.slot.starts_at)
            if own is not None:
                yield from self._changed(own)
            elif before:
                original, entry = rest[before - 1]
                yield start, entry, _moved(start.slot, original.slot, entry.slot)
            else:
                yield start, master, start.slot

    def _changed(self, change: Change) -> Iterator[_Occurrence]:
        entry = change.read(self._steps)
        if entry is not None:
            yield change.start, entry, entry.slot

    def _excluded(self, master: CalendarEntry, rules: Sequence[RecurrenceRule]) -> Iterator[Start]:
        """Yield the occurrences that do not take place: each by its date, and those by rules near the window."""
        yield from filter(None, self._paid(recurrence_of(master).excluded()))
        for rule in rules:
            yield from self._by_rule(rule, master, timedelta(), first_counts=False)

    def _paid(self, items: Iterable[Item]) -> Iterator[Item]:
        """Yield what an entry says of its occurrences, each for the steps that its slot takes."""
        for item in items:
            self._steps.spend(SLOT_COST)
            yield item

    def _starts(
        self,
        master: CalendarEntry,
        rules: Sequence[RecurrenceRule],
        rest: Sequence[_Changed],
        *,
        most: int,
    ) -> Iterator[Start]:
        """Yield the occurrences by the rules that may be in the window; the first of two with one start counts.

        No more than *most* of each rule are looked for; *rest* are the changes of later occurrences too.
        """
        recurrence, window = recurrence_of(master), self._window
        moved = ((start.slot.starts_at, entry.slot) for start, entry in rest)
        reach = max((abs(to - at) for at, slot in moved for to in (slot.starts_at, slot.ends_at)), default=timedelta())
        cost = 1 + max(entry.weight for entry in (master, *(entry for _, entry in rest)))

        def near(starts: Iterator[Start]) -> Iterator[Start]:
            return (start for start in starts if reach or window.overlaps(start.slot))

        # A period has an end of its own, also where the rules describe the same start.
        zone = master.slot.time_zone
        listed = (evolve(start, slot=start.slot.in_zone(zone)) for start in self._paid(recurrence.dates()) if start)
        first, wall = recurrence.first()
        begins_at = _naive(first.slot.starts_at)
        is_over = bool(rules) and all(rule.is_over(wall, begins_at) for rule in rules)
        begins = () if is_over and not recurrence.first_counts else (first,)
        by_rules = (
            islice(near(self._by_rule(rule, master, reach, first_counts=recurrence.first_counts)), most)
            for rule in rules
        )
        for start in chain(near(listed), begins, *by_rules):
            self._steps.spend(cost)
            yield start

    def _by_rule(
        self, rule: RecurrenceRule, master: CalendarEntry, reach: timedelta, *, first_counts: bool
    ) -> Iterator[Start]:
        """Yield the occurrences of a rule from before the window to after it, which may be moved as far as *reach*."""
        recurrence, slot = recurrence_of(master), master.slot
        _, first = recurrence.first()
        since = _naive(self._window.starts_at) - (slot.ends_at - slot.starts_at) - reach - _MARGIN
        until = _naive(self._window.ends_at) + reach + _MARGIN
        counted = int(first_counts)
        for wall in rule.starts(first, self._steps, not_before=since if rule.count is None else None):
            if first_counts and wall == first:
                continue
            if counted == rule.count or wall > until:
                return
            counted += 1
            if wall < since:
                continue
            self._steps.spend(SLOT_COST)
            start = recurrence.start_at(wall)
            if start is None or rule.is_over(wall, _naive(start.slot.starts_at)):
                return
            yield start


def _unchanged(entry: CalendarEntry, _steps: StepBudget) -> CalendarEntry:
    return entry


def _is_of_an_old_rule(entry: CalendarEntry, master: CalendarEntry) -> bool:
    """Return True for a copy of an older revision of the series, with its rules, that names an occurrence by them."""
    return len(recurrence_of(entry).stated) > 1 and entry.sequence < master.sequence


def _moved(slot: TimeSlot, original: TimeSlot, changed: TimeSlot) -> TimeSlot:
    """Return a later slot "also rescheduled by the same time difference" as an earlier one that was changed."""
    zone = changed.time_zone
    if changed.whole_days:
        first = slot.first_day + (changed.first_day - original.first_day)
        return TimeSlot.days(first, first + (changed.last_day - changed.first_day) + _DAY, zone)
    before, after = wall_of(original.in_zone(zone).start), wall_of(changed.start)
    start = wall_of(slot.in_zone(zone).start) + (after - before)
    return slot_by_clock(start, start + (wall_of(changed.end) - after), zone, changed)


def _naive(moment: datetime) -> datetime:
    return moment.replace(tzinfo=None)
