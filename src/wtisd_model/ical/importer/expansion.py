"""Recurring events as their occurrences in a window of time: RRULE, RDATE, EXDATE and RECURRENCE-ID."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import chain, islice
from typing import Final, TypeVar

from attrs import evolve

from wtisd_model.codes import Code
from wtisd_model.findings import InvalidValueError
from wtisd_model.ical.component import Component
from wtisd_model.ical.context import ImportContext
from wtisd_model.ical.importer.entry import ImportedEntry
from wtisd_model.ical.importer.events import revision_of
from wtisd_model.ical.importer.omissions import RECURRENCE
from wtisd_model.ical.importer.series_member import SeriesMember, Start
from wtisd_model.ical.parser import CalendarLimits
from wtisd_model.reading.build_events import occurrence_around
from wtisd_model.reading.notes import Notes
from wtisd_model.reading.series import MARGIN, SLOT_COST, Window, occurrence_uid
from wtisd_model.types.recurrence import MOST_STEPS, RecurrenceRule, StepBudget, parse_rule
from wtisd_model.types.series import Series
from wtisd_model.types.text import UID
from wtisd_model.types.timeslot import TimeSlot, slot_by_clock
from wtisd_model.types.timezone import wall_of

Found = TypeVar("Found")

_DAY: Final = timedelta(days=1)
_TEXT_COST: Final = 100
"""The number of characters of an event that one step checks again."""
_STEPS_FOR_OCCURRENCE: Final = 50
_STEPS_FOR_LINE: Final = 10
"""The steps that a rule may take more for each occurrence and each line that the limits allow."""


class ExpansionBudget:
    """The window, and the work that may still be done for a file."""

    def __init__(self, window: Window, limits: CalendarLimits) -> None:
        """Allow the occurrences in a window, and the steps to find them, that the limits allow."""
        self.window = window
        self.most: int = limits.occurrences
        self.left: int = limits.occurrences
        self.steps_of_one: int = MOST_STEPS + _STEPS_FOR_OCCURRENCE * limits.occurrences
        """The steps that each series may take."""
        self.steps: StepBudget = StepBudget(self.steps_of_one + _STEPS_FOR_LINE * limits.lines)
        """The steps that all of them may take."""
        self.is_used = False
        """True once occurrences were worked out, even if none is in the window."""


def expand_series(
    read: Iterable[tuple[Component, ImportedEntry]], expansion: ExpansionBudget, context: ImportContext
) -> list[ImportedEntry]:
    """Return the entries of one calendar, with the occurrences in the window in place of recurring ones.

    A recurring entry is kept, and noted, if its rules cannot be read. If they take too many steps, the occurrences
    found until then take its place, and that is noted. An entry that is a part of a series becomes a part of the
    occurrence in which it takes place.
    """
    by_uid: dict[str, list[tuple[Component, ImportedEntry]]] = {}
    for vevent, entry in read:
        by_uid.setdefault(entry.uid, []).append((vevent, entry))
    kept: list[ImportedEntry] = []
    expanded: dict[str, Sequence[ImportedEntry]] = {}
    for uid, several in by_uid.items():
        rules = [each for vevent, _ in several for name in RECURRENCE for each in vevent.all(name)]
        occurrences = None
        if rules or any(entry.occurrence is not None for _, entry in several):
            occurrences = _SeriesExpansion(uid, expansion, context).occurrences(several)
        if occurrences is None:
            kept += [entry for _, entry in several]
            for each in rules:
                context.note(Code.RECURRENCE_DROPPED, each, property=each.name)
        else:
            kept += occurrences
            expanded[uid] = occurrences
            expansion.is_used = True
    return [
        each if (whole := occurrence_around(each, expanded)) is None else evolve(each, parent=whole.uid)
        for each in kept
    ]


class _SeriesExpansion:
    """The occurrences of the entries with one uid."""

    def __init__(self, uid: str, expansion: ExpansionBudget, context: ImportContext) -> None:
        self._uid = uid
        self._expansion = expansion
        self._context = context
        self._steps = StepBudget(expansion.steps_of_one, total=expansion.steps)
        self._is_cut = False
        # The findings about its times were collected when the event was read.
        self._silent = evolve(context, findings=Notes())

    def occurrences(self, read: Sequence[tuple[Component, ImportedEntry]]) -> list[ImportedEntry] | None:
        """Return the occurrences in the window, in order; None if the rules cannot be read."""
        latest: dict[date | None, SeriesMember] = {}
        for vevent, entry in read:
            member = SeriesMember.of(vevent, entry, self._silent)
            if member is None or vevent.get("EXRULE") is not None:
                return None
            name = None if member.original is None else member.original.name
            before = latest.setdefault(name, member)
            if before is not member:
                older, latest[name] = sorted((before, member), key=lambda each: revision_of(each.entry))
                self._context.note(Code.ENTRY_REPEATED, older.entry)
        master = latest.pop(None, None)
        changes = [(each.original, each) for each in latest.values() if each.original is not None]
        try:
            return self._in_window(master, changes)
        except InvalidValueError:
            return None

    def _in_window(
        self, master: SeriesMember | None, changes: Sequence[tuple[Start, SeriesMember]]
    ) -> list[ImportedEntry]:
        series = None
        if UID.check(self._uid) is None:
            series = Series(uid=self._uid, title=None if master is None else master.entry.title)
        found: list[ImportedEntry] = []
        for start, member, slot in self._while_steps_last(self._slots(master, changes)):
            if self._expansion.window.overlaps(slot):
                own = occurrence_uid(self._uid, start.name)
                invited = () if member is master else member.entry.attendees
                attendees = tuple(evolve(each, uid=own) for each in invited if member.original is start)
                found.append(
                    evolve(member.entry, uid=own, occurrence=None, slot=slot, attendees=attendees, series=series)
                )
        found.sort(key=lambda each: each.slot.starts_at)
        kept = found[: self._expansion.left]
        self._expansion.left -= len(kept)
        if len(kept) < len(found):
            self._context.note(Code.OCCURRENCES_OMITTED, found[0], maximum=self._expansion.most)
        if self._is_cut:
            source = changes[0][1] if master is None else master
            self._context.note(Code.OCCURRENCES_INCOMPLETE, source.entry)
        if kept and master is not None:
            kept[0] = evolve(kept[0], attendees=(*master.entry.attendees, *kept[0].attendees))
        return kept

    def _while_steps_last(self, found: Iterator[Found]) -> Iterator[Found]:
        """Yield from *found* until the steps are spent."""
        try:
            yield from found
        except InvalidValueError as error:
            if error.findings[0].code != Code.RECURRENCE_TOO_COMPLEX:
                raise
            self._is_cut = True

    def _slots(
        self, master: SeriesMember | None, changes: Sequence[tuple[Start, SeriesMember]]
    ) -> Iterator[tuple[Start, SeriesMember, TimeSlot]]:
        """Yield each occurrence by the rules, the member that describes it, and its slot.

        Raises:
            InvalidValueError: ``recurrence-too-complex`` before the first one if not all of EXDATE was read, since
                excluded occurrences could not be recognized.
        """
        left = {original.name: (original, change) for original, change in changes}
        rest = [(original.slot, change) for original, change in changes if change.is_of_the_rest]
        rest.sort(key=lambda pair: pair[0].starts_at)
        since = [slot.starts_at for slot, _ in rest]
        new = [change.entry.slot for _, change in rest]
        moved = [abs(to - at) for at, slot in zip(since, new, strict=True) for to in (slot.starts_at, slot.ends_at)]
        excluded = set[date]()
        if master is not None:
            excluded |= {start.name for start in self._listed(master, "EXDATE")}
            most = self._expansion.left + len(excluded) + 1
            cost = max(_weight(each.vevent) for each in (master, *(change for _, change in rest)))
            starts = self._starts(master, most=most, reach=max(moved, default=timedelta()), cost=cost)
            by_moment: dict[datetime, Start] = {}
            for start in self._while_steps_last(starts):
                by_moment.setdefault(start.slot.starts_at, start)
            for _, start in sorted(by_moment.items()):
                own = next((left.pop(name) for name in start.names if name in left), None)
                if not excluded.isdisjoint(start.names):
                    continue
                if own is not None:
                    yield *own, own[1].entry.slot
                    continue
                before = bisect_left(since, start.slot.starts_at)
                if before:
                    slot, change = rest[before - 1]
                    yield start, change, _moved(start.slot, slot, change.entry.slot)
                else:
                    yield start, master, start.slot
        for original, change in left.values():
            if master is not None and _is_of_an_old_rule(change, master):
                self._context.note(Code.OCCURRENCE_DROPPED, change.entry)
            elif excluded.isdisjoint(original.names):
                yield original, change, change.entry.slot

    def _listed(self, master: SeriesMember, name: str) -> Iterator[Start]:
        """Yield the starts in RDATE or EXDATE."""
        for source, start in master.dates(name, self._silent):
            self._steps.spend(SLOT_COST)
            if start is None:
                self._context.drop(source)
            else:
                yield start

    def _starts(self, master: SeriesMember, *, most: int, reach: timedelta, cost: int) -> Iterator[Start]:
        """Yield the occurrences by the rules that may be in the window; the first of two with one start counts.

        Args:
            master: the member with the rules.
            most: how many of each rule to look for.
            reach: by how much a change of later ones moves or lengthens them at most.
            cost: the steps that each takes.
        """
        texts = (each.value.strip().rstrip(";") for each in master.vevent.all("RRULE"))
        rules = [parse_rule(each, whole_days=master.is_date) for each in texts]

        def near(starts: Iterator[Start]) -> Iterator[Start]:
            return (each for each in starts if reach or self._expansion.window.overlaps(each.slot))

        # A PERIOD has an end of its own, also where the rules describe the same start.
        zone = master.entry.slot.time_zone
        listed = (evolve(each, slot=each.slot.in_zone(zone)) for each in self._listed(master, "RDATE"))
        first = master.first
        begins_at = _naive(first.slot.starts_at)
        begins = () if rules and all(rule.is_over(master.wall, begins_at) for rule in rules) else (first,)
        by_rules = (islice(near(self._by_rule(rule, master, reach)), most) for rule in rules)
        for start in chain(near(listed), begins, *by_rules):
            self._steps.spend(cost)
            yield start

    def _by_rule(self, rule: RecurrenceRule, master: SeriesMember, reach: timedelta) -> Iterator[Start]:
        """Yield the occurrences of a rule from before the window to after it."""
        slot = master.entry.slot
        since = _naive(self._expansion.window.starts_at) - (slot.ends_at - slot.starts_at) - reach - MARGIN
        until = _naive(self._expansion.window.ends_at) + reach + MARGIN
        skipped = since if rule.count is None else None
        for number, wall in enumerate(rule.starts(master.wall, self._steps, not_before=skipped)):
            if number == rule.count or wall > until:
                return
            if wall < since:
                continue
            self._steps.spend(SLOT_COST)
            start = master.start_at(wall, self._silent)
            if start is None or rule.is_over(wall, _naive(start.slot.starts_at)):
                return
            yield start


def _is_of_an_old_rule(change: SeriesMember, master: SeriesMember) -> bool:
    """Return True for a copy of an older revision of the series, with its rules, that names an occurrence by them."""
    has_rules = any(change.vevent.get(name) is not None for name in RECURRENCE)
    return has_rules and change.entry.sequence < master.entry.sequence


def _moved(slot: TimeSlot, original: TimeSlot, changed: TimeSlot) -> TimeSlot:
    """Return a later slot "also rescheduled by the same time difference" as an earlier one that was changed."""
    zone = changed.time_zone
    if changed.whole_days:
        first = slot.first_day + (changed.first_day - original.first_day)
        return TimeSlot.days(first, first + (changed.last_day - changed.first_day) + _DAY, zone)
    before, after = wall_of(original.in_zone(zone).start), wall_of(changed.start)
    start = wall_of(slot.in_zone(zone).start) + (after - before)
    return slot_by_clock(start, start + (wall_of(changed.end) - after), zone, changed)


def _weight(vevent: Component) -> int:
    return 1 + sum(len(each.value) for each in vevent.properties) // _TEXT_COST


def _naive(moment: datetime) -> datetime:
    return moment.replace(tzinfo=None)
