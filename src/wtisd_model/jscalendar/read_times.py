"""When an Event takes place; and again: its rules, and PatchObjects (RFC 8984 section 1.4.9) for what differs."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cached_property, partial
from itertools import accumulate
from typing import Any, ClassVar, Final, cast

from attrs import evolve

from wtisd_model.codes import Code
from wtisd_model.data.zones import ZONES
from wtisd_model.errors import InvalidValueError
from wtisd_model.findings import finding
from wtisd_model.jscalendar.event_source import JSCalendarEvent, source_of
from wtisd_model.jscalendar.parts import UTC, Object
from wtisd_model.reading.calendar_entry import CalendarEntry, Change, Recurrence, Start, weight
from wtisd_model.reading.expansion import start_in_range
from wtisd_model.reading.foreign_value import ForeignValue
from wtisd_model.reading.notations import zone_of_tzid
from wtisd_model.reading.notes import At, Notes
from wtisd_model.reading.slots import DAY, SHORTEST, end_after, note_year, slot_between, slot_of_days
from wtisd_model.schema.json_values import is_object
from wtisd_model.schema.patterns import FIRST_YEAR, LAST_YEAR
from wtisd_model.types.duration import parse_duration
from wtisd_model.types.recurrence import RecurrenceRule, StepBudget, parse_rule
from wtisd_model.types.timeslot import TimeSlot
from wtisd_model.types.timezone import at_zone, first_moment, to_utc, wall_of

_LOCAL: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}")

RULES: Final = ("recurrenceRule", "recurrenceRules", "excludedRecurrenceRules", "recurrenceOverrides")
"""The members that make an event recur."""

Read = Callable[[JSCalendarEvent], CalendarEntry | None]
"""A function that returns an Event as an entry."""


def read_slot(source: JSCalendarEvent) -> TimeSlot | None:
    """Return the slot of an Event; None with an error among the findings.

    A day without a duration is one day, and a time lasts a second, as a slot cannot be empty.
    """
    value, notes, members, path = source.value, source.notes, source.members, source.path
    wall = decode_local_time(members.get("start"))
    if wall is None:
        notes.note(Code.TIME_UNREADABLE if "start" in members else Code.KEY_MISSING, f"{path}/start")
        return None
    length = parse_duration(members.get("duration") or "PT0S")
    if length is None:
        notes.note(Code.PROPERTY_UNREADABLE, value["duration"].path, property="duration")
        return None
    days, exactly = length
    is_days = members.get("showWithoutTime") is True and f"{wall:%H%M%S}" == "000000" and not exactly % DAY
    own = source.fields["timeZone"].string
    own_zone = own if own in ZONES else None
    zone = _zone(source, own_zone)
    if zone is None:
        return None
    if not FIRST_YEAR <= wall.year <= LAST_YEAR:
        note_year(notes, f"{path}/start")
        return None
    if is_days:
        return slot_of_days(wall.date(), days + exactly, own_zone or zone, notes, f"{path}/start")
    return _timed(source, wall, length, zone, own_zone)


def _timed(
    source: JSCalendarEvent, wall: datetime, length: tuple[timedelta, timedelta], zone: str, own_zone: str | None
) -> TimeSlot | None:
    notes, path = source.notes, f"{source.path}/start"
    start = first_moment(wall, zone)
    if wall_of(start) != wall:
        notes.note(Code.TIME_JUMPED, path)
    if not sum(length, timedelta()):
        notes.note(Code.END_MISSING, path)
        length = timedelta(), SHORTEST
    # "Add any week or day components of the duration to the date", then the others "in absolute time".
    end = end_after(start, wall, length, notes, path)
    if end is None:
        return None
    ends_in = source.value["endTimeZone"]
    if ends_in.string is not None and _named(ends_in.string) != zone:
        notes.note(Code.END_ZONE_REPLACED, ends_in.path, zone=zone)
    here = own_zone if zone == "UTC" and own_zone is not None else zone
    return slot_between(at_zone(to_utc(start), here), at_zone(to_utc(end), here), notes, path)


def _zone(source: JSCalendarEvent, own_zone: str | None) -> str | None:
    """Return the zone of the start; None with an error among the findings.

    Whole days that this package wrote keep theirs in ``wtisd-model:fields``.
    """
    stated, notes = source.value["timeZone"], source.notes
    if stated.value is None:
        zone = (own_zone if "showWithoutTime" in source.members else None) or source.context.defaults.zone
        if zone is None:
            notes.note(Code.TIME_FLOATING, f"{source.path}/start")
        return zone
    if stated.string is None:
        notes.note(Code.WRONG_TYPE, stated.path, expected="string")
        return None
    # Version 1.0: a zone of the document's own may say which one of IANA it is.
    alias = source.value["timeZones"].object().member(stated.string)["tzId"].string
    zone = _named(stated.string) or (None if alias is None else _named(alias))
    if zone is not None:
        return zone
    if source.context.defaults.zone is None:
        notes.note(Code.ZONE_UNKNOWN, stated.path)
    else:
        stated.drop(Code.ZONE_UNKNOWN)
    return source.context.defaults.zone


def _named(tzid: str) -> str | None:
    return "UTC" if tzid == UTC else zone_of_tzid(tzid)


def decode_local_time(value: object) -> datetime | None:
    """Return a LocalDateTime as a naive datetime; None if it is malformed, or has a fraction of a second."""
    if not isinstance(value, str) or not _LOCAL.fullmatch(value):
        return None
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return None


def first_occurrence(source: JSCalendarEvent) -> JSCalendarEvent:
    """Return the first occurrence of an Event, in its changed form if there is one, and note that there are others."""
    members, value = source.members, source.value
    for name in RULES:
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


def moved_into_range(source: JSCalendarEvent) -> JSCalendarEvent:
    """Return an Event whose series begins before all years of an event from its first occurrence in them on."""
    members, rule = source.members, source.value["recurrenceRule"]
    first = decode_local_time(members.get("start"))
    if first is None or not isinstance(rule.value, dict):
        return source
    whole_days = members.get("showWithoutTime") is True
    start = start_in_range(first, lambda: [read_rule(rule, whole_days=whole_days)])
    return source if start == first else evolve(source, value=_starting_at(source, start))


def _starting_at(source: JSCalendarEvent, wall: datetime) -> ForeignValue:
    return evolve(source.value, value=source.members | {"start": f"{wall:%Y-%m-%dT%H:%M:%S}"})


class EventRecurrence(Recurrence):
    """When an Event takes place; an occurrence that was changed is a patch, or an Event with a ``recurrenceId``."""

    first_counts: ClassVar[bool] = True
    """ "The initial date-time to which the rule is applied [...] is always the first occurrence"."""

    def __init__(self, source: JSCalendarEvent, slot: TimeSlot, read: Read) -> None:
        """Begin with what was read of an Event; *read* reads its changed occurrences."""
        value = source.value
        names = (name for name in (*RULES, "recurrenceId") if source.members.get(name))
        self.stated: Sequence[At] = [At(name, value[name].path) for name in names]
        self._source = source
        self._slot = slot
        self._read = read

    def original(self) -> Start | None:
        """Return the occurrence that ``recurrenceId`` names."""
        if "recurrenceId" not in self._source.members:
            return None
        wall = decode_local_time(self._source.members["recurrenceId"])
        start = None if wall is None else self.start_at(wall)
        if start is None:
            raise InvalidValueError(finding(Code.PROPERTY_UNREADABLE, property="recurrenceId"))
        return start

    def rules(self) -> tuple[list[RecurrenceRule], list[RecurrenceRule]]:
        """Return the rules: one in version 2.0, several in version 1.0."""
        rule, rules, excluded = map(self._source.value.__getitem__, RULES[:3])
        for several in (rules, excluded):
            if not isinstance(several.value, list | None):
                raise _malformed("")
        whole_days = self._source.members.get("showWithoutTime") is True
        included = [*([] if rule.value is None else [rule]), *rules.items()]
        return (
            [read_rule(rule, whole_days=whole_days) for rule in included],
            [read_rule(rule, whole_days=whole_days) for rule in excluded.items()],
        )

    def first(self) -> tuple[Start, datetime]:
        """Return the occurrence at ``start``."""
        return _start(self._slot), cast("datetime", decode_local_time(self._source.members["start"]))

    def start_at(self, wall: datetime) -> Start | None:
        """Return the occurrence at a local time; its slot was reported on when the first one was read."""
        silent = evolve(_starting_at(self._source, wall), notes=Notes())
        slot = read_slot(evolve(self._source, value=silent))
        return None if slot is None else _start(slot)

    def dates(self) -> Iterable[Start]:
        """Return nothing: an occurrence that no rule describes is a patch."""
        return ()

    def excluded(self) -> Iterator[Start | None]:
        """Yield the occurrences that a patch excludes."""
        return (self.start_at(wall) for wall, patch in self._patches.items() if patch.get("excluded") is True)

    def changes(self) -> Iterator[Change]:
        """Yield the occurrences that a patch changes or adds."""
        for wall, patch in self._patches.items():
            start = None if patch.get("excluded") is True else self.start_at(wall)
            if start is not None:
                yield Change(start, partial(self._patched, wall, patch))

    def _patched(self, wall: datetime, patch: Object, steps: StepBudget) -> CalendarEntry | None:
        source = self._source
        steps.spend(weight(source.members))
        members = patched(source.members | {"start": f"{wall:%Y-%m-%dT%H:%M:%S}"}, patch, steps)
        if members is None:
            source.value["recurrenceOverrides"].drop(Code.PATH_MALFORMED)
            return None
        entry = self._read(source_of(ForeignValue(members, source.path, source.notes), source.context))
        if entry is None or any(path.startswith("participants") for path in patch):
            return entry
        return evolve(entry, attendees=())  # they are those of the series

    @cached_property
    def _patches(self) -> Mapping[datetime, Object]:
        patches: dict[datetime, Object] = {}
        overrides = self._source.value["recurrenceOverrides"].object()
        for key in overrides.members:
            wall = decode_local_time(key)
            if wall is None:
                overrides.drop(Code.PATH_MALFORMED)
            else:
                patches[wall] = overrides[key].members
        return patches


def _start(slot: TimeSlot) -> Start:
    return Start(slot, slot.first_day if slot.whole_days else None)


_PARTS: Final = {
    "frequency": "FREQ",
    "interval": "INTERVAL",
    "count": "COUNT",
    "until": "UNTIL",
    "firstDayOfWeek": "WKST",
    "byDay": "BYDAY",
    "byMonthDay": "BYMONTHDAY",
    "byMonth": "BYMONTH",
    "byYearDay": "BYYEARDAY",
    "byWeekNo": "BYWEEKNO",
    "byHour": "BYHOUR",
    "byMinute": "BYMINUTE",
    "bySecond": "BYSECOND",
    "bySetPosition": "BYSETPOS",
}
"""The part of an RRULE that each property is."""

_DEFAULTS: Final = {"rscale": "gregorian", "skip": "omit"}


def read_rule(source: ForeignValue, *, whole_days: bool) -> RecurrenceRule:
    """Return the rule of a RecurrenceRule object: "a JSON object mapping of a RECUR value type in iCalendar".

    Raises:
        InvalidValueError: ``recurrence-malformed``, also for another calendar than the Gregorian and for dates that
            are moved to a day that exists.
    """
    parts: list[str] = []
    for name, value in source.members.items():
        if name in _PARTS:
            parts.append(f"{_PARTS[name]}={_written(name, source[name])}")
        elif name != "@type" and value != _DEFAULTS.get(name, ...):
            raise _malformed(name)
    return parse_rule(";".join(parts), whole_days=whole_days)


def _written(name: str, source: ForeignValue) -> str:
    value = source.value
    if isinstance(value, list) and name.startswith("by"):
        return ",".join(_weekday(item) if name == "byDay" else _written(name, item) for item in source.items())
    if isinstance(value, str):
        return value.replace("-", "").replace(":", "") if name == "until" else value
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:d}"
    raise _malformed(name)


def _weekday(source: ForeignValue) -> str:
    day, number = source["day"].string, source.members.get("nthOfPeriod", "")
    if day is None or type(number) not in {int, str}:
        raise _malformed("byDay")
    return f"{number}{day}"


def _malformed(name: str) -> InvalidValueError:
    part = _PARTS.get(name, "unknown")
    return InvalidValueError(finding(Code.RECURRENCE_MALFORMED, "/rule", part=part))


_IGNORED: Final = frozenset(
    {
        *("@type", "method", "organizerCalendarAddress", "privacy", "prodId", "recurrenceId", "recurrenceIdTimeZone"),
        *("replyTo", "sentBy", "uid", "version"),
    }
)
_IGNORED_WITH_PARTS: Final = frozenset(
    {"excludedRecurrenceRules", "recurrenceOverrides", "recurrenceRule", "recurrenceRules", "relatedTo", "timeZones"}
)
"""The pointers that "MUST be ignored"; in version 1.0 there are more of them."""


_MOST_DIGITS: Final = 6
"""Of an index: no document has a million items, and Python refuses to convert the longest numbers."""

_DEEPEST: Final = 100
"""Of a pointer: `Limits` let no document be deeper."""

_CONTAINERS: Final[frozenset[Any]] = frozenset({dict, list})


def patched(members: Object, patch: Object, steps: StepBudget) -> Object | None:
    """Return an Event with the changes of a PatchObject, or None if the patch is malformed.

    "Implementations MUST NOT apply partial patches."

    Args:
        members: the Event, which is not changed.
        patch: the values by JSON Pointers without their first slash.
        steps: takes a step for each member that is copied.

    Raises:
        InvalidValueError: ``recurrence-too-complex``.
    """
    changed = dict(members)
    copied: set[tuple[str, ...]] = set()
    for path, value in patch.items():
        parts = path.split("/")
        # "There MUST NOT be two patches in the PatchObject where the pointer of one is the prefix of the pointer of the
        # other" (RFC 8984 section 1.4.9).
        if len(parts) > _DEEPEST or any(before in patch for before in accumulate(parts[:-1], "{}/{}".format)):
            return None
        tokens = [part.replace("~1", "/").replace("~0", "~") for part in parts]
        if path in _IGNORED or tokens[0] in _IGNORED_WITH_PARTS:
            continue
        node: Any = changed
        for depth, token in enumerate(tokens[:-1], 1):
            inside = _member(node, token)
            if type(inside) not in _CONTAINERS:
                return None
            if (at := tuple(tokens[:depth])) not in copied:
                copied.add(at)
                steps.spend(1 + len(inside) // 10)
                inside = inside.copy()
                _set(node, token, inside)
            node = inside
        if not _set(node, tokens[-1], value):
            return None
    return changed


def _member(node: Any, token: str) -> Any:
    if is_object(node):
        return node.get(token)
    return node[int(token)] if _is_index(token, node) else None


def _set(node: Any, token: str, value: object) -> bool:
    """Set a member or an item that is there, or remove a member; return False if that is not possible."""
    if is_object(node):
        if value is None:
            node.pop(token, None)
        else:
            node[token] = value
        return True
    if value is None or not _is_index(token, node):
        return False
    node[int(token)] = value
    return True


def _is_index(token: str, items: list[object]) -> bool:
    return token.isdecimal() and len(token) <= _MOST_DIGITS and int(token) < len(items)
