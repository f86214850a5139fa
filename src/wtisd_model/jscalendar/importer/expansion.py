"""Recurring events as their first occurrence, or as their occurrences in a window of time."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Final, NamedTuple, cast

from attrs import evolve

from wtisd_model.codes import Code
from wtisd_model.findings import InvalidValueError
from wtisd_model.jscalendar.importer.context import JSCalendarContext, JSCalendarEvent, source_of
from wtisd_model.jscalendar.importer.entry import RECURRENCE, JSCalendarEntry, read_entry, weight
from wtisd_model.jscalendar.importer.patches import patched
from wtisd_model.jscalendar.importer.rules import read_rule
from wtisd_model.jscalendar.importer.slots import read_slot
from wtisd_model.jscalendar.names import Object
from wtisd_model.jscalendar.times import decode_local_time
from wtisd_model.reading.build_events import occurrence_around
from wtisd_model.reading.foreign_value import ForeignValue
from wtisd_model.reading.notes import Notes
from wtisd_model.reading.series import MARGIN, SLOT_COST, Window, occurrence_uid
from wtisd_model.types.recurrence import MOST_STEPS, RecurrenceRule, StepBudget
from wtisd_model.types.text import UID
from wtisd_model.types.timeslot import TimeSlot

MOST_OCCURRENCES: Final = 1000
"""The maximum number of occurrences of all recurring events of a document together."""


def latest_by_uid(objects: Sequence[ForeignValue]) -> Iterator[ForeignValue]:
    """Yield one object for each uid: the series rather than one of its occurrences, and the latest revision."""
    kept: dict[str, ForeignValue] = {}
    for each in objects:
        key = _key(each)
        before = kept.setdefault(key, each)
        if before is each:
            continue
        older, kept[key] = sorted((before, each), key=_revision)
        is_whole = "recurrenceId" not in older.members
        each.notes.note(Code.ENTRY_REPEATED if is_whole else Code.OCCURRENCE_DROPPED, older.path)
    yield from kept.values()


def _key(value: ForeignValue) -> str:
    """Return the uid of an Event; its path if it has none."""
    uid = value["uid"].string
    return value.path if uid is None else uid


def _revision(value: ForeignValue) -> tuple[bool, int, str]:
    """Return a key that is greater for the series, and then for a later revision."""
    sequence = value["sequence"].value
    is_whole = "recurrenceId" not in value.members
    return is_whole, sequence if type(sequence) is int else 0, value["updated"].string or ""


def first_occurrence(source: JSCalendarEvent) -> JSCalendarEvent:
    """Return the first occurrence of an Event, in its changed form if there is one, and note that there are others."""
    members, value = source.members, source.value
    for name in (*RECURRENCE, "recurrenceId"):
        if members.get(name):
            source.notes.note(Code.RECURRENCE_DROPPED, value[name].path, property=name)
    patch = value["recurrenceOverrides"].member(str(members.get("start"))).members
    if not patch or patch.get("excluded") is True:
        return source
    changed = patched(members, patch, StepBudget())
    if changed is None:
        value["recurrenceOverrides"].drop(Code.PATH_MALFORMED)
        return source
    return source_of(ForeignValue(changed, value.path, value.notes), source.context)


class SeriesExpander:
    """The occurrences in a window, with a bound for the work."""

    def __init__(self, window: Window) -> None:
        """Begin with all steps, and no occurrences."""
        self._window = window
        self._left = MOST_OCCURRENCES
        self._steps = StepBudget(3 * MOST_STEPS)
        self.is_used: bool = False
        """True once occurrences were worked out, even if none is in the window."""

    def entries(self, objects: Sequence[ForeignValue], context: JSCalendarContext) -> list[JSCalendarEntry]:
        """Return the entries of a document, with the occurrences in the window in place of recurring ones.

        An entry that is a part of a series becomes a part of the occurrence in which it takes place.
        """
        by_uid: dict[str, list[ForeignValue]] = {}
        for each in objects:
            by_uid.setdefault(_key(each), []).append(each)
        kept: list[JSCalendarEntry] = []
        expanded: dict[str, list[JSCalendarEntry]] = {}
        for uid, several in by_uid.items():
            found = None
            if any(each.members.get(name) for each in several for name in (*RECURRENCE, "recurrenceId")):
                found = self._series(uid, several, context)
            if found is None:
                sources = [first_occurrence(source_of(each, context)) for each in latest_by_uid(several)]
                kept += (entry for each in sources if (entry := read_entry(each)) is not None)
            else:
                self.is_used = True
                expanded[uid] = found
                kept += found
        return [
            each if (whole := occurrence_around(each, expanded)) is None else evolve(each, parent=whole.uid)
            for each in kept
        ]

    def _series(
        self, uid: str, several: Sequence[ForeignValue], context: JSCalendarContext
    ) -> list[JSCalendarEntry] | None:
        """Return the occurrences of one series in the window; None if its rules cannot be read."""
        whole = next(latest_by_uid([each for each in several if "recurrenceId" not in each.members]), None)
        source = None if whole is None else source_of(whole, context)
        rules = None if source is None else _rules_of(source)
        if source is not None and rules is None:
            return None
        series = _Series(uid, source, rules, self._window, StepBudget(MOST_STEPS, total=self._steps))
        for each in several:
            if "recurrenceId" in each.members:
                series.add_instance(source_of(each, context))
        found = series.occurrences(self._left)
        kept = found[: self._left]
        self._left -= len(kept)
        if series.is_cut:
            several[0].notes.note(Code.OCCURRENCES_INCOMPLETE, several[0].path)
        if len(kept) < len(found):
            several[0].notes.note(Code.OCCURRENCES_OMITTED, several[0].path, maximum=MOST_OCCURRENCES)
        return kept


class _Rules(NamedTuple):
    """The rules of a series, and those of what does not take place."""

    included: list[RecurrenceRule]
    excluded: list[RecurrenceRule]


def _rules_of(source: JSCalendarEvent) -> _Rules | None:
    """Return the rules of an Event: one in version 2.0, several in version 1.0; None if one cannot be read."""
    rule, rules, excluded = map(source.value.__getitem__, RECURRENCE[:3])
    if not all(isinstance(each.value, list | None) for each in (rules, excluded)):
        return None
    whole_days = source.members.get("showWithoutTime") is True
    included = [*([] if rule.value is None else [rule]), *rules.items()]
    try:
        return _Rules(
            [read_rule(each, whole_days=whole_days) for each in included],
            [read_rule(each, whole_days=whole_days) for each in excluded.items()],
        )
    except InvalidValueError:
        return None


class _Series:
    """The occurrences of the Events with one uid."""

    def __init__(
        self, uid: str, source: JSCalendarEvent | None, rules: _Rules | None, window: Window, steps: StepBudget
    ) -> None:
        """Begin with the Event of the whole series, if the document has one."""
        self._uid = uid
        self._source = source
        self._rules = rules or _Rules([], [])
        self._window = window
        self._steps = steps
        self._instances: dict[datetime, JSCalendarEvent] = {}
        self.is_cut = False
        """True if there were not enough steps for all occurrences."""

    def add_instance(self, source: JSCalendarEvent) -> None:
        """Add an Event that is one occurrence of the series (``recurrenceId``)."""
        stated = source.value["recurrenceId"]
        wall = decode_local_time(stated.value)
        if wall is None:
            source.notes.note(Code.PROPERTY_UNREADABLE, stated.path, property="recurrenceId")
        else:
            self._instances[wall] = source

    def occurrences(self, most: int) -> list[JSCalendarEntry]:
        """Return the occurrences in the window, in order; more than *most* if there are more."""
        entry = None if self._source is None else read_entry(self._source)
        if self._source is not None and entry is None:
            return []
        series = None
        if UID.check(self._uid) is None:
            series = {"uid": self._uid, "title": None if entry is None else entry.title}
        found: list[JSCalendarEntry] = []
        shown = (each for each in self._entries(entry, most) if self._window.overlaps(each.slot))
        try:
            found.extend(evolve(each, series=series) for each in shown)
        except InvalidValueError:
            self.is_cut = True
        found.sort(key=lambda each: each.slot.starts_at)
        if found and entry is not None:
            first = found[0]
            found[0] = evolve(first, people=evolve(first.people, attendees=[*entry.attendees, *first.attendees]))
        return found

    def _entries(self, entry: JSCalendarEntry | None, most: int) -> Iterator[JSCalendarEntry]:
        """Yield each occurrence near the window, and all that were changed.

        Raises:
            InvalidValueError: ``recurrence-too-complex``.
        """
        if entry is not None and self._source is not None:
            changes = self._changes(self._source)
            excluded = {wall for wall, patch in changes.items() if patch.get("excluded") is True}
            others = excluded | changes.keys() | self._instances.keys()
            cost = SLOT_COST + entry.weight
            for wall in self._walls(entry, most + len(excluded) + 1) - others:
                self._steps.spend(cost)
                start = self._start(self._source, wall)
                if start is not None:
                    people = evolve(entry.people, attendees=[])
                    yield evolve(entry, uid=self._own_uid(start), slot=start, people=people)
            for wall, patch in changes.items():
                if wall not in excluded and wall not in self._instances:
                    yield from self._changed(self._source, wall, patch)
        for wall, source in self._instances.items():
            yield from self._changed(source, wall, {"start": source.members.get("start")})

    def _changes(self, source: JSCalendarEvent) -> dict[datetime, Object]:
        found: dict[datetime, Object] = {}
        overrides = source.value["recurrenceOverrides"].object()
        for key in overrides.members:
            wall = decode_local_time(key)
            if wall is None:
                overrides.drop(Code.PATH_MALFORMED)
            else:
                found[wall] = overrides[key].members
        return found

    def _changed(self, source: JSCalendarEvent, wall: datetime, patch: Object) -> Iterator[JSCalendarEntry]:
        """Yield an occurrence that was changed, unless it cannot be read."""
        self._steps.spend(SLOT_COST + weight(source.members))
        start = self._start(source, wall)
        members = patched(source.members | {"start": f"{wall:%Y-%m-%dT%H:%M:%S}"}, patch, self._steps)
        if members is None:
            source.value["recurrenceOverrides"].drop(Code.PATH_MALFORMED)
            return
        changed = ForeignValue(members, source.path, source.notes)
        entry = None if start is None else read_entry(source_of(changed, source.context))
        if entry is not None and start is not None:
            own = self._own_uid(start)
            invited = [evolve(each, uid=own) for each in entry.attendees]
            is_same = source is self._source and not any(path.startswith("participants") for path in patch)
            yield evolve(entry, uid=own, people=evolve(entry.people, attendees=[] if is_same else invited))

    def _walls(self, entry: JSCalendarEntry, most: int) -> set[datetime]:
        """Return the local times of the occurrences by the rules that may be in the window.

        "The initial date-time to which the rule is applied [...] is always the first occurrence".
        """
        first = cast("datetime", decode_local_time(entry.members.get("start")))
        length = entry.slot.ends_at - entry.slot.starts_at
        since = self._window.starts_at.replace(tzinfo=None) - length - MARGIN
        until = self._window.ends_at.replace(tzinfo=None) + MARGIN
        walls = {first}
        try:
            for rule in self._rules.included:
                walls.update(islice(self._by_rule(rule, first, since, until, counted=1), most))
            for rule in self._rules.excluded:
                walls.difference_update(self._by_rule(rule, first, since, until, counted=0))
        except InvalidValueError:
            self.is_cut = True
        return walls

    def _by_rule(
        self, rule: RecurrenceRule, first: datetime, since: datetime, until: datetime, *, counted: int
    ) -> Iterator[datetime]:
        """Yield the local times of a rule; *counted* are those that count already."""
        skipped = since if rule.count is None else None
        for wall in rule.starts(first, self._steps, not_before=skipped):
            if counted and wall == first:
                continue
            if counted == rule.count or wall > until or rule.is_over(wall, wall):
                return
            counted += 1
            if wall >= since:
                yield wall

    def _start(self, source: JSCalendarEvent, wall: datetime) -> TimeSlot | None:
        """Return the slot of an occurrence as the rules have it."""
        members = source.members | {"start": f"{wall:%Y-%m-%dT%H:%M:%S}"}
        silent = ForeignValue(members, source.path, Notes())  # its times were reported once
        return read_slot(evolve(source, value=silent))

    def _own_uid(self, start: TimeSlot) -> str:
        """Return the uid of the occurrence that starts so by the rules."""
        return occurrence_uid(self._uid, start.first_day if start.whole_days else start.starts_at)
