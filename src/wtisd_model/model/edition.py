"""The next edition of an event: the parts that move to another day, time and zone."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final, TypeVar, cast

from attrs import evolve, frozen
from pendulum import DateTime

from wtisd_model.errors import InvalidValueError
from wtisd_model.findings import pointer
from wtisd_model.model.call import Call
from wtisd_model.model.question import Question
from wtisd_model.model.session import EventStatus, Session
from wtisd_model.types.arguments import require_valid
from wtisd_model.types.deadline import Deadline
from wtisd_model.types.series import EDITION, Series
from wtisd_model.types.timeslot import TimeSlot, slot_by_clock
from wtisd_model.types.timezone import (
    at_zone,
    check_zoned,
    first_moment,
    require_day,
    to_pendulum,
    to_utc,
    wall_of,
    zone_of,
)

Part = TypeVar("Part")

_DAY: Final = timedelta(days=1)

NO_LONGER_TRUE: Final[Mapping[str, Any]] = {
    "theme": None,
    "previous_slots": (),
    "documents": (),
    "url": None,
    "image": None,
    "provenance": (),
    "extensions": {},  # perhaps the key of a record of this edition in another program
    "sequence": 0,
    "changed_sequence": None,
    "minimum_sequence": None,
    "history": (),
}
"""Empty values of the fields that describe only one edition."""


def read_start(start: date, before: TimeSlot) -> DateTime:
    """Return the start of the new event, or raise as `TimeSlot` does.

    For whole days it may be a date, in the zone of the slot *before*.
    """
    if before.whole_days and not isinstance(start, datetime) and isinstance(cast("object", start), date):
        return require_day(start, before.time_zone, "/start")
    found = check_zoned(start)
    if found is not None:
        raise InvalidValueError(found.prefixed("/start"))
    return to_pendulum(cast("datetime", start))


def series_after(event_uid: str, series: Series | None) -> Series:
    """Return the series of the event after one with this uid and *series*; without a series, that one begins it.

    Raises:
        InvalidValueError: ``number-out-of-range`` after the last edition that has a number.
    """
    before = series or Series(uid=event_uid, edition=1)
    edition = None if before.edition is None else require_valid(before.edition + 1, EDITION, "/series/edition")
    return Series(uid=before.uid, title=before.title, edition=edition, previous=event_uid)


@frozen
class EditionMove:
    """A move of an event to another start, and of all that belongs to it by the same time on the clocks."""

    before: DateTime
    """The old start of the event."""
    after: DateTime
    """The new start of the event, perhaps in another zone."""
    left_out: frozenset[str]
    """The ids of the omitted sessions."""

    @property
    def _by(self) -> timedelta:
        return wall_of(self.after) - wall_of(self.before)

    @property
    def _days(self) -> timedelta:
        return timedelta(days=(self.after.date() - self.before.date()).days)

    def event_slot(self, slot: TimeSlot) -> TimeSlot:
        """Return the slot of the event, from its new start."""
        return evolve(_at("/slot", self._slot, slot), start=self.after)

    def sessions(self, sessions: Iterable[Session]) -> Iterator[Session]:
        """Yield the sessions of the next edition."""
        for index, each in enumerate(sessions):
            if each.id not in self.left_out:
                yield _at(pointer("sessions", index), self._session, each)

    def calls(self, calls: Iterable[Call]) -> Iterator[Call]:
        """Yield the calls of the next edition."""
        for index, each in enumerate(calls):
            yield _at(pointer("calls", index), self._call, each)

    def _slot(self, slot: TimeSlot) -> TimeSlot:
        """Return a slot moved by the clocks of the place; one that is written in another zone stays in that zone."""
        if slot.whole_days:
            zone = zone_of(self.after) if slot.time_zone == zone_of(self.before) else slot.time_zone
            return TimeSlot.days(slot.first_day + self._days, slot.last_day + self._days + _DAY, zone)
        local = slot.in_zone(zone_of(self.before))
        moved = slot_by_clock(
            wall_of(local.start) + self._by, wall_of(local.end) + self._by, zone_of(self.after), local
        )
        return moved if slot.time_zone == local.time_zone else moved.in_zone(slot.time_zone)

    def _session(self, session: Session) -> Session:
        """Return a session of the next edition: a draft stays one, and any other takes place."""
        status = session.status if session.status is EventStatus.DRAFT else EventStatus.SCHEDULED
        return evolve(
            session,
            uid=None,
            slot=_at("/slot", self._slot, session.slot),
            status=status,
            previous_slots=(),
            people=(),
            recording=None,
            materials=(),
            extensions={},
            url=None,
            changed_sequence=None,
            history=(),
        )

    def _call(self, call: Call) -> Call:
        """Return a call whose opening and deadline are as many days before the event, at the same time of the day.

        Its questions no longer name the omitted sessions.
        """
        opens, deadline = call.opens, call.deadline
        if deadline is not None:
            deadline = _at("/deadline", self._deadline, deadline)
        if opens is not None:
            zone = zone_of(self.before) if deadline is None else deadline.time_zone
            local = at_zone(opens, zone)
            opens = to_utc(first_moment(wall_of(local) + self._days, zone)).replace(microsecond=opens.microsecond)
        return evolve(call, opens=opens, deadline=deadline, questions=tuple(self._questions(call.questions)))

    def _deadline(self, deadline: Deadline) -> Deadline:
        return Deadline(date=deadline.date + self._days, time_zone=deadline.time_zone)

    def _questions(self, questions: Iterable[Question]) -> Iterator[Question]:
        """Yield the questions, except those that would never be asked because their condition names an omitted session.

        Questions that depend on an answer to one of these are omitted too.
        """
        never_asked = set[str]()
        for each in questions:
            when = each.when
            if when is None:
                yield each
                continue
            session_ids = when.session_ids - self.left_out
            if when.question in never_asked or (when.session_ids and not session_ids):
                never_asked.add(each.id)
            else:
                yield evolve(each, when=evolve(when, session_ids=session_ids))


def _at(path: str, move: Callable[[Part], Part], part: Part) -> Part:
    """Return a part as *move* moves it; *path* is where the part is, for a refusal."""
    try:
        return move(part)
    except InvalidValueError as error:
        refused = InvalidValueError(*(found.prefixed(path) for found in error.findings))
    raise refused
